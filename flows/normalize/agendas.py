"""Agendas and forms: what labels say of the event at which a speech was given and of the form on which it is recorded."""
from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from flows.normalize import occasions, speakers, titles
from flows.normalize.evidence import Surroundings
from flows.normalize.page_lines import LONGEST, DatedLine, Line, day_of_year
from schemas.lexicons import entries

_TIME_LINE = re.compile(
    r"^(?:授课|讲课|宣讲|上课|开课|活动|会议)?(?:时间|日期)(?:\s*[:：]|[ 　]*(?=\d))(?!.*(?:来源|点击|浏览|作者|阅读|编辑))[^，。]{6,24}$"
)
_AGENDA = re.compile(
    r"^(?:地点|(?:会议|授课|讲课|宣讲|活动)地点|主讲人?|授课人|讲课人|宣讲人|主持人?|参加人员|参会人员|出席人员|报告人|讲话人|授课对象|参加对象)"
    r"(?:\s*[:：]|[ 　])"
)
_DELIVERED_LABEL = re.compile(
    r"(?:讲话|演讲|会议|报告|发言|致辞|授课|讲课|宣讲|上课|开课|活动|召开|举行|党课|述职)(?:的)?(?:时间|日期)(?:\s*[:：]|[ 　])"
)
_TIME_AND_PLACE = re.compile(r"(?<![布新表登报入传加送成开])(?:时间|日期)\s*[:：](?:[^:：]|(?<=\d)[:：](?=\d)){4,28}地点\s*[:：]"
                             r"|地点\s*[:：][^:：]{2,30}(?:时间|日期)\s*[:：]")
# The record of an archive: when the paper was made, which for a speech is when it was given; and what became of the paper later, which is
# no day of the speech and put nothing out.
_FORMED = re.compile(r"形成(?:时间|日期|年月)\s*[:：]")
_FILED = re.compile(r"(?:归档|立卷|建档|著录|移交|进馆|入馆|入藏|接收|开放|解密|扫描|数字化)(?:时间|日期)\s*[:：]")
_OF_SPEAKER = re.compile(r"(?:(?:讲话|发言|演讲|致[辞词])人?)?职[务位衔]\s*[:：]\s*(?P<post>\S.{0,40})"
                         r"|(?:会议|讲话|演讲|致[辞词]|召开|举行|举办|活动|授课|讲课|宣讲)?地点(?:\s*[:：]\s*|[ 　]+)(?P<venue>\S.{0,40})")
# When and where somebody was recorded as he spoke: 录音时间：…, 采集点：…
_RECORDED_ON = re.compile(r"(?:录音|录制|录像|采录|采集)(?:时间|日期)\s*[:：]")
_RECORDED_AT = re.compile(r"(?:录音|录制|录像|采录|采集)(?:地点|点|地)\s*[:：]\s*(?P<venue>[^\s（(]{2,30})")
# Of which event the whole is that a page takes down or broadcasts: 实录 | 秋粮收购新闻发布会
_TAKEN_DOWN = re.compile(r"(?:文字|图文|现场|全文|视频)?(?:实录|直播|速记|全程)\s*[|｜丨:：]\s*(?P<event>[^，。；：:|｜丨]{4,40})")
_CALLED = re.compile(r"^(?:标题|(?:党课|授课|讲课|宣讲|发言|演讲|讲话|报告)(?:题目|主题)|题目|课题|主题)\s*[:：]\s*(\S.{2,60})$")
_SPEAKER_LABEL = re.compile(r"(?:主讲|(?:讲话|发言|演讲|报告|主讲|宣讲|授课|致辞|党课主讲)(?:人|者)|责任者)\s*[:：]")
# Their spaces are gone by then: 讲话人：王某时间：2022年4月15日地点：礼堂.
_OF_WHAT = "讲话|发言|演讲|会议|授课|宣讲|活动|报告|致辞|致词|发布|发表|刊登|更新|上传|上线|上网|入库|张贴|公告|修订"
_NEXT_LABEL = re.compile(rf"[\s|｜；;，,]*(?<!{_OF_WHAT})"
                         rf"(?=(?:{_OF_WHAT})?(?:时间|日期|地点)\s*[:：]"
                         r"|(?:会议|场合|单位|职务|主持人?|主题|题目|对象)\s*[:：]|(?:点[阅击]|浏览)[数次量]*\s*[:：])")
# What is recorded on a form: 党课情况登记表, 演讲比赛评分单.
_FORM = re.compile(r"[^，。：:；]{0,24}(?:党课|述职|发言|演讲|致辞|宣讲)[^，。：:；]{0,8}(?:表|簿|册|卡|单|记录|记录本)")
# Of what kind a text is stands in brackets below what it is called: （专题党课讲稿）.
_KIND_BELOW = re.compile(r"[（(]([^（()），。：:；\d]{2,16})[）)]")


