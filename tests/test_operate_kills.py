"""Killed at any moment, on a full or read-only disk, robbed of a worker, or started twice: `latest` is always a whole release, nothing
piles up, and the next run ends with the bytes of one that was left alone."""
from __future__ import annotations

import os
import random
import shutil
import subprocess
import time

import pytest

from flows.publish.release import LATEST
from tests.operating import PATIENCE, Place, contents, end, lives, place_after, until, workers_of

POINTS = 50
SEED = 8
STEPS = ("read", "select", "repeated", "normalize", "segment", "prints", "groups", "passages", "wording", "phrases", "lexicon", "assemble",
         "tables", "rules")


def after(seconds: float):
    """True so many seconds after the first time of asking."""
    started = time.monotonic()
    return lambda: time.monotonic() - started >= seconds


def step_begun(place: Place, step: str):
    return lambda: (place.work / "store" / step).exists()


def publishing(place: Place, name: str = ""):
    """A release is being written, or a file of it is there."""
    return lambda: any((part / name).exists() for part in place.out.glob(".2*.part"))


def in_place(place: Place, name: str):
    """A release is in place, and `latest` does not lead to it yet, or has just been switched."""
    return lambda: (place.out / name).exists()


def test_killed_again_and_again_it_ends_with_the_bytes_of_an_undisturbed_run(server, releases, tmp_path):
    first, second = releases
    place = place_after(first, tmp_path)
    points = [after(2.5), step_begun(place, "normalize"), step_begun(place, "tables"), publishing(place), in_place(place, second.name)]
    kills = 0
    for point in points:
        kills += place.kill(point)
        place.check_latest()
        assert place.latest.name in (first.name, second.name)
    assert kills >= 3
    place.run()
    assert place.latest.name == second.name and contents(place.latest) == contents(second)
    assert contents(place.out / first.name) == contents(first), "the release before is as it was"
    assert place.leftovers() == []


@pytest.mark.parametrize("embedded", [False, True])
def test_a_killed_run_takes_its_workers_and_its_own_server_with_it(embedded, server, releases, tmp_path):
    place = place_after(releases[0], tmp_path)
    running = place.start("--quiet", "--workers", "1", PREFECT_API_URL="" if embedded else server)
    # one works, one checks, one draws, one serves
    workers = until(lambda: len(found := workers_of(running.pid)) == 3 + embedded and found)
    running.kill()
    running.communicate()
    until(lambda: not any(lives(worker) for worker in workers), 30)


def test_without_a_worker_the_work_goes_on_and_a_second_run_must_wait(server, releases, tmp_path):
    first, second = releases
    place = place_after(first, tmp_path)
    running = place.start()
    until(step_begun(place, "read"))
    other = place.start()
    _, errors = other.communicate(timeout=PATIENCE)
    assert other.returncode == 75 and f"process {running.pid} on" in errors and "Traceback" not in errors
    for worker in workers_of(running.pid):
        end(worker)
    _, errors = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, errors
    assert contents(place.latest) == contents(second)


def test_the_lock_of_a_dead_process_is_taken_over(server, releases, tmp_path):
    first, _ = releases
    place = place_after(first, tmp_path, more=False)
    place.work.mkdir()
    (place.work / "lock").write_text("process 4000000 on here, since 2020-01-01 00:00:00\n", encoding="utf-8")
    (place.out / ".2020.01.01-000000000000.part").mkdir()
    (place.work / "state").mkdir()
    (place.work / "state" / ".ingest.json.part").write_text("{", encoding="utf-8")
    place.run("--quiet")
    assert place.latest.name == first.name and place.leftovers() == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own, of which the size can be set: a function of options for mount. Only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("making a disk needs root")
    yield folder, lambda options: subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_told_and_does_no_harm(server, releases, small_disk, tmp_path):
    folder, mount = small_disk
    first, second = releases
    place = place_after(first, tmp_path)
    mount("size=64m")
    on_disk = Place(place.raw, folder / "out", place.settings)
    shutil.copytree(place.out, on_disk.out, symlinks=True)
    used = sum(path.stat().st_size for path in on_disk.out.rglob("*") if path.is_file())
    mount(f"size={used + 400_000}")
    failed = on_disk.start("--quiet")
    _, errors = failed.communicate(timeout=PATIENCE)
    assert failed.returncode == 1 and "no room to write" in errors.lower() and "Traceback" not in errors, errors
    on_disk.check_latest()
    assert on_disk.latest.name == first.name
    mount("size=64m")
    on_disk.run("--quiet")
    assert contents(on_disk.latest) == contents(second) and on_disk.leftovers() == []


def test_a_file_too_large_to_write_is_told_as_one_would_tell_a_full_disk(server, releases, tmp_path):
    """The same without root: no file may grow beyond a few kilobytes."""
    first, _ = releases
    place = place_after(first, tmp_path)
    script = f"ulimit -f 8; exec {os.sys.executable} -m flows.cli build --quiet --raw {place.raw} --out {place.out}"
    failed = subprocess.run(["bash", "-c", script], text=True, capture_output=True, timeout=PATIENCE, check=False)
    assert failed.returncode == 1 and "no room to write" in failed.stderr and "Traceback" not in failed.stderr, failed.stderr
    place.check_latest()
    assert place.latest.name == first.name


def test_an_output_that_cannot_be_written_is_told_at_once(releases, tmp_path, small_disk):
    folder, mount = small_disk
    mount("ro")
    place = place_after(releases[0], tmp_path)
    failed = Place(place.raw, folder, place.settings).start()
    _, errors = failed.communicate(timeout=PATIENCE)
    assert failed.returncode == 1 and f"cannot write to {folder}" in errors and "Traceback" not in errors


def test_a_removed_file_leaves_the_next_release_and_is_told(server, releases, tmp_path):
    first, second = releases
    place = place_after(second, tmp_path)
    (place.raw / "新增.txt").unlink()
    place.run("--quiet")
    again = place.latest
    assert again.name == first.name and "Inputs gone 移除的输入: 1" in (again / "CHANGELOG.md").read_text(encoding="utf-8")
    same = {name: digest for name, digest in contents(first).items() if name.endswith(".parquet")}
    assert same.items() <= contents(again).items()
    said = place.run()
    assert "Nothing new" in said and len(list(place.out.glob("2*"))) == 2


@pytest.mark.soak
@pytest.mark.parametrize("number", range(POINTS))
def test_killed_at_one_of_fifty_random_points(number, server, releases, tmp_path):
    first, second = releases
    place = place_after(first, tmp_path)
    dice = random.Random(f"{SEED}-{number}")
    places = [*(step_begun(place, step) for step in STEPS), publishing(place), publishing(place, "README.md"),
              publishing(place, "checksums.txt"), in_place(place, second.name)]
    # The first half of the points at any time, the rest wherever something is just being written.
    point = after(dice.uniform(0, 14)) if number < POINTS // 2 else places[number % len(places)]
    place.kill(point)
    place.check_latest()
    assert place.latest.name in (first.name, second.name)
    place.run("--quiet")
    assert place.latest.name == second.name and contents(place.latest) == contents(second) and place.leftovers() == []
    assert os.readlink(place.out / LATEST) == second.name
