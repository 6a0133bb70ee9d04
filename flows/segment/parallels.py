"""Parallels: runs of three and more members of one shape (看得准、问得细、记得牢; 田埂上问问农户、店门上访访商户、楼道上看看住户).

One shape is one length and a sign that the members are built alike: one first character, a joint at the same place, several characters
of whatever kind in the midst of each (灶台边记挂老人、课桌边记挂孩子、病床边记挂邻居), or a verb of one syllable at the head of each. Equal
length alone is not enough, since a list of things (北京市、天津市、河北省) has it too; nor is one end, which a list of one sort of things
has (东部地区、中部地区、西部地区).

A run stands where three members in a row show one sign, and goes on as far as its neighbours look like them. The first member may end
what leads into it (做到有账必清), the last may begin what takes up the whole run (有诺必践的作风).

Members of two characters are told by one verb at the head of all (抓早、抓小、抓细), members of unequal length by one of two syllables
(统筹城乡发展、统筹经济社会发展、统筹国内发展和对外开放).
"""
from __future__ import annotations

import re
from functools import cache, reduce
from itertools import pairwise
from operator import and_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.normalize.code_points import Places, table
from flows.normalize.prior import dictionary
from flows.segment.texts import Texts
from schemas.lexicons import entries

SHORTEST, LONGEST = 3, 16
SHORT = 5  # up to here two verbs at the head are a sign
_STOPS = "、，；"
# What holds a member together from within: shared at one place it shows one build, which a shared noun at the end does not.
_JOINTS = "得上中下为不有要以能于在更最敢就是了起来出到进把让使向对从之而必先靠用"
SEVERAL = 2  # shared characters within, which no list of things has by chance …
SURELY = 3  # … and with a member that is only cut off what leads into it or goes on behind it, which may share a word by chance
NEAR = 8  # up to here one character within makes a neighbour a member: 有账可查 beside 有账必清、逢账必问、见账必核
_SHARED = 20  # the bit of `_signs` that says of the first place whether it is shared
_SIGNS = (1 << _SHARED) - 1  # those that are enough alone
_TWO_VERBS = 1 << LONGEST
_NO_END = "的和"  # no member that is cut to length ends with these
_WORDS_WITH_DE = "目标"  # 目的, 标的; but in 做得美的 the last is a particle, though 美的 is in dictionaries
# 一是抓项目；二是抓资金；三是抓进度 are points counted off: what is of one shape there is the numbering.
_COUNTED_OFF = re.compile("[一二三四五六七八九十]{1,3}[是要]")
_HEADED = 4  # characters of the shortest member that is told by a verb of two syllables at its head …
_JOINING = frozenset(("和", "与", "及", "以及"))  # may go on within a member as well
_LONGER = 4  # … and by how many the last may be longer than any other


@cache
def _verbs() -> str:
    return "".join(entries("verbs_of_one_syllable.txt"))


@cache
def _longer_verbs() -> NDArray[np.uint32]:
    """The verbs of two syllables, as `_pairs` writes two characters, in order."""
    return np.sort(np.array([ord(verb[0]) << 16 | ord(verb[1]) for verb in entries("verbs_of_two_syllables.txt")], np.uint32))


@cache
def _takes_up() -> tuple[re.Pattern[str], str]:
    """What takes up a whole run behind its last member, and the characters that it begins with."""
    words = entries("takes_up_a_run.txt")
    return re.compile("|".join(map(re.escape, words))), "".join(sorted({word[0] for word in words}))


@cache
def _stops() -> NDArray[np.uint8]:
    """By code point of the basic plane: 2 and more for each stop that members are parted by, else 1."""
    found = np.ones(0x10000, dtype=np.uint8)
    found[[ord(char) for char in _STOPS]] = range(2, 2 + len(_STOPS))
    return found


class _Runs(NamedTuple):
    """Segments of one length in a row, parted by one stop: where the first begins, how many there are and how long; whether the segment
    before them ends with one more that the sentence leads into, and the one behind them begins with one more."""

    begin: Places
    members: Places
    size: Places
    led: NDArray[np.bool_]
    followed: NDArray[np.bool_]


