from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.normalize.lines import Shown
from flows.segment.outline import Outline, outline
from flows.segment.sections import Section
from tests.hostile import ends

HAN = "一二三四五六七八九十"


def rows(text: str, **more: object) -> list[tuple[str, str, str | None, str | None]]:
    return [(part.path, part.kind, part.marker, part.heading) for part in outline(text, **more).sections]  # type: ignore[arg-type]


def faults(text: str, found: Outline) -> list[str]:
    """What breaks the rules of the table."""
    broken, position, paths, ends = [], 0, set(), {}
    for part in found.sections:
        if part.start != position or part.end < part.start:
            broken.append(f"{part.path} does not start where the one before ends")
        if part.end == part.start and not part.is_inferred:
            broken.append(f"{part.path} is empty")
        if part.heading and part.heading not in text[part.start:part.end]:
            broken.append(f"{part.path} has a heading that goes on behind it")
        position = part.end
        above = part.path.rpartition(".")[0]
        if above and above not in paths:
            broken.append(f"{part.path} has no parent before it")
        if part.path in paths or part.level != part.path.count(".") + 1:
            broken.append(f"{part.path} twice, or at level {part.level}")
        number = int(part.path.rpartition(".")[2])
        if number > 1 and f"{above}.{number - 1}".lstrip(".") not in paths:
            broken.append(f"{part.path} has no sibling before it")
        paths.add(part.path)
        path = part.path
        while path:
            ends[path] = part.end
            path = path.rpartition(".")[0]
    if position != len(text):
        broken.append(f"ends at {position} of {len(text)}")
    return broken + [part.path for part in found.sections if ends[part.path] != part.subtree_end]


SPEECH = """同志们：
今天我们开个短会，把防汛的事情再敲一敲。下面，我讲两点意见。
一、看清形势
雨来得早，河水涨得快。主要有两个难处：一是堤防年久。有三处要加固；二是人手不够。大家都有数。
汛情不等人，这一点要反复讲。
二、把事办实
（一）把人定下来。每段堤都要有人守。
（二）把物备齐。沙袋、船只今天清点。
同志们，让我们守好每一段堤。谢谢大家！"""


def test_a_speech() -> None:
    assert rows(SPEECH) == [
        ("1", "salutation", None, None),
        ("2", "opening", None, None),
        ("3", "body", "一、", "看清形势"),
        ("3.1", "item", "一是", "堤防年久"),
        ("3.2", "item", "二是", "人手不够"),
        ("3.3", "continuation", None, None),
        ("4", "body", "二、", "把事办实"),
        ("4.1", "body", "（一）", "把人定下来"),
        ("4.2", "body", "（二）", "把物备齐"),
        ("5", "closing", None, None),
    ]
    found = outline(SPEECH)
    assert faults(SPEECH, found) == []
    assert found.announced == [(2, 2), (2, 2)]
    assert found.defects == frozenset()
    assert [part.declared_count for part in found.sections if part.declared_count] == [2, 2]


def text_of(text: str, part: Section) -> str:
    return text[part.start:part.end]


def test_points_end_with_their_paragraph() -> None:
    second = next(part for part in outline(SPEECH).sections if part.path == "3.2")
    assert text_of(SPEECH, second) == "二是人手不够。大家都有数。\n"


def test_styles_take_their_level_from_the_nesting() -> None:
    text = "一、学\n1、读书。每天读。\n2、听课。每周听。\n二、用\n1、下乡。去三次。\n2、回访。看两回。"
    assert [(part.marker, part.level) for part in outline(text).sections] == [
        ("一、", 1), ("1、", 2), ("2、", 2), ("二、", 1), ("1、", 2), ("2、", 2)]


