"""The body against known answers: exact texts and f1 on canonical characters, as the scorer counts them."""
import importlib.util
import json
import sys

import pytest

from flows.ingest.documents import Document
from flows.ingest.sources import list_sources, read
from flows.normalize.speech import normalize

FLOORS = {"seeds": (0.8, 0.999), "scraped": (0.9, 0.9999), "reports": (0.9, 0.9999), "meetings": (0.9, 0.9999), "forged": (0.9, 0.9995)}


@pytest.fixture(scope="session")
def score(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    module = sys.modules["score"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FLOORS)
def test_bodies_are_the_known_ones(shared, score, name):
    documents = {}
    for source in list_sources(str(shared / "corpora" / name))[0]:
        documents |= {document.source_path: document for document in read(source) if isinstance(document, Document)}
    exact = common = total = count = 0
    for path in sorted((shared / "eval" / "gold" / name).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("text") is None:
            continue
        speech = normalize(documents[gold["file"]])
        want, got = score.canon(gold["text"]) or "", (score.canon(speech.text) if speech else "") or ""
        exact += want == got
        common += len(want) if want == got else score.common_length(want, got)
        total += len(want) + len(got)
        count += 1
    assert (exact / count, 2 * common / total) >= FLOORS[name]
    assert 2 * common / total >= FLOORS[name][1]
