"""Measure a cold build against the floor: reading the same text and writing it as Parquet, nothing else.

    python -m flows.bench [--bulk FILE] [--curve] [--by-hand FILE] [--profile]

Prints MB/s, the ratio to the floor measured in the same run, seconds and peak memory, rows a table; keeps them in .bench/ and compares with
the last run. Without a bulk file it makes its own text. A timing is never a test: machines differ, so quote the ratios.
"""
from __future__ import annotations

import argparse
import contextlib
import cProfile
import ctypes
import json
import os
import pstats
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

BULK = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora" / "bulk" / "speeches.parquet"
BY_HAND = Path(__file__).resolve().parent.parent.parent / "shared" / "bench" / "by_hand.py"
KEPT = Path(".bench")
CURVE = (1, 2, 5, 10)
CURVED = ("megabytes", "seconds", "processor_seconds", "peak_megabytes", "own_peak_megabytes", "megabytes_per_second")
OWN_SPEECHES = 400
PROFILED = 200
GROUP_ROWS = 500    # as the bulk text has it
PR_SET_CHILD_SUBREAPER = 36   # of prctl(2)


def own_speeches(count: int, seed: int = 0) -> pl.DataFrame:
    """`count` speeches made up of stock clauses (id, text), for machines without a bulk file; the same for the same seed."""
    dice = random.Random(seed)
    verbs = ("推进", "加强", "落实", "完善", "提升", "优化", "深化", "巩固", "拓展", "保障", "健全", "做好", "抓紧", "统筹", "强化")
    nouns = ("基层治理", "项目建设", "水利设施", "农村道路", "校园安全", "医疗服务", "就业培训", "社区养老", "河湖管护", "仓储物流",
             "技术改造", "粮食收储", "森林防火", "图书借阅", "公共交通", "垃圾分类", "信访接待", "档案整理")
    tails = ("水平", "工作", "机制", "能力", "成效", "质量", "制度", "力度")
    numerals = "一二三四五六七八九"

    def clause() -> str:
        return f"{dice.choice(verbs)}{dice.choice(nouns)}{dice.choice(tails)}"

    def sentence() -> str:
        return "，".join(clause() for _ in range(dice.randint(2, 5))) + "。"

    texts = []
    for number in range(count):
        lines = [f"在全县{dice.choice(nouns)}会议上的讲话", f"（2019年{dice.randint(1, 12)}月{dice.randint(1, 28)}日）", "同志们：",
                 "".join(sentence() for _ in range(4)) + "下面，我讲三点意见。"]
        for part in range(3):
            lines.append(f"{numerals[part]}、{clause()}，{clause()}")
            for point in range(4):
                lines.append(f"（{numerals[point]}）{clause()}。" + "".join(sentence() for _ in range(dice.randint(10, 30))))
        lines.append("同志们，让我们" + sentence())
        texts.append("\n".join(lines) + f"\n第{number}份")
    return pl.DataFrame({"id": [f"o{number:06d}" for number in range(count)], "text": texts})


