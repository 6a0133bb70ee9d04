import re
import tomllib
from importlib.resources import files

import pytest

from flows.normalize import furniture
from flows.normalize.furniture import (
    folded,
    is_code,
    is_edge,
    is_lead,
    is_navigation,
    is_noise,
    is_sure,
    weight,
)
from flows.normalize.sentences import adverts


@pytest.mark.parametrize("line", [
    "责任编辑：李四", "编辑丨李四", "来源：江城日报", "Tag标签：讲话", "当前位置：首页 > 讲话", "上一篇：没有了", "第 2 页 共 8 页",
    "【打印】 【关闭】",
    "首页|讲话|报告", "大", "点击查看大图", "版权所有 © 江城网", "2012-03-05 来源：江城日报 点击：12", "扫描下方二维码关注我们",
    "abcd39f1fb7f426d9dfb6bd0fa1f2146:",
    "http://www.jiangcheng.example/1.html", "记者 李四 摄", "猜你喜欢", "【某讲话】相关文章：", "内容来自网络，如有侵权请联系删除。",
    "会员免费下载", "各位领导，讲话稿如下，请审阅。", "王局长在护林会上的讲话全文附后，请认真学习。",
    "1 2 3 余下全文 显示全部", "1 剩余内容 展开全部", "4.5分（超过80%的文档） 30阅读 2下载 收藏 分享 举报", "热评：我家也栽了三棵，支持！",
    "广告位招租", "【广告位 ID 64711】", "文中广告位：招商，联系电话 12345",
    "[页 18]", "【第18页】", "<p. 18>", "（页 18）", "=== 第 18 页 ===",
    "读过本稿的朋友，还读过《林场致辞集锦》《植树节串词》", "下载这份材料的用户也下载了：", "浏览该文的网友还在看",
])
def test_a_line_of_the_page_is_known_wherever_it_stands(line):
    assert is_sure(line) or is_noise(line)


@pytest.mark.parametrize("line", [
    "var cpro_id = “u123”；", "(window.slots = window.slots || []).push({ id：“u1” })；", ".nav li a{float:left;padding:0 9px}",
    "document.writeln（“开通会员，免费下载”）；", "function tick（）{ var d=new Date（）；", "$（“#hits”）.load（“/count?id=3”）；",
    "} else {", "@media print {", "(ads = window.ads || []).push({});",
    "if（typeof jQuery == “undefined”）{document.write（“x”）}", "show_ad_text（）；",
    "window.share_config={“text”:“全文”}；", "for（var i=0；i<3；i++）{"])
def test_what_a_page_says_to_the_browser_is_told(line):
    assert is_code(line)


@pytest.mark.parametrize("line", [
    "GDP（国内生产总值）增长8%；", "If you want to go far, go together.", "PM2.5（细颗粒物）浓度下降；", "APP（客户端）要用好；",
    "CPI=100；", "We (the people) believe;", "A. 加强领导（一把手负责）", "RCEP（Partnership）；", "Where（哪里）；", "（一）抓项目；",
    "for all (of us);", "if (and only if) we go;"])
def test_what_is_said_in_latin_letters_is_no_code(line):
    assert not is_code(line)


@pytest.mark.parametrize("line", [
    "广告位的清理要在月底以前完成", "广告位招租必须公开",
    "剩余的内容我们下午再讲。", "有30人阅读了全文，2人写了体会。", "热评委的同志请坐。",
    "同志们：", "一、指导思想", "谢谢大家！", "我们要关注民生。", "这是我们工作的基本来源和根本保证。",
    "要办好网站，管好用好微信公众号。", "全县粮食总产达到三十万吨。",
    "根据会议安排，我讲三点意见，供大家参考。", "我的发言稿附后，请审阅。",
    "读过这本书的人，也读懂了什么叫坚守", "走过这条路的人，还想再走一遍",
    "现将工作情况报告如下，请予审议。", "发展教育", "提高质量", "深化改革", "……", "（一）", "增长13.9%。",
])
def test_a_line_of_a_speech_is_not(line):
    assert not is_sure(line)
    assert not is_noise(line) or line == "（一）"


@pytest.mark.parametrize("line", [
    "投票：你最爱哪一棵树？ ○松树 ○柏树 ○槐树 512人参与", "小调查：你家门前的路修好了吗？□修好了□还没有□说不清",
    "03:26视频：走进某山林场 1.2万次播放", "00:00 / 05:12 播放 静音 全屏", "▶ 听新闻 02:15", "视频：护林员的一天 3000次播放",
    "—— 未完，点击展开剩余 40% ——", "更多内容，查看剩余全文", "▶ 听全文　时长03分41秒　播放", "语音播报 1.0x 男声 女声", "收听本文"])
