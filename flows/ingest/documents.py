"""A document as it was read: the raw text, where it came from and what its container says of it."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple


class Mark(NamedTuple):
    """What the markup says of a span of the raw text. `kind` is one of schemas.documents.LAYOUT_KINDS; offsets in code points. `level`
    is that of a heading, from 1 the outermost, where the markup ranks them; bold type that is centred has 1."""

    start: int
    end: int
    kind: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document, decoded and nothing else.

    source_path: path inside the raw folder, or URI, with `#n` or `#member`.
    metadata: what the container or a card says: title, url, date (of publication), source, author, site, producer, licence, accessed,
    notes, category; of the speech itself speaker, role, delivered (the day), place, occasion; and of the collection that it was cut from
    its title (collection) and the lines above all pieces (masthead).
    layout: marks in order of start; empty for plain text.
    """

    source_path: str
    media_type: str
    encoding: str | None
    byte_count: int
    raw_text: str
    encoding_confidence: float | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    layout: tuple[Mark, ...] = ()

    @property
    def document_id(self) -> str:
        """First 20 hex digits of the SHA-256 of the raw text's UTF-8 bytes."""
        return document_id(self.raw_text)


@dataclass(frozen=True, slots=True)
class Reject:
    """An input, or a record of one, that could not be opened or decoded: a row of the table rejects."""

    source_path: str
    stage: str
    reason: str
    detail: str | None = None


def document_id(raw_text: str) -> str:
    """First 20 hex digits of the SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(raw_text.encode("utf-8")).hexdigest()[:20]
