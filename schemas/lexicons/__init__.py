"""Word lists and tables that the stages read: data, not code.

A line that starts with `#` is a comment, and the first ones tell the source.
"""
from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def entries(file: str) -> tuple[str, ...]:
    """The lines of a list in this folder, without comments and blank lines."""
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def rows(file: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated table in this folder, without comments and blank lines."""
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return tuple(tuple(line.rstrip("\r").split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))
