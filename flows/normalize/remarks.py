"""Remarks: what the editors of a page say of its text, above it and below: of which speech it was made, what its author was then."""
from __future__ import annotations

import contextlib
import re
from datetime import date

from flows.normalize import datelines, dates, mastheads, speakers, titles
from flows.normalize.evidence import DAYS_OF_NEWS, Surroundings
from flows.normalize.page_lines import LONGEST, PART_OF_DAY, Line, dates_of, day_in_brackets, day_of_year
from flows.normalize.speakers import Speaker
from schemas.lexicons import entries

# How a note with a number begins, which explains and tells nothing of the page.
FOOTNOTE = re.compile(r"[\[〔［【(（]\^?\d{1,3}[\]〕］】)）]|[①-⑳]|\d{1,3}[.、．]")
# What a page says a text is about is neither its title nor its speaker: 关键词：造林 绿化 讲话.
_ABOUT = re.compile(r"[【\[]?(?:本文|文章|内容)?(?:关键[词字]|主题词|标签|摘要|提要|栏目|分类|主题分类"
                    r"|tags?|keywords?)[】\]]?\s*[:：|]", re.IGNORECASE)
_SHORT_VENUE = 4        # characters of a place that no meeting is called by: 在操场上
# What a note of the editor says of a text that was a speech: 本文系作者2019年3月1日在某会上的讲话, 这是某人在某会上讲话的主要部分.
_NOTE = re.compile(
    r"(?:本文|此文|该文|本篇|全文|原文|这|此|以下|下面)(?:系|是|为|根据|据|由|乃)(?P<who>[^。；]{0,40}?)"
    r"(?P<at>(?P<meeting>(?:在|(?<![关对由自至属位表载登刊布写作成出源始鉴基终等小大处便用限适忠发录收存藏现])(?<!出生)(?<!发生)(?<!诞生)于(?!《))[^。；]{3,60}?上)|(?:在|会见|接见|同(?!志)|与|陪同|视察|接受|出席|参加)[^。；]{2,70}?)"
    r"(?:的|所作的?|作的|发表的)?[^，。；]{0,30}?"
    r"(?P<kind>讲话|谈话|致辞|致词|发言|报告|演讲|讲稿|党课|授课|说明|开幕词|闭幕词|讲演|总结|结论)"
)
# The same where the kind stands first: 这篇讲话是时任县长某某1958年3月2日在某会上所作
_NOTE_OF = re.compile(
    r"(?:这|本|此|该)(?:一?[篇份个次件段])?(?P<kind>讲话|谈话|致辞|致词|发言|报告|演讲|讲演|总结)稿?(?:系|是|为|乃)(?P<who>(?!为|了|不|一|我)[^。；]{2,40}?)"
    r"(?P<at>(?P<meeting>在[^。；]{3,60}?上)|(?:在|会见|接见|同(?!志)|与|陪同|视察|接受|出席|参加)[^。；，]{2,70}?)(?P<made>时?(?:所[作做讲]|[作做讲发]|发表)的?|的)"
)
# The same where the text is named by what it is on paper: 这份旧稿是1958年3月2日县长某某在某会上讲的
_PAPER = r"(?:[一这本此该那][篇份个次件段叠页张](?:[^，。；]{0,6}?)(?:稿子?|文字|材料|笔记|记录|录音))[，,]?(?:就?是|系|为|乃)"
# ... or by nothing: 这是1958年3月2日我们县长某某在操场上讲的话
_HERE = "(?:这|以下|下面|下文)(?:就?是|系|为|乃)"
_ON_PAPER = ("稿", "文字", "材料", "笔记", "记录", "录音", "讲的", "说的")
_NOTE_ON = re.compile(
    rf"(?:{_PAPER}|{_HERE})(?P<who>(?!为|了|不|一|我(?!们))[^。；]{{2,40}}?)(?P<at>(?P<meeting>在[^。；]{{2,60}}?[上下里前]))"
    r"(?:所?[作做讲说](?:过)?的|的[^，。；]{0,6}?(?=讲|发言|致|报告|演|谈))(?P<kind>讲话|谈话|致辞|致词|发言|报告|演讲|讲演|总结)?")
