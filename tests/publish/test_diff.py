"""The difference of two releases: nothing where nothing changed, else every row by key and every value by column."""
from __future__ import annotations

import json
import shutil

import polars as pl
import pytest

from flows.publish.diff import compare, compare_tables, diff_markdown

OLD = pl.DataFrame({"id": ["a", "b", "c", None], "text": ["甲", "乙", None, "丁"], "tags": [["x"], [], ["y", "z"], ["w"]],
                    "marks": [[{"start": 1}], [], [], []], "size": [1, 2, 3, 4]})


def files(tmp_path, old: pl.DataFrame, new: pl.DataFrame):
    old.write_parquet(tmp_path / "old.parquet", row_group_size=2)
    new.write_parquet(tmp_path / "new.parquet", row_group_size=3)
    return tmp_path / "old.parquet", tmp_path / "new.parquet"


def test_the_same_rows_in_another_order_are_no_difference(tmp_path):
    found = compare_tables(*files(tmp_path, OLD, OLD.reverse()), ["id"])
    assert found.same and (found.rows_before, found.rows_after) == (4, 4)


def test_rows_and_values_are_told_apart_by_key_and_column(tmp_path):
    new = pl.DataFrame({"id": ["a", "c", None, "e"], "text": ["甲", "丙", "丁", "戊"], "tags": [["x"], ["y"], ["w"], []],
                        "marks": [[{"start": 2}], [], [], []], "size": [1, 3, 4, 5]})
    found = compare_tables(*files(tmp_path, OLD, new), ["id"])
    assert (found.added, found.removed, found.changed) == (1, 1, 2)
    assert found.columns == {"text": 1, "tags": 1, "marks": 1}
    assert found.added_examples == [{"id": "e"}] and found.removed_examples == [{"id": "b"}]
    assert next((each.key["id"], each.column, each.before, each.after) for each in found.changed_examples) == ("c", "text", None, "丙")


def test_a_list_of_two_is_not_a_list_of_one_that_looks_like_it(tmp_path):
    frames = [pl.DataFrame({"id": ["a"], "tags": tags}, schema={"id": pl.String, "tags": pl.List(pl.String)})
              for tags in ([["x", "y"]], [["x\x1fy"]], [[]], [None], [[""]])]
    for one in range(5):
        for other in range(5):
            found = compare_tables(*files(tmp_path, frames[one], frames[other]), ["id"])
            assert found.same is (one == other), (one, other)


def test_changes_of_the_schema_are_told(tmp_path):
    new = OLD.drop("size").with_columns(text=pl.lit(1), more=pl.lit(2))
    found = compare_tables(*files(tmp_path, OLD, new), ["id"])
    assert (found.added_columns, found.removed_columns, found.retyped_columns) == (["more"], ["size"], ["text"])
    assert not found.same


def test_an_example_begins_where_the_values_part(tmp_path):
    old = pl.DataFrame({"id": ["a"], "text": ["同" * 500 + "旧" + "尾" * 500]})
    new = pl.DataFrame({"id": ["a"], "text": ["同" * 500 + "新" + "尾" * 500]})
    change = compare_tables(*files(tmp_path, old, new), ["id"]).changed_examples[0]
    assert change.before.startswith("…同") and "旧" in change.before and "新" in change.after and len(change.after) < 100


def test_an_empty_table_can_be_compared(tmp_path):
    found = compare_tables(*files(tmp_path, OLD.clear(), OLD), ["id"])
    assert (found.rows_before, found.added) == (0, 4)


def test_a_release_does_not_differ_from_itself(release):
    found = compare(release, release)
    assert found.same and "No difference" in diff_markdown(found) and json.loads(json.dumps(found.json()))["same"] is True


def test_two_releases_differ_by_the_speech_that_came(releases):
    found = compare(*releases)
    assert found.tables["speeches"].added == 1 and found.tables["speeches"].removed == 0
    assert found.tables["documents"].added_examples == [{"source_path": "新增.txt"}]
    text = diff_markdown(found)
    assert "added: 新增\\.txt" in text and f"# {releases[0].name} → {releases[1].name}" in text
    assert json.dumps(found.json(), ensure_ascii=False)


def test_hostile_values_are_plain_text_in_markdown(tmp_path, release):
    changed = tmp_path / "changed"
    shutil.copytree(release, changed)
    speeches = pl.read_parquet(changed / "speeches.parquet")
    speeches.with_columns(title=pl.lit("<script>|[x](y)\n# z")).write_parquet(changed / "speeches.parquet")
    manifest = json.loads((changed / "manifest.json").read_bytes())
    manifest["tables"]["speeches"]["sha256"] = "0" * 64
    (changed / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    text = diff_markdown(compare(release, changed))
    assert "\\<script\\>\\|\\[x\\]" in text and "\n# z" not in text


def test_what_is_no_release_is_not_compared(tmp_path, release):
    with pytest.raises(FileNotFoundError):
        compare(tmp_path, release)
