from flows.normalize import notes
from flows.normalize.lines import split
from flows.normalize.paragraphs import Paragraph


def paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph([line]) for line in split(text)]


def marks(speech: list[Paragraph], after: list[Paragraph]) -> dict[int, list[tuple[int, int]]]:
    return notes.marks(speech, after, "".join(paragraph.view for paragraph in speech))


def test_square_brackets_that_count_up_are_marks():
    assert marks(paragraphs("甲【1】乙\n丙【2】丁【3】"), []) == {0: [(1, 4)], 1: [(1, 4), (5, 8)]}
    assert marks(paragraphs("甲【1】乙\n丙【2】"), []) == {}
    assert marks(paragraphs("甲【7】乙\n丙【2】丁【30】"), []) == {}


def test_round_brackets_are_marks_only_where_the_notes_follow():
    speech = paragraphs("甲（1）乙\n丙（2）丁（3）戊")
    assert marks(speech, []) == {}
    assert marks(speech, paragraphs("（1）甲：一。\n（2）丙：二。\n（3）丁：三。")) == {0: [(1, 4)], 1: [(1, 4), (5, 8)]}


def test_marks_of_markdown():
    assert marks(paragraphs("甲[^1]乙[^注]。"), []) == {0: [(1, 5), (6, 10)]}
