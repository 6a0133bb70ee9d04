"""Texts whose line ends a scraper dropped."""
import pytest

from flows.ingest.documents import Document
from flows.normalize.run_on import head_places, opened, tail_places
from flows.normalize.speech import normalize

SAID = ["同志们：", "今天我们召开全县造林大会，总结去年的工作，部署今年的任务。刚才，林业站的同志讲得很好，我都同意。下面，我讲三点意见。",
        "一、看清造林的好处", "山绿了，水就清了，庄稼就有了靠山。去年全县种了三万亩，成活率八成五，大家出了大力。",
        "二、抓住种树的时候", "清明前后正是种树的时候，过了就要等来年。各村要把劳力、树苗、工具都备好，天一下雨就上山。",
        "三、管好种下的树苗", "种一棵就要活一棵，不能只种不管。要有人看，有人浇，有人赔。", "谢谢大家！"]
HEAD = ["在全县造林会议上的讲话", "县长　李大山", "（2018年3月5日）"]
TAIL = ["责任编辑：张三", "上一篇：在全县防汛会议上的讲话", "下一篇：在开学典礼上的讲话"]


def read(text: str):
    return normalize(Document("page.txt", "text/plain", "utf-8", len(text.encode()), text))


@pytest.mark.parametrize("end", [" ", "　　", "\t", "\u00a0\u00a0\u00a0\u00a0", "  ", "\\n", "\\r\\n\\u3000\\u3000"])
def test_what_stands_for_line_ends_becomes_line_ends(end):
    speech = read(end.join(HEAD + SAID + TAIL))
    assert speech.text.splitlines() == SAID
    told = speech.metadata
    assert (told.title, told.speaker_name, str(told.delivered_date)) == (HEAD[0], "李大山", "2018-03-05")


@pytest.mark.parametrize("label", ["正文", "内容"])
def test_the_record_of_a_text_in_the_line_in_which_it_begins(label):
    said = ["乡亲们，伙伴们：", "我叫李春山，是北坡护林队的队长，今天跟大家说说这座山。", *SAID[2:]]
    head = f"标题：在全县护林员会议上的发言 作者:李春山 时间：2019年3月5日 栏目：山里的事 {label}："
    speech = read(head + "  ".join(said))
    assert speech.text.splitlines() == said
    told = speech.metadata
    assert (told.title, told.speaker_name, told.speaker_role) == ("在全县护林员会议上的发言", "李春山", "队长")


def test_the_record_before_a_text_that_addresses_nobody():
    head = f"标题：{HEAD[0]} 来源：某山林业网 日期：2018-03-06 正文："
    view = head.replace(" ", "") + "".join(SAID[1:])
    places = head_places(view)
    assert [view[low:] for low in places[-2:]] == ["正文：" + "".join(SAID[1:]), "".join(SAID[1:])]


def test_a_label_of_the_text_alone_begins_nothing():
    assert head_places("报告的内容：" + "".join(SAID[1:])) == []


MENU = ["集团首页", "走进集团", "组织机构", "领导讲话", "产品中心", "联系我们", "员工之家", "信息公开"] * 9
FOOT = ["分享：微信好友", "上一条：集团召开安全会", "下一条：集团办起夜校",
        *(f"{number}　集团第{number}车间修好了炉子 52{number}1" for number in range(40)),
        "成员企业：炉子公司 | 砖瓦公司", "技术支持：某山信息", "意见反馈", "返回顶部"]


def test_a_whole_page_in_one_line_whose_paragraphs_kept_their_indents():
    speech = read(" ".join([*MENU, *HEAD, *(f"　　{line}" for line in SAID), *FOOT]))
    assert speech.text.splitlines() == SAID
    told = speech.metadata
    assert (told.title, told.speaker_name, str(told.delivered_date)) == (HEAD[0], "李大山", "2018-03-05")


