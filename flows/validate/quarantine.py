"""Quarantine: a speech whose rows break what must hold is left out, with the reason, so that it does not hold back all the others.

Where it is more than a few it is no odd document but a fault of the code, and nothing is published.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from flows.tables import read_frame
from flows.validate.relations import RELATIONS

MOST_SHARE = 0.01
"""Of the speeches that may be left out."""
ALWAYS = 3
"""As many may be left out of however few, as long as one remains."""
_SPEECH = re.compile(r"[0-9a-f]{20}(?![0-9a-f])")
_OF_ONE_SPEECH = ("speeches", "sections", "phrases", "edits")
"""The tables in which each row belongs to one speech, and its key begins with that one's id."""


def left_out(failing: Iterable[Path], failed: Mapping[str, str], speeches: int) -> dict[str, tuple[str, str]]:
    """The speeches without which every check would hold, {speech_id: (the stage that gave it up, why)}; none where other rows fail as
    well, or more speeches than may be left out.

    failing: frames of the rows of failed checks, with the columns of flows.quality.FAILING. failed: {speech_id: what went wrong} of those
    of which something could not be worked out. speeches: how many there are.
    """
    left: dict[str, tuple[str, str]] = {}
    for path in failing:
        rows = read_frame(path).filter(pl.col("severity") == "critical").select("table", "check", "key", "evidence").sort(pl.all())
        for table, check, key, evidence in rows.iter_rows():
            speech = _SPEECH.match(key or "") if table in _OF_ONE_SPEECH and check not in RELATIONS else None
            if speech is None:
                return {}
            left.setdefault(speech[0], ("validate", f"broke the check {check!r} of {table}: {evidence}"))
    left |= {speech: ("segment", problem) for speech, problem in failed.items()}
    return left if len(left) < speeches and len(left) <= max(ALWAYS, MOST_SHARE * speeches) else {}
