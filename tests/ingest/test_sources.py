"""From a folder, a file or a store to documents: what is listed, how it is numbered, and what the cards add."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.ingest.documents import Document, Mark, Reject
from flows.ingest.inventory import take
from flows.ingest.shard import read_batch
from flows.ingest.sources import Limits, Source, card_for, list_sources, parts, read
from flows.settings import settings_from
from flows.tables import read_frame
from tests.ingest.hostile import SPEECH, tar_entry, tarred, zipped

HERE = Path(__file__).resolve().parents[2]


def everything(raw, **options):
    """{source_path: document or reject} of all that is under `raw`."""
    sources, rejects = list_sources(str(raw))
    found = {each.source_path: each for each in rejects}
    for source in sources:
        for part in range(parts(source)):
            for item in read(source, part, card=card_for(source), **options):
                assert item.source_path not in found
                found[item.source_path] = item
    return found


def write(folder: Path, **files: bytes | str) -> Path:
    for name, data in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return folder


def test_hidden_files_cards_and_papers_are_no_inputs(tmp_path):
    for name in (
        ".hidden",
        ".git/config",
        "source.toml",
        "a.txt.toml",
        "README.md",
        "LICENSE",
        "b/README.md",
        "a.txt",
        "b/c.txt",
        "Thumbs.db",
    ):
        put(tmp_path, name, SPEECH.encode())
    sources, rejects = list_sources(str(tmp_path))
    assert [each.path for each in sources] == ["a.txt", "b/README.md", "b/c.txt"] and rejects == []


def test_one_file_is_read_alone(tmp_path):
    put(tmp_path, "README.md", SPEECH.encode())
    assert list(everything(tmp_path / "README.md")) == ["README.md"]


def test_what_is_not_there_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match="give a folder, a file or a URI"):
        list_sources(str(tmp_path / "nowhere"))


def test_a_link_inside_is_read_and_one_that_leads_out_is_not(tmp_path):
    put(tmp_path, "outside.txt", SPEECH.encode())
    raw = put(tmp_path, "raw/a.txt", SPEECH.encode()) / "raw"
    (raw / "same.txt").symlink_to(raw / "a.txt")
    (raw / "out.txt").symlink_to(tmp_path / "outside.txt")
    found = everything(raw)
    assert isinstance(found["same.txt"], Document) and found["same.txt"].raw_text == SPEECH
    assert found["out.txt"] == Reject(
        "out.txt", "ingest", "link_out_of_folder", "a link that leads out of the raw folder; it is not followed"
    )


def test_a_file_that_becomes_a_pipe_is_no_trap(tmp_path):
    put(tmp_path, "a.txt", SPEECH.encode())
    (source,), _ = list_sources(str(tmp_path))
    os.remove(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "a.txt")
    assert [item.reason for item in read(source)] == ["not_a_file"]
    os.remove(tmp_path / "a.txt")
    assert [item.reason for item in read(source)] == ["unreadable"]


def test_source_paths_of_all_containers(tmp_path):
    record = json.dumps({"title": "讲话", "content": SPEECH}, ensure_ascii=False)
    inner = zipped({"c.txt": SPEECH.encode()})
    for name, data in {
        "a.txt": SPEECH.encode(),
        "b.txt.gz": gzip.compress(SPEECH.encode()),
        "c.jsonl": f"{record}\n{record}\n".encode(),
        "d.jsonl.gz": gzip.compress(f"{record}\n".encode()),
        "e.csv": f'title,content\n讲话,"{SPEECH}"\n'.encode("gb18030"),
        "f.zip": zipped({"x/甲.txt": SPEECH.encode(), "inner.zip": inner, "__MACOSX/x": b"1", "r.jsonl": record.encode()}),
        "g.tar.gz": gzip.compress(tarred((tar_entry("./h.txt"), SPEECH.encode()))),
        "i.json": f"[{record}]".encode(),
        "j.json": record.encode(),
    }.items():
        put(tmp_path, name, data)
    found = everything(tmp_path)
    assert sorted(found) == [
        "a.txt",
        "b.txt.gz",
        "c.jsonl#0",
        "c.jsonl#1",
        "d.jsonl.gz#0",
        "e.csv#0",
        "f.zip#inner.zip#c.txt",
        "f.zip#r.jsonl#0",
        "f.zip#x/甲.txt",
        "g.tar.gz#h.txt",
        "i.json#0",
        "j.json",
    ]
    assert {item.raw_text for item in found.values()} == {SPEECH}
    assert len({item.document_id for item in found.values()}) == 1
    assert found["e.csv#0"].encoding == "gb18030" and found["e.csv#0"].metadata == {"title": "讲话"}


def test_line_ends_stay_in_the_raw_text(tmp_path):
    for name, text in (("crlf.txt", "同志们：\r\n大家好！\r\n"), ("cr.txt", "同志们：\r大家好！\r")):
        put(tmp_path, name, text.encode("gb18030"))
        assert everything(tmp_path / name)[name].raw_text == text


def test_cards_add_what_the_document_does_not_say(tmp_path):
    put(tmp_path, "source.toml", 'producer = "某采集项目"\nlicense = "CC0"\nurl = "https://example.org/"\n'.encode())
    put(tmp_path, "b/source.toml", b'licence = "CC-BY-4.0"\naccessed = 2024-01-02\n')
    put(tmp_path, "b/one.txt.toml", 'notes = "第一批"\nsource = "某报"\n'.encode())
    put(tmp_path, "b/one.txt", SPEECH.encode())
    put(tmp_path, "b/two.jsonl", json.dumps({"text": SPEECH, "source": "另一报"}, ensure_ascii=False).encode())
    put(tmp_path, "broken.txt.toml", b"= no toml")
    put(tmp_path, "broken.txt", SPEECH.encode())
    found = everything(tmp_path)
    assert found["b/one.txt"].metadata == {
        "producer": "某采集项目",
        "licence": "CC-BY-4.0",
        "url": "https://example.org/",
        "accessed": "2024-01-02",
        "notes": "第一批",
        "source": "某报",
    }
    assert found["b/two.jsonl#0"].metadata["source"] == "另一报" and found["b/two.jsonl#0"].metadata["licence"] == "CC-BY-4.0"
    assert found["broken.txt"].metadata == {"producer": "某采集项目", "licence": "CC0", "url": "https://example.org/"}


def test_a_broken_card_is_told_once_and_the_folder_above_speaks(tmp_path):
    raw = tmp_path / "raw"
    put(raw, "source.toml", b'licence = "CC0"\nproducer = "P"\n')
    put(raw, "b/source.toml", b"licence = CC-BY-4.0\n")
    put(raw, "b/gbk.txt.toml", 'notes = "第一批"\n'.encode("gb18030"))
    for name in ("b/gbk.txt", "b/two.txt"):
        put(raw, name, SPEECH.encode())
    before = take(str(raw), tmp_path / "memory.json")
    gbk, folder = before.rejects
    assert [(each.source_path, each.stage, each.reason) for each in before.rejects] == [
        ("b/gbk.txt.toml", "ingest", "bad_record"), ("b/source.toml", "ingest", "bad_record")]
    assert "no UTF-8 at byte 9" in gbk.detail and "(at line 1, column 11)" in folder.detail and 'licence = "CC0"' in folder.detail
    assert {path: each.metadata["licence"] for path, each in everything(raw).items()} == {"b/gbk.txt": "CC0", "b/two.txt": "CC0"}
    assert [each.source_path for each in take(str(raw / "b" / "two.txt"), tmp_path / "memory.json").rejects] == ["source.toml"]
    put(raw, "b/source.toml", b"\nlicence = CC-BY-4.0\n")
    assert take(str(raw), tmp_path / "memory.json").digest != before.digest, "the row says another line"
    put(raw, "b/source.toml", b'licence = "CC-BY-4.0"\n')
    assert len(take(str(raw), tmp_path / "memory.json").rejects) == 1


def test_a_link_has_the_cards_beside_the_link(tmp_path):
    raw = put(tmp_path / "raw", "deep/down/here/one.txt", SPEECH.encode())
    put(raw, "deep/down/source.toml", b'licence = "CC-BY-4.0"\n')
    put(raw, "source.toml", b'producer = "P"\nlicence = "CC0"\n')
    put(raw, "a/b/linked.txt.toml", b'notes = "N"\n')
    (raw / "a" / "b" / "linked.txt").symlink_to(raw / "deep" / "down" / "here" / "one.txt")
    (raw / "up.txt").symlink_to("deep/down/here/one.txt")
    found = everything(raw)
    assert found["a/b/linked.txt"].metadata == {"notes": "N", "producer": "P", "licence": "CC0"}
    assert found["up.txt"].metadata == {"producer": "P", "licence": "CC0"}
    assert found["deep/down/here/one.txt"].metadata == {"producer": "P", "licence": "CC-BY-4.0"}


def test_front_matter_is_metadata_and_stays_in_the_raw_text(tmp_path):
    text = f'---\ntitle: "在会上的讲话"\ndate: 2024-05-06\nsource: 某日报\ntags:\n  - 讲话\n---\n\n# 在会上的讲话\n\n{SPEECH}'
    put(tmp_path, "a.md", text.encode())
    document = everything(tmp_path)["a.md"]
    assert document.raw_text == text and document.media_type == "text/markdown"
    assert document.metadata == {"title": "在会上的讲话", "date": "2024-05-06", "source": "某日报"}
    assert document.layout == (Mark(0, text.index("\n# "), "furniture"),)


def test_front_matter_may_be_toml_and_hold_lists_and_folded_values(tmp_path):
    text = f'+++\ntitle = "一盏灯"\ndate = 2020-03-04T08:00:00+08:00\ndraft = false\ncategories = ["党课", "文稿"]\n+++\n\n{SPEECH}'
    put(tmp_path, "a.md", text.encode())
    document = everything(tmp_path)["a.md"]
    assert document.metadata == {"title": "一盏灯", "date": "2020-03-04T08:00:00+08:00", "category": "党课、文稿"}
    assert document.layout == (Mark(0, text.index("\n" + SPEECH[:6]), "furniture"),)
    put(tmp_path, "b.md", f"---\ntitle: >-\n  在会上的\n  讲话\ncategories:\n  - 讲话\n  - 文稿\n---\n\n{SPEECH}".encode())
    assert everything(tmp_path)["b.md"].metadata == {"title": "在会上的讲话", "category": "讲话、文稿"}
    put(tmp_path, "c.md", f"+++ 这一行不是表头 +++\n{SPEECH}".encode())
    assert everything(tmp_path)["c.md"].metadata == {} and everything(tmp_path)["c.md"].layout == ()


def test_front_matter_tells_of_the_speech_by_the_order_of_the_lists(tmp_path):
    fields = ("date: 2021-04-09\nspeaker: 王大川\nposition: 镇长\nspeech_date: 2021-04-02\npublished: 2021-04-06\nauthor: 李小编\n"
              "location: 益阳市\nvenue: 长沙市\nevent: 全镇春耕动员会\n备注: 标题：无\n")
    put(tmp_path, "a.md", f"---\n{fields}---\n\n{SPEECH}".encode())
    assert everything(tmp_path)["a.md"].metadata == {
        "date": "2021-04-06", "delivered": "2021-04-02", "speaker": "王大川", "role": "镇长", "author": "李小编", "place": "长沙市",
        "occasion": "全镇春耕动员会", "notes": "标题：无",
    }
    put(tmp_path, "b.md", f"---\n讲话人：王大川\n职务：镇长\n讲话时间：2021-04-02\n日期：2021-04-09\n---\n\n{SPEECH}".encode())
    assert everything(tmp_path)["b.md"].metadata == {"speaker": "王大川", "role": "镇长", "delivered": "2021-04-02", "date": "2021-04-09"}


@pytest.mark.parametrize(("columns", "metadata"), [
    ("讲话人,讲话时间,发布日期", {"speaker": "甲", "delivered": "乙", "date": "丙"}),
    ("作者,日期,录入时间", {"author": "甲", "date": "乙"}),
    ("录入时间,日期,发布时间", {"date": "丙"}),
    ("主讲人,职务,地点", {"speaker": "甲", "role": "乙", "place": "丙"}),
    ("会议名称,讲话日期,讲话地点", {"occasion": "甲", "delivered": "乙", "place": "丙"}),
    ("新闻日期,讲话时间,编号", {"date": "甲", "delivered": "乙"}),
    ("paper,page,author", {"source": "甲", "leaf": "乙", "author": "丙"}),
])
def test_columns_that_tell_of_the_speech_are_not_those_of_the_page(tmp_path, columns, metadata):
    put(tmp_path, "a.csv", f'{columns},正文\n甲,乙,丙,"{SPEECH}"\n'.encode())
    assert everything(tmp_path)["a.csv#0"].metadata == metadata


def test_parts_of_parquet_give_each_row_once(tmp_path):
    texts = [f"第{n}篇。{SPEECH * 400}" for n in range(300)]
    table = pa.table({"id": list(range(300)), "text": pa.array(texts).dictionary_encode(), "标题": [f"题{n}" for n in range(300)]})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=170, use_dictionary=False, compression="none")
    (source,), _ = list_sources(str(tmp_path))
    assert parts(source) >= 2
    found = everything(tmp_path)
    assert list(found) == [f"a.parquet#{n}" for n in range(300)]
    assert [item.raw_text for item in found.values()] == texts and found["a.parquet#7"].metadata == {"title": "题7"}
    assert found["a.parquet#7"].byte_count == len(texts[7].encode()) and found["a.parquet#7"].encoding is None


def test_parts_of_json_lines_give_each_line_its_number(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.ingest.records.PART_BYTES", 1 << 14)
    monkeypatch.setattr("flows.ingest.sources.WHOLE_BYTES", 1 << 12)
    lines = [json.dumps({"text": f"{n}{'讲话' * (n % 50 + 1)}"}, ensure_ascii=False) if n % 7 else "" for n in range(2000)]
    put(tmp_path, "a.jsonl", "\n".join(lines).encode())
    (source,), _ = list_sources(str(tmp_path))
    assert parts(source) > 5
    found = everything(tmp_path)
    assert list(found) == [f"a.jsonl#{n}" for n in range(2000) if n % 7]
    assert all(item.raw_text.startswith(path.split("#")[1]) for path, item in found.items())


def test_parts_of_a_zip_give_each_member_once(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.ingest.containers.PART_BYTES", 1 << 22)
    members = {f"{n:03}.txt": (f"第{n}篇。" + SPEECH * 400).encode() for n in range(60)}
    put(tmp_path, "a.zip", zipped(members, zipfile.ZIP_STORED))
    (source,), _ = list_sources(str(tmp_path))
    assert parts(source) > 2
    assert list(everything(tmp_path)) == [f"a.zip#{name}" for name in members]


def test_text_column_can_be_named(tmp_path):
    put(tmp_path, "a.csv", f'content,说的话\n短,"{SPEECH}"\n'.encode())
    assert everything(tmp_path)["a.csv#0"].raw_text == SPEECH  # the longer one, whatever its name
    assert everything(tmp_path, text_column="content")["a.csv#0"].raw_text == "短"
    assert everything(tmp_path, text_column="nothing")["a.csv"].reason == "no_text_column"


def test_chinese_names_of_columns(tmp_path):
    put(
        tmp_path,
        "a.csv",
        f'标题,发布时间,来源,作者,链接,正文\n在会上的讲话,2024-01-02,某日报,张三,https://example.org/1,"{SPEECH}"\n'.encode("gb18030"),
    )
    assert everything(tmp_path)["a.csv#0"].metadata == {
        "title": "在会上的讲话",
        "date": "2024-01-02",
        "source": "某日报",
        "author": "张三",
        "url": "https://example.org/1",
    }


def test_names_of_columns_in_initials_and_with_a_noun_before_them(tmp_path):
    record = {"id": 7, "bt": "在会上的讲话", "fbrq": "2019-05-06 08:00:00.0", "ly": "某日报", "zz": None, "zw": SPEECH}
    put(tmp_path, "a.jsonl", json.dumps(record, ensure_ascii=False).encode())
    put(tmp_path, "b.csv", f'文档ID,文档标题,上传日期,文档内容\n7,在会上的讲话,2019/5/6,"{SPEECH}"\n'.encode())
    found = everything(tmp_path)
    assert found["a.jsonl#0"].metadata == {"title": "在会上的讲话", "date": "2019-05-06 08:00:00.0", "source": "某日报"}
    assert found["b.csv#0"].metadata == {"title": "在会上的讲话", "date": "2019/5/6"} and found["b.csv#0"].raw_text == SPEECH


def test_a_text_in_blocks_is_read_as_a_page(tmp_path):
    blocks = [
        {"k": "img", "v": "//a.example/1.jpg", "cap": "会场"},
        {"k": "t", "v": "乡亲们："},
        {"k": "ad", "v": "下载客户端"},
        {"k": "h2", "v": "路要修"},
        {
            "k": "t",
            "v": [{"s": "今年要修"}, {"s": "环库公路", "href": "//a.example"}, {"type": "ad", "s": "广告"}, {"s": "，争取<两>年修成。"}],
        },
        {"k": "card", "v": {"hd": "相关阅读", "li": ["另一篇"]}},
    ]
    told = {"h": {"main": "在会上的讲话"}, "m": {"from": "某日报"}, "b": blocks, "cmt": [{"c": "好"}]}
    within = {"u": "https://a.example/1.html", "d": told}
    put(tmp_path, "a.jsonl", json.dumps(within, ensure_ascii=False).encode())
    put(tmp_path, "b.json", json.dumps({"title": "讲话", "content": blocks}, ensure_ascii=False).encode())
    tree = [{"type": "paragraph", "content": [{"type": "text", "text": "各位好。"}, {"type": "text", "text": "请坐。"}]}]
    put(tmp_path, "c.json", json.dumps({"body": {"type": "doc", "content": tree}}, ensure_ascii=False).encode())
    put(tmp_path, "d.jsonl", json.dumps({"文件名": "a", "段落": [{"行号": 1, "内容": "同志们："}, {"行号": 2, "内容": "散会。"}]}).encode())
    put(tmp_path, "e.json", json.dumps({"data": [{"type": "text", "title": "讲话", "content": SPEECH}]}).encode())
    found = everything(tmp_path)
    text = "会场\n乡亲们：\n路要修\n今年要修环库公路，争取<两>年修成。"
    assert found["a.jsonl#0"].raw_text == found["b.json"].raw_text == text
    assert found["a.jsonl#0"].layout == (Mark(0, 2, "caption"), Mark(8, 11, "heading", 2))
    assert found["a.jsonl#0"].metadata == {"title": "在会上的讲话", "source": "某日报"} and found["b.json"].metadata == {"title": "讲话"}
    assert found["c.json"].raw_text == "各位好。请坐。" and found["d.jsonl#0"].raw_text == "同志们：\n散会。"
    assert found["e.json#0"].raw_text == SPEECH, "a record with a title of its own"


@pytest.mark.parametrize("kind", [
    {"type": "heading_4"}, {"type": "header-four"}, {"type": "h4"}, {"type": "heading", "attrs": {"level": 4}},
    {"type": "header", "level": 4}, {"type": "小标题", "data": {"level": 4}}])
def test_headings_among_blocks_keep_the_level_that_they_name(tmp_path, kind):
    blocks = [{"type": "paragraph", "text": "乡亲们："}, kind | {"text": "路要修"}, {"type": "paragraph", "text": "今年要修环库公路。"}]
    put(tmp_path, "a.json", json.dumps({"title": "讲话", "content": blocks}, ensure_ascii=False).encode())
    assert everything(tmp_path)["a.json"].layout == (Mark(5, 8, "heading", 4),)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("同志们：_x000D_\n开会。_x000d_\r\n散会_x005F_x。", "同志们：\r\n开会。\r\n散会_x。"),
        ("同志们：\\r\\n\\t开会。\\n\\n散会。", "同志们：\n\t开会。\n\n散会。"),
        ("同志们：\\\\n开会。\\\\n散会。", "同志们：\n开会。\n散会。"),
        ("文件在C:\\news\\new\\里。", "文件在C:\\news\\new\\里。"),
        ("写作\\n，读作换行。", "写作\\n，读作换行。"),
        ("一行写\\n，\n又一行写\\n，\n再写\\n。", "一行写\\n，\n又一行写\\n，\n再写\\n。"),
    ],
)
def test_what_was_escaped_for_another_program(tmp_path, field, text):
    put(tmp_path, "a.jsonl", json.dumps({"content": field}).encode())
    assert everything(tmp_path)["a.jsonl#0"].raw_text == text


def test_an_open_quote_costs_its_own_record(tmp_path):
    put(tmp_path, "a.csv", f'id,content\n1,"{SPEECH}"\n2,"没有合上的引号\n3,"{SPEECH}"\n4,一句没有引号的话\n'.encode())
    found = everything(tmp_path)
    assert found["a.csv#1"].reason == "bad_record"
    assert [path for path, item in found.items() if isinstance(item, Document)] == ["a.csv#0", "a.csv#2", "a.csv#3"]


def test_tables_as_excel_saves_unicode_text(tmp_path):
    put(tmp_path, "a.csv", f'标题\t正文\r\n讲话\t"{SPEECH}"\r\n'.encode("utf-16"))
    document = everything(tmp_path)["a.csv#0"]
    assert document.raw_text == SPEECH and document.metadata == {"title": "讲话"} and document.encoding == "utf-16"


def test_sloppy_quotes_are_read_as_they_come(tmp_path):
    put(
        tmp_path, "a.csv", 'id,content\n1,"重点"工作要抓好，不能放松，这是对大家的基本要求，也是组织的期望\n2,他说"要抓好"这件事\n'.encode()
    )
    assert [item.raw_text for item in everything(tmp_path).values()] == [
        "重点工作要抓好，不能放松，这是对大家的基本要求，也是组织的期望",
        '他说"要抓好"这件事',
    ]


def test_json_shapes(tmp_path):
    record = {"标题": "讲话", "正文": SPEECH}
    for name, value in {
        "list.json": [record, SPEECH, 5],
        "data.json": {"code": 0, "data": [record, record]},
        "keyed.json": {"1": record, "2": record},
        "gbk.json": [record],
    }.items():
        put(tmp_path, name, json.dumps(value, ensure_ascii=False).encode("gbk" if name == "gbk.json" else "utf-8"))
    found = everything(tmp_path)
    assert {path: item.raw_text if isinstance(item, Document) else item.reason for path, item in found.items()} == {
        "list.json#0": SPEECH,
        "list.json#1": SPEECH,
        "list.json#2": "bad_record",
        "data.json#0": SPEECH,
        "data.json#1": SPEECH,
        "keyed.json#0": SPEECH,
        "keyed.json#1": SPEECH,
        "gbk.json#0": SPEECH,
    }


def test_records_that_hold_markup_are_read_as_pages(tmp_path):
    put(
        tmp_path,
        "a.jsonl",
        json.dumps({"content": "<p>同志们：</p><p><strong>一、要抓好落实</strong></p><p>大家辛苦了。</p>"}, ensure_ascii=False).encode(),
    )
    document = everything(tmp_path)["a.jsonl#0"]
    assert document.raw_text == "同志们：\n一、要抓好落实\n大家辛苦了。" and document.layout == (Mark(5, 12, "bold"),)


def test_workbooks(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["标题", "内容"])
    book.active.append(["讲话", SPEECH])
    other = book.create_sheet("二")
    other.append(["说明"])
    book.create_sheet("三").append(["讲话二", "内容二" * 30])
    book.save(tmp_path / "a.xlsx")
    found = everything(tmp_path)
    assert found["a.xlsx#0"].raw_text == SPEECH and found["a.xlsx#0"].metadata == {"title": "讲话"}
    assert found["a.xlsx#1"].raw_text == "内容二" * 30


def test_web_archives(tmp_path):
    page = "<html><head><meta charset=gbk><title>讲话</title></head><body><p>同志们，大家好。</p></body></html>".encode("gbk")
    web = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n" + page
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n"

    def record(kind, uri, body, content="application/http; msgtype=response"):
        return (
            (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\nContent-Type: {content}\r\n"
                f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Length: {len(body)}\r\n\r\n"
            ).encode()
            + body
            + b"\r\n\r\n"
        )

    put(
        tmp_path,
        "a.warc.gz",
        gzip.compress(record("warcinfo", "", b"x", "text/plain"))
        + gzip.compress(record("response", "https://example.org/1.html", web))
        + gzip.compress(record("response", "https://example.org/2.png", picture)),
    )
    put(tmp_path, "b.wet", record("conversion", "https://example.org/3", SPEECH.encode(), "text/plain"))
    found = everything(tmp_path)
    assert found["a.warc.gz#0"].raw_text == "同志们，大家好。" and found["a.warc.gz#0"].encoding == "gb18030"
    assert found["a.warc.gz#0"].metadata == {"title": "讲话", "url": "https://example.org/1.html", "accessed": "2024-01-02T03:04:05Z"}
    assert found["a.warc.gz#1"].reason == "binary"
    assert found["b.wet#0"].raw_text == SPEECH


def test_packed_in_other_ways(tmp_path):
    import bz2
    import lzma

    import py7zr

    put(tmp_path, "a.txt.bz2", bz2.compress(SPEECH.encode()))
    put(tmp_path, "b.txt.xz", lzma.compress(SPEECH.encode()))
    held = io.BytesIO()
    with pa.CompressedOutputStream(held, "zstd") as stream:
        stream.write(SPEECH.encode())
        stream.flush()
        zst = held.getvalue() if not held.closed else b""
    with pa.CompressedOutputStream(str(tmp_path / "c.txt.zst"), "zstd") as stream:
        stream.write(SPEECH.encode())
    assert isinstance(zst, bytes)
    with py7zr.SevenZipFile(tmp_path / "d.7z", "w") as archive:
        archive.writestr(SPEECH, "甲/e.txt")
    found = everything(tmp_path)
    assert {path: item.raw_text for path, item in found.items()} == dict.fromkeys(
        ("a.txt.bz2", "b.txt.xz", "c.txt.zst", "d.7z#甲/e.txt"), SPEECH
    )


def test_a_page_saved_as_doc_and_a_name_with_a_hash(tmp_path):
    put(tmp_path, "a.doc", "<html><body><p>同志们：</p><p>大家好。</p></body></html>".encode("gbk"))
    put(tmp_path, "b.txt", SPEECH.encode())
    put(tmp_path, "b.txt#0", SPEECH.encode())
    found = everything(tmp_path)
    assert found["a.doc"].raw_text == "同志们：\n大家好。" and found["a.doc"].media_type == "text/html"
    assert sorted(found) == ["a.doc", "b.txt", "b.txt%230"]


def test_a_page_saved_with_its_pictures(tmp_path):
    import quopri

    body = quopri.encodestring("<html><head><title>讲话</title></head><body><p>同志们：</p><p>大家好。</p></body></html>".encode("gb2312"))
    put(
        tmp_path,
        "a.mht",
        b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=b"\r\n\r\n--=b\r\nContent-Type: text/html; '
        b'charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/a.htm\r\n\r\n'
        + body
        + b"\r\n--=b--\r\n",
    )
    document = everything(tmp_path)["a.mht"]
    assert document.raw_text == "同志们：\n大家好。" and document.metadata == {"title": "讲话", "url": "https://example.org/a.htm"}


def test_pieces_of_a_page_take_their_marks_along(tmp_path):
    pieces = "".join(f"<h2>在第{n}次会议上的讲话</h2><p>（二〇一{n}年三月五日）</p><p>{SPEECH * 3}</p>" for n in "三四五六")
    put(tmp_path, "a.html", f"<html><head><title>讲话汇编</title></head><body>{pieces}</body></html>".encode())
    found = everything(tmp_path)
    assert list(found) == [f"a.html#{n}" for n in range(4)]
    assert [[item.raw_text[mark.start : mark.end] for mark in item.layout] for item in found.values()] == [
        [f"在第{n}次会议上的讲话"] for n in "三四五六"
    ]
    assert found["a.html#0"].metadata == {}
    assert found["a.html#3"].metadata["collection"] == "讲话汇编"


def test_pieces_know_what_stands_above_all_of_them_but_not_who_spoke_or_under_which_title(tmp_path):
    pieces = "".join(f"<h2>篇{n}：在第{n}次会议上的讲话</h2><p>{SPEECH * 9}</p>" for n in "一二三")
    bar = "<h1>会议讲话稿（3篇）</h1><p>2021-04-05 来源：某某文秘网</p><p>以下是三篇讲话。</p>"
    head = "<head><title>会议讲话稿（3篇）</title><meta name='author' content='王某'></head>"
    put(tmp_path, "a.html", f"<html>{head}<body>{bar}{pieces}</body></html>".encode())
    found = everything(tmp_path)
    assert list(found) == [f"a.html#{n}" for n in range(4)]
    assert "masthead" not in found["a.html#0"].metadata
    assert found["a.html#2"].metadata == {
        "collection": "会议讲话稿（3篇）", "masthead": "会议讲话稿（3篇）\n2021-04-05 来源：某某文秘网"}


def test_limits_can_be_set(tmp_path):
    put(tmp_path, "a.txt", SPEECH.encode())
    (source,), _ = list_sources(str(tmp_path))
    assert [item.reason for item in read(source, limits=Limits(document_bytes=10))] == ["too_large"]
    assert [item.reason for item in read(source, limits=Limits(file_bytes=10))] == ["too_large"]


def test_collections_give_their_pieces(tmp_path):
    text = "".join(f"在第{n}次会议上的讲话\n（二〇一{n}年三月五日）\n{SPEECH * 3}\n\n" for n in "三四五六")
    put(tmp_path, "a.txt", text.encode("gb18030"))
    found = everything(tmp_path)
    assert list(found) == ["a.txt#0", "a.txt#1", "a.txt#2", "a.txt#3"]
    assert "".join(item.raw_text for item in found.values()) == text and sum(item.byte_count for item in found.values()) == len(
        text.encode("gb18030")
    )


@pytest.mark.parametrize("megabytes", [1000, pytest.param(5000, marks=pytest.mark.soak)])
def test_memory_stays_flat_over_many_records(megabytes, tmp_path):
    import subprocess
    import sys

    line = json.dumps({"content": SPEECH * 20}, ensure_ascii=False).encode() + b"\n"
    with open(tmp_path / "big.jsonl", "wb") as stream:
        block = line * 256
        for _ in range(megabytes * 1_000_000 // len(block)):
            stream.write(block)
    script = (
        "import re, sys\nfrom flows.ingest.sources import list_sources, parts, read\n"
        "(source,), _ = list_sources(sys.argv[1])\n"
        "first = 0\n"
        "peak = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()).group(1))\n"
        "for part in range(parts(source)):\n"
        "    for n, item in enumerate(read(source, part)):\n"
        "        if part == 0 and n == 100: first = peak()\n"
        "print(first, peak())\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, cwd=HERE)
    first, last = map(int, done.stdout.split())
    assert last - first < 40_000  # kilobytes


def test_real_sets_give_as_many_documents_as_are_known(shared):
    corpora, gold = shared / "corpora", shared / "eval" / "gold"
    for name in ("forged", "scraped-csv", "meetings", "scraped"):
        found = everything(corpora / name)
        known = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((gold / name).glob("*.json"))]
        assert sorted(found) == sorted(each["file"] for each in known)
        for each in known:
            if each.get("encoding"):
                assert found[each["file"]].encoding == each["encoding"], each["file"]


def test_sources_of_a_store(tmp_path, monkeypatch):
    moto = pytest.importorskip("moto.server", reason="needs an S3 server to test against")
    import pyarrow.fs as fs

    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        store = fs.S3FileSystem(endpoint_override=f"{host}:{port}", scheme="http", region="us-east-1", allow_bucket_creation=True)
        store.create_dir("raw")
        for key, data in {
            "set/a.txt": SPEECH.encode("gb18030"),
            "set/b/c.zip": zipped({"d.txt": SPEECH.encode()}),
            "set/b/source.toml": b'licence = "CC0"',
            "set/.hidden": b"x",
            "other/e.txt": b"x",
        }.items():
            with store.open_output_stream(f"raw/{key}") as stream:
                stream.write(data)
        found = everything("s3://raw/set")
        assert {path: item.raw_text for path, item in found.items()} == {"s3://raw/set/a.txt": SPEECH, "s3://raw/set/b/c.zip#d.txt": SPEECH}
        assert found["s3://raw/set/b/c.zip#d.txt"].metadata == {"licence": "CC0"}
        assert list(everything("s3://raw/set/a.txt")) == ["s3://raw/set/a.txt"]
        with pytest.raises(FileNotFoundError):
            list_sources("s3://raw/nothing")
    finally:
        server.stop()


def test_a_source_can_cross_processes(tmp_path):
    put(tmp_path, "a.txt", SPEECH.encode())
    (source,), _ = list_sources(str(tmp_path))
    assert Source(source.path, source.location, source.byte_count, source.mtime_ns) == source and hash(source)


def test_the_limits_that_the_settings_give_hold(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir(), out.mkdir()
    (raw / "long.txt").write_text("大家好。" * 400, encoding="utf-8")
    (raw / "short.txt").write_text("大家好。" * 40, encoding="utf-8")
    settings = settings_from({"raw": str(raw), "limits": {"document_bytes": 1000}}).content()
    sources = [[source.path, source.location, source.byte_count, source.mtime_ns, 0] for source in list_sources(str(raw))[0]]
    read_batch({"sources": sources, "shard_bits": 0}, settings, out)
    assert read_frame(out / "rejects.arrow").select("source_path", "reason").rows() == [("long.txt", "too_large")]
    assert read_frame(out / "items-0000.arrow")["source_path"].to_list() == ["short.txt"]
