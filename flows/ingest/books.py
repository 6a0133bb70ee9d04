"""Electronic books (EPUB): which members of the archive are its chapters, and in which order they are read."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from flows.ingest import elements, encodings
from flows.ingest.limits import MEBIBYTE, Unreadable, read_all

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAPER_BYTES = 8 * MEBIBYTE     # of the table of contents, or of the list of chapters
_ELEMENTS = 200_000
_FIRST = re.compile(r"<(?=[^\s<>/!?])")
_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml"})


class Book(NamedTuple):
    """A book: its title and who wrote it, empty where it does not say; the members that are its chapters, in order of reading; what the
    table of contents calls each, by name; and the names of those that are encrypted."""

    title: str
    author: str
    chapters: list[zipfile.ZipInfo]
    headings: dict[str, str]
    sealed: frozenset[str]


def book(archive: zipfile.ZipFile) -> Book:
    """The book that an archive is. Raises Unreadable where it does not tell its chapters."""
    where = next((each.get("full-path", "") for each in _elements(archive, CONTAINER) if elements.name_of(each) == "rootfile"), "")
    title = author = ""
    items: dict[str, etree._Element] = {}
    order: list[str] = []
    for each in _elements(archive, where):
        name = elements.name_of(each)
        if name == "item":
            items.setdefault(each.get("id", ""), each)
        elif name == "itemref":
            order.append(each.get("idref", ""))
        elif name == "title":
            title = title or " ".join("".join(each.itertext()).split())
        elif name == "creator":
            author = author or " ".join("".join(each.itertext()).split())
    members = {info.filename: info for info in archive.filelist}
    chapters: dict[str, zipfile.ZipInfo] = {}
    headings: dict[str, str] = {}
    for item in (items[each] for each in dict.fromkeys(order) if each in items):
        at = _at(where, item.get("href", ""))
        if at in members and item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split():
            chapters[at] = members[at]
    for item in items.values():
        at = _at(where, item.get("href", ""))
        if at in members and ("nav" in item.get("properties", "").split() or item.get("media-type") == "application/x-dtbncx+xml"):
            for target, heading in _contents(archive, at):
                headings.setdefault(target, heading)
    if not chapters:
        raise Unreadable("broken_container", "an e-book that does not tell its chapters")
    sealed = (unquote(each.get("URI", "")) for each in _elements(archive, _ENCRYPTION) if elements.name_of(each) == "CipherReference") \
        if _ENCRYPTION in members else ()
    return Book(title, author, list(chapters.values()), headings, frozenset(sealed))


def _contents(archive: zipfile.ZipFile, at: str) -> Iterator[tuple[str, str]]:
    """The entries of a table of contents, the one of EPUB 3 (a page) or of EPUB 2 (NCX): what each leads to, and its words."""
    for each in _elements(archive, at):
        name = elements.name_of(each)
        if name == "a" and each.get("href"):
            yield _at(at, each.get("href")), " ".join("".join(each.itertext()).split())
        elif name == "navPoint":
            label = next((one for one in each.iterchildren(etree.Element) if elements.name_of(one) == "navLabel"), None)
            target = next((one.get("src", "") for one in each.iterchildren(etree.Element) if elements.name_of(one) == "content"), "")
            if label is not None and target:
                yield _at(at, target), " ".join("".join(label.itertext()).split())


def _at(beside: str, href: str) -> str:
    """The name of the member to which an address in another member leads."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(beside), unquote(href.partition("#")[0])))


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[etree._Element]:
    """The elements of a member that is XML. Raises Unreadable where it is none, or not there."""
    try:
        with archive.open(name) as stream:
            decoded = encodings.decode(read_all(stream, _PAPER_BYTES, "archive_limit"))
    except KeyError:
        raise Unreadable("broken_container", f"an e-book without its {name[:100] or 'list of chapters'}") from None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError, OSError) as problem:
        raise Unreadable("broken_container", f"an e-book whose {name[:100]} is damaged: {problem}"[:300]) from None
    start = _FIRST.search(decoded.text) if decoded else None    # nothing that it declares is ever parsed
    if decoded is None or start is None:
        raise Unreadable("broken_container", f"an e-book whose {name[:100]} is no XML")
    return islice(elements.parsed(decoded.text[start.start():]).iter(etree.Element), _ELEMENTS)