def parallels(texts: Texts) -> list[tuple[int, int]]:
    """The spans of the parallels in the texts, in order, without overlaps."""
    runs = _level(texts)
    # The members of all runs end to end: the run of each and where it begins; `pair` are those that another of the run stands behind.
    counts = runs.members + runs.led + runs.followed
    run = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    firsts = ends - counts
    number: Places = np.arange(len(run)) - firsts[run] - runs.led[run]
    at: Places = runs.begin[run] + number * (runs.size[run] + 1)
    size = runs.size[run]
    pair = np.flatnonzero(run[1:] == run[:-1])
    signs = np.zeros(len(at), np.int64)
    signs[pair] = _signs(texts.codes, at[pair], at[pair + 1], size[pair])
    taken_up = runs.followed.copy()
    taken_up[taken_up] = _taken_up(texts, at[ends[taken_up] - 1] + runs.size[taken_up])
    verbs = np.append(0, np.cumsum(table(_verbs())[texts.codes[at]]))
    # Three members with a sign in common: most runs have none.
    found = []
    for one in dict.fromkeys(run[np.flatnonzero(_built_alike(signs[:-1] & signs[1:], size[:-1]))].tolist()):
        first, end, width = int(firsts[one]), int(ends[one]), int(runs.size[one])
        starts, pairs = at[first:end].tolist(), signs[first:end - 1].tolist()
        led, followed, taken = bool(runs.led[one]), bool(runs.followed[one]), bool(taken_up[one])
        # Verbs make one parallel of all the run or none: what stands among them reads as one of them.
        members = len(pairs) + 1 - led - followed
        if width <= SHORT and 3 * (verbs[end - followed] - verbs[first + led]) >= 2 * members \
                and any(left & right & _TWO_VERBS for left, right in pairwise(pairs)):
            common = reduce(and_, pairs[led:len(pairs) - followed], _TWO_VERBS | -1 << _SHARED)
            begin = int(led and not _joins(common | _TWO_VERBS, pairs[0], width, True, False))
            behind = len(pairs) + 1 - (followed and not _joins(common | _TWO_VERBS, pairs[-1], width, True, not taken))
            if behind - begin >= 3:
                found += _span(texts.joined, starts[begin:behind], width)
                continue
        cut = ({0} if led else set()) | ({len(pairs) - 1} if followed else set())
        for begin, last in _chains([pair & ~_TWO_VERBS for pair in pairs], width, cut, followed and not taken):
            found += _span(texts.joined, starts[begin:last + 2], width)
    found += [*_of_two(texts), *_headed(texts)]
    # A segment may end one run and, with another stop behind it or cut, begin the next.
    found.sort(key=lambda span: (span[0], -span[1]))
    reach, kept = -1, []
    for start, end in found:
        if start > reach:
            kept.append((start, end))
            reach = end
    return kept


def _of_two(texts: Texts) -> list[tuple[int, int]]:
    """The runs of members of two characters that one verb heads (抓早、抓小、抓细、抓实), most of which are no words of their own, as those
    of a list are (学生、学校、学者)."""
    codes = np.append(texts.codes, np.zeros(4, np.uint16))
    places = texts.places("、")
    places = places[places >= 2]
    heads = codes[places + 1]
    linked = (codes[places - 2] == heads) & table(_verbs())[heads]
    onward = linked[1:] & linked[:-1] & (np.diff(places) == 3)
    found = []
    begins = np.flatnonzero(onward & ~np.append(False, onward[:-1])).tolist()
    ends = np.flatnonzero(onward & ~np.append(onward[1:], False)).tolist()
    for first, last in zip(begins, ends):
        start, behind = int(places[first]) - 2, int(places[last + 1]) + 3
        follows = chr(int(codes[behind]))
        if "一" <= follows <= "龥" and not _takes_up()[0].match(follows):
            behind -= 3     # the last goes on: …、抓常规工作
        members = texts.joined[start:behind].split("、")
        if len(members) < 3 or len(set(members)) < len(members) or not all(one.isalpha() and not one.isascii() for one in members):
            continue
        window = np.array([[0, ord(one[0]), ord(one[1]), 0] for one in members], np.uint16)
        if 2 * int(dictionary().run_on(window).sum()) <= len(members):
            found.append((start, behind))
    return found


