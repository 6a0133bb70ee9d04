"""Dates as Chinese documents write them: 2014年1月20日, 二〇二六年六月十六日, 2016.5.14, 2018-09-01, 20XX年6月."""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from flows.normalize.numerals import number

WIDE = str.maketrans("０１２３４５６７８９．／－：", "0123456789./-:")

_HAS_WIDE = re.compile("[０-９．／－：]")
_HAN_YEAR = r"[一二][〇○零ＯOo0０一二三四五六七八九]{3}"
_HAN_MONTH = r"十[一二]?|元|[一二三四五六七八九]"
_HAN_DAY = r"廿[一二三四五六七八九]?|卅一?|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|二[〇○零]|三[〇○零]"
# 民国三十八年 is 1949: the years of the Republic count from 1912, and Taiwan dates its papers by them.
_REPUBLIC = re.compile(r"(?:中华)?民[国國]\s*")
# 105年5月31日 is as they write it where no other years are known.
_YEAR = rf"(?:1\s?[89]|2\s?0)\s?\d\s?\d|{_HAN_YEAR}" \
        rf"|(?:中华)?民[国國]\s*(?:\d{{1,3}}|元|(?:一?百)?[〇○零一二三四五六七八九十]{{1,4}}|一?百)(?=\s*年)" \
        r"|1[0-2]\d(?=\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)|(?<=[日时時][期间間][:：])1[0-2]\d(?=[-/.]\d{1,2}[-/.]\d{1,2})"
