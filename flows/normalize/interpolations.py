"""Interpolations: what stands within a speech, or is glued to its first and last words, and is no part of it."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from flows.ingest.documents import Document
from flows.normalize import boundaries, copies, furniture, notes, running, salutations, sentences, source_names
from flows.normalize.lines import Line
from flows.normalize.paragraphs import Paragraph, is_final

_ORNAMENTS = frozenset("▍▎▌▋▊▉█┃❙❚▏❘")
_ORNAMENT = re.compile(f"[{''.join(sorted(_ORNAMENTS))}]+ *(?=.)")
# What a program leaves before a line that it was to show: s("content_relate");
_CALL = re.compile(r"[A-Za-z_$][\w$.]{0,40}\s?[(（]\s?(?:[\"'“”‘’][\w ./#:,-]{0,60}[\"'“”‘’]?)?\s?[)）]\s?[;；]\s*", re.A)
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$")
_LABEL_OPENS = frozenset("【〔［[（(")
_REMARK = re.compile(r"[【〔［\[（(]([^】〕］\]）)]{0,10}(?:点评|批注|评析|赏析|解析|拆解|评点|旁批|眉批|夹批|编者注|小编注))[】〕］\]）)]")
_REMARKS_LEAST = 2
_ASKING = frozenset(("我：", "我:", "用户：", "用户:", "User:", "User：", "You:", "You：", "Human:", "Human："))
_ASKED_MOST = 40
_EDIT_LINK = re.compile("编辑(?![部室组们者部社家学员和与、，。：:是要在工出人同])")
_EDIT_LINK_LENGTH = len("编辑")
_LINKS_LEAST = 2
_HEADED_MOST = 40       # characters of the heading above such a link
OFFER_MOST = 12         # of the head of a row of other texts
OFFERS_APART = re.compile(r"\s*[；;|｜、]\s*")
QUALITY = re.compile(r"\s*[\[【（(][^\[\]【】（）()]{1,8}[\]】）)]$")       # that a site praises behind a title: [优秀]
OPENING = re.compile("[^。，；！？：:]{2,60}?(?=(?:各位代表|各位委员|各位领导|同志们|代表们|朋友们|同学们)[：:！!，,])")
# Who spoke where, before the first words in one line: 某社三日讯 省长某某今天在…上的讲话，全文如下：同志们：
ANNOUNCED = re.compile("[^。！？]{6,140}?(?:全文|讲话|致辞|致词|内容|要点|摘要|实录|原文)[^，。！？：:]{0,4}如下[:：]")
# What a site that answers questions puts before a speech: 关于这个问题，尊敬的各位领导：
ANSWERED = re.compile("(?:关于|对于|针对|回答)(?:您|你)?(?:这个|这一|此|该|的|提[出的]{1,2}的?){0,2}问题[，,：:]")
# What a site says of the text it offers, before the first words in one line: 下面小编为您整理了在…上的讲话，欢迎阅读！同志们：
OFFERED = re.compile(
    r"(?:[^。！？：]{0,80}(?:小编|本站|本网|范文|欢迎(?:大家|您)?(?:阅读|参考|查阅|借鉴|下载)"
    r"|供(?:大家|您|各位)[^。！？：]{0,4}(?:参考|借鉴|阅读|学习))[^。！？：]{0,60}[。！？：]){1,2}"
)
_OFFER_LEAST = 40       # characters of a line that holds what a site says and the first words behind it
_DATELINE = r"——?\s*[12]\d{3}年\d{1,2}月\d{1,2}日在[^。！？（）]{4,40}[上会议]"
GLUED_END = re.compile("(?<=[。！？”])(?:" + "|".join((
    r"[（(\[【](?:责任编辑|责编|编辑|来源|作者|记者|供稿|摘自|原载|转自)[^（）()\[\]【】]{0,40}[）)\]】]",
    r"[（(【\[](?:完|全文完|完毕)[）)\]】]",
    rf"\s*(?:{_DATELINE}\s*)?[（(【\[]《?{source_names.PAPER}》?[）)\]】]",
    rf"\s*{_DATELINE}",
    r"\s*—{1,4}",
    r"\s*(?:[12]\d{3}[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s*)?(?:来源|稿源|信息来源|责任编辑|责编)[:：][^。！？]{1,80}",
    r"(?:附件?[0-9一二三]{0,2}[:：]?)?(?:主要|有关)?(?:名词解释|名词注释|注释|附件[0-9]?|附注|附录|附件[^。！？]{0,24}(?:注释|解释|说明))[：:*]{0,6}",
    r"[^。！？”]{0,1}\*(?:这|本文|此文|本篇)是[^。]{2,80}(?:讲话|发言|报告|谈话|演讲|致辞|致词|文章)[^。]{0,8}[。]?",
)) + ")$")
# The name of a site behind a sentence, with a mark within it by which no filter knows it: [某山课~件]; a way goes from one end to another
_VEILED = re.compile(r"(?<=[。！？；”])[\[［【〔（(](?:[一-龥]{2,5}[~～][一-龥]|[一-龥][~～][一-龥]{2,5})[\]］】〕）)]")
# What a site sows into sentences again and again, in the same words between the same signs: ~某某文苑收集~
_SIGNS = "~～☆★◇◆"
_BETWEEN_SIGNS = re.compile(rf"([{_SIGNS}])\1{{0,3}}(?![\d\s])[^{_SIGNS}，。；：！？\n]{{3,30}}(?<![\d\s])\1{{1,4}}")
_SOWN_LEAST = 2
_NET_ADDRESS = re.compile(r"[A-Za-z0-9-]{3,}\.[A-Za-z]{2,}")
_LONGEST_TITLE = 400    # characters of a page's <title> that are read
_LONGEST_ADDRESS = 200  # ... and of its address
_REPEATED_LEAST = 20    # characters of a paragraph that nobody says twice in a row
_HEADING_LEAST = 6      # and of a heading with its number
_SHOWN_MOST, _SHOWN_LINES = 30, 3       # characters and lines of what a site shows between two pages of a text
_CLOSES = frozenset("）)")
TITLE_MOST = 80         # characters of a title; what is longer above a text is a menu
_OFFICE_MOST = 12       # characters of an office before a title that comes again
_SAID_LEAST = 12        # and of the words behind it
_NO_FIRST = frozenset("，。；：！？、》”）的中上里")        # a sentence about the speech goes on so


def cut_before(line: Line, text: str) -> None:
    """Take away what stands before the words of a line: an ornament, or what a program left."""
    if line.view[0] in _ORNAMENTS and (ornament := _ORNAMENT.match(line.view)):
        line.drop(text, [(line.start, line.start + ornament.end(), "markup")])
    if line.view[0] in _LATIN and ("；" in line.view or ";" in line.view) and (call := _CALL.match(line.view)):
        line.take_away(call.span(), text)


def mark_remarks(lines: Sequence[Line]) -> None:
    """Mark what somebody remarks on the speech between its paragraphs, each time with the same label (【某某点评】), and what is said to a
    program between two parts of its answer (我： and a line below it)."""
    remarks = {number: match[1] for number, line in enumerate(lines)
               if line.view[:1] in _LABEL_OPENS and line.reason is None and (match := _REMARK.match(line.view))}
    labels = Counter(remarks.values())
    asked = [number + 1 for number, line in enumerate(lines[:-1]) if line.view in _ASKING and len(lines[number + 1].view) <= _ASKED_MOST]
    for number in (*asked, *(number for number, label in remarks.items() if labels[label] >= _REMARKS_LEAST)):
        if lines[number].reason is None:
            lines[number].reason = "furniture"


def mark_edit_links(lines: Sequence[Line], text: str) -> None:
    """Take away what a wiki writes below its headings for those who would change them, where it was glued to the first words of the part:
    编辑去年…. It stands below most headings; editors are spoken of below one."""
    if text.count("\n编辑") < _LINKS_LEAST:
        return
    headed = [other for one, other in pairwise(lines) if boundaries.HEADING.match(one.view) and len(one.view) <= _HEADED_MOST
              and not boundaries.FINISHED.search(one.view)]
    linked = [line for line in headed if _EDIT_LINK.match(line.view) and not line.drops]
    if len(linked) >= _LINKS_LEAST and 2 * len(linked) > len(headed):
        for line in linked:
            line.take_away((0, _EDIT_LINK_LENGTH), text)


def mark_offers(lines: Sequence[Line]) -> None:
    """Mark what a page offers of other texts in the midst of this one: 推荐阅读： and titles of other speeches below it."""
    offered = False
    for line in lines:
        if line.reason is None and (_is_row_of_offers(line.view) or (offered and _is_offered(line.view))):
            line.reason = "furniture"
        else:
            offered = line.reason == "furniture" and (_is_offer(line.view) or (offered and furniture.is_teaser(line.view)))


def _is_offer(view: str) -> bool:
    """Whether a line heads what the page offers next: 推荐阅读："""
    return len(view) <= 24 and boundaries.lexicon().offers.fullmatch(furniture.folded(view)) is not None


def _is_offered(view: str) -> bool:
    """Whether a line below such a head is the title of another text."""
    return len(view) <= 60 and boundaries.TITLE_LIKE.search(view) is not None and boundaries.PART.match(view) is None


def _is_row_of_offers(view: str) -> bool:
    """Whether a line offers other texts behind such a head: 延伸阅读：在某会上的讲话；在某节上的致辞"""
    if "：" not in view[:OFFER_MOST + 1]:
        return False
    head, _, rest = view.partition("：")
    if not rest or len(head) > OFFER_MOST or "。" in rest or not _is_offer(head):
        return False
    others = [QUALITY.sub("", each) for each in OFFERS_APART.split(rest) if each]
    return 2 * sum(map(_is_offered, others)) > len(others)


def is_addressed_behind_offer(view: str) -> bool:
    """Whether the speech begins in the line in which the site offers it."""
    offer = OFFERED.match(view) if len(view) > _OFFER_LEAST else None
    return offer is not None and salutations.is_addressed(view[offer.end():])


def titles_above(head: Sequence[Paragraph]) -> frozenset[str]:
    """What may be titles among the paragraphs before a speech (`head`); those of two lines also as one."""
    titles = {paragraph.view for paragraph in head if 8 <= len(paragraph.view) <= TITLE_MOST
              and not (boundaries.HEADING.match(paragraph.view) or boundaries.is_prose(paragraph))}
    return frozenset(titles | {one.view + other.view for one, other in pairwise(head) if one.view in titles})


def is_paged(view: str, titles: frozenset[str]) -> bool:
    """Whether a line is a title with the number of a further page: 在…上的讲话(2)."""
    if view[-1:] not in _CLOSES or len(view) > 90:
        return False
    paged = running.COUNTED_TITLE.search(view)
    return paged is not None and view[:paged.start()] in titles


def cut_inside(paragraphs: Sequence[Paragraph], first: int, last: int, text: str, explained: Sequence[Paragraph]) -> tuple[str, str]:
    """Take away what stands within the speech and is no part of it: titles repeated at the top of a page, adverts, marks of notes (which
    `explained` explain), and what was glued to its first and last words. Returns these two, empty where nothing was; what was glued to
    the first words is returned only where it tells of the speech. `first`, `last`: numbers of the paragraphs of the speech in `text`."""
    speech = paragraphs[first:last + 1]
    if not speech:
        return "", ""
    titles = titles_above(paragraphs[:first])
    cues = furniture.advert_cues(text)
    last_words, end_of_last = "", 0
    beside: list[Paragraph] = []        # short paragraphs behind it that no stop ends
    again = copies.doubled([paragraph.view for paragraph in speech])
    for number, paragraph in enumerate(speech):
        view = paragraph.view
        if view in titles or is_paged(view, titles):
            paragraph.reason = "metadata"
            continue
        if number in again:
            paragraph.reason = "furniture"
            continue
        least = _HEADING_LEAST if boundaries.HEADING.match(view) else _REPEATED_LEAST
        if view == last_words and len(view) >= least and text[end_of_last:paragraph.lines[0].start].strip():
            paragraph.reason = "furniture"          # the first paragraph of a page is once more the last of the page before
            for other in beside:                    # and what the site shows stands between, at the end of the page
                other.reason = "furniture"
            continue
        if last_words and len(view) <= _SHOWN_MOST and len(beside) < _SHOWN_LINES and not is_final(view) \
                and not boundaries.HEADING.match(view) and paragraph.lines[0].paged:
            beside.append(paragraph)
        else:
            last_words, end_of_last, beside = view, paragraph.lines[-1].end, []
        at = bisect_left(cues, paragraph.lines[0].start) if cues else 0
        if at < len(cues) and cues[at] < paragraph.lines[-1].end and (spans := sentences.adverts(paragraph.view)):
            paragraph.drop(spans, text, "furniture")
            if not paragraph.view:
                paragraph.reason = "furniture"
    if "~" in text or "～" in text:
        for paragraph in speech:
            if veiled := [match.span() for match in _VEILED.finditer(paragraph.view)]:
                paragraph.drop(veiled, text, "furniture")
    if any(sign in text for sign in _SIGNS):
        sown = Counter(match[0] for paragraph in speech for match in _BETWEEN_SIGNS.finditer(paragraph.view))
        for paragraph in speech if sown and max(sown.values()) >= _SOWN_LEAST else ():
            if spans := [match.span() for match in _BETWEEN_SIGNS.finditer(paragraph.view) if sown[match[0]] >= _SOWN_LEAST]:
                paragraph.drop(spans, text, "furniture")
    for number, spans in notes.marks(speech, [*paragraphs[last + 1:], *explained], text).items():
        speech[number].drop(spans, text, "note")
    view, lead = speech[0].view, ""
    opening = OPENING.match(view)
    announced = ANNOUNCED.match(view) or OFFERED.match(view) or ANSWERED.match(view)
    if announced and (salutations.is_salutation(view[announced.end():]) or salutations.is_addressed(view[announced.end():])):
        lead = "" if ANSWERED.fullmatch(announced[0]) else announced[0]
        speech[0].drop([announced.span()], text, "metadata")
    elif opening and not salutations.is_salutation(speech[0].view) and (
            boundaries.SPEAKER.fullmatch(opening[0]) or boundaries.TITLE_LIKE.search(opening[0]) or boundaries.DATE.search(opening[0])):
        speech[0].drop([opening.span()], text, "metadata")
    elif label := salutations.label_end(speech[0].view):
        speech[0].drop([(0, label)], text, "metadata")
    elif said := _title_again(view, titles):
        lead = view[:said]
        speech[0].drop([(0, said)], text, "metadata")
    if cut := furniture.teaser_end(speech[-1].view):        # 连……查看全文>>
        speech[-1].drop([(cut, len(speech[-1].view))], text, "furniture")
    if glued := GLUED_END.search(speech[-1].view[-140:]):
        end = len(speech[-1].view)
        speech[-1].drop([(end - len(glued[0]), end)], text, "furniture")
        return lead, glued[0]
    return lead, ""


def _title_again(view: str, titles: Set[str]) -> int:
    """Where the title ends that the first paragraph repeats before its first words, with the office of the speaker in front or without:
    县长在某会上的讲话今天召开…; 0 where none does. The title is one of `titles`, and what follows it a sentence."""
    for title in titles:
        place = view.find(title, 0, len(title) + _OFFICE_MOST)
        end = place + len(title)
        if place >= 0 and boundaries.TITLE_LIKE.search(title) and len(view) - end >= _SAID_LEAST and view[end] not in _NO_FIRST \
                and (not place or boundaries.SPEAKER.fullmatch(view[:place])):
            return end
    return 0


def cut_watermarks(paragraphs: Sequence[Paragraph], first: int, last: int, removed: Sequence[str], document: Document, text: str) -> None:
    """Take away the page's own name and address from what is said in the paragraphs from `first` to `last`. The other paragraphs, the
    lines that are `removed`, the title of the page and where it was found tell them."""
    head = [*(paragraph.view for paragraph in paragraphs[:first]), *removed]
    tail = [paragraph.view for paragraph in paragraphs[last + 1:]]
    if first > last or not (head or tail):
        return
    around = (line.view for each in (paragraphs[:first], paragraphs[last + 1:]) for paragraph in each for line in paragraph.lines)
    own = {view for view in (*around, *removed) if "." in view and _NET_ADDRESS.search(view)}       # with which it fills lines, too
    for line in (line for paragraph in paragraphs[first:last + 1] for line in paragraph.lines) if own else ():
        if line.view in own:
            line.drop(text, [(line.start, line.end, "furniture")])
    said = [paragraph.view for paragraph in paragraphs[first:last + 1]]
    title = document.metadata.get("title", "")[:_LONGEST_TITLE]
    cut_sown(source_names.watermarks(said, head, tail, [title], _addresses(document)), paragraphs, first, text)


def _addresses(document: Document) -> list[str]:
    """Where a page was found: its address, and the folder in which a copy of its site keeps it."""
    return [*(document.metadata[key][:_LONGEST_ADDRESS] for key in ("url", "link") if key in document.metadata),
            *document.source_path.partition("#")[0].split("/")[:-1]]


def cut_sown(sown: Mapping[int, list[tuple[int, int]]], paragraphs: Sequence[Paragraph], first: int, text: str) -> None:
    """Take away what a site sowed into the paragraphs of the speech, which begins with the paragraph `first`: spans of their views, by
    number counted from there."""
    for number, spans in sown.items():
        paragraphs[first + number].drop(spans, text, "furniture")
        if not paragraphs[first + number].view:
            paragraphs[first + number].reason = "furniture"
