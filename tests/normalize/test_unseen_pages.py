"""Pages of makes that no other test has: archives, boards, mail, government tables, papers of Hong Kong and Taiwan. The same speech comes
out, and what the page says of it."""
from datetime import date
from typing import Any

import pytest

from flows.normalize.dates import dates
from flows.normalize.speech import normalize
from tests.normalize.pages import SPEECH, TITLE, page

LINES = SPEECH.split("\n")
SHORT = """同志们：
今天把大家请来，就讲一件事：修路。路不通，山里的果子就运不出去，这个道理大家都懂。
各村要把劳力组织好，三月底以前动工，五月底以前通车。希望大家回去以后抓紧行动。"""


def read(head: str, tail: str = "", text: str = SHORT) -> Any:
    """The speech of a page, which must be the text and nothing else."""
    speech = normalize(page(f"{head}\n{text}\n{tail}".strip("\n") + "\n"))
    assert speech is not None and speech.text == text
    return speech.metadata


@pytest.mark.parametrize(("written", "day"), [
    ("（一九五二年三月廿八日）", date(1952, 3, 28)), ("（一九三一年一月卅一日）", date(1931, 1, 31)),
    ("（民國三十八年一月二十日）", date(1949, 1, 20)), ("中華民國 113 年 05 月 20 日", date(2024, 5, 20)),
    ("民国元年一月一日", date(1912, 1, 1)), ("（ 二 〇 〇 九 年 一 月 五 日 ）", date(2009, 1, 5)),
    ("岁次甲辰年二月廿六（公元2024年4月5日）", date(2024, 4, 5)), ("农历癸卯年正月初八（2023年1月29日）", date(2023, 1, 29)),
    ("（2010年8月5日，根据录音整理）", date(2010, 8, 5)), ("105年5月31日", date(2016, 5, 31)),
    ("公元一九九三年十月廿二日于县招待所", date(1993, 10, 22)),
])
def test_days_of_other_calendars_and_hands(written, day):
    told = read(f"在全县修路动员会上的讲话\n{written}")
    assert (told.delivered_date, told.delivered_precision) == (day, "day")


def test_a_month_below_the_text():
    told = read("在全县修路动员会上的讲话", "2022年12月")
    assert (told.delivered_date, told.delivered_precision) == (date(2022, 12, 1), "month")


def test_a_bulletin_board():
    told = read("发信人: gongwen (笔杆子), 信区: Secretary\n标  题: [转载] 领导在修路动员会上的讲话\n"
                "发信站: 青山社区 (Sun Feb  3 21:14:22 2008), 站内\n\n【 以下文字转载自 Office 讨论区 】",
                "--\n※ 来源:·青山社区 board.example.net·[FROM: 202.112.*]")
    assert (told.title, told.published_date) == ("领导在修路动员会上的讲话", date(2008, 2, 3))
    assert told.source_name == "青山社区"


def test_a_forwarded_mail():
    told = read("发件人: 王秘书\n收件人: 各科室\n发送时间: 2015年3月10日 15:20\n主题: 转发：局长在修路动员会上的讲话\n\n各科室：\n"
                "现将局长在修路动员会上的讲话发给你们，请组织学习。\n", "王秘书\n局办公室\n电话：000-1234567")
    assert (told.title, told.published_date, told.speaker_role) == ("局长在修路动员会上的讲话", date(2015, 3, 10), "局长")


def test_a_table_whose_cells_are_parted_by_tabs():
    told = read("首页\n政务公开\n名称\t在全市修路动员会上的讲话\n索引号\t000014349/2016-00045\n生成日期\t2016-04-08\n公开日期\t2016-04-11\n"
                "发布机构\t襄阳市人民政府\n在全市修路动员会上的讲话\n襄阳市人民政府市长 秦 某")
    assert (told.title, told.published_date, told.source_name) == ("在全市修路动员会上的讲话", date(2016, 4, 11), "襄阳市人民政府")
    assert (told.place, told.speaker_role) == ("襄阳市", "市长")


@pytest.mark.parametrize(("head", "title"), [
    ("在县委理论学习中心组\n（扩大）学习会上的讲话", "在县委理论学习中心组（扩大）学习会上的讲话"),
    ("在全县农村工作会议暨\n脱贫攻坚推进会上的讲话", "在全县农村工作会议暨脱贫攻坚推进会上的讲话"),
    ("贯彻新理念 推动新发展\n—在全县修路动员会上的讲话", "贯彻新理念推动新发展——在全县修路动员会上的讲话"),
    ("路通百业兴\n——2021年2月8日在遵义市修路动员会上的讲话", "路通百业兴——在遵义市修路动员会上的讲话"),
    ("尹某市长在全县修路动员会上的讲话摘录\n——2016年12月29日，江城市人民政府市长尹某在全县修路动员会上讲话",
     "尹某市长在全县修路动员会上的讲话摘录"),
    ("2020年春季开学第一课校长讲话：山河无恙，少年当自强", "2020年春季开学第一课校长讲话：山河无恙，少年当自强"),
    ("在全县修路动员会上的讲话3000字", "在全县修路动员会上的讲话"),
    ("2020.05.09  王某市长在修路动员会上的讲话要点", "王某市长在修路动员会上的讲话要点"),
    ("（2021年3月4日）在全县修路动员会上的讲话", "在全县修路动员会上的讲话"),
    ("修好一条路 通达百业兴\n1999年10月1日 中新社\n中新社江城十月一日电 县长今天在修路动员会上讲话，讲话全文如下：",
     "修好一条路通达百业兴"),
    ("【党课开讲啦】修好一条路通达百业兴\n来源：幸福社区党委", "修好一条路通达百业兴"),
    ("悼词", "悼词"),
    ("在全县修路动员会上的讲话（根据录音整理，未经本人审阅）", "在全县修路动员会上的讲话"),
    ("第二篇：在全县修路动员会上的讲话", "在全县修路动员会上的讲话"),
    ("首页\n在全县修路动员会上的讲话", "在全县修路动员会上的讲话"),
    ("县文化馆召开会议\n在全县修路动员会上的讲话", "在全县修路动员会上的讲话"),
])
def test_titles_over_two_lines_and_what_stands_around_them(head, title):
    assert read(head).title == title


