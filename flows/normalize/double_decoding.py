"""Double decodings: text that a program once read in another encoding than it was in, and wrote down as it read it.

Four are common: UTF-8 read as GBK (鍚屽織浠), UTF-8 read as Windows-1252 or Latin-1 (åŒå¿—ä»¬), GBK read as one of these (Í¬Ö¾ÃÇ), and
Big5 read as GBK or the other way round (不是 as ぃ琌 or 祥岆). The code pages of other countries and makes of computers do the same to
texts as Windows-1252 does (РќР°, Н¬ЦѕГЗ, Õ¨÷æ√«). All can be undone, but for bytes that had no character and were lost. A run is taken for
one only where its bytes, read as they were meant, are common Chinese throughout: then the damage, applied forward, gives what is seen,
and no other text does.
"""
from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import product
from typing import NamedTuple

import numpy as np

from flows.normalize import script
from flows.normalize.edits import Edit, apply
from flows.normalize.language import beforehand

# Of each kind one stands in every text of some length: what became of 。 and ，, and of 的.
_WIDE = frozenset("锛紝銆鐨殑")              # UTF-8 read as GBK, by how the bytes fall into pairs
_NARROW = frozenset("ïã£¡")                    # UTF-8 or GBK read as Latin-1
_BIG5 = ("big5", "cp950", "big5hkscs")         # they differ where the standard left room for kana, as in 企 and 前 of GBK
# What was meant in which encoding, and read in which: Big5 as GBK, by 是 and 不; GBK as Big5, by 是 and ，.
_CROSSED = ((_BIG5, ("gb18030",), frozenset("琌ぃ")), (("gb18030",), _BIG5, frozenset("岆ㄛ")))
# The code pages of which each character is a byte: of Cyrillic and Central European Windows, of Apple's computers, of DOS and of Unix.
_PAGES = ("cp1251", "cp1250", "mac_roman", "cp437", "cp850", "cp866", "koi8_r")
_WINDOWS = {char: byte for byte in range(0x80, 0xA0) for char in bytes((byte,)).decode("cp1252", "ignore")}
_HIGH = "\u0080-\u00ff\ufffd" + "".join(_WINDOWS)
# Bytes of ASCII can be the second of a pair, and stand between as they were.
_RUN_OF_BYTES = re.compile(rf"[{_HIGH}](?:[{_HIGH}\x20-\x7e]*[{_HIGH}][@-~]?)?")
_RUN_OF_PAIRS = re.compile(r"[^\x00-\x7f\s]{2,}")
# A program that knows no U+FFFD writes ? for a byte that it cannot read.
_RUN_WITH_MARKS = re.compile(r"[^\x00-\x7f\s]+\?(?:[^\x00-\x7f\s]|\?)*")
_RUN_OF_FEW = re.compile(r"[^\x00-\x7f\s]{2,}\??")
_RUN_OF_WIDE = re.compile(r"[^\x00-\x7f\s]+")
_BYTES = re.compile(f"[{_HIGH}]+")
_WRITING = re.compile("[\u3400-\u9fff]")
_MARKS = frozenset("，。")
_LOST = "\ufffd"
# A no-break space, the byte A0, that a program made a space of.
_SPACED = re.compile(rb"(?<=[\xe4-\xe9]) (?=[\x80-\xbf])|(?<=[\xe4-\xe9][\x80-\xbf]) ")
_UTF_8 = re.compile(rb"((?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+)"
                    rb"|[\xe0-\xef][\x80-\xbf\xff]{2}|.", re.DOTALL)
