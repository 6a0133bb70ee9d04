"""Threads: a speech that somebody puts into several posts of a forum, with the posts of others between them."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.normalize.lines import Line

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
