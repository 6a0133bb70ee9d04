"""Main content: the element of a web page that holds its running text, and what stands within it in elements of another make.

What a site puts round and into a text (lists, cards with the beginnings of other texts, comments, calls to follow) it words as it likes,
and new every year; but it puts it into elements of its own. The paragraphs of a text share one and look alike, whatever their class is.
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

SHARE = 0.6             # of the running text of an element, what one within it has to hold to be the one that holds the text
PARAGRAPHS = 2          # of running text at least that it has to hold: fewer are a paragraph, and not what holds them
RUNNING_LEAST = 24      # characters of a line of running text
_IN_SENTENCES = frozenset("，。,；！？")      # one of which a line of running text has
OF_TEXT = 0.1           # of the running text, what stands in elements of one make at least where the text's paragraphs are of that make
_DIGITS = re.compile(r"[\d.]+")
_BOXES = frozenset(("aside", "blockquote", "center", "fieldset", "figure", "td"))     # which are no paragraphs, with a class or without

Make = tuple[str, str, str]     # of an element: its tag, its class and its style, numbers left out


class Block(NamedTuple):
    """A block element of a page: where in the page's text it begins and ends (code points), in how many others it stands, and its make."""

    start: int
    end: int
    depth: int
    make: Make


class Inset(NamedTuple):
    """A line within the running text whose element is of another make than those of its paragraphs: where it begins and ends. is_box:
    another element altogether, and not a paragraph that looks otherwise."""

    start: int
    end: int
    is_box: bool


@lru_cache(maxsize=4096)
def make(tag: str, names: str, style: str) -> Make:
    """The make of an element. Numbers in it are left out: programs that write pages count in classes, and sizes vary."""
    return tag, _DIGITS.sub("0", names), _DIGITS.sub("0", style)


def main_content(text: str, blocks: Sequence[Block], left_out: Sequence[tuple[int, int]]) -> tuple[Block, list[Inset]] | None:
    """The innermost of the `blocks` of a page that holds most of the running text of the one around it, as does each of those around it,
    and what is set into its text; None where there is no running text. `text`: the page's, one block a line; `left_out`: spans of it
    that are known to be the site's, in order of start."""
    running = _running_lines(text, left_out)
    starts, sums = [start for start, _ in running], [0, *accumulate(size for _, size in running)]
    by_depth: dict[int, list[Block]] = {}
    for block in blocks:
        by_depth.setdefault(block.depth, []).append(block)
    found: Block | None = None
    held = sums[-1]
    for depth in sorted(by_depth):
        inner: Block | None = None
        running_in: Counter[Make] = Counter()       # how many elements of each make hold running text
        for block in by_depth[depth]:
            if found is None or (found.start <= block.start and block.end <= found.end):
                low, high = bisect_left(starts, block.start), bisect_left(starts, block.end)
                running_in[block.make] += low < high
                if high - low >= PARAGRAPHS and sums[high] - sums[low] >= SHARE * held:
                    inner, most = block, sums[high] - sums[low]
        if inner is None or running_in[inner.make] > 1:     # of which each holds a piece of the text
            break
        found, held = inner, most
    if found is None:
        return None
    return found, _insets(text, found, blocks, running[bisect_left(starts, found.start):bisect_left(starts, found.end)])


def is_running(line: str) -> bool:
    """Whether a line is running text, and not a name, a heading or a button."""
    return len(line) >= RUNNING_LEAST and not _IN_SENTENCES.isdisjoint(line)


def _running_lines(text: str, left_out: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where each line of running text begins, and how many characters it has."""
    found: list[tuple[int, int]] = []
    position = passed = 0
    for line in text.split("\n"):
        while passed < len(left_out) and left_out[passed][1] <= position:
            passed += 1
        if is_running(line) and (passed == len(left_out) or left_out[passed][0] >= position + len(line)):
            found.append((position, len(line)))
        position += len(line) + 1
    return found


def _insets(text: str, main: Block, blocks: Sequence[Block], running: Sequence[tuple[int, int]]) -> list[Inset]:
    """The lines below the first of the `running` ones (by where they begin, and their size) whose elements are of another make than those
    of the text. Headings look alike among each other: of two lines that differ none is set in. Below the last of the running lines stand
    the speaker's last words, which may have any element."""
    makes = _makes(text, main, blocks)
    sizes: Counter[tuple[Make, ...]] = Counter()
    for start, size in running:
        sizes[makes.get(start, (0, ()))[1]] += size
    of_text = {path for path, size in sizes.items() if size >= OF_TEXT * sizes.total()}
    known = {(tag, names) for path in of_text for tag, names, _ in path}
    first, last = running[0][0], running[-1][0]
    others: dict[tuple[Make, ...], dict[str, list[tuple[int, int]]]] = {}
    for start, (end, path) in makes.items():
        if first < start and path not in of_text:
            others.setdefault(path, {}).setdefault(_DIGITS.sub("0", text[start:end].strip()), []).append((start, end))
    return [Inset(start, end, start < last and _is_box(path, known)) for path, lines in others.items() if len(lines) == 1
            for places in lines.values() for start, end in places]


def _is_box(path: Sequence[Make], known: Set[tuple[str, str]]) -> bool:
    """Whether one of the elements of a path is a box, or has a class and is no paragraph, and none like it is `known` to hold the text's
    paragraphs (tag, class). Programs give single paragraphs classes of their own."""
    return any((tag in _BOXES or (names != "" and tag != "p")) and (tag, names) not in known for tag, names, _ in path)


def _makes(text: str, main: Block, blocks: Sequence[Block]) -> dict[int, tuple[int, tuple[Make, ...]]]:
    """For each line of `main`, by where it begins: where it ends, and the makes of the elements in which it stands, from that on."""
    inner = sorted((block for block in blocks if block.depth > main.depth and main.start <= block.start and block.end <= main.end),
                   key=lambda block: (block.start, block.depth))
    found: dict[int, tuple[int, tuple[Make, ...]]] = {}
    opened: list[Block] = []
    position, number = main.start, 0
    for line in text[main.start:main.end].split("\n"):
        end = position + len(line)
        while number < len(inner) and inner[number].start <= position:
            opened.append(inner[number])
            number += 1
        opened = [block for block in opened if block.end > position]
        if line.strip():
            found[position] = end, tuple(block.make for block in opened)
        position = end + 1
    return found