_IS_WHOLE = re.compile(rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})*+")
_GOES_ON = re.compile(rb"[\x80-\xbf]{2}")
_UNENDED = re.compile(rb"[\xc2-\xf4][\x80-\xbf\xff]{0,2}\Z")
_UNUSED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)       # bytes that are nothing in Windows-1252
_BEGINS_NONE = (0x80, *range(0xA1, 0xB0))       # and in GBK begin no pair, or one that stands for nothing
_PRIVATE = re.compile("[\ue000-\ue765]")        # what GB 18030 makes of such a pair
_ANY = range(0x80, 0xC0)                        # what is at the end begins a pair that what follows cannot end
_BEFORE = 12            # characters that tell what was lost
CERTAIN = 2.2           # the logarithm of the odds at which it is told
LEAST = 4               # characters that a run must come to
COMMON = 0.85           # share of them that is common
LOST_MOST = 0.3         # share of them that may be lost
DISTINCT = 3            # and different ones among them: a row of dashes is none
LETTERS_LEAST = {"utf-8": 0.25, "gb18030": 0.7}     # share of a run of bytes that is Latin letters and signs, no dashes
HIGH_LEAST = 0.6        # share of it that is no ASCII
WHOLE = 0.9             # share of a text's Latin letters and signs that stand in such runs, where all of it was read so
_LOOKED_AT = 2_000      # characters by which the likeliest text is told
CROSSED_LEAST = 6       # characters of a run by which one encoding of pairs is told from another,
CROSSED_GAIN = 0.4      # of which so large a share more is common than of what is seen
PAGED_LEAST = 12        # characters of a run by which it is told that short ones, too, were read so
ASKED = 2_000           # lost characters of a document of which the language is asked


class _Page(NamedTuple):
    """A reading of bytes by a code page. `signs`: what became of ， and 。, which stand in every text of some length; `bytes_of`: the byte
    of each character that is none of ASCII's; `unused`: the bytes that are no character, left as they were or lost; `runs`: as what
    bytes and those of ASCII between them are seen."""

    meant: str
    signs: tuple[str, str]
    bytes_of: dict[str, int]
    unused: tuple[int, ...]
    runs: re.Pattern[str]


def _pages() -> Iterator[_Page]:
    for codec in _PAGES:
        bytes_of = {char: byte for byte in range(0x80, 0x100) for char in bytes((byte,)).decode(codec, "ignore")}
        unused = tuple(byte for byte in range(0x80, 0x100) if byte not in bytes_of.values())
        bytes_of |= {chr(byte): byte for byte in unused} | {_LOST: 0xFF}
        high = re.escape("".join(bytes_of))
        # a no-break space is a byte, too, of 十 and 是 on Apple's computers, but more often an indent before the first of them
        runs = re.compile(rf"[ \u00a0]?(?!\u00a0)[{high}](?:[{high}\x20-\x7e]*[{high}][@-~]?)?")
        for meant in ("utf-8", "gb18030"):
            with contextlib.suppress(UnicodeDecodeError):
                comma, stop = (mark.encode(meant).decode(codec) for mark in "，。")
                yield _Page(meant, (comma, stop), bytes_of, unused, runs)


_READ_BY_PAGE = tuple(_pages())
TRIGGERS = _WIDE.union(_NARROW, *(signs for *_, signs in _CROSSED), (page.signs[0][-1] for page in _READ_BY_PAGE))


