"""How releases, their differences and a single speech look in a terminal. Raw text never reaches it with control characters."""
from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from flows.publish.diff import Diff

MOST_LISTED = 5
WIDE = 200   # columns where the output is no terminal
SAID = ("source_path", "source_name", "source_url", "genre", "occasion", "organization", "place", "speaker_name", "speaker_role",
        "delivered_date", "delivered_evidence", "published_date", "published_evidence", "script", "defects", "duplicate_group",
        "is_canonical")


class NoSpeech(LookupError):
    """No speech, or several, of the id that was given; the message says so and what to do."""


def plain(text: object) -> str:
    """Raw text for a terminal: one line, nothing that moves the cursor or turns the direction."""
    return "".join(char if char.isprintable() else "�" for char in str(text))


def shown(text: object) -> str:
    """As `plain`, and nothing in it is Rich's markup. Manifests and files that a stranger made are raw text too, down to their names."""
    return escape(plain(text))


def releases_view(listed: Sequence[Mapping[str, Any]]) -> None:
    """Print the releases as a table."""
    table = Table(box=None, pad_edge=False)
    for name in ("", "release", "published", "speeches", "documents", "schema", "quality"):
        table.add_column(name, justify="right" if name in ("speeches", "documents") else "left", overflow="fold")
    for each in listed:
        table.add_row("*" if each["latest"] else "", *(shown(value) for value in (
            each["name"], each["published_at"], each["rows"].get("speeches"), each["rows"].get("documents"), each["schema_version"],
            each["verdict"] or "")))
    (Console() if sys.stdout.isatty() else Console(width=WIDE)).print(table)


def diff_view(diff: Diff) -> None:
    """Print the difference of two releases."""
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"[bold]{shown(diff.before)} → {shown(diff.after)}[/bold]")
    if diff.schema_version[0] != diff.schema_version[1]:
        console.print(f"schema version {shown(diff.schema_version[0])} → {shown(diff.schema_version[1])}")
    if diff.same:
        console.print("No difference.")
        return
    for word, names in (("new", diff.added_tables), ("gone", diff.removed_tables)):
        for name in names:
            console.print(f"table {shown(name)} is {word}")
    table = Table(box=None, pad_edge=False)
    for name in ("table", "before", "after", "added", "removed", "changed"):
        table.add_column(name, justify="left" if name == "table" else "right")
    for name, found in diff.tables.items():
        table.add_row(shown(name), *(shown(count) for count in (
            found.rows_before, found.rows_after, found.added, found.removed, found.changed)), style="dim" if found.same else "")
    console.print(table)
    for name, found in diff.tables.items():
        for word, columns in (("new", found.added_columns), ("gone", found.removed_columns), ("of another type", found.retyped_columns)):
            for column in columns:
                console.print(f"column {shown(name)}.{shown(column)} is {word}")
        for key in found.added_examples:
            console.print(f"[green]+ {shown(name)} {_key(key)}[/green]")
        for key in found.removed_examples:
            console.print(f"[red]- {shown(name)} {_key(key)}[/red]")
        for each in found.changed_examples:
            value = f"{_value(each.before)} → {_value(each.after)}"
            console.print(f"[yellow]~ {shown(name)} {_key(each.key)} {shown(each.column)}[/yellow]: {value}")


def _key(key: Mapping[str, Any]) -> str:
    return shown(", ".join(str(value) for value in key.values()))


def _value(value: str | None) -> str:
    return "null" if value is None else f"“{shown(value)}”"


def speech_view(release: Path, speech_id: str) -> None:
    """Print a speech of a release. Raises NoSpeech."""
    speech = _speech(release, speech_id)
    rows = {table: pl.scan_parquet(release / f"{table}.parquet").filter(pl.col("speech_id") == speech["speech_id"]).collect().to_dicts()
            for table in ("sections", "phrases", "edits", "documents")}
    console = Console(highlight=False)
    console.print(Text(plain(speech["title"] or "(no title)"), style="bold"), Text(speech["speech_id"], style="dim"))
    facts = Table(box=None, pad_edge=False, show_header=False)
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    for name in SAID:
        value = ", ".join(speech[name]) if name == "defects" else speech[name]
        if value not in (None, ""):
            facts.add_row(name, Text(plain(value)))
    console.print(facts)
    console.print()
    console.print(outline_tree(rows["sections"]))
    console.print()
    console.print(_beside(speech["text"], rows, marks=("", "") if console.is_terminal else ("⟦", "⟧")))


