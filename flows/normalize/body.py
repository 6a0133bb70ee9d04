"""Body: which lines of a page are the speech, the whole speech and nothing but the speech."""
from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise

from flows.ingest.documents import Document, Mark
from flows.normalize import furniture
from flows.normalize.edits import Edit, apply, placed, position_after
from flows.normalize.lines import BREAK, ODD_BREAKS, Line, apply_layout, is_markdown, split, strip_comments, strip_front_matter, strip_markdown
from flows.normalize.paragraphs import GLUED_LEAST, glued, is_final, joins, may_be_wrapped

HEAD_REACH = 60         # lines from the top among which a salutation is looked for
OWN_LEAST = 60          # characters of prose before a salutation that are kept for the speaker's own
CHINESE_STOP = re.compile(r"[。！？；]")
FINISHED = re.compile(r"[。！？!?…][”’」』）)】]{0,2}$|[”’][。！？]?$")
HEADING = re.compile(r"(?:第?([一二三四五六七八九十]{1,3})(?:[、，.．]|部分)|[（(]([一二三四五六七八九十]{1,3})[）)]|(\d{1,2})[、.．](?!\d))")
TITLE_LIKE = re.compile(r"(?:讲话|致辞|致词|发言|演讲|报告|主持词|党课|贺词|献词|祝词|谈话|发言稿|讲稿|讲话稿|开幕词|闭幕词|答谢辞|辞)(?:稿|全文|要点|摘要|[（(].{0,20}[）)])?$")
DATE = re.compile(r"[12][0-9]{3}\s*[年./-]|20XX|二[〇○零Oo]|一九[〇○零一二三四五六七八九]{2}年|^[—–―─-]{1,4}")
SPEAKER = re.compile(r"^.{0,30}(?:省长|市长|县长|区长|州长|主席|总理|书记|主任|局长|部长|厅长|院长|校长|委员长|处长|会长|董事长|司令员|政委|旗长|盟长|镇长|乡长).{0,12}$")
TERM = re.compile(r"[（(\[【〔]?[0-9０-９]{1,3}(?:[）)\]】〕]|[.．、:：])?\s*[“《\"]?[^。；！]{1,48}?[”》\"]?(?:[^。；！：:]{0,16})[：:—]|[①-⑳]|[\[【〔［][0-9]{1,3}[\]】〕］]")
NAME = re.compile(r"[（(]?[\u4e00-\u9fff·]{1,12}(?:[ 　][\u4e00-\u9fff·]{1,8}){0,2}[）)]?")
LEAD_IN = re.compile(r"(?:全文|讲话|致辞|致词|演讲|原文|实录|发言|谈话|内容|要点)(?:全文|摘要|实录|内容|要点)?(?:发表|刊登|刊发)?如下[:：。]?$|"
                     r"^[（(]?(?:本报|本网|本台|新华社|中新社|新华网|人民网|央视网)[^。]{0,30}(?:讯|电)|摄[）)。]?$")
FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,12}\][:：]")          # Markdown's
FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,12}\]")
OPENS = re.compile(r"[^。，；！？：:]{2,60}?(?=(?:各位代表|各位委员|各位领导|同志们|代表们|朋友们|同学们)[：:！!，,])")
GLUED_END = re.compile(r"(?<=[。！？”])(?:[（(\[【](?:责任编辑|责编|编辑|来源|作者|记者|供稿|摘自|原载|转自)[^（）()\[\]【】]{0,40}[）)\]】]|"
                       r"(?:主要|有关)?(?:名词解释|名词注释|注释|附件|附注|附录)[：:*]{0,6})$")
NUMBER = re.compile(r"[（(\[【〔]?([0-9]{1,3})")
NOTE_MARKS = ((re.compile(r"[\[【［〔]([0-9]{1,3})[\]】］〕]"), "[【［〔"), (re.compile(r"(?<=[\u4e00-\u9fff”》％%])[（(]([0-9]{1,3})[）)](?![、.])"), "（("))


@dataclass(frozen=True, slots=True)
class Body:
    """The speech in a text.

    text: one paragraph a line. edits: on the text it was found in. head, tail: the lines before and after it, in order.
    headings: spans of text that markup showed to be headings. defects: broken_lines, truncated, unsure_boundary.
    """

    text: str
    edits: list[Edit] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    headings: tuple[tuple[int, int], ...] = ()
    defects: frozenset[str] = frozenset()


