"""The outline of a speech: its parts and points as a tree that tiles the text."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import NamedTuple

from flows.normalize.lines import Shown
from flows.segment.counts import announced, shared, spoken
from flows.segment.headings import Heading, nested
from flows.segment.markers import EXACT_SEQUENCES, LAST, Marker, counted, markers, with_first
from flows.segment.points import points
from flows.segment.roles import is_closing, is_vocative, salutation_end
from flows.segment.sections import Node, Section, heading, tiled

# How far back an opening quotation mark is looked for, in characters: beyond, it is more likely to have lost its partner.
LONGEST_QUOTATION = 200
# How far into a speech without parts its announcement is looked for, in characters.
_INTRODUCTION = 600
_FAREWELL = 400          # characters of the last words
_BODY = {"han", "paren_han", "arabic", "paren_arabic", "ordinal"}
_COUNTED_FAMILIES = ("第个", "第步")
_SPOKEN_FAMILIES = (*_COUNTED_FAMILIES, "首先", *EXACT_SEQUENCES)
# Numberings that a speaker's 首先, 其次, 最后 may hold.
_BELOW_SPOKEN = {"paren_han", "arabic", "1）", "paren_arabic", "⑴", "①"}
_OPENING_ENDS = re.compile(r"(?:审议|审查|提出意见|提出(?:宝贵)?(?:意见和)?建议|报告如下|汇报如下|"
                           r"我[^。\n]{0,30}?(?:讲|谈|提|说|强调)[^。\n]{0,14}?[一二两三四五六七八九十几\d](?:点|个|条|项|方面))[^\n]{0,40}(?=\n)")
# The line before ends its paragraph; the line itself has no stop; the line after is longer.
_PLAIN_FOLLOWS = "。！？：；”）…!?:;"
_PLAIN = re.compile(r"[^\n。！？：；…!?:;]*[^\n。！？：；…，、”）》—!?:;,\-]")
_NO_HEADING = re.compile(r"^[^\w“《]|^[\d.]*$|^[^\u4e00-\u9fff]{6}|附件|附表|附录|注释|释义|名词解释|[a-zA-Z]{6}|秘书处|"
                         r"[年月日号]$|[（(]掌声")
_FINISHED = "。！？：；…”）"
_CLOSED = "。！？!?”’）)…】》"
# A paragraph that looks back on all the sections before it.
_TAKEN_UP = re.compile(r"\n(?=(?:以上|上述|这|前面)(?:所讲的|所说的|讲的)?[两三四五六七八九十几](?:个方面|个问题|项|点|条|个|方面))")
# A line that counts off a point, or gives an example, still belongs to the section before it.
_AT_LINE = re.compile(r"[（(第其]?[一二三四五六七八九十\d]{1,3}(?:[是要、．.）)，]|个|点|方面)|首先|[—－-]{1,2}|[①-⒛]|比如|例如|其中|具体")
# How the first paragraph of a part sounds whose heading is lost: it opens a new year, or a new period, or turns to what is to be done.
_VOCATIVE = r"(?:(?:各位代表|各位委员|同志们|朋友们)[，！：]\s*)?"
_YEAR = r"(?:(?:19|20|２０)[\d０-９]{2}年|今年|明年|新的一年|来年)"
_NEW_YEAR = re.compile(rf"{_VOCATIVE}{_YEAR}[，]?(?:将)?是")
_NEW_PERIOD = re.compile(rf"{_VOCATIVE}(?:“?十[一二三四五六七八九]五”?(?:时期|期间)?|(?:今后|未来)[一二三四五几\d]+年|历史)[^。]{{0,16}}"
                         r"(?:是|跨入|进入)")
_TURN = re.compile(rf"{_VOCATIVE}(?:{_YEAR}(?!以来|[^。]{{0,12}}(?:取得|完成|实现了))|今后|未来|当前|当今|下一步|下步|下阶段|下一阶段|为此|"
                   r"下面|根据|按照|围绕|面对|展望|新时代|新征程|新形势|做好|实现上述|完成上述)")
# How the paragraph before ends or starts that owns up to shortcomings: the last of a review.
_SETTLED = re.compile(r"(?:解决|改进|改正|克服|纠正|整改|化解|解题|破解|期望|期待|重托|厚望|信任)"
                      r"(?:好|和(?:解决|改进|整改|重托|信任|支持|期望|期待))?[。！]\s*\Z")
_SHORTCOMINGS = re.compile(r"(?:在(?:肯定|看到|总结)|同时，我们|我们(?:也|还|要|必须)?清醒|回顾|当然|但是?，)[^。]{0,40}"
                           r"(?:困难|问题|不足|差距|短板|挑战)")
# How a speaker announces parts right before the first of them, without their number.
_ANNOUNCES_SOME = re.compile(r"(?:讲|谈|说|提出?|强调)(?:一?[讲谈说下])?[^。！？\n]{0,8}?(?:几|以下|下面)几?[个点件条方]"
                             r"(?:面|问题|意见|看法|想法|要求|建议|事情?)?[^。！？\n]{0,12}[。：:，]?\n?\Z")
_ANNOUNCED_REACH = 60
_OWN_HOUSE = re.compile(r"自身建设|自身硬|政府建设|(?:法治|服务型|廉洁|效能|责任|阳光|人民满意的?)政府|对政府工作提出")


class Outline(NamedTuple):
    """The sections in order of start; what is odd (values of speeches.defects); the announced counts, each with the count found (None
    where no run follows)."""

    sections: list[Section]
    defects: frozenset[str]
    announced: list[tuple[int, int | None]]


def outline(text: str, headings: Sequence[tuple[int, int] | Shown] = (), boundaries: Sequence[int] | None = None) -> Outline:
    """The outline of a clean text (one paragraph a line); `headings` are spans that the source's markup showed to be headings,
    with their levels where it ranks them, `boundaries` those of flows.segment.markers, where they are known."""
    if not text:
        return Outline([], frozenset(), [])
    line_starts = list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))
    if line_starts[-1] == len(text) and len(line_starts) > 1:
        line_starts.pop()
    found = [marker for marker in markers(text, boundaries) if marker.at_line or not _is_quoted(text, marker.start)]
    found = counted(text, with_first(text, found))
    greeting = salutation_end(text)
    shown = [Shown(*span) for span in headings if span[0] >= greeting]  # whom the speaker greets may stand in bold
    in_line = _counted_in_line(found, line_starts)
    parts = nested(_candidates(text, found, shown, line_starts, in_line))
    spoken_parts = _spoken_parts(text, found)
    if spoken_parts and not _hold(spoken_parts, parts.parts):
        spoken_parts = {}
    found = _without_lines_of_things(found, spoken_parts)
    if spoken_parts:
        parts = nested(_candidates(text, found, shown, line_starts, in_line, spoken_parts))
    defects: set[str] = set()
    nodes = _parts(text, parts.parts, line_starts, defects)
    first = nodes[0].start if nodes else None
    greeting = min(greeting, first) if first is not None else greeting
    head: list[Node] = []
    if greeting:
        head.append(Node(0, 1, "salutation"))
    if first is None:
        if greeting < len(text):
            head.append(Node(greeting, 1, "body"))
    elif greeting < first:
        head.append(Node(greeting, 1, "opening"))
    nodes = head + nodes
    nodes = _with_closing(text, nodes, line_starts, _last_points(found))
    nodes = _with_continuations(text, nodes, line_starts)
    return _assembled(text, nodes, found, parts.points | in_line, line_starts, defects)


def _without_lines_of_things(found: Sequence[Marker], spoken_parts: Mapping[int, int]) -> list[Marker]:
    """The markers without those of things (第一步，第一张牌，) that open lines and are no parts: whole paragraphs of steps are no points.
    One that the same line goes on with is."""
    kept: list[Marker] = []
    after: Marker | None = None
    for marker in reversed(found):
        if marker.family != "第步":
            kept.append(marker)
            continue
        if marker.start in spoken_parts or not marker.at_line or \
                (after is not None and not after.at_line and after.number == marker.number + 1):
            kept.append(marker)
        after = marker
    return kept[::-1]


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quotation opened shortly before, in the same line, is still open: what it counts off is not this speech's outline."""
    low = max(0, at - LONGEST_QUOTATION)
    opened = text.rfind("“", low, at)
    return opened >= 0 and text.find("”", opened, at) < 0 and text.find("\n", opened, at) < 0


