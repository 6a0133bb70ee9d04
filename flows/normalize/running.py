"""Running heads: the lines that a printed document repeats on every page, which stand within its sentences once it is plain text."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from flows.normalize import furniture
from flows.normalize.lines import Line

LONGEST = 44            # characters of a running head
LEAST_PAGES = 3         # repetitions that are enough where some of them cut a sentence in two
HEADS_LEAST = 2         # pages with one head
OPEN_LEAST = 10         # characters of a line without a stop that is a sentence cut in two, and hardly a heading
PAGE_NUMBER = re.compile(r"[-－—–―~·•.第/ 共页,，\[\]（）()]*[0-9]{1,4}[-－—–―~·•.页/ 第共,，\[\]（）()0-9]*")
EDGE = re.compile(r"[·•\-—–―~|/_ 　]*[0-9]{1,4}[·•\-—–―~|/_ 　]+(?=\D)|[·•\-—–―~|/_ 　]+[0-9]{1,4}[·•\-—–―~|/_ 　]*$")
FRAME = re.compile(r"[·•\-—–―~|/_页]")
# The number of a page in words: 某会议材料　第2页, 某会议材料 第2页 共8页
SAID_EDGE = re.compile(r"[ 　·•\-—–―~|/_]*第 ?[0-9]{1,4} ?页(?:[ 　,，/]*共 ?[0-9]{1,4} ?页)?$")
# · 214 · 某某文集, as books have it: every page another
PAGE_HEAD = re.compile(r"[·•]\s?[0-9]{1,4}\s?[·•]\s*[^。，；0-9]{2,36}|[^。，；0-9]{2,36}[·•]\s?[0-9]{1,4}\s?[·•]")
PAPER_MOST = 60         # characters of the head of a page of a paper
# The head of a page of a paper, which is nothing else: 某阳日报 1961年6月2日 第3版
PAPER_HEAD = re.compile(
    r"(?=.*第?\s*[A-Z]?[0-9一二三四五六七八九十]{1,3}\s*版)(?:(?:《[一-龥]{2,10}[报刊]》|[一-龥]{2,10}?[报刊]"
    r"|(?:[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})年[0-9一二三四五六七八九十]{1,2}月[0-9一二三四五六七八九十]{1,3}日"
    r"|星期[一二三四五六日天]|第?\s*[A-Z]?[0-9一二三四五六七八九十]{1,3}\s*版|第\s*[0-9]{1,6}\s*[期号])[\s·|｜，,:：/（）()—-]*){2,6}"
    r"(?:(?<=[\s:：])[一-龥]{2,6})?")
COUNTED_MOST = 100      # characters of a line that counts the pages
PAGES_MOST = 500
# The number of a page and how many there are: 2/4, 第2页/共4页, 第2屏（共4屏）
PAGE_OF = re.compile(r"(?<![\d.,/／])第?\s?(\d{1,3})\s?"
                     r"(?:[页屏版]?\s?[/／]\s?共?|[页屏版]\s?[（(，,]?\s?共)\s?(\d{1,3})\s?[页屏版]?(?![\d.,/／年月日%％])")
NO_LETTERS = re.compile(r"[\W\d_]+")
HEADING_MOST = 24       # characters of a line with a number that may be a heading
TITLE_LINES = 12
COUNTED_TITLE = re.compile(r"\s*[（(]\d{1,2}[）)]$")    # 在…上的讲话(2) says where a further page begins
NOTE_MARKS = "*＊※"     # behind a title they lead to what is said of the text at the foot of its first page
YEARS = range(1900, 2101)
MOTTO = re.compile(r"(?P<name>[一-龥A-Za-z0-9]{2,12})\s?[-–—_|｜·•]{1,2}\s?[^，。：；\s\d][^。：；]{3,27}")
UPRIGHT_LEAST = 3       # characters of a column at the edge of a page that was set upright
UPRIGHT_BELOW = 3       # lines below it with the number of the issue and of the page
UPRIGHT_NUMBER = re.compile(r"第?[一二三四五六七八九十百〇○零0-9]{1,5}[期号卷辑版页]?")
STOPS = "。！？!?：:；;…，,、"
CLOSED = frozenset("。！？!?：:；;…”’」』）》)】〕")
NUMBERED = re.compile(r"第?[一二三四五六七八九十]{1,3}[、，.．是要]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|[—–―-]{2}")


def mark(lines: Sequence[Line]) -> None:
    """Mark the running heads among `lines` as furniture; a first one at the top stays, since it can be the title.

    A line that stands again and again is one where page numbers stand beside it or count up in it, or where it cuts sentences in two:
    a refrain or a heading that comes again does neither."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        view = line.view
        if line.reason is None and 4 <= len(view) <= LONGEST and view[-1] not in STOPS and not line.heading and not NUMBERED.match(view):
            places.setdefault(_words(view), []).append(number)
    for words, found in places.items():
        if len(found) < 2 or len(words) < 4 or not furniture.HAN.search(words):
            continue
        beside = sum(any(PAGE_NUMBER.fullmatch(lines[each].view) for each in (number - 1, number + 1) if 0 <= each < len(lines))
                     for number in found)
        counted = sum(_edge(lines[number].view) is not None for number in found)
        framed = all((edge := _edge(lines[number].view)) is not None and FRAME.search(edge[0]) for number in found)
        cutting = sum(_is_cut(lines, number) for number in found)
        titled = found[0] < 6 and furniture.weight(furniture.folded(lines[found[0]].view)) < furniture.SPEAKS_OF_PAGE
        if beside * 2 >= len(found) or (counted * 2 > len(found) and (counted > 2 or cutting or framed)) \
                or (cutting and (titled or len(found) >= LEAST_PAGES) and cutting * 3 >= len(found)):
            for number in found[1:] if titled else found:
                lines[number].reason = "furniture"


