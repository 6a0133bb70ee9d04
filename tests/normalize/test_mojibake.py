"""GBK bytes shifted by a byte-unsafe replacement."""
import json
import random
import re
from pathlib import Path

import pytest

from flows.normalize.characters import clean
from flows.normalize.edits import apply
from flows.normalize.language import Model, learn
from flows.normalize.mojibake import MARKS, damaged, repaired

GOLD = Path(__file__).parents[3] / "shared" / "eval" / "gold"
HALF = str.maketrans("，：；（）？！", ",:;()?!")


def test_forward_model():
    assert damaged("確保活動快速高效推進(jìn)", frozenset(";")) == "確;顒涌焖俑咝七M(jìn)"
    assert damaged("我们要坚持;努力", frozenset(";")) == "我们要坚持;努力"


REGISTER = ("要加强环境保护工作，确保各项任务落到实处。要把日常活动与中心工作结合起来，常抓不懈。要健全保障机制，完善保护制度，"
            "推动生态环境保护取得新成效。经常化开展学习教育，正常换届工作有序推进。要依法保护农民合法权益，保护耕地红线。") * 30


def test_repair_by_what_the_corpus_teaches():
    model = Model(learn([REGISTER]))
    for sentence in ("今年以来,各地加强环境保护工作,成效明显。", "要依法保护农民合法权益,维护稳定。"):
        seen = damaged(sentence, frozenset(";"))
        assert seen != sentence
        edits, left = repaired(seen, "Hans", model)
        assert apply(seen, edits) == sentence and not left


def test_what_is_not_sure_stays_and_is_noted():
    seen = damaged("会上,保邶、保鬯到场,", frozenset(";"))
    cleaned = clean(seen)
    assert "mojibake_repaired" not in cleaned.defects


@pytest.mark.parametrize("text", [
    "刮骨疗毒;但是我们知道,违纪违法没有例外", "坚持党的领导;三是投入热情", "赴湄潭、凤冈调研:莆田、濮阳、儋州等地", "他说;勐海县、亳州市、衢州市都去了",  # noqa: E501
])
def test_clean_marks_stay(text):
    assert repaired(text, "Hans") == ([], [])


def sentences(folder: str) -> list[str]:
    texts = [json.loads(path.read_text(encoding="utf-8")).get("text") or "" for path in sorted((GOLD / folder).glob("*.json"))]
    return [line for text in texts for line in re.split(r"(?<=。)|\n", text) if 14 < len(line) < 200]


def corruptions(lines: list[str], count: int) -> list[tuple[str, str]]:
    """(damaged, original) where the replacement of ； hit one place, in lines whose marks are half-width."""
    found = []
    for line in lines:
        line = "我们要坚持下去," + line.translate(HALF)
        try:
            data = [char.encode("gbk") for char in line]
        except UnicodeEncodeError:
            continue
        hits = sum(len(one) == 2 and one[1] == 0xA3 and bytes((0xA3, two[0])) in MARKS and MARKS[bytes((0xA3, two[0]))] == ";"
                   for one, two in zip(data, data[1:]))  # noqa: RUF007
        if hits == 1:
            found.append((damaged(line, frozenset(";")), line))
    random.Random(5).shuffle(found)
    return found[:count]


@pytest.mark.skipif(not GOLD.is_dir(), reason="needs the evaluation set beside the repository")
def test_repairs_of_unseen_prose_are_right():
    taught = Model(learn(json.loads(path.read_text(encoding="utf-8")).get("text") or "" for path in sorted((GOLD / "reports").glob("*.json"))))  # noqa: E501
    samples = corruptions(sentences("scraped"), 24)
    published = right = 0
    for seen, original in samples:
        edits, _ = repaired(seen, "Hans", taught)
        published += bool(edits)
        right += bool(edits) and apply(seen, edits) == original
    assert len(samples) >= 20
    assert right >= 0.9 * published
    assert right >= 0.3 * len(samples)
