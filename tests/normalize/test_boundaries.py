import pytest

from flows.normalize.boundaries import (
    announces,
    ends_page,
    is_closing,
    kind,
)
from flows.normalize.endings import is_imprint, last_paragraph
from flows.normalize.lines import split
from flows.normalize.openings import first_paragraph
from flows.normalize.paragraphs import Paragraph
from flows.normalize.salutations import is_addressed, is_salutation
from tests.normalize.pages import SPEECH, TITLE


def paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph([line]) for line in split(text)]


@pytest.mark.parametrize("line", ["周会长 李校长 各位师长 各位来宾", "各位来宾 各位学弟妹", "各位学弟妹大家好"])
def test_an_address_may_have_spaces_and_no_colon(line):
    assert is_salutation(line)
    assert not is_salutation(line + "，今天我来讲讲栽树")


@pytest.mark.parametrize("line", ["参加人员 李校长 各位师长", "各位评委的分数大家都看到", "各位 请看"])
def test_a_row_of_words_is_no_address(line):
    assert not is_salutation(line)


@pytest.mark.parametrize("line", ["同志们：", "各位代表！", "尊敬的各位领导、各位来宾，女士们、先生们：", "老师们、同学们，大家上午好！",
    "大家好！", "尊敬的主席先生：", "林理事长、各位乡亲，大家早安：", "各位小朋友，大家早：",
                                  "同志们、朋友们,", "尊敬的李市长：", "各位来宾、各位读者：", "各位乡亲：",
                                  "各位朋友早晨。", "同志们、社员们：", "矿工们、家属们、少年们！"])
def test_addresses(line):
    assert is_salutation(line)


@pytest.mark.parametrize("line", ["市长：李某", "县长：", "致读者：", "居民：", "适用于各位居民的规定：",
    "来源：各位代表：", "同志们，今天我们召开大会，主要任务是总结工作。",
    "一、同志们的成绩", "学习先进的同志", "我们、你们、他们：", "社员们：", "人们、牛马们："])
def test_no_addresses(line):
    assert not is_salutation(line)


@pytest.mark.parametrize("line", ["本期嘉宾：林大山，护林员", "做客嘉宾：林大山", "今日特邀专家：林大山，护林员"])
def test_who_came_to_a_programme_is_not_addressed(line):
    assert not is_salutation(line) and not is_addressed(line)


@pytest.mark.parametrize("line", ["各位嘉宾：", "尊敬的各位来宾：", "各位专家："])
def test_guests_and_experts_are_addressed(line):
    assert is_salutation(line)


@pytest.mark.parametrize("beside", [
    "往年致辞\n2013：种一棵树\n同学们，山上的树是一棵一棵栽起来的。请你先学会弯腰……\n2012：守一座山\n老师们，今天我想说说守山的人……",
    "老师的园子\n公告\n家长们，手工作业请在礼拜五以前带到学校来！\n栏目\n读书（12）\n种花（3）\n看山（7）",
    "一个山里人的自言自语，一年四季，一山一水。\n公告\n家长们，手工作业请在礼拜五以前带到学校来！\n栏目\n读书（12）\n种花（3）\n看山（7）",
])
def test_what_a_column_beside_a_speech_says_to_others_opens_none(beside):
    lines = paragraphs(f"{beside}\n{TITLE}\n2014年9月1日\n{SPEECH}")
    assert lines[first_paragraph(lines)[0]].view == "同志们："


@pytest.mark.parametrize("opening", [
    "同志们，今天我想从一棵树说起……\n这棵树就栽在镇政府的门口，已经有一百多年了。\n同志们：\n我们要把树栽好。",
    "同志们，现在开会。\n首先，请林业局的同志介绍全县造林的情况。\n然后，请三位镇长发言。\n最后，请县长讲话。\n下面开始。\n同志们：",
    "同志们，今天的会议有四项议程。\n一、学习文件\n二、通报情况\n三、交流发言\n四、领导讲话\n同志们：\n我们要把树栽好。",
])
def test_a_speaker_who_addresses_his_hearers_twice_begins_with_the_first(opening):
    assert first_paragraph(paragraphs(f"{TITLE}\n{opening}"))[0] == 1


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


