"""Set wording: what recurs word for word over many speeches, found from the corpus itself.

In three steps, so that a corpus of any size fits: `count_wording` counts candidates in a shard, `set_phrases` merges the counts and
chooses, `occurrences` finds the chosen ones in a text. Counts are of character n-grams, since the dictionary of a segmenter would
decide beforehand what can be a phrase. Four measures tell a phrase from a fragment:

frequency   occurrences, and the speeches and sources that they are spread over
cohesion    bits that a character tells of the next: log2 of the share of the wording over the product of the shares of its characters,
            by bond
boundary    entropy of what stands before and after, in bits; the end of a clause counts as something new each time; and words are not
            cut in two there (业增加值达到)
maximal     no longer wording accounts for most of the occurrences
"""
from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

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
_STEP = np.uint64(0x100000001B3)
WORDING = {"phrase": pl.String, "count": pl.Int64, "speech_count": pl.Int64, "source_count": pl.Int64, "before": pl.Float64,
           "after": pl.Float64, "cohesion": pl.Float64, "cut_before": pl.Float64, "cut_after": pl.Float64, "sampled": pl.Int64}
"""Columns of the counted wording: before and after are entropies in bits, cut_before and cut_after the share of some occurrences where a
word stands across that end, sampled the number of speeches looked at."""
LEAST_SPEECHES = 4
FREE = 4.0
"""Entropy in bits that a set phrase has on both sides at least: as much as sixteen neighbours alike in number."""
CUT = 0.5
"""Of the occurrences looked at of a set phrase less than this share may have a word stand across an end."""
COHESIVE = {4: 8.4, 5: 7.5, 6: 6.4}
"""Bits a bond that a wording of so many characters needs, and of more than six as of six. Two words of two characters meet by chance
(企业发展, 推进农村); the longer the wording, the less of it is chance. Read off the most frequent wordings of some thousand reports."""


def _table(file: str) -> NDArray[np.bool_]:
    """Whether a code point of the basic plane is one of the characters listed in a file."""
    table = np.zeros(0x10000, dtype=bool)
    table[[ord(char) for line in entries(file) for char in line]] = True
    return table


@cache
def _edges() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    return _table("wording_no_start.txt"), _table("wording_no_end.txt")


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

    def cuts(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a word stands across each of `places`."""
        return dictionary().run_on(self.codes[places[..., None] + np.arange(-2, 2)].reshape(-1, 4)).reshape(places.shape)


def _candidates(block: _Block, n: int, places: NDArray[np.int64], grams: NDArray[np.uint64], log: NDArray[np.float32],
                longer: NDArray[np.float32]) -> pl.DataFrame:
    """The wordings of n characters that are no plain fragments. `log` and `longer` hold, by place, log2 of the count of n and n + 1."""
    no_start, no_end = _edges()
    own, after = log.take(places), longer.take(places)
    np.subtract(own, after, out=after)
    # The sharpest of the four tests first: each leaves fewer places to the next.
    kept = np.flatnonzero(after > 0.4)
    kept = kept[~no_end[block.codes[places[kept] + n - 1]]]
    kept = kept[~no_start[block.codes[places[kept]]]]
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
    alone = sum(block.share[block.codes[at + k]] for k in range(n))
    cohesion = (found["count"].log(2).to_numpy() - np.log2(block.size) - alone) / (n - 1)
    some = np.stack([at, found["last"].to_numpy()])
    return found.with_columns(phrase=pl.Series([block.joined[i:i + n] for i in at.tolist()], dtype=pl.String),
                              cohesion=pl.Series(cohesion, dtype=pl.Float64), cut_before=block.cuts(some).mean(axis=0),
                              cut_after=block.cuts(some + n).mean(axis=0)).select(name for name in WORDING if name != "sampled")


def _count_block(speeches: pl.DataFrame) -> pl.DataFrame:
    """Candidates of a block. Wording grows a character at a time, and only what is frequent without its last character and without
    its first: that leaves few places to look at after the first step."""
    block = _Block(speeches)
    places, grams = block.grams()
    frames = []
    log = np.zeros(block.size, dtype=np.float32)
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
            frames.append(_candidates(block, n - 1, *known, before, log))
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
        weighted("cohesion"), weighted("cut_before"), weighted("cut_after"))


def set_phrases(counted: Sequence[pl.DataFrame], limit: int = 3000) -> pl.DataFrame:
    """The set phrases of a corpus, best first: what `count_wording` gave of its shards, merged.

    Best is what is wide-spread, long, and free on both sides. The order of the shards does not matter.
    """
    sampled = sum(int(frame["sampled"][0]) for frame in counted if frame.height)
    if not sampled:
        return pl.DataFrame(schema={name: kind for name, kind in WORDING.items() if name != "sampled"})
    least = max(LEAST_SPEECHES, sampled // 200)
    length = pl.col("phrase").str.len_chars()
    cohesive = pl.lit(COHESIVE[6])
    for size in (5, 4):
        cohesive = pl.when(length == size).then(COHESIVE[size]).otherwise(cohesive)
    found = _merged(pl.concat(list(counted))).filter(
        pl.col("cut_before") < CUT, pl.col("cut_after") < CUT, pl.col("speech_count") >= least,
        pl.col("before") > FREE, pl.col("after") > FREE, pl.col("cohesion") > cohesive,
        ~pl.col("phrase").is_in(sorted(headwords())), pl.col("phrase").str.count_matches("、") * 4 <= length)
    spread, free = (pl.col("speech_count") / sampled).sqrt(), pl.min_horizontal("before", "after", 6.5)
    return found.with_columns(score=spread * free * pl.col("cohesion").clip(0, 9) * (length - 2).log(2)).sort(
        ["score", "phrase"], descending=[True, False]).head(limit)


def occurrences(texts: Texts, wording: WordList) -> pl.DataFrame:
    """The set phrases in the texts, in order, with the columns of flows.segment.phrases.phrases_of."""
    starts, ends, numbers = wording.spans(texts)
    found = pl.Series(wording.words, dtype=pl.String).gather(numbers)
    return rows_of(texts, starts, ends, found, found, "set")
