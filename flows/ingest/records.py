"""Records: the rows of CSV, JSON lines, JSON, Parquet and Excel files, each a document, streamed and never loaded whole.

A record's number counts from 0: rows after the header in CSV and Excel, rows in Parquet and JSON, and lines in JSON lines (an empty line
has a number too, so that every part of a file can be numbered without reading the parts before it as JSON).
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import html
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise
from pathlib import Path
from statistics import median_low
from typing import Any, BinaryIO, NamedTuple

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from flows.ingest import encodings, pages, wikitext
from flows.ingest.documents import Document, Mark, Reject
from flows.ingest.limits import MEBIBYTE, Limits, Unreadable, read_all

COLUMNS = Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "record_columns.toml"
PART_BYTES = 32 * MEBIBYTE
SAMPLE_ROWS = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONG_TEXT = 40  # characters from which an unnamed column of texts is taken for the text
DEPTH = 4  # records within records that are looked into
FIELDS = 200  # fields of a record that are looked at, those within others among them
_NAME_NOISE = re.compile(r"[\s_\-.·:：]+")
_RANKED_KIND = re.compile(r"([^\W\d_]+)[-_ ]?([1-6]|one|two|three|four|five|six)")    # h2, heading_2, header-two
_SURROGATE = re.compile("[\ud800-\udfff]")
# what was escaped twice: \\n as two characters; before small letters it is a path or a formula (C:\\news)
_WRITTEN_BREAK = re.compile(r"(?:\\{1,2}r)?\\{1,2}n(?![a-z]{2})|\\{1,2}r(?![a-z]{2})")
_WRITTEN_TAB = re.compile(r"\\{1,2}t(?![a-z]{2})")
BREAKS_WRITTEN = 2  # so many in a text, and eight times as many as real line ends, are line ends
_OFFICE_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376, 22.9.2.19: how Office writes what XML cannot hold
_WRITTEN_TAG = re.compile(r"&lt;(?:p|div|br|span|section|table)\b[^<>]{0,300}?&gt;", re.IGNORECASE)
NESTED_MOST = 200
"""Levels of JSON; the parser keeps the path to each, which grows with the square of the depth."""
_TOO_DEEP = re.compile(rb'(?:[\[{]\s{0,8}(?:"[^"\\]{0,64}"\s{0,8}:\s{0,8})?){%d}' % NESTED_MOST)
PASTED_ROWS = 2000      # from so many rows on, a column of cells is a table
PASTED_CELL = 2000      # characters of a cell that is more than a paragraph
PASTED_LEAST = 4        # paragraphs of a text that was pasted
PASTED_HEAD = 10        # rows in which it greets its hearers
_GREETED = re.compile(r"[^。！？；：:]{2,80}[：:]")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")

csv.field_size_limit(256 * MEBIBYTE)


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(COLUMNS.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _column_names() -> dict[str, list[str]]:
    return {key: names for key, names in _lexicon().items() if key not in ("nouns", "blocks")}


@lru_cache(maxsize=1)
def _all_names() -> frozenset[str]:
    return frozenset(name for names in _column_names().values() for name in names)


@lru_cache(maxsize=1)
def _blocks() -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in _lexicon()["blocks"].items()}


@lru_cache(maxsize=1)
def key_by_name() -> dict[str, str]:
    """{a column's plain name: the key of the metadata that it holds}."""
    return {spelling: key for key, spellings in _column_names().items() if key != "text" for spelling in spellings}


def is_text_name(name: str) -> bool:
    """Whether a column of this name holds the text of a record."""
    return plain_name(name) in _column_names()["text"]


def plain_name(name: str) -> str:
    """The name of a column as names are compared: without case, spaces, hyphens, underscores and dots."""
    return _NAME_NOISE.sub("", name).strip("\ufeff").lower()


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds the text, and which hold what the record says of it: {key of the metadata: column}."""

    text: str
    metadata: dict[str, str]


def columns_of(names: Sequence[str], sample: Sequence[Mapping[str, Any]], wanted: str | None) -> Columns:
    """Find the columns by name, else the text by length. `sample`: some records. Raises Unreadable("no_text_column").

    A wanted name must be there; a column named like a text that holds none gives way to the next one. Records without a text by name say
    nothing of those that have one.
    """
    by_plain = _byplain_name(names)
    known = _column_names()
    named = [by_plain[name] for name in known["text"] if name in by_plain]
    sample = [each for each in sample if any(isinstance(each.get(name), str) and each[name].strip() for name in named)] or sample
    lengths = {name: _length(name, sample) for name in names}
    if wanted is not None:
        if wanted not in names:
            raise Unreadable("no_text_column", f"no column {wanted!r}; there are: {', '.join(map(str, names))[:300]}")
        text: str | None = wanted
    else:
        candidates = [name for name in named if any(isinstance(each.get(name), str) and each[name] for each in sample)]
        longest = max(names, key=lambda name: lengths[name], default=None)
        text = candidates[0] if candidates else None
        if longest is not None and lengths[longest] >= LONG_TEXT and (text is None or lengths[longest] > 8 * lengths[text]):
            text = longest  # `content` may be a summary beside `full`
    if text is None:
        raise Unreadable("no_text_column", f"no column holds text; there are: {', '.join(map(str, names))[:300]}")
    return Columns(text, metadata_columns([name for name in names if name != text]))


def _byplain_name(names: Sequence[str]) -> dict[str, str]:
    """{plain name: column}; one that is on no list also goes without the noun before it. 讲话时间 is on one, and no 时间 of a page."""
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(plain_name(name), name)
    for name in names:
        plain = plain_name(name)
        if plain not in _all_names():
            for noun in _lexicon()["nouns"]:
                if plain.startswith(noun) and len(plain) > len(noun):
                    by_plain.setdefault(plain.removeprefix(noun), name)
    return by_plain


def metadata_columns(names: Sequence[str]) -> dict[str, str]:
    """{key of the metadata: the name among `names` that says it best}, by the order of the lists, not by that of the names."""
    by_plain = _byplain_name(names)
    found = {}
    for key, spellings in _column_names().items():
        column = next((by_plain[spelling] for spelling in spellings if spelling in by_plain), None) if key != "text" else None
        if column is not None:
            found[key] = column
    return found


class Choice:
    """Which columns are read of records that need not have the same: those told from the first records, and of a record that has no text
    there its own. What one record is like changes nothing for another."""

    def __init__(self, sample: Sequence[Mapping[str, Any]], wanted: str | None) -> None:
        self._wanted = wanted
        self._common: Columns | None = None
        with contextlib.suppress(Unreadable):
            self._common = columns_of(list(dict.fromkeys(name for record in sample for name in record)), sample, wanted)

    def of(self, record: Mapping[str, Any]) -> Columns:
        """The columns of a record. Raises Unreadable("no_text_column")."""
        if self._common is not None and isinstance(record.get(self._common.text), str):
            return self._common
        return columns_of(list(record), [record], self._wanted)


def _length(name: str, sample: Sequence[Mapping[str, Any]]) -> int:
    """How long the texts of a column are, for most records: one as long as all others together says nothing of these."""
    return median_low([len(value) if isinstance(value := record.get(name), str) else 0 for record in sample] or [0])


def document_of(
    path: str,
    record: Mapping[str, Any],
    columns: Columns,
    media_type: str,
    encoding: str | None,
    confidence: float | None,
    card: Mapping[str, str],
    limits: Limits,
) -> Document | Reject:
    """One record as a document; a record without text is a reject."""
    value = record.get(columns.text)
    if value != value:
        value = None  # not a number: how programs write that there is nothing
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "\n".join(value)  # crawlers keep paragraphs apart
    if value is not None and not isinstance(value, str):
        if isinstance(value, (dict, list, bytes)):
            return Reject(path, "ingest", "bad_record", f"{columns.text!r} holds no text")
        value = str(value)
    if value and len(value) > limits.document_bytes:
        return Reject(path, "ingest", "too_large", f"a text of {len(value)} characters")
    metadata = {}
    for key, column in columns.metadata.items():
        said = record.get(column)
        if isinstance(said, list) and said and all(isinstance(each, str) for each in said):
            said = "、".join(said)
        if said is not None and said == said and not isinstance(said, (dict, list, bytes)) and str(said).strip():
            metadata[key] = whole_characters(str(said).strip())[:2000]
    text = whole_characters(value) if value else value
    size = len(text.encode(encoding.replace("-sig", "") if encoding else "utf-8", "replace")) if text else 0
    return _made(path, text, columns.text, metadata, media_type, encoding, confidence, size, card)


def _made(
    path: str,
    text: str | None,
    column: str,
    metadata: dict[str, str],
    media_type: str,
    encoding: str | None,
    confidence: float | None,
    size: int | None,
    card: Mapping[str, str],
) -> Document | Reject:
    if not text:
        return Reject(path, "ingest", "empty", f"the record has no text in {column!r}")
    text = unescaped(text)
    if _WRITTEN_TAG.search(text) and "<" not in text:
        text = html.unescape(text)          # markup that was escaped once more on its way
    layout: tuple[Mark, ...] = ()
    if size is None:
        size = len(text.encode("utf-8"))
    if wikitext.is_wikitext(text) and not pages.is_page(text):
        metadata, layout = wikitext.read(text, metadata)
    elif "<" in text and (pages.is_page(text) or pages.is_fragment(text)):
        try:
            page = pages.page(text)
        except Unreadable as problem:
            return Reject(path, "ingest", problem.reason, problem.detail)
        if not page.text:
            return Reject(path, "ingest", "empty", f"{column!r} holds markup without text")
        text, layout = page.text, page.layout
        metadata = page.metadata | metadata
    return Document(path, media_type, encoding, size, text, confidence, {**card, **metadata}, layout)


def unescaped(text: str) -> str:
    """`text` without the escapes of a program that wrote it for another one: Office's _x000D_, and line ends written as \\\\n.

    A backslash in a text that has line ends of its own is one, and so is a single one.
    """
    if "_x" in text:
        text = whole_characters(_OFFICE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)).replace("\r\r\n", "\r\n")
    if "\\" in text:
        written = len(_WRITTEN_BREAK.findall(text))
        if written >= BREAKS_WRITTEN and text.count("\n") * 8 <= written:
            text = _WRITTEN_TAB.sub("\t", _WRITTEN_BREAK.sub("\n", text))
    return text


def whole_characters(text: str) -> str:
    """`text` with lone surrogates, which no UTF-8 can hold, made U+FFFD; pairs of them are joined."""
    try:
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return _SURROGATE.sub("\ufffd", joined)


# --- records within records ----------------------------------------------------------------------------------------------------------


def opened(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose text lies deeper (in a record within, in a list of blocks), laid open: its own fields and those within, by name.

    A list of blocks becomes the page that it would make, so that headings and captions keep their marks, and a talk with a program the
    longest turn in it. Of a record that has a text by name, only what is said of it is laid open (the name and the office in `speaker`).
    """
    texts = _column_names()["text"]
    if not any(isinstance(value, (dict, list)) for value in record.values()):
        return record
    if any(isinstance(value, str) and value.strip() and plain_name(name) in texts for name, value in record.items()):
        return _named_within(record)
    fields: dict[str, Any] = {}
    _lay_open(record, "", fields, 0)
    return _named_within(record) | fields


def _named_within(record: dict[str, Any]) -> dict[str, Any]:
    """A record with what its fields say of it that are records themselves, or lists of them: the name of who or what each is, in its place,
    and whatever else it says behind the name of the field (speaker.position)."""
    found = record
    for name, value in list(record.items())[:FIELDS]:
        if not isinstance(value, (dict, list)) or key_by_name().get(plain_name(name)) is None:
            continue
        held = value if isinstance(value, list) else [value]
        if not held or len(held) > SAMPLE_ROWS or not all(isinstance(each, dict) for each in held):
            continue
        found = dict(found)
        called = [next((each[inner] for inner in _blocks()["called"] if isinstance(each.get(inner), str) and each[inner].strip()), None)
                  for each in held]
        if all(called):
            found[name] = "、".join(filter(None, called))
        else:
            del found[name]
        for inner, said in held[0].items():
            if len(held) == 1 and isinstance(said, str):
                found.setdefault(f"{name}.{inner}", said)
    return found


def _lay_open(record: Mapping[str, Any], within: str, fields: dict[str, Any], depth: int) -> None:
    texts, beside = _column_names()["text"], _blocks()["beside"]
    inner: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in record.items():
        plain = plain_name(name)
        if plain in beside or len(fields) >= FIELDS:
            continue
        if isinstance(value, dict):
            inner.append((name, value))
        elif isinstance(value, list):
            if plain in texts and value and all(isinstance(each, str) for each in value):
                fields.setdefault(name, "\n".join(value))
            elif said := _longest_turn(value):
                fields.setdefault("text", said)
            elif is_blocks(value) or (plain in texts and _are_texts(value)):
                fields.setdefault(name, page_of(value))
        elif isinstance(value, str):
            fields.setdefault(name, value)
            if within:
                fields.setdefault(f"{within}.{name}", value)
    if depth < DEPTH:
        for name, value in inner:  # what lies less deep comes first
            _lay_open(value, name, fields, depth + 1)


def is_blocks(value: list[Any]) -> bool:
    """Whether a list is a text in blocks: each says of which kind it is, and one at least is text.

    What has a title or a date of its own is a record.
    """
    blocks = [each for each in value if isinstance(each, dict)]
    names = {plain_name(name) for block in blocks[:SAMPLE_ROWS] for name in block}
    strings = sum(isinstance(each, str) for each in value)
    if not blocks or len(blocks) + strings < len(value) or any(key_by_name().get(name) in ("title", "date", "delivered") for name in names):
        return False
    kinds = [_kind(block) for block in blocks]
    return None not in kinds and any(
        kind is not None and (kind in _blocks()["text_kinds"] or _level(block, kind)) and _held(block) is not None
        for kind, block in zip(kinds, blocks)
    )


def _longest_turn(value: list[Any]) -> str | None:
    """The longest that somebody says in a talk of a person and a program, each turn of it with who speaks; None for what is none."""
    words = _blocks()
    said: list[str] = []
    for turn in value:
        who = next((turn[name] for name in words["turns"] if isinstance(turn.get(name), str)), None) if isinstance(turn, dict) else None
        if who is None or who.lower() not in words["talkers"]:
            return None
        held = _held(turn)
        if isinstance(held, list) and is_blocks(held):
            held = page_of(held)
        said += [held] if isinstance(held, str) else []
    return max(said, key=len, default=None)


def _are_texts(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(each, str) or (isinstance(each, dict) and _held(each) is not None) for each in value)


def _kind(block: Mapping[str, Any]) -> str | None:
    """What a block says of its kind, in lower case."""
    for name in _blocks()["kinds"]:
        if isinstance(kind := block.get(name), str) and 0 < len(kind) <= 20:
            return kind.lower()
    return None


def _level(block: Mapping[str, Any], kind: str) -> int | None:
    """The level of a heading within a page, 2–6: as its kind ends (heading_2, header-two), or as a field says beside its words (level: 2);
    3 where none does. None for what is no heading."""
    ranked = _RANKED_KIND.fullmatch(kind)
    if (ranked[1] if ranked else kind) not in _blocks()["headings"]:
        return None
    if ranked:
        return max(_blocks()["ranks"].index(ranked[2]) % 6 + 1, 2)
    said = [held["level"] for held in (block, *block.values()) if isinstance(held, dict) and isinstance(held.get("level"), int)]
    return min(max(said[0], 2), 6) if said else 3


def _held(block: Mapping[str, Any]) -> Any:
    """What a block holds: its text, or the runs and blocks within it."""
    kind = _kind(block)
    for name in _blocks()["texts"]:
        held = block.get(name)
        if isinstance(held, (str, list, dict)) and held and held != kind:
            return held
    return None


def page_of(blocks: list[Any], depth: int = 0) -> str:
    """Blocks as a page: a paragraph each, captions as such. Adverts and cards are left out, as are the other fields of a record."""
    words, pieces = _blocks(), []
    for block in blocks:
        kind = _kind(block) if isinstance(block, dict) else None
        held = _held(block) if isinstance(block, dict) else block
        if kind in words["pictures"]:
            caption = next((block[name] for name in words["captions"] if isinstance(block.get(name), str)), "")
            pieces.append(f"<figcaption>{_as_markup(caption)}</figcaption>" if caption else "")
        elif kind in words["adverts"] + words["furniture"]:
            continue
        elif isinstance(held, list) and depth < DEPTH and any(isinstance(each, dict) and isinstance(_held(each), list) for each in held):
            pieces.append(page_of(held, depth + 1))
        else:
            level = _level(block, kind) if isinstance(block, dict) and kind else None
            tag = f"h{level}" if level else "p"
            pieces.append(f"<{tag}>{_runs(held, depth)}</{tag}>")
    return "".join(pieces)


def _runs(held: Any, depth: int) -> str:
    """The text of the runs that make up one block."""
    if isinstance(held, str):
        return _as_markup(held)
    if depth > 2 * DEPTH:
        return ""
    if isinstance(held, list):
        return "".join(_runs(each, depth + 1) for each in held)
    if isinstance(held, dict):
        return "" if _kind(held) in _blocks()["pictures"] + _blocks()["adverts"] else _runs(_held(held), depth + 1)
    return ""


def _as_markup(text: str) -> str:
    return text if _TAG.search(text) else text.replace("<", "&lt;").replace("\n", "<br>")


# --- JSON lines --------------------------------------------------------------------------------------------------------------------


def json_lines(
    path: str,
    stream: BinaryIO,
    head: bytes,
    limits: Limits,
    text_column: str | None,
    card: Mapping[str, str],
    start: int = 0,
    end: int | None = None,
    first: int = 0,
) -> Iterator[Document | Reject]:
    """Documents of a JSON-lines stream that stands at `start`, up to the line that begins at or after `end`.

    head: the beginning of the whole, from which the columns are told. first: the number of the first line. A line that is no JSON object,
    or longer than limits.line_chars, is a reject of its own.
    """
    number, position, codec = first - 1, start, None
    choice = Choice(_first_records(head), text_column)
    while end is None or position < end:
        line = stream.readline(limits.line_chars + 1)
        if not line:
            break
        position += len(line)
        number += 1
        at = f"{path}#{number}"
        if len(line) > limits.line_chars and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(MEBIBYTE)
                position += len(line)
            yield Reject(at, "ingest", "too_large", f"a line of more than {limits.line_chars} bytes")
            continue
        if not line.strip():
            continue
        try:
            value, codec, confidence = _value_of(line, codec)
            record = _record_of(value)
            columns = choice.of(record)
        except Unreadable as problem:
            yield Reject(at, "ingest", problem.reason, problem.detail)
            continue
        yield document_of(at, record, columns, "application/x-ndjson", codec, confidence, card, limits)


def _value_of(data: bytes, codec: str | None) -> tuple[Any, str, float]:
    """The JSON value in `data`, the encoding and how surely it is that one. `codec`: that of the value before. Raises Unreadable."""
    try:
        return orjson.loads(data), "utf-8", 1.0
    except orjson.JSONDecodeError:
        decoded = encodings.decode(data.removeprefix(codecs.BOM_UTF8), codec)
    if decoded is None:
        raise Unreadable("undecodable", "a record in no known encoding")
    try:
        return _loads(decoded.text), decoded.encoding, decoded.confidence
    except (ValueError, RecursionError) as problem:
        raise Unreadable("bad_record", f"no JSON: {problem}"[:300]) from None


def _loads(text: str) -> Any:
    """A JSON value. A whole number of more digits than Python reads stays as it is spelt."""
    return json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 1000 else digits)


