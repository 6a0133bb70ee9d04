"""The text of word-processor files and PDFs: Word (.docx, .doc), OpenDocument (.odt), RTF and PDF, one paragraph a line, with marks."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from flows.ingest.documents import Mark
from flows.ingest.limits import MEBIBYTE, Limits, Unreadable
from flows.ingest.pages import Page

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODF_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
MAIN_PART = re.compile(r"word/document\d{0,3}\.xml")
_SPACE = re.compile(r"\s+")
_HAN_DIGITS = "〇一二三四五六七八九"


def _parts_of(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """A member of a document's archive, no larger than the limits allow."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise Unreadable("broken_container", f"the document's {name} is missing") from None
    if info.file_size > limits.document_bytes * 2:
        raise Unreadable("too_large", f"the document's {name} unpacks to {info.file_size} bytes")
    if info.file_size > limits.ratio_grace and info.file_size > limits.ratio * max(info.compress_size, 1):
        raise Unreadable("archive_limit", f"the document's {name} unpacks to more than {limits.ratio} times its size")
    if info.flag_bits & 1:
        raise Unreadable("encrypted", "the document is protected by a password")
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, struct.error) as problem:
        raise Unreadable("broken_container", f"the document's {name} is damaged: {problem}") from None
    except Exception as problem:  # zlib.error, lzma errors
        raise Unreadable("broken_container", f"the document's {name} is damaged: {type(problem).__name__}") from None


def _tree(data: bytes) -> etree._Element:
    """XML without entities expanded, network or DTD."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise Unreadable("broken_container", "the document's XML declares entities")
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise Unreadable("broken_container", f"the document's XML is damaged: {problem}"[:300]) from None


class _Text:
    """Text and marks as they grow."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.position = 0
        self.found: list[Mark] = []

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.position += len(text)

    def mark(self, start: int, kind: str, level: int | None = None) -> None:
        if self.position > start:
            self.found.append(Mark(start, self.position, kind, level))

    def page(self, metadata: dict[str, str]) -> Page:
        return Page("".join(self.pieces), tuple(sorted(self.found, key=lambda mark: (mark.start, -mark.end, mark.kind))), metadata)


# --- .docx -------------------------------------------------------------------------------------------------------------------------


def word(archive: zipfile.ZipFile, limits: Limits) -> Page:
    """The text of a .docx: its body, with the numbers that Word counts by itself written out as a reader sees them."""
    names = set(archive.namelist())
    main = min((name for name in names if MAIN_PART.fullmatch(name)), default="word/document.xml")
    body = _tree(_parts_of(archive, main, limits)).find(f"{_W}body")
    if body is None:
        raise Unreadable("broken_container", "the document has no body")
    styles = _Styles(_tree(_parts_of(archive, "word/styles.xml", limits))) if "word/styles.xml" in names else _Styles(None)
    numbering = _Numbering(_tree(_parts_of(archive, "word/numbering.xml", limits)) if "word/numbering.xml" in names else None)
    text = _Text()
    _word_blocks(body, text, styles, numbering)
    for kind in ("footnote", "endnote"):
        if f"word/{kind}s.xml" not in names:
            continue
        for note in _tree(_parts_of(archive, f"word/{kind}s.xml", limits)).iterchildren(f"{_W}{kind}"):
            if note.get(f"{_W}type") in (None, "normal"):
                start = text.position
                _word_blocks(note, text, styles, numbering)
                text.mark(start, "note")
    metadata = _core_properties(_parts_of(archive, "docProps/core.xml", limits)) if "docProps/core.xml" in names else {}
    return text.page(metadata)


def _core_properties(data: bytes) -> dict[str, str]:
    try:
        root = _tree(data)
    except Unreadable:
        return {}
    found = {}
    for key, name in (("title", f"{_DUBLIN}title"), ("author", f"{_DUBLIN}creator")):
        value = (root.findtext(name) or "").strip()
        if value:
            found[key] = value[:1000]
    return found


def borne_out(page: Page) -> dict[str, str]:
    """A paper's properties as far as its own text bears them out.

    Title and author are left over from the file that was copied or from the machine that it was typed on more often than not, and the date
    is when that file was made: none of them is trusted alone.
    """
    head = _SPACE.sub("", page.text[:3000] + page.text[-500:])
    return {key: value for key, value in page.metadata.items() if len(value) > 1 and _SPACE.sub("", value) in head}


