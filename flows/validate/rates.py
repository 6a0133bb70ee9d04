"""Rates: how often something is found or missing, and how often is still believable.

No single row is wrong where a speech has no date; but where nine of ten have none, the reading of dates is broken, or the sources are of a
kind that nobody expected. A rate carries what was observed, its bound and what it means in words. Bounds are shares, never counts, so that
they hold for ten documents and for a million.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import polars as pl

MOST_SOURCES = 30        # whose own rates are told
LEAST_OF_A_SOURCE = 20   # speeches that a source needs before its own rates mean anything


class Rate(NamedTuple):
    """A rate: the step after which it is known, the table, what it counts, and what a value out of bounds is a sign of.

    Its bound is the threshold of the same name in the settings; a rate is to be at most that.
    """

    step: str
    table: str
    english: str
    sign: str


RATES: dict[str, Rate] = {
    "rejected": Rate("ingest", "documents", "Documents that are no speech",
                     "above it the corpus is of another kind, or the selection is too strict"),
    "repeated_documents": Rate("ingest", "documents", "Documents whose raw text was seen before",
                               "above it one crawl was probably given twice"),
    "replacement_characters": Rate("ingest", "documents", "Characters of raw text that are U+FFFD",
                                   "above it encodings are told wrongly, or the texts were decoded wrongly before they came here"),
    "undated": Rate("normalize", "speeches", "Speeches with neither a delivered nor a published date",
                    "above it trends over time rest on few speeches"),
    "unplaced": Rate("normalize", "speeches", "Speeches without a place", "above it no comparison of places stands"),
    "untitled": Rate("normalize", "speeches", "Speeches without a title", "above it the heads of the documents are not understood"),
    "unknown_genre": Rate("normalize", "speeches", "Speeches of genre 其他",
                          "above it titles are of a kind that the list of genres does not know"),
    "placeholders": Rate("normalize", "speeches", "Speeches with anonymised spots",
                         "above it these are model texts rather than speeches that were given"),
    "defective": Rate("normalize", "speeches", "Speeches with a defect other than half-width punctuation",
                      "above it the sources are badly damaged, or a defect is found where there is none"),
    "replacement_characters_left": Rate("normalize", "speeches", "Characters of text that are U+FFFD",
                                        "above it texts have holes that no later step can mend"),
    "removed_text": Rate("normalize", "edits", "Characters of speeches' raw text that are not in the text",
                         "above it furniture outweighs the speeches, or speeches are being cut"),
    "removed_text_of_a_source": Rate("normalize", "edits", f"The same, of the source that loses most, of those with {LEAST_OF_A_SOURCE} "
                                     "speeches or more",
                                     "above it one site's pages are not understood"),
    "undivided": Rate("segment", "sections", "Speeches without any part that a marker or heading opens", "above it outlines are not found"),
    "empty_headings": Rate("segment", "sections", "Marked sections of the body without a heading",
                           "above it markers are found where there are none"),
    "inferred": Rate("segment", "sections", "Sections inferred from numbering that starts again",
                     "above it sources lost many headings, or numbering is misread"),
    "phraseless": Rate("segment", "phrases", "Speeches without any phrase", "above it phrases are not found"),
    "reprints": Rate("validate", "speeches", "Speeches that are no canonical ones", "above it the corpus is mostly the same texts again"),
}

OF_ITS_OWN = "removed_text"
"""The rate whose parts, sources, are each counted of their own."""

Counted = dict[str, tuple[int, int]]
"""{name of a rate, or of a part of one ("rejected: news"): (how many, of how many)}."""


def counted(step: str, frames: Mapping[str, pl.DataFrame]) -> Counted:
    """What the rates of a step count in the tables of one shard; `summed` adds those of shards up."""
    return dict(_COUNTERS[step](frames)) if step in _COUNTERS else {}


def summed(shards: Iterable[Counted]) -> Counted:
    """The counts of all shards together.

    A part of a rate (a reason, a defect) is told only by shards in which it occurs, yet it is one of all rows that its rate counts: those
    of the other shards too. Only what a source lost is told of that source's own characters.
    """
    totals: Counted = {}
    for found in shards:
        for name, (part, whole) in found.items():
            before = totals.get(name, (0, 0))
            totals[name] = before[0] + part, before[1] + whole
    return {name: (part, whole if (of := name.partition(": ")[0]) not in totals or of == OF_ITS_OWN else totals[of][1])
            for name, (part, whole) in totals.items()}


def shares(totals: Counted) -> dict[str, float]:
    """The share of each count; 0 where there is nothing to count. Of removed text also that of the worst of the
    sources with LEAST_OF_A_SOURCE speeches or more: of a few speeches one bad page says nothing."""
    found = {name: part / whole if whole else 0.0 for name, (part, whole) in totals.items() if not name.startswith("speeches of ")}
    if "removed_text" in found:
        sources = [name.partition(": ")[2] for name in totals if name.startswith("removed_text: ")]
        big = [found[f"removed_text: {source}"] for source in sources if totals[f"speeches of {source}"][0] >= LEAST_OF_A_SOURCE]
        found["removed_text_of_a_source"] = max(big, default=0.0)
        largest = sorted(sources, key=lambda source: (-totals[f"speeches of {source}"][0], source))[:MOST_SOURCES]
        for source in set(sources) - set(largest):
            del found[f"removed_text: {source}"]
    return found


def source_of(speeches: pl.DataFrame) -> pl.DataFrame:
    """(speech_id, source): the site that the document names, else the top folder, or the file that holds many; "." for the rest."""
    path = pl.col("source_path")
    return speeches.select("speech_id", source=pl.coalesce("source_name", path.str.extract(r"^([^/#]+)[/#]"), pl.lit(".")))


def _ingest(frames: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, tuple[int, int]]]:
    documents = frames["documents"]
    whole = documents.height
    fates = dict(documents["fate"].value_counts().iter_rows())
    yield "rejected", (fates.get("rejected", 0), whole)
    yield "repeated_documents", (fates.get("duplicate", 0), whole)
    for reason, count in sorted(documents["reason"].drop_nulls().value_counts().iter_rows()):
        yield f"rejected: {reason}", (count, whole)
    yield "replacement_characters", _lost(documents["raw_text"])


def _lost(texts: pl.Series) -> tuple[int, int]:
    holed = texts.filter(texts.str.contains("\ufffd", literal=True))
    return int(holed.str.count_matches("\ufffd", literal=True).sum()), int(texts.str.len_chars().sum())


def _normalize(frames: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, tuple[int, int]]]:
    speeches, edits = frames["speeches"], frames["edits"]
    whole = speeches.height
    yield "undated", (speeches.filter(pl.col("delivered_date").is_null() & pl.col("published_date").is_null()).height, whole)
    yield "unplaced", (speeches["place"].null_count(), whole)
    yield "untitled", (speeches["title"].null_count(), whole)
    yield "unknown_genre", (int((speeches["genre"] == "其他").sum()), whole)
    yield "placeholders", (int((speeches["placeholder_count"] > 0).sum()), whole)
    defects = speeches.select("speech_id", "defects").explode("defects", empty_as_null=False).drop_nulls()
    yield "defective", (defects.filter(pl.col("defects") != "half_width_punctuation")["speech_id"].n_unique(), whole)
    for defect, count in sorted(defects["defects"].value_counts().iter_rows()):
        yield f"defective: {defect}", (count, whole)
    yield "replacement_characters_left", _lost(speeches["text"])
    # Edits say how much longer or shorter the raw text is; characters that edits put in are not counted against those taken out.
    spans = edits.group_by("speech_id").agg(shift=((pl.col("raw_end") - pl.col("raw_start")) - (pl.col("end") - pl.col("start"))).sum(),
                                            gone=((pl.col("raw_end") - pl.col("raw_start"))
                                                  - (pl.col("end") - pl.col("start"))).clip(lower_bound=0).sum())
    removed = speeches.select("speech_id", "char_count").join(source_of(speeches), on="speech_id").join(
        spans, on="speech_id", how="left").with_columns(pl.col("shift", "gone").fill_null(0))
    yield "removed_text", (int(removed["gone"].sum()), int(removed["shift"].sum()) + int(removed["char_count"].sum()))
    sources = removed.group_by("source").agg(pl.col("gone").sum(), raw=(pl.col("shift") + pl.col("char_count")).sum(), speeches=pl.len())
    for source, gone, raw, count in sources.sort("source").iter_rows():
        yield f"removed_text: {source}", (gone, raw)
        yield f"speeches of {source}", (count, whole)


def _segment(frames: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, tuple[int, int]]]:
    sections = frames["sections"]
    whole = sections["speech_id"].n_unique()
    marked = pl.col("marker").is_not_null()
    opened = sections.filter(pl.col("marker_style").is_not_null())["speech_id"].n_unique()
    yield "undivided", (whole - opened, whole)
    body = sections.filter(marked & (pl.col("kind") == "body"))
    yield "empty_headings", (body["heading"].null_count(), body.height)
    yield "inferred", (int(sections["is_inferred"].sum()), sections.height)
    yield "phraseless", (max(whole - frames["phrases"]["speech_id"].n_unique(), 0), whole)


def _validate(frames: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, tuple[int, int]]]:
    speeches = frames["speeches"]
    yield "reprints", (int((~speeches["is_canonical"]).sum()), speeches.height)


_COUNTERS = {"ingest": _ingest, "normalize": _normalize, "segment": _segment, "validate": _validate}
