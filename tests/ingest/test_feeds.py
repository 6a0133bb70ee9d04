"""Feeds of whole articles: an item a document, and one that is broken costs itself alone."""

from __future__ import annotations

from html import escape
from time import monotonic

import pytest

from flows.ingest import elements
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import Limits
from tests.ingest.test_sources import everything, put

SPEECH = ["各位乡亲：", "今天村里的老水渠重新通了水，我先说一声谢谢。", "修渠的人手上都起了泡，没有一个叫苦。"]
HTML = "".join(f"<p>{line}</p>" for line in SPEECH)


def rss(*items: str, channel: str = "<title>柳溪村公众平台</title><link>https://liuxi.example/</link>") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'.encode()


def atom(*entries: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>柳溪村</title>{"".join(entries)}</feed>'.encode()


def test_each_item_of_an_rss_feed_is_a_document(tmp_path):
    first = (f"<item><title>村主任在通水仪式上的讲话</title><link>https://liuxi.example/7</link>"
             f"<pubDate>Sun, 19 Nov 2023 23:30:00 GMT</pubDate><media:title>水渠的照片</media:title>"
             f"<description>今天通水。</description><content:encoded><![CDATA[{HTML}]]></content:encoded></item>")
    second = f"<item><title>通知</title><description>{escape(HTML)}</description><dc:creator>村委会</dc:creator></item>"
    found = everything(put(tmp_path, "feed.xml", rss(first, second)))
    assert list(found) == ["feed.xml#0", "feed.xml#1"]
    told, other = found.values()
    assert told.raw_text == other.raw_text == "\n".join(SPEECH)
    assert (told.metadata["title"], told.metadata["url"]) == ("村主任在通水仪式上的讲话", "https://liuxi.example/7")
    assert told.metadata["date"].startswith("2023-11-20") and told.metadata["site"] == "柳溪村公众平台"
    assert (told.media_type, told.encoding) == ("application/rss+xml", "utf-8")
    assert other.metadata["author"] == "村委会"


@pytest.mark.parametrize("content", [
    f'<content type="html">{escape(HTML)}</content>',
    f'<content type="html"><![CDATA[{HTML}]]></content>',
    f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content>',
    f'<content type="text">{chr(10).join(SPEECH)}</content>',
    f'<atom:content type="html">{escape(HTML)}</atom:content>',
    f"<summary>通水了。</summary><content>{escape(HTML)}</content>",
    f'<summary type="html">{escape(HTML)}</summary>',
])
def test_the_text_of_an_atom_entry_however_it_is_written(tmp_path, content):
    entry = (f'<entry><title>讲话</title><link rel="self" href="https://liuxi.example/feed/7"/><link href="https://liuxi.example/7"/>'
             f"<updated>2023-11-21T09:00:00+08:00</updated><published>2023-11-20T09:00:00+08:00</published>"
             f"<author><name>村委会</name></author>{content}</entry>")
    found = everything(put(tmp_path, "feed.atom", atom(entry)))["feed.atom#0"]
    assert found.raw_text == "\n".join(SPEECH)
    assert found.metadata == {"site": "柳溪村", "title": "讲话", "url": "https://liuxi.example/7", "author": "村委会",
                              "date": "2023-11-20T09:00:00+08:00"}


def test_an_item_that_is_broken_or_empty_costs_itself_alone(tmp_path):
    good = f"<item><title>讲话</title><description><![CDATA[{HTML}]]></description></item>"
    torn = f"<item><title>甲 & 乙<b></title><description>{escape(HTML)}</description></item>"
    data = rss(good, "<item><title>没有正文</title></item>", torn, good)
    found = everything(put(tmp_path, "feed.xml", data))
    assert [type(each) for each in found.values()] == [Document, Reject, Document, Document]
    assert found["feed.xml#1"].reason == "empty"
    long = rss(good, f"<item><description><![CDATA[{'长' * 3_000_000}</item>]]></description></item>", good)
    found = everything(put(tmp_path, "feed.xml", long), limits=Limits(line_chars=1 << 20))
    assert [getattr(each, "reason", None) for each in found.values()] == [None, "too_large", None]


def test_a_feed_that_is_cut_off_is_told(tmp_path):
    good = f"<item><title>讲话</title><description><![CDATA[{HTML}]]></description></item>"
    whole = rss(good, good)
    for cut in (len(whole) - 100, len(whole) - 20):
        found = everything(put(tmp_path, "feed.xml", whole[:cut]))
        assert found["feed.xml"].reason == "broken_container" and isinstance(found["feed.xml#0"], Document)


def test_no_entity_of_a_feed_is_expanded(tmp_path):
    item = f"<item><title>讲话</title><description>{escape(HTML)}&nbsp;&lol;&passwd;</description></item>"
    declared = rss(item).replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY lol "hahaha"><!ENTITY passwd SYSTEM "file:///etc/passwd">]><rss', 1)
    for data in (declared, rss(item)):
        for found in everything(put(tmp_path, "feed.xml", data)).values():
            assert "root:" not in found.raw_text and "hahaha" not in found.raw_text


def test_items_are_cut_out_across_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(elements, "MEBIBYTE", 7)
    item = f"<item ><title><![CDATA[讲话</item>]]></title><!-- </item> --><description>{escape(HTML)}</description></item >"
    found = everything(put(tmp_path, "feed.xml", rss(item, item, item)))
    assert [each.raw_text for each in found.values()] == ["\n".join(SPEECH)] * 3


def test_items_of_hostile_shapes_are_read_at_once(tmp_path):
    begun = monotonic()
    many = rss("<item><title>甲</title></item>" * 30_000)
    deep = rss("<item><description>" + "<b>" * 20_000 + "深" + "</b>" * 20_000 + "</description></item>")
    attributes = rss("<item><description " + " ".join(f'a{n}="1"' for n in range(100_000)) + f">{escape(HTML)}</description></item>")
    for data in (many, deep, attributes, rss("<item>" * 50_000), rss("<item><![CDATA[" * 50_000)):
        assert everything(put(tmp_path, "feed.xml", data))
    assert monotonic() - begun < 20


@pytest.mark.parametrize("text", [
    "<p>各位乡亲：</p>\n<p>今天通水。</p>\n<p>谢谢大家。</p>",
    "<html><body><item>各位乡亲：</item><p>今天通水。</p></body></html>",
    "<feed>没有条目的文字，只有一段话。</feed>",
])
def test_what_is_no_feed_is_read_as_before(tmp_path, text):
    found = everything(put(tmp_path, "page.xml", text.encode()))
    assert list(found) == ["page.xml"]
