"""Anonymous spots and personal data."""
import pytest

from flows.normalize.placeholders import personal_data, placeholders


def found(text):
    return [(text[spot.start:spot.end], spot.kind) for spot in placeholders(text)]


@pytest.mark.parametrize(("text", "spots"), [
    ("我代表X局党组", [("X", "org")]),
    ("在XX市召开会议", [("XX", "place")]),
    ("20XX年工作回顾", [("20XX", "year")]),
    ("X名党员和X个支部", [("X", "number"), ("X", "number")]),
    ("刚才X书记讲了话", [("X", "person")]),
    ("**市委、市政府", [("**", "place")]),
    ("XX、XX等先锋模范", [("XX", "person"), ("XX", "person")]),
    ("针对X案件进行整改", [("X", "thing")]),
    ("2023X水务局局长", [("X", "thing")]),
    ("某县财政局干部", [("某", "place")]),
    ("前不久，王某在会上说", [("某", "person")]),
    ("实现增长XX%左右", [("XX", "number")]),
])
def test_spots(text, spots):
    assert found(text) == spots


@pytest.mark.parametrize("text", [
    "免费QQ群", "V/X型产品", "回到Top", "5G和AI", "X射线检查与X光片", "APEC会议", "共1011万", "PX项目与PX、甲醇", "“3+X”产业", "“数据要素×”行动", "2×66万千瓦", "华晨宝马X3",  # noqa: E501
    "某些问题和某种意义", "**加粗的一句话**\n", "1+X证书制度", "工业互联网XIN行动",
])
def test_letters_are_no_spots(text):
    assert [spot for spot in found(text) if spot[0][0] != "*"] == []


def test_personal_data():
    text = "联系电话：13812345678，如许朗、卢小山、黄大河、陈木、缪青禾等，他们"
    assert [text[start:end] for start, end in personal_data(text)] == ["电话：13812345678", "卢小山、黄大河、陈木、缪青禾"]
    assert personal_data("学习焦裕禄、孔繁森、郑培民、杨善洲等楷模，高起点、高产出、高质量、高效益。拨打12345热线") == []


@pytest.mark.parametrize(("text", "listed"), [
    ("表彰雷锋、许小朗、卢大山、黄长河、陈青木等同志", ["许小朗、卢大山、黄长河、陈青木"]),
    ("向许小朗、卢大山、雷锋、黄长河、陈青木、孔繁森等人学习", ["许小朗、卢大山、雷锋、黄长河、陈青木"]),
    ("学习焦裕禄、孔繁森、杨善洲、许小朗、卢大山的精神", []),        # of two private persons no list
])
def test_a_public_figure_does_not_hide_the_private_persons_beside_it(text, listed):
    assert [text[start:end] for start, end in personal_data(text)] == listed


@pytest.mark.parametrize(("text", "spots"), [
    ("质量要抓紧。某厂去年退回来一百台水泵。", []),
    ("去年某县外包修渠，渠没有修通。", []),
    ("去年某县外包修渠，某乡也学样。", [("某", "place"), ("某", "place")]),
    ("去年某县外包修渠，XX乡也学样。", [("某", "place"), ("XX", "place")]),
    ("我代表某市向大家问好。", [("某", "place")]),
    ("他在某县公安局干了十年。", [("某", "place")]),
    ("前不久，王某对我说起这件事。", [("某", "person")]),
])
def test_who_names_no_names_once_hides_none(text, spots):
    assert found(text) == spots


@pytest.mark.parametrize(("text", "number"), [
    ("请打我的手机139 1111 2222，随时都行。", "139 1111 2222"), ("有事找小卢1 3 9 1 1 1 1 2 2 2 2。", "1 3 9 1 1 1 1 2 2 2 2"),
    ("拨打139-1111-2222。", "139-1111-2222"), ("请拨打+86 139 1111 2222。", "139 1111 2222"),
    ("值班电话（0999）63012222。", "0999）63012222"),
    ("他的身份证号是999999 19500101 1234。", "999999 19500101 1234"),
])
def test_numbers_in_groups_are_personal_data(text, number):
    assert [text[start:end] for start, end in personal_data(text)] == [number]


@pytest.mark.parametrize("text", [
    "三年分别造林139 1100 1200亩。", "栽树139 1111 2222 901棵。", "联系群众139 1111 2222 333户。", "要拨打12345热线。",
    "编号139 1111 22223。",
    "联系企业0999家，共63012222元。", "得分1 3 9 1 1 1 1 2 2 2 2 5。",
])
def test_rows_of_figures_are_not(text):
    assert personal_data(text) == []