class Paragraph:
    """Lines that belong together. view: what they read; lines: from first to last; reason: why it is no part of the speech, or None."""

    __slots__ = ("_form", "lines", "reason", "view")

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.view = lines[0].view if len(lines) == 1 else "".join(line.view for line in lines)
        self.reason: str | None = None
        self._form: str | None = None

    @property
    def form(self) -> str:
        """The folded view of its first characters."""
        if self._form is None:
            self._form = furniture.folded(self.view[:furniture.LONGEST + 40])
        return self._form


@dataclass(frozen=True, slots=True)
class Boundaries:
    """schemas/lexicons/boundaries.toml, compiled; all patterns are for folded lines."""

    salutation: re.Pattern[str]
    greeting: re.Pattern[str]
    closing: re.Pattern[str]
    bare: frozenset[str]
    annex: re.Pattern[str]
    note: re.Pattern[str]
    lead: re.Pattern[str]
    own: re.Pattern[str]


@cache
def boundaries() -> Boundaries:
    """The lexicon of beginnings and ends, read once."""
    data = tomllib.loads((files("schemas") / "lexicons" / "boundaries.toml").read_text(encoding="utf-8"))

    def any_of(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{each})" for each in patterns))

    def words(entries: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, entries)))

    def longest_first(entries: list[str]) -> str:
        return "|".join(sorted(map(re.escape, entries), key=lambda entry: (-len(entry), entry)))

    address = data["salutation"]
    greetings, offices, respect = "|".join(address["greetings"]), longest_first(address["offices"]), longest_first(address["respect"])
    hearers = rf"(?:(?=.{{0,60}}(?:{respect}))[^。;?!:]{{0,60}}(?:{offices})|[^。;?!:]{{0,60}}(?:{longest_first(address['nouns'])}))(?:们)?"
    closes = r"(?:\([^()]{1,20}\))?(?:[:!,]|(?<=们)[。]?|(?:们?,)?(?:大家|你们|早上|上午|中午|下午|晚上)好[!。:,]?)"
    return Boundaries(re.compile(hearers + closes),
                      re.compile(greetings), any_of(data["closing"]["line"]), frozenset(data["closing"]["bare"]), any_of(data["annex"]["line"]),
                      any_of(data["annex"]["note"]), words(data["lead"]["marks"]), words(data["lead"]["own"]))


def is_salutation(view: str) -> bool:
    """Whether a line addresses the hearers and says nothing else."""
    if len(view) > 80:
        return False
    form = furniture.folded(view)
    return bool(boundaries().salutation.fullmatch(form) or boundaries().greeting.fullmatch(form)) and furniture.label(form) not in furniture.lexicon().sure


