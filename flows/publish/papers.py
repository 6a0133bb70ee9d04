"""The papers of a release: what is written beside the tables, so that people and machines know what they have."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flows.publish.card import card
from flows.publish.changelog import changelog
from flows.publish.citation import citation
from flows.publish.croissant import croissant
from flows.publish.datapackage import datapackage
from flows.publish.edition import MANIFEST, Edition, sha256_of
from flows.publish.history import FIGURE
from flows.publish.sources import sources_paper
from flows.publish.survey import Surveyed

CHECKSUMS = "checksums.txt"


def write_papers(folder: Path, edition: Edition, manifest: dict[str, Any], surveyed: Surveyed, previous: Path | None,
                 damage: str | None = None) -> None:
    """Write the papers into the folder that holds the tables and the quality report.

    `previous` is the release before, `damage` what is damaged in it, so that it cannot be compared with.
    The manifest is written last and names all files. The same edition gives the same bytes of all but the manifest, which alone holds a
    time; therefore checksums.txt does not name it.
    """
    _write(folder / "datapackage.json", json_text(datapackage(edition)))
    _write(folder / "croissant.json", json_text(croissant(edition)))
    if surveyed.history_figure is not None:
        _write(folder / FIGURE, surveyed.history_figure)
    _write(folder / "README.md", card(edition, surveyed.history))
    _write(folder / "CITATION.cff", citation(edition))
    _write(folder / "SOURCES.md", sources_paper(edition))
    # The changelog compares manifests, so there must be one; its final form also names the changelog.
    _write(folder / MANIFEST, json_text(manifest))
    _write(folder / "CHANGELOG.md", changelog(folder, previous, damage))
    known = {f"{table}.parquet": digest for table, digest in edition.sha256.items()}
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))
             if path.is_file() and path.name not in (MANIFEST, CHECKSUMS))
    digests = {name: known.get(name) or sha256_of(folder / name) for name in names}
    _write(folder / CHECKSUMS, "".join(f"{digest}  {name}\n" for name, digest in digests.items()))
    _write(folder / MANIFEST, json_text(manifest | {"files": digests | {CHECKSUMS: sha256_of(folder / CHECKSUMS)}}))


def json_text(value: object) -> str:
    """JSON for people and machines; what is no Unicode is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "replace"))
