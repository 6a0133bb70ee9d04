"""Threads: a speech that somebody puts into a post of a forum or a board, or into several with the posts of others between them, and what
stands below his words: a signature, what the board writes, what he says of the text himself."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.normalize import boundaries
from flows.normalize.lines import LETTER_HEAD, RULE, Line
from flows.normalize.salutations import is_salutation

_DAY = r"(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
_AGO = r"\d{1,3}\s?(?:秒|分钟|小时|天|个?月|年)前|(?:今|昨|前)天\s*(?:\d{1,2}[:：]\d\d)?"
# What stands below a post, with the number of its floor and its time: 来自手机客户端 3楼 2016-05-28 21:10 回复
_FOOT = re.compile(rf"(?:[^\d\s，。！？]{{1,4}}[^\s，。！？]{{0,16}}\s*)?第?(?P<floor>(?<!\d)\d{{1,4}})\s*(?:[楼层]|#|F(?![A-Za-z]))"
                   rf"\s*(?:{_DAY}|{_AGO})\s*(?:[|｜·\s]|回复|举报|赞|点赞|踩|引用|收藏|分享|只看(?:该作者|TA|他|她)|收起(?:回复)?"
                   r"|\(\d+\)|（\d+）){0,8}")
_FOOT_MOST = 60         # characters of such a line
_FEET_LEAST = 3         # of a thread
_POSTS_LEAST = 2        # of one who says more than a post holds
_NAME_MOST = 24         # characters of the name of one who posts
# What the forum writes between the name of one who posts and his words: his rank and his level
_RANK = re.compile(r"\d{1,3}|(?:LV|Lv|lv)\.?\s?\d{1,3}|[一-龥]{0,6}(?:楼主|层主|[吧版坛圈]主|用户|会员|管理员|新手|网友|等级|级)"
                   r"[\d一二三四五六七八九十]{0,3}级?")
_STOPS = frozenset("。！？!?；;：:，,")
_HALF = 0.5             # of all that is posted on a later page of a thread at least is his whose speech goes on there
_REMARK_MOST = 20       # characters of what he only remarks between the posts of others
# What parts a letter on a bulletin board from the signature of its sender, and what the board writes below
_SIGNED_BELOW = "--"
_BOARD_SAYS = "※"
_LETTER_HEAD_LINES = 12
_SIGNATURE_LINES = 16
_SIGNATURE_MOST = 400   # characters of it and of what the board writes
_POST_SIGNATURE_LINES = 3
_POST_SIGNATURE_MOST = 60       # characters of a line of it
_POST_BUTTONS = re.compile(r"(?=.*(?:引用|回[复帖]|TOP|顶端|道具|只看该作者))"
                           r"(?:(?:引用|回复|回帖|TOP|顶端|返回顶部|举报|报告|评分|编辑|(?:使用)?道具|支持|反对|收藏|分享|只看该作者)[\s|/·]*){2,}")
_RULES = frozenset("-*_=~—─━＝－＊·.#")
_TOLD_LEAST = 16        # characters of what is told above a rule of the text below it
_TOLD_MOST = 200        # ... and at most
_BELOW_FRAME_LESS = 4   # times that what stands below a text between two rules is less than it
_BELOW_ADDRESS_LESS = 2         # ... where the first rule stands right above the address
_HEAD_LINES = 16        # of a page, in which a salutation stands


class _Post(NamedTuple):
    """The lines of a post: that with the name of whoever posted it, the first of his words, the foot; whether a rank stands below his
    name."""

    name: int
    words: int
    foot: int
    ranked: bool


def mark(lines: Sequence[Line]) -> None:
    """Mark in a thread, in which a foot stands below each post, what is not said in the posts of the one who opened it, where he says
    most of all who post: feet, names and ranks, the posts of others and all below his last one. On a later page, which does not open the
    thread, it is he who says half of all that is posted there, in several posts."""
    feet = [(number, int(match["floor"])) for number, line in enumerate(lines)
            if line.reason is None and len(line.view) <= _FOOT_MOST and line.view[:1] not in _STOPS
            and ("楼" in line.view or "层" in line.view or "#" in line.view or "F" in line.view) and (match := _FOOT.fullmatch(line.view))]
    if len(feet) < _FEET_LEAST or any(low >= high for (_, low), (_, high) in pairwise(feet)):
        return
    posts = [_post(lines, before + 1, foot) for (before, _), (foot, _) in pairwise(feet)]
    names = {lines[post.name].view for post in posts}
    (foot, floor), opening = feet[0], None
    heads = [number for number, line in enumerate(lines[:foot]) if line.view in names]
    if heads:
        opening = _post(lines, heads[-1], foot)
    elif (post := _post(lines, 0, foot)).ranked:
        opening = post
    if opening:
        posts.insert(0, opening)
    sizes: Counter[str] = Counter()
    for post in posts:
        sizes[lines[post.name].view] += _size(lines, post)
    who, most = sizes.most_common(1)[0]
    own = [post for post in posts if lines[post.name].view == who]
    whole = opening in own and floor == 1       # he may say all of it in the post that opens the thread
    if not (whole or (floor > 1 and len(own) >= _POSTS_LEAST and most >= _HALF * sizes.total())):
        return
    # whoever has posted a speech thanks those who thank him
    own = [post for before, post in zip([None, *own], own, strict=False)
           if before is None or _size(lines, post) > _REMARK_MOST or post.name == before.foot + 1]
    words = {number for post in own for number in range(post.words, post.foot)}
    for number in range(own[0].name, len(lines)):
        line = lines[number]
        if number not in words:
            line.reason = line.reason or "furniture"
            line.passed = number < own[-1].foot         # nothing of it ends what he says


def mark_signature(lines: Sequence[Line]) -> None:
    """Mark what whoever posted a text on a bulletin board, or sent it to a list, puts below each of his letters: all behind -- near the
    end, where the head or the foot shows that it is such a letter."""
    last = lines[-_SIGNATURE_LINES:]
    at = next((number for number, line in enumerate(last) if line.view == _SIGNED_BELOW), None)
    if at is None:
        return
    below = last[at + 1:]
    if (any(line.view[0] == _BOARD_SAYS for line in below) or any(LETTER_HEAD.match(line.view) for line in lines[:_LETTER_HEAD_LINES])) \
            and sum(len(line.view) for line in below) <= _SIGNATURE_MOST \
            and not any(is_salutation(line.view) for line in below):
        for line in last[at:]:
            line.reason = line.reason or "furniture"


def mark_post_signature(lines: Sequence[Line]) -> None:
    """Mark what a forum puts below each post of a member as his signature: a few words between a rule and the buttons of the post."""
    for number, line in enumerate(lines):
        if line.view[-1:] != "_" or not RULE.fullmatch(line.view):
            continue
        below = lines[number + 1:number + 2 + _POST_SIGNATURE_LINES]
        buttons = next((place for place, other in enumerate(below) if _POST_BUTTONS.fullmatch(other.view)), 0)
        said = below[:buttons]
        if said and all(len(other.view) <= _POST_SIGNATURE_MOST and not is_salutation(other.view)
                        and not boundaries.LAST_WORDS.search(other.view) and boundaries.HEADING.match(other.view) is None
                        for other in said):
            for other in said:
                other.reason = other.reason or "furniture"


def mark_outside_frame(lines: Sequence[Line]) -> None:
    """Mark what whoever put up a text says of it below the second of two like rules between which he set it, from the title or from the
    address on, and what he says right above the first; he says little."""
    rules = [number for number, line in enumerate(lines) if line.view and line.view[0] in _RULES and RULE.fullmatch(line.view)]
    if len(rules) != 2 or lines[rules[0]].view != lines[rules[1]].view:
        return
    opens, ends = rules
    salutation = next((number for number, line in enumerate(lines) if is_salutation(line.view)), len(lines))
    told = any(len(line.view) >= _TOLD_LEAST and boundaries.FINISHED.search(line.view[-6:]) for line in lines[max(0, opens - 2):opens])
    greeted = salutation == opens + 1
    titled = greeted or any(boundaries.TITLE_LIKE.search(line.view) for line in lines[opens + 1:salutation])
    if not (told and titled and opens < salutation < min(ends, opens + _HEAD_LINES)):
        return
    framed, below = (sum(len(line.view) for line in part if line.reason is None) for part in (lines[opens:ends], lines[ends:]))
    least = _BELOW_ADDRESS_LESS if greeted else _BELOW_FRAME_LESS
    if below * least <= framed and not any(boundaries.HEADING.match(line.view) for line in lines[ends:] if line.reason is None):
        above = lines[max(0, opens - 2):opens] if greeted else []
        for line in [*(line for line in above if len(line.view) <= _TOLD_MOST), *lines[ends:]]:
            line.reason = line.reason or "furniture"


def _size(lines: Sequence[Line], post: _Post) -> int:
    return sum(len(line.view) for line in lines[post.words:post.foot])


def _post(lines: Sequence[Line], first: int, foot: int) -> _Post:
    """The post that ends with line `foot` and begins with line `first` or, where others remark on the one before it, below: with the
    name over a rank, else the first line that can be one."""
    ranked = [number for number in range(first, foot - 1) if _is_name(lines[number]) and _RANK.fullmatch(lines[number + 1].view)
              and not _RANK.fullmatch(lines[number].view)]
    name = ranked[-1] if ranked else next((number for number in range(first, foot) if _is_name(lines[number])), first)
    words = name + 1
    while words < foot and _RANK.fullmatch(lines[words].view):
        words += 1
    return _Post(name, words, foot, bool(ranked))


def _is_name(line: Line) -> bool:
    return len(line.view) <= _NAME_MOST and not _STOPS.intersection(line.view)
