"""Paraphrases: what one speaker says twice in other words, in pairs of speeches with much more rare wording in common than chance gives.

Such passages share no run of eight characters, only pieces of two to six, in any order: “三个挂钩”，即同田间生产挂钩、同集市买卖挂钩
and “三个挂钩”：要同集市上的买卖挂钩，同田间的生产挂钩. Single pieces prove nothing, so this looks only at *kin*: pairs of speeches
with at least KIN_RATE anchors for their lengths, runs of characters that no third place of the corpus has. In a kin pair, pieces that lie
together on both sides are a paraphrase if together they are too improbable to be chance, by how often the two speeches themselves use
their characters: what both say at every turn, or what their genre says, tells nothing.

The work is bounded: of a corpus with more than GRAMS characters only the anchors that start with some characters are counted, and of the
kin pairs the nearest are looked at until CELLS pairs of characters are compared; how many pairs are left out is counted.
"""
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from math import log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from flows.relate.fingerprints import BREAK, SHINGLE, Codes
from flows.relate.parts import GRAMS

# Anchors a million pairs of characters, beside those in passages already known: two speeches of one speaker on one subject have 1.2 to 1.6,
# other pairs, of one genre and subject too, nearly always fewer than 1.
KIN_RATE = 1.1
LEAST_ANCHORS = 5
CELLS = 60_000_000
MATCHES = 500_000  # pairs of places with the same two characters; ten times what two speeches of CELLS characters have
NEAR = 24  # Han characters
LEAST_ANCHOR_BITS = 16.0  # what a piece must tell for others to be looked for around it
PIECE_BITS = 7.0  # what each piece must tell, since it may stand anywhere near the others
LEAST_BITS = 22.0  # what the pieces must tell together, beyond that
LEAST_COVER = 0.33 # the share of the shorter side that the pieces make up

Indices = npt.NDArray[np.int64]


class Spans(NamedTuple):
    """Passages that pairs of speeches share: the two speeches by number in the corpus, and where, by index of their own codes."""

    owners: Indices
    others: Indices
    starts: Indices
    ends: Indices
    other_starts: Indices
    other_ends: Indices


class Anchors(NamedTuple):
    """Runs of SHINGLE characters: hash, the speech by number, and where in it; by speech and place."""

    hashes: npt.NDArray[np.uint32]
    owners: npt.NDArray[np.uint32]
    places: npt.NDArray[np.uint32]


class Piece(NamedTuple):
    """A run of characters that two texts share, as long as it can be, and how many bits it tells."""

    start: int
    other_start: int
    length: int
    bits: float


def anchors(codes: Codes, sizes: Indices, counts: npt.NDArray[np.bool_], first: int, share: float) -> Anchors:
    """The sample of some speeches, which lie end to end in `codes` and are numbered from `first` on; those that count, of the given
    sizes."""
    last = max(len(codes) - SHINGLE, 0)
    places = np.concatenate([np.zeros(0, np.int64), *(
        low + np.flatnonzero((codes[low:min(low + GRAMS, last)] * np.uint16(0x9E37) >> np.uint16(4)) < share * 4096)
        for low in range(0, last, GRAMS))])
    hashes, whole = np.zeros(len(places), np.uint32), np.ones(len(places), bool)
    for step in range(SHINGLE):
        here = codes[places + step]
        whole &= here != BREAK
        hashes = (hashes ^ here) * np.uint32(0x9E3779B1)
        hashes ^= hashes >> np.uint32(15)
    places, hashes = places[whole], hashes[whole]
    ends = np.cumsum(sizes)
    owners = np.searchsorted(ends, places, side="right")
    if not counts.all():
        held = counts[owners]
        places, hashes, owners = places[held], hashes[held], owners[held]
    return Anchors(hashes, (owners + first).astype(np.uint32), (places - (ends - sizes)[owners]).astype(np.uint32))


