"""Markers: the places in a speech where a numbering system may count off a part or a point, and the number each writes.

Only candidates: whether a candidate is a marker is told from the run that it stands in (flows.segment.headings, flows.segment.points).
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.normalize.code_points import table
from flows.normalize.numerals import number
from flows.segment.texts import Texts

HAN = "一二三四五六七八九十百"

# Where a part or a point may start: a new line, a finished clause. Commas let in only what nothing else explains (第一块…，第二块…).
_BOUNDARIES, _CLOSERS, _GAPS = "\n。；！？：，;!?:", "”’」』）", " \u3000"
_BOUNDARY = rf"[{_BOUNDARIES}][{_CLOSERS}]?[{_GAPS}]{{0,8}}"
# What pages draw before a heading: only at the start of a line.
_DRAWN = "▍▎▌▋▊█■◆◇●★☆▲▶►"
# Numerals as cheques write them; 参 is what simplifying makes of 參. Some are surnames and verbs too: without brackets or 第 they count
# only at the start of a line.
_FORMAL = "壹贰叁肆伍陆柒捌玖拾参"
_NUMERALS = f"{HAN}廿卅"
# Families of sequences that count without a gap: 其一, 甲、, A、. Only the first writes the number.
EXACT_SEQUENCES = ("其", "甲", "A")
_STEMS, _LETTERS = "甲乙丙丁戊己庚辛", "ABCDEFGH"     # 甲、…乙、… and A、…B、…: only at the start of a line
_GLYPH = "①-⒛㈠-㈩㊀-㊉❶-❿"
_FIRST = f"{_NUMERALS}{_FORMAL}{_DRAWN}第首其再最另还又关{_STEMS}{_LETTERS}(（【〈" + "".join(
    chr(code) for first, _, last in re.findall("(.)(-)(.)", _GLYPH) for code in range(ord(first), ord(last) + 1))
# Classifiers that an ordinal counts points by (第一个问题, 第四种); 次, 届, 批, 年, 期 count events and are left out.
_CLASSIFIER = (r"(?:个|种|块|点|条|项|类|件|句|层|大)?"
               r"(?:方面|问题|层面|层次|要求|任务|重点|环节|特点|原因|理由|意见|建议|体会|想法|感受|感想|措施|原则|关系|因素|意思|含义|考虑|打算|"
               r"目的|体现|表现|变化|特征|优势|不足|差距|关键|抓手|着力点|角度|维度|认识|启示|教训|经验|做法|话)(?=[，、：:,是])|"
               r"(?:方面|问题)|(?:个|种|块|点|条|项|类|件|句|层)")
# Classifiers of things that count points only where a mark or 是 tells so: 第一步，…；第二道关是…. At the start of a line they count whole
# paragraphs (第一张牌，).
_OF_THINGS = r"[步招关道本笔堂张课把封样桩门副剂股仗问味杯碗盏束](?=[^\W\d_]{0,3}?(?:[，：:]|就?是))"
_CANDIDATE = re.compile(
    _BOUNDARY + rf"(?:(?P<drawn>[{_DRAWN}])[{_GAPS}]{{0,2}})?(?=[{_FIRST}\d])(?:"
    rf"(?P<han>[{_NUMERALS}]{{1,4}})(?P<after_han>[、．.,，：:是要来则）)]|[ \u3000]+|方面|个(?=[是要])|(?=\n))"
    rf"|(?P<formal>[{_FORMAL}]{{1,3}})(?:[、．：:]|\.(?!\d)|[ \u3000]+|(?=\n))"
    rf"|(?P<about>关于)?第(?P<ordinal>[{_NUMERALS}]{{1,4}}|[{_FORMAL}]{{1,3}}|\d{{1,2}})"
    rf"(?:(?P<part>[大]?部分|[章节篇编]|讲(?=[ \u3000：:、，\n]))|(?P<classifier>{_CLASSIFIER})|(?P<step>{_OF_THINGS}))?"
    r"(?:(?P<comma>[，、：:,.．]|(?= ))|(?P<copula>(?=是|就是|要(?![务素义领塞点件求]))))?"
    rf"|[【〈](?P<square>[{_NUMERALS}]{{1,3}})[】〉]"
    rf"|[（(][{_GAPS}]?(?P<paren>[{_NUMERALS}]{{1,4}}|[{_FORMAL}]{{1,3}}|\d{{1,2}})[{_GAPS}]?[）)][、.．]?"
    rf"|(?P<arabic>\d{{1,2}})[{_GAPS}]?(?P<after_arabic>[、．）)]|[.,，](?!\d)|\.(?=(?:19|20)\d\d年))"
    rf"|(?P<stem>[{_STEMS}])[、．]|(?P<letter>[{_LETTERS}])[、．]"
    r"|0(?P<padded>[1-9])(?=[ \u3000\n])"
    rf"|(?P<glyph>[{_GLYPH}])[、.．]?"
    rf"|其(?P<one_of>[{HAN}])(?=[，、：是]|[^{HAN}])"
    r"|(?P<sequence>首先|其次|再次|再者|最后|另一方面|又一方面|另一个(?=[是要])|还有一个(?=[是要])))[，、：,]?"
)
_PLAIN = str.maketrans(_FORMAL, f"{HAN[:10]}三")
_GLYPHS = {chr(code): ("paren_arabic", code - 0x2460 + 1, "①") for code in range(0x2460, 0x2474)}
_GLYPHS |= {chr(code): ("paren_arabic", code - 0x2474 + 1, "⑴") for code in range(0x2474, 0x2488)}
_GLYPHS |= {chr(code): ("arabic", code - 0x2488 + 1, "arabic") for code in range(0x2488, 0x249C)}
_GLYPHS |= {chr(code): ("paren_han", code - 0x3220 + 1, "paren_han") for code in range(0x3220, 0x322A)}
_GLYPHS |= {chr(code): ("paren_han", code - 0x3280 + 1, "paren_han") for code in range(0x3280, 0x328A)}
_GLYPHS |= {chr(code): ("paren_arabic", code - 0x2776 + 1, "①") for code in range(0x2776, 0x2780)}
_TENS = frozenset("十百廿卅")
# Place in its sequence; two words may share a place. 最后 ends whatever it stands in.
_ORDER = {"首先": ("首先", 1), "其次": ("首先", 2), "再次": ("首先", 3), "再者": ("首先", 3), "最后": ("首先", LAST := 99),
          "一方面": ("方面", 1), "另一方面": ("方面", 2), "又一方面": ("方面", 3),
          "一个": ("一个", 1), "另一个": ("一个", 2), "还有一个": ("一个", 3), "一来": ("来", 1), "二来": ("来", 2), "三来": ("来", 3),
          "一则": ("则", 1), "二则": ("则", 2), "三则": ("则", 3)}
# Behind a comma 一方面 counts off only what was announced: 主要是两个方面，一方面…
_TWO_SIDES = tuple(f"两{count}方面{tail}" for count in ("", "个")
                   for tail in ("", "原因", "的原因", "看", "来看", "讲", "来讲", "说", "来说"))
# What an ordinal with a classifier counts without counting off points: 第一个百年奋斗目标, 第二个五年.
_SPAN_OF_TIME = re.compile(r"[一二三四五六七八九十百\d]*(?:百年|五年|十年|年|月|季度|世纪|星期|周|工作日|阶段)")


# Behind a comma 首先 may belong to the clause (当前首先要…): it counts off what its own sentence goes on with by 其次. How far that is
# looked for, in characters, keeps the time linear.
_NEXT_COMES = re.compile(rf"[^。！？\n]{{0,300}}?[；：;:][{_CLOSERS}]?其次")
# What stands between an ordinal with its classifier and the mark behind it, where a run says it each time: 第一件事，…第二件事，….
_COUNTED = re.compile(r"(?![是要就])[\u4e00-\u9fff]{1,5}?(?=[，、：:]|就?是)[，、：:]?")
# How far before the second point, in characters, the first one is looked for that stands without a pause: it keeps the time linear.
_FIRST_REACH = 300
_OPENS_BRACKET = frozenset("（(②⑵⒉㈡㊁❷")
_TWO_TO_ONE = str.maketrans("2２二贰②⑵⒉㈡㊁❷", "1１一壹①⑴⒈㈠㊀❶")
_NO_SIDE = "，另又第这那哪某每同单任"   # 这一方面, 同一方面; behind a comma 一方面 belongs to its clause
_SENTENCE_END = re.compile("[。！？\n]")
# The family of what may be one of two numbers side by side (一、二产业), until the numbering tells.
_DOUBTFUL = "han?"
_LONGEST_HEADING = 40
_STOP = re.compile("[。！？；：，…]")
_ZEROS = frozenset("〇○零OＯ")
_SHORT_FOR_ORDINAL = re.compile(rf"[{HAN}][、和产季批次届期类]")


class Marker(NamedTuple):
    """A candidate: text[start:end] is the marker; `family` names the numbering that it can go on with, `number` is its place there
    (for first, next, last also a place); `at_line` where it starts a line; `boundary` is the character before."""

    start: int
    end: int
    style: str
    family: str
    number: int
    at_line: bool
    boundary: str


_WRITTEN = re.compile(rf"[{_NUMERALS}{_FORMAL}]+|\d{{1,9}}|[{_GLYPH}]")


@lru_cache(maxsize=1 << 10)
def numeral(digits: str) -> int:
    """The number of a marker in Han, formal or Arabic digits; 0 where they write none, and where Han digits stand side by side (二三 are
    two)."""
    plain = digits.translate(_PLAIN)
    return 0 if len(plain) > 1 and not plain.isdecimal() and _TENS.isdisjoint(plain) else number(plain)


def written(marker: str) -> int | None:
    """The number that a marker writes, whatever it is written in: （三）, 叁、, ③; None where it writes none (首先)."""
    found = _WRITTEN.search(marker)
    if not found:
        return None
    glyph = _GLYPHS.get(found[0])
    return glyph[1] if glyph else numeral(found[0])


@cache
def _after_boundary() -> NDArray[np.bool_]:
    """Whether a code point may follow a boundary that a marker follows; one beyond the basic plane may be a digit."""
    found = table(_CLOSERS + _GAPS + _FIRST).copy()
    found[[code for code in range(0xFFFF) if chr(code).isdecimal()]] = found[0xFFFF] = True
    return found


def boundaries(texts: Texts) -> list[list[int]]:
    """For each text the offsets at which a marker may stand. Most boundaries are passed over at once, by the character that follows."""
    if not len(texts.starts):
        return []
    places = np.append(0, texts.places(_BOUNDARIES)[:-1] + 1)   # the first text has no line before it, nothing follows the last seam
    places = places[_after_boundary()[texts.codes[places]]]
    bounds = np.searchsorted(places, texts.starts).tolist()
    return [(places[low:high] - start).tolist() for low, high, start in zip(bounds, [*bounds[1:], None], texts.starts.tolist())]


def _matches(padded: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """What _CANDIDATE finds."""
    end = 0
    for place in places:
        match = _CANDIDATE.match(padded, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def markers(text: str, places: Sequence[int] | None = None) -> Iterator[Marker]:
    """The candidates of `text`, in order. Linear in its length. `places`: its `boundaries`, where they are known."""
    return iter(_vouched(text, list(_markers(text, places))))


def _markers(text: str, places: Sequence[int] | None) -> Iterator[Marker]:
    """The candidates, with those at lines that may be one of two numbers side by side."""
    padded = "\n" + text
    for match in _matches(padded, boundaries(Texts([text]))[0] if places is None else places):
        kind = match.lastgroup
        boundary = padded[match.start()]
        first = match.start() + 1
        while padded[first] in "”’」』） \u3000":
            first += 1
        found = _read(match, kind, padded, first, boundary)
        if found:
            style, family, number = found
            end = match.end() - 1
            if family == "point" and padded[match.end() - 1] in "，、：,":
                end -= 1
            yield Marker(first - 1, end, style, family, number, boundary == "\n", boundary)


def _vouched(text: str, found: list[Marker]) -> list[Marker]:
    """The markers, those that a numeral follows as it does in 一、二产业 only where the numbering goes on with them: 一、三年来 that a line
    二、 follows, 三、五年规划 that fills its line behind 二、."""
    if not any(marker.family == _DOUBTFUL for marker in found):
        return found
    # for each marker, backwards, the numbers of the next line that is counted so and of the next one that may be
    following: list[tuple[int, int]] = []
    after = perhaps = 0
    for marker in reversed(found):
        following.append((after, perhaps))
        after = marker.number if marker.family == "han" and marker.at_line else after
        perhaps = marker.number if marker.family == _DOUBTFUL else perhaps
    whole: list[Marker] = []
    before = 0
    for marker, numbers in zip(found, reversed(following), strict=True):
        if marker.family == _DOUBTFUL:
            is_followed = marker.number + 1 in numbers
            if not (is_followed and before != 1 if marker.number == 1 else
                    before == marker.number - 1 and (is_followed or _fills_line(text, marker))):
                continue
            marker = marker._replace(family="han")
        before = marker.number if marker.family == "han" and marker.at_line else before
        whole.append(marker)
    return whole


def _fills_line(text: str, marker: Marker) -> bool:
    """Whether a line holds nothing but a marker and words without a stop, no more than a heading has."""
    end = text.find("\n", marker.end, marker.end + _LONGEST_HEADING)
    end = len(text) if end < 0 and len(text) - marker.end < _LONGEST_HEADING else end
    return end > marker.end and _STOP.search(text, marker.end, end) is None


def with_first(text: str, found: Sequence[Marker]) -> list[Marker]:
    """The markers, with the first points that stand without a pause where the second one follows in their sentence (要推进（1）…；（2）…;
    要一方面…；另一方面…), and with 一个是…；一个是…；还有一个是… counted in turn."""
    firsts: list[Marker] = []
    starts = {marker.start for marker in found}
    whole = list(found)
    before: int | None = None  # the 一个 before
    for index, marker in enumerate(found):
        if marker.family == "一个":
            if before is not None and _next_in_turn(text, whole[before], marker):
                whole[index] = marker._replace(number=max(marker.number, whole[before].number + 1))
            before = index
        elif marker.number == 2 and not marker.at_line and (marker.family == "方面" or text[marker.start] in _OPENS_BRACKET):
            first = text[marker.start:marker.end].rstrip("，、：:,.．").translate(_TWO_TO_ONE).removeprefix("另")
            low = max(0, marker.start - _FIRST_REACH)
            low = max(low, *(text.rfind(stop, low, marker.start) + 1 for stop in "。！？\n"))
            at = text.rfind(first, low, marker.start)
            if at >= 0 and at not in starts and not (marker.family == "方面" and text[at - 1:at] in _NO_SIDE):
                end = at + len(first)
                starts.add(at)
                firsts.append(marker._replace(start=at, end=end + (text[end] in "，、：:,"), number=1, boundary=text[at - 1:at]))
    return sorted([*whole, *firsts]) if firsts else whole


def _next_in_turn(text: str, before: Marker, marker: Marker) -> bool:
    """Whether one 一个 follows another in the next sentence, clause or line; after 还有一个 the next begins anew."""
    if marker.number == 1 and text[before.start] != "一":
        return False
    if marker.at_line:
        return before.at_line and text.find("\n", before.end, marker.start - 1) < 0
    return _SENTENCE_END.search(text, before.end, marker.start - 1) is None


def counted(text: str, found: Sequence[Marker]) -> list[Marker]:
    """The markers, those of ordinals with what they count where a run says it each time: 第一件事，…第二件事，… is marked by the whole of
    第一件事，; in 第一个把关，第二个负责 nothing is counted but points."""
    whole = list(found)
    before: tuple[int, int, re.Match[str]] | None = None  # index, number and words of the ordinal before
    for index, marker in enumerate(found):
        if marker.family not in ("第个", "第步"):
            continue
        words = _COUNTED.match(text, marker.end) if text[marker.end - 1] not in "，、：:,.．" else None
        if words and before and marker.number == before[1] + 1 and words[0].rstrip("，、：:") == before[2][0].rstrip("，、：:"):
            for at, end in ((before[0], before[2].end()), (index, words.end())):
                whole[at] = found[at]._replace(end=end)
        before = (index, marker.number, words) if words else None
    return whole


def _read(match: re.Match[str], kind: str | None, padded: str, first: int, boundary: str) -> tuple[str, str, int] | None:
    """(style, family, number) of a match; None where the words around it say that it is no marker."""
    at_line, end = boundary == "\n", match.end()
    if match["drawn"] and not at_line:
        return None
    if match["han"]:
        return _read_han(match["han"], match["after_han"], padded, match.start(), end, boundary)
    if match["ordinal"]:
        return _read_ordinal(match, padded, end, boundary)
    if match["sequence"]:
        if boundary == "，" and match["sequence"] != "另一个" and not (match["sequence"] == "首先" and _NEXT_COMES.match(padded, end)):
            return None
        family, number = _ORDER[match["sequence"]]
        return "sequence", family, number
    if match["one_of"] and padded[match.end("one_of")] in "，、：是":  # 原因有三，其一，…；其二，…: nothing else is written so
        return "sequence", "其", numeral(match["one_of"])
    if boundary == "，":
        return None
    if match["paren"]:
        number = numeral(match["paren"])
        style = "paren_arabic" if match["paren"].isdecimal() else "paren_han"
        return (style, style, number) if number else None
    if match["square"]:
        number = numeral(match["square"])
        return ("paren_han", "【一】", number) if number and at_line else None
    if match["arabic"]:
        separator, number = match["after_arabic"], int(match["arabic"])
        if not number or (separator in ",，" and not at_line):
            return None
        after = re.match(r"\d+", padded[match.end("after_arabic"): match.end("after_arabic") + 4])
        if after and separator in "、,，" and int(after[0]) in (number + 1, number + 2):
            return None  # 1、2月份: two months, not point 1
        return ("paren_arabic", "1）", number) if separator in "）)" else ("arabic", "arabic", number)
    if match["stem"] or match["letter"]:    # they write no numeral, so that they count off in words, as 首先 and 其次 do
        if not at_line or padded[end:end + 1] in _STEMS + _LETTERS:
            return None                     # 甲、乙双方
        return ("sequence", "甲", _STEMS.index(match["stem"]) + 1) if match["stem"] else \
            ("sequence", "A", _LETTERS.index(match["letter"]) + 1)
    if match["formal"] or match["padded"]:
        if not at_line:
            return None
        number = numeral(match["padded"] or match["formal"])
        return (("arabic", "01", number) if match["padded"] else ("han", "壹", number)) if number else None
    if match["glyph"]:
        if match["glyph"] not in _GLYPHS:
            return None
        style, number, family = _GLYPHS[match["glyph"]]
        return style, family, number
    return "sequence", "其", numeral(match["one_of"])


def _read_han(digits: str, after: str, padded: str, start: int, end: int, boundary: str) -> tuple[str, str, int] | None:
    number = numeral(digits)
    if after in ("方面", "个", "来", "则"):
        family = _ORDER.get(digits + after)
        if not family or (boundary == "，" and after == "方面" and not padded.endswith(_TWO_SIDES, 0, start)):
            return None
        return "sequence", *family
    if not number:
        return None
    if not after:  # a number alone on its line: an unnamed part
        return ("han", "han", number) if boundary == "\n" else None
    following = padded[end: end + 2]
    if after in "）)":  # 一）
        return ("paren_han", "paren_han", number) if boundary == "\n" else None
    if after in "是要":
        # 一是一，二是二: plain speaking, not points
        if following[:1] == digits[-1:] and following[1:] in "，、；。！":
            return None
        return ("item_is" if after == "是" else "item_must"), "point", number
    if boundary == "，" or (after[0] in ".,，：: \u3000" and boundary != "\n"):
        return None
    if after == "、" and following[:1] and following[0] in HAN and numeral(following[0]) in (number + 1, number + 2) \
            and following[1:] not in _ZEROS:
        return ("han", _DOUBTFUL, number) if boundary == "\n" else None  # 一、二产业, but 一、二〇二四年工作回顾
    return "han", "han", number


def _read_ordinal(match: re.Match[str], padded: str, end: int, boundary: str) -> tuple[str, str, int] | None:
    number = numeral(match["ordinal"])
    following = padded[end: end + 2]
    if not number or following[:1] == "第" or (padded[end - 1] == "、" and _SHORT_FOR_ORDINAL.match(following)):
        return None  # 第一、第二产业; 第一、三产业
    if match["about"] and (boundary != "\n" or not match["classifier"]):
        return None  # 关于第一产业; what a sentence says about the second question
    if match["part"]:
        if boundary == "，":
            return None
        return "ordinal", match["part"][-2:], number
    if match["step"]:
        return "ordinal", "第步", number
    if match["classifier"]:
        return None if _SPAN_OF_TIME.match(padded, match.end("classifier")) else ("ordinal", "第个", number)
    return ("ordinal", "第", number) if match["comma"] is not None or match["copula"] is not None else None