def test_lost_headings_are_inferred_where_the_numbers_start_again() -> None:
    text = ("同志们：\n今天的会我讲两点意见。\n种粮是大事，不能放松。\n（一）备足种子。早动手。\n（二）修好水渠。早疏通。\n"
            "今年的收购要早安排。\n（一）腾出仓库。先清点。\n（二）备好资金。不打白条。\n同志们，让我们把粮食收好。")
    found = outline(text)
    assert "lost_headings" in found.defects
    assert [(part.path, part.is_inferred, text_of(text, part)[:5]) for part in found.sections if part.level == 1] == [
        ("1", False, "同志们：\n"), ("2", False, "今天的会我"), ("3", True, "种粮是大事"), ("4", True, "今年的收购"),
        ("5", False, "同志们，让")]
    assert found.announced == [(2, 2)]
    assert faults(text, found) == []


def test_an_inferred_section_may_be_empty_and_stands_before_its_first_child() -> None:
    text = "今天讲讲秋收。\n（一）抢收。抓晴天。\n（二）抢晒。占好场。\n（一）开镰早。不等熟过。\n（二）入仓快。不过夜。"
    found = outline(text)
    empty = [part for part in found.sections if part.start == part.end]
    assert [(part.is_inferred, part.level) for part in empty] == [(True, 1), (True, 1)]
    assert faults(text, found) == []


@pytest.mark.parametrize("numbers", ["一二四", "一二二三"])
def test_numbering_gap(numbers: str) -> None:
    text = "\n".join(f"{number}、抓好第{at}件事\n这件事要有人管，有人问。" for at, number in enumerate(numbers, 5))
    found = outline(text)
    assert "numbering_gap" in found.defects
    assert [part.level for part in found.sections] == [1] * len(numbers)


def test_the_last_point_of_a_run_may_stand_behind_a_gap() -> None:
    head = "一、看清秋收的形势\n1、地变了。块儿大了，机器下得去。\n2、人变了。年轻人回来了。\n"
    lost = outline(head + "4、路变了。车开到地头。\n二、抓好秋收的准备\n机器要先修好。")
    assert [(part.level, part.number) for part in lost.sections if part.kind == "body"] == [(1, 1), (2, 1), (2, 2), (2, 4), (1, 2)]
    assert "numbering_gap" in lost.defects


@pytest.mark.parametrize("text", [
    "1、地变了。块儿大了。\n2、人变了。年轻人回来了。\n说到这里，讲一件往事。\n4、这个数要记住。别忘了。",     # not right below
    "1、地变了。块儿大了。\n4、路变了。车开到地头。",     # no run
    "1、地。变了。\n2、人。变了。\n3、路。变了。\n1、近路。修好。\n2、远路。修好。\n4、车。备好。",     # of the list further out
])
def test_a_number_that_nothing_vouches_for_is_no_gap(text: str) -> None:
    assert 4 not in [part.number for part in outline(text).sections]


def test_the_first_of_a_list_whose_rest_broke_off_with_the_text() -> None:
    text = ("一、渠道\n（一）主渠要清淤。淤泥挖出来，堆到两边。\n（二）支渠要补漏。哪里漏，就补哪里。\n二、闸门\n闸门有三件事要办。\n"
            "（一）旧闸要换。木头的先换，铁的后换，换下来的")
    assert rows(text)[-2:] == [("2", "body", "二、", "闸门"), ("2.1", "body", "（一）", "旧闸要换")]
    for other in (text + "要收好。", text.replace("（一）主渠", "主渠").replace("（二）支渠", "支渠"), text.replace("二、闸门\n", "")):
        assert rows(other)[-1][3] != "旧闸要换"


def test_a_middle_heading_that_was_lost() -> None:
    text = ("一、今年的账\n（一）收入。增了。\n（二）支出。减了。\n明年要过紧日子。\n（一）少开会。能并就并。\n"
            "（二）少发文。能短就短。\n三、纪律\n令行禁止。")
    found = outline(text)
    assert [(part.path, part.marker, part.is_inferred) for part in found.sections if part.level == 1] == [
        ("1", "一、", False), ("2", None, True), ("3", "三、", False)]
    assert found.defects == {"lost_headings"}


