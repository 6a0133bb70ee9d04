"""Who speaks: the name and the office, from a speaker line (省长　王予波), a caption, a title or the text."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from flows.normalize.places import places
from flows.normalize.words import words as known_words
from schemas.lexicons import entries, rows

_HAN = "一-龥〇㐀-䶿"
# Characters that no name holds but that stand beside names in running prose.
_NO_NAME = frozenset("的了们届与将")
_NOTE = re.compile(r"[（(〔\[](?:[男女]|[^（()）〕\]]{0,6}族|[^（()）〕\]]{1,14})[）)〕\]]\s*$")
_DEPUTY = r"(?:(?:代理?|副|常务副|第一副|执行|名誉|候任|原任?|时任|前|总|主要)){0,3}"
_ETHNIC = rf"[{_HAN}]{{1,8}}(?:[·•・．][{_HAN}]{{1,8}}){{1,3}}"
_ETHNIC_NAME = re.compile(rf"[{_HAN}]{{1,8}}(?:·[{_HAN}]{{1,8}}){{1,3}}")
_HAN_NAME = re.compile(rf"[{_HAN}]{{2,4}}")
_NAME_BRACKETED = re.compile(rf"([{_HAN}]{{2,4}})[（(]([^（()）]{{3,30}})[）)]?")
_LONG_NAME = re.compile(rf"[{_HAN}]{{5,6}}")      # 乌云其木格
_DOT = re.compile(r"\s*[•・．·]\s*")
_LABELLED = re.compile(
    r"^(?:[（(【\[]\s*)?(?:报告人|讲话人|讲话者|说话人|演讲人|演讲者|发言人|主讲人|主讲|授课人|致[辞词]人|述职人|述职者|讲话领导|汇报人|汇报者|宣讲人|报告者|竞聘人|竞聘者|竞选人"
    r"|参赛人|参赛选手|选手|主讲嘉宾|演讲嘉宾|致辞嘉宾"
    r"|责任者|领学人|发言代表|发言者|发言嘉宾|授课教师|授课领导|主讲领导|姓名|领导姓名|讲课人)(?:\s*[:：]\s*|[ 　]+)"
    r"(.{2,40}?)(?:\s*[）)】\]])?$"
)
# What a record tells of somebody between his name and what he is: 王某，男，57岁，村委会主任
_PARTICULARS = re.compile(r"(?<=[一-龥])(?:[，,、\s]+(?:[男女]性?|\d{2}岁|[一-龥]{1,5}族"
                          r"|(?:19|20)\d\d年(?:\d{1,2}月)?出?生)(?=[，,、\s])){1,4}")
# Who speaks for a body, in brackets behind its name: 某党派市委会（发言人：王某）
_SPEAKS_FOR = re.compile(
    r"[^，。；：:（(]{0,24}(?:(?<![大开例年全峰])会|(?:[省市县区州]|工)委|支部|[局厅部院组团]|工商联|妇联|公司|集团|中心|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|界别?|小组)"
    r"\s*[（(]\s*(?:发言人|发言代表|发言委员|讲话人|报告人|汇报人|演讲人|宣讲人|主讲人)\s*[:：]\s*(?P<who>[^（()）]{2,20})[）)]")
# what is spoken, a bar, and who speaks: 致辞｜王某某校长
_KIND_LABEL = re.compile(r"(?:讲话|发言|演讲|致[辞词]|主讲|宣讲|授课)\s*[｜|丨]\s*(?=\S{3})")
# Others whom a page names: those who chaired, wrote, photographed, edited.
_OTHERS = re.compile(
    r"^[（(【\[]?(?:主持人?|记录人?|摄影|整理|参加人员|出席|列席|责任编辑|编辑|责编|作者|记者|审核|校对|来源|录入|供稿|通讯员|联系人|监制|翻译|发布人?|签发)\s*[:：]"
)
# Two names with a space between are two people, one with its own syllables parted is one (李 芳).
_SEVERAL = re.compile(r"\S{2,}\s+\S{2,}")
# 人武部 and 卫健委 begin like names and are none; 王登科 and 张建社 are.
_BODY_NAME = re.compile(".{2,}部|.+[局厅署委办处所站县]|.+(?<!书)院")
_IS_BODY = re.compile("[局委部厅院办处科社会站所网]$")
# A foreign name as its bearer writes it, behind it: 某某·某某（John Smith）, 某某·某某 John Smith
_LATIN = re.compile(r"(?<=[一-龥])(?:\s*[（(]\s*[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’\- ·]{2,50}[）)]"
                    r"|\s*[A-ZÀ-Þ][a-zÀ-ɏ.'’\-]+(?:\s+[A-ZÀ-Þ][a-zÀ-ɏ.'’\-]*){1,3})(?=[，,\s（(]|$)")
_DASHES = re.compile(r"^[-—–―─\s]+")
_NO_LINE = re.compile(r"[。！；]|[？?]$")
_PARTED_OFFICE = re.compile(r"(?<=[省市县区州盟旗院局厅部处校行镇乡书秘主])\s+(?=[长记任席]\s)")
_PARTS = re.compile(r"[、，,兼/]|暨|及")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_SEAT = re.compile(r"(?:国务院|中央军委|军委)$")
_OF_TROOP = re.compile("[军师旅团营]|支队|总队|大队")       # 旅政治委员, as 旅长; of a troop with a name only 政治委员 stays
_REGION = re.compile(r"自治区(?:人民政府)?$")
_COMMITTEE = re.compile(
    r"(政法委|(?:(?<!集)团)?(?:[省市县区州盟旗镇乡局院校部厅办厂矿]|自治区|地)?(?:委|党委|党组|党工委|工委|纪委|党支部|支部|党总支|党))(?:常委会|委员会)?$"
)
# The lowest seats of the party, which a speaker line names by their kind alone: 村党支部书记. With a name before it the kind falls away.
_LOWEST_SEAT = re.compile("(?P<kind>村|公社|街道)(?P<party>党委|党工委|工委|党总支|总支|党支部|支部|党)?(?:委员会)?")
# Who sits on a committee is told there by the department that he heads: 市委常委、组织部部长. 部长 alone would say nothing beside 常委.
_DEPARTMENT = re.compile(r"(?:组织|宣传|统战|统一战线工作|社会工作|农村工作|人民武装|人武|武装)部?部?长$")
_OTHER_ORDER = re.compile(rf"({_ETHNIC}|[{_HAN}](?:\s*[{_HAN}]){{1,3}})\s*[（(，,\s]\s*([^（）()]{{2,30}}?)\s*[）)]?")
_CAPTION = re.compile(
    r"(?:^|[，。、\s（(》>])(?P<who>[^，。；：:！？“”《》\s]{2,40}?)(?:同志)?"
    r"(?:，?在[^，。]{2,40}上|，?代表[^，。]{2,20}?)?，?(?:向大会)?(?:作|做)了?[《“]?(?:\d{4}年)?(?:政府)?工作报告"
)
# A name that was taken out: 市长 ×××, 常务副市长某某.
_ANONYMOUS = re.compile(r"[\s　:：]*(?:[×Xx＊*○]{1,4}|某{1,3})$")
_SAYS = r"(?:讲话|致辞|致词|贺词|演讲|报告|发言|祝酒[词辞]|演说|献词)"
_TAUGHT = r"(?:讲授?|上)了?[^，。；]{0,12}?党课"
_GREETED = r"(?<!的)(?:致[辞词]|讲话)(?=[。；，])"
_CAME = r"出席[^，。；]{0,10}?并[^，。；]{0,6}?(?:讲话|致[辞词])"
_LEAD = re.compile(
    r"(?:^|[，。、\s）)》电讯日])(?P<who>[^，。；：:！？“”《》、\s\d（）()]{2,30}?)(?:同志)?(?:，?(?:应邀)?(?:在|通过|代表|出席|以|走进|来到|深入|前往|赴|到)[^。；]{2,60}?)?，?并?"
    rf"(?:[向为给][^，。；]{{2,24}}?)?(?:(?:发表|作|做|致)了?[^，。；]{{0,14}}?{_SAYS}|{_TAUGHT}|{_CAME}|{_GREETED})"
)
# 省长某某今天在…上的讲话，全文如下：
_TOLD = re.compile(r"(?:^|[，。、\s）)》电讯日])(?P<who>[^，。；：:！？“”《》、\s\d（）()]{2,30}?)(?:同志)?"
                   rf"(?:今[天日晚]|昨[天日]|日前)?在[^。；]{{2,60}}?上的[^，。；]{{0,6}}?{_SAYS}[^。；]{{0,6}}如下")
# 区长某某到会讲话，副区长某某主持。 / 省长某某在会上的讲话，发人深省。
_AT_MEETING = re.compile(r"(?:^|[，。、\s）)》电讯日])(?P<who>[^，。；：:！？“”《》、\s\d（）()]{2,30}?)(?:同志)?"
                         r"(?:(?:到会|莅会|与会|亲临会场|出席会议|出席活动)(?:并)?(?:作|做|发表)?了?(?:重要)?讲话|在会上的(?:重要)?(?:讲话|发言|致辞))")
# 以下是某公司董事长某某的发言实录。 at the end of what an editor says above the words
_FOLLOWS = re.compile(r"(?:^|[。；，：:\s）)】])(?:以下|下面|下文|现将|兹将)(?:即|就|便)?(?:是|为|系)?"
                      r"(?P<who>[^，。；：:！？“”《》\s\d（）()]{2,40}?)(?:同志)?"
                      rf"(?:在[^。；]{{2,60}}?上)?的[^，。；]{{0,6}}?{_SAYS}(?:的?(?:实录|全文|原文|摘要|摘录|节选|节录|要点|内容|文字稿?|稿))?"
                      r"(?:刊[登发载]|摘登|发布|整理|公布)?(?:如下|于后)?[。：:]?$")
_OF_MANY = frozenset(("领导", "领导同志"))      # which is no office of one: 厅领导 in a menu
_FULL_NAME, _LEAST_ACCOUNT = 3, 4      # characters of a name and of what an account is called
_POST_BEFORE = re.compile(r"([^，。；：:！？“”《》、\s\d（）()]{2,30})、$")
_CALLED = re.compile(r"我(?:名?叫|的名字[叫是])(?:做)?([^，。；！？\n“”]{2,10}?)(?=[，。；！、])")
# ... or writes it, as who accounts for his year does: 本人王某，2018年11月任某站站长. What follows says which office, since when, how old.
_IN_PERSON = re.compile(
    r"(?:^|[。：！\n])(?:本人|我(?!们)(?!.{2,10}，[0-9]{4}年))([^，。；！？\n“”]{2,10}?)，"
    r"(?=[男女][，、]|汉族|现任|现年|今年[0-9一二三四五六七八九十]{1,3}岁|[0-9]{4}年[^。！？\n]{0,30}(?:任|出生|毕业|参加工作|入党)|生于|中共党员|(?:大学|大专|中专|本科|研究生|硕士)(?:学历|毕业|文化))")
_FROM = re.compile(r"我是(?:来自)?([^，。；！？\n“”]{2,30})(?=[，。；！、])")
# Those who speak for their like hold no office: 我是青山中学的语文教师刘某.
_TRADE = re.compile(
    r"(?:教师|老师|讲师|导师|护士|护工|医生|医师|护师|药师|技师|技师长|工程师|会计师|农艺师|厨师|设计师|教练|法官|检察官|驾驶员|司机|快递员|技术员|营业员|柜员|保洁员"
    r"|讲解员|维修工|操作工|环卫工|电工|焊工|钳工|班主任|辅导员|民警|辅警|学生|同学|村民|农民|工人|职工|员工|党员|干部|队员|队长|志愿者|律师|讲解员|选手|代表|家长|新生|战士|"
    rf"社工|网格员|创业者)([{_HAN}]{{2,4}})$"
)
# ... whatever it is that they do: 来自客运段的列车员沈某某
_DOES = re.compile(rf"[{_HAN}]{{1,6}}[员师工匠警]([{_HAN}]{{2,3}})$")
_BY_TRADE = re.compile("[工员户手]$")       # 我是某站的维修工
_HOLDS = re.compile(r"(?:现任|(?<![聘选争])担任|现为)([^，。；！？\n“”]{2,24})(?=[，。；！、])")
# An office that is sought is not held, and who seeks it may say which he holds.
# 我叫王某，是某车间的主任，……
_IS = re.compile(r"，(?:我)?(?:现在|目前)?是(?!一)([^，。；！？\n“”]{2,24})(?=[，。；！])")
_SEEKS = re.compile("竞聘|竞选|竞争上岗|竞岗|竞职|应聘|参选|竞争性选拔")
_HOLDS_NOW = re.compile(r"(?:现任|现为|现担任|目前担任|现在担任|目前任|目前是|现在是)([^，。；！？\n“”]{2,24})(?=[，。；！、])")
_NO_MEASURE = r"(?<![十百千万亿公华英海\d])里长(?![江征城街廊堤河])"       # 万里长江大桥
_BEFORE_NAME_ENDS = re.compile(r"代表|在(?=[省市县区州全第])")
_PAST = re.compile(r"(?:曾经?|当年|以前|从前|过去|年前|那时|那年|当时|早年|当初|前些年|原来|年轻时)[^。！？；\n]*$")
_THEN = re.compile("时(?![常刻时])|期间|的(?:时候|那|日子)|那(?:时|年|会|几|阵)")
_COLON = re.compile(r"^([^：:]{2,24})[:：](?=.{4})")
# What an officer reports of himself: 某局副局长2021年度述职述廉报告
_ACCOUNT = re.compile(r"(?:(?:任职|履职|任期)[一二三四五六七八九十两半\d]{1,3}(?:年|个月)(?:来|以来)?的?)?"
                      r"(?:个人)?(?:(?:19|20)\d\d年)?(?:年?度|年终|任期|试用期)?(?:抓?(?:基层)?党建)?(?:工作)?(?:个人)?"
                      r"述[述职廉责学法德]{1,9}的?(?:工作)?(?:报告|汇报|发言|材料|演讲)?稿?$")
_AT = re.compile(
    r"(?:在|(?<!关)于).{1,60}(?:上|时|中|期间|(?:议题|项目|主题|决议草案)下(?=的?[发致演讲])|会|会议|仪式|活动|典礼|班|式(?=演|致|讲|训|发|所|的))|发表|(?:出席|主持)(?=.{2,30}(?:讲话|致辞|致词|发言|演讲))"
)
_KIND_LAST = re.compile(r"(?:的)?(?:(?:致|发表)?(?:讲话|演讲|发言|致[辞词]|开幕[辞词]|闭幕[辞词]|欢迎[辞词]"
                        r"|贺[辞词]|献[辞词]|寄语)|施政报告)稿?$")
_NO_GIVEN_NAME = frozenset("会委部局院校社团副代总正原前新老国省市县区州")
_OF_PLACE = re.compile("[省市县区州盟旗乡镇村][长委]")
# Who writes to whom, as embassies put it: 某某大使致某地中秋晚宴的贺辞
_WRITES_TO = re.compile(r"([一-龥]{4,12}?)(?:向|致)(?=.{2,40}$)")
# Whose words they are, as papers print what was said at a congress: 王某某代表的发言, 李某某委员的书面发言
_OF_MEMBER = re.compile(rf"(?P<who>[{_HAN}]{{2,4}}|{_ETHNIC})(?:代表|委员|同志|先生|女士)的"
                        r"(?:书面|补充|大会)?(?:发言|讲话|演说|演讲|报告|致[辞词]|谈话)"
                        r"(?:稿|全文|摘要|要点|摘登)?")
_ON_STAGE = re.compile("(?:在?台上|上台|现场|正在|在|作)$")
# One of a class or a unit: 机电系二年级 王某某同学
_OF_UNIT = re.compile(rf"[^\s，。：:]{{2,20}}[系班院部校级组队科处室局社村厂司ABC]\s+(?P<who>[{_HAN}]{{2,3}})(?:同学|老师|同志|先生|女士)")
# Who sends his words to where he does not speak: 李某大使致新春招待会的贺辞
_SENDS = re.compile(rf"(?P<who>[{_HAN}]{{4,14}})致(?=[^。，；]{{4,60}}的?(?:贺[辞词信电]|祝[辞词]|献[辞词]|寄语|书面(?:致辞|讲话))$)")
# One who speaks for others, called as guests are: 毕业生家长代表王某某女士发言
_FOR_OTHERS = re.compile(rf"[{_HAN}]{{0,16}}代表(?P<who>[{_HAN}]{{2,3}})(?:先生|女士|小姐|同志|老师|同学|教授|博士)的?")
# What can follow a name in a sentence of news.
_BEHIND_NAME = frozenset("与和及、，。；：（）()在于今昨日前表说指亲偕率致也并还出主共一会代特参应同到作为向")
# ... and what can be no part of one
_NEVER_LAST = frozenset("在与和及于将向对把被为以从就又的是没也还")
_DOES_NOW = frozenset("站坐走讲谈做登拿捧念")      # behind a name, what somebody does
_OFFICE_BEFORE = re.compile(r"[，。；：！？“”《》\s（）()]|[与和](?!平)")
# Who comes on stage, by what he does there: 今天登台的是养路工王某。
_COMES_ON = re.compile(rf"(?:登场|登台|上台|出场|走上讲台|主讲|宣讲|开讲|讲述|发言|授课)的是"
                       rf"(?P<who>[^，。；]{{2,40}}?[{_HAN}][员师工匠警生士民](?P<name>[{_HAN}]{{2,3}}))(?=[，。；])")
_SAID = re.compile(rf"(?:发表|作|做|致)了?[^，。；]{{0,14}}?{_SAYS}|{_TAUGHT}|{_CAME}|{_GREETED}")
_ADDRESSED = re.compile("(?:同志|先生|女士|小姐|教授|博士|院士|老师|议员)$")
_END_DATE = re.compile(r"\s*\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?$")
_FRONT_DATE = re.compile(r"^\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?\s*")
# Offices that name nobody's post: everyone who speaks somewhere is 领导 or 代表.
_VAGUE = frozenset((
    "领导", "代表", "负责人", "主要负责人", "负责同志", "委员", "主要负责同志", "主持人", "发言人", "主要领导", "组长", "召集人", "干事",
    "总指挥",
))


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: name and office as the title alone; either may be None."""

    name: str | None
    role: str | None


