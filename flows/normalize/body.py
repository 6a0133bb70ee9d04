"""Body: which lines of a page are the speech, the whole speech and nothing but the speech."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from flows.ingest.documents import Document, Mark
from flows.normalize import (
    boundaries,
    captions,
    continuations,
    copies,
    endings,
    fields,
    furniture,
    notes,
    openings,
    run_on,
    running,
    salutations,
    sentences,
    slices,
    source_names,
    templates,
    threads,
    turns,
)
from flows.normalize.composition import Body, composed
from flows.normalize.lines import (
    BREAK,
    Line,
    apply_layout,
    has_odd_breaks,
    is_markdown,
    is_quoted,
    split,
    strip_comments,
    strip_front_matter,
    strip_markdown,
    strip_quote_marks,
    without_quote_mark,
)
from flows.normalize.paragraphs import Paragraph, is_figure, keep_cut_lines, may_be_wrapped, parted, together

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
_CUT_DOTS = re.compile(r"(?<=[^。！？；”])(?:…{1,4}|\.{3,6}|。{3,6})$")      # of the site, where it breaks a sentence off
_NET_ADDRESS = re.compile(r"[A-Za-z0-9-]{3,}\.[A-Za-z]{2,}")
_ORNAMENTS = frozenset("▍▎▌▋▊▉█┃❙❚▏❘")
_ORNAMENT = re.compile(f"[{''.join(sorted(_ORNAMENTS))}]+ *(?=.)")
_LABEL_OPENS = frozenset("【〔［[（(")
# What a program leaves before a line that it was to show: s("content_relate");
_CALL = re.compile(r"[A-Za-z_$][\w$.]{0,40}\s?[(（]\s?(?:[\"'“”‘’][\w ./#:,-]{0,60}[\"'“”‘’]?)?\s?[)）]\s?[;；]\s*", re.A)
# The name of a site behind a sentence, with a mark within it by which no filter knows it: [某山课~件]; a way goes from one end to another
_VEILED = re.compile(r"(?<=[。！？；”])[\[［【〔（(](?:[一-龥]{2,5}[~～][一-龥]|[一-龥][~～][一-龥]{2,5})[\]］】〕）)]")
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$")
_REMARK = re.compile(r"[【〔［\[（(]([^】〕］\]）)]{0,10}(?:点评|批注|评析|赏析|解析|拆解|评点|旁批|眉批|夹批|编者注|小编注))[】〕］\]）)]")
_REMARKS_LEAST = 2
_LONGEST_TITLE = 400    # characters of a page's <title> that are read
_LONGEST_ADDRESS = 200  # ... and of its address
_REPEATED_LEAST = 20    # characters of a paragraph that nobody says twice in a row
_OFFER_LEAST = 40       # characters of a line that holds what a site says and the first words behind it
_HEADING_LEAST = 6      # and of a heading with its number
_ASKING = frozenset(("我：", "我:", "用户：", "用户:", "User:", "User：", "You:", "You：", "Human:", "Human："))
_ASKED_MOST = 40
_CLOSES = frozenset("）)")
_TITLE_MOST = 80        # characters of a title; what is longer above a text is a menu
_OFFICE_MOST = 12       # characters of an office before a title that comes again
_SAID_LEAST = 12        # and of the words behind it
_NO_FIRST = frozenset("，。；：！？、》”）的中上里")        # a sentence about the speech goes on so
_EDIT_LINK = re.compile("编辑(?![部室组们者部社家学员和与、，。：:是要在工出人同])")
_EDIT_LINK_LENGTH = len("编辑")
_LINKS_LEAST = 2
_HEADED_MOST = 40       # characters of the heading above such a link


def find(text: str, document: Document, repeated: Mapping[str, int] = MappingProxyType({}), layout: Sequence[Mark] = ()) -> Body:
    """The speech in `text`, which is the document's raw text with its characters mended.

    repeated: keys (furniture.key) of lines that many documents of the same source hold, and how many (furniture.repeated).
    layout: the document's marks on `text`.
    """
    lines = split(text)
    quoted = "\n>" in text and is_quoted(text, lines)
    raw_lines = _raw_lines(lines, text, document.raw_text, quoted)
    if layout:
        apply_layout(lines, layout)
    if "<!--" in document.raw_text:
        strip_comments(text, lines)
    if is_markdown(document.media_type, document.source_path, document.raw_text):
        strip_front_matter(lines)
        strip_markdown(text, lines)
    elif quoted:
        strip_quote_marks(text, lines)
    for line in copies.above(lines, text):
        line.reason = "furniture"
    if len(lines) > fields.LEAST:
        fields.mark(lines, text)
    recorded = turns.mark(lines, text)
    threads.mark(lines)
    sliced = [] if raw_lines else slices.numbers(lines)
    raw_of = dict(zip(lines, raw_lines))
    lines = run_on.parted(lines, text)
    raw_lines = [raw_of.get(line, line.view) for line in lines] if raw_lines else raw_lines
    if sliced:
        slices.mark(lines, sliced, text)
    if recorded and any(recorded in line.view for line in lines[:running.TITLE_LINES] if line.reason is None):
        recorded = None         # the title tells it, and with which office
    again, site = _repeated([line.view for line in lines], repeated, document) if repeated else (frozenset(), None)
    doubted: set[int] = set()       # where lines begin that read like the page's and may be the speaker's
    for number, line in enumerate(lines):
        if line.reason is None and line.view[0] in _ORNAMENTS and (ornament := _ORNAMENT.match(line.view)):
            line.drop(text, [(line.start, line.start + ornament.end(), "markup")])
        if line.reason is None and line.view[0] in _LATIN and ("；" in line.view or ";" in line.view) and (call := _CALL.match(line.view)):
            line.take_away(call.span(), text)
        if line.reason is None and site and (number >= site.beyond or number in site.lines):
            line.reason = "furniture"
        if line.reason is None:
            line.reason = _reason(line, lines[number - 1].view if number else "", lines[number + 1].view if number + 1 < len(lines) else "",
                                  number in again)
            if line.reason == "furniture" and len(line.view) > _OFFER_LEAST and _addresses_behind_offer(line.view):
                line.reason = None      # what comes before is cut off below
            if line.reason == "furniture" and number not in again and _may_be_said(line.view):
                doubted.add(line.start)
    for one, other in pairwise(lines):
        if one.reason == "furniture" and (one.paged or running.PAGE_NUMBER.fullmatch(one.view)):
            other.paged = True
    captions.mark(lines, text, of_page="html" in document.media_type)
    _mark_remarks(lines)
    if "①" in text:
        notes.mark_at_page_ends(lines, text)
    if text.count("\n编辑") >= _LINKS_LEAST:
        _mark_edit_links(lines, text)
    threads.mark_signature(lines)
    if "___" in text:
        threads.mark_post_signature(lines)
    turns.mark_times(lines)
    told = notes.mark_of_title(lines)
    continuations.mark(lines, text)
    threads.mark_outside_frame(lines)
    offered = False
    for line in lines:
        # 推荐阅读： and titles of other speeches, in the midst of this one
        if line.reason is None and (boundaries.is_row_of_offers(line.view) or (offered and boundaries.is_offered(line.view))):
            line.reason = "furniture"
        else:
            offered = line.reason == "furniture" and (boundaries.is_offer(line.view) or (offered and furniture.is_teaser(line.view)))
    running.mark_upright(lines)
    running.mark_by_pages(lines)
    running.mark_beside_numbers(lines)
    running.mark_mottos(lines)
    if not raw_lines:
        lines = parted(lines, text)
    else:
        keep_cut_lines(lines, raw_lines)
        running.mark(lines)
        running.mark_at_page_ends(lines)
        for one, other in pairwise(lines):
            if one.reason and not other.reason:
                other.gap = 0           # where a page ends, blank lines part nothing
    explained: list[Paragraph] = []
    walls: list[int] = []
    for line in lines:
        if furniture.keeps_back(line.view):
            line.wall = True
            walls.append(line.start)
    paragraphs, first, unsure, last = _bounded(lines, raw_lines, text, explained, walls)
    if doubted and (said := _said(lines, doubted, paragraphs[first:last + 1])):
        for line in said:
            line.reason = None
        paragraphs, first, unsure, last = _bounded(lines, raw_lines, text, explained, walls)
    cut_off = first <= last and endings.is_cut_off(paragraphs, last, walls) and not boundaries.is_closing(paragraphs[last])
    if "[" in text or "〔" in text or "［" in text or "【" in text:
        # notes that the markup sets aside
        explained += [paragraph for line in lines if line.reason == "furniture" and notes.SQUARE.match(line.view)
                      for paragraph in together([line], [])]
    lead, glued = _cut_inside(paragraphs, first, last, text, explained)
    if cut_off and (dots := _CUT_DOTS.search(paragraphs[last].view)):
        paragraphs[last].drop([dots.span()], text, "furniture")
    _cut_watermarks(paragraphs, first, last, [line.view for line in lines if line.reason == "furniture" and line.view],
                    document.metadata.get("title", "")[:_LONGEST_TITLE], _addresses(document), text)
    if site and again:
        _cut(templates.sown([paragraph.view for paragraph in paragraphs[first:last + 1]], [lines[number].view for number in sorted(again)],
                            repeated, site.least), paragraphs, first, text)
    for number, paragraph in enumerate(paragraphs):
        if not first <= number <= last:
            paragraph.reason = boundaries.kind(paragraph, first - 8 <= number < first)
        if paragraph.reason:
            for line in paragraph.lines:
                line.reason = paragraph.reason
    found = composed(text, lines, [paragraph for paragraph in paragraphs if paragraph.reason is None], unsure)
    if cut_off:
        found = replace(found, defects=found.defects | {"truncated"})
    spoke = [f"讲话人：{recorded}"] if recorded else []      # as a record says it that has no stamps
    return replace(found, head=[*found.head, *([lead] if lead else []), *spoke], tail=[*told, *([glued] if glued else []), *found.tail],
                   running=running.heads(lines))


def _repeated(views: Sequence[str], repeated: Mapping[str, int], document: Document) -> tuple[frozenset[int], templates.OfSite]:
    """The numbers of the lines that the site puts on many pages, and what else of the page is the site's."""
    keys = furniture.keys(views)
    site = templates.of_site(views, keys, repeated, document.metadata.get("title", ""))
    return site.lines.union(number for number, key in enumerate(keys) if repeated.get(key) == 0), site


