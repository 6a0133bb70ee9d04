"""Relate, by path: fingerprints a shard, then duplicates, shared passages, set wording and the lexicon over all shards."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from flows.relate.duplicates import groups
from flows.relate.fingerprints import fingerprints
from flows.relate.lexicon import count_phrases, lexicon, named_members
from flows.relate.passages import passages
from flows.relate.wording import BLOCK, count_wording, occurrences, set_phrases
from flows.segment.shard import placed
from flows.segment.texts import Texts
from flows.segment.wordlist import WordList
from flows.tables import read_frame, write_frame
from schemas import PHRASES

SAMPLED = 4 * BLOCK   # code points that set wording is mined from
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
    found = passages(
        _canonical(paths, ["speech_id", "text"]).join(read_frame(Path(paths["prints"]), ["speech_id", "seeds"]), on="speech_id", how="left",
                                                      maintain_order="left").sort("speech_id")
        for _, paths in sorted(inputs["shards"].items()))
    write_frame(found.rows, out / "passages.arrow")
    return {"passages": found.rows.height, "seeds": found.seeds, "common_seeds": found.common_seeds,
            "kin_left_out": found.kin_left_out}


def wording_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write wording.arrow: the set wording of the corpus, mined from a sample of canonical speeches.

    The sample is the first SAMPLED code points by speech_id, which is as good as drawn by lot, so that cost and memory do not grow with
    the corpus; it does not depend on how the corpus is cut into shards.
    """
    taken = size = 0
    block: list[pl.DataFrame] = []
    counted: list[pl.DataFrame] = []
    for paths in inputs["shards"].values():
        if taken >= SAMPLED:
            break
        speeches = _canonical(paths, ["speech_id", "source_path", "source_name", "text"]).sort("speech_id")
        first = last = 0
        for length in speeches["text"].str.len_chars().to_list():
            if size and size + length > BLOCK:
                counted.append(count_wording(_sourced(pl.concat([*block, speeches[first:last]]))))
                block, size, first = [], 0, last
            size, taken, last = size + length, taken + length, last + 1
            if taken >= SAMPLED:
                break
        block.append(speeches[first:last])
    if size:
        counted.append(count_wording(_sourced(pl.concat(block))))
    found = set_phrases(counted)
    write_frame(found, out / "wording.arrow")
    return {"set_phrases": found.height, "sampled": taken}


def _canonical(paths: Mapping[str, str], columns: Sequence[str]) -> pl.DataFrame:
    keys = read_frame(Path(paths["groups"])).filter("is_canonical").select("speech_id")
    return read_frame(Path(paths["speeches"]), list(columns)).join(keys, on="speech_id", how="semi", maintain_order="left")


def _sourced(speeches: pl.DataFrame) -> pl.DataFrame:
    """With `source`: the site that the document names, else the top folder."""
    return speeches.with_columns(source=pl.coalesce("source_name", pl.col("source_path").str.split("/").list.first()))


def phrases_of_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write phrases.arrow (all kinds, the set wording with them), and what the lexicon is made of: counted.arrow, named.arrow."""
    wording = WordList(read_frame(Path(inputs["wording"]), ["phrase"])["phrase"].sort().to_list())
    speeches = _sourced(read_frame(Path(inputs["speeches"]), [
        "speech_id", "source_path", "source_name", "delivered_date", "published_date", "text"])).join(
        read_frame(Path(inputs["groups"])).select("speech_id", "is_canonical"), on="speech_id", how="left", maintain_order="left")
    texts = Texts(speeches["text"].to_list())
    found = placed(occurrences(texts, wording), read_frame(Path(inputs["sections"]), ["section_id", "speech_id", "start", "end"]),
                   speeches["speech_id"], texts)
    phrases = pl.concat([read_frame(Path(inputs["phrases"])), found]).sort(PHRASES.order)
    write_frame(phrases, out / "phrases.arrow")
    write_frame(count_phrases(phrases, speeches), out / "counted.arrow")
    write_frame(named_members(phrases, speeches), out / "named.arrow")
    return {"phrases": phrases.height}


def lexicon_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write lexicon.arrow: every phrase and kind, counted over canonical speeches."""
    found = lexicon(*((read_frame(Path(path)) for path in inputs[kind]) for kind in ("counted", "named")))
    write_frame(found, out / "lexicon.arrow")
    return {"lexicon": found.height}
