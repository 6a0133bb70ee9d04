"""What a page says of its speech, from made-up pages of several makes."""
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.documents import Document, Mark
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


def test_the_number_of_a_newsletter_and_who_edits_it_stand_beside_its_day():
    told = said(["第12期　2021年3月9日　江城市木材商会秘书处编发", "商会工作报告", "（2021年3月5日）"])
    assert (told.delivered_date, told.published_date) == (date(2021, 3, 5), date(2021, 3, 9))
    held = said(["商会工作报告", "2021年3月9日　江城市木材商会第二届会员大会"])
    assert (held.delivered_date, held.published_date) == (date(2021, 3, 9), None)


def test_a_thing_to_be_done_is_no_title_and_what_the_speaker_calls_his_speech_is():
    head = ["山间一盏灯", "标签：党课 已用", "[x] 打印三十份材料", "[ ] 找办公室要照片", "[x] 给支部抄送一份", "主讲人：支部书记 王大强"]
    assert said(head).title is None
    assert said(head, TEXT.replace("下面，", "今天这堂党课的题目是《山间一盏灯》。下面，")).title == "山间一盏灯"


def test_the_heading_right_above_the_text_and_below_its_bare_kind():
    told = said(["专题党课讲稿", "山间那盏不灭的灯"])
    assert (told.title, told.genre) == ("山间那盏不灭的灯", "党课")
    assert said(["专题党课讲稿", "支部书记 王大强"]).title == "专题党课讲稿"
    assert said(["全县造林大会发言稿", "山间那盏不灭的灯"]).title == "全县造林大会发言稿"


def test_the_year_that_the_text_tells():
    text = "同志们：\n今年是中华人民共和国成立70周年，市里决定举办展览。"
    told = said(["在全市展览筹备会上的讲话", "日期：2019-08-30 来源：某公文网"], text)
    assert (told.delivered_date, told.delivered_precision, told.delivered_evidence) == (
        date(2019, 1, 1), "year", "今年是中华人民共和国成立70周年")
    assert told.defects == frozenset()
    later = said(["在全市展览筹备会上的讲话", "日期：2021-08-30 来源：某公文网"], text)
    assert later.delivered_date == date(2019, 1, 1) and later.defects == {"date_conflict"}


@pytest.mark.parametrize(("title", "heading", "year"), [
    ("市政府工作报告", "一、2013年工作回顾", 2014),
    ("政府工作报告", "2003年政府工作的简要回顾", 2004),
    ("南山市2013年政府工作报告", "一、2013年工作回顾", 2014),
    ("南山市2013年政府工作报告", "一、2012年工作回顾", 2013),
    ("李大河市长在南山市第九届人民代表大会第二次会议上的政府工作报告（2014年）", "一、过去五年工作回顾", 2014),
    ("政府工作报告", "一、过去五年工作回顾", None),
])
def test_the_year_of_a_report_by_what_it_looks_back_on(title, heading, year):
    told = said([title], f"各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n{heading}\n各项工作取得成绩。")
    assert (told.delivered_date, told.delivered_precision) == ((date(year, 1, 1), "year") if year else (None, None))


def test_a_title_broken_within_its_last_word_is_one():
    assert said(["在 2018 年全县春季造林大会上的讲", "话"]).title == "在2018年全县春季造林大会上的讲话"
    assert said(["首届西瓜节开幕式乡领导致辞范文"]).title == "首届西瓜节开幕式乡领导致辞"


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


def test_a_time_on_a_line_with_a_place_is_that_of_the_event():
    told = said(["在开工典礼上的讲话", "发布时间：2020-03-09 浏览次数：12", "县长 王大强", "（时间：2020年3月7日　地点：东河大桥工地）"])
    assert (told.delivered_date, told.published_date) == (date(2020, 3, 7), date(2020, 3, 9))
    told = said(["在开工典礼上的讲话", "县长 王大强", "发布时间：2020-03-09 发布地点：东河"])
    assert (told.delivered_date, told.published_date) == (None, date(2020, 3, 9))


def test_a_note_on_the_bare_name_in_the_head_tells_the_office():
    lines = ["在全县修渠大会上的讲话", "（一九五六年二月十九日）", "王大强〔1〕"]
    told = said(lines, tail=["注　释", "〔1〕王大强，时任中共柳溪县委书记。", "〔2〕塘泥，时为上好的肥料。"])
    assert (told.speaker_name, told.speaker_role) == ("王大强", "县委书记")
    assert said(lines, tail=["〔1〕李四，时任中共柳溪县委书记。"]).speaker_role is None


def test_a_bar_in_english_tells_the_day_of_publication():
    told = said(["在同乡会成立庆典上的致辞", "Posted on 2015-10-03 in 侨团 | 0 Comments", "会长 王大强"])
    assert (told.published_date, told.delivered_date) == (date(2015, 10, 3), None)
    told = said(["在同乡会成立庆典上的致辞", "Published on October 3rd, 2015 by admin", "会长 王大强", "2015年10月1日"])
    assert (told.published_date, told.delivered_date) == (date(2015, 10, 3), date(2015, 10, 1))
    assert said(["在同乡会成立庆典上的致辞", "The hall was opened on 3 October 2015.", "会长 王大强"]).published_date is None


def test_english_labels_and_square_brackets_tell_the_day_of_publication():
    for bar in ("Post Date: 2015-10-03 | Hits: 120", "[2015-10-3]", "Release Time：2015/10/03  Hits：8"):
        told = said(["在同乡会成立庆典上的致辞", bar, "会长 王大强"])
        assert (told.published_date, told.delivered_date) == (date(2015, 10, 3), None)
    for day in ("（2015-10-3）", "[2015年10月3日]"):
        told = said(["在同乡会成立庆典上的致辞", day, "会长 王大强"])
        assert (told.published_date, told.delivered_date) == (None, date(2015, 10, 3))


def test_a_heading_says_more_than_what_an_archive_calls_a_page_by_the_office():
    lines = ["史料选登", "在全县护林会上的讲话", "（一九五七年三月六日）", "县委书记 王大强",
             "入库：2009-08-27 查阅 12 次", "【说明】标点为整理者所加。"]
    told = said(lines, title="江城史志网|史料选登|1957年县委书记讲话")
    assert told.title == "在全县护林会上的讲话"
    told = said(["在全县护林会上的讲话", "相关文章", "栽树去", "守山人"], title="江城网|1957年县委书记在造林会上的讲话")
    assert told.title == "县委书记在造林会上的讲话"


def test_the_marked_title_of_a_page_is_no_headline_under_which_it_is_passed_on():
    title, passed_on = "在护林日活动上的讲话", "听，老林子在说话｜一堂树下的党课"

    def titled(head, marked):
        layout = (Mark(0, len(title), "title"),) if marked else ()
        page = Document("a.html", "text/html", "utf-8", 0, title, layout=layout, metadata={"title": passed_on})
        return describe(head, TEXT, [], page).title

    assert titled([title, "2015-10-03 08:00 江城发布"], marked=True) == title
    assert titled([title, "2015-10-03 08:00 江城发布"], marked=False) == passed_on
    assert titled([title, "相关文章", passed_on, "2015-10-03 08:00 江城发布"], marked=True) == passed_on


def test_the_kind_behind_a_dash_is_no_part_of_a_short_heading():
    assert said(["栽一棵树", "2015-10-03 08:00"], title="栽一棵树——国旗下讲话_某某博客").title == "栽一棵树"
    assert said(["王大强的博客", "2015-10-03 08:00"], title="栽一棵树——国旗下讲话").title == "栽一棵树——国旗下讲话"


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


ABOVE = "竞聘演讲稿精选（3篇）\n2021-04-05 来源：某某文秘网 浏览：12"


def test_what_stands_above_a_collection_holds_for_its_pieces_where_they_do_not_say_it():
    told = said(["篇二：在护林大会上的讲话"], masthead=ABOVE, collection="竞聘演讲稿精选（3篇）-某某文秘网")
    assert (told.title, told.published_date, told.source_name) == ("在护林大会上的讲话", date(2021, 4, 5), "某某文秘网")
    assert (told.genre, told.speaker_name, told.delivered_date) == ("讲话", None, None)
    told = said(["篇二：在护林大会上的讲话", "2019-08-01 来源：某某县报"], masthead=ABOVE)
    assert (told.published_date, told.source_name) == (date(2019, 8, 1), "某某县报")
    assert said(["护林就是护水"], collection="读书班交流发言选编").genre == "发言"


@pytest.mark.parametrize(("above", "title"), [
    ("关于江城市2018年造林计划执行情况和", "关于江城市2018年造林计划执行情况和2019年造林计划草案的报告"),
    ("江城市林业局关于2018年造林计划", "江城市林业局关于2018年造林计划2019年造林计划草案的报告"),
    ("关于开展2018年度造林评审工作的通知", "2019年造林计划草案的报告"),
    ("关于我们", "2019年造林计划草案的报告"),
    ("首页 > 关于全市造林工作", "2019年造林计划草案的报告"),
])
def test_the_title_of_a_report_on_a_matter_may_be_broken(above, title):
    assert said([above, "2019年造林计划草案的报告", "——2019年1月17日在江城市第五届人民代表大会第三次会议上"]).title == title


def test_a_title_may_be_broken_off_before_the_kind_of_speech():
    for head in (["在全县护林防火动员会上", "的讲话"], ["在全县护林防火动员会", "上的讲话"]):
        assert said([*head, "（2022年3月18日）", "县长　王大山"]).title == "在全县护林防火动员会上的讲话"
    assert said(["在全县护林防火动员会上的讲话", "的讲话"]).title == "在全县护林防火动员会上的讲话"


def test_a_unit_and_a_name_below_a_headline_that_names_no_kind_of_speech():
    for headline in ("读懂林场更新背后的民心", "盘活荒山荒坡，壮大集体林场"):
        told = said([headline, "县林业局　王大山"])
        assert (told.title, told.speaker_name) == (headline, "王大山")
    assert said(["2020-01-01 更新：今天", "县林业局　王大山", "来源：某某网"]).title is None


@pytest.mark.parametrize(("line", "who"), [
    ("民建界别　王大山", "王大山"), ("文艺界 李小树", "李小树"), ("民盟　王大山", "王大山"), ("走向世界 王大山", None),
    ("各界 关注", None)])
def test_the_circle_for_which_a_name_speaks(line, who):
    assert said(["让古树活在村口", line], "各位委员：\n古树是村庄的记忆，要一棵一棵地护。").speaker_name == who


def test_what_a_desk_is_closed_for_is_nobody():
    head = ["停诊信息", "5月13日 骨科 王主任 上午停诊", "院长在座谈会上的讲话", "日期：2021-05-12"]
    told = said(head)
    assert (told.speaker_name, told.speaker_role) == (None, "院长")


def test_an_account_that_is_called_like_a_person_is_no_speaker():
    head = ["县长在推介会上的致辞", "江小潮", "2015-10-23 10:11 +关注"]
    assert said(head).speaker_name is None
    assert said(head[:2], site="江小潮").speaker_name is None
    assert said(head[:2], site="江城客户端").speaker_name == "江小潮"
    assert said([*head[:2], "2015-10-23 10:11"]).speaker_name == "江小潮"


@pytest.mark.parametrize(("line", "name"), [
    ("林区生活 第九期 一九五三年八月五日 出版", "林区生活"), ("《伐木工人》1953年8月5日发行", "伐木工人"),
    ("工作简报 第九期 1953年8月5日 出版", None)])
def test_a_periodical_tells_when_it_came_out(line, name):
    told = said([line, "在先进生产者会议上的讲话", "（1953年7月22日）"])
    assert (told.published_date, told.delivered_date, told.source_name) == (date(1953, 8, 5), date(1953, 7, 22), name)
    told = said(["在《伐木工人》出版座谈会上的讲话", "1953年7月22日 出席的有各地通讯员"])
    assert told.published_date is None


def test_the_title_of_a_speech_is_no_site_wherever_it_comes_again():
    tail = ["下载：民主生活会对照检查发言材料（2篇）.docx"]
    assert said(["民主生活会对照检查发言材料（二）"], tail=tail).source_name is None


def test_a_container_may_speak_in_traditional_characters():
    told = said([], title="在全區鄉村振興(xìng)工作大會上的講話_某某網", source="某灣日報")
    assert (told.title, told.source_name) == ("在全区乡村振兴工作大会上的讲话", "某湾日报")