@pytest.mark.parametrize(("head", "tail", "name", "role"), [
    ("", "县委常委、政法委书记 罗 勇\n二〇一一年六月二十四日", "罗勇", "县委常委、政法委书记"),
    ("", "李小山\n2019年3月2日", "李小山", None),
    ("", "董事长：钱学民\n二〇二三年元旦", "钱学民", "董事长"),
    ("", "编辑：李小山\n2019年3月2日", None, None),
    ("□ 李 强\n（2013年9月6日）", "", "李强", None),
    ("副县长 阿不都·热西提", "副县长 王小二", "阿不都·热西提", "副县长"),
    ("省教育厅党组书记、厅长　阿依努尔·买买提", "", "阿依努尔·买买提", "党组书记、厅长"),
    ("讲课人：社区党委书记 胡晓梅", "", "胡晓梅", "党委书记"),
    ("李 明 县长：", "", "李明", "县长"),
    ("", "述职人：王小明\n2022年1月10日", "王小明", None),
    ("", "（作者系市图书馆馆长刘静，本文根据作者2019年10月12日在全县修路动员会上的发言整理）", "刘静", "馆长"),
])
def test_who_signs_the_text(head, tail, name, role):
    told = read(f"在全县修路动员会上的讲话\n{head}", tail)
    assert (told.speaker_name, told.speaker_role) == (name, role)


@pytest.mark.parametrize(("head", "tail", "source"), [
    ("信息发布\n工业互联网", "", None),
    ("作者：佚名　文章来源：本站原创　点击数：12　更新时间：2019/3/5", "", None),
    ("河东日报\n2019-11-29 07:15", "", "河东日报"),
    ("山水文秘网\n首页", "", "山水文秘网"),
    ("来源：文秘家园 会员：qwerty 2014-06-30 人气：3,210", "", "文秘家园"),
    ("", "来源丨江城日报\n编辑丨王某", "江城日报"),
    ("| 发布机构 | 上饶县人民政府办公室 | 发文日期 | 2020-08-14 |", "", "上饶县人民政府办公室"),
    ("", "下一条：关于做好秋收工作的通知\n版权所有：青山市教育局 鄂ICP备05000000号", "青山市教育局"),
])
def test_who_is_the_source_and_who_is_not(head, tail, source):
    assert read(f"在全县修路动员会上的讲话\n{head}", tail).source_name == source


@pytest.mark.parametrize("address", [
    "各位宗亲、各位长辈、各位兄弟姐妹：", "尊敬的王部长，\n尊敬的陈主席、刘副主任和各位老领导，\n各位来宾：", "主席：", "各位市民：",
    "各位船主、各位渔工：", "各位委员、各位文史工作者：",
])
def test_whoever_is_addressed(address):
    read("在开渔节上的致辞\n市长 李某某",
         text=f"{address}\n首先，我感谢大家在百忙之中来到这里，和我们一起见证这个日子。\n祝大家身体健康！谢谢大家！")


@pytest.mark.parametrize("closing", [
    "我就分享到这里，谢谢大家。", "以上述职，如有不当，请批评指正。", "今天就讲到这儿，谢谢大家！", "不当之处，敬请各位领导批评指正。",
    "完了。谢谢。",
])
def test_the_last_words_are_the_speech_and_not_the_page(closing):
    read("在全县修路动员会上的讲话", "首页 上一页 下一页\n分享到：微信 微博", f"{SHORT}\n{closing}")


def test_a_courtesy_at_the_beginning_ends_nothing():
    read("在全县修路动员会上的发言",
         text="各位领导：\n下面，我就修路情况作个汇报。\n不妥之处，敬请批评指正。\n一、进展情况\n路基完成八成，桥涵全部完工。\n"
              "二、存在问题\n石料供应紧张，雨季即将到来。\n三、下步打算\n倒排工期，挂图作战，确保国庆通车。")


def test_marks_of_notes_that_are_no_numbers_in_brackets():
    text = SHORT.replace("大家都懂。", "大家都懂①。").replace("抓紧行动。", "抓紧行动②。")
    assert normalize(page(f"在全县修路动员会上的讲话\n{text}\n①参见某某文集，第20页。\n②参见某某文集，第30页。")).text == SHORT
    named = SHORT.replace("大家都懂。", "大家都懂〔註一〕。")
    assert normalize(page(f"在全县修路动员会上的讲话\n{named}\n〔註一〕根据县志。\n（载一九五二年四月二日“人民日报”）")).text == SHORT
    counted = SHORT.replace("大家都懂。", "大家都懂。要做到：①早动手；②快施工；③保质量。")
    read("在全县修路动员会上的讲话", text=counted)


def test_the_day_of_a_lesson_beside_its_place():
    told = read("【党课开讲啦】路通百业兴\n来源：幸福社区党委\n发布时间：2022-07-04\n讲课人：社区党委书记 胡晓梅\n讲课时间：2022年7月1日\n"
                "讲课地点：社区活动室")
    assert (told.delivered_date, told.published_date) == (date(2022, 7, 1), date(2022, 7, 4))


def test_a_teacher_says_who_she_is():
    told = read("教师代表在表彰会上的发言",
                text="尊敬的各位领导：\n下午好！我是青山中学的语文教师刘梅。今天能站在这里，我既激动又惭愧。\n谢谢大家！")
    assert (told.speaker_name, told.speaker_role) == ("刘梅", None)


