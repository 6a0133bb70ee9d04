"""Markup left in plain text: Markdown marks, HTML tags and entities, escapes."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

from flows.ingest.documents import Mark
from flows.normalize.edits import Edit

TRIGGERS = frozenset("*#<&\\`")
BLANKS = frozenset("\u00a0\u2002\u2003\u2009\u3000")     # what &nbsp; &ensp; &emsp; &thinsp; &#12288; stand for
_HEADING = re.compile(r"[ \t\u00a0\u3000]*(#{1,6})[ \t\u00a0\u3000]+(?:#{1,6}[ \t\u00a0\u3000]+)*(?=\S)")
# no mark opens right before a stop, and behind a third star only at the head of a line or a sentence: 我叫***，现任***村
# (what stands before ** is asked behind it, so that the search can skip to it: twenty times as fast)
_BOLD = re.compile(
    r"\*\*(?:(?<!\*\*\*)|(?<=^\*\*\*)|(?<=[\s。！？：；，]\*\*\*))(?=[^\s*_，。；：！？、,;:!?])([^*\n]{1,400}?)\*\*", re.MULTILINE)
_MARK = re.compile(r"\*\*")
_TAG = re.compile(r"</?(?:div|p|br|span|strong|b|i|u|em|font|center|a|h[1-6]|table|tbody|thead|tr|td|th|ul|ol|li|img|hr|section|article|"
                  r"blockquote|o:p|sup|sub|st1:\w+)\b[^<>\n]{0,300}>", re.IGNORECASE)
_BREAKS = re.compile(r"<(?:br|/?(?:div|p|h[1-6]|tr|li|section|article|blockquote))\b", re.IGNORECASE)
_ROW = re.compile(r"^\|.*$", re.MULTILINE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});")
_ESCAPE = re.compile(r"\\(?=[*_#\[\]()>~`.\-+!|{}\"'“”‘’])")
# Line ends and spaces as programs write them, once or twice over, which were never read back: 同志们：\n\u3000\u3000今天… Between letters
# and numbers they may be a path or a formula (D:\n1); in a text with hardly any other line ends only before small letters (C:\news).
_ESCAPES = r"\\{1,2}(?:(?P<end>r\\{1,2}n|n|r)|t|u3000|u00a0|u200[0-9a-f]|ufeff|xa0)"
_AFTER_ONE = "|".join(rf"(?<=\\{written})" for written in ("n", "r", "t", "u3000", "u00a0", "xa0"))
_WRITTEN = re.compile(rf"(?:(?<![A-Za-z0-9\\])|{_AFTER_ONE}){_ESCAPES}(?![A-Za-z，。、；：])")      # no line begins with a stop
_WRITTEN_ONLY = re.compile(rf"(?<!\\){_ESCAPES}(?![a-z]{{2}})")
_BLANK_OF = {"t": "\t", "u3000": "\u3000"}
_WRITTEN_LEAST = 2
_WRITTEN_TIMES = 8      # as many written line ends as real ones: the text has no others
# ... and a list of paragraphs: ['同志们：', '今天…']
_LIST = re.compile(r"""\s*\[(["'])""")
# ** before one of these is a place or a body made anonymous (**市, **同志), not the start of bold type
_SUFFIXES = frozenset("省市县縣区區州盟旗乡鄉镇鎮街村局厅廳部委办辦处處科院校厂廠公集同书書年月日")
# What colours the letters of a terminal, as bulletin boards had it: ESC [1;36m … ESC [m, and what is left of it once the escape is lost.
ESCAPE = "\x1b"
_CONTROL = re.compile(r"\x1b(?:\[[0-?]{0,20}[ -/]{0,2}[@-~]|[()][0-9A-B])|(?:\\033|\\x1[bB]|\^\[)\[\d{0,3}(?:;\d{1,3}){0,5}m(?!\])")
_LOST_CONTROL = re.compile(r"\*?\[\d{0,3}(?:;\d{1,3}){0,5}m(?!\])")
_COLOURED = re.compile(r"\[\d{1,3}(?:;\d{1,3}){0,5}m(?!\])")
_RESETS = ("[m", "[0m", "[0;0m")

_MANY = 8
_AFTER = frozenset(("", *"\n。：；，"))


def _begins(text: str, match: re.Match[str]) -> bool:
    """Whether what stands between ** and ** begins a line or a sentence."""
    return match.start() == 0 or text[match.start() - 1] in "\n 。；！？：”、-"


def _is_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether ** … ** encloses a line or a sentence: two anonymous spots seldom do."""
    return _begins(text, match) and len(match[1]) >= 4 and (match[1][-1] in "。：；！？" or text[match.end():match.end() + 1] in _AFTER)


def _is_bold(text: str, match: re.Match[str]) -> bool:
    """Whether ** … ** encloses bold type rather than two anonymous spots of one line (**市**区)."""
    starts_line = _begins(text, match)
    # **同志们：** is an address; nothing that stands alone between its marks has a place before and behind it
    alone = starts_line and len(match[1]) >= 4 and text[match.end():match.end() + 1] in ("", "\n")
    if match[1][-1] == "、" and not text.startswith("**", match.end()):
        return False            # **街道、**化工园, but **一、****修路**
    return (alone or match[1][0] not in _SUFFIXES or match[1].startswith(("同志们", "同学们"))) and (starts_line or len(match[1]) >= 2)


def _headings(text: str) -> Iterator[re.Match[str]]:
    """The marks of headings, each at the start of a line."""
    place = text.find("#")
    while place >= 0:
        match = _HEADING.match(text, text.rfind("\n", 0, place) + 1)
        if match:
            yield match
        stop = text.find("\n", place)
        place = text.find("#", stop) if stop >= 0 else -1


def removed(text: str) -> tuple[list[Edit], list[Mark]]:
    """Edits that take the markup out, and what it said: marks of kind heading and bold, on `text`."""
    edits: list[Edit] = []
    marks: list[Mark] = []
    if "#" in text:
        for match in _headings(text):
            edits.append(Edit(match.start(), match.end(), "", "markup"))
            stop = text.find("\n", match.end())
            level = len(match[1])
            marks.append(Mark(match.end(), len(text) if stop < 0 else stop, "title" if level == 1 else "heading", level))
    if "**" in text:
        found = list(_BOLD.finditer(text))
        bolds = [match for match in found if _is_bold(text, match)]
        sentences = sum(_is_sentence(text, match) for match in bolds)
        count = text.count("**")
        is_markdown = (sentences > 1 and 4 * sentences >= count) or (len(bolds) > _MANY and 20 * len(bolds) >= 9 * count)
        # a Markdown text has its marks in pairs; where most have no partner they are anonymous spots
        if is_markdown or 4 * len(bolds) > count:
            for match in found if is_markdown else bolds:
                edits += (Edit(match.start(), match.start() + 2, "", "markup"), Edit(match.end() - 2, match.end(), "", "markup"))
                marks.append(Mark(match.start() + 2, match.end() - 2, "bold"))
        if is_markdown:     # what encloses several lines has no partner in its own
            paired = {edit.start for edit in edits}
            edits += [Edit(match.start(), match.end(), "", "markup") for match in _MARK.finditer(text) if match.start() not in paired]
    if "<" in text:
        rows = [match.span() for match in _ROW.finditer(text)] if "|" in text else []
        edits += [Edit(match.start(), match.end(), "\n" if _breaks(text, match, rows) else "", "markup") for match in _TAG.finditer(text)]
    if "&" in text:
        edits += [Edit(match.start(), match.end(), plain, "markup") for match in _ENTITY.finditer(text)
                  if (plain := unescape(match[0])) != match[0] and (plain.isprintable() or plain in BLANKS)]
    if "\\" in text:
        edits += [Edit(match.start(), match.end(), "", "markup") for match in _ESCAPE.finditer(text)]
        edits += written_breaks(text)
    if is_list(text):
        edits += _listed(text)
    return _apart(edits), sorted(marks)


def written_breaks(text: str) -> list[Edit]:
    """Edits that read line ends, tabs and spaces which stand in `text` as a program writes them, if there are several."""
    found = list(_WRITTEN_ONLY.finditer(text))
    ends = sum(match["end"] is not None for match in found)
    if ends < _WRITTEN_LEAST or ends < _WRITTEN_TIMES * text.count("\n"):
        found = list(_WRITTEN.finditer(text))
    least = 1 if is_list(text) else _WRITTEN_LEAST
    if len(found) < least:
        return []
    return [Edit(*match.span(), "\n" if match["end"] else _BLANK_OF.get(match[0].lstrip("\\"), " "), "markup") for match in found]


def is_list(text: str) -> bool:
    """Whether a text can be a list of paragraphs as a program writes it."""
    return text.rstrip("\n").endswith(("']", '"]')) and _LIST.match(text) is not None


def _listed(text: str) -> list[Edit]:
    """Edits that make lines of the members of a list as a program writes it, if it has several."""
    quote = text.rstrip("\n")[-2]
    between = [match.span() for match in re.finditer(f"(?<!\\\\){quote},\\s*{quote}", text)]
    if len(between) < _WRITTEN_LEAST:
        return []
    return [Edit(0, text.index(quote) + 1, "", "markup"), *(Edit(*span, "\n", "markup") for span in between),
            Edit(text.rindex(quote), len(text), "", "markup")]


def coloured(text: str) -> bool:
    """Whether a text may hold what colours the letters of a terminal: without its escapes it is told by what ends a colour."""
    return ESCAPE in text or ("[" in text and any(reset in text for reset in _RESETS))


def controls(text: str) -> list[Edit]:
    """Edits that take out what colours the letters of a terminal."""
    found = [Edit(*match.span(), "", "markup") for match in _CONTROL.finditer(text)]
    if any(reset in text for reset in _RESETS) and _COLOURED.search(text):
        found += [Edit(*match.span(), "", "markup") for match in _LOST_CONTROL.finditer(text)]
    return _apart(found)


def _breaks(text: str, tag: re.Match[str], rows: list[tuple[int, int]]) -> bool:
    """Whether a line ends at a tag that nothing else ends: of several tags at the last one. In the `rows` of tables (| a | b<br>c |) none
    does."""
    before, behind = text[max(0, tag.start() - 1):tag.start()], text[tag.end():tag.end() + 1]
    if _BREAKS.match(tag[0]) is None or before in ("", "\n") or behind in ("", "\n", "<"):
        return False
    row = bisect_right(rows, (tag.start(),)) - 1
    return row < 0 or tag.start() >= rows[row][1]


def _apart(edits: list[Edit]) -> list[Edit]:
    """`edits` in order, without those that overlap an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
