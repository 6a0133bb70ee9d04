"""The papers of a release: true of its tables, valid to the tools that read them, and harmless whatever the sources say."""
from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import jsonschema
import polars as pl
import pytest
import yaml

from flows.publish.card import card
from flows.publish.changelog import changelog
from flows.publish.citation import citation, yaml_of
from flows.publish.croissant import croissant
from flows.publish.datapackage import datapackage
from flows.publish.edition import Edition, Source, sha256_of
from flows.publish.sources import sources_of, sources_paper
from flows.validate.witnesses import suite
from schemas import SCHEMA_VERSION, TABLES
from tests.releases import alter, copied

# The schema of the Citation File Format 1.2.0, by its makers, under CC-BY-4.0: the package that carries it asks for an old jsonschema.
CFF = json.loads((Path(__file__).parent / "cff-1.2.0.schema.json").read_bytes())
HOSTILE = 'x | y\n---\n</td><script>alert(1)</script> [a](javascript:b) {{7*7}} "q" \u202e\x85 \x00'
FACTS = {"fates": {"speech": 3, "rejected": 1}, "reasons": {"news": 1}, "input_files": 4, "rows": {}}
EDITION = Edition("2026.01.05-0123456789ab", SCHEMA_VERSION, "0.1.0", dict.fromkeys(TABLES, 3), dict.fromkeys(TABLES, 300),
                  dict.fromkeys(TABLES, "a" * 64), FACTS, "publishable", [Source("青禾文稿", None, "example.org", "CC0-1.0", 4, 3)], None)
SNIPPETS = re.findall(r"### ([^\n]+)\n\n```python\n(.*?)```", card(EDITION), re.DOTALL)


def front_matter(text: str) -> dict:
    return yaml.safe_load(text.split("\n---\n", 1)[0].removeprefix("---\n"))


def test_the_manifest_names_every_file_and_what_the_release_was_made_from(release):
    manifest = json.loads((release / "manifest.json").read_bytes())
    files = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()} - {"manifest.json"}
    assert set(manifest["files"]) == files
    assert all(sha256_of(release / name) == digest for name, digest in manifest["files"].items())
    assert {name: each["rows"] for name, each in manifest["tables"].items()} == {
        name: pl.read_parquet(release / f"{name}.parquet").height for name in TABLES}
    assert {"furniture.toml", "formulae.tsv"} <= set(manifest["lexicons"]) and "thresholds" in manifest["settings"]
    assert [name for name, value in manifest.items() if re.search(r"\d\d:\d\d:\d\d", json.dumps(value))] == ["published_at"]


def test_every_file_but_the_manifest_can_be_checked_with_sha256sum(release):
    done = subprocess.run(["sha256sum", "--check", "--quiet", "checksums.txt"], cwd=release, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    listed = {line.split("  ")[1] for line in (release / "checksums.txt").read_text(encoding="utf-8").splitlines()}
    assert "manifest.json" not in listed and {"README.md", "quality/report.json", "speeches.parquet"} <= listed


def test_the_data_package_is_valid_and_its_tables_with_it(release, monkeypatch):
    import frictionless
    monkeypatch.chdir(release)
    report = frictionless.validate("datapackage.json")
    assert report.valid and not report.warnings, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    assert [task.name for task in report.tasks] == list(TABLES)


def test_the_data_package_holds_for_empty_texts_and_for_numbers_that_are_missing(release, tmp_path, monkeypatch):
    folder = copied(release, tmp_path)
    alter(folder, "sections", lambda sections: sections.with_columns(
        text=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("")).otherwise("text"),
        number=pl.when(pl.int_range(pl.len()) == 0).then(None).otherwise("number")))
    monkeypatch.chdir(folder)
    import frictionless
    package = frictionless.Package("datapackage.json")
    assert package.get_resource("sections").validate().valid
    rows = package.get_resource("sections").read_rows()
    assert rows[0]["text"] == "" and rows[0]["number"] is None and {type(row["number"]) for row in rows} == {int, type(None)}
    integers = {column.name for table in TABLES.values() for column in table.columns if column.type.startswith("int")}
    assert {field.name for resource in package.resources for field in resource.schema.fields if field.type == "integer"} == integers


