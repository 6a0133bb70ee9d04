"""Drift: what moved is named first, with how far it moved."""
from dataclasses import asdict

from flows.publish.drift import drift
from flows.settings import Thresholds

THRESHOLDS = asdict(Thresholds())


def report(*, speeches=100, undated=0.2, years=None, phrases=(), sources=None):
    return {"facts": {"rows": {"speeches": speeches}}, "checks": [
        {"check": "rate undated", "observed": undated, "table": "speeches"},
        {"check": "rate rejected: news", "observed": 0.9, "table": "documents"}],
        "profile": {"years": {"delivered": years or {"2019": 10}}, "lengths": {}, "depths": {}, "genres": {}, "scripts": {}, "defects": {},
                    "kinds": {}, "phrases": [list(each) for each in phrases],
                    "sources": {name: {"speeches": count} for name, count in (sources or {}).items()}}}


def moved(before, after):
    return [each["name"] for each in drift(before, after, THRESHOLDS) if each["moved"]]


def test_without_a_release_before_there_is_nothing_to_compare():
    assert drift(None, report(), THRESHOLDS) == [] == drift({"verdict": "publishable"}, report(), THRESHOLDS)


def test_the_same_release_has_not_moved():
    found = drift(report(), report(), THRESHOLDS)
    assert found and not any(each["moved"] or each["change"] for each in found)


def test_what_moved_most_is_named_first():
    found = drift(report(), report(speeches=40, undated=0.9), THRESHOLDS)
    assert [each["name"] for each in found[:2]] == ["rate undated", "rows of speeches"]
    assert found[0]["words"] == "20.00% → 90.00%" and found[1]["words"] == "100 → 40 rows"


def test_dates_a_year_late_show_as_a_distribution_that_moved():
    assert moved(report(years={"2019": 10}), report(years={"2020": 10})) == ["Years of the dates 日期年份"]
    entry = drift(report(years={"2019": 8, "2020": 2}), report(years={"2019": 6, "2020": 4}), THRESHOLDS)[0]
    assert entry["change"] == 0.2 and not entry["moved"], "a fifth of the speeches, and a fifth is allowed"


def test_a_source_that_is_gone_is_named_and_a_small_one_is_not():
    assert moved(report(sources={"青禾": 40, "小站": 3}), report(sources={})) == ["source 青禾"]


def test_a_vocabulary_that_is_exchanged_shows():
    before = [(f"旧提法{n}", "numbered", 9, 0.9) for n in range(10)]
    after = [(f"新提法{n}", "numbered", 9, 0.9) for n in range(10)]
    found = drift(report(phrases=before), report(phrases=after), THRESHOLDS)[0]
    assert found["moved"] and found["words"].startswith("new: 新提法0 (numbered)") and found["change"] == 1.0
