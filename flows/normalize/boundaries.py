"""Boundaries: by which words and forms the beginning and the end of a speech are told, whoever asks."""
from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from flows.normalize import furniture
from flows.normalize.paragraphs import Paragraph, is_final
from flows.normalize.spaces import surnames

HEAD_REACH = 60         # paragraphs from the top among which a salutation is looked for; menus, which are of any length, are not counted
LINK_MOST = 12          # characters of what a menu names
OFFER_MOST = 12         # of the head of a row of other texts
OFFERS_APART = re.compile(r"\s*[；;|｜、]\s*")
QUALITY = re.compile(r"\s*[\[【（(][^\[\]【】（）()]{1,8}[\]】）)]$")       # that a site praises behind a title: [优秀]
OWN_LEAST = 40          # characters in which somebody speaks, before a salutation, that make it one within the speech
LEAD_MOST = 600         # ... or of any prose: no news lead is longer
TOLD_MOST = 200         # characters of a note on whose speech it is, by whoever put it up
NOTICE_MOST = 300       # ... unless a title parts it from the salutation: a notice or a resolution with which the speech was sent out
OWN_ENOUGH = 1500       # ... after which no salutation is looked for any more
STATEMENT_MOST = 400    # characters of what a site says of itself below a text
ENDS_MOST = 60          # characters of a line that ends the speech's part of a page

CHINESE_STOP = re.compile("[。！？；]")
BARE_ADDRESSES = frozenset(("各位代表", "各位委员", "同志们", "各位同志", "各位领导", "代表们", "朋友们", "同学们", "女士们,先生们",
                            "女士们、先生们", "各位代表、同志们", "各位领导、同志们", "各位领导、各位来宾"))
OF_ALL = ("(?:社员|村民|居民|市民|会员|队员|官兵|将士|战士|指战员|民警|师生|军民|员工|工人|业主|家长|选手|成员|乡亲|群众|学生|新生|毕业生"
          "|护士|医护人员|工作人员)")
# Whoever is greeted one by one is greeted, whatever the last one is called: 各位宗亲、各位长辈、各位兄弟姐妹：
ADDRESSED = re.compile("(?:尊敬的|敬爱的|亲爱的)?(?:各位|诸位)[^。;?!:,、]{1,12}"
                       "(?:[、,](?:(?:尊敬的|敬爱的|亲爱的)?(?:各位|诸位))?[^。;?!:,、]{1,12}){0,5}[:!]"
                       # ... and so are several of whom all are called by a plural: 同志们、社员们：
                       "|(?:(?!人们)[^。;?!:,、]{1,10}(?<![我他她你您它咱])们[、,]){1,5}(?!人们)[^。;?!:,、]{1,10}(?<![我他她你您它咱])们[:!]"
                       # ... or all of a kind: 全体社员：
                       f"|全体[^。;?!:,、]{{0,8}}{OF_ALL}(?:[、,]全体[^。;?!:,、]{{0,8}}{OF_ALL}){{0,3}}:")
# One of several who are greeted on a line each, before the line that ends the address: 尊敬的某某外长，
ONE_GREETED = re.compile("(?:尊敬|敬爱|亲爱|尊贵|尊重)的(?!读者|用户|客户|顾客|网友|网民)[^。;?!:,]{2,40}"
                         "(?:,(?:尊敬的|敬爱的|亲爱的|各位|诸位)[^。;?!:,]{1,30}){0,3}[,、:]?"
                         "|(?:各位|诸位)[^。;?!:,]{1,40}(?:,(?:各位|诸位)[^。;?!:,]{1,30}){0,3}[,、]"
                         "|[^。;?!:,、]{1,16}(?:先生|女士|阁下|殿下|陛下)[,、]")
# Who came to a programme, as it presents them: 本期嘉宾：某某，养蜂人
PRESENTED = re.compile("(?:(?:本|上|下|今)[期场集档日天晚][^。;?!:,]{0,4}|今日|特邀|做客|访谈|主讲|受访|连线)"
                       "(?:主讲|特邀|访谈|点评)?(?:嘉宾|来宾|专家|主播)[^。;?!:,]{0,2}:")
