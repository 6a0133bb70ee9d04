"""Slices: the text of a file as libraries show it, in numbered pieces of one size, whatever word or sentence a cut goes through."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from flows.normalize.lines import Line

LEAST = 3               # slices from which a size is told
SIZE_LEAST = 120        # characters of one
PAGE_LEAST = 80         # and of a page
SPREAD = 1.25           # the longest of those but the last over the shortest: words are not cut alike, and spaces are lost
CUT_SHARE = 2 / 3       # of the cuts at least that go through a sentence
_NUMBER = re.compile(r"(\d{1,3})[、.．]\s?(?!\d)")
_STOP = re.compile("[。！？；]")
_END_OF_SENTENCE = frozenset("。！？!?；;：:…”’」』")


def numbers(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where in the text the numbers stand that no speaker counted: before lines that follow each other and count up from one, most of
    which end in the midst of a sentence, and all of which but the last are of nearly one length or all that there is. Spans in code
    points, in order; none where lines are numbered for what they say, or not at all."""
    first = next((place for place, line in enumerate(lines) if _told(line) == 1), None)
    if first is None:
        return []
    end = first + 1
    while end < len(lines) and _told(lines[end]) == end - first + 1:
        end += 1
    slices = lines[first:end]
    sizes = [len(line.view) for line in slices]
    cuts = sum(one.view[-1] not in _END_OF_SENTENCE for one, _ in pairwise(slices))
    if len(slices) < LEAST or cuts < 2 or cuts < CUT_SHARE * (len(slices) - 1):
        return []
    if min(sizes[:-1]) < SIZE_LEAST or max(sizes) > SPREAD * min(sizes[:-1]):
        # pages as they are, not pieces of one size: then the text is nothing else
        whole = len(slices) == len(lines) and min(sizes[:-1]) >= PAGE_LEAST and all(_STOP.search(line.view) for line in slices[:-1])
        if not whole:
            return []
    return [(line.start, line.start + len(number[0])) for line in slices if (number := _NUMBER.match(line.view))]


def mark(lines: Sequence[Line], sliced: Sequence[tuple[int, int]], text: str) -> None:
    """Take away the numbers that a library puts before its slices of a text: what follows them goes on with what stands before. `sliced`:
    where they stand, as `numbers` tells it; `lines` may since have been parted."""
    for start, end in sliced:
        line = lines[bisect_left(lines, start, key=_start_of)]
        if line.start == start and line.end > end and line.reason is None:      # that of the first stands alone where a title follows it
            line.drop(text, [(start, end, "furniture")])
            line.taken_up = (start, end) != sliced[0]


def _told(line: Line) -> int | None:
    """The number that a line begins with, None where it has none or is no line of the text."""
    number = _NUMBER.match(line.view) if line.view[:1].isdigit() and not line.drops and not line.reason else None
    return int(number[1]) if number else None


def _start_of(line: Line) -> int:
    return line.start
