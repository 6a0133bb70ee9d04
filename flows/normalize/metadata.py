"""What a document says of its speech: title, dates, speaker, place, occasion, source, kind; read before the page around it is cut away."""
from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from flows.ingest.documents import Document
from flows.normalize import (
    boundaries,
    characters,
    chronology,
    dates,
    double_decoding,
    genres,
    headlines,
    neighbours,
    occasions,
    remarks,
    source_names,
    speakers,
    surroundings,
    titles,
    whereabouts,
)
from flows.normalize.evidence import DAYS_OF_NEWS, Dated, Surroundings
from flows.normalize.heads import HEAD_LINES, LONGEST_LINE, head_lines
from flows.normalize.numerals import number
from flows.normalize.script import traditional_only
from flows.normalize.speakers import Speaker
from flows.normalize.speech import Metadata
from schemas.lexicons import entries, rows

_TAIL_LINES = 80
_NEAREST = 4
_CONTENTS = frozenset(("目录", "目次"))
_HEADINGS = 2       # lines that a page has above its text as one title in two wordings
_LONGEST_GIVEN = 2_000      # characters of what a container says that are read
_OPENING = 600  # characters of a text in which the speaker says what day it is
_RIGHT_AFTER = 14       # ... and within which it is put up by whoever was there; models for speeches are put up years later
_WORDED = frozenset(("title", "collection", "source", "site", "publisher", "speaker", "role", "place", "occasion", "author"))
# Ranks of evidence beside those that the lines of the page have.
_FROM_FIELD, _FROM_CARD, _FROM_TITLE, _FROM_TEXT, _FROM_URL = -1, 2, 3, 5, 5
_ADDRESS = re.compile(r"https?://[^\s\"'<>，。]+")
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,8}[A-Za-z][\w-]{1,62}(?::\d{1,5})?|(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?")
_AFTER_ADDRESS = ".,;:!?)]}>'*_|·"
_HOST_NAME = re.compile(r"[\w.\-]+\.[a-z]{2,}")
_FILE_NUMBER = re.compile(r"^[\d\s_\-.、]+")
_TITLE_YEAR = re.compile(r"(?<![\d—\-至到和、])((?:19|20)\d\d)(?!\d|[—\-]|年?(?:至|到|远景|[^，]{0,8}(?:远景|目标|规划|纲要|愿景)))")
_ANNUAL = re.compile(r"政府(?:\d{4}年)?工作报告》?$")
_ANNUAL_BRACKETED = re.compile(r"政府工作报告》?[（(](?:19|20)\d\d年?[）)]$")
# The first heading of an annual report looks back on the year before.
_REVIEW = re.compile(r"^(?:[（(]?一[、）)])?(?:关于)?((?:19|20)\d\d)年的?(?:政府|主要|各项|全[省市区州县])?工作(?:情况)?的?"
                     r"(?:主要|简要|基本)?的?回顾", re.M)
_THIS_DAY = re.compile(r"今[天日]，?(?:是|正是)?(?:公历|阳历|新历|西历)?(?P<month>1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})月"
                       r"(?P<day>[12]\d|3[01]|[1-9]|[一二三四五六七八九十廿卅]{1,3})[日号]")
# What a ceremony marks, and the day with which the first sentence behind the greetings begins
_CEREMONY = re.compile(r"(?P<what>开学|毕业|结业|散学|开工|开业|开园|开馆|奠基|揭牌|通车|竣工|启动|签约)(?:典礼|仪式)")
_OPENING_DAY = re.compile(r"(?:^|[：！\n])(?P<month>1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})月"
                          r"(?P<day>[12]\d|3[01]|[1-9]|[一二三四五六七八九十廿卅]{1,3})[日号](?P<rest>，[^。！？；\n]{4,80})[。！]")
_NOT_NOW = re.compile("将|就要|即将|准备|以来|以后|之后|起|去年|上[个次]|曾|当时|前|截至|至")
_FIRST_WORDS = 160      # characters in which the greetings and the first sentence end
_NAMED_DAY_BEFORE = 24      # characters between 今天是 and the name of the day
_TODAY = re.compile(r"今[天日]，?(?:是|正是)?[（(]?(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日)")
# Who writes for a paper and speaks nowhere, and how a record tells the page of the paper.
_OF_THE_PAPER = re.compile("记者|编辑|通讯员|特约|评论员|摄影|主编|社长|供稿")
_WRITTEN_BY_SPEAKER = frozenset(("述职报告", "党课"))      # what nobody writes of another's work, and a lesson
_LEAF = re.compile(r"第?\s*[A-Z]?[\d一二三四五六七八九十]{1,3}\s*版")
_LEAF_NUMBER = re.compile(r"[A-Z]?\d{1,2}")
_LEAF_LINE = re.compile(rf"【版[次面号]】\s*{_LEAF.pattern}")
_PLAIN = frozenset(("text/markdown", "text/plain"))
# What a word processor keeps as a file's date is the day of the template or of the last save; the columns of a spreadsheet are neither.
_OFFICE_FILE = re.compile(r"^(?!.*spreadsheet).*(?:word|office|pdf|rtf|opendocument)")
# A title that tells of what was spoken and not where.
_ON_A_MATTER = re.compile("就|关于|对|论|谈")
# What a dateline says of the kind of the speech: ……大会上的开幕词.
_KIND_SAID = re.compile(r"上(?:的|所?作的?)?([^上，。]{2,12})$")
_COLUMN = re.compile("[一-龥]{2,8}")        # that stood behind the title: 大会发言
_TAG = re.compile(r"^\s*[【\[［〔]([^】\]］〕]{2,8})[】\]］〕]|(?<=[】\]］〕])\s*[【\[［〔]([^】\]］〕]{2,8})[】\]］〕]")


def describe(head: Sequence[str], text: str, tail: Sequence[str], document: Document, running: Sequence[str] = ()) -> Metadata:
    """What the document says of the speech.

    head, tail: the lines of the page before and after the speech, simplified, in order; text: the clean speech; running: with what the
    pages of the document are headed. What none of them says is None. `defects` holds date_conflict where the dates contradict each
    other or the text.
    """
    # a no-break space can be a byte of a letter that was read wrongly
    given = {key: " ".join((double_decoding.plain_words(value) if key in _WORDED else value).split())
             for key, value in ((key, value[:_LONGEST_GIVEN]) for key, value in document.metadata.items())}
    given = {key: _simplified(value) if key in _WORDED else value for key, value in given.items()}
    lines = neighbours.without_lists(_without_contents(head_lines(head, given), text), [given.get("title", "")])
    after = neighbours.without_lists([line.strip() for line in tail[:_TAIL_LINES] if line.strip()])
    written = [line for line in after if not remarks.FOOTNOTE.match(line)]
    page = surroundings.read(lines, after)
    page.writers += _byline(lines, given.get("site", ""))
    page.names = [who for who in page.names if who not in (given.get("site"), given.get("publisher"))]
    url = _url(given)
    title = _headline(_title(page, lines, after, given, document), lines, text, given)
    title = titles.without_path(title, lines) if title else None
    _read_removed(title, given, page)
    if given.get("date") and not _OFFICE_FILE.search(document.media_type):
        page.published += [Dated(one.day, one.precision, given["date"], _FROM_CARD) for one in (dates.field_date(given["date"]),) if one]
    # What a collection says above all its pieces holds for each that does not say it itself: when they were put out, and by whom.
    masthead = [_simplified(line.strip()) for line in document.metadata.get("masthead", "").splitlines()]
    if masthead and not page.published:
        page.published += surroundings.read(masthead, []).published
    if url and (found := dates.url_date(url)):
        page.published.append(Dated(found.day, found.precision, url, _FROM_URL))

    span = chronology.span(text)
    years = _title_years(title, page, given)
    delivered = (_first(page.delivered) or _day_in_text(text, span) or _day_in_news(page, span, years)
                 or _day_before_paper(page, text, span, title) or _year_of_report(title, text) or _year_in_text(span)
                 or _year_after_review(text))
    stated = _stated(given)
    if stated:
        finer = [one for one in (*page.delivered, delivered) if one and stated.day <= one.day and one.last() <= stated.last()]
        delivered = _first(finer) or stated
    elif delivered and document.media_type in _PLAIN:
        # The date of a card that is the day of the speech is that day and no other.
        page.published = [one for one in page.published if one.day != delivered.day or one.evidence != given.get("date")]
    if not page.published and delivered:
        page.published += _put_out_soon(page, delivered)
    # An address whose path holds an earlier day than the speech counts something else.
    published = _finest([one for one in page.published if one.rank < _FROM_URL or not delivered or delivered.day <= one.last()])
    dateline = next(iter(page.datelines), None)
    under = _below_headline(title, page, lines[-_NEAREST:])
    said = next((match[1] for line in page.datelines if (match := _KIND_SAID.search(line.strip("（）() ")))), page.noted)
    said = said or next((line for line in page.datelines if line in page.weak), None)
    said = said or (titles.kind_cut(title) or titles.kind_beside(title, lines[-2 * _NEAREST:]) if title else None)
    tags = " ".join(match[1] or match[2] for match in _TAG.finditer(title.raw)) if title else ""
    tags += titles.column_of_lessons(title.raw) or "" if title else ""
    kind = genres.genre(title.clean if title else None, text, f"{tags} {said or under}".strip() or None,
                        [given.get("category", ""), *page.forms, _stem(document.source_path), given.get("collection", ""),
                         *(piece for piece in (title.removed if title else ()) if _COLUMN.fullmatch(piece))])
    forms = _other_forms(title, page, given)
    _read_author(title, lines, given, page)
    speaker = speakers.agreed(_speaker(page, title, forms, kind, text, lines[-_NEAREST:]),
                              speakers.given(given.get("speaker", ""), given.get("role", "")))
    title = titles.without_name(title, speaker.name) if title and speaker.name else title
    organization, occasion = _occasion(under or (title.clean if title else None), dateline, text, given.get("occasion", ""))
    organization = organization or (occasions.reporting(title.clean) if title else None) \
        or (occasions.of_school(occasion, page.office_lines) if occasion else None) \
        or (occasions.of_whole(title.clean, page.office_lines) if title else None) \
        or (occasions.convener(occasion, lines[-_NEAREST:]) or occasions.of_members(occasion, lines[-2 * _NEAREST:]) if occasion else None)
    occasion = occasions.without_rank(occasion, text)
    source = source_names.source(lines, written, [given.get("title", ""), *page.titles], _site(given), page.papers, running)
    if masthead:
        source = source or source_names.source(masthead, [], [given.get("collection", "")], None)
    bodies = [source, *page.issuers, *whereabouts.keepers(lines), _site(given), given.get("site"),
              *whereabouts.whose_site(given, page, lines, after)]
    organization = organization or (occasions.of_house(occasion, speaker.role, (source, *source_names.PIECES.split(given.get("title", ""))))
                                    if occasion else None)
    place = whereabouts.agreed(whereabouts.told(title, forms, page, lines, text, kind), given.get("place", ""), text) \
        or whereabouts.own(title, page, bodies, [*running, *filter(whereabouts.is_book, [*lines, source or ""])], speaker, text) \
        or whereabouts.own(title, page, whereabouts.letterhead(lines), [], speaker, text) \
        or whereabouts.welcomed(text) or whereabouts.spoken_for(text) or whereabouts.of_institution(title, speaker, given, text)
    conflict = _conflict(delivered, published, years, span) \
        or _stuck_year_conflicts(delivered, title, [given.get("title", ""), *page.titles], lines)
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
        source_name=source,
        source_url=url or _labelled_url(head[-HEAD_LINES:], tail[:_TAIL_LINES]),
        defects=frozenset({"date_conflict"} if conflict else ()),
    )


