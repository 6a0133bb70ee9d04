"""Composition: the text of a speech put together from the lines that stay, and the edits that lead from what was found to it."""
from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.normalize import boundaries
from flows.normalize.edits import Edit, apply, placed, position_after
from flows.normalize.lines import Line, Shown
from flows.normalize.paragraphs import Paragraph, is_final


@dataclass(frozen=True, slots=True)
class Body:
    """The speech in a text.

    text: one paragraph a line. edits: on the text it was found in. head, tail: the lines before and after it, in order.
    headings: spans of text that markup showed to be headings. defects: anti_copy_noise, broken_lines, truncated, unsure_boundary.
    running: with what the pages of the document are headed. shows_others: whether the page shows other pages of its site below the text.
    """

    text: str
    edits: list[Edit] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    headings: tuple[Shown, ...] = ()
    defects: frozenset[str] = frozenset()
    running: list[str] = field(default_factory=list)
    shows_others: bool = False


def composed(text: str, lines: Sequence[Line], speech: Sequence[Paragraph], unsure: bool) -> Body:
    """The body made of the paragraphs of `speech`, which has no text where they are none, and the edits that make it of `text`.

    lines: all that `text` has, in order, with the reasons for which they are no part of the speech; unsure: whether it is in doubt with
    which paragraph the speech begins."""
    kept: list[tuple[int, int, bool]] = []          # spans of text that stay, and whether each begins a paragraph
    for paragraph in speech:
        opening = True
        for line in paragraph.lines:
            for start, end in line.pieces() if line.drops else ((line.start, line.end),):
                kept.append((start, end, opening))
                opening = False
    if not kept:
        return Body("", [Edit(0, len(text), "", "furniture")] if text else [], [line.view for line in lines])
    labels = sorted([(line.start, line.end, line.reason) for line in lines if line.reason]
                    + [drop for paragraph in speech for line in paragraph.lines for drop in line.drops])
    edits = _edits(text, kept, labels)
    spans = [(*span, line.level) for paragraph in speech for line in paragraph.lines
             for span in ([(line.start, line.end)] if line.heading else line.bold)]
    offsets = sorted({offset for start, end, _ in spans for offset in (start, end)})
    place = dict(zip(offsets, position_after(placed(edits), offsets))) if spans else {}
    # a span that is shown twice, as a heading and in bold, is shown as a heading
    found = {(place[start], place[end]): level for start, end, level in sorted(spans, key=lambda span: span[2] or 0)}
    headings: list[Shown] = []
    for (start, end), level in sorted(found.items()):
        if headings and headings[-1].end == start:      # two lines of one heading, joined
            headings[-1] = Shown(headings[-1].start, end, headings[-1].level or level)
        elif end > start:
            headings.append(Shown(start, end, level))
    defects = {"broken_lines"} if any(paragraph.broken for paragraph in speech) else set()
    closing = speech[-1]
    if not is_final(closing.view) and closing.view[-1] not in "”’）)" and not boundaries.is_closing(closing):
        defects.add("truncated")
    # what a site sows into sentences of itself marks every copy of them
    if any(reason == "furniture" and line.start < start and end < line.end for paragraph in speech for line in paragraph.lines
           for start, end, reason in line.drops):
        defects.add("anti_copy_noise")
    if unsure:
        defects.add("unsure_boundary")
    before, after = bisect_right(lines, kept[0][0], key=_end_of), bisect_left(lines, kept[-1][1], key=_start_of)
    return Body(apply(text, edits), edits, [line.view for line in lines[:before] if line.view],
                [line.view for line in lines[after:] if line.view], tuple(headings), frozenset(defects))


def _start_of(line: Line) -> int:
    return line.start


def _end_of(line: Line) -> int:
    return line.end


def _edits(text: str, kept: Sequence[tuple[int, int, bool]], labels: Sequence[tuple[int, int, str]]) -> list[Edit]:
    """The edits that leave the kept spans, a line break before each that begins a paragraph but the first, and nothing else."""
    edits: list[Edit] = []
    position = taken = 0
    for number, (start, end, opening) in enumerate([*kept, (len(text), len(text), False)]):
        if opening and number and position < start and text[position] == "\n" and (taken == len(labels) or labels[taken][1] > start):
            # the usual: nothing but blank lines between two paragraphs
            if position + 1 < start:
                edits.append(Edit(position + 1, start, "", "whitespace"))
            position = end
            continue
        final = number == len(kept)
        gap: list[tuple[int, int, str]] = []
        while taken < len(labels) and labels[taken][1] <= start:
            if labels[taken][0] >= position:
                gap.append(labels[taken])
            taken += 1
        if position < start or (opening and number):
            edits += _gap(text, position, start, gap, bool(number) and opening and not final, bool(number) and not opening and not final)
        position = end
    return edits


def _gap(text: str, start: int, end: int, labels: Sequence[tuple[int, int, str]], parts: bool, joined: bool) -> list[Edit]:
    """Edits for what lies between two kept spans; `parts`: it parts two paragraphs, so that one line break of it stays."""
    if parts and text[start:end] == "\n":
        return []
    if parts and not labels and text[start] == "\n":
        return [Edit(start + 1, end, "", "whitespace")]
    spans: list[tuple[int, int, str]] = []
    position = start
    rest = "line_join" if joined and not labels else "whitespace"
    for low, high, reason in [*labels, (end, end, "")]:
        if position < low:
            spans.append((position, low, rest))
        if high > low:
            spans.append((low, high, reason))
        position = max(position, high)
    keep = -1
    if parts:
        for low, high, reason in spans:
            if reason == "whitespace" and (at := text.find("\n", low, high)) >= 0:
                keep = at
                break
    edits: list[Edit] = []
    for low, high, reason in spans:
        for begin, finish in ((low, keep), (keep + 1, high)) if low <= keep < high else ((low, high),):
            if begin < finish:
                if edits and edits[-1].end == begin and (edits[-1].reason == reason or "whitespace" in (reason, edits[-1].reason)):
                    larger = reason if edits[-1].reason == "whitespace" else edits[-1].reason
                    edits[-1] = edits[-1]._replace(end=finish, reason=larger)
                else:
                    edits.append(Edit(begin, finish, "", reason))
    if parts and keep < 0:
        if edits:
            edits[0] = edits[0]._replace(replacement="\n")
        else:
            edits.append(Edit(start, end, "\n", "paragraph_break"))
    return edits