def _headed(texts: Texts) -> list[tuple[int, int]]:
    """The runs of members of any length that one verb of two syllables heads: 统筹城乡发展、统筹区域发展、统筹经济社会发展."""
    codes = np.append(texts.codes, np.zeros(2, np.uint16))
    bounds, marks = texts.marks
    pairs = codes[bounds + 1].astype(np.uint32) << 16 | codes[bounds + 2]
    stop = marks == ord("、")
    sizes = np.diff(bounds) - 1
    onward = stop[:-1] & stop[1:] & (pairs[:-1] == pairs[1:]) & (sizes >= _HEADED) & (sizes <= LONGEST)
    onward[onward] = np.isin(pairs[:-1][onward], _longer_verbs())
    found = []
    begins = np.flatnonzero(onward & ~np.append(False, onward[:-1])).tolist()
    ends = np.flatnonzero(onward & ~np.append(onward[1:], False)).tolist()
    for first, last in zip(begins, ends):
        head = texts.joined[int(bounds[first]) + 1:int(bounds[first]) + 3]
        before = int(bounds[first - 1]) + 1 if first else 0
        start = texts.joined.rfind(head, max(before, int(bounds[first]) - LONGEST), int(bounds[first]) - 1)
        members = [texts.joined[int(bounds[each]) + 1:int(bounds[each + 1])] for each in range(first, last + 1)]
        if start >= 0 and int(bounds[first]) - start >= _HEADED:
            members.insert(0, texts.joined[start:int(bounds[first])])
        else:
            start = int(bounds[first]) + 1
        at = int(bounds[last + 1]) + 1
        end = int(bounds[last + 2]) if last + 2 < len(bounds) else len(texts.joined)
        segment = texts.joined[at:min(end, at + 3 * LONGEST)]
        final = _last(segment, members)
        widths = set(map(len, members))
        behind = _takes_up()[0].match(segment, width) if len(widths) == 1 and (width := widths.pop()) < len(segment) else None
        if behind and behind[0] not in _JOINING:
            continue        # of one length: `parallels` cuts the last to it
        members += [final] if final else []
        if len(members) >= 3 and len(set(members)) == len(members) and all(one.isalpha() and not one.isascii() for one in members):
            found.append((start, at + len(final) if final else at - 1))
    return found


def _last(segment: str, others: list[str]) -> str:
    """The last member of a headed run, cut off what takes up the run behind it; empty where nothing shows where it ends."""
    longest = max(map(len, others)) + _LONGER
    with_de = any("的" in one for one in others)
    if "的" in segment[_HEADED:] and not with_de:
        segment = segment[:segment.index("的", _HEADED)]
    if len(segment) > longest:
        if with_de:
            return ""       # which 的 is of the member, and which is behind it?
        cut = next((match.start() for match in _takes_up()[0].finditer(segment, _HEADED) if match.start() <= longest), 0)
        segment = segment[:cut]
    return segment if len(segment) >= _HEADED else ""