def _simplified(words: str) -> str:
    """What a container says, which the mending of the text has not seen: simplified, without readings in brackets."""
    return words if traditional_only().isdisjoint(words) else characters.clean(words).text


def _stem(path: str) -> str:
    """The name of the file at `path` without its ending and without a number before it, simplified."""
    return _simplified(_FILE_NUMBER.sub("", PurePosixPath(path.partition("#")[0]).stem))


def _without_contents(lines: list[str], text: str) -> list[str]:
    """The lines of the head without a table of contents, each line of which stands again in `text`: what is above it is above the text."""
    start = next((number for number, line in enumerate(lines) if line[0] == "目" and line.replace(" ", "").rstrip("：") in _CONTENTS), None)
    if start is None:
        return lines
    end = start + 1
    while end < len(lines) and (words := boundaries.LEADER.sub("", lines[end])) and words in text:
        end += 1
    return [*lines[:start], *lines[end:]] if end > start + 1 else lines


def _url(given: dict[str, str]) -> str | None:
    for key in ("url", "source", "link"):
        match = _ADDRESS.search(given.get(key, ""))
        if match:
            return match[0]
    return None


def _labelled_url(head: Sequence[str], tail: Sequence[str]) -> str | None:
    """The address that a line around the speech gives behind a label of its own (原文链接：http://…), one of a page before one of a site;
    never one from a sentence."""
    found = []
    for line in (*head, *tail):
        if "://" in line and len(line) <= LONGEST_LINE and (labelled := _labelled_address().match(line)):
            address = labelled["address"].rstrip(_AFTER_ADDRESS)
            parts = urlsplit(address) if "[" not in address else None
            if parts and _HOST.fullmatch(parts.netloc):
                found.append((parts.path.strip("/") == "", address))
    return min(found, key=lambda each: each[0])[1] if found else None


