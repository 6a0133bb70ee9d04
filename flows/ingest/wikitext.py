"""Wikitext: the source of a page of a wiki, as it stands in MediaWiki's dumps and in files copied from its edit box.

The raw text stays as it is; what a reader of the page would not see of it is marked as deleted, headings are marked as such, and the
template above a work tells its title, who spoke and when.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flows.ingest.documents import Mark

_LEXICON = Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "wikitext.toml"
_LOOKED_AT = 100_000    # characters by which wikitext is told
_TOKENS, _DEPTH = 20_000, 20    # brackets of one text that are read, and those within one another
_LONGEST_VALUE = 2_000
_CATEGORY = re.compile(r"\[\[ ?:?(?:category|file|image|分[类類]|文件|[檔档]案|[图圖]像) ?:[^\[\]\n]{1,200}", re.IGNORECASE)
_PIPED = re.compile(r"\[\[[^\[\]{}|\n]{1,120}\|[^\[\]{}|\n]{1,120}\]\]")
_LINK = re.compile(r"\[\[[^\[\]{}|\n]{1,120}\]\]")
_FIELDS = re.compile(r"^\{\{[^{}|\n]{1,40}(?:\n[ \t]*)?\|[ \t]*[^={}|\n]{1,30}=", re.MULTILINE)
_REFERENCE = re.compile(r"<ref(?:\s[^<>]{0,200})?>|<references\b[^<>]{0,80}>", re.IGNORECASE)
_HEADING = re.compile(r"^(={2,6})(?!=)[ \t]*(\S(?:[^\n]{0,118}?[^\s=])?)[ \t]*\1[ \t]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!')'{3}(?!')([^'\n]{1,200})'{3}(?!')")
_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_SEPARATOR = re.compile(r"\{\{|\}\}|\[\[|\]\]|\|")
_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,20000}?-->", re.DOTALL)
_QUOTES = re.compile(r"'{5}|'{2,3}(?!')")
_LINE_MARK = re.compile(r"^(?:[*#]+[*#:;]*[ \t]*|[:;]+[:;*#]*)(?=\S)|^-{4,}[ \t]*$|^(?:\{\||\|\}|\|-).*$", re.MULTILINE)
_MAGIC = re.compile(r"__[A-Z]{3,20}__")
_VARIANT = re.compile(r"-\{(?:([A-Za-z-]{1,7})\|)?([^{}\n]{0,400})\}-")
_OUTER_LINK = re.compile(r"\[(?:https?:)?//[^\s\[\]]{1,500}(?: ([^\[\]\n]{0,200}))?\]")
_NAMESPACE = re.compile(r":?[ \t]*([^:|\[\]{}\n]{1,20}?)[ \t]*:")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8})?|[a-z]{4,12}")
_VALUE = re.compile(r"\s*([^=|{}\[\]<>\n]{1,40}?)\s*=(?!=)")
_HAN = re.compile("[\u3400-\u9fff]")
_PRINTED = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_SPELT = str.maketrans("", "", " _\u3000")
_HEADER_KEYS = ("title", "speaker", "role", "source", "url", "place", "occasion")
_NUMBER = re.compile(r"\d{1,4}")


class Page(NamedTuple):
    """What the markup of a page says: `metadata` by the names of Document.metadata, and `layout`, marks on the text in order of start."""

    metadata: dict[str, str]
    layout: tuple[Mark, ...]


class _Found(NamedTuple):
    start: int
    end: int
    parts: list[tuple[int, int]]        # what stands between its bars


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(_LEXICON.read_text(encoding="utf-8"))


@cache
def _names(table: str, key: str) -> frozenset[str]:
    words = _lexicon()[table][key] if table else _lexicon()[key]
    return frozenset(map(_plain_name, words))


def _plain_name(name: str) -> str:
    return name.translate(_SPELT).lower()


def is_wikitext(text: str) -> bool:
    """Whether a text is surely wikitext: it holds two kinds of signs, one of them such as nothing else has. Notes in Markdown know
    [[links]], templates of programs {{ names }}, and lines of = stand under headings anywhere."""
    # one sign is found at the speed of memory, two are not
    if not any(sign[0] in text and sign in text for sign in ("[[", "{{", "<ref")):
        return False
    head = text[:_LOOKED_AT]
    own = sum(sign.search(head) is not None for sign in (_CATEGORY, _PIPED, _FIELDS, _REFERENCE))
    shared = sum(sign.search(head) is not None for sign in (_LINK, _HEADING, _EMPHASIS)) if own else 0
    return own > 1 or (own == 1 and shared > 0)


def page(text: str) -> Page:
    """What the markup of `text`, which is wikitext, says of it."""
    found = list(_brackets(text))
    hidden: list[tuple[int, int]] = []      # what a reader does not see
    marks: list[Mark] = []
    metadata: dict[str, str] = {}
    for one in found:
        if text.startswith("[[", one.start):
            hidden += _of_link(text, one)
        elif not metadata and (told := _header(text, one)):
            metadata, shown = told
            hidden += _around([(one.start, one.end)], shown)
            marks += [Mark(start, end, "furniture") for start, end in shown]
        else:
            hidden += _of_template(text, one)
    hidden += [match.span() for sign in (_COMMENT, *_silent()) if sign is not None for match in sign.finditer(text)]
    hidden += [match.span() for sign in (_QUOTES, _LINE_MARK, _MAGIC) for match in sign.finditer(text)]
    for match in _VARIANT.finditer(text):
        hidden += _around([match.span()], _variant(match))
    for match in _OUTER_LINK.finditer(text):
        hidden += _around([match.span()], [match.span(1)] if match[1] else [])
    merged = _merged(hidden)
    for match in _HEADING.finditer(text):
        merged += [(match.start(), match.start(2)), (match.end(2), match.end())]
        marks.append(Mark(*match.span(2), "heading", len(match[1])))
    marks += [Mark(*match.span(1), "bold") for match in _EMPHASIS.finditer(text)]
    marks += [Mark(start, end, "furniture") for start, end in _apart(text)]
    marks += [Mark(start, end, "deleted") for start, end in _merged(merged)]
    return Page(metadata, tuple(sorted(marks)))


def plain(text: str) -> str:
    """`text` as a reader of the page sees it, without its furniture."""
    kept, at = [], 0
    for mark in page(text).layout:
        if mark.kind in ("deleted", "furniture") and mark.end > at:
            kept.append(text[at:max(at, mark.start)])
            at = mark.end
    return "".join([*kept, text[at:]])


def _brackets(text: str) -> Iterator[_Found]:
    """Templates and links of `text`, in order of their ends, those within others too; without partner a bracket is none."""
    open_at: list[tuple[str, int]] = []
    for count, token in enumerate(_TOKEN.finditer(text)):
        if count == _TOKENS:
            return
        if token[0] in ("{{", "[["):
            if len(open_at) == _DEPTH:
                del open_at[0]
            open_at.append((token[0], token.start()))
        elif open_at:
            opening = "{{" if token[0] == "}}" else "[["
            while open_at and open_at[-1][0] != opening:
                open_at.pop()
            if open_at:
                start = open_at.pop()[1]
                yield _Found(start, token.end(), _parts(text, start + 2, token.start()))


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between the bars of a template or a link that are its own."""
    parts, depth, at = [], 0, start
    for match in _SEPARATOR.finditer(text, start, end):
        if match[0] == "|":
            if not depth:
                parts.append((at, match.start()))
                at = match.end()
        else:
            depth += 1 if match[0] in ("{{", "[[") else -1
    return [*parts, (at, end)]


