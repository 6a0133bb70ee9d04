"""The phrases of one speech: numbered formulae, quotations, works, idioms and parallels, each with its span."""
from __future__ import annotations

import re
from operator import itemgetter
from typing import NamedTuple

from flows.segment.fixed import fixed
from flows.segment.formulae import formulae
from flows.segment.parallels import parallels

QUOTED_LIMIT = 20
_QUOTED = re.compile(rf"“([^“”\n]{{1,{QUOTED_LIMIT}}})”")
_WORK = re.compile(r"《([^《》\n]{1,200})》")


class Phrase(NamedTuple):
    """One occurrence: offsets in code points, half-open; `surface` as in the text; `phrase` the form to count by; `kind` as in
    schemas/phrases.py."""

    start: int
    end: int
    surface: str
    phrase: str
    kind: str


def phrases(text: str) -> list[Phrase]:
    """The phrases of a clean text (simplified, full-width punctuation), sorted by (start, end, kind), each of these once.

    Quotation marks and book-title marks are not part of the span.
    """
    found: list[Phrase] = []
    known = fixed(text)
    for start, end, phrase in formulae(text, known.names):
        found.append(Phrase(start, end, text[start:end], phrase, "numbered"))
    for match in _QUOTED.finditer(text):
        surface = match[1]
        found.append(Phrase(match.start(1), match.end(1), surface, "".join(surface.split()).replace("○", "〇") or surface, "quoted"))
    for match in _WORK.finditer(text):
        surface = match[1]
        found.append(Phrase(match.start(1), match.end(1), surface, "".join(surface.split()) or surface, "work"))
    for start, end in known.idioms:
        surface = text[start:end]
        found.append(Phrase(start, end, surface, surface, "idiom"))
    for start, end in parallels(text):
        surface = text[start:end]
        found.append(Phrase(start, end, surface, surface, "parallel"))
    found.sort(key=itemgetter(0, 1, 4))
    return found
