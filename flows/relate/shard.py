"""Relate, by path: fingerprints a shard, then duplicates, shared passages, set wording and the lexicon over all shards."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.relate.duplicates import candidates, grouped, lots_of, pairs_of, sketch_hashes, with_groups
from flows.relate.fingerprints import SKETCHES, fingerprints
from flows.relate.lexicon import between, count_phrases, lexicon, named_members
from flows.relate.origins import NAMED_BY, source
from flows.relate.paraphrases import Anchors, Spans
from flows.relate.parts import EVERY, blocks_of, starts_of
from flows.relate.passages import Hits, Shard, anchors_of, hits, in_order, passages, retold, shared
from flows.relate.wording import BLOCK, count_wording, occurrences, set_phrases
from flows.segment.shard import placed
from flows.segment.texts import Texts
from flows.segment.wordlist import WordList
from flows.tables import read_frame, write_frame
from schemas import PHRASES

SAMPLED = 4 * BLOCK   # code points that set wording is mined from
PRINTS = {"seeds": ["seeds"], "places": ["places"], "codes": ["codes"], "gaps": ["gaps", "skipped"]}
BLOCKS = pl.Schema({"one": pl.UInt32(), "other": pl.UInt32(), "first": pl.UInt64(), "end": pl.UInt64()})
MERITS = ["speech_id", "char_count", "delivered_date", "delivered_precision", "published_date", "speaker_name", "defects"]


def prints_of_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write the fingerprints of a shard's speeches: prints.arrow (a row a speech), sketches.arrow, seeds.arrow, places.arrow, codes.arrow,
    gaps.arrow."""
    prints = fingerprints(read_frame(Path(inputs["speeches"]), ["speech_id", "text"]))
    write_frame(prints.speeches, out / "prints.arrow")
    sketches = sketch_hashes(prints.speeches)
    write_frame(sketches, out / "sketches.arrow")
    for name, columns in PRINTS.items():
        write_frame(pl.DataFrame({column: getattr(prints, column) for column in columns}), out / f"{name}.arrow")
    return {"speeches": prints.speeches.height, "hashes": sketches.height, "seeds": len(prints.seeds), "codes": len(prints.codes)}


def groups_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write <shard>.arrow for each shard: which speeches are near-duplicates, and which of them counts; all in one task."""
    shards = inputs["shards"]
    lots = lots_of(_candidates(shards, [_pairs(shards, 0, 1)]))
    return _write_groups(shards, [_grouped(shards, pairs) for _, pairs in lots.group_by("lot", maintain_order=True)], out)


def pairs_of_partition(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write pairs.arrow: which speeches share hashes of one range."""
    pairs = _pairs(inputs["shards"], inputs["partition"], inputs["partitions"])
    write_frame(pairs, out / "pairs.arrow")
    return {"pairs": pairs.height}


def _pairs(shards: Mapping[str, Mapping[str, str]], partition: int, partitions: int) -> pl.DataFrame:
    prints = [Path(paths["prints"]) for paths in shards.values()]
    firsts = starts_of([read_frame(path, ["shingle_count"]).height for path in prints])
    return pairs_of([read_frame(path.with_name("sketches.arrow")) for path in prints], firsts, partition, partitions)


def candidates_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write lots.arrow: the pairs of speeches that may be duplicates, in lots that are measured apart."""
    lots = lots_of(_candidates(inputs["shards"], [read_frame(Path(path)) for path in inputs["pairs"]]))
    write_frame(lots, out / "lots.arrow")
    return {"candidates": lots.height, "lots": int(lots["lot"].n_unique())}


def _candidates(shards: Mapping[str, Mapping[str, str]], pairs: Sequence[pl.DataFrame]) -> pl.DataFrame:
    prints = [read_frame(Path(paths["prints"]), ["speech_id", "shingle_count", "sketch"]) for paths in shards.values()]
    none = pl.DataFrame(schema={name: SKETCHES[name] for name in ("speech_id", "shingle_count", "sketch")})
    return candidates(pl.concat([none, *prints]), pairs)


def groups_of_lot(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write grouped.arrow: the near-duplicates among the candidates of one lot."""
    pairs = read_frame(Path(inputs["lots"])).filter(pl.col("lot") == inputs["lot"])
    write_frame(_grouped(inputs["shards"], pairs), out / "grouped.arrow")
    return {}


