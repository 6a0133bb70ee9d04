"""What all workers need, made ready once: to be imported by the process that they are forked from, while the run imports Prefect.

That process may start no threads that its children would miss, such as those that polars works with: whatever takes these is left to the
workers themselves.
"""
from __future__ import annotations

import contextlib
import gc
import importlib
import os

from flows.process import end_with_parent
from flows.workers import ENDS_WITH_RUN, WARM, unhurried

if os.environ.pop(ENDS_WITH_RUN, ""):
    end_with_parent()   # and its workers with it: by itself it would go on as long as one of them does, which may hang
unhurried()
for _name in WARM:
    importlib.import_module(_name)
with contextlib.suppress(Exception):    # what went wrong will go wrong with the first documents, and is told then
    importlib.import_module("flows.rehearsal").prepare()
gc.freeze()     # so that to look for cycles does not copy what workers share
