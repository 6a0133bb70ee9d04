"""Characters: the raw text with its characters mended, and every change on record.

Lines, paragraphs and furniture stay; what is a speech is told later.
"""
from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flows.ingest.documents import Mark
from flows.normalize import (
    double_decoding,
    field_codes,
    glosses,
    lead_bytes,
    lookalikes,
    markup,
    mojibake,
    noise,
    numerals,
    pauses,
    punctuation,
    script,
    spaces,
    split_readings,
    width,
)
from flows.normalize.alphabet import Alphabet, letters_of, skeleton
from flows.normalize.edits import Edit, PlacedEdit, apply, compose, placed, position_after
from flows.normalize.language import Model


class Spot(NamedTuple):
    """A place where a defect was found; offsets in code points of Characters.text. `defect` is one of schemas.speeches.DEFECTS."""

    start: int
    end: int
    defect: str


@dataclass(frozen=True, slots=True)
class Characters:
    """The cleaned text of a whole document.

    edits: on the raw text; what lies between two of them differs from it in script and width at most.
    script: Hans, Hant or mixed, of the raw text.
    spots: where defects were found, in order.
    layout: the given layout and the headings and bold type of Markdown marks, moved to `text`.
    """

    text: str
    edits: tuple[Edit, ...]
    script: str
    spots: tuple[Spot, ...] = ()
    layout: tuple[Mark, ...] = ()

    @property
    def defects(self) -> frozenset[str]:
        """The defects of the whole document."""
        return self.defects_within([(0, len(self.text))])

    def defects_within(self, spans: Iterable[tuple[int, int]]) -> frozenset[str]:
        """The defects of the given spans of `text`: what lies in furniture is no defect of the speech."""
        counts: Counter[str] = Counter()
        spans = sorted(spans) if self.spots else []
        for spot in self.spots:
            first, last = (place - 1 for place in (bisect_right(spans, spot.start, key=_start), bisect_left(spans, spot.end, key=_start)))
            begins, ends = first >= 0 and spot.start < spans[first][1], last >= 0 and spot.end <= spans[last][1]
            counts[spot.defect] += begins + ends if first != last else begins or ends
        return frozenset(defect for defect, count in counts.items() if count >= LEAST.get(defect, 1))


def _start(span: tuple[int, int]) -> int:
    return span[0]


# a single half-width mark in a full-width text is a slip, not a defect of the source
LEAST = {"half_width_punctuation": 5}
_ROUNDS = 4


class _Draft:
    """A text under way, with the edits that led to it, and the spots and marks that move with it."""

    def __init__(self, raw_text: str, layout: Sequence[Mark]) -> None:
        self.text = raw_text
        self.edits: list[Edit] = []
        self.spots: list[Spot] = []
        self.layout = list(layout)
        self.without_adverts = ""       # the text in which none was found
        self._skeleton = ("", "")       # of which text, and what it is

    @property
    def skeleton(self) -> str:
        """The skeleton of the text as it is."""
        if self._skeleton[0] is not self.text:
            self._skeleton = (self.text, skeleton(self.text))
        return self._skeleton[1]

    def edit(self, edits: Sequence[Edit], defect: str | None = None) -> None:
        """Make `edits`; with `defect`, note where."""
        if not edits:
            return
        rows = placed(edits)
        self.spots = [Spot(*span, spot.defect) for spot, span in zip(self.spots, _moved(rows, self.spots))]
        self.layout = [Mark(*span, mark.kind, mark.level) for mark, span in zip(self.layout, _moved(rows, self.layout))]
        self.edits = compose(self.edits, edits, self.text)
        self.text = apply(self.text, edits)
        if defect:
            self.note([(row.start, row.end) for row in rows], defect)

    def turn(self, text: str, usual: Mapping[str, str], alphabet: Alphabet, reason: str) -> None:
        """Take `text` of the same length for the text as it is; where a character of `usual` became neither itself nor its usual form,
        that is on record."""
        changed = [place for letter in sorted(alphabet & frozenset(usual)) for place in spaces.positions(self.text, letter)
                   if text[place] not in (letter, usual[letter])]
        self.edit([Edit(place, place + 1, text[place], reason) for place in sorted(changed)])
        self.text = text

    def note(self, spans: Iterable[tuple[int, int]], defect: str) -> None:
        """Note a defect at `spans` of the text as it now is."""
        self.spots += [Spot(start, end, defect) for start, end in spans]

    def mark(self, marks: Sequence[Mark]) -> None:
        """Add layout marks of the text as it now is."""
        if marks:
            self.layout = sorted({*self.layout, *marks}, key=lambda mark: (*mark[:3], mark.level or 0))


