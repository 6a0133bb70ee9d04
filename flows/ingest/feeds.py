"""Feeds (RSS and Atom) of whole articles: each item a document, streamed and never loaded whole.

An item is cut out by its tags alone and parsed by itself, without what the feed declares: a broken one costs only itself, and no entity
of the feed's own is ever expanded. Items count from 0.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from html import unescape
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from flows.ingest import elements, encodings, pages, records
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import Limits, Unreadable
from flows.normalize import dates

_LEXICON = Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "feeds.toml"
# What may stand before the root; a feed of RSS 1.0 has the root of RDF, which is one only if it says so.
_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]{0,300}(?:\[[^\]]{0,2000}\]\s*)?>\s*)*"
    rb"<(?:[A-Za-z]\w{0,9}:)?(?:(?P<feed>feed|rss)(?=[\s>])|RDF(?=[\s>])(?=[^>]{0,2000}purl\.org/rss/1\.0))", re.S | re.I
)
_FEED_TITLE = re.compile(rb"<(?:\w{1,10}:)?title(?:\s[^<>]{0,200})?>\s*(?:<!\[CDATA\[)?([^<\]]{1,400})")
_ROOT_END = re.compile(rb"</(?:[A-Za-z]\w{0,9}:)?(?:feed|rss|RDF)\s*>", re.I)
_MEDIA = {"item": "application/rss+xml", "entry": "application/atom+xml"}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """schemas/lexicons/feeds.toml, read once."""
    return {key: tuple(names) for key, names in tomllib.loads(_LEXICON.read_text(encoding="utf-8")).items()}


@cache
def _item() -> re.Pattern[bytes]:
    """The tag with which an item begins."""
    return re.compile(rb"<((?:[A-Za-z]\w{0,9}:)?(?:%s))(?:\s[^<>]{0,2000})?>" % "|".join(_names()["items"]).encode())


def is_feed(head: bytes) -> bool:
    """Whether a file begins as a feed does, and holds an item not far on."""
    head = head.removeprefix(codecs.BOM_UTF8)
    return head.lstrip()[:1] == b"<" and _ROOT.match(head[:8192]) is not None and _item().search(head) is not None


def feed(path: str, stream: BinaryIO, head: bytes, limits: Limits, card: Mapping[str, str]) -> Iterator[Document | Reject]:
    """Documents of a feed, a reject for each item that cannot be read. Raises Unreadable where the feed is cut off.

    head: the beginning of the whole, which says the encoding and whose feed it is.
    """
    declared = pages.declared_charset(head)
    codec: str | None = None
    site = ""
    first = _item().search(head)
    if first is not None and (named := _FEED_TITLE.search(head, 0, first.start())) and (decoded := encodings.decode(named[1], declared)):
        site = unescape(decoded.text).strip()
    number = -1
    for number, (data, kind) in enumerate(elements.cut_out(stream, _item(), limits.line_chars, _ROOT_END)):
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


def _record(item: str) -> dict[str, str]:
    """The fields of an item by their names, the text among them as `text`. Raises Unreadable where it is no XML at all."""
    root = elements.parsed(item)
    own = _prefix(root)
    text_names = {name.rpartition(":")[2] for name in _names()["texts"]}
    record: dict[str, str] = {}
    texts: dict[str, str] = {}
    children = list(islice(root.iterchildren(etree.Element), elements.FIELDS))
    if not any(elements.name_of(element) in text_names for element in children):      # within one that is not closed
        children = list(islice(root.iterdescendants(etree.Element), elements.FIELDS))
    for element in children:
        prefix, name = _prefix(element), elements.name_of(element)
        if prefix in _names()["plain_prefixes"] or prefix == own:
            prefix = ""
        full = f"{prefix}:{name}" if prefix else name
        if full in _names()["texts"]:
            texts.setdefault(full, elements.text_of(element))
        elif not prefix:
            value = value_of(element, name)
            if name == "category" and name in record and value:
                record[name] = f"{record[name]}、{value}"
            elif value:
                record.setdefault(name, value)
    preferred = next((texts[name] for name in _names()["texts"] if texts.get(name)), "")
    longest = max(texts.values(), key=len, default="")
    record["text"] = longest if len(longest) > 2 * len(preferred) else preferred
    return record


def _prefix(element: etree._Element) -> str:
    """The prefix of an element's name; what the feed declares of it is not known here."""
    return element.prefix or element.tag.rpartition("}")[2].rpartition(":")[0]


def value_of(element: etree._Element, name: str) -> str:
    """What an element says of its item: its words, the place that it leads to, or the name of the person in it."""
    if name == "link" and element.get("href"):
        return element.get("href").strip() if element.get("rel", "alternate") == "alternate" else ""
    if name == "category" and element.get("term"):
        return (element.get("label") or element.get("term")).strip()
    named = next((each for each in element.iterchildren(etree.Element) if elements.name_of(each) in ("name", "title")), None)
    words = unescape("".join((named if named is not None else element).itertext())).strip()
    return _day(words) if name in ("published", "pubDate", "date", "updated", "modified", "issued", "created") else words


def _day(words: str) -> str:
    """A time, as it is told in China if it is told for Greenwich, where it may be the day before."""
    try:
        told = datetime.fromisoformat(words) if words[:4].isdecimal() else parsedate_to_datetime(words)
    except (ValueError, IndexError, OverflowError):
        return words
    try:
        return dates.in_china(told).isoformat() if told.tzinfo is not None and not told.utcoffset() else words
    except OverflowError:
        return words


