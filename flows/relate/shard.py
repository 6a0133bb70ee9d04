"""Relate, by path: fingerprints a shard, then duplicates, shared passages, set wording and the lexicon over all shards."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from flows.relate.duplicates import groups
from flows.relate.fingerprints import fingerprints
from flows.relate.passages import passages
from flows.tables import read_frame, write_frame

MERITS = ["speech_id", "char_count", "delivered_date", "published_date", "defects"]


def prints_of_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write prints.arrow: the fingerprints of a shard's speeches."""
    write_frame(fingerprints(read_frame(Path(inputs["speeches"]), ["speech_id", "text"])), out / "prints.arrow")
    return {}


def groups_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write <shard>.arrow for each shard: which speeches are near-duplicates, and which of them counts."""
    shards = inputs["shards"]
    prints = {shard: read_frame(Path(paths["prints"]), ["speech_id", "shingle_count", "sketch"]) for shard, paths in shards.items()}
    merits = pl.concat([read_frame(Path(paths["speeches"]), MERITS) for paths in shards.values()]) if shards else None
    grouped = 0
    if merits is not None:
        found = groups(pl.concat(prints.values()), merits, lambda wanted: _texts(shards, wanted))
        grouped = int(found["duplicate_group"].is_not_null().sum())
        for shard, frame in prints.items():
            write_frame(frame.select("speech_id").join(found, on="speech_id", how="left", maintain_order="left").rechunk(),
                        out / f"{shard}.arrow")
    return {"grouped": grouped}


def _texts(shards: Mapping[str, Mapping[str, str]], wanted: Sequence[str]) -> pl.DataFrame:
    """The rows (speech_id, text) of the speeches asked for."""
    keys = pl.Series("speech_id", list(wanted), dtype=pl.String).to_frame()
    return pl.concat([pl.DataFrame(schema={"speech_id": pl.String, "text": pl.String}), *(
        read_frame(Path(paths["speeches"]), ["speech_id", "text"]).join(keys, on="speech_id", how="semi") for paths in shards.values())])


def passages_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write passages.arrow: what canonical speeches share."""
    prints, speeches = [], [pl.DataFrame(schema={"speech_id": pl.String, "text": pl.String})]
    for paths in inputs["shards"].values():
        canonical = read_frame(Path(paths["groups"])).filter("is_canonical").select("speech_id")
        prints.append(read_frame(Path(paths["prints"]), ["speech_id", "seeds"]).join(canonical, on="speech_id", how="semi"))
        speeches.append(read_frame(Path(paths["speeches"]), ["speech_id", "text"]).join(canonical, on="speech_id", how="semi"))
    seeds = pl.concat(prints) if prints else pl.DataFrame(schema={"speech_id": pl.String, "seeds": pl.List(pl.UInt64)})
    found = passages(seeds, pl.concat(speeches))
    write_frame(found.rows, out / "passages.arrow")
    return {"passages": found.rows.height, "seeds": found.seeds, "common_seeds": found.common_seeds}


def lexicon_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write lexicon.arrow: every phrase and kind, counted over canonical speeches."""
    rows = []
    for paths in inputs["shards"].values():
        canonical = read_frame(Path(paths["groups"])).select("speech_id", "is_canonical")
        dates = read_frame(Path(paths["speeches"]), ["speech_id", "source_path", "source_name", "delivered_date", "published_date"]).join(
            canonical, on="speech_id")
        counted = read_frame(Path(paths["phrases"]), ["speech_id", "phrase", "kind"]).group_by("speech_id", "phrase", "kind").len()
        rows.append(counted.join(dates, on="speech_id"))
    frame = pl.concat(rows).with_columns(date=pl.coalesce("delivered_date", "published_date"),
                                         basis=pl.when(pl.col("delivered_date").is_not_null()).then(pl.lit("delivered")).otherwise(
                                             pl.lit("published")))
    counts = pl.col("is_canonical")
    dated = counts & pl.col("date").is_not_null()
    found = frame.group_by("phrase", "kind").agg(
        occurrence_count=pl.col("len").filter(counts).sum().cast(pl.Int64), speech_count=counts.sum().cast(pl.Int64),
        source_count=pl.coalesce("source_name", pl.col("source_path").str.split("/").list.first()).filter(counts).n_unique().cast(pl.Int64),
        first_date=pl.col("date").filter(dated).min(), last_date=pl.col("date").filter(dated).max(),
        first_date_basis=pl.col("basis").filter(dated).sort_by(pl.col("date").filter(dated), pl.col("speech_id").filter(dated)).first(),
        last_date_basis=pl.col("basis").filter(dated).sort_by(pl.col("date").filter(dated), pl.col("speech_id").filter(dated)).last(),
    ).with_columns(members=pl.lit(None, dtype=pl.List(pl.String))).sort("phrase", "kind")
    write_frame(found, out / "lexicon.arrow")
    return {"lexicon": found.height}
