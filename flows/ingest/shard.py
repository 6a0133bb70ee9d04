"""Ingest, by path: read a batch of sources into document rows, and decide for a shard of documents which are speeches."""
from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xxhash

from flows.ingest.documents import Document, Mark, Reject
from flows.ingest.inventory import ALL_PARTS, shard_of
from flows.ingest.limits import Limits
from flows.ingest.selection import judge
from flows.ingest.sources import Source, card_for, parts, read
from flows.normalize.mojibake import is_suspect
from flows.normalize.repetition import line_statistics
from flows.store import UNSETTLED
from flows.tables import empty_frame, read_frame, write_frame
from schemas import DOCUMENTS, REJECTS

SPILL_BYTES = 48 << 20
JUDGE_ROWS = 4096   # each call compiles its expressions anew, some 36 ms
ITEM_COLUMNS = ("document_id", "source_path", "media_type", "encoding", "encoding_confidence", "byte_count", "raw_text", "layout",
                "metadata")


def read_batch(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Read the parts of sources in `inputs`; write documents in order of id, in files of bounded size, and rejects.

    The facts say for each file where which shard begins and ends and a digest of those rows, so that a shard is re-done only where its
    own documents changed.
    """
    waiting: list[Document] = []
    rejects: list[tuple[Any, ...]] = []
    items: dict[str, dict[str, Any]] = {}
    size = read_bytes = documents = 0
    limits = Limits(**settings["limits"])

    def spill() -> None:
        nonlocal waiting, size
        name = f"items-{len(items):04d}.arrow"
        frame = _items(waiting).sort("document_id", "source_path").rechunk()
        write_frame(frame, out / name)
        items[name] = _slices(frame, inputs["shard_bits"])
        waiting, size = [], 0

    def take(source: Source, part: int) -> None:
        nonlocal size, read_bytes, documents
        for item in read(source, part, limits=limits, text_column=settings["text_column"], card=card_for(source), troubles=troubles):
            if isinstance(item, Reject):
                rejects.append((item.source_path, item.stage, item.reason, item.detail))
                continue
            waiting.append(item)
            documents += 1
            size += 4 * len(item.raw_text)
            read_bytes += item.byte_count
            if size >= SPILL_BYTES:
                spill()

    troubles: list[Exception] = []
    for *told, part in inputs["sources"]:
        source = Source(*told)
        for each in range(parts(source, troubles)) if part == ALL_PARTS else (part,):
            take(source, each)
    spill()
    write_frame(pl.DataFrame(rejects, schema=empty_frame(REJECTS).schema, orient="row"), out / "rejects.arrow")
    # what failed by the system, and not by the bytes that the store knows it by, may not fail again
    return {"items": items, "documents": documents, "rejects": len(rejects), "bytes": read_bytes, UNSETTLED: bool(troubles)}


def _items(documents: Sequence[Document]) -> pl.DataFrame:
    """Documents as rows with ITEM_COLUMNS."""
    schema = empty_frame(DOCUMENTS).schema
    columns: dict[str, list[Any]] = {
        # The texts first: a string that was made UTF-8 once keeps it for its hash.
        "raw_text": [each.raw_text for each in documents],
        "source_path": [each.source_path for each in documents], "media_type": [each.media_type for each in documents],
        "encoding": [each.encoding for each in documents], "encoding_confidence": [each.encoding_confidence for each in documents],
        "byte_count": [each.byte_count for each in documents],
        "metadata": [json.dumps(each.metadata, ensure_ascii=False, sort_keys=True) if each.metadata else None for each in documents]}
    frame = pl.DataFrame([pl.Series(name, values, dtype=schema[name]) for name, values in columns.items()])
    # As a row: polars takes twenty times as long over a column of lists of structs.
    layout = pl.DataFrame([([mark._asdict() for mark in each.layout],) for each in documents], {"layout": schema["layout"]}, orient="row")
    return frame.hstack(layout).with_columns(
        pl.Series("document_id", [each.document_id for each in documents], dtype=schema["document_id"])).select(ITEM_COLUMNS)


def _slices(frame: pl.DataFrame, bits: int) -> dict[str, list[Any]]:
    """{shard: [first row, row after the last, digest]} of rows in order of id."""
    shards = [shard_of(each, bits) for each in frame["document_id"]]
    found: dict[str, list[Any]] = {}
    start = 0
    for row in range(1, len(shards) + 1):
        if row == len(shards) or shards[row] != shards[start]:
            buffer = io.BytesIO()
            frame[start:row].drop("raw_text").rechunk().write_ipc(buffer, compression="uncompressed")
            found[str(shards[start])] = [start, row, xxhash.xxh3_128_hexdigest(buffer.getbuffer())]
            start = row
    return found


def select(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Gather a shard's documents from the batches, tell repetitions of one raw text apart, and judge the rest: documents.arrow.

    Beside it lines.arrow: the lines that may be furniture, to be counted over all documents of a source.
    """
    frame = pl.concat([empty_frame(DOCUMENTS).select(ITEM_COLUMNS),
                       *(read_frame(Path(file))[start:end] for file, start, end in inputs["slices"])])
    frame = frame.sort("document_id", "source_path").rechunk()
    firsts = frame["document_id"].is_first_distinct().to_list()
    verdicts: Iterator[Any] = iter(())
    fates: list[tuple[Any, ...]] = []
    batch = [document for document, first in zip(documents_of(frame), firsts) if first]
    verdicts = (verdict for start in range(0, len(batch), JUDGE_ROWS) for verdict in judge(batch[start:start + JUDGE_ROWS]))
    for first in firsts:
        if not first:
            fates.append(("duplicate", None, None))
            continue
        verdict = next(verdicts)
        fates.append(("speech" if verdict.is_speech else "rejected", verdict.reason, verdict.score))
    schema = empty_frame(DOCUMENTS).schema
    judged = pl.DataFrame(fates, schema={name: schema[name] for name in ("fate", "reason", "speech_score")}, orient="row")
    frame = frame.hstack(judged).with_columns(
        speech_id=pl.when(pl.col("fate") == "speech").then("document_id")).select(DOCUMENTS.names)
    write_frame(frame, out / "documents.arrow")
    speeches = [document for document, fate in zip(batch, frame.filter(pl.Series(firsts))["fate"]) if fate == "speech"]
    lines = line_statistics(speeches)
    write_frame(lines, out / "lines.arrow")
    return {"documents": frame.height, "lines": lines.height,
            "fates": _counts(frame["fate"]), "reasons": _counts(frame["reason"].drop_nulls()),
            "characters": sum(len(document.raw_text) for document in speeches),
            "mojibake": sum(is_suspect(document.raw_text) for document in speeches)}


def _counts(values: pl.Series) -> dict[str, int]:
    return dict(sorted(values.value_counts().iter_rows()))


def documents_of(frame: pl.DataFrame) -> Iterable[Document]:
    """The rows of a frame of documents as documents, one at a time."""
    columns = ("source_path", "media_type", "encoding", "byte_count", "raw_text", "encoding_confidence", "metadata", "layout")
    for path, media, encoding, size, text, confidence, metadata, layout in frame.select(columns).iter_rows():
        yield Document(path, media, encoding, size, text, confidence, json.loads(metadata) if metadata else {},
                       tuple(Mark(mark["start"], mark["end"], mark["kind"], mark["level"]) for mark in layout))
