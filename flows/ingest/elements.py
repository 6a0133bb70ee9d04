"""Elements of XML: cut out of a stream by their tags, each parsed by itself, and the text that one holds.

Nothing that a file declares is ever parsed, so that no entity of its own is expanded, and what is broken costs one element alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO

from lxml import etree

from flows.ingest import pages, wikitext
from flows.ingest.limits import MEBIBYTE, Unreadable

FIELDS = 100  # elements of an item that are looked at
_HELD = 4096  # bytes in which a tag that is cut off by the end of a piece must stand whole
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_LINE_TAG = re.compile(r"<(?:p|br|div|section|td|li|h[1-6]|pre|blockquote|article)[\s/>]", re.I)


def cut_out(stream: BinaryIO, opening: re.Pattern[bytes], most: int, end: re.Pattern[bytes]) \
        -> Iterator[tuple[bytes | Unreadable, str]]:
    """The items of a feed or a dump as they stand there, tags included, each with the name of its element.

    opening: finds the tag with which an item begins; its first group is the name. One longer than `most` bytes is an Unreadable.
    Raises Unreadable where the last item, or the file, which the tag `end` closes, has no end.
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
        root = etree.fromstring(pages.few_attributes(item).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or any("depth" in error.message for error in parser.error_log):     # what stands deeper is lost
        raise Unreadable("bad_record", "an item that is no XML")
    return root


def name_of(element: etree._Element) -> str:
    """The name of an element without its prefix."""
    return element.tag.rpartition("}")[2].rpartition(":")[2]


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
    if wikitext.is_wikitext(text):
        return text         # a few of its marks are written as tags
    if not _LINE_TAG.search(text):
        text = text.replace("\n", "<br>")
    return text if pages.is_page(text) else f"<body>{text}</body>"
