"""Punctuation: half-width marks and ASCII quotes in Chinese prose become the Chinese ones; numbers, Latin words, times and addresses keep theirs."""  # noqa: E501
from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from flows.normalize.edits import Edit
from flows.normalize.spaces import HAN, positions
from schemas.lexicons import entries

HALF = frozenset(",;:!?()")
CHINESE = HAN + "，。、；：！？（）《》“”‘’…—【】〔〕〈〉％‰℃"
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_REACH = 300
_HAN_IN = re.compile(f"[{HAN}]")
_CHINESE_CHAR = re.compile(f"[{CHINESE}]")
_NUMBER = re.compile(r"\d{1,2}")

QUOTES = frozenset("\"'″＂＇「」『』﹁﹂﹃﹄〝〞〟„")
_CORNERS = str.maketrans("「」『』﹁﹂﹃﹄〝〞〟„＂＇", "“”‘’“”‘’“””“\"'")
_CORNER_MARKS = "".join(map(chr, _CORNERS))
_QUOTES = re.compile("[\"“”\n]")
_LOW_DOTS = re.compile("„„+")
# what holds a Chinese pair already is no pair: of ″″发展″″ the inner marks alone
_SINGLE = re.compile(rf"(?<![A-Za-z0-9'])'([^'‘’\n]{{0,60}}[{HAN}][^'‘’\n]{{0,60}})'(?![A-Za-z0-9'])")
_PRIMES = re.compile(rf"″([^″“”\n]{{0,60}}[{HAN}][^″“”\n]{{0,60}})″")

# each begins with its literal, so that the search for it runs at the speed of memory
_DOTS = {"...": re.compile(r"\.\.\.+"), "。。。": re.compile("。。。+"), "．．．": re.compile("．．．+"), "···": re.compile("···+"),
         "・・・": re.compile("・・・+")}
_DASHES = {"--": re.compile("--+"), "－－": re.compile("－－+"), "──": re.compile("──+"), "━━": re.compile("━━+")}
# TeX's quotation marks, of two characters each, and two apostrophes on either side, which behind a digit are seconds
_DOUBLED = re.compile(rf"(?:``|(?<![0-9'])''(?!'))(?=[^`'\n]{{0,80}}[{HAN}])([^`'\n]{{1,300}})''(?!')")
_OUTER = re.compile(r"『([^『』\n]{1,300})』")
_INNER = str.maketrans("「」", "‘’")
_BRACKETED = re.compile(rf"<<([^<>\n]{{0,60}}[{HAN}][^<>\n]{{0,60}})>>|＜＜([^＜＞\n]{{1,80}})＞＞")
# one for each dot, since a search for a character runs several times as fast as one for a class
_STOPS = {dot: re.compile(rf"{re.escape(dot)}(?=[{HAN}“”’（）《\n]|\Z)(?<=[{HAN}”）》%％‰]{re.escape(dot)})") for dot in ".．"}
_NUMERALS = frozenset("一二三四五六七八九十百")
_NUMERAL = re.compile(r"[一二三四五六七八九十百]+\Z")


def widened(text: str) -> tuple[str, list[int]]:
    """`text` with the half-width marks of Chinese prose made full-width, same length, and where they stood."""
    places = sorted(positions(text, HALF))
    letters: dict[int, str] = {}        # what has become Chinese, and so makes its neighbours Chinese

    def at(place: int) -> str:
        return letters.get(place) or text[place:place + 1] if place >= 0 else ""

    pairs = _pairs(text, places)
    paired = {place for pair in pairs for place in pair}
    waiting = [place for place in places if place not in paired]
    while pairs or waiting:
        found = len(letters)
        for start, end in pairs:
            before, after = at(start - 1), at(end + 1)
            if _is_mark_of_chinese(before) or _is_mark_of_chinese(after) or _HAN_IN.search(text, start + 1, end) \
                    or (before in ("", "\n") and _NUMBER.fullmatch(text, start + 1, end)):
                letters[start], letters[end] = "（", "）"
        for place in waiting:
            if _is_chinese(text, place, at(place - 1), at(place + 1)):
                letters[place] = text[place].translate(_WIDE)
        if len(letters) == found:
            break
        # the other way round next time, so that a long run of marks takes two rounds, not one a mark
        pairs = [pair for pair in reversed(pairs) if pair[0] not in letters]
        waiting = [place for place in reversed(waiting) if place not in letters]
    if not letters:
        return text, []
    pieces: list[str] = []
    position = 0
    for place in sorted(letters):
        pieces += (text[position:place], letters[place])
        position = place + 1
    pieces.append(text[position:])
    return "".join(pieces), sorted(letters)


def _pairs(text: str, places: list[int]) -> list[tuple[int, int]]:
    """The brackets of `places` that belong together, inner pairs first: on one line, at most some hundred characters apart."""
    pairs, opened = [], []
    for place in places:
        if text[place] == "(":
            opened.append(place)
        elif text[place] == ")" and opened:
            start = opened.pop()
            if place - start <= _REACH and "\n" not in text[start:place]:
                pairs.append((start, place))
            else:
                opened = []
    return pairs


