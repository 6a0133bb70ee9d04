"""What there is to read: every source with a digest of its content, cut into batches and shards."""
from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import xxhash

from flows.ingest.documents import Reject
from flows.ingest.sources import WHOLE_BYTES, Source, card_for, list_sources, parts
from flows.store import key_of

PACKED = (".parquet", ".gz", ".tgz", ".zip", ".zst", ".7z", ".bz2", ".xz", ".docx", ".xlsx", ".odt")
PACKED_RATIO = 3   # Chinese text under zstd or deflate: 2.5 to 3.5, measured on reports
MOST_SHARD_BITS = 12
ALL_PARTS = -1     # of a source of which could not be told how many it has


@dataclass(frozen=True, slots=True)
class Inventory:
    """Sources in order of path with the digest of each, what could not even be listed and cards that are broken, and the digest of all."""

    sources: tuple[tuple[Source, str], ...]
    rejects: tuple[Reject, ...]

    @property
    def digest(self) -> str:
        """Changes where a source is added, removed, renamed or changed, or its provenance card is."""
        return key_of([[(source.path, content) for source, content in self.sources],
                       [(reject.source_path, reject.reason, reject.detail) for reject in self.rejects]])

    @property
    def byte_count(self) -> int:
        return sum(source.byte_count for source, _ in self.sources)


def take(raw: str, memory: Path) -> Inventory:
    """The inventory of `raw`. `memory` is a file that keeps what was digested, by what the file system says of it, so that a file that has
    not changed is not read again. Raises FileNotFoundError where `raw` is not there."""
    sources, rejects = list_sources(raw)
    known = _remembered(memory)
    found, kept = [], {}
    broken: list[Reject] = []
    for source in sources:
        stamp = _stamp(source)
        before = known.get(source.location)
        content = before[-1] if before and before[:-1] == stamp else _content(source)
        if content is not None:
            kept[source.location] = [*stamp, content]
        else:
            content = f"unreadable: {stamp}"    # for this once: the next run tries again
        found.append((source, key_of([content, card_for(source, broken)])))
    if kept != known:
        memory.parent.mkdir(parents=True, exist_ok=True)
        beside = memory.with_name(f".{memory.name}.part")
        beside.write_text(json.dumps(kept, ensure_ascii=True), encoding="ascii")
        beside.replace(memory)
    cards = {reject.source_path: reject for reject in broken}   # a folder's is met with each of its files
    return Inventory(tuple(found), tuple(sorted([*rejects, *cards.values()], key=lambda each: each.source_path)))


def _remembered(memory: Path) -> dict[str, list[Any]]:
    try:
        found = json.loads(memory.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _stamp(source: Source) -> list[int]:
    """What changes where a source does. The time of a file's last change can be set to what it was (touch, cp -p, rsync), that of its
    node cannot."""
    if "://" in source.location:
        return [source.byte_count, source.mtime_ns]
    try:
        status = os.stat(source.location)
    except OSError:
        return [source.byte_count, source.mtime_ns]
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _content(source: Source) -> str | None:
    """Digest of a local file's bytes, or None where they cannot be read; of a remote object's size and time of change, since reading it
    twice would cost a transfer."""
    if "://" in source.location:
        return f"{source.byte_count}:{source.mtime_ns}"
    try:
        with open(source.location, "rb") as file:
            return hashlib.file_digest(file, xxhash.xxh3_128).hexdigest()
    except OSError:
        return None


def shard_bits(inventory: Inventory, shard_bytes: int) -> int:
    """How many leading bits of a document's id tell its shard, so that a shard holds about `shard_bytes` of text."""
    total = sum(source.byte_count * (PACKED_RATIO if source.path.lower().endswith(PACKED) else 1) for source, _ in inventory.sources)
    return min(MOST_SHARD_BITS, max(0, math.ceil(math.log2(max(total, 1) / shard_bytes)))) if total else 0


def shard_of(document_id: str, bits: int) -> int:
    """The shard that a document belongs to: the first `bits` (0 to 16) bits of its id."""
    return int(document_id[:4], 16) >> (16 - bits)


def batches(inventory: Inventory, bits: int) -> Mapping[str, tuple[list[list[Any]], list[Any]]]:
    """{batch: (parts of sources to read, what they depend on)}: as many batches as shards, a part in the batch that its path hashes to,
    so that one source more changes one batch."""
    found: dict[str, tuple[list[list[Any]], list[Any]]] = {}
    for source, content in inventory.sources:
        troubles: list[Exception] = []
        count = parts(source, troubles) if source.byte_count > WHOLE_BYTES else 1
        for part in range(count) if not troubles else (ALL_PARTS,):
            number = xxhash.xxh3_64_intdigest(f"{source.path}#{part}".encode("utf-8", "surrogateescape")) >> (64 - bits) if bits else 0
            sources, depends = found.setdefault(f"{number:04x}", ([], []))
            sources.append([*astuple(source), part])
            depends.append([source.path, content, part, count])
    return dict(sorted(found.items()))
