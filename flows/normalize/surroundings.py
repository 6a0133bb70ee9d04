"""The lines around a speech, told apart: which of them are asked what, in which order. What each kind of line says, the modules of
their subjects know."""
from __future__ import annotations

from collections.abc import Sequence

from flows.normalize import (
    agendas,
    bylines,
    datelines,
    furniture,
    headlines,
    labels,
    mastheads,
    page_lines,
    releases,
    remarks,
    tails,
)
from flows.normalize.evidence import Surroundings, asked
from flows.normalize.page_lines import Line, is_lone_date

_LONGEST = 300          # characters of a line of the head; a longer one is prose, not a bar, a title or a caption
# A line of the head is asked in this order. First what is told by how it begins or by the line above it, whatever its dates are,
_BY_FORM = (remarks.about, remarks.how_made, remarks.excerpt, headlines.counted_piece, mastheads.posters, bylines.collected,
            mastheads.member_since)
# then what is told by its date,
_BY_DATE = (mastheads.account, agendas.time_of_event, agendas.recording, remarks.opening_note, mastheads.day_of_paper,
            mastheads.day_over_count, datelines.dateline, releases.day_of_event, datelines.right_above)
# then what says in words or behind a label what it is,
_BY_WORDS = (datelines.day_below, datelines.right_above, mastheads.bar_without_year, agendas.day_without_year,
             releases.of_press_office, remarks.note, releases.announced, agendas.post_or_venue, agendas.called, agendas.form,
             agendas.taken_down, agendas.kind_below, bylines.speaker)
# and last what may be a title.
_BY_NAME = (releases.day_of_picture, bylines.caption, releases.lead, bylines.writer, bylines.office, bylines.lone_name,
            bylines.name_behind_unit, headlines.title, datelines.meeting)


def read(head: Sequence[str], tail: Sequence[str]) -> Surroundings:
    """The lines before and after a speech, told apart."""
    page = Surroundings(republic=page_lines.year_of_republic([*head, *tail]))
    _read_head(head, page)
    tails.read(tail, page)
    return page


def _read_head(head: Sequence[str], page: Surroundings) -> None:
    parts = [(part, cell if known != cell else part) for line in head for known, cell in labels.in_common_words(line)
             for part in agendas.parts(known)]
    lines = [part for part, _ in parts]
    # A name that stands alone is one only below a title, a dateline or a bar: menus are full of words that begin like names.
    below = False
    for index, (part, line) in enumerate(parts):
        if len(line) > _LONGEST:
            continue
        lines[index] = page_lines.with_whole_year(page_lines.in_one_calendar(part))
        told = _read_line(lines, index, below, page)
        if lines[index] != line:
            for one in (*page.delivered, *page.published):
                one.evidence = line if one.evidence == lines[index] else one.evidence
        if told and index and not below and not page.titles and headlines.heads(lines[index - 1], line):
            page.above = page.above or headlines.joined(lines, index - 1)
        below = told
    if not page.titles and not page.above:
        page.above = _lone_headline(lines)
    releases.read_lead(lines, page)
    _part_days(page)


def _lone_headline(lines: Sequence[str]) -> str | None:
    """The first line of a head of which little is left without what pages say of themselves, where it reads like a headline."""
    own = [line for line in lines if furniture.weight(furniture.folded(line[:_LONGEST])) < furniture.SPEAKS_OF_PAGE
           and not furniture.is_navigation(furniture.folded(line[:_LONGEST]))]
    return own[0] if 1 <= len(own) <= 3 and headlines.is_headline(own[0]) else None


def _read_line(lines: Sequence[str], index: int, below: bool, page: Surroundings) -> bool:
    """Read a line of the head. True where it was told to be part of the heading of the speech or a bar."""
    line = Line(lines, index, below, lines[index])
    if cell := headlines.beside_arrows(line.text, page):
        return _read_line([page.titles[-1], cell], 1, True, page)
    if (told := asked(_BY_FORM, line, page)) is not None:
        return told
    line.find_dates(page.republic)
    if line.found and (told := asked(_BY_DATE, line, page)) is not None:
        return told
    if (told := asked(_BY_WORDS, line, page)) is not None:
        return told
    line.is_title = headlines.is_title(line)
    told = asked(_BY_NAME, line, page)
    return mastheads.is_bar(line.text) if told is None else told


def _part_days(page: Surroundings) -> None:
    """Of two days that stand on lines of their own, and no line says what either is, the later one above the earlier is that on which the
    page was put out: nobody dates a speech twice, and the bar stands over what the paper says. So is a day alone above a line that says
    what was given on an earlier one: 2022年11月10日 / 某议员于2022年11月9日会议上的发言; and the day of a newsletter whose note tells
    an earlier one."""
    alone = [one for one in page.delivered if one.precision == "day" and one.rank in (1, datelines.BARE) and is_lone_date(one.evidence)]
    if len(alone) == 1 and alone[0] is page.delivered[0]:
        alone += [one for one in page.delivered[1:] if one.precision == "day" and one.rank <= 1][:1]
    if not page.published and len(alone) > 1 and alone[0].rank == datelines.BARE and alone[0].day > alone[-1].day:
        page.delivered.remove(alone[0])
        page.put_out(alone[0], alone[0].evidence, 3)
    if not page.published and len(alone) == 1:
        releases.date_by_news(alone[0], page)
    if len(alone) == 1 and alone[0].rank == datelines.BARE and alone[0] in page.delivered and remarks.is_before(alone[0].day, page):
        page.delivered.remove(alone[0])
        page.put_out(alone[0], alone[0].evidence, 3)
