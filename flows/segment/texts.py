"""Texts end to end: what is looked for in a shard of speeches is looked for once, and the places found go back to their own texts."""
from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flows.normalize.code_points import Places, among, code_points

SEAM = "\n\0\n"
"""Stands between two texts, so that nothing reads across: every pattern of phrases ends with its line, and none holds a NUL."""
MARKS = "。：！？\n“”‘’（）《》…—、，；"
SIGNS = MARKS + ",;!?:" + "一二三四五六七八九十两双0123456789０１２３４５６７８９"
"""What is looked for in every text: their places are found at once, and those of some of them among these."""


class Texts:
    """Texts end to end, with SEAM behind each. `starts` are the offsets of the texts in `joined`; places are offsets there."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.joined = SEAM.join([*texts, ""])
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + len(SEAM)
        self.starts: Places = np.cumsum(lengths) - lengths

    def owners(self, places: Places) -> Places:
        """Which text each place is in, by number."""
        return np.searchsorted(self.starts, places, side="right") - 1

    @cached_property
    def codes(self) -> NDArray[np.uint16]:
        """The code points, as `code_points` gives them."""
        return code_points(self.joined)

    @cached_property
    def _signs(self) -> tuple[Places, NDArray[np.uint16]]:
        places = among(self.codes, SIGNS)
        return places, self.codes.take(places)

    def places(self, signs: str) -> Places:
        """The places of some of SIGNS."""
        places, codes = self._signs
        return places.take(among(codes, signs))

    @cached_property
    def marks(self) -> tuple[Places, NDArray[np.uint16]]:
        """The places of MARKS, and which one stands there."""
        places, codes = self._signs
        kept = among(codes, MARKS)
        return places.take(kept), codes.take(kept)

    def enclosed(self, opening: str, closing: str, longest: int, barred: str = "") -> tuple[Places, Places]:
        """The spans of 1 to `longest` characters of one line between the two marks, in which none of these and of `barred` stands."""
        places, codes = self.marks
        kept = among(codes, opening + closing + barred + "\n")
        places, codes = places.take(kept), codes.take(kept)
        sizes = np.diff(places) - 1
        found = np.flatnonzero((codes[:-1] == ord(opening)) & (codes[1:] == ord(closing)) & (sizes >= 1) & (sizes <= longest))
        return places[found] + 1, places[found + 1]
