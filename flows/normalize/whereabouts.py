"""Which province, prefecture or county a speech is of: by what the page says of it, else by whose words they are."""
from __future__ import annotations

import re
from collections.abc import Sequence

from flows.normalize import places, source_names, titles
from flows.normalize.evidence import Surroundings
from flows.normalize.heads import HEAD_LINES, LONGEST_LINE
from flows.normalize.places import Place
from flows.normalize.speakers import Speaker

_NATIONAL = re.compile(r"国务院|全国人民代表大会|中国共产党第[^省市县]{1,8}次全国代表大会|中国共产党成立|中共中央")
_LOCAL_POST = re.compile(r"(?:代理?|常务副|副)?(自治区|自治州|自治县|[省市县区州旗盟])(?:长|委|主席|人民政府|政府|人大|政协)")
# 县教育局局长: whose county is told by the site. 市场监管局 begins with no city.
_LOCAL_OFFICE = re.compile(r"(自治区|自治州|自治县|[省县州旗盟]|市(?!场)|区(?!域))[一-龥]{2,14}[局委办部厅院]")
# Of whose meeting a title or the first words speak without a name: 全县, 我市. 安全区 and 全州县 are none.
_WHOLE = re.compile(r"(?<![安健齐万完])[全我](自治区|自治州|自治县|[省市县区州旗盟])(?![长委域县])")
_CONVENED = re.compile(rf"(?:召开|举行|举办)[^，。；\n]{{0,6}}?{_WHOLE.pattern}")
_SCHOOL_OR_FIRM = re.compile(r"[全我](?:校|院|厂|局|公司|集团|镇|乡|村|街道)")
_CONVENED_WITHIN = 300      # characters from the beginning
# For whom of a county or a city somebody speaks there: 我代表县委党校，对大家的到来表示欢迎
_ON_BEHALF = re.compile(r"我(?:谨|在此|首先|受托)?代表(自治区|自治州|自治县|[省县州旗盟]|市(?!场)|区(?!域))"
                        r"(?:委|政府|人民政府|人大|政协|纪委|[一-龥]{2,12}?(?:局|会|院|办|中心|党校|团))")
# Who speaks in a township or village of a county, or at whose meeting it is
_TOWNSHIP_POST = re.compile(r"(?:代理?|副)?(?:[镇乡](?:长|党委|人大|政协|人民政府|政府)|街道(?:党工委|办事处|办)|村(?:党|支部|民?委|主任))")
# ... where the office names the township before its own name falls away: 石桥街道党工委书记
_TOWNSHIP_OFFICE = re.compile("[一-龥]{1,6}(?:街道(?:党工委|工委|办事处|办)|[镇乡](?:党委|人民政府|政府|人大))"
                              ".{0,4}(?:书记|主任|主席|[镇乡]长|委员)")
_OF_COUNTY = re.compile(r"[一-龥]{2,8}[县旗](?:委|人民政府|政府|门户|公众|信息|党建|新闻|之窗)")
_WHOLE_TOWNSHIP = re.compile(r"[全我](?:[镇乡](?![亲村下土愁镇])|街道)")
# Whose site it is, at its foot
_RUN_BY = re.compile(r"(?:主办单位|主办|版权所有|网站主办|主管单位)\s*[:：]\s*([一-龥]{4,24}?)"
                     r"(?=承办|维护|协办|地址|电话|网站|技术|备案|[^一-龥]|$)")
# ... or above it: 石桥之窗　安徽省某县石桥镇人民政府主办
_HOSTED = re.compile(r"(?<![一-龥])([一-龥]{5,30}(?:政府|委员会|党委|办事处|办公[室厅]|(?<![大格布全结当开棋])局|档案馆))"
                     r"(?:[、和][一-龥]{4,24}?)?(?:主办|主管)(?![一-龥])")
# ... or that it is of the government of one of the two regions: 香港政府一站通, 某局　澳门特别行政区政府新闻局
_OF_REGION = re.compile(r"(?P<region>香港|澳门)(?:特别行政区|特区)?政府(?:一站通|新闻|公报|入口|门户|网|资讯|版权)")
_HEADS_OF_REGION = re.compile(r"(?:代理?|副|署理)?(?:行政长官|[司局署处]长|警务处长|[一-龥]{0,4}专员|总监|关长|审计署署长|廉政专员|助理)")
# Which lines name a book
_BOOK = re.compile(r"《?[一-龥]{2,14}(?:志|年鉴|(?:史料|资料|文件|文献|文史|文稿|讲话|档案)"
                   r"(?:汇编|选编|选辑|汇集|选集|选|集)?)》?(?:[（(·]?[第卷辑期一二三四五六七八九十\d]{1,6}[）)]?)?")
# In whose archives a paper is kept: 某县档案馆　全宗号 7　案卷号 31
_KEEPER = re.compile(r"(?P<body>[一-龥]{3,16}档案[馆局])(?=$|[\s:：|｜,，]|全宗|馆藏|档号|卷宗)")
# Where guests are welcomed by who is at home there
_WELCOME = re.compile(r"欢迎(?:大家|各位|你们|您)?(?:[^，。！？；\n来到]{1,6})?(?:再次)?(?:来到|光临|莅临)"
                      r"(?P<place>[一-龥]{2,10})(?=[，。！、；])")
