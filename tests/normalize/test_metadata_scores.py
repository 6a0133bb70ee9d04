"""Metadata on documents with known answers, through the whole of the stage."""
from __future__ import annotations

import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from flows.ingest.documents import Document
from flows.ingest.sources import list_sources, read
from flows.normalize.speech import normalize

# What each set must reach, by column; a column of which a set has no answers is not named.
LEAST = {
    "seeds": {"title": 1.0, "published_date": 1.0, "delivered_date": 1.0, "speaker_name": 1.0, "speaker_role": 1.0, "source_name": 1.0,
              "organization": 1.0, "occasion": 1.0, "place": 1.0, "genre": 1.0},
    "forged": {"title": 0.95, "published_date": 0.97, "delivered_date": 0.97, "speaker_name": 0.97, "speaker_role": 0.95,
               "source_name": 0.92, "occasion": 0.97, "place": 0.95, "genre": 0.97},
    "reports": {"title": 0.95, "delivered_date": 0.97, "speaker_name": 0.97, "speaker_role": 0.97, "place": 0.97, "genre": 0.97},
    "scraped": {"published_date": 1.0, "delivered_date": 1.0, "speaker_name": 1.0, "speaker_role": 1.0, "source_name": 1.0, "place": 1.0,
                "genre": 1.0},
    "meetings": {"title": 1.0, "delivered_date": 1.0, "speaker_name": 1.0, "genre": 1.0},
}


@cache
def scorer(shared: Path):
    sys.path.insert(0, str(shared / "eval"))
    import score
    return score


@pytest.mark.parametrize("name", LEAST)
def test_a_set_is_described(name: str, shared: Path) -> None:
    score = scorer(shared)
    golds = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((shared / "eval" / "gold" / name).glob("*.json"))]
    golds = [gold for gold in golds if gold.get("is_speech", True)]
    sources, _ = list_sources(str(shared / "corpora" / name))
    documents = {item.source_path: item for source in sources for item in read(source) if isinstance(item, Document)}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong = []
    for gold in golds:
        speech = normalize(documents[gold["file"]])
        for column in LEAST[name]:
            if column not in gold:
                continue
            found = getattr(speech.metadata, column) if speech else None
            found = found.isoformat() if hasattr(found, "isoformat") else found
            same = score.canon(found) == score.canon(gold[column]) if column in score.NAMES else found == gold[column]
            asked[column] += 1
            right[column] += same
            if not same:
                wrong.append((gold["file"], column, found, gold[column]))
    shares = {column: right[column] / asked[column] for column in LEAST[name]}
    assert all(shares[column] >= least for column, least in LEAST[name].items()), (shares, wrong)