def _bounded(lines: Sequence[Line], raw_lines: Sequence[str], text: str, explained: list[Paragraph], walls: Sequence[int]) \
        -> tuple[list[Paragraph], int, bool, int]:
    """The paragraphs that the lines make which are no furniture, the first of the speech, whether that is in doubt, and the last. Notes are
    taken out and put to `explained`."""
    kept = [number for number, line in enumerate(lines) if line.reason is None]
    paragraphs = together([lines[number] for number in kept], [raw_lines[number] for number in kept] if raw_lines else [])
    definitions = [paragraphs.pop(number) for number in reversed(notes.definitions(paragraphs, text))]
    for line in (line for paragraph in definitions for line in paragraph.lines):
        line.reason = "note"
    explained += definitions
    first, unsure = openings.first_paragraph(paragraphs)
    ends = [line.start for line in lines if line.reason == "furniture" and not line.passed and boundaries.ends_page(line.view)]
    opens = paragraphs[first].lines[0].start if first < len(paragraphs) else 0
    titles = _titles(paragraphs[:first]) | {line.view for line in lines if line.reason and line.start < opens
                                            and 8 <= len(line.view) <= _TITLE_MOST and boundaries.TITLE_LIKE.search(line.view)}
    menus = {line.view for line in lines if len(line.view) > _TITLE_MOST and line.start < opens
             and not boundaries.CHINESE_STOP.search(line.view)}
    again = [line for line in lines if line.reason is None and line.start > opens
             and (line.view in menus or _is_paged(line.view, titles))] if titles or menus else []
    for line in again:
        line.reason = "metadata"
    if again:           # a sentence goes on below the title with which its next page opens
        kept = [number for number, line in enumerate(lines) if line.reason is None]
        paragraphs = together([lines[number] for number in kept], [raw_lines[number] for number in kept] if raw_lines else [])
    turned = max((line.start for line in lines if line.view[-1:] in _CLOSES and _is_paged(line.view, titles)), default=0) if titles else 0
    further = max(first, bisect_left(paragraphs, turned, key=_start_of_paragraph)) if turned else first
    # buttons that turn the page end nothing
    stamps = [line.start for line in lines if line.start > opens and endings.is_stamp(line.view)]
    return paragraphs, first, unsure, endings.last_paragraph(paragraphs, further, ends, walls, stamps)


