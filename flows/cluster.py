"""A Ray cluster as the place where shards are worked, through Prefect's Ray task runner.

The tasks are the same, and so are their paths: raw documents, output and work folder lie where every machine of the cluster sees them.
Ray itself starts a task again whose worker or machine is lost. Ray and prefect-ray are imported only where a run asks for them.
"""
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from flows import prefect_home
from flows.settings import RAY, Settings, SettingsError
from flows.workers import MODEST

LOST_WORKER_RETRIES = 2
OWN = "local"   # how ray.init calls a cluster of this machine alone, begun with the run and ended with it
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0", "RAY_DISABLE_IMPORT_WARNING": "1"}


def address(settings: Settings) -> str:
    """The cluster that the settings or RAY_ADDRESS name, else OWN."""
    return settings.ray_address or os.environ.get("RAY_ADDRESS", "") or OWN


def check(settings: Settings) -> None:
    """See that a run on Ray can be made, where one is asked for. Raises SettingsError."""
    if settings.runner != RAY:
        return
    if find_spec("ray") is None or find_spec("prefect_ray") is None:
        raise SettingsError("runner is ray, and Ray is not installed: pip install '.[ray]', on every machine of the cluster")
    if address(settings) != OWN and not prefect_home.has_server():
        raise SettingsError(f"the tasks on the Ray cluster at {address(settings)} report to a Prefect server: start one that its machines "
                            "can reach (prefect server start --host 0.0.0.0) and name it in PREFECT_API_URL")


@contextmanager
def server(settings: Settings) -> Iterator[None]:
    """A Prefect server for the tasks to report to, while a run works on a cluster of its own and the user named none: each worker would
    start one for itself."""
    if settings.runner != RAY or prefect_home.has_server():
        yield
        return
    from flows.serve import server as started

    with started(settings):
        yield


def shared(settings: Settings) -> Settings:
    """The settings with whole paths where a cluster works: its workers have folders of their own to start in."""
    if settings.runner != RAY:
        return settings
    paths = {name: os.path.abspath(path) for name in ("raw", "out", "work") if "://" not in (path := getattr(settings, name))}
    return replace(settings, **paths)


def task_runner(settings: Settings) -> Any:
    """Prefect's task runner for a flow: Ray's where a run asks for it; None for Prefect's own."""
    if settings.runner != RAY:
        return None
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    from prefect_ray import RayTaskRunner

    options: dict[str, Any] = {"runtime_env": {"env_vars": MODEST}, "log_to_driver": False, "logging_level": "ERROR"}
    if address(settings) == OWN:
        options |= {"num_cpus": settings.workers, "include_dashboard": False}
    return RayTaskRunner(address=address(settings), init_kwargs=options)


def retries(settings: Settings) -> AbstractContextManager[Any]:
    """While tasks are submitted: how often Ray tries one again whose worker died. A task that fails would fail again."""
    if settings.runner != RAY:
        return nullcontext()
    from prefect_ray.context import remote_options

    return remote_options(max_retries=LOST_WORKER_RETRIES)
