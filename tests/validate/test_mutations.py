"""A release damaged in many ways, one at a time: each damage is found and named; an undamaged release raises nothing.

Damage to a table is found twice: by its checksum, and, where somebody made the checksums and the manifest true of it, by what it says.
"""
from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.validate.rules import faults
from flows.validate.stranger import Findings, NotARelease, _checksums, examine
from schemas import SCHEMA_VERSION, TABLES
from tests.releases import alter, checksums, copied, sign

Change = Callable[[pl.DataFrame], pl.DataFrame]


class Mutation(NamedTuple):
    """Damage to one table, and a word of the check that must name it."""

    name: str
    table: str
    change: Change
    named: str


def at(where: pl.Expr, **values: object) -> Change:
    """The first row that matches `where` gets other values; an expression or a plain value each."""
    def change(frame: pl.DataFrame) -> pl.DataFrame:
        hit = frame.with_row_index("at").filter(where)
        assert hit.height, "the mutation finds no row to damage"
        here = pl.int_range(pl.len()) == int(hit["at"][0])
        kinds = frame.schema
        return frame.with_columns(**{name: pl.when(here).then(
            value.cast(kinds[name]) if isinstance(value, pl.Expr) else pl.lit(value, dtype=kinds[name])).otherwise(pl.col(name))
            for name, value in values.items()})
    return change


def swapped(where: pl.Expr, column: str) -> Change:
    """The first two rows that match exchange their values of a column."""
    def change(frame: pl.DataFrame) -> pl.DataFrame:
        one, other = frame.with_row_index("at").filter(where)["at"].head(2)
        values = frame[column].to_list()
        values[one], values[other] = values[other], values[one]
        return frame.with_columns(pl.Series(column, values, dtype=frame.schema[column]))
    return change


def dropped(where: pl.Expr) -> Change:
    """Without the first row that matches."""
    def change(frame: pl.DataFrame) -> pl.DataFrame:
        number = int(frame.with_row_index("at").filter(where)["at"][0])
        return pl.concat([frame[:number], frame[number + 1:]])
    return change


def repeated(frame: pl.DataFrame) -> pl.DataFrame:
    """With its first row twice."""
    return pl.concat([frame[:1], frame])


def moved_on(frame: pl.DataFrame) -> pl.DataFrame:
    """The last part of the first speech with all below it counted as the part after the next, by whatever name it is called."""
    speech = frame["speech_id"][0]
    last = frame.filter(speech_id=speech, level=1)["path"].cast(pl.Int64).max()
    here, there = (rf"^({speech}\.|)({number})(\.|$)" for number in (last, last + 1))
    assert frame.filter(pl.col("section_id").str.contains(here)).height and not frame["section_id"].str.contains(there).any()
    return frame.with_columns(pl.when(pl.col("speech_id") == speech).then(pl.col(name).str.replace(here, f"${{1}}{last + 1}$3"))
                              .otherwise(name).alias(name) for name in ("section_id", "parent_id", "path"))


c = pl.col
any_row = pl.lit(True)
speech = c("fate") == "speech"
nested = c("parent_id").is_not_null()
marked = c("marker").is_not_null()
alone = c("duplicate_group").is_null()
one_changed = c("text").str.replace("同志", "同事", literal=True)

