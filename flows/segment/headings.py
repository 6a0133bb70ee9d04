"""Headings: the numbered and marked-up parts of a speech that start their own line, nested by how their numbers run.

No style has a fixed level. A number that goes on with an open run belongs to that run; a 1 opens a run inside the part it stands in, or
starts a run again where it should have gone on: then a heading above has been lost, or two lists follow each other.
"""
from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# The usual order of the numbering systems from the outside in (GB/T 9704 and book usage); a system that is not named floats.
# 壹、 stands over 一、 where a paper has both, as Taiwan's offices number.
_RANK = {"编": 0, "篇": 0, "部分": 1, "章": 2, "节": 3, "壹": 3, "han": 4, "01": 4, "paren_han": 5, "arabic": 6, "1）": 7,
         "paren_arabic": 8, "⑴": 8, "①": 9}
# Unnumbered headings that open a paragraph and go on in it (shown by bold type): they stand inside numbered headings, not over them.
LEADS = ("markup_lead", "markup_dash")
_HOLD_LEADS = ("编", "篇", "部分", "章", "节", "壹", "han", "paren_han", "第")
# Numbers that may be missing in a run before its next number is taken for something else.
WIDEST_GAP = 3
# Numbers of a run before a gap at its very end, where no further number vouches for the one behind the gap.
SHORTEST_BEFORE_GAP = 2
# Parts of a speech that may hold sections counted in the same style.
SMALL_RUN = 3


@dataclass(slots=True)
class Heading:
    """A line that may open a part. `number` is None for one that only its markup shows; `is_sure` where it fills its line or markup
    shows it; `open_end` where its line ends with a semicolon, so that the next goes on with its sentence; `level` as its markup ranks it,
    from 1, the outermost. `depth` (0 outermost),
    `fresh` (first of its run), `lost_before` (the heading above it is missing) and `gap` are told by `nested`."""

    start: int
    marker_end: int
    style: str
    family: str
    number: int | None
    heading: str | None
    fills: bool
    is_sure: bool
    line: int
    depth: int = -1
    fresh: bool = False
    lost_before: bool = False
    open_end: bool = False
    level: int | None = None
    gap: bool = False


@dataclass(slots=True)
class _Run:
    family: str
    number: int | None
    first: int
    level: int | None = None


@dataclass(slots=True)
class Nesting:
    """The headings that are parts, with their depths; the starts of those that are points of a paragraph broken over lines instead."""

    parts: list[Heading]
    points: set[int] = field(default_factory=set)


def nested(candidates: Sequence[Heading]) -> Nesting:
    """The candidates that belong to the outline, each with its depth."""
    points = _points(candidates)
    result = _nested([each for each in candidates if each.start not in points])
    roots = [part for part in result.parts if part.depth == 0]
    if sum(part.fresh for part in roots) > 1 and all(part.family == "第" for part in roots) and \
            2 * sum(part.fills for part in roots) < len(roots):
        # Lists of reasons in a speech without parts: the text after the last reason is not part of it.
        points |= {part.start for part in roots}
        result = _nested([each for each in candidates if each.start not in points])
    result.points = points
    return result


def _points(candidates: Sequence[Heading]) -> set[int]:
    """Starts of the candidates whose run is one sentence broken over lines: all but its last end with a semicolon."""
    found: set[int] = set()
    runs: dict[str, list[Heading]] = {}
    for each in [*candidates, None]:
        if each is not None and each.number is not None:
            run = runs.get(each.family)
            if run and each.number == (run[-1].number or 0) + 1:
                run.append(each)
                continue
            ended = [run] if run else []
            runs[each.family] = [each]
        else:
            ended = list(runs.values()) if each is None else []
        for run in ended:
            if len(run) > 1 and all(part.open_end for part in run[:-1]):
                found.update(part.start for part in run)
    return found


