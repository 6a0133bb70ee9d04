"""The profile of a release: what its rows look like as a whole, small enough to be kept in the report and compared with the next one."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

MOST_SOURCES, MOST_PHRASES = 40, 300
LENGTHS = (0, 500, 1000, 2000, 3000, 4000, 6000, 8000, 12000, 20000, 40000)
"""Lower ends of the classes of length, in characters."""

Profile = dict[str, Any]


def profile(tables: Mapping[str, pl.LazyFrame]) -> Profile:
    """What the tables of a release come to:

    years {basis: {year: speeches}}, lengths {lower end: speeches}, depths {levels: speeches}, genres, scripts, defects, kinds (of phrases):
    {name: count}, sources {source: {speeches, rejected, defects: {name: count}}} of the largest, phrases [[phrase, kind, speeches, share
    of canonical speeches]] of the most widespread, canonical: how many.
    """
    speeches = tables["speeches"].select(
        "speech_id", "source_name", "source_path", "genre", "delivered_date", "published_date", "script", "char_count", "defects",
        "is_canonical").with_columns(source=_source(pl.coalesce("source_name", _top()))).collect()
    canonical = speeches.filter("is_canonical")
    dated = speeches.select(year=pl.coalesce("delivered_date", "published_date").dt.year(), basis=pl.when(
        pl.col("delivered_date").is_not_null()).then(pl.lit("delivered")).otherwise(pl.lit("published"))).drop_nulls()
    depths = tables["sections"].group_by("speech_id").agg(pl.col("level").max()).group_by("level").len().collect()
    kinds = tables["phrases"].group_by("kind").len().collect()
    lexicon = tables["lexicon"].select("phrase", "kind", "speech_count").filter(pl.col("speech_count") > 0).sort(
        ["speech_count", "phrase", "kind"], descending=[True, False, False]).head(MOST_PHRASES).collect()
    return {
        "speeches": speeches.height, "canonical": canonical.height,
        "years": {basis: _counts(dated.filter(basis=basis)["year"].cast(pl.String)) for basis in ("delivered", "published")},
        "lengths": {str(low): int(speeches["char_count"].is_between(low, high, closed="left").sum())
                    for low, high in zip(LENGTHS, (*LENGTHS[1:], (1 << 31) - 1))},
        "depths": {str(level): count for level, count in depths.sort("level").iter_rows()},
        "genres": _counts(speeches["genre"]), "scripts": _counts(speeches["script"]),
        "defects": _counts(speeches["defects"].explode(empty_as_null=False).drop_nulls()),
        "kinds": dict(sorted(kinds.iter_rows())),
        "sources": _sources(speeches, tables["documents"]),
        "phrases": [[phrase, kind, count, round(count / max(canonical.height, 1), 5)] for phrase, kind, count in lexicon.iter_rows()],
    }


def _top() -> pl.Expr:
    return pl.col("source_path").str.extract(r"^([^/#]+)[/#]")


def _source(name: pl.Expr) -> pl.Expr:
    return name.fill_null(".")


def _counts(values: pl.Series) -> dict[str, int]:
    return dict(sorted(values.value_counts().iter_rows()))


def _sources(speeches: pl.DataFrame, documents: pl.LazyFrame) -> dict[str, Any]:
    """The sources with the most speeches. A rejected document is told by its folder, since nobody has read in it what site it is from."""
    rejected = documents.filter(pl.col("fate") == "rejected").select(source=_source(_top())).group_by("source").len()
    refused = dict(rejected.collect().iter_rows())
    counts = _counts(speeches["source"])
    names = sorted({*counts, *refused}, key=lambda name: (-counts.get(name, 0), -refused.get(name, 0), name))[:MOST_SOURCES]
    defects: dict[str, dict[str, int]] = {}
    for source, defect, count in speeches.filter(pl.col("source").is_in(names)).explode("defects", empty_as_null=False).drop_nulls(
            "defects").group_by("source", "defects").len().sort("source", "defects").iter_rows():
        defects.setdefault(source, {})[defect] = count
    return {name: {"speeches": counts.get(name, 0), "rejected": refused.get(name, 0), "defects": defects.get(name, {})} for name in names}
