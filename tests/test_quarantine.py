"""Quarantine: speeches that the code cannot cope with are left out, with the reason, and the others are published; but not when they are
many."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from flows.quality import FAILING
from flows.segment import shard
from flows.tables import read_frame, write_frame
from flows.validate.quarantine import left_out
from tests.test_corpus import ROOT, TOPICS, speech

ONE, OTHER = "a" * 20, "b" * 20
FAULTY = '''

_sound = outline


def outline(text, *given):
    """As above, but that two kinds of speeches are more than it can cope with."""
    if "校舍加固" in text:
        raise RecursionError("a roof too many")
    found = _sound(text, *given)
    if "夜间巡查" in text:
        return found._replace(sections=[part._replace(number=part.number and 77) for part in found.sections])
    return found
'''


def frame(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    path = folder / "failing.arrow"
    write_frame(pl.DataFrame([("validate", table, check, severity, key, "what was there") for table, check, severity, key in rows],
                             schema=FAILING, orient="row"), path)
    return path


def test_a_speech_that_breaks_a_rule_is_left_out_with_the_reason(tmp_path):
    failing = frame(tmp_path, ("sections", "sections tile", "critical", f"{ONE}.3.1"), ("speeches", "place has its code", "critical", ONE),
                    ("speeches", "rate undated", "warning", "undated"))
    left = left_out([failing], {OTHER: "ValueError: odd"}, 10)
    assert left == {ONE: ("validate", "broke the check 'sections tile' of sections: what was there"), OTHER: ("segment", "ValueError: odd")}


@pytest.mark.parametrize("row", [
    ("documents", "inputs have one fate", "critical", "a.txt"), ("lexicon", "the lexicon counts the phrases", "critical", "四个意识"),
    ("speeches", "a group has one canonical", "critical", ONE), ("rejects", "ExpectColumnValuesToBeInSet stage", "critical", "x"),
])
def test_what_no_one_speech_is_to_blame_for_leaves_none_out(row, tmp_path):
    assert left_out([frame(tmp_path, row, ("sections", "sections tile", "critical", f"{OTHER}.1"))], {}, 10) == {}


def test_no_more_than_a_few_are_left_out_and_never_all(tmp_path):
    ids = [f"{number:020x}" for number in range(30)]

    def left(many: int, of: int) -> int:
        rows = [("speeches", "counts", "critical", each) for each in ids[:many]]
        return len(left_out([frame(tmp_path, *rows)], {}, of))

    assert left(3, 10) == 3 and left(4, 10) == 0            # a few of however many
    assert left(30, 3000) == 30 and left(30, 2900) == 0     # or one of a hundred
    assert left(1, 1) == 0 and left(1, 2) == 1


def test_a_speech_on_which_segmenting_fails_has_no_rows_and_the_others_have_theirs(monkeypatch, tmp_path):
    texts = [f"同志们：\n一、{topic}\n要把{topic}办好，落实“三本账”。\n二、巩固\n巩固{topic}的成果。" for topic in TOPICS[:3]]
    keys = [letter * 20 for letter in "abc"]
    write_frame(pl.DataFrame({"speech_id": keys, "text": texts, "headings": [[], [], []]},
                             schema_overrides={"headings": pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32}))}),
                tmp_path / "speeches.arrow")
    inputs = {"speeches": str(tmp_path / "speeches.arrow")}

    def worked(name: str) -> tuple[dict, dict[str, pl.DataFrame]]:
        out = tmp_path / name
        out.mkdir()
        facts = shard.segment_shard(inputs, {}, out)
        return facts, {path.stem: read_frame(path) for path in out.iterdir()}

    facts, whole = worked("whole")
    assert facts["failed"] == {}

    def failing(sound):
        def one(given, *more):
            if TOPICS[1] in (given if isinstance(given, str) else given.joined):
                raise ValueError("what is this")
            return sound(given, *more)
        return one

    for name in ("outline", "phrases_of"):
        with monkeypatch.context() as patched:
            patched.setattr(shard, name, failing(getattr(shard, name)))
            facts, rest = worked(name)
        assert facts["failed"] == {keys[1]: "ValueError: what is this"}
        for table in ("sections", "phrases"):
            assert rest[table].equals(whole[table].filter(pl.col("speech_id") != keys[1]))
        assert rest["outlines"]["section_count"].to_list() == [3, 0, 3]


def test_a_release_is_published_without_the_speeches_that_the_code_cannot_cope_with(server, tmp_path):
    code, raw, out = tmp_path / "code", tmp_path / "raw", tmp_path / "out"
    for package in ("flows", "schemas"):
        shutil.copytree(ROOT / package, code / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (code / "flows" / "segment" / "outline.py").open("a", encoding="utf-8") as module:
        module.write(FAULTY)
    raw.mkdir()
    for topic in TOPICS:
        (raw / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")

    def build() -> dict:
        arguments = ["--raw", str(raw), "--out", str(out), "--shard-bytes", "1500", "--summary", str(tmp_path / "summary.json")]
        done = subprocess.run([sys.executable, "-m", "flows.cli", "build", *arguments], cwd=code, text=True, capture_output=True,
                              env=os.environ | {"PYTHONPATH": str(code)}, timeout=600, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))

    build()
    tables = {name: pl.read_parquet(out / "latest" / f"{name}.parquet") for name in ("documents", "speeches", "sections", "rejects")}
    assert set(tables["speeches"]["source_path"]) == {f"{topic}.txt" for topic in TOPICS} - {"校舍加固.txt", "夜间巡查.txt"}
    assert set(tables["sections"]["speech_id"]) == set(tables["speeches"]["speech_id"])
    assert tables["rejects"].select("source_path", "stage", "reason", "detail").rows() == [
        ("夜间巡查.txt", "validate", "failed", "broke the check \"number is the marker's\" of sections: marker 一、, number 77"),
        ("校舍加固.txt", "segment", "failed", "RecursionError: a roof too many")]
    assert dict(tables["documents"].filter(pl.col("fate") == "rejected").select("source_path", "reason").iter_rows()) == {
        "夜间巡查.txt": "failed", "校舍加固.txt": "failed"}

    (raw / "另一篇.txt").write_text(speech("村道绿化"), encoding="utf-8")
    again = build()
    assert again["fates"]["speech"] == len(TOPICS) + 1 and pl.read_parquet(out / "latest" / "rejects.parquet").height == 2
    assert again["worked_by_step"]["normalize"] < again["shards"]["normalize"]      # what was tried before is not done again
