"""The lexicon: how often and where each phrase occurs, first and last sight, and what a number counts.

Per shard `count_phrases` and `named_members`, over all shards `lexicon`, for as many of the sorted phrases at a time as fit: a phrase that
stands in many shards is added up, and of several lists of members the one that most speeches give is kept.
"""
from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import polars as pl

from flows.segment.members import members
from flows.segment.texts import Texts

COUNTED: dict[str, Any] = {"phrase": pl.String, "kind": pl.String, "occurrence_count": pl.Int64, "speech_count": pl.Int64,
                           "sources": pl.List(pl.UInt64), "first": pl.Struct({"date": pl.Date, "basis": pl.String}),
                           "last": pl.Struct({"date": pl.Date, "basis": pl.String})}
"""Columns of the counts of a shard."""
NAMED: dict[str, Any] = {"speech_id": pl.String, "phrase": pl.String, "members": pl.List(pl.String)}
"""Columns of the members that speeches name."""
_ADDED: dict[str, Any] = {name: pl.Int32 if name in ("first", "last") else kind for name, kind in COUNTED.items()}
ADDED_TOGETHER = 1 << 19
"""Rows of shards that are added up at once, at least."""

SPEECHES_A_VOTE = 50
"""Members are believed where at least one in so many speeches that hold the formula names them."""


def count_phrases(phrases: pl.DataFrame, speeches: pl.DataFrame) -> pl.DataFrame:
    """One row a phrase and kind of a shard, with the columns of COUNTED.

    `phrases`: speech_id, phrase, kind, a row an occurrence. `speeches`: speech_id, is_canonical, source (the site, or else the top
    folder), delivered_date, published_date. Only canonical speeches are counted and dated; a phrase that only others hold has a row
    with nothing counted, since every phrase in the dataset has one row in the lexicon.
    """
    delivered, published = pl.col("delivered_date").cast(pl.Date), pl.col("published_date").cast(pl.Date)
    counted = speeches.with_columns(source=_numbers(speeches["source"])).filter("is_canonical").select(
        "speech_id", "source", counts=pl.lit(1, pl.Int64), date=pl.coalesce(delivered, published),
        basis=pl.when(delivered.is_not_null()).then(pl.lit("delivered")).when(published.is_not_null()).then(pl.lit("published")))
    rows = phrases.group_by("phrase", "kind", "speech_id", maintain_order=True).agg(pl.len().cast(pl.Int64).alias("n")).join(
        counted.select("speech_id", "source", "counts", *_days(pl.col("date"), pl.col("basis"))), on="speech_id", how="left").sort("source")
    found = rows.group_by("phrase", "kind", maintain_order=True).agg(
        (pl.col("n") * pl.col("counts")).sum().alias("occurrence_count"), pl.col("counts").sum().alias("speech_count"),
        pl.col("source").drop_nulls().unique(maintain_order=True).alias("sources"), pl.col("first").min(), pl.col("last").max())
    return found.with_columns(_dated("first"), _dated("last")).select(
        pl.col(name).cast(kind) for name, kind in COUNTED.items()).sort("phrase", "kind")


def _numbers(sources: pl.Series) -> pl.Series:
    """A number for each source, the same in every shard: the lexicon counts sources and never names them."""
    known = {name: int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest())
             for name in sources.drop_nulls().unique()}
    return pl.Series(map(known.get, sources), dtype=pl.UInt64)


def _days(date: pl.Expr, basis: pl.Expr) -> list[pl.Expr]:
    """`first` and `last`: date and basis as numbers, the smallest of which is the first and the largest the last. Of two speeches of one
    day the one with a delivered date speaks for it."""
    day = date.to_physical() * 2
    return [(day + (basis == "published").cast(pl.Int32)).alias("first"), (day + (basis == "delivered").cast(pl.Int32)).alias("last")]


