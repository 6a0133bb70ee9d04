"""Field codes: what a word processor is told to put in a place (HYPERLINK "…" \\l, PAGEREF _Toc… \\h, PAGE \\* MERGEFORMAT), where a
conversion to plain text kept the instruction beside what it gave."""
from __future__ import annotations

import re
from functools import cache

from flows.normalize.alphabet import Alphabet
from flows.normalize.edits import Edit
from schemas.lexicons import entries

_QUOTED = r'["“”][^"“”\n]{0,400}["“”]'
_ADDRESS = r"(?:https?|ftp|file|mailto):[!-~]{1,300}"
# \h, \* MERGEFORMAT, \@ "yyyy年M月d日"
_SWITCH = rf"\\(?:\*[ \t]{{0,4}}[A-Za-z]{{1,20}}\d?|[@#][ \t]{{0,4}}(?:{_QUOTED}|[!-~]{{1,20}})|[a-z!])(?![A-Za-z])"
_BOOKMARK = r"_[A-Za-z]{2,12}\d{1,12}"
# What stands behind one of these in quotation marks need be no word of a text: TITLE "…" may be said.
_SURE = "HYPERLINK|INCLUDEPICTURE|PAGEREF"
_GAP = "[ \t\x13\x14]"
# ① as East Asian editions draw it: a figure over a circle
_CIRCLED = re.compile(r"(?:\x13 ?)?(?<![A-Za-z])[eE][qQ] ?\\o(?:\\a[clr])?[(（][○〇◯][,，] ?([1-9]|1\d|20)[)）](?:[ \x14]?\x15)?")
_FIRST_CIRCLED = 0x2460


@cache
def _codes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A code, of which something stands behind the name that stands behind nothing else, with blanks around it; and a line that is one of
    the page's number."""
    names = "|".join(sorted(entries("field_codes.txt"), key=lambda name: (-len(name), name)))
    gap, gaps = f"{_GAP}{{0,4}}", f"{_GAP}{{1,8}}"
    said = f"(?:{_SWITCH}|{_QUOTED}|{_BOOKMARK}|{_ADDRESS})"
    other = f"(?:{_QUOTED}|{_BOOKMARK}|{_ADDRESS})"
    code = (rf"(?<![A-Za-z\\])(?:(?:{_SURE})(?:{gap}{said})+"
            rf"|(?:{names})(?:{gaps}[^\s\\\"“”。，]{{1,20}}(?={gaps}\\))?(?:{gap}{other})*{gap}{_SWITCH}(?:{gap}{said})*)")
    page = rf"(?:PAGE|NUMPAGES){gaps}{_SWITCH}{gap}\d{{0,4}}[/ \t\x15]{{0,4}}"
    return (re.compile(rf"\{{ ?{code} ?\}}| {{0,4}}{code}\x14? {{0,4}}"),
            re.compile(rf"^[ \t\u3000]{{0,40}}[-—]?{gap}(?:{page}){{1,4}}[-—]?[ \t\u3000]{{0,40}}$", re.MULTILINE))


def may_stand_in(text: str, alphabet: Alphabet) -> bool:
    """Whether a text of these letters may hold field codes: the cheap question."""
    return "\\" in alphabet or ("Y" in alphabet and "HYPERLINK" in text)


def removed(text: str) -> list[Edit]:
    """Edits that take field codes out of `text` and leave what they gave, but for the number of a page that has a line for itself, in
    order."""
    codes, pages = _codes()
    edits = [Edit(*match.span(), "", "markup") for match in pages.finditer(text)] if "PAGE" in text else []
    edits += [Edit(*match.span(), "", "markup") for match in codes.finditer(text)]
    edits += [Edit(*match.span(), chr(_FIRST_CIRCLED - 1 + int(match[1])), "markup") for match in _CIRCLED.finditer(text)] \
        if "\\o" in text else []
    apart: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    return apart
