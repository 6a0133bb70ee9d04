"""Look-alikes: characters that a scanner, an input method or a font took for another of the same shape or meaning.

Japanese forms (増长 for 增长) and characters of wrongly mapped fonts (配臵 for 配置) are put right where the text is much likelier so:
names keep theirs. A typesetting system had 輥輯訛 for ⑪, and so on to ⑲, a character a third of the sign.
"""
from __future__ import annotations

import re
from functools import cache

from flows.normalize import script
from flows.normalize.alphabet import Alphabet
from flows.normalize.code_points import among, last_points
from flows.normalize.edits import Edit
from flows.normalize.language import beforehand
from schemas.lexicons import rows

# How much likelier (natural logarithm) a text with the other must be: of 147 MB of reports, where 21 were above 13, 竜 of three places had
# up to 11, and 生态保护圏, which is not put right, 8.
GAIN = 12.0
_CIRCLED = re.compile("輥([\u8f2f-\u8f37])訛")
_FIRST = ord("⑪") - 0x8F2F


@cache
def meant() -> dict[str, str]:
    """Each look-alike with the character that was meant, both outside other uses in simplified text."""
    # of the dictionaries only that of characters: all of them take a tenth of a second
    letters = {source: targets.split(" ")[0] for source, targets in script.dictionary("TSCharacters.txt")}
    japanese = {variant: letters.get(source, source) for source, variants in script.dictionary("JPVariants.txt")
                for variant in variants.split(" ") if not script.in_gb2312(variant) and variant not in letters}
    return japanese | {row[0]: row[1] for row in rows("lookalikes.tsv")}


@cache
def triggers() -> frozenset[str]:
    """Characters of which a text must hold one to hold a look-alike."""
    return frozenset(meant()) | {"輥"}


def mended(text: str, alphabet: Alphabet) -> list[Edit]:
    """Edits that put the characters that were meant, in order. `alphabet`: the characters of `text`."""
    edits = []
    if "輥" in alphabet:
        edits += [Edit(*found.span(), chr(ord(found[1]) + _FIRST), "ocr") for found in _CIRCLED.finditer(text)]
    places = among(last_points(text), "".join(sorted(alphabet & frozenset(meant()))))
    if len(places):
        gains, _ = beforehand().gains(text, text.translate(_table()), places)
        edits += [Edit(place, place + 1, meant()[text[place]], "ocr") for place in places[gains >= GAIN].tolist()]
    return sorted(edits)


@cache
def _table() -> dict[int, str]:
    return str.maketrans(meant())
