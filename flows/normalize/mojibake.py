"""Mojibake: GBK bytes shifted by a byte-unsafe replacement."""
from __future__ import annotations

from flows.normalize.edits import Edit


def repaired(text: str) -> tuple[list[Edit], list[tuple[int, int]]]:
    """Edits that repair, and spans that are damaged and stay."""
    return [], []
