"""The title of a speech, as a person would cite it, chosen among the forms in which a page repeats it."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from flows.normalize.dates import dates
from schemas.lexicons import entries, rows

# What a title of a speech ends with. 讲话 may be followed by a bracket, an issue or a number.
_ENDS = (
    "讲话|讲话稿|讲稿|讲话提纲|讲话要点|讲话摘要|讲话材料|讲话实录|谈话|发言|发言稿|发言材料|发言提纲|表态发言|交流材料|汇报材料|致辞|致词|贺词|贺辞|祝词|祝辞|祝酒词|祝酒辞|献词|"
    "献辞|寄语|欢迎词|欢迎辞|欢送词|答谢词|答谢辞|开幕词|开幕辞|闭幕词|闭幕辞|悼词|悼辞|告别词|主持词|主持辞|主持稿|串词|报告|工作报告|汇报|述职|演讲|演讲稿|演讲词|演说|党课|"
    "党课讲稿|党课讲义|辅导|宣讲稿|宣讲|说明|感言|贺信|慰问信|献礼|训词|辞|祝酒词|贺电|倡议书|倡议|开场白|结束语|点评|总结|动员令|讲义|开班词|课稿|授课提纲|报告会"
)
_END = re.compile(rf"(?:{_ENDS})(?:稿|提纲|要点|摘要)?$")
_INSIDE = re.compile(r"(?:在|于).{2,60}(?:上|时|中)的?(?:讲话|发言|致辞|致词|报告|主持|总结|点评|动员|演讲|表态|说明|党课)")
_SITE_SPLIT = re.compile(r"\s*(?:_|\||｜|丨|—{1,2}|–|-{1,2}|－|»|›|>|＞|/|·|▪|•)\s*")
_BRACKETED_HEAD = re.compile(r"^\s*(?:\[[^\[\]]{1,24}\]|【[^【】]{1,24}】|［[^［］]{1,24}］|〔[^〔〕]{1,24}〕)\s*")
_BRACKETED_TAIL = re.compile(r"\s*[（(【\[［〔]\s*([^（）()【】\[\]［］〔〕]{1,40})\s*[）)】\]］〕]\s*$")
_FRONT_YEAR = re.compile(r"^((?:19|20)\d\d)\s*(年度?)?\s*[:：-]?\s*(?=\S)")
_QUOTES = str.maketrans({"「": "“", "」": "”", "『": "‘", "』": "’", "(": "（", ")": "）"})
_HAN_COUNT = "[一二三四五六七八九十两几多\\d]{1,4}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form of the title. rank: where it stood, the lower the more to be trusted; raw: as found there."""

    raw: str
    rank: int
    order: int


@dataclass(frozen=True, slots=True)
class Title:
    """The title: clean, as found, and what was cut off it that may be evidence (a date, a speaker, a year)."""

    clean: str
    raw: str
    removed: tuple[str, ...]


@cache
def _bait() -> tuple[re.Pattern[str], re.Pattern[str], tuple[re.Pattern[str], ...]]:
    suffixes, prefixes, around = [], [], []
    for kind, wording in rows("title_bait.tsv"):
        if kind == "suffix":
            suffixes.append(re.escape(wording).replace("%N", _HAN_COUNT))
        elif kind == "prefix":
            prefixes.append(re.escape(wording))
        else:
            around.append(re.compile(wording.replace("%T", r"(?P<title>[^\n]{4,120}?)")))
    longest = sorted(suffixes, key=lambda wording: (-len(wording), wording))
    return (
        re.compile(rf"^(?:{'|'.join(longest)}|[\s、,，+])+$", re.IGNORECASE),
        re.compile(rf"^(?:{'|'.join(sorted(prefixes, key=lambda wording: (-len(wording), wording)))})[：:\s]*"),
        tuple(around),
    )


def canonical(title: str) -> str:
    """The characters of a title that count when two forms are compared."""
    return re.sub(r"[\s“”‘’\"'《》〈〉（）()【】\[\],，、。：:；;·•—\-_]+", "", title)


def like_title(line: str) -> bool:
    """Whether a line reads like the title of a speech: it ends with a kind of speech, or says 在…上的讲话, and is no sentence."""
    bare = _BRACKETED_TAIL.sub("", line).rstrip("》”\"' 　")
    if not 2 <= len(bare) <= 80 or re.search(r"[。；;！？!?][^”》]|[。；;]$|，.*，.*，", bare):
        return False
    return bool(_END.search(bare) or _INSIDE.search(bare))


def _site_name(segment: str) -> bool:
    return any(word in segment for word in entries("site_words.txt"))


def _without_site(title: str, known: frozenset[str]) -> str:
    """The title without what a page's <title> appends: -领导讲话稿范文-文秘驿站, _人民网."""
    pieces = _SITE_SPLIT.split(title)
    if len(pieces) < 2:
        return title
    starts = [0] + [match.end() for match in _SITE_SPLIT.finditer(title)]
    ends = [match.start() for match in _SITE_SPLIT.finditer(title)] + [len(title)]
    # From the front: the shortest beginning that is a title, and whose rest is not one (a subtitle after —— stays).
    for index in range(len(pieces) - 1):
        head, rest = title[: ends[index]].strip(), title[starts[index + 1]:].strip()
        if canonical(head) in known or (like_title(head) and not _belongs(rest, title[ends[index]: starts[index + 1]])):
            return head
    # A site's name in front: 文秘网 - 在…上的讲话
    if _site_name(pieces[0]) and like_title(title[starts[1]:]):
        return title[starts[1]:].strip()
    if _site_name(pieces[-1]) and len(pieces[-1]) <= 16 and len(canonical(title[: ends[-2]])) >= 4:
        return title[: ends[-2]].strip()
    return title