def _word_blocks(parent: etree._Element, text: _Text, styles: _Styles, numbering: _Numbering) -> None:
    for element in parent.iterchildren():
        if element.tag == f"{_W}p":
            _word_paragraph(element, text, styles, numbering)
        elif element.tag == f"{_W}tbl":
            start = text.position
            for row in element.iterchildren(f"{_W}tr"):
                _word_row(row.findall(f"{_W}tc"), text, styles, numbering)
            if len(element.findall(f"{_W}tr")) > 1:
                text.mark(start, "table")
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            _word_blocks(element, text, styles, numbering)


def _word_row(cells: list[etree._Element], text: _Text, styles: _Styles, numbering: _Numbering) -> None:
    """A row of a table, its cells parted by tabs; prose, which forms have in their largest cell, in lines of its own."""
    if len(cells) == 1:
        _word_blocks(cells[0], text, styles, numbering)
        return
    begun = False
    for cell in cells:
        pieces = [piece for paragraph in cell.iter(f"{_W}p") for piece in _paragraph_text(paragraph).split("\n")]
        written = [piece for piece in pieces if piece.strip()]
        if sum(map(len, written)) >= CELL_PROSE:
            if begun:
                text.add("\n")
            _word_blocks(cell, text, styles, numbering)
            begun = False
        else:
            # 授/课/内/容: a label written from top to bottom
            upright = len(written) > 1 and all(len(piece.strip()) == 1 for piece in written)
            held = "".join(map(str.strip, written)) if upright else " ".join(pieces).strip()
            text.add(f"\t{held}" if begun else held)
            begun = True
    if begun:
        text.add("\n")


def _paragraph_text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for piece, _ in _runs(paragraph):
        pieces.append(piece)
    return "".join(pieces)


def _runs(parent: etree._Element, depth: int = 0) -> Iterator[tuple[str, etree._Element | None]]:
    """The pieces of a paragraph with their run's properties; deleted text and the second copy of a text box are passed over."""
    if depth > 60:
        return
    for element in parent.iterchildren():
        tag = element.tag
        if tag == f"{_W}r":
            properties = element.find(f"{_W}rPr")
            if properties is not None and _is_on(properties.find(f"{_W}vanish")):
                continue
            for child in element.iterchildren():
                kind = child.tag
                if kind == f"{_W}t":
                    yield child.text or "", properties
                elif kind in (f"{_W}tab", f"{_W}ptab"):
                    yield "\t", properties
                elif kind in (f"{_W}br", f"{_W}cr"):
                    yield "\n", properties
                elif kind == f"{_W}noBreakHyphen":
                    yield "-", properties
                elif kind == f"{_W}sym":
                    yield "□", properties  # a sign from a font of signs: what it shows is not told
                elif kind not in (f"{_W}rPr", f"{_W}delText", f"{_W}instrText"):
                    yield from _boxes(child, depth + 1)
        elif tag in (
            f"{_W}hyperlink",
            f"{_W}ins",
            f"{_W}smartTag",
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}fldSimple",
            f"{_W}customXml",
            f"{_W}moveTo",
            f"{_W}ruby",
            f"{_W}rubyBase",
            f"{_W}rt",
            f"{_W}dir",
            f"{_W}bdo",
        ):
            yield from _runs(element, depth + 1)


def _boxes(element: etree._Element, depth: int) -> Iterator[tuple[str, etree._Element | None]]:
    """Text of the boxes and ruby in a drawing."""
    if depth > 60 or element.tag == _FALLBACK:
        return
    if element.tag == f"{_W}txbxContent":
        for paragraph in element.iterchildren(f"{_W}p"):
            yield "\n", None
            yield from _runs(paragraph, depth + 1)
        yield "\n", None
        return
    if element.tag == f"{_W}rubyBase":
        yield from _runs(element, depth + 1)
        return
    for child in element.iterchildren():
        yield from _boxes(child, depth + 1)


def _is_on(flag: etree._Element | None) -> bool:
    return flag is not None and flag.get(f"{_W}val") not in ("0", "false", "off")


