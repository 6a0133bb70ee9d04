"""Proof by history: the share of speeches a year that hold a formula, beside the year it is known to have been put forward.

A release whose dates are right shows each formula from its first year on, and not before. The dataset card shows the curves. Run over a
release folder,

    python -m flows.publish.history RELEASE [FIGURE.svg]

prints the first years; for every formula that is seen late the years between, with the speeches that there are; and every speech that is
dated before the wording that it holds, with the words around it. Reprints and speeches without a date are left out.
"""
from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from flows.publish.charts import FONT, drawn
from flows.tables import row_batches
from schemas.lexicons import rows

LEAST_SPEECHES, LEAST_SHARE = 2, 0.03
"""A year counts as one of general use from so many speeches, and such a share of the year's, on: below is noise (a wrong date, another
sense of the words: 和谐社会 was written before it was a formula)."""

AROUND = 14
"""Characters on either side of a wording that tell a reader its sense."""

LEAST_A_YEAR, LEAST_YEARS = 5, 5
"""A year of fewer speeches is not drawn: one speech would be a peak of 100 %. With fewer such years there is no curve to draw."""

FIGURE = "history.svg"
COLUMNS = ["speech_id", "source_path", "title", "text", "is_canonical", "delivered_date", "published_date"]
"""Of speeches: what the proof looks at."""
_MARKS = "[“”‘’]"
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
_ACROSS = 4   # panels of the figure in a row
_RED, _GREY, _INK = "#c8102e", "#8a8a8a", "#333333"


class Proof(NamedTuple):
    """What the dates of a release come to. `years`: year, speeches (dated canonical ones). `curves`: a row a formula and year: phrase,
    year, speech_count, speeches, share. `compared`: a row a formula: the columns of `known`, and seen_first, the first year of any;
    seen_from, the first above noise; and verdict. `late` and `early`: as `late_years` and `contradictions` give them."""

    years: pl.DataFrame
    curves: pl.DataFrame
    compared: pl.DataFrame
    late: pl.DataFrame
    early: pl.DataFrame

    @property
    def is_drawn(self) -> bool:
        """Whether there is enough dated text for curves."""
        return self.years.filter(pl.col("speeches") >= LEAST_A_YEAR).height >= LEAST_YEARS


def known() -> pl.DataFrame:
    """The formulae of history.tsv, in order of their day: phrase, first_day (the first of what is known of it), first_year, general_year,
    occasion, written_out ("" where there is no such wording)."""
    table = [(phrase, date(*map(int, f"{day}-1-1".split("-")[:3])), int(general), occasion, "".join(more))
             for phrase, day, general, occasion, *more in rows("history.tsv")]
    names = ["phrase", "first_day", "general_year", "occasion", "written_out"]
    return pl.DataFrame(table, schema=names, orient="row").with_columns(
        pl.col("first_day").dt.year().alias("first_year"), pl.col("general_year").cast(pl.Int32)).sort("first_day", "phrase")


def dated(speeches: pl.DataFrame) -> pl.DataFrame:
    """The canonical speeches with a date: speech_id, source_path, title, text (without quotation marks), date, basis, year."""
    basis = pl.when(pl.col("delivered_date").is_not_null()).then(pl.lit("delivered")).otherwise(pl.lit("published"))
    return speeches.filter("is_canonical").select(
        "speech_id", "source_path", "title", pl.col("text").str.replace_all(_MARKS, ""),
        date=pl.coalesce("delivered_date", "published_date"), basis=basis,
    ).filter(pl.col("date").is_not_null()).with_columns(year=pl.col("date").dt.year().cast(pl.Int32))


def holders(speeches: pl.DataFrame, phrases: list[str]) -> pl.DataFrame:
    """A row a phrase and dated speech that holds it: phrase, and the columns of `dated`."""
    # One by one: some tens of wordings are found so in less than half the time that it takes to look for all at once.
    text = pl.col("text")
    held = speeches.with_columns(phrase=pl.concat_list(
        [pl.when(text.str.contains(phrase, literal=True)).then(pl.lit(phrase)) for phrase in phrases]))
    return held.explode("phrase", empty_as_null=False).filter(pl.col("phrase").is_not_null())


