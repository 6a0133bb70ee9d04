"""report.html: the quality report as one page that needs nothing else, no network and no script.

Texts of strangers stand in it: Jinja2 escapes every value, what cannot be printed or would turn the direction of the line is shown as �,
and the page's own policy forbids it to load or run anything.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from flows.publish.reading import Sampled
from schemas.edits import EDIT_REASONS

VERDICTS = {"publishable": ("good", "Publish", "可以发布"),
            "publishable with warnings": ("warn", "Publish with care", "可以发布，但有警告"),
            "not publishable": ("bad", "Do not publish", "不可发布")}
MOST_SOURCES, MOST_DEFECTS = 8, 8
ASKED = {"ExpectColumnValuesToNotBeNull": "is never null 不为空", "ExpectColumnValuesToBeInSet": "is of its closed list 属于封闭列表",
         "ExpectColumnValuesToBeBetween": "is in its range 在范围内", "ExpectColumnValuesToMatchRegex": "is of its form 符合格式",
         "ExpectColumnValuesToBeUnique": "is unique 唯一", "ExpectCompoundColumnsToBeUnique": "are unique together 合起来唯一"}
"""What an expectation asks of its columns, in words."""


@cache
def template() -> Any:
    """The page's template, compiled: a fifth of a second with its library, which a run spends while it waits."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, finalize=_shown)
    environment.filters["share"] = lambda value: f"{value:.1%}" if value >= 0.001 or not value else f"{value:.4%}"
    environment.filters["words"] = check_words
    return environment.get_template("report.html.j2")


def page(report: Mapping[str, Any], figures: Sequence[Sequence[str]], sampled: Sequence[Sampled], name: str) -> str:
    """The page as HTML text, with all of `report` (as in report.json), the charts of flows.publish.figures and the reading sample. `name`
    says which release it is of."""
    from markupsafe import Markup

    kind, english, chinese = VERDICTS[report["verdict"]]
    checks = report["checks"]
    failed = sorted((each for each in checks if not each["success"]), key=lambda each: each["severity"] != "critical")
    judged = [each for each in checks if each["severity"] != "info"]
    steps = [(step, [each for each in judged if each["step"] == step]) for step in dict.fromkeys(each["step"] for each in checks)]
    return template().render(
        report=report, name=name, kind=kind, english=english, chinese=chinese, failed=failed, steps=steps, sampled=sampled,
        moved=[each for each in report["drift"] if each["moved"]], counted=[each for each in checks if each["severity"] == "info"],
        figures=[(*words, Markup(svg)) for *words, svg in figures], reasons=EDIT_REASONS,
        defects_by_source=_defects_by_source(report["profile"])) + "\n"


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


def _defects_by_source(profile: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, int, list[tuple[int, float]]]]]:
    """(names of the most frequent defects, a row a source: its name, its speeches, of each defect the count and the share)."""
    names = sorted(profile["defects"], key=lambda name: (-profile["defects"][name], name))[:MOST_DEFECTS]
    rows = []
    for source, entry in list(profile["sources"].items())[:MOST_SOURCES]:
        counts = [entry["defects"].get(name, 0) for name in names]
        rows.append((source, entry["speeches"], [(count, count / max(entry["speeches"], 1)) for count in counts]))
    return names, rows
