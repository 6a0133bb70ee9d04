"""A folder of inputs that are meant to break a reader, made by code: what each holds, and what must become of it.

`build` writes them and returns what to expect: for each file, every outcome allowed (`document`, or a reason for a reject) for what is
in it, and those that must be among them.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SPEECH = (
    "同志们：\n今天我们在这里开会，主要任务是总结去年工作，安排今年任务。下面，我讲三点意见。\n"
    "一、统一思想，提高认识\n大家要把思想统一到会议精神上来，把力量凝聚到各项任务上来。\n"
    "二、突出重点，狠抓落实\n要一件一件抓，一项一项推，不达目的不罢休。\n"
    "三、加强领导，改进作风\n领导干部要带头深入基层，带头解决问题。\n我就讲这些，谢谢大家！\n"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """Outcomes of what one input holds: all must be in `allowed`, and all of `needed` must occur."""

    allowed: frozenset[str]
    needed: frozenset[str]


def only(*outcomes: str) -> Expected:
    """Exactly these outcomes, each at least once."""
    return Expected(frozenset(outcomes), frozenset(outcomes))


def any_of(*outcomes: str) -> Expected:
    return Expected(frozenset(outcomes), frozenset())


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def zeros_gz(mebibytes: int) -> bytes:
    held = io.BytesIO()
    with gzip.GzipFile(fileobj=held, mode="wb", compresslevel=9, mtime=0) as stream:
        for _ in range(mebibytes):
            stream.write(b" " * (1 << 20))
    return held.getvalue()


def tarred(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


def tar_entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def docx(document: str, **others: bytes) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": document.encode(),
            **{name.replace("__", "/"): data for name, data in others.items()},
        }
    )


def word_body(*paragraphs: str) -> str:
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    return f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'


def encrypted_zip(name: str, data: bytes) -> bytes:
    """A ZIP whose one member says that it needs a password."""
    made = bytearray(zipped({name: data}, zipfile.ZIP_STORED))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(signature)
        flags = struct.unpack_from("<H", made, place + at)[0]
        struct.pack_into("<H", made, place + at, flags | 1)
    return bytes(made)


def lying_zip() -> bytes:
    """A ZIP whose directory says that 40 MB of blanks are 100 bytes."""
    made = bytearray(zipped({"a.txt": b" " * (40 << 20)}))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", made, made.find(signature) + at, 100)
    return bytes(made)


def nested_zip(depth: int) -> bytes:
    data, name = SPEECH.encode(), "speech.txt"
    for level in range(depth):
        data, name = zipped({name: data}), f"level{level}.zip"
    return data


def bomb_of_bombs() -> bytes:
    bomb = zipped({"blank.txt": b" " * (24 << 20)})
    return zipped({f"{n}.zip": bomb for n in range(16)})


def ole_with(*streams: str) -> bytes:
    """The first sector of an OLE file and nothing after it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "".join(streams).encode("utf-16-le")


def pdf_with_password() -> bytes:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/O(" + b"x" * 32 + b")/U(" + b"y" * 32 + b")/P -44>>endobj\n"
    )
    at = len(body)
    return body + (
        b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000101 00000 n \n"
        b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\nstartxref\n" + str(at).encode() + b"\n%%EOF\n"
    )


def parquet(**columns: list) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table(columns), held)
    return held.getvalue()


def _corrupted(data: bytes, places: int, seed: int = 7) -> bytes:
    made = bytearray(data)
    chance = random.Random(seed)
    for _ in range(places):
        made[chance.randrange(len(made))] = chance.randrange(128, 256)
    return bytes(made)


