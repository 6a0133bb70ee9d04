"""Word-processor files and PDFs made text."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from flows.ingest.documents import Mark
from flows.ingest.limits import Limits, Unreadable
from flows.ingest.pages import Page
from flows.ingest.papers import borne_out, old_word, open_document, pdf, rich_text, word
from tests.ingest.hostile import zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def opened(members: dict[str, str]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(zipped({name: data.encode() for name, data in members.items()})))


def docx(body: str, **others: str) -> zipfile.ZipFile:
    return opened(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            **{name.replace("__", "/") + ".xml": data for name, data in others.items()},
        }
    )


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def test_word_paragraphs_bold_and_headings():
    styles = (
        f'<w:styles {W}><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="T">'
        f'<w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="2"><w:name w:val="我的"/><w:basedOn w:val="1"/></w:style></w:styles>'
    )
    body = (
        paragraph("在会上的讲话", '<w:pStyle w:val="T"/>')
        + paragraph("同志们：")
        + paragraph("一、提高认识", '<w:jc w:val="center"/>', run="<w:b/>")
        + paragraph("二、抓好落实", '<w:pStyle w:val="2"/>')
        + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>（一）要带头。</w:t></w:r><w:r>"
        '<w:rPr><w:b w:val="0"/></w:rPr><w:t>干部先行。</w:t></w:r></w:p>'
    )
    found = word(docx(body, word__styles=styles), Limits())
    assert found.text == "在会上的讲话\n同志们：\n一、提高认识\n二、抓好落实\n（一）要带头。干部先行。\n"
    assert [(found.text[mark.start : mark.end], mark.kind, mark.level) for mark in found.layout] == [
        ("在会上的讲话", "title", None),
        ("一、提高认识", "bold", 1),
        ("二、抓好落实", "heading", 1),
        ("（一）要带头。", "bold", None),
    ]


def test_word_counts_by_itself():
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/>'
        '</w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def level(n: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="5"/></w:numPr>'

    body = "".join(
        paragraph(text, level(n)) for text, n in (("提高认识", 0), ("学习", 1), ("思考", 1), ("抓好落实", 0), ("带头", 1), ("点", 2))
    )
    assert (
        word(docx(body, word__numbering=numbering), Limits()).text == "一、提高认识\n（一）学习\n（二）思考\n二、抓好落实\n（一）带头\n点\n"
    )


def test_word_takes_what_a_reader_sees():
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t>丙</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:br/><w:t>丁</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>值</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    found = word(docx(body), Limits())
    assert found.text.replace("\n\n", "\n") == "甲乙丙\n丁\n项\t值\n一\t2\n框\n" and found.layout == (Mark(6, 14, "table"),)


def test_word_properties():
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>讲话</dc:title>'
        "<dc:creator>Administrator</dc:creator><dcterms:created>2024-01-02T00:00:00Z</dcterms:created>"
        "</cp:coreProperties>"
    )
    assert word(docx(paragraph("好"), docProps__core=core), Limits()).metadata == {"title": "讲话", "author": "Administrator"}


def test_properties_count_where_the_text_bears_them_out():
    said = {"title": "在会上的 讲话", "author": "Administrator"}
    assert borne_out(Page("在会上的讲话\n同志们：\n", (), said)) == {"title": "在会上的 讲话"}
    assert borne_out(Page("关于开会的通知\n", (), said)) == {}


def test_open_document():
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        "<office:body><office:text><text:h text:outline-level='2'>一、提高认识</text:h>"
        '<text:p>同志们<text:s text:c="2"/>，<text:span>大家</text:span>好<text:line-break/>谢谢</text:p>'
        "</office:text></office:body></office:document-content>"
    )
    found = open_document(opened({"content.xml": content, "mimetype": "application/vnd.oasis.opendocument.text"}), Limits())
    assert found.text == "一、提高认识\n同志们  ，大家好\n谢谢\n" and found.layout == (Mark(0, 6, "heading", 2),)


def test_rich_text():
    said = "".join(f"\\'{byte:02x}" for byte in "同志们，大家好".encode("gbk"))
    found = rich_text(
        (r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}}\f0 " + said + r"\par \u35762?\u35805?\par}").encode()
    )
    assert found.text.split() == ["同志们，大家好", "讲话"]


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB, version 3) with streams of 4096 bytes or more, in order."""
    sector = 512
    names = list(streams)
    blocks = {name: -(-len(data) // sector) for name, data in streams.items()}
    entries_at = 1
    starts, at = {}, entries_at + 1
    for name in names:
        starts[name], at = at, at + blocks[name]
    table = [0xFFFFFFFD, 0xFFFFFFFE] + [0] * (at - 2)
    for name in names:
        for n in range(blocks[name]):
            table[starts[name] + n] = starts[name] + n + 1 if n + 1 < blocks[name] else 0xFFFFFFFE
    assert at <= 128
    table += [0xFFFFFFFF] * (128 - len(table))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
        + struct.pack("<IIIIIIIII", 0, 1, entries_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<I", 0)
        + b"\xff" * (108 * 4)
    )

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        said = name.encode("utf-16-le") + b"\0\0"
        return (
            said.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(said), kind, 1, 0xFFFFFFFF, right, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    made = entry("Root Entry", 5, 0xFFFFFFFF, 1, 0xFFFFFFFE, 0)
    for n, name in enumerate(names, 1):
        made += entry(name, 2, n + 1 if n < len(names) else 0xFFFFFFFF, 0xFFFFFFFF, starts[name], len(streams[name]))
    made = made.ljust(sector, b"\0")
    return header + struct.pack("<128I", *table) + made + b"".join(streams[name].ljust(blocks[name] * sector, b"\0") for name in names)


def doc(*pieces: tuple[str, bool], flags: int = 0x0200) -> bytes:
    """A Word 97 file of pieces of text, each in 8-bit or in 16-bit characters."""
    main = bytearray(0x0400)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 0x0A, flags)
    bounds, places = [0], b""
    for text, wide in pieces:
        bounds.append(bounds[-1] + len(text))
        offset = len(main)
        main += text.encode("utf-16-le" if wide else "cp1252")
        places += struct.pack("<HIH", 0, offset if wide else offset * 2 | 0x40000000, 0)
    struct.pack_into("<i", main, 0x4C, bounds[-1])
    plc = struct.pack(f"<{len(bounds)}I", *bounds) + places
    clx = b"\x01\x02\x00\x00\x00" + b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", main, 0x01A2, 16, len(clx))
    table = b"\0" * 16 + clx
    return ole({"WordDocument": bytes(main).ljust(4096, b"\0"), "1Table": table.ljust(4096, b"\0")})


def test_old_word():
    data = doc(("同志们：\r大家好。\r", True), ("GDP 8%\r", False), ('见\x13 HYPERLINK "http://x" \x14附件\x15。\x07\x0c谢谢\r', True))
    assert old_word(data).text == "同志们：\n大家好。\nGDP 8%\n见附件。\t\n谢谢\n"


def test_old_word_that_cannot_be_read():
    for data, reason in (
        (doc(("密", True), flags=0x0300), "encrypted"),
        (ole({"Workbook": b"x" * 4096}), "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900, "broken_container"),
    ):
        with pytest.raises(Unreadable) as problem:
            old_word(data)
        assert problem.value.reason == reason


def test_pdf():
    stream = b"BT /F1 12 Tf 72 700 Td (Comrades, hello.) Tj 0 -20 Td (Thank you.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(Speech)>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for n, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (n, each)
    made += (
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + b"".join(b"%010d 00000 n \n" % place for place in places)
        + b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    )
    found = pdf(made, Limits())
    assert found.text.split("\n") == ["Comrades, hello.", "Thank you."] and found.metadata == {"title": "Speech"}


def cells(*rows: tuple[str, ...]) -> str:
    """A table; the paragraphs of a cell are parted by /."""
    return "<w:tbl>" + "".join(
        "<w:tr>" + "".join("<w:tc>" + "".join(map(paragraph, cell.split("/"))) + "</w:tc>" for cell in row) + "</w:tr>" for row in rows
    ) + "</w:tbl>"


def test_a_cell_that_holds_prose_is_read_in_lines_and_a_short_one_in_its_row():
    said = "同志们：/" + "这堂课只讲一件事，就是怎样把账记清楚、把话说明白。" * 6 + "/一、账要清/" + "月月公布，笔笔可查。" * 3
    table = cells(("课　题", "一本账"), ("讲/课/内/容", said), ("备注", "王某/李某"))
    assert word(docx(table), Limits()).text == "课　题\t一本账\n讲课内容\n" + said.replace("/", "\n") + "\n备注\t王某 李某\n"


def test_footnotes_and_endnotes_are_notes():
    def notes(kind: str, text: str) -> str:
        separator = f'<w:{kind} w:type="separator" w:id="0">{paragraph("线")}</w:{kind}>'
        return f'<w:{kind}s {W}>{separator}<w:{kind} w:id="1">{paragraph(text)}</w:{kind}></w:{kind}s>'

    found = word(
        docx(paragraph("古人说过。"), word__footnotes=notes("footnote", "见旧志。"), word__endnotes=notes("endnote", "共三卷。")), Limits()
    )
    assert found.text == "古人说过。\n见旧志。\n共三卷。\n"
    assert [(found.text[mark.start : mark.end], mark.kind) for mark in found.layout] == [("见旧志。\n", "note"), ("共三卷。\n", "note")]
