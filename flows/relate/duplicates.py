"""Near-duplicates: the same speech put out again with other furniture, light edits, a section dropped or names made anonymous.

Four steps, so that a corpus of any size fits:
1. `fingerprints.fingerprints`, per shard: a sketch of each speech, the smallest hashes of its shingles, which stand for all of them;
2. `pairs_of`, per range of hashes: speeches that share hashes, found by sorting these, never by comparing all with all;
3. `candidates`: of these, the pairs that share enough hashes;
4. `grouped`, per lot of candidates that hang together: each is measured exactly on all its shingles, and those that pass are put into
   groups around one canonical speech.

What tells a reprint from a template that many writers fill in: a reprint adds or leaves out, so that nearly every shingle of the shorter
text stands in the longer one (containment), and keeps its figures; two fillings of a template differ on both sides, at every slot.
"""
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.relate.fingerprints import NO_SHINGLE, batches, han_stream, shingle_hashes

# A pair is a duplicate where this share of the shorter one's shingles stands in the longer one …
LEAST_CONTAINMENT = 0.8
# … and the shorter one has at least this share of the longer one's shingles: below, it is an excerpt or one speech of a collection.
LEAST_SIZE_RATIO = 0.5
LEAST_SHINGLES = 40
# Two fillings of one template differ in their figures, a reprint keeps those that it does not drop: of the figures of the text with fewer,
# if these are enough to tell, this share must stand in the other.
LEAST_FIGURES = 6
LEAST_SAME_FIGURES = 0.5
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
READ_TOGETHER = 2000  # speeches
# Of two copies this close in length the longer one is not the more complete: furniture left over weighs as much …
COMPLETE = 0.98
# … and down to here the shorter one may lack a paragraph or two (a paragraph is 1 to 3 % of a speech) but no part of it: the smallest
# numbered part of a speech is a tenth of its text, in long work reports a twentieth. So much a copy may lack that says when it was given
# and by whom: a revision without date and speaker, longer by a sentence, would leave phrases without their year.
WHOLE = 0.95
PRECISIONS_KNOWN = {"year": 1, "month": 2, "day": 3}
# A pair is measured where its sketches share this much of the shorter sketch: half of what the two thresholds above make likely.
LEAST_SHARED = 0.2
# A hash that more speeches share than this pairs each of them only with its NEIGHBOURS next in size: a reprint is next in size to its
# original, and the number of candidates grows with the number of speeches, not with its square.
CROWD = 12
NEIGHBOURS = 6

GROUP_SCHEMA = pl.Schema(
    {"speech_id": pl.String(), "duplicate_group": pl.String(), "is_canonical": pl.Boolean(), "duplicate_similarity": pl.Float32()}
)
Shingles = npt.NDArray[np.uint32]
Texts = Callable[[Sequence[str]], pl.DataFrame]
"""Gives the rows (speech_id, text) of the speeches asked for, in any order."""


def sketch_hashes(prints: pl.DataFrame) -> pl.DataFrame:
    """A row a hash of the sketches of a shard's speeches that are long enough, sorted: hash, shingle_count, row (which of the speeches).

    Sketches hold the smallest hashes of each speech: they are mixed once more, so that ranges of them are alike in size.
    """
    held = prints.with_row_index("row").filter(pl.col("shingle_count") >= LEAST_SHINGLES).select(
        "row", "shingle_count", hash="sketch").explode("hash", empty_as_null=False)
    return held.select(pl.Series("hash", held["hash"].to_numpy() * np.uint32(0x9E3779B1)), "shingle_count", "row").sort("hash", "row")


