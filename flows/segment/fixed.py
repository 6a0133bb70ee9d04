"""Fixed wording: idioms and the fixed names of numbered formulae, found together in one pass over the texts."""
from __future__ import annotations

from functools import cache
from typing import NamedTuple

import daachorse

from flows.segment.idioms import spellings
from flows.segment.texts import Texts
from schemas.lexicons import rows


class Fixed(NamedTuple):
    """Spans of the idioms, and of the fixed names with the row of formulae.tsv: each in order, the longest at a place, no overlaps."""

    idioms: list[tuple[int, int]]
    names: list[tuple[int, int, int]]


def bare(name: str) -> tuple[str, str]:
    """A name of formulae.tsv, and what must follow it: 两院(院士) → 两院, 院士."""
    name, _, follower = name.rstrip(")").partition("(")
    return name, follower


@cache
def _matcher() -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, int]:
    """Patterns of both sorts, and how many of them are idioms: these come first."""
    idioms = spellings()
    names = ["".join(bare(row[0])) for row in rows("formulae.tsv")]
    # A word may be of both sorts (四梁八柱), and the matcher wants each pattern once.
    known = {word: number for number, word in enumerate(idioms)}
    own = [name for name in names if name not in known]
    assert len(own) == len(names), sorted(set(names) & set(known))
    return daachorse.CharwiseDoubleArrayAhoCorasick([*idioms, *names]), len(idioms)


def fixed(texts: Texts) -> Fixed:
    """The idioms and fixed names in the texts, by their places."""
    matcher, idiom_count = _matcher()
    idioms: list[tuple[int, int]] = []
    names: list[tuple[int, int, int]] = []
    after_idiom = after_name = 0
    # Of overlapping ones the first wins, and of those that begin together the longest.
    for start, end, number in sorted(matcher.find_overlapping(texts.joined), key=lambda hit: (hit[0], -hit[1])):
        if number < idiom_count:
            if start >= after_idiom:
                idioms.append((start, end))
                after_idiom = end
        elif start >= after_name:
            names.append((start, end, number - idiom_count))
            after_name = end
    return Fixed(idioms, names)
