"""A speech ends with its last words, whatever stands below them."""
import pytest

from flows.normalize.endings import is_imprint, last_paragraph
from tests.normalize.pages import SPEECH, paragraphs


@pytest.mark.parametrize("told", [
    "表彰会结束后，何师傅没有留下来吃饭，他说炉子还等着换班的人。", "话音刚落，台下响起热烈的掌声。",
    "散会后，她对记者说：“我就是个烧锅炉的。”转身就往车间走。", "走下讲台，她的手心里全是汗。\n这一天，全厂的机器没有停过。",
])
def test_what_came_after_the_last_words_is_told_by_others(told):
    said = "各位师傅：\n我在厂里烧了三十年锅炉，没有出过一回差错。\n最后祝大家身体健康！谢谢大家。"
    lines = paragraphs(f"{said}\n{told}")
    assert last_paragraph(lines, 0) == 2


@pytest.mark.parametrize("said", [
    "会后，请各车间把名单报上来，他们等着用。", "散会后，我们还要到他们家里去看一看。", "一、会议结束后，他们要马上动身。",
    "会后，各车间把检修的事情安排下去，三天以内报结果。", "同志们走出礼堂的时候，希望带上他的这句话。",
])
def test_what_a_speaker_says_after_thanks_is_his(said):
    lines = paragraphs(f"各位师傅：\n锅炉房的同志很辛苦，谢谢大家。\n{said}")
    assert last_paragraph(lines, 0) == 2


def test_a_report_after_thanks_that_end_a_paragraph():
    lines = paragraphs(f"{SPEECH}\n祝工程顺利，谢谢。\n今天出席典礼的来宾还有议长方某及各里里长。典礼在锣鼓声中结束。")
    assert lines[last_paragraph(lines, 0)].view == "祝工程顺利，谢谢。"
    for line in ("祝今天出席典礼的各位来宾一切顺利。", "各乡镇要在月底以前召开会议，必须传达到每一个村。"):
        lines = paragraphs(f"{SPEECH}\n我再次向出力的同志道一声谢谢。\n{line}")
        assert lines[last_paragraph(lines, 0)].view == line


def test_a_report_after_the_thanks_is_cut_and_words_after_it_stay():
    report = "会上，县林业局等三个单位作了表态发言。会议由副县长王某主持，各乡镇负责同志参加。"
    lines = paragraphs(f"{SPEECH}\n谢谢大家！\n{report.replace('同志', '人')}")
    assert lines[last_paragraph(lines, 0)].view == "谢谢大家！"
    lines = paragraphs(f"{SPEECH}\n谢谢大家！\n最后我再说一句，散会以后请各乡镇的负责人留一下。")
    assert lines[last_paragraph(lines, 0)].view.startswith("最后")


@pytest.mark.parametrize("asked", ["课后思考题：1.你的岗位上有哪些漏洞？2.你准备怎么补？", "讨论题\n怎样才算把小事办好？",
                                   "课后作业：写一份八百字的体会。"])
def test_what_a_lesson_asks_below_its_thanks_is_no_part_of_it(asked):
    lines = paragraphs(f"{SPEECH}\n这堂课就讲到这里，谢谢大家！\n{asked}\n反馈表请于周五前交到支部。")
    assert lines[last_paragraph(lines, 0)].view == "这堂课就讲到这里，谢谢大家！"


def test_a_lesson_goes_on_after_what_it_asks():
    on = "同志们，下面我接着讲第二个问题，就是怎样把补漏洞的事情一件一件落到实处。"
    lines = paragraphs(f"{SPEECH}\n先向来听课的同志说声谢谢。\n思考题：你的岗位上有哪些漏洞？\n{on}")
    assert lines[last_paragraph(lines, 0)].view == on


def test_a_list_with_which_a_speech_ends_is_no_glossary():
    items = "1.修路：全县修路三十里。\n2.栽树：全县栽树五万棵。\n3.建校：全县建校两所。"
    lines = paragraphs(f"同志们：\n下面我布置几项工作，请记一下：\n今年要办好的事情有这些：\n{items}")
    assert last_paragraph(lines, 0) == 5


@pytest.mark.parametrize("listed", [
    "• 旧仓库改成了村史馆（老照片）\n• 共享单车能不能骑进小区？物业这样说（业主说了算）\n• 城南菜市场搬到哪里去了？",
    "◆ 大风预警！明天出门请注意\n◆ 老槐树下的理发摊还在吗？",
    "旧仓库改成了村史馆\n老照片征集了三百多张\n出门请注意！全市多个路段明起封闭施工",
    "更多快讯\n· 老槐树下的理发摊还在吗？"])
def test_headlines_of_other_texts_end_no_speech_though_they_ask_and_exclaim(listed):
    lines = paragraphs(f"{SPEECH}\n{listed}")
    assert last_paragraph(lines, 0) == SPEECH.count("\n")


@pytest.mark.parametrize("said", [
    "让我们\n一锹一锹地挖\n一棵一棵地栽\n把荒山栽成绿洲！", "请大家回去想一想：\n• 渠修了没有？\n• 路通了没有？\n散会。",
    "明年的今天，我们还在这里算账\n谁家的账算得清？", "各位好好想一想，林子里的火是谁点的？又是谁先跑下山来喊人的"])
def test_verse_and_questions_with_which_a_speech_ends_stay(said):
    lines = paragraphs(f"{SPEECH}\n{said}")
    assert last_paragraph(lines, 0) == len(lines) - 1


@pytest.mark.parametrize("imprint", [
    "报：市委办公室。\n送：县四套班子领导。\n发：各乡镇，县直各单位。\n中共某县委办公室　2015年5月6日印发\n（共印60份）",
    "抄送：县人大办，县政协办。\n某县人民政府办公室 二〇一五年五月六日印发",
    "主题词：造林 讲话\n分送：各村\n校对：李某 共印60份", "本期发送：各科室、站所",
    "报：市局办公室。送：局领导班子成员。发：各所，机关各股室。"])
