"""The store: what each step has worked out, by key, whole or not at all.

An output is a folder `<root>/<step>/<key>`. Its key is made of all that it depends on: the digests of its inputs, of the step's code and
lexicons, and of the settings. It is written beside and renamed, so that a killed run leaves nothing half there; `done.json` in it holds the
digest of each file. A later step's key is made of those digests, not of this one's key, so work stops where a change has no effect.
"""
from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xxhash

DONE = "done.json"
UNSETTLED = "unsettled"     # a fact: the output holds for this run alone, the next one works it again
KEPT = 400 << 20        # bytes that a process may hold without giving back what it does not use


@dataclass(frozen=True, slots=True)
class Output:
    """What a step has worked out for one shard: `files` gives name → digest of its content, `facts` what the step counted, `seconds` what
    it took, `peak` the largest resident KiB that its worker had had by then."""

    folder: Path
    files: Mapping[str, str]
    facts: Mapping[str, Any]
    seconds: float
    peak: int

    def path(self, name: str) -> Path:
        """The file called `name` in it. Raises KeyError where it has none."""
        if name not in self.files:
            raise KeyError(f"{self.folder} holds no {name}")
        return self.folder / name

    def digest(self, *names: str) -> str:
        """The digest of some of its files, or of all."""
        return key_of({name: self.files[name] for name in (names or sorted(self.files))})


def key_of(content: object) -> str:
    """A hex key of anything that JSON can hold."""
    return xxhash.xxh3_128_hexdigest(json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode())


def find(root: Path, step: str, key: str) -> Output | None:
    """The output of `step` under `key`; None where there is none, or a file of it is missing or has another size."""
    folder = root / step / key
    try:
        done = json.loads((folder / DONE).read_bytes())
        if all((folder / name).stat().st_size == size for name, size in done["sizes"].items()):
            return Output(folder, done["files"], done["facts"], done["seconds"], done["peak"])
    except (OSError, ValueError, KeyError):
        pass
    return None


def perform(root: str, step: str, key: str, function: str, inputs: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """Call `function` ("package.module:name") to fill the output of `step` under `key`; return its folder.

    This runs in a worker process. The function gets (inputs, settings, folder), writes its files into the folder and returns its facts.
    """
    started = time.perf_counter()
    module, _, name = function.partition(":")
    folder = Path(root) / step / key
    beside = folder.with_name(f".{key}.{os.uname().nodename}.{os.getpid()}.part")   # a cluster's machines share the folder
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        facts = getattr(importlib.import_module(module), name)(inputs, settings, beside)
        files = {path.name: path for path in sorted(beside.iterdir())}
        done = {"files": {name: _file_digest(path) for name, path in files.items()},
                "sizes": {name: path.stat().st_size for name, path in files.items()},
                "facts": facts, "seconds": round(time.perf_counter() - started, 4),
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}
        (beside / DONE).write_text(json.dumps(done, sort_keys=True), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _give_back()
    return str(folder)


def _give_back() -> None:
    """Give memory that the work no longer uses back to the system, where it is much: allocators keep it, and workers side by side would
    each hold the most that any of their shards took. A little is kept, since to ask for it anew costs a tenth of the time of short work."""
    with contextlib.suppress(OSError):      # no system but Linux has the file
        _, resident, shared, *_ = map(int, Path("/proc/self/statm").read_bytes().split())
        if (resident - shared) * resource.getpagesize() < KEPT:
            return
    arrow: Any = sys.modules.get("pyarrow")
    if arrow is not None:
        arrow.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)   # glibc has it
    if trim is not None:
        trim(0)


def _file_digest(path: Path) -> str:
    digest = xxhash.xxh3_128()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def sweep(root: Path, used: Iterable[Path]) -> int:
    """Remove every output that is not among `used`, and what killed runs left half written; return how many were removed."""
    keep, removed = {path.resolve() for path in used}, 0
    for step in root.iterdir() if root.is_dir() else ():
        for folder in step.iterdir() if step.is_dir() else ():
            if folder.resolve() not in keep:
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
    return removed
