"""The number that numerals write."""
import pytest

from flows.normalize.dates import dates
from flows.normalize.numerals import number


@pytest.mark.parametrize(("written", "value"), [
    ("23", 23), ("２３", 23), ("七", 7), ("十", 10), ("十二", 12), ("二十三", 23), ("廿三", 23), ("卅", 30), ("一百", 100), ("百零三", 103),
    ("一百零五", 105), ("一百二十", 120), ("二〇二一", 2021), ("二O一八", 2018), ("二0一八", 2018), ("一九", 19), ("一〇三", 103),
    ("", 0), ("几", 0), ("二三十", 0), ("十百", 0), ("十十", 0), ("〇十", 0), ("十a", 0), ("两", 0)])
def test_a_number_is_read_alike_wherever_it_stands(written, value):
    assert number(written) == value


def test_a_year_that_is_none_gives_no_date():
    assert dates("民国二三十年三月五日") == ()
    assert [found.day.isoformat() for found in dates("民国百零三年三月廿九日")] == ["2014-03-29"]
