"""Bylines: lines of the head that name who spoke or who wrote, by name, by office or by both."""
from __future__ import annotations

import re

from flows.normalize import headlines, mastheads, speakers
from flows.normalize.evidence import Surroundings
from flows.normalize.page_lines import Line, is_lone_date, may_hold_year
from flows.normalize.speakers import Speaker

_HOST = re.compile(r"^(?:(?:会议|大会|活动)?主持人?|主持领导|司仪)\s*[:：]\s*(.+)$")
# Who gave what the label calls by its kind: 点评人：王某
_BY_KIND = re.compile(r"[（(【\[]?(?P<kind>(?!主持|记录|整理|编辑|录入|发布|采访|撰写)[一-龥]{2})(?:人|者|领导|嘉宾|专家)\s*[:：]\s*(?=\S)")
# 王县长某某先生言论集　卷二: what is collected there is his.
_COLLECTED = re.compile(
    r"[《〈]?(?P<who>[一-龥·　 ]{2,16}?)(?:的)?(?:言论|讲话|演讲|讲演|演说|讲[词辞]|训词|文稿|言行|致[词辞]){1,2}"
    r"(?:选?集|选[编辑]|文集|汇编|全集|总集|辑录|录)[》〉]?"
    r"[\s·]*(?:第?[一二三四五六七八九十百\d上中下]{1,4}[卷辑集册编]|卷[一二三四五六七八九十\d上中下]{1,3}|[上中下])?")
_WRITER = re.compile(r"^[（(]?(?:作者|文/|撰稿)\s*[:：]?\s*(.{2,30}?)[）)]?$")
# A unit and a name with a space between: 县教育局 李某, 高二（3）班 王某.
_UNIT = re.compile(
    # what he stands for before what he is: 学员代表、某学院2014级本科生 王某
    r"^(?:[^，。：:；、]{2,12}(?:代表|班长|队长)、)?"
    r"(?:民[革盟建进]|农工党|致公党|九三学社|台盟|工商联|妇联|共青团|科协|侨联|[^，。：:；、]{1,24}(?:班|[系局院校厂站所部厅委]|公司|支部|村|镇|乡|社区|街道|大学|中学|小学|集团|银行|中心|协会"
    # a part of a school, a works, an assembly or a troop: 历史教研组 王某, 第三代表团 李某; who took the words down did not speak
    r"|(?<!报道|采访|编辑|写作|整理|记录|摄影|摄制|调查|调研|课题)(?:[组团队园馆台店矿]|科室|教研室|研究室|实验室|车间|工段|[连营排])"
    # or which circle he speaks for: 民建界别 李某, 文艺界 王某
    r"|(?<!世)界别?"
    # or what he does there: 某站维修工 王某; who wrote for the paper did not speak
    r"|工|司机|(?:工程|技|农艺|园艺|畜牧|兽医|律|厨|设计|会计|药|护理|规划)师"
    r"|(?<!通讯|评论|录入|审核|管理|信息|播音|记录|宣传|校对)员|教师|老师|医生|医师|护士|民警"
    r"|[大中小][学专]生|(?:学|本科|专科|研究|博士|硕士|新|毕业|高中|初中|留学|师范|规培|实习)生|代表|家长|村民|校友|志愿者))\s+"
    r"(?P<name>\S{2,4}|\S\s\S)$"
)
_BODY = re.compile("(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|政协|工商联|总?工会|共青团|团委|妇联|侨联|科协|文联)[一-龥]{0,12}"
                   "|[一-龥]{2,16}(?:委员会|[省市县区]委会?|政府|支部|联合会|协会|商会|总工会|工商联|妇联|团委)")
_WHAT_HE_IS = re.compile("[一-龥]{0,10}(?:校友|老战士|老党员|老教师|教师|老师|学生|同学|职工|员工|村民|家长|志愿者|代表)")
_IN_BRACKETS = re.compile(r"^[（(]([^（()）]+)[）)]$")
_POST_APART = re.compile(r"\s((?:语文|数学|英语|高级|特级)?教师|医生|医师|护士|民警|律师|法官|检察官)\s*$")


def read_person(words: str, page: Surroundings) -> bool:
    """Read words that are a speaker, or a name, and nothing else. True where they are."""
    speaker = speakers.speaker_line(words)
    who = None if speaker else speakers.lone_name(words)
    if speaker:
        page.speakers.append(speaker)
    elif who:
        page.names.append(who)
    return bool(speaker or who)


