"""Containers that stopped a run, or would have: each gives documents and rows of rejects, never an error."""
import io
import json
import time
import zipfile

import pytest

from flows.ingest import containers, provenance
from flows.ingest.documents import Document, Reject
from flows.ingest.sources import list_sources, read

TEXT = "同志们：今天把大家请来，就讲一件事：修路。路不通，山里的果子就运不出去，这个道理大家都懂。" * 4


def items(folder, name: str, content: bytes) -> list[Document | Reject]:
    (folder / name).write_bytes(content)
    return list(read(list_sources(str(folder))[0][0]))


def test_half_a_surrogate_pair_in_what_a_page_says_of_itself(tmp_path):
    said = '<script type="application/ld+json">{"headline": "\\ud800修路"}</script>'
    (document,) = items(tmp_path, "a.html", f"<html><head>{said}</head><body><p>{TEXT}</p></body></html>".encode())
    assert isinstance(document, Document)
    json.dumps(document.metadata, ensure_ascii=False).encode()


def test_half_a_surrogate_pair_in_the_name_of_a_field(tmp_path):
    for item in items(tmp_path, "a.jsonl", b'{"\\ud800": 1}\n'):
        assert isinstance(item, Reject)
        f"{item.source_path}{item.detail}".encode()


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"b": '])
def test_json_of_a_great_depth_is_not_parsed(tmp_path, opening: str):
    (item,) = items(tmp_path, "a.json", b"[" + opening.encode() * 50_000)
    assert isinstance(item, Reject) and item.reason in ("broken_container", "bad_record", "failed", "no_text_column")


def test_a_number_of_thousands_of_digits_in_a_card_ends_no_run():
    found = provenance.card_of("x.txt", lambda path: b"a = " + b"9" * 6000 if path == "source.toml" else None)
    assert found is not None


def test_a_document_of_an_office_program_is_one_part():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "word/media/1.png", "word/media/2.png", "word/settings.xml"):
            archive.writestr(name, b"x")
    archive = zipfile.ZipFile(content)
    for info in archive.filelist:
        info.file_size = containers.PART_BYTES
    assert len(containers.zip_parts(archive)) == 1


# --- what would take the square of its size, or much more than its size -------------------------------------------------------------


def seconds_of(call) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


@pytest.mark.parametrize("opening", ["<p ", '<p a=">" ', "<p<", "<body><p "])
def test_a_tag_of_hundreds_of_thousands_of_attributes_is_read_at_once(tmp_path, opening: str):
    many = " ".join(f"a{n}='>'" for n in range(200_000))
    found: list[Document | Reject] = []
    content = f"<html><body>{opening}{many}>{TEXT}</p></body></html>".encode()
    assert seconds_of(lambda: found.extend(items(tmp_path, "a.html", content))) < 5
    (document,) = found
    assert isinstance(document, Document) and TEXT in document.raw_text


def test_attributes_given_to_a_page_again_and_again_are_read_at_once(tmp_path):
    found: list[Document | Reject] = []
    content = f"<html><body>{''.join(f'<body a{n}=1>' for n in range(100_000))}<p>{TEXT}</p></body></html>".encode()
    assert seconds_of(lambda: found.extend(items(tmp_path, "a.html", content))) < 6
    (document,) = found
    assert isinstance(document, Document) and TEXT in document.raw_text


def test_a_header_of_a_saved_page_of_a_million_parameters_is_read_at_once(tmp_path):
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b" + b"; x=1" * 1_000_000
    content = head + b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>" + TEXT.encode() + b"\r\n--b--\r\n"
    found: list[Document | Reject] = []
    assert seconds_of(lambda: found.extend(items(tmp_path, "a.mht", content))) < 5
    (document,) = found
    assert isinstance(document, Document) and TEXT in document.raw_text
