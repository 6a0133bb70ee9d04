"""Spaces and line ends: what is white space, and where it means something between Chinese characters."""
from __future__ import annotations

import re

from flows.normalize.edits import Edit

HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SPACE = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = re.compile(r"\r\n|[\r\x85\x0b\x0c\u2028\u2029]")
_RUN = re.compile(f"[{SPACE}]+")
_PROSE = re.compile("[，。；：！？,;:!?]")


def breaks(text: str) -> list[Edit]:
    """Every line end as one \\n."""
    if not _BREAKS.search(text):
        return []
    return [Edit(match.start(), match.end(), "\n", "whitespace") for match in _BREAKS.finditer(text)]


def edges(text: str) -> list[Edit]:
    """White space at the start and the end of lines, gone."""
    return [Edit(match.start(), match.end(), "", "whitespace") for match in _EDGE.finditer(text)]


_EDGE = re.compile(f"(?m:^[{SPACE}]+|(?<![{SPACE}\n])[{SPACE}]+$)")
_ASCII = re.compile(r"[!-~]")
_INNER = re.compile(f"(?<=[^{SPACE}\n])[{SPACE}]+(?=[^{SPACE}\n])")
_NUMBERED = re.compile(rf"^第[{HAN}\d]{{1,4}}(?:部分|章|节|節|篇|编|編|讲|講)$")


def inner(text: str) -> list[Edit]:
    """White space inside lines: gone in Chinese prose, one space between Latin words and on lines that are no prose."""
    edits = []
    for match in _INNER.finditer(text):
        start, end = match.span()
        line = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        before, after = text[start - 1], text[end]
        keep = (_ASCII.match(before) and _ASCII.match(after)) or _NUMBERED.match(text[line:start]) \
            or not _PROSE.search(text, line, stop)
        replacement = " " if keep else ""
        if match[0] != replacement:
            edits.append(Edit(start, end, replacement, "whitespace"))
    return edits
