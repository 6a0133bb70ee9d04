"""Lines of a document: what stands between two breaks, without indents and without the marks of Markdown and HTML."""
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.ingest.documents import Mark
from flows.normalize.spaces import surnames

BREAK = re.compile("\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
ODD_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
SPACE = " \t\u3000\xa0\u2002\u2003\u2009\u200a\u202f\u205f\ufeff\u200b\u200c\u200d\u2060"

SPACES = frozenset(SPACE)

MARKDOWN_PATH = re.compile(r"\.(?:md|markdown)(?:\.gz)?$", re.I)
MARKDOWN_SIGN = re.compile(r"^(?:#{1,6}[ \t]+\S|\*\*[^*\n]{2,80}\*\*[ \t]*$)", re.M)
PREFIX = re.compile(r"(?:>[ \t]?|#{1,6}(?:[ \t]+|$)|[*+-][ \t]+)")
# The head of a letter to a list or a board
LETTER_HEAD = re.compile(r"(?:发信人|发信站|寄信人|发件人|寄件人|From|Newsgroups|Message-ID|Sender)[ \t]*[:：]", re.I)
QUOTE_MARK = re.compile(r"[ \t\u3000]*>(?:[ \t]?>)*[ \t]?")
QUOTED_LEAST = 4        # lines that make a quotation
RULE = re.compile(r"(?:[-*_=~—─━＝－＊·.#][ \t\u3000]*){3,}")
# beside Chinese words its marks have become Chinese ones: ［图］（/a.jpg“图”）
_TARGET = (r"(?:\((?:[^()\s]|\([^()\s]{0,80}\)){1,300}(?:[ \t]\"[^\"\n]{0,100}\")?\)"
           r"|[(（]javascript[:：](?:[^()（）\s]|[(（][^()（）\n]{0,40}[)）]){0,80}[)）]"
           r"|[(（](?=https?:|/|\./|\.\./|www\.)[^()（）“\s]{1,300}[ \t]?(?:[\"“][^\"”\n]{0,100}[\"”])?[)）])")
# a link round a picture shows no word of its own: [![图](/a.jpg)](/a.htm)
LINK = re.compile(rf"\[!\[[^\[\]\n]{{0,200}}\]{_TARGET}\]{_TARGET}|!?\[([^\[\]\n]{{0,200}})\]{_TARGET}")
# emphasis by _ and _ stands round whole words, or round what has marks of its own; a blank to be filled in (第_次) is neither
EMPHASIS = re.compile(r"(?<!\w)_(?=[^\W_])[^_\n]{1,100}_(?!\w)|_(?=[“‘《「『（])[^_\n]{2,100}(?<=[”’》」』）])_")
# emphasis by * and * stands round words without a stop: 张*见到李* are names; strong type by __ and __ round sentences or what begins one
STARRED = re.compile(r"(?<![*×\\])\*(?=[^\s*\w]|[一-龥A-Za-z])([^*\n，。；：！？]{2,40})(?<=\S)\*(?!\*)")
STRONG = re.compile(r"(?:(?<=[。！？；”])|(?<=\n)|^)__(?=[^\s_])([^_\n]{2,200})(?<=[^\s_])__(?!_)")
# a place or a body made anonymous, a day left open
NO_EMPHASIS = frozenset("省市县区州盟旗乡镇街村局厅部委办处科院校厂公集同书年月日号")
# characters have made Chinese marks of <!-- and --> beside Chinese words
COMMENT_OPENS = re.compile("<[!！](?:--|——?)")
COMMENT_ENDS = re.compile("(?:--|——?)>")
FRONT_KEY = re.compile(r"[A-Za-z_][\w -]{0,30}[:：=]|\s*-\s|\s+\S|#|\[|$")
FRONT_FIELD = re.compile(r"[^\s\-#:：=][^:：=]{0,30}[:：=]")
FRONT_ENDS = {"---": ("---", "..."), "+++": ("+++",)}


class Shown(NamedTuple):
    """A span of a text (code points) that markup shows to be a heading, or to begin with one; `level` from 1, the outermost, where the
    markup ranks its headings."""

    start: int
    end: int
    level: int | None = None


class Line:
    """One line that holds something.

    start, end: its content in the text, without space around it. view: the content without `drops`. indent: characters of space
    before it. gap: blank lines before it. heading, title: what markup shows it to be; level: that of the heading, from 1, where
    the markup ranks it; bold: the spans that markup shows in bold. inset: 1 where it stands in another kind of element than the paragraphs
    around it, 2 where its element only looks otherwise, 0 elsewhere.
    reason: why the line is no part of the speech, or None. paged: whether a page number stands before it. taken_up: whether it says itself
    that it goes on with the text of another page. passed: whether it stands where a text says that it goes on further down. wall: whether
    with it the site breaks the text off.
    """

    __slots__ = ("bold", "drops", "end", "gap", "heading", "indent", "inset", "level", "paged", "passed", "reason", "start", "taken_up",
                 "title", "view", "wall")

    def __init__(self, start: int, end: int, view: str, indent: int, gap: int) -> None:
        self.start, self.end, self.view, self.indent, self.gap = start, end, view, indent, gap
        self.drops: list[tuple[int, int, str]] = []
        self.bold: list[tuple[int, int]] = []
        self.heading = self.title = self.paged = self.passed = self.taken_up = self.wall = False
        self.level: int | None = None
        self.inset = 0
        self.reason: str | None = None

    def pieces(self) -> list[tuple[int, int]]:
        """The spans of text that are left when `drops` are taken away, in order."""
        if not self.drops:
            return [(self.start, self.end)]
        left, position = [], self.start
        for start, end, _ in self.drops:
            if start > position:
                left.append((position, start))
            position = max(position, end)
        if position < self.end:
            left.append((position, self.end))
        return left

    def parted(self, text: str, places: Sequence[int]) -> list[Line]:
        """The line cut at offsets of its view; only for a line without drops."""
        bounds = [0, *places, len(self.view)]
        parts = []
        for low, high in pairwise(bounds):
            part = Line(self.start + low, self.start + high, text[self.start + low:self.start + high], self.indent if low == 0 else 0, 0)
            part.gap = self.gap if low == 0 else 1
            part.bold = [(max(start, part.start), min(end, part.end)) for start, end in self.bold if start < part.end and end > part.start]
            parts.append(part)
        return parts

    def drop(self, text: str, spans: Sequence[tuple[int, int, str]]) -> None:
        """Take spans of text away, and the space that they leave at the ends."""
        if not spans:
            return
        merged: list[tuple[int, int, str]] = []
        for start, end, reason in sorted([*self.drops, *spans]):
            if merged and start < merged[-1][1]:
                if end > merged[-1][1]:
                    merged[-1] = (merged[-1][0], end, merged[-1][2])
            else:
                merged.append((start, end, reason))
        self.drops = merged
        left = self.pieces()
        while left and not text[left[0][0]:left[0][1]].strip():
            self.drops.append((*left.pop(0), "whitespace"))
        while left and not text[left[-1][0]:left[-1][1]].strip():
            self.drops.append((*left.pop(), "whitespace"))
        if left:
            first, last = left[0], left[-1]
            head = len(text[first[0]:first[1]]) - len(text[first[0]:first[1]].lstrip())
            tail = len(text[last[0]:last[1]]) - len(text[last[0]:last[1]].rstrip())
            if head:
                self.drops.append((first[0], first[0] + head, "whitespace"))
            if tail:
                self.drops.append((last[1] - tail, last[1], "whitespace"))
        self.drops.sort()
        self.view = "".join(text[start:end] for start, end in self.pieces())

    def take_away(self, span: tuple[int, int], text: str) -> None:
        """Take a span of its view away as furniture, or all of the line where nothing else is in it; only for a line without drops."""
        if span[1] - span[0] < len(self.view):
            self.drop(text, [(self.start + span[0], self.start + span[1], "furniture")])
        else:
            self.reason = self.reason or "furniture"


def has_odd_breaks(text: str) -> bool:
    """Whether `text` has other line ends than \\n; one search a sign runs at the speed of memory."""
    return any(sign in text for sign in ODD_BREAKS)


def split(text: str) -> list[Line]:
    """The lines of `text` that hold something, in order."""
    lines: list[Line] = []
    position = gap = 0
    pieces = BREAK.split(text) if has_odd_breaks(text) else None
    breaks = [match.end() - match.start() for match in BREAK.finditer(text)] if pieces is not None else None
    for number, piece in enumerate(pieces if pieces is not None else text.split("\n")):
        if piece and piece[0] not in SPACES and piece[-1] not in SPACES:
            lines.append(Line(position, position + len(piece), piece, 0, gap))
            gap = 0
        elif left := piece.lstrip(SPACE):
            indent = len(piece) - len(left)
            view = left.rstrip(SPACE)
            lines.append(Line(position + indent, position + indent + len(view), view, indent, gap))
            gap = 0
        else:
            gap += 1
        position += len(piece) + (1 if breaks is None or number >= len(breaks) else breaks[number])
    return lines


def is_markdown(media_type: str, path: str, text: str) -> bool:
    """Whether # and ** are marks here and no anonymised words (**市委)."""
    if "markdown" in media_type or MARKDOWN_PATH.search(path.split("#")[0]):
        return True
    return ("\n#" in text or "\n**" in text or text.startswith(("#", "**"))) and MARKDOWN_SIGN.search(text) is not None


def strip_front_matter(lines: list[Line]) -> None:
    """Mark the block of keys between two --- (YAML) or +++ (TOML) at the top as metadata."""
    if not lines or lines[0].view not in FRONT_ENDS:
        return
    for number, line in enumerate(lines[1:60], 1):
        if line.view in FRONT_ENDS[lines[0].view]:
            for each in lines[:number + 1]:
                each.reason = "metadata"
            return
        if not FRONT_KEY.match(line.view):
            return


def strip_comments(text: str, lines: list[Line]) -> None:
    """Mark lines that lie in an HTML comment as furniture: nobody saw them on the page."""
    spans, position = [], 0
    while opening := COMMENT_OPENS.search(text, position):
        closing = COMMENT_ENDS.search(text, opening.end())
        if closing is None:
            break
        spans.append((opening.start(), closing.end()))
        position = closing.end()
    number = 0
    for line in lines:
        while number < len(spans) and spans[number][1] <= line.start:
            number += 1
        here, at = [], number
        while at < len(spans) and spans[at][0] < line.end:
            here.append((max(spans[at][0], line.start), min(spans[at][1], line.end), "markup"))
            at += 1
        if here:
            if here[0][0] == line.start and here[-1][1] == line.end and len(here) == 1:
                line.reason = "furniture"
                line.view = COMMENT_ENDS.sub("", COMMENT_OPENS.sub("", line.view)).strip()
            else:
                line.drop(text, here)


def strip_markdown(text: str, lines: list[Line]) -> None:
    """Take away the marks of Markdown that stand before a line or make a link; the others are characters' business."""
    for line in lines:
        if line.reason:
            continue
        first = line.view[0]
        if first in "-*_=" and RULE.fullmatch(line.view):
            line.reason = "markup"
            continue
        drops: list[tuple[int, int, str]] = []
        at = line.start
        if first in ">#*+-":
            while match := PREFIX.match(text, at, line.end):
                at = match.end()
            if at > line.start:
                drops.append((line.start, at, "markup"))
        if "](" in line.view or "]（" in line.view:
            for match in LINK.finditer(text, at, line.end):
                keep = match.span(1) if match[1] is not None and match[0][0] != "!" else (match.end(), match.end())
                drops += [(match.start(), keep[0], "markup"), (keep[1], match.end(), "markup")]
        if line.view.count("_") > 1:
            for match in EMPHASIS.finditer(text, at, line.end):
                drops += [(match.start(), match.start() + 1, "markup"), (match.end() - 1, match.end(), "markup")]
        for pattern, size in ((STARRED, 1), (STRONG, 2)):
            if line.view.count("*_"[size - 1]) >= 2 * size:
                for match in pattern.finditer(text, at, line.end):
                    if _is_emphasis(text, match):
                        drops += [(match.start(), match.start() + size, "markup"), (match.end() - size, match.end(), "markup")]
        if drops:
            line.drop(text, sorted(drops))
            if not line.view:
                line.reason = "markup"


def _is_emphasis(text: str, match: re.Match[str]) -> bool:
    """Whether what stands between two marks is emphasised, and these are no spots made anonymous: neither a family name nor what they could
    be the name of stands beside them."""
    known = surnames()
    if any(match[1].count(opening) != match[1].count(closing) or match[1].find(closing) < match[1].find(opening)
           for opening, closing in ("“”", "《》", "（）")):
        return False            # “千*计划”、“百*计划”: of two quotations each holds one
    return match[1][0] not in NO_EMPHASIS and text[match.end():match.end() + 1] not in NO_EMPHASIS \
        and text[max(0, match.start() - 1):match.start()] not in known and match[1][-1] not in known


def is_quoted(text: str, lines: Sequence[Line]) -> bool:
    """Whether most of what `lines` of `text` say, or most of them, stands behind the marks of a mail program."""
    marks = text.count("\n>")
    return marks * 2 > len(lines) or (marks >= QUOTED_LEAST and _is_mostly_quoted(lines))


def _is_mostly_quoted(lines: Sequence[Line]) -> bool:
    return sum(len(line.view) for line in lines if line.view[0] == ">") * 2 > sum(len(line.view) for line in lines)


def without_quote_mark(line: str) -> str:
    """`line` without the mark of a mail program before it."""
    return line[match.end():] if (match := QUOTE_MARK.match(line)) else line


def strip_quote_marks(text: str, lines: list[Line]) -> None:
    """Take away the marks before lines that a mail program quoted, and where these hold most of the text mark what others wrote above and
    below: who sends it on, and what else a digest of a list brings."""
    quoted = [number for number, line in enumerate(lines) if line.view[0] == ">"]
    whole = len(quoted) >= QUOTED_LEAST and _is_mostly_quoted(lines)
    for line in lines[:quoted[0]] if whole else ():
        line.reason = line.reason or "metadata"
    below = lines[quoted[-1] + 1:] if whole else []
    if below and (below[0].gap or RULE.fullmatch(below[0].view)):       # a line that was too long goes on in one without a mark
        for line in below:
            line.reason = line.reason or "furniture"
    for line in lines:
        if line.view[0] == ">" and (match := QUOTE_MARK.match(text, line.start, line.end)):
            if match.end() >= line.end:
                line.reason = "markup"
            else:
                line.drop(text, [(line.start, match.end(), "markup")])


def apply_layout(lines: list[Line], layout: Sequence[Mark]) -> None:
    """Note what the markup of the container says: headings and bold runs, and lines that it shows to be no part of the text."""
    number, open_marks = 0, []          # marks that may still reach the line at hand
    for line in lines:
        while number < len(layout) and layout[number].start < line.end:
            open_marks.append(layout[number])
            number += 1
        open_marks = [mark for mark in open_marks if mark.end > line.start]
        for mark in open_marks:
            covered = min(mark.end, line.end) - max(mark.start, line.start)
            whole = covered * 10 >= (line.end - line.start) * 9
            if mark.kind == "bold" and covered > 0:
                line.bold.append((max(mark.start, line.start), min(mark.end, line.end)))
                line.level = line.level or (mark.level if whole else None)
            elif not whole or line.reason:
                continue
            elif mark.kind == "heading":
                line.heading, line.level = True, mark.level
            elif mark.kind == "inset":
                line.inset = mark.level or 0
            elif mark.kind in ("furniture", "caption"):
                line.reason = "furniture"
            elif mark.kind == "note":
                line.reason = "note"
            elif mark.kind == "title":
                line.heading, line.title, line.level = True, True, mark.level
    # a page whose frame calls itself navigation or sidebar, text and all, is believed in nothing
    cut = sum(len(line.view) for line in lines if line.reason and line.view[-1] in "。！？")
    if cut and cut > sum(len(line.view) for line in lines if not line.reason and line.view[-1] in "。！？"):
        for line in lines:
            line.reason = None