@pytest.mark.parametrize("foot", [
    ["[打印]", "[关闭]", "上一条：集团召开安全会", "下一条：集团办起夜校", "集团修好了炉子"],
    ["[标签: 造林", "春耕]", "好评", "(5)", "请文明发言，不要谩骂。", "评论:", "很好", "某山网 版权所有"],
])
def test_a_page_in_one_line_whose_paragraphs_have_nothing_but_their_indents(foot):
    speech = read(" ".join([*MENU, *HEAD]) + " " + "".join(f"　　{line}" for line in SAID) + " " + " ".join(foot))
    assert speech.text.splitlines() == SAID
    told = speech.metadata
    assert (told.title, told.speaker_name, str(told.delivered_date)) == (HEAD[0], "李大山", "2018-03-05")


def test_a_stray_space_in_the_last_paragraph_of_a_page_in_one_line_is_no_line_end():
    said = [*SAID[:-1], "让全县的 山都绿起来，谢谢大家！"]
    assert read("".join(f"　　{line}" for line in (*HEAD[:1], *said))).text.splitlines() == [*SAID[:-1], "让全县的山都绿起来，谢谢大家！"]


def test_other_gaps_part_the_head_and_the_foot_where_the_paragraphs_kept_their_indents():
    head = [" - ".join(MENU[:8] * 2), "当前位置：首页 > 领导讲话", HEAD[0], "作者：林业站", "更新时间：2018-03-06 16:22:07", "阅读：61次"]
    speech = read("　　".join(["  ".join(head), *SAID, "  ".join(TAIL)]))
    assert speech.text.splitlines() == SAID
    assert (speech.metadata.title, str(speech.metadata.published_date)) == (HEAD[0], "2018-03-06")
    apart = [line.replace("去年全县", "去年  全县").replace("要有人看，", "要有人看。  ") for line in SAID]
    assert read("　　".join(["  ".join(head), *apart])).text.splitlines() == [line.replace("  ", "") for line in apart]


def test_a_head_whose_parts_single_spaces_part_is_cut_before_the_address():
    head = " ".join([*MENU[:6], "首页 >> 领导讲话 >> 正文", HEAD[0], "发布者：林业站 发布时间：2018-03-06 浏览次数：403"])
    speech = read(f"{head} 　　" + "　　".join(SAID))
    assert speech.text.splitlines() == SAID
    assert (speech.metadata.title, str(speech.metadata.published_date)) == (HEAD[0], "2018-03-06")


def test_the_foot_of_a_page_that_is_glued_to_the_last_sentence_may_be_long():
    foot = "".join(FOOT[:3]) + "集团修好了炉子" * 90 + FOOT[-3]
    assert tail_places(f"谢谢大家！{foot}")[0] == len("谢谢大家！")
    assert tail_places(f"我们来看问题。来源：这件事要从头讲起，{'大家心里要有数，' * 60}散会。") == []


ROW = ["林海在线", "主页 镇情 党建 林业 视频 镇务公开", "所在栏目：镇长声音", HEAD[0],
       "办公室发布 2018/03/06 浏览 120 次", "县长", "李大山", HEAD[2]]


def test_the_head_of_a_page_in_one_line_above_the_lines_of_the_text():
    row = " ".join(ROW)
    for text in (f"{row}\n" + "\n".join(SAID), f"{row} " + "\n".join(SAID)):
        speech = read(text)
        assert speech.text.splitlines() == SAID
        told = speech.metadata
        assert (told.title, str(told.delivered_date), str(told.published_date)) == (HEAD[0], "2018-03-05", "2018-03-06")


BUTTONS = "收藏本页 推荐给朋友 热门 林场招工(512) 苗圃开园(320) 木耳丰收(118) 网友热议 二楼的客人：讲得实在！ 订阅 林海客户端"


@pytest.mark.parametrize("between", [" ", "\n", ""])
def test_a_foot_without_labels_in_one_line(between):
    assert read("\n".join([*HEAD, *SAID]) + between + BUTTONS).text.splitlines() == SAID