def files() -> dict[str, tuple[Callable[[], bytes], Expected]]:
    """{name: (its bytes, what must become of it)} of the files that are only bytes."""
    speech = SPEECH.encode()
    long = (SPEECH * 40).encode()
    noise = random.Random(3).randbytes
    record = json.dumps({"title": "讲话", "content": SPEECH}, ensure_ascii=False).encode()
    csv_head = b"id,title,content\n"

    def csv_row(n: int) -> bytes:
        return f'{n},题目{n},"{SPEECH}"\n'.encode()

    entities = (
        '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
    )
    return {
        "good.txt": (lambda: speech, only("document")),
        "good.gb.txt": (lambda: SPEECH.encode("gb18030"), only("document")),
        "empty.txt": (lambda: b"", only("empty")),
        "blank.txt": (lambda: b"  \r\n\r\n", only("document")),
        "bom_only.txt": (lambda: b"\xef\xbb\xbf", any_of("document", "empty")),
        "ten_million_blank_lines.txt": (lambda: b"\n" * 10_000_000, only("document")),
        "one_line_of_300_MB.txt": (lambda: "讲".encode() * 100_000_000, only("too_large")),
        "one_line_of_300_MB.jsonl": (
            lambda: record + b'\n{"content": "' + b"a" * 300_000_000 + b'"}\n' + record + b"\n",
            only("document", "too_large"),
        ),
        "nuls_within.txt": (lambda: speech.replace(b"\n", b"\n\0", 3), only("document")),
        "all_nuls.txt": (lambda: b"\0" * 100_000, only("binary")),
        "noise.bin": (lambda: noise(200_000), any_of("binary", "undecodable")),
        "noise.txt": (lambda: noise(200_000), any_of("binary", "undecodable")),
        "picture.jpg": (lambda: b"\xff\xd8\xff\xe0" + noise(3000), any_of("binary", "unsupported")),
        "lone_surrogates.txt": (lambda: speech + b"\xed\xa0\x80" + speech, only("document")),
        "lone_surrogates.jsonl": (lambda: b'{"content": "\\ud800' + b"\\u540c" * 30 + b'"}\n', only("document")),
        "bidi_controls.txt": (lambda: ("\u202e" + SPEECH + "\u2066").encode(), only("document")),
        "few_bad_bytes.txt": (lambda: _corrupted(long, 5), only("document")),
        "many_bad_bytes.txt": (lambda: _corrupted(long, 3000), only("undecodable")),
        "bomb.gz": (lambda: zeros_gz(120), only("archive_limit")),
        "bomb.txt.gz": (lambda: zeros_gz(40), any_of("archive_limit", "too_large")),
        "truncated.txt.gz": (lambda: gzip.compress(noise(3000) + speech)[:-200], only("broken_container")),
        "truncated.jsonl.gz": (
            lambda: gzip.compress((record + b"\n") * 2000 + noise(9000))[:-3000],
            Expected(frozenset(("document", "broken_container", "bad_record", "undecodable")), frozenset(("document", "broken_container"))),
        ),
        "bomb.zip": (lambda: zipped({"big.txt": b" " * (60 << 20), "good.txt": speech}), only("archive_limit", "document")),
        "lying.zip": (lying_zip, any_of("broken_container", "archive_limit", "document")),
        "bombs.zip": (bomb_of_bombs, only("archive_limit")),
        "nested_once.zip": (lambda: nested_zip(2), only("document")),
        "nested_deep.zip": (lambda: nested_zip(12), only("archive_limit")),
        "truncated.zip": (lambda: zipped({"a.txt": speech, "b.txt": speech})[:-60], only("broken_container")),
        "damaged.zip": (
            lambda: (lambda made: made[:40] + b"\xff\xff\xff\xff" + made[44:])(zipped({"a.txt": speech})),
            only("broken_container"),
        ),
        "empty.zip": (lambda: zipped({}), only("empty")),
        "password.zip": (lambda: encrypted_zip("secret.txt", speech), only("encrypted")),
        "paths.zip": (
            lambda: zipped({"../../escape.txt": speech, "/etc/escape.txt": speech, "C:\\escape.txt": speech, "good.txt": speech}),
            only("archive_path", "document"),
        ),
        "twice.zip": (lambda: _twice(speech), only("document")),
        "gbk_names.zip": (lambda: _gbk_named(speech), only("document")),
        "no_zip.zip": (lambda: noise(5000), only("broken_container")),
        "links.tar": (
            lambda: tarred(
                (tar_entry("good.txt"), speech),
                (tar_entry("out", tarfile.SYMTYPE, "/etc/passwd"), b""),
                (tar_entry("hard", tarfile.LNKTYPE, "good.txt"), b""),
                (tar_entry("pipe", tarfile.FIFOTYPE), b""),
                (tar_entry("null", tarfile.CHRTYPE), b""),
                (tar_entry("../up.txt"), speech),
            ),
            only("document", "link_out_of_folder", "not_a_file", "archive_path"),
        ),
        "truncated.tar": (lambda: tarred((tar_entry("a.txt"), long * 4))[:30_000], only("broken_container")),
        "damaged.7z": (lambda: b"7z\xbc\xaf\x27\x1c" + noise(500), only("broken_container")),
        "archive.rar": (lambda: b"Rar!\x1a\x07\x01\0" + noise(500), only("unsupported")),
        "damaged.txt.zst": (lambda: b"\x28\xb5\x2f\xfd" + noise(500), only("broken_container")),
        "damaged.docx": (lambda: docx(word_body(SPEECH))[:400], only("broken_container")),
        "no_xml.docx": (lambda: docx("<w:document"), only("broken_container")),
        "no_document.docx": (lambda: zipped({"[Content_Types].xml": b"<Types/>"}), only("broken_container")),
        "entities.docx": (lambda: docx(entities + word_body("&j;")), only("broken_container")),
        "bomb.docx": (lambda: docx(word_body(" " * (64 << 20))), any_of("archive_limit", "too_large")),
        "password.docx": (lambda: ole_with("EncryptedPackage"), any_of("encrypted", "broken_container")),
        "good.docx": (lambda: docx(word_body(*SPEECH.split("\n"))), only("document")),
        "damaged.doc": (lambda: ole_with("WordDocument") + noise(3000), any_of("broken_container", "unsupported")),
        "damaged.pdf": (lambda: b"%PDF-1.7\n" + noise(3000), only("broken_container")),
        "password.pdf": (pdf_with_password, any_of("encrypted", "broken_container")),
        "damaged.rtf": (lambda: b"{\\rtf1" + b"{" * 5000 + noise(500), any_of("document", "broken_container", "empty")),
        "entities.html": (
            lambda: (
                "<html>" + entities + "<body>" + "".join(f"<p>{line}</p>" for line in SPEECH.split("\n")) + "&j;</body></html>"
            ).encode(),
            only("document"),
        ),
        "deep.html": (lambda: b"<html><body>" + b"<div>" * 200_000 + speech, only("document")),
        "wide.html": (lambda: b"<html><body>" + b"<b><i><p>" * 50_000 + speech, only("document")),
        "no_text.html": (lambda: b"<html><head><script>var a = 1</script></head><body><img src=x></body></html>", only("empty")),
        "open_quote.csv": (
            lambda: csv_head + csv_row(1) + b'2,"never closed,text\n' + csv_row(3) + csv_row(4),
            Expected(frozenset(("document", "bad_record")), frozenset(("document", "bad_record"))),
        ),
        "only_header.csv": (lambda: csv_head, only("empty")),
        "wide_rows.csv": (lambda: csv_head + b"1,2,3,4,5,6\n" + csv_row(2) + b"3\n", any_of("document", "empty")),
        "numbers.csv": (lambda: b"a,b\n1,2\n3,4\n", only("no_text_column")),
        "no_text_column.parquet": (lambda: parquet(a=[1, 2], b=[0.5, 1.5]), only("no_text_column")),
        "null_texts.parquet": (lambda: parquet(id=[1, 2], text=[None, SPEECH]), only("document", "empty")),
        "empty.parquet": (lambda: parquet(text=pa.array([], pa.string())), only("empty")),  # type: ignore[arg-type]
        "truncated.parquet": (lambda: parquet(text=[SPEECH] * 50)[:-30], only("broken_container")),
        "damaged.parquet": (lambda: b"PAR1" + noise(4000) + b"PAR1", only("broken_container")),
        "bad_lines.jsonl": (lambda: record + b"\n{broken\n[1, 2]\n\n" + record + b"\n", only("document", "bad_record")),
        "deep.jsonl": (lambda: record + b"\n" + b"[" * 200_000 + b"\n", only("document", "bad_record")),
        "deep.json": (lambda: b'{"a":' * 100_000, only("broken_container")),
        "truncated.json": (lambda: b"[" + record + b"," + record[:40], only("document", "broken_container")),
        "empty_array.json": (lambda: b"[]", only("empty")),
        "damaged.warc.gz": (
            lambda: gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>"),
            any_of("broken_container", "empty", "document"),
        ),
        "long" + "名" * 80 + ".txt": (lambda: speech, only("document")),
    }