@cache
def _role_nouns() -> str:
    nouns = sorted(map(re.escape, entries("roles.txt")), key=lambda noun: (-len(noun), noun))
    return "|".join(_NO_MEASURE if noun == "里长" else noun for noun in nouns)


@cache
def _family_names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    single, compound, syllables = entries("family_names.txt")
    return frozenset(single), frozenset(compound.split()), frozenset(syllables)


@cache
def _role_end() -> re.Pattern[str]:
    return re.compile(rf"{_DEPUTY}(?:{_role_nouns()})")


@cache
def _never() -> re.Pattern[str]:
    """Words that tell a short line from a name, wherever in it or as all of it."""
    within = "|".join(re.escape(word) for kind, word in rows("no_names.tsv") if kind == "within")
    whole = "|".join(re.escape(word) for kind, word in rows("no_names.tsv") if kind == "whole")
    return re.compile(rf"{within}|^(?:{whole})$")


@cache
def _name_then_office() -> re.Pattern[str]:
    # the shorter name first: 总 of 总领事 belongs to the office
    return re.compile(rf"([{_HAN}]{{2,3}}?)({_DEPUTY}(?:{_role_nouns()}))")


@cache
def _name_around_office() -> re.Pattern[str]:
    """As Taiwan puts it, the office between family name and given name: 邱县长国彰. 代市长王某 and 老主任李某 begin with no family name."""
    single, compound, _ = _family_names()
    families = "|".join(sorted(compound) + sorted(single - set("代副原前总正老新时党女现首候全各本该")))
    return re.compile(rf"({families})((?:副|代理)?(?:{_role_nouns()}))([{_HAN}]{{1,2}})")


