"""Near-duplicates: reprints are found, templates and excerpts are not, whatever the order and the shards."""
import random
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.relate.duplicates import candidates, groups, pairs_of, sketch_hashes
from flows.relate.fingerprints import fingerprints
from tests.relate.invented import WORDS, clause, speech


def grouped(texts: dict[str, str], **columns: list) -> dict[str, tuple[str | None, bool]]:
    """speech_id -> (duplicate_group, is_canonical)."""
    frame = {"speech_id": list(texts), "text": list(texts.values()), **columns}
    speeches = pl.DataFrame(frame, schema_overrides={"speech_id": pl.String, "text": pl.String})
    speeches = speeches.with_columns(char_count=pl.col("text").str.len_chars())
    rows = groups(fingerprints(speeches).speeches, speeches.drop("text"), lambda ids: speeches.filter(pl.col("speech_id").is_in(list(ids))))
    return {row["speech_id"]: (row["duplicate_group"], row["is_canonical"]) for row in rows.iter_rows(named=True)}


def edited(text: str, every: int) -> str:
    """`text` with one word in `every` clauses made another."""
    choice = random.Random(every)
    clauses = text.split("，")
    return "，".join(choice.choice(WORDS) + part[2:] if number % every == 0 else part for number, part in enumerate(clauses))


ORIGINAL = speech("original")
PARAGRAPHS = ORIGINAL.split("\n")


@pytest.mark.parametrize("copy", [
    pytest.param("本文由网友整理上传，仅供参考学习使用。\n" + ORIGINAL + "\n相关文章推荐阅读，点击查看更多范文。", id="other furniture"),
    pytest.param("\n".join(PARAGRAPHS[:3] + PARAGRAPHS[5:]), id="a section dropped"),
    pytest.param(edited(ORIGINAL, 8), id="light edits"),
    pytest.param(ORIGINAL.replace("社区", "XX").replace("党员", "某某").replace("学校", "**"), id="anonymised"),
    pytest.param(ORIGINAL.replace("，", ",").replace("。", "。\n"), id="other punctuation and lines"),
])
def test_a_reprint_is_a_duplicate_of_its_original(copy: str) -> None:
    found = grouped({"b": ORIGINAL, "a": copy, "c": speech("another")})
    assert found["a"][0] == found["b"][0] == "a"
    assert found["c"] == (None, True)
    assert sorted(canonical for _, canonical in found.values()) == [False, True, True]


@pytest.mark.parametrize("other", [
    pytest.param("\n".join(PARAGRAPHS[:3]), id="an excerpt"),
    pytest.param(edited(ORIGINAL, 1), id="every clause edited"),
    pytest.param("", id="nothing"),
])
def test_shared_wording_alone_is_no_duplicate(other: str) -> None:
    assert grouped({"a": ORIGINAL, "b": other}) == {"a": (None, True), "b": (None, True)}


def filled(writer: int, slots: int) -> str:
    """A template of which every `slots`-th clause is each writer's own."""
    choice = random.Random(writer)
    return "，".join(clause(choice) if number % slots == 0 else part for number, part in enumerate(speech("template").split("，")))


def test_a_template_of_many_writers_is_no_duplicate() -> None:
    found = grouped({f"{writer:03}": filled(writer, 3) for writer in range(60)})
    assert {group for group, _ in found.values()} == {None}


def test_a_template_that_differs_in_its_figures_is_no_duplicate() -> None:
    def report(writer: int) -> str:
        choice = random.Random(writer)
        return "".join(f"{part}{choice.randint(100, 999)}个。" for part in ORIGINAL.split("。")[:20])

    assert {group for group, _ in grouped({f"{writer:03}": report(writer) for writer in range(30)}).values()} == {None}
    assert grouped({"a": report(1), "b": report(1).replace("个", "处")})["b"][0] == "a"


def test_a_reprint_on_many_sites_is_one_group() -> None:
    found = grouped({f"{site:03}": f"第{WORDS[site]}期" + edited(ORIGINAL, 20 + site) for site in range(60)})
    assert {group for group, _ in found.values()} == {"000"}
    assert sum(canonical for _, canonical in found.values()) == 1


def test_copies_of_copies_do_not_drift_into_one_group() -> None:
    """Each copy replaces one more eighth of the text: neighbours are duplicates, the first and the last are not."""
    steps = ["\n".join([*speech("last").split("\n")[:number], *PARAGRAPHS[number:]]) for number in range(9)]
    found = grouped({str(number): text for number, text in enumerate(steps)})
    assert found["0"][0] is not None and found["8"][0] is not None and found["0"][0] != found["8"][0]


