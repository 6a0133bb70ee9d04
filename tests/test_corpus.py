"""The whole pipeline from the command line: publishes, repeats nothing, says what is wrong, and gives the same bytes every time."""
from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from schemas import TABLES

ROOT = Path(__file__).resolve().parent.parent
TOPICS = ("河道清淤", "校舍加固", "春耕备耕", "道路养护", "夜间巡查", "档案整理", "防汛值守", "社区食堂")


def speech(topic: str) -> str:
    """A made-up speech on a topic, as a 范文 site would carry it."""
    return f"""在全镇{topic}工作会议上的讲话
时间:2022-03-05 来源:青禾文稿 点击:
同志们:
今天我们召开全镇{topic}工作会议,主要任务是总结去年{topic}的做法,安排今年的事情。下面,我讲两点意见。
一、看清{topic}的难处
(一)人手不够。去年镇上负责{topic}的同志只有三位,许多时候是一个人顶两个人用,村里的干部也跟着熬了不少夜。
(二)办法不多。{topic}不能只靠加班,要学会用“三本账”管事情:进度账、质量账、安全账。
二、把{topic}的责任落到人头
各村要在本月底以前把{topic}的台账交到镇里,由我和分管同志一起看,看完当面说清楚哪里要改。
同志们,{topic}是群众天天看得见的事,大家辛苦一点,群众就方便一点。我的话讲完了,谢谢大家!
上一篇:关于{topic}的通知
"""


def jianghua(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in (os.environ | environment).items() if value}
    return subprocess.run([sys.executable, "-m", "flows.cli", *map(str, arguments)], cwd=ROOT, env=given, text=True,
                          capture_output=True, timeout=600, check=False)


