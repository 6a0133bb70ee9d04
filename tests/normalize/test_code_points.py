"""Code points, and where characters stand."""
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.code_points import BEYOND, STRETCH, among, code_points


@given(st.text(st.sampled_from("国家ab1 。\ud800😀"), max_size=30))
def test_a_text_as_numbers(text):
    assert code_points(text).tolist() == [min(ord(letter), BEYOND) for letter in text]
    assert among(code_points(text), "国a1").tolist() == [place for place, letter in enumerate(text) if letter in "国a1"]


def test_places_of_a_long_text():
    codes = np.zeros(2 * STRETCH + 5, np.uint16)
    wanted = [0, STRETCH - 1, STRETCH, 2 * STRETCH + 4]
    codes[wanted] = ord("国")
    assert among(codes, "国").tolist() == wanted
