"""When a text can have been spoken, told from the public events that it knows or awaits, and whether a date agrees with that.

A text that builds on 党的十九大精神 was not spoken before 18 October 2017; one that ends 以优异成绩迎接党的二十大胜利召开 was spoken before
16 October 2022; one that says 今天是中国共产党建党100周年 on 1 July 2021.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from flows.normalize.numerals import number
from schemas.lexicons import rows

# The opening and the closing say when it is; the middle of a long report adds little, and each character read costs time.
_OPENING, _CLOSING = 6000, 1500
_LAST_WORDS, _NEAR = 800, 2500
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_CONGRESS = re.compile(rf"党的({_HAN_NUMBER})大(?![家会力量量棚门会事型大多学局院])")
_PLENUM = re.compile(rf"({_HAN_NUMBER}届[一二三四五六七八九])中全会")
_PLAN = re.compile(r"“(十[一二三四五]?五)”")
_YEARS = re.compile(r"(\d{1,3}|[一二三四五六七八九十百零〇]{1,5})\s*周年")
# 我们党98岁的生日, 共和国七十华诞 count from the same days as 周年.
_BIRTHDAY = re.compile(r"(\d{1,3}|[一二三四五六七八九十百零〇]{1,5})\s*(?:周?岁的?(?:生日|华诞)|年?华诞)")
_AWAITED = re.compile(r"(?:迎接|喜迎|迎|筹备|备战|献礼|即将|将要|将|筹办|向|为)[^。！？；，]{0,12}$")
_TO_COME = re.compile(
    r"^(?:(?:〔\d+〕)?(?:报告)?(?:将要|将|就要|要|准备|即将|还要)(?=[^求点])|的?(?:胜利|顺利|隆重)?(?:召开|举行)(?!以来|后|之后|的|，)|[^。！？；，]{0,6}(?:即将|将于|将在|献礼|召开之际|召开前))"
)
_HELD = re.compile(r"(?:庆祝|纪念|欢庆|隆重|喜迎|迎来|今年是|年是|正值|恰逢|适逢|喜逢)[^。，；]{0,12}$")
_AIMED = re.compile(r"(?:到|至|在|未来|目标|时)[^。，；]{0,10}$")
_BUILT_ON = re.compile(
    r"^(?:精神|以来|报告|作出|提出|确定|部署|战略|闭幕|后|上|胜利闭幕|召开后|召开以来|描绘|擘画|通过|和[^，。]{1,14}精神)"
)
_PAST = re.compile(r"^(?:以来|闭幕|胜利闭幕|召开后|召开以来|通过|作出|描绘|擘画|和[^，。]{1,14}以来)")
# 今年我国将恢复行使主权、召开党的十五大: what a year holds in store, or held.
_IN_PLAN = re.compile(r"(?<!胜利)(?<!隆重)(?<!成功)(?<!顺利)(?:召开|举行|开好|筹备)$")
# 去年10月召开的党的十九大, but not 今年深入贯彻党的十九大精神.
_TIED = re.compile(
    r"(今年|去年|前年)(?:\d{1,2}月(?:\d{1,2}日)?|[上下]半年|年?[初底末])?，?(?:我们|胜利|隆重|刚刚|成功|党中央)?(?:召开|举行|闭幕)?(?:了|的)?$"
)
_BUILT_ON_IT = re.compile(r"精神|以来|部署|战略|报告")
_YEARS_SINCE = {"今年": 0, "去年": 1, "前年": 2}
_NOT_PARTY = re.compile(r"(?:团|民革|民盟|民建|民进|农工|致公|九三|台盟|工会|妇联|纪委)[^，。、]{0,4}$")
_THIS_YEAR = re.compile(r"今年(?:既|正|恰|也|又|，)?(?:是|恰逢|适逢|正值|迎来)[^。；！？]{0,24}$")


@dataclass(frozen=True, slots=True)
class Span:
    """When a text can have been spoken. `not_before`, `not_after`: days, each with the words that tell it; `today`: the day that it says it
    is; `year`: the year that it says it is; each None where it does not say."""

    not_before: date | None = None
    known: str = ""
    not_after: date | None = None
    awaited: str = ""
    today: date | None = None
    year: int | None = None
    words: str = ""


@cache
def _table(kind: str) -> dict[str, date]:
    return {row[1]: date.fromisoformat(row[2]) for row in rows("dated_events.tsv") if row[0] == kind}


@cache
def _foundings() -> re.Pattern[str]:
    wordings = "|".join(sorted(map(re.escape, _table("founding")), key=lambda wording: (-len(wording), wording)))
    return re.compile(rf"({wordings})(?:祖国)?[\s“”]*$")


@cache
def _born() -> re.Pattern[str]:
    wordings = "|".join(sorted(map(re.escape, _table("birthday")), key=lambda wording: (-len(wording), wording)))
    return re.compile(rf"({wordings})(?:的|迎来了?|即将迎来|第)?[\s“”]*$")


@cache
def _terms() -> re.Pattern[str]:
    """Formulas, campaigns and events that took place once."""
    wordings = sorted((*_table("term"), *_table("event")), key=lambda wording: (-len(wording), wording))
    return re.compile("|".join(map(re.escape, wordings)))


def _found(text: str, anchor: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that holds a rare word, found by the word: text is searched as fast as memory is read."""
    at = text.find(anchor)
    while at >= 0:
        match = pattern.search(text, max(0, at - 10), at + 16)
        if match and match.start() <= at < match.end():
            yield match
        at = text.find(anchor, at + len(anchor))


