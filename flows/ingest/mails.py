"""Mails: what one says in its header, its body as plain text or as a page, what is attached; and mailboxes, mail after mail in one file."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.policy
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from flows.ingest import encodings
from flows.ingest.limits import MEBIBYTE, Unreadable
from flows.normalize import dates

LEXICON = Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "mails.toml"
MAIL_BYTES = 64 * MEBIBYTE      # of a mail with all that is attached
HEADER_CHARS = 4096
PARTS = 1000        # parts of a mail that are looked at
# The line that begins a mail in a mailbox: who sent it, and when it came.
_FROM = rb"From [^\r\n]{0,300}?\d:\d\d[^\r\n]{0,40}\d{4}[^\r\n]{0,40}\r?\n"
_ENVELOPE = re.compile(_FROM)
_MAILBOX = re.compile(rb"\s{0,100}" + _FROM + rb">?[!-9;-~]{1,80}:")
_ESCAPED_FROM = re.compile(rb"^>(?=>*From )", re.M)
_HEADER = re.compile(rb"(?:[!-9;-~]{1,80}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,200}){3,200}\r?\n")
_FIELD = re.compile(rb"^(date|from|message-id|mime-version|received)(?=:)", re.M | re.I)
_FLOWED = re.compile(rb"(?<!\n--) (\r?\n)(?!-- )")
# What declares one of these may hold characters of the largest of them.
_CHARSETS = dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "eucgb2312_cn"), "gb18030")


class _ShortHeaders(email.policy.Compat32):
    """The library takes the square of the number of a header's parameters: of a header only so much is read as any program writes."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:HEADER_CHARS]


