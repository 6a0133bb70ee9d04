"""Web pages made text: all that is visible, one block a line, the furniture marked and not cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.limits import Unreadable
from flows.ingest.pages import declared_charset, is_fragment, is_page, page

LINKS = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(5))
WHOLE = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>在会上的讲话_某某网</title>
<meta name="PubDate" content="2024-05-06 10:00"><meta name="ContentSource" content="某日报"><meta property="og:site_name" content="某某网">
<link rel="canonical" href="https://example.org/a.html"><style>p{{color:red}}</style><script>document.write("<p>不可见</p>")</script></head><body>
<ul class="topMenu">{LINKS}</ul><div id="dqwz">当前位置：首页 &gt; 讲话</div>
<h1>在会上的讲话</h1><div class="info">时间：2024-05-06 来源：某日报</div>
<div class="content"><p>　　同志们：</p><p><strong>一、提高认识</strong></p><p>各级干部要<span style="display:none">复制请注明</span>带头
学习，<b>深入</b>基层。<br>不能停步。<br><br>再接再厉。</p><h2>二、狠抓落实</h2><p>要&nbsp;干&amp;实干。</p></div>
<div class="relate"><p>相关阅读：</p><p>另一篇讲话</p></div><div class="footer">版权所有</div></body></html>"""


def spans(found, kind):
    return [found.text[mark.start : mark.end] for mark in found.layout if mark.kind == kind]


def test_a_whole_page():
    found = page(WHOLE)
    assert found.text == (
        "栏目0\n栏目1\n栏目2\n栏目3\n栏目4\n当前位置：首页 > 讲话\n在会上的讲话\n时间：2024-05-06 来源：某日报\n　　同志们：\n"
        "一、提高认识\n各级干部要复制请注明带头学习，深入基层。\n不能停步。\n\n再接再厉。\n二、狠抓落实\n要\xa0干&实干。\n相关阅读：\n另一篇讲话\n版权所有"
    )
    assert spans(found, "title") == ["在会上的讲话"] and spans(found, "heading") == ["二、狠抓落实"]
    assert {(mark.kind, mark.level) for mark in found.layout if mark.level} == {("title", 1), ("heading", 2)}
    assert spans(found, "bold") == ["一、提高认识", "深入"]
    assert spans(found, "furniture") == [
        "栏目0\n栏目1\n栏目2\n栏目3\n栏目4",
        "当前位置：首页 > 讲话",
        "相关阅读：\n另一篇讲话",
        "版权所有",
    ]
    assert spans(found, "hidden") == ["复制请注明"], "inside a line, so it can be taken out of it"
    assert found.metadata == {
        "title": "在会上的讲话_某某网",
        "date": "2024-05-06 10:00",
        "source": "某日报",
        "site": "某某网",
        "url": "https://example.org/a.html",
    }


def test_a_class_does_not_make_a_speech_furniture():
    speech = "同志们，今天的会议很重要，大家要认真学习领会。" * 20
    found = page(f'<body><div class="header share footer"><p>{speech}</p></div></body>')
    assert found.text == speech and spans(found, "furniture") == []


def test_the_header_of_an_article_is_not_that_of_the_site():
    found = page(
        '<div class="header">某某网</div><div class="article-header"><h1>讲话</h1>'
        '<span class="hidden-xs">2024年1月2日</span></div><p>同志们。</p>'
    )
    assert spans(found, "furniture") == ["某某网"] and spans(found, "title") == ["讲话"]


def test_centred_bold_type_stands_over_other_bold_type():
    found = page('<p style="text-align: center"><strong><span>修路</span></strong></p><p><b>主路</b>先修。</p>'
                 '<center><b>引水</b></center><p align="CENTER"><b>种树</b></p><div align=center><p><b>护林</b></p></div>')
    assert [(found.text[mark.start:mark.end], mark.level) for mark in found.layout if mark.kind == "bold"] == [
        ("修路", 1), ("主路", None), ("引水", 1), ("种树", 1), ("护林", None)]


_SAID = "<p>各村要把劳力组织好，三月底以前动工，五月底以前通车，谁家有困难，村里先帮一把，不许等，不许靠。</p>"


