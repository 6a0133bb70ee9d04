"""Judge tables by Great Expectations: suites made from the declarations, rules across tables, rates with thresholds.

Great Expectations judges; polars finds the rows. Importing it takes seconds and hundreds of megabytes, so it is imported only in the
function that checks, in a worker. It has no engine for polars, and looks at values one by one: it is handed the witnesses of a table
(`flows.validate.witnesses`), some hundred rows by which each constraint stands or falls, so that checks cost little and memory stays flat.
"""
from __future__ import annotations

import json
import logging
import os
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

from flows.postponed import absent, hollow, postpone
from flows.tables import empty_frame, read_frame, row_batches, write_frame
from flows.validate.rates import RATES, Counted, counted, shares, summed
from flows.validate.relations import RELATIONS, SHORT, relation_faults
from flows.validate.rules import FAULTS, RULES, Rule
from flows.validate.witnesses import check_name, light, suite, witnesses
from schemas import TABLES, Table

FAILING = {"step": pl.String, "table": pl.String, "check": pl.String, "severity": pl.String, "key": pl.String, "evidence": pl.String}
PIPELINE_RELATIONS = {name: rule for name, rule in RELATIONS.items() if rule.table != "lexicon"}
"""The lexicon is counted again from the published phrases, by `jianghua validate`; here it would be counted the same way twice."""

ASKED_SOURCES = ("invalid_datasource", "pandas_datasource")
"""Of Great Expectations' kinds of sources what is asked for, here or by itself."""
ASKED_EXPECTATIONS = ("column_max_to_be_between", "column_values_to_be_between", "column_values_to_be_in_set",
                      "column_values_to_be_unique", "column_values_to_match_regex", "column_values_to_not_be_null",
                      "compound_columns_to_be_unique")
"""And of its expectations."""