GREETED = 12            # lines of an address at most
COVER_REACH = 12        # paragraphs from the salutation of a covering note to that of the speech, at most
COVER_MOST = 300        # characters of a covering note
ADDRESS_ENDS = re.compile("[：:！!，,]")
FINISHED = re.compile("[。！？!?…][”’」』）)】]{0,2}$|[”’][。！？]?$")
HEADING = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:[、，.．]|部分)|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、.．](?!\d)")
TITLE_LIKE = re.compile("(?:讲话|讲话稿|致辞|致词|发言|发言稿|演讲|演讲稿|报告|主持词|主持稿|党课|党课讲稿|贺词|献词|祝词|谈话|讲稿|开幕词|"
                        "闭幕词|答谢辞|说明)(?:全文|要点|摘要|[（(].{0,20}[）)])?$")
DATE = re.compile(r"(?:[12][0-9]{3}|20XX)\s*[年./-]|二[〇○零Oo][〇○零一二三四五六七八九Oo]{2}年|"
                  r"一九[〇○零一二三四五六七八九]{2}年|[—–―─-]{1,4}(?!\d)")
SPEAKER = re.compile(".{0,30}(?:省长|市长|县长|区长|州长|旗长|盟长|镇长|乡长|主席|总理|书记|主任|局长|部长|厅长|处长|院长|校长|"
                     "委员长|会长|理事长|董事长|总经理|司令员|政委|秘书长|组长|检察长|常委)(?:[ 　:：].{0,12}|.{0,5})")
SPEAKER_LABEL = re.compile("([^。，；！？：:]{2,24})[：:]")
NAME_ALONE = re.compile(r"[\u4e00-\u9fff]{2,4}")
NAME = re.compile(r"[（(]?[\u4e00-\u9fff·]{1,12}(?:[ 　][\u4e00-\u9fff·]{1,8}){0,2}[）)]?")
PART = re.compile(r"([一二三四五六七八九十]{1,2})、|[（(]([一二三四五六七八九十]{1,2})[）)]")
FIRST = frozenset("一1")
NUMBERED = re.compile(r"第?([一二三四五六七八九十]{1,3})(?:[、．.]|部分)|[（(]([一二三四五六七八九十]{1,3})[）)]|([1-9]\d?)[、．.](?!\d)")
# Who presides is addressed by the office alone, which before a name would be its label: 主席：
CHAIR = re.compile("(?:代理?主席|主席|议长|总统|委员长|庭长|校长|院长)(?:先生|女士|阁下)?[:,!]")
# who asks, or leads, a conversation
TURN = re.compile(r"(?:[^：:。，]{0,12}记者|主持人|提问|问|答|网友)(?:[（(][^）)]{1,12}[）)])?[：:]")
TURN_OPENS = re.compile("(?:有?请|谢谢|感谢|好的?|下面|接下来|各位|大家|您|你)")
LEADER = re.compile(r"[…·.．\-—\s]*[（(]?[0-9]{0,3}[）)]?$")      # what leads to a page number in a table of contents, and the number
LEAD_IN = re.compile("(?:全文|讲话|致辞|致词|演讲|原文|实录|发言|谈话|内容|要点)(?:全文|摘要|实录|内容|要点)?(?:发表|刊登|刊发)?"
                     "如下[:：。]?$|以下[是为系][^。，]{0,20}(?:全文|内容|实录|讲话|致辞|摘要)[。:：]?$|"
                     "现将[^。]{0,30}(?:摘登|刊登|刊发|摘发|印发|发表|公布|转发)|"
                     "在[^。]{2,40}(?:会|会议|仪式|论坛)上?(?:作|发表)?[^。，]{0,8}(?:讲话|报告|致辞|致词|发言|演讲)。?$|"
                     "^[（(]?(?:本报|本网|本台|新华社|中新社|新华网|人民网|央视网)[^。]{0,30}(?:讯|电)|摄[）)。]?$")
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
# A text is named, then who spoke it where: 翻出一份旧稿，是某年老站长在开工典礼上讲的
WHOSE = re.compile(r"(?:稿子?|讲话|发言|致[辞词]|报告|演讲|谈话|文字|录音|本文|此文|这|下面|以下)[，,]?(?:就?是|系|为)"
                   r"[^。；！？]{0,60}?在[^。；！？]{2,60}?(?:上|时|中|会)(?:所?[讲说作做](?:的|过的)|的(?:[一那这][篇次个份段番]|即席|即兴)?"
                   r"(?:讲话|发言|致[辞词]|演讲|报告|谈话|讲稿|发言稿|讲话稿))(?!精神)")
