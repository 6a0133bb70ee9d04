"""Speech or not: evidence counted in samples of a document, weighed in the open.

The features, their weights and the words that they look for stand in schemas/lexicons/selection.toml; this module only counts.
A batch is counted at once: cues by one Aho-Corasick automaton and patterns by Rust's regular expressions, which never backtrack, so
that a hostile line costs no more than any other. What is read of a document is bounded, so its length does not matter.
"""
from __future__ import annotations

import importlib.resources
import itertools
import math
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import polars as pl

from flows.ingest.documents import Document

# What the cues write full-width is often half-width in scraped pages; both are looked for.
_WIDTHS = {"，": "，,", "：": "：:", "！": "！!", "？": "？?", "（": "（(", "）": "）)", "；": "；;"}
_REGIONS = ("title", "opening", "middle", "closing")


class Judgement(NamedTuple):
    """Whether a document is a speech, and why.

    score: 0 to 1, how surely it is one. reason: a word of schemas.documents.REASONS where it is none, else None.
    features: what each piece of evidence found added to the log-odds, heaviest first; empty where the document was too slight to read.
    """

    score: float
    is_speech: bool
    reason: str | None
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence: what it weighs in full, how many cues make it full, where they count, what it gives as a reason."""

    name: str
    weight: float
    limit: int
    where: str
    reason: str | None
    cues: tuple[str, ...]
    pattern: str | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The lexicon, ready to weigh with."""

    bias: float
    threshold: float
    sample: dict[str, int]
    least: dict[str, float]
    evidence: tuple[Evidence, ...]
    cues: tuple[str, ...]
    found_by: dict[str, tuple[int, ...]]


def judge(documents: Sequence[Document]) -> list[Judgement]:
    """One judgement a document, in the order given. Depends on nothing but each document's raw text, layout and title."""
    scale = _scale()
    judgements: list[Judgement | None] = [_slight(document.raw_text, scale) for document in documents]
    rows = [row for row, judgement in enumerate(judgements) if judgement is None]
    if rows:
        for row, judgement in zip(rows, _weigh([documents[row] for row in rows], scale), strict=True):
            judgements[row] = judgement
    return [judgement for judgement in judgements if judgement is not None]


def _slight(text: str, scale: Scale) -> Judgement | None:
    """A rejection for what is too short to be read at all: most of a web-scale corpus, so nothing is counted for it."""
    if len(text) >= scale.least["wide"]:
        return None
    return Judgement(0.0, False, "no_chinese" if text.isascii() else "too_short", {})


def _weigh(documents: list[Document], scale: Scale) -> list[Judgement]:
    samples = [_sampled(document, scale.sample) for document in documents]
    frame = pl.DataFrame(
        {region: [sample[place] for sample in samples] for place, region in enumerate(_REGIONS)},
        schema=dict.fromkeys(_REGIONS, pl.String),
    )
    frame = _folded(frame)
    whole = pl.concat_str(pl.col("opening", "middle", "closing"), separator="\n")
    frame = frame.with_columns(whole=whole).with_columns(
        chars=pl.col("whole").str.len_chars(),
        wide=(pl.col("whole").str.len_bytes() - pl.col("whole").str.len_chars()) // 2,
        stops=pl.col("whole").str.count_matches("[。！？]"),
    )
    counts = [_pattern_counts(frame, evidence) for evidence in scale.evidence]
    in_region = {
        region: frame.get_column(region).str.extract_many(list(scale.cues), leftmost=True).to_list()
        for region in _REGIONS
    }
    chars, wide, stops = (frame.get_column(name).to_list() for name in ("chars", "wide", "stops"))
    judgements = []
    for row in range(len(documents)):
        found = _cue_counts(scale, {region: in_region[region][row] for region in in_region}, chars[row] <= scale.sample["opening"])
        features = {}
        for place, evidence in enumerate(scale.evidence):
            count = found[place] + counts[place][row]
            if count:
                features[evidence.name] = round(evidence.weight * min(count, evidence.limit) / evidence.limit, 3)
        judgements.append(_judgement(scale, features, chars[row], wide[row], stops[row]))
    return judgements


