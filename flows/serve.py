"""The schedule: `jianghua serve` runs the flow on time, one run at a time, on a Prefect server that it starts if none is named.

The flow `release` is what a schedule, a work pool or a person in the Prefect UI starts: it holds the lock, does nothing where nothing is
new, tries again where that can help, and tells of a failure.
"""
from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from flows import prefect_home
from flows.process import end_with_parent
from flows.settings import Settings, SettingsError, read_settings

FAILED, BAD_USAGE = 1, 2
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
USUAL_PORT = 4200
START_SECONDS = 180
TRANSIENT = (errno.EAGAIN, errno.EBUSY, errno.ECONNABORTED, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH, errno.EIO,
             errno.ENETDOWN, errno.ENETUNREACH, errno.ESTALE, errno.ETIMEDOUT)
"""Errors of networks and of disks on them: the same may go well a minute later. A full disk or a failed check will not."""
PAUSES = (30, 120)   # seconds before the second and the third try
TELL_SECONDS = 60


def serve(
    cron: Annotated[str | None, typer.Option(help='When to run, as cron says it: "0 3 * * *".')] = None,
    every: Annotated[str | None, typer.Option(help="How often to run: 30s, 10m, 6h, 1d.")] = None,
    raw: Annotated[str | None, typer.Option(help="Folder, file or URI of what you have.  [default: data/raw]")] = None,
    out: Annotated[str | None, typer.Option(help="Folder of releases.  [default: data/processed]")] = None,
    settings_file: Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.")] = None,
    work: Annotated[str | None, typer.Option(help="Folder for caches and Prefect's home.  [default: <out>/.work]")] = None,
    keep_releases: Annotated[int | None, typer.Option(help="Releases to keep; 0 keeps all.  [default: 0]")] = None,
    publish_to: Annotated[str | None, typer.Option(help="Store to copy each release to as well: s3://bucket/prefix.")] = None,
    on_failure_command: Annotated[str | None, typer.Option(help="Command to start where a run failed, with JSON as input.")] = None,
    on_failure_webhook: Annotated[str | None, typer.Option(help="Address to post JSON to where a run failed.")] = None,
) -> None:
    """Publish on a schedule, one run at a time, until stopped.

    Starts a Prefect server, with its UI, unless PREFECT_API_URL names one. Exit status: 0 stopped, 1 failed, 2 wrong usage.
    """
    from flows.run import NoServer, Unwritable, prepare

    if (cron is None) == (every is None):
        _stop('give either --cron "0 3 * * *" or --every 10m', BAD_USAGE)
    try:
        interval = _interval(every) if every is not None else None
        settings = read_settings(settings_file, raw=raw, out=out, work=work, keep_releases=keep_releases,
                                 publish_to=publish_to)
        if cron is not None:
            _check_cron(cron)
        prepare(settings)
    except SettingsError as problem:
        _stop(str(problem), BAD_USAGE)
    except (Unwritable, NoServer) as problem:
        _stop(str(problem), FAILED)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)   # to stop is how it ends, and its runs are to be ended in order
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    try:
        with server(settings) as address:
            typer.echo(f"Prefect server at {address}; releases in {settings.out_path}; stop with Ctrl-C.")
            prefect_home.prepare(settings.work_path)
            from flows.schedule import release

            release.serve(
                name="jianghua", cron=cron, interval=interval, limit=1, print_starting_message=False, pause_on_shutdown=False,
                entrypoint_type=_module_path(), parameters={"settings": asdict(_absolute(settings)),
                                                            "on_failure_command": on_failure_command,
                                                            "on_failure_webhook": on_failure_webhook})
    except KeyboardInterrupt:
        pass
    except (RuntimeError, OSError) as problem:
        _stop(str(problem), FAILED)
    typer.echo("Stopped.")


def _stop(sentence: str, status: int) -> NoReturn:
    typer.echo(f"jianghua: {sentence}", err=True)
    raise typer.Exit(status)


