"""Charts are the same bytes on every machine."""
from __future__ import annotations

import os
import subprocess
import sys

DRAW = """
from flows.publish.charts import bars, columns
print(columns([("2019", 3.0, "delivered 讲话日期"), ("2019", 1.0, "published 发布日期")], "speeches 讲话"))
print(bars([("declared_count_mismatch", 3.0), ("署名与讲话人不一致且无法判断何者为准", 2.0)], "speeches 讲话"))
"""


def drawn_with(**environment: str) -> str:
    return subprocess.run([sys.executable, "-c", DRAW], capture_output=True, text=True, check=True, timeout=60,
                          env=os.environ | environment).stdout


def test_a_machine_with_other_fonts_draws_the_same(tmp_path):
    none = tmp_path / "fonts.conf"
    none.write_text(f"<?xml version='1.0'?><fontconfig><dir>{tmp_path}</dir></fontconfig>", encoding="utf-8")
    here = drawn_with()
    assert here.count("<svg") == 2 and "delivered 讲话日期" in here
    assert drawn_with(FONTCONFIG_FILE=str(none)) == here
