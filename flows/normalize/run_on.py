"""Run-on texts: what stands on lines of its own above and below a speech, glued to it where a scraper dropped the line ends.

在…会议上的讲话县长某某（2018年3月5日）同志们：今天… is cut before the address, and what stands before it where a title, a date or a label
begins or ends; what follows the last sentence is cut before the first label of a page (上一篇：, 责任编辑：) and before each one after it.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from flows.normalize import boundaries, furniture, salutations, speakers
from flows.normalize.lines import Line
from schemas.lexicons import entries

LEAST = 12              # characters of a line that may hold more than what a line holds
HEAD_LINES, TAIL_LINES = 12, 3
TITLE_MOST = 60
TEXT_LEAST = 20         # characters of the text that begins behind a title with its day
HEAD_MOST, TAIL_MOST = 400, 400         # characters of what is glued before the address, and behind the last sentence
FOOT_MOST, FOOT_LABELS = 4_000, 2       # ... and of a whole foot, which has so many labels at least, and nobody speaks in it
LABEL_MOST = 8
_ADDRESS = re.compile("(?:尊敬|敬爱|亲爱|尊贵|尊重)的|各位|诸位|全体|同志们|女士们|先生们|老师们|同学们|朋友们|战友们|乡亲们|代表们")
_CALLED = re.compile("[^。；？]{1,70}?[：！]")
_STOP = re.compile("[。！？；]")
_WIDE = str.maketrans(":!?;,()", "：！？；，（）")
# ... with what a page calls the last of its crumbs: 党课讲稿 > 正文 把小事办好
_CRUMB = re.compile(r"[>＞›»→](?:\s*(?:(?:文章|内容|信息|新闻)?正文|(?:文章|信息|详细)内容|(?:查看|浏览|阅读|详细)(?:信息|文章|新闻|正文))"
                    r"(?![>＞›»→：]))?")
_NUMBER = re.compile(r"^\d{1,3}\s?[-、.．](?!\d)")       # of the text in what a library shows
_DATE = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{0,12}(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})[^（）()〔〕\[\]]{1,24}[）)〕\]]"
                   r"|(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}日)?(?![\d至到—~-])"
                   r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\d{2}:\d{2}(?::\d{2})?)?")
_TWICE = re.compile(r"([^，。；！？：]{10,60}?)\s*\1+")
_TITLE_KIND = re.compile("讲话|致辞|致词|发言|演讲|主持词|党课|贺词|报告")
_AT_EVENT = re.compile("[会式礼班]上?的?(?:讲话|致辞|致词|发言|演讲|主持词|贺词|报告)"
                       r"|(?:讲话|致辞|致词|发言|演讲|主持词|党课|贺词)稿?(?:范文|\d)")
_SAID = re.compile("我|大家|刚才|今天|各位|这次")
_CLAUSE = re.compile("[，。；：！？、]")
_NO_TEXT = "，。；：！？、”）》"
_NTH = re.compile(r"(?:[（(]?第?[一二三四五六七八九十\d]{1,3}[篇）)]|篇[一二三四五六七八九十\d]{1,3})：$")     # …的讲话（一）：老师们：
# the label of the text itself, behind those of its record: 标题：… 作者：… 正文：各位领导：
_OF_TEXT = re.compile("(?:正文|全文|原文|内容|正文内容|文章内容)：$")
_LABELS_TEXT = re.compile("(?:正文|全文|原文|内容)：")
# 讲话 does not end a title in 讲话精神 and 报告会
_GOES_ON = "会的中时后前上下里内等精和与及或、，：人者集选环要》”"
# ... nor in 总结大会 and 总结讲话, 报告工作会议 and 汇报演出
_GOES_ON_WORDS = "大会|例会|年会|晚会|比赛|大赛|竞赛|活动|工作|仪式|典礼|表彰|动员|部署|讲话|发言|致辞|报告|演讲|演出|竞聘|材料|比武"
_OPENING = "（【［〔(["
_BRACKET = re.compile(f"[{_OPENING}]")
_HELD_AT = re.compile("在(?=[^，。：；在]{2,56}[上中](?:的|作的?|所作的?)?$)")
_SENTENCE_END = re.compile("[。！？!…][”’）)]?(?=[^”’）)])")


@cache
def _title_end() -> re.Pattern[str]:
    words = "|".join(sorted(entries("title_ends.txt"), key=lambda word: (-len(word), word)))
    # a site says behind it what and how many it has, how long and which it is: 在某会上的讲话稿范文5篇, 【…】, （1800字）, 篇2
    behind = r"】|[（(](?:[^（）()\d]{1,12}|\d{2,6}字)[）)]|\s?(?:第|篇)?[\d一二三四五六七八九十]{1,2}篇?(?![\d年月])"
    return re.compile(rf"(?:{words})(?:讲?稿|提纲|全文)?+(?:范文|\d{{1,2}}篇)*+(?:{behind})?(?![{_GOES_ON}]|{_GOES_ON_WORDS})")


def parted(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines, the first and last of them cut apart where a page's head or foot is glued to the speech."""
    found = list(lines)
    for number in sorted({*range(min(HEAD_LINES, len(found))), *range(max(0, len(found) - TAIL_LINES), len(found))}, reverse=True):
        line = found[number]
        is_short = len(line.view) < LEAST and not (number < HEAD_LINES and _LABELS_TEXT.search(line.view))
        if is_short or line.reason or line.drops or line.heading or line.title:
            continue
        places = head_places(line.view) if number < HEAD_LINES else []
        if number >= len(lines) - TAIL_LINES:
            places += tail_places(line.view)
        inside = sorted({place for place in places if 0 < place < len(line.view)})
        if inside:
            found[number:number + 1] = line.parted(text, inside)
    return found


