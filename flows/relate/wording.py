"""Set wording: what recurs word for word over many speeches, found from the corpus itself.

In three steps, so that a corpus of any size fits: `count_wording` counts candidates in a shard, `set_phrases` merges the counts and
chooses, `occurrences` finds the chosen ones in a text. Counts are of character n-grams, since the dictionary of a segmenter would
decide beforehand what can be a phrase. Four measures tell a phrase from a fragment:

frequency   occurrences, and the speeches and sources that they are spread over
attraction  bits by which the wording stands more often than its two parts would meet by chance, cut where that is least. What single
            characters tell of the next (cohesion) says it of rare ones alone: 改革, 开放 and 发展 are made of the most frequent
            characters, and 改革开放 is a formula
boundary    entropy of what stands before and after, in bits; the end of a clause counts as something new each time; and words are not
            cut in two there (业增加值达到), nor do pronouns and the like stand there (这些问题), which go with anything
maximal     no longer wording accounts for most of the occurrences
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from flows.normalize.code_points import table
from flows.normalize.counts import BITS, WINDOW
from flows.normalize.prior import dictionary
from flows.segment.idioms import headwords
from flows.segment.phrases import rows_of
from flows.segment.texts import Texts
from flows.segment.wordlist import WordList
from schemas.lexicons import entries

SHORTEST, LONGEST = 4, 16
BLOCK = 4_000_000
"""Code points counted at once: bounds the memory to some hundred MB."""
_BUCKET_BITS = 21
_SPREAD_BITS = np.uint64(0x9E3779B97F4A7C15)
_PAIR_BITS = 20
_STEP = np.uint64(0x100000001B3)
WORDING = {"phrase": pl.String, "count": pl.Int64, "speech_count": pl.Int64, "source_count": pl.Int64, "before": pl.Float64,
           "after": pl.Float64, "attraction": pl.Float64, "cut_before": pl.Float64, "cut_after": pl.Float64, "sampled": pl.Int64}
"""Columns of the counted wording: before and after are entropies in bits, as attraction is, cut_before and cut_after the share of some
occurrences where a word stands across that end, sampled the number of speeches looked at."""
LEAST_SPEECHES = 4
FREE = 2.0
"""Entropy in bits that a set phrase has on both sides at least: as much as four neighbours alike in number. 新发展理念 stands behind
完整、准确、全面贯彻 half the time, and is a phrase."""
CUT = 1 / 3
"""Of the occurrences looked at of a set phrase less than this share may have a word stand across an end: 业增加值 has 0.37."""
FEWEST = 16
"""Occurrences in the sample that a set phrase has at least: of fewer no entropy can be told."""
ATTRACTED = 6.0
"""Bits of attraction that set wording has at least: 64 times as often as its parts would meet by chance. 改革开放 has 6.8, 高质量发展 6.9,
企业发展 1.8, 推进农村 3.9. Read off the wordings of a thousand reports that stand a little above and below."""
SINGLE = 2.0
"""Bits that a cut beside a single character is let off: of the most frequent ones no wording can tell more than five or six."""
PARTS = 4
"""Up to so many characters the parts of a wording are counted."""
KNOWN = 100
"""How often two characters stand in words, by the dictionary's count, that a wording may begin or end with though one of them is listed:
和谐 has 1,599, 安全 11,833."""
_PARTICLES = "的了着"  # these end and begin no wording even where they are part of a word
_CLOSING, _OPENING = "”》’", "“《‘"
"""What stands before a wording that goes on with a name, or behind one that leads into it: 重要思想为指导 after “三个代表”."""


@cache
def _edges() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    return table("".join(entries("wording_no_start.txt"))), table("".join(entries("wording_no_end.txt")))


@cache
def _function_words() -> str:
    """A pattern of what begins or ends with a function word."""
    words = "|".join(re.escape(word) for line in entries("wording_function_words.txt") for word in line.split())
    return f"^(?:{words})|(?:{words})$"


@cache
def _bound() -> NDArray[np.bool_]:
    """Whether a code point of the basic plane is one of _CLOSING; in the second row: of _OPENING."""
    return np.stack([table(_CLOSING), table(_OPENING)])


def _frequent(grams: NDArray[np.uint64], least: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Which grams occur at least so often, and log2 of how often these do.

    Counted in buckets: a gram that shares one with others is taken for more frequent, never for less; `_candidates` counts again.
    """
    bucket = ((grams * _SPREAD_BITS) >> np.uint64(64 - _BUCKET_BITS)).astype(np.int64)
    counts = np.bincount(bucket, minlength=1 << _BUCKET_BITS)
    held = np.flatnonzero(counts >= least)
    logs = np.zeros(1 << _BUCKET_BITS, np.float32)   # of 2 and more above 0
    logs[held] = np.log2(counts[held])
    log = logs.take(bucket)
    frequent = np.flatnonzero(log > 0)
    return frequent, log.take(frequent)


