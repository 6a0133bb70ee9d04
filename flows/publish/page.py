"""report.html: the quality report as one page that needs nothing else, no network and no script.

Texts of strangers stand in it: Jinja2 escapes every value, what cannot be printed or would turn the direction of the line is shown as �,
and the page's own policy forbids it to load or run anything.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.publish import charts
from flows.publish.profile import LENGTHS
from flows.publish.reading import Sampled

VERDICTS = {"publishable": ("good", "Publish", "可以发布"),
            "publishable with warnings": ("warn", "Publish with care", "可以发布，但有警告"),
            "not publishable": ("bad", "Do not publish", "不可发布")}
REASONS = ("furniture", "metadata", "markup", "pinyin_gloss", "mojibake", "anti_copy_noise", "ocr", "whitespace", "line_join",
           "paragraph_break", "punctuation", "script", "note")
MOST_SOURCES, MOST_DEFECTS = 8, 8
ASKED = {"ExpectColumnValuesToNotBeNull": "is never null 不为空", "ExpectColumnValuesToBeInSet": "is of its closed list 属于封闭列表",
         "ExpectColumnValuesToBeBetween": "is in its range 在范围内", "ExpectColumnValuesToMatchRegex": "is of its form 符合格式",
         "ExpectColumnValuesToBeUnique": "is unique 唯一", "ExpectCompoundColumnsToBeUnique": "are unique together 合起来唯一"}
"""What an expectation asks of its columns, in words."""


def page(report: Mapping[str, Any], sampled: Sequence[Sampled], name: str) -> str:
    """The page as HTML text, with all of `report` (as in report.json) and the reading sample. `name` says which release it is of."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, finalize=_shown)
    environment.filters["share"] = lambda value: f"{value:.1%}" if value >= 0.001 or not value else f"{value:.4%}"
    environment.filters["words"] = check_words
    kind, english, chinese = VERDICTS[report["verdict"]]
    checks = report["checks"]
    failed = sorted((each for each in checks if not each["success"]), key=lambda each: each["severity"] != "critical")
    judged = [each for each in checks if each["severity"] != "info"]
    steps = [(step, [each for each in judged if each["step"] == step]) for step in dict.fromkeys(each["step"] for each in checks)]
    return environment.get_template("report.html.j2").render(
        report=report, name=name, kind=kind, english=english, chinese=chinese, failed=failed, steps=steps, sampled=sampled,
        moved=[each for each in report["drift"] if each["moved"]], counted=[each for each in checks if each["severity"] == "info"],
        figures=_figures(report), reasons=REASONS, defects_by_source=_defects_by_source(report["profile"])) + "\n"


def check_words(check: str) -> str:
    """A check's name in words: an expectation as what it asks of its columns, a rate or rule as it is called."""
    kind, _, columns = check.partition(" ")
    return f"{columns} {ASKED[kind]}" if kind in ASKED else check.removeprefix("rate ").replace("_", " ") if kind == "rate" else check


def _shown(value: Any) -> Any:
    """Texts without what cannot be printed or would turn the direction of the line; markup that the page itself made stays."""
    from markupsafe import Markup

    if isinstance(value, Markup) or not isinstance(value, str) or value.isprintable():
        return value
    return "".join(char if char.isprintable() or char == "\n" else "\u3000" if char.isspace() else "�" for char in value)


def _figures(report: Mapping[str, Any]) -> list[tuple[str, str, str, Any]]:
    """(id, English, Chinese, SVG) of each chart that has something to show."""
    from markupsafe import Markup

    facts, profile = report["facts"], report["profile"]

    def falling(counts: Mapping[str, int]) -> list[tuple[str, float]]:
        return sorted(((name, float(count)) for name, count in counts.items()), key=lambda each: (-each[1], each[0]))

    documents = sum(facts["fates"].values())
    funnel = [("inputs 输入", float(facts["input_files"])), ("documents 文档", float(documents)),
              ("distinct 去重", float(documents - facts["fates"].get("duplicate", 0))), ("speeches 讲话", float(profile["speeches"])),
              ("canonical 代表篇", float(profile["canonical"]))]
    first, last = (end(map(int, [year for years in profile["years"].values() for year in years] or [0])) for end in (min, max))
    years = [(str(year), float(profile["years"][basis].get(str(year), 0)), words) for year in range(first, last + 1) for basis, words in (
        ("delivered", "delivered 讲话日期"), ("published", "published 发布日期"))] if last else []
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
        ("years", "Dates", "日期", charts.columns(years, "speeches 讲话")),
        ("lengths", "Lengths, from so many thousand characters", "篇幅（千字起）", charts.columns(lengths, "speeches 讲话")),
        ("depths", "Levels of the outline", "提纲层级", charts.columns(
            [(level, float(count), "speeches") for level, count in profile["depths"].items()], "speeches 讲话")),
        ("genres", "Genres", "体裁", charts.bars(falling(profile["genres"]), "speeches 讲话")),
        ("kinds", "Kinds of phrases", "短语类别", charts.bars(falling(profile["kinds"]), "occurrences 出现次数")),
        ("phrases", "Most widespread phrases", "最常见短语", charts.bars(phrases, "canonical speeches 代表篇")),
    ]
    return [(key, english, chinese, Markup(svg)) for key, english, chinese, svg in drawn if svg]


def _defects_by_source(profile: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, int, list[tuple[int, float]]]]]:
    """(names of the most frequent defects, a row a source: its name, its speeches, of each defect the count and the share)."""
    names = sorted(profile["defects"], key=lambda name: (-profile["defects"][name], name))[:MOST_DEFECTS]
    rows = []
    for source, entry in list(profile["sources"].items())[:MOST_SOURCES]:
        counts = [entry["defects"].get(name, 0) for name in names]
        rows.append((source, entry["speeches"], [(count, count / max(entry["speeches"], 1)) for count in counts]))
    return names, rows
