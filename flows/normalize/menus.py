"""Menus and lists of other texts round a text, told by their shape: what they name says nothing of the text itself."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

END = 6_000             # characters at either end of a text in which menus stand
RUN = 8                 # so many short lines after each other are a menu or a list; fewer may be the head or the end of a text
SHORT = 60              # characters of a line that may be a link; a longer one is prose
ABOVE, BELOW = 8, 2     # of a run the lines that may be the head of the text below it, or the end of the text above it
NAMES, NAME = 6, 6      # so many lines after each other of no more characters name what a site has, and neither title nor speaker;
NEXT = 3                # but right above a text they may
LEAST, STOPS = 150, 3   # characters, and stops, of a text that is one without its menus
PIECES = 8              # so many links in one line, with spaces or bars between them, are a menu
PIECE = 2.5             # characters that they have on the average: single characters are text that was spread

_STOP = re.compile(r"[。！？!?；;…]")
_BETWEEN = re.compile(r"[ \t\u3000\u00a0]*[|｜丨·•/][ \t\u3000\u00a0]*|[ \t\u3000\u00a0]+")
_PARTING = " \t\u3000\u00a0|｜丨·•/"
_NEIGHBOUR = re.compile(r"[\[【<（(]?(?:上|下|前|后)一?[篇条则页][\]】>）)]?[ \t\u3000]*[:：][^。]{0,80}")
_NAMES = re.compile(rf"[^\W\d_](?:[^\W\d_]|[ 、/·|-]){{0,{NAME - 1}}}")
# Whom a line calls, or what it leads to; 当前位置： does neither.
_CALLED = re.compile(r"(?:们|同志|代表|委员|领导|来宾|嘉宾|同事|同仁|朋友|先生|女士|主席|老师|同学|位|大家|如下|强调|指出)[:：]$")


def without(text: str) -> str:
    """`text` without its menus, its lists of links and what it names of the texts beside it; as it is where little else is left. Of a long
    text the first and the last `END` characters are read.

    Menus name papers of every kind (慰问信, 申论范文, 岗位职责), and so do the lists of what else a site has.
    """
    if len(text) > 3 * END:
        head, tail = text.rfind("\n", 0, END), text.find("\n", len(text) - END)
        if 0 < head < tail:
            return f"{without(text[:head])}{text[head:tail + 1]}{without(text[tail + 1:])}"
    if text.count("\n") + len(text) // SHORT < RUN:
        return text
    lines = list(_lines(text))
    short = [_is_short(line) for line in lines]
    if sum(short) < RUN and not any(map(_NEIGHBOUR.fullmatch, lines)):
        return text
    kept: list[str] = []
    start = 0
    while start < len(lines):
        stop = start + 1
        while stop < len(lines) and short[stop] == short[start]:
            stop += 1
        run = lines[start:stop]
        if short[start]:
            run = [line for line in run if not _NEIGHBOUR.fullmatch(line)]
            if len(run) >= RUN:
                run = [*_kept(run, below=start > 0, above=stop < len(lines))]
        kept += run
        start = stop
    if len(kept) == len(lines):
        return text
    rest = "\n".join(kept)
    return rest if len(rest) >= LEAST and len(_STOP.findall(rest)) >= STOPS else text


def without_names(lines: Sequence[str]) -> Sequence[str]:
    """The lines above a text without what names its site's columns, one below the other: 充值 is no speaker, 讲话稿 no title."""
    kept: list[str] = []
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) - NEXT and _NAMES.fullmatch(lines[stop]):
            stop += 1
        if stop - start < NAMES:
            stop = start + 1 if stop == start else stop
            kept += lines[start:stop]
        start = stop
    return kept


def _lines(text: str) -> Iterator[str]:
    """The lines that hold something, one that is a row of links parted into them."""
    for line in text.split("\n"):
        line = line.strip()
        if not line:
            continue
        pieces = _BETWEEN.split(line) if len(line) > PIECES * PIECE and sum(map(line.count, _PARTING)) >= PIECES - 1 else [line]
        if len(pieces) >= PIECES and len(line) >= PIECE * len(pieces) and len(line) <= SHORT * len(pieces) // 2:
            yield from (piece for piece in pieces if piece)
        else:
            yield line


def _is_short(line: str) -> bool:
    return len(line) <= SHORT and _CALLED.search(line) is None and _STOP.search(line) is None


def _kept(run: list[str], *, below: bool, above: bool) -> Sequence[str]:
    """What of a run of short lines may belong to the text above it (if it stands `below` one) and to the text below it."""
    first = run[:BELOW] if below else []
    return [*first, *without_names(run)[-ABOVE:]] if above else first