# The same in what an office writes above a speech that it sends round: 现将局长某某同志7月18日在某会上的讲话印发给你们
_SENT_ROUND = re.compile(
    r"(?:现|兹)将(?P<who>[^。；]{2,40}?)(?P<at>(?P<meeting>在[^。；]{3,60}?上))的?[^，。；]{0,8}?"
    r"(?P<kind>讲话|致辞|致词|发言|报告|党课|总结)(?:稿|全文|摘要)?(?:予以)?(?:印发|转发|刊发|刊登|摘发|下发|编发|发给|分送|发布)")
_EXCERPT = re.compile(r"(?:摘|选|节选|节录|整理)自(?P<said>[^。；：]{4,60}?(?P<kind>讲话|谈话|致辞|致词|发言|报告|演讲))"
                      r"(?=[】\]）)\s，,]|$)")
_DAY_OF_NOTE = re.compile(r"(?:于)?(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日(?:[上下]午)?$")
_SPOKEN = re.compile(r"(?:本文|此文|该文|本篇|全文|原文|这|此|以下|下面)(?:系|是|为|根据|据|由|乃)"
                     r"|[这本此该](?:一?[篇份个次件段])?(?:讲话|谈话|致辞|致词|发言|报告|演讲|讲演|总结)稿?(?:系|是|为|乃)")
_OPENS_NOTE = re.compile(r"[\s（(〔［\[【*＊·]*(?:本文|此文|该文|本篇|这)(?:系|是|为)(?!一)")
# 以下为财政司司长某某今日（四月二十五日）在…的致辞
_NOW = re.compile(r"(?:今|昨|前|本)(?:[日天晚]|月\d*日?)?\s*(?:[（(][^（）()]{1,12}[）)])?"
                  r"(?:[上下]午|早上|中午|晚上?)?$")
_AT_THE_TIME = re.compile("^(?:时任|原任|当时的?|时为|已故的?)")
# ... on the morning of the day: 上午，我们县长某某
_OURS = re.compile(rf"^(?:{PART_OF_DAY.pattern})?[，, ]*(?:(?:我们|咱们?|俺们?)(?:的|单位)?)?")
_BY_ITS_WRITER = re.compile("作者|笔者")
_WRITER_IS = re.compile(r"作者(?:系|为|是|单位)?[：:]?([^，。；：（）]{2,30})")
# 这是某人任某地区专员时在…上的讲话, 某人在担任县长期间同…的谈话
_HELD_THEN = re.compile(r"(?:同志)?[在于]?(?:担任|兼任|出任|任|当)(?P<office>[^，。；]{2,30}?)(?:时|期间|的时候|任内)[，,]?")
# 作者时任地委书记; 讲话人当时是县长
_THEN_HELD = re.compile(r"(?:作者|笔者|讲话人|讲话者|发言人|发言者|报告人|报告者|演讲者|本人)(?:同志)?"
                        r"(?:时任|当时任|当时担任|当时是|时为|当时为)"
                        r"(?P<office>[^，。；（）()]{2,24})")
_THEN_WAS = r"(?:(?:当时|时下|那时|其时)[，,]?(?:担任|[任是为系])|时任|时为|原任|现任|现为|[任是为系])"
# ＊作者时任某局副局长。
_OFFICE_OF_WRITER = re.compile(r"[（(〔\[\s*＊※·]*(?:作者|笔者|讲话人|讲话者|报告人|发言人|演讲者)"
                               rf"{_THEN_WAS}(?P<office>[^，。；：（）()]{{2,30}})")
_THEN_BEHIND = re.compile(rf"(?:同志|先生|女士)?[，,]?{_THEN_WAS}(?P<office>[^，。；：（）()]{{2,30}})")
_MADE_FROM = re.compile(r"(?:根据|据|按|依)(?P<words>[^。；，]{6,60}?)(?:记录|录音|速记|笔记|手稿|底稿|原稿|讲稿)稿?"
                        r"(?:整理|刊印|排印|写成|成文|录入)?")
