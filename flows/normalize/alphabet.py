"""The alphabet of a text: which characters occur in it at all. Most steps concern texts that hold one of a few, and ask this first.

A set of strings would touch a Python object for each of the thousand characters of a Chinese text; a table by code point touches none.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

import numpy as np

from flows.normalize.code_points import BEYOND, last_points

_SIZE = 0x10000


class Alphabet(Set[str]):
    """The distinct characters of a text, as an immutable set."""

    __slots__ = ("_beyond", "_present")

    def __init__(self, present: np.ndarray, beyond: frozenset[str] = frozenset()) -> None:
        """`present`: for each code point of the basic plane, whether it occurs; `beyond`: the characters of the other planes."""
        self._present, self._beyond = present, beyond

    def __contains__(self, letter: object) -> bool:
        code = ord(letter) if isinstance(letter, str) else -1
        return bool(self._present[code]) if 0 <= code < _SIZE else letter in self._beyond

    def __iter__(self) -> Iterator[str]:
        yield from map(chr, np.flatnonzero(self._present).tolist())
        yield from sorted(self._beyond)

    def __len__(self) -> int:
        return int(np.count_nonzero(self._present)) + len(self._beyond)

    def __and__(self, others: Iterable[str]) -> set[str]:  # type: ignore[override]
        """Those of `others` that occur."""
        plain, beyond = _codes(others if isinstance(others, (str, frozenset)) else frozenset(others))
        return {*map(chr, plain[self._present.take(plain)].tolist()), *(beyond & self._beyond)}

    def __or__(self, others: Iterable[str]) -> Alphabet:  # type: ignore[override]
        """The alphabet with `others`."""
        plain, beyond = _codes(frozenset(others))
        present = self._present.copy()
        present[plain] = True
        return Alphabet(present, self._beyond | beyond)

    def isdisjoint(self, others: Iterable[str]) -> bool:
        """Whether none of `others` occurs."""
        plain, beyond = _codes(others if isinstance(others, (str, frozenset)) else frozenset(others))
        return not np.count_nonzero(self._present.take(plain)) and (not beyond or beyond.isdisjoint(self._beyond))


@lru_cache(maxsize=256)
def _codes(letters: str | frozenset[str]) -> tuple[np.ndarray, frozenset[str]]:
    """The code points of `letters` in the basic plane, and the letters beyond it."""
    plain = sorted({code for code in map(ord, letters) if code < _SIZE})
    return np.array(plain, np.intp), frozenset(letter for letter in letters if ord(letter) >= _SIZE)


def letters_of(text: str) -> Alphabet:
    """The distinct characters of `text`."""
    present = np.zeros(_SIZE, bool)
    codes = last_points(text)
    present[codes] = True
    if not present[BEYOND]:
        return Alphabet(present)
    letters = set(text)
    present[BEYOND] = chr(BEYOND) in letters
    return Alphabet(present, frozenset(letter for letter in letters if ord(letter) >= _SIZE))


def skeleton(text: str) -> str:
    """The ASCII characters of `text` in order, each kind of space as ' ', each Han digit as HAN_DIGIT, each character that can stand for a
    zero as LOST_ZERO, and each run of other characters as one '\\xff'.

    A small part of a Chinese text, which tells whether such characters stand together anywhere in it.
    """
    kinds = _KINDS.take(last_points(text), mode="clip")
    kept = kinds != 0xFF
    kept[1:] |= kept[:-1]
    return kinds[kept].tobytes().decode("latin-1")


HAN_DIGIT, LOST_ZERO = "\x80", "\x81"
_KINDS = np.full(_SIZE, 0xFF, np.uint8)
_KINDS[:0x80] = np.arange(0x80)
_KINDS[list(map(ord, "零〇○一二三四五六七八九"))] = ord(HAN_DIGIT)
_KINDS[list(map(ord, "ΟОＯ０\ufffd"))] = ord(LOST_ZERO)
_KINDS[[ord(space) for space in "\u00a0\u1680\u202f\u205f\u3000"] + list(range(0x2000, 0x200B))] = ord(" ")
