"""Passages: wording that two speeches share, word for word or edited here and there.

Five steps; the first runs per shard, the rest on its results:
1. `fingerprints.fingerprints`: the seeds of each speech, hashes of short runs of characters with their places;
2. hits: places of two speeches with the same seed, found by sorting the seeds, hash range by hash range, never by comparing speeches;
3. chains: hits of one pair of speeches that lie close together on both sides, in whatever order: an edited clause leaves a hole in the
   chain, a moved one a jump;
4. passages: chains drawn out as far as the wording agrees, measured, and kept if they are long enough for how common their wording is;
5. `paraphrases.paraphrases`: what one speaker says twice in other words. Their similarity is low, 0.2 to 0.6: filter by it for copies.

Reports share most of their wording with hundreds of others, which says nothing about who copied whom. A seed that stands in more than CROWD
places is common wording and starts nothing, so that the work grows with the text and not with its square; how much was left out this way
is counted. Up to there a seed weighs less the more often it stands, so that wording which ten speeches share must run on for longer than
wording which only two share.
"""
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from functools import cache, partial
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist

from flows.relate.fingerprints import BREAK, PLACE_BITS, SEED, Codes, HanStream, batches, han_stream
from flows.relate.paraphrases import Spans, paraphrases
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
PARTITION = 1 << 21  # seeds sorted at a time
FARTHEST = 256  # Han characters
ALIGNED = 20_000  # Han characters; the work of an alignment grows with the square, and of a longer passage the chain tells enough
CLAUSE = 12  # Han characters
CHUNK = 1 << 18  # hits chained at a time
THREADS = 2

SCHEMA = pl.Schema({
    "speech_id": pl.String(), "start": pl.Int32(), "end": pl.Int32(),
    "other_speech_id": pl.String(), "other_start": pl.Int32(), "other_end": pl.Int32(),
    "char_count": pl.Int32(), "similarity": pl.Float32(),
})
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
# The weight of a seed by the number of places that it stands in.
_RARITY = np.sqrt(2 / np.maximum(np.arange(CROWD + 1), 2))


class Passages(NamedTuple):
    """rows: as schemas.passages; seeds: how many were looked at; common_seeds: of these, how many stood in more than CROWD places and so
    started no passage; kin_left_out: pairs of speeches that were not searched for paraphrases, to bound the work."""

    rows: pl.DataFrame
    seeds: int
    common_seeds: int
    kin_left_out: int


class Corpus(NamedTuple):
    """The Han characters and wildcards of all speeches, end to end.

    codes: their numbers, with a margin at both ends; wording: as a string; firsts: the index of each speech's first, and at the end that
    of the margin; gaps: the indices before which something else stands, and of each speech's first; skipped: how many characters of
    something else its speech has had by then.
    """

    codes: Codes
    wording: str
    firsts: Indices
    gaps: npt.NDArray[np.uint32]
    skipped: npt.NDArray[np.int32]

    def offsets(self, indices: Indices, owners: Indices) -> Indices:
        """Where the characters at `indices` stand in their own texts."""
        return indices - self.firsts[owners] + self.skipped[np.searchsorted(self.gaps, indices.astype(np.uint32), side="right") - 1]

    def is_gap(self, place: int) -> bool:
        """Whether something else stands right before the character at `place`."""
        at = int(np.searchsorted(self.gaps, np.uint32(place)))
        return at < len(self.gaps) and int(self.gaps[at]) == place


class Seeds(NamedTuple):
    """All seeds, speech by speech: hash and place as fingerprints has them; which speech; in how many places the seed stands."""

    values: Wide
    owners: npt.NDArray[np.uint32]
    crowds: npt.NDArray[np.uint8]


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


def passages(speeches: Iterable[pl.DataFrame]) -> Passages:
    """The passages that two of the speeches share. `speeches`: frames of canonical ones in order of speech_id, with text and the seeds of
    their fingerprints; each is read and let go, since the texts of a corpus need not fit in memory. The same rows come out however they
    are cut into frames. Raises ValueError where they are out of order."""
    with ThreadPoolExecutor(THREADS) as threads:
        ids, corpus, seeds = _gathered(speeches, threads)
        found = list(threads.map(partial(_hits, seeds), _partitions(seeds.values)))
        common = sum(common for _, common in found)
        hits = np.concatenate([np.zeros(0, np.uint64), *(one for one, _ in found)])
        del found
        hits.sort()
        chains = _all(list(threads.map(partial(_chunk_passages, seeds=seeds, corpus=corpus), _chunks(hits, seeds.owners))))
    seed_count = len(seeds.values)
    del hits, seeds
    known = Spans(chains.owners, chains.others, chains.starts, chains.ends, chains.other_starts, chains.other_ends)
    spans, left_out = paraphrases(corpus.codes, corpus.wording, corpus.firsts, known)
    retold = _whole_clauses(Chains(*spans, np.zeros(len(spans.owners), np.int64), np.ones(len(spans.owners))), corpus)
    retold.covered = _agreement(retold, *_wordings(retold, corpus))
    rows = _rows(_all([chains, retold]), corpus, ids)
    rows = rows.sort("speech_id", "other_speech_id", "start", "other_start", "end", "other_end")
    return Passages(rows, seed_count, common, left_out)


