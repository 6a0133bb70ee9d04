"""Speech or not: evidence counted in samples of a document, weighed in the open.

The features, their weights and the words that they look for stand in schemas/lexicons/selection.toml; this module only counts.
A batch is counted at once: cues by one Aho-Corasick automaton, patterns by Rust's regular expressions, which never backtrack, so
that a hostile line costs no more than any other. What is read of a document is bounded, so that its length hardly matters.
"""
from __future__ import annotations

import html
import importlib.resources
import itertools
import math
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import polars as pl

from flows.ingest.documents import Document
from flows.normalize import double_decoding, furniture, glosses, markup, menus, pauses, run_on, titles
from flows.normalize.edits import apply
from flows.normalize.lines import LETTER_HEAD

# What the lexicon writes full-width is often half-width in scraped pages; both are looked for.
_WIDTHS = {"，": "，,﹐", "：": "：:∶︰﹕", "！": "！!", "？": "？?", "（": "（(", "）": "）)", "；": "；;"}
_PATTERN_LETTERS = {letter: "[" + re.escape(both) + "]" for letter, both in _WIDTHS.items()} | {"…": r"[^\n。；]*"}
# What stands before a sentence; the line's end first of all, since a form of address opens a paragraph.
_BEGINNINGS = ("\n", "。", "！", "!", "？", "?", "”")

# Half-width too: some sites write nothing else. A plain point is one only
# between Chinese characters and at the end of a line: numbers and addresses of pages have it.
_STOPS = r"[。！？!?；;．]|\p{Han}\.(?:\n|\p{Han}|$)"

# What stands under a picture names what it shows (▲双方签订协议书), not the paper.
_TRIANGLES = frozenset("▲△▼▽")
_CAPTION = re.compile(r"\n[ \t\u3000]*[▲△▼▽][^\n]{0,60}(?=\n|\Z)")

_END = 6_000        # characters at either end of a text in which menus and lists of other texts stand

# So many beginnings of texts make a list; one may be that of the text itself, cut short.
_TEASERS = 3
_TEASER_LEAST, _TEASER_MOST = 30, 260   # characters of a line that is more than a title, and of the beginning of a text
_IN_SENTENCES = frozenset("，。；：、,;")        # one of which a line has that is more than a title or a link
_OFFERS = ("全文", "详细", "详情", "更多", "阅读", "ead", "EAD")
_OFFERING = ("阅读", "查看", "展开", "点击", "ead", "EAD")      # without one of them no line of its own offers the rest

# The head of a letter, and before what an answer quotes of another
_LETTER_HEAD = re.compile(f"^{LETTER_HEAD.pattern}", re.MULTILINE | re.IGNORECASE)
_OF_MAIL = frozenset({"author", "date", "title"})      # what is left of the head of a mail that was read as one
_LETTER_HEAD_MOST = 600     # characters from the top
_QUOTED = re.compile(r"^[ \t\u3000]*>.*\n?", re.MULTILINE)
_QUOTED_ON_BOARD = re.compile(r"^(?:[ \t]*>|: ).*\n?", re.MULTILINE)
_ANSWERS = "大作中提到"
_ANSWERED = re.compile(r"^(?:Subject|主题|标[ \t\u3000]*题)[ \t]*[:：][ \t]*(?:Re|回复|答复)\b.*\n?", re.MULTILINE | re.IGNORECASE)

# What the catalogue that a document comes from says of it, as a line of the head would.
_CATALOGUED = (("category", "体裁"), ("speaker", "讲话人"))

_UNREAD = frozenset(("furniture", "deleted"))
_TITLE = "title"
_READ = ("opening", "middle", "closing")


