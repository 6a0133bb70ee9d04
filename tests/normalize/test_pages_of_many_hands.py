"""Pages as later hands left them: teasers, watermarks, remarks, conversations with programs, printed pages, public accounts."""
from datetime import date
from pathlib import Path

import pytest

from flows.ingest.documents import Document
from flows.ingest.sources import list_sources
from flows.ingest.sources import read as read_source
from flows.normalize.body import find
from flows.normalize.characters import clean
from flows.normalize.noise import invisible
from flows.normalize.speech import Speech, normalize
from tests.normalize.pages import page

ONE = "今天把大家请来，就讲一件事：修路。路不通，山里的果子就运不出去，这个道理大家都懂。"
TWO = "各村要把劳力组织好，三月底以前动工，五月底以前通车，谁家有困难，村里先帮一把。"
THREE = "希望大家回去以后抓紧行动，不等不靠，把这条路早一天修到家门口。"
TITLE = "在修路动员会上的讲话"
SHORT = f"同志们：\n{ONE}\n{TWO}\n{THREE}"


def of(text: str) -> Speech:
    speech = normalize(page(text + "\n"))
    assert speech is not None
    return speech


def of_page(tmp_path: Path, name: str, content: str) -> Speech:
    """The speech of a file as the pipeline reads it."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    (document,) = read_source(list_sources(str(tmp_path))[0][0])
    assert isinstance(document, Document)
    speech = normalize(document)
    assert speech is not None
    return speech


@pytest.mark.parametrize("line", [
    "清早我们沿着河边走，雾还没有散……［阅读全文］", "各位乡亲，今天是个好日子...[详细]", "第03版：综合 （上接第一版）", "第二版：要闻",
    "2023年5月8日 星期一 第03版：综合 ◀上一版 下一版▶", "[[ad:728x90]]开会没稿子？点我，百套模板随你挑", "推荐度：★★★★☆",
    "★★★ 会员专享：修路讲话、汇报、总结9篇打包下载 ★★★", "散会后村民在路口合影（摄影：二组 王某）", "*工地现场 通讯员 王某 摄*",
    "（图/王小某　编辑/李某某　责编/赵某某）", "▼ 点击下方卡片，关注公众号，回复“修路”免费领取", "AI助手：", "好的，接着上文继续输出：",
    "（由于篇幅限制，先输出到这里。如果需要，我可以继续输出后面的部分。）",
])
def test_what_stands_between_two_paragraphs(line: str) -> None:
    assert of(f"在修路动员会上的讲话\n同志们：\n{ONE}\n\n{line}\n\n{TWO}\n{THREE}").text == SHORT


def test_a_triangle_on_a_web_page_points_to_a_picture(tmp_path):
    paragraphs = "".join(f"<p>{each}</p>" for each in ("同志们：", ONE, "▲ 修路现场", TWO, THREE))
    assert of_page(tmp_path, "a.html", f"<html><body><h1>在修路动员会上的讲话</h1>{paragraphs}</body></html>").text == SHORT


def test_other_texts_that_a_page_begins_below_the_speech():
    below = "看过本文的人还看过\n在植树动员会上的讲话\n同志们：春天到了，山上的土松了，树苗也……[阅读全文]\n"
    below += "在防汛会上的讲话\n今年雨水多……[阅读全文]"
    assert of(f"在修路动员会上的讲话\n{SHORT}\n{below}").text == SHORT


def test_a_speech_over_two_pages_goes_on_behind_the_buttons():
    buttons = "共2页：\n上一页\n1\n2\n下一页"
    turned = f"{TITLE}\n同志们：\n{ONE}\n{buttons}\n{TITLE}（2）\n接下来说说怎么修。\n{TWO}\n{THREE}\n{buttons}"
    assert of(turned).text == f"同志们：\n{ONE}\n接下来说说怎么修。\n{TWO}\n{THREE}"


def test_a_paragraph_that_the_next_page_repeats_stands_once():
    assert of(f"在修路动员会上的讲话\n同志们：\n{ONE}\n{TWO}\n共2页，当前第1页 首页 上一页 1 2 下一页 尾页\n{TWO}\n{THREE}").text == SHORT


def test_a_paragraph_said_twice_without_a_page_between_stands_twice():
    assert of(f"在修路动员会上的讲话\n同志们：\n{ONE}\n{TWO}\n{TWO}\n{THREE}").text == f"同志们：\n{ONE}\n{TWO}\n{TWO}\n{THREE}"


@pytest.mark.parametrize("mark", [
    "（更多讲话请访问青禾文秘网）", "青/禾/文/秘/网", "[qinghe-wm.com首发]", "www.qinghe-wm.com", "内容来自青禾文秘网",
    "w w w . q i n g h e - w m . c o m",
])
def test_the_pages_own_name_within_a_sentence(mark: str) -> None:
    text = SHORT.replace("果子就运不出去", f"果子就{mark}运不出去")
    assert of(f"青禾文秘网 登录 | 注册\n{TITLE}\n{text}\n网站地图 Copyright © 2015 qinghe-wm.com 青禾文秘网 版权所有").text == SHORT


@pytest.mark.parametrize("mark", ["{青-禾-文-秘-整理}", "【青·禾·文·秘·网】", "青*禾*文*秘", "｛青|禾|文|秘 首发｝"])
def test_the_pages_own_name_taken_apart_without_its_end(mark: str) -> None:
    own = "青禾文秘网 > 讲话\n标题：在修路动员会上的讲话_青禾文秘网\n"
    speech = of(f"{own}{TITLE}\n同志们：\n{ONE}\n{TWO.replace('动工，', f'动工，{mark}')}\n{THREE}")
    assert speech.text == SHORT and "anti_copy_noise" in speech.defects


def test_the_words_of_a_sites_name_stay_where_nothing_takes_them_apart():
    said = TWO.replace("动工，", "动工（见工作总结），")
    text = of(f"工作总结网 > 讲话\n标题：{TITLE}_工作总结网\n{TITLE}\n同志们：\n{ONE}\n{said}\n{THREE}").text
    assert said in text


@pytest.mark.parametrize(("folder", "mark", "goes"), [
    ("www.qinghe-wm.com", "【qinghe-wm.com更多讲话稿】", True), ("m.qinghe-wm.com", "（qinghe-wm.com）", True),
    ("www.qinghe-wm.com", "（报名请上qinghe-lin.com）", False), ("pages", "（见2.1表）", False),
])
def test_the_address_of_the_site_that_a_copy_is_of(tmp_path, folder: str, mark: str, goes: bool) -> None:
    paragraphs = "".join(f"<p>{each}</p>" for each in ("同志们：", ONE, TWO.replace("动工，", f"动工，{mark}"), THREE))
    (tmp_path / folder).mkdir()
    text = of_page(tmp_path, f"{folder}/a.html", f"<html><body><h1>{TITLE}</h1>{paragraphs}</body></html>").text
    assert (text == SHORT) if goes else (mark in text)


def test_a_name_that_is_not_the_pages_stays():
    text = SHORT.replace("这个道理大家都懂", "这个道理《青山日报》早就讲过（青山日报评论员文章）")
    assert of(f"青禾文秘网 登录 | 注册\n在修路动员会上的讲话\n{text}\n青禾文秘网 版权所有").text == text


def test_remarks_with_one_label_between_the_paragraphs():
    remarked = f"在修路动员会上的讲话\n同志们：\n{ONE}\n【老李点评】开头一句话就点题。\n{TWO}\n【老李点评】时间、责任都有了。\n{THREE}"
    assert of(remarked).text == SHORT
    once = f"同志们：\n{ONE}\n【领导点评】修路要先算账，再动工，账算清了人心就齐了。\n{THREE}"
    assert of(f"在修路动员会上的讲话\n{once}").text == once


def test_a_conversation_with_a_program(tmp_path):
    said = (f"同志们：\n\n{ONE}\n\n（由于篇幅限制，先输出到这里。）\n\n我：\n继续\n\nAI助手：\n好的，接着上文继续输出：\n\n"
            f"{TWO}\n\n{THREE}\n\n---\n\n**校对说明**\n\n1. “果子”原为“菓子”，已改。")
    assert of_page(tmp_path, "a.md", f"# 在修路动员会上的讲话\n\n{said}").text == SHORT


def test_a_courtesy_ends_what_offices_add_below_it():
    text = f"{SHORT}\n以上发言，不妥之处，请批评指正。"
    below = "主题词：道路  发言\n报送：县委、县政府\n印发：各村（共印80份）\n发言要点提示：时间不超过七分钟，请注意掌握语速。"
    assert of(f"关于修路的发言\n{text}\n\n{below}").text == text


def test_heads_of_printed_pages_of_which_each_stands_once():
    printed = """青山县政协五届三次会议文件

        青 山 县 政 协
        工 作 报 告

    各位委员：
    今天把大家请来，就讲一件事：修路。路不通，山里的果子就运
