"""A speech begins with its first words, whatever stands above them."""
import pytest

from flows.normalize.boundaries import announces
from flows.normalize.openings import first_paragraph
from tests.normalize.pages import SPEECH, TITLE, paragraphs


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


@pytest.mark.parametrize("line", [
    "以下是水务署署长某某今日（五月八日）在节水嘉许礼的致辞：", "以下为某某就议案的总结发言全文（中文译本）：", "市长致词全文为：",
    "典礼昨天举行。县长某某谈话内容如下：",
])
def test_a_line_that_announces_the_words(line):
    assert announces(line)
    lines = paragraphs(f"石溪县中秋晚会昨天登场，上千人到场。\n{line}\n主席：\n我很高兴在这里同大家见面，月亮很圆，人也齐了。")
    assert first_paragraph(lines) == (2, False)


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


@pytest.mark.parametrize("posted", [
    "昨天刚讲完的，自己写的稿子，第一次上台，发上来请各位前辈指点。", "主任让我写的，今天用上了，贴出来大家拍砖，人名都隐了。",
    "在会上讲完有点激动，稿子放到论坛，求轻拍，我们单位的名字隐去了，别猜是哪里，猜出来我就要挨批评了。"])
def test_who_posts_a_speech_does_not_speak_in_it(posted):
    lines = paragraphs(f"{TITLE}\n{posted}\n{SPEECH}")
    assert lines[first_paragraph(lines)[0]].view == "同志们："


@pytest.mark.parametrize("offer", [
    f"大家好，今天江城文苑为大家带来{TITLE}，一起看看吧！", f"各位读者，下面是江城写作屋整理的{TITLE}全文，欢迎阅读参考。",
    f"亲爱的同学们，{TITLE}来了，希望对你有所帮助！"])
def test_who_offers_a_text_by_its_title_greets_readers(offer):
    for title in (TITLE, f"{TITLE} - 江城文苑"):
        lines = paragraphs(f"{title}\n{offer}\n荐 老渡口通了班车\n{SPEECH}")
        assert lines[first_paragraph(lines)[0]].view == "同志们："


def test_a_speaker_who_names_his_title_greets_hearers():
    said = f"大家好，今天我为大家带来的是{TITLE}，供大家参考。"
    for opening in (said, "大家好，今天的课就讲造林，请大家看看吧！"):
        lines = paragraphs(f"{TITLE}\n{opening}\n造林绿化是一件大事，要一年接着一年干。")
        assert first_paragraph(lines)[0] == 1


def test_a_speaker_who_puts_something_up_speaks():
    said = "我们支部把承诺书贴出来了，请大家监督。我先念一念我自己的承诺：每个月至少到各位家里去坐一坐，听听大家的意见。"
    lines = paragraphs(f"{said}\n{SPEECH}")
    assert first_paragraph(lines)[0] == 0


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


@pytest.mark.parametrize("label", ["开栏的话", "【编者按】", "编者的话："])
def test_what_an_editor_says_on_a_line_below_his_label_stands_above_the_speech(label):
    told = "从今天起，我们请养路工走上讲台，一人讲一条路。头一个是道班班长方大路，他的稿子我们照登，一个字也没有改。"
    lines = paragraphs(f"{label}\n{told}\n{SPEECH}")
    assert lines[first_paragraph(lines)[0]].view == "同志们："