class Judgement(NamedTuple):
    """Whether a document is a speech, and why.

    score: 0 to 1, how surely it is one. reason: a word of schemas.documents.REASONS where it is none, else None.
    features: what each piece of evidence found added to the log-odds, heaviest first; empty where the document was too slight to read.
    """

    score: float
    is_speech: bool
    reason: str | None
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence: what it weighs in full, how many finds make it full, where they count, the reason it gives."""

    name: str
    weight: float
    limit: int
    where: str
    reason: str | None
    cues: tuple[str, ...]
    patterns: tuple[str, ...]
    needs: tuple[str, ...]
    unless: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The lexicon, ready to weigh with. found_by: for each cue, the places of the evidence that it counts for."""

    bias: float
    threshold: float
    sample: dict[str, int]
    least: dict[str, float]
    evidence: tuple[Evidence, ...]
    cues: tuple[str, ...]
    found_by: dict[str, tuple[int, ...]]


def judge(documents: Sequence[Document]) -> list[Judgement]:
    """One judgement a document, in their order. It depends on nothing but that document's raw text, layout and title."""
    scale = _scale()
    least = scale.least["wide"]
    judgements = [
        Judgement(0.0, False, "no_chinese" if document.raw_text.isascii() else "too_short", {})
        if len(document.raw_text) < least else None
        for document in documents
    ]
    rows = [row for row, judgement in enumerate(judgements) if judgement is None]
    for row, judgement in zip(rows, _weighed([documents[row] for row in rows], scale) if rows else (), strict=True):
        judgements[row] = judgement
    return [judgement for judgement in judgements if judgement is not None]


def _weighed(documents: list[Document], scale: Scale) -> list[Judgement]:
    texts = _folded([_sampled(document, scale.sample) for document in documents])
    whole = pl.col("whole").str
    measures = texts.select(
        chars=whole.len_chars(), wide=(whole.len_bytes() - whole.len_chars()) // 2, stops=whole.count_matches(_STOPS),
    ).rows()
    # In one: the automaton is built anew each time that it is asked for.
    regions = pl.concat([texts.get_column(region).alias("region") for region in _READ])
    found = regions.str.extract_many(list(scale.cues), leftmost=True).to_list()
    cues = {region: found[place * len(documents):(place + 1) * len(documents)] for place, region in enumerate(_READ)}
    short = scale.sample["opening"] + scale.sample["closing"]
    # A short document is opening and closing: what is left of it behind the opening is no end.
    ends = texts.with_columns(closing=pl.when(whole.len_chars() <= short).then("whole").otherwise("closing"))
    patterns = [_pattern_counts(ends, evidence) for evidence in scale.evidence]
    judgements = []
    for row, (chars, wide, stops) in enumerate(measures):
        counts = [matched[row] if matched else 0 for matched in patterns]
        for region, cues_found in cues.items():
            _count_cues(counts, cues_found[row], region, chars <= short, scale)
        weighty = [(evidence, count) for evidence, count in zip(scale.evidence, counts, strict=True) if count]
        names = {evidence.name for evidence, _ in weighty}
        features = {
            evidence.name: round(evidence.weight * min(count, evidence.limit) / evidence.limit, 3)
            for evidence, count in weighty if not any(together <= names for together in evidence.unless)
        }
        judgements.append(_judgement(features, chars, wide, stops, scale))
    return judgements


def _judgement(features: dict[str, float], chars: int, wide: int, stops: int, scale: Scale) -> Judgement:
    score = 1 / (1 + math.exp(-(scale.bias + sum(features.values()))))
    reason = _bare(features, chars, wide, stops, scale)
    features = dict(sorted(features.items(), key=lambda item: (-abs(item[1]), item[0])))
    if reason is None and score >= scale.threshold:
        return Judgement(score, True, None, features)
    if reason is None:
        against = [evidence for evidence in scale.evidence if features.get(evidence.name, 0) < 0]
        reason = min(against, key=lambda evidence: features[evidence.name]).reason if against else None
    return Judgement(min(score, math.nextafter(scale.threshold, 0)), False, reason or "not_speech", features)


