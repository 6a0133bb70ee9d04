"""Noise: characters that no reader sees, and what sites mix into a text against copying."""
from __future__ import annotations

import re

from flows.normalize.edits import Edit

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u180e\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f\ufe00-\ufe0f]+")
_TOKEN = r"[A-Za-z]?[0-9 ]?[!-/:-@\[-`{-~]"
_NOISE = re.compile(r"(?m)(?:^|(?<=[。！？；”：\u4e00-\u9fff]))(?:[!-~]{1,2} ){1,20}[!-~]{1,2}$")


def invisible(text: str) -> list[Edit]:
    """Edits that take out zero-width, control and private-use characters."""
    return [Edit(match.start(), match.end(), "", "anti_copy_noise") for match in _INVISIBLE.finditer(text)]


def scrambled(text: str) -> list[Edit]:
    """Edits that take out strings of random marks at the end of a line or on a line of their own."""
    return [Edit(match.start(), match.end(), "", "anti_copy_noise") for match in _NOISE.finditer(text)
            if re.search(r"[!-/:-@\[-`{-~]", match[0])]