def _candidates(text: str, found: Sequence[Marker], spans: Sequence[Shown], line_starts: Sequence[int],
                in_line: Set[int], spoken_parts: Mapping[int, int] = MappingProxyType({})) -> list[Heading]:
    """The lines that may open a part; `spoken_parts`, starts with their numbers, are parts whatever they look like, and the markers that
    start at `in_line` none."""
    shown = {}
    starts = {start: index for index, start in enumerate(line_starts)}
    levels = {}
    for start, end, level in spans:
        if start in starts and end > start:
            shown[start] = end
            if level is not None:
                levels[start] = level
    rows = []
    numbered = {marker.start for marker in found if marker.at_line and marker.style not in _BODY}
    glued = _glued(found)
    firsts = _first_words(found)
    for marker in found:
        is_spoken = marker.start in spoken_parts
        if marker.start not in firsts and not is_spoken and \
                (marker.style not in _BODY or marker.start in in_line or not (marker.at_line or marker.start in glued)):
            continue
        family = "第" if marker.start in firsts else marker.family
        words, fills = heading(text, marker.end)
        line = bisect_right(line_starts, marker.start) - 1
        line_start = line_starts[line]
        # what is counted off by the way fills no line, and nothing sets it off
        if marker.family in _COUNTED_FAMILIES and not is_spoken and not fills and shown.get(line_start, 0) <= marker.end:
            continue
        line_end = line_starts[line + 1] - 1 if line + 1 < len(line_starts) else len(text)
        if line_start in shown and shown[line_start] > marker.end:
            bold = text[marker.end: shown[line_start]].strip(" 　，、：:。；\n")
            fills = fills or shown[line_start] >= len(text) or text[shown[line_start]] == "\n"
            if bold and len(bold) < 100 and not (words and "。" in bold and bold.startswith(words)):    # 1、守时。会前十分钟到场。
                words = bold
        numbered.add(line_start)
        rows.append(Heading(marker.start, marker.end, marker.style, family, spoken_parts.get(marker.start, marker.number), words, fills,
                            fills or line_start in shown, line, open_end=text[line_end - 1] in "；;",
                            level=levels.get(line_start)))
    for start, end in _plain_headings(text, line_starts, len(rows)).items():
        shown.setdefault(start, end)
    innermost = max((level for start, level in levels.items() if start not in numbered), default=None)
    if innermost is not None:       # bold type stands inside headings; beside numbers alone it may stand over or under them
        levels |= dict.fromkeys((start for start, _, _ in spans if start not in levels), innermost + 1)
    for start, end in shown.items():
        if start in numbered or is_vocative(text, start) or not text[start:end].strip():
            continue
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        fills = end >= line_end
        words = text[start:min(end, line_end)].strip().rstrip("。：:；")
        if len(words) > 60:
            continue
        if fills or text[end - 1] in "。：！？；":
            family = "markup" if fills else "markup_dash" if words.startswith("—") else "markup_lead"
            level = levels.get(start, innermost) if fills else None
            rows.append(Heading(start, start, "markup", family if level is None else f"{family}{level}", None, words.lstrip("—－- "), fills,
                                True, starts[start], level=level))
    rows.sort(key=lambda row: row.start)
    if rows and _is_broken_off(text, rows, len(line_starts) - 1):
        rows[-1].is_sure = True
    return _without_contents(rows)


