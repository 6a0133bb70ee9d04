"""The same flow against a real Prefect server: its runs, tasks and artifacts can be seen there."""
from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import ask
from tests.test_corpus import ROOT, speech


def test_runs_tasks_and_artifacts_are_seen_on_the_server(server, tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    for topic in ("渠道维修", "公厕改造"):
        (raw / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
    before = datetime.now(UTC).isoformat()
    done = subprocess.run([sys.executable, "-m", "flows.cli", "build", "--raw", str(raw), "--out", str(tmp_path / "out")], cwd=ROOT,
                          env=os.environ | {"PREFECT_API_URL": server, "PREFECT_HOME": str(tmp_path / "home")}, text=True,
                          capture_output=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert Path(tmp_path / "out" / "latest" / "manifest.json").is_file()
    flows = {flow["id"]: flow["name"] for flow in ask(server, "flows/filter", {})}
    # Other tests use this server too, and one of them leaves a schedule behind with runs to come.
    newest = ask(server, "flow_runs/filter", {"flow_runs": {"start_time": {"after_": before}}})
    runs = {flows[run["flow_id"]]: run["state"]["type"] for run in newest}
    assert runs == dict.fromkeys(("jianghua", "ingest", "normalize", "segment", "relate", "validate", "publish"), "COMPLETED")
    of_these = {"flow_runs": {"id": {"any_": [run["id"] for run in newest]}}}
    names = {run["name"].partition(" ")[0] for run in ask(server, "task_runs/filter", of_these)}
    assert {"read", "select", "normalize", "segment", "groups", "assemble", "tables"} <= names
    artifacts = {artifact["key"] for artifact in ask(server, "artifacts/filter", of_these)}
    assert {"counts-ingest", "counts-normalize", "quality-report", "release"} <= artifacts
