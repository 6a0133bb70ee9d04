"""The same bytes of every table and paper, however and wherever a run is made; only the manifest's one field of time may differ."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.operating import Place, contents, place_after

VARIANTS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "again": ((), {}),
    "hash seed": ((), {"PYTHONHASHSEED": "77"}),
    "time zone": ((), {"TZ": "Pacific/Apia"}),
    "locale": ((), {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}),
    "one worker": (("--workers", "1"), {}),
    "four workers": (("--workers", "4"), {}),
    "other order of files": ((), {}),
    "all at once": (("--workers", "3"), {"PYTHONHASHSEED": "5", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}),
}


def shuffled(place: Place) -> None:
    """Let the files be listed in another order, have other times, and lie in a folder of another name."""
    files = sorted(path for path in place.raw.rglob("*") if path.is_file())
    held = [(path, path.read_bytes()) for path in files]
    for path in files:
        path.unlink()
    for number, (path, data) in enumerate(sorted(held, key=lambda each: each[1][::-1])):
        path.write_bytes(data)
        os.utime(path, (1e9 + number * 1e6, 1e9 + number * 1e6))


def test_a_run_under_other_stars_gives_the_same_bytes(server, releases, tmp_path):
    first, second = releases
    place = place_after(first, tmp_path)
    shuffled(place)
    arguments, environment = VARIANTS["all at once"]
    place.run("--quiet", *arguments, **environment)
    assert place.latest.name == second.name and contents(place.latest) == contents(second)


@pytest.mark.soak
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_matrix(variant, server, releases, tmp_path: Path):
    first, second = releases
    place = place_after(first, tmp_path)
    if variant in ("other order of files", "all at once"):
        shuffled(place)
    arguments, environment = VARIANTS[variant]
    place.run("--quiet", *arguments, **environment)
    assert place.latest.name == second.name and contents(place.latest) == contents(second)


@pytest.mark.soak
def test_without_a_server_of_ones_own_it_is_the_same(releases, tmp_path, monkeypatch):
    first, second = releases
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    place = place_after(first, tmp_path)
    place.run("--quiet")
    assert contents(place.latest) == contents(second)
