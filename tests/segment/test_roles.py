from __future__ import annotations

import pytest

from flows.segment.roles import is_closing, is_vocative, salutation_end


@pytest.mark.parametrize(("text", "greeting"), [
    ("同志们：\n今天开会。", "同志们：\n"),
    ("同志们：今天开会。", "同志们："),
    ("尊敬的各位领导、各位来宾，女士们、先生们：\n大家好。", "尊敬的各位领导、各位来宾，女士们、先生们：\n"),
    ("尊敬的王书记，\n各位同仁：\n今天", "尊敬的王书记，\n各位同仁：\n"),
    ("各位代表：\n各位委员：\n现在", "各位代表：\n各位委员：\n"),
    ("尊敬的各位老人，各位读者：\n今天", "尊敬的各位老人，各位读者：\n"),
    ("林议长、周校监、各位志工，大家早安：\n今天", "林议长、周校监、各位志工，大家早安：\n"),
    ("尊敬的各位领导，诸山长老大德，各位护法居士、善信朋友：\n今天", "尊敬的各位领导，诸山长老大德，各位护法居士、善信朋友：\n"),
    ("尊敬的林外长，\n各位棋友：\n今天", "尊敬的林外长，\n各位棋友：\n"),
    ("长老的话：\n今天", ""),
    ("各位请看：\n今天", ""),
    ("今天的任务是：\n一、", ""),
    ("今天开会。", ""),
    ("", ""),
])
def test_salutation_end(text: str, greeting: str) -> None:
    assert text[:salutation_end(text)] == greeting


@pytest.mark.parametrize(("line", "is_one"), [
    ("同志们，秋收在即", True), ("各位代表！", True), ("朋友们、同志们：", True), ("同志们的干劲很足。", False), ("各地都要抓紧。", False)])
def test_is_vocative(line: str, is_one: bool) -> None:
    assert is_vocative(line, 0) is is_one


def test_is_closing() -> None:
    assert is_closing("我的话讲完了，谢谢大家！", 0, 12)
    assert not is_closing("渠道要清淤。", 0, 6)
