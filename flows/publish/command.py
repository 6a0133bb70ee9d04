"""The commands `jianghua diff`, `releases` and `show`: looking at what was published. Exit status: 0 done, 2 there is no such thing, or it
is damaged."""
from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

NOT_THERE = 2
Out = Annotated[Path, typer.Option(help="Folder of releases.")]


def diff(
    before: Annotated[str, typer.Argument(help="A release: its name, its folder, or `latest`.")],
    after: Annotated[str, typer.Argument(help="Another.")] = "latest",
    out: Out = Path("data/processed"),
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """What differs between two releases: rows added, removed and changed, by key and column, and changes of the schema."""
    folders = [_release(name, out) for name in (before, after)]
    from flows.publish.diff import compare, diff_markdown
    from flows.publish.view import diff_view

    with _told(*folders):
        found = compare(*folders)
    if as_json:
        typer.echo(json.dumps(found.json(), ensure_ascii=False, indent=1, default=str))
    elif markdown:
        typer.echo(diff_markdown(found))
    else:
        diff_view(found)


def releases(
    out: Out = Path("data/processed"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the releases, the newest first."""
    from flows.publish.damage import Damaged, manifest_of
    from flows.publish.release import latest_release, named_like_releases
    from flows.publish.release import releases as folders_of
    from flows.publish.view import releases_view

    latest = latest_release(out)
    listed: list[dict[str, Any]] = []
    damaged = []
    whole = folders_of(out)
    for folder in [*reversed(whole), *(each for each in named_like_releases(out) if each not in whole)]:
        try:
            manifest = manifest_of(folder)
        except FileNotFoundError:
            damaged.append(str(Damaged(folder, "it has no manifest.json")))
        except Damaged as problem:
            damaged.append(str(problem))
        else:
            listed.append({"name": folder.name, "latest": latest is not None and folder.name == latest.name,
                           "published_at": manifest.get("published_at"), "schema_version": manifest["schema_version"],
                           "verdict": manifest.get("verdict"), "rows": {name: entry["rows"] for name, entry in manifest["tables"].items()}})
    if as_json:
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    elif listed:
        releases_view(listed)
    for sentence in damaged[:-1]:
        typer.echo(f"jianghua: {sentence}.", err=True)
    if damaged:
        _stop(f"{damaged[-1]}.")
    if not listed and not as_json:
        _stop(f"there is no release in {out}. Build one with `jianghua build`, or give --out.")


def show(
    speech_id: Annotated[str, typer.Argument(help="The speech's id, or enough of its beginning.")],
    release: Annotated[str, typer.Option(help="A release: its name, its folder, or `latest`.")] = "latest",
    out: Out = Path("data/processed"),
) -> None:
    """Show a speech: what is known of it, its outline, and its text with the phrases marked, beside the raw text."""
    folder = _release(release, out)
    from flows.publish.view import NoSpeech, speech_view

    missing = ""
    with _told(folder):
        try:
            speech_view(folder, speech_id)
        except NoSpeech as problem:
            missing = str(problem)
    if missing:
        _stop(missing)


@contextlib.contextmanager
def _told(*folders: Path) -> Iterator[None]:
    """While releases are read: what is damaged in one of them is told, and ends the command."""
    from flows.publish.damage import Damaged, reading

    try:
        with reading(*folders):
            yield
    except Damaged as problem:
        _stop(f"{problem}.")


def _release(name: str, out: Path) -> Path:
    """The folder of a release by its name or path."""
    for folder in (out / name, Path(name)):
        if (folder / "manifest.json").is_file():
            return folder
    _stop(f"there is no release {name}, neither as a folder nor in {out}. See `jianghua releases`.")


def _stop(sentence: str) -> NoReturn:
    typer.echo(f"jianghua: {sentence}", err=True)
    raise typer.Exit(NOT_THERE)
