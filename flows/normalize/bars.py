"""The bar that a page puts below its title, as far as a day and a name make it one without any label: 2020-12-30 08:30 某阳日报."""
from __future__ import annotations

import re
from functools import cache

from flows.normalize import dates, speakers
from schemas.lexicons import entries

_SHORTEST, _LONGEST = 10, 60
_FROM = r"(?:信息|文章|稿件|内容|新闻|资料)?(?:来源于?|出处)|来自|稿源|转自|摘自|转载自?"
_SKIPPED = "|".join((
    r"[\s　|｜丨/·•,，;；:：()（）\[\]【】〔〕<>《》“”—–―_.\-]",
    r"(?:发布|更新|发表|刊发|刊登|见报|录入|上传|添加|推送|公开|发文)?(?:时间|日期)",
    r"(?:发布|发表|首发|上传|更新|刊登|刊发|推送)于?|报道|原创",
    r"(?:星期|周|礼拜)[一二三四五六日天]|[上下]午|早上|中午|晚上|凌晨|北京时间",
    r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\.\d+)?|\d{1,2}[时点](?:\d{1,2}分(?:\d{1,2}秒)?)?",
    r"(?:浏览|阅读|点击|访问|人气|热度|评论|点赞|收藏|围观)(?:次数|量|数)?[:：]?",
    r"第?\d[\d.,]*[wWkK万]?[次版]?(?![\dA-Za-z一-龥])|[A-Z]?\d{1,2}版|字体|字号|[大中小](?=[\s　大中小]|$)|打印|收藏|关闭|复制链接",
    r"(?:一键)?分享(?:[到至给][:：]?)?|微信(?:好友|朋友圈)?(?![一-龥])|微信(?=(?:新浪)?微博|QQ)|朋友圈|(?:新浪|腾讯)?微博(?!网)|QQ(?:空间|好友)?",
))
# 国家电网 and 物联网 are networks of another kind; 通报 and 简报 are no papers.
_NAME = (r"(?:\d{0,5}[A-Za-z一-龥]{1,12}?|\d{2,5})(?:日报|晚报|晨报|早报|时报|商报|周报|都市报|青年报|法治报|法制报|机关报|导报|电讯"
         r"|(?<![电管联上])网(?:站|络版|客户端)?|在线|文库|客户端|通讯社|电视台|广播电台|融媒体中心|报社|杂志社?|周刊|学刊)"
         r"|[一-龥]{2,5}(?<![通汇申上简预情警举海电填呈职])报|[一-龥]{2,6}发布")
# The body whose page it is, beside a day in figures: 2019-03-15 某市政府办公室.
_BODY = r"[一-龥]{2,20}?(?:人民政府|政府|办公[室厅]|委员会|宣传部|党委|信息中心|新闻中心|编辑部|秘书处)"
# Of a body that is named by its part alone nobody could tell whose it is, and it is no source: 集团办公室, 党委宣传部.
_PART_ALONE = re.compile("(?:集团|公司|总公司|学校|学院|大学|医院|机关|党委|党政|行政|院|校|厂|本刊|综合){0,2}"
                         "(?:办公[室厅]|宣传部|党委|信息中心|新闻中心|编辑部|秘书处)")
_WRITER = r"(?:作者|记者|编辑|责编|责任编辑|通讯员)[:：]?\s*"
_BROADCASTER = re.compile("(?:社|电视台|电台|中心)$")
_IN_FIGURES = re.compile(r"\d{4}\s?[-/.]")
_PLACE = ("在", "于", "地点")


def is_part(name: str) -> bool:
    """Whether the name of a body is that of a part of any (集团办公室), which names no source."""
    return _PART_ALONE.fullmatch(name) is not None


@cache
def _bar() -> re.Pattern[str]:
    known = "|".join(sorted(map(re.escape, entries("papers.txt")), key=lambda paper: (-len(paper), paper)))
    return re.compile(
        rf"(?:{_SKIPPED})*+(?:(?:{_FROM})[\s:：]*(?P<told>[0-9A-Za-z一-龥]{{2,20}})|(?P<name>{known}|{_NAME})|(?P<body>{_BODY}))"
        rf"(?:[－-][一-龥]{{2,8}})?(?:{_SKIPPED})*(?:(?<![一-龥])(?:{_WRITER})?(?P<who>[一-龥]{{2,4}}|[一-龥]\s[一-龥])(?:{_SKIPPED})*)?"
    )


def name(line: str) -> str | None:
    """The paper, site or body that a line names beside a day and beside nothing else but hours, labels, counts and who wrote, else None.
    In any order: 某阳日报 | 2020-12-30, 2020-12-30 来源 某县教育局."""
    found = dates.dates(line) if _SHORTEST <= len(line) <= _LONGEST else ()
    if len(found) != 1 or found[0].precision != "day":
        return None
    day = found[0]
    bar = _bar().fullmatch(f"{line[:day.start]} {line[day.end:]}")
    if bar is None or (bar["who"] and not speakers.lone_name(bar["who"])):
        return None
    if bar["told"]:
        return bar["told"]
    said: str = bar["name"] or bar["body"]
    if said.startswith(_PLACE) or (bar["body"] and not _IN_FIGURES.match(line.translate(dates.WIDE), day.start)):
        return None
    # （2020年12月30日，某市电视台） is where it was given.
    return None if line[0] in "（(" and _BROADCASTER.search(said) else said
