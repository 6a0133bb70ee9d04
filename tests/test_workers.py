"""Worker processes: what they are told before they import anything."""
import os
import subprocess
import sys

from flows.workers import MODEST


def test_numpy_in_a_worker_sorts_without_avx_512():
    code = ("from importlib import import_module; features = import_module('numpy._core._multiarray_umath').__cpu_features__; "
            "print(any(features.get(name, False) for name in ('X86_V4', 'AVX512_SKX')))")
    said = subprocess.run([sys.executable, "-c", code], env=os.environ | MODEST, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False" and not said.stderr
