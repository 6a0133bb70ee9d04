"""Where a run reads and writes: raw documents, releases and work are kept apart, and one run at a time publishes in a folder."""
from __future__ import annotations

import pytest

from tests.operating import PATIENCE, place_after, until
from tests.releases import write_raw
from tests.test_operate_commands import jianghua


@pytest.mark.parametrize(("raw", "out", "words"), [
    ("raw", "raw/out", "--out"), ("raw", "raw", "--out"), ("out/.work/raw", "out", "lies in the work folder")])
def test_raw_documents_and_releases_are_kept_apart(raw, out, words, tmp_path):
    write_raw(tmp_path / raw)
    there = sorted(tmp_path.rglob("*"))
    done = jianghua("build", "--raw", tmp_path / raw, "--out", tmp_path / out)
    assert done.exit_code == 2 and words in done.stderr and "lies in the" in done.stderr and done.stderr.count("\n") == 1, done.output
    assert sorted(tmp_path.rglob("*")) == there, "nothing was written"


def test_a_link_does_not_hide_that_releases_lie_in_the_raw_folder(tmp_path):
    write_raw(tmp_path / "raw")
    (tmp_path / "elsewhere").symlink_to("raw")
    done = jianghua("build", "--raw", tmp_path / "raw", "--out", tmp_path / "out", "--work", tmp_path / "elsewhere" / "work")
    assert done.exit_code == 2 and f"--work {tmp_path / 'elsewhere' / 'work'} lies in the raw folder" in done.stderr


def test_a_latest_that_is_a_folder_is_told(tmp_path):
    raw, out = write_raw(tmp_path / "raw"), tmp_path / "out"
    (out / "latest").mkdir(parents=True)
    done = jianghua("build", "--raw", raw, "--out", out)
    assert done.exit_code == 2 and f"{out / 'latest'} is a folder" in done.stderr and "move it away" in done.stderr


def test_two_runs_with_other_work_folders_do_not_publish_in_one_place_at_once(server, releases, tmp_path):
    place = place_after(releases[0], tmp_path)
    first = place.start("--quiet", "--work", str(tmp_path / "one"))
    try:
        until((tmp_path / "one" / "store").exists, 60)
        second = place.start("--quiet", "--work", str(tmp_path / "two"))
        _, errors = second.communicate(timeout=60)
    finally:
        _, ended = first.communicate(timeout=PATIENCE)
    assert second.returncode == 75 and f"process {first.pid} on" in errors and first.returncode == 0, ended
