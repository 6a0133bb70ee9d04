"""Files damaged at random, by what real damage is made of: none is a failure, each ends as documents or as rejects with a reason."""
from __future__ import annotations

import random
from pathlib import Path

import pytest

from flows.ingest.documents import Document
from flows.ingest.sources import list_sources, read
from flows.normalize.speech import normalize
from flows.segment.outline import outline
from flows.segment.phrases import phrases

LARGEST = 200_000
PIECES = [piece.encode() for piece in (
    "<br>", "&lt;br /&gt;", "&amp;nbsp;", "</p>", "<p>", "<div>", "|", "\n", ";", "^", "(jiā)", "\x00", "　　", "……查看全文>>",
    "壹、", "㈠", "①", "小编为您整理，欢迎阅读！", "（下转第二版）", "（上接第一版）", "第 1 页 共 2 页",
    "---\nspeaker: 某\n---\n", "【职　务】", "\u3402", "\ue4c6", "“", "《",
)] + [b"\xff", b"\xa3\xbb", b"\x81\x30"]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` with pieces put in, taken out, exchanged and repeated."""
    held = bytearray(data)
    for _ in range(chance.randrange(1, 40)):
        place, kind = chance.randrange(len(held) or 1), chance.random()
        if kind < 0.5:
            held[place:place] = chance.choice(PIECES)
        elif kind < 0.7:
            del held[place:place + chance.randrange(1, 30)]
        elif kind < 0.85:
            held[place:place + 1] = bytes([chance.randrange(256)])
        else:
            other = chance.randrange(len(held) or 1)
            held[place:place] = held[other:other + chance.randrange(1, 400)]
    return bytes(held)


def check(shared: Path, folder: Path, seed: int, count: int) -> int:
    """Damage so many files and read them; how many speeches there were."""
    chance = random.Random(seed)
    sets = [shared / "corpora" / name for name in ("seeds", "forged", "meetings")]
    paths = [path for each in sets for path in sorted(each.rglob("*")) if path.is_file() and path.stat().st_size <= LARGEST]
    for number in range(count):
        path = chance.choice(paths)
        (folder / f"{number:05d}_{path.name}").write_bytes(damaged(path.read_bytes(), chance))
    speeches = 0
    for source in list_sources(str(folder))[0]:
        for item in read(source):
            if not isinstance(item, Document):
                assert item.reason != "failed", (item.source_path, item.detail)
            elif (speech := normalize(item)) is not None:
                speeches += 1
                assert outline(speech.text, speech.headings).sections[-1].subtree_end == len(speech.text), item.source_path
                assert all(0 <= each.start < each.end <= len(speech.text) for each in phrases(speech.text)), item.source_path
    return speeches


def test_no_damaged_file_is_a_failure(shared, tmp_path):
    assert check(shared, tmp_path, 1, 150) > 50


@pytest.mark.soak
def test_thousands_of_damaged_files(shared, tmp_path):
    assert check(shared, tmp_path, 2, 3000) > 1000
