"""What a document says of its speech: title, dates, speaker, place, occasion, source, kind; read before the page around it is cut away."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from flows.ingest.documents import Document
from flows.normalize import chronology, dates, genres, occasions, places, source_names, speakers, titles
from flows.normalize.places import Place
from flows.normalize.speakers import Speaker
from flows.normalize.speech import Metadata

_HEAD_LINES, _TAIL_LINES = 60, 80
_BAR = re.compile(
    r"(?:发布|更新|发表|录入|上传|添加|刊登|见报|入库|成文|创建|修改|推送|公开|生成|发文)?(?:时间|日期|于)\s*[:：]|来源\s*[:：]|点击|浏览|阅读(?:量|数|次)?\s*[:：]?\s*\d|字体|字号|编辑\s*[:：]|作者\s*[:：]|"
    r"打印|关闭|收藏|【(?:19|20)\d\d|责编|出处\s*[:：]|稿源|发布者|发布人|阅读次数|点击数|浏览次数|人气|评论|更新"
)
_PUT_OUT = re.compile(r"(?:发布|发表|更新|刊登|见报)(?:时间|日期|于)?|^[（(\s]*时间|来源")
_TIME_LINE = re.compile(r"^(?:授课|讲课|活动|会议)?(?:时间|日期)\s*[:：]\s*[^，。]{6,24}$")
_AGENDA = re.compile(
    r"^(?:地点|会议地点|授课地点|主讲人?|授课人|主持人?|参加人员|参会人员|出席人员|报告人|讲话人|授课对象|参加对象)\s*[:：]"
)
_DELIVERED_LABEL = re.compile(r"(?:讲话|演讲|会议|报告|发言|致辞|授课|活动|召开|举行|党课|述职)(?:的)?(?:时间|日期)\s*[:：]")
_PASSED = re.compile(r"通过|修订|修正|批准|印发|施行")
# The comment marks as they are, and as they are once the punctuation around them has been made full-width.
_COMMENT = re.compile(r"<[!！](?:--|——|—)|(?:--|——|—)>")
_MARKED = re.compile(r"[*#><]|^\s|\s$|^　|　$")
_MARKS = re.compile(r"^[*#>\s　]+|[*#\s　]+$|\*\*|</?[a-zA-Z][^>]{0,80}>|\[\^\d+\]")
_TITLE_YEAR = re.compile(r"(?<![\d—\-至到和、])((?:19|20)\d\d)(?!\d|[—\-]|年?(?:至|到|远景|[^，]{0,8}(?:远景|目标|规划|纲要|愿景)))")
_FROM_TEXT, _FROM_URL = 5, 5
_YEAR = re.compile(r"(?:1\s?[89]|2\s?0)\s?\d\s?\d|[一二][〇○零OＯ0九八][〇○零OＯ0-9一二三四五六七八九]{2}|[１２][９０]")
_FRONT = re.compile(r"^(title|source|date|author|url|site|publisher)\s*[:：]\s*(.+)$", re.IGNORECASE)
_GOVERNMENT = re.compile(r"(?:代表|受)([^，。]{1,20}?)(?:人民政府|政府|革命委员会|行政公署)")
_COMMITTEE = re.compile(r"中共([^，。、]{2,8}?[省市州县区盟旗])委")
_ANNUAL = re.compile(r"政府(?:\d{4}年)?工作报告$")
_PLAIN = frozenset(("text/markdown", "text/plain"))
# What a word processor keeps as a file's date is the day of the template or of the last save.
_OFFICE_FILE = re.compile(r"word|office|pdf|rtf|opendocument")
_NATIONAL = re.compile(r"国务院|全国人民代表大会|中国共产党第[^省市县]{1,8}次全国代表大会|中国共产党成立|中共中央")
_WIRE = re.compile(r"新华社[^，。\s]{0,8}?(?=\d{4}年)|(?:电|讯)\s*$")
_MEETING_END = re.compile(
    r"(?:会议|大会|全会|例会|年会|会|仪式|典礼|活动|论坛|班|党日|峰会|开幕式|闭幕式)(?:（[^（）]{1,10}）)?上?|上(?=$|[\s）)])"
)
_MEETING_LINE = re.compile(
    r"^[（(\s—―─–-]*(?:(?:在|于)?[^，。；：]{0,30}届[^，。；：]{2,24}第?[一二三四五六七八九十]{1,3}次(?:全体)?会议|(?:在|于)[^，。；：]{3,50}[会议式礼动班])上?[）)\s]*$"
)
_SAID = re.compile(r"^(?:所?作的?|的)?[^，。\s]{0,8}(?:报告|讲话|词|致辞|发言|说明|演讲)?$")
_EDGE = " 　（()）【】[]—-―─–－*,，、"


@dataclass(slots=True)
class _Dated:
    """A date that the page gives, with the words that it rests on and how much they are worth (the lower the more)."""

    day: date
    precision: str
    evidence: str
    rank: int


@dataclass(slots=True)
class _Page:
    """What the lines around the speech are."""

    delivered: list[_Dated] = field(default_factory=list)
    published: list[_Dated] = field(default_factory=list)
    datelines: list[str] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    captions: list[Speaker] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    offices_seen: list[str] = field(default_factory=list)  # the lines themselves: 固原市市长 马汉成 tells the place
    titles: list[str] = field(default_factory=list)


def describe(head: Sequence[str], text: str, tail: Sequence[str], document: Document) -> Metadata:
    """What the document says of the speech.

    head, tail: the lines of the page before and after the speech, simplified, in order; text: the clean speech. What none of them says
    is None. `defects` holds date_conflict where the dates contradict each other or the text.
    """
    given = {key: value for key, value in document.metadata.items() if isinstance(value, str)}
    lines = _lines(head, given)
    after = [line.strip() for line in tail[:_TAIL_LINES] if line.strip()]
    page = _Page()
    _read_head(lines, page)
    _read_tail(after, page)
    url = _url(given)
    title = _title(page, lines, after, given, document)
    _read_removed(title, given, page)
    if given.get("date") and not _OFFICE_FILE.search(document.media_type):
        page.published += [_Dated(found.day, found.precision, given["date"], 2) for found in dates.dates(given["date"])[:1]]
    if url and (found := dates.url_date(url)):
        page.published.append(_Dated(found.day, found.precision, url, _FROM_URL))

    delivered = _first(page.delivered) or _year_of_report(title)
    if delivered and document.media_type in _PLAIN and all(one.evidence == given.get("date") for one in page.published):
        # The only date of a card that is the day of the speech is that day and no other.
        page.published = [one for one in page.published if one.day != delivered.day]
    # An address whose path holds an earlier day than the speech counts something else.
    published = _first([one for one in page.published if one.rank < _FROM_URL or not delivered or delivered.day <= _ends(one)])
    dateline = next(iter(page.datelines), None)
    kind = genres.genre(title.clean if title else None, text)
    # Whoever reads out a report speaks as the government, not of his own post.
    speaker = _speaker(page, title, text if kind != "工作报告" else "")
    organization, occasion = occasions.occasion(title.clean if title else None, dateline, text)
    place = _place(title, page, lines, text, kind)
    span = chronology.span(text)
    if span.today and (not delivered or delivered.precision == "year"):
        delivered = _Dated(span.today, "day", span.words, _FROM_TEXT)
    conflict = _conflict(delivered, published, _title_years(title, page, given), span)
    return Metadata(
        title=title.clean if title else None,
        title_raw=title.raw if title else None,
        genre=kind,
        occasion=occasion,
        organization=organization,
        place=place.name if place else None,
        place_code=place.code if place else None,
        speaker_name=speaker.name,
        speaker_role=speaker.role,
        delivered_date=delivered.day if delivered else None,
        delivered_precision=delivered.precision if delivered else None,
        delivered_evidence=delivered.evidence if delivered else None,
        published_date=published.day if published else None,
        published_precision=published.precision if published else None,
        published_evidence=published.evidence if published else None,
        source_name=source_names.source(lines, after, [given.get("title", ""), *page.titles], _site(given)),
        source_url=url,
        defects=frozenset({"date_conflict"} if conflict else ()),
    )


def _lines(head: Sequence[str], given: dict[str, str]) -> list[str]:
    """The lines of the head that say something: comments opened, front matter put with the container's own words."""
    lines = []
    for line in head[-_HEAD_LINES:]:
        line = _MARKS.sub("", _COMMENT.sub("", line)) if _MARKED.search(line) else line.strip()
        front = _FRONT.match(line)
        if front:
            given.setdefault(front[1].lower(), front[2].strip().strip("'\""))
        elif line and line.strip("-—=_ "):
            lines.append(line)
    return lines


