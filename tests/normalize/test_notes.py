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


def test_notes_at_the_feet_of_pages():
    views = ["修渠要靠“两自”①方针，还要靠群众，三年来修了五十里②渠，", "① 自力更生，自筹资金。", "② 1里为500米。", "— 1 —",
             "山上山下都通了水。", "石匠③说，", "③ 指本村的人。", "— 2 —"]
    assert notes.at_page_ends(views, [3, 7]) == {0: [(8, 9), (26, 27)], 1: [], 2: [], 5: [(2, 3)], 6: []}
    assert notes.at_page_ends(views[:3], []) == {}
    points = ["要做好三件事：①修渠；②栽树，", "① 修渠要早动手。", "② 栽树要看天气。", "— 1 —"]
    assert notes.at_page_ends(points, [3]) == {}
