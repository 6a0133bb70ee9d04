"""Mojibake of one family: text in GBK on which a byte-unsafe replacement of full-width marks ran, so that a pair of bytes was hit that
straddles two characters.

；is A3 BB. In 保活, B1 A3 BB EE, these two bytes stand too: with ; in their place B1 is left alone and dropped by the next decoder, and
every pair after it is shifted by one byte, until an ASCII character, or a trail byte that looks like one, sets the stream right again.
Shifted pairs that no character is assigned to vanish. So what was there can be told in part only: the lead byte of the first character,
the vanished pairs and mostly the last trail byte are lost. The originals that give exactly what is seen are searched with a character
model, and the best is taken where it leaves the others behind; otherwise the text stays as it is, and the place is noted.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from flows.normalize import glosses, script
from flows.normalize.code_points import BEYOND, among, last_points, table, where
from flows.normalize.counts import ORDER, codes
from flows.normalize.edits import Edit, apply
from flows.normalize.language import Model, beforehand, context, followed
from flows.normalize.prior import dictionary
from flows.normalize.words import words

# full-width marks in GBK, and what replacements put in their place
MARKS = {b"\xa3\xac": ",", b"\xa3\xba": ":", b"\xa3\xbb": ";", b"\xa3\xa8": "(", b"\xa3\xa9": ")", b"\xa3\xbf": "?", b"\xa3\xa1": "!"}
_TRAIL = {mark: pair[1] for pair, mark in MARKS.items()}
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))      # all bytes that can end a pair
_LOST = re.compile("[\ue000-\uf8ff\ufffd]")
_ENTITY = re.compile(r"[&;]#?[A-Za-z0-9]{2,30}$")      # what ; ends: a character written by name, as &permil; and &amp;nbsp;
_NAME = 32
_BEAM = 60      # hypotheses kept at each step
_GAPS = 24      # of them, those that are tried with vanished pairs
_MIDDLE = 16    # and kept inside a gap
_ROUGH = 100     # of those in a gap that are looked at by the whole model
_LAST = 200     # and with the last character
_REFILLED = (200, 40, 400)      # the like where one place alone is filled anew
_RARE = 2e-5    # how likely at least a letter must be behind another that it is tried in a gap
_HOPELESS = 25.0        # logarithms behind the best from which a hypothesis is not followed
_VANISHED = 4   # pairs in a row that may have vanished: 孤残儿童生活 loses three
_LONGEST = 80
_OPENING = 7
_BEFORE = 12     # characters before a mark that tell what is likely behind it
_ANNOTATED = 60         # and so many more where readings stand between them
_STRAY = 3.0    # how much less likely (natural logarithm) a Latin letter alone between Chinese characters is than the model has it
_NEAR = 8       # characters behind a mark, among which an unfamiliar one tells of damage
_BEHIND = np.arange(1, _NEAR + 1)
_TRAIL_SIGNS = "".join(map(chr, range(0x40, 0x7F)))     # of ASCII what can be the second byte of a pair
_HAN, _FIRST_HAN = "\u3400-\u9fff", 0x3400
_LOOKS = 2000    # places looked at in one document
_SITES = 40      # searched in one document
_PAIRS = 240     # and pairs of bytes in them; a text damaged in more places is past repair
_REACH = 200     # characters behind it in which a mark must be closed
_ROUNDS = 4      # in which the best original may become better by filling one place anew
_RIVALS = 24     # originals among which the words choose
_FAR = 8.0      # and how much less likely than the best, by characters, one may be
# a repair is taken where the odds (natural logarithm) against all other originals found, by characters alone and by characters and words
# together, are at least this: of 3,243 corruptions of unseen prose .993 of those taken were right
CERTAIN = 2.2
# by characters this is enough where no pair has vanished within: of 470 such repairs with odds above 1.5 one was wrong; where pairs have
# vanished .98 are right, whatever the odds
CERTAIN_WHOLE = 1.5
# by words this more, where pairs have vanished and where none has, if nothing was learned, since characters are then too sure; and half of
# it at so many characters. Of 1,200 corruptions in traditional characters .99 of those taken were right and .33 taken with nothing
# learned, and .993 and .47 with 25 reports learned.
CERTAIN_UNTAUGHT, CERTAIN_UNTAUGHT_WHOLE = 2.2, 1.1
_TAUGHT = 400_000
# and where no character is less likely than this (natural logarithm): what is pieced together has a seam that no one ever wrote
STRAINED = -13.0
_WORDS = 0.5             # weight of the words' judgement
# and where it is this much likelier (natural logarithm) than the text as it stands
GAIN = 8.0
# a run of rare characters that is likelier damaged by this is noted as damage
NOTED = 4.0
# and where two marks stand together
GAIN_OF_MARKS = 4.0
# a run is looked into where its first characters are as unlikely as this each: clean text with rare names is above -8, damage below -11
STRANGE = -8.5
# a run is taken for damage, repaired or not, from this gain on
SUSPECT = 14.0


def damaged(text: str, marks: frozenset[str] = frozenset(MARKS.values())) -> str:
    """The forward model: what becomes of `text` where `marks` were put in place of their full-width forms, byte by byte, in GBK."""
    data = text.encode("gb18030")
    for pair, mark in MARKS.items():
        if mark in marks:
            data = data.replace(pair, mark.encode())
    return _LOST.sub("", data.decode("gb18030", "ignore"))


class Tables(NamedTuple):
    """`letters[lead, trail]`: the code point of a pair, 0 where no Chinese text holds it; `lost[first, second]`: whether a pair vanishes;
    `ends[byte]`: whether a vanished pair can begin with it. For each letter its code as the model counts it, in `codes`, ascending, its
    code point and its two bytes, and whether it is common. `lead_of` and `trail_of` give the bytes by
    code point."""

    letters: np.ndarray
    lost: np.ndarray
    ends: np.ndarray
    codes: np.ndarray
    points: np.ndarray
    leads: np.ndarray
    trails: np.ndarray
    common: np.ndarray
    lead_of: np.ndarray
    trail_of: np.ndarray


@cache
def _known(size: int) -> frozenset[str]:
    """The `size` commonest characters of the dictionary, in both scripts."""
    counts = dictionary()
    simplified = {chr(code) for code in counts.keys[0][np.argsort(-counts.values[0], kind="stable")[:size]]}
    return frozenset(simplified | {chr(source) for source, target in script.simplifier().letters.items() if target in simplified})


@cache
def tables(writing: str, excluded: frozenset[str]) -> Tables:
    """The tables for a text in Hans, Hant or mixed; `excluded`: marks that cannot have been in it."""
    known = _known(5200) - (script.simplified_only() if writing == "Hant" else frozenset())
    letters, lost = np.zeros((256, 256), np.int64), np.zeros((256, 256), bool)
    marks = frozenset("、。·—…“”‘’《》〈〉【】（）！，：；？％０１２３４５６７８９〇×") - excluded
    for lead in range(0x81, 0xFF):
        row = b"\n".join(bytes((lead, trail)) for trail in _TRAILS).decode("gb18030", "replace")
        for trail, char in zip(_TRAILS, row.split("\n"), strict=True):
            if "\ue000" <= char <= "\uf8ff" or "\ufffd" in char:
                lost[lead, trail] = True
            elif char in known:
                # simplified text keeps to GB 2312, whose bytes are all above A0
                letters[lead, trail] = ord(char) if writing != "Hans" or lead > 0xA0 < trail else 0
            elif char in marks:
                letters[lead, trail] = ord(char)
    leads, trails = np.nonzero(letters)
    points = letters[leads, trails]
    folded = _fold(points)
    order = np.lexsort((points, folded))
    is_common = np.zeros(0x110000, bool)
    is_common[[ord(char) for char in _known(2500)]] = True
    common = is_common[points] | (points >= 0xFF00) | (points < 0x4E00)
    lead_of, trail_of = np.zeros(0x10000, int), np.zeros(0x10000, int)
    lead_of[points], trail_of[points] = leads, trails
    ends = np.array([row.any() for row in lost])
    return Tables(letters, lost, ends, folded[order], points[order], leads[order], trails[order], common[order],
                  lead_of, trail_of)


class Guess(NamedTuple):
    """An original of a damaged run, from the character before the mark on, and the logarithm of its probability with what frames it."""

    text: str
    score: float


class _Beam(NamedTuple):
    """Hypotheses: the packed codes before, the lead byte that waits for its trail, the score, and the characters so far."""

    contexts: np.ndarray
    pending: np.ndarray
    scores: np.ndarray
    texts: list[tuple[int, ...]]

    def chosen(self, width: int) -> _Beam:
        """The `width` best, without those that are hopelessly behind."""
        places = _best(self.scores, width)
        return self if len(places) == len(self.scores) else \
            _Beam(self.contexts[places], self.pending[places], self.scores[places], [self.texts[place] for place in places.tolist()])


def _best(scores: np.ndarray, width: int) -> np.ndarray:
    """Where the `width` highest of `scores` stand, in order of place, without those that are hopelessly behind."""
    if not len(scores):
        return np.zeros(0, int)
    if len(scores) > width:
        places = np.argpartition(-scores, width)[:width]
        places.sort()
    else:
        places = np.arange(len(scores))
    return places[scores[places] >= scores.max() - _HOPELESS]


def _joined(beams: list[_Beam]) -> _Beam:
    return _Beam(np.concatenate([beam.contexts for beam in beams]), np.concatenate([beam.pending for beam in beams]),
                 np.concatenate([beam.scores for beam in beams]), [text for beam in beams for text in beam.texts])


@cache
def _fold_table() -> np.ndarray:
    return codes("".join(map(chr, range(0xD800))) + "\0" * 0x800 + "".join(map(chr, range(0xE000, 0x10000)))).astype(np.int64)


def _fold(letters: np.ndarray) -> np.ndarray:
    return _fold_table()[letters]


def _oddity(letters: np.ndarray) -> np.ndarray:
    """Full-width marks that the replacement would have caught cost a little."""
    return np.where(letters >= 0xFF00, -1.0, 0.0)


class _Followers(NamedTuple):
    """The letters that were seen behind a character, by their places in the table, and about how likely each is there: the common ones
    that a vanished pair can end; those that one can end, in order of lead byte; all, in order of trail byte."""

    inner: tuple[np.ndarray, np.ndarray]
    led: tuple[np.ndarray, np.ndarray]
    led_bounds: np.ndarray
    ended: tuple[np.ndarray, np.ndarray]
    ended_bounds: np.ndarray

    def led_by(self, lead: int) -> tuple[np.ndarray, np.ndarray]:
        low, high = self.led_bounds[lead], self.led_bounds[lead + 1]
        return self.led[0][low:high], self.led[1][low:high]

    def ended_by(self, trail: int | None) -> tuple[np.ndarray, np.ndarray]:
        if trail is None:
            return self.ended
        low, high = self.ended_bounds[trail], self.ended_bounds[trail + 1]
        return self.ended[0][low:high], self.ended[1][low:high]


class Search:
    """The search for originals in one text: its model and tables, and what was looked up once."""

    def __init__(self, model: Model, table: Tables, annotated: frozenset[str] = frozenset()) -> None:
        """annotated: characters behind which the text writes their reading in ASCII brackets, which would have ended a run."""
        self.model = model
        self.table = table
        self.annotated = annotated
        self._own: dict[int, _Followers] = {}
        self._shared: dict[int, _Followers] = model.memory.setdefault(id(table), {})    # tables are never thrown away
        if _ANYWHERE not in self._shared:
            letters = table.codes[table.common]
            letters = letters[np.diff(letters, prepend=-1) > 0]
            chances = np.exp(model.logarithms(np.zeros(len(letters), np.uint64), letters) + _NEW)
            self._shared[_ANYWHERE] = _followers(table, letters, chances)
        self._unseen = self._shared[_ANYWHERE]

    def guesses(self, before: str, mark: str, run: str, tail: str, after: str) -> list[Guess]:
        """The likeliest originals of `mark` + `run` (+ `tail`, the ASCII character that is a lost trail byte), best first.

        before: what stands before the mark; after: what stands behind the run and its tail.
        """
        firsts = self.table.letters[:, 0xA3]    # the trail byte of the first character was taken for the first half of the mark
        firsts = firsts[firsts > 0]
        start = _Beam(np.array([context(before)]), np.array([0]), np.array([0.0]), [()])
        beam = self._extended(start, np.zeros(len(firsts), int), firsts, np.full(len(firsts), _TRAIL[mark]))
        data = run.encode("gb18030")
        for place in range(0, len(data), 2):
            trail, lead = data[place], data[place + 1]
            beam = _joined([self._consumed(beam, trail, lead), self._dropped(beam, trail, lead)]).chosen(_BEAM)
            if not len(beam.scores):
                return []
        beam = _joined([self._closed(beam, tail), self._dropped(beam, ord(tail) if tail else None, 0)])
        found: dict[str, float] = {}
        for letters, score in zip(beam.texts, self._ended(beam, codes(after[:2] or "\n")).tolist()):
            text = "".join(map(chr, letters))
            found[text] = max(found.get(text, -np.inf), score)
        return sorted((Guess(text, score) for text, score in found.items()), key=lambda guess: (-guess.score, guess.text))

    def fits(self, original: str, text: str, stop: int) -> bool:
        """Whether what `text` writes of readings allows that `original` ends at `stop`: what it annotates elsewhere had its reading in
        brackets, which end a run, and a reading right behind the run is that of the last character."""
        if not self.annotated.isdisjoint(original[:-1]):
            return False
        reading = glosses.reading_at(text, stop)
        return reading is None or reading in glosses.readings(original[-1])

    def has_gap(self, original: str) -> bool:
        """Whether pairs vanish where `original` is damaged."""
        points = np.array(list(map(ord, original)))
        return bool(self.table.lost[self.table.trail_of[points][:-1], self.table.lead_of[points][1:]].any())

    def _extended(self, beam: _Beam, rows: np.ndarray, letters: np.ndarray, pending: np.ndarray) -> _Beam:
        """The hypotheses `rows` of `beam`, each with a letter more."""
        folded = _fold(letters)
        scores = beam.scores[rows] + self.model.logarithms(beam.contexts, folded, rows) + _oddity(letters)
        return _Beam(followed(beam.contexts[rows], folded), pending, scores,
                     [(*beam.texts[row], letter) for row, letter in zip(rows.tolist(), letters.tolist())])

    def _consumed(self, beam: _Beam, trail: int, lead: int) -> _Beam:
        """The hypotheses after one visible pair: its first byte ends the character under way, its second begins the next."""
        letters = self.table.letters[beam.pending, trail]
        rows = np.nonzero(letters)[0]
        return self._extended(beam, rows, letters[rows], np.full(len(rows), lead))

    def _closed(self, beam: _Beam, tail: str) -> _Beam:
        """The hypotheses with their last character: with the visible trail byte `tail`, or with any where it is lost."""
        leads = self.table.letters[beam.pending]
        if tail:
            leads = leads[:, ord(tail), None]
        rows, columns = np.nonzero(leads)
        return self._extended(beam, rows, leads[rows, columns], np.zeros(len(rows), int)).chosen(_LAST)

    def _dropped(self, beam: _Beam, trail: int | None, lead: int, widths: tuple[int, int, int] = (_GAPS, _MIDDLE, _ROUGH)) -> _Beam:
        """The hypotheses after vanished pairs and then the visible one; `trail` None: any.

        A letter of which one byte is seen may be any common one; those that vanished whole are looked for among the letters that were
        seen behind one another: a repair that invents a sequence never seen is not one to publish.
        """
        table = self.table
        gaps, middle, rough = widths
        beam = beam.chosen(gaps)
        # first a letter whose lead byte waits, ended by the first byte of a vanished pair
        letters = [self._followers(last) for last in (beam.contexts & np.uint64(0xFFFF)).astype(np.int64).tolist()]
        rows, places, sums = _gathered(beam.scores, [part for each, lead in zip(letters, beam.pending.tolist())
                                                     for part in (each.led_by(lead), self._unseen.led_by(lead))], 2)
        found: list[tuple[_Beam, np.ndarray, np.ndarray]] = []
        for _ in range(_VANISHED):
            beam = self._judged(beam, *self._likely(rows, places, sums, rough)).chosen(middle)
            if not len(beam.scores):
                break
            # then letters whose lead byte a vanished pair took: ended by the visible byte, or by another vanished pair
            letters = [self._followers(last) for last in (beam.contexts & np.uint64(0xFFFF)).astype(np.int64).tolist()]
            unseen = self._unseen.ended_by(trail) if trail is not None else _NONE
            rows, places, sums = _gathered(beam.scores, [part for each in letters for part in (each.ended_by(trail), unseen)], 2)
            fits = np.nonzero(table.lost[beam.pending[rows], table.leads[places]])[0]
            found.append((beam, *self._likely(rows[fits], places[fits], sums[fits], rough)))
            rows, places, sums = _gathered(beam.scores, [each.inner for each in letters])
            fits = np.nonzero(table.lost[beam.pending[rows], table.leads[places]])[0]
            rows, places, sums = rows[fits], places[fits], sums[fits]
        if not found:
            return beam
        beams, all_rows, all_places = zip(*found)
        firsts = np.cumsum([0, *(len(each.scores) for each in beams)])
        rows = np.concatenate([rows + first for rows, first in zip(all_rows, firsts)])
        ended = self._judged(_joined(list(beams)), rows, np.concatenate(all_places)).chosen(gaps)
        return ended._replace(pending=np.full(len(ended.scores), lead))

    def _likely(self, rows: np.ndarray, places: np.ndarray, sums: np.ndarray, width: int = _ROUGH) -> tuple[np.ndarray, np.ndarray]:
        """Rows and places of the `width` that are best by rough `sums`, each once: a letter that may follow any, and was seen behind this
        one too, comes twice."""
        best = _best(sums, width)
        _, first = np.unique(rows[best] * len(self.table.points) + places[best], return_index=True)
        return rows[best[first]], places[best[first]]

    def _judged(self, beam: _Beam, rows: np.ndarray, places: np.ndarray) -> _Beam:
        """The hypotheses `rows`, each with the letter at a place of the table more, judged by the whole model."""
        return self._extended(beam, rows, self.table.points[places], self.table.trails[places])

    def refilled(self, before: str, text: str, after: str, tail: str) -> dict[str, float]:
        """What differs from `text`, an original, in one place and would be seen the same: each letter, and each stretch of letters between
        which pairs have vanished, filled anew with all else standing. {original: how much likelier (natural logarithm) than `text`}.

        The search keeps its hypotheses for a whole run, and few of them for one place of it; whether a repair is sure is told by what else
        might stand in each.
        """
        table, points = self.table, np.array(list(map(ord, text)))
        leads, trails = table.lead_of[points], table.trail_of[points]
        seams = table.lost[trails[:-1], leads[1:]]
        found: dict[str, float] = {}
        last = len(text) - 1
        first = 0
        while first <= last:
            end = first
            while end < last and seams[end]:
                end += 1
            start = _Beam(np.array([context(before + text[:first])]), leads[first:first + 1], np.array([0.0]), [()])
            trail = None if end == last and not tail else int(trails[end])
            if first == 0:      # its lead byte was dropped
                letters = table.letters[:, trails[0]] if end == 0 else np.zeros(0, int)
            else:
                letters = table.letters[leads[first]] if trail is None else table.letters[leads[first], [trail]]
            letters = letters[letters > 0]
            beams = [self._extended(start, np.zeros(len(letters), int), letters, letters)]
            if first:
                beams.append(self._dropped(start, trail, 0, _REFILLED))
            behind = (text[end + 1:] + (after[:2] or "\n"))[:ORDER - 1]
            own = self.model.links(text[first:end + 1] + behind, before + text[:first]).sum() + _oddity(points[first:end + 1]).sum()
            beam = _joined(beams)
            for filling, score in zip(beam.texts, (self._ended(beam, codes(behind)) - own).tolist()):
                found[text[:first] + "".join(map(chr, filling)) + text[end + 1:]] = score
            first = end + 1
        found.pop(text, None)
        return found

    def _ended(self, beam: _Beam, after: np.ndarray) -> np.ndarray:
        """The scores of the hypotheses with the codes `after` behind them."""
        scores, contexts = beam.scores, beam.contexts
        for letter in after.astype(np.int64):
            column = np.full(len(scores), letter)
            scores = scores + self.model.logarithms(contexts, column)
            contexts = followed(contexts, column)
        return scores

    def _followers(self, letter: int) -> _Followers:
        """The letters that were seen behind the code `letter`."""
        known = self._own if letter in self.model.habits else self._shared
        if letter not in known:
            seen, chances = self.model.following(letter)
            known[letter] = _followers(self.table, seen[chances > _RARE], chances[chances > _RARE])
        return known[letter]


_ANYWHERE = -1          # stands for the character before letters that may stand behind any
_NEW = -3.0             # how much less likely a letter is behind one that it was never seen behind


def _followers(table: Tables, seen: np.ndarray, chances: np.ndarray) -> _Followers:
    low, high = np.searchsorted(table.codes, seen), np.searchsorted(table.codes, seen, side="right")
    sizes = high - low
    places = np.arange(sizes.sum()) + np.repeat(low - np.cumsum(sizes) + sizes, sizes)
    scores = (np.log(np.repeat(chances, sizes)) + _oddity(table.points[places])).astype(np.float32)
    leads, trails = table.leads[places], table.trails[places]
    led = np.nonzero(table.ends[trails])[0]
    led = led[np.argsort(leads[led], kind="stable")]
    inner = led[table.common[places[led]]]
    ended = np.argsort(trails, kind="stable")
    bounds = np.searchsorted(leads[led], _BYTES), np.searchsorted(trails[ended], _BYTES)
    places = places.astype(np.int32)
    return _Followers((places[inner], scores[inner]), (places[led], scores[led]), bounds[0], (places[ended], scores[ended]), bounds[1])


_BYTES = np.arange(257)


_NONE = np.zeros(0, np.int32), np.zeros(0, np.float32)


def _gathered(scores: np.ndarray, letters: list[tuple[np.ndarray, np.ndarray]],
              parts: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For hypotheses with `scores` and what may follow each, in so many parts: row, place of the letter, and score with it, one entry a
    letter."""
    if not letters:
        return np.zeros(0, int), np.zeros(0, int), np.zeros(0)
    rows = np.repeat(np.arange(len(letters)) // parts, [len(places) for places, _ in letters])
    return rows, np.concatenate([places for places, _ in letters]), scores[rows] + np.concatenate([chances for _, chances in letters])


@cache
def _familiar() -> frozenset[str]:
    """Characters that damage seldom makes: the first level of GB 2312, in both scripts, and Chinese marks."""
    level = {bytes((lead, trail)).decode("gb2312", "ignore") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF)} - {""}
    traditional = {chr(source) for source, target in script.simplifier().letters.items() if target in level}
    return frozenset(level | traditional) | frozenset("，。、；：！？（）《》“”‘’…—【】〔〕〈〉·％‰℃〇○①②③④⑤⑥⑦⑧⑨⑩") \
        | frozenset(map(chr, range(0xFF00, 0xFF60)))