KEPT = re.compile("[抄贴]|(?<!纪)录(?!取)|整理|翻[出到找箱检]|留[个作下做]|(?:珍|保|收)[藏存]|发[出上]来")
# What a speaker asks of his hearers, and a site hardly ever does.
ASKS = re.compile("(?<![需主重只首])要(?!求)|必须|应当|务必|(?:各[^，。]{1,6}|我们|群众)[都也]?可以")
SITE_SPEAKS = re.compile("本站|小编|您|免责|版权|侵权|客服|会员|本文|网友|责编|编辑：|来源：|下载")
# 感谢 alone is none: 向大家表示衷心的感谢！ stands in the midst of speeches
LAST_WORDS = re.compile(
    r"(?:(?:谢谢|多谢)(?:大家|各位|你们|诸位|同志们|主席|聆听)?(?:的?聆听)?|感谢(?:大家|各位|你们|诸位|聆听|倾听)(?:的?聆听)?|散会|安息吧|"
    r"(?:讲话|发言|表态|汇报|报告|演讲|述职|致辞|话)(?:到此|至此|就)?(?:讲)?(?:完了|完毕|结束)|(?<=[。！])完了)[！!。.～~]{0,3}$"
)
BESIDE_MOST = 120       # characters of a notice, or of the beginning of another speech, in a column beside this one
BESIDE_REACH = 24       # paragraphs from it to the address of the speech, at most
BESIDE_LEAST = 4        # names of that column below a notice
BESIDE_NAME = 24        # characters of such a name
OFFER_REACH = 3         # paragraphs from what a collection says of its samples to the salutation of the first, at most
# With spaces between the guests and nothing at the end: 周会长 各位师长 各位来宾
SPACED = re.compile(r"(?:[^\s，。；：！？、,;:!?]{2,8} +){0,6}各位[^\s，。；：！？、,;:!?]{1,8} +各位[^\s，。；：！？、,;:!?]{1,8}")
GREETED_ALL = re.compile("各位[^，。；：！？、,;:!? ]{1,8}大家(?:早上|上午|中午|下午|晚上)?[好安]")
ENDEARED = re.compile(r"(?:亲爱的|敬爱的)[^,.;:。!?]{2,12}:")        # whoever they are: 亲爱的山里人：


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
    note: re.Pattern[str]
    lead: furniture.Words
    cover: re.Pattern[str]
    posted: re.Pattern[str]
    given: re.Pattern[str]
    readers: re.Pattern[str]
    own: re.Pattern[str]
    samples: re.Pattern[str]
    offered: re.Pattern[str]
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
                      any_of(closing["aftermath"]), frozenset(closing["bare"]), any_of(annex["line"]), any_of(annex["note"]),
                      furniture.Words(lead["marks"]), any_of(lead["cover"]),
                      any_of(lead["posted"]), any_of(lead["given"]), any_of(lead["readers"]), any_of(lead["own"]),
                      any_of(lead["samples"]), any_of(lead["offered"]),
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


def is_offer(view: str) -> bool:
    """Whether a line heads what the page offers next: 推荐阅读："""
    return len(view) <= 24 and lexicon().offers.fullmatch(furniture.folded(view)) is not None


def is_offered(view: str) -> bool:
    """Whether a line below such a head is the title of another text."""
    return len(view) <= 60 and TITLE_LIKE.search(view) is not None and PART.match(view) is None


def is_row_of_offers(view: str) -> bool:
    """Whether a line offers other texts behind such a head: 延伸阅读：在某会上的讲话；在某节上的致辞"""
    if "：" not in view[:OFFER_MOST + 1]:
        return False
    head, _, rest = view.partition("：")
    if not rest or len(head) > OFFER_MOST or "。" in rest or not is_offer(head):
        return False
    others = [QUALITY.sub("", each) for each in OFFERS_APART.split(rest) if each]
    return 2 * sum(map(is_offered, others)) > len(others)