def heads(lines: Sequence[Line]) -> list[str]:
    """What the pages are headed with again and again, once each, without their numbers: a book's name."""
    # a page without numbers of pages has none: most documents end here
    if not any(line.reason == "furniture" and (PAGE_NUMBER.fullmatch(line.view) or (len(line.view) <= LONGEST and _edge(line.view)))
               for line in lines):
        return []
    found = Counter(_words(line.view) for line in lines if line.reason == "furniture" and 4 <= len(line.view) <= LONGEST)
    return [words for words, count in found.items() if count >= HEADS_LEAST and furniture.HAN.search(words)]


def is_head_of_paper(view: str) -> bool:
    """Whether a line is the head of a page of a newspaper and nothing else: its name, the day, the number of the page."""
    return "版" in view and len(view) <= PAPER_MOST and PAPER_HEAD.fullmatch(view) is not None


def _words(view: str) -> str:
    """A line without the number of its page, and what spaces and marks of notes make of a title."""
    return EDGE.sub("", SAID_EDGE.sub("", view) if view[-1:] == "页" else view).replace(" ", "").rstrip(NOTE_MARKS)


def _edge(view: str) -> re.Match[str] | None:
    """The number of its page at the beginning or the end of a line."""
    return SAID_EDGE.search(view) if view[-1:] == "页" else EDGE.search(view)


def mark_upright(lines: Sequence[Line]) -> None:
    """Mark what a print set upright has at the edge of its pages, a character a line (某／县／政／报／第三期／四): such a column where it
    comes again, says what a line near the top says, or cuts a sentence in two."""
    single = [number for number, line in enumerate(lines) if len(line.view) == 1 and line.reason is None and furniture.HAN.match(line.view)]
    if len(single) < UPRIGHT_LEAST:
        return
    columns: list[list[int]] = []
    for number in single:
        if columns and columns[-1][-1] == number - 1 and lines[number].gap == 0:
            columns[-1].append(number)
        else:
            columns.append([number])
    columns = [column for column in columns if len(column) >= UPRIGHT_LEAST]
    said = ["".join(lines[number].view for number in column) for column in columns]
    top = "".join(line.view for line in lines[:TITLE_LINES] if 4 <= len(line.view) <= LONGEST)
    for column, words in zip(columns, said, strict=True):
        end = column[-1] + 1
        while end < len(lines) and end - column[-1] <= UPRIGHT_BELOW and UPRIGHT_NUMBER.fullmatch(lines[end].view):
            end += 1
        before = lines[column[0] - 1].view if column[0] else ""
        cuts = len(before) >= OPEN_LEAST and before[-1] not in CLOSED and end < len(lines) and len(lines[end].view) >= OPEN_LEAST
        if cuts or said.count(words) > 1 or words in top:
            for line in lines[column[0]:end]:
                line.reason = line.reason or "furniture"


def mark_by_pages(lines: Sequence[Line]) -> None:
    """Mark the heads of a book's pages, of which each has a number one higher than the one before and the words change from left to right
    (204　某某文稿选编, 在某会上的讲话　205), where one of them says what stands again near the top."""
    heads = [(number, int(digits)) for number, line in enumerate(lines)
             if 6 <= len(line.view) <= LONGEST and line.view[-1] not in STOPS and not line.heading and (edge := EDGE.search(line.view))
             and (digits := edge[0].strip("·•-—–―~|/_ 　")) and int(digits) not in YEARS]
    if len(heads) < 2 or any(high != low + 1 for (_, low), (_, high) in pairwise(heads)):
        return
    words = {number: _words(lines[number].view) for number, _ in heads}
    top = {_words(line.view): number for number, line in enumerate(lines[:TITLE_LINES]) if number not in words}
    if any(each in top for each in words.values()):
        for number in words:
            if number:
                lines[number].reason = "furniture"