def test_a_document_that_its_reader_shared():
    head = ("第1页 / 共4页\n亲，该文档总共4页，到这儿已超出免费预览范围，如果喜欢就下载吧！\n资源描述：\n"
            "《镇长在修路动员会上的讲话》由会员分享，可在线阅读，更多相关《镇长在修路动员会上的讲话》请在某图网上搜索。\n1、镇长在修路动员会上的讲话")
    body = SHORT.replace("\n", "")
    speech = normalize(page(f"{head}{body}\n展开阅读全文\n温馨提示：某图网所有资源均是用户自行上传分享"))
    assert (speech.text, speech.metadata.title) == (body, "镇长在修路动员会上的讲话")


def test_a_newspaper_that_goes_on_overleaf():
    lines = SPEECH.split("\n")
    text = "\n".join([*lines[:4], "（下转A03版）", "（上接A02版）", "【推荐阅读】县长在经济工作会议上的讲话", *lines[4:]])
    assert normalize(page(f"A02 要闻 2012年3月6日 星期二 责编/张三 版式/李四\n{TITLE}\n{text}")).text == SPEECH


def test_an_address_in_bold():
    speech = normalize(page(f"# {TITLE}\n\n> 市长 方某\n> 2023年3月14日\n\n**同志们：**\n\n" + SHORT.partition("\n")[2], "a.md"))
    assert (speech.text, speech.metadata.delivered_date) == (SHORT, date(2023, 3, 14))


def test_links_in_the_midst_of_a_speech_end_nothing():
    at = next(number for number, line in enumerate(LINES) if line.startswith("二、"))
    text = "\n".join([*LINES[:at], "推荐阅读：", "县长在经济工作会议上的讲话", "县长在农业农村工作会议上的讲话", *LINES[at:]])
    below = f"【{TITLE}】相关文章：\n1.县长在全县教育大会上的讲话\n2.造林大会主持词"
    assert normalize(page(f"{TITLE}\n{text}\n{below}")).text == SPEECH


def test_what_others_write_below_a_posted_speech():
    read("[转帖]在修路动员会上的讲话（经典）\n楼主：一壶清茶　时间：2009-08-14 09:12　点击：5321　回复：46",
         "作者：飘过的云　时间：2009-08-14 10:03\n好文章，顶一个！收藏了。\n作者：小吏　时间：2009-08-14 11:20\n"
         "同志们，这才叫讲话！我们领导要是这样讲，我天天去听。")


def test_a_lead_that_names_the_speaker():
    told = read("立法会：财政司司长在立法会会议上恢复二读辩论的致辞（只有中文）\n"
                "以下为财政司司长陈茂某今日（四月二十五日）在立法会会议上恢复二读辩论的致辞：",
                "完\n\n2018年4月25日（星期三）\n香港时间11时40分",
                "主席：\n首先，我感谢各位议员就预算案提出的宝贵意见。主席，我恳请各位议员支持草案。\n多谢主席。")
    assert (told.speaker_name, told.speaker_role, told.delivered_date) == ("陈茂某", "司长", date(2018, 4, 25))


@pytest.mark.parametrize(("title", "genre"), [
    ("行政長官二零一五年施政報告", "工作报告"), ("在立法會會議上的演辭", "演讲"), ("第一次代表大會開會詞", "致辞"), ("祝酒词", "致辞"),
])
def test_kinds_that_others_name_otherwise(title, genre):
    assert read(title).genre == genre


@pytest.mark.parametrize(("title", "organization", "occasion"), [
    ("市长就治理雾霾在电视上发表讲话", None, None), ("王大海出席酒会并致辞", None, "酒会"),
    ("在共青团青山市第十次代表大会上的报告", None, "共青团青山市第十次代表大会"), ("在张村小学百年校庆上的致辞", "张村小学", "百年校庆"),
])
def test_meetings_that_are_none_and_whose_they_are(title, organization, occasion):
    told = read(title)
    assert (told.organization, told.occasion) == (organization, occasion)


def test_a_last_line_cut_at_a_width():
    wrapped = ("同志们:\n县委决定召开这次经济工作会议,主要是总结今年的工\n作,分析面临的形势,部署明年的任务。下面,我讲三点\n意见。\n"
               "一、肯定成绩,坚定信心\n今年以来,面对复杂的形势,全县上下团结一致,主要\n经济指标全面完成。全年生产总值预计达到85亿元,增长\n"
               "- 1 -\n11.5%;财政收入6.8亿元,增长20%。\n二、认清形势,抢抓机遇\n当前,国家扩大内需的政策没有变,沿海产业向内地转移\n"
               "的势头没有变,这是我们最大的机遇。\n- 2 -\n同志们,让我们振奋精神,扎实苦干,为全面建成小康社\n会而努力奋斗!\n- 3 -")
    assert normalize(page(f"在县委经济工作会议上的讲话\n{wrapped}")).text.split("\n")[-2:] == [
        "当前，国家扩大内需的政策没有变，沿海产业向内地转移的势头没有变，这是我们最大的机遇。",
        "同志们，让我们振奋精神，扎实苦干，为全面建成小康社会而努力奋斗！"]


@pytest.mark.parametrize("tail", [
    "本站是替大家保管资料的空间，所有内容都由用户发布，不代表本站观点。请注意甄别内容中的联系方式和诱导购买等信息。如发现侵权内容，请点击举报。",
    "《在全县修路动员会上的讲话》由（某某公文网）整理提供，版权归原作者所有。", "（优质文档请下载）",
    "资料未必周全，请浏览后下载！\n本资料未必周全，请谨慎下载！", "（完）", "完", "T H E E N D\nthe end",
])
def test_what_a_site_says_of_itself_below_a_speech(tail):
    read("在全县修路动员会上的讲话", tail)


def test_what_a_speaker_asks_for_is_no_statement_of_a_site():
    asked = "各单位要管好网站、公众号和小程序，转载内容要核对来源，发布信息要经过审核。"
    read("在全县政务新媒体工作会上的讲话", text=f"{SHORT}\n{asked}")