def test_an_imprint_below_a_speech_is_the_papers(imprint):
    lines = paragraphs(f"{SPEECH}\n{imprint}")
    assert last_paragraph(lines, 0) == SPEECH.count("\n")


@pytest.mark.parametrize("line", ["送：要把种子送到田头。请大家记住！", "报喜不报忧的事情要少做。", "这个方案已于2015年5月6日印发。",
                                  "发展是硬道理", "报：就是有情况马上报；送：就是有困难马上送；",
                                  "报：有情况马上报。等人来问就晚了。送：有困难马上送！"])
def test_what_is_said_is_no_imprint(line):
    assert not is_imprint(line)


@pytest.mark.parametrize("note", [
    "（作者时任县长。本文根据一九八六年三月八日讲话记录整理，未经本人审阅。）",
    "11时20分散会。以上记录未经发言人审阅。", "会议于下午五时半结束。", "（以上内容未经本人审阅）", "十二点散会。记录：方某",
])
def test_what_minutes_end_with_is_no_part_of_the_speech(note):
    lines = paragraphs(f"{SPEECH}\n{note}")
    assert last_paragraph(lines, 0) == SPEECH.count("\n")


@pytest.mark.parametrize("head", ["录入说明：", "【整理说明】", "编校凡例", "抄录者附记："])
def test_who_made_the_text_tells_how_point_by_point(head):
    lines = paragraphs(f"{SPEECH}\n{head}\n1.原稿缺一页，缺字用□代替。\n2.旧地名照录，不另加注。\n校对：李某")
    assert last_paragraph(lines, 0) == SPEECH.count("\n")


def test_an_explanation_within_a_speech_stays():
    lines = paragraphs(f"{SPEECH}\n整理说明要写清楚，谁整理谁签字。\n最后我再讲一句，会后请各乡镇的负责人留一下。")
    assert last_paragraph(lines, 0) == SPEECH.count("\n") + 2


@pytest.mark.parametrize("line", [
    "会议于下午五时结束以后，请各乡镇的同志留一下。", "以上记录未经核实，请大家不要外传。", "今天的会就开到十二点，散会以后抓紧落实。",
    "以上内容已经县委常委会审定。", "（作者是谁，大家都记不清了，可是这首歌人人会唱。）请大家一起来唱。",
])
def test_what_a_speaker_says_of_the_hour_and_of_a_record_stays(line):
    lines = paragraphs(f"{SPEECH}\n{line}")
    assert lines[last_paragraph(lines, 0)].view == line


@pytest.mark.parametrize("line", ["村民留言（3）", "家长评论（12条）", "校友留言：", "读者回应 7则", "《茶山旧事》有2个想法", "邻居留言板",
                                  "会场.jpg（96.5 KB，下载次数：3）", "回复 支持 反对 举报"])
def test_what_those_who_read_a_speech_wrote_ends_it(line):
    lines = paragraphs(f"{SPEECH}\n{line}\n老李：讲得实在！")
    assert last_paragraph(lines, 0) == SPEECH.count("\n")


def test_a_reader_who_thanks_all_does_not_speak_on():
    lines = paragraphs(f"{SPEECH}\n2#\n收藏了，谢谢各位老师！")
    assert last_paragraph(lines, 0) == SPEECH.count("\n")


@pytest.mark.parametrize("line", [
    "江城网友 2012-03-05 10:20：修得好！", "过路人2012-3-5 10:20:15：通车那天要去看看。",
    "网友评论　文明上网，理性发言\n老李：讲得实在！",
    "评论区：请遵守有关规定",
    "老李 2012年3月5日 9:02：讲得实在！\n" + "小王 2012年3月5日 9:40：" + "路修好了，大家都去走一走，看一看。" * 8,
])
def test_comments_with_name_and_time_end_a_speech(line):
    assert last_paragraph(paragraphs(f"{SPEECH}\n{line}"), 0) == SPEECH.count("\n")


def test_the_record_of_a_talk_in_which_every_turn_is_dated_stays_whole():
    turns = "\n".join(f"县长 2012-03-05 10:{20 + number}：{line}" for number, line in enumerate(SPEECH.split("\n")))
    assert last_paragraph(paragraphs(turns), 0) == SPEECH.count("\n")


@pytest.mark.parametrize("told", [
    "茶话会由商会与侨联共同举办，两百多位来宾出席。茶话会前，会长看望了老归侨。", "当晚还举行了灯谜、评弹和抽奖，九点半才散。",
    "会后，大会还安排了三场分论坛。", "据了解，论坛期间还将发布两份报告。", "知识链接：赶茬苗指前茬收割后抢种的树苗，全县用了九十万株。",
    "记者手记：散会以后，县长蹲在地头，和护林员比划了很久。护林员说：“我们等这句话等了十年。”\n据悉，大会还将办到明年。",
])
def test_what_a_paper_tells_of_the_day_stands_below_the_speech(told):
    lines = paragraphs(f"{SPEECH}\n{told}")
    assert last_paragraph(lines, 0) == SPEECH.count("\n")


@pytest.mark.parametrize("said", [
    "背景资料：我让办公室印好了，请同志们带回去看。", "茶话会由我来办，大家都来。", "据了解，这片林子还有三千亩没有管护。",
    "当晚我们还要上山，大家早点吃饭。",
])
def test_what_a_speaker_says_of_it_is_his(said):
    lines = paragraphs(f"{SPEECH}\n{said}")
    assert lines[last_paragraph(lines, 0)].view == said
