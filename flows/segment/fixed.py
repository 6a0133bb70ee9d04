"""Fixed wording: idioms and the fixed names of numbered formulae, by their places in the texts."""
from __future__ import annotations

from functools import cache
from typing import NamedTuple

from flows.normalize.code_points import Places
from flows.segment.idioms import spellings
from flows.segment.texts import Texts
from flows.segment.wordlist import WordList
from schemas.lexicons import rows


class Fixed(NamedTuple):
    """Starts and ends of the idioms, and spans of the fixed names with the row of formulae.tsv: each in order, the longest at a place, no
    overlaps."""

    idioms: tuple[Places, Places]
    names: list[tuple[int, int, int]]


def bare(name: str) -> tuple[str, str]:
    """A name of formulae.tsv, and what must follow it: 两院(院士) → 两院, 院士."""
    name, _, follower = name.rstrip(")").partition("(")
    return name, follower


@cache
def lists() -> tuple[WordList, WordList]:
    """The idioms, and the fixed names by their rows."""
    return WordList(spellings()), WordList(["".join(bare(row[0])) for row in rows("formulae.tsv")])


def fixed(texts: Texts) -> Fixed:
    """The idioms and fixed names in the texts, by their places; of overlapping ones of one sort the first."""
    idioms, names = lists()
    starts, ends, _ = idioms.spans(texts)
    named = names.spans(texts)
    return Fixed((starts, ends), list(zip(*(column.tolist() for column in named))))
