"""Endings: with which paragraph a speech ends, and what stands below its last words: annexes, comments, other texts, imprints."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from flows.normalize import boundaries, furniture
from flows.normalize.boundaries import (
    CHINESE_STOP,
    ENDS_MOST,
    FINISHED,
    HEADING,
    LAST_WORDS,
    PART,
    TITLE_LIKE,
    ends_page,
    is_closing,
    is_courtesy,
    is_page,
    is_prose,
    speaks,
)
from flows.normalize.paragraphs import HAN_NUMBERS, Paragraph
from flows.normalize.salutations import is_salutation

PAGE_REACH = 60         # paragraphs from the bottom among which the page's own parts are looked for
SPOKEN_LEAST = 120      # characters of prose that are taken for the speech's rather than for a reader's
IMPRINT_REACH = 12      # paragraphs from the bottom among which an imprint is looked for
IMPRINT_MOST = 400      # characters of a line of an imprint
LISTED_LEAST = 3        # headlines with their days below a speech that are a list of other texts
HEADLINED_MOST = 80     # characters of such a headline
STAMP_MOST, STAMP_BELOW = 20, 2         # characters of a line with a time, and lines up to the headline above it
APPENDED_LEAST = 12     # characters of what a paper adds below a speech, label and all,
APPENDED_LABEL = 10     # and of the label
GLOSSARY_LEAST = 3      # explained terms that make a glossary after a plain closing
GLOSSARY_PLAIN = 8      # ... and without one
REPORT_REACH = 6        # paragraphs at the end of a release that report on the event
# What the paper of a lesson has below the thanks: 课后思考题：…
ASSIGNED = re.compile(r"[（(【\[]?(?:课后|会后|课堂|党课|学习)?(?:思考|讨论|复习|练习)"
                      r"(?:题目?|与(?:讨论|思考|练习))[】\])）]?(?:$|\s*[：:])"
                      r"|(?:课后|会后)作业\s*[：:]")
ASSIGNED_REACH = 8      # paragraphs from the bottom in which such lines are looked for
PIECE_LEAST = 8         # characters of the last piece of a speech that a site breaks off
HEADLINE_MOST = 40      # characters of a heading, or of the headline of another page, at most
PIECE_BELOW_HEADING = 20        # characters of one below the heading of a part
ENTRIES_LEAST = 2       # headlines beside one that make a list of other texts
CUT_BETWEEN = 8         # characters of lines cut between two paragraphs
TERM = re.compile(r"[（(\[【〔［]?[0-9]{1,3}(?:[）)\]】〕］]|[.．、:：])?\s*[“《\"]?[^。；！]{1,64}[：:]|"
                  r"[①-⑳]|[\[【〔［][0-9]{1,3}[\]】〕］]")
NUMBER = re.compile(r"[（(\[【〔［]?([0-9]{1,3})")
COUNTED_ALOUD = re.compile("第([一二三四五六七八九十]{1,2})[，、,]")
ORDER = {number: place for place, number in enumerate(HAN_NUMBERS, 1)}
_EVENT = "(?:会|论坛|活动|仪式|典礼|晚宴|宴席)"
# who led a meeting, who came and who spoke: the last sentences of a report on it
OF_THE_DAY = re.compile(r"^(?:本次|此次|这次|当天|整个)?(?:会议|大会|活动|仪式|座谈会|动员会)由[^，。；]{2,30}主持"
                        r"|^会上，[^。]{2,80}(?:发言|通报|汇报|表态|宣读|解读)"
                        r"|(?:出席|参加|列席|见证)(?:了|本次|此次|这次|是[次项]|该[次项]|当[天日晚]的?)?"
                        r"(?:会议|大会|盛会|活动|仪式|典礼|座谈会?|动员会|酒会|晚宴|启动礼|开幕[礼式])。?(?:（[^（）]{2,30}）)?$"
                        r"|^(?:其他|同场|一同|陪同)?(?:出席|参加|列席)(?:会议|大会|活动|仪式|典礼|酒会|晚宴|启动礼|开幕[礼式])的"
                        r"(?:其他|还有|[^，。；]{0,8}(?:包括|[还计]有))"
                        # who held it, and what else was on that day
                        rf"|^[^，。；我]{{0,10}}?{_EVENT}由[^，。；我]{{2,40}}(?:主办|举办|承办|协办|发起)"
                        r"|^(?:当[天日晚]|席间|[会宴]后)，?(?:[^，。；]{2,12}，)?(?:大会|会议|现场|嘉宾们?)?还(?:举行|举办|进行|开展|安排|表演)了"
                        rf"|^据(?:了解|悉|介绍)，[^，。；我]{{0,12}}{_EVENT}")
THANKS = re.compile("[感多致]谢|谢谢")
# What a reader writes below a text, which ends like an address: 收藏了，谢谢各位！
READER_THANKS = re.compile("(?:求|跪求|蹲|顶|赞|路过|学习|收藏|受教|支持|好文|沙发|板凳|已阅|拜读|围观|楼主|[写说讲发]得)[^。；：]{0,30}"
                           "(?:谢谢|感谢|多谢)[^。；：]{0,8}[！!]?$")
LAST_SIGN = re.compile("谢|散会|安息|结束|完[了毕]|指正|指教|评议|审议")
IMPRINT_CUE = re.compile("[：:]|[日份]")
STAMPED = re.compile(r"\d{1,2}:\d\d|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|[(（]\d{1,6}[)）]")
_CLOCK_DAY = r"(?:19|20)\d\d([-/.])\d{1,2}\%d\d{1,2}(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
_AGO = r"\d{1,2}\s?(?:分钟|小时|天|周|个月)前"
STAMP = re.compile(rf"[（(【\[]?(?:{_CLOCK_DAY % 1}|(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:\s+\d{{1,2}}:\d\d)?|{_AGO})[）)】\]]?")
DATED_HEADLINE = re.compile(rf"(?!\d)[^。；\n]{{4,60}}?(?:[\s（(【\[]*(?<![至到~])(?:{_CLOCK_DAY % 1}|{_AGO})"
                            rf"|[\s（(【\[]+(?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01]))[）)】\]]?"
                            rf"|[（(【\[]?{_CLOCK_DAY % 2}[）)】\]]?\s*(?![\s，。、；\d])[^。；\n]{{4,60}}(?<![！？，、：])")
# Who wrote a comment, when to the minute, and what.
_POSTED = re.compile(r"[^\s，。；：:！？]{1,16}?\s*[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s*[:：]\s*\S")
WISHES = re.compile("[祝愿盼]|让我们|希望|[有恳敬]请|请(?=[^柬帖])|谢谢|[感多致]谢|敬礼|必须|[应务]必|[需还更]要")
QUOTED = re.compile("“[^“”]*”")
THIRD_PERSON = re.compile("[他她]|记者|掌声")
BREAKS_OFF = re.compile(r"[\u4e00-\u9fff\d，、%]")
FULL_STOP = re.compile("[。；;]")
LABELLED = re.compile("[^。，；！？：:]{1,12}[：:]|https?:|www[.]")
PLAIN_CLOSING = re.compile("谢谢|让我们|各位代表|同志们|奋斗|贡献|完毕|祝|辉煌|篇章|奋勇前进")


def last_paragraph(paragraphs: Sequence[Paragraph], first: int, ends: Sequence[int] = (), walls: Sequence[int] = (),
                   stamps: Sequence[int] = ()) -> int:
    """The paragraph with which the speech ends; smaller than `first` where nothing is one. `ends`: where in the text lines stood for
    which `ends_page` holds, in order; `walls`: the same of furniture.keeps_back; `stamps`: of is_stamp."""
    number = min(_annex(paragraphs, first), _page_end(paragraphs, first, sorted([*ends, *walls]) if walls else ends, stamps)) - 1
    while number >= first and not is_closing(paragraphs[number]) \
            and (not _can_end(paragraphs[number]) or _is_entry(paragraphs, first, number)) \
            and not (is_cut_off(paragraphs, number, walls) and (_is_piece(paragraphs[number]) or _is_item(paragraphs, number))) \
            and not (number == len(paragraphs) - 1 and (_breaks_off(paragraphs, first, number) or _is_item(paragraphs, number))):
        number -= 1
    # what follows the thanks and in which nobody speaks is a report on the day, not the speech
    for each in range(max(first, number - 12), number):
        if is_closing(paragraphs[each]) and not any(speaks(later.view) for later in paragraphs[each + 1:number + 1]):
            return each
    # the same where the thanks end a paragraph, and all that follows tells of the event, or of what came after it
    for each in range(max(first, number - REPORT_REACH), number):
        if LAST_WORDS.search(paragraphs[each].view[-24:]) and (
                all(map(_is_report, paragraphs[each + 1:number + 1])) or _tells_on(paragraphs[each + 1:number + 1])):
            return each
    # ... or asks those who came to think it over
    for each in range(max(first, number - ASSIGNED_REACH), number):
        if LAST_WORDS.search(paragraphs[each].view[-24:]) and ASSIGNED.match(paragraphs[each + 1].view) \
                and not any(map(_is_spoken_on, paragraphs[each + 1:number + 1])) \
                and not any(is_salutation(later.view[:4]) or "我" in later.view for later in paragraphs[each + 2:number + 1]):
            return each
    signed = (each for each in range(max(first, number - PAGE_REACH), number) if LAST_SIGN.search(paragraphs[each].view[-24:]))
    return next((each for each in signed if _is_last_word(paragraphs, first, each, number)), number)


def is_cut_off(paragraphs: Sequence[Paragraph], number: int, walls: Sequence[int]) -> bool:
    """Whether nothing stands between a paragraph and one of `walls`, where in the text the site breaks it off, in order."""
    at = bisect_left(walls, paragraphs[number].lines[-1].end)
    return at < len(walls) and (number + 1 >= len(paragraphs) or walls[at] <= paragraphs[number + 1].lines[0].start)


def _is_piece(paragraph: Paragraph) -> bool:
    """Whether a paragraph that does not end as sentences do can be the last piece of a speech that was broken off."""
    view = paragraph.view
    return len(view) >= PIECE_LEAST and (HEADING.match(view) is not None or "，" in view or "、" in view) \
        and TITLE_LIKE.search(view) is None and not (is_page(paragraph) or is_salutation(view))


def _is_item(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph is an item of a list that is not at its end (请局长介绍情况；), below others or below a line that announces
    them."""
    return number > 0 and paragraphs[number].view[-1] in "；;" and paragraphs[number - 1].view[-1] in "；;：:"