def test_the_line_below_a_picture_says_what_it_shows():
    picture = '<p style="text-align:center"><img src="{}.jpg" width="500"></p>'
    line = '<p align="center">{}</p>'
    one = f"<div>{line.format('村长　李某')}{_SAID}{picture.format(1)}{line.format('村民在雨里修路')}{_SAID}</div>"
    assert spans(page(one), "caption") == ["村民在雨里修路"]
    two = one.replace("</div>", f"{picture.format(2)}{line.format('通车那天的合影')}{_SAID}</div>")
    assert spans(page(two), "caption") == ["村民在雨里修路", "通车那天的合影"]


@pytest.mark.parametrize("below", [
    '<p align="center"><b>把路修好</b></p>', '<p align="center">一、把路修好</p>', "<p>把路修好</p>",
    '<p align="center">路是大家修的。</p>',
    f'<p align="center">把路修好</p>{_SAID}<p align="center">把树栽活</p>',
    f'<p align="center">把路修好</p>{_SAID}<p><img src="1.jpg"></p><p align="center">把树栽活</p>',
])
def test_a_heading_below_a_picture_is_none_of_its(below):
    assert spans(page(f'<div>{_SAID}<p><img src="1.jpg"></p>{below}{_SAID}</div>'), "caption") == []


def test_a_plain_line_below_a_picture_is_its_caption_where_headings_are_numbered():
    picture, line, other = '<p><img src="1.jpg"></p>', "<p>村民在雨里修路</p>", "<p>修路的人从哪里来</p>"
    parts = "".join(f"{_SAID}<p>{number}、修路要靠大家</p>" for number in "一二")
    assert spans(page(f"<div>{parts}{_SAID}{picture}{line}{_SAID}</div>"), "caption") == ["村民在雨里修路"]
    assert spans(page(f"<div>{parts}{_SAID}{picture}{line}{_SAID}{other}{_SAID}</div>"), "caption") == []
    assert spans(page(f"<div>{_SAID}{picture}{line}{_SAID}</div>"), "caption") == []        # which may be a heading


def test_small_or_pale_type_below_a_picture_is_its_caption_whatever_else_is_centred():
    picture = '<p><img src="1.jpg"></p>'
    head = f'{_SAID}<p style="text-align:center">——在修路动员会上</p><p align="center">村长　李某</p>{_SAID}'
    for style in ("color:#999", "font-size:12px", "COLOR: rgb(136, 136, 136)", "color:gray"):
        line = f'<p style="text-align:center;{style}">村民在雨里修路</p>'
        assert spans(page(f"<div>{head}{picture}{line}{_SAID}{picture}{line}{_SAID}</div>"), "caption") == ["村民在雨里修路"] * 2
    for style in ("color:#333", "font-size:16px", "background-color:#999", "font-size:130%"):
        line = f'<p style="text-align:center;{style}">村民在雨里修路</p>'
        assert spans(page(f"<div>{head}{picture}{line}{_SAID}</div>"), "caption") == []


def test_small_and_pale_type_below_a_picture_is_its_caption_where_the_text_is_not_set_in_it():
    picture = '<section><img src="1.jpg"></section>'
    line = '<section style="color:#888;font-size:12px">村民在雨里修路</section>'
    assert spans(page(f"<div>{_SAID}{picture}{line}{_SAID}</div>"), "caption") == ["村民在雨里修路"]
    for other in (line.replace("color:#888;", ""), line.replace("font-size:12px", ""), line.replace("修路", "修路。")):
        assert spans(page(f"<div>{_SAID}{picture}{other}{_SAID}</div>"), "caption") == []
    small = _SAID.replace("<p>", '<p style="color:#888;font-size:12px">')
    assert small != _SAID and spans(page(f"<div>{small}{picture}{line}{small}</div>"), "caption") == []