def _grouped(shards: Mapping[str, Mapping[str, str]], pairs: pl.DataFrame) -> pl.DataFrame:
    wanted = pl.concat([pairs["one"], pairs["other"]]).unique()
    return grouped(pairs, _rows_of(shards, wanted, MERITS), lambda ids: _rows_of(shards, ids, ["speech_id", "text"]))


def _rows_of(shards: Mapping[str, Mapping[str, str]], wanted: Sequence[str] | pl.Series, columns: list[str]) -> pl.DataFrame:
    """The rows of the speeches asked for."""
    keys = pl.Series("speech_id", wanted, dtype=pl.String).to_frame()
    return pl.concat([read_frame(Path(paths["speeches"]), columns).join(keys, on="speech_id", how="semi") for paths in shards.values()])


def groups_of_lots(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write <shard>.arrow for each shard: which speeches are near-duplicates, and which of them counts, from what was found lot by lot."""
    return _write_groups(inputs["shards"], [read_frame(Path(path)) for path in inputs["grouped"]], out)


def _write_groups(shards: Mapping[str, Mapping[str, str]], found: Sequence[pl.DataFrame], out: Path) -> dict[str, Any]:
    lengths: dict[str, list[int]] = {}
    for shard, paths in shards.items():
        speeches = read_frame(Path(paths["speeches"]), ["speech_id", "char_count"])
        groups = with_groups(speeches, found)
        write_frame(groups, out / f"{shard}.arrow")
        lengths[shard] = speeches["char_count"].filter(groups["is_canonical"]).to_list()
    return {"grouped": sum(frame.height for frame in found), "blocks": blocks_of(lengths, BLOCK, SAMPLED)}


def _mapped(file: str, column: str) -> Any:
    """A column of a file of fingerprints, mapped whenever it is asked for."""
    return property(lambda self: read_frame(self.place.with_name(f"{file}.arrow"), [column])[column].to_numpy(writable=False))


class _Mapped:
    """The fingerprints of a shard, mapped into memory while they are used, so that a worker holds only those that it works on."""

    seeds: npt.NDArray[np.uint64] = _mapped("seeds", "seeds")
    places: npt.NDArray[np.uint32] = _mapped("places", "places")
    codes: npt.NDArray[np.uint16] = _mapped("codes", "codes")
    gaps: npt.NDArray[np.uint32] = _mapped("gaps", "gaps")
    skipped: npt.NDArray[np.int32] = _mapped("gaps", "skipped")

    def __init__(self, place: Path) -> None:
        self.place = place
        self.speeches = read_frame(place)


def _shards(shards: Mapping[str, Mapping[str, str]]) -> list[Shard]:
    """The fingerprints of all shards, and which of their speeches are canonical."""
    return [Shard(_Mapped(Path(paths["prints"])), read_frame(Path(paths["groups"]), ["is_canonical"])["is_canonical"].to_numpy())
            for paths in shards.values()]


def passages_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write passages.arrow: what canonical speeches share; all in one task."""
    found = passages(_shards(inputs["shards"]))
    write_frame(found.rows, out / "passages.arrow")
    return {"passages": found.rows.height, "seeds": found.seeds, "common_seeds": found.common_seeds,
            "kin_left_out": found.kin_left_out}


def hits_of_partition(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write hits.arrow and blocks.arrow: places with the same seed, of one range of hashes, by the ranges of their speeches."""
    found = hits(_shards(inputs["shards"]), inputs["ranges"], inputs["partition"], inputs["partitions"])
    write_frame(pl.DataFrame({"numbers": found.numbers}), out / "hits.arrow")
    write_frame(pl.DataFrame(found.blocks, schema=BLOCKS, orient="row"), out / "blocks.arrow")
    return {"seeds": found.seeds, "common_seeds": found.common}


def shared_of_range(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write rows.arrow and spans.arrow, what the speeches of one range share with one another and with those of later ranges, and
    anchors.arrow, their sample for paraphrases."""
    shards, ranges, number = _shards(inputs["shards"]), inputs["ranges"], inputs["range"]
    found = []
    for path in map(Path, inputs["hits"]):
        blocks = read_frame(path.with_name("blocks.arrow")).filter(pl.col("one") == number)
        found.append(Hits(read_frame(path)["numbers"].to_numpy(writable=False), list(blocks.iter_rows()), 0, 0))
    rows, spans = shared(shards, ranges, number, found)
    write_frame(rows, out / "rows.arrow")
    write_frame(pl.DataFrame(spans._asdict()), out / "spans.arrow")
    write_frame(pl.DataFrame(anchors_of(shards, ranges[number], inputs["share"])._asdict()), out / "anchors.arrow")
    return {"passages": rows.height}


def retold_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write <number>.arrow for each range: the paraphrases of its speeches."""
    shards = _shards(inputs["shards"])
    # each joined, so that there is one copy of it
    spans, sampled = (pl.concat([read_frame(Path(folder) / name) for folder in inputs["shared"]], rechunk=True)
                      for name in ("spans.arrow", "anchors.arrow"))
    rows, left_out = retold(shards, Anchors(*(column.to_numpy() for column in sampled)), Spans(*(column.to_numpy() for column in spans)),
                            inputs["share"])
    for number, members in enumerate(inputs["ranges"]):
        ids = pl.concat([shards[at].prints.speeches.select("speech_id") for at in members])
        write_frame(rows.join(ids, on="speech_id", how="semi", maintain_order="left"), out / f"{number:04d}.arrow")
    return {"retold": rows.height, "kin_left_out": left_out}


def passages_of_range(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write passages.arrow: the rows of one range in order."""
    rows = in_order([read_frame(Path(path)) for path in inputs["rows"]])
    write_frame(rows, out / "passages.arrow")
    return {"passages": rows.height}


def wording_of_block(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write counted.arrow: the candidates for set wording in one block of the sample."""
    write_frame(_counted(inputs["shards"], inputs["block"]), out / "counted.arrow")
    return {}


def wording_of_all(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write wording.arrow: the set wording of the corpus, mined from a sample of canonical speeches: from what its blocks were counted to
    be, or from the only block.

    The sample is the first SAMPLED code points by speech_id, which is as good as drawn by lot, so that cost and memory do not grow with
    the corpus; it does not depend on how the corpus is cut into shards.
    """
    found = set_phrases([read_frame(Path(path)) for path in inputs["counted"]] if "counted" in inputs
                        else [_counted(inputs["shards"], block) for block in inputs["blocks"]])
    write_frame(found, out / "wording.arrow")
    return {"set_phrases": found.height}


def _counted(shards: Mapping[str, Mapping[str, str]], block: Sequence[tuple[str, int, int]]) -> pl.DataFrame:
    speeches = pl.concat([_canonical(shards[shard], ["speech_id", *NAMED_BY, "text"])[first:end] for shard, first, end in block])
    return count_wording(speeches.with_columns(source=source()))


def _canonical(paths: Mapping[str, str], columns: Sequence[str]) -> pl.DataFrame:
    keys = read_frame(Path(paths["groups"])).filter("is_canonical").select("speech_id")
    return read_frame(Path(paths["speeches"]), list(columns)).join(keys, on="speech_id", how="semi", maintain_order="left")


def phrases_of_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write phrases.arrow (all kinds, the set wording with them), and what the lexicon is made of: counted.arrow, named.arrow."""
    wording = WordList(read_frame(Path(inputs["wording"]), ["phrase"])["phrase"].sort().to_list())
    dates = ["delivered_date", "published_date", "delivered_precision", "published_precision"]
    speeches = read_frame(Path(inputs["speeches"]), ["speech_id", *NAMED_BY, *dates, "text"]).with_columns(source=source()).join(
        read_frame(Path(inputs["groups"])).select("speech_id", "is_canonical"), on="speech_id", how="left", maintain_order="left")
    texts = Texts(speeches["text"].to_list())
    found = placed(occurrences(texts, wording), read_frame(Path(inputs["sections"]), ["section_id", "speech_id", "start", "end"]),
                   speeches["speech_id"], texts)
    phrases = pl.concat([read_frame(Path(inputs["phrases"])), found]).sort(PHRASES.order)
    write_frame(phrases, out / "phrases.arrow")
    counted = count_phrases(phrases, speeches)
    write_frame(counted, out / "counted.arrow")
    write_frame(named_members(phrases, speeches, texts), out / "named.arrow")
    return {"phrases": phrases.height, "counted": counted.height, "shown": counted["phrase"].gather_every(EVERY).to_list()}


def lexicon_of_part(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write lexicon.arrow: every phrase from one on and before another (null: none) and kind, counted over canonical speeches."""
    low, high = inputs["from"], inputs["before"]
    found = lexicon(*((between(read_frame(Path(path)), low, high) for path in inputs[kind]) for kind in ("counted", "named")))
    write_frame(found, out / "lexicon.arrow")
    return {"lexicon": found.height}
