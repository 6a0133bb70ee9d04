"""Points: what is counted off inside paragraphs (一是…二是…, 首先…其次…, 第一个问题…), nested, and where each ends.

A run inside a paragraph ends with it. A run whose points start their own lines goes on over the lines between them; what follows its last
point is the parent's own text taken up again (a continuation), unless that point plainly stays open.
"""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.segment.markers import EXACT_SEQUENCES, LAST, Marker
from flows.segment.sections import Node, heading

# A first marker in prose (首先要…) that nothing goes on with is no point.
SHORTEST_RUN = 2
# How many markers on the next point of a run is looked for around the points inside one of its own.
NESTED_REACH = 30


@dataclass(slots=True, eq=False)
class _Run:
    family: str
    last: int
    line: int
    by_line: bool
    above: _Run | None
    members: list[int] = field(default_factory=list)
    holds: str | None = None        # the form of the points of its family that stand inside its own

    def is_in(self, other: _Run) -> bool:
        """Whether the run stands inside a point of the other."""
        above = self.above
        while above is not None and above is not other:
            above = above.above
        return above is not None


def _goes_on(run: _Run, marker: Marker) -> bool:
    """Whether the marker is the next of the run; the systems that speakers mix: 一方面…另一方面…第三个方面, 首先…第二…."""
    if marker.family == run.family:
        if marker.family == "首先":
            return run.last < LAST and marker.number > run.last
        if marker.style == "sequence" and marker.family not in EXACT_SEQUENCES:
            return marker.number > run.last
        return marker.number == run.last + 1
    if run.family == "方面":
        return marker.family == "第个" and marker.number == run.last + 1
    return run.family == "首先" and run.last == 1 and marker.number == 2 and marker.family in ("第", "第个", "point")


def _runs(candidates: Sequence[Marker], lines: Sequence[int]) -> list[_Run | None]:
    """For each candidate the run that it belongs to."""
    stack: list[_Run] = []
    found: list[_Run | None] = []
    coming = _coming(candidates, lines)
    for index, (marker, line) in enumerate(zip(candidates, lines)):
        chosen = None
        opens = marker.number == 1
        if not opens:
            for depth in range(len(stack) - 1, -1, -1):
                run = stack[depth]
                if _goes_on(run, marker) and (marker.at_line or run.line == line):
                    chosen = run
                    del stack[depth + 1:]
                    break
            else:
                for depth in range(len(stack) - 1, -1, -1):
                    run = stack[depth]
                    if run.family == marker.family == "point" and marker.number == run.last + 2 and run.line == line:
                        chosen = run
                        del stack[depth + 1:]
                        break
        while stack and not stack[-1].by_line and stack[-1].line != line and stack[-1] is not chosen:
            stack.pop()
        if opens or (chosen is None and coming[index]):
            for depth, run in enumerate(stack):
                if run.family == marker.family and run.by_line == marker.at_line and not _nests(run, candidates, index):
                    del stack[depth:]
                    break
            chosen = _Run(marker.family, 0, line, marker.at_line, stack[-1] if stack else None)
            stack.append(chosen)
        if chosen is not None:
            chosen.family, chosen.last, chosen.line = marker.family, marker.number, line
            chosen.by_line = chosen.by_line or marker.at_line
            chosen.members.append(index)
        found.append(chosen)
    return found


def _nests(run: _Run, candidates: Sequence[Marker], index: int) -> bool:
    """Whether a first point stands inside the last one of a run of its family, as 一要…二要… does between 一是 and 二是: told from the
    other form, and from the run's next point that comes after a second one of the new form."""
    marker, outer = candidates[index], candidates[run.members[-1]]
    if marker.style in (outer.style, run.holds):
        return marker.style != outer.style
    second = False
    for later in candidates[index + 1: index + 1 + NESTED_REACH]:
        if later.family == marker.family:
            if later.style == outer.style and later.number == run.last + 1:
                run.holds = marker.style if second else None
                return second
            second = second or (later.style == marker.style and later.number == 2)
    return False


def _coming(candidates: Sequence[Marker], lines: Sequence[int]) -> list[bool]:
    """For each candidate whether the next of its family is the next number, in the same paragraph or both at line starts: a run that
    lost its first point, or that counts on from another paragraph."""
    found = [False] * len(candidates)
    last: dict[str, int] = {}
    for index in range(len(candidates) - 1, -1, -1):
        marker = candidates[index]
        after = last.get(marker.family)
        if after is not None and marker.style not in ("sequence", "ordinal") and candidates[after].number == marker.number + 1:
            found[index] = lines[after] == lines[index] or (marker.at_line and candidates[after].at_line)
        last[marker.family] = index
    return found


def points(text: str, start: int, end: int, candidates: Sequence[Marker], line_starts: Sequence[int], level: int) -> list[Node]:
    """The items and continuations of text[start:end], in order, the outermost at `level`."""
    lines = [bisect_right(line_starts, marker.start) - 1 for marker in candidates]
    runs = _runs(candidates, lines)
    kept = [(marker, line, run) for marker, line, run in zip(candidates, lines, runs) if run and len(run.members) >= SHORTEST_RUN]
    if not kept:
        return []
    last_line = {id(run): lines[run.members[-1]] for _, _, run in kept}
    nodes: list[Node] = []
    stack: list[_Run] = []
    line = kept[0][1]
    has_children = [False]
    for marker, at, run in [*kept, (None, bisect_right(line_starts, max(start, end - 1)), None)]:
        while line < at:
            line += 1
            if line == at and (marker is None or marker.at_line):
                break
            open_text = text[line_starts[line - 1]: line_starts[line]].rstrip()[-1:] in ("：", ":")
            if open_text and stack:
                continue
            while stack and (not stack[-1].by_line or last_line[id(stack[-1])] < line):
                stack.pop()
            del has_children[len(stack) + 1:]
            if has_children[-1] and nodes[-1].kind != "continuation":
                nodes.append(Node(line_starts[line], level + len(stack), "continuation"))
        if marker is None or run is None:
            break
        if run in stack:
            del stack[stack.index(run) + 1:]
        else:
            while stack and not run.is_in(stack[-1]):
                stack.pop()
            stack.append(run)
        del has_children[len(stack):]
        has_children[-1] = True
        has_children.append(False)
        words, _ = heading(text, marker.end)
        number = marker.number if marker.style != "sequence" or marker.family == "其" else None
        nodes.append(Node(marker.start, level + len(stack) - 1, "item", marker.style, number, marker.end, words, run=run.members[0] + 1))
    return nodes

