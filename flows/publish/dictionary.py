"""The data dictionary: every table and column in words, made from the declarations.

`python -m flows.publish.dictionary` writes it into the project's README, between two marks; a test says when it is out of date.
"""
from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from schemas import TABLES
from schemas.table import Column, Meanings, Table

BEGIN, END = "<!-- dictionary: made by python -m flows.publish.dictionary -->", "<!-- end of dictionary -->"


def dictionary(tables: Iterable[Table] = tuple(TABLES.values()), heading: str = "###") -> str:
    """Markdown: a section a table, a row a column, in English and 中文."""
    return "\n".join(line for table in tables for line in _lines(table, heading))


def _lines(table: Table, heading: str) -> list[str]:
    rows = [f"| `{column.name}` | {_type(column)} | {_cell(column.english)} | {_cell(column.chinese)} |" for column in table.columns]
    key = ", ".join(f"`{name}`" for name in table.key)
    return [f"{heading} {table.name}", "", f"{table.english}  ", table.chinese, "", f"Key 主键: {key}.", "",
            "| column 列 | type 类型 | meaning | 说明 |", "| --- | --- | --- | --- |", *rows, "", *_closed_lists(table)]


def _closed_lists(table: Table) -> list[str]:
    """The values of the table's closed lists with their meanings; a list that several columns have is shown once."""
    lists: list[Meanings] = []
    for column in table.columns:
        if column.values and column.values not in lists:
            lists.append(column.values)
    if not lists:
        return []
    lines = ["| column 列 | value 值 | meaning | 说明 |", "| --- | --- | --- | --- |"]
    for values in lists:
        names = ", ".join(f"`{column.name}`" for column in table.columns if column.values == values)
        lines += [f"| {names} | `{value}` | {_cell(english)} | {_cell(chinese)} |" for value, (english, chinese) in values.items()]
    return ["Closed lists, with all their values 封闭列表及其全部取值:", "", *lines, ""]


def _type(column: Column) -> str:
    shown = column.type.replace("large_string", "string").replace("<", "&lt;").replace(">", "&gt;")
    return f"{shown}, nullable" if column.nullable else shown


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


def with_dictionary(readme: str) -> str:
    """The README with the dictionary between its marks. Raises ValueError where the marks are missing."""
    before, found, rest = readme.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValueError(f"the README lacks the marks {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{dictionary()}\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "README.md")
    path.write_text(with_dictionary(path.read_text(encoding="utf-8")), encoding="utf-8")