def _gathered(speeches: Iterable[pl.DataFrame], threads: ThreadPoolExecutor) -> tuple[pl.Series, Corpus, Seeds]:
    """The ids of the speeches, with their characters and seeds. Raises ValueError where they are out of order."""
    margin = np.full(SKIP + 4, BREAK, np.uint16)  # so that looking beyond the first and the last text needs no care
    ids = [pl.Series("speech_id", [], pl.String)]
    codes, sizes, gaps, skipped = [margin], [np.array([len(margin)])], [np.zeros(1, np.uint32)], [np.zeros(1, np.int32)]
    values, counts = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    read = len(margin)
    for frame in speeches:
        ids.append(frame["speech_id"])
        values.append(frame["seeds"].explode(empty_as_null=False).drop_nulls().to_numpy())
        counts.append(frame["seeds"].list.len().fill_null(0).to_numpy().astype(np.int64))
        for stream, found, skips in threads.map(lambda batch: _gaps(batch[1]), batches(frame["text"].to_list())):
            codes.append(stream.codes)
            sizes.append(np.diff(stream.firsts))
            gaps.append((found + read).astype(np.uint32))
            skipped.append(skips)
            read += len(stream.codes)
    keys = pl.concat(ids)
    if not keys.is_sorted():
        raise ValueError("the speeches are out of order")
    # What is no longer needed goes at once: seeds and characters of a whole corpus twice over do not fit side by side.
    held = np.concatenate(values)
    values.clear()
    together = np.concatenate([*codes, margin])
    codes.clear()
    corpus = Corpus(together, str(together.data, "utf-16-le"), np.cumsum(np.concatenate(sizes)), np.concatenate(gaps),
                    np.concatenate(skipped))
    owners = np.repeat(np.arange(len(keys), dtype=np.uint32), np.concatenate(counts))
    return keys, corpus, Seeds(held, owners, np.zeros(len(held), np.uint8))


def _gaps(texts: list[str]) -> tuple[HanStream, Indices, npt.NDArray[np.int32]]:
    """The stream of some texts; the indices before which something else stands, and of each text's first; and how many characters of
    something else each text has had by then."""
    stream = han_stream(texts)
    new = np.ones(len(stream.codes), bool)
    new[1:] = stream.places[1:] - stream.places[:-1] != 1
    new[stream.firsts[:-1]] = True
    found = np.flatnonzero(new)
    bases = np.repeat(stream.starts - stream.firsts[:-1], np.diff(np.searchsorted(found, stream.firsts)))
    return stream, found, (stream.places[found] - found - bases).astype(np.int32)


