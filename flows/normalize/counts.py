"""Counts: how often sequences of characters occur in texts, up to four in a row.

Everything is counted in simplified characters, with Chinese marks, and digits as one.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from flows.normalize import script
from flows.normalize.code_points import code_points

_HALF = str.maketrans(",;:!?()\"０１２３４５６７８９", "，；：！？（）“0000000000")
_SIZE = 1 << 16
LIMIT = 48_000_000       # characters that a model is learned from at most: of damage 66 % was repaired with 12 million, 73 % with 46
_PART = 1 << 23          # of them, about as many as are sorted at a time
_BLOCK = 1 << 18         # and as many as are packed at a time
_DISCOUNT = 0.75
_A_WORD = 50            # how often two characters stand in a word at least for all to know it: 坚强 has 1,168
_MANY_TIMES = 10        # and how many times as often as what would begin there
ORDER = 4
BITS = np.uint64(16)
WINDOW = tuple(np.uint64((1 << 16 * width) - 1) for width in range(ORDER + 1))


@cache
def _folded() -> np.ndarray:
    """For each code point of the basic plane the code point that it counts as."""
    table = np.arange(_SIZE, dtype=np.uint16)
    for source, target in script.simplifier().letters.items():
        if source < _SIZE and ord(target) < _SIZE:
            table[source] = ord(target)
    for half, full in _HALF.items():
        table[half] = full
    table[ord("1"):ord("9") + 1] = ord("0")
    for space in " \t\r\u00a0\u3000":
        table[ord(space)] = ord(" ")
    return table


def codes(text: str) -> np.ndarray:
    """The characters of `text` as they are counted, one code a character."""
    return _folded().take(code_points(text), mode="clip")


@dataclass(frozen=True)
class Counts:
    """N-gram counts of `size` characters, smoothed after Kneser and Ney: shorter n-grams count how many different characters they follow.

    `keys[n]` are sorted n-grams of n+1 codes packed into one integer, `values[n]` their counts. For each n-gram as a context, `mass[n]`
    is how often it is followed by anything, and `rest[n]` the part of that which is left to the shorter context.
    """

    size: float
    total: float
    keys: tuple[np.ndarray, ...]
    values: tuple[np.ndarray, ...]
    mass: tuple[np.ndarray, ...]
    rest: tuple[np.ndarray, ...]

    def probability(self, contexts: np.ndarray, rows: np.ndarray, letters: np.ndarray) -> np.ndarray:
        """P(letter | the three codes before it): of each of `letters` behind the context, a packed triple of codes, at its place in
        `contexts` that `rows` tells."""
        letters = letters.astype(np.uint64)
        chance = (_found(self.keys[0], self.values[0], letters) + 1e-2) / (self.total + 1e-2 * _SIZE)
        known = np.ones(len(contexts), bool)        # the contexts of which the shorter one is known
        for order in range(1, ORDER):
            context = contexts & WINDOW[order]
            places, is_there = _places(self.keys[order - 1], context)
            known &= is_there
            if not known.any():
                break
            mass, rest = self.mass[order - 1][places], self.rest[order - 1][places]
            known &= mass > 0
            which = np.flatnonzero(known[rows])
            row = rows[which]
            found = _found(self.keys[order], self.values[order], (context[row] << BITS) | letters[which])
            chance[which] = (np.maximum(found - _DISCOUNT, 0) + rest[row] * chance[which]) / mass[row]
        return chance

    def run_on(self, letters: np.ndarray) -> np.ndarray:
        """Of rows of four codes, whether a word stands across the second and the third rather than that one ends and one begins there: for
        counts of words, that know how often one ends."""
        before, last, first, behind = letters.astype(np.uint64).T
        pairs, known = _places(self.keys[1], (before << BITS) | last)
        across = _found(self.keys[1], self.values[1], (last << BITS) | first)
        begun = _found(self.keys[1], self.values[1], (first << BITS) | behind)
        longer = _found(self.keys[2], self.values[2], (before << BITS << BITS) | (last << BITS) | first)
        return np.where(known, longer > self.rest[1][pairs], (across >= _A_WORD) & (begun * _MANY_TIMES < across))

    def following(self, letter: int) -> tuple[np.ndarray, np.ndarray]:
        """The codes that were seen behind `letter`, ascending, and how large a part of all that follows it each is."""
        low, high = self.keys[1].searchsorted(np.array([letter, letter + 1], np.uint64) << BITS)
        followers, values = self.keys[1][low:high] & WINDOW[1], self.values[1][low:high]
        places, known = _places(self.keys[0], np.array([letter], np.uint64))
        mass = float(self.mass[0][places[0]]) if known.any() else 0.0
        return followers.astype(np.int64), values / mass if mass else values


def _places(keys: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if not len(keys):
        return np.zeros(len(wanted), int), np.zeros(len(wanted), bool)
    places = np.minimum(keys.searchsorted(wanted), len(keys) - 1)
    return places, keys[places] == wanted


def _found(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    places, known = _places(keys, wanted)
    return np.where(known, values[places], 0) if len(keys) else np.zeros(len(wanted))


def _runs(ordered: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of an ascending array each value once, where it first stands, and how often it stands there."""
    differs = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=differs[1:])
    firsts = np.flatnonzero(differs)
    sizes = np.empty_like(firsts)
    np.subtract(firsts[1:], firsts[:-1], out=sizes[:-1])
    sizes[-1:] = len(ordered) - firsts[-1:]
    return ordered[firsts], firsts, sizes