def _breaks_off(paragraphs: Sequence[Paragraph], first: int, number: int) -> bool:
    """Whether the document itself breaks off in its last paragraph, before the first stop: at a comma, in the midst of a long clause in
    which somebody speaks, in the first clauses below a heading, or with the heading that is next. Names, labels and headlines of other
    pages, which have no stop either, are none of these."""
    view, before = paragraphs[number].view, paragraphs[number - 1].view if number > first else ""
    if BREAKS_OFF.search(view[-1]) is None or LABELLED.match(view) or TITLE_LIKE.search(view) or is_salutation(view) \
            or is_imprint(view) or furniture.is_lead(view) or is_page(paragraphs[number]) or _tells_of_the_day(view):
        return False
    if (match := COUNTED_ALOUD.match(view)) and len(view) >= PIECE_BELOW_HEADING and "，" in view[match.end():] \
            and _follows(match, paragraphs[first:number]):
        return True
    if HEADING.match(view) and len(view) < HEADLINE_MOST:
        begins = (match := PART.match(view)) is not None and "一" in match.groups() and before.endswith("：")
        return begins or counts_on(view, *counted(paragraph.view for paragraph in paragraphs[first:number]))
    if view[-1] in "，、":
        return len(view) >= PIECE_LEAST
    if "，" not in view:
        return False
    is_headed = HEADING.match(before) is not None and len(before) < HEADLINE_MOST
    return len(view) >= (PIECE_BELOW_HEADING if is_headed else HEADLINE_MOST) and (is_headed or speaks(view))


