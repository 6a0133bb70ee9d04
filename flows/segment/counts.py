"""Announced counts: how many points a speaker says will follow (下面，我讲三点意见; 主要有四点理由), and whether they do."""
from __future__ import annotations

import re

from flows.segment.markers import HAN, numeral

_NUMBER = rf"(?:[{HAN}]{{1,3}}|两|\d{{1,2}})"
_COUNTER = (r"(?:个|点|条|项|大|方面|句|件|种|块|类|层|步|部分|环节|招|抓手|重|关|样|桩|道|门|本|笔|堂|副|股|篇|张|场|把|根|面|座"
            r"|对(?=[^，。：；！？\n]{0,4}(?:关系|矛盾|概念)))")
# What can be counted off as points. A count of anything else (三个县, 五个百分点) announces nothing unless exactly that many points follow.
_POINTS = (r"(?:方面|问题|意见|要求|想法|体会|感受|感想|建议|希望|任务|重点|环节|措施|举措|原则|关系|理由|原因|特点|看法|认识|部分|"
           r"句?话|点|条|关键|工作|内容|不足|困难|短板|经验|启示|判断|要点|步骤|事|事情|层面|角度|层次|变化|突破|转变|目标|方向|观点|结论|教训|优势|机遇|挑战|"
           r"抓手|意思|含义|考虑|打算)")
_COUNT = re.compile(rf"(?<![第“‘{HAN}\d.几数多])(?P<number>{_NUMBER})(?P<counter>{_COUNTER})"
                    r"(?P<rest>[^，。：；！？“”\n]{0,14}(?=[，。：；！？\n]|\Z)|“[^“”\n]{1,8}”[^，。：；！？“”\n]{0,6}(?=[，。：；！]?\Z))")
_NAMES_POINTS = re.compile(rf"(?:[^，。：；]{{0,8}}?{_POINTS})?(?:[同与和跟向给为](?:大家|各位|同志们|同学们|你们))?"
                          r"(?:来|上|去|作个?|做个?)?(?:讲(?:一?讲)?|说(?:一?说)?|谈(?:一?谈)?|聊(?:一?聊)?|交流|分享|展开|汇报|报告|着手|入手|发力|推进|进行|"
                          r"下[功工]夫|下力气|用力|用劲|使劲|努力|着力|抓起|做起|做文章|考虑|把握|理解|认识|改进|加强)?\Z")
# Words that end like points and are none.
_PLACES = re.compile(r"(?:百分|试|节|网|站|景|起|终|时|热|难|亮|据|观测|监测|增长|采样|接种|安置|卖|盲|痛|堵)点\Z|"
                     r"(?:电|谈|对)话\Z|(?:同|好|实)事\Z")
# 我讲三点意见 may stand some sentences before the first point. 提前四个小时 and 讲到下午三点 are times; 讲“温度”两个字 counts its letters.
_SPOKEN = re.compile(rf"(?:讲|谈|提(?![前升高供取早示])|说|强调|汇报|报告|交流|分享)[^，。！？\n午晨晚夜]{{0,12}}?"
                     rf"(?<!”)(?P<number>{_NUMBER})(?:点|条|层(?=意思|含义)|个(?=[^，。：；！？\n]{{0,6}}?(?:{_POINTS}|希望|意思|字|词|故事)))")
# What may still follow a count in its sentence, where another count of points follows than announced.
_AFTER = re.compile(r"[。：:；，！]?\Z|"
                    r"[。，；：][^。\n]{0,20}(?:参考|指正|批评|态度|交流|商榷|讨论|分享|大家|各位)[^。\n]{0,12}[。！：]?\Z")
# More points than a speech counts off: 二十八条意见 names a document.
_MOST = 20
_SENTENCE_ENDS = "。！？\n"
_REACH = 120
_ASIDE = 12


def announced(text: str, start: int, end: int, found: int) -> int | None:
    """The count that text[start:end], which `found` points follow, announces in its last sentence; None where it announces none."""
    low = max(start, end - _REACH)
    tail = text[low:end].rstrip(" \u3000\n“")
    last = _sentence(tail, len(tail) - 1)
    if len(tail) - last <= _ASIDE:
        last = _sentence(tail, len(tail[:last].rstrip(_SENTENCE_ENDS)))  # 我讲三点意见。不妥之处，请指正。
    named, sure, before = None, False, last
    for match in _COUNT.finditer(tail, last):
        number = _value(match["number"])
        if number == found:
            named, sure, before = number, _names_points(match), match.end()
        elif 1 < number <= _MOST and not (named == found and (sure or _goes_with(tail, before, match))) and _names_points(match) and \
                _AFTER.match(tail, match.end()):
            named = number
    return named


def shared(text: str, start: int, end: int) -> list[int]:
    """The counts of points that the last sentence of text[start:end] announces one after another, for a part each:
    有四个特点，同时提三点希望."""
    low = max(start, end - _REACH)
    tail = text[low:end].rstrip(" \u3000\n“")
    matches = _COUNT.finditer(tail, _sentence(tail, len(tail) - 1))
    return [_value(match["number"]) for match in matches if _names_points(match)]


def _goes_with(text: str, before: int, match: re.Match[str]) -> bool:
    """Whether a count stands in one sentence with what was counted before it, and the speaker announces no points by it. In
    会前我跑了三个村。下面，我强调四个问题 the villages are not announced."""
    said = _SPOKEN.search(text, before, match.end() + 8)
    return _sentence(text, match.start()) <= before and not (said and said.start("number") == match.start("number"))


def _sentence(text: str, end: int) -> int:
    """Where the sentence begins that text[:end] ends with."""
    return max(text.rfind(stop, 0, max(end, 0)) for stop in _SENTENCE_ENDS) + 1


def spoken(text: str, start: int, end: int) -> int | None:
    """The count that a speaker announces for the whole speech in text[start:end], its opening: 我讲三点意见."""
    numbers = [_value(match["number"]) for match in _SPOKEN.finditer(text, max(start, end - 600), end)]
    return numbers[-1] if numbers and numbers[-1] > 1 else None


def _names_points(match: re.Match[str]) -> bool:
    counter, rest = match["counter"], match["rest"]
    if counter in ("点", "条", "方面", "环节", "部分", "抓手") and len(rest) <= 6:
        return True
    if rest.startswith("“"):  # 三个“实” are points where three follow at once, and else a name
        return False
    return bool(rest) and rest not in ("来", "上") and _NAMES_POINTS.fullmatch(rest) is not None and _PLACES.search(rest) is None


def _value(number: str) -> int:
    return 2 if number == "两" else numeral(number)
