"""Glosses: readings in brackets behind a character, 機關(guān), as context-free conversion tables leave them on mirror sites."""
from __future__ import annotations

import re
from functools import cache

from flows.normalize import script
from flows.normalize.edits import Edit

TRIGGERS = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")
_TONED = "".join(sorted(TRIGGERS)) + "".join(sorted(TRIGGERS)).upper()
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_GLOSS = re.compile(rf"(?<=[{_HAN}])[(（]([a-z]{{0,4}}[{_TONED}][a-zü]{{0,3}})[)）]", re.IGNORECASE)
_TONELESS = re.compile(rf"(?<=[{_HAN}])[(（]([a-zü]{{1,4}})[)）]")
_HABIT = 3


@cache
def readings(char: str) -> frozenset[str]:
    """All readings of a character, with tone marks, after pypinyin."""
    from pypinyin import Style, pinyin
    return frozenset(pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")[0])


def removed(text: str) -> list[Edit]:
    """One edit for each bracket that holds a reading of the character before it.

    Without a tone mark a bracket may be a unit or a name, so a reading in the neutral tone, 們(men), counts only in a text that
    annotates in the other tones as well.
    """
    glosses = _matching(text, _GLOSS)
    if len({edit[:2] for edit in glosses}) >= _HABIT:
        glosses += _matching(text, _TONELESS)
    else:
        # Writers explain a rare character too, 埝（niàn）; tables annotate traditional characters, or in half-width brackets.
        glosses = [edit for edit in glosses if text[edit.start] == "(" or ord(text[edit.start - 1]) in script.simplifier().letters]
    return sorted(glosses)


def _matching(text: str, pattern: re.Pattern[str]) -> list[Edit]:
    return [Edit(match.start(), match.end(), "", "pinyin_gloss") for match in pattern.finditer(text)
            if match[1].lower() in readings(text[match.start() - 1])]
