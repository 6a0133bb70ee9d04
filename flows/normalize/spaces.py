"""Spaces and line ends: what is white space, and where it means something between Chinese characters."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from flows.normalize.edits import Edit
from flows.normalize.words import words
from schemas.lexicons import entries

HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SPACE = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
LEXICON = files("schemas") / "lexicons" / "surnames.txt"

SPACES = frozenset(" \t\u00a0\u1680\u202f\u205f\u3000") | frozenset(map(chr, range(0x2000, 0x200B)))

_BREAKS = re.compile("\r\n|[\r\x85\x0b\x0c\u2028\u2029]")
_RUN = re.compile(f"[{SPACE}]+")
_MARKS = re.compile("[，。；：！？,;:!?]")
_HEADING = re.compile(rf"(?:第[{HAN}\d]{{1,4}}(?:部分|章|节|節|篇|编|編|讲|講|个问题|個問題|题|題)|[一二三四五六七八九十]{{1,3}}、|[(（][一二三四五六七八九十]{{1,3}}[)）])")  # noqa: E501
_PART = re.compile(rf"第[{HAN}\d]{{1,4}}(?:部分|章|节|節|篇|编|編|讲|講)\Z")
_NUMBERED = re.compile(rf"^[{SPACE}]*([一二三四五六七八九十]{{1,3}})[{SPACE}]+(?=[{HAN}“《])", re.MULTILINE)
_ONES = ("", *"一二三四五六七八九")
_VALUES = {f"{tens}{one}": value for value, (tens, one) in enumerate((tens, one) for tens in ("", "十", "二十") for one in _ONES) if value}
# A label and who it is: 主讲人：王某　某学院副教授. The space parts the name from what he is.
_CREDIT = re.compile(r"[一-龥]{1,4}[人者][：:][^，。；：！？,;:!?\n]{3,40}\Z")
_INDENT = re.compile("\u3000{2}|[ \u00a0]{4}|\t")
_HAN_CHAR = re.compile(f"[{HAN}]")


def breaks(text: str) -> list[Edit]:
    """Every line end as one \\n."""
    return [Edit(match.start(), match.end(), "\n", "whitespace") for match in _BREAKS.finditer(text)]


@cache
def surnames() -> frozenset[str]:
    """Surnames of one and of two characters, in both scripts."""
    return frozenset(name for line in LEXICON.read_text(encoding="utf-8").splitlines() if not line.startswith("#") for name in line.split())


def _separates_names(tokens: list[str]) -> bool:
    """Whether a run of spaced tokens is a list of personal names (王伟 李娜 张敏), not words set apart (经济 社会 发展)."""
    return len(tokens) >= 3 and all(2 <= len(token) <= 4 and (token[0] in surnames() or token[:2] in surnames()) for token in tokens)


def positions(text: str, letters: Iterable[str]) -> list[int]:
    """Where any of `letters` stands, letter by letter; a search for one character at a time is ten times as fast as one for a class."""
    found = []
    for letter in letters:
        place = text.find(letter)
        while place >= 0:
            found.append(place)
            place = text.find(letter, place + 1)
    return found


def _runs(text: str, kinds: Iterable[str]) -> Iterator[re.Match[str]]:
    """The runs of white space."""
    end = 0
    for place in sorted(positions(text, kinds)):
        if place >= end and (match := _RUN.match(text, place)):
            end = match.end()
            yield match


_SPACED = re.compile(f"[{HAN}]{{1,4}}(?:[{SPACE}]+[{HAN}]{{1,4}}){{2,}}")


def _lists_of_names(text: str, start: int, end: int, kinds: Iterable[str]) -> Callable[[], list[tuple[int, int]]]:
    """What tells the lists of names in a line, looked for when it is asked for the first time. `kinds` of space part them."""
    @cache
    def listed() -> list[tuple[int, int]]:
        if sum(text.count(space, start, end) for space in kinds) < 2:
            return []
        return [spaced.span() for spaced in _SPACED.finditer(text, start, end) if _separates_names(spaced[0].split())]
    return listed


def _numbers_lines(text: str) -> Callable[[], frozenset[str]]:
    """What tells the numerals that alone, with a space behind them, number the lines of a text (一 认清形势, and further down 二 …)."""
    @cache
    def numbering() -> frozenset[str]:
        found = _NUMBERED.findall(text)
        return frozenset(each for pair in pairwise(found) if 0 < _VALUES.get(pair[0], 0) == _VALUES.get(pair[1], 0) - 1 for each in pair)
    return numbering


def _line_ends(text: str, start: int, end: int) -> Callable[[str], tuple[int, int, bool] | None]:
    """What tells whether spaces of one kind (a single one, two, an indent) stand for the line ends of a text that is all in one line:
    there are several of them, and between its first stop and its last nearly each stands behind a stop, or beside the number of a part.
    Then it gives where these two stops are, before and behind which each is a line end, and whether a menu stands before; else None. A
    single space can part much else: it counts only where the line is most of the text, and also where it stands before the indent of a
    paragraph."""
    @cache
    def told(kind: str) -> tuple[int, int, bool] | None:
        if kind == " " and (end - start) * 2 < len(text):
            return (end, end, True) if _is_head(text, start, end) else None
        if end - start < _ONE_LINE:
            return None
        first = min((place for stop in "。！？!?" if (place := text.find(stop, start, end)) >= 0), default=end)
        last = max(text.rfind(stop, first, end) for stop in "。！？!?") + 1
        gaps = [gap for gap in _RUN.finditer(text, first, last)
                if (gap[0] == kind or (kind == " " and _INDENTED.fullmatch(gap[0])))
                and not (text[gap.start() - 1] < "\x7f" and text[gap.end()] < "\x7f")]
        ends = sum(_is_line_end(text, start, gap.start(), gap.end()) for gap in gaps)
        if len(gaps) < _GAPS_LEAST or ends * 10 < len(gaps) * 9:
            return _around_indents(text, start, end) if kind == " " or _INDENT.search(kind) else None
        return first, last, text.count(kind, start, first) >= _MENU
    return told


def _is_head(text: str, start: int, end: int) -> bool:
    """Whether the first line of a text is the whole head of a page, parted by single spaces: a row of short words, in which the title of
    a speech stands alone and no sentences."""
    if not _HEAD_LEAST <= end - start <= _HEAD_MOST or text.count(" ", start, end) < _MENU_OF_HEAD or text[:start].strip() \
            or text.count("，", start, end) > _COMMAS_OF_HEAD or text.count("。", start, end) > 1:
        return False
    return _holds_title(text[start:end])


def _holds_title(words: str) -> bool:
    """Whether the title of a speech stands alone between single spaces."""
    return any(_TITLE_ALONE.fullmatch(piece) for piece in words.split(" "))


_HEAD_LEAST, _HEAD_MOST, _MENU_OF_HEAD, _COMMAS_OF_HEAD = 60, 3000, 6, 2
_TITLE_ALONE = re.compile("[^，。；：！？]{0,16}[在于][^，。；！？]{4,40}[上中时]的?[^，。；！？]{0,6}"
                          "(?:讲话|講話|致[辞词辭詞]|发言|發言|演讲|演講|主持词|主持詞|报告|報告)稿?")


def _around_indents(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """The same for single spaces, and for the first indent, in a line whose paragraphs kept their indents and nothing else: none
    stands from the first indent to the last, so that those above and below part what the page has on lines of its own."""
    indents = [gap for gap in _RUN.finditer(text, start, end) if _INDENT.search(gap[0]) is not None]
    if len(indents) < _GAPS_LEAST \
            or sum(_is_line_end(text, start, *gap.span()) for gap in indents[1:]) * 10 < (len(indents) - 1) * 9:
        return None
    first, last = indents[0].end(), indents[-1].end()
    if any(gap[0] == " " and not (text[gap.start() - 1] < "\x7f" and text[gap.end()] < "\x7f")
           for gap in _RUN.finditer(text, first, last)):
        return None
    spaces = text.count(" ", start, first)
    has_menu = spaces >= _MENU or (spaces >= _MENU_OF_HEAD and _holds_title(text[start:first]))
    if not has_menu:        # a space may be lost in the last paragraph
        last = next((gap.start() for gap in _RUN.finditer(text, last, end) if text[gap.start() - 1] in _ENDS_SENTENCE), end)
    return first, last, has_menu


def _is_line_end(text: str, line_start: int, start: int, end: int) -> bool:
    """Whether the space at [start, end) stands behind a stop, or before or behind the heading of a part."""
    return text[start - 1] in _ENDS_SENTENCE or _HEADING.match(text, end) is not None \
        or _HEADED.search(text, max(line_start, start - 40), start) is not None


_GAPS_LEAST, _ONE_LINE = 4, 200
_INDENTS = ("\u3000\u3000", "    ")
_INDENTED = re.compile(" \u3000{1,4}")      # what was a line end, and the indent of the line that it began
# Above the text a single space can also part the office from the name.
_OFFICE, _DAY_BEGINS = 8, "（(〔【[0123456789"
_MENU = 20              # ... but not where so many stand there: a whole menu does, and each parts two of its words
_ENDS_SENTENCE = "。！？；：”…）)!?;:"
_HEADED = re.compile(rf"(?:{_HEADING.pattern})[^。！？；：\n]{{2,38}}\Z")


def _sows(text: str) -> Callable[[], bool]:
    """What tells whether single spaces stand anywhere in a text, so that none behind a heading means anything: several break a word of
    the dictionary in two."""
    @cache
    def sown() -> bool:
        broken = places = 0
        for gap in _SINGLE.finditer(text):
            places += 1
            at = gap.start()
            broken += any(text[at - low:at] + text[at + 1:at + 1 + high] in words().known for low, high in _WORD_SIZES)
        return broken >= _BROKEN_LEAST and broken * 5 >= places
    return sown


def _in_words(text: str, heading: int, start: int, end: int) -> bool:
    """Whether the space at [start, end) can stand within the words of the heading that begins at `heading`: hardly any are before it, or
    they end with the first stop, as a heading does behind which its paragraph goes on (（一）队 伍还不稳。……)."""
    marker = _HEADING.match(text, heading)
    stop = _MARKS.search(text, end, heading + _LONGEST_HEADING)
    return (marker is not None and start - marker.end() < _LEAST_HEADING) or (stop is not None and stop[0] == "。")


_LEAST_HEADING, _LONGEST_HEADING = 4, 30
_SINGLE, _WORD_SIZES, _BROKEN_LEAST = re.compile("(?<=[一-龥]) (?=[一-龥])"), ((1, 1), (2, 1), (1, 2), (2, 2)), 3


@cache
def _record_label() -> re.Pattern[str]:
    labels = "|".join(f"[{SPACE}]*".join(map(re.escape, label)) for label in entries("record_labels.txt"))
    return re.compile(f"[【〔［][{SPACE}]*(?:{labels})[{SPACE}]*[】〕］]")


def _record_end(text: str, start: int, end: int) -> int:
    """Where the value of the last of the labels in brackets ends by which the record of an archive opens a line (… 【标题】… 【作者】…
    各位代表：…), which holds the whole text; -1 where two labels at least do not stand there, or nothing parts the value from the text."""
    labels = list(_record_label().finditer(text, start, min(end, start + _RECORD_HEAD)))
    if len(labels) < _LABELS_LEAST or labels[0].start() - start > _VALUE_MOST:
        return -1
    last = labels[0]
    for label in labels[1:]:
        if label.start() - last.end() > _VALUE_MOST:
            break
        last = label
    gap = _INDENT.search(text, last.end(), min(end, last.end() + _VALUE_MOST))
    return gap.start() if gap else -1


_RECORD_HEAD, _VALUE_MOST, _LABELS_LEAST = 600, 120, 2


def removed(text: str, kinds: Iterable[str] = SPACES) -> list[Edit]:
    """White space at the edges of lines, gone; inside them gone in Chinese prose, one space between Latin words, between the names of a
    list, behind the number of a part (第一部分 …; 一 …, where 二 … follows), on short lines that are no prose (省长 王予波) and within
    the labels of a record; a new paragraph where the indent of one stands behind a stop or behind these labels. Where a space parts
    every two characters of a text none means anything. kinds: those of SPACES that occur."""
    edits: list[Edit] = []
    line_start, line_end, is_prose, record_end = 0, -1, False, -1
    has_labels = "】" in text or "〕" in text or "］" in text
    segment_start, length, add = 0, len(text), edits.append
    kinds = tuple(kinds)
    is_spread = length >= _SPREAD_LEAST and sum(map(text.count, kinds)) >= _SPREAD * length \
        and sum(match.end() == match.start() + 1 for match in _RUN.finditer(text)) >= _SPREAD * length
    listed = _lists_of_names(text, 0, 0, kinds)
    numbering, sown = _numbers_lines(text), _sows(text)
    line_ends = _line_ends(text, 0, 0)
    for match in _runs(text, kinds):
        start, end = match.span()
        if start == 0 or text[start - 1] == "\n" or end == length or text[end] == "\n":
            add(Edit(start, end, "", "whitespace"))
            continue
        if is_spread and len(match[0]) == 1:
            add(Edit(start, end, "", "whitespace"))
            continue
        if start > line_end:
            line_start = text.rfind("\n", max(line_end, 0), start) + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            while text[line_start] in SPACES:
                line_start += 1
            while text[line_end - 1] in SPACES:
                line_end -= 1
            segment_start = line_start
            is_prose = _MARKS.search(text, line_start, line_end) is not None and not _CREDIT.match(text, line_start, line_end)
            listed = _lists_of_names(text, line_start, line_end, kinds)
            line_ends = _line_ends(text, line_start, line_end)
            record_end = _record_end(text, line_start, line_end) if has_labels and is_prose else -1
        if start <= record_end:
            if start == record_end:
                edits.append(Edit(start, end, "\n", "paragraph_break"))
                segment_start = end
            elif match[0] != " ":
                edits.append(Edit(start, end, " ", "whitespace"))
            continue
        before, after = text[start - 1], text[end]
        replacement = ""
        said = line_ends(match[0])
        if said is None and len(match[0]) > 1 and not _INDENT.search(match[0]):
            # above and below a text in one line other gaps stand for the line ends of the page
            said = next((told for kind in _INDENTS if (told := line_ends(kind)) and not told[0] <= start < told[1]), None)
        if said and not (before < "\x7f" and after < "\x7f") \
                and (start >= said[1] or _is_line_end(text, line_start, start, end)
                     or (start < said[0] and (match[0] != " " or said[2] or start - segment_start > _OFFICE or after in _DAY_BEGINS))):
            edits.append(Edit(start, end, "\n", "paragraph_break"))
            segment_start = end
            continue
        if _INDENT.search(match[0]) and (before in "。！？；：”…）)!?;:" or (before not in "，、,"
                                         and start - segment_start <= 40 and _HEADING.match(text, segment_start))) \
                and (is_prose or _HEADING.match(text, end)) and line_end - line_start > 20:
            edits.append(Edit(start, end, "\n", "paragraph_break"))
            segment_start = end
            continue
        if (before < "\x7f" and after < "\x7f") or not is_prose:
            replacement = " "
            if not is_prose and line_end - line_start <= 2 + end - start:
                replacement = ""      # a single word set apart: 目　录
        elif _PART.search(text, max(line_start, start - 8), start) \
                or (start - line_start <= 3 and text[line_start:start] in _VALUES and text[line_start:start] in numbering()) \
                or (_HAN_CHAR.match(before) and _HAN_CHAR.match(after) and any(low <= start < high for low, high in listed())):
            replacement = " "
        elif start - segment_start <= 40 and len(match[0]) == 1 and _HAN_CHAR.match(before) and line_end - end > 20 \
                and _HEADING.match(text, segment_start) and not _MARKS.search(text, segment_start + 3, start) and "、" not in text[start - 2:start] and not (_in_words(text, segment_start, start, end) and sown()):  # noqa: E501
            replacement = " "         # a heading and its paragraph on one line
        elif (before == "”" and after == "“") or _is_slogan(text, start, end):
            replacement = " "
        if match[0] != replacement:
            edits.append(Edit(start, end, replacement, "whitespace"))
    return edits


_SPREAD, _SPREAD_LEAST = 0.4, 200       # share of spaces, and characters, of a text in which all stand apart

_QUOTED = re.compile(rf"[{HAN}]{{3,8}}")


def _is_slogan(text: str, start: int, end: int) -> bool:
    """Whether the space parts a quoted slogan in two halves of one length: “雄奇山水 新韵重庆”."""
    opened, closed = text.rfind("“", max(0, start - 12), start), text.find("”", end, end + 12)
    if opened < 0 or closed < 0:
        return False
    left, right = text[opened + 1:start], text[end:closed]
    return len(left) == len(right) and bool(_QUOTED.fullmatch(left)) and bool(_QUOTED.fullmatch(right))
