"""A release in a store behind a URI, such as S3, which can rename nothing and switch no link.

The objects of a release come first and its manifest last, so that a reader who goes by the manifest never sees half of it; `latest.json`,
which names the newest, is written when all is there. Whatever a killed run has left is written again by the next one.
"""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.fs as fs

from flows.publish.edition import MANIFEST

LATEST = "latest.json"
BLOCK = 8 << 20


def put(release: Path, uri: str) -> bool:
    """Copy a release to the store at `uri`, unless it is there whole; say whether there was anything to do.

    Raises OSError where the store cannot be reached or written.
    """
    manifest = (release / MANIFEST).read_bytes()
    pointer = json.dumps({"name": release.name, "manifest": f"{release.name}/{MANIFEST}"}).encode() + b"\n"
    try:
        store, base = _opened(uri)
        folder = f"{base}/{release.name}"
        done = _read(store, f"{folder}/{MANIFEST}") == manifest
        if not done:
            if isinstance(store, fs.LocalFileSystem):
                for name in {str(Path(name).parent) for name in json.loads(manifest)["files"]}:
                    store.create_dir(f"{folder}/{name}")
            for name in sorted(json.loads(manifest)["files"]):
                _write(store, f"{folder}/{name}", release / name)
            _write(store, f"{folder}/{MANIFEST}", release / MANIFEST)
        if _read(store, f"{base}/{LATEST}") != pointer:
            with store.open_output_stream(f"{base}/{LATEST}") as stream:
                stream.write(pointer)
            done = False
        return not done
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise OSError(f"cannot write the release to {uri}: {problem}. It is whole in {release}; the next run tries again") from problem


def _opened(uri: str) -> tuple[Any, str]:
    """The file system of a URI, and the path in it. An endpoint that the environment names is used, as by Amazon's own tools."""
    parts = urlsplit(uri)
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if parts.scheme == "s3" and endpoint:
        at = urlsplit(endpoint)
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
        return fs.S3FileSystem(endpoint_override=at.netloc or at.path, scheme=at.scheme or "https", region=region), \
            f"{parts.netloc}{parts.path}".rstrip("/")
    store, base = fs.FileSystem.from_uri(uri)
    return store, base.rstrip("/")


def _read(store: Any, path: str) -> bytes | None:
    if store.get_file_info(path).type != fs.FileType.File:
        return None
    with store.open_input_stream(path) as stream:
        return bytes(stream.read())


def _write(store: Any, path: str, source: Path) -> None:
    with source.open("rb") as file, store.open_output_stream(path) as stream:
        while block := file.read(BLOCK):
            stream.write(block)
