"""The worker processes: where a shard's work is done.

A worker imports neither Prefect nor, but for the one that checks, Great Expectations: it is small, and ready in a second.
"""
from __future__ import annotations

import atexit
import gc
import importlib
import multiprocessing
import os
import threading
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from flows import store

WORK, CHECKS = "work", "checks"
HERE = "here"   # no pool: this process is a worker already, of a cluster
WARM = ("flows.ingest.shard", "flows.normalize.shard", "flows.segment.shard", "flows.relate.shard", "flows.validate.shard")


class Workers:
    """Pools of worker processes, made when first needed and made anew when a worker is lost: one for the work, with a process a
    processor, and one process for the checks, so that Great Expectations is imported once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pools: dict[str, ProcessPoolExecutor] = {}

    def _pool(self, name: str, count: int) -> ProcessPoolExecutor:
        with self._lock:
            if name not in self._pools:
                self._pools[name] = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_worker)
            return self._pools[name]

    def warm(self, count: int) -> None:
        """Let one of `count` workers import what it will need, while this process waits for Prefect: more at a time would only make
        Prefect's server come later."""
        self._pool(WORK, count).submit(_import, WARM)

    def warm_all(self, count: int) -> None:
        """Let the other workers import what they will need, and the one that checks, now that the server answers."""
        for _ in range(count):
            self._pool(WORK, count).submit(_import, WARM)
        self._pool(CHECKS, 1).submit(_import_checks)

    def run(self, name: str, count: int, *call: Any) -> str:
        """store.perform(*call) in a worker of the pool `name`. Raises BrokenProcessPool where the worker died."""
        if name == HERE:
            return store.perform(*call)
        pool = self._pool(name, count)
        try:
            return pool.submit(store.perform, *call).result()
        except BrokenProcessPool:
            with self._lock:
                if self._pools.get(name) is pool:
                    del self._pools[name]
            raise

    def close(self) -> None:
        """End the workers."""
        with self._lock:
            for pool in self._pools.values():
                pool.shutdown(cancel_futures=True)
            self._pools.clear()


WORKERS = Workers()


def _import(modules: Iterable[str]) -> None:
    for module in modules:
        importlib.import_module(module)


def _import_checks() -> None:
    """What the worker that checks needs: seconds of work."""
    from flows.quality import quiet_great_expectations

    quiet_great_expectations()


def _begin_worker() -> None:
    """Before a worker imports anything heavy: one thread each, since the pool holds a worker a processor.

    A worker ends with the process that it works for, however that one ends: else it would wait for work for ever.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    atexit.register(os._exit, 0)   # taking apart what it has imported takes a worker a second, for nothing
    os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["RAYON_NUM_THREADS"] = "1"
    os.environ["_RJEM_MALLOC_CONF"] = "muzzy_decay_ms:0"   # polars' allocator gives back what it has not used for half a second
    gc.set_threshold(100_000, 20, 100)   # work makes many small objects and hardly a cycle: Python's own 700 costs a twentieth of the time


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