def _nested(candidates: Sequence[Heading]) -> Nesting:
    places: dict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(candidates):
        places[each.family].append(index)

    def following(family: str, index: int) -> Heading | None:
        later = places[family]
        at = bisect_right(later, index)
        return candidates[later[at]] if at < len(later) else None

    def goes_on(run: _Run, index: int) -> bool:
        after = following(run.family, index)
        return after is not None and run.number is not None and after.number is not None and 0 < after.number - run.number <= 2

    def once(each: Heading) -> bool:
        """Whether its number is written by no other of its family: a numbering that starts again stands inside what has no number."""
        return sum(candidates[place].number == each.number for place in places[each.family]) == 1

    def lacking(each: Heading, index: int) -> int | None:
        """The depth of the open run that lacks one number, where the heading is the only one that can be it: 二、, a line, 四、."""
        for depth in range(len(stack) - 1, -1, -1):
            run = stack[depth]
            if run.number is None or not goes_on(run, index):
                continue
            after = bisect_right(places[run.family], index)
            last, coming = places[run.family][after - 1] if after else -1, places[run.family][after]
            others = [place for place in places[each.family] if last < place < coming]
            return depth if candidates[coming].number == run.number + 2 and others == [index] else None
        return None

    is_ranked = len({each.level for each in candidates} - {None}) > 1
    stack: list[_Run] = []
    closed: dict[str, int] = {}
    usual: dict[str, str] = {}  # the family that a family has stood in
    result = Nesting([])

    def pop(depth: int) -> None:
        while len(stack) > depth:
            run = stack.pop()
            if run.number is not None:
                closed[run.family] = run.number

    def keep(each: Heading, depth: int, fresh: bool) -> None:
        each.depth, each.fresh = depth, fresh
        result.parts.append(each)

    def push(index: int, each: Heading) -> None:
        rank = _RANK.get(each.family)
        # a heading without a number holds nothing that the markup ranks over it
        while stack and stack[-1].number is None and (
                _is_over(each.level, stack[-1].level) or (is_ranked and each.level == stack[-1].level is not None and once(each))):
            pop(len(stack) - 1)
        while stack and stack[-1].family in LEADS and each.family in _HOLD_LEADS:
            pop(len(stack) - 1)
        while stack and rank is not None and _RANK.get(stack[-1].family, -1) > rank and not goes_on(stack[-1], index) and \
                stack[-1].family != usual.get(each.family) and (each.family, stack[-1].family) != ("paren_han", "arabic"):
            pop(len(stack) - 1)
        usual[each.family] = stack[-1].family if stack else ""
        stack.append(_Run(each.family, each.number, len(result.parts), each.level))
        keep(each, len(stack) - 1, True)

    for index, each in enumerate(candidates):
        number = each.number
        depth = _open_at(stack, each)
        after = following(each.family, index)
        continued = after is not None and number is not None and after.number == number + 1
        if number is None:
            missing = lacking(each, index) if each.fills else None
            if missing is not None:
                pop(missing + 1)
                stack[missing].number = (stack[missing].number or 0) + 1
                each.gap = True
                keep(each, missing, False)
                continue
            if depth is not None:
                pop(depth + 1)
                keep(each, depth, False)
                continue
            if each.fills and (not stack or usual.get(each.family) != stack[-1].family):
                # It stands inside the run that goes on after it; where none does, it is as high as that run.
                while stack and stack[-1].number is not None and not goes_on(stack[-1], index) and \
                        not _is_over(stack[-1].level, each.level):
                    pop(len(stack) - 1)
            push(index, each)
        elif depth is not None and number == (stack[depth].number or 0) + 1:
            pop(depth + 1)
            stack[depth].number = number
            keep(each, depth, False)
        elif number == 1:
            if not (continued or each.is_sure):
                continue
            if depth is None:
                closed.pop(each.family, None)
                push(index, each)
                continue
            pop(depth + 1)
            if _stands_inside(stack[depth], each, places[each.family], candidates, index):
                stack.append(_Run(each.family, 1, len(result.parts)))
                keep(each, depth + 1, True)
                continue
            stack[depth] = _Run(each.family, 1, len(result.parts))
            above = stack[depth - 1] if depth else None
            beyond = following(above.family, index) if above else None
            if above is None or (beyond is not None and above.number is not None and beyond.number == above.number + 2):
                if above is None and each.family == "第" and not each.fills:
                    keep(each, depth, True)
                    continue
                each.lost_before = True
                if above is not None and above.number is not None:
                    above.number += 1
            keep(each, depth, True)
        elif depth is not None:
            last = stack[depth].number or 0
            if not 0 <= number - last <= WIDEST_GAP or not (each.is_sure or continued or _lost_one(stack, depth, each, result.parts)):
                continue
            pop(depth + 1)
            each.gap = True
            stack[depth].number = number
            keep(each, depth, False)
        elif closed.get(each.family) == number - 1:
            push(index, each)
        elif each.is_sure or continued:
            if number > WIDEST_GAP + 1:
                continue
            each.gap = True
            push(index, each)
    return result


def _is_over(one: int | None, other: int | None) -> bool:
    """Whether the markup ranks one heading over another; levels from 1, the outermost, None where it does not say."""
    return one is not None and other is not None and one < other


def _open_at(stack: Sequence[_Run], each: Heading) -> int | None:
    """The depth of the open run that the heading goes on with, or else of the innermost of its family; None where there is none."""
    innermost = None
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].family == each.family:
            if each.number is None or stack[depth].number == each.number - 1:
                return depth
            innermost = depth if innermost is None else innermost
    return innermost


def _lost_one(stack: Sequence[_Run], depth: int, each: Heading, parts: Sequence[Heading]) -> bool:
    """Whether a heading that no other goes on with is the last of a run that lost the one before it (1、 2、 4、): the run counted
    at least two from 1, each stands right below the one before, and no part around has the missing number (a run further out has)."""
    run = stack[depth]
    own = [part for part in parts[run.first:] if part.depth == depth and part.family == run.family]
    if depth != len(stack) - 1 or each.number != (run.number or 0) + 2 or [part.number for part in own] != list(range(1, len(own) + 1)) \
            or len(own) < SHORTEST_BEFORE_GAP:
        return False
    around = parts[stack[depth - 1].first:] if depth else parts
    return all(after.line - before.line == 1 for before, after in pairwise([*own, each])) and \
        not any(part.family == each.family and part.number == each.number - 1 for part in around)


def _stands_inside(run: _Run, each: Heading, places: Sequence[int], candidates: Sequence[Heading], index: int) -> bool:
    """Whether a run that starts again stands inside the last part of the open one: some speeches count parts and their sections in one
    style (一、回顾 二、安排, and inside it 一、…九、). Told from few parts before, more after, and text between."""
    before = run.number or 0
    if each.family not in ("han", "章") or not 2 <= before <= SMALL_RUN:
        return False
    at = bisect_right(places, index)
    length = 1
    while at < len(places) and candidates[places[at]].number == length + 1:
        at, length = at + 1, length + 1
    last = candidates[places[bisect_right(places, index) - 2]]
    return length > before and each.line - last.line > 1
