"""The quality report: what a person reads before trusting a release, and the same as JSON."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>()#+-.!|~$"})


def markdown_text(text: object) -> str:
    """Raw text for Markdown: nothing in it is markup, a line break or a control character."""
    return "".join(char if char.isprintable() else " " for char in str(text)).translate(ESCAPED)


def quality_report(facts: Mapping[str, Any], checks: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
    """(Markdown, JSON) of what the run counted and how the checks came out."""
    critical = [each for each in checks if each["severity"] == "critical" and not each["success"]]
    warned = [each for each in checks if each["severity"] == "warning" and not each["success"]]
    verdict = "not publishable" if critical else "publishable with warnings" if warned else "publishable"
    lines = ["# Data quality 数据质量", "", f"**Verdict 结论: {verdict}.** {facts['checks']['passed']} checks passed, "
             f"{facts['checks']['failed']} failed, of these {facts['checks']['raised']} could not be judged.", "",
             "## From inputs to speeches 从输入到讲话", "", "| what | count |", "| --- | ---: |",
             f"| input files | {facts['input_files']} |"]
    lines += [f"| documents: {name} | {count} |" for name, count in facts["fates"].items()]
    lines += [f"| rejected: {name} | {count} |" for name, count in facts["reasons"].items()]
    lines += ["", "## Rows 行数", "", "| table | rows |", "| --- | ---: |"]
    lines += [f"| {name} | {count} |" for name, count in facts["rows"].items()]
    lines += ["", "## Checks 检查", "", "| step | table | check | severity | result | unexpected | observed | threshold |",
              "| --- | --- | --- | --- | --- | ---: | ---: | ---: |"]
    for each in checks:
        result = "raised" if each["raised"] else "passed" if each["success"] else "FAILED"
        observed = "" if each["observed"] is None else each["observed"]
        threshold = "" if each["threshold"] is None else each["threshold"]
        lines.append(f"| {each['step']} | {each['table']} | {markdown_text(each['check'])} | {each['severity']} | {result} | "
                     f"{each['unexpected']} | {observed} | {threshold} |")
    return "\n".join([*lines, ""]), {"verdict": verdict, "facts": facts, "checks": list(checks)}
