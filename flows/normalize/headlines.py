"""Headlines: lines that are titles, or read like one though they name no kind of speech, and titles that the page broke into lines."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from flows.normalize import dates, furniture, occasions, speakers, titles
from flows.normalize.evidence import Surroundings
from flows.normalize.mastheads import is_bar
from flows.normalize.page_lines import Line, closed, is_lone_date, may_hold_year
from schemas.lexicons import entries

DASHED = ("——", "――", "──", "--")
_MAIN_TITLE = re.compile(
    r"(?![—―─(（-]|.*(?:网|首页|正文|位置|下载|会员|公众号|附件|目录|字号|字体|政府|委员会|办公[室厅]|(?<![大格布全结当开棋])局|厅|党委|大会|会议上?)$)"
    r"[^：:。|>＞»→【】\[\]\d；，！？/]{6,40}$"
)
_NO_MAIN_TITLE = re.compile(
    r"[。|>＞»【\[\d]|网$|正文|(?:人|者|时间|日期|地点|单位|来源|主题|对象|位置|编号|文号|机构|类别|分类|栏目|签|词|号)\s*[：:]|[：:].{0,3}$|[：:].*[：:]"
)
_SHORT_TITLE = re.compile("[一-龥]{4,5}")
_COLUMN = re.compile(r"^[【\[][^】\]]{1,12}[】\]](?=[^【\[]{4})")
_COLON = re.compile("[：:]")
_NEVER_FIRST = ("《", "编者按", "导读", "附件", "附：", "第", "（", "各位", "尊敬")
# What a page of several texts writes over each: 范文二：雨后的操场.
_COUNTED_PIECE = re.compile(r"(?:第[一二三四五六七八九十\d]{1,3}篇|(?:篇|范文|例文|范例)[一二三四五六七八九十\d]{1,3})\s*[：:]\s*"
                            r"[《“]?(?P<title>[一-龥][^。；！？：:|]{2,39}?)[》”]?")
_PARTED = re.compile(r"^[^|｜_>＞]{4,60}\s*[|｜_]\s*\S")
_SUBTITLE = re.compile(r"(?:——|――|──|--|[—―─－-](?=\s*在))\s*(?!(?:19|20)\d\d年)")
_DASHES = re.compile(r"^[—―─\-\s]+")
_BARS_BETWEEN = 2       # lines of the page between a headline and the subtitle below
# The beginning of a title that goes on in the next line: 在区委理论学习中心组 / （扩大）学习会上的讲话.
_TITLE_OPENS = re.compile(
    r"(?![—―─－-])(?!.*(?:位置|首页|现在|所在|正在))[^，。；！？：:|>＞»【】\[\]]{0,20}在[^。；！？：:|>＞»【】\[\]]{3,40}(?<![上话词辞告])$"
)
# ... of the title of a report on a matter: 关于某市上年预算执行情况和 / 本年预算草案的报告. What names its own kind of paper
# goes on with nothing.
_MATTER_OPENS = re.compile(r"(?!.*的[一-龥]{2,4}$)[^，。；！？：:|>＞»【】\[\]….]{0,24}关于[^，。；！？：:|>＞»【】\[\]….]{6,44}$")
_MATTER_GOES_ON = re.compile(r"(?![—―─－-]|在|对|.*(?:关于|上的))[^。；！？：:|]{2,44}的(?:情况)?(?:报告|说明|汇报)$")
_TITLE_GOES_ON = re.compile(r"(?![—―─－-]|在|[^，。]{0,12}(?:[长记任席]|同志)(?:同志)?在)[^。；！？：:|]{3,44}$")
_TITLE_ENDS = re.compile(r"(?:[上时中]的|的|[上时中])[ 　]?(?P<kind>[一-龥][一-龥 　]{1,8})")
_REST_OF_KIND = 2       # characters that the next line holds of the kind of speech where a title is broken within it
# 2022年度个人 / 述职述廉报告
_ACCOUNT = re.compile("(?:个人)?(?:工作)?述[述职廉德学责法]{1,9}的?(?:工作)?(?:报告|汇报|材料)")
_OF_A_YEAR = re.compile("[一-龥]{0,16}(?:19|20)[0-9]{2}(?:年度|年)[一-龥]{0,16}")
_NAME_OF_MEETING = re.compile(r"(?!.*(?:位置|首页|正文))[^，。；：:|>＞»【】\[\]/\s]+")
_AT_MEETING = re.compile(r"在[^，。；：:|>＞»【】\[\]/\s]{4,36}上")
_BODY = re.compile("(?:委员会|常委会|法院|检察院|协会|联合会|总工会|公司|集团|政府)$")
_BODY_ABOVE = re.compile("中国人民政治协商会议|中国共产党|中共[一-龥]{2,12}|中国共产主义青年团|[一-龥]{2,12}(?:人民代表大会|省|市|县|区)")


@cache
def _lone_kinds() -> frozenset[str]:
    return frozenset(entries("lone_kinds.txt"))


def is_headline(line: str) -> bool:
    """Whether a line of a short head reads like a headline that names no kind of speech."""
    if is_bar(line) or dates.dates(line) or line.startswith(_NEVER_FIRST):
        return False
    if speakers.speaker_line(line) or speakers.lone_name(line) or speakers.office_line(line):
        return False
    if _COLON.search(line):
        return bool(_MAIN_TITLE.match(_COLON.sub("", line)) and speakers.in_title(line).name)
    return _is_main_title(line)


def _is_main_title(line: str) -> bool:
    """Whether a line reads like a main title, which may hold a comma."""
    return _MAIN_TITLE.match(line.replace("，", "", 1)) is not None


def heads(line: str, following: str) -> bool:
    """Whether a line that names no kind of speech reads like the title of the heading that begins with the line after it."""
    line = _COLUMN.sub("", line)
    short = following[:1] in "（(" and _SHORT_TITLE.fullmatch(line)
    return bool(short or _MAIN_TITLE.match(line.replace("，", "", 3))) and not is_bar(line) and not furniture.is_sure(line)


def stands_below_headline(line: Line, page: Surroundings) -> bool:
    """Whether a line stands below a headline that names no kind of speech, and above a date, a bar or the text itself."""
    if page.titles or not line.index or not _is_main_title(line.above) or is_bar(line.above):
        return False
    return line.index + 1 == len(line.head) or may_hold_year(line.following) or is_bar(line.following)


def heads_alone(line: Line) -> bool:
    """Whether a line is the first of a head that is nothing but it and a day, as it is where a record keeps the title apart."""
    return not line.index and len(line.head) == 2 and may_hold_year(line.following) and is_lone_date(line.following)


def counted_piece(line: Line, page: Surroundings) -> bool | None:
    """Read the title of one text of several, right above the text: 范文二：雨后的操场."""
    counted = _COUNTED_PIECE.fullmatch(line.text) if line.index == len(line.head) - 1 else None
    if counted is None or titles.like_title(counted["title"]):
        return None
    page.above = counted["title"]
    return True


def beside_arrows(line: str, page: Surroundings) -> str:
    """What the box over a text of a wiki, between its neighbours, says behind the title, "" in any other line:
    ← | 上一年的报告 | 某报告 某院院长 王某 2009年2月12日 |"""
    if line[0] not in "←→" or "|" not in line:
        return ""
    title = page.titles[-1] if page.titles else ""
    cells = (cell.strip() for cell in line.strip("←→ ").split("|"))
    return next((cell[len(title):].strip() for cell in cells if title and cell.startswith(title) and len(cell) > len(title) + 4), "")


def is_title(line: Line) -> bool:
    """Whether a line reads like the title of a speech or its end, or is one of a numbered series."""
    return titles.like_title(line.text) or _is_end_of_title(line) or titles.is_numbered(line.text)


def title(line: Line, page: Surroundings) -> bool | None:
    """Read a line that is a title or names a speech: below one, that may be who a caption shows speaking."""
    shown = speakers.pictured(line.text) if line.is_title and page.titles else None
    if shown:
        page.pictured.append(shown)
        page.weak.append(line.text)
    elif line.is_title:
        page.titles.append(joined(line.head, line.index))
    elif len(line.text) <= _REST_OF_KIND and line.index and titles.like_title(line.above + line.text) and not titles.like_title(line.above):
        page.titles.append(line.above + line.text)          # broken within the word: 在某会上的讲 / 话
    elif titles.column_of_lessons(line.text) or (_PARTED.search(line.text) and not is_bar(line.text)
                                                 and titles.like_title(titles.cleaned(line.text).clean)):
        # The page's own <title>: 2020年新年贺词 | 书记校长给您拜年, 某会上的讲话_某某网.
        page.titles.append(line.text)
    else:
        return None
    return line.is_title or is_bar(line.text)


def _is_end_of_title(line: Line) -> bool:
    """Whether a line is what the page broke off the end of the title above it, and no title alone: 在全县动员会 / 上的讲话."""
    end = _TITLE_ENDS.fullmatch(line.whole.strip())
    return bool(end and line.index and closed(end["kind"]) in _lone_kinds() and "在" in line.above
                and not titles.like_title(line.above) and titles.like_title(closed(line.above + end[0])))


def joined(lines: Sequence[str], index: int) -> str:
    """The line of that number, with what stands above it where the page broke the title: a main title and ——在…上的讲话, 在…会上的 / 讲话,
    关于…情况和 / …草案的报告, the name of a body and 工作报告."""
    line, before = lines[index], lines[index - 1] if index else ""
    if _SUBTITLE.match(line):
        return _with_main_title(_DASHES.sub("", line), _over_bars(lines, index) or before)
    if not index:
        return line
    if _TITLE_GOES_ON.match(line) and _TITLE_OPENS.match(before) and not titles.like_title(before) and not is_bar(before) \
            and not speakers.speaker_line(before) and titles.like_title(before + line):
        return before + line
    if _MATTER_GOES_ON.match(line) and _MATTER_OPENS.match(before) and not titles.like_title(before) and not is_bar(before) \
            and titles.like_title(before + line):
        return before + line
    return _with_meeting(lines, index) or line


def _with_main_title(subtitle: str, above: str) -> str:
    """A subtitle, behind the line above it where that is the main title."""
    if 5 <= len(above) <= 36 and not _NO_MAIN_TITLE.search(above) and not titles.like_title(above):
        return f"{above}——{subtitle}"
    return subtitle


def _over_bars(lines: Sequence[str], index: int) -> str:
    """The headline above the bars that stand between it and a subtitle which the page has with the text; "" where there are none."""
    at = next((at for at in range(index - 1, max(index - 2 - _BARS_BETWEEN, -1), -1) if not is_bar(lines[at])), -1)
    return lines[at] if 0 <= at < index - 1 and is_headline(lines[at]) else ""


def _with_meeting(lines: Sequence[str], index: int) -> str:
    """A kind of speech that stands on a line of its own (讲话, 述职报告), behind the meeting, the year or the body that the lines above
    name; "" where it is nothing of that."""
    kind, above = closed(lines[index]), closed(lines[index - 1])
    if _ACCOUNT.fullmatch(kind) and _OF_A_YEAR.fullmatch(above):
        return above + kind
    is_kind = kind in _lone_kinds()
    if is_kind and 6 <= len(above) <= 40 and _NAME_OF_MEETING.fullmatch(above) and occasions.like_meeting(above):
        return above + kind
    if is_kind and _AT_MEETING.fullmatch(above) and occasions.like_meeting(above[:-1]):
        return f"{above}的{kind}"
    if not 4 <= len(above) <= 40 or is_bar(lines[index - 1]) or _NO_MAIN_TITLE.search(above):
        return ""
    if (is_kind and above.endswith(("上的", "时的", "中的"))) or (lines[index][0] == "的" and not titles.like_title(above)):
        return above + kind
    if kind == "工作报告" and _BODY.search(above):
        higher = closed(lines[index - 2]) if index > 1 else ""
        return (higher if _BODY_ABOVE.fullmatch(higher) else "") + above + kind
    return ""