def is_salutation(view: str) -> bool:
    """Whether a line addresses the hearers and says nothing else."""
    if len(view) > 80 or HEADING.match(view):
        return False
    form = furniture.folded(view)
    known = lexicon()
    if known.sentence.occur(form) or (form[-1:] == ":" and PRESENTED.fullmatch(form)):
        return False
    if (view.startswith("各位") and GREETED_ALL.fullmatch(view)) or (" 各位" in view and SPACED.fullmatch(view)):
        return True
    if form in BARE_ADDRESSES or ((ADDRESSED.fullmatch(form) or ENDEARED.fullmatch(form))
                                  and not furniture.lexicon().strong.occur(form)):
        return True
    return (known.salutation.fullmatch(form) or known.greeting.fullmatch(form)) is not None \
        and furniture.label(form) not in furniture.lexicon().sure


def is_addressed(view: str) -> bool:
    """Whether a line begins with an address to the hearers and goes on: 各位代表：现在，我…"""
    match = ADDRESS_ENDS.search(view[:60])
    return match is not None and is_salutation(f"{view[:match.start()]}：")


def label_end(view: str) -> int:
    """Where the label of a speaker ends with which a record opens his words (县长 王某：同志们：…); 0 where there is none."""
    match = SPEAKER_LABEL.match(view)
    if match is None or is_salutation(match[0]) or furniture.is_label(match[1]) \
            or not (SPEAKER.fullmatch(match[1]) or (NAME_ALONE.fullmatch(match[1]) and match[1][0] in surnames())):
        return 0
    rest = view[match.end():]
    return match.end() if is_salutation(rest) or is_addressed(rest) else 0


def is_turn(view: str) -> bool:
    """Whether a line is what one says to the other in a conversation: 记者：请问…？ A name alone behind the label is a credit."""
    match = TURN.match(view)
    if match is None or view[-1] not in "。？！?!":
        return False
    said = view[match.end():]
    return (len(said) >= 16 or said[-1] in "？?" or TURN_OPENS.match(said) is not None) and furniture.weight(furniture.folded(said)) < 2


def is_stock(view: str) -> bool:
    """Whether a line is one that speeches of any site share: addresses, thanks, headings, sentences without a word of the page."""
    form = furniture.folded(view)
    return is_salutation(view) or HEADING.match(view) is not None or lexicon().closing.fullmatch(form) is not None \
        or (FINISHED.search(view[-6:]) is not None and furniture.weight(form) < 2)


def announces(view: str) -> bool:
    """Whether a line says that the words of a speech follow, and whose they are: 以下是某局局长某某今日在…的致辞："""
    return view[-1] in "：:" and ANNOUNCES.search(view) is not None


def is_posted(view: str) -> bool:
    """Whether a paragraph above the salutation is of whoever posts the text, which was given or written, and asks what others think of it:
    今天讲完了，贴出来请各位指正，人名都隐了。"""
    known = lexicon()
    return len(view) <= TOLD_MOST and all(each.search(view) for each in (known.posted, known.given, known.readers))


def tells_whose(view: str) -> bool:
    """Whether a paragraph above the salutation tells, in the words of whoever kept the text, whose speech it is and where it was given:
    这份旧稿是2003年5月6日老县长王某在动员会上讲的，我录下来留个念想。"""
    return len(view) <= TOLD_MOST and KEPT.search(view) is not None and WHOSE.search(view) is not None


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