_WELCOMED_WITHIN, _HOME = 400, 3        # characters from the beginning; times that the place is named
_FOR_THE_NATION = re.compile(r"(?<!人大)代表(?:国务院|[^，。：:！\n]{0,8}中央)")
# ... for whom by name: 我谨代表某省水利厅, 我代表中共某市委
_FOR_NAMED = re.compile(r"我(?:谨|在此|首先|受托|仅)?(?:谨|仅)?代表(?:中共|中国共产党)?(?P<body>[一-龥]{4,20})")
_BODY_END = re.compile("委员会|政府|人大|政协|[委局厅会办院]")
_LETTERHEAD = re.compile("[一-龥（）()]{6,30}")
# What whoever is called so is the head of, and at whose meetings he speaks as a guest.
_INSTITUTIONS = {"院长": "医院|卫生院|保健院|法院|检察院|学院", "校长": "中学|小学|学校|党校|学院|大学", "园长": "幼儿园"}
_OF_OTHERS = re.compile("全国|全[省市区州]|国际|世界")
_GOVERNMENT = re.compile(r"(?:代表|受)([^，。]{1,20}?)(?:人民政府|政府|革命委员会|行政公署)")
_COMMITTEE = re.compile(r"中共([^，。、]{2,8}?[省市州县区盟旗])委")
_LEVELS = {"省": places.PROVINCE, "自治区": places.PROVINCE} | dict.fromkeys(("市", "州", "自治州", "盟", "地区"), places.PREFECTURE)


def agreed(said: Place | None, field: str, text: str) -> Place | None:
    """The place of the page where it lies in that which a field of its own tells, else the latter."""
    stated = places.named(field)
    return said if stated is None or (said and places.within(said, stated)) else places.coded(stated, f"{field}\n{text[:1500]}")


def told(title: titles.Title | None, forms: Sequence[str], page: Surroundings, lines: Sequence[str], text: str, kind: str) -> Place | None:
    """The place that a speech's dateline, title (clean, with its other forms), venue, speaker's office or news name; of a report also that
    whose government reports. None for a speech to the nation."""
    said = [*page.datelines, *([title.clean] if title else []), *forms]
    joined = "\n".join(said)
    if _NATIONAL.search(joined) or _FOR_THE_NATION.search(text[:150]):
        return None
    context = joined + "\n" + "\n".join(lines) + "\n" + text[:1500]
    for line in said:
        if found := places.place(line):
            return places.coded(found, context)
    for line in page.venues:
        if found := places.named(line):
            return places.coded(found, context)
    for line in page.office_lines:
        if found := places.place(line):
            return places.coded(found, context)
    for line in page.held:
        if found := places.named(line):
            return places.coded(found, context)
    if kind != "工作报告":
        return None
    match = _GOVERNMENT.search(text[:400])
    if not match:
        return None
    committee = _COMMITTEE.search(text[:3000])
    found = places.place(match[1]) or (places.place(committee[1]) if committee else None)
    if found and (found.name[-1] == match[1][-1] or len(match[1]) > 3):
        return places.coded(found, context)
    level = _LEVELS.get(match[1])
    return places.mentioned(text, level) if level else None


def whose_site(given: dict[str, str], page: Surroundings, lines: Sequence[str], tail: Sequence[str]) -> list[str]:
    """The names by which a page says whose site it is: behind its title, in its head, at its foot."""
    above = [match[1] for line in lines if len(line) <= LONGEST_LINE and "主" in line and (match := _HOSTED.search(line))]
    behind = [pieces[-1] for form in (given.get("title", ""), *page.titles) if len(pieces := source_names.PIECES.split(form)) > 1]
    below = [match[1] for line in tail if len(line) <= LONGEST_LINE
             for match in (*_RUN_BY.finditer(line), *(_HOSTED.finditer(line) if "主" in line else ()))]
    # the foot of other sites only links to them
    own = [*lines, *(line for line in tail if "版权" in line or "©" in line)]
    regions = {match["region"] for line in own if "政府" in line and len(line) <= LONGEST_LINE for match in _OF_REGION.finditer(line)}
    return [*behind, *above, *below, *(f"{region}特别行政区政府" for region in sorted(regions))]


def keepers(lines: Sequence[str]) -> list[str]:
    """The archives in which a paper is kept, as the head of its record has them."""
    return [match["body"] for line in lines if "档案" in line and (match := _KEEPER.match(line))]


def welcomed(text: str) -> Place | None:
    """The place to which a speaker welcomes those who came, where it is also spoken of again and again: 欢迎来到某地，…"""
    if "欢迎" not in text[:_WELCOMED_WITHIN]:
        return None
    for match in _WELCOME.finditer(text, 0, _WELCOMED_WITHIN):
        if (found := places.named(match["place"])) and text.count(match["place"]) >= _HOME:
            return places.coded(found, text[:1500])
    return None


