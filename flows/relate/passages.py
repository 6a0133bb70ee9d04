"""Passages: wording that two speeches share, word for word or edited here and there.

Six steps, so that a corpus of any size fits: each works on a part of the whole, and what they hand on is small. A *range* is some shards in
a row with about `parts.RANGE` seeds, so that a range and another are in memory together, never all.
1. `fingerprints.fingerprints`, per shard: the seeds of each speech, hashes of short runs of characters with their places;
2. `hits`, per range of hashes: places of two speeches with the same seed, found by sorting, never by comparing speeches;
3. chains, in `shared`, per range of speeches: hits of one pair of speeches that lie close together on both sides, in whatever order: an
   edited clause leaves a hole in the chain, a moved one a jump;
4. passages, in `shared`: chains drawn out as far as the wording agrees, measured, and kept if they are long enough for how common their
   wording is;
5. `retold`, once: what one speaker says twice in other words (`paraphrases`), from a sample of bounded size. Their similarity is low, 0.2
   to 0.6: filter by it for copies;
6. `in_order`, per range: the rows of the table.
The same rows come out however the speeches are cut into shards and ranges.

Reports share most of their wording with hundreds of others, which says nothing about who copied whom. A seed that stands in more than CROWD
places is common wording and starts nothing, so that the work grows with the text and not with its square; how much was left out this way
is counted. Up to there a seed weighs less the more often it stands, so that wording which ten speeches share must run on for longer than
wording which only two share.
"""
import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import product
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist

from flows.relate import parts
from flows.relate.fingerprints import BREAK, NUMBER_BITS, RUN, SEED, Codes, numbers_of
from flows.relate.paraphrases import Anchors, Spans, anchors, paraphrases
from flows.relate.parts import partitions_of, ranges_of, share_of
from flows.segment.texts import Texts
from flows.segment.wordlist import WordList
from flows.tables import empty_frame
from schemas import PASSAGES
from schemas.lexicons import entries

CROWD = 12  # places
LEAST_CHARACTERS = 20
# Han characters that agree, times the rarity of their wording: what a passage must have (20 characters are 16 to 19 Han ones, of which an
# edit leaves about 12), and what a chain must have before it is looked at further.
LEAST_WEIGHT = 12.0
LEAST_RUN = 9.0
# What is left of a short passage where three clauses in ten are others altogether, and these not the shortest. Of forty read of the
# passages between 0.6 and 0.7 over the work reports, all were wording taken over and edited.
LEAST_SIMILARITY = 0.6
SKIP = 13  # characters, a clause
SKIP_DIFFERENCE = 5  # how much longer the spot may be on one side than on the other, unless nothing at all stands there on one side
SKIP_COST = 0.8  # characters that must agree beyond an edited spot for each character in it
ROUNDS = 3
REACH = 32  # Han characters without a hit, on either side, that end a chain: two clauses and what their edits take from their neighbours
FARTHEST = 256  # Han characters
ALIGNED = 20_000  # Han characters; the work of an alignment grows with the square, and of a longer passage the chain tells enough
CLAUSE = 12  # Han characters
CHUNK = 1 << 17  # hits chained at a time
# A hit is one number: which seed of its range the one speech has, which seed of another range the other, in how many places it stands.
SEED_BITS, CROWD_BITS = np.uint64(28), np.uint64(4)

SCHEMA = empty_frame(PASSAGES).schema
Indices = npt.NDArray[np.int64]
Wide = npt.NDArray[np.uint64]

# How many characters to skip on the one side and on the other, the fewest first.
_SKIPS = sorted(
    (skips for skips in product(range(SKIP), repeat=2) if abs(skips[0] - skips[1]) <= SKIP_DIFFERENCE or 0 in skips),
    key=lambda skips: (sum(skips), abs(skips[0] - skips[1])),
)
_SKIPS_OR_NONE = np.array([*_SKIPS, (-1, -1)])
# The parts of a run of four that must agree for its first one, two, three, four characters to agree; and for its last.
_RIGHTWARD = tuple(np.uint64((1 << bits) - 1) for bits in (16, 32, 48, 64))
_LEFTWARD = tuple(np.uint64((1 << 64) - (1 << bits)) for bits in (48, 32, 16, 0))
_ONES, _HIGHS = np.uint64(0x0001_0001_0001_0001), np.uint64(0x8000_8000_8000_8000)
_BREAKS = np.uint64(BREAK) * _ONES
_string = ctypes.pythonapi.PyUnicode_FromKindAndData
_string.restype, _string.argtypes = ctypes.py_object, (ctypes.c_int, ctypes.c_void_p, ctypes.c_ssize_t)
_SEED_MASK, _CROWD_MASK = np.uint64((1 << 28) - 1), np.uint64(15)
# The weight of a seed by the number of places that it stands in.
_RARITY = np.sqrt(2 / np.maximum(np.arange(CROWD + 1), 2))