def mark_counted(lines: Sequence[Line]) -> None:
    """Mark as furniture the lines that count the pages or screens of which they tell how many there are (（1/4） 翻到：第1屏 第2屏,
    某某汇编 〖2/4〗, 第2页／共4页): several that read the same but for their numbers, of which that of the page grows; beside such a
    line another with the same number of pages, too. The first of them at the top stays, since it can be the title."""
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    counted: list[tuple[int, int]] = []         # the number of a line, and how many pages it tells of
    for number, line in enumerate(lines):
        view = line.view
        if not 0 < len(view) <= COUNTED_MOST or view[-1] in STOPS or ("/" not in view and "／" not in view and "共" not in view) \
                or NUMBERED.match(view) or (page := PAGE_OF.search(view)) is None or not 1 < int(page[2]) <= PAGES_MOST \
                or not 0 < int(page[1]) <= int(page[2]):
            continue
        words = NO_LETTERS.sub("", view[:page.start()] + view[page.end():])
        found.setdefault((words, int(page[2])), []).append((number, int(page[1])))
        counted.append((number, int(page[2])))
    pages: set[int] = set()         # the numbers of lines that count
    for (words, _), places in found.items():
        if len(places) > 1 and all(low < high for (_, low), (_, high) in pairwise(places)) and (furniture.HAN.search(words) or not words):
            pages.update(number for number, _ in places if number or words)
    if pages:
        of = {total for number, total in counted if number in pages}
        pages.update(number for number, total in counted if total in of and not pages.isdisjoint((number - 1, number + 1)))
    first = min(pages, default=0)
    said = any(line.reason is None and line.view and (len(line.view) > LONGEST or line.view[-1] in STOPS) for line in lines[:first])
    for number in pages:
        if number != first or said or furniture.weight(furniture.folded(lines[number].view)) >= furniture.SPEAKS_OF_PAGE:
            lines[number].reason = lines[number].reason or "furniture"
        if number + 1 < len(lines):
            lines[number + 1].paged = True


def mark_beside_numbers(lines: Sequence[Line]) -> None:
    """Mark as furniture a line beside the number of a page that cuts a sentence between two long lines in two: the head of the page, since
    a short line of the text would end with a stop."""
    for number in range(1, len(lines) - 1):
        before, line, after = lines[number - 1:number + 2]
        if line.reason or not (before.reason or after.reason) or not 4 <= len(line.view) <= LONGEST or line.view[-1] in STOPS \
                or NUMBERED.match(line.view):
            continue
        if before.reason and PAGE_NUMBER.fullmatch(before.view) and number > 1:
            before = lines[number - 2]
        elif after.reason and PAGE_NUMBER.fullmatch(after.view) and number + 2 < len(lines):
            after = lines[number + 2]
        else:
            continue
        if not (before.reason or after.reason) and len(before.view) > LONGEST < len(after.view) and _is_cut(lines, number):
            line.reason = "furniture"


def mark_mottos(lines: Sequence[Line]) -> None:
    """Mark as furniture a line beside the number of a page that is the name of the site, which stands alone at the top, and what the site
    says of itself: 某某文库 - 让写作更轻松."""
    names: set[str] | None = None
    for number in range(1, len(lines) - 1):
        line = lines[number]
        if line.reason or line.heading or len(line.view) > LONGEST or line.view[-1] in STOPS or not (motto := MOTTO.fullmatch(line.view)):
            continue
        if names is None:
            names = {other.view for other in lines[:TITLE_LINES]}
        beside = (lines[number - 1], lines[number + 1])
        if motto["name"] in names and any(other.reason and PAGE_NUMBER.fullmatch(other.view) for other in beside):
            line.reason = "furniture"


def mark_at_page_ends(lines: Sequence[Line]) -> None:
    """Mark as furniture a line right beside a page number that cuts a sentence in two, apart from what it cuts, or says again what the
    title says: the head of a page of its own."""
    title = "".join(line.view.replace(" ", "") for line in lines[:TITLE_LINES] if len(line.view) <= LONGEST)
    apart = sum(line.gap > 0 for line in lines) * 2 > len(lines)
    for number in range(1, 0 if apart else len(lines) - 1):
        line, before, after = lines[number], lines[number - 1], lines[number + 1]
        below = before.reason and after.gap and PAGE_NUMBER.fullmatch(before.view)
        above = after.reason and line.gap and PAGE_NUMBER.fullmatch(after.view)
        if not (below or above) or line.reason or line.heading or not 4 <= len(line.view) <= LONGEST or line.view[-1] in STOPS:
            continue
        if NUMBERED.match(line.view) or COUNTED_TITLE.search(line.view):
            continue
        if _is_cut(lines, number) or (number >= TITLE_LINES and line.view.replace(" ", "") in title):
            line.reason = "furniture"


def _is_cut(lines: Sequence[Line], number: int) -> bool:
    """Whether the line before a place, page numbers and the like left out, stops in the middle of a sentence that the next takes up."""
    before = next((lines[each].view for each in range(number - 1, -1, -1) if lines[each].reason is None), "")
    after = next((lines[each].view for each in range(number + 1, len(lines)) if lines[each].reason is None), "")
    if lines[number].view in (before, after):
        return False
    numbered = NUMBERED.match(before) is not None and len(before) <= HEADING_MOST
    return len(before) >= OPEN_LEAST and before[-1] not in CLOSED and after != "" and not numbered and not NUMBERED.match(after)