@cache
def _labelled_address() -> re.Pattern[str]:
    labels = "|".join(r"\s*".join(map(re.escape, label)) for label in sorted(entries("address_labels.txt"), key=lambda each: -len(each)))
    # the name of the source may stand between: 来源：某某网 http://…
    return re.compile(rf"[\s【\[（(<*#>-]*(?:{labels})\s*[】\]]?\s*(?:[:：]\s*|(?=https?://))[^，。；！？:：/]{{0,24}}?[（(<《]?"
                      rf"(?P<address>https?://[!#-&(-;=?-~]+)", re.IGNORECASE)


def _site(given: dict[str, str]) -> str | None:
    """The site or paper as the container names it, where that is a name and no address."""
    for key in ("source", "site", "publisher"):
        name = given.get(key, "")
        if name and "/" not in name and not _HOST_NAME.fullmatch(name):
            return name
    return None


def _title(page: Surroundings, lines: Sequence[str], tail: Sequence[str], given: dict[str, str], document: Document) -> titles.Title | None:
    told = [(index, form) for index, form in titles.told(lines) if titles.like_title(titles.cleaned(form).clean)]
    after = [(index, form) for index, form in titles.told(tail) if titles.like_title(titles.cleaned(form).clean)]
    sentences = {lines[index] for index, _ in told}
    own = [line for line in page.titles if line not in sentences]
    named = given.get("title") or next(iter(page.called), None) or next(iter(titles.of_board(lines) or ()), None)
    answered = [line for line in own if not titles.is_asked(line)]
    if 0 < len(answered) < len(own) or (answered and titles.is_asked(named or "")):      # where one asks for a speech, its title is another
        own, named = answered, None if titles.is_asked(named or "") else named
    best = titles.choose(own, named, [form for _, form in told], [form for _, form in after], lines)
    if best and best.raw == named and own and not titles.says_where(best.clean):
        best = _marked_heading(own[-1], best, lines, document) or best
    motto = best if best and best.raw == named and titles.is_motto(best.clean, lines) else None
    best = best if motto is None else None
    for form in (page.above, *page.weak, *own):
        if best is None and form:
            best = titles.choose([form], None, [], [], []) or (titles.plain(form) if form in lines[-_NEAREST:] else None)
    if best is None and (marked := _marked_title(document, lines[-2 * _NEAREST:])):
        return marked
    if best is None and motto is None:      # below the title of its collection the text has none but this: 某节庆典领导致辞范文
        best = titles.choose([line for line in lines[-_NEAREST:] if titles.is_baited(line)][-1:], None, [], [], [])
    best = best or motto
    if best is None:
        # Weak evidence: a file is often saved under the title of the page.
        stem = _stem(document.source_path)
        return titles.choose([stem], None, [], [], []) if titles.like_title(stem) else None
    return best