def test_the_croissant_loads_without_a_word_and_yields_every_row(release, monkeypatch, caplog):
    import mlcroissant
    monkeypatch.chdir(release)
    dataset = mlcroissant.Dataset("croissant.json")
    issues = dataset.metadata.ctx.issues
    assert not issues.errors and not issues.warnings and "WARNING" not in caplog.text
    assert dataset.metadata.ctx.conforms_to.value.endswith("/1.1")
    for name in TABLES:
        assert sum(1 for _ in dataset.records(name)) == pl.scan_parquet(release / f"{name}.parquet").select(pl.len()).collect().item()
    titles = {row["speeches/title"].decode() for row in dataset.records("speeches") if row["speeches/title"]}
    assert titles == set(pl.read_parquet(release / "speeches.parquet")["title"].drop_nulls())


def test_the_croissant_says_what_it_is_for_and_what_not():
    said = croissant(EDITION)
    assert {f"rai:{name}" for name in ("dataBiases", "dataLimitations", "dataUseCases", "personalSensitiveInformation")} <= set(said)
    assert said["version"] == "2026.1.5+0123456789ab", "semantic versions have no zero in front"
    assert {field["@id"] for records in said["recordSet"] for field in records["field"]} == {
        f"{name}/{column}" for name, table in TABLES.items() for column in table.names}


def test_keys_and_links_of_the_declarations_are_in_the_data_package():
    schemas = {each["name"]: each["schema"] for each in datapackage(EDITION)["resources"]}
    assert schemas["speeches"]["primaryKey"] == ["speech_id"]
    assert {"fields": ["parent_id"], "reference": {"resource": "", "fields": ["section_id"]}} in schemas["sections"]["foreignKeys"]
    assert "primaryKey" not in schemas["rejects"], "a part of its key may be null"


def test_the_citation_is_valid_against_the_schema_of_its_format(release):
    for text in (citation(EDITION), citation(replace(EDITION, sources=())), (release / "CITATION.cff").read_text(encoding="utf-8")):
        jsonschema.validate(yaml.load(text, yaml.BaseLoader), CFF)
    assert yaml.safe_load(citation(EDITION))["license"] == "CC0-1.0"
    assert "license" not in yaml.safe_load(citation(replace(EDITION, sources=[Source(None, None, None, "ask me", 1, 1)])))


def test_the_card_has_one_config_a_table_and_speaks_both_languages():
    said = front_matter(card(EDITION))
    assert [each["config_name"] for each in said["configs"]] == list(TABLES)
    assert [each["config_name"] for each in said["configs"] if each.get("default")] == ["speeches"]
    assert said["license"] == "cc0-1.0" and front_matter(card(replace(EDITION, sources=())))["license_link"] == "SOURCES.md"
    for table in TABLES.values():
        assert table.english in card(EDITION) and table.chinese in card(EDITION)


def test_every_value_of_a_closed_list_is_explained_in_the_card_and_asked_for_by_the_checks():
    told = card(EDITION)
    for table in TABLES.values():
        asked = {each["column"]: each["value_set"] for each in suite(table, table.names) if "value_set" in each}
        for column in table.columns:
            for value, (english, chinese) in column.values.items():
                assert english and chinese and f"`{value}` | {english} | {chinese} |" in told, f"{column.name}: {value}"
            if column.values and not column.type.startswith("list"):
                assert asked[column.name] == list(column.values)
    assert {column.name for table in TABLES.values() for column in table.columns if column.values} >= {
        "genre", "defects", "marker_style", "reason", "fate", "script", "kind", "layout", "stage", "delivered_precision"}


