"""The lexicon: counts, dates and members from rows written here."""
from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.relate.lexicon import COUNTED, NAMED, count_phrases, lexicon, named_members
from flows.segment.phrases import phrases
from flows.validate.relations import counts_of, lexicon_faults
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
    "delivered_precision": [None, "day", "month", "day"], "published_precision": ["day", "day", None, None],
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


@pytest.mark.parametrize(("dates", "first", "last"), [
    ([("2018-01-01", "year"), ("2018-01-01", "day")], ("2018-01-01", "day", "delivered"), ("2018-01-01", "day", "delivered")),
    ([("2018-01-01", "year"), ("2018-03-05", "day")], ("2018-01-01", "year", "delivered"), ("2018-03-05", "day", "delivered")),
    ([("1957-06-01", "month"), ("1957-06-01", "year")], ("1957-06-01", "month", "delivered"), ("1957-06-01", "month", "delivered")),
    ([("1957-06-01", "month"), (None, "1957-06-01")], ("1957-06-01", "day", "published"), ("1957-06-01", "day", "published")),
    ([(None, None)], (None, None, None), (None, None, None)),
])
def test_a_date_says_how_finely_it_is_known_and_the_finest_of_one_day_wins(dates: list, first: tuple, last: tuple) -> None:
    """Dates as (delivered, precision), or (None, published)."""
    speeches = pl.DataFrame([(str(number), True, "甲站", one if one else None, None if one else other, other if one else None,
                              "day" if other and not one else None) for number, (one, other) in enumerate(dates)], orient="row",
                            schema={"speech_id": pl.String, "is_canonical": pl.Boolean, "source": pl.String, "delivered_date": pl.String,
                                    "published_date": pl.String, "delivered_precision": pl.String, "published_precision": pl.String})
    speeches = speeches.with_columns(pl.col("delivered_date", "published_date").str.to_date(), source_name="source",
                                     source_url=pl.lit(None, pl.String), source_path="speech_id")
    rows = pl.DataFrame({"speech_id": speeches["speech_id"], "phrase": "三清", "kind": "numbered"})
    found = lexicon([count_phrases(rows, speeches)], [])
    for end, told in (("first", first), ("last", last)):
        assert (str(found[f"{end}_date"][0]), found[f"{end}_precision"][0], found[f"{end}_date_basis"][0]) == (str(told[0]), *told[1:])
    counts = counts_of(rows, speeches, speeches["speech_id"])
    assert list(lexicon_faults(found, counts)) == []
    assert len(list(lexicon_faults(found.with_columns(last_precision=pl.lit("year")), counts))) == 1


def test_a_phrase_of_reprints_alone_has_a_row_that_counts_nothing() -> None:
    found = row("两转", "numbered")
    assert (found["occurrence_count"], found["speech_count"], found["source_count"], found["first_date"]) == (0, 0, 0, None)


def test_most_speeches_decide_on_the_members() -> None:
    assert row("三亮", "numbered")["members"] == ["亮身份", "亮承诺", "亮形象"]
    assert row("三亮", "quoted")["members"] is None


@pytest.mark.parametrize("stated, votes, speeches, believed", [
    (True, 1, 50, True), (True, 1, 51, False),            # that these are what the number counts
    (False, 1, 2, True), (False, 1, 3, False),            # a list beside the name, where hardly any speech has the name
    (False, 2, 40, True), (False, 2, 41, False), (False, 5, 41, True),
])
def test_members_are_believed_where_speeches_agree(stated: bool, votes: int, speeches: int, believed: bool) -> None:
    counted = pl.DataFrame([("三晒", "numbered", speeches, speeches, [1], None, None)], schema=COUNTED, orient="row")
    named = pl.DataFrame([(str(one), "三晒", ["晒谷", "晒茶", "晒布"], stated) for one in range(votes)], schema=NAMED, orient="row")
    assert (lexicon([counted], [named])["members"][0] is not None) == believed


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