def _record_of(value: Any) -> dict[str, Any]:
    """A JSON value as a record, laid open. Raises Unreadable where it is none."""
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        raise Unreadable("bad_record", f"a JSON {type(value).__name__}, not an object")
    return opened(value)


def _first_records(head: bytes) -> list[dict[str, Any]]:
    """The first records of JSON lines, as far as they stand in `head`."""
    found: list[dict[str, Any]] = []
    for line in head.split(b"\n", 2 * SAMPLE_ROWS)[: 2 * SAMPLE_ROWS]:
        with contextlib.suppress(Unreadable):
            found.append(_record_of(_value_of(line, None)[0]))
    return found[:SAMPLE_ROWS]


def is_json_lines(head: bytes) -> bool:
    """Whether a JSON file is one of lines: its first line is a whole value and another begins after it."""
    line, feed, rest = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not feed:
        return False
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return isinstance(value, dict) and rest.lstrip()[:1] in (b"{", b"")


def line_parts(size: int) -> int:
    """Into how many parts a JSON-lines file of `size` bytes is read."""
    return max(1, -(-size // PART_BYTES))


def json_lines_part(
    path: str, stream: BinaryIO, head: bytes, size: int, part: int, limits: Limits, text_column: str | None, card: Mapping[str, str]
) -> Iterator[Document | Reject]:
    """The records whose lines begin in the `part`-th of line_parts(size) equal ranges of bytes."""
    count = line_parts(size)
    start, end = size * part // count, size * (part + 1) // count
    first = 0
    if part:
        left = start
        last = b""
        while left:
            piece = stream.read(min(left, 4 * MEBIBYTE))
            if not piece:
                break
            first += piece.count(b"\n")
            left -= len(piece)
            last = piece[-1:]
        if last != b"\n":  # a line that began before belongs to the part before
            while skipped := stream.readline(MEBIBYTE):
                start += len(skipped)
                if skipped.endswith(b"\n"):
                    first += 1
                    break
    yield from json_lines(path, stream, head, limits, text_column, card, start, end, first)


# --- JSON --------------------------------------------------------------------------------------------------------------------------


def json_file(
    path: str, stream: BinaryIO, head: bytes, limits: Limits, text_column: str | None, card: Mapping[str, str]
) -> Iterator[Document | Reject]:
    """Documents of a JSON file: an array is streamed; an object is a record, or holds records in one of its values."""
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if begins == b"[" and not head.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)) and _is_utf8(head):
        yield from _each(path, _array(stream, limits), limits, text_column, card)
        return
    data = read_all(stream, limits.document_bytes)
    decoded = encodings.decode(data)
    if decoded is None:
        raise Unreadable("undecodable", "JSON in no known encoding")
    try:
        value = _loads(decoded.text)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("broken_container", f"no JSON: {problem}"[:300]) from None
    if isinstance(value, dict) and not any(plain_name(name) in _column_names()["text"] and isinstance(value[name], str) for name in value):
        value = _records_of(value)
    if isinstance(value, dict):
        value = opened(value)
        columns = columns_of(list(value), [value], text_column)
        yield document_of(path, value, columns, "application/json", decoded.encoding, decoded.confidence, card, limits)
    elif isinstance(value, list):
        yield from _each(path, ((each, decoded.encoding, decoded.confidence) for each in value), limits, text_column, card)
    else:
        raise Unreadable("no_text_column", "JSON that is neither an object nor an array")