def collected(line: Line, page: Surroundings) -> bool | None:
    """Read the name of a volume: what is collected in 王县长某某先生言论集 is his."""
    if (match := _COLLECTED.fullmatch(line.text)) and (speaker := speakers.person(match["who"].strip())):
        page.captions.append(speaker)
        return line.below
    return None


def speaker(line: Line, page: Surroundings) -> bool | None:
    """Read a line that names a speaker with his office or behind a label, or who was in the chair."""
    host = _HOST.match(line.text)
    found = speakers.speaker_line(host[1] if host else _as_speaker(line.text, page))
    if host and not found and (who := speakers.name(host[1])):
        page.hosts.append(Speaker(who, None))
        return True
    if found:
        (page.hosts if host else page.speakers).append(found)
        page.office_lines.append(line.text)
        return True
    return None


def _as_speaker(line: str, page: Surroundings) -> str:
    """The line, with the label of a speaker for one that is called by the kind of speech which the title above it names: 点评人：王某
    below 在某会上的点评."""
    label = _BY_KIND.match(line)
    kind = label["kind"] if label else ""
    return f"讲话人：{line[label.end():]}" if label and any(title.endswith(kind) for title in page.titles) else line


def caption(line: Line, page: Surroundings) -> bool | None:
    """Read whom a caption shows; one with a date may yet be news."""
    shown = speakers.caption(line.text)
    if not shown:
        return None
    page.captions.append(shown)
    page.office_lines.append(line.text)
    if line.is_title:
        page.weak.append(line.text)
    return None if line.found else True


def writer(line: Line, page: Surroundings) -> bool | None:
    """Read who is named as the writer, who with an office is the speaker."""
    named = _WRITER.match(line.text)
    if named and (found := speakers.speaker_line(named[1])) and found.role:
        page.speakers.append(found)
        page.office_lines.append(named[1])
        return True
    if named and (who := speakers.lone_name(named[1])):
        page.writers.append(who)
        return True
    return None


def office(line: Line, page: Surroundings) -> bool | None:
    """Read a line that is nothing but an office."""
    held = speakers.office_line(line.text)
    if not held:
        return None
    page.offices.append(held)
    page.office_lines.append(line.text)
    return True


def lone_name(line: Line, page: Surroundings) -> bool | None:
    """Read a line that is nothing but a name, where a name may stand: menus are full of words that begin like names."""
    if line.is_title or not (line.below or headlines.stands_below_headline(line, page) or headlines.heads_alone(line)
                             or _stands_over_day(line, page) or _stands_below_unit(line) or _stands_below_what_he_is(line, page)):
        return None
    who = speakers.lone_name(line.text)
    if not who:
        return None
    if line.following and (mastheads.is_poster(line.following) or mastheads.is_followed(line.following)):
        return line.below       # who posted the text, by the name that he has on the board or by that of the account
    page.names.append(who)
    return True


def _stands_over_day(line: Line, page: Surroundings) -> bool:
    """Whether between a line and the text stands nothing but a day in brackets, and a title further above."""
    return line.index == len(line.head) - 2 and bool(page.titles) and line.following[:1] in "（(" and may_hold_year(line.following) \
        and is_lone_date(line.following)


def _stands_below_unit(line: Line) -> bool:
    """Whether a line stands right above the text and below one that is nothing but the name of a party or a body: 民革某市委会 / 袁某某."""
    return line.index == len(line.head) - 1 and _BODY.fullmatch(line.above) is not None


def _stands_below_what_he_is(line: Line, page: Surroundings) -> bool:
    """Whether a line stands below one that says what somebody is and holds no office, below the title: 在某会上的发言 / 校友 / 王某某."""
    return line.index > 1 and bool(page.titles) and line.head[line.index - 2] in page.titles[-1] \
        and _WHAT_HE_IS.fullmatch(line.above) is not None


def name_behind_unit(line: Line, page: Surroundings) -> bool | None:
    """Read a name behind the unit in which he works or what he does there: 县教育局 李某, 某县某镇中心小学　教师　柳某."""
    bare = _IN_BRACKETS.sub(r"\1", line.text)
    # right above the text and in brackets, it needs no title right above it
    stated = bare != line.text and not line.following and bool(page.titles)
    may_stand = stated or line.below or headlines.stands_below_headline(line, page)
    unit = _UNIT.match(bare) if may_stand and not line.is_title else None
    if not unit or not (who := speakers.lone_name(unit["name"])):
        return None
    page.names.append(who)
    page.office_lines.append(bare)
    if post := _POST_APART.search(bare[:unit.start("name")]):
        page.posts.append(post[1])
    return True
