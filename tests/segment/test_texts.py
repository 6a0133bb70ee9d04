"""Texts end to end: places lead back to their texts, and nothing reads across two."""
from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.normalize.code_points import code_points
from flows.segment.phrases import Phrase, phrases, phrases_of
from flows.segment.texts import Texts

PIECES = ["抓学习", "抓落实", "得民心", "、", "，", "。", "；", "\n", "“", "”", "‘", "’", "《", "》", "四个意识", "三农", "两手抓、两不误", 
          "一心一意", "五江十岸", "第", "实施", "5", "𠀀", " ", "坚持"]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), max_size=5)


def test_places_lead_back_to_their_texts() -> None:
    texts = Texts(["甲乙", "", "丙"])
    places = [texts.joined.index(char) for char in "甲乙丙"]
    assert texts.owners(places).tolist() == [0, 0, 2]
    assert (places - texts.starts[[0, 0, 2]]).tolist() == [0, 1, 0]


def test_code_points_beyond_the_basic_plane_are_one_place_each() -> None:
    assert code_points("甲𠀀乙").tolist() == [ord("甲"), 0xFFFF, ord("乙")]


def test_enclosed_spans_end_with_their_line_and_hold_no_other_mark() -> None:
    texts = Texts(["“甲”“乙\n丙”“‘丁’”", "“", "戊”“”"])
    starts, ends = texts.enclosed("“", "”", 20)
    assert [texts.joined[start:end] for start, end in zip(starts, ends)] == ["甲", "‘丁’"]
    starts, ends = texts.enclosed("“", "”", 20, barred="‘")
    assert [texts.joined[start:end] for start, end in zip(starts, ends)] == ["甲"]
    assert [len(edges) for edges in texts.enclosed("“", "”", 0)] == [0, 0]


@settings(deadline=None, max_examples=30)
@given(TEXTS)
def test_phrases_are_those_of_each_text_alone(held: list[str]) -> None:
    texts = Texts(held)
    found = phrases_of(texts)
    rows = [(number, *each) for number, text in enumerate(held) for each in phrases(text)]
    assert found.select("text", *Phrase._fields).rows() == rows
    assert all(texts.joined[place:place + end - start] == surface
               for place, start, end, surface in found.select("place", "start", "end", "surface").iter_rows())