def _judgement(scale: Scale, features: dict[str, float], chars: int, wide: int, stops: int) -> Judgement:
    features = dict(sorted(features.items(), key=lambda item: (-abs(item[1]), item[0])))
    score = 1 / (1 + math.exp(-(scale.bias + sum(features.values()))))
    reason = _bare(scale, features, chars, wide, stops)
    if reason is None and score >= scale.threshold:
        return Judgement(score, True, None, features)
    if reason is None:
        against = min(features.items(), key=lambda item: item[1], default=("", 0.0))
        reason = next((evidence.reason for evidence in scale.evidence if evidence.name == against[0] and evidence.weight < 0), None)
    return Judgement(min(score, math.nextafter(scale.threshold, 0)), False, reason or "not_speech", features)


def _bare(scale: Scale, features: dict[str, float], chars: int, wide: int, stops: int) -> str | None:
    """Why there is nothing to be read as a speech, whatever the page says of itself."""
    if wide < scale.least["wide"]:
        return "no_chinese" if wide < 0.1 * chars else "too_short"
    if wide < scale.least["wide_share"] * chars:
        return "technical"
    if stops < scale.least["stops"] or (stops * 150 < wide and "salutation" not in features and "speaks" not in features):
        return "list_of_titles" if features.get("title") else "furniture_only"
    return None


# ---------------------------------------------------------------------------------------------------- what is read
def _sampled(document: Document, sample: dict[str, int]) -> tuple[str, str, str, str]:
    """Title, opening, windows between and closing. Cut by position, so the cost does not grow with the length."""
    text = document.raw_text
    if document.layout and any(mark.kind == "furniture" for mark in document.layout):
        text = _without_furniture(document) or text
    title = document.metadata.get("title", "")
    opening, closing, window, windows = sample["opening"], sample["closing"], sample["window"], sample["windows"]
    head = text.lstrip("\ufeff \t\r\n")[: sample["title"]] if text[:1].isspace() else text[: sample["title"]]
    rest = len(text) - opening
    middle = ""
    if rest > closing + window * windows:
        step = (rest - closing) // (windows + 1)
        middle = "\n".join(text[opening + step * n : opening + step * n + window] for n in range(1, windows + 1))
    elif rest > closing:
        middle = text[opening : len(text) - closing]
    return f"{title}\n{head}" if title else head, text[:opening], middle, text[max(opening, len(text) - closing) :]


def _without_furniture(document: Document) -> str:
    kept, at = [], 0
    for mark in document.layout:
        if mark.kind == "furniture" and mark.end > at:
            kept.append(document.raw_text[at : max(at, mark.start)])
            at = mark.end
    kept.append(document.raw_text[at:])
    return "".join(kept)


_SPACES = r"[^\S\n]|[\u00AD\u200B-\u200F\u2060\uFEFF*#>_|~]|<[^<>\n]{0,200}>"
_GLOSS = re.compile(r"[(（][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,7}[)）]")


def _folded(frame: pl.DataFrame) -> pl.DataFrame:
    """Spaces and marks of Markdown away, lines kept; the few texts in traditional script, with glosses or radicals made plain."""
    columns = pl.col(*_REGIONS).str.replace_all("\r\n?|\u0085|\u2028", "\n").str.replace_all(_SPACES, "")
    frame = frame.with_columns(columns)
    odd = frame.get_column("opening").str.contains(_odd())
    if not odd.any():
        return frame
    rows = odd.to_list()
    table = _simplified()
    return frame.with_columns(
        pl.Series(region, [_plain(text, table) if is_odd else text for text, is_odd in zip(frame.get_column(region).to_list(), rows)],
                  dtype=pl.String)
        for region in _REGIONS
    )


