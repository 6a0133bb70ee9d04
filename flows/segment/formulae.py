"""Numbered formulae: short ready-made expressions whose numeral counts their members (四个意识, 三会一课, 1+3).

A Chinese numeral stands in far more plain counts, dates, ranks and amounts than in names. Three signs make a name of it: quotation
marks round an expression that the numeral heads; a fixed name of party or government usage, quoted or not (`formulae.tsv`); and a
numeral right before a verb, without the measure word that a count needs (两手抓、两不误).
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from flows.normalize.code_points import table
from flows.normalize.prior import dictionary
from flows.segment.fixed import bare
from flows.segment.idioms import headwords
from flows.segment.texts import Texts
from schemas.lexicons import entries, rows

HAN = "一二三四五六七八九十"
MANY = "两双三四五六七八九十"
LONGEST = 24
_BEFORE_NUMBER = frozenset(f"第几数百千万两双+.{HAN}0123456789")
_BEFORE_DAY = ("星期", "礼拜")        # 星期三定为接待日

# In a quoted name the numeral must not count time, rank, degree, money, people or victories in a row.
_NO_LIST = "年月日天周岁季时分秒届期级星线流等代成度米里元吨亩倍折连甲号人百千万亿孩胎"
_COUNTED_BARE = "条字招策法则计禁"   # 十二招, 十八法
# A layout is written 一核一带一区, a rule for each unit 一村一品: told apart by what the parts are.
_PLACED = "核带轴心圈廊极环主副翼体城港谷湾湖岛山江河老小幼片芯网"
_EACH = "村县乡镇市户企校人店厂事园类"

_NUMERALS = f"{MANY}一0123456789０１２３４５６７８９"
_LOOSE = str.maketrans("０１２３４５６７８９＋", "0123456789+", "“”‘’「」『』 \t\u3000")
_NUMBER = r"(?:[一二两双三四五六七八九十]{1,3}|[0-9]{1,2})"
_UNIT = re.compile(rf"({_NUMBER})([^一二两双三四五六七八九十0-9、，]{{1,10}})")
_UNITS = re.compile(rf"(?:{_NUMBER}[^一二两双三四五六七八九十0-9、，]{{1,10}}[、，]?){{2,}}")
_SUM = re.compile(r"(?:[0-9]{1,3}|[一二三四五六七八九十])(?:\+(?:[0-9]{1,3}|[一二三四五六七八九十]|[NnXx]))+|[Nn]\+[0-9Xx](?:\+[0-9NnXx])*")
_CODE = re.compile(r"[0-9]{3,5}[NX]?")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_CODE_HEAD = re.compile(r"[”’]?"
                        r"(?:[、和及与]?[“‘][^“”‘’\n]{1,12}[”’]){0,3}[^，。；、\n]{0,6}?"
                        r"(?:工程|行动|战略|体系|计划|思路|布局|模式|格局|框架|工作法|机制|部署|规划|要求|任务"
                        r"|产业|目标)")
_CODE_LEAD = re.compile(r"(?:实施|推进|构建|打造|围绕|落实|深化|按照|聚焦|启动|坚持|形成|建设|推行|探索|实行)[^，。；、\n]{0,8}[“‘]?$")
_ARTICLES = re.compile(rf"[^0-9{HAN}]{{0,6}}(?!一条)(?:[0-9]{{1,3}}|[{HAN}百]{{1,4}})条(?:措施|意见|政策|举措|规定|禁令|要求|新政)?")
_WORDS = re.compile(rf"[{HAN}]{{1,4}}字(?:方针|诀|经|要求|真言|口诀|精神|思路|总要求|工作法|箴言)?")
_ROW = re.compile(r"[一二三四五六七八九]{3,6}")
_HEADED = re.compile(rf"({_NUMBER})(.{{1,14}})")
_LED = re.compile(rf"[^{MANY}{HAN}第0-9，。；年月百千万]{{1,6}}([{MANY[1:]}两])([大个项])([^{HAN}0-9，。；]{{1,6}})")
# 社区双进, 门前三包; 清四乱, 破五唯
_LED_BARE = re.compile(
    rf"(?:[^{MANY}{HAN}第初新老大小后前近长珠0-9]{{2}}|[清除破治整创扫查打禁])([{MANY}][^{MANY}{HAN}{_NO_LIST}个大项种条位]{{1}})")
_WHOLE = re.compile(rf"[{MANY}]位一体|[{MANY}]个一[^{_NO_LIST}]{{0,6}}|[{MANY}]个一[百千]|[{MANY}]个百分之?百")
_STOP = re.compile("[，。；！？：—…]")
_TWIN = re.compile(rf"([{MANY}])[^\W\d_一二两双三四五六七八九十个项种条件类大年月日天次名位家][^\W\d_]"
                   rf"(?:[、，]\1(?![个项种条件类大])[^\W\d_]{{2}}(?![^\W_的])){{1,11}}")
# 九龙谷、九龙湖: the same shape in names of places
_PLACE = re.compile("[湖山河江镇村县市区乡寺路街桥谷湾岛沟岭峡关门庄泉堡宫塔洞林坊][、，]")
# 五江十岸: two numerals with one character each; without a stop behind it only where both are places, since it may be cut short
_UNCOUNTED = f"个项种条类名家层户口只头匹车块件张台套座所艘辆架具周轮中十国省市县区州镇乡村次位{_NO_LIST}"
# nine of ten (十防九空, 十年九旱) and all sorts of things (七拼八凑) list nothing
_PAIR = re.compile(rf"(?!十.九|七.八)([两三四五六七八九十])([^\W{_UNCOUNTED}{HAN}])"
                   rf"[两三四五六七八九十]([^\W{_UNCOUNTED}{HAN}])(?!.?[两{HAN}])")
_NAMED = re.compile("行动|活动|工程|机制|工作法|专项|主题|要求|模式|教育|战略|布局|格局|目标|任务|政策|制度|计划"
                    "|做法|方针|精神|试点|建设|改革")
_PLACES = "核带轴心圈廊极环翼城港谷湾湖岛山江河岸桥路园馆院水库区屏"
_NAME_IN_PART_QUOTED = re.compile(rf"[{MANY}][个大项][“‘][^“”‘’\n]{{1,8}}[”’]")


class Formula(NamedTuple):
    """A numbered formula found: offsets in code points, half-open, and the form to count by."""

    start: int
    end: int
    phrase: str


class _Lexicon(NamedTuple):
    """The rows of formulae.tsv, by row: the length of the name, what must stand before, what must not follow; and the plain words."""

    length: tuple[int, ...]
    known: frozenset[str]
    lead: tuple[re.Pattern[str] | None, ...]
    tail: tuple[re.Pattern[str] | None, ...]
    plain: frozenset[str]
    plain_shape: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    table = rows("formulae.tsv")
    names = [bare(name)[0] for name, _, _ in table]
    words = entries("plain_numbers.txt")
    open_ended = sorted(word[:-1] for word in words if word.endswith("*"))
    return _Lexicon(
        tuple(map(len, names)), frozenset(names),
        tuple(re.compile(rf"(?:{after})[^。；\n]{{0,8}}$") if after else None for _, after, _ in table),
        tuple(re.compile(not_before) if not_before else None for _, _, not_before in table),
        frozenset(words), re.compile("|".join(map(re.escape, open_ended)) or r"(?!)"))


@lru_cache(maxsize=1 << 16)
def count_form(surface: str) -> str:
    """The form to count by: without quotation marks and white space, one zero sign, a digit that counts in Han (4个意识 → 四个意识)."""
    form = surface.translate(_LOOSE).replace("○", "〇")
    if form[:1] and form[0] in "123456789" and form[1:2] and form[1:2] in "个大项种条":
        form = ("零一两三四五六七八九"[int(form[0])]) + form[1:]
    return form


def _lists_places(units: list[tuple[str, str]]) -> bool:
    """Whether parts that all begin with 一 make a layout (一核一带一区) and not a rule for each unit (一村一品)."""
    return units[0][1][-1] not in _EACH and all(part[-1] in _PLACED or part.endswith(("中心", "基地")) for _, part in units[:-1]) \
        and (units[-1][1][-1] in _PLACED + "区园" or units[-1][1].endswith(("中心", "基地")))


def _is_coordinated(name: str) -> bool:
    """Whether a name of several numerals counts members: 一网五中心, 三首两新; not 一企一策, not 一看二查三问."""
    units = _UNIT.findall(name)
    numerals = [numeral for numeral, _ in units]
    if all(numeral in ("一", "1") for numeral in numerals):
        return _lists_places(units)
    if any(part[0] in _NO_LIST and part[0] not in "级线代期流成等" for _, part in units):
        return False
    # 一看二查三问 numbers its steps: a count would say 两, not 二
    return numerals[:2] != ["一", "二"] or units[0][1][-1] in _PLACED


def _is_headed(numeral: str, rest: str) -> bool:
    """Whether a quoted expression that begins with its only numeral counts a list: 三牛, 五场攻坚战; not 三年决战, 双百亿, 三大."""
    if numeral in ("一", "二", "0", "1") or (rest[0] in _NO_LIST + "公小" and rest[:2] in ("公里", "公斤", "公顷", "公分", "小时")):
        return False
    if rest[0] in _NO_LIST and not (numeral == "双" and rest.startswith("倍增")):
        return False
    if not "一" <= rest[0] <= "龥" or (rest[0] in "多余几来" and numeral[-1] in "十0") or (rest[0] in "个项大位种" and len(rest) == 1):
        return False
    # 十二运: the twelfth games; a count of more than ten has a measure word
    if len(numeral) == 2 and numeral[0] == "十" and len(rest) == 1 and rest not in _COUNTED_BARE:
        return False
    if len(numeral) > 1 and numeral[-1] == "五" and len(numeral) == 2 and numeral[0] in HAN and rest[0] not in "个大项种条":
        return False
    if numeral == "双" and re.search("[百千万亿]", rest):
        return False
    return not (rest[0] == "个" and rest[1] in "月多百小")


@lru_cache(maxsize=1 << 16)
def _is_name(content: str) -> bool | None:
    """Whether a quoted expression is a numbered formula; None where its surroundings must tell."""
    lexicon = _lexicon()
    name = content.translate(_LOOSE)
    if name in lexicon.known or _ARTICLES.fullmatch(name) or (_WORDS.fullmatch(name) and len(name) > 1):
        return True
    if name in lexicon.plain:
        return False
    if _WHOLE.fullmatch(name):
        return True
    if name in headwords():
        return False
    if name[0].isdigit() or "+" in name:
        if _SUM.fullmatch(name):
            return True
        if _CODE.fullmatch(name):
            return False if _YEAR.fullmatch(name) else None
    if _ROW.fullmatch(name):
        return not lexicon.plain_shape.match(name)
    if len(name) <= 2 and all(c in HAN for c in name):
        return False
    if _UNITS.fullmatch(name):
        return _is_coordinated(name)
    if _STOP.search(name) or lexicon.plain_shape.match(name):
        return False
    headed = _HEADED.fullmatch(name)
    if headed:
        return _is_headed(*headed.groups())
    led = _LED.fullmatch(name)
    if led:
        return len(name) > 4
    led = _LED_BARE.fullmatch(name)
    return led is not None and not lexicon.plain_shape.match(led[1])


def _quoted_names(texts: Texts) -> Iterator[tuple[int, int]]:
    """The spans of the names in quotation marks."""
    text = texts.joined
    numerals = texts.places(_NUMERALS)
    for opening, closing, barred in (("“", "”", ""), ("‘", "’", "“”")):
        starts, ends = texts.enclosed(opening, closing, LONGEST, barred)
        some = np.searchsorted(numerals, ends) > np.searchsorted(numerals, starts)
        for start, end in zip(starts[some].tolist(), ends[some].tolist()):
            named = _is_name(text[start:end])
            if named is None:
                # “512”工程 is a name made of numerals, “5020”项目 an amount: told by what it is said of.
                named = bool(_CODE_HEAD.match(text, end) or _CODE_LEAD.search(text[max(0, start - 14):start]))
            if named:
                yield start, end


def _triggers(texts: Texts) -> list[int]:
    """The places of numerals that what follows may make a name of: 两个“一百年”, 两手抓、两不误, 五江十岸."""
    codes = np.append(texts.codes, np.zeros(4, np.uint16))
    places = texts.places(MANY)
    own, one, two, three, four = (codes[places + ahead] for ahead in range(5))
    line = np.uint16(ord("\n"))
    quoted = table("个大项")[one] & table("“‘")[two]
    twin = (one != line) & (two != line) & table("、，")[three] & (four == own)
    pair = (one != line) & table("两三四五六七八九十")[two] & (three != line)
    return places[quoted | twin | pair].tolist()


def _unquoted(text: str, at: int) -> list[tuple[int, int]]:
    """The spans of what begins with the numeral at `at` and is a name by its shape, without quotation marks round it."""
    match = _NAME_IN_PART_QUOTED.match(text, at)
    if match:
        return [match.span()] if match[0].translate(_LOOSE) in _lexicon().known else []
    if text[max(0, at - 1):at] in _BEFORE_NUMBER:
        return []
    match = _TWIN.match(text, at)
    if match and not _PLACE.search(match[0] + "、"):
        ends = [at + place for place, char in enumerate(match[0]) if char in "、，"] + [match.end()]
        return list(zip([at, *(end + 1 for end in ends)], ends))
    match = _PAIR.match(text, at)
    # 十防九空, 十拿九稳: nine times out of ten, no list
    if match and not (match[0][0] == "十" and match[0][2] == "九") and text[max(0, at - 2):at - 1] not in _BEFORE_NUMBER:
        name, end, lexicon = match[0], match.end(), _lexicon()
        placed = match[2] in _PLACES and match[3] in _PLACES
        if (placed or not text[end:end + 1].isalpha() or _NAMED.match(text, end)) and name not in headwords() \
                and name not in lexicon.plain and not lexicon.plain_shape.match(name):
            return [match.span()]
    return []


def _cut(texts: Texts, names: Sequence[tuple[int, int, int]]) -> list[bool]:
    """Whether a word begins with the last character of each fixed name and goes on behind it: 两基 of 三园两基地."""
    if not names:
        return []
    ends = np.array([start + _lexicon().length[row] for start, _, row in names])
    codes = np.append(texts.codes, np.zeros(2, np.uint16))
    # What stands before the last character is the name's own: 三资 goes on with 企 in the dictionary, and is a name.
    around = np.stack([np.zeros(len(ends), np.uint16), codes[ends - 1], codes[ends], codes[ends + 1]], axis=1)
    return dictionary().run_on(around).tolist()


def formulae(texts: Texts, names: Sequence[tuple[int, int, int]]) -> list[Formula]:
    """The numbered formulae of clean texts, in order, without overlaps. `names`: the fixed names in them, as `fixed` gives them."""
    lexicon, text = _lexicon(), texts.joined
    spans = list(_quoted_names(texts))
    for (start, end, row), cut in zip(names, _cut(texts, names)):
        if cut:
            continue
        before = text[start - 1] if start else "\n"
        if before in _BEFORE_NUMBER or text.startswith(_BEFORE_DAY, max(0, start - 2), start):
            continue
        tail, lead = lexicon.tail[row], lexicon.lead[row]
        if (tail is None or not tail.match(text, end)) and (lead is None or lead.search(text[max(0, start - 16):start])):
            spans.append((start, start + lexicon.length[row]))
    done = 0
    for trigger in _triggers(texts):
        # What a run of names holds is not looked at again: a long run would be read from each of its members to its end.
        if trigger >= done:
            shaped = _unquoted(text, trigger)
            spans += shaped
            done = shaped[-1][1] if shaped else done
    found: list[Formula] = []
    reach = 0
    # The longer of two that overlap is the name: “一廊、五个重点区域” over what stands in it.
    for start, left in sorted({(start, -end) for start, end in spans}):
        if start >= reach:
            end = -left
            found.append(Formula(start, end, count_form(text[start:end])))
            reach = end
    return found
