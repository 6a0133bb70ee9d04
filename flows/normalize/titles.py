"""The title of a speech, as a person would cite it, chosen among the forms in which a page repeats it."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from flows.normalize import furniture, occasions, speakers
from flows.normalize.dates import dates
from schemas.lexicons import entries, rows

_LONGEST = 400
_HAN_COUNT = r"[一二三四五六七八九十两几多\d]{1,4}"
_INSIDE = re.compile(r"(?:在|于).{2,60}(?:上|时|中)的?(?:讲话|讲稿|发言|致辞|致词|报告|主持|总结|点评|动员|演讲|表态|说明|党课)")
_HEADED = re.compile(r"^[^，。：:]{0,20}(?:党课|讲稿|讲话|讲话稿|致辞|演讲稿?|发言稿?|报告|授课)[：:]\s*[^。：:]{4,40}$")
_KIND = re.compile(r"(?:讲话|发言|演讲|演说|致辞|致词|主持|党课|述职|宣讲)(?:稿|词|辞|讲稿|报告|提纲|材料)?|(?:讲|发言)稿")
# Of which kind the texts are that a site offers, before how many and how good: 领导讲话稿范文5篇.
_KIND_OFFERED = re.compile(rf"[一-龥]{{0,4}}?(?:{_KIND.pattern})(?:范文|模板)?(?=.)")
_NO_TITLE = re.compile(
    r"(?:Microsoft|PowerPoint|Word|WPS|无标题|未命名|新建|文档\s?\d*$|Untitled|Document|幻灯片|首页|主页|index)", re.IGNORECASE
)
# a day and the column of the page, and who put it there: 2024-05-06演讲稿, 发言稿2024-05-06王老师
_COLUMN_OF_DAY = r"[一-龥]{0,4}(?:稿|范文|讲话|致辞|发言|演讲|公文|文秘|[悼贺祝致献颂][词辞]|(?:主持|开幕|闭幕)词|述职报告|总结)"
_NAMED_SITE = re.compile(r"\s*[一-龥A-Za-z0-9]{2,20}(?:官网|官方网站|门户网站|网站|门户)\s*")
_DAY_AND_COLUMN = re.compile(rf"(?={_COLUMN_OF_DAY}|[\d/.-]+{_COLUMN_OF_DAY}$)(?:{_COLUMN_OF_DAY})?"
                             rf"(?:19|20)\d\d([-/.])\d{{1,2}}\1\d{{1,2}}\s*[一-龥]{{0,6}}")
_SENTENCE = re.compile(r"[。；;！？!?][^”》]|[。；;]$|，.*，.*，|如下[：:]?$|[一二三四五六七八九十\d]日[电讯]")
_CRUMBS = re.compile(r"位置\s*[：:]|[>＞»→|｜].*[>＞»→|｜]|^(?:上的|的|上一|下一)")
# What a site offers, kind by kind: 每日更新党课、讲话、汇报、总结.
_OFFERED = re.compile(
    r"(?:(?:讲话|发言|演讲|党课|汇报|总结|报告|致[辞词]|主持词?|述职|心得|方案|材料|讲稿)(?:稿|材料|体会|范文)?[、/／]){2}"
)
# How often a text was asked for, as a library of documents counts it: 30阅读 2下载 收藏 总结.
_COUNTS = re.compile(r"(?:\d{1,8}[万次人]?(?:阅读|浏览|下载|收藏|评论|点赞|转发|分享)[\s·|,，]*){2}")
_SEPARATOR = re.compile(r"\s*(?:_|\||｜|丨|—{1,2}|–|-{1,2}|－|»|›|>|＞|/|·|▪|•)\s*")
# What holds many texts: 某县农业史料选辑, 某某文集（第二卷）
_COLLECTION = re.compile(r"《?[^，。：:]{2,30}(?:选[编辑集]|汇[编集]|文[集选存]|全集|史料|资料集?|文献|丛书|档案|县志|市志|年鉴|大事记"
                         r"|纪念册|回忆录|论集)》?"
                         r"(?:\s*[（(·]?(?:第?[一二三四五六七八九十百\d上中下]{1,4}[卷辑集册编期]?|卷[一二三四五六七八九十上中下\d]{1,3})[）)]?)?")
_BOOK_PART = re.compile(r"第[一二三四五六七八九十百\d]{1,4}[编卷章辑][\s　]")       # 第三编 讲话与报告
_POWERED = re.compile(r"\s*[-_|–—]+\s*Powered by\b.*$", re.IGNORECASE)
# What parts the title of a page from the names of its columns, and those in the path to it.
_PATH_BEHIND = re.compile(r"\s*[_|｜丨]\s*|\s+[-–]\s+")
_STEP = re.compile(r"\s*[>＞»›]+\s*")
_LEAST_VOUCHED = 4      # characters of a heading that the path to its page vouches for
_HYPHEN = re.compile(r"\s*[-–]\s*")
_FIRST_LINES, _CRUMBS_WITHIN = 3, 16
# The paper on the screen and its day before the title of a text: 某阳日报数字报-某阳日报-2013年01月24日-
_PAPER_BEFORE = re.compile(r"[一-龥]{2,12}报(?:多媒体)?(?:数字报|电子报|电子版|数字版|网络版)刊?\s*[-_|–—]+\s*"
                           r"(?:[一-龥]{2,12}报\s*[-_|–—]+\s*)?(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*[-_|–—]+\s*)?(?=\S{4})")
_COLUMN_BEHIND = re.compile(r"(?:\s*[_|｜]\s*|\s+[-–—]\s+)([一-龥]{2,8})$")
_BAR = re.compile(r"\s*[|｜丨]\s*")
# Whoever gives the lessons of a column, a column it is: 书记讲党课, 党支部书记带头讲党课, 微党课, 每月一课, 专题党课第3期.
_LESSONS = re.compile(
    r"[一-龥]{0,10}?(?:(?:书记|[长员]|主任|主席|领导|干部|班子|代表|专家|教授|老师)?(?:带头)?(?:[讲上说学]|开讲)(?:[微专]题?|好|活)?党课(?:啦|了)?|(?:微|专题)?党课|党课(?:开讲啦?|时间|直播间?|天天听)|"
    r"(?:专题|廉政|云上?|网络|线上|精品|红色)党课|每[日周月]一课|微课堂|党员课堂|主题党日)(?:[（(]?第?[一二三四五六七八九十\d]{1,3}[期讲课][）)]?)?"
)
_WHOSE_COLUMN = re.compile(
    r"(?:[委局院厅部会处站台社办网]|中心|政府|党建|检察|公安|发布|在线|平台|专栏|频道|栏目|党课|新闻|要闻|动态|资讯|公众号|文章|视频|日报|晚报|时报|之声)$")
_BRACKETED_HEAD = re.compile(r"^\s*(?:\[[^\[\]]{1,24}\]|【[^【】]{1,24}】|［[^［］]{1,24}］|〔[^〔〕]{1,24}〕)\s*")
# The number of the newsletter that brings a text: 第12期：会长工作报告
_ISSUE_HEAD = re.compile(r"第\s?[一二三四五六七八九十百\d]{1,5}\s?期\s*[:：|｜]\s*(?=\S{4})")
# （紧急）, （转载） before a title; a year or a number belongs to it
_REMARK_HEAD = re.compile(r"^\s*[（(][一-龥]{1,6}[）)]\s*(?=\S)")
# 某会讲话稿（精选5篇） 篇一：在某会上的讲话: behind what all of them are called comes the title of the one
_ONE_OF_MANY = re.compile(rf"^[^：:，。]{{2,40}}?(?:[\s）)】\]]|(?<=稿)|(?<=文))\s*"
                          rf"(?:第{_HAN_COUNT}篇|篇{_HAN_COUNT})(?:[：:]\s*|\s+)(?=\S{{4}})")
_NUMBERED = re.compile(rf"(?<=[一-龥\d\s])(?:第{_HAN_COUNT}篇|篇{_HAN_COUNT})$")
_ASKED_FOR = re.compile("(?:如何|怎[么样])写[？?]?$")       # as sites head a text: 开学典礼发言稿如何写？
_SAMPLE_END = re.compile(r"(?:范文|模板|范本|样本|大全|汇总)$")
_ANY_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_YEAR_BEHIND = re.compile(r"(?<=[一-龥])((?:19|20)\d\d)年?$")      # what is searched for: 青年节讲话2022
# what is searched for, once more behind a title that says all of it: 村长在村民大会上的讲话，村民大会讲话稿
_AGAIN_BEHIND = re.compile(rf"[，、,]\s*(?P<of>[^，。、,]{{2,20}}?)的?(?:{_KIND.pattern})$")
_ONE_OF_MANY_HEAD = re.compile(rf"^.{{2,40}}?(?=\s*(?:第{_HAN_COUNT}篇|篇{_HAN_COUNT})[：:]?$)")
_BRACKETED_TAIL = re.compile(r"\s*[（(【\[［〔]\s*([^（）()【】\[\]［］〔〕]{1,40})\s*[）)】\]］〕]\s*$")
_FRONT_YEAR = re.compile(r"^((?:19|20)\d\d|20[XxＸ×]{2})\s*(年度?)?\s*[:：-]?\s*(?=\S)")
_FRONT_DAY = re.compile(
    r"(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|[（(](?:19|20)\d\d年\d{1,2}月\d{1,2}日[）)]|(?:19|20)\d\d([.\-/])\d{1,2}\1\d{1,2}(?=\D))[\s：:]*"
)
_CEREMONIAL = re.compile("[悼贺祝致献训誓颁][词辞]")
# How the text was made is no part of the title: （根据录音整理，未经本人审阅）.
_MADE = (r"(?:根据|据|按)[^，,（）]{0,8}(?:录音|速记|记录|笔记)(?:整理)?稿?|(?:未经|已经|经)[^，,（）]{0,8}(?:审阅|审核|审定|审查)"
         r"|有删[节减]")
HOW_MADE = re.compile(rf"(?:{_MADE}|(?:录音|速记)(?:整理)?稿?)(?:[，,、；;\s]+(?:{_MADE}))*")
_PAGE = re.compile(r"第?\s*\d{1,3}\s*页?|[\d/]+|(?:19|20)\d\d年?(?:版)?")
_MARKUP = re.compile(r"[*#`]+|<[^>]{0,40}>|\[\^?\d{1,3}\]|[①-⑳]$|[〔［]注?\d{0,2}[〕］]$")
_INNER_SPACE = re.compile(r"(?<=[一-龥：，、）（])[\s　]+(?=[一-龥（）])|(?<=\d)[\s　]+(?=[\d年])|(?<=^在)\s+(?=\d)")
# The number of a text in a collection: 【二】, [篇三].
_NTH = re.compile(r"(?:第|篇|之|范文)?[一二三四五六七八九十\d]{1,3}(?:篇|则)?")
_GAP = re.compile(r"(?<=[一-龥）”》])\s+(?=[一-龥])")
_HALF_WIDTH = re.compile(r"(?<=[一-龥”》）])[,:;!?](?=[一-龥“《（])")
_FULL_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_SILENT = re.compile(r"[\s“”‘’\"'《》〈〉（）()【】\[\],，、。：:；;·•—\-_]+")
_STUCK_BEFORE = re.compile(r"(?:在|于)[^，]{2,}|[^，。在]{0,14}?(?:[长员]|书记|主任|主席|领导|代表|专员)(?:同志)?在")
_OWN_YEAR = re.compile(r"报告|述职|总结|计划|贺词|致辞|献词|年会|论坛|大会$")
_BARE_REPORT = re.compile(r"(?:人民)?政府工作报告")
_WHOSE_REPORT = re.compile(r"(?:\d{4}年)?[一-龥]{2,14}?[省市区县州盟旗](?:\d{4}年)?(?:人民)?政府(?:\d{4}年)?工作报告")
_TELLS = re.compile("整理|[收搜]集|带来|推荐|分享|导[语读]|本文|【|标题|题目|参考|借鉴|阅读|《|以上|准备")
_LONGEST_SITE = 16  # characters of the name of a site
_LONGEST_BAITED = 60        # characters of a title with words of the site behind it
_NEAREST = 4        # lines above the text in which its heading stands
_NEAR = 6           # ... with the day, the speaker, the bar and a note of the editors below it
_QUOTES = str.maketrans({"「": "“", "」": "”", "『": "‘", "』": "’", "(": "（", ")": "）"})


@cache
def _end() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(entries('title_ends.txt'))})(?:稿|提纲|要点|摘要|摘录|摘编|节选|节录|选登|实录|全文)?$")


@cache
def _column() -> re.Pattern[str]:
    """Names of columns, which stand in menus and say nothing of one speech (领导讲话, 演讲稿, 述职报告范文)."""
    words = "|".join(entries("column_words.txt"))
    return re.compile(rf"^(?:{words})*(?:{'|'.join(entries('title_ends.txt'))})?(?:范文|大全|材料|模板|网|频道|栏目|专题)*$")


@dataclass(frozen=True, slots=True)
class Title:
    """The title: clean, as found, and what was cut off it that may be evidence (a date, a speaker, a year)."""

    clean: str
    raw: str
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Bait:
    suffix: re.Pattern[str]
    glued: re.Pattern[str]
    prefix: re.Pattern[str]
    asks: re.Pattern[str]
    around: tuple[re.Pattern[str], ...]


@cache
def _bait() -> _Bait:
    kinds: dict[str, list[str]] = {"suffix": [], "glued": [], "prefix": [], "asks": [], "around": []}
    for kind, wording in rows("title_bait.tsv"):
        kinds[kind].append(wording if kind == "around" else re.escape(wording).replace("%N", _HAN_COUNT))
    kinds["prefix"] += kinds["asks"]
    suffix, glued, prefix, asks = ("|".join(sorted(kinds[kind], key=lambda wording: (-len(wording), wording)))
                                   for kind in ("suffix", "glued", "prefix", "asks"))
    return _Bait(
        re.compile(rf"^(?:{suffix}|[\s、,，+])+$", re.IGNORECASE),
        re.compile(rf"[\s（(【\[]*(?:{glued})$", re.IGNORECASE),
        re.compile(rf"^(?:{prefix})[：:\s]*"),
        re.compile(rf"(?:【[^】]{{1,4}}】|[!！。]|急+)*(?:{asks})"),
        tuple(re.compile(wording.replace("%T", r"(?P<title>[^\n]{4,120}?)")) for wording in kinds["around"]),
    )


_ONE_OF_THEM = re.compile(r"(?:[一二三四五六七八九十几两]{1,3}|\d{1,2})[篇份则]")      # 以下是一篇会议讲话稿 names none
# As blogs put the time of a post behind its title: 在…上的讲话 (2014-03-05 16:20:11).
_POSTED = re.compile(r"\s*[（(](?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[)）]$")


def canonical(title: str) -> str:
    """The characters of a title that count when two forms are compared."""
    return _SILENT.sub("", title)


def like_title(line: str) -> bool:
    """Whether a line reads like the title of a speech: it ends with a kind of speech, or says 在…上的讲话, and is no sentence."""
    if not 2 <= len(line) <= 120 or _CRUMBS.search(line) or _OFFERED.search(line) or is_day_of_column(line):
        return False
    bare = _BRACKETED_TAIL.sub("", line).rstrip("》”\"' 　")
    if _BOOK_PART.match(line):
        return False
    if not 2 <= len(bare) <= 80 or _SENTENCE.search(bare):
        return False
    tail = _BRACKETED_TAIL.search(line)
    names_kind = tail is not None and len(bare) >= 4 and _KIND.fullmatch(tail[1]) is not None       # 节约是一种习惯（演讲稿）
    return bool(names_kind or _end().search(bare) or _INSIDE.search(bare) or _HEADED.match(bare)) and not _COUNTS.search(line)


def is_baited(line: str) -> bool:
    """Whether a line is the title of a speech with words of the site behind it and nothing else: 在某会上的致辞范文."""
    clean = cleaned(line).clean if len(line) <= _LONGEST_BAITED else ""
    return 0 < len(clean) < len(line) and line.startswith(clean) and like_title(clean) and not like_title(line) \
        and not _COLLECTION.fullmatch(line)


def is_asked(line: str) -> bool:
    """Whether a line asks others for a text, as one does on sites and boards where people answer: 跪求一篇运动会开幕式致辞."""
    return _bait().asks.match(line) is not None


def is_day_of_column(line: str) -> bool:
    """Whether a line is the day on which a page was put out, as a clock writes it, stuck to the name of the column: 2024-05-06演讲稿."""
    return _DAY_AND_COLUMN.fullmatch(line) is not None


def is_numbered(line: str) -> bool:
    """Whether a line is what a collection calls its texts, with the number of the one or asking how it is written:
    元旦家长会发言稿 篇1."""
    return (_NUMBERED.search(line) or _ASKED_FOR.search(line)) is not None and len(line) <= 60 and not _SENTENCE.search(line) \
        and like_title(cleaned(line).clean)


def says_where(title: str) -> bool:
    """Whether a title says at what a speech was given: 在某会上的讲话."""
    return _INSIDE.search(title) is not None


def _site_name(segment: str) -> bool:
    return any(word in segment for word in entries("site_words.txt"))


def of_board(page: Sequence[str]) -> tuple[str, str] | None:
    """The title and the name of the board by the title of a page that was saved as its first line, which boards sign: 把小事办好 -
    社区工作 - 某某论坛 - Powered by …; the column, which the page names elsewhere, is left out. None where there is none."""
    line = next((line for line in page[:_FIRST_LINES] if "owered" in line and _POWERED.search(line)), None)
    pieces = [piece.strip() for piece in _HYPHEN.split(_POWERED.sub("", line))] if line else []
    if len(pieces) < 2 or not all(pieces):
        return None
    *words, site = pieces
    if len(words) > 1 and sum(words[-1] in other for other in page[:_CRUMBS_WITHIN]) > 1:
        words.pop()
    return "-".join(words), site


def column_of_lessons(title: str) -> str | None:
    """The name of the column that a title stands behind, where it names lessons and no more: 检察长讲党课 | 从严从实, 微党课｜初心不改."""
    bar = _BAR.search(title)
    if bar is None or not _LESSONS.fullmatch(title[: bar.start()].strip(" 　【】[]")):
        return None
    behind = re.split(r"\s*[|｜丨_]\s*|\s+[-–—]+\s*", title[bar.end():], maxsplit=1)[0].strip(" 　【】[]")
    if len(canonical(behind)) < 5 or _site_name(behind) or _WHOSE_COLUMN.search(behind) or _is_column(canonical(behind)):
        return None
    return title[: bar.start()].strip()


def _without_site(title: str) -> str:
    """The title without what a page's <title> appends: -领导讲话稿范文-文秘驿站, _人民网, _青年园地_某某网."""
    title = _POWERED.sub("", title)
    if column := column_of_lessons(title):
        title = title[len(column):].lstrip(" 　|｜丨】]")
    # what stands in a bracket that is still open parts nothing: （附图/短片）
    cuts = [cut for cut in _SEPARATOR.finditer(title) if title.count("（", 0, cut.start()) <= title.count("）", 0, cut.start())]
    # From the front: the shortest beginning that is a title, and whose rest does not go on with it (a subtitle after —— does).
    for cut in cuts:
        head, rest = title[: cut.start()].strip(), title[cut.end():].strip()
        if like_title(head) and not _belongs(rest, cut[0]):
            return head
    if cuts:
        # A site's name in front: 文秘网 - 在…上的讲话
        if _site_name(title[: cuts[0].start()]) and like_title(title[cuts[0].end():]):
            return title[cuts[0].end():].strip()
        last = title[cuts[-1].end():]
        subtitle = "——" in cuts[-1][0] and like_title(last) and not _is_column(canonical(last))     # 把小事办好——社区党课讲稿
        if len(last) <= 16 and _site_name(last) and not subtitle and len(canonical(title[: cuts[-1].start()])) >= 4:
            return _without_column(title[: cuts[-1].start()].strip())
        # the name of the site, and behind it what the site says of itself: 一盏灯的故事-某某集团官网-煤炭 电力 化工
        for cut, following in pairwise(cuts):
            if _NAMED_SITE.fullmatch(title, cut.end(), following.start()) and not like_title(title[following.end():]) \
                    and len(canonical(title[:cut.start()])) >= 4:
                return _without_column(title[:cut.start()].strip())
    return title


