"""The meeting at which a speech was given and whose it was.

在市水利局系统青年干部夜校开学典礼上的动员讲话: 青年干部夜校开学典礼 of 市水利局.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from flows.normalize.places import places
from schemas.lexicons import entries

_NUMBER = r"[一二三四五六七八九十百\d]+"
_WHOLE = re.compile(
    r"^(?:(?:今年|今天|这次|此次|本次|本届|首届|第[一二三四五六七八九十\d]+届|\d{4}年度?|年度)的?)?"
    r"(?:全(?:国|省|自治区|自治州|地区|专区|市|区|县|州|盟|旗|镇|乡|村|局|校|院|厅|委|办|行|司|部|所|站|社|厂|矿|军|系统|集团|公司|街道|社区|开发区|体(?!会))|[我本][省市区县州盟旗镇乡村局校院厅]|[Xx×某*]+[省市县区州局镇乡]|各级)(?=.)"
)
# 自治区某某座谈会 is one of 全区; 自治区成立六十周年庆祝大会 is about the region, and 自治区第十届运动会 is called so
_OWN_REGION = re.compile(
    r"^自治[区州县](?!成立|建立|第|[一二三四五六七八九十\d]+[届次]|人民|党委|党的|政府|政协|人大|[^，。]{0,8}[局厅委办])(?=.{4})"
)
# A meeting named by what it is about, not by whose it is.
_ABOUT = re.compile(r"学习|贯彻|庆祝|纪念|关于|推进|深化|深入|迎接|落实|开展|动员|总结|表彰|加强|创建|争创|打造|欢迎|欢送|全面|进一步")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
# 中国文联十大: the tenth congress is no meeting without whose it is.
_NTH = re.compile(r"[一二三四五六七八九十]{1,3}大(?!会)")
_YEAR = re.compile(r"^(?:19|20)\d\d年度?(?=[^\d年届])")
_SCHOOL_YEAR = re.compile(r"^(?:\d{2,4}(?:[—\-~～]{1,2}\d{2,4})?学年度?)(?:的?第?[一二12上下]学期)?(?=..)")
_UNNAMED = re.compile(r"(?:[这本此一]次|[这一]个|今天的?|这样的?|如此|我们)?(?:的|重要|隆重|全体|专题)*(?:会议|大会|会|活动|座谈会|仪式)")
# Kinds of places and schools that name no one of them: what follows is what the meeting is about (乡镇卫生院建设座谈会).
_ANY = re.compile(
    r"(?:驻|全体|各)?(?:乡镇|镇街|街镇|乡|镇|社区|村居|镇村|驻?村|农村|城乡|中小学|中学|小学|大学|高校|幼儿园|园区|卫生院|养老院|派出所)+"
)
# Many a place is called so, and no township by one character alone: 侨乡文化周, 水乡旅游节, 古镇灯会.
_OF_ITS_KIND = re.compile("(?![某本该])[一-龥][乡镇村]|[一-龥]{2,8}[侨故异他]乡")
# What was founded there is part of the event: 香港特别行政区成立二十六周年酒会.
_FOUNDED = re.compile(r"(?:成立|建立|建[省市区州县]|设[省市区州县]|撤|解放|和平解放|回归|改革开放|第)")
# A body that reports to a meeting: 中共中央纪律检查委员会向党的第十五次全国代表大会的工作报告.
_REPORTED_TO = re.compile(r"^(?:[^，。；在]{2,30})?向(?=(?:中国共产党|中共|党的|[^，。；]{0,12}第)[^，。；]{2,40}会)")
# Where words can be read or heard is no meeting: 在电视上发表讲话.
_MEDIUM = re.compile(r"[^，。]{0,8}(?:电视|广播|电视台|广播电?台|网络|网上|微信|报纸|媒体|主席台|国旗下|现场|讲台|[一-龥]{2,6}[报网])")
# What is unveiled or founded holds no meeting yet, and without it nobody can tell which event it was: 青山实验学校揭牌仪式.
_UNVEILED = re.compile(r"(?:揭牌|揭幕|挂牌|奠基|落成|竣工|开工|封顶|启用)")
_BODY = re.compile(r"(?:常委会|常务委员会)$")
# 第六届高校校长论坛 is the sixth of the forum, and no 第六届高校
_COUNTED = re.compile(rf"(?:第?{_NUMBER}[届次回]|首届)")
# What a committee or a government has for its own: 市委党校, 县委办公室 are one name.
_OF_COMMITTEE = (
    r"党校|行政学院|社会主义学院|(?:组织|宣传|统战|统一战线工作|社会工作|政法|农工|对外联络)部|政法委|党史|地方志|老干部局|办公[室厅]|"
    r"政研室|研究室|督查室|巡[察视](?:办|组)|编办|网信办|(?:直属)?机关工委|讲师团"
)
# Those who head one body each come from many: 农业生产合作社主任会议 is no meeting of one of them. The heads of a standing committee meet.
_OF_HEADS = re.compile(r"(?:副)?(?:主任|书记|支书|经理|干事)(?:、(?:副)?[一-龥]{2,4})?(?:会议|联席会议|座谈会)")
_HEADED_BY_MANY = re.compile("人大|常委会|常务委员会|政协|主席团|[省市县区州盟旗地镇乡纪工党团]委|委员会|党组|党工委|政府|总工会|妇联")
_PLENARY = re.compile(
    rf"(?:中央(?:纪律检查|顾问)?委员会第?{_NUMBER}次(?:全体)?(?:（扩大）)?会议|(?:政协|政治协商会议)[^，。]{{0,12}}委员会第?{_NUMBER}次(?:全体)?会议|"
    rf"中央委员会第?{_NUMBER}次全体会议|{_NUMBER}届[^，。]{{0,8}}(?:{_NUMBER}中全会|(?:纪?委|委员会)第?{_NUMBER}次(?:全会|全体会议))|第?{_NUMBER}次全国代表大会)$"
)
# A congress of the Party or the Youth League is told by whose it is.
_MEMBERS = re.compile(rf"(?:中国共产党|中共|共青团|中国共产主义青年团)[^，。]{{2,20}}第?{_NUMBER}次[^，。]{{0,6}}代表大会$")
# 会见参加军委扩大会议全体同志时的讲话 was given at no meeting.
_MET = re.compile("会见|接见|视察|听取|考察|看望|慰问|走访")
_HELD = re.compile(r"^(?:[一-龥]{2,4}(?=出席|参加|主持))?(?:关于)?(?:召开|举行|举办|出席|参加|主持|开展)(?:的|了)?")
_DATELINE = re.compile(
    r"在?(?P<o>[^，。；在（(]{4,60}?(?:会议|大会|全会|会|仪式|典礼|活动|班|论坛)(?:（[^）]{1,8}）)?)”?(?:上(?:的|所?作的?)?[^，。；）)上]{0,12})?[）)]?$"
)
_DAY_BEFORE = re.compile(r"^.*日(?:上午|下午|晚)?(?=.{4})|^.*\d(?=[^\d届次年月日])")
_AT = re.compile(r"^(?:在|于)|上$")
# 于2022年11月9日立法会会议上: the day is no part of the name
_DAY_IN_FRONT = re.compile(r"^(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:[上下]午|晚上?)?的?(?=.{3})")
# Of 工作会议结束时的讲话 the end of the meeting is no part of its name.
_OVER = re.compile(r"(?<=[会议式礼动班坛])(?:即将|快要|胜利|圆满)?(?:结束|闭幕|闭会|散会|召开|开幕|开始|举行)(?:之际|之前|之后|前|后)?$")
_KIND = (
    r"(?:领导|主持人?|开幕|闭幕)?(?:讲话|发言|致辞|致词|报告|主持|总结|点评|动员|演讲|表态|说明|党课|汇报|主持词|祝酒|祝词|开幕词|闭幕词|开会[词辞]|开幕辞|闭幕辞|贺词|讲稿|讲解|辅导|授课|"
    r"宣讲|提纲|述职|欢迎|[悼祭挽][词辞文]|演说|讲演|谈话|献词|颂词|训词|寄语|答谢|感言)"
)
_CONGRESS = re.compile(
    rf"第?{_NUMBER}届(?:全国)?人(?:民代表)?大(?:会)?(?:常委会|常务委员会)?第?{_NUMBER}次(?:会议)?|人民代表大会"
)


# The report of a body to its own congress; 学校 and 集团公司 name none.
_INSTITUTION = "大学|学院|学校|中学|小学|医院|集团|公司|银行|研究院|研究所|" \
               "协会|学会|商会|联合会|促进会|基金会|校友会|同乡会|同学会|联谊会|总工会|供销社"
_OWN_REPORT = re.compile(rf"(?!关于)(?P<org>[^，。；：在向对\d]{{2,20}}(?:{_INSTITUTION}))"
                         rf"(?:(?:19|20)\d\d(?:[—\-至](?:19|20)\d\d)?(?:学?年度?)?|年度)?工作报告")
_NO_NAME = re.compile(rf"(?:我|本|全|总|{_INSTITUTION})*")


_HOLDS = ("召开", "举行", "举办")
_CONVENES = re.compile(r"(?:^|[，。；：:\s]|(?<=\d)日)(?:今[天日]|昨[天日]|近日|日前)?(?:[上下]午)?(?P<host>[一-龥]{3,16}?)"
                       r"(?:隆重)?(?:召开|举行|举办)了?(?P<meeting>[^，。；：:]{4,40})")
_SEVERAL = re.compile("[和与及在由]|联合|委$|政府$|人大$|政协$")


@cache
def _meeting() -> str:
    # 委员会, 村委会, 协会 and 社会 end like meetings and are none.
    bare = "(?<![员协学工商社机理董监])(?<![村居管组筹业]委)会"
    nouns = sorted(entries("meetings.txt"), key=lambda noun: (-len(noun), noun))
    return "|".join((bare if it == "会" else re.escape(it)) + "(?![议期员])" * (it[-1] == "会") for it in nouns)


@cache
def _meeting_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{_meeting()})(?:（[^）]{{1,8}}）)?(?:会议)?$")


@cache
def _at_title() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"(?:在|于)(?P<o>[^，。；在]{{2,90}})(?:上|中(?![心央国学共])|时|期间)(?:所?作?的?|（[^）]{{1,12}}）的?)[^在。]{{0,12}}?{_KIND}"),
        re.compile(rf"(?:在|于)(?P<o>[^，。；]{{2,90}}?(?:{_meeting()}))(?P<rest>(?:的|所?作的)?[^在。]{{0,6}}?){_KIND}"),
        re.compile(rf"(?:出席|主持)(?P<o>[^，。；在]{{2,60}}?(?:{_meeting()}))(?:上|时)?(?:的|所?作的?)?(?P<rest>[^在。]{{0,6}}?){_KIND}"),
        # 某镇书记党课讲稿 names the kind of text, 在某支部专题党课上的讲话 the occasion
        re.compile(rf"^(?P<o>[^，。；：在]{{2,60}}?(?:{_meeting()}))(?<!党课)(?:上?的?)(?P<rest>[^，。]{{0,8}}?){_KIND}"),
    )


@cache
def _at_text() -> re.Pattern[str]:
    # No comma is crossed; quotes may hold one (“比学赶超、争先进位”总结表彰大会).
    return re.compile(
        r"(?:今天|今晚|今日|现在|此次|这次|上午|下午|这里|我们|市委|县委|区委|省委|政府|决定|专门|隆重|同意)[^。！？\n]{0,12}?"
        r"(?<!刚刚)(?<!已经)(?<!不久前)(?<!胜利)(?:召开|举行|举办)(?:的|了)?(?:这次|这个|本次|一次|这样一次)?"
        rf"(?P<o>(?:“[^”]{{1,30}}”|[^，。；：！？“”\n]){{2,50}}?(?:{_meeting()})(?:（[^）]{{1,8}}）)?(?:会议)?)(?=[，。；、！\n]|$|的)"
    )


@cache
def _organ() -> re.Pattern[str]:
    ends = "|".join(entries("organs.txt"))
    return re.compile(
        rf"^(?P<org>(?:[^，。“”《》、（）]{{0,20}}?(?:{ends}))(?:{ends}|办公室|机关党支部|第[一二三四五六七八九十]+支部|[^，。]{{0,4}}(?:[支大总中]队|分局|分院|党支部)){{0,3}}?)"
        rf"(?:系统|机关)?(?:\d{{4}}年度?)?(?P<bare>(?!(?<=中)学(?!习))(?!{_OF_COMMITTEE})(?!公司|集团公司|有限|股份|小学|中学|大学|学校|学院|幼儿园|医院|卫生院|银行|法院|检察院|派出所)(?![^，。]{{0,4}}(?:[支大总中]队|分局|分院)(?!长)).{{3,}})$"
    )


def parted(meeting: str) -> tuple[str | None, str | None]:
    """The organisation and the event of the name of a meeting: 市水利局系统夜校开学典礼 -> (市水利局, 夜校开学典礼).

    全市, 我县 and the like name no organisation and fall away, as does a place in front.
    """
    meeting = _HELD.sub("", meeting.rpartition("——")[2].strip(" 　，、（("))
    if _MET.match(meeting) or _MEDIUM.fullmatch(meeting):
        return None, None
    meeting = _SCHOOL_YEAR.sub("", _REPORTED_TO.sub("", meeting))
    if _CONGRESS.search(meeting):
        if "中国共产党" in meeting or "共青团" in meeting:
            return None, meeting
        return None, "人民代表大会会议"
    if _MEMBERS.match(meeting):
        return None, meeting
    if _PLENARY.search(meeting):
        # A plenary meeting is told by whose it is.
        return None, meeting
    whole = _WHOLE.match(meeting)
    if whole:
        return None, meeting[whole.end():] or None
    match = _organ().match(_YEAR.sub("", meeting))
    if match and _plain(match["bare"]) and not _UNVEILED.match(match["bare"]) \
            and not _ABOUT.match(match["org"]) and not _COUNTED.match(match["org"]) and not _ANY.fullmatch(match["org"]) \
            and not _OF_ITS_KIND.fullmatch(match["org"]) \
            and not (_OF_HEADS.fullmatch(match["bare"]) and not _HEADED_BY_MANY.search(match["org"])):
        return _PARTY.sub("", match["org"]), match["bare"]
    meeting = _OWN_REGION.sub("", meeting)
    found = places(meeting)
    end = 0
    for start, stop, _ in found:
        if start != end:
            break
        end = stop
    return None, meeting[end:] if len(meeting) - end >= 4 and not _FOUNDED.match(meeting, end) else meeting


def reporting(title: str) -> str | None:
    """The body to whose own meeting a report is given, by its title (青山大学2019年工作报告); None for one that reports to others, as a
    government or a court does to a congress, and for one that its title does not name (学校工作报告)."""
    match = _OWN_REPORT.fullmatch(title)
    return match["org"] if match and not _NO_NAME.fullmatch(match["org"]) else None


# Of whose meeting a title speaks without its name, and how the names of such bodies end.
_WHOLE_BODY = re.compile("[在于]全(院|校|行|厂|公司|集团)(?![省市县区外])")
_BODIES = {"院": "(?:法|检察|医|学|研究|设计|保健|卫生)院", "校": "大学|中学|小学|学校|党校|学院", "行": "[支分]行|银行", "厂": "厂",
           "公司": "公司", "集团": "集团"}


def of_whole(title: str, offices: Sequence[str]) -> str | None:
    """The body of which the office of the speaker tells the name, where the title calls the meeting that of all of it: 在全院大会上的讲话 /
    某县人民法院院长 王某. None where it tells none."""
    whole = _WHOLE_BODY.search(title)
    if whole is None:
        return None
    named = re.compile(rf"(?:讲话人[:：])?(?P<org>[一-龥]{{2,20}}?(?:{_BODIES[whole[1]]}))"
                       r"(?:党委|党组|党总支)?(?:常务)?副?(?:书记|院长|校长|行长|厂长|总经理|董事长|总裁|检察长)")
    found = {match["org"] for office in offices if (match := named.match(office))}
    return found.pop() if len(found) == 1 else None


# The ceremonies that only schools hold, and who speaks there as the head of one
_OF_A_SCHOOL = re.compile("(?:开学|散学|毕业|结业|休业|升旗|成人|军训)[^，。]{0,8}(?:典礼|仪式)|家长会")
_HEAD_OF_SCHOOL = re.compile(rf"(?:讲话人[:：])?(?P<org>[一-龥]{{2,20}}?(?:{_BODIES['校']}|书院|幼儿园))"
                             "(?:常务)?副?(?:校长|园长)(?!助理)")


def of_school(occasion: str, offices: Sequence[str]) -> str | None:
    """The school whose ceremony it is, by the office of its head where he speaks: 开学典礼 / 某县第二中学校长 王某. None where there is no
    such office, or the occasion is no school's alone."""
    if not _OF_A_SCHOOL.search(occasion):
        return None
    found = {match["org"] for office in offices if (match := _HEAD_OF_SCHOOL.match(office)) and not _NO_NAME.fullmatch(match["org"])}
    return found.pop() if len(found) == 1 else None


