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


def test_marks_of_markdown():
    assert marks(paragraphs("甲[^1]乙[^注]。"), []) == {0: [(1, 5), (6, 10)]}


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
