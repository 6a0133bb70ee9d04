"""Cues: words without which a costlier question need not be asked, looked for by the pairs of characters that they begin with.

An automaton goes through a text character by character; a table of pairs is asked for all of them at once, and few places are left.
"""
from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from flows.normalize.code_points import code_points, last_points, where

_MIX = np.uint16(40503)      # 2**16 over the golden ratio, which spreads what is multiplied by it evenly (Knuth, TAOCP 3, 6.4)


def _hashed(codes: np.ndarray) -> np.ndarray:
    """A number for each pair of neighbours; others may share it."""
    return (codes[1:] * _MIX) ^ codes[:-1]


class Cues:
    """Words of at least two characters; ValueError where one has fewer."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        self._begun = np.zeros(1 << 16, bool)
        for word in sorted(set(words)):
            if len(word) < 2:
                raise ValueError(f"{word!r} is no cue: two characters are the least")
            self._words.setdefault(word[:2], []).append(word)
            self._begun[_hashed(code_points(word[:2]))] = True

    def found(self, text: str) -> list[tuple[int, str]]:
        """Where each of the words begins in `text`, by place and word."""
        places = where(self._begun, _hashed(last_points(text))).tolist()
        return [(place, word) for place in places for word in self._words.get(text[place:place + 2], ()) if text.startswith(word, place)]
