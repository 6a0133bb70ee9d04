"""What a run shows: bars on a terminal, plain lines elsewhere, JSON lines where asked, nothing where asked."""
from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Mapping
from enum import StrEnum
from types import TracebackType
from typing import Any, TextIO


class LogFormat(StrEnum):
    """How progress and results are written."""

    text = "text"
    json = "json"


class Terminal:
    """Progress and failures go to standard error, results to standard output, in either format. Use as a context manager; call it with an
    event of a stage."""

    def __init__(self, quiet: bool = False, log_format: LogFormat = LogFormat.text) -> None:
        self.quiet, self.json = quiet, log_format is LogFormat.json
        self._started = time.perf_counter()
        self._shows_bars = not quiet and not self.json and sys.stderr.isatty()
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Terminal:
        return self

    def _begin_bars(self) -> None:
        """Only when there is progress: they take a thread, and a process that has threads cannot well be forked."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self._bars = Progress(
            TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]:>12}"),
            TimeElapsedColumn(), TimeRemainingColumn(elapsed_when_finished=False), console=Console(stderr=True), transient=True)
        self._bars.start()

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        if self._bars is not None:
            self._bars.stop()
            self._bars = None

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.perf_counter() - self._started

    def __call__(self, event: Any) -> None:
        """Show that a step began or went on."""
        if self.quiet:
            return
        if self.json:
            self._line({"event": "progress", "step": event.step, "done": event.done, "total": event.total, "as_before": event.cached})
        elif self._shows_bars:
            self._bar(event)
        elif event.done == event.total:
            print(f"{event.step}: {event.total} shards, {event.cached} as before", file=sys.stderr, flush=True)

    def _bar(self, event: Any) -> None:
        if self._bars is None:
            self._begin_bars()
        if event.step not in self._tasks:
            self._tasks[event.step] = self._bars.add_task(event.step, total=event.total, completed=event.cached, rate="")
        task = self._tasks[event.step]
        self._bars.update(task, completed=event.done)
        now = next(each for each in self._bars.tasks if each.id == task)
        worked = event.done - event.cached
        self._bars.update(task, rate=f"{worked / now.elapsed:.1f}/s" if worked and now.elapsed else "")
        if event.done == event.total:
            self._bars.remove_task(task)
            del self._tasks[event.step]
            took = f", {now.elapsed:.1f} s" if worked and now.elapsed else ""
            self._bars.console.print(f"{event.step:<18} {event.total} shards, {event.cached} as before{took}", highlight=False)

    def said(self, sentence: str, **facts: object) -> None:
        """Tell a result."""
        if self.quiet:
            return
        if self.json:
            self._line({"event": "message", "message": sentence, **facts}, sys.stdout)
        else:
            print(sentence, flush=True)

    def failed(self, sentence: str, status: int) -> None:
        """Tell a failure; said even where quiet."""
        self.__exit__(None, None, None)
        print(self.failure(sentence, status), end="", file=sys.stderr, flush=True)

    def failure(self, sentence: str, status: int) -> str:
        """The line that tells a failure; where bars are on the screen, below them."""
        below = "\x1b[?25h\n" if self._bars is not None else ""     # with the cursor, which they have hidden
        told = json.dumps({"event": "error", "message": sentence, "status": status}, ensure_ascii=False)
        return f"{below}{told if self.json else f'jianghua: {sentence}'}\n"

    def published(self, summary: Mapping[str, Any]) -> None:
        """Tell what came of a run; that it holds no speech is said even where quiet."""
        if (sentence := _without_speeches(summary)) is not None:
            if self.json:
                self._line({"event": "warning", "message": sentence})
            else:
                print(f"jianghua: {sentence}", file=sys.stderr, flush=True)
        if self.quiet:
            return
        if self.json:
            event = "published" if summary.get("new") else "unchanged"
            self._line({"event": event, "elapsed": round(self.seconds, 2), **summary}, sys.stdout)
        else:
            _print_summary(summary, self.seconds)

    def _line(self, facts: Mapping[str, Any], file: TextIO | None = None) -> None:
        print(json.dumps(facts, ensure_ascii=False), file=file or sys.stderr, flush=True)


def _without_speeches(summary: Mapping[str, Any]) -> str | None:
    """What to look at where a release holds no speech; None where it holds some."""
    if summary["fates"].get("speech"):
        return None
    if not summary["fates"] and not summary["unread"]:
        return "there was nothing to read, and the release holds no document; is the raw folder the right one, and mounted?"
    return "no document that was read is a speech; the tables documents and rejects say why"


def _print_summary(summary: Mapping[str, Any], seconds: float) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    megabytes = summary["read_bytes"] / 1e6
    table.add_row("inputs read", f"{summary['input_files']} files, {sum(summary['fates'].values())} documents, {megabytes:.1f} MB")
    table.add_row("fates", ", ".join(f"{count} {name}" for name, count in summary["fates"].items()) or "none")
    table.add_row("rejected", ", ".join(f"{count} {name}" for name, count in summary["reasons"].items()) or "none")
    if summary["unread"]:
        table.add_row("not read", ", ".join(f"{count} {name}" for name, count in summary["unread"].items()) + "; see the table rejects")
    table.add_row("rows", ", ".join(f"{name} {count}" for name, count in summary["rows"].items()))
    checks = summary["checks"]
    raised = f", {checks['raised']} raised" if checks["raised"] else ""
    table.add_row("checks", f"{checks['passed']} passed, {checks['failed']} failed{raised}")
    # Workers are no children of this process, but each step has told what its worker held.
    memory = max([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, *summary["step_megabytes"].values()])
    table.add_row("time", f"{seconds:.1f} s, {megabytes / seconds:.2f} MB/s, largest process {memory} MB")
    table.add_row("work", f"{summary['worked']} shards worked, {summary['cached']} as before")
    table.add_row("release", f"{summary['folder']}" + ("" if summary.get("new") else f" ({summary['verdict']})"))
    if "notice" in summary:
        table.add_row("notice", f"{summary['notice']}.")
    table.add_row("report", f"{summary['folder']}/quality/report.html")
    Console(soft_wrap=True, markup=False).print(table, markup=False)
