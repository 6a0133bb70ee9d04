"""Words: how likely a sequence of characters is as a sequence of words.

Where little text is there to learn from, character n-grams cannot tell 活动与中心 from 活动入中心. The dictionary of jieba (MIT) tells how
frequent each word is and of what class, and its tagger which class follows which; both are read from the installed package.
"""
from __future__ import annotations

import math
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import NamedTuple

import polars as pl

from flows.normalize.counts import codes

_LONGEST = 6
_UNKNOWN = -16.0        # a character that is no word
# marks, whatever stands before them: every sixth token of official prose is one, and of three every second a comma
_MARKS = {"，": -2.3, "。": -3.2, "、": -3.2, "\n": -3.5}
_OPEN_END = -4.5        # a line that no mark ends
_OTHER = -4.5
_NEVER = -9.0           # a class after a class that the tagger has not seen so


class Words(NamedTuple):
    """`known`: each word with its place in the dictionary, `kinds` and `shares`: by place its class and the logarithm of its share of the
    class; `follows`: the logarithm of how often the second class comes after the first."""

    known: dict[str, int]
    kinds: pl.Series
    shares: pl.Series
    follows: dict[tuple[str, str], float]

    def likelihood(self, text: str) -> float:
        """The logarithm of the probability of `text`, over all its divisions into words, up to a constant for its marks."""
        letters = "".join(map(chr, codes(text).tolist()))
        # reached[n]: the classes that the first n characters can end with, and how likely
        reached: list[dict[str, float]] = [{"w": 0.0}] + [{} for _ in letters]
        for start, before in enumerate(reached[:-1]):
            for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1):
                word = letters[start:end]
                place = self.known.get(word)
                if place is not None:
                    kind, share = self.kinds[place], self.shares[place]
                elif end > start + 1:
                    continue
                else:
                    kind, share = ("x", _UNKNOWN) if "\u4e00" <= word <= "\u9fff" else ("w", _MARKS.get(word, _OTHER))
                after = reached[end]
                for last, score in before.items():
                    if word == "\n":
                        step = _OPEN_END if last != "w" else 0.0
                    else:
                        step = 0.0 if kind == "w" else self.follows.get((last, kind), _NEVER)
                    after[kind] = _sum(after.get(kind, -math.inf), score + step + share)
        return math.log(sum(math.exp(score - (best := max(reached[-1].values()))) for score in reached[-1].values())) + best \
            if reached[-1] else -math.inf


def _sum(first: float, second: float) -> float:
    """The logarithm of the sum of two numbers given by theirs."""
    low, high = sorted((first, second))
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))


@cache
def words() -> Words:
    """Dictionary and tagger of jieba."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed")
    folder = Path(spec.origin).parent
    rows = pl.read_csv(folder / "dict.txt", separator=" ", has_header=False, quote_char=None,
                       schema={"word": pl.String, "count": pl.Float64, "kind": pl.String})
    rows = rows.with_columns(share=((pl.col("count") + 0.5) / pl.col("count").sum().over("kind")).log())
    rows = rows.filter(pl.col("word").str.len_chars() <= _LONGEST)
    known = dict(zip(rows["word"].to_list(), range(rows.height)))
    return Words(known, rows["kind"], rows["share"], _follows(folder / "posseg" / "prob_trans.py"))


def _follows(path: Path) -> dict[tuple[str, str], float]:
    """From the tagger's chances of one place in a word after another, the chances of a word's class after a class."""
    spec = spec_from_file_location("jieba_prob_trans", path)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("jieba's tagger is not installed")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    sums: dict[tuple[str, str], float] = {}
    ends: dict[str, int] = {}
    for (place, kind), steps in module.P.items():
        if place in "ES" and steps:     # a word's last character, or its only one
            ends[kind] = ends.get(kind, 0) + 1
            for (_, after), chance in steps.items():
                sums[kind, after] = sums.get((kind, after), 0.0) + math.exp(chance)
    return {(kind, after): math.log(chance / ends[kind]) for (kind, after), chance in sums.items() if chance > 0}