def _in_context(held: pl.DataFrame) -> pl.DataFrame:
    """`held` without the texts, but with context, where the phrase stands first, from AROUND characters before to AROUND after; and
    names_year, whether the text names the year of its date, or the one before, which a report looks back on."""
    rows_ = []
    for phrase, text, year in held.select("phrase", "text", "year").iter_rows():
        around = re.search(f".{{0,{AROUND}}}{re.escape(phrase)}.{{0,{AROUND}}}", text)
        named = any(f"{written}年" in text for one in (year, year - 1) for written in (str(one), str(one).translate(_HAN)))
        rows_.append((around[0] if around else phrase, named))
    found = pl.DataFrame(rows_, schema={"context": pl.String, "names_year": pl.Boolean}, orient="row")
    return pl.concat([held.drop("text"), found], how="horizontal")


def shares(years: pl.DataFrame, held: pl.DataFrame, phrases: list[str]) -> pl.DataFrame:
    """A row a phrase and year in which there are speeches: phrase, year, speech_count, speeches of the year, share."""
    counts = held.group_by("phrase", "year").agg(pl.len().cast(pl.Int64).alias("speech_count"))
    grid = pl.DataFrame({"phrase": phrases}, schema={"phrase": pl.String}).join(years, how="cross")
    return grid.join(counts, on=["phrase", "year"], how="left").with_columns(pl.col("speech_count").fill_null(0)).with_columns(
        share=pl.col("speech_count") / pl.col("speeches")).sort("phrase", "year")


def compared(history: pl.DataFrame, curves: pl.DataFrame) -> pl.DataFrame:
    """`history` with seen_first, seen_from and the verdict: "as known", where seen_from lies between the first year and the one of
    general use; "early", "late" or "not seen"."""
    held = curves.filter(pl.col("speech_count") > 0)
    general = held.filter(pl.col("speech_count") >= LEAST_SPEECHES, pl.col("share") >= LEAST_SHARE)
    seen = pl.col("seen_from")
    found = history.join(held.group_by("phrase").agg(pl.col("year").min().alias("seen_first")), on="phrase", how="left").join(
        general.group_by("phrase").agg(pl.col("year").min().alias("seen_from")), on="phrase", how="left")
    return found.sort("first_day", "phrase").with_columns(
        verdict=pl.when(seen.is_null()).then(pl.lit("not seen")).when(seen < pl.col("first_year")).then(pl.lit("early")).when(
            seen > pl.col("general_year")).then(pl.lit("late")).otherwise(pl.lit("as known")))


