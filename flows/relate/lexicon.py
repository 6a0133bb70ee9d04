"""The lexicon: how often and where each phrase occurs, first and last sight, and what a number counts.

Per shard `count_phrases` and `named_members`, over all shards `lexicon`: a phrase that stands in many shards is added up, and of several
lists of members the one that most speeches give is kept.
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from flows.segment.members import members

COUNTED: dict[str, Any] = {"phrase": pl.String, "kind": pl.String, "occurrence_count": pl.Int64, "speech_count": pl.Int64,
                           "sources": pl.List(pl.String), "first": pl.Struct({"date": pl.Date, "basis": pl.String}),
                           "last": pl.Struct({"date": pl.Date, "basis": pl.String})}
"""Columns of the counts of a shard."""
NAMED: dict[str, Any] = {"speech_id": pl.String, "phrase": pl.String, "members": pl.List(pl.String)}
"""Columns of the members that speeches name."""

SPEECHES_A_VOTE = 50
"""Members are believed where at least one in so many speeches that hold the formula names them."""


def count_phrases(phrases: pl.DataFrame, speeches: pl.DataFrame) -> pl.DataFrame:
    """One row a phrase and kind of a shard, with the columns of COUNTED.

    `phrases`: speech_id, phrase, kind, a row an occurrence. `speeches`: speech_id, is_canonical, source (the site, or else the top
    folder), delivered_date, published_date. Only canonical speeches are counted and dated; a phrase that only others hold has a row
    with nothing counted, since every phrase in the dataset has one row in the lexicon.
    """
    delivered, published = pl.col("delivered_date").cast(pl.Date), pl.col("published_date").cast(pl.Date)
    counted = speeches.filter("is_canonical").select(
        "speech_id", "source", date=pl.coalesce(delivered, published),
        basis=pl.when(delivered.is_not_null()).then(pl.lit("delivered")).when(published.is_not_null()).then(pl.lit("published")))
    # Of two speeches of one day the one with a delivered date speaks for it: "delivered" sorts before "published". So that no group of
    # rows needs sorting, days are compared by their ranks, from the first on and from the last on.
    days = counted.select("date", "basis").drop_nulls("date").unique()
    firsts, lasts = days.sort("date", "basis"), days.sort("date", "basis", descending=[True, False])
    for name, ranked in (("first", firsts), ("last", lasts)):
        counted = counted.join(ranked.with_row_index(name), on=["date", "basis"], how="left")
    rows = phrases.group_by("phrase", "kind", "speech_id").agg(pl.len().cast(pl.Int64).alias("n")).join(
        counted.select("speech_id", "source", "first", "last", counts=pl.lit(1, pl.Int64)), on="speech_id", how="left").sort("source")
    found = rows.group_by("phrase", "kind").agg(
        (pl.col("n") * pl.col("counts")).sum().alias("occurrence_count"), pl.col("counts").sum().alias("speech_count"),
        pl.col("source").drop_nulls().unique(maintain_order=True).alias("sources"), pl.col("first").min(), pl.col("last").min())
    return found.with_columns(first=firsts.to_struct().gather(found["first"]), last=lasts.to_struct().gather(found["last"])).select(
        pl.col(name).cast(kind) for name, kind in COUNTED.items()).sort("phrase", "kind")


def named_members(phrases: pl.DataFrame, speeches: pl.DataFrame) -> pl.DataFrame:
    """What the numbers count, where the speeches of a shard say so, with the columns of NAMED.

    `phrases`: speech_id, start, end, phrase, kind. `speeches`: speech_id, text, is_canonical.
    """
    numbered = phrases.filter(pl.col("kind") == "numbered").sort("speech_id", "start").group_by("speech_id", maintain_order=True).agg(
        "start", "end", "phrase")
    rows = []
    for key, starts, ends, names, text in numbered.join(speeches.filter("is_canonical").select("speech_id", "text"), on="speech_id").select(
            "speech_id", "start", "end", "phrase", "text").iter_rows():
        rows += [(key, phrase, found) for phrase, found in members(text, list(zip(starts, ends, names)))]
    return pl.DataFrame(rows, schema=NAMED, orient="row").unique(maintain_order=True)


def _chosen(named: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Of the lists of members of a phrase the one that most speeches give; of equals the longest, then the first by its characters."""
    found = pl.concat([pl.DataFrame(schema=NAMED), *named]).with_columns(joined=pl.col("members").list.join("、"))
    ranked = found.group_by("phrase", "joined").agg(pl.col("speech_id").n_unique().alias("votes"), pl.col("members").first())
    return ranked.sort("phrase", "votes", pl.col("joined").str.len_chars(), "joined", descending=[False, True, True, False]).group_by(
        "phrase", maintain_order=True).agg(pl.col("members").first(), pl.col("votes").first()).with_columns(kind=pl.lit("numbered"))


def lexicon(counted: Sequence[pl.DataFrame], named: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The lexicon, one row a phrase and kind, from what `count_phrases` and `named_members` gave of every shard."""
    rows = pl.concat([pl.DataFrame(schema=COUNTED), *counted]).with_columns(
        first_date=pl.col("first").struct["date"], first_basis=pl.col("first").struct["basis"],
        last_date=pl.col("last").struct["date"], last_basis=pl.col("last").struct["basis"])

    def end_of(which: str, down: bool) -> list[pl.Expr]:
        date, basis = pl.col(f"{which}_date"), pl.col(f"{which}_basis")
        known = date.is_not_null()
        # by date, and on one day "delivered" first
        order = [date.filter(known), basis.filter(known)]
        return [date.filter(known).sort_by(order, descending=[down, False]).first(),
                basis.filter(known).sort_by(order, descending=[down, False]).first().alias(f"{which}_date_basis")]

    totals = rows.group_by("phrase", "kind").agg(
        pl.col("occurrence_count").sum(), pl.col("speech_count").sum(),
        pl.col("sources").list.explode(empty_as_null=False).drop_nulls().n_unique().cast(pl.Int64).alias("source_count"),
        *end_of("first", False), *end_of("last", True))
    # What one speech in a hundred names is a list that happens to fit (双创 and two projects), not what the formula counts.
    trusted = pl.col("votes") * SPEECHES_A_VOTE >= pl.col("speech_count")
    return totals.join(_chosen(named), on=["phrase", "kind"], how="left").with_columns(
        members=pl.when(trusted).then(pl.col("members"))).sort("phrase", "kind").select(
        "phrase", "kind", "occurrence_count", "speech_count", "source_count", "first_date", "last_date", "first_date_basis",
        "last_date_basis", "members")
