import pytest

from flows.normalize.lines import split
from flows.normalize.paragraphs import glued, is_final, joins, may_be_wrapped, opens_paragraph, parted, together, wrap_width


def joined(text: str) -> list[str]:
    lines = split(text)
    return [paragraph.view for paragraph in together(lines, text.split("\n") if may_be_wrapped(lines) else [])]


@pytest.mark.parametrize("before, after", [
    ("会议开得很好。要早抓", "早管，不能拖到明年。"), ("今年的任务很重，", "大家要有思想准备。"), ("会议开得很好。要把各项工作",
    "，都落到实处。"),
    ("学习是前提。要反复抓、", "抓反复。"), ("他说：“明年一定办到。", "”大家都很高兴。"),
])
def test_a_sentence_that_the_source_broke_is_joined(before, after):
    before = "去年以来，全县上下做了大量工作。" + before
    assert joined(f"{before}\n{after}") == [before + after]


@pytest.mark.parametrize("before, after", [
    ("会议开得很好。", "今年的任务很重。"), ("一、提高认识", "认识是行动的先导。"), ("会议开得很好。要把工作做好", "二、突出重点"),
    ("下面，我讲三点意见：", "第一，要提高认识。"), ("会议开得很好。要把工作做好", "各位代表！"), ("会议开得很好。要把工作做好",
    "——抓落实。"),
    ("“会议开得很好。”", "今年的任务很重。"),
])
def test_paragraphs_are_not(before, after):
    before = before if before[0] in "一“下" else "去年以来，全县上下做了大量工作。" + before
    assert joined(f"{before}\n{after}") == [before, after]


def test_an_address_that_ends_with_a_comma_is_a_line_of_its_own():
    greeted = "晚上好！我代表林场欢迎大家来看树，来种树，来认树，来爱树。"
    assert joined(f"女士们、先生们、朋友们，\n{greeted}") == ["女士们、先生们、朋友们，", greeted]
    assert joined("会议开得很好。要依靠护林员们、技术员们，\n把林子管好。") == ["会议开得很好。要依靠护林员们、技术员们，把林子管好。"]


def test_a_sentence_that_lost_its_first_words_is_none_of_the_heading():
    rest = "，全县上下克服干旱的影响，在缺水的山头上一瓢一瓢浇树，成活率比前年高出一成，护林员功不可没。"
    assert joined(f"一、认清形势，坚定信心\n{rest}") == ["一、认清形势，坚定信心", rest]
    assert joined("一、认清形势\n，坚定信心") == ["一、认清形势，坚定信心"]


def test_what_a_site_says_of_itself_does_not_run_into_the_text():
    said = "本站所有文档由网友上传，本站不保证内容完整！如您下载，请自行鉴别。会员可以点击这里再次下载"
    assert joined(f"{said}\n春季造林大会马上就要开了") == [said, "春季造林大会马上就要开了"]


def test_an_address_on_a_line_of_its_own_is_a_paragraph_whatever_ends_it():
    said = "明年是建校一百年，中方建议以适当的方式举行纪念活动，请各位同事多多支持这件事情。"
    for address in ("主席先生，", "议长女士，", "各位同事，", "同学们，", "尊敬的各位来宾，", "女士们、先生们，"):
        assert joined(f"去年的工作很顺利。\n{address}\n{said}\n谢谢。") == ["去年的工作很顺利。", address, said, "谢谢。"]
    for opening in ("今年以来，", "对我们，", "刚才，", "他们，"):
        assert joined(f"去年的工作很顺利。\n{opening}\n{said}\n谢谢。") == ["去年的工作很顺利。", opening + said, "谢谢。"]


