"""Raw inputs: which there are, into how many parts each is read, and the documents in each.

Nothing is ever written, and nothing is fetched but the inputs named: a local path, or a URI whose store pyarrow's file systems open.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from flows.ingest import containers, json_records, parquet_records, provenance, records
from flows.ingest.documents import Document, Reject
from flows.ingest.limits import Limits, RawStream, Unreadable

__all__ = ["Limits", "Source", "card_for", "list_sources", "parts", "read"]
WHOLE_BYTES = 8 << 20  # a file up to this size is one part
_JUNK = frozenset(("thumbs.db", "desktop.ini"))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. path: relative to the raw folder, with /, or a URI: what source_path begins with. location: what to open. link: where
    it stands in the raw folder, if that is a link to the location."""

    path: str
    location: str
    byte_count: int
    mtime_ns: int
    link: str = ""


def list_sources(raw: str) -> tuple[list[Source], list[Reject]]:
    """Everything to read under `raw` (a folder, a file or a URI prefix), in order of path, and what there is but cannot be read.

    A file:// URI is the folder or file that it names. Hidden files, provenance cards and a folder's own papers (README, LICENSE) are no
    inputs. Raises FileNotFoundError where there is no such place, OSError where it cannot be listed.
    """
    raw = _place_of(raw)
    if "://" in raw:
        return _list_store(raw)
    if not os.path.lexists(raw):
        raise FileNotFoundError(f"there is no {raw!r} to read: give a folder, a file or a URI that exists")
    root = os.path.realpath(raw)
    found: list[tuple[bytes, str]] = []
    rejects: list[Reject] = []
    if not os.path.isdir(root):
        name = os.path.basename(os.path.abspath(raw))
        found.append((os.fsencode(name), root))
    else:
        found += [(os.fsencode(os.path.relpath(location, root)), location) for location in _files_below(root, rejects)]
    paths = _paths([name for name, _ in found])
    sources: list[Source] = []
    for spelt, location in found:
        path = paths[spelt]
        if os.path.isdir(root) and provenance.is_card(path):
            continue
        source = _local(path, location, root)
        if isinstance(source, Source):
            sources.append(source)
        else:
            rejects.append(source)
    return sorted(sources, key=lambda each: each.path), sorted(rejects, key=lambda each: each.source_path)


def _place_of(raw: str) -> str:
    """The path that a file:// URI names, percent-encoded or as it is; anything else unchanged."""
    scheme, colon, place = raw.partition("://")
    if not colon or scheme.lower() != "file":
        return raw
    place = place.removeprefix("localhost") if place.startswith("localhost/") else place
    return place if os.path.lexists(place) else unquote(place)


def _files_below(root: str, rejects: list[Reject]) -> Iterator[str]:
    """All but the folders below `root`, and links to folders; in no order. rejects: takes those that cannot be listed.

    os.walk calls itself for each folder in a folder, and Python follows no more than some hundreds of calls.
    """
    waiting = [root]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                listed = [(entry, entry.is_dir(follow_symlinks=False)) for entry in entries]
        except OSError as problem:
            rejects.append(_unlisted(root, problem))
            continue
        for entry, is_folder in listed:
            if not entry.name.startswith("."):
                if is_folder:
                    waiting.append(entry.path)
                elif entry.name.lower() not in _JUNK:
                    yield entry.path


def _unlisted(root: str, problem: OSError) -> Reject:
    name = os.fsencode(os.path.relpath(problem.filename or root, root))
    return Reject(_paths([name])[name], "ingest", "unreadable", f"the folder cannot be listed: {problem.strerror}")


def _paths(names: list[bytes]) -> dict[bytes, str]:
    """Names of files as valid UTF-8, each its own: bytes that are no UTF-8 are percent-encoded.

    A `#` is percent-encoded too where what stands before it names another input, so that no two source paths can be the same.
    """
    found: dict[bytes, str] = {}
    every = set(names)
    taken: set[str] = set()
    for name in sorted(names):
        text = name.decode("utf-8", "surrogateescape")
        text = "".join(f"%{ord(character) - 0xDC00:02X}" if "\udc80" <= character <= "\udcff" else character for character in text)
        head = name
        while b"#" in head:
            head = head.rpartition(b"#")[0]
            if head in every:
                text = text.replace("#", "%23")
                break
        while text in taken:
            text += "~"
        taken.add(text)
        found[name] = text
    return found


