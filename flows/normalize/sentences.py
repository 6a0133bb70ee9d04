"""Sentences within a speech that read like the page's, and whose they are: a speaker, too, speaks of websites, accounts and reprints.

Nothing of a speech may be lost, so what is in doubt stays. An advert goes where it stands beside the sentences of a speech, or was sown
into one that is whole without it; it never takes a part of a sentence along and leaves a stump.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from flows.normalize import furniture

Owner = Literal["page", "speaker", "doubtful"]

LEAST_MATTER = 4        # Han characters beside the words of pages with which a sentence has a matter of its own
LEAST_HEADING = 2       # and a numbered heading
REACH = 200             # characters on each side of an advert in which its sentence ends, else that is too long to be the page's
HEAVY = 4.0             # weight of the page's words from which the speaker's own sentence is doubtful, too
_STOPS = "。！？!?；;\n"
_MARKS = "，,、：:" + _STOPS
_OPENS, _CLOSES = "（([［【〔", "）)]］】〕"
_QUOTES = "“”‘’\"'「」『』《》"
_ENDS = re.compile("[。！？；!?][”’」』）)】]{0,2}$")
_ADDRESS = re.compile(r"(?:https?[:：]//|[wWｗ]{3}[.．·。]|[A-Za-z0-9-]{2,40}\.(?:com|net|cn|org|gov|edu))[A-Za-z0-9._~:/?#@!$&*+=%-]*")
_ACCOUNT = re.compile("(?:网址|地址|域名|(?:微信)?公众号|微信号?|微博|账号|客户端|邮箱)[:：][^:：，,。（）()]{2,20}|^(?:网址|地址|域名)")
_PUBLIC = re.compile(r"\.(?:gov|edu|mil)(?:\.cn)?(?![A-Za-z0-9.])", re.IGNORECASE)
# what asks readers for something, or says where a text is from, within brackets
_SOLICITS = re.compile(
    "来自.{0,18}(?:网|站|库|坛|吧|号|com|cn|报|社|刊|論壇|論坛|網)|來自.{0,18}[網站庫報]|来源|來源|转自|轉自|摘自|出自|选自|转载[请自于来]|轉載[請自於]|注明|註明"
    "|更多|请|請|欢迎|歡迎|关注|關注|搜索|收藏|下载|下載|复制|複製|访问|訪問|[网站库编者人網][^，,]{0,4}(?:收集|整理)|整理(?:发布|提供|编辑)|首发|首發|[:：]"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """schemas/lexicons/sentences.toml, compiled."""

    page: re.Pattern[str]
    speaker: re.Pattern[str]
    labels: frozenset[str]
    empty: furniture.Words
    before: re.Pattern[str]
    named: re.Pattern[str]
    leads: re.Pattern[str]
    follows: re.Pattern[str]
    told: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon of sentences, read once."""
    data = tomllib.loads((files("schemas") / "lexicons" / "sentences.toml").read_text(encoding="utf-8"))
    patterns, words = data["patterns"], data["words"]
    known = tomllib.loads((files("schemas") / "lexicons" / "furniture.toml").read_text(encoding="utf-8"))["phrases"]

    def any_of(parts: Iterable[str]) -> str:
        return "|".join(map(re.escape, sorted(parts, key=lambda part: (-len(part), part))))

    named = any_of(words["named"])
    return Lexicon(
        re.compile("|".join(f"(?:{each})" for each in patterns["page"])),
        re.compile("|".join(f"(?:{each})" for each in patterns["speaker"])),
        frozenset(words["labels"]), furniture.Words([*words["empty"], *known["strong"], *known["weak"]]),
        re.compile(rf"(?:{any_of(words['taking'])}|(?:{named})[{_QUOTES}（(]?|(?:{named})[{_QUOTES}]?[^，。；：,;:]{{0,4}}[是为：:])$",
                   re.IGNORECASE),
        re.compile(rf"(?:{named})[{_QUOTES}]{{0,2}}$", re.IGNORECASE),
        re.compile(rf"(?:{any_of(words['leading'])})$"), re.compile(any_of(words["following"])),
        re.compile(rf"[是为][^，。；：,;:]{{0,16}}(?:{named})"))


def matter(sentence: str) -> int:
    """How many Han characters of a sentence are none of the words of pages: what it says of anything else."""
    form = furniture.folded(_ADDRESS.sub("", sentence))
    covered = 0
    for start, end, _ in lexicon().empty.found(form):
        covered += len(furniture.HAN.findall(form, start, end))
    return len(furniture.HAN.findall(form)) - covered


def owner(sentence: str) -> Owner:
    """Whose a sentence is that has words of the page: the page's, the speaker's, or in doubt, and then it stays in the speech."""
    form, known = furniture.folded(sentence), lexicon()
    if known.page.search(form) or furniture.lexicon().machine.fullmatch(form):
        return "page"
    speaks = known.speaker.search(form) is not None
    bare = furniture.folded(_ADDRESS.sub("", sentence))
    if not speaks and matter(sentence) < LEAST_MATTER and not _PUBLIC.search(sentence):
        return "page"
    return "speaker" if speaks and furniture.weight(bare) < HEAVY else "doubtful"


