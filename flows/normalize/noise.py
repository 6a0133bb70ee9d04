"""Noise: characters that no reader sees, and what sites mix into a text against copying or to advertise themselves."""
from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from flows.normalize.edits import Edit
from flows.normalize.spaces import HAN

LEXICON = files("schemas") / "lexicons" / "inline_adverts.tsv"
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
_INVISIBLE = re.compile(f"[{_UNSEEN}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\U000e0000-\U000e01ef]+")
_PRIVATE = re.compile(f"[\ue000-\uf8ff\U000f0000-\U0010ffff]+(?![{HAN}])|(?<![{HAN}])[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_RUN = re.compile(r"[!-~]{1,2}(?: {1,2}[!-~]{1,2}){1,60}(?![!-~])")
_MIXED = re.compile(r"[A-Za-z][^A-Za-z]|[^A-Za-z][A-Za-z]|([!-/:-@\[-`{-~])(?!\1)[!-/:-@\[-`{-~]")
_SYMBOL = re.compile(r"[!-$&-*/:-@\[-`{-~]")


def invisible(text: str) -> list[Edit]:
    """Edits that take out zero-width and control characters, and private-use characters that are bullets of a lost font.

    A private-use character between two Han characters may stand for a third and stays."""
    found = [Edit(match.start(), match.end(), "", "anti_copy_noise") for match in _INVISIBLE.finditer(text)]
    return found + [Edit(match.start(), match.end(), "", "markup") for match in _PRIVATE.finditer(text)]


def scrambled(text: str) -> list[Edit]:
    """Edits that take out strings of random marks (`$ _ @! u2 s/ |% Q)`) such as forums put between the lines against copying."""
    edits = []
    for match in _RUN.finditer(text):
        if "!" <= text[match.start() - 1:match.start()] <= "~":
            continue
        tokens = match[0].split()
        mixed = sum(bool(_MIXED.fullmatch(token)) for token in tokens)
        if mixed >= 1 and mixed * 4 >= len(tokens) and len(_SYMBOL.findall(match[0])) >= 2 and len(set(match[0])) >= 4:
            edits.append(Edit(match.start(), match.end(), "", "anti_copy_noise"))
    return edits


@cache
def _adverts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return tuple((cue, re.compile(pattern)) for cue, pattern in rows)


def adverts(text: str) -> list[Edit]:
    """Edits that take out what a site advertises of itself in the midst of a paragraph; whole lines are not looked at."""
    found = sorted({match.span() for cue, pattern in _adverts() if cue in text for match in pattern.finditer(text)})
    edits: list[Edit] = []
    for start, end in found:
        alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
        if not alone and (not edits or start >= edits[-1].end):
            edits.append(Edit(start, end, "", "furniture"))
    return edits


UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
_INVISIBLE = re.compile(f"[{_UNSEEN}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\U000e0000-\U000e01ef]+")
_PRIVATE = re.compile(f"[\ue000-\uf8ff\U000f0000-\U0010ffff]+(?![{HAN}])|(?<![{HAN}])[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_RUN = re.compile(r"[!-~]{1,2}(?: {1,2}[!-~]{1,2}){1,60}(?![!-~])")
_MIXED = re.compile(r"[A-Za-z][^A-Za-z]|[^A-Za-z][A-Za-z]|([!-/:-@\[-`{-~])(?!\1)[!-/:-@\[-`{-~]")
_SYMBOL = re.compile(r"[!-$&-*/:-@\[-`{-~]")


def invisible(text: str) -> list[Edit]:
    """Edits that take out zero-width and control characters, and private-use characters that are bullets of a lost font.

    A private-use character between two Han characters may stand for a third and stays."""
    found = [Edit(match.start(), match.end(), "", "anti_copy_noise") for match in _INVISIBLE.finditer(text)]
    return found + [Edit(match.start(), match.end(), "", "markup") for match in _PRIVATE.finditer(text)]


def scrambled(text: str) -> list[Edit]:
    """Edits that take out strings of random marks (`$ _ @! u2 s/ |% Q)`) such as forums put between the lines against copying."""
    edits = []
    for match in _RUN.finditer(text):
        if "!" <= text[match.start() - 1:match.start()] <= "~":
            continue
        tokens = match[0].split()
        mixed = sum(bool(_MIXED.fullmatch(token)) for token in tokens)
        if mixed >= 1 and mixed * 4 >= len(tokens) and len(_SYMBOL.findall(match[0])) >= 2 and len(set(match[0])) >= 4:
            edits.append(Edit(match.start(), match.end(), "", "anti_copy_noise"))
    return edits


@cache
def _adverts() -> tuple[re.Pattern[str], frozenset[str]]:
    rows = [line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return re.compile("|".join(row[1] for row in rows), re.IGNORECASE), frozenset(row[0] for row in rows)


def adverts(text: str) -> list[Edit]:
    """Edits that take out what a site advertises of itself in the midst of a paragraph; whole lines are not looked at."""
    pattern, cues = _adverts()
    if not any(cue in text for cue in cues):
        return []
    edits = []
    for match in pattern.finditer(text):
        start, end = match.span()
        alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
        if not alone:
            edits.append(Edit(start, end, "", "furniture"))
    return edits


UNSEEN = frozenset(chr(code) for first, last in ((0, 8), (14, 27), (0x7f, 0x84), (0x86, 0x9f), (0xe000, 0xf8ff)) for code in range(first, last + 1)) \
    | frozenset(chr(code) for code in (0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xfeff, *range(0x180b, 0x180f),
                                       *range(0x200b, 0x2010), *range(0x202a, 0x202f), *range(0x2060, 0x2070), *range(0xfe00, 0xfe10),
                                       *range(0xfff9, 0xfffd), *range(0xe0000, 0xe01f0), *range(0xf0000, 0x10ffff + 1)))
SYMBOLS = frozenset("@$^|{}[]\\~_;!\"'`#&+")
