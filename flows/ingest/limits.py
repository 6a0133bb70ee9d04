"""How much of anything is read, and how a reader gives an input up."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one bad input from taking the memory or the day of all others.

    file_bytes: largest file opened at all. document_bytes: largest single document, as bytes. member_bytes: most that is unpacked from an
    archive into memory in one piece. total_bytes: most that is unpacked from one source. ratio: most bytes out for a byte in, once more
    than `ratio_grace` bytes came out (a page of blanks packs well, a bomb goes on). depth: containers in containers. members: files in
    an archive, or in a folder of one. line_chars: characters of a record, or of one line of records.
    """

    file_bytes: int = 1 << 40
    document_bytes: int = 32 * MEBIBYTE
    member_bytes: int = 192 * MEBIBYTE
    total_bytes: int = 1 << 36
    ratio: int = 200
    ratio_grace: int = 8 * MEBIBYTE
    depth: int = 3
    members: int = 100_000
    line_chars: int = 16 * MEBIBYTE


class Unreadable(Exception):
    """An input given up. `reason` is one of schemas.rejects.REJECT_REASONS, `detail` says in words what was wrong."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Metered(io.RawIOBase):
    """A stream of unpacked bytes that raises Unreadable("archive_limit") once it gave more than the limits allow.

    packed: gives the bytes taken in so far, for the ratio; None where the packed size is not known.
    """

    def __init__(self, stream: io.BufferedIOBase | io.RawIOBase, limits: Limits, packed: Callable[[], int] | None = None) -> None:
        self._stream = stream
        self._limits = limits
        self._packed = packed
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        piece = self._stream.read(len(buffer))
        size = len(piece or b"")
        buffer[:size] = piece or b""
        self.given += size
        if self.given > self._limits.total_bytes:
            raise Unreadable("archive_limit", f"unpacks to more than {self._limits.total_bytes} bytes")
        if self._packed and self.given > self._limits.ratio_grace and self.given > self._limits.ratio * max(self._packed(), 1):
            raise Unreadable("archive_limit", f"unpacks to more than {self._limits.ratio} times its size")
        return size


def read_all(stream, most: int, reason: str = "too_large") -> bytes:  # type: ignore[no-untyped-def]
    """All bytes of `stream`. Raises Unreadable(reason) where there are more than `most`; never holds more than `most` of them."""
    pieces, size = [], 0
    while piece := stream.read(min(4 * MEBIBYTE, most + 1 - size)):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise Unreadable(reason, f"more than {most} bytes in one piece")
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class RawStream(io.RawIOBase):
    """A stream that only reads, as the standard library's buffers want it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
