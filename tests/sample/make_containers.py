"""Packs and encodes the plain sources of tests/sample/plain into the documents of data/raw that cannot be read as they are.

    .venv/bin/python tests/sample/make_containers.py

The same bytes come out on every machine: nothing is compressed, and every member has the same time.
"""
from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

PLAIN = Path(__file__).resolve().parent / "plain"
RAW = Path(__file__).resolve().parents[2] / "data" / "raw"

# file of data/raw: (source, encoding)
ENCODED = {
    "04-grain-storage.txt": ("04-grain-storage.txt", "gb18030"),
    "07-library-opening.txt": ("07-library-opening.txt", "big5"),
    "08-duty-report.txt": ("08-duty-report.txt", "utf-16"),
    "26-clinic.html": ("26-clinic.html", "gb18030"),
}
WORD = {"06-village-roads.docx": "06-village-roads.txt"}
# archive: {member: (source, encoding)}
ARCHIVES = {"10-mirror.zip": {"flood.txt": ("10-flood.txt", "gb18030"), "list.txt": ("10-list.txt", "utf-8")}}

_NAMESPACE = "http://schemas.openxmlformats.org"
_TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{_NAMESPACE}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{_NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" \
Type="{_NAMESPACE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""


def encoded(source: str, encoding: str) -> bytes:
    """A plain source in an encoding; UTF-16 with a byte order mark, little-endian."""
    text = (PLAIN / source).read_text(encoding="utf-8")
    return b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data)
    return buffer.getvalue()


def word(source: str) -> bytes:
    """A Word document, a line of the source a paragraph; `# ` makes the title."""
    paragraphs = []
    for line in (PLAIN / source).read_text(encoding="utf-8").splitlines():
        style = '<w:pPr><w:pStyle w:val="Title"/><w:jc w:val="center"/></w:pPr>' if line.startswith("# ") else ""
        paragraphs.append(f'<w:p>{style}<w:r><w:t xml:space="preserve">{escape(line.removeprefix("# "))}</w:t></w:r></w:p>')
    body = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{_NAMESPACE}/wordprocessingml/2006/main">'
            f'<w:body>{"".join(paragraphs)}</w:body></w:document>')
    return archive({name: part.encode() for name, part in (
        ("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", body))})


def containers() -> dict[str, bytes]:
    """{file of data/raw: its bytes} of all that is made from plain sources."""
    return ({name: encoded(*source) for name, source in ENCODED.items()}
            | {name: word(source) for name, source in WORD.items()}
            | {name: archive({member: encoded(*source) for member, source in members.items()}) for name, members in ARCHIVES.items()})


if __name__ == "__main__":
    for name, data in containers().items():
        (RAW / name).write_bytes(data)
