
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.documents import Mark
from flows.normalize.body import find
from flows.normalize.composition import Body
from flows.normalize.edits import apply
from flows.normalize.repetition import NOTHING, Repeated, key
from tests.hostile import ends
from tests.normalize.pages import SPEECH, TITLE, page

UNADDRESSED = SPEECH.partition("\n")[2]


def found(text: str, path: str = "page.txt") -> Body:
    body = find(text, page(text, path))
    assert apply(text, body.edits) == body.text
    return body


HEADS = {
    "breadcrumb one word a line": ["首页", "公文大全", "领导讲话", "正文", TITLE],
    "breadcrumb on one line": ["您现在的位置：首页 >> 新闻中心 >> 领导讲话", TITLE],
    "time bar": [TITLE, "2012-03-05 08:12　来源：江城日报　作者：佚名　点击：1203"],
    "editor": [TITLE, "以下是小编为大家精心整理的县长讲话，供大家参考，希望对大家有所帮助。"],
    "abstract of the opening": [TITLE, "内容提要：" + UNADDRESSED[:60] + "…"],
    "buttons": [TITLE, "【字体：", "大", "中", "小", "】", "打印", "收藏"],
    "advertisement": ["开通会员，全站资料免费下载", TITLE, "原创文章，未经许可禁止转载"],
    "date and speaker": [TITLE, "（2012年3月5日）", "县长　李　某"],
    "news lead": ["江城新闻网讯　3月5日，全县春季造林大会召开，县长李某出席会议并讲话。现将讲话全文刊登如下：", TITLE],
    "essay on the genre": ["演讲稿是人们在工作和社会生活中经常使用的一种文体，今天就让我们一起来看看吧！", TITLE],
    "forum": ["发表于 2010-3-4 10:22:33 | 只看该作者 | 倒序浏览", TITLE],
}
TAILS = {
    "credit": ["（责任编辑：李四）"],
    "related titles like speeches": ["相关文章：", "在全县教师节表彰大会上的讲话", "一、三级干部会议发言材料", "（二）经验交流材料"],
    "related titles with dates": ["延伸阅读", "• 大学生村官演讲稿 2015-08-26", "• 学习心得体会十篇 2016-01-02"],
    "related texts with summaries below a heading that names the speech": [
        TITLE + " 相关内容：", "镇夜校开班仪式情况", "昨晚，夜校在文化站开班，三十名学员领到了课本。", "防溺水学习心得",
        "暑假将至，学校组织观看了警示教育片，反响热烈。"],
    "related texts with summaries and days": [
        "镇夜校开班仪式情况2012-3-18", "昨晚，夜校在文化站开班，三十名学员领到了课本。", "防溺水学习心得 [2012-03-19]",
        "暑假将至，学校组织观看了警示教育片，反响热烈。", "[2012/3/20] 供电所年度考核情况", "考核小组走访了十二个班组，查阅资料二百余份。"],
    "related texts with summaries and the time below each": [
        "镇夜校开班仪式情况", "昨晚，夜校在文化站开班，三十名学员领到了课本。", "2小时前", "防溺水学习心得",
        "暑假将至，学校组织观看了警示教育片，反响热烈。", "3小时前", "供电所年度考核情况",
        "考核小组走访了十二个班组，查阅资料二百余份。", "1天前"],
    "what readers of it read": [f"看了《{TITLE}》的人还看了：", "镇夜校开班仪式情况", "昨晚，夜校在文化站开班，三十名学员领到了课本。"],
    "previous and next": ["上一篇：如何写好调研报告  下一篇：没有了", "返回顶部"],
    "tags": ["Tags：讲话稿|会议|造林"],
    "disclaimer": ["免责声明：本站文章均来自网络，如有侵权请与我们联系，我们将及时删除。"],
    "reader": ["如果您觉得本文对您有帮助，请分享给您的朋友！"],
    "hash ids": ["e4c29f31c6964493a14c4ddf6b160169:", "关于造林的决定"],
    "glossary under a heading": ["名词解释", "1.“两重两轻”：指重栽轻管、重量轻质。", "2.示范村：指绿化率达到四成的村。"],
    "glossary without a heading": ["1.通道绿化：指国道省道两侧的绿化。", "2.示范村：指绿化率达到四成的村。", "3.包栽包管：指谁栽谁管。"],
    "annex": ["附件：", "各乡镇造林任务分解表", "城关镇负责通道绿化二千亩，四月底以前完成。"],
    "newspaper": ["（《江城日报》2012年3月6日第1版）"],
    "site": ["版权所有 © 江城公文网 www.jiangcheng.example", "Top"],
    "signature": ["中共江城县委", "二〇一二年三月五日"],
}


