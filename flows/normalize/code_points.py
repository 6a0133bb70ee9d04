"""Code points: a text as an array of numbers, and where characters stand in it. A table is asked several times as fast as a search for a
class of characters goes."""
from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

BEYOND = 0xFFFF
"""Stands for every character beyond the basic plane."""
STRETCH = 1 << 15
"""Places looked at together: what is worked out for them stays in the processor's cache."""

Places = NDArray[np.int64]


def code_points(text: str) -> NDArray[np.uint16]:
    """The code points of a text, those beyond the basic plane as BEYOND."""
    narrow = text.encode("utf-16-le", "surrogatepass")
    if len(narrow) == 2 * len(text):
        return np.frombuffer(narrow, dtype=np.uint16)
    return np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), BEYOND).astype(np.uint16)


@lru_cache(maxsize=2)
def last_points(text: str) -> NDArray[np.uint16]:
    """`code_points` of a document, not to be written to: several questions are put to it, one after another."""
    return code_points(text)


@cache
def table(characters: str) -> NDArray[np.bool_]:
    """Whether a code point of the basic plane is one of the characters."""
    found = np.zeros(BEYOND + 1, dtype=bool)
    found[[ord(char) for char in characters]] = True
    return found


def among(codes: NDArray[np.uint16], characters: str) -> Places:
    """The places of the characters."""
    return where(table(characters), codes)


def where(wanted: NDArray[np.bool_], codes: NDArray[np.uint16]) -> Places:
    """The places of the code points that a table holds to be wanted."""
    if len(codes) <= STRETCH:
        return np.flatnonzero(wanted.take(codes, mode="clip"))   # half the time of an index, which looks at bounds
    return np.concatenate([first + np.flatnonzero(wanted.take(codes[first:first + STRETCH], mode="clip"))
                           for first in range(0, len(codes), STRETCH)])