def counts_of(grams: list[tuple[np.ndarray, np.ndarray]], ends: list[tuple[np.ndarray, np.ndarray]] | None = None) -> Counts:
    """Counts from (keys, values) of one code, two and so on; `ends`: how often each context stands at a word's end, where the shorter
    one decides."""
    keys, values = tuple(key for key, _ in grams), tuple(value.astype(np.float32, copy=False) for _, value in grams)
    kind = np.float64 if ends else np.float32   # sums of what was learned are small and exact, the dictionary's are neither
    mass, rest = [], []
    for order in range(ORDER - 1):
        follow, spread = np.zeros(len(keys[order]), kind), np.zeros(len(keys[order]), kind)
        longer, times = keys[order + 1], values[order + 1]
        start = 0
        while start < len(longer):      # block by block, each with all that follows its last context
            end = int(longer.searchsorted(longer[min(start + _BLOCK, len(longer)) - 1] | WINDOW[1], "right"))
            contexts, firsts, sizes = _runs(longer[start:end] >> BITS)
            places, known = _places(keys[order], contexts)
            sums = np.add.reduceat(times[start:end], firsts, dtype=np.float64)
            follow[places[known]] = sums[known]
            spread[places[known]] = np.minimum(_DISCOUNT * sizes, sums)[known]
            start = end
        if ends:
            last = _found(*ends[order], keys[order])
            np.add(follow, last, out=follow)
            np.add(spread, last, out=spread)
        mass.append(follow.astype(np.float32, copy=False))
        rest.append(spread.astype(np.float32, copy=False))
    return Counts(float(values[-1].sum()), float(values[0].sum()), keys, values, tuple(mass), tuple(rest))


_COLUMNS = {"keys": pa.uint64(), "values": pa.float32(), "mass": pa.float32(), "rest": pa.float32()}


def written(counts: Counts, path: Path) -> None:
    """Write `counts` as an Arrow file, one row a length of n-gram; the same counts give the same bytes."""
    none = np.zeros(0, np.float32)      # nothing follows the longest
    arrays = {"keys": counts.keys, "values": counts.values, "mass": (*counts.mass, none), "rest": (*counts.rest, none)}
    schema = pa.schema([("size", pa.float64()), ("total", pa.float64())] + [(name, pa.large_list(kind)) for name, kind in _COLUMNS.items()])
    with pa.ipc.new_file(path, schema) as file:
        for order in range(ORDER):      # a batch a row: the arrays are written from where they lie
            lists = [pa.LargeListArray.from_arrays(_array(np.array([0, len(arrays[name][order])], np.int64), pa.int64()),
                                                   _array(arrays[name][order], kind)) for name, kind in _COLUMNS.items()]
            sums = [_array(np.array([value]), pa.float64()) for value in (counts.size, counts.total)]
            file.write_batch(pa.record_batch([*sums, *lists], schema=schema))


