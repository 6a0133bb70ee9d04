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

import numpy as np
import numpy.typing as npt
import polars as pl

Codes = npt.NDArray[np.uint16]
Hashes = npt.NDArray[np.uint64]
Offsets = npt.NDArray[np.int64]

SHINGLE = 5  # characters; at 5 a light edit of a reprint costs 8 % of the shingles, and unrelated reports share at most a quarter
SKETCHED = 128  # hashes in a sketch
SEED, INNER = 8, 3
# Seeds are written as one number: the hash above, the place below. Speeches beyond 16 million Han characters have seeds up to there.
PLACE_BITS = 24

# Signs that scrapers and model-text sites put in the place of a name or a number. 〇 is the numeral zero and no wildcard.
WILDCARDS = "XxＸｘ×✕✖*＊某□■△▲○●◯_＿"
BREAK = 1
BATCH = 1 << 20  # code points a batch: the arrays of one batch stay in the processor's cache, so that the whole runs twice as fast
NO_GRAM = np.uint64(0xFFFFFFFFFFFFFFFF)

SCHEMA = pl.Schema(
    {"speech_id": pl.String(), "shingle_count": pl.UInt32(), "sketch": pl.List(pl.UInt64()), "seeds": pl.List(pl.UInt64())}
)

_MIX, _MIX_NEXT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


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


@dataclass(frozen=True)
class HanStream:
    """The Han characters and wildcards of several texts, end to end.

    codes: the character numbers, BREAK for a wildcard or the end of a text; places: offset of each in the texts joined, each with a NUL
    after it; starts: the offset of each text there; firsts: index in codes of each text's first, and at the end the length of codes.
    """

    codes: Codes
    places: Offsets
    starts: Offsets
    firsts: Offsets

    def owners(self) -> Offsets:
        """Index of the text that each code belongs to."""
        return np.repeat(np.arange(len(self.starts)), np.diff(self.firsts))


