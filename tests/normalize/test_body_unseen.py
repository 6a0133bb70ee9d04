"""Pages as other sites make them, around speeches of our own: the same speech comes out, paragraph by paragraph."""
import re

import pytest

from flows.normalize.speech import normalize
from tests.normalize.pages import SPEECH, TITLE, page

SPEAKER = "县委书记 陈大明"
LONG = """同志们：
这次会议是公司党委决定召开的一次重要会议。刚才，安全部通报了上半年的情况，两个车间的负责人作了表态。我完全同意，请大家抓好落实。
第一个问题，关于思想认识。安全是企业的生命线，这句话我们天天讲、月月讲，真正入脑入心的有多少？大家要扪心自问。
第二个问题，关于责任落实。各单位一把手是第一责任人，要做到亲自部署、亲自检查。一是查制度。看有没有漏洞。二是查现场。看有没有隐患。三是查台账。看有没有虚报，有没有漏报，有没有拖着不报。
第三个问题，关于教育培训。要把培训搞活，“一人安全，全家幸福”，让每名员工都懂得这个道理，都能熟练掌握应急处置的基本办法。
我就讲这些，谢谢大家。"""


def wrapped(text: str, columns: int, indent: str = "　　", between: str = "\n") -> str:
    """`text` cut at a width, Chinese characters being two columns wide; marks may hang over the edge."""
    lines = []
    for paragraph in text.split("\n"):
        line, width = "", 0
        for character in ("" if paragraph.endswith("：") else indent) + paragraph:
            wide = 1 + (ord(character) > 0x2000)
            if width + wide > columns and not (character in "，。、；：！？”）" and width + wide <= columns + 2):
                lines.append(line)
                line, width = "", 0
            line, width = line + character, width + wide
        lines.append(line)
    return between.join(lines)


def paged(text: str, lines: int, head: str = "", foot: str = "") -> str:
    """`text` as pages of so many lines, with running heads and feet in which {} is the number of the page."""
    rows = text.split("\n")
    pages = [rows[at:at + lines] for at in range(0, len(rows), lines)]
    return "\n".join("\n".join([head.format(number)] * bool(head) + rows + [foot.format(number)] * bool(foot))
                     for number, rows in enumerate(pages, 1))


@pytest.mark.parametrize("columns", [30, 38, 46, 60, 64, 80])
@pytest.mark.parametrize("speech", [SPEECH, LONG])
def test_lines_cut_at_any_width_are_joined(columns, speech):
    assert normalize(page(f"{TITLE}\n{SPEAKER}\n{wrapped(speech, columns)}\n")).text == speech


def test_lines_cut_at_a_width_without_indents_are_joined():
    assert normalize(page(f"{TITLE}\n{wrapped(LONG, 62, indent='')}\n")).text == LONG


def test_blank_lines_between_all_lines_part_nothing():
    assert normalize(page(f"{TITLE}\n\n{wrapped(LONG, 60, between=chr(10) * 2)}\n")).text == LONG


def test_lines_of_a_quoted_letter_lose_their_marks():
    quoted = "\n".join(f"> {line}" for line in wrapped(LONG, 50).split("\n"))
    assert normalize(page(f"{TITLE}\n{quoted}")).text == LONG


@pytest.mark.parametrize("head, foot", [
    ("", "第 {} 页 共 9 页"), ("", "- {} -"), ("", "— {} —\n\x0c"), ("江城集团文件汇编（2022年）", "{}"), ("领导讲话选编        ·{}·", ""),
    (TITLE, "{} / 9"), ("", "江城集团春季会议材料          第{}页"), ("", "江城集团春季会议材料  第 {} 页 共 9 页"),
    (f"{TITLE}　　江城文稿汇编　〔{{}}/9〕", "〔{}/9〕　去往：第1屏 第2屏 第3屏　放大 旋转"), ("", "第 {} 页 / 9 页　«　1 2 3　»"),
])
def test_running_heads_and_page_numbers_leave_the_sentences_whole(head, foot):
    assert normalize(page(f"{TITLE}\n{paged(wrapped(LONG, 60), 5, head, foot)}")).text == LONG


