"""The head of a page, line by line: comments and front matter opened, labels and cells of forms parted from what they label."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from flows.normalize import dates, fields, menus, speakers, titles
from flows.normalize.lines import FRONT_ENDS, FRONT_FIELD
from schemas.lexicons import entries

HEAD_LINES = 60         # that are read, the nearest to the text
LONGEST_LINE = 2_000    # characters: titles, names and dates are shorter, and hostile lines not
# The comment marks as they are, and as they are once the punctuation around them has been made full-width.
_COMMENT = re.compile(r"<[!！](?:--|——|—)|(?:--|——|—)>")
_MARKED = re.compile(r"[*#><]|\[\^|^\s|\s$|^　|　$")
_MARKS = re.compile(r"^[*#>\s　]+|[*#\s　]+$|\*\*|</?[a-zA-Z][^>]{0,80}>|\[\^\d+\]")
# 二 〇 〇 九 年 一 月 五 日
_SPACED_DATE = re.compile(r"(?<=[〇○零一二三四五六七八九十年月])\s+(?=[〇○零一二三四五六七八九十年月日])")
_FRONT = re.compile(r"^(title|source|date|author|url|site|publisher|speaker|role|position|delivered|speech[_-]?date"
                    r"|published|publish[_-]?date|venue|place|location|occasion|event|category|categories|genre)"
                    r"\s*[:：=]\s*(.+)$", re.IGNORECASE)
# What else front matter holds says nothing of the speech: draft = false, layout: post.
_OTHER_FRONT = re.compile(r"[a-z][a-z_-]{1,19}\s*[:：=](?!//)")
# 【报纸】某阳日报, 【职　务】局长, as archives have it; 职　务：局长, with a label as wide as the others.
_LABELS = "|".join("[ 　]*".join(label) for label in (
    "来源", "出处", "报纸", "刊名", "作者", "发布日期", "出版日期", "发表日期", "发布时间", "发表时间",
    "责任者", "讲话人", "报告人", "发言人", "主讲人", "致辞人", "职务", "职位", "时间", "日期", "讲话时间", "讲话日期",
    "报告时间", "会议时间", "地点", "讲话地点", "会议地点",
))
_BRACKETED_LABELS = re.compile(
    rf"\s*(?=【\s*(?:{_LABELS}|{'|'.join(map(re.escape, entries('record_labels.txt')))})\s*】)")
_BRACKETED_LABEL = re.compile(rf"^【\s*({_LABELS})\s*】\s*[:：]?\s*(?=\S)|^({_LABELS})\s*[:：]\s*(?=\S)")
# A thing to be done, of the list that whoever keeps notes has above them: [x] 打印三十份
_TASK = re.compile(r"[\[［【][ xX✓✔√]?[\]］】]\s\S|[☐☑✅⬜]\s?\S")
_GAPS = re.compile(r"\s+")
_FORM_LEAST, _LONGEST_CELL = 2, 200
_ROSTER, _LONGEST_OFFICER = 3, 30
_CRUMBS = re.compile("[>＞»›]")
_SOURCE_LABEL = re.compile(r"(?:信息|文章|稿件|新闻|内容)?来源\s*[:：]?")
_NO_CELL = frozenset(("浏览", "点击", "阅读", "作者", "编辑", "字号", "字体", "时间", "日期", "分享", "打印", "浏览次数", "点击数",
                      "发布时间", "责任编辑"))
_LONGEST_SOURCE = 20
_TITLE_LABELS = frozenset(("题目", "课题", "主题", "标题"))
# A letter with a space between it and the next; numerals have closed up by then.
# A label whose colon says that its cell follows, with the day of the event in the next line; and how far the day may stand from its end.
_TIME_LABEL = re.compile(r"(?:活动|会议|授课|宣讲|讲话|发言|演讲|致[辞词]|典礼)?(?:时间|日期)[:：]")
_LONGEST_DAY = 30
# The first half of a sentence that says whose words follow, and the second: 以下为某局局长某某今日在某会午餐会 / 的致辞全文：
_SAYS_WHOSE = re.compile(r"(?:以下|下面|下文)(?:就?是|为|系)[^。；：:！？]{4,60}")
_WHOSE_WORDS = re.compile(r"[^。；：:！？]{0,30}?(?:讲话|致[辞词]|发言|演讲|演[辞词]|讲[辞词]|谈话|贺词|献词)"
                          r"[^。；：:！？]{0,8}[：:。]")
_FACES = re.compile("[\u2600-\u27bf\ufe0f\U0001f311-\U0001faff]+$")       # that people put behind what they post; a globe says who sees it
_LETTER_SPACED = re.compile(r"(?:[一-龥《“]|[一二三四五六七八九十]{2,4})"
                            r"(?:[ 　]+(?:[一-龥\d《》“”、，]|[一二三四五六七八九十]{2,4})){1,49}")
_FIELDS = {"position": "role", "speechdate": "delivered", "published": "date", "publishdate": "date", "venue": "place", "location": "place",
           "event": "occasion", "categories": "category", "genre": "category"}


def head_lines(head: Sequence[str], given: dict[str, str]) -> list[str]:
    """The lines of the head that say something: comments opened, front matter put with the container's own words."""
    lines = []
    later: dict[str, str] = {}      # what fields of other names say
    own = menus.without_names(_without_front_items(head))[-HEAD_LINES:]
    for line in (part for whole in own for part in (_BRACKETED_LABELS.split(whole) if "【" in whole else (whole,))):
        line = _SPACED_DATE.sub("", line)
        line = _MARKS.sub("", _COMMENT.sub("", line)) if len(line) <= LONGEST_LINE and _MARKED.search(line) else line.strip()
        if _LETTER_SPACED.fullmatch(line) and (
                (titles.like_title(closed := _GAPS.sub("", line)) and not _says_more(given, closed)) or _is_officer(closed)):
            line = closed           # 主 持 词, as the first page of a paper has it; 所 长  顾 某 某
        line = _BRACKETED_LABEL.sub(lambda label: _GAPS.sub("", label[1] or label[2]) + "：", line)
        front = _FRONT.match(line)
        if _TASK.match(line):
            continue
        if front:
            key = front[1].lower()
            given.setdefault(_FIELDS.get(key.replace("_", "").replace("-", ""), key), front[2].strip().strip("'\"“”‘’"))
        elif line[:1].islower() and _OTHER_FRONT.match(line):
            if told := fields.read(line):
                later.setdefault(*told)
            continue
        elif line[:1] == "|" and any(map(speakers.speaker_line, cells := [cell.strip() for cell in line.split("|")])):
            lines += [cell for cell in cells if cell]           # the row of a table that says who spoke, when and where
        elif line and line.strip("-—=_ "):
            lines.append(line if line[-1] < "\u2600" or "一" <= line[-1] <= "龥" else _FACES.sub("", line) or line)
    for key, value in later.items():
        given.setdefault(key, value)
    return _form_opened(_labels_closed(_without_roster(lines)))


