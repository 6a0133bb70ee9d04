"""The alphabet of a text, and its skeleton."""
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.alphabet import HAN_DIGIT, LOST_ZERO, letters_of, skeleton

TEXTS = st.text(st.sampled_from("国家ab1 。\ud800\uffff😀𠀀"), max_size=30)


def test_letters_of():
    assert letters_of("国国a😀") == {"国", "a", "😀"}
    assert letters_of("国a") == {"国", "a"}
    assert "国" in letters_of("国a") and "家" not in letters_of("国a")


@given(TEXTS, TEXTS)
def test_an_alphabet_is_a_set(text, others):
    letters = letters_of(text)
    assert letters == set(text)
    assert len(letters) == len(set(text))
    assert letters.isdisjoint(others) == set(text).isdisjoint(others)
    assert letters & frozenset(others) == set(text) & set(others)
    assert letters | set(others) == set(text) | set(others)


def test_skeleton():
    assert skeleton("全县a1　b家。2") == "a1 b\xff2"
    assert skeleton("二O一九年\ufffd") == f"{HAN_DIGIT}O{HAN_DIGIT}{HAN_DIGIT}\xff{LOST_ZERO}"
    assert skeleton("") == ""