@cache
def _word_pairs() -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Pairs of characters that begin or end words, of which one is listed as beginning or ending no wording (和谐, 安全): two codes in one
    number, ascending; and whether a hash is that of one of them."""
    held = dictionary()
    pairs = held.keys[1][held.values[1] >= KNOWN].astype(np.uint64)
    first, second = (pairs >> BITS).astype(np.uint32), (pairs & WINDOW[1]).astype(np.uint32)
    no_start, no_end = _edges()
    never = table(_PARTICLES)
    some = (no_start[first] & ~never[first]) | (no_end[second] & ~never[second])
    known = np.sort(first[some] << np.uint32(16) | second[some])
    hashed = np.zeros(1 << _PAIR_BITS, bool)
    hashed[_pair_hash(known)] = True
    return known, hashed


def _pair_hash(pairs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return (pairs * np.uint32(0x9E3779B1)) >> np.uint32(32 - _PAIR_BITS)


class _Block:
    """The texts of a block as one array of code points, with what the counting asks of every place."""

    def __init__(self, block: pl.DataFrame) -> None:
        texts = block["text"].to_list()
        self.joined = "\n" + "".join(f"{text}\n" for text in texts) + "\n" * (LONGEST + 2)
        wide = np.frombuffer(self.joined.encode("utf-32-le", "replace"), dtype=np.uint32)
        self.codes = np.where(wide < 0x10000, wide, 0).astype(np.uint16)
        self.size = len(self.codes)
        self.word = ((self.codes >= 0x4E00) & (self.codes <= 0x9FFF)) | (self.codes == ord("、"))
        self.first = np.cumsum([1] + [len(text) + 1 for text in texts])
        self.source = block["source"].rank("dense").fill_null(0).to_numpy() if "source" in block.columns else np.zeros(len(texts), int)
        self.paired = self._paired()
        self.share = np.log2(np.maximum(np.bincount(self.codes, minlength=0x10000), 1) / self.size)
        self.least = max(2, self.size // 300_000)

    def grams(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """The places where SHORTEST characters of a clause begin, and these packed in one number."""
        last = self.size - LONGEST - 2
        whole = self.word[:last].copy()
        for ahead in range(1, SHORTEST):
            whole &= self.word[ahead:last + ahead]
        places = np.flatnonzero(whole)
        # Read backwards, four characters as they lie are one number with the first of them highest.
        back = np.ascontiguousarray(self.codes[::-1])
        fours = np.ndarray(self.size - SHORTEST + 1, np.dtype("<u8"), back, strides=(2,))
        return places, fours[self.size - SHORTEST - places]

    def _paired(self) -> NDArray[np.bool_]:
        """Whether a pair of `_word_pairs` begins at each place."""
        known, hashed = _word_pairs()
        pairs = self.codes.astype(np.uint32)
        pairs[:-1] = pairs[:-1] << np.uint32(16) | pairs[1:]
        likely = np.flatnonzero(hashed.take(_pair_hash(pairs)))
        found = np.zeros(self.size, bool)
        found[likely] = known.take(known.searchsorted(pairs.take(likely)), mode="clip") == pairs.take(likely)
        return found

    def _buckets(self, at: NDArray[np.int64] | slice, size: int) -> NDArray[np.int64]:
        """The bucket that the `size` characters from each place on are counted in."""
        starts = self.codes[:self.size - PARTS]
        grams = starts[at].astype(np.uint64)
        for ahead in range(1, size):
            grams *= _STEP
            grams += self.codes[ahead:self.size - PARTS + ahead][at]
        grams *= _SPREAD_BITS
        grams >>= np.uint64(64 - _BUCKET_BITS)
        return grams.view(np.int64)

    @cached_property
    def _part_counts(self) -> list[NDArray[np.float32]]:
        """By bucket log2 of how often two, three … PARTS characters occur, and once more."""
        logs = []
        for size in range(2, PARTS + 1):
            counts = np.ones(1 << _BUCKET_BITS, np.float32)
            for first in range(0, self.size, BLOCK // 8):   # a stretch at a time: an eighth of the memory
                counts += np.bincount(self._buckets(slice(first, first + BLOCK // 8), size), minlength=1 << _BUCKET_BITS)
            logs.append(np.log2(counts, out=counts))
        return logs

    def _part(self, at: NDArray[np.int64], size: int) -> NDArray[np.floating[Any]]:
        """log2 of how often the `size` characters from each place on occur; of a single one SINGLE less."""
        if size == 1:
            return np.asarray(self.share.take(self.codes.take(at)) + np.log2(self.size) - SINGLE)
        return self._part_counts[size - 2].take(self._buckets(at, size))

    def attraction(self, at: NDArray[np.int64], n: int, counts: NDArray[np.float64],
                   shorter: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
        """Bits by which wordings of n characters stand more often than two parts of them would meet by chance, cut where this is least:
        anywhere in a short one, near the ends of a long one. `at`: a place of each; `counts`: log2 of how often it stands; `shorter`: by
        place, log2 of the counts of what is one character shorter, then two, as far as these are known."""
        parts = [self._part(at, size) + self._part(at + size, n - size) for size in range(max(1, n - PARTS), min(PARTS, n - 1) + 1)]
        for left_out, known in enumerate(shorter, start=1):
            parts += [known.take(at) + self._part(at + n - left_out, left_out), self._part(at, left_out) + known.take(at + left_out)]
        return np.asarray(counts + np.log2(self.size) - np.max(parts, axis=0))

    def cuts(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a word stands across each of `places`."""
        return dictionary().run_on(self.codes[places[..., None] + np.arange(-2, 2)].reshape(-1, 4)).reshape(places.shape)


