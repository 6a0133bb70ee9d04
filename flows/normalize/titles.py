"""The title of a speech, as a person would cite it, chosen among the forms in which a page repeats it."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

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
# Names of columns, which stand in menus and say nothing of one speech.
_GENERIC = re.compile(
    rf"^(?:领导|会议|大会|活动|党课|公文|优秀|最新|各类|机关|党建|典礼|开幕|节日|婚礼|竞聘|竞选|个人|入党|述职|述廉|工作|年终|英语|即兴|爱国|励志|学生|教师|"
    rf"思想|心得|讲话|发言|材料|范文|更多|相关|热门|推荐|精选|大全)*(?:{_ENDS})?(?:范文|大全|材料|模板|网|频道|栏目|专题)*$"
)
_QUOTES = str.maketrans({"「": "“", "」": "”", "『": "‘", "』": "’", "(": "（", ")": "）"})
_HAN_COUNT = "[一二三四五六七八九十两几多\\d]{1,4}"


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
    if "位置：" in line or "位置:" in line or len(re.findall(r"[>＞»→|｜]", line)) > 1 or line.startswith(("上的", "的", "上一", "下一")):
        return False
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
        dated = re.match(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日", title)
        if dated and len(title) - dated.end() >= 4:
            removed.append(dated[0])
            title = title[dated.end():]
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


_TELLS = re.compile("整理|[收搜]集|带来|推荐|分享|导[语读]|本文|【|标题|题目|参考|借鉴|阅读|《|以上|准备")


def told(lines: Iterable[str]) -> list[tuple[int, str]]:
    """The titles that sentences of the site hold (下面是小编为大家整理的…,供大家参考), each with the index of its line."""
    found = []
    for index, line in enumerate(lines):
        if 8 <= len(line) <= 300 and _TELLS.search(line):
            match = next((match for pattern in _bait()[2] if (match := pattern.search(line))), None)
            if match:
                found.append((index, match["title"]))
    return found


def _without_year(title: str, bare_forms: frozenset[str]) -> str:
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


def same(one: str, other: str) -> bool:
    """Whether two forms are of one title."""
    return _same(canonical(one), canonical(other))


def _same(one: str, other: str) -> bool:
    """Whether two forms, as canonical characters, are of one title: equal but for a few characters, or one within the other."""
    if not one or not other:
        return False
    short, long = sorted((_FRONT_YEAR.sub("", one), _FRONT_YEAR.sub("", other)), key=len)
    return (len(short) >= 4 and short in long) or fuzz.ratio(short, long) >= 80


def _fuller(line: Title, given: Title) -> bool:
    """Whether the container's title says whose report it is where the heading on the page is the bare kind."""
    report = re.fullmatch(r"(?:人民)?政府工作报告", canonical(line.clean))
    return bool(report) and bool(re.fullmatch(r"(?:\d{4}年)?[一-龥]{2,14}?[省市区县州盟旗](?:\d{4}年)?(?:人民)?政府(?:\d{4}年)?工作报告", given.clean))


def choose(lines: Sequence[str], given: str | None, told: Sequence[str], told_after: Sequence[str]) -> Title | None:
    """The title among the forms that a document has of it.

    lines: those of the head that read like titles, in order; given: the container's title; told, told_after: those that sentences of the
    site hold before and after the text. A line counts where another form vouches for it, since side columns are full of titles of
    other speeches; among such lines the one nearest to the text. Without any voucher the container's title is better evidence than a
    line, and a line that stands twice than one that stands once.
    """
    clean_lines = [cleaned(line) for line in lines]
    clean_lines = [title for title in clean_lines if not _GENERIC.match(canonical(title.clean))]
    container = cleaned(given) if given else None
    if container and (len(canonical(container.clean)) < 3 or _GENERIC.match(canonical(container.clean))):
        container = None
    hearsay = [cleaned(form) for form in told]
    after = [cleaned(form) for form in told_after]
    vouchers = [canonical(title.clean) for title in (*([container] if container else []), *hearsay, *after)]
    forms = [canonical(title.clean) for title in clean_lines]
    vouched = [title for title, form in zip(clean_lines, forms) if any(_same(form, voucher) for voucher in vouchers)]
    twice = [title for title, form in zip(clean_lines, forms) if forms.count(form) > 1]
    if vouched:
        best = vouched[-1]
        if container and _fuller(best, container):
            best = container
    elif container and (like_title(container.clean) or not clean_lines):
        best = container
    elif twice or clean_lines or hearsay or after:
        best = (twice[-1:] or hearsay[:1] or clean_lines[-1:] or after[:1])[0]
    else:
        return None
    if not canonical(best.clean):
        return None
    return Title(_without_year(best.clean, frozenset(vouchers) | frozenset(forms)), best.raw, best.removed)
