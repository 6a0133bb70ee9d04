"""The element of a page that holds its running text, and what is set into it."""
from __future__ import annotations

import pytest

from flows.ingest.main_content import make
from flows.ingest.pages import page

SAID = ["同志们：", "今天请大家到渡口来开这个现场会，是想让各站看一看新浮桥，再商量汛期的值班。",
        "浮桥换了钢索以后，水位涨到三米二也没有断过线，这是守桥人的功劳，要记上一笔。",
        "下一步，各站要把夜里的灯点起来，把绳子查一遍，把名单报到水文站，一个也不许漏。", "散会！"]
BESIDE = ["渡口茶摊重新开张，三块钱一碗，过江的人都要坐一坐。", "水文站招记录员，要求能熬夜，会写字，会看水尺。"]


def paragraphs(words, tag="p", more=""):
    return "".join(f"<{tag}{more}>{each}</{tag}>" for each in words)


def marked(html, kind="main"):
    found = page(f"<html><body>{html}</body></html>")
    return [found.text[mark.start:mark.end] for mark in found.layout if mark.kind == kind]


def test_the_element_that_holds_the_paragraphs_is_marked_whatever_it_is_called():
    html = f"<div class=k7><h4>渡口见闻</h4>{paragraphs(BESIDE)}</div><div class=zq2>{paragraphs(SAID)}</div><div class=k8>收起</div>"
    assert marked(html) == ["\n".join(SAID)]


@pytest.mark.parametrize("inner", [
    paragraphs(SAID), "<br>".join(SAID), f"<section><section>{paragraphs(SAID, 'section')}</section></section>",
    f"<table><tr><td>{paragraphs(SAID)}</td></tr></table>",
])
def test_it_is_found_in_any_markup(inner):
    found = marked(f"<div><p>{BESIDE[0]}</p></div><div class=a>{inner}</div><ul><li>{BESIDE[1]}</li></ul>")
    assert [each.split() for each in found] == [SAID]


def test_a_text_in_two_elements_is_held_by_the_one_around_both():
    halves = f"<div>{paragraphs(SAID[:2])}</div><div>{paragraphs(SAID[2:])}</div>"
    assert marked(f"<div class=l>{BESIDE[0]}</div><div class=m>{halves}</div>") == ["\n".join(SAID)]


def test_a_page_that_is_all_text_has_no_part_that_holds_it():
    assert marked(paragraphs(SAID)) == [] and marked("<p>散会！</p>") == [] and marked("") == []


def test_one_long_paragraph_holds_no_text():
    words = [SAID[1], SAID[2] * 8, SAID[3]]
    assert marked(f"<div>{paragraphs(words)}</div><div>关于渡口</div>") == ["\n".join(words)]


def insets(inner):
    found = page(f"<div>茶摊</div><div class=text>{inner}</div>")
    return [(found.text[mark.start:mark.end], mark.level) for mark in found.layout if mark.kind == "inset"]


def set_in(*elements):
    """The speech with an element before each of its last paragraphs but one."""
    return paragraphs(SAID[:2]) + "".join(element + paragraphs([each]) for element, each in zip(elements, SAID[2:])) \
        + paragraphs(SAID[2 + len(elements):])


def test_what_stands_in_another_kind_of_element_is_set_in():
    assert insets(set_in('<div class="xz">浮桥图册共九张</div>')) == [("浮桥图册共九张", 1)]
    assert insets(set_in("<blockquote>把灯点起来</blockquote>")) == [("把灯点起来", 1)]
    assert insets(set_in('<div class="xz">浮桥图册共9张</div>', '<div class="xz">浮桥图册共12张</div>')) == [
        ("浮桥图册共9张", 1), ("浮桥图册共12张", 1)]


def test_a_paragraph_that_looks_otherwise_is_set_in_less_surely():
    assert insets(set_in('<p style="color:#1e80ff">浮桥图册共九张</p>')) == [("浮桥图册共九张", 2)]
    assert insets(set_in("<div>浮桥图册共九张</div>")) == [("浮桥图册共九张", 2)]


def test_headings_look_alike_and_are_not_set_in():
    assert insets(set_in('<div class="xz">看一看浮桥</div>', '<div class="xz">排一排值班</div>')) == []
    assert insets(set_in('<p style="color:red">看一看浮桥</p>', '<p style="color:red">排一排值班</p>')) == []


def test_paragraphs_that_differ_in_numbers_are_of_one_make():
    lines = "".join(f'<div class="t m0 y{number}" style="top:{number * 18}px">{each}</div>' for number, each in enumerate(SAID))
    assert insets(lines) == []
    assert make("p", "t y12", "top:1.5px") == make("p", "t y3", "top:20px")


def test_last_words_may_have_any_element():
    assert insets(paragraphs(SAID[:-1]) + '<div class="xz">散会！</div>') == [("散会！", 2)]


def test_pages_nested_deeply_and_widely_are_read():
    deep = "<div>" * 200 + paragraphs(SAID) + "</div>" * 200
    wide = "".join(f"<div class=c{number}><p>{each}</p></div>" for number in range(2000) for each in SAID[:1])
    assert marked(f"<div>{deep}</div>{wide}") == ["\n".join(SAID)]
