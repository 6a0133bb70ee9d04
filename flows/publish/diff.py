"""What differs between two releases: rows added, removed and changed, by key and column, with examples; changes of the schema."""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from flows.publish.damage import manifest_of
from flows.publish.report import markdown_code, markdown_name, markdown_text
from flows.tables import row_batches
from schemas import TABLES

MOST_EXAMPLES = 5
MOST_SHOWN = 80   # characters of a value in an example


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that changed: the row's key, the column, and the beginnings of both values."""

    key: dict[str, Any]
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What differs in one table. `columns` counts changed values by column; `added_columns` and `removed_columns` are of the schema."""

    rows_before: int = 0
    rows_after: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    added_columns: Sequence[str] = ()
    removed_columns: Sequence[str] = ()
    retyped_columns: Sequence[str] = ()
    added_examples: Sequence[dict[str, Any]] = ()
    removed_examples: Sequence[dict[str, Any]] = ()
    changed_examples: Sequence[Changed] = ()

    @property
    def same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.added_columns or self.removed_columns or self.retyped_columns)


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between two releases; `tables` has an entry for each table of either."""

    before: str
    after: str
    schema_version: tuple[str, str]
    tables: Mapping[str, TableDiff]
    added_tables: Sequence[str]
    removed_tables: Sequence[str]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.added_tables and not self.removed_tables and all(table.same for table in self.tables.values())

    def json(self) -> dict[str, Any]:
        """All of it, as JSON can hold it."""
        return {"same": self.same} | asdict(self)


def compare(before: Path, after: Path) -> Diff:
    """What differs between the releases in two folders. Raises FileNotFoundError where one holds no manifest, Damaged where that is none of
    ours."""
    manifests = [manifest_of(folder) for folder in (before, after)]
    old, new = (manifest["tables"] for manifest in manifests)
    shared = [name for name in new if name in old]
    return Diff(manifests[0]["name"], manifests[1]["name"], (manifests[0]["schema_version"], manifests[1]["schema_version"]),
                {name: TableDiff(old[name]["rows"], new[name]["rows"]) if old[name]["sha256"] == new[name]["sha256"]
                 else compare_tables(before / f"{name}.parquet", after / f"{name}.parquet", _key(after, name)) for name in shared},
                [name for name in new if name not in old], [name for name in old if name not in new])


def _key(release: Path, table: str) -> Sequence[str]:
    """The key that a released table declares in its own file, so that releases of other versions can be compared."""
    said = (pq.read_schema(release / f"{table}.parquet").metadata or {}).get(b"key")
    return json.loads(said) if said else TABLES[table].key


def compare_tables(before: Path, after: Path, key: Sequence[str]) -> TableDiff:
    """What differs between two Parquet files of one table.

    Values are compared by a 64-bit digest, a row group at a time, so that memory does not hold the texts.
    """
    schemas = [pq.read_schema(path) for path in (before, after)]
    types = [{each.name: each.type for each in schema} for schema in schemas]
    shared = [name for name in types[1] if name in types[0]]
    columns = [name for name in shared if name not in key]
    old, new = (_digests(path, key, columns, schema) for path, schema in zip((before, after), schemas))
    pairs = old.join(new, on=list(key), how="full", suffix=" after", nulls_equal=True, coalesce=True)
    added, removed = pairs.filter(pl.col("#").is_null()), pairs.filter(pl.col("# after").is_null())
    both = pairs.filter(pl.col("#").is_not_null() & pl.col("# after").is_not_null())
    moved = {name: both.filter(pl.col(f"={name}") != pl.col(f"={name} after")) for name in columns}
    whole = pl.any_horizontal(pl.col(f"={name}") != pl.col(f"={name} after") for name in columns) if columns else pl.lit(False)
    return TableDiff(
        old.height, new.height, added.height, removed.height, both.filter(whole).height,
        {name: frame.height for name, frame in moved.items() if frame.height},
        [name for name in types[1] if name not in types[0]], [name for name in types[0] if name not in types[1]],
        [name for name in shared if types[0][name] != types[1][name]],
        _examples(added, key), _examples(removed, key),
        [changed for name, frame in moved.items() if frame.height for changed in _changes(before, after, key, name, frame)])


