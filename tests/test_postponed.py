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


def test_what_the_checks_import_leaves_what_they_do_not_use_alone():
    code = ("import sys; from flows.quality import Judge; judge = Judge('test'); "
            "print(type(sys.modules['scipy.stats']).__name__, 'scipy.optimize' in sys.modules)")
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["Postponed", "False"]