def without_rank(meeting: str | None, text: str) -> str | None:
    """The name of a meeting without the 镇 or 县 that is left of 某某镇 where a site took out its name, told by the text, which calls the
    meeting by 全镇: 镇防汛工作会议."""
    return meeting[1:] if meeting and meeting[0] in "镇乡县区市州" and f"全{meeting}" in text else meeting


def convener(occasion: str, lines: Sequence[str]) -> str | None:
    """The organisation of which one of `lines` says that it held the occasion: 市总工会召开全市劳模座谈会. Not a party committee or a
    government, which call together all that is theirs, nor one of several."""
    for line in lines:
        if occasion not in line or not any(verb in line for verb in _HOLDS):
            continue
        for match in _CONVENES.finditer(line):
            host = match["host"]
            if occasion in match["meeting"] and not _SEVERAL.search(host) and parted(host + occasion) == (host, occasion):
                return host
    return None


# To which a house calls its own, by its head: whose house it is the site tells
_OF_HOUSE = re.compile(r"开学|毕业(?!季)|入学|散学|休业式|结业|迎新|成人礼|百日誓师|升旗|军训|家长会|运动会|艺术节"
                       r"|校庆|院庆|建[校院]|教代会|职代会|教职[员工]工?(?:代表)?大会|(?<!全国)开放日")
