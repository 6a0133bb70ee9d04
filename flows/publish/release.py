"""Put a release in place, whole or not at all: written beside, checked, fsynced, renamed; `latest` switched last."""
from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flows.code import code_digest
from flows.publish.report import quality_report, write_quality
from flows.settings import Settings
from flows.store import Output, key_of
from schemas import SCHEMA_VERSION, TABLES

Steps = Mapping[str, tuple[Mapping[str, Mapping[str, Output]], Mapping[str, Any]]]
LATEST = "latest"
MANIFEST = "manifest.json"
PART = ".part"


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing came to: `folder` is None where a critical check failed and nothing was published."""

    name: str | None
    folder: Path | None
    verdict: str
    report_markdown: str
    facts: Mapping[str, Any]

    def summary(self) -> dict[str, Any]:
        """What a caller in another process can be told, as JSON."""
        return {"name": self.name, "folder": str(self.folder) if self.folder else None, "verdict": self.verdict, **self.facts}


def publish_release(settings: Settings, steps: Steps) -> Published:
    """Publish what the stages worked out, unless a critical check failed."""
    checks = [entry for stage in ("ingest", "normalize", "segment", "validate")
              for output in steps[stage][0]["checks"].values()
              for entry in json.loads(output.path("checks.json").read_bytes())]
    facts = _facts(steps, checks)
    markdown, report = quality_report(facts, checks, steps)
    broken = [entry for entry in checks if entry["severity"] == "critical" and not entry["success"]]
    settings.out_path.mkdir(parents=True, exist_ok=True)
    if broken:
        failed = settings.work_path / "quality-failed"
        write_quality(failed, markdown, report, steps)
        named = "; ".join(f"{entry['table']}: {entry['check']} ({entry['unexpected']} rows)" for entry in broken[:5])
        return Published(None, None, f"{len(broken)} critical checks failed: {named}. Nothing was published; the rows are in {failed}",
                         markdown, facts)
    tables = {name: steps["validate"][0]["tables"][name].path(f"{name}.parquet") for name in TABLES}
    digests = {f"{name}.parquet": _sha256(path) for name, path in tables.items()}
    content = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:12]
    latest = latest_release(settings.out_path)
    if latest is not None and latest.name.rpartition("-")[2] == content:
        return Published(latest.name, latest, "nothing changed: the last release holds the same tables", markdown, facts | {"new": False})
    name = f"{settings.release_date or datetime.now(UTC).strftime('%Y.%m.%d')}-{content}"
    folder, beside = settings.out_path / name, settings.out_path / f".{name}{PART}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    for table, path in tables.items():
        shutil.copyfile(path, beside / f"{table}.parquet")
    write_quality(beside / "quality", markdown, report, steps)
    manifest = {
        "name": name, "schema_version": SCHEMA_VERSION, "code_version": version("jianghua"), "code_digest": code_digest("flows.corpus"),
        "settings": settings.content(), "inputs_digest": steps["ingest"][1]["inputs"],
        "made_from": made_from(settings, steps["ingest"][1]["inputs"]),
        "tables": {table: {"rows": facts["rows"][table], "sha256": digests[f"{table}.parquet"]} for table in TABLES},
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    (beside / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    files = sorted(path for path in beside.rglob("*") if path.is_file())
    lines = [f"{digests.get(path.name) or _sha256(path)}  {path.relative_to(beside).as_posix()}\n" for path in files]
    (beside / "checksums.txt").write_text("".join(lines), encoding="utf-8")
    _sync(beside)
    beside.rename(folder)
    _sync_folder(settings.out_path)
    _switch(settings.out_path, name)
    return Published(name, folder, "published", markdown, facts | {"new": True})


def made_from(settings: Settings, inputs_digest: str) -> str:
    """A digest of all that a release depends on: inputs, code and lexicons, settings and thresholds."""
    return key_of([inputs_digest, code_digest("flows.corpus"), settings.content(), asdict(settings.thresholds)])


def up_to_date(settings: Settings, inputs_digest: str) -> dict[str, Any] | None:
    """The manifest of the latest release where a build would give the same; None where it might not."""
    latest = latest_release(settings.out_path)
    try:
        manifest = json.loads((latest / MANIFEST).read_bytes()) if latest else {}
    except (OSError, ValueError):
        return None
    return manifest if manifest.get("made_from") == made_from(settings, inputs_digest) else None


def latest_release(out: Path) -> Path | None:
    """The folder that `latest` leads to; None where there is none."""
    link = out / LATEST
    return out / os.readlink(link) if link.is_symlink() and link.exists() else None


def _facts(steps: Steps, checks: list[dict[str, Any]]) -> dict[str, Any]:
    """What the run counted: inputs, fates, rejects by reason, rows a table, checks."""
    fates: dict[str, int] = {}
    reasons: dict[str, int] = {}
    for output in steps["ingest"][0]["select"].values():
        for name, count in output.facts["fates"].items():
            fates[name] = fates.get(name, 0) + count
        for name, count in output.facts["reasons"].items():
            reasons[name] = reasons.get(name, 0) + count
    rows = {name: steps["validate"][0]["tables"][name].facts["rows"] for name in TABLES}
    return {
        "input_files": steps["ingest"][1]["input_files"], "input_bytes": steps["ingest"][1]["input_bytes"],
        "read_bytes": sum(output.facts["bytes"] for output in steps["ingest"][0]["read"].values()),
        "fates": dict(sorted(fates.items())), "reasons": dict(sorted(reasons.items())), "rows": rows,
        "checks": {"passed": sum(entry["success"] for entry in checks), "failed": sum(not entry["success"] for entry in checks),
                   "raised": sum(entry["raised"] for entry in checks)},
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Make sure that all below a folder is on the disk before it is renamed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _switch(out: Path, name: str) -> None:
    """Let `latest` lead to the release: a new link put in place of the old one in one step."""
    beside = out / f".{LATEST}{PART}"
    beside.unlink(missing_ok=True)
    beside.symlink_to(name)
    beside.replace(out / LATEST)
    _sync_folder(out)
