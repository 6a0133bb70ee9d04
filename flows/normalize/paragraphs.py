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
# A number that a page sets apart from its heading: 一、 on one line, the heading on the next.
ALONE = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．]")
ENUMERATED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,3}[、.．](?!\d)|[（(]\d{1,3}[）)]")
NEVER_FIRST = re.compile(r"[，。、；：！？”’）》」』】,;!?%％]")
HAN_END = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fffA-Za-z0-9〇％%℃]")
INNER_STOP = re.compile(r"[。！？；]")
FIGURE = re.compile("[0-9.,，、%％‰-]{1,16}")          # a number on a line of its own ...
SECTION = re.compile("0[1-9]")          # pages are not counted so
MEASURED = re.compile("[年月日号时家个名位人户口岁万亿千百多余项件批次条座所处部台辆架艘套吨斤克公里米亩厘顷平立方倍成度点元美%％‰"
                      "届期级类种周天小分秒以左上、，。]")
PROSE_MARK = re.compile("[，。、；：]")
UNIT = re.compile(r"[“‘《（「『]*(?:[A-Za-z0-9.,%％]+|.)[，。、；：！？”’）》」』】,;!?%％]*")
PARTS = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
CLAUSE_OPEN = re.compile("[。，；：][^。]{4,}$")
SECOND = re.compile("第二(?:个?是|要|，)?|二(?:是|要|来|则)|其次")
# Points that sentences of one paragraph count off, as against those that begin paragraphs everywhere.
COUNTED = tuple(re.compile(each) for each in (
    r"[二三四五六七八九十](?:是|要|来|则)", "第[二三四五六七八九十]，", "(?:其[次二三四]|再次|最后)，",
    "(?:此外|同时|另外)，", r"[（(][2-9][）)]|[②-⑳]"))
COUNTED_INSIDE = tuple(re.compile(f"[。；](?:{each.pattern})") for each in COUNTED)
CALLED = re.compile("(?:尊敬的|敬爱的|亲爱的|各位|诸位|同志们|女士们|朋友们|同学们|老师们|代表们|委员们|乡亲们)[^。；]{0,40}[：:！!]$")
THANKED = re.compile("(?:谢谢|感谢)(?:大家|各位|聆听|同志们)?[！!。]$|(?:最后|以上|我的(?:讲话|发言|汇报|报告|演讲)|我就讲|今天的会议)")
# One that begins with the names of guests, whatever these are: 周会长（某会会长周某）、某某兄、各位来宾：
GUESTS = re.compile("[^。；：:！？]{2,60}[、，,](?:各位|女士们|先生们|朋友们|同学们|老师们|同志们)[^。；：:！？]{0,30}[：:]")
# An address that takes several lines: 尊敬的陈主席、刘副主任，/ 各位领导、各位来宾：
ADDRESSED = re.compile("(?:尊敬的|敬爱的|亲爱的|各位|诸位)[^。；：:！？]{1,40}[，,]")
# One that fills a line of its own, though its sentence goes on: 女士们、先生们， 主席先生，
CALLED_ALONE = re.compile("(?:(?:尊敬的|敬爱的|亲爱的|各位|诸位)[^。；：:！!？，,]{1,20}"
                          "|(?:(?!人们)[^。；：:！!？，,、]{1,8}(?<![我他她你您它咱])们、?){1,6}"
                          "|(?:副?主席|副?议长|会长|总统|总理|校长|秘书长|大使)(?:先生|女士|阁下))[，,]")
