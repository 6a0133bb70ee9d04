"""The same run on a Ray cluster, with raw documents in an S3 store, robbed of a worker and of a machine: the same bytes."""
from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import cloudpickle
import pytest

from flows import cluster, corpus
from flows.settings import Settings, SettingsError
from flows.stage import StageError, work
from flows.workers import WORKERS
from tests.operating import PATIENCE, ROOT, contents, end, until

DAY = "2024.02.29"
TRIES = 4


@pytest.fixture
def machines(raw_in_s3, monkeypatch):
    """A Ray cluster of two machines with a processor each, as far as Ray can tell."""
    for name, value in (cluster.QUIET | {"RAY_worker_niceness": "0"}).items():   # else any other test goes first
        monkeypatch.setenv(name, value)
    from ray.cluster_utils import Cluster

    before = signal.getsignal(signal.SIGTERM)
    small = {"num_cpus": 1, "object_store_memory": 80 << 20, "include_dashboard": False}
    for left in range(TRIES - 1, -1, -1):
        started = Cluster()
        try:
            started.add_node(**small)
            started.add_node(**small)
            break
        except Exception:   # Ray gives a machine thirty seconds to begin, which is too short where other tests keep it busy
            started.shutdown()
            if not left:
                raise
    signal.signal(signal.SIGTERM, before)   # Ray has set its own
    yield started
    started.shutdown()


def start(raw: str, out: Path, *arguments: str) -> subprocess.Popen[str]:
    out.mkdir()
    (out / "settings.toml").write_text(f'release_date = "{DAY}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "flows.cli", "build", "--raw", raw, "--out", str(out), "--settings", str(out / "settings.toml"),
               "--shard-bytes", "8000", "--quiet", *arguments]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def at_work(node) -> list[int]:
    """The processes of a machine of the cluster that are at a shard: Ray names a worker after its task."""
    raylet, found = node.all_processes["raylet"][0].process.pid, []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == raylet and (entry / "cmdline").read_bytes().startswith(b"ray::shard"):
                found.append(int(entry.name))
        except (OSError, ValueError, IndexError):
            continue
    return found


@pytest.mark.soak
def test_on_a_cluster_that_loses_a_worker_and_a_machine_the_bytes_are_those_of_a_local_run(server, raw_in_s3, machines, tmp_path):
    raw, releases, store = raw_in_s3
    head, other = machines.head_node, next(iter(machines.worker_nodes))
    out = tmp_path / "ray"
    running = start(raw, out, "--runner", "ray", "--ray-address", machines.address, "--publish-to", releases)
    until(lambda: at_work(head) or running.poll() is not None)
    end(at_work(head)[0])
    until(lambda: ((out / ".work" / "store" / "segment").exists() and at_work(other)) or running.poll() is not None)
    assert running.poll() is None, f"it ended before a machine was lost: {running.communicate()[1]}"
    machines.remove_node(other, allow_graceful=False)
    local = start(raw, tmp_path / "local")
    said = [each.communicate(timeout=PATIENCE)[1] for each in (running, local)]
    assert running.returncode == 0, said[0]
    assert local.returncode == 0, said[1]
    assert "Traceback" not in said[0]
    found, wanted = ((folder / "latest").resolve() for folder in (out, tmp_path / "local"))
    assert contents(found) == contents(wanted)
    state = json.loads((out / ".work" / "state" / "normalize.json").read_bytes())
    assert len(state["steps"]["normalize"]) > 1, "more than one shard"
    with store.open_input_stream(f"releases/jianghua/{found.name}/speeches.parquet") as stream:
        assert stream.read() == (wanted / "speeches.parquet").read_bytes()


@pytest.mark.parametrize("each", [corpus.corpus, corpus.ingest, corpus.normalize, corpus.segment, corpus.relate, corpus.validate, work])
def test_what_travels_to_a_cluster_can(each):
    # with a task goes the flow that it belongs to, and with that all globals that it names
    assert cloudpickle.loads(cloudpickle.dumps(each)).name == each.name


def test_pools_of_workers_stay_at_home():
    assert pickle.loads(pickle.dumps(WORKERS)) is WORKERS


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    cluster.check(Settings())
    with pytest.raises(SettingsError, match=r"pip install '\.\[ray\]'"):
        cluster.check(Settings(runner="ray"))


def test_a_cluster_needs_a_server_that_its_machines_can_reach(monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(cluster, "find_spec", lambda name: name)
    cluster.check(Settings(runner="ray"))
    monkeypatch.setenv("RAY_ADDRESS", "10.0.0.1:6379")
    with pytest.raises(SettingsError, match=r"10\.0\.0\.1:6379 report to a Prefect server"):
        cluster.check(Settings(runner="ray"))
    assert cluster.address(Settings(runner="ray", ray_address="10.0.0.2:6379")) == "10.0.0.2:6379", "the setting goes first"


def test_a_runner_that_is_not_there_is_told():
    with pytest.raises(SettingsError, match="give local or ray"):
        Settings(runner="dask")


def test_a_machine_with_another_disk_or_other_code_does_no_work(tmp_path):
    def shard(root: Path, code: str) -> None:
        work.fn("rejects", "all", "here", 1, str(root), "key", code, "flows.validate.shard:gather_rejects", "{}", "{}")

    with pytest.raises(StageError, match=f"{os.uname().nodename} does not see"):
        shard(tmp_path / "elsewhere", "")
    with pytest.raises(StageError, match="another version of jianghua"):
        shard(tmp_path, "other")