@pytest.mark.parametrize("line", [
    "以下是水务署署长某某今日（五月八日）在节水嘉许礼的致辞：", "以下为某某就议案的总结发言全文（中文译本）：", "市长致词全文为：",
    "典礼昨天举行。县长某某谈话内容如下：",
])
def test_a_line_that_announces_the_words(line):
    assert announces(line)
    lines = paragraphs(f"石溪县中秋晚会昨天登场，上千人到场。\n{line}\n主席：\n我很高兴在这里同大家见面，月亮很圆，人也齐了。")
    assert first_paragraph(lines) == (2, False)


@pytest.mark.parametrize("line", [
    "以下是我的讲话：", "根据会议安排，发言内容如下：", "现将一年来的工作报告如下：",
    "下面是今年的三项任务：", "下面我宣读县长的讲话全文：",
])
def test_a_line_of_the_speaker_himself_announces_none(line):
    assert not announces(line)


def test_a_report_after_thanks_that_end_a_paragraph():
    lines = paragraphs(f"{SPEECH}\n祝工程顺利，谢谢。\n今天出席典礼的来宾还有议长方某及各里里长。典礼在锣鼓声中结束。")
    assert lines[last_paragraph(lines, 0)].view == "祝工程顺利，谢谢。"
    for line in ("祝今天出席典礼的各位来宾一切顺利。", "各乡镇要在月底以前召开会议，必须传达到每一个村。"):
        lines = paragraphs(f"{SPEECH}\n我再次向出力的同志道一声谢谢。\n{line}")
        assert lines[last_paragraph(lines, 0)].view == line


def test_closings():
    assert all(is_closing(paragraphs(line)[0]) for line in ("谢谢大家！", "谢谢", "我的讲话完了，谢谢大家。", "此致敬礼！", "讲话完。"))
    assert not is_closing(paragraphs("谢谢大家这些年来的支持，没有你们就没有今天的成绩。")[0])


def test_kinds_of_what_is_cut():
    for line in (TITLE, "——2012年3月5日在县人民代表大会上", "县长　李某"):
        assert kind(paragraphs(line)[0]) == "metadata"
    assert kind(paragraphs("李 某")[0], close=True) == "metadata"
    assert kind(paragraphs("李 某")[0]) == kind(paragraphs("扫码关注公众号免费下载讲话")[0]) == "furniture"


def test_prose_in_which_somebody_speaks_before_an_address_is_the_speech_and_in_doubt():
    own = "我先说明一下，这次会议本来安排在上个月，因为大家都忙，所以推到今天。下面我们正式开会，请大家把手机关掉，注意听讲。"
    assert first_paragraph(paragraphs(f"{TITLE}\n{own}\n{SPEECH}")) == (1, True)
    assert first_paragraph(paragraphs(f"{TITLE}\n3月5日，县里召开造林大会。县长李某出席会议并讲话。\n{SPEECH}")) == (2, True)


@pytest.mark.parametrize("first", ["三、今年要做的事情", "（四）把桥修起来。河上只有一条渡船，下雨就停。", "第二部分 今年的打算",
                                   "3．把桥修起来。河上只有一条渡船，下雨就停。"])
def test_the_second_page_of_a_report_keeps_what_stands_before_an_address(first):
    below = "今年全县要修路三十里，栽树五万棵，一里一里地修，一棵一棵地栽，年底逐村验收。"
    lines = paragraphs(f"{TITLE}\n{first}\n{below}\n各位代表！蓝图已经画好，让我们一起动手。")
    assert first_paragraph(lines) == (1, False)
    # a summary and a table of contents begin to count at one
    lines = paragraphs(f"{TITLE}\n一、修路。全县要修路三十里。\n二、栽树。全县要栽树五万棵。\n{SPEECH}")
    assert first_paragraph(lines)[0] == 3