def _belongs(rest: str, separator: str) -> bool:
    """Whether what follows a dash is part of the title: ——在…上的讲话."""
    return "——" in separator.replace("--", "——") and bool(_INSIDE.search(rest) or rest.startswith(("在", "学习", "关于", "致", "写在")))


def cleaned(raw: str, known: frozenset[str] = frozenset()) -> Title:
    """A form of the title without the site's name, bait, brackets around nothing, date and speaker. The year at the front stays here."""
    title = re.sub(r"[*#`]+|<[^>]{0,40}>", "", raw).strip().translate(_QUOTES)
    title = re.sub(r"(?<=[一-龥：，、）（])[\s　]+(?=[一-龥（）])|(?<=\d)[\s　]+(?=[\d年])", "", re.sub(r"[\s　]+", " ", title))
    removed: list[str] = []
    suffix, prefix, _ = _bait()
    before = ""
    while before != title:
        before = title
        title = _without_site(title, known).strip()
        bracket = _BRACKETED_HEAD.match(title)
        if bracket and len(title) - bracket.end() >= 4:
            removed.append(bracket[0].strip())
            title = title[bracket.end():]
        front = prefix.match(title)
        if front and len(title) - front.end() >= 4 and not re.match(r"(?:推荐|原创)[^：:\s]{0,6}(?:会|大会|活动)", title):
            title = title[front.end():]
        tail = _BRACKETED_TAIL.search(title)
        if tail and tail.start() >= 4 and _loose(tail[1], suffix):
            removed.append(tail[0].strip())
            title = title[: tail.start()]
        elif tail is None and (open_tail := re.search(r"[（(【\[]?\s*([^（）()【】\s]{1,10})$", title)):
            cut = re.search(rf"(?:{_HAN_COUNT}篇|全文|完整版|最新版|[Ww]ord版|\.docx?|\.txt|\.pdf|\.html?)$", open_tail[1])
            if cut and len(title) - len(cut[0]) >= 4:
                removed.append(cut[0])
                title = title[: -len(cut[0])]
        title = title.strip(" 　,，、:：-_|")
        if title[:1] == "《" and title[-1:] == "》" and title.count("《") == 1:
            title = title[1:-1]
        if title[:1] in "“\"" and title[-1:] in "”\"" and title.count("“") <= 1:
            title = title[1:-1]
        half = len(title) // 2
        if len(title) >= 12 and len(title) % 2 == 0 and title[:half] == title[half:]:
            title = title[:half]
    return Title(title, raw.strip(), tuple(removed))


def _loose(inside: str, suffix: re.Pattern[str]) -> bool:
    """Whether a bracket at the end of a title is none of it: bait, a date with or without a speaker, a page number."""
    if suffix.match(inside) or re.fullmatch(r"第?\s*\d{1,3}\s*页?|[\d/]+|(?:19|20)\d\d年?(?:版)?", inside):
        return True
    found = dates(inside)
    return bool(found) and len(inside) - (found[-1].end - found[0].start) <= 20 and "会" not in inside


def embedded(lines: Iterable[str]) -> list[str]:
    """The titles that sentences of the site hold (下面是小编为大家整理的…,供大家参考)."""
    found = []
    for line in lines:
        if not 8 <= len(line) <= 300 or not any(cue in line for cue in ("整理", "收集", "搜集", "带来", "推荐", "分享", "导语", "导读", "本文", "【", "标题", "题目",
                                                                         "参考", "借鉴", "阅读", "《", "以上", "准备")):
            continue
        for pattern in _bait()[2]:
            match = pattern.search(line)
            if match:
                found.append(match["title"])
                break
    return found


def _stripped_year(title: str, delivered_years: frozenset[int], bare_forms: frozenset[str]) -> str:
    """The title without a year that a scraper stuck to its front.

    A year belongs to a report, a plan or a New Year's address (2026年四川省人民政府工作报告) and to the name of a meeting (2022年全市经济工作会议);
    it does not belong before 在, before an office, before a placeholder, nor where another form of the title does without it.
    """
    match = _FRONT_YEAR.match(title)
    if not match:
        return title
    rest = title[match.end():]
    if len(rest) < 4 or re.match(r"\d{1,2}月|[-./]\d", rest):
        return title
    if canonical(rest) in bare_forms:
        return rest
    if re.match(r"[Xx×某*]|(?:在|于)[^，]{2,}", rest):
        return rest
    if match[2]:
        return title
    # 2012全市…: without 年 a year is no part of Chinese prose, but 2018国家公务员 and reports are written so.
    return title if re.search(r"报告|述职|总结|计划|贺词|致辞|献词|年会|论坛|大会$", rest) else rest


def choose(candidates: Sequence[Candidate], known: frozenset[str] = frozenset()) -> Title | None:
    """The title among the forms that a page has of it: the one that stands on its own nearest to the text; of one that is only a kind
    (政府工作报告) and a fuller one of the same kind on an equal place, the fuller."""
    forms = []
    for candidate in candidates:
        title = cleaned(candidate.raw, known)
        if len(canonical(title.clean)) >= 3:
            forms.append((candidate, title))
    if not forms:
        return None
    bare = frozenset(canonical(title.clean) for _, title in forms)
    best = min(forms, key=lambda form: (form[0].rank + (0 if like_title(form[1].clean) else 3), form[0].order))
    candidate, title = best
    clean = _stripped_year(title.clean, frozenset(), bare)
    return Title(clean, title.raw, title.removed)