def test_the_most_complete_is_canonical_then_the_earliest_then_the_least_damaged_then_the_smallest() -> None:
    shorter = "\n".join(PARAGRAPHS[:-1])
    early, late = date(2011, 3, 1), date(2018, 9, 1)

    def canonical(texts: list[str], published: list[date | None], defects: list[list[str]]) -> str:
        names = [chr(ord("a") + number) for number in range(len(texts))]
        delivered = pl.Series([None] * len(texts), dtype=pl.Date)
        found = grouped(dict(zip(names, texts)), published_date=published, delivered_date=delivered, defects=defects)
        return next(name for name, (_, is_canonical) in found.items() if is_canonical)

    assert canonical([shorter, ORIGINAL], [early, late], [[], ["broken_lines"]]) == "b"
    assert canonical([ORIGINAL + "。", ORIGINAL], [None, late], [[], ["broken_lines"]]) == "b"
    assert canonical([ORIGINAL, ORIGINAL, ORIGINAL], [late, late, late], [["broken_lines"], [], []]) == "b"


def canonical_of(copies: list[dict]) -> int:
    """Which of the copies (text, delivered_date, delivered_precision, published_date, speaker_name) is canonical."""
    kinds = {"delivered_date": pl.Date, "delivered_precision": pl.String, "published_date": pl.Date, "speaker_name": pl.String}
    columns = {name: pl.Series([copy.get(name) for copy in copies], dtype=kind) for name, kind in kinds.items()}
    found = grouped({str(number): copy["text"] for number, copy in enumerate(copies)}, **columns)
    return next(int(name) for name, (_, is_canonical) in found.items() if is_canonical)


GIVEN = {"delivered_date": date(2018, 9, 1), "delivered_precision": "day"}
SPOKEN = {"speaker_name": "温若舟"}
LONGER = {"text": f"{ORIGINAL}\n{speech('more', 3)[:len(ORIGINAL) * 3 // 100]}"}


@pytest.mark.parametrize(("copies", "best"), [
    pytest.param([LONGER, {"text": ORIGINAL} | GIVEN | SPOKEN], 1, id="a revision that is longer by a sentence says neither when nor who"),
    pytest.param([LONGER | {"published_date": date(2011, 3, 1)}, {"text": ORIGINAL} | SPOKEN], 1, id="a speaker against an earlier copy"),
    pytest.param([LONGER | SPOKEN, {"text": ORIGINAL} | GIVEN], 1, id="a date rather than a speaker"),
    pytest.param([{"text": ORIGINAL} | GIVEN | {"delivered_date": date(2018, 1, 1), "delivered_precision": "year"},
                  {"text": ORIGINAL} | GIVEN], 1, id="a day rather than a year"),
    pytest.param([LONGER | GIVEN, {"text": ORIGINAL, "published_date": date(2011, 3, 1)} | GIVEN | SPOKEN], 1, id="both rather than one"),
    pytest.param([LONGER | GIVEN, {"text": ORIGINAL} | GIVEN], 0, id="of two that say as much the longer one"),
    pytest.param([{"text": ORIGINAL}, {"text": "\n".join(PARAGRAPHS[:-1])} | GIVEN | SPOKEN], 0, id="none that lacks a part"),
])
def test_of_nearly_equal_copies_the_one_that_says_when_and_by_whom_it_was_given_is_canonical(copies: list[dict], best: int) -> None:
    assert canonical_of(copies) == best and canonical_of(copies[::-1]) == len(copies) - 1 - best


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(12)), st.integers(1, 12))
def test_neither_the_order_nor_the_shards_matter(order: list[int], shard: int) -> None:
    texts = {f"{number:02}": edited(speech(number // 3, 12), 9 + number) for number in range(12)}
    speeches = pl.DataFrame({"speech_id": list(texts), "text": list(texts.values())})

    def found(rows: pl.DataFrame, size: int) -> list[dict]:
        prints = pl.concat([fingerprints(part).speeches for part in rows.iter_slices(size)])
        return groups(prints, rows.drop("text"), lambda ids: rows.filter(pl.col("speech_id").is_in(list(ids)))).sort("speech_id").to_dicts()

    assert found(speeches[order], shard) == found(speeches, 12)
    assert {row["duplicate_group"] for row in found(speeches, 12)} == {"00", "03", "06", "09"}


def test_candidates_come_together_over_ranges_of_hashes() -> None:
    texts = [edited(speech(number // 3, 12), 9 + number) for number in range(12)]
    speeches = pl.DataFrame({"speech_id": [f"{number:02}" for number in range(12)], "text": texts})
    prints = fingerprints(speeches).speeches
    whole = candidates(prints, [pairs_of([sketch_hashes(prints)], [0], 0, 1)])
    hashes, firsts = [sketch_hashes(part) for part in prints.iter_slices(5)], [0, 5, 10]
    by_range = [pairs_of(hashes, firsts, number, 4) for number in range(4)]
    assert candidates(prints, by_range).equals(whole) and whole.height >= 12
    assert all(pairs["shared"].sum() for pairs in by_range)


def test_no_speeches_no_groups() -> None:
    assert grouped({}) == {}