def _partitions(values: Wide) -> Iterator[Indices]:
    """The indices of seeds by range of hash: all places of one seed are in one partition."""
    bits = max(len(values) // PARTITION, 1).bit_length()
    ranges = values.astype("<u8", copy=False).view("<u2")[3::4] >> np.uint16(16 - bits)   # the highest of four: no copy of all of them
    for number in range(1 << bits):
        yield np.flatnonzero(ranges == number)


def _hits(seeds: Seeds, partition: Indices) -> tuple[Wide, int]:
    """Pairs of seeds of different speeches with the same hash, each as one number, the smaller index above the larger; and how many
    seeds were too common. Notes in `seeds.crowds` in how many places each seed stands."""
    places = np.uint64((1 << PLACE_BITS) - 1)
    ordered = seeds.values[partition] & ~places | np.arange(len(partition), dtype=np.uint64)
    ordered.sort()
    same = ordered[1:] >> np.uint64(PLACE_BITS) == ordered[:-1] >> np.uint64(PLACE_BITS)
    repeated = np.zeros(len(ordered), bool)
    repeated[1:] = same
    repeated[:-1] |= same
    ordered = ordered[repeated]
    hashes = ordered >> np.uint64(PLACE_BITS)
    first = np.flatnonzero(np.diff(hashes, prepend=np.uint64(0)))
    sizes = np.diff(np.append(first, len(hashes)))
    rare = np.repeat(sizes <= CROWD, sizes)
    crowds = np.repeat(sizes, sizes)[rare]
    hashes, indices = hashes[rare], partition[(ordered[rare] & places).astype(np.int64)]
    seeds.crowds[indices] = crowds
    pairs = [np.zeros(0, np.uint64)]
    one = np.arange(len(hashes))
    for step in range(1, CROWD):
        # The places of one seed lie together: what has none at this distance has none farther away.
        one = one[:np.searchsorted(one, len(hashes) - step)]
        one = one[hashes[one + step] == hashes[one]]
        ones, others = indices[one], indices[one + step]
        apart = seeds.owners[ones] != seeds.owners[others]
        pairs.append(ones[apart].astype(np.uint64) << np.uint64(32) | others[apart].astype(np.uint64))
    return np.concatenate(pairs), int(len(rare) - rare.sum())


def _chunks(hits: Wide, owners: npt.NDArray[np.uint32]) -> Iterator[Wide]:
    """The hits cut between speeches into chunks of about CHUNK."""
    first = 0
    while first < len(hits):
        last = min(first + CHUNK, len(hits)) - 1
        speech = int(owners[int(hits[last] >> np.uint64(32))])
        end = int(np.searchsorted(hits, np.uint64(int(np.searchsorted(owners, owners.dtype.type(speech), side="right")) << 32)))
        yield hits[first:end]
        first = end


def _chunk_passages(hits: Wide, seeds: Seeds, corpus: Corpus) -> Chains:
    return _weighty(_merged(_drawn_out(_chains(hits, seeds, corpus), corpus)), corpus)


def _all(chains: list[Chains]) -> Chains:
    names = [field.name for field in fields(Chains)]
    return Chains(*(np.concatenate([getattr(one, name) for one in (_NO_CHAINS, *chains)]) for name in names))


def _chains(hits: Wide, seeds: Seeds, corpus: Corpus) -> Chains:
    mask = np.uint64((1 << PLACE_BITS) - 1)
    ones, others = (hits >> np.uint64(32)).astype(np.int64), (hits & np.uint64(0xFFFFFFFF)).astype(np.int64)
    owners = seeds.owners[ones]
    order = (owners - owners[0]).astype(np.uint64) << np.uint64(44) | seeds.owners[others].astype(np.uint64) << np.uint64(24)
    order |= np.arange(len(hits), dtype=np.uint64)
    order.sort()
    index = (order & mask).astype(np.int64)
    ones, others, pairs = ones[index], others[index], order >> np.uint64(24)
    places, other_places = (seeds.values[ones] & mask).astype(np.int64), (seeds.values[others] & mask).astype(np.int64)
    steps, other_steps = np.diff(places), np.abs(np.diff(other_places))
    new = np.ones(len(hits), bool)
    new[1:] = (pairs[1:] != pairs[:-1]) | (steps > REACH) | (other_steps > REACH)
    first = np.flatnonzero(new)
    sizes = np.diff(np.append(first, len(hits)))
    gains = np.full(len(hits), SEED)
    gains[1:] = np.where(new[1:], SEED, np.minimum(steps, SEED))
    rarity = np.add.reduceat(_RARITY[seeds.crowds[ones]], first) / sizes
    low, high = np.minimum.reduceat(other_places, first), np.maximum.reduceat(other_places, first) + SEED
    covered = np.add.reduceat(gains, first)
    # A lone seed is evidence of a passage only if these two speeches alone have it.
    fit = (sizes > 1) | (seeds.crowds[ones[first]] == 2)
    first, last = first[fit], (first + sizes - 1)[fit]
    one, other = seeds.owners[ones[first]], seeds.owners[others[first]]
    base, other_base = corpus.firsts[one], corpus.firsts[other]
    return Chains(
        one.astype(np.int64), other.astype(np.int64), base + places[first], base + places[last] + SEED, other_base + low[fit],
        other_base + high[fit], covered[fit], rarity[fit],
    )


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
    codes = corpus.codes[edge + reach[:, None]].astype(np.uint32)
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
    ones = [corpus.wording[start:end] for start, end in zip(chains.starts.tolist(), chains.ends.tolist())]
    return ones, [corpus.wording[start:end] for start, end in zip(chains.other_starts.tolist(), chains.other_ends.tolist())]


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


def _rows(chains: Chains, corpus: Corpus, ids: pl.Series) -> pl.DataFrame:
    starts, ends = corpus.offsets(chains.starts, chains.owners), corpus.offsets(chains.ends - 1, chains.owners) + 1
    other_starts, other_ends = corpus.offsets(chains.other_starts, chains.others), corpus.offsets(chains.other_ends - 1, chains.others) + 1
    rows = pl.DataFrame({
        "speech_id": ids.gather(chains.owners), "start": starts, "end": ends,
        "other_speech_id": ids.gather(chains.others), "other_start": other_starts, "other_end": other_ends,
        "char_count": np.minimum(ends - starts, other_ends - other_starts),
        "similarity": 2 * chains.covered / (chains.ends - chains.starts + chains.other_ends - chains.other_starts),
    }, schema_overrides=SCHEMA)
    return rows.filter(pl.col("char_count") >= LEAST_CHARACTERS)


@cache
def _stock_wording() -> dict[str, str]:
    """Each piece, longest first, and nothing in its place."""
    return dict.fromkeys(sorted(entries("stock_wording.txt"), key=lambda piece: (-len(piece), piece)), "")


def _stock(wordings: list[str]) -> Indices:
    """How many characters of each are stock wording: courtesies, requests to the meeting, doctrines by their full names."""
    wording = pl.Series(wordings, dtype=pl.String)
    rest = wording.str.replace_many(_stock_wording(), leftmost=True)
    return (wording.str.len_chars() - rest.str.len_chars()).cast(pl.Int64).to_numpy()
