"""The reading sample shows what was removed, wherever in the text it stood."""
from __future__ import annotations

import polars as pl

from flows.publish.reading import MOST_CHARACTERS, MOST_RUNS, sample

HEAD, BODY, GLOSSARY = "首页>讲话\n", "要抓好落实。" * MOST_CHARACTERS, "名词解释<b>：" + "某某工程，指某某。" * 400


def sampled(edits: list[tuple[int, int, int, int, str]]):
    speeches = pl.LazyFrame({"speech_id": ["a"], "text": [BODY], "char_count": [len(BODY)], "speech_score": [0.9],
                             "defects": [["truncated"]], "title": ["讲话"], "source_path": ["1.txt"]})
    documents = pl.LazyFrame({"document_id": ["a"], "raw_text": [HEAD + BODY + GLOSSARY], "fate": ["speech"]})
    sections = pl.LazyFrame({"speech_id": ["a"], "start": [0], "level": [1], "kind": ["body"], "marker": [None], "heading": [None]},
                            schema_overrides={"marker": pl.String, "heading": pl.String})
    rows = pl.LazyFrame([("a", *edit) for edit in edits], orient="row", schema={
        "speech_id": pl.String, "start": pl.Int32, "end": pl.Int32, "raw_start": pl.Int32, "raw_end": pl.Int32, "reason": pl.String})
    return sample({"speeches": speeches, "documents": documents, "sections": sections, "edits": rows}, 1)[0]


def test_what_was_removed_at_the_end_is_shown_with_its_reason():
    start = len(HEAD + BODY)
    mended = [(at, at + 1, len(HEAD) + at, len(HEAD) + at + 1, "punctuation") for at in range(100, len(BODY), 100)]
    found = sampled([(0, 0, 0, len(HEAD), "furniture"), *mended, (len(BODY), len(BODY), start, start + 9, "note"),
                     (len(BODY), len(BODY), start + 9, start + len(GLOSSARY), "note")])
    assert [(piece.reason, piece.text[:5]) for piece in found.removed] == [("furniture", HEAD[:5]), ("note", GLOSSARY[:5])]
    note = found.removed[1]
    assert note.skipped and len(note.text) + note.skipped + len(note.rest) == len(GLOSSARY) and len(note.text) + len(note.rest) < 2000
    assert note.reason not in {piece.reason for piece in found.raw}, "it stands behind what the side shows"


def test_only_the_largest_runs_are_shown_in_their_order():
    edits = [(at, at, 10 * at, 10 * at + 1 + at, "whitespace") for at in range(1, 9)]
    found = sampled([*edits, (90, 95, 95, 96, "punctuation")])
    assert [len(piece.text) for piece in found.removed] == list(range(9, 9 - MOST_RUNS, -1))[::-1]