def _without_roster(lines: list[str]) -> list[str]:
    """The lines without a list of who leads a body (局长 王某 / 副局长 李某 / …), which names no speaker; the one of them whose pages these
    are, as the path to the page has him (首页 > 领导之窗 > 副局长 李某 > 讲话), in a line of his own."""
    officers = [len(line) <= _LONGEST_OFFICER and _is_officer(line) for line in lines]
    kept: list[str] = []
    start = 0
    while start < len(lines):
        stop = start + 1
        while stop < len(lines) and officers[start] and officers[stop]:
            stop += 1
        kept += lines[start:stop] if stop - start < _ROSTER else ()
        start = stop
    if len(kept) < len(lines):
        for number, line in enumerate(kept):
            pieces = [piece.strip() for piece in _CRUMBS.split(line)]
            if len(pieces) > 2 and (officer := next(filter(_is_officer, pieces), None)):
                kept.insert(number + 1, officer)
                break
    return kept


def _labels_closed(lines: list[str]) -> list[str]:
    """The lines with the label of a day and the day in one, where the cells of a table stand below one another (发布日期 /
    民国112年6月10日), and with the halves of a broken sentence that says whose words follow."""
    closed: list[str] = []
    for line in lines:
        if closed and (label := _publication_label().fullmatch(closed[-1])) and len(found := dates.dates(line)) == 1 \
                and found[0].start == 0 and found[0].end == len(line):
            closed[-1] = f"{label[1]}：{line}"
        elif closed and _SOURCE_LABEL.fullmatch(closed[-1]) and 2 <= len(line) <= _LONGEST_SOURCE and "：" not in line \
                and line not in _NO_CELL and not titles.like_title(line) and not dates.dates(line):
            closed[-1] = f"来源：{line}"
        elif closed and (_goes_on_with_day(closed[-1], line)
                         or (closed[-1][:1] in "以下" and _SAYS_WHOSE.fullmatch(closed[-1]) and _WHOSE_WORDS.fullmatch(line))):
            closed[-1] += line
        else:
            closed.append(line)
    return closed