_OF_SPEECH = re.compile(r"(?:[上下]午|晚上?)?(?:在[^，。；]{2,40})?的?"
                        r"(?:讲话|发言|报告|谈话|演讲|演说|致[辞词]|会议|大会|现场)?的?(?:现场)?")


def about(line: Line, page: Surroundings) -> bool | None:
    """Read what a page says that a text is about, which is neither its title nor its speaker: 内容提要：本文系作者某日在某论坛上的演讲,
    分类：讲话稿 更新时间：2022-05-16 浏览：31."""
    label = _ABOUT.match(line.text)
    if not label:
        return None
    read_note(line.text[label.end():].strip(), page)
    if mastheads.BAR_BELOW.search(line.text, label.end()) and (found := dates_of(line.text, page.republic)):
        datelines.read(line.text, "", found, page)
    return True


def how_made(line: Line, page: Surroundings) -> bool | None:
    """Pass over a line that says how the text was made: （根据录音整理）."""
    return line.below if titles.HOW_MADE.fullmatch(line.text.strip("（）()【】 ")) else None


def excerpt(line: Line, page: Surroundings) -> None:
    """Read the day without a year, and the kind, of the speech from which a line says that the text is taken, which may stand in a bar:
    【摘自5月8日劳模座谈会发言】　录入：小吴　2014-05-12."""
    match = _EXCERPT.search(line.text) if "自" in line.text and len(line.text) <= LONGEST else None
    day = day_of_year(match["said"], line.text) if match else None
    if match and day:
        page.days.append(day)
        page.noted = page.noted or match["kind"]


def opening_note(line: Line, page: Surroundings) -> bool | None:
    """Read a note with a date that begins as one: （本文系作者2019年3月1日在某会上的讲话）."""
    return True if _OPENS_NOTE.match(line.text) and read_note(line.text, page) else None


def note(line: Line, page: Surroundings) -> bool | None:
    """Read any other note of what the text was, or of what its author was."""
    return True if read_note(line.text, page) or read_office_of_writer(line.text, page) else None


def read_note(line: str, page: Surroundings) -> bool:
    """Read what a note says of the speech that a text was. True where it is such a note."""
    match = _match_of_note(line)
    if not match or any(word in line for word in entries("offers_of_models.txt")):
        return False
    page.notes.append(line)
    said = _read_day_of_note(line, line[match.start("who"):max(match.start("kind"), match.end("at"))], page)
    if match["meeting"] and len(match["meeting"]) > _SHORT_VENUE:
        page.datelines.append(match["meeting"])
    page.noted = page.noted or match["kind"]
    _read_speaker_of_note(line, said, match, page)
    return True


def is_before(day: date, page: Surroundings) -> bool:
    """Whether notes of the page tell a day of the speech without its year that was not long before `day`."""
    for one in page.days:
        if one.date and one.date[0] and one.evidence in page.notes and one.date != (day.month, day.day):
            with contextlib.suppress(ValueError):
                year = day.year - (one.date > (day.month, day.day))
                if (day - date(year, *one.date)).days <= DAYS_OF_NEWS:
                    return True
    return False


def _match_of_note(line: str) -> re.Match[str] | None:
    """The part of a line that says who spoke, at what and in which kind of speech; None where it says nothing of that."""
    begins = _SPOKEN.search(line)
    match = (_NOTE.match(line, begins.start()) or _NOTE_OF.match(line, begins.start())) if begins else None
    if match is None and ("现将" in line or "兹将" in line):
        match = _SENT_ROUND.search(line)
    return match or (_NOTE_ON.search(line) if "在" in line and any(word in line for word in _ON_PAPER) else None)


def _read_day_of_note(line: str, said: str, page: Surroundings) -> str:
    """Read the day in what a note says of a speech, which it may tell without the year: 本文是作者9月10日在…上的发言, put out soon after.
    What it says beside a full date is left."""
    found = dates.dates(said)
    if not found:
        day = day_in_brackets(said, line) or day_of_year(said, line)
        page.days += [day] if day else []
        return said
    if found[0].precision != "year":
        page.give(found[0], line, 1)
    return said[:found[0].start] + said[found[0].end:]