def _is_mark_of_chinese(char: str) -> bool:
    return bool(char) and _CHINESE_CHAR.match(char) is not None


def _is_chinese(text: str, place: int, before: str, after: str) -> bool:
    """Whether the half-width mark at `place`, between the characters `before` and `after`, stands in Chinese prose."""
    mark = text[place]
    if mark == ":" and text.startswith("//", place + 1):
        return False
    if mark == "?" and (before in LOST_BEFORE or after in LOST_AFTER or _joins_names(text, place)):
        return False            # behind 、 or before 。 it is no question: it stands for a character that was lost
    if _is_mark_of_chinese(before) or _is_mark_of_chinese(after):
        return True
    if mark in "()":
        return False
    if not before or before <= " " or not (before.isalnum() or before in "%)]"):
        return False
    # between or behind digits and letters only the rest of the line tells; 1,234 and 10:30 stay
    if after in ("", "\n"):
        return bool(_HAN_BEFORE.search(text, max(0, place - 26), place))
    if (mark == "," and not _THOUSAND.match(text, place + 1)) or mark == ";":
        return (after.isalnum() or after == "(") and bool(_HAN_SOON.match(text, place + 1))
    return False


def _joins_names(text: str, place: int) -> bool:
    """Whether the ? at `place` parts two names or mottoes that stand in quotation marks together (“山海新城?宜居小镇”), where no one asks
    anything: it stands for the dot between them, which the source's encoding lacked."""
    before, after = _OPENED.search(text, max(0, place - _MOTTO), place), _CLOSED.match(text, place + 1)
    return before is not None and after is not None and not _ASKS.search(before[1]) and not _ASKS.search(after[1])


_MOTTO = 16
_OPENED = re.compile(rf"[“《‘]([{HAN}A-Za-z0-9—－-]{{1,{_MOTTO - 1}}})\Z")
_CLOSED = re.compile(rf"([{HAN}A-Za-z0-9—－-]{{1,{_MOTTO - 1}}})[”》’]")
_ASKS = re.compile("[谁誰么麼嘛吗嗎呢吧啊哪何怎几幾岂豈孰]|多少|是否|能否|可否|是不是|能不能|有没有|难道|还是|不是|[好对]不")
LOST_BEFORE = frozenset("、，；：“（")
LOST_AFTER = frozenset("。，、；：")
_HAN_BEFORE = re.compile(rf"[{HAN}][^\n]{{0,24}}\Z")
_HAN_SOON = re.compile(rf"[^\n]{{0,16}}[{HAN}]")
_THOUSAND = re.compile(r"\d{3}(?!\d)")


def days(text: str) -> list[Edit]:
    """Edits that put the dot back into days that are names (“5?12”): an encoding that lacks it writes ? for it."""
    return [Edit(match.start(1), match.end(1), "·", "mojibake") for match in _DAY.finditer(text)]


_DAY = re.compile(r"(?<=“)(?:1[0-2]|0?[1-9])(\?)(?:[12][0-9]|3[01]|0?[1-9])(?=”)")


def doubled(text: str) -> list[Edit]:
    """Edits that make “ ” of marks written as two characters each, ``八荣八耻'' and ''八荣八耻'', around Chinese."""
    return [Edit(start, end, mark, "punctuation") for match in _DOUBLED.finditer(text)
            for start, end, mark in ((match.start(), match.start() + 2, "“"), (match.end() - 2, match.end(), "”"))]


def quoted(text: str) -> str:
    """`text` with ASCII quotes made “ ” by pairing within each line, and 「」 made “ ”; same length."""
    if "『" in text and frozenset("「“\"").isdisjoint(_OUTER.sub("", text)):      # they are the outer marks of this text
        text = _OUTER.sub(lambda match: f"“{match[1].translate(_INNER)}”", text)
    if "„„" in text:        # the dots of an old encoding: nobody opens a quotation twice
        text = _LOW_DOTS.sub(lambda match: "…" * len(match[0]), text)
    text = text.translate(_CORNERS) if any(mark in text for mark in _CORNER_MARKS) else text
    if "″" in text:
        text = _PRIMES.sub(r"“\1”", text)
    if '"' in text:
        text = _paired(text)
    if "'" in text:
        text = _SINGLE.sub(r"‘\1’", text)
    return text


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


