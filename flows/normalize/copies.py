"""Copies: what a page shows of a text above the text itself, its first words as a teaser or all of it, and paragraphs pasted twice."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set

from flows.normalize import boundaries, salutations
from flows.normalize.lines import Line
from flows.normalize.paragraphs import is_final

HEAD_LINES = 12         # of a page, in one of which a copy begins
PLACES = 8              # at most at which the lines are compared
LEAST = 60              # letters of a copy: titles and addresses come twice on many a page
BROKEN_OFF = 3          # letters at the end of a teaser in which it may differ from the text: it breaks off within a word
PASTED_LEAST = 200      # characters of the different paragraphs that are pasted twice, together
DOUBLED_LEAST = 30      # of one right behind itself: a call or a verse may come twice
HEADING_LEAST = 6       # and of a heading with its number
WHOLE_LEAST = 200       # letters of the long lines of a text that a page holds twice
WHOLE_LINES = 3         # of them at least
LONG = 20               # letters of a line that no other text holds, too
_PROBE = re.compile(r"[^\W_]{2,8}")     # letters by which the place is looked for at which the text begins once more
_LETTERS = re.compile(r"[\W_]+")


def above(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines that say only what those below them say once more, in the same words: the first words of the text, broken off, or the
    whole text. Spaces, marks and the ends of lines count for nothing. In order; none where the page says everything once."""
    found: list[Line] = []
    number = 0
    while number < min(HEAD_LINES, len(lines)):
        end = _end_of_copy(lines, number, text)
        found += lines[number:end]
        number = max(end, number + 1)
    return found


def whole(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of one of two copies of a whole text that a page holds one below the other, for the screen and for the printer or the
    telephone: the one between whose lines more stands that is not of the text, and where that is as much the one below. The long lines
    of either that end as sentences do are those of the other, in their order. Empty where no text stands twice."""
    long = [(number, line.view) for number, line in enumerate(lines)
            if line.reason is None and len(line.view) >= LONG and _is_finished(line.view)]
    if len(long) - len({view for _, view in long}) < WHOLE_LINES:       # most pages end here
        return ()
    places: dict[str, list[int]] = {}
    for number, view in long:
        places.setdefault(view, []).append(number)
    opens, *_, parting = next(found for found in places.values() if len(found) > 1)
    above = [view for view, found in places.items() if opens <= found[0] < parting]
    if len(above) < WHOLE_LINES or sum(map(len, above)) < WHOLE_LEAST:      # paragraphs that stand twice, each below itself
        return ()
    below = list(dict.fromkeys(view for number, view in long if number >= parting))
    held = set(above)
    if below[:len(above)] != above or any(view in held for view in below[len(above):]):
        return ()
    copies = [_extent(places, above, range(parting)), _extent(places, above, range(parting, len(lines)))]
    (first, end), (again, last) = copies
    while first > 0 and again > end and lines[first - 1].view == lines[again - 1].view:
        first, again = first - 1, again - 1
    while end < again and last < len(lines) and lines[end].view == lines[last].view:
        end, last = end + 1, last + 1
    return lines[first:end] if end - first > last - again else lines[again:last]


def _extent(places: Mapping[str, Sequence[int]], views: Sequence[str], within: range) -> tuple[int, int]:
    """The first of the lines `within` that reads one of `views`, and the one behind the last."""
    found = [number for view in views for number in places[view] if number in within]
    return min(found), max(found) + 1


def doubled(views: Sequence[str]) -> Set[int]:
    """The numbers of the paragraphs that say once more, word for word, what the same number of paragraphs right before them say: whoever
    put the page together pasted them twice. They are several, and long together: a speaker may say one paragraph twice, and a refrain
    oftener."""
    if len(set(views)) == len(views):
        return frozenset()
    kept: list[str] = []
    place: dict[str, int] = {}      # where among them each was said last
    again: set[int] = set()
    for number, view in enumerate(views):
        if number in again:
            continue
        run = kept[place[view]:] if view in place else []
        is_numbered = boundaries.HEADING.match(view) is not None
        least = 2 * DOUBLED_LEAST if len(run) > 1 else HEADING_LEAST if is_numbered else DOUBLED_LEAST
        if run and (is_numbered or is_final(run[-1])) and sum(map(len, run)) >= least and list(views[number:number + len(run)]) == run:
            again.update(range(number, number + len(run)))
            continue
        place[view] = len(kept)
        kept.append(view)
    said = {views[number] for number in again}
    return again if len(said) > 1 and sum(map(len, said)) >= PASTED_LEAST else frozenset()


def _end_of_copy(lines: Sequence[Line], number: int, text: str) -> int:
    """The number of the line behind the copy that begins with line `number`; `number` itself where none does."""
    line = lines[number]
    begins = _PROBE.match(text, line.start)
    if begins is None:
        return number
    probe, at = begins[0], line.start
    opening = None
    for _ in range(PLACES):
        at = text.find(probe, at + len(probe))
        if at < 0:
            return number
        again = bisect_left(lines, at, key=_start_of)
        if again == len(lines) or lines[again].start != at:
            continue
        if opening is None:
            opening = _LETTERS.sub("", text[line.start:line.start + 2 * LEAST])[:LEAST // 2]
        if not _LETTERS.sub("", text[at:at + 4 * LEAST]).startswith(opening):
            continue
        copy = _LETTERS.sub("", text[line.start:lines[again - 1].end])
        finished = _is_finished(lines[again - 1].view)
        # whole paragraphs a speaker may say twice, and a page may end and begin with one; the title or the address stands once
        whole = _opens(line.view) if again > number + 1 else not finished
        if len(copy) >= LEAST and whole and _begins(copy, text, at, finished):
            return again
        own = _LETTERS.sub("", line.view)
        if again > number + 1 and len(own) >= LEAST and not _is_finished(line.view) and _begins(own, text, at, False):
            return number + 1       # the bar with the day and the source stands between a teaser and the text
    return number


def _begins(copy: str, text: str, at: int, whole: bool) -> bool:
    """Whether the text at `at` begins with the letters of a copy, which is broken off unless it is `whole`."""
    below = text[at:at + 2 * len(copy)]
    letters = _LETTERS.sub("", below)
    if len(letters) < len(copy):        # with more spaces and marks than letters
        letters = _LETTERS.sub("", text[at:at + 8 * len(copy)])
    return letters.startswith(copy if whole else copy[:-BROKEN_OFF])


def _opens(view: str) -> bool:
    """Whether a line is the title of a speech or addresses the hearers."""
    return boundaries.TITLE_LIKE.search(view) is not None or salutations.is_salutation(view) or salutations.is_addressed(view)


def _is_finished(view: str) -> bool:
    """Whether a line ends as sentences do, and not with the dots of the site."""
    return is_final(view) and view[-1] != "…"


def _start_of(line: Line) -> int:
    return line.start
