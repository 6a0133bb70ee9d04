"""Dates in all the ways that documents write them."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.dates import dates, field_date, url_date


@pytest.mark.parametrize(("line", "day", "precision"), [
    ("——2014年1月20日在全县大会上", date(2014, 1, 20), "day"),
    ("（二〇二六年六月十六日）", date(2026, 6, 16), "day"),
    ("一九九八年十二月三十日", date(1998, 12, 30), "day"),
    ("二○○九年二月二十一日", date(2009, 2, 21), "day"),
    ("二OO八年元月十日", date(2008, 1, 10), "day"),
    ("2016.5.14", date(2016, 5, 14), "day"),
    ("2018-09-01", date(2018, 9, 1), "day"),
    ("2012/4/11", date(2012, 4, 11), "day"),
    ("２００６年１月５日", date(2006, 1, 5), "day"),
    ("2 0 2 1 年 3 月 5 日", date(2021, 3, 5), "day"),
    ("2013年12月25号", date(2013, 12, 25), "day"),
    ("2023年1月在市会堂", date(2023, 1, 1), "month"),
    ("2021年X月X日", date(2021, 1, 1), "year"),
    ("民国一百零八年三月五日", date(2019, 3, 5), "day"), ("中华民国一百年十月十日", date(2011, 10, 10), "day"),
    ("Posted on 5 March 2018 by admin", date(2018, 3, 5), "day"), ("Updated: Mar. 5th, 2018", date(2018, 3, 5), "day"),
    ("2019年全市工作会议", date(2019, 1, 1), "year"),
])
def test_a_date_is_read_as_written(line, day, precision):
    found = dates(line)
    assert (found[0].day, found[0].precision) == (day, precision)


@pytest.mark.parametrize("line", ["20XX年6月19日", "2015年2月30日是没有的", "电话 0371-2018-1234567", "增长2018.5亿元", "v2.10.3", ""])
def test_what_is_no_date_is_none(line):
    assert [found for found in dates(line) if found.precision == "day"] == []


def test_a_time_of_day_is_told():
    assert dates("2021年1月31日 19:58")[0].timed
    assert dates("2026-01-31 07:00:44")[0].timed
    assert not dates("2021年1月31日")[0].timed


@pytest.mark.parametrize(("url", "day", "precision"), [
    ("http://a.gov.cn/zwgk/202010/t20201019_49.shtml", date(2020, 10, 19), "day"),
    ("http://a.gov.cn/art/2021/2/23/art_122_44.html", date(2021, 2, 23), "day"),
    ("http://a.gov.cn/2011/01-26/227006.html", date(2011, 1, 26), "day"),
    ("http://a.gov.cn/gzbg/200703/t403611.shtml", date(2007, 3, 1), "month"),
])
def test_the_path_of_an_address_keeps_the_day(url, day, precision):
    found = url_date(url)
    assert found is not None and (found.day, found.precision) == (day, precision)


def test_a_number_in_an_address_is_no_date():
    assert url_date("http://a.com/fanwen/gw/204674.html") is None


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back(day):
    year, month = day.year, day.month
    for written in (f"{year}年{month}月{day.day}日", f"（{year}-{month:02}-{day.day:02}）", f"{year}.{month}.{day.day}"):
        assert [(found.day, found.precision) for found in dates(written)] == [(day, "day")]


@given(st.text(alphabet="0123456789年月日-./一二三十〇 :", max_size=80))
def test_no_line_breaks_it(line):
    assert all(line and found.start < found.end for found in dates(line))


@pytest.mark.parametrize(("value", "day", "precision"), [
    ("20190607", date(2019, 6, 7), "day"),
    ("20190607083000", date(2019, 6, 7), "day"),
    ("2019", date(2019, 1, 1), "year"),
    ("2019.0", date(2019, 1, 1), "year"),
    ("2019-06", date(2019, 6, 1), "month"),
    ("2019/6", date(2019, 6, 1), "month"),
    ("1559865600", date(2019, 6, 7), "day"),        # of midnight in Greenwich the day in China
    ("1559865600000", date(2019, 6, 7), "day"),
    ("1559836800", date(2019, 6, 7), "day"),
    ("1559865600.0", date(2019, 6, 7), "day"),
    ("25/12/2019", date(2019, 12, 25), "day"),
    ("12/25/2019", date(2019, 12, 25), "day"),
    ("June 7, 2019", date(2019, 6, 7), "day"),
    ("7 Jun 2019", date(2019, 6, 7), "day"),
    ("2019-06-07 00:00:00", date(2019, 6, 7), "day"),
])
def test_a_field_of_a_record_is_a_date_without_units_too(value, day, precision):
    found = field_date(value)
    assert found and (found.day, found.precision) == (day, precision)


@pytest.mark.parametrize("value", ["05/06/2019", "43623", "43623.5", "20191307", "13912345678", "0", "2019.5", "9999999999", "25/25/2019"])
def test_a_field_that_may_be_two_days_or_any_number_is_none(value):
    assert field_date(value) is None
