"""Body: which lines of a page are the speech, the whole speech and nothing but the speech."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from flows.ingest.documents import Document, Mark
from flows.normalize import (
    boundaries,
    captions,
    continuations,
    copies,
    endings,
    fields,
    furniture,
    interpolations,
    notes,
    openings,
    outside,
    repetition,
    run_on,
    running,
    sentences,
    slices,
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
from flows.normalize.repetition import NOTHING, Repeated

_CUT_DOTS = re.compile(r"(?<=[^。！？；”])(?:…{1,4}|\.{3,6}|。{3,6})$")      # of the site, where it breaks a sentence off


def find(text: str, document: Document, repeated: Repeated = NOTHING, layout: Sequence[Mark] = ()) -> Body:
    """The speech in `text`, which is the document's raw text with its characters mended.

    repeated: keys of lines that many documents of the same source hold, and how many, as flows.normalize.repetition tells them.
    layout: the document's marks on `text`.
    """
    lines = split(text)
    quoted = "\n>" in text and is_quoted(text, lines)
    raw_lines = _raw_lines(lines, text, document.raw_text, quoted)
    if layout:
        apply_layout(lines, layout)
        outside.mark(lines, layout)
        outside.mark_insets(lines)
    if "<!--" in document.raw_text:
        strip_comments(text, lines)
    if is_markdown(document.media_type, document.source_path, document.raw_text):
        strip_front_matter(lines)
        strip_markdown(text, lines)
    elif quoted:
        strip_quote_marks(text, lines)
    for line in copies.above(lines, text):
        line.reason = "furniture"
    for line in copies.whole(lines):
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
    again, site, pages = _repeated([line.view for line in lines], repeated, document) if repeated.sizes else (frozenset(), None, None)
    count = len(lines)
    doubted: set[int] = set()       # where lines begin that read like the page's and may be the speaker's
    for number, line in enumerate(lines):
        if line.reason is None:
            interpolations.cut_before(line, text)
        if line.reason is None and any(each and (number >= each.beyond or number in each.lines) for each in (site, pages)):
            line.reason = "furniture"
        if line.reason is None:
            line.reason = _reason(line, lines[number - 1].view if number else "", lines[number + 1].view if number + 1 < len(lines) else "",
                                  number in again)
            if line.reason == "furniture" and interpolations.is_addressed_behind_offer(line.view):
                line.reason = None      # what comes before is cut off below
            if line.reason == "furniture" and number not in again and _may_be_said(line.view):
                doubted.add(line.start)
    running.mark_counted(lines)
    for one, other in pairwise(lines):
        if one.reason == "furniture" and (one.paged or running.PAGE_NUMBER.fullmatch(one.view)):
            other.paged = True
    captions.mark(lines, text, of_page="html" in document.media_type)
    interpolations.mark_remarks(lines)
    if "①" in text:
        notes.mark_at_page_ends(lines, text)
    interpolations.mark_edit_links(lines, text)
    threads.mark_signature(lines)
    if "___" in text:
        threads.mark_post_signature(lines)
    turns.mark_times(lines)
    told = notes.mark_of_title(lines)
    continuations.mark(lines, text)
    threads.mark_outside_frame(lines)
    interpolations.mark_offers(lines)
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
    lead, glued = interpolations.cut_inside(paragraphs, first, last, text, explained)
    if cut_off and (dots := _CUT_DOTS.search(paragraphs[last].view)):
        paragraphs[last].drop([dots.span()], text, "furniture")
    removed = [line.view for line in lines if line.reason == "furniture" and line.view]
    interpolations.cut_watermarks(paragraphs, first, last, removed, document, text)
    if site and again:
        views, of_site = [paragraph.view for paragraph in paragraphs[first:last + 1]], [lines[number].view for number in sorted(again)]
        interpolations.cut_sown(templates.sown(views, of_site, repeated.sizes, site.least), paragraphs, first, text)
    if pages and pages.held_by:
        views = [paragraph.view for paragraph in paragraphs[first:last + 1]]
        interpolations.cut_sown(templates.sown_by_pages(views, repeated, pages), paragraphs, first, text)
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
                   running=running.heads(lines), shows_others=pages is not None and pages.beyond < count)


def _repeated(views: Sequence[str], repeated: Repeated, document: Document) \
        -> tuple[frozenset[int], templates.OfSite, templates.OfSite | None]:
    """The numbers of the lines that the site puts on many pages, what else of the page is the site's by its edges, and what is by the lines
    that stand on the same pages."""
    keys = repetition.keys(views)
    site = templates.of_site(views, keys, repeated.sizes, document.metadata.get("title", ""))
    pages = templates.of_pages(views, keys, repetition.openings(views), repeated) if repeated.held_by else None
    return site.lines.union(number for number, key in enumerate(keys) if repeated.sizes.get(key) == 0), site, pages


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
    titles = interpolations.titles_above(paragraphs[:first]) | {
        line.view for line in lines if line.reason and line.start < opens and 8 <= len(line.view) <= interpolations.TITLE_MOST
        and boundaries.TITLE_LIKE.search(line.view)}
    menus = {line.view for line in lines if len(line.view) > interpolations.TITLE_MOST and line.start < opens
             and not boundaries.CHINESE_STOP.search(line.view)}
    again = [line for line in lines if line.reason is None and line.start > opens
             and (line.view in menus or interpolations.is_paged(line.view, titles))] if titles or menus else []
    for line in again:
        line.reason = "metadata"
    if again:           # a sentence goes on below the title with which its next page opens
        kept = [number for number, line in enumerate(lines) if line.reason is None]
        paragraphs = together([lines[number] for number in kept], [raw_lines[number] for number in kept] if raw_lines else [])
    turned = max((line.start for line in lines if interpolations.is_paged(line.view, titles)), default=0) if titles else 0
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
    if furniture.is_code(view):
        return "furniture"
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


def _start_of_paragraph(paragraph: Paragraph) -> int:
    return paragraph.lines[0].start
