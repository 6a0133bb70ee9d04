"""Records within records: answers of servers, talks, and lists of blocks (paragraphs, headings, captions) that make a page."""
from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flows.ingest.records import SAMPLE_ROWS, column_names, key_by_name, lexicon, plain_name

DEPTH = 4  # records within records that are looked into
FIELDS = 200  # fields of a record that are looked at, those within others among them
_RANKED_KIND = re.compile(r"([^\W\d_]+)[-_ ]?([1-6]|one|two|three|four|five|six)")    # h2, heading_2, header-two
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")


@lru_cache(maxsize=1)
def _blocks() -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in lexicon()["blocks"].items()}


def opened(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose text lies deeper (in a record within, in a list of blocks), laid open: its own fields and those within, by name.

    A list of blocks becomes the page that it would make, so that headings and captions keep their marks, and a talk with a program the
    longest turn in it. Of a record that has a text by name, only what is said of it is laid open (the name and the office in `speaker`).
    """
    texts = column_names()["text"]
    if not any(isinstance(value, (dict, list)) for value in record.values()):
        return record
    if any(isinstance(value, str) and value.strip() and plain_name(name) in texts for name, value in record.items()):
        return _named_within(record)
    fields: dict[str, Any] = {}
    _lay_open(record, "", fields, 0)
    return _named_within(record) | fields


def _named_within(record: dict[str, Any]) -> dict[str, Any]:
    """A record with what its fields say of it that are records themselves, or lists of them: the name of who or what each is, in its place,
    and whatever else it says behind the name of the field (speaker.position)."""
    found = record
    for name, value in list(record.items())[:FIELDS]:
        if not isinstance(value, (dict, list)) or key_by_name().get(plain_name(name)) is None:
            continue
        held = value if isinstance(value, list) else [value]
        if not held or len(held) > SAMPLE_ROWS or not all(isinstance(each, dict) for each in held):
            continue
        found = dict(found)
        called = [next((each[inner] for inner in _blocks()["called"] if isinstance(each.get(inner), str) and each[inner].strip()), None)
                  for each in held]
        if all(called):
            found[name] = "、".join(filter(None, called))
        else:
            del found[name]
        for inner, said in held[0].items():
            if len(held) == 1 and isinstance(said, str):
                found.setdefault(f"{name}.{inner}", said)
    return found


def _lay_open(record: Mapping[str, Any], within: str, fields: dict[str, Any], depth: int) -> None:
    texts, beside = column_names()["text"], _blocks()["beside"]
    inner: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in record.items():
        plain = plain_name(name)
        if plain in beside or len(fields) >= FIELDS:
            continue
        if isinstance(value, dict):
            inner.append((name, value))
        elif isinstance(value, list):
            if plain in texts and value and all(isinstance(each, str) for each in value):
                fields.setdefault(name, "\n".join(value))
            elif said := longest_turn(value):
                fields.setdefault("text", said)
            elif is_blocks(value) or (plain in texts and _are_texts(value)):
                fields.setdefault(name, page_of(value))
        elif isinstance(value, str):
            fields.setdefault(name, value)
            if within:
                fields.setdefault(f"{within}.{name}", value)
    if depth < DEPTH:
        for name, value in inner:  # what lies less deep comes first
            _lay_open(value, name, fields, depth + 1)


def is_blocks(value: list[Any]) -> bool:
    """Whether a list is a text in blocks: each says of which kind it is, and one at least is text.

    What has a title or a date of its own is a record.
    """
    blocks = [each for each in value if isinstance(each, dict)]
    names = {plain_name(name) for block in blocks[:SAMPLE_ROWS] for name in block}
    strings = sum(isinstance(each, str) for each in value)
    if not blocks or len(blocks) + strings < len(value) or any(key_by_name().get(name) in ("title", "date", "delivered") for name in names):
        return False
    kinds = [_kind(block) for block in blocks]
    return None not in kinds and any(
        kind is not None and (kind in _blocks()["text_kinds"] or _level(block, kind)) and _held(block) is not None
        for kind, block in zip(kinds, blocks)
    )


def longest_turn(value: list[Any]) -> str | None:
    """The longest that somebody says in a talk of a person and a program, each turn of it with who speaks; None for what is none."""
    words = _blocks()
    said: list[str] = []
    for turn in value:
        who = next((turn[name] for name in words["turns"] if isinstance(turn.get(name), str)), None) if isinstance(turn, dict) else None
        if who is None or who.lower() not in words["talkers"]:
            return None
        held = _held(turn)
        if isinstance(held, list) and is_blocks(held):
            held = page_of(held)
        said += [held] if isinstance(held, str) else []
    return max(said, key=len, default=None)


def _are_texts(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(each, str) or (isinstance(each, dict) and _held(each) is not None) for each in value)


def _kind(block: Mapping[str, Any]) -> str | None:
    """What a block says of its kind, in lower case."""
    for name in _blocks()["kinds"]:
        if isinstance(kind := block.get(name), str) and 0 < len(kind) <= 20:
            return kind.lower()
    return None


def _level(block: Mapping[str, Any], kind: str) -> int | None:
    """The level of a heading within a page, 2–6: as its kind ends (heading_2, header-two), or as a field says beside its words (level: 2);
    3 where none does. None for what is no heading."""
    ranked = _RANKED_KIND.fullmatch(kind)
    if (ranked[1] if ranked else kind) not in _blocks()["headings"]:
        return None
    if ranked:
        return max(_blocks()["ranks"].index(ranked[2]) % 6 + 1, 2)
    said = [held["level"] for held in (block, *block.values()) if isinstance(held, dict) and isinstance(held.get("level"), int)]
    return min(max(said[0], 2), 6) if said else 3


def _held(block: Mapping[str, Any]) -> Any:
    """What a block holds: its text, or the runs and blocks within it."""
    kind = _kind(block)
    for name in _blocks()["texts"]:
        held = block.get(name)
        if isinstance(held, (str, list, dict)) and held and held != kind:
            return held
    return None


def page_of(blocks: list[Any], depth: int = 0) -> str:
    """Blocks as a page: a paragraph each, captions as such. Adverts and cards are left out, as are the other fields of a record."""
    words, pieces = _blocks(), []
    for block in blocks:
        kind = _kind(block) if isinstance(block, dict) else None
        held = _held(block) if isinstance(block, dict) else block
        if kind in words["pictures"]:
            caption = next((block[name] for name in words["captions"] if isinstance(block.get(name), str)), "")
            pieces.append(f"<figcaption>{_as_markup(caption)}</figcaption>" if caption else "")
        elif kind in words["adverts"] + words["furniture"]:
            continue
        elif isinstance(held, list) and depth < DEPTH and any(isinstance(each, dict) and isinstance(_held(each), list) for each in held):
            pieces.append(page_of(held, depth + 1))
        else:
            level = _level(block, kind) if isinstance(block, dict) and kind else None
            tag = f"h{level}" if level else "p"
            pieces.append(f"<{tag}>{_runs(held, depth)}</{tag}>")
    return "".join(pieces)


def _runs(held: Any, depth: int) -> str:
    """The text of the runs that make up one block."""
    if isinstance(held, str):
        return _as_markup(held)
    if depth > 2 * DEPTH:
        return ""
    if isinstance(held, list):
        return "".join(_runs(each, depth + 1) for each in held)
    if isinstance(held, dict):
        return "" if _kind(held) in _blocks()["pictures"] + _blocks()["adverts"] else _runs(_held(held), depth + 1)
    return ""


def _as_markup(text: str) -> str:
    return text if _TAG.search(text) else text.replace("<", "&lt;").replace("\n", "<br>")