def _read_speaker_of_note(line: str, said: str, match: re.Match[str], page: Surroundings) -> None:
    """Read of whom a note says that he spoke, and what he was then; of the writer, what he is."""
    then = _HELD_THEN.search(said)
    # the day may stand before the meeting or within it: 在2024年5月6日举行的某会上
    who = said[:then.start()] if then else said.partition(match["at"])[0] if match["at"] in said else match["who"]
    who = _DAY_OF_NOTE.sub("", _NOW.sub("", who).strip("，, "))
    speaker = speakers.person(_AT_THE_TIME.sub("", _OURS.sub("", who)))
    if speaker:
        held = then["office"] if then else "" if speaker.role or not speaker.name else _held_then(line, speaker.name)
        page.captions.append(Speaker(speaker.name, speakers.role(held) or speaker.role) if held else speaker)
    elif _BY_ITS_WRITER.search(line):
        page.names += page.writers[:1]
        office = _WRITER_IS.search(line)
        if office and (writer := speakers.person(office[1])):
            page.captions.append(writer)                    # 作者系某馆馆长刘某
        elif office and (role := speakers.role(office[1])):
            page.offices.append(role)


def _held_then(line: str, who: str) -> str:
    """The office that a note says in a sentence of its own that somebody held: 王某当时任某局副局长。 Empty where it does not."""
    held = re.search(rf"(?:^|[。；，*＊※（(〔\[\s]){who}(?:同志|先生|女士)?{_THEN_WAS}([^，。；：（）()]{{2,30}})", line)
    return held[1] if held else ""


def read_office_of_writer(line: str, page: Surroundings) -> bool:
    """Read a line that says of whoever wrote or gave the speech what office he held. True where it is such a line."""
    match = _OFFICE_OF_WRITER.match(line) if len(line) <= LONGEST else None
    role = speakers.role(match["office"]) if match else None
    if role:
        page.offices.append(role)
        if _BY_ITS_WRITER.match(line.lstrip("（([〔*＊※· ")) and not (page.names or page.speakers or page.captions):
            page.names += page.writers[:1]          # 作者：王某 above the text, （作者系某镇党委书记） below it
    return role is not None


def read_footnote(line: str, page: Surroundings) -> bool:
    """Read in a note below the text what the speaker was, where the head gives the bare name: 〔1〕王某，时任中共某县委书记。 True where
    the line is any note with a number."""
    mark = FOOTNOTE.match(line)
    if not mark:
        return False
    words = line[mark.end():].strip()
    known = dict.fromkeys([*page.names, *(one.name for one in page.captions if one.name)])
    if not page.offices and len(known) == 1 and words.startswith(who := next(iter(known))):
        was = _THEN_BEHIND.match(words, len(who))
        if was and (role := speakers.role(was["office"])):
            page.offices.append(role)
    return True


def read_office_held(line: str, page: Surroundings) -> None:
    """Read in what an editor adds below the text what the speaker was, whom the head gives by the bare name: （标题为编者所加。王某时任
    地委书记。）"""
    known = dict.fromkeys([*page.names, *(one.name for one in (*page.captions, *page.speakers) if one.name)])
    if page.offices or len(known) != 1 or any(one.role for one in (*page.captions, *page.speakers)):
        return
    if role := speakers.role(_held_then(line, next(iter(known)))):
        page.offices.append(role)


def read_record(line: str, page: Surroundings) -> None:
    """Read a note below the text that tells who held which office then and from whose record of which day the text was made:
    作者时任地委书记。本文根据一九八四年一月十二日讲话记录整理，未经本人审阅。"""
    held = _THEN_HELD.search(line)
    if held and not page.offices and not any(one.role for one in page.speakers) and (role := speakers.role(held["office"])):
        page.offices.append(role)
    made = _MADE_FROM.search(line)
    found = dates.dates(made["words"]) if made else ()
    if made and len(found) == 1 and found[0].precision != "year" and _OF_SPEECH.fullmatch(made["words"], found[0].end):
        page.give(found[0], line, 4)