def late_years(seen: pl.DataFrame, days: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Why formulae are seen later than they were put forward: for each year between, phrase, year, speeches (of the year), after (of these
    given since the day), speech_count (of these with the formula), written_out (of these with the other wording for the same).

    `seen`: as `compared` gives it; `days`: date, a row a dated speech; `held`: phrase and date, a row a holder of either wording."""
    found = []
    last = max(days["date"].dt.year().to_list(), default=0)
    for row in seen.iter_rows(named=True):
        until = row["seen_from"] or last + 1
        for year in range(row["first_year"], until):
            of_year = days.filter(pl.col("date").dt.year() == year)
            since = held.filter(pl.col("date").dt.year() == year, pl.col("date") >= row["first_day"])
            found.append((row["phrase"], year, of_year.height, of_year.filter(pl.col("date") >= row["first_day"]).height,
                          since.filter(phrase=row["phrase"]).height, since.filter(phrase=row["written_out"]).height))
    names = ["phrase", "year", "speeches", "after", "speech_count", "written_out"]
    return pl.DataFrame(found, schema=dict(zip(names, [pl.String, *[pl.Int64] * 5])), orient="row")


def contradictions(held: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """The speeches dated before the year in which the wording that they hold was put forward, with the words around it, and whether the
    text names the year of its date. Where it does, the same words had another sense (三大攻坚战 of a city's own, 构建分工合理的创新发展
    格局), or were there before the formula; else the date is in doubt."""
    early = held.join(history.select("phrase", "first_year"), on="phrase").filter(pl.col("year") < pl.col("first_year"))
    return _in_context(early).select("phrase", "first_year", "date", "basis", "names_year", "source_path", "title", "context",
                                     "speech_id").sort("phrase", "date", "speech_id")


def proof(batches: Iterable[pl.DataFrame]) -> Proof:
    """The proof by history of speeches in frames, each let go when it has been looked at."""
    history = known()
    phrases = history["phrase"].to_list()
    wordings = sorted({*phrases, *history["written_out"]} - {""})
    days, held, early = [], [], []
    for batch in batches:
        each = dated(batch)
        found = holders(each, wordings)
        days.append(each.select("date", "year"))
        held.append(found.select("phrase", "date", "year"))
        early.append(contradictions(found, history))
    each = dated(pl.DataFrame(schema={**dict.fromkeys(COLUMNS, pl.String), "is_canonical": pl.Boolean, "delivered_date": pl.Date,
                                      "published_date": pl.Date}))
    dates = pl.concat([each.select("date", "year"), *days])
    holding = pl.concat([each.select(pl.lit("").alias("phrase"), "date", "year"), *held])
    years = dates.group_by("year").agg(pl.len().cast(pl.Int64).alias("speeches")).sort("year")
    curves = shares(years, holding, phrases)
    seen = compared(history, curves)
    none = contradictions(holders(each, wordings), history)
    return Proof(years, curves, seen, late_years(seen, dates, holding), pl.concat([none, *early]).sort("phrase", "date", "speech_id"))


def speeches_of(release: Path) -> Iterator[pl.DataFrame]:
    """The speeches of a release, frame by frame."""
    whole = release / "speeches.parquet"
    for path in [whole] if whole.exists() else sorted((release / "speeches").rglob("*.parquet")):
        yield from row_batches(path, COLUMNS)


def figure(found: Proof) -> str:
    """The curves as SVG: a small panel a formula, its first year as a line, and below all the number of speeches a year. It holds no text
    of the speeches, and text stays text, so that a reader's own fonts show it."""
    order = found.compared.select("phrase", "first_year", name=pl.col("phrase") + " " + pl.col("first_year").cast(pl.String))
    enough = pl.col("speeches") >= LEAST_A_YEAR
    curves = found.curves.filter(enough).join(order, on="phrase").select("name", "year", "share", "first_year").sort("name", "year")
    years = found.years.filter(enough)
    x = {"field": "year", "type": "quantitative", "title": None, "axis": {"format": "d", "tickCount": 5, "grid": False},
         "scale": {"domain": [years["year"].min(), years["year"].max()], "nice": False}}
    y = {"field": "share", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]},
         "axis": {"format": ".0%", "tickCount": 3, "minExtent": 34, "maxExtent": 34}}
    panel = {"width": 190, "height": 80, "layer": [
        {"mark": {"type": "area", "color": _RED, "opacity": 0.25, "line": {"color": _RED, "strokeWidth": 1}}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "rule", "color": _INK, "strokeDash": [2, 2]},
         "encoding": {"x": {"aggregate": "min", "field": "first_year", "type": "quantitative", "title": None}}}]}
    below = {"width": 900, "height": 90, "data": {"values": years.to_dicts()}, "title": "篇数 speeches a year", "layer": [
        {"mark": {"type": "bar", "color": _GREY}, "encoding": {}},
        {"mark": {"type": "text", "dy": -6, "fontSize": 8, "color": _INK}, "encoding": {"text": {"field": "speeches"}}}],
        "encoding": {"x": {"field": "year", "type": "ordinal", "title": None,
                           "axis": {"labelAngle": -90, "labelFontSize": 9, "minExtent": 30, "maxExtent": 30}},
                     "y": {"field": "speeches", "type": "quantitative", "title": None,
                           "axis": {"tickCount": 3, "minExtent": 34, "maxExtent": 34}}}}
    specification: dict[str, Any] = {
        "background": "white", "padding": 8,
        "title": {"text": "含该提法的讲话占当年的百分比，虚线为提出之年 · share of the year's speeches; dotted: year it was put forward",
                  "fontSize": 11, "fontWeight": "normal"},
        "vconcat": [{"data": {"values": curves.to_dicts()}, "facet": {
            "field": "name", "type": "nominal", "title": None, "sort": order["name"].to_list(),
            "header": {"labelAnchor": "start", "labelFontSize": 11}}, "columns": _ACROSS, "spec": panel}, below],
        "config": {"font": FONT, "view": {"stroke": None}, "axis": {"labelFontSize": 9, "gridColor": "#dddddd"},
                   "title": {"anchor": "start"}}}
    return drawn(specification)


