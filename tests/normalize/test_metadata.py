"""What a page says of its speech, from made-up pages of several makes."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ingest.documents import Document
from flows.normalize.metadata import describe

TEXT = "同志们：\n今天召开这次会议，主要任务是总结工作、部署任务。下面，我讲三点意见。\n一、统一思想。\n二、抓好落实。"
REPORT = "各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n一、过去一年工作回顾\n各项工作取得成绩。"


def document(path="a.txt", media_type="text/plain", **metadata):
    return Document(path, media_type, "utf-8", 0, "", metadata=metadata)


def said(head, text=TEXT, tail=(), **metadata):
    return describe(head, text, list(tail), document(**metadata))


def test_a_scraped_page_of_a_model_text_site():
    told = said(
        ["[某市城管局领导名单]领导在水利局争先推进活动会上的讲话", "时间：2018-09-01来源：某范文点击：",
         "领导在水利局争先推进活动会上的讲话"],
        tail=["扩展阅读文章", "某范文热门文章", "Top"],
    )
    assert (told.title, told.genre) == ("领导在水利局争先推进活动会上的讲话", "讲话")
    assert (told.organization, told.occasion) == ("水利局", "争先推进活动会")
    assert (told.published_date, told.published_precision) == (date(2018, 9, 1), "day")
    assert told.published_evidence == "时间：2018-09-01来源：某范文点击："
    assert (told.source_name, told.delivered_date, told.speaker_name, told.speaker_role, told.place) == ("某范文", None, None, None, None)


def test_a_government_page():
    told = said(
        ["下载", "打印", "【字号：", "大", "】", "2026年湖北省政府工作报告", "——2026年1月27日在湖北省第十四届人民代表大会第四次会议上",
         "来源：某北日报", "时间：2026-02-05", "湖北省人民政府省长 李大勋"],
        REPORT, url="http://www.example.gov.cn/zwgk/202602/t20260205_1.shtml",
    )
    assert told.title == "2026年湖北省政府工作报告"
    assert (told.delivered_date, told.published_date) == (date(2026, 1, 27), date(2026, 2, 5))
    assert (told.speaker_name, told.speaker_role) == ("李大勋", "省长")
    assert (told.place, told.place_code, told.genre) == ("湖北省", "420000", "工作报告")
    assert (told.source_name, told.occasion) == ("某北日报", "人民代表大会会议")
    assert told.source_url == "http://www.example.gov.cn/zwgk/202602/t20260205_1.shtml"


def test_front_matter_that_holds_date_and_speaker():
    told = said(["title: 益阳市政府工作报告（2022年12月29日 陈大竞）"], REPORT, title="益阳市政府工作报告（2022年12月29日 陈大竞）")
    assert (told.title, told.speaker_name, told.place) == ("益阳市政府工作报告", "陈大竞", "益阳市")
    assert told.delivered_date == date(2022, 12, 29)


@pytest.mark.parametrize(("head", "day", "name", "role"), [
    (["——2022年1月10日在合肥市", "第十七届人民代表大会第一次会议上", "市长  罗大峰"], date(2022, 1, 10), "罗大峰", "市长"),
    (["在合肥市第十二届人民代表大会第三次会议上", "（2005年2月22日）", "张大平"], date(2005, 2, 22), "张大平", None),
    (["2020年1月5日在合肥市第十四届人民代表大会第五次会议上市人民政府代市长 张小利"], date(2020, 1, 5), "张小利", "代市长"),
    (["——2016年1月12日在合肥市第三届人民代表大会第四次会议上 陶大菊"], date(2016, 1, 12), "陶大菊", None),
    (["——合肥市第十一届人民代表大会第三次会议", "（2000年4月25日）", "合肥市市长 梁大棠"], date(2000, 4, 25), "梁大棠", "市长"),
    (["政府工作报告——二〇二六年二月四日在合肥市第十六届人民代表大会第八次会议上", "市长　刘大萍"], date(2026, 2, 4), "刘大萍", "市长"),
    (["（一九六九年四月一日报告，四月十四日通过）", "林大木"], date(1969, 4, 1), "林大木", None),
])
def test_datelines_and_speaker_lines_in_many_orders(head, day, name, role):
    told = said(head, REPORT)
    assert (told.delivered_date, told.speaker_name, told.speaker_role) == (day, name, role)


def test_the_page_says_when_it_was_put_out_and_the_dateline_when_it_was_given():
    told = said(["在全县大会上的讲话", "2025年4月21日 09:39:45", "（2025年1月21日）"])
    assert (told.published_date, told.delivered_date) == (date(2025, 4, 21), date(2025, 1, 21))


def test_beside_place_and_lecturer_the_time_is_that_of_the_event():
    told = said(["专题党课讲稿：做合格党员", "主讲人：支部书记 王大强", "时间：2021年6月18日", "地点：三楼会议室"])
    assert (told.delivered_date, told.published_date, told.speaker_role) == (date(2021, 6, 18), None, "支部书记")


def test_the_year_of_an_annual_report_is_that_of_its_title_where_nothing_tells_more():
    told = said(["某山省2014年政府工作报告"], REPORT)
    assert (told.delivered_date, told.delivered_precision) == (date(2014, 1, 1), "year")
    assert said(["2014年在全县大会上的讲话"]).delivered_date is None


def test_the_date_of_a_card_that_is_the_day_of_the_speech_is_no_publication():
    assert said(["在全县大会上的讲话", "（2014年5月6日）"], date="2014-05-06").published_date is None
    assert said(["在全县大会上的讲话", "（2014年5月6日）"], date="2014-05-07").published_date == date(2014, 5, 7)


def test_a_signed_date_at_the_end():
    assert said(["在全县大会上的讲话"], tail=["2019年5月6日"]).delivered_date == date(2019, 5, 6)


def test_what_is_not_said_stays_missing():
    told = said([], "春天来了，我们去植树。")
    assert (told.title, told.title_raw, told.speaker_name, told.speaker_role, told.place, told.place_code, told.organization, told.occasion,
            told.delivered_date, told.published_date, told.source_name, told.source_url) == (None,) * 12
    assert told.genre == "其他" and told.defects == frozenset()


def test_a_file_name_may_hold_the_title():
    assert describe([], TEXT, [], document("03 在全县大会上的讲话.docx")).title == "在全县大会上的讲话"
    assert describe([], TEXT, [], document("0003.docx")).title is None


def test_the_day_on_which_a_word_processor_saved_is_no_publication():
    word = "application/vnd.openxmlformats-officedocument"
    assert describe(["在全县大会上的讲话"], TEXT, [], document("a.docx", word, date="2020-01-01")).published_date is None
    assert said(["在全县大会上的讲话"], date="2020-01-01").published_date == date(2020, 1, 1)


def test_a_container_may_speak_in_traditional_characters():
    told = said([], title="在全區鄉村振興(xìng)工作大會上的講話_某某網", source="某灣日報")
    assert (told.title, told.source_name) == ("在全区乡村振兴工作大会上的讲话", "某湾日报")


@pytest.mark.parametrize(("head", "day", "name", "role"), [
    (["在师生大会上的讲话", "校党委书记  李  勇", "（2017年11月3日  根据录音整理）"], date(2017, 11, 3), "李勇", "校党委书记"),
    (["在互联网大会开幕式上的致辞", "（2016年11月16日，某江某镇）", "李大山"], date(2016, 11, 16), "李大山", None),
    (["2017年11月3日县委书记李勇在全县大会上的讲话"], date(2017, 11, 3), "李勇", "县委书记"),
    (["在全县教育大会上的讲话", "主持人：县委副书记 刘洋", "县委书记 张振兴", "2019年9月10日"], date(2019, 9, 10), "张振兴", "县委书记"),
    (["让青春闪光", "——在青年表彰大会上的讲话", "团县委书记　　李　芳", "（2021年5月4日）"], date(2021, 5, 4), "李芳", "团县委书记"),
    (["在全县大会上的讲话", "作者：王爱国", "来源：某网"], None, None, None),
])
def test_heads_of_other_makes(head, day, name, role):
    told = said(head)
    assert (told.delivered_date, told.speaker_name, told.speaker_role) == (day, name, role)


def test_who_chairs_speaks_only_in_the_words_of_a_chair():
    assert said(["庆祝大会主持词", "主持人：县长 刘洋"]).speaker_name == "刘洋"
    assert said(["在庆祝大会上的讲话", "主持人：县长 刘洋"]).speaker_name is None


def test_a_main_title_and_its_subtitle_are_one():
    assert said(["让青春闪光", "——在青年表彰大会上的讲话"]).title == "让青春闪光——在青年表彰大会上的讲话"
    assert said(["首页 > 党建", "坚定信心 奋力前行", "2019-09-12 10:00 来源：某报"]).title == "坚定信心奋力前行"


def test_the_speaker_says_what_day_it_is():
    told = said([], "同志们：\n今天是2019年9月10日，我们开会。")
    assert (told.delivered_date, told.delivered_evidence) == (date(2019, 9, 10), "今天是2019年9月10日")


def test_the_state_council_has_no_place():
    told = said(["政府工作报告", "——2015年3月5日在第十二届全国人民代表大会第三次会议上", "国务院总理 李大强"],
                "各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议。四川四川四川四川四川")
    assert (told.place, told.speaker_role, told.delivered_date) == (None, "国务院总理", date(2015, 3, 5))


def test_a_report_without_headlines_is_placed_by_what_it_speaks_of():
    told = said([], "各位代表：\n现在，我代表省人民政府向大会报告工作。中共云南省委领导，云南发展，建设新云南，云南各族人民，七彩云南。")
    assert (told.place, told.place_code) == ("云南省", "530000")


@pytest.mark.parametrize(("head", "text", "conflict"), [
    (["2023X局局长在主题党日活动上讲话"], "今天是中国共产党建党100周年。我们开展活动。", True),
    (["在全县大会上的讲话", "时间：2009-10-24 来源：某网", "（2012年10月6日）"], TEXT, True),
    (["在全县大会上的讲话", "（2012年3月1日）"], "同志们：\n深入贯彻党的十九大精神。", True),
    (["在全县大会上的讲话", "（2026年5月26日）"], "同志们：\n以优异成绩迎接党的二十大胜利召开！", True),
    (["在全县大会上的讲话", "时间：2012-10-24 来源：某网", "（2012年10月6日）"], TEXT, False),
    (["在全县大会上的讲话", "（2018年3月1日）"], "同志们：\n深入贯彻党的十九大精神。", False),
    (["2022年全县政府工作报告", "（2021年12月30日）"], REPORT, False),
    (["关于国民经济“九五”计划和2010年远景目标纲要的报告", "——1996年3月5日在某省第八届人民代表大会第四次会议上"], REPORT, False),
])
def test_dates_that_contradict_each_other_are_flagged(head, text, conflict):
    assert ("date_conflict" in said(head, text).defects) is conflict


def test_the_text_tells_the_day_where_nothing_else_does():
    told = said(["X局局长在主题党日活动上讲话"], "今天是中国共产党建党100周年。我们开展活动。")
    assert (told.delivered_date, told.delivered_precision) == (date(2021, 7, 1), "day")
    assert "建党100周年" in told.delivered_evidence


LINE = st.text(alphabet="2019年1月日-/：:（）()【】[]在会上的讲话市长王 \u3000来源时间报告<!-->*#|>》_·同志，。全文X", max_size=60)


@given(st.lists(LINE, max_size=12), st.text(max_size=80), st.lists(LINE, max_size=6))
def test_no_page_breaks_it(head, text, tail):
    told = said(head, text, tail)
    assert (told.delivered_date is None) == (told.delivered_precision is None) == (told.delivered_evidence is None)
    assert (told.published_date is None) == (told.published_precision is None) == (told.published_evidence is None)
    assert told == said(head, text, tail)


def test_a_hostile_page_costs_no_time():
    head = [
        "在市公安局" + "支队" * 45 + "会上的讲话", "下面是" * 60 + "整理的", "全文范文精选" * 40, "（" * 200, "在" * 250 + "会" * 40,
        "2020年" * 40, "市长" * 100, "-" * 290, "【" * 100 + "】" * 100,
    ]
    assert said(head, "党的" * 100_000 + "周年" * 100_000, ["来源：" * 60]).genre == "其他"
