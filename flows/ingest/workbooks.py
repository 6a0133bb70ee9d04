"""Workbooks: the rows of their sheets as records, and a speech that was pasted down one column."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any, BinaryIO

from flows.ingest.csv_records import table
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import Limits, Unreadable
from flows.ingest.records import all_names, made, plain_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASTED_ROWS = 2000      # from so many rows on, a column of cells is a table
PASTED_CELL = 2000      # characters of a cell that is more than a paragraph
PASTED_LEAST = 4        # paragraphs of a text that was pasted
PASTED_HEAD = 10        # rows in which it greets its hearers
_GREETED = re.compile(r"[^。！？；：:]{2,80}[：:]")


def workbook(path: str, data: BinaryIO, limits: Limits, text_column: str | None, card: Mapping[str, str]) -> Iterator[Document | Reject]:
    """Documents of the sheets of an .xlsx file, one a row, numbered through all sheets."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(data, read_only=True, data_only=True)
    except Exception as problem:  # openpyxl raises whatever the XML within makes it stumble on
        raise Unreadable("broken_container", f"no workbook: {type(problem).__name__}: {problem}"[:300]) from None
    number = 0
    for sheet in book.worksheets:
        try:
            rows = _sheet_rows(book, sheet)
            begun = list(_down_one_column(rows)) if text_column is None else []
            if pasted := _pasted(begun):
                yield made(f"{path}#{number}", pasted, "column 0", {}, XLSX, None, None, None, card)
                number += 1
                continue
            for item in table(path, chain(begun, rows), number, XLSX, None, None, limits, text_column, card):
                number += 1
                yield item
        except Unreadable as problem:
            if problem.reason != "empty":  # an empty sheet beside a full one is nothing to tell
                yield Reject(f"{path}#{number}", "ingest", problem.reason, f"sheet {sheet.title!r}: {problem.detail}")
                number += 1
    if not number:
        raise Unreadable("empty", "a workbook without rows")


def _down_one_column(rows: Iterator[list[str] | Unreadable]) -> Iterator[list[str] | Unreadable]:
    """The first rows of a sheet, up to the first that holds more than one cell, or no text at all, and that one as well."""
    for row in islice(rows, PASTED_ROWS):
        yield row
        if isinstance(row, Unreadable) or sum(map(bool, row)) > 1 or any(len(cell) > PASTED_CELL for cell in row):
            return


def _pasted(rows: list[list[str] | Unreadable]) -> str | None:
    """The text that was pasted into a sheet, a paragraph a row; None where the rows are a table, under a header or of texts as long as
    speeches, or no text that goes on from one row to the next."""
    cells = []
    for row in rows:
        filled = [cell.strip() for cell in row if cell.strip()] if not isinstance(row, Unreadable) else []
        if isinstance(row, Unreadable) or len(filled) > 1 or any(len(cell) > PASTED_CELL for cell in filled):
            return None
        cells += filled
    if not PASTED_LEAST <= len(cells) <= len(rows) < PASTED_ROWS or plain_name(cells[0]) in all_names():
        return None
    # greeted as hearers are, near the top
    return "\n".join(cells) if any(_GREETED.fullmatch(cell) for cell in cells[:PASTED_HEAD]) else None


def _sheet_rows(book: Any, sheet: Any) -> Iterator[list[str] | Unreadable]:
    """The rows of a sheet that are there, and an Unreadable for each that cannot be understood.

    openpyxl's own iterator makes up the rows that are not, as many as the number of a row or the sheet's dimension says, and leaves out
    those beyond the dimension.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    class Parser(WorkSheetParser):
        def parse_row(self, row: Any) -> list[str] | Unreadable:
            try:
                _, cells = super().parse_row(row)
                self.row_dimensions.clear()  # it would keep what is said of each row
            except Exception as problem:  # a number that is none, a place that is none, a text that is not there
                return Unreadable("bad_record", f"a row of a sheet that cannot be understood: {type(problem).__name__}: {problem}"[:300])
            values = [""] * max((cell["column"] for cell in cells), default=0)
            for cell in cells:
                if cell["value"] is not None:
                    values[cell["column"] - 1] = str(cell["value"])
            return values

    with sheet._get_source() as source:
        parser = Parser(source, sheet._shared_strings, data_only=True, epoch=book.epoch, date_formats=book._date_formats,
                        timedelta_formats=book._timedelta_formats)
        rows = parser.parse()
        while True:
            try:
                row = next(rows, None)
            except Exception as problem:  # broken XML, or broken settings of the sheet, which come before and after its rows
                yield Unreadable("broken_container", f"a sheet broken from here on: {type(problem).__name__}: {problem}"[:300])
                return
            if row is None:
                return
            yield row
