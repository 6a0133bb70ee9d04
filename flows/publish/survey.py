"""The survey of a release's tables: all that its papers say of their rows, worked out in workers while the tables are written.

What needs the rows is here; the papers themselves are written from what is found here, in no time.
"""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from flows.publish.edition import Source
from flows.publish.figures import figures
from flows.publish.history import COLUMNS, figure, paper, proof
from flows.publish.profile import profile
from flows.publish.reading import Piece, Sampled, sample
from flows.publish.sources import sources_of
from flows.store import Output
from flows.tables import declared, read_frame
from schemas import TABLES

SURVEY, HISTORY = "survey.json", "history.json"


def survey(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write survey.json: profile (flows.publish.profile), figures (id, English, Chinese, SVG), sources, and the reading sample.

    inputs: tables {name: paths of its frames, which come in the table's order}; facts: input_files, fates and reasons, as the run counted
    them.
    """
    tables = {name: declared(TABLES[name], map(Path, paths)) for name, paths in inputs["tables"].items()}
    seen = profile(tables)
    found = {"profile": seen, "figures": figures(inputs["facts"], seen),
             "sources": [astuple(source) for source in sources_of(
                 read_frame(Path(path), ["metadata", "fate"]) for path in inputs["tables"]["documents"])],
             "sample": sample(tables)}
    (out / SURVEY).write_text(json.dumps(found, default=str), encoding="ascii")
    return {}


def survey_history(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Write history.json: the proof by history (flows.publish.history) as lines of Markdown, and as SVG where there is enough to draw.

    inputs: speeches: paths of frames.
    """
    found = proof(read_frame(Path(path), COLUMNS) for path in inputs["speeches"])
    (out / HISTORY).write_text(json.dumps({"lines": paper(found), "figure": figure(found) if found.is_drawn else None}), encoding="ascii")
    return {}


class Surveyed:
    """What was found: `profile`, `figures`, `sources`, `sample`, and the proof by history as `history` and `history_figure`."""

    def __init__(self, tables: Output, history: Output) -> None:
        found = json.loads(tables.path(SURVEY).read_bytes())
        self.profile: dict[str, Any] = found["profile"]
        self.figures: list[list[str]] = found["figures"]
        self.sources = [Source(*each) for each in found["sources"]]
        self.sample = [Sampled(row, why, [Piece(*piece) for piece in raw], [Piece(*piece) for piece in clean], outline,
                               [Piece(*piece) for piece in removed]) for row, why, raw, clean, outline, removed in found["sample"]]
        proved = json.loads(history.path(HISTORY).read_bytes())
        self.history: list[str] = proved["lines"]
        self.history_figure: str | None = proved["figure"]
