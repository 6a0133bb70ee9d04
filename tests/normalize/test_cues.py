"""Cues: where words stand in a text."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.cues import Cues

WORDS = ["转载", "转载于", "载于网", "www.", "（来自", "赞😀"]


@given(st.lists(st.sampled_from(["转", "载", "于", "网", "w", ".", "（", "来", "自", "\n", "😀", *WORDS]), max_size=30).map("".join))
def test_every_word_is_found_where_it_stands(text):
    assert Cues(WORDS).found(text) == sorted((place, word) for word in WORDS for place in range(len(text)) if text.startswith(word, place))


@pytest.mark.parametrize("word", ["", "转"])
def test_a_cue_has_two_characters(word):
    with pytest.raises(ValueError, match="is no cue"):
        Cues([word])
