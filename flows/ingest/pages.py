"""The text of a web page: everything visible, in document order, one block a line, with what the markup says of each span.

Nothing is judged away here. What the markup shows to be furniture (navigation, related links, hidden jammers) stays in the text under a
mark, so that the removal can be shown later as an edit with its reason.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from flows.ingest.documents import Mark
from flows.ingest.limits import MEBIBYTE, Unreadable
from flows.ingest.main_content import Block, Make, main_content, make
from flows.ingest.pictures import captions

MARKUP = Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "markup.toml"
PAGE_BYTES = 24 * MEBIBYTE
_LOOKED_AT = 10_000     # characters of a piece of text in which that many Chinese ones stand, or hardly any do
RUNNING_TEXT = 160  # Han characters outside links from which an element is not furniture, whatever its class says
_TABLE = tomllib.loads(MARKUP.read_text(encoding="utf-8"))
BLOCKS = frozenset(_TABLE["elements"]["blocks"])
SILENT = frozenset(_TABLE["elements"]["silent"])
_PUBLIC_ACCOUNTS = "微信公众平台"
_NAMES_YEAR = re.compile(r"\d{4}")
_CREATED = re.compile(r"""\b(?:ct|create_time|publish_time)\s*[=:]\s*["'](1\d{9})["']""")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—·"
# a line feed in the source between two Chinese characters is not a space: Chinese writes none between words
_SOURCE_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{_CJK}])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
                     # beyond the edge of the screen
                     r"|(?<![\w-])(?:left|top|text-indent|margin-left|margin-top)\s*:\s*"
                     r"-(?:[1-9]\d{3,}\s*(?:px|pt)|[1-9]\d{2,}\s*r?em)", re.I)
