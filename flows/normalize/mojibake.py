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
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from flows.normalize import script
from flows.normalize.edits import Edit
from flows.normalize.language import Model, codes, context, followed, prior
from flows.normalize.words import words

# full-width marks in GBK, and what replacements put in their place
MARKS = {b"\xa3\xac": ",", b"\xa3\xba": ":", b"\xa3\xbb": ";", b"\xa3\xa8": "(", b"\xa3\xa9": ")", b"\xa3\xbf": "?", b"\xa3\xa1": "!"}
_TRAIL = {mark: pair[1] for pair, mark in MARKS.items()}
_LOST = re.compile("[\ue000-\uf8ff\ufffd]")
_BEAM = 120      # hypotheses kept at each step
_GAPS = 40      # of them, those that are tried with vanished pairs
_MIDDLE = 20    # and kept inside a gap
_VANISHED = 4   # pairs in a row that may have vanished: 孤残儿童生活 loses three
_LONGEST = 80
_OPENING = 7
_BEFORE = 12     # characters before a mark that tell what is likely behind it
_LOOKS = 2000    # marks looked at in one document
_SITES = 40      # searched in one document; a text damaged in more places is past repair
_RIVALS = 24     # originals among which the words choose
_FAR = 8.0      # and how much less likely than the best, by characters, one may be
# a repair is taken where it holds this share of the probability of all originals found
CERTAIN = 0.8
# and where its characters are as likely as this each, on the average: what is pieced together of rare ones is below
PLAUSIBLE = -6.5
# and where it is this much likelier (natural logarithm) than the text as it stands
GAIN = 8.0
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
    """`letters[lead, trail]`: the code point of a pair, 0 where no Chinese text holds it; `lost[first, second]`: pairs that vanish;
    `common`: the letters that are looked for where pairs have vanished on both sides of one."""

    letters: np.ndarray
    lost: np.ndarray
    common: np.ndarray


@cache
def _known(size: int) -> frozenset[str]:
    """The `size` commonest characters of the dictionary, in both scripts."""
    counts = prior()
    simplified = {chr(code) for code in counts.keys[0][np.argsort(-counts.values[0], kind="stable")[:size]]}
    return frozenset(simplified | {chr(source) for source, target in script.simplifier().letters.items() if target in simplified})


@cache
def tables(is_simplified: bool, excluded: frozenset[str]) -> Tables:
    """The tables for a text in simplified characters or any; `excluded`: marks that cannot have been in it."""
    known = _known(5200)
    letters, lost = np.zeros((256, 256), np.int64), np.zeros((256, 256), bool)
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            if trail == 0x7F:
                continue
            char = bytes((lead, trail)).decode("gb18030", "ignore")
            if len(char) != 1 or _LOST.match(char):
                lost[lead, trail] = True
            elif char in known:
                # simplified text keeps to GB 2312, whose bytes are all above A0
                letters[lead, trail] = ord(char) if not is_simplified or lead > 0xA0 < trail else 0
            elif char not in excluded and char in "、。·—…“”‘’《》〈〉【】（）！，：；？％０１２３４５６７８９〇×":
                letters[lead, trail] = ord(char)
    common = np.array([0, *sorted(map(ord, _known(1800)))])
    return Tables(letters, lost, np.where(np.isin(letters, common) | (letters >= 0xFF00) | (letters < 0x4E00), letters, 0))


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

    def best(self, width: int = _BEAM) -> _Beam:
        if len(self.scores) <= width:
            return self
        chosen = np.argpartition(-self.scores, width)[:width]
        chosen.sort()
        return _Beam(self.contexts[chosen], self.pending[chosen], self.scores[chosen], [self.texts[place] for place in chosen])


def _extended(model: Model, beam: _Beam, rows: np.ndarray, letters: np.ndarray, pending: np.ndarray, width: int = _BEAM) -> _Beam:
    """The hypotheses `rows` of `beam`, each with a letter more."""
    folded = _fold(letters)
    scores = beam.scores[rows] + model.logarithms(beam.contexts[rows], folded) + _oddity(letters)
    if len(scores) > width:
        chosen = np.argpartition(-scores, width)[:width]
        chosen.sort()
        rows, letters, pending, scores, folded = rows[chosen], letters[chosen], pending[chosen], scores[chosen], folded[chosen]
    return _Beam(followed(beam.contexts[rows], folded), pending, scores, [(*beam.texts[row], int(letter)) for row, letter in zip(rows, letters)])  # noqa: E501


def _joined(beams: list[_Beam]) -> _Beam:
    return _Beam(np.concatenate([beam.contexts for beam in beams]), np.concatenate([beam.pending for beam in beams]),
                 np.concatenate([beam.scores for beam in beams]), [text for beam in beams for text in beam.texts])


@cache
def _fold_table() -> np.ndarray:
    return codes("".join(map(chr, range(0xD800))) + "\0" * 0x800 + "".join(map(chr, range(0xE000, 0x10000)))).astype(np.int64)