@pytest.mark.parametrize("marker", ["{}.", "（{}）"])
def test_lost_headings_inside_a_part(marker: str) -> None:
    first, second, third = (marker.format(number) for number in (1, 2, 3))
    text = (f"一、河段分两截\n先把家底说清。\n上截看堤。\n{first}堤身单薄。护坡失修。\n{second}闸门锈死。三年没动。\n下截看人。\n"
            f"{first}巡堤员太少。\n{second}值班室漏雨。夜里没人。\n{third}电话不通。\n二、各包一截\n包到人头。")
    found = outline(text)
    assert found.defects == {"lost_headings"}
    assert faults(text, found) == []
    assert [(part.path, part.marker, part.is_inferred) for part in found.sections] == [
        ("1", "一、", False), ("1.1", None, True), ("1.1.1", first, False), ("1.1.2", second, False),
        ("1.2", None, True), ("1.2.1", first, False), ("1.2.2", second, False), ("1.2.3", third, False), ("2", "二、", False)]
    assert [text_of(text, part) for part in found.sections if part.is_inferred] == ["上截看堤。\n", "下截看人。\n"]


@pytest.mark.parametrize("between", ["", "一是要早。\n", "有的闸门连图纸都找不到了。\n去年夏天漏过水。\n"])
def test_numbers_that_start_again_inside_a_part_tell_nothing_where_the_lines_between_may_be_of_its_last_point(between: str) -> None:
    first = "" if between.count("\n") < 2 else "坡上的石头滚了一半。\n"
    text = f"一、修河\n1.修堤。先修险段。\n{first}2.修闸。先修大闸。\n{between}1.筹钱。各出一半。\n2.出工。各出十人。\n二、管河\n各管一段。"
    found = outline(text)
    assert not any(part.is_inferred for part in found.sections)
    assert "lost_headings" not in found.defects


def test_announced_count_that_does_not_come() -> None:
    text = "下面，我讲三点意见。\n一、要快\n说干就干。\n二、要实\n不摆样子。"
    found = outline(text)
    assert found.announced == [(3, 2)]
    assert "declared_count_mismatch" in found.defects


def test_announced_count_with_nothing_to_check_it_against() -> None:
    found = outline("今天我讲三点意见。先说修路。再说引水，还有种树。")
    assert found.announced == [(3, None)]
    assert found.defects == frozenset()


def test_what_a_quotation_counts_off_is_not_the_outline() -> None:
    text = "通报要求：“一、统一认识。二、抓好落实。三、严明纪律。”请照办。\n一、学通报\n逐条学。\n二、对照改\n逐条改。"
    assert [part.marker for part in outline(text).sections] == [None, "一、", "二、"]


def test_a_part_takes_up_its_own_text_after_its_sections() -> None:
    text = ("一、看成绩\n（一）路通了。出门方便。\n（二）水到了。浇地不愁。\n（三）灯亮了。夜里不怕。\n"
            "成绩面前，还要看到差距。\n二、定任务\n再加把劲。")
    assert [(part.path, part.kind) for part in outline(text).sections if part.path.startswith("1")] == [
        ("1", "body"), ("1.1", "body"), ("1.2", "body"), ("1.3", "body"), ("1.4", "continuation")]


def test_bold_leads_stand_inside_numbered_headings() -> None:
    lines = ["一、修路", "主路先修。先修主路再修支路，资金按进度拨付。", "支路后修。后修支路。", "二、引水", "北水南引。管道年内铺通。"]
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    spans = [(start, start + line.find("。") + 1) for start, line in zip(starts, lines) if "。" in line]
    assert [(part.path, part.heading) for part in outline(text, spans).sections] == [
        ("1", "修路"), ("1.1", "主路先修"), ("1.2", "支路后修"), ("2", "引水"), ("2.1", "北水南引")]


def test_markup_and_plain_headings() -> None:
    text = ("开场的话说过了。\n把路修通\n村里的路今年都要硬化，一条也不能落下，资金已经备好。\n"
            "把水引来\n水源地定在北山，管道月底进场，施工队已经选定。")
    assert [(part.marker_style, part.heading) for part in outline(text).sections] == [
        (None, None), ("markup", "把路修通"), ("markup", "把水引来")]
    shown = "把路修通\n路。\n把水引来\n水。"
    assert [part.heading for part in outline(shown, [(0, 4), (8, 12)]).sections] == ["把路修通", "把水引来"]