def pairs_of(hashes: Sequence[pl.DataFrame], firsts: Sequence[int], partition: int, partitions: int) -> pl.DataFrame:
    """Pairs of speeches (one, other: by number, the shorter first) and how many hashes of one of so many ranges they share, sorted.
    `hashes`: `sketch_hashes` of each shard; `firsts`: the number of each shard's first speech."""
    low, high = ((part << 32) // partitions for part in (partition, partition + 1))
    parts = [pl.DataFrame(schema={"hash": pl.UInt32, "shingle_count": pl.UInt32, "number": pl.UInt32})]
    for frame, first in zip(hashes, firsts):
        start, end = (int(np.searchsorted(frame["hash"].to_numpy(), bound)) for bound in (low, high))
        parts.append(frame[start:end].select("hash", "shingle_count", number=pl.col("row") + pl.lit(first, pl.UInt32)))
    held = pl.concat(parts)
    held = held.filter(pl.len().over("hash") > 1).sort("hash", "shingle_count", "number")
    numbers, keys = held["number"].to_numpy(), held["hash"].to_numpy()
    crowds = held.select(pl.len().over("hash"))["len"].to_numpy()
    ones, others = [np.zeros(0, np.uint32)], [np.zeros(0, np.uint32)]
    for step in range(1, CROWD):
        same = keys[step:] == keys[:-step]
        if step > NEIGHBOURS:
            same &= crowds[step:] <= CROWD
        ones.append(numbers[:-step][same])
        others.append(numbers[step:][same])
    pairs = np.concatenate(ones).astype(np.uint64) << np.uint64(32) | np.concatenate(others)
    pairs.sort()
    begins = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])[:len(pairs)])
    shared, pairs = np.diff(np.append(begins, len(pairs))), pairs[begins]
    return pl.DataFrame({"one": (pairs >> np.uint64(32)).astype(np.uint32), "other": pairs.astype(np.uint32),
                         "shared": shared.astype(np.uint32)})


def candidates(prints: pl.DataFrame, pairs: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Pairs of speeches worth measuring (one, other; one < other) and `shared`, the share of the sketch in common, best first; `pairs`:
    `pairs_of` every range of hashes, `prints`: those of all speeches."""
    sizes, kept = prints["shingle_count"].to_numpy(), prints["sketch"].list.len().to_numpy()
    found = [pl.DataFrame(schema={"one": pl.String, "other": pl.String, "shared": pl.Float64})]
    bounds = [prints.height * part // len(pairs) for part in range(len(pairs) + 1)] if pairs else []
    for low, high in pairwise(bounds):   # of pairs that share a hash or two by chance there are many
        parts = []
        for frame in pairs:
            start, end = (int(np.searchsorted(frame["one"].to_numpy(), bound)) for bound in (low, high))
            parts.append(frame[start:end])
        both = pl.concat(parts)
        if len(parts) > 1:
            both = both.group_by("one", "other").agg(pl.col("shared").sum())
        one, other = both["one"].to_numpy(), both["other"].to_numpy()
        shared = both["shared"].to_numpy() / np.minimum(kept[one], kept[other])
        alike = np.flatnonzero((shared >= LEAST_SHARED) & (sizes[one] >= sizes[other] * LEAST_SIZE_RATIO))
        ids = pl.DataFrame({"one": prints["speech_id"].gather(one[alike]), "other": prints["speech_id"].gather(other[alike])})
        found.append(ids.select(one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other"),
                                shared=pl.Series(shared[alike], dtype=pl.Float64)))
    return pl.concat(found).sort("shared", "one", "other", descending=[True, False, False])


def _shingles(texts: list[str]) -> Iterator[Shingles]:
    """The distinct shingles of each text, in order."""
    for _, batch in batches(texts):
        stream = han_stream(batch)
        hashes = shingle_hashes(stream.codes)
        numbers = np.repeat(np.arange(len(batch), dtype=np.uint64), np.diff(np.minimum(stream.firsts, len(hashes))))
        keys = (numbers << np.uint64(32) | hashes)[hashes != NO_SHINGLE]
        keys.sort()
        keys = keys[np.append(True, keys[1:] != keys[:-1])[:len(keys)]]
        bounds = np.searchsorted(keys, np.arange(1, len(batch), dtype=np.uint64) << np.uint64(32))
        yield from np.split((keys & np.uint64(0xFFFFFFFF)).astype(np.uint32), bounds)


class _Measured(NamedTuple):
    """What two speeches are compared by: their distinct shingles, and how often they hold which number."""

    shingles: Shingles
    figures: Counter[str]


def _measured(held: pl.DataFrame) -> dict[str, _Measured]:
    """By speech_id, for rows (speech_id, text)."""
    texts = held["text"].to_list()
    figures = (Counter(_FIGURE.findall(text)) for text in texts)
    return dict(zip(held["speech_id"].to_list(), map(_Measured, _shingles(texts), figures)))


def _similarity(one: _Measured, other: _Measured) -> float:
    """The share of the shorter text's shingles that stand in the other; 0 where the two are no duplicates."""
    shorter, longer = sorted((len(one.shingles), len(other.shingles)))
    if not shorter or shorter < LEAST_SIZE_RATIO * longer:
        return 0.0
    containment = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True)) / shorter
    return containment if containment >= LEAST_CONTAINMENT and _same_figures(one.figures, other.figures) else 0.0