def without_path(title: Title, page: Sequence[str]) -> Title:
    """The title without the names of columns and of the site behind a heading that the page has near the text as a line of its own, where
    one of them stands in the path to the page, too: 一盏灯的故事_某某文库_演讲_爱岗 below 某某文库 > 演讲 > 正文."""
    if len(_PATH_BEHIND.split(title.clean)) < 2:
        return title
    for line in page[-2 * _NEAREST:]:
        form = cleaned(line).clean
        behind = title.clean[len(form):]
        if len(canonical(form)) < _LEAST_VOUCHED or not title.clean.startswith(form) or not _PATH_BEHIND.match(behind) or _site_name(form) \
                or _is_column(canonical(form)):
            continue
        pieces = [piece.strip() for piece in _PATH_BEHIND.split(behind) if piece.strip()]
        paths = [[piece.strip() for piece in _STEP.split(other)] for other in page if _STEP.search(other)]
        if len(pieces) > 1 and not any(map(says_where, pieces)) and any(piece in path for piece in pieces for path in paths):
            return Title(form, title.raw, (*title.removed, *pieces))
    return title


def _without_column(title: str) -> str:
    """The title without the name of the column that stood between it and the name of the site."""
    column = _COLUMN_BEHIND.search(title)
    return title[:column.start()] if column and len(canonical(title[:column.start()])) >= 4 and not like_title(column[1]) else title