def paraphrases(sample: Anchors, share: float, lengths: Indices, wording: Callable[[int], str], known: Spans) -> tuple[Spans, int]:
    """The paraphrases among the speeches of a corpus, but for those that meet passages already `known`; and how many kin pairs were left
    out. `sample`: a `share` of all; `lengths` of the speeches, in codes; `wording` gives the text of one by its number."""
    pairs = _kin(sample, share, lengths, known)
    if not pairs:
        return Spans(*np.zeros((6, 0), np.int64)), 0
    known_pairs = known.owners << 32 | known.others
    found: list[tuple[int, ...]] = []
    cells = left_out = 0
    for one, other in pairs:
        size = int(lengths[one] * lengths[other])
        if cells + size > CELLS:
            left_out += 1
            continue
        text, other_text = wording(one), wording(other)
        if _matches(text, other_text) > MATCHES:
            left_out += 1
            continue
        cells += size
        here = np.flatnonzero(known_pairs == one << 32 | other)
        taken = [tuple(int(edge[number]) for edge in known[2:]) for number in here]
        for span in _alike(text, other_text):
            if not any(_meet(span, passage) for passage in taken):
                taken.append(span)
                found.append((one, other, *span))
    return Spans(*np.array(found, np.int64).reshape(-1, 6).T), left_out


def _matches(one: str, other: str) -> int:
    """How many pairs of places have the same two characters."""
    twos, other_twos = (Counter(map("".join, pairwise(text))) for text in (one, other))
    return sum(count * other_twos[two] for two, count in twos.items())