MUTATIONS = [
    Mutation("a document dropped", "documents", dropped(speech), "one speech a document"),
    Mutation("one character of the raw text", "documents", at(speech, raw_text=c("raw_text").str.replace("同志", "同事")), "digest"),
    Mutation("two documents' ids swapped", "documents", swapped(speech, "document_id"), "digest"),
    Mutation("an unknown fate", "documents", at(speech, fate="lost"), "InSet fate"),
    Mutation("a rejected document without reason", "documents", at(c("fate") == "rejected", reason=None), "fate and reason"),
    Mutation("an unknown reason", "documents", at(c("fate") == "rejected", reason="dull"), "InSet reason"),
    Mutation("a speech called a duplicate", "documents", at(speech, fate="duplicate", speech_id=None), "one speech a document"),
    Mutation("a duplicate called a rejected document", "documents", at(c("fate") == "duplicate", fate="rejected", reason="news"),
             "fate and reason"),
    Mutation("a document twice", "documents", repeated, "source_path"),
    Mutation("a document without its speech", "documents", at(speech, speech_id=None), "one speech a document"),
    Mutation("negative bytes", "documents", at(any_row, byte_count=-1), "Between byte_count"),
    Mutation("a confidence above one", "documents", at(any_row, encoding_confidence=1.5), "Between encoding_confidence"),
    Mutation("an id that is no digest", "documents", at(c("fate") == "rejected", document_id="XYZ"), "MatchRegex document_id"),
    Mutation("a mark outside the raw text", "documents", lambda frame: frame.with_columns(layout=pl.when(c("layout").list.len() > 0).then(
        c("layout").list.eval(pl.struct(pl.element().struct["start"], end=pl.lit(10 ** 6, pl.Int32), kind=pl.element().struct["kind"])))
        .otherwise("layout")), "marks lie"),

    Mutation("a speech dropped", "speeches", dropped(any_row), "one speech a document"),
    Mutation("a speech twice", "speeches", repeated, "Unique speech_id"),
    Mutation("one character of the text", "speeches", at(any_row, text=one_changed), "section text is its slice"),
    Mutation("two texts swapped", "speeches", swapped(any_row, "text"), "edits rebuild"),
    Mutation("two ids swapped", "speeches", swapped(any_row, "speech_id"), "edits rebuild"),
    Mutation("the end of a text cut off", "speeches", at(any_row, text=c("text").str.head(-9)), "sections tile"),
    Mutation("a character count", "speeches", at(any_row, char_count=c("char_count") + 1), "counts"),
    Mutation("a section count", "speeches", at(any_row, section_count=c("section_count") - 1), "counts"),
    Mutation("a phrase count", "speeches", at(any_row, phrase_count=c("phrase_count") + 1), "counts"),
    Mutation("a negative placeholder count", "speeches", at(any_row, placeholder_count=-1), "Between placeholder_count"),
    Mutation("a date before there were speeches", "speeches", at(c("published_date").is_not_null(), published_date=date(1066, 10, 14)),
             "dates are whole"),
    Mutation("a date after the century", "speeches", at(c("delivered_date").is_not_null(), delivered_date=date(2222, 2, 2)),
             "dates are whole"),
    Mutation("a precision without a date", "speeches", at(c("published_date").is_not_null(), published_date=None), "dates are whole"),
    Mutation("a date without evidence", "speeches", at(c("delivered_date").is_not_null(), delivered_evidence=None), "dates are whole"),
    Mutation("a month that is no first day", "speeches", at(c("published_date").dt.day() == 5, published_precision="month"), "dates are"),
    Mutation("an unknown precision", "speeches", at(c("published_date").is_not_null(), published_precision="week"), "InSet published_prec"),
    Mutation("an unknown genre", "speeches", at(any_row, genre="诗歌"), "InSet genre"),
    Mutation("an unknown script", "speeches", at(any_row, script="Latn"), "InSet script"),
    Mutation("a place without its code", "speeches", at(c("place").is_not_null(), place_code=None), "place has its code"),
    Mutation("a code that is no code", "speeches", at(c("place").is_not_null(), place_code="53O100"), "MatchRegex place_code"),
    Mutation("an unknown defect", "speeches", lambda frame: frame.with_columns(defects=pl.lit(["ugly"], dtype=pl.List(pl.String))),
             "MatchRegex defects"),
    Mutation("defects out of order", "speeches", lambda frame: frame.with_columns(
        defects=pl.lit(["placeholders", "broken_lines"], dtype=pl.List(pl.String))), "sorted set"),
    Mutation("a score above one", "speeches", at(any_row, speech_score=1.25), "Between speech_score"),
    Mutation("a score that is no number", "speeches", at(any_row, speech_score=float("nan")), "Between speech_score"),
    Mutation("another score than the document's", "speeches", at(any_row, speech_score=c("speech_score") / 2), "one speech a document"),
    Mutation("a source_path of another document", "speeches", swapped(any_row, "source_path"), "one speech a document"),
    Mutation("a lone speech that is not canonical", "speeches", at(alone, is_canonical=False), "one canonical"),
    Mutation("two canonical speeches of a group", "speeches", at(~c("is_canonical"), is_canonical=True), "a group has one canonical"),
    Mutation("a group of one", "speeches", at(~alone, duplicate_group="0" * 20), "a group has one canonical"),
    Mutation("a similarity above one", "speeches", at(~alone, duplicate_similarity=2), "Between duplicate_similarity"),
    Mutation("a similarity of a lone speech", "speeches", at(alone, duplicate_similarity=0.9), "one canonical"),
    Mutation("rows out of order", "speeches", lambda frame: frame.reverse(), "rows in order"),

    Mutation("a section dropped", "sections", dropped(marked), "sections tile"),
    Mutation("a start off by one", "sections", at(c("start") > 0, start=c("start") + 1), "sections tile"),
    Mutation("an end off by one", "sections", at(any_row, end=c("end") - 1), "sections tile"),
    Mutation("a boundary moved by one on both sides", "sections", lambda frame: frame.with_columns(
        end=pl.when(pl.int_range(pl.len()) == 0).then(c("end") + 1).otherwise("end"),
        start=pl.when(pl.int_range(pl.len()) == 1).then(c("start") + 1).otherwise("start")), "section text is its slice"),
    Mutation("a subtree that ends early", "sections", at(c("subtree_end") > c("end"), subtree_end=c("end")), "section tree"),
    Mutation("a tree with a cycle", "sections", at(c("subtree_end") > c("end"), parent_id=c("section_id") + ".1"), "section tree"),
    Mutation("a section that is its own parent", "sections", at(nested, parent_id=c("section_id")), "section tree"),
    Mutation("a parent of another speech", "sections", swapped(nested & (c("path") == "3.1"), "parent_id"), "section tree"),
    Mutation("an orphan", "sections", at(nested, parent_id=None), "section tree"),
    Mutation("a level that does not grow", "sections", at(nested, level=1), "section tree"),
    Mutation("level nought", "sections", at(any_row, level=0), "Between level"),
    Mutation("a path that skips a sibling", "sections", at(c("path") == "3.2", path="3.9", section_id=c("speech_id") + ".3.9"),
             "section tree"),
    Mutation("the last part counted one too far, with all below it", "sections", moved_on, "section tree"),
    Mutation("two section ids swapped", "sections", swapped(nested, "section_id"), "section tree"),
    Mutation("an unknown kind", "sections", at(any_row, kind="chapter"), "InSet kind"),
    Mutation("one character of a section", "sections", at(any_row, text=one_changed), "section text is its slice"),
    Mutation("a number that the marker does not write", "sections", at(marked, number=c("number") + 1), "number is the marker's"),
    Mutation("a marker without its number", "sections", at(marked & c("number").is_not_null(), number=None), "number is the marker's"),
    Mutation("a marker that is not in the text", "sections", at(marked, marker="九、"), "marker has its style"),
    Mutation("a heading that is not in the text", "sections", at(c("heading").is_not_null(), heading=c("heading") + "，二是建设"),
             "heading is in its section"),
    Mutation("a marker without style", "sections", at(marked, marker_style=None), "marker has its style"),
    Mutation("an unknown style", "sections", at(marked, marker_style="roman"), "InSet marker_style"),
    Mutation("sections of a speech that is not there", "sections", at(any_row, speech_id="f" * 20), "sections tile"),

    Mutation("a phrase off by one", "phrases", at(any_row, start=c("start") + 1), "phrase is its slice"),
    Mutation("a phrase that ends late", "phrases", at(any_row, end=c("end") + 1), "phrase is its slice"),
    Mutation("one character of a surface", "phrases", at(any_row, surface=c("surface").str.replace("三", "四")), "phrase is its slice"),
    Mutation("another form to count by", "phrases", at(any_row, phrase="四本账"), "the lexicon counts"),
    Mutation("another kind", "phrases", at(any_row, kind="idiom"), "the lexicon counts"),
    Mutation("an unknown kind of phrase", "phrases", at(any_row, kind="slogan"), "InSet kind"),
    Mutation("a phrase in the wrong section", "phrases", at(any_row, section_id=c("speech_id") + ".1"), "phrase is its slice"),
    Mutation("a phrase of a section that is not there", "phrases", at(any_row, section_id=c("speech_id") + ".77"), "phrase is its slice"),
    Mutation("a phrase dropped", "phrases", dropped(any_row), "counts"),
    Mutation("a phrase twice", "phrases", repeated, "Unique speech_id"),
    Mutation("a phrase of another speech", "phrases", swapped(c("kind") == "quoted", "speech_id"), "phrase is its slice"),

    Mutation("a count in the lexicon", "lexicon", at(any_row, occurrence_count=c("occurrence_count") + 1), "the lexicon counts"),
    Mutation("a number of speeches", "lexicon", at(any_row, speech_count=c("speech_count") - 1), "the lexicon counts"),
    Mutation("a number of sources", "lexicon", at(any_row, source_count=c("source_count") + 1), "the lexicon counts"),
    Mutation("a first date a day late", "lexicon", at(any_row, first_date=c("first_date").dt.offset_by("1d")), "the lexicon counts"),
    Mutation("a last date lost", "lexicon", at(any_row, last_date=None), "the lexicon counts"),
    Mutation("a date of another precision", "lexicon", at(any_row, first_precision="year"), "the lexicon counts"),
    Mutation("a date on another basis", "lexicon", at(any_row, last_date_basis="delivered"), "the lexicon counts"),
    Mutation("members of a quotation", "lexicon", lambda frame: frame.with_columns(members=pl.lit(["甲", "乙"], dtype=pl.List(pl.String))),
             "the lexicon counts"),
    Mutation("a word dropped", "lexicon", dropped(any_row), "the lexicon counts"),
    Mutation("a word that nobody said", "lexicon", lambda frame: pl.concat([frame, frame[:1].with_columns(phrase=pl.lit("鿿"))]),
             "the lexicon counts"),

    Mutation("a passage beyond its text", "passages", at(any_row, end=10 ** 6), "passages lie"),
    Mutation("a passage with itself", "passages", at(any_row, other_speech_id=c("speech_id")), "passages lie"),
    Mutation("a passage of a speech that is not there", "passages", at(any_row, other_speech_id="f" * 20), "passages lie"),
    Mutation("the length of a passage", "passages", at(any_row, char_count=c("char_count") - 1), "passages lie"),
    Mutation("a passage more alike than the same", "passages", at(any_row, similarity=1.5), "Between similarity"),
    Mutation("a passage twice", "passages", repeated, "Unique speech_id"),

    Mutation("an edit dropped", "edits", dropped(c("reason") == "furniture"), "edits rebuild"),
    Mutation("an edit off by one", "edits", at(c("raw_start") > 0, raw_start=c("raw_start") + 1), "edits rebuild"),
    Mutation("an edit that ends late", "edits", at(any_row, raw_end=c("raw_end") + 1), "edits rebuild"),
    Mutation("edits of another speech", "edits", swapped(c("raw_start") == 0, "speech_id"), "rows in order"),
    Mutation("an unknown reason of an edit", "edits", at(any_row, reason="taste"), "InSet reason"),
    Mutation("an edit of a speech that is not there", "edits", at(any_row, speech_id="f" * 20), "edits rebuild"),

    Mutation("an unknown reason of a reject", "rejects", at(any_row, reason="boring"), "InSet reason"),
    Mutation("an unknown stage", "rejects", at(any_row, stage="lunch"), "InSet stage"),
    Mutation("a reject twice", "rejects", repeated, "Unique source_path"),
    *(Mutation(f"a null in {table}.{column}", table, at(any_row, **{column: None}), "columns hold no nulls") for table, column in (
        ("documents", "raw_text"), ("speeches", "text"), ("sections", "kind"), ("phrases", "surface"), ("edits", "reason"))),
    *(Mutation(f"no rows in {name}", name, lambda frame: frame[:0], "") for name in TABLES if name not in ("passages", "rejects")),
]


