"""Read and write a declared table, one way only.

Between stages frames travel as uncompressed Arrow files. A release holds Parquet: cast to the declared
schema by pyarrow (polars' own writer loses nullability and descriptions), zstd, with page index and sorting columns. The same rows give
the same bytes: no clock, no host and a fixed row group size.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from polars.io.plugins import register_io_source

from schemas.table import Table

ROW_GROUP_ROWS = 1 << 16
COMPRESSION_LEVEL = 2   # of zstd: half the time of level 3, for files a tenth larger


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame that passes between stages as an uncompressed Arrow file, in one piece, so that it can be mapped as it lies."""
    frame.write_ipc(path, compression="uncompressed", record_batch_size=max(frame.height, 1))


def read_frame(path: Path, columns: list[str] | None = None) -> pl.DataFrame:
    """A frame that passes between stages, all columns or some, mapped into memory: polars' own reader copies it."""
    with pa.memory_map(str(path)) as held, pa.ipc.open_file(held) as file:
        table = file.read_all()
    frame = pl.from_arrow(table.select(columns) if columns is not None else table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def declared(table: Table, paths: Iterable[Path]) -> pl.LazyFrame:
    """All rows of a table whose frames lie at `paths`, with the declared columns and types, to be asked for some of them: one frame at a
    time is read, since a system maps only so many files at once."""
    schema, paths = empty_frame(table).schema, list(paths)

    def frames(columns: list[str] | None, predicate: pl.Expr | None, most: int | None, size: int | None) -> Iterator[pl.DataFrame]:
        for path in paths:
            frame = read_frame(path, columns or list(schema))
            other = [pl.col(name).cast(schema[name]) for name, kind in frame.schema.items() if kind != schema[name]]
            frame = frame.with_columns(other) if other else frame
            frame = frame if predicate is None else frame.filter(predicate)
            if most is not None:
                frame = frame.head(most)
                most -= frame.height
            yield frame
    return register_io_source(frames, schema=schema)


def empty_frame(table: Table) -> pl.DataFrame:
    """A frame without rows that has the columns of `table`."""
    schema = table.arrow_schema()
    # Arrays of nulls, since pyarrow imports pandas to make an empty one of anything else.
    frame = pl.from_arrow(pa.Table.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema))
    assert isinstance(frame, pl.DataFrame)
    return frame


def conform(frame: pl.DataFrame, table: Table) -> pa.Table:
    """The frame as an Arrow table of exactly the declared schema, rows in the declared order.

    Raises ValueError where a column is missing, or a column that is never null holds nulls.
    """
    absent = [name for name in table.names if name not in frame.columns]
    if absent:
        raise ValueError(f"table {table.name}: column {', '.join(absent)} is missing")
    frame = frame.select(table.names)
    holes = [column.name for column in table.columns if not column.nullable and frame[column.name].null_count()]
    if holes:
        raise ValueError(f"table {table.name}: column {', '.join(holes)} holds nulls")
    frame = frame.sort(table.order, maintain_order=True)
    schema = table.arrow_schema()
    arrays = [_cast(array, field.type) for array, field in zip(frame.to_arrow().columns, schema)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _cast(array: pa.ChunkedArray, to: pa.DataType) -> pa.ChunkedArray:
    return array if array.type == to else array.cast(to)


class TableWriter:
    """Write a declared table to one Parquet file, from frames that come in the table's order.

    Use as a context manager. Rows are gathered into row groups of a size that depends on the rows alone, so that the bytes do not depend
    on how the rows were cut into frames.
    """

    def __init__(self, table: Table, path: Path) -> None:
        self.table, self.path, self.rows = table, path, 0
        self._waiting: list[pa.Table] = []
        schema = table.arrow_schema()
        order = [pq.SortingColumn(schema.get_field_index(name)) for name in table.order]
        self._writer = pq.ParquetWriter(
            path, schema, compression="zstd", compression_level=COMPRESSION_LEVEL, write_page_index=True, sorting_columns=order,
            use_dictionary=[column.name for column in table.columns if column.values or column.name in ("speech_id", "phrase")],
            # The least and the greatest of whole texts help no reader.
            write_statistics=[column.name for column in table.columns if column.name not in ("raw_text", "text")],
            version="2.6", data_page_version="1.0", store_schema=True)
        self._group_rows = _group_rows(table)

    def write(self, frame: pl.DataFrame) -> None:
        """Append the rows of `frame`."""
        if frame.height:
            self._waiting.append(conform(frame, self.table))
            self._flush(self._group_rows)

    def _flush(self, least: int) -> None:
        while (waiting := sum(part.num_rows for part in self._waiting)) >= max(least, 1):
            joined = pa.concat_tables(self._waiting)
            take = min(waiting, self._group_rows)
            self._writer.write_table(joined.slice(0, take).combine_chunks(), row_group_size=take)
            self.rows += take
            self._waiting = [joined.slice(take)] if waiting > take else []

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, *problem: object) -> None:
        if problem[0] is None:
            self._flush(1)
        self._writer.close()


def _group_rows(table: Table) -> int:
    """Rows of a row group: few where a row holds a whole speech, so that a reader of one speech does not load thousands."""
    return 512 if any(column.name in ("raw_text",) or (column.name == "text" and table.name == "speeches") for column in table.columns) \
        else ROW_GROUP_ROWS


def read_table(path: Path, table: Table, columns: list[str] | None = None) -> pl.DataFrame:
    """Columns of a released table, all or some, from its Parquet file or folder of files."""
    source = path / f"{table.name}.parquet"
    return pl.read_parquet(source if source.is_file() else path / table.name / "*.parquet", columns=columns)


def row_batches(path: Path, columns: list[str] | None = None) -> Iterator[pl.DataFrame]:
    """The row groups of a Parquet file, one frame each, so that memory stays flat."""
    file = pq.ParquetFile(path)
    for number in range(file.num_row_groups):
        frame = pl.from_arrow(file.read_row_group(number, columns=columns))
        assert isinstance(frame, pl.DataFrame)
        yield frame
