"""Rates: what is counted of which table, as literal rows."""
import polars as pl

from flows.settings import Thresholds
from flows.tables import empty_frame
from flows.validate.rates import RATES, counted, shares, source_of, summed
from schemas import DOCUMENTS, EDITS, PHRASES, SECTIONS, SPEECHES


def rows(table, *given):
    """Rows of a table of which a test names only some columns."""
    return pl.concat([empty_frame(table), pl.DataFrame(list(given))], how="diagonal_relaxed").select(table.names)


def test_every_rate_has_its_threshold_and_its_words():
    assert set(RATES) <= set(Thresholds.__slots__)
    assert all(rate.english and rate.sign.startswith("above it") for rate in RATES.values())


def test_documents_are_counted_by_fate_and_reason():
    documents = rows(DOCUMENTS, {"fate": "speech", "raw_text": "各位\ufffd事"},
                     {"fate": "rejected", "reason": "news", "raw_text": "本报讯"},
                     {"fate": "rejected", "reason": "news", "raw_text": "据悉"}, {"fate": "duplicate", "raw_text": "各位\ufffd事"})
    assert counted("ingest", {"documents": documents}) == {
        "rejected": (2, 4), "repeated_documents": (1, 4), "rejected: news": (2, 4), "replacement_characters": (2, 13)}


def test_speeches_are_counted_by_what_they_lack_and_lose():
    speeches = rows(SPEECHES, {"speech_id": "a", "source_path": "甲/1.txt", "genre": "讲话", "text": "各位", "char_count": 80,
                               "title": "讲话", "placeholder_count": 0, "defects": ["half_width_punctuation"]},
                    {"speech_id": "b", "source_path": "2.txt", "source_name": "乙网", "genre": "其他", "text": "同志", "char_count": 100,
                     "placeholder_count": 2, "defects": ["broken_lines", "placeholders"]})
    edits = rows(EDITS, {"speech_id": "a", "start": 0, "end": 0, "raw_start": 0, "raw_end": 20, "reason": "furniture"},
                 {"speech_id": "b", "start": 3, "end": 5, "raw_start": 3, "raw_end": 3, "reason": "script"})
    found = counted("normalize", {"speeches": speeches, "edits": edits})
    assert found["undated"] == (2, 2) and found["untitled"] == (1, 2) and found["unknown_genre"] == (1, 2)
    assert found["placeholders"] == (1, 2) and found["defective"] == (1, 2) and found["defective: half_width_punctuation"] == (1, 2)
    assert found["removed_text"] == (20, 198), "80 + 20 characters of one raw text, 100 - 2 of the other"
    assert found["removed_text: 甲"] == (20, 100) and found["removed_text: 乙网"] == (0, 98)


def test_a_part_of_a_rate_is_one_of_the_rows_of_all_shards_also_of_those_without_it():
    """4 of 100 documents are news, all in the first shard: 4 %, not the 13 % of that shard."""
    plenty = [{"fate": "rejected", "reason": "news", "raw_text": "据悉"}] * 4 + [{"fate": "speech", "raw_text": "各位"}] * 27
    others = [{"fate": "speech", "raw_text": "同志"}] * 69
    shards = [counted("ingest", {"documents": rows(DOCUMENTS, *given)}) for given in (plenty, others)]
    found = summed(shards)
    assert found["rejected"] == found["rejected: news"] == (4, 100) and shares(found)["rejected: news"] == 0.04
    speeches = [rows(SPEECHES, *({"speech_id": f"{name}{number}", "source_path": f"{name}/{number}.txt", "char_count": 10, "text": "各位",
                                  "genre": "讲话", "placeholder_count": 0, "defects": defects} for number in range(count)))
                for name, count, defects in (("甲", 1, ["broken_lines"]), ("乙", 3, []))]
    normal = summed(counted("normalize", {"speeches": frame, "edits": rows(EDITS)}) for frame in speeches)
    assert normal["defective: broken_lines"] == (1, 4)
    assert normal["removed_text: 甲"] == (0, 10), "a source is one of its own characters"
    assert summed([]) == {}


def test_a_source_is_the_site_or_the_folder_or_the_file_that_holds_many():
    speeches = rows(SPEECHES, *({"speech_id": str(n), "source_path": path, "source_name": name} for n, (path, name) in enumerate(
        [("甲/乙/1.txt", None), ("crawl.parquet#7", None), ("1.txt", None), ("甲/2.txt", "青禾文稿")])))
    assert source_of(speeches)["source"].to_list() == ["甲", "crawl.parquet", ".", "青禾文稿"]


def test_only_sources_with_enough_speeches_are_judged():
    totals = {"removed_text": (10, 100), "removed_text: small": (99, 100), "speeches of small": (19, 100),
              "removed_text: big": (30, 100), "speeches of big": (20, 100)}
    assert shares(totals)["removed_text_of_a_source"] == 0.3
    assert shares({"removed_text": (0, 0)}) == {"removed_text": 0.0, "removed_text_of_a_source": 0.0}


def test_sections_are_counted_by_what_opens_them():
    body = {"speech_id": "a", "kind": "body", "marker_style": "han"}
    sections = rows(SECTIONS, body | {"marker": "一、", "heading": None, "is_inferred": True},
                    body | {"marker": "二、", "heading": "抓落实", "is_inferred": False},
                    {"speech_id": "b", "kind": "body", "is_inferred": False})
    phrases = rows(PHRASES, {"speech_id": "a", "phrase": "三会一课", "kind": "numbered"})
    assert counted("segment", {"sections": sections, "phrases": phrases}) == {
        "undivided": (1, 2), "empty_headings": (1, 2), "inferred": (1, 3), "phraseless": (1, 2)}
