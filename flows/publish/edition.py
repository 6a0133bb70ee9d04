"""An edition: what the papers of one release say of it. All of it comes from the declarations and the run; none from a clock."""
from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
LATEST = "latest"   # the link to the newest release
CHECKED = ("ingest", "normalize", "segment", "relate", "validate")
"""The stages whose tables are checked."""
NAME = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})(?:\.(\d+))?-([0-9a-f]{12})")
TITLE = "Jianghua 讲话: speeches of Chinese officials, cleaned, segmented and checked"
KEYWORDS = ("Chinese", "political speeches", "corpus linguistics", "讲话", "语料库", "政治话语")
ABSTRACT = ("Speeches of Chinese officials as they circulate on the web, cleaned with every change on record, divided into their parts, "
            "with the phrases in them, near-duplicates told apart, and the evidence for every date.")
ABSTRACT_ZH = "网上流传的中国官员讲话：逐处留痕的清理、层级化的分节、短语提取、近似重复的区分，以及每个日期的文内依据。"
MAKERS = "The makers of this release"


@dataclass(frozen=True, slots=True)
class Source:
    """Documents that say of themselves, or of which a provenance card says, that they come from one place. None: nothing is said.
    `address` is the beginning of their addresses, as far as the host."""

    producer: str | None
    site: str | None
    host: str | None
    licence: str | None
    documents: int
    speeches: int
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """`name` is the calendar version and the digest of the content. `rows`, `bytes` and `sha256` are by table; `facts` is what the run
    counted; `previous` the release before."""

    name: str
    schema_version: str
    code_version: str
    rows: Mapping[str, int]
    bytes: Mapping[str, int]
    sha256: Mapping[str, str]
    facts: Mapping[str, Any]
    verdict: str
    sources: Sequence[Source]
    previous: str | None

    @property
    def date(self) -> str:
        """The day that the name gives, as YYYY-MM-DD."""
        return "-".join(self.name.split("-")[0].split(".")[:3])

    @property
    def licences(self) -> list[str]:
        """The licences that the sources name, sorted."""
        return sorted({source.licence for source in self.sources if source.licence})

    @property
    def licence(self) -> str | None:
        """The licence of the whole; None unless all sources name the same one."""
        return self.licences[0] if len(self.licences) == 1 and all(source.licence for source in self.sources) else None


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
