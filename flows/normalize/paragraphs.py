"""Paragraphs: which lines belong together. Pages, mail programs and converters break sentences and words over lines."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from flows.normalize import furniture
from flows.normalize.lines import Line

FINAL = frozenset("。！？!?：:…")
CLOSING = frozenset("”’」』）》)】〕")
MARKER = re.compile(r"(?:第?[一二三四五六七八九十百]{1,4}[、，,.．:：]|"
                    r"第[一二三四五六七八九十百\d]{1,4}(?:个|条|点|项|方面|部分|章|节|篇|，|、|是|要)|"
                    r"[（(\[〔【][一二三四五六七八九十\d]{1,3}[)）\]〕】]|\d{1,3}(?:[、.．](?!\d)|[)）])|[①-⑳⑴-⒇㈠-㈩⒈-⒛Ⅰ-Ⅻ]|"
                    r"[一二三四五六七八九十]{1,2}(?:是|要|来|则)|[—–―─-]{2}|[●■◆▲★•·*※○□◇]|(?:首先|其次|再次|最后|此外|同时|另外|附)[，,:：]|"
                    r"(?:各位|同志们|尊敬的|女士们|朋友们|同学们|老师们|代表们|委员们))")
ENUMERATED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,3}[、.．](?!\d)|[（(]\d{1,3}[）)]")
NEVER_FIRST = re.compile(r"[，。、；：！？”’）》」』】,;!?%％]")
HAN_END = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fffA-Za-z0-9〇％%℃]")
INNER_STOP = re.compile(r"[。！？；]")
FIGURE = re.compile("[0-9.,，、%％‰-]{1,16}")          # a number on a line of its own ...
MEASURED = re.compile("[年月日号时家个名位人户口岁万亿千百多余项件批次条座所处部台辆架艘套吨斤克公里米亩厘顷平立方倍成度点元美%％‰"
                      "届期级类种周天小分秒以左上、，。]")
PROSE_MARK = re.compile("[，。、；：]")
OPEN_REACH = 400        # characters before a break in which a quotation can have begun
GLUED_LEAST = 1500      # characters of a line in which several parts may have run together
HAN_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
PART = re.compile(r"(?<=[。！？；：”）])([一二三四五六七八九十]{1,2})、")
GLUED = re.compile(r"(?<=[。！？”])(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。！？；：]{2,40}$)")


class Paragraph:
    """Lines that belong together. view: what they read; reason: why they are no part of the speech, or None."""

    __slots__ = ("_form", "lines", "reason", "view")

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.view = lines[0].view if len(lines) == 1 else "".join(line.view for line in lines)
        self.reason: str | None = None
        self._form: str | None = None

    @property
    def broken(self) -> bool:
        """Whether the source broke it over several lines."""
        return len(self.lines) > 1

    @property
    def form(self) -> str:
        """The folded view of its first characters."""
        if self._form is None:
            self._form = furniture.folded(self.view[:furniture.LONGEST + 40])
        return self._form

    def drop(self, spans: Sequence[tuple[int, int]], text: str, reason: str) -> None:
        """Take spans of the view away from the lines of `text` in which they lie."""
        offset = 0
        for line in self.lines:
            here: list[tuple[int, int, str]] = []
            for start, end in line.pieces():
                for low, high in spans:
                    low, high = max(low - offset, 0), min(high - offset, end - start)
                    if low < high:
                        here.append((start + low, start + high, reason))
                offset += end - start
            line.drop(text, here)
        self.view, self._form = "".join(line.view for line in self.lines), None


def together(lines: Sequence[Line], raw_lines: Sequence[str]) -> list[Paragraph]:
    """The lines put together where the source broke a sentence; `raw_lines` as in `joins`."""
    paragraphs: list[Paragraph] = []
    open_lines: list[Line] = []
    for line, carries in zip(lines, joins(lines, raw_lines)):
        open_lines.append(line)
        if not carries:
            paragraphs.append(Paragraph(open_lines))
            open_lines = []
    return paragraphs


def parted(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines, those cut apart in which a heading was glued to what stands before it."""
    found: list[Line] = []
    for number, line in enumerate(lines):
        whole = line.reason or line.drops or line.heading \
            or (len(line.view) < GLUED_LEAST and (line.view[-1] in "。！？；" or number + 1 == len(lines)))
        places = [] if whole else glued(line.view)
        found += line.parted(text, places) if places else [line]
    return found


def is_figure(view: str, following: str) -> bool:
    """Whether a line is a number that belongs to what the next line begins with, which a page number does not: 75, 家."""
    return FIGURE.fullmatch(view) is not None and MEASURED.match(following) is not None


def is_final(view: str) -> bool:
    """Whether a line ends as a sentence or an announcement ends."""
    last = view[-1]
    return last in FINAL or (last in CLOSING and len(view) > 1 and view[-2] in "。！？!?…；")


def opens_paragraph(view: str) -> bool:
    """Whether a line begins with a number, a bullet or a form of address."""
    return MARKER.match(view) is not None