def _of_link(text: str, link: _Found) -> list[tuple[int, int]]:
    """What is not seen of a link: all but its words, and of a picture or a category everything."""
    target = text[slice(*link.parts[0])]
    space = _NAMESPACE.match(target)
    whole = [(link.start, link.end)]
    if space and not target.startswith(":"):
        if _plain_name(space[1]) in _names("", "silent_namespaces"):
            return whole
        if len(link.parts) == 1 and _LANGUAGE.fullmatch(space[1]) and _is_alone(text, link):
            return whole        # the same page in another language
    shown = link.parts[-1] if len(link.parts) > 1 else (link.parts[0][0] + (space.end() if space else 0), link.parts[0][1])
    return _around(whole, [shown])


def _of_template(text: str, template: _Found) -> list[tuple[int, int]]:
    """What is not seen of a template: everything, but for the value that one within a line shows, or one whose name tells that it does."""
    whole = [(template.start, template.end)]
    name = _plain_name(text[slice(*template.parts[0])].strip())
    values = [part for part in template.parts[1:] if not _VALUE.match(text, *part)]
    alone = _is_alone(text, template)
    if not values or name in _names("templates", "notes") or (alone and name not in _names("templates", "shown")):
        return whole
    shown = values[0] if _HAN.search(text, *values[0]) else values[-1]
    return _around(whole, [shown] if _HAN.search(text, *shown) or not alone else [])


def _is_alone(text: str, found: _Found) -> bool:
    """Whether nothing but other templates and links stands in the lines of a template or a link."""
    before = text[text.rfind("\n", 0, found.start) + 1:found.start].strip()
    stop = text.find("\n", found.end)
    behind = text[found.end:stop if stop >= 0 else len(text)].strip()
    return (not before or before.endswith(("}}", "]]"))) and (not behind or behind.startswith(("{{", "[[", "<")))


