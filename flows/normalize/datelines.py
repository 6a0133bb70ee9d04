"""Datelines: lines that are told by the date which they hold, with what they name beside it: the meeting, the place, who spoke."""
from __future__ import annotations

import re
from collections.abc import Sequence

from flows.normalize import agendas, dates, mastheads, places, speakers, titles
from flows.normalize.bylines import read_person
from flows.normalize.evidence import DAYS_OF_TITLE, Day, Surroundings, asked
from flows.normalize.headlines import DASHED, heads, joined
from flows.normalize.numerals import number
from flows.normalize.page_lines import EDGE, LONGEST, PART_OF_DAY, DatedLine, Line, dated_line, unrevised, without_weekday

BARE = 2                # the rank of a day with nothing beside it
_MOON = re.compile("[^月]{4,12}月[初廿卅一二三十]")
_RANGE = re.compile(r"[—―─\-~～至到和、\s]{1,4}")
_DAY_BELOW = re.compile(r"[（(〔\[【]\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
                        r"(?P<day>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
                        r"(?P<rest>[^（）()。；：:\d]{0,30})[）)〕\]】]")
# What stands beside the day of a page, and of a paper, and not beside that on which somebody spoke
_OF_PAGE = re.compile("[。|｜:：]|发[布表稿文]|刊|登载|转载|更新|修[改订]|上[传网线]|来源|阅读|浏览|点击|编辑|责编|作者|记者|通讯员|[电讯]$"
                      "|通过|施行|印发|出版|批准|生效|颁布|公布|[年月日]$|消息|报道|摄|供稿|(?<!录音)整理")
_ABOVE_MOST = 40        # characters beside the day
_DAY_OPENS = re.compile(r"[（(〔\[【]?\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
                        r"(?P<day>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]")
# The same in a title: ——9月3日在全县推进会上的讲话, 在全县推进会上的讲话（9月3日）
_DAY_IN_TITLE = re.compile(r"(?:^[—―–─-]{1,4}\s*|(?:讲话|发言|致[辞词]|演讲|报告|党课)\s*(?P<bracket>[（(]))"
                           r"(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日"
                           rf"(?:{PART_OF_DAY.pattern})?(?(bracket)[）)]$|[在于][^，。；：:]{{3,50}}$)")
_PASSED = re.compile(r"通过|修订|修正|批准|印发|施行")
_GAVE = re.compile(r"(?:报告|讲话|所作|发表)")
_WHERE = re.compile(r"于[一-龥·]{2,18}$|"
                    r"[·•|｜，, ]*[一-龥]{2,14}(?:馆|厅|礼堂|广场|会议室|会议中心|会堂|会场|体育场|校区|宾馆|酒店|报告厅)$")
_OF_COUNTRY = re.compile(r"^中国[·•.・\s]?(?=[一-龥]{2})")
_LONGEST_CITY = 9       # characters of a province and a city by their bare names
_COMMAS = frozenset("，,、")
_DOT = re.compile(r"[ 　]*[·•・][ 　]*")
_MEETING_END = re.compile(
    r"(?:会议|大会|全会|例会|年会|会|仪式|典礼|活动|论坛|班|党日|峰会|开幕式|闭幕式)(?:（[^（）]{1,10}）)?上?|上(?=$|[\s）)])"
)
_MEETING_LINE = re.compile(
    r"^[（(\s—―─–-]*(?:(?:在|于)?[^，。；：]{0,30}届[^，。；：]{2,24}第?[一二三四五六七八九十]{1,3}次(?:全体)?会议|(?:在|于)[^，。；：]{3,50}[会议式礼动班])上?"
    r"[）)\s]*$"
)
_SAID = re.compile(r"^(?:所?作的?|的)?[^，。\s]{0,8}(?:报告|讲话|词|致辞|发言|说明|演讲)?$")


def dateline(line: Line, page: Surroundings) -> bool | None:
    """Read a line of the head by its date, with the line below where the page broke it in two."""
    first = line.found[0]
    whole = _with_following(line, first) if line.text == line.whole else line.text
    if not read(whole, line.above, line.found, page):
        return None
    if first.start <= 4 and line.text.startswith(DASHED) and page.titles and page.titles[-1] == line.text:
        # 凝心聚力谱新篇 / ——2021年2月8日在…上的讲话: the day is no part of the title.
        page.titles[-1] = joined([*line.head[:line.index], "——" + line.text[first.end:].strip(EDGE)], line.index)
    return True


