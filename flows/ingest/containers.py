"""What is in a run of bytes: told from its first bytes, then from its name, and opened down to the documents."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from flows.ingest import (
    anthologies,
    books,
    csv_records,
    dumps,
    encodings,
    feeds,
    json_records,
    mails,
    pages,
    papers,
    parquet_records,
    records,
    states,
    wikitext,
    workbooks,
)
from flows.ingest.documents import Document, Mark, Reject
from flows.ingest.limits import MEBIBYTE, Limits, Metered, RawStream, Unreadable, read_all

HEAD_BYTES = 1 << 18
PART_BYTES = 48 * MEBIBYTE
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "warc"),
)
_BINARY = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF|BM.{4}\0\0\0\0|\x7fELF|MZ[\x90\0]|ID3|OggS|\0\0\0.ftyp|SQLite format 3\0|ARROW1|Obj\x01|"
    rb"\xca\xfe\xba\xbe|wOF[F2]|\0\x01\0\0\0|II\*\0|MM\0\*|FLV\x01|\x1aE\xdf\xa3|[CF]WS[\x03-\x2f]",
    re.S,
)
_NAMES = tomllib.loads((Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "file_names.toml").read_text(encoding="utf-8"))
_BY_NAME = {ending: kind for kind, endings in _NAMES["kinds"].items() for ending in endings}
_NOT_WRITING = frozenset(_NAMES["unsupported"]["endings"])
_PACKED = ("gzip", "bzip2", "xz", "zstd")
_MEDIA = {"text": "text/plain", "markdown": "text/markdown", "html": "text/plain"}
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX(?:/|$)|\.|Thumbs\.db$|desktop\.ini$)", re.I)
_FIELD = re.compile(r"(?![ \t\-#])([^:：]+)[:：](.*)")
_TOML_FIELD = re.compile(r"(?![ \t\-#\[])([^=]+)=(.*)")
_LIST_ITEM = re.compile(r"^[ \t]*(?:-[ \t]+)?|[,\]][ \t]*$")
_FOLDED = re.compile(r"[|>][+-]?")      # a value that the indented lines below hold
_OF_ONE_SPEECH = frozenset(("title", "author", "speaker", "role", "delivered", "place", "occasion"))
# Between --- stands YAML, between +++ TOML.
_FRONT = re.compile(
    r"\A\ufeff?(?:---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(.{0,20000}?)\r?\n\+\+\+)[ \t]*(?:\r?\n|\Z)", re.S
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is the same for all that one source holds."""

    limits: Limits
    text_column: str | None = None
    card: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0

    def deeper(self) -> Reading:
        if self.depth + 1 > self.limits.depth:
            raise Unreadable("archive_limit", f"containers nested more than {self.limits.depth} deep")
        return replace(self, depth=self.depth + 1)


def kind_of(head: bytes, name: str) -> str:
    """What the first bytes and the name say of a file: a key of _BY_NAME's values, `text` or `binary`."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if mails.is_mailbox(head) and _BY_NAME.get(extension) != "mail":
        return "mbox"
    if _BINARY.match(head):
        return "binary"
    by_name = _BY_NAME.get(extension, "text")
    if by_name in ("zip", "7z", "parquet", "pdf", "tar", "xlsx", *_PACKED):
        return "broken:" + by_name  # the name promises what the bytes are not
    if by_name in ("ole", "rtf", "warc", "text"):
        # pages and plain text saved as .doc are everywhere
        if extension in _NOT_WRITING:
            return "unsupported"
        if encodings.is_binary(head):
            return "binary"
        return "mail" if mails.is_mail(head) else "text"
    return by_name


def items(path: str, name: str, stream: BinaryIO, reading: Reading, said: Mapping[str, str] | None = None) -> Iterator[Document | Reject]:
    """The documents in a stream, and a reject for each thing in it that could not be read. Raises Unreadable where all of it is lost."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(RawStream(stream), HEAD_BYTES)
    head = buffered.peek(HEAD_BYTES)
    if not head:
        raise Unreadable("empty", "no bytes")
    kind = kind_of(head, name)
    if kind.startswith("broken:"):
        kind = _really(head, kind.removeprefix("broken:"))
    if kind in ("text", "html") and feeds.is_feed(head):
        yield from feeds.feed(path, buffered, head, reading.limits, reading.card)
        return
    if kind in ("text", "html") and (shaped := dumps.shape(head, name)):
        yield from dumps.dump(path, buffered, shaped, reading.limits, reading.card)
        return
    if kind in ("text", "markdown", "html"):
        yield from _text(path, kind, buffered, head, reading, dict(said or {}))
        return
    yield from _OPENERS[kind](path, name, buffered, head, reading, dict(said or {}))


