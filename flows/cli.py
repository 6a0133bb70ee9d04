"""The command `jianghua`: what a user types, and how it ends."""
from __future__ import annotations

import atexit
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from flows import process
from flows.doctor import doctor
from flows.publish.command import diff, releases, show
from flows.serve import serve
from flows.settings import LOCAL, Settings, SettingsError, read_settings
from flows.terminal import LogFormat, Terminal
from flows.validate.command import validate

app = typer.Typer(help="Turn scraped Chinese official speeches into a published dataset.", no_args_is_help=True,
                  pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]})

FAILED, BAD_USAGE, CHECKS_FAILED, LOCKED = 1, 2, 3, 75
INTERRUPTED = process.STOPPED + signal.SIGINT
STOPPED = "interrupted; the next run goes on where this one stopped."


def main() -> None:
    """Entry point of the console command."""
    process.open_streams()
    process.heed_signals()
    status: list[int] = []
    atexit.register(_end_at_once, status)   # the first, and so the last to be called
    try:
        app()
    except SystemExit as problem:
        if problem.code is None or isinstance(problem.code, int):
            status.append(problem.code or 0)
        raise
    except KeyboardInterrupt:
        raise
    except BaseException as problem:    # a panic of polars is no Exception
        from flows.run import explained

        print(f"jianghua: {explained(problem) or _fault(problem, None)}", file=sys.stderr)
        status.append(FAILED)
        sys.exit(FAILED)


def _end_at_once(status: list[int]) -> None:
    """End the process, after all that others do at its end, unless it ends by a fault."""
    if status:
        process.end(status[0])


@app.callback()
def jianghua() -> None:
    """Turn scraped Chinese official speeches into a published dataset."""


@app.command()
def build(
    raw: Annotated[str | None, typer.Option(help="Folder, file or URI of what you have.  [default: data/raw]")] = None,
    out: Annotated[str | None, typer.Option(
        help="Folder of releases; `latest` in it leads to the newest.  [default: data/processed]")] = None,
    settings_file: Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.")] = None,
    work: Annotated[str | None, typer.Option(help="Folder for caches and Prefect's home.  [default: <out>/.work]")] = None,
    text_column: Annotated[str | None, typer.Option(help="Column that holds the text, in tables and records.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes.  [default: one a processor]")] = None,
    runner: Annotated[str | None, typer.Option(help="Where to work: local, or ray (a Ray cluster).  [default: local]")] = None,
    ray_address: Annotated[str | None, typer.Option(
        help="Address of the Ray cluster.  [default: RAY_ADDRESS, else a cluster of this machine alone]")] = None,
    keep_releases: Annotated[int | None, typer.Option(help="Releases to keep; 0 keeps all.  [default: 0]")] = None,
    publish_to: Annotated[str | None, typer.Option(help="Store to copy each release to as well: s3://bucket/prefix.")] = None,
    allow_empty: Annotated[bool, typer.Option(
        "--allow-empty", help="Publish also where nothing is left of what the last release had.")] = False,
    shard_bytes: Annotated[int | None, typer.Option(help="Bytes of raw text that one shard should hold.", hidden=True)] = None,
    summary_file: Annotated[Path | None, typer.Option("--summary", help="Also write what came of the run to this file, as JSON.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    log_format: Annotated[LogFormat, typer.Option(help="How to tell of progress and results.")] = LogFormat.text,
) -> None:
    """Build a release from raw documents and publish it.

    Reads everything below --raw, tells speeches from the rest, cleans, segments and relates them, checks the tables, and publishes a
    release folder in --out. A second run does only what changed. Exit status: 0 published (or nothing new), 1 failed, 2 wrong usage,
    3 critical checks failed or nothing left to read, 75 another run is at work there, 130 or 143 stopped by a signal.
    """
    from flows.run import Locked, NoServer, Unwritable, copied, explained, held, nothing_new, prepare, tidy
    from flows.workers import WORKERS

    with Terminal(quiet, log_format) as terminal:
        def stop(sentence: str, status: int) -> NoReturn:
            terminal.failed(sentence, status)
            raise typer.Exit(status)

        process.on_stop(WORKERS.give_up, lambda status: terminal.failure(STOPPED, status))
        settings: Settings | None = None
        try:
            settings = read_settings(settings_file, raw=raw, out=out, work=work, text_column=text_column, workers=workers,
                                     runner=runner, ray_address=ray_address, keep_releases=keep_releases, publish_to=publish_to,
                                     allow_empty=allow_empty or None, shard_bytes=shard_bytes)
            prepare(settings)
            with held(settings):
                tidy(settings)
                if (manifest := nothing_new(settings)) is not None:
                    if copied(settings):
                        terminal.said(f"Copied to {settings.publish_to}.")
                    sentence = (f"Nothing new since release {manifest['name']} in {settings.out_path / 'latest'}: "
                                "the same inputs, code and settings.")
                    _write(summary_file, {"name": manifest["name"], "folder": str(settings.out_path / manifest["name"]),
                                          "verdict": sentence, "new": False})
                    terminal.said(sentence, new=False, name=manifest["name"])
                    return
                summary = _worked(settings, terminal)
                copied(settings)
                _write(summary_file, summary)
                terminal.published(summary)
        except SettingsError as problem:
            stop(str(problem), BAD_USAGE)
        except (Unwritable, NoServer) as problem:
            stop(str(problem), FAILED)
        except Locked as problem:
            stop(str(problem), LOCKED)
        except KeyboardInterrupt:
            stop(STOPPED, process.stopped() or INTERRUPTED)
        except typer.Exit:
            raise
        except Exception as problem:
            from flows.corpus import CriticalChecks
            from flows.publish.release import Emptied

            if (status := process.stopped()) is not None:   # and what it came into made an error of its own of it
                stop(STOPPED, status)
            if isinstance(problem, CriticalChecks | Emptied):
                stop(str(problem), CHECKS_FAILED)
            stop(explained(problem) or _fault(problem, settings), FAILED)


def _write(summary_file: Path | None, summary: dict[str, Any]) -> None:
    if summary_file is not None:
        summary_file.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _worked(settings: Settings, terminal: Terminal) -> dict[str, Any]:
    from flows import cluster, embedded, prefect_home
    from flows.workers import WORKERS, unhurried

    unhurried()
    if settings.runner == LOCAL:
        WORKERS.begin()
    with cluster.server(settings):
        prefect_home.prepare(settings.work_path)
        with embedded.server():
            from flows import corpus  # noqa: F401   # before this process waits for the one that workers are forked from
            from flows.run import worked

            if settings.runner == LOCAL:
                WORKERS.warm(settings.workers)
            return worked(settings, terminal)


def _fault(problem: BaseException, settings: Settings | None) -> str:
    """The sentence for a fault of the program; its trace goes to a file."""
    trace = "".join(traceback.format_exception(problem))
    words = f"{type(problem).__name__}: {problem}. This is a fault of the program"
    try:
        path = (settings.work_path if settings else Path(os.curdir)) / "fault.txt"
        path.write_text(trace, encoding="utf-8")
        return f"{words}; please report it with {path}."
    except OSError:
        return f"{words}; please report it.\n{trace}"


app.command()(validate)
app.command()(diff)
app.command()(releases)
app.command()(show)
app.command()(doctor)
app.command()(serve)


if __name__ == "__main__":
    main()
