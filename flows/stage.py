"""What every stage is: shards of work by path, each done once, in worker processes, seen by Prefect.

The only place that knows `@task`. A task takes and returns paths, never frames; it runs one shard of one step in a process of the pool,
so that Python's lock does not hold two shards back, and Prefect's own machinery is imported once and not in each worker. Whether a shard
has to be worked at all is told by the store, by content: Prefect's caches would key on the task's own lines.
"""
from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prefect import task

from flows import cluster, store
from flows.code import code_digest
from flows.settings import LOCAL, Settings
from flows.store import Output, key_of
from flows.workers import HERE, SINGLE, WORK


class StageError(RuntimeError):
    """A stage that could not be done; the message says what failed and what to do."""


@dataclass(frozen=True, slots=True)
class Job:
    """One shard of one step. `depends` are the digests of what `inputs` (paths and small values) lead to; `function` is
    "package.module:name"."""

    step: str
    shard: str
    function: str
    inputs: Mapping[str, Any]
    depends: object
    pool: str = WORK

    @property
    def code(self) -> str:
        """The digest of the code that does it."""
        return code_digest(self.function.partition(":")[0])

    def key(self, settings: Settings) -> str:
        """The store's key: inputs by content, code, settings."""
        return key_of([self.step, self.shard, self.function, self.code, self.depends, settings.content()])


@dataclass(frozen=True, slots=True)
class Event:
    """What a watcher is told: a step begins with `total` shards, or one of its shards is done."""

    step: str
    total: int
    done: int
    cached: int
    output: Output | None = None


@dataclass
class Watch:
    """Who is told of progress, and what the run has counted by step: seconds of work, peak KiB of a worker, shards."""

    callback: Callable[[Event], None] | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, int] = field(default_factory=dict)
    cached: dict[str, int] = field(default_factory=dict)
    worked: dict[str, int] = field(default_factory=dict)
    shards: dict[str, int] = field(default_factory=dict)

    def tell(self, event: Event) -> None:
        if self.callback:
            self.callback(event)


WATCH = Watch()


def _lost_worker(task_: Any, run: Any, state: Any) -> bool:
    """Whether trying again can help: only where the worker died; the same shard would fail the same way again. On a cluster the task dies
    with its worker, and the cluster tries it again."""
    try:
        state.result()
    except BrokenProcessPool:
        return True
    except Exception:
        return False
    return False


@task(name="shard", task_run_name="{step} {shard}", retries=cluster.LOST_WORKER_RETRIES, retry_delay_seconds=1,
      retry_condition_fn=_lost_worker, persist_result=False)
def work(step: str, shard: str, pool: str, workers: int, root: str, key: str, code: str, function: str, inputs: str, content: str) -> str:
    """Do one shard of one step; return the folder of its output. `inputs` and `content` are JSON, so that Prefect does not walk them."""
    # Not a global: a task that travels to a cluster takes its globals along, and a pool stays at home.
    from flows.workers import WORKERS

    if pool == HERE:
        _see_that_it_is_the_same_place(root, code, function)
    return WORKERS.run(pool, 1 if pool in SINGLE else workers, root, step, key, function, json.loads(inputs), json.loads(content))


def _see_that_it_is_the_same_place(root: str, code: str, function: str) -> None:
    """Raises StageError where this machine of a cluster has other code than the run, or another disk."""
    machine = os.uname().nodename
    if not Path(root).is_dir():
        raise StageError(f"{machine} does not see {root}: the work folder, and raw documents in a folder, must lie on a path that all "
                         "machines of the cluster share")
    if code_digest(function.partition(":")[0]) != code:
        raise StageError(f"{machine} has another version of jianghua or of its libraries: install the same, by requirements.lock, on "
                         "every machine of the cluster")


