"""Files that hold many speeches one after another, and where each begins."""
from __future__ import annotations


def starts(text: str) -> list[int]:
    """Offsets (code points) at which the speeches of a collection begin; fewer than two mean that it is no collection."""
    return []
