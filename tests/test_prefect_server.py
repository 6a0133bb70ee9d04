"""The same flow against a real Prefect server: its runs, tasks and artifacts can be seen there."""
from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

import polars as pl

from tests.conftest import ask
from tests.operating import ROOT


def test_from_a_store_to_a_store_runs_tasks_and_artifacts_are_seen_on_the_server(server, raw_in_s3, tmp_path):
    raw, releases, store = raw_in_s3
    before = datetime.now(UTC).isoformat()
    done = subprocess.run([sys.executable, "-m", "flows.cli", "build", "--raw", raw, "--out", str(tmp_path / "out"),
                           "--publish-to", releases], cwd=ROOT,
                          env=os.environ | {"PREFECT_API_URL": server, "PREFECT_HOME": str(tmp_path / "home")}, text=True,
                          capture_output=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    release = (tmp_path / "out" / "latest").resolve()
    documents = pl.read_parquet(release / "documents.parquet")
    assert documents.height and documents["source_path"].str.starts_with("s3://raw/set/").all()
    with store.open_input_stream(f"releases/jianghua/{release.name}/speeches.parquet") as stream:
        assert stream.read() == (release / "speeches.parquet").read_bytes()
    flows = {flow["id"]: flow["name"] for flow in ask(server, "flows/filter", {})}
    # Other tests use this server too, and one of them leaves a schedule behind with runs to come.
    begun = {"start_time": {"after_": before}, "state": {"type": {"not_any_": ["SCHEDULED"]}}}
    newest = ask(server, "flow_runs/filter", {"flow_runs": begun})
    runs = {flows[run["flow_id"]]: run["state"]["type"] for run in newest}
    assert runs == dict.fromkeys(("jianghua", "ingest", "normalize", "segment", "relate", "validate", "publish"), "COMPLETED")
    of_these = {"flow_runs": {"id": {"any_": [run["id"] for run in newest]}}}
    names = {run["name"].partition(" ")[0] for run in ask(server, "task_runs/filter", of_these)}
    assert {"read", "select", "normalize", "segment", "groups", "assemble", "tables"} <= names
    artifacts = {artifact["key"] for artifact in ask(server, "artifacts/filter", of_these)}
    assert {"counts-ingest", "counts-normalize", "quality-report", "release"} <= artifacts
