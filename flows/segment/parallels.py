"""Parallels: runs of three and more members of one shape (受警醒、明底线、知敬畏; 态度上尊重群众、感情上亲近群众、工作上依赖群众).

One shape is one length and a sign that the members are built alike: the same character at the same place, or a verb of one syllable
at the head of each. Equal length alone is not enough, since a list of things (北京市、天津市、河北省) has it too.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from schemas.lexicons import entries

SHORTEST, LONGEST = 3, 16
_STOPS = "、，；"
_STOP_CODES = np.array([ord(char) for char in _STOPS])
_BOUNDS = "。：！？\n“”‘’（）《》…—" + _STOPS
# What holds a member together from within: shared at one place it shows one build, which a shared noun at the end does not.
_JOINTS = frozenset("得上中下为不有要以能于在更最敢就是了起来出到进把让使向对从之而必先靠用")


@cache
def _verbs() -> frozenset[str]:
    return frozenset("".join(entries("verbs_of_one_syllable.txt")))


@cache
def _bounds() -> np.ndarray:
    table = np.zeros(0x10000, dtype=bool)
    table[[ord(char) for char in _BOUNDS]] = True
    return table


def _alike(members: list[str]) -> bool:
    """Whether members of one length are built alike."""
    if len(set(members)) < len(members) or not all(member.isalpha() and not member.isascii() for member in members):
        return False
    same = [place for place, chars in enumerate(zip(*members)) if len(set(chars)) == 1]
    size = len(members[0])
    if 0 in same or any(members[0][place] in _JOINTS for place in same if place < size - 1):
        return True
    return size <= 5 and all(member[0] in _verbs() for member in members)


def parallels(text: str) -> list[tuple[int, int]]:
    """The spans of the parallels in text, in order, without overlaps."""
    if text.count("、") + text.count("，") < 2:
        return []
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    bounds = np.flatnonzero(_bounds()[np.minimum(codes, 0xFFFF)])
    edges = np.concatenate(([-1], bounds, [len(text)]))
    sizes = np.diff(edges) - 1
    stops = np.concatenate(([0], codes[bounds], [0]))
    stops = np.where(np.isin(stops, _STOP_CODES), stops, 0)
    # Two segments of one length, and a third beside them: as long, or one that the sentence leads into or goes on from.
    same = (sizes[1:] == sizes[:-1]) & (sizes[1:] >= SHORTEST) & (sizes[1:] <= LONGEST) & (stops[1:-1] > 0)
    # stops[i] stands before segment i, stops[i + 1] after it
    before = np.concatenate(([False], (sizes[:-2] >= sizes[1:-1]) & (stops[1:-2] == stops[2:-1])))
    after = np.concatenate(((sizes[2:] >= sizes[1:-1]) & (stops[1:-2] == stops[2:-1]), [False]))
    found: list[tuple[int, int]] = []
    reach = -1
    for first in np.flatnonzero(same & (before | after)).tolist():
        if first <= reach:
            continue
        size, stop = int(sizes[first]), stops[first + 1]
        last = first + 1
        while last + 1 < len(sizes) and sizes[last + 1] == size and stops[last + 1] == stop:
            last += 1
        reach = last
        spans = [(int(edges[i]) + 1, int(edges[i + 1])) for i in range(first, last + 1)]
        longer = list(spans)
        if first and stops[first] == stop and sizes[first - 1] > size:
            longer.insert(0, (int(edges[first]) - size, int(edges[first])))
        if last + 1 < len(sizes) and stops[last + 1] == stop and sizes[last + 1] > size:
            start = int(edges[last + 1]) + 1
            # the sentence may go on behind the last member only with what takes up the whole run
            if text[start + size] in "的等之这":
                longer.append((start, start + size))
        for run in (longer, spans):
            if len(run) >= 3 and _alike([text[start:end] for start, end in run]):
                found.append((run[0][0], run[-1][1]))
                break
    return found
