"""Noise: characters that no reader sees, and what sites mix into a text against copying or to advertise themselves."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from flows.normalize import sentences
from flows.normalize.alphabet import Alphabet
from flows.normalize.cues import Cues
from flows.normalize.edits import Edit
from flows.normalize.punctuation import CHINESE
from flows.normalize.spaces import HAN, SPACE
from flows.normalize.words import words

LEXICON = files("schemas") / "lexicons" / "inline_adverts.tsv"

# zero-width, bidirectional and control characters, fillers, variation selectors
_INVISIBLE_RANGES = ((0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160),
                     (0x17B4, 0x17B5), (0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
                     (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFC), (0xE0000, 0xE01EF))
_PRIVATE_RANGES = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


def _charset(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


UNSEEN = frozenset(chr(code) for first, last in _INVISIBLE_RANGES + _PRIVATE_RANGES[:1] for code in range(first, last + 1))
RARE, LESS_RARE = frozenset("@$^|{}[]\\~_`"), frozenset("*+=#&")     # signs of noise, and those that texts have for other ends
# a search for a class runs several times as fast as one for a repeated class, hence the classes that stand twice
_INVISIBLE = re.compile(f"[{_charset(_INVISIBLE_RANGES)}][{_charset(_INVISIBLE_RANGES)}]*")
_PRIVATE = re.compile(f"[{_charset(_PRIVATE_RANGES)}][{_charset(_PRIVATE_RANGES)}]*")
# Symbols of Wingdings and its like, which word processors put here: bullets, ticks, never a letter
_PICTURED = re.compile("[\uf020-\uf0ff]+")
# A3 A0 in GBK and A1 40, the ideographic space of Big5, as GBK reads it: cells without a glyph in any font
_BLANKS = frozenset("\ue5e5\ue4c6")
_UNSEEN = re.compile(f"[{_charset(_INVISIBLE_RANGES)}]+")
_SOWN_LEAST = 2
_HAN = re.compile(f"[{HAN}]")
_RUN = re.compile(rf"[!-~][!-~]?(?:[{SPACE}]{{1,2}}[!-~]{{1,2}}){{1,60}}(?![!-~])")
_MIXED = re.compile(r"[A-Za-z][^A-Za-z]|[^A-Za-z][A-Za-z]|([!-/:-@\[-`{-~])(?!\1)[!-/:-@\[-`{-~]")
_SYMBOL = re.compile(r"[!-$&-*/:-@\[-`{-~]")
# A string of letters, figures and signs that stands again and again between characters of other sentences (安全8Rz#7mQ~d员), with spaces in
# it or without. In figures that speeches give (5G+AI, 1+3+N=5) and in addresses stand other signs.
_WRITTEN_BETWEEN = re.compile(r"(?<=[^\x00-\x7f])[!-~](?: {0,2}[!-~]){5,40}(?=[^\x00-\x7f])")
_SIGNS_OF_NONE = re.compile(r"[#$&\[\\\]^_`{|}~]|[!?@](?=[^\s])")
_OF_ADDRESS = re.compile(r"://|www\.|[\w-]@[\w-]{1,40}\.|[?&]\w{1,20}=", re.IGNORECASE)
_AGAIN_LEAST = 2
_STREWN = re.compile(rf"(?<=[{HAN}]的)['`.](?=[{HAN}])")
_DOT_ELSEWHERE = re.compile(rf"(?<=[{HAN}])(?<!的)\.(?=[{HAN}\n]|$)")
_STOPS_LEAST = 3        # Chinese stops of a text that ends its sentences with them
_REACH = 80


def invisible(text: str) -> list[Edit]:
    """Edits that take out zero-width and control characters, and private-use characters that are bullets of a lost font.

    A private-use character between two Han characters may stand for a third and stays, but for blanks, and for one that words close over
    again and again where it is taken out (大\ue63f家, 超\ue63f过): glyphs of a site's own font, sown against copying."""
    edits = [Edit(match.start(), match.end(), "", "anti_copy_noise") for match in _INVISIBLE.finditer(text)]
    doubtful: list[re.Match[str]] = []
    for match in _PRIVATE.finditer(text):
        if _is_within_word(text, match) and not _BLANKS.issuperset(match[0]):
            doubtful.append(match)
        else:
            edits.append(Edit(match.start(), match.end(), "", "markup"))
    sown = _sown(text, doubtful)
    edits += [Edit(match.start(), match.end(), "", "anti_copy_noise") for match in doubtful if match[0] in sown]
    return sorted(edits)


