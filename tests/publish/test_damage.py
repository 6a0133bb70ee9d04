"""Damaged releases: every command that reads one says in a sentence what is damaged, and a build goes on without it."""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.publish.damage import Damaged, damage_of, manifest_of, reading
from flows.validate.stranger import examine
from tests.operating import ROOT, place_after
from tests.releases import copied


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def scrambled(path: Path) -> None:
    """Another content of the same size, of which the end, by which a reader begins, is as it was."""
    content = path.read_bytes()
    path.write_bytes(b"PAR1" + b"\xa5" * (len(content) // 2) + content[len(content) // 2 + 4:])


def without(name: str):
    def changed(path: Path) -> None:
        manifest = json.loads(path.read_bytes())
        del manifest[name]
        path.write_text(json.dumps(manifest), encoding="utf-8")
    return changed


def saying(text: str):
    return lambda path: path.write_text(text, encoding="utf-8")


TABLE_DAMAGE = [(name, change) for name in ("speeches.parquet", "documents.parquet") for change in (truncated, scrambled, Path.unlink,
                                                                                                  saying("not a table"))]
MANIFESTS = ["", "not JSON", "[]", "{}", "\x00", "[" * 100_000, '{"name": 1, "schema_version": "1", "tables": {}}', *(
    f'{{"name": "x", "schema_version": "1.0.0", "tables": {tables}}}' for tables in (
        "[]", '{"speeches": 3}', '{"speeches": {"rows": "many", "sha256": ""}}', '{"speeches": {"rows": 1, "sha256": null}}',
        '{}, "files": 7'))]


def jianghua(*arguments: str | Path):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def check_told(done, release: Path, file: str) -> None:
    assert done.exit_code == 2 and isinstance(done.exception, SystemExit), done.output
    assert done.stderr.startswith(f"jianghua: release {release.name} is damaged: {file} ") and done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize(("name", "change"), TABLE_DAMAGE)
def test_a_damaged_table_is_told(name, change, releases, tmp_path):
    speech = pl.read_parquet(releases[1] / "speeches.parquet")["speech_id"][0]
    folder = copied(releases[1], tmp_path)
    change(folder / name)
    check_told(jianghua("show", speech, "--release", folder), folder, name)
    for form in ([], ["--json"], ["--markdown"]):
        check_told(jianghua("diff", releases[0], folder, *form), folder, name)


@pytest.mark.parametrize("change", [*map(saying, MANIFESTS), without("tables"), without("name")])
def test_a_damaged_manifest_is_told(change, releases, tmp_path):
    shutil.copytree(releases[0], tmp_path / releases[0].name)
    folder = copied(releases[1], tmp_path)
    change(folder / "manifest.json")
    for arguments in (("diff", releases[0], folder), ("diff", folder, releases[0], "--json")):
        check_told(jianghua(*arguments), folder, "manifest.json")
    listed = jianghua("releases", "--out", tmp_path)
    check_told(listed, folder, "manifest.json")
    assert releases[0].name in listed.stdout, "the others are listed"
    validated = jianghua("validate", folder)
    assert validated.exit_code in (2, 3) and isinstance(validated.exception, SystemExit), validated.exception


def test_a_release_without_a_manifest_is_told_by_who_lists_them(release, tmp_path):
    folder = copied(release, tmp_path)
    (folder / "manifest.json").unlink()
    check_told(jianghua("releases", "--out", tmp_path), folder, "it has")


def test_what_is_no_damage_is_no_damage(release):
    assert damage_of(release, digests=True) is None and manifest_of(release)["name"] == release.name
    with pytest.raises(ZeroDivisionError), reading(release):
        raise ZeroDivisionError
    with pytest.raises(Damaged, match=r"is damaged: manifest.json is missing"), reading(release, release / "nowhere"):
        raise ZeroDivisionError


def test_a_fault_outside_of_a_build_is_a_sentence_too(tmp_path):
    code = ("import sys, flows.cli as cli; cli.app.command('fail')(lambda: 1 / 0); sys.argv = ['jianghua', 'fail']; cli.main()")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
                          capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, "jianghua: ZeroDivisionError: division by zero. This is a fault of the program; please "
                                                 "report it with fault.txt.\n")
    assert "ZeroDivisionError" in (tmp_path / "fault.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("change", [truncated, scrambled, Path.unlink])
def test_a_build_goes_on_without_a_damaged_release_before_and_says_so(change, server, releases, tmp_path):
    place = place_after(releases[0], tmp_path)
    change(place.latest / "documents.parquet")
    before = place.latest.name
    said = " ".join(place.run().split())    # which a narrow terminal wraps
    assert f"notice release {before} is damaged: documents.parquet" in said and "ids are made of the texts" in said
    after = place.latest
    assert examine(after).good and after.name == releases[1].name and manifest_of(after)["previous"] == before
    assert f"{before} ".replace(".", "\\.").replace("-", "\\-").strip() in (after / "CHANGELOG.md").read_text(encoding="utf-8")
    report = json.loads((after / "quality" / "report.json").read_bytes())
    told = next(each for each in report["checks"] if each["check"] == "the release before can be read")
    assert not told["success"] and told["severity"] == "warning" and report["verdict"] == "publishable with warnings"
    ids = [pl.read_parquet(folder / "speeches.parquet")["speech_id"].to_list() for folder in (after, releases[1])]
    assert ids[0] == ids[1]


def test_a_damaged_latest_release_is_published_again_from_the_same_inputs(server, releases, tmp_path):
    first = releases[0]
    place = place_after(first, tmp_path, more=False)
    truncated(place.latest / "speeches.parquet")
    place.run("--quiet")
    day, _, content = first.name.partition("-")
    assert place.latest.name == f"{day}.1-{content}" and examine(place.latest).good
    assert (place.out / first.name).is_dir(), "the damaged one is left alone"
    assert "Nothing new" in place.run()


def test_hostile_names_of_a_manifest_are_plain_text_in_markdown(release, tmp_path):
    folder = copied(release, tmp_path)
    evil = "<script>alert(1)</script>|[x](javascript:y)\n# z`"
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest |= {"name": evil, "schema_version": evil, "tables": manifest["tables"] | {evil: {"rows": 1, "sha256": ""}}}
    speeches = pl.read_parquet(folder / "speeches.parquet")
    speeches.with_columns(pl.lit(1).alias(evil), title=pl.lit("另")).write_parquet(folder / "speeches.parquet")
    manifest["tables"]["speeches"]["sha256"] = ""
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    again = copied(folder, tmp_path / "again")
    pl.read_parquet(again / "speeches.parquet").with_columns(pl.lit(2).alias(evil)).write_parquet(again / "speeches.parquet")
    manifest["tables"]["speeches"]["sha256"] = "1"
    (again / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for pair in ((release, folder), (folder, release), (folder, again)):
        done = jianghua("diff", *pair, "--markdown")
        assert done.exit_code == 0, done.output
        assert not [line for line in done.stdout.splitlines() if line.startswith("# z")]
        outside = re.sub(r"`[^`]*`", "", re.sub(r"\\.", "", done.stdout))     # in code nothing is markup
        assert not re.search(r"<script|\[x|\]\(|`", outside), outside
