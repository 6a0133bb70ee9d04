"""What a page shows of a text above the text itself."""
import pytest

from flows.normalize.copies import above, whole
from flows.normalize.lines import split
from flows.normalize.speech import normalize
from tests.normalize import pages
from tests.normalize.pages import page

TITLE = "在全县护林工作座谈会上的讲话"
SAID = ["同志们：", "今天请大家来，是想听一听各村护林的难处。去年秋天山火烧了三百亩林子，教训很深，大家心里都不好受。",
        "我讲三点意见。第一，路要有人巡；第二，火要有人管；第三，水要有人送。", "防火的事，一天也不能松，一个人也不能少。"]
TEXT = "\n".join(SAID)


def read(text: str) -> str:
    return normalize(page(text)).text


@pytest.mark.parametrize("teaser", [
    TITLE + " " + " ".join(SAID)[:90], TITLE + "".join(SAID)[:77] + "...", TITLE + "\n" + "".join(SAID)[:70],
    TITLE + "\n" + "".join(SAID)[:75] + "……\n2016-03-05 来源：县林业局",
])
def test_the_first_words_of_a_text_above_it_are_not_said_twice(teaser):
    assert read(f"{teaser}\n{TITLE}\n{TEXT}") == TEXT


def test_of_a_text_that_is_pasted_twice_one_copy_is_the_speech():
    assert read(f"正文复制\n{TITLE}\n{TEXT}\n{TITLE}\n{TEXT}") == TEXT


WHOLE = pages.SPEECH.split("\n")
PAGED = [*WHOLE[:4], "第1页/共2页 [1] 2 »", "某牌拖拉机，春季让利", *WHOLE[3:], "第2页/共2页 « 1 [2]"]


@pytest.mark.parametrize("copies", [
    (PAGED, ["手机版", pages.TITLE, *WHOLE]), (WHOLE, ["打印版", pages.TITLE, *PAGED]), (PAGED, []),
    ([*WHOLE[:4], "某牌拖拉机，春季让利", *WHOLE[4:]], ["手机版", pages.TITLE, *WHOLE]),
])
def test_of_two_copies_the_one_between_whose_lines_less_stands_is_the_speech(copies):
    assert read("\n".join([pages.TITLE, "县长 顾禾", *copies[0], *copies[1], "上一篇：无"])) == pages.SPEECH


def test_a_text_that_is_said_again_in_other_words_is_no_copy():
    again = [line.replace("三个乡镇", "两个乡镇") for line in WHOLE]
    assert not whole(split("\n".join([*WHOLE, *again]))) and not whole(split("\n".join([*WHOLE, *reversed(WHOLE)])))
    assert not whole(split("\n".join(line for line in WHOLE for _ in range(2))))


@pytest.mark.parametrize("text", [
    f"{TITLE}\n{TITLE}\n{TEXT}",              # a title stands twice on many a page
    f"{TITLE}\n{SAID[1]}\n{SAID[2]}\n{SAID[1]}\n{SAID[3]}",      # a paragraph said again, with another behind it
    "\n".join([SAID[1], SAID[3]] * 2), "同志们：\n" + "\n".join([SAID[1], "一、路要有人巡"] * 3),
    f"{TITLE}\n{SAID[1]}{SAID[2]}\n{SAID[1]}{SAID[2]}\n{SAID[3]}",
    f"{TITLE}\n同志们！\n{SAID[1]}\n同志们！\n{SAID[2]}",
])
def test_what_a_speaker_says_again_is_no_copy(text):
    assert above(split(text), text) == []
