"""Width and variants of one and the same character: full-width digits and letters, Kangxi radicals, compatibility ideographs.

Not Unicode's NFKC, which would also make ； into ; and ① into 1.
"""
from __future__ import annotations

import re
import unicodedata
from functools import cache

from flows.normalize.alphabet import Alphabet

_FULL = {chr(code): chr(code - 0xFEE0) for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ")) for code in range(ord(first), ord(last) + 1)}  # noqa: E501
# radicals of the CJK Radicals Supplement that scanners and PDF readers write for the character; Unicode gives most of them no equivalent
_SUPPLEMENT = dict(zip("⺁⺄⺈⺌⺗⺙⺝⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",  # noqa: E501
                       "厂乙刀小心攴月母民水水火爪爪丬牛犬王疋目示示竹糸纟网网网羊羊羊老聿聿肉臼艸艸艸虎衣覀西见角角讠贝足车辶辶辶邑钅長长长门阝阝雨青韦页风飞食食食饣首马骨鬼鱼鸟卤麦黄黾齐齐齿齿竜龙龟龟龟"))

# marks as vertical setting, small type and the katakana of old encodings have them; ﹒ and ︙ are not always stops
_MARKS = dict(zip("﹐﹑﹔﹕﹖﹗﹙﹚﹝﹞︐︑︒︓︔︕︖︗︘︵︶︹︺︻︼︽︾︿﹀﹁﹂﹃﹄｡､｢｣",
                  "，、；：？！（）〔〕，、。：；！？〖〗（）〔〕【】《》〈〉「」『』。、「」", strict=True))


@cache
def equivalents() -> dict[str, str]:
    """Each character that is another one in a different coat, with that one."""
    table = _FULL | _MARKS
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[chr(code)] = plain
    return table | {source: target for source, target in _SUPPLEMENT.items() if source not in table}


@cache
def variants() -> dict[str, str]:
    """Each radical and compatibility character, with itself: what becomes of it is more than another width."""
    return {char: char for char in equivalents() if char not in _FULL}


@cache
def _odd() -> frozenset[str]:
    return frozenset(equivalents())


@cache
def _table() -> dict[int, str]:
    return {ord(source): target for source, target in equivalents().items()}


# each begins with its sign, so that the search for it runs at the speed of memory
_STOP = re.compile(r"．(?:(?<=[0-9０-９].)(?=[0-9０-９])|(?<=[A-Za-zＡ-Ｚａ-ｚ].)(?=[A-Za-zＡ-Ｚａ-ｚ])"
                   r"|(?<=^[0-9０-９].)|(?<=^[0-9０-９]{2}.))", re.MULTILINE)
_PER_CENT = re.compile("％(?<=[０-９].)")


_FEW = 24        # characters that are faster replaced one by one than by a table for all


def plain_letters(alphabet: Alphabet) -> Alphabet:
    """The characters of `alphabet`, and for each in another coat the plain one."""
    odd = alphabet & _odd()
    return alphabet | {equivalents()[char] for char in odd} if odd else alphabet


def narrowed(text: str, alphabet: Alphabet) -> str:
    """`text` with full-width digits and letters, and the stop and the per cent sign that belong to them, made ASCII, and radicals made
    characters; same length."""
    if "．" in alphabet:
        text = _STOP.sub(".", text)
    if "％" in alphabet:
        text = _PER_CENT.sub("%", text)
    odd = sorted(alphabet & _odd())
    if len(odd) > _FEW:
        return text.translate(_table())
    for char in odd:
        text = text.replace(char, equivalents()[char])
    return text
