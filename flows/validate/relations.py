"""Relations: what must hold between speeches, told from a few short columns of the whole corpus."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from flows.relate.origins import source
from flows.validate.rules import Found, Rule

RELATIONS: dict[str, Rule] = {
    "a group has one canonical": Rule("speeches", "Of the speeches of a duplicate_group, two or more, one is canonical, and each "
                                      "has its similarity"),
    "passages lie in canonical speeches": Rule("passages", "Both speeches of a passage are there and canonical, the first id is the "
                                               "smaller, both spans lie in their texts, and char_count is the length of the shorter"),
    "the lexicon counts the phrases": Rule("lexicon", "Every phrase and kind has its row, with its occurrences in canonical speeches, "
                                           "their number, their sources and their first and last date"),
    "inputs have one fate": Rule("documents", "No source_path stands for two documents"),
}
SHORT = ["speech_id", "char_count", "duplicate_group", "is_canonical", "duplicate_similarity"]


def relation_faults(speeches: pl.DataFrame, passages: Iterable[pl.DataFrame], paths: pl.Series) -> Iterator[tuple[str, str, str, str]]:
    """(rule, table, key, evidence). `speeches`: the columns SHORT of all speeches; `passages`: all of them, looked at frame by frame;
    `paths`: source_path of all documents."""
    for found in (_groups(speeches), _passages(speeches, passages), _paths(paths)):
        for rule, key, evidence in found:
            yield rule, RELATIONS[rule].table, key, evidence


def _groups(speeches: pl.DataFrame) -> Found:
    groups = speeches.drop_nulls("duplicate_group").group_by("duplicate_group").agg(
        canonical=pl.col("is_canonical").sum(), size=pl.len(), unlike=pl.col("duplicate_similarity").null_count())
    broken = groups.filter((pl.col("canonical") != 1) | (pl.col("size") < 2) | (pl.col("unlike") > 0)).sort("duplicate_group")
    for group, canonical, size, unlike in broken.iter_rows():
        yield "a group has one canonical", group, f"{canonical} canonical of {size}, {unlike} without a similarity"


def _passages(speeches: pl.DataFrame, passages: Iterable[pl.DataFrame]) -> Found:
    known = speeches.unique("speech_id").select("speech_id", length="char_count", canonical="is_canonical")
    for frame in passages:
        yield from _misplaced(frame, known)


def _misplaced(passages: pl.DataFrame, known: pl.DataFrame) -> Found:
    rows = passages.join(known, on="speech_id", how="left").join(
        known.rename({"speech_id": "other_speech_id", "length": "other_length", "canonical": "other_canonical"}), on="other_speech_id",
        how="left")
    shorter = pl.min_horizontal(pl.col("end") - pl.col("start"), pl.col("other_end") - pl.col("other_start"))
    for broken, words in (
            (pl.col("length").is_null() | pl.col("other_length").is_null(), "a speech is not there"),
            (~(pl.col("canonical") & pl.col("other_canonical")), "a speech is not canonical"),
            (pl.col("speech_id") >= pl.col("other_speech_id"), "the first id is not the smaller"),
            ((pl.col("start") < 0) | (pl.col("other_start") < 0) | (pl.col("end") > pl.col("length"))
             | (pl.col("other_end") > pl.col("other_length")) | (shorter <= 0), "a span is not in its text"),
            (pl.col("char_count") != shorter, "char_count is not the length of the shorter side")):
        for key, start, end, other, other_start, other_end in rows.filter(broken).select(
                "speech_id", "start", "end", "other_speech_id", "other_start", "other_end").iter_rows():
            yield ("passages lie in canonical speeches", f"{key} {start}",
                   f"{words}: [{start}, {end}) and {other} [{other_start}, {other_end})")


def _paths(paths: pl.Series) -> Found:
    for path in paths.filter(paths.is_duplicated()).unique().sort():
        yield "inputs have one fate", path, "two documents"


COUNTS: dict[str, Any] = {
    "phrase": pl.String, "kind": pl.String, "occurrences": pl.Int64, "speeches": pl.Int64, "first": pl.String, "last": pl.String,
    "sources": pl.List(pl.String)}
"""What the phrases of some speeches come to; first and last as `_told` writes a date with what it rests on."""


def _told(date: pl.Expr, precision: pl.Expr, basis: pl.Expr, last: bool) -> pl.Expr:
    """A date with what it rests on, so that by its letters the smallest is the first and the largest the last: of one date the finest,
    and of these a delivered one."""
    rank = precision.replace_strict({"day": 0, "month": 2, "year": 4}, default=8, return_dtype=pl.Int32)
    rank = rank + (basis == "published").cast(pl.Int32)
    told = pl.concat_str(date.cast(pl.String), (9 - rank if last else rank).cast(pl.String), separator=" ")
    return pl.when(date.is_not_null()).then(told)


def counts_of(phrases: pl.DataFrame, speeches: pl.DataFrame, canonical: pl.Series) -> pl.DataFrame:
    """The columns of COUNTS of some speeches' phrases, a row a phrase and kind; `canonical`: the ids that count."""
    given = pl.col("delivered_date").is_not_null()
    rests = (pl.coalesce("delivered_date", "published_date"), pl.when(given).then("delivered_precision").otherwise("published_precision"),
             pl.when(given).then(pl.lit("delivered")).otherwise(pl.lit("published")))
    said = speeches.unique("speech_id").filter(pl.col("speech_id").is_in(canonical.implode())).select(
        "speech_id", first=_told(*rests, last=False), last=_told(*rests, last=True), source=source(), counts=pl.lit(True))
    rows = phrases.group_by("phrase", "kind", "speech_id").agg(n=pl.len()).join(said, on="speech_id", how="left")
    counts = pl.col("counts").fill_null(False)
    return rows.group_by("phrase", "kind").agg(
        occurrences=pl.col("n").filter(counts).sum(), speeches=counts.sum(), first=pl.col("first").min(), last=pl.col("last").max(),
        sources=pl.col("source").drop_nulls().unique()).select(pl.col(name).cast(kind) for name, kind in COUNTS.items())


