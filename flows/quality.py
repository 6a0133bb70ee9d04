"""Judge tables by Great Expectations: suites made from the declarations, rules across tables, rates with thresholds.

Great Expectations judges; polars finds the rows. Importing it takes seconds and hundreds of megabytes, so it is imported only in the
function that checks, in a worker. It has no engine for polars: it is handed pandas frames with Arrow-backed columns, in chunks of whole
shards, so that memory stays flat and keys are still complete (a shard holds every row of its speeches).
"""
from __future__ import annotations

import json
import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from flows.tables import read_frame, write_frame
from flows.validate.rules import RULES, rates
from schemas import TABLES, Column, Table

CHUNK_ROWS = 400_000
MOST_EXAMPLES = 100
FAILING = {"step": pl.String, "table": pl.String, "check": pl.String, "severity": pl.String, "key": pl.String, "evidence": pl.String}


def check_step(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Check what a step made; write checks.json (one entry a check) and failing.arrow (every failing row of every failed check).

    inputs: step; tables {name: paths of frames}; for the step validate also faults, speeches and documents: paths of frames.
    """
    judge = _Judge(inputs["step"])
    checks: list[dict[str, Any]] = []
    failing: list[pl.DataFrame] = [pl.DataFrame(schema=FAILING)]
    for name, paths in inputs["tables"].items():
        table = TABLES[name]
        totals: dict[str, dict[str, Any]] = {}
        for frame in _chunks([Path(path) for path in paths], table):
            for each in judge.table(table, frame):
                total = totals.setdefault(each["check"], each | {"rows": 0, "unexpected": 0})
                total["rows"] += each["rows"]
                total["unexpected"] += each["unexpected"]
                total["success"] &= each["success"]
                total["raised"] = total["raised"] or each["raised"]
                if not each["success"] and not each["raised"]:
                    failing.append(failing_rows(inputs["step"], table, each["check"], each["severity"], frame))
        checks += totals.values()
    if "faults" in inputs:
        faults = pl.concat([read_frame(Path(path)) for path in inputs["faults"]]) if inputs["faults"] else None
        checks += judge.rules(faults)
        if faults is not None and faults.height:
            failing.append(faults.select(pl.lit(inputs["step"]).alias("step"), "table", pl.col("rule").alias("check"),
                                         pl.lit("critical").alias("severity"), "key", "evidence"))
        checks += judge.rates(rates([Path(path) for path in inputs["speeches"]], [Path(path) for path in inputs["documents"]]),
                              inputs["thresholds"])
    (out / "checks.json").write_text(json.dumps(checks, ensure_ascii=False, indent=1), encoding="utf-8")
    write_frame(pl.concat(failing), out / "failing.arrow")
    return {"checks": len(checks), "failed": sum(not each["success"] for each in checks)}


def _chunks(paths: Sequence[Path], table: Table) -> Iterator[pl.DataFrame]:
    """The table's rows without its long texts (their lengths stand for them), in frames of whole shards; one empty frame if there is
    nothing."""
    waiting: list[pl.DataFrame] = []
    given = False
    for path in paths:
        waiting.append(_light(read_frame(path), table))
        if sum(frame.height for frame in waiting) >= CHUNK_ROWS:
            yield pl.concat(waiting)
            waiting, given = [], True
    if waiting or not given:
        yield pl.concat(waiting) if waiting else _light(pl.DataFrame(schema={column.name: pl.Null for column in table.columns}), table)


def _light(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The table's columns as far as the frame has them: long texts as their lengths, lists as their elements joined by ";"."""
    picked = []
    for column in table.columns:
        if column.name not in frame.columns:
            continue
        if column.type == "large_string":
            picked.append(pl.col(column.name).cast(pl.String).str.len_chars())
        elif column.type == "list<mark>":
            picked.append(pl.col(column.name).list.len() if frame.schema[column.name] != pl.Null else pl.col(column.name))
        elif column.type == "list<string>":
            picked.append(pl.col(column.name).list.join(";") if frame.schema[column.name] != pl.Null else pl.col(column.name))
        else:
            picked.append(pl.col(column.name))
    return frame.select(picked)


def suite(table: Table, columns: Sequence[str]) -> list[dict[str, Any]]:
    """What the declaration of a table asks of those of its columns that are there: {type, severity, arguments} of expectations."""
    asked: list[dict[str, Any]] = []
    for column in table.columns:
        if column.name in columns:
            asked += _column_checks(column)
    if all(name in columns for name in table.key):
        asked.append({"type": "ExpectCompoundColumnsToBeUnique", "column_list": list(table.key), "ignore_row_if": "never"}
                     if len(table.key) > 1 else {"type": "ExpectColumnValuesToBeUnique", "column": table.key[0]})
    return asked


def _column_checks(column: Column) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []
    if not column.nullable:
        asked.append({"type": "ExpectColumnValuesToNotBeNull", "column": column.name})
    if column.values and column.type == "list<string>":
        one = "|".join(map(re.escape, column.values))
        asked.append({"type": "ExpectColumnValuesToMatchRegex", "column": column.name, "regex": f"^(?:(?:{one})(?:;(?:{one}))*)?$"})
    elif column.values:
        asked.append({"type": "ExpectColumnValuesToBeInSet", "column": column.name, "value_set": list(column.values)})
    if column.minimum is not None or column.maximum is not None:
        asked.append({"type": "ExpectColumnValuesToBeBetween", "column": column.name, "min_value": column.minimum,
                      "max_value": column.maximum})
    if column.pattern:
        asked.append({"type": "ExpectColumnValuesToMatchRegex", "column": column.name, "regex": f"^(?:{column.pattern})$"})
    return asked


def failing_rows(step: str, table: Table, check: str, severity: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of `frame` that fail `check` (the name that `_Judge` gives it), with the value that fails as evidence."""
    kind, _, rest = check.partition(" ")
    columns = rest.split(", ")
    column = pl.col(columns[0])
    declared = table.column(columns[0])
    if kind == "ExpectColumnValuesToNotBeNull":
        broken = column.is_null()
    elif kind == "ExpectColumnValuesToBeInSet":
        broken = ~column.is_in(declared.values)
    elif kind == "ExpectColumnValuesToBeBetween":
        low, high = declared.minimum, declared.maximum
        broken = (column < low if low is not None else pl.lit(False)) | (column > high if high is not None else pl.lit(False))
    elif kind == "ExpectColumnValuesToMatchRegex":
        pattern = next(each["regex"] for each in _column_checks(declared) if each["type"] == kind)
        broken = ~column.str.contains(pattern)
    else:
        broken = pl.struct(columns).is_duplicated()
    keys = [name for name in table.key if name in frame.columns]
    return frame.filter(broken).select(
        step=pl.lit(step), table=pl.lit(table.name), check=pl.lit(check), severity=pl.lit(severity),
        key=pl.concat_str([pl.col(name).cast(pl.String) for name in keys], separator=" ", ignore_nulls=True),
        evidence=pl.format("{} = {}", pl.lit(columns[0]), column.cast(pl.String).fill_null("null")))


class _Judge:
    """Great Expectations, imported once a worker, quiet."""

    def __init__(self, step: str) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        logging.disable(logging.WARNING)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import great_expectations as gx
            import great_expectations.expectations as gxe
            from great_expectations.data_context.types.base import ProgressBarsConfig
        self.step, self._gx, self._gxe = step, gx, gxe
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source = context.data_sources.add_pandas(f"jianghua {step}")
        self._count = 0

    def _validate(self, frame: pl.DataFrame, asked: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The results of the expectations, in order."""
        self._count += 1
        expectations = [getattr(self._gxe, each["type"])(
            **{name: value for name, value in each.items() if name != "type"}, meta={"asked": number})
            for number, each in enumerate(asked)]
        batch = self._source.add_dataframe_asset(f"frame {self._count}").add_batch_definition_whole_dataframe("whole").get_batch(
            {"dataframe": frame.to_pandas(use_pyarrow_extension_array=True)})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = batch.validate(self._gx.ExpectationSuite(name=f"suite {self._count}", expectations=expectations),
                                   result_format="SUMMARY")
        # Results come grouped by column, not in the order asked.
        by_number = {(result.expectation_config.meta or {}).get("asked"): result for result in found.results if result.expectation_config}
        return [by_number.get(number) for number in range(len(asked))]

    def table(self, table: Table, frame: pl.DataFrame) -> list[dict[str, Any]]:
        """One entry a check that the table's declaration asks."""
        asked = suite(table, frame.columns)
        entries = []
        for each, result in zip(asked, self._validate(frame, asked)):
            columns = each.get("column_list") or [each["column"]]
            raised = result is None or bool(result.exception_info.get("raised_exception"))
            details = {} if result is None else result.result
            entries.append({"step": self.step, "table": table.name, "check": f"{each['type']} {', '.join(columns)}",
                            "severity": "critical", "success": bool(result is not None and result.success), "raised": raised,
                            "rows": int(details.get("element_count") or frame.height),
                            "unexpected": int(details.get("unexpected_count") or 0), "threshold": None, "observed": None,
                            "reason": table.column(columns[0]).english})
        return entries

    def rules(self, faults: pl.DataFrame | None) -> list[dict[str, Any]]:
        """One entry a rule across tables: no row may break it."""
        counts = dict(faults["rule"].value_counts().iter_rows()) if faults is not None else {}
        frame = pl.DataFrame({name: [counts.get(name, 0)] for name in RULES})
        asked = [{"type": "ExpectColumnValuesToBeBetween", "column": name, "min_value": 0, "max_value": 0} for name in RULES]
        return [{"step": self.step, "table": rule.table, "check": name, "severity": "critical",
                 "success": bool(result is not None and result.success), "raised": result is None, "rows": None,
                 "unexpected": counts.get(name, 0), "threshold": 0, "observed": counts.get(name, 0), "reason": rule.english}
                for (name, rule), result in zip(RULES.items(), self._validate(frame, asked))]

    def rates(self, observed: Mapping[str, tuple[str, float, str]], thresholds: Mapping[str, float]) -> list[dict[str, Any]]:
        """One entry a rate: (table, observed share, what it means) by name, warned of above its threshold."""
        frame = pl.DataFrame({name: [value] for name, (_, value, _) in observed.items()})
        asked = [{"type": "ExpectColumnValuesToBeBetween", "column": name, "max_value": thresholds[name]} for name in observed]
        return [{"step": self.step, "table": table, "check": f"rate {name}", "severity": "warning",
                 "success": bool(result is not None and result.success), "raised": result is None, "rows": None, "unexpected": 0,
                 "threshold": thresholds[name], "observed": round(value, 6), "reason": meaning}
                for (name, (table, value, meaning)), result in zip(observed.items(), self._validate(frame, asked))]

