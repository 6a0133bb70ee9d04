"""Glosses: readings in brackets behind a character, 機關(guān), as context-free conversion tables leave them on mirror sites."""
from __future__ import annotations

import re
from functools import cache

from flows.normalize.edits import Edit

# a reading has a tone mark: (guān), (yì); without one a bracket may be a unit or a name and stays
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêếềÜĀÁǍÀĒÉĚÈŌÓǑÒ"
_GLOSS = re.compile(rf"(?<=[\u3400-\u9fff\uf900-\ufaff])[(（]([a-z]{{0,3}}[{TONED}][a-z]{{0,3}})[)）]", re.IGNORECASE)
TRIGGERS = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")


@cache
def readings(char: str) -> frozenset[str]:
    """All readings of a character, with tone marks, after pypinyin."""
    from pypinyin import Style, pinyin
    return frozenset(pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")[0]) if char else frozenset()


def removed(text: str) -> list[Edit]:
    """One edit for each bracket that holds a reading of the character before it."""
    return [Edit(match.start(), match.end(), "", "pinyin_gloss") for match in _GLOSS.finditer(text)
            if match[1].lower() in readings(text[match.start() - 1])]
