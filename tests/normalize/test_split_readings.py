"""Readings that a converter wrote between the two bytes of a character."""
import re

import pytest

from flows.normalize import glosses
from flows.normalize.characters import clean
from flows.normalize.edits import apply
from flows.normalize.split_readings import mended


def damaged(text: str, place: int) -> tuple[str, str] | None:
    """What is seen of `text` where the reading of what lies across the end of the character at `place` was written, as (seen, reading)."""
    raw = text.encode("gbk")
    cut = 2 * place + 1
    try:
        across = raw[cut:cut + 2].decode("gbk")
        shifted = raw[cut + 2:].decode("gbk")
    except UnicodeDecodeError:
        return None
    toned = sorted(each for each in glosses.readings(across) if not glosses.TRIGGERS.isdisjoint(each))
    return (f"{text[:place + 1]}?{toned[0]}){shifted}", toned[0]) if toned else None


@pytest.mark.parametrize("text", ["護林員在這", "因為這", "我們走進", "對於這次走進"])
def test_what_stood_there_comes_back(text):
    seen = [found[0] for place in range(len(text) - 1) if (found := damaged(text, place)) and re.search("[@M]", found[0])]
    assert seen
    assert all(apply(each, mended(each)) == text for each in seen)


def test_the_rest_of_the_line_stays_and_the_place_is_a_defect():
    cleaned = clean("護林員都說,我們?cè)谶@片林子裡栽樹,領(lǐng)導(dǎo)很支持。")
    assert cleaned.text == "护林员都说，我们在这片林子里栽树，领导很支持。"
    assert {"mojibake_repaired", "pinyin_gloss"} <= cleaned.defects


@pytest.mark.parametrize("text", [
    "這個字怎麼念?(niàn)大家記住@",        # a bracket of its own
    "誰來栽樹?nǐ)我們栽@",                   # no byte gives what is seen
    "樹苗呢?我們?nèi)タ纯础?",             # nothing sets the stream right
])
def test_what_no_byte_explains_stays(text):
    assert mended(text) == []