def _belongs(rest: str, separator: str) -> bool:
    """Whether what follows a dash is part of the title: ——在…上的讲话."""
    return "——" in separator.replace("--", "——") and bool(_INSIDE.search(rest) or rest.startswith(("在", "学习", "关于", "致", "写在")))


@lru_cache(maxsize=256)
def cleaned(raw: str) -> Title:
    """A form of the title without the site's name, bait, brackets around nothing, date and speaker. The year at the front stays here."""
    title = " ".join(_MARKUP.sub("", raw[:_LONGEST]).translate(_QUOTES).split())
    posted = _POSTED.search(title)
    title = title[:posted.start()] if posted else title
    title = _PAPER_BEFORE.sub("", title, count=1) if "报" in title and _PAPER_BEFORE.match(title) else title
    title, speaker = _without_speaker(title)
    title = _HALF_WIDTH.sub(lambda match: _FULL_WIDTH[match[0]], _INNER_SPACE.sub("", title))
    removed: list[str] = [piece for piece in (speaker, posted and posted[0].strip()) if piece]
    bait = _bait()
    before = ""
    while before != title:
        before = title
        title = _without_site(title).strip()
        bracket = _BRACKETED_HEAD.match(title)
        if bracket and len(title) - bracket.end() >= 4:
            removed.append(bracket[0].strip())
            title = title[bracket.end():]
        issue = _ISSUE_HEAD.match(title)
        if issue and like_title(title[issue.end():]):
            removed.append(issue[0].strip())
            title = title[issue.end():]
        remark = _REMARK_HEAD.match(title)
        if remark and like_title(title[remark.end():]):
            removed.append(remark[0].strip())
            title = title[remark.end():]
        front = bait.prefix.match(title)
        if front and len(title) - front.end() >= 4 and like_title(title[front.end():]):
            title = title[front.end():]
        many = _ONE_OF_MANY.match(title) if "篇" in title else None
        if many and like_title(title[many.end():]):
            removed.append(many[0].strip())
            title = title[many.end():]
        tail = _BRACKETED_TAIL.search(title)
        if tail and tail.start() >= 4 and _loose(tail):
            removed.append(tail[0].strip())
            title = title[: tail.start()]
        numbered = _NUMBERED.search(title)
        if numbered and like_title(head := _YEAR_BEHIND.sub("", title[: numbered.start()].strip())):
            removed.append(title[len(head):].strip())
            title = head
        glued = bait.glued.search(title)
        if glued and glued.start() >= 4 and like_title(title[: glued.start()]):
            removed.append(glued[0])
            title = title[: glued.start()]
        again = _AGAIN_BEHIND.search(title)
        if again and again["of"] in title[: again.start()] and like_title(title[: again.start()]):
            removed.append(again[0])
            title = title[: again.start()]
        year = _YEAR_BEHIND.search(title)
        if year and year.start() >= 4 and like_title(title[: year.start()]):
            removed.append(year[1])
            title = title[: year.start()]
        title = _unwrapped(title.strip(" 　,，、:：-_|｜丨·•●■◆★☆▲►※"))
        dated = _FRONT_DAY.match(title)
        if dated and len(title) - dated.end() >= 4:
            removed.append(dated[0])
            title = title[dated.end():]
    return Title(title, raw.strip(), tuple(removed))


