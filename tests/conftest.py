"""What several tests need: the shared evaluation material, where it is there."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation material beside the checkout. In CI it must be there; elsewhere a test that needs it is skipped."""
    if not (SHARED / "eval" / "score.py").is_file():
        if os.environ.get("CI"):
            pytest.fail("the evaluation material beside the checkout is missing, and in CI nothing may be skipped")
        pytest.skip("the evaluation material beside the checkout is not there")
    return SHARED
