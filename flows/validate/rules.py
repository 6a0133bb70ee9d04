"""Rules across tables: what must hold between a speech and its rows, and the rows that break it.

All rows of a speech are in one shard, so each rule is checked shard by shard, and memory stays flat.
"""
from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from flows.normalize.script import simplifier
from flows.tables import read_frame, write_frame

FAULTS = {"rule": pl.String, "table": pl.String, "key": pl.String, "evidence": pl.String}


class Rule(NamedTuple):
    """A rule: the table whose rows can break it, and what it asks, in words."""

    table: str
    english: str


RULES: dict[str, Rule] = {
    "document_id is the digest": Rule("documents", "document_id is made from the raw text"),
    "one speech a document": Rule("documents", "Every document with fate speech has its speech, and every speech its document"),
    "sections tile": Rule("sections", "In order of start the own spans of a speech's sections cover its text without gap or overlap"),
    "section text is its slice": Rule("sections", "A section's text is the slice of the speech's text"),
    "section tree": Rule("sections", "parent_id and section_id follow from path, the parent is there, level grows downwards, subtree_end "
                         "is the largest end below"),
    "phrase is its slice": Rule("phrases", "A phrase's surface is the slice of the speech's text, and its section's own span holds its "
                                "start"),
    "counts": Rule("speeches", "char_count, section_count and phrase_count are the numbers of characters and rows"),
    "edits rebuild the text": Rule("edits", "Walking the edits leads from the raw text to the text, and between them only script and width "
                                   "differ"),
    "one canonical": Rule("speeches", "A speech without a group is canonical"),
}


