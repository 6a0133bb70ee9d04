"""Small releases of made-up speeches, for tests that look at a whole release: built once, copied, damaged, signed again."""
from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from schemas import TABLES
from tests.test_corpus import TOPICS, speech

HOSTILE = "<script>alert(1)</script>{{7*7}}]]>$x\u202e"


def write_raw(folder: Path, *, more: bool = False) -> Path:
    """Documents with everything that a release can hold: reprints, repetitions, pages with markup, rejected and unreadable ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for topic in TOPICS[:5]:
        (folder / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
    light_edit = speech(TOPICS[0]).replace("辛苦一点", "辛苦一些").replace("青禾文稿", "绿洲文稿")
    (folder / "转载").mkdir(exist_ok=True)
    (folder / "转载" / "reprint.txt").write_text(light_edit, encoding="utf-8")
    (folder / "转载" / "repeated.txt").write_text(speech(TOPICS[1]), encoding="utf-8")
    body = "".join(f"<p>{line}</p>" for line in speech(TOPICS[5]).split("\n")[2:])
    (folder / "page.html").write_text(
        f"<html><head><title>在全镇{TOPICS[5]}工作会议上的讲话</title></head><body><h1>在全镇{TOPICS[5]}工作会议上的讲话</h1>"
        f"<h2>河东省云水市人民政府</h2>{body}</body></html>", encoding="utf-8")
    (folder / "昆明.txt").write_text(speech(TOPICS[6]).replace("在全镇", "在云南省昆明市").replace(
        "同志们:\n今天", "(2021年4月6日)\n同志们:\n今天", 1), encoding="utf-8")
    (folder / "english.txt").write_text("Minutes of a meeting that nobody attended.\n" * 5, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    if more:
        (folder / "新增.txt").write_text(speech("果树修剪"), encoding="utf-8")
    return folder


def copied(release: Path, to: Path) -> Path:
    """A copy of a release, of the same name."""
    return Path(shutil.copytree(release, to / release.resolve().name))


def alter(release: Path, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """Write a table of a release anew, changed, with the schema that it had."""
    path = release / f"{table}.parquet"
    schema = pq.read_schema(path)
    frame = change(pl.read_parquet(path)).select(schema.names)
    holes = {name for name in schema.names if frame[name].null_count() and not schema.field(name).nullable}
    schema = pa.schema([field.with_nullable(True) if field.name in holes else field for field in schema], metadata=schema.metadata)
    arrays = [array.cast(field.type) for array, field in zip(frame.to_arrow().columns, schema)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, row_group_size=512)


def sign(release: Path) -> None:
    """Make manifest, report and checksums true of the tables as they are, so that only the content can tell."""
    manifest = json.loads((release / "manifest.json").read_bytes())
    digests, papers = {}, {name: json.loads((release / name).read_bytes()) for name in ("datapackage.json", "croissant.json")}
    for name in TABLES:
        path = release / f"{name}.parquet"
        digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        manifest["tables"][name] = {"rows": pq.read_metadata(path).num_rows, "bytes": path.stat().st_size, "sha256": digests[name]}
        next(each for each in papers["datapackage.json"]["resources"] if each["name"] == name).update(
            rowCount=manifest["tables"][name]["rows"], sha256=digests[name])
        next(each for each in papers["croissant.json"]["distribution"] if each.get("contentUrl") == path.name)["sha256"] = digests[name]
    for name, paper in papers.items():
        (release / name).write_text(json.dumps(paper), encoding="utf-8")
    content = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:12]
    manifest["name"] = f"{manifest['name'].rpartition('-')[0]}-{content}"
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    report = json.loads((release / "quality" / "report.json").read_bytes())
    report["facts"]["rows"] = {name: entry["rows"] for name, entry in manifest["tables"].items()}
    (release / "quality" / "report.json").write_text(json.dumps(report), encoding="utf-8")
    checksums(release)


def checksums(release: Path) -> None:
    """Write checksums.txt anew, and the list of files in the manifest."""
    files = sorted(path for path in release.rglob("*") if path.is_file() and path.name not in ("checksums.txt", "manifest.json"))
    digests = {path.relative_to(release).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    (release / "checksums.txt").write_text(sums, encoding="utf-8")
    manifest = json.loads((release / "manifest.json").read_bytes())
    manifest["files"] = digests | {"checksums.txt": hashlib.sha256(sums.encode()).hexdigest()}
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
