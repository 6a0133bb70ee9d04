"""Numberings that other sites and speakers use: the same tree whatever they are written in."""
import pytest

from flows.segment.outline import outline

HEADINGS = ("认清形势，增强责任感和紧迫感", "突出重点，完成今年的目标任务", "加强领导，确保各项措施落到实处")
MATTER = "去年全县完成造林三万亩，成活率达到八成五，成绩来之不易，但是重栽轻管的问题仍然突出。"
OPENING = "同志们：\n今天我们开会，主要任务是总结去年工作。下面，我讲三点意见。\n"
CLOSING = "同志们，春光不等人，造林正当时。让我们迅速行动起来，为建设绿色江城作出新的贡献！"


def speech(markers: tuple[str, ...]) -> str:
    parts = "".join(f"{marker}{heading}\n{MATTER}\n" for marker, heading in zip(markers, HEADINGS))
    return f"{OPENING}{parts}{CLOSING}"


@pytest.mark.parametrize("markers, style", [
    (("一、", "二、", "三、"), "han"), (("一．", "二．", "三．"), "han"), (("一 ", "二 ", "三 "), "han"),
    (("一：", "二：", "三："), "han"),
    (("一\n", "二\n", "三\n"), "han"), (("（一）", "（二）", "（三）"), "paren_han"), (("【一】", "【二】", "【三】"), "paren_han"),
    (("㈠", "㈡", "㈢"), "paren_han"), (("第一部分\n", "第二部分\n", "第三部分\n"), "ordinal"),
    (("第一讲 ", "第二讲 ", "第三讲 "), "ordinal"),
    (("第一，", "第二，", "第三，"), "ordinal"), (("第一个问题：", "第二个问题：", "第三个问题："), "ordinal"),
    (("1．", "2．", "3．"), "arabic"),
    (("1）", "2）", "3）"), "paren_arabic"), (("①", "②", "③"), "paren_arabic"),
])
def test_parts_are_the_same_in_any_numbering(markers, style):
    found = outline(speech(markers))
    parts = [(part.level, part.kind, part.marker_style, part.number) for part in found.sections if part.kind == "body"]
    assert parts == [(1, "body", style, number) for number in (1, 2, 3)]
    assert found.announced == [(3, 3)]


def test_speaking_of_politics_is_no_lecture():
    assert outline("同志们：\n第一讲政治，第二讲团结，第三讲纪律，这是做好一切工作的前提。\n谢谢大家！").sections[1].marker is None


@pytest.mark.parametrize("between", ["", "\n"])
def test_points_of_the_other_form_stand_inside_the_points_that_go_on_after_them(between):
    text = between.join(("一是要抓学习。", "一要学理论，勤读书；", "二要学业务，多请教。",
                         "二是要抓落实。", "一要定任务，分到人；", "二要定时限，不拖延。"))
    found = outline(f"同志们：\n要做到两点。\n{text}\n谢谢大家！").sections
    items = [(part.level, part.marker) for part in found if part.kind == "item"]
    assert items == [(2, "一是"), (3, "一要"), (3, "二要"), (2, "二是"), (3, "一要"), (3, "二要")]


def test_a_mixed_run_stays_one_run():
    text = "同志们：\n今年要做到三点：一要抓学习，二是抓落实，三要抓作风。\n谢谢大家！"
    assert [(part.level, part.number) for part in outline(text).sections if part.kind == "item"] == [(2, 1), (2, 2), (2, 3)]
