"""The report beside a release: its shape, its Markdown, what moved, and what is written when nothing is published."""
import json

import polars as pl
import pytest

from flows.publish.report import MOST_SHOWN, markdown_text, verdict_of

SHAPE = {"verdict", "facts", "checks", "profile", "drift", "failing"}
CHECK = {"step", "table", "check", "severity", "success", "raised", "rows", "unexpected", "threshold", "observed", "reason"}


def report_of(release):
    return json.loads((release / "quality" / "report.json").read_bytes())


def test_the_shape_of_report_json_is_stable(releases):
    for release in releases:
        report = report_of(release)
        assert set(report) >= SHAPE and all(set(each) >= CHECK for each in report["checks"])
        assert {each["severity"] for each in report["checks"]} == {"critical", "warning", "info"}
        assert all(set(each) == {"step", "table", "check", "severity", "key", "evidence"} for each in report["failing"]["shown"])
        assert len(report["failing"]["shown"]) <= MOST_SHOWN
        assert report["profile"]["speeches"] == report["facts"]["rows"]["speeches"] == sum(report["profile"]["lengths"].values())


def test_every_step_and_every_table_is_checked(release):
    checks = report_of(release)["checks"]
    assert {each["step"] for each in checks} == {"ingest", "normalize", "segment", "relate", "validate", "publish"}
    assert {each["table"] for each in checks} == {"documents", "speeches", "sections", "phrases", "lexicon", "passages", "edits", "rejects"}


def test_every_document_that_was_read_is_accounted_for(release):
    entry = next(each for each in report_of(release)["checks"] if each["check"] == "every document read is a row")
    assert entry["success"] and entry["rows"] == 10 and entry["reason"].startswith("10 documents were read, 10 are rows")


def test_the_folder_holds_the_report_in_every_form(release):
    assert {path.name for path in (release / "quality").iterdir()} == {
        "report.html", "report.json", "report.md", "failing.parquet", "expectations.json"}
    assert pl.read_parquet(release / "quality" / "failing.parquet").columns == ["step", "table", "check", "severity", "key", "evidence"]
    page = (release / "quality" / "report.html").read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org/", "") and "<script" not in page and release.name in page


def test_the_second_release_is_compared_with_the_first(releases):
    first, second = map(report_of, releases)
    assert first["drift"] == [] and len(second["drift"]) > 20
    entry = next(each for each in second["drift"] if each["name"] == "rows of speeches")
    assert entry["after"] == entry["before"] + 1 and not entry["moved"]


@pytest.mark.parametrize(("failed", "moved", "verdict"), [
    ([], False, "publishable"), (["info"], False, "publishable"), (["warning"], False, "publishable with warnings"),
    ([], True, "publishable with warnings"), (["warning", "critical"], False, "not publishable")])
def test_the_verdict_follows_from_the_worst_that_failed(failed, moved, verdict):
    checks = [{"severity": severity, "success": severity not in failed} for severity in ("critical", "warning", "info")]
    assert verdict_of(checks, [{"moved": moved}]) == verdict


def test_raw_text_is_no_markup():
    assert markdown_text("&copy;") == "\\&copy;"
    assert markdown_text("<b>[x](y)</b>\n|`\u202e") == "\\<b\\>\\[x\\]\\(y\\)\\</b\\> \\|\\` "


def test_no_path_of_the_machine_is_in_the_report(release):
    for path in (release / "quality").glob("report.*"):
        assert str(release.parent) not in path.read_text(encoding="utf-8")
