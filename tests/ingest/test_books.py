"""E-books: their chapters in order of reading, called as they are called."""

from __future__ import annotations

import pytest

from flows.ingest.documents import Document
from tests.ingest.hostile import zipped
from tests.ingest.test_sources import everything, put

CONTAINER = '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>' \
            '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
PACKAGE = """<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf"><metadata
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>柳溪讲话集</dc:title><dc:creator>柳溪村</dc:creator></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/a.xhtml"
media-type="application/xhtml+xml"/><item id="b" href="text/%E4%B9%99.xhtml" media-type="application/xhtml+xml"/><item id="i" href="i.svg"
media-type="image/svg+xml"/></manifest><spine><itemref idref="nav"/><itemref idref="b"/><itemref idref="i"/><itemref idref="a"/></spine>
</package>"""
NAV = '<html><body><nav><ol><li><a href="text/%E4%B9%99.xhtml#top">谈水渠</a></li>' \
      '<li><a href="text/a.xhtml">谈路</a></li></ol></nav></body></html>'


def chapter(title: str, text: str) -> str:
    return '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">' \
           f"<head><title>{title}</title></head><body><p>各位乡亲：</p><p>{text}</p></body></html>"


def book(**other: str) -> bytes:
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/content.opf": PACKAGE,
               "OEBPS/nav.xhtml": NAV,
               "OEBPS/text/a.xhtml": chapter("修路的话", "今天谈修路。"), "OEBPS/text/乙.xhtml": chapter("柳溪讲话集", "今天谈水渠。"),
               "OEBPS/i.svg": "<svg/>"}
    return zipped({name: data.encode() for name, data in (members | other).items()})


def test_a_book_gives_its_chapters_in_order_of_reading(tmp_path):
    found = everything(put(tmp_path, "集.epub", book()))
    assert {path: item.raw_text for path, item in found.items()} == {
        "集.epub#OEBPS/text/乙.xhtml": "各位乡亲：\n今天谈水渠。", "集.epub#OEBPS/text/a.xhtml": "各位乡亲：\n今天谈修路。"}
    assert list(found) == ["集.epub#OEBPS/text/乙.xhtml", "集.epub#OEBPS/text/a.xhtml"]
    # a page that bears the title of the whole book is called as the table of contents calls it
    assert [each.metadata for each in found.values()] == [
        {"title": "谈水渠", "collection": "柳溪讲话集", "author": "柳溪村"},
        {"title": "修路的话", "collection": "柳溪讲话集", "author": "柳溪村"}]


@pytest.mark.parametrize(("member", "data", "reason"), [
    ("META-INF/container.xml", "", "broken_container"),
    ("OEBPS/content.opf", "kein XML", "broken_container"),
    ("OEBPS/content.opf", "<package><manifest/><spine/></package>", "broken_container"),
    ("OEBPS/content.opf", PACKAGE.replace("text/", "../../"), "broken_container"),
])
def test_a_book_that_does_not_tell_its_chapters(tmp_path, member, data, reason):
    found = everything(put(tmp_path, "a.epub", book(**{member: data})))
    assert {path: item.reason for path, item in found.items()} == {"a.epub": reason}


def test_a_book_whose_first_bytes_are_lost(tmp_path):
    whole = book()
    found = everything(put(tmp_path, "a.epub", whole[:30] + whole[500:]))
    assert {path: item.reason for path, item in found.items()} == {"a.epub": "broken_container"}


def test_a_chapter_that_is_encrypted_or_declares_entities(tmp_path):
    sealed = '<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/text/a.xhtml"/></CipherData></EncryptedData></encryption>'
    bomb = '<!DOCTYPE p [<!ENTITY a "好好好好好好好好"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>' \
        + PACKAGE.partition("?>")[2].replace("柳溪讲话集", "&b;&x;集")
    found = everything(put(tmp_path, "a.epub", book(**{"META-INF/encryption.xml": sealed, "OEBPS/content.opf": bomb})))
    assert found["a.epub#OEBPS/text/a.xhtml"].reason == "encrypted"
    other = found["a.epub#OEBPS/text/乙.xhtml"]
    assert isinstance(other, Document) and "好好" not in other.metadata["collection"] and "root" not in other.metadata["collection"]