def test_breaks_after_every_semicolon_are_mended_and_items_of_a_list_stay():
    assert joined("看树要看根；\n不看根等于没有看。\n第一要问清来历；\n第二要查清底数；\n第三要有办法。") == [
        "看树要看根；不看根等于没有看。", "第一要问清来历；第二要查清底数；第三要有办法。"]
    assert joined("护林员要记住三件事，第一要勤走；\n第二要细看；\n第三要快报。") == [
        "护林员要记住三件事，第一要勤走；第二要细看；第三要快报。"]
    assert joined("护林员要记住三件事：\n第一要勤走；\n第二要细看。") == ["护林员要记住三件事：", "第一要勤走；", "第二要细看。"]
    assert joined("1.修路三十里；\n2.栽树五万棵；\n3.建校两所。") == ["1.修路三十里；", "2.栽树五万棵；", "3.建校两所。"]
    agenda = ["现在开始剪彩，顺序是：", "奏乐；", "请镇长讲话；", "请工人代表发言；", "请各位来宾上车。"]
    assert joined("\n".join(agenda)) == agenda


def test_an_address_that_begins_with_names_is_no_end_of_the_line_above():
    above = "新苗上市！三月有雨。老农网教你看天时，一看就会的五个办法都在这里PS4"
    guests = "周会长（滨江农会会长周某）、大山兄、各位讲者、各位来宾："
    assert joined(f"{above}\n{guests}") == [above, guests]


def test_a_caption_does_not_run_into_the_address():
    for credit, address in (("李大川 摄", "同学们好！"), ("李大川摄", "青年朋友们："),
                            ("李大川摄", "乡亲们、老师们好，我来说两句。"), ("", "护林员朋友们：")):
        caption = f"6月3日，王小川在全县护林演讲比赛决赛现场。台下坐满了人。{credit or '台上是评委'}"
        assert joined(f"{caption}\n{address}") == [caption, address]
    broken = "去年以来，全县上下做了大量工作。会议开得很好。这些照片都是李大川摄"
    assert joined(f"{broken}\n影留下的。") == [broken + "影留下的。"]
    asked = "去年以来，全县上下做了大量工作。今天我想问一问我"
    assert joined(f"{asked}\n的朋友，你们累不累。") == [asked + "的朋友，你们累不累。"]


def test_links_within_a_sentence_are_joined_and_headings_after_it_are_not():
    assert joined("要完善企业找技术、成果找市场的“双向\n揭榜\n挂帅”机制。\n二、扩大开放") == [
        "要完善企业找技术、成果找市场的“双向揭榜挂帅”机制。", "二、扩大开放"]


def test_a_number_on_its_own_line_is_joined_to_its_measure():
    assert joined("去年，全省新批准设立股份有限公司\n75\n家，其中从事交通的\n8\n家。\n1993\n年开局良好。") == [
        "去年，全省新批准设立股份有限公司75家，其中从事交通的8家。", "1993年开局良好。"]
    assert joined("过去五年的工作\n1993\n年以来") == ["过去五年的工作", "1993年以来"]


def test_a_width_is_found_in_characters_or_columns():
    lines = split("\n".join(["甲" * 38] * 12 + ["甲" * 20 + "。"]))
    lengths = [len(line.view) for line in lines]
    assert wrap_width(lines, lengths, [2 * length for length in lengths]) == (True, 76)
    lines = split("\n".join(["甲" * 38, "甲" * 20 + "a" * 18, "甲" * 10 + "a" * 28] * 6))
    assert wrap_width(lines, [38] * 18, [len(line.view.encode("gbk")) for line in lines]) == (False, 38)
    lines = split("\n".join(["甲" * 19 + "a" * 38, "甲" * 38, "甲" * 30 + "a" * 16] * 6))
    assert wrap_width(lines, [len(line.view) for line in lines], [len(line.view.encode("gbk")) for line in lines]) == (True, 76)
    assert wrap_width(split("今天开会。\n" * 20), [5] * 20, [10] * 20) is None