def _without_speaker(title: str) -> tuple[str, str | None]:
    """The title, and the speaker that a space parts from its end: 在全县教育工作会议上的讲话 县长 刘某."""
    for gap in _GAP.finditer(title):
        head, rest = title[: gap.start()], title[gap.end():]
        if len(rest) <= 24 and like_title(head) and (speakers.speaker_line(rest) or speakers.lone_name(rest)):
            return head, rest
    return title, None


def _unwrapped(title: str) -> str:
    """The title without book marks or quotes around all of it, and once where a page wrote it twice in a row."""
    if title[:1] == "《" and title[-1:] == "》" and title.count("《") == 1:
        title = title[1:-1]
    if title[:1] in ("“", "\"") and title[-1:] in ("”", "\"") and title.count("“") <= 1:
        title = title[1:-1]
    half = len(title) // 2
    return title[:half] if len(title) >= 12 and title[:half] == title[half:] else title


# 2016年1月20日 王某, whatever the year looks like (20161月20日)
_DAY_AND_NAME = re.compile(r"[12]\d{3}年?\d{1,2}月\d{1,2}日\s*(\S.{1,8})")


def _loose(tail: re.Match[str]) -> bool:
    """Whether a bracket at the end of a title is none of it: bait, a date with or without a speaker, a page number."""
    inside = tail[1]
    if HOW_MADE.fullmatch(inside) or _bait().suffix.match(inside) or _PAGE.fullmatch(inside) or furniture.is_button(inside):
        return True
    kind = _KIND_OFFERED.match(inside)
    if kind and _bait().suffix.match(inside[kind.end():]):
        return True         # 党课讲稿精选三篇
    if tail[0].lstrip()[0] in "【[［〔" and _NTH.fullmatch(inside):
        return True
    dated = _DAY_AND_NAME.fullmatch(inside)
    if dated and speakers.lone_name(dated[1]):
        return True
    found = dates(inside)
    return bool(found) and len(inside) - (found[-1].end - found[0].start) <= 20 and "会" not in inside