@pytest.mark.parametrize(("head", "day", "name", "role"), [
    (["在师生大会上的讲话", "校党委书记  李  勇", "（2017年11月3日  根据录音整理）"], date(2017, 11, 3), "李勇", "校党委书记"),
    (["在全县干部大会上的讲话", "（2016年1月10日 于大涛）"], date(2016, 1, 10), "于大涛", None),
    (["在全县干部大会上的讲话", "（2016年1月10日 于北京）"], date(2016, 1, 10), None, None),
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


def test_a_bar_may_stand_between_a_main_title_and_its_subtitle():
    subtitle = "——在护林员表彰会上的发言"
    for bar in ("录入：李四 审核：管理员 上网时间：2021年5月4日", "2021年05月04日 李四 点击：[]", "作者：李四 发表日期：2021-5-4"):
        told = said(["首页 > 讲坛 > 正文", "守山的人不怕山高", bar, subtitle])
        assert told.title == "守山的人不怕山高——在护林员表彰会上的发言"
    for above in ("当前位置：首页 > 讲坛", "王小川", "共青团江城县委员会"):
        assert said([above, "录入：李四 上网时间：2021年5月4日", subtitle]).title == subtitle.strip("—")
    told = said(["读懂门前的一条河", "2021年05月04日 点击：[]", "——专题党课讲稿"], title="读懂门前的一条河-某校党校")
    assert (told.title, told.genre) == ("读懂门前的一条河", "党课")


def test_what_a_site_says_of_itself_behind_its_name_is_no_title():
    bar = "作者：王小川 更新时间：2004-12-30 12:24:14 阅读：501次"
    assert said(["述职报告", bar, "县水利局局长 王小川"], title="霍山信息网 -- 竹海之乡欢迎您").title == "述职报告"
    assert said(["把门前的河管好", bar], title="霍山信息网 -- 把门前的河管好").title == "霍山信息网 -- 把门前的河管好"


def test_the_speaker_says_what_day_it_is():
    told = said([], "同志们：\n今天是2019年9月10日，我们开会。")
    assert (told.delivered_date, told.delivered_evidence) == (date(2019, 9, 10), "今天是2019年9月10日")


@pytest.mark.parametrize(("says", "day"), [
    ("今天是国际护士节，", date(2021, 5, 12)), ("今天是“5·12”国际护士节。", date(2021, 5, 12)),
    ("今天，恰逢第110个护士节。", date(2021, 5, 12)),
    ("今天是护士节前夕，", None), ("今天是护士节活动的第一天，", None), ("今天是护士节前三天，", None), ("今天是儿童节，", None),
    ("去年的今天是护士节前后最忙的一天。", None), ("今天是植树节，", None)])
def test_the_speaker_says_by_its_name_what_day_it_is(says, day):
    told = said(["院长在座谈会上的讲话", "日期：2021-05-13 17:54:20　作者：院办"], f"各位同仁：\n{says}我跟大家谈几点想法。")
    assert told.delivered_date == day
    assert said(["院长在座谈会上的讲话"], f"各位同仁：\n{says}我跟大家谈几点想法。").delivered_date is None


def test_the_state_council_has_no_place():
    told = said(["政府工作报告", "——2015年3月5日在第十二届全国人民代表大会第三次会议上", "国务院总理 李大强"],
                "各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议。四川四川四川四川四川")
    assert (told.place, told.speaker_role, told.delivered_date) == (None, "国务院总理", date(2015, 3, 5))


def test_a_report_without_headlines_is_placed_by_what_it_speaks_of():
    told = said([], "各位代表：\n现在，我代表省人民政府向大会报告工作。中共云南省委领导，云南发展，建设新云南，云南各族人民，七彩云南。")
    assert (told.place, told.place_code) == ("云南省", "530000")


@pytest.mark.parametrize(("head", "text", "conflict"), [
    (["2023X局局长在读书月活动上讲话"], "今天是中国共产党建党100周年。我们开展活动。", True),
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
    told = said(["X局局长在读书月活动上讲话"], "今天是中国共产党建党100周年。我们开展活动。")
    assert (told.delivered_date, told.delivered_precision) == (date(2021, 7, 1), "day")
    assert "建党100周年" in told.delivered_evidence


LINE = st.text(alphabet="2019年1月日-/：:（）()【】[]在会上的讲话市长王 \u3000来源时间报告<!-->*#|>》_·同志，。全文X", max_size=60)


@settings(deadline=None)      # the first page loads the gazetteer
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


def test_a_dateline_in_brackets_is_no_title():
    told = said(["山河的两种前途", "（一九四六年五月三日某某党第二次全国代表大会上的开幕词）", "李大明"], "同志们！\n大会今天开幕了。")
    assert (told.title, told.genre, told.occasion) == ("山河的两种前途", "致辞", "某某党第二次全国代表大会")
    assert (told.delivered_date, told.speaker_name) == (date(1946, 5, 3), "李大明")


def test_what_was_passed_later_was_given_before():
    told = said(["关于修改章程的报告", "（一九七三年八月三日在某党第三次全国代表大会上报告，八月九日通过）", "张国强"])
    assert (told.delivered_date, told.occasion, told.speaker_name) == (date(1973, 8, 3), "某党第三次全国代表大会", "张国强")
    passed = said(["某某委员会向党的第三次全国代表大会的工作报告", "（2002年11月4日某某党第三次全国代表大会通过）", "张国强"])
    assert (passed.delivered_date, passed.speaker_name, passed.organization) == (None, "张国强", None)


def test_the_mark_of_a_footnote_is_no_part_of_the_title():
    assert said(["对某项决议草案的说明[^1]", "（一九四五年四月二日）"]).title == "对某项决议草案的说明"


def test_a_note_below_tells_whose_speech_a_text_was():
    told = said(["把每一寸土地种好", "王建国", "2021-10-15"],
                tail=["（这是王建国总书记2021年8月17日在全国农业工作会议上讲话的一部分。）", "《田野》2021年第20期"])
    assert (told.title, told.speaker_name, told.speaker_role, told.genre) == ("把每一寸土地种好", "王建国", "总书记", "讲话")
    assert (told.delivered_date, told.published_date) == (date(2021, 8, 17), date(2021, 10, 15))
    assert (told.occasion, told.source_name) == ("农业工作会议", "田野")
    met = said(["森林是怎样长成的", "（一九八五年三月二日）"], "植树要年年做。", ["（这是王建国同志会见某国总理时谈话的一部分。）"])
    assert (met.title, met.genre, met.speaker_name, met.occasion) == ("森林是怎样长成的", "讲话", "王建国", None)
    own = said(["做新时代的追梦人", "作者：樊大伟"], "同学们：\n新学期好。",
               ["（作者系某大学党委书记，本文系作者在该校开学典礼上的讲话，有删节）"])
    assert (own.speaker_name, own.speaker_role) == ("樊大伟", "党委书记")


def test_a_note_above_that_begins_with_the_kind_of_speech():
    note = "【编者按】1957年冬，会昌县修了三条渠。这篇讲话是时任县委书记王建国同志1957年12月3日在动员大会上所作，根据油印件录入。"
    told = said(["在修渠动员大会上的讲话", note], "同志们：\n今天我们全县动手修渠。")
    assert (told.speaker_name, told.speaker_role, told.delivered_date) == ("王建国", "县委书记", date(1957, 12, 3))
    assert (told.occasion, told.place) == ("修渠动员大会", "会昌县")
    for other in ("这个讲话是我在大会上的发言。", "这篇报告是为了在大会上统一思想的。", "该讲话是在会昌县在瑞金县推广时整理的。"):
        told = said(["在修渠动员大会上的讲话", other], "同志们：\n今天我们全县动手修渠。")
        assert (told.speaker_name, told.place, told.delivered_date) == (None, None, None)


def test_a_note_above_that_calls_the_text_nothing():
    note = "（十年了。这是2009年3月8日上午，我们林场支队长王建国在山脚下讲的话，是文书当时记下来的，今天整理出来。）"
    told = said(["支队长在上山前的动员讲话", note], "全体队员：\n今天上山栽树。")
    assert (told.speaker_name, told.speaker_role, told.delivered_date) == ("王建国", "支队长", date(2009, 3, 8))
    assert told.occasion is None
    own = said(["上山前的动员讲话", "（这是我在山脚下讲的话，2009年3月8日记下来的，今天整理出来。）"], "全体队员：\n今天上山栽树。")
    assert own.speaker_name is None


def test_the_first_line_of_a_saved_page_of_a_board_is_its_title():
    first = "【党课讲稿】先把斧头磨一磨 - 支部生活 - 青山论坛 - Powered by Discuz!"
    told = said([first, "论坛 › 党建 › 支部生活 › 【党课讲稿】先把斧头磨一磨", "发表于 2017-6-29 21:14:07 | 只看该作者"])
    assert (told.title, told.genre, told.source_name) == ("先把斧头磨一磨", "党课", "青山论坛")
    told = said(["先把斧头磨一磨 - 再上山 - 青山论坛 - Powered by phpwind", "发表于 2017-6-29 21:14:07 | 只看该作者"])
    assert (told.title, told.source_name) == ("先把斧头磨一磨-再上山", "青山论坛")


def test_the_title_that_the_speaker_gives_goes_without_the_kind_of_text():
    text = "同志们：\n今天由我给大家讲一堂党课，题目是《先把斧头磨一磨》。"
    told = said(["先把斧头磨一磨（党课讲稿）.docx"], text, title="先把斧头磨一磨（党课讲稿）.docx - 好树文库")
    assert (told.title, told.genre) == ("先把斧头磨一磨", "党课")
    assert said(["先把斧头磨一磨（演讲稿）"], title="先把斧头磨一磨（演讲稿）").title == "先把斧头磨一磨（演讲稿）"


def test_the_title_that_the_speaker_gives_goes_without_the_speaker():
    text = "同志们：\n今天由我给大家讲一堂党课，题目是《先把斧头磨一磨》。"
    told = said(["林书平：先把斧头磨一磨", "原创 宣传科 江城林场 2022-03-12 18:30 发表于湖北"], text, title="林书平：先把斧头磨一磨")
    assert (told.title, told.speaker_name) == ("先把斧头磨一磨", "林书平")
    told = said(["场长林书平：先把斧头磨一磨"], text)
    assert (told.title, told.speaker_name, told.speaker_role) == ("先把斧头磨一磨", "林书平", "场长")
    assert said(["主题党课：先把斧头磨一磨再上山"], text).title == "主题党课：先把斧头磨一磨再上山"


def test_the_title_that_the_speaker_gives_stands_beside_a_bar():
    text = "同志们：\n今天由我给大家讲一堂党课，题目是《先把斧头磨一磨》。"
    assert said(["先把斧头磨一磨 | 林场支部书记讲党课"], text).title == "先把斧头磨一磨"
    assert said(["先把斧头磨一磨再上山 | 林场支部书记讲党课"], text).title == "先把斧头磨一磨再上山 | 林场支部书记讲党课"


def test_whom_a_speaker_stands_for_tells_of_which_county_he_is():
    text = "学员们：\n今天开学了。我代表{}，对大家的到来表示欢迎！"
    head = ["在春季学期开学典礼上的讲话", "发布日期：2022-03-15 来源：绥宁县委党校", "副校长　李大山"]
    assert said(head, text.format("县委党校")).place == "绥宁县"
    assert said(head, text.format("市林业局")).place is None
    assert said(head, text.format("全体教师")).place is None


def test_a_footnote_dates_nothing():
    told = said(["在某会上的讲话", "（一九四五年四月二日）"], tail=["[^2]：某文发表在一九四二年三月十三日《解放日报》。"])
    assert (told.published_date, told.source_name, told.defects) == (None, None, frozenset())


def test_a_sentence_above_the_text_names_the_speaker_and_the_day():
    told = said(["在某某党第二次代表大会上的报告", "2022年10月16日，某某党第二次代表大会在江城大会堂开幕。",
                 "王建国代表第一届委员会向大会作报告。"])
    assert (told.speaker_name, told.delivered_date) == ("王建国", date(2022, 10, 16))
    year = said(["新年贺词", "新华社江城12月31日电 新年前夕，国家主席王建国通过广播，发表了二〇一九年新年贺词。全文如下："],
                "朋友们：\n大家好！")
    assert (year.speaker_name, year.speaker_role, year.delivered_date) == ("王建国", "国家主席", None)


def test_a_date_on_a_card_that_is_the_day_of_the_speech_is_not_that_of_the_page():
    told = said(["在某会上的讲话", "（1982年9月1日）"], url="https://example.cn/2012/09/27/A1.shtml", date="1982-09-01")
    assert (told.delivered_date, told.published_date) == (date(1982, 9, 1), date(2012, 9, 27))


@pytest.mark.parametrize("line", ["2023年7月1日（星期六）", "（2023年7月1日，江城）", "2023年7月1日于江城", "（2023年7月1日）?",
                                  "2023年7月1日下午", "（2023年7月1日 上午）"])
def test_a_day_may_have_its_weekday_or_its_place(line):
    assert said(["在全县大会上的讲话", line]).delivered_date == date(2023, 7, 1)


def test_the_part_of_the_day_may_stand_behind_the_day_below_the_text():
    assert said(["在全县大会上的讲话"], tail=["2023年7月1日上午"]).delivered_date == date(2023, 7, 1)
    assert said(["在全县大会上的讲话"], tail=["2023年7月1日晚会"]).delivered_date is None


def test_months_of_work_are_no_day():
    assert said(["对某项决议的意见", "（一九八〇年三月——一九八一年六月）", "王建国"]).delivered_date is None


def test_the_speaker_says_who_he_is():
    text = "尊敬的各位评委：\n大家好！我叫王丽，现任市图书馆办公室副主任，今天我竞聘的岗位是办公室主任。"
    told = said(["中层干部竞聘演讲稿"], text)
    assert (told.speaker_name, told.speaker_role, told.genre) == ("王丽", "副主任", "演讲")
    assert said(["从书里长出来的城市"], "各位来宾：\n我是某某出版社社长刘新华。").speaker_name == "刘新华"


def test_a_class_or_an_office_stands_before_a_name():
    assert said(["国旗下讲话：让学习成为习惯", "发布者：教务处发布时间：2016-09-05", "高二（3）班 王小明"]).speaker_name == "王小明"


def test_a_table_of_contents_keeps_no_title_from_its_text():
    parts = "一、去年的工作\n水渠修了三条。\n二、今年的打算\n再修两条。\n三、要办的实事\n打五眼井。\n四、自身的不足\n下去得少。"
    contents = [f"{part}……{number}" for number, part in enumerate(parts.split("\n")[::2], 1)]
    found = describe(["述职报告", "目 录", *contents], f"各位同志：\n{parts}", [], document())
    assert (found.title, found.genre) == ("述职报告", "述职报告")


def test_a_title_may_be_no_more_than_its_kind():
    told = said(["个人述职报告", "县教育局副局长 李强"], "各位领导：\n现将一年来的工作述职如下。")
    assert (told.title, told.genre, told.speaker_role) == ("个人述职报告", "述职报告", "副局长")


def test_the_day_of_publication_is_not_that_of_the_letter():
    told = said(["某某同志在全区会议上的讲话", "索引号：0001 发布机构：某区政府办公室 发文日期：2020年04月15日",
                 "发布日期：2020-04-16 16:20 来源：区应急局 浏览：3"])
    assert (told.published_date, told.source_name) == (date(2020, 4, 16), "区应急局")


def test_a_remark_below_names_years_before_its_day():
    told = said(["政府工作报告", "——2016年1月14日在四方市第七届人民代表大会第四次会议上"], REPORT,
                ["（注：2015年数据含某市，2016年数据不含。）（摘录于2016年1月20日《四方日报》）"])
    assert (told.published_date, told.defects) == (date(2016, 1, 20), frozenset())


def test_fields_of_their_own_tell_of_the_speech():
    told = said([], title="守好最后一公里", speaker="王 丽", role="县水利局党组书记、局长", delivered="2019-04-11", date="2019-04-11",
                place="长沙", occasion="全县河长制工作会议")
    assert (told.speaker_name, told.speaker_role) == ("王丽", "党组书记、局长")
    assert (told.delivered_date, told.delivered_precision, told.delivered_evidence) == (date(2019, 4, 11), "day", "2019-04-11")
    assert (told.published_date, told.place, told.occasion) == (date(2019, 4, 11), "长沙市", "河长制工作会议")
    assert said([], author="王丽").speaker_name is None


@pytest.mark.parametrize("nobody", ["佚名", "admin", "未知", "网友", "县教育局", "宣传部", "王小川 李小红", "王川、李红", "A"])
def test_a_field_without_a_name_names_nobody(nobody):
    told = said(["在全县大会上的讲话", "县长　李勇"], speaker=nobody, role="user", delivered="会后", place="三楼", occasion="click")
    assert (told.speaker_name, told.speaker_role, told.delivered_date, told.place, told.occasion) == ("李勇", "县长", None, None, "大会")
    assert said([], speaker=nobody).speaker_name is None


def test_the_page_wins_where_it_says_more_and_the_field_where_they_contradict():
    head = ["在全县大会上的讲话", "（2016年1月10日）", "县委副书记、县长　李勇"]
    more = said(head, speaker="李勇", role="县长", delivered="2016-01", place="湖南省")
    assert (more.speaker_role, more.delivered_date, more.place) == ("县委副书记、县长", date(2016, 1, 10), "湖南省")
    assert said(head, delivered="2016").delivered_evidence == "（2016年1月10日）"
    other = said(head, speaker="张强", role="书记", delivered="2016-01-12")
    assert (other.speaker_name, other.speaker_role, other.delivered_date) == ("张强", "书记", date(2016, 1, 12))
    assert said(["在全县大会上的讲话"], speaker="局长 张强").speaker_role == "局长"


@pytest.mark.parametrize(("written", "day", "precision"), [
    ("2019", date(2019, 1, 1), "year"), ("2019-03", date(2019, 3, 1), "month"), ("20190305", date(2019, 3, 5), "day"),
    ("2019-03-05T09:30:00+08:00", date(2019, 3, 5), "day"), ("二〇一九年三月", date(2019, 3, 1), "month"), ("20191305", None, None),
])
def test_a_field_of_a_date_may_leave_out_the_units(written, day, precision):
    told = said([], delivered=written)
    assert (told.delivered_date, told.delivered_precision) == (day, precision)


@pytest.mark.parametrize("head", [
    ["【题　名】在全县林业会议上的讲话", "【责任者】尕让才仁", "【职　务】副县长", "【讲话时间】1984-12-20", "【地　点】长沙市某镇"],
    ["在全县林业会议上的讲话", "责 任 者：尕让才仁", "职　　务：副县长", "讲话时间：1984-12-20", "地　　点：长沙市某镇"],
    ["在全县林业会议上的讲话", "职务：副县长", "讲话人：尕让才仁", "讲话时间：1984-12-20", "地点：长沙市某镇"],
])
def test_the_labels_of_an_archive_are_joined(head):
    told = said(head)
    assert (told.speaker_name, told.speaker_role, told.delivered_date, told.place) == ("尕让才仁", "副县长", date(1984, 12, 20), "长沙市")
    assert said(["在全县林业会议上的讲话", "责任者：某县档案局", "职务：无"]).speaker_name is None


def test_when_an_archive_says_that_a_paper_was_made_nobody_put_it_out():
    head = ["题名：在全县林业会议上的讲话", "责任者：某县人民委员会", "形成时间：一九五七年四月二日", "归档日期：1958年1月6日",
            "开放时间：1990年5月1日"]
    told = said([*head, "在全县林业会议上的讲话", "县长　林书平"])
    assert (told.delivered_date, told.published_date) == (date(1957, 4, 2), None)
    told = said([*head, "在全县林业会议上的讲话", "县长　林书平", "（一九五七年四月一日）"])
    assert (told.delivered_date, told.published_date) == (date(1957, 4, 1), None)
    assert said(["在全县林业会议上的讲话"], tail=["形成日期：1957年4月2日"]).published_date is None
    assert said(["在全县林业会议上的讲话", "开放日期：1990年5月1日 发布时间：2012年3月5日"]).delivered_date is None


@pytest.mark.parametrize("label", ["發布日期", "張貼日期：", "最後更新時間"])
def test_the_label_and_the_day_of_publication_may_stand_in_two_cells(label):
    label = label.translate(str.maketrans("發佈張貼後時間", "发布张贴后时间"))
    told = said(["桥头小学毕业典礼校长致词", "发布单位", "校长室", label, "民国108年6月12日", "校长　林书平"])
    assert (told.published_date, told.delivered_date) == (date(2019, 6, 12), None)
    told = said(["桥头小学毕业典礼校长致词", "典礼日期", "民国108年6月12日", "校长　林书平"])
    assert (told.published_date, told.delivered_date) == (None, date(2019, 6, 12))
    assert said(["桥头小学毕业典礼校长致词", "发布日期", "民国108年6月12日校长在操场"]).published_date is None


def test_a_month_lasts_to_its_last_day():
    assert "date_conflict" not in said(["在全县大会上的讲话", "（2016年1月31日）"], date="2016年1月").defects


@pytest.mark.parametrize(("kind", "genre"), [("主 持 词", "主持词"), ("讲　话　稿", "讲话"), ("致 辞", "致辞"), ("闭 幕 词", "致辞")])
def test_the_letter_spaced_kind_below_the_name_of_the_meeting_is_of_its_title(kind, genre):
    told = said(["东山县2011年春耕备播大会", kind, "（2011年3月2日下午）", "主持人：县委副书记、县长　欧阳小山"])
    assert (told.title, told.genre) == ("东山县2011年春耕备播大会" + "".join(kind.split()), genre)
    assert (told.speaker_name, told.speaker_role) == (("欧阳小山", "县委副书记、县长") if genre == "主持词" else (None, None))
    assert said(["全县春耕工作安排", "主持词"]).title == "主持词"


@pytest.mark.parametrize(("lead", "day", "place"), [
    ("新华社长沙6月20日电　首届河湖论坛19日在长沙开幕。水利部副部长王大石出席开幕式并致辞。致辞全文如下：", date(2018, 6, 19), "长沙市"),
    ("新华社长沙6月1日电　首届河湖论坛30日在长沙举行。水利部副部长王大石致辞。全文如下：", date(2018, 5, 30), "长沙市"),
    ("中新社江城6月20日电　6月18日，首届河湖论坛开幕。水利部副部长王大石致辞。全文如下：", date(2018, 6, 18), None),
    ("某社江城6月1日电　首届河湖论坛昨日开幕，水利部副部长王大石发表致辞。", date(2018, 5, 31), None),
    ("某社江城6月20日电　首届河湖论坛今天开幕，水利部副部长王大石发表致辞。", date(2018, 6, 20), None),
    ("本报讯　昨天，首届河湖论坛在江城召开，水利部副部长王大石发表致辞。", date(2018, 6, 20), None),
    ("某社江城6月20日电　水利部副部长王大石在论坛上发表致辞。全文如下：", date(2018, 6, 20), None),
    ("新华社长沙2018年6月20日电　首届河湖论坛19日在长沙开幕。水利部副部长王大石致辞。全文如下：", date(2018, 6, 19), "长沙市"),
])
def test_news_tell_the_day_of_the_event_and_that_of_the_dispatch(lead, day, place):
    told = said(["在首届河湖论坛开幕式上的致辞", "2018-06-21 21:07 来源：某社", lead], "各位来宾：\n大家好！")
    assert (told.delivered_date, told.place, told.speaker_name, told.speaker_role) == (day, place, "王大石", "副部长")
    assert told.published_date == date(2018, 6, 21)


def test_the_hour_below_the_day_of_a_press_release_is_that_of_its_publication():
    told = said(["工务司司长在会议上的致辞"], tail=["完", "2021年5月6日（星期四）", "香港时间18时20分"])
    assert (told.delivered_date, told.published_date, told.published_precision) == (date(2021, 5, 6), date(2021, 5, 6), "day")
    assert told.published_evidence == "2021年5月6日（星期四）"
    assert said(["工务司司长在会议上的致辞"], tail=["完", "2021年5月6日（星期四）"]).published_date is None


@pytest.mark.parametrize("lead", [
    ["以下为工务局局长王大强今日（星期四）在道路研讨会的致辞全文："],
    ["以下为工务局局长王大强今日（星期四）在道路研讨会", "的致辞全文："],       # as old pages broke their lines
])
def test_a_press_release_that_says_today_was_put_out_that_day(lead):
    told = said(["工务局局长在道路研讨会致辞", *lead], "各位嘉宾：\n大家好。", tail=["完", "二○○一年五月十日（星期四）"])
    assert (told.delivered_date, told.published_date) == (date(2001, 5, 10), date(2001, 5, 10))
    assert (told.speaker_name, told.speaker_role) == ("王大强", "局长")
    said_of_it = ["以下为工务局局长王大强在道路研讨会的致辞全文："]
    told = said(["工务局局长在道路研讨会致辞", *said_of_it], "各位嘉宾：\n大家好。", tail=["完", "二○○一年五月十日（星期四）"])
    assert (told.delivered_date, told.published_date) == (date(2001, 5, 10), None)


def test_a_day_above_the_news_of_today_is_that_of_the_news_too():
    head = ["109年3月12日", "出席植树日活动 县长：把树留给孩子", "县长王大强今（12）日上午出席植树日活动，与学童一同种树。",
            "县长致词内容为："]
    told = said(head, "各位小朋友：\n大家早安！", tail=["更新日期：110-01-02"])
    assert (told.delivered_date, told.published_date) == (date(2020, 3, 12), date(2020, 3, 12))
    assert (told.speaker_name, told.speaker_role) == ("王大强", "县长")
    told = said([line.replace("今（12）", "昨（11）") for line in head], "各位小朋友：\n大家早安！")
    assert (told.delivered_date, told.published_date) == (date(2020, 3, 11), date(2020, 3, 12))
    told = said([line.replace("今（12）日", "日前") for line in head], "各位小朋友：\n大家早安！")
    assert (told.delivered_date, told.published_date) == (date(2020, 3, 12), None)


def test_the_sentence_that_brings_the_words_tells_who_and_when():
    lead = "工务司司长王大强今（二十）日列席立法会会议，介绍来年的工务政策，发言全文如下："
    told = said(["司长介绍来年工务政策", "发布日期：2019年11月20日 17:42", lead], "主席、各位议员：\n大家好。")
    assert (told.delivered_date, told.speaker_name, told.speaker_role) == (date(2019, 11, 20), "王大强", "司长")


@pytest.mark.parametrize("line", [
    "（槟城8日讯）总商会会长王大强今早在常年大会上致词，全文如下：", "（槟城8日讯）总商会会长王大强8日在常年大会上致词，全文如下：",
])
def test_a_paper_abroad_leaves_the_month_out(line):
    told = said(["全文：王大强在总商会常年大会致词", "2016年12月9日 09:12 来源：某洋商报", line], "各位代表：\n早安。")
    assert (told.delivered_date, told.published_date) == (date(2016, 12, 8), date(2016, 12, 9))


def test_the_day_behind_a_label_in_the_line_above():
    head = ["第三十届毕业典礼校长致词", "时间：", "中华民国109年6月6日（星期六）上午9时", "地点：本校礼堂", "致词人：校长 王大强"]
    told = said(head, "各位毕业同学：\n大家早安！")
    assert (told.delivered_date, told.published_date, told.speaker_name) == (date(2020, 6, 6), None, "王大强")


def test_a_company_dates_what_it_announces_behind_the_order_of_its_board():
    head = ["青山建材控股有限公司", "自愿性公告", "主席于股东周年大会上的致辞",
            "以下为青山建材控股有限公司主席王大强先生于二○一九年五月三日举行之股东周年大会上的致辞全文，谨供股东参考。"]
    tail = ["承董事会命", "青山建材控股有限公司", "公司秘书", "李小红", "香港，二○一九年五月六日"]
    told = said(head, "各位股东：\n欢迎各位。", tail)
    assert (told.delivered_date, told.published_date) == (date(2019, 5, 3), date(2019, 5, 6))
    assert (told.speaker_name, told.speaker_role, told.organization) == ("王大强", "主席", "青山建材控股有限公司")
    # without the order the day below is that of the words
    told = said(["在股东周年大会上的致辞", "主席 王大强"], "各位股东：\n欢迎各位。", ["二○一九年五月三日"])
    assert (told.delivered_date, told.published_date) == (date(2019, 5, 3), None)


def test_what_was_published_somewhere_was_not_given_there():
    told = said(["水往哪里流", "本文是王大强发表于《江河》2016年第4期上的总结"], "各位朋友：\n下午好！")
    assert told.delivered_date is None


def test_a_city_in_the_dateline_is_nobody():
    head = ["驻某国大使王大强在国庆招待会上的讲话", "（2014年9月26日，柏林）"]
    told = said(head, "各位来宾：\n晚上好！")
    assert (told.speaker_name, told.speaker_role, told.delivered_date) == ("王大强", "大使", date(2014, 9, 26))
    assert said(["大使在国庆招待会上的讲话", head[1]], "各位来宾：\n晚上好！").speaker_name is None
    assert said(["在国庆招待会上的讲话", "（2014年9月26日 王大强）"], "各位来宾：\n晚上好！").speaker_name == "王大强"
    told = said(["王大强：在国庆招待会上的讲话", "（2014年9月26日 大使 王大强）"], "各位来宾：\n晚上好！")
    assert (told.speaker_name, told.speaker_role) == ("王大强", "大使")


def test_a_guest_writes_his_name_in_his_own_letters_too():
    told = said(["在校长论坛上的演讲", "约翰·海登（John Hayden），利兹农学院院长", "2013年11月2日"], "各位同事：\n你们好！")
    assert (told.speaker_name, told.speaker_role, told.delivered_date) == ("约翰·海登", "院长", date(2013, 11, 2))


def test_whoever_held_the_meeting_gave_out_the_words():
    told = said(["会长于志工感恩会致词", "主办单位提供 109年5月3日", "会长 王大强"], "各位志工：\n大家好。")
    assert (told.delivered_date, told.speaker_name) == (date(2020, 5, 3), "王大强")


def test_what_one_posts_for_all_has_its_day():
    told = said(["柳溪里里办公处", "2021年10月14日 · 🌐", "【重阳敬老活动】里长 王大强 致词👴👵"], "各位长辈：\n大家早！")
    assert (told.published_date, told.speaker_name, told.speaker_role, told.genre) == (date(2021, 10, 14), "王大强", "里长", "致辞")


@pytest.mark.parametrize(("head", "tail", "place"), [
    (["GovHK 香港政府一站通", "工务局局长在工程师学会晚宴致辞"], [], "香港特别行政区"),
    (["工务司司长在工程师学会晚宴致辞"], ["澳门特别行政区政府新闻局 版权所有"], "澳门特别行政区"),
    (["工务局局长在工程师学会晚宴致辞"], ["友情链接：澳门特别行政区政府入口网站"], None),
    (["香港政府新闻网", "工程师学会会长在工程师学会晚宴致辞"], [], None),       # a guest of the government
])
def test_the_officers_of_a_region_name_no_place(head, tail, place):
    assert said(head, "各位嘉宾：\n大家晚上好。", tail).place == place

@pytest.mark.parametrize("bar", ["2024-05-06演讲稿", "发言稿2024-05-06王一老师", "2024/05/06致辞"])
def test_the_day_of_a_column_is_that_of_its_page_and_no_title(bar):
    told = said(["乡镇领导造林致辞", bar])
    assert (told.title, told.published_date, told.delivered_date) == ("乡镇领导造林致辞", date(2024, 5, 6), None)


def test_the_day_in_a_title_is_that_of_the_speech():
    told = said(["2024年5月6日在全县造林大会上的讲话"])
    assert (told.delivered_date, told.published_date) == (date(2024, 5, 6), None)


@pytest.mark.parametrize("line", [
    "以下是行政长官陈方月明今日（五月六日）上午出席“青山论坛——种树的新思维”的致辞全文：",
    "以下为行政长官陈方月明今日（五月六日）傍晚在江城植树晚宴上致辞全文：",
])
def test_who_spoke_by_the_line_of_a_press_office(line):
    told = said([line])
    assert (told.speaker_name, told.speaker_role) == ("陈方月明", "行政长官")


def test_what_stands_under_a_flag_is_nobody():
    assert said(["周校长国旗下讲话"]).speaker_name is None


@pytest.mark.parametrize("tail", ["（附图/短片）", "全文（附图/短片）"])
def test_pictures_and_films_are_no_part_of_a_title(tail):
    assert said([f"在植树节典礼上的致辞{tail}"]).title == "在植树节典礼上的致辞"


def test_the_office_may_stand_between_family_name_and_given_name():
    told = said(["县长于全县模范母亲表扬大会致词", "地点：县立演艺厅", "致词人：邱县长大彰"], "各位乡亲：\n大家好！")
    assert (told.speaker_name, told.speaker_role, told.place) == ("邱大彰", "县长", None)


@pytest.mark.parametrize("label", ["内容提要", "摘要", "编者按", "【内容摘要】"])
def test_the_abstract_may_hold_the_note(label):
    head = ["王小川：水往哪里流", f"{label}：本文系作者2016年4月9日在第二届江河论坛上的演讲，有删节。"]
    told = said(head, "各位朋友：\n下午好！")
    assert (told.delivered_date, told.genre, told.occasion) == (date(2016, 4, 9), "演讲", "第二届江河论坛")


@pytest.mark.parametrize(("title", "clean", "genre"), [
    ("院长讲党课 | 用心用情守护公平正义", "用心用情守护公平正义", "党课"),
    ("微党课｜一盏马灯照初心_某某党建网", "一盏马灯照初心", "党课"),
    ("党支部书记带头讲党课丨把账本记在心里", "把账本记在心里", "党课"),
    ("书记讲党课 | 东山县党建专栏", "书记讲党课", "党课"),
    ("在全县大会上的讲话 | 东山县人民政府网", "在全县大会上的讲话", "讲话"),
])
def test_a_column_of_lessons_before_a_bar_is_no_title(title, clean, genre):
    told = said([title], "同志们：\n今天我们一起学习。", title=title)
    assert (told.title, told.genre) == (clean, genre)
    assert said([title], "同志们：\n今天我们一起学习。").title == clean


@pytest.mark.parametrize(("text", "role"), [
    ("各位代表：\n我今天竞选村委会主任，我在外面当过队长。", None),
    ("各位评委：\n我叫王丽，今天来竞聘办公室主任。我作为主任人选，要做到三点。", None),
    ("各位评委：\n我叫王丽，今天竞聘办公室主任。我现任办公室副主任，管过信访。", "副主任"),
])
def test_an_office_that_is_sought_is_not_held(text, role):
    assert said(["办公室主任竞聘演讲稿"], text).speaker_role == role
    assert said(["办公室主任在竞争上岗大会上的演讲"], text).speaker_role == role


def test_an_office_before_the_kind_is_no_speaker():
    told = said(["某坊会三十周年特刊 第3页", "司长贺辞", "民生司司长　欧阳小雯", "二〇二二年五月八日"], "各位街坊：\n大家好！")
    assert (told.title, told.genre, told.speaker_name, told.speaker_role) == ("司长贺辞", "致辞", "欧阳小雯", "司长")
    assert said(["校庆特刊", "校长致词", "二〇二二年五月八日"], "各位校友：\n大家好！").speaker_name is None


@pytest.mark.parametrize("line", ["一九八七年农历正月初六", "（一九八七年三月初六）", "1987年农历三月廿二", "农历一九八七年八月初六"])
def test_a_day_by_the_moon_tells_the_year(line):
    told = said(["在全乡修渠大会上的讲话", line])
    assert (told.delivered_date, told.delivered_precision) == (date(1987, 1, 1), "year") and told.delivered_evidence in line


def test_the_last_moons_of_a_year_lie_in_two():
    assert said(["在全乡修渠大会上的讲话", "一九八七年农历腊月廿二"]).delivered_date is None


def test_a_quoted_line_below_the_heading_of_markdown_is_a_dateline():
    for mark in ("> ", ""):
        told = said(["# 把根扎在泥土里", f"{mark}2018年7月1日 某站第二支部专题党课"], "同志们：\n今天我们学习。")
        assert (told.title, told.delivered_date, told.genre) == ("把根扎在泥土里", date(2018, 7, 1), "党课")


@pytest.mark.parametrize(("bar", "day"), [
    ("石溪青年优质领域创作者2023-06-21+关注", date(2023, 6, 21)), ("文史园地　　2002-11-15", date(2002, 11, 15)),
    ("2002-11-15 文史园地", date(2002, 11, 15))])
def test_a_bar_may_have_a_button_or_a_column_beside_the_day(bar, day):
    told = said(["在全县护林会上的讲话", bar])
    assert (told.published_date, told.delivered_date) == (day, None)


@pytest.mark.parametrize(("title", "bar", "who"), [
    ("砖瓦公司总经理述职报告", "李大山　　发布时间：2020-02-26　　来源：", "李大山"),
    ("砖瓦公司总经理述职报告", "李大山发布时间：2020-02-26来源：", "李大山"),
    ("一块砖的立场——在第三党支部主题党日上的党课讲稿", "作者：李大山2023-07-03 08:30:00来源：机关党委", "李大山"),
    ("在职代会上的讲话", "发布时间：2024-01-23浏览：1208作者：党委书记、董事长　李大山", "李大山"),
    ("在职代会上的讲话", "作者：李大山2023-07-03 08:30:00来源：机关党委", None),
    ("砖瓦公司总经理述职报告", "时间：2010-01-08 11:27 来源：石溪文秘网 作者：石溪 点击：", None),
    ("砖瓦公司总经理述职报告", "会议时间：2020-02-26　　来源：", None)])
def test_who_wrote_what_only_the_speaker_writes(title, bar, who):
    assert said([title, bar], "同志们：\n我把一年来的工作说一说，请大家评议。").speaker_name == who


def test_leaders_in_a_menu_hold_no_office():
    told = said(["厅领导", "集团领导", "在全县护林会上的讲话", "2019-03-05"])
    assert told.speaker_role is None
    assert said(["在全县护林会上的讲话", "副县长", "李大山"]).speaker_role == "副县长"


@pytest.mark.parametrize(("opening", "place"), [
    ("我谨代表安徽省水利厅，向守坝的同志们道一声辛苦！", "安徽省"), ("我代表中共合肥市委，向大家表示祝贺！", "合肥市"),
    ("我代表全厂职工，向大家表示祝贺！", None), ("刚才发言的同志代表了合肥市的看法。", None), ("我代表合肥市的老百姓谢谢大家！", None)])
def test_for_whom_a_speaker_says_that_he_speaks(opening, place):
    told = said(["在护坝总结会上的讲话", "2019-03-05"], f"同志们：\n今天我们来开一个会。{opening}坝守住了，粮食就守住了。")
    assert told.place == place


def test_the_labels_of_an_archive_may_stand_in_one_line():
    for line in ("【责任者】尕让才仁 【职务】副县长 【时间】1984-12-20 【地点】长沙市某镇",
                 "责任者：尕让才仁职务：副县长时间：1984-12-20地点：长沙市某镇"):
        told = said(["在全县林业会议上的讲话", line])
        assert (told.speaker_name, told.speaker_role, told.place) == ("尕让才仁", "副县长", "长沙市")
        assert told.delivered_date == date(1984, 12, 20)


def test_the_kind_below_where_it_was_said():
    assert said(["在全县教育工作会议上", "讲　话"]).title == "在全县教育工作会议上的讲话"


def test_the_place_of_the_speaker_is_better_than_where_news_say_that_it_was_held():
    told = said(["在全市现场会上的讲话", "（2019年3月25日）", "长沙市市长　李小川",
                 "编者按：3月25日，市政府在浏阳市召开全市现场会，市长李小川出席并讲话。"])
    assert told.place == "长沙市"


def test_the_office_of_a_county_is_that_of_the_site_of_its_government():
    head = ["在全县护林会议上的讲话", "来源：绥宁县人民政府网", "县林业局局长　李小川"]
    assert said(head).place == "绥宁县"
    assert said([*head[:2], "市教育局局长　李小川"]).place is None


def test_who_has_a_trade_has_a_name():
    head = ["把路灯点亮——在先进工人座谈会上的发言", "（2022年4月28日）", "市照明管理处灯杆站维修工　李小川"]
    assert said(head, "各位领导：\n我是灯杆站的维修工，爬了十八年杆子。").speaker_name == "李小川"
    assert said(head[:2], "各位领导：\n我是灯杆站的维修工，爬了十八年杆子。").speaker_name is None
    assert said([*head[:2], "本报通讯员　李小川"]).speaker_name is None


def test_a_man_of_a_unit_in_brackets_right_above_the_text():
    head = ["《把路灯点亮》演讲稿", "2022-04-28 10:18", "浏览：", "302", "A+", "（灯杆站职工 李小川）"]
    assert said(head, "各位领导：\n我是灯杆站的职工，爬了十八年杆子。").speaker_name == "李小川"
    assert said([*head[:-1], "（灯杆站通讯员 李小川）"], "各位领导：\n我是灯杆站的职工，爬了十八年杆子。").speaker_name is None


def test_what_an_editor_adds_below_the_text():
    head = ["在造林会上的讲话", "（一九五八年三月十二日）", "马小川"]
    tail = ["[1] 柳河乡，今属江城县。", "[2] 见林业局档案。", "[3] 即老林场。",
            "（根据记录稿刊印，标题为编者所加。马小川时任江城县委书记。）", "录入：小王　校对：老李　2005-4-11"]
    told = said(head, "同志们：\n今年造林，来了一个大的跃进。", tail)
    assert (told.speaker_name, told.speaker_role, told.published_date) == ("马小川", "县委书记", date(2005, 4, 11))
    tail[3:] = ["（陈大山时任江城县委书记。）", "校对：老李　1958年3月12日会议记录 2005"]
    told = said(head, "同志们：\n今年造林，来了一个大的跃进。", tail)
    assert (told.speaker_role, told.published_date) == (None, None)


def test_the_title_of_a_paper_on_the_screen():
    head = ["2013年01月24日 星期四 返回首页 版面导航 日期检索", "关于护好水源林的建议", "马小川"]
    told = said(head, title="江城日报数字报-江城日报-2013年01月24日-关于护好水源林的建议")
    assert (told.title, told.published_date, told.delivered_date) == (head[1], date(2013, 1, 24), None)


def test_a_page_called_after_its_owner_and_an_office():
    head = ["在旅港江城同乡会庆典上的致辞", "会长 蔡文泽", "二○一五年十月十八日"]
    assert said(head, title="旅港江城同乡会 | 会长致辞").title == head[0]
    assert said(["会长致辞", *head[1:]], title="旅港江城同乡会 | 会长致辞").title == "会长致辞"


def test_a_page_called_after_who_speaks_and_the_kind_of_speech():
    head = ["在全镇植树节大会上的讲话", "党委书记 罗春生", "（2015年3月12日）"]
    assert said(head, title="党委书记罗春生同志讲话").title == head[0]
    assert said(["党委书记罗春生同志讲话", *head], title="党委书记罗春生同志讲话").title == "党委书记罗春生同志讲话"
    assert said(head, title="书记罗春生在党员大会上讲话").title == "书记罗春生在党员大会上讲话"


@pytest.mark.parametrize(("line", "title", "told"), [
    ("协会新闻：第五次会员大会会长致词", "第五次会员大会会长致词 - 协会新闻 - 江城渔业协会", "第五次会员大会会长致词"),
    ("把路修好：在全县修路大会上的讲话", "把路修好：在全县修路大会上的讲话 - 领导讲话", "把路修好：在全县修路大会上的讲话"),
])
def test_the_column_before_a_colon_is_no_part_of_the_title(line, title, told):
    assert said([line, "2012年3月20日"], title=title).title == told


def test_the_name_of_a_site_and_a_column_is_no_title():
    head = ["在江城县第二届桃花节开幕式上的致辞", "江城县人民政府副县长 罗春生"]
    assert said(head, title="江城视窗--重要讲话").title == head[0]


def test_a_name_between_the_bar_and_the_day():
    head = ["在全县造林动员会上的讲话", "来源：", "县林业局办公室", "字体：", "大", "罗春生", "（2015年3月12日）"]
    assert said(head).speaker_name == "罗春生"
    assert said([*head[:-1], "2015年3月12日"]).speaker_name is None


def test_who_spoke_for_a_party_at_an_assembly():
    head = ["大会发言", "关于护好水源林的建议", "政协江门市三届二次会议大会发言材料之五", "民盟江门市委会", "罗春生"]
    told = said(head, "各位委员：\n我代表民盟市委会作大会发言，发言的题目是《关于护好水源林的建议》。\n水源林要护好。")
    assert (told.title, told.speaker_name, told.genre, told.place) == (head[1], "罗春生", "发言", "江门市")


def test_whose_site_it_is_by_the_office_that_runs_it():
    head = ["在全县造林大会上的讲话", "县长 罗春生"]
    assert said(head, tail=["绥宁县档案局主办　电话：0000-5551234"]).place == "绥宁县"
    assert said(head, tail=["绥宁县林业局主办的造林比赛下月开始"]).place is None


@pytest.mark.parametrize("head", [
    ["书记讲党课登记表", "课　题\t一本账", "主讲人\t林志远", "时　间\t2019年7月2日", "地　点\t会议室"],
    ["书记讲党课登记表", "课题 一本账", "主讲人 林志远 职务 支部书记", "时间 2019年7月2日 地点 会议室"],
    ["书记讲党课登记表", "课题", "一本账", "主讲人", "林志远", "时间", "2019年7月2日", "地点", "会议室"],
    ["书记讲党课登记表", "课题：一本账", "主讲人：林志远", "时间：2019年7月2日", "地点：会议室"],
])
def test_the_cells_of_a_form_tell_of_the_speech(head):
    told = said([*head, "内容"])
    assert (told.title, told.genre, told.speaker_name, told.delivered_date) == ("一本账", "党课", "林志远", date(2019, 7, 2))
    assert told.published_date is None


def test_labels_of_a_menu_make_no_form_of_the_heading_below_them():
    told = said(["标题", "部门", "在全县造林会议上的讲话", "县长 林志远"])
    assert (told.title, told.speaker_name) == ("在全县造林会议上的讲话", "林志远")
    told = said(["主题 教育", "在全县造林会议上的讲话", "县长 林志远"])
    assert told.title == "在全县造林会议上的讲话"


def test_a_form_may_have_the_venue_and_who_presides_between_the_time_and_the_speaker():
    head = ["临水县粮食局", "时间：2015年6月3日15时", "主会场 局三楼会议室", "主持 副局长 马某某", "讲话人：局长 王大强",
            "在全县夏粮收购会议上的讲话"]
    told = said(head)
    assert (told.delivered_date, told.published_date, told.speaker_name) == (date(2015, 6, 3), None, "王大强")
    assert said(["在全县夏粮收购会议上的讲话", "时间：2015年6月3日15:20", "局长 王大强"]).delivered_date is None


@pytest.mark.parametrize(("bar", "put_out"), [
    ("成文日期：2015年6月3日　上网时间：2015-06-05", date(2015, 6, 5)),
    ("入库：2015-06-05　字数：约九百", date(2015, 6, 5)),
    ("原创 办公室 临水党校 2015-06-05", date(2015, 6, 5)),
    ("当前用户：小王　打印时间：2015-06-05 09:12", None),
    ("成文日期：2015年6月3日", date(2015, 6, 3)),
])
def test_each_day_of_a_bar_is_what_its_label_says(bar, put_out):
    told = said([bar, "在夏粮收购会议上的讲话", "（2015年6月2日）"])
    assert (told.delivered_date, told.published_date) == (date(2015, 6, 2), put_out)


def test_the_month_of_a_column_is_none_of_the_speech():
    told = said(["站务动态　2015年6月", "站长王大强在夏粮收购会议上的讲话", "2015年6月2日晚 于粮站礼堂"])
    assert (told.delivered_date, told.delivered_precision) == (date(2015, 6, 2), "day")


@pytest.mark.parametrize(("note", "day"), [
    ("【按】现将站长王大强同志6月2日在夏粮收购会议上的讲话印发给你们，请结合实际抓好落实。", date(2015, 6, 2)),
    ("现将站长王大强同志2015年6月2日在夏粮收购会议上的讲话转发给各所。", date(2015, 6, 2)),
])
def test_who_sends_a_speech_round_tells_who_gave_it_and_when(note, day):
    told = said(["情况通报", "第19期", "2015年6月5日", note, "在夏粮收购会议上的讲话", "王大强"])
    assert (told.delivered_date, told.speaker_name, told.speaker_role) == (day, "王大强", "站长")
    if "2015" not in note:
        assert told.published_date == date(2015, 6, 5)


def test_the_day_on_which_a_form_was_filled_in_is_none_of_publication():
    assert said(["在全县造林会议上的讲话"], tail=["填表人：李某 填表日期：2019年7月5日"]).published_date is None
    assert said(["在全县造林会议上的讲话"], tail=["发布日期：2019年7月5日"]).published_date == date(2019, 7, 5)


@pytest.mark.parametrize(("head", "tail"), [
    ([], ["抄送：县人大办。", "云阳县人民政府办公室　2019年7月5日印发"]),
    ([], ["云阳县人民政府办公室", "2019年7月5日印发"]),
    (["工作简报", "云阳县人民政府办公室编 2019年7月5日"], []),
])
def test_who_printed_a_paper_and_when(head, tail):
    told = said([*head, "在全县造林会议上的讲话", "县长 林志远", "（2019年7月2日）"], tail=tail)
    assert (told.published_date, told.delivered_date, told.place) == (date(2019, 7, 5), date(2019, 7, 2), "云阳县")
    printed_before = said(["在全县造林会议上的讲话", "县长 林志远", "（2019年7月8日）"], tail=tail)
    assert not tail or (printed_before.published_date is None and not printed_before.defects)
    of_another = said([*head, "在全县造林会议上的讲话", "市长 林志远", "（2019年7月2日）"], tail=tail)
    assert of_another.place is None


def test_who_presides_speaks_the_words_of_the_chair():
    head = ["全县造林会议主持词", "时间：2019年7月2日", "地点：会堂", "主持人：林志远"]
    assert said(head).speaker_name == "林志远"
    assert said(["在全县造林会议上的讲话", *head[1:]]).speaker_name is None


def test_the_title_of_an_account_may_be_broken_behind_its_year():
    assert said(["2019年度个人", "述职述廉报告", "副局长 林志远"]).title == "2019年度个人述职述廉报告"
    assert said(["林业局2019年工作动态", "在全县造林会议上的讲话"]).title == "在全县造林会议上的讲话"


def test_a_tag_of_the_front_matter_is_no_title():
    head = ["---", "title: 在新任干部集体廉政谈话会上的讲话", "tags:", "- 廉政谈话", "---"]
    assert said(head, title="在新任干部集体廉政谈话会上的讲话").title == "在新任干部集体廉政谈话会上的讲话"
    toml = ["+++", "title = “一本账”", "speaker = ‘林志远’", "draft = false", "+++"]
    assert (said(toml).title, said(toml).speaker_name) == ("一本账", "林志远")


@pytest.mark.parametrize("head", [
    ["在全县护林会议上的讲话", "来源：绥宁县林业局　发布时间：2019-03-25"],
    ["在全县护林会议上的讲话-绥宁县人民政府门户网站", "来源：县委办公室", "县委书记　李小川"],
    ["县林业局局长李小川在护林会议上的讲话-绥宁县人民政府", "来源：县林业局"],
    ["在全县护林会议上的讲话", "来源：湖南日报", "县长　李小川", "主办单位：绥宁县人民政府办公室　承办：县电子政务中心"],
])
def test_whose_county_it_is_is_told_by_whose_site_it_is(head):
    *top, last = head
    tail = [last] if last.startswith("主办") else []
    assert said([*top, *([] if tail else [last])], tail=tail).place == "绥宁县"


@pytest.mark.parametrize("head", [
    ["在全县护林会议上的讲话", "来源：湖南日报", "县长　李小川"],
    ["在全县护林会议上的讲话", "来源：长沙市人民政府网", "县长　李小川"],
    ["在全校护林会议上的讲话", "来源：绥宁县林业局", "校长　李小川"],
    ["市场监管局局长李小川在护林会议上的讲话", "来源：长沙市人民政府网"],
])
def test_a_site_of_another_rank_tells_no_place(head):
    assert said(head).place is None


@pytest.mark.parametrize(("head", "tail"), [
    (["石桥之窗　湖南省绥宁县石桥镇人民政府主办", "在石桥茶会上的致辞", "镇长　李小川"], []),
    (["在全镇护林会议上的讲话"], ["主办单位：绥宁县石桥镇人民政府　承办：镇党政办"]),
    (["在全镇护林会议上的讲话", "镇长　李小川"], ["绥宁县人民政府办公室主办"]),
])
def test_a_township_lies_in_the_county_that_its_site_names(head, tail):
    def bare(line):
        return line.replace("湖南省", "").replace("绥宁县", "")

    assert said(head, tail=tail).place == "绥宁县"
    assert said([bare(line) for line in head], tail=list(map(bare, tail))).place is None
    assert said([line.replace("镇长", "厂长").replace("全镇", "全厂") for line in head], tail=tail).place is None


def test_the_kind_of_text_before_a_title_goes_where_the_page_has_the_heading_alone():
    head = ["书记讲党课：把小事办成暖心事（获奖）", "时间：2021-06-18", "把小事办成暖心事"]
    assert said(head).title == "把小事办成暖心事"
    assert said(head[:2]).title == "书记讲党课：把小事办成暖心事（获奖）"
    assert said(["林小川的发言：把小事办成暖心事", "把小事办成暖心事情"]).title == "林小川的发言：把小事办成暖心事"


def test_the_kind_of_text_in_front_may_name_a_contest():
    called = "全县青年演讲比赛稿：我把小树当孩子（二等奖）"
    assert said([called, "我把小树当孩子"], title=f"{called} - 某某文稿网").title == "我把小树当孩子"
    assert said([called, "我把小树当孩子看"], title=f"{called} - 某某文稿网").title == called


@pytest.mark.parametrize("kind", ["（专题党课讲稿）", "(主题教育党课讲稿)", "（演讲稿）"])
def test_the_kind_of_text_may_stand_in_brackets_below_a_headline(kind):
    below = ["主讲人：党委书记  林书平", "时间：2019年6月29日    地点：场部会议室"]
    told = said(["先把斧头磨一磨", kind, *below])
    assert (told.title, told.speaker_name, told.delivered_date) == ("先把斧头磨一磨", "林书平", date(2019, 6, 29))
    assert said(["江城林场党委主题教育网", kind, *below]).title is None
    assert said(["在全县林业会议上的讲话", "先把斧头磨一磨", kind, *below]).title == "在全县林业会议上的讲话"


def test_what_the_markup_calls_the_title_is_one_where_it_reads_like_a_headline():
    def marked(title):
        head = [title, "江城林场", "第三党支部资料", "主讲人", "2019年6月29日"]
        raw = "\n".join([*head, TEXT])
        paper = Document("a.docx", "text/plain", None, 0, raw, layout=(Mark(0, len(title), "title"),), metadata={})
        return describe(head, TEXT, [], paper).title

    assert marked("先把斧头磨一磨") == "先把斧头磨一磨"
    assert marked("江城林场党委办公室") is None


@pytest.mark.parametrize(("site", "place"), [
    ("霍山信息网", "霍山县"), ("霍山在线", "霍山县"), ("霍山之窗", "霍山县"), ("和平在线", None), ("商城在线", None), ("石桥信息网", None),
    ("朝阳在线", None),
])
def test_the_portal_of_a_county_tells_it_where_its_name_is_no_word_and_no_other_place_has_it(site, place):
    assert said(["在全县造林大会上的讲话", f"来源：{site}"]).place == place


def test_whose_county_it_is_is_told_by_the_speaker():
    text = "同志们：\n今天召开全县护林大会。绥宁的山好，绥宁人要争气，让我们把绥宁建设成为绿色之乡！"
    assert said(["李小川同志在护林大会上的讲话"], text).place == "绥宁县"
    assert said(["在全市护林大会上的讲话"], text.replace("全县", "全市")).place is None


def test_a_public_account_says_when_where_and_by_whom():
    told = said(["青山一夜（演讲稿）", "原创王小川某地先锋2024-05-12 07:30 湖南"], site="某地先锋")
    assert (told.published_date, told.speaker_name, told.genre) == (date(2024, 5, 12), "王小川", "演讲")
    told = said(["在全市大会上的讲话", "某地先锋2024-05-12 湖南", "5月10日，全市大会举行，市长李小川出席并讲话。现将讲话全文刊发如下。"])
    assert (told.published_date, told.delivered_date, told.speaker_name) == (date(2024, 5, 12), date(2024, 5, 10), "李小川")
    assert said(["在全市大会上的讲话", "（2024年5月12日，湖南）"]).delivered_date == date(2024, 5, 12)


def test_a_line_right_above_the_text_says_more_than_what_somebody_called_the_page():
    title = "老板在年会上的致辞，大家评评 - 某某论坛"
    told = said(["某某论坛", "老板在年会上的致辞，大家评评", "董事长李小川在公司年会上的致辞", "2007年2月10日"], title=title)
    assert (told.speaker_name, told.speaker_role) == ("李小川", "董事长")
    far = ["县长李小川在公司年会上的致辞", "首页", "新闻", "时间：2007-02-11 来源：某某论坛", "老板在年会上的致辞，大家评评",
           "2007年2月10日"]
    assert said(far, title=title).speaker_name is None


def test_the_author_is_who_spoke_where_the_page_tells_what_he_is():
    head = ["把门前的河管好", "作者：王小川 发表日期：2005-1-12 阅读：410次", "——在全县水利工作会议上的发言"]
    told = said(head, tail=["（作者系石桥镇党委书记）"])
    assert (told.speaker_name, told.speaker_role) == ("王小川", "镇党委书记")
    assert said(head).speaker_name is None
    told = said([*head, "副县长 李大勋"], tail=["（作者系石桥镇党委书记）"])
    assert told.speaker_name == "李大勋"


def test_a_speaker_may_be_labelled_by_the_kind_of_speech():
    told = said(["在支部书记述职评议会上的点评", "点评人：王小川（机械厂党总支书记）"])
    assert (told.speaker_name, told.speaker_role) == ("王小川", "党总支书记")
    assert said(["在支部书记述职评议会上的发言", "点评人：王小川（机械厂党总支书记）"]).speaker_name is None
    assert said(["在全县工作会议上的动员", "动员人：王小川"]).speaker_name == "王小川"


@pytest.mark.parametrize("line", ["学员代表、农学院2014级本科生 王小川", "师范学院博士生 王小川", "毕业生代表、江城中学高中生 王小川"])
def test_who_studies_has_a_name(line):
    assert said(["在结业典礼上的发言", line]).speaker_name == "王小川"


def test_who_speaks_for_his_like_may_be_one_of_them():
    text = "同志们：\n今天的会开得及时，作为基层派出所的一名所长，我深感责任重大。"
    assert said(["在部署会上的表态发言"], text).speaker_role == "所长"
    assert said(["在部署会上的表态发言"], text.replace("我深感", "他深感")).speaker_role is None



def test_lines_of_fields_say_when_a_page_was_put_out_and_who_spoke():
    told = said(["url: http://www.example.cn/news/7.html", "crawl_time: 1639120411", "pubtime: 2021-11-26", "click: 93",
                 "title: 在全县造林大会上的讲话", "speaker: 王大江", "source_name: 江城林业网"])
    assert (told.title, told.published_date, told.speaker_name) == ("在全县造林大会上的讲话", date(2021, 11, 26), "王大江")
    assert said(["title: 在全县造林大会上的讲话", "updated: 2021-12-01", "date: 2021-11-26"]).published_date == date(2021, 11, 26)
    assert said(["在全县造林大会上的讲话", "status: 200", "click: 20211126"]).published_date is None


def test_the_day_on_which_a_browser_printed_a_page_is_none_of_the_speechs():
    head = ["2020/11/2 上午9:17 在全县造林大会上的讲话-江城网", "在全县造林大会上的讲话", "2020-10-29 18:03 来源：江城网",
            "（2020年10月28日）"]
    told = said(head)
    assert (told.delivered_date, told.published_date) == (date(2020, 10, 28), date(2020, 10, 29))
    told = said(["2020/11/2 09:17 在全县造林大会上的讲话-江城网", "在全县造林大会上的讲话"])
    assert (told.title, told.delivered_date, told.published_date) == ("在全县造林大会上的讲话", None, None)
    assert said(["2020年11月2日在全县造林大会上的讲话"]).delivered_date == date(2020, 11, 2)
    assert said(["在全县造林大会上的讲话", "2020/11/2 9:17:00 来源：江城网"]).published_date == date(2020, 11, 2)


@pytest.mark.parametrize(("bar", "name", "role"), [
    ("[作者：省局副局长王大江转贴自：本站原创点击数：208更新时间：2009-11-20文章录入：ghb ]", "王大江", "副局长"),
    ("柳树社区居委会主任 王大江 2023-08-21 19:20 + 关注", "王大江", "主任"),
    ("柳树社区居委会主任王大江2023-08-21 19:20 +关注", "王大江", "主任"),
    ("记者 王大江 2023-08-21 19:20 + 关注", None, None),
    ("江城发布 2023-08-21 19:20 + 关注", None, None),
])
def test_an_officer_whom_the_bar_names_speaks(bar, name, role):
    told = said(["在加装电梯议事会上的讲话", bar])
    assert (told.speaker_name, told.speaker_role) == (name, role)


def test_who_spoke_may_stand_before_the_labels_of_the_bar():
    title = "在夏粮收购会议上的讲话"
    told = said([title, "党委书记王大强日期：2015年06月05日点击：[1024]"])
    assert (told.speaker_name, told.speaker_role, told.published_date) == ("王大强", "党委书记", date(2015, 6, 5))
    assert said([title, "记者王大强日期：2015年06月05日点击：[1024]"]).speaker_name is None
    # a name alone where speakers stand, below the day in brackets; elsewhere it is of whoever put the page up
    assert said([title, "（一九五六年六月二日）", "王大强上线时间：2015-06-05浏览 733"]).speaker_name == "王大强"
    assert said([title, "王大强　上线时间：2015-06-05浏览 733"]).speaker_name is None
    lesson = "同志们：\n今天我讲一堂党课。\n一、想好。"
    assert said(["把小事办好", "主讲：王大强上线时间：2015-06-05浏览 733"], lesson).speaker_name == "王大强"
    assert said(["在座谈会上的发言", "校友", "王大强", "日期：2015年06月05日"]).speaker_name == "王大强"
    assert said(["在座谈会上的发言", "光影", "王大强", "日期：2015年06月05日"]).speaker_name is None


def test_a_title_goes_without_the_path_to_its_page():
    head = ["青禾文库 > 演讲 > 岗位演讲 > 正文", "渡口的灯", "投稿：小满　日期：2016-05-06"]
    told = said(head, title="渡口的灯_青禾文库_演讲大全_三分钟演讲_岗位")
    assert (told.title, told.title_raw) == ("渡口的灯", "渡口的灯_青禾文库_演讲大全_三分钟演讲_岗位")
    assert said(["渡口的灯"], title="渡口的灯_河边的人_山里的路_桥上的雨").title != "渡口的灯"
    board = ["晨光茶座›论坛›班级›家长会发言，这次没念分数", "楼主 小满", "[原创]家长会发言，这次没念分数"]
    told = said(board, title="家长会发言，这次没念分数 - 班级 - 晨光茶座 - Powered by Discuz!")
    assert told.title == "家长会发言，这次没念分数"


def test_the_title_that_a_speaker_gives_may_stand_behind_a_bar_or_his_own_sentence():
    head = ["一等奖演讲稿｜渡口的灯", "演讲者：王大强"]
    assert said(head, "各位评委：\n我演讲的题目是《渡口的灯》。\n渡口有一盏灯。").title == "渡口的灯"
    assert said(["渡口的灯", "授课人：王大强"], "同志们：\n今天讲一堂党课。题目是《渡口的灯》。\n一、灯。").title == "渡口的灯"


def test_a_space_parts_the_day_and_the_city_where_the_speaker_is_known():
    title = "在第三届木偶戏论坛上的致辞"
    assert said([title, "某木偶协会理事长 王大强", "2019年10月18日 杭州"]).place == "杭州市"
    assert said([title, "2019年10月18日 杭州"]).place is None
    assert said([title, "某木偶协会理事长 王大强", "2019-10-18 杭州"]).place is None


def test_the_place_of_an_office_by_its_letterhead_and_of_an_institution_by_its_site():
    told = said(["泸溪县防汛抗旱指挥部办公室", "讲话人：县长 王大强", "在全县防汛会议上的讲话"])
    assert told.place == "泸溪县"
    assert said(["泸溪县防汛抗旱指挥部办公室", "讲话人：市长 王大强", "在全市防汛会议上的讲话"]).place is None
    title = "院长王大强在护士节座谈会上的讲话"
    assert said([title], title=f"{title}-阳谷县人民医院【官网】预约挂号_专家排班").place == "阳谷县"
    assert said([title], title=f"{title}-阳谷县新闻网").place is None
    assert said([title.replace("护士节", "全国护士节")], title=f"{title}-阳谷县人民医院").place is None
    assert said(["局长王大强在全区校园安全会议上的讲话"], site="长沙市望城区教育信息网").place == "望城区"


def test_the_meeting_of_a_whole_body_is_that_of_whose_head_speaks():
    told = said(["在全院调解工作推进会上的讲话", "清溪县人民法院院长 王大强"])
    assert (told.organization, told.occasion) == ("清溪县人民法院", "调解工作推进会")
    assert said(["在全院调解工作推进会上的讲话", "院长 王大强"]).organization is None
    assert said(["在调解工作推进会上的讲话", "清溪县人民法院院长 王大强"]).organization is None
    text = TEXT.replace("今天召开这次会议", "今天召开全镇河道清淤现场会")
    assert said(["镇河道清淤现场会主持词"], text).occasion == "河道清淤现场会"
    assert said(["镇河道清淤现场会主持词"], TEXT).occasion == "镇河道清淤现场会"


def test_a_title_behind_the_kind_of_text_is_the_one_that_the_speaker_gives():
    own = "同学们：\n我演讲的题目是《一盏马灯》。爷爷是护林员，家里有一盏马灯，挂在门后。"
    board = ["[转帖] 演讲稿：一盏马灯 [复制链接]", "巡山人", "12 主题 87 帖子 431 积分", "发表于 2012-12-3 21:47"]
    assert said(board, own).title == "一盏马灯"
    assert said(board, own.replace("一盏马灯》", "一把柴刀》")).title == "演讲稿：一盏马灯"
    assert said(["主题教育党课：一盏马灯照山路"], own).title == "主题教育党课：一盏马灯照山路"


@pytest.mark.parametrize(("line", "title"), [
    ("推进会讲话稿(精选5篇)　篇一：在全厂推进会上的讲话", "在全厂推进会上的讲话"),
    ("推进会讲话稿 第二篇：在全厂推进会上的讲话", "在全厂推进会上的讲话"),
])
def test_of_many_texts_on_a_page_the_title_is_that_of_the_one(line, title):
    assert said([line], title="推进会讲话稿范文(精选5篇)-某某网").title == title
    assert said(["谱写发展新篇章：在全厂推进会上的讲话"]).title == "谱写发展新篇章：在全厂推进会上的讲话"


@pytest.mark.parametrize(("given", "heading", "title", "speaker"), [
    ("县委书记李长河在全县造林大会上的讲话", "2023年在全县造林大会上的讲话（全文）",
     "在全县造林大会上的讲话", ("李长河", "县委书记", None)),
    ("中共湖南省委书记杜长河在全省造林大会上的讲话", "杜长河：在全省造林大会上的讲话",
     "杜长河：在全省造林大会上的讲话", ("杜长河", "省委书记", "湖南省")),
    ("全县造林大会讲话", "李长河书记在全县造林大会上的讲话",
     "李长河书记在全县造林大会上的讲话", ("李长河", "书记", None)),
    # another kind of speech there, another event, another speaker
    ("县长王大江在全县造林大会上的讲话", "在全县造林大会上的主持词",
     None, None),
    ("全县教育大会讲话", "李长河书记在全县造林大会上的讲话",
     "全县教育大会讲话", (None, None, None)),
    ("县委副书记李长河在全县造林大会上的讲话", "书记李长河在全县造林大会上的讲话",
     "书记李长河在全县造林大会上的讲话", ("李长河", "书记", None)),
])
def test_other_wordings_of_a_title_say_who_spoke(given, heading, title, speaker):
    told = said([heading], title=given)
    if title:
        assert told.title == title and (told.speaker_name, told.speaker_role, told.place) == speaker
    else:
        assert told.title == heading or told.speaker_name == "王大江"


def test_wordings_that_name_different_speakers_add_nothing():
    told = said(["全县造林大会讲话", "县长王大江在全县造林大会上的讲话", "书记李长河在全县造林大会上的讲话"], title="全县造林大会讲话")
    assert told.speaker_name != "王大江"


def test_the_columns_of_a_workbook_date_it_and_the_properties_of_a_paper_do_not():
    office = "application/vnd.openxmlformats-officedocument"
    day = date(2019, 6, 7)
    for media_type, known in ((f"{office}.spreadsheetml.sheet", day), (f"{office}.wordprocessingml.document", None), ("text/csv", day)):
        told = describe([], TEXT, [], document("a", media_type, title="在全县造林大会上的讲话", date="2019-06-07 00:00:00"))
        assert told.published_date == known


def test_a_year_of_a_record_gives_way_to_the_day_in_it():
    told = said(["在全县造林大会上的讲话", "2019-06-07"], date="2019")
    assert (told.published_date, told.published_precision) == (date(2019, 6, 7), "day")
    assert said(["在全县造林大会上的讲话"], date="2019").published_precision == "year"


def test_who_wrote_in_a_paper_what_he_said_by_the_record_of_the_archive():
    head = ["【报纸】青山日报", "【日期】1951-11-21", "【版次】第1版", "【标题】在护林代表会闭幕会上的讲话", "【作者】李小川",
            "【专栏】", "【正文】"]
    assert said(head).speaker_name == "李小川"
    assert said([line for line in head if "版次" not in line]).speaker_name is None         # elsewhere an author may have taken it down
    assert said([line.replace("在护林代表会闭幕会上的讲话", "县护林代表会闭幕") for line in head]).speaker_name is None


def test_the_author_of_a_record_who_holds_an_office():
    title = "在全国护林会议上的讲话"
    told = said([], title=title, author="林业部副部长　李小川", source="青山日报")
    assert (told.speaker_name, told.speaker_role, told.source_name) == ("李小川", "副部长", "青山日报")
    assert said([], title=title, author="李小川", leaf="第2版").speaker_name == "李小川"
    assert said([], title=title, author="李小川", leaf="2", source="青山日报").speaker_name == "李小川"
    assert said([], title="在全国护林会议上的开幕词", author="李小川", leaf="2", source="青山日报").speaker_name == "李小川"
    for other in ({"author": "李小川"}, {"author": "李小川", "leaf": "2"}, {"author": "本报记者　李小川", "leaf": "第2版"},
                  {"author": "青山日报社总编辑　李小川"}):
        assert said([], title=title, **other).speaker_name is None
    assert said([], title="护林要靠大家", author="林业部副部长　李小川").speaker_name is None
    assert said([], title="护林要靠大家", author="林业部副部长　李小川", category="党课").speaker_name == "李小川"
    assert said([], title="护林要靠大家", author="李小川", category="党课").speaker_name is None
    assert said([], title="护林要靠大家", author="林业部副部长　李小川", category="理论文章").speaker_name is None


@pytest.mark.parametrize(("line", "place"), [
    ("（2019年6月3日，长沙）", "长沙市"), ("（2019年6月3日 湖南长沙）", "长沙市"), ("2019年6月3日，中国·长沙", "长沙市"),
    ("（长沙，2019年6月3日）", "长沙市"),
    ("（2019年6月3日，金华）", "金华市"),
])
def test_a_dateline_tells_the_city_by_its_bare_name(line, place):
    told = said(["在护林论坛上的演讲", line, "林业协会副会长　王大川"])
    assert (told.place, told.delivered_date, told.speaker_name) == (place, date(2019, 6, 3), "王大川")


def test_a_dot_parts_a_day_from_its_city_and_not_the_day_of_an_account():
    for line in ("2019年6月3日 · 长沙", "2019年6月3日·长沙", "长沙 · 2019年6月3日"):
        told = said(["在护林论坛上的演讲", line])
        assert (told.place, told.delivered_date) == ("长沙市", date(2019, 6, 3))
    for line in ("2019-06-03 · 湖南", "2019年6月3日 · 护林站", "2019-06-03 湖南"):
        assert said(["在护林论坛上的演讲", line]).delivered_date is None


@pytest.mark.parametrize("line", [
    "发布日期：2019-06-05　授课时间：2019年6月3日　来源：护林站", "活动日期：2019年6月3日 上载日期：2019-06-05",
    "发布：2019-06-05 10:20｜会议时间：2019年6月3日",
    "上传时间 2019-06-05 讲话时间 2019年6月3日", "更新时间：2019-06-05宣讲日期：2019-06-03",
])
def test_each_day_of_a_bar_belongs_to_its_own_label(line):
    told = said(["把山守好", line])
    assert (told.delivered_date, told.published_date) == (date(2019, 6, 3), date(2019, 6, 5))


def test_the_day_on_which_an_office_put_a_text_into_its_file_is_none_of_the_speech():
    told = said(["全县护林工作会议主持词", "（2019年6月3日）", "编发日期 2019-06-05 ｜ 编发 一科 ｜ 编号 2019-会-012"])
    assert (told.delivered_date, told.published_date) == (date(2019, 6, 3), date(2019, 6, 5))


@pytest.mark.parametrize("line", [
    "（6月3日，根据录音整理）", "（6月3日）", "（6月3日上午）", "（六月三日）", "（6月3日 长沙）", "（6月3日在全县护林大会上）",
    "——6月3日在全县护林大会上的发言",
    "在全县护林大会上的讲话（6月3日）",
    "6月3日上午，县林业局召开护林站长座谈会。局长到会讲话。以下为讲话全文。", "6月3日，县里开了护林大会。现将讲话刊发，供大家学习。",
    "前天下午（6月3日）开的护林会，有人没到，把讲话贴出来，请大家指正。",
])
def test_a_day_without_its_year_above_the_text_is_the_last_one_before_the_page(line):
    told = said(["在全县护林大会上的讲话", "发布时间：2019-06-05 来源：护林站", line])
    assert (told.delivered_date, told.delivered_precision, told.published_date) == (date(2019, 6, 3), "day", date(2019, 6, 5))
    assert said(["在全县护林大会上的讲话", "发布时间：2019-12-05 来源：护林站", line]).delivered_date is None     # which year is a guess


def test_a_day_without_its_year_is_none_of_the_year_in_which_an_old_speech_was_put_up():
    old = TEXT.replace("今天", "今年是中国共产党成立91周年，今天")
    told = said(["在全县护林大会上的讲话", "发布时间：2019-06-05 来源：护林站", "（6月3日）"], old)
    assert told.delivered_date == date(2012, 1, 1)
    assert said(["在2012年全县护林大会上的讲话", "发布时间：2019-06-05 来源：护林站", "（6月3日）"]).delivered_date is None


@pytest.mark.parametrize("line", [
    "（6月3日更新）", "（6月3日起施行）", "（6月3日 李大川 整理）", "（6月3日至5日）", "请于6月3日前把发言稿发给办公室。",
    "6月3日，县林业局召开护林站长座谈会。",
    "6月1日召开预备会，6月3日召开座谈会。以下为讲话全文。", "6月3日起，本站把讲话稿放在共享目录里分享。",
    "6月3日，李大川在青山林场巡山。王小川 摄",
])
def test_other_days_without_a_year_are_none_of_the_speech(line):
    assert said(["在全县护林大会上的讲话", "发布时间：2019-06-05 来源：护林站", "演讲者：李大川", line]).delivered_date is None


def test_a_picture_of_the_speaker_as_he_speaks_tells_the_day():
    head = ["把山守好", "演讲者：李大川", "2019-06-05 10:10 | 来源：护林站"]
    for caption in ("6月3日，李大川在演讲比赛决赛现场。王小川 摄", "图为6月3日李大川在全县护林大会上发言。"):
        assert said([*head, caption]).delivered_date == date(2019, 6, 3)
    for other in ("6月3日，张三山在演讲比赛决赛现场。王小川 摄", "6月3日，李大川在演讲比赛决赛现场。",
                  "6月2日，李大川赴6月3日演讲比赛决赛现场。王小川 摄"):
        assert said([*head, other]).delivered_date is None


@pytest.mark.parametrize(("line", "name"), [
    ("（2019年6月3日 金华）", "金华"), ("（2019年6月3日 李大川）", "李大川"), ("（2019年6月3日，长沙路）", None)])
def test_a_name_beside_a_day_is_somebodys(line, name):
    told = said(["在护林论坛上的演讲", line])
    assert (told.place, told.speaker_name) == (None, name)


def test_who_held_the_meeting_by_the_note_above_the_text():
    note = "编者按：6月2日，市护林协会召开全市护林能手座谈会，会长王大川出席并讲话。现将讲话刊发。"
    assert said(["在全市护林能手座谈会上的讲话", note]).organization == "市护林协会"
    for host in ("市委、市政府", "市政府", "市妇联和市护林协会"):
        assert said(["在全市护林能手座谈会上的讲话", note.replace("市护林协会", host)]).organization is None
    for other in (note.replace("召开", "参加"), note.replace("座谈会，", "评选会，")):
        assert said(["在全市护林能手座谈会上的讲话", other]).organization is None


def test_the_author_of_a_record_that_tells_his_office_in_a_field_of_its_own():
    title = "在全县护林会议上的讲话"
    told = said([], title=title, author="李小川", role="县林业局局长")
    assert (told.speaker_name, told.speaker_role) == ("李小川", "局长")
    assert said([], title=title, author="李小川", role="县林业局局长", speaker="王大川").speaker_name == "王大川"
    assert said([], title=title, author="李小川", role="记者").speaker_name is None
    assert said([], title="护林要靠大家", author="李小川", role="局长").speaker_name is None


def test_a_name_above_the_day_where_a_record_keeps_the_title():
    title = "在全县护林会议上的讲话"
    assert said(["李小川", "（1998年8月20日）"], title=title).speaker_name == "李小川"
    assert said(["阿依古丽·买买提", "(1998年8月20日)"], title=title).speaker_name == "阿依古丽·买买提"
    # what else stands at the top may be a menu
    assert said(["文章", "首页", "（1998年8月20日）"], title=title).speaker_name is None
    assert said(["李小川", "林业要闻"], title=title).speaker_name is None


def test_a_title_and_a_speaker_with_a_space_behind_every_letter():
    told = said(["在 建 站 二 十 五 周 年 护 林 经 验 交 流 会 上 的 讲 话", "站 长 李 小 川", "（ 1981 年 10 月 6 日 ）"])
    assert (told.title, told.speaker_name, told.speaker_role) == ("在建站二十五周年护林经验交流会上的讲话", "李小川", "站长")
    assert said(["在全县护林会议上的讲话", "站 长 信 箱"]).speaker_name is None


@pytest.mark.parametrize("masthead", ["一九六二年八月十七日　星期五　第二版", "1962年8月17日　第二版", "1962年8月17日 星期五 第2版"])
def test_the_masthead_of_a_paper_with_numerals_of_either_kind(masthead):
    told = said(["青山日报", masthead, "在全省护林会议上的讲话"])
    assert (told.published_date, told.delivered_date, told.source_name) == (date(1962, 8, 17), None, "青山日报")


def test_a_day_of_an_edition_is_no_day_of_a_paper():
    assert said(["1962年8月17日在《护林手册》第二版发行会上的讲话"]).delivered_date == date(1962, 8, 17)


@pytest.mark.parametrize("lines", [["江城日报", "1956年11月30日", "第7版"], ["林城报", "1956年11月30日"], ["1956年11月30日", "7版"]])
def test_a_masthead_on_lines_of_its_own(lines):
    told = said([*lines, "在造林大会上的讲话"])
    assert (told.published_date, told.delivered_date) == (date(1956, 11, 30), None)


@pytest.mark.parametrize("above", ["林业局", "情况通报", "县长 李小川"])
def test_a_day_below_what_is_no_paper_is_that_of_the_speech(above):
    assert said(["在造林大会上的讲话", above, "1956年11月30日"]).delivered_date == date(1956, 11, 30)


@pytest.mark.parametrize("note", ["* 这是马小川同志在造林会上的讲话。马小川当时任江城林业局副局长。", "＊作者时任江城林业局副局长。",
                                  "（讲话人时任江城林业局副局长）"])
def test_a_note_tells_what_the_speaker_was_then(note):
    told = said(["把山绿起来", "——在造林会上的讲话", "马小川"], tail=[note])
    assert (told.speaker_name, told.speaker_role) == ("马小川", "副局长")


def test_a_field_of_a_record_that_was_misread_alone():
    title = "在造林大会上的讲话"
    for _ in range(2):
        title = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in title.encode())
    told = said([], title=title, author="局长 马小川")
    assert (told.title, told.speaker_name, told.speaker_role) == ("在造林大会上的讲话", "马小川", "局长")


def test_whose_archives_keep_a_paper():
    title = "在全县护林会议上的讲话"
    assert said(["绥宁县档案馆　全宗号 7　目录号 2", title, "副县长　李小川"]).place == "绥宁县"
    assert said(["湖南省档案馆　全宗号 7", title, "副县长　李小川"]).place is None
    assert said(["书名：绥宁县志", title, "县委书记　李小川"]).place == "绥宁县"


def test_who_welcomes_is_at_home():
    welcome = "各位来宾：大家好！\n欢迎来到铜仁，欢迎来看梵净山。铜仁的水好，铜仁人好客。"
    assert said([], welcome).place == "铜仁市"
    assert said([], welcome.replace("欢迎来到铜仁", "我来到铜仁")).place is None
    assert said([], "各位新同学：\n欢迎来到铜仁学院，铜仁学院是大家的家。铜仁学院欢迎你们。").place is None


def test_the_place_of_whose_whole_a_title_speaks_by_who_prints_it():
    title, book = "在全县护林会议上的讲话", "绥宁县林业志资料汇编"
    assert describe([title], TEXT, [], document(), [book]).place == "绥宁县"
    assert said([book, title]).place == "绥宁县"
    assert describe(["在护林会议上的讲话"], TEXT, [], document(), [book]).place is None
    assert describe(["在全市护林会议上的讲话"], TEXT, [], document(), [book]).place is None
    assert said(["来源：湖南日报", "在全省护林会议上的讲话"]).place == "湖南省"
    assert said(["来源：湖南日报", "在全市护林会议上的讲话"]).place is None
    assert said(["来源：天津日报", "在全市护林会议上的讲话"]).place == "天津市"
    assert said(["来源：人民日报", "在全省护林会议上的讲话"]).place is None


@pytest.mark.parametrize(("head", "tail", "url"), [
    (["网址：http://www.jiangcheng.example/a/1.html"], [], "http://www.jiangcheng.example/a/1.html"),
    ([], ["【原文链接】https://www.jiangcheng.example/a?x=1&y=2。"], "https://www.jiangcheng.example/a?x=1&y=2"),
    ([], ["本文来源：江城网 http://www.jiangcheng.example:8080/2.html作者：李某"], "http://www.jiangcheng.example:8080/2.html"),
    (["网址：http://www.jiangcheng.example/"], ["原文网址：http://www.jiangcheng.example/3.html"], "http://www.jiangcheng.example/3.html"),
    (["相关链接：http://www.jiangcheng.example/4.html"], ["更多请访问：http://www.jiangcheng.example/5.html"], None),
    ([], ["原文链接：http://who:key@jiangcheng.example/6", "网址：ftp://jiangcheng.example/7", "链接：http://localhost/8",
          "网址：http://[x/9"], None),
])
def test_an_address_behind_a_label(head, tail, url):
    assert said([*head, "在造林大会上的讲话"], tail=tail).source_url == url
    given = "http://given.example/1"
    assert said([*head, "在造林大会上的讲话"], tail=tail, url=given).source_url == given


def test_no_address_is_taken_from_what_is_said():
    assert said(["在造林大会上的讲话"], f"{TEXT}\n网址：http://www.jiangcheng.example/a/1.html 大家要记住。").source_url is None


@pytest.mark.parametrize(("line", "who"), [
    ("语文教研组　方志平", "方志平"), ("第三代表团  李秀兰", "李秀兰"), ("机修车间 王铁柱", "王铁柱"),
    ("新闻报道组 李秀兰", None), ("全文写作组 王铁柱", None),
])
def test_a_part_of_a_school_or_an_assembly_before_a_name(line, who):
    assert said(["在护林座谈会上的发言", line, "1997年6月28日"]).speaker_name == who


def test_the_day_in_the_note_of_how_the_text_was_made():
    told = said(["在县委扩大会议上的讲话"], tail=["（一九九二年三月五日，根据录音整理）"])
    assert (told.delivered_date, told.delivered_evidence) == (date(1992, 3, 5), "（一九九二年三月五日，根据录音整理）")
    assert said(["在县委扩大会议上的讲话"], tail=["（一九九二年三月五日，某报刊登）"]).delivered_date is None


def test_the_day_that_the_speaker_says_it_is_by_the_year_of_what_was_put_out_right_after():
    text = "老师们、同学们：\n今天是十二月三十日，天气很冷，大家还是来了，我很高兴。"
    title = "在迎新大会上的讲话"
    assert said([title, "发信站：某站（Wed Jan  2 01:26:18 2002），转信"], text).delivered_date == date(2001, 12, 30)
    assert said([title, "发布时间：2001-12-29"], text).delivered_date is None
    assert said([title, "发布时间：2002-05-20"], text).delivered_date is None
    assert said([title], text).delivered_date is None


def test_the_day_of_the_meeting_from_which_somebody_sends_a_speech_on():
    assert said(["转发一份讲话，大家看看（2016年3月4日的会议）："]).delivered_date == date(2016, 3, 4)
    assert said(["转发一份讲话，大家看看（2016年3月4日的报纸）："]).delivered_date is None


def test_the_county_that_calls_all_of_it_together():
    report = "编者按：9月26日，{}召开全县护林大会，县委书记方某在会上作了讲话。现将讲话全文刊登如下。"
    assert [said(["在全县护林大会上的讲话", report.format(name)]).place for name in ("公安县", "绥宁县", "绥宁县委、县政府", "公安局")] \
        == ["公安县", "绥宁县", "绥宁县", None]
    assert said(["在全县护林大会上的讲话", report.replace("全县", "全市").format("绥宁县")]).place is None
def test_of_two_days_alone_the_later_one_above_is_that_of_the_page():
    told = said(["在造林大会上的讲话", "江城林业", "2019年3月8日", "（2019年3月6日）"])
    assert (told.delivered_date, told.published_date) == (date(2019, 3, 6), date(2019, 3, 8))
    told = said(["在造林大会上的讲话", "2019年3月8日", "王长河", "2019年3月6日"])
    assert (told.delivered_date, told.published_date) == (date(2019, 3, 6), date(2019, 3, 8))


@pytest.mark.parametrize("lines", [["2019年3月6日", "（2019年3月8日）"], ["（2019年3月8日）"], ["2019年3月8日"]])
def test_a_day_alone_is_that_of_the_speech(lines):
    told = said(["在造林大会上的讲话", *lines])
    assert told.delivered_date == date(2019, 3, 8)
    assert told.published_date is None


@pytest.mark.parametrize("bar", ["2019年3月8日 537人看过", "2019年3月8日　1.2万阅读", "2019.03.08集团办公室分享到：微信微博QQ空间",
                                 "2019-03-08 党委宣传部 分享到：微信好友 朋友圈", "2019/3/8 本刊编辑部"])
def test_a_bar_of_readers_or_of_who_put_a_page_out(bar):
    told = said(["在造林大会上的讲话", bar, "（2019年3月6日）"])
    assert (told.delivered_date, told.published_date) == (date(2019, 3, 6), date(2019, 3, 8))
    assert told.source_name is None


def test_a_day_alone_above_what_was_given_on_an_earlier_one_is_that_of_the_page():
    told = said(["就造林修订议案的发言", "2019年3月8日", "林书平议员于2019年3月6日市议会会议上的发言"])
    assert (told.delivered_date, told.published_date, told.speaker_name) == (date(2019, 3, 6), date(2019, 3, 8), "林书平")
    told = said(["在造林大会上的讲话", "2019年3月8日", "（2019年3月9日，江城）"])
    assert told.published_date is None


@pytest.mark.parametrize(("line", "day"), [
    ("时间：佛历二五六二年二月初一（公历2019年3月7日）", date(2019, 3, 7)),
    ("2019年3月7日（农历二月初一）", date(2019, 3, 7)),
    ("2019年3月7日　学生记录", date(2019, 3, 7)),
    ("2019年3月7日　林书平笔记", date(2019, 3, 7)),
    ("一九八八年农历二月初一", date(1988, 1, 1)),
])
def test_beside_the_day_stands_another_calendar_or_who_took_it_down(line, day):
    told = said(["在全寺共修会上的讲话", line, "地点：江城栖霞寺"])
    assert (told.delivered_date, told.published_date, told.delivered_evidence) == (day, None, line)


@pytest.mark.parametrize("line", [
    "公元二○一一年七月二日 佛历二五五四年 星期六", "2011年7月2日 佛历二五五四年 星期六", "2011年7月2日（农历辛卯年） 星期六",
])
def test_a_paper_has_the_year_of_another_calendar_behind_its_day(line):
    told = said(["新声日报 第五版 侨社动态", line, "在恳亲大会上的致词", "理事长 王大强", "（二○一一年七月一日）"], "各位宗亲：\n大家好！")
    assert (told.published_date, told.delivered_date) == (date(2011, 7, 2), date(2011, 7, 1))


def test_what_sounds_like_a_calendar_is_none():
    assert said(["在华夏历史文化论坛（2019年3月7日）上的讲话"]).title == "在华夏历史文化论坛（2019年3月7日）上的讲话"


def test_a_note_below_the_text_tells_office_and_day():
    note = "（作者时任县长。本文根据一九八六年三月八日讲话记录整理，未经本人审阅。）"
    told = said(["在造林会议上的讲话", "林书平"], tail=[note])
    assert (told.speaker_name, told.speaker_role, told.delivered_date) == ("林书平", "县长", date(1986, 3, 8))
    other = said(["在造林会议上的讲话", "林书平"], tail=["（本文根据一九九六年三月八日县档案馆移交的原稿整理。）"])
    assert (other.speaker_role, other.delivered_date) == (None, None)


def test_a_note_may_leave_out_the_year():
    note = "（本文是作者3月6日在全县造林大会上的发言。）"
    told = said(["在全县造林大会上的发言", "江城林业2019-03-08 07:30"], tail=[note])
    assert told.delivered_date == date(2019, 3, 6)
    assert said(["在全县造林大会上的发言"], tail=[note]).delivered_date is None


def test_the_bar_of_an_account_names_its_writer_first():
    told = said(["在全县造林大会上的发言", "原创林书平江城林业2019-03-08 07:30", "江城县柳河镇中心小学　教师　林书平"], site="江城林业")
    assert (told.source_name, told.speaker_name, told.speaker_role) == ("江城林业", "林书平", "教师")
    told = said(["在造林大会上的发言", "县委书记林书平柳河机关党建2019-03-08 17:40", "（2019年3月6日）"])
    assert (told.speaker_name, told.speaker_role, told.published_date) == ("林书平", "县委书记", date(2019, 3, 8))


def test_the_heading_within_what_a_site_makes_of_it():
    told = said(["[党课讲稿最新版]把树种在心里，把根扎进土里",
                 "下面是小编为大家整理的2019年把树种在心里，把根扎进土里党课讲稿（全文），供大家参考。",
                 "把树种在心里，把根扎进土里", "主讲人：镇党委书记 林书平"])
    assert told.title == "把树种在心里，把根扎进土里"
    told = said(["全市林业工作会议", "下面是小编为大家整理的2019年全市林业工作会议讲话稿（全文），供大家参考。"])
    assert told.title == "2019年全市林业工作会议讲话稿"


def test_what_an_assembly_or_a_school_writes_over_the_title_is_none():
    told = said(["市政协五届二次会议大会发言", "把荒山变成青山", "市政协委员 林书平", "（2019年3月6日）"])
    assert (told.title, told.genre, told.occasion) == ("把荒山变成青山", "发言", "五届二次会议")
    told = said(["第九周国旗下演讲稿", "小树也会长大", "六（2）班　林小树"], "同学们：\n今天我演讲的题目是《小树也会长大》。")
    assert told.title == "小树也会长大"
    assert said(["在市政协五届二次会议上的发言", "把荒山变成青山的事", "市政协委员 林书平"]).title == "在市政协五届二次会议上的发言"
    assert said(["造林表彰大会发言材料", "市政协委员 林书平", "（2019年3月6日）"]).title == "造林表彰大会发言材料"


@pytest.mark.parametrize(("title", "conflicts"), [
    ("2020年在造林总结大会上的讲话（精选3篇）-某某文秘网", True), ("2019年在造林总结大会上的讲话（精选3篇）-某某文秘网", False),
])
def test_a_year_that_a_site_stuck_to_the_title_contradicts_the_day(title, conflicts):
    text = "同志们：\n今天是2019年1月14日，我们召开造林总结大会。"
    told = said(["在造林总结大会上的讲话"], text, title=title)
    assert ("date_conflict" in told.defects) is conflicts
    assert told.title == "在造林总结大会上的讲话"
    assert said(["全市造林会议讲话"], text, title="2020年全市造林会议讲话").defects == frozenset()
    head = ["政府工作报告", "——2018年12月26日在江城市第五届人民代表大会第二次会议上"]
    assert said(head, REPORT, title="2019年政府工作报告").defects == frozenset()


def test_how_many_came_is_no_count_of_readers():
    assert said(["2019年3月8日在三百人观看的造林大会上的讲话"]).published_date is None


def test_the_day_in_an_editors_note_that_names_another_year_in_a_title():
    note = "编者按：3月6日，林场场长王长河应邀在2019年会上发表演讲，引起强烈共鸣。"
    told = said(["发布时间：2019-03-15", note])
    assert told.delivered_date == date(2019, 3, 6)


def test_the_kind_and_the_occasion_that_stand_below_a_headline():
    told = said(["山上的四十年", "江城林业", "在造林表彰大会上的发言", "（2019年3月6日）"], title="山上的四十年")
    assert (told.title, told.genre, told.occasion) == ("山上的四十年", "发言", "造林表彰大会")
    head = ["在造林表彰大会上的发言", "江城林业", "山上的四十年", "2019年3月6日", "林场", "某县", "苗圃"]
    told = said(head, "今天种树。", title="山上的四十年")
    assert told.genre != "发言"


def test_who_speaks_may_be_what_a_word_of_two_characters_says():
    assert said(["在图书馆开馆庆典上的发言", "（2019年3月6日）", "馆员　林书平"]).speaker_name == "林书平"
    assert said(["在图书馆开馆庆典上的发言", "（2019年3月6日）", "记录员　林书平"]).speaker_name is None
