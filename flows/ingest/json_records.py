"""JSON and JSON lines: their records, streamed from files of any size."""
from __future__ import annotations

import codecs
import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

import orjson

from flows.ingest import encodings, records
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import MEBIBYTE, Limits, Unreadable, read_all
from flows.ingest.nested_records import DEPTH, is_blocks, longest_turn, opened
from flows.ingest.records import (
    LONG_TEXT,
    SAMPLE_ROWS,
    Choice,
    column_names,
    columns_of,
    document_of,
    is_text_name,
    key_by_name,
    plain_name,
)

NESTED_MOST = 200
"""Levels of JSON; the parser keeps the path to each, which grows with the square of the depth."""
_TOO_DEEP = re.compile(rb'(?:[\[{]\s{0,8}(?:"[^"\\]{0,64}"\s{0,8}:\s{0,8})?){%d}' % NESTED_MOST)


def json_lines(
    path: str,
    stream: BinaryIO,
    head: bytes,
    limits: Limits,
    text_column: str | None,
    card: Mapping[str, str],
    start: int = 0,
    end: int | None = None,
    first: int = 0,
) -> Iterator[Document | Reject]:
    """Documents of a JSON-lines stream that stands at `start`, up to the line that begins at or after `end`.

    head: the beginning of the whole, from which the columns are told. first: the number of the first line. A line that is no JSON object,
    or longer than limits.line_chars, is a reject of its own.
    """
    number, position, codec = first - 1, start, None
    choice = Choice(_first_records(head), text_column)
    while end is None or position < end:
        line = stream.readline(limits.line_chars + 1)
        if not line:
            break
        position += len(line)
        number += 1
        at = f"{path}#{number}"
        if len(line) > limits.line_chars and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(MEBIBYTE)
                position += len(line)
            yield Reject(at, "ingest", "too_large", f"a line of more than {limits.line_chars} bytes")
            continue
        if not line.strip():
            continue
        try:
            value, codec, confidence = _value_of(line, codec)
            record = _record_of(value)
            columns = choice.of(record)
        except Unreadable as problem:
            yield Reject(at, "ingest", problem.reason, problem.detail)
            continue
        yield document_of(at, record, columns, "application/x-ndjson", codec, confidence, card, limits)


def _value_of(data: bytes, codec: str | None) -> tuple[Any, str, float]:
    """The JSON value in `data`, the encoding and how surely it is that one. `codec`: that of the value before. Raises Unreadable."""
    try:
        return orjson.loads(data), "utf-8", 1.0
    except orjson.JSONDecodeError:
        decoded = encodings.decode(data.removeprefix(codecs.BOM_UTF8), codec)
    if decoded is None:
        raise Unreadable("undecodable", "a record in no known encoding")
    try:
        return _loads(decoded.text), decoded.encoding, decoded.confidence
    except (ValueError, RecursionError) as problem:
        raise Unreadable("bad_record", f"no JSON: {problem}"[:300]) from None


def _loads(text: str) -> Any:
    """A JSON value. A whole number of more digits than Python reads stays as it is spelt."""
    return json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 1000 else digits)


def _record_of(value: Any) -> dict[str, Any]:
    """A JSON value as a record, laid open. Raises Unreadable where it is none."""
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        raise Unreadable("bad_record", f"a JSON {type(value).__name__}, not an object")
    return opened(value)


def _first_records(head: bytes) -> list[dict[str, Any]]:
    """The first records of JSON lines, as far as they stand in `head`."""
    found: list[dict[str, Any]] = []
    for line in head.split(b"\n", 2 * SAMPLE_ROWS)[: 2 * SAMPLE_ROWS]:
        with contextlib.suppress(Unreadable):
            found.append(_record_of(_value_of(line, None)[0]))
    return found[:SAMPLE_ROWS]


def is_json_lines(head: bytes) -> bool:
    """Whether a JSON file is one of lines: its first line is a whole value and another begins after it."""
    line, feed, rest = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not feed:
        return False
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return isinstance(value, dict) and rest.lstrip()[:1] in (b"{", b"")