def test_a_long_menu_around_whole_paragraphs_is_cut_at_no_width():
    menu = ["造林", "护林", "场部", "食堂"] * 30
    links = ["图书馆延长了夜间开放时间", "非遗剪纸走进了小学课堂里", "青年志愿者清理山下的河滩", "新版借书卡今天开始换发了"] * 3
    paragraph = "山上的树是前人栽下的，砍起来只要一个早晨，长起来却要三十个年头，这笔账大家要算。" * 6
    page = [*menu, *links, *[paragraph] * 5, *menu]
    assert wrap_width(split("\n".join(page)), [len(line) for line in page], [2 * len(line) for line in page]) is None


def test_without_indents_a_short_line_ends_a_paragraph_cut_at_a_fixed_width():
    first, second = "我们要把造林作为大事来抓，" * 7 + "抓好。", "他们要把护林作为要事来办，" * 7 + "办好。"
    lines = [paragraph[at:at + 20] for paragraph in (first, second) for at in range(0, len(paragraph), 20)]
    assert joined("\n".join(lines)) == [first, second]


def test_a_heading_that_was_centred_over_two_lines_is_one():
    text = ("山上的树是前人栽下的，砍起来只要一个早晨，长起来却要三十个年头。今年开春以来，各队都派了护林员，"
            "可是夜里偷砍的事还没有断根，群众看在眼里，急在心里，要我们拿出办法来。")
    body = ["    " + text[:18], *(text[at:at + 20] for at in range(18, len(text), 20))]
    heads = ["          一、关于山林的", "         管护和承包问题"]
    others = ["            二、关于用水", "    水库先修，管道后铺。"]
    found = joined("\n".join([*body, *body, *heads, *body, *others, *body]))
    assert found == [text, text, "一、关于山林的管护和承包问题", text, "二、关于用水", "水库先修，管道后铺。", text]


def test_a_space_that_a_scanner_saw_before_a_character_begins_no_paragraph():
    text = "山上的树是前人栽下的，砍起来只要一个早晨，长起来却要三十个年头，这笔账大家要算，算清楚了再动斧头。今年开春以来各队都派了人。"
    lines = ["　　" + text[:18], *(text[at:at + 20] for at in range(18, len(text), 20))]
    body = [*lines[:2], " " + lines[2], *lines[3:]]
    assert joined("\n".join([*lines, *body, *lines, *body])) == [text] * 4
    assert joined("\n".join([" " + lines[0].strip(), *lines[1:]] * 4)) == [text] * 4


def test_joins_are_as_many_as_lines():
    assert joins([], []) == []
    assert joins(split("甲"), []) == [False]


def test_glued_headings_are_found_only_where_numbers_count_up():
    assert glued("今天开会。一、总结去年") == [5]
    assert glued("今天开会。一、总结去年，大家辛苦了。") == []
    long = "大家辛苦了。" * 130
    assert len(glued(f"{long}一、总结。{long}二、安排。")) == 2
    assert glued(f"{long}三、总结。{long}二、安排。{long}") == []


def test_parting_needs_a_next_line_or_length():
    text = "今天开会。一、总结去年\n成绩很大。"
    assert [line.view for line in parted(split(text), text)] == ["今天开会。", "一、总结去年", "成绩很大。"]


def test_final_and_opening_forms():
    assert all(map(is_final, ["好。", "好！", "好：", "“好。”", "（好。）"])) and not any(map(is_final, ["好", "好，", "“好”"]))
    assert all(map(opens_paragraph, ["一、", "（二）", "3.", "第一，", "一是", "——", "各位代表"])) and not opens_paragraph("一年来")


def test_the_lines_of_a_toast_stand_by_themselves():
    toast = "现在，我提议，请各位举起酒杯，\n为来宾的健康，\n为两座城市长久的友谊，\n干杯！"
    assert joined(toast) == toast.split("\n")
    broken = "今年的雨水比往年都要多一些，\n各村要早做准备，\n河堤要有人看守。"
    assert joined(broken) == [broken.replace("\n", "")]
