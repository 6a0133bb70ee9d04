"""The process of the command: stopped at any moment, robbed of a stream, or killed with a worker that hangs."""
from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.operating import PATIENCE, ROOT, Place, lives, place_after, until
from tests.test_operate_kills import after, step_begun

HANGING = """
import os, re
from flows import workers
if __name__ == "__main__":
    workers.WORKERS.begin()
    pool = workers.WORKERS._pool("work", 1)
    for stream in (1, 2):
        pool.submit(os.write, stream, b"a worker says what a library might").result()
    print(*pool._processes, flush=True)
    pool.submit(re.match, "(a+)+$", "a" * 60 + "b").result()
"""
"""A run with one worker, which is in a match that takes longer than the universe has: no thread of it gets its turn."""


def begun(place: Place, **streams: int) -> subprocess.Popen[bytes]:
    """A run that leads a group of processes, as a shell begins one."""
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    return subprocess.Popen([sys.executable, "-m", "flows.cli", "build", "--raw", place.raw, "--out", place.out, "--workers", "2"],
                            cwd=ROOT, env=environment, start_new_session=True, **streams)


def all_begun_by(process: int) -> list[int]:
    """All processes of the session that a run leads."""
    return [int(each) for each in os.listdir("/proc") if each.isdigit() and lives(int(each)) and int(each) != process
            and _session(int(each)) == process]


def _session(process: int) -> int | None:
    try:
        return os.getsid(process)
    except OSError:
        return None


def read_to_the_end(terminal: int, pieces: list[bytes]) -> None:
    try:
        while piece := os.read(terminal, 1 << 16):
            pieces.append(piece)
    except OSError:
        pass    # the end of a terminal


@pytest.mark.parametrize(("number", "step"), [(signal.SIGINT, None), (signal.SIGTERM, "read"), (signal.SIGINT, "segment"),
                                              (signal.SIGTERM, "tables")])
def test_a_signal_to_all_processes_of_a_run_ends_it_with_one_sentence(number, step, releases, tmp_path):
    place = place_after(releases[0], tmp_path)
    terminal, end = pty.openpty()
    running = begun(place, stdin=end, stdout=end, stderr=end)
    os.close(end)
    pieces: list[bytes] = []
    reading = threading.Thread(target=read_to_the_end, args=(terminal, pieces))     # a terminal that nobody reads is full soon
    reading.start()
    until(step_begun(place, step) if step else after(0.7))
    os.killpg(running.pid, number)
    assert running.wait(20) == 128 + number
    reading.join(20)
    os.close(terminal)
    said = b"".join(pieces)
    early = ["jianghua: stopped."] if step is None else []
    assert said.decode().splitlines()[-1] in ["jianghua: interrupted; the next run goes on where this one stopped.", *early]
    assert b"Traceback" not in said and b"Exception" not in said and said.count(b"jianghua:") == 1
    until(lambda: all_begun_by(running.pid) == [], 10)
    place.check_latest()


def test_a_stopped_run_is_told_to_the_server_that_outlives_it(server, releases, tmp_path):
    from tests.conftest import ask

    place = place_after(releases[0], tmp_path)
    running = place.start("--log-format", "json", "--workers", "1")
    until(step_begun(place, "normalize"))
    os.kill(running.pid, signal.SIGINT)
    said, errors = running.communicate(timeout=60)
    assert running.returncode == 130 and said == "", errors
    assert errors.splitlines()[-1] == ('{"event": "error", "message": "interrupted; the next run goes on where this one stopped.", '
                                       '"status": 130}')
    asked = {"flows": {"name": {"any_": ["jianghua"]}}, "flow_runs": {"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}}
    assert "Traceback" not in errors and ask(server, "flow_runs/filter", asked) == []


def test_a_worker_that_hangs_ends_with_a_killed_run(tmp_path):
    (tmp_path / "hanging.py").write_text(HANGING, encoding="utf-8")
    running = subprocess.Popen([sys.executable, tmp_path / "hanging.py"], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    worker = int(running.stdout.readline())     # and nothing that the worker said
    time.sleep(1)
    assert lives(worker)
    running.kill()
    running.wait()
    until(lambda: not lives(worker), 10)
    assert running.communicate() == ("", "")


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&- <&-", "2>&1 | head -1"])
def test_a_run_goes_on_without_the_streams_that_are_gone(closed, server, releases, tmp_path):
    place = place_after(releases[0], tmp_path)
    run = f"{sys.executable} -m flows.cli build --raw {place.raw} --out {place.out} --settings {place.settings} {closed}"
    done = subprocess.run(["bash", "-c", f"{run}; exit ${{PIPESTATUS[0]}}"], cwd=ROOT, text=True, capture_output=True, timeout=PATIENCE,
                          check=False)
    assert done.returncode == 0 and "Traceback" not in done.stderr and "Exception" not in done.stderr, done.stderr
    place.check_latest()
    assert place.latest.name == releases[1].name


def test_what_cannot_be_said_is_told_at_the_end(releases):
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no device that is always full")
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "flows.cli", "releases", "--out", releases[0].parent], cwd=ROOT, stdout=full,
                              stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, "jianghua: cannot write all that there is to say: No space left on device.\n")