def wrap_width(lines: Sequence[Line], lengths: Sequence[int], columns: Sequence[int]) -> tuple[bool, int] | None:
    """The width at which every line was cut, counted in characters (False) or in columns (True, Chinese being two wide); None where
    lines were not cut at a fixed width. `lengths` and `columns` measure the lines with their indent."""
    cut = [number for number, line in enumerate(lines) if len(line.view) >= 12 and not is_final(line.view)]
    # headings of one length are cut nowhere: what follows them begins anew
    anew = sum(number + 1 < len(lines) and opens_paragraph(lines[number + 1].view) for number in cut)
    if len(cut) < 8 or len(cut) * 3 < len(lines) or anew * 10 > len(cut) * 4:
        return None
    for wide, sizes in ((False, lengths), (True, columns)):
        ordered = sorted(sizes[number] for number in cut)
        width = ordered[int(len(ordered) * 0.9)]
        near = sum(width - 3 <= size <= width + 2 for size in ordered)
        if width <= (200 if wide else 100) and near * 10 >= len(cut) * 6:
            return wide, width
    return None


def may_be_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the lines are short enough to have been cut at a fixed width."""
    return len(lines) >= 10 and sum(len(line.view) <= 100 for line in lines) * 10 >= len(lines) * 9


def joins(lines: Sequence[Line], raw_lines: Sequence[str]) -> list[bool]:
    """For each line, whether the next one carries on with it.

    raw_lines: the lines as the source has them, indents and all; empty where they cannot have been cut at a fixed width."""
    if not lines:
        return []
    if raw_lines:
        lengths = [len(raw.rstrip()) for raw in raw_lines]
        columns = [len(raw.rstrip().encode("gbk", "replace")) for raw in raw_lines]
        width = wrap_width(lines, lengths, columns)
        if width is not None:
            return _joins_wrapped(lines, raw_lines, columns if width[0] else lengths, width[1])
    semicolons = _breaks_at_semicolons(lines)
    found, before = [], lines[0].view
    for one, other in pairwise(lines):
        carries = _carries_on(before, one, other, semicolons)
        found.append(carries)
        before = before[-OPEN_REACH:] + other.view if carries else other.view
    return [*found, False]


def _joins_wrapped(lines: Sequence[Line], raw_lines: Sequence[str], sizes: Sequence[int], width: int) -> list[bool]:
    """Joins of a text that was cut at `width`: a full line carries on, unless the next is indented or plainly starts anew."""
    indents = [len(raw) - len(raw.lstrip()) for raw in raw_lines]
    base = Counter(indents).most_common(1)[0][0]
    indented = sum(indent > base for indent in indents)
    tells = 0 < indented * 10 <= len(lines) * 7
    blank = sum(line.gap > 0 for line in lines)
    spaced = blank * 10 <= len(lines) * 7      # else every line stands apart, and a blank line tells nothing
    found = []
    for number, (one, other) in enumerate(pairwise(lines)):
        full = sizes[number] >= width - 3
        if (spaced and other.gap) or (tells and indents[number + 1] > base):
            found.append(False)
        elif NEVER_FIRST.match(other.view):
            found.append(True)
        elif full:
            found.append(tells or not (is_final(one.view) and opens_paragraph(other.view)))
        else:
            found.append(not tells and _carries_on(one.view, one, other, False))
    return [*found, False]


def glued(view: str) -> list[int]:
    """Where in a line that lost its breaks parts begin: at numbers that count up from one after full stops, and at a heading without
    a stop with which the line ends. Offsets in `view`, ascending."""
    found = [match.start() for match in GLUED.finditer(view[-60:])]
    places = [len(view) - min(60, len(view)) + each for each in found]
    if len(view) >= GLUED_LEAST:
        count = 0
        for match in PART.finditer(view):
            if match[1] == HAN_NUMBERS[count]:
                places.append(match.start())
                count += 1
                if count == len(HAN_NUMBERS):
                    break
        if count == 1:
            places = places[:len(found)]
    return sorted(set(places))


def _is_open(view: str) -> bool:
    """Whether a quotation or a bracket begins in a line that does not end in it."""
    tail = view[-OPEN_REACH:]
    return any(tail.count(opening) > tail.count(closing) for opening, closing in ("“”", "《》", "（）"))


def _breaks_at_semicolons(lines: Sequence[Line]) -> bool:
    """Whether the source broke lines after every semicolon, not only between the items of a list."""
    ends = [number for number, line in enumerate(lines[:-1]) if line.view[-1] in "；;"]
    if not ends:
        return False
    inside = sum(line.view.count("；", 0, -1) for line in lines)
    loose = sum(not opens_paragraph(lines[number + 1].view) for number in ends)
    return loose > 0 and inside <= len(ends)


def _carries_on(before: str, one: Line, other: Line, semicolons: bool) -> bool:
    """Whether the source broke a sentence between two lines; `before` is what the first reads, with what it carries on."""
    after = other.view
    if one.heading or other.heading:
        return False
    last = before[-1]
    if after[0] in "”’）》" and _is_open(before):
        return True
    if FIGURE.fullmatch(one.view) and MEASURED.match(after):
        return True
    if last in "。！？!?：:…":
        return False
    if FIGURE.fullmatch(after) and PROSE_MARK.search(before):
        return True
    if ENUMERATED.match(after):
        return False
    if NEVER_FIRST.match(after) and HAN_END.match(before[-1]):
        return True
    if last in "；;":
        return semicolons
    if last in "，、,“《（":
        return len(before) >= 12
    # a link within a sentence comes out as a line of its own: “双向 / 揭榜 / 挂帅”
    if len(before) >= 12 and HAN_END.match(last) and not opens_paragraph(after) and _is_open(before):
        return True
    # a line with sentences in it that stops in the middle of one; a heading has none, and a list of titles neither
    return len(before) >= 20 and INNER_STOP.search(before) is not None and HAN_END.match(before[-1]) is not None \
        and not opens_paragraph(after) and len(after) >= 2 and not GLUED.search(before)