@cache
def _kinds() -> frozenset[str]:
    """What speeches are called, and nobody is: 局长致辞."""
    return frozenset(entries("title_ends.txt"))


@cache
def _office_alone() -> re.Pattern[str]:
    return re.compile(rf".{{0,14}}?{_DEPUTY}(?:{_role_nouns()})")


@cache
def _own_office() -> re.Pattern[str]:
    """How a speaker names his own post: 我在这里当局长, 我作为县委书记, 作为市长，我…, 我这个校长."""
    office = rf"([^，。；！？的]{{0,8}}?{_DEPUTY}(?:{_role_nouns()}))"
    longer = rf"([^，。；！？的]{{0,16}}?{_DEPUTY}(?:{_role_nouns()}))"
    return re.compile(
        rf"(?:我|本人)(?:[在到][^，。；！？由选请让聘]{{1,8}}?|现在|今天)?(?:当|担任|任|做|作为|这个|身为)了?{office}(?=[，。；！？、的以时期这]|$)"
        # 作为市长，我…; 作为基层派出所的一名所长，我…
        rf"|(?:^|[，。；！？\n])(?:作为|身为)(?:[^，。；！？\n]{{1,14}}的)?(?:一[名位个])?{office}，我(?!们)"
        # 一年来，我在…的领导下，担任…主任，负责…
        rf"|(?:我|本人)(?:[在自从于到]|(?:19|20)(?:\d\d|[Xx×*]{{2}})年)[^。！？；\n由选请让聘]{{1,36}}(?:，|起|来|后|以来)(?:先后|一直|现|主要|分别)?(?:担任|出任)了?"
        rf"{longer}(?=[，。；！？、的以]|$)"
    )


