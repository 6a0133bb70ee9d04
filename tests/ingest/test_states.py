"""Pages whose text stands in the state that their scripts carry, and pages beside which such a state is something else."""

from __future__ import annotations

import json
from html import escape
from time import monotonic

import pytest

from tests.ingest.test_sources import everything, put

TITLE = "在全镇春耕备耕会议上的讲话"
LINES = ["同志们：", "惊蛰一过，地气就上来了，今天把大家请到一起，专门商量春耕备耕的事情，会不长，话也不多。",
         "头一件是种子和化肥，供销社的库存我上礼拜去看过，数量是够的，可是送到山上几个组还要翻两道梁，要早点动身，不能等下了雨路烂了再想办法。",
         "第二件是水，南干渠有三处渗漏，水利站的同志已经画了图，各村按照受益面积出工，月底以前一定要补好，谁家的地在下游谁心里最急，大家要互相体谅。",
         "散会以后各村支书留一下，把包片的名单对一对，明天一早就下到田头去，有什么难处直接打我的电话，我随叫随到。"]
HTML = "".join(f"<p>{line}</p>" for line in LINES)
DETAIL = {"id": 7, "title": TITLE, "speaker": "高有田", "source": "青石镇融媒体中心", "publishTime": "2023-03-08 10:00", "content": HTML}
SHORT = "<p>青石镇今天下了一场小雨，气温下降了三度，请大家注意添衣。</p>"


def shell(*scripts: str, body: str = '<div id="app"><span>正在加载</span></div>', title: str = f"{TITLE}_青石镇") -> bytes:
    return (f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}{''.join(scripts)}"
            "</body></html>").encode()


def data(value: object, kind: str = "application/json") -> str:
    return f'<script type="{kind}">{json.dumps(value)}</script>'


def nuxt() -> list[object]:
    return [["Reactive", 1], {"data": 2}, {"detail": 3}, {"id": 9, "title": 4, "content": 5, "source": 6, "publishTime": 7, "speaker": 8},
            TITLE, HTML, "青石镇融媒体中心", "2023-03-08 10:00", "高有田", 7]


@pytest.mark.parametrize("script", [
    data({"props": {"pageProps": {"site": {"name": "青石镇"}, "detail": DETAIL}}}),
    data(nuxt()),
    f"<script>window.__INITIAL_STATE__={json.dumps({'news': DETAIL})};(function(){{var s;}}())</script>",
    "<script>window.__NUXT__ = {'b': undefined, 'news': ".replace("'", '"') + json.dumps(DETAIL, ensure_ascii=False) + "}</script>",
    f"<script type='text/javascript'>var a = {{x: 1}}; window.state = JSON.parse({json.dumps(json.dumps(DETAIL))})</script>",
    data({**DETAIL, "content": [{"type": "p", "text": line} for line in LINES]}),
    data({**DETAIL, "content": {"html": HTML}}),
    data({**DETAIL, "content": escape(HTML)}),
    data({"detail": DETAIL, "list": [{"title": "另外一篇讲话的标题", "content": HTML.replace("春耕", "防汛")}]}),
])
def test_the_text_of_a_shell_is_that_of_its_state(tmp_path, script):
    found = everything(put(tmp_path, "a.html", shell(script)))["a.html"]
    assert found.raw_text == "\n".join(["正在加载", *LINES])
    assert [(mark.start, mark.end) for mark in found.layout if mark.kind == "furniture"] == [(0, 4)]
    wanted = {"title": TITLE, "speaker": "高有田", "source": "青石镇融媒体中心", "date": "2023-03-08 10:00"}
    assert {key: found.metadata.get(key) for key in wanted} == wanted


def test_an_article_in_linked_data(tmp_path):
    article = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2023-03-08", "articleBody": "\n".join(LINES),
               "publisher": {"@type": "Organization", "name": "青石镇融媒体中心"}}
    found = everything(put(tmp_path, "a.html", shell(data({"@graph": [article]}, "application/ld+json"), body="")))["a.html"]
    assert found.raw_text == "\n".join(LINES)
    assert (found.metadata["title"], found.metadata["source"]) == (TITLE, "青石镇融媒体中心")


def test_a_visible_head_stays_in_sight(tmp_path):
    head = f"<h1>{TITLE}</h1><p>2023-03-08 来源：青石镇融媒体中心</p>"
    found = everything(put(tmp_path, "a.html", shell(data(DETAIL), body=head)))["a.html"]
    assert found.raw_text.startswith(f"{TITLE}\n2023-03-08 来源：青石镇融媒体中心\n同志们：")
    assert not any(mark.kind == "furniture" for mark in found.layout)


@pytest.mark.parametrize("page", [
    shell(data(DETAIL), body=HTML),                                             # the text is visible already
    shell(data(DETAIL), body=HTML.replace("春耕", "防汛")),                     # ... and what the script holds is another one
    shell(data([{"title": "甲村的消息一则", "content": HTML}, {"title": "乙村的消息一则", "content": HTML * 2}]), title="首页", body=SHORT),
    shell(data({"title": "短消息一则", "content": SHORT}), body=SHORT),
    shell(data({"lines": LINES[:1] * 3, "price": [1, 2, 3]}), body=SHORT),
    shell("<script>var a = '" + HTML + "';</script>", body=SHORT),              # a script that holds no data
    shell('<script type="text/template">' + HTML + "</script>", body=SHORT),
    shell("<script>window.a = {" + '"title": "坏", "content": "' + HTML * 3, body=SHORT),
])
def test_a_page_that_is_no_shell_or_holds_no_article_is_left_alone(tmp_path, page):
    found = everything(put(tmp_path, "a.html", page))["a.html"]
    assert found.raw_text in ("\n".join(LINES), "\n".join(LINES).replace("春耕", "防汛"), SHORT[3:-4])


def test_states_of_hostile_shapes_are_read_at_once(tmp_path):
    begun = monotonic()
    for script in ("<script>" + "a=[" * 300_000 + "</script>", '<script type="application/json">' + "[" * 300_000 + "</script>",
                   "<script>" * 100_000, "<script>" + "a =" + " " * 300_000 + "</script>",
                   '<script>a={"a":undefined,' * 5_000 + "</script>",
                   data([[1]] * 300_000),
                   data({str(n): {"content": "长"} for n in range(100_000)})):
        assert everything(put(tmp_path, "a.html", shell(script, body=SHORT)))
    assert monotonic() - begun < 20
