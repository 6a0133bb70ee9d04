"""Bars that are a day and a name and nothing else."""
from datetime import date

import pytest

from flows.normalize.bars import name
from flows.normalize.speech import normalize
from tests.normalize.pages import SPEECH, TITLE, page


@pytest.mark.parametrize(("line", "paper"), [
    ("2021-03-04 江城公文网", "江城公文网"),
    ("2021-03-04 09:15 江城在线", "江城在线"),
    ("2021/03/04 江城日报", "江城日报"),
    ("2021年3月4日 江城文明网", "江城文明网"),
    ("江城日报　2021年3月4日", "江城日报"),
    ("江城日报 | 2021.03.04", "江城日报"),
    ("2021-03-04 / 江城网", "江城网"),
    ("时间 2021-03-04 江城日报", "江城日报"),
    ("2021-03-04 上午 09:15 星期四 江城网", "江城网"),
    ("2021-03-04 江城日报 发布", "江城日报"),
    ("2021-03-04 江城发布", "江城发布"),
    ("2021-03-04 来源 某县教育局", "某县教育局"),
    ("来源 江城日报 2021-03-04", "江城日报"),
    ("2021-03-04 360文库 浏览 1.2w", "360文库"),
    ("（2021年3月4日，江城日报）", "江城日报"),
    ("2021-03-04 求是", "求是"),
    ("2021-03-04 某县政府办公室", "某县政府办公室"),
    ("2021-03-04 江城日报 记者 王长河", "江城日报"),
    # whose line it is, where it was and what it is called
    ("2021-03-04 王长河", None),
    ("2021年3月4日 县委书记 王长河", None),
    ("（2021年3月4日，江城电视台）", None),
    ("2021年3月4日在江城日报社", None),
    ("2021年3月4日 国家电网", None),
    ("2021-03-04 情况通报", None),
    ("2021年3月4日 某县政府办公室", None),
    ("2021年3月4日 公文写作讲座", None),
    ("2021年 江城日报", None),
])
def test_the_name_in_a_bar(line, paper):
    assert name(line) == paper


@pytest.mark.parametrize("bar", ["2021-03-04 江城公文网", "2021-03-04 09:15 江城公文网", "2021年3月4日 江城公文网",
                                 "2021-03-04 / 江城公文网", "[2021-03-04] 江城公文网", "江城公文网 2021-03-04"])
def test_a_page_is_dated_and_named_by_its_bar(bar):
    told = normalize(page(f"{TITLE}\n\n{bar}\n\n{SPEECH}\n")).metadata
    assert (told.published_date, told.delivered_date, told.source_name) == (date(2021, 3, 4), None, "江城公文网")


def test_no_source_begins_with_what_is_left_of_a_date():
    for bar in ("2021-03-04 县里的茶园-江城网", "2021-03-04 09:15 茶事 - 江城网", "03-04 江城网"):
        assert not (normalize(page(f"{TITLE}\n\n{bar}\n\n{SPEECH}\n")).metadata.source_name or "江")[0].isdigit()