def opened(text: str, simplified: Callable[[], dict[int, str]]) -> str:
    """The raw text with its first line cut apart as `head_places` has it, for who only asks what stands on which line. `simplified` gives
    a table for str.translate that makes letters simplified, one for one."""
    stop = text.find("\n", 0, HEAD_MOST)
    if 0 <= stop < LEAST or len(text) < LEAST:
        return text
    first = text[:stop if stop >= 0 else HEAD_MOST].translate(_WIDE)
    if any(letter in first for letter in furniture.TRADITIONAL):
        first = first.translate(simplified())
    places = [place for place in head_places(first) if place < len(first)]
    if not places:
        return text
    return "\n".join([*(text[low:high].strip() for low, high in pairwise([0, *places])), text[places[-1]:]])


def head_places(view: str) -> list[int]:
    """Where in a line that holds an address to the hearers behind a title, a date, a label or the speaker its parts begin, the address
    among them, or the text behind a title with its day; empty where nothing of the kind stands before it, or sentences do. Offsets in
    `view`, ascending."""
    at = next((match.start() for match in _ADDRESS.finditer(view, 0, HEAD_MOST) if _CALLED.match(view, match.start())
               and salutations.is_addressed(view[match.start():match.start() + 90])), 0) or _labelled_text(view)
    if not at:
        return _dated_title(view) or _titled_twice(view)
    head = view[:at]
    if _STOP.search(head):
        return _titled_twice(view)
    of_text = _OF_TEXT.search(head)
    if head[-1] == "：" and not (_NTH.search(head) or (of_text and sum(1 for _ in _labels(head, 0)) >= FOOT_LABELS)):
        return []       # 全文如下： says itself where the speech begins
    low = max((match.end() for match in (*_CRUMB.finditer(head), *_NUMBER.finditer(head))), default=0)
    titles = list(_title_end().finditer(head, low))
    ends = {match.end() for match in titles}
    # 来源：林业局在全县造林会议上的讲话
    ends |= {opens.start() for match in titles if (opens := _HELD_AT.search(head, max(low, match.start() - TITLE_MOST), match.start()))
             and "：" in head[low:opens.start()]}
    days = {place for match in _DATE.finditer(head, low) for place in match.span()}
    labels = set(_labels(head, low))
    # a day behind a label belongs to it
    days -= {match.start() for match in _DATE.finditer(head, low) if head[:match.start()].endswith("：")}
    if not (ends or days or labels) and not ("，" not in head and boundaries.SPEAKER.fullmatch(head) and speakers.speaker_line(head)):
        return []
    return sorted({low, at, *ends, *days, *labels, *((of_text.start(),) if of_text else ())} - {0})