class Pending:
    """Jobs of one step that have begun: those that the store holds already, and those that are at work; of `total`, where more of them
    are to begin later."""

    def __init__(self, jobs: Iterable[Job], settings: Settings, total: int | None = None) -> None:
        jobs = list(jobs)
        self._settings, self._total = settings, len(jobs) if total is None else total
        self._root = settings.work_path / "store"
        self._jobs: list[Job] = []
        self._outputs: dict[str, Output] = {}
        self._futures: list[tuple[Job, str, Any]] = []
        self._root.mkdir(parents=True, exist_ok=True)
        self.begin(jobs)

    def begin(self, jobs: Iterable[Job]) -> None:
        """Begin jobs of the step: the first, or those that were to begin later."""
        jobs = list(jobs)
        settings, content = self._settings, json.dumps(self._settings.content())
        cached = len(self._outputs)
        for job in jobs:
            key = job.key(settings)
            output = store.find(self._root, job.step, key)
            if output is not None and not output.facts.get(store.UNSETTLED):
                self._outputs[job.shard] = output
            else:
                pool = job.pool if settings.runner == LOCAL else HERE
                with cluster.retries(settings):
                    self._futures.append((job, key, work.submit(job.step, job.shard, pool, settings.workers, str(self._root), key, job.code,
                                                                job.function, json.dumps(job.inputs), content)))
        self._jobs += jobs
        if jobs:
            step, before = jobs[0].step, len(self._outputs)
            WATCH.cached[step] = WATCH.cached.get(step, 0) + before - cached
            WATCH.shards[step] = self._total
            WATCH.tell(Event(step, self._total, before, before))

    def outputs(self) -> dict[str, Output]:
        """Wait, and give the output of every job, {shard: output}. Raises StageError where a job fails."""
        cached = len(self._outputs)
        for number, (job, key, future) in enumerate(self._futures, 1):
            try:
                future.result()
            except Exception as problem:
                raise StageError(f"{job.step}, shard {job.shard}, failed: {type(problem).__name__}: {problem}") from problem
            found = store.find(self._root, job.step, key)
            if found is None:
                raise StageError(f"{job.step}, shard {job.shard}: its output is gone from {self._root}; was the work folder cleared "
                                 "during the run?")
            self._outputs[job.shard] = found
            WATCH.seconds[job.step] = WATCH.seconds.get(job.step, 0) + found.seconds
            WATCH.peaks[job.step] = max(WATCH.peaks.get(job.step, 0), found.peak)
            WATCH.worked[job.step] = WATCH.worked.get(job.step, 0) + 1
            WATCH.tell(Event(job.step, self._total, cached + number, cached, found))
        self._futures = []
        return {job.shard: self._outputs[job.shard] for job in self._jobs}


def done(jobs: Iterable[Job], settings: Settings) -> dict[str, Output]:
    """The output of every job, {shard: output}: from the store where it is there, else worked now, in parallel.

    Raises StageError where a job fails.
    """
    return Pending(jobs, settings).outputs()


def keep_state(settings: Settings, stage: str, steps: Mapping[str, Mapping[str, Output]], facts: Mapping[str, Any] | None = None) -> None:
    """Write down which outputs a stage ended with, so that the next one, run alone or in the whole, finds them by path."""
    folder = settings.work_path / "state"
    folder.mkdir(parents=True, exist_ok=True)
    state = {"steps": {step: {shard: str(output.folder) for shard, output in shards.items()} for step, shards in steps.items()},
             "facts": dict(facts or {})}
    beside = folder / f".{stage}.json.part"
    beside.write_text(json.dumps(state, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    beside.replace(folder / f"{stage}.json")


def _place(folder: Path) -> tuple[Path, str, str]:
    """The store, the step and the key that an output's folder spells."""
    return folder.parent.parent, folder.parent.name, folder.name


def kept_state(settings: Settings, stage: str) -> tuple[dict[str, dict[str, Output]], dict[str, Any]]:
    """({step: {shard: output}}, facts) that `stage` ended with. Raises StageError where it has not run, or its outputs are gone."""
    try:
        state = json.loads((settings.work_path / "state" / f"{stage}.json").read_bytes())
        steps = {}
        for step, shards in state["steps"].items():
            found = {shard: store.find(*_place(Path(folder))) for shard, folder in shards.items()}
            if any(output is None for output in found.values()):
                raise StageError(f"outputs of {step} are gone from the work folder; run {stage} first")
            steps[step] = {shard: output for shard, output in found.items() if output is not None}
        return steps, state["facts"]
    except FileNotFoundError:
        raise StageError(f"{stage} has not run in {settings.work_path}; run {stage} first") from None
