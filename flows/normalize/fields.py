"""Fields: a record that a crawler wrote down as lines of a key and a value (pubtime: …), one of which is the text (content: …)."""
from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import takewhile

from flows.normalize.lines import Line

LEAST = 3               # such lines above the text that make a record
_HEAD_LINES = 40
_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]{1,23})[ \t]*[:：](?!//)[ \t]*")
_NOISE = re.compile("[_-]")
_READ = ("date", "url", "site", "source", "delivered", "speaker", "role", "place", "occasion", "category")


@cache
def _keys() -> tuple[frozenset[str], dict[str, str]]:
    """What fields are called that hold the text; and those that say something of it, by what that is."""
    data = tomllib.loads((files("schemas") / "lexicons" / "record_columns.toml").read_text(encoding="utf-8"))
    return frozenset(data["text"]), {name: key for key in _READ for name in data[key] if name.isascii()}


def read(line: str) -> tuple[str, str] | None:
    """What a line of the head that is a field says, as (key of documents.metadata, value); None where it says nothing."""
    match = _FIELD.match(line)
    key = _keys()[1].get(_plain(match[1])) if match else None
    value = line[match.end():].strip().strip("'\"“”") if match else ""
    return (key, value) if key and value else None


def mark(lines: Sequence[Line], text: str) -> None:
    """Take the key away with which the text of a record begins, and mark the fields above it and those below all of it. A record
    begins the document, and has LEAST other fields right above its text."""
    above: list[Line] = []
    for line in lines[:_HEAD_LINES]:
        match = _FIELD.match(line.view)
        if match and len(above) >= LEAST and not line.drops and _plain(match[1]) in _keys()[0]:
            break
        if match:
            above.append(line)
        elif above or line is not lines[0]:
            return          # a record begins the document; what speakers say can look like fields
    else:
        return
    for field in above:
        field.reason = field.reason or "metadata"
    if match.end() == len(line.view):
        line.reason = line.reason or "metadata"
    else:
        line.drop(text, [(line.start, line.start + match.end(), "metadata")])
    for field in takewhile(lambda each: each is not line and _FIELD.match(each.view), reversed(lines)):
        field.reason = field.reason or "metadata"


def _plain(name: str) -> str:
    return _NOISE.sub("", name).lower()
