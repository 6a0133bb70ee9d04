"""Labels in a site's own words: what a bar calls who spoke, his office, and its days, told by the verb in it.

Sites write 说话的人, 哪天讲的, 挂出来的日子 where others write 讲话人, 讲话时间, 发布时间. Those that all sites know have readers of
their own and are left as they are.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from flows.normalize import speakers
from flows.normalize.page_lines import LONGEST
from schemas.lexicons import entries

CELLS_MOST = 16         # of a bar
# A label follows on a sign, a figure, or, where spaces were lost, a value in characters: then only what it holds tells where it begins.
_LABEL = re.compile(r"(?:^|(?<=[\s　/／|｜丨·；;，,（()）\d:：]))(?P<label>[一-龥]{1,16}?)"
                    r"(?:\s*[:：]\s*|\s+(?=(?:19|20)\d\d[-/.年])|(?=(?:19|20)\d\d[-/.]\d))(?=\S)")
_LABEL_MOST = 8
_BETWEEN = " 　/／|｜丨·；;，,（("
_DAY = re.compile(r"(?:(?:19|20)\d\d\s*[-/.年]|[一二][〇○零九八][〇○零一二三四五六七八九]{2}年)"
                  r"[^一-龥]{0,3}(?:[\d一二三四五六七八九十]{1,3})")
_DAY_OF_YEAR = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]")
_WHO = re.compile(r"(?:说话|讲话|开讲|主讲|讲述|演说|[讲说])(?:的)?(?:人|者|嘉宾)|主讲|开口的人|谁[讲说]的|今天谁讲")
_OFFICE = re.compile(r"(?:[他她]的)?(?:身份|头衔|职衔|职位|岗位)")
# When the words were taken from the page or changed is no day of theirs, whatever else the label says.
_TOUCHED = re.compile("[改动修订校补抓爬取存截]|采集|下载|打印|整理|查询|访问|复核|审核|过期|有效|截止|成立|开张|注册|加入")
_SAID = re.compile("(?<![小传])[讲说](?![明稿台])|演说|开口|开讲|致[辞词](?!稿)|开会|会期|宣讲|发言(?!稿)")
_PUT_OUT = re.compile("[贴挂登刊晒]|发(?:布|表|出|帖|稿|的|于|在)|上(?:墙|架|网|线|传|版|页|载)|放(?:上|出|到)"
                      "|收进|入库|公布|公示|见[网报刊]|出刊|推送|摆[上出]")
_IS_VERB = re.compile("[过了到于进出上下在回网报刊日]|$")
_NAME_AND_OFFICE = re.compile("(?P<name>[一-龥·]{2,4})[（(](?P<office>[一-龥、]{2,20})[）)]")
_STORED = re.compile("收进|入库")
_FIGURES = re.compile(r"\d+")
_DAYS = (("修改时间", _TOUCHED), ("讲话时间", _SAID), ("发布时间", _PUT_OUT))


def in_common_words(line: str) -> list[tuple[str, str]]:
    """The cells of a bar with a label in words of its own, each with the label that all sites know for it, and as it stands; else the line
    as it is, twice."""
    as_it_is = [(line, line)]
    if len(line) > LONGEST:
        return as_it_is
    labels = [_Label(_beginning(match), match.end("label"), match.end()) for match in _LABEL.finditer(line)]
    if not 1 <= len(labels) <= CELLS_MOST:
        return as_it_is
    written = [(line[label.start:label.end], line[label.value:end].strip(_BETWEEN))
               for label, end in zip(labels, [*(label.start for label in labels[1:]), len(line)])]
    told = _in_turn([_common(*cell, not line[label.end:label.value].strip()) for cell, label in zip(written, labels)], written)
    if not any(told):
        return as_it_is
    cells = [line[start:end].strip(_BETWEEN) for start, end in pairwise([0, *(label.start for label in labels), len(line)])]
    return [(known or cell, cell) for known, cell in zip([None, *told], cells) if cell]


def _in_turn(told: Sequence[str | None], cells: Sequence[tuple[str, str]]) -> list[str | None]:
    """The cells as told, but one day on which the page came out alone: what was put into a drawer first came out when it was posted, and
    where no label of several days tells anything, the first is that on which it came out, and later ones tell of changes."""
    posted = [number for number, cell in enumerate(told) if cell and cell.startswith("发布时间") and not _STORED.search(cells[number][0])]
    if posted:
        return [cell if cell is None or number in posted or not cell.startswith("发布时间") else None for number, cell in enumerate(told)]
    days = [number for number, (label, value) in enumerate(cells) if _DAY.match(value)]
    if len(days) < 2 or any(told[number] or _standard().search(cells[number][0]) for number in days):
        return list(told)
    written = [tuple(map(int, _FIGURES.findall(cells[number][1])[:3])) for number in days]
    if any(len(day) < 3 for day in written) or written != sorted(written):
        return list(told)
    return [cell if number not in days else f"{'发布' if number == days[0] else '修改'}时间：{cells[number][1]}"
            for number, cell in enumerate(told)]


_OF_SPEECHES_AND_PAPERS = ("讲话|演讲|会议|报告|发言|致[辞词]|授课|讲课|宣讲|上课|开课|活动|召开|举行|党课|述职"
                "|录音|录制|录像|采录|采集|成文|发文|印发|收文|来文|撰写|写作|起草|定稿|签发|制发|形成")


@cache
def _standard() -> re.Pattern[str]:
    """What all sites say, and the readers of bars know, at the end of a label; the name of who put a text up may stand before it."""
    stems = "|".join((*map(re.escape, entries("publication_labels.txt")), _OF_SPEECHES_AND_PAPERS))
    return re.compile(rf"(?:{stems})(?:的)?(?:时间|日期|于)?$|^(?:时间|日期|讲话人|作者|来源|主持人?)$")


class _Label(NamedTuple):
    """Where a label begins and ends, and where its value begins."""

    start: int
    end: int
    value: int


def _beginning(match: re.Match[str]) -> int:
    """Where a label begins: what is too long for one begins with a value whose space was lost."""
    start, end = match.span("label")
    if end - start <= _LABEL_MOST:
        return start
    verbs = (verb.search(match.string, max(start, end - _LABEL_MOST), end) for _, verb in _DAYS)
    return min((verb.start() for verb in verbs if verb), default=start)


def _common(label: str, value: str, bare: bool) -> str | None:
    """A cell with the label that all sites know for one in other words, None where it is known, or tells nothing of the kind. bare: it
    has no colon, so that the verb must open it and be one by what follows."""
    if not value or _standard().search(label):
        return None
    if _DAY.match(value):
        known = next((known for known, verb in _DAYS if (
            (match := verb.search(label)) and (not bare or (not match.start() and _IS_VERB.match(label, match.end()))))), None)
        return f"{known}：{value}" if known else None
    if _DAY_OF_YEAR.match(value) and not _TOUCHED.search(label) and _SAID.search(label):
        return f"讲话时间：{value}"
    if _WHO.fullmatch(label) and (named := _NAME_AND_OFFICE.fullmatch(value)) and speakers.lone_name(named["name"]) \
            and speakers.role(named["office"]):
        return f"讲话人：{named['office']} {named['name']}"
    if _WHO.fullmatch(label) and (speakers.lone_name(value) or speakers.speaker_line(value)):
        return f"讲话人：{value}"
    if _OFFICE.fullmatch(label) and speakers.role(value):
        return f"职务：{value}"
    return None
