"""The tail of a page: the signature, the days and the notes that stand below a speech."""
from __future__ import annotations

import re
from collections.abc import Sequence

from flows.normalize import bars, dates, mastheads, releases, remarks, speakers, titles
from flows.normalize.evidence import Surroundings
from flows.normalize.page_lines import EDGE, PART_OF_DAY, dates_of, may_hold_year, unrevised, without_weekday

_LONGEST_NOTE = 400     # characters of a note on what the text was
_LONGEST = 200          # ... and of any other line that is read
_SIGNED = 3             # lines right below a text that may sign it
_SIGNATURE = 6          # lines between 承董事会命 and the day below it
_PRINTED_RANK = 6       # a report is printed before it is read out, and put out on the page after that: weaker than the page's address
# A company signs what it announces: 承董事会命
_BY_ORDER = re.compile(r"承.{0,10}(?:董事会|理事会|董事局|委员会)之?命|承命")
_CITY_BEFORE = re.compile(r"[一-龥]{2,6}[，,]")
# （2017年11月16日，讲话以现场发言为准）
_AS_GIVEN = re.compile(r"^[，,、；;\s]*(?:讲话|讲辞|演辞|演讲词?|致辞|致词|发言|全文)?[^。]{0,4}以(?:现场|宣读|当场|实际)")


def read(lines: Sequence[str], page: Surroundings) -> None:
    """Read the lines below a speech, after those above it."""
    by_order = next((index for index, line in enumerate(lines[:_SIGNED]) if _BY_ORDER.fullmatch(line)), len(lines))
    for index, line in enumerate(lines):
        if (len(line) <= _LONGEST_NOTE and remarks.read_note(line, page)) or len(line) > _LONGEST or remarks.read_footnote(line, page):
            continue
        if "任" in line:
            remarks.read_office_held(line, page)
        if index < _SIGNED and ("时" in line or "据" in line or "按" in line):
            remarks.read_record(line, page)
        if remarks.read_office_of_writer(line, page):
            continue
        written = releases.without_end(mastheads.unpacked(line))
        found = unrevised(written, dates_of(written, page.republic))
        if found and written == line and mastheads.is_printed(line, found[0]):
            page.put_out(found[0], line, _PRINTED_RANK)
            mastheads.read_issuer(line[:found[0].start].strip(EDGE) or (lines[index - 1] if index else ""), page)
        elif found:
            _read_dated(lines, index, by_order, written, found, page)
        elif index < min(_SIGNED, by_order) and 2 <= len(line) <= 40:
            _read_signature(lines, index, page)


def _read_dated(lines: Sequence[str], index: int, by_order: int, written: str, found: Sequence[dates.Found], page: Surroundings) -> None:
    """Read a line below a speech that holds dates. by_order: the number of the line that says 承董事会命; written: the line as it is read,
    to which `found` holds."""
    line = lines[index]
    # A remark may name years before it names the day: 2015年数据含某市。（摘自2016年1月20日《某报》）
    first = next((one for one in found if one.precision == "day"), found[0])
    rest = without_weekday(written[:first.start] + written[first.end:]).strip(EDGE)
    if titles.HOW_MADE.fullmatch(rest) or PART_OF_DAY.fullmatch(rest):     # （一九九二年三月五日，根据录音整理）
        rest = ""
    if mastheads.BAR_BELOW.search(line) and first.precision != "year":
        page.put_out(first, line, 3)
    elif index < _SIGNED and (paper := bars.name(written)):
        page.papers += [] if bars.is_part(paper) else [paper]
        page.put_out(first, line, 3)
    elif by_order < index <= by_order + _SIGNATURE and first.precision == "day" and (not rest or _CITY_BEFORE.match(line)):
        page.put_out(first, line, 3)        # the day of the announcement, not of what it reports
    elif (not rest or (index < 3 and _AS_GIVEN.search(rest))) and index < 4 and first.precision != "year" and "年" in line \
            and not first.timed:
        page.give(first, line, 4)
        if first.precision == "day" and releases.is_put_out_below(lines, index, page):
            page.put_out(first, line, 3)


def _read_signature(lines: Sequence[str], index: int, page: Surroundings) -> None:
    """Read a line right below a text that may be signed: 县委常委 罗某, or a name over the date."""
    line = lines[index]
    speaker = speakers.speaker_line(line)
    if speaker and speaker.role and not page.speakers:
        page.speakers.append(speaker)
    elif speaker and speaker.name and not page.names:       # 述职人：王某
        page.names.append(speaker.name)
    elif not page.names and index + 1 < len(lines) and (who := speakers.lone_name(line)):
        below = lines[index + 1]
        dated = dates.dates(below) if may_hold_year(below) else ()
        if dated and dated[0].precision == "day" and not dated[0].timed and below[dated[0].start:dated[0].end] == below:
            page.names.append(who)
