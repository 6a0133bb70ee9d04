"""Witnesses: on them every constraint gives the verdict that it gives on all rows."""
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.validate.witnesses import MOST_WITNESSES, check_name, suite, witnesses
from schemas import Column, Link, Table

LETTERS = {"甲": ("one", "甲"), "乙": ("other", "乙")}
TABLE = Table("things", "One row per thing.", "每物一行。", (
    Column("id", "string", "", "", pattern="[a-f]{2}"), Column("owner", "string", "", "", pattern="[0-9]+"),
    Column("size", "int32", "", "", minimum=0, maximum=9), Column("score", "float32", "", "", nullable=True, minimum=0, maximum=1),
    Column("kind", "string", "", "", values=LETTERS)), ("id", "size"), ("id",), (Link(("owner",), "owners", ("id",)),))
IN_SET = "ExpectColumnValuesToBeInSet kind"


def frame(*given):
    return pl.DataFrame(list(given), schema={"id": pl.String, "owner": pl.String, "size": pl.Int32, "score": pl.Float32, "kind": pl.String},
                        orient="row")


def test_good_rows_break_nothing_and_few_of_them_are_witnesses():
    rows = frame(*((f"{'abcdef'[n % 6]}{'abcdef'[n // 6 % 6]}", "1", n % 10, n / 1000, "甲") for n in range(36)))
    seen = witnesses(TABLE, rows)
    assert seen.broken == {} and seen.height == 36 and seen.rows.height < 10
    assert {seen.rows["size"].min(), seen.rows["size"].max()} == {0, 9}


@pytest.mark.parametrize(("row", "check", "evidence"), [
    ((None, "1", 1, 0.5, "甲"), "ExpectColumnValuesToNotBeNull id", "id = null"),
    (("zz", "1", 1, 0.5, "甲"), "ExpectColumnValuesToMatchRegex id", "id = zz"),
    (("ab", "1", 10, 0.5, "甲"), "ExpectColumnValuesToBeBetween size", "size = 10"),
    (("ab", "1", 1, float("nan"), "甲"), "ExpectColumnValuesToBeBetween score", "score = NaN"),
    (("ab", "1", 1, 0.5, "丙"), IN_SET, "kind = 丙"),
    (("aa", "1", 1, 0.5, "甲"), "ExpectCompoundColumnsToBeUnique id, size", "id = aa"),
])
def test_each_failing_row_is_found_with_its_value(row, check, evidence):
    seen = witnesses(TABLE, frame(("aa", "1", 1, None, "乙"), row))
    assert evidence in seen.broken[check]["evidence"].to_list()


def test_the_pattern_of_a_link_is_left_to_the_link():
    assert "ExpectColumnValuesToMatchRegex owner" not in {check_name(each) for each in suite(TABLE, TABLE.names)}


def test_all_failing_rows_are_told_and_some_are_witnesses():
    seen = witnesses(TABLE, frame(*(("ab", "1", n, 0.5, "丙") for n in range(1000))))
    assert seen.broken[IN_SET].height == 1000 and seen.rows.height < 4 * MOST_WITNESSES


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ab", "cd", "ef", "x"]), st.just("1"), st.integers(-1, 10),
                          st.sampled_from([None, 0.0, 1.0, 1.5]), st.sampled_from(["甲", "乙", "丙"])), max_size=200))
def test_single_values_fail_on_the_witnesses_exactly_where_they_fail_on_all_rows(given_rows):
    everything = frame(*given_rows)
    seen = witnesses(TABLE, everything)
    again = witnesses(TABLE, seen.rows)
    for check in set(seen.broken) | set(again.broken):
        if not check.startswith("ExpectCompound"):
            assert check in seen.broken and check in again.broken
