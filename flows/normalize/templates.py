"""Templates: the lines of a site told within a folder that holds pages of several.

A line that a third of a folder's documents hold is furniture by that alone (flows.normalize.repetition.repeated). A site that gave only a
part of the folder is told by the edges of its pages: the lines with which they begin and end stand in as many documents as the site gave.
What stands in a third of so many is the site's too, if the sentences beside it are not repeated as well: then the text itself is copied.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from statistics import median_low
from types import MappingProxyType
from typing import NamedTuple

from flows.normalize import boundaries, furniture, repetition, salutations

EDGE = 4                # lines at each end of a page that tell of which site it is
LEAST_EDGES = 3         # of which so many must do so where one end alone does, and as many stand below the text that ends there
LEAST_HAN = 6           # characters that a line must hold to tell it: a day and a name stand on pages of any site
_OWN_TITLE = 12         # lines in which the title of the page itself stands
_OWN_LEAST = 5          # characters of a line that the page's own title holds
_SENTENCE = 10          # characters from which a heading or a sentence is one's own
_COPIED = 0.3           # share of own sentences that others hold too, beyond which the text is copied
_CLASS_LEAST = 3        # of the lines that tell of a site: three documents
_THIRD = 3              # classes by which a third of a number is less (repetition.size_class)
_NAMED = 3              # lines of a site in which what belongs to its name stands
_LONGEST = 80           # characters of a line in which a site speaks of itself, of words that it says again, and how often it does
_SAID = re.compile(r"(?:[。！？!?…]|(?<=[一-龥])\.)[”’」』）)】]{0,2}$")
_OWN = re.compile(rf"{_SAID.pattern}|^[（(]?[一二三四五六七八九十]{{1,3}}[）)、]")
_SIGNED = re.compile(r"[^\w\s“‘《（(一-龥]|[【\[{〇]")       # ✎ 墨香小贴士, 【墨香荐稿】
_OF_MACHINE = re.compile(r"[\dA-Za-z·｜|]")
_PIECE_LEAST = 6        # characters of such words
_NUMBERED = re.compile(r".*\d[号条期篇帖页次回]?")
LEAST_TOGETHER = 5      # ... or so many lines of any kind, of which one begins or ends the page
_ASKS = re.compile("审议|审查|讨论|批评|指正|意见|预祝|圆满|宣布")     # what speakers say in the same words
_LAST_SENTENCE = re.compile(r"(?<=[。！？])[^。！？]+[。！？]$")
_FIGURE = re.compile(r"\d")
_GOES_ON = "；;，,：:"
_BIGRAM = re.compile(r"(?=([一-龥]{2}))")


class OfSite(NamedTuple):
    """What of a page is its site's: the numbers of `lines`; the first from which on (`beyond`) the site alone speaks, the number of lines
    where it does not; the class (`least`) from which what many documents hold is the site's, 0 where no site is told; labels of the sets of
    documents that hold the site's lines (`held_by`)."""

    lines: frozenset[int]
    beyond: int
    least: int
    held_by: frozenset[int] = frozenset()


