"""What stands round the part of a page that holds its running text, and what is set into it."""
from __future__ import annotations

import pytest

from flows.ingest.documents import Document
from flows.ingest.pages import page as read
from flows.normalize import body

SAID = ["各位船工同志：", "今天请大家到渡口来开这个现场会，是想让各站看一看新浮桥，再商量汛期的值班。",
        "一、看浮桥", "浮桥换了钢索以后，水位涨到三米二也没有断过线，这是守桥人的功劳，要记上一笔。",
        "二、排值班", "下一步，各站要把夜里的灯点起来，把绳子查一遍，把名单报到水文站，一个也不许漏。", "谢谢大家！"]


def paragraphs(words):
    return "".join(f"<p>{each}</p>" for each in words)


def found(inner, before="", after=""):
    """The lines of the speech in a page that has it in one element, and its columns in others."""
    page = read(f"<html><body><div class=u>{before}</div><div class=v>{inner}</div><div class=w>{after}</div></body></html>")
    document = Document("page.html", "text/html", "utf-8", 1, page.text, None, page.metadata, page.layout)
    return body.find(page.text, document, layout=page.layout).text.split("\n")


CARDS = ["渡口纪事", "各位乡亲：江水涨了又落，落了又涨。", "守桥人老周", "他在桥头坐了三十年，谁家孩子哪天过江都记得。"]


def test_cards_with_the_beginnings_of_other_texts_are_outside():
    assert found(paragraphs(SAID), paragraphs(CARDS), paragraphs(reversed(CARDS))) == SAID


def test_a_greeting_above_and_thanks_below_the_part_are_the_speech_s():
    assert found(paragraphs(SAID[1:-1]), f"<h1>在浮桥现场会上的讲话</h1><p>{SAID[0]}</p>", f"<p>{SAID[-1]}</p><p>{CARDS[3]}</p>") == SAID


def test_last_words_in_an_element_of_their_own_are_the_speech_s():
    last = "船工同志们，江水长流，情分长在。祝大家平安过汛，年年有余！"
    assert found(paragraphs(SAID[:-1]), "", f"<p>{last}</p><p>{CARDS[3]}</p>") == [*SAID[:-1], last]
    assert found(paragraphs(SAID), "", "<p>同志们：今天请大家来，是想说一说种树的事情……</p>") == SAID


def test_a_text_whose_count_goes_on_outside_stands_in_several_parts():
    inner, after = [*SAID[:4], "桥头的栏杆也重新漆了一遍，夜里反光，远处的船一眼就能看见，这样才算真正放了心。"], SAID[4:]
    assert found(paragraphs(inner), "", paragraphs(after)) == inner + after


def test_a_text_of_which_much_stands_outside_stands_in_several_parts():
    more = ["讲完了浮桥，再讲一讲渡船的事情，这件事拖了两年，今天当着大家的面把它定下来。"]
    inner = [each for each in SAID if not each.startswith(("一、", "二、"))][:-1]
    assert found(paragraphs(inner), "", paragraphs([*more, SAID[-1]])) == [*inner, *more, SAID[-1]]


@pytest.mark.parametrize("element", [
    '<div class="xz">浮桥图册共九张</div>', '<p style="color:blue">▼ 桥头风光在下面 ▼</p>', '<div class="tq">江面风力三到四级</div>',
    '<p style="color:gray">觉得有用就点个星标</p>', "<blockquote>“把名单报到水文站，一个也不许漏。”</blockquote>",
])
def test_what_the_page_sets_into_the_text_is_no_part_of_it(element):
    assert found(paragraphs(SAID[:4]) + element + paragraphs(SAID[4:])) == SAID


@pytest.mark.parametrize(("element", "words"), [
    ('<p style="color:red">水涨一尺，桥高一丈</p>', "水涨一尺，桥高一丈"),                 # a motto, or a heading without a number
    ('<div class="hd"><b>桥在人在</b></div>', "桥在人在"),
    ('<div class="ql">古人说，过江千里，不如守桥一夜。</div>', "古人说，过江千里，不如守桥一夜。"),
    ('<div class="ql">各位船工同志：</div>', "各位船工同志："),
])
def test_what_a_speaker_may_say_stays_however_it_is_set(element, words):
    assert found(paragraphs(SAID[:4]) + element + paragraphs(SAID[4:])) == [*SAID[:4], words, *SAID[4:]]


def test_a_card_that_offers_another_text_ends_nothing_where_the_speaker_goes_on():
    card = '<div class="kp"><div class="kp-t">相关阅读</div><a href="/3">渡口去年的老照片</a></div>'
    said = [SAID[0], SAID[1], "浮桥换了钢索以后，水位涨到三米二也没有断过线，这是守桥人的功劳。",
            "我在这条江上跑了三十年船，头一回夜里睡得着觉，我要谢谢他们。", "江水长流，我们的情分也长，明年的今天我还来。"]
    assert found(paragraphs(said[:3]) + card + paragraphs(said[3:])) == said
    below = ["某某渡口召开大会，部署了汛期值班的各项工作。", "水文站发布公告，提醒过江的行人注意安全。"]
    long = [*SAID[:-1], "船工们要把绳子查一遍，把夜里的灯都点起来，一盏也不能少。"]
    assert found(paragraphs(long) + card + paragraphs(below)) == long
