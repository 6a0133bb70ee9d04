"""A whole build over bad input: it ends well, publishes the good documents, and writes nothing outside its folder."""
from __future__ import annotations

import contextlib
import io

import polars as pl
import pytest

from flows.terminal import _print_summary
from tests.ingest import hostile
from tests.test_corpus import build, speech

GIBIBYTE = 1 << 20   # in KiB


@pytest.fixture(scope="module")
def built(server, tmp_path_factory):
    """(folder, what the build counted): the corpus of bad input with two good speeches in it."""
    top = tmp_path_factory.mktemp("hostile-build")
    outside = top / "outside.txt"
    outside.write_text("别处的文字", encoding="utf-8")
    hostile.build(top / "raw", outside)
    for topic in ("渠道维修", "村口路灯"):
        (top / "raw" / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
    before = {path.relative_to(top) for path in top.rglob("*") if "raw" in path.parts}
    summary = build(top / "raw", top / "out")
    after = {path.relative_to(top) for path in top.rglob("*") if "raw" in path.parts}
    assert before == after and outside.read_text(encoding="utf-8") == "别处的文字"
    return top, summary


def test_good_speeches_are_published_beside_the_bad_input(built):
    top, summary = built
    speeches = pl.read_parquet(top / "out" / "latest" / "speeches.parquet")
    assert {"渠道维修.txt", "村口路灯.txt"} <= set(speeches["source_path"])
    assert summary["checks"]["raised"] == 0


def test_every_bad_input_has_a_row(built):
    top, _ = built
    release = top / "out" / "latest"
    told = [*pl.read_parquet(release / "documents.parquet")["source_path"], *pl.read_parquet(release / "rejects.parquet")["source_path"]]
    named = {path.split("#")[0] for path in told}
    listed = [path for path in (top / "raw").rglob("*") if not path.is_dir() and not path.name.startswith(".")
              and path.suffix != ".toml" and path.name.isprintable()]
    missing = [str(path) for path in listed if path.relative_to(top / "raw").as_posix() not in named]
    assert missing == []


def test_what_could_not_be_read_is_told_by_reason(built):
    top, summary = built
    release = top / "out" / "latest"
    assert summary["unread"] == dict(sorted(pl.read_parquet(release / "rejects.parquet")["reason"].value_counts().iter_rows()))
    with io.StringIO() as said, contextlib.redirect_stdout(said):
        _print_summary(summary | {"folder": "out"}, 1.0)
        told = " ".join(said.getvalue().split())      # a narrow terminal breaks lines
    assert all(f"{count} {reason}" in told for reason, count in summary["unread"].items()) and "report.html" in told
    report = (release / "quality" / "report.md").read_text(encoding="utf-8")
    assert all(f"| not read: {reason} | {count} |" in report for reason, count in summary["unread"].items())


def test_no_process_grew_beyond_bounds(built):
    """Memory is a bound that the settings keep, not a measure of this machine: no worker held more than 1.5 GiB."""
    _, summary = built
    assert max(summary["step_megabytes"].values()) < 1.5 * GIBIBYTE / 1024