def of_site(views: Sequence[str], keys: Sequence[str], shared: Mapping[str, int], title: str = "") -> OfSite:
    """What of a page is its site's.

    keys: repetition.key of each line, empty where it is too long; shared: the class of how many documents of one source hold a key; title:
    what the page calls itself, which stands in the lists of others."""
    ranks = {number: rank for number, key in enumerate(keys) if key and (rank := shared.get(key, 0)) >= _CLASS_LEAST}
    if len(ranks) < 2 or len(views) < 2 * EDGE:
        return OfSite(frozenset(), len(views), 0)
    edges = [[ranks[number] for number in ends if number in ranks and _tells_site(views[number])]
             for ends in (range(EDGE), range(len(views) - EDGE, len(views)))]
    if not (all(edges) or len(edges[0]) + len(edges[1]) >= LEAST_EDGES):
        return OfSite(frozenset(), len(views), 0)
    least = max(median_low([*edges[0], *edges[1]]) - _THIRD, 1)
    own = [number for number in range(EDGE, len(views) - EDGE) if _is_own(views[number])]
    copied = [ranks[number] for number in own if number in ranks]
    if len(copied) > _COPIED * len(own):
        least = max(least, max(copied) + 1)
    found = frozenset(number for number, rank in ranks.items()
                      if rank >= least and not (number < _OWN_TITLE and boundaries.TITLE_LIKE.search(views[number]))
                      and not (is_stock(views[number]) and not _SIGNED.match(views[number]))
                      and not (len(views[number]) >= _OWN_LEAST and views[number] in title))
    last = max((number for number, view in enumerate(views) if number not in ranks and _SAID.search(view)), default=len(views))
    behind = [number for number in found if number > last]
    return OfSite(found, min(behind) if len(behind) >= LEAST_EDGES else len(views), least)


def of_pages(views: Sequence[str], keys: Sequence[str], openings: Sequence[str], repeated: repetition.Repeated) -> OfSite:
    """What of a page stands on just those pages on which its menus and labels do: sentences as well, which a site says on each of its pages
    in words that no other site has.

    keys, openings: repetition.keys and repetition.openings of the lines. From `beyond` on the site shows other pages: two such lines, and
    behind them nothing that is said but by itself below a title, what is cut off, and what stands on other pages as well."""
    nothing = OfSite(frozenset(), len(views), 0)
    held_by = {number: label for number, key in enumerate(keys) if key and (label := repeated.held_by.get(key))}
    labels: dict[int, set[str]] = {}
    edges: set[int] = set()
    for number, label in held_by.items():
        if _tells_site(views[number]) and views[number][-1] not in _GOES_ON \
                and not ("，" in views[number] and _FIGURE.search(views[number])):
            labels.setdefault(label, set()).add(keys[number])
            if not EDGE <= number < len(views) - EDGE:
                edges.add(label)
    sizes = Counter(held_by.values())
    most = max((len(told) for told in labels.values()), default=0)
    of_site = {label for label, told in labels.items() if 2 * len(told) >= most and (
        len(told) >= repetition.LEAST_MATES or (len(told) > 1 and label in edges and sizes[label] >= LEAST_TOGETHER))}
    if not of_site:
        return nothing
    ours = {number for number, label in held_by.items() if label in of_site and not (
        number < _OWN_TITLE and boundaries.TITLE_LIKE.search(views[number]))}
    said = [number for number, view in enumerate(views) if len(view) >= _SENTENCE and _SAID.search(view) and not furniture.is_cut_off(view)]
    classes = {repeated.sizes[keys[number]] for number in ours}
    least = max(min(classes) - _THIRD, _CLASS_LEAST)
    shared = {number: max(repeated.sizes[key] or least for key in (keys[number], openings[number]) if key in repeated.sizes)
              for number in range(len(views)) if keys[number] in repeated.sizes or openings[number] in repeated.sizes}
    beyond = _beyond(views, [number for number in said if shared.get(number, 0) < _CLASS_LEAST], shared, ours)
    # of two pages that hold one text each has it for its own
    own = [number for number in said if number < beyond and shared.get(number, 0) < _CLASS_LEAST]
    between = [number for number in said if own and own[0] <= number <= own[-1] and number not in ours]
    if not own or len(between) - len(own) > max(1, _COPIED * len(between)):
        return nothing          # the text itself stands on other pages
    sown = {number for number in between if keys[number] in repeated.sizes      # by turns with others
            and (repeated.sizes[keys[number]] >= least if 0 not in classes else repeated.sizes[keys[number]] == 0)}
    return OfSite(frozenset(number for number in ours | sown if not _is_set_phrase(views[number])), beyond, 0,
                  frozenset(of_site))