def told(lines: Iterable[str]) -> list[tuple[int, str]]:
    """The titles that sentences of the site hold (下面是小编为大家整理的…,供大家参考), each with the index of its line."""
    found = []
    for index, line in enumerate(lines):
        if 8 <= len(line) <= 300 and _TELLS.search(line):
            match = next((match for pattern in _bait().around if (match := pattern.search(line))), None)
            if match and not _ONE_OF_THEM.match(match["title"]):
                found.append((index, match["title"]))
    return found


def _without_year(title: str, bare_forms: frozenset[str]) -> str:
    """The title without a year that a scraper stuck to its front.

    A year belongs to a report, a plan or a New Year's address (2026年四川省人民政府工作报告) and to the name of a meeting
    (2022年全市经济工作会议); it does not belong before 在 or before an office, nor where another form of the title does
    without it.
    """
    match = _FRONT_YEAR.match(title)
    if not match:
        return title
    rest = title[match.end():]
    if len(rest) < 4 or rest[0].isdigit() or rest[0] in "-./月":
        return title
    if canonical(rest) in bare_forms or _STUCK_BEFORE.match(rest):
        return rest
    # 2012全市…: Chinese prose does not write a year without 年, but reports and the like are headed so.
    return title if match[2] or _OWN_YEAR.search(rest) else rest


def same(one: str, other: str) -> bool:
    """Whether two forms are of one title."""
    return _same(canonical(one), canonical(other))


def _same(one: str, other: str) -> bool:
    """Whether two forms, as canonical characters, are of one title: equal but for a few characters, or one within the other."""
    if not one or not other:
        return False
    short, long = sorted((_FRONT_YEAR.sub("", one), _FRONT_YEAR.sub("", other)), key=len)
    return (len(short) >= 4 and short in long) or fuzz.ratio(short, long) >= 80


# What stands between the name of the event and the kind of speech, and what before the event names the one who spoke there.
_BEFORE_KIND = re.compile(r"(?:上|时|中|期间)?的?(?:所?作的)?(?:重要|表态|动员|总结|主题|专题|领导)?$")
_BEFORE_EVENT = re.compile(r"^(?:[^，。]{0,30}?[：:])?(?:[^，。在]{0,30}(?<![存现正实])在)?(?:(?:庆祝|纪念|喜迎)(?=.{6}))?")
_BETWEEN = 3            # lines above such a title among which the end of a lead stands
# The end of what a paper tells before it gives the words: 现将她的发言全文刊登如下：
_ANNOUNCED = re.compile(r"(?:讲话|致[辞词]|发言|演讲|谈话|报告|讲稿|讲述|全文|原文|内容|摘要|实录)[^。；]{0,12}"
                        r"(?:如下|于下|于后)[：:。]?$")
_LEAST_EVENT = 4        # characters of an event that two forms do not share by chance
_LEAST_SHORTENED = 6    # and where the one holds them in the same order, others between them


@lru_cache(maxsize=256)
def _event(title: str) -> tuple[str, str]:
    """The event that a clean title names, and the kind of speech in two characters; empty where it names none."""
    end = _end().search(title)
    if end is None:
        return "", ""
    before = _BEFORE_KIND.sub("", title[: end.start()])
    return _FRONT_YEAR.sub("", canonical(_BEFORE_EVENT.sub("", before, count=1))), end[0][:2]


def agree(one: str, other: str) -> bool:
    """Whether two clean forms name one kind of speech at one event, whatever else they say: 全县造林大会讲话,
    县长王某在全县造林大会上的讲话."""
    (event, kind), (other_event, other_kind) = _event(one), _event(other)
    short, long = sorted((event, other_event), key=len)
    if kind != other_kind or len(short) < _LEAST_EVENT:
        return False
    letters = iter(long)        # 市工会代表大会 is 市工会第四次代表大会开幕式, told in short
    return long.endswith(short) or (
        len(short) >= _LEAST_SHORTENED and long[:2] == short[:2] and all(letter in letters for letter in short))


def names_event(title: str) -> bool:
    """Whether a clean title names an event and the kind of speech given there, and nothing behind it."""
    return bool(_event(title)[0])