def _candidates(block: _Block, n: int, places: NDArray[np.int64], grams: NDArray[np.uint64], log: NDArray[np.float32],
                longer: NDArray[np.float32], shorter: Sequence[NDArray[np.float32]]) -> pl.DataFrame:
    """The wordings of n characters that are no plain fragments. `log` and `longer` hold, by place, log2 of the count of n and n + 1,
    `shorter` those of n - 1 and n - 2."""
    no_start, no_end = _edges()
    own, after = log.take(places), longer.take(places)
    np.subtract(own, after, out=after)
    # The sharpest of the four tests first: each leaves fewer places to the next.
    kept = np.flatnonzero(after > 0.4)
    kept = kept[~no_end[block.codes[places[kept] + n - 1]] | block.paired[places[kept] + n - 2]]
    kept = kept[~no_start[block.codes[places[kept]]] | block.paired[places[kept]]]
    closing, opening = _bound()
    kept = kept[~opening[block.codes[places[kept] + n]] & ~closing[block.codes[places[kept] - 1]]]
    before = own[kept] - longer[places[kept] - 1]
    free = before > 0.4
    kept, before = kept[free], before[free]
    places, grams, own, after = places.take(kept), grams.take(kept), own.take(kept), after.take(kept)
    speech = np.searchsorted(block.first, places, side="right") - 1
    found = pl.DataFrame({"gram": grams, "at": places, "speech": speech.astype(np.int32), "source": block.source[speech],
                          "own": own, "after": after, "before": before}).group_by("gram").agg(
        pl.len().cast(pl.Int64).alias("count"), pl.col("speech").n_unique().cast(pl.Int64).alias("speech_count"),
        pl.col("source").n_unique().cast(pl.Int64).alias("source_count"), pl.col("at").min(), pl.col("at").max().alias("last"),
        pl.col("own").first(),
        pl.col("before").mean().cast(pl.Float64), pl.col("after").mean().cast(pl.Float64),
    ).filter(pl.col("speech_count") > 1, pl.col("count") >= block.least, pl.col("count").log(2) > pl.col("own") - 0.5,
             pl.col("before") > 1.5, pl.col("after") > 1.5).sort("at")   # groups come in another order each time
    at = found["at"].to_numpy()
    attraction = block.attraction(at, n, found["count"].log(2).to_numpy(), shorter)
    some = np.stack([at, found["last"].to_numpy()])
    return found.with_columns(phrase=pl.Series([block.joined[i:i + n] for i in at.tolist()], dtype=pl.String),
                              attraction=pl.Series(attraction, dtype=pl.Float64), cut_before=block.cuts(some).mean(axis=0),
                              cut_after=block.cuts(some + n).mean(axis=0)).select(name for name in WORDING if name != "sampled")


