"""README.md of a release: the dataset card, in English and 中文, with the front matter by which Hugging Face shows each table."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.publish.citation import yaml_of
from flows.publish.dictionary import dictionary
from flows.publish.edition import ABSTRACT, ABSTRACT_ZH, Edition
from schemas import TABLES

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))

SNIPPETS = '''## Read it 读取

Run these in this folder. Each shows a phrase in its context, a phrase by year, what stands under a heading, and leaves reprints out
(`is_canonical`): count over all rows, and reprints count twice. Offsets count Unicode code points: in Python `text[start:end]` is the
passage itself.

The year is that of delivery, and only where that is not known that of publication: `published_date` is the day when a copy was put on the
web, often years after the speech was given, and curves made of it alone show when sites copied.

在本文件夹内运行。每段依次为：短语的上下文、短语的逐年篇数、某标题下的文字；均只取代表篇（`is_canonical`），否则转载会重复计数。偏移以 Unicode 码位计。

年份取讲话日期（`delivered_date`），未知时方取发布日期（`published_date`）：后者是网页登出之日，往往晚于讲话多年，单用它所得的是转载的年份。

Rows of kind `set` (recurring wording found from the corpus itself) may overlap: a phrase has its row also where it stands inside a longer
one (高质量发展 in 推动高质量发展). Count a phrase by its own rows; the counts of phrases that hold each other do not add up.

套语（`set`，由语料自身发现的反复出现的文字）各行可互相重叠：较短套语落在较长套语之内时亦另立一行。按单个套语计数即可；互相包含者，其次数不可相加。

### polars

```python
import polars as pl

speeches = pl.read_parquet("speeches.parquet").filter("is_canonical").with_columns(date=pl.coalesce("delivered_date", "published_date"))
phrases = pl.read_parquet("phrases.parquet").join(speeches.select("speech_id", "text", "date"), on="speech_id")
kwic = phrases.filter(pl.col("kind") == "quoted").select(
    left=pl.col("text").str.slice(pl.max_horizontal(pl.col("start") - 12, 0), pl.min_horizontal("start", 12)), surface="surface",
    right=pl.col("text").str.slice("end", 12))
by_year = phrases.group_by("phrase", year=pl.col("date").dt.year()).agg(pl.col("speech_id").n_unique())
sections = pl.read_parquet("sections.parquet").join(speeches, on="speech_id", how="semi")
heads = sections.filter(pl.col("heading").str.contains("责任")).select("section_id", "speech_id", "start", "subtree_end")
under = heads.join(speeches, on="speech_id").select("section_id", pl.col("text").str.slice("start", pl.col("subtree_end") - pl.col("start")))
print(kwic, by_year, under)
```

### pandas

```python
import pandas as pd

speeches = pd.read_parquet("speeches.parquet", filters=[("is_canonical", "==", True)]).set_index("speech_id")
speeches["date"] = pd.to_datetime(speeches["delivered_date"].where(speeches["delivered_date"].notna(), speeches["published_date"]))
phrases = pd.read_parquet("phrases.parquet").join(speeches[["text", "date"]], on="speech_id", how="inner")
kwic = [(row.text[max(row.start - 12, 0):row.start], row.surface, row.text[row.end:row.end + 12])
        for row in phrases[phrases["kind"] == "quoted"].itertuples()]
phrases["year"] = phrases["date"].dt.year
by_year = phrases.groupby(["phrase", "year"])["speech_id"].nunique()
sections = pd.read_parquet("sections.parquet")
heads = sections[sections["heading"].str.contains("责任", na=False) & sections["speech_id"].isin(speeches.index)]
under = [speeches.at[row.speech_id, "text"][row.start:row.subtree_end] for row in heads.itertuples()]
print(kwic[:5], by_year, under[:1])
```

### DuckDB

```python
import duckdb

kwic = duckdb.sql("""select substr(s.text, greatest(p.start - 11, 1), least(p.start, 12)), p.surface, substr(s.text, p."end" + 1, 12)
    from 'phrases.parquet' p join 'speeches.parquet' s using (speech_id) where s.is_canonical and p.kind = 'quoted'""").fetchall()
by_year = duckdb.sql("""select p.phrase, year(coalesce(s.delivered_date, s.published_date)), count(distinct speech_id)
    from 'phrases.parquet' p join 'speeches.parquet' s using (speech_id) where s.is_canonical group by all order by all""").fetchall()
under = duckdb.sql("""select c.section_id, substr(s.text, c.start + 1, c.subtree_end - c.start)
    from 'sections.parquet' c join 'speeches.parquet' s using (speech_id)
    where s.is_canonical and contains(c.heading, '责任')""").fetchall()
print(kwic[:5], by_year[:5], under[:1])
```

### Hugging Face datasets

```python
from pathlib import Path

from datasets import load_dataset

here = str(Path().resolve())
speeches = load_dataset(here, "speeches", split="train").filter(lambda row: row["is_canonical"])
texts = dict(zip(speeches["speech_id"], speeches["text"]))
dates = zip(speeches["speech_id"], speeches["delivered_date"], speeches["published_date"])
years = {speech: (delivered or published).year for speech, delivered, published in dates if delivered or published}
phrases = load_dataset(here, "phrases", split="train").filter(lambda row: row["speech_id"] in texts)
kwic = [(texts[row["speech_id"]][max(row["start"] - 12, 0):row["start"]], row["surface"], texts[row["speech_id"]][row["end"]:row["end"] + 12])
        for row in phrases if row["kind"] == "quoted"]
by_year = {}
for row in phrases:
    by_year.setdefault((row["phrase"], years.get(row["speech_id"])), set()).add(row["speech_id"])
heads = load_dataset(here, "sections", split="train").filter(lambda row: "责任" in (row["heading"] or "") and row["speech_id"] in texts)
under = [texts[row["speech_id"]][row["start"]:row["subtree_end"]] for row in heads]
print(kwic[:5], len(by_year), under[:1])
```

### R

```r
library(arrow)
library(dplyr)

speeches <- read_parquet("speeches.parquet") |> filter(is_canonical) |> mutate(date = coalesce(delivered_date, published_date))
phrases <- read_parquet("phrases.parquet") |> inner_join(speeches, by = "speech_id")
kwic <- phrases |> filter(kind == "quoted") |>
  transmute(left = substr(text, pmax(start - 11, 1), start), surface, right = substr(text, end + 1, end + 12))
by_year <- phrases |> count(phrase, year = format(date, "%Y"), wt = !duplicated(paste(phrase, speech_id)))
under <- read_parquet("sections.parquet") |> filter(grepl("责任", heading)) |> inner_join(speeches, by = "speech_id") |>
  transmute(section_id, text = substr(text.y, start + 1, subtree_end))
```
'''

LIMITS = """## Limits and ethics 局限与伦理

