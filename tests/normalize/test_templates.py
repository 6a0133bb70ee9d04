"""A site that gave only a part of a folder: its lines are told by the edges of its pages."""

from __future__ import annotations

import polars as pl
import pytest

from flows.ingest.documents import Document
from flows.ingest.selection import judge
from flows.normalize import repetition, templates
from flows.normalize.body import find
from flows.normalize.shard import DOUBTED
from flows.normalize.speech import normalize
from tests.hostile import ends

TOPICS = ["修渠", "栽树", "铺路", "办学", "养蚕", "种茶", "架桥", "建仓", "打井", "养蜂", "酿醋", "烧窑"]
NAMES = ["老周", "老吴", "老郑", "老王", "老冯", "老陈", "老褚", "老卫", "老蒋", "老沈", "老韩", "老杨"]


def speech(number: int) -> list[str]:
    topic, name = TOPICS[number], NAMES[number]
    return [f"在{topic}动员会上的讲话", "各位乡亲：", f"今天我们在村口开会，专门说一说{topic}的事，{name}昨天夜里还来找我。",
            f"一、{topic}为什么难", f"{name}说得好，{topic}难在人心不齐。去年{topic}，来的人三天打鱼。", f"二、{topic}怎么干",
            f"{name}带一队，我带一队。{topic}不等人，明天鸡叫就出工。", "谢谢大家！"]


def of_site(number: int) -> str:
    title, *rest = speech(number)
    rest[2] = rest[2].replace("，", "，（砚池稿仓，搬走请打招呼）", 1)
    rest.insert(4, f"◇砚池小帮手：翻第{number}页更省力")
    return "\n".join(["砚池稿仓｜墨香千里一键誊清", "砚池首页　池中新稿　池底旧稿　我的墨块", title, *rest, "【稿子到此收笔】",
                      f"看过{TOPICS[number - 1]}稿的墨友还翻了", "2、村口大会的开场白", "砚池说明：墨块用完请自添，砚池不收分文。",
                      "砚池稿仓 甲子年开张磨墨不止"])


def documents(sites: int) -> list[Document]:
    return [Document(f"{number}.txt", "text/plain", "utf-8", 0, of_site(number)) for number in range(sites)]


def repeated(pages: list[Document]) -> repetition.Repeated:
    return repetition.told(repetition.repeated([repetition.line_statistics(pages)]).iter_rows())


@pytest.mark.parametrize("sites", [4, 6, 10])
def test_the_lines_of_a_site_go_though_it_gave_a_small_part_of_the_folder(sites):
    pages = documents(sites)
    others = [Document(f"b{number}.txt", "text/plain", "utf-8", 0, f"题目{chr(0x4E00 + number)}\n各位乡亲：\n" + "\n".join(
        f"这一句是第{chr(0x5000 + number)}篇的第{chr(0x5100 + line)}句，谁也没有说过。" for line in range(8))) for number in range(40)]
    found = repeated([*pages, *others])
    assert found.sizes[repetition.key("砚池首页　池中新稿　池底旧稿　我的墨块")] == {4: 4, 6: 5, 10: 6}[sites]
    for number, page in enumerate(pages):
        assert find(page.raw_text, page, found).text == "\n".join(speech(number)[1:])
    for page in others:
        assert find(page.raw_text, page, found).text == find(page.raw_text, page).text


def test_copies_of_one_text_make_nothing_of_it_furniture():
    text = "\n".join(speech(0)).replace("一、修渠为什么难", "修渠难在何处").replace("二、修渠怎么干", "修渠从何下手")
    head, foot = "某县水利工程动员大会材料之一", "某县水利工程指挥部印发各乡"
    pages = [Document(f"{number}.txt", "text/plain", "utf-8", 0, f"{head}\n{text}\n{foot}\n存档{chr(0x4E00 + number)}")
             for number in range(6)]
    others = [Document(f"b{number}.txt", "text/plain", "utf-8", 0, f"题目{chr(0x4E00 + number)}\n{chr(0x4E10 + number) * 9}。\n" * 5)
              for number in range(30)]
    found = repeated([*pages, *others])
    keys = repetition.keys(pages[0].raw_text.split("\n"))
    assert sum(key in found.sizes for key in keys) > 8
    assert not templates.of_site(pages[0].raw_text.split("\n"), keys, found.sizes).lines