def _follows(match: re.Match[str], before: Sequence[Paragraph]) -> bool:
    """Whether the number of a point counted aloud (第三，…) follows that of the last one before it, of which there is one."""
    last = next((found for paragraph in reversed(before) if (found := COUNTED_ALOUD.match(paragraph.view))), None)
    return last is not None and ORDER.get(match[1], 0) == ORDER.get(last[1], 0) + 1 > 1


def _is_report(paragraph: Paragraph) -> bool:
    """Whether a paragraph is of a report on the event, in which nobody speaks, calls or wishes."""
    view = paragraph.view
    return len(view) >= 16 and view[-1] == "。" and HEADING.match(view) is None and WISHES.search(view) is None \
        and not speaks(view) and boundaries.lexicon().lead.occur(paragraph.form)


def _tells_on(later: Sequence[Paragraph]) -> bool:
    """Whether what stands below the last words tells what came after them (大会结束后，她没有留下来吃饭): of the speaker as of another one,
    and in which nobody speaks but in quotation marks."""
    said = [QUOTED.sub("", paragraph.view) for paragraph in later]
    return boundaries.lexicon().aftermath.match(later[0].form) is not None and THIRD_PERSON.search(said[0]) is not None and not any(
        HEADING.match(view) or WISHES.search(view) or speaks(view) for view in said)