def _marked_heading(heading: str, container: titles.Title, lines: Sequence[str], document: Document) -> titles.Title | None:
    """The title `heading`, which says where the speech was given and stands near the text, where the markup of the document calls it its
    title and what the container calls the document is no line of the page: the headline under which others pass it on. Else None."""
    title = titles.cleaned(heading)
    if not (titles.says_where(title.clean) and heading in lines[-2 * _NEAREST:]):
        return None
    names = {titles.canonical(container.clean), titles.canonical(container.raw)}
    marked = {titles.canonical(_simplified(document.raw_text[mark.start:mark.end])) for mark in document.layout if mark.kind == "title"}
    return title if titles.canonical(heading) in marked and names.isdisjoint(map(titles.canonical, lines)) else None


def _marked_title(document: Document, near: Sequence[str]) -> titles.Title | None:
    """The line near the text that the markup of the document calls its title, where that reads like a headline of no kind of speech."""
    marked = {titles.canonical(_simplified(document.raw_text[mark.start:mark.end])) for mark in document.layout if mark.kind == "title"}
    line = next((line for line in near if marked and titles.canonical(line) in marked and headlines.is_headline(line)), None)
    return titles.choose([line], None, [], [], []) if line else None


def _headline(title: titles.Title | None, lines: Sequence[str], text: str, given: dict[str, str]) -> titles.Title | None:
    """The title, or the heading that a line near the text gives where what was found only says among what the speech stands, or what
    the site made of the heading: below 某会议大会发言, behind 题目是, within 2020年…党课讲稿."""
    if title is None:
        return titles.told_by_speaker(text, lines)
    if titles.says_where(title.clean):
        return title
    near = lines[-2 * _NEAREST:]
    title = titles.headed(title, near)
    if own := titles.told_by_speaker(text, [*lines, title.raw]):
        is_whole = titles.canonical(own.clean) not in titles.canonical(title.clean) or own.clean == titles.without_kind(title.clean)
        return own if is_whole or own.raw == title.raw else title
    vouched = titles.cleaned(given["title"]).clean if given.get("title") else ""
    if title.raw in near[:-1] and titles.is_kind_alone(title.clean) and not titles.same(vouched, title.clean) \
            and near[-2] == title.raw and headlines.is_headline(near[-1]) and not occasions.like_meeting(near[-1]):
        return replace(titles.cleaned(near[-1]), removed=(title.clean,))      # right above the text, below the kind of it
    if title.raw not in near or not titles.is_collected(title.clean) or titles.same(vouched, title.clean):
        return title
    below = near[len(near) - near[::-1].index(title.raw):]
    if len(below) > 1 and headlines.is_headline(below[0]) and (speakers.speaker_line(below[1]) or dates.dates(below[1])):
        return titles.cleaned(below[0])
    return title


