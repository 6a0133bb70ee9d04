"""What the lines around a speech say of it: its days and what they are worth, who spoke, what it is called, what was noted of it."""
from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from flows.normalize.dates import Found
from flows.normalize.speakers import Speaker

_Line = TypeVar("_Line")
DAYS_OF_NEWS = 60       # days within which a page brings the news
DAYS_OF_TITLE = 31      # ... and a speech below a title, which sites of models put up years later, too


@dataclass(slots=True)
class Dated:
    """A date that the page gives: its first day, how fine, the words that it rests on, what they are worth (the lower the more)."""

    day: date
    precision: str
    evidence: str
    rank: int

    def last(self) -> date:
        """The last day that a date of its precision may mean."""
        if self.precision == "day":
            return self.day
        if self.precision == "year":
            return date(self.day.year, 12, 31)
        return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])


@dataclass(frozen=True, slots=True)
class Day:
    """A day without a year, as news tell it: month and day, or None for the day of the paper, so many days back; the words; the days
    within which it must have been put out, since beyond them the year is a guess."""

    date: tuple[int, int] | None
    back: int
    evidence: str
    within: int = DAYS_OF_NEWS


@dataclass(slots=True)
class Surroundings:
    """What the lines around a speech are, each kind in the order of the page.

    delivered, published: dates; datelines: what names the meeting; speakers: name and office of one line; hosts: those named as 主持人;
    captions: speakers that pictures name; names, offices: lines that are nothing else; office_lines: all lines with an office, for the
    place in them; titles: lines that read like titles; above: the line right above the first of the heading, where none reads like a title;
    weak: lines that name a speech and are rather something else, a caption or a dateline in brackets; writers: those named as 作者, who
    spoke only where a note says that the text was a speech of its author; noted: what a note says that the text was, 讲话, 报告;
    days: days without a year, each with its line; posts, venues: offices and places behind a label of their own (职务：, 地点：);
    held: where news say that the event was held; called: titles behind a label of their own (题目：); forms: names of the form on which
    the speech is recorded (党课登记表); issuers: offices that put out the paper in which it stands; pictured: whom captions
    show speaking; posters: who put the page up, where an office is named; republic: a year of the Republic of two digits that the page
    names, 0 where none; papers: what bars name beside the day on which they put it out; notes: those that say what the text was;
    put_out_on: days of bars without a year.
    """

    delivered: list[Dated] = field(default_factory=list)
    published: list[Dated] = field(default_factory=list)
    datelines: list[str] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    hosts: list[Speaker] = field(default_factory=list)
    captions: list[Speaker] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    office_lines: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    above: str | None = None
    weak: list[str] = field(default_factory=list)
    writers: list[str] = field(default_factory=list)
    noted: str | None = None
    days: list[Day] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    venues: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    pictured: list[Speaker] = field(default_factory=list)
    posters: list[Speaker] = field(default_factory=list)
    republic: int = 0
    papers: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    put_out_on: list[Day] = field(default_factory=list)

    def give(self, on: Found | Dated, evidence: str, rank: int) -> None:
        """Take down a date on which the speech was given, the words that tell it and what they are worth."""
        self.delivered.append(Dated(on.day, on.precision, evidence, rank))

    def put_out(self, on: Found | Dated, evidence: str, rank: int) -> None:
        """Take down a date on which the page or its paper was put out, the words that tell it and what they are worth."""
        self.published.append(Dated(on.day, on.precision, evidence, rank))


def asked(readers: Iterable[Callable[[_Line, Surroundings], bool | None]], line: _Line, page: Surroundings) -> bool | None:
    """The answer of the first of the readers that knows what a line is, None where none does.

    A reader takes down in `page` what it reads. True where the line belongs to the heading of the speech or is a bar, so that a name may
    stand below it; False where it is known and neither; None where the reader does not know it, also where it read something there.
    """
    return next((told for read in readers if (told := read(line, page)) is not None), None)