def _dated(which: str) -> pl.Expr:
    """Date and basis of a number as `_days` gives it; null where there is none."""
    number = pl.col(which)
    odd, even = ("published", "delivered") if which == "first" else ("delivered", "published")
    basis = pl.when(number % 2 == 1).then(pl.lit(odd)).otherwise(pl.lit(even))
    return pl.when(number.is_not_null()).then(pl.struct((number // 2).cast(pl.Date).alias("date"), basis.alias("basis"))).alias(which)


def named_members(phrases: pl.DataFrame, speeches: pl.DataFrame, texts: Texts | None = None) -> pl.DataFrame:
    """What the numbers count, where the speeches of a shard say so, with the columns of NAMED.

    `phrases`: speech_id, start, end, phrase, kind. `speeches`: speech_id, text, is_canonical; `texts`: theirs end to end, where they are.
    """
    texts = texts or Texts(speeches["text"].to_list())
    places = speeches.select("speech_id", "is_canonical", place=pl.Series(texts.starts)).filter("is_canonical")
    numbered = phrases.filter(pl.col("kind") == "numbered").join(places, on="speech_id", maintain_order="left").sort("speech_id", "start")
    rows = numbered.select(pl.col("start", "end") + pl.col("place"), "phrase").rows()
    found = list(members(texts, rows))
    named = numbered.select("speech_id", "phrase")[[number for number, _ in found]]
    named_rows = [(key, phrase, names) for (key, phrase), (_, names) in zip(named.iter_rows(), found)]
    return pl.DataFrame(named_rows, schema=NAMED, orient="row").unique(maintain_order=True).sort("phrase", maintain_order=True)


def between(rows: pl.DataFrame, low: str | None, high: str | None) -> pl.DataFrame:
    """The rows, sorted by phrase, of the phrases from `low` on and before `high`."""
    start, end = (rows["phrase"].search_sorted(bound, side="left") if bound is not None else None for bound in (low, high))
    return rows[start:end]


def _chosen(named: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Of the lists of members of a phrase the one that most speeches give; of equals the longest, then the first by its characters."""
    found = pl.concat([pl.DataFrame(schema=NAMED), *named]).with_columns(joined=pl.col("members").list.join("、"))
    ranked = found.group_by("phrase", "joined").agg(pl.col("speech_id").n_unique().alias("votes"), pl.col("members").first())
    return ranked.sort("phrase", "votes", pl.col("joined").str.len_chars(), "joined", descending=[False, True, True, False]).group_by(
        "phrase", maintain_order=True).agg(pl.col("members").first(), pl.col("votes").first()).with_columns(kind=pl.lit("numbered"))


def lexicon(counted: Iterable[pl.DataFrame], named: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The lexicon, one row a phrase and kind, from what `count_phrases` and `named_members` gave of every shard. In memory are the rows of
    the lexicon and of some shards."""
    totals = pl.DataFrame(schema=_ADDED)
    lot: list[pl.DataFrame] = []
    for frame in counted:
        lot.append(frame.select("phrase", "kind", "occurrence_count", "speech_count", "sources",
                                *_days(pl.col("first").struct["date"], pl.col("first").struct["basis"])[:1],
                                *_days(pl.col("last").struct["date"], pl.col("last").struct["basis"])[1:]))
        if sum(part.height for part in lot) > max(ADDED_TOGETHER, totals.height):
            totals, lot = _added([totals, *lot]), []
    totals = _added([totals, *lot]).with_columns(_dated("first"), _dated("last"))
    # What one speech in a hundred names is a list that happens to fit (双创 and two projects), not what the formula counts.
    trusted = pl.col("votes") * SPEECHES_A_VOTE >= pl.col("speech_count")
    return totals.join(_chosen(named), on=["phrase", "kind"], how="left").sort("phrase", "kind").select(
        "phrase", "kind", "occurrence_count", "speech_count", source_count=pl.col("sources").list.len().cast(pl.Int64),
        first_date=pl.col("first").struct["date"], last_date=pl.col("last").struct["date"],
        first_date_basis=pl.col("first").struct["basis"], last_date_basis=pl.col("last").struct["basis"],
        members=pl.when(trusted).then(pl.col("members")))


def _added(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Rows with the columns of _ADDED, those of one phrase and kind made one."""
    rows = pl.concat(frames)
    key = ["phrase", "kind"]
    words = rows.select(key).unique().with_row_index("word")
    rows = rows.join(words, on=key, how="left").drop(key)
    sources = rows.select("word", "sources").explode("sources", empty_as_null=False).unique().group_by("word").agg("sources")
    return words.join(rows.group_by("word").agg(
        pl.col("occurrence_count").sum(), pl.col("speech_count").sum(), pl.col("first").min(), pl.col("last").max()), on="word").join(
        sources, on="word", how="left").with_columns(pl.col("sources").fill_null([])).select(*_ADDED)