def _url(given: dict[str, str]) -> str | None:
    for key in ("url", "source", "link"):
        match = re.search(r"https?://[^\s\"'<>，。]+", given.get(key, ""))
        if match:
            return match[0]
    return None


def _site(given: dict[str, str]) -> str | None:
    """The site or paper as the container names it, where that is a name and no address."""
    for key in ("source", "site", "publisher"):
        name = given.get(key, "")
        if name and "/" not in name and not re.fullmatch(r"[\w.\-]+\.[a-z]{2,}", name):
            return name
    return None


def _read_head(lines: Sequence[str], page: _Page) -> None:
    dated = False
    for index, line in enumerate(lines):
        if len(line) > 300:
            continue
        found = dates.dates(line) if _YEAR.search(line) else ()
        if found and _TIME_LINE.match(line) and any(map(_AGENDA.match, lines[max(0, index - 2): index + 3])):
            # Beside 地点 and 主讲人 the time is that of the event, not of the page.
            page.delivered.append(_Dated(found[0].day, found[0].precision, line, 0))
            continue
        if found and _read_dated(_whole_dateline(lines, index, found[0]), found, page):
            dated = True
            continue
        speaker = speakers.speaker_line(line)
        if speaker:
            page.speakers.append(speaker)
            page.offices_seen.append(line)
            continue
        caption = speakers.caption(line)
        if caption:
            page.captions.append(caption)
            page.offices_seen.append(line)
            continue
        office = speakers.office_line(line)
        if office:
            page.offices.append(office)
            page.offices_seen.append(line)
            continue
        if dated or index >= len(lines) - 3:
            who = speakers.lone_name(line)
            if who and not titles.like_title(line):
                page.names.append(who)
                continue
        if titles.like_title(line):
            page.titles.append(_joined_title(lines, index))
        elif not found and _MEETING_LINE.match(line):
            page.datelines.append(line.strip(_EDGE))


