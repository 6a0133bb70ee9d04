"""Parallels: runs of three and more members of one shape (受警醒、明底线、知敬畏)."""
from __future__ import annotations


def parallels(text: str) -> list[tuple[int, int]]:
    """The spans of the parallels in text, in order, without overlaps."""
    return []
