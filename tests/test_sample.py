"""The sample corpus of data/raw against its known answers (tests/sample/answers, a file a document).

An answer is what a careful reader finds in the document, also where the pipeline does not find it yet: such a case is in KNOWN, with
the reason, and its test fails as expected until the pipeline is right.
"""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.ingest.provenance import is_card
from schemas.documents import REASONS
from schemas.speeches import DEFECTS
from tests.sample.make_containers import containers
from tests.test_corpus import ROOT, build

RAW = ROOT / "data" / "raw"
ANSWERS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((Path(__file__).parent / "sample" / "answers").glob("*.json"))]
SPEECHES = [answer for answer in ANSWERS if answer["is_speech"]]
METADATA = ("title", "source_name", "published_date", "published_precision", "delivered_date", "delivered_precision", "speaker_name",
            "speaker_role", "occasion", "place", "genre", "script")

# (document, what is compared): why the pipeline is not right yet
KNOWN: dict[tuple[str, str], str] = {
    ("03-archives-hant.txt", "text"): "a short text gives the model too little to be certain of what the mojibake was",
}


def each(what: str, answers: list[dict[str, Any]] = SPEECHES) -> pytest.MarkDecorator:
    """A test for every answer, with the cases that are known to fail."""
    return pytest.mark.parametrize("answer", [
        pytest.param(answer, id=answer["file"], marks=[pytest.mark.xfail(strict=True, reason=KNOWN[answer["file"], what])]
                     if (answer["file"], what) in KNOWN else []) for answer in answers])