def sums_of(counted: list[pl.DataFrame]) -> pl.DataFrame:
    """The counts of several lots of speeches as one."""
    return pl.concat([pl.DataFrame(schema=COUNTS), *counted]).group_by("phrase", "kind").agg(
        pl.col("occurrences", "speeches").sum(), pl.col("first").min(), pl.col("last").max(),
        pl.col("sources").list.explode(empty_as_null=False).drop_nulls().unique())


def lexicon_faults(lexicon: pl.DataFrame, counts: pl.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Faults of the lexicon against the counts (columns COUNTS) of all phrases."""
    rows = lexicon.with_columns(there=pl.lit(True)).join(counts.with_columns(due=pl.lit(True)), on=["phrase", "kind"], how="full",
                                                         coalesce=True).sort("phrase", "kind")
    both = pl.col("there") & pl.col("due")
    for broken, words in (
            (pl.col("there").is_null(), "has no row"),
            (pl.col("due").is_null(), "stands in no speech"),
            (both & (pl.col("occurrence_count") != pl.col("occurrences")), "occurrence_count is not the number of its phrases"),
            (both & (pl.col("speech_count") != pl.col("speeches")), "speech_count is not the number of its speeches"),
            (both & (pl.col("source_count") != pl.col("sources").list.len()), "source_count is not the number of its sources"),
            *((both & (_told(pl.col(f"{end}_date"), pl.col(f"{end}_precision"), pl.col(f"{end}_date_basis"), end == "last").ne_missing(
                pl.col(end)) | (pl.col(end).is_null() & pl.any_horizontal(pl.col(f"{end}_precision", f"{end}_date_basis").is_not_null()))),
               f"{end}_date is not the {which} of its speeches, or its precision and basis are not what the date rests on")
              for end, which in (("first", "earliest"), ("last", "latest"))),
            (both & pl.col("members").is_not_null() & (pl.col("kind") != "numbered"), "members of what counts nothing")):
        for phrase, kind in rows.filter(broken).select("phrase", "kind").iter_rows():
            yield "the lexicon counts the phrases", "lexicon", f"{phrase} {kind}", words