def is_motto(title: str, page: Sequence[str]) -> bool:
    """Whether a clean title of a container is the name of its site and what that says of itself, a name of no text: 某县信息网 -- 竹海之乡.
    The page has the title of a text that stands behind the name of its site as a line."""
    first, *rest = [piece for piece in _SEPARATOR.split(title) if piece]
    own = set(map(canonical, page))
    return bool(rest) and len(first) <= _LONGEST_SITE and _site_name(first) and not any(
        like_title(piece) or canonical(piece) in own for piece in rest)


def _says(title: str) -> bool:
    """Whether a container's title says anything of a document: not 无标题文档, the name of a column or of the site."""
    bare = canonical(title)
    if len(bare) < 3 or _is_column(bare) or _NO_TITLE.match(title):
        return False
    return like_title(title) or len(title) > 12 or not _site_name(title)


def _is_column(bare: str) -> bool:
    return len(bare) <= 20 and bool(_column().match(bare))


def _is_path(container: str) -> bool:
    """Whether a container's title names sections of the site and no text: 县长室 - 施政报告."""
    pieces = [piece for piece in _SEPARATOR.split(container) if piece] if "——" not in container else []
    kinds = [piece for piece in pieces if like_title(piece)]
    return len(pieces) > 1 and bool(kinds) and all(_is_column(canonical(piece)) for piece in kinds)


def _fuller(line: Title, given: Title) -> bool:
    """Whether the container's title says whose report it is where the heading on the page is the bare kind."""
    return bool(_BARE_REPORT.fullmatch(canonical(line.clean)) and _WHOSE_REPORT.fullmatch(given.clean))


def plain(line: str) -> Title | None:
    """The title that a line is, also where it is no more than the kind of the speech: 个人述职报告."""
    title = cleaned(line)
    return title if like_title(title.clean) and (
        len(canonical(title.clean)) >= 3 or _CEREMONIAL.fullmatch(title.clean)) else None


_COMMITTEE = re.compile("[省市区县州盟旗乡镇村党校院厂]{1,2}(?:委|总支|支部)")      # before the office: 县委书记讲话


def _is_officers(title: str) -> bool:
    """Whether a title is the name of an office and of what its holder gives, as sites call a page of theirs: 会长致辞, 校长讲话."""
    title = _FRONT_YEAR.sub("", title)
    office = speakers.in_title(title).role or ""
    whose, _, kind = title.partition(office) if office else (title, "", "")
    return bool(office) and (not whose or _COMMITTEE.fullmatch(whose) is not None) and kind.lstrip("的") in entries("title_ends.txt")


def _names_officers_page(title: str, page: Sequence[str]) -> bool:
    """Whether a container's title calls the page by an office and what its holder gives, which stands nowhere on the page itself: 会长致辞,
    also beside the name of whose page it is (某某同乡会 | 会长致辞), where it names no event."""
    pieces = [piece for piece in _SEPARATOR.split(title) if piece] if "——" not in title else [title]
    officers = [piece for piece in pieces if _is_officers(piece)]
    own = set(map(canonical, page)) if officers else set()
    return bool(officers) and not any(map(says_where, pieces)) and not any(canonical(each) in own for each in (title, *officers))


def _tells_only_who(title: str, page: Sequence[str]) -> bool:
    """Whether a container's title, which is no line of the page, names who speaks and the kind of speech and nothing else:
    县长王某某同志讲话."""
    who = speakers.in_title(title).name
    if not who or canonical(title) in map(canonical, page):
        return False
    office, _, kind = title.partition(who)
    return len(office) <= _LONGEST_SITE and "在" not in office and _KIND_OF_ONE.sub("", kind, count=1) in entries("title_ends.txt")


def _below_column(title: Title, given: str | None) -> Title:
    """The title without the name of the column before a colon, where the page's own <title> has that as a piece of its own:
    会务公告：某会理事长致词, and in the <title> 某会理事长致词 - 会务公告 - 某会全球信息网."""
    column, colon, rest = title.clean.partition("：")
    if not (colon and given and like_title(rest) and canonical(column) in map(canonical, _SEPARATOR.split(given)[1:])):
        return title
    return Title(rest, title.raw, (*title.removed, column))


# Between who speaks and the kind of speech
_KIND_OF_ONE = re.compile("^(?:同志|先生|女士)?(?:所?[作做]|发表)?的?(?:重要)?")
# The kind of text behind what it is called, as sites put it: 2020年把小事办好党课讲稿.
_KIND_BEHIND = re.compile(r"(?:专题|国旗下的?)?(?:党课|讲话|发言|演讲|致辞|宣讲|汇报)(?:讲稿|稿|材料|提纲)?$|(?:讲|发言)稿$")
# ... or before it: 支部书记讲党课：把小事办好（获奖）
_KIND_BEFORE = re.compile(r"[^：:《》]{0,12}(?:党课|讲话|发言|演讲|致辞|宣讲|讲稿|发言稿)(?:比赛|大赛|竞赛|活动)?(?:稿|材料)?[：:]\s*"
                          r"(?P<rest>[^：:]+?)"
                          r"(?:[（(][^（）()]{1,12}[）)])?$")
# ... or behind it as the column of the site: 关于修好水渠的建议_大会发言
_COLUMN_BAR = re.compile(r"\s*[_|｜丨]\s*|\s+[-–—]+\s+")
_LEAST_HEADING = 6      # characters of a heading that a line is not by chance
_LEAST_PARTED = 4


def _names_part_of_site(column: str, title: Title, page: Sequence[str]) -> bool:
    """Whether what stands behind a bar in a title stands in another line of the page's head as well: in its menu, or as its name."""
    whole = canonical(title.clean)
    return len(column) >= _LEAST_PARTED and any(column in line and whole not in line for line in map(canonical, page))


