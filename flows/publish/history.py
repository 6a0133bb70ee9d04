"""Proof by history: the share of speeches a year that hold a formula, beside the year it is known to have been put forward.

A release whose dates are right shows each formula from its first year on, and not before. Run over a release folder:

    python -m flows.publish.history RELEASE FIGURE.svg

writes the curves as a figure, and prints the first years and every speech that is dated before the wording that it holds. Reprints and
speeches without a date are left out.
"""
from __future__ import annotations

import logging
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import polars as pl

from schemas.lexicons import rows

LEAST_SPEECHES, LEAST_SHARE = 2, 0.03
"""A year counts as one of general use from so many speeches, and such a share of the year's, on: below is noise (a wrong date, another
sense of the words: 和谐社会 was written before it was a formula)."""

AROUND = 14
"""Characters on either side of a wording that tell a reader its sense."""

LEAST_A_YEAR = 5
"""A year of fewer speeches is not drawn: one speech would be a peak of 100 %."""


def known() -> pl.DataFrame:
    """The formulae of history.tsv: phrase, first_year, general_year, occasion."""
    return pl.DataFrame(rows("history.tsv"), schema=["phrase", "first_year", "general_year", "occasion"], orient="row").with_columns(
        pl.col("first_year", "general_year").cast(pl.Int32))


def dated(speeches: pl.DataFrame) -> pl.DataFrame:
    """The canonical speeches with a date: speech_id, source_path, title, text, date, basis, year."""
    basis = pl.when(pl.col("delivered_date").is_not_null()).then(pl.lit("delivered")).otherwise(pl.lit("published"))
    return speeches.filter("is_canonical").select(
        "speech_id", "source_path", "title", "text", date=pl.coalesce("delivered_date", "published_date"), basis=basis,
    ).filter(pl.col("date").is_not_null()).with_columns(year=pl.col("date").dt.year().cast(pl.Int32))


def holders(speeches: pl.DataFrame, phrases: list[str]) -> pl.DataFrame:
    """A row a phrase and dated speech that holds it, marks within the wording or not: phrase, context (where it stands first, from
    AROUND characters before to AROUND after), and the columns of `dated` but text."""
    plain = pl.col("text").str.replace_all("[“”‘’]", "")
    bare = speeches.with_columns(plain)
    found = [bare.filter(pl.col("text").str.contains(phrase, literal=True)).with_columns(
        phrase=pl.lit(phrase), context=pl.col("text").str.extract(f"(.{{0,{AROUND}}}{re.escape(phrase)}.{{0,{AROUND}}})")).drop("text")
        for phrase in phrases]
    none = bare.drop("text").clear().with_columns(phrase=pl.lit("", dtype=pl.String), context=pl.lit("", dtype=pl.String))
    return pl.concat(found) if found else none


def shares(speeches: pl.DataFrame, held: pl.DataFrame, phrases: list[str]) -> pl.DataFrame:
    """A row a phrase and year in which there are speeches: phrase, year, speech_count, speeches of the year, share."""
    years = speeches.group_by("year").agg(pl.len().cast(pl.Int64).alias("speeches"))
    counts = held.group_by("phrase", "year").agg(pl.len().cast(pl.Int64).alias("speech_count"))
    grid = pl.DataFrame({"phrase": phrases}, schema={"phrase": pl.String}).join(years, how="cross")
    return grid.join(counts, on=["phrase", "year"], how="left").with_columns(pl.col("speech_count").fill_null(0)).with_columns(
        share=pl.col("speech_count") / pl.col("speeches")).sort("phrase", "year")


def first_years(found: pl.DataFrame) -> pl.DataFrame:
    """By phrase the first year above noise: phrase, seen_from."""
    return found.filter(pl.col("speech_count") >= LEAST_SPEECHES, pl.col("share") >= LEAST_SHARE).group_by("phrase").agg(
        pl.col("year").min().alias("seen_from"))