def _level(texts: Texts) -> _Runs:
    """The runs that may hold a parallel."""
    codes = texts.codes
    bounds, marks = texts.marks
    edges = np.concatenate(([-1], bounds, [len(codes)])).astype(np.int64)
    sizes = np.diff(edges) - 1
    # between[i] is the stop that parts segment i from the next
    between = _stops()[marks]
    fit = (sizes >= SHORTEST) & (sizes <= LONGEST)
    level = (sizes[1:] == sizes[:-1]) & fit[1:] & (between > 1)
    onward = level[1:] & level[:-1] & (between[1:] == between[:-1])
    firsts = np.flatnonzero(level & ~np.append(False, onward)[:len(level)])
    lasts = np.flatnonzero(level & ~np.append(onward, False)[:len(level)]) + 1
    # Most lists of short words are told from parallels by their first characters.
    padded = np.append(codes, np.zeros(2, codes.dtype))
    heads, seconds = (padded.take(edges[:-1] + place) for place in (1, 2))
    verbs = table(_verbs())[heads]
    likely = np.append(0, np.cumsum(level & ((heads[1:] == heads[:-1]) | (sizes[1:] > 3) | (verbs[1:] & verbs[:-1])
                                             | (seconds[1:] == seconds[:-1]))))
    some = likely[lasts] > likely[firsts]
    # One segment between two longer ones that share its first character: 坚持早部署、早落实、早见效的原则.
    middle = 1 + np.flatnonzero(fit[1:-1] & (sizes[:-2] > sizes[1:-1]) & (sizes[2:] > sizes[1:-1]) & (between[1:] == between[:-1])
                                & (between[:-1] > 1))
    middle = middle[(heads[middle] == codes[edges[middle] - sizes[middle]]) & (heads[middle] == heads[middle + 1])]
    firsts, lasts = np.concatenate([firsts[some], middle]), np.concatenate([lasts[some], middle])
    order = np.argsort(firsts, kind="stable")
    firsts, lasts = firsts[order], lasts[order]
    # A segment beside them that is longer may hold one member more, if no word is cut in two there: no 强 of 在坚强领导下, no 目 of 目的.
    size, stop, parted = sizes[firsts], np.append(between, 0)[firsts], np.append(between, 0)
    stop = np.where(lasts > firsts, stop, parted[lasts])
    led = (firsts > 0) & (parted[firsts - 1] == stop) & (sizes[firsts - 1] > size)
    followed = (parted[lasts] == stop) & (np.append(sizes, 0)[lasts + 1] > size)
    enough = lasts - firsts + 1 + led + followed >= 3
    firsts, lasts, size, led, followed = firsts[enough], lasts[enough], size[enough], led[enough], followed[enough]
    led[led] = ~_within_word(codes, edges[firsts[led]] - size[led])
    cuts = edges[lasts[followed] + 1] + 1 + size[followed]
    particle = (codes[cuts] == ord("的")) & ~table(_WORDS_WITH_DE)[codes[cuts - 1]]
    whole = (particle | ~_within_word(codes, cuts)) & ~table(_NO_END)[codes[cuts - 1]] & (codes[cuts] >= ord("一"))
    # 修通了进山公路，建起了育苗中心，赢得了乡亲父老的称赞 are clauses: what is cut off one before 的 is no member
    followed[followed] = whole & ~(particle & (between[lasts[followed]] != _stops()[ord("、")]))
    enough = lasts - firsts + 1 + led + followed >= 3
    return _Runs(*(column[enough] for column in (edges[firsts] + 1, lasts - firsts + 1, size, led, followed)))


def _within_word(codes: NDArray[np.uint16], places: Places) -> NDArray[np.bool_]:
    """Whether a word is cut in two at each of `places`."""
    return dictionary().run_on(codes[places[:, None] + np.arange(-2, 2)])


def _taken_up(texts: Texts, places: Places) -> NDArray[np.bool_]:
    """Whether what stands at each of `places` takes up a whole run."""
    words, firsts = _takes_up()
    found = table(firsts)[texts.codes[places]]
    found[found] = [words.match(texts.joined, place) is not None for place in places[found].tolist()]
    return found


def _span(text: str, starts: list[int], width: int) -> list[tuple[int, int]]:
    """The span of the members that begin at `starts`, if they are words, and no two the same: with what is beside them or else without."""
    for row in (starts, starts[1:], starts[:-1], starts[1:-1]):
        members = [text[start:start + width] for start in row]
        if any(map(_COUNTED_OFF.match, members)):
            return []
        if len(members) >= 3 and len(set(members)) == len(members) and all(one.isalpha() and not one.isascii() for one in members):
            return [(row[0], row[-1] + width)]
    return []


