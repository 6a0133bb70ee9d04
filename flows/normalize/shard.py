"""Normalize, by path: the speeches of a shard of documents, and the edits that lead to them."""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from flows.ingest.documents import Document
from flows.ingest.selection import Judgement, judge
from flows.ingest.shard import documents_of
from flows.normalize.counts import kept, learn, written
from flows.normalize.language import Model
from flows.normalize.mojibake import masked
from flows.normalize.repetition import in_parts, told
from flows.normalize.repetition import repeated as repeated_in
from flows.normalize.speech import Speech, normalize
from flows.store import key_of
from flows.tables import empty_frame, read_frame, write_frame
from schemas import EDITS, REJECTS, SPEECHES

LATER = ("section_count", "phrase_count", "duplicate_group", "is_canonical", "duplicate_similarity")
DOUBTED = 0.15          # score of what is a page's own below which it is no speech, once it was taken for one with others' beginnings in it
DROPPED = {"document_id": pl.String, "reason": pl.String}


def repeated_lines(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write repeated.arrow: of the lines in the `parts` of their statistics those that many documents of one source hold, shard by shard.

    The facts say for each shard where its own lines begin and end, and a digest of them. What another shard alone repeats is left out, so
    that a new document re-does only the shards whose lines it makes furniture.
    """
    first, end = inputs["parts"]

    def statistics() -> Iterator[pl.DataFrame]:
        for path in inputs["lines"].values():
            frame = read_frame(Path(path))
            yield in_parts(frame, 0, 1)
            yield in_parts(frame, first, end)

    found = repeated_in(statistics())
    shards: dict[str, list[Any]] = {}
    row = 0
    schema = found.to_arrow().schema
    with pa.ipc.new_file(out / "repeated.arrow", schema) as file:
        for shard, path in inputs["lines"].items():
            lines = in_parts(read_frame(Path(path)), first, end).select("line").unique()
            own = found.join(lines, on="line", how="semi", maintain_order="left")
            if own.height:
                file.write_table(own.to_arrow().cast(schema).combine_chunks())
                shards[shard] = [row, row + own.height, key_of([own[name].to_list() for name in own.columns])]
                row += own.height
    return {"repeated": found.height, "shards": shards}


def language_model(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write language.arrow: what the speeches of the given shards, in order of id and up to a limit, teach of their language."""
    texts = (text for path in inputs["documents"]
             for text in read_frame(Path(path)).filter(pl.col("fate") == "speech").sort("document_id")["raw_text"])
    counts = learn(masked(text) for text in texts)
    written(counts, out / "language.arrow")
    return {"ngrams": len(counts.keys[-1])}


def normalize_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write speeches.arrow (with the spans of markup headings, without what later stages add), edits.arrow, rejects.arrow, and
    dropped.arrow: documents that turn out to hold no speech.

    The input "left_out" names those that a later stage gave up: {document_id: [stage, why]}."""
    left_out = inputs.get("left_out", {})
    documents = read_frame(Path(inputs["documents"])).filter(pl.col("fate") == "speech")
    repeated = told(row for path, start, end in inputs["repeated"] for row in read_frame(Path(path))[start:end].iter_rows())
    model = Model(kept(Path(inputs["language"]))) if "language" in inputs else None
    schema = {name: kind for name, kind in empty_frame(SPEECHES).schema.items() if name not in LATER}
    schema["headings"] = pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32, "level": pl.Int8}))
    edit_schema = empty_frame(EDITS).schema
    # columns: of edits there are some hundreds of thousands, and a tuple for each would be kept and looked through by the collector
    speeches: dict[str, list[Any]] = {name: [] for name in schema}
    edits: dict[str, list[Any]] = {name: [] for name in edit_schema}
    dropped: list[tuple[str, str]] = []
    rejects = []
    found: list[tuple[str, float, Document, Speech]] = []
    for key, score, document in zip(documents["document_id"], documents["speech_score"], documents_of(documents)):
        if key in left_out:
            stage, why = left_out[key]
            rejects.append((document.source_path, stage, "failed", why))
            dropped.append((key, "failed"))
            continue
        try:
            speech = normalize(document, repeated, model)
        except Exception as problem:  # one document must not stop the others: it is rejected with the reason
            rejects.append((document.source_path, "normalize", "failed", f"{type(problem).__name__}: {problem}"))
            dropped.append((key, "failed"))
            continue
        if speech is None or not speech.text:
            dropped.append((key, "nothing_left"))
            continue
        found.append((key, score, document, speech))
    taken_for = _taken_for(found)
    dropped += taken_for.items()
    for key, score, document, speech in found:
        if key in taken_for:
            continue
        row = _row(key, document.source_path, score, speech)
        for name, column in speeches.items():
            column.append(row[name])
        if speech.edits:
            for column, values in zip(edits.values(), ([key] * len(speech.edits), *zip(*speech.edits)), strict=True):
                column += values
    write_frame(pl.DataFrame(speeches, schema=schema), out / "speeches.arrow")
    write_frame(pl.DataFrame(edits, schema=edit_schema), out / "edits.arrow")
    write_frame(pl.DataFrame(rejects, schema=empty_frame(REJECTS).schema, orient="row"), out / "rejects.arrow")
    write_frame(pl.DataFrame(dropped, schema=DROPPED, orient="row"), out / "dropped.arrow")
    return {"speeches": len(speeches["speech_id"]), "edits": len(edits["speech_id"]), "dropped": len(dropped)}


def _taken_for(found: Sequence[tuple[str, float, Document, Speech]]) -> dict[str, str]:
    """Why documents are no speeches that were taken for some because of other pages of their site which they show."""
    doubted = [(key, replace(document, raw_text=own, layout=())) for key, _, document, speech in found for own in speech.own]
    judgements = judge([document for _, document in doubted]) if doubted else []
    surest: dict[str, Judgement] = {}
    for (key, _), judgement in zip(doubted, judgements, strict=True):
        surest[key] = max(surest.get(key, judgement), judgement, key=lambda one: one.score)
    return {key: judgement.reason for key, judgement in surest.items() if judgement.reason is not None and judgement.score < DOUBTED}


def _row(key: str, path: str, score: float, speech: Speech) -> dict[str, Any]:
    found = speech.metadata
    return {name: getattr(found, name) for name in found.__slots__ if name != "defects"} | {
        "speech_id": key, "source_path": path, "text": speech.text, "script": speech.script, "char_count": len(speech.text),
        "placeholder_count": speech.placeholder_count, "defects": list(speech.defects), "speech_score": score,
        "headings": [shown._asdict() for shown in speech.headings]}
