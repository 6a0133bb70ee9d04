"""Records: what the columns of any table and the fields of any record are called, and the document that a record makes.

A record's number counts from 0: rows after the header in CSV and Excel, rows in Parquet and JSON, and lines in JSON lines (an empty line
has a number too, so that every part of a file can be numbered without reading the parts before it as JSON).
"""

from __future__ import annotations

import contextlib
import html
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median_low
from typing import Any

from flows.ingest import pages, wikitext
from flows.ingest.documents import Document, Mark, Reject
from flows.ingest.limits import MEBIBYTE, Limits, Unreadable
from flows.normalize import markup
from flows.normalize.edits import apply

COLUMNS = Path(__file__).resolve().parents[2] / "schemas" / "lexicons" / "record_columns.toml"
PART_BYTES = 32 * MEBIBYTE
SAMPLE_ROWS = 20
LONG_TEXT = 40  # characters from which an unnamed column of texts is taken for the text
_NAME_NOISE = re.compile(r"[\s_\-.·:：]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OFFICE_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376, 22.9.2.19: how Office writes what XML cannot hold
_WRITTEN_TAG = re.compile(r"&lt;(?:p|div|br|span|section|table)\b[^<>]{0,300}?&gt;", re.IGNORECASE)



@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """schemas/lexicons/record_columns.toml."""
    return tomllib.loads(COLUMNS.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def column_names() -> dict[str, list[str]]:
    """By the key of documents.metadata, and `text`: what columns are called that hold it."""
    return {key: names for key, names in lexicon().items() if key not in ("nouns", "blocks")}


@lru_cache(maxsize=1)
def all_names() -> frozenset[str]:
    """Every name that a column is known by."""
    return frozenset(name for names in column_names().values() for name in names)


@lru_cache(maxsize=1)
def key_by_name() -> dict[str, str]:
    """{a column's plain name: the key of the metadata that it holds}."""
    return {spelling: key for key, spellings in column_names().items() if key != "text" for spelling in spellings}


def is_text_name(name: str) -> bool:
    """Whether a column of this name holds the text of a record."""
    return plain_name(name) in column_names()["text"]


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
    known = column_names()
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
        if plain not in all_names():
            for noun in lexicon()["nouns"]:
                if plain.startswith(noun) and len(plain) > len(noun):
                    by_plain.setdefault(plain.removeprefix(noun), name)
    return by_plain


def metadata_columns(names: Sequence[str]) -> dict[str, str]:
    """{key of the metadata: the name among `names` that says it best}, by the order of the lists, not by that of the names."""
    by_plain = _byplain_name(names)
    found = {}
    for key, spellings in column_names().items():
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
    return made(path, text, columns.text, metadata, media_type, encoding, confidence, size, card)


def made(
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
    """A text that a record holds in its column as a document; a reject where nothing is left of it. size: bytes, told from the text where
    it is None."""
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

    Which backslashes those are, markup.written_breaks tells; any other stays.
    """
    if "_x" in text:
        text = whole_characters(_OFFICE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)).replace("\r\r\n", "\r\n")
    if "\\" in text:
        text = apply(text, markup.written_breaks(text))
    return text


def whole_characters(text: str) -> str:
    """`text` with lone surrogates, which no UTF-8 can hold, made U+FFFD; pairs of them are joined."""
    try:
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return _SURROGATE.sub("\ufffd", joined)