def _chains(signs: list[int], width: int, cut: set[int], loose: bool) -> list[tuple[int, int]]:
    """The parallels in a run of members of this width: first and last pair of each. `signs`: those of every two members in a row; `cut`:
    the pairs in which a member is cut off a longer segment; `loose`: the last is such a pair, and nothing behind it shows where to cut."""
    def alike(common: int, first: int, last: int) -> bool:
        if loose and last + 1 == len(signs):
            return False
        return bool(common & _SIGNS) or _within(common, width) >= (SURELY if first in cut or last in cut else SEVERAL)

    # Every stretch with a sign in common that no longer one holds.
    stretches = []
    first = 0
    while first < len(signs):
        common, last = signs[first], first
        while last + 1 < len(signs) and alike(common & signs[last + 1], first, last + 1):
            last += 1
            common &= signs[last]
        if last == first:
            first += 1
            continue
        stretches.append((first, last, common))
        if last + 1 == len(signs):
            break
        # The next ends behind this one: it begins as far back as its signs go.
        back, common = last + 1, signs[last + 1]
        while back - 1 > first and alike(common & signs[back - 1], back - 1, last + 1):
            back -= 1
            common &= signs[back]
        first = back
    # The longest first; a pair that leads from one to the next is of neither.
    free = [True] * len(signs)
    chosen = []
    for first, last, common in sorted(stretches, key=lambda stretch: (stretch[0] - stretch[1], stretch[0])):
        if not all(free[first:last + 1]):
            continue
        for step in (-1, 1):
            edge = first if step < 0 else last
            while 0 <= edge + step < len(signs) and free[edge + step] and _joins(
                    common, signs[edge + step], width, edge + step in cut, loose and edge + step + 1 == len(signs)):
                edge += step
                common &= signs[edge]
            first, last = (edge, last) if step < 0 else (first, edge)
        for pair in range(max(0, first - 1), min(len(signs), last + 2)):
            free[pair] = False
        chosen.append((first, last))
    return chosen


def _within(common: int, width: int) -> int:
    """How many characters are shared, but for the first and those at the end."""
    places = common >> _SHARED
    while width and places >> width - 1 & 1:
        width -= 1
    return (places & ((1 << width) - 1) & ~1).bit_count()


def _joins(common: int, signs: int, width: int, cut: bool, loose: bool) -> bool:
    """Whether a neighbour goes on with a run: by its sign, by all the characters that its members share, or by one within. What is loose
    shares two characters."""
    shared = common & signs
    if loose and (shared >> _SHARED).bit_count() + (shared & 1) < 2:
        return False
    if shared & _SIGNS:
        return True
    if shared >> _SHARED == common >> _SHARED:
        return (shared >> _SHARED).bit_count() > cut
    return width <= NEAR and _within(shared, width) > 0


def _built_alike(signs: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether members of these sizes with these signs in common may be built alike."""
    shared = np.zeros(len(signs), np.int64)
    ending = np.ones(len(signs), bool)
    for place in range(LONGEST - 1, 0, -1):
        here = (signs >> (_SHARED + place) & 1).astype(bool)
        ending &= here | (place >= sizes)
        shared += here & ~ending & (place < sizes)
    return (signs & _SIGNS != 0) | (shared >= SEVERAL)


def _signs(codes: NDArray[np.uint16], starts: Places, other_starts: Places, sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The signs that two members are built alike, a bit each: 0 for one first character, LONGEST for two verbs, else a joint at that place;
    and from _SHARED on the places, other than the first, at which one character stands. What every two members in a row have in common
    all have."""
    heads, other_heads = codes[starts], codes[other_starts]
    verbs, joints = table(_verbs()), table(_JOINTS)
    signs = (heads == other_heads).astype(np.int64)
    signs |= ((sizes <= SHORT) & verbs[heads] & verbs[other_heads]).astype(np.int64) << LONGEST
    for place in range(1, LONGEST):
        far = np.flatnonzero(sizes > place)
        here = codes[starts[far] + place]
        same = far[here == codes[other_starts[far] + place]]
        signs[same] |= 1 << (_SHARED + place)
        same = same[(sizes[same] > place + 1) & joints[codes[starts[same] + place]]]
        signs[same] |= 1 << place
    return signs
