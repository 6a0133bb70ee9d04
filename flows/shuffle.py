"""How the joins over a whole corpus would fall into partitions, told from a text at hand: no cluster is needed to see what breaks first.

    python -m flows.shuffle RELEASE_OR_PARQUET [--terabytes 1] [--documents 100000000] [--shards 4096] [--partition-megabytes 256]

Duplicates, passages, lexicon and furniture each bring together what stands under one key in any shard. The keys of the text at hand are
counted with the functions of the pipeline itself. A key that LEAST or more documents hold keeps its share of documents, however large the
corpus. Of the rare ones there are more with every document, as Heaps' law has it, fitted to the text at hand, and their shares fall off as
Zipf's law has it. Each key goes to the partition that its hash names; what is printed is how full the partitions are, once as the
records come and once after a shard has gathered what it can: counts of one line or phrase are added up, and of a seed or a hash that is
too common to say anything only as many records are sent on as show that.
"""
from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.ingest.documents import Document
from flows.ingest.shard import documents_of
from flows.normalize.repetition import KEYED, key, source_group
from flows.relate import duplicates, passages
from flows.relate.fingerprints import NUMBER_BITS, RUN, fingerprints, numbers_of
from flows.segment.phrases import phrases
from flows.tables import read_table
from schemas import DOCUMENTS, PHRASES, SPEECHES

LEAST = 4               # documents; what fewer hold says nothing of its share: most keys that two of a thousand hold are as rare as any
MOST_TAIL = 1 << 21     # rare keys looked at one by one, the most frequent first; the rest is spread evenly
PLACED = 24             # bytes of a record beside a key in words: which source or speech, and a count
PARTS = (8, 4, 2, 1)    # where Heaps' law is fitted: at an eighth, a quarter, half and the whole of the text at hand
FINGERPRINTED = 1000    # speeches at a time
HEAVY = 0.1             # a key that alone fills this share of a mean partition is told of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Keys:
    """What a shuffle brings together, counted over the documents of a text at hand.

    hashes, shares, sizes: of each key that LEAST or more documents hold its hash, the share of documents that hold it and the bytes of a
    record. rare, rare_records, rare_size: how many other keys there are, of how many records, of how many bytes in the mean. growth:
    Heaps' exponent: of n times the documents, n to the power of it times the keys.
    """

    documents: int
    hashes: npt.NDArray[np.uint64]
    shares: Floats
    sizes: Floats
    rare: int
    rare_records: int
    rare_size: float
    growth: float


@dataclass(frozen=True)
class Fill:
    """How full the partitions of a shuffle are. heavy: keys that alone fill HEAVY of a mean partition; heaviest: bytes of the largest."""

    shuffle: str
    gathered: bool
    records: int
    bytes: int
    partitions: int
    mean: int
    most: int
    heavy: int
    heaviest: int


