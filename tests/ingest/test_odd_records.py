"""Records unlike the others: an odd one changes nothing for the rest, and has a row of its own."""
from __future__ import annotations

import io
import itertools
import json

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ingest import json_records, nested_records
from flows.ingest.documents import Document
from flows.ingest.limits import Unreadable
from flows.ingest.sources import list_sources, parts, read
from tests.ingest.hostile import SPEECH, parquet

GOOD = {"title": "讲话", "content": SPEECH, "abstract": "摘要" * 9}
WITHOUT = {"title": "只有摘要", "abstract": "这一条没有正文，只有一段很长的摘要。" * 200}
DIGITS = "9" * 6000     # more than Python makes a number of


def told(folder, name: str, content: bytes) -> dict[str, str]:
    """{source path: raw text, or the reason of a reject} of a file."""
    (folder / name).write_bytes(content)
    (source,), _ = list_sources(str(folder))
    return {item.source_path: item.raw_text if isinstance(item, Document) else item.reason
            for part in range(parts(source)) for item in read(source, part)}


def lines(values) -> bytes:
    return "\n".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in values).encode()


def array(values) -> bytes:
    return ("[" + ",\n ".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in values) + "]").encode()


@pytest.mark.parametrize(("name", "written"), [("a.jsonl", lines), ("a.json", array)])
def test_a_record_without_the_text_column_changes_nothing_for_the_others(tmp_path, name, written):
    for order in set(itertools.permutations(["good", "good", "without", "good"])):
        values = [GOOD if each == "good" else WITHOUT for each in order]
        found = told(tmp_path, name, written(values))
        assert [found[f"{name}#{n}"] for n in range(4)] == [SPEECH if each is GOOD else WITHOUT["abstract"] for each in values], order


def test_every_part_of_a_file_reads_the_same_columns(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.ingest.records.PART_BYTES", 1 << 14)
    monkeypatch.setattr("flows.ingest.sources.WHOLE_BYTES", 1 << 12)
    values = [WITHOUT if n % 3 else GOOD for n in range(40)]
    found = told(tmp_path, "a.jsonl", lines(values))
    assert [found[f"a.jsonl#{n}"] == SPEECH for n in range(40)] == [each is GOOD for each in values]


ODD = {
    f'{{"title": {DIGITS}, "content": "好"}}': "好", f'{{"title": NaN, "content": {DIGITS}}}': DIGITS,
    '{"title": 1e999, "content": "好"}': "好",
    '{"title": -Infinity, "content": "好"}': "好", '{"content": ["好", 1]}': "no_text_column", '{"content": "好\\ud800"}': "好\ufffd",
    '{"content": {"a": 1}}': "no_text_column", '{"content": NaN}': "no_text_column", "7": "bad_record", "null": "bad_record",
    '{"content": "好" "title"}': "bad_record", '{"content" "好"}': "bad_record", '{"content": 7]}': "bad_record",
    "[" * 5000 + "]" * 5000: "bad_record"}


@pytest.mark.parametrize(("name", "written"), [("a.jsonl", lines), ("a.json", array)])
@pytest.mark.parametrize(("odd", "wanted"), ODD.items(), ids=lambda value: value[:24])
def test_an_odd_record_costs_itself_alone(tmp_path, name, written, odd, wanted):
    found = told(tmp_path, name, written([GOOD, odd, GOOD, odd, GOOD]))
    assert found == {f"{name}#0": SPEECH, f"{name}#1": wanted, f"{name}#2": SPEECH, f"{name}#3": wanted,
                     f"{name}#4": SPEECH}


@pytest.mark.parametrize(("name", "written"), [("a.jsonl", lines), ("a.json", array)])
def test_bytes_in_no_encoding_cost_their_record_alone(tmp_path, name, written):
    content = written([GOOD, {"content": "一处坏"}, *[GOOD] * 8]).replace("坏".encode(), b"\xff\xfe\x81")
    found = told(tmp_path, name, content)
    assert all(found[f"{name}#{n}"] == SPEECH for n in range(10) if n != 1) and f"{name}#1" in found


def test_a_number_in_a_json_object_that_python_does_not_read(tmp_path):
    content = f'{{"code": {DIGITS}, "data": [{json.dumps(GOOD)}, {{"title": {DIGITS}, "content": "好"}}]}}'
    assert told(tmp_path, "a.json", content.encode()) == {"a.json#0": SPEECH, "a.json#1": "好"}


def test_an_array_that_is_cut_off_or_goes_on_is_told(tmp_path):
    assert told(tmp_path, "a.json", array([GOOD, GOOD])[:-9]) == {"a.json#0": SPEECH, "a.json": "broken_container"}
    assert told(tmp_path, "a.json", array([GOOD]) + b"\n\n") == {"a.json#0": SPEECH}
    assert told(tmp_path, "a.json", array([GOOD]) + b"\n{}") == {"a.json#0": SPEECH, "a.json": "broken_container"}


VALUES = st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text('\\"[]{},:好a', max_size=8),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('\\"[]{},', max_size=3), inner, max_size=3))