class Passages(NamedTuple):
    """rows: as schemas.passages; seeds: how many were looked at; common_seeds: of these, how many stood in more than CROWD places and so
    started no passage; kin_left_out: pairs of speeches that were not searched for paraphrases, to bound the work."""

    rows: pl.DataFrame
    seeds: int
    common_seeds: int
    kin_left_out: int


class Held(Protocol):
    """The fingerprints of a shard, as fingerprints.Prints has them: in memory, or read from files as each is asked for."""

    @property
    def speeches(self) -> pl.DataFrame: ...
    @property
    def seeds(self) -> Wide: ...
    @property
    def places(self) -> npt.NDArray[np.uint32]: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def gaps(self) -> npt.NDArray[np.uint32]: ...
    @property
    def skipped(self) -> npt.NDArray[np.int32]: ...


class Shard(NamedTuple):
    """What is known of some speeches, in order of speech_id: their fingerprints, and which of them count (the canonical ones)."""

    prints: Held
    counts: npt.NDArray[np.bool_]

    def sizes(self, what: str) -> Indices:
        """How many seeds, codes or gaps each speech has."""
        return self.prints.speeches[f"{what}_count"].to_numpy().astype(np.int64)


class Hits(NamedTuple):
    """Pairs of places with the same seed in one range of hashes, those of two ranges of speeches together. blocks: (range of the one
    speech, range of the other, first, end); seeds: how many were looked at; common: of these, how many stood in more than CROWD places."""

    numbers: Wide
    blocks: list[tuple[int, int, int, int]]
    seeds: int
    common: int


class Shared(NamedTuple):
    """The passages that the speeches of one range share with one another and with those of later ranges. rows: as schemas.passages, in no
    order; spans: by number of the speech in the whole corpus, and by index of its own codes."""

    rows: pl.DataFrame
    spans: Spans


class Corpus(NamedTuple):
    """The Han characters and wildcards of some speeches, end to end.

    ids: their speech_id; codes: their numbers, with a margin at both ends; firsts: the index of each speech's first,
    and at the end that of the margin; gaps: the indices before which something else stands, and of each speech's first; skipped: how many
    characters of something else its speech has had by then.
    """

    ids: pl.Series
    codes: Codes
    firsts: Indices
    gaps: npt.NDArray[np.uint32]
    skipped: npt.NDArray[np.int32]

    def offsets(self, indices: Indices, owners: Indices) -> Indices:
        """Where the characters at `indices` stand in their own texts."""
        order = np.argsort(indices)   # one after another they are found several times as fast
        gaps = np.empty(len(indices), np.int64)
        gaps[order] = np.searchsorted(self.gaps, indices[order].astype(np.uint32), side="right") - 1
        return indices - self.firsts[owners] + self.skipped[gaps]

    def is_gap(self, place: int) -> bool:
        """Whether something else stands right before the character at `place`."""
        at = int(np.searchsorted(self.gaps, np.uint32(place)))
        return at < len(self.gaps) and int(self.gaps[at]) == place


class Seeds(NamedTuple):
    """The seeds of a range, by speech and place: which speech of the range, and the index of its first character in the speech's codes."""

    owners: npt.NDArray[np.uint32]
    places: npt.NDArray[np.uint32]


@dataclass
class Chains:
    """Chains of hits. owners and others: the two speeches; starts, ends and other_starts, other_ends: indices into Corpus.codes; covered:
    Han characters of the one speech that hits cover; rarity: mean weight of a hit, 1 for wording that stands in two places."""

    owners: Indices
    others: Indices
    starts: Indices
    ends: Indices
    other_starts: Indices
    other_ends: Indices
    covered: Indices
    rarity: npt.NDArray[np.float64]

    def kept(self, which: npt.NDArray[np.bool_] | Indices) -> "Chains":
        return Chains(*(getattr(self, field.name)[which] for field in fields(self)))


_NONE = np.zeros(0, np.int64)
_NO_CHAINS = Chains(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE, _NONE, np.zeros(0))


def passages(shards: Sequence[Shard]) -> Passages:
    """The passages that two of the speeches share; the shards come in order of speech_id. All in one: for a corpus of one range."""
    counts = [len(shard.prints.seeds) for shard in shards]
    ranges, partitions = ranges_of(counts), partitions_of(sum(counts), parts.PARTITION)
    found = [hits(shards, ranges, number, partitions) for number in range(partitions)]
    share = share_of(sum(len(shard.prints.codes) for shard in shards))
    by_range = [shared(shards, ranges, number, found) for number in range(len(ranges))]
    sampled = Anchors(*map(np.concatenate, zip(*(anchors_of(shards, range_, share) for range_ in ranges))))
    again, left_out = retold(shards, sampled, Spans(*map(np.concatenate, zip(*(each.spans for each in by_range)))), share)
    return Passages(in_order([*(each.rows for each in by_range), again]), sum(each.seeds for each in found),
                    sum(each.common for each in found), left_out)


