"""A speech as it was given, from the document that carries it."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from flows.ingest.documents import Document
from flows.normalize import body, characters, placeholders
from flows.normalize.composition import Body
from flows.normalize.edits import PlacedEdit, compose, placed
from flows.normalize.language import Model
from flows.normalize.lines import Shown
from flows.normalize.repetition import NOTHING, Repeated


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

    headings: spans of text (code points) that the markup showed to be headings, in order; `defects` is sorted. own: what is the page's
    own with all that stands above it, and below its title alone, where it shows other pages below for which it may have been taken for a
    speech; else empty.
    """

    text: str
    edits: tuple[PlacedEdit, ...]
    script: str
    metadata: Metadata
    headings: tuple[Shown, ...] = ()
    placeholder_count: int = 0
    defects: tuple[str, ...] = field(default=())
    own: tuple[str, ...] = ()


def normalize(document: Document, repeated: Repeated = NOTHING, model: Model | None = None) -> Speech | None:
    """The speech that `document` carries, or None where nothing of it is one.

    repeated: keys of lines that many documents of the same source hold, and how many, as flows.normalize.repetition tells them.
    model: what the corpus teaches of its language; only documents with mojibake need it.
    """
    from flows.normalize import metadata  # it builds on this module's Metadata

    cleaned = characters.clean(document.raw_text, document.layout, model)
    found = body.find(cleaned.text, document, repeated, cleaned.layout)
    if not found.text:
        return None
    described = metadata.describe(found.head, found.text, found.tail, document, found.running)
    edits = placed(compose(cleaned.edits, found.edits, cleaned.text))
    spots = placeholders.placeholders(found.text)
    defects = found.defects | described.defects
    if cleaned.spots:
        defects |= cleaned.defects_within(_kept(found, len(cleaned.text)))
    if spots:
        defects |= {"placeholders"}
    if placeholders.personal_data(found.text):
        defects |= {"personal_data"}
    own = ("\n".join([*found.head, found.text]), f"{described.title or ''}\n{found.text}") if found.shows_others else ()
    return Speech(found.text, tuple(edits), cleaned.script, described, found.headings, len(spots), tuple(sorted(defects)), own)


def _kept(found: Body, length: int) -> list[tuple[int, int]]:
    """The spans of the mended text that the body keeps."""
    spans, position = [], 0
    for edit in found.edits:
        if position < edit.start:
            spans.append((position, edit.start))
        position = edit.end
    return [*spans, (position, length)]
