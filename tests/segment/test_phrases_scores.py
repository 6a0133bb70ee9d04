"""Phrases against the known answers, where these are at hand."""
from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from flows.segment.phrases import phrases

GOLD = Path(__file__).resolve().parents[3] / "shared" / "eval" / "gold"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="known answers are not at hand: ../shared/eval/gold")
DIGITS = str.maketrans("0123456789〇○", "零一二三四五六七八九零零")


def forms(found: list[str]) -> Counter[str]:
    return Counter("".join(each.split()).strip("《》〈〉").translate(DIGITS) for each in found)


def tally(name: str) -> dict[str, list[int]]:
    """By kind: found right, found, wanted."""
    counts: dict[str, list[int]] = {"numbered": [0, 0, 0], "work": [0, 0, 0], "quoted": [0, 0, 0]}
    for path in sorted((GOLD / name).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = gold.get("text")
        if not text:
            continue
        found = phrases(text)
        for kind, wanted in [*gold.get("phrases", {}).items(), ("quoted", re.findall(r"“([^“”\n]{1,20})”", text))]:
            got, want = forms([each.phrase for each in found if each.kind == kind]), forms(wanted)
            counts[kind] = [old + new for old, new in zip(counts[kind], ((got & want).total(), got.total(), want.total()))]
    return counts


@pytest.mark.parametrize("name", ["seeds", "reports", "scraped", "meetings", "forged"])
def test_scores(name: str) -> None:
    counts = tally(name)
    right, got, want = counts["numbered"]
    assert right >= 0.95 * got and right >= 0.95 * want
    for kind in ("work", "quoted"):
        right, got, want = counts[kind]
        assert right >= 0.99 * got and right >= 0.99 * want