def faults_of_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write faults.arrow: a row for every row of the shard that breaks a rule."""
    frames = {name: read_frame(Path(path)) for name, path in inputs.items()}
    found = pl.DataFrame(list(faults(**frames)), schema=FAULTS, orient="row")
    write_frame(found, out / "faults.arrow")
    return {"faults": found.height}


def faults(documents: pl.DataFrame, speeches: pl.DataFrame, edits: pl.DataFrame, sections: pl.DataFrame,
           phrases: pl.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """(rule, table, key, evidence) for every row that breaks a rule of RULES."""
    for found in (_documents(documents, speeches), _sections(speeches, sections), _phrases(speeches, sections, phrases),
                  _counts(speeches, sections, phrases), _edits(documents, speeches, edits)):
        for rule, key, evidence in found:
            yield rule, RULES[rule].table, key, evidence
    for key, in speeches.filter(pl.col("duplicate_group").is_null() & ~pl.col("is_canonical")).select("speech_id").iter_rows():
        yield "one canonical", "speeches", key, "not canonical, but in no group"


def _documents(documents: pl.DataFrame, speeches: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    for key, path, text in documents.select("document_id", "source_path", "raw_text").iter_rows():
        if hashlib.sha256(text.encode("utf-8")).hexdigest()[:20] != key:
            yield "document_id is the digest", path, key
    given = documents.filter(pl.col("fate") == "speech").select("document_id", "source_path", "speech_id")
    lost = given.join(speeches.select("speech_id"), left_on="document_id", right_on="speech_id", how="anti")
    stray = speeches.select("speech_id").join(given, left_on="speech_id", right_on="document_id", how="anti")
    wrong = given.filter(pl.col("speech_id").ne_missing(pl.col("document_id")))
    for frame, evidence in ((lost, "no speech of it"), (stray, "no document of it"), (wrong, "speech_id is not document_id")):
        for row in frame.iter_rows():
            yield "one speech a document", str(row[0]), evidence


def _sections(speeches: pl.DataFrame, sections: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    rows = sections.sort("speech_id", "start", "level", "path").with_columns(
        due=pl.col("end").shift(1, fill_value=0).over("speech_id"))
    for key, start, due in rows.filter((pl.col("start") != pl.col("due")) | (pl.col("end") < pl.col("start"))).select(
            "section_id", "start", "due").iter_rows():
        yield "sections tile", key, f"starts at {start}, but {due} is due"
    ends = sections.group_by("speech_id").agg(last=pl.col("end").max())
    for key, length, last in speeches.select("speech_id", length=pl.col("text").str.len_chars()).join(
            ends, on="speech_id", how="left").filter(pl.col("last").ne_missing(pl.col("length").cast(pl.Int32))).select(
            "speech_id", "length", "last").iter_rows():
        yield "sections tile", key, f"sections end at {last} of {length}"
    texts = speeches.select("speech_id", whole="text")
    sliced = sections.join(texts, on="speech_id", how="left", maintain_order="left")
    for key, start, end, text, whole in sliced.select("section_id", "start", "end", "text", "whole").iter_rows():
        if whole is None or whole[start:end] != text:
            yield "section text is its slice", key, f"[{start}, {end})"
    yield from _tree(sections)


def _tree(sections: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    named = sections.select("section_id", "speech_id", "parent_id", "path", "level", "end", "subtree_end").with_columns(
        above=pl.col("path").str.replace(r"\.?[0-9]+$", ""))
    parents = sections.select(parent_id="section_id", parent_level="level")
    named = named.join(parents, on="parent_id", how="left", maintain_order="left").with_columns(
        wanted=pl.when(pl.col("above") == "").then(None).otherwise(pl.col("speech_id") + "." + pl.col("above")))
    broken = named.filter((pl.col("section_id") != pl.col("speech_id") + "." + pl.col("path"))
                          | pl.col("parent_id").ne_missing(pl.col("wanted"))
                          | (pl.col("parent_id").is_not_null() & (pl.col("parent_level").is_null()
                                                                  | (pl.col("parent_level") >= pl.col("level")))))
    for key, parent in broken.select("section_id", "parent_id").iter_rows():
        yield "section tree", key, f"parent {parent}"
    last: dict[tuple[str, str], int] = {}
    for speech, path, end in sections.select("speech_id", "path", "end").iter_rows():
        while path:
            last[speech, path] = max(last.get((speech, path), 0), end)
            path = path.rpartition(".")[0]
    for key, speech, path, end in sections.select("section_id", "speech_id", "path", "subtree_end").iter_rows():
        if last[speech, path] != end:
            yield "section tree", key, f"subtree_end {end}, want {last[speech, path]}"


def _phrases(speeches: pl.DataFrame, sections: pl.DataFrame, phrases: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    spans = sections.select("section_id", low="start", high="end", owner="speech_id")
    rows = phrases.join(spans, on="section_id", how="left", maintain_order="left")
    astray = rows.filter(pl.col("owner").ne_missing(pl.col("speech_id")) | (pl.col("start") < pl.col("low"))
                         | (pl.col("start") >= pl.col("high")))
    for key, start, surface in astray.select("section_id", "start", "surface").iter_rows():
        yield "phrase is its slice", key, f"{surface} at {start} is not in its section"
    by_speech = phrases.select("speech_id", "start", "end", "surface").partition_by("speech_id", as_dict=True)
    texts = dict(speeches.select("speech_id", "text").iter_rows())
    for (speech,), rows in by_speech.items():
        text = texts.get(str(speech), "")
        for start, end, surface in rows.select("start", "end", "surface").iter_rows():
            if text[start:end] != surface:
                yield "phrase is its slice", str(speech), f"{surface} is not [{start}, {end})"


def _counts(speeches: pl.DataFrame, sections: pl.DataFrame, phrases: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    counted = speeches.select("speech_id", "char_count", "section_count", "phrase_count", chars=pl.col("text").str.len_chars())
    for frame, name in ((sections, "sections"), (phrases, "phrases")):
        counted = counted.join(frame.group_by("speech_id").agg(pl.len().alias(name)), on="speech_id", how="left").with_columns(
            pl.col(name).fill_null(0))
    pairs = (("char_count", "chars"), ("section_count", "sections"), ("phrase_count", "phrases"))
    broken = counted.filter(pl.any_horizontal(pl.col(stated).ne_missing(pl.col(found).cast(pl.Int32)) for stated, found in pairs))
    for key, *numbers in broken.select("speech_id", "char_count", "chars", "section_count", "sections", "phrase_count",
                                       "phrases").iter_rows():
        yield "counts", key, f"stated and found: {numbers}"


def _edits(documents: pl.DataFrame, speeches: pl.DataFrame, edits: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    raws = dict(documents.filter(pl.col("fate") == "speech").select("document_id", "raw_text").iter_rows())
    rows = edits.sort("speech_id", "raw_start", "raw_end", "start", "end").group_by("speech_id", maintain_order=True).agg(
        "start", "end", "raw_start", "raw_end")
    by_speech = {key: spans for key, *spans in rows.iter_rows()}
    for key, text in speeches.select("speech_id", "text").iter_rows():
        evidence = walk_fault(text, raws.get(key, ""), *by_speech.pop(key, ((), (), (), ())))
        if evidence:
            yield "edits rebuild the text", key, evidence
    for key in by_speech:
        yield "edits rebuild the text", key, "edits of no speech"


def walk_fault(text: str, raw: str, starts: Sequence[int], ends: Sequence[int], raw_starts: Sequence[int],
               raw_ends: Sequence[int]) -> str | None:
    """Where walking the edits (in order) fails to lead from `raw` to `text`; None where it does not fail."""
    at = raw_at = 0
    kept, raw_kept = [], []
    for start, end, raw_start, raw_end in zip((*starts, len(text)), (*ends, len(text)), (*raw_starts, len(raw)), (*raw_ends, len(raw))):
        if start - at != raw_start - raw_at or start < at or end < start or raw_end < raw_start:
            return f"{start - at} characters of text, {raw_start - raw_at} of raw text before the edit at raw {raw_start}"
        kept.append(text[at:start])
        raw_kept.append(raw[raw_at:raw_start])
        at, raw_at = end, raw_end
    one, other = "".join(kept), "".join(raw_kept)
    if one == other:
        return None
    folded, raw_folded = _folded(one), _folded(other)
    if folded == raw_folded:
        return None
    place = next((n for n, (a, b) in enumerate(zip(one, other)) if a != b and _folded(a) != _folded(b)), None)
    return None if place is None else f"{other[place:place + 8]!r} in step with {one[place:place + 8]!r}"


def _folded(text: str) -> str:
    """Simplified, of one width and one shape of quotes and brackets: what may differ between a text and its raw text in step."""
    return unicodedata.normalize("NFKC", simplifier().convert(text)).translate(_shapes())


@cache
def _shapes() -> dict[int, str]:
    return {ord(char): '"' for char in "“”‘’„‟‚‛\"'`´〝〞〟「」『』﹁﹂﹃﹄«»‹›"} | {
        ord(char): "(" for char in "([{〔【〖〘〚《〈<⟨⟪"} | {ord(char): ")" for char in ")]}〕】〗〙〛》〉>⟩⟫"}


def rates(speeches: Sequence[Path], documents: Sequence[Path]) -> dict[str, tuple[str, float, str]]:
    """{name of a threshold: (table, observed share, what it means)}."""
    columns = ["delivered_date", "published_date", "place", "char_count"]
    frame = pl.concat([read_frame(path, columns) for path in speeches]) if speeches else pl.DataFrame(
        schema={"delivered_date": pl.Date, "published_date": pl.Date, "place": pl.String, "char_count": pl.Int32})
    lengths = [read_frame(path).select("fate", pl.col("raw_text").str.len_chars().alias("raw")) for path in documents]
    fates = pl.concat(lengths) if lengths else pl.DataFrame(schema={"fate": pl.String, "raw": pl.UInt32})
    raw = int(fates.filter(pl.col("fate") == "speech")["raw"].sum())
    kept = int(frame["char_count"].sum())

    def share(part: float, whole: float) -> float:
        return part / whole if whole else 0.0

    undated = frame.filter(pl.col("delivered_date").is_null() & pl.col("published_date").is_null()).height
    return {
        "undated": ("speeches", share(undated, frame.height), "Speeches with neither a delivered nor a published date"),
        "unplaced": ("speeches", share(frame["place"].null_count(), frame.height), "Speeches without a place"),
        "removed_text": ("edits", share(raw - kept, raw), "Characters of speeches' raw text that are not in the text"),
        "rejected": ("documents", share(fates.filter(pl.col("fate") == "rejected").height, fates.height), "Documents that are no speech"),
    }
