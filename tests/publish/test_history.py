"""Proof by history: what a dated release must show, from a release made here."""
from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from flows.publish.history import figure, known, main, paper, proof, speeches_of


def speeches(first_year: int = 2010) -> pl.DataFrame:
    """Ten speeches a year up to 2017: 一带一路 in half of them from 2015 on, written out in 2014 but for one, and in one of 2011; a reprint
    and an undated one."""
    def text(year: int, number: int) -> str:
        if year == 2014:
            return "共建“一带一路”。" if number == 1 else "建设丝绸之路经济带。"
        return f"{year}年，共建“一带一路”。" if year > 2014 and number % 2 else "各位代表。"

    rows = [(f"{year}-{number}", date(year, 1, 20), None, True, text(year, number))
            for year in range(first_year, 2018) for number in range(10)]
    rows += [("wrong", None, date(2011, 3, 1), True, "回顾2016年，推进一带一路建设。"),
             ("other", None, date(2011, 3, 1), True, "二〇一一年，三农和<b>一带一路</b>两个片区。"),
             ("reprint", date(2010, 1, 1), None, False, "推进一带一路建设。"), ("undated", None, None, True, "推进一带一路建设。")]
    frame = pl.DataFrame(rows, schema={"speech_id": pl.String, "delivered_date": pl.Date, "published_date": pl.Date,
                                       "is_canonical": pl.Boolean, "text": pl.String}, orient="row")
    return frame.with_columns(source_path=pl.col("speech_id") + ".txt", title=pl.lit("讲话\x1b[2J"))


def test_shares_of_the_year() -> None:
    found = proof([speeches()])
    assert found.curves.filter(phrase="一带一路", year=2015).to_dicts() == [
        {"phrase": "一带一路", "year": 2015, "speeches": 10, "speech_count": 5, "share": 0.5}]
    assert found.curves.filter(phrase="一带一路", year=2011)["speech_count"].to_list() == [2]
    assert found.years.rows() == [(2010, 10), (2011, 12), *((year, 10) for year in range(2012, 2018))]


def test_first_years_and_what_they_come_to() -> None:
    whole = speeches()
    seen = proof([whole.filter(pl.col("speech_id") != "other")]).compared.filter(phrase="一带一路").to_dicts()[0]
    assert (seen["seen_first"], seen["seen_from"], seen["verdict"]) == (2011, 2015, "late")
    assert proof([whole]).compared.filter(phrase="一带一路")["verdict"].to_list() == ["early"]
    assert proof([whole]).compared.filter(phrase="三农").height == 0
    assert proof([whole]).compared.filter(phrase="新质生产力")["verdict"].to_list() == ["not seen"]


def test_the_years_between_tell_why_a_formula_is_seen_late() -> None:
    late = proof([speeches().filter(pl.col("speech_id") != "other")]).late
    assert late.filter(phrase="一带一路").rows() == [("一带一路", 2013, 10, 0, 0, 0), ("一带一路", 2014, 10, 10, 1, 9)]


def test_what_is_dated_before_the_wording_it_holds() -> None:
    early = proof([speeches()]).early
    assert early.select("phrase", "speech_id", "basis", "names_year").rows() == [
        ("一带一路", "other", "published", True), ("一带一路", "wrong", "published", False)]


def test_the_batches_do_not_matter() -> None:
    whole, parts = proof([speeches()]), proof(speeches().iter_slices(7))
    assert all(one.equals(other) for one, other in zip(whole, parts)) and figure(whole) == figure(parts) and paper(whole) == paper(parts)


def test_the_figure_holds_nothing_of_the_speeches() -> None:
    drawn = figure(proof([speeches()]))
    assert "一带一路 2013" in drawn and "<b>" not in drawn and "\x1b" not in drawn and not re.search("<image|<script|href", drawn)


def test_the_card_shows_the_curves_with_the_speeches_behind_them() -> None:
    lines = "\n".join(paper(proof([speeches()])))
    assert "](history.svg)" in lines and "| 一带一路 | 2013 | 2011 | 12 | 2 | 2 |" in lines and "2010: 10, 2011: 12" in lines
    assert "\x1b" not in lines and "片区" not in lines


@pytest.mark.parametrize("first_year", [2014, 2018])
def test_too_little_dated_text_is_said_and_not_drawn(first_year: int) -> None:
    found = proof([speeches(first_year).filter(pl.col("delivered_date").dt.year() > 2013)])
    assert not found.is_drawn and "Not drawn" in "\n".join(paper(found)) and "svg" not in "\n".join(paper(found))
    assert not proof([]).is_drawn


def test_the_script_prints_what_it_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speeches().write_parquet(tmp_path / "speeches.parquet")
    assert main([str(tmp_path), str(tmp_path / "figure.svg")]) == 0
    printed = capsys.readouterr().out
    assert "before 2013: 一带一路\t2011-03-01 (published)\tits text names neither" in printed and "\x1b" not in printed
    assert (tmp_path / "figure.svg").read_text(encoding="utf-8") == figure(proof(speeches_of(tmp_path)))
    assert main([]) == 2


def test_a_release_has_the_paper_in_its_card(release: Path) -> None:
    card = (release / "README.md").read_text(encoding="utf-8")
    found = proof(speeches_of(release))
    assert "\n".join(paper(found)) in card and (release / "history.svg").exists() == found.is_drawn


def test_the_list_is_in_order() -> None:
    formulae = known()
    assert formulae["phrase"].n_unique() == formulae.height
    assert (formulae["first_year"] <= formulae["general_year"]).all()