@pytest.mark.parametrize("speech", [SPEECH, UNADDRESSED], ids=["addressed", "unaddressed"])
@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_speech_is_cut_out_of_its_page_whole(head, tail, speech):
    assert found("\n".join([*head, speech, *tail])).text == speech


@pytest.mark.parametrize("line", ["第 2 页 共 8 页", "[NextPage]", "上一页 1 2 3 下一页", "点击查看更多", "（新华社记者 李四 摄）", "— 3 —",
                                  "本文来自江城公文网，更多讲话稿请访问 www.jiangcheng.example", "【打印】【关闭】", TITLE])
def test_furniture_between_two_paragraphs_goes(line):
    lines = SPEECH.split("\n")
    assert found("\n".join([TITLE, *lines[:4], line, *lines[4:]])).text == SPEECH


@pytest.mark.parametrize("line", ["广告：造林讲话大全，十张光盘只卖四十元", "整套公文模板原价199元，现只需29元", "全套讲话稿仅售9.9元"])
def test_what_is_sold_between_two_paragraphs_goes(line):
    lines = SPEECH.split("\n")
    assert found("\n".join([TITLE, *lines[:4], line, *lines[4:]])).text == SPEECH


@pytest.mark.parametrize("line", ["苗木每株原价八元，现在县里补助五元，群众只出三元。", "广告栏、公示栏要及时更新。",
                                  "去年苹果一斤仅售5角，今年卖到两元，大家都尝到了甜头。"])
def test_what_a_speaker_says_of_prices_stays(line):
    lines = SPEECH.split("\n")
    assert line in found("\n".join([TITLE, *lines[:4], line, *lines[4:]])).text


def test_days_that_a_speaker_lists_end_nothing():
    days = ["动员会 2012-03-10", "育苗培训 2012-03-18", "现场观摩 2012-03-25"]
    lines = SPEECH.split("\n")
    text = found("\n".join([TITLE, *lines[:7], *days, *lines[7:]])).text
    assert text.endswith(lines[-1]) and all(day in text for day in days)


def test_adverts_within_a_paragraph_go_and_the_sentences_stay():
    body = found(SPEECH.replace("成绩来之不易。", "成绩来之不易。（更多范文请访问江城公文网www.jiangcheng.example）"))
    assert body.text == SPEECH
    assert [edit.reason for edit in body.edits] == ["furniture"]


@pytest.mark.parametrize("line", ["来源：这个问题要说清楚。我们的资金一靠财政、二靠群众，没有第三个来源，大家要心中有数，把钱用在刀刃上。",
                                  "根据会议安排，我讲三点意见，供大家参考。", "附近的群众都来参加", "谢谢大家！", "增长13.9%。"])
def test_the_speakers_words_stay_though_they_look_like_the_pages(line):
    lines = SPEECH.split("\n")
    assert line in found("\n".join([*lines[:4], line, *lines[4:]])).text


def test_a_greeting_opens_a_speech_and_a_mans_office_does_not():
    assert found(f"{TITLE}\n县长：\n李某\n大家上午好！\n{UNADDRESSED}").text == f"大家上午好！\n{UNADDRESSED}"


def test_lines_cut_at_a_fixed_width_are_put_together():
    width, lines = 24, []
    for paragraph in SPEECH.split("\n"):
        indented = "　　" + paragraph
        lines += [indented[at:at + width] for at in range(0, len(indented), width)]
    raw = "\n".join(lines)
    text = "\n".join(line.strip() for line in lines)
    body = find(text, page(raw))
    assert body.text == SPEECH
    assert "broken_lines" in body.defects
    assert "line_join" in {edit.reason for edit in body.edits}


def test_a_sentence_broken_at_the_end_of_a_page_is_joined_and_a_heading_is_not():
    broken = SPEECH.replace("重栽轻管的问题", "重栽轻管的\n问题")
    assert found(broken).text == SPEECH
    assert found(broken).defects == {"broken_lines"}
    assert found(SPEECH).defects == frozenset()


