"""The lexicon: how often and where each phrase occurs, first and last sight, and what a number counts.

Per shard `count_phrases` and `named_members`, over all shards `lexicon`, for as many of the sorted phrases at a time as fit: a phrase that
stands in many shards is added up, and of several lists of members the one that most speeches give is kept.
"""
from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from itertools import product
from typing import Any

import polars as pl

from flows.segment.members import members
from flows.segment.texts import Texts
from schemas.speeches import BASES, PRECISIONS

COUNTED: dict[str, Any] = {"phrase": pl.String, "kind": pl.String, "occurrence_count": pl.Int64, "speech_count": pl.Int64,
                           "sources": pl.List(pl.UInt64), "first": pl.Int32, "last": pl.Int32}
"""Columns of the counts of a shard; first and last as `_days` gives them."""
NAMED: dict[str, Any] = {"speech_id": pl.String, "phrase": pl.String, "members": pl.List(pl.String), "stated": pl.Boolean}
"""Columns of the members that speeches name; stated: that these are what the number counts, not only a list beside the name."""
_RESTS = tuple(product(PRECISIONS, BASES))
"""What a date can rest on, as (precision, basis), what tells most first."""
ADDED_TOGETHER = 1 << 19
"""Rows of shards that are added up at once, at least."""

SPEECHES_A_VOTE = 50
"""Members that are stated are believed where at least one in so many speeches that hold the formula names them …"""
SPEECHES_A_LIST = 20
"""… and a list beside the name where one in so many does, and more than one speech; one is enough of a formula that only few hold."""
FEW = 2


def count_phrases(phrases: pl.DataFrame, speeches: pl.DataFrame) -> pl.DataFrame:
    """One row a phrase and kind of a shard, with the columns of COUNTED.

    `phrases`: speech_id, phrase, kind, a row an occurrence. `speeches`: speech_id, is_canonical, source (as flows.relate.origins tells it),
    delivered_date, published_date and their precisions. Only canonical speeches are counted and dated; a phrase that only others hold has
    a row with nothing counted, since every phrase in the dataset has one row in the lexicon.
    """
    given = pl.col("delivered_date").is_not_null()
    counted = speeches.with_columns(source=_numbers(speeches["source"])).filter("is_canonical").select(
        "speech_id", "source", counts=pl.lit(1, pl.Int64), date=pl.coalesce("delivered_date", "published_date").cast(pl.Date),
        precision=pl.when(given).then("delivered_precision").otherwise("published_precision"),
        basis=pl.when(given).then(pl.lit("delivered")).otherwise(pl.lit("published")))
    rows = phrases.group_by("phrase", "kind", "speech_id", maintain_order=True).agg(pl.len().cast(pl.Int64).alias("n")).join(
        counted.select("speech_id", "source", "counts", *_days()), on="speech_id", how="left").sort("source")
    found = rows.group_by("phrase", "kind", maintain_order=True).agg(
        (pl.col("n") * pl.col("counts")).sum().alias("occurrence_count"), pl.col("counts").sum().alias("speech_count"),
        pl.col("source").drop_nulls().unique(maintain_order=True).alias("sources"), pl.col("first").min(), pl.col("last").max())
    return found.select(pl.col(name).cast(kind) for name, kind in COUNTED.items()).sort("phrase", "kind")


def _numbers(sources: pl.Series) -> pl.Series:
    """A number for each source, the same in every shard: the lexicon counts sources and never names them."""
    known = {name: int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest())
             for name in sources.drop_nulls().unique()}
    return pl.Series(map(known.get, sources), dtype=pl.UInt64)


def _days() -> list[pl.Expr]:
    """`first` and `last`, of the columns date, precision and basis: these as numbers, the smallest of which is the first and the largest
    the last. Of speeches of one day one whose date is told most finely speaks for it, since a year counts as its first day; of these one
    with a delivered date."""
    day = pl.col("date").to_physical() * len(_RESTS)
    places = {name: number for number, name in enumerate(PRECISIONS)}
    precision = pl.col("precision").replace_strict(places, default=0, return_dtype=pl.Int32)
    rank = precision * len(BASES) + (pl.col("basis") == "published").cast(pl.Int32)
    return [(day + rank).alias("first"), (day + len(_RESTS) - 1 - rank).alias("last")]


