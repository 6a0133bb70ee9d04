"""The alphabet of a text: which characters occur in it at all. Most steps concern texts that hold one of a few, and ask this first.

A set of strings would touch a Python object for each of the thousand characters of a Chinese text; a table by code point touches none.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

import numpy as np

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
    units = code_units(text)
    if units is not None:
        present[units] = True
        return Alphabet(present)
    letters = set(text)
    present[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)] = True
    present[0xD800:0xE000] = False      # the halves of the characters beyond, unless the text holds one by itself
    present[[ord(letter) for letter in letters if "\ud800" <= letter <= "\udfff"]] = True
    return Alphabet(present, frozenset(letter for letter in letters if ord(letter) >= _SIZE))


@lru_cache(maxsize=2)       # several questions are put to one text, one after another
def code_units(text: str) -> np.ndarray | None:
    """The code points of `text`, not to be written to, or None where one of them is beyond the basic plane."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    return units if len(units) == len(text) else None


def table_of(pattern: str) -> np.ndarray:
    """For each code point of the basic plane whether the class of characters `pattern` holds it."""
    present = np.zeros(_SIZE, bool)
    present[list(map(ord, re.findall(pattern, "".join(map(chr, range(_SIZE))))))] = True
    return present


def places(text: str, table: np.ndarray, longest: int = 1) -> list[int]:
    """Where in `text` characters of a `table` stand, `longest` of them in a row; of a longer run each place from which so many follow.

    A table is asked several times as fast as a search for a class of characters goes. Of a text with characters beyond the basic plane,
    the places of all characters: what looks closer will see."""
    units = code_units(text)
    if units is None:
        return list(range(len(text)))
    found = table.take(units)
    here = found
    for step in range(1, longest):
        here = here[:-1] & found[step:]
    return np.flatnonzero(here).tolist()


def skeleton(text: str) -> str:
    """The ASCII characters of `text` in order, each kind of space as ' ', each Han digit as HAN_DIGIT, each character that can stand for a
    zero as LOST_ZERO, and each run of other characters as one '\\xff'.

    A small part of a Chinese text, which tells whether such characters stand together anywhere in it.
    """
    units = code_units(text)
    kinds = _KINDS.take(np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16) if units is None else units)
    kept = kinds != 0xFF
    kept[1:] |= kept[:-1]
    return kinds[kept].tobytes().decode("latin-1")


HAN_DIGIT, LOST_ZERO = "\x80", "\x81"
_KINDS = np.full(_SIZE, 0xFF, np.uint8)
_KINDS[:0x80] = np.arange(0x80)
_KINDS[list(map(ord, "零〇○一二三四五六七八九"))] = ord(HAN_DIGIT)
_KINDS[list(map(ord, "ΟОＯ０\ufffd"))] = ord(LOST_ZERO)
_KINDS[[ord(space) for space in "\u00a0\u1680\u202f\u205f\u3000"] + list(range(0x2000, 0x200B))] = ord(" ")
