"""Runs that are disturbed: started in a process of their own, watched, killed, and compared with one that was left alone."""
from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.publish.edition import sha256_of
from flows.validate.stranger import examine
from tests.releases import write_raw

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600   # seconds; builds share the machine with other tests


@dataclass(frozen=True)
class Place:
    """A raw folder, a folder of releases, and the settings of every run there."""

    raw: Path
    out: Path
    settings: Path

    @property
    def work(self) -> Path:
        return self.out / ".work"

    @property
    def latest(self) -> Path:
        return (self.out / "latest").resolve()

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """A run, in a process of its own."""
        command = [sys.executable, "-m", "flows.cli", "build", "--raw", str(self.raw), "--out", str(self.out), "--settings",
                   str(self.settings), *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *arguments: str, **environment: str) -> str:
        """A run that must end well; what it said."""
        running = self.start(*arguments, **environment)
        said, errors = running.communicate(timeout=PATIENCE)
        assert running.returncode == 0, errors
        return said

    def kill(self, when: Callable[[], bool]) -> bool:
        """Start a run and kill it as soon as `when` says so; whether it was killed before it had ended."""
        running = self.start("--quiet")
        while running.poll() is None and not when():
            time.sleep(0.001)
        killed = running.poll() is None
        running.kill()
        running.communicate(timeout=PATIENCE)
        return killed

    def leftovers(self) -> list[str]:
        """Half-written files and folders, and probes."""
        return sorted(str(path.relative_to(self.out)) for path in self.out.rglob(".*") if path.name.endswith(".part"))

    def check_latest(self) -> None:
        """`latest` leads to nothing yet, or to a whole release that holds what its papers say."""
        if (self.out / "latest").is_symlink():
            found = examine(self.latest)
            assert found.good, found.faults


def place_after(release: Path, folder: Path, *, more: bool = True) -> Place:
    """A place where `release` is the latest, with no cache: the next run is one from nothing, on the same documents or one more."""
    out = folder / "out"
    shutil.copytree(release, out / release.name)
    (out / "latest").symlink_to(release.name)
    settings = folder / "settings.toml"
    # The day of the releases that it is compared with, whatever the clock says.
    settings.write_text(f'release_date = "{release.name.partition("-")[0]}"\n', encoding="utf-8")
    return Place(write_raw(folder / "raw", more=more), out, settings)


def contents(release: Path) -> dict[str, Any]:
    """What must be the same of two releases: the digest of every file, and the manifest but for its time."""
    found: dict[str, Any] = {path.relative_to(release).as_posix(): sha256_of(path) for path in sorted(release.rglob("*")) if path.is_file()}
    manifest = json.loads((release / "manifest.json").read_bytes())
    manifest.pop("published_at")
    return found | {"manifest.json": manifest}


def workers_of(process: int) -> list[int]:
    """The processes that do the work of a run, and its own server: all that it has begun, but for those that only begin others."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
    found, waiting = [], [process]
    while waiting:
        begun = sorted(each for each, parent in parents.items() if parent == waiting[-1])
        if not begun and waiting[-1] != process and not _only_begins_others(waiting[-1]):
            found.append(waiting[-1])
        waiting[-1:] = begun
    return sorted(found)


def _only_begins_others(process: int) -> bool:
    """Whether a process keeps count of what is shared, or has been begun to fork workers from it and has forked none yet."""
    try:
        named = (Path("/proc") / str(process) / "cmdline").read_bytes()
        forked = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[1]
        return b"resource_tracker" in named or (b"forkserver" in named and b"forkserver" not in (
            Path("/proc") / forked / "cmdline").read_bytes())
    except OSError:
        return True


def lives(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What `condition` says as soon as it is true. Fails after `seconds`."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


def end(process: int) -> None:
    """Kill one process."""
    os.kill(process, signal.SIGKILL)