def _moved(rows: Sequence[PlacedEdit], spans: Sequence[Spot] | Sequence[Mark]) -> list[tuple[int, int]]:
    """Where `spans` come to lie after the edits `rows`."""
    if not spans:
        return []
    offsets = sorted({offset for span in spans for offset in (span.start, span.end)})
    place = dict(zip(offsets, position_after(rows, offsets)))
    return [(place[span.start], place[span.end]) for span in spans]


def _clear(draft: _Draft, alphabet: Alphabet) -> Alphabet:
    """Take out what is no text: markup, glosses, adverts, noise. Returns the alphabet, with the letters that entities stood for."""
    for _ in range(_ROUNDS):        # &amp;nbsp; and other things that stand within others
        before = draft.text
        if not alphabet.isdisjoint(markup.TRIGGERS) or markup.is_list(draft.text):
            edits, marks = markup.removed(draft.text)
            draft.mark(marks)
            draft.edit(edits)
            if not alphabet >= (brought := {letter for edit in edits for letter in edit.replacement}):
                alphabet = width.plain_letters(alphabet | brought)
        if glosses.may_stand_in(alphabet):
            draft.edit(glosses.removed(draft.text, alphabet), "pinyin_gloss")
        if draft.without_adverts is not draft.text:
            adverts = noise.adverts(draft.text)
            sown = [(row.start, row.end) for row, advert in zip(placed(adverts), adverts) if noise.is_sown(draft.text, advert)]
            draft.edit(adverts)
            draft.note(sown, "anti_copy_noise")
            if not adverts:
                draft.without_adverts = draft.text
        if noise.has_symbols(alphabet) and noise.may_be_scrambled(draft.skeleton):
            draft.edit(noise.scrambled(draft.text), "anti_copy_noise")
        if draft.text is before:
            break
    return alphabet


def _is_settled(draft: _Draft, closed: Sequence[Edit], alphabet: Alphabet) -> bool:
    """Whether nothing can have become markup, an advert, or Chinese beside a mark, by the white space that was `closed`: ** ，** is none.
    """
    return not closed or (alphabet.isdisjoint(markup.TRIGGERS) and not any(edit.replacement for edit in closed)
                          and not noise.adverts(draft.text))