def _whole_dateline(lines: Sequence[str], index: int, found: dates.Found) -> str:
    """The line, with the next one where the page broke a dateline in two: ——2022年1月10日在合肥市 / 第十七届人民代表大会第一次会议上."""
    line = lines[index]
    rest = line[found.end:].strip(_EDGE)
    if index + 1 < len(lines) and 2 <= len(rest) <= 30 and rest[0] in "在于第" and not _MEETING_END.search(rest):
        following = lines[index + 1].strip(_EDGE)
        if len(following) <= 40 and _MEETING_END.search(following):
            return line + following
    return line


def _read_dated(line: str, found: Sequence[dates.Found], page: _Page) -> bool:
    """Sort a line that holds a date. True where the line is told by its date: a bar, a dateline."""
    first = found[0]
    if len(line) > 120:
        return False
    if _DELIVERED_LABEL.search(line):
        page.delivered.append(_Dated(first.day, first.precision, line, 0))
        return True
    if (first.timed or _BAR.search(line) or _WIRE.search(line)) and first.precision != "year" and "。" not in line[:-1]:
        page.published.append(_Dated(first.day, first.precision, line, 1 if _PUT_OUT.search(line) else 2))
        return True
    if first.precision == "year":
        return False
    before, after = line[: first.start].strip(_EDGE), line[first.end:].strip(_EDGE)
    if not before and not after:
        written = line[first.start: first.end]
        if ("-" in written or "/" in written) and line.strip() == written:
            page.published.append(_Dated(first.day, first.precision, line, 3))
        else:
            page.delivered.append(_Dated(first.day, first.precision, line, 2 if line.strip() == written else 1))
        return True
    if _PASSED.search(after) and not after.startswith("报告"):
        return False
    if re.match(r"(?:报告|讲话|所作|发表)", after) or (not before and _read_meeting(after, page)):
        page.delivered.append(_Dated(first.day, first.precision, line, 0))
        return True
    if (before and _read_meeting(after, page)) or (before and not after and _read_meeting(before, page)):
        # 政府工作报告——2026年2月4日在…上: title, dateline and speaker may stand on one line; 在…会议上（2016年1月25日).
        page.delivered.append(_Dated(first.day, first.precision, line, 0))
        if titles.like_title(before):
            page.titles.append(before)
        return True
    if line.startswith(("——", "――", "──", "--")) and not before and after[0] in "在于":
        page.delivered.append(_Dated(first.day, first.precision, line, 1))
        page.datelines.append(after)
        return True
    rest = after or before
    speaker = speakers.speaker_line(rest) if not (before and after) else None
    who = None if speaker or (before and after) else speakers.lone_name(rest)
    if speaker or who:
        page.delivered.append(_Dated(first.day, first.precision, line, 0))
        if speaker:
            page.speakers.append(speaker)
        elif who:
            page.names.append(who)
        return True
    if not after and titles.like_title(before):
        page.delivered.append(_Dated(first.day, first.precision, line, 1))
        page.titles.append(before)
        return True
    return False


