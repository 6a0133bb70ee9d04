"""Numerals: the numbers that they write, and those that scanners and lossy decoders leave: 20l0年, 1O2家, 二�一三年."""
from __future__ import annotations

import re

from flows.normalize.alphabet import HAN_DIGIT, LOST_ZERO, Alphabet, skeleton
from flows.normalize.edits import Edit
from flows.normalize.spaces import positions

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○OoＯ", 0)   # as years are typed: 二O一八
_UNITS_OF = {"百": 100, "十": 10}
_CONFUSED = str.maketrans("lI|OoΟО", "1110000")
_UNITS = "年月日天周岁号號时時分秒个個种種家项項亿億万萬千百余餘多名人户戶位所座条條台臺件次届屆元公亩畝吨噸米平度%％‰"
_ARABIC = re.compile(rf"(?<![A-Za-z0-9.\-/_])(?=[0-9lIOo]{{0,12}}[lIOo])(?:[0-9][0-9lIOo]*[0-9]|[0-9][0-9lIOo]*(?=[{_UNITS}])|[lI][0-9lIOo]*[0-9](?=[{_UNITS}]|\.[0-9]))"  # noqa: E501
                     rf"(?![A-Za-z0-9])")
_CONFUSABLE = re.compile("[0-9lIOo][0-9lIOo]*")
_BESIDE_DIGIT = re.compile(r"[lIOo](?:(?<=[0-9].)|(?=[0-9]))")
# — for 一, as scanners read it: —、关于, 有—家; nothing else stands so.
_BEFORE_ONE, _BEHIND_ONE = frozenset("有是请請每这這那第某"), frozenset("家位个個项項条條名件次种種批台支")
_HAN_YEAR = re.compile("[一二]([零〇○九八OoΟО0Ｏ０\ufffd][零〇○一二三四五六七八九OoΟО0Ｏ０\ufffd][零〇○一二三四五六七八九OoΟО0Ｏ０\ufffd])(?=年)")  # noqa: E501
# a lost zero behind a Han digit, in the skeleton of a text
_AMONG_HAN = re.compile(f"[Oo0{LOST_ZERO}](?<={HAN_DIGIT}.)")
_LAPSE = re.compile("0(?:(?<=二.)|(?<=[一九].)(?=年))")
_LOST_ZERO = re.compile("[OoΟОＯ0０\ufffd]")


def number(written: str) -> int:
    """The number that Arabic or Han numerals write; 0 where they write none (二三十, 几).

    Han digits alone stand for places, as in years (二〇一八, 一九); with 十, 百, 廿 or 卅 they count these (一百零五, 廿三).
    """
    if written.isdecimal():
        return int(written)
    written = written.replace("廿", "二十").replace("卅", "三十")
    if _UNITS_OF.keys().isdisjoint(written):
        digits = [int(char) if char.isdecimal() else _DIGITS.get(char, -1) for char in written]
        return int("".join(map(str, digits))) if digits and min(digits) >= 0 else 0
    total, last = 0, 1000
    digit: int | None = None
    for char in written:
        unit = _UNITS_OF.get(char)
        if unit is None:
            if digit or char not in _DIGITS:
                return 0
            digit = _DIGITS[char]
        elif unit < last:
            total, digit, last = total + (1 if digit is None else digit) * unit, None, unit
        else:
            return 0
    return total + (digit or 0)


def _is_one(text: str, place: int) -> bool:
    """Whether a dash was 一: alone before 、 on its line, or between what counts and what is counted."""
    before, after = text[place - 1:place], text[place + 1:place + 3]
    if after[:1] == "、":
        return not text[text.rfind("\n", 0, place) + 1:place].strip()
    return before in _BEFORE_ONE and after[:1] in _BEHIND_ONE and after[1:] != "于"


def mended(text: str, alphabet: Alphabet, bones: str | None = None) -> list[Edit]:
    """Edits that put digits for the letters l I O o between digits, 〇 for what stands in its place in a year in Han numerals, and 一 for
    the dash that it was read as.

    bones: the skeleton of `text`, where it is known."""
    edits = []
    bones = skeleton(text) if bones is None else bones
    if _BESIDE_DIGIT.search(bones) and not alphabet.isdisjoint("lIOo"):
        edits = [Edit(*match.span(), match[0].translate(_CONFUSED), "ocr") for run in _CONFUSABLE.finditer(text)
                 if (match := _ARABIC.match(text, run.start()))]
    if _AMONG_HAN.search(bones) and (not alphabet.isdisjoint("OoΟОＯ０\ufffd") or ("0" in alphabet and _LAPSE.search(text))):
        for match in _HAN_YEAR.finditer(text):
            mended_year = _LOST_ZERO.sub("〇", match[1])
            if mended_year != match[1] and not match[1].isdigit():
                edits.append(Edit(match.start(1), match.end(1), mended_year, "mojibake" if "\ufffd" in match[1] else "ocr"))
    if "—" in alphabet:
        edits += [Edit(place, place + 1, "一", "ocr") for place in positions(text, "—") if _is_one(text, place)]
    return sorted(edits)