_TINY = re.compile(r"font-size\s*:\s*[01](?:\.\d+)?\s*(?:px|pt)", re.I)      # which nobody can read
_SHOWING = re.compile(r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible", re.I)
STYLE_SHEETS, STYLE_SHEET = 20, 50_000  # how many of a page's own are read, and how much of each
# what holds for paper, for narrow screens or for a later day is not what a reader sees
_NOT_ALWAYS = re.compile(r"/\*.{0,500}?\*/|@[a-z-]+[^{};]{0,100}(?:\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|;)", re.I | re.S)
_SELECTOR = re.compile(r"[a-z0-9]{0,10}[.#]([\w-]{1,60})", re.I)
_END_TAGS = re.compile(r"</(?:body|html)\s*>", re.I)
_HEAD, _HEAD_END = re.compile(r"<head(?![a-z])", re.I), re.compile(r"</head\s*>", re.I)
_MORE_PAGE = re.compile(r"</html\s*>\s*(?:<!--[^>]{0,200}-->\s*)*(?=[^\s<]|<(?!!--|/?(?:script|noscript)\b))", re.I | re.S)
_STRUCK_OUT = re.compile(r"text-decoration(?:-line)?\s*:\s*line-through", re.I)
_COMMENT_MARK = re.compile(r"mso-special-character\s*:\s*comment", re.I)
_PAPER_EDGE = re.compile(r"mso-element\s*:\s*(?:header|footer)", re.I)
_COMMENTS = re.compile(r"mso-element\s*:\s*comment", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_FURNITURE = frozenset(_TABLE["furniture"]["words"])
_HIDDEN = frozenset(f"={name}" for name in _TABLE["furniture"]["hidden"])
_SHOWN = frozenset(f"={name}" for name in _TABLE["furniture"]["shown"])
_DELETED_TAGS = frozenset(_TABLE["deleted"]["tags"])
_COMMENT_NAMES = frozenset(f"={name}" for name in _TABLE["deleted"]["comments"])
ADVERT_MOST = 60  # Han characters of a table beside the frame of an advert in it
ADDRESS_MOST = 300  # characters of the address of such a frame that are read
SET_IN_MOST = 300  # characters, blanks and scripts among them, of a table that is set into the text
COMMENT_MARK = 40  # characters that the mark of a comment has at most: [顾1]
_ARTICLE = frozenset(_TABLE["furniture"]["unless"])
_FURNITURE_TAGS = frozenset(_TABLE["furniture"]["tags"])
_TITLE_WORDS = frozenset(_TABLE["title"]["words"])
_CAPTION_WORDS = frozenset(_TABLE["caption"]["words"])
_HEADER = frozenset(("header",))
_NO_WORDS: frozenset[str] = frozenset()
_KINDS = {
    "h1": "title",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    "b": "bold",
    "strong": "bold",
    "figcaption": "caption",
    "caption": "caption",
    "li": "list",
}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_RANKED = ("title", "heading")
_LEFT_OUT = ("furniture", "deleted")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
# Lists whose numbers a style hides or that are notes; what numbers its items itself; and what ends a sentence, or leads into a list.
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:\s*[^;]*\b(?:none|disc|circle|square)\b", re.I)
_NOTES = frozenset(("footnote", "footnotes", "note", "notes", "reference", "references", "ref", "refs", "toc", "catalog"))
_OWN_NUMBER = re.compile(r"\s*(?:[（(〔\[【]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)〕\]】、．.，,：:]|第[一二三四五六七八九十\d]{1,3}|"
                         r"[一二三四五六七八九十][是要]|[①-⒛㈠-㈩❶-❿]|首先|其[一二三])")
_STYLED_HAN = re.compile(r"list-style(?:-type)?\s*:\s*[^;]*(?:cjk|chinese|hanzi|japanese|korean-hanja)", re.I)
_STOPS, _LEADS = "。！？；：…!?;:", "。！？；：…!?;:，,"
LISTED = 200            # items of a list that are numbered, and lists looked at behind one for that which goes on with it
_HAN_DIGITS = "零一二三四五六七八九"
_TAG = re.compile(r"<[^<>]{0,2000}>")
# Elements without an end, which the parser takes for ones with: it would put all that follows inside them.
_UNENDED = re.compile(r"<(?:" + "|".join(_TABLE["elements"]["unended"]) + r")(?=[\s/>])", re.I)
ATTRIBUTES = 256  # of a tag that are read; the parser takes the square of their number
_ATTRIBUTE = r"""[\s/]*+(?:[^\s/>="']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+|["'=])"""
# the whole of every tag is taken, so that no character is looked at twice, however broken the markup
_WHOLE_TAG = re.compile(rf"(<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{ATTRIBUTES}}}+)({_ATTRIBUTE})?+(?:{_ATTRIBUTE})*+")
_ROOT_TAG = re.compile(r"<(?:html|body)(?![\w-])", re.I)
_LINE_TAGS = re.compile(r"</(?:p|div|section|td|li|h[1-6])\s*>|<br\s*/?>|<p\b[^<>]{0,300}>", re.I)
# Tags that were escaped once more on their way into the page, and marks written by name that were: a reader sees them as words.
_WRITTEN_TAG = re.compile(
    r"&lt;(/?(?:p|div|br|span|section|strong|b|font|table|tbody|tr|td|h[1-6]|li|ul|a|img)\b(?:(?!&[lg]t;)[^<>]){0,300}?)&gt;", re.I
)
_WRITTEN_MARK = re.compile(
    r"&amp;(?=(?:nbsp|[lr][ds]quo|hellip|[mn]dash|middot|e[nm]sp|thinsp|permil|times|quot|amp|lt|gt|#\d{2,5}|#x[0-9a-f]{2,5});)", re.I
)
WRITTEN = 3     # of them in a page: fewer may be what its writer meant to show
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """Text with its marks, and what the page says of itself: title, url, date, source, author, site."""

    text: str
    layout: tuple[Mark, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page's head names."""
    found = _CHARSET.search(data[:4096]) or _XML_ENCODING.search(data[:200])
    return found.group(1).decode("ascii") if found else None


def is_page(text: str) -> bool:
    """Whether text begins as a whole web page does."""
    start = text[:4000].lstrip("\ufeff \t\r\n")
    start = re.sub(r"^(?:<\?xml[^>]*>|<!--.{0,2000}?-->|\s)+", "", start, flags=re.S)
    return start[:20].lower().startswith(("<!doctype html", "<html", "<head>", "<head ", "<body"))


def is_fragment(text: str) -> bool:
    """Whether text is the inside of a web page: its lines are told by tags more than by line feeds.

    Prose with a few tags in it (Markdown, a scraper's leavings) is not: taken as HTML it would lose its lines.
    """
    if "<" not in text:
        return False
    head = text[:40_000]
    tags = len(_LINE_TAGS.findall(head))
    lines = head.strip().count("\n")
    return tags >= 2 and (tags > 3 * lines or (head.lstrip().startswith("<") and tags * 2 >= lines))


def page(html: str) -> Page:
    """The text of a page or of a piece of one. Raises Unreadable where it is larger than any page is."""
    html = _UNENDED.sub("<img", _read_once_more(_one_page(html)))       # which the parser knows to have no end, and nothing to read
    data = html.encode("utf-8", "replace")
    if len(data) > PAGE_BYTES:
        raise Unreadable("too_large", f"a page of {len(data)} bytes; the most is {PAGE_BYTES}")
    if (tamed := few_attributes(html)) != html:
        html, data = tamed, tamed.encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
        # nested deeper than the parser follows, or no element at all: the text is worth more than its markup
        return Page(unescape(_TAG.sub("\n", html)).strip())
    metadata = _metadata(root, html)
    walk = _Walk(metadata.get("title", ""), _page_title(root))
    walk.unseen, walk.has_deletions = _unseen_names(root), _has_deletions(root)
    walk.captions, walk.cells = captions(root), _labelled_cells(root)
    walk.over(root)
    text = "".join(walk.pieces).rstrip("\n ")
    return Page(text, walk.marks(text), metadata)


def _labelled_cells(root: etree._Element) -> frozenset[etree._Element]:
    """The spans of bars that hold a label each and nothing between them, so that a style sheet alone sets them apart:
    <span>讲话人：王某</span><span>收稿：办公室</span>."""
    bars = {parent for span in root.iter("span") if span.text and _CELL.match(span.text) and (parent := span.getparent()) is not None}
    found: set[etree._Element] = set()
    for bar in bars:
        cells = list(bar)
        if len(cells) <= _CELLS_MOST and sum(1 for cell in cells if cell.text and _CELL.match(cell.text)) > 1 \
                and len(words := _beginning(bar, _BAR_MOST)) < _BAR_MOST and "。" not in words:
            found.update(cell for one, cell in pairwise(cells) if one.tag == cell.tag == "span" and not one.tail)
    return frozenset(found)


def _read_once_more(html: str) -> str:
    """`html` with the tags and marks that are escaped twice in it (&lt;br /&gt;, &amp;nbsp;) escaped once, where there are several."""
    if "&lt;" in html and len(list(islice(_WRITTEN_TAG.finditer(html), WRITTEN))) == WRITTEN:
        html = _WRITTEN_TAG.sub(lambda tag: "<" + tag[1].replace("&quot;", '"') + ">", html)
    if "&amp;" in html and len(list(islice(_WRITTEN_MARK.finditer(html), WRITTEN))) == WRITTEN:
        html = _WRITTEN_MARK.sub("&", html)
    return html


def few_attributes(html: str) -> str:
    """`html` without attributes beyond the first ATTRIBUTES of an element, in whose square the parser's time grows.

    It gives those of each further <html> and <body> to the first one: beyond as many of these, they are turned into rules.
    """
    if any(tag[2] for tag in _WHOLE_TAG.finditer(html)):
        html = _WHOLE_TAG.sub(r"\1", html)
    roots = list(islice(_ROOT_TAG.finditer(html), ATTRIBUTES, None))
    return html[: roots[0].start()] + _ROOT_TAG.sub("<hr", html[roots[0].start() :]) if roots else html


def _one_page(html: str) -> str:
    """`html` without the ends of a page in its midst: the parser reads nothing behind </html>, where crawlers append the next page.

    The heads of the pages that follow say what the first one said.
    """
    more = _MORE_PAGE.search(html)
    if more is None:
        return html
    rest, *heads = _HEAD.split(html[more.end() :])
    for head in heads:
        end = _HEAD_END.search(head)
        rest += head[end.end() :] if end else "<head" + head
    return _END_TAGS.sub("", html[: more.end()] + rest)


def _hiding_names(root: etree._Element) -> set[str]:
    """The classes and ids that the page's own style sheets hide, each after a `=`; selectors of more than one name are passed over."""
    names: set[str] = set()
    for sheet in islice(root.iter("style"), STYLE_SHEETS):
        for each_rule in _NOT_ALWAYS.sub("", (sheet.text or "")[:STYLE_SHEET]).split("}"):
            selectors, _, rule = each_rule.partition("{")
            found = {f"={match[1].lower()}" for each in selectors.split(",") if (match := _SELECTOR.fullmatch(each.strip()))}
            if _HIDING.search(rule):
                names |= found
            elif _SHOWING.search(rule):
                names -= found
    return names - _SHOWN


def _unseen_names(root: etree._Element) -> tuple[frozenset[str], frozenset[str]]:
    """Which of those names hide spans within lines, and which hide blocks.

    A script opens what was only folded away: a name is believed where what it hides is little, for spans a quarter of the page, for
    blocks less than running text.
    """
    names = _hiding_names(root)
    if not names:
        return _NO_WORDS, _NO_WORDS
    spans, blocks = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for element in root.iter(etree.Element):
        for name in _words(element.attrib) & names:
            (blocks if element.tag in BLOCKS else spans)[name] += _running_text(element)
    whole = _han_count(root)
    return (
        frozenset(name for name, size in spans.items() if size * 4 < whole),
        frozenset(name for name, size in blocks.items() if size < RUNNING_TEXT),
    )


def _has_deletions(root: etree._Element) -> bool:
    """Whether what is struck out on the page is a correction, and not most of it for a template's whim."""
    struck = [element for element in root.iter(*_DELETED_TAGS) if next(element.iterancestors(*_DELETED_TAGS), None) is None]
    return not struck or sum(map(_han_count, struck)) * 2 < _han_count(root)


def _han_count(element: etree._Element) -> int:
    return sum(len(_HAN.findall(piece)) for piece in element.itertext() if piece)


def _page_title(root: etree._Element) -> str:
    title = root.find(".//title")
    return _BLANKS.sub(" ", "".join(title.itertext())).strip() if title is not None else ""


def _metadata(root: etree._Element, html: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            said.setdefault(name.strip().lower(), content)
    found: dict[str, str] = {}
    for key, names in _TABLE["meta"].items():
        for name in names:
            if name in said:
                found[key] = said[name][:1000]
                break
    title = _page_title(root)
    if title and ("articletitle" not in said or len(said["articletitle"]) < 4):
        found["title"] = title
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            found["url"] = link.get("href").strip()
            break
    if "url" not in found:
        saved = _SAVED_FROM.search(html[:2000])
        base = root.find(".//base")
        if saved:
            found["url"] = saved.group(1)
        elif base is not None and (base.get("href") or "").startswith("http"):
            found["url"] = base.get("href").strip()
    if "url" in found and not found["url"].startswith(("http://", "https://", "//")):
        del found["url"]
    if found.get("site", _PUBLIC_ACCOUNTS) == _PUBLIC_ACCOUNTS:
        # The platform names itself, or nobody; whose account it is stands in the page.
        of_platform = found.pop("site", None)
        if name := _account(root, html):
            found["site"] = name
        if name or of_platform:
            day = next(iter(root.xpath('//*[@id="publish_time"]/text()')), "").strip()[:40]
            if not _NAMES_YEAR.search(day) and (created := _CREATED.search(html)):
                day = created[1]        # the seconds from which a script writes the day
            if day:
                found.setdefault("date", day)
    for script in root.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            _linked_data(script.text or "", found)
    return found


def _account(root: etree._Element, html: str) -> str:
    """The public account that put a page out, by the elements in which the platform's templates name it; "" where none does."""
    for name in _TABLE["account"]["names"]:
        if name in html:
            named = root.xpath(f'//*[@id="{name}" or contains(concat(" ", normalize-space(@class), " "), " {name} ")]')
            if words := " ".join("".join(named[0].itertext()).split()) if named else "":
                return words[:100]
    return ""


def _linked_data(text: str, found: dict[str, str]) -> None:
    """Take date and headline from a page's JSON-LD."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            for name, key in (("datePublished", "date"), ("pubDate", "date"), ("headline", "title"), ("title", "title")):
                if isinstance(item.get(name), str) and item[name].strip():
                    found.setdefault(key, item[name].strip())


def _level(element: etree._Element, kind: str) -> int | None:
    """The level of a mark as a heading, from 1: as its tag says; bold type that is centred stands over other bold type."""
    if kind in _RANKED:
        return _LEVELS.get(element.tag)
    while kind == "bold" and element is not None:
        if element.tag == "center" or element.get("align", "").lower() == "center" or _CENTRED.search(element.get("style", "")):
            return 1
        element = element.getparent() if element.tag not in BLOCKS else None
    return None


class _Walk:
    """One pass over a page's tree, gathering text and marks."""

    def __init__(self, *titles: str) -> None:
        self.pieces: list[str] = []
        self.position = 0
        self.titles = [title for title in titles if title]
        self.cells: frozenset[Any] = frozenset()        # spans that a style sheet sets apart
        self.unseen = (_NO_WORDS, _NO_WORDS)  # names of spans and of blocks that the page's style sheets hide
        self.captions: frozenset[Any] = frozenset()
        self.has_deletions = True
        self._found: list[Mark] = []
        self._blocks: list[Block] = []
        self._line_start = True
        self._blank_end = False
        self._blank_lines = 0
        self._numbers: dict[Any, str] = {}  # of the items of lists that a reader sees counted
        self._number = ""  # the number of the item whose first words are still to come

    def marks(self, text: str) -> tuple[Mark, ...]:
        """Marks of `text`, what was gathered, in order of start, the wider first; those without a character are left out."""
        size = len(text)
        found = [mark._replace(end=min(mark.end, size)) for mark in self._found]
        left_out = sorted((mark.start, mark.end) for mark in found if mark.kind in _LEFT_OUT)
        main = main_content(text, self._blocks, left_out)
        if main is not None:
            block, insets = main
            if block.start > 0 or block.end < size:     # a mark on the whole page would tell nothing
                found.append(Mark(block.start, min(block.end, size), "main"))
            found += [Mark(inset.start, inset.end, "inset", 1 if inset.is_box else 2) for inset in insets]
        return tuple(sorted((mark for mark in found if mark.end > mark.start), key=lambda mark: (mark.start, -mark.end, mark.kind)))

    def add(self, text: str, as_is: bool = False) -> None:
        if as_is:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        else:
            if (self._line_start or self._blank_end) and text.isspace() and "\xa0" not in text and "\u3000" not in text:
                return
            if "\n" in text or "\r" in text:
                text = _SOURCE_BREAK.sub("", text)
            if not text.isprintable() or "  " in text:
                text = _BLANKS.sub(" ", text)
            if self._line_start or self._blank_end:
                text = text.lstrip(" ")
        if self._number and text and not text.isspace():
            text, self._number = self._number + text.lstrip(), ""
        if text:
            self.pieces.append(text)
            self.position += len(text)
            self._blank_end = text[-1] == " "
            self._line_start = text[-1] == "\n"
            self._blank_lines = 0

    def end_line(self, blank_too: bool = False) -> None:
        """End the line; `blank_too`: let a second end in a row leave one blank line (what <br><br> shows)."""
        if self._line_start:
            if blank_too and self.position and not self._blank_lines:
                self._blank_lines = 1
                self.pieces.append("\n")
                self.position += 1
            return
        if self._blank_end:
            self.pieces[-1] = self.pieces[-1][:-1]
            self.position -= 1
        self.pieces.append("\n")
        self.position += 1
        self._line_start, self._blank_end = True, False

    def _end(self) -> int:
        """Where the text ends so far, without the line end or the blank that stands last."""
        return self.position - (self._blank_end or self._line_start) - self._blank_lines

    def over(self, root: etree._Element) -> None:
        open_marks: list[tuple[Any, int, str]] = []
        furniture_in = None  # the outermost furniture element we are in
        cells_in = None  # the table of figures we are in
        plain_in = 0
        opened: list[tuple[int, Make]] = []  # where the blocks begin that we are in, and their make
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if tag == "br":
                if event == "end":
                    if element.tail:
                        self.add(element.tail, as_is=plain_in > 0)
                elif cells_in is None:
                    self.end_line(blank_too=True)
                continue
            if event == "start":
                if tag in SILENT:
                    walk.skip_subtree()
                    continue
                if cells_in is not None:
                    if tag in ("td", "th") and not self._line_start:
                        self.add("\t", as_is=True)
                    elif tag == "tr":
                        self.end_line()
                elif tag in BLOCKS or element in self.cells:
                    self.end_line()
                if tag in BLOCKS:
                    opened.append((self.position, make(tag, element.get("class") or "", element.get("style") or "")))
                if tag == "ol" and furniture_in is None and cells_in is None:
                    self._numbers |= _item_numbers(element, self._leads())
                elif tag == "li":
                    self._number = self._numbers.pop(element, "") if furniture_in is None else ""
                if tag == "table" and cells_in is None and _is_figures(element):
                    cells_in = element
                    open_marks.append((element, self.position, "table"))
                elif tag == "pre":
                    plain_in += 1
                elif tag == "rt" and _is_unbracketed(element):
                    self.add("(")
                kind = _KINDS.get(tag)
                attributes = element.attrib
                if attributes:
                    style, words = attributes.get("style"), _words(attributes)
                    # what an element in such letters holds may set its own size
                    is_hidden = "hidden" in attributes or (style is not None and (
                        _HIDING.search(style) is not None
                        or (tag not in BLOCKS and len(element) == 0 and _TINY.search(style) is not None)))
                    if words:
                        # the box of a text that a script shows once it is loaded is hidden from no reader
                        is_hidden = words.isdisjoint(_SHOWN) if is_hidden else not words.isdisjoint(self.unseen[tag in BLOCKS])
                else:
                    style, words, is_hidden = None, _NO_WORDS, False
                if furniture_in is None and self._is_deleted(element, tag, words, style):
                    furniture_in = element
                    open_marks.append((element, self.position, "deleted"))
                elif furniture_in is None and (
                    _is_furniture(element, tag, words, is_hidden) or (style is not None and _is_paper_frame(element, style))
                ):
                    furniture_in = element
                    unseen = tag not in BLOCKS and (is_hidden or not words.isdisjoint(_HIDDEN))
                    open_marks.append((element, self.position, "hidden" if unseen else "furniture"))
                if style and kind is None and tag != "body" and _BOLD.search(style):
                    kind = "bold"
                if words and kind in (None, "list", "bold"):
                    if not words.isdisjoint(_TITLE_WORDS) and tag in BLOCKS and self._is_title(element):
                        kind = "title"
                    elif not words.isdisjoint(_CAPTION_WORDS) and len(_beginning(element, 200)) < 200:
                        kind = "caption"
                if kind is None and element in self.captions:
                    kind = "caption"
                if kind:
                    open_marks.append((element, self.position, kind))
                if element.text:
                    self.add(element.text, as_is=plain_in > 0)
                continue
            if tag in SILENT:
                if element.tail:
                    self.add(element.tail, as_is=plain_in > 0)
                continue
            if tag == "rt" and _is_unbracketed(element):
                self.add(")")
            while open_marks and open_marks[-1][0] is element:
                _, start, kind = open_marks.pop()
                if furniture_in is None or kind in ("furniture", "hidden", "deleted", "title"):
                    self._found.append(Mark(start, self._end(), kind, _level(element, kind)))
            if tag in BLOCKS:
                start, looks = opened.pop()
                self._blocks.append(Block(start, self._end(), len(opened), looks))
            if tag == "li":
                self._number = ""
            if furniture_in is element:
                furniture_in = None
            if cells_in is element:
                cells_in = None
            if tag == "pre":
                plain_in -= 1
            if tag in BLOCKS and (cells_in is None or tag in ("tr", "caption")):
                self.end_line()
            if element.tail:
                self.add(element.tail, as_is=plain_in > 0)
        self.end_line()

    def _leads(self) -> bool:
        """Whether what was said last ends a sentence or leads into a list, as no heading over a column does."""
        last = next((stripped[-1] for piece in reversed(self.pieces[-8:]) if (stripped := piece.rstrip())), "")
        return last != "" and last in _LEADS

    def _is_deleted(self, element: etree._Element, tag: str, words: frozenset[str], style: str | None) -> bool:
        """Whether a corrector struck the element out, or it is the mark of a comment in the margin."""
        if tag in _DELETED_TAGS or (style and tag not in BLOCKS and _STRUCK_OUT.search(style)):
            return self.has_deletions
        if words and not words.isdisjoint(_COMMENT_NAMES):
            return len(_beginning(element, 400).strip()) <= COMMENT_MARK
        return (tag == "a" and (element.get("href") or "").startswith("#_msocom")) or bool(style and _COMMENT_MARK.search(style))

    def _is_title(self, element: etree._Element) -> bool:
        """Whether an element with a title's class says what the page's own title says."""
        text = _BLANKS.sub("", _beginning(element, 400))
        return 4 <= len(text) < 120 and any(text in _BLANKS.sub("", title) for title in self.titles)


def _item_numbers(ordered: etree._Element, leads: bool) -> dict[Any, str]:
    """The number that a browser shows before each item of an <ol>, where its items are part of what is said: they are no links and do not
    number themselves, and one is a sentence, or a sentence stands before the list (`leads`). Of a list within a list it stands in brackets,
    which say what the indent does."""
    attributes = ordered.attrib
    style, words = attributes.get("style") or "", _words(attributes)
    items = [item for item in islice(ordered.iterchildren("li"), LISTED) if "".join(item.itertext()).strip()]
    if not items or not words.isdisjoint(_NOTES | _FURNITURE) or _UNNUMBERED.search(style) or _is_link_list(ordered):
        return {}
    said = [_beginning(item, 400).strip() for item in items]
    if any(map(_OWN_NUMBER.match, said)) or not (leads or any(one[-1] in _STOPS for one in said)):
        return {}
    if any(len("".join(link.itertext())) * 2 > len(one) for item, one in zip(items, said) if (link := item.find(".//a")) is not None):
        return {}
    depth = sum(1 for _ in ordered.iterancestors("ol"))
    given = _whole(attributes.get("start"))
    backwards = "reversed" in attributes
    if len(items) == 1 and not depth and (given or 1) < 2 and not any(
            _whole(each.get("start")) == 2 for each in islice(ordered.itersiblings("ol"), LISTED)):
        return {}  # of lists of one item each a reader sees 1. before every one
    number = given if given is not None else len(items) if backwards else 1
    numbers = {}
    for item in items:
        number = value if (value := _whole(item.get("value"))) is not None else number
        shown = _numbered(number, attributes.get("type") or "1", style)
        if depth > 1 or not shown:
            return {}
        numbers[item] = f"（{shown.rstrip('、. ')}）" if depth else shown
        number += -1 if backwards else 1
    return numbers


def _whole(written: str | None) -> int | None:
    """The number from 0 to 99 that an attribute holds, if it does."""
    written = (written or "").strip()
    return int(written) if written.isdecimal() and len(written) < 3 else None


def _numbered(number: int, kind: str, style: str) -> str:
    """A number as the `type` of a list writes it, with what parts it from the words; empty where no outline counts so (a., iv.)."""
    if _STYLED_HAN.search(style) and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (_HAN_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_HAN_DIGITS[ones] if ones or not tens else "") + "、"
    return f"{number}. " if kind == "1" and number > 0 else ""


def _beginning(element: etree._Element, most: int) -> str:
    """The first `most` characters of an element's text: of elements within elements each is asked, and all of it would be read for each."""
    read: list[str] = []
    left = most
    for piece in element.itertext():
        read.append(piece[:left])
        left -= len(read[-1])
        if left <= 0:
            break
    return "".join(read)


def _words(attributes: Any) -> frozenset[str]:
    """The words of an element's class and id, in lower case, and each name whole after a `=`."""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return _split_words(names) if len(names) > 1 else frozenset()


@lru_cache(maxsize=4096)
def _split_words(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORDS.findall(names[:300])) | frozenset(f"={name}" for name in names[:300].lower().split())


def _is_furniture(element: etree._Element, tag: str, words: frozenset[str], is_hidden: bool) -> bool:
    """Whether the markup shows surely that an element is no part of the page's article."""
    if is_hidden or tag in _FURNITURE_TAGS or not words.isdisjoint(_HIDDEN):
        return tag not in ("html", "body") and _running_text(element) < RUNNING_TEXT
    if not words.isdisjoint(_FURNITURE):
        if words & _FURNITURE == _HEADER and (not words.isdisjoint(_ARTICLE) or element.find(".//h1") is not None):
            return False  # the header of the article, with its title and date, not that of the site
        return tag not in ("html", "body") and _running_text(element) < RUNNING_TEXT
    if tag in ("table", "div") and _is_box(element):
        return True
    if tag == "table" and _holds_advert(element):
        return True
    return tag in ("ul", "ol", "dl", "div", "td", "p", "table") and (_is_link_list(element) or (tag == "table" and _is_set_in(element)))


def _holds_advert(table: etree._Element) -> bool:
    """Whether a table has one cell and holds, beside few words, a frame or a script that the address of its source names an advert."""
    frame = next(table.iter("iframe", "script", "ins"), None)
    return frame is not None and _ADVERT.search((frame.get("src") or frame.get("class") or "")[:ADDRESS_MOST]) is not None \
        and sum(1 for _ in islice(table.iter("td", "th"), 2)) == 1 and _running_text(table) <= ADVERT_MOST


def _is_set_in(table: etree._Element) -> bool:
    """Whether a table round which the text flows holds no words but those of links: an advert, as pages had them before style sheets."""
    return (table.get("align") or "").lower() in ("left", "right") and table.find(".//a[@href]") is not None \
        and len(_beginning(table, SET_IN_MOST + 1)) <= SET_IN_MOST and _running_text(table) == 0


def _is_box(element: etree._Element) -> bool:
    """Whether an element is a narrow box beside the running text, with a list of what else the site has: no picture, no sentence, several
    short lines, of which two at least have a bullet."""
    style = element.get("style", "")
    if (element.get("align", "").lower() not in ("left", "right") and not _FLOATS.search(style)) or not element.attrib:
        return False
    width = element.get("width", "") or next(iter(_WIDTH.findall(style)), "")
    if not _NARROW.fullmatch(width.strip()) or element.find(".//img") is not None:
        return False
    pieces = [piece.strip() for piece in element.itertext() if piece.strip()]
    return len(pieces) <= _BOX_LINES and sum(piece[0] in _BULLETS for piece in pieces) >= 2 \
        and all(len(piece) <= _BOX_LINE and "。" not in piece for piece in pieces)


def _is_paper_frame(element: etree._Element, style: str) -> bool:
    """Whether Word says that an element holds the comments, or what stands at the head and foot of each sheet."""
    if not style.lstrip().startswith("mso-"):
        return False
    return _COMMENTS.search(style) is not None or (_PAPER_EDGE.search(style) is not None and _running_text(element) < RUNNING_TEXT)


def _is_unbracketed(gloss: etree._Element) -> bool:
    """Whether a ruby gloss has no brackets of its own for readers without ruby."""
    ruby = gloss.getparent()
    # a gloss has its brackets beside it; to look through all of a long ruby for each of its glosses would take the square of its length
    return ruby is not None and not any(each is not None and each.tag == "rp" for each in (gloss.getprevious(), gloss.getnext()))


def _running_text(element: etree._Element) -> int:
    """Han characters of an element outside links and scripts; counted no further than the limit that they are held against."""
    count = 0
    for each in element.iter():
        if each.tag == "a" or each.tag in SILENT:
            pass
        elif each.text:
            count += len(_HAN.findall(each.text[:_LOOKED_AT]))
        if each is not element and each.tail:
            count += len(_HAN.findall(each.tail[:_LOOKED_AT]))
        if count >= RUNNING_TEXT:
            break
    return count


def _is_link_list(element: etree._Element) -> bool:
    """Whether an element is little but links: three or more, with over four fifths of its text in them."""
    if len(element) < 3 and (element.tag != "div" or not len(element) or len(element[0]) < 3):
        return False
    linked, links = 0, 0
    for link in element.iterchildren("a", "li", "dd", "dt", "p", "span", "div"):
        anchors = [link] if link.tag == "a" else link.findall("a") + link.findall("span/a")
        for anchor in anchors:
            links += 1
            linked += len("".join(anchor.itertext()).strip())
    if links < 3:
        return False
    whole = 0
    for piece in element.itertext():
        whole += len(piece) if len(piece) > _LOOKED_AT else len(piece.strip())
        if linked * 5 <= whole * 4:
            return False
    return True


_FLOATS = re.compile(r"float\s*:\s*(?:left|right)", re.I)
_WIDTH = re.compile(r"(?<![\w-])width\s*:\s*(\d+\s*px)", re.I)
# What names the source of an advert: /ad/300x250.html, /ads.js, adsbygoogle
_ADVERT = re.compile(r"(?:^|[/._-])(?:ads?|adv|adverts?|adserver|adframe|guanggao|gg)(?:[/._?-]|\d)"
                     r"|adsbygoogle|adsense|doubleclick|cpro\.baidu|pos\.baidu", re.I)
_NARROW = re.compile(r"(?:[1-9]\d|[12]\d\d|3[0-4]\d)\s*(?:px)?", re.I)
_BOX_LINES, _BOX_LINE = 24, 30
_CELL = re.compile(r"\s*[一-龥]{2,8}\s*[:：]\s*\S")
_CELLS_MOST, _BAR_MOST = 24, 240        # spans of a bar, and characters
_BULLETS = frozenset("·•●○■□◆◇▪▫►▶»›★☆")
CELL_MOST = 200  # characters in a cell of a table of figures
PROSE_CELL = 120  # ... and in one of several paragraphs


def _is_figures(table: etree._Element) -> bool:
    """Whether a table holds figures and not the page's layout: no table within, two columns and rows at least, short cells."""
    rows = columns = 0
    for each in table.iterdescendants("table", "tr", "td", "th", "h1", "h2", "ul", "form"):
        if each.tag == "tr":
            rows += 1
            columns = max(columns, sum(1 for _ in each.iterchildren("td", "th")))
        elif each.tag in ("td", "th"):
            size = 0
            for piece in each.itertext():
                size += len(piece)
                if size > CELL_MOST:
                    return False
            if size > PROSE_CELL and sum(1 for _ in each.iterdescendants("p", "br")) > 2:
                return False        # what was said, in a form on which it is recorded
        else:
            return False
    return rows >= 2 and columns >= 2
