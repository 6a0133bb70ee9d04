"""Rules across tables: what must hold between a speech and its rows, and the rows that break it.

All rows of a speech are in one shard, so most rules are checked shard by shard, and memory stays flat; what holds between speeches
(groups, passages, the lexicon) is in `flows.validate.relations`.
"""
from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from flows.normalize.places import is_shared
from flows.normalize.script import simplifier
from flows.segment.markers import written
from flows.tables import read_frame, write_frame

FAULTS = {"rule": pl.String, "table": pl.String, "key": pl.String, "evidence": pl.String}
FIRST_DATE, AFTER_LAST_DATE = date(1900, 1, 1), date(2100, 1, 1)
Found = Iterator[tuple[str, str, str]]


class Rule(NamedTuple):
    """A rule: the table whose rows can break it, and what it asks, in words."""

    table: str
    english: str


RULES: dict[str, Rule] = {
    "document_id is the digest": Rule("documents", "document_id is made from the raw text"),
    "one speech a document": Rule("documents", "Every document with fate speech has its speech, and every speech its document"),
    "fate and reason agree": Rule("documents", "A rejected document has a reason and no speech; of documents with one raw text one is no "
                                  "duplicate"),
    "marks lie in the raw text": Rule("documents", "Each span of layout lies in raw_text"),
    "counts": Rule("speeches", "char_count, section_count and phrase_count are the numbers of characters and rows"),
    "one canonical": Rule("speeches", "A speech without a group is canonical and similar to none"),
    "dates are whole": Rule("speeches", "A date has its precision and its evidence, lies between 1900 and 2099, and a coarse one is its "
                            "first day"),
    "place has its code": Rule("speeches", "A place has its code, but where several share its name and the document does not tell which "
                               "it is; no code is without its place"),
    "defects are a sorted set": Rule("speeches", "defects names each defect once, in order"),
    "text is clean lines": Rule("speeches", "A paragraph a line: no empty line, none at the ends, no carriage return"),
    "sections tile": Rule("sections", "In order of start the own spans of a speech's sections cover its text without gap or overlap"),
    "section text is its slice": Rule("sections", "A section's text is the slice of the speech's text"),
    "section tree": Rule("sections", "parent_id and section_id follow from path, the parent is there, level grows downwards, siblings are "
                         "counted from 1, subtree_end is the largest end below"),
    "marker has its style": Rule("sections", "A marker stands in the section's text and has a style; only a heading that markup shows has "
                                 "a style and no marker"),
    "heading is in its section": Rule("sections", "A heading stands in the section's own text"),
    "number is the marker's": Rule("sections", "number is what the numerals of the marker write"),
    "phrase is its slice": Rule("phrases", "A phrase's surface is the slice of the speech's text, and its section's own span holds its "
                                "start"),
    "edits rebuild the text": Rule("edits", "Walking the edits leads from the raw text to the text, and between them only script and width "
                                   "differ"),
}


