from hypothesis import given, settings
from hypothesis import strategies as st

from flows.normalize.speech import normalize
from tests.normalize.pages import SPEECH, TITLE, page


def test_a_page_becomes_a_speech_with_every_change_on_record():
    raw = f"首页 > 讲话 > 正文\r\n{TITLE}\r\n（2012年3月5日）\r\n" + SPEECH.replace("\n", "\r\n　　") + "\r\n（责任编辑：李四）"
    speech = normalize(page(raw))
    assert speech.text == SPEECH
    assert speech.metadata.title == TITLE
    assert str(speech.metadata.delivered_date) == "2012-03-05"
    text_at = raw_at = 0
    for edit in speech.edits:
        assert raw[raw_at:edit.raw_start] == speech.text[text_at:edit.start]
        text_at, raw_at = edit.end, edit.raw_end
    assert raw[raw_at:] == speech.text[text_at:]


def test_defects_are_those_of_the_speech_and_not_of_the_page():
    assert normalize(page(f"{TITLE}\n时间:2012-03-05 点击:3 来源:甲,乙,丙;丁\n{SPEECH}")).defects == ()
    damaged = SPEECH.replace("全县完成", "XX县完成").replace("，", ",").replace("重栽轻管的", "重栽轻管的\n")
    assert {"broken_lines", "half_width_punctuation", "placeholders"} <= set(normalize(page(damaged)).defects)


def test_nothing_is_left_of_a_page_without_a_speech():
    assert normalize(page("")) is None
    assert normalize(page("首页\n打印\n关闭")) is None


@given(st.lists(st.sampled_from(SPEECH.split("\n")[1:-1]), max_size=8))
@settings(max_examples=200, deadline=None)
def test_a_clean_text_is_left_alone(lines):
    text = "\n".join(["同志们：", *lines, SPEECH.split("\n")[-1]])
    speech = normalize(page(text))
    assert (speech.text, speech.edits) == (text, ())