def parts(line: str) -> list[str]:
    """The labels of a bar that tells who spoke, each with what it says, or the line as it is: 讲话人：王某　　时间：2022年4月15日."""
    if len(line) > LONGEST or _SPEAKER_LABEL.match(line) is None:
        return [line]
    cuts = [match.span() for match in _NEXT_LABEL.finditer(line)]
    return [line[start:end] for (_, start), (end, _) in pairwise([(0, 0), *cuts, (len(line), 0)]) if end > start]


def time_of_event(line: Line, page: Surroundings) -> bool | None:
    """Read a time beside 地点 and 主讲人, which is that of the event and not of the page."""
    if not _TIME_LINE.match(line.text) or not any(map(_AGENDA.match, line.head[max(0, line.index - 2):line.index + 4])):
        return None
    page.give(line.found[0], line.text, 0)
    return True


def day_without_year(line: Line, page: Surroundings) -> bool | None:
    """Read a day without a year whose label says that the event was then, or beside which the place is told: 会议时间：4月29日14:00."""
    label = (_DELIVERED_LABEL.match(line.text) or _TIME_AND_PLACE.match(line.text)) if "月" in line.text and not line.found else None
    day = day_of_year(line.text, line.text) if label and len(line.text) <= LONGEST else None
    if day is None:
        return None
    page.days.append(day)
    return True


def recording(line: Line, page: Surroundings) -> bool | None:
    """Read the time of a recording beside its place. A program that collects pages tells a time as well, and no place."""
    if not _RECORDED_ON.match(line.text):
        return None
    at = next(filter(None, map(_RECORDED_AT.match, line.head[max(0, line.index - 3):line.index + 4])), None)
    if at is None:
        return None
    page.give(line.found[0], line.text, 0)
    page.venues.append(at["venue"])
    return True


def labelled_day(line: DatedLine, page: Surroundings) -> bool | None:
    """Read a day whose label says that the speech was given then, or beside which the place is told: 时间：2022年4月15日 地点：礼堂. Each
    of several days belongs to its own label: 发布日期：2021-04-18　授课时间：2021年4月15日."""
    label = _DELIVERED_LABEL.search(line.text)
    if not label and not ("地点" in line.text and _TIME_AND_PLACE.search(line.text)):
        return None
    put_out = [one for one in line.found if put_out_label().search(line.text, 0, one.start)]
    others = [one for one in line.found if one not in put_out]
    given = next((one for one in others if label and not line.text[label.end():one.start].strip(" 　:：") and one.start >= label.end()),
                 next(iter(others), None))
    if given:
        page.give(given, line.text, 0)
    for one in put_out:
        if one.precision != "year":
            page.put_out(one, line.text, 1)
    return True


@cache
def put_out_label() -> re.Pattern[str]:
    """The label right before a day on which a page was put out, its colon or nothing at the end."""
    labels = "|".join(map(re.escape, entries("publication_labels.txt")))
    return re.compile(rf"(?:^|[^一-龥]|(?<=\d[日号分秒]))(?:{labels})(?:时间|日期|于)?\s*[:：]?\s*$")


def day_of_archive(line: DatedLine, page: Surroundings) -> bool | None:
    """Read a day in the record of an archive: when the paper was made, or what became of it later."""
    formed = "形成" in line.text and _FORMED.search(line.text)
    if not formed and not _FILED.match(line.text):
        return None
    if formed and line.first.precision != "year":
        page.give(line.first, line.text, 4)
    return True


def post_or_venue(line: Line, page: Surroundings) -> bool | None:
    """Read an office or a place behind a label of its own: 职务：某县县长, 会议地点：某县礼堂."""
    labelled = _OF_SPEAKER.match(line.text)
    if not labelled:
        return None
    if labelled["venue"]:
        page.venues.append(labelled["venue"])
    elif role := speakers.role(labelled["post"]):
        page.posts.append(role)
    return True


def called(line: Line, page: Surroundings) -> bool | None:
    """Read a title behind a label of its own, near other labels of the event: 党课题目：某某."""
    match = _CALLED.match(line.text)
    if not match or not any(_AGENDA.match(other) or _TIME_LINE.match(other) or _SPEAKER_LABEL.match(other)
                            for other in line.head[max(0, line.index - 4):line.index + 5]):
        return None
    page.called.append(match[1].strip("《》 "))
    return True


def form(line: Line, page: Surroundings) -> None:
    """Read the name of a form on which a speech is recorded, which may be more than that."""
    if _FORM.fullmatch(line.text):
        page.forms.append(line.text)


def taken_down(line: Line, page: Surroundings) -> None:
    """Read the name of the event that a page says it takes down, which may be its title: 实录 | 秋粮收购新闻发布会."""
    whole = _TAKEN_DOWN.fullmatch(line.text) if not line.found else None
    if whole and occasions.like_meeting(whole["event"]):
        page.datelines.append(f"在{whole['event']}上")


def kind_below(line: Line, page: Surroundings) -> bool | None:
    """Read of what kind a text is, in brackets below what it is called: （专题党课讲稿）."""
    kind = _KIND_BELOW.fullmatch(line.text) if line.index and not line.below and line.text[0] in "（(" else None
    if not kind or not titles.like_title(kind[1]) or titles.says_where(kind[1]):
        return None
    page.forms.append(kind[1])
    return True
