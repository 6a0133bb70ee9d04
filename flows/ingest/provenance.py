"""Cards that say where raw files come from: `<name>.toml` beside a file, `source.toml` for a folder and all below it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

CARD_KEYS = ("producer", "url", "licence", "accessed", "notes", "title", "date", "source", "author", "site",
             "speaker", "role", "delivered", "place", "occasion")
_OTHER_SPELLINGS = {"license": "licence", "source_name": "source", "source_url": "url", "publisher": "producer"}
FOLDER_CARD = "source.toml"
CARD_BYTES = 1 << 16
# What no person writes, and of which Python's reader takes the square of its length: keys of very many parts, very long numbers.
# Looked for in a way that looks at no sign twice.
_ENDLESS = re.compile(r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}|[0-9_]{1000}""")
HINT = 'Text stands in quotation marks: licence = "CC0"'
# papers that describe a raw folder; at its top they are not inputs
PAPERS = ("readme", "license", "licence", "copying", "citation")


def is_card(path: str) -> bool:
    """Whether a path inside a raw folder is a card or a paper about the folder, and no input."""
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.lower().partition(".")
    return ending.endswith("toml") or (not folder and stem in PAPERS and ending in ("", "md", "txt", "rst", "cff"))


def cards_beside(path: str) -> list[str]:
    """Paths of the cards that may speak of an input, the nearest first."""
    folder, _, name = path.rpartition("/")
    prefix = f"{folder}/" if folder else ""
    stem = name.split(".")[0] if not name.startswith(".") else name
    found = [f"{prefix}{name}.toml", f"{prefix}{name.rsplit('.', 1)[0]}.toml", f"{prefix}{stem}.toml"]
    while folder:
        found.append(f"{folder}/{FOLDER_CARD}")
        folder = folder.rpartition("/")[0]
    found.append(FOLDER_CARD)
    return list(dict.fromkeys(found))


def card_of(path: str, read: Callable[[str], bytes | None], broken: dict[str, str] | None = None) -> dict[str, str]:
    """What the cards say of an input, the nearest card winning; a broken card is no card.

    read: gives a file of the raw folder, or None. broken: takes the path of each broken card, and what is wrong with it.
    """
    said: dict[str, str] = {}
    for card in cards_beside(path):
        if card == path:
            continue
        data = read(card)
        if data is None:
            continue
        table = _table(data)
        if isinstance(table, str):
            if broken is not None:
                broken[card] = f"a provenance card that is not valid TOML, so nothing is taken from it: {table[:200]}. {HINT}"
            continue
        for key, value in table.items():
            name = _OTHER_SPELLINGS.get(key.lower(), key.lower())
            if name in CARD_KEYS and not isinstance(value, (dict, list)) and str(value).strip():
                said.setdefault(name, str(value).strip())
    return said


@lru_cache(maxsize=64)  # a folder's card is met with each of its files
def _table(data: bytes) -> dict[str, Any] | str:
    """What a card says, or what is wrong with it."""
    if len(data) > CARD_BYTES:
        return f"more than {CARD_BYTES} bytes"
    try:
        text = data.decode("utf-8-sig")
        if (found := _ENDLESS.search(text)) is not None:
            return f"a key or number without end (at line {text.count(chr(10), 0, found.start()) + 1})"
        return tomllib.loads(text)
    except UnicodeDecodeError as problem:
        return f"no UTF-8 at byte {problem.start}"
    except (ValueError, RecursionError, MemoryError) as problem:      # a number of thousands of digits is a ValueError of its own
        return f"{problem}"