def _labelled_text(view: str) -> int:
    """Where the text begins behind a label of its own, the last of those of a record: 标题：… 时间：… 正文：今天…; 0 where it does not."""
    label = _LABELS_TEXT.search(view, 0, HEAD_MOST)
    if label is None or len(view) - label.end() < TEXT_LEAST or _STOP.search(view, 0, label.start()):
        return 0
    return label.end() if sum(1 for _ in _labels(view[:label.start()], 0)) >= FOOT_LABELS else 0


def _dated_title(view: str) -> list[int]:
    """Where a title ends with which a line without an address begins, and the day behind it: 在…会议上的讲话（2018年3月5日）今天…"""
    title = _title_end().search(view, 0, TITLE_MOST)
    day = _DATE.match(view, title.end()) if title and not _STOP.search(view, 0, title.end()) else None
    return [day.start(), day.end()] if day and len(view) - day.end() >= TEXT_LEAST else []


def _titled_twice(view: str) -> list[int]:
    """Where a line without an address begins with its title twice, word for word or as two titles with nothing between, and the text
    behind it: the sites that put a title before the text that has it drop the line end between them."""
    twice = _TWICE.match(view)
    if twice and _TITLE_KIND.search(twice[1]):
        ends = [twice.end(1), twice.end()]
    else:
        clause = _CLAUSE.search(view)
        low, ends = 0, []
        for match in _title_end().finditer(view, 0, min(clause.start() if clause else len(view), 2 * TITLE_MOST)):
            if not _AT_EVENT.search(view, low, match.end()) or _SAID.search(view, low, match.end()):
                break       # 刚才听了大家的发言 is the text's
            ends.append(low := match.end())
        if len(ends) < 2:
            return []
    return ends if len(view) - ends[-1] >= TEXT_LEAST and view[ends[-1]] not in _NO_TEXT else []


def tail_places(view: str) -> list[int]:
    """Where in a line that goes on behind its last sentence with labels of a page they begin. Offsets in `view`, ascending."""
    near = len(view) - TAIL_MOST
    for match in _SENTENCE_END.finditer(view, max(0, len(view) - FOOT_MOST)):
        end = match.end()
        begins = end + (view[end] in _OPENING)
        colon = view.find("：", begins, begins + LABEL_MOST + 1)
        if colon > begins and furniture.folded(view[begins:colon]) in furniture.lexicon().sure \
                and (end >= near or _is_foot(view, end)):
            brackets = {place.start() for place in _BRACKET.finditer(view, end)}
            return sorted({end, *brackets, *(place for place in _labels(view, end) if place - 1 not in brackets)})
    return _unlabelled_foot(view)


def _unlabelled_foot(view: str) -> list[int]:
    """Where the foot of a page begins behind the last sentence, though with no label: buttons, lists, counts and notices, of which many
    words are the page's (furniture.is_foot)."""
    if len(view) < furniture.FOOT_LEAST or view[-1] in furniture.FOOT_NEVER_ENDS:
        return []
    for match in _SENTENCE_END.finditer(view, max(0, len(view) - FOOT_MOST)):
        end = match.end()
        if len(view) - end < furniture.FOOT_LEAST:
            break
        if furniture.is_foot(view[end:]):
            return [end]
    return []


def _is_foot(view: str, low: int) -> bool:
    """Whether all of a line from an offset on is the foot of a page: labels, and no sentences of somebody who speaks."""
    return view.count("。", low) < FOOT_LABELS and sum(1 for _ in _labels(view, low)) >= FOOT_LABELS \
        and furniture.SPOKEN.search(view, low) is None


def _labels(view: str, low: int) -> Iterator[int]:
    """Where the labels of a page begin (来源：), the longest that ends at each colon."""
    colon = view.find("：", low)
    while colon >= 0:
        start = next((start for start in range(max(low, colon - LABEL_MOST), colon - 1) if furniture.is_label(view[start:colon])), None)
        if start is not None:
            yield start
        colon = view.find("：", colon + 1)
