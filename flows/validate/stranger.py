"""A release, checked from its own files alone, as a stranger would who does not know how it was made.

Nothing of the work folder is read, and nothing of the report is believed: digests are taken again, and every rule is checked again on the
Parquet files. Texts, phrases and edits are read a range of speeches at a time; held whole are the lexicon and what is counted for it, the
passages, and of the rest short columns: ids, keys and paths.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from flows.validate.papers import paper_faults
from flows.validate.relations import RELATIONS, SHORT, counts_of, lexicon_faults, relation_faults, sums_of
from flows.validate.rules import FAULTS, RULES, faults
from flows.validate.witnesses import light, suite, witnesses
from schemas import SCHEMA_VERSION, TABLES, Table

RANGE_SPEECHES = 1024
SUM_ROWS = 1 << 21
BY_SPEECH = {"documents": "document_id", "speeches": "speech_id", "sections": "speech_id", "phrases": "speech_id", "edits": "speech_id"}
"""The tables that are read by ranges of speeches, and the column that tells a row's range."""
MANIFEST, CHECKSUMS = "manifest.json", "checksums.txt"


UNREADABLE = (pa.ArrowException, pl.exceptions.PolarsError, pl.exceptions.PanicException)
"""What reading a damaged file comes to, where the first look at it let it pass."""


class NotARelease(ValueError):
    """What lies there cannot be checked as a release; the message says why and what to do."""