@pytest.mark.parametrize(("head", "tail", "published"), [
    ("在全县修路动员会上的讲话\n发布日期：107-03-12\n发布单位：建设局", "", date(2018, 3, 12)),
    ("在全县修路动员会上的讲话\n某某人 2018-03-12 | 阅：1203 转：56", "", date(2018, 3, 12)),
    ("在全县修路动员会上的讲话", "发布于 2021-03-06 08:12", date(2021, 3, 6)),
])
def test_days_on_which_a_text_was_put_out(head, tail, published):
    told = read(head, tail)
    assert (told.title, told.published_date) == ("在全县修路动员会上的讲话", published)


def test_what_a_text_is_about_is_neither_its_title_nor_its_speaker():
    told = read("在全县修路动员会上的讲话\n关键词：修路 动员 讲话")
    assert (told.title, told.speaker_name) == ("在全县修路动员会上的讲话", None)


def test_a_speaker_below_a_remark_on_how_the_text_was_made():
    told = read("在全县修路动员会上的讲话\n（根据录音整理，未经本人审阅）\n王大山\n2018年3月12日")
    assert (told.speaker_name, told.delivered_date) == ("王大山", date(2018, 3, 12))


@pytest.mark.parametrize(("tail", "source"), [
    ("版权所有：青山县人民政府 ICP备案号：皖ICP备00000000号-1", "青山县人民政府"),
    ("版权所有：青山县人民政府 皖ICP备00000000号-1", "青山县人民政府"),
    ("Copyright © 2018 Green Hill County. All Rights Reserved.", None)])
def test_whose_rights_a_page_reserves(tail, source):
    assert read("在全县修路动员会上的讲话", tail).source_name == source


def test_points_that_dots_end_in_a_text_without_full_stops():
    dotted = LINES[4:9]
    text = "\n".join(LINES).translate(str.maketrans("，。：；（）？！", ",.:;()?!"))
    speech = normalize(page(f"{TITLE}\n{text}\n"))
    assert speech is not None and speech.text == SPEECH and any("。" in line for line in dotted)


def test_a_heading_broken_behind_its_comma():
    text = SPEECH.replace("认清形势，", "认清形势，\n").replace("突出重点，", "突出重点，\n")
    speech = normalize(page(f"{TITLE}\n{text}\n"))
    assert speech is not None and speech.text == SPEECH


def test_an_address_that_the_speaker_gives_is_his():
    text = f"{SHORT}\n各村可以登录www.example.org查看图纸，也可以访问http://example.org/lu/留言，有问题及时反映。"
    read("在全县修路动员会上的讲话", text=text)
    speech = normalize(page(f"在全县修路动员会上的讲话\n{SHORT.replace('这个道理', 'www.example.org这个道理')}\n"))
    assert speech is not None and speech.text == SHORT


@pytest.mark.parametrize("inside", [
    # headings, as public accounts set them
    "01\n把路修直\n弯路多，事故就多，今年要把五处急弯改直。\n02\n把路修宽\n路窄了错不开车，今年要把两段老路拓宽。",
    "大家看一个数字：\n1024\n这是去年全县因为路窄而受阻的车次。",
])
def test_a_number_that_is_no_page_number(inside):
    text = SHORT.replace("\n", f"\n{inside}\n", 1)
    speech = normalize(page(f"在全县修路动员会上的讲话\n点击次数合计为：\n2048\n{text}\n"))
    assert speech is not None and speech.text == text


def test_a_conversation_keeps_its_questions():
    text = ("主持人：各位记者，大家上午好，今天请交通局的同志介绍修路的情况。\n王局长：谢谢主持人。今年我们要修三条路，修两座桥。\n"
            "记者：请问钱从哪里来？\n王局长：县里出一半，乡里出一半，不向群众摊派。")
    speech = normalize(page(f"全县修路新闻发布会实录\n{text}\n记者：张小明 通讯员：李大海\n"))
    assert speech is not None and speech.text == text


@pytest.mark.parametrize("tail", [
    "以上内容仅为示例，您可以根据实际情况进行修改。\n希望这篇讲话稿能对您有所帮助，如果您还有其他需要，请随时告诉我。",
    "会议由县政府办公室主任李某主持。各乡镇主要负责人参加会议。\n（李某 整理）",
    "会上，县交通局通报了一季度的进度，三个乡作了发言。\n县领导张某、赵某出席会议。",
    "包括交通部门负责人王某、公路协会会长李某等亦出席是项活动。",
    "出席典礼的其他主礼嘉宾包括县长张某、公路协会会长李某。",
    "点个“在看”，为修路人加油！\n喜欢此内容的人还喜欢\n阅读原文",
    "点亮「在看」，让更多人看到！",
    "这篇文章对您有帮助吗？\n有用(3) 没用(0)\n想免费下载本文？\n还剩2页未读，是否继续阅读？",
    "公文写作培训班火热招生中！",
])
def test_what_stands_below_a_speech(tail):
    speech = normalize(page(f"{TITLE}\n{SPEECH}\n{tail}\n"))
    assert speech is not None and speech.text == SPEECH


@pytest.mark.parametrize("last", ["感谢大家今天出席典礼。", "多谢街坊冒雨来参加活动。"])
def test_whoever_thanks_those_who_came_is_the_speaker(last):
    speech = normalize(page(f"{TITLE}\n{SPEECH}\n{last}\n"))
    assert speech is not None and speech.text == f"{SPEECH}\n{last}"


def test_a_post_carries_its_time_behind_its_title():
    told = read("在全县修路动员会上的讲话 (2014-03-05 16:20:11)\n标签： 讲话 修路 分类： 公文")
    assert (told.title, told.published_date, told.delivered_date) == ("在全县修路动员会上的讲话", date(2014, 3, 5), None)


def test_a_bar_that_tells_who_spoke():
    told = read("在全县修路动员会上的讲话\n讲话人：王大山　　时间：2014年3月5日　　地点：县礼堂")
    assert (told.speaker_name, told.delivered_date, told.published_date) == ("王大山", date(2014, 3, 5), None)


def test_an_answer_of_a_machine_names_no_title():
    assert read("以下是为您整理的一篇修路动员会讲话稿，供参考：\n在全县修路动员会上的讲话").title == "在全县修路动员会上的讲话"


