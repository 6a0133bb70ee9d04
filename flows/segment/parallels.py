"""Parallels: runs of three and more members of one shape (受警醒、明底线、知敬畏; 态度上尊重群众、感情上亲近群众、工作上依赖群众).

One shape is one length and a sign that the members are built alike: the same character at the same place, or a verb of one syllable
at the head of each. Equal length alone is not enough, since a list of things (北京市、天津市、河北省) has it too.
"""
from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from schemas.lexicons import entries

SHORTEST, LONGEST = 3, 16
_STOPS = "、，；"
_BOUNDS = "。：！？\n“”‘’（）《》…—" + _STOPS
# What holds a member together from within: shared at one place it shows one build, which a shared noun at the end does not.
_JOINTS = frozenset("得上中下为不有要以能于在更最敢就是了起来出到进把让使向对从之而必先靠用")


@cache
def _verbs() -> frozenset[str]:
    return frozenset("".join(entries("verbs_of_one_syllable.txt")))


@cache
def _verb_table() -> NDArray[np.bool_]:
    table = np.zeros(0x10000, dtype=bool)
    table[[ord(char) for char in _verbs()]] = True
    return table


@cache
def _bounds() -> NDArray[np.uint8]:
    """By code point of the basic plane: 0 inside a segment, 1 at a bound, 2 and more at each stop that members are parted by."""
    table = np.zeros(0x10000, dtype=np.uint8)
    table[[ord(char) for char in _BOUNDS]] = 1
    table[[ord(char) for char in _STOPS]] = range(2, 2 + len(_STOPS))
    return table


def _codes(text: str) -> NDArray[np.uint16]:
    """The code points of text; one beyond the basic plane, which is never a bound, as U+FFFF."""
    narrow = text.encode("utf-16-le", "replace")
    if len(narrow) == 2 * len(text):
        return np.frombuffer(narrow, dtype=np.uint16)
    return np.minimum(np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32), 0xFFFF).astype(np.uint16)


def _alike(members: list[str]) -> bool:
    """Whether members of one length are built alike."""
    first = members[0]
    heads = {member[0] for member in members}
    alike = len(heads) == 1 or (len(first) <= 5 and heads <= _verbs()) or (not _JOINTS.isdisjoint(first[1:-1]) and any(
        first[place] in _JOINTS and all(member[place] == first[place] for member in members) for place in range(1, len(first) - 1)))
    return alike and len(set(members)) == len(members) and all(member.isalpha() and not member.isascii() for member in members)


def parallels(text: str) -> list[tuple[int, int]]:
    """The spans of the parallels in text, in order, without overlaps."""
    if text.count("、") + text.count("，") < 2:
        return []
    codes = _codes(text)
    marks = _bounds()[codes]
    bounds = np.flatnonzero(marks)
    edges = np.concatenate(([-1], bounds, [len(text)]))
    sizes = np.diff(edges) - 1
    stops = np.concatenate(([1], marks[bounds], [1]))
    # Two segments of one length, and a third beside them: as long, or one that the sentence leads into or goes on from.
    same = (sizes[1:] == sizes[:-1]) & (sizes[1:] >= SHORTEST) & (sizes[1:] <= LONGEST) & (stops[1:-1] > 1)
    # stops[i] stands before segment i, stops[i + 1] after it
    before = np.concatenate(([False], (sizes[:-2] >= sizes[1:-1]) & (stops[1:-2] == stops[2:-1])))
    after = np.concatenate(((sizes[2:] >= sizes[1:-1]) & (stops[1:-2] == stops[2:-1]), [False]))
    # One segment between two longer ones that share its first character: 坚持早部署、早落实、早见效的原则.
    middle = np.concatenate(([False], (sizes[1:-1] >= SHORTEST) & (sizes[1:-1] <= LONGEST) & (sizes[:-2] > sizes[1:-1]) & (
        sizes[2:] > sizes[1:-1]) & (stops[1:-2] == stops[2:-1]) & (stops[1:-2] > 1), [False]))
    places = np.flatnonzero(middle)
    head = codes[edges[places] + 1]
    places = places[(head == codes[edges[places] - sizes[places]]) & (head == codes[edges[places + 1] + 1])]
    # Most lists are told from parallels by their first characters, before a string is cut.
    head, next_head = codes[np.minimum(edges[:-2] + 1, len(codes) - 1)], codes[np.minimum(edges[1:-1] + 1, len(codes) - 1)]
    verbs = _verb_table()
    same &= (head == next_head) | (sizes[:-1] > 3) | (verbs[head] & verbs[next_head])
    firsts = sorted({*np.flatnonzero(same & (before | after)).tolist(), *places.tolist()})
    begins, ends, lengths, kinds = (edges[:-1] + 1).tolist(), edges[1:].tolist(), sizes.tolist(), stops.tolist()
    found: list[tuple[int, int]] = []
    reach = -1
    for first in firsts:
        if first <= reach:
            continue
        size, stop = lengths[first], kinds[first + 1]
        last = first
        while last + 1 < len(lengths) and lengths[last + 1] == size and kinds[last + 1] == stop:
            last += 1
        reach = last
        spans = list(zip(begins[first:last + 1], ends[first:last + 1]))
        longer = list(spans)
        if first and kinds[first] == stop and lengths[first - 1] > size:
            longer.insert(0, (ends[first - 1] - size, ends[first - 1]))
        if last + 1 < len(lengths) and kinds[last + 1] == stop and lengths[last + 1] > size:
            start = begins[last + 1]
            # the sentence may go on behind the last member only with what takes up the whole run
            if text[start + size] in "的等之这":
                longer.append((start, start + size))
        for run in (longer, spans):
            if len(run) >= 3 and _alike([text[start:end] for start, end in run]):
                found.append((run[0][0], run[-1][1]))
                break
    return found