# \s stands inside because scrapes part numbers and their units (2014 年 1 月, 2 0 2 1 年).
DATE = re.compile(
    rf"(?<![\d一二三四五六七八九〇])(?P<y>{_YEAR})\s*(?:"
    rf"年\s*(?:(?P<m>1[0-2]|0?[1-9]|{_HAN_MONTH})\s*月(?:份)?(?:\s*(?P<d>3[01]|[12]\d|0?[1-9]|{_HAN_DAY})\s*[日号])?)?"
    r"|(?P<s>[-/.])\s?(?P<m2>1[0-2]|0?[1-9])(?P=s)\s?(?P<d2>3[01]|[12]\d|0?[1-9])(?!\d|\.\d))"
)
# 98年5月12日, where the paper names a year of the Republic nearby
_DATE_OF_REPUBLIC = re.compile(DATE.pattern.replace("(?P<y>", r"(?P<y>[3-9]\d(?=\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)|", 1))
# 一九八七年农历正月初六, 一九八七年三月初六: the moon's months are not the sun's, and of ten of them the year is the same.
_LUNAR_DAY = re.compile(
    r"\s*年\s*(?:(?:农历|阴历|夏历|旧历)\s*[正一二三四五六七八九十]月(?:初[一二三四五六七八九十]|[廿卅二三]?十?[一二三四五六七八九]?)"
    r"|[正一二三四五六七八九十]月初[一二三四五六七八九十](?![一-龥]))日?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# As mail and bulletin boards write it: Sun Feb  3 21:14:22 2008; Tue, 10 Mar 2015 15:20:00 +0800.
_ENGLISH = re.compile(
    rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},?\s+(?:(?P<m>{'|'.join(_MONTHS)})[a-z]*\s+(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<m2>{'|'.join(_MONTHS)})[a-z]*),?"
    r"\s+(?:[\d:：]{4,8}\s+)?(?P<y>(?:19|20)\d\d)"
)
# The same without its weekday, behind a label: Posted on 5 March 2018; elsewhere it may be a day that a sentence tells.
_POSTED = re.compile(
    rf"\b(?:posted|published|updated|uploaded|date)\s*(?:on|at|[:：])?\s*(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?"
    rf"|(?P<m2>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?),?\s+(?P<y>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_TIME = re.compile(r"\s*[T ]?\s*(?:[01]?\d|2[0-3])\s*[:：时点]\s*[0-5]?\d(?:\s*[:：分]\s*[0-5]?\d)?\s*分?秒?")
_URL_DAY = re.compile(r"/(?:t|c_?|content_|art_)?((?:19|20)\d\d)[-_/]?(0?[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?=[_/.\-]|$)")
_URL_SPACED_DAY = re.compile(r"/((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?=[_/.]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])(?=/)")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: its first day, how fine it is (day, month or year), where it stands, and whether a time of day follows."""

    day: date
    precision: str
    start: int
    end: int
    timed: bool


def _number(text: str) -> int:
    """The number that digits or Han numerals write, as months and years of the Republic are counted too (元); 0 where they write none."""
    return number(text.replace(" ", "").replace("元", "一"))


@lru_cache(maxsize=256)
def dates(line: str, republic: int = 0) -> tuple[Found, ...]:
    """The dates in a line, in order. Impossible ones (2月30日) and those of an anonymised year (20XX年) are none.

    A month or day that is left open (2021年X月X日, 2015年 月 日) makes a coarser date. republic: a year of the Republic that the page
    names (98); then 98年5月12日 without its name is of that calendar, too, and so are the years before and after it.
    """
    found = []
    line = line.translate(WIDE) if _HAS_WIDE.search(line) else line
    for match in (_DATE_OF_REPUBLIC if republic else DATE).finditer(line):
        written = "".join(match["y"].split())
        named = _REPUBLIC.match(written)
        counted = _number(written[named.end():] if named else written)
        if counted < 100 and not named and abs(counted - republic) > 1:
            continue
        year = counted + 1911 if 0 < counted < 200 else counted
        month = match["m"] or match["m2"]
        day = match["d"] or match["d2"]
        try:
            first = date(year, _number(month) if month else 1, _number(day) if day else 1)
        except ValueError:
            continue
        if not 1900 <= year <= 2099:
            continue
        if not day and 1900 <= year <= 2099 and (lunar := _LUNAR_DAY.match(line, match.end("y"))):
            found.append(Found(date(year, 1, 1), "year", match.start(), lunar.end(), False))
            continue
        time = _TIME.match(line, match.end()) if day else None
        found.append(Found(first, "day" if day else "month" if month else "year", match.start(), time.end() if time else match.end(),
                           time is not None))
    if not found and (sent := _ENGLISH.search(line) or _POSTED.search(line)):
        try:
            day = date(int(sent["y"]), _MONTHS.index((sent["m"] or sent["m2"]).capitalize()) + 1, int(sent["d"] or sent["d2"]))
        except ValueError:
            return ()
        return (Found(day, "day", sent.start(), sent.end(), True),)
    return tuple(found)


# What is a date where nothing else can stand: 20190305, 20190305083000, 2019-03, 2019/3, 2019; a table of figures has 2019.0.
_BARE = re.compile(r"((?:19|20)\d\d)(?:([-/.]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])(?:[0-5]\d){0,2})?)?"
                   r"|[-/]([1-9]))?(?:\.0)?")
# Seconds since 1970, or thousandths, millionths and billionths of them, from 2001 on, when they got ten digits.
_EPOCH = re.compile(r"(1\d{9}|2[01]\d{8})(?:\d{3}){0,3}(?:\.\d{1,9})?")
_CHINA = timezone(timedelta(hours=8))
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)(?:[T ].*)?")
_MONTH_NAMED = re.compile(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?[- ])?({'|'.join(_MONTHS)})[a-z]*\.?[- ]"
                          r"(?:(\d{1,2})(?:st|nd|rd|th)?,? )?((?:19|20)\d\d)", re.IGNORECASE)


def in_china(told: datetime) -> datetime:
    """A time as it is told in China if it is told for Greenwich, as programs do, where it may be the day before; else as it stands."""
    return told.astimezone(_CHINA) if told.tzinfo is not None and not told.utcoffset() else told


def field_date(value: str) -> Found | None:
    """The date that a field of a record gives: the first in its words, or one without units (20190305, 2019-03, 2019), or a count of
    seconds or thousandths since 1970, as a day in China. 05/01/2018 may be two days and is none; 13/05/2018 is one. The number of days by
    which a spreadsheet counts (43221) could be any number."""
    found = dates(value)
    if found:
        return found[0]
    value = value.strip()
    try:
        if bare := _BARE.fullmatch(value):
            month = bare[3] or bare[5]
            return _field(date(int(bare[1]), int(month or 1), int(bare[4] or 1)), "day" if bare[4] else "month" if month else "year", value)
        if epoch := _EPOCH.fullmatch(value):
            return _field(datetime.fromtimestamp(int(epoch[1]), _CHINA).date(), "day", value)
        if last := _YEAR_LAST.fullmatch(value):
            one, other = int(last[1]), int(last[3])
            known = max(one, other) > 12 or one == other
            return _field(date(int(last[4]), min(one, other), max(one, other)), "day", value) if known else None
        if (named := _MONTH_NAMED.fullmatch(value)) and not (named[1] and named[3]):
            day = named[1] or named[3]
            return _field(date(int(named[4]), _MONTHS.index(named[2].capitalize()) + 1, int(day or 1)), "day" if day else "month", value)
    except ValueError:
        return None
    return None


def _field(day: date, precision: str, value: str) -> Found:
    return Found(day, precision, 0, len(value), False)


def url_date(url: str) -> Found | None:
    """The date that a site's address keeps in its path (/202010/t20201019_1234.html, /art/2021/2/23/), or its month."""
    for pattern in (_URL_DAY, _URL_SPACED_DAY, _URL_MONTH):
        match = pattern.search(url)
        if match:
            parts = [int(part) for part in match.groups()]
            try:
                return Found(date(*parts, *([1] if len(parts) == 2 else [])), "day" if len(parts) == 3 else "month",
                             match.start(), match.end(), False)
            except ValueError:
                continue
    return None
