"""Notes: numbers within a speech, or a star behind its title, that lead to explanations, and those that Markdown marks as such."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from flows.normalize import running
from flows.normalize.code_points import among, last_points, table
from flows.normalize.lines import Line
from flows.normalize.paragraphs import Paragraph

LEAST = 3               # marks that must count up before brackets are taken for marks of notes
FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,12}\][:：]")
FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,12}\]")
# 初二（5）班, 高一（3）中队: the number belongs to the name of the class.
_NAMES = "班|中队|小队|支部|年级"
SQUARE = re.compile(rf"[\[【［〔]([0-9]{{1,3}})[\]】］〕](?!{_NAMES})")
ROUND = re.compile(rf"(?<=[\u4e00-\u9fff”》％%])[（(]([0-9]{{1,3}})[）)](?![、.]|{_NAMES})")
# ① behind a word and before a mark leads to a note; before a word it counts off a point. 〔注一〕 says what it is.
CIRCLED = re.compile(r"[①-⑳](?<=[\u4e00-\u9fff”》）％%0-9].)(?=[，。；：、！？”’）》]|$)")
NAMED = re.compile(r"[〔［【\[（(][注註][一二三四五六七八九十\d]{1,3}[〕］】\]）)]")
ANY_CIRCLED = re.compile(r"(?<=[^\n\s])[①-⑳]")
OPENS_NOTE = re.compile(r"^[ \t\u3000]*([①-⑳])(?=[ \u3000]*\S)", re.MULTILINE)
ENDNOTES_FROM = 0.5     # of a text: below it endnotes stand
TOKEN = re.compile(rf"[①-⑳]|{NAMED.pattern}")
_CIRCLES, _NOTES, _FIRST = "".join(map(chr, range(ord("①"), ord("⑳") + 1))), "注註", "一1"
_CIRCLED_SIGNS = frozenset(_CIRCLES)
BEHIND_WORD = re.compile(r"(?<=[\u4e00-\u9fff”’》）％%0-9])[①-⑳]")
FOOT_LINES = 20         # lines of notes at the foot of a page at most
NUMBER = re.compile(r"[（(\[【〔［]?([0-9]{1,3})(?![0-9#＃楼年月日])")     # and no 5#, which numbers a post, nor a day
_STARS = frozenset(running.NOTE_MARKS)
_TITLE_NOTE = re.compile(r"[*＊※]\s*(?:(?:本文|此文|此件|本篇|原文|原稿)(?:是|系|为|根据|据|按|原载|曾|刊|发表|在|节选|略)|这是|原载"
                         r"|(?:根据|据|按照)[^。]{0,30}(?:整理|记录|录音|刊印)"
                         r"|(?:作者|讲话人|讲话者|报告人|发言人|演讲者)(?:当时|时下|其时)?[，,]?(?:时任|系|为|是|任|现任|原任))")
_NOTE_LINES = 3         # of a narrow page, over which such a note goes


def definitions(paragraphs: Sequence[Paragraph], text: str) -> list[int]:
    """Numbers of the paragraphs that explain a mark, wherever the page has its notes: after every page, every part, or at the end.

    Such a paragraph begins with a number in square brackets that also stands within the lines of another."""
    tokens = _tokens(paragraphs, text)
    explained = [number for number, paragraph in enumerate(paragraphs)
                 if tokens and (match := TOKEN.match(paragraph.view)) and match[0] in tokens and len(paragraph.view) > len(match[0])]
    if explained:
        return explained
    if not any(bracket in text for bracket in "[【［〔"):
        return []
    opening = [(number, int(match[1])) for number, paragraph in enumerate(paragraphs) if (match := SQUARE.match(paragraph.view))]
    if len(opening) < 2:
        return []
    marked = {int(match[1]) for paragraph in paragraphs for match in SQUARE.finditer(paragraph.view) if match.start() > 0}
    return [number for number, mark in opening if mark in marked]


@lru_cache(maxsize=1)       # the same text is asked about twice
def _endnotes(text: str) -> frozenset[str]:
    """The marks of notes that stand together at the end, counted from ① on, each of which also stands once within the text: these lead to
    notes wherever they stand."""
    if "①" not in text:
        return frozenset()
    opening = list(OPENS_NOTE.finditer(text, int(len(text) * ENDNOTES_FROM)))
    marks = "".join(match[1] for match in opening)
    if not marks or marks != _CIRCLES[:len(marks)]:
        return frozenset()
    within = [match[0] for match in ANY_CIRCLED.finditer(text, 0, opening[0].start())]
    return frozenset(marks) if sorted(within) == sorted(marks) else frozenset()


def _tokens(paragraphs: Sequence[Paragraph], text: str) -> set[str]:
    """The marks ① and 〔注一〕 that stand within paragraphs, behind what they explain."""
    pattern = next(iter(_signs(text)), None)
    if pattern is None:
        return set()
    return set(_endnotes(text)) | {match[0] for _, paragraph in _with(pattern, paragraphs, text)
            for match in pattern.finditer(paragraph.view) if match.start() > 0}


@lru_cache(maxsize=1)       # the same text is asked about twice
def _signs(text: str) -> dict[re.Pattern[str], list[int]]:
    """Where ①, ② and so on stand in `text`, for CIRCLED, and 注, for NAMED; nothing of a kind of which the first is not there."""
    codes = last_points(text)
    found = {CIRCLED: among(codes, _CIRCLES).tolist()} if "①" in text else {}
    notes = among(codes, _NOTES)
    if table(_FIRST).take(codes[np.minimum(notes + 1, len(codes) - 1)]).any():
        found[NAMED] = notes.tolist()
    return found


def _with(pattern: re.Pattern[str], paragraphs: Sequence[Paragraph], text: str) -> Iterator[tuple[int, Paragraph]]:
    """The paragraphs in which CIRCLED or NAMED can match, by number: those that hold such a sign at all."""
    signs = _signs(text)[pattern]
    for number, paragraph in enumerate(paragraphs):
        if bisect_left(signs, paragraph.lines[0].start) < bisect_left(signs, paragraph.lines[-1].end):
            yield number, paragraph


def at_page_ends(views: Sequence[str], ends: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """The notes at the feet of pages: {number of a line of a note: nothing; number of a line above: the spans of its marks}.

    views: the lines of a document; ends: the numbers of those that are the numbers of pages, in order. A foot is what stands above such a
    line and begins with ①, or with the mark after the last one, with marks that count on from it, each of which stands once more on the
    page, behind a word: what counts off points stands at the beginning of one."""
    found: dict[int, list[tuple[int, int]]] = {}
    last = "①"
    for after, end in pairwise([-1, *ends]):
        opening = [number for number in range(max(after + 1, end - FOOT_LINES), end) if views[number][:1] in _CIRCLED_SIGNS]
        first = next((number for number in opening if views[number][0] in ("①", chr(ord(last) + 1))), end)
        signs = [views[number][0] for number in opening if number >= first]
        if not signs or any(ord(later) - ord(sign) != 1 for sign, later in pairwise(signs)):
            continue
        above = [(number, match) for number in range(after + 1, first) for match in BEHIND_WORD.finditer(views[number])]
        if sorted(match[0] for _, match in above) == signs:
            last = signs[-1]
            found |= {number: [] for number in range(first, end)}
            for number, match in above:
                found.setdefault(number, []).append(match.span())
    return found


def mark_at_page_ends(lines: Sequence[Line], text: str) -> None:
    """Mark the notes at the feet of pages, between a sentence and its end on the next page, and take away what leads to them. The numbers
    of the pages are marked already."""
    ends = [number for number, line in enumerate(lines) if line.reason == "furniture" and running.PAGE_NUMBER.fullmatch(line.view)]
    if not ends:
        return
    for number, spans in at_page_ends([line.view for line in lines], ends).items():
        line = lines[number]
        if not spans:
            line.reason = "note"
        elif not line.drops:
            line.drop(text, [(line.start + start, line.start + end, "note") for start, end in spans])


def mark_of_title(lines: Sequence[Line]) -> list[str]:
    """Mark what a star behind the title leads to, at the foot of the first page or below all (* 本文是某某在某会议上的讲话。), and
    return it without the star: the one note in a list, which is empty where there is none."""
    starred = next((number for number, line in enumerate(lines[:running.TITLE_LINES])
                    if line.view[-1:] in _STARS and 6 <= len(line.view) <= 80), None)
    if starred is None:
        return []
    for number in range(starred + 1, len(lines)):
        if lines[number].view[:1] in _STARS and _TITLE_NOTE.match(lines[number].view):
            reach = range(number, min(number + _NOTE_LINES, len(lines)))
            note = lines[number:next((each for each in reach if lines[each].view[-1:] == "。"), number) + 1]
            for line in note:
                line.reason = "note"
            return ["".join(line.view for line in note).lstrip("*＊※ ")]
    return []


def marks(speech: Sequence[Paragraph], after: Sequence[Paragraph], text: str) -> dict[int, list[tuple[int, int]]]:
    """Spans of marks by number of the paragraph of `speech`; `text` holds them all.

    Brackets with numbers that count up through the speech are marks: square ones by themselves (from any number on: a volume counts
    through), round ones, which also number points and years, only where notes with most of these numbers stand in `after`."""
    found: dict[int, list[tuple[int, int]]] = {}
    explained = {int(match[1]) for paragraph in after if (match := NUMBER.match(paragraph.view))}
    for pattern, brackets in ((SQUARE, "[【［〔"), (ROUND, "（(")):
        present = [bracket for bracket in brackets if bracket in text]
        if not present or (pattern is ROUND and len(explained) < LEAST):
            continue
        places = [(number, match) for number, paragraph in enumerate(speech) if any(bracket in paragraph.view for bracket in present)
                  for match in pattern.finditer(paragraph.view) if match.start() > 0]
        numbers = [int(match[1]) for _, match in places]
        # each is explained below the speech; a lone (5) leads to no fifth note where the notes begin with the first
        known = bool(numbers) and explained.issuperset(numbers) and (pattern is SQUARE or numbers[0] in (1, min(explained)))
        if not numbers or (not known and (len(numbers) < LEAST or (pattern is ROUND and numbers[0] > 2))):
            continue
        rising = sum(0 <= high - low <= 2 for low, high in pairwise(numbers))
        highest = max(numbers)
        if rising * 10 < (len(numbers) - 1) * (8 if numbers[0] <= 2 else 10) \
                or (pattern is ROUND and len(explained & set(range(1, highest + 1))) * 10 < highest * 7):
            continue
        for number, match in places:
            found.setdefault(number, []).append(match.span())
    for pattern in _signs(text):
        named = [(number, match) for number, paragraph in _with(pattern, speech, text)
                 for match in pattern.finditer(paragraph.view) if match.start() > 0]
        if pattern is CIRCLED and _endnotes(text):
            named = [(number, match) for number, paragraph in _with(pattern, speech, text)
                     for match in ANY_CIRCLED.finditer(paragraph.view)]
        elif named and pattern is CIRCLED and named[0][1][0] != "①":
            continue            # by themselves they are marks of notes where they count up from the first
        for number, match in named:
            found.setdefault(number, []).append(match.span())
    for number, paragraph in enumerate(speech if "[^" in text else ()):
        if "[^" in paragraph.view:
            found.setdefault(number, []).extend(match.span() for match in FOOTNOTE_MARK.finditer(paragraph.view))
    return {number: sorted(spans) for number, spans in found.items() if spans}
