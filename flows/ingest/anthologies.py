"""Files that hold many speeches one after another, and where each begins.

A wrong cut through one speech is worse than a missing one between two, so a file is taken for a collection only where its own make-up
repeats: a credit under each piece, a title over a date in brackets, pieces counted off (篇一, 篇二; one title with （一）, （二） behind
it), titles that a list of contents announces, or a title and a salutation after thanks for listening. Nothing is cut at 各位代表 or
同志们 alone: speakers call their listeners again and again.
"""

from __future__ import annotations

import re
from itertools import pairwise

from flows.normalize import speakers
from flows.normalize.numerals import number
from schemas.lexicons import entries

PIECE = 150  # Han characters that each piece of a collection has at least, and
TYPICAL_PIECE = 300  # the median one
WHOLE_PIECE = 60  # Han characters of a piece that has a title, a salutation and a closing of its own
LINE = 200  # characters that a title or a salutation has at most
MASTHEAD_LINES = 12  # above the first sentence of a collection that are read
HEAD = 8_000  # characters in which the first piece of a collection is announced: after a title page and a list of contents
_NUMBER = "[0-9０-９〇○零一二三四五六七八九十百]"
_DATE = rf"[12１２一二]{_NUMBER}{{3,}}年{_NUMBER}{{1,3}}月(?:{_NUMBER}{{1,3}}日)?"
_DATED = re.compile(rf"[（(〔［\[]{_DATE}[^\r\n。；]{{0,60}}[）)〕］\]][ \t\u3000?*]{{0,8}}(?=[\r\n]|\Z)")
# a credit under a piece: 出处：某文选第一卷 某出版社; it stands in a paragraph of its own, which may be told by two wide blanks only
_CREDITS = ("出处", "原标题", "文章来源", "稿件来源")
_CREDIT = re.compile(rf"(?:{'|'.join(_CREDITS)})[:：][^\r\n\u3000]{{2,120}}(?=[\r\n\u3000]|\Z)")
_COUNTED = re.compile(
    rf"(?:(?:(?<!第)篇|范文|例文)[ \t]{{0,2}}[（(【]?({_NUMBER}{{1,3}})(?![篇章节部年月日个条])"
    # books count their parts 第一篇, too: with a colon and the title of a speech behind it it is a piece of a site's collection
    rf"|第({_NUMBER}{{1,3}})篇[：:](?=[^\r\n。；]{{0,40}}(?:讲话|致辞|致词|发言|报告|演讲|主持词|党课|贺词|讲稿|祝词)))[^\r\n。；]{{0,50}}(?=[\r\n]|\Z)"
)
_FIRST = re.compile(r"(?:篇|范文|例文)[ \t（(【]{0,3}[1１一]|第[1１一]篇[：:]")
_THANKS = re.compile(
    r"(?:谢谢(?:大家|各位|同志们|你们|你们的聆听)?|我的(?:讲话|发言|报告|演讲|汇报|致辞)(?:就?到此)?完了|(?:讲|汇报|发言)完了)[！!。.]{0,3}"
    r"[ \t\u3000]{0,8}(?:[（(](?:热烈)?(?:鼓掌|掌声)[）)])?[ \t\u3000]{0,8}(?=[\r\n])"
)
_SALUTATION = re.compile(r"尊敬的|敬爱的|亲爱的|各位|同志们|老师们|同学们|朋友们|女士们|先生们|来宾|代表")
_KIND = re.compile(r"讲话|致辞|致词|发言|报告|演讲|主持词|党课|汇报|贺词|讲稿|祝词")
# a salutation that is all its line says, and the line end before it
_SALUTES = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|各位|同志们|老师们|同学们|朋友们|乡亲们|女士们|战友们)[^\r\n。；]{0,60}(?<=[:：])[ \t\u3000]{0,8}(?=[\r\n])"
)
_TITLE = re.compile(
    rf"(?=.*(?:在|[会式礼班]))[^。；！？!?:：]{{4,60}}(?:{_KIND.pattern}|[词辞]|发言材料|发言稿)(?:[（(][^（）()]{{1,30}}[）)])?"
)
# what a chair says of the next speaker is no title: 下面请某某同志发言
_CALLS = re.compile("下面|现在|接下来|首先|其次|最后|然后|请|有请|由|欢迎|感谢|听取|刚才|[一二三四五六七八九十]+、|[（(]|[0-9０-９]")
_TITLE_LINES = 4  # of a title, a date and a speaker before the salutation
_LAST_LINES = 3  # in which a piece closes: below it there may be a name and a date
_NOTES = re.compile(r"(?:注[ \u3000]{0,4}释|后[ \u3000]{0,4}记|目[ \u3000]{0,4}[录錄]|出版说明|编后记)[ \t\u3000]{0,4}(?=[\r\n])")
# one title for all pieces, told apart by the number behind it: 对照检查发言材料（一）
_NUMBERED = re.compile(
    rf"(?:(?<=[\r\n])|\A)[ \t\u3000?*#【]{{0,40}}"
    rf"(?P<title>(?![（(])[^\r\n。；！？]{{4,60}}?(?:{_KIND.pattern}|[词辞稿]|材料)(?:范文|范例|模板)?)[ \t\u3000]{{0,4}}"
    rf"[（(〔［\[【](?:第|之|篇|范文|例文)?(?P<number>{_NUMBER}{{1,3}})[篇份]?[）)〕］\]】][ \t\u3000*]{{0,8}}(?=[\r\n])"
)
_FIRST_NUMBERED = re.compile(r"[话辞词言告讲稿课报料文板例][ \t\u3000]{0,4}[（(〔［\[【](?:第|之|篇|范文|例文)?[1１一][篇份]?[）)〕］\]】]")
# a list of contents: its heading, and what stands around the title in a line of it (1．…………（3）)
_CONTENTS = re.compile(r"(?:(?<=[\r\n])|\A)[ \t\u3000*#【\[]{0,60}目[ \t\u3000]{0,20}[录錄次][】\] \t\u3000*：:]{0,20}(?=[\r\n])")
_ENTRY_NUMBER = re.compile(
    rf"[ \t\u3000·●■◆*#-]*(?:第{_NUMBER}{{1,3}}[篇章节部][：:、\s]?|{_NUMBER}{{1,3}}[、．.，,\s]+"
    rf"|[（(【]{_NUMBER}{{1,3}}[）)】][、．.]?)?[ \t\u3000]*")