@cache
def _damage() -> tuple[re.Pattern[str], np.ndarray]:
    """A mark with an unfamiliar character among the next few; or with an ASCII letter or sign there, between Chinese characters, that may
    have been a trail byte; or ; with all behind it gone, up to the next mark, but no row of ;. Two shifted bytes may look like an
    ideographic space. And the table of the unfamiliar characters."""
    familiar = "".join(sorted(_familiar())).replace("\\", "").replace("]", "").replace("^", "").replace("-", "")
    unfamiliar = rf"[^\x00-\x7f\s\u00a0-\u00ff\u3000{familiar}]"
    strange = rf"(?=[^\x00-\x7f\s]{{0,{_NEAR - 1}}}{unfamiliar})"
    held = table("".join(re.findall(unfamiliar, "".join(map(chr, range(BEYOND + 1))))))
    ended = rf"(?=[{_HAN}]{{0,{_NEAR}}}[@-~][{_HAN}])"
    return (re.compile(rf"[,:;()?!](?:{strange}(?:[^\x00-\x7f\s]|\u3000)+|{ended}[{_HAN}]*|(?<=;)(?<!;;)(?=[,:。]|;(?!;)))"), held)


def _sites(text: str) -> Iterator[re.Match[str]]:
    """Where `text` may be damaged. The pattern is asked only where a table says that it may match: few texts hold such a place."""
    damage, unfamiliar = _damage()
    codes = last_points(text)
    marks = among(codes, ",:;()?!")
    if not len(marks):
        return
    if len(marks) * _NEAR < len(codes):     # cheaper than to look at all characters
        close = unfamiliar.take(codes.take(marks[:, None] + _BEHIND, mode="clip"), mode="clip").any(axis=1)
    else:
        strange = np.append(where(unfamiliar, codes), 2 * len(text) + _NEAR)
        close = strange[np.searchsorted(strange, marks)] - marks <= _NEAR
    close |= _ended(codes, marks)
    before_mark = table(",:。;").take(codes[np.minimum(marks + 1, len(codes) - 1)]) & (codes[marks] == ord(";"))
    for place in marks[close | before_mark].tolist():
        if (site := damage.match(text, place)) and not (text[place] == ";" and _ENTITY.search(text, max(0, place - _NAME), place)):
            yield site


