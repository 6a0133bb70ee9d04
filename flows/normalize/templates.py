"""Templates: the lines of a site told within a folder that holds pages of several.

A line that a third of a folder's documents hold is furniture by that alone (flows.normalize.furniture.repeated). A site that gave only a
part of the folder is told by the edges of its pages: the lines with which they begin and end stand in as many documents as the site gave.
What stands in a third of so many is the site's too, if the sentences beside it are not repeated as well: then the text itself is copied.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median_low

from flows.normalize import boundaries, furniture

EDGE = 3                # lines at each end of a page that tell of which site it is
LEAST_HAN = 6           # characters that a line must hold to tell it: a day and a name stand on pages of any site
_OWN_TITLE = 12         # lines in which the title of the page itself stands
_SENTENCE = 10          # characters from which a heading or a sentence is one's own
_COPIED = 0.3           # share of own sentences that others hold too, beyond which the text is copied
_THIRD = 3              # classes by which a third of a number is less (furniture.size_class)
_NAMED = 3              # lines of a site in which what belongs to its name stands
_LONGEST = 80
_SAID = re.compile("[。！？!?…][”’」』）)】]{0,2}$")
_OWN = re.compile(rf"{_SAID.pattern}|^[（(]?[一二三四五六七八九十]{{1,3}}[）)、]")
_PIECE = re.compile(r"[（(【\[〔{＜<《［｛][^（()）【】\[\]〔〕{}［］｛｝。\n]{3,40}[）)】\]〕}＞>》］｝]")
_SIGNED = re.compile(r"[^\w\s“‘《（(一-龥]|[【\[{]")       # ✎ 墨香小贴士, 【墨香荐稿】
_BIGRAM = re.compile(r"(?=([一-龥]{2}))")


def lines_of_site(views: Sequence[str], keys: Sequence[str], shared: Mapping[str, int]) -> tuple[frozenset[int], int]:
    """The numbers of the lines of a page that are those of its site, and that of the first behind which the site alone speaks (the number
    of lines where it does not).

    keys: furniture.key of each line, empty where it is too long; shared: the class of how many documents of one source hold a key."""
    ranks = {number: rank for number, key in enumerate(keys) if key and (rank := shared.get(key))}
    if len(ranks) < 2 or len(views) < 2 * EDGE:
        return frozenset(), len(views)
    own = [number for number, view in enumerate(views) if _SENTENCE <= len(view) <= furniture.KEYED and _OWN.search(view)]
    stock = set(own)
    edges = [[ranks[number] for number in ends if number in ranks and number not in stock and _tells_site(views[number])]
             for ends in (range(EDGE), range(len(views) - EDGE, len(views)))]
    if not (all(edges) or len(edges[0]) + len(edges[1]) >= EDGE):
        return frozenset(), len(views)
    least = median_low([*edges[0], *edges[1]]) - _THIRD
    copied = [ranks[number] for number in own if number in ranks]
    if len(copied) > _COPIED * len(own):
        least = max(least, max(copied) + 1)
    found = frozenset(number for number, rank in ranks.items()
                      if rank >= least and not (number < _OWN_TITLE and boundaries.TITLE_LIKE.search(views[number]))
                      and not boundaries.is_stock(views[number]))
    last = max((number for number, view in enumerate(views) if number not in ranks and _SAID.search(view)), default=len(views))
    behind = [number for number in found if number > last]
    return found, min(behind) if len(behind) >= EDGE else len(views)


def _tells_site(view: str) -> bool:
    return len(furniture.HAN.findall(view)) >= LEAST_HAN and not boundaries.is_stock(view) and not boundaries.TITLE_LIKE.search(view)


def sown(said: Sequence[str], of_site: Iterable[str]) -> dict[int, list[tuple[int, int]]]:
    """Spans of paragraphs, by their number, in which a site of which the lines `of_site` are speaks of itself within the text: what stands
    in brackets, or behind a sign in a line of its own, and has that in it which the site's lines share and the speaker never says."""
    found: dict[int, list[tuple[int, int]]] = {}
    held = Counter(pair for line in set(of_site) for pair in dict.fromkeys(_BIGRAM.findall(line)))
    pairs = [pair for pair, count in held.items() if count >= _NAMED]
    if not pairs:
        return found
    for number, view in enumerate(said):
        if len(view) <= _LONGEST and _SIGNED.match(view) and any(pair in view for pair in pairs):
            found[number] = [(0, len(view))]
        elif spans := [match.span() for match in _PIECE.finditer(view) if any(pair in match[0] for pair in pairs)]:
            found[number] = spans
    if not found:
        return found
    left = "\n".join("".join(view[end:start] for end, start in zip([0, *(end for _, end in found.get(number, []))],
                                                                   [*(start for start, _ in found.get(number, [])), len(view)]))
                     for number, view in enumerate(said))
    pairs = [pair for pair in pairs if pair not in left]
    return {number: kept for number, spans in found.items()
            if (kept := [(start, end) for start, end in spans if any(pair in said[number][start:end] for pair in pairs)])}
