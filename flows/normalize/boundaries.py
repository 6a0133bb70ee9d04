"""Boundaries: by which words and forms the beginning and the end of a speech are told, whoever asks."""
from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flows.normalize import furniture
from flows.normalize.paragraphs import Paragraph, is_final

STATEMENT_MOST = 400    # characters of what a site says of itself below a text
ENDS_MOST = 60          # characters of a line that ends the speech's part of a page

CHINESE_STOP = re.compile("[。！？；]")
FINISHED = re.compile("[。！？!?…][”’」』）)】]{0,2}$|[”’][。！？]?$")
HEADING = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:[、，.．]|部分)|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、.．](?!\d)")
TITLE_LIKE = re.compile("(?:讲话|讲话稿|致辞|致词|发言|发言稿|演讲|演讲稿|报告|主持词|主持稿|党课|党课讲稿|贺词|献词|祝词|谈话|讲稿|开幕词|"
                        "闭幕词|答谢辞|说明)(?:全文|要点|摘要|[（(].{0,20}[）)])?$")
DATE = re.compile(r"(?:[12][0-9]{3}|20XX)\s*[年./-]|二[〇○零Oo][〇○零一二三四五六七八九Oo]{2}年|"
                  r"一九[〇○零一二三四五六七八九]{2}年|[—–―─-]{1,4}(?!\d)")
SPEAKER = re.compile(".{0,30}(?:省长|市长|县长|区长|州长|旗长|盟长|镇长|乡长|主席|总理|书记|主任|局长|部长|厅长|处长|院长|校长|"
                     "委员长|会长|理事长|董事长|总经理|司令员|政委|秘书长|组长|检察长|常委)(?:[ 　:：].{0,12}|.{0,5})")
NAME = re.compile(r"[（(]?[\u4e00-\u9fff·]{1,12}(?:[ 　][\u4e00-\u9fff·]{1,8}){0,2}[）)]?")
PART = re.compile(r"([一二三四五六七八九十]{1,2})、|[（(]([一二三四五六七八九十]{1,2})[）)]")
# who asks, or leads, a conversation
TURN = re.compile(r"(?:[^：:。，]{0,12}记者|主持人|提问|问|答|网友)(?:[（(][^）)]{1,12}[）)])?[：:]")
TURN_OPENS = re.compile("(?:有?请|谢谢|感谢|好的?|下面|接下来|各位|大家|您|你)")
LEADER = re.compile(r"[…·.．\-—\s]*[（(]?[0-9]{0,3}[）)]?$")      # what leads to a page number in a table of contents, and the number
_KINDS = ("讲话|致辞|致词|谈话|发言|演讲|演辞|讲辞|讲词|演说|献词|贺词|开幕词|闭幕词|欢迎词|答谢词|答辞|训词")
_WHOLE = "全文|原文|实录|节录|节选|(?:中文|中)?译本"
_PART = f"{_WHOLE}|内容|要点|重点|摘要|撮要|讲稿"
_OF_WHOM = r"(?:[长任席记监官]|总统|总理|专员|同志|先生|女士)(?:[\u4e00-\u9fff]{2,3})?(?:今[日天晚])?的?"
# Of the line above the words of a speech, as press offices put it out: 以下为某局局长某某今日（五月八日）在…的致辞：, 市长致词全文如下：
ANNOUNCES = re.compile(
    rf"(?:^|[。！；])(?:(?:以下|下面|下列|下文|兹)[就便]?[是为系](?!我|咱|各位|大家)[^。！？；]{{2,100}}?(?:{_KINDS})(?:稿|词)?(?:的?(?:{_PART})){{0,2}}"
    rf"|(?!.{{0,30}}(?:宣读|宣布|我|现将|现就))[^。！？；：]{{0,100}}?"
    rf"(?:[^。！？；：](?:{_KINDS})稿?的?(?:{_WHOLE})|{_OF_WHOM}(?:{_KINDS})稿?的?(?:{_PART}))"
    r"(?:如下|如后|为|是)?)"
    r"(?:[（(][^（）()]{1,12}[）)])?[：:]$")