def salted(speeches: pl.DataFrame, times: int) -> pl.DataFrame:
    """`times` copies of the speeches, of which no two are duplicates: in each copy half of all kinds of common characters are exchanged for
    one another, another half in each. (A sixth, as it was, left copies so alike that each sentence was found retold in all of them.)

    Only characters of the first level of GB 2312 are exchanged, outside numerals and markers, so that the copies have the same shape, and
    nothing looks damaged.
    """
    frames = [speeches]
    level = (bytes((lead, trail)).decode("gb2312", "ignore") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    common = [char for char in level if char and char not in "一二三四五六七八九十百第要是同志们各位代表年月日"]
    for copy in range(1, times):
        chance = random.Random(copy)
        chosen = chance.sample(common, len(common) // 2)
        table = dict(zip(map(ord, chosen), chance.sample(chosen, len(chosen)), strict=True))
        frames.append(pl.DataFrame({"id": [f"{each}x{copy}" for each in speeches["id"]],
                                    "text": [text.translate(table) for text in speeches["text"]]}))
    return pl.concat(frames)


def floor_seconds(speeches: pl.DataFrame, folder: Path, runs: int = 3) -> float:
    """Seconds to read the speeches as JSON lines and write them as Parquet: the median of `runs` after a warm-up."""
    lines = folder / "floor.jsonl"
    speeches.write_ndjson(lines)
    seconds = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        pl.read_ndjson(lines).write_parquet(folder / "floor.parquet", compression="zstd", compression_level=3)
        seconds.append(time.perf_counter() - started)
    lines.unlink()
    return sorted(seconds[1:])[runs // 2]


class Memory(threading.Thread):
    """Peak memory in bytes of a process and all below it, sampled twice a second. A page that several share counts once (proportional set
    size, proc_pid_smaps(5)).

    The system counts shared pages for some tens of milliseconds, which the processors lack meanwhile. So it is asked only where the
    processes hold more, each counted whole, than ever before.

    `peak`: all of it; `own_peak`: without the pages of mapped files, which the system drops where it needs room.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.peak, self.own_peak, self._stop_asked = process, 0, 0, threading.Event()

    def run(self) -> None:
        highest = [0, 0]
        while not self._stop_asked.wait(0.5):
            family = _family(self.process)
            resident = list(map(sum, zip(*map(_resident, family), strict=True)))
            if any(now > before for now, before in zip(resident, highest, strict=True)):
                whole, own = _held(family)
                self.peak, self.own_peak = max(self.peak, whole), max(self.own_peak, own)
                highest = list(map(max, resident, highest))

    def stop(self) -> None:
        self._stop_asked.set()
        self.join()


def _family(process: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                children.setdefault(int(file.read().rpartition(b")")[2].split()[1]), []).append(int(name))
        except (OSError, ValueError, IndexError):
            continue
    family = [process]
    for one in family:
        family += children.get(one, [])
    return family


def _resident(process: int) -> tuple[int, int]:
    """Pages that a process holds, and those of them that are no mapped files; none where it has ended."""
    try:
        with open(f"/proc/{process}/statm", "rb") as file:
            _, resident, shared, *_ = map(int, file.read().split())
    except (OSError, ValueError):
        return 0, 0
    return resident, resident - shared


def _held(family: Sequence[int]) -> tuple[int, int]:
    """What processes hold in memory: with and without mapped files, in bytes."""
    held = {b"Pss:": 0, b"Pss_File:": 0}
    for one in family:
        with contextlib.suppress(OSError), open(f"/proc/{one}/smaps_rollup", "rb") as file:    # the process may have ended
            for line in file:
                label, *rest = line.split()
                if label in held:
                    held[label] += int(rest[0]) << 10
    return held[b"Pss:"], held[b"Pss:"] - held[b"Pss_File:"]


class Cost(NamedTuple):
    """What a command and all processes below it took: exit status, wall seconds, processor seconds, and peak memory in bytes, with and
    without mapped files, 0 where nobody looked."""

    status: int
    seconds: float
    processor_seconds: float
    peak_bytes: int
    own_peak_bytes: int


def cost(command: Sequence[str], memory: bool) -> Cost:
    """Run a command and say what it took, `memory` too or not: to look takes time. For a process that has no other children."""
    # Workers are not children of the run but of the process that they are forked from, which the run leaves behind when it ends. On Linux
    # such a process becomes a child of this one, to be waited for, and only of whom one waits for are the processor seconds told.
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command) as running:
        watch = Memory(running.pid)
        if memory:
            watch.start()
        status = running.wait()
    seconds = time.perf_counter() - started
    if memory:
        watch.stop()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(status, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, watch.peak, watch.own_peak)


def build(raw: Path, out: Path) -> dict[str, Any]:
    """Two cold builds of `raw`, as a user runs them: what the run says of itself, with the wall and processor seconds of the first and the
    peak memory of the second."""
    summary = out / "summary.json"
    command = [sys.executable, "-m", "flows.cli", "build", "--raw", str(raw), "--out", str(out), "--quiet", "--summary", str(summary)]
    found = []
    for memory in (False, True):
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        found.append(cost(command, memory))
        if found[-1].status:
            raise SystemExit(f"the build failed with status {found[-1].status}")
        if not memory:
            said = json.loads(summary.read_text())
    timed, weighed = found
    return said | {"wall_seconds": timed.seconds, "processor_seconds": timed.processor_seconds, "peak_bytes": weighed.peak_bytes,
                   "own_peak_bytes": weighed.own_peak_bytes}


def measure(speeches: pl.DataFrame, bulk: Path | None = None) -> dict[str, Any]:
    """Floor and build over the speeches, in a temporary folder; bulk: the file that holds them, if there is one."""
    with tempfile.TemporaryDirectory(prefix="jianghua-bench-") as name:
        folder = Path(name)
        megabytes = int(speeches["text"].str.len_bytes().sum()) / 1e6
        floor = floor_seconds(speeches, folder)
        (folder / "raw").mkdir()
        if bulk is not None:
            shutil.copyfile(bulk, folder / "raw" / "speeches.parquet")
        else:
            speeches.write_parquet(folder / "raw" / "speeches.parquet", compression="zstd", row_group_size=GROUP_ROWS)
        found = build(folder / "raw", folder / "out")
        shutil.rmtree(folder / "out", ignore_errors=True)
    return {"megabytes": round(megabytes, 1), "floor_seconds": round(floor, 2), "seconds": round(found["wall_seconds"], 2),
            "processor_seconds": round(found["processor_seconds"], 2),
            "megabytes_per_second": round(megabytes / found["wall_seconds"], 2), "times_floor": round(found["wall_seconds"] / floor, 1),
            "peak_megabytes": round(found["peak_bytes"] / 1e6), "own_peak_megabytes": round(found["own_peak_bytes"] / 1e6),
            "stages": found["seconds"], "stage_peak_megabytes": found["step_megabytes"],
            "rows": found["rows"]}


def by_hand(script: Path, bulk: Path) -> float | None:
    """MB/s of the usual hand-written stack over a slice; None where it cannot be run."""
    done = subprocess.run([sys.executable, str(script), str(bulk), "60"], capture_output=True, text=True, check=False)
    try:
        return float(done.stdout.split()[-2])
    except (IndexError, ValueError):
        return None


def profile(speeches: pl.DataFrame) -> None:
    """Print where the time of each pure stage goes, over a sample of the speeches, in this process."""
    from flows.ingest.documents import Document
    from flows.ingest.selection import judge
    from flows.normalize.speech import normalize
    from flows.segment.outline import outline
    from flows.segment.phrases import phrases_of
    from flows.segment.texts import Texts

    documents = [Document(f"{number}.txt", "text/plain", "utf-8", len(text.encode()), text)
                 for number, text in enumerate(speeches["text"].gather_every(max(1, speeches.height // PROFILED)))]
    normal = [speech for document in documents if (speech := normalize(document))]
    megabytes = sum(document.byte_count for document in documents) / 1e6
    stages: dict[str, Callable[[], object]] = {
        "select": lambda: judge(documents),
        "normalize": lambda: [normalize(document) for document in documents],
        "outline": lambda: [outline(speech.text, speech.headings) for speech in normal],
        "phrases": lambda: phrases_of(Texts([speech.text for speech in normal]))}
    for name, stage in stages.items():
        started = time.process_time()
        stage()
        seconds = time.process_time() - started
        print(f"\n{name}: {megabytes:.1f} MB in {seconds:.2f} s of one processor, {megabytes / seconds:.1f} MB/s")
        profiler = cProfile.Profile()
        profiler.runcall(stage)
        pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(12)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a cold build against the floor.")
    parser.add_argument("--bulk", type=Path, default=BULK, help="Parquet file with columns id and text")
    parser.add_argument("--by-hand", type=Path, default=BY_HAND, help="the hand-written stack to compare with")
    parser.add_argument("--curve", action="store_true", help=f"also {', '.join(map(str, CURVE))} times the text")
    parser.add_argument("--profile", action="store_true", help="only show where the time of each stage goes")
    options = parser.parse_args()
    given = options.bulk.is_file()
    speeches = pl.read_parquet(options.bulk, columns=["id", "text"]) if given else own_speeches(OWN_SPEECHES)
    if options.profile:
        return profile(speeches)
    found = measure(speeches, options.bulk if given else None) | {"text": options.bulk.name if given else "made up"}
    if given and options.by_hand.is_file() and (speed := by_hand(options.by_hand, options.bulk)):
        found |= {"by_hand_megabytes_per_second": speed, "times_by_hand": round(found["megabytes_per_second"] / speed, 1)}
    if options.curve:
        found["curve"] = [{name: point[name] for name in CURVED} for point in (measure(salted(speeches, times)) for times in CURVE)]
    KEPT.mkdir(exist_ok=True)
    last = KEPT / "last.json"
    before = json.loads(last.read_text()) if last.is_file() else {}
    _print(found, before if before.get("text") == found["text"] else {})
    last.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _print(found: dict[str, Any], before: dict[str, Any]) -> None:
    print(f"{'figure':<32}{'now':>14}{'last run':>14}")
    for name in ("megabytes", "seconds", "processor_seconds", "megabytes_per_second", "floor_seconds", "times_floor",
                 "by_hand_megabytes_per_second", "times_by_hand", "peak_megabytes", "own_peak_megabytes"):
        if name in found:
            print(f"{name:<32}{found[name]:>14}{before.get(name, ''):>14}")
    print(f"\n{'step':<20}{'worker seconds':>16}{'last run':>12}{'ms a MB':>10}{'peak MB':>10}")
    for step, seconds in found["stages"].items():
        print(f"{step:<20}{seconds:>16}{before.get('stages', {}).get(step, ''):>12}{1000 * seconds / found['megabytes']:>10.1f}"
              f"{found['stage_peak_megabytes'].get(step, ''):>10}")
    print("\nrows: " + ", ".join(f"{name} {count}" for name, count in found["rows"].items()))
    for point in found.get("curve", ()):
        print(", ".join(f"{name} {value}" for name, value in point.items()))


if __name__ == "__main__":
    main()
