"""Salutations: whom a speech addresses, in a line that says nothing else, on a line each or before the first words."""
from __future__ import annotations

import re
from collections.abc import Sequence

from flows.normalize import boundaries, furniture
from flows.normalize.boundaries import HEADING, SPEAKER
from flows.normalize.paragraphs import Paragraph
from flows.normalize.spaces import surnames

BARE_ADDRESSES = frozenset(("各位代表", "各位委员", "同志们", "各位同志", "各位领导", "代表们", "朋友们", "同学们", "女士们,先生们",
                            "女士们、先生们", "各位代表、同志们", "各位领导、同志们", "各位领导、各位来宾"))
OF_ALL = ("(?:社员|村民|居民|市民|会员|队员|官兵|将士|战士|指战员|民警|师生|军民|员工|工人|业主|家长|选手|成员|乡亲|群众|学生|新生|毕业生"
          "|护士|医护人员|工作人员)")
_CALLED = "(?:(?:各位|诸位)[^。;?!:,、]{1,12}|(?!人们)[^。;?!:,、]{1,10}(?<![我他她你您它咱])们儿?)"
# Whoever is greeted one by one is greeted, whatever the last one is called: 各位宗亲、各位长辈、各位兄弟姐妹：
ADDRESSED = re.compile("(?:尊敬的|敬爱的|亲爱的)?(?:各位|诸位)[^。;?!:,、]{1,12}"
                       "(?:[、,](?:(?:尊敬的|敬爱的|亲爱的)?(?:各位|诸位))?[^。;?!:,、]{1,12}){0,5}[:!]"
                       # ... and so are several of whom each is called by a plural, or greeted: 同志们、社员们：, 工友们、各位班组的师傅：
                       f"|(?:{_CALLED}[、,]){{1,5}}{_CALLED}[:!]"
                       # ... or two, whatever the last is called: 乡亲们、各位叔伯、从城里赶回来的年轻人：
                       "|[^。;?!:,、]{1,10}(?<![我他她你您它咱人])们[、,](?:各位|诸位)[^。;?!:,、我]{1,12}[、,][^。;?!:,、我]{1,14}:"
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
ADDRESS_ENDS = re.compile("[：:！!，,]")
# With spaces between the guests and nothing at the end: 周会长 各位师长 各位来宾
SPACED = re.compile(r"(?:[^\s，。；：！？、,;:!?]{2,8} +){0,6}各位[^\s，。；：！？、,;:!?]{1,8} +各位[^\s，。；：！？、,;:!?]{1,8}")
GREETED_ALL = re.compile("各位[^，。；：！？、,;:!? ]{1,8}大家(?:早上|上午|中午|下午|晚上)?[好安]")
ENDEARED = re.compile(r"(?:亲爱的|敬爱的)[^,.;:。!?]{2,12}:")        # whoever they are: 亲爱的山里人：
# Who presides is addressed by the office alone, which before a name would be its label: 主席：
CHAIR = re.compile("(?:代理?主席|主席|议长|总统|委员长|庭长|校长|院长)(?:先生|女士|阁下)?[:,!]")
SPEAKER_LABEL = re.compile("([^。，；！？：:]{2,24})[：:]")
NAME_ALONE = re.compile(r"[\u4e00-\u9fff]{2,4}")


def is_salutation(view: str) -> bool:
    """Whether a line addresses the hearers and says nothing else."""
    if len(view) > 80 or HEADING.match(view):
        return False
    form = furniture.folded(view)
    known = boundaries.lexicon()
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


def first_greeted(paragraphs: Sequence[Paragraph], number: int) -> int:
    """The first line of the address that ends with the paragraph at `number`: guests are greeted on a line each."""
    for before in range(number - 1, max(-1, number - GREETED), -1):
        form = paragraphs[before].form
        if not (ONE_GREETED.fullmatch(form) and not boundaries.lexicon().sentence.occur(form) and furniture.weight(form) < 1):
            return before + 1
    return max(0, number - GREETED + 1)