def _count_block(speeches: pl.DataFrame) -> pl.DataFrame:
    """Candidates of a block. Wording grows a character at a time, and only what is frequent without its last character and without
    its first: that leaves few places to look at after the first step."""
    block = _Block(speeches)
    places, grams = block.grams()
    frames = []
    log = np.zeros(block.size, dtype=np.float32)
    shorter: list[NDArray[np.float32]] = []
    for n in range(SHORTEST, LONGEST + 2):
        known, before = (places, grams), log
        if n > SHORTEST:
            onward = np.flatnonzero(block.word.take(places + n - 1) & (log.take(places + 1) > 0))
            places = places.take(onward)
            grams = grams.take(onward) * _STEP + block.codes.take(places + n - 1)
        frequent, counted = _frequent(grams, block.least)
        places, grams = places.take(frequent), grams.take(frequent)
        log = np.zeros(block.size, dtype=np.float32)
        log[places] = counted
        if n > SHORTEST:
            frames.append(_candidates(block, n - 1, *known, before, log, shorter))
            shorter = [before, *shorter[:1]]
    return pl.concat(frames)


def count_wording(speeches: pl.DataFrame) -> pl.DataFrame:
    """Candidates for set wording in a shard, with the columns of WORDING, sorted by phrase.

    `speeches`: speech_id, text, and where it is known source; canonical speeches only, or else reprints count as spread. Of a shard
    larger than BLOCK only so many speeches are counted, the first by their id, which is as good as drawn by lot: what is set wording
    shows in a sample, and its occurrences are counted exactly by `occurrences`. Lost is what recurs less than once in 300,000
    characters.
    """
    speeches = speeches.filter(pl.col("text").str.len_bytes() > 0).sort("speech_id")
    size = pl.col("text").str.len_chars().cast(pl.Int64)
    sample = speeches.filter((size.cum_sum() - size) < BLOCK)
    if sample.is_empty():
        return pl.DataFrame(schema=WORDING)
    return _count_block(sample).with_columns(sampled=pl.lit(sample.height, dtype=pl.Int64)).sort("phrase")


def _merged(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a phrase: counts added up, entropies and cohesion averaged by count; sources counted where most were seen together."""
    def weighted(name: str) -> pl.Expr:
        return ((pl.col(name) * pl.col("count")).sum() / pl.col("count").sum()).alias(name)

    return frame.sort("phrase", "count", "before", "after").group_by("phrase", maintain_order=True).agg(
        pl.col("count").sum(), pl.col("speech_count").sum(), pl.col("source_count").max(), weighted("before"), weighted("after"),
        weighted("attraction"), weighted("cut_before"), weighted("cut_after"))


def set_phrases(counted: Sequence[pl.DataFrame], limit: int = 3000) -> pl.DataFrame:
    """The set phrases of a corpus, best first: what `count_wording` gave of its shards, merged.

    Best is what is wide-spread, long, and free on both sides. The order of the shards does not matter.
    """
    sampled = sum(int(frame["sampled"][0]) for frame in counted if frame.height)
    if not sampled:
        return pl.DataFrame(schema={name: kind for name, kind in WORDING.items() if name != "sampled"})
    least = max(LEAST_SPEECHES, sampled // 200)
    length = pl.col("phrase").str.len_chars()
    found = _merged(pl.concat(list(counted))).filter(
        pl.col("cut_before") < CUT, pl.col("cut_after") < CUT, pl.col("speech_count") >= least,
        pl.col("before") > FREE, pl.col("after") > FREE, pl.col("attraction") > ATTRACTED, pl.col("count") >= FEWEST,
        ~pl.col("phrase").str.contains(_function_words()),
        ~pl.col("phrase").is_in(sorted(headwords())), pl.col("phrase").str.count_matches("、") * 4 <= length)
    spread, free = (pl.col("speech_count") / sampled).sqrt(), pl.min_horizontal("before", "after", 6.5)
    return found.with_columns(score=spread * free * pl.col("attraction").clip(0, 9) * length.log(2)).sort(
        ["score", "phrase"], descending=[True, False]).head(limit)


def occurrences(texts: Texts, wording: WordList) -> pl.DataFrame:
    """The set phrases in the texts, in order, with the columns of flows.segment.phrases.phrases_of. What stands within a longer one occurs
    there too: 高质量发展 in 推动高质量发展, or else its count would say how often nothing longer was chosen."""
    starts, ends, numbers = wording.every(texts)
    found = pl.Series(wording.words, dtype=pl.String).gather(numbers)
    return rows_of(texts, starts, ends, found, found, "set")
