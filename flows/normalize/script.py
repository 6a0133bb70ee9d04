"""Script: whether a text is in simplified or traditional characters, and the simplified form of a traditional one.

The conversion is that of the dictionaries of opencc-python-reimplemented (t2s), with a reviewed table of exceptions before them. It never
changes a length, so offsets stay. Simplified text is not touched: 乾 in 乾坤 and 著 in 著名 are simplified characters too, and only their
neighbours tell.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

LEXICON = files("schemas") / "lexicons" / "script.tsv"


class Converter(NamedTuple):
    """`letters`: single characters, for str.translate; `words`: longer entries, found leftmost and longest first."""

    letters: Mapping[int, str]
    words: Mapping[str, str]
    matcher: re.Pattern[str] | None
    triggers: frozenset[str]

    def convert(self, text: str) -> str:
        """`text` with every entry replaced; same length."""
        if self.matcher is None or self.triggers.isdisjoint(text):
            return text.translate(self.letters)
        pieces: list[str] = []
        position = 0
        for match in self.matcher.finditer(text):
            pieces += (text[position:match.start()].translate(self.letters), self.words[match[0]])
            position = match.end()
        pieces.append(text[position:].translate(self.letters))
        return "".join(pieces)


def converter(entries: Iterable[tuple[str, str]]) -> Converter:
    """A converter from entries of equal length on both sides; of two for the same source the first counts."""
    letters: dict[int, str] = {}
    words: dict[str, str] = {}
    for source, target in entries:
        if len(source) != len(target):
            raise ValueError(f"{source} and {target} differ in length")
        if len(source) == 1:
            letters.setdefault(ord(source), target)
        else:
            words.setdefault(source, target)
    if not words:
        return Converter(letters, words, None, frozenset())
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    pattern = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items()))
    return Converter(letters, words, re.compile(pattern), frozenset(groups))


def package_entries() -> list[tuple[str, str]]:
    """The t2s dictionaries of opencc-python-reimplemented: (traditional, simplified), first choice only."""
    return [(source, targets.split(" ")[0]) for name in ("TSPhrases.txt", "TSCharacters.txt") for source, targets in dictionary(name)]


def dictionary(name: str) -> list[tuple[str, str]]:
    """The entries of a dictionary of opencc-python-reimplemented: (source, targets parted by spaces).

    Raises ModuleNotFoundError where the package is missing.
    """
    spec = find_spec("opencc")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opencc-python-reimplemented is not installed")
    lines = (Path(spec.origin).parent / "dictionary" / name).read_text(encoding="utf-8").splitlines()
    return [(source, targets) for source, _, targets in (line.partition("\t") for line in lines) if targets]


def reviewed_entries() -> list[tuple[str, str]]:
    """The exceptions of schemas/lexicons/script.tsv."""
    lines = (line for line in LEXICON.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return [(source, target) for source, _, target in (line.partition("\t") for line in lines)]


@cache
def simplifier() -> Converter:
    """Package and exceptions; the exceptions come first."""
    return converter([*reviewed_entries(), *package_entries()])


@cache
def traditional_only() -> frozenset[str]:
    """Characters that do not occur in simplified text: outside GB 2312, and with another simplified form inside it."""
    return frozenset(source for source, target in package_entries()
                     if len(source) == 1 and source != target and not in_gb2312(source) and in_gb2312(target))


@cache
def simplified_only() -> frozenset[str]:
    """Characters of GB 2312 that only simplification made: 们 国 这, but not 里 or 后, which are traditional characters too."""
    sources = {source for source, _ in package_entries() if len(source) == 1}
    targets = {target for source, target in package_entries() if len(source) == 1 and source != target}
    return frozenset(char for char in targets - sources if in_gb2312(char) and not _in_big5(char))


def _encodable(encoding: str) -> Callable[[str], bool]:
    def encodable(char: str) -> bool:
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            return False
        return True
    return encodable


in_gb2312 = _encodable("gb2312")      # whether a character belongs to the standard set of simplified text
_in_big5 = _encodable("big5")


@cache
def exceptional() -> dict[str, str]:
    """Characters that the reviewed table gives another form than their usual one (發揮著 → 着), each with the usual one."""
    usual = {source: target for source, target in package_entries() if len(source) == 1}
    return {old: usual.get(old, old) for source, target in reviewed_entries() for old, new in zip(source, target)
            if new not in (old, usual.get(old, old))}


@cache
def strays() -> Converter:
    """Traditional characters that are slips in a simplified text: the usual form of a simplified one. Variants that are used in names
    today (昇, 堃, 峯), and those that the table of standard characters keeps (於, 瞭, 徵), stay."""
    usual = {targets.split(" ")[0] for _, targets in dictionary("STCharacters.txt")}
    letters = {code: target for code, target in simplifier().letters.items()
               if chr(code) in usual and chr(code) in traditional_only() and chr(code) not in "於瞭徵藉夥麼鍾"}
    return Converter(letters, {}, None, frozenset(map(chr, letters)))


@cache
def _of_mixed() -> Converter:
    """The simplifier of text whose plain slips are mended, with its words as they stand there: 专著 as 專著."""
    return converter((source.translate(strays().letters), target) for source, target in (*reviewed_entries(), *package_entries()))


@cache
def _matchers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (re.compile("[" + "".join(sorted(traditional_only())) + "]"), re.compile("[" + "".join(sorted(simplified_only())) + "]"))


def script_of(text: str, alphabet: Set[str]) -> str:
    """`Hans`, `Hant`, or `mixed`: both in more than stray characters."""
    if alphabet.isdisjoint(traditional_only()):
        return "Hans"
    traditional, simplified = _matchers()
    old, new = len(traditional.findall(text)), len(simplified.findall(text))
    if old * 50 < new or (old < 3 and new > 0):
        return "Hans"
    return "Hant" if new * 50 < old else "mixed"


def _is_sprinkled(counts: Sequence[tuple[int, int]]) -> bool:
    """Whether most paragraphs of a text, by how many traditional and how many simplified characters each has, hold both in more than stray
    characters: passages of one script in a text of the other stand in paragraphs of their own."""
    told = [(old, new) for old, new in counts if old + new >= _TOLD_LEAST]
    mixed = sum(min(old, new) > 1 and min(old, new) * _SPRINKLED >= max(old, new) for old, new in told)
    return mixed >= _MIXED_LEAST and mixed * 3 >= len(told) * 2


_TOLD_LEAST, _MIXED_LEAST, _SPRINKLED = 6, 3, 12     # characters that tell; paragraphs; times as many of the one as of the other


def simplify(text: str, script: str, alphabet: Set[str]) -> str:
    """`text` in simplified characters, same length. Paragraphs that are simplified already stay as they are but for slips; one that
    holds no character that tells goes with the one before. Where most paragraphs mix both, as programs leave them that know a part of the
    characters, none of them is simplified already, and what is a character of both scripts (後, 著) is as its neighbours have it."""
    if script == "Hans":
        return text if alphabet.isdisjoint(strays().triggers) else text.translate(strays().letters)
    if alphabet.isdisjoint(simplified_only()):
        return simplifier().convert(text)
    traditional, simplified = _matchers()
    lines = text.split("\n")
    is_traditional = script == "Hant"
    counts = [(len(traditional.findall(line)), len(simplified.findall(line))) for line in lines]
    if script == "mixed" and _is_sprinkled(counts):
        return _of_mixed().convert(text.translate(strays().letters))
    for number, (line, (old, new)) in enumerate(zip(lines, counts, strict=True)):
        if old or new:
            is_traditional = old >= new
        lines[number] = simplifier().convert(line) if is_traditional else line.translate(strays().letters)
    return "\n".join(lines)
