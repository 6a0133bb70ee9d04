"""Segment, by path: the sections and phrases of a shard of speeches."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from flows.segment.outline import outline
from flows.segment.phrases import phrases
from flows.tables import empty_frame, read_frame, write_frame
from schemas import PHRASES, SECTIONS

OUTLINES = pl.Schema({"speech_id": pl.String(), "section_count": pl.Int32(), "outline_defects": pl.List(pl.String())})


def segment_shard(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write sections.arrow, phrases.arrow (all kinds but `set`, which needs the whole corpus) and outlines.arrow (what the outline says
    of each speech)."""
    speeches = read_frame(Path(inputs["speeches"]), ["speech_id", "text", "headings"])
    sections, found, outlines = [], [], []
    for key, text, headings in speeches.iter_rows():
        parts = outline(text, [(span["start"], span["end"]) for span in headings])
        for part in parts.sections:
            parent = part.path.rpartition(".")[0]
            sections.append((f"{key}.{part.path}", key, f"{key}.{parent}" if parent else None, part.path, part.level, part.kind,
                             part.marker, part.marker_style, part.number, part.heading, part.declared_count, part.is_inferred,
                             part.start, part.end, part.subtree_end, text[part.start:part.end]))
        holders = [part for part in parts.sections if part.end > part.start]
        starts = [part.start for part in holders]
        found += [(key, f"{key}.{holders[bisect_right(starts, each.start) - 1].path}", *each) for each in phrases(text)]
        outlines.append((key, len(parts.sections), sorted(parts.defects)))
    write_frame(pl.DataFrame(sections, schema=empty_frame(SECTIONS).schema, orient="row"), out / "sections.arrow")
    write_frame(pl.DataFrame(found, schema=empty_frame(PHRASES).schema, orient="row"), out / "phrases.arrow")
    write_frame(pl.DataFrame(outlines, schema=OUTLINES, orient="row"), out / "outlines.arrow")
    return {"sections": len(sections), "phrases": len(found)}


def section_of(sections: pl.DataFrame, phrases: pl.DataFrame) -> pl.DataFrame:
    """`phrases` (speech_id, start, …) with section_id: the section whose own span holds the start."""
    holders = sections.filter(pl.col("end") > pl.col("start")).select("speech_id", "start", "section_id").sort("start")
    return phrases.sort("start").join_asof(holders, on="start", by="speech_id", strategy="backward", check_sortedness=False)
