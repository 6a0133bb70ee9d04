"""Parquet: its rows as records, part by part."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.ingest import encodings, records
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import Limits, Unreadable
from flows.ingest.records import Columns, columns_of, made


class RowRange(NamedTuple):
    """Rows [start, stop) of a row group; `first` is the number, in the whole file, of the group's first row."""

    group: int
    start: int
    stop: int
    first: int


def parquet_parts(file: pq.ParquetFile) -> list[list[RowRange]]:
    """The parts that a Parquet file is read in: row groups together, or a large one divided, at some records.PART_BYTES each."""
    parts: list[list[RowRange]] = []
    open_part: list[RowRange] = []
    size = first = 0
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        pieces = max(1, min(round(group.total_byte_size / records.PART_BYTES), group.num_rows))
        if open_part and (pieces > 1 or size + group.total_byte_size > records.PART_BYTES):
            parts.append(open_part)
            open_part, size = [], 0
        if pieces > 1:
            bounds = [group.num_rows * piece // pieces for piece in range(pieces + 1)]
            parts += [[RowRange(number, start, stop, first)] for start, stop in pairwise(bounds)]
        else:
            open_part.append(RowRange(number, 0, group.num_rows, first))
            size += group.total_byte_size
        first += group.num_rows
    if open_part or not parts:
        parts.append(open_part)
    return parts


def parquet_file(
    path: str, stream: Any, limits: Limits, text_column: str | None, card: Mapping[str, str], part: int | None = None
) -> Iterator[Document | Reject]:
    """Documents of a Parquet file, or of one of its parquet_parts. `stream` can seek."""
    try:
        file = pq.ParquetFile(stream)
        schema = file.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise Unreadable("broken_container", f"no Parquet: {problem}"[:300]) from None
    if not file.metadata.num_rows:
        raise Unreadable("empty", "a table without rows")
    if text_column is not None and text_column not in schema.names:
        raise Unreadable("no_text_column", f"no column {text_column!r}; there are: {', '.join(schema.names)[:300]}")
    names = [each.name for each in schema if _is_text(each.type)]
    if not names or (text_column is not None and text_column not in names):
        raise Unreadable("no_text_column", f"no column of text; there are: {', '.join(schema.names)[:300]}")
    sample = _sample(file, names)
    columns = columns_of(names, sample, text_column)
    others = [name for name in schema.names if name not in names and not pa.types.is_nested(schema.field(name).type)]
    found = columns_of([*names, *others], sample, columns.text)
    wanted = list(dict.fromkeys([found.text, *found.metadata.values()]))
    for rows in [each for number, run in enumerate(parquet_parts(file)) if part in (None, number) for each in run]:
        row = 0
        try:
            for batch in file.iter_batches(batch_size=64, row_groups=[rows.group], columns=wanted):
                start, stop = max(rows.start - row, 0), min(rows.stop - row, batch.num_rows)
                if start < stop:
                    yield from _batch(path, batch.slice(start, stop - start), rows.first + row + start, found, card, limits)
                row += batch.num_rows
                if row >= rows.stop:
                    break       # the rest of a large group is another part's
        except (pa.ArrowException, OSError) as problem:     # of this group: the next one may be whole
            at, last = rows.first + max(row, rows.start), rows.first + rows.stop - 1
            yield Reject(f"{path}#{at}", "ingest", "broken_container", f"broken from here to row {last}: {problem}"[:300])


def _sample(file: pq.ParquetFile, names: list[str]) -> list[dict[str, Any]]:
    """Some rows of the first row group that can be read. Raises Unreadable where there is none."""
    problem: Exception | None = None
    for group in range(file.metadata.num_row_groups):
        try:
            batch = next(file.iter_batches(batch_size=50, row_groups=[group], columns=names), None)
        except (pa.ArrowException, OSError) as met:
            problem = problem or met
            continue
        if batch is not None and batch.num_rows:
            values = [_values(batch.column(name)) for name in names]
            return [dict(zip(names, row)) for row in zip(*values)]
    raise Unreadable("broken_container", f"a Parquet file broken inside: {problem}"[:300])


def _values(column: pa.Array) -> list[Any]:
    """The values of a column; one that Python cannot hold (a day beyond its calendar, text that is no UTF-8) as it is spelt."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        return column.to_pylist()
    except Exception:  # each type has its own errors
        return [_spelt(value) for value in column]


def _spelt(value: pa.Scalar) -> Any:
    try:
        return value.as_py()
    except UnicodeDecodeError:
        data = value.as_buffer().to_pybytes()
        decoded = encodings.decode(data)
        return decoded.text if decoded else data.decode("utf-8", "replace")
    except Exception:
        try:
            return value.cast(pa.string()).as_py()
        except Exception:
            return str(getattr(value, "value", ""))


def _batch(
    path: str, batch: pa.RecordBatch, first: int, columns: Columns, card: Mapping[str, str], limits: Limits
) -> Iterator[Document | Reject]:
    texts = batch.column(columns.text)
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    said = {key: _values(batch.column(column)) for key, column in columns.metadata.items()}
    for number, value in enumerate(texts):
        at = f"{path}#{first + number}"
        data = value.as_buffer()
        size = data.size if data is not None else None
        if size is not None and size > limits.document_bytes:
            yield Reject(at, "ingest", "too_large", f"a text of {size} bytes")
            continue
        try:
            text = value.as_py()
        except UnicodeDecodeError:
            decoded = encodings.decode(data.to_pybytes())
            if decoded is None:
                yield Reject(at, "ingest", "undecodable", "a text in no known encoding")
                continue
            text = decoded.text
        metadata = {key: str(values[number]).strip()[:2000] for key, values in said.items()
                    if values[number] not in (None, "") and values[number] == values[number]}
        yield made(at, text, columns.text, metadata, "application/vnd.apache.parquet", None, None, size, card)


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
