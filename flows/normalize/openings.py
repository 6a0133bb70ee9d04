"""Openings: with which paragraph a speech begins, and what stands above its first words: leads, covering notes, columns, offers."""
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.normalize import boundaries, furniture
from flows.normalize.boundaries import (
    CHINESE_STOP,
    HEADING,
    LEADER,
    STATEMENT_MOST,
    TITLE_LIKE,
    announces,
    is_page,
    is_prose,
    is_turn,
    kind,
    speaks,
)
from flows.normalize.paragraphs import Paragraph
from flows.normalize.salutations import CHAIR, first_greeted, is_addressed, is_salutation, label_end

HEAD_REACH = 60         # paragraphs from the top among which a salutation is looked for; menus, which are of any length, are not counted
LINK_MOST = 12          # characters of what a menu names
OWN_LEAST = 40          # characters in which somebody speaks, before a salutation, that make it one within the speech
LEAD_MOST = 600         # ... or of any prose: no news lead is longer
NOTICE_MOST = 300       # ... unless a title parts it from the salutation: a notice or a resolution with which the speech was sent out
OWN_ENOUGH = 1500       # ... after which no salutation is looked for any more
TOLD_MOST = 200         # characters of a note on whose speech it is, by whoever put it up
COVER_REACH = 12        # paragraphs from the salutation of a covering note to that of the speech, at most
COVER_MOST = 300        # characters of a covering note
BESIDE_MOST = 120       # characters of a notice, or of the beginning of another speech, in a column beside this one
BESIDE_REACH = 24       # paragraphs from it to the address of the speech, at most
BESIDE_LEAST = 4        # names of that column below a notice
BESIDE_NAME = 24        # characters of such a name
OFFER_REACH = 3         # paragraphs from what a collection says of its samples to the salutation of the first, at most
TITLE_LEAST = 8         # characters of a title that a sentence does not hold by chance
FIRST = frozenset("一1")
NUMBERED = re.compile(r"第?([一二三四五六七八九十]{1,3})(?:[、．.]|部分)|[（(]([一二三四五六七八九十]{1,3})[）)]|([1-9]\d?)[、．.](?!\d)")
LEAD_IN = re.compile("(?:全文|讲话|致辞|致词|演讲|原文|实录|发言|谈话|内容|要点)(?:全文|摘要|实录|内容|要点)?(?:发表|刊登|刊发)?"
                     "如下[:：。]?$|以下[是为系][^。，]{0,20}(?:全文|内容|实录|讲话|致辞|摘要)[。:：]?$|"
                     "现将[^。]{0,30}(?:摘登|刊登|刊发|摘发|印发|发表|公布|转发)|"
                     "在[^。]{2,40}(?:会|会议|仪式|论坛)上?(?:作|发表)?[^。，]{0,8}(?:讲话|报告|致辞|致词|发言|演讲)。?$|"
                     "^[（(]?(?:本报|本网|本台|新华社|中新社|新华网|人民网|央视网)[^。]{0,30}(?:讯|电)|摄[）)。]?$")
_SITE_BEHIND = re.compile(r"\s*[-_|｜–—]+\s*")        # what parts a title from the name of the site
# A text is named, then who spoke it where: 翻出一份旧稿，是某年老站长在开工典礼上讲的
WHOSE = re.compile(r"(?:稿子?|讲话|发言|致[辞词]|报告|演讲|谈话|文字|录音|本文|此文|这|下面|以下)[，,]?(?:就?是|系|为)"
                   r"[^。；！？]{0,60}?在[^。；！？]{2,60}?(?:上|时|中|会)(?:所?[讲说作做](?:的|过的)|的(?:[一那这][篇次个份段番]|即席|即兴)?"
                   r"(?:讲话|发言|致[辞词]|演讲|报告|谈话|讲稿|发言稿|讲话稿))(?!精神)")
# What stands above the words of whoever edits a page, on a line of its own
EDITORS = re.compile("[【〔（(\\[]?(?:编者?[按语]|编者的话|编前(?:语|按|的话)?|开[栏篇]的?[话语]|编辑(?:导语|按语|手记)|主持人语"
                     "|卷首语|写在前面(?:的话)?)[】〕）)\\]]?[：:]?")
KEPT = re.compile("[抄贴]|(?<!纪)录(?!取)|整理|翻[出到找箱检]|留[个作下做]|(?:珍|保|收)[藏存]|发[出上]来")


