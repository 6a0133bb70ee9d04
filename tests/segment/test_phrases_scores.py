"""Phrases against the known answers."""
from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from flows.segment.phrases import phrases

DIGITS = str.maketrans("0123456789〇○", "零一二三四五六七八九零零")


def forms(found: list[str]) -> Counter[str]:
    return Counter("".join(each.split()).strip("《》〈〉").translate(DIGITS) for each in found)


def tally(gold_folder: Path) -> dict[str, list[int]]:
    """By kind: found right, found, wanted."""
    counts: dict[str, list[int]] = {"numbered": [0, 0, 0], "work": [0, 0, 0], "quoted": [0, 0, 0]}
    for path in sorted(gold_folder.glob("*.json")):
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
def test_scores(name: str, shared: Path) -> None:
    counts = tally(shared / "eval" / "gold" / name)
    right, got, want = counts["numbered"]
    assert right >= 0.95 * got and right >= 0.95 * want
    for kind in ("work", "quoted"):
        right, got, want = counts[kind]
        assert right >= 0.99 * got and right >= 0.99 * want