def _goes_on_with_day(above: str, line: str) -> bool:
    """Whether a line begins with the day that belongs to the label above it: 时间： / 2016年3月5日上午."""
    found = dates.dates(line) if len(line) <= _LONGEST_DAY and _TIME_LABEL.fullmatch(above) else ()
    return bool(found) and found[0].start == 0 and found[0].precision == "day"


@cache
def _publication_label() -> re.Pattern[str]:
    return re.compile(rf"((?:{'|'.join(map(re.escape, entries('publication_labels.txt')))})(?:日期|时间))[:：]?")


def _without_front_items(head: Sequence[str]) -> Sequence[str]:
    """The head without the members of lists in the front matter that begins it: a tag is no title."""
    ends = FRONT_ENDS.get(head[0]) if head else None
    last = next((number for number, line in enumerate(head) if number and line in ends), 0) if ends else 0
    return [*(line for line in head[:last] if FRONT_FIELD.match(line)), *head[last:]]


def _form_opened(lines: list[str]) -> list[str]:
    """The lines with a colon behind the labels of a form, whose cells only a space or a line end parts from what they label: 主讲人 王某,
    时间 2018年7月1日 地点 会议室. Unchanged where fewer than two such labels stand at the heads of lines: any sentence may begin with
    one."""
    label, inner = _form_labels()
    found = [label.match(line) if len(line) <= _LONGEST_CELL else None for line in lines]
    if len({_GAPS.sub("", match[1]) for match in found if match}) < _FORM_LEAST:
        return lines
    opened: list[str] = []
    waiting = ""
    for line, match in zip(lines, found, strict=True):
        if match is None:
            # the line after the last label of a menu may be the heading
            is_cell = waiting and "：" not in line and (waiting[-2:] in _TITLE_LABELS or not titles.like_title(line))
            opened.append(f"{waiting}：{line}" if is_cell else line)
            waiting = ""
            continue
        for part in inner.split(line):
            cell = label.match(part)
            words = part[cell.end():].strip() if cell else part
            waiting = _GAPS.sub("", cell[1]) if cell and not words else ""
            if words:
                opened.append(f"{_GAPS.sub('', cell[1])}：{words}" if cell else words)
    return opened


@cache
def _form_labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A label of a form at the head of a line, and the space before one within a line that a space or the line's end follows."""
    names = sorted(entries("form_labels.txt"), key=lambda label: (-len(label), label))
    labels = "|".join("[ \\t　]*".join(label) for label in names)
    first = "".join(sorted({label[0] for label in names}))      # most lines begin with none of these
    return re.compile(rf"(?=[{first}])({labels})(?:[ \t　]+|$)"), re.compile(rf"[ \t　]+(?=[{first}])(?=(?:{labels})(?:[ \t　]+|$))")


def _is_officer(line: str) -> bool:
    """Whether a line is an office and the name of who holds it."""
    speaker = speakers.speaker_line(line)
    return speaker is not None and bool(speaker.name and speaker.role)


def _says_more(given: dict[str, str], kind: str) -> bool:
    """Whether the container's title holds what a line does, and more."""
    title = titles.cleaned(given.get("title", "")).clean
    return kind in title and kind != title