def _speech(release: Path, speech_id: str) -> dict[str, Any]:
    ids = pl.scan_parquet(release / "speeches.parquet").filter(pl.col("speech_id").str.starts_with(speech_id)).select(
        "speech_id").head(MOST_LISTED + 1).collect()["speech_id"].to_list()
    if not ids or not speech_id:
        raise NoSpeech(f"no speech of {release.resolve().name} has the id {plain(speech_id)}. "
                       "The ids are in the column speech_id of speeches.parquet.")
    if len(ids) > 1:
        more = " and others" if len(ids) > MOST_LISTED else ""
        raise NoSpeech(f"several speeches begin with {plain(speech_id)}: {plain(', '.join(ids[:MOST_LISTED]))}{more}. Give more of the id.")
    return pl.scan_parquet(release / "speeches.parquet").filter(pl.col("speech_id") == ids[0]).collect().to_dicts()[0]


def outline_tree(sections: Sequence[Mapping[str, Any]]) -> Tree:
    """The outline of a speech as a tree: marker and heading, or the beginning of the text."""
    tree = Tree("outline")
    nodes: dict[str, Tree] = {}
    for section in sections:
        label = Text()
        label.append(f"{section['kind']} ", style="dim")
        label.append(plain(section["marker"] or ""), style="bold")
        beginning = section["text"].strip().partition("\n")[0].removeprefix(section["marker"] or "")[:30]
        label.append(plain(section["heading"] or f"{beginning}…"))
        if section["is_inferred"]:
            label.append(" (inferred)", style="dim")
        nodes[section["section_id"]] = nodes.get(section["parent_id"] or "", tree).add(label)
    return tree


def _beside(text: str, rows: Mapping[str, Sequence[Mapping[str, Any]]], marks: tuple[str, str]) -> Table:
    """Paragraphs of the text, phrases marked, beside the stretch of raw text that each comes from."""
    raw = rows["documents"][0]["raw_text"]
    table = Table(expand=True, pad_edge=False, show_lines=True)
    table.add_column("text", ratio=1, overflow="fold")
    table.add_column("raw", ratio=1, overflow="fold", style="dim")
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        table.add_row(_marked(text, start, end, rows["phrases"], marks),
                      Text(plain(raw[raw_place(start, rows["edits"]):raw_place(end, rows["edits"], last=True)].replace("\n", "⏎"))))
        start = end + 1
    return table


def _marked(text: str, start: int, end: int, phrases: Sequence[Mapping[str, Any]], marks: tuple[str, str]) -> Text:
    """A stretch of text, phrases in colour or, where there is none, in brackets; of phrases that overlap, the first."""
    shown, at = Text(), start
    for phrase in phrases:
        if at <= phrase["start"] < end:
            shown.append(plain(text[at:phrase["start"]]))
            at = min(phrase["end"], end)
            shown.append(f"{marks[0]}{plain(text[phrase['start']:at])}{marks[1]}", style="bold cyan")
    shown.append(plain(text[at:end]))
    return shown


def raw_place(place: int, edits: Sequence[Mapping[str, Any]], *, last: bool = False) -> int:
    """Where a place of the text lies in the raw text; between two edits they run in step. Where something was removed right there, the
    place behind it, or with `last` the one before."""
    starts = [edit["start"] for edit in edits]
    number = (bisect_left if last else bisect_right)(starts, place) - 1
    if number < 0:
        return place
    edit = edits[number]
    return int(edit["raw_end"] + place - edit["end"] if place >= edit["end"] else edit["raw_start"])
