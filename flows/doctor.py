"""The command `jianghua doctor`: what is installed, what is missing, which settings are in force, and whether a run could start."""
from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Annotated

import typer
from packaging.requirements import Requirement

from flows import prefect_home

LEAST_PYTHON = (3, 11)
LEAST_FREE = 1 << 30
CLASHING = ("OpenCC",)   # owns the module name of opencc-python-reimplemented
BAD = 1


def doctor(settings_file: Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.")] = None) -> None:
    """Say what is installed, what is missing, and which settings are in force. Exit status: 0 all is well, 1 something is not."""
    well = True
    for good, words in _findings(settings_file):
        typer.echo(f"{'ok     ' if good else 'not ok '} {words}")
        well &= good
    if not well:
        raise typer.Exit(BAD)


def _findings(settings_file: Path | None) -> Iterator[tuple[bool, str]]:
    yield sys.version_info >= LEAST_PYTHON, f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} processors"
    yield from _packages()
    from flows.settings import SettingsError, read_settings

    try:
        settings = read_settings(settings_file)
    except SettingsError as problem:
        yield False, str(problem)
        return
    for name, value in asdict(settings).items():
        yield True, f"setting {name} = {value!r}"
    yield "://" in settings.raw or Path(settings.raw).exists(), f"raw documents in {settings.raw}"
    yield from _output(settings.out_path)
    if prefect_home.has_server():
        yield prefect_home.server_answers(), f"Prefect server at {os.environ['PREFECT_API_URL']} answers"
    else:
        yield True, "Prefect embedded (PREFECT_API_URL names no server)"


def _packages() -> Iterator[tuple[bool, str]]:
    try:
        needed = requires("jianghua") or []
    except PackageNotFoundError:
        yield False, "jianghua is not installed: run `make setup`, or `pip install -e .`"
        return
    found = []
    for requirement in needed:
        asked = Requirement(requirement)
        if asked.marker is not None and not asked.marker.evaluate({"extra": ""}):
            continue
        remedy = f"run `make setup`, or `pip install '{requirement}'`"
        try:
            there = version(asked.name)
        except PackageNotFoundError:
            yield False, f"{requirement} is missing: {remedy}"
            continue
        if asked.specifier.contains(there, prereleases=True):
            found.append(f"{asked.name} {there}")
        else:
            yield False, f"{asked.name} {there} is installed, but {requirement} is needed: {remedy}"
    yield True, f"packages: {', '.join(found)}"
    for name in CLASHING:
        try:
            yield False, f"{name} {version(name)} is installed and clashes with opencc-python-reimplemented: uninstall it"
        except PackageNotFoundError:
            continue


def _output(out: Path) -> Iterator[tuple[bool, str]]:
    there = next(folder for folder in (out, *out.resolve().parents) if folder.exists())
    yield os.access(there, os.W_OK), f"{out} can be written"
    free = shutil.disk_usage(there).free
    yield free >= LEAST_FREE, f"{free / (1 << 30):.1f} GiB free for {out}"
    from flows.publish.release import latest_release

    latest = latest_release(out)
    yield True, f"latest release: {latest.name if latest else 'none yet'}"