def kept(path: Path) -> Counts:
    """The counts that `written` wrote, mapped into memory: processes that read the same file share them.

    Raises OSError where there is no such file, pyarrow.ArrowInvalid, a ValueError, where it holds something else.
    """
    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).read_all()
    if table.num_rows != ORDER:
        raise pa.ArrowInvalid(f"{path} holds no counts")
    keys, values, mass, rest = (tuple(_mapped(table[name][order].values) for order in range(ORDER)) for name in _COLUMNS)
    return Counts(table["size"][0].as_py(), table["total"][0].as_py(), keys, values, mass[:-1], rest[:-1])


def _array(values: np.ndarray, kind: pa.DataType) -> pa.Array:
    """`values` as they lie. (pyarrow's own array would import pandas to look at them.)"""
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])


def _mapped(values: pa.Array) -> np.ndarray:
    """`values` where they lie. (pyarrow's own to_numpy would import pandas for it.)"""
    kind = np.dtype(np.uint64 if values.type == pa.uint64() else np.float32)
    return np.frombuffer(values.buffers()[1] or b"", kind, len(values), values.offset * kind.itemsize)


def learn(texts: Iterable[str]) -> Counts:
    """Counts from texts, in their order, up to some millions of characters."""
    grams = [_longest(_stream(texts))]
    for order in range(ORDER - 1, 0, -1):
        grams.insert(0, _times(grams[0][0] & WINDOW[order]))
    return counts_of(grams)


def _stream(texts: Iterable[str]) -> np.ndarray:
    """The codes of texts one behind the other, as many as are learned from."""
    pieces, size = [], 0
    for text in texts:
        if size >= LIMIT:
            break
        pieces.append(codes("\n" + text[:LIMIT - size] + "\n"))
        size += len(text)
    return np.concatenate(pieces) if pieces else np.zeros(0, np.uint16)


def _times(packed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each value of `packed` once, ascending, and how often it occurs (exact up to 2^24); sorts `packed` itself."""
    packed.sort()
    keys, _, times = _runs(packed)
    return keys, times.astype(np.float32)


def _longest(stream: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sequences of ORDER codes in `stream`, packed and ascending, and how often each occurs; sorted in parts, by their first code, so
    that memory stays bounded."""
    size = max(len(stream) - ORDER + 1, 0)
    times_of = np.zeros(_SIZE, np.int64)
    for start in range(0, size, _BLOCK):    # a block stays in the processor's cache
        times_of += np.bincount(stream[start:min(start + _BLOCK, size)], minlength=_SIZE)
    table = (np.cumsum(times_of) // _PART).astype(np.uint8)
    part_of = np.empty(size, np.uint8)
    for start in range(0, size, _BLOCK):
        table.take(stream[start:min(start + _BLOCK, size)], mode="clip", out=part_of[start:start + _BLOCK])
    sizes = np.bincount(table, weights=times_of, minlength=1)
    room = np.empty(int(sizes.max()), np.uint64)
    keys, times = [], []
    for part in range(len(sizes)):
        found = _times(_packed(stream, part_of, part, room))
        keys.append(found[0])
        times.append(found[1])
    del stream, part_of, room    # the lists below are joined where these were
    joined = np.concatenate(keys)
    keys.clear()
    return joined, np.concatenate(times)


def _packed(stream: np.ndarray, part_of: np.ndarray, part: int, room: np.ndarray) -> np.ndarray:
    """The sequences of ORDER codes that belong to `part`, each packed into one integer: the first of `room`."""
    end = 0
    for start in range(0, len(part_of), _BLOCK):
        places = np.flatnonzero(part_of[start:start + _BLOCK] == part)
        packed = room[end:end + len(places)]
        packed[:] = stream[start:start + _BLOCK].take(places, mode="clip")
        for step in range(1, ORDER):
            packed <<= BITS
            packed |= stream[start + step:start + step + _BLOCK].take(places, mode="clip")
        end += len(places)
    return room[:end]
