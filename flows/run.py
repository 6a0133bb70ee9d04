"""One run of the whole: alone under the lock, on a swept floor, and only where something is new."""
from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from flows import cluster, prefect_home
from flows.publish.edition import LATEST
from flows.settings import LOCAL, Settings, SettingsError

NO_SERVER = "the Prefect server at {} cannot be reached: start it, or unset PREFECT_API_URL to run without one."
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
FULL_WORDS = re.compile("No space left on device|File too large|Disk quota exceeded|database or disk is full")


class Locked(RuntimeError):
    """Another run is at work in the same folder; the message says which."""


class NoServer(RuntimeError):
    """The Prefect server that the user named cannot be reached."""


class Unwritable(OSError):
    """A folder that a run must write to cannot be written; the message says which and what to do."""


_LOCKS: set[TextIO] = set()


def _let_go() -> None:
    """A process that is forked holds the lock as well, and would hold it on after a run that was killed."""
    for file in _LOCKS:
        file.close()


os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def held(settings: Settings) -> Iterator[None]:
    """Hold the locks of the work folder and of the folder of releases, in which runs with other work folders may publish. Raises Locked
    where another process holds one.

    A lock is the kernel's: it is gone with its process, however that ends, so a dead run's is simply taken over.
    """
    with contextlib.ExitStack() as locks:
        for folder in dict.fromkeys((settings.work_path.resolve(), settings.usual_work.resolve())):
            folder.mkdir(parents=True, exist_ok=True)
            locks.enter_context(_lock(folder))
        yield


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "unknown process"
            raise Locked(f"another run is at work in {folder}: {holder}. Wait for it to end.") from None
        # A full disk must not keep a run from making room by its sweep.
        with contextlib.suppress(OSError):
            file.truncate(0)
            file.write(f"process {os.getpid()} on {os.uname().nodename}, since {time.strftime('%Y-%m-%d %H:%M:%S')}\n")
            file.flush()
        _LOCKS.add(file)
        try:
            yield
        finally:
            _LOCKS.discard(file)
            with contextlib.suppress(OSError):
                file.truncate(0)


def prepare(settings: Settings) -> None:
    """See that the run can be made before anything is worked. Raises SettingsError, Unwritable or NoServer."""
    if "://" not in settings.raw and not Path(settings.raw).exists():
        raise SettingsError(f"there is nothing at {settings.raw}: give --raw a folder or file that exists")
    _see_that_folders_are_apart(settings)
    cluster.check(settings)
    for folder in (settings.out_path, settings.work_path):
        probe = folder / f".{os.getpid()}.probe.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe.mkdir()
            probe.rmdir()
        except OSError as problem:
            raise Unwritable(f"cannot write to {folder}: {problem.strerror}. Give --out a folder that can be written.") from None
    if prefect_home.has_server() and not prefect_home.server_answers():
        raise NoServer(NO_SERVER.format(os.environ["PREFECT_API_URL"]))


def _see_that_folders_are_apart(settings: Settings) -> None:
    """Raises SettingsError where what a run writes would be read as raw documents, or lies where it cannot be put in place."""
    if "://" not in settings.raw:
        raw = Path(settings.raw).resolve()
        for option, folder in (("--out", settings.out_path), ("--work", settings.work_path)):
            if folder.resolve().is_relative_to(raw):
                raise SettingsError(f"{option} {folder} lies in the raw folder {settings.raw}, so that a run would read what another "
                                    f"wrote: give {option} a folder outside of it")
        if raw.is_relative_to(settings.work_path.resolve()):
            raise SettingsError(f"--raw {settings.raw} lies in the work folder {settings.work_path}, which runs clear away: give --raw a "
                                "folder outside of it")
    latest = settings.out_path / LATEST
    if latest.exists() and not latest.is_symlink():
        raise SettingsError(f"{latest} is a {'folder' if latest.is_dir() else 'file'}, and a run puts a link of that name there, to the "
                            "newest release: move it away, or give another --out")


def nothing_new(settings: Settings) -> dict[str, Any] | None:
    """The latest release's manifest where there is nothing to do; told without starting Prefect. Raises OSError, or Emptied where there is
    nothing to read any more."""
    from flows.publish.release import latest_release, see_that_it_is_not_emptied, up_to_date

    if latest_release(settings.out_path) is None:
        return None
    from flows.ingest.inventory import take

    inventory = take(settings.raw, settings.work_path / "inventory.json")
    manifest = up_to_date(settings, inventory.digest)
    if manifest is None:
        see_that_it_is_not_emptied(settings, len(inventory.sources))
    return manifest


def tidy(settings: Settings) -> None:
    """Clear away what killed runs left, releases beyond those to keep, and what Prefect remembers once it is too much. Only for who holds
    the lock."""
    from flows.publish.release import retire, sweep_parts

    sweep_parts(settings)
    retire(settings.out_path, settings.keep_releases)   # here too, for runs that publish nothing
    prefect_home.forget_runs(settings.work_path)


def copied(settings: Settings) -> bool:
    """Copy the latest release to the store that the settings name, if any; whether there was anything to do. Raises OSError."""
    from flows.publish.release import latest_release
    from flows.publish.store import put

    latest = latest_release(settings.out_path)
    return bool(settings.publish_to and latest) and put(latest, settings.publish_to)   # type: ignore[arg-type]


def worked(settings: Settings, watcher: Callable[[Any], None] | None = None) -> dict[str, Any]:
    """Run the flow in this process; what publish says of the release, and what the run counted."""
    from flows.corpus import corpus, placed
    from flows.stage import WATCH
    from flows.workers import WORKERS

    WATCH.callback = watcher
    if settings.runner == LOCAL:
        WORKERS.begin()
    try:
        with prefect_home.without_heartbeats():
            summary = dict(placed(corpus, settings)(asdict(cluster.shared(settings))))
    finally:
        WORKERS.close()
    summary["seconds"] = {step: round(seconds, 2) for step, seconds in WATCH.seconds.items()}
    summary["step_megabytes"] = {step: round(size / 1024) for step, size in WATCH.peaks.items()}
    summary["worked_by_step"], summary["shards"] = WATCH.worked, WATCH.shards
    summary["worked"], summary["cached"] = sum(WATCH.worked.values()), sum(WATCH.cached.values())
    return summary


def explained(problem: BaseException) -> str | None:
    """What went wrong and what to do, as a sentence; None where it is a fault of the program."""
    chain: list[BaseException] = []
    at: BaseException | None = problem
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    for each in chain:
        # What a worker, or a library in it, ran into comes as words.
        if (isinstance(each, OSError) and each.errno in FULL) or FULL_WORDS.search(str(each)):
            return f"no room to write: {each}. Make room; the next run goes on where this one stopped."
    if any(type(each).__module__.partition(".")[0] in ("httpx", "httpcore") for each in chain) and prefect_home.has_server():
        return NO_SERVER.format(os.environ["PREFECT_API_URL"])
    from flows.publish.release import Emptied
    from flows.stage import StageError

    for each in chain:
        if isinstance(each, StageError | Unwritable | NoServer | Emptied):
            return str(each)
    for each in chain:
        if isinstance(each, OSError):
            named = f": {each.filename}" if each.filename else ""
            return f"{each.strerror or each}{named}. See that it is there and can be read and written."
    return None
