"""A line of the page: where it stands, its dates by the calendar that all can read, and what is left of it beside them."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.normalize import dates
from flows.normalize.evidence import Day
from flows.normalize.numerals import number

LONGEST = 120           # characters of a bar or a dateline; a longer line is neither
# What stands around the words of a line and is none of them.
EDGE = " 　?？（()）【】[]—-―─–－*,，、"
_HAN_GAP = re.compile(r"(?<=[一-龥])[ 　]+(?=[一-龥])")
# Anything that may be a year, in any numerals, of either calendar of the state.
_YEAR = re.compile(
    r"民[国國]|(?<!\d)1[0-2]\d\s*年\s*\d|[日时][期间][:：]\s*1[0-2]\d[-/.]|(?:1\s?[89]|2\s?0)\s?\d\s?\d|[一二][〇○零OＯ0九八][〇○零OＯ0-9一二三四五六七八九]{2}|[１２][９０]"
)
_REPUBLIC_YEAR = re.compile(r"民[国國]\s*([3-9]\d)\s*年")
_TWO_DIGITS = re.compile(r"(?<!\d)[3-9]\d\s*年\s*\d")
# The day of revision is none on which a page was put out, and neither is that on which somebody printed or saved it, or a program.
_REVISED = re.compile(r"(?:修订|修正|修改|订正|覆检|检视|复检|打印|列印|导出|下载|截图|查询|抓取|爬取|采集)(?:时间|日期|于)\s*[:：]?\s*$")
_DAY_OF_YEAR = re.compile(r"(?<![\d年])(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日"
                          r"|(?<=[：:])(十[一二]?|[一二三四五六七八九])月([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日")
_SHORT_YEAR = re.compile(r"(?P<label>(?:时间|日期)\s*[:：]\s*)(?P<day>[0-3]\d([-/.])(?:0[1-9]|1[0-2])\3(?:0[1-9]|[12]\d|3[01])(?![-/.\d]))")
# 今（18）日, 今日（十一月三日）
_DAY_IN_BRACKETS = re.compile(r"[今昨][日天晚]?\s*[（(]\s*(?:(?P<month>1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})月)?"
                              r"(?P<day>[12]\d|3[01]|[1-9]|[一二三四五六七八九十廿卅]{1,3})[日号]?\s*[）)]")
_WEEKDAY = re.compile(r"[（(\s]*(?:星期|周|礼拜)[一二三四五六日天][）)\s]*(?:[上下]午|晚上?)?")
PART_OF_DAY = re.compile("[上下]午|[中正]午|早[上晨]?|清[早晨]|凌晨|傍晚|[夜晚]间?|晚上|夜里")      # 2019年3月5日上午
# Who took the words down stands behind their day: 一九三四年六月三十日　学生记录.
_TAKEN_DOWN = re.compile(r"[^，。：:；\s]{0,8}(?:记录|纪录|笔记|笔录|速记|笔述|听记|恭记|敬记)(?:整理)?稿?")
# Whoever held the meeting gave out the words: 主办单位提供　2015年5月4日
_GIVEN_OUT = re.compile(r"(?:[主承协]办(?:单位|方|机构)|大会|会务组|组委会|筹委会|大会秘书处)(?:提供|供稿)")
_THEN_PASSED = re.compile(r"(?<=报告)[，,、\s][^，,]{0,14}(?:通过|批准)$")
_LEFT_BRACKET = re.compile(r"[（(]\s*[）)]|(?<=[日号])[）)](?=$|\s)")
_NAMES_CALENDAR = re.compile("历|纪[元年]|孔元|岁")
# The year by stem and branch that stands before a date which all can read: 岁次甲辰年二月廿六（公元2024年4月5日）.
_LUNAR = re.compile(
    r"[（(]?(?:(?:岁次|时维|农历|夏历|阴历)[^，。（()0-9]{0,16}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?[^，。（()0-9]{0,12}|公元)[，,\s]*[（(]?"
    r"(?:公元|公历|阳历|即)?(?=\d{4}年|[一二][〇○零一二三四五六七八九]{3}年)"
)
# The same day in the calendar of a faith, a people or the moon, which stands before or behind the one that all can read:
# 佛历二五六五年四月初八（公历2021年5月19日）, 2021年5月19日（农历四月初八）.
_OTHER_CALENDAR = re.compile(
    r"(?:[佛道藏彝傣回]历|夏历|旧历|阴历|农历|黄历|伊斯兰教?历|希吉拉历|黄帝纪元|黄帝纪年|道历纪元|孔子纪年|孔元|岁次|太岁)(?![史代来届任])(?=[^，。（）()]{0,12}[年月])[^，。：:（）()]{2,20}?"
    r"(?:[（(，,\s]*(?:公历|公元|阳历|西历|西元|即|合)*(?=(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})年)|(?=[）)]))")
# ... or only its year, behind the day: 2011年7月2日　佛历二五五四年　星期六
_OTHER_YEAR = re.compile(r"[\s（(，,]+(?:[佛道藏彝傣回孔]历|伊斯兰教?历|希吉拉历|黄帝纪元|黄帝纪年|道历纪元|孔子纪年|孔元|夏历|农历|岁次)"
                         r"[〇○零一二三四五六七八九十百千\d甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]{2,8}年[）)]?(?=\s|$)")


@dataclass(slots=True)
class Line:
    """A line of the head of a page and where it stands there.

    head, index: all lines and the number of this one; below: whether the line above it was told to be part of the heading or a bar;
    text: what is read of it, which is all but what `find_dates` leaves out; found: its dates, once `find_dates` was asked for them;
    is_title: whether it reads like a title, once that is known.
    """

    head: Sequence[str]
    index: int
    below: bool
    text: str
    found: tuple[dates.Found, ...] = ()
    is_title: bool = False

    @property
    def whole(self) -> str:
        """The line as it stands."""
        return self.head[self.index]

    @property
    def above(self) -> str:
        """The line above, empty where this is the first."""
        return self.head[self.index - 1] if self.index else ""

    @property
    def following(self) -> str:
        """The line below, empty where this is the last."""
        return self.head[self.index + 1] if self.index + 1 < len(self.head) else ""

    def find_dates(self, republic: int) -> None:
        """Find the dates of the line; what stands before the first one that tells the same day or its year by the moon is left out of
        its text. republic: as `dates_of` has it."""
        self.found = dates_of(self.text, republic)
        if self.found and (lunar := _LUNAR.match(self.text)):
            self.text = self.text[lunar.end():].rstrip("）)")
            self.found = dates.dates(self.text)


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line that holds a date, below another line.

    found: its dates, in order; before, after: the words around the first of them, without brackets and dashes at their ends and without
    what only goes with the day: its weekday and hour, who took the words down or gave them out, that they were passed.
    """

    text: str
    above: str
    found: Sequence[dates.Found]
    before: str
    after: str

    @property
    def first(self) -> dates.Found:
        """The first date of the line."""
        return self.found[0]

    @property
    def is_day(self) -> bool:
        """Whether the first date is a day, and no month or year."""
        return self.first.precision == "day"

    @property
    def bracketed(self) -> bool:
        """Whether all of the line stands in brackets."""
        return self.text[:1] in "（(【[" and self.text[-1:] in "）)】]"


