"""Fingerprints of Chinese text: hashes of short runs of Han characters, computed for thousands of speeches at once.

Reprints change punctuation, line breaks, spaces and digit shapes, so only Han characters count. A word tokenizer would not help: a
Chinese clause has no spaces, and what `\\W` splits off is the whole clause, so that one changed character loses all of it. Runs of
characters (grams) lose only the few that touch the change.

Anonymised spots (X局, XX市, **, 某某) hold no evidence either way: a gram never crosses one, so an anonymised copy has fewer grams than its
original, and hardly any of its own.
"""
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint16]
Hashes = npt.NDArray[np.uint64]
Offsets = npt.NDArray[np.int32]

# Signs that scrapers and model-text sites put in the place of a name or a number. 〇 is the numeral zero and no wildcard.
WILDCARDS = "XxＸｘ×✕✖*＊某□■△▲○●◯_＿"
BATCH = 1 << 20  # code points a batch: the arrays of one batch stay in the processor's cache, so the whole runs twice as fast

_SKIPPED, _BREAK = 0, 1
_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xFF51AFD7ED558CCD)


def _classes() -> Codes:
    """For each code point: 0 = no Han character, 1 = wildcard or end of text, else a number for the Han character."""
    classes = np.zeros(0x110000, np.uint16)
    for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)):
        classes[first:last + 1] = np.arange(first, last + 1)
    rare = np.arange(0x20000, 0x33480)  # extension blocks: folded onto the private use area, where no text lies after cleaning
    classes[rare] = 0xA000 + rare % 0x4000
    classes[[0, *map(ord, WILDCARDS)]] = _BREAK
    return classes


_CLASSES = _classes()


@dataclass(frozen=True)
class HanStream:
    """The Han characters and wildcards of several texts, end to end.

    codes: the character numbers, 1 for a wildcard or the end of a text; places: offset of each in `"\\0".join(texts)`, with a final \\0;
    starts: offset of each text there, and at the end the length of the whole.
    """

    codes: Codes
    places: Offsets
    starts: Offsets

    def owners(self, places: Offsets) -> Offsets:
        """Index of the text that each offset lies in."""
        return (np.searchsorted(self.starts, places, side="right") - 1).astype(np.int32)


def han_stream(texts: list[str]) -> HanStream:
    """The Han characters of the texts with their offsets."""
    lengths = np.fromiter(map(len, texts), np.int32, len(texts)) + 1
    points = np.frombuffer("\0".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _CLASSES[points]
    places = np.flatnonzero(classes).astype(np.int32)
    return HanStream(classes[places], places, np.concatenate(([0], np.cumsum(lengths, dtype=np.int32))).astype(np.int32))


def gram_hashes(codes: Codes, length: int) -> Hashes:
    """A 64-bit hash for each run of `length` characters, by its first; the largest value, which no gram has, where a run meets a wildcard
    or an end. The last `length - 1` characters start no run."""
    count = max(len(codes) - length + 1, 0)
    hashes = np.zeros(count, np.uint64)
    for step in range(length):
        hashes *= np.uint64(_FACTORS[0])
        hashes += codes[step:step + count]
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(_FACTORS[1])
    hashes ^= hashes >> np.uint64(29)
    hashes >>= np.uint64(1)
    breaks = np.flatnonzero(codes == _BREAK)
    for step in range(length):
        touched = breaks - step
        hashes[touched[(touched >= 0) & (touched < count)]] = NO_GRAM
    return hashes


NO_GRAM = np.uint64(0xFFFFFFFFFFFFFFFF)


def batches(texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The texts cut into batches of about BATCH code points, each with the index of its first text."""
    first, size = 0, 0
    for index, text in enumerate(texts):
        size += len(text) + 1
        if size >= BATCH:
            yield first, texts[first:index + 1]
            first, size = index + 1, 0
    if first < len(texts):
        yield first, texts[first:]