def _read_removed(title: titles.Title | None, given: dict[str, str], page: Surroundings) -> None:
    """The date and the speaker that a title carries in a bracket: 娄底市政府工作报告（2021年12月30日 曾超群）."""
    removed = list(title.removed) if title else []
    for form in (title.raw if title else "", given.get("title", "")):
        for found in dates.dates(form)[:1]:
            if found.precision == "day" and found.start <= 1 and "在" in form[found.end: found.end + 40]:
                page.delivered.append(Dated(found.day, found.precision, form, _FROM_TITLE))
    if given.get("title"):
        removed += titles.cleaned(given["title"]).removed
    for piece in removed:
        said = dates.dates(piece)
        if piece.endswith("：") and (who := speakers.lone_name(piece[:-1])):
            page.names.append(who)
        elif not said and (one := speakers.speaker_line(piece.rstrip("："))):
            page.speakers.append(one)
        for found in said[:1]:
            if found.precision != "day":
                continue
            page.delivered.append(Dated(found.day, found.precision, piece, _FROM_TITLE))
            rest = (piece[: found.start] + piece[found.end:]).strip(" 　（()）【】[]—-，,")
            speaker = speakers.speaker_line(rest) if rest else None
            if speaker:
                page.speakers.append(speaker)
            elif rest and (who := speakers.name(rest)):
                page.names.append(who)


def _read_author(title: titles.Title | None, lines: Sequence[str], given: dict[str, str], page: Surroundings) -> None:
    """Who is named as the author of what its title calls a speech, or is filed as one: with an office whoever gave it, and in the record of
    an archive that tells the page of the paper also by the name alone, where the title says it. Elsewhere those who took it down or put
    it up are authors, too."""
    author, leaf = given.get("author", ""), given.get("leaf", "")
    if page.speakers or page.names:
        return
    said = speakers.speaker_line(author) if author and not _OF_THE_PAPER.search(author) else None
    of_a_speech = title is not None and (titles.says_where(title.clean) or titles.names_event(title.clean))
    if said and said.name and said.role and (of_a_speech or genres.filed_as_speech(given.get("category", ""))):
        page.speakers.append(said)
        page.office_lines.append(author)
    elif not of_a_speech:
        return
    elif not given.get("speaker") and speakers.role(given.get("role", "")) and (who := speakers.lone_name(author)):
        page.names.append(who)          # a table that tells his office beside him
    elif _LEAF.fullmatch(leaf) or (_LEAF_NUMBER.fullmatch(leaf) and given.get("source", "").endswith("报")) \
            or any(map(_LEAF_LINE.match, lines)):
        who = next(filter(None, (speakers.lone_name(author), *page.writers)), None)
        page.names += [who] if who else []


def _stated(given: dict[str, str]) -> Dated | None:
    """The day of the speech by a field of its own."""
    found = dates.field_date(given.get("delivered", ""))
    return Dated(found.day, found.precision, given["delivered"], _FROM_FIELD) if found else None


def _occasion(title: str | None, dateline: str | None, text: str, told: str) -> tuple[str | None, str | None]:
    """Whose meeting and which, by the page or by a field of its own, whichever says more; by the text where both are silent."""
    organization, meeting = occasions.named(told)
    if meeting is None:
        return occasions.occasion(title, dateline, text)
    said = occasions.occasion(title, dateline, "")
    return (said[0] or organization, said[1]) if said[1] and meeting in said[1] else (organization or said[0], meeting)