@pytest.mark.parametrize("markers", [("甲、", "乙、", "丙、"), ("A、", "B、", "C、")])
def test_parts_counted_by_stems_or_letters(markers: tuple[str, str, str]) -> None:
    said = ("树要种好。山上还空着。", "渠要修通。水还没有来。", "路要铺平。车还上不去。")
    lines = [f"{marker}{words}" for marker, words in zip(markers, said)]
    found = outline("\n".join(["同志们：", "今天来，我想说三件事。", *lines, "希望大家一起动手。"]))
    parts = [section for section in found.sections if section.marker]
    assert [(part.kind, part.marker, part.marker_style, part.number) for part in parts] == \
        [("body", marker, "sequence", None) for marker in markers]
    assert [count for count, _ in found.announced] == [3] and not found.defects


def test_points_counted_by_yize() -> None:
    assert [row[1:] for row in rows("提三条要求。一则守规矩，不喝酒。二则动脑筋。三则讲团结。")] == [
        ("body", None, None), ("item", "一则", "守规矩，不喝酒"), ("item", "二则", "动脑筋"), ("item", "三则", "讲团结")]
    assert [kind for _, kind, _, _ in rows("一则消息说路要修了。会四则运算就行。一则以喜，一则以惧。")] == ["body"]


def ranked(*lines: tuple[str, int | None]) -> tuple[str, list[Shown]]:
    """A text of headings with their levels, each over a paragraph, and the spans of those that markup shows."""
    spans, text = [], ""
    for words, level in lines:
        spans.append(Shown(len(text), len(text) + len(words), level))
        text += f"{words}\n村里的路今年都要硬化，一条也不能落下，资金已经备好。\n"
    return text.rstrip(), spans


@pytest.mark.parametrize(("lines", "levels"), [
    # without numbers: as the markup ranks them, whatever level it begins with
    ([("修路", 2), ("主路", 3), ("支路", 3), ("引水", 2), ("北山", 3)], [1, 2, 2, 1, 2]),
    ([("先说成绩", 3), ("修路", 2), ("主路", 3), ("引水", 2)], [1, 1, 2, 1]),
    ([("修路", 2), ("主路", 3), ("路面", 4), ("支路", 3), ("引水", 2)], [1, 2, 3, 2, 1]),
    # bold lines under them
    ([("修路", 2), ("主路", None), ("支路", None), ("引水", 2), ("北山", None)], [1, 2, 2, 1, 2]),
    ([("修路", None), ("引水", None)], [1, 1]),
    # under numbers, the last of the run too
    ([("一、修路", 2), ("主路", 3), ("二、引水", 2), ("北山", 3), ("南湖", 3)], [1, 2, 1, 2, 2]),
    # over numbers, and beside them
    ([("修路", 2), ("1. 主路", 3), ("2. 支路", 3), ("引水", 2), ("1. 北山", 3), ("2. 南湖", 3)], [1, 2, 2, 1, 2, 2]),
    ([("前言", 2), ("一、修路", 2), ("主路", 3), ("二、引水", 2), ("结语", 2)], [1, 1, 2, 1, 1]),
    # bold lines over ranked headings with numbers that start again
    ([("修路", None), ("一、主路", 2), ("二、支路", 2), ("引水", None), ("一、北山", 2), ("二、南湖", 2)], [1, 2, 2, 1, 2, 2]),
    # one level for all says nothing: what starts to count again stands inside what has no number
    ([("修路", 2), ("一、主路", 2), ("二、支路", 2), ("引水", 2), ("一、北山", 2), ("二、南湖", 2)], [1, 2, 2, 1, 2, 2]),
])
def test_headings_stand_at_the_levels_of_their_markup(lines: list[tuple[str, int | None]], levels: list[int]) -> None:
    found = [part for part in outline(*ranked(*lines)).sections if part.kind == "body"]
    assert [part.heading for part in found] == [words.split("、")[-1].split(". ")[-1] for words, _ in lines]
    assert [part.level for part in found] == levels


