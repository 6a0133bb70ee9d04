"""What a number counts, where the text itself says so: “三亮”，亮身份、亮承诺、亮形象 · 总产、单产、面积“三增长”.

A list beside a formula is taken only if it has as many members as the formula counts, and these are of one sort: a false list is worse
than none. Some frames state what the number counts (即, 指, brackets, a colon); a list that only stands before or behind the name may be
there by chance, and is to be believed only where speeches agree.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from flows.normalize.code_points import Places, code_points, table
from flows.normalize.prior import dictionary
from flows.segment.texts import Texts

_VALUE = {numeral: value for value, numeral in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2}
_NUMERAL = re.compile("[一二三四五六七八九十两双]+|[0-9]+")
_WHOLE = re.compile("(?:位)?一体|[合归同统唯专]一|一[致流样]")
REACH = 400
LONGEST_MEMBER = 40

# neither 指标 and 重要指示 nor 立即 and 即将 say what follows
_SAYING = "(?<![立当随])即(?![将可使便])|也就是|就是|是指|指(?![示标导挥引出数定明南])|包括|分别是|分别为|具体是|主要是|主要包括"
# after the formula: its closing mark, at most a head noun, then what opens the list
_BRACKET = re.compile(rf"[”’]?[^，。；：！？、（）“”\n]{{0,8}}（(?:{_SAYING})?[：，]?([^（）\n]{{4,300}})）")
_SAYS = re.compile(rf"[”’]?[^，。；！？、“”（）\n]{{0,8}}?(：|——|，?(?:{_SAYING})[：，]?)([^。！？\n]{{4,300}})")
# “三亮”活动，亮身份、亮承诺、亮形象: at most what the name is of stands between
_GOES_ON = re.compile(r"[”’]([^\W\d_]{0,8})，([^。！？；：\n]{4,200})")
_NOUN = 8       # characters of it at most
# Within so many characters one of these stands where _BRACKET or _SAYS finds anything; _GOES_ON has a mark and a comma near it.
_OPENED, _OPENERS = 8, "（：—即也就是指包分具主"
_ITEM = re.compile(r"(?:^|[；。，：\n])(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]{1,2}[，、是]"
                   r"|[（(]?[1-9一二三四五六七八九十]{1,2}[）)、.]|[①-⑩])")
_LEAD = re.compile("(?:就是|即是|也就是|要|是|即|指|分别是|包括|做到|坚持做到|一是|——|[*＊]+)+")
_TAILS = ("等", "实现", "实施", "等方面", "等领域", "等工作")   # no two end a member
_EDGE = " ，。；：、！？“”‘’（）—…\t\n"
_STOP = re.compile("[，。；：“”（）]")
_SENTENCE = re.compile("[^。；：！？\n（）“”]*")   # read backwards
_NO_FIRST = "了的和与及或等"
_PIECES = re.compile("[、，]")
# 普及, 参与 and 和谐 are words of their own
_JOINED_LAST = re.compile("以及|(?<![普涉顾])及(?!时)|(?<!参)与(?!时)|和(?![谐平睦解])")
_BEFORE_END = ("为主要内容的", "为内容的", "为重点的", "为核心的", "这", "等", "的")
_JOINED = re.compile("[、，和与及]")
_VERBS = re.compile("^(?:坚持|推进|实现|做到|深化|加强|增强|突出|围绕|聚焦|抓好|实施|开展|统筹|促进|推动|着力|包括|落实|打造|构建|形成|"
                    "建设|完善|强化|按照|推行|启动|扩大|争创|培训|创建|组织|发展|主要|广泛|持续|扎实|稳妥|配套|重点|新建|建好|建成|"
                    "继续|大力|健全|施行|做好|做强|发挥|提升|提高|优化|确保|注重|把握|处理好|通过|严格|集中|加快|全面|严控|积极|"
                    "深入|对|在|以|从|将|把|和|与|及|全力|用好|划定|建立|督促|成为|涵盖|覆盖|设立|培育|发挥好)+")


@lru_cache(maxsize=1 << 14)
def value(phrase: str) -> int | None:
    """How many members a formula counts: the sum of its numerals (四争四有: 8), but for the one of what they make up (五位一体: 5)."""
    total = 0
    for numeral in _NUMERAL.findall(_WHOLE.sub("", phrase)):
        if numeral.isdigit():
            total += int(numeral)
        elif len(numeral) == 1:
            total += _VALUE[numeral]
        elif "十" in numeral:
            tens, _, ones = numeral.partition("十")
            total += (_VALUE.get(tens, 0) if tens else 1) * 10 + (_VALUE.get(ones, 0) if ones else 0)
        else:
            total += sum(_VALUE[one] for one in numeral)
    return total if 2 <= total <= 30 else None


@lru_cache(maxsize=1 << 14)
def _anchor(phrase: str) -> frozenset[str]:
    """The characters that the members may share with the name: 三亮 → 亮, 四个意识 → 意识."""
    return frozenset(re.sub("^[个大项种条]", "", _NUMERAL.sub("", phrase)))


def _tidy(member: str) -> str:
    member = member.strip(_EDGE)
    lead = _LEAD.match(member)
    if lead:
        member = member[lead.end():].strip(_EDGE)
    if member.endswith(_TAILS):
        member = next(member.removesuffix(tail) for tail in _TAILS if member.endswith(tail))
    return member


def _fits(found: Sequence[str], count: int, longest: int = LONGEST_MEMBER) -> bool:
    return len(found) == len(set(found)) == count and all(
        1 < len(member) <= longest and member[-1] not in "和与及或" and not _STOP.search(member) for member in found)


def _without_lead(found: list[str]) -> list[str]:
    """Members without what leads into the first: 兜住保工资, 保运转, 保民生 → 保工资, …: the others tell how it begins."""
    heads = {member[:1] for member in found[1:]}
    head = heads.pop() if len(heads) == 1 else ""
    at = found[0].rfind(head, 0, -1) if head and found[0] and len(found) > 2 and found[0][0] != head else -1
    return [found[0][at:], *found[1:]] if at > 0 else found


def _parted(listing: str, count: int) -> list[str] | None:
    """The listing cut into `count` members, at one kind of stop if that fits, else at all of them; the last may be joined by 和."""
    listing = listing.strip(_EDGE)
    long, middle, short = map(listing.count, "；，、")
    cuttings = ((long, "；", True), (middle, "，", False), (short, "、", True),
                # More than one kind, where it is not as good as one of these.
                (middle + short if middle and short else -1, "，、", False),
                (long + middle + short if long and middle + short else -1, "；，、", False))
    for cuts, stops, parts in cuttings:
        if cuts < count - 2:
            continue
        cut = listing
        for stop in stops[:-1]:
            cut = cut.replace(stop, stops[-1])
        pieces = [piece for piece in cut.split(stops[-1]) if piece.strip(_EDGE)]
        if len(pieces) == count - 1:
            last = _JOINED_LAST.split(pieces[-1], maxsplit=1)
            if len(last) == 2 and all(len(piece) > 1 for piece in last):
                pieces[-1:] = last
        if len(pieces) == count:
            found = _without_lead([_tidy(piece) for piece in pieces])
            # Clauses that happen to be as many are no members: these show one build, or are short.
            if _fits(found, count) and (parts or max(map(len, found)) <= 8 or any(
                    len({member[place] for member in found}) == 1 for place in (0, -1))):
                return found
    return None


def _counted_off(listing: str, count: int) -> list[str] | None:
    """Members counted off in the text: 一是甲，…；二是乙，… — each up to its first stop."""
    parts = _ITEM.split("，" + listing)[1:]
    if len(parts) < count:
        return None
    found = [_tidy(re.split("[，。；：、]", part.strip(_EDGE), maxsplit=1)[0]) for part in parts[:count]]
    return found if _fits(found, count) else None


def _shares(found: Sequence[str], phrase: str) -> bool:
    """Whether the members read as those of this name: each holds a character of it, or all are of one length."""
    return _named(found, phrase) or len({len(member) for member in found}) == 1


def _named(found: Sequence[str], phrase: str) -> bool:
    """Whether each member holds a character of the name: 亮身份, 亮承诺, 亮形象 of 三亮."""
    return not any(map(_anchor(phrase).isdisjoint, found))


def _of_one_sort(found: list[str], phrase: str, stated: bool) -> list[str] | None:
    """The members, without a verb that leads into the first of them, if they are of one sort: of one length, one beginning or one end, or
    with a character of the name in each; where it is stated what they are, also short ones. None if they are not."""
    led = _VERBS.match(found[0])
    if led and led.end() < len(found[0]) - 1 and not any(map(_VERBS.match, found[1:])):
        found = [found[0][led.end():], *found[1:]]
    if len(set(found)) < len(found) or min(map(len, found)) < 2:
        return None
    sizes = {len(member) for member in found}
    alike = len(sizes) == 1 or len({member[0] for member in found}) == 1 or len({member[-1] for member in found}) == 1
    longest = max(len(member) for member in found[1:])
    # What is longer than all the others, but for a name's character, may hold more than the member.
    if not alike and (len(found[0]) > longest + 2 or not (_named(found, phrase) or (stated and max(sizes) <= 12))):
        return None
    # The others tell how long the first and the last may be: 有山、有水、有一批良田的村子
    others = {len(member) for member in found[1:-1]}
    first, last = len(found[0]), len(found[-1])
    spare = 2 if len(others | {first}) == 1 or len(others | {last}) == 1 else 6
    if first > longest + spare or last > max(map(len, found[:-1])) + spare:
        return None
    return None if any(member[0] in _NO_FIRST for member in found) else found


def _cut_within_word(piece: str, member: str) -> bool:
    """Whether a member that ends a piece of text begins within a word: 村振兴 of 乡村振兴."""
    at = piece.rfind(member)
    window = f"\n\n{piece}\n\n"[at:at + 4]
    return at > 0 and bool(dictionary().run_on(code_points(window)[None])[0])


def _before(text: str, start: int, phrase: str, count: int) -> list[str] | None:
    """Members that stand right before the name: 优土、优种、优产、优储、优销“五优联动”."""
    if text.count("、", max(0, start - REACH // 2), start) + text.count("，", max(0, start - REACH // 2), start) < count - 2:
        return None
    head = text[max(0, start - REACH // 2):start].rstrip("“‘")
    within = _SENTENCE.match(head[::-1])
    sentence = head[len(head) - within.end():] if within else ""
    if sentence.count("、") + sentence.count("，") < count - 2 or not _JOINED.search(sentence):
        return None
    foreign = _anchor(phrase).isdisjoint
    for end in _BEFORE_END:
        sentence = sentence.removesuffix(end)
    # Clauses (…争先进，…争先锋) are members only where they show it; the words of one clause may be so without.
    for listing, shown in ((sentence.rpartition("，")[2], False), (sentence, True)):
        if listing.count("、") + listing.count("，") < count - 2:
            continue
        pieces = _PIECES.split(listing)
        if len(pieces) < count:
            last = [piece for piece in _JOINED_LAST.split(pieces[-1], maxsplit=1) if piece]
            pieces[-1:] = last
        if len(pieces) < count or (len(pieces) > count and not shown):
            continue
        first, *rest = pieces[-count:]
        if not first or not all(rest):
            continue
        # Members that share nothing with the name must be the words of one clause, and more than two.
        if any(map(foreign, pieces[-count:])) and (shown or count == 2 or _VERBS.match(rest[-1])):
            continue
        sizes = {len(piece) for piece in rest}
        if len(first) > max(sizes):
            first = first[-max(sizes):] if len(sizes) == 1 and count > 2 else _VERBS.sub("", first) or first
        found = _without_lead([_tidy(piece) for piece in (first, *rest)])
        if _cut_within_word(pieces[-count], found[0]):
            continue
        if not _fits(found, count, 16):
            continue
        if not any(map(foreign, found)) or (not shown and count > 2 and max(map(len, found)) <= 8 and not _VERBS.match(rest[-1])):
            return found
    return None


def _behind(text: str, end: int, phrase: str, count: int) -> tuple[list[str], bool] | None:
    """Members that the text names behind the name, and whether it states that they are these."""
    match = _BRACKET.match(text, end)
    if match:
        found = _parted(match[1], count)
        if found and (found := _of_one_sort(found, phrase, True)):
            return found, True
    match = _SAYS.match(text, end)
    if match:
        found = _counted_off(match[2], count)
        if found:
            return found, True
        for listing in dict.fromkeys((match[2].partition("；")[0], match[2])):
            found = _parted(listing, count)
            if found and ("：" in match[1] or "—" in match[1] or _shares(found, phrase) or max(map(len, found)) <= 12) \
                    and (found := _of_one_sort(found, phrase, True)):
                return found, True
    match = _GOES_ON.match(text, end)
    # Of two clauses behind “两个维护”要求， both may hold a character of the name by chance.
    if match and (count > 2 or not match[1]):
        # The sentence may go on behind the members: “三亮”，亮身份、亮承诺、亮形象，群众都说好。
        for listing in dict.fromkeys((match[2], match[2].partition("，")[0])):
            found = _parted(listing, count)
            if found and _named(found, phrase) and (found := _of_one_sort(found, phrase, False)):
                return found, False
    return None


def members(texts: Texts, numbered: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, list[str], bool]]:
    """The formulae of which the texts name the members: their numbers among `numbered`, with these, and whether the text states that they
    are what the number counts. `numbered`: start and end in texts.joined and counted form of each formula."""
    if not numbered:
        return
    text = texts.joined
    starts, ends, phrases = zip(*numbered)
    counts = [value(phrase) or 0 for phrase in phrases]
    before, behind = _may_list(texts, np.array(starts, np.int64), np.array(ends, np.int64), np.array(counts, np.int64), phrases)
    for number in np.flatnonzero(before | behind).tolist():
        found = _behind(text, ends[number], phrases[number], counts[number]) if behind[number] else None
        if not found and before[number]:
            listed = _before(text, starts[number], phrases[number], counts[number])
            listed = _of_one_sort(listed, phrases[number], False) if listed else None
            found = (listed, False) if listed else None
        if found:
            yield number, *found


def _may_list(texts: Texts, starts: Places, ends: Places, counts: NDArray[np.int64],
              phrases: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a list of so many members may stand before each formula, and behind it: told from the stops, which for most is enough."""
    codes = np.append(texts.codes, np.zeros(_OPENED + 3, np.uint16))
    quotes, closing, ended, opens = map(table, ("“‘", "”’", "。；！？\n", _OPENERS))
    last = starts.copy()
    while len(quoted := np.flatnonzero((last > 0) & quotes[codes[last - 1]])):
        last[quoted] -= 1
    stops, commas, clauses = map(texts.places, ("。；：！？\n（）“”", "、，", "，"))
    first = np.maximum(np.append(-1, stops)[np.searchsorted(stops, last)] + 1, starts - REACH // 2)
    clause = np.maximum(np.append(-1, clauses)[np.searchsorted(clauses, last)] + 1, first)
    upto = np.searchsorted(commas, last)
    in_sentence, in_clause = upto - np.searchsorted(commas, first), upto - np.searchsorted(commas, clause)
    before = (counts > 0) & (in_sentence >= counts - 2)   # the last comma may be a word (和) that joins two members
    pieces = np.maximum(np.append(-1, commas)[upto] + 1, first)
    doubtful = np.flatnonzero(before & (in_clause != counts - 1))
    for number, start, end in zip(doubtful.tolist(), pieces[doubtful].tolist(), last[doubtful].tolist()):
        piece = texts.joined[start:end]
        joined = _JOINED_LAST.search(piece) is not None
        before[number] = (joined and in_clause[number] == counts[number] - 2) or (
            (joined or in_sentence[number] >= counts[number] - 1) and not _anchor(phrases[number]).isdisjoint(piece))
    behind = np.zeros(len(ends), bool)
    closed = closing[codes[ends]]
    comma, unnamed = ord("，"), table("、（：—；")
    for ahead in range(1, _NOUN + 2):
        behind |= closed & (codes[ends + ahead] == comma)
        closed &= ~unnamed[codes[ends + ahead]] & ~ended[codes[ends + ahead]]
    within = np.ones(len(ends), bool)
    for ahead in range(_OPENED + 3):
        here = codes[ends + ahead]
        within &= ~ended[here]
        behind |= within & opens[here]
    return before, behind & (counts > 0)
