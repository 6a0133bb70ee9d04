"""Schedules: releases appear on time, one run at a time, on a server that the command starts; a failed run is told."""
from __future__ import annotations

import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.prefect_home import EMBEDDED
from flows.serve import tell, transient
from flows.stage import StageError
from tests.conftest import ask
from tests.operating import PATIENCE, ROOT, contents, until
from tests.test_corpus import speech


def raw_folder(folder: Path) -> Path:
    folder.mkdir()
    for topic in ("渠道维修", "公厕改造"):
        (folder / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
    return folder


def test_a_schedule_publishes_what_is_dropped_into_the_folder(tmp_path):
    raw, out = raw_folder(tmp_path / "raw"), tmp_path / "out"
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    serving = subprocess.Popen([sys.executable, "-m", "flows.cli", "serve", "--every", "4s", "--raw", raw, "--out", out], cwd=ROOT,
                               env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        first = until(lambda: (out / "latest").exists() and (out / "latest").resolve())
        before = contents(first)
        (raw / "新增.txt").write_text(speech("果树修剪"), encoding="utf-8")
        second = until(lambda: (out / "latest").resolve() != first and (out / "latest").resolve())
        assert contents(first) == before, "the first release is untouched"
        assert "新增" in (second / "CHANGELOG.md").read_text(encoding="utf-8")
        line = serving.stdout.readline()
        api = line.split()[3].rstrip(";") + "/api"
        asked = {"flows": {"name": {"any_": ["jianghua-release"]}}, "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
        until(lambda: len(ask(api, "flow_runs/filter", asked)) >= 2)
        assert ask(api, "flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["FAILED", "CRASHED"]}}}}) == []
        assert {"quality-report", "release"} <= {artifact["key"] for artifact in ask(api, "artifacts/filter", {})}
        schedule = ask(api, "deployments/filter", {})[0]["schedules"][0]
        assert schedule["active"] and schedule["schedule"]["interval"] == 4
    finally:
        serving.send_signal(signal.SIGINT)
        said, errors = serving.communicate(timeout=60)
    assert serving.returncode == 0 and "Stopped." in said and "Traceback" not in errors, errors
    with socket.socket() as port:
        assert port.connect_ex(("127.0.0.1", int(api.rsplit(":", 1)[1].split("/")[0]))), "its server has ended too"


def test_a_cron_schedule_is_kept_by_the_server_that_the_command_starts(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    serving = subprocess.Popen([sys.executable, "-m", "flows.cli", "serve", "--cron", "0 3 * * *", "--raw", raw_folder(tmp_path / "raw"),
                                "--out", tmp_path / "out"], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    try:
        api = serving.stdout.readline().split()[3].rstrip(";") + "/api"
        schedule = until(lambda: [each["schedules"] for each in ask(api, "deployments/filter", {})])[0][0]
        assert schedule["active"] and schedule["schedule"]["cron"] == "0 3 * * *"
    finally:
        serving.send_signal(signal.SIGINT)
        said, errors = serving.communicate(timeout=60)
    assert serving.returncode == 0 and "Stopped." in said and "Traceback" not in errors, errors


def test_a_work_pool_runs_the_deployment_of_prefect_yaml(server, tmp_path):
    raw_folder(tmp_path / "raw")
    environment = os.environ | {"PREFECT_API_URL": server, "PREFECT_HOME": str(tmp_path / "home"), "JIANGHUA_HOME": str(ROOT),
                                "DO_NOT_TRACK": "1", "PREFECT_LOGGING_LEVEL": "WARNING"}
    (tmp_path / "home").mkdir()

    def prefect(*arguments: str) -> str:
        done = subprocess.run([sys.executable, "-m", "prefect", "--no-prompt", *arguments], cwd=ROOT, env=environment, text=True,
                              capture_output=True, timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    prefect("work-pool", "create", "jianghua", "--type", "process", "--overwrite")
    settings = {"raw": str(tmp_path / "raw"), "out": str(tmp_path / "out")}
    prefect("deploy", "--name", "nightly", "--params", json.dumps({"settings": settings}))
    prefect("deployment", "run", "jianghua-release/nightly")
    worker = subprocess.Popen([sys.executable, "-m", "prefect", "worker", "start", "--pool", "jianghua", "--limit", "1"], cwd=ROOT,
                              env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: (tmp_path / "out" / "latest" / "manifest.json").exists())
        asked = {"deployments": {"name": {"any_": ["nightly"]}},
                 "flow_runs": {"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED"]}}}}
        runs = until(lambda: ask(server, "flow_runs/filter", asked))
        assert [run["state_type"] for run in runs] == ["COMPLETED"]
        assert ask(server, "deployments/filter", {"deployments": {"name": {"any_": ["nightly"]}}})[0]["schedules"][0]["schedule"][
            "cron"] == "0 3 * * *"
    finally:
        worker.terminate()
        worker.wait(60)


class Listener(http.server.BaseHTTPRequestHandler):
    heard: ClassVar[list[dict]] = []

    def do_POST(self) -> None:
        self.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def test_a_failed_run_says_why_and_tells_command_and_webhook(server, tmp_path):
    """The raw folder is gone: a retry cannot help, so there is none."""
    listening = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    parameters = {"settings": {"raw": str(tmp_path / "nowhere"), "out": str(tmp_path / "out")},
                  "on_failure_command": f"{shutil.which('tee')} {tmp_path / 'told.json'}",
                  "on_failure_webhook": f"http://127.0.0.1:{listening.server_port}/"}
    (tmp_path / "home").mkdir()
    code = f"from flows.schedule import release; release(**{parameters!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, timeout=PATIENCE, check=False,
                          env=os.environ | {"PREFECT_API_URL": server, "PREFECT_HOME": str(tmp_path / "home")})
    listening.shutdown()
    assert done.returncode == 1
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert told["state"] == "Failed" and "there is nothing at" in told["message"]
    assert Listener.heard == [told]
    run = ask(server, f"flow_runs/{told['flow_run']}")
    assert "there is nothing at" in run["state"]["message"] and run["run_count"] == 1


def test_a_retry_is_made_only_where_it_can_help():
    gone = StageError("read, shard 0, failed")
    gone.__cause__ = ConnectionResetError(104, "Connection reset by peer")
    assert transient(gone) and transient(TimeoutError()) and transient(OSError(5, "Input/output error"))
    assert not transient(OSError(28, "No space left on device"))
    assert not transient(FileNotFoundError(2, "gone")) and not transient(StageError())


def test_who_cannot_be_told_is_said(tmp_path):
    assert tell({}, None, None) == []
    assert "could not be run" in tell({}, str(tmp_path / "none"), None)[0]
    assert "ended with status 1" in tell({}, shutil.which("false"), None)[0]
    assert "could not be reached" in tell({}, None, "http://127.0.0.1:9/")[0]
    assert "could not be reached" in tell({}, None, "no address")[0]


@pytest.mark.parametrize(("arguments", "words"), [
    ((), "give either --cron"), (("--cron", "0 3 * * *", "--every", "1d"), "give either --cron"),
    (("--every", "soon"), "--every soon is no length of time"), (("--cron", "at three"), "is no schedule"),
    (("--every", "1d", "--raw", "/nowhere/at/all"), "there is nothing at")])
def test_a_wrong_schedule_is_wrong_usage(arguments, words):
    done = CliRunner().invoke(app, ["serve", *arguments])
    assert done.exit_code == 2 and words in done.stderr and EMBEDDED not in done.output
