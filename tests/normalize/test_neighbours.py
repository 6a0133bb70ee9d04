"""Lists of other pages in the columns beside a speech, and what of the heading looks like them."""
from datetime import date

import pytest

from flows.ingest.documents import Document
from flows.normalize.metadata import describe
from flows.normalize.neighbours import without_lists

TEXT = "同志们：\n今天召开这次会议，主要任务是把护林的事说一说。下面，我讲两点意见。\n一、看好山。\n二、管好火。"
HEAD = ["在全县护林工作会议上的讲话", "发布时间：2019-03-07 来源：某山日报", "（2019年3月5日）", "县长 李大山"]


def told(head, **metadata):
    return describe(head, TEXT, [], Document("a.txt", "text/plain", "utf-8", 0, "", metadata=metadata))


@pytest.mark.parametrize("column", [
    ["在全县粮食会议上的讲话2015-06-01", "在全县林业会上的发言2014-05-20"],
    ["在全县粮食会议上的讲话 [2015-6-1]", "在全县林业会上的发言 [2014-12-20]", "在水库工地上的讲话 [2013-1-2]"],
    ["2015年6月1日 在全县粮食会议上的讲话", "2014年5月20日 在全县林业会上的发言"],
    ["在全县粮食会议上的讲话", "2015-06-01", "在全县林业会上的发言", "2014-05-20"],
    ["某乡修通公路 2015-06-01", "某村喝上自来水 2014-05-20", "县医院添了新楼 2014-05-20"],
    ["某乡修通公路(6.1)", "某村喝上自来水(5.20)", "县医院添了新楼(12.3)"],
    ["股票代码：600000　最新价 6.61　2015-06-01 13:30"],
    ["2015年6月1日 星期一 某山 多云 20℃"],
    ["现在是2015年6月1日 12:30:11"],
])
def test_what_stands_in_the_columns_gives_no_day_to_the_speech(column):
    speech = told([*column, *HEAD])
    assert (speech.delivered_date, speech.published_date) == (date(2019, 3, 5), date(2019, 3, 7))
    assert (speech.title, speech.speaker_name) == (HEAD[0], "李大山")
    assert without_lists([*column, *HEAD]) == HEAD


@pytest.mark.parametrize("head", [
    ["在全县护林工作会议上的讲话 2019-03-05", "在全县护林工作会议上的讲话 2019-03-05"],       # twice the same
    ["在全县护林工作会议上的讲话（2019年3月5日）", "——在护林动员大会上的讲话（2019年3月7日）"],
    ["某山新闻 2019-03-05", "李大山 2019-03-07"],
    ["发布时间：2019-03-05", "更新时间：2019-03-06", "浏览次数：2019-03-07"],
    ["在全县护林工作会议上的讲话", "2019-03-05"],
    ["投递日期：2019-03-05　热度：232℃"],
    ["今年是护林条例施行的第三年，气温最高时山上有40度"],
])
def test_a_heading_with_days_is_no_list(head):
    assert without_lists(head) == head


def test_the_heading_of_the_page_itself_may_look_like_one_more_entry():
    lines = ["在全县粮食会议上的讲话 2015-06-01", "在全县林业会上的发言 2014-05-20", "在全县护林工作会议上的讲话 2019-03-05"]
    assert without_lists(lines) == lines[2:]
    assert without_lists([*lines, "来源：某山日报", "字号：大 中 小"], ["在全县护林工作会议上的讲话-某山网"]) \
        == [lines[2], "来源：某山日报", "字号：大 中 小"]