@dataclass
class Findings:
    """What was found: `faults`, rows of FAULTS (rule, table, key, evidence); `checks`: how many were made; `left`: which could not be
    made, and why."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    checks: int = 0
    left: list[str] = field(default_factory=list)

    def add(self, rule: str, table: str, key: str, evidence: str) -> None:
        self.rows.append((rule, table, key, evidence))

    @property
    def faults(self) -> pl.DataFrame:
        return pl.DataFrame(self.rows, schema=FAULTS, orient="row").unique(maintain_order=True)

    @property
    def good(self) -> bool:
        return not self.rows and not self.left


def examine(release: Path) -> Findings:
    """Everything that is wrong with a release folder.

    Raises NotARelease where it is missing, half there, of a newer schema version, or not ours.
    """
    manifest = _manifest(release)
    found = Findings()
    _checksums(release, found)
    readable = {name: files for name, table in TABLES.items() if (files := _readable(release, table, found))}
    _manifest_faults(release, manifest, readable, found)
    for rule, key, evidence in paper_faults(release, manifest):
        found.add(rule, "papers", key, evidence)
    found.checks += 3
    for name, files in readable.items():
        found.checks += 1 + len(suite(TABLES[name], TABLES[name].names))
        try:
            _constraints(TABLES[name], files, found)
        except UNREADABLE as problem:
            found.add("file can be read", name, files[0].name, str(problem).partition("\n")[0])
    try:
        _rules(readable, found)
    except UNREADABLE as problem:
        found.left.append(f"the rules across tables could not be checked: {str(problem).partition(chr(10))[0]}")
    return found


def _manifest(release: Path) -> dict[str, Any]:
    """The manifest of a folder that is a whole release of ours, of a schema that is known here."""
    if not release.exists():
        raise NotARelease(f"there is nothing at {release}")
    if not release.is_dir():
        raise NotARelease(f"{release} is a file; give the folder of a release")
    if release.resolve().name.endswith(".part"):
        raise NotARelease(f"{release} is a release that was never finished; give a finished one, or build again")
    if not (release / MANIFEST).is_file():
        if (release / "latest" / MANIFEST).is_file():
            raise NotARelease(f"{release} is a folder of releases; give one of them, {release / 'latest'} for the newest")
        raise NotARelease(f"{release} has no {MANIFEST}: it is not a release of this project, or only part of one")
    try:
        manifest = json.loads((release / MANIFEST).read_bytes())
        version = str(manifest["schema_version"])
        numbers = tuple(int(number) for number in version.split("."))
        manifest["tables"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotARelease(f"{release / MANIFEST} cannot be read as the manifest of a release: it is damaged, or not ours") from None
    if numbers > tuple(int(number) for number in SCHEMA_VERSION.split(".")):
        raise NotARelease(f"{release} has schema version {version}, this program knows {SCHEMA_VERSION}: update the program to check it")
    if numbers < tuple(int(number) for number in SCHEMA_VERSION.split(".")):
        # Its tables lack columns, and what others mean has changed: against today's declarations a good release would look damaged.
        raise NotARelease(
            f"{release} has schema version {version}, this program checks {SCHEMA_VERSION}: check it with the version that made it, "
            f"{manifest.get('code_version', 'which it does not name')}; sha256sum -c {CHECKSUMS} tells whether it is whole")
    missing = [name for name in [CHECKSUMS, *(f"{name}.parquet" for name in TABLES)]
               if not (release / name).exists() and not (release / name.removesuffix(".parquet")).is_dir()]
    if missing:
        raise NotARelease(f"{release} is only part of a release: {', '.join(missing)} missing. Copy it again, whole")
    return manifest


def _checksums(release: Path, found: Findings) -> None:
    found.checks += 1
    listed: dict[str, str] = {}
    for number, line in enumerate((release / CHECKSUMS).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or name.startswith("/") or ".." in Path(name).parts:
            found.add("checksums", "files", f"{CHECKSUMS} line {number}", "is not a digest and a file in the release")
            continue
        listed[name] = digest
    there = {path.relative_to(release).as_posix(): path for path in sorted(release.rglob("*")) if path.is_file()}
    for name, digest in listed.items():
        if name not in there:
            found.add("checksums", "files", name, "is listed, but not there")
        elif _sha256(there[name]) != digest:
            found.add("checksums", "files", name, "has another content than its checksum says")
    for name in there:
        # The manifest, which alone holds a time, is not listed: it lists the checksums.
        if name not in listed and name not in (CHECKSUMS, MANIFEST):
            found.add("checksums", "files", name, "is there, but not listed")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(release: Path, table: Table) -> list[Path]:
    one = release / f"{table.name}.parquet"
    return [one] if one.is_file() else sorted((release / table.name).glob("*.parquet"))


def _readable(release: Path, table: Table, found: Findings) -> list[Path]:
    """The files of a table; none where one of them cannot be read, has not the declared columns, or holds nulls where none may be."""
    found.checks += 1
    files, sound = _files(release, table), True
    declared = table.arrow_schema()
    for path in files:
        try:
            schema = pq.read_schema(path)
            holes: set[str] = set()
            for batch in pq.ParquetFile(path).iter_batches(1 << 14):
                batch.validate(full=True)   # also that texts are UTF-8, which polars takes for granted
                holes |= {name for name in batch.schema.names if batch.column(name).null_count}
        except (pa.ArrowException, OSError) as problem:
            found.add("file can be read", table.name, path.name, str(problem).partition("\n")[0])
            sound = False
            continue
        for words in _schema_faults(declared, schema):
            found.add("columns as declared", table.name, path.name, words)
        for name in sorted(column.name for column in table.columns if column.name in holes and not column.nullable):
            found.add("columns hold no nulls", table.name, path.name, f"column {name} holds nulls")
            sound = False
        sound &= all(name in schema.names and schema.field(name).type == declared.field(name).type for name in declared.names)
    if not sound:
        found.left.append(f"{table.name} cannot be checked further: its file or its columns are not what they should be")
    return files if sound else []


def _schema_faults(declared: pa.Schema, schema: pa.Schema) -> Iterator[str]:
    for column in declared:
        if column.name not in schema.names:
            yield f"column {column.name} is missing"
            continue
        there = schema.field(column.name)
        if there.type != column.type:
            yield f"column {column.name} is {there.type}, declared {column.type}"
        elif there.nullable != column.nullable:
            yield f"column {column.name} is {'' if there.nullable else 'not '}nullable, declared otherwise"
    for name in schema.names:
        if name not in declared.names:
            yield f"column {name} is not declared"
    if (schema.metadata or {}).get(b"table") != (declared.metadata or {}).get(b"table"):
        yield "the file does not say that it is this table"


def _manifest_faults(release: Path, manifest: dict[str, Any], readable: dict[str, list[Path]], found: Findings) -> None:
    rule = "manifest"
    for name in sorted(set(manifest["tables"]) ^ set(TABLES)):
        found.add(rule, "manifest", name, "is in the manifest or in the schema, but not in both")
    digests = {}
    for name in sorted(set(manifest["tables"]) & set(TABLES)):
        entry, files = manifest["tables"][name], _files(release, TABLES[name])
        if not isinstance(entry, dict):
            found.add(rule, name, files[0].name, "has no digest and no number of rows in the manifest")
            continue
        if len(files) != 1:   # the digest is that of one file; the list of files has those of several
            continue
        digests[name] = _sha256(files[0])
        if entry.get("sha256") != digests[name] or entry.get("bytes") != files[0].stat().st_size:
            found.add(rule, name, files[0].name, "has another content than the manifest says")
        if name in readable and entry.get("rows") != pq.read_metadata(files[0]).num_rows:
            found.add(rule, name, files[0].name, f"has {pq.read_metadata(files[0]).num_rows} rows, the manifest says {entry.get('rows')}")
    content = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:12]
    listed = manifest.get("files")
    if not isinstance(listed, dict):
        found.add(rule, "manifest", MANIFEST, "does not list the files")
        listed = {}
    there = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()} - {MANIFEST}
    for name in sorted(there ^ set(listed) if listed else ()):
        found.add(rule, "manifest", name, "is there, but not in the manifest" if name in there else "is in the manifest, but not there")
    for name in sorted(there & set(listed)):
        if listed[name] != _sha256(release / name):
            found.add(rule, "manifest", name, "has another content than the manifest says")
    if len(digests) == len(TABLES) and str(manifest.get("name")).rpartition("-")[2] != content:
        found.add(rule, "manifest", str(manifest.get("name")), f"the name ends in the digest of other tables: these have {content}")


def _constraints(table: Table, files: list[Path], found: Findings) -> None:
    """What the declaration asks of single values, key and order, a row group at a time."""
    last: pl.DataFrame | None = None
    keys: list[pl.DataFrame] = []
    for frame in _row_groups(files):
        for check, failed in witnesses(table, light(frame, table)).broken.items():
            for key, evidence in failed.iter_rows():
                found.add(check, table.name, str(key), str(evidence))
        ordered = frame.select(table.order)
        joined = ordered if last is None else pl.concat([last, ordered])
        if not joined.equals(joined.sort(table.order, maintain_order=True)):
            found.add("rows in order", table.name, ", ".join(table.order), f"row group that begins {ordered.row(0)}")
        # Equal keys may lie in two row groups: next to each other where the order begins with the key, anywhere where it does not.
        if table.order[:len(table.key)] == table.key or set(table.key) == set(table.order):
            if last is not None and joined.height > 1 and joined[0].equals(joined[1]):
                found.add("key is unique", table.name, str(joined.row(0)), "twice")
        else:
            keys.append(frame.select(table.key))
        last = ordered.tail(1)
    if keys:
        twice = pl.concat(keys)
        for row in twice.filter(twice.is_duplicated()).unique(maintain_order=True).iter_rows():
            found.add("key is unique", table.name, " ".join(map(str, row)), "twice")


def _row_groups(files: list[Path]) -> Iterator[pl.DataFrame]:
    for path in files:
        file = pq.ParquetFile(path)
        for number in range(file.num_row_groups):
            frame = pl.from_arrow(file.read_row_group(number))
            assert isinstance(frame, pl.DataFrame)
            if frame.height:
                yield frame


def _rules(readable: dict[str, list[Path]], found: Findings) -> None:
    """The rules across tables, a range of speeches at a time, and what holds between speeches."""
    if absent := [name for name in BY_SPEECH if name not in readable]:
        found.left.append(f"no rule across tables can be checked without {', '.join(absent)}")
        return
    found.checks += len(RULES)
    speeches = pl.read_parquet(readable["speeches"], columns=[*SHORT])
    canonical = speeches.filter("is_canonical")["speech_id"].unique()
    ids = speeches["speech_id"].drop_nulls().unique().sort()
    borders = [None, *ids.gather_every(RANGE_SPEECHES, RANGE_SPEECHES), None]
    counted: list[pl.DataFrame] = []
    for low, high in pairwise(borders):
        frames = {name: _range(readable[name], column, low, high) for name, column in BY_SPEECH.items()}
        for row in faults(**frames):
            found.add(*row)
        if "lexicon" in readable:
            counted.append(counts_of(frames["phrases"], frames["speeches"], canonical))
            if sum(frame.height for frame in counted) > SUM_ROWS:
                counted = [sums_of(counted)]
    if "passages" in readable:
        found.checks += len(RELATIONS) - 1
        paths = pl.read_parquet(readable["documents"], columns=["source_path"])["source_path"]
        for row in relation_faults(speeches, [pl.read_parquet(readable["passages"])], paths):
            found.add(*row)
    if "lexicon" in readable:
        found.checks += 1
        for row in lexicon_faults(pl.read_parquet(readable["lexicon"]), sums_of(counted)):
            found.add(*row)


def _range(files: list[Path], column: str, low: str | None, high: str | None) -> pl.DataFrame:
    """The rows whose id is at least `low` and below `high`; None is no bound, and the first range takes the rows without an id."""
    rows, key = pl.scan_parquet(files), pl.col(column)
    if low is not None:
        rows = rows.filter(key >= low)
    if high is not None:
        rows = rows.filter((key < high) if low is not None else (key.is_null() | (key < high)))
    return rows.collect()