def _bare(features: dict[str, float], chars: int, wide: int, stops: int, scale: Scale) -> str | None:
    """Why there is nothing that could be read as a speech, whatever the page says of itself; None where there is."""
    least, addressed = scale.least, features.keys() & {"salutation", "speaks"}
    if wide < least["wide"]:
        return "no_chinese" if wide < least["wide_share"] * chars else "too_short"
    # of a speech that the page shows the beginning of there may be one sentence
    if stops < (least["stops_addressed"] if "salutation" in addressed else least["stops"]) \
            or (stops * least["sentence"] < wide and not addressed):
        return "list_of_titles" if features.keys() & {"title", "report_title", "official_title", "own_title"} else "furniture_only"
    return None


# ---------------------------------------------------------------------------------------------------- what is read
def _sampled(document: Document, sample: dict[str, int]) -> tuple[str, str, str, str]:
    """Title with the first lines, opening, windows between, closing: cut by position, so that the cost does not grow with length."""
    text = document.raw_text
    if text[:1].isspace():
        text = text.lstrip()
    if any(mark.kind in _UNREAD for mark in document.layout):
        text = _without_furniture(document) or text
    if markup.coloured(text):
        text = apply(text, markup.controls(text))
    answers = False
    if "\n>" in text or _ANSWERS in text:
        whole, is_mail = text, document.media_type == "text/plain" and document.metadata.keys() >= _OF_MAIL
        text = _without_quotations(text, is_mail)
        answers = is_mail and text is not whole         # then its subject is that of the first letter
    text = glosses.plain(double_decoding.plain(text))
    if "&" in text:
        text = html.unescape(text)      # &#12288;&#12288; ends a line
    text = apply(text, pauses.marks(text))      # before clauses with spaces between are taken for menus
    text = _without_others(run_on.opened(text, _simplified))
    first_stop = text.find("。")
    if first_stop > sample["opening"] // 2:
        # A page that begins with a long menu: read its first lines, then from shortly before the first sentence.
        text = text[: sample["title"] // 2] + "\n" + text[first_stop - sample["opening"] // 2 :]
    opening, closing, window, windows = sample["opening"], sample["closing"], sample["window"], sample["windows"]
    between = len(text) - opening - closing
    if between > window * windows:
        step = between // (windows + 1)
        middle = "\n".join(text[opening + step * n : opening + step * n + window] for n in range(1, windows + 1))
    else:
        middle = text[opening : opening + max(between, 0)]
    note = text.rfind("这是", opening, len(text) - closing)
    if note > 0:
        # 这是某某同志在某某会议上的讲话: editors put it between the speech and their annotations, wherever that may be.
        middle = f"{text[note : note + sample['note']]}\n{middle}"
    first = text[: sample["title"]]
    if not _TRIANGLES.isdisjoint(first):
        first = _CAPTION.sub("", first)
    given = "" if answers else double_decoding.plain_words(document.metadata.get("title", ""))
    own = titles.cleaned(given).clean if given else ""
    head = f"{own if own and titles.like_title(own) else given}\n{first}"        # …述职报告(最新版)|公文写作大全 names no official paper
    for key, label in _CATALOGUED:
        if key in document.metadata:
            head = f"{label}：{document.metadata[key][:sample['note']]}\n{head}"
    return head, "\n" + text[:opening], middle, text[opening + max(between, 0) :]


def _without_furniture(document: Document) -> str:
    kept, at = [], 0
    for mark in document.layout:
        if mark.kind in _UNREAD and mark.end > at:
            kept.append(document.raw_text[at : max(at, mark.start)])
            at = mark.end
    kept.append(document.raw_text[at:])
    return "".join(kept).strip()


def _without_quotations(text: str, is_mail: bool) -> str:
    """A letter to a list or a board without what it quotes of another, where most of it is its writer's own: whoever discusses a speech
    line by line gives none."""
    if not is_mail and not _LETTER_HEAD.search(text, 0, _LETTER_HEAD_MOST):
        return text
    own = (_QUOTED_ON_BOARD if _ANSWERS in text else _QUOTED).sub("", text)
    return _ANSWERED.sub("", own) if len(own) * 2 > len(text) else text


def _without_others(text: str) -> str:
    """The text without menus, lists of links and the beginnings of other texts; of a long one at both its ends, where they stand."""
    if len(text) > 3 * _END:
        head, tail = text.rfind("\n", 0, _END), text.find("\n", len(text) - _END)
        if 0 < head < tail:
            return f"{_without_others(text[:head])}{text[head:tail + 1]}{_without_others(text[tail + 1:])}"
    return _without_teasers(menus.without(text))


def _without_teasers(text: str) -> str:
    """The text without the beginnings of other texts (同志们：今天我们……[阅读全文]), which greet and address as those do."""
    if text.count("…") + text.count("...") + text.count("。。。") < _TEASERS and sum(map(text.count, _OFFERING)) < _TEASERS:
        return text
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    if any(offer in text for offer in _OFFERS):
        # what offers the rest stands behind the beginning, or below it
        kept = [line for line, below in itertools.zip_longest(lines, lines[1:], fillvalue="") if not (
            furniture.is_teaser(line.strip()) or (_TEASER_LEAST <= len(line) <= _TEASER_MOST and furniture.is_offer(below.strip())))]
        if len(lines) - len(kept) >= _TEASERS:
            return "\n".join(kept)
    # where nothing offers the rest, most of what is more than a title has to break off: a speaker's paragraphs may trail off, too
    cut = {number for number, line in enumerate(lines) if furniture.is_cut_off(line.strip())}
    whole = sum(len(line) >= _TEASER_LEAST and not _IN_SENTENCES.isdisjoint(line) for number, line in enumerate(lines) if number not in cut)
    return "\n".join(line for number, line in enumerate(lines) if number not in cut) if len(cut) >= _TEASERS + whole else text


# Scrapers that drop the line ends leave the indentation of the paragraphs: two wide spaces.
_LINE_ENDS = "\r\n?|[\u0085\u2028\u2029]|\u3000{2,}|[ \u00A0]{4,}"
# Pictographs are decoration, which stands behind titles as well (开学典礼致辞🎉).
_UNSEEN = r"[^\S\n]+|[\x{2600}-\x{27BF}\x{FE0E}\x{FE0F}\x{20E3}\x{1F000}-\x{1FAFF}]+|[\u00AD\u200B-\u200F\u2060\uFEFF*#>_|~]+|<[^<>\n]*>"
_GLOSS = re.compile(r"[(（][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,7}[)）]")
# Traditional forms that no text in that script goes without, radicals that stand for characters, the stops and quotation marks of
# half-width katakana, pinyin behind a character.
_ODD = (r"[們會國發黨這為與個來時對學進說經實現關問題務從過還點將開總\u2E80-\u2FDF\uFF61-\uFF64]"
        r"|\p{Han}[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔù]{1,6}[)）]")


def _folded(samples: list[tuple[str, str, str, str]]) -> pl.DataFrame:
    """The samples without spaces and marks of Markdown, lines kept, and all that is read of a document in one (`whole`).

    Traditional script, glosses and radicals are made plain by character, in Python: only the few texts that have them pay for it.
    """
    regions = (_TITLE, *_READ)
    texts = pl.DataFrame({region: [sample[place] for sample in samples] for place, region in enumerate(regions)}).with_columns(
        pl.col(*regions).str.replace_all(_LINE_ENDS, "\n").str.replace_all(_UNSEEN, "")
    )
    odd = texts.get_column("opening").str.contains(_ODD).arg_true()
    if len(odd):
        table = _simplified()
        for region in regions:
            column = texts.get_column(region)
            plain = [_GLOSS.sub("", unicodedata.normalize("NFKC", text)).translate(table) for text in column.gather(odd).to_list()]
            texts = texts.with_columns(column.scatter(odd, plain))
    return texts.with_columns(whole=pl.concat_str(pl.col(*_READ), separator="\n"))


# ---------------------------------------------------------------------------------------------------- counting
def _pattern_counts(texts: pl.DataFrame, evidence: Evidence) -> list[int]:
    """Matches a document. Each pattern for itself: joined by | they would lose the literals that let a search skip ahead."""
    if not evidence.patterns:
        return []
    column = texts.get_column("whole" if evidence.where == "sample" else evidence.where)
    counts = [0] * texts.height
    rows = column.str.contains_any(list(evidence.needs)).arg_true() if evidence.needs else pl.arange(texts.height, eager=True)
    read = column.gather(rows) if evidence.needs else column
    found = pl.DataFrame([read.str.count_matches(pattern).alias(str(n)) for n, pattern in enumerate(evidence.patterns)])
    for row, count in zip(rows.to_list(), found.sum_horizontal().to_list(), strict=True):
        counts[row] = count
    return counts


def _count_cues(counts: list[int], cues: list[str], region: str, is_short: bool, scale: Scale) -> None:
    """Adds the cues found in a region to the counts of the evidence that they count for. A short document is opening and closing."""
    for cue in cues:
        for place in scale.found_by[cue]:
            where = scale.evidence[place].where
            if where in (region, "sample") or is_short:
                counts[place] += 1


# ---------------------------------------------------------------------------------------------------- the lexicon
@cache
def _scale() -> Scale:
    with importlib.resources.files("schemas").joinpath("lexicons/selection.toml").open("rb") as file:
        lexicon = tomllib.load(file)
    words = {
        name: "(?:" + "|".join(sorted(members, key=lambda word: (-len(word), word))) + ")" for name, members in lexicon["words"].items()
    }
    evidence = tuple(_evidence(entry, words) for entry in lexicon["evidence"])
    found_by: dict[str, list[int]] = {}
    for place, entry in enumerate(evidence):
        for cue in entry.cues:
            found_by.setdefault(cue, []).append(place)
    return Scale(
        bias=lexicon["bias"], threshold=lexicon["threshold"], sample=lexicon["sample"], least=lexicon["least"], evidence=evidence,
        # Of cues that begin at the same place the first in this order is found: the longest.
        cues=tuple(sorted(found_by, key=lambda cue: (-len(cue), cue))),
        found_by={cue: tuple(places) for cue, places in found_by.items()},
    )


def _evidence(entry: dict[str, Any], words: dict[str, str]) -> Evidence:
    patterns = (re.sub(r"\{([a-z]+)\}", lambda name: words[name[1]], pattern) for pattern in entry.get("patterns", ()))
    return Evidence(
        name=entry["name"], weight=entry["weight"], limit=entry.get("limit", 1), where=entry.get("where", "sample"),
        reason=entry.get("reason"), needs=tuple(entry.get("needs", ())),
        unless=tuple(frozenset(together.split(" + ")) for together in entry.get("unless", ())),
        cues=tuple(dict.fromkeys(form for cue in entry.get("cues", ()) for form in _forms(cue))),
        patterns=tuple("(?m)" + "".join(_PATTERN_LETTERS.get(letter, letter) for letter in pattern) for pattern in patterns),
    )


def _forms(cue: str) -> list[str]:
    """The cue in both widths, and behind every beginning of a sentence where it is written with ^."""
    beginnings = _BEGINNINGS if cue.startswith("^") else ("",)
    widths = (_WIDTHS.get(letter, letter) for letter in cue.removeprefix("^"))
    return ["".join(letters) for letters in itertools.product(beginnings, *widths)]


@cache
def _simplified() -> dict[int, str]:
    """Traditional to simplified, character by character, from OpenCC's table: enough for finding cues, not for making text."""
    table = {}
    lines = importlib.resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        traditional, _, simplified = line.partition("\t")
        if len(traditional) == 1 and simplified:
            table[ord(traditional)] = simplified.split(" ")[0][0]
    return table
