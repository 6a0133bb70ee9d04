"""The command line: looking at releases, progress, and errors that say what to do."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.prefect_home import empty_database, forget_runs, prepare
from flows.publish.release import PART, Emptied, latest_release, retire, sweep_parts
from flows.publish.release import releases as releases_of
from flows.publish.view import raw_place
from flows.run import explained, nothing_new
from flows.settings import Settings
from flows.stage import Event, StageError
from flows.terminal import LogFormat, Terminal
from tests.releases import HOSTILE, alter, copied

ROOT = Path(__file__).resolve().parent.parent


def jianghua(*arguments: str | Path):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_releases_are_listed_newest_first(releases):
    first, second = releases
    listed = json.loads(jianghua("releases", "--out", second.parent, "--json").stdout)
    assert [(each["name"], each["latest"]) for each in listed] == [(second.name, True), (first.name, False)]
    said = jianghua("releases", "--out", second.parent).stdout
    assert first.name in said and second.name in said


def test_a_diff_is_told_in_three_forms(releases):
    first, second = releases
    plain = jianghua("diff", first.name, "latest", "--out", second.parent)
    assert plain.exit_code == 0 and "+ documents 新增.txt" in plain.stdout
    assert "added: 新增\\.txt" in jianghua("diff", first, second, "--markdown").stdout
    told = json.loads(jianghua("diff", first, second, "--json").stdout)
    assert told["tables"]["speeches"]["added"] == 1 and not told["same"]
    assert "No difference." in jianghua("diff", first, first).stdout


@pytest.mark.parametrize("arguments", [("diff", "2020.01.01-none"), ("show", "0"), ("releases",)])
def test_where_there_is_no_release_the_command_says_so(arguments, tmp_path):
    done = jianghua(*arguments, "--out", tmp_path)
    assert done.exit_code == 2 and done.stderr.startswith("jianghua: there is no release") and "Traceback" not in done.output


def test_a_speech_is_shown_with_outline_phrases_and_raw_text(release):
    row = pl.read_parquet(release / "speeches.parquet").filter(pl.col("title").str.contains("春耕备耕")).to_dicts()[0]
    said = jianghua("show", row["speech_id"][:12], "--release", release).stdout
    assert row["title"] in said and "一、看清春耕备耕的难处" in said and "⟦三本账⟧" in said and "2022-03-05" in said
    assert "同志们:" in said, "the raw text has its half-width colon still"


def test_a_speech_that_is_not_there_or_not_told_apart_is_said_so(release):
    assert jianghua("show", "ffffffffffff", "--release", release).exit_code == 2
    several = jianghua("show", "", "--release", release)
    assert several.exit_code == 2 and "Traceback" not in several.output


def test_raw_text_cannot_write_to_the_terminal(release, tmp_path):
    folder = copied(release, tmp_path)
    alter(folder, "speeches", lambda frame: frame.with_columns(title=pl.lit(f"\x1b[2J{HOSTILE}[red]")))
    some = pl.read_parquet(folder / "speeches.parquet")["speech_id"][0]
    said = jianghua("show", some, "--release", folder)
    assert said.exit_code == 0 and "\x1b" not in said.stdout and "\u202e" not in said.stdout and "[red]" in said.stdout


def test_a_manifest_cannot_write_to_the_terminal_either(release, tmp_path):
    folder = copied(release, tmp_path)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    evil = "\x1b[2J[red]x[/nonsense]"
    manifest |= {"schema_version": evil, "verdict": evil, "published_at": evil}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    listed = jianghua("releases", "--out", tmp_path)
    manifest["tables"] |= {evil: {"rows": 1, "sha256": ""}}
    (folder / "manifest.json").write_text(json.dumps(manifest | {"name": evil}), encoding="utf-8")
    compared = jianghua("diff", release, folder)
    for said in (listed, compared):
        assert said.exit_code == 0 and "\x1b" not in said.stdout and said.stdout.count("�[2J[red]x[/nonsense]") >= 3, said.output


def test_a_place_of_the_text_is_found_in_the_raw_text():
    edits = [{"start": 0, "end": 0, "raw_start": 0, "raw_end": 5}, {"start": 3, "end": 4, "raw_start": 8, "raw_end": 10},
             {"start": 9, "end": 9, "raw_start": 15, "raw_end": 20}]
    assert [raw_place(place, edits) for place in (0, 2, 3, 4, 8)] == [5, 7, 8, 10, 14]
    assert raw_place(9, edits) == 20 and raw_place(9, edits, last=True) == 15


def test_the_doctor_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (tmp_path / "raw").mkdir()
    (tmp_path / "settings.toml").write_text(f'raw = "{tmp_path / "raw"}"\nout = "{tmp_path / "out"}"\nworkers = 3\n', encoding="utf-8")
    done = jianghua("doctor", "--settings", tmp_path / "settings.toml")
    assert done.exit_code == 0 and "setting workers = 3" in done.stdout and "polars" in done.stdout and "not ok" not in done.stdout
    (tmp_path / "raw").rmdir()
    done = jianghua("doctor", "--settings", tmp_path / "settings.toml")
    assert done.exit_code == 1 and f"not ok  raw documents in {tmp_path / 'raw'}" in done.stdout
    (tmp_path / "settings.toml").write_text("colour = 1\n", encoding="utf-8")
    assert "unknown setting colour" in jianghua("doctor", "--settings", tmp_path / "settings.toml").stdout


def test_the_doctor_asks_for_versions_too(monkeypatch):
    there = {"polars": "2.1.0", "fastapi": "0.151.0", "typer": "1.0rc1", "sqlalchemy": "2.0.4"}
    asked = ["polars<3,>=2.1", "fastapi<0.151", "typer>=0.20", "sqlalchemy[asyncio]<2.1,>=2", "nowhere>=1", 'ray>=2; extra == "ray"',
             'winloop>=1; sys_platform == "nowhere"']

    def version(name: str) -> str:
        if name not in there:
            raise PackageNotFoundError(name)
        return there[name]

    monkeypatch.setattr("flows.doctor.requires", lambda name: asked)
    monkeypatch.setattr("flows.doctor.version", version)
    done = jianghua("doctor")
    assert done.exit_code == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("not ok")][:2] == [
        "not ok  fastapi 0.151.0 is installed, but fastapi<0.151 is needed: run `make setup`, or `pip install 'fastapi<0.151'`",
        "not ok  nowhere>=1 is missing: run `make setup`, or `pip install 'nowhere>=1'`"]
    assert "packages: polars 2.1.0, typer 1.0rc1, sqlalchemy 2.0.4\n" in done.stdout


@pytest.mark.parametrize(("settings", "words"), [("workers = 0\n", "workers is 0; give 1 or more"), ("[", "is not valid TOML"),
                                                 ("keep_releases = -1\n", "give 0 (keep all) or more"),
                                                 ('workers = "2"\n', "workers is '2'; give a whole number"),
                                                 ("workers = 1.5\n", "workers is 1.5; give a whole number"),
                                                 ("keep_releases = true\n", "keep_releases is True; give a whole number"),
                                                 ('release_date = "2024.13.45"\n', "release_date is 2024.13.45; give a day of"),
                                                 ('release_date = "2023.02.29"\n', "release_date is 2023.02.29; give a day of"),
                                                 ('release_date = "2024-02-30"\n', "give a day of the calendar as YYYY.MM.DD"),
                                                 ("raw = 5\n", "raw is 5; give text, in quotation marks"),
                                                 ("allow_empty = 1\n", "allow_empty is 1; give true or false"),
                                                 ("text_column = 5\n", "text_column is 5; give text"),
                                                 ('[thresholds]\nundated = "1"\n', "thresholds.undated is '1'; give a share from 0 to 1"),
                                                 ("[thresholds]\nundated = nan\n", "thresholds.undated is nan; give a share"),
                                                 ("[limits]\ndepth = 2.0\n", "limits.depth is 2.0; give a whole number"),
                                                 ("limits = 3\n", "limits is 3; give a table, [limits]"),
                                                 ('raw = "讲话"\n', "is not in UTF-8; save it as UTF-8"),
                                                 ("[limits]\ndepth = 0\n", "limits.depth is 0; give a whole number of 1 or more"),
                                                 ("[limits]\nwidth = 1\n", "unknown setting width")])
def test_wrong_settings_are_wrong_usage(settings, words, tmp_path):
    (tmp_path / "settings.toml").write_text(settings, encoding="gb18030")
    done = jianghua("build", "--out", tmp_path / "out", "--settings", tmp_path / "settings.toml")
    assert done.exit_code == 2 and words in done.stderr and not (tmp_path / "out").exists()


def test_an_output_that_is_a_file_is_told(tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    (tmp_path / "raw").mkdir()
    done = jianghua("build", "--raw", tmp_path / "raw", "--out", tmp_path / "out")
    assert done.exit_code == 1 and "cannot write to" in done.stderr and "Give --out a folder" in done.stderr


def test_where_nothing_is_left_to_read_nothing_is_published(release, tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "out").mkdir()
    folder = copied(release, tmp_path / "out")
    (tmp_path / "out" / "latest").symlink_to(folder.name)
    done = jianghua("build", "--raw", tmp_path / "raw", "--out", tmp_path / "out")
    assert done.exit_code == 3 and f"there is nothing to read in {tmp_path / 'raw'}, but release {folder.name} was made" in done.stderr
    assert "--allow-empty" in done.stderr and (tmp_path / "out" / "latest").resolve() == folder
    settings = Settings(raw=str(tmp_path / "raw"), out=str(tmp_path / "out"))
    with pytest.raises(Emptied, match="was it emptied, or is it not mounted"):
        nothing_new(settings)
    assert nothing_new(replace(settings, allow_empty=True)) is None
    (tmp_path / "out" / "latest").unlink()
    assert nothing_new(settings) is None, "there was no release before"


def test_a_server_that_does_not_answer_is_told(tmp_path):
    environment = os.environ | {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"}
    (tmp_path / "raw").mkdir()
    done = subprocess.run([sys.executable, "-m", "flows.cli", "build", "--raw", tmp_path / "raw", "--out", tmp_path / "out"], cwd=ROOT,
                          env=environment, text=True, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1 and "Prefect server at http://127.0.0.1:9/api cannot be reached" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("problem", "words"), [
    (OSError(28, "No space left on device"), "no room to write"),
    (StageError("read, shard 0, failed: OSError: No space left on device (os error 28)"), "no room to write"),
    (StageError("segment has not run; run segment first"), "run segment first"),
    (PermissionError(13, "Permission denied", "/x"), "Permission denied: /x. See that it is there"), (ZeroDivisionError("x"), None)])
def test_errors_become_sentences_but_for_faults_of_the_program(problem, words):
    assert explained(problem) is None if words is None else words in (explained(problem) or "")


PUBLISHED = {"new": True, "folder": "out", "fates": {"speech": 1}}


def test_progress_is_plain_lines_where_there_is_no_terminal(capsys):
    with Terminal() as terminal:
        terminal(Event("read", 2, 1, 1))
        terminal(Event("read", 2, 2, 1))
    assert capsys.readouterr().err == "read: 2 shards, 1 as before\n"


@pytest.mark.parametrize(("log_format", "error"), [
    (LogFormat.text, "jianghua: no room\n"), (LogFormat.json, '{"event": "error", "message": "no room", "status": 1}\n')])
def test_quiet_says_nothing_but_errors(log_format, error, capsys):
    with Terminal(quiet=True, log_format=log_format) as terminal:
        terminal(Event("read", 2, 2, 1))
        terminal.said("done")
        terminal.published(PUBLISHED)
        terminal.failed("no room", 1)
    assert tuple(capsys.readouterr()) == ("", error)


def test_json_lines_can_be_read_by_machines(capsys):
    with Terminal(log_format=LogFormat.json) as terminal:
        terminal(Event("read", 2, 1, 0))
        terminal.said("没有新的", new=False)
        terminal.published(PUBLISHED)
        terminal.failed("no room", 1)
    told, progress = ([json.loads(line) for line in each.splitlines()] for each in capsys.readouterr())
    assert progress == [{"event": "progress", "step": "read", "done": 1, "total": 2, "as_before": 0},
                        {"event": "error", "message": "no room", "status": 1}]
    assert told[0] == {"event": "message", "message": "没有新的", "new": False}
    assert told[1].pop("elapsed") >= 0 and told[1:] == [{"event": "published", **PUBLISHED}]


@pytest.mark.parametrize(("fates", "unread", "words"), [
    ({}, {}, "there was nothing to read"), ({"rejected": 2}, {}, "no document that was read is a speech"),
    ({}, {"empty": 1}, "no document that was read is a speech")])
@pytest.mark.parametrize("log_format", list(LogFormat))
def test_that_a_release_holds_no_speech_is_told_even_where_quiet(fates, unread, words, log_format, capsys):
    with Terminal(quiet=True, log_format=log_format) as terminal:
        terminal.published(PUBLISHED | {"fates": fates, "unread": unread})
    told = capsys.readouterr()
    assert told.out == "" and words in told.err and told.err.count("\n") == 1
    assert log_format == LogFormat.text or json.loads(told.err)["event"] == "warning"


def test_a_terminal_gets_bars_with_counts_rate_and_time(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with Terminal() as terminal:
        terminal(Event("normalize", 4, 1, 1))
        for done in (2, 3):
            terminal(Event("normalize", 4, done, 1))
        assert terminal._bars.tasks[0].completed == 3 and terminal._bars.tasks[0].fields["rate"].endswith("/s")
        terminal(Event("normalize", 4, 4, 1))
        assert not terminal._bars.tasks
    assert "4 shards, 1 as before" in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_shell_completes_commands(shell):
    program = Path(sys.executable).parent / "jianghua"
    asked = {"_JIANGHUA_COMPLETE": f"complete_{shell}", "COMP_WORDS": "jianghua re", "COMP_CWORD": "1",
             "_TYPER_COMPLETE_ARGS": "jianghua re"}
    done = subprocess.run([program], env=os.environ | asked, cwd=ROOT, text=True, capture_output=True, timeout=60, check=False)
    assert "releases" in done.stdout


def _release(out: Path, name: str, published: str) -> Path:
    (out / name).mkdir(parents=True)
    (out / name / "manifest.json").write_text(json.dumps({"published_at": published}), encoding="utf-8")
    return out / name


def test_old_releases_are_retired_but_never_the_latest(tmp_path):
    names = [f"2026.01.0{day}-{day}{'a' * 11}" for day in range(1, 5)] + [f"2026.01.04.1-{'b' * 12}"]
    for number, name in enumerate(names):
        _release(tmp_path, name, f"2026-01-0{number + 1}T00:00:00+00:00")
    (tmp_path / "notes").mkdir()
    (tmp_path / "latest").symlink_to(names[0])
    assert [folder.name for folder in releases_of(tmp_path)] == names
    assert retire(tmp_path, 0) == []
    assert retire(tmp_path, 2) == names[1:3]
    assert [folder.name for folder in releases_of(tmp_path)] == [names[0], *names[3:]]
    assert latest_release(tmp_path) == tmp_path / names[0] and (tmp_path / "notes").is_dir()
    assert not list(tmp_path.glob(f".*{PART}"))


def test_what_killed_runs_left_is_swept_and_nothing_else(tmp_path):
    settings = Settings(raw=str(tmp_path), out=str(tmp_path / "out"))
    left = [settings.out_path / ".2026.01.01-x.part", settings.work_path / "store" / "read" / ".k.12.part", settings.work_path / "state"]
    for folder in left:
        folder.mkdir(parents=True)
    (settings.work_path / "state" / ".ingest.json.part").write_text("{", encoding="utf-8")
    (settings.out_path / ".latest.part").symlink_to("nowhere")
    (settings.out_path / "mine.part").write_text("x", encoding="utf-8")
    assert sweep_parts(settings) == 4
    assert sorted(path.name for path in settings.out_path.iterdir()) == [".work", "mine.part"]


def test_what_prefect_remembers_is_forgotten_once_it_is_much(tmp_path):
    home = tmp_path / "prefect"
    home.mkdir()
    for name in ("prefect.db", "prefect.db-wal", "profiles.toml"):
        (home / name).write_bytes(b"x" * 100)
    assert not forget_runs(tmp_path, 200) and (home / "prefect.db").exists()
    assert forget_runs(tmp_path, 199) and [path.name for path in home.iterdir()] == ["profiles.toml"]
    assert not forget_runs(tmp_path / "nowhere")


def test_a_new_home_of_prefect_begins_with_the_empty_database_that_set_up_made(tmp_path, monkeypatch):
    made = tmp_path / "share" / "jianghua"
    made.mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    empty_database().write_bytes(b"empty")
    for name in ("PREFECT_API_URL", "PREFECT_HOME"):
        monkeypatch.delenv(name, raising=False)
    before = dict(os.environ)
    try:
        prepare(tmp_path / "work")
        home = tmp_path / "work" / "prefect"
        assert [path.name for path in home.iterdir()] == ["prefect.db"] and (home / "prefect.db").read_bytes() == b"empty"
        (home / "prefect.db").write_bytes(b"in use")
        prepare(tmp_path / "work")
        assert (home / "prefect.db").read_bytes() == b"in use"
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
