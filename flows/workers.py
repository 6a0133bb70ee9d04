"""The worker processes: where a shard's work is done.

A worker imports neither Prefect nor, but for the one that checks, Great Expectations: it is small, and ready in a second.
"""
from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import multiprocessing.forkserver
import os
import shutil
import signal
import sys
import threading
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import util
from typing import Any

from flows import store
from flows.process import deaf, end_with_parent, environment

WORK, CHECKS, CHARTS = "work", "checks", "charts"
SINGLE = (CHECKS, CHARTS)   # pools of one process, in which what takes a second to come up is up once
HERE = "here"   # no pool: this process is a worker already, of a cluster
# Workers are forked from a process that has imported what they need; elsewhere what is forked may not use the system's own libraries.
START = "forkserver" if sys.platform == "linux" else "spawn"
ENDS_WITH_RUN = "JIANGHUA_ENDS_WITH_RUN"    # in the environment of that process
WARM = ("flows.ingest.shard", "flows.normalize.shard", "flows.segment.shard", "flows.relate.shard", "flows.validate.shard",
        # What the command imports, which Python runs in each of them: not itself, or Python would warn of running it twice.
        "flows.doctor", "flows.publish.command", "flows.serve", "flows.terminal", "flows.validate.command", "typer")

# Of a worker: one thread, since there is a worker a processor; and what polars has not used for half a second is the system's again.
MODEST = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "RAYON")} | {
    "POLARS_MAX_THREADS": "1", "_RJEM_MALLOC_CONF": "muzzy_decay_ms:0",
    # Of numpy: no AVX-512, with which processors whose compress-store is microcoded (AMD's Zen 4) take five times as long to sort as with
    # AVX2: numpy/x86-simd-sort, issue 6. In numpy 2.4 the feature has this name; one that is not known is passed over.
    "NPY_DISABLE_CPU_FEATURES": "X86_V4",
    # Of the C library: what is given back is given back by flows.store, after a task.
    "MALLOC_MMAP_THRESHOLD_": str(1 << 25), "MALLOC_TRIM_THRESHOLD_": str(1 << 29)}


class Workers:
    """Pools of worker processes, made when first needed and made anew when a worker is lost: one for the work, with a process a
    processor, one process for the checks, so that Great Expectations is imported once, and one that draws."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pools: dict[str, ProcessPoolExecutor] = {}
        self._begun = self._given_up = False

    def __reduce__(self) -> str:
        return "WORKERS"    # a flow that travels to a cluster takes its globals along: there they are that machine's own

    def _pool(self, name: str, count: int) -> ProcessPoolExecutor:
        with self._lock:
            if self._given_up:
                raise CancelledError("the run was stopped")
            if name not in self._pools:
                self._begun = True
                self._pools[name] = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context(START), initializer=_begin_worker)
            return self._pools[name]

    def begin(self) -> None:
        """Begin the process that workers are forked from: it imports what they need, while this process imports Prefect. To be called in
        the main thread: Linux takes the end of the thread that began a process for the end of its parent."""
        if START == "forkserver":
            multiprocessing.set_forkserver_preload(["flows.preloaded"])
            with environment(MODEST | {ENDS_WITH_RUN: "1"}), deaf():
                self._begun = True
                multiprocessing.forkserver.ensure_running()

    def warm(self, count: int) -> None:
        """Let one of `count` workers, and the one that checks, get ready, while this process waits for Prefect. More than one of the former
        would only make Prefect's server come later."""
        self._pool(WORK, count).submit(_rehearse)
        self._pool(CHECKS, 1).submit(_import_checks)

    def warm_charts(self) -> None:
        """Let the one that draws get ready."""
        self._pool(CHARTS, 1).submit(_ready_to_draw)

    def run(self, name: str, count: int, *call: Any) -> str:
        """store.perform(*call) in a worker of the pool `name`. Raises BrokenProcessPool where the worker died, CancelledError where all
        were given up."""
        if name == HERE:
            return store.perform(*call)
        pool = self._pool(name, count)
        try:
            return pool.submit(store.perform, *call).result()
        except BrokenProcessPool:
            with self._lock:
                if self._pools.get(name) is pool:
                    del self._pools[name]
            if self._given_up:
                raise CancelledError("the run was stopped") from None
            raise

    def dismiss(self) -> None:
        """Let the workers end once they have done what they are at, without waiting for them."""
        with self._lock:
            for pool in self._pools.values():
                pool.shutdown(wait=False)
            self._pools.clear()

    def give_up(self) -> None:
        """Kill the workers, whatever they are at, and take no more work. For a signal's handler: it waits for no lock, which the code that
        the signal came into may hold."""
        self._given_up = True
        for pool in list(self._pools.values()):
            for process in list((pool._processes or {}).values()):
                process.kill()
        if self._begun:
            shutil.rmtree(util.get_temp_dir(), ignore_errors=True)     # of the socket by which they are asked for

    def close(self) -> None:
        """End the workers: what has not begun is given up, what has is waited for."""
        with self._lock:
            for pool in self._pools.values():
                pool.shutdown(cancel_futures=True)
            self._pools.clear()


WORKERS = Workers()


def _rehearse() -> None:
    from flows.rehearsal import rehearse

    with contextlib.suppress(Exception):    # what went wrong will go wrong with the first documents, and is told then
        rehearse()


def _import_checks() -> None:
    """What the worker that checks needs: seconds of work."""
    from flows.quality import quiet_great_expectations, without_the_unasked

    without_the_unasked()
    quiet_great_expectations()


def _ready_to_draw() -> None:
    from flows.publish import charts, survey  # noqa: F401   # what the one that draws will import

    charts.warmed()


def _begin_worker() -> None:
    """Before a worker imports anything more: one thread each, since the pool holds a worker a processor.

    A worker ends with the process that it works for, however that one ends: else it would wait for work for ever. What a library says is
    not for the terminal: whatever went wrong comes back to the run as an exception.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)    # the run itself hears of it
    end_with_parent()
    threading.Thread(target=_end_with_run, daemon=True).start()
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    atexit.register(os._exit, 0)   # taking apart what it has imported takes a worker a second, for nothing
    os.environ.update(MODEST)
    unhurried()


def unhurried() -> None:
    """Look for cycles seldom: work, and importing, make many small objects and hardly a cycle, and to look after each 700, as Python does,
    costs a twentieth of the time. What there is by now is never looked at again."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _end_with_run() -> None:
    """Where the system cannot be asked to, and where the run had ended before it was asked."""
    run = multiprocessing.parent_process()
    if run is not None:
        run.join()
        os._exit(1)