def name(text: str, *, strict: bool = False) -> str | None:
    """The personal name that text is, inner spaces closed (洪 庆 -> 洪庆), or None where it is none.

    Han names have two to four characters; names with ·, and of other peoples, may be longer. strict also asks for a known family name.
    """
    text = _NOTE.sub("", text.strip(" \t\xa0　:：,，、;；-—？?")).strip()
    joined = "".join(_DOT.sub("·", text).split())
    if "·" in joined:
        return joined if _ETHNIC_NAME.fullmatch(joined) and not _never().search(joined) else None
    if _LONG_NAME.fullmatch(joined) and _family_names()[2].issuperset(joined):
        return joined
    if not _HAN_NAME.fullmatch(joined) or joined[-1] == "网" or _BODY_NAME.fullmatch(joined) or joined in _kinds() \
            or _never().search(joined) or not _NO_NAME.isdisjoint(joined[1:]):
        return None
    single, compound, syllables = _family_names()
    if (joined[:2] in compound and len(joined) > 2) or (len(joined) == 4 and syllables.issuperset(joined)):
        return joined
    if len(joined) == 4 and joined[:2] in known_words().known and joined[2:] in known_words().known:
        return None             # 上午停诊, 高度重视
    return None if strict and (joined[0] not in single or len(joined) > 3) else joined


