"""Split readings: readings in brackets that a converter wrote between the two bytes of a character.

A table that annotates traditional characters byte by byte, 領(lǐng), also finds a character across the border of two others: 冊 is 83 D4
in GBK, and so are the second byte of 們 and the first of 在 (82 83, D4 DA). It writes the reading of 冊 behind these two bytes, and the
next decoder reads 們, then D4 with the bracket, which is no pair and becomes a question mark, then the rest shifted by one byte, until a
second byte that is a letter of ASCII sets the stream right again: 我們在這里 becomes 我們?cè)谶@里.

Nothing is lost but the byte that the bracket took, and the reading tells it: with the second byte of the character before, it makes one
that is read so. What is put in must therefore give, damaged forward, what is seen; among several such bytes the language decides.
"""
from __future__ import annotations

import re

from flows.normalize import glosses, script
from flows.normalize.alphabet import Alphabet, letters_of
from flows.normalize.edits import Edit
from flows.normalize.language import beforehand
from flows.normalize.spaces import HAN

TRIGGERS = frozenset("?？")
_TONED = "".join(sorted(glosses.TRIGGERS))
_SPLIT = re.compile(rf"(?<=[{HAN}])[?？]([a-zü]{{0,4}}[{_TONED}][a-zü]{{0,3}})[)）]([^\x00-\x7f]{{0,16}})([@-~])")
_CHINESE = re.compile(rf"[{HAN}\u3000-\u303f\uff01-\uff5e“”‘’…—·]+")
_LEADS = range(0x81, 0xFF)
_BEFORE = 6         # characters before the place that tell what is likely there
_MARGIN = 2.0       # how much likelier (natural logarithm) than the next the best must be


def may_stand_in(alphabet: Alphabet) -> bool:
    """Whether a text of these letters can hold any: the cheap question."""
    return not alphabet.isdisjoint(TRIGGERS) and not alphabet.isdisjoint(glosses.TRIGGERS)


def mended(text: str) -> list[Edit]:
    """Edits that put back the characters between whose bytes a reading stands, in order. A place for which no byte gives what is seen, or
    several do about as well, stays as it is."""
    edits = []
    for match in _SPLIT.finditer(text):
        found = sorted(((_likelihood(original, text, match.start()), original) for original in _originals(text[match.start() - 1], match)),
                       reverse=True)
        if found and (len(found) == 1 or found[0][0] - found[1][0] >= _MARGIN):
            edits.append(Edit(*match.span(), found[0][1], "mojibake"))
    return edits


def _originals(before: str, match: re.Match[str]) -> list[str]:
    """What can have stood at a match behind the character `before`."""
    reading, shifted, last = match.groups()
    try:
        half, rest = before.encode("gbk")[-1], shifted.encode("gbk") + last.encode("ascii")
    except UnicodeEncodeError:
        return []
    found = []
    for lost in _LEADS if half in _LEADS else ():
        try:
            annotated, original = bytes((half, lost)).decode("gbk"), (bytes((lost,)) + rest).decode("gbk")
        except UnicodeDecodeError:
            continue
        if reading in glosses.readings(annotated) and _CHINESE.fullmatch(original):
            found.append(original)
    return found


def _likelihood(original: str, text: str, place: int) -> float:
    """How likely what is put back is behind what stands before it, both in simplified characters."""
    before = text[max(0, place - _BEFORE):place]
    plain = script.simplify(before + original, "Hant", letters_of(before + original))
    return beforehand().likelihood(plain[len(before):], plain[:len(before)])