def _local(path: str, location: str, root: str) -> Source | Reject:
    """The source at a place in a raw folder, or why there is none."""
    link = ""
    try:
        if os.path.islink(location) and location != root:
            target = os.path.realpath(location)
            if os.path.commonpath([os.fsencode(target), os.fsencode(root)]) != os.fsencode(root):
                return Reject(path, "ingest", "link_out_of_folder", "a link that leads out of the raw folder; it is not followed")
            if os.path.isdir(target):
                return Reject(path, "ingest", "not_a_file", "a link to a folder inside, which is read under its own name")
            location, link = target, location
        status = os.stat(location)
        if not stat.S_ISREG(status.st_mode):
            return Reject(path, "ingest", "not_a_file", "a pipe, socket or device")
        if not os.access(location, os.R_OK):
            return Reject(path, "ingest", "unreadable", "no permission to read it")
    except OSError as problem:
        return Reject(path, "ingest", "unreadable", problem.strerror or str(problem))
    return Source(path, location, status.st_size, status.st_mtime_ns, link)


# --- stores behind a URI -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _store(scheme_and_bucket: str, endpoint: str | None) -> tuple[Any, str]:
    """The file system of a URI, and the path in it."""
    if scheme_and_bucket.startswith("s3://") and endpoint:
        parsed = urlsplit(endpoint)
        return fs.S3FileSystem(
            endpoint_override=parsed.netloc or parsed.path,
            scheme=parsed.scheme or "https",
            region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1",
        ), scheme_and_bucket.removeprefix("s3://")
    return fs.FileSystem.from_uri(scheme_and_bucket)


def _opened_store(uri: str) -> tuple[Any, str]:
    scheme, _, rest = uri.partition("://")
    bucket, _, key = rest.partition("/")
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    try:
        store, base = _store(f"{scheme}://{bucket}", endpoint)
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise OSError(f"cannot open {scheme}://{bucket}: {problem}") from problem
    return store, f"{base.rstrip('/')}/{key}" if key else base


def _list_store(raw: str) -> tuple[list[Source], list[Reject]]:
    store, base = _opened_store(raw.rstrip("/"))
    info = store.get_file_info(base)
    if info.type == fs.FileType.NotFound:
        raise FileNotFoundError(f"there is no {raw!r} to read: give a bucket and prefix that exist")
    prefix = raw.rstrip("/")
    if info.type == fs.FileType.File:
        return [Source(prefix, prefix, info.size or 0, info.mtime_ns or 0)], []
    found = {}
    for each in store.get_file_info(fs.FileSelector(base, recursive=True)):
        inside = each.path[len(base) :].lstrip("/")
        if each.type != fs.FileType.File or any(name.startswith(".") for name in inside.split("/")):
            continue
        if provenance.is_card(inside) or inside.rpartition("/")[2].lower() in _JUNK:
            continue
        found[os.fsencode(inside)] = each
    paths = _paths(list(found))
    sources = [Source(f"{prefix}/{paths[name]}", f"{prefix}/{os.fsdecode(name)}", each.size or 0, each.mtime_ns or 0)
               for name, each in found.items()]
    return sorted(sources, key=lambda each: each.path), []


# --- opening -----------------------------------------------------------------------------------------------------------------------


class _Watched(io.RawIOBase):
    """A source's bytes. What the system ran into when it should give them goes to `troubles`: what reads the format may take it for a
    fault of the bytes."""

    def __init__(self, stream: Any, troubles: list[Exception]) -> None:
        self._stream = stream
        self._troubles = troubles

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:  # type: ignore[override]
        try:
            return self._stream.read() if size is None or size < 0 else self._stream.read(size)
        except OSError as problem:
            self._troubles.append(problem)
            raise

    def readinto(self, buffer: Any) -> int:
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        self._stream.close()
        super().close()