_HOUSES = {"校长": "大学|学院|[中小]学|学校|幼儿园|党校|职校|技校|附[中小]|[一二三四五六七八九十]中|分校", "园长": "幼儿园|幼稚园",
           "院长": "医院|学院|研究院|卫生院|法院", "检察长": "检察院", "馆长": "博物馆|图书馆|美术馆|文化馆|科技馆|纪念馆|档案馆"}


def of_house(occasion: str, role: str | None, names: Iterable[str | None]) -> str | None:
    """The school, the hospital or the court whose head speaks to its own, at a 开学典礼 or a 开放日, by the `names` that its site gives
    itself (某县第二中学, 某某大学新闻网); None where they name none, or several."""
    kinds = _HOUSES.get((role or "").removeprefix("副"))
    if kinds is None or not _OF_HOUSE.search(occasion):
        return None
    found = {match[1] for name in names if name and (match := re.fullmatch(
        rf"([一-龥]{{2,24}}?(?:{kinds}))(?:官方)?(?:门户)?(?:新闻)?(?:官网|网站|网|公众号)?", name.strip()))}
    return found.pop() if len(found) == 1 else None


# Those who come to it are the members or owners of one body, which stands above by its name.
_OF_MEMBERS = re.compile(r"(?:会员|股东|社员|理事)(?:代表)?(?:周年|年度|常年|特别)?大会|(?:周年|常年)(?:会员|股东)?(?:代表)?大会")
_OF_ITS_MEMBERS = re.compile(r"(?=.{4,24}$)[一-龥]+(?:有限公司|总会|协会|学会|商会|公会|联合会|联谊会|促进会|同学会|校友会|同乡会"
                             r"|宗亲会|基金会|合作社|俱乐部|会馆)")