def _is_broken_off(text: str, rows: Sequence[Heading], last_line: int) -> bool:
    """Whether the last heading is the first of a list of which the rest is lost with the end of the text: it opens the last line, which
    stops within a sentence, below a part of another style, and the text has counted so before."""
    last = rows[-1]
    return last.number == 1 and last.style in _BODY and last.line == last_line and bool(last.heading) and not last.is_sure \
        and text.rstrip()[-1:] not in _CLOSED and any(row.family == last.family and row.number == 2 for row in rows[:-1]) \
        and rows[-2].number is not None and rows[-2].family != last.family


def _without_contents(rows: list[Heading]) -> list[Heading]:
    """The candidates without a table of contents: lines of headings, one under the other, that all come again."""
    last = {(row.family, row.number, row.heading): row.line for row in rows}
    kept: list[Heading] = []
    block: list[Heading] = []
    for row in [*rows, None]:
        if row is not None and row.fills and (not block or row.line == block[-1].line + 1) and \
                not (len(block) > 1 and (row.family, row.number) == (block[0].family, block[0].number)):
            block.append(row)
            continue
        if len(block) < 2 or any(last[each.family, each.number, each.heading] <= block[-1].line for each in block):
            kept += block
        block = [row] if row is not None and row.fills else []
        if row is not None and not row.fills:
            kept.append(row)
    return kept


