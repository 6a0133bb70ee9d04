"""The command `jianghua validate`: what is wrong with a release folder, in words and as an exit status."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

NOT_A_RELEASE, CHECKS_FAILED = 2, 3
MOST_SHOWN = 3


def validate(
    release: Annotated[Path, typer.Argument(help="Folder of a release, for example data/processed/latest.")],
    failing: Annotated[Path | None, typer.Option(help="Write every fault to this Parquet file.")] = None,
    data_docs: Annotated[Path | None, typer.Option("--data-docs", help="Write Great Expectations' Data Docs into this folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Check a release from its own files: checksums, schemas, keys, links, tiling, slices, edits, counts, papers.

    Exit status: 0 good, 2 nothing that can be checked (missing, half there, of a newer schema, not a release), or what was asked for
    cannot be written, 3 checks failed.
    """
    from flows.validate.stranger import UNREADABLE, NotARelease, examine

    try:
        found = examine(release)
    except NotARelease as problem:
        typer.echo(f"jianghua: {problem}.", err=True)
        raise typer.Exit(NOT_A_RELEASE) from None
    except OSError as problem:
        typer.echo(f"jianghua: cannot read {problem.filename or release}: {problem.strerror}.", err=True)
        raise typer.Exit(NOT_A_RELEASE) from None
    faults = found.faults
    unwritten = []
    if failing is not None:
        try:
            faults.write_parquet(failing, compression="zstd")
        except (OSError, *UNREADABLE) as problem:
            unwritten.append(f"the faults cannot be written to {failing}: {_reason(problem)}")
    if data_docs is not None:
        from flows import quality

        try:
            typer.echo(f"Data Docs: {quality.data_docs(release, data_docs)}", err=True)
        except (Exception, *UNREADABLE) as problem:   # whatever a damaged table, or a folder that is none, is to Great Expectations
            unwritten.append(f"no Data Docs of {release} can be written to {data_docs}: {_reason(problem)}")
    by_check = faults.group_by("rule", "table", maintain_order=True).len()
    if as_json:
        failed = [{"check": rule, "table": table, "faults": count, "examples": faults.filter(rule=rule, table=table).select(
            "key", "evidence").head(MOST_SHOWN).to_dicts()} for rule, table, count in by_check.iter_rows()]
        typer.echo(json.dumps({"good": found.good, "checks": found.checks, "left": found.left, "failed": failed}, ensure_ascii=False,
                              indent=1))
    elif not found.good:
        for rule, table, count in by_check.iter_rows():
            typer.echo(f"{table}: {rule}: {count} fault{'s' if count > 1 else ''}", err=True)
            for key, evidence in faults.filter(rule=rule, table=table).select("key", "evidence").head(MOST_SHOWN).iter_rows():
                typer.echo(f"    {_plain(key)}: {_plain(evidence)}", err=True)
        for words in found.left:
            typer.echo(words, err=True)
    elif not quiet:
        typer.echo(f"{release} is good: {found.checks} checks passed.")
    for words in unwritten:
        typer.echo(f"jianghua: {words}.", err=True)
    if not found.good:
        typer.echo(f"jianghua: {release} is damaged: {by_check.height} of {found.checks} checks failed. Do not use it.", err=True)
        raise typer.Exit(CHECKS_FAILED)
    if unwritten:
        raise typer.Exit(NOT_A_RELEASE)


def _reason(problem: BaseException) -> str:
    return (getattr(problem, "strerror", None) or str(problem)).partition("\n")[0].rstrip(".")


def _plain(text: str) -> str:
    """Raw text for a terminal: one line, nothing that moves the cursor."""
    return "".join(char if char.isprintable() else "�" for char in text)[:160]
