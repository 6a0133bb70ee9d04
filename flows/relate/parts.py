"""How the work over all speeches is cut into parts: by the size of the data alone, never by who works, so that the same bytes come out.

A corpus that fits into one part is related in one task a step; each more would cost a run of some documents more than it saves.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

PARTITION = 1 << 21  # seeds sorted at a time
RANGE = 1 << 22  # seeds of the speeches that are compared with those of another range at a time: some 45 MB of text
SKETCHED_TOGETHER = 1 << 20  # hashes of sketches joined at a time
COUNTED_TOGETHER = 1 << 18  # counted phrases that are added up at a time
EVERY = 1 << 10  # counted phrases of a shard of which the first shows where the phrases of a corpus may be cut
GRAMS = 1 << 22  # runs of characters in the sample that paraphrases are looked for by


def ranges_of(seeds: Sequence[int]) -> list[list[int]]:
    """The numbers of the shards by range, for the number of seeds of each shard, in order."""
    ranges: list[list[int]] = [[]]
    held = 0
    for number, count in enumerate(seeds):
        if ranges[-1] and held + count > RANGE:
            ranges.append([])
            held = 0
        ranges[-1].append(number)
        held += count
    return ranges


def partitions_of(size: int, together: int) -> int:
    """In how many partitions so much is worked that `together` is worked at a time."""
    return max(-(-size // together), 1)


def share_of(size: int) -> float:
    """Which share of the places of a corpus of so many characters is looked at for paraphrases."""
    share = 1.0
    while size * share > GRAMS:
        share /= 2
    return share


def cuts(shown: Mapping[str, Sequence[str]], size: int) -> list[str]:
    """Phrases at which the sorted phrases of all shards are cut into parts of about COUNTED_TOGETHER; `shown`: of each shard, sorted, every
    phrase at a distance of EVERY; `size`: how many all shards have."""
    parts = partitions_of(size, COUNTED_TOGETHER)
    every = sorted(phrase for phrases in shown.values() for phrase in phrases)
    return sorted({every[len(every) * part // parts] for part in range(1, parts)} - {every[0]}) if parts > 1 and every else []


def blocks_of(lengths: Mapping[str, Sequence[int]], block: int, most: int) -> list[list[tuple[str, int, int]]]:
    """Blocks of about `block` code points, of `most` together, as (shard, first, end) of the speeches of the shards, whose lengths are
    given in order."""
    blocks: list[list[tuple[str, int, int]]] = [[]]
    taken = size = 0
    for shard, sizes in lengths.items():
        first = last = 0
        for length in sizes:
            if taken >= most:
                break
            if size and size + length > block:
                blocks[-1].append((shard, first, last))
                blocks.append([])
                size, first = 0, last
            size, taken, last = size + length, taken + length, last + 1
        blocks[-1].append((shard, first, last))
    return [held for each in blocks if (held := [part for part in each if part[2] > part[1]])]


def starts_of(sizes: Sequence[int]) -> list[int]:
    """The number of the first of each lot, for the sizes of the lots, and at the end how many there are."""
    return [0, *accumulate(sizes)]
