from __future__ import annotations

import pytest

from flows.segment.markers import boundaries, markers, numeral, written
from flows.segment.texts import Texts
from tests.hostile import ends


def found(text: str) -> list[tuple[str, str, int]]:
    return [(text[marker.start:marker.end], marker.style, marker.number) for marker in markers(text)]


@pytest.mark.parametrize(("digits", "value"), [
    ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("一百", 100), ("一百二十", 120), ("12", 12), ("二三", 0), ("", 0),
    ("叁", 3), ("拾贰", 12), ("贰拾", 20), ("壹贰", 0), ("廿", 20), ("廿三", 23), ("卅一", 31), ("７", 7)])
def test_numeral(digits: str, value: int) -> None:
    assert numeral(digits) == value


@pytest.mark.parametrize(("marker", "value"), [
    ("（三）", 3), ("★ 叁、", 3), ("第拾贰章", 12), ("廿一、", 21), ("㈡", 2), ("⑿", 12), ("❸", 3), ("（ １０ ）", 10), ("其四，", 4),
    ("首先，", None), ("第二件事，", 2), ("Ⅱ、", None), ("", None)])
def test_what_a_marker_writes(marker: str, value: int | None) -> None:
    assert written(marker) == value


@pytest.mark.parametrize(("text", "rows"), [
    ("一、统一思想", [("一、", "han", 1)]),
    ("十二．抓落实", [("十二．", "han", 12)]),
    ("二,改进作风", [("二,", "han", 2)]),
    ("（三）补短板", [("（三）", "paren_han", 3)]),
    ("(四)强弱项", [("(四)", "paren_han", 4)]),
    ("㈠稳就业", [("㈠", "paren_han", 1)]),
    ("1、修路", [("1、", "arabic", 1)]),
    ("2.架桥", [("2.", "arabic", 2)]),
    ("1.2025年工作回顾", [("1.", "arabic", 1)]),
    ("一、二〇二三年造林情况", [("一、", "han", 1)]),
    ("廿一、修庙", [("廿一、", "han", 21)]),
    ("（卅）补漏", [("（卅）", "paren_han", 30)]),
    ("叁：引水", [("叁：", "han", 3)]),
    ("拾壹 引水", [("拾壹", "han", 11)]),
    ("（拾壹）引水", [("（拾壹）", "paren_han", 11)]),
    ("第肆，引水", [("第肆，", "ordinal", 4)]),
    ("⒊通水", [("⒊", "arabic", 3)]),
    ("（1）通电", [("（1）", "paren_arabic", 1)]),
    ("⑵通邮", [("⑵", "paren_arabic", 2)]),
    ("③通网", [("③", "paren_arabic", 3)]),
    ("第一部分 过去一年", [("第一部分 ", "ordinal", 1)]),
    ("第二章　任务", [("第二章", "ordinal", 2)]),
    ("第一，要快", [("第一，", "ordinal", 1)]),
    ("第三要实", [("第三", "ordinal", 3)]),
    ("第一个问题，谈认识", [("第一个问题，", "ordinal", 1)]),
    ("一是抓早。二是抓小", [("一是", "item_is", 1), ("二是", "item_is", 2)]),
    ("一要抓早；二要抓小", [("一要", "item_must", 1), ("二要", "item_must", 2)]),
    ("首先，学。其次，干。最后，评", [("首先，", "sequence", 1), ("其次，", "sequence", 2), ("最后，", "sequence", 99)]),
    ("我看是两个方面，一方面要放。另一方面要管", [("一方面", "sequence", 1), ("另一方面", "sequence", 2)]),
    ("一方面要放。另一方面要管", [("一方面", "sequence", 1), ("另一方面", "sequence", 2)]),
    ("其一，人手不足", [("其一，", "sequence", 1)]),
])
def test_every_numbering_system(text: str, rows: list[tuple[str, str, int]]) -> None:
    assert [(marker.rstrip(" 　"), style, number) for marker, style, number in found(text)] == \
        [(marker.rstrip(" 　"), style, number) for marker, style, number in rows]


@pytest.mark.parametrize("text", [
    "1.2万亿元的产值", "3.5亿元", "2024.6.30", "一、二产业比重上升", "1、2月份工业回升", "第一产业增长",
    "第一、第二产业", "第一、三产业增速",
    "一是一，二是二，说话算数",
    "第一个百年奋斗目标", "第一季度开门红", "第一要务是发展", "我们首先要学", "他说一是一",
    "甲、乙双方都到了", "A、B两组比一比", "山上有树。甲、树高", "甲：你好", "A组先上",
    "壹贰、两个号", "伍家寨修了路", "陆续到会", "渠修好了。陆、河两路齐通", "路上拾、捡都行",
])
def test_what_looks_like_a_marker(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "rows"), [
    ("一、二十年来的林业\n山都绿了。\n二、今后的打算", [("一、", 1), ("二、", 2)]),
    ("一、三年来的林业\n山都绿了。\n二、四个坚持\n不砍。\n三、二〇三〇年的打算", [("一、", 1), ("二、", 2), ("三、", 3)]),
    ("一、林业\n山都绿了。\n二、三年规划\n栽树。", [("一、", 1), ("二、", 2)]),
    ("一、林业\n二、三月份栽树，四月份管护。\n二、水利", [("一、", 1), ("二、", 2)]),
    ("一、林业\n一、二年级的同学栽了树。\n二、水利", [("一、", 1), ("二、", 2)]),
    ("一、林业\n二、水利\n一、二年级的同学栽了树。\n三、公路", [("一、", 1), ("二、", 2), ("三、", 3)]),
    ("三、四月份栽树\n今年要早。", []),
])
def test_two_numbers_side_by_side_are_told_from_a_numbering_that_goes_on(text: str, rows: list[tuple[str, int]]) -> None:
    assert [(marker, number) for marker, _, number in found(text)] == rows


def test_commas_let_in_only_counted_points() -> None:
    assert found("分四块，第一块保洁，第二块绿化，一方面如此，首先这样") == [("第一块", "ordinal", 1), ("第二块", "ordinal", 2)]


@ends
@pytest.mark.parametrize("piece", ["一、", "（一）", "1.", "第一，", "一是。", "首先，", "\n一", "”", "第", "。　"])
def test_linear_on_adversarial_text(piece: str) -> None:
    starts = [marker.start for marker in markers(piece * (1_000_000 // len(piece)))]
    assert starts == sorted(set(starts))


def test_markers_of_many_texts_are_those_of_each() -> None:
    texts = ["一、总结。一是快；", "", "二、第一点：好。\n三、", "没有", "（一）甲\n𠮷，第二块。①"]
    together = boundaries(Texts(texts))
    assert [list(markers(text, places)) for text, places in zip(texts, together)] == [list(markers(text)) for text in texts]
    assert [len(list(markers(text))) for text in texts] == [2, 0, 2, 0, 3]


def test_a_question_may_be_counted_off_and_asked() -> None:
    assert found("第一问，钱从哪里来\n第二问，人往哪里去") == [("第一问，", "ordinal", 1), ("第二问，", "ordinal", 2)]
    assert found("第一问题目答得好")[:1] != [("第一问", "ordinal", 1)]
