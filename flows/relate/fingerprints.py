"""Fingerprints of Chinese text: hashes of short runs of Han characters, computed for thousands of speeches at once.

Reprints change punctuation, line breaks, spaces and digit shapes, so only Han characters count. A word tokenizer would not help: a
Chinese clause has no spaces, and what `\\W` splits off is the whole clause, so that one changed character loses all of it. Runs of
characters (grams) lose only the few that touch the change.

Anonymised spots (X局, XX市, **, 某某) hold no evidence either way: a gram never crosses one, so an anonymised copy has fewer grams than its
original, and hardly any of its own.

Two kinds are kept of each speech:
- the *sketch*, the smallest hashes of its SHINGLE-character runs (bottom-k MinHash): whether two speeches are the same;
- the *seeds*, hashes of SEED-character runs with their places: where two speeches share a passage. A third of all runs is kept, the closed
  syncmers (Edgar 2021, PeerJ 9:e10805): those whose smallest inner run of INNER characters stands first or last. Which runs these are
  depends on the run alone, so that an edit next to it changes nothing, and of any five runs in a row at least one is kept.
"""
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

Codes = npt.NDArray[np.uint16]
Hashes = npt.NDArray[np.uint64]
Offsets = npt.NDArray[np.int64]

SHINGLE = 5  # characters; at 5 a light edit of a reprint costs 8 % of the shingles, and unrelated reports share at most a quarter
SKETCHED = 128  # hashes in a sketch
SEED, INNER = 8, 3
# A seed is written as one number: its hash above, which seed of its run it is below, by speech and place.
NUMBER_BITS = 24
RUN = 1 << NUMBER_BITS  # seeds; a shard of 180 MB of text has as many

# Signs that scrapers and model-text sites put in the place of a name or a number. 〇 is the numeral zero and no wildcard.
WILDCARDS = "XxＸｘ×✕✖*＊某□■△▲○●◯_＿"
BREAK = 1
BATCH = 1 << 20  # code points a batch: the arrays of one batch stay in the processor's cache, so that the whole runs twice as fast
NO_SHINGLE = np.uint32(0xFFFFFFFF)

SKETCHES = pl.Schema({"speech_id": pl.String(), "shingle_count": pl.UInt32(), "sketch": pl.List(pl.UInt32()), "seed_count": pl.UInt32(),
                      "code_count": pl.UInt32(), "gap_count": pl.UInt32()})

_MIXERS = tuple(map(np.uint32, (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)))
_MIX = np.uint64(0x9E3779B97F4A7C15)


def _classes() -> Codes:
    """For each code point: 0 = no Han character, BREAK = wildcard or end of text, else a number for the Han character."""
    classes = np.zeros(0x110000, np.uint16)
    for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)):
        classes[first:last + 1] = np.arange(first, last + 1)
    rare = np.arange(0x20000, 0x33480)  # extension blocks: folded onto a part of the plane that holds no Han characters
    classes[rare] = 0xA000 + rare % 0x3000
    classes[[0, *map(ord, WILDCARDS)]] = BREAK
    return classes


_CLASSES = _classes()
_PLANE = _CLASSES[:0x10000].copy()


@dataclass(frozen=True)
class HanStream:
    """The Han characters and wildcards of several texts, end to end.

    codes: the character numbers, BREAK for a wildcard or the end of a text; starts: the offset of each text in the texts joined, each with
    a NUL after it; firsts: index in codes of each text's first, and at the end the length of codes; runs: index in codes of the first of
    each run between which something else stands; run_places: its offset in the texts joined.
    """

    codes: Codes
    starts: Offsets
    firsts: Offsets
    runs: Offsets
    run_places: Offsets