@pytest.mark.parametrize(("tool", "snippet"), SNIPPETS, ids=[tool for tool, _ in SNIPPETS])
def test_the_snippets_of_the_card_run(tool, snippet, release, tmp_path, monkeypatch):
    folder = tmp_path / release.name
    shutil.copytree(release, folder)
    monkeypatch.chdir(folder)
    for name, value in {"HF_HOME": tmp_path / "hf", "HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}.items():
        monkeypatch.setenv(name, str(value))
    names: dict = {}
    exec(snippet, names)
    speeches = pl.read_parquet("speeches.parquet")
    quoted = pl.read_parquet("phrases.parquet").filter(pl.col("kind") == "quoted").join(
        speeches.filter("is_canonical"), on="speech_id", how="semi")
    rows = names["kwic"].rows() if isinstance(names["kwic"], pl.DataFrame) else names["kwic"]
    assert sorted(row[1] for row in rows) == sorted(quoted["surface"]) and quoted.height
    assert speeches.filter(~pl.col("is_canonical")).height, "there are reprints to leave out"
    texts = "\n".join(speeches["text"])
    assert all("".join(row) in texts for row in rows), "the context stands so in a speech"
    under = names["under"].rows() if isinstance(names["under"], pl.DataFrame) else names["under"]
    assert len(under) and all("责任" in (row if isinstance(row, str) else row[-1]) for row in under)
    assert years_of(names["by_year"]) == by_year_of(speeches)


def by_year_of(speeches: pl.DataFrame) -> dict[tuple[str, int], int]:
    """How many canonical speeches of a year hold a phrase: of the year in which they were given, else put out."""
    years = speeches.filter("is_canonical").select("speech_id", year=pl.coalesce("delivered_date", "published_date").dt.year())
    assert years.join(speeches, on="speech_id").filter(
        pl.col("year").ne_missing(pl.col("published_date").dt.year())).height, "else nothing is told"
    held = pl.read_parquet("phrases.parquet").join(years.drop_nulls(), on="speech_id").group_by("phrase", "year").agg(
        pl.col("speech_id").n_unique())
    return {(phrase, year): count for phrase, year, count in held.iter_rows()}


def years_of(found) -> dict[tuple[str, int], int]:
    """What a snippet found, whatever it holds it in, without the undated."""
    if isinstance(found, pl.DataFrame):
        found = found.rows()
    elif isinstance(found, dict):
        found = [(*key, len(speeches)) for key, speeches in found.items()]
    elif not isinstance(found, list):
        found = [(*key, count) for key, count in found.items()]
    return {(phrase, int(year)): count for phrase, year, count in found if year is not None and year == year}


def test_the_card_shows_five_ways_to_read():
    assert [tool for tool, _ in SNIPPETS] == ["polars", "pandas", "DuckDB", "Hugging Face datasets"] and "```r\n" in card(EDITION)
    r = card(EDITION).partition("```r\n")[2].partition("```")[0]
    assert "coalesce(delivered_date, published_date)" in r and "format(date," in r


def test_what_sources_say_cannot_break_out_of_a_paper():
    edition = replace(EDITION, sources=[Source(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 4, 3)])
    paper = sources_paper(edition)
    row = next(line for line in paper.splitlines() if "alert" in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 7 and "<script" not in paper.replace("\\<", "") and not re.search(r"(?<!\\)\[a", paper)
    assert json.loads(json.dumps(croissant(edition)))["license"] == [HOSTILE]
    assert yaml.safe_load(yaml_of({"a": [HOSTILE], "b": [{"c": HOSTILE}]})) == {"a": [HOSTILE], "b": [{"c": HOSTILE}]}
    assert front_matter(card(edition))["license"] == "other"
    jsonschema.validate(yaml.load(citation(edition), yaml.BaseLoader), CFF)


def test_sources_are_counted_by_what_they_say_of_themselves():
    documents = pl.DataFrame({
        "fate": ["speech", "rejected", "speech", "speech"],
        "metadata": ['{"producer": "甲站", "licence": "CC0-1.0", "url": "https://a.example/1"}',
                     '{"producer": "甲站", "licence": "CC0-1.0", "url": "https://a.example/2?x"}', '{"site": "乙站"}', None]})
    assert sources_of([documents[:1], documents[1:]]) == [
        Source("甲站", None, "a.example", "CC0-1.0", 2, 1, "https://a.example"), Source(None, None, None, None, 1, 1),
        Source(None, "乙站", None, None, 1, 1)]


def test_an_address_under_source_is_no_name_of_a_site():
    documents = pl.DataFrame({"fate": ["speech"] * 3, "metadata": [
        '{"source": "https://b.example/讲话/1.html"}', '{"source": "https://someone@b.example/2"}', '{"site": "丙站", "source": "http://c.example"}']})
    found = sources_of([documents])
    assert found == [Source(None, None, "b.example", None, 2, 2, "https://b.example"),
                     Source(None, "丙站", "c.example", None, 1, 1, "http://c.example")]
    assert datapackage(replace(EDITION, sources=found))["sources"] == [
        {"title": "b.example", "path": "https://b.example"}, {"title": "丙站", "path": "http://c.example"}]


def test_the_changelog_tells_what_came_and_went(releases):
    first, second = releases
    assert "First release here" in (first / "CHANGELOG.md").read_text(encoding="utf-8")
    text = (second / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "Inputs new 新增的输入: 1" in text and "新增\\.txt" in text and "Inputs gone 移除的输入: 0" in text
    assert re.search(r"\| speeches \| (\d+) \| (\d+) \| 1 \| 0 \|", text)
    back = changelog(first, second)
    assert "Inputs gone 移除的输入: 1" in back and "Inputs new 新增的输入: 0" in back
