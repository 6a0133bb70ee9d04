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


@cache
def _salutation() -> re.Pattern[str]:
    people = _any(_words("audiences.txt"))
    polite = "(?:尊敬的|敬爱的|亲爱的|各位尊敬的|在座的|全体|广大|各位|诸位|你们|我的)"
    # A salutation names people and nothing else: 尊敬的各位领导、各位来宾，女士们、先生们：
    return re.compile(rf"(?:{polite}|{people})[^。！？；：\n]{{0,60}}?(?:{people})?(?:{people})[：！:!，,](?=\n|\Z)|"
                      rf"(?:{polite})*(?:{people})(?:[、，,\s]*(?:{polite})*(?:{people}))*[：！:!]")


@cache
def _vocative() -> re.Pattern[str]:
    people = _any(_words("audiences.txt"))
    polite = "(?:尊敬的|亲爱的|各位|诸位|全体)*"
    return re.compile(rf"{polite}(?:{people})(?:[、，]\s*{polite}(?:{people}))*[，！：。,!:]")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(_any(_words("closings.txt")))


def salutation_end(text: str, start: int = 0) -> int:
    """Where the greeting at `start` ends (after its line break, if it fills its line); `start` where there is none."""
    match = _salutation().match(text, start)
    if not match:
        return start
    end = match.end()
    return end + 1 if text[end: end + 1] == "\n" else end


def is_vocative(text: str, start: int) -> bool:
    """Whether the line at `start` begins by calling the audience."""
    return _vocative().match(text, start) is not None


def is_closing(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] calls to act, thanks or says that the speech is over."""
    return _closing().search(text, start, end) is not None