def marks(text: str, alphabet: Set[str]) -> list[Edit]:
    """... as ……, -- as ——, << >> as 《 》, and full stops written as dots."""
    edits: list[Edit] = []
    for patterns, replacement, longest in ((_DOTS, "……", 1000), (_DASHES, "——", 4)):
        found = [match.span() for sign, pattern in patterns.items() if sign[0] in alphabet and sign in text
                 for match in pattern.finditer(text) if match.end() - match.start() <= longest]
        edits += [Edit(start, end, replacement, "punctuation") for start, end in _beside_chinese(text, found)]
    if not alphabet.isdisjoint("<＜"):
        # the marks alone, since dots and dashes between them are marks too
        edits += [edit for match in _BRACKETED.finditer(text) for edit in (Edit(match.start(), match.start() + 2, "《", "punctuation"),
                                                                          Edit(match.end() - 2, match.end(), "》", "punctuation"))]
    for dot, pattern in _STOPS.items():
        if dot in alphabet:
            edits += _stops(text, pattern)
    return sorted(edits)


def _beside_chinese(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans` that stand beside Chinese, or beside one that does."""
    found: list[tuple[int, int]] = []
    together: list[tuple[int, int]] = []
    for start, end in [*sorted(spans), (-1, -1)]:
        if together and together[-1][1] != start:
            first, last = together[0][0], together[-1][1]
            if _is_mark_of_chinese(text[first - 1:first]) or _is_mark_of_chinese(text[last:last + 1]):
                found += together
            together = []
        together.append((start, end))
    return found


_WORDS_LEAST = 7        # characters of what ends with a dot that is no number and no label
_CLAUSE_LEAST = 3       # ... and of its last clause, and of what follows within the line
_CLAUSE_MOST = 40       # ... of it that are looked at
_LAST_CLAUSE = re.compile(r"(?:[^，,、。；：;:！？!?.．\n]|(?<=\d)[.．](?=\d))*\Z")
_OPENS_CLAUSE = re.compile(rf"[“《（]|[{HAN}][{HAN}0-9A-Za-z“”《》（）、，]{{{_CLAUSE_LEAST - 1}}}")
_AT_END = re.compile(r"[”’）]?(?:\n|\Z)")
_COUNTED = re.compile("第?[一二三四五六七八九十百]+[是要]?|[（(][一二三四五六七八九十]+[）)]|其[一二三四五六]|附件?|注")


def _stops(text: str, pattern: re.Pattern[str]) -> list[Edit]:
    """Dots, found by `pattern`, that are full stops: behind Chinese at the end of a line, or between two clauses of one. Where the text has
    hardly a 。, those also are that stand behind a short line with a comma: （一）抓好通道绿化."""
    dots = list(pattern.finditer(text))
    is_habit = len(dots) > 3 and len(dots) > text.count("。")
    edits: list[Edit] = []
    stop = -1       # the last dot that was found to be one
    for match in dots:
        at = match.start()
        start = text.rfind("\n", max(0, at - _REACH), at) + 1 or max(0, at - _REACH)
        line = text[start:at]
        has_comma = "，" in line or "," in line
        at_end = _AT_END.match(text, match.end()) is not None
        if is_habit:
            is_stop = ((has_comma and not _NUMERAL.fullmatch(line)) or len(line) >= _WORDS_LEAST) \
                and not ((clause := _LAST_CLAUSE.search(line, max(0, len(line) - _CLAUSE_MOST))) and _COUNTED.fullmatch(clause[0]))
        else:
            is_stop = (at_end and has_comma and not _NUMERAL.fullmatch(line)) or _ends_clause(text, max(start, stop + 1), match, at_end)
        if is_stop:
            stop = at
            edits.append(Edit(at, match.end(), "。", "punctuation"))
    return edits


def _ends_clause(text: str, start: int, dot: re.Match[str], at_end: bool) -> bool:
    """Whether a `dot` ends a sentence that begins at or behind `start`: neither a number nor a label stands before it, and no name, no
    name of a place (中国.上海) and no mark that closes a quotation goes on behind it."""
    at, end = dot.span()
    clause = _LAST_CLAUSE.search(text, max(start, at - _CLAUSE_MOST), at)
    sentence = at - max(start, text.rfind("。", start, at) + 1)
    if clause is None or _COUNTED.fullmatch(clause[0]) or (text[at - 1] in _NUMERALS and text[end:end + 1] in _NUMERALS):
        return False
    if at_end:
        return sentence >= _WORDS_LEAST or text[start - 1:start] in (".", "．")
    follows = _OPENS_CLAUSE.match(text, end + (text[end:end + 1] == "”")) is not None
    return follows and len(clause[0]) >= _CLAUSE_LEAST and (sentence >= _WORDS_LEAST - 2 or text[start - 1:start] in (".", "．")) \
        and not text.startswith("中国", at - 2) and not _is_name(text, at, end)


def _is_name(text: str, at: int, end: int) -> bool:
    """Whether what stands around a dot is written as foreign names are."""
    sounds = transliterating()
    before, after = text[max(0, at - 2):at], text[end:end + 2]
    parts = text[at - 2:at - 1] in (".", "．") or sum(map(sounds.__contains__, before + after)) >= 3
    return parts and before[-1:] in sounds and after[:1] in sounds


@cache
def transliterating() -> frozenset[str]:
    """Characters with which foreign names are written."""
    return frozenset("".join(entries("transliteration.txt")))