def test_a_table_of_contents_is_not_the_outline() -> None:
    text = ("今天讲三件事。\n一、修路\n二、引水\n三、种树\n一、修路\n路要修宽，也要修平。\n"
            "二、引水\n水要引到田头。\n三、种树\n树要种活，还要管好。")
    assert [part.marker for part in outline(text).sections] == [None, "一、", "二、", "三、"]


def test_a_heading_glued_to_the_paragraph_before() -> None:
    text = "今年抓好以下工作：（一）稳住粮价。常平仓先开。\n（二）管住秤杆。短斤少两要罚。"
    assert [(part.kind, part.marker) for part in outline(text).sections] == [("opening", None), ("body", "（一）"), ("body", "（二）")]


def test_ordinals_that_one_paragraph_counts_off_are_points_of_its_part() -> None:
    parts = "一、看清山火\n火不等人。\n二、守住山口\n{}\n三、说话算数\n谁失职谁担责。"
    one = "第一，人要上山。夜里也要有人。第二，水要上车。第三，路要畅通。"
    assert [(part.kind, part.number) for part in outline(parts.format(one)).sections if part.marker_style == "ordinal"] == [
        ("item", 1), ("item", 2), ("item", 3)]
    lines = one.replace("。第", "。\n第")
    assert {part.kind for part in outline(parts.format(lines)).sections if part.marker_style == "ordinal"} == {"body"}
    glued = "第一，人要上山。夜里也要有人。第二，水要上车。\n第三，路要畅通。"      # one line end was lost, not all
    assert {part.kind for part in outline(parts.format(glued)).sections if part.marker_style == "ordinal"} == {"body"}


def test_points_of_a_sentence_broken_over_lines() -> None:
    text = "村干部要做到四条：第一要懂政策；\n第二要肯吃苦；\n第三要会算账；\n第四要不怕烦。这四条缺一不可。"
    assert [(part.kind, part.number) for part in outline(text).sections] == [
        ("body", None), ("item", 1), ("item", 2), ("item", 3), ("item", 4)]


def test_points_within_points() -> None:
    text = ("一、造林\n我谈两个问题。\n第一个问题，干什么？一是种树。分两步，第一步骤挖坑；二是护林。\n"
            "第二个问题，怎么干？从三个方面：一方面，靠人。另一方面，靠钱。第三个方面，靠管。\n二、护林\n护林靠大家。")
    assert [(part.level, part.marker) for part in outline(text).sections if part.kind == "item"] == [
        (2, "第一个问题，"), (3, "一是"), (3, "二是"), (2, "第二个问题，"), (3, "一方面，"), (3, "另一方面，"), (3, "第三个方面，")]


def test_a_first_point_without_a_pause_is_found_once() -> None:
    text = "今年搞（1）修渠；（2）修塘；（2）修坝。明年再说。"
    assert faults(text, outline(text)) == []
    assert [part.marker for part in outline(text).sections if part.kind == "item"] == ["（1）", "（2）"]


def test_empty_and_shapeless_text() -> None:
    assert outline("").sections == []
    assert [part.kind for part in outline("今天天气好。").sections] == ["body"]
    assert faults("一是甲。二是乙。", outline("一是甲。二是乙。")) == []


# --- a generated speech gives the tree that it was printed from -------------------------------------------------------------------------

STYLES = [lambda n: f"{HAN[n]}、", lambda n: f"（{HAN[n]}）", lambda n: f"{n + 1}.", lambda n: f"（{n + 1}）"]
WORDS = ["修渠引水", "清沟排涝", "育苗移栽", "防虫治病", "晒场入仓", "护林巡山"]


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> list[list]:  # type: ignore[type-arg]
    deepest = depth == len(STYLES) - 1
    count = draw(st.integers(2, 4))
    return [[] if deepest or draw(st.booleans()) else draw(trees(depth + 1)) for _ in range(count)]