def first_paragraph(paragraphs: Sequence[Paragraph]) -> tuple[int, bool]:
    """The paragraph with which the speech begins (their number, if with none), and whether that is in doubt."""
    start: int | None = None
    prose: list[int] = []           # paragraphs of prose before a salutation
    own = total = 0                 # characters of them in which somebody speaks, and all
    reach = 0
    for number, paragraph in enumerate(paragraphs):
        view = paragraph.view
        reach += len(view) > LINK_MOST
        if reach > HEAD_REACH:
            break
        if is_turn(view) and any(is_turn(other.view) for other in paragraphs[number + 1:]):
            return number, bool(prose)
        if is_salutation(view) or is_addressed(view) or label_end(view):
            if view[-1] in "….…" and _is_preview(paragraphs, number):
                continue
            if own < OWN_LEAST and not is_salutation(view) and _is_beside(paragraphs, number):
                continue
            # what stands before it is the speech only where somebody speaks in it
            apart = bool(prose) and _is_separated(paragraphs, prose[-1], number)
            if start is None or (own < OWN_LEAST and total < LEAD_MOST) or (apart and own < NOTICE_MOST):
                if start is not None and not apart and _takes_up(paragraphs[start:number]):
                    return start, False
                if start is not None and not apart and _closes_with(paragraphs, number, prose):
                    return start, True
                below = _below_cover(paragraphs, number)
                return _first_greeted(paragraphs, below), bool(prose) or below > number
            return _after_lead(paragraphs, start, prose), apart or number - start <= 3
        if own < OWN_LEAST and announces(view) and number + 1 < len(paragraphs):
            start, prose, own, total = None, [], 0, 0           # what stands above it is the release's
            continue
        if not is_prose(paragraph) or furniture.is_lead(view) or is_page(paragraph) or _is_abstract(paragraphs, number) \
                or _offers_samples(paragraphs, number):
            if start is None and HEADING.match(view) and _leads_to_prose(paragraphs, number) and not _comes_again(paragraphs, number):
                start = number
            continue
        prose.append(number)
        if start is None:
            start = number
        total += len(view)
        if speaks(view):
            own += 0 if tells_whose(view) or is_posted(view) else len(view)
        if total > OWN_ENOUGH:
            break
    if start is None:
        return len(paragraphs), False
    start = _after_lead(paragraphs, start, prose)
    if start > 0 and CHAIR.fullmatch(paragraphs[start - 1].form):
        return start - 1, False
    while start > 0 and (_is_short_sentence(paragraphs[start - 1]) or _is_heading(paragraphs[start - 1])):
        start -= 1
    return start, False


def _takes_up(before: Sequence[Paragraph]) -> bool:
    """Whether what stands before an address takes up a text whose beginning another page has: the first of its parts that is counted is a
    later one (三、…). No news lead, no summary and no table of contents begins to count there."""
    first = next((match for paragraph in before if (match := NUMBERED.match(paragraph.view))), None)
    return first is not None and (first[1] or first[2] or first[3]) not in FIRST


def _closes_with(paragraphs: Sequence[Paragraph], number: int, prose: Sequence[int]) -> bool:
    """Whether the paragraph at `number` addresses the hearers once more at the end of a text whose beginning another page has: it goes on
    behind the address, none of the paragraphs of `prose` before it is news, and they are more than it and all that follows."""
    if len(prose) < 2 or is_salutation(paragraphs[number].view) or label_end(paragraphs[number].view) \
            or any(_is_news(paragraphs[each]) or furniture.weight(paragraphs[each].form) >= 2 for each in prose):
        return False
    rest = sum(len(each.view) for each in paragraphs[number:] if is_prose(each) and not is_page(each))
    return sum(len(paragraphs[each].view) for each in prose) > rest


def _below_cover(paragraphs: Sequence[Paragraph], number: int) -> int:
    """The salutation of the speech where that at `number` greets those to whom somebody sends it: between the two he says so, and the
    title stands above the second."""
    near = paragraphs[number + 1:number + COVER_REACH]
    second = next((place for place, paragraph in enumerate(near) if is_salutation(paragraph.view)), None)
    if second is None:
        return number
    title = next((place for place, paragraph in enumerate(near[:second])
                  if TITLE_LIKE.search(paragraph.view) and not is_prose(paragraph)), None)
    said = near[:title] if title is not None else []
    covers = any(lexicon().cover.search(paragraph.form) for paragraph in said) and sum(len(one.view) for one in said) <= COVER_MOST
    return number + 1 + second if covers else number


def _first_greeted(paragraphs: Sequence[Paragraph], number: int) -> int:
    """The first line of the address that ends with the paragraph at `number`: guests are greeted on a line each."""
    for before in range(number - 1, max(-1, number - GREETED), -1):
        form = paragraphs[before].form
        if not (ONE_GREETED.fullmatch(form) and not lexicon().sentence.occur(form) and furniture.weight(form) < 1):
            return before + 1
    return max(0, number - GREETED + 1)


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