def _word_paragraph(paragraph: etree._Element, text: _Text, styles: _Styles, numbering: _Numbering) -> None:
    properties = paragraph.find(f"{_W}pPr")
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    style_id = style.get(f"{_W}val") if style is not None else None
    start = text.position
    number = numbering.next(properties, styles.numbering(style_id))
    if number:
        text.add(number)
    first = text.position
    bold_start: int | None = first if styles.is_bold(style_id) and number else None
    all_bold = True
    for piece, run in _runs(paragraph):
        bold = run is not None and run.find(f"{_W}b")
        is_bold = _is_on(bold) if bold is not None and bold is not False else styles.is_bold(style_id)
        if is_bold and bold_start is None:
            bold_start = text.position
        elif not is_bold and piece.strip():
            all_bold = False
            if bold_start is not None:
                text.mark(bold_start, "bold")
                bold_start = None
        text.add(piece)
    if bold_start is not None:
        centred = properties is not None and (place := properties.find(f"{_W}jc")) is not None and place.get(f"{_W}val") == "center"
        text.mark(start if all_bold else bold_start, "bold", 1 if centred and all_bold else None)
    level = styles.level(style_id)
    if (
        properties is not None
        and (outline := properties.find(f"{_W}outlineLvl")) is not None
        and (outline.get(f"{_W}val") or "9") in "012345678"
    ):
        level = level or int(outline.get(f"{_W}val")) + 1
    if level == 0:
        text.mark(start, "title")
    elif level:
        text.mark(start, "heading", level)
    text.add("\n")


class _Styles:
    """What the styles of a document say: heading level, bold, numbering."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        if root is not None:
            for style in root.iterchildren(f"{_W}style"):
                self._styles[style.get(f"{_W}styleId") or ""] = style

    def _chain(self, style_id: str | None) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while style_id and style_id not in seen and (style := self._styles.get(style_id)) is not None:
            seen.add(style_id)
            yield style
            based = style.find(f"{_W}basedOn")
            style_id = based.get(f"{_W}val") if based is not None else None

    def level(self, style_id: str | None) -> int | None:
        """0 for a title, 1–9 for a heading, None for body text."""
        for style in self._chain(style_id):
            name = style.find(f"{_W}name")
            named = (name.get(f"{_W}val") or "").lower() if name is not None else ""
            if named in ("title", "标题", "文档标题"):
                return 0
            if found := re.fullmatch(rf"(?:heading|标题) ?([1-{MOST_LEVELS}])", named):
                return int(found.group(1))
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None and (outline.get(f"{_W}val") or "9") in "012345678":
                return int(outline.get(f"{_W}val")) + 1
        return None

    def is_bold(self, style_id: str | None) -> bool:
        for style in self._chain(style_id):
            bold = style.find(f"{_W}rPr/{_W}b")
            if bold is not None:
                return _is_on(bold)
        return False

    def numbering(self, style_id: str | None) -> etree._Element | None:
        for style in self._chain(style_id):
            found = style.find(f"{_W}pPr/{_W}numPr")
            if found is not None:
                return found
        return None


class _Numbering:
    """Word's own counting: 一、 or (1) that stands in no run but on every page."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        if root is None:
            return
        for abstract in root.iterchildren(f"{_W}abstractNum"):
            levels = {}
            for level in abstract.iterchildren(f"{_W}lvl"):
                levels[int(level.get(f"{_W}ilvl") or 0)] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    _integer(_value(level, "start"), 1),
                )
            self._levels[abstract.get(f"{_W}abstractNumId") or ""] = levels
        for number in root.iterchildren(f"{_W}num"):
            self._abstract[number.get(f"{_W}numId") or ""] = _value(number, "abstractNumId") or ""

    def next(self, properties: etree._Element | None, from_style: etree._Element | None) -> str:
        """The number that a paragraph shows, or an empty string."""
        found = properties.find(f"{_W}numPr") if properties is not None else None
        if found is None:
            found = from_style
        if found is None:
            return ""
        number_id = _value(found, "numId") or (_value(from_style, "numId") if from_style is not None else None)
        abstract = self._abstract.get(number_id or "")
        levels = self._levels.get(abstract or "")
        if not number_id or number_id == "0" or not levels or abstract is None:
            return ""
        depth = _integer(_value(found, "ilvl"), 0)
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        shape, pattern, _ = levels[depth]
        if shape in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            form, _, start = levels.get(at, ("decimal", "", 1))
            return _counted(counts.get(at, start), form)

        return re.sub(r"%([1-9])", shown, pattern)


def _value(parent: etree._Element, name: str) -> str | None:
    child = parent.find(f"{_W}{name}")
    return child.get(f"{_W}val") if child is not None else None


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise


def _counted(number: int, form: str) -> str:
    """A number as one of Word's formats writes it."""
    if form.startswith(("chinese", "japaneseCounting", "taiwanese", "ideographDigital", "ideographTraditional")):
        return _han_number(number)
    if form == "decimalEnclosedCircleChinese" or form == "decimalEnclosedCircle":
        return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 40:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return roman if form == "upperRoman" else roman.lower()
    return str(number)


def _han_number(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN_DIGITS[tens] + "十") + (_HAN_DIGITS[ones] if ones else "")


# --- .odt --------------------------------------------------------------------------------------------------------------------------


