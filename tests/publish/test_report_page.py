"""The report in a real browser: offline, at two widths, in light and dark, by keyboard, with hostile text in it."""
from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.publish.drift import drift
from flows.publish.figures import figures
from flows.publish.page import page
from flows.publish.profile import profile
from flows.publish.reading import sample
from flows.settings import Thresholds
from schemas import TABLES
from tests.releases import HOSTILE, alter, copied

WIDE, NARROW = (1280, 900), (390, 844)
FOCUSABLE = "a[href], summary, [tabindex]"


def report_page(release: Path, tmp_path: Path) -> Path:
    """The report of a release in whose titles, headings, names and paths hostile text stands; one rate has moved, one check has failed."""
    copy = copied(release, tmp_path)
    hostile = pl.lit(HOSTILE)
    alter(copy, "speeches", lambda frame: frame.with_columns(
        title=hostile + pl.col("title"), source_name=hostile, source_path=hostile + pl.col("source_path"),
        text=pl.col("text").str.replace("同志", HOSTILE, literal=True)))
    alter(copy, "sections", lambda frame: frame.with_columns(heading=hostile + pl.col("heading")))
    alter(copy, "lexicon", lambda frame: frame.with_columns(phrase=hostile + pl.col("phrase")))
    alter(copy, "documents", lambda frame: frame.with_columns(
        source_path=HOSTILE + pl.col("source_path"), raw_text=hostile + pl.col("raw_text")))
    tables = {name: pl.scan_parquet(copy / f"{name}.parquet") for name in TABLES}
    report = json.loads((copy / "quality" / "report.json").read_bytes())
    report["profile"] = profile(tables)
    before = json.loads(json.dumps(report))
    before["facts"]["rows"]["phrases"] *= 5
    report["drift"] = drift(before, report, asdict(Thresholds()))
    report["verdict"] = "publishable with warnings"
    report["checks"][0] |= {"success": False, "unexpected": 3}
    report["failing"] = {"rows": 1, "shown": [{"step": "ingest", "table": "documents", "check": HOSTILE, "severity": "critical",
                                               "key": HOSTILE, "evidence": HOSTILE * 20}]}
    path = tmp_path / "report.html"
    path.write_text(page(report, figures(report["facts"], report["profile"]), sample(tables), HOSTILE), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    programs = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
    if None in programs:
        if os.environ.get("CI"):
            pytest.fail("chromium and chromedriver are missing, and in CI nothing may be skipped")
        pytest.skip("chromium and chromedriver (Debian: chromium, chromium-driver) are not installed")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(programs[0])
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(programs[1]))
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions",
                           {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0})
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def path(release, tmp_path_factory) -> Path:
    return report_page(release, tmp_path_factory.mktemp("page"))


def opened(browser: Any, path: Path, size: tuple[int, int] = WIDE, scheme: str = "light") -> Any:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(path.as_uri())
    return browser


def test_the_page_asks_for_nothing_and_complains_of_nothing(browser, path):
    opened(browser, path)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}
    assert browser.get_log("browser") == []


def test_the_page_opens_in_under_a_second(browser, path):
    opened(browser, path)
    timing = browser.execute_script("return performance.getEntriesByType('navigation')[0].toJSON()")
    assert 0 < timing["loadEventEnd"] < 1000


