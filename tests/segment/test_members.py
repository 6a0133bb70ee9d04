"""Members: literal Chinese in, what the number counts out."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.segment.members import members, value
from flows.segment.phrases import phrases
from flows.segment.texts import Texts


def named(text: str) -> dict[str, list[str]]:
    numbered = [(each.start, each.end, each.phrase) for each in phrases(text) if each.kind == "numbered"]
    return {numbered[number][2]: found for number, found, _ in members(Texts([text]), numbered)}


@pytest.mark.parametrize("text, expected", [
    ("开展“三亮”，亮身份、亮承诺、亮形象；再接再厉。", {"三亮": ["亮身份", "亮承诺", "亮形象"]}),
    ("开展“三亮”，亮身份、亮承诺、亮形象，四十名党员的照片贴在楼道口。", {"三亮": ["亮身份", "亮承诺", "亮形象"]}),
    ("增强“四个意识”（政治意识、大局意识、核心意识、看齐意识）。", {"四个意识": ["政治意识", "大局意识", "核心意识", "看齐意识"]}),
    ("人要有“四个明白”：听得明白、记得明白、讲得明白、做得明白。", {"四个明白": ["听得明白", "记得明白", "讲得明白", "做得明白"]}),
    ("强化“三个挂钩”，即同集市买卖相挂钩、同田间生产相挂钩、同农闲培训相挂钩。",
     {"三个挂钩": ["同集市买卖相挂钩", "同田间生产相挂钩", "同农闲培训相挂钩"]}),
    ("推广优土、优种、优产、优储、优销“五优联动”。", {"五优联动": ["优土", "优种", "优产", "优储", "优销"]}),
    ("实施“三大行动”：一是攻坚行动，啃下硬骨头；二是提升行动，抓好质量；三是创新行动，增添活力。",
     {"三大行动": ["攻坚行动", "提升行动", "创新行动"]}),
    ("落实“两不愁三保障”（不愁吃、不愁穿，义务教育有保障、基本医疗有保障、住房安全有保障）。",
     {"两不愁三保障": ["不愁吃", "不愁穿", "义务教育有保障", "基本医疗有保障", "住房安全有保障"]}),
    ("开展“三亮”主题活动，亮身份、亮承诺、亮形象，大家叫好。", {"三亮": ["亮身份", "亮承诺", "亮形象"]}),
    ("开展“三亮”活动，修好水渠、备足苗木、管好山林。", {}),
    ("落实“两个维护”要求，维护山林、维护水渠。", {}),
    # what leads in, and words that end or begin with what joins members, are left whole
    ("实施普及电灯、普及水井和普及广播“三普及”。", {"三普及": ["普及电灯", "普及水井", "普及广播"]}),
    ("推广育苗、插秧、收割“三项服务”。", {"三项服务": ["育苗", "插秧", "收割"]}),
    # a clause that goes on behind the name, a verb that takes it up, words of several sorts, a first member cut within a word
    ("牢记“两个务必”，保持清醒头脑、守住山林水土。", {}),
    ("抓好护林防火、巡山查险、打击“三查”。", {}),
    ("帮扶乡村振兴、大水渠、大果园“三大行动”。", {}),
    ("建成有山、有水、有一大片良田的“三有”。", {}),
    ("贯彻“三个茶园”重要指示五周年、谆谆教导、牢记在心。", {}),
    ("建好“三园”，指标基本完成、水渠全部修通、果树成片栽种。", {}),
    # the count does not fit
    ("开展“三亮”，亮身份、亮承诺。", {}),
    ("增强“四个意识”（政治意识、大局意识、核心意识）。", {}),
    ("深化“三资”管理，强化监督、堵塞漏洞、压实责任。", {}),
])
def test_members(text: str, expected: dict[str, list[str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize("phrase, count", [
    ("四个意识", 4), ("四争四有", 8), ("五位一体", 5), ("两学一做", 3), ("十二条", 12), ("1+3", 4), ("512", None),
    ("三统一", 3), ("四个同一", 4),
])
def test_value(phrase: str, count: int | None) -> None:
    assert value(phrase) == count


@settings(deadline=None)
@given(st.text(alphabet="一二三四双个亮、，。；：（）“”即是和身份", max_size=80))
def test_as_many_as_the_formula_counts(text: str) -> None:
    assert all(len(found) == len(set(found)) == value(phrase) for phrase, found in named(text).items())