@pytest.mark.parametrize(("tail", "source"), [
    ("版权所有 青山学院 地址：青山县学府路1号", "青山学院"),
    ("以上内容为自媒体平台用户上传并发布，本平台仅提供信息存储服务。", None)])
def test_who_a_page_belongs_to(tail, source):
    assert read("在全县修路动员会上的讲话", tail).source_name == source


@pytest.mark.parametrize(("clean", "seen"), [
    ("。", "．"), ("，", "﹐"), ("，", "︐"), ("。", "︒"), ("，", "，4 k* w9 Z+ p! "),
])
def test_marks_of_other_settings_and_noise_without_rare_symbols(clean, seen):
    speech = normalize(page(f"{TITLE}\n{SPEECH.replace(clean, seen)}\n"))
    assert speech is not None and speech.text == SPEECH


def test_a_page_that_ends_within_a_sentence():
    sentence = "修路是全县群众盼了多年的一件大事，各个乡镇都要把这件事放在心上，抓在手上，一年接着一年干下去。"
    text = SHORT.replace("\n", f"\n{sentence}\n", 1)
    speech = normalize(page(f"{TITLE}\n{text.replace('放在心上', '放在' + chr(10) + '- 3 -' + chr(10) + '心上')}\n"))
    assert speech is not None and speech.text == text


def test_a_figure_with_a_wide_point_is_no_end_of_a_sentence():
    text = SHORT.replace("\n", "\n去年全县修路投入3．5亿元，比前年多一成。\n", 1)
    speech = normalize(page(f"{TITLE}\n{text}\n"))
    assert speech is not None and "3.5亿元" in speech.text.replace("．", ".")


@pytest.mark.parametrize("inside", ["更多优质公文素材请上纸笔斋搜一搜", "（点此展开剩余内容）", "(点击查看全部内容)"])
def test_what_a_site_says_within_a_speech(inside):
    speech = normalize(page(f"{TITLE}\n{SPEECH.replace(chr(10), chr(10) + inside + chr(10), 2)}\n"))
    assert speech is not None and speech.text == SPEECH


def test_floors_of_a_forum_are_no_speech():
    speech = normalize(page(f"{TITLE} [复制网址]\n楼主 李小明 发表于 2014-03-05 10:20:11\n{SPEECH}\n沙发 王小红\n好帖，顶一个！\n"
                            "3楼 赵大力\n谢谢楼主，正需要\n"))
    assert speech is not None and speech.text == SPEECH
    assert speech.metadata.title == TITLE


def test_what_an_editor_writes_before_a_speech_without_an_address():
    text = SPEECH.partition("\n")[2]
    speech = normalize(page(f"{TITLE}\n写在前面：这是一篇很见功力的稿子，值得反复研读。\n{text}\n"))
    assert speech is not None and speech.text == text


THANKED = SHORT + "\n我的话讲完了，谢谢大家！"


@pytest.mark.parametrize("tail", [
    "本帖最后由 山路弯弯 于 2014-5-6 07:03 编辑\n评分：老槐树 鲜花 + 5\n老槐树 12 主题 | 88 帖子\n"
    "沙发 发表于 2014-5-6 12:20\n我们村也想修，就是缺钱！",
    "0\n喜欢\n阅读(389)┊ 评论 (2)┊ 收藏(11) ┊转载(4)\n评论\n听雨：这条路后来修成了吗？ 2014-5-8 08:02 回复(1)\n你要发表什么看法？",
    "本回答被提问者采纳\n已赞过 14  已踩过 5\n你对这个回答的评价是?\n其他1条回答\n我也想找这篇，找到了告诉我一声。",
    "某县交通局办公室\n保密提示：本邮件及其附件仅供指定收件人阅读，误收者请立即删除并告知我们。"])
def test_what_readers_write_below_the_thanks(tail: str) -> None:
    speech = normalize(page(f"{TITLE}\n{THANKED}\n{tail}\n"))
    assert speech is not None and speech.text == THANKED


def test_a_speech_goes_on_behind_thanks() -> None:
    more = "\n二、再说养路\n" + "路修好了要有人养，各村要定一个人，每月走一遍，哪里塌了补哪里，哪里堵了清哪里，我们年底要来看。" * 3
    speech = normalize(page(f"{TITLE}\n{THANKED}{more}\n大家辛苦了。\n"))
    assert speech is not None and speech.text == f"{THANKED}{more}\n大家辛苦了。"


@pytest.mark.parametrize("line", [
    "🔒 未登录用户每日可看3页 立即登录", "📌 报名入口：（修路动员会），仅剩12席", "（此处有付费隐藏内容，需20金币查看——已购买）", "[图片]",
    "您正在浏览的是试读内容，升级会员即可复制全站文稿", "【广告】老字号山货新春八折", "（插播图片：山路.jpg 未能加载）",
    "往期回顾：我的驻村日记",
    "招电焊工！月入过万 包吃住 查看详情", "第3版 要闻·乡村 2016年9月15日 星期四 某山报", "· 214 · 某某文集", "县修路动员会文件 · 215 ·"])
def test_what_stands_between_two_paragraphs(line: str) -> None:
    lines = SHORT.split("\n")
    speech = normalize(page("\n".join([TITLE, *lines[:2], line, lines[2]])))
    assert speech is not None and speech.text == SHORT


def test_a_caption_below_a_picture_and_a_title_of_the_next_page() -> None:
    lines = SHORT.split("\n")
    text = "\n\n".join([f"# {TITLE}", *lines[:2], "![现场](/img/1.jpg \"会议现场\")", "▲老支书讲修路", lines[2]])
    assert normalize(page(text, "a.md")).text == SHORT
    text = "\n".join([TITLE, *lines[:2], f"{TITLE}(2)", lines[2]])
    assert normalize(page(text)).text == SHORT