def test_lines_of_a_class_of_their_own_below_pictures_are_captions_where_one_says_whose_picture_it_is():
    words = ["村民在雨里修路 方某/摄", "通车那天的合影"]
    one, two = (f'<p class="t"><img src="1.jpg"></p><p class="tz">{each}</p>{_SAID}' for each in words)
    assert spans(page(f"<div>{_SAID}{one}{two}</div>"), "caption") == words
    for html in (f"{one.replace(' 方某/摄', '')}{two}", f'{one}{two}<p class="tz">把树栽活</p>'):
        assert spans(page(f"<div>{_SAID}{html}{_SAID}</div>"), "caption") == []


def test_a_centred_line_with_the_number_of_a_figure_is_a_caption():
    words = ["图1　历年通车里程（数据来源：路政科）", "图2　村民看图纸"]
    one, two = (f'<p align="center"><img src="1.jpg"></p><p align="center">{each}</p>{_SAID}' for each in words)
    assert spans(page(f"<div>{_SAID}{one}{two}</div>"), "caption") == words


def test_an_ornament_has_no_caption():
    assert spans(page(f'<div>{_SAID}<p><img src="1.gif" width="60"></p><p align="center">把路修好</p>{_SAID}</div>'), "caption") == []


def test_a_table_of_figures_and_a_table_of_layout():
    figures = page("<table><tr><td>指标</td><td>数值</td></tr><tr><td><p>产值</p></td><td>5</td></tr></table><p>以上</p>")
    assert figures.text == "指标\t数值\n产值\t5\n以上" and spans(figures, "table") == ["指标\t数值\n产值\t5"]
    layout = page(f"<table><tr><td>边栏</td><td>{'同志们，大家好。' * 40}<br>谢谢。</td></tr></table>")
    assert layout.text.split("\n")[0] == "边栏" and layout.text.endswith("\n谢谢。") and spans(layout, "table") == []


def test_link_lists_without_a_class():
    found = page(
        f"<body><div>{''.join(f'<a href=/{n}>相关文章之{n}</a> ' for n in range(4))}</div><p>正文里有一个<a href=/>链接</a>。</p></body>"
    )
    assert spans(found, "furniture") == ["相关文章之0 相关文章之1 相关文章之2 相关文章之3"]


def test_a_table_of_links_round_which_the_text_flows_is_an_advert():
    advert = '<table align="left"><tr><td><script>show()</script><a href="/vip">开通年卡</a></td></tr></table>'
    found = page(f"<body><div><p>正文的上一段。</p>{advert}<p>正文的下一段。</p></div></body>")
    assert spans(found, "furniture") == ["开通年卡"]
    for other in (advert.replace("<a", "会场照片<a"), advert.replace(' align="left"', ""), advert.replace("href", "name")):
        assert spans(page(f"<body><p>正文的上一段。</p>{other}<p>正文的下一段。</p></body>"), "furniture") == []


@pytest.mark.parametrize("source", ['<iframe src="/ad/300x250.html"></iframe>', '<script src="http://a.example/ads.js"></script>',
                                    '<ins class="adsbygoogle"></ins>'])
def test_a_table_with_the_frame_of_an_advert_is_one(source):
    advert = f"<table><tr><td>{source}山里的好蜜，欢迎来尝。</td></tr></table>"
    found = page(f"<body><div><p>正文的上一段。</p>{advert}<p>正文的下一段。</p></div></body>")
    assert spans(found, "furniture") == ["山里的好蜜，欢迎来尝。"]


@pytest.mark.parametrize("table", [
    '<table><tr><td><iframe src="/video/1.html"></iframe>山里的好蜜，欢迎来尝。</td></tr></table>',
    '<table><tr><td><script src="/loadmap.js"></script>山里的好蜜，欢迎来尝。</td></tr></table>',
    f'<table><tr><td><script src="/ad/top.js"></script>{"同志们，我们要把树栽好。" * 8}</td></tr></table>',
    '<table><tr><td><script src="/ad/top.js"></script>地点</td><td>林场</td></tr></table>',
])
def test_a_table_of_the_text_is_no_advert_for_what_is_shown_in_it(table):
    assert spans(page(f"<body><div><p>正文的上一段。</p>{table}<p>正文的下一段。</p></div></body>"), "furniture") == []


