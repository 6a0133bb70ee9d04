"""Lists of other pages beside a speech: what a site has in its columns has titles, days and counts of its own, and they are none of the
speech's."""
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from flows.normalize import titles

_LEAST = 3              # entries of one form that make a list ...
_LEAST_TITLES = 2       # ... or of titles of speeches with days that differ
_SHORTEST, _LONGEST = 4, 80     # characters of an entry's words
_LAST_LINES = 2         # lines right above the text, the last of which may be the heading of its own page
_FIGURE = re.compile(r"\d+")
_DAY = r"(?:(?:19|20)\d\d\s?[-/.年]\s?)?(?:1[0-2]|0?[1-9])\s?[-/.月]\s?(?:3[01]|[12]\d|0?[1-9])\s?日?" \
       r"(?:\s+[012]?\d[:：][0-5]\d(?:[:：][0-5]\d)?)?"
_MARK = rf"[（(【\[〔]\s?(?:{_DAY}|\d{{1,7}}\s?(?:次|人|阅读|浏览|点击))\s?[）)】\]〕]|(?<!\d)(?<!\d[-/.年月]){_DAY}"
_BEHIND = re.compile(rf"(?P<words>.*?\S)(?P<gap>[\s　|·]*)(?P<mark>{_MARK})")
_BEFORE = re.compile(rf"(?P<mark>{_MARK})(?P<gap>[\s　|·:：]*)(?P<words>\S.*)")
_ALONE = re.compile(_MARK)
_LABEL = re.compile(r"[:：]\s*$|(?:时间|日期|来源|作者|浏览|阅读|点击|发布|更新|[发刊]表)(?:[于数量次]{0,2})\s*[:：]|^[（(—－-]")
_HAN = re.compile("[一-龥]")
# What runs on while the page is looked at, and has the day on which it was fetched: prices, the weather, the clock.
_LIVE = re.compile(r"股票代码|最新价|涨跌|股价|[上深沪]证(?:指数|综指)|元[/／]吨|(?:[晴阴云雨雪风]|气温|天气)[^：:]{0,16}\d\s?℃"
                   r"|现在(?:是|时间)|(?:当前|系统|服务器)时间"
                   r"|欢迎您?.{0,12}今天是|^今天是[:：\s]*(?:19|20)\d\d")
_LONGEST_LIVE = 120


class _Entry(NamedTuple):
    """What is in a list: its words, its day or count, how the two stand, and how many lines they take."""

    words: str
    mark: str
    form: str
    size: int


def without_lists(lines: Sequence[str], own: Sequence[str] = ()) -> list[str]:
    """The lines around a speech without lists of other pages (…的讲话 2022-07-10, one below another) and without what runs on while a page
    is looked at. own: titles by which the page itself goes; an entry that names one of them stays."""
    mine = [titles.canonical(form) for form in own if form]
    kept: list[str] = []
    at = 0
    while at < len(lines):
        run = _run(lines, at)
        if run:
            end = at + sum(entry.size for entry in run)
            for entry in run:
                words = titles.canonical(entry.words)
                # the heading of the page itself may stand below the list and look like one more entry
                if any(words in form for form in mine) or (end > len(lines) - _LAST_LINES and entry is run[-1]):
                    kept += lines[at:at + entry.size]
                at += entry.size
            continue
        if not _is_live(lines[at]):
            kept.append(lines[at])
        at += 1
    return kept


def _is_live(line: str) -> bool:
    return len(line) <= _LONGEST_LIVE and "。" not in line and _LIVE.search(line) is not None


def _run(lines: Sequence[str], at: int) -> list[_Entry]:
    """The entries of the list that begins at a line; empty where none does. They have one form, and days or counts that differ: a heading
    that a page has twice has one day."""
    first = _entry(lines, at)
    if first is None:
        return []
    run = [first]
    end = at + first.size
    while end < len(lines) and (entry := _entry(lines, end)) and entry.form == first.form:
        run.append(entry)
        end += entry.size
    differ = len({entry.mark for entry in run}) > 1 and len({entry.words for entry in run}) > 1
    least = _LEAST_TITLES if all(titles.like_title(entry.words) for entry in run[:_LEAST]) else _LEAST
    return run if differ and len(run) >= least else []


def _entry(lines: Sequence[str], at: int) -> _Entry | None:
    line = lines[at].strip()
    if not _SHORTEST <= len(line) <= _LONGEST:
        return None
    if _FIGURE.search(line):
        for pattern, place in ((_BEHIND, "behind"), (_BEFORE, "before")):
            match = pattern.fullmatch(line)
            if match:
                return _of(match["words"], match["mark"], f"{place}{bool(match['gap'])}", 1)
    if at + 1 < len(lines) and len(below := lines[at + 1].strip()) <= _LONGEST // 2 and _ALONE.fullmatch(below) \
            and titles.like_title(line):
        return _of(line, below, "below", 2)
    return None


def _of(words: str, mark: str, place: str, size: int) -> _Entry | None:
    if _LABEL.search(words) or len(_HAN.findall(words)) < _SHORTEST:
        return None
    return _Entry(words, mark, place + _FIGURE.sub("9", mark), size)