def test_numbers_that_the_source_set_apart_stay_and_page_numbers_go():
    assert found(SPEECH.replace("五十米", "\n50\n米")).text == SPEECH.replace("五十米", "50米")
    assert found(SPEECH.replace("重栽轻管的", "重栽轻管的\n12\n")).text == SPEECH


def test_what_was_pasted_twice_is_said_once():
    lines = SPEECH.split("\n")
    one = [lines[0], lines[1], *(each for line in lines[2:] for each in (line, line))]
    block = [*lines[:-1], *lines[1:-1], *lines[1:-1], lines[-1]]
    for doubled in (one, block):
        assert found("\n".join([TITLE, *doubled])).text == SPEECH


def test_what_a_speaker_says_again_stays():
    lines = SPEECH.split("\n")
    calls = ["栽下一棵树，就是留下一片荫！", "栽下一棵树，就是留下一片荫！", "春风吹过山岗", "春风吹过山岗"]
    far = [*lines[:-1], lines[3], *calls, lines[-1]]       # and what comes again behind something else
    assert found("\n".join([TITLE, *far])).text == "\n".join(far)


def test_what_stops_in_the_middle_is_flagged():
    assert "truncated" in found(SPEECH[:-6]).defects


def test_markdown_front_matter_bullets_and_comments_are_no_text():
    body = found(f"---\ntitle: 讲话\nauthors:\n  - 李某\n---\n<!-- 江城日报 -->\n> {TITLE}\n\n{SPEECH}\n\n---\n* 返回顶部", "a.md")
    assert body.text == SPEECH
    assert body.head[1:3] == ["title: 讲话", "authors:"]
    assert "江城日报" in body.head


def test_headings_are_what_the_layout_says_in_the_bodys_coordinates():
    text = f"{TITLE}\n{SPEECH}"
    start = text.index("二、突出")
    body = find(text, page(text), NOTHING, [Mark(0, len(TITLE), "title"), Mark(start, text.index("\n", start), "heading", 2)])
    assert [(body.text[begin:end], level) for begin, end, level in body.headings] == [("二、突出重点，完成今年的目标任务", 2)]


def test_bold_type_over_two_lines_of_one_heading_is_one_heading():
    text = SPEECH.replace("二、突出重点，完成今年的目标任务", "二、突出重点，\n完成今年的目标任务")
    start, middle = text.index("二、突出"), text.index("完成今年的目标")
    body = find(text, page(text), NOTHING, [Mark(start, middle - 1, "bold"), Mark(middle, text.index("\n", middle), "bold")])
    assert [body.text[begin:end] for begin, end, _ in body.headings] == ["二、突出重点，完成今年的目标任务"]


def test_a_caption_that_names_the_speaker_goes_and_what_he_says_of_others_stays():
    head, (address, *said) = "县林业工作报告\n县林业局局长　王大川", SPEECH.split("\n")
    shown = ["王大川作林业工作报告。", "图为局长王大川在全县造林大会上作报告　李小山 摄"]
    stays = ["会前，老站长李小山作了护林报告。", "我王大川不是来作报告的。"]
    lines = [address, said[0], shown[0], *stays, said[1], shown[1], *said[2:]]
    assert found("\n".join([head, *lines])).text == "\n".join([address, said[0], *stays, *said[1:]])
    assert found("\n".join([TITLE, *lines[:3]])).text.endswith(shown[0])         # no line names him


def test_what_says_what_a_picture_shows_goes_and_a_heading_below_one_stays():
    lines = SPEECH.split("\n")
    shown = ["图片", "图片", "老站长李小山（右一）讲造林故事"], ["[图片]", "春季造林启动仪式现场"], ["图2：新修的水渠"]
    text = "\n\n".join([TITLE, *lines[:2], *shown[0], *lines[2:4], *shown[1], *lines[4:6], *shown[2], *lines[6:]])
    assert found(text).text == SPEECH
    shown = ["[图片1]", "老站长李小山在开工仪式上讲话"], ["图片", "护林员正在巡山"], ["照片", "（图一 造林现场）"]
    text = "\n\n".join([TITLE, *lines[:2], *shown[0], *lines[2:4], *shown[1], *lines[4:6], *shown[2], *lines[6:]])
    assert found(text).text == SPEECH
    headed = [*lines[:2], "把护林站建到山上", *lines[2:]]
    assert found("\n\n".join([TITLE, *lines[:2], "图片", *headed[2:]])).text == "\n".join(headed)
    told = [*lines[:2], "图片上的树都是我们去年种的。", "如图1：坡上的林带", *lines[2:]]
    assert found("\n".join([TITLE, *told])).text == "\n".join(told)


