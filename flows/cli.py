"""The command `jianghua`."""
from __future__ import annotations

import contextlib
import fcntl
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from flows.settings import Settings, SettingsError, read_settings
from flows.validate.command import validate

app = typer.Typer(help="Turn scraped Chinese official speeches into a published dataset.", no_args_is_help=True,
                  pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]})

FAILED, BAD_USAGE, CHECKS_FAILED, LOCKED = 1, 2, 3, 75


def main() -> None:
    """Entry point of the console command."""
    app()


@app.callback()
def jianghua() -> None:
    """Turn scraped Chinese official speeches into a published dataset."""


@app.command()
def build(
    raw: Annotated[str, typer.Option(help="Folder, file or URI of what you have.")] = "data/raw",
    out: Annotated[str, typer.Option(help="Folder of releases; `latest` in it leads to the newest.")] = "data/processed",
    settings_file: Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.")] = None,
    work: Annotated[str | None, typer.Option(help="Folder for caches and Prefect's home.  [default: <out>/.work]")] = None,
    text_column: Annotated[str | None, typer.Option(help="Column that holds the text, in tables and records.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes.  [default: one a processor]")] = None,
    shard_bytes: Annotated[int | None, typer.Option(help="Bytes of raw text that one shard should hold.", hidden=True)] = None,
    summary_file: Annotated[Path | None, typer.Option("--summary", help="Also write what the run counted to this file, as JSON.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Build a release from raw documents and publish it.

    Reads everything below --raw, tells speeches from the rest, cleans, segments and relates them, checks the tables, and publishes a
    release folder in --out. A second run does only what changed. Exit status: 0 published (or nothing new), 1 failed, 2 wrong usage,
    3 critical checks failed, 75 another run is at work there.
    """
    try:
        settings = read_settings(settings_file, raw=raw, out=out, work=work, text_column=text_column, workers=workers,
                                 shard_bytes=shard_bytes)
        if "://" not in settings.raw and not Path(settings.raw).exists():
            raise SettingsError(f"there is nothing at {settings.raw}: give --raw a folder or file that exists")
        settings.work_path.mkdir(parents=True, exist_ok=True)
    except SettingsError as problem:
        _stop(str(problem), BAD_USAGE)
    except OSError as problem:
        _stop(f"cannot write to {work or out}: {problem.strerror}. Give --out a folder that can be written.", FAILED)
    with _lock(settings):
        started = time.perf_counter()
        if (manifest := _nothing_new(settings)) is not None:
            if not quiet:
                typer.echo(f"Nothing new since release {manifest['name']} in {settings.out_path / 'latest'}: "
                           "the same inputs, code and settings.")
            return
        summary = _run(settings, quiet)
        if summary_file is not None:
            summary_file.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if not quiet:
            _print_summary(summary, time.perf_counter() - started)


def _stop(sentence: str, status: int) -> NoReturn:
    typer.echo(f"jianghua: {sentence}", err=True)
    raise typer.Exit(status)


@contextlib.contextmanager
def _lock(settings: Settings) -> Iterator[None]:
    """Only one run at a time works in a work folder. The lock is the kernel's: it is gone with its process."""
    path = settings.work_path / "lock"
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "unknown process"
            _stop(f"another run is at work in {settings.work_path}: {holder}. Wait for it to end.", LOCKED)
        file.truncate(0)
        file.write(f"process {os.getpid()} on {os.uname().nodename}, since {time.strftime('%Y-%m-%d %H:%M:%S')}\n")
        file.flush()
        yield
        file.truncate(0)


def _nothing_new(settings: Settings) -> dict[str, Any] | None:
    """The latest release's manifest where there is nothing to do; told without starting Prefect."""
    from flows.ingest.inventory import take
    from flows.publish.release import up_to_date

    try:
        return up_to_date(settings, take(settings.raw, settings.work_path / "inventory.json").digest)
    except OSError as problem:
        _stop(str(problem), FAILED)


def _run(settings: Settings, quiet: bool) -> dict[str, Any]:
    """Run the flow; a failure ends the command with a sentence and a status."""
    from flows import prefect_home

    prefect_home.prepare(settings.work_path)
    from flows.workers import WORKERS

    WORKERS.warm(settings.workers)
    from flows.corpus import CriticalChecks, corpus
    from flows.stage import WATCH, StageError

    WATCH.callback = None if quiet else _show
    try:
        with prefect_home.without_heartbeats():
            summary = corpus(asdict(settings))
    except CriticalChecks as problem:
        _stop(str(problem), CHECKS_FAILED)
    except (StageError, FileNotFoundError, PermissionError) as problem:
        _stop(str(problem), FAILED)
    finally:
        WORKERS.close()
    summary["seconds"] = {step: round(seconds, 2) for step, seconds in WATCH.seconds.items()}
    summary["step_megabytes"] = {step: round(size / 1024) for step, size in WATCH.peaks.items()}
    summary["worked_by_step"], summary["shards"] = WATCH.worked, WATCH.shards
    summary["worked"], summary["cached"] = sum(WATCH.worked.values()), sum(WATCH.cached.values())
    return dict(summary)


def _show(event: Any) -> None:
    """Progress, a line a step where the output is no terminal."""
    if sys.stderr.isatty():
        end = "\n" if event.done == event.total else ""
        sys.stderr.write(f"\r{event.step:<18} {event.done:>4}/{event.total:<4}{end}")
        sys.stderr.flush()
    elif event.done == event.total:
        typer.echo(f"{event.step}: {event.total} shards, {event.cached} as before", err=True)


def _print_summary(summary: dict[str, Any], seconds: float) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    megabytes = summary["read_bytes"] / 1e6
    table.add_row("inputs read", f"{summary['input_files']} files, {sum(summary['fates'].values())} documents, {megabytes:.1f} MB")
    table.add_row("fates", ", ".join(f"{count} {name}" for name, count in summary["fates"].items()) or "none")
    table.add_row("rejected", ", ".join(f"{count} {name}" for name, count in summary["reasons"].items()) or "none")
    table.add_row("rows", ", ".join(f"{name} {count}" for name, count in summary["rows"].items()))
    checks = summary["checks"]
    raised = f", {checks['raised']} raised" if checks["raised"] else ""
    table.add_row("checks", f"{checks['passed']} passed, {checks['failed']} failed{raised}")
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    table.add_row("time", f"{seconds:.1f} s, {megabytes / seconds:.2f} MB/s, largest process {memory:.0f} MB")
    table.add_row("work", f"{summary['worked']} shards worked, {summary['cached']} as before")
    table.add_row("release", f"{summary['folder']}" + ("" if summary.get("new") else " (nothing changed)"))
    table.add_row("report", f"{summary['folder']}/quality/report.md")
    Console(soft_wrap=True).print(table)


app.command()(validate)


@app.command(hidden=True)
def show_settings(settings_file: Annotated[Path | None, typer.Option("--settings")] = None) -> None:
    """Print the settings in force as JSON."""
    typer.echo(json.dumps(asdict(read_settings(settings_file)), indent=1))


if __name__ == "__main__":
    main()
