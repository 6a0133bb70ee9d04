"""The flow `release`: what a schedule, a work pool or a person in the Prefect UI starts."""
from __future__ import annotations

import time
from typing import Any

from prefect import flow

from flows.corpus import CriticalChecks
from flows.run import copied, explained, held, nothing_new, prepare, tidy, worked
from flows.serve import PAUSES, tell, transient
from flows.settings import settings_from
from flows.stage import StageError


def _told(flow: Any, flow_run: Any, state: Any) -> None:
    """Tell of a failed or crashed run, if the run's parameters name whom to tell."""
    facts = {"flow_run": str(flow_run.id), "name": flow_run.name, "state": state.name, "message": state.message}
    for words in tell(facts, flow_run.parameters.get("on_failure_command"), flow_run.parameters.get("on_failure_webhook")):
        print(f"jianghua: {words}", flush=True)


@flow(name="jianghua-release", on_failure=[_told], on_crashed=[_told], persist_result=False)
def release(settings: dict[str, Any], on_failure_command: str | None = None, on_failure_webhook: str | None = None) -> dict[str, Any]:
    """Publish a release where something is new. `settings` is what flows.settings.Settings takes; what is not given is default.

    Raises SettingsError, Unwritable, NoServer or Locked before anything is worked, then StageError or CriticalChecks, each with a sentence
    that says why; a fault of the program as it is.
    """
    to = settings_from(settings)
    prepare(to)
    with held(to):
        tidy(to)
        for pause in (*PAUSES, None):
            try:
                if (manifest := nothing_new(to)) is not None:
                    copied(to)
                    print(f"Nothing new since release {manifest['name']}.", flush=True)
                    return {"new": False, "name": manifest["name"]}
                summary = worked(to)
                copied(to)
                print(f"Release {summary['name']}: {summary['verdict']}.", flush=True)
                return summary
            except CriticalChecks:
                raise
            except Exception as problem:
                if pause is None or not transient(problem):
                    sentence = explained(problem)
                    if sentence is None:
                        raise
                    raise StageError(sentence) from problem
                print(f"{explained(problem)} Trying again in {pause} seconds.", flush=True)
                time.sleep(pause)
    raise AssertionError("every try returns or raises")
