"""Prefect as this project wants it where the user has no server of their own: embedded, silent, at home in the work folder.

Must be called before prefect is first imported: Prefect reads its environment once.

    python -m flows.prefect_home

makes an empty database once, beside the installed packages, so that a run in a new work folder need not wait while Prefect makes one
by some hundred migrations, half of what its server costs a small run.
"""
from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

# Services of a standing server that a single embedded run has no use for; without them it starts sooner and ends quietly.
IDLE_SERVICES = ("CANCELLATION_CLEANUP", "FOREMAN", "LATE_RUNS", "SCHEDULER", "PAUSE_EXPIRATIONS", "REPOSSESSOR", "CLEANUP_RECONCILER",
                 "TRIGGERS", "EVENT_PERSISTER")

ANSWER_SECONDS = 10
MOST_REMEMBERED = 64 << 20
DATABASE = "prefect.db"
# In the environment of a run's processes: the address of the embedded server, to be told from one that the user named.
EMBEDDED = "JIANGHUA_EMBEDDED_SERVER"


def has_server() -> bool:
    """Whether the user named a Prefect server (PREFECT_API_URL)."""
    return os.environ.get("PREFECT_API_URL", "") not in ("", os.environ.get(EMBEDDED))


def server_answers() -> bool:
    """Whether the server that the user named can be reached; one that refuses, or asks who is there, is reached."""
    try:
        with urlopen(f"{os.environ['PREFECT_API_URL'].rstrip('/')}/health", timeout=ANSWER_SECONDS):
            return True
    except HTTPError:
        return True
    except (OSError, ValueError):
        return False


def prepare(work: Path) -> None:
    """Set what Prefect reads from the environment, leaving alone whatever the user has set."""
    defaults = {"PREFECT_HOME": str((work / "prefect").resolve()), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1",
                "PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
                "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
                "PYDANTIC_DISABLE_PLUGINS": "__all__"}   # else it looks through every installed package for some
    if not has_server():
        defaults |= {"PREFECT_SERVER_UI_ENABLED": "false", "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
                     "PREFECT_LOGGING_TO_API_ENABLED": "false", "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
                     "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",   # else it imports every collection that is installed
                     "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "25",   # one at a time costs each task as much as its work
                     # Its server is this machine's own, without TLS: loading the world's certificates for each client is for nothing.
                     "PREFECT_API_TLS_INSECURE_SKIP_VERIFY": "true", "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false"}
        defaults |= {f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false" for service in IDLE_SERVICES}
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    home = Path(os.environ["PREFECT_HOME"])
    home.mkdir(parents=True, exist_ok=True)  # Prefect makes only the last folder of the path
    if not has_server() and not (home / DATABASE).exists() and empty_database().is_file():
        beside = home / f".{os.getpid()}.{DATABASE}.part"
        shutil.copyfile(empty_database(), beside)
        beside.replace(home / DATABASE)
    if not has_server() and _version(home / DATABASE) == _version(empty_database()) is not None:
        os.environ.setdefault("PREFECT_SERVER_DATABASE_MIGRATE_ON_START", "false")


def _version(database: Path) -> str | None:
    """The last migration that a database of Prefect has seen; None where that cannot be read."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            return str(opened.execute("select version_num from alembic_version").fetchone())
    except sqlite3.Error:
        return None


def empty_database() -> Path:
    """Where an empty database of the installed version of Prefect lies, if `make_empty_database` has made one."""
    return Path(sys.prefix) / "share" / "jianghua" / f"prefect-{version('prefect')}.db"


def make_empty_database() -> None:
    """Let Prefect make its database, and keep it. Raises subprocess.CalledProcessError where Prefect fails."""
    with tempfile.TemporaryDirectory(prefix="jianghua-prefect-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        subprocess.run([sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"], check=True, capture_output=True,
                       env=environment | {"PREFECT_HOME": folder, "DO_NOT_TRACK": "1"})
        place = empty_database()
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".part")
        beside.unlink(missing_ok=True)
        # Copied by SQLite itself: a part of the database may still be in its log.
        with closing(sqlite3.connect(Path(folder) / DATABASE)) as made, closing(sqlite3.connect(beside)) as kept:
            made.backup(kept)
        beside.replace(place)


def forget_runs(work: Path, most: int = MOST_REMEMBERED) -> bool:
    """Remove the embedded server's database in the folder `work` once it holds more than `most` bytes; whether it was removed.

    What it remembers of past runs is seen by nobody, and would grow for ever. Only for who holds the lock, before Prefect starts.
    """
    files = sorted((work / "prefect").glob(f"{DATABASE}*"))
    if sum(file.stat().st_size for file in files) <= most:
        return False
    for file in files:
        file.unlink(missing_ok=True)
    return True


@contextmanager
def without_heartbeats() -> Iterator[None]:
    """No heartbeat of flow runs while embedded: there is nobody to hear it, and ending its thread costs a second a flow."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    if has_server():
        yield
        return
    with temporary_settings(updates={PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


if __name__ == "__main__":
    make_empty_database()