def role(office: str) -> str | None:
    """The title alone of an office as a speaker line has it.

    The seat of a government falls away (四川省人民政府省长 -> 省长, 西安市市长 -> 市长), the party committee that makes a 书记 what he
    is stays (中共沈阳市委书记 -> 市委书记), and so do 自治区 before 主席, 国务院 before 总理 and the department that a 常委 heads
    (市委常委、组织部部长). None where no office is in it.
    """
    posts = office.split()
    if len(posts) > 1 and all(map(_one_role, posts)):
        office = "、".join(posts)
    office = "".join(office.split()).strip("、，,:：-—（）()")
    parts: list[str] = []
    for part in _PARTS.split(office):
        title = _one_role(part) if part else None
        department = _DEPARTMENT.search(part) if title == "部长" and any(earlier.endswith("常委") for earlier in parts) else None
        if title:
            parts.append(department[0] if department else title)
    return "、".join(parts) or None


def _one_role(office: str) -> str | None:
    found = places(office)
    bare = office
    for start, end, place in reversed(found):
        # 内蒙古自治区主席 is a 自治区主席: of the place only the kind of its government stays, where the title needs it.
        kind = "自治区" if place.name.endswith("自治区") else place.name[-1]
        bare = bare[:start] + kind + bare[end:]
    bare = _PARTY.sub("", bare)
    offices = list(_role_end().finditer(bare))
    if not offices or offices[-1].end() != len(bare):
        return None
    last = offices[-1]
    title, before = last[0], bare[: last.start()]
    if title.startswith("纪委"):        # whose it is stands before the committee, not before the office: 县纪委书记
        title, before = title[2:], f"{before}纪委"
    if title == "主席" and before.endswith("中华人民共和国"):
        return "国家主席"
    if _OF_TROOP.fullmatch(before) and title.endswith(("政委", "政治委员")):
        return before + title
    seat = _SEAT.search(before)
    if seat and ("总理" in title or "主席" in title):
        return seat[0] + title
    if "主席" in title and _REGION.search(before):
        return "自治区" + title
    if "书记" in title or title.endswith(("常委", "委员")):
        lowest = _LOWEST_SEAT.fullmatch(before)
        if lowest and (lowest["party"] or title.startswith(("支部", "党委"))):
            return lowest["kind"] + (lowest["party"] or "") + title
        # The unit before it is named by one character (市委, 局党组); what belongs to a longer name is the organisation's.
        party = _COMMITTEE.search(before)
        if not party:
            return title
        # 社区党委 and 局党委 are bodies of what has a longer name; of 乡镇党委 there is one in each
        first = party.start()
        longer = first and (party[1][0] in "局院校部厅办厂矿" or (party[1][0] == "区" and before[first - 1] in "社园发校小景厂")
                            or before[first - 1: first + 1] == "乡镇")
        return (party[1][1:] if longer else party[1]) + title
    return title


def _around_office(line: str, least: int) -> Speaker | None:
    """The speaker of a line with the office between family name and given name (邱县长国彰), which has so many characters at least."""
    parted = _name_around_office().fullmatch(line)
    if not parted or len(parted[3]) < least or parted[1] + parted[2] in entries("roles.txt") \
            or _never().search(parted[3]) or parted[3] in _kinds():
        return None
    who, title = name(parted[1] + parted[3], strict=True), role(parted[2])
    return Speaker(who, title) if who and title else None


def _split(line: str) -> Speaker | None:
    """Office and name of a line that holds nothing else: 市人民政府市长 黄海昆; 市长方伟; 洪庆 市长."""
    if around := _around_office(line, 2):
        return around
    for match in _role_end().finditer(line):
        office, rest = line[: match.end()], line[match.end():]
        glued = not rest[:1].isspace() and rest[:1] not in ":：（(？?"
        if not rest.strip(" 　:："):
            break
        if rest[0] in "、，,兼/暨及":
            continue            # 党组书记、厅长 阿依努尔·买买提: the last of the offices stands before the name
        who = name(rest, strict=glued)
        if who:
            title = role(office)
            if title:
                return Speaker(who, title)
    return None