def _beyond(views: Sequence[str], own: Sequence[int], shared: Mapping[int, int], ours: Set[int]) -> int:
    """The first line from which on a site shows other pages, the number of lines where it shows none. own: numbers of the sentences of the
    page; shared: those of lines that stand on other pages as well, and the classes of how many; ours: of the site's lines."""
    among = frozenset(own)
    texts = [number for number in own if number not in ours]
    half = sum(len(views[number]) for number in own) / 2
    least = -1          # the last line that is the text's: before it no other page is shown
    for number in reversed(texts):
        half -= len(views[number])
        if half < 0 or not (number in shared or _is_shown(views, number, among, shared, ours)):
            least = number
            break
    least = next((number for number in range(len(views) - 1, least, -1)
                  if boundaries.lexicon().closing.fullmatch(furniture.folded(views[number]))), least)
    for number in sorted(ours):
        if number > least and number + 1 in ours and not (_is_set_phrase(views[number]) and _is_set_phrase(views[number + 1])):
            while number and number - 1 not in among and shared.get(number - 1, 0) >= _CLASS_LEAST \
                    and not _is_set_phrase(views[number - 1]):
                number -= 1         # what takes turns with others above them
            return number
    return len(views)


def _is_shown(views: Sequence[str], number: int, own: Container[int], shared: Container[int], ours: Container[int]) -> bool:
    """Whether a sentence stands below a title, as the beginning of another page does, or with it in one line."""
    above = views[number - 1]
    if views[number][0] in "《·•":
        return True
    return number - 1 not in own and number - 1 not in ours and not _SAID.search(above) and not salutations.is_salutation(above) and (
        number - 1 in shared or (len(above) <= _LONGEST and not boundaries.HEADING.match(above) and above[-1] not in "：:，,；;"))


def _is_set_phrase(view: str) -> bool:
    """Whether a line is one that speeches of any site share, or that only a speaker says."""
    form = furniture.folded(view)
    if _FIGURE.search(view) and (_SAID.search(view) or view[-1] in _GOES_ON):
        return True         # which are the same only without their figures
    return salutations.is_salutation(view) or boundaries.HEADING.match(view) is not None \
        or boundaries.lexicon().closing.fullmatch(form) is not None or _ASKS.search(form) is not None \
        or (_SAID.search(view) is not None and furniture.SPOKEN.search(form) is not None and furniture.weight(form) < 2)


def is_stock(view: str) -> bool:
    """Whether a line is one that speeches of any site share: addresses, thanks, headings, sentences without a word of the page."""
    form = furniture.folded(view)
    return salutations.is_salutation(view) or boundaries.HEADING.match(view) is not None \
        or boundaries.lexicon().closing.fullmatch(form) is not None \
        or ("，" in view and view[-1] in "；;，" and _FIGURE.search(view) is not None and furniture.weight(form) < 2) \
        or ((boundaries.FINISHED.search(view[-6:]) or _SAID.search(view[-6:])) is not None and furniture.weight(form) < 2)


def _is_own(view: str) -> bool:
    """Whether a line is a sentence or a numbered heading, which each text has of its own."""
    return _SENTENCE <= len(view) <= repetition.KEYED and _OWN.search(view) is not None and not _SIGNED.match(view)


def _tells_site(view: str) -> bool:
    return len(furniture.HAN.findall(view)) >= LEAST_HAN and not (
        _is_own(view) or is_stock(view) or boundaries.TITLE_LIKE.search(view))