def may_head(view: str) -> bool:
    """Whether a numbered line can head a part of a speech: it has some matter of its own, and nothing that is plainly the page's."""
    return matter(view) >= LEAST_HEADING and lexicon().page.search(furniture.folded(view)) is None


def is_sentence(view: str) -> bool:
    """Whether a line ends as a sentence does and does not stand in brackets, where others remark on what is said."""
    return _ENDS.search(view[-4:]) is not None and view[0] not in _OPENS


def is_governed(text: str, start: int, end: int) -> bool:
    """Whether an address at [start, end) is a part of its sentence: the object of a verb, the name of a thing, a place where one goes."""
    before = text[max(0, start - 16):start].rstrip(" " + _QUOTES + _OPENS)
    after = text[end:end + 20].lstrip(" " + _QUOTES + _CLOSES)
    known = lexicon()
    if known.before.search(before):
        return True
    return (known.leads.search(before) is not None and known.follows.match(after) is not None) \
        or ((not before or before[-1] in _MARKS) and known.told.match(after) is not None)


def harmless(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans`, none of which is a line of its own, that are no part of what a speaker says: no address that he gives, no
    brackets that belong to his sentence (（来自全县各乡镇）)."""
    found = []
    for start, end in spans:
        in_brackets = text[start] in "（(" and text[end - 1] in "）)"
        said = _belongs(text[_sentence(text, start, end)[0]:start], text[start + 1:end - 1]) if in_brackets else is_given(text, start, end)
        if not said:
            found.append((start, end))
    return found


def is_given(text: str, start: int, end: int) -> bool:
    """Whether the address of a page at [start, end), alone or in brackets, is one that the speaker gives to his hearers."""
    given = text[start:end]
    if given[0] in _OPENS and given[-1] in _CLOSES:
        return _ADDRESS.search(given) is not None and _belongs(text[_sentence(text, start, end)[0]:start], given[1:-1])
    return _ADDRESS.fullmatch(given) is not None and is_governed(text, start, end)


def adverts(view: str) -> list[tuple[int, int]]:
    """Spans of a paragraph in which a site speaks of itself, in order, none of them a part of what the speaker says."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted([*furniture.sure_adverts(view), *settled(view, furniture.sown(view))]):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def settled(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans` that can go without harm to the sentences they stand in, some the longer by what would be left as a stump."""
    return [whole for start, end in spans if (whole := _settled(text, start, end)) is not None]


def _settled(text: str, start: int, end: int) -> tuple[int, int] | None:
    """What goes with an advert at [start, end), or None where it stays."""
    known, advert = lexicon(), text[start:end]
    low, high = _sentence(text, start, end)
    if advert[0] in _OPENS and advert[-1] in _CLOSES:
        return None if _belongs(text[low:start], advert[1:-1]) else (start, end)
    rest, sentence = text[low:start] + text[end:high], text[low:high]
    if matter(rest) < LEAST_MATTER and not known.speaker.search(furniture.folded(rest)):
        return (low, high) if owner(sentence) == "page" else None       # all of a sentence that says nothing else, or nothing
    clause = min((at for mark in _MARKS if (at := text.find(mark, end, high)) >= 0), default=high)
    address = _ADDRESS.search(text, start, end)
    if address is None:
        # what was sown into a clause says at once what it is: 本文由…整理
        begins = start == low or text[start - 1] in _MARKS
        form = furniture.folded(text[start:clause + 1])
        if (known.page.search(form) if begins else known.page.match(form)) is None:
            return None
    elif (_PUBLIC.search(address[0]) or is_governed(text, *address.span())) \
            and not known.page.search(furniture.folded(text[start:clause + 1])):
        return None
    if text[start - 1:start] in ("，", "、", ",") and start > low and text[end:end + 1] in tuple(_MARKS):
        return (start - 1, end)         # the mark before a clause goes with it
    return (start, end)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around [start, end), with its stop; at most REACH characters more on each side."""
    low = max(text.rfind(stop, max(0, start - REACH), start) for stop in _STOPS) + 1 or max(0, start - REACH)
    highs = [at for stop in _STOPS if (at := text.find(stop, end, end + REACH)) >= 0]
    return low, min(highs) + 1 if highs else min(len(text), end + REACH)


def _belongs(before: str, inside: str) -> bool:
    """Whether what stands in brackets behind `before` belongs to the sentence: it asks nothing of a reader, or is the address of what is
    named before it."""
    if lexicon().page.search(furniture.folded(inside)):
        return False
    bare = _ACCOUNT.sub("", _ADDRESS.sub("", inside))
    if bare == inside:
        return not _SOLICITS.search(inside)
    return not bare.strip(" ：:") and lexicon().named.search(before) is not None and not lexicon().page.search(furniture.folded(before))