def _records_of(value: dict[str, Any]) -> dict[str, Any] | list[Any]:
    """The records that a JSON object without a text of its own holds, as answers of a server and exports do: {"data": {"list": […]}}; or
    the object, where it is one record whose text lies deeper. Of several lists, the one whose records hold the most."""
    if any(is_blocks(each) or _longest_turn(each) for each in _lists_within(value)):
        return value
    own = opened(value)
    texts = [said for name, said in own.items() if isinstance(said, str) and is_text_name(name)]
    if lists := [each for each in _lists_within(value) if each and isinstance(each[0], (dict, str))]:
        best = max(lists, key=_worth)
        # strings alone are the paragraphs of what has a title of its own, and records where nothing is said of all of them
        titled = isinstance(best[0], dict) or any(isinstance(said, str) and key_by_name().get(plain_name(name)) == "title"
                                                  for name, said in own.items())
        return own if titled and max(map(len, texts), default=0) >= _worth(best)[0] else best
    for each in _records_within(value):
        held = list(each.values())
        if len(held) > 1 and all(isinstance(one, dict) for one in held) and (not texts or min(map(_worth, ([one] for one in held[:2])))[0]
                                                                              >= LONG_TEXT):
            return held
    return own


def _worth(values: list[Any]) -> tuple[int, int]:
    """How long the longest text is in the first of some records, and how many there are."""
    longest = 0
    for each in values[:SAMPLE_ROWS]:
        with contextlib.suppress(Unreadable):
            longest = max([longest, *(len(said) for said in _record_of(each).values() if isinstance(said, str))])
    return longest, len(values)


