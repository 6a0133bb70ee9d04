"""The reading sample: the speeches most worth a look, raw and clean side by side, with what was removed and why."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

SAMPLE = 30
MOST_CHARACTERS = 6000   # of one side of one speech
KEEP = 160               # characters of an unchanged run that are shown at each of its ends
MOST_SECTIONS = 60
MOST_RUNS = 5            # of what was removed, shown whatever of the text is


class Piece(NamedTuple):
    """A run of text; `reason` says why it was removed or put in, None where it was taken over; `skipped` how many characters of it are
    left out in the middle."""

    text: str
    reason: str | None = None
    skipped: int = 0
    rest: str = ""


class Sampled(NamedTuple):
    """A speech to read: its row, why it is worth a look, both sides, its outline as (level, words), and the largest runs that were removed
    from it, in their order."""

    row: Mapping[str, Any]
    why: str
    raw: Sequence[Piece]
    clean: Sequence[Piece]
    outline: Sequence[tuple[int, str]]
    removed: Sequence[Piece] = ()


def sample(tables: Mapping[str, pl.LazyFrame], count: int = SAMPLE) -> list[Sampled]:
    """The `count` speeches most worth a look: a third each by share removed, by score, by number of defects."""
    speeches = tables["speeches"].select("speech_id", "char_count", "speech_score", "defects").collect()
    span = (pl.col("raw_end") - pl.col("raw_start")) - (pl.col("end") - pl.col("start"))
    edits = tables["edits"].group_by("speech_id").agg(shift=span.sum(), gone=span.clip(lower_bound=0).sum()).collect()
    ranked = speeches.join(edits, on="speech_id", how="left").with_columns(pl.col("shift", "gone").fill_null(0)).with_columns(
        removed=pl.col("gone") / (pl.col("char_count") + pl.col("shift")).clip(lower_bound=1), defect_count=pl.col("defects").list.len())
    chosen: dict[str, str] = {}
    orders = (("removed", True, "most removed 删去最多"), ("speech_score", False, "lowest score 得分最低"),
              ("defect_count", True, "most defects 缺陷最多"))
    for number, (column, down, why) in enumerate(orders, 1):
        for key in ranked.sort(column, "speech_id", descending=[down, False])["speech_id"]:
            if len(chosen) >= -(-count * number // len(orders)):
                break
            chosen.setdefault(key, why)
    removed = dict(ranked.select("speech_id", "removed").iter_rows())
    keys = sorted(chosen)
    texts = {row["speech_id"]: row for row in _rows(tables["speeches"], "speech_id", keys).to_dicts()}
    raws = dict(_rows(tables["documents"], "document_id", keys, ["document_id", "raw_text", "fate"]).filter(
        pl.col("fate") == "speech").select("document_id", "raw_text").iter_rows())
    spans = _rows(tables["edits"], "speech_id", keys).sort("raw_start", "raw_end", "start", "end").partition_by("speech_id", as_dict=True)
    sections = _rows(tables["sections"], "speech_id", keys, ["speech_id", "start", "level", "kind", "marker", "heading"]).sort(
        "start", "level").partition_by("speech_id", as_dict=True)
    found = []
    for key, why in chosen.items():
        own = spans[key,].to_dicts() if (key,) in spans else []
        raw, clean = _sides(raws.get(key, ""), texts[key]["text"], own)
        rows = sections[key,].head(MOST_SECTIONS).iter_rows(named=True) if (key,) in sections else ()
        outline = [(row["level"], f"{row['marker'] or ''}{row['heading'] or ''}" or row["kind"]) for row in rows]
        row = {name: value for name, value in texts[key].items() if name != "text"} | {"removed": removed[key]}
        found.append(Sampled(row, why, raw, clean, outline, _largest_removed(raws.get(key, ""), own)))
    return found


def _rows(table: pl.LazyFrame, column: str, keys: Sequence[str], columns: Sequence[str] | None = None) -> pl.DataFrame:
    rows = table.filter(pl.col(column).is_in(keys))
    return (rows.select(columns) if columns else rows).collect()


def _sides(raw: str, text: str, edits: Sequence[Mapping[str, Any]]) -> tuple[list[Piece], list[Piece]]:
    """Both texts as pieces, as far as MOST_CHARACTERS go; long runs that nothing happened to are cut in the middle."""
    before: list[Piece] = []
    after: list[Piece] = []
    at = raw_at = shown = 0
    for edit in [*edits, {"start": len(text), "end": len(text), "raw_start": len(raw), "raw_end": len(raw), "reason": None}]:
        for pieces, kept in ((before, raw[raw_at:edit["raw_start"]]), (after, text[at:edit["start"]])):
            if kept:
                pieces.append(_cut(kept, None))
        if edit["raw_end"] > edit["raw_start"]:
            before.append(_cut(raw[edit["raw_start"]:edit["raw_end"]], edit["reason"]))
        if edit["end"] > edit["start"]:
            after.append(_cut(text[edit["start"]:edit["end"]], edit["reason"]))
        at, raw_at = edit["end"], edit["raw_end"]
        shown = max(sum(len(piece.text) + len(piece.rest) for piece in pieces[-2:]) for pieces in (before, after)) + shown
        if shown > MOST_CHARACTERS and raw_at < len(raw):
            before.append(Piece("", None, len(raw) - raw_at))
            after.append(Piece("", None, len(text) - at))
            break
    return before, after


def _largest_removed(raw: str, edits: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """The MOST_RUNS largest runs of raw text that were removed, in their order: what a speech lost most of can be a glossary at its end,
    far behind what its sides show. Edits of one reason that touch are one run."""
    runs: list[tuple[int, int, str]] = []
    for edit in edits:
        start, end, reason = edit["raw_start"], edit["raw_end"], edit["reason"]
        if end - start <= edit["end"] - edit["start"]:
            continue
        if runs and runs[-1][1] == start and runs[-1][2] == reason:
            start = runs.pop()[0]
        runs.append((start, end, reason))
    largest = sorted(sorted(runs, key=lambda run: (run[0] - run[1], run[0]))[:MOST_RUNS])
    return [_cut(raw[start:end], reason) for start, end, reason in largest]


def _cut(run: str, reason: str | None) -> Piece:
    most = 2 * KEEP if reason is None else 8 * KEEP
    if len(run) <= most + KEEP:
        return Piece(run, reason)
    return Piece(run[:most // 2], reason, len(run) - 2 * (most // 2), run[-(most // 2):])