def test_what_a_site_sows_has_what_its_lines_share_and_the_speaker_never_says():
    site = ["砚池稿仓欢迎您", "砚池首页 池中新稿", "砚池说明：不收分文"]
    said = ["乡亲们，（砚池稿仓原稿）今天修渠（水利局的图纸）。", "◇砚池小帮手在此", "散会。"]
    assert templates.sown(said, site) == {0: [(4, 12)], 1: [(0, 8)]}
    assert templates.sown([*said, "砚池边上的渠也要修。"], site) == {} == templates.sown(said, site[:2])


def test_what_stands_in_brackets_on_many_pages_goes_and_so_do_words_with_a_number_that_a_site_says_again():
    said = ["修渠的人〈夜读7号架〉都来了，砚池稿仓第7篇明天再干（掌声雷动，久久不息）。", "砚池稿仓第7篇明年栽树。"]
    shared = {repetition.PIECE + repetition.key(piece): 5 for piece in ("〈夜读8号架〉", "（掌声雷动，久久不息）")}
    site = ["砚池稿仓欢迎您", "砚池首页 池中新稿", "砚池说明：不收分文"]
    assert templates.sown(said, site, shared, 4) == {0: [(4, 11), (15, 22)], 1: [(0, 7)]}
    assert templates.sown(said, [], shared, 4) == {0: [(4, 11)]} and templates.sown(said, [], shared, 6) == {}


def test_classes_of_size_change_seldom():
    counts = pl.DataFrame({"n": [4, 5, 6, 8, 11, 12, 16, 1 << 30]})
    assert counts.select(found=repetition.size_class(pl.col("n")))["found"].to_list() == [4, 4, 5, 6, 6, 7, 8, 60]


SITE = ["柳湾渡口｜慢慢说", "渡口的一天 船票 渡口旧事", "一桨一桨地划，总会到对岸。",
        "摆渡的人把这些话一句一句录下来，船舱里风大，个别字听不真切。",
        "我们把它放在船头，谁上船谁看，看完放回原处。", "等船的人还在看", "柳湾渡口 建于光绪年间"]


def of_ferry(number: int, others: list[int]) -> str:
    """A page whose site speaks in sentences, among the paragraphs and below them, where it shows how others begin."""
    head, menu, motto, note, ours, more, foot = SITE
    title, *rest = speech(number)
    rest.insert(3, motto)
    if number % 2 == 0:
        rest.insert(5, "船到江心，人人都要坐稳。")
    elif number == 1:
        rest[-2] += "船到江心，人人都要坐稳。"
    rest[2] += "【桨声为凭，转载请在船头说一声】"
    shown = [line for other in others for line in (speech(other)[0], f"{speech(other)[2][:20 + other]}……")]
    return "\n".join([head, menu, title, *rest, note, ours, more, *shown, foot])


def ferry() -> list[Document]:
    return [Document(f"{number}.txt", "text/plain", "utf-8", 0, of_ferry(number, [(number + 1) % 7, (number + 3) % 7]))
            for number in range(7)]


def test_sentences_that_stand_where_the_menus_of_a_site_do_are_the_sites():
    pages = ferry()
    others = [Document(f"b{number}.txt", "text/plain", "utf-8", 0, f"题目{chr(0x4E00 + number)}\n各位乡亲：\n" + "\n".join(
        f"这一句是第{chr(0x5000 + number)}篇的第{chr(0x5100 + line)}句，谁也没有说过。" for line in range(8))) for number in range(40)]
    for folder in (pages, [*pages, *others]):
        found = repeated(folder)
        for number, page in enumerate(pages):
            assert find(page.raw_text, page, found).text == "\n".join(speech(number)[1:])


