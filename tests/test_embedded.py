"""A run by itself: Prefect's own server, begun for it alone, knows all that it did and is gone with it."""
from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from tests.operating import Place
from tests.releases import write_raw


def test_the_embedded_server_has_seen_the_run_to_its_end(tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text("", encoding="utf-8")
    place = Place(write_raw(tmp_path / "raw"), tmp_path / "out", settings)
    place.run("--quiet", "--summary", str(tmp_path / "summary.json"), PREFECT_API_URL="")
    worked = json.loads((tmp_path / "summary.json").read_bytes())["worked_by_step"]
    with closing(sqlite3.connect(place.work / "prefect" / "prefect.db")) as seen:
        runs = seen.execute("select flow.name, state_type from flow_run join flow on flow.id = flow_id").fetchall()
        tasks = seen.execute("select name, state_type from task_run").fetchall()
        artifacts = {key for key, in seen.execute("select key from artifact")}
    assert runs == [("jianghua", "COMPLETED")]
    assert {state for _, state in tasks} == {"COMPLETED"}
    assert sorted(name.partition(" ")[0] for name, _ in tasks) == sorted(step for step, count in worked.items() for _ in range(count))
    assert {"counts-ingest", "quality-report", "release"} <= artifacts
    assert place.leftovers() == []
