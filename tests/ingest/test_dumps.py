"""Dumps in XML: what a record is, is told by the first part; one that is broken costs itself alone."""

from __future__ import annotations

from time import monotonic

import pytest

from flows.ingest.documents import Document
from flows.ingest.limits import Limits
from tests.ingest.test_sources import everything, put

LINES = ["各位乡亲：", "今天村里的老水渠重新通了水，我先说一声谢谢。", "修渠的人手上都起了泡，没有一个叫苦，大家辛苦了，"
         "谢谢各位，也谢谢来帮忙的邻村乡亲。"]
TEXT = "\n".join(LINES)
HTML = "".join(f"<p>{line}</p>" for line in LINES)
FLAT = "".join(LINES)
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize("written, text, told", [
    (f"<documents><document id='1'><title>甲</title><author><name>张三</name></author><pubdate>2008-07-09</pubdate><body><![CDATA[{HTML}]]>"
     f"</body></document><document id='2'><title>乙</title><body>{TEXT}</body></document></documents>", TEXT,
     {"title": "甲", "date": "2008-07-09", "author": "张三"}),
    (f"<集><讲话><标题>甲</标题><讲话人>李四</讲话人><正文>{''.join(f'<段>{line}</段>' for line in LINES)}</正文></讲话>"
     f"<讲话><标题>乙</标题><正文>{TEXT}</正文></讲话></集>", TEXT, {"title": "甲", "speaker": "李四"}),
    (f"<ku><pian><biaoti>甲</biaoti><jianghuaren>李四</jianghuaren><zhiwu>县长</zhiwu><jianghuashijian>2001/02/03</jianghuashijian>"
     f"<zhengwen>{TEXT}</zhengwen></pian><pian><biaoti>乙</biaoti><zhengwen>{TEXT}</zhengwen></pian></ku>", TEXT,
     {"title": "甲", "speaker": "李四", "role": "县长", "delivered": "2001/02/03"}),
    (f"<集><讲话 地区='柳溪县'><标题 级='1'>甲</标题><讲话人 职务='县长'>李四</讲话人><正文>{TEXT}</正文></讲话>"
     f"<讲话><标题>乙</标题><正文>{TEXT}</正文></讲话></集>", TEXT, {"title": "甲", "speaker": "李四", "role": "县长", "place": "柳溪县"}),
    (f"<集><pian><biaoti>甲</biaoti><zhujiang zhiwu='馆长'>李四</zhujiang><riqi leixing='讲话'>2001-02-03</riqi>"
     f"<riqi leixing='发布'>2001-02-09</riqi><zhengwen>{TEXT}</zhengwen></pian>"
     f"<pian><biaoti>乙</biaoti><zhengwen>{TEXT}</zhengwen></pian></集>", TEXT,
     {"title": "甲", "speaker": "李四", "role": "馆长", "delivered": "2001-02-03", "date": "2001-02-09"}),
    (f"<docs><doc><title>甲</title><date type='delivered'>2001-02-03</date><date type='gregorian'>2001-02-09</date>"
     f"<author type='发布'>王五</author><content>{TEXT}</content></doc><doc><title>乙</title><content>{TEXT}</content></doc></docs>", TEXT,
     {"title": "甲", "delivered": "2001-02-03", "date": "2001-02-09", "author": "王五"}),
    (f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/"><page><title>甲</title><revision><timestamp>2010-01-02</timestamp>'
     f'<text xml:space="preserve">{TEXT}</text></revision></page><page><title>乙</title><revision><text>{TEXT}</text></revision></page>'
     "</mediawiki>", TEXT, {"title": "甲", "date": "2010-01-02"}),
    (f'<corpus><doc id="1" title="甲" date="2001-02-03">{TEXT}</doc><doc id="2" title="乙">{TEXT}</doc></corpus>', TEXT,
     {"title": "甲", "date": "2001-02-03"}),
    (f"<r><rec><title>甲</title>{HTML.replace('今天', '<b>今天</b>')}</rec><rec><title>乙</title>{HTML}</rec></r>", TEXT, {"title": "甲"}),
    (f"<response><title>集</title><data><list><item><bt>甲</bt><nr>{TEXT}</nr></item><item><bt>乙</bt><nr>{TEXT}</nr></item></list></data>"
     "</response>", TEXT, {"title": "甲"}),
    (f'<response><result><doc><str name="title">甲</str><arr name="content"><str>{FLAT}</str></arr></doc>'
     f'<doc><str name="title">乙</str><str name="content">{FLAT}</str></doc></result></response>', FLAT, {"title": "甲"}),
    (f"<x:docs xmlns:x='urn:x'><x:doc><x:title>甲</x:title><x:content>{TEXT}</x:content></x:doc>"
     f"<x:doc/><x:doc><x:title>乙</x:title><x:content>{TEXT}</x:content></x:doc></x:docs>", TEXT, {"title": "甲"}),
])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_each_record_is_a_document(tmp_path, written, text, told, codec):
    found = everything(put(tmp_path, "dump.xml", DECLARED.replace("UTF-8", codec).encode() + written.encode(codec)))
    assert list(found) == ["dump.xml#0", "dump.xml#1"]
    first, second = found.values()
    assert first.raw_text == text and first.metadata == told
    assert second.metadata["title"] == "乙" and second.raw_text.replace("\n", "") == FLAT
    assert (first.media_type, first.encoding) == ("application/xml", codec)


