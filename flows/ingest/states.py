"""Pages that are an empty shell: what a reader sees is put together by scripts from a state that the page carries as JSON.

Such are the pages of React and Vue sites (__NEXT_DATA__, __NUXT__, window.__INITIAL_STATE__ = {…}) and articles in JSON-LD. Where hardly
any text is visible, the text is the field of that state which a record of a crawler would have it in, and so is what stands beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from flows.ingest import nested_records, pages, records
from flows.ingest.documents import Document, Mark
from flows.ingest.limits import Limits, Unreadable

SHELL_CHARS = 6000  # visible characters from which a page is no shell, however many of them are its furniture's
TIMES = 3           # so many times the visible text is what a script holds instead of it
SCRIPTS = 200       # scripts of a page that are looked at
FAILURES = 20       # values that a script assigns and that are no JSON, before it is given up
VALUES = 50_000     # values within a state that are looked at
_HAN = re.compile(r"[\u3400-\u9fff]")
_SCRIPT = re.compile(r"<script(?=[\s>])([^>]{0,2000})>", re.I)
_SCRIPT_END = re.compile(r"</script", re.I)
_DATA_TYPE = re.compile(r"""type\s*=\s*["']?\s*application/(?:[\w.]+\+)?json""", re.I)
_OTHER_TYPE = re.compile(r"""type\s*=\s*["']?\s*(?!(?:text|application)/(?:x-)?(?:java|ecma)script|module)[\w/]""", re.I)
_ASSIGNED = re.compile(r"""[\w$\]]\s*=\s*(?:(?P<parsed>JSON\.parse\(\s*)(?=")|(?=[{\[]))""")
# what JavaScript writes for a value and JSON does not know
_NO_VALUE = re.compile(r"(?<=[:,\[])\s*(?:undefined|void 0|![01])\s*(?=[,}\]])")
_BLANKS = re.compile(r"\s+")
_DECODER = json.JSONDecoder()


class _Text(NamedTuple):
    """A text in a state: the record that holds it, laid flat, the name of its field, and how many Han characters it has."""

    record: dict[str, Any]
    field: str
    size: int
    is_named: bool


def filled(page: pages.Page, html: str) -> pages.Page:
    """`page`, or where it is a shell, with the text that its scripts hold behind the visible one.

    The visible text is furniture then, unless it says the title of what the script holds. html: the page as it was read.
    """
    if len(page.text) >= SHELL_CHARS or _SCRIPT.search(html) is None:
        return page
    visible = _visible(page)
    if visible >= pages.RUNNING_TEXT:
        return page
    found = _chosen(list(_texts(html)), page.metadata.get("title", ""))
    if found is None or found.size < max(pages.RUNNING_TEXT, TIMES * visible):
        return page
    names = [name for name in found.record if name != found.field]
    columns = records.Columns(found.field, records.metadata_columns(names))
    held = records.document_of("", found.record, columns, "text/html", None, None, {}, Limits())
    if not isinstance(held, Document) or not held.raw_text.strip():
        return page
    shell, marks = page.text.rstrip(), [*page.layout]
    if shell and not _says(shell, held.metadata.get("title", "")):
        marks = [Mark(0, len(shell), "furniture")]
    offset = len(shell) + 1 if shell else 0
    marks += [mark._replace(start=mark.start + offset, end=mark.end + offset) for mark in held.layout]
    text = f"{shell}\n{held.raw_text}" if shell else held.raw_text
    return pages.Page(text, tuple(marks), page.metadata | held.metadata)


def _visible(page: pages.Page) -> int:
    """Han characters of a page outside its furniture."""
    count, at = 0, 0
    for mark in page.layout:
        if mark.kind in ("furniture", "hidden", "deleted") and mark.end > at:
            count += len(_HAN.findall(page.text, at, max(mark.start, at)))
            at = mark.end
    return count + len(_HAN.findall(page.text, at))


def _says(shell: str, title: str) -> bool:
    return bool(title) and _BLANKS.sub("", title) in _BLANKS.sub("", shell)