def _with_following(line: Line, first: dates.Found) -> str:
    """The line, with the next one where the page broke a dateline in two: ——2022年1月10日在合肥市 / 第十七届人民代表大会第一次会议上."""
    rest = line.text[first.end:].strip(EDGE)
    if line.index + 1 < len(line.head) and 2 <= len(rest) <= 30 and rest[0] in "在于第" and rest[-1] != "版" \
            and not _MEETING_END.search(rest):
        following = line.following.strip(EDGE)
        if len(following) <= 40 and _MEETING_END.search(following):
            return line.text + following
    return line.text


def read(text: str, above: str, found: Sequence[dates.Found], page: Surroundings) -> bool:
    """Read a line that holds dates, below another one. True where the line is told by its date: a bar, a dateline."""
    if len(text) > LONGEST:
        return False
    found = unrevised(text, found)
    if not found:
        return True
    return bool(asked(_READERS, dated_line(text, above, found), page))


def _lunar_day(line: DatedLine, page: Surroundings) -> bool | None:
    """一九八七年农历正月初六: of its date only the year can be told."""
    written = line.text.strip(EDGE).removeprefix("农历")
    if line.first.precision != "year" or not _MOON.match(written) or line.text[line.first.start:line.first.end] != written:
        return None
    page.give(line.first, line.text, 2)
    return True


def _year_or_prose(line: DatedLine, page: Surroundings) -> bool | None:
    """What names but a year or is more than one sentence is not told by its date."""
    return False if line.first.precision == "year" or "。" in line.text[:-1] else None


def _months(line: DatedLine, page: Surroundings) -> bool | None:
    """一九八〇年三月——一九八一年六月: a work of many months has no day."""
    if line.before or len(line.found) != 2 or line.text[line.found[1].end:].strip(EDGE) \
            or not _RANGE.fullmatch(line.text[line.first.end:line.found[1].start]):
        return None
    return not line.is_day


def _date_alone(line: DatedLine, page: Surroundings) -> bool | None:
    """A date and nothing else: one written with dashes or strokes, also where a program sets it in square brackets, is that of the page."""
    if line.before or line.after:
        return None
    written = line.text[line.first.start:line.first.end]
    is_bare = line.text.strip() == written
    if (is_bare or (line.text[:1] in "[［【" and line.is_day)) and ("-" in written or "/" in written):
        page.put_out(line.first, line.text, 3)
    else:
        page.give(line.first, line.text, BARE if is_bare else 1)
    return True


def _passed(line: DatedLine, page: Surroundings) -> bool | None:
    """A day on which a paper was passed or came into force, which in brackets is part of the heading and no day of a speech."""
    return line.bracketed if _PASSED.search(line.after) and not line.after.startswith("报告") else None


def _kind_behind_day(line: DatedLine, page: Surroundings) -> bool | None:
    """把根扎在泥土里 / 2018年7月1日 某局专题党课; （一九四五年四月二十三日某大会上的开幕词）, below the title that it belongs to."""
    first = line.first
    apart = line.text[first.end:first.end + 1].isspace() and "在" not in line.after and not page.titles and heads(line.above, line.text)
    if line.before or not (line.bracketed or apart) or not titles.like_title(line.after):
        return None
    page.give(first, line.text, 0)
    page.datelines.append(line.after)
    page.weak.append(line.after)
    return True


def _title_with_day(line: DatedLine, page: Surroundings) -> bool | None:
    """2017年11月3日在全县大会上的讲话, 县委书记李某2017年11月3日在…: a title with the day in it."""
    if not titles.like_title(line.after):
        return None
    page.give(line.first, line.text, 1)
    if page.titles and not line.before and line.text.startswith(DASHED) and "在" in line.after \
            and titles.same(page.titles[-1].partition("在")[2], line.after.partition("在")[2]):
        page.datelines.append(line.after)       # it says once more what the title above says
    else:
        page.titles.append(line.text)
    return True