def spoken_for(text: str) -> Place | None:
    """The place whose committee, government or office the speaker says by its name, with which it begins, that he speaks for:
    我谨代表某省水利厅，向…"""
    for match in _FOR_NAMED.finditer(text, 0, _CONVENED_WITHIN):
        home, reached = None, 0
        for start, end, place in places.places(match["body"]):
            if start != reached:
                break
            home, reached = place, end
        if home and _BODY_END.search(match["body"], reached):
            return places.coded(home, text[:1500])
    return None


def letterhead(lines: Sequence[str]) -> list[str]:
    """The first line above a text, where it may be the name of the office whose paper or page it is: 某县防汛抗旱指挥部办公室."""
    return [line for line in lines[:1] if len(lines) < HEAD_LINES and _LETTERHEAD.fullmatch(line)]


def of_institution(title: titles.Title | None, speaker: Speaker, given: dict[str, str], text: str) -> Place | None:
    """The place in the name of the hospital, the school or the court whose site it is, by what stands behind the title of the page, of
    whoever speaks there as its head: 院长王某 on the site of 某县人民医院."""
    kinds = _INSTITUTIONS.get((speaker.role or "").removeprefix("副")[-2:])
    if kinds is None or (title and _OF_OTHERS.search(title.clean)):
        return None
    behind = [*source_names.PIECES.split(given.get("title", ""))[1:], given.get("site", "")]
    bodies = {match[0] for piece in behind if (match := re.match(rf"[一-龥]{{2,10}}?[省市县区州盟旗][一-龥]{{0,10}}?(?:{kinds})"
                                                                 r"(?=$|[【\[（(\s]|官网|官方|门户|网)", piece.strip()))}
    found = [place for body in bodies for start, _, place in places.places(body)[:1] if start == 0]
    return places.coded(found[0], "\n".join(bodies) + "\n" + text[:1500]) if len(found) == 1 else None


def is_book(line: str) -> bool:
    """Whether a line is the name of a book that holds what was said somewhere: 某阳县志, 某市文史资料选辑（第三辑）."""
    return _BOOK.fullmatch(line) is not None


def own(title: titles.Title | None, page: Surroundings, bodies: Sequence[str | None], books: Sequence[str], speaker: Speaker,
        text: str) -> Place | None:
    """The place that neither title nor office names, of a speaker who speaks of 全县 or is a 县长: that whose government, office or
    paper put the words out, of which a book tells that has them (某阳县志资料), or the editor in a note on them, or that which he names
    as his own. Its rank must be his: 全县 on a province's site is any county. Before all that, the place that the title names bare and
    that put the words out."""
    if _FOR_THE_NATION.search(text[:150]):
        return None
    clean = title.clean if title else ""
    if (alike := places.named_alike(clean, filter(None, bodies))) and not _NATIONAL.search(clean):
        return places.coded(alike, text[:1500])
    regions = {home.name: home for name in bodies if name and name.endswith("特别行政区政府") and (home := places.place(name))}
    if len(regions) == 1 and _HEADS_OF_REGION.fullmatch(speaker.role or "") and not _NATIONAL.search(clean):
        return next(iter(regions.values()))     # its officers name no place, as theirs is the only one
    offices = [speaker.role or "", *page.office_lines, title.raw if title else ""]
    ranks = {post[1] for office in offices if (post := _LOCAL_POST.match(office) or _LOCAL_OFFICE.match(office))} \
        or {match[1] for match in _WHOLE.finditer(clean)}
    if not ranks and not _SCHOOL_OR_FIRM.search(clean) and (convened := _CONVENED.search(text, 0, _CONVENED_WITHIN)):
        ranks = {convened[1]}
    if not ranks and "我" in text[:_CONVENED_WITHIN] and (spoke := _ON_BEHALF.search(text, 0, _CONVENED_WITHIN)):
        ranks = {spoke[1]}
    of_township = any(_TOWNSHIP_POST.match(office) or _TOWNSHIP_OFFICE.match(office) for office in offices)
    if not ranks and (of_township or _WHOLE_TOWNSHIP.search(clean)):
        above = {county.name: county for name in bodies if name and (county := places.above_township(name))}
        if not above:       # the township's page on the site of its county
            above = {county.name: county for name in bodies if name and _OF_COUNTY.match(name)
                     and (county := places.place(name)) and county.level == places.COUNTY}
        return places.coded(next(iter(above.values())), "\n".join(filter(None, bodies))) if len(above) == 1 else None
    if len(ranks) != 1:
        return None
    [rank] = ranks
    named = [*(places.of_body(name, rank) for name in bodies if name), *map(places.place, books)]
    found = {place.name: place for place in named if place and place.name.endswith(rank)} or {
        place.name: place for line in page.notes for _, _, place in places.places(line) if place.name.endswith(rank)}
    one = next(iter(found.values())) if len(found) == 1 else None if found else places.own(text, rank)
    return places.coded(one, "\n".join(name for name in (*bodies, *books) if name) + "\n" + text[:1500]) if one else None
