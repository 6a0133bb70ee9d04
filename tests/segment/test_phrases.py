"""Phrases: literal Chinese in, literal rows out."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.segment.phrases import Phrase, phrases
from schemas.lexicons import entries, rows
from schemas.phrases import PHRASE_KINDS
from tests.hostile import ends


def of_kind(text: str, kind: str) -> list[str]:
    return [each.phrase for each in phrases(text) if each.kind == kind]


@pytest.mark.parametrize("text, expected", [
    # quoted, as a name
    ("开展“三亮”活动，做到“四个清楚”。", ["三亮", "四个清楚"]),
    ("深化“一二三”工程，用好“四部曲”。", ["一二三", "四部曲"]),
    ("翻出当年四固定的清册，清查四固定资产。", ["四固定"]),
    ("干好“五个 XX”，当好‘五员’。", ["五个XX", "五员"]),
    ("要防止“七个有之”，倡导“党员进社区，争当‘五员’活动”。", ["七个有之", "五员"]),
    ("打造“一核一带一区”，建设“一网五中心”，推进“一廊、五个重点区域”。", ["一核一带一区", "一网五中心", "一廊、五个重点区域"]),
    ("实施“社区双进”工程和“项目六大会战”，整治“清四乱”。", ["社区双进", "项目六大会战", "清四乱"]),
    ("出台“稳增长20条”，落实“二十四字”工作思路。", ["稳增长20条", "二十四字"]),
    ("构建“1+3+N”政策体系，实施“512”工程。", ["1+3+N", "512"]),
    ("工地上“六个百分百”差得远，七个百分之百更谈不上，涨了“三个百分点”。", ["六个百分百", "七个百分之百"]),
    ("树牢“四个意识”“四个自信”，4个意识不能丢，“4个服务”要做好。", ["四个意识", "四个自信", "四个服务"]),
    # fixed names without marks
    ("严格执行中央八项规定精神，落实三会一课和一岗双责。", ["八项规定", "三会一课", "一岗双责"]),
    ("两院院士来了，做好双拥工作，打赢三大攻坚战。", ["两院", "双拥", "三大攻坚战"]),
    ("坚决破除五唯，落实三新一高要求。", ["五唯", "三新一高"]),
    ("用好国际国内两个市场、两种资源。", ["两个市场", "两种资源"]),
    ("实现两个“一百年”奋斗目标。", ["两个一百年"]),
    # a numeral right before a verb
    ("做到学习与工作两手抓、两不误、两促进。", ["两手抓", "两不误", "两促进"]),
    ("改造五江十岸堤防，", ["五江十岸"]),
    ("按“四会”教练员的标准练兵，从四会市调来的班长经受了四种考验。", ["四会", "四种考验"]),
    ("两基工作通过验收，三资企业开业，“十二条”贴上墙。", ["两基", "三资", "十二条"]),
])
def test_numbered(text: str, expected: list[str]) -> None:
    assert of_kind(text, "numbered") == expected


@pytest.mark.parametrize("text", [
    "下面讲三个问题，有四点理由，实现三个转变，发挥七大功能。",
    "党的十八大以来，十九届四中全会召开，第一方阵、第五批、党章第二条。",
    "“一把手”要管好“最后一公里”，不当“两面人”。",
    "村里来了几个“95后”，也有“九五后”和“零零后”；防汛宁可十防九空，不可一失。",
    "“二星级”达标，“上追一级”，二级机构，两级联动，一线二线。",
    "“周写一页字、月访一户人”，“一旬一碰头、一年一盘点”，“办一流实事，带一流队伍”。",
    "“一村一品”“一网通办”“一企一策”“一户一码”。",
    "“十四五”规划开局，“九五”期间，“十二五”末，“六五”普法。",
    "建党100周年，20条减负措施，五十多名党员，十几个单位，实现“九连增”。", "师傅只说了“再补一条”，老伴说“多跑一条”。",
    "“三年决战”“双百亿”工程，“5020”项目，“15分钟生活圈”，“11·21”事故，拨打“12345”。",
    "三农场的职工走了三公里，四海为家，三心二意。",
    "来到九龙湖、九龙谷，看望两岸同胞，利用金属和木材两个市场。",
    "长三角一体化，“新三板”上市，“长江三峡”。",
    "宁可十防九空，也不失防一次；这里十坡九旱，方案是七拼八凑的。",
    "年轻人要经得起四种考验：一是忙，二是闲，三是赞，四是骂。", "四会玉器卖得好。",
    "把星期三定为下访日，六个不通车的村通了车。", "抽查二十口井，有七个不合格。",
    "建成两园两基地（茶、果），迎接“十二运”“十四冬”。",
])
def test_plain_numbers_are_no_formulae(text: str) -> None:
    assert of_kind(text, "numbered") == []


def test_quoted_spans_are_at_most_twenty_characters_of_one_paragraph() -> None:
    assert of_kind("他说“好”，又说“" + "长" * 20 + "”和“" + "长" * 21 + "”，“断\n行”。", "quoted") == ["好", "长" * 20]
    assert of_kind("“党员争当‘五员’活动”", "quoted") == ["党员争当‘五员’活动"]
    assert of_kind("“外“内”", "quoted") == ["内"]


def test_works_idioms_and_parallels() -> None:
    text = "学习《党章》和《关于〈条例〉的说明》，脚踏实地，受警醒、明底线、知敬畏。"
    assert of_kind(text, "work") == ["党章", "关于〈条例〉的说明"]
    assert of_kind(text, "idiom") == ["脚踏实地"]
    assert of_kind(text, "parallel") == ["受警醒、明底线、知敬畏"]


@pytest.mark.parametrize(("text", "expected"), [
    ("做到灶台边记挂老人、课桌边记挂孩子、病床边记挂邻居。", ["灶台边记挂老人、课桌边记挂孩子、病床边记挂邻居"]),
    ("整修街心花坛，新栽街心花木，拆除街心花架。", ["整修街心花坛，新栽街心花木，拆除街心花架"]),
    ("东部地区、中部地区、西部地区都有。", []),                        # one end: a list of one sort of things
    ("推进全市街心花坛整修，新栽街心花木，拆除沿河雨棚。", []),       # two of three
    ("沿河绿地雨棚整修，新栽绿地花木，拆除绿地围栏。", []),           # a word by chance in what is cut off a longer clause
])
def test_parallels_share_several_characters_within(text: str, expected: list[str]) -> None:
    assert of_kind(text, "parallel") == expected


@pytest.mark.parametrize("text, expected", [
    # a member that the sentence leads into does not begin within a word: 坚强, 构建, 发展
    ("让我们在镇党委坚强领导下，凝心聚力，攻坚克难。", []),
    ("着力构建手工业为主线、山区果园为后劲、农家客栈为补充的格局。", []),
    ("让我们在镇党委坚强领导下，抢抓机遇，改革创新，攻坚克难。", ["抢抓机遇，改革创新，攻坚克难"]),
    ("全镇要做到有信必回、有账必清、有诺必践。", ["有信必回、有账必清、有诺必践"])])
def test_parallels_begin_with_a_word(text: str, expected: list[str]) -> None:
    assert of_kind(text, "parallel") == expected


@pytest.mark.parametrize("text, expected", [
    # as far as the neighbours are of one shape: by a verb, by one character, by what the others share
    ("推进稳菜价、调渠系、促转产、惠农户、防山火各项工作。", ["稳菜价、调渠系、促转产、惠农户、防山火"]),
    ("落实以茶富村、以茶育人、以茶兴教、以茶会友三年打算。", ["以茶富村、以茶育人、以茶兴教、以茶会友"]),
    ("做到有账可查、有账必清、逢账必问、见账必核，群众放心。", ["有账可查、有账必清、逢账必问、见账必核"]),
    ("坚持“讲诚信、守规矩、抓落实、有担当”总要求。", ["讲诚信、守规矩、抓落实、有担当"]),
    ("村里搞评比，不等靠、不拖拉、不扯皮、不作假现象少了。", ["不等靠、不拖拉、不扯皮、不作假"]),
    # a run of one shape within a longer one of its length
    ("修渠引水，勤学苦练，以茶富村，以茶育人，以茶兴教，人心思齐。", ["以茶富村，以茶育人，以茶兴教"]),
    # no member ends within a word, nor with what binds it to the next
    ("要把修好水渠作为首要任务，把育好秧苗作为春季任务，把管好山林作为一切目的地的起点。", []),
    ("学会听得进、看得远、算得精、想得美的本事。", ["听得进、看得远、算得精、想得美"]),
    # clauses go on behind 的
    ("几年来，修通了进山公路，建起了育苗中心，赢得了乡亲父老的称赞。", []),
    ("能引水的不打井，能打井的不挑水，能由护林站里管的不留给各户。", []),
    # what behind the last one makes a longer word of it
    ("保菜价、保水渠、保供销社员。", []),
])
def test_parallels_are_whole(text: str, expected: list[str]) -> None:
    assert of_kind(text, "parallel") == expected


@pytest.mark.parametrize("text, expected", [
    ("做到田埂上问问农户、店门上访访商户、楼道上看看住户。", ["田埂上问问农户、店门上访访商户、楼道上看看住户"]),
    ("坚持早部署、早落实、早见效的原则。", ["早部署、早落实、早见效"]),
    ("看望北京市、天津市、重庆市的同志。", []),
    # one verb heads members of two characters that are no words, or members of any length
    ("要坚持抓早、抓小、抓细、抓实，防患未然。", ["抓早、抓小、抓细、抓实"]),
    ("要抓早、抓小、抓常规事务。", []),
    ("学生、学校、学者都来种树。", []),
    ("统筹山林管护、统筹水渠和道路修建、统筹果园、茶园的事。", ["统筹山林管护、统筹水渠和道路修建、统筹果园"]),
    ("要统筹山林管护、统筹水渠和道路修建、统筹柑橘种植和销售的办法。", ["统筹山林管护、统筹水渠和道路修建、统筹柑橘种植和销售"]),
    ("来了中国林业银行、中国柑橘研究银行、中国水渠银行。", []),
    # points counted off are of one shape by their numbers
    ("一是抓选种；二是抓水渠；三是抓管护。", []),
    ("教育部、公安部、民政部发文。", []),
])
def test_parallels_are_of_one_build(text: str, expected: list[str]) -> None:
    assert of_kind(text, "parallel") == expected


@pytest.mark.parametrize(("kind", "one", "other", "form"), [
    ("quoted", "推进“互联网＋”行动。", "推进“互联网+”行动。", "互联网+"),
    ("quoted", "打造“ＡＰＰ矩阵”。", "打造“APP矩阵”。", "APP矩阵"),
    ("quoted", "学习“雅各布•某某”。", "学习“雅各布·某某”。", "雅各布·某某"),
    ("work", "落实《绿化规划（2015－2020年）》。", "落实《绿化规划（2015–2020年）》。", "绿化规划（2015-2020年）"),
    ("numbered", "做到“三个100％”。", "做到“三个100%”。", "三个100%"),
    ("numbered", "构建“1＋3”体系。", "构建“1+3”体系。", "1+3"),
])
def test_the_form_to_count_by_is_of_one_width_and_the_surface_as_it_stands(kind: str, one: str, other: str, form: str) -> None:
    assert of_kind(one, kind) == of_kind(other, kind) == [form]
    assert all(each.surface in one for each in phrases(one))


@pytest.mark.parametrize(("one", "other"), [
    ("“主动作为、担当有为”", "“主动作为，担当有为”"), ("“我们的家园——河湖”", "“我们的家园—河湖”"), ("“互联网+”", "“互联网”"),
    ("“为民服务（一）”", "“为民服务一”"),
])
def test_small_differences_stay_apart(one: str, other: str) -> None:
    assert of_kind(one, "quoted") != of_kind(other, "quoted") and of_kind(one, "quoted") == [one.strip("“”")]


def test_an_occurrence_has_rows_of_several_kinds() -> None:
    assert phrases("增强“四个意识”。") == [Phrase(3, 7, "四个意识", "四个意识", "numbered"), Phrase(3, 7, "四个意识", "四个意识", "quoted")]


@settings(deadline=None)
@given(st.text(alphabet="一二三四双两个大项条第十百年“”‘’《》、，。；\n农风手抓亮X+123 学习党", max_size=120))
def test_rows_are_slices_sorted_and_unique(text: str) -> None:
    found = phrases(text)
    keys = [(each.start, each.end, each.kind) for each in found]
    assert keys == sorted(set(keys))
    assert all(text[each.start:each.end] == each.surface and each.phrase and each.kind in PHRASE_KINDS for each in found)


@ends
@pytest.mark.parametrize("unit", ["“三", "《", "两手抓、", "三个", "“1+", "亮身份、", "一", "‘", "两湖边、", "“512”", "两江四"])
def test_a_megabyte_of_one_thing_is_read_in_linear_time(unit: str) -> None:
    places = [(each.start, each.end, each.kind) for each in phrases(unit * (1_000_000 // len(unit)))]
    assert places == sorted(set(places))


def test_the_lists_are_well_formed() -> None:
    table = rows("formulae.tsv")
    assert all(len(row) == 3 for row in table)
    names = [row[0] for row in table]
    assert len(names) == len(set(names))
    assert not set(names) & set(entries("plain_numbers.txt"))