@cache
def _common() -> frozenset[str]:
    """The characters of the first level of GB 2312, the full-width marks, and what both scripts use of either."""
    level = (bytes((lead, trail)).decode("gb2312", "ignore") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    simple = frozenset("".join(level)) | frozenset("，。、；：？！“”‘’（）《》—…·　【】％〇０１２３４５６７８９")
    return simple | {chr(code) for code, plain in script.simplifier().letters.items() if plain in simple}


def undone(text: str) -> list[Edit]:
    """Edits that undo double decodings in `text`, in order."""
    edits: list[Edit] = []
    asked = iter(range(ASKED))
    if _holds(text, _NARROW):
        edits += _replaced(text, _RUN_OF_BYTES, partial(_of_bytes, asked))
        if is_whole := bool(edits) and _is_whole(text, edits):
            asked = iter(range(ASKED))
        if is_whole or _is_told_by_mark(edits):
            edits = _replaced(text, _RUN_OF_BYTES, partial(_of_bytes_among_others, asked, is_whole), 2)
    if _holds(text, _WIDE):
        # which decoder lost nothing but the byte 80 is told by what GBK itself has not
        may = _BEGINS_NONE[:1] if _PRIVATE.search(text) else _BEGINS_NONE
        marked = _replaced(text, _RUN_WITH_MARKS, partial(_of_pairs, asked, may)) if "?" in text else []
        taken = [edit.start for edit in marked]
        edits += marked
        edits += [edit for edit in _replaced(text, _RUN_OF_PAIRS, partial(_of_pairs, asked, may))
                  if not (at := bisect_right(taken, edit.start)) or marked[at - 1].end <= edit.start]
        if edits and _is_told(text, edits):
            edits += _others(text, sorted(edits), partial(_of_few_pairs, asked, may))
    for meant, read, signs in _CROSSED:
        if not edits and _holds(text, signs):
            edits = _uncrossed(text, meant, read)
    for page in _READ_BY_PAGE:
        if all(sign in text for sign in page.signs):
            edits = max(edits, _of_page(text, page, asked), key=_length)
    return sorted(edits)


def _of_page(text: str, page: _Page, asked: Iterator[int]) -> list[Edit]:
    """Edits that undo the reading by a code page, where a run of some length holds such a mark; then short ones, as a heading, were read
    so, too."""
    edits = [edit for run in page.runs.finditer(text) if (edit := _of_page_run(run, page, asked)) is not None]
    return edits if _is_told_by_mark(edits) else []


def _of_page_run(run: re.Match[str], page: _Page, asked: Iterator[int]) -> Edit | None:
    """What a run meant that was read by a code page. Programs make a space of a no-break space: whether one is a byte, also the one before
    the run, is told by what comes out, as it begins or ends the pairs of all that follows."""
    found: list[tuple[float, int, str]] = []
    blank = page.bytes_of.get("\u00a0", 0x20)
    for start in sorted({run.start(), run.start() + (run[0][0] in " \u00a0")}):
        data = bytes(page.bytes_of.get(char) or ord(char) for char in run.string[start:run.end()])
        for spelt in {data, data.replace(b" ", bytes((blank,)))}:
            with contextlib.suppress(UnicodeDecodeError):
                is_broken = page.meant == "utf-8" and _IS_WHOLE.fullmatch(spelt) is None
                original = _filled(spelt, page.unused, page.unused, asked) if is_broken else spelt.decode(page.meant)
                wide = [char for char in original if char > "\x7f"]
                found.append((sum(map(_common().__contains__, wide)) / max(1, len(wide) - wide.count(_LOST)), start, original))
    share, start, original = max(found, default=(0.0, 0, ""))
    least = 1 if len(original) < LEAST else COMMON
    is_meant = len(original) > 1 and share >= least and original.count(_LOST) <= LOST_MOST * len(original)
    return Edit(start, run.end(), original, "mojibake") if is_meant else None


def _length(edits: Sequence[Edit]) -> int:
    return sum(len(edit.replacement) for edit in edits)


def plain(text: str) -> str:
    """`text` with its double decodings undone."""
    return apply(text, undone(text)) if _holds(text, TRIGGERS) else text


def plain_words(words: str) -> str:
    """A field, a title or another short text with its double decodings undone: it may hold none of the signs by which a long text is told,
    and need not have been read wrongly where the text was."""
    if words.isascii():
        return words
    nothing: Iterator[int] = iter(())       # of what was lost the language is not asked
    edits = _replaced(words, _RUN_OF_BYTES, partial(_of_bytes, nothing)) or _replaced(words, _RUN_OF_BYTES, _of_few_bytes)
    if not edits and _share(words) < COMMON:
        edits = _replaced(words, _RUN_OF_PAIRS, partial(_of_pairs, nothing, _BEGINS_NONE))
    return apply(words, edits)


def _holds(text: str, signs: frozenset[str]) -> bool:
    return any(sign in text for sign in signs)      # each at the speed of memory, where a set would look at every character


def _replaced(text: str, runs: re.Pattern[str], meant: Callable[[str], str | None], least: int = LEAST) -> list[Edit]:
    return [Edit(*run.span(), original, "mojibake") for run in runs.finditer(text)
            if run.end() - run.start() >= least and (original := meant(run[0])) is not None]


def _is_whole(text: str, edits: Sequence[Edit]) -> bool:
    """Whether the whole text was read in another encoding: it holds no Chinese, and hardly a byte outside of the runs that were told."""
    if _WRITING.search(text):
        return False
    told = sum(len(each) for edit in edits for each in _BYTES.findall(text, edit.start, edit.end))
    return told >= WHOLE * sum(map(len, _BYTES.findall(text)))


def _is_told(text: str, edits: Sequence[Edit]) -> bool:
    """Whether nearly all that is no ASCII in a text stands in runs of pairs that were told: then all of it was read so."""
    told = sum(len(each) for edit in edits for each in _RUN_OF_WIDE.findall(text, edit.start, edit.end))
    return told >= WHOLE * sum(map(len, _RUN_OF_WIDE.findall(text)))


def _others(text: str, edits: Sequence[Edit], meant: Callable[[str], str | None]) -> list[Edit]:
    """Edits of the runs of pairs that `edits`, in order, leave as they are."""
    gaps = zip([0, *(edit.end for edit in edits)], [*(edit.start for edit in edits), len(text)], strict=True)
    return [Edit(*run.span(), original, "mojibake") for start, end in gaps for run in _RUN_OF_FEW.finditer(text, start, end)
            if (original := meant(run[0])) is not None]


def _of_few_pairs(asked: Iterator[int], may: Sequence[int], run: str) -> str | None:
    """What a run of pairs meant in a text of which all was read so: also a name or a button, too short to tell it alone."""
    original = _of_pairs(asked, may, run, 1)
    return None if original is None or _LOST in original else original


def _is_told_by_mark(edits: Sequence[Edit]) -> bool:
    """Whether a run of some length with a mark of sentences was read wrongly: then short ones of the same make were, too."""
    return any(len(edit.replacement) >= PAGED_LEAST and not _MARKS.isdisjoint(edit.replacement) for edit in edits)


def _of_bytes_among_others(asked: Iterator[int], is_whole: bool, run: str) -> str | None:
    """What a run meant in a text of which much was read so, or all (`is_whole`): also a number, a date or a heading, too short to tell it
    alone, and where all was a name with a rare character."""
    if (original := _of_bytes(asked, run)) is not None:
        return original
    data = bytes(_WINDOWS.get(char) or ord(char) for char in run.replace(_LOST, "?"))
    for codec in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            original = data.decode(codec)
            if codec == "utf-8" and len(original) < len(run) and _RUN_OF_BYTES.fullmatch(original):
                return _of_bytes_among_others(asked, is_whole, original)        # read and written so twice
            wide = [char for char in original if char > "\x7f"]
            return original if (_is_of_few(wide, codec) if is_whole else len(wide) > 1 and _common().issuperset(wide)) else None
    return None


def _is_of_few(wide: Sequence[str], codec: str) -> bool:
    """Whether characters of a text of which all was read so can be Chinese, as a name can that holds a rare one (县长 闵某某): one of
    GB 2312, or any that whole UTF-8 spells."""
    may_be_rare = _WRITING.match if codec == "utf-8" else script.in_gb2312
    return 2 * sum(map(_common().__contains__, wide)) > len(wide) and all(char in _common() or may_be_rare(char) for char in wide)


def _of_bytes(asked: Iterator[int], run: str) -> str | None:
    """What a run meant whose characters are bytes, in UTF-8 or GBK; None where it was meant as it is."""
    letters = sum("\xa0" <= char <= "\xff" for char in run) / len(run)
    if sum(char > "\x7f" for char in run) < HIGH_LEAST * len(run) or letters < LETTERS_LEAST["utf-8"]:
        return None
    data = b"\xff".join(bytes(_WINDOWS.get(char) or ord(char) for char in piece) for piece in run.split(_LOST))
    for spelt in (data, _SPACED.sub(b"\xa0", data)):
        with contextlib.suppress(UnicodeDecodeError):
            original = spelt.decode("utf-8")
            # read and written so twice: what comes out are bytes again, fewer of them
            return _of_bytes(asked, original) if len(original) < len(run) and _RUN_OF_BYTES.fullmatch(original) else _if_common(original)
    if letters >= LETTERS_LEAST["gb18030"]:
        with contextlib.suppress(UnicodeDecodeError):
            return _if_common(data.decode("gb18030"))
    return _if_common(_filled(data, _UNUSED, _UNUSED, asked))


def _of_few_bytes(run: str) -> str | None:
    """What a run of characters that are bytes meant where it is whole UTF-8 for nothing but Chinese: a name, too, is told by that."""
    with contextlib.suppress(UnicodeDecodeError, ValueError):
        original = bytes(_WINDOWS.get(char) or ord(char) for char in run).decode("utf-8")
        if len(original) < len(run) and _RUN_OF_BYTES.fullmatch(original):
            return _of_few_bytes(original)
        wide = [char for char in original if char > "\x7f"]
        return original if len(wide) > 1 and all(_WRITING.match(char) or char in _common() for char in wide) else None
    return None


def _of_pairs(asked: Iterator[int], may: Sequence[int], run: str, least: int = LEAST) -> str | None:
    """What a run of characters meant whose bytes in GBK are UTF-8; `may`: the bytes that may have been lost. A ? within a character of
    UTF-8 stands for a byte, any other for itself. `least`: as `_if_common` has it."""
    data = b""
    for number, piece in enumerate(run.split("?")):
        if number:
            data += b"\xff" if _is_unended(data) else b"?"
        data = _read_on(data, piece)
    return _if_common(_filled(data, may, _ANY, asked), least)


def _read_on(data: bytes, piece: str) -> bytes:
    """`data`, bytes of UTF-8, and behind it those of a piece that was read in GBK; FF for each that was lost. Windows reads the single byte
    80 as €, which by the standard is a pair: that it is one is told by the two bytes behind it, which then go on with what it begins."""
    for number, lost in enumerate(piece.split(_LOST)):
        data += b"\xff" if number else b""
        for place, known in enumerate(lost.split("€")):
            behind = known.encode("gb18030", "replace")
            if place:
                is_single = _is_unended(data) and not (_is_unended(data + b"\x80") is False and _GOES_ON.match(behind))
                data += b"\x80" if is_single else b"\xa2\xe3"
            data += behind
    return data


def _is_unended(data: bytes) -> bool:
    """Whether bytes end within a character of UTF-8."""
    last = _UNENDED.search(data, max(0, len(data) - 3))
    return last is not None and len(last[0]) < (2 if last[0][0] < 0xE0 else 3 if last[0][0] < 0xF0 else 4)


def _uncrossed(text: str, meant: Sequence[str], read: Sequence[str]) -> list[Edit]:
    """Edits that undo the reading of one encoding of pairs as another, by that of the codecs `read` which gives the likeliest text."""
    found = [_told(text, codec, meant) for codec in read]
    return max(found, key=lambda edits: (len(edits), beforehand().likelihood("\n".join(edit.replacement for edit in edits)[:_LOOKED_AT])))


def _told(text: str, read: str, meant: Sequence[str]) -> list[Edit]:
    """Edits that undo the reading by a codec, where nearly all that is no common Chinese as it stands is long runs that were read so; then
    short ones, as a date or a heading, were too, and where there is no Chinese beside them each of them."""
    told = odd = 0
    is_all = True       # no Chinese stands beside
    likely: list[tuple[Edit, bool]] = []
    for match in _RUN_OF_WIDE.finditer(text):
        seen, original = match[0], _of_crossed_pairs(match[0], read, meant)
        stands, share = _share(seen), _share(original) if original else 0.0
        odd += len(seen) if stands < COMMON else 0
        is_all &= stands < COMMON or len(seen) < CROSSED_LEAST
        if original is not None and stands <= share >= COMMON and original.count(_LOST) <= LOST_MOST * len(original):
            told += len(seen) if len(original) >= CROSSED_LEAST and share - stands >= CROSSED_GAIN else 0
            likely.append((Edit(*match.span(), original, "mojibake"), stands < share))
    return [edit for edit, is_gain in likely if is_gain or is_all] if told and told >= WHOLE * odd else []


def _of_crossed_pairs(run: str, read: str, meant: Sequence[str]) -> str | None:
    """What a run of characters meant whose pairs of bytes by a codec are pairs of the first that knows them of the codecs `meant`; None
    where none does."""
    pairs = _pairs(read)
    try:
        pieces = [b"".join(map(pairs.__getitem__, piece)) for piece in run.split(_LOST)]
    except KeyError:
        return None
    for codec in meant:
        with contextlib.suppress(UnicodeDecodeError):
            return _LOST.join(piece.decode(codec) for piece in pieces)
    return None


@cache
def _pairs(codec: str) -> dict[str, bytes]:
    """The pair of bytes of each character by a codec; of Windows' Big5 also of those that it leaves to its users, which are private."""
    pairs: dict[str, bytes] = {}
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            pair = bytes((lead, trail))
            with contextlib.suppress(UnicodeDecodeError):
                if len(char := pair.decode(codec)) == 1:
                    pairs.setdefault(char, pair)
    if codec == "cp950":
        trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        own = [bytes((lead, trail)) for lead in (0xC6, 0xC7, 0xC8) for trail in trails][63:]        # the row C6 is free from A1 on
        pairs |= {chr(0xF6B1 + place): pair for place, pair in enumerate(own)}
    return pairs


def _share(run: str) -> float:
    """The share of common characters in a run, but for those that were lost."""
    return sum(map(_common().__contains__, run)) / max(1, len(run) - run.count(_LOST))


def _filled(data: bytes, may: Sequence[int], may_end: Sequence[int], asked: Iterator[int]) -> str:
    """UTF-8 in which FF stands for each byte that was lost, one of `may`, or before ASCII and at the very end of `may_end`. What character
    that was is told by the language, as often as `asked` allows, or is told to be lost."""
    said = ""
    for match in _UTF_8.finditer(data):
        if match[1] is not None:
            said += match[1].decode("utf-8", "replace")      # halves of surrogate pairs, too, are no characters
            continue
        last = may_end if data[match.end():match.end() + 1] < b"\x80" else may
        if (options := _options(match[0], [may, may, last])) and next(asked, None) is not None:
            behind = _UTF_8.match(data, match.end())
            said += _likeliest(options, said[-_BEFORE:], (behind[1] or b"").decode("utf-8", "replace")[:2] if behind else "\n")
        elif not said.endswith(_LOST):
            said += _LOST
    return said


def _options(broken: bytes, may: Sequence[Sequence[int]]) -> list[str]:
    """The common characters of three bytes that are `broken`, where these are not FF: one of them, or of a mark at the end two. More leaves
    so much open that the language would make up what nobody said."""
    if len(broken) != len(may) or not 0xE0 <= broken[0] <= 0xEF or (broken.count(0xFF) > 1 and broken[0] != 0xE3):
        return []
    filled = product(*([byte] if byte != 0xFF else lost for byte, lost in zip(broken, may, strict=True)))
    found = (bytes(each).decode("utf-8", "ignore") for each in filled)
    return [char for char in found if char in _common()]


def _likeliest(options: Sequence[str], before: str, behind: str) -> str:
    """The option that the language expects, where it leaves the others behind."""
    scores = np.array([beforehand().likelihood(option + behind, before or "\n") for option in options])
    best = int(scores.argmax())
    return options[best] if np.exp(scores - scores[best]).sum() - 1 < np.exp(-CERTAIN) else _LOST


def _if_common(original: str, least: int = LEAST) -> str | None:
    """`original` where it is Chinese as everybody writes it, `least` characters of it."""
    wide = [char for char in original if char > "\x7f"]
    lost = wide.count(_LOST)
    if len(wide) < least or len({*wide} - {_LOST}) < min(least, DISTINCT) or lost > LOST_MOST * len(wide) \
            or sum(map(_common().__contains__, wide)) < COMMON * (len(wide) - lost):
        return None
    return original
