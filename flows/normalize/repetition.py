"""Repetition: which lines the documents of one source share, how many share them, and which lines stand in the same documents.

What repeats over a site's documents is the site's. Counts are added up shard by shard, in any order, and held a part at a time.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
import polars as pl
from numpy.typing import NDArray

from flows.ingest.documents import Document
from flows.normalize import script
from flows.normalize.furniture import BULLET, DIGITS, FOLDED, TRADITIONAL, folded

KEYED = 120             # a line longer than this is never counted as a repeated one
LEAST_DOCUMENTS = 4     # a line must stand in so many documents of a site ...
LEAST_SHARE = 0.3       # ... and in this share of them, to be furniture by repetition
SHARED = 1 / 2000       # ... or in this one, and LEAST_SHARED, to be furniture where a site gave a part of them (flows.normalize.templates)
LEAST_SHARED = 3
PAIRS = 6, 1000         # documents of a source, from and to which two that share a line are enough to tell that a page shows another
LEAST_MATES = 3         # lines without a sentence that stand in the same documents as a sentence of the site
PARTS = 256             # of the hashes of lines, so that lines can be counted over all shards some parts at a time ...
ADDED_ROWS = 1 << 22    # ... of so many rows, some 250 MB
_BULLETS = re.compile(BULLET.pattern.replace(r"[^\d\-]", r"[^\d\-\n]"), re.MULTILINE)    # of every line of a text
# What stands in brackets within a line, and is counted as lines are, behind this mark.
PIECE = "\x01"
IN_BRACKETS = re.compile(r"[（(【\[〔{＜<［｛〈«][^（()）【】\[\]〔〕{}［］｛｝＜＞<>〈〉«»。\n]{5,40}[）)】\]〕}＞>］｝〉»]")
# How a longer line begins, which is counted as lines are, behind this mark: what a page shows of others breaks off anywhere.
OPENING = "\x02"
OPENING_LEAST, OPENING_SIZE = 24, 16        # characters of such a line, and of what counts of it
STATISTICS = {"source": pl.String, "line": pl.String, "document_count": pl.Int64, "first": pl.UInt64, "last": pl.UInt64}


class Repeated(NamedTuple):
    """Of the lines of some documents those that many of their source hold, by `key`.

    sizes: 0 where so many hold it that it is furniture, else the class of how many (size_class); a line that begins with PIECE is what
    stands in brackets, one that begins with OPENING how longer lines begin. held_by: the same number for lines that the same documents
    hold, of one source only; 0 where it is not told."""

    sizes: Mapping[str, int]
    held_by: Mapping[str, int] = MappingProxyType({})


NOTHING = Repeated(MappingProxyType({}))


def key(line: str) -> str:
    """The form by which lines of different documents are the same: folded, numbers made one."""
    return DIGITS.sub("0", folded(line))


def keys(lines: Sequence[str]) -> list[str]:
    """`key` of each line, empty where it is too long to be counted."""
    return _keys([line if len(line) <= KEYED else "" for line in lines])


def openings(lines: Sequence[str]) -> list[str]:
    """The key of how each line begins, empty where it is too short for that."""
    return _keys([OPENING + line[:OPENING_SIZE] if len(line) >= OPENING_LEAST else "" for line in lines])


def size_class(count: pl.Expr) -> pl.Expr:
    """Which of the classes a number is in of which each second one begins at twice as much: 4 from 4, 6 from 8. What is counted with every
    new document hardly ever changes its class."""
    return (2 * count.log(2) + 1e-9).floor().cast(pl.Int8)


def _keys(lines: Sequence[str]) -> list[str]:
    """`key` of each line: of all at once, since for most of them the calls would cost more than the work."""
    if not lines:
        return []
    other, kept = _fold_tables()
    units = np.frombuffer("\n".join(lines).encode("utf-16-le", "surrogatepass"), np.uint16)
    form = other[units[kept[units]]].tobytes().decode("utf-16-le", "surrogatepass").lower()
    return DIGITS.sub("0", _BULLETS.sub("", form)).split("\n")


@cache
def _fold_tables() -> tuple[NDArray[np.uint16], NDArray[np.bool_]]:
    """For each unit of UTF-16 what FOLD makes of it, and whether it stays; a line break between lines does."""
    other, kept = np.arange(1 << 16, dtype=np.uint16), np.ones(1 << 16, bool)
    for char, to in FOLDED.items():
        other[ord(char)], kept[ord(char)] = ord(to or char), bool(to) or char == "\n"
    return other, kept


def source_group(document: Document) -> str:
    """Which site or folder a document comes from: the host of its address, else the site it names, else its folder."""
    url = document.metadata.get("url", "")
    host = urlsplit(url).hostname if "://" in url else None
    return host or document.metadata.get("site") or document.source_path.split("#")[0].rpartition("/")[0]


def line_statistics(documents: Iterable[Document]) -> pl.DataFrame:
    """One row per line key and source group of a batch, in order of `part`: part, source, line, document_count, and the first and last of
    the documents in an order that has nothing to do with their names. Rows with line "" count the documents and are part 0, the others by
    their hash one of 1 to PARTS; what PIECE and OPENING stand before is counted as lines are.

    Statistics of several batches, all parts or part 0 and some others, are given to `repeated` in any order."""
    lines: list[str] = []
    ends: list[int] = []
    groups: list[str] = []
    numbers: list[int] = []
    for document in documents:
        text = document.raw_text
        if any(character in text for character in TRADITIONAL):
            alphabet = set(text)
            text = script.simplify(text, script.script_of(text, alphabet), alphabet)
        for line in text.split("\n"):
            if 0 < len(line) <= KEYED:
                lines.append(line)
            if len(line) >= OPENING_LEAST:
                lines.append(OPENING + line[:OPENING_SIZE])
        lines += [PIECE + piece for piece in IN_BRACKETS.findall(text)]
        groups.append(source_group(document))
        numbers.append(int.from_bytes(blake2b(document.source_path.encode("utf-8", "surrogatepass"), digest_size=8).digest()))
        ends.append(len(lines))
    keys = _keys(lines)
    held = [dict.fromkeys([*keys[start:end], ""]).keys() for start, end in zip([0, *ends], ends)]     # in order, unlike a set
    counts: dict[str, Counter[str]] = {group: Counter() for group in groups}
    first: dict[str, dict[str, int]] = {group: {} for group in groups}
    last: dict[str, dict[str, int]] = {group: {} for group in groups}
    order = sorted(range(len(held)), key=numbers.__getitem__)
    for number in order:            # what is written last stays
        counts[groups[number]].update(held[number])
        last[groups[number]].update(dict.fromkeys(held[number], numbers[number]))
    for number in reversed(order):
        first[groups[number]].update(dict.fromkeys(held[number], numbers[number]))
    rows = pl.DataFrame({"source": [group for group, counted in counts.items() for _ in counted],
                         "line": [line for counted in counts.values() for line in counted],
                         "document_count": [count for counted in counts.values() for count in counted.values()],
                         "first": [first[group][line] for group, counted in counts.items() for line in counted],
                         "last": [last[group][line] for group, counted in counts.items() for line in counted]}, schema=STATISTICS)
    part = pl.when(pl.col("line") == "").then(0).otherwise(pl.col("line").hash(0) % PARTS + 1).cast(pl.UInt16)
    return rows.select(part.alias("part"), *STATISTICS).sort("part", "source", "line")


def in_parts(statistics: pl.DataFrame, first: int, end: int) -> pl.DataFrame:
    """The rows of the parts from `first` to before `end`."""
    parts = statistics["part"]
    return statistics[int(parts.search_sorted(first, side="left")):int(parts.search_sorted(end, side="left"))]


def parts_at_a_time(rows: int) -> list[tuple[int, int]]:
    """(first, end) of the parts that are counted together, where all statistics together have so many rows."""
    pieces = min(PARTS, max(1, -(-rows // ADDED_ROWS)))
    return [(1 + PARTS * piece // pieces, 1 + PARTS * (piece + 1) // pieces) for piece in range(pieces)]


def _added_up(statistics: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """One row per source and line; of many batches never more are held than differ, and ADDED_ROWS."""
    waiting = [pl.DataFrame(schema=STATISTICS)]
    for frame in statistics:
        waiting.append(frame.select(*STATISTICS))
        if sum(each.height for each in waiting[1:]) > ADDED_ROWS:
            waiting = [_sums(waiting)]
    return _sums(waiting)


def _sums(statistics: Iterable[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(statistics).group_by("source", "line").agg(
        pl.col("document_count").sum(), pl.col("first").min(), pl.col("last").max())


def repeated(statistics: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The keys of lines that many documents of one source hold, one row per line, sorted: line, size and held_by as `Repeated` has them.
    Set phrases of speeches are looked at line by line when the body is found."""
    merged = _added_up(statistics)
    sizes = merged.filter(pl.col("line") == "").select("source", size="document_count")
    count, is_line = pl.col("document_count"), ~pl.col("line").str.contains(f"^[{PIECE}{OPENING}]")
    is_piece = pl.col("line").str.starts_with(PIECE)
    is_opening = pl.col("line").str.starts_with(OPENING)
    of_site = is_line & (count >= LEAST_DOCUMENTS) & (count >= LEAST_SHARE * pl.col("size"))
    lines = merged.filter((pl.col("line") != "") & (count > 1)).join(sizes, on="source")
    enough = pl.when(pl.col("size").is_between(*PAIRS)).then(2).otherwise(LEAST_SHARED)
    together = ("source", "first", "last", "document_count")      # of lines that stand in the same documents, as good as surely
    return (lines.filter((count >= enough) & (count >= SHARED * pl.col("size")))
            .select("line", size=pl.when(of_site).then(0)
                    .otherwise(size_class(pl.when(is_opening).then(pl.min_horizontal(count, LEAST_SHARED)).otherwise(count))).cast(pl.Int8),
                    # told by one of the lines: one more document that holds them all changes nothing
                    held_by=pl.when((is_line | is_piece) & (count >= LEAST_SHARED) & (is_line.sum().over(together) > LEAST_MATES))
                    .then(pl.when(is_line).then(pl.col("line")).min().over(together).hash(0)).otherwise(0))
            .group_by("line").agg(pl.when(pl.col("size").min() == 0).then(0).otherwise(pl.col("size").max()).cast(pl.Int8).alias("size"),
                                  pl.when(pl.len() == 1).then(pl.col("held_by").first()).otherwise(0).alias("held_by"))
            .sort("line"))


def told(rows: Iterable[tuple[str, int, int]]) -> Repeated:
    """What rows of `repeated` tell."""
    sizes: dict[str, int] = {}
    held_by: dict[str, int] = {}
    for line, size, number in rows:
        sizes[line] = size
        if number:
            held_by[line] = number
    return Repeated(sizes, held_by)