@pytest.mark.parametrize("begun, joined", [
    ("一是有些村只管栽树，不管护树，栽下去的苗子一半都给牛羊啃了，护林", True),
    ("二、提高认识，统一思想，切实增强做好这一项工作的责任和信心", False),
])
def test_a_point_that_goes_on_behind_the_foot_of_a_page_is_no_heading(begun, joined):
    pages = [f"{begun}\n〔1/2〕　去往：第1屏 第2屏\n的人也不够用。二是有些村没有账。\n", "〔2/2〕　去往：第1屏 第2屏\n"]
    assert (f"{begun}的人" in normalize(page(f"{TITLE}\n{SPEECH}\n" + "".join(pages))).text) is joined


def test_a_line_of_which_nothing_is_left_counts_no_pages():
    assert normalize(page(f"{TITLE}\n\n![](a.jpg)\n\n{SPEECH}\n", path="page.md")).text == SPEECH


def test_shares_of_one_number_are_no_numbers_of_pages():
    lines = SPEECH.split("\n")
    shares = ["东片完成2/5", "西片完成3/5", "北片完成4/5"]
    assert normalize(page(f"{TITLE}\n{SPEAKER}\n" + "\n".join([*lines[:4], *shares, *lines[4:]]))).text == \
        "\n".join([*lines[:4], *shares, *lines[4:]])


UPRIGHT = "\n\n江\n城\n林\n讯\n\n第二期\n{}\n\n"


def test_a_column_at_the_edge_of_an_upright_print_leaves_the_sentence_whole():
    lines = wrapped(LONG, 46).split("\n")
    text = "\n".join(lines[:9]) + UPRIGHT.format("六") + "\n".join(lines[9:15]) + UPRIGHT.format("七") + "\n".join(lines[15:])
    assert normalize(page(f"“江城林讯”第二期\n\n{TITLE}\n{SPEAKER}\n\n{text}\n")).text == LONG


def test_characters_that_a_speaker_sets_apart_stay():
    told = SPEECH.replace("二、突出重点", "我送大家三个字。\n严\n细\n实\n二、突出重点")
    assert "严\n细\n实" in normalize(page(f"{TITLE}\n{SPEAKER}\n{told}\n")).text


BOARD = ("发信人: shanxi (山溪), 信区: Forest\n标  题: {title}\n发信站: 江城夜话 (Mon Mar  5 14:02:51 2012), 转信\n\n"
         "{title}\n{speech}\n\n--\n{foot}")


@pytest.mark.parametrize("foot", ["种下一棵树，就是种下一片阴凉\n\n※ 来源:．江城夜话 bbs.example.cn．[FROM: 10.0.0.1]\n", "山高水长\n",
                                  "\x1b[1;36m种树的人总要老去，树还在\x1b[m\n"])
def test_what_a_sender_puts_below_his_letters_goes(foot):
    assert normalize(page(BOARD.format(title=TITLE, speech=wrapped(SPEECH, 64), foot=foot))).text == SPEECH


def test_a_rule_within_a_speech_ends_none():
    head, _, rest = SPEECH.rpartition("\n")
    assert normalize(page(f"{TITLE}\n{head}\n--\n{rest}\n")).text.endswith(rest)


@pytest.mark.parametrize("stamp", ["说话人1  00:0{}:15", "王长河 (00:0{}:15)：", "Speaker A 00:0{}:15"])
def test_who_speaks_at_what_time_of_a_recording_is_no_part_of_the_text(stamp):
    parts = [f"{stamp.format(number)}\n{line}\n" for number, line in enumerate(SPEECH.split("\n"))]
    assert normalize(page(f"{TITLE}\n" + "\n".join(parts))).text == SPEECH


