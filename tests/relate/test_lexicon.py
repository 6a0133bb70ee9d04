"""The lexicon: counts, dates and members from rows written here."""
from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.relate.lexicon import count_phrases, lexicon, named_members
from flows.segment.phrases import phrases
from schemas import LEXICON

TEXTS = {
    "a": "开展“三亮”，亮身份、亮承诺、亮形象；“三亮”好。",
    "b": "开展“三亮”（亮身份、亮承诺、亮形象）。",
    "c": "开展“三亮”（亮家底、亮目标、亮本领），只此一回“四新”。",
    "d": "开展“三亮”（亮家底、亮目标、亮本领），这是转载，“两转”。",
}
SPEECHES = pl.DataFrame({
    "speech_id": list(TEXTS), "text": list(TEXTS.values()), "is_canonical": [True, True, True, False],
    "source": ["甲站", "乙站", "甲站", "丙站"],
    "delivered_date": [None, date(2014, 5, 1), date(2014, 5, 1), date(2010, 1, 1)],
    "published_date": [date(2014, 5, 1), date(2019, 1, 1), None, None],
}, schema_overrides={"delivered_date": pl.Date, "published_date": pl.Date})
PHRASES = pl.DataFrame([(key, each.start, each.end, each.phrase, each.kind) for key, text in TEXTS.items() for each in phrases(text)],
                       schema=["speech_id", "start", "end", "phrase", "kind"], orient="row")


def made(shards: list[list[str]]) -> pl.DataFrame:
    counted, named = [], []
    for keys in shards:
        found, held = PHRASES.filter(pl.col("speech_id").is_in(keys)), SPEECHES.filter(pl.col("speech_id").is_in(keys))
        counted.append(count_phrases(found, held))
        named.append(named_members(found, held))
    return lexicon(counted, named)


def row(phrase: str, kind: str) -> dict[str, object]:
    return made([list(TEXTS)]).filter(phrase=phrase, kind=kind).to_dicts()[0]


def test_only_canonical_speeches_count() -> None:
    found = row("三亮", "numbered")
    assert (found["occurrence_count"], found["speech_count"], found["source_count"]) == (4, 3, 2)
    assert (found["first_date"], found["first_date_basis"]) == (date(2014, 5, 1), "delivered")
    assert (found["last_date"], found["last_date_basis"]) == (date(2014, 5, 1), "delivered")


def test_a_phrase_of_reprints_alone_has_a_row_that_counts_nothing() -> None:
    found = row("两转", "numbered")
    assert (found["occurrence_count"], found["speech_count"], found["source_count"], found["first_date"]) == (0, 0, 0, None)


def test_most_speeches_decide_on_the_members() -> None:
    assert row("三亮", "numbered")["members"] == ["亮身份", "亮承诺", "亮形象"]
    assert row("三亮", "quoted")["members"] is None


def test_every_phrase_and_kind_has_one_row_of_the_declared_columns() -> None:
    found = made([list(TEXTS)])
    assert found.columns == LEXICON.names
    assert set(found.select("phrase", "kind").iter_rows()) == set(PHRASES.select("phrase", "kind").iter_rows())
    assert found.height == PHRASES.select("phrase", "kind").n_unique()


@settings(deadline=None)
@given(st.permutations(list(TEXTS)), st.integers(0, 4))
def test_the_shards_do_not_matter(order: list[str], cut: int) -> None:
    assert made([order[:cut], order[cut:]]).equals(made([list(TEXTS)]))


@pytest.mark.parametrize("shards", [[], [[]]])
def test_nothing_gives_an_empty_lexicon(shards: list[list[str]]) -> None:
    assert made(shards).height == 0
