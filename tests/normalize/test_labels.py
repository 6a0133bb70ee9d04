"""Labels in a site's own words."""

from __future__ import annotations

import pytest

from flows.ingest.pages import page
from flows.normalize import surroundings
from flows.normalize.labels import in_common_words


@pytest.mark.parametrize(("bar", "known"), [
    ("哪天讲的：2021年6月3日", ["讲话时间：2021年6月3日"]),
    ("讲于：二〇二一年六月三日上午", ["讲话时间：二〇二一年六月三日上午"]),
    ("挂到网上的日子：2021-06-05", ["发布时间：2021-06-05"]),
    ("抓下来的时刻 2024-02-11 08:30:00", ["修改时间：2024-02-11 08:30:00"]),
    ("说话的人：梁怀民", ["讲话人：梁怀民"]),
    ("主讲：梁怀民　/　身份：县长　/　讲于：2021.6.3　/　又改过：2021-07-01　/　读过：318",
     ["讲话人：梁怀民", "职务：县长", "讲话时间：2021.6.3", "修改时间：2021-07-01", "读过：318"]),
    ("收进柜里 2021-06-03　／　贴上网页 2021-06-05", ["收进柜里 2021-06-03", "发布时间：2021-06-05"]),
    ("下种 2021-06-05松土 2021-06-09 08:03浇水 3 回", ["发布时间：2021-06-05", "修改时间：2021-06-09 08:03浇水 3 回"]),
    ("下种2021-06-05松土2021-06-09 08:03浇水3回", ["发布时间：2021-06-05", "修改时间：2021-06-09 08:03浇水3回"]),
    ("说话的人：梁怀民（县长）挂出日子：2021-06-05回炉：2021-06-09", ["讲话人：县长 梁怀民", "发布时间：2021-06-05", "回炉：2021-06-09"]),
    ("见网 2021-06-05", ["发布时间：2021-06-05"]),
    ("供稿人：山里来客收进柜子：2021-06-05整理过：2021-06-09翻过：77回",
     ["供稿人：", "发布时间：2021-06-05", "修改时间：2021-06-09", "翻过：77回"]),
])
def test_who_and_when_are_told_by_the_verb_in_a_label(bar, known):
    assert [cell for cell, _ in in_common_words(bar)] == known


@pytest.mark.parametrize("line", ["发布时间：2021-06-05 来源：江城日报", "会议时间：2021年6月3日", "他说：2021年是攻坚之年",
                                  "小说：2021年6月3日", "主讲：今天讲讲防汛", "讲话：我们要把防汛抓在手上", "同志们：", "2021年6月3日",
                                  "梁怀民 2021-06-05", "江城党校 2021-06-05", "校园网2021-06-05", "江城日报 2021-06-05　编辑 梁怀民"])
def test_labels_that_all_know_and_words_that_are_none_stay(line):
    assert in_common_words(line) == [(line, line)]


def test_what_a_label_tells_rests_on_the_words_of_the_page():
    told = surroundings.read(["在防汛动员会上的讲话", "主讲：梁怀民　/　讲于：2021年6月3日　/　贴出来：2021-06-05"], [])
    assert [(str(one.day), one.evidence) for one in told.delivered] == [("2021-06-03", "讲于：2021年6月3日")]
    assert [(str(one.day), one.evidence) for one in told.published] == [("2021-06-05", "贴出来：2021-06-05")]
    assert told.speakers[0].name == "梁怀民"


def test_spans_that_hold_a_label_each_and_touch_are_cells_of_their_own():
    bar = "<div class=x><span>讲话人：县长梁怀民</span><span>收稿：县府办</span><span>已有12人看过</span></div>"
    words = "<p><span>他说得好：</span><span>水不等人。</span><span>我说也好：</span><span>人不等水。</span></p>"
    assert page(f"<html><body>{bar}{words}</body></html>").text == (
        "讲话人：县长梁怀民\n收稿：县府办\n已有12人看过\n他说得好：水不等人。我说也好：人不等水。")
