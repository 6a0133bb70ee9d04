"""Furniture: what a page puts around, between and inside the paragraphs of a speech."""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import daachorse

from flows.normalize.cues import Cues
from flows.normalize.lines import SPACE

PICTURES, PICTURED = "\U0001f300", 60     # from this character on there are emoji, then rare characters; and the longest line
LONGEST = 200           # characters of a folded line beyond which it is taken for prose; keeps every pattern cheap
SENTENCE = 140          # ... and a sentence beyond this
TRADITIONAL = "國會們這為時來責編"      # one of them is in any traditional page; the lines of its body come simplified

FOLD = str.maketrans({**{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, "【": "[", "】": "]", "〔": "[", "〕": "]",
                      "［": "[", "］": "]", "「": "[", "」": "]", "『": "[", "』": "]", "｢": "[", "｣": "]", "“": '"', "”": '"',
                      "｜": "|", "│": "|", "丨": "|", "︱": "|", "▏": "|", "→": ">", "›": ">", "»": ">", "＞": ">", "⟩": ">",
                      "〉": ">", "—": "-", "–": "-", "―": "-", "─": "-", "━": "-", **dict.fromkeys(SPACE + "\n\r", None)})
BULLET = re.compile(r"^[•·★☆●○■□◆◇▲△▼▽▪▫※►▶➤✦❖◎*>\-]+(?=[^\d\-])")
FOLDED = {chr(code): chr(other) if isinstance(other, int) else other or "" for code, other in FOLD.items()}
TO_FOLD = re.compile(f"[{re.escape(''.join(FOLDED))}]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]")
WORD = re.compile(r"[A-Za-z]{2,}")
SEPARATOR = re.compile(r"[|/<>·,;:\-–—_.、\[\]()+~]+")
DIGITS = re.compile(r"[0-9]+")
REST = re.compile("[0-9.%％‰℃+、，-]{0,40}[。，、；：！？”’）》」』…]{1,4}|(?:19|20)[0-9]{2}")    # what a cut leaves of a sentence
PLAIN_STOP = re.compile("[。!?;]|尊敬的|同志们|女士们|各位代表")
SPOKEN = re.compile("(?<!关于)(?<!联系)(?<!加入)(?<!关注)(?<!举报)(?<!订阅)(?<![点戳])我(?!要)|咱|同志们|各位代表|"
                    "我要(?!打印|纠错|评论|投稿|收藏|关闭|举报)")
SITE = re.compile("小编|本站|网友|http|www|公众号|转载|会员|下载|客服|版权|侵权|整理|范文|扫码|二维码|微信|随时告诉我|随时联系我|为您")
SPEAKS_OF_PAGE = 3      # weight from which a line at the top is no title: 某某文库 资料仅供会员交流
FOOT_LEAST, FOOT_NEVER_ENDS = 24, frozenset("。！？；，、：")       # characters of a foot in one line
_FOOT_BEGINS, _TO_A_COMMA, _FOOT_WEIGHT = 12, 25, 8
_READ_COUNT, _COUNTS_MOST = re.compile(r"\([0-9]{1,6}\)"), 4
_FOOT_STOP = re.compile("[。！？；]")
STATEMENTS = ("提示", "声明", "申明", "说明", "须知", "版权")       # labels that sentences follow
LABEL = re.compile(r"^[\[(]{0,2}([^:\[\]()]{1,12})[\])]{0,1}[:|\]]")
TRAIL = re.compile("[^|>:,。;!?]{1,12}(?:[|>]{1,3}[^|>:,。;!?]{1,16}){2,80}[|>]{0,2}")
_MENU_LEAST = 12        # bars of a menu that is longer than a line is
_TEASER = re.compile(r"(?:…{1,2}|\.{3,6}|。{3,6})\s*[］\]）)〕】]?\s*[［\[（(〔【<＜]?\s*"
                     r"(?:(?:点击|点此)?(?:阅读|查看|展开|浏览|显示)?(?:全文|详细|详情|更多|原文)|继续阅读|(?i:read\s?more|continue\s?reading))"
                     r"\s*[］\]）)〕】>＞»》→›⟩▶]*$")
_TEASER_ENDS = frozenset("］]）)〕】>＞»》→›⟩▶文细情多读eEgG")
# the same on a line of its own, where it says what it does: 更多 alone stands beside every list
_OFFER = re.compile(r"[［\[（(〔【<＜]?\s*(?:(?:点击|点此)?(?:阅读|查看|展开|浏览|显示)(?:全文|详细|详情|更多|原文)|全文|继续阅读"
                    r"|(?i:read\s?more|continue\s?reading))\s*[］\]）)〕】>＞»》→›⟩▶]*")
_CUT_ENDS = ("…", "...", "。。。", "]", "］", ")", "）", "】", "〕")
_CUT_OFF = re.compile(r"(?:…{1,2}|\.{3,6}|。{3,6})\s*[］\]）)〕】]?$")
_TEASER_END = 40        # characters of what offers the rest
_LONGEST_TEASER = 260
_LONGEST_OFFER = 100    # characters of the line that keeps the rest back
# What a page says to the browser, by how its lines begin; the mending of the text makes some of its signs full-width.
FOLD_CODE = str.maketrans("（）｛｝［］＝；：，＜＞＂＇“”‘’", "(){}[]=;:,<>\"'\"\"''")
_CODE_OPENS = re.compile(r"[（({｛!;；]{0,3}[A-Za-z$_.#@}｝/<＜]")        # most lines begin with Chinese, and many with （一）
_CODE_SIGNS = re.compile("[({=（｛＝}｝;；]")
_CODE = re.compile(
    r"(?:<!--|//|/\*)?\s*(?:(?:var|let|const)\s+[\w$]+\s*[=;]"
    # what is done with the page: (window.a = window.a || []).push({…}), document.write(…), $("#a").hide();
    r"|[(!]*\s*(?:window|document|location|navigator|console|jquery|\$)\s?[.(\[]\s?[\w$\"'#.(]"
    r"|[(!;]*\s*function\s*[\w$]*\s*\([\w$,\s]*\)\s*\{|\}\s*(?:else\b|catch\s*\(|\)\s*[;(]|;?\s*$)"
    r"|(?:try|else|do)\s?\{|(?:if|for|while|switch)\s?\([^\u4e00-\u9fff]{1,80}\)\s*(?:\{|(?:document|window)\.|[\w$.]{1,40}[=(])"
    # a name and what it is given, a call that ends with ;
    r"|[(!;]*[\w$]+(?:\.[\w$]+|\[[\w$\"']+\])*\s*\|?=\s*(?:new\s|function\b|[\[{\"']|(?:document|window)\.|(?:true|false|null)\b)"
    r"|(?:[a-z_$][\w$]*|[A-Z][A-Za-z]*_\w+)(?:\.[\w$]+)*\s?\([^\u4e00-\u9fff]{0,200}\)\s*;+(?:\s*(?:</script>|-->|//.*))?\s*$"
    # how parts of the page look: .nav li a{float:left;padding:0} @media print {…
    r"|[.#]?[A-Za-z_][\w-]*(?:[\s.#>,:+~]+[A-Za-z_*][\w-]*)*\s*\{\s*(?:[\w-]+\s*:\s*[^{}:]{1,80}(?:;|\})|$|\})"
    r"|@(?:media|charset|import|font-face|keyframes)\b)", re.A)


class Words:
    """Words that are looked for all at once: of those that begin at one place the longest is found, and what it covers is done with."""

    def __init__(self, words: Iterable[str]) -> None:
        self._matcher = daachorse.CharwiseDoubleArrayAhoCorasick(sorted(set(words)), daachorse.MATCH_KIND_LEFTMOST_LONGEST)

    def found(self, text: str) -> list[tuple[int, int, int]]:
        """Start and end of each find in `text`, in order, and a number that tells the words apart."""
        try:
            return self._matcher.find(text)
        except UnicodeEncodeError:      # half a surrogate pair
            return self._matcher.find(text.encode("utf-8", "replace").decode())

    def occur(self, text: str) -> bool:
        """Whether one of them stands in `text`."""
        return bool(self.found(text))

    def distinct(self, text: str) -> int:
        """How many different ones are found."""
        return len({word for _, _, word in self.found(text)})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """schemas/lexicons/furniture.toml, compiled."""

    sure: frozenset[str]
    edge: frozenset[str]
    lead: frozenset[str]
    navigation: frozenset[str]
    strong: Words
    weak: Words
    machine: re.Pattern[str]
    line: re.Pattern[str]
    signed: re.Pattern[str]
    sign: Words
    inline: tuple[re.Pattern[str], ...]
    sown: tuple[re.Pattern[str], ...]
    inline_cue: Cues
    cue: Words
    rest: re.Pattern[str]
    rest_cues: tuple[str, ...]
    actions: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon of furniture, read once."""
    data = tomllib.loads((files("schemas") / "lexicons" / "furniture.toml").read_text(encoding="utf-8"))
    labels, phrases, patterns = data["labels"], data["phrases"], data["patterns"]

    def any_of(parts: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{each})" for each in parts))

    return Lexicon(frozenset(labels["sure"]), frozenset(labels["edge"]), frozenset(labels["lead"]), frozenset(phrases["navigation"]),
                   Words(phrases["strong"]), Words(phrases["weak"]), any_of(patterns["machine"]), any_of(patterns["line"]),
                   any_of(patterns["signed"]), Words(patterns["signs"]),
                   tuple(re.compile(each) for each in patterns["inline"]),
                   tuple(re.compile(each) for each in patterns["sown"]), Cues(patterns["inline_cues"]),
                   Words([*phrases["strong"], *phrases["cues"]]), any_of(patterns["rest"]),
                   tuple(patterns["rest_cues"]), tuple(phrases["actions"]))


@lru_cache(1 << 10)    # a line is looked at by several questions, one after another
def folded(line: str) -> str:
    """`line` as the lexicon's entries are written: no spaces, lower case, ASCII punctuation, square brackets, no bullet."""
    # most characters of a line are as they should be, and a table would be asked for each of them
    return BULLET.sub("", TO_FOLD.sub(_fold, line).lower())


def _fold(match: re.Match[str]) -> str:
    return FOLDED[match[0]]


def label(form: str) -> str | None:
    """The words before the first colon of a folded line, or in its first brackets."""
    match = LABEL.match(form)
    return match[1] if match else None


def is_teaser(line: str) -> bool:
    """Whether a line gives the beginning of another text and offers the rest: 清晨，我们来到……[阅读全文]"""
    return line[-1] in _TEASER_ENDS and len(line) <= _LONGEST_TEASER and _TEASER.search(line) is not None


def is_offer(line: str) -> bool:
    """Whether a line offers the rest of the text above it, and nothing else: [查看详情], 继续阅读 →"""
    return len(line) <= _TEASER_END and _OFFER.fullmatch(line) is not None


def is_cut_off(line: str) -> bool:
    """Whether a line breaks off as the beginnings of texts do in a list of them, whatever offers the rest: 同志们：今天我们……"""
    return len(line) <= _LONGEST_TEASER and line.endswith(_CUT_ENDS) and _CUT_OFF.search(line, max(0, len(line) - _TEASER_END)) is not None


def teaser_end(view: str) -> int | None:
    """Where in a paragraph, however long, what offers the rest of a text that is cut off begins; None where nothing does."""
    if not view or view[-1] not in _TEASER_ENDS:
        return None
    offer = _TEASER.search(view, max(0, len(view) - _TEASER_END))
    return offer.start() if offer and offer.start() > 0 else None


def keeps_back(line: str) -> bool:
    """Whether with a line the site breaks a text off and keeps its rest from those who do not pay or log in: 试读已结束，剩余6页未读."""
    return len(line) <= _LONGEST_OFFER and any(cue in line for cue in lexicon().rest_cues) \
        and lexicon().rest.fullmatch(folded(line).strip("-=~*_.…")) is not None


def is_label(word: str) -> bool:
    """Whether a word stands before a colon in what a page says of a text."""
    words, form = lexicon(), folded(word)
    return form in words.sure or form in words.edge or form in words.lead


def weight(form: str) -> float:
    """How much a folded line speaks of the page rather than of the matter: three for each different strong word, one for each weak
    one, over the length of the line in units of twenty characters."""
    words = lexicon()
    strong = words.strong.distinct(form)
    if not strong and len(form) > 40:
        return 0.0
    return (3 * strong + words.weak.distinct(form)) * 20 / max(len(form), 20)


def is_foot(view: str) -> bool:
    """Whether words run on as the foot of a page does: they begin with a word of the page and hold many, buttons, notices and how often
    others were read (512). No sentence ends them and hardly a comma parts them, unlike a sentence about websites, and nobody speaks."""
    if len(view) < FOOT_LEAST or view[-1] in FOOT_NEVER_ENDS or view.count("。") > 1 \
            or (view.count("，") + view.count("、")) * _TO_A_COMMA > len(view):
        return False
    stop = _FOOT_STOP.search(view, 0, _FOOT_BEGINS)
    begins, words = folded(view[:stop.end() if stop else _FOOT_BEGINS]), lexicon()
    if not (BULLET.match(view) or words.strong.occur(begins) or words.weak.occur(begins)) or SPOKEN.search(view):
        return False
    form = folded(view)
    return 3 * words.strong.distinct(form) + words.weak.distinct(form) + min(_COUNTS_MOST, len(_READ_COUNT.findall(form))) >= _FOOT_WEIGHT


def is_statement(form: str) -> bool:
    """Whether a folded paragraph, however long, speaks of nothing but the page: 本站…所有内容均由用户发布…如发现侵权内容，请点击举报."""
    words = lexicon()
    strong = words.strong.distinct(form)
    return strong >= 2 and 3 * strong + words.weak.distinct(form) >= 8


def is_navigation(form: str) -> bool:
    """Whether a folded line is made of nothing but buttons and names of columns."""
    words = lexicon()
    if form in words.navigation or form.rstrip(":") in words.sure or (("|" in form or ">" in form) and TRAIL.fullmatch(form)):
        return True
    if not SEPARATOR.search(form):
        return False
    parts = [part for part in SEPARATOR.split(form) if part]
    return len(parts) > 0 and all(part in words.navigation or part.isdigit() for part in parts)


def is_menu(line: str) -> bool:
    """Whether a line too long to be asked anything else is a menu: names of columns with bars between, and nothing else."""
    return line.count("|") + line.count("｜") >= _MENU_LEAST and TRAIL.fullmatch(folded(line)) is not None


def is_button(words: str) -> bool:
    """Whether words are what a button of the page says, and nothing that a title says of itself (讲话, 发言稿)."""
    form = folded(words)
    return form in lexicon().navigation and form.startswith(lexicon().actions)


def is_code(line: str) -> bool:
    """Whether a line is what a page says to the browser, left in its text: var id = 5; document.writeln(“…”); .nav li a{float:left}"""
    return _CODE_OPENS.match(line) is not None and _CODE_SIGNS.search(line) is not None \
        and _CODE.match(line.translate(FOLD_CODE)) is not None


def is_noise(line: str) -> bool:
    """Whether a line holds neither Chinese nor words of another language: hash ids, leftovers of scripts, ornaments.

    A line of dots or asterisks can stand for words left out, and a number for a part: they are no noise."""
    if HAN.search(line) or REST.fullmatch(line):
        return False
    words = WORD.findall(line)
    letters = sum(map(len, words))
    solid = len(line) - line.count(" ")
    return not (words and letters * 2 >= solid and not re.fullmatch(r"[0-9a-f]{16,}:?|\S*\.(?:com|cn|net|org)\S*", line))


def has_cue(line: str) -> bool:
    """Whether a line has a word without which no sentence and no heading is furniture, or begins with a label: the cheap question."""
    return "：" in line[:10] or ":" in line[:10] or line[0] in "【[［" or lexicon().cue.occur(line)


def is_sure(line: str) -> bool:
    """Whether a line is furniture wherever it stands."""
    if len(line) > LONGEST or (line[-1] in "。；" and (len(line) > SENTENCE or (len(line) > 24 and not has_cue(line)))):
        return False
    if len(line) <= PICTURED and line[-1] not in "。！？" and max(line) >= PICTURES:
        return True         # 🔒 未登录用户: no speech has pictures for words
    form = folded(line).rstrip("*_")        # *学生记者 某某 摄*
    if not form or len(form) > LONGEST:
        return not form
    words = lexicon()
    name = label(form)
    if name is not None and name in words.sure:
        # where breaks were lost, the speech itself can follow the label: sentences without a word of the page are not thrown away
        return name.endswith(STATEMENTS) or not (len(form) > len(name) + 24 and PLAIN_STOP.search(form) and weight(form) < 3)
    if is_navigation(form) or (len(form) <= 24 and weight(form) >= 6 and not PLAIN_STOP.search(form)):
        return True
    if SPOKEN.search(form) and not SITE.search(form):
        return words.machine.fullmatch(form) is not None        # 我：继续
    lines = (words.line, words.machine, words.signed) if words.sign.occur(form) else (words.line, words.machine)
    if any(each.fullmatch(form) for each in lines):
        return True
    return form[0] in "([" and form[-1] in ")]" and len(form) > 5 and any(each.fullmatch(form, 1, len(form) - 1) for each in lines)


def is_edge(line: str) -> bool:
    """Whether a line is furniture if it stands before the first or after the last line that is plainly spoken."""
    form = folded(line[:LONGEST + 40])
    name = label(form)
    if name is not None and (name in lexicon().edge or name in lexicon().lead):
        return True
    return len(form) <= LONGEST and weight(form) >= (3 if len(form) <= 20 and not SPOKEN.search(form) else 4)


def is_lead(line: str) -> bool:
    """Whether a line of any length is an abstract or an editor's introduction."""
    name = label(folded(line[:40]))
    return name is not None and (name in lexicon().lead or ("#" in name and name.rpartition("#")[2] in lexicon().lead))


def advert_cues(text: str) -> list[int]:
    """Where in a text strings stand without which no advert is found, in order."""
    return [start for start, _ in lexicon().inline_cue.found(text)]


def sure_adverts(text: str) -> list[tuple[int, int]]:
    """Spans of a paragraph in which a site speaks of itself, in order: those that are no speaker's words wherever they stand."""
    return _found(text, lexicon().inline)


def sown(text: str) -> list[tuple[int, int]]:
    """The same of which a speaker's sentence can hold the like: `sentences.adverts` tells which are the site's."""
    return _found(text, lexicon().sown)


def _found(text: str, patterns: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
    """What the patterns find, spans that overlap made one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(match.span() for pattern in patterns for match in pattern.finditer(text)):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