def _chosen(texts: list[_Text], title: str) -> _Text | None:
    """The text of the page's article among those of a state: that whose own title the page has, else the one that has none of its length
    beside it: of several (a front page's articles, the first of a list) none is the page's."""
    texts = [each for each in texts if each.is_named] or texts
    whole = _BLANKS.sub("", title)
    titled = [each for each in texts if len(own := _BLANKS.sub("", _title(each.record))) >= 4 and own in whole]
    texts = sorted(titled or texts, key=lambda each: -each.size)
    if not texts or (not titled and any(each.size * TIMES > texts[0].size and each.record[each.field] != texts[0].record[texts[0].field]
                                        for each in texts[1:])):
        return None
    return texts[0]


def _title(record: dict[str, Any]) -> str:
    column = records.metadata_columns(list(record)).get("title")
    said = record.get(column) if column else None
    return said if isinstance(said, str) else ""


def _texts(html: str) -> Iterator[_Text]:
    """The texts that stand in the states of a page, one a record at most."""
    left = VALUES
    for state in islice(_states(html), SCRIPTS):
        waiting: list[tuple[Any, dict[str, Any]]] = [(_resolved(state), {})]
        while waiting and left > 0:
            value, around = waiting.pop()
            left -= 1
            if isinstance(value, list):
                waiting += [(each, around) for each in value if isinstance(each, (dict, list))]
            elif isinstance(value, dict):
                record = _flat(value)
                if "title" not in records.metadata_columns(list(record)):
                    record = around | record
                if found := _text_of(value, record):
                    yield found
                waiting += [(each, record) for each in value.values() if isinstance(each, (dict, list))]


def _text_of(value: dict[str, Any], record: dict[str, Any]) -> _Text | None:
    """The text of a record, if it has one of its own (`value`) that is running text."""
    own = {name: record[name] for name in value if isinstance(record.get(name), str) and len(record[name]) >= pages.RUNNING_TEXT}
    if not own:
        return None
    try:
        field = records.columns_of(list(own), [own], None).text
    except Unreadable:
        return None
    size = len(_HAN.findall(own[field]))
    return _Text(record, field, size, records.is_text_name(field)) if size >= pages.RUNNING_TEXT else None


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record that are words and numbers; lists of blocks as the page that they make, what has a name as the name."""
    record: dict[str, Any] = {}
    for name, each in islice(value.items(), nested_records.FIELDS):
        if isinstance(each, dict):
            each = each.get("name")
        elif isinstance(each, list) and each:
            if all(isinstance(one, str) for one in each):
                each = "\n".join(each)
            else:
                each = nested_records.page_of(each) if nested_records.is_blocks(each) else None
        if isinstance(each, (str, int, float)) and not isinstance(each, bool):
            record[name] = each
    return record


def _resolved(state: Any) -> Any:
    """A state as it is; one of Nuxt 3, where records are lists of places in one list of values, with the words in their places."""
    if not (isinstance(state, list) and len(state) < VALUES):
        return state
    return [{name: state[at] if type(at) is int and 0 <= at < len(state) else at for name, at in each.items()}
            if isinstance(each, dict) and each and all(type(at) is int for at in each.values()) else each for each in state]


def _states(html: str) -> Iterator[Any]:
    """The JSON values in the scripts of a page: whole scripts of a data type, and what other scripts assign."""
    at = 0
    for _ in range(SCRIPTS):
        begun = _SCRIPT.search(html, at)
        ended = _SCRIPT_END.search(html, begun.end()) if begun else None
        if begun is None or ended is None:
            return
        at = ended.end()
        attributes, script = begun[1], html[begun.end():ended.start()]
        if len(script) < pages.RUNNING_TEXT:
            continue
        if _DATA_TYPE.search(attributes):
            try:
                yield json.loads(script)
            except (ValueError, RecursionError):
                continue
        elif not _OTHER_TYPE.search(attributes):
            yield from _assigned(script)


def _assigned(script: str) -> Iterator[Any]:
    """The objects and arrays that a script assigns, as far as they are JSON, or are but for values that are none."""
    at = failed = 0
    while failed < FAILURES:
        found = _ASSIGNED.search(script, at)
        if found is None:
            return
        at = found.end()
        value = None
        try:
            value, at = _DECODER.raw_decode(script, at)
            if found["parsed"] and isinstance(value, str):
                value = json.loads(value)
        except (ValueError, RecursionError):
            failed += 1
            if _NO_VALUE.search(script, at):
                script, at = _NO_VALUE.sub("null", script[at:]), 0
                try:
                    value, at = _DECODER.raw_decode(script)
                except (ValueError, RecursionError):
                    continue
        if isinstance(value, (dict, list)):
            yield value