SHORT_HEADERS = _ShortHeaders()


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it was sent: its bytes, unpacked, and the encoding that its part declares, if any."""

    data: bytes
    charset: str


@dataclass(slots=True)
class Mail:
    """A mail. said: title (the subject, without what answers and forwarding put before it), date (ISO 8601) and author (who sent it), as
    far as its header has them; plain, page: the bodies by their form; attached: names, and the bytes or the mail of that name; sealed:
    whether the mail, or a part of it, is encrypted."""

    said: dict[str, str]
    plain: Body | None = None
    page: Body | None = None
    attached: list[tuple[str, bytes | Message]] = field(default_factory=list)
    sealed: bool = False


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(LEXICON.read_text(encoding="utf-8"))


@cache
def _forwarded() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _lexicon()["forwarded"]))
    return re.compile(rf"(?:\s*[\[【(（]?(?:{words})(?:\[\d+\]|\(\d+\))?[\]】)）]?\s*[:：]\s*)+", re.I)


def is_mailbox(head: bytes) -> bool:
    """Whether a file begins as a mailbox does: with the line before a mail, and a field of its header."""
    return _MAILBOX.match(head) is not None


def is_mail(head: bytes) -> bool:
    """Whether a file begins with the header of a mail: fields alone up to an empty line, those that every mail has among them."""
    header = _HEADER.match(head)
    found = {name.lower() for name in _FIELD.findall(header[0])} if header else set()
    return {b"date", b"from"} <= found and len(found) > 2


def in_mailbox(stream: BinaryIO, most: int) -> Iterator[bytes | Unreadable]:
    """The mails of a mailbox as they stand there, streamed; one longer than `most` bytes is an Unreadable."""
    held: list[bytes] = []
    size, after_blank, whole = 0, True, True

    def mail() -> bytes | Unreadable:
        return Unreadable("too_large", f"a mail of more than {most} bytes") if size > most else _ESCAPED_FROM.sub(b"", b"".join(held))

    while line := stream.readline(MEBIBYTE):
        if after_blank and whole and line.startswith(b"From ") and _ENVELOPE.fullmatch(line):
            if size:
                yield mail()
            held, size = [], 0
        elif size or line.strip():
            size += len(line)
            if size <= most:
                held.append(line)
            else:
                held.clear()        # it is only passed over from here on
        after_blank, whole = whole and not line.strip(b"\r\n"), line.endswith(b"\n")
    if size:
        yield mail()


def parsed(data: bytes) -> Message:
    """The message that `data` is. Raises Unreadable where its parts stand deeper in one another than any program puts them."""
    try:
        return email.message_from_bytes(data, policy=SHORT_HEADERS)
    except RecursionError:
        raise Unreadable("broken_container", "a mail whose parts are nested too deep") from None


def mail_of(message: Message) -> Mail:
    """What a message says, holds and brings along. Its own parts alone: a mail within it is attached."""
    found = Mail(_said(message))
    plain: list[Body] = []
    pages: list[Body] = []
    waiting, seen = [message], 0
    while waiting and seen < PARTS:
        part = waiting.pop()
        seen += 1
        kind, inside = part.get_content_type(), part.get_payload()
        disposition = str(part.get("Content-Disposition") or "").lstrip().lower()
        name = _name(part)
        if kind in _lexicon()["sealed"]:
            found.sealed = True
        elif kind in _lexicon()["unseen"]:
            continue
        elif kind == "message/rfc822" and isinstance(inside, list) and inside and isinstance(inside[0], Message):
            found.attached.append((name or _subject(inside[0]) + ".eml", inside[0]))
        elif isinstance(inside, list):
            waiting += [each for each in reversed(inside) if isinstance(each, Message)]
        elif not isinstance(data := part.get_payload(decode=True), bytes) or not data.strip():
            continue
        elif kind in ("text/plain", "text/html") and not name and not disposition.startswith("attachment"):
            if str(part.get_param("format") or "").lower() == "flowed":
                data = _FLOWED.sub(b"" if str(part.get_param("delsp") or "").lower() == "yes" else b" ", data)
            charset = part.get_content_charset() or ""
            (pages if kind == "text/html" else plain).append(Body(data, _CHARSETS.get(charset, charset)))
        elif not kind.startswith("image/") or (disposition.startswith("attachment") and not part.get("Content-ID")):
            found.attached.append((name or f"attachment.{part.get_content_subtype()}", data))       # a picture of the page is none
    found.plain, found.page = _joined(plain), _joined(pages)
    return found


def _joined(bodies: list[Body]) -> Body | None:
    """The bodies of one form as one, where they are in one encoding; else the longest."""
    if len(bodies) > 1 and len({each.charset for each in bodies}) == 1:
        return Body(b"\n".join(each.data for each in bodies), bodies[0].charset)
    return max(bodies, key=lambda each: len(each.data), default=None)


def _said(message: Message) -> dict[str, str]:
    name, address = parseaddr(_field(message, "From"))
    said = {"title": _subject(message), "date": _day(_field(message, "Date")), "author": decoded(name).strip(" \"'") or address}
    return {key: value[:2000] for key, value in said.items() if value}


def _subject(message: Message) -> str:
    words = decoded(_field(message, "Subject"))
    before = _forwarded().match(words)
    return words[before.end():] if before else words


def _day(written: str) -> str:
    """A time by ISO 8601, as it is told in China if it is told for Greenwich, where it may be the day before."""
    try:
        told = parsedate_to_datetime(written)
        return dates.in_china(told.replace(tzinfo=told.tzinfo or UTC)).isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return ""


def _field(message: Message, name: str) -> str:
    """A field of the header as it is written; bytes that are no ASCII as the encoding that they are in."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    try:
        value.encode()
    except UnicodeEncodeError:
        data = value.encode("utf-8", "surrogateescape")
        found = encodings.decode(data)
        value = found.text if found else data.decode("utf-8", "replace")
    return " ".join(value.split())


def decoded(words: str) -> str:
    """The words of a header, which may be encoded: =?gb2312?B?…?=."""
    if "=?" not in words:
        return words
    try:
        pieces = email.header.decode_header(words)
    except (email.errors.HeaderParseError, ValueError):
        return words
    found = ""
    for piece, charset in pieces:
        if isinstance(piece, str):
            found += piece
            continue
        charset = (charset or "ascii").lower()
        try:
            found += piece.decode(_CHARSETS.get(charset, charset))
        except (UnicodeDecodeError, LookupError):
            guessed = encodings.decode(piece)
            found += guessed.text if guessed else piece.decode("utf-8", "replace")
    return " ".join(found.split())


def _name(part: Message) -> str:
    """The name of a part's file, without folders."""
    try:
        name = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        return ""
    try:
        name.encode()
    except UnicodeEncodeError:
        found = encodings.decode(name.encode("utf-8", "surrogateescape"))
        name = found.text if found else ""
    return decoded(" ".join(name.split())).replace("\\", "/").rsplit("/", 1)[-1]