def is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph reads as sentences that were written out, whoever wrote them."""
    view = paragraph.view
    if len(view) < 8 or paragraph.lines[0].title:
        return False
    if FINISHED.search(view[-6:]):
        return len(view) >= 12 or view[-1] in "！!"
    stops = len(CHINESE_STOP.findall(view[:400]))
    return (stops > 0 and len(view) >= 24) or (is_final(view) and len(view) >= 20) or (len(view) >= 80 and view.count("，") >= 2)


def find(text: str, document: Document, repeated: frozenset[str] = frozenset(), layout: Sequence[Mark] = ()) -> Body:
    """The speech in `text`, which is the document's raw text with its characters mended.

    repeated: keys (furniture.key) of lines that many documents of the same site hold. layout: the document's marks on `text`.
    """
    lines = split(text)
    raw_lines = _raw_lines(lines, text, document.raw_text)
    if layout:
        apply_layout(lines, layout)
    if "<!--" in document.raw_text:
        strip_comments(text, lines)
    if is_markdown(document.media_type, document.source_path, document.raw_text):
        strip_front_matter(lines)
        strip_markdown(text, lines)
    for line in lines:
        line.reason = line.reason or _reason(line, repeated)
    if not raw_lines:
        lines = _parted(lines, text)
    kept = [number for number, line in enumerate(lines) if line.reason is None]
    paragraphs, broken = _paragraphs([lines[number] for number in kept], [raw_lines[number] for number in kept] if raw_lines else [])
    first, last, unsure = _bounds(paragraphs)
    _cut_inside(paragraphs, first, last, text)
    if first <= last:
        _cut_notes(paragraphs, first, last, text)
        _cut_edges(paragraphs[first], paragraphs[last], text)
    return _compose(text, lines, paragraphs, first, last, broken, unsure)


def _raw_lines(lines: Sequence[Line], text: str, raw_text: str) -> list[str]:
    """The lines as the source has them: their indents and lengths tell broken lines from paragraphs. Nothing where lines are long."""
    if not may_be_wrapped(lines):
        return []
    raw = BREAK.split(raw_text) if ODD_BREAKS.search(raw_text) else raw_text.split("\n")
    if len(raw) == text.count("\n") + 1:
        found = [each for each, own in zip(raw, text.split("\n")) if own.strip()]
        if len(found) == len(lines):
            return found
    return [" " * line.indent + line.view for line in lines]


def _parted(lines: list[Line], text: str) -> list[Line]:
    """The lines, those cut apart in which a heading was glued to what stands before it."""
    found: list[Line] = []
    for number, line in enumerate(lines):
        last = line.view[-1]
        if line.reason or line.drops or line.heading or (len(line.view) < GLUED_LEAST and (last in "。！？；" or number + 1 == len(lines))):
            found.append(line)
            continue
        places = glued(line.view)
        found += line.parted(text, places) if places else [line]
    return found


def _reason(line: Line, repeated: frozenset[str]) -> str | None:
    """Why a line is no part of a speech wherever it stands, or None."""
    view = line.view
    if view[0] == "[" and FOOTNOTE.match(view):
        return "note"
    if len(view) > furniture.LONGEST:
        return None
    if repeated and len(view) <= furniture.KEYED and furniture.key(view) in repeated and not _is_stock(view):
        return "furniture"
    if not furniture.HAN.search(view):
        return "furniture" if furniture.is_noise(view) or furniture.is_sure(view) else None
    if line.heading or (HEADING.match(view) and not (furniture.has_cue(view) and furniture.weight(furniture.folded(view)) >= 4)):
        return None
    return "furniture" if furniture.is_sure(view) else None


def _is_stock(view: str) -> bool:
    """Whether a line is one that speeches of any site share: addresses, thanks, headings, sentences without a word of the page."""
    form = furniture.folded(view)
    return is_salutation(view) or HEADING.match(view) is not None or boundaries().closing.fullmatch(form) is not None \
        or (FINISHED.search(view[-6:]) is not None and furniture.weight(form) < 2)


def _paragraphs(lines: list[Line], raw_lines: list[str]) -> tuple[list[Paragraph], list[bool]]:
    """The lines put together, and for each paragraph whether it was broken."""
    paragraphs: list[Paragraph] = []
    carried = joins(lines, raw_lines)
    open_lines: list[Line] = []
    for line, carries in zip(lines, carried):
        open_lines.append(line)
        if not carries:
            paragraphs.append(Paragraph(open_lines))
            open_lines = []
    return paragraphs, [len(paragraph.lines) > 1 for paragraph in paragraphs]


def _is_page(paragraph: Paragraph) -> bool:
    """Whether a paragraph at the head or the tail speaks of the page."""
    view = paragraph.view
    if len(paragraph.lines) > 1 and furniture.is_sure(view):
        return True
    return furniture.is_edge(view) and not (len(view) > 60 and boundaries().own.search(view) and furniture.weight(paragraph.form) < 5)


def _bounds(paragraphs: Sequence[Paragraph]) -> tuple[int, int, bool]:
    """First and last paragraph of the speech (first > last where there is none), and whether that is in doubt."""
    first, unsure = _first(paragraphs)
    end = _annex(paragraphs, first)
    last = _last(paragraphs, first, end)
    return first, last, unsure


def _first(paragraphs: Sequence[Paragraph]) -> tuple[int, bool]:
    """The paragraph with which the speech begins, and whether that is in doubt."""
    start: int | None = None
    foreign: list[int] = []
    own = 0                   # prose before a salutation: lines, and characters of it in which somebody speaks
    for number, paragraph in enumerate(paragraphs[:HEAD_REACH]):
        view = paragraph.view
        if is_salutation(view):
            # what stands before it is the speech only where somebody speaks in it
            if own < OWN_LEAST or start is None:
                return number, bool(foreign)
            return start, True
        if furniture.is_lead(view) or not is_prose(paragraph) or _is_page(paragraph):
            if start is None and HEADING.match(view) and _leads_to_prose(paragraphs, number):
                start = number
            continue
        foreign.append(number)
        if start is None:
            start = number
        if not _is_news(paragraph):
            own += len(view)
        if own > 1500:
            break
    if start is None:
        return len(paragraphs), False
    return _after_lead(paragraphs, start, foreign), False


def _after_lead(paragraphs: Sequence[Paragraph], start: int, prose: Sequence[int]) -> int:
    """`start`, or the prose after it where the first of `prose` only leads in: it says that the words follow, or a title follows it."""
    for number in prose[:3]:
        if number != start or not _is_news(paragraphs[number]):
            return start
        later = [each for each in prose if each > number]
        if not later:
            return start
        between = paragraphs[number + 1:later[0]]
        if not (LEAD_IN.search(paragraphs[number].view) or any(_kind(each) == "metadata" for each in between)):
            return start
        heading = next((each for each in range(number + 1, later[0]) if HEADING.match(paragraphs[each].view)), None)
        start = later[0] if heading is None else heading
    return start


def _is_news(paragraph: Paragraph) -> bool:
    """Whether nobody speaks for himself in a paragraph and it tells of the event: a news lead, a caption."""
    view = paragraph.view
    return boundaries().own.search(view) is None and (boundaries().lead.search(paragraph.form) is not None or len(view) < 40)


def _leads_to_prose(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a heading is followed by prose, at most two lines on."""
    return any(is_prose(paragraph) and not _is_page(paragraph) and not furniture.is_lead(paragraph.view) for paragraph in paragraphs[number + 1:number + 3])