- These are texts that *circulate* as speeches. That a page carries one is no proof that it was given, or given so; drafts, templates and
  model speeches look alike. 这些文本以“讲话”之名流传，网页刊载并不证明其确曾发表，也不证明其如此发表。
- Dates, speakers and places are what the document says. Missing means that it was not found there. Contradictions are marked
  (`date_conflict`), not resolved. 日期、讲话人与地点均依文档自述；空值表示文档中未见；矛盾之处只作标记。
- Repairs are guesses with evidence: `mojibake_repaired` marks text that was inferred. Typos are kept. 修复是有据推断，均有标记；错字照录。
- Texts can hold personal data of private persons (`personal_data` in `defects`). 文本可能含有私人信息，见 `defects` 中的 `personal_data`。
- The rights in each text stay with its owner: see `SOURCES.md`. 各文本权利归其所有者，见 `SOURCES.md`。
"""


def card(edition: Edition, curves: Sequence[str] = ()) -> str:
    """The card, as Markdown behind YAML front matter; `curves` are its lines on formulae by year, as flows.publish.history gives them."""
    counts = edition.facts
    lines = ["---", _front_matter(edition).rstrip(), "---", "", f"# Jianghua 讲话 {edition.name}", "", ABSTRACT, "", ABSTRACT_ZH, "",
             f"{edition.rows['speeches']} speeches out of {sum(counts['fates'].values())} documents and {counts['input_files']} files. "
             f"Schema {edition.schema_version}, code {edition.code_version}. Quality: {edition.verdict}; see `quality/report.md`.", "",
             f"由 {counts['input_files']} 个文件、{sum(counts['fates'].values())} 份文档得讲话 {edition.rows['speeches']} 篇。质量报告见 "
             "`quality/report.md`。", "",
             "## What is here 内容", "", "| file 文件 | rows 行 | one row 每行 |", "| --- | ---: | --- |"]
    lines += [f"| `{name}.parquet` | {edition.rows[name]} | {table.english} {table.chinese} |" for name, table in TABLES.items()]
    lines += ["", "`manifest.json` names every file with its SHA-256 and says what the release was made from; `checksums.txt` is for "
              "`sha256sum -c`; `datapackage.json`, `croissant.json` and `CITATION.cff` are for machines; `CHANGELOG.md` tells what differs "
              "from the release before; `SOURCES.md` where the documents come from.", "",
              "`manifest.json` 列出全部文件及其 SHA-256 与制作依据；`checksums.txt` 供校验；`CHANGELOG.md` 说明与前次发布之别；`SOURCES.md` 说明来源。", "",
              *curves, SNIPPETS, "## How it was made 制作方法", "",
              "A pipeline reads the documents, tells speeches from the rest, repairs and cleans them with every change on record (`edits`), divides "
              "them into their parts, finds phrases, tells near-duplicates apart, and checks every table. It has no human annotators. Documents "
              "that are no speeches stay in `documents` with a reason: "
              + (", ".join(f"{name} {count}" for name, count in counts["reasons"].items()) or "none") + ".", "",
              "流水线读取文档、甄别讲话、逐处留痕地修复清理、划分章节、提取短语、区分近似重复，并检查每一张表；无人工标注。非讲话文档保留于 `documents` 并注明原因。", "",
              LIMITS, "## Tables 各表", "", dictionary(), "## Cite 引用", "", f"See `CITATION.cff`: version {edition.name}.", ""]
    return "\n".join(lines)


def _front_matter(edition: Edition) -> str:
    rows = edition.rows["speeches"]
    said: dict[str, Any] = {
        "pretty_name": f"Jianghua 讲话 {edition.name}", "language": ["zh"], "license": _licence(edition)}
    if said["license"] == "other":
        said |= {"license_name": "see-sources", "license_link": "SOURCES.md"}
    said |= {"size_categories": [next((name for least, name in SIZES if rows < least), "n>10M")],
             "task_categories": ["text-classification", "token-classification", "text-retrieval"], "annotations_creators": ["machine-generated"],
             "tags": ["chinese", "political-speeches", "corpus-linguistics", "讲话"],
             "configs": [{"config_name": name, "data_files": f"{name}.parquet"} | ({"default": True} if name == "speeches" else {})
                         for name in TABLES]}
    return yaml_of(said)


def _licence(edition: Edition) -> str:
    """The licence by Hugging Face's name; "other" where the sources name none, several, or one that is not known there."""
    name = (edition.licence or "").lower()
    return name if name in ("cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0", "odc-by", "apache-2.0", "mit") else "other"

