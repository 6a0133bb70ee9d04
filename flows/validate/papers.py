"""The papers of a release against its tables: what its JSON files say must be true of the Parquet files beside them."""
from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from schemas import TABLES

REPORT = "quality/report.json"


def paper_faults(release: Path, manifest: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(rule, file, evidence) for each paper that cannot be read or contradicts the manifest."""
    stated = {name: entry if isinstance(entry, dict) else {} for name, entry in manifest["tables"].items()}
    for path in sorted(release.rglob("*.json")):
        name = path.relative_to(release).as_posix()
        try:
            paper = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            yield "papers can be read", name, "is no JSON"
            continue
        if name == REPORT:
            yield from _report(paper, stated)
        elif name == "datapackage.json":
            yield from _package(paper, stated)
        elif name == "croissant.json":
            yield from _croissant(paper, stated)
    for name in (REPORT, "datapackage.json", "croissant.json"):
        if not (release / name).is_file():
            yield "papers agree with the tables", name, "is missing"


def _report(report: Any, stated: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    rule = "papers agree with the tables"
    try:
        rows, checks, verdict = report["facts"]["rows"], report["checks"], report["verdict"]
        broken = [each["check"] for each in checks if each["severity"] == "critical" and not each["success"]]
    except (KeyError, TypeError):
        yield rule, REPORT, "lacks facts, checks or verdict"
        return
    for name in sorted(set(rows) | set(stated)):
        if rows.get(name) != (due := stated.get(name, {}).get("rows")):
            yield rule, REPORT, f"says {rows.get(name)} rows of {name}, the manifest {due}"
    if broken or verdict == "not publishable":
        yield rule, REPORT, f"tells of a release that should not have been published: {verdict}, {', '.join(broken[:3])}"


def _package(package: Any, stated: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    rule, name = "papers agree with the tables", "datapackage.json"
    try:
        resources = {resource["name"]: resource for resource in package["resources"]}
        described = {name: [each["name"] for each in resource["schema"]["fields"]] for name, resource in resources.items()}
    except (KeyError, TypeError):
        yield rule, name, "lacks resources with a schema"
        return
    for table in TABLES.values():
        if described.get(table.name) != table.names:
            yield rule, name, f"describes other columns of {table.name}"
        entry, resource = stated.get(table.name, {}), resources.get(table.name, {})
        if resource.get("sha256") != entry.get("sha256") or resource.get("rowCount") != entry.get("rows"):
            yield rule, name, f"describes another {table.name}"


def _croissant(croissant: Any, stated: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    rule, name = "papers agree with the tables", "croissant.json"
    try:
        digests = {each["contentUrl"]: each["sha256"] for each in croissant["distribution"] if "sha256" in each}
    except (KeyError, TypeError):
        yield rule, name, "lacks a distribution"
        return
    for table in TABLES:
        if digests.get(f"{table}.parquet") != stated.get(table, {}).get("sha256"):
            yield rule, name, f"describes another {table}"