def _open(source: Source, troubles: list[Exception]) -> BinaryIO:
    """The source's bytes, from their first, able to seek. Raises Unreadable.

    troubles: takes what the system ran into, now or in reading."""
    if "://" in source.location:
        try:
            store, path = _opened_store(source.location)
            return _Watched(store.open_input_file(path), troubles)  # type: ignore[return-value]
        except (pa.ArrowException, OSError) as problem:
            troubles.append(problem)
            raise Unreadable("unreadable", f"{problem}"[:300]) from None
    try:
        # what was a file when it was listed may be a pipe or a link by now
        handle = os.open(source.location, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as problem:
        troubles.append(problem)
        if problem.errno == errno.ELOOP:
            raise Unreadable("link_out_of_folder", "it became a link while it was to be read") from None
        raise Unreadable("unreadable", problem.strerror or str(problem)) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Unreadable("not_a_file", "a pipe, socket or device")
    return _Watched(io.FileIO(handle), troubles)  # type: ignore[return-value]


def _name(source: Source) -> str:
    return source.location.rstrip("/").rpartition("/")[2]


def _head(stream: BinaryIO) -> bytes:
    head = stream.read(containers.HEAD_BYTES)
    stream.seek(0)
    return head


def parts(source: Source, troubles: list[Exception] | None = None) -> int:
    """Into how many parts `source` is read, each on its own: ranges of rows, of lines or of archive members; 1 for most.

    troubles: takes what the system ran into; where there is any, the number is a guess.
    """
    if source.byte_count <= WHOLE_BYTES:
        return 1
    try:
        with _open(source, [] if troubles is None else troubles) as stream:
            head = _head(stream)
            kind = containers.kind_of(head, _name(source))
            if kind == "parquet":
                return len(parquet_records.parquet_parts(pq.ParquetFile(stream)))
            # to number the lines of a part, those before it are counted: cheap on a disk, a download from a store
            if kind in ("jsonl", "json") and "://" not in source.location and json_records.is_json_lines(head):
                return json_records.line_parts(source.byte_count)
            if kind == "zip":
                return len(containers.zip_parts(containers.open_zip(stream, source.byte_count, Limits())))
    except (Unreadable, pa.ArrowException, OSError):
        return 1
    return 1


def read(
    source: Source,
    part: int = 0,
    *,
    limits: Limits | None = None,
    text_column: str | None = None,
    card: Mapping[str, str] | None = None,
    troubles: list[Exception] | None = None,
) -> Iterator[Document | Reject]:
    """The documents in a part of a source, streamed, and a reject for each thing in it that cannot be read; at least one of either.

    Never raises for what the bytes are. card: what provenance cards say; it fills in what the document does not say of itself.
    troubles: takes what the system ran into, which may be gone the next time: what was read is then no property of the bytes.
    """
    reading = containers.Reading(limits or Limits(), text_column, dict(card or {}))
    troubles = [] if troubles is None else troubles
    before, told = len(troubles), 0
    found = False
    try:
        for item in _read(source, part, reading, troubles):
            found = True
            if isinstance(item, Reject) and len(troubles) > before:
                item, told = _troubled(item, troubles[-1]), len(troubles)
            yield _storable(item)
        if not found and part == 0:
            yield Reject(source.path, "ingest", "empty", "nothing in it")
    except Unreadable as problem:
        told = len(troubles)
        lost = Reject(source.path, "ingest", problem.reason, problem.detail)
        yield lost if told == before or problem.reason == "link_out_of_folder" else _troubled(lost, troubles[-1])
    except Exception as problem:  # one input must never end the run
        if isinstance(problem, MemoryError):
            troubles.append(problem)
        told = len(troubles)
        lost = Reject(source.path, "ingest", "failed", f"{type(problem).__name__}: {problem}"[:300])
        yield lost if told == before else _troubled(lost, troubles[-1])
    if len(troubles) > max(before, told):  # what reads the format passed over it
        yield _troubled(Reject(source.path, "ingest", "unreadable"), troubles[-1])


def _troubled(lost: Reject, problem: Exception) -> Reject:
    """`lost`, by what the system ran into and not by what the format seemed to be."""
    words = getattr(problem, "strerror", None) or f"{type(problem).__name__}: {problem}"
    return replace(lost, reason="unreadable", detail=words[:300])


def _storable(item: Document | Reject) -> Document | Reject:
    """`item`, without halves of surrogate pairs, which JSON can name and no table hold, in what is said of it."""
    said = "".join(item.metadata.values()) + item.source_path if isinstance(item, Document) else f"{item.source_path}{item.detail or ''}"
    try:
        said.encode()
        return item
    except UnicodeEncodeError:
        path = records.whole_characters(item.source_path)
        if isinstance(item, Reject):
            return replace(item, source_path=path, detail=records.whole_characters(item.detail or "") or None)
        return replace(item, source_path=path, metadata={key: records.whole_characters(value) for key, value in item.metadata.items()})


def _read(source: Source, part: int, reading: containers.Reading, troubles: list[Exception]) -> Iterator[Document | Reject]:
    if source.byte_count > reading.limits.file_bytes:
        raise Unreadable("too_large", f"{source.byte_count} bytes; the most is {reading.limits.file_bytes}")
    with _open(source, troubles) as stream:
        head = _head(stream)
        if not head:
            raise Unreadable("empty", "no bytes")
        name = _name(source)
        kind = containers.kind_of(head, name)
        if kind == "parquet":
            yield from parquet_records.parquet_file(
                source.path, stream, reading.limits, reading.text_column, reading.card, part if parts(source, troubles) > 1 else None
            )
        elif kind == "zip":
            count = parts(source, troubles)
            yield from containers.zip_items(source.path, stream, source.byte_count, reading, None, part if count > 1 else None)
        elif (count := parts(source, troubles)) > 1:
            buffered = io.BufferedReader(RawStream(stream), 1 << 20)
            yield from json_records.json_lines_part(
                source.path, buffered, head, source.byte_count, part, reading.limits, reading.text_column, reading.card
            )
        else:
            yield from containers.items(source.path, name, stream, reading)


# --- cards -------------------------------------------------------------------------------------------------------------------------


def card_for(source: Source, broken: list[Reject] | None = None) -> dict[str, str]:
    """What the provenance cards beside a source and in the folders above it, up to the raw folder, say of it; a link's are those beside
    the link. broken: takes a reject for each of them that cannot be understood."""
    wrong: dict[str, str] = {}
    said, start = _said(source, wrong)
    if broken is not None:
        for card, words in wrong.items():
            name = os.fsencode(start + card)
            broken.append(Reject(_paths([name])[name], "ingest", "bad_record", words))
    return said


def _said(source: Source, broken: dict[str, str]) -> tuple[dict[str, str], str]:
    """What the cards say, and what their paths go on from."""
    if "://" in source.location:
        inside = source.location.partition("://")[2].partition("/")[2]
        bucket = source.location[: len(source.location) - len(inside)]

        def stored(path: str) -> bytes | None:
            try:
                store, at = _opened_store(bucket + path)
                if store.get_file_info(at).type != fs.FileType.File:
                    return None
                with store.open_input_stream(at) as stream:
                    return stream.read(provenance.CARD_BYTES + 1)
            except (pa.ArrowException, OSError):
                return None

        return provenance.card_of(inside, stored, broken), bucket
    stands = source.link or source.location
    root = stands
    for _ in range(source.path.count("/") + 1):
        root = os.path.dirname(root)

    def local(path: str) -> bytes | None:
        try:
            location = os.path.join(root, path)
            if not os.path.isfile(location) or os.path.islink(location):
                return None
            with open(location, "rb") as stream:
                return stream.read(provenance.CARD_BYTES + 1)
        except (OSError, ValueError):
            return None

    return provenance.card_of(os.path.relpath(stands, root), local, broken), ""