def speaker_line(line: str) -> Speaker | None:
    """The speaker that a line of the head gives and gives alone, else None."""
    line = line.strip().strip("*#　 □■●◆◇▲△◎☆★").strip()
    if _OTHERS.match(line):
        return None
    if (spoken_for := _SPEAKS_FOR.fullmatch(line) if line[-1:] in "）)" else None) and (who := name(spoken_for["who"], strict=True)):
        return Speaker(who, None)
    named = _LABELLED.match(line)
    if named:
        line = _PARTICULARS.sub("", named[1].strip(), count=1)
    elif kind := _KIND_LABEL.match(line):
        line = line[kind.end():]
    line = _DASHES.sub("", line).rstrip("：: 　")
    if line[:1] in "（(【[" and line[-1:] in "）)】]":
        line = line[1:-1].strip()
    if not 2 <= len(line) <= 60 or _NO_LINE.search(line):
        return None
    line = _PARTED_OFFICE.sub("", line)
    line = _LATIN.sub("", line) if "·" in line and not line.isascii() else line
    found = (_around_office(line, 1) if named else None) or _split(line)
    if found:
        return found
    if named:
        return _labelled(line)
    # The other order: 周恩来总理, 李明（市委书记）
    match = _name_then_office().fullmatch(line) or _OTHER_ORDER.fullmatch(line)
    if match:
        who, title = _not_body(name(match[1], strict=True), match[2]), role(match[2])
        if who and title:
            return Speaker(who, title)
    of_unit = _OF_UNIT.fullmatch(line)
    who = name(of_unit["who"], strict=True) if of_unit and of_unit["who"] not in known_words().known else None
    return Speaker(who, None) if who else None


def _not_body(who: str | None, office: str) -> str | None:
    """A name before an office, or None where it is what the office heads, the last character of one being the first of the other:
    商会会长, 法院副院长, 支队队长. 李行行长 is a person: no dictionary has 李行."""
    return None if who and f"{who[-1]}长" == office[-2:] and who in known_words().known else who


def _labelled(line: str) -> Speaker | None:
    """The speaker behind a label, where no office tells the name from the rest: 王某　某学院副教授, 某支部 王某, 王某（某中心）."""
    words = line.split()
    if len(words) > 1 and min(map(len, words)) > 1:
        known = [name(word, strict=True) for word in words]
        if all(known):
            return None             # several people
        if who := known[0] or known[-1]:
            return Speaker(who, role(" ".join(words[1:] if known[0] else words[:-1])))
    behind = _OTHER_ORDER.fullmatch(line)       # 王某，村委会主任
    if behind and (who := name(behind[1], strict=True)) and (title := role(behind[2])):
        return Speaker(who, title)
    if bracketed := _NAME_BRACKETED.fullmatch(line):
        who = name(bracketed[1], strict=True)
        return Speaker(who, role(bracketed[2])) if who else None
    who = name(line)
    return Speaker(who, None) if who else None


def given(who: str, office: str) -> Speaker:
    """The speaker that fields of their own name, a name and an office; what is none (佚名, admin, a body, several people) says nothing."""
    line = speaker_line(who) if who and not _OTHERS.match(who) else None
    alone = None if line or _SEVERAL.search(who.strip()) or _IS_BODY.search(who) else name(who)
    title = role(office) or (line.role if line else None)
    return Speaker(line.name if line else alone, None if title in _VAGUE else title)


def agreed(said: Speaker, told: Speaker) -> Speaker:
    """Of what the page says and what a field of its own tells, each the one that says more; the field's where they contradict."""
    if said.name and told.name and said.name not in told.name and told.name not in said.name:
        return told
    return Speaker(fuller(said.name, told.name), fuller(said.role, told.role))


def fuller(said: str | None, told: str | None) -> str | None:
    """What was said where it holds what was told, else what was told."""
    return said if said and (not told or told in said) else told


def lone_name(line: str) -> str | None:
    """The name that a line of the head is, where it is nothing but a name with a known family name: 李学勇, 龚 正."""
    line = line.strip().strip("*#（）() 　□■●◆◇▲△◎○☆★·")
    return name(line, strict=True) if len(line) <= 16 and not set(":：，。、").intersection(line) else None


def _without_anonymous(office: str) -> str:
    """An office without the blanks that stand for its holder's name, and without the family name before them (县长李××)."""
    bare = _ANONYMOUS.sub("", office)
    last = _PARTS.split(bare)[-1]
    return bare[:-1] if bare != office and not _one_role(last) and _one_role(last[:-1]) else bare


def office_line(line: str) -> str | None:
    """The office that a line gives without a name (市长; 县委书记), else None."""
    line = _without_anonymous(line.strip().strip("#（）() 　:：")).strip("*：: 　")
    if 2 <= len(line) <= 20 and _office_alone().fullmatch(line):
        office = role(line)
        return None if office in _OF_MANY else office
    return None


def _is_place(word: str) -> bool:
    """Whether all of a word is the name of a place, in full or without its rank."""
    return any(found[:2] == (0, len(word + rank)) for rank in ("", *"省市区县州") for found in places(word + rank))


def before_account(words: str) -> Speaker | None:
    """Who stands with office and name before the name of the account that put the page out, nothing between: 县委书记王某某某县机关党建.
    A name has three characters, or two where the account's own name begins with a word only behind these."""
    office = next((match for match in _role_end().finditer(words) if words[match.end():match.end() + 1] not in "、，兼"), None)
    rest = words[office.end():] if office else ""
    if not office or len(rest) < _FULL_NAME - 1 + _LEAST_ACCOUNT or _is_place(rest[:_FULL_NAME]):
        return None
    begins = [rest[size:size + 2] in known_words().known or _is_place(rest[size:size + 2]) for size in (_FULL_NAME - 1, _FULL_NAME)]
    who = name(rest[:_FULL_NAME - 1 if begins == [True, False] else _FULL_NAME], strict=True)
    title = role(words[:office.end()]) if who else None
    return Speaker(who, title) if who and title and title not in _VAGUE else None


