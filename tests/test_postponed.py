"""Heavy packages that wait until they are used."""
from __future__ import annotations

import subprocess
import sys

SEEN = """
import sys
from flows.postponed import postpone
postpone("json.tool", "colorsys", "no_such_package_at_all")
import colorsys as one
from json import tool
import colorsys as two
waiting = type(one).__name__, type(tool).__name__
print(*waiting, "argparse" in sys.modules, one is two, "no_such_package_at_all" in sys.modules)
print(one.rgb_to_hsv(1.0, 0.0, 0.0), two.hsv_to_rgb(0.0, 1.0, 1.0), callable(tool.main), "argparse" in sys.modules)
try:
    one.no_such_name
except AttributeError:
    print("as the real one")
"""


def test_a_postponed_module_is_loaded_when_something_of_it_is_asked_for():
    said = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True).stdout.split("\n")
    assert said[0] == "Postponed Postponed False True False"
    assert said[1] == "(0.0, 1.0, 1.0) (1.0, 0.0, 0.0) True True"
    assert said[2] == "as the real one"


LEFT_OUT = """
import sys
from flows.postponed import absent, idle, postpone_all_but
absent("netrc")
idle("nntplib", "nntplib.parts")
postpone_all_but("rows", list, "chunk", "colorsys")
try:
    import netrc
except ImportError:
    print("absent")
from nntplib import Checked, checked
from nntplib.parts import watch
@checked(strictly=Checked.always(1))
def one():
    return 1
@watch
class Two:
    pass
print(one(), Two.__name__)
import chunk, colorsys
print(chunk.rows, colorsys.rows, "struct" in vars(chunk), round(colorsys.rgb_to_hsv(0, 0, 1)[2]))
"""


def test_modules_can_be_absent_or_do_nothing_or_give_one_thing_at_once():
    said = subprocess.run([sys.executable, "-W", "ignore", "-c", LEFT_OUT], capture_output=True, text=True, check=True).stdout.split("\n")
    assert said[:3] == ["absent", "1 Two", "[] [] False 1"]


def test_what_the_checks_import_leaves_what_they_do_not_use_alone():
    code = ("import sys; from flows.quality import Judge; judge = Judge('test'); "
            "print(type(sys.modules['scipy.stats']).__name__, 'scipy.optimize' in sys.modules)")
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["Postponed", "False"]


CHECKED_ALONE = """
import sys
from flows.quality import quiet_great_expectations, without_the_unasked
without_the_unasked()
gx = quiet_great_expectations()
import polars as pl
from flows.quality import Judge
from schemas import REJECTS
rows = pl.DataFrame({"source_path": ["一.txt", None], "stage": ["ingest"] * 2, "reason": ["empty", "no_such_reason"], "detail": [None, ""]})
judge = Judge("ingest")
judge.table(REJECTS, iter([rows]))
said = [result["success"] for result in judge.said[0]["results"]]
print(judge.said[0]["success"], any(said), all(said), any(result["exception"] for result in judge.said[0]["results"]))
print(type(sys.modules["great_expectations.datasource.fluent.spark_datasource"]).__name__)
"""


def test_a_worker_that_checks_judges_without_the_sources_that_nobody_asks_for():
    said = subprocess.run([sys.executable, "-c", CHECKED_ALONE], capture_output=True, text=True, check=True).stdout.split("\n")
    assert said[:2] == ["False True False False", "Hollow"]