def open_document(archive: zipfile.ZipFile, limits: Limits) -> Page:
    """The text of an .odt."""
    content = _parts_of(archive, "content.xml", limits)
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in _parts_of(archive, "META-INF/manifest.xml", limits):
        raise Unreadable("encrypted", "the document is protected by a password")
    body = _tree(content).find(f"{_ODF_OFFICE}body/{_ODF_OFFICE}text")
    if body is None:
        raise Unreadable("broken_container", "the document has no text body")
    text = _Text()
    for element in body.iter(f"{_ODF_TEXT}p", f"{_ODF_TEXT}h"):
        ancestors = {each.tag for each in element.iterancestors()}
        if f"{_ODF_TEXT}tracked-changes" in ancestors:
            continue
        if {f"{_ODF_TEXT}note-body", f"{_ODF_TEXT}p"} <= ancestors:
            continue  # a note's paragraphs come with the paragraph that they hang on
        start = text.position
        text.add(_odf_text(element))
        if element.tag == f"{_ODF_TEXT}h":
            level = _integer(element.get(f"{_ODF_TEXT}outline-level"), 0)
            text.mark(start, "heading", level if 1 <= level <= MOST_LEVELS else None)
        elif (element.get(f"{_ODF_TEXT}style-name") or "").lower() == "title":
            text.mark(start, "title")
        elif f"{_ODF_TABLE}table-cell" in ancestors:
            text.mark(start, "table")
        text.add("\n")
    metadata = {}
    if "meta.xml" in archive.namelist():
        root = _tree(_parts_of(archive, "meta.xml", limits))
        for key, tag in (("title", f"{_DUBLIN}title"), ("author", f"{_DUBLIN}creator")):
            value = next((each.text for each in root.iter(tag) if each.text), "")
            if value and value.strip():
                metadata[key] = value.strip()[:1000]
    return text.page(metadata)