def first_paragraph(paragraphs: Sequence[Paragraph]) -> tuple[int, bool]:
    """The paragraph with which the speech begins (their number, if with none), and whether that is in doubt."""
    start: int | None = None
    prose: list[int] = []           # paragraphs of prose before a salutation
    own = total = 0                 # characters of them in which somebody speaks, and all
    reach = 0
    for number, paragraph in enumerate(paragraphs):
        view = paragraph.view
        reach += len(view) > LINK_MOST
        if reach > HEAD_REACH:
            break
        if is_turn(view) and any(is_turn(other.view) for other in paragraphs[number + 1:]):
            return number, bool(prose)
        if is_salutation(view) or is_addressed(view) or label_end(view):
            if (view[-1] in "….…" and _is_preview(paragraphs, number)) or _offers_title(paragraphs, number):
                continue
            if own < OWN_LEAST and not is_salutation(view) and _is_beside(paragraphs, number):
                continue
            # what stands before it is the speech only where somebody speaks in it
            apart = bool(prose) and _is_separated(paragraphs, prose[-1], number)
            if start is None or (own < OWN_LEAST and total < LEAD_MOST) or (apart and own < NOTICE_MOST):
                if start is not None and not apart and _takes_up(paragraphs[start:number]):
                    return start, False
                if start is not None and not apart and _closes_with(paragraphs, number, prose):
                    return start, True
                below = _below_cover(paragraphs, number)
                return first_greeted(paragraphs, below), bool(prose) or below > number
            return _after_lead(paragraphs, start, prose), apart or number - start <= 3
        if own < OWN_LEAST and announces(view) and number + 1 < len(paragraphs):
            start, prose, own, total = None, [], 0, 0           # what stands above it is the release's
            continue
        if not is_prose(paragraph) or furniture.is_lead(view) or is_page(paragraph) or _is_abstract(paragraphs, number) \
                or _offers_samples(paragraphs, number) or _offers_title(paragraphs, number):
            if start is None and HEADING.match(view) and _leads_to_prose(paragraphs, number) and not _comes_again(paragraphs, number):
                start = number
            continue
        prose.append(number)
        if start is None:
            start = number
        total += len(view)
        if speaks(view):
            own += 0 if _tells_whose(view) or _is_posted(view) or _is_editors(paragraphs, number) else len(view)
        if total > OWN_ENOUGH:
            break
    if start is None:
        return len(paragraphs), False
    start = _after_lead(paragraphs, start, prose)
    if start > 0 and CHAIR.fullmatch(paragraphs[start - 1].form):
        return start - 1, False
    while start > 0 and (_is_short_sentence(paragraphs[start - 1]) or _is_heading(paragraphs[start - 1])):
        start -= 1
    return start, False


def _is_posted(view: str) -> bool:
    """Whether a paragraph above the salutation is of whoever posts the text, which was given or written, and asks what others think of it:
    今天讲完了，贴出来请各位指正，人名都隐了。"""
    known = boundaries.lexicon()
    return len(view) <= TOLD_MOST and all(each.search(view) for each in (known.posted, known.given, known.readers))


def _tells_whose(view: str) -> bool:
    """Whether a paragraph above the salutation tells, in the words of whoever kept the text, whose speech it is and where it was given:
    这份旧稿是2003年5月6日老县长王某在动员会上讲的，我录下来留个念想。"""
    return len(view) <= TOLD_MOST and KEPT.search(view) is not None and WHOSE.search(view) is not None


