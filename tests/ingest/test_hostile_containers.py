"""Containers that stopped a run, or would have: each gives documents and rows of rejects, never an error."""
import io
import json
import os
import tarfile
import zipfile

import pytest

from flows.ingest import containers, provenance
from flows.ingest.documents import Document, Reject
from flows.ingest.sources import list_sources, read
from tests.hostile import ends
from tests.ingest.hostile import tar_entry, tarred

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


@ends
@pytest.mark.parametrize("opening", ["<p ", '<p a=">" ', "<p<", "<body><p "])
def test_a_tag_of_hundreds_of_thousands_of_attributes_is_read_at_once(tmp_path, opening: str):
    many = " ".join(f"a{n}='>'" for n in range(200_000))
    content = f"<html><body>{opening}{many}>{TEXT}</p></body></html>".encode()
    (document,) = items(tmp_path, "a.html", content)
    assert isinstance(document, Document) and TEXT in document.raw_text


@ends
def test_attributes_given_to_a_page_again_and_again_are_read_at_once(tmp_path):
    content = f"<html><body>{''.join(f'<body a{n}=1>' for n in range(100_000))}<p>{TEXT}</p></body></html>".encode()
    (document,) = items(tmp_path, "a.html", content)
    assert isinstance(document, Document) and TEXT in document.raw_text


@ends
def test_a_header_of_a_saved_page_of_a_million_parameters_is_read_at_once(tmp_path):
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b" + b"; x=1" * 1_000_000
    content = head + b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>" + TEXT.encode() + b"\r\n--b--\r\n"
    (document,) = items(tmp_path, "a.mht", content)
    assert isinstance(document, Document) and TEXT in document.raw_text


def workbook(change) -> bytes:
    """A workbook of a header and two rows, its sheet's XML changed."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["标题", "内容"], ["一", TEXT + "一"], ["二", TEXT + "二"]):
        book.active.append(row)
    made, held = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            data = archive.read(name)
            changed.writestr(name, change(data.decode()).encode() if name == "xl/worksheets/sheet1.xml" else data)
    return held.getvalue()


@ends
@pytest.mark.parametrize("number", ["1000000000000", "9" * 30])
def test_a_row_of_a_workbook_numbered_beyond_all_rows_is_a_row(tmp_path, number: str):
    content = workbook(lambda xml: xml.replace('r="3"', f'r="{number}"').replace('"A3"', f'"A{number}"').replace("B3", f"B{number}"))
    found = items(tmp_path, "a.xlsx", content)
    assert [item.raw_text[-1] for item in found if isinstance(item, Document)] == ["一", "二"]


@pytest.mark.parametrize("said", ["A1", "A1:B2", "A1:XFD999999999999"])
def test_a_workbook_is_read_whatever_it_says_of_its_size(tmp_path, said: str):
    found = items(tmp_path, "a.xlsx", workbook(lambda xml: xml.replace('"A1:B3"', f'"{said}"')))
    assert [item.raw_text[-1] for item in found if isinstance(item, Document)] == ["一", "二"] and len(found) == 2


@pytest.mark.parametrize("odd", ['r="ZZZZZZ2"><v>1</v>', 'r="A2" t="n"><v>no number</v>', 'r="A2" t="s"><v>77</v>'])
def test_an_odd_cell_of_a_workbook_costs_its_own_row(tmp_path, odd: str):
    first, second = items(tmp_path, "a.xlsx", workbook(lambda xml: xml.replace('r="A2" t="inlineStr"><is><t>&#19968;</t></is>', odd)))
    assert isinstance(first, Reject) and (first.source_path, first.reason) == ("a.xlsx#0", "bad_record")
    assert isinstance(second, Document) and second.source_path == "a.xlsx#1"


def tar_header(kind: bytes, size: int) -> bytes:
    info = tarfile.TarInfo("about")
    info.type, info.size = kind, size
    return info.tobuf(tarfile.GNU_FORMAT)


@ends
@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_no_more_of_a_tar_header_is_read_than_one_can_hold(tmp_path, kind: bytes):
    good = tarred((tar_entry("a.txt"), TEXT.encode())).rstrip(b"\0")
    good += bytes(-len(good) % 512)
    (tmp_path / "a.tar").write_bytes(good + tar_header(kind, 10**11))
    os.truncate(tmp_path / "a.tar", 10**11)     # a hole: it takes no room on the disk
    found = list(read(list_sources(str(tmp_path))[0][0]))
    document, reject = found
    assert isinstance(document, Document) and isinstance(reject, Reject) and reject.reason == "archive_limit"


def test_headers_of_a_tar_without_end_or_number_end_no_run(tmp_path):
    chain = tar_header(tarfile.XHDTYPE, 0) * 5000
    (item,) = items(tmp_path, "a.tar", chain + bytes(1024))
    assert isinstance(item, Reject) and item.reason == "broken_container"


def pdf(pages: int, content: bytes) -> bytes:
    """A PDF whose page tree lists its one page `pages` times."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages,
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
               b"<</Length %d>>stream\n%s\nendstream" % (len(content), content), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(made))


HELLO = b"BT /F1 12 Tf (hello) Tj ET "


def test_a_pdf_that_lists_one_page_a_few_times_is_read(tmp_path):
    (few,) = items(tmp_path, "a.pdf", pdf(3, HELLO))
    assert isinstance(few, Document) and few.raw_text.count("hello") == 3


@ends
@pytest.mark.parametrize(("pages", "words"), [(20_000, 1), (200, 20_000)])
def test_a_pdf_that_lists_one_page_again_and_again_is_given_up(tmp_path, pages: int, words: int):
    content = pdf(pages, HELLO * words)
    (item,) = items(tmp_path, "a.pdf", content)
    assert isinstance(item, Reject) and item.reason == "archive_limit"


ENDLESS = {"a" + ".a" * 30_000 + " = 1": "at line 1", "[" + " a . " * 9_000 + "a]": "without end", "a = " + "1_" * 30_000: "without end",
           "a = 1979-05-27T00:00:00." + "0" * 60_000: "without end", "a = " + "[" * 60_000: "recursion", "a" * 60_000: "Expected",
           "a = 1\n" * 20_000: "more than 65536 bytes"}


@ends
@pytest.mark.parametrize("card", ENDLESS, ids=lambda card: card[:12])
def test_a_card_is_read_at_once_or_told(card: str):
    broken: dict[str, str] = {}
    given = card.encode()
    provenance.card_of("x.txt", lambda path: given if path == "source.toml" else None, broken)
    assert ENDLESS[card] in broken["source.toml"]


def test_a_member_that_the_directory_puts_outside_of_the_archive(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("one.txt", TEXT)
        archive.writestr("two.txt", TEXT + "二")
    content = bytearray(held.getvalue())
    del content[:20]        # every place in the directory is now twenty bytes too far, the first before the beginning
    found = items(tmp_path, "a.zip", bytes(content))
    assert found and all(isinstance(item, Reject) and item.reason == "broken_container" for item in found)