def line_parts(size: int) -> int:
    """Into how many parts a JSON-lines file of `size` bytes is read."""
    return max(1, -(-size // records.PART_BYTES))


def json_lines_part(
    path: str, stream: BinaryIO, head: bytes, size: int, part: int, limits: Limits, text_column: str | None, card: Mapping[str, str]
) -> Iterator[Document | Reject]:
    """The records whose lines begin in the `part`-th of line_parts(size) equal ranges of bytes."""
    count = line_parts(size)
    start, end = size * part // count, size * (part + 1) // count
    first = 0
    if part:
        left = start
        last = b""
        while left:
            piece = stream.read(min(left, 4 * MEBIBYTE))
            if not piece:
                break
            first += piece.count(b"\n")
            left -= len(piece)
            last = piece[-1:]
        if last != b"\n":  # a line that began before belongs to the part before
            while skipped := stream.readline(MEBIBYTE):
                start += len(skipped)
                if skipped.endswith(b"\n"):
                    first += 1
                    break
    yield from json_lines(path, stream, head, limits, text_column, card, start, end, first)




def json_file(
    path: str, stream: BinaryIO, head: bytes, limits: Limits, text_column: str | None, card: Mapping[str, str]
) -> Iterator[Document | Reject]:
    """Documents of a JSON file: an array is streamed; an object is a record, or holds records in one of its values."""
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if begins == b"[" and not head.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)) and _is_utf8(head):
        yield from _each(path, _array(stream, limits), limits, text_column, card)
        return
    data = read_all(stream, limits.document_bytes)
    decoded = encodings.decode(data)
    if decoded is None:
        raise Unreadable("undecodable", "JSON in no known encoding")
    try:
        value = _loads(decoded.text)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("broken_container", f"no JSON: {problem}"[:300]) from None
    if isinstance(value, dict) and not any(plain_name(name) in column_names()["text"] and isinstance(value[name], str) for name in value):
        value = _records_of(value)
    if isinstance(value, dict):
        value = opened(value)
        columns = columns_of(list(value), [value], text_column)
        yield document_of(path, value, columns, "application/json", decoded.encoding, decoded.confidence, card, limits)
    elif isinstance(value, list):
        yield from _each(path, ((each, decoded.encoding, decoded.confidence) for each in value), limits, text_column, card)
    else:
        raise Unreadable("no_text_column", "JSON that is neither an object nor an array")


def _records_of(value: dict[str, Any]) -> dict[str, Any] | list[Any]:
    """The records that a JSON object without a text of its own holds, as answers of a server and exports do: {"data": {"list": […]}}; or
    the object, where it is one record whose text lies deeper. Of several lists, the one whose records hold the most."""
    if any(is_blocks(each) or longest_turn(each) for each in _lists_within(value)):
        return value
    own = opened(value)
    texts = [said for name, said in own.items() if isinstance(said, str) and is_text_name(name)]
    if lists := [each for each in _lists_within(value) if each and isinstance(each[0], (dict, str))]:
        best = max(lists, key=_worth)
        # strings alone are the paragraphs of what has a title of its own, and records where nothing is said of all of them
        titled = isinstance(best[0], dict) or any(isinstance(said, str) and key_by_name().get(plain_name(name)) == "title"
                                                  for name, said in own.items())
        return own if titled and max(map(len, texts), default=0) >= _worth(best)[0] else best
    for each in _records_within(value):
        held = list(each.values())
        if len(held) > 1 and all(isinstance(one, dict) for one in held) and (not texts or min(map(_worth, ([one] for one in held[:2])))[0]
                                                                              >= LONG_TEXT):
            return held
    return own


def _worth(values: list[Any]) -> tuple[int, int]:
    """How long the longest text is in the first of some records, and how many there are."""
    longest = 0
    for each in values[:SAMPLE_ROWS]:
        with contextlib.suppress(Unreadable):
            longest = max([longest, *(len(said) for said in _record_of(each).values() if isinstance(said, str))])
    return longest, len(values)