def keys_of(held: pl.DataFrame, documents: int) -> Keys:
    """The keys of rows (document: number from 0, hash, size: bytes of the record): a row a document and key."""
    held = held.unique(["document", "hash"], maintain_order=True)
    counts = held.group_by("hash").agg(pl.len().alias("documents"), pl.col("size").mean()).sort("hash")
    shared, rare = counts.filter(pl.col("documents") >= LEAST), counts.filter(pl.col("documents") < LEAST)
    found = [held.filter(pl.col("document") < max(1, documents // part))["hash"].n_unique() for part in PARTS]
    steps = [max(1, documents // part) for part in PARTS]
    growth = float(np.polyfit(np.log(steps), np.log(np.maximum(found, 1)), 1)[0]) if documents >= PARTS[0] else 1.0
    return Keys(documents, shared["hash"].to_numpy(), shared["documents"].to_numpy() / documents, shared["size"].to_numpy(),
                rare.height, int(rare["documents"].sum()),
                float(rare["size"].mean() or 0), float(np.clip(growth, 0.0, 1.0)))  # type: ignore[arg-type]


def tail(keys: Keys, documents: float) -> tuple[Floats, float]:
    """Of the rare keys, seen or not, in a corpus of so many documents: the shares of the most frequent ones, and the records of all
    others."""
    records = keys.rare_records / keys.documents * documents
    kinds = max((keys.rare + len(keys.shares)) * (documents / keys.documents) ** keys.growth - len(keys.shares), 0.0)
    first = len(keys.shares) + 1
    ranks = np.arange(first, first + int(min(kinds, MOST_TAIL)), dtype=np.float64)
    # Heaps' exponent is the inverse of Zipf's; a rare key has at most the share of one that is not.
    shares = (LEAST / keys.documents) * (ranks / first) ** (-1 / max(keys.growth, 0.1))
    shares = shares[np.cumsum(shares) * documents <= records]
    return shares, max(records - float(shares.sum()) * documents, 0.0)


def fill(shuffle: str, keys: Keys, documents: float, shards: int, partition_bytes: float,
         sent: Callable[[Floats], Floats] | None = None) -> Fill:
    """The partitions of a corpus of so many documents. `sent`: of the records of a key in a shard, how many go on; None for all."""
    shares, rest = tail(keys, documents)
    hashes = np.concatenate([keys.hashes, np.random.default_rng(0).integers(0, 1 << 63, len(shares), dtype=np.uint64)])
    sizes = np.concatenate([keys.sizes, np.full(len(shares), keys.rare_size)])
    held = np.concatenate([keys.shares, shares]) * documents
    records = held if sent is None else np.minimum(held, shards * sent(held / shards))
    weights = records * sizes
    total = float(weights.sum()) + rest * keys.rare_size
    partitions = 1 << max(0, int(np.ceil(np.log2(max(total / partition_bytes, 1)))))
    mixed = hashes * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(32)
    full = np.bincount((mixed % np.uint64(partitions)).astype(np.int64), weights, partitions) + rest * keys.rare_size / partitions
    mean = total / partitions
    return Fill(shuffle, sent is not None, round(records.sum() + rest), round(total), partitions, round(mean), round(full.max()),
                int((weights > HEAVY * mean).sum()), round(weights.max(initial=0)))


def added_up(growth: float) -> Callable[[Floats], Floats]:
    """What a shard sends on of counts that are added up a key and source, where sources grow in number with this exponent."""
    return lambda records: np.where(records > 1, np.maximum(records, 1) ** growth, records)


def up_to(most: int) -> Callable[[Floats], Floats]:
    """What a shard sends on where more than `most` records of a key say only that it is common."""
    return lambda records: np.minimum(records, most)


@dataclass(frozen=True)
class Text:
    """A text at hand: the documents that hold speeches, the speeches as (number, text), and phrases as (number, phrase, kind)."""

    documents: list[Document]
    speeches: pl.DataFrame
    phrases: pl.DataFrame

    @property
    def bytes(self) -> int:
        return sum(len(document.raw_text.encode("utf-8", "surrogatepass")) for document in self.documents)


def text_at_hand(path: Path) -> Text:
    """A release, or a Parquet file with a column `text`, taken for speeches as they are. Raises OSError or polars' errors where it is
    neither."""
    if path.is_dir():
        documents = read_table(path, DOCUMENTS).filter(pl.col("fate") == "speech").sort("speech_id")
        numbers = documents.select("speech_id").with_row_index("number")
        speeches = read_table(path, SPEECHES, ["speech_id", "text"]).join(numbers, on="speech_id")
        said = read_table(path, PHRASES, ["speech_id", "phrase", "kind"]).join(numbers, on="speech_id")
        return Text(list(documents_of(documents)), speeches.select("number", "text"), said.select("number", "phrase", "kind"))
    texts = pl.read_parquet(path, columns=["text"])["text"].drop_nulls().to_list()
    listed = [Document(f"{path.name}#{number}", "text/plain", "utf-8", len(text.encode()), text) for number, text in enumerate(texts)]
    said = pl.DataFrame([(number, each.phrase, each.kind) for number, text in enumerate(texts) for each in phrases(text)],
                        schema={"number": pl.UInt32, "phrase": pl.String, "kind": pl.String}, orient="row")
    return Text(listed, pl.DataFrame({"number": range(len(texts)), "text": texts}, schema={"number": pl.UInt32, "text": pl.String}), said)


def _worded(rows: Iterable[tuple[int, str]]) -> pl.DataFrame:
    held = pl.DataFrame(list(rows), schema={"document": pl.UInt32, "key": pl.String}, orient="row")
    return held.select("document", hash=pl.col("key").hash(0), size=pl.col("key").str.len_bytes().cast(pl.Float64) + PLACED)


def _printed(speeches: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The seeds of some speeches, and the hashes of their sketches."""
    prints, numbers = fingerprints(speeches.select(speech_id=pl.col("number").cast(pl.String), text="text")), speeches["number"]
    owners = np.repeat(np.arange(len(numbers)), prints.speeches["seed_count"].to_numpy())
    own = np.concatenate([np.zeros(0, np.int64), *(numbers_of(prints.seeds[first:first + RUN], first)
                                                   for first in range(0, len(prints.seeds), RUN))])
    seeds = pl.DataFrame({"document": numbers.gather(owners[own]), "hash": prints.seeds >> np.uint64(NUMBER_BITS)})
    sketches = prints.speeches.select(document=numbers, hash="sketch").explode("hash", empty_as_null=False)
    return seeds.with_columns(size=pl.lit(16.0)), sketches.with_columns(pl.col("hash").cast(pl.UInt64), size=pl.lit(12.0))


def fills(text: Text, *, bytes_: float, documents: float, shards: int, partition_bytes: float) -> Iterator[Fill]:
    """Every shuffle of the pipeline in a corpus of so many bytes and documents, as the records come and as a shard gathers them.

    Lines, phrases and seeds grow with the bytes, sketches with the documents.
    """
    count = len(text.documents)
    alike = count * bytes_ / max(text.bytes, 1)     # documents of the length of those at hand
    sources = [source_group(document) for document in text.documents]
    of_sources = keys_of(_worded(enumerate(sources)), count)
    spread = of_sources.growth if len(set(sources)) > 1 else 0.0
    lines = keys_of(_worded((number, line) for number, document in enumerate(text.documents)
                            for line in {key(each) for each in document.raw_text.split("\n") if 0 < len(each) <= KEYED} - {""}), count)
    said = keys_of(_worded((number, f"{kind} {phrase}") for number, phrase, kind in text.phrases.iter_rows()), count)
    seeds, sketches = (keys_of(pl.concat(frames), count) for frames in zip(*map(_printed, text.speeches.iter_slices(FINGERPRINTED))))
    for name, keys, many, sent in (("furniture: lines", lines, alike, added_up(spread)), ("lexicon: phrases", said, alike, added_up(0.0)),
                                   ("passages: seeds", seeds, alike, up_to(passages.CROWD + 1)),
                                   ("duplicates: hashes of sketches", sketches, documents, up_to(duplicates.CROWD + 1))):
        for gathered in (None, sent):
            yield fill(name, keys, many, shards, partition_bytes, gathered)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How the joins over a whole corpus would fall into partitions.")
    parser.add_argument("text", type=Path, help="a release, or a Parquet file with a column text")
    parser.add_argument("--terabytes", type=float, default=1.0, help="raw text of the corpus")
    parser.add_argument("--documents", type=float, default=1e8, help="documents of the corpus")
    parser.add_argument("--shards", type=int, default=4096)
    parser.add_argument("--partition-megabytes", type=float, default=256.0, help="what a mean partition may hold at most")
    parser.add_argument("--json", action="store_true", help="a JSON object a line instead of a table")
    given = parser.parse_args(arguments)
    text = text_at_hand(given.text)
    found = fills(text, bytes_=given.terabytes * 1e12, documents=given.documents, shards=given.shards,
                  partition_bytes=given.partition_megabytes * 1e6)
    if given.json:
        for each in found:
            print(json.dumps(asdict(each)))
        return
    print(f"{'shuffle':<32}{'gathered':<10}{'records':>10}{'GB':>9}{'partitions':>12}{'mean MB':>9}{'max MB':>9}{'max/mean':>10}"
          f"{'heavy keys':>12}{'heaviest MB':>13}")
    for each in found:
        print(f"{each.shuffle:<32}{'a shard' if each.gathered else 'no':<10}{each.records:>10.1e}{each.bytes / 1e9:>9.1f}"
              f"{each.partitions:>12}{each.mean / 1e6:>9.1f}{each.most / 1e6:>9.1f}{each.most / max(each.mean, 1):>10.2f}{each.heavy:>12}"
              f"{each.heaviest / 1e6:>13.1f}")


if __name__ == "__main__":
    main()
