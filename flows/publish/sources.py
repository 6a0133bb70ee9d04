"""Where the documents of a release come from, by what they and their provenance cards say, and under which licences."""
from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from flows.publish.edition import Edition, Source
from flows.publish.report import markdown_text

MOST_SHOWN = 300
SAID = ("producer", "site", "source", "url", "licence")
KEY = ("producer", "site", "host", "licence")
_ADDRESS = r"^([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#@\s]*@)?([^/?#\s]+)"


def sources_of(documents: Iterable[pl.DataFrame]) -> list[Source]:
    """The sources of frames of documents (columns metadata and fate), those of most documents first.

    Documents of one producer, site, host and licence are one source: addresses differ from page to page. What stands under site or source
    and is an address (front matter says `source: https://…`) tells the host and is no name.
    """
    counted = []
    for frame in documents:
        said = frame.select("fate", *(pl.col("metadata").str.json_path_match(f"$.{name}").alias(name) for name in SAID))
        named = (pl.when(~pl.col(name).str.contains(_ADDRESS)).then(name) for name in ("site", "source"))
        addressed = [pl.col(name).str.extract(_ADDRESS, part) for part in (1, 2) for name in ("url", "source", "site")]
        counted.append(said.select(
            "producer", "licence", "fate", site=pl.coalesce(*named), host=pl.coalesce(addressed[3:]),
            address=pl.concat_str(pl.coalesce(addressed[:3]), pl.coalesce(addressed[3:]))).group_by(KEY).agg(
            pl.col("address").min(), documents=pl.len(), speeches=(pl.col("fate") == "speech").sum()))
    if not counted:
        return []
    total = pl.concat(counted).group_by(KEY).agg(pl.col("documents", "speeches").sum(), pl.col("address").min()).sort(
        ["documents", *KEY], descending=[True, False, False, False, False])
    return [Source(*row) for row in total.select(*KEY, "documents", "speeches", "address").iter_rows()]


def sources_paper(edition: Edition) -> str:
    """SOURCES.md: the sources and their licences."""
    lines = [f"# Sources and licences 来源与许可: {edition.name}", "",
             "What the documents, or the provenance cards beside them, say of themselves; an empty cell means that nothing was said. The rights "
             "in each text stay with its owner: a release made of other people's texts may not be yours to pass on. Every document's own "
             "statement is in `documents.metadata`.", "",
             "以下为文档或其来源卡片自述；空格表示未作说明。各文本的权利归其所有者，由他人文本制成的发布未必可以再传播。逐份说明见 `documents.metadata`。", "",
             "| producer 制作者 | site 网站 | host 主机 | licence 许可 | documents 文档 | speeches 讲话 |",
             "| --- | --- | --- | --- | ---: | ---: |"]
    lines += [f"| {_cells(source)} | {source.documents} | {source.speeches} |" for source in edition.sources[:MOST_SHOWN]]
    if len(edition.sources) > MOST_SHOWN:
        rest: Sequence[Source] = edition.sources[MOST_SHOWN:]
        lines.append(f"| {len(rest)} others 其余 | | | | {sum(each.documents for each in rest)} | {sum(each.speeches for each in rest)} |")
    return "\n".join([*lines, ""])


def _cells(source: Source) -> str:
    return " | ".join(markdown_text((said or "")[:200]) for said in (source.producer, source.site, source.host, source.licence))
