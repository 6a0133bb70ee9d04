"""CITATION.cff of a release."""
from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from flows.publish.edition import ABSTRACT, KEYWORDS, MAKERS, TITLE, Edition

SPDX = ("Apache-2.0", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", "CC0-1.0", "MIT", "ODbL-1.0")
"""Licences of data that the format's own list knows; of any other nothing is said there, since the format would refuse it."""


def citation(edition: Edition) -> str:
    """The file, as YAML."""
    said: dict[str, Any] = {"cff-version": "1.2.0", "message": "If you use this dataset, please cite it as below.", "title": TITLE,
                            "type": "dataset", "authors": [{"name": MAKERS}], "version": edition.name, "date-released": edition.date,
                            "abstract": ABSTRACT, "keywords": list(KEYWORDS)}
    if edition.licence in SPDX:
        said["license"] = edition.licence
    return yaml_of(said)


def yaml_of(values: Mapping[str, Any]) -> str:
    """A mapping of plain values, lists and mappings as YAML; every string is quoted, so that nothing in it is read as anything else."""
    return "\n".join(_lines(values, "")) + "\n"


def _lines(values: Mapping[str, Any], indent: str) -> list[str]:
    lines = []
    for name, value in values.items():
        if isinstance(value, list):
            lines.append(f"{indent}{name}:")
            for each in value:
                inner = _lines(each, f"{indent}    ") if isinstance(each, Mapping) else [f"{indent}    {_scalar(each)}"]
                lines += [f"{indent}  - {inner[0].strip()}", *inner[1:]]
        else:
            lines.append(f"{indent}{name}: {_scalar(value)}")
    return lines


def _scalar(value: object) -> str:
    """A value as JSON, which is YAML, but for what YAML does not allow in the open, or folds."""
    return re.sub("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}",
                  json.dumps(value, ensure_ascii=False))
