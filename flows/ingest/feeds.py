"""Feeds (RSS and Atom) of whole articles: each item a document, streamed and never loaded whole.

An item is cut out by its tags alone and parsed by itself, without what the feed declares: a broken one costs only itself, and no entity
of the feed's own is ever expanded. Items count from 0.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from flows.ingest import encodings, pages, records
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import MEBIBYTE, Limits, Unreadable

_NAMES = tomllib.loads((Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "feeds.toml").read_text(encoding="utf-8"))
_TEXTS: tuple[str, ...] = tuple(_NAMES["texts"])
_TEXT_NAMES = frozenset(name.rpartition(":")[2] for name in _TEXTS)
_PLAIN_PREFIXES = frozenset(_NAMES["plain_prefixes"])
FIELDS = 100  # elements of an item that are looked at
# What may stand before the root; a feed of RSS 1.0 has the root of RDF, which is one only if it says so.
_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]{0,300}(?:\[[^\]]{0,2000}\]\s*)?>\s*)*"
    rb"<(?:[A-Za-z]\w{0,9}:)?(?:(?P<feed>feed|rss)(?=[\s>])|RDF(?=[\s>])(?=[^>]{0,2000}purl\.org/rss/1\.0))", re.S | re.I
)
_ITEM = re.compile(rb"<((?:[A-Za-z]\w{0,9}:)?(?:%s))(?:\s[^<>]{0,2000})?>" % "|".join(_NAMES["items"]).encode())
_HELD = 4096  # bytes in which a tag that is cut off by the end of a piece must stand whole
_FEED_TITLE = re.compile(rb"<(?:\w{1,10}:)?title(?:\s[^<>]{0,200})?>\s*(?:<!\[CDATA\[)?([^<\]]{1,400})")
_ROOT_END = re.compile(rb"</(?:[A-Za-z]\w{0,9}:)?(?:feed|rss|RDF)\s*>", re.I)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_LINE_TAG = re.compile(r"<(?:p|br|div|section|td|li|h[1-6]|pre|blockquote|article)[\s/>]", re.I)
_CHINA = timezone(timedelta(hours=8))
_MEDIA = {"item": "application/rss+xml", "entry": "application/atom+xml"}


def is_feed(head: bytes) -> bool:
    """Whether a file begins as a feed does, and holds an item not far on."""
    head = head.removeprefix(codecs.BOM_UTF8)
    return head.lstrip()[:1] == b"<" and _ROOT.match(head[:8192]) is not None and _ITEM.search(head) is not None


def feed(path: str, stream: BinaryIO, head: bytes, limits: Limits, card: Mapping[str, str]) -> Iterator[Document | Reject]:
    """Documents of a feed, a reject for each item that cannot be read. Raises Unreadable where the feed is cut off.

    head: the beginning of the whole, which says the encoding and whose feed it is.
    """
    declared = pages.declared_charset(head)
    codec: str | None = None
    site = ""
    first = _ITEM.search(head)
    if first is not None and (named := _FEED_TITLE.search(head, 0, first.start())) and (decoded := encodings.decode(named[1], declared)):
        site = unescape(decoded.text).strip()
    number = -1
    for number, (data, kind) in enumerate(cut_out(stream, _ITEM, limits.line_chars)):
        at = f"{path}#{number}"
        try:
            if isinstance(data, Unreadable):
                raise data
            found = encodings.decode(data, codec or declared)
            if found is None:
                raise Unreadable("undecodable", "an item in no known encoding")
            codec = found.encoding
            record = _record(found.text)
        except Unreadable as problem:
            yield Reject(at, "ingest", problem.reason, problem.detail)
            continue
        names = [name for name in record if name != "text"]
        columns = records.Columns("text", records.metadata_columns(names))
        said = {**card, **({"site": site} if site else {})}
        yield records.document_of(at, record, columns, _MEDIA[kind], found.encoding, found.confidence, said, limits)
    if number < 0:
        raise Unreadable("empty", "a feed without items")


def cut_out(stream: BinaryIO, opening: re.Pattern[bytes], most: int, end: re.Pattern[bytes] = _ROOT_END) \
        -> Iterator[tuple[bytes | Unreadable, str]]:
    """The items of a feed as they stand there, tags included, each with the name of its element.

    opening: finds the tag with which an item begins; its first group is the name. One longer than `most` bytes is an Unreadable.
    Raises Unreadable where the feed, which the tag `end` closes, has no end.
    """
    held, at, number = b"", 0, 0
    while True:
        start = opening.search(held, at)
        if start is None:
            more = stream.read(MEBIBYTE)
            if not more:
                break
            held, at = held[max(at, len(held) - _HELD):] + more, 0
            continue
        kind = start[1].rpartition(b":")[2].decode("latin-1").lower()
        ends = re.compile(rb"<!\[CDATA\[|<!--|</%s\s*>" % re.escape(start[1]))
        begin, at, until = start.start(), start.end(), b""
        lost = 0        # bytes of an item that is too long, which is only passed over
        while True:
            if until:       # where a section that is no markup ends
                closed = held.find(until, at)
                at, until = (closed + len(until), b"") if closed >= 0 else (max(at, len(held) - len(until) + 1), until)
            found = ends.search(held, at) if not until else None
            if found and found[0].startswith(b"</"):
                at = found.end()
                break
            if found:
                at, until = found.end(), b"]]>" if found[0] == b"<![CDATA[" else b"-->"
                continue
            if not until:
                at = max(at, len(held) - _HELD)
            if at - begin > most:
                lost, begin = lost + at - begin, at
            more = stream.read(MEBIBYTE)
            if not more:
                raise Unreadable("broken_container", f"nothing from item {number} on, which has no end")
            held, begin, at = held[begin:] + more, 0, at - begin
        size = lost + at - begin
        yield Unreadable("too_large", f"an item of more than {most} bytes") if size > most else held[begin:at], kind
        number += 1
    if number and not end.search(held, at):
        raise Unreadable("broken_container", f"cut off behind item {number - 1}")


def parsed(item: str) -> etree._Element:
    """The element that an item is, with what is broken in it left out. Raises Unreadable where it is no XML at all."""
    # names that HTML knows and XML does not: the parser would drop them
    if "&" in item:
        item = _NAMED.sub(lambda name: unescape(name[0]), item)
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(pages._few_attributes(item).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or any("depth" in error.message for error in parser.error_log):     # what stands deeper is lost
        raise Unreadable("bad_record", "an item that is no XML")
    return root


def _record(item: str) -> dict[str, str]:
    """The fields of an item by their names, the text among them as `text`. Raises Unreadable where it is no XML at all."""
    root = parsed(item)
    own = _prefix(root)
    record: dict[str, str] = {}
    texts: dict[str, str] = {}
    elements = list(islice(root.iterchildren(etree.Element), FIELDS))
    if not any(name_of(element) in _TEXT_NAMES for element in elements):      # within one that is not closed
        elements = list(islice(root.iterdescendants(etree.Element), FIELDS))
    for element in elements:
        prefix, name = _prefix(element), name_of(element)
        if prefix in _PLAIN_PREFIXES or prefix == own:
            prefix = ""
        full = f"{prefix}:{name}" if prefix else name
        if full in _TEXTS:
            texts.setdefault(full, text_of(element))
        elif not prefix:
            value = value_of(element, name)
            if name == "category" and name in record and value:
                record[name] = f"{record[name]}、{value}"
            elif value:
                record.setdefault(name, value)
    preferred = next((texts[name] for name in _TEXTS if texts.get(name)), "")
    longest = max(texts.values(), key=len, default="")
    record["text"] = longest if len(longest) > 2 * len(preferred) else preferred
    return record


def _prefix(element: etree._Element) -> str:
    """The prefix of an element's name; what the feed declares of it is not known here."""
    return element.prefix or element.tag.rpartition("}")[2].rpartition(":")[0]


