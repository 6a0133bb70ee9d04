"""Dumps in XML: files whose records are elements, whatever they are called and however deep they stand.

The first part of a file tells what a record is: the element that holds a text and, mostly, a title beside it. Each is then cut out of the
stream and parsed by itself, as the items of a feed are: a broken one costs only itself, and no entity of the dump's own is ever expanded.
Records count from 0; a file that is one record has no number.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO, NamedTuple

from lxml import etree
from lxml.html import defs

from flows.ingest import elements, encodings, pages, records
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import Limits, Unreadable

MEDIA = "application/xml"
_LOOKED_AT = 20_000      # elements of the first part
_DEPTH = 8               # elements within one another, from the root to a text
_LEAST = 60              # characters of an element that is a text without being called one
# An XML declaration, the name of the file, or a first element called as records are; a page and a drawing are none.
_DECLARED = re.compile(rb"\s*<(?:\?xml[\s?]|(?:docs?|documents?|records?|articles?|news|rows?|items?)(?:\s[^<>]{0,400})?>)", re.I)
_FIRST = re.compile(r"<(?=[^\s<>/!?])")
_ELSE = re.compile(
    rb"<!DOCTYPE\s+(?:html|svg|plist)|<(?:html|svg|plist|opml|smil|tt|sparql|xliff|xsd:schema|xs:schema|xsl:stylesheet)[\s>:]", re.I
)
_PARAGRAPHS = frozenset({"p", "para", "paragraph", "line", "段", "段落", "自然段"})
_VALUES = ("value", "when", "content", "text", "name")      # attributes in which an empty element keeps what it says
_FIELDS = frozenset({"field", "column", "col", "str", "arr", "date", "property", "data", "cell"})  # called by an attribute
_KINDS = ("type", "kind", "leixing", "lx", "类型", "类别", "种类")       # attributes that say which day a date is: <date type="delivered">
_AT = "\x00"            # the text of the record itself, which no element can be called


class Shape(NamedTuple):
    """What a record of a dump is: the `name` of its element and that of the `root` around all, if there is one, prefixes included; whether
    it is the whole file (`alone`); the `codec` of the dump."""

    name: str
    root: str | None
    alone: bool
    codec: str


def shape(head: bytes, name: str) -> Shape | None:
    """What the records are of the file called `name` that begins with `head`; None where it is no dump."""
    head = head.removeprefix(codecs.BOM_UTF8)
    if head.lstrip()[:1] != b"<" or not (_DECLARED.match(head) or name.lower().endswith(".xml")) or _ELSE.search(head, 0, 4096):
        return None
    decoded = encodings.decode(head, pages.declared_charset(head))
    if decoded is None:
        return None
    start = _FIRST.search(decoded.text)     # nothing that a dump declares is ever parsed
    if start is None:
        return None
    try:
        around = elements.parsed(f"<dump>{decoded.text[start.start():]}</dump>")
    except Unreadable:
        return None
    found = _record_of(around)
    if found is None:
        return None
    roots = list(islice(around.iterchildren(etree.Element), 2))
    root = _written(roots[0]) if len(roots) == 1 and roots[0] is not found else None
    alone = len(roots) == 1 and roots[0] is found and decoded.text.rstrip().endswith(f"</{_written(found)}>")
    return Shape(_written(found), root, alone, decoded.encoding)


def _written(element: etree._Element) -> str:
    """The name of an element as its tags have it."""
    return (f"{element.prefix}:" if element.prefix else "") + element.tag.rpartition("}")[2]


def dump(path: str, stream: BinaryIO, shaped: Shape, limits: Limits, card: Mapping[str, str]) -> Iterator[Document | Reject]:
    """Documents of a dump, a reject for each record that cannot be read. Raises Unreadable where it is cut off."""
    written = re.escape(shaped.name.encode(shaped.codec, "replace"))
    opening = re.compile(rb"<(%s)(?:\s(?:[^<>\"']|\"[^\"<]{0,4000}\"|'[^'<]{0,4000}'){0,2000})?(?<!/)>" % written)
    end = re.compile(rb"</%s\s*>" % re.escape(shaped.root.encode(shaped.codec, "replace")) if shaped.root else b"")
    for number, (data, _) in enumerate(elements.cut_out(stream, opening, limits.line_chars, end)):
        at = path if shaped.alone else f"{path}#{number}"
        try:
            if isinstance(data, Unreadable):
                raise data
            found = encodings.decode(data, shaped.codec)
            if found is None:
                raise Unreadable("undecodable", "a record in no known encoding")
            record = _fields(elements.parsed(found.text))
        except Unreadable as problem:
            yield Reject(at, "ingest", problem.reason, problem.detail)
            continue
        columns = records.Columns(_AT, records.metadata_columns([each for each in record if each != _AT]))
        yield records.document_of(at, record, columns, MEDIA, found.encoding, found.confidence, card, limits)


def _record_of(around: etree._Element) -> etree._Element | None:
    """The first element that is a record, in what holds the first part of a dump."""
    text = next((each for each in islice(around.iter(etree.Element), _LOOKED_AT) if each is not around and _is_text(each)), None)
    if text is None:
        return None
    above = list(text.iterancestors())[:-1]
    if len(above) > _DEPTH:
        return None
    chosen = next((each for each in above if any(_is_title(other) for other in _children(each))), None)
    if chosen is None and (_is_record_itself(text) or not above):
        chosen = text
    if chosen is None or (chosen is above[-1] and len(above) > 1 and len(around) == 1):
        repeated = (each for each in above if sum(other.tag == each.tag for other in each.getparent()) > 1)
        is_whole = len(around) == 1 and around[0].tail is None
        chosen = next(repeated, above[-1] if len(above) == 1 or is_whole else above[-2])
    # records within one another cannot be cut out by their tags
    return chosen if next(chosen.iterdescendants(chosen.tag), None) is None else None


def _children(element: etree._Element) -> Iterator[etree._Element]:
    return islice(element.iterchildren(etree.Element), elements.FIELDS)


def _called(element: etree._Element) -> str:
    """What an element is called: <title>, <field name="title"> as well; and where an attribute says which day a date is, what that day
    is called."""
    name = elements.name_of(element)
    if element.get("name") and name.lower() in _FIELDS:
        return element.get("name")
    known = records.key_by_name()
    if known.get(records.plain_name(name)) != "date":
        return name
    kinds = (kind for each in _KINDS if (kind := element.get(each, "").strip()))
    forms = (form for kind in kinds for form in (f"{kind}日期", f"{kind}时间", f"{kind}{name}", kind))
    return next((form for form in forms if known.get(records.plain_name(form)) in ("date", "delivered")), name)


def _is_title(element: etree._Element) -> bool:
    return records.key_by_name().get(records.plain_name(_called(element))) == "title"


def _is_text(element: etree._Element) -> bool:
    """Whether an element holds a text: it is called so, and holds no fields but at most markup; or it is a record in words."""
    if not records.is_text_name(_called(element)):
        return _is_record_itself(element) or _is_paragraph(element)
    if any(records.is_text_name(_called(each)) or _is_title(each) for each in _children(element)):
        return False
    return bool("".join(islice(element.itertext(), 1000)).strip())


def _is_record_itself(element: etree._Element) -> bool:
    """Whether an element with attributes is a record whose words are its text: <doc id="1" title="…">…</doc>."""
    if len(element) or not element.attrib or len((element.text or "").strip()) < _LEAST:
        return False
    said = {records.key_by_name().get(records.plain_name(str(each))) for each in element.attrib}
    return not said.isdisjoint(("title", "url", "date")) or (element.get("id") is not None and records.is_text_name(_called(element)))


def _is_paragraph(element: etree._Element) -> bool:
    """Whether an element is one of the paragraphs that a record holds beside its title."""
    parent = element.getparent()
    if parent is None or elements.name_of(element).lower() not in _PARAGRAPHS:
        return False
    return any(_is_title(each) for each in _children(parent))


def _fields(record: etree._Element) -> dict[str, str]:
    """The fields of a record by their names, its text among them as `_AT`."""
    said: dict[str, str] = {str(name).rpartition("}")[2]: value for name, value in islice(record.attrib.items(), elements.FIELDS)}
    texts: dict[str, list[str]] = {}
    waiting = [record]
    while waiting:
        element = waiting.pop()
        name = _called(element)
        if element is not record and (_is_text(element) or name.lower() in _PARAGRAPHS):
            texts.setdefault("p" if name.lower() in _PARAGRAPHS else name, []).append(_text(element))
        elif len(element):
            waiting += reversed(list(element.iterchildren(etree.Element)))
        elif element is not record:
            value = (element.text or "").strip() or next((element.get(each, "") for each in _VALUES if element.get(each)), "")
            if value:       # <author><name>
                parent = element.getparent()
                said.setdefault(_called(parent) if name == "name" and parent is not record else name, value)
                for beside, told in element.attrib.items() if element.text else ():     # <speaker title="…">
                    called = str(beside).rpartition("}")[2]
                    said.setdefault(called if _is_office(name, called) else f"{name}.{called}", told)
    if not texts and not len(record):
        texts = {_AT: [_text(record)]}
    longest = max(texts.values(), key=lambda each: sum(map(len, each)), default=[])
    return {**said, _AT: _joined(longest)}


def _is_office(name: str, beside: str) -> bool:
    """Whether the attribute `beside` of the element called `name` tells the office of a speaker: <zhujiang zhiwu="局长">."""
    known = records.key_by_name()
    return known.get(records.plain_name(name)) == "speaker" and known.get(records.plain_name(beside)) == "role"


def _joined(texts: list[str]) -> str:
    if len(texts) > 1 and any(each.startswith("<body>") for each in texts):
        return "".join(each if each.startswith("<body>") else f"<p>{each}</p>" for each in texts)
    return "\n".join(texts)


def _text(element: etree._Element) -> str:
    """The text of an element as it stands, or as a page where it holds elements: those that HTML does not know are paragraphs."""
    mixed: dict[etree._Element, bool] = {}      # whether words stand between the elements that one holds
    for each in list(element.iterdescendants(etree.Element)):
        name = elements.name_of(each)
        if name.lower() in defs.tags and name.lower() not in ("html", "body", "head", "title"):
            continue
        if any(elements.name_of(other) == "p" for other in each.iterancestors() if other is not element):
            each.tag = "span"
        elif len(each):
            each.tag = "div"
        else:
            parent = each.getparent()
            if parent not in mixed:
                mixed[parent] = any((words or "").strip() for words in (parent.text, *(other.tail for other in parent)))
            each.tag = "span" if mixed[parent] else "p"
    return elements.text_of(element)