def _really(head: bytes, promised: str) -> str:
    """A file whose name promises a container that its bytes are not: text where it is text, else broken."""
    if promised == "tar" and not any(head[:512]):
        raise Unreadable("empty", "an archive without files")
    if not encodings.is_binary(head) and encodings.decode(head[:4096]) is not None and pages.is_page(head[:4096].decode("latin-1")):
        return "html"
    raise Unreadable("broken_container", f"the name promises {promised}, the bytes are something else")


# --- text --------------------------------------------------------------------------------------------------------------------------


def _text(path: str, kind: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    data = read_all(stream, reading.limits.document_bytes)
    if encodings.is_binary(data):
        raise Unreadable("binary", "bytes that are no writing in any encoding")
    hint = said.pop("charset", None) or (pages.declared_charset(data) if b"<" in head else None)
    decoded = encodings.decode(data, hint)
    if decoded is None:
        raise Unreadable("undecodable", "too many bytes that fit no known encoding")
    layout: tuple[Mark, ...] = ()
    text, media = decoded.text, _MEDIA.get(kind, "text/plain")
    metadata = dict(said)
    if kind == "text" and wikitext.is_wikitext(text) and not pages.is_page(text):
        metadata, layout = wikitext.read(text, metadata)
    elif pages.is_page(text) or (kind == "html" and "<" in text) or (kind == "text" and pages.is_fragment(text)):
        page = states.filled(pages.page(text), text)
        text, layout, media = page.text, page.layout, "text/html"
        metadata = page.metadata | metadata
        if not text.strip():
            raise Unreadable("empty", "a page without visible text")
    elif text.startswith(("---", "\ufeff---", "+++", "\ufeff+++")) and (front := _FRONT.match(text)):
        metadata = (front_matter(front[1]) if front[1] is not None else front_matter(front[2], _TOML_FIELD)) | metadata
        layout = (Mark(0, front.end(), "furniture"),)
    whole = Document(path, media, decoded.encoding, len(data), text, decoded.confidence, {**reading.card, **metadata}, layout)
    yield from _each_piece(whole)


def _each_piece(whole: Document) -> Iterator[Document]:
    """A document, or the pieces of the collection that it is: `#n`, without what is said of one speech alone, and with what stands above
    all of them (the collection's title, its bar with the day and the source), which only the first one holds itself."""
    text = whole.raw_text
    places = anthologies.starts(text)
    if len(places) < 2:
        yield whole
        return
    metadata = {key: value for key, value in whole.metadata.items() if key not in _OF_ONE_SPEECH}
    lines = anthologies.masthead(text)
    above = {"masthead": "\n".join(lines)} if lines else {}
    if title := whole.metadata.get("title") or next(iter(lines), None):
        above["collection"] = title[: anthologies.LINE]
    marks = iter(whole.layout)
    mark = next(marks, None)
    codec = (whole.encoding or "utf-8").replace("-sig", "")
    for number, (start, end) in enumerate(zip(places, [*places[1:], len(text)])):
        piece = text[start:end]
        layout = []
        while mark is not None and mark.start < end:
            if mark.start >= start:
                layout.append(mark._replace(start=mark.start - start, end=min(mark.end, end) - start))
            mark = next(marks, None)
        yield replace(
            whole,
            source_path=f"{whole.source_path}#{number}",
            byte_count=len(piece.encode(codec, "replace")),
            raw_text=piece,
            metadata=metadata | above if number else metadata,
            layout=tuple(layout),
        )


def front_matter(block: str, fields: re.Pattern[str] = _FIELD) -> dict[str, str]:
    """The `key: value` lines of a Markdown file's front matter, by the names that metadata goes by; members of a list are joined by 、.

    fields: what a line with a key and a value looks like, for `key = value` containers._TOML_FIELD.
    """
    said: dict[str, str] = {}
    open_key, between = "", ""
    for line in block.splitlines():
        field = fields.match(line)
        if open_key and not field and (value := _bare(_LIST_ITEM.sub("", line))):
            said[open_key] = (said[open_key] + between + value if open_key in said else value)[:2000]
        elif field:
            key, value = field[1].strip(" \t\"'"), field[2].strip()
            folded = _FOLDED.fullmatch(value) is not None
            open_key, between = (key, "" if folded else "、") if key not in said and (folded or value in ("", "[")) else ("", "")
            value = "、".join(map(_bare, value[1:-1].split(","))) if value[:1] == "[" and value[-1:] == "]" else _bare(value)
            if value and not folded and value not in ("[", "null", "~"):
                said.setdefault(key, value[:2000])
    return {key: said[name] for key, name in records.metadata_columns(list(said)).items()}


def _bare(value: str) -> str:
    """A value without the quotation marks around it."""
    value = value.strip()
    return value[1:-1].strip() if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _paper(path: str, page: pages.Page, media: str, size: int, reading: Reading, said: Mapping[str, str]) -> Iterator[Document]:
    if not page.text.strip():
        raise Unreadable("empty", "a document without text")
    text = records.whole_characters(page.text)
    yield from _each_piece(Document(path, media, None, size, text, None, {**reading.card, **papers.borne_out(page), **said}, page.layout))


def _pdf(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    data = read_all(stream, papers.PAPER_BYTES)
    yield from _paper(path, papers.pdf(data, reading.limits), "application/pdf", len(data), reading, said)


def _mht(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    """A page saved in one file with its pictures (MIME HTML): its first HTML part."""
    message = mails.parsed(read_all(stream, reading.limits.document_bytes))
    for part in message.walk():
        if part.get_content_type() in ("text/html", "text/plain"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data:
                told = {"charset": part.get_content_charset() or "", "url": str(part.get("Content-Location") or "")}
                yield from _text(path, "html", io.BytesIO(data), data[:HEAD_BYTES], reading, said | {k: v for k, v in told.items() if v})
                return
    raise Unreadable("broken_container", "a saved page without its HTML")


# --- mails -------------------------------------------------------------------------------------------------------------------------


def _mail(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    yield from _mail_items(path, mails.parsed(read_all(stream, mails.MAIL_BYTES)), reading, said)


def _mailbox(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    """The mails of a mailbox, numbered from 0."""
    number = -1
    for number, data in enumerate(mails.in_mailbox(stream, mails.MAIL_BYTES)):
        at = f"{path}#{number}"
        try:
            if isinstance(data, Unreadable):
                raise data
            yield from _mail_items(at, mails.parsed(data), reading, said)
        except Unreadable as problem:
            yield Reject(at, "ingest", problem.reason, problem.detail)
        except Exception as problem:  # one mail must not end the others
            yield Reject(at, "ingest", "failed", f"{type(problem).__name__}: {problem}"[:300])
    if number < 0:
        raise Unreadable("empty", "a mailbox without mails")


def _mail_items(path: str, message: Message, reading: Reading, said: Mapping[str, str]) -> Iterator[Document | Reject]:
    """The text of a mail, under its own path, and what is attached to it, as members of an archive are named."""
    mail = mails.mail_of(message)
    body = _mail_body(path, mail, reading, {**mail.said, **said})
    yield from body
    members = _Names(path)
    for name, held in mail.attached:
        shown = _clean(_text_name(name))
        if shown.isdecimal() or _unsafe(shown):     # numbers are the pieces of the mail itself
            shown = f"attachment.{shown}" if shown.isdecimal() else "attachment"
        at = members.at(shown)
        try:
            inner = reading.deeper()
            if isinstance(held, bytes):
                yield from member_items(at, shown, lambda held=held: io.BytesIO(held), inner)  # type: ignore[misc]
            else:
                yield from _mail_items(at, held, inner, said)
        except Unreadable as problem:
            yield Reject(at, "ingest", problem.reason, problem.detail)
    if not body and not mail.attached:
        raise Unreadable(*(("encrypted", "an encrypted mail") if mail.sealed else ("empty", "a mail without text")))


def _mail_body(path: str, mail: mails.Mail, reading: Reading, said: Mapping[str, str]) -> list[Document | Reject]:
    """The body of a mail: the page that it was written as, or its plain text where that page is not there or shows less."""
    found: list[list[Document | Reject]] = []
    for body, kind in ((mail.page, "html"), (mail.plain, "text")):
        if body:
            told = {**said, "charset": body.charset} if body.charset else dict(said)
            try:
                found.append(list(_text(path, kind, io.BytesIO(body.data), body.data[:HEAD_BYTES], reading, told)))
            except Unreadable as problem:
                if not mail.attached and not (mail.page and mail.plain):
                    raise
                found.append([] if problem.reason == "empty" else [Reject(path, "ingest", problem.reason, problem.detail)])
    return max(found, key=_shown, default=[])


def _shown(items: list[Document | Reject]) -> int:
    """How much a body shows; that a page leaves out blanks and repeats nothing makes it no smaller."""
    size = sum(len("".join(item.raw_text.split())) for item in items if isinstance(item, Document))
    return size + size // 4 if any(isinstance(item, Document) and item.media_type == "text/html" for item in items) else size


def _rtf(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    data = read_all(stream, min(reading.limits.document_bytes, papers.RTF_BYTES))
    yield from _paper(path, papers.rich_text(data), "application/rtf", len(data), reading, said)


def _ole(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    data = read_all(stream, papers.PAPER_BYTES)
    yield from _paper(path, papers.old_word(data), "application/msword", len(data), reading, said)


# --- records -----------------------------------------------------------------------------------------------------------------------


def _csv(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    tabs = kind_of(head, name) == "tsv"
    yield from csv_records.csv_file(path, stream, head, reading.limits, reading.text_column, reading.card, tabs=tabs)


def _json(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    if (
        kind_of(head, name) == "jsonl" and head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"[" and b"\0" not in head[:4]
    ) or json_records.is_json_lines(head):
        found = False
        for item in json_records.json_lines(path, stream, head, reading.limits, reading.text_column, reading.card):
            found = True
            yield item
        if not found:
            raise Unreadable("empty", "no records")
    else:
        yield from json_records.json_file(path, stream, head, reading.limits, reading.text_column, reading.card)


def _parquet(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    data = read_all(stream, reading.limits.member_bytes)
    yield from parquet_records.parquet_file(path, pa.BufferReader(data), reading.limits, reading.text_column, reading.card)


# --- packed streams ----------------------------------------------------------------------------------------------------------------


def _packed(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    kind = kind_of(head, name)
    taken = _Counted(stream)
    opened = _UNPACKERS[kind](taken)  # closed with the stream that it reads
    inner = name.rsplit(".", 1)[0] if name.lower().endswith((".gz", ".bz2", ".xz", ".zst", ".tgz", ".gzip")) else name
    if name.lower().endswith(".tgz"):
        inner += ".tar"
    try:
        yield from items(path, inner, Metered(opened, reading.limits, lambda: taken.given), reading.deeper(), said)  # type: ignore[arg-type]
    except (EOFError, OSError, zlib.error, lzma.LZMAError, pa.ArrowException) as problem:
        raise Unreadable("broken_container", f"the packed stream is damaged or cut off: {problem}"[:300]) from None


class _Counted(io.RawIOBase):
    """A stream that counts what was taken from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        piece = self._stream.read(size if size >= 0 else 4 * MEBIBYTE)
        self.given += len(piece)
        return piece


class _Zstd:
    """Zstandard frames through the codec that pyarrow brings."""

    def __init__(self, stream: _Counted) -> None:
        self._stream = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")

    def read(self, size: int) -> bytes:
        return self._stream.read(size)


_UNPACKERS: dict[str, Callable[[Any], Any]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "zstd": _Zstd,
}


# --- archives ----------------------------------------------------------------------------------------------------------------------


def _unsafe(member: str) -> str | None:
    """What is wrong with a member's name, or None."""
    if member.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", member):
        return "an absolute name"
    if ".." in re.split(r"[\\/]", member):
        return "a name that leads out of the archive"
    return None


def _clean(member: str) -> str:
    """A member's name without the steps that lead nowhere: `./x` is x."""
    name = records.whole_characters(member).replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return ("/" if name.startswith("/") else "") + "/".join(parts) or name


class _Names:
    """Source paths of the members of an archive, each its own, whatever members there are and in whatever order.

    A `#` in a name is written %23, since it divides what is within what; a name that comes again gets ~2, ~3 and so on, and the ~ of one
    that ends so by itself is written %7E.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: dict[str, int] = {}

    def at(self, name: str) -> str:
        name = _NOT_OF_A_NAME.sub(lambda match: f"%{ord(match[0]):02X}", name)
        count = self._seen[name] = self._seen.get(name, 0) + 1
        return f"{self._path}#{name}" if count == 1 else f"{self._path}#{name}~{count}"


_NOT_OF_A_NAME = re.compile(r"#|~(?=[0-9]+\Z)|%(?=23|25|7E)")


def _member_name(info: zipfile.ZipInfo) -> str:
    """A ZIP member's name; archives made on Chinese Windows hold it as GBK, which the format takes for code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        data = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    if data.isascii():
        return info.filename
    decoded = encodings.decode(data)
    return decoded.text if decoded and not decoded.bad else data.decode("gb18030", "replace")


def open_zip(stream: BinaryIO, size: int, limits: Limits) -> zipfile.ZipFile:
    """A ZIP archive, once its directory is seen to be within the limits. Raises Unreadable."""
    tail_size = min(size, 65_557 + 20)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise Unreadable("broken_container", "the archive is cut off: its directory is missing")
    stream.seek(0)
    directory = struct.unpack_from("<I", tail + b"\0" * 22, at + 12)[0]
    if directory == 0xFFFFFFFF and (zip64 := tail.rfind(b"PK\x06\x06")) >= 0:
        directory = struct.unpack_from("<Q", tail + b"\0" * 56, zip64 + 40)[0]
    if directory > limits.members * 160:
        raise Unreadable("archive_limit", f"more than {limits.members} members")
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, UnicodeDecodeError) as problem:
        raise Unreadable("broken_container", f"no ZIP archive: {problem}") from None
    if len(archive.filelist) > limits.members:
        raise Unreadable("archive_limit", f"{len(archive.filelist)} members; the most is {limits.members}")
    return archive


def zip_parts(archive: zipfile.ZipFile) -> list[range]:
    """Runs of members of some PART_BYTES each; one where the archive is a document or workbook of an office program."""
    if not {"[Content_Types].xml", "mimetype", books.CONTAINER}.isdisjoint(info.filename for info in archive.filelist[:5000]):
        return [range(len(archive.filelist))]
    found, start, size = [], 0, 0
    for number, info in enumerate(archive.filelist):
        size += info.file_size
        if size >= PART_BYTES:
            found.append(range(start, number + 1))
            start, size = number + 1, 0
    if start < len(archive.filelist) or not found:
        found.append(range(start, len(archive.filelist)))
    return found


def _zip(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    data = read_all(stream, reading.limits.member_bytes)
    yield from zip_items(path, io.BytesIO(data), len(data), reading, said)


def zip_items(
    path: str, stream: BinaryIO, size: int, reading: Reading, said: Mapping[str, str] | None = None, part: int | None = None
) -> Iterator[Document | Reject]:
    """The documents of a ZIP archive, or of the document or workbook that it is; `part`: only that run of zip_parts."""
    limits = reading.limits
    archive = open_zip(stream, size, limits)
    names = {info.filename for info in archive.filelist[:5000]}
    if any(map(papers.MAIN_PART.fullmatch, names)):
        yield from _paper(
            path,
            papers.word(archive, limits),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            size,
            reading,
            said or {},
        )
        return
    if "xl/workbook.xml" in names:
        for info in archive.filelist:
            if info.file_size > limits.member_bytes or (
                info.file_size > limits.ratio_grace and info.file_size > limits.ratio * max(info.compress_size, 1)
            ):
                raise Unreadable("archive_limit", f"the workbook's {info.filename[:100]} unpacks to {info.file_size} bytes")
        stream.seek(0)
        yield from workbooks.workbook(path, stream, limits, reading.text_column, reading.card)
        return
    if "content.xml" in names and "mimetype" in names:
        yield from _paper(path, papers.open_document(archive, limits), "application/vnd.oasis.opendocument.text", size, reading, said or {})
        return
    if books.CONTAINER in names:
        yield from _book(path, archive, reading)
        return
    if "[Content_Types].xml" in names and {"ppt/presentation.xml", "xl/workbook.bin"} & names:
        raise Unreadable("unsupported", "slides")
    if "[Content_Types].xml" in names:
        raise Unreadable("broken_container", "an Office file without its document")
    inner = reading.deeper()
    members = _Names(path)
    wanted = zip_parts(archive)[part] if part is not None else range(len(archive.filelist))
    given = found = 0
    for number, info in enumerate(archive.filelist):
        name = _member_name(info)
        problem, shown = _unsafe(name), _clean(name)
        if info.is_dir() or (not problem and _JUNK.search(shown)):
            continue
        at = members.at(shown)
        found += 1
        if number not in wanted:
            continue
        given += info.file_size
        if refused := _refused(info, archive, given, limits):
            yield Reject(at, "ingest", *refused)
        else:
            yield from member_items(at, shown, lambda info=info: archive.open(info), inner)  # type: ignore[misc]
    if not found and not part:
        raise Unreadable("empty", "an archive without files")


def _refused(info: zipfile.ZipInfo, archive: zipfile.ZipFile, given: int, limits: Limits) -> tuple[str, str] | None:
    """Why a member of a ZIP archive is not read, the reason and the detail of its reject; None where it is. given: bytes up to its end."""
    if problem := _unsafe(_member_name(info)):
        return "archive_path", problem
    if info.external_attr >> 28 == 0xA:
        return "link_out_of_folder", "a link in an archive; links are not followed"
    if info.flag_bits & 1:
        return "encrypted", "protected by a password"
    if not 0 <= info.header_offset < archive.start_dir:
        return "broken_container", "the directory of the archive puts it outside of the archive"
    if given > limits.total_bytes:
        return "archive_limit", f"the archive unpacks to more than {limits.total_bytes} bytes"
    if info.file_size > limits.ratio_grace and info.file_size > limits.ratio * max(info.compress_size, 1):
        return "archive_limit", f"unpacks to more than {limits.ratio} times its size"
    return None


def _book(path: str, archive: zipfile.ZipFile, reading: Reading) -> Iterator[Document | Reject]:
    """The chapters of an e-book in order of reading, named as the members of the archive that they are; nothing else in it is a text.

    A chapter whose page bears the title of the whole book is called as the table of contents calls it.
    """
    book = books.book(archive)
    inner = reading.deeper()
    members = _Names(path)
    above = {key: records.whole_characters(value)[:2000] for key, value in (("collection", book.title), ("author", book.author)) if value}
    given = 0
    for info in book.chapters:
        shown = _clean(_member_name(info))
        at = members.at(shown)
        given += info.file_size
        refused = _refused(info, archive, given, reading.limits)
        if refused or info.filename in book.sealed:
            yield Reject(at, "ingest", *(refused or ("encrypted", "a chapter that is encrypted")))
            continue
        for item in member_items(at, f"{shown}.xhtml", lambda info=info: archive.open(info), inner, above):  # type: ignore[misc]
            if isinstance(item, Document) and item.metadata.get("title", book.title) == book.title and len(book.chapters) > 1:
                said = {key: value for key, value in item.metadata.items() if key != "title"}
                heading = book.headings.get(info.filename)
                item = replace(item, metadata=said | {"title": heading} if heading and item.source_path == at else said)
            yield item


def member_items(
    at: str, name: str, opened: Callable[[], Any], reading: Reading, said: Mapping[str, str] | None = None
) -> Iterator[Document | Reject]:
    """The documents of one member of an archive; whatever goes wrong in it is one reject."""
    try:
        with opened() as stream:
            yield from items(at, name.rsplit("/", 1)[-1], Metered(stream, reading.limits), reading, said)  # type: ignore[arg-type]
    except Unreadable as problem:
        yield Reject(at, "ingest", problem.reason, problem.detail)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, NotImplementedError) as problem:
        yield Reject(at, "ingest", "broken_container", f"{type(problem).__name__}: {problem}"[:300])
    except Exception as problem:  # one member must not end the others
        yield Reject(at, "ingest", "failed", f"{type(problem).__name__}: {problem}"[:300])


class _TarInfo(tarfile.TarInfo):
    """A header that is refused where it says more of a member than any program writes: all that it says is read into memory, before it is
    known how much there is."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _TAR_HEADERS and not 0 <= self.size <= TAR_HEADER_BYTES:
            raise Unreadable("archive_limit", f"{self.size} bytes about a member; the most is {TAR_HEADER_BYTES}")
        if self.type == tarfile.GNUTYPE_SPARSE and self._sparse_structs[1]:  # type: ignore[attr-defined]
            raise Unreadable("unsupported", _HOLES)
        return super()._proc_member(archive)  # type: ignore[misc]

    def _proc_gnusparse_10(self, *_: Any) -> None:
        raise Unreadable("unsupported", _HOLES)


TAR_HEADER_BYTES = MEBIBYTE // 4
_TAR_HEADERS = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_HOLES = "a member with holes, and the rest of the archive; pack it without --sparse"


def _tar(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    inner = reading.deeper()
    members = _Names(path)
    found = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape", tarinfo=_TarInfo) as archive:
            while (info := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
                name = _text_name(info.name)
                problem, shown = _unsafe(name), _clean(name)
                if info.isdir() or (not problem and _JUNK.search(shown)):
                    continue
                found += 1
                at = members.at(shown)
                if found > reading.limits.members:
                    raise Unreadable("archive_limit", f"more than {reading.limits.members} members")
                if problem:
                    yield Reject(at, "ingest", "archive_path", problem)
                elif info.issym() or info.islnk():
                    yield Reject(at, "ingest", "link_out_of_folder", "a link in an archive; links are not followed")
                elif not info.isreg():
                    yield Reject(at, "ingest", "not_a_file", "a device or pipe in an archive")
                elif info.sparse and info.size > max(inner.limits.ratio_grace, inner.limits.ratio * _stored(info)):
                    yield Reject(at, "ingest", "archive_limit", f"{info.size} bytes of holes")
                else:
                    yield from member_items(at, shown, lambda info=info: archive.extractfile(info), inner)  # type: ignore[misc]
    except (tarfile.TarError, ValueError, OverflowError, RecursionError) as problem:  # headers that hold what is no number, or only headers
        raise Unreadable("broken_container", f"no TAR archive, or one cut off: {problem}"[:300]) from None
    if not found:
        raise Unreadable("empty", "an archive without files")


def _stored(info: tarfile.TarInfo) -> int:
    """Bytes that the archive holds of a member with holes."""
    return sum(size for _, size in info.sparse or ())  # type: ignore[attr-defined, misc, has-type]


def _text_name(name: str) -> str:
    """A name that may hold bytes which are no UTF-8, read as the encoding that they are in."""
    try:
        name.encode("utf-8")
        return name
    except UnicodeEncodeError:
        data = name.encode("utf-8", "surrogateescape")
        decoded = encodings.decode(data)
        return decoded.text if decoded and not decoded.bad else data.decode("utf-8", "replace")


def _seven(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    import py7zr
    from py7zr.helpers import get_sanitized_output_path
    from py7zr.io import Py7zBytesIO, WriterFactory

    limits = reading.limits
    inner = reading.deeper()
    data = read_all(stream, limits.member_bytes)
    products: dict[str, list[Py7zBytesIO]] = {}

    class Products(WriterFactory):
        def create(self, filename: str) -> Py7zBytesIO:
            products.setdefault(filename, []).append(Py7zBytesIO(filename, limits.member_bytes))
            return products[filename][-1]

    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise Unreadable("encrypted", "the archive is protected by a password")
            entries = archive.list()
            listed = [info for info in entries if not info.is_directory]
            size = sum(info.uncompressed for info in listed)
            if len(listed) > limits.members:
                raise Unreadable("archive_limit", f"more than {limits.members} members")
            if size > limits.member_bytes or (size > limits.ratio_grace and size > limits.ratio * len(data)):
                raise Unreadable("archive_limit", f"unpacks to {size} bytes")
            archive.extractall(factory=Products())
            # the library unpacks a name that comes again under another one
            again: dict[str, int] = {}
            keys = []
            for info in entries:
                key = f"{info.filename}_{again[info.filename]}" if info.filename in again else info.filename
                again[info.filename] = again.get(info.filename, -1) + 1
                if not info.is_directory:
                    keys.append(get_sanitized_output_path(key, None).as_posix())
    except Unreadable:
        raise
    except py7zr.exceptions.PasswordRequired:
        raise Unreadable("encrypted", "the archive is protected by a password") from None
    except Exception as problem:  # py7zr and its codecs raise many kinds on damaged archives
        raise Unreadable("broken_container", f"no 7z archive: {type(problem).__name__}: {problem}"[:300]) from None
    members = _Names(path)
    found = 0
    for info, key in zip(listed, keys):
        product = products[key].pop(0) if products.get(key) else None
        problem_with_name, shown = _unsafe(info.filename), _clean(info.filename)
        if not problem_with_name and _JUNK.search(shown):
            continue
        found += 1
        at = members.at(shown)
        if problem_with_name:
            yield Reject(at, "ingest", "archive_path", problem_with_name)
        elif product is None:
            yield Reject(at, "ingest", "not_a_file", "no file in the archive")
        else:
            product.seek(0)
            yield from member_items(at, shown, lambda product=product: io.BytesIO(product.read()), inner)  # type: ignore[misc]
    if not found:
        raise Unreadable("empty", "an archive without files")


def _warc(path: str, name: str, stream: BinaryIO, head: bytes, reading: Reading, said: dict[str, str]) -> Iterator[Document | Reject]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type not in ("response", "resource", "conversion"):
                continue
            at = f"{path}#{found}"
            found += 1
            uri = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
            web = record.http_headers
            kind = ((web.get_header("Content-Type") if web else None) or record.rec_headers.get_header("Content-Type") or "").lower()
            told = {
                "url": uri,
                "accessed": record.rec_headers.get_header("WARC-Date") or "",
                "charset": kind.partition("charset=")[2].strip(" ;\"'"),
            }
            told = {key: records.whole_characters(value) for key, value in told.items() if value}
            shown = (
                ".html"
                if "html" in kind
                else ".txt"
                if "text/plain" in kind
                else ".pdf"
                if "pdf" in kind
                else uri.split("?")[0].rsplit("/", 1)[-1]
            )
            yield from member_items(at, shown, lambda record=record: _Counted(record.content_stream()), reading, told)  # type: ignore[misc]
    except (ArchiveLoadFailed, AttributeError, ValueError, IndexError) as problem:  # what warcio stumbles over in damaged records
        raise Unreadable("broken_container", f"no WARC, or one damaged: {problem}"[:300]) from None
    if not found:
        raise Unreadable("empty", "a WARC without pages")


def _nothing(reason: str, detail: str) -> Callable[..., Iterator[Document | Reject]]:
    def refuse(*_: Any) -> Iterator[Document | Reject]:
        raise Unreadable(reason, detail)

    return refuse


_OPENERS: dict[str, Callable[..., Iterator[Document | Reject]]] = {
    "pdf": _pdf,
    "rtf": _rtf,
    "mht": _mht,
    "mail": _mail,
    "mbox": _mailbox,
    "ole": _ole,
    "csv": _csv,
    "tsv": _csv,
    "jsonl": _json,
    "json": _json,
    "parquet": _parquet,
    "zip": _zip,
    "tar": _tar,
    "7z": _seven,
    "warc": _warc,
    **dict.fromkeys(_PACKED, _packed),
    "rar": _nothing("unsupported", "a RAR archive; pack it as ZIP or 7z"),
    "binary": _nothing("binary", "an image, program or other bytes that are no writing"),
    "unsupported": _nothing("unsupported", "a script, image or other file that holds no documents"),
}
