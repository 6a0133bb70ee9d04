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
    (("第一步，", "第二步，", "第三步，"), "ordinal"), (("第一道关：", "第二道关：", "第三道关："), "ordinal"),
    (("关于第一个问题：", "关于第二个问题：", "关于第三个问题："), "ordinal"),
    (("1．", "2．", "3．"), "arabic"),
    (("1）", "2）", "3）"), "paren_arabic"), (("①", "②", "③"), "paren_arabic"),
])
def test_parts_are_the_same_in_any_numbering(markers, style):
    found = outline(speech(markers))
    parts = [(part.level, part.kind, part.marker_style, part.number) for part in found.sections if part.kind == "body"]
    assert parts == [(1, "body", style, number) for number in (1, 2, 3)]
    assert found.announced == [(3, 3)]


def test_formal_numerals_stand_over_plain_ones_where_a_paper_has_both():
    text = ("议长、各位议员：\n兹将县政扼要报告如下。\n壹、过去一年\n一、道路\n修了三十里路，架了两座桥。\n二、学校\n"
            "（一）校舍\n盖了八间教室。\n（二）桌椅\n换了三百套桌椅，都由本县木匠制作。\n贰、未来一年\n一、渠道\n清淤二十里，换闸门六座。\n二、医院\n添病床五十张。\n"
            "参、结语\n县政是大家的事，还望各位多多指教。")
    found = outline(text)
    parts = [(part.level, part.marker, part.number) for part in found.sections if part.kind == "body"]
    assert parts == [(1, "壹、", 1), (2, "一、", 1), (2, "二、", 2), (3, "（一）", 1), (3, "（二）", 2),
                     (1, "贰、", 2), (2, "一、", 1), (2, "二、", 2), (1, "参、", 3)]
    assert "lost_headings" not in found.defects
    for heading in ("壹、过去一年\n", "贰、未来一年\n", "参、结语\n"):
        text = text.replace(heading, "")
    assert "lost_headings" in outline(text).defects     # they are missed where they are lost


def test_parts_counted_off_in_words_hold_lists_of_their_own():
    text = ("同志们：\n新的一年怎么干？我强调三个方面。\n首先，必须把底数摸清。\n家家都要走到，户户都要问到。\n"
            "其次，必须把标准定严。\n要做到以下几点。\n（1）账要实。不准多报。\n（2）量要准。不准少算。\n（3）期要短。不准拖延。\n"
            "（4）人要稳。不准换手。\n最后，必须把队伍带好。\n班子要带头，干部要肯干。\n同志们，任务很重，让我们一起努力！")
    parts = [(part.level, part.marker, part.number) for part in outline(text).sections if part.kind == "body"]
    assert parts == [(1, "首先，", None), (1, "其次，", None), (2, "（1）", 1), (2, "（2）", 2), (2, "（3）", 3), (2, "（4）", 4),
                     (1, "最后，", None)]
    assert outline(text).announced[0] == (3, 3)
    # a list that runs on past them, or stands below the last alone, is theirs in no way
    below = text.replace("（1）账", "账").replace("（2）量", "量").replace("（3）期", "期").replace("（4）人", "人").replace(
        "同志们，任务", "（一）早准备\n种子要先订好。\n（二）早动手\n开春就下地。\n同志们，任务")
    assert [part.marker for part in outline(below).sections if part.kind == "body"] == ["（一）", "（二）"]
    across = text.replace("最后，必须把队伍带好。\n", "").replace("（3）", "最后，必须把队伍带好。\n（3）")
    assert [part.marker for part in outline(across).sections if part.kind == "body"] == ["（1）", "（2）", "（3）", "（4）"]


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


@pytest.mark.parametrize("markers, style", [
    (("一）", "二）", "三）"), "paren_han"), (("（ 一 ）", "（ 二 ）", "（ 三 ）"), "paren_han"), (("㊀", "㊁", "㊂"), "paren_han"),
    (("1 、", "2 、", "3 、"), "arabic"), (("01 ", "02 ", "03 "), "arabic"), (("❶", "❷", "❸"), "paren_arabic"),
    (("壹、", "贰、", "叁、"), "han"), (("壹．", "贰．", "叁．"), "han"), (("壹、", "贰、", "参、"), "han"),
    (("（壹）", "（贰）", "（叁）"), "paren_han"), (("第壹、", "第贰、", "第叁、"), "ordinal"),
    (("第壹章 ", "第贰章 ", "第叁章 "), "ordinal"),
    (("▍一、", "▍二、", "▍三、"), "han"), (("★ （一）", "★ （二）", "★ （三）"), "paren_han"),
])
def test_what_pages_make_of_a_marker_is_a_marker(markers, style):
    for text in (speech(markers), speech(markers).replace("\n去年", "。去年")):
        found = outline(text).sections
        parts = [(part.level, part.marker_style, part.number, part.marker) for part in found if part.kind == "body"]
        assert parts == [(1, style, number, marker.strip()) for number, marker in enumerate(markers, 1)]


