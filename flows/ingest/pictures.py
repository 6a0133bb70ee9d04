"""Pictures of a page: which of its lines only say what the picture above them shows."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from itertools import islice, pairwise

from lxml import etree

PICTURES = 60           # of a page that are looked at
CAPTION_MOST = 40       # characters of what is written under a picture
PROSE_LEAST = 40        # ... of a paragraph of what is said
SMALL = 120             # pixels across up to which a picture is an ornament of the page
_BOXES = frozenset(("p", "div", "section", "center", "figure"))
_STOPS = "。！？；：…!?;:"
_NUMBER = re.compile(r"[（(【\[]?(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)】\]、．.，,]|部分|[章节讲课])")
_FIGURE = re.compile(r"图\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[\s\u3000、.．:：]")
# What a page says at the end of a caption, and of nothing else: whose picture it is
_CREDIT = re.compile(r"(?:摄影?|供图)[）)]?$")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_SMALL_TYPE = re.compile(r"font-size\s*:\s*(?:(?:[6-9]|1[0-3])(?:\.\d+)?px|(?:[5-9]|10)(?:\.\d+)?pt|0?\.[5-8]\d*r?em|(?:x-)?small\b)", re.I)
_GREY = re.compile(r"(?<![-\w])color\s*:\s*(?:#([6-9a-c])\1{2}(?:\1{3})?(?![0-9a-f])|(?:dark|light)?gr[ae]y\b"
                   r"|rgb\(\s*(1[0-8]\d)\s*,\s*\2\s*,\s*\2\s*\))", re.I)
_ACROSS = re.compile(r"(?<![-\w])width\s*:\s*(\d{1,4})(?:\.\d+)?px", re.I)


def captions(root: etree._Element) -> frozenset[etree._Element]:
    """The elements that hold what is written under pictures in the midst of the page's text.

    That is a centred line right below a picture that has a line for itself, without a full stop, a number or bold type, between
    paragraphs of prose, in a text of which no other line is centred like it: headings within a text are more than one, and not each of
    them stands below another large picture. One in small or pale type is a caption whatever else is centred: no heading is smaller than
    its text. One in type that is small and pale need not be centred, where the text is not set in the like; nor need lines of a class of
    their own, each of which stands below a picture, where one says whose picture it is; nor need the only line of its kind in a text whose
    headings are numbered. One that gives the number of a figure is a caption whatever else is centred.
    """
    below: dict[etree._Element, list[tuple[etree._Element, etree._Element]]] = {}
    for picture in islice(root.iter("img"), PICTURES):
        line = _line_below(picture)
        if line is not None and (parent := line.getparent()) is not None:
            below.setdefault(parent, []).append((line, picture))
    captions: set[etree._Element] = set()
    for parent, found in below.items():
        captions.update(_of_own_class(parent, [line for line, _ in found]))
        if len(found) == 1 and _is_alone(parent, found[0][0]):
            captions.add(found[0][0])
        found = [(line, picture) for line, picture in found if line not in captions and _is_label(line)]
        told = [line for line, _ in found if _is_faint(line) or _FIGURE.match(_said(line))]
        if told:
            children = list(parent)
            prose = [number for number, child in enumerate(children) if _is_prose(child)]
            alike = any(_is_small_and_pale(children[number]) for number in prose)
            captions.update(line for line in told if prose and prose[0] < children.index(line) < prose[-1]
                            and (_is_centred(line) or not alike))
        plain = [(line, picture) for line, picture in found if line not in captions and _is_centred(line)]
        if plain and _are_captions(parent, plain, captions):
            captions.update(line for line, _ in plain)
    return frozenset(captions)


def _is_alone(parent: etree._Element, line: etree._Element) -> bool:
    """Whether between the paragraphs of prose that `parent` holds no other line is short and no sentence but numbered headings."""
    children = list(parent)
    prose = [number for number, child in enumerate(children) if _is_prose(child)]
    if len(prose) < 2:
        return False
    within = children[prose[0]:prose[-1]]
    headings = sum(1 for child in within if child.tag in _BOXES and len(words := _said(child)) <= CAPTION_MOST and _NUMBER.match(words))
    return headings > 1 and [child for child in within if _is_line(child)] == [line]


def _line_below(picture: etree._Element) -> etree._Element | None:
    """The line right below a picture that can be its caption."""
    box = picture.getparent()
    if box is None or box.tag not in ("a", "span", "b", "strong", *_BOXES):
        return None
    while box.tag not in _BOXES:
        box = box.getparent()
        if box is None:
            return None
    if _said(box) or (box.tail or "").strip() or _across(picture) <= SMALL:
        return None
    line = box.getnext()
    return line if line is not None and _is_line(line) else None


def _of_own_class(parent: etree._Element, lines: list[etree._Element]) -> list[etree._Element]:
    """Those of `lines`, which stand below pictures in `parent`, whose class nothing else in it has, if one of them says whose picture it
    is: there are several, and headings, which may stand below pictures too, say nothing of the kind."""
    classes = {name for line in lines if (name := line.get("class", "").strip()) and _CREDIT.search(_said(line))}
    if not classes:
        return []
    count = Counter(child.get("class", "").strip() for child in parent)
    found = [(name, [line for line in lines if line.get("class", "").strip() == name]) for name in sorted(classes)]
    return [line for name, alike in found if 1 < len(alike) == count[name] for line in alike]


def _are_captions(parent: etree._Element, found: list[tuple[etree._Element, etree._Element]], known: Set[etree._Element]) -> bool:
    """Whether all of `found`, lines with the pictures above them, are captions within what `parent` holds beside those `known`."""
    lines = {line for line, _ in found}
    children = list(parent)
    prose = [number for number, child in enumerate(children) if _is_prose(child)]
    if not prose:
        return False
    within = children[prose[0]:prose[-1]]
    labels = [child for child in within if child not in known and _is_centred(child) and _is_label(child)]
    if not lines.issuperset(labels) or not lines.issubset(labels):
        return False
    # the headings of a text, too, may have an ornament above each
    sources = [picture.get("src") or picture.get("data-src") or "" for _, picture in found]
    places = [children.index(line) for line, _ in found]
    return len(found) == 1 or (len(set(sources)) == len(sources) and all(_is_large(picture) for _, picture in found)
                               and all(later - earlier > 1 for earlier, later in pairwise(places)))


def _said(element: etree._Element) -> str:
    """The first characters of what an element says, without the blanks around them; "" where it says nothing."""
    read = ""
    for piece in element.itertext(etree.Element):
        read += piece
        if len(read) > CAPTION_MOST * 4:
            break
    return read.strip(" \t\r\n\xa0\u3000\u200b")


def _is_label(element: etree._Element) -> bool:
    """Whether an element is such a line, centred or small and pale."""
    return (_is_centred(element) or _is_small_and_pale(element)) and _is_line(element)


def _is_line(element: etree._Element) -> bool:
    """Whether an element is a short line in plain type that is no sentence, no address and not numbered."""
    if element.tag not in _BOXES:
        return False
    words = _said(element)
    return 3 < len(words) <= CAPTION_MOST and words[-1] not in _STOPS and _NUMBER.match(words) is None \
        and not any(_BOLD.search(each.get("style", "")) or each.tag in ("a", "img", "b", "strong", "h1", "h2", "h3", "h4", "h5", "h6")
                    for each in element.iter(etree.Element))


def _is_prose(element: etree._Element) -> bool:
    return element.tag in _BOXES and len(words := _said(element)) >= PROSE_LEAST and ("。" in words or "，" in words)


def _is_centred(element: etree._Element) -> bool:
    return element.tag == "center" or element.get("align", "").lower() == "center" or _CENTRED.search(element.get("style", "")) is not None


def _is_faint(line: etree._Element) -> bool:
    """Whether a line is set in type smaller or paler than that of a text."""
    styles = [each.get("style", "") for each in line.iter(etree.Element)]
    return any(_SMALL_TYPE.search(style) or _GREY.search(style) for style in styles if style)


def _is_small_and_pale(line: etree._Element) -> bool:
    """Whether one style of a line makes its type both smaller and paler than that of a text."""
    return any(_SMALL_TYPE.search(style) and _GREY.search(style) for each in line.iter(etree.Element) if (style := each.get("style", "")))


def _across(picture: etree._Element) -> int:
    """How wide the page says that a picture is, in pixels; a large number where it does not say."""
    stated = _ACROSS.search(picture.get("style", ""))
    width = stated[1] if stated else picture.get("width", "").removesuffix("px").strip()
    return int(width) if width.isdecimal() and len(width) < 5 else SMALL * SMALL


def _is_large(picture: etree._Element) -> bool:
    return SMALL < _across(picture) < SMALL * SMALL