def _other_forms(title: titles.Title | None, page: Surroundings, given: dict[str, str]) -> list[str]:
    """The other forms of the title, clean, that name the same speech: the container's, then those of the page nearest to the text.

    Forms that name others than the title, or each other, are of other speeches at such an event, and none of them counts.
    """
    if title is None:
        return []
    forms = dict.fromkeys(titles.cleaned(form).clean for form in (given.get("title", ""), *page.titles[-_HEADINGS:]) if form)
    agreeing = [form for form in forms if form != title.clean and titles.agree(form, title.clean)]
    names = {name for form in (title.clean, *agreeing) if (name := speakers.in_title(form).name)}
    return agreeing if len(names) <= 1 else []


def _below_headline(title: titles.Title | None, page: Surroundings, nearest: Sequence[str]) -> str:
    """What stands right above the text and says at what it was given, where the headline that the page goes by does not:
    一盏灯的四十年 / 在表彰大会上的发言. Empty where the title says so itself, or nothing does."""
    if title is None or titles.like_title(title.clean):
        return ""
    return next((form for line in reversed(page.titles) if line in nearest and titles.names_event(form := titles.cleaned(line).clean)), "")


def _titled(title: titles.Title | None, forms: Sequence[str]) -> Speaker:
    """The speaker that the title names, with what its other forms add: 杜某：在…上的讲话, 中共某省委书记杜某在…上的讲话."""
    said = speakers.in_title(title.clean) if title else Speaker(None, None)
    name, role = said.name, said.role
    for told in map(speakers.in_title, forms):
        name = name or told.name
        more = told.role.removesuffix(role) if told.role and role else ""
        if role is None or (told.role == more + role and "副" not in more):
            role = told.role        # 县委书记, where the title has 书记
    return Speaker(name, role)


def _speaker(page: Surroundings, title: titles.Title | None, forms: Sequence[str], kind: str, text: str,
             nearest: Sequence[str]) -> Speaker:
    who = _who_speaks(page, title, forms, kind, text, nearest)
    if page.speakers or not ((title and speakers.seeks(title.clean)) or genres.competes(text)):
        return who
    # The office that the title and the text are about is the one that is sought.
    own = speakers.self_named(text)
    return Speaker(who.name, (own.role if own else None) or speakers.holds_now(text))


def _who_speaks(page: Surroundings, title: titles.Title | None, forms: Sequence[str], kind: str, text: str,
                nearest: Sequence[str]) -> Speaker:
    said = _titled(title, forms)
    if page.speakers or (page.hosts and kind == "主持词"):
        who = (page.hosts if page.hosts and kind == "主持词" else page.speakers)[-1]
        # 讲话人：王某, below the title 县长王某在…
        role = page.posts[-1] if page.posts else said.role if who.name and who.name == said.name else None
        return Speaker(who.name, who.role or role)
    if said.name is None and not page.names and not (title and titles.names_event(title.clean)):
        # 老板的致辞，大家看看 / 董事长李某在年会上的致辞: a line right above the text that says more than what somebody called the page
        said = next((one for form in reversed(page.titles) if form in nearest and (one := speakers.in_title(form)).name and one.role), said)
    elif said.name is None and not page.names and title and _ON_A_MATTER.match(title.clean):
        # 就某项动议的发言 / 某某议员于某日会议上的发言: the line right above the text says at what, and who
        last = page.titles[-1] if page.titles and page.titles[-1] in nearest else ""
        said = speakers.in_title(last) if titles.says_where(last) and speakers.in_title(last).name else said
    name = page.names[-1] if page.names else said.name
    role = page.offices[-1] if page.offices else page.posts[-1] if page.posts else said.role
    for caption in page.captions:
        if name is None or caption.name == name:
            name, role = caption.name, role or caption.role
    for others in (page.pictured, page.posters):
        # whoever is seen speaking, or put the page up, holds the office that the title names
        fitting = {other for other in others if (other.role == role if role or others is page.posters else True)}
        if name is None and len(fitting) == 1:
            name, role = next(iter(fitting)).name, role or next(iter(fitting)).role
    if name is None and kind == "演讲" and page.writers:
        name = page.writers[0]          # who takes part in a contest has written what he says
    if name is None and kind != "工作报告" and (own := speakers.self_named(text)):
        name, role = own.name, own.role or role
    if name is None and kind in _WRITTEN_BY_SPEAKER and page.writers and not _is_of_site(page.writers[0], nearest):
        name = page.writers[0]
    # Whoever reads out a report speaks as the government, not of his own post.
    return Speaker(name, role or (speakers.in_text(text) if kind != "工作报告" else None))


def _is_of_site(who: str, nearest: Sequence[str]) -> bool:
    """Whether a name in the bar is that of the site, which puts up what others wrote: 来源：石溪文秘网 作者：石溪."""
    return any(re.search(rf"{re.escape(who)}[文公范网站库秘在]", line) for line in nearest)