def _is_separated(paragraphs: Sequence[Paragraph], prose: int, number: int) -> bool:
    """Whether a title, a date or a speaker stands between prose and what follows it."""
    return any(kind(each) == "metadata" for each in paragraphs[prose + 1:number])


def _is_short_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph is too short to open a speech by itself, and yet spoken: 现在开会。"""
    view = paragraph.view
    return 3 < len(view) < 12 and view[-1] in "。！" and not is_page(paragraph) and kind(paragraph) == "furniture" \
        and not furniture.is_lead(view)


def _is_heading(paragraph: Paragraph) -> bool:
    """Whether markup shows a paragraph to be a heading within the speech, not its title."""
    line = paragraph.lines[0]
    return line.heading and not line.title and kind(paragraph) == "furniture" and not is_page(paragraph)


def _is_abstract(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph only gives the beginning of one of the next, as descriptions at the top of a page do."""
    opening = paragraphs[number].view.rstrip(".…。")[:40]
    return len(opening) >= 20 and any(opening in later.view[:400] for later in paragraphs[number + 1:number + 9])


def _is_preview(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph gives the title, the address and the first words in one, which stand below once more and as they should: what a
    viewer of documents shows above one."""
    said = paragraphs[number].view.rstrip(".…")
    words = said[said.find("：") + 1:][:40]
    return len(words) >= 20 and any(later.view.startswith(words) for later in paragraphs[number + 1:number + 17])


def _is_beside(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph that addresses somebody stands in a column beside the speech, whose address is a line of its own further down:
    the beginning of another speech, which breaks off (同学们，今天……), before a title; or a notice, below which that column goes on with
    several names and nothing is said."""
    view = paragraphs[number].view
    if len(view) > BESIDE_MOST:
        return False
    below = paragraphs[number + 1:number + 1 + BESIDE_REACH]
    salutation = next((place for place, each in enumerate(below) if is_salutation(each.view)), 0)
    between = below[:salutation]
    if furniture.is_cut_off(view):
        return any(kind(each) == "metadata" for each in between) \
            and not any(is_prose(each) and not furniture.is_cut_off(each.view) for each in between)
    return len(between) >= BESIDE_LEAST and not any(
        len(each.view) > BESIDE_NAME or HEADING.match(each.view) or CHINESE_STOP.search(each.view) or each.view[-1] in "：:，,"
        for each in between)


def _offers_samples(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph shortly above a salutation tells readers what samples follow and what they are good for, as collections do."""
    view = paragraphs[number].view
    return len(view) <= STATEMENT_MOST and lexicon().samples.search(view) is not None and lexicon().offered.search(view) is not None \
        and any(is_salutation(later.view) or is_addressed(later.view) for later in paragraphs[number + 1:number + 1 + OFFER_REACH])


def _is_news(paragraph: Paragraph) -> bool:
    """Whether nobody speaks for himself in a paragraph and it tells of the event: a news lead, a caption."""
    view = paragraph.view
    return not speaks(view) and (lexicon().lead.occur(paragraph.form) or len(view) < 40)


def _leads_to_prose(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a heading is followed by prose, at most two lines on."""
    return any(is_prose(each) and not is_page(each) and not furniture.is_lead(each.view) for each in paragraphs[number + 1:number + 3])


def _comes_again(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a heading is one of a table of contents: it stands again further down."""
    words = LEADER.sub("", paragraphs[number].view)
    return len(words) > 4 and any(later.view.startswith(words) for later in paragraphs[number + 1:])


def _after_lead(paragraphs: Sequence[Paragraph], start: int, prose: Sequence[int]) -> int:
    """`start`, or the prose after it where the first of `prose` only leads in: it says that the words follow, or a title follows it."""
    for number, later in pairwise(prose[:4]):
        if number != start or not (_is_news(paragraphs[number]) or furniture.weight(paragraphs[number].form) >= 2):
            break
        if not (LEAD_IN.search(paragraphs[number].view) or _is_separated(paragraphs, number, later)):
            break
        start = next((each for each in range(number + 1, later) if HEADING.match(paragraphs[each].view)), later)
    return start
