"""Related in parts, task by task, is related as in one: the same bytes of every frame."""
from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.relate import shard as tasks
from flows.relate.parts import blocks_of, cuts, ranges_of
from flows.tables import read_frame, write_frame
from tests.relate.invented import speech

SHARDS = ("0000", "0001", "0002", "0003")
SECOND = "一要抓好“三清”，清河道、清台账、清隐患；"


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Speeches of four shards, reprints and shared passages among them, with their fingerprints."""
    folder = tmp_path_factory.mktemp("shards")
    found = {}
    for number, shard in enumerate(SHARDS):
        texts = []
        for row in range(5):
            reprint = row == 4
            own = speech(f"{0 if reprint else number} {0 if reprint else row}", 30)
            texts.append(f"{own}\n{SECOND}{speech(f'shared {row % 3}', 3)}")
        ids = [f"{number}{row}" for row in range(5)]
        speeches = pl.DataFrame({"speech_id": ids, "text": texts, "source_name": ["甲站"] * 5, "source_path": ids}).with_columns(
            source_url=pl.lit(None, pl.String), delivered_precision=pl.lit(None, pl.String), speaker_name=pl.lit(None, pl.String),
            char_count=pl.col("text").str.len_chars().cast(pl.Int32), delivered_date=pl.lit(None, pl.Date),
            published_date=pl.lit(None, pl.Date), defects=pl.lit([], pl.List(pl.String)))
        (folder / shard).mkdir()
        write_frame(speeches, folder / shard / "speeches.arrow")
        found[shard] = {"speeches": str(folder / shard / "speeches.arrow"), "prints": str(folder / shard / "prints.arrow")}
        tasks.prints_of_shard(found[shard], {}, folder / shard)
    (folder / "groups").mkdir()
    tasks.groups_of_all({"shards": found}, {}, folder / "groups")
    for shard in SHARDS:
        found[shard]["groups"] = str(folder / "groups" / f"{shard}.arrow")
    return found


def work(folder: Path, function: str, **inputs: Any) -> Path:
    folder.mkdir()
    getattr(tasks, function)(inputs, {}, folder)
    return folder


def test_groups(shards: dict[str, dict[str, str]], tmp_path: Path) -> None:
    pairs = [work(tmp_path / f"pairs{number}", "pairs_of_partition", shards=shards, partition=number, partitions=3) for number in range(3)]
    lots = work(tmp_path / "lots", "candidates_of_all", shards=shards, pairs=[str(path / "pairs.arrow") for path in pairs])
    held = read_frame(lots / "lots.arrow")
    grouped = [work(tmp_path / f"grouped{lot}", "groups_of_lot", shards=shards, lots=str(lots / "lots.arrow"), lot=lot)
               for lot in held["lot"].unique().sort()]
    groups = work(tmp_path / "groups", "groups_of_lots", shards=shards, grouped=[str(path / "grouped.arrow") for path in grouped])
    for shard in SHARDS:
        assert (groups / f"{shard}.arrow").read_bytes() == Path(shards[shard]["groups"]).read_bytes()
    rows = pl.concat([read_frame(groups / f"{shard}.arrow") for shard in SHARDS])
    assert rows["duplicate_group"].drop_nulls().unique().to_list() == ["00"]


@pytest.mark.parametrize("ranges", [[[0], [1, 2], [3]], [[0, 1, 2, 3]], [[0], [1], [2], [3]]])
def test_passages(shards: dict[str, dict[str, str]], ranges: list[list[int]], tmp_path: Path) -> None:
    whole = read_frame(work(tmp_path / "whole", "passages_of_all", shards=shards) / "passages.arrow")
    hits = [work(tmp_path / f"hits{number}", "hits_of_partition", shards=shards, ranges=ranges, partition=number, partitions=3)
            for number in range(3)]
    paths = [str(path / "hits.arrow") for path in hits]
    shared = [work(tmp_path / f"shared{number}", "shared_of_range", shards=shards, ranges=ranges, range=number, hits=paths, share=1.0)
              for number in range(len(ranges))]
    retold = work(tmp_path / "retold", "retold_of_all", shards=shards, ranges=ranges, shared=[str(path) for path in shared], share=1.0)
    found = [read_frame(work(tmp_path / f"passages{number}", "passages_of_range",
                             rows=[str(path / "rows.arrow"), str(retold / f"{number:04d}.arrow")]) / "passages.arrow")
             for number, path in enumerate(shared)]
    assert pl.concat(found).equals(whole) and whole.height > 20


def test_wording(shards: dict[str, dict[str, str]], tmp_path: Path) -> None:
    lengths = {shard: read_frame(Path(paths["speeches"]), ["char_count"])["char_count"].filter(
        read_frame(Path(paths["groups"]))["is_canonical"]).to_list() for shard, paths in shards.items()}
    blocks = blocks_of(lengths, 6000, 15_000)
    assert len(blocks) > 2 and any(len(block) > 1 for block in blocks)
    counted = [work(tmp_path / f"counted{number}", "wording_of_block", shards=shards, block=block) for number, block in enumerate(blocks)]
    apart = work(tmp_path / "apart", "wording_of_all", counted=[str(path / "counted.arrow") for path in counted])
    whole = work(tmp_path / "whole", "wording_of_all", shards=shards, blocks=blocks)
    assert (apart / "wording.arrow").read_bytes() == (whole / "wording.arrow").read_bytes()


def test_blocks_hold_the_first_speeches_and_no_more() -> None:
    assert blocks_of({"a": [3, 3, 3], "b": [3, 3], "c": [9]}, 6, 12) == [[("a", 0, 2)], [("a", 2, 3), ("b", 0, 1)]]
    assert blocks_of({"a": [], "b": []}, 6, 12) == [] == blocks_of({}, 6, 12)


def test_ranges_are_of_whole_shards_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.relate.parts.RANGE", 10)
    assert ranges_of([4, 6, 1, 20, 3, 3]) == [[0, 1], [2], [3], [4, 5]]
    assert ranges_of([]) == [[]]


def test_the_lexicon_is_cut_between_phrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.relate.parts.COUNTED_TOGETHER", 4)
    frames: dict[str, list[str]] = {"counted": [], "named": []}
    shown = {}
    for shard in ("a", "b"):
        (tmp_path / shard).mkdir()
        speeches = pl.DataFrame({"speech_id": [f"{shard}1"], "is_canonical": [True], "source": ["甲站"], "text": [SECOND]}).with_columns(
            delivered_date=pl.lit(None, pl.Date), published_date=pl.lit(None, pl.Date),
            delivered_precision=pl.lit(None, pl.String), published_precision=pl.lit(None, pl.String))
        phrases = pl.DataFrame({"speech_id": [f"{shard}1"] * 5, "start": range(5), "end": range(1, 6),
                                "phrase": ["三清", "三清", "实干", *("甲乙" if shard == "a" else "乙丙")],
                                "kind": ["numbered", "quoted", "set", "idiom", "idiom"]})
        for name, rows in (("counted", tasks.count_phrases(phrases, speeches)), ("named", tasks.named_members(phrases[3:], speeches))):
            write_frame(rows, tmp_path / shard / f"{name}.arrow")
            frames[name].append(str(tmp_path / shard / f"{name}.arrow"))
        shown[shard] = tasks.count_phrases(phrases, speeches)["phrase"].to_list()
    cut = cuts(shown, 10)
    assert cut == ["乙"]
    found = [read_frame(work(tmp_path / f"part{number}", "lexicon_of_part", **{"from": low, "before": high}, **frames) / "lexicon.arrow")
             for number, (low, high) in enumerate(pairwise([None, *cut, None]))]
    whole = read_frame(work(tmp_path / "whole", "lexicon_of_part", **{"from": None, "before": None}, **frames) / "lexicon.arrow")
    assert pl.concat(found).equals(whole) and all(part.height for part in found)