def contradictions(held: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """The speeches dated before the wording that they hold was put forward, with the words around it, which tell the cause: a wrong date,
    or the same words in another sense (三大攻坚战 of a city's own, 构建分工合理的创新发展格局)."""
    return held.join(history.select("phrase", "first_year"), on="phrase").filter(pl.col("year") < pl.col("first_year")).select(
        "phrase", "first_year", "date", "basis", "source_path", "title", "context", "speech_id").sort("phrase", "date", "speech_id")


def draw(found: pl.DataFrame, history: pl.DataFrame, path: Path) -> None:
    """Write the curves as SVG: a small panel a formula, its first year as a line, and below all the number of speeches a year.

    The same release gives the same bytes. Text stays text, so that a reader's own fonts show it.
    """
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    settings: dict[Any, Any] = {
        "svg.fonttype": "none", "svg.hashsalt": "jianghua", "axes.spines.top": False, "axes.spines.right": False, "font.size": 8,
        "font.family": ["Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei", "sans-serif"]}
    # Where this machine has none of these fonts the text is still right: it stays text, and only its width is guessed.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    with plt.rc_context(settings):
        across = 4
        down = -(-history.height // across) + 1
        figure, axes = plt.subplots(down, across, figsize=(11, 1.5 * down), sharex=True, squeeze=False)
        panels = axes.flatten()
        found = found.filter(pl.col("speeches") >= LEAST_A_YEAR)
        span = (found["year"].min(), found["year"].max())
        for panel, row in zip(panels, history.sort("first_year", "phrase").iter_rows(named=True)):
            curve = found.filter(phrase=row["phrase"])
            panel.fill_between(curve["year"].to_list(), (curve["share"] * 100).to_list(), color="#c8102e", alpha=0.25, linewidth=0)
            panel.plot(curve["year"].to_list(), (curve["share"] * 100).to_list(), color="#c8102e", linewidth=1)
            panel.axvline(row["first_year"], color="#333333", linewidth=0.8, linestyle=":")
            panel.set_title(f"{row['phrase']} {row['first_year']}", loc="left", fontsize=9)
            panel.set_ylim(0, 105)
            panel.set_ylabel("%")
        years = found.group_by("year").agg(pl.col("speeches").first()).sort("year")
        for panel in panels[history.height:]:
            panel.set_visible(False)
        below = panels[-across]
        below.set_visible(True)
        below.bar(years["year"].to_list(), years["speeches"].to_list(), color="#888888")
        below.set_title("篇数 speeches", loc="left", fontsize=9)
        below.set_xlim(*span)
        figure.suptitle("含有该提法的讲话占当年的百分比，虚线为首次提出之年 · share of the year's speeches; dotted: first put forward",
                        fontsize=9)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing")
            figure.tight_layout()
            figure.savefig(path, format="svg", metadata={"Date": None, "Creator": "jianghua"})
        plt.close(figure)


def history(release: Path, figure: Path | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(first years beside the known ones, contradictions) of a release; the curves are drawn where a path for the figure is given."""
    source = release / "speeches.parquet" if (release / "speeches.parquet").exists() else release / "speeches" / "**" / "*.parquet"
    columns = ["speech_id", "source_path", "title", "text", "is_canonical", "delivered_date", "published_date"]
    speeches, formulae = dated(pl.read_parquet(source, columns=columns)), known()
    names = formulae["phrase"].to_list()
    held = holders(speeches, names)
    found = shares(speeches, held, names)
    if figure is not None and found.filter(pl.col("speeches") >= LEAST_A_YEAR).height:
        draw(found, formulae, figure)
    return formulae.join(first_years(found), on="phrase", how="left"), contradictions(held, formulae)


def _printable(text: str) -> str:
    """Text of a page as a terminal may have it: nothing in it moves the cursor or turns the line."""
    return "".join(char if char.isprintable() else " " for char in text)


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    compared, wrong = history(Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else None)
    for row in compared.iter_rows(named=True):
        print(f"{row['phrase']}\tput forward {row['first_year']}\tgeneral {row['general_year']}\tseen from {row['seen_from'] or '–'}")
    for row in wrong.iter_rows(named=True):
        told = (row["title"] or "", row["source_path"], row["context"] or "")
        print(f"before {row['first_year']}: {row['phrase']}", f"{row['date']} ({row['basis']})", *map(_printable, told), sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