def test_ruby_glosses_stand_in_brackets():
    assert page("<p><ruby>領<rt>lǐng</rt></ruby>導</p>").text == "領(lǐng)導"
    assert page("<p><ruby>領<rp>(</rp><rt>lǐng</rt><rp>)</rp></ruby>導</p>").text == "領(lǐng)導"


def test_what_the_page_s_own_style_sheet_hides():
    rules = "/* .a */ @media print{.k{display:none}} .z, span.zz{ display:none }.y{color:red}.w{display:none}.w{display:block}"
    found = page(
        f"<style>{rules}</style>"
        '<p>修路要<span class="z">摘自某站</span>赶在雨<span class="zz">某站</span>季以前，<span class="k">桥</span>也要修，'
        '<span class="y">不能等</span>。<span class="w">谁</span>来修？各位都来修。</p><p class="z">某站首发</p>'
    )
    assert spans(found, "hidden") == ["摘自某站", "某站"] and spans(found, "furniture") == ["某站首发"]
    folded = page(f'<style>.more{{display:none}}</style><p>同志们：</p><span class="more">{"春耕不等人，大家要下田。" * 9}</span>')
    assert spans(folded, "hidden") == [], "most of the page, which a script unfolds"


def test_letters_that_nobody_can_read_are_hidden():
    found = page('<p>桥通了<font style="color:#fff; font-size:1px">某站整理</font>，路<span style="font-size: 0.5pt">某站</span>也通'
                 '<span style="font-size:14px">了</span>。</p>'
                 '<p><span style="font-size:1px"><b style="font-size:16px">大家看</b></span></p>')
    assert spans(found, "hidden") == ["某站整理", "某站"] and "大家看" in found.text


def test_what_stands_beyond_the_edge_of_the_screen_is_hidden():
    found = page('<style>.far{position:absolute;left:-9999px}.near{position:relative;left:-12px}</style>'
                 '<p>去年这个时候大家还在河边等船，今年桥通了<i class="far">某站所有</i>，路也<i class="near">通</i>了'
                 '<b style="text-indent:-999em">某站</b>。</p>')
    assert spans(found, "hidden") == ["某站所有", "某站"]


def test_a_narrow_box_beside_the_text_lists_what_else_the_site_has():
    box = "<table align=right border=1 width=200><tr><td>修桥专题<br>·桥的历史<br>·桥边的人家</td></tr></table>"
    found = page(f"<p>同志们：</p><p>桥通了。</p>{box}<p>路也要通。</p>")
    assert spans(found, "furniture") == ["修桥专题\n·桥的历史\n·桥边的人家"]
    for other in (box.replace("200", "700"), box.replace("align=right ", ""), box.replace("·桥的历史", "今天把桥修通了。"),
                  box.replace("·", ""), box.replace("修桥", "<img src=a.jpg>")):
        assert spans(page(f"<p>桥通了。</p>{other}<p>路也要通。</p>"), "furniture") == []


def test_a_box_that_a_script_shows_is_not_hidden():
    box = '<div id="js_content" style="visibility: hidden; opacity: 0">'
    found = page(f'{box}<p>乡亲们：</p><p>桥通了<i style="display:none">某站</i>。</p></div>')
    assert found.text == "乡亲们：\n桥通了某站。" and spans(found, "furniture") == [] and spans(found, "hidden") == ["某站"]


def test_what_was_struck_out_and_comments_in_the_margin():
    found = page(
        '<p>今年修渠<del cite="mailto:乙"><span>三里</span></del><ins>五里</ins><span class=MsoCommentReference><a class=msocomanchor '
        'href="#_msocom_1">[乙1]</a></span>，<a style="mso-comment-reference:乙_1">受益八个村</a>，'
        '<span style="text-decoration: line-through">不错</span>很好。</p><div style="mso-element:footer"><p>— 1 —</p></div>'
        '<div style="mso-element:comment-list"><p>批注[乙1]：请核</p></div>'
    )
    assert spans(found, "deleted") == ["三里", "[乙1]", "不错"] and spans(found, "furniture") == ["— 1 —", "批注[乙1]：请核"]
    assert spans(page("<p><s>同志们，这一页全都划着线。</s></p>"), "deleted") == [], "a template's whim"


