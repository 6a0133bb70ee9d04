"""Characters: the raw text with its characters mended, and every change on record.

Lines, paragraphs and furniture stay; what is a speech is told later.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flows.ingest.documents import Mark
from flows.normalize import glosses, mojibake, noise, punctuation, script, spaces
from flows.normalize.edits import Edit, apply, compose, placed, position_after


class Spot(NamedTuple):
    """A place where a defect was found; offsets in code points of Characters.text. `defect` is one of schemas.speeches.DEFECTS."""

    start: int
    end: int
    defect: str


@dataclass(frozen=True, slots=True)
class Characters:
    """The cleaned text of a whole document.

    edits: on the raw text; what lies between two of them differs from it in script and width at most.
    script: Hans, Hant or mixed, of the raw text.
    spots: where defects were found, in order.
    """

    text: str
    edits: tuple[Edit, ...]
    script: str
    spots: tuple[Spot, ...] = ()

    @property
    def defects(self) -> frozenset[str]:
        """The defects of the whole document."""
        return self.defects_within([(0, len(self.text))])

    def defects_within(self, spans: Iterable[tuple[int, int]]) -> frozenset[str]:
        """The defects of the given spans of `text`: what lies in furniture is no defect of the speech."""
        counts = Counter(spot.defect for start, end in spans for spot in self.spots if start <= spot.start < end or start < spot.end <= end)
        return frozenset(defect for defect, count in counts.items() if count >= LEAST.get(defect, 1))


# a single half-width mark in a full-width text is a slip, not a defect of the source
LEAST = {"half_width_punctuation": 5}


class _Draft:
    """A text under way, with the edits that led to it."""

    def __init__(self, raw_text: str) -> None:
        self.text = raw_text
        self.edits: list[Edit] = []
        self.spots: list[Spot] = []

    def edit(self, edits: Sequence[Edit], defect: str | None = None) -> None:
        """Make `edits`; with `defect`, note where."""
        if not edits:
            return
        rows = placed(edits)
        if self.spots:
            starts = position_after(rows, [spot.start for spot in self.spots])
            self.spots = [spot._replace(start=start, end=start + spot.end - spot.start) for spot, start in zip(self.spots, starts)]
        self.edits = compose(self.edits, edits, self.text)
        self.text = apply(self.text, edits)
        if defect:
            self.spots += [Spot(row.start, row.end, defect) for row in rows]


def clean(raw_text: str, layout: Sequence[Mark] = ()) -> Characters:
    """`raw_text` with its characters mended: mojibake, glosses, noise, spaces, punctuation, width, script."""
    draft = _Draft(raw_text)
    alphabet = set(raw_text)
    found = script.script_of(raw_text, alphabet)
    draft.edit(spaces.breaks(draft.text))
    if not glosses.TRIGGERS.isdisjoint(alphabet):
        draft.edit(glosses.removed(draft.text), "pinyin_gloss")
    draft.edit(noise.invisible(draft.text))
    draft.edit(noise.scrambled(draft.text), "anti_copy_noise")
    draft.edit(spaces.edges(draft.text))
    draft.edit(spaces.inner(draft.text))
    draft.edit(punctuation.dots(draft.text))
    draft.text, places = punctuation.widened(draft.text)
    draft.spots += [Spot(place, place + 1, "half_width_punctuation") for place in places]
    draft.text = punctuation.quoted(draft.text)
    draft.text = script.simplify(draft.text, found)
    return Characters(draft.text, tuple(draft.edits), found, tuple(sorted(draft.spots)))
