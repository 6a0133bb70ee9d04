"""Menus and lists of links, told by their shape, and what stands between them."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ingest.documents import Document
from flows.ingest.selection import judge
from flows.normalize.menus import without, without_names
from flows.normalize.speech import normalize

MENU = ["首页", "慰问信", "倡议书", "岗位职责", "申论范文", "高考作文", "投稿", "会员充值", "检讨书", "合同范本", "决议", "问答"]
HEAD = ["在全县护林工作会议上的讲话", "李大山", "2018-03-05", "点击：120"]
SAID = ["同志们：", "今天我们开一个护林的会。去年全县没有起过一场大火，这是大家一座山一座山守出来的，我向大家道一声辛苦。",
        "眼下天干物燥，上坟烧纸的人多，开荒烧坡的人也多，一个火星就能烧掉几十年的林子。各村要把人派到山口去，把话讲到户。",
        "护林员的补贴要按月发，一分不能少。谁家的山谁家看，看不好要问责。", "我就讲这些，谢谢大家！"]
LINKS = [f"{year}年在{place}总结会上的发言" for year in range(2011, 2017) for place in ("林业站", "粮管所")]
WORDS = "　".join(MENU)


def judged(text: str, media_type: str = "text/plain"):
    return judge([Document("page.txt", media_type, "utf-8", len(text.encode()), text)])[0]


@pytest.mark.parametrize("above", [MENU, [WORDS], [" | ".join(MENU)], [WORDS.replace("　", " ")], MENU * 12])
@pytest.mark.parametrize("below", [[], ["上一篇：致全县人民的一封信", "下一篇：护林公约"], ["相关阅读", *LINKS, *MENU], ["　".join(LINKS)]])
def test_what_menus_and_lists_name_says_nothing_of_the_text(above, below):
    text = "\n".join([*above, *HEAD, *SAID, *below])
    judgement = judged(text)
    assert judgement.is_speech and not judgement.features.keys() & {"letter_title", "enacts", "model_essay"}
    plain = without(text)
    assert all(line in plain for line in [*HEAD, *SAID])


def test_a_page_in_one_line_is_judged_by_its_text():
    head = ["小笔头文秘网", *MENU, "求职信", "感谢信", "当前位置：", "首页", ">", "讲话稿", ">", *HEAD]
    judgement = judged("　　".join([" ".join(head), *SAID]) + "　　 分享到： 更多 上一篇：慰问信范文 下一篇：申论技巧 " + " ".join(LINKS))
    assert judgement.is_speech and "letter_title" not in judgement.features


def test_a_short_notice_to_readers_is_no_speech():
    text = ["【通知】读书会改期", "各位书友：", "因图书馆检修电路，本周六下午的读书会改到周日下午两点，地点不变。",
            "请大家自带水杯，外地书友可以在线上听。请大家相互告知，以免白跑一趟，谢谢各位的理解。", "书友会"]
    assert not judged("\n".join(text)).is_speech


def test_a_letter_between_menus_is_one():
    letter = ["致全县护林员的慰问信", "护林员同志们：", "你们好！春节快到了，你们还守在山上。县里向你们道一声辛苦，祝你们过一个平安年。",
              "山上冷，炭火要足，门窗要留缝。有难处，就给村里打电话。", "此致", "敬礼！", "东山县林业局", "2018年2月3日"]
    assert not judged("\n".join([*MENU, *letter, *MENU])).is_speech


def test_a_page_of_links_alone_is_left_as_it_is_and_rejected():
    text = "\n".join([*MENU, *LINKS, *MENU])
    assert without(text) == text and judged(text).reason == "list_of_titles"


@pytest.mark.parametrize("text", [
    "\n".join([*HEAD, *SAID]), "东 山 县 护 林 工 作 会 议 上 的 讲 话 同 志 们 今 天 开 会。\n" * 9,
    "\n".join(f"第{number}句，山青水绿。" for number in range(30)),
])
def test_a_text_without_menus_is_left_as_it_is(text):
    assert without(text) == text


def test_menus_at_the_ends_of_a_long_text_say_nothing_of_it():
    said = [f"第{number}件事，是把{number}号山口守住，一天也不能松。" for number in range(1_500)]
    judgement = judged("\n".join([*MENU, *HEAD, SAID[0], *said, SAID[-1], *LINKS, *MENU]))
    assert judgement.is_speech and not judgement.features.keys() & {"letter_title", "enacts", "model_essay"}


def test_menus_however_long_hide_neither_head_nor_beginning():
    menu = [f"{first}{second}" for first in "东西南北中上下左右前后里外大小" for second in ("山村", "河镇", "岭乡", "湖区", "桥街", "关")]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join([*menu, *HEAD, *SAID])))
    assert speech.text.splitlines() == SAID
    assert (speech.metadata.title, speech.metadata.speaker_name) == (HEAD[0], HEAD[1])


def test_what_a_column_is_called_is_no_speaker():
    head = [HEAD[0], "2018-03-05", "点击：120"]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join([*MENU, "充值", "问答", *MENU, *head, *SAID])))
    assert speech.metadata.speaker_name is None


def test_names_of_columns_are_left_out_wherever_they_stand():
    assert without_names([HEAD[0], *MENU, *HEAD]) == [HEAD[0], *HEAD]
    assert without_names(HEAD) == HEAD and without_names(MENU[:5] + HEAD) == MENU[:5] + HEAD
    assert without_names([*MENU, "讲话稿"]) == ["决议", "问答", "讲话稿"]


@pytest.mark.parametrize("within", [
    ["延伸阅读：2014年粮管所总结会致辞[优秀]；林业站春训会上的讲话稿；2019年防汛动员会上的讲话（精选）"],
    ["推荐阅读：在秋收动员会上的讲话"],
    ["小笔头文库 xbtwk.cn"], ["本文导航", "第1页：首页", "第2页：护林讲话范文"],
])
def test_what_a_page_offers_within_a_text_goes(within):
    page = ["小笔头文库 xbtwk.cn", *HEAD, *SAID[:3], *within, *SAID[3:]]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join(page)))
    assert speech.text.splitlines() == SAID


@pytest.mark.parametrize("said", [
    "书目推荐：请大家读一读县志，看看老一辈怎么守山。", "学习重点：县委全会上的讲话、护林条例，都要逐条学。",
    "第2页：我念一段给大家听，写得好。",
])
def test_what_is_said_in_the_like_words_stays(said):
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join([*HEAD, *SAID[:3], said, *SAID[3:]])))
    assert said in speech.text


@pytest.mark.parametrize("asked", ["求一篇护林动员会领导讲话", "急急急！跪求护林会讲话稿", "谁有护林工作会议上的讲话稿"])
def test_what_one_asks_for_is_not_the_title_of_what_another_answers(asked):
    page = [asked, "明天就要用，谢谢各位了", "匿名用户 浏览 93 次", "最佳答案", HEAD[0], *SAID]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join(page), None, {"title": f"{asked}_问答网"}))
    assert speech.metadata.title == HEAD[0]


def test_the_bar_below_a_title_tells_when_it_was_put_out_beside_how_long_it_is():
    page = [HEAD[0], "2018-03-09 | 林业 | 约1900字 | 阅读时间7分钟", *SAID]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join(page)))
    assert str(speech.metadata.published_date) == "2018-03-09"


def test_the_name_of_a_site_that_offers_samples_is_cut_out_of_its_texts():
    said = [*SAID[:2], SAID[2].replace("一个火星", "一个小笔头文秘网火星"), *SAID[3:]]
    page = [f"{HEAD[0]}-小笔头文秘网", "小笔头文秘网 2018-03-09", *said, "Copyright © 2008-2018 小笔头文秘网 All Rights Reserved."]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join(page)))
    assert speech.text.splitlines() == SAID and "anti_copy_noise" in speech.defects


ROSTER = ["局长　王青山", "副局长　李大山", "副局长　赵小河", "总工程师　孙远"]


@pytest.mark.parametrize(("path", "who"), [
    ("首页 > 领导之窗 > 副局长 李大山 > 讲话文稿", "李大山"), ("首页 > 领导之窗 > 讲话文稿", None),
])
def test_whose_pages_these_are_speaks_and_not_the_last_of_those_who_lead(path, who):
    page = [path, "领导之窗", *ROSTER, "在护林工作会议上的讲话", "2018-03-05", *SAID]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join(page)))
    assert speech.metadata.speaker_name == who


def test_two_officers_above_a_text_are_no_roster():
    page = ["在护林工作会议上的讲话", "局长　王青山", "2018-03-05", *SAID]
    assert normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join(page))).metadata.speaker_name == "王青山"


@pytest.mark.parametrize(("cells", "source"), [
    (["发布时间", "2018-03-09", "来源", "东山林业信息网", "浏览", "512"], "东山林业信息网"), (["来源", "浏览", "512"], None),
])
def test_a_source_in_the_cell_below_its_label(cells, source):
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join([HEAD[0], *cells, *SAID])))
    assert speech.metadata.source_name == source


@given(st.lists(st.text("山水会议讲话。，：| 　\n1", max_size=12), max_size=40))
def test_what_is_left_stood_there(lines):
    text = "\n".join(lines)
    rest = without(text)
    assert set(rest) <= set(text) and len(rest) <= len(text) + text.count(" ") + text.count("　") + text.count("|")
    left = iter(lines)
    assert all(line in left for line in without_names(lines))
