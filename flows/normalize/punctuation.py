"""Punctuation: half-width marks and ASCII quotes in Chinese prose become the Chinese ones; numbers, Latin words, times and addresses keep theirs."""
from __future__ import annotations

import re

from flows.normalize.edits import Edit
from flows.normalize.spaces import HAN

HALF = frozenset(",;:!?()")
CHINESE = HAN + "，。、；：！？（）《》“”‘’…—【】〔〕〈〉％‰℃"
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_MARK = re.compile(r"[,;:!?]")
_PAIR = re.compile(r"\(([^()\n]{0,300})\)")
_LONE = re.compile(rf"[()](?:(?<=[{CHINESE}].)|(?=[{CHINESE}]))")
_HAN_IN = re.compile(f"[{HAN}]")
_CHINESE_CHAR = re.compile(f"[{CHINESE}]")
_NUMBER = re.compile(r"\d{1,2}")

QUOTES = frozenset("\"'″＂＇「」『』﹁﹂﹃﹄〝〞〟„")
_CORNERS = str.maketrans("「」『』﹁﹂﹃﹄〝〞〟„＂＇", "“”‘’“”‘’“””“\"'")
_QUOTES = re.compile("[\"“”\n]")
_SINGLE = re.compile(rf"(?<![A-Za-z0-9'])'([^'\n]{{0,60}}[{HAN}][^'\n]{{0,60}})'(?![A-Za-z0-9'])")
_PRIMES = re.compile(rf"″([^″\n]{{0,60}}[{HAN}][^″\n]{{0,60}})″")

_DOTS = re.compile(r"[.。．·・](?<=([.。．·・]))\1{2,}")
_DASHES = re.compile(r"[-－─━]{2,}")
_BRACKETED = re.compile(rf"<<([^<>\n]{{0,60}}[{HAN}][^<>\n]{{0,60}})>>|＜＜([^＜＞\n]{{1,80}})＞＞")
_STOP = re.compile(rf"\.(?=[{HAN}“（\n]|\Z)(?<=[{HAN}”）]\.)")
_NUMERAL = re.compile(r"[一二三四五六七八九十百]+\Z")


def widened(text: str) -> tuple[str, list[int]]:
    """`text` with the half-width marks of Chinese prose made full-width, same length, and where they stood."""
    places: list[int] = []

    def wide(match: re.Match[str]) -> str:
        places.append(match.start())
        return match[0].translate(_WIDE)

    def wide_mark(match: re.Match[str]) -> str:
        return wide(match) if _is_chinese(text, match.start(), match[0]) else match[0]

    def wide_pair(match: re.Match[str]) -> str:
        start, end = match.span()
        before, after = text[start - 1:start], text[end:end + 1]
        if _CHINESE_CHAR.match(before) or _CHINESE_CHAR.match(after) or _HAN_IN.search(match[1]) \
                or (before in ("", "\n") and _NUMBER.fullmatch(match[1])):
            places.extend((start, end - 1))
            return f"（{match[1]}）"
        return match[0]

    if "(" in text or ")" in text:
        for _ in range(3):          # brackets within brackets
            found = len(places)
            text = _PAIR.sub(wide_pair, text)
            if len(places) == found:
                break
        text = _LONE.sub(wide, text)
    for _ in range(3):              # a mark beside one that has just become Chinese
        found = len(places)
        text = _MARK.sub(wide_mark, text)
        if len(places) == found:
            break
    return text, sorted(places)


def _is_chinese(text: str, place: int, mark: str) -> bool:
    """Whether the half-width mark at `place` stands in Chinese prose."""
    before, after = text[place - 1:place], text[place + 1:place + 2]
    if mark == ":" and text.startswith("//", place + 1):
        return False
    if mark == "?" and (before in LOST_BEFORE or after in LOST_AFTER):
        return False            # behind 、 or before 。 it is no question: it stands for a character that was lost
    if before and _CHINESE_CHAR.match(before) or after and _CHINESE_CHAR.match(after):
        return True
    if not before or before <= " " or not (before.isalnum() or before in "%)]"):
        return False
    # between or behind digits and letters only the rest of the line tells; 1,234 and 10:30 stay
    if after in ("", "\n"):
        return bool(_HAN_BEFORE.search(text, max(0, place - 26), place))
    if mark == "," and not _THOUSAND.match(text, place + 1) or mark == ";":
        return (after.isalnum() or after == "(") and bool(_HAN_SOON.match(text, place + 1))
    return False


LOST_BEFORE = frozenset("、，；：“（")
LOST_AFTER = frozenset("。，、；：")
_HAN_BEFORE = re.compile(rf"[{HAN}][^\n]{{0,24}}\Z")
_HAN_SOON = re.compile(rf"[^\n]{{0,16}}[{HAN}]")
_THOUSAND = re.compile(r"\d{3}(?!\d)")


def quoted(text: str) -> str:
    """`text` with ASCII quotes made “ ” by pairing within each line, and 「」 made “ ”; same length."""
    text = text.translate(_CORNERS) if not _CORNER_MARKS.isdisjoint(text) else text
    if "″" in text:
        text = _PRIMES.sub(r"“\1”", text)
    if '"' in text:
        text = _paired(text)
    if "'" in text:
        text = _SINGLE.sub(r"‘\1’", text)
    return text


_CORNER_MARKS = QUOTES - set("\"'″")


def _paired(text: str) -> str:
    is_open = False
    pieces: list[str] = []
    position = 0
    for match in _QUOTES.finditer(text):
        mark = match[0]
        if mark == '"':
            pieces += (text[position:match.start()], "”" if is_open else "“")
            position = match.end()
            is_open = not is_open
        else:
            is_open = mark == "“"
    pieces.append(text[position:])
    return "".join(pieces)


def marks(text: str, alphabet: set[str]) -> list[Edit]:
    """... as ……, -- as ——, << >> as 《 》, and full stops written as dots."""
    edits: list[Edit] = []
    if any(dots in text for dots in ("...", "。。。", "．．．", "···", "・・・")):
        edits += [Edit(match.start(), match.end(), "……", "punctuation") for match in _DOTS.finditer(text) if _beside_chinese(text, match)]
    if any(dashes in text for dashes in ("--", "－－", "──", "━━")):
        edits += [Edit(match.start(), match.end(), "——", "punctuation") for match in _DASHES.finditer(text)
                  if len(match[0]) <= 4 and _beside_chinese(text, match)]
    if not alphabet.isdisjoint("<＜"):
        edits += [Edit(match.start(), match.end(), f"《{match[1] or match[2]}》", "punctuation") for match in _BRACKETED.finditer(text)]
    if "." in alphabet:
        edits += _stops(text)
    return sorted(edits)


def _beside_chinese(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    return any(char and _CHINESE_CHAR.match(char) for char in (text[start - 1:start], text[end:end + 1]))


def _stops(text: str) -> list[Edit]:
    """Dots that are full stops: behind Chinese at the end of a line with a comma; within lines only where the text has hardly a 。"""
    dots = list(_STOP.finditer(text))
    is_habit = len(dots) > 3 and len(dots) > text.count("。")
    edits = []
    for match in dots:
        if not is_habit and text[match.end():match.end() + 1] not in ("", "\n"):
            continue
        start = text.rfind("\n", max(0, match.start() - 400), match.start()) + 1
        line = text[start:match.start()]
        if ("，" in line or "," in line) and not _NUMERAL.fullmatch(line):
            edits.append(Edit(match.start(), match.end(), "。", "punctuation"))
    return edits
