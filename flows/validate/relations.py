"""Relations: what must hold between speeches, told from a few short columns of the whole corpus."""
from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from flows.validate.rules import Found, Rule

RELATIONS: dict[str, Rule] = {
    "a group has one canonical": Rule("speeches", "Of the speeches of a duplicate_group, two or more, one is canonical"),
    "passages lie in canonical speeches": Rule("passages", "Both speeches of a passage are there and canonical, the first id is the "
                                               "smaller, both spans lie in their texts, and char_count is the length of the shorter"),
    "the lexicon counts the phrases": Rule("lexicon", "Every phrase and kind has its row, with its occurrences in canonical speeches and "
                                           "their number"),
    "inputs have one fate": Rule("documents", "No source_path stands for two documents"),
}
SHORT = ["speech_id", "char_count", "duplicate_group", "is_canonical"]


def relation_faults(speeches: pl.DataFrame, passages: pl.DataFrame, paths: pl.Series) -> Iterator[tuple[str, str, str, str]]:
    """(rule, table, key, evidence). `speeches`: the columns SHORT of all speeches; `paths`: source_path of all documents."""
    for found in (_groups(speeches), _passages(speeches, passages), _paths(paths)):
        for rule, key, evidence in found:
            yield rule, RELATIONS[rule].table, key, evidence


def _groups(speeches: pl.DataFrame) -> Found:
    groups = speeches.drop_nulls("duplicate_group").group_by("duplicate_group").agg(canonical=pl.col("is_canonical").sum(), size=pl.len())
    for group, canonical, size in groups.filter((pl.col("canonical") != 1) | (pl.col("size") < 2)).sort("duplicate_group").iter_rows():
        yield "a group has one canonical", group, f"{canonical} canonical of {size}"


def _passages(speeches: pl.DataFrame, passages: pl.DataFrame) -> Found:
    known = speeches.unique("speech_id").select("speech_id", length="char_count", canonical="is_canonical")
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


def counts_of(phrases: pl.DataFrame, canonical: pl.Series) -> pl.DataFrame:
    """(phrase, kind, occurrences, speeches) of some speeches' phrases; `canonical`: the ids that count. Rows of shards add up."""
    rows = phrases.select("phrase", "kind", "speech_id", counts=pl.col("speech_id").is_in(canonical.implode()))
    return rows.group_by("phrase", "kind").agg(
        occurrences=pl.col("counts").sum().cast(pl.Int64),
        speeches=pl.col("speech_id").filter(pl.col("counts")).n_unique().cast(pl.Int64))


def lexicon_faults(lexicon: pl.DataFrame, counts: pl.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Faults of the lexicon against the counts (`counts_of`, added up) of all phrases."""
    rows = lexicon.select("phrase", "kind", "occurrence_count", "speech_count", there=pl.lit(True)).join(
        counts.with_columns(due=pl.lit(True)), on=["phrase", "kind"], how="full", coalesce=True)
    broken = rows.filter(pl.col("there").is_null() | pl.col("due").is_null() | (pl.col("occurrence_count") != pl.col("occurrences"))
                         | (pl.col("speech_count") != pl.col("speeches"))).sort("phrase", "kind")
    rule = "the lexicon counts the phrases"
    for phrase, kind, said, of, there, occurrences, speeches, due in broken.select(
            "phrase", "kind", "occurrence_count", "speech_count", "there", "occurrences", "speeches", "due").iter_rows():
        words = "no row" if not there else "no such phrase" if not due else f"{said} in {of} speeches, found {occurrences} in {speeches}"
        yield rule, "lexicon", f"{phrase} {kind}", words