def named(release: Path) -> set[str]:
    found = examine(release)
    assert not found.good
    return set(found.faults["rule"])


def test_a_good_release_raises_nothing(releases):
    for release in releases:
        found = examine(release)
        assert found.good and found.checks > 150, found.faults.rows()


def test_a_signed_copy_is_good(release, tmp_path):
    copy = copied(release, tmp_path)
    for name in TABLES:
        alter(copy, name, lambda frame: frame)
    sign(copy)
    assert examine(copy).faults.rows() == []


@pytest.mark.parametrize(("marker", "style", "number", "good"), [
    ("一、", "han", 1, True), ("一、", "han", None, False), ("②", "paren_arabic", 2, True), ("②", "paren_arabic", 3, False),
    ("㈡", "paren_han", None, False), ("首先，", "sequence", None, True), ("一方面", "sequence", None, True), ("其二", "sequence", 2, True),
    ("其二", "sequence", 3, False), ("最后，", "sequence", 99, False), ("9" * 40, "arabic", 9, False)])
def test_a_marker_has_the_number_that_it_writes(marker, style, number, good, release):
    frames = {name: pl.read_parquet(release / f"{name}.parquet") for name in ("documents", "speeches", "edits", "sections", "phrases")}
    frames["sections"] = at(marked, marker=marker, marker_style=style, number=number)(frames["sections"])
    assert ("number is the marker's" not in {rule for rule, *_ in faults(**frames)}) == good


