"""Sites that break a text off before members, sow their name into it, run it into one line; and what the like of it is in a speech."""
from datetime import date

import pytest

from flows.normalize import characters, spaces
from flows.normalize.edits import apply
from flows.normalize.speech import normalize
from tests.normalize.pages import SPEECH, TITLE, page

SITE = "青禾文稿网"
CUT = "各乡镇要把苗木、人员和车辆一次配齐，抢在雨水前面完成栽植和"
REPORT = f"{TITLE}\n\n{SPEECH.rpartition(chr(10))[0]}\n（三）抓好庭院绿化\n{CUT}……\n\n"


@pytest.mark.parametrize("wall", [
    "-------- 试读已结束，剩余12页未读 --------", "预览结束，余下内容请登录", "剩余68%未读，开通会员继续阅读",
    "免费阅读已到底，还有7页没有显示", "预览已见底", "还剩约5页待解锁", "剩下2000字尚未展示，购买后可读",
    "剩余内容需付费购买后查看", "试看部分到此为止，购买后阅读完整版", "以上内容为试读部分，您已阅读全文的40%",
    "余下内容需成为VIP会员后方可阅读，会员可复制全部文稿。立即开通（年卡99元）", "您已阅读本文的35%，开通后看全文",
])
def test_the_last_piece_before_a_wall_is_kept_and_the_text_is_cut_off(wall):
    speech = normalize(page(f"{REPORT}{wall}\n开通会员，阅读全文\n"))
    assert speech is not None and speech.text.endswith(f"（三）抓好庭院绿化\n{CUT}")
    assert "truncated" in speech.defects


def test_a_sentence_does_not_go_on_in_the_wall_that_breaks_it_off():
    begun = "（三）抓好庭院绿化。房前屋后、沟边渠边都要栽上树，每户不少于十棵，栽下以后还要"
    speech = normalize(page(f"{TITLE}\n\n{SPEECH.rpartition(chr(10))[0]}\n{begun}\n试读结束，剩余 3 页未读，付费后可阅读全文\n"))
    assert speech is not None and speech.text.endswith(begun) and speech.defects == ("truncated",)


@pytest.mark.parametrize("below", ["剩余0页未读，继续阅读", "会员可下载Word版，更多范文请访问本站", ""])
def test_a_whole_text_above_what_a_site_offers_is_not_cut_off(below):
    speech = normalize(page(f"{TITLE}\n{SPEECH}\n{below}\n"))
    assert speech is not None and speech.text == SPEECH and "truncated" not in speech.defects


@pytest.mark.parametrize("piece", [
    "三、加强领导，确保各项措施落到实处", "（三）抓好庭院绿化\n各家各户要把房前屋后的空地收拾出来，栽上果树和",
    "最后，再次感谢各位护林员，",
    "同志们，我们这一代人栽下的每一棵树，都要留给子孙后代去乘凉，所以我们不能只看今天的账，更要看",
])
def test_a_document_that_breaks_off_keeps_its_last_piece(piece):
    said = f"{SPEECH.partition(chr(10) + '三、')[0]}\n{piece}"
    speech = normalize(page(f"{TITLE}\n{said}"))
    assert speech is not None and speech.text == said and "truncated" in speech.defects


@pytest.mark.parametrize("line", [
    "江城县召开春季造林大会，部署今年绿化任务", "地址：江城县林业路8号，邮编：000000", "关键词：造林，绿化，护林",
    "江城日报记者王某某，通讯员李某某", "石溪镇植树忙，三千干部群众齐上阵", "七、附件目录",
])
def test_a_line_of_the_page_is_no_last_piece(line):
    speech = normalize(page(f"{TITLE}\n{SPEECH}\n{line}"))
    assert speech is not None and speech.text == SPEECH and "truncated" not in speech.defects


@pytest.mark.parametrize("wall", ["因篇幅问题不能全部显示,请点此查看更多更全内容", "由于篇幅有限，仅能显示部分，请下载后查看全文"])
def test_a_site_that_pleads_a_lack_of_room_keeps_the_rest_back(wall):
    speech = normalize(page(f"{REPORT}{wall}\n"))
    assert speech is not None and speech.text.endswith(f"（三）抓好庭院绿化\n{CUT}") and "truncated" in speech.defects


@pytest.mark.parametrize(("stuck", "title"), [
    ("【林场场长造林大会致辞】", "林场场长造林大会致辞"), ("在全县春季造林大会上的讲话", "在全县春季造林大会上的讲话"),
    ("2-在全县春季造林大会上的讲话（1800字）", "在全县春季造林大会上的讲话"),
])
def test_a_title_to_whose_end_the_address_is_stuck(stuck, title):
    said = SPEECH.replace("同志们：", "尊敬的各位领导、各位护林员：", 1)
    speech = normalize(page(f"{stuck}{said}\n"))
    assert speech is not None and speech.text == said and speech.metadata.title == title


def test_an_address_in_which_a_speech_is_named_stays():
    said = SPEECH.replace("同志们：", "前来听报告的各位领导、同志们：", 1)
    speech = normalize(page(f"{TITLE}\n{said}\n"))
    assert speech is not None and speech.text == said


