"""The phrases of speeches: numbered formulae, quotations, works, idioms and parallels, each with its span."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from flows.normalize.code_points import Places
from flows.segment.fixed import fixed
from flows.segment.formulae import formulae
from flows.segment.parallels import parallels
from flows.segment.texts import Texts

QUOTED_LIMIT, WORK_LIMIT = 20, 200

# The marks of Chinese prose are full-width in every text; full-width letters, digits and signs come and go with the typist.
_PROSE = "，；：！？（）"
_ONE_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _PROSE} | {
    **dict.fromkeys("‐‑‒–−﹣", "-"), **dict.fromkeys("―─", "—"), **dict.fromkeys("•・･‧∙⋅", "·"), "〜": "~", "﹢": "+", "﹪": "%"}
"""Characters that differ in width or in the font they come from, and the one that stands for them in the form to count by. The dash of
prose (—) and the hyphen (-) stay two: — also parts what is said from what explains it, and nothing in one phrase tells which is meant."""


class Phrase(NamedTuple):
    """One occurrence: offsets in code points, half-open; `surface` as in the text; `phrase` the form to count by; `kind` as in
    schemas/phrases.py."""

    start: int
    end: int
    surface: str
    phrase: str
    kind: str


def phrases(text: str) -> list[Phrase]:
    """The phrases of a clean text (simplified, full-width punctuation), sorted by (start, end, kind), each of these once."""
    return [Phrase(*row) for row in phrases_of(Texts([text])).select(Phrase._fields).iter_rows()]


def phrases_of(texts: Texts) -> pl.DataFrame:
    """The phrases of clean texts: `place`, the start in texts.joined, `text`, the number of the text, and the fields of Phrase; sorted by
    (text, start, end, kind), each of these once.

    Quotation marks and book-title marks are not part of the span.
    """
    known = fixed(texts)
    numbered = formulae(texts, known.names)
    spans = {
        "numbered": _spans((start, end) for start, end, _ in numbered),
        "quoted": texts.enclosed("“", "”", QUOTED_LIMIT),
        "work": texts.enclosed("《", "》", WORK_LIMIT),
        "idiom": known.idioms,
        "parallel": _spans(parallels(texts)),
    }
    surfaces = {kind: [texts.joined[start:end] for start, end in zip(starts.tolist(), ends.tolist())]
                for kind, (starts, ends) in spans.items()}
    forms = {
        "numbered": [phrase for _, _, phrase in numbered],
        "quoted": ["".join(surface.split()).replace("○", "〇") or surface for surface in surfaces["quoted"]],
        "work": ["".join(surface.split()) or surface for surface in surfaces["work"]],
    }
    found = []
    for kind, (starts, ends) in spans.items():
        held = pl.Series(surfaces[kind], dtype=pl.String)
        found.append(rows_of(texts, starts, ends, held, _one_width(pl.Series(forms.get(kind, surfaces[kind]), dtype=pl.String)), kind))
    return pl.concat(found).sort("place", "end", "kind")


def rows_of(texts: Texts, starts: Places, ends: Places, surfaces: pl.Series, forms: pl.Series, kind: str) -> pl.DataFrame:
    """Phrases of one kind with the columns that `phrases_of` gives, from their places."""
    owners = texts.owners(starts)
    first = texts.starts[owners]
    columns = {"place": starts, "text": owners, "start": starts - first, "end": ends - first, "surface": surfaces, "phrase": forms}
    return pl.DataFrame(columns, schema_overrides={"start": pl.Int32, "end": pl.Int32}).with_columns(kind=pl.lit(kind))


def _one_width(forms: pl.Series) -> pl.Series:
    """The forms in one width: 互联网＋ and 互联网+ are one phrase, and so are 2015－2020年 and 2015-2020年."""
    return forms.str.replace_many(_ONE_WIDTH)


def _spans(spans: Iterable[Sequence[int]]) -> tuple[Places, Places]:
    starts, ends = np.array(list(spans), np.int64).reshape(-1, 2).T
    return starts, ends