@given(st.lists(VALUES, max_size=5), st.booleans(), st.sampled_from([None, 1]), st.integers(1, 9))
def test_an_array_is_cut_where_its_elements_end(values, ascii_only, indent, size):
    data = json.dumps(values, ensure_ascii=ascii_only, indent=indent).encode()

    class Pieces(io.BytesIO):
        def read(self, _=-1):
            return super().read(size)

    assert [orjson.loads(each) for each in json_records._elements(Pieces(data), 1000)] == values
    short = list(json_records._elements(Pieces(data), 2))
    assert len(short) == len(values) and all(isinstance(each, Unreadable) or len(each) <= 2 for each in short)
    with pytest.raises(Unreadable):
        list(json_records._elements(Pieces(data[:-1]), 1000))


def as_strings(values: list[bytes]) -> pa.Array:
    """Bytes as a column of text, whatever they are."""
    return pa.Array.from_buffers(pa.string(), len(values), pa.array(values, pa.binary()).buffers())


@pytest.mark.parametrize("odd", [
    pa.array([0, 2**62, 0], pa.timestamp("us")), pa.array([0, -2**31, 0], pa.date32()), pa.array([0, 2**62, 0], pa.duration("s")),
    pa.array([0, 1, 2], pa.timestamp("us", tz="Nowhere/Else")), pa.array([0.5, float("nan"), 1]), as_strings([b"1", b"\xff\xfe\xd6", b"3"]),
    as_strings([b"1", b"\xff\xfe\xd6", b"3"]).dictionary_encode()], ids=lambda column: str(column.type)[:20])
@pytest.mark.parametrize("name", ["date", "title"])
def test_an_odd_value_in_parquet_costs_no_record(tmp_path, name, odd):
    texts = [f"{n}{SPEECH}" for n in range(3)]
    assert told(tmp_path, "a.parquet", parquet(**{name: odd, "text": texts})) == {f"a.parquet#{n}": text for n, text in enumerate(texts)}


def test_a_text_in_parquet_that_is_no_text_costs_itself_alone(tmp_path):
    texts = as_strings([SPEECH.encode(), b"\x00\x01\x02\xff\xfe" * 50, SPEECH.encode()])
    found = told(tmp_path, "a.parquet", parquet(text=texts))
    assert found["a.parquet#0"] == found["a.parquet#2"] == SPEECH and len(found) == 3