def _plain_headings(text: str, line_starts: Sequence[int], numbered: int) -> dict[int, int]:
    """Spans of lines that stand as headings without number or markup: short, no stop, after a finished paragraph and before a longer
    one. None where many lines are broken, since the pieces look the same; `numbered` lines may be headings without a stop."""
    found = {}
    last = len(text) + (text[-1] != "\n")
    for before, start, after in zip(line_starts[1:], line_starts[2:], [*line_starts[3:], last]):
        size = start - 1 - before
        if 4 <= size <= 35 and after - 1 - start > max(size, 15) and text[before - 2] in _PLAIN_FOLLOWS and \
                _PLAIN.fullmatch(text, before, start - 1) and not _NO_HEADING.search(text[before:start - 1]):
            found[before] = start - 1
    if not found:
        return found
    breaks = line_starts[1:] if text[-1] != "\n" else [*line_starts[1:], len(text)]
    unfinished = len(line_starts) - 1 - numbered - sum(text[start - 2] in _FINISHED for start in breaks if start > 1)
    return {} if unfinished > max(2 * len(found), len(line_starts) // 5) else found


def _glued(found: Sequence[Marker]) -> set[int]:
    """Starts of the headings that the source glued to the paragraph before: they stand inside a line, in a run that goes on at line
    starts (…以下工作：（一）…, then a line （二）…)."""
    glued: set[int] = set()
    runs: dict[str, list[Marker]] = {}
    for marker in found:
        if marker.style not in _BODY or marker.family in _COUNTED_FAMILIES:
            continue
        run = runs.get(marker.family)
        if run is None or marker.number != run[-1].number + 1:
            run = runs[marker.family] = []
        run.append(marker)
        if marker.at_line:
            glued.update(each.start for each in run if not each.at_line)
            runs[marker.family] = [marker]
        elif run[0].at_line:
            glued.add(marker.start)
    return glued


def _counted_in_line(found: Sequence[Marker], line_starts: Sequence[int]) -> set[int]:
    """Starts of the ordinals that a single paragraph counts off from its beginning (第一，…。第二，…。第三，…。) in a speech whose parts
    are numbered another way: they are points of it. Where a later line goes on with them, line ends were lost."""
    if not any(marker.at_line and marker.style in _BODY and marker.style != "ordinal" for marker in found):
        return set()
    runs: list[list[Marker]] = []
    for marker in found:
        if marker.style != "ordinal" or marker.family in _COUNTED_FAMILIES:
            continue
        if runs and marker.family == runs[-1][-1].family and marker.number == runs[-1][-1].number + 1:
            runs[-1].append(marker)
        else:
            runs.append([marker])
    return {marker.start for run in runs for marker in run
            if len(run) > 1 and bisect_right(line_starts, run[0].start) == bisect_right(line_starts, run[-1].start)}


def _first_words(found: Sequence[Marker]) -> set[int]:
    """Starts of lines 首先 that open a run which goes on with 第二 at a later line."""
    starts = set()
    before: Marker | None = None
    for marker in found:
        if marker.at_line and marker.family in ("首先", "第"):
            if before is not None and before.family == "首先" and before.number == 1 and marker.family == "第" and marker.number == 2:
                starts.add(before.start)
            before = marker
    return starts


def _spoken_parts(text: str, found: Sequence[Marker]) -> dict[int, int]:
    """The parts of a speech that numbers none of them, by their starts, with their numbers: paragraphs that open with 第一件事、第二件事 or
    首先、其次、最后, as many as the speaker announces. Where a speech has other parts, the same words count off points inside them."""
    lines = [marker for marker in found if marker.at_line and marker.family in _SPOKEN_FAMILIES]
    first = next((marker for marker in lines if marker.number == 1), None)
    if first is None or first.start > _INTRODUCTION:  # further on they are a list, and the speech goes on after it
        return {}
    run = [first]
    for marker in lines:
        if marker.family == first.family and run[-1].number < marker.number and \
                (marker.number == run[-1].number + 1 or marker.family == "首先"):
            run.append(marker)
    said = announced(text, 0, first.start, len(run)) or spoken(text, 0, first.start)
    if run[-1].number == LAST and said == len(run) - 1:  # 最后 may also open the farewell
        run.pop()
    if not said and first.family in _COUNTED_FAMILIES and _ANNOUNCES_SOME.search(text, max(0, first.start - _ANNOUNCED_REACH), first.start):
        said = len(run)         # 我现在讲几个问题。 leaves open how many
    return {marker.start: number for number, marker in enumerate(run, 1)} if said == len(run) > 1 else {}


def _hold(spoken_parts: Mapping[int, int], parts: Sequence[Heading]) -> bool:
    """Whether all other parts of a speech stand inside those that it counts off in words: each list （1）（2） within one of them, and not
    below the last alone, which it may as well follow."""
    starts = sorted(spoken_parts)
    inside = [bisect_right(starts, part.start) for part in parts]
    if not inside:
        return True
    return 0 < inside[0] < len(starts) and all(part.family in _BELOW_SPOKEN for part in parts) and not any(
        one != other and part.number != 1 for one, other, part in zip(inside, inside[1:], parts[1:]))


def _parts(text: str, parts: Sequence[Heading], line_starts: Sequence[int], defects: set[str]) -> list[Node]:
    """The nodes of the parts, with those inferred where the source lost their headings."""
    wrapped = _wrapped(parts)
    between = _set_apart(text, parts, line_starts)
    shift = 0
    nodes: list[Node] = []
    for index, part in enumerate(parts):
        if part.depth == 0:
            shift = int(part.family in wrapped and part.start < wrapped[part.family])
            lost = part.fresh and shift
        else:
            lost = part.lost_before
        level = part.depth + 1 + shift
        if lost:
            defects.add("lost_headings")
            start = _lead_in(text, parts, index, line_starts, between.get(index))
            nodes.append(Node(start, level - 1, "body", is_inferred=True))
        if part.gap:
            defects.add("numbering_gap")
        number = part.number if part.style != "sequence" or part.family == "其" else None
        nodes.append(Node(part.start, level, "body", part.style, number, part.marker_end, part.heading, fills=part.fills))
    return nodes


def _wrapped(parts: Sequence[Heading]) -> dict[str, int]:
    """Families of outermost headings that lost those above them, with where that ends."""
    wrapped: dict[str, int] = {}
    at = [index for index, part in enumerate(parts) if part.depth == 0]
    roots = [parts[index] for index in at]
    inside = [parts[index + 1].family if index + 1 < len(parts) and parts[index + 1].depth == 1 else None for index in at]
    for part in roots:
        if part.lost_before:
            wrapped[part.family] = parts[-1].start + 1
    for before, part, inner in zip(roots, roots[1:], inside[1:]):
        if part.number is None and before.number is not None and inner == before.family and before.family not in wrapped:
            wrapped[before.family] = part.start
        if part.fresh and part.number is not None and part.number > 1 and before.family != part.family:
            wrapped[before.family] = part.start
            part.gap = False
    return wrapped


def _set_apart(text: str, parts: Sequence[Heading], line_starts: Sequence[int]) -> dict[int, int]:
    """Moves one down the sections of a part that are counted from 1 more than once, where every list but the last is followed by text that
    is not its own: then each list has lost the heading over it. Among the outermost, numbers alone tell that; further in, what two lists
    of one part share is often that part's heading, and the lines between must say that the first has ended. Gives the first of them for
    each list that follows another, by the index of its first part."""
    between: dict[int, int] = {}
    for firsts, end in _lists(parts):
        if parts[firsts[0]].family == "第" and not parts[firsts[0]].fills:  # lists of reasons
            continue
        ended = [_ended(text, parts[first:after], parts[after].line, line_starts) for first, after in pairwise(firsts)]
        if None in ended or end - firsts[-1] < 2:
            continue
        between.update((first, line) for first, line in zip(firsts[1:], ended) if line is not None)
        for part in parts[firsts[0]:end]:
            part.depth += 1
        for first in firsts:
            parts[first].lost_before = True
    return between


def _lists(parts: Sequence[Heading]) -> Iterator[tuple[list[int], int]]:
    """Where the sections inside one part are counted off more than once in one style: the indexes of the first of each list, and where the
    last list ends. Of lists inside each other the inner come first."""
    open_at: list[list[int]] = []
    for index, part in enumerate(parts):
        follows = len(open_at) > part.depth and part.fresh and part.number == 1 and not part.lost_before and \
            part.family == parts[open_at[part.depth][0]].family
        while len(open_at) > part.depth + (follows or not part.fresh):
            firsts = open_at.pop()
            if len(firsts) > 1 and open_at:
                yield firsts, index
        if follows:
            open_at[part.depth].append(index)
        elif part.fresh:
            open_at.append([index])
    while len(open_at) > 1:
        firsts = open_at.pop()
        if len(firsts) > 1:
            yield firsts, len(parts)


def _ended(text: str, parts: Sequence[Heading], after: int, line_starts: Sequence[int]) -> int | None:
    """The first of the lines before `after` that belong to none of the parts, if any; told where each part before the last is one
    paragraph, or a heading on its own line and one paragraph."""
    steps = [behind.line - part.line for part, behind in pairwise(parts)]
    if not steps or any(step > 1 + part.fills for step, part in zip(steps, parts)):
        return None
    line = parts[-1].line + (max(steps) if parts[-1].fills else 1)
    if line >= after or text[line_starts[line] - 2] in "：:" or _AT_LINE.match(text, line_starts[line]):
        return None
    return line


def _lead_in(text: str, parts: Sequence[Heading], index: int, line_starts: Sequence[int], plain: int | None = None) -> int:
    """Where the part that lost its heading starts: the first of the plain lines that lead in to its first numbered line. `plain`: the
    first of the lines behind the part before, where it is known."""
    part = parts[index]
    high = part.line
    if index == 0:
        low = 0
        greeting = salutation_end(text)
        while low < high and line_starts[low] < greeting:
            low += 1
        opened = low
        for line in range(low, high):
            if _OPENING_ENDS.search(text, line_starts[line], line_starts[line + 1]):
                opened = line + 1
            elif opened > low:
                break
        if opened == low:
            opened = high - 1 if high - low > 1 else high
        reviewed = _review_end(text, line_starts, opened, high)
        return line_starts[opened if reviewed is None else reviewed]
    before = parts[index - 1]
    low = before.line + (2 if before.fills else 1) if plain is None else plain
    if low >= high:
        return part.start
    reviewed = _review_end(text, line_starts, low, high)
    year = _last(_NEW_YEAR, text, line_starts, low, high)
    turn = year if reviewed is None else reviewed
    if turn is not None:
        return line_starts[turn]
    if _OWN_HOUSE.search(text, line_starts[high - 1], min(line_starts[high], line_starts[high - 1] + 120)):
        return line_starts[high - 1]
    for cue in (_NEW_PERIOD, _TURN):
        for line in range(low, high):
            if cue.match(text, line_starts[line]):
                return line_starts[line]
    return line_starts[high - 1 if before.fills and plain is None else low]


def _review_end(text: str, line_starts: Sequence[int], low: int, high: int) -> int | None:
    """The line after a review among the lines low to high, which owns up to shortcomings last; a later line that opens a year, if any."""
    settled = next((line for line in range(high, low, -1)
                    if _SETTLED.search(text[max(line_starts[line - 1], line_starts[line] - 20): line_starts[line]]) or
                    _SHORTCOMINGS.match(text, line_starts[line - 1])), None)
    return None if settled is None else _last(_NEW_YEAR, text, line_starts, settled, high) or settled


def _last(cue: re.Pattern[str], text: str, line_starts: Sequence[int], low: int, high: int) -> int | None:
    """The last of the lines low to high that the cue opens."""
    return next((line for line in range(high - 1, low - 1, -1) if cue.match(text, line_starts[line])), None)


def _last_points(found: Sequence[Marker]) -> frozenset[int]:
    """Starts of the lines 最后 that count on from lines 首先 and 其次: what they say is a point, unless it says farewell."""
    starts = set()
    run: list[Marker] = []
    for marker in found:
        if not marker.at_line:
            continue
        if marker.style in _BODY or marker.number == 1:
            run = []
        if marker.family == "首先":
            if marker.number == LAST and len(run) > 1:
                starts.add(marker.start)
            run.append(marker)
    return frozenset(starts)


def _with_closing(text: str, nodes: list[Node], line_starts: Sequence[int], last_points: frozenset[int] = frozenset()) -> list[Node]:
    """The nodes with one for the closing, where the last lines have one; `last_points` as those of _last_points."""
    if not nodes:
        return nodes
    last = nodes[-1]
    low = len(line_starts)
    while low > 0 and line_starts[low - 1] > last.start:
        low -= 1
    if last.kind == "body" and last.style and low < len(line_starts) and last.heading and \
            text[line_starts[low] - 2 - len(last.heading): line_starts[low] - 1].endswith(last.heading):
        low += 1  # the first line under a heading is its body
    at = None
    ends = [*line_starts[1:], len(text)]
    for line in range(len(line_starts) - 1, max(low, len(line_starts) - 8) - 1, -1):
        start = line_starts[line]
        if is_vocative(text, start):
            # who turns to the hearers once more in the last words takes leave of them, whatever the words are
            if at is not None or is_closing(text, start, len(text)) or len(text) - start <= _FAREWELL:
                at = start
            break
        if at is not None and start < len(text) - 600:
            break
        if is_closing(text, start, ends[line], alone=start not in last_points):
            at = start
        elif at is not None or line < len(line_starts) - 1:
            break
    if at is not None and at > last.start:
        nodes.append(Node(at, 1, "closing"))
    return nodes


def _with_continuations(text: str, nodes: list[Node], line_starts: Sequence[int]) -> list[Node]:
    """The nodes with one where a part takes up its own text again after its sections: each section before was one paragraph with its
    heading glued to it, and more paragraphs follow the last."""
    rows: list[Node] = []
    single = 0  # sections before, under the same part, of one paragraph each
    ends = [node.start for node in nodes[1:]] + [len(text)]
    for index, (node, end) in enumerate(zip(nodes, ends)):
        rows.append(node)
        if node.kind != "body" or node.style in (None, "markup"):
            single = 0
            continue
        if nodes[index - 1].level != node.level:
            single = 0
        line_end = text.find("\n", node.start, end) + 1
        if not line_end or line_end >= end:
            single += 1
            continue
        last_of_run = index + 1 == len(nodes) or nodes[index + 1].level < node.level or nodes[index + 1].number == 1 or \
            nodes[index + 1].kind != "body"
        taken_up = _TAKEN_UP.search(text, line_end - 1, end) if last_of_run and node.level > 1 else None
        if single >= 2 and last_of_run and not node.fills and text[line_end - 2] not in "：:" and not _AT_LINE.match(text, line_end):
            rows.append(Node(line_end, node.level, "continuation"))
        elif taken_up:
            rows.append(Node(taken_up.start() + 1, node.level, "continuation"))
        single = 0
    return rows


def _assembled(text: str, nodes: list[Node], found: Sequence[Marker], broken: set[int], line_starts: Sequence[int],
               defects: set[str]) -> Outline:
    """The nodes with the points inside each, as sections."""
    headed = {node.start for node in nodes if node.style}
    whole: list[Node] = []
    at = 0
    ends = [node.start for node in nodes[1:]] + [len(text)]
    for node, end in zip(nodes, ends):
        whole.append(node)
        inside = []
        while at < len(found) and found[at].start < end:
            marker = found[at]
            if marker.start >= node.start and marker.start not in headed and \
                    (marker.start in broken or not (marker.at_line and marker.style in _BODY and marker.family not in _COUNTED_FAMILIES)):
                inside.append(marker)
            at += 1
        if len(inside) > 1:
            below = points(text, node.start, end, inside, line_starts, node.level + 1)
            if below and below[0].start == node.start and not node.is_inferred:
                whole.pop()  # nothing of its own before the first point
                below = points(text, node.start, end, inside, line_starts, node.level)
            whole += below
    counts = _announced(text, whole)
    if any(count is not None and said != count for said, count in counts):
        defects.add("declared_count_mismatch")
    return Outline(tiled(whole, text), frozenset(defects), counts)


def _announced(text: str, nodes: Sequence[Node]) -> list[tuple[int, int | None]]:
    """The announced counts, in order, each with the count found; written into the nodes that announce them."""
    counts: list[tuple[int, int | None]] = []
    sizes = _run_sizes(nodes)
    for index in sorted(sizes):
        before, node, size = nodes[index - 1], nodes[index], sizes[index]
        if index == 0 or (size < 2 and node.kind == "item"):
            continue
        said = announced(text, before.marker_end or before.start, node.start, size)
        if said is None and before.kind == "opening" and node.level == 1:
            said = spoken(text, before.start, node.start)
        if said is not None and before.declared_count is None:
            before.declared_count = said
            parts = _sizes_below(nodes, index, sizes) if said != size and before.kind == "opening" else []
            if parts and len(parts) == size and shared(text, before.start, node.start) == parts:
                counts += [(count, count) for count in parts]      # 先讲四个特点，再提三点希望: each part has its own
            else:
                counts.append((said, size))
    shapeless = next((node for node in nodes if node.kind == "body" and node.style is None and not node.is_inferred), None)
    if shapeless is not None and not any(node.style for node in nodes):
        shapeless.declared_count = spoken(text, shapeless.start, min(shapeless.start + _INTRODUCTION, len(text)))
        if shapeless.declared_count is not None:
            counts.append((shapeless.declared_count, None))
    return counts


def _sizes_below(nodes: Sequence[Node], first: int, sizes: Mapping[int, int]) -> list[int]:
    """How many points, or parts, the first run inside each part of the run that begins at `first` has; parts without one are left out."""
    level = nodes[first].level
    found: list[int] = []
    inside = False
    for index in range(first, len(nodes)):
        if nodes[index].level < level or nodes[index].kind == "closing":
            break
        if nodes[index].level == level:
            inside = True
        elif inside and index in sizes:
            found.append(sizes[index])
            inside = False
    return found


def _run_sizes(nodes: Sequence[Node]) -> dict[int, int]:
    """For the first node of each run of siblings how many they are: bodies under one parent, or items of one run."""
    sizes: dict[int, int] = {}
    heads: list[tuple[tuple[str, int], int] | None] = []
    for index, node in enumerate(nodes):
        del heads[node.level:]
        while len(heads) < node.level:
            heads.append(None)
        if node.kind not in ("body", "item"):
            if node.kind != "continuation":
                heads[node.level - 1] = None
            continue
        key = (node.kind, node.run)
        head = heads[node.level - 1]
        starts_again = node.kind == "body" and node.number == 1 and not nodes[index - 1].is_inferred
        if head is None or head[0] != key or starts_again:
            head = heads[node.level - 1] = (key, index)
        sizes[head[1]] = sizes.get(head[1], 0) + 1
    return sizes