def _may_be_said(view: str) -> bool:
    """Whether a line that reads like the page's can be a sentence, or a numbered heading, of the speaker."""
    if heading := boundaries.HEADING.match(view):
        return sentences.may_head(view[heading.end():])
    name = furniture.label(furniture.folded(view[:40]))
    return sentences.is_sentence(view) and (name not in furniture.lexicon().sure or name in sentences.lexicon().labels) \
        and sentences.owner(view) != "page"


def _said(lines: Sequence[Line], doubted: Set[int], speech: Sequence[Paragraph]) -> list[Line]:
    """Those of the lines that begin at `doubted` which stand between paragraphs of the speech; a line in doubt not beside what is plainly
    the page's, since adverts come together, and none with which the page is headed, too."""
    if not speech:
        return []
    opens, ends = speech[0].lines[0].start, speech[-1].lines[0].start
    heads = {line.view for line in lines if line.start < opens and line.reason}
    found = []
    for number, line in enumerate(lines):
        if line.reason == "furniture" and line.start in doubted and opens < line.start < ends and line.view not in heads:
            beside = (other.view for other in (lines[number - 1], lines[number + 1])
                      if other.reason == "furniture" and other.start not in doubted)
            if sentences.owner(line.view) == "speaker" or not any(furniture.HAN.search(view) and not running.PAGE_NUMBER.fullmatch(view)
                                                                  for view in beside):
                found.append(line)
    return found