def test_there_are_enough_of_them():
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS) >= 100


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_damage_is_found_and_named(mutation, release, tmp_path):
    copy = copied(release, tmp_path)
    alter(copy, mutation.table, mutation.change)
    found = Findings()
    _checksums(copy, found)
    assert [row[2] for row in found.rows] == [f"{mutation.table}.parquet"]
    sign(copy)
    faults = examine(copy).faults
    assert "checksums" not in faults["rule"] and "manifest" not in faults["rule"]
    assert any(mutation.named in rule for rule in faults["rule"]), faults.head(5).rows()


def rewritten(release: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    path = release / f"{table}.parquet"
    pq.write_table(change(pq.read_table(path)), path)
    sign(release)


@pytest.mark.parametrize(("name", "change", "words"), [
    ("a column dropped", lambda table: table.drop_columns(["title"]), "column title is missing"),
    ("a column renamed", lambda table: table.rename_columns({"title": "name"}), "column title is missing"),
    ("a column of another type", lambda table: table.set_column(
        table.schema.get_field_index("char_count"), pa.field("char_count", pa.int64(), nullable=False),
        table["char_count"].cast(pa.int64())), "column char_count is int64, declared int32"),
    ("a column more", lambda table: table.append_column("mood", pa.array(["good"] * table.num_rows)), "column mood is not declared"),
    ("a column that may be null", lambda table: table.cast(pa.schema(
        [field.with_nullable(True) for field in table.schema], metadata=table.schema.metadata)), "declared otherwise"),
    ("a file that does not say what it is", lambda table: table.replace_schema_metadata({}), "does not say that it is this table"),
])
def test_columns_that_are_not_as_declared_are_named(name, change, words, release, tmp_path):
    copy = copied(release, tmp_path)
    rewritten(copy, "speeches", change)
    assert any(words in evidence for evidence in examine(copy).faults.filter(rule="columns as declared")["evidence"])


@pytest.mark.parametrize("table", ["documents", "speeches", "sections", "phrases", "lexicon", "passages", "edits"])
def test_a_table_of_another_release_is_found(table, releases, tmp_path):
    copy = copied(releases[0], tmp_path)
    (copy / f"{table}.parquet").write_bytes((releases[1] / f"{table}.parquet").read_bytes())
    assert {"checksums", "manifest"} <= named(copy)
    sign(copy)
    assert named(copy)


def test_a_table_under_the_name_of_another_is_found(release, tmp_path):
    copy = copied(release, tmp_path)
    (copy / "phrases.parquet").write_bytes((release / "edits.parquet").read_bytes())
    sign(copy)
    assert "columns as declared" in named(copy)


@pytest.mark.parametrize("keep", [0, 10, 0.5, -1])
def test_a_truncated_file_is_found(keep, release, tmp_path):
    copy = copied(release, tmp_path)
    whole = (copy / "sections.parquet").read_bytes()
    (copy / "sections.parquet").write_bytes(whole[:int(len(whole) * keep) if isinstance(keep, float) else keep])
    checksums(copy)
    found = examine(copy)
    assert "file can be read" in set(found.faults["rule"]) and "manifest" in set(found.faults["rule"])
    assert any("sections cannot be checked further" in words for words in found.left)


def test_one_byte_in_the_middle_of_a_file_is_found(release, tmp_path):
    copy = copied(release, tmp_path)
    content = bytearray((copy / "edits.parquet").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (copy / "edits.parquet").write_bytes(content)
    assert "checksums" in named(copy)


def test_text_that_is_no_utf_8_is_found(release, tmp_path):
    copy = copied(release, tmp_path)
    path = copy / "phrases.parquet"
    pq.write_table(pq.read_table(path), path, compression="none", use_dictionary=False)
    path.write_bytes(path.read_bytes().replace("三本账".encode(), b"\xff" * 9))
    sign(copy)
    assert "file can be read" in named(copy)


def edited(path: Path, change: Callable[[dict], None]) -> None:
    paper = json.loads(path.read_bytes())
    change(paper)
    path.write_text(json.dumps(paper), encoding="utf-8")
    if path.name != "manifest.json":
        checksums(path.parent.parent if path.parent.name == "quality" else path.parent)


@pytest.mark.parametrize("change", [
    lambda manifest: manifest["tables"]["phrases"].update(rows=7), lambda manifest: manifest["tables"]["phrases"].update(sha256="0" * 64),
    lambda manifest: manifest["tables"].pop("edits"), lambda manifest: manifest.update(name="2031.01.01-0123456789ab"),
    lambda manifest: manifest["tables"].update(secrets={"rows": 1, "sha256": ""}), lambda manifest: manifest.pop("files"),
    lambda manifest: manifest["tables"].update(edits=None),
    lambda manifest: manifest["files"].update({"README.md": "0" * 64}), lambda manifest: manifest["files"].pop("README.md")],
    ids=["rows", "digest", "a table less", "name", "a table more", "no files", "a table of nothing",
         "another digest of a file", "a file less"])
def test_an_edited_manifest_is_found(change, release, tmp_path):
    copy = copied(release, tmp_path)
    edited(copy / "manifest.json", change)
    assert "manifest" in named(copy)


@pytest.mark.parametrize(("paper", "change"), [
    ("datapackage.json", lambda paper: paper["resources"].pop()),
    ("datapackage.json", lambda paper: paper["resources"][0]["schema"]["fields"].pop()),
    ("datapackage.json", lambda paper: paper["resources"][0].update(rowCount=1)),
    ("croissant.json", lambda paper: paper["distribution"][0].update(sha256="0" * 64)),
    ("croissant.json", lambda paper: paper.pop("distribution"))])
def test_an_edited_paper_is_found(paper, change, release, tmp_path):
    copy = copied(release, tmp_path)
    edited(copy / paper, change)
    assert "papers agree with the tables" in named(copy)


@pytest.mark.parametrize("change", [
    lambda report: report["facts"]["rows"].update(speeches=10 ** 6), lambda report: report.update(verdict="not publishable"),
    lambda report: report.pop("checks"), lambda report: report["checks"][0].update(success=False)],
    ids=["rows", "verdict", "no checks", "a critical check that failed"])
def test_an_edited_report_is_found(change, release, tmp_path):
    copy = copied(release, tmp_path)
    edited(copy / "quality" / "report.json", change)
    assert "papers agree with the tables" in named(copy)


@pytest.mark.parametrize("change", [
    lambda lines: lines[1:], lambda lines: ["0" * 64 + lines[0][64:], *lines[1:]], lambda lines: [*lines, f"{'0' * 64}  ../../etc/passwd"],
    lambda lines: ["rubbish", *lines], lambda lines: [*lines, f"{'0' * 64}  nothing.txt"]],
    ids=["a line less", "another digest", "a path that leads out", "no digest", "a file that is not there"])
def test_edited_checksums_are_found(change, release, tmp_path):
    copy = copied(release, tmp_path)
    lines = (copy / "checksums.txt").read_text(encoding="utf-8").splitlines()
    (copy / "checksums.txt").write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    assert named(copy) == {"checksums", "manifest"}


def test_a_file_more_and_a_paper_less_are_found(release, tmp_path):
    copy = copied(release, tmp_path)
    (copy / "notes.txt").write_text("mine", encoding="utf-8")
    (copy / "quality" / "report.json").unlink()
    assert {"notes.txt", "quality/report.json"} <= set(examine(copy).faults.filter(rule="checksums")["key"])


def test_a_paper_that_is_no_json_is_found(release, tmp_path):
    copy = copied(release, tmp_path)
    (copy / "quality" / "report.json").write_text("{", encoding="utf-8")
    checksums(copy)
    assert "papers can be read" in named(copy)


def status(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["validate", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_command_says_good(release):
    code, said = status(release)
    assert code == 0 and "is good" in said


def test_the_command_names_what_failed_and_writes_every_fault(release, tmp_path):
    copy = copied(release, tmp_path)
    alter(copy, "phrases", lambda frame: frame.with_columns(surface=c("surface") + "\u001b[31m"))
    code, said = status(copy, "--failing", tmp_path / "failing.parquet")
    assert code == 3 and "phrases: phrase is its slice" in said and "\u001b[31m" not in said
    assert pl.read_parquet(tmp_path / "failing.parquet").filter(rule="phrase is its slice").height > 3
    result = json.loads(status(copy, "--json")[1].rpartition("jianghua:")[0])
    assert not result["good"] and result["failed"][0]["examples"]


def test_what_is_no_release_has_a_status_of_its_own(release, tmp_path):
    def damaged(name: str, change: Callable[[Path], object]) -> Path:
        copy = copied(release, tmp_path / name)
        change(copy)
        return copy

    def newer(copy: Path) -> None:
        edited(copy / "manifest.json", lambda manifest: manifest.update(schema_version=f"{int(SCHEMA_VERSION.split('.')[0]) + 1}.0.0"))

    def older(copy: Path) -> None:
        edited(copy / "manifest.json", lambda manifest: manifest.update(schema_version="1.0.0"))

    cases = {
        "nothing at": tmp_path / "nowhere", "no manifest.json": tmp_path, "folder of releases": release.parent,
        "give the folder": release / "manifest.json",
        "edits.parquet missing": damaged("less", lambda copy: (copy / "edits.parquet").unlink()),
        "checksums.txt missing": damaged("sums", lambda copy: (copy / "checksums.txt").unlink()),
        "cannot be read as the manifest": damaged("garbled", lambda copy: (copy / "manifest.json").write_text("{", encoding="utf-8")),
        "not ours": damaged("other", lambda copy: (copy / "manifest.json").write_text('{"name": "x"}', encoding="utf-8")),
        "update the program": damaged("newer", newer), "the version that made it, 0.": damaged("older", older),
        "never finished": damaged("part", lambda copy: None).rename(tmp_path / "part" / ".x.part"),
    }
    for words, folder in cases.items():
        with pytest.raises(NotARelease):
            examine(folder)
        code, said = status(folder)
        assert code == 2 and words in " ".join(said.split()), said


@pytest.mark.parametrize("change", [lambda frame: frame.with_columns(surface=pl.lit("x")), lambda frame: frame.drop("kind"), None],
                         ids=["values", "a column less", "half a file"])
def test_data_docs_are_written_of_a_damaged_release_or_it_is_said_why_not(change, release, tmp_path):
    copy, docs = copied(release, tmp_path), tmp_path / "docs"
    path = copy / "phrases.parquet"
    if change:
        change(pl.read_parquet(path)).write_parquet(path)
    else:
        path.write_bytes(path.read_bytes()[:-99])
    code, said = status(copy, "--data-docs", docs)
    assert code == 3 and "phrases" in said and "Traceback" not in said
    assert ("Data Docs: " in said and (docs / "index.html").is_file()) != (f"no Data Docs of {copy} can be written" in said)
    assert (docs / "index.html").is_file() == (change is not None), "half a file cannot be read, all else can be documented"


def test_what_cannot_be_written_is_a_sentence(release, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, said = status(release, "--failing", tmp_path / "nowhere" / "failing.parquet", "--data-docs", tmp_path / "file")
    assert code == 2 and "Traceback" not in said and "is good" in said
    assert "jianghua: the faults cannot be written to" in said and "jianghua: no Data Docs of" in said
