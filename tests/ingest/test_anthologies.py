"""Collections cut where their make-up repeats, and single speeches left whole."""

from __future__ import annotations

import pytest

from flows.ingest.anthologies import starts
from flows.ingest.sources import list_sources, parts, read
from tests.hostile import ends

BODY = "同志们：\n" + "今天的会议十分重要，大家要认真领会精神，切实抓好落实，不能有丝毫放松。" * 15 + "\n"


def cut(text: str) -> list[str]:
    places = starts(text)
    return [text[start:end] for start, end in zip(places, [*places[1:], len(text)])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_dated_titles(end):
    pieces = [f"在第{n}次会议上的讲话\n（二〇〇{n}年三月五日）\n{BODY}\n".replace("\n", end) for n in "一二三四"]
    assert cut("".join(pieces)) == pieces


def test_an_undated_piece_after_the_usual_blank_lines():
    pieces = [f"在第{n}次会议上的讲话\n（200{n}年3月5日）\n{BODY}\n\n\n" for n in range(1, 8)]
    pieces.insert(4, f"在座谈会上的谈话\n{BODY}\n\n\n")
    assert cut("".join(pieces)) == pieces


def test_credits_at_the_end_of_pieces_in_one_line():
    pieces = [
        f"第{n}篇开头。" + BODY.replace("\n", "\u3000\u3000") + "出处：某文集第一卷    某出版社2006年8月第1版\u3000\u3000" for n in range(5)
    ]
    assert cut("".join(pieces)) == pieces


def test_pieces_counted_off():
    pieces = [f"领导讲话稿篇{n}\n{BODY}" for n in "一二三"]
    assert cut("导语一句。\n" + "".join(pieces)) == ["导语一句。\n", *pieces]
    assert cut("".join([pieces[0], pieces[2]])) == []  # the counting is not whole


def test_pieces_counted_off_before_their_titles():
    pieces = [f"第{n}篇：村支书在党员大会上的发言\n{BODY}" for n in "一二三"]
    assert cut("村支书在党员大会上的发言（精选3篇）\n" + "".join(pieces)) == ["村支书在党员大会上的发言（精选3篇）\n", *pieces]


def test_a_speech_after_thanks():
    first, second = f"在开幕式上的致辞\n{BODY}谢谢大家！\n", f"\n在总结会上的讲话\n某市长\n尊敬的各位来宾：\n{BODY}"
    assert [piece.strip() for piece in cut(first + second)] == [first.strip(), second.strip()]


def test_the_second_of_pieces_of_which_the_first_has_no_number():
    first = f"在苗圃开工仪式上的致辞\n镇长 李某\n{BODY}祝各位身体健康，谢谢大家。\n"
    second = "第二篇：在苗圃落成仪式上的致辞\n王某\n尊敬的各位来宾：\n" + "今天苗圃落成，我们很高兴，乡亲们盼了三年，终于盼到了。" * 4
    assert cut(first + second) == [first, second]
    assert cut(first.replace("谢谢大家。", "我们接着往下讲第二个问题") + second) == []        # the first goes on


AGENDA = "今天的现场会有两项议程，先看苗圃，再请三个乡镇发言。" * 4
HOST = f"在造林现场会上的主持词\n\n各位领导、同志们：\n\n{AGENDA}\n\n散会。谢谢大家！\n"
TREES = "我代表青河乡欢迎大家，我们乡的林子是一锹一锹栽出来的。" * 4
WELCOME = f"在造林现场会上的致辞\n\n尊敬的各位来宾：\n\n{TREES}\n\n祝各位身体健康！\n"
PROMISE = "红石镇一定按时栽完，栽一棵活一棵，请大家监督。" * 4
PLEDGE = f"在造林现场会上的表态发言\n红石镇　李某\n\n各位领导：\n\n{PROMISE}\n我的发言完了。\n"


@pytest.mark.parametrize("pieces", [[HOST, WELCOME, PLEDGE], [PLEDGE, HOST], [WELCOME.replace("祝各位", "　　祝各位"), PLEDGE]])
def test_short_speeches_each_with_title_salutation_and_closing(pieces):
    assert cut("\n".join(pieces)) == [piece + "\n" for piece in pieces[:-1]] + [pieces[-1]]


@pytest.mark.parametrize(
    "text",
    [
        HOST.replace("散会。谢谢大家！", "谢谢大家！\n\n下面请王局长讲话\n\n同志们：\n\n" + "我完全同意，回去就办。" * 9 + "谢谢大家！"),
        HOST + "\n" + HOST,  # the same page twice
        HOST.replace("散会。谢谢大家！", "议程如下。\n" + PLEDGE),  # nothing closes before what looks like a title
        HOST + "\n在造林现场会上的致辞\n在造林现场会上的表态发言\n",  # titles of other pages
        f"工作报告\n各位代表：\n{TREES}\n让我们共同努力！\n关于今年的工作报告\n各位代表：\n{PROMISE}\n谢谢大家！\n",
    ],
)
def test_headings_that_look_like_titles_cut_nothing(text):
    assert cut(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "各位代表：\n" + "".join(f"{n}、{BODY[4:]}各位代表！\n" for n in "一二三四五"),
        "在会议上的讲话\n（2024年3月5日）\n" + BODY * 4,
        f"第一篇 总则\n{BODY}第二篇 任务\n{BODY}第三篇 保障\n{BODY}",
        f"第一篇：总则\n{BODY}第二篇：任务\n{BODY}第三篇：保障\n{BODY}",
        BODY + "谢谢大家！\n同志们：\n" + BODY,
        "".join(f"名句一条。\n出处：《论语》第{n}篇\n" for n in range(30)),
        "同志们：\n（一）\n（二）\n",
        "",
    ],
)
def test_single_speeches_stay_whole(text):
    assert cut(text) == []


