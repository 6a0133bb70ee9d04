"""The quality report: what a person reads before trusting a release, and the same as JSON.

report.json is of a stable shape, for scripts; new names may come, and those here stay:
  verdict   "publishable", "publishable with warnings" or "not publishable"
  facts     what the run counted: input_files, input_bytes, read_bytes, fates, reasons, unread, rows (by table), checks (passed, failed,
            raised)
  checks    one object a check: step, table, check, severity (critical stops publishing, warning is shown, info is counted), success,
            raised (it gave no verdict), rows, unexpected (rows that fail), threshold and observed (rates: shares from 0 to 1), reason
  profile   what the tables come to as a whole (flows.publish.profile)
  drift     what moved since the last release, the most moved first: name, table, before, after, change, threshold, moved, words; empty
            where there was none
  failing   {rows, shown: at most 100 objects of step, table, check, severity, key, evidence}; all rows are in failing.parquet beside it
"""
from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from flows.publish.drift import drift
from flows.publish.edition import CHECKED
from flows.settings import Thresholds
from flows.store import Output
from flows.tables import read_frame

if TYPE_CHECKING:
    from flows.publish.survey import Surveyed

MOST_SHOWN = 100
MOST_EVIDENCE = 200   # characters of evidence that the report shows of a row
NAMES = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>()#+-.!|~$&"})
Steps = Mapping[str, tuple[Mapping[str, Mapping[str, Output]], Mapping[str, Any]]]


def markdown_text(text: object) -> str:
    """Raw text for Markdown: nothing in it is markup, a line break or a control character."""
    return "".join(char if char.isprintable() else " " for char in str(text)).translate(ESCAPED)


def markdown_name(text: str) -> str:
    """A name, of a release, a table or a version, for Markdown: as it is where it is one, else as raw text, for a stranger may have given
    it."""
    return text if NAMES.fullmatch(text) else markdown_text(text)


def markdown_code(text: str) -> str:
    """Raw text as code in a line of Markdown: nothing in it ends the code or the line."""
    return f"`{''.join(char if char.isprintable() else ' ' for char in text).replace('`', chr(39)) or ' '}`"


def verdict_of(checks: Sequence[Mapping[str, Any]], moved: Sequence[Mapping[str, Any]] = ()) -> str:
    """In words, whether checks let a release be published; what moved since the last one is warned of."""
    failed = {each["severity"] for each in checks if not each["success"]} | {"warning" for each in moved if each["moved"]}
    return "not publishable" if "critical" in failed else "publishable with warnings" if "warning" in failed else "publishable"


def accounting(steps: Steps) -> dict[str, Any]:
    """The check that every document read has come out as a row, whatever became of it."""
    read = sum(output.facts["documents"] for output in steps["ingest"][0]["read"].values())
    rows = steps["validate"][0]["tables"]["documents"].facts["rows"]
    return {"step": "publish", "table": "documents", "check": "every document read is a row", "severity": "critical",
            "success": rows == read, "raised": False, "rows": rows, "unexpected": abs(read - rows), "threshold": 0,
            "observed": abs(read - rows), "reason": f"{read} documents were read, {rows} are rows: nothing is lost in silence"}


def not_compared(previous: Path, damage: str) -> dict[str, Any]:
    """The check that the release before can be compared with, where it is damaged and so cannot."""
    return {"step": "publish", "table": "documents", "check": "the release before can be read", "severity": "warning", "success": False,
            "raised": False, "rows": None, "unexpected": 1, "threshold": None, "observed": None,
            "reason": f"release {previous.name} is damaged: {damage}. What changed since then is not told, in CHANGELOG.md and in what "
                      "moved; ids are made of the texts and are as they were"}


def failing_rows(steps: Steps) -> pl.DataFrame:
    """Every failing row of every failed check, in order of steps."""
    frames = [read_frame(output.path("failing.arrow")) for stage in CHECKED for output in steps[stage][0]["checks"].values()]
    return pl.concat(frames)


def read_report(release: Path | None) -> dict[str, Any] | None:
    """report.json of a release; None where there is none that can be read."""
    try:
        report = json.loads((release / "quality" / "report.json").read_bytes()) if release else None
    except (OSError, ValueError):
        return None
    return report if isinstance(report, dict) else None