def _raw_lines(lines: Sequence[Line], text: str, raw_text: str, quoted: bool) -> list[str]:
    """The lines as the source has them, without the marks of a mail program where they are quoted: their indents and lengths tell broken
    lines from paragraphs. Nothing where lines are long."""
    if not may_be_wrapped(lines):
        return []
    raw = BREAK.split(raw_text) if has_odd_breaks(raw_text) else raw_text.split("\n")
    if len(raw) == text.count("\n") + 1:
        found = [each for each, own in zip(raw, text.split("\n")) if own.strip()]
        if len(found) == len(lines):
            return [without_quote_mark(each) for each in found] if quoted else found
    return [" " * line.indent + line.view for line in lines]


def _reason(line: Line, preceding: str, following: str, again: bool) -> str | None:
    """Why a line is no part of a speech wherever it stands, or None. `preceding` and `following`: what the lines around it read; `again`:
    many documents of the site hold it."""
    view = line.view
    if view[0] in "0123456789" and len(view) <= 16 and is_figure(view, preceding, following):
        return None
    if view[0] == "[" and notes.FOOTNOTE.match(view):
        return "note"
    if (view[0] in "·•" or view[-1] in "·•") and running.PAGE_HEAD.fullmatch(view):
        return "furniture"
    if furniture.is_teaser(view) or running.is_head_of_paper(view):
        return "furniture"
    if len(view) > furniture.LONGEST:
        return "furniture" if furniture.is_menu(view) else None
    if again and not templates.is_stock(view):
        return "furniture"
    if not furniture.HAN.search(view):
        return "furniture" if furniture.is_noise(view) or furniture.is_sure(view) else None
    if line.heading or (boundaries.HEADING.match(view) and not (furniture.has_cue(view) and furniture.weight(furniture.folded(view)) >= 4)):
        return None
    return "furniture" if furniture.is_sure(view) and not boundaries.is_turn(view) else None


def _addresses_behind_offer(view: str) -> bool:
    """Whether the speech begins in the line in which the site offers it."""
    offer = OFFERED.match(view)
    return offer is not None and salutations.is_addressed(view[offer.end():])


def _mark_remarks(lines: Sequence[Line]) -> None:
    """Mark what somebody remarks on the speech between its paragraphs, each time with the same label (【某某点评】), and what is said to a
    program between two parts of its answer (我： and a line below it)."""
    remarks = {number: match[1] for number, line in enumerate(lines)
               if line.view[:1] in _LABEL_OPENS and line.reason is None and (match := _REMARK.match(line.view))}
    labels = Counter(remarks.values())
    asked = [number + 1 for number, line in enumerate(lines[:-1]) if line.view in _ASKING and len(lines[number + 1].view) <= _ASKED_MOST]
    for number in (*asked, *(number for number, label in remarks.items() if labels[label] >= _REMARKS_LEAST)):
        if lines[number].reason is None:
            lines[number].reason = "furniture"


