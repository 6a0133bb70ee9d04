"""Speech or not on documents with known answers: precision and recall a set, and speed on the bulk text."""
from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from flows.ingest.documents import Document
from flows.ingest.selection import Judgement, judge
from flows.ingest.sources import list_sources, read

# What a set must reach (precision, recall). One document is 1.9 % of the speeches of `kinds`.
LEAST = {
    "kinds": (0.97, 0.97), "forged": (0.98, 0.98), "reports": (1.0, 0.98), "scraped": (1.0, 1.0), "meetings": (1.0, 1.0),
    "seeds": (1.0, 1.0),
}


def judged(shared: Path, name: str) -> list[tuple[str, bool, Judgement]]:
    answers, folder = shared / "eval" / "gold" / name, shared / "corpora" / name
    gold = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(answers.glob("*.json"))]
    sources, _ = list_sources(str(folder))
    items = (item for source in sources for item in read(source))
    documents = {item.source_path: item for item in items if isinstance(item, Document)}
    known = [(answer["file"], answer.get("is_speech", True)) for answer in gold if answer["file"] in documents]
    assert len(known) > 0.95 * len(gold), sorted({answer["file"] for answer in gold} - documents.keys())[:10]
    judgements = judge([documents[file] for file, _ in known])
    return [(file, is_speech, judgement) for (file, is_speech), judgement in zip(known, judgements, strict=True)]


@pytest.mark.parametrize("name", LEAST)
def test_a_set_is_told_apart(name: str, shared: Path) -> None:
    rows = judged(shared, name)
    taken = [file for file, _, judgement in rows if judgement.is_speech]
    right = [file for file, is_speech, judgement in rows if is_speech and judgement.is_speech]
    speeches = [file for file, is_speech, _ in rows if is_speech]
    wrong = [(file, is_speech, judgement) for file, is_speech, judgement in rows if is_speech != judgement.is_speech]
    precision, recall = len(right) / max(len(taken), 1), len(right) / len(speeches)
    assert precision >= LEAST[name][0], wrong
    assert recall >= LEAST[name][1], wrong


def bulk(shared: Path, name: str, rows: int) -> list[Document]:
    texts = pl.scan_parquet(shared / "corpora" / "bulk" / name).select("text").head(rows).collect()["text"].to_list()
    return [Document("", "text/plain", None, len(text.encode()), text) for text in texts]


@pytest.mark.parametrize(("name", "rows"), [("mixed.parquet", 8241), ("speeches.parquet", 400)])
def test_selection_from_web_scale_text(name: str, rows: int, shared: Path) -> None:
    documents = bulk(shared, name, rows)
    judgements = judge(documents)
    taken = sum(judgement.is_speech for judgement in judgements)
    assert 290 <= taken <= 315 if name == "mixed.parquet" else taken >= 0.99 * len(documents)