def _same_figures(one: Counter[str], other: Counter[str]) -> bool:
    fewer = min(one.total(), other.total())
    return fewer < LEAST_FIGURES or (one & other).total() >= LEAST_SAME_FIGURES * fewer


def groups(prints: pl.DataFrame, speeches: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """One row per speech of `prints`: duplicate_group (null where it has no duplicate), is_canonical, duplicate_similarity to the
    canonical one (null without a group). The group is named by the smallest speech_id in it. All in one.

    `speeches`: speech_id and, where known, char_count, delivered_date, delivered_precision, published_date, speaker_name, defects. The
    canonical speech is of those that lack no part (WHOLE of the longest) one that says best when it was given (the finer the date, the
    better) and by whom; of those that say as much one of the most complete (COMPLETE of the longest of them), of those the earliest
    (delivered, else published), of those the least damaged (fewest defects), of those the one with the smallest speech_id. `texts` is
    asked only for speeches that have a candidate, some READ_TOGETHER at a time.
    Every member of a group passes the thresholds against the canonical one itself, so that a group never drifts from copy to copy.
    """
    prints_ = prints.sort("speech_id")
    lots = lots_of(candidates(prints_, [pairs_of([sketch_hashes(prints_)], [0], 0, 1)]))
    return with_groups(prints, [grouped(pairs, speeches, texts) for _, pairs in lots.group_by("lot", maintain_order=True)])


def with_groups(speeches: pl.DataFrame, found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One row per speech of `speeches`, in their order, with what was found of it, if anything."""
    rows = pl.concat([pl.DataFrame(schema=GROUP_SCHEMA), *found])
    return speeches.select("speech_id").join(rows, on="speech_id", how="left", maintain_order="left").with_columns(
        pl.col("is_canonical").fill_null(True))


def lots_of(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `lot`: what hangs together is in one lot, and in a lot are some READ_TOGETHER speeches."""
    clusters = _joined(list(zip(pairs["one"], pairs["other"])))
    lot_of = {speech_id: number for number, together in enumerate(_read_together(clusters))
              for members in together for speech_id in members}
    return pairs.select(pl.Series("lot", [lot_of[one] for one in pairs["one"]], pl.UInt32), "one", "other").sort("lot", maintain_order=True)


def grouped(pairs: pl.DataFrame, speeches: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Rows of GROUP_SCHEMA of those speeches of one lot that have a duplicate. `pairs`: the candidates of the lot, best first; `speeches`
    and `texts` as for `groups`."""
    edges = list(zip(pairs["one"], pairs["other"]))
    clusters = _joined(edges)
    wanted = [speech_id for members in clusters for speech_id in members]
    merits = _merits(speeches.filter(pl.col("speech_id").is_in(wanted)))
    measured = _measured(texts(wanted))
    first_of = {speech_id: members[0] for members in clusters for speech_id in members}
    edges_of: dict[str, list[tuple[str, str]]] = {}
    for edge in edges:
        edges_of.setdefault(first_of[edge[0]], []).append(edge)
    rows: list[tuple[str, str, bool, float]] = []
    for candidates_together in clusters:
        links = _Links()
        for one, other in edges_of[candidates_together[0]]:
            if links.root(one) != links.root(other) and _similarity(measured[one], measured[other]):
                links.join(one, other)
        for members in links.sets():
            rows += _stars(members, measured, merits)
    return pl.DataFrame(rows, schema=GROUP_SCHEMA, orient="row")


def _read_together(clusters: list[list[str]]) -> Iterator[list[list[str]]]:
    """The clusters in lots of about READ_TOGETHER speeches: the texts of one lot are in memory together, and asked for at once."""
    lot: list[list[str]] = []
    for members in clusters:
        lot.append(members)
        if sum(map(len, lot)) >= READ_TOGETHER:
            yield lot
            lot = []
    if lot:
        yield lot


def _stars(members: list[str], measured: dict[str, _Measured], merits: dict[str, "_Merit"]) -> Iterator[tuple[str, str, bool, float]]:
    """Rows of groups: the members around the canonical one of them that are its duplicates, and so on with the rest."""
    rest = members
    while len(rest) > 1:
        whole = _nearly_longest(rest, merits, WHOLE)
        told = max(merits[speech_id].told for speech_id in whole)
        complete = _nearly_longest([speech_id for speech_id in whole if merits[speech_id].told == told], merits, COMPLETE)
        canonical = min(complete, key=lambda speech_id: (merits[speech_id].date, merits[speech_id].damage, speech_id))
        measures = {speech_id: _similarity(measured[canonical], measured[speech_id]) for speech_id in rest if speech_id != canonical}
        similar = {speech_id: measure for speech_id, measure in measures.items() if measure}
        if similar:
            name = min(canonical, *similar)
            yield canonical, name, True, 1.0
            yield from ((speech_id, name, False, measure) for speech_id, measure in similar.items())
        rest = [speech_id for speech_id in measures if speech_id not in similar]


def _nearly_longest(members: list[str], merits: dict[str, "_Merit"], share: float) -> list[str]:
    """Those that are at least so long a share of the longest."""
    longest = max(merits[speech_id].length for speech_id in members)
    return [speech_id for speech_id in members if merits[speech_id].length >= share * longest]


class _Links:
    """Speeches that belong together, directly or through others (union-find)."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}

    def root(self, speech_id: str) -> str:
        while (parent := self.parents.setdefault(speech_id, speech_id)) != speech_id:
            self.parents[speech_id] = speech_id = self.parents[parent]
        return speech_id

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self.parents[second] = first

    def sets(self) -> list[list[str]]:
        """Each set sorted, the sets by their first member."""
        members: dict[str, list[str]] = {}
        for speech_id in sorted(self.parents):
            members.setdefault(self.root(speech_id), []).append(speech_id)
        return [members[name] for name in sorted(members)]


def _joined(pairs: list[tuple[str, str]]) -> list[list[str]]:
    links = _Links()
    for one, other in pairs:
        links.join(one, other)
    return links.sets()


class _Merit(NamedTuple):
    """What the choice of the canonical speech goes by. `told`: how finely it says when it was given (0: not at all, 1: the year, 3: the
    day), times two, and one more where it names its speaker; `date`: date.max where none is known."""

    length: int
    told: int
    date: date
    damage: int


def _merits(speeches: pl.DataFrame) -> dict[str, _Merit]:
    known = pl.DataFrame(schema={"char_count": pl.Int32, "delivered_date": pl.Date, "delivered_precision": pl.String,
                                 "published_date": pl.Date, "speaker_name": pl.String, "defects": pl.List(pl.String)})
    given = pl.when(pl.col("delivered_date").is_not_null()).then(
        pl.col("delivered_precision").replace_strict(PRECISIONS_KNOWN, default=3, return_dtype=pl.Int32)).otherwise(0)
    rows = pl.concat([known, speeches], how="diagonal_relaxed").select(
        "speech_id",
        pl.col("char_count").fill_null(0),
        2 * given + pl.col("speaker_name").is_not_null().cast(pl.Int32),
        pl.coalesce("delivered_date", "published_date").fill_null(date.max),
        pl.col("defects").list.len().fill_null(0),
    )
    return {speech_id: _Merit(*merit) for speech_id, *merit in rows.iter_rows()}
