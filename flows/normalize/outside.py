"""Outside: what stands round the part of a page that holds its running text, and what is set into it (flows.ingest.main_content)."""
from __future__ import annotations

import re
from collections.abc import Sequence

from flows.ingest.documents import Mark
from flows.ingest.main_content import is_running
from flows.normalize import boundaries, furniture
from flows.normalize.endings import counted, counts_on
from flows.normalize.lines import Line
from flows.normalize.paragraphs import Paragraph
from flows.normalize.salutations import is_addressed, is_salutation

BELIEVED = 0.3          # of the prose within, so much prose outside at most, or the text does not stand in one part of the page
GREETED = 3             # lines right above the part that may greet, and below it that may thank
QUOTE_LEAST = 8         # characters of a sentence of the text that the page shows once more, in large type
_POINTS = re.compile(r"^\W{0,2}[▼▲▽△↓↑→←▶►◀☞☟👇👆]|[▼▲▽△↓↑▶►☟👇👆]\W{0,2}$")        # to what is above or below
_AROUND = re.compile(r"^[“”\"『「\s]+|[“”\"』」\s]+$")


def mark(lines: Sequence[Line], layout: Sequence[Mark]) -> None:
    """Mark the lines before and after the part of the page that holds its running text: whatever they say, it is not in the speech.

    Nothing is marked where much prose stands outside, or where what is counted within goes on there: then the text stands in several
    parts. Who is greeted right above it, and what is said to the hearers or to thank them right below it, are left to be looked at.
    """
    main = next((each for each in layout if each.kind == "main"), None)
    if main is None:
        return
    inside = [number for number, line in enumerate(lines) if main.start <= line.start and line.end <= main.end]
    if not inside:
        return
    low, high = inside[0], inside[-1] + 1
    while low > max(0, inside[0] - GREETED) and is_salutation(lines[low - 1].view):
        low -= 1
    while high < min(len(lines), inside[-1] + GREETED) and _goes_on(lines[high - 1], lines[high]):
        high += 1
    within = sum(len(line.view) for line in lines[low:high] if _is_prose(line))
    around = [*lines[:low], *lines[high:]]
    if sum(len(line.view) for line in around if _is_prose(line)) > BELIEVED * within:
        return
    part, point = counted(line.view for line in lines[low:high] if line.reason is None)
    if any(counts_on(line.view, part, point) for line in lines[high:] if line.reason is None):
        return
    for line in around:
        line.reason = line.reason or boundaries.kind(Paragraph([line]))


def mark_insets(lines: Sequence[Line]) -> None:
    """Mark what is set into the text: what speaks of the page, or points to what is above or below, in an element that looks otherwise than
    the paragraphs, and whatever is no sentence in one of another kind; a sentence of the text that the page shows once more. A box that
    offers another text ends nothing where the speaker goes on below it in elements like those above."""
    last = max((number for number, line in enumerate(lines) if line.reason is None and not line.inset and is_running(line.view)
                and boundaries.speaks(line.view)), default=0) if any(line.inset == 1 for line in lines) else 0
    for number, line in enumerate(lines):
        if line.inset and line.reason is None and not line.heading and not boundaries.HEADING.match(line.view) \
                and not is_salutation(line.view) and not _is_closing(line):
            is_sentence = boundaries.FINISHED.search(line.view[-6:]) is not None or line.view[-1] in "：:；;"
            if (line.inset == 1 and not is_sentence and not line.bold and not _tells_of_speech(line.view)) or _POINTS.search(line.view) \
                    or furniture.weight(furniture.folded(line.view)) >= 1 or (line.inset == 1 and _is_shown_again(line, lines)):
                line.reason = "furniture"
                line.passed = line.inset == 1 and number < last and boundaries.offers(line.view)


def _tells_of_speech(view: str) -> bool:
    """Whether a line is what stands right above a speech, which may follow a longer note: its title, its day, who gave it."""
    return boundaries.TITLE_LIKE.search(view) is not None or boundaries.DATE.search(view) is not None \
        or boundaries.SPEAKER.fullmatch(view) is not None


def _is_shown_again(line: Line, lines: Sequence[Line]) -> bool:
    quoted = _AROUND.sub("", line.view)
    return len(quoted) >= QUOTE_LEAST and any(quoted in other.view for other in lines if other is not line and other.reason is None
                                              and len(other.view) > len(quoted))


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line thanks, or speaks to the hearers in whole sentences where that before it has not thanked them yet."""
    return _is_closing(line) or (not _is_closing(before) and (is_addressed(line.view) or boundaries.speaks(line.view))
                                 and boundaries.FINISHED.search(line.view[-6:]) is not None and not _offers(line.view))


def _is_closing(line: Line) -> bool:
    return boundaries.is_closing(Paragraph([line]))


def _is_prose(line: Line) -> bool:
    return line.reason is None and is_running(line.view) and not _offers(line.view)


def _offers(view: str) -> bool:
    """Whether a line is the beginning of another text, or speaks of the page."""
    return furniture.is_cut_off(view) or furniture.weight(furniture.folded(view)) >= 1
