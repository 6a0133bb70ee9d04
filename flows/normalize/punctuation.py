"""Punctuation: half-width marks and ASCII quotes in Chinese prose become the Chinese ones; numbers, Latin words, times and addresses keep theirs."""
from __future__ import annotations

import re

from flows.normalize.edits import Edit
from flows.normalize.spaces import HAN

CHINESE = HAN + "，。、；：！？（）《》“”‘’…—【】〔〕〈〉％‰℃"
WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_MARK = re.compile(rf"(?<=[{CHINESE}])[,;:!?()](?!//)|(?<=[\w%.)])[,;:!?()](?=[ \"']?[{CHINESE}]|$)|^\((?=\d{{1,2}}\))|(?<=^\(\d)\)|(?<=^\(\d\d)\)"
                   rf"|(?<=[\d%]),(?!\d{{3}}(?!\d))(?=\d)|(?<=[\d%]);(?=\d)", re.MULTILINE)
_QUOTES = re.compile("[\"“”\n]")
_DOTS = re.compile(r"\.{3,}|。{3,}|…(?!…)(?<!……)|-{2,}|－{2,}")


def widened(text: str) -> tuple[str, list[int]]:
    """`text` with the half-width marks of Chinese prose made full-width, same length, and where they stood."""
    places: list[int] = []

    def wide(match: re.Match[str]) -> str:
        places.append(match.start())
        return match[0].translate(WIDE)

    for _ in range(2):          # a bracket that became Chinese makes its neighbour so
        before = len(places)
        text = _MARK.sub(wide, text)
        if len(places) == before:
            break
    return text, sorted(places)


def quoted(text: str) -> str:
    """`text` with ASCII quotes made “ ” by pairing within each line; same length."""
    if '"' not in text:
        return text
    is_open = False
    pieces, position = [], 0
    for match in _QUOTES.finditer(text):
        mark = match[0]
        if mark == '"':
            pieces += (text[position:match.start()], "”" if is_open else "“")
            position = match.end()
            is_open = not is_open
        else:
            is_open = mark == "“"
    pieces.append(text[position:])
    return "".join(pieces)


def dots(text: str) -> list[Edit]:
    """... as ……, -- as ——."""
    return [Edit(match.start(), match.end(), "——" if match[0][0] in "-－" else "……", "punctuation") for match in _DOTS.finditer(text)
            if len(match[0]) > 1]
