import pytest

from flows.ingest.documents import Mark
from flows.normalize import notes
from flows.normalize.lines import split
from flows.normalize.paragraphs import Paragraph
from flows.normalize.speech import normalize
from tests.normalize.pages import SPEECH, TITLE, page


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


def test_the_number_of_a_class_is_no_mark_though_posts_are_numbered_below():
    posts = paragraphs("2# 顶一下\n3# 说得真好\n4# 学习了\n5# 谢谢楼主")
    assert marks(paragraphs("我在高一（5）班教语文。\n大家好。"), posts) == {}
    below = "（1）甲：一。\n（2）乙：二。\n（3）丙：三。\n（4）丁：四。"
    assert marks(paragraphs("高一（1）班和高一（2）班，还有三年级（3）中队。"), paragraphs(below)) == {}
    # nor is a lone one where the notes begin with the first
    assert marks(paragraphs("先看图（4）里的水渠。"), paragraphs(below)) == {}
    assert marks(paragraphs("先说河长（1）的事。"), paragraphs(below)) == {0: [(4, 7)]}


def test_marks_of_markdown():
    assert marks(paragraphs("甲[^1]乙[^注]。"), []) == {0: [(1, 5), (6, 10)]}


def test_notes_at_the_feet_of_pages():
    views = ["修渠要靠“两自”①方针，还要靠群众，三年来修了五十里②渠，", "① 自力更生，自筹资金。", "② 1里为500米。", "— 1 —",
             "山上山下都通了水。", "石匠③说，", "③ 指本村的人。", "— 2 —"]
    assert notes.at_page_ends(views, [3, 7]) == {0: [(8, 9), (26, 27)], 1: [], 2: [], 5: [(2, 3)], 6: []}
    assert notes.at_page_ends(views[:3], []) == {}
    points = ["要做好三件事：①修渠；②栽树，", "① 修渠要早动手。", "② 栽树要看天气。", "— 1 —"]
    assert notes.at_page_ends(points, [3]) == {}


@pytest.mark.parametrize(("aside", "said"), [
    ("[1]甲：栽在路边的。\n[2]乙：栽在村口的。", "路边栽树，村口也栽树。"), ("[3]张某：好文。", None),
])
def test_notes_that_the_markup_sets_aside_explain_their_marks(aside, said):
    before, after = SPEECH.split("今天", 1)
    text = f"{before}路边[1]栽树，村口[2]也栽树。\n今天{after}" if said else f"{before}据本上[8]记，去年栽了三万亩。\n今天{after}"
    whole = f"{TITLE}\n{text}\n{aside}"
    layout = tuple(Mark(whole.index(line), whole.index(line) + len(line), "furniture") for line in aside.split("\n"))
    speech = normalize(page(whole, layout=layout))
    assert speech is not None and speech.text == (f"{before}{said}\n今天{after}" if said else text)
