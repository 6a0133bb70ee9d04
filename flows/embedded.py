"""Prefect's own server, embedded: started by a run for itself alone, at once and beside the run's own imports, and ended with it.

Prefect would start the same server by itself, but only when the first flow begins, after importing the whole of it into the run's process
too, which costs a small run a third of its time.
"""
from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Iterator

from flows import prefect_home

APP = "prefect.server.api.server:create_app"
SERVED = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}   # as Prefect itself starts it
BACKLOG = 512
END_SECONDS = 10


@contextlib.contextmanager
def server() -> Iterator[None]:
    """A server for the flows of this process, unless the user named one. Who asks before it is up waits for the answer."""
    if prefect_home.has_server():
        yield
        return
    with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        running = multiprocessing.get_context("spawn").Process(target=_serve, args=(listening,), daemon=True)
        running.start()
    os.environ["PREFECT_API_URL"] = os.environ[prefect_home.EMBEDDED] = address
    try:
        yield
    finally:
        for name in ("PREFECT_API_URL", prefect_home.EMBEDDED):
            os.environ.pop(name, None)
        running.terminate()
        running.join(END_SECONDS)
        if running.is_alive():
            running.kill()
            running.join()


def _serve(listening: socket.socket) -> None:
    """Serve Prefect's API on a socket until the run that this process serves ends, however that is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)   # the run itself hears of it, and ends its server
    os.environ.update(SERVED)
    import uvicorn

    api = uvicorn.Server(uvicorn.Config(APP, factory=True, log_level="error", lifespan="on", access_log=False))

    def end_with_the_run() -> None:
        run = multiprocessing.parent_process()
        if run is not None:
            run.join()
            api.should_exit = True

    threading.Thread(target=end_with_the_run, daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        api.run(sockets=[listening])