def test_marks_of_notes_within_sentences_where_the_notes_stand_below() -> None:
    text = SHORT.replace("修路", "修①路", 1).replace("劳力", "劳力②", 1)
    notes = "注　释\n① 指县城到石桥的公路。\n② 当时称义务工。"
    assert normalize(page(f"{TITLE}\n{text}\n{notes}")).text == SHORT
    counted = SHORT.replace("三月底", "①三月底").replace("五月底", "②五月底")
    assert normalize(page(f"{TITLE}\n{counted}")).text == counted


def test_an_address_to_whomever() -> None:
    text = SHORT.replace("同志们：", "亲爱的山里人：")
    assert normalize(page(f"{TITLE}\n{text}")).text == text


def test_a_source_glued_to_the_end_by_its_date() -> None:
    told = read(TITLE, text=SHORT) and normalize(page(f"{TITLE}\n{SHORT} 2020-09-16 来源：某县交通信息网 责任编辑：邓某"))
    assert told.text == SHORT and told.metadata.source_name == "某县交通信息网"


def test_the_masthead_of_a_paper() -> None:
    told = read(f"某阳日报 2016年1月29日 星期五 往期回顾\n第03版：要闻\n{TITLE}\n（2016年1月21日）")
    assert (told.source_name, told.published_date, told.delivered_date) == ("某阳日报", date(2016, 1, 29), date(2016, 1, 21))
    told = read(f"2012年11月10日　星期六　A7　侨乡版\n{TITLE}\n（2012年11月8日）")
    assert (told.published_date, told.delivered_date) == (date(2012, 11, 10), date(2012, 11, 8))


def test_a_day_below_the_text_with_a_remark() -> None:
    assert read(TITLE, "（二〇一七年十一月十六日，讲话以现场发言为准）").delivered_date == date(2017, 11, 16)


def test_a_site_of_files_says_when_a_file_was_put_there() -> None:
    told = read(f"{TITLE}.docx\n上传于 2021-07-02 · 3 页 · 26 KB · 热度 608\n{TITLE}\n（2021年6月）")
    assert (told.published_date, told.delivered_precision) == (date(2021, 7, 2), "month")


def test_thanks_in_the_midst_of_a_speech_end_nothing() -> None:
    text = "\n".join(["同志们：", "大家来得早，我代表镇党委向大家表示衷心的感谢！", "先说成绩",
                      "今年修了三条路，通了两个村。", "再说打算", "明年还要修桥，大家出力。"])
    read(TITLE, "来源：某县交通信息网", text)


def test_a_first_line_with_a_triangle_is_no_caption() -> None:
    told = normalize(page(f"▲{TITLE}\n（2012年3月5日）\n{SHORT}"))
    assert (told.text, told.metadata.title) == (SHORT, TITLE)


@pytest.mark.parametrize(("head", "tail", "name", "role", "delivered", "published"), [
    ("水务署署长在节水嘉许礼致辞\n以下是水务署署长麦兆华今日（五月八日）在节水嘉许礼的致辞：",
     "完／2019年5月8日（星期三）\n香港时间15时20分\n修订日期：2019年5月9日", "麦兆华", "署长", date(2019, 5, 8), date(2019, 5, 8)),
    ("石溪县政府新闻稿\n发稿日期：108年9月14日\n石溪县中秋晚会，昨（13）日在体育馆举行，由县长方文德与议长共同点灯。\n县长致词全文如下：",
     "", "方文德", "县长", date(2019, 9, 13), date(2019, 9, 14)),
    ("社会服务处处长在揭牌典礼上的致辞\n发布日期：2016年3月2日\n社会服务处处长梁家明致辞", "", "梁家明", "处长", None, date(2016, 3, 2)),
    ("109学年度毕业典礼校长致词\n发布者：校长 方文德｜2020-06-30｜人气88", "", "方文德", "校长", None, date(2020, 6, 30)),
    ("109学年度毕业典礼校长致词\n发布者：组长 方文德｜2020-06-30｜人气88", "", None, "校长", None, date(2020, 6, 30)),
    ("第8次定期会县长施政报告\n报告人：县长　方文德　报告日期：中华民国97年5月11日　发布日期：97年5月12日　点阅数：1,846",
     "", "方文德", "县长", date(2008, 5, 11), date(2008, 5, 12)),
    ("方县长文德先生言论集　卷二\n在县农会年会致词\n民国五十三年三月九日", "", "方文德", "县长", date(1964, 3, 9), None),
    ("领导讲话汇编　卷二\n在县农会年会致词", "", None, None, None, None),
])
def test_who_spoke_and_when_as_hong_kong_and_taiwan_put_it(head, tail, name, role, delivered, published):
    told = read(head, tail)
    assert (told.speaker_name, told.speaker_role, told.delivered_date, told.published_date) == (name, role, delivered, published)


def test_years_of_two_digits_are_those_of_the_republic_only_where_the_page_names_one():
    assert dates("98年5月12日") == () and [one.day for one in dates("98年5月12日", 97)] == [date(2009, 5, 12)]
    assert dates("87年5月12日", 98) == ()


def test_a_path_of_sections_is_no_title():
    document = page(f"第8次定期会县长施政报告\n{SHORT}", metadata={"title": "石溪县政府 - 县长室 - 施政报告"})
    speech = normalize(document)
    assert speech is not None and speech.metadata.title == "第8次定期会县长施政报告"


@pytest.mark.parametrize(("bar", "name", "role"), [
    ("日期：2019-06-18 \u00a0 报告人：院长 欧阳林 \u00a0 信息提供：监督科", "欧阳林", "院长"),
    ("2019-06-18　讲话人：县长 沈大河　点击：27", "沈大河", "县长"),
])
def test_who_speaks_stands_in_the_bar_behind_a_label(bar, name, role):
    told = read(f"在全县修路动员会上的讲话\n{bar}")
    assert (told.speaker_name, told.speaker_role, told.published_date) == (name, role, date(2019, 6, 18))