_ENTRY_PAGE = re.compile(r"[ \t\u3000.．·•…⋯—–_-]*[（(［\[]?第?[0-9０-９]{0,4}页?[）)］\]]?[ \t\u3000]*\Z")
_ENTRIES = 200  # lines of a list of contents that are read
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_DATE_LINE = re.compile(rf"[（(〔［\[]?{_DATE}[）)〕］\]]?")
_LINE_END = re.compile(r"\r\n|\r|\n")
_GAP = re.compile(r"[\r\n](?:[ \t\u3000]{0,8}[\r\n]){2,200}[ \t\u3000]{0,8}")
_INDENT = " \t\u3000?*#【[（("
_HAN = re.compile(r"[\u3400-\u9fff]")


def starts(text: str) -> list[int]:
    """Offsets (code points) at which the pieces of a collection begin, the first 0; fewer than two mean that it is no collection."""
    if len(text) < 2 * WHOLE_PIECE:
        return []
    for found in (_after_credits(text), _at_dated_titles(text), _at_counts(text), _at_contents(text), _at_numbered_titles(text),
                  _after_thanks(text), _whole_speeches(text)):
        if found:
            return found
    return []


def masthead(text: str) -> list[str]:
    """The lines above all that a collection holds: its title, the bar with day and source, never a sentence or a salutation; without blanks
    around them."""
    found: list[str] = []
    for line in text[:HEAD].splitlines()[: 4 * MASTHEAD_LINES]:
        line = line.strip(_INDENT)
        if "。" in line or len(line) > LINE or len(found) == MASTHEAD_LINES or (line[-1:] in (":", "：") and _SALUTATION.search(line)):
            break
        if line:
            found.append(line)
    return found


