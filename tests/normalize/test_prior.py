"""What is known of the language beforehand, counted once and kept."""
from collections import Counter

import numpy as np
import pytest

from flows.normalize import prior
from flows.normalize.counts import Counts, codes, kept, learn, written

TEXT = "要加强环境保护工作，确保各项任务落到实处。要把平常活动和集中整治配合起来，常抓不懈。"


def arrays(counts: Counts) -> list[np.ndarray]:
    return [*counts.keys, *counts.values, *counts.mass, *counts.rest]


def assert_equal(one: Counts, two: Counts) -> None:
    assert (one.size, one.total) == (two.size, two.total)
    assert [(array.dtype, array.tobytes()) for array in arrays(one)] == [(array.dtype, array.tobytes()) for array in arrays(two)]


@pytest.mark.parametrize("texts", [[TEXT], []])
def test_counts_come_back_as_they_were_written(tmp_path, texts):
    counts = learn(texts)
    written(counts, tmp_path / "counts.arrow")
    assert_equal(kept(tmp_path / "counts.arrow"), counts)


def test_counts_are_the_same_however_they_are_sorted(monkeypatch):
    texts = [TEXT * 3, "", "保障机制", TEXT[::-1], "AB12"]
    whole = learn(texts)
    monkeypatch.setattr("flows.normalize.counts._BLOCK", 7)
    assert_equal(learn(texts), whole)
    places = [codes("\n" + text + "\n").tolist() for text in texts]
    stream = [code for text in places for code in text]
    fours = Counter(zip(stream, stream[1:], stream[2:], stream[3:]))
    packed = [int.from_bytes(b"".join(code.to_bytes(2, "big") for code in four), "big") for four in sorted(fours)]
    assert packed == whole.keys[3].tolist()
    assert [fours[four] for four in sorted(fours)] == whole.values[3].tolist()


def test_prior_is_kept_as_it_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(prior.sys, "prefix", str(tmp_path))
    prior.make()
    files = sorted((tmp_path / "share" / "jianghua").iterdir())
    assert files == [prior.place("dictionary"), prior.place("newspaper")]
    for name, found, counted in (("dictionary", prior.dictionary, prior.of_dictionary),
                                 ("newspaper", prior.newspaper, prior.of_newspaper)):
        counts = counted()
        monkeypatch.setattr(prior, f"of_{name}", lambda: pytest.fail("counted again"))
        assert_equal(found.__wrapped__(), counts)
    before = [file.read_bytes() for file in files]
    monkeypatch.undo()
    monkeypatch.setattr(prior.sys, "prefix", str(tmp_path))
    prior.make()
    assert [file.read_bytes() for file in files] == before


@pytest.mark.parametrize("content", [None, b"", b"ARROW1\0\0" * 9])
def test_prior_is_counted_where_nothing_is_kept(tmp_path, monkeypatch, content):
    monkeypatch.setattr(prior.sys, "prefix", str(tmp_path))
    if content is not None:
        prior.place("newspaper").parent.mkdir(parents=True)
        prior.place("newspaper").write_bytes(content)
    counts = learn([TEXT])
    monkeypatch.setattr(prior, "of_newspaper", lambda: counts)
    assert prior.newspaper.__wrapped__() is counts