不出去，这个道理大家都懂，可是年年说年年没有动工，原因在于没

                                — 1 —
青山县政协第五届委员会第三次会议材料

有人牵头。各村要把劳力组织好，三月底以前动工，五月底以前通车，
谁家有困难，村里先帮一把，不能让一户人家掉在后头。
    希望大家回去以后抓紧行动，不等不靠，把这条路早一天修到家
门口，让山里的果子早一天运出去。
"""
    assert "材料" not in of(printed).text and "原因在于没有人牵头" in of(printed).text


def test_two_marks_of_notes_that_are_explained_below():
    marked = SHORT.replace("果子", "果子〔1〕").replace("劳力", "劳力〔2〕")
    assert of(f"{TITLE}\n{marked}\n〔1〕指山核桃。\n〔2〕指青壮年。").text == SHORT


def test_what_a_paper_writes_before_the_address_in_one_line():
    speech = of(f"在修路动员会上的讲话\n青山社一九八二年六月三日讯 县长方承某今天在全县修路动员大会上的讲话，全文如下： {SHORT}")
    assert speech.text == SHORT
    assert (speech.metadata.speaker_name, speech.metadata.speaker_role) == ("方承某", "县长")


@pytest.mark.parametrize(("text", "clean"), [
    ("请大\ue63f家认真听，主\ue63f要任务是修路，各村都要有行\ue63f动。", "请大家认真听，主要任务是修路，各村都要有行动。"),
    ("石\ue602镇来了，石\ue602镇走了，石\ue602镇好。", "石\ue602镇来了，石\ue602镇走了，石\ue602镇好。"),     # a character of a name
    ("要发展\ue603，要团结\ue603，林\ue603头人", "要发展，要团结，林\ue603头人"),       # between two words it stands for a third
])
def test_glyphs_of_a_sites_own_font(text: str, clean: str) -> None:
    kept, at = [], 0
    for start, end, _, _ in invisible(text):
        kept.append(text[at:start])
        at = end
    assert "".join([*kept, text[at:]]) == clean


def test_ornaments_before_headings():
    text = f"同志们：\n{ONE}\n一、早动工\n{TWO}\n二、快通车\n{THREE}"
    assert of(f"在修路动员会上的讲话\n{text.replace('一、', '▍一、').replace('二、', '▍ 二、')}").text == text


@pytest.mark.parametrize(("head", "tail", "name", "role"), [
    ("在修路动员会上的讲话", "这是罗敬某同志任中共青山地委副书记时在全区修路会议上的讲话。", "罗敬某", "地委副书记"),
    ("编者按：6月27日下午，青山镇党委书记贺明某走进石桥村，为一百多名党员讲了一堂专题党课。现将讲稿刊发如下。", "", "贺明某", "镇党委书记"),
    ("【编者按】10月11日，全县修路大会举行，县委书记俞敬某出席并讲话。现予刊发。\n在全县修路大会上的讲话", "", "俞敬某",
     "县委书记"),
    ("在修路动员会上的讲话\n作者：总经理霍大某发布：安环部日期：2022-9-23阅读：452次", "", "霍大某", "总经理"),
    ("修路开工仪式致词\n活动日期 民國112年10月14日\n致詞人 縣長 高以某", "", "高以某", "县长"),
    ("以下是发展局局长梁颂某今日（三月十二日）上午在修路论坛开幕礼的致辞全文：", "", "梁颂某", "局长"),
])
def test_who_spoke_by_what_editors_write(head: str, tail: str, name: str, role: str) -> None:
    told = of(f"{head}\n{SHORT}\n{tail}").metadata
    assert (told.speaker_name, told.speaker_role) == (name, role)


def test_a_day_without_its_year_is_the_last_before_the_page_was_put_out():
    told = of(f"【微党课】把路修到家门口\n原创 青山先锋 青山先锋 2023-06-28 18:30 发表于青山\n"
              f"编者按：6月27日下午，青山镇党委书记贺明某为党员讲了一堂专题党课。\n{SHORT}\n供稿丨镇党建办").metadata
    assert (told.delivered_date, told.genre, told.source_name) == (date(2023, 6, 27), "党课", "青山先锋")


@pytest.mark.parametrize(("head", "title"), [
    ("全县修路推进会材料之三\n在全县修路推进会上的\n讲话\n县长 贺某", "在全县修路推进会上的讲话"),
    ("关 于 破 解 修 路 难\n的 几 点 建 议\n（2023年2月8日）", "关于破解修路难的几点建议"),
    ("中国人民政治协商会议\n青山县第五届委员会常务委员会\n工 作 报 告\n（2023年2月7日）",
     "中国人民政治协商会议青山县第五届委员会常务委员会工作报告"),
    ("在修路动员会上的讲话（可直接套用）", "在修路动员会上的讲话"),
])
def test_titles(head: str, title: str) -> None:
    assert of(f"{head}\n{SHORT}").metadata.title == title


@pytest.mark.parametrize(("title", "own", "chosen"), [
    ("守住那条路_青年园地_青山水利网", "守住那条路", "守住那条路"),
    ("关于修好进山公路的建议_大会发言_青山水利网", "关于修好进山公路的建议", "关于修好进山公路的建议"),
    ("关于修好进山公路的建议_回头看", "关于修好进山公路的建议", "关于修好进山公路的建议_回头看"),
    ("局长致辞 - 青山水利", "在修路动员会开幕式上的致辞", "在修路动员会开幕式上的致辞"),
    ("那条不肯断的路 - 教师随笔 - 青山教师论坛 - Powered by Discuz!", "", "那条不肯断的路"),
    ("青山县政府网-县长讲稿-修路开工仪式县长致词", "修路开工仪式县长致词", "修路开工仪式县长致词"),
])
def test_a_title_between_site_and_column(tmp_path, title: str, own: str, chosen: str) -> None:
    paragraphs = "".join(f"<p>{each}</p>" for each in (own, *SHORT.split("\n")) if each)
    content = f"<html><head><title>{title}</title></head><body>{paragraphs}</body></html>"
    assert of_page(tmp_path, "a.html", content).metadata.title == chosen


@pytest.mark.parametrize(("head", "published"), [
    ("2023年5月8日 星期一\n在修路动员会上的讲话\n（2023年5月6日）", date(2023, 5, 8)),
    ("在修路动员会上的讲话\n2023-07-20 1.2w 主持词 我要投稿\n（2023年7月18日）", date(2023, 7, 20)),
])
def test_days_of_mastheads_and_bars_of_counts(head: str, published: date) -> None:
    told = of(f"{head}\n{SHORT}").metadata
    assert told.published_date == published and told.delivered_date is not None and told.delivered_date < published


def test_a_paper_that_writes_its_day_in_eight_digits():
    assert of(f"在修路动员会上的讲话\n{SHORT}\n（《青山日报》19821214第1版）").metadata.published_date == date(1982, 12, 14)


@pytest.mark.parametrize(("head", "tail", "source"), [
    ("青禾文库 / 会议讲话\n在修路动员会上的讲话", "青禾文库仅提供存储空间。", "青禾文库"),
    ("第2版 要闻 2016年9月15日 星期四 青山一中报\n在修路动员会上的讲话", "", "青山一中报"),
    ("在修路动员会上的讲话", "名词解释>>>\n1.山货：山里的果子。", None),
])
def test_a_source_that_the_page_repeats(head: str, tail: str, source: str | None) -> None:
    assert of(f"{head}\n{SHORT}\n{tail}").metadata.source_name == source


def test_the_row_of_a_table_says_who_spoke_and_when(tmp_path):
    told = of_page(tmp_path, "a.md", "# 路通了，人还在\n\n| | |\n|---|---|\n| | 沈知某校长 | 2024年6月22日 · 青湖体育馆 |\n\n"
                   + SHORT.replace("\n", "\n\n")).metadata
    assert (told.speaker_name, told.speaker_role, told.delivered_date) == ("沈知某", "校长", date(2024, 6, 22))


def test_find_gives_what_was_cut_off_the_first_words_to_the_head():
    text = f"青山社三日讯 县长方承某今天在修路动员大会上的讲话，全文如下：{SHORT}"
    document = page(text)
    assert find(text, document).head[-1].endswith("全文如下：")


def test_the_leaf_of_a_paper_turned_in_mid_sentence():
    leaf = "（下转A03版）\n\n第A03版：综合\n上一版　下一版\n上一篇　下一篇　放大+ 默认○\n\n（上接A01版）"
    turned = SHORT.replace("三月底以前动工，", f"三月底以前动工，{leaf}")
    assert of(f"青山日报\n{TITLE}\n{turned}\n（责任编辑：张某）").text == SHORT


def test_a_post_that_goes_on_in_a_later_one_of_its_thread():
    posts = "（字数太多，下接3楼）\n引用 回复 TOP\n过路客\n注册 2004-07-11\n[沙发] 发表于 2007-2-12 13:05\n占个座，等下文。\n" \
        "引用 回复 TOP\n[板凳] 发表于 2007-2-12 13:06\n（接1楼）\n"
    cut = SHORT.replace("三月底以前动工，", f"三月底以前动工，\n{posts}")
    assert of(f"{TITLE}\n{cut}\n引用 回复 TOP\n[4楼] 发表于 2007-2-12 15:40\n说得好").text.replace("\n", "") == SHORT.replace("\n", "")
    assert of(f"{TITLE}\n{SHORT.replace('三月底以前动工，', '三月底以前动工（见3楼），')}").text == SHORT.replace(
        "三月底以前动工，", "三月底以前动工（见3楼），")


FOOT = "来自手机客户端 {} 2017-03-05 2{}:10 回复"


def thread(*posts: tuple[str, str], feet: str = FOOT) -> str:
    """A thread as boards have it that write below each post on which floor it stands."""
    shown = (f"{who}\n{'楼主' if who == '山路弯弯' else '普通会员'}\n8\n{said}\n{feet.format(f'{number}楼', number % 4)}"
             for number, (who, said) in enumerate(posts, 1))
    return "修路吧\n看帖 图片\n" + "\n".join(shown) + "\n发表回复\n热帖榜\n1 在植树会上的讲话 3万\n2 新房怎么盖 1万"


def test_a_speech_in_several_posts_of_one_who_opened_the_thread():
    posts = [("山路弯弯", f"{TITLE}\n昨天散会以后凭笔记打出来的，分几楼发"), ("山路弯弯", f"同志们：\n{ONE}"), ("老槐树", "先占个座"),
             ("山路弯弯", TWO), ("过路客", "写得真好\n老槐树: 回复 过路客 :同感\n2017-03-05 21:12 回复"), ("山路弯弯", THREE),
             ("过路客", "收藏了")]
    assert of(thread(*posts)).text == SHORT


def test_a_speech_in_the_post_that_opens_a_thread():
    answer = "我们村那条路已经修了三年，年年修、年年坏，其实大家都看在眼里，就是没有人肯出来说一句公道话。"
    posts = [("山路弯弯", f"{TITLE}\n{SHORT}"), ("老槐树", answer), ("过路客", answer), ("山路弯弯", "谢谢各位。")]
    assert of(thread(*posts)).text == SHORT


def test_a_speaker_may_tell_a_floor_and_a_time():
    counted = SHORT.replace("路不通，", "去年3月5日10:20，住在3楼的老人跟我说，路不通，")
    assert of(f"{TITLE}\n{counted}").text == counted


def test_a_mark_of_taking_up_that_nothing_turned_to_stays():
    text = SHORT.replace("各村要把", "（上接第二版）各村要把")
    assert of(f"{TITLE}\n{text}").text == text


def test_the_note_of_a_star_behind_the_title_tells_of_the_speech_and_is_none_of_it():
    wrapped = ("今天把大家请来，就讲一件事：修路。路不通，山里的果子就运不出\n* 本文是陈启明同志一九八五年三月二十六日在青山县修路动\n"
               "员会上的讲话。\n在修路动员会上的讲话    127\n去，这个道理大家都懂。")
    speech = of(f"126    陈启明文稿选编\n{TITLE}*\n　　同志们：\n　　{wrapped}\n　　{TWO}\n　　{THREE}")
    assert speech.text == SHORT
    assert (speech.metadata.speaker_name, speech.metadata.delivered_date) == ("陈启明", date(1985, 3, 26))


def test_heads_of_a_books_left_and_right_pages_that_count_up():
    pages = f"{TITLE}    203\n{TITLE}\n同志们：\n{ONE}\n204    陈启明文稿选编\n{TWO}\n{THREE}"
    assert of(pages).text == SHORT
    counted = of(f"{TITLE}\n同志们：\n{ONE}\n12    棵果树\n13    口水井\n{TWO}\n{THREE}").text
    assert "棵果树" in counted and "口水井" in counted


def test_what_a_blogger_says_before_the_speech_that_he_keeps():
    note = "> 老秦按：前些年替领导起草的一篇稿子，领导自己改了不少，我一直很喜欢，贴出来留个纪念。"
    assert of(f"# {TITLE}\n\n{note}\n\n{SHORT}").text == SHORT


@pytest.mark.parametrize("note", [
    "收拾抽屉时翻出来一份油印稿，是1998年5月4日乡长贺明某在修路动员会上讲的。那天的会我也在场，是我坐在台下一句一句记的，现在贴出来给后来的人看看。",
    "这篇旧讲稿是1998年5月4日乡长贺明某在修路动员会上讲的，稿子一直压在我父亲的箱子底下，我一字不改地抄录在这里，也算我们家的一个纪念。",
])
def test_whoever_kept_a_speech_tells_above_it_who_gave_it_when_and_where(note: str) -> None:
    kept = of(f"{TITLE}\n发表时间：2011-03-02 10:20\n{note}\n{SHORT}")
    told = kept.metadata
    assert kept.text == SHORT
    assert (told.speaker_name, told.speaker_role, told.delivered_date, told.published_date) == (
        "贺明某", "乡长", date(1998, 5, 4), date(2011, 3, 2))


def test_a_speaker_who_begins_without_an_address_may_speak_of_anothers_speech():
    first = "我先念一段话，这是1998年5月4日老乡长贺明某在修路动员会上的讲话。二十年过去了，我走到桥头都会想起他说的，今天我再说给你们听。"
    assert of(f"{TITLE}\n{first}\n{SHORT}").text == f"{first}\n{SHORT}"


def test_who_posted_a_text_on_a_board_is_not_who_spoke():
    posted = of(f"{TITLE}\n山里人\n主题 42 帖子 317 积分 1208\n金牌会员\n楼主\n发表于 2020-6-1 10:20:44\n{SHORT}")
    assert posted.metadata.speaker_name is None
    assert of(f"{TITLE}\n山里人\n{SHORT}").metadata.speaker_name == "山里人"


@pytest.mark.parametrize(("title", "role"), [
    ("市场监管局副局长个人述职述廉报告", "副局长"), ("党支部书记抓基层党建工作述职报告", "党支部书记"),
    ("各镇党工委书记述职评议会主持词", None), ("个人述职报告", None),
])
def test_whose_account_a_title_says_it_is(title: str, role: str | None) -> None:
    assert of(f"{title}\n{SHORT}").metadata.speaker_role == role


def test_the_head_of_a_county_on_its_own_governments_page_speaks_of_that_county():
    bar = "信息来源：青阳县人民政府 发布日期：2024-03-25"
    assert of(f"在全县修路动员会上的讲话\n{bar}\n县长　徐卫明\n{SHORT}").metadata.place == "青阳县"
    assert of(f"在全市修路动员会上的讲话\n{bar}\n市长　徐卫明\n{SHORT}").metadata.place is None


def test_tags_and_marks_that_a_page_escapes_twice_are_read_as_such(tmp_path):
    lines = [f"&amp;nbsp;&amp;nbsp;{line}&lt;br /&gt;&lt;br /&gt;" for line in ("（2020年10月16日）", "县长　周某某", *SHORT.split("\n"))]
    speech = of_page(tmp_path, "a.html", f"<html><head><title>{TITLE}</title></head><body><div>{''.join(lines)}</div></body></html>")
    assert speech.text == SHORT and speech.metadata.delivered_date == date(2020, 10, 16)


def test_paragraphs_that_a_page_escapes_twice_with_their_attributes(tmp_path):
    lines = [f"&lt;p style=&quot;text-indent:2em&quot;&gt;{line}&lt;/p&gt;" for line in SHORT.split("\n")]
    assert of_page(tmp_path, "a.html", f"<html><body><h1>{TITLE}</h1>{''.join(lines)}</body></html>").text == SHORT


def test_one_tag_that_a_page_shows_stays(tmp_path):
    shown = "<html><body><p>在网页里换行，写的是&lt;br&gt;。</p></body></html>"
    (tmp_path / "a.html").write_text(shown, encoding="utf-8")
    (document,) = read_source(list_sources(str(tmp_path))[0][0])
    assert isinstance(document, Document) and "<br>" in document.raw_text


def test_tags_in_the_row_of_a_table_end_no_line():
    assert clean("| 村 | 道路<br>长度 |\n| 青石 | 三里<br/>半 |").text == "| 村 | 道路长度 |\n| 青石 | 三里半 |"


def test_tags_that_a_scraper_left_end_lines():
    assert of(f"{TITLE}\n同志们：<br>{ONE}<br /><br />{TWO}</p><p>{THREE}").text == SHORT


@pytest.mark.parametrize("line", ["青禾文秘网独家首发，盗用必究", "更多好稿，请记住本站域名 www.example.com", "青禾文秘网原创范文"])
def test_a_line_in_which_the_site_speaks_of_itself(line: str) -> None:
    page = f"首页 > 青禾文秘网 > 讲话\n{TITLE}\n同志们：\n{ONE}\n{line}\n{TWO}\n{THREE}\n青禾文秘网 版权所有\n"
    assert of(page).text == SHORT


def test_a_sentence_about_a_site_stays():
    said = "青禾文秘网是我们县里的年轻人办起来的，三年走了不少弯路。"
    assert said in of(f"首页 > 青禾文秘网 > 讲话\n{TITLE}\n同志们：\n{ONE}\n{said}\n{TWO}\n{THREE}\n青禾文秘网 版权所有\n").text


def test_the_head_of_a_page_between_the_halves_of_a_sentence():
    long = "修路的账要这样算：山里一年出三千吨果子，从前靠人背马驮，一斤要摊两角钱的脚力，路一通，这笔钱就省下来了，"
    rest = "省下来的钱可以再修水渠，水渠修好了果子又能多收两成，这样一年一年滚下去，山里人的日子就会一天比一天好过。"
    text = f"{TITLE}\n同志们：\n{long}\n第 1 页，共 2 页\n青石乡修路动员会会议材料\n{rest}\n{THREE}"
    assert of(text).text == f"同志们：\n{long}{rest}\n{THREE}"


def test_a_heading_that_the_next_page_repeats_stands_once():
    one, two = "一、路是大家的路", "二、工是大家的工"
    text = f"{TITLE}\n同志们：\n{one}\n{ONE}\n{two}\n第2页 共4页\n{two}\n{TWO}\n{THREE}"
    assert of(text).text == f"同志们：\n{one}\n{ONE}\n{two}\n{TWO}\n{THREE}"


@pytest.mark.parametrize("title", [f"{TITLE}（附下载）", f"{TITLE}（最新整理）", f"（紧急）{TITLE}", f"{TITLE}(可直接套用)"])
def test_brackets_of_bait_around_a_title(title: str) -> None:
    assert of(f"{title}\n{SHORT}").metadata.title == TITLE


def test_a_bracket_that_belongs_to_the_title_stays():
    assert of(f"（2021年度）个人述职报告\n{SHORT}").metadata.title == "（2021年度）个人述职报告"


def test_the_pages_own_heading_without_the_kind_that_its_title_puts_before(tmp_path):
    head = "<head><title>党课讲稿：把路修到百姓心里（最新整理）_青禾文秘网</title></head>"
    body = "".join(f"<p>{line}</p>" for line in SHORT.split("\n"))
    speech = of_page(tmp_path, "a.html", f"<html>{head}<body><h2>把路修到百姓心里</h2>{body}</body></html>")
    assert speech.metadata.title == "把路修到百姓心里"


def test_a_label_that_no_list_holds_is_no_part_of_the_source():
    assert of(f"{TITLE}\n来源:青禾文库　围观:1538人次\n{SHORT}").metadata.source_name == "青禾文库"


def test_a_word_of_bars_within_the_name_of_a_source():
    assert of(f"{TITLE}\n来源：田头评论网　作者：某某\n{SHORT}").metadata.source_name == "田头评论网"


@pytest.mark.parametrize("blank", ["\ue4c6", "\ue5e5"])
def test_cells_of_gbk_without_a_glyph_are_blanks(blank: str) -> None:
    assert [edit[:3] for edit in invisible(f"山里的{blank}果子")] == [(3, 4, "")]


def test_who_speaks_is_no_source_though_his_paper_is_one():
    told = "江城日报社社长刘某民"
    metadata = of(f"{told}：把路修到山里\n{told}：把路修到山里\n{told}在动员会上致辞\n{SHORT}").metadata
    assert metadata.source_name is None and metadata.speaker_name == "刘某民"


def test_what_a_site_says_of_the_text_it_offers_in_the_line_of_the_address():
    said = f"下面小编为您整理了{TITLE}，欢迎阅读！"
    speech = of(f"首页\n{said}同志们：{ONE}\n{TWO}\n{THREE}")
    assert speech.text == f"同志们：{ONE}\n{TWO}\n{THREE}" and speech.metadata.title == TITLE


def test_an_offer_of_the_rest_at_the_end_of_a_long_paragraph():
    works = (("修路", "各村"), ("架桥", "各组"), ("通水", "各户"))
    long = "".join(ONE.replace("修路", work) + TWO.replace("各村", who) for work, who in works) + THREE + "连"
    speech = of(f"{TITLE}\n同志们：\n{THREE}\n{long}……查看全文>>")
    assert speech.text.endswith(long) and "truncated" in speech.defects


@pytest.mark.parametrize("caption", ["某某在检查石桥的栏杆。（资料图片）", "山路上的第一辆车 （视频截图）", "山路上的第一辆车，图源村委会",
                                     "山路上的第一辆车（图源：乡文化站）"])
def test_captions_that_tell_where_the_picture_is_from(caption: str) -> None:
    assert of(f"{TITLE}\n同志们：\n{ONE}\n{caption}\n{TWO}\n{THREE}").text == SHORT


@pytest.mark.parametrize("line", ["一、好的蓝图源自群众", "修路，宏图源于实干", "山里人家，画图源泉不断"])
def test_what_a_picture_is_not_from(line: str) -> None:
    assert line in of(f"{TITLE}\n同志们：\n{ONE}\n{line}\n{TWO}\n{THREE}").text


def test_a_picture_in_markdown_and_what_it_shows(tmp_path):
    head, picture = f"# {TITLE}\n\n同志们：\n\n{ONE}\n\n", "![](https://a.example/1.jpg)\n\n"
    rest = f"\n\n{TWO}\n\n{THREE}\n"
    assert of_page(tmp_path, "a.md", f"{head}{picture}修路动员会现场{rest}").text == SHORT
    for kept in (f"{picture}把大家请到修路现场。", "修路动员会现场", f"{picture}一、干部要到现场"):
        assert kept.removeprefix(picture) in of_page(tmp_path, "a.md", f"{head}{kept}{rest}").text


@pytest.mark.parametrize("line", [
    "希望能帮到你，满意请采纳！", "有用的话记得采纳哦", "望采纳~", "s(\"content_relate\");【修路讲话】相关推荐:", "show_ad('below');",
])
def test_what_an_answer_or_a_script_leaves_below_a_speech(line: str) -> None:
    assert of(f"{TITLE}\n{SHORT}\n{line}").text == SHORT


def test_an_advice_may_be_taken_by_the_hearers():
    text = f"{SHORT}\n以上几条建议，请各位领导采纳。"
    assert of(f"{TITLE}\n{text}").text == text


def test_the_veiled_name_of_a_site_behind_a_sentence():
    assert of(f"{TITLE}\n{SHORT.replace('大家都懂。', '大家都懂。[青石文~库]').replace('帮一把。', '帮一把。（文~秘家园）')}").text == SHORT
    way = SHORT.replace("大家都懂。", "大家都懂。（县城～山口）这一段最难。")
    assert of(f"{TITLE}\n{way}").text == way


def test_the_motto_of_a_site_between_two_pages():
    pages = f"青石文库\n登录\n{TITLE}\n同志们：\n{ONE}\n\n— 1 —\n\n青石文库 - 让好文章人人可读\n\n{TWO}\n{THREE}"
    assert of(pages).text == SHORT
    other = pages.replace("青石文库 - 让好文章人人可读", "干部会 - 先议修路的事情")
    assert "先议修路的事情" in of(other).text


def test_what_is_said_outside_the_rules_between_which_a_text_was_put():
    told = "前几天收拾旧书柜，翻出父亲当年的一份讲稿，照原样打出来给家里人看看。"
    closing = "打完这几页，天已经黑了。那条路到今天还在走。"
    rule = "* * * * * *"
    framed = f"{told}\n{rule}\n{TITLE}\n{SHORT}\n{rule}\n"
    assert of(f"{framed}{closing}").text == SHORT
    within = f"{told}\n{rule}\n{TITLE}\n同志们：\n{ONE}\n{rule}\n{TWO}\n{THREE}"
    assert of(within).text == SHORT


def test_what_a_newsletter_sells_below_a_speech():
    sold = "展位预订通道>>　前五十名送展架\n招工信息\n青石工具厂：钳工6名，月薪五千元起，包吃住。"
    assert of(f"{TITLE}\n{SHORT}\n{sold}\n往期回顾\n在植树会上的讲话").text == SHORT


def test_a_turned_leaf_in_mid_sentence_before_a_numeral():
    text = f"{TITLE}\n同志们：\n{ONE}\n去年一年，我们把（下转第二版）\n第02版：综合\n（上接第一版）三条断头路修通了，大家都高兴。\n{THREE}"
    assert "去年一年，我们把三条断头路修通了，大家都高兴。" in of(text).text


def test_the_paper_of_a_digital_edition_is_the_source(tmp_path):
    head = "<h2>守好一条路</h2><h3>——在修路动员会上的发言</h3><div>（2021年3月5日）</div>"
    body = "".join(f"<p>{line}</p>" for line in SHORT.split("\n"))
    speech = of_page(tmp_path, "a.html", f"<html><head><title>江城日报数字报-守好一条路</title></head><body>{head}{body}</body></html>")
    assert speech.metadata.source_name == "江城日报"


def test_the_head_that_a_site_puts_on_each_page_is_no_title_but_the_source():
    head = "山乡公文交流网　　　资料仅供会员内部交流"
    pages = f"把路修到家门口\n\n各位评委：\n{ONE}\n{TWO}\n\n第 1 页 共 2 页", f"{ONE}\n{THREE}\n谢谢大家！\n\n第 2 页 共 2 页"
    text = "\n\n".join(f"{head}\n\n{page}" for page in pages)
    metadata = of(text).metadata
    assert (metadata.title, metadata.source_name) == ("把路修到家门口", "山乡公文交流网")


@pytest.mark.parametrize("note", [
    "——此处隐藏860字，请登录后查看——", "……以下内容已隐藏35%，开通会员查看……", "（会员可见完整版）", "登录后可见全部内容",
])
def test_what_a_site_says_of_what_it_keeps_back_is_no_part_of_the_text(note: str) -> None:
    assert of(f"{TITLE}\n同志们：\n{ONE}\n{note}\n{TWO}\n{THREE}").text == SHORT


def test_a_note_for_members_within_a_paragraph_is_taken_out() -> None:
    assert of(f"{TITLE}\n{SHORT.replace(TWO, TWO + '【会员可见完整版】' + ONE)}").text == SHORT.replace(TWO, TWO + ONE)
    said = TWO + "（经全体会员查看同意）" + ONE
    assert of(f"{TITLE}\n{SHORT.replace(TWO, said)}").text == SHORT.replace(TWO, said)


@pytest.mark.parametrize("line", ["隐患不隐藏，问题不回避，这是我们的态度。", "这是上级的讲话，已经发给大家，请各位对照着学习。"])
def test_a_speaker_may_speak_of_hiding_and_of_sending(line: str) -> None:
    assert line in of(f"{TITLE}\n同志们：\n{ONE}\n{line}\n{TWO}\n{THREE}").text


def test_how_a_poster_leads_in_to_a_text_is_no_part_of_it() -> None:
    lead = "这是前天我们厂开大会时老厂长的讲话，我照着录音记的，贴上来给大家看看："
    assert of(f"{TITLE}\n{lead}\n{SHORT}").text == SHORT


@pytest.mark.parametrize("note", [
    "（据家里留下的底稿录入，标题是我们起的。有错的地方，请知情的老同志告诉我们。）", "（原稿存县档案馆，共四页。）",
    "【作者附记】那天风大，喇叭坏了，我是喊着讲的。稿子早就丢了。", "编者说明：文中几处人名已经隐去。",
    "录自县交通局旧存油印件，末页缺一角。",
    "文中的人名都用了化名。", "[整理者按语]年份是按信封上的邮戳定的。",
])
def test_what_later_hands_say_of_the_text_is_not_spoken(note):
    assert of(f"{TITLE}\n{SHORT}\n{note}").text == SHORT


@pytest.mark.parametrize("line", [
    "（据统计，去年全乡录入山林档案三万条。）", "编者和作者都来了，我向你们表示感谢。", "（题目，是修路；文章，要大家来做。）",
    "根据大家的意见，我把这件事再说一遍。", "底稿为证，我说到做到。",
])
def test_what_speaks_of_papers_is_spoken(line):
    assert of(f"{TITLE}\n{SHORT}\n{line}").text == f"{SHORT}\n{line}"


def test_the_day_in_a_note_of_the_writer():
    told = of(f"{TITLE}\n王大川\n{SHORT}\n【作者附记】这是我1987年3月4日在全乡修路动员会上的讲话，凭记忆写下来的。").metadata
    assert (told.delivered_date, told.speaker_name) == (date(1987, 3, 4), "王大川")


def test_the_head_of_a_page_of_a_paper_between_two_pages():
    head = "青山日报　　1961年6月2日　　第{}版"
    cut = SHORT.replace("三月底以前动工，", f"三月底以前动工，\n（下转第三版）\n\n{head.format(3)}\n\n{TITLE}\n（上接第一版）\n")
    speech = of(f"{head.format(1)}\n\n{TITLE}\n{cut}")
    assert speech.text == SHORT
    assert (speech.metadata.published_date, speech.metadata.published_evidence) == (date(1961, 6, 2), "青山日报 1961年6月2日 第1版")
    bare = SHORT.replace(f"\n{THREE}", f"\n{head.format(2)}　要闻\n{THREE}")
    assert of(f"{TITLE}\n{bare}").text == SHORT


def test_marks_of_turning_a_leaf_on_lines_of_their_own_take_the_bars_between_them_along():
    cut = SHORT.replace("三月底以前动工，", "三月底以前动工，\n（下转第三版）\n青山文艺\n投稿信箱\n（上接第一版）\n")
    assert of(f"{TITLE}\n{cut}").text == SHORT
    finished = SHORT.replace(f"\n{THREE}", f"\n（下转第三版）\n山里的路，谁走谁知道。\n（上接第一版）\n{THREE}")
    assert "山里的路，谁走谁知道。" in of(f"{TITLE}\n{finished}").text


def test_a_paper_is_spoken_of():
    line = "大家翻到《青山日报》1961年6月2日第3版，上面登的就是我们村。"
    said = SHORT.replace(THREE, f"{line}\n{THREE}")
    assert of(f"{TITLE}\n{said}").text == said


def test_the_record_of_an_archive_in_one_line():
    head = "青山日报　1956年3月12日　第2版　【标题】在全县修路动员会上的讲话　【作者】长沙市交通局局长　王大川　【专栏】修路特辑"
    speech = of(head + "　　" + SHORT.replace("\n", "　　"))
    told = speech.metadata
    assert speech.text == SHORT
    assert (told.title, told.speaker_name, told.speaker_role, told.place) == ("在全县修路动员会上的讲话", "王大川", "局长", "长沙市")
    assert (told.source_name, told.published_date) == ("青山日报", date(1956, 3, 12))


def test_labels_in_brackets_within_the_text_head_no_record():
    said = "我把意见箱里的纸条念一念。【内容】路太窄　　【来源】三组　　这两张说的是一件事，先修宽，再修平，大家看行不行？"
    assert of(f"{TITLE}\n{SHORT}\n{said}").text.count("\n") == SHORT.count("\n") + 1


def test_a_title_that_comes_again_glued_to_the_first_words():
    assert of(f"{TITLE}\n县长{TITLE}{ONE}\n{TWO}\n{THREE}").text == f"{ONE}\n{TWO}\n{THREE}"
    said = f"{TITLE}中提过的三件事，今天逐件对账，哪一件没有落实都要说明白。"         # who speaks of the speech says its title, too
    assert of(f"{TITLE}\n同志们：\n{said}\n{TWO}\n{THREE}").text.startswith(f"同志们：\n{said}")


@pytest.mark.parametrize("before", ["村民大会发言稿3", "村民大会发言稿 篇2", "关于这个问题，"])
def test_what_is_glued_to_the_address(before: str) -> None:
    assert of(f"{before}尊敬的各位乡亲：\n{ONE}\n{TWO}\n{THREE}").text == f"尊敬的各位乡亲：\n{ONE}\n{TWO}\n{THREE}"


def test_a_question_that_the_speaker_takes_up_stays():
    taken_up = "关于这个问题，各村的看法不一样，我先把账算给大家听，算完了大家再议。"
    assert taken_up in of(f"{TITLE}\n同志们：\n{ONE}\n{taken_up}\n{THREE}").text


def test_numbers_that_a_site_puts_before_its_pages():
    one = f"{TITLE}同志们：{ONE * 2}今年修路的钱已经有了着落，县里拨一半，村里"
    two = f"出一半，劳力大家一起凑。{TWO * 2}哪个组先干完，哪个组先通车，剩下的活"
    three = f"大家一起帮着干。{THREE}"
    assert of(f"1、{one}\n2、{two}\n3、{three}").text == f"{one}{two}{three}".removeprefix(TITLE)


def test_points_with_numbers_keep_them():
    points = [f"{number}、{sentence * 2}" for number, sentence in enumerate((ONE, TWO, THREE), 1)]
    assert of(f"{TITLE}\n同志们：\n" + "\n".join(points)).text == "同志们：\n" + "\n".join(points)


def test_links_of_a_wiki_below_its_headings():
    parts = ("一、把路修通", "二、把桥架好")
    linked = f"{TITLE}\n同志们：\n{ONE}\n{parts[0]}\n编辑{TWO}\n{parts[1]}\n编辑{THREE}"
    assert of(linked).text == linked.removeprefix(TITLE + "\n").replace("编辑", "")
    spoken = f"{TITLE}\n同志们：\n{ONE}\n{parts[0]}\n编辑部的同志写了三篇稿子，把修路的事讲清楚了。\n{parts[1]}\n编辑们还要再去一次工地。"
    assert of(spoken).text == spoken.removeprefix(TITLE + "\n")


def test_the_box_of_a_wiki_tells_who_spoke_and_when():
    box = "← | 2008年某江市法院工作报告 | 2009年某江市法院工作报告 某江市法院院长 周明礼 2009年2月12日 |"
    told = of(f"2009年某江市法院工作报告\n{box}\n各位代表：\n{ONE}\n{TWO}\n{THREE}").metadata
    assert (told.speaker_name, told.speaker_role, told.delivered_date) == ("周明礼", "院长", date(2009, 2, 12))


def test_what_a_viewer_of_documents_shows_above_one():
    preview = f"村长{TITLE}同志们：{ONE}..."
    bar = "阅读 547 下载 1 大小 25.84K 总页数 0 页 2022-05-09 分享"
    assert of(f"{TITLE}\n{preview}\n{bar}\n全屏查看\n村长{TITLE}\n{SHORT}").text == SHORT


def test_characters_that_a_site_hides():
    assert of(f"{TITLE}\n同志们：\n{ONE}\n此处隐藏512个字。VIP会员可见\n{TWO}\n{THREE}").text == SHORT
    assert "隐藏" not in of(f"{TITLE}\n同志们：\n{ONE}靠的是大家的力气，……此处隐藏8160个字……把路修到家门口。\n{TWO}\n{THREE}").text
    said = "这里隐藏了三十多个隐患，一个一个都要找出来。"
    assert said in of(f"{TITLE}\n同志们：\n{ONE}{said}\n{TWO}\n{THREE}").text


def test_doubled_low_quotation_marks_are_dots():
    found = of(f"{TITLE}\n同志们：\n{ONE}一个个场面„„让人难忘，大家说„这条路修得值“。\n{TWO}\n{THREE}").text
    assert "一个个场面……让人难忘，大家说“这条路修得值" in found


def test_three_stars_are_no_bold_type():
    assert "我叫***，今年46岁，现任***村支书。" in of(f"{TITLE}\n同志们：\n我叫***,今年46岁,现任***村支书。{ONE}\n{TWO}\n{THREE}").text


def test_since_when_a_poster_is_a_member_is_no_day_of_the_speech():
    above = f"{TITLE}\nguest\nModerator\n注册\n2003-05-11\n"
    assert of(f"{above}{SHORT}").metadata.published_date is None
    assert of(f"{TITLE}\n发布时间：2003-05-11\n{SHORT}").metadata.published_date == date(2003, 5, 11)


def test_a_point_counted_aloud_in_which_a_document_breaks_off():
    ends = "第三，工地上吃饭的人多，伙食也要办好，要努力抓"
    assert of(f"{TITLE}\n同志们：\n{ONE}\n第一，{TWO}\n第二，{THREE}\n{ends}").text.endswith(ends)
    other = "第三，某某镇召开会议，部署今年的春耕工作"           # nothing was counted before
    assert not of(f"{TITLE}\n{SHORT}\n谢谢大家！\n{other}").text.endswith(other)


def test_a_standing_committee_is_addressed():
    report = f"某江市人民代表大会常务委员会：\n根据会议安排，我代表市法院报告执行工作，请审议。\n{ONE}\n{TWO}"
    above = "发文机关某江市中级人民法院\n发文日期2016年09月20日\n时效性现行有效\n（2016年9月20日在某江市人大常委会会议上）"
    found = of(f"{above}\n{report}")
    assert found.text == report and found.metadata.title is None
