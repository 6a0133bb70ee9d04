"""Captions: what a page writes under its pictures, which stands between the paragraphs of a text once the pictures are gone."""
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.normalize import boundaries, salutations, speakers
from flows.normalize.lines import Line
from schemas.lexicons import entries

_SHORTEST, _LONGEST = 4, 40     # characters of a caption,
_SCENE_MOST = 24        # of what names what is seen in a picture: 修路动员会现场,
_SPEAKER_MOST = 60      # and of what tells who speaks in it
_HEAD_LINES = 16        # of a page, in which a salutation stands
_POINTS = frozenset("▲△▼▽↑")
# What a copy has in place of a picture
_PICTURE = re.compile(r"[\[【［〔(（<]?(?:图片|照片|配图|插图|题图|动图|image|img|photo|picture)\s?\d{0,3}[\]】］〕)）>]?", re.IGNORECASE)
_MARKUP = ("![", "！[", "！［")      # of a picture in Markdown, which is gone from the line
_NUMBERED = re.compile(r"图\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?[：:]\s?(?=\S)")
_NUMBERED_BELOW = re.compile(r"[（(]?图\s?(?:\d{1,2}[\s、.．]\s?|[一二三四五六七八九十]{1,2}\s)(?=\S)")
# What only who looks at a picture says: who stands where in it, and who does what. The heading of a part stands below a picture, too, and
# says nothing of the kind.
_SHOWS = re.compile(r"[（(](?:前排|后排|[前后]?左|[前后]?右|居?中|[自从]?[左右][起至到]|图[左右中])"
                    r"[一二三四五六七八九十]?[^（）()]{0,4}[）)]"
                    r"|^(?![把要请让用])[^，、]{2,16}(?:正在[^，、]{2,16}|(?:[在为向给]|代表)[^，、]{1,16}"
                    r"(?:讲话|发言|致[辞词]|授课|宣讲|颁奖|授[旗牌奖]|揭牌|剪彩|签约|宣誓|调研|慰问|植树))$"
                    r"|^(?:图为|上图|下图|左图|右图|图中)|(?:摄|供图)[）)]?$")
_SAID = re.compile("我们?|同志们|咱")
# Under a picture of the speaker: 图为省长某某代表省人民政府作工作报告。 张某 摄
_SPEAKS = re.compile(r"(?:图为|[▲△▼▽↑])?[^，。；！？：“”我们]{2,30}?(?:正?在[^，。；]{2,30}[上中])?(?:代表[^，。；我]{2,24})?"
                     r"(?:向[^，。；我]{2,12})?(?:作|做|发表|致)了?[^，。；！？我]{0,24}(?:报告|讲话|发言|致[辞词]|演讲|贺[辞词])。?(?:[^，。；！？]{2,12}摄)?")
_SPEAKS_KINDS = ("报告", "讲话", "发言", "致辞", "致词", "演讲", "贺辞", "贺词")


def mark(lines: Sequence[Line], text: str, *, of_page: bool) -> None:
    """Mark the captions among `lines` of `text` as furniture: those that point to the picture (▲, which on a web page, `of_page`, may have
    no line of its own), those with the number of a figure (图1：…), right below a picture, or what a copy has in its place, those that say
    what it shows, and what tells that the speaker speaks."""
    for above, line in pairwise(lines):
        view = line.view
        if line.reason or not view or len(view) > _LONGEST:
            continue
        if view[0] in _POINTS:
            is_caption = (not above.view or (of_page and view[0] == "▲")) and view[-1] not in "。！？；：" \
                and boundaries.HEADING.match(view[1:].lstrip()) is None
        elif line.heading or len(view) < _SHORTEST or view[-1] in "。！？；：…，、!?;:,":
            continue
        else:
            is_caption = (view[0] == "图" and _NUMBERED.match(view) is not None) or (not above.view and _names_scene(view)) \
                or (_is_picture(above, text) and _shows(view))
        if is_caption:
            line.reason = "furniture"
    _mark_of_speaker(lines)


def _shows(view: str) -> bool:
    """Whether a line below a picture says what it shows."""
    return (_names_scene(view) or (_SHOWS.search(view) or _NUMBERED_BELOW.match(view)) is not None) and _SAID.search(view) is None \
        and boundaries.HEADING.match(view) is None


def _names_scene(view: str) -> bool:
    """Whether a line names what is seen in a picture: 修路动员会现场."""
    return len(view) <= _SCENE_MOST and view.rstrip("）)").endswith(entries("scenes.txt")) and boundaries.HEADING.match(view) is None


def _is_picture(line: Line, text: str) -> bool:
    """Whether a line is what is left of a picture."""
    return line.reason is not None and (_PICTURE.fullmatch(line.view) is not None
                                        or (not line.view and text.startswith(_MARKUP, line.start)))


def _mark_of_speaker(lines: Sequence[Line]) -> None:
    """Mark the lines that tell of the speaker, whom a line above the address names, that he gave the speech (某某作政府工作报告。). No
    speaker says so of himself by his name."""
    shown = [number for number, line in enumerate(lines) if line.reason is None and len(line.view) <= _SPEAKER_MOST
             and any(kind in line.view for kind in _SPEAKS_KINDS) and _SPEAKS.fullmatch(line.view)]
    if not shown:
        return
    opens = next((number for number, line in enumerate(lines[:_HEAD_LINES]) if salutations.is_salutation(line.view)), len(lines))
    named = filter(None, (speakers.speaker_line(line.view) for line in lines[:opens] if len(line.view) <= _SPEAKER_MOST)) \
        if shown[-1] > opens else ()
    names = [speaker.name for speaker in named if speaker.name]
    for number in shown:
        if number > opens and any(name in lines[number].view for name in names):
            lines[number].reason = "furniture"