def in_order(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows in the order of the table."""
    return pl.concat(frames).sort("speech_id", "other_speech_id", "start", "other_start", "end", "other_end")


def hits(shards: Sequence[Shard], ranges: Sequence[Sequence[int]], partition: int, partitions: int) -> Hits:
    """The hits of the seeds whose hash lies in one of so many ranges of hashes."""
    low, high = ((part << (64 - NUMBER_BITS)) // partitions << NUMBER_BITS for part in (partition, partition + 1))
    runs = [(at, numbers, hashes) for at, shard in enumerate(shards) for numbers, hashes in _within(shard, low, high)]
    of_shards = np.concatenate([np.zeros(0, np.uint16), *(np.full(len(numbers), at, np.uint16) for at, numbers, _ in runs)])
    numbers = np.concatenate([np.zeros(0, np.int64), *(numbers for _, numbers, _ in runs)])
    hashes = np.concatenate([np.zeros(0, np.uint64), *(hashes for *_, hashes in runs)])
    del runs
    mask = np.uint64((1 << NUMBER_BITS) - 1)
    ordered = hashes
    ordered |= np.arange(len(hashes), dtype=np.uint64)
    ordered.sort()
    same = (ordered[1:] ^ ordered[:-1]) <= mask
    repeated = np.zeros(len(ordered), bool)
    repeated[1:] = same
    repeated[:-1] |= same
    ordered = ordered.take(np.flatnonzero(repeated))
    hashes = ordered >> np.uint64(NUMBER_BITS)
    first = np.flatnonzero(np.diff(hashes, prepend=np.uint64(0)))
    sizes = np.diff(np.append(first, len(hashes)))
    rare = np.repeat(sizes <= CROWD, sizes)
    common = int(len(rare) - rare.sum())
    kept = np.flatnonzero(rare)
    crowds, hashes = np.repeat(sizes, sizes).take(kept).astype(np.uint64), hashes.take(kept)
    indices = (ordered.take(kept) & mask).astype(np.int64)
    seen = len(numbers)
    placed, owners, in_ranges = _placed(shards, ranges, of_shards.take(indices), numbers.take(indices))
    pairs, blocks = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    one = np.arange(len(hashes))
    for step in range(1, CROWD):
        # The places of one seed lie together: what has none at this distance has none farther away.
        one = one[:np.searchsorted(one, len(hashes) - step)]
        one = one.take(np.flatnonzero(hashes.take(one + step) == hashes.take(one)))
        apart = one.take(np.flatnonzero(owners.take(one) != owners.take(one + step)))
        pairs.append((placed.take(apart) << SEED_BITS | placed.take(apart + step)) << CROWD_BITS | crowds.take(apart))
        blocks.append(in_ranges.take(apart) * np.uint64(len(ranges)) + in_ranges.take(apart + step))
    return Hits(*_by_block(np.concatenate(pairs), np.concatenate(blocks), len(ranges)), seen, common)


def _within(shard: Shard, low: int, high: int) -> Iterator[tuple[Indices, Wide]]:
    """The seeds of those speeches that count, from hash `low` to before `high`, run by run: their numbers and their hashes."""
    whole, counts = shard.prints.seeds, None if shard.counts.all() else np.repeat(shard.counts, shard.sizes("seed"))
    for start in range(0, len(whole), RUN):
        run = whole[start:start + RUN]
        first = int(np.searchsorted(run, np.uint64(low)))
        run = run[first:int(np.searchsorted(run, np.uint64(high))) if high >> 64 == 0 else len(run)]
        numbers = numbers_of(run, start)
        hashes = run >> np.uint64(NUMBER_BITS) << np.uint64(NUMBER_BITS)
        yield (numbers, hashes) if counts is None else (numbers[counts[numbers]], hashes[counts[numbers]])


def _placed(shards: Sequence[Shard], ranges: Sequence[Sequence[int]], of_shards: npt.NDArray[np.uint16],
            numbers: Indices) -> tuple[Wide, Indices, Wide]:
    """Of seeds by their shards and their numbers there: their numbers in their ranges, their speeches by number in the corpus, and their
    ranges."""
    owners, in_ranges = np.zeros(len(numbers), np.int64), np.zeros(len(numbers), np.uint64)
    speeches = 0
    for number, members in enumerate(ranges):
        seeds = 0
        for at in members:
            sizes = shards[at].sizes("seed")
            here = np.flatnonzero(of_shards == at)
            owners[here] = np.searchsorted(np.cumsum(sizes), numbers[here], side="right") + speeches
            numbers[here] += seeds
            in_ranges[here] = number
            seeds += int(sizes.sum())
            speeches += len(sizes)
    return numbers.astype(np.uint64), owners, in_ranges


def _by_block(pairs: Wide, blocks: Wide, ranges: int) -> tuple[Wide, list[tuple[int, int, int, int]]]:
    if ranges > 1:
        order = np.argsort(blocks.astype(np.min_scalar_type(ranges * ranges)), kind="stable")   # numbers so small are not even compared
        pairs, blocks = pairs.take(order), blocks.take(order)
    first = np.flatnonzero(np.diff(blocks, prepend=np.uint64(1 << 63)))
    ends = np.append(first, len(blocks))[1:]
    return pairs, [(*divmod(int(blocks[low]), ranges), int(low), int(end)) for low, end in zip(first, ends)]


def shared(shards: Sequence[Shard], ranges: Sequence[Sequence[int]], number: int, found: Sequence[Hits]) -> Shared:
    """The passages that the speeches of range `number` share with one another and with those of later ranges, for the hits of all ranges
    of hashes."""
    seeds = _seeds_of(shards, ranges[number])
    rows, spans = [pl.DataFrame(schema=SCHEMA)], [Spans(*np.zeros((6, 0), np.int64))]
    speeches = np.cumsum([0, *(shard.prints.speeches.height for shard in shards)])
    bases = [int(speeches[members[0]]) if members else 0 for members in ranges]
    for other in range(number, len(ranges)):
        pairs = np.concatenate([np.zeros(0, np.uint64), *(
            each.numbers[low:end] for each in found for one, two, low, end in each.blocks if (one, two) == (number, other))])
        if not len(pairs):
            continue
        pairs.sort()
        block = _Block(shards, ranges[number], ranges[other], seeds, seeds if other == number else _seeds_of(shards, ranges[other]), pairs)
        chains = _all([_weighty(_merged(_drawn_out(_chains(chunk, block), block.corpus)), block.corpus)
                       for chunk in _chunks(pairs, seeds.owners)])
        rows.append(_rows(chains, block.corpus))
        spans.append(_spans(chains, block, bases[number], bases[other]))
        del block, pairs   # before the next is put together
    return Shared(pl.concat(rows), Spans(*map(np.concatenate, zip(*spans))))


def _seeds_of(shards: Sequence[Shard], members: Sequence[int]) -> Seeds:
    sizes = np.concatenate([np.zeros(0, np.int64), *(shards[at].sizes("seed") for at in members)])
    return Seeds(np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes),
                 np.concatenate([np.zeros(0, np.uint32), *(shards[at].prints.places for at in members)]))


class _Block:
    """Two ranges side by side, or one with itself: their seeds, and the characters of those speeches that have a hit.

    numbers and other_numbers: for each speech of a range its number in the corpus of the block.
    """

    def __init__(self, shards: Sequence[Shard], one: Sequence[int], other: Sequence[int], seeds: Seeds, other_seeds: Seeds,
                 pairs: Wide) -> None:
        self.seeds, self.other_seeds = seeds, other_seeds
        wanted, other_wanted = (_mask(shards, members) for members in (one, other))
        wanted[seeds.owners[(pairs >> (SEED_BITS + CROWD_BITS)).astype(np.int64)]] = True
        other_wanted[other_seeds.owners[(pairs >> CROWD_BITS & _SEED_MASK).astype(np.int64)]] = True
        if seeds is other_seeds:
            wanted |= other_wanted
            self.rows = np.flatnonzero(wanted)
            self.own = len(self.rows)
            self.corpus = corpus_of(shards, one, wanted)
            self.numbers = self.other_numbers = np.cumsum(wanted) - 1
        else:
            self.rows = np.concatenate([np.flatnonzero(wanted), np.flatnonzero(other_wanted)])
            self.own = int(wanted.sum())
            self.corpus = corpus_of(shards, [*one, *other], np.concatenate([wanted, other_wanted]))
            self.numbers, self.other_numbers = np.cumsum(wanted) - 1, np.cumsum(other_wanted) - 1 + self.own


def _mask(shards: Sequence[Shard], members: Sequence[int]) -> npt.NDArray[np.bool_]:
    return np.zeros(sum(shards[at].prints.speeches.height for at in members), bool)


def corpus_of(shards: Sequence[Shard], members: Sequence[int], wanted: npt.NDArray[np.bool_]) -> Corpus:
    """The characters of those speeches of some shards that are `wanted`. Raises ValueError where the speeches are out of order."""
    margin = np.full(SKIP + 4, BREAK, np.uint16)  # so that looking beyond the first and the last text needs no care
    ids = [pl.Series("speech_id", [], pl.String)]
    codes, sizes, gaps, skipped = [margin], [np.array([len(margin)])], [np.zeros(1, np.uint32)], [np.zeros(1, np.int32)]
    read = len(margin)
    first = 0
    for shard in (shards[at] for at in members):
        here = wanted[first:first + shard.prints.speeches.height]
        first += len(here)
        lengths, gap_counts = shard.sizes("code"), shard.sizes("gap")
        shard_codes, shard_gaps, shard_skipped = shard.prints.codes, shard.prints.gaps, shard.prints.skipped
        starts, gap_starts = np.cumsum(lengths) - lengths, np.cumsum(gap_counts) - gap_counts
        ids.append(shard.prints.speeches["speech_id"].filter(pl.Series(here)))
        sizes.append(lengths[here])
        for low, high in _runs(here):
            start, end = int(starts[low]), int(starts[high - 1] + lengths[high - 1])
            gap_start, gap_end = int(gap_starts[low]), int(gap_starts[high - 1] + gap_counts[high - 1])
            codes.append(shard_codes[start:end])
            gaps.append((shard_gaps[gap_start:gap_end].astype(np.int64) + (read - start)).astype(np.uint32))
            skipped.append(shard_skipped[gap_start:gap_end])
            read += end - start
    keys = pl.concat(ids)
    if not keys.is_sorted():
        raise ValueError("the speeches are out of order")
    together = np.concatenate([*codes, margin])
    return Corpus(keys, together, np.cumsum(np.concatenate(sizes)), np.concatenate(gaps), np.concatenate(skipped))


def _runs(wanted: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(first, end) of the rows in a row that are wanted."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], wanted.astype(np.int8), [0]])))
    return [(int(low), int(high)) for low, high in edges.reshape(-1, 2)]


def _spans(chains: Chains, block: _Block, base: int, other_base: int) -> Spans:
    """The chains by numbers of speeches in the whole corpus, and indices of their own codes."""
    owners, others = block.rows[chains.owners] + base, block.rows[chains.others] + other_base
    firsts, other_firsts = block.corpus.firsts[chains.owners], block.corpus.firsts[chains.others]
    return Spans(owners, others, chains.starts - firsts, chains.ends - firsts, chains.other_starts - other_firsts,
                 chains.other_ends - other_firsts)


def anchors_of(shards: Sequence[Shard], members: Sequence[int], share: float) -> Anchors:
    """The sample of one range that pairs of speeches with paraphrases are told by, of a `share` of all places."""
    speeches = np.cumsum([0, *(shard.prints.speeches.height for shard in shards)])
    return Anchors(*map(np.concatenate, zip(Anchors(*np.zeros((3, 0), np.uint32)), *(
        anchors(shards[at].prints.codes, shards[at].sizes("code"), shards[at].counts, int(speeches[at]), share) for at in members))))


def retold(shards: Sequence[Shard], sampled: Anchors, known: Spans, share: float) -> tuple[pl.DataFrame, int]:
    """The passages that are paraphrases, as schemas.passages, and how many pairs of speeches were not searched for them; `sampled`: the
    anchors of all speeches, `known`: the passages that were found by their seeds."""
    speeches = np.cumsum([0, *(shard.prints.speeches.height for shard in shards)])
    lengths = np.concatenate([np.zeros(0, np.int64), *(shard.sizes("code") for shard in shards)])

    def wording(number: int) -> str:
        at = int(np.searchsorted(speeches, number, side="right")) - 1
        start = int(lengths[speeches[at]:number].sum())
        return wording_of(shards[at].prints.codes[start:start + int(lengths[number])])

    spans, left_out = paraphrases(sampled, share, lengths, wording, known)
    if not len(spans.owners):
        return pl.DataFrame(schema=SCHEMA), left_out
    wanted = np.zeros(len(lengths), bool)
    wanted[spans.owners] = wanted[spans.others] = True
    corpus = corpus_of(shards, range(len(shards)), wanted)
    numbers = np.cumsum(wanted) - 1
    owners, others = numbers[spans.owners], numbers[spans.others]
    first, other_first = corpus.firsts[owners], corpus.firsts[others]
    chains = _whole_clauses(Chains(owners, others, spans.starts + first, spans.ends + first, spans.other_starts + other_first,
                                   spans.other_ends + other_first, np.zeros(len(owners), np.int64), np.ones(len(owners))), corpus)
    chains.covered = _agreement(chains, *_wordings(chains, corpus))
    return _rows(chains, corpus), left_out


def wording_of(codes: Codes) -> str:
    """The codes as characters of a string, so that what compares strings can compare them."""
    units = np.ascontiguousarray(codes)
    return str(_string(2, units.ctypes.data, len(units)))   # two bytes each: a copy, where decoding looks at each for surrogates


def _chunks(pairs: Wide, owners: npt.NDArray[np.uint32]) -> Iterator[Wide]:
    """The hits cut between speeches into chunks of about CHUNK."""
    shift = SEED_BITS + CROWD_BITS
    first = 0
    while first < len(pairs):
        last = min(first + CHUNK, len(pairs)) - 1
        speech = owners[int(pairs[last] >> shift)]
        end = int(np.searchsorted(pairs, np.uint64(int(np.searchsorted(owners, speech, side="right")) << int(shift))))
        yield pairs[first:end]
        first = end


def _all(chains: list[Chains]) -> Chains:
    names = [field.name for field in fields(Chains)]
    return Chains(*(np.concatenate([getattr(one, name) for one in (_NO_CHAINS, *chains)]) for name in names))


def _chains(hits: Wide, block: _Block) -> Chains:
    ones, others = (hits >> (SEED_BITS + CROWD_BITS)).astype(np.int64), (hits >> CROWD_BITS & _SEED_MASK).astype(np.int64)
    crowds = (hits & _CROWD_MASK).astype(np.int64)
    pairs = block.numbers.take(block.seeds.owners.take(ones)).astype(np.uint64) << np.uint64(32)
    pairs |= block.other_numbers.take(block.other_seeds.owners.take(others)).astype(np.uint64)
    index = _by_pair(pairs)
    ones, others, pairs, crowds = ones.take(index), others.take(index), pairs.take(index), crowds.take(index)
    places, other_places = block.seeds.places.take(ones).astype(np.int64), block.other_seeds.places.take(others).astype(np.int64)
    steps, other_steps = np.diff(places), np.abs(np.diff(other_places))
    new = np.ones(len(hits), bool)
    new[1:] = (pairs[1:] != pairs[:-1]) | (steps > REACH) | (other_steps > REACH)
    first = np.flatnonzero(new)
    sizes = np.diff(np.append(first, len(hits)))
    gains = np.full(len(hits), SEED)
    gains[1:] = np.where(new[1:], SEED, np.minimum(steps, SEED))
    rarity = np.add.reduceat(_RARITY.take(crowds), first) / sizes
    low, high = np.minimum.reduceat(other_places, first), np.maximum.reduceat(other_places, first) + SEED
    covered = np.add.reduceat(gains, first)
    # A lone seed is evidence of a passage only if these two speeches alone have it.
    fit = (sizes > 1) | (crowds[first] == 2)
    first, last = first[fit], (first + sizes - 1)[fit]
    owners, other_owners = (pairs[first] >> np.uint64(32)).astype(np.int64), (pairs[first] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    base, other_base = block.corpus.firsts[owners], block.corpus.firsts[other_owners]
    return Chains(
        owners, other_owners, base + places[first], base + places[last] + SEED, other_base + low[fit], other_base + high[fit], covered[fit],
        rarity[fit],
    )


def _by_pair(pairs: Wide) -> Indices:
    """The order that puts the hits of one pair of speeches together, each pair's own as they were."""
    bits = max(len(pairs) - 1, 1).bit_length()
    ones, others = pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF)
    other_bits = max(int(others.max()), 1).bit_length()
    first = ones.min()
    if int(ones.max() - first).bit_length() + other_bits + bits > 64:
        return np.argsort(pairs, kind="stable")
    order = ((ones - first) << np.uint64(other_bits) | others) << np.uint64(bits) | np.arange(len(pairs), dtype=np.uint64)
    order.sort()   # ten times as fast
    return (order & np.uint64((1 << bits) - 1)).astype(np.int64)