def build(raw: Path, out: Path, *arguments: str, **environment: str) -> dict:
    summary = out.parent / f"{out.name}.json"
    done = jianghua("build", "--raw", raw, "--out", out, "--summary", summary, *arguments, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(summary.read_text(encoding="utf-8"))


def digests(release: Path) -> dict[str, str]:
    return {name: hashlib.sha256((release / f"{name}.parquet").read_bytes()).hexdigest() for name in TABLES}


@pytest.fixture(scope="module")
def raw(server, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    for topic in TOPICS:
        (folder / f"{topic}.txt").write_text(speech(topic), encoding="gb18030" if topic == TOPICS[0] else "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "english.txt").write_text("Minutes of a meeting that nobody attended.\n" * 5, encoding="utf-8")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    return folder


@pytest.fixture(scope="module")
def first(raw, tmp_path_factory):
    """(folder of releases, what the first build counted): three bits of shards, so that work can be told apart."""
    out = tmp_path_factory.mktemp("first") / "out"
    return out, build(raw, out, "--shard-bytes", "1500")


def test_a_release_is_published_with_every_table(first):
    out, summary = first
    assert (out / "latest").resolve() == Path(summary["folder"]).resolve()
    for name, table in TABLES.items():
        assert pl.read_parquet(out / "latest" / f"{name}.parquet").columns == table.names
    assert summary["fates"]["speech"] == len(TOPICS)


def test_every_input_is_accounted_for(first):
    out, _ = first
    documents = pl.read_parquet(out / "latest" / "documents.parquet")
    rejects = pl.read_parquet(out / "latest" / "rejects.parquet")
    assert set(documents["source_path"]) | set(rejects["source_path"]) == {f"{topic}.txt" for topic in TOPICS} | {
        "empty.txt", "english.txt", "noise.bin"}
    assert documents.filter(pl.col("source_path") == "english.txt")["reason"].to_list() == ["no_chinese"]
    assert dict(rejects.select("source_path", "reason").iter_rows())["empty.txt"] == "empty"


def test_the_speech_is_cut_out_and_its_outline_found(first):
    out, _ = first
    row = pl.read_parquet(out / "latest" / "speeches.parquet").filter(pl.col("source_path") == "春耕备耕.txt").to_dicts()[0]
    assert row["text"].startswith("同志们：\n今天我们召开") and row["text"].endswith("谢谢大家！")
    assert row["title"] == "在全镇春耕备耕工作会议上的讲话" and row["source_name"] == "青禾文稿"
    assert str(row["published_date"]) == "2022-03-05" and "half_width_punctuation" in row["defects"]
    sections = pl.read_parquet(out / "latest" / "sections.parquet").filter(
        (pl.col("speech_id") == row["speech_id"]) & (pl.col("kind") == "body"))
    assert sections.select("level", "marker").rows() == [(1, "一、"), (2, "（一）"), (2, "（二）"), (1, "二、")]


def test_checks_and_papers_are_in_the_release(first):
    out, summary = first
    report = json.loads((out / "latest" / "quality" / "report.json").read_text(encoding="utf-8"))
    assert summary["checks"]["raised"] == 0 and summary["checks"]["passed"] > 100
    assert {check["step"] for check in report["checks"]} >= {"ingest", "normalize", "segment", "relate", "validate"}
    assert subprocess.run(["sha256sum", "--check", "--quiet", "checksums.txt"], cwd=out / "latest", check=False).returncode == 0


def test_with_nothing_new_nothing_is_done(raw, first):
    out, _ = first
    before = digests(out / "latest")
    done = jianghua("build", "--raw", raw, "--out", out, "--shard-bytes", "1500")
    assert done.returncode == 0 and "Nothing new" in done.stdout
    assert digests(out / "latest") == before and len([path for path in out.iterdir() if path.name[0].isdigit()]) == 1


def test_a_run_that_publishes_nothing_retires_and_counts_all_the_same_and_says_how_it_judged(server, tmp_path):
    raw, out, settings = tmp_path / "raw", tmp_path / "out", tmp_path / "settings.toml"
    raw.mkdir()
    settings.write_text("[thresholds]\nundated = 1.0\nunplaced = 0.0\n", encoding="utf-8")
    for topic in TOPICS[:2]:
        (raw / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
        folder = build(raw, out)["folder"]
    assert len(list(out.glob("2*"))) == 2
    as_before = build(raw, out, "--keep-releases", "1")
    assert not as_before["new"] and as_before["folder"] == folder and "the same inputs" in as_before["verdict"]
    assert [str(path) for path in out.glob("2*")] == [folder]
    judged = build(raw, out, "--settings", str(settings))
    assert not judged["new"] and judged["folder"] == folder
    assert "its quality report stands as it was; judged now: publishable with warnings" in judged["verdict"]


def test_one_file_more_re_does_its_shard_and_gives_what_a_build_from_nothing_gives(raw, first, tmp_path):
    out, summary = first
    more = tmp_path / "raw"
    more.mkdir()
    for path in raw.iterdir():
        (more / path.name).write_bytes(path.read_bytes())
    (more / "新增.txt").write_text(speech("果树修剪"), encoding="utf-8")
    shards = summary["shards"]["normalize"]
    again = build(more, out, "--shard-bytes", "1500")
    assert again["new"] and again["fates"]["speech"] == len(TOPICS) + 1
    assert again["worked_by_step"]["segment"] == again["worked_by_step"]["normalize"] == 1 < shards
    assert (out / Path(summary["folder"]).name / "manifest.json").is_file(), "the release before is still there"
    fresh = build(more, tmp_path / "fresh")
    assert digests(out / "latest") == digests(tmp_path / "fresh" / "latest"), "shards and caches leave no trace in the bytes"
    assert fresh["folder"] != again["folder"]


def test_bytes_do_not_depend_on_server_workers_hash_seed_zone_or_locale(raw, first, tmp_path):
    _, summary = first
    other = build(raw, tmp_path / "out", "--workers", "1", "--shard-bytes", "100000", PREFECT_API_URL="",
                  PYTHONHASHSEED="77", TZ="Pacific/Apia", LC_ALL="C")
    assert digests(Path(other["folder"])) == digests(Path(summary["folder"]))


def test_a_missing_raw_folder_is_a_clear_sentence(tmp_path):
    done = jianghua("build", "--raw", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert done.returncode == 2 and "there is nothing at" in done.stderr and "Traceback" not in done.stderr


def test_an_empty_folder_publishes_an_empty_release_that_says_so(server, tmp_path):
    (tmp_path / "raw").mkdir()
    summary = build(tmp_path / "raw", tmp_path / "out")
    assert set(summary["rows"].values()) == {0}


def test_a_second_run_says_who_is_at_work(tmp_path):
    import fcntl
    (tmp_path / "raw").mkdir()
    work = tmp_path / "out" / ".work"
    work.mkdir(parents=True)
    with (work / "lock").open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write("process 1 on here")
        file.flush()
        done = jianghua("build", "--raw", tmp_path / "raw", "--out", tmp_path / "out")
    assert done.returncode == 75 and "process 1 on here" in done.stderr