@pytest.mark.parametrize("view", [
    SAID[1] + "要管好网站、微博、微信、客户端，严格注册登录，删除侵权链接，多下载资料，多点赞转发！谢谢大家！",
    SAID[1] + "下载客户端、注册会员、关注公众号、阅读文章、收藏资料、分享视频、点赞评论，一样也不能少",
    SAID[1] + "收藏好种子！", SAID[1] + "网站要办好，客户端也要办好",
])
def test_sentences_about_websites_are_no_foot(view):
    assert tail_places(view) == []


@pytest.mark.parametrize("end", ["\\\\n", "\\n\\n", "\\n\\n\\u3000\\u3000"])
def test_line_ends_that_were_written_twice_over_or_several_in_a_row(end):
    speech = read(end.join(HEAD + SAID + TAIL) + "\n")
    assert speech.text.splitlines() == SAID


def test_a_text_about_line_ends_keeps_them():
    said = [SAID[0], SAID[1] + "程序里写\\n，就是换行；", "写\\t，就是制表。文件在D:\\n1和C:\\news。" + SAID[3], SAID[5]]
    speech = read("\n".join(HEAD + said))
    assert "写\\n，" in speech.text and "写\\t，" in speech.text and "D:\\n1" in speech.text and "C:\\news" in speech.text


@pytest.mark.parametrize("written", [repr(HEAD + SAID), repr(HEAD + SAID).replace("'", '"') + "\n"])
def test_a_list_as_a_program_writes_it_is_lines(written):
    assert read(written).text.splitlines() == SAID


@pytest.mark.parametrize("head", [
    "".join(HEAD), "首页 > 讲话 > " + "".join(HEAD), "发布时间：2018-03-08　来源：林业局" + "".join(HEAD),
    "编号：1369" + HEAD[0] + "".join(HEAD),
])
@pytest.mark.parametrize("tail", ["", "".join(TAIL), "（责任编辑：张三）【打印】【关闭】"])
def test_head_and_foot_that_are_glued_to_the_speech_are_cut_off(head, tail):
    speech = read(head + "".join(SAID) + tail)
    assert speech.text.replace("\n", "") == "".join(SAID)
    told = speech.metadata
    assert (told.title, told.speaker_name, str(told.delivered_date)) == (HEAD[0], "李大山", "2018-03-05")
    assert told.source_name == ("林业局" if "来源" in head else None)


@pytest.mark.parametrize("gap", ["", " "])
def test_what_a_page_calls_its_last_crumb_is_none_of_the_title(gap):
    head = f"首页 党课讲稿 思想汇报 当前位置：林场之家 > 党课讲稿 > 正文{gap}把斧头磨快——林场党委书记党课讲稿{gap}时间：2016-08-11{gap}"
    told = read(head + "".join(SAID)).metadata
    assert (told.title, told.source_name) == ("把斧头磨快——林场党委书记党课讲稿", "林场之家")


def test_the_speaker_alone_may_be_glued_to_the_address():
    text = "政府工作报告\n代市长 李大山各位代表：" + SAID[1] + "\n" + "\n".join(SAID[3:])
    speech = read(text)
    assert speech.text.startswith("各位代表：今天") and speech.metadata.speaker_name == "李大山"
    assert head_places("我和县长李大山商量过，各位代表：" + SAID[1]) == []


def test_a_title_with_its_day_is_cut_off_where_nobody_is_addressed():
    speech = read(HEAD[0] + HEAD[2] + "".join(SAID[1:]))
    assert speech.text.startswith("今天我们召开") and speech.metadata.title == HEAD[0]


@pytest.mark.parametrize("head", [
    "2019年站长在护林座谈会上在讲话" * 2, "在护林座谈会上的讲话 在护林座谈会上的讲话 ",
    "在护林总结会上的讲话和在造林动员会上的讲话范文在护林座谈会上的讲话范文3篇",
])
def test_titles_that_are_glued_to_each_other_and_to_the_text_are_cut_off(head):
    said = SAID[1] + "".join(SAID[3::2])
    speech = read(head + said)
    assert speech.text == said and "讲话" in speech.metadata.title