def _records_within(record: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """A record and those that are fields of it or of records within it, the outer ones first."""
    yield record
    for value in record.values():
        if isinstance(value, dict) and depth < DEPTH:
            yield from _records_within(value, depth + 1)


def _lists_within(record: Mapping[str, Any], depth: int = 0) -> Iterator[list[Any]]:
    """The lists that are fields of a record or of records within it."""
    for value in record.values():
        if isinstance(value, list):
            yield value
        elif isinstance(value, dict) and depth < DEPTH:
            yield from _lists_within(value, depth + 1)


def _is_utf8(head: bytes) -> bool:
    """Whether the beginning of a file is UTF-8, but for a few bytes that are nothing."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head.removeprefix(codecs.BOM_UTF8))
        return True
    except UnicodeDecodeError:
        decoded = encodings.decode(head)
        return decoded is not None and decoded.encoding.startswith("utf-8")


_Value = tuple[Any, str, float]     # with its encoding, and how surely it is that one


def _array(stream: BinaryIO, limits: Limits) -> Iterator[_Value | Unreadable]:
    """The values of a JSON array, and an Unreadable for each that is none. Raises Unreadable where the array is cut off."""
    codec = None
    for data in _elements(stream, limits.line_chars):
        if isinstance(data, Unreadable):
            yield data
            continue
        try:
            value, codec, confidence = _value_of(data, codec)
            yield value, codec, confidence
        except Unreadable as problem:
            yield problem


_STRUCTURE = re.compile(rb'["\[\]{},]')
_OF_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.S)


def _elements(stream: BinaryIO, most: int) -> Iterator[bytes | Unreadable]:
    """The elements of a JSON array as they stand there, told by strings and brackets alone, so that a broken one costs only itself.

    One longer than `most` is an Unreadable. Raises Unreadable where the array has no end, or something follows it.
    """
    depth, in_string, number = 0, False, 0
    held: list[bytes] = []
    size = 0
    left = b""

    def element() -> bytes | Unreadable:
        data = b"".join(held)
        held.clear()
        return Unreadable("too_large", f"a record of more than {most} bytes") if size > most else data

    while chunk := stream.read(MEBIBYTE):
        chunk, left = left + chunk, b""
        at = begun = 0
        while at < len(chunk):
            if in_string:
                at = _OF_STRING.match(chunk, at).end()  # type: ignore[union-attr]
                if at == len(chunk):
                    break
                if chunk[at] == ord("\\"):  # what it escapes is in the next chunk
                    chunk, left = chunk[:at], chunk[at:]
                    break
                in_string = False
                at += 1
                continue
            found = _STRUCTURE.search(chunk, at)
            if found is None:
                break
            at, sign = found.end(), found[0]
            if sign == b'"':
                in_string = depth > 0
            elif sign in b"[{":
                depth += 1
                if depth == 1:
                    begun = at
            elif depth == 1 and sign in b",]":
                held.append(chunk[begun : at - 1])
                size += at - 1 - begun
                begun, number = at, number + 1
                last = element()
                size = 0
                if sign == b"," or isinstance(last, Unreadable) or last.strip():
                    yield last
                if sign != b",":
                    while chunk and not chunk[at:].strip():
                        chunk, at = stream.read(MEBIBYTE), 0
                    if chunk:
                        raise Unreadable("broken_container", "something follows the end of the array")
                    return
            elif sign in b"]}" and depth > 1:
                depth -= 1
        if depth:
            size += len(chunk) - begun
            if size <= most:
                held.append(chunk[begun:])
            else:
                held.clear()  # it is only passed over from here on
    raise Unreadable("broken_container", f"no JSON from element {number} on: the array has no end")


def _each(
    path: str, values: Iterator[_Value | Unreadable], limits: Limits, text_column: str | None, card: Mapping[str, str]
) -> Iterator[Document | Reject]:
    """Documents of the values of an array; the columns are told from the first."""
    first: list[_Value | Unreadable] = []
    problem: Unreadable | None = None
    try:
        for value in values:
            first.append(value)
            if len(first) == SAMPLE_ROWS:
                break
    except Unreadable as cut_off:
        problem = cut_off
    sample = []
    for each in first:
        with contextlib.suppress(Unreadable):
            if not isinstance(each, Unreadable):
                sample.append(_record_of(each[0]))
    choice = Choice(sample, text_column)
    number = -1
    for number, each in enumerate(chain(first, values)):
        at = f"{path}#{number}"
        try:
            if isinstance(each, Unreadable):
                raise each
            record = _record_of(each[0])
            columns = choice.of(record)
        except Unreadable as lost:
            yield Reject(at, "ingest", lost.reason, lost.detail)
            continue
        yield document_of(at, record, columns, "application/json", each[1], each[2], card, limits)
    if problem is not None:
        raise problem
    if number < 0:
        raise Unreadable("empty", "an array without elements")


# --- CSV ---------------------------------------------------------------------------------------------------------------------------


def csv_file(
    path: str, stream: BinaryIO, head: bytes, limits: Limits, text_column: str | None, card: Mapping[str, str], tabs: bool = False
) -> Iterator[Document | Reject]:
    """Documents of a CSV or TSV stream. A quote that is never closed costs its own record, not the rest of the file."""
    decoded = encodings.decode(head[: head.rfind(b"\n") + 1] or head)
    if decoded is None:
        raise Unreadable("undecodable", "a table in no known encoding")
    encoding = decoded.encoding
    lines = _Lines(io.TextIOWrapper(io.BufferedReader(_Raw(stream), MEBIBYTE), encoding=encoding, errors="replace", newline=""), limits)
    first_line = decoded.text.splitlines()[0] if decoded.text.splitlines() else ""
    delimiter = "\t" if tabs else max(",\t;|", key=first_line.count)
    yield from _table(path, _rows(lines, delimiter), 0, "text/csv", encoding, decoded.confidence, limits, text_column, card)


def _table(
    path: str,
    rows: Iterable[list[str] | Unreadable],
    first: int,
    media_type: str,
    encoding: str | None,
    confidence: float | None,
    limits: Limits,
    text_column: str | None,
    card: Mapping[str, str],
) -> Iterator[Document | Reject]:
    """Documents of rows of cells, numbered from `first`; the first row may be a header. The columns are told from the first rows."""
    header: list[str] | None = None
    columns: Columns | None = None
    waiting: list[dict[str, str] | Unreadable] = []
    number = first

    def ready() -> Iterator[Document | Reject]:
        nonlocal number, columns
        if columns is None and header is not None and (sample := [each for each in waiting if isinstance(each, dict)]):
            columns = columns_of(header, sample, text_column)
        for record in waiting:
            at = f"{path}#{number}"
            number += 1
            if isinstance(record, Unreadable):
                yield Reject(at, "ingest", record.reason, record.detail)
            else:
                assert columns is not None
                yield document_of(at, record, columns, media_type, encoding, confidence, card, limits)
        waiting.clear()

    for row in rows:
        if isinstance(row, Unreadable):
            waiting.append(row)
            continue
        if not any(row):
            continue
        if header is None:
            header = _header(row)
            if header is not None:
                continue
            header = [f"column {n}" for n in range(len(row))]
        waiting.append(_record(header, row))
        if columns is not None or len(waiting) >= SAMPLE_ROWS:
            yield from ready()
    yield from ready()
    if number == first:
        raise Unreadable("empty", "a table without rows")


def _header(row: list[str]) -> list[str] | None:
    """The row as names of columns, or None where it is a row of data already (a long text among its cells)."""
    names = [name.strip() for name in row]
    if any(len(name) > 60 for name in names):
        return None
    known = {spelling for spellings in _column_names().values() for spelling in spellings}
    if len(names) == 1 and plain_name(names[0]) not in known:
        return None
    return [name or f"column {n}" for n, name in enumerate(names)]


def _record(header: list[str], row: list[str]) -> dict[str, str]:
    record: dict[str, str] = {}
    for name, value in zip(header, row):
        record.setdefault(name, value)
    return record


class _Raw(io.RawIOBase):
    """A stream that only reads, as the standard library's buffers want it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


class _Lines:
    """Lines of a text stream that can be taken back, each no longer than the limit."""

    def __init__(self, stream: io.TextIOWrapper, limits: Limits) -> None:
        self._stream = stream
        self.limit = limits.line_chars
        self.taken: list[str] = []
        self.taken_chars = 0
        self.back: list[str] = []
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.back:
            line = self.back.pop()
        else:
            line = self._stream.readline(self.limit + 1)
        if not line:
            self.ended = True
            raise StopIteration
        if "\0" in line:
            line = line.replace("\0", "\ufffd")
        self.taken.append(line)
        self.taken_chars += len(line)
        if self.taken_chars > self.limit:
            raise Unreadable("bad_record", f"a record of more than {self.limit} characters: a quote that is never closed?")
        return line

    def accept(self) -> None:
        """Forget the lines of the record that was just read."""
        self.taken, self.taken_chars = [], 0

    def give_up_first(self) -> None:
        """Drop the first line of the record at hand; its other lines will be read again."""
        again = self.taken[1:]
        self.back.extend(reversed(again))
        self.accept()
        self.ended = False


def _rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | Unreadable]:
    """Rows as lists of cells, and an Unreadable for each record given up.

    Read strictly, so that a quote left open shows at the next quote; a single line that fails so is sloppy and no more, and is read again
    as it comes.
    """
    given_up = 0
    while True:
        problem = None
        try:
            for row in csv.reader(lines, delimiter=delimiter, strict=True):
                lines.accept()
                yield row
            return
        except csv.Error as error:
            if len(lines.taken) == 1 and "unexpected end" not in str(error):
                row = next(csv.reader(lines.taken, delimiter=delimiter))
                lines.accept()
                yield row
                continue
            problem = Unreadable("bad_record", f"a quote is opened and not closed where it should be: {error}")
        except Unreadable as error:
            problem = error
        given_up += 1
        if given_up > 100:
            yield Unreadable("broken_container", "more than 100 broken records; the rest is not read")
            return
        yield problem
        lines.give_up_first()


