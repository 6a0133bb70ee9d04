"""Put a release in place, whole or not at all: written beside, checked, fsynced, renamed; `latest` switched last."""
from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flows.code import code_digest, dependencies
from flows.publish.damage import damage_of, manifest_of
from flows.publish.edition import CHECKED, LATEST, MANIFEST, NAME, Edition, sha256_of
from flows.settings import Settings
from flows.store import Output, key_of

Steps = Mapping[str, tuple[Mapping[str, Mapping[str, Output]], Mapping[str, Any]]]
COPIES = 4      # files copied at a time
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
    # Here, so that a run with nothing to do, and one that has only just begun, need not wait for the libraries that they take.
    from flows.publish.papers import write_papers
    from flows.publish.report import accounting, not_compared, quality_report, write_quality
    from flows.publish.survey import Surveyed
    from schemas import SCHEMA_VERSION, TABLES

    latest = latest_release(settings.out_path)
    damage = damage_of(latest, digests=True) if latest is not None else None
    checks = [entry for stage in CHECKED
              for output in steps[stage][0]["checks"].values()
              for entry in json.loads(output.path("checks.json").read_bytes())] + [accounting(steps)]
    if latest is not None and damage is not None:
        checks.append(not_compared(latest, damage))
    facts = _facts(steps, checks)
    surveyed = Surveyed(*(steps["validate"][0][name]["all"] for name in ("survey", "history")))
    markdown, report = quality_report(facts, checks, steps, surveyed.profile, None if damage else latest, settings.thresholds)
    broken = [entry for entry in checks if entry["severity"] == "critical" and not entry["success"]]
    settings.out_path.mkdir(parents=True, exist_ok=True)
    if broken:
        failed = settings.work_path / "quality-failed"
        write_quality(failed, markdown, report, steps, surveyed, "not published")
        named = "; ".join(f"{entry['table']}: {entry['check']} ({entry['unexpected']} rows)" for entry in broken[:5])
        return Published(None, None, f"{len(broken)} critical checks failed: {named}. Nothing was published; the rows are in {failed}",
                         markdown, facts)
    tables = {name: steps["validate"][0]["tables"][name].path(f"{name}.parquet") for name in TABLES}
    digests = {name: steps["validate"][0]["tables"][name].facts["sha256"] for name in TABLES}
    content = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:12]
    inputs = steps["ingest"][1]["inputs"]
    if latest is not None and damage is None and latest.name.rpartition("-")[2] == content:
        # A release is never written again, so where thresholds are new its report keeps what the old ones gave.
        _remember(settings, inputs, latest.name)
        verdict = ("nothing changed: the last release holds the same tables, and its quality report stands as it was; judged now: "
                   f"{report['verdict']}")
        return Published(latest.name, latest, verdict, markdown, facts | {"new": False})
    previous = latest.name if latest else None
    name = _name(settings, content, previous)
    folder = settings.out_path / name
    if not folder.exists():
        beside = _beside(folder)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        with ThreadPoolExecutor(COPIES) as copying:     # while the papers are written
            copied = [copying.submit(_copy, path, beside / f"{table}.parquet") for table, path in tables.items()]
            write_quality(beside / "quality", markdown, report, steps, surveyed, name)
            edition = Edition(
                name, SCHEMA_VERSION, version("jianghua"), facts["rows"], {table: path.stat().st_size for table, path in tables.items()},
                digests, facts, report["verdict"], surveyed.sources, previous)
            for each in copied:
                each.result()
        write_papers(beside, edition, _manifest(settings, edition, inputs), surveyed, latest, damage)
        _sync(beside)
        beside.rename(folder)
        _sync_folder(settings.out_path)
    _switch(settings.out_path, name)
    _remember(settings, inputs, name)
    retire(settings.out_path, settings.keep_releases)
    told = {"notice": not_compared(latest, damage)["reason"]} if latest is not None and damage is not None else {}
    return Published(name, folder, "published", markdown, facts | {"new": True} | told)