def check_step(inputs: Mapping[str, Any], settings: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Check what a step made; write checks.json (one entry a check), failing.arrow (every failing row of every failed check) and
    expectations.json (what Great Expectations says).

    inputs: step; tables {name: paths of its frames}; thresholds; for the step validate also faults, speeches, documents and
    passages: paths of frames.
    """
    step, tables = inputs["step"], dict(inputs["tables"])
    judge = Judge(step)
    checks: list[dict[str, Any]] = []
    failing: list[pl.DataFrame] = [pl.DataFrame(schema=FAILING)]
    if "faults" in inputs:
        tables |= {"speeches": inputs["speeches"], "documents": inputs["documents"]}
    for name, paths in tables.items():
        found, broken = judge.table(TABLES[name], (read_frame(Path(path)) for path in paths))
        checks += found
        failing += broken
    if "faults" in inputs:
        faults = pl.concat([pl.DataFrame(schema=FAULTS), *(read_frame(Path(path)) for path in inputs["faults"]), _relations(inputs)])
        checks += judge.rules(RULES | PIPELINE_RELATIONS, faults)
        failing.append(_failing(step, faults))
    checks += judge.rates(_counted(step, tables), inputs["thresholds"])
    (out / "checks.json").write_text(json.dumps(checks, ensure_ascii=False, indent=1), encoding="utf-8")
    (out / "expectations.json").write_text(json.dumps(judge.said, ensure_ascii=False, indent=1), encoding="utf-8")
    write_frame(pl.concat(failing), out / "failing.arrow")
    failed = [each["severity"] for each in checks if not each["success"]]
    return {"checks": len(checks), "failed": len(failed), "critical": failed.count("critical")}


def _failing(step: str, faults: pl.DataFrame) -> pl.DataFrame:
    return faults.select(pl.lit(step).alias("step"), "table", pl.col("rule").alias("check"), pl.lit("critical").alias("severity"), "key",
                         "evidence")


def _relations(inputs: Mapping[str, Any]) -> pl.DataFrame:
    """The faults between speeches."""
    speeches = pl.concat([empty_frame(TABLES["speeches"]).select(SHORT), *(read_frame(Path(path), SHORT) for path in inputs["speeches"])])
    passages = (read_frame(Path(path)) for path in inputs["passages"])
    paths = pl.concat([pl.Series("source_path", [], dtype=pl.String),
                       *(read_frame(Path(path), ["source_path"])["source_path"] for path in inputs["documents"])])
    return pl.DataFrame(list(relation_faults(speeches, passages, paths)), schema=FAULTS, orient="row")


WHOLE = ("lexicon", "passages", "rejects")   # by phrase, by range of speeches, whole: their frames are no shards


def _counted(step: str, tables: Mapping[str, Sequence[str]]) -> Counted:
    """What the rates of a step count, over all shards."""
    names = [name for name, rate in RATES.items() if rate.step == step]
    if not names:
        return {}
    sharded = [name for name in tables if name not in WHOLE]
    totals = summed(counted(step, {name: read_frame(Path(tables[name][number])) for name in sharded})
                    for number in range(max((len(tables[name]) for name in sharded), default=0)))
    return totals | {name: (0, 0) for name in names if name not in totals}


def data_docs(release: Path, folder: Path) -> Path:
    """Write Great Expectations' Data Docs of the witnesses of a release's tables into `folder`; return its index.html.

    They load their style from the network, so that offline they show unstyled; report.html does not.
    """
    _opened.cache_clear()   # results and pages of another release may be in what was opened before
    judge = Judge("release")
    context = judge.context
    context.add_data_docs_site(site_name="docs", site_config={
        "class_name": "SiteBuilder", "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.resolve())}})
    for name, table in TABLES.items():
        judge.document(table, row_batches(release / f"{name}.parquet"))
    context.build_data_docs(site_names=["docs"])
    return folder / "index.html"


def without_the_unasked() -> None:
    """Let Great Expectations, not imported yet, do without the databases, clouds and file formats that it would else look for and make
    classes of, and without the expectations that nobody here asks for: they take more than half of its import. Only for a process that
    does nothing but check."""
    absent("azure", "boto3", "botocore", "google", "sqlalchemy")
    spec = find_spec("great_expectations")
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        hollow(*(f"great_expectations.datasource.fluent.{path.stem}" for path in sorted(package.glob("datasource/fluent/*_datasource.py"))
                 if path.stem not in ASKED_SOURCES))
        hollow(*(f"great_expectations.expectations.core.{path.stem}" for path in sorted(package.glob("expectations/core/expect_*.py"))
                 if path.stem.removeprefix("expect_") not in ASKED_EXPECTATIONS))


def quiet_great_expectations() -> Any:
    """The package, imported quietly; what it imports only for expectations and pictures that are not asked for here waits."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.disable(logging.WARNING)
    postpone("scipy.stats", "altair", "jsonschema", "mistune")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx
        import great_expectations.data_context.types.base
        import great_expectations.expectations
        import tqdm
    # A progress bar makes, even where none is shown, a lock between processes, of which a later Python warns when the run ends.
    tqdm.tqdm.set_lock(threading.RLock())
    return gx


@cache
def _opened() -> tuple[Any, Any, Any]:
    """(context, data source, definition of a batch that is a whole frame), once a process: Great Expectations writes its whole state out
    each time that one of them is made."""
    gx = quiet_great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = gx.data_context.types.base.ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("jianghua")
    return context, source, source.add_dataframe_asset("frame").add_batch_definition_whole_dataframe("whole")


@contextmanager
def _configured_once(expectation: Any) -> Iterator[None]:
    """While a suite is judged nothing changes its expectations; yet Great Expectations makes the configuration of each anew some forty
    times, which is a third of its work."""
    made, read = {}, expectation.configuration

    def configuration(self: Any) -> Any:
        if id(self) not in made:
            made[id(self)] = self, read.fget(self)     # with the expectation, so that no other gets its id
        return made[id(self)][1]

    expectation.configuration = property(configuration)
    try:
        yield
    finally:
        expectation.configuration = read


class Judge:
    """Great Expectations, imported once a worker, quiet. `said` is what it said: a result a table, rules and rates."""

    def __init__(self, step: str) -> None:
        self._gx = quiet_great_expectations()
        self._gxe = self._gx.expectations
        self.step = step
        self.said: list[dict[str, Any]] = []
        self.context, self._source, self._whole = _opened()

    def _validate(self, name: str, frame: pl.DataFrame, asked: Sequence[Mapping[str, Any]], severity: str = "critical") -> list[Any]:
        """The results of the expectations, in order; None for one that gave none."""
        expectations = [getattr(self._gxe, each["type"])(
            **{key: value for key, value in each.items() if key != "type"}, severity=severity, meta={"asked": number})
            for number, each in enumerate(asked)]
        batch = self._whole.get_batch({"dataframe": frame.to_pandas(use_pyarrow_extension_array=True)})
        with warnings.catch_warnings(), _configured_once(self._gxe.Expectation):
            warnings.simplefilter("ignore")
            # Which rows fail, and how many, polars has told; asking for less makes an expectation four times as cheap.
            found = batch.validate(self._gx.ExpectationSuite(name=f"{self.step} {name}", expectations=expectations),
                                   result_format="BOOLEAN_ONLY")
        # Results come grouped by column, not in the order asked.
        by_number = {(result.expectation_config.meta or {}).get("asked"): result for result in found.results
                     if result.expectation_config}
        results = [by_number.get(number) for number in range(len(asked))]
        self.said.append({"suite": f"{self.step} {name}", "success": bool(found.success), "rows": frame.height, "results": [
            {"expectation": dict(each), "severity": severity, "success": bool(result is not None and result.success),
             "exception": _exception(result)} for each, result in zip(asked, results)]})
        return results

    def table(self, table: Table, frames: Iterator[pl.DataFrame]) -> tuple[list[dict[str, Any]], list[pl.DataFrame]]:
        """(One entry a check that the table's declaration asks, the failing rows) of a table that comes in frames."""
        rows, height = [], 0
        broken: dict[str, list[pl.DataFrame]] = {}
        for frame in frames:
            seen = witnesses(table, light(frame, table))
            rows.append(seen.rows)
            height += seen.height
            for check, failed in seen.broken.items():
                broken.setdefault(check, []).append(failed)
        sample = pl.concat(rows, how="vertical_relaxed") if rows else light(empty_frame(table), table)
        asked = suite(table, sample.columns)
        entries, failing = [], []
        for each, result in zip(asked, self._validate(table.name, sample, asked)):
            check = check_name(each)
            count = sum(frame.height for frame in broken.get(check, ()))
            entries.append(_entry(self.step, table.name, check, "critical", result, success=not count, rows=height, unexpected=count,
                                  reason=table.column((each.get("column_list") or [each["column"]])[0]).english))
            failing += [frame.select(pl.lit(self.step).alias("step"), pl.lit(table.name).alias("table"), pl.lit(check).alias("check"),
                                     pl.lit("critical").alias("severity"), "key", "evidence") for frame in broken.get(check, ())]
        return entries, failing

    def document(self, table: Table, frames: Iterator[pl.DataFrame]) -> None:
        """Validate a table once more so that the context keeps the result, with counts, for Data Docs."""
        rows = [witnesses(table, light(frame, table)).rows for frame in frames]
        sample = pl.concat(rows) if rows else light(empty_frame(table), table)
        expectations = [getattr(self._gxe, each["type"])(**{key: value for key, value in each.items() if key != "type"})
                        for each in suite(table, sample.columns)]
        asked = self.context.suites.add(self._gx.ExpectationSuite(name=table.name, expectations=expectations))
        batch = self._source.add_dataframe_asset(f"{table.name} of the release").add_batch_definition_whole_dataframe("whole")
        definition = self.context.validation_definitions.add(self._gx.ValidationDefinition(name=table.name, data=batch, suite=asked))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            definition.run(batch_parameters={"dataframe": sample.to_pandas(use_pyarrow_extension_array=True)})

    def rules(self, rules: Mapping[str, Rule], faults: pl.DataFrame) -> list[dict[str, Any]]:
        """One entry a rule across tables: no row may break it."""
        counts = dict(faults["rule"].value_counts().iter_rows())
        frame = pl.DataFrame({name: [counts.get(name, 0)] for name in rules})
        asked = [{"type": "ExpectColumnMaxToBeBetween", "column": name, "min_value": 0, "max_value": 0} for name in rules]
        return [_entry(self.step, rule.table, name, "critical", result, unexpected=counts.get(name, 0), threshold=0,
                       observed=counts.get(name, 0), reason=rule.english)
                for (name, rule), result in zip(rules.items(), self._validate("rules", frame, asked))]

    def rates(self, totals: Counted, thresholds: Mapping[str, float]) -> list[dict[str, Any]]:
        """One entry a rate, warned of above its threshold; their parts (a reason, a defect, a source) are counted only."""
        observed = shares(totals)
        judged = [name for name in RATES if name in observed]
        results: dict[str, Any] = {}
        if judged:
            asked = [{"type": "ExpectColumnMaxToBeBetween", "column": name, "min_value": 0, "max_value": thresholds[name]}
                     for name in judged]
            frame = pl.DataFrame({name: [observed[name]] for name in judged})
            results = dict(zip(judged, self._validate("rates", frame, asked, "warning")))
        entries = []
        for name, value in observed.items():
            of, _, part = name.partition(": ")
            rate = RATES[of]
            parts = totals.get(name, (None, None))
            words = f"{rate.english}, {part}" if part else f"{rate.english}; {rate.sign}"
            entries.append(_entry(self.step, rate.table, f"rate {name}", "info" if part else "warning", results.get(name), judged=not part,
                                  unexpected=parts[0] or 0, rows=parts[1], threshold=None if part else thresholds[name],
                                  observed=round(value, 6), reason=words))
        return entries


def _exception(result: Any) -> str | None:
    """What an expectation raised, in words; None where it gave a verdict."""
    if result is None:
        return "no result"
    info = result.exception_info or {}
    if "raised_exception" in info:
        return str(info.get("exception_message")) if info["raised_exception"] else None
    # Where a metric raised, there is one entry a metric.
    return next((str(each.get("exception_message")) for each in info.values()
                 if isinstance(each, dict) and each.get("raised_exception")), None)


def _entry(step: str, table: str, check: str, severity: str, result: Any, *, reason: str, success: bool = True, judged: bool = True,
           rows: int | None = None, unexpected: int = 0, threshold: float | None = None, observed: float | None = None) -> dict[str, Any]:
    """How a check came out. A check that raised gave no verdict: it has not passed, and is told apart from one that failed."""
    raised = judged and _exception(result) is not None
    passed = success and (not judged or (not raised and bool(result.success)))
    return {"step": step, "table": table, "check": check, "severity": severity, "success": passed, "raised": raised, "rows": rows,
            "unexpected": unexpected, "threshold": threshold, "observed": observed, "reason": reason}
