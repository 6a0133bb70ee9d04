"""Charts of the report: Vega-Lite drawings as SVG text, the same bytes each time.

Colours are names: the page gives each a value for light and one for dark. Labels have a fixed place, and text is measured by the fonts that
the library brings along alone: so a machine with other fonts draws the same. Looking through all fonts of a machine for one that has a
Chinese character takes four times as long as everything else about a chart.
"""
from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

INK, MUTED, GRID, BAR, OTHER = "#010101", "#020202", "#030303", "#040404", "#050505"
"""Stand for the page's variables --ink, --muted, --grid, --bar and --other."""
WIDTH, LABELS = 206, 136
MOST_BARS = 15
MOST_LABEL = 22   # widths of a Latin letter in a label; a Chinese character takes two
FONT = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
FONTS = Path(__file__).parent / "templates" / "fonts.conf"
CONFIG = {
    "font": FONT, "background": None, "view": {"stroke": None},
    "axis": {"labelColor": INK, "titleColor": MUTED, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID, "labelFontSize": 12,
             "titleFontSize": 11, "titleFontWeight": "normal"},
    "legend": {"labelColor": INK, "titleColor": MUTED, "orient": "top", "title": None,
               "columnPadding": 26},    # its Chinese characters are wider than they are measured
    "text": {"color": MUTED, "fontSize": 11}, "bar": {"color": BAR}, "rect": {"color": BAR},
}


def drawn(specification: Mapping[str, Any]) -> str:
    """The SVG of a Vega-Lite specification."""
    os.environ["FONTCONFIG_FILE"] = str(FONTS)   # read when text is first drawn
    import vl_convert

    return str(vl_convert.vegalite_to_svg({"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": CONFIG,
                                           "padding": {"left": 2, "right": 34, "top": 4, "bottom": 2}, **specification}, vl_version="5.20"))


def warmed() -> None:
    """Draw nothing: the first chart of a process waits a second for what draws it."""
    drawn({"data": {"values": [{}]}, "mark": "text", "encoding": {"text": {"value": "字"}}})


def label(text: str) -> str:
    """Raw text as a label: one line, printable, short."""
    plain = "".join(char if char.isprintable() else "�" for char in text)
    widths = [2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in plain]
    if sum(widths) <= MOST_LABEL:
        return plain
    room = MOST_LABEL - 1
    kept = sum(total <= room for total in accumulate(widths))
    return plain[:kept] + "…"


def bars(counts: Sequence[tuple[str, float]], title: str, *, shares: bool = False) -> str:
    """Horizontal bars with their values, in the order given; "" where there is nothing to draw."""
    if not counts:
        return ""
    # Two labels may be cut to the same text: the place tells them apart.
    rows = [{"at": f"{number:03d}", "name": label(name), "n": value} for number, (name, value) in enumerate(counts[:MOST_BARS])]
    names = ", ".join(f"'{row['at']}': {_quoted(str(row['name']))}" for row in rows)
    y = {"field": "at", "type": "ordinal", "sort": None, "title": None,
         "axis": {"labelExpr": f"({{{names}}})[datum.value]", "minExtent": LABELS, "maxExtent": LABELS, "ticks": False, "domain": False,
                  "labelLimit": LABELS}}
    x = {"field": "n", "type": "quantitative", "title": title, "axis": {"tickCount": 4, "format": ".0%" if shares else "~s"}}
    return drawn({"width": WIDTH, "height": {"step": 22}, "data": {"values": rows}, "encoding": {"y": y, "x": x}, "layer": [
        {"mark": {"type": "bar", "height": {"band": 0.7}}},
        {"mark": {"type": "text", "align": "left", "dx": 4},
         "encoding": {"text": {"field": "n", "type": "quantitative", "format": ".1%" if shares else ",d"}}}]})


def _quoted(text: str) -> str:
    """A string of Vega's expressions, that no text can break out of."""
    return "'" + "".join(char if char.isalnum() else f"\\u{ord(char):04x}" if ord(char) < 0x10000 else "�" for char in text) + "'"


def columns(counts: Sequence[tuple[str, float, str]], title: str) -> str:
    """Upright columns of (name, value, kind), stacked by kind, in the order given; "" where there is nothing to draw."""
    if not counts:
        return ""
    names = list(dict.fromkeys(name for name, _, _ in counts))
    kinds = list(dict.fromkeys(kind for _, _, kind in counts))
    every = max(1, -(-len(names) // 12))
    x = {"field": "name", "type": "ordinal", "sort": names, "title": None,
         "axis": {"values": names[::every], "labelAngle": -40, "minExtent": 42, "maxExtent": 42}}
    encoding: dict[str, Any] = {"x": x, "y": {"field": "n", "type": "quantitative", "title": title,
                                              "axis": {"tickCount": 4, "format": "~s", "minExtent": 36, "maxExtent": 36}}}
    if len(kinds) > 1:
        encoding["color"] = {"field": "kind", "type": "nominal", "sort": kinds, "scale": {"domain": kinds, "range": [BAR, OTHER]}}
    return drawn({"width": WIDTH + LABELS - 40, "height": 170, "data": {"values": [
        {"name": name, "n": value, "kind": kind} for name, value, kind in counts]}, "mark": {"type": "bar"}, "encoding": encoding})