def _name(settings: Settings, content: str, previous: str | None) -> str:
    """The name of a release: its day and the digest of its content.

    Where the same content was published on the same day before another, it gets a number; a release that a killed run had put in place,
    but not switched to, is taken as it is. A damaged one is left alone.
    """
    day = settings.release_date or datetime.now(UTC).strftime("%Y.%m.%d")
    number = 0
    while True:
        name = f"{day}.{number}-{content}" if number else f"{day}-{content}"
        folder = settings.out_path / name
        if not folder.exists() or (damage_of(folder) is None and manifest_of(folder).get("previous") == previous):
            return name
        number += 1


def _manifest(settings: Settings, edition: Edition, inputs: str) -> dict[str, Any]:
    from schemas import TABLES

    return {
        "name": edition.name, "schema_version": edition.schema_version, "code_version": edition.code_version,
        "code_digest": code_digest("flows.corpus"),
        "lexicons": {path.name: sha256_of(path) for path in dependencies("flows.corpus")[1]},
        "settings": settings.content() | {"thresholds": asdict(settings.thresholds)}, "inputs_digest": inputs,
        "made_from": made_from(settings, inputs), "previous": edition.previous, "verdict": edition.verdict,
        "tables": {table: {"file": f"{table}.parquet", "rows": edition.rows[table], "bytes": edition.bytes[table],
                           "sha256": edition.sha256[table]} for table in TABLES},
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def made_from(settings: Settings, inputs_digest: str) -> str:
    """A digest of all that a release depends on: inputs, code and lexicons, settings and thresholds."""
    return key_of([inputs_digest, code_digest("flows.corpus"), settings.content(), asdict(settings.thresholds)])


def _remember(settings: Settings, inputs: str, name: str) -> None:
    """Write down what was found to give the latest release, which may have been made from something else that gives the same."""
    path = settings.work_path / "published.json"
    beside = _beside(path)
    beside.write_text(json.dumps({"made_from": made_from(settings, inputs), "name": name}), encoding="ascii")
    beside.replace(path)


def up_to_date(settings: Settings, inputs_digest: str) -> dict[str, Any] | None:
    """The manifest of the latest release where a build would give the same; None where it might not."""
    latest = latest_release(settings.out_path)
    manifest = read_manifest(latest) if latest else None
    if latest is None or manifest is None or damage_of(latest) is not None:
        return None
    try:
        known = json.loads((settings.work_path / "published.json").read_bytes())
    except (OSError, ValueError):
        known = {}
    now = made_from(settings, inputs_digest)
    same = manifest.get("made_from") == now or known == {"made_from": now, "name": latest.name}
    return manifest if same else None


class Emptied(RuntimeError):
    """There is nothing to read where the last release had documents; the message says what to do."""


def see_that_it_is_not_emptied(settings: Settings, sources: int) -> None:
    """Raises Emptied where there are no sources, the last release had some, and the settings do not allow it.

    A folder that was emptied or is not mounted looks like one in which there never was anything, and a release without documents would
    be the next thing that readers of `latest` get.
    """
    latest = latest_release(settings.out_path)
    manifest = (read_manifest(latest) if latest else None) or {}
    rows = sum(manifest.get("tables", {}).get(table, {}).get("rows", 0) for table in ("documents", "rejects"))
    if rows and not sources and not settings.allow_empty:
        raise Emptied(f"there is nothing to read in {settings.raw}, but release {manifest.get('name')} was made from {rows} documents: "
                      "was it emptied, or is it not mounted? Nothing was published. To publish a release without documents, give "
                      "--allow-empty, or allow_empty = true in the settings.")


def read_manifest(release: Path) -> dict[str, Any] | None:
    """The manifest of the release in a folder; None where there is none that can be read."""
    try:
        manifest = json.loads((release / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) else None


def latest_release(out: Path) -> Path | None:
    """The folder that `latest` leads to; None where there is none."""
    link = out / LATEST
    return out / os.readlink(link) if link.is_symlink() and link.exists() else None


def releases(out: Path) -> list[Path]:
    """The folders of all releases in `out`, the oldest first."""
    found = []
    for folder in out.iterdir() if out.is_dir() else ():
        if (spelled := NAME.fullmatch(folder.name)) and (manifest := read_manifest(folder)):
            found.append(((spelled[1], spelled[2], spelled[3], str(manifest.get("published_at")), int(spelled[4] or 0)), folder))
    return [folder for _, folder in sorted(found)]


def named_like_releases(out: Path) -> list[Path]:
    """The folders in `out` that have the name of a release, sorted by name, whatever is in them."""
    return sorted(folder for folder in (out.iterdir() if out.is_dir() else ()) if NAME.fullmatch(folder.name) and folder.is_dir())


def retire(out: Path, keep: int) -> list[str]:
    """Remove the oldest releases beyond the newest `keep` (0 keeps all), never the latest; return their names."""
    latest = latest_release(out)
    gone = [folder for folder in (releases(out)[:-keep] if keep else []) if latest is None or folder.name != latest.name]
    for folder in gone:
        beside = _beside(folder)
        folder.rename(beside)   # so that nobody finds it half removed
        shutil.rmtree(beside, ignore_errors=True)
    return [folder.name for folder in gone]


def sweep_parts(settings: Settings) -> int:
    """Remove what killed runs left half written; return how much there was. Only for who holds the lock."""
    places = (settings.out_path, settings.work_path, settings.work_path / "state", *(settings.work_path / "store").glob("*"))
    left = [path for place in places if place.is_dir() for path in place.iterdir() if path.name[0] == "." and path.name.endswith(PART)]
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(left)


def _beside(path: Path) -> Path:
    """Where `path` is written before it is put in place."""
    return path.with_name(f".{path.name}{PART}")


def _facts(steps: Steps, checks: list[dict[str, Any]]) -> dict[str, Any]:
    """What the run counted: inputs, fates, rejected documents and inputs that could not be read, both by reason, rows a table, checks."""
    from schemas import TABLES

    rows = {name: steps["validate"][0]["tables"][name].facts["rows"] for name in TABLES}
    return {
        **inputs_and_fates(steps["ingest"][0], steps["ingest"][1]),
        "unread": steps["validate"][0]["rejects"]["all"].facts["reasons"], "rows": rows,
        "checks": {"passed": sum(entry["success"] for entry in checks), "failed": sum(not entry["success"] for entry in checks),
                   "raised": sum(entry["raised"] for entry in checks)},
    }


def inputs_and_fates(outputs: Mapping[str, Mapping[str, Output]], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What ingest counted, by its outputs and facts: inputs, what was read, fates, and rejected documents by reason."""
    fates: dict[str, int] = {}
    reasons: dict[str, int] = {}
    for output in outputs["select"].values():
        for name, count in output.facts["fates"].items():
            fates[name] = fates.get(name, 0) + count
        for name, count in output.facts["reasons"].items():
            reasons[name] = reasons.get(name, 0) + count
    return {"input_files": facts["input_files"], "input_bytes": facts["input_bytes"],
            "read_bytes": sum(output.facts["bytes"] for output in outputs["read"].values()),
            "fates": dict(sorted(fates.items())), "reasons": dict(sorted(reasons.items()))}


def _copy(path: Path, to: Path) -> None:
    """Copy a file, and see that it is on the disk."""
    shutil.copyfile(path, to)
    with to.open("rb") as file:
        os.fsync(file.fileno())


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
    beside = _beside(out / LATEST)
    beside.unlink(missing_ok=True)
    beside.symlink_to(name)
    beside.replace(out / LATEST)
    _sync_folder(out)
