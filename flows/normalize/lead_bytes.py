"""Lead bytes: full-width marks, digits and letters in GBK of which a converter has written the first byte wrong.

All of them stand in row A3, in the order of ASCII: ， is A3 AC. Converters of old typesetting files have put another lead byte there, for
each or for single ones: in row A0 ， is 牞 and ！ is 牎 (加强领导牞提高认识), in row D1 they are 熏 and 选 (加强领导熏提高认识). The second
byte tells what was there; the language tells whether it was. No-break spaces, bytes A0 in Latin-1, are 牋 in GBK, one for two.

A character is taken for a mark only where the mark is much likelier beside its neighbours: 牤 of 牤牛河 and 熏 of 熏陶 stay.
"""
from __future__ import annotations

import re
from functools import cache

from flows.normalize.alphabet import Alphabet
from flows.normalize.code_points import among, last_points
from flows.normalize.edits import Edit, apply
from flows.normalize.language import beforehand

_ROW, _TRAILS = 0xA3, range(0xA1, 0xFF)
_RARE = 0xA0        # a row of characters that hardly a text holds
_COMMON = 0xD1      # a row of characters that many texts hold: asked for only where a comma is among them, the commonest mark
_MARKS = frozenset("，：；（）？！")
_ROUNDS = 40
_COMMA = bytes((_COMMON, 0xAC)).decode("gbk")
_BLANK = b"\xa0\xa0".decode("gbk")
_BLANKS = re.compile(rf"(?:^|(?<=\n)){_BLANK}+|{_BLANK}{{2,}}")
# How much likelier (natural logarithm) a text with the mark must be. In 147 MB of reports the eight marks that had become other
# characters were above 7.4, all true characters below 7.3: but for letters (犇 of a name for ｖ), which are asked for only where a mark is
# put back. Of marks of unseen reports, all of them written wrong, all were put back in row A0, .96 in row D1, and nothing else.
GAIN = {_RARE: 5.0, _COMMON: 8.0}
GAIN_OF_LETTERS = 8.0
# and how much where so many are put back already: then the converter did it throughout
GAIN_THROUGHOUT = {_RARE: 0.0, _COMMON: 1.0}
THROUGHOUT = 5
# and how likely (natural logarithm) each character must be at least
STRAINED = -13.0


@cache
def _row(lead: int) -> dict[str, str]:
    """The characters of the row `lead`, each with what has the same second byte in row A3."""
    return {bytes((lead, trail)).decode("gbk"): bytes((_ROW, trail)).decode("gbk") for trail in _TRAILS}


@cache
def _marks_of(lead: int) -> frozenset[str]:
    return frozenset(char for char, mark in _row(lead).items() if mark in _MARKS)


@cache
def triggers() -> frozenset[str]:
    """Characters of which a text must hold one to hold such damage."""
    return _marks_of(_RARE) | {_COMMA, _BLANK}


def restored(text: str, alphabet: Alphabet) -> list[Edit]:
    """Edits that put the marks back, in order. `alphabet`: the characters of `text`."""
    edits = []
    if _BLANK in alphabet:
        edits += [Edit(*found.span(), "\u00a0" * 2 * len(found[0]), "mojibake") for found in _BLANKS.finditer(text)]
    rows = [lead for lead, is_there in ((_RARE, not alphabet.isdisjoint(_marks_of(_RARE))), (_COMMON, _COMMA in alphabet)) if is_there]
    for _ in range(_ROUNDS if rows else 0):     # a mark that is back makes those beside it likelier
        fresh: list[Edit] = []
        for lead in rows:
            found = _of_row(text, lead)
            if lead == _RARE or any(edit.replacement == "，" for edit in found):
                fresh += found
                text = apply(text, found)
        edits += fresh
        if not fresh:
            break
    return sorted(edits)


def _of_row(text: str, lead: int) -> list[Edit]:
    marks = _marks_of(lead)
    edits = _likelier(text, lead, marks, GAIN[lead])
    letters, gain = (frozenset(_row(lead)) - marks if lead == _RARE else frozenset()), GAIN_OF_LETTERS
    if len(edits) >= THROUGHOUT:
        gain = GAIN_THROUGHOUT[lead]
        edits = _likelier(text, lead, marks, gain)
    return sorted(edits + _likelier(text, lead, letters, gain)) if edits and letters else edits


def _likelier(text: str, lead: int, chars: frozenset[str], gain: float) -> list[Edit]:
    """Edits that put marks in the place of `chars` of the row `lead` where `text` is likelier with them, by `gain`."""
    row = _row(lead) if lead == _RARE else {char: _row(lead)[char] for char in chars}
    places = among(last_points(text), "".join(sorted(chars)))
    # the neighbours may be damaged as well: mark and character are both judged as they would stand among marks
    gains, least = beforehand().gains(text, text.translate({ord(char): mark for char, mark in row.items()}), places)
    is_mark = gains >= gain
    if gain >= GAIN[lead]:
        is_mark &= least > STRAINED
    return [Edit(place, place + 1, row[text[place]], "mojibake") for place in places[is_mark].tolist()]