def _header(text: str, template: _Found) -> tuple[dict[str, str], list[tuple[int, int]]] | None:
    """What the template above a work says of it, and the spans of its notes; None where a template is none."""
    said: dict[str, tuple[int, int]] = {}
    for part in template.parts[1:]:
        if (key := _VALUE.match(text, *part)) and (value := _PRINTED.search(text, key.end(), part[1])):
            said.setdefault(_plain_name(key[1]), value.span())

    def of(key: str) -> str:
        return next((words for name in _lexicon()["header"][key] if (span := said.get(_plain_name(name)))
                     and (words := " ".join(_bare(text[slice(*span)]).split())[:_LONGEST_VALUE])), "")

    is_named = _plain_name(text[slice(*template.parts[0])].strip()) in _names("header", "names")
    if not is_named and not (of("title") and not said.keys().isdisjoint(_names("header", "beside"))):
        return None
    year, month, day = (found[0] if (found := _NUMBER.search(of(key))) else "" for key in ("year", "month", "day"))
    told = f"{year}年" + (f"{month}月" + (f"{day}日" if day else "") if month else "") if year else ""
    metadata = {key: of(key) for key in _HEADER_KEYS} | {"delivered": of("date") or told}
    metadata = {key: value for key, value in metadata.items() if value}
    notes = [said[name] for name in said if name in _names("header", "notes")]
    return metadata, [(start, _end_of_note(text, start, end, metadata.get("title", ""))) for start, end in notes]


def _end_of_note(text: str, start: int, end: int, title: str) -> int:
    """Where a note ends that is read as a line of the head: one that begins with the day has no stop there, and where the title says at
    what the work was spoken the note need only say by whom (1964年11月3日书记某某在某会上的讲话。)."""
    if not text[start].isdigit() or text.find("。", start, end - 1) >= 0:
        return end
    at = text.find("在", start, end) if "在" in title else -1
    return at if at > start else end - text.endswith("。", start, end)


def _bare(value: str) -> str:
    """A value of a template without markup of its own."""
    return plain(value).strip() if "[[" in value or "{{" in value or "''" in value or "<" in value else value.strip()


@cache
def _silent() -> tuple[re.Pattern[str], ...]:
    """Elements of which nothing is seen, and tags of those of which only the tags are none."""
    silent, bare = ("|".join(map(re.escape, _lexicon()["tags"][key])) for key in ("silent", "bare"))
    return (re.compile(rf"<({silent})(?:\s[^<>]{{0,300}})?(?<!/)>(?:(?!<\1[\s>]).){{0,4000}}?</\1\s*>", re.DOTALL | re.IGNORECASE),
            re.compile(rf"</?(?:{bare})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE))


def _variant(match: re.Match[str]) -> list[tuple[int, int]]:
    """What is seen of words that a page has for several regions: -{zh-hans:计算机;zh-hant:電腦}-."""
    if match[1] and match[1].upper() in ("T", "H", "-", "D"):
        return []
    at, spans = match.start(2), []
    for form in match[2].split(";"):
        name, colon, _ = form.partition(":")
        if colon and name.strip().lower().startswith("zh"):
            spans.append((name.strip().lower(), (at + len(name) + 1, at + len(form))))
        at += len(form) + 1
    simplified = (span for wanted in ("zh-hans", "zh-cn") for name, span in spans if name == wanted)
    return [next(simplified, spans[0][1] if spans else match.span(2))]


def _apart(text: str) -> list[tuple[int, int]]:
    """The parts of a page that are not the work's, from their headings to the next one that is not below them."""
    headings = list(_HEADING.finditer(text))
    names = _names("headings", "apart")
    found = []
    for number, match in enumerate(headings):
        if _plain_name(match[2]) in names:
            end = next((other.start() for other in headings[number + 1:] if len(other[1]) <= len(match[1])), len(text))
            found.append((match.start(), end))
    return found


def _around(whole: Sequence[tuple[int, int]], shown: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of spans without those of `shown`, in order."""
    left = []
    for start, end in whole:
        for low, high in sorted(shown):
            left.append((start, low))
            start = high
        left.append((start, end))
    return [(start, end) for start, end in left if start < end]


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif end > start:
            merged.append((start, end))
    return merged


def read(text: str, metadata: Mapping[str, str]) -> tuple[dict[str, str], tuple[Mark, ...]]:
    """`metadata` with what the markup of `text`, which is wikitext, adds to it, and the layout that it shows."""
    said = page(text)
    return said.metadata | dict(metadata), said.layout
