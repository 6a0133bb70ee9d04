"""CHANGELOG.md of a release: what differs from the release before, and which inputs came and went."""
from __future__ import annotations

from pathlib import Path

import polars as pl

from flows.publish.diff import compare, diff_markdown
from flows.publish.report import markdown_text

MOST_NAMED = 100


def changelog(folder: Path, previous: Path | None, damage: str | None = None) -> str:
    """The changelog of the release whose tables and manifest are in `folder`; `previous` is the release before, `damage` what is damaged in
    that."""
    title = "# Changes 变更"
    if previous is None:
        return f"{title}\n\nFirst release here; there is none to compare with. 此处的首个发布，无前次可比。\n"
    if damage is not None:
        return (f"{title}\n\nNot told: the release before, {markdown_text(previous.name)}, is damaged ({markdown_text(damage)}), and "
                "nothing can be compared with it. 前次发布已损坏，无从比较。\n")
    lines = [title, "", *_inputs(folder, previous), "", diff_markdown(compare(previous, folder), "##")]
    return "\n".join(lines)


def _inputs(folder: Path, previous: Path) -> list[str]:
    old, new = (_paths(release) for release in (previous, folder))
    lines = []
    for words, paths in (("Inputs gone 移除的输入", old.join(new, on="source_path", how="anti")),
                         ("Inputs new 新增的输入", new.join(old, on="source_path", how="anti"))):
        lines.append(f"- {words}: {paths.height}")
        lines += [f"    - {markdown_text(path)}" for path in paths["source_path"].head(MOST_NAMED)]
        if paths.height > MOST_NAMED:
            lines.append(f"    - … {paths.height - MOST_NAMED} others 其余")
    return lines


def _paths(release: Path) -> pl.DataFrame:
    return pl.concat([pl.read_parquet(release / f"{table}.parquet", columns=["source_path"]) for table in ("documents", "rejects")]
                     ).unique().sort("source_path")