# One that is nothing but whom it calls: 青年朋友们：
CALLED_FRIENDS = re.compile("[^。；：:！!？，,]{1,16}(?<![我他她你您它咱人])们[：:！!]")
# The end of a caption, who took the picture: 决赛现场。王某摄
CREDIT = re.compile(r"[。！？]\s*[一-龥·]{2,6}[ 　]?(?:摄影?|供图)$")
CALLED_LEAST = 20       # characters of the line that goes on behind it
GREETED = re.compile("尊敬的|敬爱的|亲爱的|各位|诸位|全体|同志们|女士们|先生们|朋友们|同学们|老师们|来宾们|代表们|乡亲们|战友们|大家")
STATED = 400            # characters of what a site says of itself that are read
NARROWED = re.compile(r"(?<=[\u4e00-\u9fff”》])[,:;!?()]")
POINT_LEAST = 28        # characters of a point that is no heading
SPOKEN_POINT = re.compile(r"[一二三四五六七八九十]{1,2}(?:是|要|来|则)[^，]*，[^，]*，")
LEAST_CUT = 3           # lines cut in the middle of a sentence at one place from which a width is told
LOOSE = 12              # columns that a line may lack to the width and still carry on where indents tell paragraphs
PROSE_LEAST = 30        # characters of a line that is no verse
VERSE_MOST = 20         # ... and of one that is,
VERSES_LEAST = 3        # and how many of them that end in a comma stand in a row
OPEN_REACH = 400        # characters before a break in which a quotation can have begun
ITEM_MOST = 40          # characters of an item of a list that is no sentence of a paragraph
HEADING_MOST = 40       # characters of a heading that its number stands above
GLUED_LEAST = 1500      # characters of a line in which several parts may have run together
HAN_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
# the look behind comes second: a search for its class would stop at every mark
PART = re.compile(r"([一二三四五六七八九十](?<=[。！？；：”）].)[一二三四五六七八九十]?)、")
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
    for number, (line, carries) in enumerate(zip(lines, joins(lines, raw_lines)), 1):
        open_lines.append(line)
        if not carries or lines[number].wall:       # no sentence goes on in what the site says in place of its end
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
        if places:
            found += line.parted(text, places)
        else:
            found.append(line)
    return found


def is_figure(view: str, preceding: str, following: str) -> bool:
    """Whether a line is a number that belongs to the lines around it, which a page number does not: to what the next one begins with
    (75, 家), to one that announces it (有一个数字：), or to the heading below it (01)."""
    if FIGURE.fullmatch(view) is None:
        return False
    if SECTION.fullmatch(view):
        return 1 < len(following) <= 30 and following[-1] not in FINAL and furniture.HAN.search(following) is not None
    announced = len(preceding) > 6 and preceding[-1] in "：:" and furniture.HAN.search(preceding) is not None
    return MEASURED.match(following) is not None or (announced and not furniture.is_edge(preceding))


def is_final(view: str) -> bool:
    """Whether a line ends as a sentence or an announcement ends."""
    last = view[-1]
    return last in FINAL or (last in CLOSING and len(view) > 1 and view[-2] in "。！？!?…；")


def opens_paragraph(view: str) -> bool:
    """Whether a line begins with a number, a bullet or a form of address."""
    return MARKER.match(view) is not None


def wrap_width(lines: Sequence[Line], lengths: Sequence[int], columns: Sequence[int]) -> tuple[bool, int] | None:
    """The width at which every line was cut, counted in characters (False) or in columns (True, Chinese being two wide); None where
    lines were not cut at a fixed width. `lengths` and `columns` measure the lines with their indent.

    Lines that were cut in the middle of a sentence pile up right below the width, and hardly a line is longer; headings and
    paragraphs, which end where they please, are spread."""
    cut = [number for number, line in enumerate(lines[:-1]) if len(line.view) >= 10 and line.view[-1] not in FINAL | CLOSING]
    if len(cut) < LEAST_CUT:
        return None
    best: tuple[int, bool, int] | None = None
    for wide, sizes in ((True, columns), (False, lengths)):
        counts = Counter(sizes[number] for number in cut)
        slack = 3 if wide else 2
        width, near = 0, 0
        for size in sorted(counts):
            here = sum(counts[each] for each in range(size - slack, size + 1))
            if here >= near:
                width, near = size, here
        full = [number for number in cut if width - slack <= sizes[number] <= width]
        # headings of one length are cut nowhere: what follows them begins anew
        anew = sum(opens_paragraph(lines[number + 1].view) for number in full)
        pile = [size for size in sizes if width - slack <= size <= width + 2]
        piled = len(pile)
        below = sum(width - 4 * (slack + 1) < size < width - slack for size in sizes)
        beyond = [size for size in sizes if size > width + 2]
        longer = len(beyond)
        if near < LEAST_CUT or near * 10 < len(cut) * 4 or anew * 10 > near * 4 or longer * 20 > max(len(sizes), 20) or piled < below \
                or not 16 <= width <= (200 if wide else 100) or sum(beyond) > 2 * sum(pile):
            continue            # in a long menu a few paragraphs are hardly any lines and yet most of the text, which is cut nowhere
        if best is None or near > best[0] * 1.1:
            # a mark may hang over the edge, a character never does
            solid = Counter(sizes[number] for number in full if HAN_END.match(lines[number].view[-1]))
            best = near, wide, max((size for size, count in solid.items() if count * 10 >= near), default=width)
    return None if best is None else best[1:]


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
            return _joins_wrapped(lines, raw_lines, columns if width[0] else lengths, *width)
    semicolons, verses = _breaks_at_semicolons(lines), _verses(lines)
    found, before = [], lines[0].view
    for number, (one, other) in enumerate(pairwise(lines)):
        carries = number not in verses and _carries_on(before, one, other, semicolons)
        found.append(carries)
        before = before[-OPEN_REACH:] + other.view if carries else other.view
    return [*found, False]