def _annex(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where the notes, annexes and comments after the speech begin; the number of paragraphs where there are none."""
    sizes = [len(paragraph.view) for paragraph in paragraphs]
    total = sum(sizes[first:])
    seen = 0
    for number in range(first, len(paragraphs)):
        view = paragraphs[number].view
        if number > first and len(view) <= 60 and seen * 10 >= total * 3 and not view.endswith(("。", "！", "；", "，")) \
                and boundaries().annex.fullmatch(paragraphs[number].form):
            return number
        seen += sizes[number]
    return _glossary(paragraphs, first)


def _glossary(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where a list of explained terms without a heading begins: numbered from one, to the end, each a term and a colon."""
    number = len(paragraphs)
    while number > first and (TERM.match(paragraphs[number - 1].view) or (not is_prose(paragraphs[number - 1]) and number > len(paragraphs) - 12)):
        number -= 1
    terms = [each for each in range(number, len(paragraphs)) if TERM.match(paragraphs[each].view)]
    for each in terms:
        found = NUMBER.match(paragraphs[each].view)
        if found and found[1] == "1":
            following = [int(other[1]) for later in terms if later >= each and (other := NUMBER.match(paragraphs[later].view))]
            rising = sum(low < high for low, high in zip(following, following[1:]))
            if len(following) >= 3 and rising == len(following) - 1 and each - first >= 3:
                return each
    return len(paragraphs)


def _last(paragraphs: Sequence[Paragraph], first: int, end: int) -> int:
    """The paragraph with which the speech ends."""
    number = end - 1
    while number >= first:
        paragraph = paragraphs[number]
        view = paragraph.view
        if view.rstrip("。！!~.") in boundaries().bare or boundaries().closing.fullmatch(paragraph.form):
            return number
        if _ends(paragraph) and not _is_page(paragraph) and not furniture.is_lead(view) and not boundaries().note.fullmatch(paragraph.form):
            return number
        number -= 1
    return number


def _ends(paragraph: Paragraph) -> bool:
    """Whether a speech can end with a paragraph: with a full stop, or cut off in the middle of its sentences."""
    view = paragraph.view
    if is_salutation(view) and len(view) < 12 and view[-1] not in "！!":
        return False
    if FINISHED.search(view[-6:]):
        if view[-1] in "）)…”’】":
            return CHINESE_STOP.search(view[:-1]) is not None
        return True
    return len(view) >= 40 and CHINESE_STOP.search(view) is not None


def _cut_inside(paragraphs: Sequence[Paragraph], first: int, last: int, text: str) -> None:
    """Mark what stands inside the speech and is no part of it: titles repeated at the top of a page, adverts within paragraphs."""
    titles = {paragraph.view for paragraph in paragraphs[:first] if len(paragraph.view) >= 8 and not HEADING.match(paragraph.view)}
    cues = furniture.advert_cues(text)
    for paragraph in paragraphs[first:last + 1]:
        if len(paragraph.view) <= 80 and paragraph.view in titles:
            paragraph.reason = "metadata"
            continue
        at = bisect_left(cues, paragraph.lines[0].start)
        if at < len(cues) and cues[at] < paragraph.lines[-1].end and (spans := furniture.adverts(paragraph.view)):
            _drop(paragraph, spans, text, "furniture")
            if not paragraph.view:
                paragraph.reason = "furniture"


def _cut_notes(paragraphs: Sequence[Paragraph], first: int, last: int, text: str) -> None:
    """Take away the marks that lead to notes: numbers in brackets within the lines that count up through the speech."""
    if "[^" in text:
        for paragraph in paragraphs[first:last + 1]:
            if spans := [match.span() for match in FOOTNOTE_MARK.finditer(paragraph.view)]:
                _drop(paragraph, spans, text, "note")
    explained = {int(match[1]) for paragraph in paragraphs[last + 1:] if (match := NUMBER.match(paragraph.view))}
    for mark, brackets in NOTE_MARKS:
        bare = brackets == "（("
        if not any(bracket in text for bracket in brackets) or bare and len(explained) < 3:
            continue
        found = [(number, match) for number in range(first, last + 1) if paragraphs[number].reason is None
                 for match in mark.finditer(paragraphs[number].view) if match.start() > 0]
        numbers = [int(match[1]) for _, match in found]
        if len(numbers) < 3:
            continue
        rising = sum(0 <= high - low <= 2 for low, high in pairwise(numbers))
        if numbers[0] > 2 or rising * 10 < (len(numbers) - 1) * 8:
            continue
        if bare and len(explained & set(range(1, max(numbers) + 1))) * 10 < max(numbers) * 7:
            continue
        for number in sorted({number for number, _ in found}):
            _drop(paragraphs[number], [match.span() for each, match in found if each == number], text, "note")


def _cut_edges(first: Paragraph, last: Paragraph, text: str) -> None:
    """Take away a speaker or title glued before the address, and a credit or the heading of the notes glued to the last sentence."""
    match = OPENS.match(first.view)
    if match and (SPEAKER.match(match[0]) or TITLE_LIKE.search(match[0]) or DATE.search(match[0])) and not is_salutation(first.view):
        _drop(first, [match.span()], text, "metadata")
    if match := GLUED_END.search(last.view[-80:]):
        end = len(last.view)
        _drop(last, [(end - len(match[0]), end)], text, "furniture")


def _drop(paragraph: Paragraph, spans: Sequence[tuple[int, int]], text: str, reason: str) -> None:
    """Take spans of a paragraph's view away from its lines."""
    offset = 0
    for line in paragraph.lines:
        here: list[tuple[int, int, str]] = []
        at = offset
        for start, end in line.pieces():
            for low, high in spans:
                low, high = max(low - at, 0), min(high - at, end - start)
                if low < high:
                    here.append((start + low, start + high, reason))
            at += end - start
        offset = at
        line.drop(text, here)
    paragraph.view = "".join(line.view for line in paragraph.lines)


def _compose(text: str, lines: Sequence[Line], paragraphs: Sequence[Paragraph], first: int, last: int, broken: Sequence[bool], unsure: bool) -> Body:
    """The body, and the edits that make it."""
    for number, paragraph in enumerate(paragraphs):
        if number < first or number > last:
            paragraph.reason = _kind(paragraph, first - 8 <= number < first)
        if paragraph.reason:
            for line in paragraph.lines:
                line.reason = paragraph.reason
    inside = [paragraph for paragraph in paragraphs[first:last + 1] if paragraph.reason is None]
    if not inside:
        return Body("", [Edit(0, len(text), "", "furniture")] if text else [], [line.view for line in lines])
    kept: list[tuple[int, int, bool]] = []          # spans of text that stay, and whether each begins a paragraph
    for paragraph in inside:
        opening = True
        for line in paragraph.lines:
            for start, end in line.pieces():
                kept.append((start, end, opening))
                opening = False
    labels = sorted([(line.start, line.end, line.reason) for line in lines if line.reason]
                    + [drop for paragraph in inside for line in paragraph.lines for drop in line.drops])
    edits = _edits(text, kept, labels)
    begin, finish = kept[0][0], kept[-1][1]
    head = [line.view for line in lines if line.end <= begin]
    tail = [line.view for line in lines if line.start >= finish]
    body = apply(text, edits)
    spans = [span for paragraph in inside for line in paragraph.lines for span in ([(line.start, line.end)] if line.heading else line.bold)]
    flat = position_after(placed(edits), [offset for span in spans for offset in span]) if spans else []
    headings = tuple(sorted({(start, end) for start, end in zip(flat[::2], flat[1::2]) if end > start}))
    defects = set()
    if any(flag for paragraph, flag in zip(paragraphs[first:last + 1], broken[first:last + 1]) if paragraph.reason is None):
        defects.add("broken_lines")
    if not is_final(inside[-1].view) and inside[-1].view[-1] not in "”’）)" and inside[-1].view not in boundaries().bare:
        defects.add("truncated")
    if unsure:
        defects.add("unsure_boundary")
    return Body(body, edits, head, tail, headings, frozenset(defects))


def _kind(paragraph: Paragraph, close: bool = False) -> str:
    """Why a paragraph outside the speech is cut: it tells of the speech, or it is the page's. `close`: shortly before the speech,
    where a name can stand alone."""
    view = paragraph.view
    if len(view) > 80 or furniture.weight(paragraph.form) >= 4:
        return "furniture"
    if TITLE_LIKE.search(view) or DATE.search(view) or SPEAKER.match(view) or (close and NAME.fullmatch(view)):
        return "metadata"
    return "furniture"


def _edits(text: str, kept: Sequence[tuple[int, int, bool]], labels: Sequence[tuple[int, int, str]]) -> list[Edit]:
    """The edits that leave the kept spans, a line break before each that begins a paragraph but the first, and nothing else."""
    edits: list[Edit] = []
    position = taken = 0
    for number, (start, end, opening) in enumerate([*kept, (len(text), len(text), False)]):
        final = number == len(kept)
        gap: list[tuple[int, int, str]] = []
        while taken < len(labels) and labels[taken][1] <= start:
            if labels[taken][0] >= position:
                gap.append(labels[taken])
            taken += 1
        if position < start or (opening and number):
            edits += _gap(text, position, start, gap, bool(number) and opening and not final, bool(number) and not opening and not final)
        position = end
    return edits


def _gap(text: str, start: int, end: int, labels: Sequence[tuple[int, int, str]], parts: bool, joined: bool) -> list[Edit]:
    """Edits for what lies between two kept spans; `parts`: it parts two paragraphs, so that one line break of it stays."""
    if parts and text[start:end] == "\n":
        return []
    if parts and not labels and text[start] == "\n":
        return [Edit(start + 1, end, "", "whitespace")]
    spans: list[tuple[int, int, str]] = []
    position = start
    rest = "line_join" if joined and not labels else "whitespace"
    for low, high, reason in [*labels, (end, end, "")]:
        if position < low:
            spans.append((position, low, rest))
        if high > low:
            spans.append((low, high, reason))
        position = max(position, high)
    keep = -1
    if parts:
        for low, high, reason in spans:
            if reason == "whitespace" and (at := text.find("\n", low, high)) >= 0:
                keep = at
                break
    edits: list[Edit] = []
    for low, high, reason in spans:
        for begin, finish in ((low, keep), (keep + 1, high)) if low <= keep < high else ((low, high),):
            if begin < finish:
                if edits and edits[-1].end == begin and (edits[-1].reason == reason or reason == "whitespace"):
                    edits[-1] = edits[-1]._replace(end=finish)
                else:
                    edits.append(Edit(begin, finish, "", reason))
    if parts and keep < 0:
        if edits:
            edits[0] = edits[0]._replace(replacement="\n")
        else:
            edits.append(Edit(start, end, "\n", "paragraph_break"))
    return edits