def _twice(speech: bytes) -> bytes:
    import warnings

    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", speech)
        archive.writestr("a.txt", speech + b"\n")
    return held.getvalue()


def _gbk_named(speech: bytes) -> bytes:
    """A ZIP as Chinese Windows makes it: a member's name in GBK, unflagged."""
    name = "讲话稿.txt".encode("gbk")
    packed = zlib.compress(speech)[2:-4]
    sums = struct.pack("<III", zlib.crc32(speech), len(packed), len(speech))
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sums + struct.pack("<HH", len(name), 0) + name + packed
    central = (
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sums + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    )
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def build(folder: Path, outside: Path) -> dict[str, Expected]:
    """Write the hostile inputs into `folder`, with links to the file `outside`. Returns {path: what must become of it}."""
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, (make, outcome) in files().items():
        (folder / name).write_bytes(make())
        expected[name] = outcome
    bad = os.fsencode(folder) + b"/\xd6\xd0\xce\xc4.txt"
    with open(bad, "wb") as stream:
        stream.write(SPEECH.encode())
    expected["%D6%D0%CE%C4.txt"] = only("document")
    full = "名" * 83 + "12.txt"  # 255 bytes
    (folder / full).write_text(SPEECH, encoding="utf-8")
    expected[full] = only("document")
    (folder / "line\nfeed.txt").write_text(SPEECH, encoding="utf-8")
    expected["line\nfeed.txt"] = only("document")
    os.mkfifo(folder / "pipe.txt")
    expected["pipe.txt"] = only("not_a_file")
    listening = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(folder)  # a socket's path is short
    try:
        listening.bind("socket")
    finally:
        os.chdir(here)
        listening.close()
    expected["socket"] = only("not_a_file")
    (folder / "link_out.txt").symlink_to(outside)
    expected["link_out.txt"] = only("link_out_of_folder")
    (folder / "link_nowhere.txt").symlink_to(folder / "is not there")
    expected["link_nowhere.txt"] = only("unreadable")
    (folder / "link_to_itself.txt").symlink_to("link_to_itself.txt")
    expected["link_to_itself.txt"] = any_of("unreadable", "link_out_of_folder")
    (folder / "link_up").symlink_to(folder.parent)
    expected["link_up"] = only("link_out_of_folder")
    (folder / "link_round").symlink_to(folder)
    expected["link_round"] = only("not_a_file")
    (folder / "device").symlink_to("/dev/zero")
    expected["device"] = only("link_out_of_folder")
    return expected