def test_a_page_goes_on_behind_its_end():
    first = "<html><head><title>一</title></head><body><p>甲</p></body></html>\n"
    found = page(f"{first}<!DOCTYPE html><html><head><title>二</title></head><body><p>乙</p></body></html><!-- 完 -->")
    assert found.text == "甲\n乙" and found.metadata == {"title": "一"}
    assert page(f"{first}<!-- made by x --><script>document.write('丙')</script>").text == "甲"


def test_preformatted_text_keeps_its_lines():
    assert page("<pre>同志们：\n  第一行\n第二行</pre>").text == "同志们：\n  第一行\n第二行"


def test_nested_past_all_measure():
    found = page("<html><body>" + "<div>" * 50_000 + "<p>讲话</p><p>完</p>")
    assert [line for line in found.text.split("\n") if line] == ["讲话", "完"]
    with pytest.raises(Unreadable):
        page("<p>" + "讲" * 10_000_000)


def test_saved_pages_tell_where_they_are_from():
    assert (
        page("<!-- saved from url=(0024)https://example.org/b.htm --><html><body><p>讲话</p></body></html>").metadata["url"]
        == "https://example.org/b.htm"
    )


def test_linked_data():
    found = page('<script type="application/ld+json">{"headline": "讲话", "datePublished": "2024-01-02"}</script><p>同志们</p>')
    assert found.metadata == {"title": "讲话", "date": "2024-01-02"} and found.text == "同志们"


def test_what_is_a_page():
    assert is_page(WHOLE) and is_page('<?xml version="1.0"?>\n<!-- x -->\n<html>') and not is_page("同志们：<br>大家好")
    assert is_fragment("<p>同志们：</p><p>大家好</p>") and is_fragment("同志们：<br><br>大家好<br/>谢谢")
    assert not is_fragment('# 讲话\n\n<div align="center">\n\n同志们：\n\n大家好\n\n</div>\n\n一、抓落实\n')
    assert not is_fragment("a < b，b > c\n" * 9)


def test_declared_charsets():
    assert declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=x-cp20936">') == "x-cp20936"
    assert declared_charset(b'<?xml version="1.0" encoding="GBK"?>') == "GBK" and declared_charset(b"<p>") is None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class=nav>",
                "</div>",
                "<br>",
                "讲话",
                "，",
                "\n",
                " ",
                "<b>",
                "</b>",
                "<table><tr><td>",
                "</table>",
                "<li>",
                "<a href=x>",
                "</a>",
                "<h1>",
                "</h1>",
                "<span style='display:none'>",
                "</span>",
                "<",
                "&",
                "\0",
                "<!--",
                "-->",
                "<pre>",
                "</pre>",
                "\x85",
            ]
        ),
        max_size=40,
    )
)
def test_marks_lie_in_the_text_and_in_order(pieces):
    found = page("".join(pieces))
    assert all(0 <= mark.start < mark.end <= len(found.text) for mark in found.layout)
    assert list(found.layout) == sorted(found.layout, key=lambda mark: (mark.start, -mark.end, mark.kind))
    assert not found.text.endswith("\n")


TASKS = ["抓好选种。各村四月底前备足苗木。", "30万亩任务分解到村。", "加强管护。成活率达到九成。"]


def listed(items, attributes=""):
    return f"<ol{attributes}>{''.join(f'<li>{item}</li>' for item in items)}</ol>"


