"""Proof by history: what a dated release must show, from a release made here."""
from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from flows.publish.history import dated, draw, history, holders, known, shares


def speeches() -> pl.DataFrame:
    """Ten speeches a year from 2010 to 2016: 一带一路 in half of them from 2014 on, and in one of 2011; a reprint and an undated one."""
    rows = [(f"{year}-{number}", date(year, 1, 20), None, True, "共建“一带一路”。" if year >= 2014 and number % 2 else "各位代表。")
            for year in range(2010, 2017) for number in range(10)]
    rows += [("wrong", None, date(2011, 3, 1), True, "推进一带一路建设。"),
             ("reprint", date(2010, 1, 1), None, False, "推进一带一路建设。"), ("undated", None, None, True, "推进一带一路建设。")]
    frame = pl.DataFrame(rows, schema={"speech_id": pl.String, "delivered_date": pl.Date, "published_date": pl.Date,
                                       "is_canonical": pl.Boolean, "text": pl.String}, orient="row")
    return frame.with_columns(source_path=pl.col("speech_id") + ".txt", title=pl.lit("讲话"))


def test_shares_of_the_year() -> None:
    each = dated(speeches())
    found = shares(each, holders(each, ["一带一路"]), ["一带一路"])
    assert found.filter(year=2015).to_dicts() == [{"phrase": "一带一路", "year": 2015, "speeches": 10, "speech_count": 5, "share": 0.5}]
    assert found.filter(year=2011)["speech_count"].to_list() == [1]


def test_first_years_and_contradictions(tmp_path: Path) -> None:
    speeches().write_parquet(tmp_path / "speeches.parquet")
    compared, wrong = history(tmp_path, None)
    assert compared.filter(phrase="一带一路")["seen_from"].to_list() == [2014]
    assert wrong.select("phrase", "speech_id", "basis").rows() == [("一带一路", "wrong", "published")]


def test_the_same_release_gives_the_same_figure(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the curves are drawn with matplotlib: pip install jianghua[figures]")
    each = dated(speeches())
    found, formulae = shares(each, holders(each, ["一带一路"]), ["一带一路"]), known().filter(phrase="一带一路")
    for name in ("one.svg", "other.svg"):
        draw(found, formulae, tmp_path / name)
    figure = (tmp_path / "one.svg").read_bytes()
    assert "一带一路 2013".encode() in figure and figure == (tmp_path / "other.svg").read_bytes()


def test_the_list_is_in_order() -> None:
    formulae = known()
    assert formulae["phrase"].n_unique() == formulae.height
    assert (formulae["first_year"] <= formulae["general_year"]).all()