def han_stream(texts: list[str]) -> HanStream:
    """The Han characters of the texts with their offsets."""
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    points = np.frombuffer("\0".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _CLASSES[points]
    places = np.flatnonzero(classes)
    return HanStream(classes[places], places, ends - np.diff(ends, prepend=0), np.searchsorted(places, np.append(0, ends)))


def _untouched(codes: Codes, length: int, kept: npt.NDArray[np.bool_]) -> None:
    """Clear `kept` (by first character) for the runs of `length` that meet a wildcard or an end."""
    breaks = np.flatnonzero(codes == BREAK)
    for step in range(length):
        touched = breaks - step
        kept[touched[(touched >= 0) & (touched < len(kept))]] = False


def _fours(codes: Codes) -> Hashes:
    """Each run of four characters as a number."""
    wide = codes.astype(np.uint32)
    twos = wide[:-1] | wide[1:] << np.uint32(16)
    return twos[:-2] | twos[2:].astype(np.uint64) << np.uint64(32)


def _mixed(hashes: Hashes) -> Hashes:
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX_NEXT
    hashes ^= hashes >> np.uint64(29)
    return hashes


def shingle_hashes(codes: Codes) -> Hashes:
    """A hash for each run of SHINGLE characters, by its first; NO_GRAM, which is larger than any, where a run meets a wildcard or an end.
    The last SHINGLE - 1 characters start no run."""
    if len(codes) < SHINGLE:
        return np.zeros(0, np.uint64)
    hashes = _fours(codes)[:-1] * _MIX
    hashes += codes[SHINGLE - 1:]
    hashes = _mixed(hashes) >> np.uint64(1)
    kept = np.ones(len(hashes), bool)
    _untouched(codes, SHINGLE, kept)
    hashes[~kept] = NO_GRAM
    return hashes


def seed_places(codes: Codes) -> Offsets:
    """The indices in `codes` at which a seed starts, in order."""
    count = len(codes) - SEED + 1
    if count < 1:
        return np.zeros(0, np.int64)
    wide = codes.astype(np.uint32)
    inner = (wide[:-2] | wide[1:-1] << np.uint32(16)) * np.uint32(0x85EBCA6B) ^ wide[2:] * np.uint32(0xC2B2AE35)
    inner ^= inner >> np.uint32(15)
    inner *= np.uint32(0x27D4EB2F)
    least = inner
    for step in (1, 2, 2):  # the smallest of 2, of 4, of the SEED - INNER + 1 = 6 inner runs
        least = np.minimum(least[:-step], least[step:])
    kept = (inner[:count] == least) | (inner[SEED - INNER:] == least)
    _untouched(codes, SEED, kept)
    return np.flatnonzero(kept)


def seed_hashes(codes: Codes, places: Offsets) -> Hashes:
    """The hashes of the seeds that start at `places`, with PLACE_BITS zeros below."""
    fours = _fours(codes)
    hashes = _mixed(fours[places] * _MIX + fours[places + 4])
    return hashes >> np.uint64(PLACE_BITS) << np.uint64(PLACE_BITS)


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


def fingerprints(speeches: pl.DataFrame) -> pl.DataFrame:
    """One row per row of `speeches` (speech_id, text), in the same order and each made from its own text alone: shingle_count, how many
    places a shingle starts at; sketch, the smallest distinct hashes of shingles, at most SKETCHED, in order; seeds, in order of place, each
    the hash and, in its lowest PLACE_BITS bits, the index of its first character among the text's Han characters and wildcards."""
    texts = speeches["text"].to_list()
    frames = [pl.DataFrame(schema={name: kind for name, kind in SCHEMA.items() if name != "speech_id"})]
    frames += [_fingerprints(batch) for _, batch in batches(texts)]
    return pl.concat([speeches.select("speech_id"), pl.concat(frames)], how="horizontal")


def _fingerprints(texts: list[str]) -> pl.DataFrame:
    stream = han_stream(texts)
    owners = stream.owners()
    counts, sketches = _sketches(stream.codes, owners, len(texts))
    places = seed_places(stream.codes)
    within = places - stream.firsts[owners[places]]
    near = within < 1 << PLACE_BITS
    places, within = places[near], within[near]
    seeds = seed_hashes(stream.codes, places) | within.astype(np.uint64)
    return pl.DataFrame({
        "shingle_count": counts.astype(np.uint32),
        "sketch": sketches,
        "seeds": _lists(seeds, np.bincount(owners[places], minlength=len(texts))),
    })


def _sketches(codes: Codes, owners: Offsets, texts: int) -> tuple[Offsets, pl.Series]:
    """For each of the texts the number of its shingles and its sketch."""
    hashes = shingle_hashes(codes)
    owners = owners[:len(hashes)]
    real = hashes != NO_GRAM
    counts = np.bincount(owners[real], minlength=texts)
    # A text of n shingles keeps those below a bar that lets twice the wanted number through, and of these the smallest.
    bars = (np.minimum(2 * SKETCHED / np.maximum(counts, 1), 0.999999) * 2.0**63).astype(np.uint64)
    low = np.flatnonzero(hashes < bars[owners])
    order = np.lexsort((hashes[low], owners[low]))
    hashes, owners = hashes[low][order], owners[low][order]
    new = np.ones(len(hashes), bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    hashes, owners = hashes[new], owners[new]
    kept = np.arange(len(owners)) - np.searchsorted(owners, owners) < SKETCHED
    return counts, _lists(hashes[kept], np.bincount(owners[kept], minlength=texts))


def _lists(values: Hashes, lengths: Offsets) -> pl.Series:
    """The values cut into lists of the given lengths."""
    rows = pl.DataFrame({"row": np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths), "value": values})
    lists = rows.group_by("row", maintain_order=True).agg("value")
    every = pl.DataFrame({"row": np.arange(len(lengths), dtype=np.uint32)}).join(lists, on="row", how="left", maintain_order="left")
    return every["value"].fill_null(pl.Series([[]], dtype=pl.List(pl.UInt64)))