def quality_report(facts: Mapping[str, Any], checks: Sequence[Mapping[str, Any]], steps: Steps, profile: Mapping[str, Any],
                   previous: Path | None, thresholds: Thresholds) -> tuple[str, dict[str, Any]]:
    """(Markdown, JSON) of what the run counted, how the checks came out, what the tables come to, and what moved since the release in
    `previous`."""
    failing = failing_rows(steps)
    # Some of each check, so that one that fails a million times does not hide the others.
    rank = pl.int_range(pl.len()).over("step", "check", "table")
    shown = failing.with_columns(rank=rank).sort("rank", maintain_order=True).head(MOST_SHOWN).sort(
        "step", "table", "check", "rank").drop("rank").with_columns(pl.col("evidence", "key").str.slice(0, MOST_EVIDENCE)).to_dicts()
    report: dict[str, Any] = {"verdict": "", "facts": facts, "checks": list(checks), "profile": profile}
    report["drift"] = drift(read_report(previous), report, asdict(thresholds))
    report["verdict"] = verdict_of(checks, report["drift"])
    report["failing"] = {"rows": failing.height, "shown": shown}
    return _markdown(report), report


def write_quality(folder: Path, markdown: str, report: Mapping[str, Any], steps: Steps, surveyed: Surveyed, name: str) -> None:
    """Write the folder `quality` of the release `name`: report.html, report.md, report.json, failing.parquet and expectations.json (what
    Great Expectations says, a result a suite)."""
    from flows.publish.page import page

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_bytes(page(report, surveyed.figures, surveyed.sample, name).encode("utf-8", "replace"))
    (folder / "report.md").write_text(markdown, encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    failing_rows(steps).write_parquet(folder / "failing.parquet", compression="zstd")
    said = [each for stage in CHECKED for output in steps[stage][0]["checks"].values()
            for each in json.loads(output.path("expectations.json").read_bytes())]
    (folder / "expectations.json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _markdown(report: Mapping[str, Any]) -> str:
    facts, checks = report["facts"], report["checks"]
    lines = ["# Data quality 数据质量", "", f"**Verdict 结论: {report['verdict']}.** {facts['checks']['passed']} checks passed, "
             f"{facts['checks']['failed']} failed, of these {facts['checks']['raised']} could not be judged.", "",
             *_moved_lines(report["drift"]), "## From inputs to speeches 从输入到讲话", "", "| what | count |", "| --- | ---: |",
             f"| input files | {facts['input_files']} |"]
    lines += [f"| documents: {name} | {count} |" for name, count in facts["fates"].items()]
    lines += [f"| rejected: {name} | {count} |" for name, count in facts["reasons"].items()]
    lines += [f"| not read: {name} | {count} |" for name, count in facts["unread"].items()]
    lines += ["", "## Rows 行数", "", "| table | rows |", "| --- | ---: |"]
    lines += [f"| {name} | {count} |" for name, count in facts["rows"].items()]
    failed = [each for each in checks if not each["success"]]
    if failed:
        lines += ["", "## What failed 未通过", ""]
        lines += [f"- **{each['severity']}** {each['table']}, {markdown_text(each['check'])}: {_outcome(each)}. "
                  f"{markdown_text(each['reason'])}" for each in failed]
    failing = report["failing"]
    if failing["rows"]:
        lines += ["", "## Failing rows 未通过的行", "",
                  f"{len(failing['shown'])} of {failing['rows']}; all are in failing.parquet.", "",
                  "| table | check | key | evidence |", "| --- | --- | --- | --- |"]
        lines += [f"| {each['table']} | {markdown_text(each['check'])} | {markdown_text(each['key'])} | {markdown_text(each['evidence'])} |"
                  for each in failing["shown"]]
    lines += ["", "## Checks 检查", "", "| step | table | check | severity | result | unexpected | observed | threshold |",
              "| --- | --- | --- | --- | --- | ---: | ---: | ---: |"]
    for each in checks:
        result = "raised" if each["raised"] else "passed" if each["success"] else "FAILED"
        observed = "" if each["observed"] is None else each["observed"]
        threshold = "" if each["threshold"] is None else each["threshold"]
        lines.append(f"| {each['step']} | {each['table']} | {markdown_text(each['check'])} | {each['severity']} | {result} | "
                     f"{each['unexpected']} | {observed} | {threshold} |")
    return "\n".join([*lines, ""])


def _moved_lines(moved: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [f"- {markdown_text(each['name'])}: {markdown_text(each['words'])} (moved {each['change']:.3g}, "
             f"allowed {each['threshold']:.3g})" for each in moved if each["moved"]]
    return ["## What moved since the last release 与上一版相比的变动", "", *lines, ""] if lines else []


def _outcome(check: Mapping[str, Any]) -> str:
    if check["raised"]:
        return "gave no verdict"
    if check["observed"] is not None and check["check"].startswith("rate "):
        return f"observed {check['observed']:.4g}, at most {check['threshold']:.4g}"
    return f"{check['unexpected']} rows"