def clean(raw_text: str, layout: Sequence[Mark] = (), model: Model | None = None) -> Characters:
    """`raw_text` with its characters mended: mojibake, markup, glosses, noise, digits, spaces, punctuation, width, script.

    layout: what markup said of spans of the raw text. model: what the corpus teaches of its language, for the repair of mojibake;
    without it the word frequencies of a dictionary and the document itself decide, and less can be repaired.

    The order matters: mojibake can only be undone before the script changes, brackets tell a gloss before they become Chinese, and a
    mark knows its neighbours only when the spaces between are gone. Every step is skipped where none of its characters occurs.
    """
    draft = _Draft(raw_text, layout)
    letters = letters_of(raw_text)
    if not letters.isdisjoint(double_decoding.TRIGGERS):
        draft.edit(double_decoding.undone(raw_text), "mojibake_repaired")
        letters = letters_of(draft.text)
    if not letters.isdisjoint(lead_bytes.triggers()):
        draft.edit(lead_bytes.restored(draft.text, letters), "mojibake_repaired")
        letters = letters_of(draft.text)
    if not letters.isdisjoint(lookalikes.triggers()):
        draft.edit(lookalikes.mended(draft.text, letters), "ocr_confusion")
        letters = letters_of(draft.text)
    if not letters.isdisjoint(glosses.BOPOMOFO):
        # brackets around every character look like damage; these symbols stand for nothing but readings
        draft.edit(glosses.spelt(draft.text), "pinyin_gloss")
        letters = letters_of(draft.text)
    alphabet = width.plain_letters(letters)
    is_plain = alphabet is letters or len(alphabet) == len(letters)
    found = script.script_of(draft.text if is_plain else width.narrowed(draft.text, letters), alphabet)
    if split_readings.may_stand_in(letters) and (split := split_readings.mended(draft.text)):
        draft.edit(split, "mojibake_repaired")
        letters = letters_of(draft.text)
        alphabet = width.plain_letters(letters)
    if not alphabet.isdisjoint(punctuation.HALF):
        repairs, left = mojibake.repaired(draft.text, found, model)
        draft.note(left, "mojibake_left")
        if left:        # what is written in stays damaged there, and tells nothing of the script
            clear = apply(draft.text, [Edit(*span, "", "") for span in left])
            found = script.script_of(clear, letters_of(clear))
        draft.edit(repairs, "mojibake_repaired")
    draft.turn(width.narrowed(draft.text, alphabet), width.variants(), alphabet, "ocr")
    if not alphabet.isdisjoint("\r\x85\x0b\x0c\u2028\u2029"):
        draft.edit(spaces.breaks(draft.text))
    if "[" in alphabet and markup.coloured(draft.text):
        draft.edit(markup.controls(draft.text))
    if field_codes.may_stand_in(draft.text, alphabet):
        draft.edit(field_codes.removed(draft.text))
    if not alphabet.isdisjoint(noise.UNSEEN):
        draft.edit(noise.invisible(draft.text))
        if not alphabet.isdisjoint(double_decoding.TRIGGERS) and (undone := double_decoding.undone(draft.text)):
            draft.edit(undone, "mojibake_repaired")         # what is not seen stood between its characters
            alphabet = width.plain_letters(letters_of(draft.text))
            found = script.script_of(draft.text, alphabet)
    unseen = [mark for mark in draft.layout if mark.kind == "hidden" and mark.end > mark.start]
    draft.edit([Edit(mark.start, mark.end, "", "anti_copy_noise") for mark in unseen], "anti_copy_noise")
    draft.edit([Edit(mark.start, mark.end, "", "markup") for mark in draft.layout if mark.kind == "deleted" and mark.end > mark.start])
    if not alphabet.isdisjoint("'`.") and noise.may_be_strewn(draft.text):
        draft.edit(noise.strewn(draft.text), "anti_copy_noise")
    if "'" in alphabet and "''" in draft.text and (edits := punctuation.doubled(draft.text)):     # before ` is taken for markup
        draft.edit(edits)
        alphabet = alphabet | frozenset("“”")
    letters, alphabet = alphabet, _clear(draft, alphabet)
    if alphabet is not letters:
        draft.turn(width.narrowed(draft.text, alphabet), width.variants(), alphabet, "ocr")
        found = script.script_of(draft.text, alphabet)
    if not alphabet.isdisjoint("．％"):      # an advert may have stood between the stop and its letter
        draft.text = width.narrowed(draft.text, alphabet)
    draft.edit(numerals.mended(draft.text, alphabet, draft.skeleton), "ocr_confusion")
    draft.edit(pauses.marks(draft.text), "decoding_loss")
    blanks = (alphabet & spaces.SPACES) | {" ", "\u00a0"}        # markup, too, makes these two
    closed = spaces.removed(draft.text, blanks)
    draft.edit(closed)
    is_settled = _is_settled(draft, closed, alphabet)
    if not alphabet.isdisjoint(punctuation.QUOTES):
        before = draft.text
        draft.turn(punctuation.quoted(before), {"″": "″"}, alphabet, "punctuation")
        is_settled &= draft.text == before
    if "?" in alphabet:
        draft.edit(punctuation.days(draft.text), "mojibake_repaired")
    for _ in range(_ROUNDS):        # what has become Chinese makes its neighbours so, and a space beside it goes
        text, places = punctuation.widened(draft.text) if not alphabet.isdisjoint(punctuation.HALF) else (draft.text, [])
        draft.text = text
        draft.note([(place, place + 1) for place in places], "half_width_punctuation")
        edits = punctuation.marks(text, alphabet)
        draft.edit(edits)
        if not places and not edits and is_settled:
            break
        alphabet = _clear(draft, alphabet)
        draft.edit(numerals.mended(draft.text, alphabet, draft.skeleton), "ocr_confusion")
        closed = spaces.removed(draft.text, blanks)
        draft.edit(closed)
        if not alphabet.isdisjoint(punctuation.QUOTES):
            draft.turn(punctuation.quoted(draft.text), {"″": "″"}, alphabet, "punctuation")
        is_settled = _is_settled(draft, closed, alphabet)
    draft.turn(script.simplify(draft.text, found, alphabet), script.exceptional(), alphabet, "script")
    if not alphabet.isdisjoint(noise.UNSEEN) or not alphabet.isdisjoint(noise.LOSSES):
        draft.note(noise.lost(draft.text), "decoding_loss")
    return Characters(draft.text, tuple(draft.edits), found, tuple(sorted(draft.spots)), tuple(draft.layout))
