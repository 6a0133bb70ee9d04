"""What all workers need, made ready once: to be imported by the process that they are forked from, while the run imports Prefect.

That process may start no threads that its children would miss, such as those that polars works with: whatever takes these is left to the
workers themselves.
"""
from __future__ import annotations

import contextlib
import gc
import importlib

from flows.workers import WARM, unhurried

unhurried()
for _name in WARM:
    importlib.import_module(_name)
with contextlib.suppress(Exception):    # what went wrong will go wrong with the first documents, and is told then
    importlib.import_module("flows.rehearsal").prepare()
gc.freeze()     # so that to look for cycles does not copy what workers share