def _records_within(record: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """A record and those that are fields of it or of records within it, the outer ones first."""
    yield record
    for value in record.values():
        if isinstance(value, dict) and depth < DEPTH:
            yield from _records_within(value, depth + 1)


def _lists_within(record: Mapping[str, Any], depth: int = 0) -> Iterator[list[Any]]:
    """The lists that are fields of a record or of records within it."""
    for value in record.values():
        if isinstance(value, list):
            yield value
        elif isinstance(value, dict) and depth < DEPTH:
            yield from _lists_within(value, depth + 1)


def _is_utf8(head: bytes) -> bool:
    """Whether the beginning of a file is UTF-8, but for a few bytes that are nothing."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head.removeprefix(codecs.BOM_UTF8))
        return True
    except UnicodeDecodeError:
        decoded = encodings.decode(head)
        return decoded is not None and decoded.encoding.startswith("utf-8")


_Value = tuple[Any, str, float]     # with its encoding, and how surely it is that one


def _array(stream: BinaryIO, limits: Limits) -> Iterator[_Value | Unreadable]:
    """The values of a JSON array, and an Unreadable for each that is none. Raises Unreadable where the array is cut off."""
    codec = None
    for data in _elements(stream, limits.line_chars):
        if isinstance(data, Unreadable):
            yield data
            continue
        try:
            value, codec, confidence = _value_of(data, codec)
            yield value, codec, confidence
        except Unreadable as problem:
            yield problem


_STRUCTURE = re.compile(rb'["\[\]{},]')
_OF_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.S)


def _elements(stream: BinaryIO, most: int) -> Iterator[bytes | Unreadable]:
    """The elements of a JSON array as they stand there, told by strings and brackets alone, so that a broken one costs only itself.

    One longer than `most` is an Unreadable. Raises Unreadable where the array has no end, or something follows it.
    """
    depth, in_string, number = 0, False, 0
    held: list[bytes] = []
    size = 0
    left = b""

    def element() -> bytes | Unreadable:
        data = b"".join(held)
        held.clear()
        return Unreadable("too_large", f"a record of more than {most} bytes") if size > most else data

    while chunk := stream.read(MEBIBYTE):
        chunk, left = left + chunk, b""
        at = begun = 0
        while at < len(chunk):
            if in_string:
                at = _OF_STRING.match(chunk, at).end()  # type: ignore[union-attr]
                if at == len(chunk):
                    break
                if chunk[at] == ord("\\"):  # what it escapes is in the next chunk
                    chunk, left = chunk[:at], chunk[at:]
                    break
                in_string = False
                at += 1
                continue
            found = _STRUCTURE.search(chunk, at)
            if found is None:
                break
            at, sign = found.end(), found[0]
            if sign == b'"':
                in_string = depth > 0
            elif sign in b"[{":
                depth += 1
                if depth == 1:
                    begun = at
            elif depth == 1 and sign in b",]":
                held.append(chunk[begun : at - 1])
                size += at - 1 - begun
                begun, number = at, number + 1
                last = element()
                size = 0
                if sign == b"," or isinstance(last, Unreadable) or last.strip():
                    yield last
                if sign != b",":
                    while chunk and not chunk[at:].strip():
                        chunk, at = stream.read(MEBIBYTE), 0
                    if chunk:
                        raise Unreadable("broken_container", "something follows the end of the array")
                    return
            elif sign in b"]}" and depth > 1:
                depth -= 1
        if depth:
            size += len(chunk) - begun
            if size <= most:
                held.append(chunk[begun:])
            else:
                held.clear()  # it is only passed over from here on
    raise Unreadable("broken_container", f"no JSON from element {number} on: the array has no end")


def _each(
    path: str, values: Iterator[_Value | Unreadable], limits: Limits, text_column: str | None, card: Mapping[str, str]
) -> Iterator[Document | Reject]:
    """Documents of the values of an array; the columns are told from the first."""
    first: list[_Value | Unreadable] = []
    problem: Unreadable | None = None
    try:
        for value in values:
            first.append(value)
            if len(first) == SAMPLE_ROWS:
                break
    except Unreadable as cut_off:
        problem = cut_off
    sample = []
    for each in first:
        with contextlib.suppress(Unreadable):
            if not isinstance(each, Unreadable):
                sample.append(_record_of(each[0]))
    choice = Choice(sample, text_column)
    number = -1
    for number, each in enumerate(chain(first, values)):
        at = f"{path}#{number}"
        try:
            if isinstance(each, Unreadable):
                raise each
            record = _record_of(each[0])
            columns = choice.of(record)
        except Unreadable as lost:
            yield Reject(at, "ingest", lost.reason, lost.detail)
            continue
        yield document_of(at, record, columns, "application/json", each[1], each[2], card, limits)
    if problem is not None:
        raise problem
    if number < 0:
        raise Unreadable("empty", "an array without elements")
