"""What a published table is: one declaration, from which every other form is made.

A `Table` names its rows, columns, key, links and order once. The Arrow schema (with descriptions and nullability), the Great
Expectations suite, the data dictionary, `datapackage.json` and `croissant.json` are all derived from it.
"""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

Meanings = Mapping[str, tuple[str, str]]
"""A closed list: each value, in the order in which it is shown, with its meaning in English and in 中文."""
MARK = pa.struct([pa.field("start", pa.int32(), nullable=False), pa.field("end", pa.int32(), nullable=False),
                  pa.field("kind", pa.string(), nullable=False), pa.field("level", pa.int8())])
ARROW_TYPES = {
    "string": pa.string(), "large_string": pa.large_string(), "bool": pa.bool_(), "date": pa.date32(),
    "int8": pa.int8(), "int16": pa.int16(), "int32": pa.int32(), "int64": pa.int64(), "float32": pa.float32(),
    "list<string>": pa.list_(pa.field("element", pa.string(), nullable=False)),
    "list<mark>": pa.list_(pa.field("element", MARK, nullable=False)),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `type` is a key of ARROW_TYPES; `values` is a closed list with the meaning of each value (for lists: of the elements, for marks: of
    their kinds); `minimum` and `maximum` are inclusive; `pattern` is a regular expression that the whole value matches.
    """

    name: str
    type: str
    english: str
    chinese: str
    nullable: bool = False
    values: Meanings = field(default_factory=dict, hash=False)
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None

    def __post_init__(self) -> None:
        if self.type not in ARROW_TYPES:
            raise ValueError(f"column {self.name}: unknown type {self.type}")

    def arrow(self) -> pa.Field:
        """The column as an Arrow field; the descriptions travel in its metadata."""
        return pa.field(self.name, ARROW_TYPES[self.type], nullable=self.nullable,
                        metadata={"description": self.english, "description_zh": self.chinese})


@dataclass(frozen=True, slots=True)
class Link:
    """Every non-null value of `columns` stands in `target`'s `target_columns`."""

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A published table: `english` and `chinese` begin with what one row is. `key` is unique, `order` is how rows are sorted."""

    name: str
    english: str
    chinese: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    links: tuple[Link, ...] = field(default=())

    def __post_init__(self) -> None:
        names = self.names
        repeated = {name for name in names if names.count(name) > 1}
        unknown = (set(self.key) | set(self.order)) - set(names)
        if repeated or unknown:
            raise ValueError(f"table {self.name}: repeated columns {sorted(repeated)}, unknown columns {sorted(unknown)}")

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The column called `name`. Raises KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")

    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema, in the declared order, with nullability, and both descriptions as metadata."""
        return pa.schema([column.arrow() for column in self.columns], metadata={
            "table": self.name, "description": self.english, "description_zh": self.chinese, "key": json.dumps(self.key)})