def _drawn_out(chains: Chains, corpus: Corpus) -> Chains:
    """The chains with their ends moved outward: as far as the characters agree, and then over edited spots as long as more agrees beyond a
    spot than stands in it."""
    for step in (-1, 1):
        edge, other_edge = _edges(chains, step)
        chains.covered[:] += _agreeing(corpus, edge, other_edge, step)
    chains = chains.kept(chains.covered * chains.rarity >= LEAST_RUN)
    for step in (-1, 1):
        edge, other_edge = _edges(chains, step)
        going = np.arange(len(edge))
        debt = np.zeros(len(edge))
        covered = np.zeros(len(edge), np.int64)
        places, other_places = edge.copy(), other_edge.copy()
        for _ in range(ROUNDS):
            skips, other_skips = _skips(corpus, places[going], other_places[going], step)
            found = skips >= 0
            going, skips, other_skips = going[found], skips[found], other_skips[found]
            here, other_here = places[going] + step * skips, other_places[going] + step * other_skips
            runs = _agreeing(corpus, here, other_here, step)
            places[going], other_places[going] = here, other_here
            covered[going] += runs
            debt[going] += SKIP_COST * np.maximum(skips, other_skips) - runs
            paid = going[debt[going] < 0]
            edge[paid], other_edge[paid] = places[paid], other_places[paid]
            chains.covered[paid] += covered[paid]
            covered[paid], debt[paid] = 0, 0
    return chains


