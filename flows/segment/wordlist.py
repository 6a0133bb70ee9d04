"""Word lists: some thousands of fixed words, found in the texts of a shard.

An automaton looks up every character in a table of all words, too large for the processor's cache. Hardly any place begins a word, though:
the first characters of each place are hashed for many places at once, and only where some word begins with that hash is it looked up.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from flows.normalize.code_points import BEYOND, STRETCH, Places, code_points
from flows.segment.texts import Texts

FEW, MOST = 2, 4
"""Characters that a word is known by: 2 where it has no more, else as many as all the longer words have, at most 4, which fill a number."""
HASH_BITS = 20
FEW_FIRST = 64
"""Words that begin with no more different characters are looked for by the first alone: names of formulae begin with a numeral."""
TRIED = 1 << 17
"""Words tried together."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLIERS = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)

Codes = NDArray[np.uint16]


class WordList:
    """Words of two characters and more, each once, made ready to be found."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        short = [number for number, word in enumerate(self.words) if len(word) == FEW]
        longer = [number for number, word in enumerate(self.words) if len(word) > FEW]
        self._beginnings = [_Beginnings(self.words, numbers) for numbers in (longer, short) if numbers]

    def spans(self, texts: Texts) -> tuple[Places, Places, Places]:
        """Where the words stand in the texts, start and end, in order, the longest at each place and of two that overlap the first; and
        which one of `words`."""
        starts, ends, numbers = self._found(texts, nested=False)
        kept = _apart(starts, ends)
        return starts[kept], ends[kept], numbers[kept]

    def every(self, texts: Texts) -> tuple[Places, Places, Places]:
        """Every place where one of the words stands, also within another and across its end: as `spans`, the longest first at each."""
        return self._found(texts, nested=True)

    def _found(self, texts: Texts, nested: bool) -> tuple[Places, Places, Places]:
        found = [beginnings.found(texts, nested) for beginnings in self._beginnings]
        starts, ends, numbers = (np.concatenate([np.zeros(0, np.int64), *columns]) for columns in (list(zip(*found)) or [(), (), ()]))
        if len(found) > 1:
            order = np.lexsort((-ends, starts))
            starts, ends, numbers = starts[order], ends[order], numbers[order]
        return starts, ends, numbers


def _apart(starts: Places, ends: Places) -> NDArray[np.bool_]:
    """Which of the spans, in order, meet none that is kept before them."""
    kept = np.ones(len(starts), bool)
    meeting = np.flatnonzero(starts[1:] < np.maximum.accumulate(ends)[:-1]) + 1
    reach = before = 0
    for number in meeting.tolist():
        # Between two such places all are kept, so that the reach is where the last of them ends.
        if number - 1 > before or kept[number - 1]:
            reach = int(ends[number - 1])
        kept[number] = starts[number] >= reach
        before = number
    return kept


class _Beginnings:
    """Words known by their first characters, as many for each."""

    def __init__(self, words: Sequence[str], numbers: Sequence[int]) -> None:
        self.words = words
        lengths = np.array([len(words[number]) for number in numbers], np.int64)
        self.known_by = min(MOST, int(lengths.min()))
        # Four characters are one number, and a word some numbers; behind its end anything may stand.
        self.width = -(-int(lengths.max()) // MOST) * MOST
        within = np.arange(self.width) < lengths[:, None]
        codes = np.zeros((len(numbers), self.width), np.uint16)
        codes[within] = code_points("".join(words[number] for number in numbers))
        fours, masks = codes.view("<u8"), (within * np.uint16(0xFFFF)).view("<u8")
        self.known_mask = np.uint64((1 << 16 * self.known_by) - 1)
        keys = fours[:, 0] & self.known_mask
        # The words of one beginning together, the longest first.
        order = np.lexsort((-lengths, keys))
        self.keys, self.firsts, self.counts = np.unique(keys[order], return_index=True, return_counts=True)
        self.numbers, self.lengths = np.array(numbers, np.int64)[order], lengths[order]
        self.fours, self.masks = fours[order].T.copy(), masks[order].T.copy()
        self.rare = (codes == BEYOND).any(axis=1)[order]
        self.any_rare = bool(self.rare.any())
        self.begun, self.first = np.zeros(1 << HASH_BITS, bool), np.zeros(1 << 16, bool)
        padded = np.concatenate([codes, np.zeros((len(numbers), MOST), np.uint16)], axis=1)
        self.begun[self._hashes(padded.ravel())[np.arange(len(numbers)) * padded.shape[1]]] = True
        self.first[codes[:, 0]] = True
        self.few_first = int(self.first.sum()) <= FEW_FIRST
        # By another hash: which beginning it may be, and whether several have it.
        buckets = self._bucket(self.keys)
        self.held, self.several = np.full(1 << HASH_BITS, -1, np.int32), np.zeros(1 << HASH_BITS, bool)
        self.held[buckets] = np.arange(len(self.keys))
        self.several[buckets[self.held[buckets] != np.arange(len(self.keys))]] = True

    def _hashes(self, codes: Codes) -> NDArray[np.uint32]:
        """A hash of the first characters at each place but the last three."""
        wide = codes.astype(np.uint32)
        twos = wide[:-1] | wide[1:] << np.uint32(16)
        hashes = twos[:-2] * _MULTIPLIERS[0]
        if self.known_by > FEW:
            hashes ^= (twos if self.known_by == MOST else wide)[2:2 + len(hashes)] * _MULTIPLIERS[1]
        hashes >>= np.uint32(32 - HASH_BITS)
        return hashes

    def _bucket(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Another hash of the same characters, packed."""
        return ((keys * _SPREAD) >> np.uint64(64 - HASH_BITS)).astype(np.int64)

    def _begun(self, codes: Codes) -> Iterator[Places]:
        """The places at which a word may begin."""
        for first in range(0, len(codes) - 3, STRETCH):
            if self.few_first:
                begun = self.first.take(codes[first:first + STRETCH], mode="clip")
            else:
                begun = self.begun.take(self._hashes(codes[first:first + STRETCH + 3]), mode="clip")
            yield first + np.flatnonzero(begun)

    def _known(self, fours: NDArray[np.uint64], begun: Places) -> tuple[Places, Places]:
        """Those of the places at which the beginning of a word stands, and which."""
        keys = fours[begun] & self.known_mask
        buckets = self._bucket(keys)
        held = self.held.take(buckets).astype(np.int64)
        likely = np.flatnonzero(held >= 0)   # of ten places hardly one is left
        begun, keys, buckets, held = begun.take(likely), keys.take(likely), buckets.take(likely), held.take(likely)
        doubtful = np.flatnonzero(self.several.take(buckets))
        held[doubtful] = np.minimum(np.searchsorted(self.keys, keys.take(doubtful)), len(self.keys) - 1)
        known = np.flatnonzero(self.keys.take(held) == keys)
        return begun.take(known), held.take(known)

    def found(self, texts: Texts, nested: bool) -> tuple[Places, Places, Places]:
        """Start and end of the longest word at each place where one stands, and its number; of all words there where `nested`."""
        codes = np.append(texts.codes, np.zeros(self.width + MOST, np.uint16))
        fours = np.ndarray(len(codes) - 3, np.dtype("<u8"), codes, strides=(2,))   # each run of four characters: a view, not a copy
        places, held = self._known(fours, np.concatenate([np.zeros(0, np.int64), *self._begun(codes)]))
        step = TRIED // int(self.counts.max()) + 1
        found = [self._standing(fours, places[first:first + step], held[first:first + step], texts.joined, nested)
                 for first in range(0, len(places), step)]
        places, rows = map(np.concatenate, zip((np.zeros(0, np.int64), np.zeros(0, np.int64)), *found))
        return places, places + self.lengths.take(rows), self.numbers.take(rows)

    def _standing(self, fours: NDArray[np.uint64], places: Places, held: Places, text: str, nested: bool) -> tuple[Places, Places]:
        """Those of the places at which a word stands, and the row of the longest, or of each where `nested`; `held`: which beginning
        stands there."""
        counts = self.counts.take(held)
        before = np.cumsum(counts) - counts
        places = np.repeat(places, counts)
        rows = np.repeat(self.firsts.take(held) - before, counts) + np.arange(len(places))
        stands = np.flatnonzero(self._stands(fours, places, rows, text))
        places, rows = places.take(stands), rows.take(stands)
        if nested:
            return places, rows
        longest = np.flatnonzero(np.diff(places, prepend=-1))
        return places.take(longest), rows.take(longest)

    def _stands(self, fours: NDArray[np.uint64], places: Places, rows: Places, text: str) -> NDArray[np.bool_]:
        """Whether the word of each row stands at its place, where its beginning does."""
        stands = np.zeros(len(places), bool)
        going = np.arange(len(places))
        for block in range(self.known_by // MOST, len(self.fours)):
            row = rows.take(going)
            differing = fours[places.take(going) + MOST * block] ^ self.fours[block].take(row)
            going = going[differing & self.masks[block].take(row) == 0]
        stands[going] = True
        if self.any_rare:
            for at in np.flatnonzero(stands & self.rare[rows]).tolist():
                stands[at] = text.startswith(self.words[self.numbers[rows[at]]], int(places[at]))
        return stands