def _fold(letters: np.ndarray) -> np.ndarray:
    return _fold_table()[letters]


def _oddity(letters: np.ndarray) -> np.ndarray:
    """Full-width marks that the replacement would have caught, and characters outside the common ones, cost a little."""
    return np.where((letters >= 0xFF00), -1.0, 0.0)


def guesses(model: Model, table: Tables, before: str, mark: str, run: str, tail: str, after: str) -> list[Guess]:
    """The likeliest originals of `mark` + `run` (+ `tail`, the ASCII character that is a lost trail byte), best first.

    before: what stands before the mark; after: what stands behind the run and its tail.
    """
    firsts = table.letters[:, 0xA3]         # the trail byte of the first character was taken for the first half of the mark
    firsts = firsts[firsts > 0]
    start = _Beam(np.array([context(before)]), np.array([0]), np.array([0.0]), [()])
    beam = _extended(model, start, np.zeros(len(firsts), int), firsts, np.full(len(firsts), _TRAIL[mark]))
    data = run.encode("gb18030")
    for place in range(0, len(data), 2):
        trail, lead = data[place], data[place + 1]
        beam = _joined([_consumed(model, table, beam, trail, lead), _dropped(model, table, beam, trail, lead)]).best()
        if not len(beam.scores):
            return []
    beam = _closed(model, table, beam, tail)
    ending = codes(after[:2] or "\n").astype(np.int64)
    scores = beam.scores.copy()
    contexts = beam.contexts
    for letter in ending:
        column = np.full(len(scores), letter)
        scores += model.logarithms(contexts, column) if len(scores) else 0
        contexts = followed(contexts, column)
    found: dict[str, float] = {}
    for letters, score in zip(beam.texts, scores):
        text = "".join(map(chr, letters))
        found[text] = max(found.get(text, -np.inf), float(score))
    return sorted((Guess(text, score) for text, score in found.items()), key=lambda guess: (-guess.score, guess.text))


def _consumed(model: Model, table: Tables, beam: _Beam, trail: int, lead: int) -> _Beam:
    """The hypotheses after one visible pair: its first byte ends the character under way, its second begins the next."""
    letters = table.letters[beam.pending, trail]
    rows = np.nonzero(letters)[0]
    return _extended(model, beam, rows, letters[rows], np.full(len(rows), lead))


def _ends(table: Tables) -> np.ndarray:
    """Trail bytes that a vanished pair can begin with."""
    return np.nonzero(table.lost.any(axis=1))[0]


def _ended(model: Model, table: Tables, beam: _Beam) -> list[_Beam]:
    """The hypotheses with one character more, with two and so on, each ended by the first byte of a vanished pair, which is `pending`."""
    ends = _ends(table)
    beam = beam.best(_GAPS)
    rows, columns = np.nonzero(table.letters[beam.pending][:, ends])
    beams = [_extended(model, beam, rows, table.letters[beam.pending[rows], ends[columns]], ends[columns], _MIDDLE)]
    while len(beams) < _VANISHED and len(beams[-1].scores):
        # a character whose lead byte the last pair took and whose trail byte the next one takes
        letters = np.where(table.lost[beams[-1].pending][:, :, None], table.common[None, :, ends], 0)
        rows, leads, columns = np.nonzero(letters)
        beams.append(_extended(model, beams[-1], rows, letters[rows, leads, columns], ends[columns], _MIDDLE))
    return beams


def _dropped(model: Model, table: Tables, beam: _Beam, trail: int, lead: int) -> _Beam:
    """The hypotheses after vanished pairs and then the visible one."""
    beams = []
    for ended in _ended(model, table, beam):
        letters = np.where(table.lost[ended.pending], table.letters[None, :, trail], 0)
        rows, leads = np.nonzero(letters)
        beams.append(_extended(model, ended, rows, letters[rows, leads], np.full(len(rows), lead)))
    return _joined(beams)


def _closed(model: Model, table: Tables, beam: _Beam, tail: str) -> _Beam:
    """The hypotheses with their last character: with the visible trail byte `tail`, or with any where it is lost."""
    closed = []
    for ended in (None, *_ended(model, table, beam)):
        leads = table.letters[beam.pending] if ended is None else np.where(table.lost[ended.pending][:, :, None], table.letters[None], 0)
        if tail:
            leads = leads[..., ord(tail)]
        place = np.nonzero(leads)
        closed.append(_extended(model, ended or beam, place[0], leads[place], np.zeros(len(place[0]), int), 300))
    return _joined(closed)