def test_an_address_behind_most_of_a_text_opens_none():
    before = "河上的桥还是六十年前修的，桥面只有四尺宽，雨天不能走车，村里的果子要绕二十里山路才能运到镇上。"
    more = "去年冬天请人看过，说桥墩已经空了一半，再不修，三年之内一定要塌，到那时候损失的就不只是一座桥。"
    address = "同志们，桥要修，路也要修，让我们一起动手！"
    assert first_paragraph(paragraphs(f"{TITLE}\n{before}\n{more}\n{address}")) == (1, True)
    # news before it, or an address under which the speech stands, stay what they are
    news = "3月5日，全县造林大会在县城召开，各乡镇负责人出席，会议还公布了今年的造林计划和考核办法。"
    assert first_paragraph(paragraphs(f"{TITLE}\n{news}\n{more}\n{address}"))[0] == 3
    assert first_paragraph(paragraphs(f"{TITLE}\n{before}\n{more}\n同志们：\n今天开会，只讲一件事，就是修桥。"))[0] == 3


def test_a_report_after_the_thanks_is_cut_and_words_after_it_stay():
    report = "会上，县林业局等三个单位作了表态发言。会议由副县长王某主持，各乡镇负责同志参加。"
    lines = paragraphs(f"{SPEECH}\n谢谢大家！\n{report.replace('同志', '人')}")
    assert lines[last_paragraph(lines, 0)].view == "谢谢大家！"
    lines = paragraphs(f"{SPEECH}\n谢谢大家！\n最后我再说一句，散会以后请各乡镇的负责人留一下。")
    assert lines[last_paragraph(lines, 0)].view.startswith("最后")


def test_a_list_with_which_a_speech_ends_is_no_glossary():
    items = "1.修路：全县修路三十里。\n2.栽树：全县栽树五万棵。\n3.建校：全县建校两所。"
    lines = paragraphs(f"同志们：\n下面我布置几项工作，请记一下：\n今年要办好的事情有这些：\n{items}")
    assert last_paragraph(lines, 0) == 5


@pytest.mark.parametrize("line", ["在全县造林大会上的讲话 相关内容：", "林场场长述职报告的相关文章：", "看了《造林动员词》的网友还看了：",
                                  "您可能还需要这些资料"])
def test_a_line_that_heads_other_texts(line):
    assert ends_page(line)


@pytest.mark.parametrize("line", ["下面，我就学习这次讲话的相关内容：", "一、认真学习县长讲话相关资料：", "（二）看了沙地造林的群众都说："])
def test_a_heading_of_the_speaker_heads_no_other_texts(line):
    assert not ends_page(line)


@pytest.mark.parametrize("imprint", [
    "报：市委办公室。\n送：县四套班子领导。\n发：各乡镇，县直各单位。\n中共某县委办公室　2015年5月6日印发\n（共印60份）",
    "抄送：县人大办，县政协办。\n某县人民政府办公室 二〇一五年五月六日印发",
    "主题词：造林 讲话\n分送：各村\n校对：李某 共印60份", "本期发送：各科室、站所"])
def test_an_imprint_below_a_speech_is_the_papers(imprint):
    lines = paragraphs(f"{SPEECH}\n{imprint}")
    assert last_paragraph(lines, 0) == SPEECH.count("\n")


@pytest.mark.parametrize("line", ["送：要把种子送到田头。请大家记住！", "报喜不报忧的事情要少做。", "这个方案已于2015年5月6日印发。",
                                  "发展是硬道理", "报：就是有情况马上报；送：就是有困难马上送；"])
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


@pytest.mark.parametrize("posted", [
    "昨天刚讲完的，自己写的稿子，第一次上台，发上来请各位前辈指点。", "主任让我写的，今天用上了，贴出来大家拍砖，人名都隐了。",
    "在会上讲完有点激动，稿子放到论坛，求轻拍，我们单位的名字隐去了，别猜是哪里，猜出来我就要挨批评了。"])