def paper(found: Proof) -> list[str]:
    """The lines of the dataset card that show the proof, in Markdown."""
    lines = ["## Formulae by year 提法的逐年分布", ""]
    counted = sum(found.years["speeches"])
    if not found.is_drawn:
        enough = found.years.filter(pl.col("speeches") >= LEAST_A_YEAR).height
        return [*lines, f"Not drawn: curves take {LEAST_YEARS} years with {LEAST_A_YEAR} dated canonical speeches each, and here are "
                f"{enough} ({counted} dated speeches in all).", "",
                f"有日期的代表篇 {counted} 篇，满 {LEAST_A_YEAR} 篇的年份仅 {enough} 个，不足以作图。", ""]
    lines += [f"![Share of the year's speeches that hold a formula]({FIGURE})", "",
              f"The share of a year's speeches that hold a formula, over the {counted} canonical speeches that are dated; years with fewer "
              f"than {LEAST_A_YEAR} are not drawn. Where dates are right, a formula is seen from the year on in which it was put forward. "
              f"`seen from` is the first year in which at least {LEAST_SPEECHES} speeches, and {LEAST_SHARE:.0%} of the year's, hold it.",
              "",
              "各提法在当年讲话中所占的篇数比例，只计有日期的代表篇。日期无误，则提法自提出之年起可见。", "",
              "| formula 提法 | put forward 提出 | seen from 始见 | that year’s speeches 当年篇数 | with it 其中 | dated before 早于提出 |",
              "| --- | ---: | ---: | ---: | ---: | ---: |"]
    early = dict(found.early.group_by("phrase").len().iter_rows())
    table = found.compared.join(found.curves, left_on=["phrase", "seen_from"], right_on=["phrase", "year"], how="left",
                                maintain_order="left")
    lines += [f"| {row['phrase']} | {row['first_year']} | {row['seen_from'] or '–'} | {row['speeches'] or '–'} | "
              f"{row['speech_count'] or '–'} | {early.get(row['phrase'], 0)} |" for row in table.iter_rows(named=True)]
    between = found.late.filter(pl.col("speeches") > 0)
    return [*lines, "", *(["Years between, and the speeches in them: " + "; ".join(
        f"{phrase} {year}: {with_it} of {after} given since ({speeches} in the year)"
        for phrase, year, speeches, after, with_it, _ in between.iter_rows()) + ".", ""] if between.height else []),
        "Speeches of each year 各年篇数: " + ", ".join(f"{year}: {count}" for year, count in found.years.iter_rows()) + ".", ""]


def _printable(text: str) -> str:
    """Text of a page as a terminal may have it: nothing in it moves the cursor or turns the line."""
    return "".join(char if char.isprintable() else " " for char in text)


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    found = proof(speeches_of(Path(arguments[0])))
    if len(arguments) > 1 and found.is_drawn:
        Path(arguments[1]).write_text(figure(found), encoding="utf-8")
    for row in found.compared.iter_rows(named=True):
        print(f"{row['phrase']}\tput forward {row['first_day']}\tgeneral {row['general_year']}\tseen first {row['seen_first'] or '–'}",
              f"seen from {row['seen_from'] or '–'}", row["verdict"], sep="\t")
    for phrase, year, speeches, after, with_it, otherwise in found.late.iter_rows():
        print(f"between: {phrase}\t{year}", f"{speeches} speeches, {after} given since it was put forward, {with_it} of them hold it",
              *([f"{otherwise} write it out"] if otherwise else []), sep="\t")
    for row in found.early.iter_rows(named=True):
        told = (row["title"] or "", row["source_path"], row["context"] or "")
        doubt = "its text names that year or the one before" if row["names_year"] else "its text names neither that year nor the one before"
        print(f"before {row['first_year']}: {row['phrase']}", f"{row['date']} ({row['basis']})", doubt, *map(_printable, told), sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
