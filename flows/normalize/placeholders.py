"""Placeholders: spots made anonymous (X局, XX市, **, 20XX年, 某县), told from Latin letters, and private persons' data left beside them."""
from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import accumulate
from string import ascii_letters, digits
from typing import NamedTuple

from flows.normalize.code_points import among, last_points
from flows.normalize.spaces import HAN, surnames

LEXICON = files("schemas") / "lexicons" / "placeholders.tsv"
_TRIGGERS = "XxＸｘ×✕╳*＊○◯□△▲■●█_＿某"


class Placeholder(NamedTuple):
    """A spot made anonymous: offsets in code points; kind is place, org, number, person, thing or year."""

    start: int
    end: int
    kind: str


# letters and signs beside which an X is part of a word, a product or a formula: PX, X3, 3+X, V/X型, 2×66
_WORDLIKE = r"A-Za-z0-9.+\-/&="
_YEAR = re.compile(r"(?<![0-9A-Za-z])(?:(?:19|20)[XxＸｘ×＊*]{1,2}|[二][〇○零OoX×][XＸ×＊*某]{1,2}|[XＸ×＊*]{4}|(?:19|20)\d[XxＸｘ×＊*])(?=年|学年|學年|[—\-～~至])")  # noqa: E501
_SPOT = re.compile(rf"(?<![{_WORDLIKE}XxＸｘ×✕╳])(?:[XＸ×✕╳]{{1,8}}|[xｘ]{{1,3}}(?=[{HAN}]))(?:\.[XxＸ×]{{1,2}}(?=[%％个亿万]))?(?![{_WORDLIKE}XxＸｘ×✕╳])"  # noqa: E501
                   rf"|(?<=(?:19|20)\d\d)[XＸ×](?=[{HAN}])"
                   rf"|(?<=\d)[XＸ×]{{2,4}}(?=[{HAN}%])"
                   r"|[*＊]{1,8}(?![*＊])|[○◯]{2,8}|[□△▲█■●]{2,8}|[_＿]{2,20}")
_SUCH = re.compile("某{1,3}(?![些种種个個人一日时時天地次方件处處年月项項类類位名回段事物句程])")
_OWN_SUCH = re.compile("(?:我[们代]?|代表|来自|本|在|中共)[^，。；！？\n]{0,4}$")      # the speaker's own: 我代表某市政府
_BODY = re.compile(f"[{HAN}]{{0,7}}(?:[局厅委办院署]|政府|书记|[省市县区州镇乡村]长|公安|法院|集团|公司|支部|街道|社区)")
_TIMES = re.compile(r"(?:要素|智能|互联网|区块链|科技|文旅|算力|[A-Za-z0-9])\Z")