def _ended(codes: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Which of the marks a letter or sign of ASCII follows soon that stands between Chinese characters, or between the mark and one."""
    trails = among(codes, _TRAIL_SIGNS)
    trails = trails[(trails > 0) & (trails < len(codes) - 1)]
    trails = trails[codes[np.minimum(trails + 1, len(codes) - 1)] >= _FIRST_HAN]
    found = np.zeros(len(marks), bool)
    if len(trails):
        last = np.searchsorted(marks, trails) - 1
        last, trails = last[last >= 0], trails[last >= 0]
        found[last[trails - marks[last] <= _NEAR + 1]] = True
    return found


def masked(text: str) -> str:
    """`text` with what may be damage blotted out: it is no habit of the language."""
    pieces: list[str] = []
    end = 0
    for site in _sites(text):
        pieces += text[end:site.start()], "\n" * len(site[0])
        end = site.end()
        if "@" <= text[end:end + 1] <= "~":     # it may have been a trail byte
            pieces.append("\n")
            end += 1
    return "".join(pieces) + text[end:] if pieces else text


def is_suspect(text: str) -> bool:
    """Whether `text` holds what looks like damage that can be undone, to one who knows no more than what is known beforehand."""
    return any(_is_alarming(text, *site.span()) for site in islice(_sites(text), _LOOKS)
               if not _is_behind_digit(text, site.start()))


def _is_behind_digit(text: str, start: int) -> bool:
    """Whether a mark stands behind a digit: there it was the decimal point that was lost, in another way, which is not undone here."""
    return text[max(0, start - 1):start].isdigit()


def _is_alarming(text: str, start: int, end: int) -> bool:
    """Whether a run is strange to the dictionary, which is asked quickly, and to all that is known beforehand, which knows more names."""
    return all(_is_strange(model, text, start, end) for model in _beforehand())


@cache
def _beforehand() -> tuple[Model, Model]:
    return Model(is_bare=True), beforehand()


def _is_strange(model: Model, text: str, start: int, end: int) -> bool:
    if "@" <= text[end:end + 1] <= "~":
        end += 2            # it may have been a trail byte: what stands behind it tells
    elif end == start + 1:
        return True         # ; before another mark
    opening = text[start:min(end, start + _OPENING)]
    return model.likelihood(opening, _before(text, start)) <= STRANGE * len(opening)


def _before(text: str, start: int) -> str:
    """What stands before a place, without readings in brackets, which are no part of the language."""
    before = text[max(0, start - _BEFORE):start]
    if before[-1:] == ")":
        before = text[max(0, start - _BEFORE - _ANNOTATED):start]
        before = apply(before, glosses.removed(before))[-_BEFORE:]
    return before


def repaired(text: str, writing: str, model: Model | None = None) -> tuple[list[Edit], list[tuple[int, int]]]:
    """Edits that undo the damage where it can be undone surely, and the spans of damage that stay."""
    if text.isascii():
        return [], []
    edits: list[Edit] = []
    left: list[tuple[int, int]] = []
    search: Search | None = None
    known = model or Model()
    resolved: dict[str, tuple[str | None, int] | None] = {}
    position = searched = pairs = 0
    for site in islice(_sites(text), _LOOKS):
        if site.start() < position:
            continue
        if not _is_alarming(text, *site.span()) or not _is_strange(known, text, *site.span()):
            continue
        if _is_behind_digit(text, site.start()):
            left.append((site.start(), min(site.end(), site.start() + 1 + _LONGEST)))
            position = left[-1][1]
            continue
        if searched >= _SITES or pairs >= _PAIRS:
            left.append(site.span())
            break
        span = site[0][1:1 + _LONGEST]
        end = site.start() + 1 + len(span)
        tail = text[end:end + 1] if "@" <= text[end:end + 1] <= "~" else ""
        if search is None:
            annotated = glosses.removed(text)
            known = known.within(masked(apply(text, annotated)))
            table = tables(writing, frozenset(mark for mark in "，：；（）？！" if mark not in text))
            search = Search(known, table, frozenset(text[edit.start - 1] for edit in annotated))
        frame = text[max(0, site.start() - _BEFORE):end + 6]
        if frame not in resolved:       # the same damage in the same place of a sentence comes again
            searched += 1
            pairs += len(span)
            resolved[frame] = _resolved(search, text, site.start(), span, tail)
        found = resolved[frame]
        if found is None:
            continue
        repair, length = found
        stop = site.start() + length
        if repair is None:
            left.append((site.start(), stop))
        else:
            edits.append(Edit(site.start(), stop, repair, "mojibake"))
        position = stop
    return edits, left


def _resolved(search: Search, text: str, start: int, run: str, tail: str) -> tuple[str | None, int] | None:
    """The repair of the run behind the mark at `start`, and the length of what it replaces; None for the repair where it is not sure;
    None where the text is likelier as it stands."""
    try:
        if any(len(char.encode("gb18030")) != 2 for char in run):
            return None
    except UnicodeEncodeError:
        return None
    before, mark, end = _before(text, start), text[start], start + 1 + len(run)
    model = search.model
    if not _is_strange(model, text, start, end):
        return None
    options: dict[tuple[str, int], float] = {}      # originals, and where what they replace stops: how likely they are
    for last, stop in ((tail, end + 1), ("", end)) if tail else (("", end),):
        # a letter of the Latin alphabet that nothing but damage puts between Chinese characters is rather a trail byte than one
        stray = _STRAY if tail and not last and not text[stop + 1:stop + 2].isascii() else 0.0
        guesses = (guess for guess in search.guesses(before, mark, run, last, text[stop:stop + 2]) if search.fits(guess.text, text, stop))
        for guess in islice(guesses, _RIVALS):
            options[guess.text, stop] = guess.score - stray
    for _ in range(_ROUNDS):
        if not options:
            return None
        best, stop = min(options, key=lambda option: (-options[option], option))
        highest = options[best, stop]
        fresh = {(other, stop): highest + score
                 for other, score in search.refilled(before, best, text[stop:stop + 2], tail if stop > end else "").items()
                 if search.fits(other, text, stop)}
        options = {**fresh, **options}
        if max(fresh.values(), default=-np.inf) <= highest:
            break
    stands = model.likelihood(text[start:stop] + (text[stop:stop + 2] or "\n"), before)
    gain = highest - stands
    if gain < (GAIN if run else GAIN_OF_MARKS):
        return (None, stop - start) if gain >= NOTED else None
    # characters find the rivals, words and their classes help to choose among them
    ranked = sorted(options.items(), key=lambda option: (-option[1], option[0]))
    by_letters = np.array([score for _, score in ranked])
    judged = [option for option, score in ranked[:_RIVALS] if score > ranked[0][1] - _FAR]
    by_words = by_letters.copy()
    by_words[:len(judged)] += _WORDS * np.array([
        words().likelihood(before[-6:] + original + (text[last:last + 4].partition("\n")[0] or "\n")) for original, last in judged])
    by_words[len(judged):] += by_words[0] - by_letters[0]
    best, stop = ranked[0][0]
    # a dangling byte and two or three digits behind it can look like a character of four bytes
    behind = text[stop:stop + 4]
    exact = damaged(best + behind, frozenset(mark)) == text[start:stop] + behind
    is_whole = exact and not _leaves_open(text[max(0, start - _REACH):start] + best, text[stop:stop + _REACH])
    if is_whole and by_words.argmax() == 0 and _is_certain(search, before, best, by_letters, by_words):
        return best, stop - start
    # an ASCII letter that was a trail byte stands between Chinese characters, as none does in prose, and so do two marks
    return (None, stop - start) if gain >= (SUSPECT if run and stop == end else GAIN_OF_MARKS) else None


def _leaves_open(before: str, after: str) -> bool:
    """Whether a pair of marks that opens in `before` is not closed in `after` before another opens, or the paragraph ends: its other half
    has vanished."""
    before, after = before.rpartition("\n")[2], after.partition("\n")[0]
    for opening, closings in (("《", "》"), ("“", "”\""), ("（", "）)")):
        if before.rfind(opening) > max(map(before.rfind, closings)):
            behind = next((char for char in after if char == opening or char in closings), opening)
            if behind == opening:
                return True
    return False


def _is_certain(search: Search, before: str, best: str, by_letters: np.ndarray, by_words: np.ndarray) -> bool:
    """Whether `best`, the first of the rivals, is to be published: its scores by letters and by words leave the others behind, and no
    character of it is strange where it stands. The less the model has learned, and where pairs have vanished, the more is asked."""
    model = search.model
    if (model.links(best, before) <= STRAINED).any():
        return False
    ignorance = _TAUGHT / (_TAUGHT + (model.learned.size if model.learned is not None else 0))
    if search.has_gap(best):
        return _odds(by_letters) > CERTAIN and _odds(by_words) > CERTAIN + CERTAIN_UNTAUGHT * ignorance
    return _odds(by_letters) > CERTAIN_WHOLE and _odds(by_words) > CERTAIN + CERTAIN_UNTAUGHT_WHOLE * ignorance


def _odds(scores: np.ndarray) -> float:
    """The logarithm of the odds of the first of `scores` against the others."""
    return -float(np.log(np.exp(scores[1:] - scores[0]).sum() + 1e-4))
