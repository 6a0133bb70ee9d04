"""Sections: the parts of a speech as a tree whose own spans tile the text."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

# The longest first sentence that is still a heading, in characters. Headings glued to their body run to 50 in reports of the last
# decades; a longer first sentence is body.
GLUED_LIMIT = 56
LINE_LIMIT = 80
# The longest line with a full stop that is still a heading on its own line and not a paragraph of one sentence.
LONGEST_STOPPED = 45


class Section(NamedTuple):
    """A part of a speech: the columns of schemas/sections.py that do not come from its place in the corpus. Offsets in code points."""

    path: str
    level: int
    kind: str
    marker: str | None
    marker_style: str | None
    number: int | None
    heading: str | None
    declared_count: int | None
    is_inferred: bool
    start: int
    end: int
    subtree_end: int


@dataclass(slots=True)
class Node:
    """A section while the tree is built. `marker_end` is where the text after the marker begins; items of one run share `run`;
    `fills` where a heading fills its line."""

    start: int
    level: int
    kind: str
    style: str | None = None
    number: int | None = None
    marker_end: int = 0
    heading: str | None = None
    is_inferred: bool = False
    declared_count: int | None = None
    run: int = 0
    fills: bool = False


_STOPS = " \u3000\n，、；：:。！？"
_FIRST_SENTENCE = re.compile(rf"[ \u3000，、：:]*([^。！？；\n]{{1,{LINE_LIMIT}}})([。！？；\n]|\Z)?")
_GAP = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f]|(?:19|20)\d\d)|(?<=[^\x00-\x7f\s])[ \u3000]{2,}")


def heading(text: str, start: int) -> tuple[str | None, bool]:
    """The heading that follows a marker ending at `start`, and whether it fills its line; None where the first sentence is too long for
    a heading. A gap inside the line ends it too: sources that lose a line break leave one (一、工作回顾 过去一年…)."""
    match = _FIRST_SENTENCE.match(text, start)
    if not match:
        return None, False
    words, stop = match[1], match[2]
    after = match.end()
    fills = stop == "\n" or after >= len(text) or (stop is not None and text[after] == "\n")
    if stop == "；" or (stop and stop in "。！？" and len(words) > LONGEST_STOPPED):
        fills = False
    gap = _GAP.search(words) if " " in words or "\u3000" in words else None
    if gap and 2 <= gap.start() <= GLUED_LIMIT and not (fills and stop in ("\n", "", None)):
        return words[:gap.start()].strip(), False
    if stop is None or (len(words) > GLUED_LIMIT and not fills):
        return None, False
    if len(words) > LINE_LIMIT - 1:
        return None, fills
    return words.strip() or None, fills


def tiled(nodes: Sequence[Node], text: str) -> list[Section]:
    """`nodes`, in order of the tree (parents first), as sections that tile text: each ends where the next one starts."""
    length, rows = len(text), []
    ends = [node.start for node in nodes[1:]] + [length]
    last = _subtree_ends(nodes, ends)
    counts: list[int] = []
    prefixes: list[str] = [""]
    for node, end, subtree_end in zip(nodes, ends, last):
        del counts[node.level:], prefixes[node.level:]
        if len(counts) < node.level:
            counts.append(0)
        counts[-1] += 1
        path = prefixes[-1] + str(counts[-1])
        prefixes.append(path + ".")
        marker = text[node.start: node.marker_end].strip() if node.marker_end else None
        rows.append(Section(path, node.level, node.kind, marker or None, node.style, node.number, _own(node, end, text),
                            node.declared_count, node.is_inferred, node.start, end, subtree_end))
    return rows


def _own(node: Node, end: int, text: str) -> str | None:
    """What of a node's heading lies before `end`: points counted off in one sentence share it (一是吃饭，二是建设)."""
    words, begin = node.heading, node.marker_end or node.start
    if words is None or text.find(words, begin, end) >= 0:
        return words
    at = text.find(words, begin)
    return text[at:end].strip(_STOPS) or None if at >= 0 else None


def _subtree_ends(nodes: Sequence[Node], ends: Sequence[int]) -> list[int]:
    """For each node the largest end of it and of all below it."""
    found = list(ends)
    open_at: list[int] = []
    for index, node in enumerate(nodes):
        while open_at and nodes[open_at[-1]].level >= node.level:
            found[open_at.pop()] = ends[index - 1]
        open_at.append(index)
    for index in open_at:
        found[index] = ends[-1]
    return found