def _read_meeting(words: str, page: _Page) -> bool:
    """Whether words beside a date name the meeting, and nothing else but the speaker: 在…第四次会议上 陶淑菊."""
    for match in reversed(list(_MEETING_END.finditer(words))):
        rest = words[match.end():].strip(_EDGE)
        speaker = speakers.speaker_line(rest) if rest else None
        who = speakers.lone_name(rest) if rest and not speaker else None
        if not rest or speaker or who or _SAID.match(rest):
            if speaker:
                page.speakers.append(speaker)
            elif who:
                page.names.append(who)
            page.datelines.append(words[: match.end()])
            return True
    return False


def _read_tail(lines: Sequence[str], page: _Page) -> None:
    for index, line in enumerate(lines):
        if len(line) > 200:
            continue
        found = dates.dates(line) if _YEAR.search(line) else ()
        if not found:
            continue
        first = found[0]
        rest = (line[: first.start] + line[first.end:]).strip(" 　（()）【】[]—-―─–*,，")
        if re.search(r"(?:发布|更新|发表)?(?:时间|日期)\s*[:：]|来源\s*[:：]", line):
            page.published.append(_Dated(first.day, first.precision, line, 3))
        elif not rest and index < 4 and first.precision == "day" and not first.timed:
            page.delivered.append(_Dated(first.day, first.precision, line, 4))


def _joined_title(lines: Sequence[str], index: int) -> str:
    """The line, with the one before it where the page broke the title in two: a main title and ——在…上的讲话, or 在…大会 and 上的讲话."""
    line, before = lines[index], lines[index - 1] if index else ""
    if re.match(r"(?:——|――|──|--)\s*(?!(?:19|20)\d\d年)", line):
        bare = re.sub(r"^[—―─\-\s]+", "", line)
        if 5 <= len(before) <= 36 and not re.search(r"[：:。|>＞»【\[\d]|网$|正文", before) and not titles.like_title(before):
            return f"{before}——{bare}"
        return bare
    return line


def _title(page: _Page, lines: Sequence[str], tail: Sequence[str], given: dict[str, str], document: Document) -> titles.Title | None:
    told = [(index, form) for index, form in titles.told(lines) if titles.like_title(titles.cleaned(form).clean)]
    after = [(index, form) for index, form in titles.told(tail) if titles.like_title(titles.cleaned(form).clean)]
    sentences = {lines[index] for index, _ in told}
    own = [line for line in page.titles if line not in sentences]
    best = titles.choose(own, given.get("title"), [form for _, form in told], [form for _, form in after], lines)
    if best is None:
        # Weak evidence: a file is often saved under the title of the page.
        stem = re.sub(r"^[\d\s_\-.、]+", "", PurePosixPath(re.sub(r"#.*$", "", document.source_path)).stem)
        return titles.choose([stem], None, [], [], []) if titles.like_title(stem) else None
    return best


def _read_removed(title: titles.Title | None, given: dict[str, str], page: _Page) -> None:
    """The date and the speaker that a title carries in a bracket: 娄底市政府工作报告（2021年12月30日 曾超群）."""
    removed = list(title.removed) if title else []
    for form in (title.raw if title else "", given.get("title", "")):
        for found in dates.dates(form)[:1]:
            if found.precision == "day" and found.start <= 1 and "在" in form[found.end: found.end + 40]:
                page.delivered.append(_Dated(found.day, found.precision, form, 3))
    if given.get("title"):
        removed += titles.cleaned(given["title"]).removed
    for piece in removed:
        for found in dates.dates(piece)[:1]:
            if found.precision != "day":
                continue
            page.delivered.append(_Dated(found.day, found.precision, piece, 3))
            rest = (piece[: found.start] + piece[found.end:]).strip(" 　（()）【】[]—-，,")
            speaker = speakers.speaker_line(rest) if rest else None
            if speaker:
                page.speakers.append(speaker)
            elif rest and (who := speakers.name(rest)):
                page.names.append(who)


