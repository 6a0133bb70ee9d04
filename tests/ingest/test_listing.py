"""What there is to read: each input under a path of its own, found however deep, and read anew where it changed or could not be read."""
from __future__ import annotations

import errno
import io
import itertools
import json
import os
import subprocess
import warnings
import zipfile
from pathlib import Path
from types import SimpleNamespace

import py7zr
import pytest

from flows import store
from flows.ingest import sources
from flows.ingest.documents import Document, Reject
from flows.ingest.inventory import batches, take
from flows.ingest.shard import read_batch
from flows.ingest.sources import list_sources, read
from flows.settings import Settings, settings_from
from flows.stage import Job, done
from flows.tables import read_frame
from tests.ingest.hostile import SPEECH, tar_entry, tarred, zipped


def packed(members: list[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


def seven(members: list[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with py7zr.SevenZipFile(held, "w") as archive:
        for name, data in members:
            archive.writestr(data, name)
    return held.getvalue()


def tarball(members: list[tuple[str, bytes]]) -> bytes:
    return tarred(*((tar_entry(name), data) for name, data in members))


def texts(folder: Path) -> dict[str, str]:
    """{source path: raw text} of all that is in a folder; no path may come twice."""
    found: dict[str, str] = {}
    for source in list_sources(str(folder))[0]:
        for item in read(source):
            assert isinstance(item, Document) and item.source_path not in found, item
            found[item.source_path] = item.raw_text
    return found


@pytest.mark.parametrize(("name", "pack"), [("a.zip", packed), ("a.tar", tarball), ("a.7z", seven)])
def test_members_of_like_names_have_paths_of_their_own_in_whatever_order(tmp_path, name, pack):
    first, again, lookalike, encoded = SPEECH + "一", SPEECH + "二", SPEECH + "三", SPEECH + "四"
    for place in range(4):
        members = [("a.txt", first.encode()), ("a.txt", again.encode()), ("a%7E2", encoded.encode())]
        members.insert(place, ("a.txt~2", lookalike.encode()))
        (tmp_path / name).write_bytes(pack(members))
        assert texts(tmp_path) == {f"{name}#a.txt": first, f"{name}#a.txt~2": again, f"{name}#a.txt%7E2": lookalike,
                                   f"{name}#a%257E2": encoded}


def test_a_hash_in_the_name_of_a_member_is_not_one_between_containers(tmp_path):
    inner, record = packed([("b.txt", (SPEECH + "里").encode())]), json.dumps({"text": SPEECH + "录"}).encode()
    members = [("i.zip", inner), ("i.zip#b.txt", (SPEECH + "外").encode()), ("r.jsonl", record), ("r.jsonl#0", (SPEECH + "行").encode())]
    for number, order in enumerate(itertools.permutations(members)):
        if number % 5 == 0:
            (tmp_path / "a.zip").write_bytes(packed(list(order)))
            assert {path: text[-1] for path, text in texts(tmp_path).items()} == {
                "a.zip#i.zip#b.txt": "里", "a.zip#i.zip%23b.txt": "外", "a.zip#r.jsonl#0": "录", "a.zip#r.jsonl%230": "行"}


@pytest.mark.parametrize(("name", "pack"), [("a.zip", packed), ("a.tar", tarball), ("a.7z", seven)])
def test_a_name_that_begins_with_the_folder_itself_is_one_like_any_other(tmp_path, name, pack):
    (tmp_path / name).write_bytes(pack([("./x.txt", SPEECH.encode()), ("./y/./z.txt", SPEECH.encode()), ("./.hidden", b"x")]))
    assert sorted(texts(tmp_path)) == [f"{name}#x.txt", f"{name}#y/z.txt"]


def test_folders_within_each_other_by_the_thousand_are_listed(tmp_path):
    here = os.getcwd()
    try:
        os.chdir(tmp_path)
        for depth in range(2200):       # beyond the calls that Python follows, and in the end beyond the length of a path
            if depth in (0, 1500):
                Path("x.txt").write_text(SPEECH, encoding="utf-8")
            os.mkdir("d")
            os.chdir("d")
        os.chdir(here)
        found, rejects = list_sources(str(tmp_path))
        assert [each.path.count("/") for each in found] == [1500, 0]
        assert [each.reason for each in rejects] == ["unreadable"] and rejects[0].source_path.count("/") > 1500
        assert all(isinstance(item, Document) for each in found for item in read(each))
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_a_file_uri_is_the_folder_that_it_names(tmp_path):
    raw = tmp_path / "原 稿"
    raw.mkdir()
    (tmp_path / "outside.txt").write_text(SPEECH, encoding="utf-8")
    (raw / "a.txt").write_text(SPEECH, encoding="utf-8")
    (raw / "source.toml").write_text('licence = "CC0"', encoding="utf-8")
    (raw / "out.txt").symlink_to(tmp_path / "outside.txt")
    (raw / "up").symlink_to(tmp_path)
    os.mkfifo(raw / "pipe")
    as_folder = list_sources(str(raw))
    assert [each.path for each in as_folder[0]] == ["a.txt"] and len(as_folder[1]) == 3
    assert list_sources(f"file://{raw}") == list_sources(raw.as_uri()) == list_sources(f"{raw.as_uri()}/") == as_folder
    assert list_sources((raw / "a.txt").as_uri()) == list_sources(str(raw / "a.txt"))
    with pytest.raises(FileNotFoundError):
        list_sources("file:///there/is/no/such/place")


def test_an_edit_that_keeps_size_and_time_is_seen(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(SPEECH + "甲", encoding="utf-8")
    before = take(str(raw), tmp_path / "memory.json")
    assert take(str(raw), tmp_path / "memory.json").digest == before.digest
    time = (raw / "a.txt").stat()
    (raw / "a.txt").write_text(SPEECH + "乙", encoding="utf-8")
    os.utime(raw / "a.txt", ns=(time.st_atime_ns, time.st_mtime_ns))
    assert (raw / "a.txt").stat().st_size == time.st_size
    assert take(str(raw), tmp_path / "memory.json").digest != before.digest


def test_a_file_that_cannot_be_digested_once_is_tried_again(tmp_path, monkeypatch):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(SPEECH, encoding="utf-8")

    def fails(*_):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("hashlib.file_digest", fails)
        failed = take(str(raw), tmp_path / "memory.json").digest
    assert take(str(raw), tmp_path / "memory.json").digest != failed


class Failing(io.FileIO):
    """A file that the system reads from once."""

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        if hasattr(self, "was_read"):
            raise OSError(errno.EIO, "Input/output error")
        self.was_read = True
        return super().read(size)


def refused(*_):
    raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize(("name", "content"), [
    ("a.txt", SPEECH.encode()), ("a.zip", zipped({"b.txt": SPEECH.encode()})), ("a.tar", tarball([("b.txt", SPEECH.encode())])),
    ("a.jsonl", json.dumps({"text": SPEECH}).encode()), ("a.csv", f'title,text\n1,"{SPEECH}"\n'.encode())])
def test_what_the_system_would_not_read_is_read_again_by_the_next_run(tmp_path, monkeypatch, name, content):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / name).write_bytes(content)
    (source,), _ = list_sources(str(tmp_path / "raw"))
    inputs = {"sources": [[source.path, source.location, source.byte_count, source.mtime_ns, "", 0]], "shard_bits": 0}

    def reads(number: str) -> tuple[list[str], bool]:
        out = tmp_path / number
        out.mkdir()
        facts = read_batch(inputs, Settings().content(), out)
        return read_frame(out / "rejects.arrow")["reason"].to_list(), facts["unsettled"]

    with monkeypatch.context() as patch:
        patch.setattr(sources.io, "FileIO", Failing)
        reasons, unsettled = reads("1")
        assert unsettled and reasons and set(reasons) == {"unreadable"}
    assert reads("2") == ([], False)

    with monkeypatch.context() as patch:
        patch.setattr(sources.os, "open", refused)
        assert reads("3") == (["unreadable"], True)


def test_a_large_file_whose_parts_could_not_be_told_is_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.ingest.records.PART_BYTES", 1 << 12)
    monkeypatch.setattr("flows.ingest.sources.WHOLE_BYTES", 1 << 12)
    monkeypatch.setattr("flows.ingest.inventory.WHOLE_BYTES", 1 << 12)
    (tmp_path / "raw").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "raw" / "a.jsonl").write_text("\n".join(json.dumps({"text": f"{n}{SPEECH}"}) for n in range(60)), encoding="utf-8")
    inventory = take(str(tmp_path / "raw"), tmp_path / "memory.json")
    known = batches(inventory, 0)["0000"]
    with monkeypatch.context() as patch:
        patch.setattr(sources.os, "open", refused)
        found, depends = batches(inventory, 0)["0000"]
    assert len(known[0]) > 3 and len(found) == 1 and depends != known[1]
    facts = read_batch({"sources": found, "shard_bits": 0}, settings_from({}).content(), tmp_path / "out")
    assert (facts["documents"], facts["rejects"], facts["unsettled"]) == (60, 0, False)


def unsettled_once(inputs, settings, out):
    """A step that fails by the system as long as there is a file that says so."""
    (out / "done.txt").write_text("x", encoding="utf-8")
    return {"unsettled": Path(inputs["trouble"]).exists()}


def test_an_output_that_holds_for_one_run_is_worked_again_by_the_next(tmp_path, monkeypatch):
    def submit(step, shard, pool, workers, root, key, code, function, inputs, content):
        store.perform(root, step, key, function, json.loads(inputs), json.loads(content))
        return SimpleNamespace(result=lambda: None)

    monkeypatch.setattr("flows.stage.work", SimpleNamespace(submit=submit))      # without Prefect
    trouble = tmp_path / "trouble"
    trouble.write_text("", encoding="utf-8")
    settings = Settings(work=str(tmp_path / "work"), workers=1)
    job = Job("unsettled", "all", "tests.ingest.test_listing:unsettled_once", {"trouble": str(trouble)}, [1])
    assert done([job], settings)["all"].facts == {"unsettled": True}
    trouble.unlink()
    assert done([job], settings)["all"].facts == {"unsettled": False}
    trouble.write_text("", encoding="utf-8")
    assert done([job], settings)["all"].facts == {"unsettled": False}


def test_a_reject_says_what_the_system_said(tmp_path, monkeypatch):
    (tmp_path / "a.zip").write_bytes(zipped({"b.txt": SPEECH.encode()}))
    (source,), _ = list_sources(str(tmp_path))
    monkeypatch.setattr(sources.io, "FileIO", Failing)
    assert list(read(source)) == [Reject("a.zip", "ingest", "unreadable", "Input/output error")]