def printed(tree: list, depth: int, glued: list[bool], path: str, lines: list[str], want: list[tuple[str, str, str]]) -> None:
    for at, below in enumerate(tree):
        own = f"{path}{at + 1}"
        word = WORDS[(at + depth) % len(WORDS)] + "要" + HAN[at] + "抓到底"
        marker = STYLES[depth](at)
        want.append((own, marker, word))
        if glued[depth]:
            lines.append(f"{marker}{word}。这件事由专人去办，月底前要见到成效。")
        else:
            lines.extend([f"{marker}{word}", "这件事由专人去办，月底前要见到成效。"])
        printed(below, depth + 1, glued, own + ".", lines, want)


@settings(max_examples=60, deadline=None)
@given(trees(), st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_printed_tree_is_read_back(tree: list, glued: list[bool]) -> None:  # type: ignore[type-arg]
    lines: list[str] = []
    want: list[tuple[str, str, str]] = []
    printed(tree, 0, glued, "", lines, want)
    text = "\n".join(lines)
    found = outline(text)
    assert [(part.path, part.marker, part.heading) for part in found.sections if part.kind == "body"] == want
    assert faults(text, found) == []
    assert found.defects == frozenset()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(2, 5), min_size=1, max_size=4), st.booleans())
def test_printed_points_are_read_back(counts: list[int], by_line: bool) -> None:
    between = "\n" if by_line else ""
    text = "一、谈问题\n" + "\n".join(
        "这方面要看到：" + between + between.join(f"{HAN[n]}是{WORDS[n]}不够。还要再抓一抓。" for n in range(count)) for count in counts)
    found = outline(text)
    assert [part.number for part in found.sections if part.kind == "item"] == [n + 1 for count in counts for n in range(count)]
    assert {part.level for part in found.sections if part.kind == "item"} == {2}
    assert faults(text, found) == []


