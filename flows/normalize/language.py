"""Language: how likely a sequence of characters is, by character n-grams.

What is counted in the texts of the corpus being built is laid over what is known beforehand.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np

from flows.normalize.counts import BITS, ORDER, WINDOW, Counts, codes, learn
from flows.normalize.prior import dictionary, newspaper

# weights at which the text of provincial work reports was likeliest, tried with 3,000 to 6,000,000 characters to learn from
_ENOUGH = 15_000        # characters learned from at which corpus and prior weigh the same
_MOST = 0.95            # weight of a corpus of any size
_NEWS = 0.8             # weight of the newspaper in the prior
_FLOOR = 1e-9
_OWN = 0.12             # weight of the document's own habits
_TOGETHER = 1 << 14     # places judged at a time


@dataclass(frozen=True)
class Model:
    """The prior, over it the counts of the corpus, and over these the counts of the document at hand, where there are any."""

    learned: Counts | None = None
    own: Counts | None = None
    is_bare: bool = False       # the dictionary alone, for a first look
    memory: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)

    def within(self, text: str) -> Model:
        """The model with the document's own habits in it."""
        return Model(self.learned, learn([text]), self.is_bare, self.memory)

    @cached_property
    def parts(self) -> tuple[tuple[float, Counts], ...]:
        """What is mixed, each with its weight."""
        if self.is_bare:
            return ((1.0, dictionary()),)
        parts = [(_NEWS, newspaper()), (1 - _NEWS, dictionary())]
        if self.learned is not None and self.learned.size:
            weight = _MOST * self.learned.size / (self.learned.size + _ENOUGH)
            parts = [(weight, self.learned), *(((1 - weight) * share, counts) for share, counts in parts)]
        if self.own is not None and self.own.total:
            parts = [(_OWN, self.own), *(((1 - _OWN) * share, counts) for share, counts in parts)]
        return tuple(parts)

    def logarithms(self, contexts: np.ndarray, letters: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
        """Natural logarithms of P(letter | the three codes before it); `rows`: where in `contexts` those of each letter stand, if not in
        the same place."""
        rows = np.arange(len(letters)) if rows is None else rows
        chance = np.full(len(letters), _FLOOR)
        for weight, counts in self.parts:
            chance += weight * counts.probability(contexts, rows, letters)
        return np.log(chance)

    def following(self, letter: int) -> tuple[np.ndarray, np.ndarray]:
        """The codes that were seen behind `letter`, ascending, and about how likely each is there."""
        return _mixed([(weight, *counts.following(letter)) for weight, counts in self.parts])

    @cached_property
    def habits(self) -> frozenset[int]:
        """The codes behind which the document says something of its own."""
        return frozenset((self.own.keys[1] >> BITS).tolist()) if self.own is not None else frozenset()

    def links(self, text: str, before: str = "\n") -> np.ndarray:
        """The logarithm of the probability of each character of `text` after `before` and those before it."""
        stream = codes(_framed(before) + text).astype(np.uint64)
        contexts = np.zeros(len(text), np.uint64)
        for step in range(ORDER - 1):
            contexts = (contexts << BITS) | stream[step:step + len(text)]
        return self.logarithms(contexts, stream[ORDER - 1:])

    def gains(self, text: str, other: str, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each of `places` how much likelier (natural logarithm) `other`, a text of the same length, is than it would be with the
        character of `text` there, and the logarithm of the probability of the least likely of the characters that this touches."""
        frame = "\n" * (ORDER - 1)
        stream = codes(frame + other + frame).astype(np.uint64)
        gains, least = [], []
        for first in range(0, len(places), _TOGETHER):
            some = places[first:first + _TOGETHER]
            windows = stream[some[:, None] + np.arange(2 * ORDER - 1)]
            links = self._links_of(windows)
            windows[:, ORDER - 1] = codes("".join([text[place] for place in some.tolist()]))
            gains.append(links.sum(axis=1) - self._links_of(windows).sum(axis=1))
            least.append(links.min(axis=1))
        return np.concatenate(gains or [np.zeros(0)]), np.concatenate(least or [np.zeros(0)])

    def _links_of(self, windows: np.ndarray) -> np.ndarray:
        """For each row of codes the logarithms of the probabilities of those from the middle on, each after those before it."""
        contexts = np.zeros((len(windows), ORDER), np.uint64)
        for step in range(ORDER - 1):
            contexts = (contexts << BITS) | windows[:, step:step + ORDER]
        letters = windows[:, ORDER - 1:]
        return self.logarithms(contexts.ravel(), letters.ravel()).reshape(letters.shape)

    def likelihood(self, text: str, before: str = "\n") -> float:
        """The logarithm of the probability of `text` after `before`."""
        return float(self.links(text, before).sum())


@cache
def beforehand() -> Model:
    """All that is known before a corpus is read."""
    return Model()


def _mixed(parts: list[tuple[float, np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """The codes of all parts, ascending, and the sums of their shares by the weights of the parts."""
    unique, places = np.unique(np.concatenate([codes for _, codes, _ in parts]), return_inverse=True)
    return unique, np.bincount(places, weights=np.concatenate([weight * shares for weight, _, shares in parts]), minlength=len(unique))


def context(before: str) -> np.uint64:
    """The packed context that `before` ends with."""
    packed = np.uint64(0)
    for code in codes(_framed(before)).astype(np.uint64):
        packed = (packed << BITS) | code
    return packed


def followed(contexts: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """The contexts one letter later."""
    return ((contexts & WINDOW[ORDER - 2]) << BITS) | letters.astype(np.uint64)


def _framed(before: str) -> str:
    return ("\n" * (ORDER - 1) + before)[1 - ORDER:]
