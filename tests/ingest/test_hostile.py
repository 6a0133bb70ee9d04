"""Bad input: each has its document or its reject, memory stays bounded, and nothing is written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.ingest.documents import Document
from flows.ingest.sources import card_for, list_sources, parts, read
from schemas.rejects import REJECT_REASONS
from tests.ingest import hostile

RUN = """
import json, re, sys
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1))
from flows.ingest.documents import Document
from flows.ingest.sources import card_for, list_sources, parts, read
sources, rejects = list_sources(sys.argv[1])
rows = [(each.source_path, each.reason, each.detail) for each in rejects]
for source in sources:
    for part in range(parts(source)):
        for item in read(source, part, card=card_for(source)):
            if isinstance(item, Document):
                item.document_id
                rows.append((item.source_path, "document", None))
            else:
                rows.append((item.source_path, item.reason, item.detail))
json.dump({"rows": rows, "kilobytes": peak()}, sys.stdout)
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    outside = folder / "outside.txt"
    outside.write_text("别处的文字", encoding="utf-8")
    expected = hostile.build(folder / "raw", outside)
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(folder / "raw")],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    after = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    return expected, json.loads(done.stdout), before, after


def test_every_input_has_its_outcome(run):
    expected, made, _, _ = run
    assert len(expected) >= 40
    outcomes: dict[str, list[tuple[str, str | None]]] = {name: [] for name in expected}
    for path, outcome, detail in made["rows"]:
        name = path if path in outcomes else path.split("#")[0]
        outcomes[name].append((outcome, detail))
    wrong = []
    for name, wanted in expected.items():
        got = {outcome for outcome, _ in outcomes[name]}
        if not got or not got <= wanted.allowed or not wanted.needed <= got:
            wrong.append((name[:40], sorted(wanted.needed), outcomes[name][:4]))
    assert not wrong


def test_reasons_are_from_the_closed_list_and_paths_are_unique(run):
    _, made, _, _ = run
    assert {outcome for _, outcome, _ in made["rows"]} <= {"document", *REJECT_REASONS}
    paths = [path for path, outcome, _ in made["rows"] if outcome == "document"]
    assert len(paths) == len(set(paths))
    for path in paths:
        path.encode("utf-8")


def test_memory_stays_bounded_and_nothing_is_written(run):
    _, made, before, after = run
    assert made["kilobytes"] < 1_500_000
    assert before == after


def test_no_failure_is_a_programming_error(run):
    _, made, _, _ = run
    assert [row for row in made["rows"] if row[1] == "failed"] == []


def test_what_is_said_of_members_survives(tmp_path):
    path = tmp_path / "paths.zip"
    path.write_bytes(hostile.files()["gbk_names.zip"][0]())
    (source,), _ = list_sources(str(tmp_path))
    (item,) = read(source)
    assert isinstance(item, Document) and item.source_path == "paths.zip#讲话稿.txt" and item.raw_text == hostile.SPEECH
    assert parts(source) == 1 and card_for(source) == {}