@ends
@pytest.mark.parametrize(
    ("unit", "end", "times"),
    [
        ("（2024年3月5日", "", 60_000),
        ("出处：", "", 200_000),
        ("谢谢", "\n", 300_000),
        ("篇一\n", "", 200_000),
        ("\n", "", 1_000_000),
        ("同志们：\n", "", 200_000),
        ("在会上的讲话\n同志们：\n", "", 100_000),
        ("（2024年1月1日）\n", "", 60_000),
        ("护林发言材料（一）\n", "", 60_000),
        ("目录\n护林发言材料\n", "", 60_000),
        ("\n护林就是护水\n林业站　王大山\n同志们：\n", "", 30_000),
    ],
)
def test_cutting_is_linear(unit, end, times):
    found = starts(unit * times + end)
    assert found == sorted(set(found))


OWN_WORDS = {
    "护林就是护水": "林业站　王大山\n\n　　各位领导、同志们：\n　　"
    + "山上的树少一片，山下的井就浅一尺，这笔账我们站里年年算。" * 4 + "\n　　汇报不当之处，请批评指正。\n",
    "把病床当成自家的床": "镇卫生院　刘小禾\n\n　　同志们：\n　　"
    + "病人夜里按铃，我们三分钟之内一定走到床边，不让家属等。" * 4 + "\n　　我的发言完了，谢谢大家。\n",
    "一堂课的分量": "中心小学　周知远\n\n　　各位同事：\n　　"
    + "四十分钟不长，可是一个孩子一年要上一千多节，节节都算数。" * 4 + "\n　　以上体会，请大家指正。\n",
}


def listed(leader: str) -> str:
    return "".join(f"{n}．{title}{leader}{n}\n" for n, title in enumerate(OWN_WORDS, 1))