def dated_line(text: str, above: str, found: Sequence[dates.Found]) -> DatedLine:
    """The line `text`, which holds the dates `found` (one at least), with what stands around the first of them."""
    first = found[0]
    before, after = text[:first.start].strip(EDGE), _THEN_PASSED.sub("", without_weekday(text[first.end:]).strip(EDGE))
    if first.precision == "day" and (_TAKEN_DOWN.fullmatch(after) or (not before and PART_OF_DAY.fullmatch(after))):
        after = ""
    if not after and first.precision == "day" and _GIVEN_OUT.fullmatch(before):
        before = ""
    return DatedLine(text, above, found, before, after)


def may_hold_year(line: str) -> bool:
    """Whether a line holds anything that looks like a year, without which it holds no date; cheaper to ask than for its dates."""
    return _YEAR.search(line) is not None


def dates_of(line: str, republic: int = 0) -> tuple[dates.Found, ...]:
    """The dates of a line. republic: a year of the Republic of two digits that the page names, by which others are read; 0 where none."""
    if republic and _TWO_DIGITS.search(line):
        return dates.dates(line, republic)
    return dates.dates(line) if may_hold_year(line) else ()


def year_of_republic(lines: Sequence[str]) -> int:
    """The first year of the Republic of two digits that the lines name, 0 where none."""
    named = next((match for line in lines if "民国" in line and (match := _REPUBLIC_YEAR.search(line))), None)
    return int(named[1]) if named else 0


def unrevised(line: str, found: Sequence[dates.Found]) -> Sequence[dates.Found]:
    """The dates of a line without those of a revision."""
    return [one for one in found if not _REVISED.search(line[:one.start])] if "日期" in line or "时间" in line or "于" in line else found


def is_lone_date(line: str) -> bool:
    """Whether a line is nothing but a date, in brackets or not."""
    found = dates.dates(line)
    return len(found) == 1 and not (line[:found[0].start] + line[found[0].end:]).strip(EDGE)


def in_one_calendar(line: str) -> str:
    """A line that tells a day without the same day by another calendar; 一九九三年农历正月初八 tells none by any other."""
    if len(line) > LONGEST or not _NAMES_CALENDAR.search(line) or not may_hold_year(line):
        return line
    if (other := _OTHER_YEAR.search(line)) and (found := dates.dates(line[:other.start()])) and found[0].precision == "day":
        line = line[:other.start()] + line[other.end():]
    if _LUNAR.match(line):
        return line
    bare = _LEFT_BRACKET.sub("", _OTHER_CALENDAR.sub("", line))
    found = dates.dates(bare) if bare.count("（") == bare.count("）") else ()
    return bare if found and found[0].precision == "day" else line


def with_whole_year(line: str) -> str:
    """A line with the century of a day that a label tells with two figures for the year, as old sites do: 挂网时间：21-12-20."""
    if ("时间" not in line and "日期" not in line) or len(line) > LONGEST:
        return line
    return _SHORT_YEAR.sub(r"\g<label>20\g<day>", line)


def day_in_brackets(words: str, evidence: str) -> Day | None:
    """The day that words tell behind 今 or 昨: 今（18）日, 今日（十一月三日）. Its month is 0 where that of the paper is meant.
    evidence: the line in which they stand."""
    match = _DAY_IN_BRACKETS.search(words)
    return Day((number(match["month"]) if match["month"] else 0, number(match["day"])), 0, evidence) if match else None


def day_of_year(words: str, evidence: str) -> Day | None:
    """The first day that words name by its month and without a year. evidence: the line in which they stand."""
    match = _DAY_OF_YEAR.search(words)
    return Day((number(match[1] or match[3]), number(match[2] or match[4])), 0, evidence) if match else None


def without_weekday(words: str) -> str:
    """Words around a date without the days of the week, and the half of the day behind those."""
    return _WEEKDAY.sub("", words)


def closed(words: str) -> str:
    """Words without the spaces between Han characters by which a heading is set wide."""
    return _HAN_GAP.sub("", words)