def test_what_a_collection_says_above_its_first_sample_is_not_the_speech():
    blurb = "造林是一件大事，我们怎样才能讲得让大家爱听？在下面这些范文中，你可以找到不同场合的例子，希望对大家有所帮助。"
    speech = normalize(page(f"{blurb}\n{TITLE}篇一\n{SPEECH}\n"))
    assert speech is not None and speech.text == SPEECH


def test_a_lecturer_who_speaks_of_samples_is_heard():
    said = "我手里的这篇范文写的就是造林，开头很平，同志们可以拿来借鉴，我先念两句，再说说我们今天的事。"
    speech = normalize(page(f"{TITLE}\n{said}\n{SPEECH.partition(chr(10))[2]}\n"))
    assert speech is not None and speech.text.startswith(said)


@pytest.mark.parametrize("words", [
    "剩余三十页材料会后印发，请大家带回去读。", "余下部分需由会员单位支付。年底结清。", "文件我已经阅读全文的40%，还要再读。",
])
def test_a_speaker_who_speaks_of_what_remains_is_heard(words):
    said = SPEECH.replace("三、加强领导", f"{words}\n三、加强领导")
    speech = normalize(page(f"{TITLE}\n{said}\n"))
    assert speech is not None and speech.text == said and "truncated" not in speech.defects


def marked(sown: str, text: str = SPEECH) -> str:
    """A page of the site whose text holds what was sown."""
    return f"{TITLE}-{SITE}\n首页 » 讲话\n来源：{SITE}\n{text.replace('成绩来之不易。', '成绩来之不易。' + sown)}\n{SITE} 版权所有\n"


@pytest.mark.parametrize("sown", [
    f"{SITE}编号QH20210315。", f"—此文转自{SITE}，转载请保留链接—", f"（{SITE} 更多范文请访问 qhwg.cc）", "——转载请注明出处和链接——",
])
def test_what_a_site_sows_between_sentences_goes_and_is_told(sown):
    speech = normalize(page(marked(sown)))
    assert speech is not None and speech.text == SPEECH and "anti_copy_noise" in speech.defects


@pytest.mark.parametrize("said", [
    f"今年我们办起了{SITE}，农民在家就能问政策。", "林权证编号20210315的那片山，去年栽了三次。", "这些经验——有的来自兄弟县——都值得学。",
    "我们的口号——多栽树、栽好树——要喊出去。",
])
def test_what_a_speaker_says_in_the_like_words_stays(said):
    speech = normalize(page(marked(said)))
    assert speech is not None and said in speech.text and "anti_copy_noise" not in speech.defects


def closed(text: str) -> str:
    return apply(text, spaces.removed(text))


def test_double_spaces_part_the_paragraphs_of_a_text_in_one_line():
    paragraphs = ["各位党员：", "现在，我受支部委托，报告三年来的工作。", "一、三年的工作",
                  "三年来，支部开了六十次会，议了一百件事，件件有回音，群众看在眼里。",
                  "（一）抓学习。每月读一本书，年底写一篇体会，互相传着看，有的还念给家里人听。",
                  "（二）抓帮扶。走访了四十户人家，修了两条路，通了一条渠，打了三口井。", "二、今后的打算",
                  "下一步，要把路修到最后一户人家的门口，把渠通到最后一块田的田头，把灯装到每一条巷子，请大家一起出力。"]
    assert closed("  ".join(paragraphs)) == "\n".join(paragraphs)


def test_double_spaces_anywhere_part_nothing():
    text = "现在，我受支部  委托，报告三年来的  工作。三年来，支部开了六十次会，  议了一百件事，件件  有回音，群众看在眼里，记在心上。" * 5
    assert closed(text) == text.replace(" ", "")


@pytest.mark.parametrize("sown", ["~青禾文稿 qinghe.com 收集~", "☆☆青禾文稿 www.qinghe.com☆☆", "～青禾文稿收藏～", "★青禾收集★"])
def test_what_a_site_sows_between_two_signs_goes(sown: str) -> None:
    text = SPEECH.replace("成活率", f"{sown}成活率").replace("分别", f"分{sown}别").replace("，", f"{sown}，", 3)
    assert normalize(page(f"{TITLE}\n{text}\n© qinghe.com 某ICP备11223344号\n")).text == SPEECH


@pytest.mark.parametrize("said", ["产量由5～8成提高到6～9成，收入由2～3千元提高到5～6千元。", "一颗★是一个村，两颗★是两个村。"])
def test_signs_between_which_a_speaker_says_something_stay(said: str) -> None:
    assert said in normalize(page(f"{TITLE}\n{SPEECH.replace('成绩来之不易。', '成绩来之不易。' + said)}\n")).text


def test_spaces_sown_into_words_set_no_heading_apart():
    text = ("（一）队 伍还不稳。全镇干部换了三 分之一，年轻的刚 来就走，年长的身 体不好。\n"
            "（二）办法 还不多。遇到纠纷只会 开会，遇到困 难只会打报告，群 众有意见。")
    assert closed(text) == text.replace(" ", "")
    plain = "（一）队伍建设 全镇干部换了三分之一，年轻的刚来就走，年长的身体不好，这个问题要早想办法。"
    assert closed(plain) == plain


