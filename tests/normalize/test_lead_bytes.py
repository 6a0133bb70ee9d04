"""Full-width marks whose first byte a converter has written wrong."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.documents import Document
from flows.normalize.alphabet import letters_of
from flows.normalize.characters import clean
from flows.normalize.edits import apply
from flows.normalize.lead_bytes import restored
from flows.normalize.speech import normalize

TEXT = """同志们：
今天的会议，主要是总结上半年的工作，部署下半年的任务（会议材料已经发给大家）。下面，我讲三点意见。
一、提高认识，增强责任感。粮食安全是头等大事；水利设施是农业的命脉。今年为什么要先修水渠？因为旱情来得早，影响也大！
二、突出重点，抓好落实。各乡镇要按照计划，把任务分到村，把责任落实到人；各部门要主动服务，帮助解决实际困难。
三、加强领导，转变作风。要深入基层，听取群众意见；要少开会，开短会。请同志们认真研究，把工作做好！"""
MARKS = "，：；（）？！"


def damaged(text: str, lead: int, marks: str = MARKS) -> str:
    """The forward model: what a converter makes of `text` that writes `lead` in front of the second byte of `marks`."""
    return "".join(bytes((lead, char.encode("gbk")[1])).decode("gbk") if char in marks else char for char in text)


def mended(text: str) -> str:
    return apply(text, restored(text, letters_of(text)))


@pytest.mark.parametrize(("lead", "left"), [(0xA0, 0), (0xD1, 1)])     # 大选 is a word: this one stays
def test_marks_of_a_whole_text_come_back(lead: int, left: int) -> None:
    seen = damaged(TEXT, lead)
    found = mended(seen)
    assert sum(map(str.__ne__, TEXT, seen)) == 22 and sum(map(str.__ne__, TEXT, found)) == left


@pytest.mark.parametrize(("seen", "expected"), [
    ("我们要加强领导牞提高认识。", "我们要加强领导，提高认识。"),
    ("我们要加强领导熏提高认识。", "我们要加强领导，提高认识。"),
    ("向大家表示衷心的感谢牎祝同志们工作顺利。", "向大家表示衷心的感谢！祝同志们工作顺利。")])
def test_a_single_mark_comes_back(seen: str, expected: str) -> None:
    assert mended(seen) == expected


def test_digits_come_back_where_marks_do() -> None:
    expected = "各位代表，全县生产总值增长８％，财政收入增长１２％。"
    assert mended(damaged(expected, 0xA0, "，８１２％")) == expected


@pytest.mark.parametrize("text", [
    "牤牛河治理工程已经开工，群众很满意。", "鑫犇公司今年投产，税收增长一成。", "用优秀文化熏陶青年，用身边榜样激励大家。",
    "冰雪运动进校园，抵押贷款进农村。", "当地的熏鸡远近闻名，销路很好。", "选好干部，押实责任。"])
def test_characters_that_were_meant_stay(text: str) -> None:
    assert restored(text, letters_of(text)) == []


def test_no_break_spaces_that_became_characters() -> None:
    seen = "牋牋同志们，大家好。\n牋牋今天开会，讲三件事。"
    found = clean(seen)
    assert found.text == "同志们，大家好。\n今天开会，讲三件事。" and "mojibake_repaired" in found.defects


def test_the_edits_lead_from_the_raw_text_and_the_defect_is_named() -> None:
    raw = damaged(TEXT, 0xA0)
    speech = normalize(Document("a.txt", "text/plain", "utf-8", len(raw.encode()), raw))
    assert speech is not None and "mojibake_repaired" in speech.defects
    assert "今天的会议，主要是总结上半年的工作" in speech.text
    repairs = [(raw[edit.raw_start:edit.raw_end], speech.text[edit.start:edit.end]) for edit in speech.edits if edit.reason == "mojibake"]
    assert ("牞", "，") in repairs and ("牶", "：") in repairs


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("牞牎牋熏选雪穴，。工作会议年\n牤"), max_size=60))
def test_once_is_enough(text: str) -> None:
    once = mended(text)
    assert mended(once) == once


def test_a_long_row_of_them_does_no_harm() -> None:
    text = "牞" * 100_000
    assert len(mended(text)) == len(text)
