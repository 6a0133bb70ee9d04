"""CSV and TSV: their rows as records, whatever parts their cells; the rows of any table of cells."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from flows.ingest import encodings
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import MEBIBYTE, Limits, RawStream, Unreadable
from flows.ingest.records import SAMPLE_ROWS, Columns, column_names, columns_of, document_of, plain_name

csv.field_size_limit(256 * MEBIBYTE)


def csv_file(
    path: str, stream: BinaryIO, head: bytes, limits: Limits, text_column: str | None, card: Mapping[str, str], tabs: bool = False
) -> Iterator[Document | Reject]:
    """Documents of a CSV or TSV stream. A quote that is never closed costs its own record, not the rest of the file."""
    decoded = encodings.decode(head[: head.rfind(b"\n") + 1] or head)
    if decoded is None:
        raise Unreadable("undecodable", "a table in no known encoding")
    encoding = decoded.encoding
    buffered = io.BufferedReader(RawStream(stream), MEBIBYTE)
    lines = _Lines(io.TextIOWrapper(buffered, encoding=encoding, errors="replace", newline=""), limits)
    first_line = decoded.text.splitlines()[0] if decoded.text.splitlines() else ""
    delimiter = "\t" if tabs else max(",\t;|", key=first_line.count)
    yield from table(path, _rows(lines, delimiter), 0, "text/csv", encoding, decoded.confidence, limits, text_column, card)


def table(
    path: str,
    rows: Iterable[list[str] | Unreadable],
    first: int,
    media_type: str,
    encoding: str | None,
    confidence: float | None,
    limits: Limits,
    text_column: str | None,
    card: Mapping[str, str],
) -> Iterator[Document | Reject]:
    """Documents of rows of cells, numbered from `first`; the first row may be a header. The columns are told from the first rows."""
    header: list[str] | None = None
    columns: Columns | None = None
    waiting: list[dict[str, str] | Unreadable] = []
    number = first

    def ready() -> Iterator[Document | Reject]:
        nonlocal number, columns
        if columns is None and header is not None and (sample := [each for each in waiting if isinstance(each, dict)]):
            columns = columns_of(header, sample, text_column)
        for record in waiting:
            at = f"{path}#{number}"
            number += 1
            if isinstance(record, Unreadable):
                yield Reject(at, "ingest", record.reason, record.detail)
            else:
                assert columns is not None
                yield document_of(at, record, columns, media_type, encoding, confidence, card, limits)
        waiting.clear()

    for row in rows:
        if isinstance(row, Unreadable):
            waiting.append(row)
            continue
        if not any(row):
            continue
        if header is None:
            header = _header(row)
            if header is not None:
                continue
            header = [f"column {n}" for n in range(len(row))]
        waiting.append(_record(header, row))
        if columns is not None or len(waiting) >= SAMPLE_ROWS:
            yield from ready()
    yield from ready()
    if number == first:
        raise Unreadable("empty", "a table without rows")


def _header(row: list[str]) -> list[str] | None:
    """The row as names of columns, or None where it is a row of data already (a long text among its cells)."""
    names = [name.strip() for name in row]
    if any(len(name) > 60 for name in names):
        return None
    known = {spelling for spellings in column_names().values() for spelling in spellings}
    if len(names) == 1 and plain_name(names[0]) not in known:
        return None
    return [name or f"column {n}" for n, name in enumerate(names)]


def _record(header: list[str], row: list[str]) -> dict[str, str]:
    record: dict[str, str] = {}
    for name, value in zip(header, row):
        record.setdefault(name, value)
    return record


class _Lines:
    """Lines of a text stream that can be taken back, each no longer than the limit."""

    def __init__(self, stream: io.TextIOWrapper, limits: Limits) -> None:
        self._stream = stream
        self.limit = limits.line_chars
        self.taken: list[str] = []
        self.taken_chars = 0
        self.back: list[str] = []
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.back:
            line = self.back.pop()
        else:
            line = self._stream.readline(self.limit + 1)
        if not line:
            self.ended = True
            raise StopIteration
        if "\0" in line:
            line = line.replace("\0", "\ufffd")
        self.taken.append(line)
        self.taken_chars += len(line)
        if self.taken_chars > self.limit:
            raise Unreadable("bad_record", f"a record of more than {self.limit} characters: a quote that is never closed?")
        return line

    def accept(self) -> None:
        """Forget the lines of the record that was just read."""
        self.taken, self.taken_chars = [], 0

    def give_up_first(self) -> None:
        """Drop the first line of the record at hand; its other lines will be read again."""
        again = self.taken[1:]
        self.back.extend(reversed(again))
        self.accept()
        self.ended = False


def _rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | Unreadable]:
    """Rows as lists of cells, and an Unreadable for each record given up.

    Read strictly, so that a quote left open shows at the next quote; a single line that fails so is sloppy and no more, and is read again
    as it comes.
    """
    given_up = 0
    while True:
        problem = None
        try:
            for row in csv.reader(lines, delimiter=delimiter, strict=True):
                lines.accept()
                yield row
            return
        except csv.Error as error:
            if len(lines.taken) == 1 and "unexpected end" not in str(error):
                row = next(csv.reader(lines.taken, delimiter=delimiter))
                lines.accept()
                yield row
                continue
            problem = Unreadable("bad_record", f"a quote is opened and not closed where it should be: {error}")
        except Unreadable as error:
            problem = error
        given_up += 1
        if given_up > 100:
            yield Unreadable("broken_container", "more than 100 broken records; the rest is not read")
            return
        yield problem
        lines.give_up_first()
