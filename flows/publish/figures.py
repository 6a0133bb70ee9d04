"""The charts of the quality report."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.publish import charts
from flows.publish.profile import LENGTHS


def figures(facts: Mapping[str, Any], profile: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """(id, English, Chinese, SVG) of each chart that has something to show. facts: input_files, fates and reasons, as the run counted them;
    profile: as flows.publish.profile gives it."""
    def falling(counts: Mapping[str, int]) -> list[tuple[str, float]]:
        return sorted(((name, float(count)) for name, count in counts.items()), key=lambda each: (-each[1], each[0]))

    documents = sum(facts["fates"].values())
    funnel = [("inputs 输入", float(facts["input_files"])), ("documents 文档", float(documents)),
              ("distinct 去重", float(documents - facts["fates"].get("duplicate", 0))), ("speeches 讲话", float(profile["speeches"])),
              ("canonical 代表篇", float(profile["canonical"]))]
    first, last = (end(map(int, [year for years in profile["years"].values() for year in years] or [0])) for end in (min, max))
    years = [(str(year), float(profile["years"][basis].get(str(year), 0)), words) for year in range(first, last + 1) for basis, words in (
        ("delivered", "delivered 讲话日期"),
        ("published", "published only 仅有发布日期"))] if last else []
    lengths = [(f"{low / 1000:g}k" if low else "0", float(profile["lengths"][str(low)]), "speeches") for low in LENGTHS]
    phrases = [(f"{phrase} · {kind}", float(count)) for phrase, kind, count, _ in profile["phrases"] if kind in ("numbered", "set", "work")]
    sources = [(source, float(entry["speeches"])) for source, entry in profile["sources"].items()]
    refused = {source: entry["rejected"] for source, entry in profile["sources"].items() if entry["rejected"]}
    drawn = [
        ("funnel", "From inputs to canonical speeches", "从输入到代表篇", charts.bars(funnel, "count 数量")),
        ("rejects", "Rejected documents by reason", "剔除文档的原因", charts.bars(falling(facts["reasons"]), "documents 文档")),
        ("refused", "Rejected documents by folder", "剔除文档的来源", charts.bars(falling(refused), "documents 文档")),
        ("defects", "Defects", "缺陷", charts.bars(falling(profile["defects"]), "speeches 讲话")),
        ("sources", "Speeches by source", "来源", charts.bars(sources, "speeches 讲话")),
        ("years", "Dates: of delivery, else of publication", "日期：讲话日期，未知则取发布日期", charts.columns(years, "speeches 讲话")),
        ("lengths", "Lengths, from so many thousand characters", "篇幅（千字起）", charts.columns(lengths, "speeches 讲话")),
        ("depths", "Levels of the outline", "提纲层级", charts.columns(
            [(level, float(count), "speeches") for level, count in profile["depths"].items()], "speeches 讲话")),
        ("genres", "Genres", "体裁", charts.bars(falling(profile["genres"]), "speeches 讲话")),
        ("kinds", "Kinds of phrases", "短语类别", charts.bars(falling(profile["kinds"]), "occurrences 出现次数")),
        ("phrases", "Most widespread phrases", "最常见短语", charts.bars(phrases, "canonical speeches 代表篇")),
    ]
    return [each for each in drawn if each[-1]]
