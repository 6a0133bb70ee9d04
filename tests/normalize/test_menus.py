"""Menus and lists of links, told by their shape, and what stands between them."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ingest.documents import Document
from flows.ingest.selection import judge
from flows.normalize.menus import below_names, without
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


def test_menus_however_long_hide_neither_head_nor_beginning():
    menu = [f"{first}{second}" for first in "东西南北中上下左右前后里外大小" for second in ("山村", "河镇", "岭乡", "湖区", "桥街", "关")]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join([*menu, *HEAD, *SAID])))
    assert speech.text.splitlines() == SAID
    assert (speech.metadata.title, speech.metadata.speaker_name) == (HEAD[0], HEAD[1])


def test_what_a_column_is_called_is_no_speaker():
    head = [HEAD[0], "2018-03-05", "点击：120"]
    speech = normalize(Document("page.txt", "text/plain", "utf-8", 9, "\n".join([*MENU, "充值", "问答", *MENU, *head, *SAID])))
    assert speech.metadata.speaker_name is None


def test_below_names():
    assert below_names([*MENU, *HEAD]) == HEAD
    assert below_names(HEAD) == HEAD and below_names(MENU[:5] + HEAD) == MENU[:5] + HEAD
    assert below_names([*MENU, "讲话稿"]) == ["决议", "问答", "讲话稿"]


@given(st.lists(st.text("山水会议讲话。，：| 　\n1", max_size=12), max_size=40))
def test_what_is_left_stood_there(lines):
    text = "\n".join(lines)
    rest = without(text)
    assert set(rest) <= set(text) and len(rest) <= len(text) + text.count(" ") + text.count("　") + text.count("|")
    assert list(below_names(lines)) == lines[len(lines) - len(below_names(lines)):]