def _meeting(line: DatedLine, page: Surroundings) -> bool | None:
    """2010年1月22日在某会上 陶淑菊, 2010年1月22日所作报告; 政府工作报告——2026年2月4日在…上, where title, dateline and speaker stand on one
    line; 在…会议上（2016年1月25日)."""
    if _GAVE.match(line.after) or _read_meeting(line.after, page):
        is_behind_title = bool(line.before) and not _GAVE.match(line.after)
    elif line.before and not line.after and _read_meeting(line.before, page):
        is_behind_title = True
    else:
        return None
    page.give(line.first, line.text, 0)
    if is_behind_title and titles.like_title(line.before):
        page.titles.append(line.before)
    return True


def _read_meeting(words: str, page: Surroundings) -> bool:
    """Read words beside a date that name the meeting, and nothing else but the speaker: 在…第四次会议上 陶淑菊. True where they do."""
    for match in reversed(list(_MEETING_END.finditer(words))):
        if not match.start() and match[0] == "会":      # 会务动态 2023年2月 is the column of a page
            continue
        rest = words[match.end():].strip(EDGE)
        if not rest or read_person(rest, page) or _SAID.match(rest):
            page.datelines.append(words[:match.end()])
            return True
    return False


def _place_behind_dash(line: DatedLine, page: Surroundings) -> bool | None:
    """——2010年1月22日在某地."""
    if not line.text.startswith(DASHED) or line.before or line.after[0] not in "在于":
        return None
    page.give(line.first, line.text, 1)
    page.datelines.append(line.after)
    return True


def _venue(line: DatedLine, page: Surroundings) -> bool | None:
    """2010年1月22日于某地, 2010年1月22日 某某礼堂; who is called 于某 is no place."""
    part = PART_OF_DAY.match(line.after) if "于" in line.after[:4] else None     # 2010年1月22日晚 于某某礼堂
    if line.before or not (_WHERE.match(line.after[part.end():].lstrip() if part else line.after)) \
            or (line.bracketed and speakers.lone_name(line.after) and not places.is_place(line.after[1:])):
        return None
    page.give(line.first, line.text, 1)
    return True


def _city(line: DatedLine, page: Surroundings) -> bool | None:
    """（2017年11月3日，杭州）, 2017年11月3日 · 杭州."""
    words = (line.before or line.after).strip("·•・ 　")
    if not words or (line.before and line.after) or not line.is_day or not _is_where(line, words, known=bool(page.speakers)):
        return None
    page.give(line.first, line.text, 1)
    page.held.append(_OF_COUNTRY.sub("", words))
    return True


def _is_where(line: DatedLine, words: str, *, known: bool) -> bool:
    """Whether all that a dateline has beside its day is the bare name of a province or a city. A comma, or a dot behind a day written with
    its units, parts the two where no brackets stand around them, or where somebody could be called so; a space behind such a day does
    where the speaker is `known` by the line above."""
    bare = _OF_COUNTRY.sub("", words)
    if len(bare) > _LONGEST_CITY or not places.is_bare(bare):
        return False
    day = line.first
    between = line.text[day.end:line.text.find(words)] if line.text.find(words) > day.start \
        else line.text[line.text.find(words) + len(words):day.start]
    # an account has 2021-07-19 · 江西 beneath its name
    parted = between[:1] in _COMMAS if line.text.find(words) > day.start else between[-1:] in _COMMAS
    parted = bool(between) and (parted or ("年" in line.text[day.start:day.end]
                                           and (_DOT.fullmatch(between) is not None or (known and between.isspace()))))
    return parted or (line.bracketed and not speakers.lone_name(words))


def _little_in_brackets(line: DatedLine, page: Surroundings) -> bool | None:
    """（2017年11月3日上午）, （2016年11月16日，某地）, （2017年11月3日 根据录音整理）."""
    if not line.bracketed or not line.is_day or len(line.before) + len(line.after) > 16:
        return None
    page.give(line.first, line.text, 1)
    who = speakers.lone_name(line.before or line.after)
    if not who or all(speakers.in_title(title).name in (None, who) for title in page.titles):
        read_person(line.before or line.after, page)    # a city may be called like a person, but then the title says who spoke
    return True


