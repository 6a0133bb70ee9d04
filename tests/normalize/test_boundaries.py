"""Lines and paragraphs at the beginning and the end of a speech are told by their words."""
import pytest

from flows.normalize.boundaries import announces, ends_page, is_closing, kind
from tests.normalize.pages import TITLE, paragraphs


@pytest.mark.parametrize("line", [
    "以下是我的讲话：", "根据会议安排，发言内容如下：", "现将一年来的工作报告如下：",
    "下面是今年的三项任务：", "下面我宣读县长的讲话全文：",
])
def test_a_line_of_the_speaker_himself_announces_none(line):
    assert not announces(line)


def test_closings():
    assert all(is_closing(paragraphs(line)[0]) for line in ("谢谢大家！", "谢谢", "我的讲话完了，谢谢大家。", "此致敬礼！", "讲话完。"))
    assert not is_closing(paragraphs("谢谢大家这些年来的支持，没有你们就没有今天的成绩。")[0])


def test_kinds_of_what_is_cut():
    for line in (TITLE, "——2012年3月5日在县人民代表大会上", "县长　李某"):
        assert kind(paragraphs(line)[0]) == "metadata"
    assert kind(paragraphs("李 某")[0], close=True) == "metadata"
    assert kind(paragraphs("李 某")[0]) == kind(paragraphs("扫码关注公众号免费下载讲话")[0]) == "furniture"


@pytest.mark.parametrize("line", ["在全县造林大会上的讲话 相关内容：", "林场场长述职报告的相关文章：", "看了《造林动员词》的网友还看了：",
                                  "您可能还需要这些资料"])
def test_a_line_that_heads_other_texts(line):
    assert ends_page(line)


@pytest.mark.parametrize("line", ["下面，我就学习这次讲话的相关内容：", "一、认真学习县长讲话相关资料：", "（二）看了沙地造林的群众都说："])
def test_a_heading_of_the_speaker_heads_no_other_texts(line):
    assert not ends_page(line)


@pytest.mark.parametrize("line", ["（三）办好群众留言（二）", "三、网友评论", "评论文明上网的现象", "三、留言文明，有话好好说。",
                                  "群众的留言，我每一条都看了。", "重点评议（2）个事项",
                                  "支持群众，反对浪费", "请看材料.doc第三页（要点）"])
def test_what_is_said_of_comments_ends_nothing(line):
    assert not ends_page(line)