def _speaker(page: _Page, title: titles.Title | None, text: str) -> Speaker:
    said = speakers.in_title(title.clean) if title else Speaker(None, None)
    if page.speakers:
        return page.speakers[-1]
    name = page.names[-1] if page.names else said.name
    role = page.offices[-1] if page.offices else said.role
    for caption in page.captions:
        if name is None or caption.name == name:
            name, role = caption.name, role or caption.role
    return Speaker(name, role or speakers.in_text(text))


def _place(title: titles.Title | None, page: _Page, lines: Sequence[str], text: str, kind: str) -> Place | None:
    said = [*page.datelines, *([title.clean] if title else [])]
    joined = "\n".join(said)
    if _NATIONAL.search(joined) or re.search(r"代表(?:国务院|[^，。]{0,8}中央)", text[:150]):
        return None
    context = joined + "\n" + "\n".join(lines) + "\n" + text[:1500]
    for line in [*said, *page.offices_seen]:
        found = places.place(line)
        if found:
            return places.coded(found, context)
    if kind != "工作报告":
        return None
    match = _GOVERNMENT.search(text[:400])
    if not match:
        return None
    committee = _COMMITTEE.search(text[:3000])
    found = places.place(match[1]) or (places.place(committee[1]) if committee else None)
    if found and (found.name[-1] == match[1][-1] or len(match[1]) > 3):
        return places.coded(found, context)
    level = {"省": places.PROVINCE, "自治区": places.PROVINCE}.get(match[1])
    if match[1] in ("市", "州", "自治州", "盟", "地区"):
        level = places.PREFECTURE
    return places.mentioned(text, level) if level else None


def _year_of_report(title: titles.Title | None) -> _Dated | None:
    """The year of an annual report that its title names (某省2014年政府工作报告)."""
    years = _TITLE_YEAR.findall(title.clean) if title and _ANNUAL.search(title.clean) else []
    return _Dated(date(int(years[0]), 1, 1), "year", title.clean, _FROM_TEXT) if title and len(years) == 1 else None


def _first(found: Sequence[_Dated]) -> _Dated | None:
    return min(found, key=lambda one: one.rank) if found else None


def _title_years(title: titles.Title | None, page: _Page, given: dict[str, str]) -> list[int]:
    """The years that the forms of the title name, wherever in them."""
    if title is None:
        return []
    forms = [title.raw, given.get("title", ""), *(line for line in page.titles if titles.same(line, title.clean))]
    return sorted({int(year) for form in forms for year in _TITLE_YEAR.findall(form)})


def _conflict(delivered: _Dated | None, published: _Dated | None, years: Sequence[int], span: chronology.Span) -> bool:
    """Whether the dates of the page contradict each other or the text.

    A page may be put up long after the speech, so a late date of publication is no contradiction, unless nothing else dates a text that
    plainly belongs to years before.
    """
    if published:
        last = _ends(published)
        if (delivered and last < delivered.day) or (span.not_before and last < span.not_before) or (span.today and last < span.today):
            return True
    if delivered and delivered.rank < _FROM_TEXT and chronology.contradicts(span, delivered.day, _ends(delivered)):
        return True
    if delivered:
        return any(abs(year - delivered.day.year) > 1 for year in years)
    if years:
        return all(chronology.contradicts(span, date(year, 1, 1), date(year, 12, 31)) for year in years)
    if published and span.year and published.day.year - span.year > 1:
        return True
    return bool(published and span.not_after and (published.day - span.not_after).days > 365)


def _ends(dated: _Dated) -> date:
    """The last day that a date of its precision may mean."""
    if dated.precision == "day":
        return dated.day
    return date(dated.day.year, 12, 31) if dated.precision == "year" else date(dated.day.year, dated.day.month, 28)