def headed(title: Title, page: Sequence[str]) -> Title:
    """The title without the kind of text behind or before it, and the year before it, where the page has the rest alone as its heading:
    把小事办好 for 2020年把小事办好党课讲稿, 书记讲党课：把小事办好 and 把小事办好_大会发言. The name of a meeting is no heading: the
    kind behind it says that it is of a speech given there."""
    front, *columns = _COLUMN_BAR.split(title.clean)
    if columns and len(bare := canonical(front)) >= _LEAST_PARTED and all(
            (_is_column(column) and len(bare) >= _LEAST_HEADING) or _names_part_of_site(column, title, page)
            for column in map(canonical, columns)) and (line := next((line for line in page if canonical(line) == bare), None)):
        return Title(cleaned(front).clean, line, (*title.removed, *columns))
    if short := _behind_kind(title, page):
        return short
    kind = _KIND_BEHIND.search(title.clean)
    rest = _FRONT_YEAR.sub("", title.clean[:kind.start()].rstrip("—―─- ")) if kind and not says_where(title.clean) else ""
    # a dash before the kind parts it from a heading, however short that is: 弯下腰去——国旗下讲话
    least = _LEAST_PARTED if kind and title.clean[:kind.start()].endswith("—") else _LEAST_HEADING
    if len(bare := canonical(rest)) < least or like_title(rest) or occasions.like_meeting(rest) or _is_column(bare):
        return title
    line = next((line for line in page if canonical(line) == bare), None)
    year = _FRONT_YEAR.match(title.clean)
    return Title(rest, line, (*title.removed, kind[0], *([year[0]] if year else []))) if line and kind else title


def _behind_kind(title: Title, page: Sequence[str]) -> Title | None:
    """The title without the kind of text before a colon, where the page has the rest alone as its heading; None where it has not."""
    kind = _KIND_BEFORE.match(title.clean)
    bare = canonical(kind["rest"]) if kind else ""
    line = next((line for line in page if canonical(line) == bare), None) if len(bare) >= _LEAST_HEADING else None
    return Title(kind["rest"], line, title.removed) if kind and line else None


def kind_cut(title: Title) -> str | None:
    """The kind of text that was cut off a title (`headed`); None where none was."""
    return next((piece for piece in title.removed if _KIND_BEHIND.fullmatch(piece)), None)


def kind_beside(title: Title, lines: Iterable[str]) -> str | None:
    """The kind that a line gives in brackets behind words that are the title, with a label before or without: 标题：种树记（演讲稿）."""
    for line in lines:
        kind = _BRACKETED_TAIL.search(line) if len(line) <= _LONGEST_BAITED and line[-1:] in "）)】]" else None
        if kind and _KIND.search(kind[1]) and canonical(line[:kind.start()].rpartition("：")[2]) == canonical(title.clean):
            return kind[1]
    return None


# The line under which an assembly or a school collects what is said there, in print over the title of each: 某会议大会发言,
# 第九周国旗下演讲稿.
_COLLECTED = re.compile(r"(?![^，。]{0,20}[在于].{2,40}[上时中]的)[^，。：:；]{0,30}(?:发言(?:材料|稿)?|国旗下的?(?:讲话|演讲)稿?|演讲稿?)"
                        r"(?:之[一二三四五六七八九十]{1,3}|[（(]?第?[一二三四五六七八九十\d]{1,3}[号篇]?[）)]?)?")


# ... and what says only of which kind the text is: 专题党课讲稿, 讲话稿
_KIND_ALONE = re.compile(r"(?:专题|廉政|微|主题)?(?:党课|讲话|发言|演讲|宣讲)(?:讲稿|稿|材料|提纲|教案|讲义)|讲稿")


def is_kind_alone(line: str) -> bool:
    """Whether a line says only of which kind the text below it is."""
    return _KIND_ALONE.fullmatch(line) is not None


def is_collected(line: str) -> bool:
    """Whether a line names only among which speeches the one below its next line stands: 市政协全会大会发言材料之三."""
    return _COLLECTED.fullmatch(line) is not None


# How a speaker gives the title of the speech: 我演讲的题目是《让书香陪伴我们》, 今天讲一堂党课，题目是《…》.
_OWN_TITLE = re.compile(r"(?:演讲|讲话|发言|党课|宣讲|汇报|交流|分享|报告)[的，,。]?(?:题目|主题|标题)(?:就?是|叫做?|为)?[：:，]?\s*"
                        r"[《“](?P<title>[^《》“”\n]{4,40})[》”]")
_OWN_TITLE_WITHIN = 400     # characters of the text
_CALLED_BY_KIND = re.compile(r"^(?:参赛|比赛)?(?:演讲|讲话|发言|宣讲|党课讲|致辞|讲)(?:稿|材料)[：:]\s*")


def told_by_speaker(text: str, page: Sequence[str]) -> Title | None:
    """The title that the speaker gives in the opening, where the page has it as a line of its own, or as the name of a file with the kind
    of text in brackets behind it, or with the speaker or the kind of text (演讲稿：…) before it; None where there is none."""
    said = _OWN_TITLE.search(text, 0, _OWN_TITLE_WITHIN) if "题" in text[:_OWN_TITLE_WITHIN] else None
    bare = canonical(said["title"]) if said else ""
    for line in page if bare else ():
        form = cleaned(line)
        if canonical(line) == bare:
            return form
        if (called := _CALLED_BY_KIND.match(form.clean)) and canonical(form.clean[called.end():]) == bare:
            return Title(form.clean[called.end():], form.raw, (*form.removed, called[0].rstrip("： :")))
        pieces = _COLUMN_BAR.split(line)
        if len(pieces) > 1 and (own := next((piece for piece in pieces if canonical(piece) == bare), None)):
            # 把小事办好 | 书记讲党课, 一等奖演讲稿｜一盏灯
            return Title(cleaned(own).clean, form.raw, tuple(piece for piece in pieces if piece and piece != own))
        who, _, rest = form.clean.partition("：")
        if canonical(rest) == bare and (speakers.lone_name(who) or speakers.speaker_line(who)):
            return Title(rest, form.raw, (*form.removed, f"{who}："))     # as a headline has it: 校长王某：把小事办好
        if _is_file(form) and form.clean.endswith("）") and canonical(short := without_kind(form.clean)) == bare:
            return Title(short, form.raw, (*form.removed, form.clean[len(short):].strip("（） ")))
    return None


def without_name(title: Title, who: str) -> Title:
    """A title without the name of the speaker in brackets behind it: 路是走出来的（王某某）."""
    short = next((title.clean.removesuffix(name) for name in (f"（{who}）", f"({who})") if title.clean.endswith(name)), title.clean)
    return Title(short, title.raw, (*title.removed, who)) if short and short != title.clean else title