def han_stream(texts: list[str]) -> HanStream:
    """The Han characters of the texts with their offsets."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    joined = "\0".join([*texts, ""])
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) == len(joined):
        classes = _PLANE.take(units, mode="clip")
    else:  # some character takes two units
        classes = _CLASSES[np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)]
    held = classes != 0
    edges = np.flatnonzero(np.diff(held, prepend=False, append=False))
    places, lengths = edges[::2], edges[1::2] - edges[::2]
    runs = np.cumsum(lengths) - lengths
    # Each text starts within a run, behind the NUL of the one before, or between two.
    before = np.searchsorted(places, starts, side="right") - 1
    firsts = np.where(before < 0, 0, runs[before] + np.minimum(starts - places[before], lengths[before])) if len(runs) else starts
    return HanStream(classes.compress(held), starts[:-1], firsts, runs, places)


def _meeting(codes: Codes, length: int, count: int) -> Iterator[Offsets]:
    """Of the first `count` runs of `length` those, by their first character, that meet a wildcard or an end."""
    breaks = np.flatnonzero(codes == BREAK)
    for step in range(length):
        touched = breaks - step
        yield touched[(touched >= 0) & (touched < count)]


def _twos(codes: Codes) -> npt.NDArray[np.uint32]:
    """Each run of two characters as a number."""
    wide = codes.astype(np.uint32)
    return wide[:-1] | wide[1:] << np.uint32(16)


def _mixed(hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    hashes ^= hashes >> np.uint32(15)
    hashes *= _MIXERS[3]
    hashes ^= hashes >> np.uint32(13)
    return hashes


def shingle_hashes(codes: Codes) -> npt.NDArray[np.uint32]:
    """A hash for each run of SHINGLE characters, by its first; NO_SHINGLE, which no run has, where one meets a wildcard or an end. The last
    SHINGLE - 1 characters start no run."""
    return _shingle_hashes(codes, _twos(codes))


def _shingle_hashes(codes: Codes, twos: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    count = len(codes) - SHINGLE + 1
    if count < 1:
        return np.zeros(0, np.uint32)
    hashes = twos[:count] * _MIXERS[0]
    hashes ^= twos[2:2 + count] * _MIXERS[1]
    hashes += codes[4:] * _MIXERS[2]
    hashes = np.minimum(_mixed(hashes), NO_SHINGLE - np.uint32(1))
    for touched in _meeting(codes, SHINGLE, count):
        hashes[touched] = NO_SHINGLE
    return hashes


def _seed_places(codes: Codes, twos: npt.NDArray[np.uint32]) -> Offsets:
    """The indices in `codes` at which a seed starts, in order."""
    count = len(codes) - SEED + 1
    if count < 1:
        return np.zeros(0, np.int64)
    inner = twos[:-1] * _MIXERS[1]
    inner ^= codes[2:] * _MIXERS[2]
    inner = _mixed(inner)
    least = inner
    for step in (1, 2, 2):  # the smallest of 2, of 4, of the SEED - INNER + 1 = 6 inner runs
        least = np.minimum(least[:-step], least[step:])
    kept = (inner[:count] == least) | (inner[SEED - INNER:] == least)
    for touched in _meeting(codes, SEED, count):
        kept[touched] = False
    return np.flatnonzero(kept)


def _seed_hashes(twos: npt.NDArray[np.uint32], places: Offsets) -> Hashes:
    """The hashes of the seeds that start at `places`, with NUMBER_BITS zeros below."""
    hashes = np.zeros(len(places), np.uint64)
    for step in range(0, SEED, 2):
        hashes += twos[places + step]
        hashes *= _MIX
        hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX
    return hashes >> np.uint64(NUMBER_BITS) << np.uint64(NUMBER_BITS)


def batches(texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The texts cut into batches of about BATCH code points, each with the index of its first text."""
    first, size = 0, 0
    for index, text in enumerate(texts):
        size += len(text) + 1
        if size >= BATCH:
            yield first, texts[first:index + 1]
            first, size = index + 1, 0
    if first < len(texts):
        yield first, texts[first:]


class Prints(NamedTuple):
    """The fingerprints of some speeches, a shard, each speech's made from its own text alone.

    speeches: a row a speech, with the columns of SKETCHES: how many places a shingle starts at; the sketch, the smallest distinct hashes of
    shingles, at most SKETCHED, in order; how many of the rows of the following are its own.
    seeds: sorted RUN by RUN, each the hash and, in its lowest NUMBER_BITS bits, its number in `places`, from the first of its run on.
    places: of each seed, by speech and place, the index of its first character in its speech's `codes`.
    codes: the Han characters and wildcards of the speeches end to end, BREAK for a wildcard and after each speech.
    gaps: the indices in `codes` before which something else stands, and of each speech's first, with how many characters of something
    else its speech has had by then.
    """

    speeches: pl.DataFrame
    seeds: Hashes
    places: npt.NDArray[np.uint32]
    codes: Codes
    gaps: npt.NDArray[np.uint32]
    skipped: npt.NDArray[np.int32]


def fingerprints(speeches: pl.DataFrame) -> Prints:
    """The fingerprints of the rows of `speeches` (speech_id, text), in their order."""
    found = [_fingerprints(batch) for _, batch in batches(speeches["text"].to_list())]
    frames = [pl.DataFrame(schema={name: kind for name, kind in SKETCHES.items() if name != "speech_id"}),
              *(each.speeches for each in found)]
    seeds = _joined([each.seeds for each in found], np.uint64)
    for first in range(0, len(seeds), RUN):
        run = seeds[first:first + RUN]
        run |= np.arange(len(run), dtype=np.uint64)
        run.sort()
    bases = np.cumsum([0, *(len(each.codes) for each in found)]).astype(np.uint32)
    return Prints(pl.concat([speeches.select("speech_id"), pl.concat(frames)], how="horizontal"), seeds,
                  _joined([each.places for each in found], np.uint32), _joined([each.codes for each in found], np.uint16),
                  _joined([each.gaps + base for each, base in zip(found, bases)], np.uint32),
                  _joined([each.skipped for each in found], np.int32))


