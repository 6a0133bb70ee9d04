"""How partitions fill: even keys fill them evenly, a key that everybody holds does not, and what a shard gathers evens it out."""
from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

from flows.bench import own_speeches
from flows.shuffle import LEAST, Keys, added_up, fill, fills, keys_of, main, tail, text_at_hand, up_to

MEGABYTE = 1e6


def even(count: int, documents: int, *more: float) -> Keys:
    """So many keys, each in a thousandth of the documents, and one for each further share."""
    shares = np.array([*more, *[0.001] * count])
    hashes = np.random.default_rng(1).integers(0, 1 << 63, len(shares), dtype=np.uint64)
    return Keys(documents, hashes, shares, np.full(len(shares), 40.0), 0, 0, 0.0, 0.5)


def test_even_keys_fill_partitions_evenly_and_no_record_is_lost():
    found = fill("lines", even(100_000, 1000), 1e6, 64, 64 * MEGABYTE)
    assert found.records == 100_000_000 and found.bytes == 40 * found.records
    assert found.partitions == 64 and found.mean == found.bytes // 64
    assert 1 < found.most / found.mean < 1.15 and found.heavy == 0


def test_a_key_that_every_document_holds_fills_one_partition_unless_a_shard_adds_it_up():
    keys = even(100_000, 1000, 1.0)
    heavy = fill("lines", keys, 1e8, 4096, 4000 * MEGABYTE)
    assert heavy.heavy == 1 and heavy.heaviest == 40 * 10**8 and heavy.most > heavy.mean + heavy.heaviest * 0.9
    evened = fill("lines", keys, 1e8, 4096, 4000 * MEGABYTE, added_up(0.0))
    assert evened.heavy == 0 and evened.heaviest == 40 * 4096, "one record a shard"


def test_of_a_common_seed_a_shard_sends_on_only_as_many_as_show_that_it_is_common():
    assert up_to(13)(np.array([0.5, 13.0, 4000.0])).tolist() == [0.5, 13.0, 13.0]
    assert added_up(0.5)(np.array([0.5, 100.0])).tolist() == [0.5, 10.0], "a hundred documents of one shard, from ten sources"


def test_rare_keys_grow_with_the_corpus_as_they_do_within_the_text():
    """Each document brings one key of its own and one that all hold: Heaps' exponent is 1."""
    rows = [(number, key, 40.0) for number in range(64) for key in (7, 1000 + number)]
    keys = keys_of(pl.DataFrame(rows, schema={"document": pl.UInt32, "hash": pl.UInt64, "size": pl.Float64}, orient="row"), 64)
    assert (keys.hashes.tolist(), keys.shares.tolist(), keys.rare, keys.rare_records) == ([7], [1.0], 64, 64)
    assert keys.growth == pytest.approx(1, abs=0.06)
    shares, rest = tail(keys, 1e6)
    assert float(shares.sum()) * 1e6 + rest == pytest.approx(1e6), "as many rare records as documents"
    assert len(shares) == 0 or shares[0] <= LEAST / 64


def test_every_shuffle_of_the_pipeline_is_simulated_from_a_text_and_from_a_release(tmp_path, release, capsys):
    own_speeches(12).write_parquet(tmp_path / "made-up.parquet")
    for text in (tmp_path / "made-up.parquet", release):
        main([str(text), "--terabytes", "0.001", "--documents", "100000", "--shards", "64", "--json"])
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [each["shuffle"].partition(":")[0] for each in found[::2]] == ["furniture", "lexicon", "passages", "duplicates"]
        for come, gathered in zip(found[::2], found[1::2]):
            assert not come["gathered"] and gathered["gathered"]
            assert 0 < gathered["records"] <= come["records"] and gathered["bytes"] <= come["bytes"] and come["most"] >= come["mean"]
    main([str(tmp_path / "made-up.parquet")])
    assert "max/mean" in capsys.readouterr().out


def test_twice_the_text_is_twice_the_shuffle(tmp_path):
    own_speeches(10).write_parquet(tmp_path / "made-up.parquet")
    text = text_at_hand(tmp_path / "made-up.parquet")
    one, two = (next(fills(text, bytes_=size, documents=1e5, shards=64, partition_bytes=1e8)) for size in (1e9, 2e9))
    assert two.bytes == pytest.approx(2 * one.bytes, rel=0.05)
