"""Validate, by path: the final tables of a shard, put together from what the stages worked out, and written as Parquet."""
from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from flows.tables import TableWriter, empty_frame, read_frame, write_frame
from schemas import DOCUMENTS, REJECTS, SPEECHES, TABLES


def assemble_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write documents.arrow and speeches.arrow as they are published: with the documents that hold no speech after all, the counts and
    defects of the outline, and the groups of duplicates."""
    dropped = read_frame(Path(inputs["dropped"])).rename({"reason": "dropped"})
    documents = read_frame(Path(inputs["documents"])).join(dropped, on="document_id", how="left", maintain_order="left")
    gone = pl.col("dropped").is_not_null() & (pl.col("fate") == "speech")
    documents = documents.with_columns(
        fate=pl.when(gone).then(pl.lit("rejected")).otherwise("fate"),
        reason=pl.when(gone).then("dropped").otherwise("reason"),
        speech_id=pl.when(gone).then(None).otherwise("speech_id"))
    write_frame(documents.select(DOCUMENTS.names), out / "documents.arrow")

    counts = read_frame(Path(inputs["phrases"]), ["speech_id"]).group_by("speech_id").agg(phrase_count=pl.len().cast(pl.Int32))
    speeches = (read_frame(Path(inputs["speeches"]))
                .join(read_frame(Path(inputs["outlines"])), on="speech_id", how="left", maintain_order="left")
                .join(counts, on="speech_id", how="left", maintain_order="left")
                .join(read_frame(Path(inputs["groups"])), on="speech_id", how="left", maintain_order="left")
                .with_columns(
                    pl.col("phrase_count").fill_null(0), pl.col("is_canonical").fill_null(True),
                    defects=pl.col("defects").list.concat("outline_defects").list.unique().list.sort()))
    write_frame(speeches.select(SPEECHES.names), out / "speeches.arrow")
    return {"documents": documents.height, "speeches": speeches.height}


def write_table(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write one published table as Parquet from the frames of its shards, which come in the table's order."""
    table = TABLES[inputs["table"]]
    path = out / f"{table.name}.parquet"
    with TableWriter(table, path) as writer:
        for frame in inputs["frames"]:
            writer.write(read_frame(Path(frame)))
    with path.open("rb") as file:
        return {"rows": writer.rows, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def gather_rejects(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write all rejects, of every stage and shard, as one frame in order: rejects.arrow."""
    listed = pl.DataFrame(inputs["listed"], schema=empty_frame(REJECTS).schema, orient="row")
    rejects = pl.concat([listed, *(read_frame(Path(path)) for path in inputs["frames"])])
    # The same complaint twice about one input says nothing more; a null detail sorts first.
    rejects = rejects.unique(maintain_order=False).sort(REJECTS.order)
    write_frame(rejects, out / "rejects.arrow")
    return {"rejects": rejects.height, "reasons": dict(sorted(rejects["reason"].value_counts().iter_rows()))}