def _interval(text: str) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,5})([smhd])", text)
    if not found:
        raise SettingsError(f"--every {text} is no length of time; give a number and s, m, h or d: 30s, 10m, 6h, 1d")
    return timedelta(seconds=int(found[1]) * UNITS[found[2]])


def _check_cron(text: str) -> None:
    """Raises SettingsError where `text` is no schedule, as Prefect judges it.

    Prefect is asked in a process of its own: it reads its settings once, when it is imported, and those of the server to be started are
    not there yet."""
    ask = "import sys; from prefect._vendor.croniter import croniter; sys.exit(3 if not croniter.is_valid(sys.argv[1]) else 0)"
    with tempfile.TemporaryDirectory() as home:
        asked = subprocess.run([sys.executable, "-c", ask, text], env=os.environ | {"PREFECT_HOME": home, "DO_NOT_TRACK": "1"},
                               capture_output=True, check=False)
    if asked.returncode == 3:
        raise SettingsError(f'--cron "{text}" is no schedule; give minute, hour, day, month and weekday: "0 3 * * *" is every day at three')


def _module_path() -> Any:
    from prefect.flows import EntrypointType

    return EntrypointType.MODULE_PATH


def _absolute(settings: Settings) -> Settings:
    """The settings with paths that hold wherever a run is started."""
    values = {name: getattr(settings, name) for name in Settings.__dataclass_fields__}
    for name in ("raw", "out", "work"):
        if "://" not in values[name]:
            values[name] = str(Path(values[name]).resolve())
    return Settings(**values)


@contextlib.contextmanager
def server(settings: Settings) -> Iterator[str]:
    """The address of the Prefect server that the user named, or of one that lives as long as this process."""
    if prefect_home.has_server():
        yield os.environ["PREFECT_API_URL"]
        return
    port = _free_port()
    home = (settings.work_path / "server").resolve()
    home.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1",
        # Runs older than Prefect's usual 90 days leave its database, or a year of nights would fill the disk.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs"}
    with (home / "log.txt").open("w") as log:
        running = subprocess.Popen([sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
                                   env=environment, stdout=log, stderr=log, start_new_session=True,
                                   preexec_fn=partial(end_with_parent, signal.SIGTERM))
        try:
            os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
            _wait(running, os.environ["PREFECT_API_URL"], home / "log.txt")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.environ.pop("PREFECT_API_URL", None)
            running.terminate()
            try:
                running.wait(30)
            except subprocess.TimeoutExpired:
                running.kill()


def _free_port() -> int:
    for port in (USUAL_PORT, 0):
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                free.bind(("127.0.0.1", port))
                return int(free.getsockname()[1])
    raise RuntimeError("no free port for a Prefect server")


def _wait(running: subprocess.Popen[bytes], api: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and running.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{api}/health", timeout=5):
            return
        time.sleep(0.5)
    raise RuntimeError(f"the Prefect server did not start; its log is {log}. Start one yourself and name it in PREFECT_API_URL.")


def transient(problem: BaseException) -> bool:
    """Whether trying again can help."""
    at: BaseException | None = problem
    while at is not None:
        if isinstance(at, TimeoutError | ConnectionError) or (isinstance(at, OSError) and at.errno in TRANSIENT):
            return True
        at = at.__cause__
    return False


def tell(facts: Mapping[str, Any], command: str | None, webhook: str | None) -> list[str]:
    """Tell of a failed run by a command, by a webhook, by both or by none; return what went wrong with that."""
    body, wrong = json.dumps(facts, ensure_ascii=False).encode(), []
    if command:
        try:
            done = subprocess.run(shlex.split(command), input=body, timeout=TELL_SECONDS, check=False)
            if done.returncode:
                wrong.append(f"the command {command} ended with status {done.returncode}")
        except (OSError, ValueError, subprocess.SubprocessError) as problem:
            wrong.append(f"the command {command} could not be run: {problem}")
    if webhook:
        try:
            request = urllib.request.Request(webhook, data=body, headers={"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=TELL_SECONDS):
                pass
        except (OSError, ValueError) as problem:
            wrong.append(f"the webhook {webhook} could not be reached: {problem}")
    return wrong
