"""Turns: who says what in a record that stamps each line with a time and with whoever speaks, as sites do that report live:
[09:06:30] 王某：各位网友，… And the lines of their own on which programs that recognise speech write the same."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from flows.normalize.lines import Line

_TIME = r"(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
_WHO = r"[\[【]?(?P<who>[^\s：:，。；！？\[\]【】（）()\d][^：:，。；！？\[\]【】（）()]{0,23}?)[\]】]?"
_OPEN, _SHUT = r"[\[【(（]", r"[\]】)）]"
# [09:06:30] 王某：… and 09:06:30 王某：…
_TIME_FIRST = re.compile(rf"{_OPEN}?\s*{_TIME}\s*{_SHUT}?\s*{_WHO}\s*[：:]\s*")
# 王某 [09:06:30]：… and [王某] (09:06:30) …
_WHO_FIRST = re.compile(rf"{_WHO}\s*{_OPEN}\s*{_TIME}\s*{_SHUT}\s*[：:]?\s*")
_CLOCK = re.compile(r"\d[:：]\d\d")
_OPENS = frozenset("[【(（0123456789")
_STAMP_MOST = 56        # characters within which the stamp of a line ends
_LEAST = 4              # stamped lines that make a record
_MENU_MOST = 40         # characters of a line of a page that nobody says
_REMARK_MOST = 60       # characters of what others say between two turns of one who speaks on
_REMARKS_LESS = 5       # ... and how many times less than he says in them all
_ASKS = frozenset("？?")
# Who speaks and at what time of a recording, as programs that recognise speech write it on a line of its own: 说话人1 00:01:15
_NAME_AND_TIME = re.compile(r"(?P<who>[一-龥A-Za-z·][一-龥A-Za-z· ]{0,11}\d{0,2}?)"
                            r"\s*[(（\[【]?\d\d[:：]\d\d(?:[:：]\d\d)?(?:[.,]\d{1,3})?[)）\]】]?\s*[:：]?")
_TIME_MOST = 32         # characters of such a line
_TIMES_LEAST = 2        # ... with one name


class _Turn(NamedTuple):
    """The line on which somebody takes the word: its number, who, where in its view the words begin, how many characters."""

    line: int
    who: str
    words: int
    size: int


class _Speech(NamedTuple):
    """What one says in one go: the first and the last of his turns, their characters, those of the remarks of others between."""

    first: int
    last: int
    size: int
    remarks: int


def mark(lines: Sequence[Line], text: str) -> str | None:
    """Take the stamps away from the lines of the one who speaks in a record of stamped lines, and mark what others say before, between
    and after as furniture; returns by what name the record calls whoever speaks, None where the lines are no such record.

    The one has in one go, which a remark of another may interrupt and a question ends, at least half of all that is said on the page
    (`lines` of `text`): nobody has that where people talk to each other.
    """
    turns = _turns(lines)
    if len(turns) < _LEAST:
        return None
    speech = max(_speeches(turns, lines), key=lambda each: each.size)
    stamped = {turn.line for turn in turns}
    record = range(turns[0].line, turns[-1].line)
    unstamped = sum(len(line.view) for number, line in enumerate(lines)
                    if line.reason is None and number not in stamped and (number in record or len(line.view) > _MENU_MOST))
    if speech.size * 2 < unstamped + sum(turn.size for turn in turns) or speech.remarks * _REMARKS_LESS > speech.size:
        return None
    who, speaks = turns[speech.first].who, False
    own = {turn.line: turn for turn in turns[speech.first:speech.last + 1] if turn.who == who}
    for number in range(turns[0].line, turns[-1].line + 1):
        line = lines[number]
        if number in own:
            speaks = True
            line.drop(text, [(line.start, line.start + own[number].words, "furniture")])
        elif number in stamped or not speaks:
            speaks = False
            line.reason = line.reason or "furniture"
    return who


def mark_times(lines: Sequence[Line]) -> None:
    """Mark the lines that say again and again who speaks, at what time of a recording, and nothing else."""
    found = [(line, match["who"].strip()) for line in lines
             if line.reason is None and len(line.view) <= _TIME_MOST and (":" in line.view or "：" in line.view)
             and (match := _NAME_AND_TIME.fullmatch(line.view))]
    counts = Counter(who for _, who in found)
    for line, who in found:
        if counts[who] >= _TIMES_LEAST:
            line.reason = "furniture"


def _turns(lines: Sequence[Line]) -> list[_Turn]:
    found = []
    for number, line in enumerate(lines):
        if line.reason is not None or line.drops:
            continue
        head = line.view[:_STAMP_MOST]
        if ("：" in head or ":" in head) and _CLOCK.search(head):
            match = (_TIME_FIRST.match(head) if head[0] in _OPENS else None) or _WHO_FIRST.match(head)
            if match and match.end() < len(line.view):
                found.append(_Turn(number, "".join(match["who"].split()), match.end(), len(line.view) - match.end()))
    return found


def _speeches(turns: Sequence[_Turn], lines: Sequence[Line]) -> list[_Speech]:
    """What each who takes the word says in one go."""
    sizes = [0] * len(turns)        # with the lines that follow without a stamp
    for number, turn in enumerate(turns):
        end = turns[number + 1].line if number + 1 < len(turns) else turn.line + 1
        sizes[number] = turn.size + sum(len(line.view) for line in lines[turn.line + 1:end])
    found: list[_Speech] = []
    within: set[int] = set()
    for first, turn in enumerate(turns):
        if first in within:
            continue
        speech, between = _Speech(first, first, sizes[first], 0), 0
        for number in range(first + 1, len(turns)):
            if turns[number].who == turn.who:
                speech, between = _Speech(first, number, speech.size + sizes[number], speech.remarks + between), 0
                within.add(number)
                continue
            between += sizes[number]
            if between > _REMARK_MOST or not _ASKS.isdisjoint(lines[turns[number].line].view[turns[number].words:]):
                break
        found.append(speech)
    return found