def _is_file(title: Title) -> bool:
    """Whether a title was found as the name of a file: 把小事办好（党课讲稿）.docx."""
    return any(removed.startswith(".") for removed in title.removed)


def without_kind(title: str) -> str:
    """A clean title without the kind of text in brackets behind it: 把小事办好（党课讲稿）."""
    kind = _BRACKETED_TAIL.search(title)
    return title[:kind.start()] if kind and _KIND.fullmatch(kind[1]) else title


def stuck_year(form: str, title: str) -> int | None:
    """The year that a form of a clean title has stuck to its front, where the title itself goes without it. The year of a report, of a
    plan and of a meeting is their own: 2023年政府工作报告 is read in December 2022."""
    clean = cleaned(form).clean
    year = _FRONT_YEAR.match(clean)
    if year is None or not year[1].isdigit() or title.startswith(year[1]) or not same(clean[year.end():], title):
        return None
    rest = clean[year.end():]
    own = (_OWN_YEAR.search(rest) or "会" in rest) and not _STUCK_BEFORE.match(rest)
    return None if own else int(year[1])


def _stands_below_lead(title: Title, headline: Title, page: Sequence[str]) -> bool:
    """Whether a title that says where the speech was given stands right above it and below what a paper tells of it: the headline above
    that is the paper's, while a headline right above such a title is the main title of the speech."""
    if not says_where(title.clean) or title.raw not in page[-_NEAREST:]:
        return False
    place = len(page) - 1 - page[::-1].index(title.raw)
    lead = next((number for number in range(place - 1, max(place - 1 - _BETWEEN, -1), -1) if _ANNOUNCED.search(page[number][-40:])), 0)
    return any(canonical(line) == canonical(headline.clean) for line in page[:lead])


def _heads_piece(title: Title) -> bool:
    """Whether a title has the number behind it that the one text has among several of a page: 造林动员会主持词 篇1."""
    return any(_NUMBERED.search(f"一 {piece}") for piece in title.removed)


def _is_one_of(title: str, given: str) -> bool:
    """Whether a title is, but for the year that it names, one of those that a site of samples puts in a row above its page:
    2023年某站长述职报告范文 某中心站长述职报告（优质）."""
    pieces = given.split()
    if len(pieces) < 2 or not _SAMPLE_END.search(pieces[0]):
        return False
    bare = canonical(_ANY_YEAR.sub("", title))
    return len(bare) >= _LEAST_HEADING and any(canonical(_ANY_YEAR.sub("", cleaned(piece).clean)) == bare for piece in pieces)


def choose(lines: Sequence[str], given: str | None, told: Sequence[str], told_after: Sequence[str], page: Sequence[str]) -> Title | None:
    """The title among the forms that a document has of it.

    lines: those of the head that read like titles, in order; given: the container's title; told, told_after: those that sentences of the
    site hold before and after the text; page: all lines of the head. A line counts where another form vouches for it, since side columns
    are full of titles of other speeches; among such lines the one nearest to the text. Without any voucher the container's title is
    better evidence than a line, and a line that stands twice than one that stands once.
    """
    own = [title for title in map(cleaned, lines) if not _is_column(canonical(title.clean))]
    container = cleaned(given) if given else None
    if container and (not _says(container.clean) or (own and _is_path(container.clean))):
        container = None
    hearsay = [cleaned(form) for form in told]
    after = [cleaned(form) for form in told_after]
    vouchers = [canonical(title.clean) for title in (*([container] if container else []), *hearsay, *after)]
    # of 某网-县长讲稿-青年成果展县长致词 the end is the title: the page has it as a line of its own
    vouchers += [canonical(" ".join(given.split()))] if given else []
    forms = [canonical(title.clean) for title in own]
    # the page of many texts is called by what the title of the one begins with: 某会讲话稿（精选5篇） 篇一：在某会上的讲话
    heads = [[canonical(cleaned(many[0].rstrip("：: ")).clean) for piece in title.removed if (many := _ONE_OF_MANY_HEAD.match(piece))]
             for title in own]
    vouched = [title for title, form, head in zip(own, forms, heads, strict=True)
               if any(_same(each, voucher) for each in (form, *head) for voucher in vouchers)]
    if page and own and own[-1].raw == page[-1].strip() and own[-1] not in vouched and (
            (hearsay and _heads_piece(own[-1])) or (given and _is_one_of(own[-1].clean, given))):
        vouched = own[-1:]
    # 全县造林大会讲话 vouches for 县长王某在全县造林大会上的讲话, which says more.
    vouched = vouched or [title for title in own
                          if any(agree(title.clean, form.clean) and len(canonical(title.clean)) > len(canonical(form.clean))
                                 for form in ([container] if container else hearsay))]
    twice = [title for title, form in zip(own, forms, strict=True) if forms.count(form) > 1]
    best: Title | None
    if vouched:
        best = vouched[-1]
        if container and _fuller(best, container):
            best = container
    elif container and own and _COLLECTION.fullmatch(container.clean) and own[-1].raw in page[-_NEAREST:] and says_where(own[-1].clean):
        best = own[-1]          # the page is called by the book in which the speech stands
    elif container and own and own[-1].raw in page[-_NEAR:] and says_where(own[-1].clean) \
            and (_names_officers_page(container.clean, page) or _tells_only_who(container.clean, page)):
        best = own[-1]          # what the site calls the page stands nowhere on it: 会长致辞 for 在某会馆庆典上的致辞
    elif container and (like_title(container.clean) or not own
                        or (canonical(container.clean) in map(canonical, page) and not _stands_below_lead(own[-1], container, page))):
        best = _behind_kind(container, page) or container
    else:
        # 今天分享一篇刚讲过的表态发言: what a sentence calls the text says less than the heading over it, 在某会上的表态发言
        heading = own[-1:] if own and own[-1].raw in page[-_NEAREST:] and says_where(own[-1].clean) else []
        better = heading if hearsay and not says_where(hearsay[0].clean) else []
        best = next(iter((*twice[-1:], *better, *hearsay[:1], *own[-1:], *after[:1])), None)
    if best is None or not canonical(best.clean):
        return None
    best = _below_column(best, given) if "：" in best.clean else best
    return Title(_without_year(best.clean, frozenset(vouchers) | frozenset(forms)), best.raw, best.removed)