@cache
def _familiar() -> frozenset[str]:
    """Characters that damage seldom makes: the first level of GB 2312, in both scripts, and Chinese marks."""
    level = {bytes((lead, trail)).decode("gb2312", "ignore") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF)} - {""}
    traditional = {chr(source) for source, target in script.simplifier().letters.items() if target in level}
    return frozenset(level | traditional) | frozenset("，。、；：！？（）《》“”‘’…—【】〔〕〈〉·％‰℃〇○①②③④⑤⑥⑦⑧⑨⑩") \
        | frozenset(map(chr, range(0xFF00, 0xFF60)))


@cache
def _damage() -> re.Pattern[str]:
    """A mark with an unfamiliar character among the next few; or ; with all behind it gone, up to the next mark."""
    familiar = "".join(sorted(_familiar())).replace("\\", "").replace("]", "").replace("^", "").replace("-", "")
    strange = rf"(?=[^\x00-\x7f\s]{{0,7}}[^\x00-\x7f\s\u00a0-\u00ff\u3000{familiar}])"
    return re.compile(rf"[,:;()?!](?:{strange}[^\x00-\x7f\s]+|(?<=;)(?=[,;:。]))")


def masked(text: str) -> str:
    """`text` with what may be damage blotted out: it is no habit of the language."""
    return _damage().sub(lambda site: "\n" * len(site[0]), text)


def is_suspect(text: str) -> bool:
    """Whether `text` holds what looks like damage to one who knows nothing but the dictionary."""
    known = Model()
    return any(_is_strange(known, text, *site.span()) for site in islice(_damage().finditer(text), _LOOKS))


def _is_strange(model: Model, text: str, start: int, end: int) -> bool:
    if end == start + 1:
        return True         # ; before another mark
    opening = text[start:min(end, start + _OPENING)]
    return model.likelihood(opening, text[max(0, start - _BEFORE):start]) <= STRANGE * len(opening)


def repaired(text: str, writing: str, model: Model | None = None) -> tuple[list[Edit], list[tuple[int, int]]]:
    """Edits that undo the damage where it can be undone surely, and the spans of damage that stay."""
    if text.isascii():
        return [], []
    edits: list[Edit] = []
    left: list[tuple[int, int]] = []
    table: Tables | None = None
    known = model or Model()
    resolved: dict[str, tuple[str | None, int] | None] = {}
    position = searched = 0
    for site in islice(_damage().finditer(text), _LOOKS):
        if site.start() < position:
            continue
        if not _is_strange(known, text, *site.span()):
            continue
        if searched >= _SITES:
            left.append(site.span())
            break
        span = site[0][1:1 + _LONGEST]
        end = site.start() + 1 + len(span)
        tail = text[end:end + 1] if "@" <= text[end:end + 1] <= "~" else ""
        if table is None:
            known = known.within(masked(text))
            table = tables(writing == "Hans", frozenset(mark for mark in "，：；（）？！" if mark not in text))
        frame = text[max(0, site.start() - _BEFORE):end + 6]
        if frame not in resolved:       # the same damage in the same place of a sentence comes again
            searched += 1
            resolved[frame] = _resolved(known, table, text, site.start(), span, tail)
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


def _resolved(model: Model, table: Tables, text: str, start: int, run: str, tail: str) -> tuple[str | None, int] | None:
    """The repair of the run behind the mark at `start`, and the length of what it replaces; None for the repair where it is not sure;
    None where the text is likelier as it stands."""
    try:
        if any(len(char.encode("gb18030")) != 2 for char in run):
            return None
    except UnicodeEncodeError:
        return None
    before, mark, end = text[max(0, start - _BEFORE):start], text[start], start + 1 + len(run)
    if not _is_strange(model, text, start, end):
        return None
    options: list[tuple[float, str, int]] = []
    for last, stop in ((tail, end + 1), ("", end)) if tail else (("", end),):
        after = text[stop:stop + 2]
        for guess in guesses(model, table, before, mark, run, last, after)[:_RIVALS]:
            options.append((guess.score, guess.text, stop))
    if not options:
        return None
    highest, first, stop = max(options)
    stands = model.likelihood(text[start:stop] + (text[stop:stop + 2] or "\n"), before)
    gain = highest - stands
    if gain < (GAIN if run else GAIN_OF_MARKS):
        return None
    # characters find the rivals, words and their classes help to choose among them
    ranked = [(score + words().likelihood(before[-6:] + original + (text[stop:stop + 4].partition("\n")[0] or "\n")), original, stop)
              for score, original, stop in options if score > highest - _FAR]
    score, best, stop = max(ranked)
    share = 1 / sum(np.exp(option[0] - score) for option in ranked)
    # a dangling byte and two or three digits behind it can look like a character of four bytes
    behind = text[stop:stop + 4]
    exact = damaged(best + behind, frozenset(mark)) == text[start:stop] + behind
    # behind a digit it is the decimal point that was lost, in another way
    if exact and best == first and share >= CERTAIN and highest > PLAUSIBLE * len(best) and not before[-1:].isdigit():
        return best, stop - start
    return (None, stop - start) if gain >= SUSPECT else None
