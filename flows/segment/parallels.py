"""Parallels: runs of three and more members of one shape (看得准、问得细、记得牢; 田埂上问问农户、店门上访访商户、楼道上看看住户).

One shape is one length and a sign that the members are built alike: one first character, a joint at the same place, several characters
of whatever kind in the midst of each (灶台边记挂老人、课桌边记挂孩子、病床边记挂邻居), or a verb of one syllable at the head of each. Equal
length alone is not enough, since a list of things (北京市、天津市、河北省) has it too; nor is one end, which a list of one sort of things
has (东部地区、中部地区、西部地区).
"""
from __future__ import annotations

from functools import cache

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
_SHARED = 20  # the bit of `_signs` that says of the first place whether it is shared
_TAKES_UP = "的等之这"


@cache
def _verbs() -> str:
    return "".join(entries("verbs_of_one_syllable.txt"))


@cache
def _stops() -> NDArray[np.uint8]:
    """By code point of the basic plane: 2 and more for each stop that members are parted by, else 1."""
    found = np.ones(0x10000, dtype=np.uint8)
    found[[ord(char) for char in _STOPS]] = range(2, 2 + len(_STOPS))
    return found


def parallels(texts: Texts) -> list[tuple[int, int]]:
    """The spans of the parallels in the texts, in order, without overlaps."""
    codes = texts.codes
    bounds, marks = texts.marks
    edges = np.concatenate(([-1], bounds, [len(codes)]))
    sizes = np.diff(edges) - 1
    stops = np.concatenate(([1], _stops()[marks], [1]))
    # stops[i] stands before segment i, stops[i + 1] after it, between[i] after it and before the next
    between = stops[1:-1]
    one_stop = between[1:] == between[:-1]
    fit = (sizes >= SHORTEST) & (sizes <= LONGEST)
    # Two segments of one length, and a third beside them: as long, or one that the sentence leads into or goes on from.
    level = sizes[1:] == sizes[:-1]
    before = np.concatenate(([False], (sizes[:-2] >= sizes[1:-1]) & one_stop))
    after = np.concatenate(((sizes[2:] >= sizes[1:-1]) & one_stop, [False]))
    pairs = np.flatnonzero(level & fit[1:] & (between > 1) & (before | after))
    # One segment between two longer ones that share its first character: 坚持早部署、早落实、早见效的原则.
    middle = 1 + np.flatnonzero(fit[1:-1] & (sizes[:-2] > sizes[1:-1]) & (sizes[2:] > sizes[1:-1]) & one_stop & (between[:-1] > 1))
    head = codes[edges[middle] + 1]
    middle = middle[(head == codes[edges[middle] - sizes[middle]]) & (head == codes[edges[middle + 1] + 1])]
    # Most lists are told from parallels by their first characters, before a string is cut.
    head, next_head = codes[edges[pairs] + 1], codes[edges[pairs + 1] + 1]
    verbs = table(_verbs())
    pairs = pairs[(head == next_head) | (sizes[pairs] > 3) | (verbs[head] & verbs[next_head])]
    firsts = np.union1d(pairs, middle)
    breaks = np.append(1 + np.flatnonzero(~(level[1:] & one_stop)), len(level))
    lasts = np.where(level[firsts], breaks[np.searchsorted(breaks, firsts, side="right")], firsts)
    apart = _apart(firsts.tolist(), lasts.tolist())
    firsts, lasts = firsts[apart], lasts[apart]
    # What stands beside a run may hold one member more.
    size, stop = sizes[firsts], stops[firsts + 1]
    led = (firsts > 0) & (stops[firsts] == stop) & (sizes[firsts - 1] > size)
    follower = np.minimum(lasts + 1, len(sizes) - 1)
    behind = np.minimum(edges[follower] + 1 + size, len(codes) - 1)
    # the sentence may go on behind the last member only with what takes up the whole run
    followed = (lasts < len(sizes) - 1) & (stops[follower] == stop) & (sizes[follower] > size) & table(_TAKES_UP)[codes[behind]]
    led &= lasts - firsts + 1 + led + followed >= 3
    led[led] = ~_within_word(codes, edges[firsts[led]] - size[led])
    enough = lasts - firsts + 1 + led + followed >= 3
    firsts, lasts, led, followed, size = firsts[enough], lasts[enough], led[enough], followed[enough], size[enough]

    # Every two members in a row, run by run; then also with the members beside the run.
    counts = lasts - firsts
    run = np.repeat(np.arange(len(firsts)), counts)
    member = np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts) + firsts[run]
    begins = edges[:-1] + 1
    inner = np.full(len(firsts), -1, np.int64)
    np.bitwise_and.at(inner, run, _signs(codes, begins[member], begins[member + 1], size[run]))
    outer = inner.copy()
    outer[led] &= _signs(codes, edges[firsts[led]] - size[led], begins[firsts[led]], size[led])
    outer[followed] &= _signs(codes, begins[lasts[followed]], begins[lasts[followed] + 1], size[followed])
    alike, alike_beside = _built_alike(inner, size, SEVERAL), _built_alike(outer, size, SURELY)
    found = []
    for number in np.flatnonzero(alike | alike_beside).tolist():
        first, last, width = int(firsts[number]), int(lasts[number]), int(size[number])
        starts = begins[first:last + 1].tolist()
        longer = list(starts)
        if led[number]:
            longer.insert(0, starts[0] - 1 - width)
        if followed[number]:
            longer.append(starts[-1] + width + 1)
        for row, signs in ((longer, alike_beside), (starts, alike)):
            if len(row) >= 3 and signs[number] and _is_whole([texts.joined[start:start + width] for start in row]):
                found.append((row[0], row[-1] + width))
                break
    return found


def _within_word(codes: NDArray[np.uint16], places: Places) -> NDArray[np.bool_]:
    """Whether a word is cut in two at each of `places`: no member begins with 强 of 在坚强领导下."""
    return dictionary().run_on(codes[places[:, None] + np.arange(-2, 2)])


def _apart(firsts: list[int], lasts: list[int]) -> list[int]:
    """The numbers of the runs that meet none before, of runs in order by first and last segment."""
    kept, reach = [], -1
    for number, (first, last) in enumerate(zip(firsts, lasts)):
        if first > reach:
            kept.append(number)
            reach = last
    return kept


def _built_alike(signs: NDArray[np.int64], sizes: NDArray[np.int64], least: int) -> NDArray[np.bool_]:
    """Whether members of these sizes with these signs in common are built alike; `least` is how many characters within are a sign."""
    shared = np.zeros(len(signs), np.int64)
    ending = np.ones(len(signs), bool)
    for place in range(LONGEST - 1, 0, -1):
        here = (signs >> (_SHARED + place) & 1).astype(bool)
        ending &= here | (place >= sizes)
        shared += here & ~ending & (place < sizes)
    return (signs & ((1 << _SHARED) - 1) != 0) | (shared >= least)


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


def _is_whole(members: list[str]) -> bool:
    """Whether the members are words, and no two the same."""
    return len(set(members)) == len(members) and all(member.isalpha() and not member.isascii() for member in members)