# What a speaker asks of his hearers, and a site hardly ever does.
ASKS = re.compile("(?<![需主重只首])要(?!求)|必须|应当|务必|(?:各[^，。]{1,6}|我们|群众)[都也]?可以")
SITE_SPEAKS = re.compile("本站|小编|您|免责|版权|侵权|客服|会员|本文|网友|责编|编辑：|来源：|下载")
# 感谢 alone is none: 向大家表示衷心的感谢！ stands in the midst of speeches
LAST_WORDS = re.compile(
    r"(?:(?:谢谢|多谢)(?:大家|各位|你们|诸位|同志们|主席|聆听)?(?:的?聆听)?|感谢(?:大家|各位|你们|诸位|聆听|倾听)(?:的?聆听)?|散会|安息吧|"
    r"(?:讲话|发言|表态|汇报|报告|演讲|述职|致辞|话)(?:到此|至此|就)?(?:讲)?(?:完了|完毕|结束)|(?<=[。！])完了)[！!。.～~]{0,3}$"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """schemas/lexicons/boundaries.toml, compiled; all patterns are for folded lines."""

    salutation: re.Pattern[str]
    greeting: re.Pattern[str]
    closing: re.Pattern[str]
    courtesy: re.Pattern[str]
    aftermath: re.Pattern[str]
    bare: frozenset[str]
    annex: re.Pattern[str]
    appended: re.Pattern[str]
    note: re.Pattern[str]
    lead: furniture.Words
    cover: re.Pattern[str]
    posted: re.Pattern[str]
    given: re.Pattern[str]
    readers: re.Pattern[str]
    own: re.Pattern[str]
    samples: re.Pattern[str]
    offered: re.Pattern[str]
    read: re.Pattern[str]
    sentence: furniture.Words
    replies: re.Pattern[str]
    floors: re.Pattern[str]
    offers: re.Pattern[str]
    imprint: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon of beginnings and ends, read once."""
    data = tomllib.loads((files("schemas") / "lexicons" / "boundaries.toml").read_text(encoding="utf-8"))

    def any_of(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{each})" for each in patterns))

    def longest_first(entries: list[str]) -> str:
        return "|".join(sorted(map(re.escape, entries), key=lambda entry: (-len(entry), entry)))

    address = data["salutation"]
    greetings, offices, respect = "|".join(address["greetings"]), longest_first(address["offices"]), longest_first(address["respect"])
    hearers = rf"(?:(?=.{{0,60}}(?:{respect}))[^。;?!:]{{0,60}}(?:{offices})|[^。;?!:]{{0,60}}(?:{longest_first(address['nouns'])}))(?:们)?"
    closes = (r"(?:\([^()]{1,20}\))?(?:[:!,]|(?<=们)[。]?"
              r"|(?:们?,)?(?:(?:大家|你们|早上|上午|中午|下午|晚上)好|大家早|(?:大家)?(?:[早午晚]安|早晨))[!。:,]?)")
    closing, annex, lead = data["closing"], data["annex"], data["lead"]
    return Lexicon(re.compile(hearers + closes), re.compile(greetings), any_of(closing["line"]), any_of(closing["courtesy"]),
                   any_of(closing["aftermath"]), frozenset(closing["bare"]), any_of(annex["line"]), any_of(annex["appended"]),
                   any_of(annex["note"]),
                   furniture.Words(lead["marks"]), any_of(lead["cover"]),
                   any_of(lead["posted"]), any_of(lead["given"]), any_of(lead["readers"]), any_of(lead["own"]),
                   any_of(lead["samples"]), any_of(lead["offered"]), any_of(lead["read"]),
                   furniture.Words(address["sentence"]), any_of(data["page"]["replies"]), any_of(data["page"]["floors"]),
                   any_of(data["page"]["offers"]), any_of(data["page"]["imprint"]))


def speaks(view: str) -> bool:
    """Whether somebody speaks for himself, or to his hearers, in a line."""
    return lexicon().own.search(view) is not None


def ends_page(view: str) -> bool:
    """Whether a line of the page opens what others wrote below a speech, or what the page offers next."""
    if len(view) > ENDS_MOST:
        return False
    form = furniture.folded(view)
    known = lexicon()
    return any(each is not None for each in (known.replies.fullmatch(form), known.floors.fullmatch(view), known.offers.fullmatch(form)))


def offers(view: str) -> bool:
    """Whether a line of the page opens what it offers next."""
    return len(view) <= ENDS_MOST and lexicon().offers.fullmatch(furniture.folded(view)) is not None


def is_turn(view: str) -> bool:
    """Whether a line is what one says to the other in a conversation: 记者：请问…？ A name alone behind the label is a credit."""
    match = TURN.match(view)
    if match is None or view[-1] not in "。？！?!":
        return False
    said = view[match.end():]
    return (len(said) >= 16 or said[-1] in "？?" or TURN_OPENS.match(said) is not None) and furniture.weight(furniture.folded(said)) < 2


def announces(view: str) -> bool:
    """Whether a line says that the words of a speech follow, and whose they are: 以下是某局局长某某今日在…的致辞："""
    return view[-1] in "：:" and ANNOUNCES.search(view) is not None


def is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph reads as sentences that were written out, whoever wrote them."""
    view = paragraph.view
    if len(view) < 8 or paragraph.lines[0].title:
        return False
    if FINISHED.search(view[-6:]):
        return len(view) >= 12 or view[-1] in "！!"
    if len(view) >= 24 and CHINESE_STOP.search(view[:400]):
        return True
    return (is_final(view) and len(view) >= 20) or (len(view) >= 80 and view.count("，") >= 2)


def is_closing(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the thanks, or another set phrase, with which a speech is over."""
    if len(paragraph.view) > 60:
        return False
    return paragraph.view.rstrip("。！!~.") in lexicon().bare \
        or lexicon().closing.fullmatch(paragraph.form.replace(".", "。")) is not None


def is_courtesy(paragraph: Paragraph) -> bool:
    """Whether a paragraph asks the hearers to bear with the speaker, in words that pages also have: 如有不当，请批评指正。"""
    return len(paragraph.view) <= 60 and not furniture.SITE.search(paragraph.form) \
        and lexicon().courtesy.fullmatch(paragraph.form.replace(".", "。")) is not None


def kind(paragraph: Paragraph, close: bool = False) -> str:
    """Why a paragraph outside the speech is cut: it tells of the speech (`metadata`) or is the page's (`furniture`).

    close: it stands shortly before the speech, where a name can stand alone."""
    view = paragraph.view
    if len(view) > 80 or furniture.weight(paragraph.form) >= 4:
        return "furniture"
    if TITLE_LIKE.search(view) or DATE.search(view) or SPEAKER.fullmatch(view) or (close and NAME.fullmatch(view)):
        return "metadata"
    return "furniture"


def is_page(paragraph: Paragraph) -> bool:
    """Whether a paragraph at the head or the tail speaks of the page."""
    view = paragraph.view
    if (paragraph.broken and furniture.is_sure(view)) or lexicon().note.fullmatch(paragraph.form):
        return True
    if is_closing(paragraph) or is_courtesy(paragraph) or is_turn(view):
        return False            # 我就分享到这里，谢谢大家。
    if furniture.is_foot(view):
        return True
    own = speaks(view)
    said = (len(view) > 60 and own and furniture.weight(paragraph.form) < 5) or (
        len(view) > 20 and view[-1] == "。" and ASKS.search(view) is not None and SITE_SPEAKS.search(view) is None)
    return (furniture.is_edge(view) and not said) or (not own and len(view) <= STATEMENT_MOST and ASKS.search(view) is None
                                                      and furniture.is_statement(paragraph.form))