def _is_last_word(paragraphs: Sequence[Paragraph], first: int, place: int, number: int) -> bool:
    """Whether the paragraph at `place` ends with the last words of a speech, and what follows it up to `number` is the page's and its
    readers': something of the page stands next to it, and nobody speaks on."""
    if not (LAST_WORDS.search(paragraphs[place].view[-24:]) or is_closing(paragraphs[place]) or is_courtesy(paragraphs[place])):
        return False
    later = paragraphs[place + 1:number + 1]
    said = sum(len(paragraph.view) for paragraph in paragraphs[first:place + 1])
    part, point = counted(paragraph.view for paragraph in paragraphs[first:place + 1])
    if sum(len(paragraph.view) for paragraph in later) * 2 > said or any(_is_spoken_on(each) or counts_on(each.view, part, point)
                                                                         for each in later):
        return False
    gap = later[0].lines[0].start - paragraphs[place].lines[-1].end > CUT_BETWEEN
    return gap or any(is_page(each) or ends_page(each.view) or STAMPED.search(each.view) or not is_prose(each) for each in later[:2])


def _annex(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where the notes, annexes and comments after the speech begin; the number of paragraphs where there are none."""
    sizes = [len(paragraph.view) for paragraph in paragraphs]
    total, seen = sum(sizes[first:]), 0
    for number in range(first, len(paragraphs)):
        size, view = sizes[number], paragraphs[number].view
        if ((size <= 60 and view[-1] not in "。！；，") or view[0] in "注脚尾") and number > first and seen * 10 >= total * 3 \
                and boundaries.lexicon().annex.fullmatch(paragraphs[number].form[:60]):
            return number
        if size > APPENDED_LEAST and "：" in view[:APPENDED_LABEL] and number > first and seen * 10 >= total * 3 \
                and boundaries.lexicon().appended.match(paragraphs[number].form) and not any(map(_is_said_on, paragraphs[number:])):
            return number
        seen += size
    return _glossary(paragraphs, first)


def _is_said_on(paragraph: Paragraph) -> bool:
    """Whether somebody speaks to his hearers, or for himself, in a paragraph, beside what it quotes."""
    return is_salutation(paragraph.view) or HEADING.match(paragraph.view) is not None or is_closing(paragraph) \
        or speaks(QUOTED.sub("", paragraph.view))


def _glossary(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where a list of explained terms without a heading begins: numbered from one, to the end, each a term and a colon."""
    number, count = len(paragraphs), len(paragraphs)
    while number > first and (TERM.match(paragraphs[number - 1].view)
                              or (number > count - 12 and not is_prose(paragraphs[number - 1]))):
        number -= 1
    numbers = {each: int(match[1]) for each in range(number, count)
               if TERM.match(paragraphs[each].view) and (match := NUMBER.match(paragraphs[each].view))}
    for begin in (each for each, found in numbers.items() if found == 1 and each - first >= 3):
        following = [found for each, found in numbers.items() if each >= begin]
        if not all(low < high for low, high in pairwise(following)):
            continue
        before = paragraphs[begin - 1].view
        closed = before[-1] not in "：:；" and PLAIN_CLOSING.search(before[-400:]) is not None
        if len(following) >= (GLOSSARY_LEAST if closed else GLOSSARY_PLAIN):
            return begin
    return count


def _page_end(paragraphs: Sequence[Paragraph], first: int, ends: Sequence[int], stamps: Sequence[int] = ()) -> int:
    """Where what others wrote below the speech, or what the page offers next, begins; the number of paragraphs where nothing does."""
    count = len(paragraphs)
    places = [number for number in range(max(first + 1, count - PAGE_REACH), count)
              if len(view := paragraphs[number].view) <= ENDS_MOST and view[-1] not in "。！？；，" and ends_page(view)]
    places += [number for number in range(max(first + 1, count - IMPRINT_REACH), count) if is_imprint(paragraphs[number].view)]
    if not any(_is_comment(paragraph.view) for paragraph in paragraphs[first:max(first + 1, count - PAGE_REACH)]):
        # in the record of a talk every turn is dated so
        places += [number for number in range(max(first + 1, count - PAGE_REACH), count) if _is_comment(paragraphs[number].view)][:1]
    if first < count:
        places += [bisect_left(paragraphs, end, key=lambda paragraph: paragraph.lines[0].start) for end in ends]
    listed = _listed(paragraphs, first, stamps)
    places += listed[:1]
    total = sum(len(paragraph.view) for paragraph in paragraphs[first:])
    for number in sorted(each for each in places if first < each < count):
        # how long the summaries are in a list of other texts says nothing of what stands above it
        of_list = {each for head in listed for each in (head, head + 1)} if listed and number == listed[0] else set()
        rest = total - sum(len(paragraphs[each].view) for each in of_list if each < count)
        seen = sum(len(paragraph.view) for paragraph in paragraphs[first:number])
        part, point = counted(paragraph.view for paragraph in paragraphs[first:number])
        if seen * 10 >= rest * 3 and not any(
                counts_on(each.view, part, point)
                or (_is_spoken_on(each) and (place not in of_list or is_salutation(each.view) or speaks(each.view)))
                for place, each in enumerate(paragraphs[number:], number)):
            return number
    return count


def is_imprint(view: str) -> bool:
    """Whether a line below a speech tells to whom the paper that holds it goes, or who printed it: 送：各部门。"""
    return len(view) <= IMPRINT_MOST and view[-1] not in "！？；，" and IMPRINT_CUE.search(view[:60]) is not None \
        and boundaries.lexicon().imprint.fullmatch(furniture.folded(view)) is not None


def _is_comment(view: str) -> bool:
    """Whether a line is what somebody wrote below a page, with the name and the time: 过路人 2012-03-05 10:20：修得好！"""
    return _POSTED.match(view) is not None


def _listed(paragraphs: Sequence[Paragraph], first: int, stamps: Sequence[int]) -> list[int]:
    """The headlines of a list of other texts below the speech, each with the day on which its text was put out or a line with nothing but
    that below it or below its summary; none where there are too few of them."""
    count = len(paragraphs)
    low = max(first + 1, count - PAGE_REACH)
    heads = {number for number in range(low, count) if _is_dated_headline(paragraphs[number].view)}
    for stamp in stamps:
        below = bisect_left(paragraphs, stamp, key=_starts)
        near = range(below - 1, max(low, below - STAMP_BELOW) - 1, -1)
        head = next((number for number in near if FINISHED.search(paragraphs[number].view[-6:]) is None
                     and not is_stamp(paragraphs[number].view)), None)
        heads |= {head} if head is not None and len(paragraphs[head].view) <= HEADLINED_MOST else set()
    return sorted(heads) if len(heads) >= LISTED_LEAST else []


def _starts(paragraph: Paragraph) -> int:
    return paragraph.lines[0].start


def is_stamp(view: str) -> bool:
    """Whether a line is nothing but the time at which something was put out, as a program writes it: 2021-06-01, [06-01], 3小时前."""
    return len(view) <= STAMP_MOST and STAMP.fullmatch(view) is not None


def _is_dated_headline(view: str) -> bool:
    """Whether a line is one of a list of other texts: what one is called, and the day on which it was put out, as a program writes it
    (某镇召开防汛会2021-06-01, [2021/6/1] 某镇召开防汛会)."""
    return len(view) <= HEADLINED_MOST and DATED_HEADLINE.fullmatch(view) is not None


def counted(views: Iterable[str]) -> tuple[int, int]:
    """The numbers of the last part and of the last point (一、 and （一）) among paragraphs; 0 where none is counted."""
    part = point = 0
    for view in views:
        match = PART.match(view)
        if match and match[1]:
            part, point = ORDER.get(match[1], 0), 0
        elif match:
            point = ORDER.get(match[2], 0)
    return part, point


def counts_on(view: str, part: int, point: int) -> bool:
    """Whether a line carries the next number after those of `counted`."""
    match = PART.match(view)
    return match is not None and ((part > 0 and ORDER.get(match[1] or "") == part + 1)
                                  or (point > 0 and ORDER.get(match[2] or "") == point + 1))


def _is_spoken_on(paragraph: Paragraph) -> bool:
    """Whether a speech plainly goes on in a paragraph: nothing of the kind is said below one."""
    view = paragraph.view
    if is_imprint(view) or READER_THANKS.match(view) or _is_comment(view):
        return False
    return is_salutation(view) or (HEADING.match(view) is not None and CHINESE_STOP.search(view) is not None) \
        or is_closing(paragraph) or (len(view) > SPOKEN_LEAST and is_prose(paragraph) and not is_page(paragraph))


def _can_end(paragraph: Paragraph) -> bool:
    """Whether a speech can end with a paragraph: with a full stop, or cut off in the middle of its sentences, and not the page's."""
    view = paragraph.view
    if is_salutation(view) and len(view) < 12 and view[-1] not in "！!":
        return False
    if FINISHED.search(view[-6:]):
        if view[-1] in "）)…”’】" and not CHINESE_STOP.search(view[:-1]):
            return False
    elif len(view) < 20 or not CHINESE_STOP.search(view):
        return False
    return not (is_page(paragraph) or furniture.is_lead(view) or _tells_of_the_day(view))


def _is_entry(paragraphs: Sequence[Paragraph], first: int, number: int) -> bool:
    """Whether a paragraph with which a speech might end is one of a list of other texts instead, which ask and exclaim and have no full
    stop: 电梯卡能不能收费？律师这样说. Such a list has a mark before each, or several that do not end beside one another."""
    if not _is_headline(paragraphs[number]):
        return False
    view = paragraphs[number].view
    marked = furniture.BULLET.match(view) is not None
    if view[-1] in "！!" and not marked:
        return False            # the last of four lines of verse
    around = 0
    for step in (-1, 1):
        other = number + step
        while first <= other < len(paragraphs) and around < ENTRIES_LEAST and _is_headline(paragraphs[other]) \
                and (marked or FINISHED.search(paragraphs[other].view[-6:]) is None) \
                and (furniture.BULLET.match(paragraphs[other].view) is not None) == marked:
            around += 1
            other += step
    return around >= (1 if marked else ENTRIES_LEAST)


def _is_headline(paragraph: Paragraph) -> bool:
    """Whether a paragraph can be what another text is called in a list: short, no full stop and no heading of a part."""
    view = paragraph.view
    return len(view) <= HEADLINED_MOST and FULL_STOP.search(view) is None and view[-1] not in "：:，,、" \
        and not (paragraph.lines[0].heading or HEADING.match(view) or is_salutation(view) or speaks(view))


def _tells_of_the_day(view: str) -> bool:
    """Whether a paragraph tells of the meeting what its speakers have no need to tell: who led it, who came."""
    return OF_THE_DAY.search(view[:200]) is not None and not speaks(view) and THANKS.search(view) is None
