"""Word lists: what is found is what a search at every place would find, the longest first."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.segment.texts import Texts
from flows.segment.wordlist import WordList


def spans(words: list[str], *texts: str) -> list[tuple[str, int]]:
    """The words found, with their starts in the texts end to end."""
    starts, ends, numbers = WordList(words).spans(together := Texts(texts))
    found = [(words[number], start) for start, number in zip(starts.tolist(), numbers.tolist())]
    assert [together.joined[start:end] for start, end in zip(starts, ends)] == [word for word, _ in found]
    return found


@pytest.mark.parametrize(("words", "text", "expected"), [
    (["三农", "三农问题", "农问题多"], "抓三农问题多", [("三农问题", 1)]),
    (["一心一意", "一意孤行"], "一心一意孤行，一意孤行", [("一心一意", 0), ("一意孤行", 7)]),
    (["两山", "山水林田湖"], "两山水林田湖", [("两山", 0)]),
    (["水𠮷村里"], "水𠮷村里水𠀀村里", [("水𠮷村里", 0)]),
    (["一传十，十传百"], "一传十，十传百", [("一传十，十传百", 0)]),
    ([], "什么都没有", []),
    (["天长地久"], "天长地", []),
])
def test_the_longest_at_each_place_and_the_first_of_two_that_overlap(words: list[str], text: str, expected: list[tuple[str, int]]) -> None:
    assert spans(words, text) == expected


def test_no_word_reads_across_two_texts() -> None:
    assert spans(["天长地久"], "天长", "地久") == []


def test_every_place_also_within_another_word() -> None:
    words = ["抓三农", "三农", "三农问题", "农问题多"]
    starts, ends, numbers = WordList(words).every(Texts(["要抓三农问题多，三农"]))
    assert list(zip(starts.tolist(), ends.tolist(), [words[number] for number in numbers])) == [
        (1, 4, "抓三农"), (2, 6, "三农问题"), (2, 4, "三农"), (3, 7, "农问题多"), (8, 10, "三农")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("甲乙丙𠮷", min_size=2, max_size=7), unique=True, max_size=12),
       st.lists(st.text("甲乙丙𠮷𠀀", max_size=30), max_size=3))
def test_it_finds_what_a_plain_search_finds(words: list[str], texts: list[str]) -> None:
    joined, expected, at = Texts(texts).joined, [], 0
    while at < len(joined):
        here = max((word for word in words if joined.startswith(word, at)), key=len, default="")
        expected += [(here, at)] if here else []
        at += len(here) or 1
    assert spans(words, *texts) == expected