PIECES = st.sampled_from(["一、", "二、", "三、", "（一）", "（二）", "1.", "2、", "（1）", "①", "第一，", "第二，", "第一个问题",
                          "第一部分", "一是", "二是", "三是",
                          "第一步，", "第二道是", "关于第二个问题：", "壹、", "（贰）", "一个是", "还有一个是", "②", "（2）",
                          "一要", "二要", "首先，", "其次，", "最后，", "一方面", "另一方面", "同志们：", "各位代表！",
                          "我讲三点意见", "让我们", "\n", "\n", "。",
                          "；", "：", "，", "”", "“", " ", "　", "甲乙丙丁", "抓好落实", "谢谢", "20", "x"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_any_text_is_tiled(text: str, spans: list[tuple[int, int]]) -> None:
    assert faults(text, outline(text, spans)) == []
    assert outline(text, spans) == outline(text, spans)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_characters_are_tiled(text: str) -> None:
    assert faults(text, outline(text)) == []


@ends
@pytest.mark.parametrize("piece", ["一、\n", "（一）甲\n", "一是甲。", "第一，甲。\n第二，乙。\n", "首先，\n", "各位领导、", "各位代表：\n",
                                   "三个方面", "一、甲\n一、乙\n二、丙\n", "甲；（2）", "一个是；", "1.甲。\n2.乙。\n丙。\n", "第一步，",
                                   "。\n发展思路和目标\n今后几年是我们发展的关键时期，要抓住机遇\n"])
def test_linear_on_markers_without_end(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    assert faults(text, outline(text)) == []


def test_points_of_one_sentence_have_each_its_own_heading() -> None:
    found = [row for row in rows("同志们：\n做好今年的事，要抓两头：一是把粮食收好，二是把学校办好。大家都要出力。") if row[1] == "item"]
    assert [row[2:] for row in found] == [("一是", "把粮食收好"), ("二是", "把学校办好")]


POINTS = "同志们：\n我代表青山村表态。\n首先，坚决拥护会议部署，带头上山栽树。\n其次，成立专班，一项一项抓落实。\n"


@pytest.mark.parametrize(("last", "kinds"), [
    ("最后，严格考核，确保完成任务。\n我的发言完了，谢谢大家！", ["item", "item", "item", "closing"]),
    ("最后，严格考核，确保完成任务。", ["item", "item", "item"]),
    ("最后，祝大家身体健康！", ["item", "item", "closing"]),
])
def test_the_last_point_is_no_closing(last: str, kinds: list[str]) -> None:
    assert [section.kind for section in outline(POINTS + last).sections][2:] == kinds


def test_what_is_said_last_behind_parts_is_a_closing() -> None:
    text = "同志们：\n一、抓选种\n首先，要备足苗木。\n其次，要整好山地。\n二、抓管护\n要管到地块。\n最后，我再说说纪律。"
    assert outline(text).sections[-1].kind == "closing"


def test_counts_that_one_sentence_announces_for_a_part_each_agree_with_the_parts():
    text = ("同志们：\n培训班今天结业了，概括起来有三个特点，同时提两点希望。\n一、培训班的特点\n一是人齐。二是心齐。三是劲足。\n"
            "二、对大家的希望\n（一）回去多读书。书要读进去，也要读出来。\n（二）回去多走路。村村都要走到，户户都要看到。\n")
    assert "declared_count_mismatch" not in outline(text).defects
    assert "declared_count_mismatch" in outline(text.replace("两点希望", "四点希望")).defects


COUNTED = "各位乡亲：\n今天我就讲四个事。\n第一个事，去年的家底。账上还有十万二。\n第二个事，村西的水沟。开春就动工。\n" \
    "第三个事，红白事的规矩。谁家都一样。"


def test_what_is_counted_off_and_set_off_in_bold_is_a_part() -> None:
    bold = ["第一个事，去年的家底。", "第二个事，村西的水沟。", "第三个事，红白事的规矩。"]
    shown = [Shown(at, at + len(words)) for words in bold for at in [COUNTED.index(words)]]
    found = outline(COUNTED, shown)
    assert [(part.marker_style, part.number, part.heading) for part in found.sections if part.marker] == [
        ("ordinal", 1, "去年的家底"), ("ordinal", 2, "村西的水沟"), ("ordinal", 3, "红白事的规矩")]
    assert "declared_count_mismatch" in found.defects


def test_parts_that_a_speaker_announces_without_their_number() -> None:
    parts = "第一个问题，为什么修渠。渠道淤了，水过不来。\n第二个问题，怎样修渠。各社出工，分段包干。\n同志们，水不等人。"
    found = rows(f"同志们：\n会开了三天，今天结束。我现在讲几个问题。\n{parts}")
    assert [kind for _, kind, _, _ in found] == ["salutation", "opening", "body", "body", "closing"]
    assert [kind for _, kind, *_ in rows(f"同志们：\n会开了三天，今天结束，大家辛苦了。\n{parts}")].count("body") == 1


def test_a_bold_paragraph_of_several_sentences_is_headed_by_the_first() -> None:
    text = "同志们：\n一、三件小事\n1、打一个电话。不要发短信，要听见声音。\n2、写一张纸条。贴在桌上。\n今天就讲到这里。"
    bold = [Shown(text.index(mark), text.index("\n", text.index(mark))) for mark in ("1、", "2、")]
    assert [heading for _, _, marker, heading in rows(text, headings=bold) if marker in ("1、", "2、")] == ["打一个电话", "写一张纸条"]


def test_what_is_counted_off_by_the_way_is_no_part_though_its_number_is_bold() -> None:
    text = "同志们：\n一、抓选种\n第一个办法很好。种子要早备。\n第二个办法也好。土要早整。\n二、抓管护\n要管到地块。"
    shown = [Shown(at, at + 3) for words in ("第一个", "第二个") for at in [text.index(words)]]
    assert [part.heading for part in outline(text, shown).sections if part.kind == "body"] == ["抓选种", "抓管护"]
