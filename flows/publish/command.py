"""The commands `jianghua diff`, `releases` and `show`: looking at what was published. Exit status: 0 done, 2 there is no such thing."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NoReturn

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
    from flows.publish.release import latest_release, read_manifest
    from flows.publish.release import releases as folders_of
    from flows.publish.view import releases_view

    latest = latest_release(out)
    listed = [{"name": folder.name, "latest": latest is not None and folder.name == latest.name,
               "published_at": manifest.get("published_at"), "schema_version": manifest.get("schema_version"),
               "verdict": manifest.get("verdict"), "rows": {name: entry["rows"] for name, entry in manifest["tables"].items()}}
              for folder in reversed(folders_of(out)) if (manifest := read_manifest(folder))]
    if as_json:
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    elif listed:
        releases_view(listed)
    else:
        _stop(f"there is no release in {out}. Build one with `jianghua build`, or give --out.")


def show(
    speech_id: Annotated[str, typer.Argument(help="The speech's id, or enough of its beginning.")],
    release: Annotated[str, typer.Option(help="A release: its name, its folder, or `latest`.")] = "latest",
    out: Out = Path("data/processed"),
) -> None:
    """Show a speech: what is known of it, its outline, and its text with the phrases marked, beside the raw text."""
    folder = _release(release, out)
    from flows.publish.view import NoSpeech, speech_view

    try:
        speech_view(folder, speech_id)
    except NoSpeech as problem:
        _stop(str(problem))


def _release(name: str, out: Path) -> Path:
    """The folder of a release by its name or path."""
    for folder in (out / name, Path(name)):
        if (folder / "manifest.json").is_file():
            return folder
    _stop(f"there is no release {name}, neither as a folder nor in {out}. See `jianghua releases`.")


def _stop(sentence: str) -> NoReturn:
    typer.echo(f"jianghua: {sentence}", err=True)
    raise typer.Exit(NOT_THERE)