@pytest.mark.parametrize("markers, style", [
    (("第一件事，", "第二件事，", "第三件事，"), "ordinal"), (("第一个关口：", "第二个关口：", "第三个关口："), "ordinal"),
    (("第一步，", "第二步，", "第三步，"), "ordinal"),
    (("第一道防线，", "第二道防线，", "第三道防线，"), "ordinal"),
    (("首先，", "其次，", "再次，"), "sequence"),
    (("首先，", "其次，", "最后，"), "sequence"), (("其一，", "其二，", "其三，"), "sequence"),
])
def test_paragraphs_that_speech_counts_off_are_its_parts_where_it_has_no_others(markers, style):
    text = speech(markers).replace("\n去年", "。去年")
    found = outline(text)
    parts = [part for part in found.sections if part.kind == "body"]
    assert [(part.level, part.marker, part.marker_style, part.heading) for part in parts] == \
        [(1, marker, style, heading) for marker, heading in zip(markers, HEADINGS)]
    assert found.announced == [(3, 3)]
    unannounced = outline(text.replace("下面，我讲三点意见。", ""))
    assert not [part for part in unannounced.sections if part.kind == "body" and part.marker]
    inside = outline(text.replace("下面", "一、工作回顾\n下面").replace("同志们，春光", "二、工作打算\n开春就动手。\n同志们，春光"))
    assert [part.marker for part in inside.sections if part.kind == "body"] == ["一、", "二、"]
    counts_points = markers[0] not in ("第一步，", "第一道防线，")
    assert [part.level for part in inside.sections if part.kind == "item"] == [2, 2, 2] * counts_points


def test_the_last_word_of_a_speech_is_not_one_of_its_points():
    text = speech(("首先，", "其次，", "再次，")).replace("\n去年", "。去年").replace("同志们，春光", "最后，祝大家工作顺利。同志们，春光")
    found = outline(text)
    assert [part.marker for part in found.sections if part.kind == "body"] == ["首先，", "其次，", "再次，"]
    assert found.announced == [(3, 3)]


def test_a_plain_heading_that_stands_for_a_lost_number_is_no_lower_than_its_neighbours():
    text = speech(("一、", "", "三、"))
    parts = [(part.level, part.marker_style, part.number, part.heading) for part in outline(text).sections if part.kind == "body"]
    assert parts == [(1, "han", 1, HEADINGS[0]), (1, "markup", None, HEADINGS[1]), (1, "han", 3, HEADINGS[2])]
    assert "numbering_gap" in outline(text).defects
    two = text.replace(f"{MATTER}\n三、", f"{MATTER}\n抓好春季补植和管护\n{MATTER}\n三、")
    assert [part.level for part in outline(two).sections if part.kind == "body"] == [1, 2, 2, 1]


@pytest.mark.parametrize("text, markers", [
    ("有人问柿子为什么甜，我看，其一，山高日照长；其二，土厚水清；其三，摘得晚。", ["其一，", "其二，", "其三，"]),
    ("管好账本，首先是记得清，一笔不漏；其次是对得上，一分不差。", ["首先", "其次"]),
    ("当前，首先要抓好春耕。各乡镇要早动手。", []),
    ("乡镇干部，首先要懂农时。地要一块一块看。其次要会算账。", []),
    ("分两步走：第一步，修通水渠；第二步，改造梯田。", ["第一步，", "第二步，"]),
    ("设三道卡子：第一道是查车，车厢要掀开；第二道是查票，票货要对上；第三道是查人。", ["第一道", "第二道", "第三道"]),
    ("第一关是胆量关，敢不敢下水；第二关是耐力关，能不能游到底。", ["第一关", "第二关"]),
    ("要办三桩事。第一桩，修祠堂，钱已凑齐。第二桩，立碑。第三桩，续谱。", ["第一桩，", "第二桩，", "第三桩，"]),
    ("第一把手亲自抓，第二把手具体抓。第一时间上报，第二时间复核。", []),
    ("村里动手搞（1）清淤，挖塘三口；（2）补漏，修坝两处；（3）栽树，一户十棵。", ["（1）", "（2）", "（3）"]),
    ("镇上包揽①供种，不收定金；②供肥，秋后算账。", ["①", "②"]),
    ("账目见附表（1）。经费（2）由镇里出。", []),
    ("一万吨的是甲（1）型，两万吨的是乙（2）型。", []),
    ("乡里要一方面腾出田来种菜，保住城里的篮子；另一方面留足田来种粮，保住自己的口袋。", ["一方面", "另一方面"]),
    ("关于第一个问题，会上谈过；关于第二个问题，会后再谈。", []),
    ("这一方面我们有过教训；另一方面的事以后再讲。", []),
    ("毛病出在三处：一个是懒，一推就倒；一个是散，一吹就飞；还有一个是怕，一吓就跑。", ["一个", "一个", "还有一个"]),
    ("好处有两个：一个是近，抬脚就到。一个是省，不花路费。", ["一个", "一个"]),
    ("第一季度，开工三家；第二季度，投产两家。", []),
])
def test_points_that_a_comma_leads_in(text, markers):
    found = outline(f"同志们：\n{text}\n谢谢大家！").sections
    assert [part.marker for part in found if part.kind == "item"] == markers


def test_whom_a_speaker_greets_in_bold_is_no_heading():
    text = f"尊敬的洛明副总理阁下，\n女士们，先生们，侨胞们：\n今天我们欢聚一堂。\n{MATTER}\n"
    found = outline(text, [(0, 11), (12, 24)]).sections
    assert [(part.kind, part.start) for part in found] == [("salutation", 0), ("body", text.index("今天"))]


def test_whoever_turns_to_the_hearers_in_the_last_words_takes_leave_of_them() -> None:
    text = ("同志们：\n今天讲两件事。\n一、修路\n三月底以前动工。\n二、养路\n每村两个养路工，谁的路段谁负责。\n"
            "同志们，路修在山上，也修在人心里。大伙儿一块儿把锹把握紧，干出个样子来。")
    assert outline(text).sections[-1].kind == "closing"
    assert not any(section.kind == "closing" for section in outline(text.replace("同志们，路", "这条路")).sections)