@pytest.mark.parametrize("leader", ["…………………（", "............", "\t", "　　·····"])
@pytest.mark.parametrize("heading", ["目　　录", "【目录】", "目 次"])
def test_titles_that_a_list_of_contents_announces(heading, leader):
    front = f"全镇读书班交流材料选编\n{heading}\n\n{listed(leader)}\n\n"
    pieces = [f"　　　　{title}\n\n　　{words}\n\n" for title, words in OWN_WORDS.items()]
    assert cut(front + "".join(pieces)) == [front, *pieces]


def test_the_listed_headings_of_one_speech_cut_nothing():
    headings = ["一、过去一年的工作", "二、存在的问题", "三、下一步打算"]
    contents = "".join(f"{heading}……{n}\n" for n, heading in enumerate(headings, 1))
    words = "".join(f"{heading}\n" + "今年我们修了三条渠，挖了两口井，地里的事没有耽误。" * 8 + "\n" for heading in headings)
    assert cut(f"水利站述职报告\n目录\n{contents}各位代表：\n我来报告一年的工作。\n{words}") == []


def test_any_title_over_the_line_of_a_speaker_and_a_salutation():
    pieces = [f"{title}\n{words}\n" for title, words in OWN_WORDS.items()]
    assert cut("".join(pieces)) == pieces
    # a chair who names the next speaker, and headings over which nobody is named, begin no speech
    assert cut("".join(pieces).replace("　王大山", "").replace("　刘小禾", "").replace("　周知远", "")) == []


CHECKED = "我代表班子作检查，问题我们自己先摆出来，说轻了不算数，说重了也不怕。" * 6


@pytest.mark.parametrize("numbers", [
    "（一） （二） （三）", "(1) (2) (3)", "【篇一】 【篇二】 【篇三】", "（第一篇） （第二篇） （第三篇）",
])
def test_one_title_for_all_with_a_number_behind_it(numbers):
    pieces = [f"　　班子对照检查发言材料{number}\n{CHECKED}\n不妥之处，请批评指正。\n" for number in numbers.split()]
    assert cut("班子对照检查发言材料（3篇）\n某某网 2023-02-03\n" + "".join(pieces))[1:] == pieces


def test_instalments_of_one_speech_cut_nothing():
    assert cut("".join(f"在全镇大会上的讲话（{n}）\n{CHECKED}\n" for n in "一二三")) == []
    assert cut(f"同志们：\n{CHECKED}\n关于发言材料（一）\n{CHECKED}\n（二）{CHECKED}\n谢谢大家！\n") == []


def test_real_speeches_stay_whole(shared):
    corpora = shared / "corpora"
    for name in ("reports", "scraped", "meetings", "kinds", "seeds"):
        for source in list_sources(str(corpora / name))[0]:
            assert [item.source_path for item in read(source)] == [source.path]
    pieces = {
        source.path: sum(1 for part in range(parts(source)) for _ in read(source, part))
        for source in list_sources(str(corpora / "concatenated"))[0]
    }
    assert sorted(count > 25 for count in pieces.values()) == [True, True, True]


def short(title: str, address: str) -> str:
    return f"{title}\n{address}\n" + "今天我们在这里相聚，一起说说一年来的收获，也一起想想明年的打算，请大家畅所欲言。" * 3 + "\n"


def test_short_pieces_counted_off_each_with_a_salutation():
    said = ((1, "茶话会", "各位老师："), (2, "读书会", "亲爱的同学们："), (3, "运动会", "各位来宾、各位朋友："))
    pieces = [short(f"第{n}篇：{event}主持词", address) for n, event, address in said]
    assert cut("主持词三篇\n" + "".join(pieces)) == ["主持词三篇\n" + pieces[0], *pieces[1:]]


def test_what_a_chair_counts_off_without_addressing_anybody_is_one_speech():
    parts_of_one = [f"第{n}篇：{about}讲话要点\n" + "这一篇说的是村里的水渠怎样修、由谁管、钱从哪里来，大家都要心里有数。" * 3 + "\n"
                    for n, about in ((1, "开场"), (2, "中间"), (3, "结尾"))]
    assert len(cut("各位乡亲：\n" + "".join(parts_of_one))) < 2