@pytest.fixture(scope="session")
def sample(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """The tables of a release of data/raw."""
    folder = Path(build(RAW, tmp_path_factory.mktemp("sample") / "out")["folder"])
    return {name: pl.read_parquet(folder / f"{name}.parquet")
            for name in ("documents", "speeches", "sections", "phrases", "lexicon", "passages", "rejects")}


def row_of(sample: dict[str, pl.DataFrame], file: str, table: str = "speeches") -> dict[str, Any]:
    return sample[table].row(by_predicate=pl.col("source_path") == file, named=True)


def rows_of(sample: dict[str, pl.DataFrame], file: str, table: str) -> list[dict[str, Any]]:
    """The rows of a speech in a table, in the order of the text."""
    key = row_of(sample, file)["speech_id"]
    return sample[table].filter(pl.col("speech_id") == key).sort("start", pl.col("end") if table == "phrases" else "path").to_dicts()


def after_marker(section: dict[str, Any], text: str) -> str:
    """What follows the marker of a section in the text, without the commas that belong to neither."""
    return text[section["start"]:section["start"] + 40].removeprefix(section["marker"] or "").lstrip("，、：. ").replace("\n", "")


def final(text: str) -> str:
    return text.rstrip("\n").rstrip("。；，！？：”")[-6:]


# --- the corpus itself ---

def test_the_corpus_holds_what_it_promises():
    speeches, others = SPEECHES, [answer for answer in ANSWERS if not answer["is_speech"]]
    assert len(ANSWERS) >= 30 and len(others) >= 6
    assert sum(answer["duplicate_of"] is not None for answer in speeches) >= 3
    assert {Path(answer["file"].split("#")[0]).suffix for answer in ANSWERS} == {".txt", ".html", ".docx", ".md", ".jsonl", ".csv", ".zip"}
    assert {answer["encoding"] for answer in ANSWERS} == {"utf-8", "gb18030", "big5", "utf-16", None}
    assert {answer["script"] for answer in speeches} == {"Hans", "Hant"}
    assert {answer["reason"] for answer in others} <= set(REASONS)
    present = {defect for answer in speeches for defect in answer["defects_present"]}
    assert present >= set(DEFECTS) - {"decoding_loss", "mojibake_left", "mojibake_repaired", "unsure_boundary"}


def test_every_document_has_an_answer():
    files = {path.name for path in RAW.iterdir() if not is_card(path.name)}
    assert {answer["file"].split("#")[0] for answer in ANSWERS} == files


@pytest.mark.parametrize("name", containers())
def test_containers_are_those_of_their_plain_sources(name):
    assert (RAW / name).read_bytes() == containers()[name]


# --- every document ---

def test_every_input_is_accounted_for(sample):
    assert sorted(sample["documents"]["source_path"]) == sorted(answer["file"] for answer in ANSWERS)
    assert sample["rejects"].is_empty()


@each("fate", ANSWERS)
def test_what_becomes_of_it(sample, answer):
    found = row_of(sample, answer["file"], "documents")
    assert (found["fate"], found["reason"]) == (("speech", None) if answer["is_speech"] else ("rejected", answer["reason"]))


@each("encoding", ANSWERS)
def test_encoding(sample, answer):
    assert row_of(sample, answer["file"], "documents")["encoding"] == answer["encoding"]


# --- every speech ---

@each("text")
def test_text(sample, answer):
    assert row_of(sample, answer["file"])["text"] == answer["text"]


@each("metadata")
def test_metadata(sample, answer):
    found = row_of(sample, answer["file"])
    asked = {key: answer[key] for key in METADATA if key in answer}
    assert {key: str(found[key]) if key.endswith("_date") and found[key] else found[key] for key in asked} == asked


@each("sections")
def test_sections(sample, answer):
    """The parts that the source marks, and those whose heading it lost; sections without a marker are the pipeline's own."""
    found = [row for row in rows_of(sample, answer["file"], "sections") if row["marker"] or row["is_inferred"] or row["marker_style"]]
    assert [(row["kind"], row["marker_style"], row["number"], row["is_inferred"]) for row in found] == [
        (want["kind"], want["marker_style"], want["number"], want["is_inferred"]) for want in answer["sections"]]
    text = row_of(sample, answer["file"])["text"]
    for row, want in zip(found, answer["sections"]):
        if not want["is_inferred"]:
            assert after_marker(row, text).startswith(want["lead"]), want
        for key in ("level", "heading"):
            if key in want:
                assert row[key] == want[key], want
        if "tail" in want:
            assert final(row["text"]) == want["tail"], want


@each("salutation", [answer for answer in SPEECHES if answer["text"].partition("\n")[0].endswith("：")])
def test_the_salutation_is_a_section_of_its_own(sample, answer):
    first = rows_of(sample, answer["file"], "sections")[0]     # 大家好！ may belong to it
    assert (first["kind"], first["level"]) == ("salutation", 1)
    assert first["text"].startswith(answer["text"].partition("\n")[0] + "\n")


@each("phrases")
def test_numbered_formulae_and_works(sample, answer):
    found = rows_of(sample, answer["file"], "phrases")
    for kind, want in answer["phrases"].items():
        assert Counter(row["phrase"] for row in found if row["kind"] == kind) == Counter(want), kind


@each("defects")
def test_defects(sample, answer):
    found = set(row_of(sample, answer["file"])["defects"])
    assert found >= set(answer["defects_present"])
    assert not found & set(answer["defects_absent"])


@each("counts")
def test_declared_counts(sample, answer):
    """Announced counts in order, and how many points follow: items of the section, or sections below or after it."""
    found = [row["declared_count"] for row in rows_of(sample, answer["file"], "sections") if row["declared_count"] is not None]
    assert found == [announced for announced, _ in answer["declared_counts"]]


@pytest.mark.parametrize("answer", [answer for answer in SPEECHES if "placeholder_count" in answer], ids=lambda answer: answer["file"])
def test_placeholders_are_counted(sample, answer):
    assert row_of(sample, answer["file"])["placeholder_count"] == answer["placeholder_count"]


@each("duplicate")
def test_near_duplicates(sample, answer):
    found = row_of(sample, answer["file"])
    others = [other["file"] for other in SPEECHES if answer["file"] in (other["file"], other["duplicate_of"])
              or (answer["duplicate_of"] and answer["duplicate_of"] in (other["file"], other["duplicate_of"]))]
    group = sample["speeches"].filter(pl.col("duplicate_group") == found["duplicate_group"]) if found["duplicate_group"] else None
    assert sorted(group["source_path"] if group is not None else [answer["file"]]) == sorted(others)
    assert group is None or group["is_canonical"].sum() == 1


# --- single points ---

def test_the_copy_that_says_when_and_by_whom_counts_and_not_its_later_revision(sample):
    page, revision = row_of(sample, "05-river-cleaning.html"), row_of(sample, "09-records.jsonl#2")
    assert revision["char_count"] > page["char_count"] and revision["duplicate_group"] == page["duplicate_group"]
    assert page["is_canonical"] and not revision["is_canonical"]


def test_what_a_formula_counts_is_told_from_the_text(sample):
    members = dict(sample["lexicon"].filter(pl.col("kind") == "numbered").select("phrase", "members").iter_rows())
    assert members["三亮"] == ["亮身份", "亮承诺", "亮形象"]
    assert members["四个明白"] == ["听得明白", "记得明白", "讲得明白", "做得明白"]


def test_mojibake_is_never_passed_over(sample):
    assert {"mojibake_left", "mojibake_repaired"} & set(row_of(sample, "03-archives-hant.txt")["defects"])


def test_idioms_and_parallels(sample):
    found = {(row["kind"], row["surface"]) for row in rows_of(sample, "09-records.jsonl#0", "phrases")}
    assert ("idiom", "持之以恒") in found
    assert ("parallel", "听得明白、记得明白、讲得明白、做得明白") in found


def test_what_only_looks_like_damage_stays(sample):
    """A reading that the text itself gives, an X that is a letter, words written wrong by their author."""
    text = row_of(sample, "29-slips-of-the-pen.txt")["text"]
    assert all(words in text for words in ("“埝（niàn）”", "V型槽", "X光检查", "优患意识", "坚持坚持", "从把门前"))


def test_paragraphs_of_a_wide_page_are_whole(sample):
    text = row_of(sample, "27-bridge-opening.txt")["text"]
    assert "致以崇高的敬意，向搬迁的一百二十户居民" in text


def test_a_paraphrase_of_the_same_formula_is_a_passage(sample):
    first, second = (row_of(sample, file) for file in ("02-school-canteen.txt", "24-canteen-follow-up.txt"))
    pairs = {tuple(sorted(pair)) for pair in sample["passages"].select("speech_id", "other_speech_id").iter_rows()}
    assert tuple(sorted((first["speech_id"], second["speech_id"]))) in pairs