def _plain(text: str, table: dict[int, str]) -> str:
    return _GLOSS.sub("", unicodedata.normalize("NFKC", text)).translate(table)


# ---------------------------------------------------------------------------------------------------- counting
def _pattern_counts(frame: pl.DataFrame, evidence: Evidence) -> list[int]:
    if evidence.pattern is None:
        return [0] * frame.height
    column = "whole" if evidence.where == "sample" else evidence.where
    return frame.get_column(column).str.count_matches(evidence.pattern).to_list()


def _cue_counts(scale: Scale, in_region: dict[str, list[str]], is_short: bool) -> list[int]:
    """How often each evidence's cues were found where they count. A short document closes where it opens."""
    counts = [0] * len(scale.evidence)
    for region, cues in in_region.items():
        for cue in cues:
            for place in scale.found_by[cue]:
                where = scale.evidence[place].where
                if (
                    where == region
                    or (where == "sample" and region != "title")
                    or (where == "closing" and is_short and region == "opening")
                ):
                    counts[place] += 1
    return counts


# ---------------------------------------------------------------------------------------------------- the lexicon
@cache
def _scale() -> Scale:
    with importlib.resources.files("schemas").joinpath("lexicons/selection.toml").open("rb") as file:
        lexicon = tomllib.load(file)
    words = {name: "(?:" + "|".join(sorted(members, key=lambda word: (-len(word), word))) + ")" for name, members in lexicon["words"].items()}
    evidence = tuple(_evidence(entry, words) for entry in lexicon["evidence"])
    found_by: dict[str, list[int]] = {}
    for place, entry in enumerate(evidence):
        for cue in entry.cues:
            found_by.setdefault(cue, []).append(place)
    return Scale(
        bias=lexicon["bias"], threshold=lexicon["threshold"], sample=lexicon["sample"], least=lexicon["least"], evidence=evidence,
        cues=tuple(sorted(found_by, key=lambda cue: (-len(cue), cue))), found_by={cue: tuple(places) for cue, places in found_by.items()},
    )


def _evidence(entry: dict[str, Any], words: dict[str, str]) -> Evidence:
    patterns = [_both_widths(re.sub(r"\{([a-z_]+)\}", lambda name: words[name[1]], pattern)) for pattern in entry.get("patterns", ())]
    return Evidence(
        name=entry["name"], weight=entry["weight"], limit=entry.get("limit", 1), where=entry.get("where", "sample"),
        reason=entry.get("reason"), cues=tuple(cue for written in entry.get("cues", ()) for cue in _widths(written)),
        pattern="(?m)" + "|".join(f"(?:{pattern})" for pattern in patterns) if patterns else None,
    )


def _widths(cue: str) -> list[str]:
    return ["".join(letters) for letters in itertools.product(*(_WIDTHS.get(letter, letter) for letter in cue))]


def _both_widths(pattern: str) -> str:
    """The pattern with each full-width mark as a class of both widths; Rust's expressions allow a class inside a class."""
    return "".join("[" + re.escape(_WIDTHS[letter]) + "]" if letter in _WIDTHS else letter for letter in pattern)


@cache
def _simplified() -> dict[int, str]:
    """Traditional to simplified, character by character, from OpenCC's table: enough for finding cues, not for making text."""
    table = {}
    lines = importlib.resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        traditional, _, simplified = line.partition("\t")
        if len(traditional) == 1 and simplified:
            table[ord(traditional)] = simplified.split(" ")[0][0]
    return table


@cache
def _odd() -> str:
    """Characters that only traditional text, glossed text and text of radicals hold, and that such a text never lacks."""
    return r"[們會國發黨這為與個來時對學進說經實現關問題務從們過還點將開總][^\n]|[\u2E80-\u2FDF]|[\u4E00-\u9FFF][(（][a-zāáǎàēéěèīíǐìōóǒòūúǔù]{1,6}[)）]"
