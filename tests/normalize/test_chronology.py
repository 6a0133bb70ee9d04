"""When a text can have been spoken."""
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.normalize.chronology import contradicts, span


def test_a_text_that_builds_on_a_congress_was_spoken_after_it():
    told = span("同志们：\n我们要深入学习贯彻党的十九大精神，抓好工作。")
    assert (told.not_before, told.known) == (date(2017, 10, 18), "党的十九大")
    assert contradicts(told, date(2012, 1, 1), date(2012, 12, 31))
    assert not contradicts(told, date(2018, 3, 1), date(2018, 3, 1))


def test_a_text_that_awaits_a_congress_was_spoken_before_it():
    told = span("同志们：\n以优异成绩迎接党的二十大胜利召开！")
    assert (told.not_after, told.awaited) == (date(2022, 10, 16), "党的二十大")
    assert contradicts(told, date(2026, 5, 26), date(2026, 5, 26))


def test_a_report_that_looks_back_on_how_it_awaited_a_congress_awaits_it_no_more():
    told = span("各位代表：\n一年来，我们喜迎党的二十大胜利召开，学习贯彻党的二十大精神。" + "今年工作。" * 400)
    assert told.not_after is None and told.not_before == date(2022, 10, 16)


@pytest.mark.parametrize(("text", "today"), [
    ("今天是中国共产党建党100周年。", date(2021, 7, 1)),
    ("今天是中华人民共和国成立七十周年的日子。", date(2019, 10, 1)),
    ("今天是中国人民解放军建军90周年纪念日。", date(2017, 8, 1)),
    ("到建党100周年时，要全面建成小康社会。", None),
    ("今天是学校建校50周年。", None),
    ("今天是七月一日，是我们党95岁的生日。", date(2016, 7, 1)),
    ("今天是共和国七十华诞。", date(2019, 10, 1)),
    ("今天是孩子们10岁的生日。", None),
    ("今天是我入党30年的生日。", None),
])
def test_an_anniversary_tells_the_day(text, today):
    assert span(text).today == today


def test_this_year_is_told_by_an_anniversary_or_a_plan():
    assert span("今年是新中国成立70周年，也是关键之年。").year == 2019
    assert span("今年是“十四五”规划的开局之年。").year == 2021
    assert span("今年是“十三五”收官之年。").year == 2020
    assert contradicts(span("今年是新中国成立70周年。"), date(2023, 1, 1), date(2023, 12, 31))


def test_an_event_of_last_year_tells_the_year():
    assert span("去年10月召开的党的十九大，描绘了蓝图。").year == 2018
    assert span("今年7月，党中央召开了中央和国家机关党的建设工作会议。").year == 2019
    assert span("今年以来，我们深入学习贯彻党的十九大精神。").year is None
    assert span("今年要深入贯彻党的十九大精神。").year is None


def test_plenums_of_other_organisations_are_none_of_the_party():
    assert span("认真贯彻团十七届二中全会精神。").not_before is None
    assert span("认真贯彻党的十七届四中全会精神。").not_before == date(2009, 9, 15)


@settings(deadline=None)      # the first text loads the tables
@given(st.text(alphabet="党的十九二大届三中全会周年“五”今天是建100迎接胜利召开精神，。", max_size=200))
def test_no_text_breaks_it(text):
    told = span(text)
    assert told.today is None or told.year == told.today.year


def test_what_the_closing_awaits_is_built_on_only_as_a_plan():
    told = span("今年要认真学习贯彻党的十九大精神。\n让我们以优异成绩迎接党的十九大胜利召开！")
    assert not contradicts(told, date(2017, 4, 16), date(2017, 4, 16))
    assert contradicts(span("党的十九大以来，成绩显著。"), date(2017, 4, 16), date(2017, 4, 16))


def test_an_event_that_is_only_mentioned_may_be_still_to_come():
    assert not contradicts(span("今年召开党的十五大，是大事。"), date(1997, 1, 28), date(1997, 1, 28))
    assert not contradicts(span("我们党的十三大要阐述这个问题。"), date(1987, 8, 29), date(1987, 8, 29))