def test_hours_of_a_plan_stay():
    speech = SPEECH.replace("二、突出重点", "明天的安排是：\n集合出发 08:30\n上山栽树 09:00\n二、突出重点")
    assert "集合出发08:30\n上山栽树09:00" in normalize(page(f"{TITLE}\n{speech}\n")).text


def test_a_refrain_is_no_running_head():
    speech = LONG.replace("\n第", "\n安全第一，生命至上\n第")
    assert normalize(page(f"{TITLE}\n{speech}")).text.count("安全第一，生命至上") == 3


def test_notes_at_the_foot_of_a_page_leave_the_sentence_whole():
    lines = wrapped(LONG, 44).split("\n")
    cut = next(number for number, line in enumerate(lines) if number > 5 and line[-1] not in "。：")
    marked = [line.replace("安全部", "安全部①", 1) for line in lines[:cut + 1]]
    assert marked != lines[:cut + 1]
    text = "\n".join([TITLE, SPEAKER, *marked, "① 今年由安全处改名。", "— 1 —", *lines[cut + 1:], "— 2 —"])
    speech = normalize(page(text))
    assert speech is not None and speech.text == LONG


@pytest.mark.parametrize("before, after", [
    ("公文论坛 » 讲话稿交流\n发新话题 回复\n楼主\n笔杆子\n积分 230\n发表于 2015-6-8 10:22:35 | 只看该作者\n",
     "\n收藏 12 支持 3 反对\n回复 举报\n沙发\n小秘书\n发表于 2015-6-9 09:15:44 | 只看该作者\n"
     "顶一个，写得不错。\n"),
    (f"{TITLE}.doc\n1568阅读 36下载 上传于2013-05-12 格式：DOC 页数：5 5下载券\n",
     "\n1/5 专业文档供您下载，找人审核后使用！\n文档贡献者\nwm2013\n"),
    ("打开APP\n江城晚报 2020-03-02 12:30\n+关注\n",
     "\n展开全文\n相关推荐\n县里又有大动作！\n昨天\n热门评论\n江城小王：说得好！\n"
     "点赞 12 回复\n"),
    ("2021-03-05\n",
     "\n返回搜狐，查看更多\n责任编辑：\n平台声明：该文观点仅代表作者本人，搜狐号系信息发布平台。\n"),
    ("", "\n*这是陈大明同志在全县春季造林大会上讲话的一部分。\n注释〔1〕见本卷《通道绿化要抓紧》注〔1〕。\n"
     "〔2〕见县志。\n出处：某某文选；江城出版社2006年8月第1版\n"),
    ("", "\n共2页: 上一页 1 2 下一页\n"),
])
def test_the_page_around_a_speech_is_left_behind(before, after):
    assert normalize(page(f"{before}{TITLE}\n{SPEAKER}\n{SPEECH}{after}")).text == SPEECH


@pytest.mark.parametrize("leader, last", [("……1", ""), ("", "正文\n"), (" (3)", f"{TITLE}\n")])
def test_a_table_of_contents_is_no_part_of_the_speech(leader, last):
    contents = "".join(f"{line}{leader}\n" for line in SPEECH.split("\n") if line[:2] in ("一、", "二、", "三、"))
    assert normalize(page(f"{TITLE}\n目　录\n{contents}{last}{SPEECH}")).text == SPEECH


def test_a_page_break_of_a_portal_inside_the_speech_is_left_out():
    at = SPEECH.index("\n二、")
    assert normalize(page(f"{TITLE}\n{SPEECH[:at]}\n广告\n展开剩余50%{SPEECH[at:]}")).text == SPEECH


def test_a_number_apart_from_its_heading_is_joined_to_it():
    apart = re.sub(r"(?m)^([一二三])、", r"\1、\n", SPEECH)
    assert normalize(page(f"{TITLE}\n{apart}")).text == SPEECH
    paragraph = SPEECH.replace("（一）抓好通道绿化。", "（一）\n去年全县上下一心，通道绿化取得了很大成绩。")
    assert "（一）\n去年" in normalize(page(f"{TITLE}\n{paragraph}")).text


