"""Edits: how one text becomes another, kept so that it can be walked both ways.

An edit replaces a span of a text. A list of edits is in order, and its spans do not overlap. What lies between two edits is taken
over code point for code point; translations that keep the length (script, width) need no edit.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace text[start:end] by `replacement`; `reason` is one of schemas.edits.EDIT_REASONS. Offsets in code points."""

    start: int
    end: int
    replacement: str
    reason: str


class PlacedEdit(NamedTuple):
    """An edit with its place on both sides: a row of the table edits, without the speech."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    reason: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits` (in order, not overlapping) made. Raises ValueError where they overlap or run backwards."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"edit at {edit.start} overlaps the one before, which ends at {position}")
        pieces += (text[position:edit.start], edit.replacement)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


def placed(edits: Iterable[Edit]) -> list[PlacedEdit]:
    """Each edit with its place in the edited text."""
    columns = tuple(zip(*edits, strict=True))       # there are thousands in a long text: whole columns at once
    if not columns:
        return []
    raw_starts, raw_ends, replacements, reasons = columns
    sizes = list(map(len, replacements))
    shifts = accumulate(map(sub, sizes, map(sub, raw_ends, raw_starts)), initial=0)
    starts = list(map(add, raw_starts, shifts))
    return list(map(_placed_edit, zip(starts, map(add, starts, sizes), raw_starts, raw_ends, reasons)))


_placed_edit: Callable[[tuple[int, int, int, int, str]], PlacedEdit] = partial(tuple.__new__, PlacedEdit)  # without a Python call each


def compose(first: Sequence[Edit], second: Sequence[Edit], middle: str) -> list[Edit]:
    """The edits that do what `first` and then `second` do. `middle` is the text that `first` gives and `second` starts from.

    Edits that touch the same characters of `middle` become one, with the reason of the larger of them, the later one winning a tie.
    """
    if not first or not second:
        return list(first or second)
    composed: list[Edit] = []
    append = composed.append
    taken, count, shift = 0, len(first), 0      # edits of `first` used up; middle offset minus raw offset behind them
    # where the next edit of `first` lies in `middle`; past the end where there is none
    beyond = len(middle) + 1
    start, end = first[0].start, first[0].start + len(first[0].replacement)
    position, last = 0, len(second) - 1
    while position <= last:
        edit = second[position]
        low, high = edit[0], edit[1]
        # edits of `first` that end before this one begins stand as they are; one that only touches its start stays apart
        while end < low or (end == low and (start < low or high > low or start == end)):
            raw = first[taken]
            append(raw)
            shift = end - raw[1]
            taken += 1
            start = first[taken][0] + shift if taken < count else beyond
            end = start + len(first[taken][2]) if taken < count else beyond
        position += 1
        if start >= high:       # nothing of `first` is touched
            append(Edit(low - shift, high - shift, edit[2], edit[3]) if shift else edit)
            continue
        group, raw_low = [edit], low - shift
        sizes = [(max(edit.end - edit.start, len(edit.replacement)), 1, edit.reason)]
        sizes_before: list[tuple[int, int, str]] = []
        if start < low:
            raw_low = first[taken].start
        grown = True
        while grown:
            grown = False
            while start < high:
                raw = first[taken]
                sizes_before.append((max(raw.end - raw.start, len(raw.replacement)), 0, raw.reason))
                low, high = min(low, start), max(high, end)
                shift = end - raw.end
                taken += 1
                start = first[taken].start + shift if taken < count else beyond
                end = start + len(first[taken].replacement) if taken < count else beyond
                grown = True
            while position <= last and second[position].start < high:
                edit = second[position]
                group.append(edit)
                sizes.append((max(edit.end - edit.start, len(edit.replacement)), 1, edit.reason))
                high = max(high, edit.end)
                position += 1
                grown = True
        pieces: list[str] = []
        at = low
        for each in group:
            pieces += (middle[at:each.start], each.replacement)
            at = each.end
        pieces.append(middle[at:high])
        append(Edit(raw_low, high - shift, "".join(pieces), max(sizes + sizes_before, key=_size)[2]))
    composed += first[taken:]
    return composed


def _size(size: tuple[int, int, str]) -> tuple[int, int]:
    return size[:2]


def position_after(edits: Sequence[PlacedEdit], raw_offsets: Sequence[int]) -> list[int]:
    """Where ascending offsets of the raw text come to lie in the text; an offset inside a replaced span goes to the span's start."""
    found, taken, shift = [], 0, 0
    for offset in raw_offsets:
        while taken < len(edits) and edits[taken].raw_end <= offset:
            shift = edits[taken].end - edits[taken].raw_end
            taken += 1
        inside = taken < len(edits) and edits[taken].raw_start <= offset
        found.append(edits[taken].start if inside else offset + shift)
    return found