def _edges(chains: Chains, step: int) -> tuple[Indices, Indices]:
    return (chains.starts, chains.other_starts) if step < 0 else (chains.ends, chains.other_ends)


def _agreeing(corpus: Corpus, edge: Indices, other_edge: Indices, step: int) -> Indices:
    """Move left (step -1) or right (1) edges outward as long as the characters agree, but no more than FARTHEST; how many did. What agrees
    farther has seeds of its own, whose chain meets this one."""
    runs = np.zeros(len(edge), np.int64)
    going = np.arange(len(edge))
    fours = _fours(corpus.codes)
    for _ in range(FARTHEST // 4):
        if not len(going):
            break
        places, other_places = (edge[going], other_edge[going]) if step > 0 else (edge[going] - 4, other_edge[going] - 4)
        here = fours[places]
        differing = here ^ fours[other_places]
        here ^= _BREAKS  # a wildcard or an end of a text, now 0, equals none
        differing |= (here - _ONES) & ~here & _HIGHS
        agreed = np.zeros(len(going), np.int64)
        for mask in (_RIGHTWARD if step > 0 else _LEFTWARD):
            agreed += differing & mask == 0
        edge[going] += step * agreed
        other_edge[going] += step * agreed
        runs[going] += agreed
        going = going[agreed == 4]
    return runs


def _fours(codes: Codes) -> Wide:
    """Each run of four characters as a number, the first lowest: a view, not a copy."""
    return np.ndarray(max(len(codes) - 3, 0), np.dtype("<u8"), codes, strides=(2,))


def _skips(corpus: Corpus, edge: Indices, other_edge: Indices, step: int) -> tuple[Indices, Indices]:
    """How many characters to skip beyond each edge, fewer than SKIP on either side, until three agree again; -1 where they do not."""
    skips, other_skips = np.full(len(edge), -1), np.full(len(edge), -1)
    for first in range(0, len(edge), 1 << 15):  # the tables of one part stay in the processor's cache
        part = slice(first, first + (1 << 15))
        threes, other_threes = _threes_beyond(corpus, edge[part], step, 0), _threes_beyond(corpus, other_edge[part], step, 1)
        nearest = np.full(threes.shape[1], len(_SKIPS), np.uint8)
        for number in range(len(_SKIPS) - 1, -1, -1):
            skip, other_skip = _SKIPS[number]
            nearest[threes[skip] == other_threes[other_skip]] = number
        skips[part], other_skips[part] = _SKIPS_OR_NONE[nearest].T
    return skips, other_skips


def _threes_beyond(corpus: Corpus, edge: Indices, step: int, none: int) -> npt.NDArray[np.uint32]:
    """For each number of characters skipped beyond each edge, a hash of the next three; `none` where the text ends or a wildcard stands
    before or within them."""
    reach = np.arange(SKIP + 2) if step > 0 else -1 - np.arange(SKIP + 2)
    codes = corpus.codes.take(edge + reach[:, None]).astype(np.uint32)
    threes = (codes[:-2] | codes[1:-1] << np.uint32(16)) * np.uint32(0x85EBCA77) ^ codes[2:] * np.uint32(0x9E3779B1)
    threes[np.logical_or.accumulate(codes <= BREAK + 1, axis=0)[2:]] = none
    return threes


def _merged(chains: Chains) -> Chains:
    """The chains with those that overlap on both sides made one: drawn out, two parts of one passage meet."""
    if not len(chains.starts):
        return chains
    order = np.lexsort((chains.other_starts, chains.starts, chains.others, chains.owners))
    chains = chains.kept(order)
    apart = (np.diff(chains.owners) != 0) | (np.diff(chains.others) != 0)
    # Ends so far, pair by pair: each pair's numbers are lifted above those of the pair before.
    lift = np.append(0, np.cumsum(apart)) * (int(chains.ends.max()) + 1)
    reached = np.maximum.accumulate(chains.ends + lift) - lift
    new = np.ones(len(chains.starts), bool)
    new[1:] = apart | (chains.starts[1:] >= reached[:-1])
    new[1:] |= (chains.other_starts[1:] >= chains.other_ends[:-1]) | (chains.other_ends[1:] <= chains.other_starts[:-1])
    first = np.flatnonzero(new)
    starts, ends = chains.starts[first], np.maximum.reduceat(chains.ends, first)
    sizes = np.diff(np.append(first, len(new)))
    twice = np.append(0, np.clip(reached[:-1] - chains.starts[1:], 0, None))
    covered = np.where(new, chains.covered, np.clip(chains.covered - twice, 0, None))
    return Chains(
        chains.owners[first], chains.others[first], starts, ends,
        np.minimum.reduceat(chains.other_starts, first), np.maximum.reduceat(chains.other_ends, first),
        np.add.reduceat(covered, first), np.add.reduceat(chains.rarity, first) / sizes,
    )


def _whole_clauses(chains: Chains, corpus: Corpus) -> Chains:
    """The chains with each end moved out to the next punctuation mark or wildcard, or the end of the text, if one stands within CLAUSE
    characters."""
    for edges, step in ((chains.starts, -1), (chains.ends, 1), (chains.other_starts, -1), (chains.other_ends, 1)):
        for number, edge in enumerate(edges.tolist()):
            for place in range(edge, edge + step * CLAUSE, step):
                if BREAK in corpus.codes[place - 1:place + 1] or corpus.is_gap(place):
                    edges[number] = place
                    break
    return chains


def _weighty(chains: Chains, corpus: Corpus) -> Chains:
    """The chains that are passages: long enough for how common their wording is, and alike enough; `covered` is what agrees in them."""
    lengths, other_lengths = chains.ends - chains.starts, chains.other_ends - chains.other_starts
    chains = chains.kept(np.minimum(lengths, other_lengths) * chains.rarity >= LEAST_WEIGHT)
    ones, others = _wordings(chains, corpus)
    chains.covered = agreeing = _agreement(chains, ones, others)
    lengths, other_lengths = chains.ends - chains.starts, chains.other_ends - chains.other_starts
    kept = (agreeing * chains.rarity >= LEAST_WEIGHT) & (2 * agreeing >= LEAST_SIMILARITY * (lengths + other_lengths))
    # Stock wording weighs nothing, as much of it as the side with less of it has: what is heavy enough by one side
    # is not asked of the other.
    light = np.flatnonzero(kept)
    for wordings in (ones, others):
        own = agreeing[light] - _stock([wordings[number] for number in light.tolist()])
        light = light[own * chains.rarity[light] < LEAST_WEIGHT]
    kept[light] = False
    return chains.kept(kept)


def _wordings(chains: Chains, corpus: Corpus) -> tuple[list[str], list[str]]:
    return _cut(corpus.codes, chains.starts, chains.ends), _cut(corpus.codes, chains.other_starts, chains.other_ends)


def _cut(codes: Codes, starts: Indices, ends: Indices) -> list[str]:
    """Each span of the codes as a string."""
    lengths = ends - starts
    bounds = np.cumsum(lengths)
    together = wording_of(codes.take(np.repeat(starts - bounds + lengths, lengths) + np.arange(lengths.sum())))
    return [together[end - length:end] for end, length in zip(bounds.tolist(), lengths.tolist())]


def _agreement(chains: Chains, ones: list[str], others: list[str]) -> Indices:
    """How many characters of the two sides agree."""
    lengths, other_lengths = chains.ends - chains.starts, chains.other_ends - chains.other_starts
    huge = np.maximum(lengths, other_lengths) > ALIGNED
    for number in np.flatnonzero(huge).tolist():
        ones[number] = others[number] = ""
    covered = np.minimum(chains.covered, np.minimum(lengths, other_lengths))
    in_order = np.where(huge, covered, cpdist(ones, others, scorer=LCSseq.similarity))
    # Clauses in another order: the alignment loses those that moved, the hits do not.
    moved = 2 * in_order < LEAST_SIMILARITY * (lengths + other_lengths)
    return np.where(moved, np.maximum(in_order, covered), in_order).astype(np.int64)


def _rows(chains: Chains, corpus: Corpus) -> pl.DataFrame:
    starts, ends = corpus.offsets(chains.starts, chains.owners), corpus.offsets(chains.ends - 1, chains.owners) + 1
    other_starts, other_ends = corpus.offsets(chains.other_starts, chains.others), corpus.offsets(chains.other_ends - 1, chains.others) + 1
    rows = pl.DataFrame({
        "speech_id": corpus.ids.gather(chains.owners), "start": starts, "end": ends,
        "other_speech_id": corpus.ids.gather(chains.others), "other_start": other_starts, "other_end": other_ends,
        "char_count": np.minimum(ends - starts, other_ends - other_starts),
        "similarity": 2 * chains.covered / (chains.ends - chains.starts + chains.other_ends - chains.other_starts),
    }, schema_overrides=SCHEMA)
    return rows.filter(pl.col("char_count") >= LEAST_CHARACTERS)


@cache
def _stock_wording() -> WordList:
    return WordList(entries("stock_wording.txt"))


def _stock(wordings: list[str]) -> Indices:
    """How many characters of each are stock wording: courtesies, requests to the meeting, doctrines by their full names."""
    texts = Texts(wordings)
    starts, ends, _ = _stock_wording().spans(texts)
    return np.bincount(texts.owners(starts), weights=ends - starts, minlength=len(wordings)).astype(np.int64)