def keep_cut_lines(lines: Sequence[Line], raw_lines: Sequence[str]) -> None:
    """Take back that lines are furniture which only carry on a sentence: where every line was cut at a width, pieces of sentences can
    read like anything (…计算机及网络设备)."""
    if not any(line.reason == "furniture" for line in lines):
        return
    lengths = [len(raw.rstrip()) for raw in raw_lines]
    columns = [len(raw.rstrip().encode("gbk", "replace")) for raw in raw_lines]
    found = wrap_width(lines, lengths, columns)
    if found is None:
        return
    wide, width = found
    sizes = columns if wide else lengths
    for number in range(1, len(lines)):
        line, before = lines[number], lines[number - 1]
        if line.reason == "furniture" and before.reason is None and before.view[-1] not in FINAL | CLOSING and line.gap <= before.gap \
                and sizes[number - 1] >= width - 3 and sizes[number - 1] + _unit(line.view, wide) > width \
                and furniture.HAN.search(line.view) and not (line.view[0].isdigit() and len(line.view) < 12) \
                and (sizes[number] >= width - 3 or line.view[-1] in "。；！？") and len(before.view) >= 10:
            line.reason = None


def _joins_wrapped(lines: Sequence[Line], raw_lines: Sequence[str], sizes: Sequence[int], wide: bool, width: int) -> list[bool]:
    """Joins of a text that was cut at `width`. A line carries on where the next one's first characters would not have fitted on it,
    unless the next is indented as the first of a paragraph or plainly starts anew."""
    indents = [len(raw) - len(raw.lstrip()) for raw in raw_lines]
    open_lines = [number for number, line in enumerate(lines[:-1])
                  if line.view[-1] not in FINAL | CLOSING and sizes[number] >= width - 3]
    inside = Counter(indents[number + 1] for number in open_lines).most_common(1)[0][0]
    between = Counter(lines[number + 1].gap for number in open_lines).most_common(1)[0][0]
    after = [number + 1 for number, size in enumerate(sizes[:-1]) if size < width - 3]
    tells = bool(after) and sum(indents[number] > inside for number in after) * 10 >= len(after) * 6
    runs_on = [counted for counted, inner in zip(COUNTED, COUNTED_INSIDE) if any(inner.search(line.view) for line in lines)]
    # how the first lines of paragraphs are indented
    firsts = Counter(indents[number] for number, size in enumerate(sizes) if size >= width - 3 and indents[number] > inside).most_common(1)
    if firsts and firsts[0][0] > inside + 1:
        # the space that a scanner saw before a character indents nothing
        indents = [inside if indent == inside + 1 and raw[inside] == " " else indent
                   for indent, raw in zip(indents, raw_lines, strict=True)]
    found: list[bool] = []
    opening = 0         # the first line of the paragraph at hand
    for number, (one, other) in enumerate(pairwise(lines)):
        first, last = other.view, one.view[-1]
        if number and not found[-1]:
            opening = number
        if NEVER_FIRST.match(first) or (firsts and other.gap <= between and _is_centred_heading(lines, indents, number, firsts[0][0])):
            found.append(True)
        elif CALLED.fullmatch(first) or other.gap > between or (tells and indents[number + 1] > inside) or one.heading or other.heading:
            found.append(False)
        elif last not in FINAL | CLOSING:
            # a mark that lost half of its width when the line was copied has filled a whole place
            narrowed = len(NARROWED.findall(raw_lines[number])) if wide else 0
            fits = sizes[number] + _unit(first, wide) + narrowed <= width
            if tells:
                found.append(not fits or (indents[opening] > inside and sizes[number] >= width - LOOSE))
            else:
                # a first line that lost its indent is shorter by it
                indented = number == opening and sizes[number] >= width - (8 if wide else 4) and not opens_paragraph(one.view) \
                    and CLAUSE_OPEN.search(one.view) is not None
                # commas and no end: no paragraph stops so, and headings count their parts
                cut = sizes[number] >= width - LOOSE and one.view.count("，") + one.view.count(",") >= 2 and not opens_paragraph(first) \
                    and not ENUMERATED.match(lines[opening].view)
                found.append(cut or ((not fits or indented) and not (PARTS.match(first) and not CLAUSE_OPEN.search(one.view)))
                             or _carries_on(one.view, one, other, False))
        elif sizes[number] + _unit(first, wide) <= width:
            found.append(False)
        else:
            found.append(tells or not _starts_anew(one.view, first, runs_on))
    return [*found, False]


