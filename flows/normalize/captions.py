"""Captions: what a page writes under its pictures, which stands between the paragraphs of a text once the pictures are gone."""
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.normalize import boundaries
from flows.normalize.lines import Line

_SHORTEST, _LONGEST = 4, 40     # characters of a caption
# What a copy has in place of a picture
_PICTURE = re.compile(r"[\[【［〔(（<]?(?:图片|照片|配图|插图|题图|动图|image|img|photo|picture)\s?\d{0,3}[\]】］〕)）>]?", re.IGNORECASE)
_MARKUP = ("![", "！[", "！［")      # of a picture in Markdown, which is gone from the line
_NUMBERED = re.compile(r"图\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?[：:]\s?(?=\S)")
_NUMBERED_BELOW = re.compile(r"[（(]?图\s?(?:\d{1,2}[\s、.．]\s?|[一二三四五六七八九十]{1,2}\s)(?=\S)")
# What only who looks at a picture says: who stands where in it, and what place or moment it shows. The heading of a part stands below a
# picture, too, and says nothing of the kind.
_SHOWS = re.compile(r"[（(](?:前排|后排|[前后]?左|[前后]?右|居?中|[自从]?[左右][起至到]|图[左右中])"
                    r"[一二三四五六七八九十]?[^（）()]{0,4}[）)]"
                    r"|(?:[会议式礼动赛演课谈训]现场|合影(?:留念)?|合照|留影|一角|掠影|剪影|全景|外景|实景|效果图|示意图|资料图片?|截图)[）)]?$"
                    r"|^(?![把要请让用])[^，、]{2,16}(?:正在[^，、]{2,16}|(?:[在为向给]|代表)[^，、]{1,16}"
                    r"(?:讲话|发言|致[辞词]|授课|宣讲|颁奖|授[旗牌奖]|揭牌|剪彩|签约|宣誓|调研|慰问|植树))$"
                    r"|^(?:图为|上图|下图|左图|右图|图中)|(?:摄|供图)[）)]?$")
_SAID = re.compile("我们?|同志们|咱")


def mark(lines: Sequence[Line], text: str) -> None:
    """Mark the captions among `lines` of `text` as furniture: those with the number of a figure (图1：…), and right below a picture,
    or what a copy has in its place, those that say what it shows."""
    for above, line in pairwise(lines):
        view = line.view
        if line.reason or line.heading or not _SHORTEST <= len(view) <= _LONGEST or view[-1] in "。！？；：…，、!?;:,":
            continue
        if (view[0] == "图" and _NUMBERED.match(view)) or (_is_picture(above, text) and _shows(view)):
            line.reason = "furniture"


def _shows(view: str) -> bool:
    """Whether a line below a picture says what it shows."""
    return (_SHOWS.search(view) or _NUMBERED_BELOW.match(view)) is not None and _SAID.search(view) is None \
        and boundaries.HEADING.match(view) is None


def _is_picture(line: Line, text: str) -> bool:
    """Whether a line is what is left of a picture."""
    return line.reason is not None and (_PICTURE.fullmatch(line.view) is not None
                                        or (not line.view and text.startswith(_MARKUP, line.start)))
