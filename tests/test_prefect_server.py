"""The same flow against a real Prefect server: its runs, tasks and artifacts can be seen there."""
from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.test_corpus import ROOT, speech


def ask(api: str, path: str, body: dict | None = None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{api}/{path}", data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The API address of a Prefect server that the test starts on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("server")
    environment = os.environ | {"PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    with (home / "log").open("w") as log:
        running = subprocess.Popen([sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
                                   env=environment, stdout=log, stderr=log)
        api = f"http://127.0.0.1:{port}/api"
        try:
            for _ in range(120):
                try:
                    ask(api, "health")
                    break
                except OSError:
                    assert running.poll() is None, (home / "log").read_text()
                    time.sleep(1)
            yield api
        finally:
            running.terminate()
            running.wait(30)


def test_runs_tasks_and_artifacts_are_seen_on_the_server(server, tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    for topic in ("渠道维修", "公厕改造"):
        (raw / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "flows.cli", "build", "--raw", str(raw), "--out", str(tmp_path / "out")], cwd=ROOT,
                          env=os.environ | {"PREFECT_API_URL": server, "PREFECT_HOME": str(tmp_path / "home")}, text=True,
                          capture_output=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert Path(tmp_path / "out" / "latest" / "manifest.json").is_file()
    flows = {flow["id"]: flow["name"] for flow in ask(server, "flows/filter", {})}
    runs = {flows[run["flow_id"]]: run["state"]["type"] for run in ask(server, "flow_runs/filter", {})}
    assert runs == dict.fromkeys(("jianghua", "ingest", "normalize", "segment", "relate", "validate", "publish"), "COMPLETED")
    names = {run["name"].partition(" ")[0] for run in ask(server, "task_runs/filter", {})}
    assert {"read", "select", "normalize", "segment", "groups", "assemble", "tables"} <= names
    artifacts = {artifact["key"] for artifact in ask(server, "artifacts/filter", {})}
    assert {"counts-ingest", "counts-normalize", "quality-report", "release"} <= artifacts