def _is_within_word(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    return _PICTURED.fullmatch(match[0]) is None and all(char and _HAN.match(char) for char in (text[start - 1:start], text[end:end + 1]))


def _sown(text: str, places: Sequence[re.Match[str]]) -> frozenset[str]:
    """The characters that stand between different neighbours, at half of which the dictionary has a word over the place without them: for
    a character that was lost, two neighbours make a word at one place in ten or so, and one of a name comes back between the same two."""
    beside: dict[str, dict[tuple[str, str], bool]] = {}
    for match in places:
        before = _UNSEEN.sub("", text[max(0, match.start() - 4):match.start()])[-2:]
        after = _UNSEEN.sub("", text[match.end():match.end() + 4])[:2]
        closed = any(before[-low:] + after[:high] in words().known for low, high in ((1, 1), (2, 1), (1, 2), (2, 2)))
        beside.setdefault(match[0], {})[before[-1:], after[:1]] = closed
    return frozenset(char for char, pairs in beside.items() if sum(pairs.values()) >= max(_SOWN_LEAST, len(pairs) / 2))


def lost(text: str) -> list[tuple[int, int]]:
    """Where characters were lost: U+FFFD, private-use characters within words, an ASCII ? beside Chinese, which asks nothing (those that
    ask are Chinese by now), and the digits for which a replacement wrote what should have named them (增长3$1.$2亿)."""
    return [match.span() for match in _LOST.finditer(text)]


LOSSES = frozenset("?$\ufffd")
_LOST = re.compile(f"[\ufffd{_charset(_PRIVATE_RANGES)}][\ufffd{_charset(_PRIVATE_RANGES)}]*"
                   rf"|\?(?:(?<=[{CHINESE}]\?)|(?=[{CHINESE}]))|\$[1-9][.．]?\$[1-9]")


def _is_random(run: str) -> bool:
    """Whether letters, digits and marks are mixed in a string of short tokens."""
    tokens = run.split()
    mixed = sum(bool(_MIXED.fullmatch(token)) for token in tokens)
    return mixed >= 1 and mixed * 4 >= len(tokens) and len(_SYMBOL.findall(run)) >= 2


def has_symbols(alphabet: Alphabet) -> bool:
    """Whether a text of these letters can hold strings of random marks: the cheapest question."""
    return not alphabet.isdisjoint(RARE) or len(alphabet & LESS_RARE) >= 2


def may_be_scrambled(bones: str) -> bool:
    """Whether `scrambled` can find anything in the text that has the skeleton `bones`: the cheap question."""
    return any(_is_random(match[0]) for match in _RUN.finditer(bones)) \
        or any(_is_jumbled(match[0]) for match in _WRITTEN_BETWEEN.finditer(bones))


def _is_jumbled(written: str) -> bool:
    """Whether letters and figures are mixed with different signs that no sentence has beside them."""
    return len(set(_SIGNS_OF_NONE.findall(written))) >= _AGAIN_LEAST and not _OF_ADDRESS.search(written) \
        and any(map(str.isdigit, written)) and any(map(str.isalpha, written))


def scrambled(text: str) -> list[Edit]:
    """Edits that take out strings of random marks (`$ _ @! u2 s/ |% Q)`) such as forums put between the lines against copying, and longer
    ones that come again."""
    edits = _jumbled_again(text)
    taken = frozenset(edit.start for edit in edits)
    for match in _RUN.finditer(text):
        # inside a Latin word; a mark before it may be one that is Chinese but for its width
        if "!" <= text[match.start() - 1:match.start()] <= "~" and text[match.start() - 1] not in ",;:!?().\"'-<>*#":
            continue
        if len(set(match[0])) >= 4 and _is_random(match[0]) and match.start() not in taken:
            edits.append(Edit(match.start(), match.end(), "", "anti_copy_noise"))
    return sorted(edits)


def _jumbled_again(text: str) -> list[Edit]:
    """Edits that take out strings of letters, figures and signs that stand between different characters each time."""
    places: dict[str, list[re.Match[str]]] = {}
    for match in _WRITTEN_BETWEEN.finditer(text):
        if _is_jumbled(match[0]):
            places.setdefault(match[0], []).append(match)
    return [Edit(*match.span(), "", "anti_copy_noise") for found in places.values()
            if len({(text[match.start() - 1], text[match.end()]) for match in found}) >= _AGAIN_LEAST for match in found]


def may_be_strewn(text: str) -> bool:
    """Whether `strewn` can find anything: the cheap question."""
    return "的'" in text or "的`" in text or "的." in text


def strewn(text: str) -> list[Edit]:
    """Edits that take out the single marks that sites strew behind 的 against copying (群众的'信任, 工作的`动力, 搬迁的.办法).

    An apostrophe or a grave accent is one only where its line has no other of its kind, with which it would quote; a dot only in a text
    that ends its sentences with the Chinese stop and has no other dot between two characters: elsewhere it is a stop."""
    edits = []
    for match in _STREWN.finditer(text):
        place = match.start()
        if text[place] != ".":
            line = text[text.rfind("\n", 0, place) + 1:end if (end := text.find("\n", place)) >= 0 else len(text)]
            if line.count(text[place]) == 1:
                edits.append(Edit(place, place + 1, "", "anti_copy_noise"))
        elif text.count("。") >= _STOPS_LEAST and _DOT_ELSEWHERE.search(text) is None:
            edits.append(Edit(place, place + 1, "", "anti_copy_noise"))
    return edits


@cache
def _adverts() -> dict[str, list[re.Pattern[str]]]:
    found: dict[str, list[re.Pattern[str]]] = {}
    for line in LEXICON.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cue, pattern = line.split("\t")
            found.setdefault(cue, []).append(re.compile(pattern))
    return found


@cache
def _cues() -> Cues:
    return Cues(_adverts())


def is_sown(text: str, advert: Edit) -> bool:
    """Whether an advert stands in the midst of what is said, where it marks every copy of the text: the line goes on behind it. Marks of
    pages ([NextPage]) do nothing of the kind."""
    return advert.end < len(text) and text[advert.end] != "\n" and (_HAN.search(text, advert.start, advert.end) is not None
                                                                    or "www." in text[advert.start:advert.end])


def adverts(text: str) -> list[Edit]:
    """Edits that take out what a site advertises of itself in the midst of a paragraph; whole lines are not looked at."""
    found: set[tuple[int, int]] = set()
    for place, cue in _cues().found(text):
        for pattern in _adverts()[cue]:
            found.update(match.span() for match in pattern.finditer(text, max(0, place - _REACH), place + _REACH))
    edits: list[Edit] = []
    for start, end in sentences.harmless(text, sorted(found)):
        alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
        if not alone and (not edits or start >= edits[-1].end):
            edits.append(Edit(start, end, "", "furniture"))
    return edits
