"""Lines that the documents of one source share."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize import repetition
from flows.normalize.repetition import (
    IN_BRACKETS,
    PARTS,
    PIECE,
    key,
    line_statistics,
    parts_at_a_time,
    repeated,
    source_group,
)
from flows.normalize.shard import repeated_lines
from flows.tables import read_frame, write_frame
from tests.normalize.pages import page


def test_key_forgets_numbers_spaces_and_width():
    assert key("阅读：1234 次") == key("阅读:5次")


def statistics(*shards):
    return [line_statistics(shard) for shard in shards]


def test_lines_that_many_pages_of_a_site_share_are_repeated_in_any_order_of_shards():
    pages = [page(f"江城风采在线\n同志们：\n第{number}次会议现在开始",
        metadata={"url": f"http://a.example/{number}"}) for number in range(6)]
    others = [page("江城风采在线\n别的", metadata={"url": "http://b.example/1"})]
    one, two, three = statistics(pages[:2], pages[2:], others)
    expected = repeated([line_statistics([*pages, *others])])
    assert expected["line"].to_list() == sorted(map(key, ["江城风采在线", "同志们：", "第1次会议现在开始"]))
    assert repeated([three, two, one]).equals(expected)
    assert repeated([one, three]).is_empty()


@pytest.mark.parametrize("rows_at_once", [1, 7, 1 << 22])
def test_counted_some_parts_at_a_time_the_repeated_lines_are_those_of_the_whole(rows_at_once, monkeypatch, tmp_path):
    monkeypatch.setattr(repetition, "ADDED_ROWS", rows_at_once)
    lines = [f"江城风采之{name}" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"]
    shards = {f"{shard}": line_statistics(page("\n".join(lines[shard % 3::2]), f"a/{shard}-{number}.txt") for number in range(3))
              for shard in range(6)}
    for shard, frame in shards.items():
        write_frame(frame, tmp_path / f"{shard}.arrow")
    pieces = parts_at_a_time(sum(frame.height for frame in shards.values()))
    assert (pieces[0][0], pieces[-1][1]) == (1, PARTS + 1) and all(one[1] == other[0] for one, other in pairwise(pieces))
    assert len(pieces) == {1: 70, 7: 10, 1 << 22: 1}[rows_at_once]
    whole, own = repeated(shards.values()), {shard: [] for shard in shards}
    found = []
    for parts in pieces:
        folder = tmp_path / f"{parts[0]}"
        folder.mkdir()
        facts = repeated_lines({"lines": {shard: tmp_path / f"{shard}.arrow" for shard in shards}, "parts": parts}, {}, folder)
        rows = read_frame(folder / "repeated.arrow")["line"]
        for shard, (start, end, _) in facts["shards"].items():
            own[shard] += rows[start:end].to_list()
        found.append(facts["repeated"])
    assert sum(found) == whole.height == len(lines)
    for shard, frame in shards.items():
        assert sorted(own[shard]) == sorted(set(whole["line"]) & set(frame["line"]))


def test_lines_of_traditional_pages_are_counted_as_their_bodies_will_read():
    pages = [page(f"江城風采在線\n同志們：\n會議{number}", f"a/{number}.txt") for number in range(5)]
    assert key("江城风采在线") in repeated([line_statistics(pages)])["line"]


def test_the_group_of_a_document_is_its_host_site_or_folder():
    assert source_group(page("", "a/b.txt", metadata={"url": "https://x.example/1"})) == "x.example"
    assert source_group(page("", "a/b.txt", metadata={"site": "江城网"})) == "江城网"
    assert source_group(page("", "a/b.jsonl#3")) == "a"


@given(st.lists(st.text("•*—-－０9 1\u3000\tＡΣ【】“|、江城𠮷\r>İ", min_size=1, max_size=8), min_size=1, max_size=6))
def test_lines_are_counted_by_their_keys(lines: list[str]) -> None:
    counted = line_statistics([page("\n".join(lines), "a/1.txt")])
    pieces = {PIECE + key(piece) for piece in IN_BRACKETS.findall("\n".join(lines))}
    assert sorted(counted["line"]) == sorted({"", *map(key, lines), *pieces})
    assert set(counted["document_count"]) == {1}