def name_of(element: etree._Element) -> str:
    """The name of an element without its prefix."""
    return element.tag.rpartition("}")[2].rpartition(":")[2]


def value_of(element: etree._Element, name: str) -> str:
    """What an element says of its item: its words, the place that it leads to, or the name of the person in it."""
    if name == "link" and element.get("href"):
        return element.get("href").strip() if element.get("rel", "alternate") == "alternate" else ""
    if name == "category" and element.get("term"):
        return (element.get("label") or element.get("term")).strip()
    named = next((each for each in element.iterchildren(etree.Element) if name_of(each) in ("name", "title")), None)
    words = unescape("".join((named if named is not None else element).itertext())).strip()
    return _day(words) if name in ("published", "pubDate", "date", "updated", "modified", "issued", "created") else words


def _day(words: str) -> str:
    """A time, as it is told in China if it is told for Greenwich, where it may be the day before."""
    try:
        told = datetime.fromisoformat(words) if words[:4].isdecimal() else parsedate_to_datetime(words)
    except (ValueError, IndexError, OverflowError):
        return words
    try:
        return told.astimezone(_CHINA).isoformat() if told.tzinfo is not None and not told.utcoffset() else words
    except OverflowError:
        return words


def text_of(element: etree._Element) -> str:
    """The text that an element holds: as a page where it is HTML, escaped or as elements (XHTML); as it stands where it is none."""
    if len(element):
        for each in element.iter(etree.Element):
            each.tag = name_of(each)
        inner = (element.text or "") + "".join(etree.tostring(each, encoding="unicode", method="html") for each in element)
        return f"<body>{inner}</body>"
    text = (element.text or "").strip()
    if element.get("type", "html") == "text":
        return text
    if not _TAG.search(text):
        return unescape(text)
    if not _LINE_TAG.search(text):
        text = text.replace("\n", "<br>")
    return text if pages.is_page(text) else f"<body>{text}</body>"
