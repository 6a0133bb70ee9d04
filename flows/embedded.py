"""Prefect's own server, embedded: started by a run for itself alone, at once and beside the run's own imports, and ended with it.

Prefect would start the same server by itself, but only when the first flow begins, and import all of it anew. Here the server is forked
from the run's process once that has imported what both need, and serves no more than a run asks for.
"""
from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from functools import cache
from typing import Any

from flows import prefect_home
from flows.postponed import absent, idle, postpone, postpone_all_but
from flows.process import deaf, end_with_parent

APP = "prefect.server.api.server:create_app"
SERVED = {"PREFECT__SERVER_EPHEMERAL": "1"}   # as Prefect itself starts it
BACKLOG = 512
END_SECONDS = 10
# Elsewhere what is forked may not use the system's own libraries.
START = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
# What Prefect's client imports and a run has no use for: another event loop, httpx's command, blocks that send notes.
OPTIONAL = ("trio", "httpx._main", "opentelemetry.sdk.metrics")
SELDOM = ("prefect.blocks.notifications",)
# Parts of the API that a run never asks for; to build their routes takes a third of the server's start.
UNASKED = ("automations", "block_capabilities", "block_documents", "block_schemas", "block_types", "collections", "concurrency_limits",
           "concurrency_limits_v2", "csrf_token", "deployments", "saved_searches", "task_workers", "templates", "ui.flow_runs", "ui.flows",
           "ui.schemas", "ui.task_runs", "variables", "work_queues")


@contextlib.contextmanager
def server() -> Iterator[None]:
    """A server for the flows of this process, unless the user named one. Who asks before it is up waits for the answer."""
    if prefect_home.has_server():
        yield
        return
    with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as listening:
        os.environ["PREFECT_API_URL"] = os.environ[prefect_home.EMBEDDED] = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        _import_client()
        running = START.Process(target=_serve, args=(listening,), daemon=True)
        with deaf():    # the run itself hears of it, and ends its server
            running.start()
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


@cache
def _import_client() -> None:
    """Import what of Prefect a run needs, and its server as well."""
    absent(*OPTIONAL)
    postpone(*SELDOM)
    import prefect.main  # noqa: F401
    from prefect.settings import Settings

    Settings.to_environment_variables = _once(Settings.to_environment_variables)   # type: ignore[method-assign]


def _once(read: Any) -> Any:
    """A method that gives what it gave before of the same object: Prefect writes all of its settings out three times while it starts."""
    given: dict[Any, Any] = {}

    def remembered(settings: Any, **options: Any) -> Any:
        key = (id(settings), *sorted(options.items()))
        if key not in given:
            given[key] = settings, read(settings, **options)    # with the object, so that no other gets its id
        return dict(given[key][1])
    return remembered


def _serve(listening: socket.socket) -> None:
    """Serve Prefect's API on a socket until the run that this process serves ends, however that is."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()
    os.environ.update(SERVED)
    _import_client()
    import uvicorn
    from fastapi import APIRouter

    idle("beartype", "beartype.claw")   # it would look at all that the queue of background tasks is called with, of which there are none
    postpone_all_but("router", APIRouter, *(f"prefect.server.api.{name}" for name in UNASKED))
    api = uvicorn.Server(uvicorn.Config(APP, factory=True, log_level="error", lifespan="on", access_log=False))

    def end_with_the_run() -> None:
        run = multiprocessing.parent_process()
        if run is not None:
            run.join()
            api.should_exit = True

    threading.Thread(target=end_with_the_run, daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        api.run(sockets=[listening])