def _is_editors(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph above the salutation is the editor's, by the label on the line above it: 编者按 / 本期讲稿我们一字未改。"""
    return number > 0 and len(paragraphs[number].view) <= STATEMENT_MOST and EDITORS.fullmatch(paragraphs[number - 1].view) is not None


def _takes_up(before: Sequence[Paragraph]) -> bool:
    """Whether what stands before an address takes up a text whose beginning another page has: the first of its parts that is counted is a
    later one (三、…). No news lead, no summary and no table of contents begins to count there."""
    first = next((match for paragraph in before if (match := NUMBERED.match(paragraph.view))), None)
    return first is not None and (first[1] or first[2] or first[3]) not in FIRST


def _closes_with(paragraphs: Sequence[Paragraph], number: int, prose: Sequence[int]) -> bool:
    """Whether the paragraph at `number` addresses the hearers once more at the end of a text whose beginning another page has: it goes on
    behind the address, none of the paragraphs of `prose` before it is news, and they are more than it and all that follows."""
    if len(prose) < 2 or is_salutation(paragraphs[number].view) or label_end(paragraphs[number].view) \
            or any(_is_news(paragraphs[each]) or furniture.weight(paragraphs[each].form) >= 2 for each in prose):
        return False
    rest = sum(len(each.view) for each in paragraphs[number:] if is_prose(each) and not is_page(each))
    return sum(len(paragraphs[each].view) for each in prose) > rest


def _below_cover(paragraphs: Sequence[Paragraph], number: int) -> int:
    """The salutation of the speech where that at `number` greets those to whom somebody sends it: between the two he says so, and the
    title stands above the second."""
    near = paragraphs[number + 1:number + COVER_REACH]
    second = next((place for place, paragraph in enumerate(near) if is_salutation(paragraph.view)), None)
    if second is None:
        return number
    title = next((place for place, paragraph in enumerate(near[:second])
                  if TITLE_LIKE.search(paragraph.view) and not is_prose(paragraph)), None)
    said = near[:title] if title is not None else []
    sent = boundaries.lexicon().cover
    covers = any(sent.search(paragraph.form) for paragraph in said) and sum(len(one.view) for one in said) <= COVER_MOST
    return number + 1 + second if covers else number


def _is_separated(paragraphs: Sequence[Paragraph], prose: int, number: int) -> bool:
    """Whether a title, a date or a speaker stands between prose and what follows it."""
    return any(kind(each) == "metadata" for each in paragraphs[prose + 1:number])


def _is_short_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph is too short to open a speech by itself, and yet spoken: 现在开会。"""
    view = paragraph.view
    return 3 < len(view) < 12 and view[-1] in "。！" and not is_page(paragraph) and kind(paragraph) == "furniture" \
        and not furniture.is_lead(view)


def _is_heading(paragraph: Paragraph) -> bool:
    """Whether markup shows a paragraph to be a heading within the speech, not its title."""
    line = paragraph.lines[0]
    return line.heading and not line.title and kind(paragraph) == "furniture" and not is_page(paragraph)


def _is_abstract(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph only gives the beginning of one of the next, as descriptions at the top of a page do."""
    opening = paragraphs[number].view.rstrip(".…。")[:40]
    return len(opening) >= 20 and any(opening in later.view[:400] for later in paragraphs[number + 1:number + 9])


def _is_preview(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph gives the title, the address and the first words in one, which stand below once more and as they should: what a
    viewer of documents shows above one."""
    said = paragraphs[number].view.rstrip(".…")
    words = said[said.find("：") + 1:][:40]
    return len(words) >= 20 and any(later.view.startswith(words) for later in paragraphs[number + 1:number + 17])


def _is_beside(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph that addresses somebody stands in a column beside the speech, whose address is a line of its own further down:
    the beginning of another speech, which breaks off (同学们，今天……), before a title; or a notice, below which that column goes on with
    several names and nothing is said."""
    view = paragraphs[number].view
    if len(view) > BESIDE_MOST:
        return False
    below = paragraphs[number + 1:number + 1 + BESIDE_REACH]
    salutation = next((place for place, each in enumerate(below) if is_salutation(each.view)), 0)
    between = below[:salutation]
    if furniture.is_cut_off(view):
        return any(kind(each) == "metadata" for each in between) \
            and not any(is_prose(each) and not furniture.is_cut_off(each.view) for each in between)
    return len(between) >= BESIDE_LEAST and not any(
        len(each.view) > BESIDE_NAME or HEADING.match(each.view) or CHINESE_STOP.search(each.view) or each.view[-1] in "：:，,"
        for each in between)


def _offers_samples(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph shortly above a salutation tells readers what samples follow and what they are good for, as collections do."""
    view, known = paragraphs[number].view, boundaries.lexicon()
    return len(view) <= STATEMENT_MOST and known.samples.search(view) is not None and known.offered.search(view) is not None \
        and any(is_salutation(later.view) or is_addressed(later.view) for later in paragraphs[number + 1:number + 1 + OFFER_REACH])


def _offers_title(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph greets readers and offers them the text below, by the title that stands elsewhere above it or below as a line of
    its own: 大家好，今天某某文苑为大家带来在某会上的讲话，一起看看吧！ Whoever gives the speech says 我."""
    view = paragraphs[number].view
    if len(view) > STATEMENT_MOST or "我" in view or boundaries.lexicon().read.search(paragraphs[number].form) is None:
        return False
    near = (_SITE_BEHIND.split(each.view, maxsplit=1)[0] for place, each in enumerate(paragraphs[:number + 1 + BESIDE_REACH])
            if place != number)
    return any(TITLE_LEAST <= len(title) < len(view) and title in view and TITLE_LIKE.search(title) for title in near)


def _is_news(paragraph: Paragraph) -> bool:
    """Whether nobody speaks for himself in a paragraph and it tells of the event: a news lead, a caption."""
    view = paragraph.view
    return not speaks(view) and (boundaries.lexicon().lead.occur(paragraph.form) or len(view) < 40)


def _leads_to_prose(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a heading is followed by prose, at most two lines on."""
    return any(is_prose(each) and not is_page(each) and not furniture.is_lead(each.view) for each in paragraphs[number + 1:number + 3])


def _comes_again(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a heading is one of a table of contents: it stands again further down."""
    words = LEADER.sub("", paragraphs[number].view)
    return len(words) > 4 and any(later.view.startswith(words) for later in paragraphs[number + 1:])


def _after_lead(paragraphs: Sequence[Paragraph], start: int, prose: Sequence[int]) -> int:
    """`start`, or the prose after it where the first of `prose` only leads in: it says that the words follow, or a title follows it."""
    for number, later in pairwise(prose[:4]):
        if number != start or not (_is_news(paragraphs[number]) or furniture.weight(paragraphs[number].form) >= 2):
            break
        if not (LEAD_IN.search(paragraphs[number].view) or _is_separated(paragraphs, number, later)):
            break
        start = next((each for each in range(number + 1, later) if HEADING.match(paragraphs[each].view)), later)
    return start