def test_a_sentence_goes_on_below_the_title_of_the_next_page():
    above = "二要抓管护，栽下去的树有人看、有人浇，一户管一片，一年一结账。三要抓防"
    below = "火，清明前后每个路口设一个岗，把火种留在山下。"
    text = SPEECH.replace("三、加强领导", f"一要抓栽植，坑要挖深，水要浇透。{above}\n上一页 1 2 下一页\n{TITLE}(2)\n{below}\n三、加强领导")
    speech = normalize(page(f"{TITLE}\n{text}\n"))
    assert speech is not None and above + below in speech.text


def test_marks_of_pages_are_no_noise_against_copying():
    assert "anti_copy_noise" not in characters.clean("第一段讲完了。[NextPage]第二段接着讲，请大家注意听。").defects


@pytest.mark.parametrize("bar", [
    "分类：工作报告　　更新时间：2023-03-16　　浏览：77", "标签：植树 绿化　发布时间：2023-03-16", "公众号：山村笔记　2023-03-16",
])
def test_the_day_in_a_bar_that_begins_with_what_the_page_is_about(bar):
    speech = normalize(page(f"{TITLE}\n{bar}\n{SPEECH}\n"))
    assert speech is not None and speech.metadata.published_date == date(2023, 3, 16) and speech.metadata.delivered_date is None


def test_what_a_text_is_about_dates_no_page():
    speech = normalize(page(f"{TITLE}\n关键词：1998年3月16日 抗洪 植树\n{SPEECH}\n"))
    assert speech is not None and speech.metadata.published_date is None


def test_the_name_of_one_of_several_texts_stands_behind_its_number():
    speech = normalize(page(f"范文二：雨后的操场\n{SPEECH}\n"))
    assert speech is not None and speech.metadata.title == "雨后的操场"


JUMBLED = ["7Kq#2vX~m", "( w4 T]: b& 3R)", "Zp9_{5u}Qe"]


@pytest.mark.parametrize("mark", JUMBLED)
def test_strings_of_signs_sown_again_and_again_go(mark: str) -> None:
    marked = SPEECH.replace("造林绿化", f"造林{mark}绿化", 1).replace("示范村", f"示{mark}范村", 1)
    speech = normalize(page(f"{TITLE}\n\n{marked}\n"))
    assert speech is not None and speech.text == SPEECH
    assert "anti_copy_noise" in speech.defects


@pytest.mark.parametrize("said", ["“1+3+N=5”", "5G+AI_2", "http://lin.example/?a=1&b=2#c", "lin_ye@shan2.example"])
def test_figures_and_addresses_that_a_speaker_gives_twice_stay(said: str) -> None:
    text = f"第一年我们提出{said}，第二年还是{said}不变。"
    assert characters.clean(f"{SPEECH}\n{text}").text.endswith(text)


def sown_with(marks: list[str], head: str) -> str:
    marked = SPEECH.replace("讲得都很好。", f"讲得都很好。{marks[0]}").replace("成绩来之不易。", f"成绩来之不易。{marks[1]}")
    return f"{head}\n{TITLE}\n\n{marked}\n"


@pytest.mark.parametrize(("head", "marks"), [
    ("北坡墨香\n北坡墨香 | 会员登录", ["北坡墨香首发", "北坡墨香首发"]),
    ("北坡文稿网 > 领导讲话\n欢迎来到北坡文稿网", ["北坡文稿网beipo-wg.example整理", "北坡文稿网beipo-wg.example整理"]),
])
def test_the_name_of_a_site_and_what_it_did_goes_from_between_the_sentences(head: str, marks: list[str]) -> None:
    document = page(sown_with(marks, head), metadata={"title": f"{TITLE}_{head.split()[0]}"})
    speech = normalize(document)
    assert speech is not None and speech.text == SPEECH


def test_a_call_to_follow_the_site_in_the_midst_of_a_clause_goes():
    call = "更多造林讲话请关注北坡文稿网"
    marked = SPEECH.replace("主要任务是总结", f"主要任{call}务是总结").replace("成绩来之不易", f"成绩来{call}之不易")
    speech = normalize(page(f"北坡文稿网 > 领导讲话\n本文来自北坡文稿网\n{TITLE}\n\n{marked}\n"))
    assert speech is not None and speech.text == SPEECH


@pytest.mark.parametrize("said", [
    "这份材料由北坡文稿网整理，大家会后看一看。北坡文稿网整理的另一份也请看一看。",
    "大家想了解更多内容请关注北坡文稿网，那里有全部的资料。",
    "北坡文稿网首发了两篇，北坡文稿网首发的第二篇写的就是我们村。",
])
def test_what_a_speaker_says_of_the_site_stays(said: str) -> None:
    speech = normalize(page(f"北坡文稿网 > 领导讲话\n本文来自北坡文稿网\n{TITLE}\n\n{SPEECH}\n{said}\n谢谢大家！\n"))
    assert speech is not None and said in speech.text