def test_the_number_of_a_text_may_stand_between_its_title_and_the_address():
    head = "护林员节讲话5篇" + "在护林员节上的讲话" + "（一）："
    assert read(head + "".join(SAID)).text.startswith("同志们：今天")


@pytest.mark.parametrize("title", ["在护林总结大会上的总结讲话", "在护林员汇报演出上的致辞", "在林场述职大会上的讲话"])
def test_a_word_that_ends_titles_ends_none_where_the_title_goes_on(title):
    menu = f"{title} - 江城林校 学校概况 现任领导 首页 >> 校园动态 >> 领导讲话 >> 正文 "
    speech = read(menu + title + " 发布时间：2018-03-08 " + "".join(SAID))
    assert speech.metadata.title == title and speech.text.replace("\n", "") == "".join(SAID)


@pytest.mark.parametrize("view", [
    "我们学习了县长在造林会议上的讲话，也学习了书记在护林会议上的讲话，今天就来谈谈怎样把林子管好，让山上年年都绿。",
    "在造林会议上的讲话刚才听了大家的发言，很受启发，林子是一锹一锹栽出来的，也是一天一天守出来的，这个话讲到了根子上。",
    "护林护林，年年护林护林，我们护的是全县老百姓的饭碗，护的是子孙后代的靠山，这个道理要讲给每一个人听，讲到大家都明白。",
])
def test_sentences_that_name_speeches_or_repeat_words_stay_whole(view):
    assert head_places(view) == []


@pytest.mark.parametrize("view", [
    "title: 李大山县长在全县第十二次造林会议上的讲话（2005年3月）",
    "李大山县长在全县第十二次造林会议上的讲话，原载《造林通讯》（2005年3月）。",
    "同志们：" + SAID[1], "各位领导、同志们：" + SAID[1],
    "县长在讲话中说。同志们：今年的任务很重，大家要有准备。" + SAID[1],
    "我代表县委向同志们表示感谢！同志们：今年的任务很重，大家要有准备。" + SAID[1],
    "全县造林的事情，年年讲，年年抓，同志们：今年的任务还是很重，大家要有准备，一刻也不能松。" + SAID[1],
])
def test_what_is_said_before_an_address_is_no_head(view):
    assert head_places(view) == []


@pytest.mark.parametrize("view", [
    SAID[1] + "他问我：树苗从哪里来？", SAID[1] + "我的要求：一棵都不能少。", SAID[1] + "说到来源：种子是自己留的。" + SAID[3] * 12,
])
def test_what_is_said_behind_a_colon_is_no_foot(view):
    assert tail_places(view) == []


@pytest.mark.parametrize("between", [" ", "  "])
def test_spaces_in_one_line_of_many_are_no_line_ends(between):
    text = "\n".join([SAID[0], between.join((SAID[1], SAID[3])), *[SAID[5]] * 3])
    assert read(text).text.splitlines()[1] == SAID[1] + SAID[3]


@pytest.mark.parametrize(("text", "lines"), [
    ("".join(HEAD + SAID).replace("，", ",").replace("：", ":"), 4),
    ("在全縣造林會議上的講話同志們:今天,我們召開全縣造林大會,總結去年的工作,部署今年的任務。刚才大家讲得很好。", 2),
    ("".join(SAID), 1), ("\n".join(HEAD + SAID), len(HEAD + SAID)),
])
def test_a_raw_text_is_opened_for_who_asks_what_stands_on_which_line(text, lines):
    told = opened(text, lambda: str.maketrans("講話會縣們", "讲话会县们"))
    assert len(told.split("\n")) == lines and told.replace("\n", "").replace("　", "") == text.replace("\n", "").replace("　", "")
