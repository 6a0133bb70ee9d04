"""What several tests need: the shared evaluation material, where it is there, and a Prefect server."""
from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# How long an example takes is no matter of right and wrong, and on a busy machine the first one takes long.
settings.register_profile("jianghua", deadline=None)
settings.load_profile("jianghua")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation material beside the checkout. In CI it must be there; elsewhere a test that needs it is skipped."""
    if not (SHARED / "eval" / "score.py").is_file():
        if os.environ.get("CI"):
            pytest.fail("the evaluation material beside the checkout is missing, and in CI nothing may be skipped")
        pytest.skip("the evaluation material beside the checkout is not there")
    return SHARED


def ask(api: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """What the Prefect server at `api` answers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{api}/{path}", data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API address of a real Prefect server on a free port of this machine.

    Builds of other tests use it too: starting an embedded one for each would cost ten seconds a build.
    """
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
            for _ in range(180):
                try:
                    ask(api, "health")
                    break
                except OSError:
                    assert running.poll() is None, (home / "log").read_text()
                    time.sleep(1)
            os.environ["PREFECT_API_URL"] = api
            yield api
        finally:
            os.environ.pop("PREFECT_API_URL", None)
            running.terminate()
            running.wait(30)


@pytest.fixture(scope="session")
def releases(server, tmp_path_factory) -> tuple[Path, Path]:
    """Two releases of made-up speeches, the second with one speech more."""
    from tests.releases import write_raw
    from tests.test_corpus import build

    folder = tmp_path_factory.mktemp("releases")
    first = build(write_raw(folder / "raw"), folder / "out")["folder"]
    second = build(write_raw(folder / "raw", more=True), folder / "out")["folder"]
    return Path(first), Path(second)


@pytest.fixture(scope="session")
def release(releases) -> Path:
    """A release of made-up speeches that holds everything a release can hold."""
    return releases[0]


@pytest.fixture
def raw_in_s3(tmp_path, monkeypatch) -> Iterator[tuple[str, str, Any]]:
    """An S3 server on this machine, which holds raw documents and a bucket for releases: their URIs, and the store."""
    import pyarrow.fs as fs
    from moto.server import ThreadedMotoServer

    from tests.releases import write_raw

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
                        "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(name, value)
    store = fs.S3FileSystem(endpoint_override=f"{host}:{port}", scheme="http", region="us-east-1", allow_bucket_creation=True)
    store.create_dir("raw")
    store.create_dir("releases")
    fs.copy_files(str(write_raw(tmp_path / "raw")), "raw/set", destination_filesystem=store)
    yield "s3://raw/set", "s3://releases/jianghua", store
    server.stop()