def faults_of_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write faults.arrow: a row for every row of the shard that breaks a rule."""
    frames = {name: read_frame(Path(path)) for name, path in inputs.items()}
    found = pl.DataFrame(list(faults(**frames)), schema=FAULTS, orient="row")
    write_frame(found, out / "faults.arrow")
    return {"faults": found.height}


def faults(documents: pl.DataFrame, speeches: pl.DataFrame, edits: pl.DataFrame, sections: pl.DataFrame,
           phrases: pl.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """(rule, table, key, evidence) for every row that breaks a rule of RULES. The frames hold all rows of the same speeches."""
    texts = dict(zip(speeches["speech_id"].to_list(), speeches["text"].to_list()))
    for found in (_documents(documents, speeches), _speeches(speeches), _sections(speeches, sections), _tree(sections),
                  _phrases(texts, sections, phrases), _counts(speeches, sections, phrases), _edits(documents, texts, edits)):
        for rule, key, evidence in found:
            yield rule, RULES[rule].table, key, evidence


def _documents(documents: pl.DataFrame, speeches: pl.DataFrame) -> Found:
    for key, path, text in documents.select("document_id", "source_path", pl.col("raw_text").cast(pl.Binary)).iter_rows():
        if hashlib.sha256(text).hexdigest()[:20] != key:
            yield "document_id is the digest", path, key
    speech = pl.col("fate") == "speech"
    given = documents.select("document_id", "source_path", "speech_id", "speech_score", "fate").filter(speech)
    lost = given.join(speeches.select("speech_id"), left_on="document_id", right_on="speech_id", how="anti")
    stray = speeches.select("speech_id").join(given, left_on="speech_id", right_on="document_id", how="anti")
    wrong = given.filter(pl.col("speech_id").ne_missing(pl.col("document_id")))
    moved = speeches.select("speech_id", "source_path", "speech_score").join(
        given, left_on="speech_id", right_on="document_id").filter(
        (pl.col("source_path") != pl.col("source_path_right")) | pl.col("speech_score").ne_missing(pl.col("speech_score_right")))
    for frame, evidence in ((lost, "no speech of it"), (stray, "no document of it"), (wrong, "speech_id is not document_id"),
                            (moved, "source_path or speech_score is not the document's")):
        for row in frame.iter_rows():
            yield "one speech a document", str(row[0]), evidence
    odd = documents.select("source_path", "fate", "reason", "speech_id").filter(
        ((pl.col("fate") == "rejected") != pl.col("reason").is_not_null()) | (~speech & pl.col("speech_id").is_not_null()))
    for path, fate, reason, _ in odd.iter_rows():
        yield "fate and reason agree", path, f"fate {fate}, reason {reason}"
    originals = documents.group_by("document_id").agg(originals=(pl.col("fate") != "duplicate").sum(), path=pl.col("source_path").first())
    for key, count, path in originals.filter(pl.col("originals") != 1).sort("document_id").select(
            "document_id", "originals", "path").iter_rows():
        yield "fate and reason agree", path, f"{count} of the documents {key} are no duplicates"
    marked = documents.filter(pl.col("layout").list.len() > 0).select("source_path", "layout", length=pl.col("raw_text").str.len_chars())
    if marked.height:
        spans = marked.explode("layout").unnest("layout")
        outside = spans.filter((pl.col("start") < 0) | (pl.col("end") < pl.col("start")) | (pl.col("end") > pl.col("length")))
        for path, start, end, length in outside.select("source_path", "start", "end", "length").iter_rows():
            yield "marks lie in the raw text", path, f"[{start}, {end}) of {length}"


def _speeches(speeches: pl.DataFrame) -> Found:
    alone = pl.col("duplicate_group").is_null()
    for key in speeches.filter(alone & (~pl.col("is_canonical") | pl.col("duplicate_similarity").is_not_null()))["speech_id"]:
        yield "one canonical", key, "in no group, but not canonical, or similar to another"
    for kind in ("delivered", "published"):
        day, precision, words = pl.col(f"{kind}_date"), pl.col(f"{kind}_precision"), pl.col(f"{kind}_evidence")
        broken = speeches.filter(
            (day.is_null() != precision.is_null()) | (day.is_null() != words.is_null()) | (day < FIRST_DATE) | (day >= AFTER_LAST_DATE)
            | ((precision != "day") & (day.dt.day() != 1)) | ((precision == "year") & (day.dt.month() != 1)))
        for row in broken.select("speech_id", day, precision, words).iter_rows():
            yield "dates are whole", row[0], f"{kind}: {row[1]}, precision {row[2]}, evidence {row[3]}"
    for key, place, code in speeches.filter(pl.col("place").is_null() != pl.col("place_code").is_null()).select(
            "speech_id", "place", "place_code").iter_rows():
        if place is None or not is_shared(place):
            yield "place has its code", key, f"place {place}, code {code}"
    named = pl.col("defects").list.eval(pl.element().unique().sort())
    unsorted = speeches.filter(pl.col("defects").list.join(";") != named.list.join(";"))
    for key, defects in unsorted.select("speech_id", "defects").iter_rows():
        yield "defects are a sorted set", key, ", ".join(defects)
    text = pl.col("text")
    unclean = text.str.contains("\n\n", literal=True) | text.str.contains("\r", literal=True) | text.str.starts_with("\n") \
        | text.str.ends_with("\n")
    for key in speeches.filter(unclean)["speech_id"]:
        yield "text is clean lines", key, "an empty line, a line break at an end, or a carriage return"


def _sections(speeches: pl.DataFrame, sections: pl.DataFrame) -> Found:
    rows = sections.sort("speech_id", "start", "level", "path").with_columns(
        due=pl.col("end").shift(1, fill_value=0).over("speech_id"))
    gaps = rows.filter((pl.col("start") != pl.col("due")) | (pl.col("end") < pl.col("start")))
    for key, start, due in gaps.select("section_id", "start", "due").iter_rows():
        yield "sections tile", key, f"starts at {start}, but {due} is due"
    whole = speeches.select("speech_id", "text", length=pl.col("text").str.len_chars().cast(pl.Int64))
    joined = rows.group_by("speech_id").agg(last=pl.col("end").max().cast(pl.Int64), joined=pl.col("text").str.join(""))
    # Where the spans tile the text and their texts joined are the text, each is its slice if it is as long as its span; only the
    # speeches where that fails are looked at row by row.
    beside = whole.join(joined, on="speech_id", how="full", coalesce=True)
    for key, length, last in beside.filter(pl.col("last").ne_missing(pl.col("length"))).sort("speech_id").select(
            "speech_id", "length", "last").iter_rows():
        yield "sections tile", key, f"sections end at {last} of {length}"
    odd = rows.filter(pl.col("text").str.len_chars().cast(pl.Int64) != (pl.col("end") - pl.col("start")).cast(pl.Int64))
    suspects = {*gaps["speech_id"], *odd["speech_id"],
                *beside.filter(pl.col("joined").ne_missing(pl.col("text")) | pl.col("last").ne_missing(pl.col("length")))["speech_id"]}
    if suspects:
        texts = dict(speeches.filter(pl.col("speech_id").is_in(sorted(suspects))).select("speech_id", "text").iter_rows())
        for key, speech, start, end, text in rows.filter(pl.col("speech_id").is_in(sorted(suspects))).select(
                "section_id", "speech_id", "start", "end", "text").iter_rows():
            if speech not in texts or texts[speech][max(start, 0):max(end, 0)] != text:
                yield "section text is its slice", key, f"[{start}, {end})"
    bare = pl.col("marker").is_null()
    unmarked = sections.filter((bare & ~pl.col("marker_style").is_in(["markup"]) & pl.col("marker_style").is_not_null())
                               | (~bare & pl.col("marker_style").is_null())
                               | (~bare & ~pl.col("text").str.contains(pl.col("marker"), literal=True)))
    for key, marker, style in unmarked.select("section_id", "marker", "marker_style").iter_rows():
        yield "marker has its style", key, f"marker {marker}, style {style}"
    for key, heading in sections.filter(~pl.col("text").str.contains(pl.col("heading"), literal=True)).select(
            "section_id", "heading").iter_rows():
        yield "heading is in its section", key, f"heading {heading}"
    marked = sections.filter(~bare).select("marker", "marker_style", "number").unique().with_columns(
        due=pl.col("marker").map_elements(written, return_dtype=pl.Int64))
    # 首先 and 最后 write no number, and 一方面 is a word: only 其一 has one among them
    wordy = pl.col("marker_style").eq_missing("sequence") & pl.col("number").is_null()
    wrong = marked.filter(pl.col("due").ne_missing(pl.col("number").cast(pl.Int64)) & ~wordy).drop("due")
    for key, marker, number in sections.join(wrong, on=wrong.columns, nulls_equal=True, maintain_order="left").select(
            "section_id", "marker", "number").iter_rows():
        yield "number is the marker's", key, f"marker {marker}, number {number}"


def _tree(sections: pl.DataFrame) -> Found:
    named = sections.select(
        "section_id", "speech_id", "parent_id", "path", "level", "end", "subtree_end",
        above=pl.col("path").str.replace(r"\.?[0-9]+$", ""), depth=pl.col("path").str.count_matches(".", literal=True) + 1)
    named = named.with_columns(wanted=pl.when(pl.col("above") != "").then(pl.col("speech_id") + "." + pl.col("above")))
    parents = sections.select(parent_id="section_id", parent_level="level")
    number = pl.col("path").str.extract(r"([0-9]+)$").cast(pl.Int64, strict=False)
    children = sections.group_by(section_id="parent_id").agg(below=pl.col("subtree_end").max(), children=pl.len(), count=number.max())
    rows = named.join(parents.unique("parent_id"), on="parent_id", how="left").join(children, on="section_id", how="left")
    # Where every section ends no sooner than its children and as late as the last of them, so does every branch.
    due = pl.max_horizontal("end", "below")
    for broken, words in (
            (pl.col("section_id") != pl.col("speech_id") + "." + pl.col("path"), "section_id is not speech_id and path"),
            (pl.col("parent_id").ne_missing(pl.col("wanted")), "parent_id is not the section above by path"),
            (pl.col("parent_id").is_not_null() & pl.col("parent_level").is_null(), "the parent is not there"),
            (pl.col("parent_level") >= pl.col("level"), "level does not grow"),
            (pl.col("subtree_end") != due, "subtree_end is not the largest end below"),
            (pl.col("count") != pl.col("children"), "children are not counted from 1")):
        for key, parent, end in rows.filter(broken).sort("section_id").select("section_id", "parent_id", "subtree_end").iter_rows():
            yield "section tree", key, f"{words}: parent {parent}, subtree_end {end}"
    roots = named.with_columns(number=number).filter(pl.col("above") == "").sort("number").group_by("speech_id").agg(
        pl.col("section_id", "path").last(), roots=pl.len(), count=pl.col("number").max())
    for key, path, size in roots.filter(pl.col("count") != pl.col("roots")).sort("section_id").select(
            "section_id", "path", "roots").iter_rows():
        yield "section tree", key, f"sections of level 1 are not counted from 1: the last of {size} has path {path}"


def _phrases(texts: Mapping[str, str], sections: pl.DataFrame, phrases: pl.DataFrame) -> Found:
    spans = sections.select("section_id", low="start", high="end", owner="speech_id").unique("section_id")

    def astray(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.join(spans, on="section_id", how="left").filter(
            pl.col("owner").ne_missing(pl.col("speech_id")) | (pl.col("start") < pl.col("low")) | (pl.col("start") >= pl.col("high")))

    # Of a run of phrases in one section whose starts never fall, all are in it if the first and the last are.
    goes_on = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in ("speech_id", "section_id")) \
        & (pl.col("start") >= pl.col("start").shift(1))
    edges = phrases.select("speech_id", "section_id", "start", goes_on=goes_on.fill_null(False)).filter(
        ~pl.col("goes_on") | ~pl.col("goes_on").shift(-1, fill_value=False))
    if astray(edges).height:
        for speech, start, surface in astray(phrases).sort("speech_id", "start", "kind").select(
                "speech_id", "start", "surface").iter_rows():
            yield "phrase is its slice", f"{speech} {start}", f"{surface} at {start} is not in its section"
    rows = phrases.select("speech_id", "start", "end", "surface").sort("speech_id", maintain_order=True)
    starts, ends = (rows[name].to_numpy() for name in ("start", "end"))
    # Where the surfaces joined are the slices joined, and each is as long as its span, each is its slice.
    odd = pl.col("surface").str.len_chars().cast(pl.Int64) != (pl.col("end") - pl.col("start")).cast(pl.Int64)
    joined = rows.group_by("speech_id", maintain_order=True).agg(count=pl.len(), joined=pl.col("surface").str.join(""), odd=odd.any())
    at = 0
    for speech, count, surfaces, odd_one in joined.iter_rows():
        after, text = at + count, texts.get(speech, "")
        if odd_one or not _read(text, starts[at:after], ends[at:after], surfaces):
            for row, surface in enumerate(rows["surface"][at:after], at):
                if text[starts[row]:ends[row]] != surface:
                    yield "phrase is its slice", f"{speech} {starts[row]}", f"{surface} is not [{starts[row]}, {ends[row]})"
        at = after


def _read(text: str, starts: NDArray[np.int32], ends: NDArray[np.int32], joined: str) -> bool:
    """Whether the slices of a text, all of them together as long as `joined`, read so one after the other."""
    codes, due = (np.frombuffer(each.encode("utf-16-le", "surrogatepass"), np.uint16) for each in (text, joined))
    if starts.min() < 0 or ends.max() > len(text) or len(codes) > len(text) or len(due) > len(joined):  # or characters of two codes each
        return "".join(map(text.__getitem__, map(slice, starts.tolist(), ends.tolist()))) == joined
    lengths = ends - starts
    before = np.cumsum(lengths, dtype=np.int32) - lengths
    return bool((codes[np.arange(len(due), dtype=np.int32) + np.repeat(starts - before, lengths)] == due).all())


def _counts(speeches: pl.DataFrame, sections: pl.DataFrame, phrases: pl.DataFrame) -> Found:
    counted = speeches.select("speech_id", "char_count", "section_count", "phrase_count", chars=pl.col("text").str.len_chars())
    for frame, name in ((sections, "sections"), (phrases, "phrases")):
        counted = counted.join(frame.group_by("speech_id").agg(pl.len().alias(name)), on="speech_id", how="left").with_columns(
            pl.col(name).fill_null(0))
    for stated, found in (("char_count", "chars"), ("section_count", "sections"), ("phrase_count", "phrases")):
        broken = counted.filter(pl.col(stated).cast(pl.Int64).ne_missing(pl.col(found).cast(pl.Int64)))
        for key, said, there in broken.sort("speech_id").select("speech_id", stated, found).iter_rows():
            yield "counts", key, f"{stated} {said}, found {there}"


def _edits(documents: pl.DataFrame, texts: Mapping[str, str], edits: pl.DataFrame) -> Found:
    raws = dict(documents.filter(pl.col("fate") == "speech").select("document_id", "raw_text").iter_rows())
    rows = edits.sort("speech_id", "raw_start", "raw_end", "start", "end")
    columns = [rows[name].to_list() for name in ("start", "end", "raw_start", "raw_end")]
    by_speech: dict[str, tuple[int, int]] = {}
    at = 0
    for count, speech in zip(*rows["speech_id"].rle().struct.unnest()):
        by_speech[speech] = (at, at + count)
        at += count
    for key, text in texts.items():
        low, high = by_speech.pop(key, (0, 0))
        evidence = walk_fault(text, raws.get(key, ""), *(column[low:high] for column in columns))
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
        if start - at != raw_start - raw_at or start < at or end < start or raw_end < raw_start or end > len(text) or raw_end > len(raw):
            return f"{start - at} characters of text, {raw_start - raw_at} of raw text before the edit at raw {raw_start}"
        kept.append(text[at:start])
        raw_kept.append(raw[raw_at:raw_start])
        at, raw_at = end, raw_end
    one, other = "".join(kept), "".join(raw_kept)
    if one == other:
        return None
    codes, raw_codes = (np.frombuffer(each.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) for each in (one, other))
    places = np.flatnonzero(codes != raw_codes)
    pairs, first = np.unique(codes[places].astype(np.uint64) << 32 | raw_codes[places], return_index=True)
    # Simplifying is told word by word (乾安 keeps its 乾): a pair of characters that alone does not fold together may do so in its words.
    doubtful = [int(places[n]) for pair, n in zip(pairs.tolist(), first.tolist()) if not _alike(pair >> 32, pair & 0xFFFFFFFF)]
    if not doubtful or _folded(one) == _folded(other):
        return None
    place = min(doubtful)
    return f"{other[place:place + 8]!r} in step with {one[place:place + 8]!r}"


@cache
def _alike(code: int, raw_code: int) -> bool:
    """Whether two characters are one but for script and width."""
    return _folded(chr(code)) == _folded(chr(raw_code))


def _folded(text: str) -> str:
    """Simplified, of one width and one shape of quotes and brackets: what may differ between a text and its raw text in step."""
    # Before NFKC, which makes two characters of one ″.
    return unicodedata.normalize("NFKC", simplifier().convert(text).translate(_shapes())).translate(_shapes())


@cache
def _shapes() -> dict[int, str]:
    return {ord(char): '"' for char in "“”‘’„‟‚‛\"'`´′″‵‶〝〞〟「」『』﹁﹂﹃﹄«»‹›"} | {
        ord(char): "(" for char in "([{〔【〖〘〚《〈<⟨⟪"} | {ord(char): ")" for char in ")]}〕】〗〙〛》〉>⟩⟫"}
