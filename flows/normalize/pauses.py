"""Pauses: texts of which all marks became spaces, as transcripts have them and pages from which a program took the marks.

Which mark stood at a place is lost. A comma and at the end of a paragraph a stop part the clauses as the spaces did; run together without
them, nobody could read them, nor tell where a sentence ends.
"""
from __future__ import annotations

import re

from flows.normalize.edits import Edit
from flows.normalize.spaces import HAN

STOPS = 2               # from so many on a text has marks
PARAGRAPHS = 3          # paragraphs without any that tell the damage
LEAST = 40              # characters of such a paragraph
CLAUSE = 7              # of a clause and the space behind it, on average: names of columns and buttons are shorter
SENTENCE = 20           # and of what is no heading
_BLANK = "[ \u00a0\u3000]"
_WORD = r"[^\s，。；：！？、…|>《》]"
_PARAGRAPH = re.compile(rf"{_BLANK}*(?:{_WORD}{{2,40}}{_BLANK}{{1,2}}){{3,}}+{_WORD}{{0,40}}{_BLANK}*")
_CALL = re.compile(rf"^{_BLANK}*(?:(?:同志|朋友|同[学學]|老[师師]|代表|委[员員]|[乡鄉][亲親]|女士)[们們]"
                   rf"|(?:尊敬的|敬[爱愛]的|[亲親][爱愛]的|各位)[^\n，。：！]{{1,40}}?)(?P<end>{_BLANK}*)$", re.MULTILINE)
_NUMBER = re.compile(rf"{_BLANK}*[一二三四五六七八九十]{{1,3}}(?P<space>{_BLANK}{{1,2}})(?=[{HAN}“《])")
_PAUSE = re.compile(rf"(?<=[{HAN}”》）〇%％\d]){_BLANK}{{1,2}}(?=[{HAN}“《（])")
_NO_MARK = frozenset("，。；：！？、…")


def marks(text: str) -> list[Edit]:
    """Edits that put marks in the place of the spaces of a text that addresses somebody and has paragraphs, but no marks, in order. None
    where it has marks."""
    if text.count("。") >= STOPS or (call := _CALL.search(text)) is None:
        return []
    lines: list[tuple[int, str]] = []
    at = call.end() + 1
    for line in text[at:].split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    paused = [number for number, (_, line) in enumerate(lines)
              if len(line) >= SENTENCE and _PARAGRAPH.fullmatch(line) and len(line) >= CLAUSE * len(line.split())]
    if sum(len(lines[number][1]) >= LEAST for number in paused) < PARAGRAPHS:
        return []
    edits = [*(Edit(call.start() + pause.start(), call.start() + pause.end(), "，", "punctuation") for pause in _PAUSE.finditer(call[0])),
             Edit(*call.span("end"), "：", "punctuation")]
    for start, line in lines[:paused[-1] + 1]:
        if not _NO_MARK.isdisjoint(line):
            continue
        number = _NUMBER.match(line)
        if number:
            edits.append(Edit(start + number.start("space"), start + number.end("space"), "、", "punctuation"))
        edits += [Edit(start + pause.start(), start + pause.end(), "，", "punctuation")
                  for pause in _PAUSE.finditer(line, number.end() if number else 0)]
        if len(line) >= SENTENCE:
            end = start + len(line.rstrip())
            edits.append(Edit(end, start + len(line), "。", "punctuation"))
    return edits
