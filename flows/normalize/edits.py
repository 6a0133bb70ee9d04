"""Edits: how one text becomes another, kept so that it can be walked both ways.

An edit replaces a span of a text. A list of edits is in order, and its spans do not overlap. What lies between two edits is taken
over code point for code point; translations that keep the length (script, width) need no edit.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    rows, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        rows.append(PlacedEdit(start, start + len(edit.replacement), edit.start, edit.end, edit.reason))
        shift += len(edit.replacement) - (edit.end - edit.start)
    return rows


def compose(first: Sequence[Edit], second: Sequence[Edit], middle: str) -> list[Edit]:
    """The edits that do what `first` and then `second` do. `middle` is the text that `first` gives and `second` starts from.

    Edits that touch the same characters of `middle` become one, with the reason of the larger of them, the later one winning a tie.
    """
    if not first or not second:
        return list(first or second)
    composed: list[Edit] = []
    before = placed(first)
    taken, shift = 0, 0          # edits of `first` used up; middle offset minus raw offset there
    position = 0
    while position < len(second):
        edit = second[position]
        # edits of `first` that end before this one begins stand as they are; one that only touches its start stays apart
        while taken < len(before) and (before[taken].end < edit.start or before[taken].end == edit.start
                                       and (before[taken].start < edit.start or edit.end > edit.start or before[taken].start == before[taken].end)):
            composed.append(first[taken])
            shift = before[taken].end - before[taken].raw_end
            taken += 1
        low, high = edit.start, edit.end
        group_second, group_first = [edit], []
        position += 1
        grown = True
        while grown:
            grown = False
            while taken < len(before) and before[taken].start < high:
                group_first.append(taken)
                low, high = min(low, before[taken].start), max(high, before[taken].end)
                taken += 1
                grown = True
            while position < len(second) and second[position].start < high:
                group_second.append(second[position])
                high = max(high, second[position].end)
                position += 1
                grown = True
        pieces: list[str] = []
        at = low
        for each in group_second:
            pieces += (middle[at:each.start], each.replacement)
            at = each.end
        pieces.append(middle[at:high])
        raw_low = low - shift
        if group_first:
            last = before[group_first[-1]]
            raw_low = min(raw_low, before[group_first[0]].raw_start) if before[group_first[0]].start == low else raw_low
            shift = last.end - last.raw_end
        sizes = [(max(e.end - e.start, len(e.replacement)), 1, e.reason) for e in group_second]
        sizes += [(max(first[n].end - first[n].start, len(first[n].replacement)), 0, first[n].reason) for n in group_first]
        composed.append(Edit(raw_low, high - shift, "".join(pieces), max(sizes, key=lambda size: size[:2])[2]))
    composed += first[taken:]
    return composed


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
