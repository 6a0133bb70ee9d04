"""The README keeps its word: its dictionary is the declarations', its snippets run on a release."""
import re
from pathlib import Path

import pytest

from flows.publish.dictionary import with_dictionary
from tests.test_corpus import build, speech

README = Path(__file__).resolve().parent.parent / "README.md"
SNIPPETS = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def folder(server, tmp_path_factory) -> Path:
    """A folder with a release in data/processed, as `make data` leaves it."""
    top = tmp_path_factory.mktemp("readme")
    (top / "raw").mkdir()
    for topic in ("河道清淤", "春耕备耕"):
        (top / "raw" / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
    (top / "data").mkdir()
    build(top / "raw", top / "data" / "processed")
    return top


def test_the_dictionary_is_up_to_date():
    text = README.read_text(encoding="utf-8")
    assert with_dictionary(text) == text, "run python -m flows.publish.dictionary"


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet.split()[1])
def test_the_snippets_run(snippet, folder, monkeypatch):
    monkeypatch.chdir(folder)
    names: dict = {}
    exec(snippet, names)
    assert any(len(names[name]) for name in ("top", "sections") if name in names)


def test_the_readme_shows_three_ways_to_read():
    assert [snippet.split()[1] for snippet in SNIPPETS] == ["polars", "duckdb", "pandas"]