def _byline(lines: Sequence[str], account: str) -> list[str]:
    """Who wrote what a public account put out, by the bar above it, whose spaces may be closed: 原创王某某某党建2024-05-12."""
    bars = [line.removeprefix("原创").strip() for line in lines if account and line.startswith("原创") and account in line]
    return [who for bar in bars if (who := speakers.lone_name(bar.partition(account)[0]))][:1]


def _day_in_text(text: str, span: chronology.Span) -> Dated | None:
    """The day that the speaker says it is: 今天是2019年9月10日, 今天是中国共产党建党100周年."""
    match = _TODAY.search(text[:_OPENING])
    if match:
        for found in dates.dates(text[match.end(): match.end() + 24])[:1]:
            return Dated(found.day, found.precision, text[match.start(): match.end() + found.end], _FROM_TEXT)
    return Dated(span.today, "day", span.words, _FROM_TEXT) if span.today else None


def _day_in_news(page: Surroundings, span: chronology.Span, years: Sequence[int]) -> Dated | None:
    """The day without a year of which the sentence above the text says that someone spoke (6月27日，某书记讲了一堂党课): the last such
    day before the page was put out, where that was soon after, and of a day in a title also only where the text, and `years` that the title
    names, are of no other year."""
    published = _first([one for one in page.published if one.precision == "day"])
    if published is None:
        return None
    for one in page.days:
        for year in (published.day.year, published.day.year - 1):
            try:
                told = _nearest(one.date, year, published.day) if one.date else published.day
            except ValueError:
                continue
            given = told - timedelta(days=one.back)
            if 0 <= (published.day - given).days <= one.within \
                    and not (one.within < DAYS_OF_NEWS and (chronology.contradicts(span, given, given)
                                                            or any(abs(named - given.year) > 1 for named in years))):
                return Dated(given, "day", one.evidence, _FROM_TEXT)
    return None


def _put_out_soon(page: Surroundings, delivered: Dated) -> list[Dated]:
    """The days of bars that tell no year, in the year in which they are the first since the speech, where that is soon after."""
    found = []
    for one in page.put_out_on if delivered.precision == "day" else ():
        for year in (delivered.day.year, delivered.day.year + 1):
            with contextlib.suppress(ValueError):
                told = _nearest(one.date, year, delivered.day) if one.date else delivered.day
                if 0 <= (told - delivered.day).days <= one.within:
                    found.append(Dated(told, "day", one.evidence, _FROM_TEXT))
    return found


def _day_before_paper(page: Surroundings, text: str, span: chronology.Span, title: titles.Title | None) -> Dated | None:
    """The day without a year that the speaker says it is (今天是七月十四日, 今天是国际护士节, 九月一日，我们又开学了): the last such day
    before the page was put out, where that was right after, and nothing in the text belongs to another year."""
    published = _first([one for one in page.published if one.precision == "day"])
    match = (_THIS_DAY.search(text[:_OPENING]) or _named_day().search(text[:_OPENING])
             or _day_of_ceremony(title, text)) if published else None
    if published is None or match is None:
        return None
    named = match.groupdict().get("named")
    for year in (published.day.year, published.day.year - 1):
        with contextlib.suppress(ValueError):
            month, day = _fixed_days()[named] if named else (number(match["month"]), number(match["day"]))
            told = date(year, month, day)
            if 0 <= (published.day - told).days <= _RIGHT_AFTER and not chronology.contradicts(span, told, told):
                return Dated(told, "day", match[0], _FROM_TEXT)
    return None


def _day_of_ceremony(title: titles.Title | None, text: str) -> re.Match[str] | None:
    """The day with which the first words begin where they tell of what the ceremony of the title marks: 九月一日，我们又开学了."""
    marked = _CEREMONY.search(title.clean) if title else None
    opens = _OPENING_DAY.search(text, 0, _FIRST_WORDS) if marked and "日" in text[:_FIRST_WORDS] else None
    if marked is None or opens is None or marked["what"] not in opens["rest"] or _NOT_NOW.search(opens["rest"]):
        return None
    return opens


@cache
def _fixed_days() -> dict[str, tuple[int, int]]:
    """The month and the day of those that are called by a name."""
    return {name: (int(month), int(day)) for name, month, day in rows("fixed_days.tsv")}


