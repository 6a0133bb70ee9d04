"""Continuations: where a text breaks off and says where it goes on: on another page of a paper, in a later post of a thread."""
from __future__ import annotations

import re
from collections.abc import Sequence

from flows.normalize import boundaries
from flows.normalize.lines import Line

_TURNED = re.compile(r"[（(]\s*(?:下转|转|紧转)第?\s*[A-Za-z]?\s*[0-9一二三四五六七八九十]{1,3}\s*版[^）)]{0,8}[）)]$")
_TAKEN_UP = re.compile(r"[（(]\s*(?:上接|接|紧接)第?\s*[A-Za-z]?\s*[0-9一二三四五六七八九十]{1,3}\s*版[^）)]{0,8}[）)]\s*")
_LEAF_LINES = 16        # of bars and menus at most between a page of a paper and the next
# Where a post goes on in a further one of its thread: （字数限制，下接3楼） … （接1楼）
_FLOOR = r"第?\s*[0-9一二三四五六七八九十]{1,3}\s*[楼层帖贴]"
_TO_FLOOR = re.compile(rf"[（(]\s*(?:[^（()）]{{0,12}}[，,；;：:\s])?(?:下接|转|接|见|续)[见到至]?{_FLOOR}[^（()）]{{0,8}}[）)]$")
_FROM_FLOOR = re.compile(rf"[（(]\s*(?:上?接|紧接|续)\s*(?:{_FLOOR}|[上前][楼层帖贴文])[^（()）]{{0,8}}[）)]\s*")
_FLOOR_LINES = 200      # of other posts at most between
_CLOSES = frozenset("）)")


def mark(lines: Sequence[Line], text: str) -> None:
    """Take away where a paper turns from one page to another within a text, （下转某版）…（上接某版）, with the bars of the page between;
    where nothing of the page is left between, whoever kept the marks kept them with the text. And where a post goes on in a later one of
    its thread, with the posts between."""
    for number, line in enumerate(lines):
        if line.view[-1:] in _CLOSES and not line.drops and (left := _TO_FLOOR.search(line.view)):
            for place, other in enumerate(lines[number + 1:number + _FLOOR_LINES], number + 1):
                if not other.drops and (taken := _FROM_FLOOR.match(other.view)):
                    line.take_away(left.span(), text)
                    other.take_away(taken.span(), text)
                    for post in lines[number + 1:place]:
                        post.reason, post.passed = post.reason or "furniture", True
                    break
            continue
        if line.view[-1:] not in _CLOSES or line.drops or not (turned := _TURNED.search(line.view)) or (line.reason and turned.start()):
            continue
        between: list[Line] = []
        for place, other in enumerate(lines[number + 1:number + _LEAF_LINES], number + 1):
            taken_up = _TAKEN_UP.match(other.view)
            if taken_up and between and not other.drops:
                line.take_away(turned.span(), text)
                goes_on = lines[place + 1] if taken_up.end() == len(other.view) and place + 1 < len(lines) else other
                other.take_away(taken_up.span(), text)
                goes_on.taken_up = True
                for bar in between:
                    bar.reason = bar.reason or "furniture"
            if taken_up or boundaries.FINISHED.search(other.view[-6:]):
                break
            between.append(other)
