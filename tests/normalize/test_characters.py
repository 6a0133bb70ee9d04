"""The raw text with its characters mended, and every change on record."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.ingest.documents import Mark
from flows.normalize.characters import clean
from flows.normalize.edits import apply, placed
from tests.hostile import ends

CASES = [
    ("去年 3 月,我们在 2019 年春季学期开会(全文)。", "去年3月，我们在2019年春季学期开会（全文）。"),
    ("全系统上 下初步显现,争先。", "全系统上下初步显现，争先。"),
    ("达到3.5%,1,234万元,10:30开会;V/X型", "达到3.5%，1,234万元，10:30开会；V/X型"),
    ('我说:"好的!"他说"不"。', "我说：“好的！”他说“不”。"),
    ("20l0年,1O2家企业", "2010年，102家企业"),
    ("他来了...走了--不对", "他来了……走了——不对"),
    ("GDP,CPI等;见http://a.gov.cn/x?y=1,好", "GDP，CPI等；见http://a.gov.cn/x?y=1，好"),
    ("<<实施意见>>印发", "《实施意见》印发"),
    ("（１）２０２３年８０％，占25％", "（1）2023年80%，占25％"),
    ("一 修渠，先修主渠\n渠要修直，也要修牢。\n二　种树，先种山脚\n树要种密。", 
     "一 修渠，先修主渠\n渠要修直，也要修牢。\n二 种树，先种山脚\n树要种密。"),
    ("一 年来，水渠修通了，旱田少了。\n三 年来，荒山绿了。", "一年来，水渠修通了，旱田少了。\n三年来，荒山绿了。"),
    ("&nbsp;&nbsp;同志们&ldquo;好&rdquo;", "同志们“好”"),
    ("&emsp;&#12288;&amp;nbsp;同志们好", "同志们好"),
    ("省长&emsp;王予波", "省长 王予波"),
    # signs of lost fonts strewn about; a character of a name comes back in the same place, and one of a site's own font comes often
    ("春\ue601耕要早，夏\ue601收要快，秋\ue601种要足，冬\ue601修要实。" + "今年的任务比去年更重一些，大家要把困难想足。" * 9,
     "春耕要早，夏收要快，秋种要足，冬修要实。" + "今年的任务比去年更重一些，大家要把困难想足。" * 9),
    ("石\ue602镇来了，石\ue602镇走了，石\ue602镇好，石\ue602镇", "石\ue602镇来了，石\ue602镇走了，石\ue602镇好，石\ue602镇"),
    ("春\uf0b7耕要早", "春耕要早"),
    ("各位代表!　　现在我报告工作,请大家审议并提出意见建议。", "各位代表！\n现在我报告工作，请大家审议并提出意见建议。"),
    ("**一是加强领导。** 要落实责任。\n## 二、主要任务\n好", "一是加强领导。要落实责任。\n二、主要任务\n好"),
    ("各位代表：\u200b现在\ufeff开\u00ad会", "各位代表：现在开会"),
    ("⼤⼒推动⾼质量发展", "大力推动高质量发展"),
    ("一行\r\n二行\r三行\u2028四行", "一行\n二行\n三行\n四行"),
    ("市长 洪 庆", "市长 洪 庆"),
    ("省长　王予波", "省长 王予波"),
    ("「精神文明」和『小康』", "“精神文明”和‘小康’"),
    ("加强領導,發揮著重要作用,是著名的例子", "加强领导，发挥着重要作用，是著名的例子"),
]


LEFT_BEHIND = [
    # in a Markdown text bold type may begin as an anonymous place would
    ("**一年来，全镇上下同心。**粮食丰收。\n\n**公路修到各村。**车开进来了。\n\n**林业有了起色。**山绿了。",
     "一年来，全镇上下同心。粮食丰收。\n\n公路修到各村。车开进来了。\n\n林业有了起色。山绿了。"),
    ("**要办好两件事：\n\n一是修路。**\n\n**大家都要出力。**说到做到。\n\n**话讲完了。**谢谢。",
     "要办好两件事：\n\n一是修路。\n\n大家都要出力。说到做到。\n\n话讲完了。谢谢。"),
    # elsewhere the asterisks hide what they stand for
    ("上周我到**市调研，**同志陪同，看了**公司。", "上周我到**市调研，**同志陪同，看了**公司。"),
    ("要学好\\“三个文件\\”，用好\\‘一本账\\’。", "要学好“三个文件”，用好‘一本账’。")]


@pytest.mark.parametrize(("raw", "text"), [
    ("\x1b[1;33m　在毕业会上的讲话\x1b[m\n同学们：", "在毕业会上的讲话\n同学们："), ("[1;36m春风[m，秋雨[0m。", "春风，秋雨。"),
    ("*[1;32m校长*[m　同学们，再见。\x1b[K", "校长同学们，再见。"), ("^[[0;31m同学们^[[0m，再见。", "同学们，再见。"),
    ("宽[12m]长[m]，好。", "宽[12m]长[m]，好。"), ("高[3m以上的树。", "高[3m以上的树。"),
])
def test_what_coloured_the_letters_of_a_terminal_goes(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(("raw", "text"), [
    ('依照 HYPERLINK "http://law.example/1.htm" \\t "_blank" 《档案法》办理', "依照《档案法》办理"),
    (' HYPERLINK \\l "_Toc1234567" 一、去年的工作\t PAGEREF _Toc1234567 \\h 3', "一、去年的工作 3"),
    ("水要管好。\n PAGE   \\* MERGEFORMAT 2\n渠要修直。\n- PAGE \\* MERGEFORMAT 3 -", "水要管好。\n\n渠要修直。\n"),
    (' TOC \\o "1-3" \\h \\z \\u 目录', "目录"),
    ("见\x13 HYPERLINK “http://a.example/b” \x14附表\x15。", "见附表。"),
    ("eq \\o\\ac(○,1)查水源，eq \\o\\ac(○,2)修水渠", "①查水源，②修水渠"),
    ("{ DATE \\@ \"yyyy年M月d日\" } 印", "印"),
])
def test_what_a_word_processor_was_told_to_put_in_a_place_goes_and_what_it_put_stays(raw: str, text: str) -> None:
    found = clean(raw)
    assert found.text == text and not found.defects & {"anti_copy_noise"}


@pytest.mark.parametrize("raw", [
    "他唱的是TITLE“春天”那支歌，存在C:\\DATE\\title里", "按下PAGE键，再按HYPERLINK键", "这项工程叫LINK“连心桥”工程",
])
def test_the_name_of_a_field_alone_is_a_word(raw: str) -> None:
    assert clean(raw).text == raw


def test_what_a_corrector_struck_out_goes_and_is_no_noise() -> None:
    found = clean("今年修渠三里五里[乙1]，很好。", [Mark(4, 6, "deleted"), Mark(8, 12, "deleted")])
    assert found.text == "今年修渠五里，很好。" and not found.defects and {edit.reason for edit in found.edits} == {"markup"}


@pytest.mark.parametrize(("raw", "text", "defects"), [
    ("我们战胜了“6?18”山洪，恢复了生产。", "我们战胜了“6·18”山洪，恢复了生产。", {"mojibake_repaired"}),
    # what was lost may be a dot, a space or a dash
    ("办好“山海新城?宜居小镇”文化节，引来了游客。", "办好“山海新城?宜居小镇”文化节，引来了游客。", {"decoding_loss"}),
    ("整治了石桥河、?水河，水清了。", "整治了石桥河、?水河，水清了。", {"decoding_loss"}),
    ("全年财政收入3$1.$2亿元，增长8%。", "全年财政收入3$1.$2亿元，增长8%。", {"decoding_loss"}),
    # these ask
    ("有人问“路修不修?钱从哪里来”，我来回答。", "有人问“路修不修？钱从哪里来”，我来回答。", set()),
    ("大家同意不同意?我看都同意。见http://a.gov.cn/x?y=1。", "大家同意不同意？我看都同意。见http://a.gov.cn/x?y=1。", set())])
def test_a_question_mark_that_asks_nothing(raw: str, text: str, defects: set[str]) -> None:
    found = clean(raw)
    assert found.text == text and found.defects == defects


def test_look_alikes_are_put_right_and_names_are_not() -> None:
    found = clean("要优化资源配臵，増加农民收入，小泉竜一先生来访。加强治理輥輰訛，注重实效。")
    assert found.text == "要优化资源配置，增加农民收入，小泉竜一先生来访。加强治理⑫，注重实效。" and "ocr_confusion" in found.defects


@pytest.mark.parametrize(("raw", "text"), LEFT_BEHIND)
def test_what_markdown_leaves_behind(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(("raw", "text"), CASES)
def test_clean_text(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize("text", [text for _, text in CASES])
def test_clean_text_stays(text):
    cleaned = clean(text)
    assert cleaned.text == text
    assert not cleaned.edits or cleaned.text == apply(text, cleaned.edits)


def test_radicals_and_compatibility_characters_are_on_record():
    raw = "⼤⼒推动⺠⽣⼯作，⻓期坚持，更\uf9c9好，８０％"
    cleaned = clean(raw)
    assert cleaned.text == "大力推动民生工作，长期坚持，更柳好，80%"
    changed = [(raw[edit.start:edit.end], edit.replacement) for edit in cleaned.edits]
    assert changed == [("⼤", "大"), ("⼒", "力"), ("⺠", "民"), ("⽣", "生"), ("⼯", "工"), ("⻓", "长"), ("\uf9c9", "柳")]
    assert {edit.reason for edit in cleaned.edits} == {"ocr"}


def in_step(raw: str) -> bool:
    """Whether text and raw text advance together between the edits."""
    cleaned = clean(raw)
    rebuilt = apply(raw, cleaned.edits)
    if len(rebuilt) != len(cleaned.text):
        return False
    return all(cleaned.text[row.start:row.end] == edit.replacement or len(cleaned.text[row.start:row.end]) == len(edit.replacement)
               for row, edit in zip(placed(cleaned.edits), cleaned.edits))


PIECES = st.sampled_from(["同志们", "，", ",", ";", " ", "　　", "\n", "\r\n", "(", ")", "一、", "（一）", "2013年", "1O2家", "3.5%", '"', "“", "”", "**", "## ", "國家",  # noqa: E501
                          "發展", "機關(guān)", "著名", "X局", "...", "--", "\u200b", "⼤", "８０％", "l", "AI", ".", ":", "?", "10:30", "@! u2 s/ |%", "\ue5e5",  # noqa: E501
                          "经济社会发展取得新的成绩", "王伟", "'", "\ufffd", "二�一三年", "www.abc.com", "《", "》", "[来自某某网]", "\u3000", "々", "é", "😀", "\\*",  # noqa: E501
                          "<br>", "&amp;", "&nbsp;", "－－", "。。。", "#", "_", "?。"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_edits_rebuild_and_cleaning_again_changes_nothing(raw):
    assert in_step(raw)
    once = clean(raw).text
    assert clean(once).text == once


@pytest.mark.parametrize("raw", ["** ，**", "** ，** 国", "**，** ，**", "ｌ．[来自某网]X", "＜＜实施．．．．意见＞＞好",
                                 "，www.abc.com　同志们", "'%'家'　'", "″″一″″", "&lt;&lt;实施>>", "取...···...···...", "&#22283;家",
                                 "'年'www.abc.com 同志们:"])
def test_what_comes_together_is_seen_at_once(raw):
    once = clean(raw).text
    assert clean(once).text == once


@pytest.mark.soak
@settings(max_examples=10_000, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_ten_thousand_texts_cleaned_again_stay(raw):
    once = clean(raw).text
    assert clean(once).text == once


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
@example("°\x1b}¡®ë`¡®")
def test_any_text_is_taken(raw):
    assert in_step(raw)
    once = clean(raw).text
    assert clean(once).text == once


def test_half_width_marks_are_a_defect_where_they_are_many_and_in_the_given_span():
    slip = clean("我们要加强领导，落实责任，狠抓作风:一方面，另一方面。")
    assert "half_width_punctuation" not in slip.defects
    text = clean("时间:1,来源:2,作者:3\n" + "我们要加强领导，落实责任。" * 3)
    assert "half_width_punctuation" in text.defects
    body = text.text.index("我们")
    assert "half_width_punctuation" not in text.defects_within([(body, len(text.text))])


def test_layout_moves_with_the_text():
    cleaned = clean("　　标题在此\n## 二、小标题\n正文", [Mark(2, 6, "title")])
    assert [(cleaned.text[mark.start:mark.end], mark.kind) for mark in cleaned.layout] == [("标题在此", "title"), ("二、小标题", "heading")]


@ends
@pytest.mark.parametrize("hostile", [",", "(", "<br>路", "|<br>路", "国,", ",国", " ", "* ", "**", "&", "<", "“", "某", "X", "、王伟", "一二三年", "@ ! ", "更多", "［", "1,", '"', "--"])  # noqa: E501
def test_long_hostile_lines_take_linear_time(hostile):
    text = (hostile * 1_000_000)[:1_000_000]
    cleaned = clean(text)
    assert len(cleaned.text) == len(apply(text, cleaned.edits))     # marks of the same width are no rows of edits


@pytest.mark.parametrize("space", [" ", "\t", "\u3000"])
def test_strings_of_random_marks_go_whatever_space_parts_their_tokens(space):
    noise = "$ _ @! u2 s/ |% Q)".replace(" ", space)
    assert clean(f"各位代表，我们要抓好落实。{noise}\n各位代表，继续努力。").text == "各位代表，我们要抓好落实。\n各位代表，继续努力。"


def test_a_text_in_which_a_space_parts_every_two_characters():
    said = "新的一年刚刚开始，公司就把各项目部的负责人请到一起。" + "大家要把每一天都当作第一天，把安全抓在手上。" * 6
    plain = f"在2019年安全生产工作会议上的讲话\n同志们：\n{said}\n一、算清这笔大账"
    assert clean("\n".join(" ".join(line) for line in plain.split("\n"))).text == plain
    spaced = "省长 王予波\n" + "第一章 总 则\n" * 40
    assert "省长 王予波" in clean(spaced).text


@pytest.mark.parametrize(("raw", "text"), [
    ("　　—、关于发展速度的问题\n　　二、关于质量的问题", "一、关于发展速度的问题\n二、关于质量的问题"),
    ("有—家皮鞋厂，请—位老师傅", "有一家皮鞋厂，请一位老师傅"), ("北京—上海，上海—位于长江口", "北京—上海，上海—位于长江口"),
    ("总产值达到l02l0万元，抽查了4l种产品", "总产值达到10210万元，抽查了41种产品"),
])
def test_what_a_scanner_read_for_one(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(("raw", "clean_text"), [
    ("存在的毛病不少.主要是重栽轻管.要抓紧改正.", "存在的毛病不少。主要是重栽轻管。要抓紧改正。"),
    ("我们找到了原因.（一）管护不到位.", "我们找到了原因。（一）管护不到位。"),
    ("成活率达到85%.比去年高1.1个百分点.", "成活率达到85%。比去年高1.1个百分点。"),
    ("落实了“三包责任”.林业局学习了《森林法》.大家要遵守.", "落实了“三包责任”。林业局学习了《森林法》。大家要遵守。"),
    ("分三步走：一.先整地.二.再栽树.三.后管护.后面还有四步.五.再看.", "分三步走：一.先整地。二.再栽树。三.后管护。后面还有四步。五.再看。"),
])
def test_dots_that_end_sentences(raw, clean_text):
    assert clean(raw).text == clean_text


@pytest.mark.parametrize("text", [
    "增长3.5%，见www.a.cn，1.1万亩。", "1.标题要醒目。", "第一.要抓早。", "一是.要抓紧。", "一.提高认识", "五.四运动，一二.九精神。",
    "我们学过夏洛.阿.卡瓦蒂卡的故事。", "我们请来了艾力.买买提同志。", "参加中国.江城苗木节。", "见附件.名单在后面。", "请U.S.公司来看树。",
])
def test_dots_that_end_none(text):
    assert clean(text).text == text


@pytest.mark.parametrize(("raw", "text"), [
    ("护林员是群众的'信任换来的。", "护林员是群众的信任换来的。"),
    ("这是对林场的`责任，也是对自己的。", "这是对林场的责任，也是对自己的。"),
    ("去年栽了。今年管了。明年还要栽。用容器育苗的.新办法，成活率高。", "去年栽了。今年管了。明年还要栽。用容器育苗的新办法，成活率高。"),
])
def test_single_marks_that_sites_strew_behind_a_particle(raw: str, text: str) -> None:
    assert clean(raw).text == text and "anti_copy_noise" in clean(raw).defects


@pytest.mark.parametrize("raw", [
    "这是护林员的'口头禅'，人人会说。", "运行`栽树的`pip`命令`。", "这片林子是大家的.我们要管好.不能松劲.",
    "去年栽了。今年管了。林子是大家的.人人要管.不能松。",
])
def test_marks_that_quote_or_end_sentences_are_not_strewn(raw: str) -> None:
    assert "anti_copy_noise" not in clean(raw).defects


def test_dots_of_a_long_line_are_told_in_linear_time():
    assert clean("栽树要栽活.管护要管好，不能松劲。" * 60_000).text.count("。") == 120_000


@pytest.mark.parametrize(("raw", "clean_text"), [
    ("他说``这棵树能活''. 大家笑了, 又讲起``三分栽、七分管''的老话. ", "他说“这棵树能活”。大家笑了，又讲起“三分栽、七分管”的老话。"),
    ("``三分栽、七分管.'' 这话不假。", "“三分栽、七分管。”这话不假。"),
    ("要念好''管''字经，不能''只栽不管''。", "要念好“管”字经，不能“只栽不管”。"),
    ("开展『绿满江城』活动，办好『一村一林』。", "开展“绿满江城”活动，办好“一村一林”。"),
    ("他说：『我们村讲「管护」，不讲空话。』", "他说：“我们村讲‘管护’，不讲空话。”"),
    ("他说：「我们村讲『管护』，不讲空话。」", "他说：“我们村讲‘管护’，不讲空话。”"),
    ("“我们村讲『管护』，不讲空话。”", "“我们村讲‘管护’，不讲空话。”"),
])
def test_marks_of_quotations_as_programs_and_printers_have_them(raw, clean_text):
    assert clean(raw).text == clean_text


@pytest.mark.parametrize("text", ["他跑了12''，比上次的13''快了1''。", "命令是``make all''，不要忘了。", "「他还没有说完\n『管护』要抓紧"])
def test_two_apostrophes_that_quote_nothing(text):
    assert "“" not in clean(text).text.replace("「", "").split("\n")[-1]