def test_a_broken_row_group_costs_itself_alone(tmp_path):
    held = io.BytesIO()
    texts = [f"{n:02}{SPEECH}" for n in range(6)]
    pq.write_table(pa.table({"text": texts}), held, row_group_size=2, compression="zstd", use_dictionary=False)
    content = bytearray(held.getvalue())
    for group in (0, 1):
        chunk = pq.ParquetFile(held).metadata.row_group(group).column(0)
        start = chunk.data_page_offset
        content[start:start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    found = told(tmp_path, "a.parquet", bytes(content))
    assert found == {"a.parquet#0": "broken_container", "a.parquet#2": "broken_container", "a.parquet#4": texts[4],
                     "a.parquet#5": texts[5]}


def test_the_office_within_the_speaker_of_a_record_is_his(tmp_path):
    meta = {"title": "在会上的讲话", "speaker": {"name": "王大川", "post": "副县长"}}
    record = {"meta": meta, "categories": ["讲话", "文稿"], "body": SPEECH.split("\n")}
    other = {"title": "在会上的讲话", "post": "第三帖", "body": SPEECH}
    (tmp_path / "a.json").write_text(json.dumps([record, other], ensure_ascii=False), encoding="utf-8")
    (source,), _ = list_sources(str(tmp_path))
    one, two = read(source)
    assert (one.metadata["speaker"], one.metadata["role"], one.metadata["category"]) == ("王大川", "副县长", "讲话、文稿")
    assert "role" not in two.metadata


RECORD = {"headline": "在柳溪的讲话", "contentHtml": "".join(f"<p>{line}</p>" for line in SPEECH.split("\n")),
          "channel": {"id": 7, "name": "领导讲话"}, "attachments": []}
LIST = [RECORD, RECORD | {"headline": "甲"}]


@pytest.mark.parametrize("answer", [
    {"code": 0, "msg": "success", "data": {"total": 2, "list": LIST}},
    {"errors": ["one", "two", "three"], "result": {"page": {"no": 1}, "rows": {"items": LIST, "hot": [{"headline": "热门"}] * 5}}},
    {"status": {"code": 0}, "data": {"a1": LIST[0], "a2": LIST[1]}},
])
def test_the_records_of_an_answer_are_found_however_deep_they_lie(tmp_path, answer):
    (tmp_path / "a.json").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    (source,), _ = list_sources(str(tmp_path))
    one, two = read(source)
    assert (one.source_path, two.source_path) == ("a.json#0", "a.json#1")
    assert one.raw_text == SPEECH.strip() and two.metadata["title"] == "甲"
    assert one.metadata == {"title": "在柳溪的讲话", "category": "领导讲话"}


@pytest.mark.parametrize("answer", [
    {"code": 0, "data": {"title": "讲话", "content": SPEECH, "hotList": [{"title": "别的", "desc": "短短一句"}]}},
    {"code": 0, "data": {"article": {"title": "讲话", "content": SPEECH}}},
    {"title": "讲话", "paragraphs": SPEECH.split("\n")},
])
def test_a_record_that_lies_deeper_is_one(tmp_path, answer):
    assert told(tmp_path, "a.json", json.dumps(answer, ensure_ascii=False).encode()) == {"a.json": SPEECH}


def test_strings_of_which_nothing_is_said_are_records(tmp_path):
    assert told(tmp_path, "a.json", json.dumps({"text": [SPEECH, f"又{SPEECH}"]}, ensure_ascii=False).encode()) == {
        "a.json#0": SPEECH, "a.json#1": f"又{SPEECH}"}


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
@pytest.mark.parametrize("talk", [
    {"messages": [{"role": "system", "content": "你是助手。"}, {"role": "user", "content": "发给我"},
                  {"role": "assistant", "content": SPEECH}]},
    {"id": 3, "conversations": [{"from": "human", "value": SPEECH}, {"from": "gpt", "value": "好"}]},
    {"messages": [{"role": "user", "content": [{"type": "text", "text": SPEECH}]}, {"role": "assistant", "content": "好"}]},
])
def test_of_a_talk_with_a_program_the_longest_turn_is_read(tmp_path, name, talk):
    written = (lines if name == "a.jsonl" else array)([talk, {"messages": [{"role": "user", "content": "你好"}]}])
    assert {path: text.strip() for path, text in told(tmp_path, name, written).items()} == {
        f"{name}#0": SPEECH.strip(), f"{name}#1": "你好"}


def test_a_list_of_people_is_no_talk():
    record = {"messages": [{"role": "县长", "content": SPEECH}, {"role": "书记", "content": SPEECH}]}
    assert "text" not in nested_records.opened(record)


@pytest.mark.parametrize("field, said", [
    ({"speaker": {"name": "王大川", "position": "县长"}}, {"speaker": "王大川", "role": "县长"}),
    ({"source": {"title": "柳溪报", "id": 3}, "author": [{"name": "甲"}, {"name": "乙"}]}, {"source": "柳溪报", "author": "甲、乙"}),
    ({"date": {"$date": "2019-03-04T00:00:00Z"}}, {"date": "2019-03-04T00:00:00Z"}),
    ({"tags": {"name": "甲"}}, {}),
])
def test_what_a_record_says_may_be_a_record_itself(tmp_path, field, said):
    (tmp_path / "a.jsonl").write_bytes(lines([{"content": SPEECH} | field]))
    (source,), _ = list_sources(str(tmp_path))
    (document,) = read(source)
    assert document.metadata == said


def sheet(rows) -> bytes:
    import openpyxl

    held, book = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


PASTED = ["在柳溪村的讲话", "村支书　王大川", "各位乡亲：", "水渠今天通水了。", "一、谢谢大家", "祝大家丰收！"]


def test_a_speech_pasted_down_a_column_is_one(tmp_path):
    text = "\n".join(PASTED)
    assert told(tmp_path, "a.xlsx", sheet([[cell] for cell in PASTED])) == {"a.xlsx#0": text}
    assert told(tmp_path, "a.xlsx", sheet([[None, PASTED[0]], [], *([cell] for cell in PASTED[1:])])) == {"a.xlsx#0": text}


@pytest.mark.parametrize("rows", [
    [["内容"], *([cell] for cell in PASTED)],               # under a header
    [[f"{SPEECH * 40}{n}"] for n in range(5)],              # a speech a row
    [[f"第{n}句话没有说给谁听，" * 5] for n in range(9)],       # sentences
    [*([cell * 9] for cell in PASTED), ["甲", "乙"]],         # a table further down
])
def test_other_columns_are_tables(tmp_path, rows):
    assert len(told(tmp_path, "a.xlsx", sheet(rows))) >= 5