def sown(said: Sequence[str], own_lines: Iterable[str], shared: Mapping[str, int] = MappingProxyType({}), least: int = 0) \
        -> dict[int, list[tuple[int, int]]]:
    """Spans of paragraphs, by their number, in which a site of which the lines `own_lines` are speaks of itself within the text.

    That is what stands in brackets, behind a sign in a line of its own, or with a number again and again, and has that in it which the
    site's lines share and the speaker never says; and what stands in brackets with a number, a sign or a Latin letter in so many documents
    as lines must that are the site's (`least`, a class as in `shared`)."""
    found: dict[int, set[tuple[int, int]]] = {}
    held = Counter(pair for line in set(own_lines) for pair in dict.fromkeys(_BIGRAM.findall(line)))
    pairs = [pair for pair, count in held.items() if count >= _NAMED]
    for number, view in enumerate(said):
        named = [pair for pair in pairs if pair in view]
        if not named and not least:
            continue
        if named and len(view) <= _LONGEST and _SIGNED.match(view):
            found[number] = {(0, len(view))}
            continue
        for match in repetition.IN_BRACKETS.finditer(view):
            if any(pair in match[0] for pair in named) or (least and _OF_MACHINE.search(match[0])
                                                           and shared.get(repetition.PIECE + repetition.key(match[0]), 0) >= least):
                found.setdefault(number, set()).add(match.span())
    left = _left(said, found)
    for piece in sorted({piece for pair in pairs if (piece := _again(left, pair, held))}, key=lambda piece: (-len(piece), piece)):
        for number, view in enumerate(said):
            spans = {(at, at + len(piece)) for at in _places(view, piece)}
            if spans and not any(start <= at < end for at, _ in spans for start, end in found.get(number, ())):
                found.setdefault(number, set()).update(spans)
    spoken = _left(said, found)
    pairs = [pair for pair in pairs if pair not in spoken]
    return {number: kept for number, spans in found.items() if (kept := sorted(
        (start, end) for start, end in spans if any(pair in said[number][start:end] for pair in pairs)
        or (least and shared.get(repetition.PIECE + repetition.key(said[number][start:end]), 0) >= least)))}


def sown_by_pages(said: Sequence[str], repeated: repetition.Repeated, pages: OfSite) -> dict[int, list[tuple[int, int]]]:
    """Spans of paragraphs, by their number, that stand where the site's lines do (`pages`): what is in brackets on just the pages that hold
    those, and the last sentence of a paragraph that is a line of its own on other pages."""
    found: dict[int, list[tuple[int, int]]] = {}
    for number, view in enumerate(said):
        spans = [match.span() for match in repetition.IN_BRACKETS.finditer(view)
                 if repeated.held_by.get(repetition.PIECE + repetition.key(match[0])) in pages.held_by]
        last = _LAST_SENTENCE.search(view, max(0, len(view) - repetition.KEYED)) if not spans or spans[-1][1] < len(view) else None
        if last and (size := repeated.sizes.get(repetition.key(last[0]))) is not None and (size == 0 or size >= _CLASS_LEAST) \
                and len(last[0]) >= _SENTENCE and not _is_set_phrase(last[0]):
            spans.append(last.span())
        if spans:
            found[number] = spans
    return found


def _left(said: Sequence[str], found: Mapping[int, Iterable[tuple[int, int]]]) -> str:
    """What is said without the spans found."""
    pieces = []
    for number, view in enumerate(said):
        at = 0
        for start, end in sorted(found.get(number, ())):
            pieces.append(view[at:start])
            at = max(at, end)
        pieces += [view[at:], "\n"]
    return "".join(pieces)


def _places(text: str, piece: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(piece), text)]


def _again(said: str, pair: str, held: Container[str]) -> str:
    """The words with a number in which `pair` stands wherever it stands in `said`, which is more than once; empty where there are none.

    held: the pairs of characters of the site's lines, of which alone what stands before `pair` is made; the number ends the words."""
    places = _places(said, pair)
    if not 2 <= len(places) <= _LONGEST:
        return ""

    def shares(offset: int) -> bool:
        found = {said[at + offset] if 0 <= at + offset < len(said) else "\n" for at in places}
        return len(found) == 1 and "\n" not in found

    start, end, at = 0, len(pair), places[0]
    while end < _LONGEST and shares(end):
        end += 1
    while -start < _LONGEST and shares(start - 1) and said[at + start - 1:at + start + 1] in held:
        start -= 1
    piece = _NUMBERED.match(said[at + start:at + end])
    return piece[0] if piece and len(piece[0]) >= _PIECE_LEAST else ""
