"""A release in an S3-like store: objects first, manifest last, so that no reader sees half of one."""
from __future__ import annotations

import json

import polars as pl
import pyarrow.fs as fs
import pytest

from flows.publish import store as stores
from flows.publish.store import put
from tests.releases import copied


@pytest.fixture
def bucket(monkeypatch):
    """An S3 server on this machine with a bucket: (its URI, a file system on it)."""
    from moto.server import ThreadedMotoServer
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
                        "AWS_EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(name, value)
    store = fs.S3FileSystem(endpoint_override=f"{host}:{port}", scheme="http", region="us-east-1", allow_bucket_creation=True)
    store.create_dir("releases")
    yield "s3://releases/of/jianghua", store
    server.stop()


def read(store, name: str) -> bytes:
    with store.open_input_stream(f"releases/of/jianghua/{name}") as stream:
        return stream.read()


def test_a_release_is_copied_once_and_found_by_its_pointer(bucket, release):
    uri, store = bucket
    assert put(release, uri) is True and put(release, uri) is False
    pointer = json.loads(read(store, "latest.json"))
    manifest = json.loads(read(store, pointer["manifest"]))
    for name in manifest["files"]:
        assert read(store, f"{pointer['name']}/{name}") == (release / name).read_bytes()
    read_back = pl.read_parquet(read(store, f"{pointer['name']}/speeches.parquet"))
    assert read_back.equals(pl.read_parquet(release / "speeches.parquet"))


def test_a_copy_that_was_cut_short_has_no_manifest_and_is_finished_by_the_next(bucket, releases, monkeypatch):
    uri, store = bucket
    first, second = releases
    put(first, uri)
    write, written = stores._write, []

    def cut(store, path, source):
        if len(written) == 7:
            raise OSError("connection lost")
        written.append(path)
        write(store, path, source)

    monkeypatch.setattr(stores, "_write", cut)
    with pytest.raises(OSError, match=r"whole in .* the next run tries again"):
        put(second, uri)
    assert json.loads(read(store, "latest.json"))["name"] == first.name, "readers still go to the release before"
    assert not any(path.endswith("manifest.json") for path in written)
    monkeypatch.setattr(stores, "_write", write)
    assert put(second, uri) is True
    assert json.loads(read(store, "latest.json"))["name"] == second.name
    assert read(store, f"{second.name}/manifest.json") == (second / "manifest.json").read_bytes()


def test_a_folder_behind_a_uri_does_as_well(release, tmp_path):
    assert put(release, f"file://{tmp_path}/store") is True and put(release, f"file://{tmp_path}/store") is False
    assert copied(release, tmp_path / "copy").name == release.name
    for name in ("speeches.parquet", "quality/report.json", "manifest.json"):
        assert (tmp_path / "store" / release.name / name).read_bytes() == (release / name).read_bytes()


def test_a_store_that_is_not_there_is_told(release, monkeypatch):
    with pytest.raises(OSError, match="cannot write the release to nothing://at/all"):
        put(release, "nothing://at/all")