def of_members(occasion: str, lines: Sequence[str]) -> str | None:
    """The body whose members meet at `occasion`, where one of `lines` is its name and nothing else (青山合唱协会 / 第九届会员大会会务报告);
    None where there is none, or more than one."""
    if not _OF_MEMBERS.search(occasion):
        return None
    named = {line for line in lines if _OF_ITS_MEMBERS.fullmatch(line)}
    return named.pop() if len(named) == 1 else None


def _plain(rest: str) -> bool:
    return bool(_meeting_end().search(rest)) and not rest.startswith(("的", "与", "和", "长", "员", "及", "生")) and not _NTH.match(rest)


def like_meeting(line: str) -> bool:
    """Whether a line ends as the names of meetings do."""
    return bool(_meeting_end().search(line))


def named(meeting: str) -> tuple[str | None, str | None]:
    """`parted` for the name of a meeting that stands alone (全县教育工作会议, 在全县教育工作会议上); (None, None) where it names none."""
    meeting = _AT.sub("", meeting.strip(" 　《》“”\"'。"))
    if not 3 <= len(meeting) <= 60 or not _meeting_end().search(meeting) or _UNNAMED.fullmatch(meeting):
        return None, None
    return parted(meeting)


def occasion(title: str | None, dateline: str | None, text: str) -> tuple[str | None, str | None]:
    """(organisation, occasion) by the title, else by the dateline (——1998年1月8日在河北省第九届人民代表大会第一次会议上), else by what the
    opening of the text says is being held today. Each may be None."""
    for pattern in _at_title() if title else ():
        match = pattern.search(title or "")
        if not match or (_BODY.search(match["o"]) and pattern is _at_title()[-1]) or match["o"].count("（") != match["o"].count("）"):
            continue
        meeting, rest = _OVER.sub("", _DAY_IN_FRONT.sub("", match["o"])), match.groupdict().get("rest") or ""
        # what is said at a 会议 before all is a 大会发言
        return parted(meeting + rest if rest not in ("", "大会") and _meeting_end().search(meeting + rest) else meeting)
    if dateline:
        match = _DATELINE.search(dateline)
        if match:
            meeting = _DAY_BEFORE.sub("", match["o"])
            return parted(meeting[1:] if meeting[0] == "“" and "”" not in meeting else meeting)
    opening = text[:500]
    match = _at_text().search(opening) if "召开" in opening or "举行" in opening or "举办" in opening else None
    return parted(match["o"]) if match and not _UNNAMED.fullmatch(match["o"]) else (None, None)