def caption(line: str) -> Speaker | None:
    """The speaker that the caption of a photograph names: 省长王予波代表省人民政府向大会作政府工作报告。"""
    match = _CAPTION.search(line) if "报告" in line and len(line) <= 160 else None
    if not match:
        return None
    who = _BEFORE_NAME_ENDS.split(match["who"].removeprefix("图为"))[0]
    found = _split(who)
    if found:
        return found
    alone = name(who, strict=True)
    return Speaker(alone, None) if alone else None


def person(words: str) -> Speaker | None:
    """The speaker that words are and no more, with or without 同志 and an office: 习近平总书记, 市委书记李某同志."""
    bare = _ADDRESSED.sub("", words)
    if not 2 <= len(bare) <= 30:
        return None
    named = _name_then_office().fullmatch(bare)
    if named and (who := _not_body(name(named[1], strict=True), named[2])):
        return Speaker(who, role(named[2]))
    found = _split(bare)
    alone = name(bare, strict=True)
    return found or (Speaker(alone, None) if alone else None)


def lead(line: str) -> Speaker | None:
    """The speaker that a sentence above the text names: 新年前夕，国家主席某某通过电视台发表了新年贺词。"""
    if len(line) > 240:
        return None
    follows = (_FOLLOWS,) * ("以下" in line or "下面" in line or "下文" in line or "将" in line)
    for pattern in (_LEAD,) * bool(_SAID.search(line)) + (_TOLD,) * ("如下" in line) + follows + (_AT_MEETING,) * ("会" in line):
        at = 0
        while match := pattern.search(line, at):
            if found := _led(match, line):
                return found
            at = match.end("who")       # 首届某论坛在某地召开，某某致辞: the first that may have spoken is nobody
    return None


def _led(match: re.Match[str], line: str) -> Speaker | None:
    """The speaker whom a sentence names with all the offices that stand before the name."""
    who, before = match["who"], line[: match.start("who")]
    while (post := _POST_BEFORE.search(before)) and role(post[1]):
        who, before = post[0] + who, before[: post.start()]     # 党组书记、检察长某某: 、 stands between people, too
    found = _split(who) or _split(match["who"])
    if found:
        return found
    alone = name(match["who"], strict=True)
    return Speaker(alone, None) if alone else None


def self_named(text: str) -> Speaker | None:
    """How a speaker gives his name in the opening: 我叫王某，现任办公室副主任; 我是某出版社社长刘某."""
    opening = text[:300]
    if "我" not in opening and "本人" not in opening:
        return None
    called = _CALLED.search(opening) or _IN_PERSON.search(opening)
    who = name(called[1], strict=True) if called else None
    if called and who:
        holds = _HOLDS.search(opening, called.end(), called.end() + 80)
        own = _IS.match(opening, called.end())
        return Speaker(who, (role(own[1]) if own else None) or (role(holds[1]) if holds else None))
    for match in _FROM.finditer(opening):
        found = _split(match[1])
        if found and len(match[1]) >= 5:
            return found
        trade = _TRADE.search(match[1])
        if trade and (who := name(trade[1], strict=True)):
            return Speaker(who, None)
        does = _DOES.search(match[1])
        if does and does[1] not in known_words().known and (who := name(does[1], strict=True)):
            return Speaker(who, None)
        place, _, last = match[1].rpartition("的")
        if place and not _BY_TRADE.search(last) and (who := name(last, strict=True)):
            return Speaker(who, None)
    return None


def seeks(words: str) -> bool:
    """Whether a title or an opening is that of one who seeks an office: 办公室主任竞聘演讲."""
    return bool(_SEEKS.search(words))


def holds_now(text: str) -> str | None:
    """The office that a speaker says in the opening to hold now: 我叫王某，现任办公室副主任."""
    said = _HOLDS_NOW.search(text, 0, 600)
    return role(said[1]) if said else None


def in_title(title: str) -> Speaker:
    """What a title says of its speaker: 区长在…上的讲话, 韩正市长在…, 张三：在…上的讲话, 市委书记李四同志在…."""
    title = title.strip()
    subtitle = title.rpartition("——")[2]
    if "在" in subtitle:
        headline = _COLON.match(title) if title != subtitle else None
        named = _split(headline[1]) if headline and headline.end() <= title.rfind("——") else None
        if named and in_title(subtitle).name is None:
            return named        # 校长王某：把灯点亮——在毕业典礼上的讲话
        title = subtitle
    colon = _COLON.match(title)
    if colon and _AT.search(title, colon.end()) and not (_split(colon[1]) or office_line(colon[1]) or name(colon[1], strict=True)):
        title, colon = title[colon.end():].strip(), None      # 立法会：财政司司长在…
    if colon:
        before = colon[1]
    else:
        at = _AT.search(title) or _ACCOUNT.search(title)
        if own := _sent_by(title) or (_given_by(title) or _of_member(subtitle) if at is None else None):
            return own
        before = title[: at.start()] if at else ""
    before = _END_DATE.sub("", _FRONT_DATE.sub("", before)).strip()
    before = _ADDRESSED.sub("", before)
    before = _without_anonymous(before)
    if not 2 <= len(before) <= 30:
        return Speaker(None, None)
    found = _split(before)
    if found:
        return found
    for match in _role_end().finditer(before):
        if match.end() == len(before):
            who = _not_body(name(before[: match.start()], strict=True), match[0])
            office = role(before[match.start():] if who else before)
            return Speaker(who, None if office in _VAGUE else office)
    return Speaker(name(before, strict=True), None)


