"""Segment, by path: the sections and phrases of a shard of speeches."""
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from flows.normalize.lines import Shown
from flows.segment.markers import boundaries
from flows.segment.outline import outline
from flows.segment.phrases import phrases_of
from flows.segment.texts import Texts
from flows.tables import empty_frame, read_frame, write_frame
from schemas import PHRASES, SECTIONS

OUTLINES = pl.Schema({"speech_id": pl.String(), "section_count": pl.Int32(), "outline_defects": pl.List(pl.String())})


def segment_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write sections.arrow, phrases.arrow (all kinds but `set`, which needs the whole corpus) and outlines.arrow (what the outline says
    of each speech).

    The fact "failed" names the speeches of which something could not be worked out, and why: they have no rows, and are to be left out.
    """
    speeches = read_frame(Path(inputs["speeches"]), ["speech_id", "text", "headings"])
    keys = speeches["speech_id"]
    texts = speeches["text"].to_list()
    rows: list[tuple[Any, ...]] = []
    counts, defects = [], []
    failed: dict[str, str] = {}
    try:
        together = Texts(texts)
        found = phrases_of(together)
    except Exception:       # one speech must not stop the others: which it is, is told one by one
        for number, (key, text) in enumerate(zip(keys, texts)):
            try:
                phrases_of(Texts([text]))
            except Exception as problem:
                failed[key], texts[number] = f"{type(problem).__name__}: {problem}", ""
        together = Texts(texts)
        found = phrases_of(together)
    for key, text, headings, places in zip(keys, texts, speeches["headings"].to_list(), boundaries(together)):
        try:
            parts = outline(text, [Shown(**span) for span in headings], places)
        except Exception as problem:
            failed[key], parts = f"{type(problem).__name__}: {problem}", outline("")
        for part in parts.sections:
            parent = part.path.rpartition(".")[0]
            rows.append((f"{key}.{part.path}", key, f"{key}.{parent}" if parent else None, *part, text[part.start:part.end]))
        counts.append(len(parts.sections))
        defects.append(sorted(parts.defects))
    schema = empty_frame(SECTIONS).schema
    columns = list(zip(*rows)) or [()] * len(schema)
    sections = pl.DataFrame([pl.Series(name, values, dtype=kind) for (name, kind), values in zip(schema.items(), columns)])
    write_frame(sections, out / "sections.arrow")
    outlines = {"speech_id": keys, "section_count": counts, "outline_defects": defects}
    write_frame(pl.DataFrame(outlines, schema=OUTLINES), out / "outlines.arrow")
    if failed:
        gone = pl.Series([number for number, key in enumerate(keys) if key in failed])
        found = found.filter(~pl.col("text").is_in(gone.implode()))
    phrases = placed(found, sections, keys, together)
    write_frame(phrases, out / "phrases.arrow")
    return {"sections": sections.height, "phrases": phrases.height, "failed": failed}


def placed(found: pl.DataFrame, sections: pl.DataFrame, keys: pl.Series, texts: Texts) -> pl.DataFrame:
    """`found`, phrases as flows.segment.phrases.phrases_of gives them, with the columns of PHRASES: section_id is that of the section
    whose own span holds the start. `keys` are the speech_id of the texts, `sections` (speech_id, section_id, start, end) in order."""
    numbers = keys.to_frame().with_row_index("text")
    holders = sections.filter(pl.col("end") > pl.col("start")).select("section_id", "speech_id", "start").join(
        numbers, on="speech_id", how="left", maintain_order="left")
    begins = holders["start"].to_numpy() + texts.starts[holders["text"].to_numpy()]
    held_by = np.searchsorted(begins, found["place"].to_numpy(), side="right") - 1
    return found.with_columns(speech_id=keys.gather(found["text"]), section_id=holders["section_id"].gather(held_by)).select(PHRASES.names)
