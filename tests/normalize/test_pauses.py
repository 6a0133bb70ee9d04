"""Texts of which all marks became spaces."""
import re

import pytest

from flows.ingest.selection import judge
from flows.normalize import pauses
from flows.normalize.edits import apply
from flows.normalize.speech import normalize
from tests.normalize.pages import SPEECH, TITLE, page

HEAD = f"首页 要闻 林业 水利 农业 交通 教育 卫生 文化 体育 民政 公安 财税 工商 气象 图片 视频 论坛 投诉 搜索 收藏\n{TITLE}\n县长 顾禾\n"


def paused(text: str) -> str:
    """`text` with a space for each of its marks, and none at the end of a line."""
    return "\n".join(re.sub("[，。；：！？、]", " ", line).rstrip() for line in text.split("\n"))


def test_marks_stand_where_spaces_part_the_clauses():
    text = HEAD + paused(SPEECH)
    assert judge([page(text)])[0].is_speech
    speech = normalize(page(text))
    assert paused(speech.text) == paused(SPEECH) and "decoding_loss" in speech.defects
    assert speech.text.split("\n")[:3] == [
        "同志们：",
        "今天我们召开全县春季造林大会，主要任务是总结去年工作，安排今年任务，刚才，三个乡镇作了发言，讲得都很好，下面，我讲三点意见。",
        "一、认清形势，增强造林绿化的紧迫感",
    ]


@pytest.mark.parametrize("text", [
    HEAD + SPEECH,
    HEAD + SPEECH.replace("，", " "),
    f"{HEAD}同志们\n" + "\n".join(["乡镇动态 部门传真 办事指南 政策法规 便民电话 网上投诉 招商引资 旅游天地 名优特产 人事任免"] * 4),
    "各位读者\n" + "\n".join(["春风又绿江南岸 明月何时照我还", "两岸猿声啼不住 轻舟已过万重山"] * 4),
    HEAD + paused("\n".join(SPEECH.split("\n")[1:])),
])
def test_spaces_of_other_texts_stay(text: str) -> None:
    assert pauses.marks(text) == [] and apply(text, pauses.marks(text)) == text
