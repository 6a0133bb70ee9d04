"""Glosses: readings behind a character, in brackets, 機關(guān), as context-free conversion tables leave them on mirror sites, or
without, 機ji關guan and 機ㄐㄧ關ㄍㄨㄢ, as readers for learners and texts with ruby leave them."""
from __future__ import annotations

import re
from functools import cache
from typing import Any

from flows.normalize import script
from flows.normalize.alphabet import Alphabet, letters_of
from flows.normalize.code_points import among, last_points
from flows.normalize.edits import Edit, apply

TRIGGERS = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")
_TONED = "".join(sorted(TRIGGERS)) + "".join(sorted(TRIGGERS)).upper()
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_GLOSS = re.compile(rf"(?<=[{_HAN}])[(（]([a-z]{{0,4}}[{_TONED}][a-zü]{{0,3}})[)）]", re.IGNORECASE)
_TONELESS = re.compile(rf"(?<=[{_HAN}])[(（]([a-zü]{{1,4}})[)）]")
_ANY_GLOSS = re.compile(rf"[(（]([a-z]{{0,4}}[{_TONED}][a-zü]{{0,3}})[)）]", re.IGNORECASE)
_HABIT = 3
# The same without brackets, and not a word of another language: nothing of the kind before or behind it.
_LETTER = f"a-zü{''.join(sorted(TRIGGERS))}"
_BARE = re.compile(rf"([{_LETTER}]{{1,6}})(?![{_LETTER}A-Z\d])")
_BARE_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_LETTERS = "".join(sorted(_BARE_LETTERS | TRIGGERS | {"ü"}))
_BARE_LEAST = 6         # letters of the alphabet that a text with such readings holds
_SHARE = 0.8            # of the short words of Latin letters behind a character, how many must be its readings
_SYMBOLS = "".join(map(chr, range(0x3105, 0x312A)))     # Bopomofo
BOPOMOFO = frozenset(_SYMBOLS)
_COMMONEST = "ㄧㄨㄜ"      # one of them stands in every other syllable
_LOOKED_AT, _DENSE = 2_000, 150         # characters of a text that are looked at, and brackets among them that no prose has
_SIGNS = TRIGGERS | BOPOMOFO
_SPELT = re.compile(rf"(?<=[{_HAN}])[(（]?(˙?[{_SYMBOLS}]+[ˊˇˋ˙]?)[)）]?")


@cache
def readings(char: str) -> frozenset[str]:
    """All readings of a character, with tone marks, after pypinyin; none of one that it does not know."""
    from pypinyin import Style
    return _spelt(char, Style.TONE)


@cache
def _plain_readings(char: str) -> frozenset[str]:
    """The readings without tone marks, and with them."""
    from pypinyin import Style
    return readings(char) | _spelt(char, Style.NORMAL)


@cache
def _spelt_readings(char: str) -> frozenset[str]:
    """The readings in Bopomofo, their tones left out: they stand on either side of the symbols, or nowhere."""
    from pypinyin import Style
    return frozenset(each.strip("ˊˇˋ˙") for each in _spelt(char, Style.BOPOMOFO))


def _spelt(char: str, style: Any) -> frozenset[str]:
    from pypinyin import pinyin
    return frozenset(each for found in pinyin(char, style=style, heteronym=True, errors="ignore") for each in found)


def plain(text: str) -> str:
    """`text` without readings, where it has them behind most of its characters, as books for those who learn to read."""
    if not any(symbol in text for symbol in _COMMONEST) and text.count("(", 0, _LOOKED_AT) + text.count("（", 0, _LOOKED_AT) < _DENSE:
        return text
    return apply(text, removed(text))


def reading_at(text: str, place: int) -> str | None:
    """The reading in brackets that begins at `place`, of whatever character stood before it; None where there is none."""
    match = _ANY_GLOSS.match(text, place)
    return match[1].lower() if match else None


def spelt(text: str) -> list[Edit]:
    """One edit for each reading in Bopomofo behind the character that it is of, in brackets or without, in order: 機(ㄐㄧ)關(ㄍㄨㄢ)."""
    return [_edit(match) for match in _SPELT.finditer(text) if match[1].strip("ˊˇˋ˙") in _spelt_readings(text[match.start() - 1])]


def may_stand_in(alphabet: Alphabet) -> bool:
    """Whether a text of these letters can hold any: the cheapest question."""
    return not alphabet.isdisjoint(_SIGNS) or len(alphabet & _BARE_LETTERS) >= _BARE_LEAST


def removed(text: str, alphabet: Alphabet | None = None) -> list[Edit]:
    """One edit for each reading of the character before it; `alphabet`: the characters of `text`, where they are known."""
    alphabet = alphabet or letters_of(text)
    found = [] if alphabet.isdisjoint(TRIGGERS) else _in_brackets(text)
    if not alphabet.isdisjoint(BOPOMOFO):
        found += spelt(text)
    words = _words_behind_characters(text) if len(alphabet & _BARE_LETTERS) >= _BARE_LEAST else []
    bare = [match for match in words if match[1].lower() in _plain_readings(text[match.start() - 1])]
    if len({(text[match.start() - 1], match[1]) for match in bare}) >= _HABIT and len(bare) >= _SHARE * len(words):
        found += map(_edit, bare)
    return sorted(found)


def _words_behind_characters(text: str) -> list[re.Match[str]]:
    """The short words of Latin letters right behind Chinese characters; none where they are no habit."""
    points = last_points(text)
    places = among(points, _LETTERS)
    before = points[places - 1]
    places = places[(places > 0) & (before >= 0x3400) & (before <= 0x9FFF)]
    return [match for place in places.tolist() if (match := _BARE.match(text, place))] if len(places) >= _HABIT else []


def _edit(match: re.Match[str]) -> Edit:
    return Edit(match.start(), match.end(), "", "pinyin_gloss")


def _in_brackets(text: str) -> list[Edit]:
    """Without a tone mark a bracket may be a unit or a name, so a reading in the neutral tone, 們(men), counts only in a text that
    annotates in the other tones as well."""
    glosses = _matching(text, _GLOSS)
    if len({edit[:2] for edit in glosses}) >= _HABIT:
        glosses += _matching(text, _TONELESS)
    else:
        # Writers explain a rare character too, 埝（niàn）; tables annotate traditional characters, or in half-width brackets.
        glosses = [edit for edit in glosses if text[edit.start] == "(" or ord(text[edit.start - 1]) in script.simplifier().letters]
    return glosses


def _matching(text: str, pattern: re.Pattern[str]) -> list[Edit]:
    return [_edit(match) for match in pattern.finditer(text)
            if match[1].lower() in readings(text[match.start() - 1])]