# --- Parquet -----------------------------------------------------------------------------------------------------------------------


class RowRange(NamedTuple):
    """Rows [start, stop) of a row group; `first` is the number, in the whole file, of the group's first row."""

    group: int
    start: int
    stop: int
    first: int


def parquet_parts(file: pq.ParquetFile) -> list[list[RowRange]]:
    """The parts that a Parquet file is read in: row groups together, or a large one divided, at some PART_BYTES each."""
    parts: list[list[RowRange]] = []
    open_part: list[RowRange] = []
    size = first = 0
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        pieces = max(1, min(round(group.total_byte_size / PART_BYTES), group.num_rows))
        if open_part and (pieces > 1 or size + group.total_byte_size > PART_BYTES):
            parts.append(open_part)
            open_part, size = [], 0
        if pieces > 1:
            bounds = [group.num_rows * piece // pieces for piece in range(pieces + 1)]
            parts += [[RowRange(number, start, stop, first)] for start, stop in pairwise(bounds)]
        else:
            open_part.append(RowRange(number, 0, group.num_rows, first))
            size += group.total_byte_size
        first += group.num_rows
    if open_part or not parts:
        parts.append(open_part)
    return parts


def parquet_file(
    path: str, stream: Any, limits: Limits, text_column: str | None, card: Mapping[str, str], part: int | None = None
) -> Iterator[Document | Reject]:
    """Documents of a Parquet file, or of one of its parquet_parts. `stream` can seek."""
    try:
        file = pq.ParquetFile(stream)
        schema = file.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise Unreadable("broken_container", f"no Parquet: {problem}"[:300]) from None
    if not file.metadata.num_rows:
        raise Unreadable("empty", "a table without rows")
    if text_column is not None and text_column not in schema.names:
        raise Unreadable("no_text_column", f"no column {text_column!r}; there are: {', '.join(schema.names)[:300]}")
    names = [each.name for each in schema if _is_text(each.type)]
    if not names or (text_column is not None and text_column not in names):
        raise Unreadable("no_text_column", f"no column of text; there are: {', '.join(schema.names)[:300]}")
    sample = _sample(file, names)
    columns = columns_of(names, sample, text_column)
    others = [name for name in schema.names if name not in names and not pa.types.is_nested(schema.field(name).type)]
    found = columns_of([*names, *others], sample, columns.text)
    wanted = list(dict.fromkeys([found.text, *found.metadata.values()]))
    for rows in [each for number, run in enumerate(parquet_parts(file)) if part in (None, number) for each in run]:
        row = 0
        try:
            for batch in file.iter_batches(batch_size=64, row_groups=[rows.group], columns=wanted):
                start, stop = max(rows.start - row, 0), min(rows.stop - row, batch.num_rows)
                if start < stop:
                    yield from _batch(path, batch.slice(start, stop - start), rows.first + row + start, found, card, limits)
                row += batch.num_rows
                if row >= rows.stop:
                    break       # the rest of a large group is another part's
        except (pa.ArrowException, OSError) as problem:     # of this group: the next one may be whole
            at, last = rows.first + max(row, rows.start), rows.first + rows.stop - 1
            yield Reject(f"{path}#{at}", "ingest", "broken_container", f"broken from here to row {last}: {problem}"[:300])


def _sample(file: pq.ParquetFile, names: list[str]) -> list[dict[str, Any]]:
    """Some rows of the first row group that can be read. Raises Unreadable where there is none."""
    problem: Exception | None = None
    for group in range(file.metadata.num_row_groups):
        try:
            batch = next(file.iter_batches(batch_size=50, row_groups=[group], columns=names), None)
        except (pa.ArrowException, OSError) as met:
            problem = problem or met
            continue
        if batch is not None and batch.num_rows:
            values = [_values(batch.column(name)) for name in names]
            return [dict(zip(names, row)) for row in zip(*values)]
    raise Unreadable("broken_container", f"a Parquet file broken inside: {problem}"[:300])


def _values(column: pa.Array) -> list[Any]:
    """The values of a column; one that Python cannot hold (a day beyond its calendar, text that is no UTF-8) as it is spelt."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        return column.to_pylist()
    except Exception:  # each type has its own errors
        return [_spelt(value) for value in column]


def _spelt(value: pa.Scalar) -> Any:
    try:
        return value.as_py()
    except UnicodeDecodeError:
        data = value.as_buffer().to_pybytes()
        decoded = encodings.decode(data)
        return decoded.text if decoded else data.decode("utf-8", "replace")
    except Exception:
        try:
            return value.cast(pa.string()).as_py()
        except Exception:
            return str(getattr(value, "value", ""))


def _batch(
    path: str, batch: pa.RecordBatch, first: int, columns: Columns, card: Mapping[str, str], limits: Limits
) -> Iterator[Document | Reject]:
    texts = batch.column(columns.text)
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    said = {key: _values(batch.column(column)) for key, column in columns.metadata.items()}
    for number, value in enumerate(texts):
        at = f"{path}#{first + number}"
        data = value.as_buffer()
        size = data.size if data is not None else None
        if size is not None and size > limits.document_bytes:
            yield Reject(at, "ingest", "too_large", f"a text of {size} bytes")
            continue
        try:
            text = value.as_py()
        except UnicodeDecodeError:
            decoded = encodings.decode(data.to_pybytes())
            if decoded is None:
                yield Reject(at, "ingest", "undecodable", "a text in no known encoding")
                continue
            text = decoded.text
        metadata = {key: str(values[number]).strip()[:2000] for key, values in said.items()
                    if values[number] not in (None, "") and values[number] == values[number]}
        yield _made(at, text, columns.text, metadata, "application/vnd.apache.parquet", None, None, size, card)


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


# --- Excel -------------------------------------------------------------------------------------------------------------------------


def workbook(path: str, data: BinaryIO, limits: Limits, text_column: str | None, card: Mapping[str, str]) -> Iterator[Document | Reject]:
    """Documents of the sheets of an .xlsx file, one a row, numbered through all sheets."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(data, read_only=True, data_only=True)
    except Exception as problem:  # openpyxl raises whatever the XML within makes it stumble on
        raise Unreadable("broken_container", f"no workbook: {type(problem).__name__}: {problem}"[:300]) from None
    number = 0
    for sheet in book.worksheets:
        try:
            rows = _sheet_rows(book, sheet)
            begun = list(_down_one_column(rows)) if text_column is None else []
            if pasted := _pasted(begun):
                yield _made(f"{path}#{number}", pasted, "column 0", {}, XLSX, None, None, None, card)
                number += 1
                continue
            for item in _table(path, chain(begun, rows), number, XLSX, None, None, limits, text_column, card):
                number += 1
                yield item
        except Unreadable as problem:
            if problem.reason != "empty":  # an empty sheet beside a full one is nothing to tell
                yield Reject(f"{path}#{number}", "ingest", problem.reason, f"sheet {sheet.title!r}: {problem.detail}")
                number += 1
    if not number:
        raise Unreadable("empty", "a workbook without rows")


def _down_one_column(rows: Iterator[list[str] | Unreadable]) -> Iterator[list[str] | Unreadable]:
    """The first rows of a sheet, up to the first that holds more than one cell, or no text at all, and that one as well."""
    for row in islice(rows, PASTED_ROWS):
        yield row
        if isinstance(row, Unreadable) or sum(map(bool, row)) > 1 or any(len(cell) > PASTED_CELL for cell in row):
            return


def _pasted(rows: list[list[str] | Unreadable]) -> str | None:
    """The text that was pasted into a sheet, a paragraph a row; None where the rows are a table, under a header or of texts as long as
    speeches, or no text that goes on from one row to the next."""
    cells = []
    for row in rows:
        filled = [cell.strip() for cell in row if cell.strip()] if not isinstance(row, Unreadable) else []
        if isinstance(row, Unreadable) or len(filled) > 1 or any(len(cell) > PASTED_CELL for cell in filled):
            return None
        cells += filled
    if not PASTED_LEAST <= len(cells) <= len(rows) < PASTED_ROWS or plain_name(cells[0]) in _all_names():
        return None
    # greeted as hearers are, near the top
    return "\n".join(cells) if any(_GREETED.fullmatch(cell) for cell in cells[:PASTED_HEAD]) else None


def _sheet_rows(book: Any, sheet: Any) -> Iterator[list[str] | Unreadable]:
    """The rows of a sheet that are there, and an Unreadable for each that cannot be understood.

    openpyxl's own iterator makes up the rows that are not, as many as the number of a row or the sheet's dimension says, and leaves out
    those beyond the dimension.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    class Parser(WorkSheetParser):
        def parse_row(self, row: Any) -> list[str] | Unreadable:
            try:
                _, cells = super().parse_row(row)
                self.row_dimensions.clear()  # it would keep what is said of each row
            except Exception as problem:  # a number that is none, a place that is none, a text that is not there
                return Unreadable("bad_record", f"a row of a sheet that cannot be understood: {type(problem).__name__}: {problem}"[:300])
            values = [""] * max((cell["column"] for cell in cells), default=0)
            for cell in cells:
                if cell["value"] is not None:
                    values[cell["column"] - 1] = str(cell["value"])
            return values

    with sheet._get_source() as source:
        parser = Parser(source, sheet._shared_strings, data_only=True, epoch=book.epoch, date_formats=book._date_formats,
                        timedelta_formats=book._timedelta_formats)
        rows = parser.parse()
        while True:
            try:
                row = next(rows, None)
            except Exception as problem:  # broken XML, or broken settings of the sheet, which come before and after its rows
                yield Unreadable("broken_container", f"a sheet broken from here on: {type(problem).__name__}: {problem}"[:300])
                return
            if row is None:
                return
            yield row