@pytest.mark.parametrize(("markup", "lines"), [
    (f"<p>讲三点意见：</p>{listed(TASKS)}",
     ["1. 抓好选种。各村四月底前备足苗木。", "2. 30万亩任务分解到村。", "3. 加强管护。成活率达到九成。"]),
    (listed([f"<p>{task}</p>" for task in TASKS[:2]]), ["1. 抓好选种。各村四月底前备足苗木。", "2. 30万亩任务分解到村。"]),
    ("<p>意见：</p>" + "<p>有正文。</p>".join(listed([f"<b>事项{n}</b>"], f' start="{n}"') for n in (1, 2)),
     ["1. 事项1", "有正文。", "2. 事项2"]),
    (listed(TASKS[:2], ' style="list-style-type: cjk-ideographic"'), ["一、抓好选种。各村四月底前备足苗木。", "二、30万亩任务分解到村。"]),
    (listed(TASKS[:2], " reversed"), ["2. 抓好选种。各村四月底前备足苗木。", "1. 30万亩任务分解到村。"]),
    (f"<p>意见：</p><ol><li>选种{listed(TASKS[:1] * 2)}</li><li>管护</li></ol>",
     ["1. 选种", "（1）抓好选种。各村四月底前备足苗木。", "（2）抓好选种。各村四月底前备足苗木。", "2. 管护"]),
])
def test_the_numbers_of_a_list_are_written_out(markup, lines):
    assert [line for line in page(f"<html><body>{markup}</body></html>").text.split("\n") if line[-1] != "："] == lines


@pytest.mark.parametrize("markup", [
    listed(TASKS).replace("ol>", "ul>"),
    listed(TASKS, ' style="list-style: none"'),
    listed(TASKS, ' class="footnotes"'),
    listed([f"一、{TASKS[0]}", f"二、{TASKS[1]}"]),
    "<h3>热门文章</h3>" + listed(["造林大会上的讲话", "柑橘节致辞"]),
    "<p>有正文。</p>" + listed(['<a href="1">造林大会上的讲话</a>', '<a href="2">柑橘节致辞</a>']),
    listed(["选种。"]) + "<p>有正文。</p>" + listed(["管护。"]),
])
def test_lists_that_a_reader_does_not_see_counted_stay(markup):
    assert not any(line[:1].isdigit() for line in page(f"<html><body>{markup}</body></html>").text.replace("30", "卅").split("\n"))


def test_whose_public_account_a_page_is():
    account = ('<html><head><title>在会上的讲话</title></head><body id="activity-detail"><h1>在会上的讲话</h1>'
               '<span class="rich_media_meta rich_media_meta_nickname"><a id="js_name"> 青禾\n笔记 </a></span><p>同志们：</p>'
               '</body></html>')
    assert page(account).metadata["site"] == "青禾 笔记"
    assert page(account.replace(' id="js_name"', "")).metadata["site"] == "青禾 笔记"
    assert "site" not in page(account.replace(' id="js_name"', "").replace("rich_media_meta_nickname", "nickname")).metadata
    named = account.replace("<head>", '<head><meta property="og:site_name" content="某某网">')
    assert page(named).metadata["site"] == "某某网"


@pytest.mark.parametrize("tag", ["embed", "EMBED", "bgsound", "source", "track", "wbr", "keygen"])
def test_what_has_no_end_swallows_nothing(tag):
    made = page(f'<html><body><{tag} src="a.mp3" autostart="true"><h2>在茶会上的讲话</h2><p>各位茶<{tag}/>友：</p></body></html>')
    assert made.text == "在茶会上的讲话\n各位茶友："


def test_what_a_player_shows_in_its_stead_is_not_read():
    assert page("<video><source src='a.mp4'><p>请升级浏览器</p></video><p>各位茶友：</p>").text == "各位茶友："
    assert page("<p>他写的是 embedded 两个字</p><embedded>正文</embedded>").text == "他写的是 embedded 两个字\n正文"


ACCOUNT = ('<html><head><meta property="og:site_name" content="微信公众平台"><script>var {} = "1552003200";</script></head><body>'
           '<a id="js_name">江城茶友</a><em id="publish_time">{}</em><p>各位茶友：</p></body></html>')


@pytest.mark.parametrize(("variable", "shown", "day"), [
    ("ct", "", "1552003200"), ("ct", "昨天", "1552003200"), ("ct", "2019年3月9日", "2019年3月9日"), ("biz", "", None)])
def test_the_day_of_a_public_account(variable, shown, day):
    assert page(ACCOUNT.format(variable, shown)).metadata.get("date") == day