def _pieces(text: str, cuts: list[int], least: int) -> list[int]:
    """The cuts with 0 before them, or none where the pieces between them are too few or too small to be speeches."""
    if len(cuts) < least:
        return []
    whole = sorted({0, *cuts})
    if len(whole) > 1 and not text[: whole[1]].strip():
        whole = [0, *whole[2:]]
    sizes = sorted(len(_HAN.findall(text[start:end])) for start, end in pairwise([*cuts, len(text)]))
    if not sizes or sizes[len(sizes) // 2] < TYPICAL_PIECE or sum(size < PIECE for size in sizes) * 4 > len(sizes):
        return []
    return whole


def _after_credits(text: str) -> list[int]:
    """Cuts after credits that end pieces, or before those that begin them."""
    if text.count("出处") < 3 and text.count("原标题") < 3 and text.count("来源：") + text.count("来源:") < 3:
        return []
    by_word: dict[str, list[re.Match[str]]] = {}
    for credit in _CREDIT.finditer(text):
        before = text[max(credit.start() - 1, 0) : credit.start()]
        if before in ("", "\r", "\n", "\u3000", "\t", " "):
            by_word.setdefault(credit.group()[:2], []).append(credit)
    credits = max(by_word.values(), key=len, default=[])
    if len(credits) < 3:
        return []
    if len(_HAN.findall(text[: credits[0].start()])) < PIECE:
        return _pieces(text, [credit.start() for credit in credits], 3)
    ends = [_skip_blank(text, credit.end()) for credit in credits]
    if len(_HAN.findall(text[ends[-1] :])) < PIECE:
        ends.pop()
    return _pieces(text, ends, 2)


def _skip_blank(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _line_start(text: str, position: int, any_words: int = 0) -> int | None:
    """Where the line of `position` begins, if only indentation, or up to `any_words` characters without a stop, stand before it."""
    start = max(text.rfind("\n", max(position - 60, 0), position), text.rfind("\r", max(position - 60, 0), position)) + 1
    if start == 0 and position > 60:
        return None
    before = text[start:position].strip(_INDENT)
    if len(before) > any_words or any(stop in before for stop in "。；，,;第"):
        return None
    return start


def _line_before(text: str, position: int) -> tuple[int, int]:
    """Start and end of the line that ends before the line at `position`."""
    end = position
    while end > 0 and position - end < LINE and text[end - 1] in "\r\n":
        end -= 1
    within = max(end - LINE, 0)
    return max(text.rfind("\n", within, end), text.rfind("\r", within, end), within - 1) + 1, end


def _line_end(text: str, position: int) -> int:
    """Where the line of `position` ends, or LINE characters on: no further, lest a text without line ends be searched again and again."""
    within = min(position + LINE, len(text))
    return min((at for at in (text.find("\n", position, within), text.find("\r", position, within)) if at >= 0), default=within)


def _title_start(text: str, position: int) -> int | None:
    """Where the title that stands over the line at `position` begins: one or two short lines without a stop; None where there is none."""
    found = None
    for _ in range(2):
        start, end = _line_before(text, position)
        line = text[start:end].strip(" \t\u3000?*#")
        if not 2 <= len(line) <= 60 or line[-1] in "。；;，,：:！!）)" or "。" in line or end - start > 80:
            break
        found = start
        if text[end:position].count("\n") + text[end:position].count("\r") > 4:
            break
        position = start
        if start == 0 or text[max(start - 4, 0) : start].strip("\r\n") == "":
            break  # a blank line before it: the title begins here
    return found


def _at_dated_titles(text: str) -> list[int]:
    """Cuts at titles over a date in brackets."""
    if not _DATED.search(text, 0, HEAD):
        return []
    cuts: list[int] = []
    for dated in _DATED.finditer(text):
        line = _line_start(text, dated.start())
        title = _title_start(text, line) if line is not None else None
        if title is not None and (not cuts or title > cuts[-1]):
            cuts.append(title)
    if len(cuts) < 3:
        return []
    found = _pieces(text, _with_like_titles(text, cuts), 3)
    # a volume's notes and list of contents are pieces of their own, not the end of its last speech
    return sorted({*found, *(line for notes in _NOTES.finditer(text) if (line := _line_start(text, notes.start())))}) if found else []


def _with_like_titles(text: str, cuts: list[int]) -> list[int]:
    """The cuts, with those at undated titles that stand after as many blank lines as nearly all the dated ones do."""
    gaps = [len(_LINE_END.findall(text[max(cut - 60, 0) : cut][len(text[max(cut - 60, 0) : cut].rstrip()) :])) for cut in cuts if cut]
    usual = sorted(gaps)[len(gaps) // 5]
    if usual < 3:
        return cuts
    found = set(cuts)
    for gap in _GAP.finditer(text):
        if len(_LINE_END.findall(gap.group())) < usual:
            continue
        end = _line_end(text, gap.end())
        title = text[gap.end() : end].strip(" \t\u3000?*#")
        if 4 <= len(title) <= 60 and title[-1] not in "。；;，,：:！!）)?" and title[0] not in "·〔[（(" and _HAN.search(title):
            found.add(gap.end())
    return sorted(found)


def _at_counts(text: str) -> list[int]:
    """Cuts at lines that count pieces off from one: 讲话稿篇一, 篇二, 范文3. Their counting must be whole."""
    counts_first = _FIRST.search(text, 0, HEAD) is not None
    if not counts_first and "第二篇" not in text and "篇二" not in text:
        return []
    cuts: list[int] = []
    for counted in _COUNTED.finditer(text):
        line = _line_start(text, counted.start(), any_words=40)
        if line is None:
            continue
        told = number(counted.group(1) or counted.group(2))
        if told == len(cuts) + 1:
            cuts.append(line)
        elif told == 2 and not (counts_first or cuts) and _is_whole(text[:line]):
            cuts = [0, line]  # the first has the title of the page instead
        elif told == 1:
            cuts = [line]  # what came before was a list of contents
    return _pieces(text, cuts, 2) or _addressed_pieces(text, cuts if counts_first else cuts[1:], least=1 + counts_first)


def _is_whole(piece: str) -> bool:
    """Whether a piece is a speech with a salutation and last words of its own."""
    return _closes(piece) and _SALUTATION.search(piece, 0, 2 * LINE) is not None


def _addressed_pieces(text: str, cuts: list[int], least: int = 2) -> list[int]:
    """The cuts but the first, with 0 before them, where a salutation stands below each: such pieces are speeches also where they are short
    (主持词, 致辞). None else."""
    if len(cuts) < least or not all(_opens_with_salutation(text, cut) for cut in cuts):
        return []
    if any(len(_HAN.findall(text[start:end])) < WHOLE_PIECE for start, end in pairwise([*cuts, len(text)])):
        return []
    return [0, *cuts[least - 1:]]


def _opens_with_salutation(text: str, position: int) -> bool:
    """Whether a salutation that is all its line says stands below the line at `position`, with a date and a speaker at most between."""
    end = _line_end(text, position)
    found = _SALUTES.search(text, end, end + LINE)
    between = text[end : found.start()] if found else ""
    return found is not None and "。" not in between and len(between.split()) < _TITLE_LINES


def _at_numbered_titles(text: str) -> list[int]:
    """Cuts at lines that are one title and a number in brackets, counted from one on. A speech put out in instalments is headed so, too,
    and goes on under them: each piece but the last closes, or the next one begins with a salutation."""
    if not _FIRST_NUMBERED.search(text, 0, HEAD):
        return []
    cuts: list[int] = []
    title = ""
    for numbered in _NUMBERED.finditer(text):
        told = number(numbered["number"])
        if told == 1:
            cuts, title = [numbered.start()], numbered["title"]  # what came before was a list of contents
        elif cuts and told == len(cuts) + 1 and numbered["title"] == title:
            cuts.append(numbered.start())
    if len(cuts) < 2 or not all(
        _opens_with_salutation(text, _skip_blank(text, cut)) or _closes(text[before:cut]) for before, cut in pairwise(cuts)
    ):
        return []
    return _with_front(text, cuts)


def _with_front(text: str, cuts: list[int]) -> list[int]:
    """The cuts, with 0 before them where anything stands before the first; none where a piece is too small to be a speech."""
    if any(len(_HAN.findall(text[start:end])) < WHOLE_PIECE for start, end in pairwise([*cuts, len(text)])):
        return []
    return [0, *(cuts if text[: cuts[0]].strip() else cuts[1:])]


def _at_contents(text: str) -> list[int]:
    """Cuts at titles that a list of contents names in their order and that come again below it, each over a salutation or the line of a
    speaker: the headings of one long speech, which are listed as well, have neither."""
    contents = _CONTENTS.search(text, 0, HEAD)
    if contents is None:
        return []
    entries_told: list[str] = []
    position = contents.end()
    for _ in range(_ENTRIES):
        position = _skip_blank(text, position)
        end = _line_end(text, position)
        line = text[position:end]
        entry = _words_of(_ENTRY_PAGE.sub("", _ENTRY_NUMBER.sub("", line, count=1), count=1))
        if not line or "。" in line or len(line) > 120 or any(_heads(entry, told) for told in entries_told):
            break  # what comes again is the first title itself
        if len(entry) >= 4:
            entries_told.append(entry)
        position = end
    if len(entries_told) < 2:
        return []
    cuts: list[int] = []
    borne_out = awaited = 0
    while position < len(text) and awaited < len(entries_told):
        start = _skip_blank(text, position)
        end = _line_end(text, start)
        if 0 < end - start <= 80 and (words := _words_of(_ENTRY_NUMBER.sub("", text[start:end], count=1))):
            nth = next((nth for nth in range(awaited, min(awaited + 3, len(entries_told))) if _heads(words, entries_told[nth])), None)
            if nth is not None:
                cuts.append(_line_start(text, start) or start)
                borne_out += _opens_with_salutation(text, start) or _has_byline(text, end)
                awaited = nth + 1
        position = end if end - start < LINE else max(end, _next_line(text, end))
    if len(cuts) < 2 or len(cuts) * 4 < len(entries_told) * 3 or borne_out * 4 < len(cuts) * 3:
        return []
    return _with_front(text, cuts)


def _words_of(line: str) -> str:
    return "".join(_WORDS.findall(line))


def _heads(words: str, entry: str) -> bool:
    """Whether a line is the title that an entry of a list of contents names, which may name the speaker behind it."""
    return words == entry or (len(words) >= 6 and entry.startswith(words) and len(entry) - len(words) <= 20)


def _next_line(text: str, position: int) -> int:
    return min((at for at in (text.find("\n", position), text.find("\r", position)) if at >= 0), default=len(text))


def _has_byline(text: str, position: int) -> bool:
    """Whether the line below the one that ends at `position` names a speaker and no more."""
    start = _skip_blank(text, position)
    return _is_byline(text[start : _line_end(text, start)].strip())


def _is_byline(line: str) -> bool:
    """Whether a line is a name, alone or behind a unit or an office: 县粮食局　王某某, 镇长 李某某."""
    line = " ".join(line.strip(_INDENT + "]）)】").split())
    if not 2 <= len(line) <= 40 or any(stop in line for stop in "。；，！？:：、《“"):
        return False
    told = speakers.speaker_line(line)
    return bool((told and told.name) or speakers.lone_name(line.rpartition(" ")[2]))


def _after_thanks(text: str) -> list[int]:
    """Cuts at a speech's title that comes, with a salutation under it, after the thanks of the speech before."""
    if "谢谢" not in text and "完了" not in text:
        return []
    cuts = []
    for thanks in _THANKS.finditer(text):
        position, title = thanks.end(), None
        for _ in range(7):
            start = _skip_blank(text, position)
            end = _line_end(text, start)
            line = text[start:end].strip(" \t\u3000*#")
            if not line or len(line) > 80:
                break
            if title is not None and line[-1] in ":：" and _SALUTATION.search(line):
                cuts.append(title)
                break
            if "。" in line:
                break
            if title is None and _KIND.search(line) and line[-1] not in "！!，,；;：:":
                title = start
            position = end
    return _pieces(text, cuts, 1)


def _whole_speeches(text: str) -> list[int]:
    """Cuts at the titles of speeches each of which has a title of its own, a salutation under it and, but for the last, a closing at its
    end: such are speeches also where they are short (主持词, 致辞, 表态发言). Titles within a speech have no salutation under them."""
    titles: list[tuple[int, str]] = []
    for salutation in _SALUTES.finditer(text):
        line = _line_start(text, salutation.start())
        title = _title_above(text, line) if line is not None else None
        if title is None or (titles and title[0] <= titles[-1][0]):
            continue
        if titles and not _closes(text[titles[-1][0] : title[0]]):
            return []  # it goes on under what only looks like a title
        titles.append(title)
    cuts = [start for start, _ in titles]
    if len(cuts) < 2 or len({words for _, words in titles}) < len(cuts) or len(_HAN.findall(text[: cuts[0]])) >= WHOLE_PIECE:
        return []
    if any(len(_HAN.findall(text[start:end])) < WHOLE_PIECE for start, end in pairwise([*cuts, len(text)])):
        return []
    return sorted({0, *cuts[1:]})


def _title_above(text: str, position: int) -> tuple[int, str] | None:
    """Where the title of a speech begins, and its words, that stands over the salutation at `position`, with a date and a speaker at most
    between them. What stands over the line of a speaker is a title whatever it says: 把秤杆端平 / 县粮食局 王某某."""
    named = False
    for _ in range(_TITLE_LINES):
        start, end = _line_before(text, position)
        line = text[start:end].strip(_INDENT + "]）)】")
        if not line or len(line) > 60 or "。" in line or end == 0:
            return None
        if _TITLE.fullmatch(line) and not _CALLS.match(line):
            return start, line
        if named and len(line) >= 4 and line[-1] not in "；;，,：:、" and not _CALLS.match(line) and not line.startswith(("—", "-", "―")) \
                and not _DATE_LINE.fullmatch(line):
            return start, line
        named = named or _is_byline(line)
        position = start
    return None


def _closes(piece: str) -> bool:
    """Whether a speech ends with words as speeches close with, a signature below them aside."""
    lines = [line.rstrip() for line in piece[-2 * LINE :].splitlines() if line.strip()][-_LAST_LINES:]
    return any(line[-1] in "。！!.？?" and any(words in line[-80:] for words in entries("closings.txt")) for line in lines)
