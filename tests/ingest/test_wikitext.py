"""The source of pages of wikis: what a reader sees of them, and what they say of a speech."""
from datetime import date
from time import perf_counter

import pytest

from flows.ingest.documents import Document
from flows.ingest.wikitext import is_wikitext, page, plain, read
from flows.normalize.speech import normalize
from tests.ingest.test_dumps import everything, put

TITLE = "在柳溪水库竣工典礼上的讲话"
TEXT = """各位社员同志：

柳溪水库今天完工了。三年里，千名民工从[[青山县|青山]]、[[白河]]赶来<ref name="a">属邻县。</ref>，挑走'''万方'''土，{{专名|老鹰岩}}搬了家。

== 水是怎么来的 ==

:头一年挖的是泥，第二年打的是石头{{*|原稿作“岩石”}}。石头打不动，大家就用火烧，用水激，一寸一寸往里啃。<!-- 此处据手稿 -->

== 水往哪里去 ==

水先浇坡上的地，再浇坝里的地，-{zh-hans:电站;zh-hant:電站}-年底[http://example.org/1 发电]。''谁家也不许多开一个口子''。

社员同志们，坝修好了，路还长，大家接着干！
"""
SOURCE = f"""{{{{Header
| title = {TITLE}
| author = [[Author:顾长河|顾长河]]
| year = 1964 | month = 11 | day = 3
| notes = 1964年11月3日公社书记顾长河在柳溪水库竣工典礼上的讲话。
}}}}
[[File:dam.jpg|thumb|大坝[[落成]]]]
{TEXT}
== 注释 ==
<references/>
=== 版本 ===
据手稿。

{{{{PD-old}}}}
[[Category:讲话]]
[[分类:水利]]
[[en:Speech at the dam]]"""
SEEN = """各位社员同志：
柳溪水库今天完工了。三年里，千名民工从青山、白河赶来，挑走万方土，老鹰岩搬了家。
水是怎么来的
头一年挖的是泥，第二年打的是石头。石头打不动，大家就用火烧，用水激，一寸一寸往里啃。
水往哪里去
水先浇坡上的地，再浇坝里的地，电站年底发电。谁家也不许多开一个口子。
社员同志们，坝修好了，路还长，大家接着干！"""


def test_a_speech_as_a_wiki_has_it():
    metadata, layout = read(SOURCE, {})
    speech = normalize(Document("a.txt", "text/plain", "utf-8", 1, SOURCE, None, metadata, layout))
    assert speech is not None and speech.text == SEEN and not speech.defects
    assert [speech.text[shown.start:shown.end] for shown in speech.headings if shown.level] == ["水是怎么来的", "水往哪里去"]
    said = speech.metadata
    assert (said.title, said.speaker_name, said.speaker_role, said.delivered_date) == (TITLE, "顾长河", "书记", date(1964, 11, 3))


def test_the_day_of_a_work_is_that_of_its_speech():
    source = SOURCE.replace("1964年11月3日公社书记顾长河在柳溪水库竣工典礼上的讲话。", "据《柳溪文存》第二卷。")
    metadata, layout = read(source, {"title": "柳溪讲话"})
    assert metadata == {"title": "柳溪讲话", "speaker": "顾长河", "delivered": "1964年11月3日"}
    speech = normalize(Document("a.txt", "text/plain", "utf-8", 1, source, None, read(source, {})[0], layout))
    assert speech is not None and speech.text == SEEN
    assert (speech.metadata.speaker_name, speech.metadata.delivered_date) == ("顾长河", date(1964, 11, 3))


def test_files_and_dumps_of_wikis_are_read_alike(tmp_path):
    alone = everything(put(tmp_path, "a.txt", SOURCE.encode()))["a.txt"]
    escaped = SOURCE.replace("&", "&amp;").replace("<", "&lt;")
    pages = "".join(f"<page><title>{name}</title><revision><text>{escaped}</text></revision></page>" for name in ("甲", "乙"))
    dumped = everything(put(tmp_path, "dump.xml", f"<mediawiki>{pages}</mediawiki>".encode()))
    assert alone.raw_text == SOURCE and alone.metadata["speaker"] == "顾长河"
    assert dumped["dump.xml#0"].layout == alone.layout and dumped["dump.xml#0"].metadata["title"] == "甲"


@pytest.mark.parametrize(("text", "seen"), [
    ("{{lang|en|甲}}乙{{color|red|丙}}", "甲乙丙"), ("见[[:Category:讲话|目录]]与[[s:甲|乙]]", "见目录与乙"),
    ("{{c|'''一、开篇'''}}", "一、开篇"), ("{{Textquality|75%}}\n甲", "\n甲"), ("[[文件:a.png|右|200px]]甲", "甲"),
    ("__NOTOC__甲<nowiki>乙</nowiki>", "甲乙"), ("* 甲\n** 乙", "甲\n乙"), ("-{T|zh-hans:甲}-乙-{丙}-", "乙丙"), ("{{甲", "{{甲"),
])
def test_what_a_reader_sees(text, seen):
    assert plain(text) == seen


@pytest.mark.parametrize("text", [
    "今天的议题见[[会议安排]]，[[参会名单]]另发。\n## 要求\n准时到会。",       # notes in Markdown
    "{{ site.title }}\n{% include head %}\n== 开场 ==\n同志们：今天开会。", "{{姓名}}同志：\n请于{{日期}}到会。",
    "== 第一部分 ==\n同志们：今天开会。\n========\n散会。", "他说'''好'''，又说''不好''。", "a[[i]] = b[[k]]\nx[[1]]", "同志们：今天开会。",
])
def test_what_is_none(text):
    assert not is_wikitext(text)


@pytest.mark.parametrize("piece", ["{{", "[[", "{{a|", "{{a}}", "[[a|b]]", "<ref>", "<!--", "-{", "''", "== a", "[//a", "{{a|b=[[c|", "|"])
def test_hostile_text_takes_no_longer_than_its_length_allows(piece):
    started = perf_counter()
    page("[[分类:甲]]\n" + piece * (200_000 // len(piece)))
    assert perf_counter() - started < 5