@cache
def _followers() -> dict[str, tuple[str, ...]]:
    rows = (line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {kind: tuple(sorted(words.split(" "), key=lambda word: (-len(word), word))) for kind, words in rows}


def placeholders(text: str) -> list[Placeholder]:
    """The spots of `text` made anonymous, in order."""
    found: list[Placeholder] = []
    for place in among(last_points(text), _TRIGGERS).tolist():
        reach = found[-1].end if found else 0
        if place < reach:
            continue
        year = next(filter(None, (_YEAR.match(text, start) for start in range(max(place - 3, reach), place + 1))), None)
        if year:
            found.append(Placeholder(*year.span(), "year"))
        elif (spot := _SPOT.match(text, place)) and _is_spot(text, spot):
            found.append(Placeholder(*spot.span(), _kind(text, *spot.span())))
    if "某" in text:
        taken = {place for spot in found for place in range(spot.start, spot.end)}
        such = [spot for spot in _such(text) if spot.start not in taken]
        if found or len(such) != 1 or not _is_vague(text, such[0]):
            found += such
    return sorted(found)


def _is_vague(text: str, spot: Placeholder) -> bool:
    """Whether the only spot of 某 in a text is the speaker's own way to name no names, in passing (去年某厂退回一批货): neither a person,
    nor a body with the rest of its name (某县财政局), nor where he speaks for (我代表某市)."""
    return spot.kind in ("place", "org") and not _OWN_SUCH.search(text, max(0, spot.start - _AROUND), spot.start) \
        and not _BODY.match(text, spot.end)


def _is_spot(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before, after = text[start - 1:start], text[end:end + 1]
    if after and text.startswith(_followers()["not"], end):
        return False
    mark = match[0][0]
    if mark in "*＊_＿○◯□△▲█■●":
        if len(match[0]) > 1:
            return bool(_HAN.match(before)) or bool(_HAN.match(after))
        return mark in "*＊" and before not in ("", "\n") and bool(_HAN.match(after))
    if mark == "×" and len(match[0]) == 1 and _TIMES.search(text, max(0, start - 4), start):
        return False        # “数据要素×”行动 multiplies
    return bool(_BESIDE.match(before)) or bool(_BESIDE.match(after))


_HAN = re.compile(f"[{HAN}]")
_BESIDE = re.compile(f"[{HAN}，。、；：！？“”‘’《》（）—…%％\n]")


def _kind(text: str, start: int, end: int) -> str:
    if (text[start - 1:start] in ("、", "和", "与") and text[end:end + 1] == "等") or (text[end:end + 1] == "、" and text[end + 1:end + 2] in "XＸ×"):  # noqa: E501
        return "person"
    for kind in ("year", "person", "place", "org", "number"):
        if text.startswith(_followers()[kind], end):
            return kind
    if text[start - 1:start] in surnames() and text[start - 2:start - 1] in "\n，。、；：“（ ":
        return "person"
    return "thing"


def _such(text: str) -> list[Placeholder]:
    """Spots of 某: before a place, a body or a person, behind a surname (王某), and bare where a text uses it for a name throughout."""
    named, bare = [], []
    for match in _SUCH.finditer(text):
        start, end = match.span()
        kind = _kind(text, start, end)
        if kind in ("place", "org", "person"):
            named.append(Placeholder(start, end, kind))
        elif text[start - 1:start] in surnames() and not _HAN.match(text[start - 2:start - 1] or "\n"):
            named.append(Placeholder(start, end, "person"))
        elif kind == "thing":
            bare.append(Placeholder(start, end, "place"))
    return named + (bare if len(bare) >= 3 else [])


_MORE = 4
# letters and digits enough for a number; the patterns look at what stands around them
_ADDRESS = re.compile(rf"[0-9A-Za-z@][0-9A-Za-z@_.\-]{{{_MORE},}}")
_IN_ADDRESS = ascii_letters + digits + "@_.-"
_NUMBER = re.compile(r"(?<![\d.])1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[-－—]\d{7,8}(?!\d)"
                     r"|(?:电话|手机|联系方式|热线|传真|QQ群?|微信|ＱＱ)(?:号码|号|群)?[：:为是]?\s?[A-Za-z0-9][A-Za-z0-9_\-]{4,19}"
                     r"|(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
                     r"|(?<![A-Za-z0-9_.\-])[A-Za-z0-9_.\-]{2,30}@[A-Za-z0-9\-]{2,30}\.[A-Za-z]{2,6}")
# Numbers written in groups, or digit by digit: 138 1234 5678, 1 3 8 …. Each begins with its first digit, so that the search runs fast, and
# no figure may stand before it or behind it, as in the row of a table.
_GAP = "[ \u00a0.·\\-－—]"
_GROUPED = (re.compile(rf"1(?<![\d.]1)(?:(?<!\d{_GAP}1)|(?<=86{_GAP}1))"
                       rf"(?:[3-9]\d{_GAP}?\d{{4}}{_GAP}?\d{{4}}|{_GAP}[3-9](?:{_GAP}\d){{9}})(?!{_GAP}?\d)"),
            re.compile(r"0(?<!\d0)\d{2,3}(?:[)）][ -]?|[ ])[2-8]\d{6,7}(?![ ]?\d)"))
_IDENTITY = re.compile(r"\d{6} (?<!\d\d{6} )(?:19|20)\d{2} ?(?:0[1-9]|1[0-2]) ?(?:0[1-9]|[12]\d|3[01]) ?\d{3}[\dXx](?!\d)")
_CALL = re.compile("电话|手机|号码|热线|传真|联系|拨打|致电|短信|微信|(?:找|打|问|呼)(?:我|他|她|[一-龥]{1,3})?|tel|TEL|Tel|：")
_CALLED = 10    # characters before a number in groups among which one of these words stands
_BEFORE_NUMBER = "话机式线真群信码号ＱQ：:为是"      # with what a label, or its sign, can end
_AROUND = 12    # characters that a label and its sign take at most: 联系方式号码： and a space
_PUBLIC_LINE = re.compile(r"1(?:2\d{3}|10|19|20|22)\Z")
_COMMON = frozenset("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金"  # noqa: E501
                    "陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文缪嵇闫肖付仇")


def personal_data(text: str) -> list[tuple[int, int]]:
    """Spans with private persons' data: telephone, QQ and identity numbers, addresses of mail, lists of names."""
    found: list[tuple[int, int]] = []
    end = 0
    within = among(last_points(text), _IN_ADDRESS)
    for place in within[:-_MORE][within[_MORE:] - within[:-_MORE] == _MORE].tolist():     # so many more behind it
        run = _ADDRESS.match(text, place) if place >= end else None
        if run is None:
            continue
        end = run.end()
        before = text[run.start() - 1:run.start()]
        if run.end() - run.start() < 7 and before not in _BEFORE_NUMBER and not (before.isspace() or before.isdecimal()) \
                and "@" not in run[0] and "QQ" not in run[0]:
            continue        # a year, an amount, a word: too short for a number without a label
        position = max(run.start() - _AROUND, found[-1][1] if found else 0)
        found += [match.span() for match in _NUMBER.finditer(text, position, run.end()) if not _PUBLIC_LINE.search(match[0])]
    found += [(start, end) for start, end in _grouped(text) if not any(low < end and start < high for low, high in found)]
    return sorted(found + _lists_of_names(text))


def _grouped(text: str) -> list[tuple[int, int]]:
    """Spans of telephone and identity numbers whose digits stand in groups; where blanks part them, a word must tell that one can call."""
    found = []
    for pattern in _GROUPED:
        for match in pattern.finditer(text):
            if match[0].isdecimal():
                continue
            if "-" in match[0] or _CALL.search(text, max(0, match.start() - _CALLED), match.start()):
                found.append(match.span())
    if "身份证" in text:
        found += [match.span() for match in _IDENTITY.finditer(text)]
    return found


_SURNAMES = "".join(sorted(_COMMON))
# the first name of a list may stand in running text, so the search begins at the mark behind it
_LIST = re.compile(f"、[{_SURNAMES}][{HAN}]{{1,2}}(?:、[{_SURNAMES}][{HAN}]{{1,2}}){{2,}}")
_LAST = re.compile(f"[{HAN}]{{1,4}}\\Z")


@cache
def _figures() -> frozenset[str]:
    """Persons of public life and history, who may be named."""
    lines = (files("schemas") / "lexicons" / "public_figures.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def _lists_of_names(text: str) -> list[tuple[int, int]]:
    """Runs with at least four personal names (许某、卢某平、…) that are not of public figures, from the first such name to the last."""
    found = []
    for match in _LIST.finditer(text):
        names = match[0][1:].removesuffix("等").split("、")
        start = match.start() + 1
        running = _LAST.search(text, max(0, match.start() - 4), match.start())
        if running:
            item = running[0]
            first = item if len(item) <= 3 else next((item[-size:] for size in (3, 2) if item[-size] in _COMMON), "")
            if len(first) > 1 and first[0] in _COMMON:
                names.insert(0, first)
                start = match.start() - len(first)
        # a model held up to private persons, or a culprit among them, does not make them public
        ends = accumulate((len(name) + 1 for name in names), initial=start)
        private = [(at, name) for at, name in zip(ends, names) if name not in _figures()]
        long = sum(len(name) == 3 for _, name in private)
        if len(private) >= 4 and 2 * long >= len(private) and len({name[0] for _, name in private}) >= len(private) - 1:
            found.append((private[0][0], private[-1][0] + len(private[-1][1])))
    return found