def _odf_text(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element.iterchildren():
        if child.tag == f"{_ODF_TEXT}s":
            pieces.append(" " * min(_integer(child.get(f"{_ODF_TEXT}c"), 1), 1000))
        elif child.tag == f"{_ODF_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_ODF_TEXT}line-break":
            pieces.append("\n")
        elif child.tag not in (f"{_ODF_TEXT}note", f"{_ODF_OFFICE}annotation"):
            pieces.append(_odf_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


# --- .rtf --------------------------------------------------------------------------------------------------------------------------


def rich_text(data: bytes) -> Page:
    """The text of an RTF file."""
    from striprtf.striprtf import rtf_to_text

    try:
        text = rtf_to_text(data.decode("latin-1"), encoding="gb18030", errors="replace")
    except Exception as problem:  # the library fails in many ways on damaged control words
        raise Unreadable("broken_container", f"no RTF: {type(problem).__name__}: {problem}"[:300]) from None
    if not text.strip():
        raise Unreadable("empty", "an RTF file without text")
    return Page(text)


# --- .doc --------------------------------------------------------------------------------------------------------------------------


def old_word(data: bytes) -> Page:
    """The text of a Word 97–2003 file, from its piece table ([MS-DOC] 2.4.1: FIB → Clx → Plcpcd).

    Word 6 and 95 files are not read: they keep no piece table in Unicode.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage") or ole.exists("EncryptionInfo"):
                raise Unreadable("encrypted", "the document is protected by a password")
            if not ole.exists("WordDocument"):
                kind = "a workbook (.xls)" if ole.exists("Workbook") or ole.exists("Book") else "an Office file without a document"
                raise Unreadable("unsupported", f"{kind}; save it as .docx, .xlsx or .csv")
            main = ole.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            if flags & 0x0100:
                raise Unreadable("encrypted", "the document is protected by a password")
            if struct.unpack_from("<H", main, 2)[0] < 0x00C1:
                raise Unreadable("unsupported", "a Word 6 or 95 file; save it as .docx")
            table_name = "1Table" if flags & 0x0200 else "0Table"
            if not ole.exists(table_name):
                raise Unreadable("broken_container", "the document's table stream is missing")
            table = ole.openstream(table_name).read()
            metadata = _ole_metadata(ole)
    except Unreadable:
        raise
    except Exception as problem:  # olefile raises OSError, struct.error, IndexError and its own on damaged files
        raise Unreadable("broken_container", f"no Word document: {type(problem).__name__}: {problem}"[:300]) from None
    try:
        text = _pieces(main, table)
    except (struct.error, IndexError, ValueError) as problem:
        raise Unreadable("broken_container", f"the document's piece table is damaged: {problem}") from None
    return Page(_without_fields(text), (), metadata)


def _pieces(main: bytes, table: bytes) -> str:
    count = struct.unpack_from("<i", main, 0x4C)[0]  # ccpText: characters of the main text, without notes and headers
    start, size = struct.unpack_from("<II", main, 0x01A2)
    clx = table[start : start + size]
    at = 0
    while at < len(clx) and clx[at] == 1:  # property modifiers stand before the pieces
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise ValueError("no pieces")
    length = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + length]
    number = (len(plc) - 4) // 12
    bounds = struct.unpack_from(f"<{number + 1}I", plc, 0)
    pieces = []
    left = count
    for n in range(number):
        position = struct.unpack_from("<I", plc, 4 * (number + 1) + 8 * n + 2)[0]
        characters = min(bounds[n + 1] - bounds[n], left)
        if characters <= 0:
            continue
        left -= characters
        if position & 0x40000000:
            offset = (position & 0x3FFFFFFF) // 2
            pieces.append(main[offset : offset + characters].decode("cp1252", "replace"))
        else:
            pieces.append(main[position : position + 2 * characters].decode("utf-16-le", "replace"))
    return "".join(pieces)


_DOC_MARKS = {
    0x0D: "\n",
    0x0B: "\n",
    0x0C: "\n",
    0x07: "\t",
    0x0E: "\n",
    0x1E: "-",
    0x1F: None,
    0x01: None,
    0x02: None,
    0x03: None,
    0x04: None,
    0x05: None,
    0x08: None,
    0x00: None,
}
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14?|\x15")


def _without_fields(text: str) -> str:
    """Paragraph and cell marks as line ends and tabs; a field's instruction goes, its result stays."""
    return _FIELD.sub("", text).translate(_DOC_MARKS)


def _ole_metadata(ole: Any) -> dict[str, str]:
    found = {}
    try:
        said = ole.get_metadata()
        codepage = f"cp{said.codepage}" if said.codepage and said.codepage not in (65001, 1200) else "utf-8"
        for key, value in (("title", said.title), ("author", said.author)):
            if isinstance(value, bytes) and (text := value.decode(codepage, "replace").strip("\0 ")) and "\ufffd" not in text:
                found[key] = text[:1000]
    except Exception:  # properties are a courtesy: the text does not depend on them
        return {}
    return found


# --- .pdf --------------------------------------------------------------------------------------------------------------------------


def pdf(data: bytes, limits: Limits) -> Page:
    """The text layer of a PDF, page by page, in its own lines.

    A page tree can list one page as often as it likes: what is read is held against the size of the file.
    """
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise Unreadable("encrypted", "the PDF is protected by a password") from None
        raise Unreadable("broken_container", f"no PDF: {problem}") from None
    try:
        pieces: list[str] = []
        size = objects = 0
        if len(document) > min(limits.members, PAGES + len(data) // PAGE_BYTES):
            raise Unreadable("archive_limit", f"a PDF of {len(data)} bytes that lists {len(document)} pages")
        for number in range(len(document)):
            try:
                page = document[number]
                objects += raw.FPDFPage_CountObjects(page)
                if objects > PDF_OBJECTS + len(data):
                    raise Unreadable("archive_limit", f"a PDF of {len(data)} bytes that draws more than {PDF_OBJECTS} things")
                layer = page.get_textpage()
                piece = layer.get_text_bounded(errors="replace")
                layer.close()
                page.close()
            except pypdfium2.PdfiumError:
                continue
            pieces.append(piece.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").rstrip("\n"))
            size += len(piece)
            if size > limits.document_bytes:
                raise Unreadable("too_large", "a PDF with more text than a document may have")
            if size > limits.ratio_grace and size > limits.ratio * len(data):
                raise Unreadable("archive_limit", f"a PDF with more than {limits.ratio} times its size of text")
        said = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    text = "\n".join(pieces)
    if not text.strip():
        raise Unreadable("empty", "a PDF without a text layer (scanned pages)")
    metadata = {key: said[name].strip()[:1000] for key, name in (("title", "Title"), ("author", "Author")) if said.get(name, "").strip()}
    return Page(text, (), metadata)


MOST_LEVELS = 9     # of headings that a word processor ranks
CELL_PROSE = 120  # characters from which a cell holds prose
PAPER_BYTES = 128 * MEBIBYTE
PAGES, PAGE_BYTES = 200, 100  # pages that any PDF may have, and bytes of the file for each one more
PDF_OBJECTS = 1_000_000  # runs of text, lines and pictures on all pages together
RTF_BYTES = 24 * MEBIBYTE