def test_what_readers_press_between_the_paragraphs_is_of_the_page(line):
    assert is_sure(line)


@pytest.mark.parametrize("line", [
    "投票的事，大家都要来，一个也不能少，今天到会的有326人参与。",
    "视频要装到每一个路口，三百次播放也好，一万次播放也好，都要有人看。",
    "听全文容易，读全文难，照着全文去做更难。",
    "这件事还没有完，要展开讨论，剩余的40%年底以前干完。", "03:26我们就到了现场，视频里大家都看到了。", "10:30 教育片《守山人》播放",
    "9:00 全场观看"])
def test_what_a_speaker_says_of_the_like_is_his(line):
    assert not is_sure(line)


@pytest.mark.parametrize("line", [
    "[在全县护林会议上的讲话]由会员“北坡老李”上传，如有侵权请告知。", "本文档由网友【山里人】整理分享",
    "《护林讲话》由用户上传，版权归原作者所有，侵权请联系删除。",
])
def test_who_put_a_text_up_is_no_part_of_it(line):
    assert furniture.is_sure(line)


@pytest.mark.parametrize("line", [
    "明年年会的场地由会员单位提供。", "这些线索都是由网友提供的，我们一条一条查。", "表格由用户自己上传，村里不代办。",
])
def test_what_members_and_users_bring_is_the_speakers(line):
    assert not furniture.is_sure(line)


def test_labels_are_furniture_at_the_edges_or_everywhere_or_sum_up():
    assert is_edge("时间：3月5日上午") and not is_sure("时间：3月5日上午")
    assert is_lead("内容提要：同志们，今天开会。") and is_lead("【#讲话# 导语】讲话是一种文体。")


def test_sentences_after_a_label_are_kept_unless_they_speak_of_the_page():
    assert not is_sure("出处：文选第一卷出版社第1版这次会议开得很好，解决了几个大问题。同志们回去以后要抓紧落实。")
    assert is_sure("版权声明：本文版权归原作者所有，江城网仅作信息存储，如有异议请与我们联系。")


@pytest.mark.parametrize(("line", "kept"), [
    ("后头还有三千多字，花8元接着看，送打印版。", True), ("全文还有1200字，登录后阅读", True),
    ("我们还有三万多字的材料，买了书再看。", False), ("今天还有八十多页，会后下载了看。", False),
])
def test_how_much_is_left_and_what_it_costs_keeps_the_rest_back(line, kept):
    assert furniture.keeps_back(line) is kept


def test_weight_counts_words_over_length():
    assert weight("") == 0
    assert weight(folded("扫码关注公众号免费下载")) > 6
    assert weight(folded("要办好网站，管好用好新媒体，让群众听得到、看得懂、信得过，把政策讲到田间地头、送到千家万户。")) < 1


def test_navigation_is_nothing_but_buttons():
    assert is_navigation(folded("首页 > 领导讲话 > 正文"))
    assert not is_navigation(folded("首页 > 江城"))


def test_adverts_within_a_paragraph_are_found_and_plain_words_are_not():
    text = "开会。（更多范文请访问江城网www.jiangcheng.example）散会。"
    assert [text[start:end] for start, end in adverts(text)] == ["（更多范文请访问江城网www.jiangcheng.example）"]
    assert adverts("同志们来自全国各地（来自农村的占三成），更多的是青年。") == []


def lexicon():
    return tomllib.loads((files("schemas") / "lexicons" / "furniture.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("place", [("labels", "sure"), ("labels", "edge"), ("labels", "lead"), ("phrases", "navigation"), ("phrases",
    "strong"),
                                   ("phrases", "weak")])
def test_entries_are_written_as_lines_are_folded(place):
    entries = lexicon()[place[0]][place[1]]
    assert entries
    assert [entry for entry in entries if folded(f"甲{entry}") != f"甲{entry}" and " " not in entry] == []


@pytest.mark.parametrize("name", ["line", "inline"])
def test_patterns_compile_and_match_nothing_empty_by_mistake(name):
    for pattern in lexicon()["patterns"][name]:
        assert re.compile(pattern).fullmatch("同志们") is None


def test_a_long_number_is_looked_at_once() -> None:
    """Numbers in groups of three can be cut in as many ways as there are groupings: none but the first is tried."""
    assert not furniture.is_sure("1" * 60 + "天") and furniture.is_sure("上一页1 2 3 [4] 5下一页")