def _dated(which: str) -> list[pl.Expr]:
    """Date, precision and basis of a number as `_days` gives it; null where there is none."""
    number = pl.col(which)
    rests = _RESTS if which == "first" else _RESTS[::-1]
    rank = number % len(rests)
    told = [rank.replace_strict({place: rest[part] for place, rest in enumerate(rests)}, return_dtype=pl.String) for part in (0, 1)]
    return [(number // len(rests)).cast(pl.Date).alias(f"{which}_date"), told[0].alias(f"{which}_precision"),
            told[1].alias(f"{which}_date_basis")]


def named_members(phrases: pl.DataFrame, speeches: pl.DataFrame, texts: Texts | None = None) -> pl.DataFrame:
    """What the numbers count, where the speeches of a shard say so, with the columns of NAMED.

    `phrases`: speech_id, start, end, phrase, kind. `speeches`: speech_id, text, is_canonical; `texts`: theirs end to end, where they are.
    """
    texts = texts or Texts(speeches["text"].to_list())
    places = speeches.select("speech_id", "is_canonical", place=pl.Series(texts.starts)).filter("is_canonical")
    numbered = phrases.filter(pl.col("kind") == "numbered").join(places, on="speech_id", maintain_order="left").sort("speech_id", "start")
    rows = numbered.select(pl.col("start", "end") + pl.col("place"), "phrase").rows()
    found = list(members(texts, rows))
    named = numbered.select("speech_id", "phrase")[[number for number, _, _ in found]]
    named_rows = [(key, phrase, names, stated) for (key, phrase), (_, names, stated) in zip(named.iter_rows(), found)]
    return pl.DataFrame(named_rows, schema=NAMED, orient="row").unique(maintain_order=True).sort("phrase", maintain_order=True)


def between(rows: pl.DataFrame, low: str | None, high: str | None) -> pl.DataFrame:
    """The rows, sorted by phrase, of the phrases from `low` on and before `high`."""
    start, end = (rows["phrase"].search_sorted(bound, side="left") if bound is not None else None for bound in (low, high))
    return rows[start:end]


def _chosen(named: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Of the lists of members of a phrase the one that most speeches give; of equals one that is stated, then the longest, then the first
    by its characters."""
    found = pl.concat([pl.DataFrame(schema=NAMED), *named]).with_columns(joined=pl.col("members").list.join("、"))
    ranked = found.group_by("phrase", "joined").agg(
        pl.col("speech_id").n_unique().alias("votes"), pl.col("members").first(), pl.col("stated").any())
    order = ["phrase", "votes", "stated", pl.col("joined").str.len_chars(), "joined"]
    return ranked.sort(order, descending=[False, True, True, True, False]).group_by("phrase", maintain_order=True).agg(
        pl.col("members").first(), pl.col("votes").first(), pl.col("stated").first()).with_columns(kind=pl.lit("numbered"))


def lexicon(counted: Iterable[pl.DataFrame], named: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The lexicon, one row a phrase and kind, from what `count_phrases` and `named_members` gave of every shard. In memory are the rows of
    the lexicon and of some shards."""
    totals = pl.DataFrame(schema=COUNTED)
    lot: list[pl.DataFrame] = []
    for frame in counted:
        lot.append(frame)
        if sum(part.height for part in lot) > max(ADDED_TOGETHER, totals.height):
            totals, lot = _added([totals, *lot]), []
    totals = _added([totals, *lot]).with_columns(*_dated("first"), *_dated("last"))
    # What one speech in a hundred names is a list that happens to fit (双创 and two projects), not what the formula counts.
    listed = (pl.col("votes") * SPEECHES_A_LIST >= pl.col("speech_count")) & ((pl.col("votes") > 1) | (pl.col("speech_count") <= FEW))
    trusted = listed | (pl.col("stated") & (pl.col("votes") * SPEECHES_A_VOTE >= pl.col("speech_count")))
    return totals.join(_chosen(named), on=["phrase", "kind"], how="left").sort("phrase", "kind").select(
        "phrase", "kind", "occurrence_count", "speech_count", pl.col("sources").list.len().cast(pl.Int64).alias("source_count"),
        "first_date", "last_date", "first_precision", "last_precision", "first_date_basis", "last_date_basis",
        members=pl.when(trusted).then(pl.col("members")))


def _added(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Rows with the columns of COUNTED, those of one phrase and kind made one."""
    rows = pl.concat(frames)
    key = ["phrase", "kind"]
    words = rows.select(key).unique().with_row_index("word")
    rows = rows.join(words, on=key, how="left").drop(key)
    sources = rows.select("word", "sources").explode("sources", empty_as_null=False).unique().group_by("word").agg("sources")
    return words.join(rows.group_by("word").agg(
        pl.col("occurrence_count").sum(), pl.col("speech_count").sum(), pl.col("first").min(), pl.col("last").max()), on="word").join(
        sources, on="word", how="left").with_columns(pl.col("sources").fill_null([])).select(*COUNTED)