def _sent_by(title: str) -> Speaker | None:
    """Whom a title names with the office behind the name before what he sends to an event: 李某大使致新春招待会的贺辞."""
    sent = _SENDS.match(title)
    named = _name_then_office().fullmatch(sent["who"]) if sent else None
    who = _not_body(name(named[1], strict=True), named[2]) if named else None
    return Speaker(who, role(named[2])) if named and who else None


def _given_by(title: str) -> Speaker | None:
    """Whom a title names right before the kind of speech: 开学典礼校长致词, 县长王某致辞."""
    kind = _KIND_LAST.search(title)
    before = title[: kind.start()].rstrip("的 ") if kind else ""
    before = before[before.rfind("|") + 1:].strip().removesuffix("同志")
    written = _WRITES_TO.match(before) if kind else None
    if held := _name_before_office(written[1] if written else before):
        return held
    if found := _split(before) if 4 <= len(before) <= 30 else None:
        return found
    if (for_others := _FOR_OTHERS.fullmatch(before)) and (who := name(for_others["who"], strict=True)) \
            and who not in known_words().known:
        return Speaker(who, None)
    office = next((match for match in _role_end().finditer(before) if match.end() == len(before)), None)
    title_of = role(office[0]) if office else None
    return Speaker(None, title_of) if title_of and title_of not in _VAGUE else None


def _name_before_office(words: str) -> Speaker | None:
    """Whom a title names before the office, 陈某大使, where that can be no place and no body, of which others are the heads: 金门县长,
    商会副会长, 伊朗大使. The head of a place is told by 代理 and a full name alone."""
    match = _name_then_office().fullmatch(words)
    if match is None or match[1][-1] in _NO_GIVEN_NAME or (len(match[1]) < _FULL_NAME and match[1] in known_words().known):
        return None
    if _OF_PLACE.search(match[2]) and not (len(match[1]) == _FULL_NAME and match[2].startswith("代理")):
        return None
    who, office = _not_body(name(match[1], strict=True), match[2]), role(match[2])
    return Speaker(who, office) if who and office else None


def _of_member(title: str) -> Speaker | None:
    """Whom a title, or its part behind the dash, names by what he is at a congress, where that is a name and no word: 学生代表的发言 is
    anybody's."""
    match = _OF_MEMBER.fullmatch(title)
    if match is None or match["who"] in known_words().known:
        return None
    who = name(match["who"], strict=True)
    return Speaker(who, None) if who else None


def pictured(line: str) -> Speaker | None:
    """The speaker whom the caption of a photograph shows speaking: 某司司长李某致辞. Name and office, or None."""
    kind = _KIND_LAST.search(line) if len(line) <= 40 else None
    found = _split(_ON_STAGE.sub("", line[: kind.start()].removeprefix("图为"))) if kind else None
    return found if found and found.name and found.role else None


def led_to(words: str) -> list[Speaker]:
    """Those whom a sentence of news names with the office before the name, whatever they do: 县长王某没有念稿子; and of whom it says that
    he comes on stage: 今天登台的是养路工王某。 Without the name where it cannot be told how long it is."""
    found = []
    for match in _role_end().finditer(words):
        size = _size_of_name(words, match.end())
        title = role(_OFFICE_BEFORE.split(words[:match.end()])[-1]) if size != 0 else None
        if title and title not in _VAGUE:
            found.append(Speaker(words[match.end():match.end() + size] if size else None, title))
    for match in _COMES_ON.finditer(words):
        if not any(match["who"].endswith(one.name or "") for one in found) and (who := name(match["name"], strict=True)) \
                and who not in known_words().known:
            found.append(Speaker(who, None))
    return found


def _size_of_name(words: str, start: int) -> int | None:
    """How many characters the name has that begins at `start` of a sentence; 0 where none does, None where that cannot be told."""
    may_be_one = False
    for size in (3, 2):
        who, behind = words[start:start + size], words[start + size:start + size + 2]
        if len(who) < size or (size == 3 and who[-1] in _NEVER_LAST) or name(who, strict=True) is None or who in known_words().known:
            continue
        if not behind or behind[0] in _BEHIND_NAME | _NEVER_LAST or (size == 3 and (behind[0] in _DOES_NOW
                                                                                    or behind in known_words().known)):
            return size
        may_be_one = True
    return None if may_be_one else 0


def holder(office: str, line: str) -> str | None:
    """The name of who holds `office` as a sentence of news tells it (由市长李某与…共同主持), or None."""
    for match in re.finditer(rf"(?<!副){re.escape(office)}([{_HAN}]{{2,4}})", line):
        for size in (3, 2):
            behind = line[match.start(1) + size: match.start(1) + size + 1]
            if len(match[1]) >= size and (not behind or behind in _BEHIND_NAME) and (who := name(match[1][:size], strict=True)):
                return who
    return None


def in_text(text: str) -> str | None:
    """The office that the speaker gives himself in the opening or the closing (我在这里当局长), else None."""
    for part in (text[:3000], text[3000:][-1000:]):
        if "我" not in part:
            continue
        for match in _own_office().finditer(part):
            if _PAST.search(part, max(0, match.start() - 16), match.start()) or _THEN.match(part, match.end()):
                continue        # 二十年前我在街道当书记时
            office = role(match[1] or match[2] or match[3])
            if office and office not in _VAGUE:
                return office
    return None
