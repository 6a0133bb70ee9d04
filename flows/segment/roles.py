"""Roles: the lines of a speech that greet, and those that close it."""
from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def _words(name: str) -> tuple[str, ...]:
    """The lines of a lexicon, comments and blank lines left out."""
    lines = (files("schemas") / "lexicons" / name).read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


# A call to the audience: one clause, then a mark. Its pieces are looked at one by one, since a pattern of lists of names backtracks.
_CALL = re.compile(r"([^。！？；：:!\n]{1,80}?)(?:[：:！!]|[，,](?=\n))")
_SHORT_CALL = re.compile(r"([^。！？；：:!，,\n]{1,40})[，！：。,!:]")
_BETWEEN = re.compile(r"[、，,\s]+|(?<=[们员表导宾])[和与及暨]")


@cache
def _named() -> re.Pattern[str]:
    """A piece that names people: 尊敬的各位领导, 与会的全体同志, 张主任, and whoever is called with respect: 各位读者."""
    return re.compile(rf"(?:[^、，,]{{0,20}})(?:{_any(_words('audiences.txt'))})|"
                      r"(?:尊敬的|敬爱的|亲爱的|各位|诸位)[^、，,请您要是了把对给让看说讲做]{1,12}")


@cache
def _called() -> re.Pattern[str]:
    """A piece that calls people and says nothing else of them."""
    return re.compile(rf"(?:尊敬的|敬爱的|亲爱的|各位|诸位|全体|在座的){{0,3}}(?:{_any(_words('audiences.txt'))})")


# How a last paragraph begins; in the middle of a speech the same words begin others, so only trailing paragraphs are asked.
_LAST_WORDS = ("最后，", "总之", "以上", "综上", "总而言之")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(_any(_words("closings.txt")))


def salutation_end(text: str, start: int = 0) -> int:
    """Where the greeting at `start` ends (after its line break, if it fills its line); `start` where there is none. Several lines of
    greeting follow each other (尊敬的书记：, then 各位来宾：)."""
    end = start
    while match := _CALL.match(text, end):
        if not all(_named().fullmatch(piece) for piece in _BETWEEN.split(match[1].strip()) if piece):
            break
        end = match.end()
        if text[end: end + 1] != "\n":
            break
        end += 1
    return end


def is_vocative(text: str, start: int) -> bool:
    """Whether the line at `start` begins by calling the audience."""
    match = _SHORT_CALL.match(text, start)
    return match is not None and all(_called().fullmatch(piece) for piece in _BETWEEN.split(match[1].strip()) if piece)


def is_closing(text: str, start: int, end: int, alone: bool = True) -> bool:
    """Whether text[start:end] calls to act, thanks or says that the speech is over; `alone`: 最后 at its head is enough to tell."""
    return (alone and text.startswith(_LAST_WORDS, start, end)) or _closing().search(text, start, end) is not None