def numbers_of(seeds: Hashes, first: int) -> Offsets:
    """The numbers of seeds of the run that begins with seed number `first`."""
    return (seeds & np.uint64((1 << NUMBER_BITS) - 1)).astype(np.int64) + first


def _joined(arrays: list[npt.NDArray[Any]], kind: type) -> npt.NDArray[Any]:
    return np.concatenate([np.zeros(0, kind), *arrays])


def _fingerprints(texts: list[str]) -> Prints:
    """Of one batch; the seeds as yet in the order of their places and without numbers."""
    stream = han_stream(texts)
    twos = _twos(stream.codes)
    counts, sketches = _sketches(_shingle_hashes(stream.codes, twos), stream.firsts)
    places = _seed_places(stream.codes, twos)
    numbers = np.diff(np.searchsorted(places, stream.firsts))
    gaps, skipped = _gaps(stream)
    speeches = pl.DataFrame({
        "shingle_count": counts, "sketch": sketches, "seed_count": numbers, "code_count": np.diff(stream.firsts),
        "gap_count": np.diff(np.searchsorted(gaps, stream.firsts))}, schema_overrides={
            name: kind for name, kind in SKETCHES.items() if name.endswith("_count")})
    return Prints(speeches, _seed_hashes(twos, places), (places - np.repeat(stream.firsts[:-1], numbers)).astype(np.uint32), stream.codes,
                  gaps.astype(np.uint32), skipped)


def _gaps(stream: HanStream) -> tuple[Offsets, npt.NDArray[np.int32]]:
    """The indices before which something else stands, and of each text's first; and how many characters of something else each text has
    had by then."""
    firsts = stream.firsts[:-1]
    at = np.searchsorted(stream.runs, firsts)
    inside = np.append(stream.runs, -1)[at] != firsts   # most texts begin with a character, right behind the NUL of the one before
    at, firsts = at[inside], firsts[inside]
    skipped = stream.run_places - stream.runs
    found, skipped = np.insert(stream.runs, at, firsts), np.insert(skipped, at, skipped[at - 1])
    bases = np.repeat(stream.starts - stream.firsts[:-1], np.diff(np.searchsorted(found, stream.firsts)))
    return found, (skipped - bases).astype(np.int32)


def _sketches(hashes: npt.NDArray[np.uint32], firsts: Offsets) -> tuple[Offsets, pl.Series]:
    """For each text, which starts at its place in `firsts`, the number of its shingles and its sketch."""
    bounds = np.minimum(firsts, len(hashes))
    lengths = np.diff(bounds)
    # A text of n shingles keeps those below a bar that lets twice the wanted number through, and of these the smallest.
    bars = np.minimum(2 * SKETCHED / np.maximum(lengths, 1), 1) * float(NO_SHINGLE)
    low = np.flatnonzero(hashes < np.repeat(bars.astype(np.uint32), lengths))
    kept = np.searchsorted(bounds[1:], low, side="right").astype(np.uint64) << np.uint64(32) | hashes[low]
    kept.sort()
    kept = kept[np.diff(kept, prepend=NO_SHINGLE) != 0]
    owners = (kept >> np.uint64(32)).astype(np.int64)
    smallest = np.arange(len(kept)) - np.searchsorted(owners, owners) < SKETCHED
    kept, owners = kept[smallest], owners[smallest]
    none = np.searchsorted(bounds[1:], np.flatnonzero(hashes == NO_SHINGLE), side="right")
    counts = lengths - np.bincount(none, minlength=len(lengths))
    return counts, _lists((kept & np.uint64(0xFFFFFFFF)).astype(np.uint32), np.bincount(owners, minlength=len(lengths)))


def _lists(values: npt.NDArray[np.unsignedinteger], lengths: Offsets) -> pl.Series:
    """The values cut into lists of the given lengths."""
    bounds = np.append(0, np.cumsum(lengths)).astype(np.int64)
    # Through polars, since pyarrow imports pandas to take over an array of numpy's.
    return pl.Series(pa.LargeListArray.from_arrays(pl.Series(bounds).to_arrow(), pl.Series(values).to_arrow()))