def test_charts_are_drawn(browser, path):
    opened(browser, path)
    boxes = browser.execute_script("""return [...document.querySelectorAll('.chart')].map(chart => {
        const svg = chart.querySelector('svg').getBoundingClientRect();
        const marks = [...chart.querySelectorAll('[fill="#040404"]')];
        const widths = marks.map(mark => mark.getBoundingClientRect().width);
        return [chart.id, svg.width, svg.height, marks.length, Math.max(...widths), getComputedStyle(marks[0]).fill]; })""")
    drawn = ("funnel", "rejects", "defects", "years", "lengths", "depths", "kinds", "phrases")
    assert {name for name, *_ in boxes} >= {f"chart-{name}" for name in drawn}
    for name, width, height, marks, widest, fill in boxes:
        assert width > 150 and height > 40 and marks >= 1 and widest > 3, name
        assert fill == "rgb(179, 32, 44)", f"{name} has the page's colour"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows_and_everything_can_be_read(browser, path, size, scheme):
    opened(browser, path, size, scheme)
    browser.execute_script("document.querySelectorAll('details').forEach(each => each.open = true)")
    width, found = browser.execute_script("""
        const rgb = colour => (colour.match(/[0-9.]+/g) || []).map(Number);
        const back = node => { for (; node; node = node.parentElement) { const c = rgb(getComputedStyle(node).backgroundColor);
            if (c.length == 3 || c[3] > 0.99) return c; } return [255, 255, 255]; };
        const light = c => { const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const words = 'p, h1, h2, h3, h4, a, li, dt, dd, td, th, summary, .tag, .quiet, .legend span, del, ins, figcaption';
        const poor = [...document.querySelectorAll(words)]
            .filter(node => node.textContent.trim() && node.getBoundingClientRect().height)
            .filter(node => { const a = light(rgb(getComputedStyle(node).color)), b = light(back(node));
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5; })
            .map(node => node.outerHTML.slice(0, 120));
        return [document.documentElement.scrollWidth, poor];""")
    assert width <= size[0]
    assert found == []
    astray = browser.execute_script("""return [...document.querySelectorAll('main *')].filter(node => !node.closest('.scroll, .text, svg')
        && node.getBoundingClientRect().right > innerWidth + 1).map(node => node.outerHTML.slice(0, 120))""")
    assert astray == []


def test_the_keyboard_reaches_everything(browser, path):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    opened(browser, path)
    browser.execute_script(f"document.querySelectorAll('{FOCUSABLE}').forEach((each, number) => each.dataset.number = number)")
    # What lies in a closed part is reached once it is opened.
    due = set(browser.execute_script(f"""return [...document.querySelectorAll('{FOCUSABLE}')].filter(
        each => each.matches('details > summary') ? !each.parentElement.parentElement.closest('details:not([open])')
                                                  : !each.closest('details:not([open])')).map(each => each.dataset.number)"""))
    reached: set[str] = set()
    for _ in range(len(due) + 5):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        reached.add(browser.execute_script("return document.activeElement.dataset.number"))
    assert due <= reached
    summary = browser.find_element("css selector", "details.speech > summary")
    browser.execute_script("arguments[0].focus()", summary)
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert browser.execute_script("return document.querySelector('details.speech').open")


def test_hostile_text_does_nothing_and_is_shown_as_it_is(browser, path):
    opened(browser, path)
    assert browser.execute_script("return document.querySelectorAll('script, iframe, img, object').length") == 0
    title = browser.find_element("css selector", "details.speech summary bdi").get_attribute("textContent")
    assert title.startswith("<script>alert(1)</script>{{7*7}}]]>$x�")
    whole = browser.execute_script("return document.documentElement.textContent")
    assert "\u202e" not in whole and "49" not in browser.title and "{{7*7}}" in browser.title
    assert browser.find_element("id", "chart-phrases").get_attribute("textContent").count("<script>alert(1)") > 0


def test_removed_and_inserted_text_is_told_apart_by_reason(browser, path):
    opened(browser, path)
    reasons = browser.execute_script("return [...new Set([...document.querySelectorAll('del')].map(each => each.className))]")
    assert {"r-furniture", "r-metadata"} <= set(reasons)
    assert len(browser.find_elements("css selector", "details.speech .outline li")) > 20


def test_the_page_is_small_and_the_same_each_time(release, path, tmp_path):
    again = report_page(release, tmp_path)
    assert again.read_bytes() == path.read_bytes() and len(path.read_bytes()) < 400_000