def test_who_posts_a_speech_does_not_speak_in_it(posted):
    lines = paragraphs(f"{TITLE}\n{posted}\n{SPEECH}")
    assert lines[first_paragraph(lines)[0]].view == "同志们："


def test_a_speaker_who_puts_something_up_speaks():
    said = "我们支部把承诺书贴出来了，请大家监督。我先念一念我自己的承诺：每个月至少到各位家里去坐一坐，听听大家的意见。"
    lines = paragraphs(f"{said}\n{SPEECH}")
    assert first_paragraph(lines)[0] == 0


@pytest.mark.parametrize("line", ["全体指战员：", "全体社员：", "全体师生、全体家长："])
def test_all_of_a_kind_are_addressed(line):
    assert is_salutation(line)


@pytest.mark.parametrize("line", ["全体起立，奏国歌！", "全体会员名单：", "全体人员都到了，现在开会。", "全体村民大会："])
def test_what_all_do_is_no_address(line):
    assert not is_salutation(line) and not is_addressed(line)


@pytest.mark.parametrize("line", [
    "会议于下午五时结束以后，请各乡镇的同志留一下。", "以上记录未经核实，请大家不要外传。", "今天的会就开到十二点，散会以后抓紧落实。",
    "以上内容已经县委常委会审定。", "（作者是谁，大家都记不清了，可是这首歌人人会唱。）请大家一起来唱。",
])
def test_what_a_speaker_says_of_the_hour_and_of_a_record_stays(line):
    lines = paragraphs(f"{SPEECH}\n{line}")
    assert lines[last_paragraph(lines, 0)].view == line
@pytest.mark.parametrize("greeted", [
    "尊敬的恩贝外长，\n尊敬的各位议员、各国使节，",
    "尊敬的林会长：\n各位院士、", "史密斯先生，\n尊敬的王馆长", "各位法师，\n尊敬的戴维斯博士，"])
def test_guests_are_greeted_on_a_line_each(greeted):
    lines = paragraphs(f"{TITLE}\n{greeted}\n女士们、先生们：\n大家晚上好！欢迎各位来到我们的院子。")
    assert first_paragraph(lines)[0] == 1


@pytest.mark.parametrize("above", ["尊敬的读者可在文末找到附件", "各位委员审议了报告", "尊敬的老人们都来了", "外长会见来宾"])
def test_what_stands_above_an_address_is_no_part_of_it(above):
    lines = paragraphs(f"{TITLE}\n{above}\n女士们、先生们：\n大家晚上好！欢迎各位来到我们的院子。")
    assert lines[first_paragraph(lines)[0]].view == "女士们、先生们："


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


@pytest.mark.parametrize("line", ["（三）办好群众留言（二）", "三、网友评论", "评论文明上网的现象", "三、留言文明，有话好好说。",
                                  "群众的留言，我每一条都看了。", "重点评议（2）个事项",
                                  "支持群众，反对浪费", "请看材料.doc第三页（要点）"])
def test_what_is_said_of_comments_ends_nothing(line):
    assert not ends_page(line)


def test_what_is_said_to_whom_a_speech_is_sent_stands_above_it():
    note = "各位同事：\n县长今天的讲话已经按录音誊清，随信发上，请各站学习。\n----------\n在全县防汛会上的讲话\n副县长　李某某"
    lines = paragraphs(f"{note}\n同志们：\n汛期就要到了，今天把大家请来，只讲一件事。")
    assert lines[first_paragraph(lines)[0]].view == "同志们："
    # somebody opens a meeting, and another one speaks
    own = "各位同事：\n今天请大家来，是要说说防汛的事，先请县长讲话。\n在全县防汛会上的讲话"
    lines = paragraphs(f"{own}\n同志们：\n汛期就要到了，今天把大家请来，只讲一件事。")
    assert lines[first_paragraph(lines)[0]].view == "各位同事："
    lines = paragraphs("各位同事：\n汛期就要到了，材料已随会议通知发给大家。\n同志们：\n今天把大家请来，只讲一件事。")
    assert lines[first_paragraph(lines)[0]].view == "各位同事："