def test_the_label_of_a_record_is_no_part_of_the_speech():
    assert normalize(page(f"会议实录\n主持人：请领导讲话。\n{SPEAKER}：{SPEECH}")).text == SPEECH
    abstract = SPEECH[:90].replace("\n", "")
    assert normalize(page(f"{TITLE}\n简介：{abstract}……（点击阅读全文）\n{SPEECH}")).text == SPEECH


def test_marks_that_count_through_a_volume_are_taken_away():
    words = ("会议〔76〕", "报告〔77〕", "决定〔78〕")
    speech = "同志们：\n" + "\n".join(f"去年我们开了{word}，大家的干劲更足了，工作也有了新的起色。" for word in words)
    assert "〔" not in normalize(page(f"{TITLE}\n{speech}\n谢谢大家！")).text


def test_the_end_of_a_cut_line_that_holds_figures_only_stays():
    speech = LONG.replace("这个道理，", "这个道理，产量和销量增加值分别增长18.6%、13.4%。")
    cut = wrapped(speech, 60).replace("18.6%、13.4%。", "18\n.6%、13.4%。\n")
    assert "18.6%、13.4%。" in normalize(page(f"{TITLE}\n{cut}")).text


def test_a_piece_of_a_sentence_that_reads_like_a_button_is_kept():
    piece = "打印设备、下载服务、网站页面和客户端登录注册、"
    speech = LONG.replace("这个道理，", f"这个道理，重点推广智能终端以及配套的{piece}举报热线等。")
    at = speech.index(piece)
    opening = speech.rindex("\n", 0, at) + 1
    for columns in range(40, 66, 2):
        assert normalize(page(f"{TITLE}\n{wrapped(speech, columns)}")).text == speech, speech[opening:at]


def test_contents_before_a_speech_without_an_address_are_left_out():
    speech = SPEECH.partition("\n")[2]
    contents = "".join(f"{line}\n" for line in speech.split("\n") if line[:2] in ("一、", "二、", "三、"))
    assert normalize(page(f"{TITLE}\n目录\n{contents}{speech}")).text == speech


def test_a_speech_quoted_in_a_digest_of_a_list_is_that_quotation():
    quoted = "\n".join(f"> {line}" for line in wrapped(LONG, 40).split("\n"))
    head = "From: digest@a.example\nMessage: 1\nSubject: 转发一篇讲话\n\n各位，转一份讲话给大家看看：\n\n"
    tail = "\n\n------------------------------\n\nMessage: 2\nSubject: Re: 苗木\n\n树苗还有二百棵，一块五一棵，要的赶快说。\n\n退订请回信。"
    assert normalize(page(head + quoted + tail)).text == LONG


def test_what_a_letter_quotes_and_the_speech_below_it():
    asked = "\n".join("> " + line for line in ("请把上周的讲话发给我。", "我要存档。", "越快越好。", "谢谢。", "老方"))
    assert normalize(page(f"{asked}\n\n{TITLE}\n\n{LONG}")).text == LONG


def test_signs_before_the_lines_of_a_menu_are_no_quotation():
    menu = "\n".join(f"> {name}" for name in ("首页", "要闻", "讲话", "文件", "人事", "公告", "图片", "视频", "专题", "互动", "地图"))
    assert normalize(page(f"{menu}\n{TITLE}\n{LONG}")).text == LONG


def test_a_text_between_two_rules_from_the_address_on():
    said = SPEECH.replace("同志们：", "乡亲们、同志们：", 1)
    rule = "=" * 20
    told = "前天镇里开大会，我拿手机录了音，回家听了两遍才打出来。镇长讲得实在，我只改了几个错字，别的都没有动。"
    whole = f"{TITLE}\n发表于 2016-3-8 21:10\n{told}\n{rule}\n{said}\n{rule}\n我娘听了直点头。大家评评，讲得怎么样？"
    assert normalize(page(whole)).text == said
