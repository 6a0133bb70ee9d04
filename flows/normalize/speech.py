"""A speech as it was given, from the document that carries it."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from flows.normalize.edits import PlacedEdit


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of a speech; fields as the columns of the table speeches. None means that it does not say."""

    title: str | None = None
    title_raw: str | None = None
    genre: str = "其他"
    occasion: str | None = None
    organization: str | None = None
    place: str | None = None
    place_code: str | None = None
    speaker_name: str | None = None
    speaker_role: str | None = None
    delivered_date: date | None = None
    delivered_precision: str | None = None
    delivered_evidence: str | None = None
    published_date: date | None = None
    published_precision: str | None = None
    published_evidence: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    defects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Speech:
    """A normalized speech: the clean text, how it came from the raw text, and what the document says of it.

    headings: spans of text (code points) that the markup showed to be headings, in order; `defects` is sorted.
    """

    text: str
    edits: tuple[PlacedEdit, ...]
    script: str
    metadata: Metadata
    headings: tuple[tuple[int, int], ...] = ()
    placeholder_count: int = 0
    defects: tuple[str, ...] = field(default=())