def _is_centred_heading(lines: Sequence[Line], indents: Sequence[int], number: int, first: int) -> bool:
    """Whether a line and the next are one numbered heading that was centred over two lines: both further in than the first lines of
    paragraphs (by `first` characters of space), without a stop, and what follows is not."""
    one, other = lines[number], lines[number + 1]
    after = number + 2
    return min(indents[number], indents[number + 1]) > first and PARTS.match(one.view) is not None and one.view[-1] not in FINAL | CLOSING \
        and PARTS.match(other.view) is None and other.view[-1] not in FINAL and len(one.view) + len(other.view) <= HEADING_MOST \
        and (after >= len(lines) or lines[after].gap > other.gap or indents[after] <= first)


def _unit(view: str, wide: bool) -> int:
    """The width of what a line would have had to take up with the first character of `view`: brackets before it, marks after it."""
    unit = UNIT.match(view)
    if unit is None:
        return 1
    return len(unit[0].encode("gbk", "replace")) if wide else len(unit[0])


def _starts_anew(before: str, after: str, runs_on: Sequence[re.Pattern[str]]) -> bool:
    """Whether a line after a full one that ends a sentence begins a paragraph. `runs_on`: the points that the text counts off inside
    its lines: such a one (二是) at the start of a line tells nothing."""
    if CALLED.match(before) or CALLED.match(after) or THANKED.match(after):
        return True
    return opens_paragraph(after) and not any(counted.match(after) for counted in runs_on)


def glued(view: str) -> list[int]:
    """Where in a line that lost its breaks parts begin: at numbers that count up from one after full stops, and at a heading without
    a stop with which the line ends. Offsets in `view`, ascending."""
    found = [match.start() for match in GLUED.finditer(view[-60:])]
    if not found and len(view) < GLUED_LEAST:
        return []
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
    ends, listed = [], False
    for number, line in enumerate(lines[:-1]):
        last = line.view[-1]
        # behind a line that announces them the items of a list stand on lines of their own
        listed = last in "：:" or (listed and last in "；;" and len(line.view) <= ITEM_MOST)
        if last in "；;" and not listed:
            ends.append(number)
    if not ends:
        return False
    inside = sum(line.view.count("；", 0, -1) for line in lines)
    loose = sum(not opens_paragraph(lines[number + 1].view) or _counts_on(lines[number].view, lines[number + 1].view)
                for number in ends)
    return loose > 0 and inside <= len(ends)


