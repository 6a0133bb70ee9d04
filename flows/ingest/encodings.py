"""Which encoding a run of bytes is in: decided by trial and by how Chinese the result reads.

The charset that a page declares is only a hint: real pages declare gb2312 over UTF-8 bytes and the other way round. GB18030 maps nearly
every byte string to something, so "it decodes" proves little; what settles it is whether the characters are ones that people write.
Codecs are named as Python names them. GBK and GB2312 bytes are reported as gb18030, the standard that contains both.
"""

from __future__ import annotations

import codecs
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from flows.normalize import double_decoding

COMMON_HAN = Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "common_han.txt"
SAMPLE_BYTES = 32_768
BAD_SHARE = 0.02  # more bad bytes than this among the non-ASCII characters, and the document is not decoded
BAD_ALWAYS = 2  # so many bad bytes are borne in any document: a cut at the end of a file, a flipped bit
DAMAGED = 0.05  # ... or unless there are no more damaged places than this to a plainly valid character of several bytes
READS = 1.2  # ... and the rest has this mean weight where the encoding gives characters for nearly any bytes: all but UTF-8
RESYNC = 48  # bytes behind a bad one by which it is told whether the next character begins one or two bytes on
NONSENSE = 0.0  # below this mean weight it is no Chinese: Korean or Japanese bytes read as GB18030 (real Chinese: 0.69 and more)
HINT_BONUS = 0.25  # what a declared charset is worth against the score of another
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_NARROW = ("utf-8", "gb18030", "big5", "big5hkscs", "hz")
_LOST = re.compile("\ufffd+")
_SEVERAL_BYTES = re.compile("[\u0800-\ufffc\U00010000-\U0010ffff]")
_PAIRED = ("gb18030", "big5", "big5hkscs")
_BIG5 = frozenset(("big5", "big5hkscs"))
# The seven characters and the frames that ETEN added behind the standard's last: 恒 and 裏 stand in most pages of Hong Kong in Big5.
_ETEN = range(0xF9D6, 0xF9FF)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
# control bytes that no text file holds; NUL is judged apart, since UTF-16 is full of it
_CONTROLS = bytes(set(range(1, 32)) - {8, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes made text. `encoding`: Python's codec name. `confidence`: 0 to 1. `bad`: places that did not decode, kept as U+FFFD."""

    text: str
    encoding: str
    confidence: float
    bad: int = 0


@lru_cache(maxsize=1)
def _weights() -> np.ndarray:
    """How far each UTF-16 unit speaks for Chinese prose, in rough log-odds; ASCII is neutral."""
    weights = np.full(65536, -5.0, dtype=np.float32)
    weights[0x20:0x7F] = 0
    weights[[9, 10, 13]] = 0
    weights[:9] = weights[0x0E:0x20] = weights[0x7F:0xA0] = -8
    weights[0xA0:0x250] = -3
    weights[0x3400:0x4DC0] = -6
    weights[0x4E00:0xA000] = -4
    weights[0xD800:0xE000] = -4
    weights[0xE000:0xF900] = -6
    weights[0x2460:0x2500] = -0.5  # ① ㈠
    weights[0x2160:0x2180] = -0.5  # Ⅰ
    weights[0x2000:0x2070] = -1
    weights[0x3040:0x3100] = -2  # kana
    weights[0x3220:0x3244] = -0.5
    weights[0x2500:0x2600] = -2
    weights[0xFF01:0xFF5F] = 0.5
    weights[0xFFFD] = -12
    weights[0xFEFF] = -1
    for character in "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü":
        weights[ord(character)] = -0.5  # pinyin glosses
    for character in "\xa0\u2002\u2003\u200b★●■◆▲※→℃％‰②":
        weights[ord(character)] = -0.3
    for character in "·—–…‘’“”×°§":
        weights[ord(character)] = 1
    tiers = [line for line in COMMON_HAN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for tier, weight in zip(tiers, (3.0, 2.2, 1.2, 0.0, -1.5)):
        weights[[ord(character) for character in tier]] = weight
    for character in "，。、；：？！（）《》【】　〇「」『』":
        weights[ord(character)] = 2
    return weights


def chineseness(text: str) -> float:
    """Mean weight of the characters beyond ASCII: about 2 for Chinese prose, below 0 for bytes read in a wrong encoding; 0 for ASCII."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    weights = _weights()[units]
    counted = int(np.count_nonzero((units >= 0x80) | (weights < 0)))
    return float(weights.sum()) / counted if counted else 0.0


def _sample(data: bytes) -> bytes:
    """A part of `data` that holds characters beyond ASCII, cut where a character begins."""
    if len(data) <= SAMPLE_BYTES:
        return data
    first = _NOT_ASCII.search(data)
    start = first.start() if first else 0
    # a line feed is never the second byte of a character in UTF-8, GB18030 or Big5; take a second piece from the middle
    middle = data.find(b"\n", max(start, len(data) // 2)) + 1
    half = SAMPLE_BYTES // 2
    pieces = data[start : start + half] + (
        b"\n" + data[middle : middle + half] if middle > start + half else data[start + half : start + 2 * half]
    )
    return pieces


def _trial(data: bytes, codec: str) -> tuple[str, int]:
    """`data` read in `codec`, with the count of places that do not decode. A character cut off at the end is not counted."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        return decoder.decode(data), 0
    except UnicodeError:
        return _mended(data, codec)


def _mended(data: bytes, codec: str) -> tuple[str, int]:
    """`data` read in `codec` with U+FFFD where it does not decode, and how often."""
    text = data.decode(codec, "replace")
    if codec in _PAIRED and text.count("\ufffd") * 10 <= len(text):    # bytes of another kind are not worth the time
        text = data.decode(codec, "resync")
    return text, text.count("\ufffd")


def _resync(problem: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for bytes that are no character of a two-byte encoding, and where to read on: behind a lead byte that was overwritten
    its trail byte would be taken for the next lead, and all that follows up to the next line be misread. What every writer of Big5 has and
    the standard has not is read."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    low = problem.start + 1
    if problem.encoding == "big5" and (pair := problem.object[problem.start : problem.start + 2]) and int.from_bytes(pair) in _ETEN:
        return pair.decode("big5hkscs", "replace"), low + 1

    def reads(start: int) -> float:
        return chineseness(problem.object[start : start + RESYNC].decode(problem.encoding, "ignore"))

    following = problem.object[low : low + 1]
    return "\ufffd", low + 1 if following and following[0] >= 0x80 and reads(low + 1) > reads(low) + 1 else low


codecs.register_error("resync", _resync)


def codec_name(declared: str | None) -> str | None:
    """Python's name of the family of a declared charset (gb2312 → gb18030), or None where it is no charset known here."""
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower().replace("_", "-")
    aliases = {
        "x-cp20936": "gb18030",
        "x-gbk": "gb18030",
        "gb-2312-80": "gb18030",
        "cp20936": "gb18030",
        "cn-gb": "gb18030",
        "utf8": "utf-8",
        "unicode": "utf-16",
        "x-x-big5": "big5",
        "cp950": "big5",
        "windows-950": "big5",
        "cp54936": "gb18030",
    }
    try:
        name = aliases.get(name) or codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8"}.get(name, name)


def _wide_candidates(data: bytes) -> list[str]:
    """The two- and four-byte encodings that the length and the zeros allow."""
    if len(data) < 4 or len(data) % 2:
        return []
    found = ["utf-16-le", "utf-16-be"]
    if len(data) % 4 == 0 and data[:4096].count(0) * 3 > min(len(data), 4096):
        found += ["utf-32-le", "utf-32-be"]
    return found


def _best(data: bytes, declared: str | None) -> tuple[str, float, float]:
    """The codec in which `data` reads best, how surely (0 to 1), and how Chinese it reads."""
    hint = codec_name(declared)
    sample = _sample(data)
    wide_sample = data[:SAMPLE_BYTES]
    candidates = [(codec, sample) for codec in _NARROW if codec != "hz" or b"~{" in sample]
    candidates += [(codec, wide_sample) for codec in _wide_candidates(data)]
    scores: list[tuple[float, str]] = []
    for codec, part in candidates:
        text, bad = _trial(part, codec)
        if text:
            score = chineseness(text) - 20 * bad / len(text)
            scores.append((score + (HINT_BONUS if codec == hint or {codec, hint} == _BIG5 else 0), codec))
    if not scores:
        return "utf-8", 0.0, 0.0
    by_codec = {codec: score for score, codec in scores}
    if by_codec.get("big5hkscs", -99) <= by_codec.get("big5", -99) + 0.02:
        scores = [each for each in scores if each[1] != "big5hkscs"]
    scores.sort(key=lambda each: (-each[0], (_NARROW + _WIDE).index(each[1])))
    best, codec = scores[0]
    rest = [score for score, other in scores[1:] if not (codec.startswith("big5") and other.startswith("big5"))]
    margin = best - max(rest, default=best - 8)
    return codec, 1 / (1 + math.exp(-1.5 * margin - 0.5 * best)), best


def _utf8_is_accident(text: str) -> bool:
    """Whether text that happens to be valid UTF-8 holds only two-byte characters: short GBK strings (联通) decode so too."""
    return len(text) < 2000 and not text.isascii() and all(ord(character) < 0x800 for character in text)


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """`data` as text, without a byte order mark, line ends as they are; None where no encoding fits (see BAD_SHARE).

    declared: a charset that the container names; it tips the scales where two encodings read alike, and no more.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text = data.decode(codec, "replace")
            marked = codecs.decode(data, codec, "ignore") if "\ufffd" in text else text
            return _judged(text, codec, 1.0, len(text) - len(marked))
    zeros = data.count(0) if b"\0" in data else 0
    if not zeros or zeros * 20 < len(data):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if text.isascii():
                if "~{" in text and (hz := _hz(data)):
                    return hz
                return Decoded(text, "utf-8", 1.0)
            if not _utf8_is_accident(text) or double_decoding.undone(text):     # Í¬Ö¾ÃÇ: all letters are of two bytes, and meant to be
                return Decoded(text, "utf-8", 1.0)
    if not data:
        return Decoded("", "utf-8", 1.0)
    codec, confidence, score = _best(data, declared)
    text, bad = _trial_whole(data, codec)
    # a crawler may have put a line or two of its own above: in GB18030 most of what UTF-8 has reads as something
    if bad > {"utf-8": BAD_ALWAYS, "gb18030": 0}.get(codec, len(data)) and (mixed := _line_by_line(data)) is not None:
        return Decoded(*mixed, confidence / 2)
    # three bytes that make a character of UTF-8 do not come about by chance; what bad bytes cost in weight is no sign against it
    if score < NONSENSE and len(data) > 200 and not (codec == "utf-8" and _is_nearly_whole(text, codec)):
        return None  # another language's encoding
    return _judged(text, codec, confidence, bad)


def _line_by_line(data: bytes) -> tuple[str, str] | None:
    """Text of which some lines are UTF-8 and some GB18030, as crawlers make by appending, and the encoding of most of it.

    None where a line is neither, or reads as nonsense.
    """
    lines = []
    other = 0
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            try:
                text = line.decode("gb18030")
            except UnicodeDecodeError:
                return None
            if chineseness(text) < 1:
                return None
            lines.append(text)
            other += len(line)
    return "\n".join(lines), "utf-8" if other * 2 < len(data) else "gb18030"


def _hz(data: bytes) -> Decoded | None:
    """7-bit HZ text (~{…~}), where it reads as Chinese."""
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "hz", 0.9) if not text.isascii() and chineseness(text) > 1 else None


def _trial_whole(data: bytes, codec: str) -> tuple[str, int]:
    try:
        return data.decode(codec), 0
    except UnicodeDecodeError:
        return _mended(data, codec)


def _judged(text: str, codec: str, confidence: float, bad: int) -> Decoded | None:
    """The reading, unless too much of it is bad or it is not writing at all."""
    if bad > BAD_ALWAYS and not _is_nearly_whole(text, codec):
        beyond_ascii = len(text) - sum(map(text.count, map(chr, range(32, 127)))) if len(text) < 1_000_000 else len(text)
        if bad > BAD_SHARE * max(beyond_ascii, 1):
            return None
    return Decoded(text, codec, confidence, bad)


def _is_nearly_whole(text: str, codec: str) -> bool:
    """Whether a reading holds plainly valid characters of several bytes, and damaged places among them only here and there.

    One byte that was overwritten leaves up to three U+FFFD in UTF-8 and two in GB18030: the places are counted, not the marks."""
    if codec.startswith(("utf-16", "utf-32")):
        return False
    size = 3 if codec.startswith("utf-8") else 2
    places = sum(-(-len(run) // size) for run in _LOST.findall(text))
    return places <= DAMAGED * len(_SEVERAL_BYTES.findall(text)) and (size == 3 or chineseness(text.replace("\ufffd", "")) >= READS)


def is_binary(data: bytes) -> bool:
    """Whether bytes without a known signature are no text in any encoding: many control bytes, or zeros that UTF-16 does not explain."""
    head = data[:4096] + data[len(data) // 8 * 4 : len(data) // 8 * 4 + 4096] if len(data) > 8192 else data
    if not head or head.startswith(tuple(mark for mark, _ in _BOMS)):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 50 > len(head) or head.count(0) * 10 > len(head):
        decoded = [(chineseness(head[: len(head) // 4 * 4].decode(codec, "replace")), codec) for codec in _WIDE]
        return max(decoded)[0] < 0
    return False
