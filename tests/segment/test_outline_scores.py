"""The outline against known answers."""
from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from flows.segment.outline import outline

REACH = {
    "seeds": {"outline.f1": 1.0, "outline.level": 1.0, "outline.heading": 1.0, "outline.inferred": 1.0, "items.f1": 0.97,
              "items.tail": 0.97, "declared": 0.95},
    "forged": {"outline.f1": 0.97, "outline.level": 0.98, "outline.heading": 0.97, "outline.inferred": 0.85, "items.f1": 0.93,
               "items.tail": 0.95, "declared": 0.90},
    "reports": {"outline.f1": 0.97, "outline.level": 0.98, "outline.heading": 0.97, "items.tail": 0.95},
    "scraped": {"outline.f1": 0.97, "outline.level": 0.98, "outline.heading": 0.97, "items.tail": 0.95},
    "meetings": {"outline.f1": 0.97, "outline.level": 0.98, "outline.heading": 0.97, "items.f1": 0.95, "items.tail": 0.95},
}


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", REACH)
def test_known_answers(name: str, shared: Path, scorer: ModuleType) -> None:
    board = scorer.Board()
    for path in sorted((shared / "eval" / "gold" / name).glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold.get("sections") is None:
            continue
        text = gold["text"]
        found = outline(text).sections
        case = SimpleNamespace(gold=gold, name=path.name, text=lambda text=text: text,
                               sections=[part._asdict() | {"text": text[part.start:part.end]} for part in found])
        scorer.score_sections(board, case, "outline", "body")
        scorer.score_sections(board, case, "items", "item")
        scorer.score_declared(board, case)
    measures = {measure: value for measure, (value, _) in board.measures().items()}
    assert {measure: value for measure, value in measures.items() if value < REACH[name].get(measure, 0)} == {}