def test_the_head_of_a_page_that_stands_again_on_the_next_goes_however_long():
    columns = "发言稿 致辞稿 主持词 述职报告 心得体会 工作计划 调研报告 实施方案 倡议书 感谢信 慰问信 邀请函 承诺书 合同范本 "
    head = ["江城文稿网 www.example.com", columns * 2, " | ".join(columns.split() * 3), "您的位置：江城文稿网 > 讲话稿 > 浏览文章", TITLE]
    lines = SPEECH.split("\n")
    pager = "[1] [2] [3] 上一页 下一页 第2页 共3页"
    text = "\n".join([*head, "", *lines[:3], "[1] [2] [3] 下一页 第1页 共3页", *head, *lines[3:5], pager, *head, *lines[5:],
                      "[1] [2] [3] 上一页 第3页 共3页"])
    assert found(text).text == SPEECH
    turned = SPEECH.replace("刚才，", "请大家翻到材料的下一页，也就是第2页。刚才，")
    assert found(f"{TITLE}\n{turned}").text == turned


def test_the_text_of_a_record_in_lines_is_the_speech_without_its_key():
    record = ["url: http://www.example.cn/news/1.html", "status: 200", f"page_title: {TITLE}|江城网", "pubtime: 2021-11-26", "click: 93"]
    short = SPEECH.replace("同志们：\n", "同志们：\n现在开会。\n", 1)
    assert found("\n".join([*record, f"content: {short}", "prev: 造林筹备会", "foot: 江城林业局"])).text == short
    assert found("\n".join([*record, "content:", *short.split("\n")])).text == short
    said = f"{SPEECH}\nGDP：全县完成八十亿元。\nCPI：上涨百分之二。\nPMI：五十一。\nDoc：写进材料的就是这些数。"
    assert found(f"{TITLE}\n{said}").text == said


def test_a_list_at_which_the_site_breaks_off_is_the_speakers():
    agenda = f"{SPEECH}\n大会的议程是：\n请林业局局长讲话；\n请红石镇镇长发言；"
    assert found(agenda).text == agenda


def test_the_signature_of_a_member_below_his_post_goes():
    post = f"{SPEECH}\n________________________________\n山不在高，有树则灵。\n引用 回复 TOP"
    assert found(post).text == SPEECH
    for last in ("谢谢大家！", "最后，祝大家身体健康！"):
        assert last in found(f"{SPEECH}\n________________________________\n{last}\n分享 收藏").text


def test_layout_furniture_goes_and_captions_go():
    lines = SPEECH.split("\n")
    text = "\n".join([*lines[:4], "会场里座无虚席", *lines[4:]])
    start = text.index("会场")
    assert find(text, page(text), NOTHING, [Mark(start, start + 7, "caption")]).text == SPEECH


def test_notes_and_the_marks_that_lead_to_them_go():
    marked = SPEECH.replace("成活率", "成活率[1]").replace("林带", "林带[2]").replace("示范村", "示范村[3]")
    notes = "注释：\n[1]指当年成活的比例。\n[2]指乔木带。\n[3]指绿化率达到四成的村。"
    body = found(f"{marked}\n{notes}")
    assert body.text == SPEECH
    assert [edit.reason for edit in body.edits][:3] == ["note"] * 3


@pytest.mark.parametrize("label", ["【按】", "（按）", "【编者按】", "【编者按】：", "[按语]"])
def test_what_an_editor_notes_below_a_speech_goes(label):
    note = f"{label}这是当年的县长在春季造林大会上的讲话，照县档案馆的记录稿抄出，收入文集时改了几个错字。县长后来调到外地工作。"
    assert found(f"{SPEECH}\n{note}").text == SPEECH
    lines = SPEECH.split("\n")
    inner = "\n".join([*lines[:4], "（请按）名单上的次序领树苗，一户一捆，领完了的不要走，还要听技术员讲一讲怎么栽，怎么浇。", *lines[4:]])
    assert found(inner).text == inner


