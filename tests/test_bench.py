"""What a build costs is told of all its processes: workers are forked from a process that is not waited for by the run."""
from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations

import polars as pl
import pytest

from flows.bench import salted
from flows.terminal import _print_summary

# Like a run: it starts a process, which starts the one that works (a second, 300 MB), and ends without waiting for the former.
RUN = """
import os, subprocess, sys, time
WORK = "import time; held = bytearray(b'x') * (300 << 20)\\nwhile time.process_time() < 1: pass"
if len(sys.argv) == 1:
    between = subprocess.Popen([sys.executable, __file__, "between"], stdout=subprocess.PIPE)
    between.stdout.read(1)
    os._exit(3)
subprocess.run([sys.executable, "-c", WORK])
os.write(1, b".")
"""
TELL = "import json, sys; from flows.bench import cost; print(json.dumps(cost([sys.executable, sys.argv[1]], True)))"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process that is left behind cannot be waited for")
def test_cost_is_of_all_processes(tmp_path):
    run = tmp_path / "run.py"
    run.write_text(RUN, encoding="utf-8")
    told = subprocess.run([sys.executable, "-c", TELL, str(run)], capture_output=True, text=True, check=True, timeout=60).stdout
    status, seconds, processor_seconds, peak_bytes, own_peak_bytes = json.loads(told)
    assert status == 3
    assert 1 <= processor_seconds < seconds + 1
    assert 300 << 20 < own_peak_bytes <= peak_bytes < 600 << 20


@pytest.mark.parametrize("worker", [1, 123456])
def test_the_largest_process_may_be_a_worker(worker, capsys):
    summary = {"read_bytes": 0, "input_files": 0, "fates": {}, "reasons": {}, "unread": {}, "rows": {}, "worked": 1, "cached": 0,
               "checks": {"passed": 1, "failed": 0, "raised": 0}, "folder": "out", "new": True,
               "step_megabytes": {"read": 1, "normalize": worker}}
    _print_summary(summary, 1.0)
    assert ("largest process 123456 MB" in capsys.readouterr().out) == (worker == 123456)


def test_copies_for_the_curve_are_no_duplicates():
    text = "各位代表，全县上下要以更大的决心修好每一条路，把群众盼望多年的大事办成办好。" * 3
    copies = salted(pl.DataFrame({"id": ["a"], "text": [text]}), 4)
    assert copies["id"].to_list() == ["a", "ax1", "ax2", "ax3"]
    assert copies["text"][0] == text
    for one, other in combinations(copies["text"], 2):
        assert len(one) == len(other)
        assert all(each[:5] == "各位代表，" for each in (one, other))
        assert sum(a == b for a, b in zip(one, other)) < 0.75 * len(one)
