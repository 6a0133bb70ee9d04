"""Witnesses: the rows of a table by which the constraints of its declaration stand or fall.

Great Expectations looks at values one by one in Python: a range over a million rows costs it seconds. Polars finds in one pass the rows
that break a constraint, and those that come nearest to breaking it: the least and greatest value of a range, a row of each word of a
closed list, and some of those that fail. On these rows every expectation gives the verdict that it would give on the whole table.
"""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from schemas import Column, Table

MOST_WITNESSES = 50   # of one failed check in one frame
Asked = Mapping[str, Any]


def suite(table: Table, columns: Sequence[str]) -> list[dict[str, Any]]:
    """What the declaration of a table asks of those of its columns that are there: {type, arguments} of expectations.

    The pattern of a column that links to another table is not asked: what it links to is.
    """
    linked = {name for link in table.links for name in link.columns}
    asked: list[dict[str, Any]] = []
    for column in table.columns:
        if column.name in columns:
            asked += [each for each in _column_checks(column) if "regex" not in each or column.type == "list<string>"
                      or column.name not in linked]
    if all(name in columns for name in table.key):
        asked.append({"type": "ExpectCompoundColumnsToBeUnique", "column_list": list(table.key), "ignore_row_if": "never"}
                     if len(table.key) > 1 else {"type": "ExpectColumnValuesToBeUnique", "column": table.key[0]})
    return asked


def check_name(asked: Asked) -> str:
    """What a check is called: the expectation and its columns."""
    return f"{asked['type']} {', '.join(asked.get('column_list') or [asked['column']])}"


def _column_checks(column: Column) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []
    if not column.nullable:
        asked.append({"type": "ExpectColumnValuesToNotBeNull", "column": column.name})
    if column.values and column.type == "list<string>":
        one = "|".join(map(re.escape, column.values))
        asked.append({"type": "ExpectColumnValuesToMatchRegex", "column": column.name, "regex": f"^(?:(?:{one})(?:;(?:{one}))*)?$"})
    elif column.values and column.type != "list<mark>":   # marks are no values; flows.validate.rules looks at their spans
        asked.append({"type": "ExpectColumnValuesToBeInSet", "column": column.name, "value_set": list(column.values)})
    if column.minimum is not None or column.maximum is not None:
        asked.append({"type": "ExpectColumnValuesToBeBetween", "column": column.name, "min_value": column.minimum,
                      "max_value": column.maximum})
    if column.pattern:
        asked.append({"type": "ExpectColumnValuesToMatchRegex", "column": column.name, "regex": f"^(?:{column.pattern})$"})
    return asked


class Seen(NamedTuple):
    """`rows`: the witnesses; `broken`: {check: its failing rows as (key, evidence)} of those checks that fail; `height`: rows looked at."""

    rows: pl.DataFrame
    broken: dict[str, pl.DataFrame]
    height: int


def light(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The table's columns as far as the frame has them: long texts as their lengths, lists as their elements joined by ";"."""
    picked = []
    for column in table.columns:
        if column.name not in frame.columns:
            continue
        if column.type == "large_string":
            picked.append(pl.col(column.name).cast(pl.String).str.len_bytes())
        elif frame.schema[column.name] == pl.Null:
            picked.append(pl.col(column.name))
        elif column.type == "list<mark>":
            picked.append(pl.col(column.name).list.len())
        elif column.type == "list<string>":
            picked.append(pl.col(column.name).list.join(";"))
        else:
            picked.append(pl.col(column.name))
    return frame.select(picked)


def witnesses(table: Table, frame: pl.DataFrame) -> Seen:
    """The witnesses of `frame` (as `light` gives it), and every row that breaks a constraint."""
    asked = suite(table, frame.columns)
    masks = {check_name(each): _broken(each, table) for each in asked}
    numbers: set[int] = set(range(min(frame.height, 2)))
    broken: dict[str, pl.DataFrame] = {}
    if frame.height:
        counts = frame.select(mask.fill_null(False).sum().alias(name) for name, mask in masks.items()).row(0)
        keys = [name for name in table.key if name in frame.columns]
        for (name, mask), count in zip(masks.items(), counts):
            if count:
                where = frame.select(mask.fill_null(False)).to_series().arg_true()
                numbers.update(where.head(MOST_WITNESSES))
                column = name.partition(" ")[2].partition(", ")[0]
                broken[name] = frame[where].select(
                    key=pl.concat_str([pl.col(key).cast(pl.String) for key in keys], separator=" ", ignore_nulls=True),
                    evidence=pl.format("{} = {}", pl.lit(column), pl.col(column).cast(pl.String).fill_null("null")))
        for each in asked:
            if each["type"] == "ExpectColumnValuesToBeBetween":
                ends = frame.select(low=pl.col(each["column"]).arg_min(), high=pl.col(each["column"]).arg_max()).row(0)
                numbers.update(number for number in ends if number is not None)
            elif each["type"] == "ExpectColumnValuesToBeInSet":
                numbers.update(frame[each["column"]].arg_unique().head(len(each["value_set"]) + 1 + MOST_WITNESSES))
    return Seen(_copied(frame[sorted(numbers)]), {name: _copied(rows) for name, rows in broken.items()}, frame.height)


def _copied(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without what they were taken from: picked strings are views of it, so that of a mapped file all that was read would stay."""
    copied = pl.from_arrow(rows.to_arrow(compat_level=pl.CompatLevel.oldest()))
    assert isinstance(copied, pl.DataFrame)
    return copied


def _broken(asked: Asked, table: Table) -> pl.Expr:
    """Which rows break what is asked; null where it does not apply."""
    column = pl.col(asked.get("column") or "")
    match asked["type"]:
        case "ExpectColumnValuesToNotBeNull":
            return column.is_null()
        case "ExpectColumnValuesToBeInSet":
            return ~column.is_in(asked["value_set"])
        case "ExpectColumnValuesToBeBetween":
            low, high = asked["min_value"], asked["max_value"]
            return (column < low if low is not None else pl.lit(False)) | (column > high if high is not None else pl.lit(False)) \
                | (column.is_nan() if table.column(asked["column"]).type == "float32" else pl.lit(False))
        case "ExpectColumnValuesToMatchRegex":
            return ~column.cast(pl.String).str.contains(asked["regex"])
        case "ExpectColumnValuesToBeUnique":
            return column.is_duplicated()
        case _:
            return pl.struct(asked["column_list"]).is_duplicated()
