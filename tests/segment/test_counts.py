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
    ("全县三个乡镇受灾。", 2, None),
    ("我们增强“四个意识”，", 2, None),
    ("增长三个百分点。", 2, None),
    ("讲过三点意见。今天再说说别的事，大家听一听。", 2, None),
    ("要抓好几个方面：", 3, None),
])
def test_announced(text: str, found: int, count: int | None) -> None:
    assert announced(text, 0, len(text), found) == count


def test_spoken_before_other_sentences() -> None:
    text = "今天我讲三点意见。先说说会议的由来。这件事大家都清楚。"
    assert spoken(text, 0, len(text)) == 3
    assert spoken("今天很高兴。", 0, 6) is None


@pytest.mark.parametrize("text", ["天亮前提前三个小时转移了群众。", "亩产提高五个百分点。", "改造提升了四个村。", "会议讲到下午三点。"])
def test_times_and_amounts_announce_nothing(text: str) -> None:
    assert spoken(text, 0, len(text)) is None