def _person(line: DatedLine, page: Surroundings) -> bool | None:
    """县委书记 李某 2017年11月3日."""
    if (line.before and line.after) or not read_person(line.after or line.before, page):
        return None
    page.give(line.first, line.text, 0)
    return True


def _day_behind_title(line: DatedLine, page: Surroundings) -> bool | None:
    """在全县大会上的讲话 2017年11月3日."""
    if line.after or not titles.like_title(line.before):
        return None
    page.give(line.first, line.text, 1)
    page.titles.append(line.before)
    return True


# In the order in which they are asked: what a label says before what words mean, what names more before what names less.
_READERS = (
    _lunar_day, agendas.labelled_day, agendas.day_of_archive,
    mastheads.head_of_print, mastheads.named_bar, mastheads.labelled_bar, mastheads.day_of_column, mastheads.place_of_account,
    _year_or_prose, _months, mastheads.masthead, mastheads.editors, mastheads.issue, _date_alone, _passed,
    _kind_behind_day, _title_with_day, _meeting, _place_behind_dash, _venue, _city, _little_in_brackets, _person, _day_behind_title,
    mastheads.day_beside_column,
)


def day_below(line: Line, page: Surroundings) -> bool | None:
    """Read the day without a year in brackets below a title, beside nothing but where it was or how the text was made: （9月3日，根据录音
    整理）, （9月3日 杭州）; or in the title: ——9月3日在全县推进会上的讲话."""
    if line.found or "月" not in line.text or len(line.text) > LONGEST:
        return None
    if in_title := _DAY_IN_TITLE.search(line.text):
        page.days.append(Day((int(in_title["month"]), int(in_title["day"])), 0, line.text, DAYS_OF_TITLE))
        return None
    told = _DAY_BELOW.fullmatch(line.text) if page.titles else None
    if told is None:
        return None
    rest = without_weekday(told["rest"]).strip(EDGE)
    if rest and not PART_OF_DAY.fullmatch(rest) and not titles.HOW_MADE.fullmatch(PART_OF_DAY.sub("", rest, count=1).strip(EDGE)) \
            and not places.is_bare(rest) and not _read_meeting(rest, page):
        return None
    page.days.append(Day((number(told["month"]), number(told["day"])), 0, line.text, DAYS_OF_TITLE))
    return True


def right_above(line: Line, page: Surroundings) -> bool | None:
    """Read the day with which the last line above the words begins, below their title, and beside which something is noted of them that is
    neither a sentence nor said of the page: （2019.9.6，视频会议，以录音为准）, 九月三日，县人代会闭幕之后."""
    if line.index < len(line.head) - 1 or not page.titles or not line.text or page.days or any(one.rank < 3 for one in page.delivered):
        return None
    first = line.found[0] if line.found else None
    opens = _DAY_OPENS.match(line.text) if first is None else None
    if opens is None and (first is None or first.precision != "day" or line.text[:first.start].strip(EDGE)):
        return None
    if first and line.text[0] not in "（(" and ("-" in (written := line.text[first.start:first.end]) or "/" in written):
        return None         # as programs write the day of a page
    if first and line.text[first.end:].lstrip().startswith("·"):
        return None         # as accounts write it, and where they are
    rest = line.text[opens.end() if opens else first.end if first else 0:].strip(EDGE)
    rest = PART_OF_DAY.sub("", without_weekday(rest), count=1).strip(EDGE)
    if not 3 < len(rest) <= _ABOVE_MOST or _OF_PAGE.search(rest):
        return None
    if first:
        page.give(first, line.text, 2)
    elif opens:
        page.days.append(Day((number(opens["month"]), number(opens["day"])), 0, line.text, DAYS_OF_TITLE))
    return True


def meeting(line: Line, page: Surroundings) -> bool | None:
    """Read a line of the head that names the meeting and no day: （在某县第十届人民代表大会第一次会议上）."""
    if line.found or not _MEETING_LINE.match(line.text):
        return None
    page.datelines.append(line.text.strip(EDGE))
    return True