def _titles(head: Sequence[Paragraph]) -> frozenset[str]:
    """What may be titles among the paragraphs before a speech; those of two lines also as one."""
    titles = {paragraph.view for paragraph in head if 8 <= len(paragraph.view) <= _TITLE_MOST
              and not (boundaries.HEADING.match(paragraph.view) or boundaries.is_prose(paragraph))}
    return frozenset(titles | {one.view + other.view for one, other in pairwise(head) if one.view in titles})


def _is_paged(view: str, titles: frozenset[str]) -> bool:
    """Whether a line is a title with the number of a further page: 在…上的讲话(2)."""
    if view[-1:] not in _CLOSES or len(view) > 90:
        return False
    paged = running.COUNTED_TITLE.search(view)
    return paged is not None and view[:paged.start()] in titles


def _cut_inside(paragraphs: Sequence[Paragraph], first: int, last: int, text: str, explained: Sequence[Paragraph]) \
        -> tuple[str, str]:
    """Take away what stands within the speech and is no part of it: titles repeated at the top of a page, adverts, marks of notes (which
    `explained` explain), and what was glued to its first and last words. Returns these two."""
    speech = paragraphs[first:last + 1]
    if not speech:
        return "", ""
    titles = _titles(paragraphs[:first])
    cues = furniture.advert_cues(text)
    last_words, end_of_last = "", 0
    again = copies.doubled([paragraph.view for paragraph in speech])
    for number, paragraph in enumerate(speech):
        view = paragraph.view
        if view in titles or _is_paged(view, titles):
            paragraph.reason = "metadata"
            continue
        if number in again:
            paragraph.reason = "furniture"
            continue
        least = _HEADING_LEAST if boundaries.HEADING.match(view) else _REPEATED_LEAST
        if view == last_words and len(view) >= least and text[end_of_last:paragraph.lines[0].start].strip():
            paragraph.reason = "furniture"          # the first paragraph of a page is once more the last of the page before
            continue
        last_words, end_of_last = view, paragraph.lines[-1].end
        at = bisect_left(cues, paragraph.lines[0].start) if cues else 0
        if at < len(cues) and cues[at] < paragraph.lines[-1].end and (spans := sentences.adverts(paragraph.view)):
            paragraph.drop(spans, text, "furniture")
            if not paragraph.view:
                paragraph.reason = "furniture"
    if "~" in text or "～" in text:
        for paragraph in speech:
            if veiled := [match.span() for match in _VEILED.finditer(paragraph.view)]:
                paragraph.drop(veiled, text, "furniture")
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


def _mark_edit_links(lines: Sequence[Line], text: str) -> None:
    """Take away what a wiki writes below its headings for those who would change them, where it was glued to the first words of the part:
    编辑去年…. It stands below most headings; editors are spoken of below one."""
    headed = [other for one, other in pairwise(lines) if boundaries.HEADING.match(one.view) and len(one.view) <= _HEADED_MOST
              and not boundaries.FINISHED.search(one.view)]
    linked = [line for line in headed if _EDIT_LINK.match(line.view) and not line.drops]
    if len(linked) >= _LINKS_LEAST and 2 * len(linked) > len(headed):
        for line in linked:
            line.take_away((0, _EDIT_LINK_LENGTH), text)


def _addresses(document: Document) -> list[str]:
    """Where a page was found: its address, and the folder in which a copy of its site keeps it."""
    return [*(document.metadata[key][:_LONGEST_ADDRESS] for key in ("url", "link") if key in document.metadata),
            *document.source_path.partition("#")[0].split("/")[:-1]]


def _cut_watermarks(paragraphs: Sequence[Paragraph], first: int, last: int, removed: Sequence[str], title: str, addresses: Sequence[str],
                    text: str) -> None:
    """Take away the page's own name and address, which `removed` lines, those around, its `title` and `addresses` tell, from what is
    said."""
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
    _cut(source_names.watermarks(said, head, tail, [title], addresses), paragraphs, first, text)


def _cut(sown: Mapping[int, list[tuple[int, int]]], paragraphs: Sequence[Paragraph], first: int, text: str) -> None:
    """Take away spans of the paragraphs of the speech, which begins with the paragraph `first`."""
    for number, spans in sown.items():
        paragraphs[first + number].drop(spans, text, "furniture")
        if not paragraphs[first + number].view:
            paragraphs[first + number].reason = "furniture"


def _start_of_paragraph(paragraph: Paragraph) -> int:
    return paragraph.lines[0].start
