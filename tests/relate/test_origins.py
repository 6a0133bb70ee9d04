"""Origins: a source is a site or a folder, never a file or a record."""
import polars as pl
import pytest

from flows.relate.origins import NAMED_BY, source


@pytest.mark.parametrize(("name", "url", "path", "found"), [
    ("青禾文稿", "https://a.example/1.html", "甲/1.txt", "青禾文稿"),
    (None, "https://WWW.A.example:8080/1.html?x#y", "甲/1.txt", "a.example"),
    (None, "ftp://someone:secret@a.example", "甲/1.txt", "a.example"),
    (None, "/relative/1.html", "甲/乙/1.txt", "甲/乙"),
    (None, None, "甲/crawl.jsonl#7", "甲"),
    (None, None, "甲/crawl.zip#乙/丙.txt", "甲"),
    (None, None, "crawl.jsonl#7", ""),
    (None, None, "1.txt", ""),
    (None, None, "s3://bucket/甲/1.txt", "s3://bucket/甲"),
])
def test_a_source_is_the_site_else_the_host_else_the_folder(name: str | None, url: str | None, path: str, found: str) -> None:
    speeches = pl.DataFrame([(name, url, path)], schema=dict.fromkeys(NAMED_BY, pl.String), orient="row")
    assert speeches.select(source()).item() == found


def test_records_and_files_of_one_folder_are_one_source() -> None:
    paths = [*(f"crawl.jsonl#{number}" for number in range(3)), *(f"{number}.txt" for number in range(3))]
    speeches = pl.DataFrame([(None, None, path) for path in paths], schema=dict.fromkeys(NAMED_BY, pl.String), orient="row")
    assert speeches.select(source()).to_series().n_unique() == 1