def _verses(lines: Sequence[Line]) -> set[int]:
    """Which lines stand by themselves as those of a toast do: 我提议，请大家举杯，/ 为来宾的健康，/ 为我们的友谊，/ 干杯！ Several short
    ones in a row end in a comma, and one of them begins like the one above it."""
    short = [number for number, line in enumerate(lines) if len(line.view) <= VERSE_MOST and line.view[-1] in "，,"]
    found: set[int] = set()
    run: list[int] = []
    for number in [*short, len(lines) + 1] if len(short) >= VERSES_LEAST else []:
        if run and number != run[-1] + 1:
            if len(run) >= VERSES_LEAST and any(lines[one].view[0] == lines[other].view[0] for one, other in pairwise(run)):
                found.update(run)
            run = []
        run.append(number)
    return found


def _counts_on(before: str, after: str) -> bool:
    """Whether a line begins with the second of points whose first stands within the sentence before: 要做到三件事，第一要…；/ 第二要…；"""
    second = SECOND.match(after)
    return second is not None and f"，{second[0].replace('二', '一').replace('其次', '首先')}" in before


def _carries_on(before: str, one: Line, other: Line, semicolons: bool) -> bool:
    """Whether the source broke a sentence between two lines; `before` is what the first reads, with what it carries on."""
    after = other.view
    if one.heading or other.heading:
        return False
    last = before[-1]
    if last in "、.．）)" and ALONE.fullmatch(before):
        return 1 < len(after) <= HEADING_MOST and after[-1] not in "。；：" and not ENUMERATED.match(after)
    if after[0] in "”’）》" and _is_open(before):
        return True
    if last in "。！？!?：:…":
        return False
    if other.taken_up and HAN_END.match(last):
        return True
    if FIGURE.fullmatch(one.view) and MEASURED.match(after):
        return True
    if FIGURE.fullmatch(after) and PROSE_MARK.search(before):
        return True
    if ENUMERATED.match(after):
        return False
    if NEVER_FIRST.match(after) and HAN_END.match(before[-1]):
        # a sentence that lost its first words, a year that the site takes out, below a heading: it is a paragraph of its own
        return not (after[0] in "，," and len(before) <= HEADING_MOST < len(after) and ENUMERATED.match(before)
                    and INNER_STOP.search(before) is None and after[-1] in FINAL)
    if last in "，," and ((ADDRESSED.fullmatch(one.view) and GREETED.match(after)) or (
            before is one.view and len(after) >= CALLED_LEAST and CALLED_ALONE.fullmatch(before))):
        return False
    if last in "；;":
        return semicolons
    if last in "，、,“《（":
        # what is shorter may be a verse, unless the next is no line of one
        return len(before) >= 12 or ENUMERATED.match(before) is not None or (last in "，," and len(after) >= PROSE_LEAST)
    # a link within a sentence comes out as a line of its own: “双向 / 揭榜 / 挂帅”
    if len(before) >= 12 and HAN_END.match(last) and not opens_paragraph(after) and _is_open(before):
        return True
    # a page ended in the middle of a sentence
    if other.paged and len(before) >= 20 and HAN_END.match(last) and PROSE_MARK.search(before) and after[-1] in FINAL \
            and (not opens_paragraph(before) or (len(before) >= POINT_LEAST and SPOKEN_POINT.match(before))) and not opens_paragraph(after):
        return True
    # a line with sentences in it that stops in the middle of one; a heading has none, and a list of titles neither
    return len(before) >= 20 and INNER_STOP.search(before) is not None and HAN_END.match(before[-1]) is not None \
        and not opens_paragraph(after) and len(after) >= 2 and not GLUED.search(before) and not GUESTS.fullmatch(after) \
        and not CALLED_FRIENDS.fullmatch(after) and not (CREDIT.search(before[-16:]) and after[0] not in "影像制取入") \
        and not furniture.is_statement(furniture.folded(before[:STATED]))