def test_notes_at_the_end_of_every_page_go():
    lines = SPEECH.replace("成活率", "成活率[1]").replace("林带", "林带[2]").replace("示范村", "示范村[3]").split("\n")
    notes = ["[1]成活率：指当年成活的比例。", "[2]林带：指乔木带，不含灌木。", "[3]示范村：指绿化率达到四成的村。"]
    body = found("\n".join([*lines[:4], notes[0], *lines[4:7], notes[1], *lines[7:], notes[2]]))
    assert body.text == SPEECH


def test_a_year_in_square_brackets_is_no_note():
    text = SPEECH.replace("去年全县", "根据江政发〔2012〕5号文件，去年全县")
    assert found(text).text == text


def test_parts_that_ran_together_are_parted_at_their_numbers():
    long = "各乡镇要把责任落实到人、把树栽到位、把水浇足、把苗管好。" * 30
    text = f"同志们：今天开会。一、总结去年{long}二、安排今年{long}三、提出要求{long}"
    body = found(text)
    assert [line[:6] for line in body.text.split("\n")] == ["同志们：今天", "一、总结去年", "二、安排今年", "三、提出要求"]
    assert {edit.reason for edit in body.edits} == {"paragraph_break"}


def test_a_repeated_line_is_furniture_unless_speeches_share_it():
    lines = SPEECH.split("\n")
    text = "\n".join([*lines[:4], "江城风采在线", *lines[4:]])
    assert "江城风采在线" in found(text).text
    repeated = Repeated(dict.fromkeys(map(key, ["江城风采在线", *lines]), 0))
    assert find(text, page(text), repeated).text == SPEECH


def test_head_and_tail_keep_what_was_cut_in_order():
    body = found(f"{TITLE}\n（2012年3月5日）\n{SPEECH}\n（责任编辑：李四）\n相关文章")
    assert (body.head, body.tail) == ([TITLE, "（2012年3月5日）"], ["（责任编辑：李四）", "相关文章"])
    assert [edit.reason for edit in body.edits] == ["metadata", "furniture"]


@pytest.mark.parametrize("glued", ["（某阳日报）", "（某阳山报）", "（某阳市委宣传部）", "（完）",
                                   "——2014年1月13日在某阳市第九届人民代表大会第三次会议上",
                                   "——2014年1月13日在某阳市第九届人民代表大会第三次会议上 （某阳新闻网）", "——", "（来源：某阳日报）"])
def test_what_is_glued_to_the_last_words_goes(glued):
    body = found(f"{TITLE}\n{SPEECH}{glued}\n相关文章")
    assert body.text.endswith(SPEECH.splitlines()[-1]) and body.tail[-1] == "相关文章"


@pytest.mark.parametrize("glued", ["（市司法局负责）", "（市委宣传部）", "（鼓掌）", "（参见附件通报）"])
def test_what_the_speaker_put_in_brackets_stays(glued):
    assert found(f"{TITLE}\n{SPEECH}{glued}").text.endswith(glued)


def test_nothing_is_found_where_there_is_nothing():
    assert found("").text == ""
    assert found("首页\n打印\n关闭").text == ""


@given(st.text(alphabet="同志们：。，、一二三（）()[]【】#*>-_<! \n\t　1a|/", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_walked_to_its_body(text):
    for path in ("a.txt", "a.md"):
        body = find(text, page(text, path))
        assert apply(text, body.edits) == body.text
        assert "\n\n" not in body.text and not body.text.startswith("\n") and not body.text.endswith("\n")


@given(st.lists(st.sampled_from([line for lines in [*HEADS.values(), *TAILS.values()] for line in lines]), max_size=6),
       st.lists(st.sampled_from([line for lines in TAILS.values() for line in lines]), max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_body_found_is_found_again_unchanged(head, tail):
    once = find("\n".join([*head, SPEECH, *tail]), page("")).text
    again = find(once, page(once))
    assert (again.text, again.edits) == (once, [])


@ends
@pytest.mark.parametrize("text", ["一、" * 100_000, "。一、" * 100_000, "【" * 200_000, "来源：\n" * 30_000, ("记者摄" * 50 + "\n") * 1000,
                                  "<!--" * 50_000, "[^" * 100_000, ("更多请关注" * 30 + "\n") * 1000, "[1]" * 60_000, "# " * 100_000])
def test_hostile_text_takes_no_longer_than_its_length_allows(text):
    body = find(text, page(text, "a.md"))
    assert apply(text, body.edits) == body.text