@cache
def _named_day() -> re.Pattern[str]:
    """How a speaker says which of them it is: 今天是第三十个教师节. What is near it (教师节前夕) or called by it (植树节活动日) is not."""
    names = "|".join(sorted(map(re.escape, _fixed_days()), key=lambda name: (-len(name), name)))
    return re.compile(r"今[天日]，?(?:又|正|恰|就)?(?:是|逢|值|恰逢|适逢|迎来了?)"
                      rf"[^，。；！？\n前后近临周]{{0,{_NAMED_DAY_BEFORE}}}?(?P<named>{names})"
                      r"(?=[”」]?(?:[，。；！、（—]|这[一个]|的(?:日子|大好日子)|了|$))")


def _nearest(day: tuple[int, int], year: int, published: date) -> date:
    """A month and a day of `year`; of the month 0 the last such day up to the day of the paper. Raises ValueError where it has none."""
    if day[0]:
        return date(year, *day)
    if day[1] <= published.day:
        return published.replace(day=day[1])
    return (published.replace(day=1) - timedelta(days=1)).replace(day=day[1])


def _year_of_report(title: titles.Title | None, text: str) -> Dated | None:
    """The year of an annual report that its title names (某省2014年政府工作报告); the one after, where the report looks back on that
    year."""
    if title is None:
        return None
    named = title.raw if _ANNUAL_BRACKETED.search(title.raw) else title.clean if _ANNUAL.search(title.clean) else ""
    years = _TITLE_YEAR.findall(named)
    if len(years) != 1:
        return None
    after = _year_after_review(text)
    if after and after.day.year == int(years[0]) + 1:
        return after
    return Dated(date(int(years[0]), 1, 1), "year", named, _FROM_TEXT)


def _year_after_review(text: str) -> Dated | None:
    """The year after the one that the first heading of a report looks back on: 一、2013年工作回顾. One report in seventeen of
    those that tell their day was given before that year had ended, so that anything else that tells the year is better."""
    match = _REVIEW.search(text, 0, 3000) if "回顾" in text[:3000] else None
    return Dated(date(int(match[1]) + 1, 1, 1), "year", match[0], _FROM_TEXT) if match else None


def _year_in_text(span: chronology.Span) -> Dated | None:
    """The year that the speaker says it is: 今年是中华人民共和国成立70周年."""
    return Dated(date(span.year, 1, 1), "year", span.words, _FROM_TEXT) if span.year else None


def _first(found: Sequence[Dated]) -> Dated | None:
    return min(found, key=lambda one: one.rank) if found else None


def _finest(found: Sequence[Dated]) -> Dated | None:
    """The date of most worth, or the day of less that lies in it, where it is a month or a year."""
    first = _first(found)
    if first is None or first.precision == "day":
        return first
    return _first([one for one in found if one.precision == "day" and first.day <= one.day <= first.last()]) or first


def _title_years(title: titles.Title | None, page: Surroundings, given: dict[str, str]) -> list[int]:
    """The years that the forms of the title name, wherever in them."""
    if title is None:
        return []
    forms = [title.raw, given.get("title", ""), *(line for line in page.titles if titles.same(line, title.clean))]
    return sorted({int(year) for form in forms for year in _TITLE_YEAR.findall(form)})


def _stuck_year_conflicts(delivered: Dated | None, title: titles.Title | None, forms: Sequence[str],
                          lines: Sequence[str]) -> bool:
    """Whether a site stuck another year to the front of the title than that of the day on which the speech was given, in one of `forms`
    or in a sentence that tells the title among the lines of the head."""
    if delivered is None or delivered.precision == "year" or title is None:
        return False
    told = (form for _, form in titles.told(lines))
    years = {year for form in (title.raw, *forms, *told) if form and (year := titles.stuck_year(form, title.clean))}
    return bool(years) and delivered.day.year not in years


def _conflict(delivered: Dated | None, published: Dated | None, years: Sequence[int], span: chronology.Span) -> bool:
    """Whether the dates of the page contradict each other or the text.

    A page may be put up long after the speech, so a late date of publication is no contradiction, unless nothing else dates a text that
    plainly belongs to years before.
    """
    if published:
        last = published.last()
        if (delivered and last < delivered.day) or (span.not_before and last < span.not_before) or (span.today and last < span.today):
            return True
    if delivered and delivered.rank < _FROM_TEXT and chronology.contradicts(span, delivered.day, delivered.last()):
        return True
    if delivered and any(abs(year - delivered.day.year) > 1 for year in years):
        return True
    if delivered and not (delivered.precision == "year" and delivered.evidence == span.words):
        return False
    if years:
        return all(chronology.contradicts(span, date(year, 1, 1), date(year, 12, 31)) for year in years)
    # 今年 and 去年 read by the date of a page that was put up long after the speech point to the wrong year.
    if published and span.year and published.day > date(span.year + 1, 6, 30):
        return True
    return bool(published and span.not_after and (published.day - span.not_after).days > 365)