@pytest.mark.parametrize("bar", ["[2019-06-18] 供稿：小禾 [共4页]", "乡情版 2019年6月18日刊出", "2019-06-18　投稿人：老石匠"])
def test_the_day_of_a_bar_that_tells_who_handed_the_text_in_or_when_it_came_out(bar):
    told = read(f"局长在全县修路动员会上的讲话\n{bar}")
    assert (told.published_date, told.delivered_date) == (date(2019, 6, 18), None)
    assert told.source_name is None or "[" not in told.source_name


def test_a_title_of_no_kind_behind_its_label():
    told = read("支部党课讲稿选（内部）\n标题：把路修到心坎上\n主讲：党支部书记 沈大河\n日期：2019年6月18日")
    assert (told.title, told.speaker_name, told.speaker_role) == ("把路修到心坎上", "沈大河", "党支部书记")


def test_the_kind_in_brackets_behind_the_title_in_a_line_of_the_page():
    document = page(f"标题：把路修到心坎上（演讲稿）\n作者：沈小河\n\n{SHORT}\n", metadata={"title": "把路修到心坎上"})
    speech = normalize(document)
    assert speech is not None and (speech.metadata.title, speech.metadata.genre) == ("把路修到心坎上", "演讲")


@pytest.mark.parametrize(("said", "role"), [("是东街修路队的队长，", "队长"), ("是来帮忙的，", None), ("是一名老石匠，", None)])
def test_what_somebody_says_he_is_behind_his_name(said, role):
    text = f"各位领导：\n大家好！我叫沈大河，{said}今天说说修路的事。路修通了，山货才出得去。\n谢谢大家！"
    speech = normalize(page(f"在全县修路交流会上的发言\n\n{text}\n"))
    assert speech is not None and (speech.metadata.speaker_name, speech.metadata.speaker_role) == ("沈大河", role)


PAPER = "一条路的账\n某阳日报 2019-05-12"


@pytest.mark.parametrize(("head", "name", "role", "delivered"), [
    # a lead says that the words follow, and names one with his office, whatever he does
    (f"{PAPER}\n5月10日上午，某阳县养路座谈会在道班召开。局长方大路没有念稿子，掰着指头算了一笔账。\n以下是他的讲话，略有删节。",
     "方大路", "局长", date(2019, 5, 10)),
    (f"{PAPER}\n本报讯 5月10日，养路座谈会在道班召开，局长方大路向大家算账。\n本报经授权刊登其讲话全文。",
     "方大路", "局长", date(2019, 5, 10)),
    # two are named: which of them spoke is not told
    (f"{PAPER}\n5月10日，养路座谈会在道班召开，局长方大路、书记李东山都来了。\n以下为讲话实录。", None, None, date(2019, 5, 10)),
    # nothing says that the words follow
    (f"{PAPER}\n局长方大路没有念稿子，掰着指头算了一笔账，大家听得入神。", None, None, None),
    # somebody puts up what he heard
    ("道班里的大会\n发表于 2019-5-12 21:30\n昨天道班开大会，录了音，回来整理了半夜。局长姓方，叫方大路，干了二十年。",
     "方大路", "局长", date(2019, 5, 11)),
    (f"{TITLE}\n上传：2019-05-12\n会议时间：5月10日9:00　地点：三楼会议室", None, None, date(2019, 5, 10)),
    (f"{TITLE}\n【摘自5月10日全局养路座谈会发言】　录入：小方　2019-05-12 上网", None, None, date(2019, 5, 10)),
])
def test_who_spoke_and_when_by_what_leads_to_the_words(head, name, role, delivered):
    told = read(head)
    assert (told.speaker_name, told.speaker_role, told.delivered_date, told.published_date) == (name, role, delivered, date(2019, 5, 12))


def test_the_event_by_what_leads_to_the_words():
    told = read(f"{PAPER}\n导读：5月10日，第三届青年养路工论坛在柳溪举行，局长方大路讲了五件事。以下为演讲实录。")
    assert (told.occasion, told.speaker_name, told.delivered_date) == ("第三届青年养路工论坛", "方大路", date(2019, 5, 10))
    assert told.genre == "演讲"


@pytest.mark.parametrize("bar", ["挂网时间：19-05-12　审核：镇党委", "录入员：小方 2019-05-12 上网", "2019.05.12\n3,106",
                                 "发布日期：19/05/12"])
def test_days_of_bars_in_short_and_with_the_label_behind(bar):
    told = read(f"{TITLE}\n{bar}")
    assert (told.published_date, told.delivered_date) == (date(2019, 5, 12), None)


def test_two_figures_that_no_label_calls_a_day_are_none():
    assert read(f"{TITLE}\n文号：19-05-12").published_date is None


def test_a_lead_and_the_announcement_may_share_a_line():
    head = ("会馆春宴主席方大路致辞\n2019年5月12日　作者：本报记者李某\n"
            "【本报讯】柳溪会馆5月11日晚在礼堂举行春宴，各界来宾三百余人出席。主席方大路致辞全文如下：")
    assert read(head).delivered_date == date(2019, 5, 11)


def test_the_name_of_the_speaker_in_brackets_is_no_part_of_the_title():
    told = normalize(page(f"路是走出来的（方大路）\n（养路队　方大路）\n{SHORT}", metadata={"title": "路是走出来的（方大路）"})).metadata
    assert (told.title, told.speaker_name) == ("路是走出来的", "方大路")


@pytest.mark.parametrize(("title", "head", "organization"), [
    ("在2019届学生毕业典礼上的讲话-柳溪理工大学新闻网", "校长 方大路", "柳溪理工大学"),
    ("在第三个“检察开放日”上的致辞_江城区人民检察院", "检察长 方大路", "江城区人民检察院"),
    ("在全省高等教育工作会议上的发言-柳溪理工大学新闻网", "校长 方大路", None),
    ("在2019届学生毕业典礼上的讲话-柳溪日报", "校长 方大路", None),
])
def test_whose_own_a_head_speaks_to(title, head, organization):
    own = title.partition("-")[0].partition("_")[0]
    told = normalize(page(f"{own}\n{head}\n{SHORT}", metadata={"title": title})).metadata
    assert told.organization == organization


