"""Numbers that a library puts before its slices of a text."""
from flows.normalize.lines import split
from flows.normalize.slices import numbers
from flows.normalize.speech import normalize
from tests.normalize.pages import page

HEAD = "在护林工作座谈会上的讲话 同志们： "
SAID = "今天请各村的护林员来，是想听一听大家的难处，议一议山上的事。" + "".join(
    f"{village}村去年补种了{count}亩，成活了九成，路也修到了山脚，水也引到了地头，老少都说好。"
    for village, count in zip("东西南北上下前后左右里外高低", range(31, 45), strict=True)) + "谢谢大家！"


def sliced(text: str, size: int) -> str:
    return "\n".join(f"{number}、{text[low:low + size]}" for number, low in enumerate(range(0, len(text), size), 1))


def test_slices_are_joined_and_their_numbers_are_no_outline():
    speech = normalize(page(sliced(HEAD + SAID, 150)))
    assert speech.text.replace("\n", "") == "同志们：" + SAID
    assert "下村" in speech.text and "、" not in speech.text


def test_points_that_a_speaker_counts_stay():
    said = SAID.split("。")
    points = [f"{number}、{'。'.join(said[3 * number:3 * number + 4])}。" for number in range(1, 5)]
    assert numbers(split("\n".join(points))) == []                     # each ends with its sentence
    assert numbers(split("1、护林员要勤走\n2、护林员要细看\n3、护林员要快报")) == []
    uneven = ["1、" + SAID[:140], "2、" + SAID[140:400], "3、" + SAID[400:530]]
    assert numbers(split("\n".join([*uneven, "谢谢大家！"]))) == []    # of several sizes, and not all that there is
