"""What is wrong with a release that is there: told before it is read, or found out after reading it failed.

A release lies about for years, is copied and cut short; whatever reads one says in a sentence what is damaged, and takes nothing for
damage that is a fault of the program.
"""
from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flows.publish.edition import MANIFEST, sha256_of

REPORT = "quality/report.json"


class Damaged(ValueError):
    """A release that cannot be read as one; the message says what is damaged, and what to do."""

    def __init__(self, release: Path, what: str) -> None:
        super().__init__(f"release {release.name} is damaged: {what}. Copy it again from where it is whole, or build again; `jianghua "
                         f"validate {release}` tells all that is wrong")
        self.what = what


def manifest_of(release: Path) -> dict[str, Any]:
    """The manifest of a release. Raises FileNotFoundError where there is none, Damaged where it is none of ours."""
    try:
        manifest = json.loads((release / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise
    except (OSError, ValueError, RecursionError):
        raise Damaged(release, f"{MANIFEST} cannot be read as JSON") from None
    if wrong := _wrong(manifest):
        raise Damaged(release, f"{MANIFEST} {wrong}")
    return dict(manifest)


def _wrong(manifest: Any) -> str | None:
    """How a manifest is not of the form that all readers go by."""
    if not isinstance(manifest, dict):
        return "is no JSON object"
    for name in ("name", "schema_version"):
        if not isinstance(manifest.get(name), str):
            return f"gives no {name} as text"
    tables = manifest.get("tables")
    if not isinstance(tables, dict) or not all(isinstance(each, dict) and type(each.get("rows")) is int
                                               and isinstance(each.get("sha256"), str) for each in tables.values()):
        return "gives no rows and sha256 of each table"
    files = manifest.get("files", {})
    return None if isinstance(files, dict) and all(isinstance(each, str) for each in files.values()) else "gives no digest of each file"


def damage_of(release: Path, *, digests: bool = False) -> str | None:
    """What is damaged in a release: its manifest, or the first file that is missing or of another size than the manifest says; with
    `digests` also the first of another content, of tables and report. None where nothing is found."""
    from schemas import TABLES

    try:
        manifest = manifest_of(release)
    except FileNotFoundError:
        return f"{MANIFEST} is missing"
    except Damaged as problem:
        return problem.what
    tables = {f"{name}.parquet": manifest["tables"][name] for name in TABLES if name in manifest["tables"]}
    read: dict[str, Mapping[str, Any]] = tables | ({REPORT: {"sha256": manifest["files"][REPORT]}} if REPORT in manifest.get("files", {})
                                                   else {})
    for name, said in read.items():
        path = release / name
        if path.with_suffix("").is_dir():
            continue    # a table as a folder of files, which one digest says nothing of
        if not path.is_file():
            return f"{name} is missing"
        if said.get("bytes") not in (None, path.stat().st_size):
            return f"{name} is of another size than {MANIFEST} says"
        try:
            if digests and sha256_of(path) != said["sha256"]:
                return f"{name} is not what {MANIFEST} says"
        except OSError as problem:
            return f"{name} cannot be read: {problem.strerror}"
    return None


@contextlib.contextmanager
def reading(*releases: Path) -> Iterator[None]:
    """While releases are read: whatever that comes to where one of them is damaged is raised as Damaged, and anything else as it is."""
    try:
        yield
    except Damaged:
        raise
    except BaseException as problem:    # a panic of polars is no Exception
        if not isinstance(problem, KeyboardInterrupt | SystemExit):
            for release in releases:
                if what := damage_of(release, digests=True):
                    raise Damaged(release, what) from problem
        raise
