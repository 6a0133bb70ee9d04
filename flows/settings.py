"""What a user may turn. Everything that can change the bytes of the tables is in `Settings.content()`; the thresholds change what is
said of them, the release_date the name, and the rest says where and how fast."""
from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

from flows.ingest.limits import MEBIBYTE, Limits

WORDS = {str: "text, in quotation marks", bool: "true or false", int: "a whole number", float: "a share from 0 to 1"}
LOCAL, RAY = RUNNERS = ("local", "ray")


class SettingsError(ValueError):
    """A setting that is unknown, of the wrong type or out of range; the message says which and what is allowed."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Rates that the checks judge by, as shares from 0 to 1: what is above is warned of.

    `flows.validate.rates` says what each counts; those of drift are how far counts, rates, distributions and the most widespread phrases
    may move from one release to the next.
    """

    rejected: float = 0.98
    repeated_documents: float = 0.9
    replacement_characters: float = 0.001
    replacement_characters_left: float = 0.0005
    undated: float = 0.9
    unplaced: float = 0.97
    untitled: float = 0.5
    unknown_genre: float = 0.7
    placeholders: float = 0.8
    defective: float = 0.95
    removed_text: float = 0.9
    removed_text_of_a_source: float = 0.97
    undivided: float = 0.7
    empty_headings: float = 0.2
    inferred: float = 0.1
    phraseless: float = 0.3
    reprints: float = 0.9
    drift_rows: float = 0.5
    drift_rates: float = 0.1
    drift_distributions: float = 0.2
    drift_vocabulary: float = 0.6


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to read and write, and what may be turned.

    raw: folder, file or URI of what people have. out: folder of releases. work: caches, Prefect's home, the lock; default `<out>/.work`.
    workers: processes; default the number of processors. shard_bytes: bytes of raw text that one shard should hold.
    runner: where the work is done: in processes of this machine (local) or on a Ray cluster (ray).
    ray_address: which cluster; empty for the one that RAY_ADDRESS names, or else one of this machine alone.
    text_column: name of the column that holds the text in tables and records; None means that it is found by name.
    keep_releases: how many releases stay in `out`; 0 keeps all.
    publish_to: URI of a store (s3://bucket/prefix) to which each release is copied as well; empty for none.
    allow_empty: publish a release without documents, where there is nothing to read, after one that had some.
    release_date: the day that releases are named by, as YYYY.MM.DD; None means today.
    thresholds: what the checks warn of. limits: how much of any one input is read.
    """

    raw: str = "data/raw"
    out: str = "data/processed"
    work: str = ""
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    runner: str = LOCAL
    ray_address: str = ""
    shard_bytes: int = 12 * MEBIBYTE
    text_column: str | None = None
    keep_releases: int = 0
    publish_to: str = ""
    allow_empty: bool = False
    release_date: str | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise SettingsError(f"workers is {self.workers}; give 1 or more")
        if self.runner not in RUNNERS:
            raise SettingsError(f"runner is {self.runner}; give {' or '.join(RUNNERS)}")
        if self.shard_bytes < 1:
            raise SettingsError(f"shard_bytes is {self.shard_bytes}; give 1 or more")
        if self.keep_releases < 0:
            raise SettingsError(f"keep_releases is {self.keep_releases}; give 0 (keep all) or more")
        if self.release_date is not None and not _is_day(self.release_date):
            raise SettingsError(f"release_date is {self.release_date}; give a day of the calendar as YYYY.MM.DD")
        if self.publish_to and "://" not in self.publish_to:
            raise SettingsError(f"publish_to is {self.publish_to}; give a URI, such as s3://bucket/prefix")
        for name, value in asdict(self.thresholds).items():
            if not 0 <= value <= 1:
                raise SettingsError(f"thresholds.{name} is {value}; give a share from 0 to 1")
        for name, value in asdict(self.limits).items():
            if value < 1:
                raise SettingsError(f"limits.{name} is {value}; give a whole number of 1 or more")
        if not self.work:
            object.__setattr__(self, "work", str(self.usual_work))

    @property
    def out_path(self) -> Path:
        return Path(self.out)

    @property
    def work_path(self) -> Path:
        return Path(self.work)

    @property
    def usual_work(self) -> Path:
        """Where the work folder is unless another is given; whatever the work folder, the lock of `out` lies there."""
        return self.out_path / ".work"

    def content(self) -> dict[str, object]:
        """What can change the bytes of the tables: part of every cache key and of the manifest."""
        return {"text_column": self.text_column, "limits": asdict(self.limits)}


def _is_day(text: str) -> bool:
    """Whether `text` is a day of the calendar, as YYYY.MM.DD: digits of another script, and the 30th of February, are none."""
    found = re.fullmatch(r"([0-9]{4})\.([0-9]{2})\.([0-9]{2})", text)
    try:
        return found is not None and bool(date(*map(int, found.groups())))
    except ValueError:
        return False


def settings_from(values: Mapping[str, Any]) -> Settings:
    """Settings from plain values, as a TOML file or the parameters of a flow run hold them.

    Raises SettingsError where a name is unknown, or a value of the wrong type or out of range.
    """
    given = dict(values)
    thresholds, limits = (_table(given.pop(name, {}), name, of) for name, of in (("thresholds", Thresholds), ("limits", Limits)))
    return Settings(**_checked(given, Settings), thresholds=Thresholds(**thresholds), limits=Limits(**limits))


def read_settings(path: Path | None, **overrides: object) -> Settings:
    """Settings from a TOML file (or none), with `overrides` that are not None laid over it.

    Raises SettingsError where the file cannot be read, and as `settings_from` does.
    """
    values: dict[str, object] = {}
    if path is not None:
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as problem:
            raise SettingsError(f"cannot read the settings file {path}: {problem.strerror}") from problem
        except UnicodeDecodeError as problem:
            raise SettingsError(f"the settings file {path} is not in UTF-8; save it as UTF-8") from problem
        except tomllib.TOMLDecodeError as problem:
            raise SettingsError(f"the settings file {path} is not valid TOML: {problem}") from problem
    return settings_from(values | {name: value for name, value in overrides.items() if value is not None})


def _table(values: object, name: str, of: type) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        raise SettingsError(f"{name} is {values!r}; give a table, [{name}], of names and values")
    return _checked(values, of, f"{name}.")


def _checked(values: Mapping[str, Any], of: type, prefix: str = "") -> dict[str, Any]:
    """The values, if `of` declares each name, and each is of the type that it declares."""
    declared = get_type_hints(of)
    if unknown := sorted(set(values) - set(declared)):
        raise SettingsError(f"unknown setting {', '.join(unknown)}; known are {', '.join(sorted(declared))}")
    for name, value in values.items():
        kinds = get_args(declared[name]) or (declared[name],)
        # A bool is an int to Python, and an int is a fine share.
        if isinstance(value, bool) is not (bool in kinds) or not isinstance(value, (*kinds, int) if float in kinds else kinds):
            raise SettingsError(f"{prefix}{name} is {value!r}; give {WORDS[kinds[0]]}")
    return dict(values)