def _strength(after: str) -> int:
    """How surely what follows an event says that it is past: 2 where it closed or time has gone by since, 1 where it is built on."""
    return 2 if _PAST.match(after) else 1 if _BUILT_ON.match(after) else 0


def span(text: str) -> Span:
    """When the text can have been spoken, as far as its opening and its closing tell."""
    part = text if len(text) <= _OPENING + _CLOSING else text[:_OPENING] + "\n" + text[-_CLOSING:]
    known: list[tuple[date, str]] = []
    awaited: list[tuple[date, str]] = []
    year: int | None = None
    today: date | None = None
    words = ""
    for anchor, pattern, kind in (("党的", _CONGRESS, "congress"), ("中全会", _PLENUM, "plenum")):
        mentions = []
        closing: set[str] = set()
        for match in _found(part, anchor, pattern):
            held = _table(kind).get(match[1])
            before, after = part[max(0, match.start() - 16): match.start()], part[match.end(): match.end() + 12]
            if held is None or _NOT_PARTY.search(before):
                continue
            # 为实现党的十五大提出的目标 builds on the congress, whatever 为 awaits
            comes = bool((_AWAITED.search(before) and not _BUILT_ON.match(after)) or _TO_COME.match(after))
            tie = _TIED.search(before)
            if tie and not _BUILT_ON_IT.match(after) and not comes and year is None:
                year, words = held.year + _YEARS_SINCE[tie[1]], tie[0] + match[0]
            if comes and match.start() > len(part) - _CLOSING:
                closing.add(match[0])
            # A report looks back on how it awaited an event; what a speech itself awaits stands in its closing words.
            if comes and match.start() > len(part) - _LAST_WORDS:
                awaited.append((held, match[0]))
            if not comes and _IN_PLAN.search(before) and not _BUILT_ON.match(after):
                continue
            mentions.append((held, match[0], comes, _strength(after)))
        coming = {name for _, name, comes, _ in mentions if comes}
        # What the closing words await can be built on only as a plan for the year (今年要贯彻党的十九大精神, in the spring before it).
        # An event that is only mentioned may be still to come, within the year.
        known += [(day if built else day - timedelta(days=365), name) for day, name, comes, built in mentions
                  if not comes and (built > (name in closing) or name not in coming)]
    years = [(match, _foundings(), "founding") for match in _found(part, "周年", _YEARS)]
    years += [(match, _born(), "birthday") for anchor in ("生日", "华诞") for match in _found(part, anchor, _BIRTHDAY)]
    for match, named, kind in years:
        before = part[max(0, match.start() - 40): match.start()]
        founding = named.search(before)
        if not founding:
            continue
        first = _table(kind)[founding[1]]
        count = number(match[1])
        turned = first.year + count
        if not count or not 1950 <= turned <= 2100:
            continue
        lead = before[: founding.start()]
        if re.search(r"(?:今[天日]是|今天正是|今天迎来)[^。；！？]{0,12}$", lead):
            said = lead[-12:].rpartition("\n")[2]
            today, words = date(turned, first.month, first.day), f"{said}{before[founding.start():]}{match[0]}".strip()
        elif _THIS_YEAR.search(lead) and year is None:
            year, words = turned, words or f"今年是{before[founding.start():]}{match[0]}"
        # An anniversary is spoken of in the year before it, too, and named as an aim decades ahead (到建党100周年时).
        if _HELD.search(lead) and not _AIMED.search(lead):
            known.append((date(turned - 1, 1, 1), before[founding.start():] + match[0]))
    for match in _PLAN.finditer(part):
        start = _table("plan").get(match[1])
        if start is None:
            continue
        # A plan is spoken of while the one before it runs.
        known.append((date(start.year - 4, 1, 1), match[0]))
        around = part[max(0, match.start() - 8): match.end() + 12]
        turn = re.search(r"今年是[^。，]{0,6}“十.五”(?:规划|时期)?(?:的)?(开局|起步|收官|最后一年|关键)", around)
        if turn and year is None and turn[1] != "关键":
            year = start.year + (0 if turn[1] in ("开局", "起步") else 4)
            words = turn[0]
    for match in _terms().finditer(part, 0, _NEAR):
        day = _table("term").get(match[0]) or _table("event")[match[0]]
        known.append((day, match[0]))
        tie = _TIED.search(part[max(0, match.start() - 16): match.start()])
        if tie and year is None and match[0] in _table("event"):
            year, words = day.year + _YEARS_SINCE[tie[1]], tie[0] + match[0]
    latest = max(known, default=None)
    # What a text both awaits and builds on is past: a report looks back on how 党的二十大 was awaited and held.
    past = {name for _, name in known}
    to_come = min(((day, name) for day, name in awaited if name not in past and (latest is None or latest[0] <= day)), default=None)
    return Span(
        latest[0] if latest else None, latest[1] if latest else "",
        to_come[0] if to_come else None, to_come[1] if to_come else "",
        today, today.year if today else year, words,
    )


def contradicts(span: Span, first: date, last: date) -> bool:
    """Whether a speech between two days contradicts what its text knows, awaits or says of the day.

    Half a year is allowed after an awaited event: wording outlives it.
    """
    if span.not_before and last < span.not_before:
        return True
    if span.not_after and (first - span.not_after).days > 180:
        return True
    if span.today:
        return not first <= span.today <= last
    # Reports read at the turn of the year count the new year or the old one as this year.
    return span.year is not None and not first.year - 1 <= span.year <= last.year + 1