def _meet(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _twins(sample: Anchors) -> tuple[Indices, Indices]:
    """Pairs of the sample with the same shingle, which stands nowhere else in it, each longer run once."""
    ordered = sample.hashes.astype(np.uint64) << np.uint64(32) | np.arange(len(sample.hashes), dtype=np.uint64)
    ordered.sort()
    hashes = (ordered >> np.uint64(32)).astype(np.uint32)
    same = hashes[1:] == hashes[:-1]
    alone = np.flatnonzero(same & ~np.append(False, same[:-1]) & ~np.append(same[1:], False))
    ones, others = ((ordered[places] & np.uint64(0xFFFFFFFF)).astype(np.int64) for places in (alone, alone + 1))
    order = np.argsort(ones)
    ones, others = ones[order], others[order]
    goes_on = np.zeros(len(ones), bool)
    goes_on[1:] = _next(sample, ones) & _next(sample, others)
    return ones[~goes_on], others[~goes_on]


def _next(sample: Anchors, numbers: Indices) -> npt.NDArray[np.bool_]:
    """Whether each stands one place after the one before."""
    places = sample.owners[numbers].astype(np.int64) << 32 | sample.places[numbers]
    return np.diff(places) == 1


def _kin(sample: Anchors, share: float, lengths: Indices, known: Spans) -> list[tuple[int, int]]:
    """The pairs of speeches with enough anchors outside the passages already known, the nearest first."""
    ones, twos = _twins(sample)
    owners, others = sample.owners[ones].astype(np.int64), sample.owners[twos].astype(np.int64)
    places, other_places = sample.places[ones], sample.places[twos]
    pairs, index, counts = np.unique(owners << 32 | others, return_inverse=True, return_counts=True)
    cells = lengths[pairs >> 32] * lengths[pairs & 0xFFFFFFFF] * share * 1e-6
    likely = (pairs >> 32 != pairs & 0xFFFFFFFF) & (counts >= np.maximum(LEAST_ANCHORS, KIN_RATE * cells))
    kept = likely[index]
    places, other_places, index = places[kept], other_places[kept], index[kept]
    here = np.flatnonzero(np.isin(known.owners << 32 | known.others, pairs[likely]))
    known_of: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for number in here.tolist():
        known_of[int(known.owners[number]) << 32 | int(known.others[number])].append(tuple(int(edge[number]) for edge in known[2:]))
    fresh: Counter[int] = Counter()
    for place, other_place, number in zip(places.tolist(), other_places.tolist(), index.tolist()):
        passages = known_of.get(int(pairs[number]), ())
        fresh[number] += not any(one[0] <= place < one[1] and one[2] <= other_place < one[3] for one in passages)
    rates = {number: count / cells[number] for number, count in fresh.items() if count >= LEAST_ANCHORS}
    nearest = sorted((-rate, int(pairs[number])) for number, rate in rates.items() if rate >= KIN_RATE)
    return [(pair >> 32, pair & 0xFFFFFFFF) for _, pair in nearest]


class _Frequencies:
    """How often characters and pairs of characters stand in two texts."""

    def __init__(self, one: str, other: str) -> None:
        self.characters = Counter(one + other)
        self.twos = Counter(map("".join, pairwise(one + other)))
        self.total = len(one) + len(other)

    def bits(self, piece: str) -> float:
        """How improbable a piece is at a given place, its own two occurrences not counted."""
        bits = -log2(max(self.characters[piece[0]], 1) / self.total)
        for one, other in pairwise(piece):
            follows = 0.7 * max(self.twos[one + other] - 2, 0) / max(self.characters[one], 1)
            bits -= log2(follows + 0.3 * max(self.characters[other] - 1, 0.5) / self.total)
        return bits


_RUN = re.compile("[^\x00-\x0f]+")


def _pieces(one: str, other: str, frequencies: _Frequencies) -> list[Piece]:
    """The runs of two and more characters that two texts share, each as long as it can be."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in range(len(other) - 1):
        places[other[place:place + 2]].append(place)
    pieces = []
    for run in _RUN.finditer(one):
        for start in range(run.start(), run.end() - 1):
            for other_start in places.get(one[start:start + 2], ()):
                if start > run.start() and other_start and one[start - 1] == other[other_start - 1]:
                    continue
                length = 2
                while start + length < run.end() and one[start + length] == other[other_start + length:other_start + length + 1]:
                    length += 1
                bits = frequencies.bits(one[start:start + length])
                if bits > PIECE_BITS:
                    pieces.append(Piece(start, other_start, length, bits))
    return pieces


def _alike(one: str, other: str) -> list[tuple[int, int, int, int]]:
    """Where two texts have pieces in common that lie together on both sides: start, end, other start, other end; those that tell most
    first, none meeting another."""
    pieces = sorted(_pieces(one, other, _Frequencies(one, other)))
    starts = np.array([piece.start for piece in pieces], np.int64)
    found = []
    for anchor in pieces:
        if anchor.bits < LEAST_ANCHOR_BITS:
            continue
        first, last = np.searchsorted(starts, (anchor.start - NEAR, anchor.start + NEAR + 1))
        near = [piece for piece in pieces[first:last] if abs(piece.other_start - anchor.other_start) <= NEAR]
        near.sort(key=lambda piece: (-piece.bits, piece.start, piece.other_start))
        chosen: list[Piece] = []
        for piece in near:
            if all(_beside(piece, before) for before in chosen):
                chosen.append(piece)
        bits = sum(piece.bits - PIECE_BITS for piece in chosen)
        start, end = min(piece.start for piece in chosen), max(piece.start + piece.length for piece in chosen)
        other_start, other_end = min(piece.other_start for piece in chosen), max(piece.other_start + piece.length for piece in chosen)
        covered = sum(piece.length for piece in chosen)
        if bits >= LEAST_BITS and covered >= LEAST_COVER * min(end - start, other_end - other_start):
            found.append((bits, start, end, other_start, other_end))
    apart: list[tuple[int, int, int, int]] = []
    for _, *span in sorted(found, key=lambda row: (-row[0], *row[1:])):
        if not any(_meet(tuple(span), before) for before in apart):
            apart.append((span[0], span[1], span[2], span[3]))
    return apart


def _beside(one: Piece, other: Piece) -> bool:
    apart = one.start + one.length <= other.start or other.start + other.length <= one.start
    return apart and (one.other_start + one.length <= other.other_start or other.other_start + other.length <= one.other_start)
