from __future__ import annotations

import pytest

from flows.segment.counts import announced, spoken


@pytest.mark.parametrize(("text", "found", "count"), [
    ("下面，我讲三点意见。", 3, 3),
    ("下面，我讲三点意见。", 2, 3),
    ("今天，我讲两个问题，代表班子的态度。", 2, 2),
    ("我谈四点要求。不当之处请指正。", 4, 4),
    ("主要有四点理由：", 4, 4),
    ("重点抓好以下八个方面工作：", 2, 8),
    ("着重做好六项工作。", 6, 6),
    ("四大块工作，", 4, 4),
    ("创新有五点：", 5, 5),
    ("当家人要记住六句话：", 6, 6),
    ("为此，要抓好十二项重点任务。", 12, 12),
    ("我看要从三个方面下功夫。", 2, 3),
    ("干部在三个地方下功夫。", 2, None),
    ("全县三个乡镇受灾。", 2, None),
    ("我们增强“四个意识”，", 2, None),
    ("增长三个百分点。", 2, None),
    ("讲过三点意见。今天再说说别的事，大家听一听。", 2, None),
    ("要抓好几个方面：", 3, None),
    ("路上我走访了三个草场。今天，我强调四个问题。", 3, 4),
    ("开会前看了两个工地。下面提五条意见。", 2, 5),
    ("我想从三个方面同大家交流。", 2, 3), ("我从两个方面跟大家聊一聊。", 3, 2), ("有三个问题同大家关系很大。", 2, None),
    ("开会前看了两个工地，现在讲五个问题。", 2, 5),
    ("路上我走访了三个草场。今天，我强调三个问题。", 3, 3),
    ("围绕三项改革，抓好六项工作。", 3, 3),
    ("今天讲三点意见。会后分四个小组讨论。", 3, 3),
    ("收成好不好，看三样：", 3, 3),
    ("林场要做好两篇文章。", 2, 2), ("要打好三张牌：", 3, 3), ("去年写了三篇报道。", 2, None), ("赛了三场篮球。", 2, None),
    ("收成好不好，看三样：", 2, None),
    ("办事要做到三个“快”：", 3, 3),
    ("靠的是四个“不怕”精神。", 4, 4),
    ("靠的是四个“不怕”精神。", 2, None),
    ("办好四个“样板场”，一年四季都有活干。", 4, None),
    ("今天想说四层意思。", 3, 4),
    ("设了三道卡子：", 3, 3),
    ("为什么要修路？我有两层考虑。", 2, 2),
    ("把它当作三点心得，同大家分享。\n说来也简单：", 3, 3),
    ("把它当作三点心得，同大家分享。\n说来也简单：", 2, None),
    ("修路先要理清三对关系。", 3, 3),
    ("修路先要理清三对关系。", 2, 3),
    ("村里三对新人办喜事，", 2, None),
    ("比分是三对三，", 3, None),
])
def test_announced(text: str, found: int, count: int | None) -> None:
    assert announced(text, 0, len(text), found) == count


def test_spoken_before_other_sentences() -> None:
    text = "今天我讲三点意见。先说说会议的由来。这件事大家都清楚。"
    assert spoken(text, 0, len(text)) == 3
    assert spoken("今天很高兴。", 0, 6) is None
    assert spoken("我想说四层意思。", 0, 8) == 4


def test_how_many_letters_a_word_has_announces_nothing() -> None:
    text = "今天不念稿子，只讲“耐心”两个字。"
    assert spoken(text, 0, len(text)) is None
    assert spoken("送大家三个字，我今天只讲三个字：稳、准、快。", 0, 22) == 3


@pytest.mark.parametrize("text", ["天亮前提前三个小时转移了群众。", "亩产提高五个百分点。", "改造提升了四个村。", "会议讲到下午三点。"])
def test_times_and_amounts_announce_nothing(text: str) -> None:
    assert spoken(text, 0, len(text)) is None
