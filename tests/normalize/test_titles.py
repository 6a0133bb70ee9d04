"""Titles: what sites add, and which form is chosen."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.titles import choose, cleaned, is_baited, like_title, told


@pytest.mark.parametrize(("raw", "clean"), [
    ("在全镇防汛会议上的讲话-领导讲话稿范文-文秘小屋", "在全镇防汛会议上的讲话"),
    ("在全镇防汛会议上的讲话_某某网", "在全镇防汛会议上的讲话"),
    ("某某文秘网 - 在全镇防汛会议上的讲话", "在全镇防汛会议上的讲话"),
    ("炉火边的春天-某山集团有限公司官网-炉子 砖瓦 水泥", "炉火边的春天"),
    ("炉火边的春天-砖瓦厂的故事-写给工友", "炉火边的春天-砖瓦厂的故事-写给工友"),
    ("[某市领导名单]在全镇防汛会议上的讲话", "在全镇防汛会议上的讲话"),
    ("【会议主持稿】在全镇防汛会议上的讲话【完整版】", "在全镇防汛会议上的讲话"),
    ("在全镇防汛会议上的讲话(全文)", "在全镇防汛会议上的讲话"),
    ("在全镇防汛会议上的讲话（精选5篇）", "在全镇防汛会议上的讲话"),
    ("在全镇防汛会议上的讲话范文三篇", "在全镇防汛会议上的讲话"),
    ("最新政府工作报告（范文）", "政府工作报告"),
    ("某阳市政府工作报告（2022年12月29日 陈大竞）", "某阳市政府工作报告"),
    ("某阳市政府工作报告（2022年12月29日王会英）", "某阳市政府工作报告"),
    ("某阳市政府工作报告（20221月29日 左大广）", "某阳市政府工作报告"),
    ("某阳市政府工作报告（2022年12月29日政协会议）", "某阳市政府工作报告（2022年12月29日政协会议）"),
    ("2003年4月1日在某市第八届人民代表大会第二次会议上的政府工作报告", "在某市第八届人民代表大会第二次会议上的政府工作报告"),
    ("2011年某州市政府工作报告2011年某州市政府工作报告", "2011年某州市政府工作报告"),
    ("同心同德奔小康——在县委全会上的讲话", "同心同德奔小康——在县委全会上的讲话"),
    ("把小事办成暖心事——社区党课讲稿", "把小事办成暖心事——社区党课讲稿"),
    ("把小事办成暖心事——领导讲话稿", "把小事办成暖心事"),
    ("在全镇防汛会议上的讲话.docx", "在全镇防汛会议上的讲话"),
    ("《在全镇防汛会议上的讲话》", "在全镇防汛会议上的讲话"),
    ("在全市“比学赶超”总结表彰大会上的讲话", "在全市“比学赶超”总结表彰大会上的讲话"),
    ("政府工作报告（摘要）", "政府工作报告（摘要）"),
    ("元旦家长会发言稿 篇1", "元旦家长会发言稿"),
    ("青年节讲话2022篇3", "青年节讲话"),
    ("最新运动会校长发言稿如何写？", "运动会校长发言稿"),
    ("在某某规划2035", "在某某规划2035"),
    ("求一篇植树节活动领导致辞", "植树节活动领导致辞"),
    ("急求：植树节活动领导致辞", "植树节活动领导致辞"),
    ("求真务实抓造林——在植树节活动上的讲话", "求真务实抓造林——在植树节活动上的讲话"),
])
def test_bait_and_site_fall_away_and_the_rest_stays(raw, clean):
    assert cleaned(raw).clean == clean


@pytest.mark.parametrize("line", [
    "在主题党日活动上讲话", "政府工作报告", "在开学典礼上的致辞", "庆祝大会主持词", "专题党课讲稿：做合格党员", "节约是一种习惯（演讲稿）",
    "在全县安全生产总结、表彰大会上的讲话",
])
def test_titles_read_like_titles(line):
    assert like_title(line)


@pytest.mark.parametrize("line", ["您的位置：首页>>领导讲话", "今天我讲三点。", "上的讲话", "来源：某网", "首页|讲话|报告",
                                  "天天上新：讲话、总结、党课", "4.5分 30阅读 2下载 收藏 AI总结", "讲话稿/发言稿/述职", "2018-07-21悼词"])
def test_furniture_does_not_read_like_a_title(line):
    assert not like_title(line)


@pytest.mark.parametrize(("sentence", "title"), [
    ("下面是小编为大家整理的2023年在推进会上讲话，供大家参考。", "2023年在推进会上讲话"),
    ("以下是某某网小编为您收集的在推进会上的讲话【完整版】，仅供参考，欢迎阅读！", "在推进会上的讲话【完整版】"),
    ("今天小编给大家带来的是《在推进会上的讲话》，希望对大家有所帮助。", "在推进会上的讲话"),
    ("在推进会上的讲话（全文），本文共9866字，预计阅读时间8分钟，欢迎借鉴。", "在推进会上的讲话（全文）"),
    ("【在推进会上的讲话】相关文章：", "在推进会上的讲话"),
])
def test_sentences_of_the_site_tell_the_title(sentence, title):
    assert told([sentence]) == [(0, title)]


@pytest.mark.parametrize(("lines", "given_title", "hearsay", "want"), [
    (["2022年在局系统培训班上动员讲话(全文)", "在局系统培训班上的动员讲话"], None, ["2022年在局系统培训班上动员讲话"],
     "在局系统培训班上的动员讲话"),
    (["2023X局局长在党日活动上讲话"], None, [], "X局局长在党日活动上讲话"),
    (["20XX在XX县防汛演练现场会上的发言"], None, [], "在XX县防汛演练现场会上的发言"),
    (["20XX年度个人述职报告"], None, [], "20XX年度个人述职报告"),
    (["2019年在全县调度会上的讲话"], None, [], "在全县调度会上的讲话"),
    (["2026年某川省人民政府工作报告"], None, [], "2026年某川省人民政府工作报告"),
    (["2022年全县经济工作会议上的讲话"], None, [], "2022年全县经济工作会议上的讲话"),
    (["2022年全县经济工作会议上的讲话"], None, ["全县经济工作会议上的讲话"], "全县经济工作会议上的讲话"),
    (["新年茶话会领导致辞", "在全区推进会上的讲话【完整版】"], "在全区推进会上的讲话_某网", [], "在全区推进会上的讲话"),
    (["新年茶话会领导致辞"], "政府工作报告_某某文库网", [], "政府工作报告"),
    (["领导讲话", "演讲稿"], None, ["在全区推进会上的讲话"], "在全区推进会上的讲话"),
    # a form in short vouches for the whole one, another event of the same body does not
    (["在县工会第四次代表大会开幕式上的讲话"], None, ["在县工会代表大会上的讲话"], "在县工会第四次代表大会开幕式上的讲话"),
    (["在县工会年终总结会上的讲话"], None, ["在县工会代表大会上的讲话"], "在县工会代表大会上的讲话"),
    # and so does one that a site makes for those who search, which calls the day and the kind otherwise
    (["在庆祝“三八”国际劳动妇女节座谈会上的讲话"], "2021年三八妇女节座谈会领导发言稿_某网", [], "2021年三八妇女节座谈会领导发言稿"),
    (["在庆祝“三八”国际劳动妇女节座谈会上的讲话"], "2021年三八妇女节座谈会领导讲话稿_某网", [],
     "在庆祝“三八”国际劳动妇女节座谈会上的讲话"),
    (["在纪念建场六十周年大会上的讲话"], "护林大会领导讲话稿_某网", [], "护林大会领导讲话稿"),
    (["政府工作报告"], "某海市政府工作报告（2012年1月8日 何某）", [], "某海市政府工作报告"),
    # the heading of the one among several texts, and the one that a site puts in a row of titles
    (["各类活动讲话稿（通用3篇）", "造林大会动员讲话 篇1"], None, ["各类活动讲话稿（通用3篇）"], "造林大会动员讲话"),
    (["各类活动讲话稿（通用3篇）", "造林大会动员讲话"], None, ["各类活动讲话稿（通用3篇）"], "各类活动讲话稿"),
    (["护林站站长2021年度述职报告"], "2022年护林站述职报告范文 护林站站长述职报告（优质）", [], "护林站站长2021年度述职报告"),
    (["会长工作报告"], "第12期：会长工作报告全文 | 招工信息", [], "会长工作报告"),
    # a book of many texts is not what the speech is called
    (["在第一次林业会议上的讲话"], "某阳县林业史料选辑（第二辑）", [], "在第一次林业会议上的讲话"),
    (["在第一次林业会议上的讲话"], "栽下一棵树", [], "栽下一棵树"),
])
def test_the_form_that_another_vouches_for_is_chosen(lines, given_title, hearsay, want):
    page = [*([given_title] if given_title and "讲话" not in given_title else []), *lines]
    best = choose(lines, given_title, hearsay, [], page)
    assert best is not None and best.clean == want


def test_the_title_below_a_papers_own_words_is_that_of_the_speech():
    own = "在全厂安全生产大会上的发言"
    lead = "本报讯 昨天下午，锅炉工何师傅走上讲台。现将他的发言全文刊登如下："
    for lines in (["炉火三十年不熄——何师傅的发言让全场动容", lead, own, "何建"], ["炉火三十年不熄", lead, own]):
        found = choose([own], lines[0], [], [], lines)
        assert found is not None and found.clean == own
    for lines in (["炉火三十年不熄", own, "何建"], [lead, "炉火三十年不熄", own],
                  ["炉火三十年不熄", "何师傅昨天在大会上发言，讲得很实在。", own]):
        found = choose([own], "炉火三十年不熄", [], [], lines)
        assert found is not None and found.clean == "炉火三十年不熄"


def test_a_title_may_have_words_of_the_site_behind_it():
    assert is_baited("首届西瓜节乡领导致辞范文") and is_baited("春耕动员会讲话稿范文（精选10篇）")
    for line in ("首届西瓜节乡领导致辞", "讲话稿范文", "写好致辞的范文", "春耕党课讲稿汇编"):
        assert not is_baited(line)


def test_no_form_gives_no_title():
    assert choose([], None, [], [], []) is None
    assert choose(["领导讲话"], None, [], [], ["领导讲话"]) is None


@given(st.text(alphabet="在会上的讲话2022年-_（）【】《》全文三篇网", max_size=60))
def test_cleaning_twice_is_cleaning_once(raw):
    once = cleaned(raw).clean
    assert len(once) <= len(raw) + 1
    assert cleaned(once).clean == once


@pytest.mark.parametrize(("raw", "clean"), [
    ("在全市城市工作会议上的讲话 市长 林大铎", "在全市城市工作会议上的讲话"),
    ("县委书记在春节团拜会上的致辞【二】", "县委书记在春节团拜会上的致辞"),
    ("牢记使命——在局机关支部专题党课上的讲稿", "牢记使命——在局机关支部专题党课上的讲稿"),
    ("对某项决议的说明[^1]", "对某项决议的说明"),
])
def test_a_speaker_a_number_and_a_footnote_fall_away(raw, clean):
    assert cleaned(raw).clean == clean


@pytest.mark.parametrize(("raw", "clean"), [
    ("把根扎深(党课讲稿范文四篇)", "把根扎深"), ("在读书会上的讲话（领导讲话稿精选3篇）", "在读书会上的讲话"),
    ("节水从我做起（演讲稿）", "节水从我做起（演讲稿）"), ("我的承诺（竞聘演讲）", "我的承诺（竞聘演讲）"),
])
def test_how_many_texts_of_a_kind_a_site_offers_is_no_part_of_a_title(raw, clean):
    assert cleaned(raw).clean == clean


@pytest.mark.parametrize(("raw", "clean"), [
    ("Subject: 在节水会上的讲话", "在节水会上的讲话"), ("主题：转发：在节水会上的讲话（定稿）", "在节水会上的讲话"),
    ("Re: Fw: 在节水会上的讲话", "在节水会上的讲话"), ("在主题党日活动上的讲话", "在主题党日活动上的讲话"),
    ("主题教育动员会上的讲话", "主题教育动员会上的讲话"), ("在节水会上的讲话（征求意见稿）", "在节水会上的讲话"),
])
def test_the_subject_of_a_letter_is_no_part_of_a_title(raw, clean):
    assert cleaned(raw).clean == clean


def test_the_heading_over_the_text_says_more_than_what_a_sentence_calls_it():
    lines = ["新人发言，这样写才好", "今天给大家分享一篇上周刚讲过的表态发言，值得收藏。", "在新任干部座谈会上的表态发言"]
    found = choose(lines[2:], None, ["上周刚讲过的表态发言"], [], lines)
    assert found is not None and found.clean == lines[2]
    menu = [*lines[2:], "某某网", "首页", "第二条", "第三条", "第四条"]       # the same title in a menu far above says nothing
    found = choose(lines[2:], None, ["新员工入职发言"], [], menu)
    assert found is not None and found.clean == "新员工入职发言"


def test_what_is_searched_for_once_more_behind_a_title_falls_away():
    assert cleaned("村长在护林动员会上的讲话，护林动员会讲话稿范例").clean == "村长在护林动员会上的讲话"
    assert cleaned("在护林动员会上的讲话，兼谈防火发言").clean == "在护林动员会上的讲话，兼谈防火发言"