def _digests(path: Path, key: Sequence[str], columns: Sequence[str], schema: pa.Schema) -> pl.DataFrame:
    """The key of every row, a digest of each column ("=name"), and "#", which is never null."""
    frames = [frame.select(*key, *(pl.col(name).hash(0).alias(f"={name}") for name in columns), pl.lit(True).alias("#"))
              for frame in row_batches(path, [*key, *columns])]
    if frames:
        return pl.concat(frames)
    empty = pl.from_arrow(schema.empty_table())
    assert isinstance(empty, pl.DataFrame)
    return empty.select(*key, *(pl.lit(0, dtype=pl.UInt64).alias(f"={name}") for name in columns), pl.lit(True).alias("#")).clear()


def _examples(frame: pl.DataFrame, key: Sequence[str]) -> list[dict[str, Any]]:
    return frame.select(key).sort(key).head(MOST_EXAMPLES).to_dicts()


def _changes(before: Path, after: Path, key: Sequence[str], column: str, moved: pl.DataFrame) -> list[Changed]:
    keys = moved.select(key).sort(key).head(MOST_EXAMPLES)
    old, new = (pl.scan_parquet(path).select(*key, column).join(keys.lazy(), on=list(key), how="semi", nulls_equal=True).sort(key).collect()
                for path in (before, after))
    return [Changed({name: row[name] for name in key}, column, *_apart(row[column], other))
            for row, other in zip(old.iter_rows(named=True), new[column].to_list())]


def _apart(before: object, after: object) -> tuple[str | None, str | None]:
    """Both values in short, from shortly before the place where they part."""
    old, new = (None if value is None else str(value) for value in (before, after))
    if old is None or new is None:
        return (old and old[:MOST_SHOWN], new and new[:MOST_SHOWN])
    part = next((at for at, (one, other) in enumerate(zip(old, new)) if one != other), min(len(old), len(new)))
    start = max(0, part - MOST_SHOWN // 4)
    lead = "…" if start else ""
    return lead + old[start:start + MOST_SHOWN], lead + new[start:start + MOST_SHOWN]


def diff_markdown(diff: Diff, heading: str = "#") -> str:
    """The difference as Markdown."""
    lines = [f"{heading} {markdown_name(diff.before)} → {markdown_name(diff.after)}", ""]
    if diff.schema_version[0] != diff.schema_version[1]:
        lines += [f"Schema version {markdown_name(diff.schema_version[0])} → {markdown_name(diff.schema_version[1])}.", ""]
    if diff.same:
        return "\n".join([*lines, "No difference. 没有差别。", ""])
    lines += [f"- table {markdown_name(name)} is {word}" for word, names in (("new", diff.added_tables), ("gone", diff.removed_tables))
              for name in names]
    for name, table in diff.tables.items():
        for words, columns in (("new", table.added_columns), ("gone", table.removed_columns), ("of another type", table.retyped_columns)):
            lines += [f"- column {markdown_name(name)}.{markdown_name(column)} is {words}" for column in columns]
    lines += ["", "| table 表 | rows before 此前 | rows after 现在 | added 增 | removed 减 | changed 改 |",
              "| --- | ---: | ---: | ---: | ---: | ---: |"]
    lines += [f"| {markdown_name(name)} | {table.rows_before} | {table.rows_after} | {table.added} | {table.removed} | {table.changed} |"
              for name, table in diff.tables.items()]
    for name, table in diff.tables.items():
        if table.same:
            continue
        lines += ["", f"{heading}# {markdown_name(name)}", ""]
        lines += [f"- {count} values of {markdown_code(column)} changed" for column, count in table.columns.items()]
        lines += [f"- added: {_spelled(key)}" for key in table.added_examples]
        lines += [f"- removed: {_spelled(key)}" for key in table.removed_examples]
        lines += [f"- changed: {_spelled(each.key)}, {markdown_code(each.column)}: {_value(each.before)} → {_value(each.after)}"
                  for each in table.changed_examples]
    return "\n".join([*lines, ""])


def _spelled(key: Mapping[str, Any]) -> str:
    return ", ".join(markdown_text(value) for value in key.values())


def _value(value: str | None) -> str:
    return "*null*" if value is None else markdown_text(value)
