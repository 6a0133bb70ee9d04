"""Checks after a step: what Great Expectations judges, what polars finds, and a check that raises told from one that fails."""
from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import polars as pl
import pytest

from flows.quality import Judge, check_step, data_docs
from flows.settings import Thresholds
from flows.tables import empty_frame, read_frame, write_frame
from flows.validate.rules import RULES, walk_fault
from schemas import LEXICON, PHRASES, SECTIONS

PHRASE = {"speech_id": "ab" * 10, "section_id": "ab" * 10 + ".1", "start": 0, "end": 4, "surface": "三会一课", "phrase": "三会一课",
          "kind": "numbered"}
SECTION = {"section_id": "ab" * 10 + ".1", "speech_id": "ab" * 10, "path": "1", "level": 1, "kind": "body", "is_inferred": False,
           "start": 0, "end": 9, "subtree_end": 9, "text": "三会一课是好办法。"}


def written(folder: Path, name: str, table, *given: dict) -> list[str]:
    path = folder / f"{name}.arrow"
    schema = empty_frame(table).schema
    write_frame(pl.DataFrame([dict.fromkeys(schema) | row for row in given], schema=schema), path)
    return [str(path)]


def segment_checks(folder: Path, sections: list[dict], phrases: list[dict]) -> tuple[dict[str, dict], pl.DataFrame]:
    out = folder / "out"
    out.mkdir()
    check_step({"step": "segment", "thresholds": asdict(Thresholds()), "tables": {
        "sections": written(folder, "sections", SECTIONS, *sections), "phrases": written(folder, "phrases", PHRASES, *phrases)}}, {}, out)
    entries = json.loads((out / "checks.json").read_bytes())
    return {f"{each['table']} {each['check']}": each for each in entries}, read_frame(out / "failing.arrow")


def test_good_rows_pass_every_check(tmp_path):
    checks, failing = segment_checks(tmp_path, [SECTION], [PHRASE])
    assert failing.height == 0 and not any(each["raised"] for each in checks.values())
    assert {name for name, each in checks.items() if not each["success"]} == {"sections rate undivided"}
    said = json.loads((tmp_path / "out" / "expectations.json").read_bytes())
    assert [each["suite"] for each in said] == ["segment sections", "segment phrases", "segment rates"]
    assert said[1]["results"][0] == {"expectation": {"type": "ExpectColumnValuesToNotBeNull", "column": "speech_id"},
                                     "severity": "critical", "success": True, "exception": None}


def test_every_failing_row_is_kept_with_its_value(tmp_path):
    phrases = [PHRASE | {"start": start, "kind": "slogan"} for start in range(150)] + [PHRASE | {"end": 0}]
    checks, failing = segment_checks(tmp_path, [SECTION], phrases)
    entry = checks["phrases ExpectColumnValuesToBeInSet kind"]
    assert not entry["success"] and not entry["raised"] and entry["unexpected"] == 150 and entry["severity"] == "critical"
    assert failing.filter(check="ExpectColumnValuesToBeInSet kind").height == 150
    row = failing.filter(check="ExpectColumnValuesToBeBetween end").row(0, named=True)
    assert row["key"] == f"{PHRASE['speech_id']} 0 0 numbered" and row["evidence"] == "end = 0"


def test_a_rate_out_of_bounds_warns_with_what_was_observed_and_why(tmp_path):
    checks, _ = segment_checks(tmp_path, [SECTION | {"marker": "一、", "marker_style": "han"}], [])
    entry = checks["phrases rate phraseless"]
    assert not entry["success"] and entry["severity"] == "warning" and entry["observed"] == 1.0 > entry["threshold"]
    assert entry["reason"] == "Speeches without any phrase; above it phrases are not found"
    assert (entry["unexpected"], entry["rows"]) == (1, 1)


def test_a_check_that_raises_is_told_from_one_that_fails():
    judge = Judge("test")
    frame = pl.DataFrame({"start": [1, None]})
    raised, failed = judge._validate("things", frame, [{"type": "ExpectColumnValuesToNotBeNull", "column": "absent"},
                                                       {"type": "ExpectColumnValuesToNotBeNull", "column": "start"}])
    assert "absent" in judge.said[0]["results"][0]["exception"] and judge.said[0]["results"][1]["exception"] is None
    from flows.quality import _entry
    entry = _entry("test", "things", "check", "critical", raised, reason="")
    assert entry["raised"] and not entry["success"]
    entry = _entry("test", "things", "check", "critical", failed, reason="")
    assert not entry["raised"] and not entry["success"]


def test_faults_of_rules_become_critical_checks():
    faults = pl.DataFrame({"rule": ["counts", "counts"], "table": "speeches", "key": "a", "evidence": "b"})
    entries = {each["check"]: each for each in Judge("test").rules(RULES, faults)}
    assert not entries["counts"]["success"] and entries["counts"]["unexpected"] == 2 and entries["sections tile"]["success"]


def test_an_empty_table_is_checked_too(tmp_path):
    (tmp_path / "out").mkdir()
    check_step({"step": "relate", "thresholds": asdict(Thresholds()), "tables": {"lexicon": written(tmp_path, "lexicon", LEXICON)}}, {},
               tmp_path / "out")
    entries = json.loads((tmp_path / "out" / "checks.json").read_bytes())
    assert len(entries) > 10 and all(each["success"] and each["rows"] == 0 for each in entries)


@pytest.mark.parametrize(("text", "raw", "edits", "fault"), [
    ("各位代表", "各位代表", [], None),
    ("各位代表", "各位代表 ", [(4, 4, 4, 5)], None),
    ("发挥着作用", "發揮著作用", [], None),
    ("各位，“代表”（）", "各位,\"代表\"()", [], None),
    ("乾安", "乾安", [], None),
    ("各位代表", "各位同志", [], "'同志' in step with '代表'"),
    ("各位代表", "各位代表！", [], "4 characters of text, 5 of raw text before the edit at raw 5"),
    ("各位代表", "各位代表", [(2, 9, 2, 9)], "2 characters of text, 2 of raw text before the edit at raw 2"),
    ("ab", "abc", [(1, 1, 2, 3), (1, 1, 1, 2)], "1 characters of text, 2 of raw text before the edit at raw 2"),
])
def test_walking_the_edits_leads_from_the_raw_text_to_the_text(text, raw, edits, fault):
    assert walk_fault(text, raw, *(list(column) for column in zip(*edits)) if edits else ((), (), (), ())) == fault


def test_data_docs_are_written(release, tmp_path):
    index = data_docs(release, tmp_path / "docs")
    assert index.is_file() and len(list((tmp_path / "docs" / "validations").rglob("*.html"))) == 8