def test_records_without_a_root_around_them(tmp_path):
    one = f"<doc>\n<url>http://liuxi.example/{{}}</url>\n<docno>1</docno>\n<contenttitle>通水</contenttitle>\n<content>{FLAT}</content>\n</doc>\n"
    found = everything(put(tmp_path, "news.dat", (one.format(1) + one.format(2)).encode("gb18030")))
    assert [each.metadata["url"][-1] for each in found.values()] == ["1", "2"] and found["news.dat#1"].raw_text == FLAT


@pytest.mark.parametrize("written", [
    f"<article><title>甲</title><source>日报</source><content>{TEXT}</content></article>",
    f"<news><head><title>甲</title></head><body>{HTML}</body></news>",
    f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><titleStmt><title>甲</title></titleStmt></teiHeader>'
    f"<text><body><div>{HTML}</div></body></text></TEI>",
])
def test_a_file_of_one_record(tmp_path, written):
    found = everything(put(tmp_path, "one.xml", (DECLARED + written).encode()))
    assert list(found) == ["one.xml"]
    assert found["one.xml"].raw_text == TEXT and found["one.xml"].metadata["title"] == "甲"


@pytest.mark.parametrize("written", [
    "<project><name>甲</name><version>1</version></project>",
    f"<a>{TEXT}</a>",
    '<!DOCTYPE html><html><head><title>甲</title></head><body><content>乙</content></body></html>',
    f"<节><content>{TEXT}<节><content>{TEXT}</content></节></content></节>",
])
def test_what_is_no_dump_is_read_as_before(tmp_path, written):
    assert list(everything(put(tmp_path, "a.xml", (DECLARED + written).encode()))) == ["a.xml"]


def test_a_text_that_begins_with_the_name_of_a_tag_is_one(tmp_path):
    assert list(everything(put(tmp_path, "a.txt", f"<content>是标签的名字。\n{TEXT}".encode()))) == ["a.txt"]


def test_a_record_that_is_broken_costs_itself_alone_and_a_cut_is_told(tmp_path):
    good = f"<doc><title>甲 & 乙</title><content>{TEXT}</content></doc>"
    whole = f"{DECLARED}<docs>{good}<doc><title>空</title></doc>{good}</docs>".encode()
    found = everything(put(tmp_path, "d.xml", whole))
    assert [getattr(each, "reason", None) for each in found.values()] == [None, "empty", None]
    for cut in (len(whole) - 100, len(whole) - 8):
        found = everything(put(tmp_path, "d.xml", whole[:cut]))
        assert found["d.xml"].reason == "broken_container" and isinstance(found["d.xml#0"], Document)
    long = f"{DECLARED}<docs>{good}<doc><content>{'长' * 3_000_000}</content></doc>{good}</docs>".encode()
    found = everything(put(tmp_path, "d.xml", long), limits=Limits(line_chars=1 << 20))
    assert [getattr(each, "reason", None) for each in found.values()] == [None, "too_large", None]


def test_no_entity_of_a_dump_is_expanded(tmp_path):
    declared = '<!DOCTYPE docs [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;"><!ENTITY passwd SYSTEM "file:///etc/passwd">]>'
    data = f'{DECLARED}{declared}<docs><doc title="&b;"><title>甲</title><content>{TEXT}&b;&passwd;</content></doc></docs>'
    for found in everything(put(tmp_path, "d.xml", data.encode())).values():
        assert "root:" not in found.raw_text and "哈哈" not in found.raw_text and "哈哈" not in str(found.metadata)


def test_dumps_of_hostile_shapes_are_read_at_once(tmp_path):
    begun = monotonic()
    for body in ("<docs>" * 50_000, "<doc><content>" * 50_000, f"<docs>{'<p>甲</p>' * 200_000}</docs>", "<doc><title>甲</title>" * 30_000,
                 f"<docs><doc><title>甲</title><正文>{'<段>今天通水。</段>' * 50_000}</正文></doc></docs>",
                 f"<docs><doc {' '.join(f'a{n}=1' for n in range(50_000))}><content>{TEXT}</content></doc></docs>",
                 f"<doc>{'<title>甲</title>' * 50_000}<content>{TEXT}</content></doc>", "<doc a=\"" * 50_000, "<![CDATA[" * 50_000):
        assert everything(put(tmp_path, "d.xml", (DECLARED + body).encode()))
    assert monotonic() - begun < 40