def test_what_every_speaker_of_a_site_says_is_not_the_sites():
    said = ["各位乡亲：", "现在，向乡亲们报告工作，请予审议。", "我代表村委会，向乡亲们道一声辛苦！", "谢谢大家！"]
    pages = [Document(f"{number}.txt", "text/plain", "utf-8", 0, "\n".join(
        [*SITE[:2], speech(number)[0], *said[:2], *speech(number)[2:-1], *said[2:], SITE[3], *SITE[5:]])) for number in range(7)]
    found = repeated(pages)
    for number, page in enumerate(pages):
        assert find(page.raw_text, page, found).text == "\n".join([*said[:2], *speech(number)[2:-1], *said[2:]])


def test_a_text_that_stands_on_all_pages_of_a_site_is_not_the_sites():
    text = speech(0)
    pages = [Document(f"{number}.txt", "text/plain", "utf-8", 0, "\n".join([*SITE[:2], *text, *SITE[5:], f"存档{chr(0x4E00 + number)}"]))
             for number in range(6)]
    lines = pages[0].raw_text.split("\n")
    assert not templates.of_pages(lines, repetition.keys(lines), repetition.openings(lines), repeated(pages)).lines


def test_a_notice_that_shows_how_speeches_begin_is_no_speech():
    head, menu, motto, note, ours, more, foot = SITE
    pages = ferry()
    said = ["关于渡口停航检修的告知", "因二号渡船更换龙骨，本月三日至九日停航，请各村乘客改走下游石桥，往返多走四里，请各自安排好时间。",
            "检修期间票房照常值守，已经买了船票的可以退票，也可以改签到检修以后任何一天。联系电话见票房门口。"]
    shown = [line for other in (1, 3) for line in (speech(other)[0], f"{speech(other)[1]}{speech(other)[2]}")]
    notice = Document("告知.txt", "text/plain", "utf-8", 0, "\n".join([head, menu, *said, motto, note, ours, more, *shown, foot]))
    taken = normalize(notice, repeated([*pages, notice]))
    assert taken is not None and taken.own and not any("今天我们在村口开会" in own for own in taken.own)
    judged = [Document("告知.txt", "text/plain", "utf-8", 0, own) for own in taken.own]
    assert max(one.score for one in judge(judged)) < DOUBTED
    assert all(not (found := normalize(page, repeated(pages))) or max(one.score for one in judge(
        [Document("1.txt", "text/plain", "utf-8", 0, own) for own in found.own])) > DOUBTED for page in pages)


def test_figures_of_the_same_shape_in_every_report_are_no_sites():
    shapes = ["财政总收入{}亿元，增长{}%；", "实际到位内资{}亿元，增长{}%；", "农民人均纯收入{}元，增长{}%；",
              "粮食总产量{}万吨，增长{}%；", "城镇登记失业率{}%，下降{}%。"]
    pages = [Document(f"{number}.txt", "text/plain", "utf-8", 0, "\n".join(
        [*speech(number)[:-1], *(shape.format(number + 17, number + 3) for shape in shapes), speech(number)[-1]])) for number in range(6)]
    for page in pages:
        assert find(page.raw_text, page, repeated(pages)).text == find(page.raw_text, page).text


@ends
def test_pages_of_nothing_but_what_all_of_them_hold_are_read_in_time():
    han = [chr(0x4E00 + number) for number in range(200)]
    lines = [f"一桨{one}{other}地划，总会到对岸。" if one < "仰" else f"渡口旧事{one}{other}又一回" for one in han for other in han]
    pages = [Document(f"{number}.txt", "text/plain", "utf-8", 0, "\n".join([*SITE[:2], *speech(number), *lines, SITE[-1]]))
             for number in range(6)]
    assert find(pages[0].raw_text, pages[0], repeated(pages)).text
