"""Drift: what moved since the last release, told from the profiles and rates of both, what moved most first.

A release that passes every check can still be wrong as a whole: half a source gone, every date a year late. Such a thing shows as a jump.
"""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

LEAST_OF_A_SOURCE = 20   # speeches that a source had, or has now, before its loss means anything
DISTRIBUTIONS = {
    "years": "Years of the dates 日期年份", "lengths": "Lengths 篇幅", "depths": "Levels of outline 提纲层级", "genres": "Genres 体裁",
    "scripts": "Scripts 字体", "defects": "Defects 缺陷", "kinds": "Kinds of phrases 短语类别"}
Moved = dict[str, Any]
"""name, table, before, after, change, threshold, moved, words."""


def drift(before: Mapping[str, Any] | None, after: Mapping[str, Any], thresholds: Mapping[str, float]) -> list[Moved]:
    """What of a report differs from the one before, what moved beyond its threshold first; empty where there is none to compare with."""
    if not before or "profile" not in before:
        return []
    found = [*_rows(before, after, thresholds["drift_rows"]), *_rates(before, after, thresholds["drift_rates"]),
             *_distributions(before["profile"], after["profile"], thresholds["drift_distributions"]),
             *_vocabulary(before["profile"], after["profile"], thresholds["drift_vocabulary"]),
             *_sources(before["profile"], after["profile"], thresholds["drift_rows"])]
    return sorted(found, key=lambda each: (not each["moved"], -each["change"] / (each["threshold"] or 1), each["name"]))


def _entry(name: str, table: str, before: Any, after: Any, change: float, threshold: float, words: str) -> Moved:
    return {"name": name, "table": table, "before": before, "after": after, "change": round(change, 5), "threshold": threshold,
            "moved": round(change, 5) > threshold, "words": words}


def _ratio(before: float, after: float) -> float:
    return abs(after - before) / max(before, after, 1)


def _rows(before: Mapping[str, Any], after: Mapping[str, Any], threshold: float) -> Iterator[Moved]:
    for name, count in after["facts"]["rows"].items():
        was = before["facts"]["rows"].get(name, 0)
        yield _entry(f"rows of {name}", name, was, count, _ratio(was, count), threshold, f"{was:,} → {count:,} rows")


def _rates(before: Mapping[str, Any], after: Mapping[str, Any], threshold: float) -> Iterator[Moved]:
    def observed(report: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        return {each["check"]: each for each in report["checks"] if each["check"].startswith("rate ") and ": " not in each["check"]}
    was = observed(before)
    for name, entry in observed(after).items():
        if name in was:
            low, high = was[name]["observed"] or 0, entry["observed"] or 0
            yield _entry(name, entry["table"], low, high, abs(high - low), threshold, f"{low:.2%} → {high:.2%}")


def _shares(counts: Mapping[str, Any]) -> dict[str, float]:
    flat: dict[str, float] = {}
    for name, value in counts.items():
        flat |= {f"{name} {each}": count for each, count in value.items()} if isinstance(value, dict) else {name: value}
    whole = sum(flat.values())
    return {name: count / whole for name, count in flat.items()} if whole else {}


def _distributions(before: Mapping[str, Any], after: Mapping[str, Any], threshold: float) -> Iterator[Moved]:
    for name, label in DISTRIBUTIONS.items():
        was, now = _shares(before.get(name, {})), _shares(after[name])
        names = sorted({*was, *now}, key=lambda each: (-abs(now.get(each, 0) - was.get(each, 0)), each))
        # Half the sum of the differences: the share of the rows that would have to move to make one distribution of the other.
        distance = sum(abs(now.get(each, 0) - was.get(each, 0)) for each in names) / 2
        most = ", ".join(f"{each} {was.get(each, 0):.1%} → {now.get(each, 0):.1%}" for each in names[:3])
        yield _entry(label, "speeches", None, None, distance, threshold, most)


def _vocabulary(before: Mapping[str, Any], after: Mapping[str, Any], threshold: float) -> Iterator[Moved]:
    def spread(found: Sequence[Sequence[Any]]) -> dict[str, float]:
        return {f"{phrase} ({kind})": share for phrase, kind, _, share in found}
    was, now = spread(before.get("phrases", ())), spread(after["phrases"])
    new, gone = [name for name in now if name not in was], [name for name in was if name not in now]
    either = was.keys() | now.keys()
    change = 1 - len(was.keys() & now.keys()) / len(either) if either else 0.0
    words = f"new: {', '.join(new[:5]) or 'none'}; gone: {', '.join(gone[:5]) or 'none'}"
    yield _entry("Most widespread phrases 最常见短语", "lexicon", len(was), len(now), change, threshold, words)


def _sources(before: Mapping[str, Any], after: Mapping[str, Any], threshold: float) -> Iterator[Moved]:
    was, now = before.get("sources", {}), after["sources"]
    for name in sorted({*was, *now}):
        low, high = was.get(name, {}).get("speeches", 0), now.get(name, {}).get("speeches", 0)
        if max(low, high) >= LEAST_OF_A_SOURCE:
            yield _entry(f"source {name}", "speeches", low, high, _ratio(low, high), threshold, f"{low:,} → {high:,} speeches")