@pytest.mark.parametrize(("head", "tail", "name", "place", "delivered", "published"), [
    ("方言录音 第18号\n采集点：湖南省攸县某村（隐去村名）\n采集时间：2017年2月3日\n"
     "说话人：贺明生，男，61岁，村委会主任\n在村民大会上的讲话",
     "（录音至此结束。其后杂音未转写。）", "贺明生", "攸县", date(2017, 2, 3), None),
    ("在村民大会上的讲话\n采集时间：2021-02-03 11:20:31", "", None, None, None, None),
    ("工会新闻\n在全市集体婚礼上的致辞\n2019-05-22 10:00\n"
     "5月20日，攸县总工会举行集体婚礼，贺明生到会，全文刊登。", "", None, "攸县", date(2019, 5, 20), date(2019, 5, 22)),
    ("在大会上的发言\n贺明生\n2020-06-11 09:22　编辑：小丁\n"
     "【按】6月9日，政协攸县第九届委员会第四次会议举行大会发言。", "", "贺明生", "攸县",
     date(2020, 6, 9), date(2020, 6, 11)),
    ("青山晚报 12-30 19:00\n12月30日晚，攸县县长贺明生通过县电视台发表新年贺词，全文如下：", "（2023年12月30日）", "贺明生", "攸县",
     date(2023, 12, 30), date(2023, 12, 30)),
    ("攸县乡镇街道领导班子述职材料\n述职报告\n江桥街道党工委书记　贺明生", "", "贺明生", "攸县", None, None),
])
def test_where_and_when_as_notes_and_bars_of_other_pages_tell_it(head, tail, name, place, delivered, published):
    told = read(head, tail)
    assert (told.speaker_name, told.place, told.delivered_date, told.published_date) == (name, place, delivered, published)


def test_the_day_on_which_a_program_collected_a_page_is_none_of_it():
    assert read("在修路动员会上的讲话\n抓取时间：2021-02-03 11:20:31").published_date is None


@pytest.mark.parametrize(("first", "day"), [
    ("今天是公历六月一日，农历四月十八。", date(2020, 6, 1)), ("六月一日，橘子花正香，新路又开工了。", date(2020, 6, 1)),
    ("六月一日，县里开了修路的会，大家都很高兴。", None), ("六月一日，开工以来的第一批材料到了。", None),
    ("六月一日，我们将要开工。", None),
])
def test_the_day_in_the_first_words_of_a_ceremony(first, day):
    text = SHORT.replace("今天把大家请来", f"{first}把大家请来")
    assert read("在环山公路开工仪式上的讲话\n发布时间：2020-06-03", text=text).delivered_date == day


def test_the_opening_of_a_press_conference():
    told = read("实录 | 春运保障新闻发布会\n时间　2020年1月9日 9:30\n地点　衡阳市政府新闻发布厅\n发布人　市交通运输局局长　贺明生")
    assert (told.occasion, told.place, told.delivered_date, told.published_date) == ("春运保障新闻发布会", "衡阳市", date(2020, 1, 9), None)
    assert (told.speaker_name, told.speaker_role) == ("贺明生", "局长")


@pytest.mark.parametrize(("office", "organization"), [
    ("攸县第九中学校长　贺明生", "攸县第九中学"), ("学校校长　贺明生", None), ("攸县教育局局长　贺明生", None),
])
def test_a_ceremony_of_a_school_is_that_of_its_head(office, organization):
    assert read(f"在秋季开学典礼上的讲话\n{office}").organization == organization


@pytest.mark.parametrize(("bar", "tail", "source"), [
    ("原创 贺明生 橘乡电力 2021-07-05 18:26 湖南", "文字 | 贺明生", "橘乡电力"), ("原创 贺明生 橘乡电力 2021-07-05 18:26 湖南", "", None),
])
def test_an_account_behind_the_name_of_who_wrote(bar, tail, source):
    assert read(f"灯为谁亮\n{bar}", tail).source_name == source


def test_neighbours_are_greeted_by_the_plural_of_their_village():
    assert read("在村民大会上的讲话", text=SHORT.replace("同志们", "老少爷们儿，婶子大娘们")).title == "在村民大会上的讲话"


@pytest.mark.parametrize(("noted", "day"), [
    ("（2019.6.18，视频会议，以录音为准）", date(2019, 6, 18)), ("二〇一九年六月十八日夜　县养路段礼堂", date(2019, 6, 18)),
    ("六月十八日，县人代会第三次会议闭幕之后", date(2019, 6, 18)), ("（六月十八日，养路段二楼；括号里的话是后来补的）", date(2019, 6, 18)),
    ("2019年6月20日起施行的办法一并印发", None), ("六月十八日网站更新了版面", None),
])
def test_the_day_with_which_the_last_line_above_the_words_begins(noted, day):
    told = read(f"在全县养路座谈会上的讲话\n发布时间：2019-06-20\n{noted}")
    assert (told.delivered_date, told.published_date) == (day, date(2019, 6, 20))


def test_a_day_without_a_year_behind_a_label_of_the_sites_own():
    told = read("一条路的账——在养路座谈会上的讲话\n主讲：沈大河　/　讲于：六月十八日晚七点　/　贴到网上：2019-06-20")
    assert (told.speaker_name, told.delivered_date, told.published_date) == ("沈大河", date(2019, 6, 18), date(2019, 6, 20))


_WITH_BARS = "一条路的账｜养路人自己的话｜青石养路段"


@pytest.mark.parametrize(("menu", "title"), [("养路人自己的话 道班日历 沿线风物", "一条路的账"), ("", _WITH_BARS)])
def test_what_stands_behind_bars_in_a_title_and_in_the_menu_is_the_sites(menu, title):
    speech = normalize(page(f"青石养路段\n{menu}\n一条路的账\n主讲：沈大河\n\n{SHORT}\n", metadata={"title": _WITH_BARS}))
    assert speech is not None and speech.metadata.title == title
