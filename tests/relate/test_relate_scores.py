"""Duplicates and passages on the known answers beside the checkout."""
from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from flows.relate.duplicates import groups
from flows.relate.fingerprints import fingerprints
from flows.relate.passages import Shard, passages


def golds(shared: Path, name: str) -> dict[str, dict]:
    """The answers of a set that hold a text, by file."""
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((shared / "eval" / "gold" / name).glob("*.json"))]
    return {row["file"]: row for row in rows if row.get("text")}


@pytest.mark.parametrize("name", ["forged", "reports", "scraped", "meetings", "seeds"])
def test_reprints_are_grouped_and_nothing_else(shared: Path, name: str) -> None:
    texts = golds(shared, name)
    speeches = pl.DataFrame({"speech_id": list(texts), "text": [gold["text"] for gold in texts.values()]})
    speeches = speeches.with_columns(char_count=pl.col("text").str.len_chars())
    rows = groups(fingerprints(speeches).speeches, speeches.drop("text"), lambda ids: speeches.filter(pl.col("speech_id").is_in(list(ids))))
    grouped = rows.drop_nulls("duplicate_group").group_by("duplicate_group").agg(pl.col("speech_id").sort())
    found = {pair for members in grouped["speech_id"] for pair in combinations(members, 2)}
    assert found == {tuple(sorted((file, gold["duplicate_of"]))) for file, gold in texts.items() if gold.get("duplicate_of")}


def test_the_same_speaker_in_other_words(shared: Path) -> None:
    """Two of the seeds are one speaker's, and paraphrase each other; the others have only their subject in common."""
    texts = {file[:3]: gold["text"] for file, gold in golds(shared, "seeds").items()}
    speeches = pl.DataFrame({"speech_id": list(texts), "text": list(texts.values())})
    rows = passages([Shard(fingerprints(speeches.sort("speech_id")), np.ones(speeches.height, bool))]).rows.to_dicts()
    assert {(row["speech_id"], row["other_speech_id"]) for row in rows} == {("002", "003")}
    assert len(rows) >= 6
    for piece in ("三个结合", "加思考", "运动式"):
        assert any(piece in texts["002"][row["start"]:row["end"]] and piece in texts["003"][row["other_start"]:row["other_end"]]
                   for row in rows), piece


def test_passages_of_real_speeches_are_what_both_hold(shared: Path) -> None:
    texts = {file: gold["text"] for file, gold in golds(shared, "meetings").items()}
    speeches = pl.DataFrame({"speech_id": list(texts), "text": list(texts.values())})
    found = passages([Shard(fingerprints(speeches.sort("speech_id")), np.ones(speeches.height, bool))])
    assert 0 < found.common_seeds < found.seeds
    for row in found.rows.filter(pl.col("similarity") == 1).iter_rows(named=True):
        one = texts[row["speech_id"]][row["start"]:row["end"]]
        other = texts[row["other_speech_id"]][row["other_start"]:row["other_end"]]
        assert list(filter(_is_han, one)) == list(filter(_is_han, other))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
