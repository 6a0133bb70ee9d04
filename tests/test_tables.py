"""Declared tables: what is written has the declared schema, and the same rows give the same bytes."""
import hashlib
from datetime import date

import polars as pl
import pyarrow.parquet as pq
import pytest

from flows.tables import TableWriter, conform, declared, empty_frame, read_table, write_frame
from schemas import PASSAGES, PHRASES, TABLES
from schemas.table import Column, Table

ROWS = [{"speech_id": f"{number:020x}", "section_id": f"{number:020x}.1", "start": start, "end": start + 4, "surface": "四个意识",
         "phrase": "四个意识", "kind": "numbered"} for number in range(40) for start in (0, 9)]


def phrases(rows):
    return pl.DataFrame(rows, schema=empty_frame(PHRASES).schema, orient="row")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_declaration_is_complete_in_both_languages(table):
    assert table.english.startswith("One row per")
    for column in table.columns:
        assert column.english and any("\u4e00" <= char <= "\u9fff" for char in column.chinese + table.chinese)
        assert table.arrow_schema().field(column.name).nullable is column.nullable


def test_the_parquet_file_carries_descriptions_nullability_and_order(tmp_path):
    with TableWriter(PHRASES, tmp_path / "phrases.parquet") as writer:
        writer.write(phrases(ROWS))
    schema = pq.read_schema(tmp_path / "phrases.parquet")
    assert schema.field("phrase").metadata[b"description"].startswith(b"The form to count by")
    assert not schema.field("phrase").nullable
    order = pq.ParquetFile(tmp_path / "phrases.parquet").metadata.row_group(0).sorting_columns
    assert [column.column_index for column in order] == [0, 2, 3, 6]
    assert read_table(tmp_path, PHRASES).height == len(ROWS)


def test_bytes_depend_neither_on_the_order_nor_on_how_the_rows_were_cut(tmp_path):
    frame = phrases(ROWS)
    cuts = {"whole": [frame], "shuffled": [frame.sample(fraction=1, shuffle=True, seed=3)],
            "pieces": [frame[:20], frame[20:22], frame[22:]]}
    for name, pieces in cuts.items():
        with TableWriter(PHRASES, tmp_path / f"{name}.parquet") as writer:
            for piece in pieces:
                writer.write(piece)
    assert len({digest(tmp_path / f"{name}.parquet") for name in cuts}) == 1


def test_an_empty_table_has_its_columns(tmp_path):
    with TableWriter(PASSAGES, tmp_path / "passages.parquet"):
        pass
    assert pl.read_parquet(tmp_path / "passages.parquet").columns == PASSAGES.names


def test_nulls_and_missing_columns_are_refused():
    frame = phrases(ROWS)
    with pytest.raises(ValueError, match="phrase holds nulls"):
        conform(frame.with_columns(phrase=pl.lit(None, dtype=pl.String)), PHRASES)
    with pytest.raises(ValueError, match="kind is missing"):
        conform(frame.drop("kind"), PHRASES)


def test_types_of_empty_frames_are_those_of_the_declaration():
    schema = empty_frame(TABLES["speeches"]).schema
    assert schema["delivered_date"] == pl.Date and schema["defects"] == pl.List(pl.String) and schema["char_count"] == pl.Int32
    assert pl.Series([date(2021, 7, 1)]).dtype == schema["published_date"]


def test_a_declaration_that_contradicts_itself_is_refused():
    column = Column("a", "string", "x", "甲")
    with pytest.raises(ValueError, match="unknown type"):
        Column("a", "text", "x", "甲")
    with pytest.raises(ValueError, match="repeated columns"):
        Table("t", "One row per t.", "一行", (column, column), ("a",), ("a",))
    with pytest.raises(ValueError, match="unknown columns"):
        Table("t", "One row per t.", "一行", (column,), ("b",), ("a",))


def test_frames_are_read_one_by_one_as_declared(tmp_path):
    paths = [tmp_path / f"{number}.arrow" for number in range(3)]
    for number, path in enumerate(paths):
        rows = phrases(ROWS[2 * number:2 * number + 2])
        write_frame(rows.with_columns(pl.lit("later").alias("more"), pl.col("start", "end").cast(pl.Int64)), path)
    table, kinds = declared(PHRASES, paths), empty_frame(PHRASES).schema
    assert table.collect().equals(phrases(ROWS[:6])) and table.collect().schema == kinds
    found = table.filter(pl.col("start") == 9).select("end", "speech_id").head(2).collect()
    assert found.rows() == [(13, f"{0:020x}"), (13, f"{1:020x}")] and found.schema["end"] == kinds["end"]
    assert declared(PHRASES, []).collect().equals(empty_frame(PHRASES))
