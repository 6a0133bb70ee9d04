"""Who speaks: the name and the office, from a speaker line (省长　王予波), a caption, a title or the text."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from flows.normalize.places import places
from schemas.lexicons import entries

_HAN = "一-龥〇㐀-䶿"
# Characters that no name holds but that stand beside names in running prose.
_NO_NAME = frozenset("的了是们届与将")
_NEVER = re.compile(
    r"打印|全屏|收藏|下载|分享|加大|还原|减小|首页|正文|返回|关闭|搜索|登录|注册|导读|摘要|目录|附件|来源|时间|日期|作者|编辑|责编|审核|佚名|未知|原创|转载|管理员|"
    r"同志|各位|大家|领导|讲话|报告|致辞|发言|主持|会议|通知|公告|推荐|阅读|相关|文章|上一|下一|本网|本站|记者|摄影|摄$|全文|内容|提要|范文|公文|文秘|小编|"
    r"政府|人民|委员|先生|女士|老师|主任|书记|市长|省长|县长|区长|局长|秘书|党委|党组|代表|国务院|新华|中国|日报|高质量|第一|一、|时代|精神|学习|思想"
)
_NOTE = re.compile(r"[（(〔\[](?:[男女]|[^（()）〕\]]{0,6}族|[^（()）〕\]]{1,14})[）)〕\]]\s*$")
_DEPUTY = r"(?:(?:代理?|副|常务副|第一副|执行|名誉|候任|原任?|时任|前|总|主要)){0,3}"
_SPACED_NAME = re.compile(rf"([{_HAN}])\s+([{_HAN}])")
_ETHNIC = rf"[{_HAN}]{{1,8}}(?:[·•・．][{_HAN}]{{1,8}}){{1,3}}"
_INITIAL_LINE = re.compile(
    r"^(?:[（(【\[]\s*)?(?:报告人|讲话人|讲话者|演讲人|发言人|主讲人|主讲|授课人|致辞人|述职人|主持人|作者|讲话领导|汇报人|宣讲人)\s*[:：]\s*(.{2,40}?)(?:\s*[）)】\]])?$"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: name and office as the title alone; either may be None."""

    name: str | None
    role: str | None


@cache
def _role_nouns() -> str:
    return "|".join(sorted(map(re.escape, entries("roles.txt")), key=lambda noun: (-len(noun), noun)))


@cache
def _family_names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    single, compound, syllables = entries("family_names.txt")
    return frozenset(single), frozenset(compound.split()), frozenset(syllables)


@cache
def _role_end() -> re.Pattern[str]:
    return re.compile(rf"{_DEPUTY}(?:{_role_nouns()})")


@cache
def _office_pattern() -> re.Pattern[str]:
    """An office at the start of a title: 区长在…, 市水利局局长王某某在…, 代省长…; the run before the noun is the organisation."""
    return re.compile(rf"^(?P<office>[^，。；：:！？“”《》]{{0,24}}?{_DEPUTY}(?:{_role_nouns()}))(?P<rest>.*)$")


def name(text: str, *, strict: bool = False) -> str | None:
    """The personal name that text is, inner spaces closed (洪 庆 -> 洪庆), or None where it is none.

    Han names have two to four characters; names with · may be longer. strict also asks for a known family name.
    """
    text = text.strip(" \t\xa0　:：,，、;；-—？?")
    text = _NOTE.sub("", text).strip()
    if "·" in text or "•" in text or "・" in text or "．" in text:
        joined = re.sub(r"\s*[•・．·]\s*", "·", text)
        joined = re.sub(r"\s+", "", joined)
        return joined if re.fullmatch(_ETHNIC, joined) and not _NEVER.search(joined) else None
    joined = re.sub(r"[\s　]+", "", text)
    if not re.fullmatch(rf"[{_HAN}]{{2,4}}", joined) or _NEVER.search(joined) or _NO_NAME.intersection(joined[1:]):
        return None
    single, compound, syllables = _family_names()
    if joined[:2] in compound and len(joined) > 2 or len(joined) == 4 and syllables.issuperset(joined):
        return joined
    if strict and (joined[0] not in single or len(joined) > 3):
        return None
    return joined


def role(office: str) -> str | None:
    """The title alone of an office as a speaker line has it.

    The seat of a government falls away (四川省人民政府省长 -> 省长, 西安市市长 -> 市长), the party committee that makes a 书记 what he
    is stays (中共沈阳市委书记 -> 市委书记), and so does 自治区 before 主席 and 国务院 before 总理. None where no office is in it.
    """
    office = re.sub(r"\s+", "", office).strip("、，,:：-—（）()")
    parts = [part for part in (_one_role(part) for part in re.split(r"[、，,兼/]|暨|及", office) if part) if part]
    return "、".join(parts) or None


def _one_role(office: str) -> str | None:
    found = places(office)
    bare = office
    for start, end, place in reversed(found):
        # 内蒙古自治区主席 is a 自治区主席: of the place only the kind of its government stays, where the title needs it.
        kind = "自治区" if place.name.endswith("自治区") else place.name[-1]
        bare = bare[:start] + kind + bare[end:]
    bare = re.sub(r"^(?:中国共产党|中共)", "", bare)
    matches = list(_role_end().finditer(bare))
    if not matches or matches[-1].end() != len(bare):
        return None
    title = matches[-1][0]
    before = bare[: matches[-1].start()]
    seat = re.search(r"国务院$|中央军委$|军委$", before)
    if seat and ("总理" in title or "主席" in title):
        return seat[0] + title
    if "主席" in title and re.search(r"自治区(?:人民政府)?$", before):
        return "自治区" + title
    if "州长" in title or "县长" in title or "旗长" in title:
        return title
    if "书记" in title or title.endswith(("常委", "委员")):
        party = re.search(r"((?:[省市县区州盟旗镇乡局院校部厅办]|自治区|地)?(?:委|党委|党组|党工委|工委|纪委|党支部|支部|党总支|党))(?:常委会|委员会)?$", before)
        if party:
            # The unit before it is named by one character (市委, 局党组); what belongs to a longer name is the organisation's.
            return party[1] + title
    return title


def _split(line: str) -> Speaker | None:
    """Office and name of a line that holds nothing else: 市人民政府市长 黄海昆; 市长方伟; 洪庆 市长."""
    for match in _role_end().finditer(line):
        office, rest = line[: match.end()], line[match.end():]
        glued = not rest[:1].isspace() and rest[:1] not in ":：（(？?"
        if not rest.strip(" 　:："):
            break
        who = name(rest, strict=glued)
        if who:
            title = role(office)
            if title:
                return Speaker(who, title)
    return None


def speaker_line(line: str) -> Speaker | None:
    """The speaker that a line of the head gives and gives alone, else None."""
    line = line.strip().strip("*#　 ").strip()
    named = _INITIAL_LINE.match(line)
    if named:
        line = named[1].strip()
    line = re.sub(r"^[-—–―─\s]+", "", line)
    if line[:1] in "（(【[" and line[-1:] in "）)】]":
        line = line[1:-1].strip()
    if not 2 <= len(line) <= 60 or re.search(r"[。！；]|[？?]$", line):
        return None
    line = re.sub(r"(?<=[省市县区州院局厅部处校行书秘主])\s+(?=[长记任席]\s)", "", line)
    found = _split(line)
    if found:
        return found
    if named:
        who = name(line)
        return Speaker(who, None) if who else None
    # The other order: 周恩来总理, 李明 （市委书记）
    glued = re.fullmatch(rf"([{_HAN}]{{2,3}})({_DEPUTY}(?:{_role_nouns()}))", line)
    if glued and (who := name(glued[1], strict=True)):
        return Speaker(who, role(glued[2]))
    match = re.fullmatch(rf"({_ETHNIC}|[{_HAN}](?:\s*[{_HAN}]){{1,3}})\s*[（(，,\s]\s*([^（）()]{{2,30}}?)\s*[）)]?", line)
    if match:
        who, title = name(match[1], strict=True), role(match[2])
        if who and title:
            return Speaker(who, title)
    return None


def lone_name(line: str) -> str | None:
    """The name that a line of the head is, where it is nothing but a name with a known family name: 李学勇, 龚 正."""
    line = line.strip().strip("*#（）() 　")
    return name(line, strict=True) if len(line) <= 16 and not re.search(r"[:：，。、]", line) else None


def office_line(line: str) -> str | None:
    """The office that a line gives without a name (市长; 县委书记), else None."""
    line = line.strip().strip("*#（）() 　:：")
    if 2 <= len(line) <= 20 and (match := re.fullmatch(rf".{{0,14}}?{_DEPUTY}(?:{_role_nouns()})", line)):
        return role(match[0])
    return None


_CAPTION = re.compile(
    r"(?:^|[，。、\s（(》>])(?P<who>[^，。；：:！？“”《》\s]{2,40}?)(?:同志)?"
    r"(?:，?在[^，。]{2,40}上|，?代表[^，。]{2,20}?)?，?(?:向大会)?(?:作|做)了?[《“]?(?:\d{4}年)?(?:政府)?工作报告"
)


def caption(line: str) -> Speaker | None:
    """The speaker that the caption of a photograph names: 省长王予波代表省人民政府向大会作政府工作报告。"""
    match = _CAPTION.search(line) if "报告" in line and len(line) <= 160 else None
    if not match:
        return None
    who = re.sub(r"^图为", "", match["who"])
    if re.search(r"代表|在", who):
        who = re.split(r"代表|在(?=[省市县区州全第])", who)[0]
    found = _split(who)
    if found:
        return found
    alone = name(who, strict=True)
    return Speaker(alone, None) if alone else None


def in_title(title: str) -> Speaker:
    """What a title says of its speaker: 区长在…上的讲话, 韩正市长在…, 张三：在…上的讲话, 市委书记李四同志在…."""
    title = title.strip()
    colon = re.match(r"^([^：:]{2,24})[:：](?=.{4})", title)
    if colon:
        found = _split(colon[1].removesuffix("同志"))
        if found:
            return found
        who = name(colon[1].removesuffix("同志"), strict=True)
        if who:
            return Speaker(who, None)
        title_role = role(colon[1]) if _office_pattern().fullmatch(colon[1]) else None
        return Speaker(None, title_role)
    before, at, _ = title.partition("在")
    if not at:
        before, at, _ = title.partition("发表")
    if not at or not 2 <= len(before) <= 30:
        return Speaker(None, None)
    before = re.sub(r"^(?:\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?)", "", before).removesuffix("同志").strip()
    if not before:
        return Speaker(None, None)
    found = _split(before)
    if found:
        return found
    for match in _role_end().finditer(before):
        if match.end() == len(before):
            who = name(before[: match.start()], strict=True)
            title_role = role(before[match.start():] if who else before)
            return Speaker(who, None if title_role in ("领导", "代表", "负责人", "主要负责人", "负责同志", "委员", "主要负责同志") else title_role)
    return Speaker(name(before, strict=True), None)


_SELF = re.compile(
    r"(?:我(?:现在|今天|这次|来|到|在这里|在[^，。]{1,12})?(?:担任|任|当|做|接任|出任|是)(?:了|过|咱们|我们|这个|你们|的|一名|本届|新任)?"
    r"|作为(?:一名|咱们|我们)?(?:本|这个)?)"
)


def in_text(text: str) -> str | None:
    """The office that the speaker gives himself in the text (我在这里当局长), else None."""
    at = text.find("我在这里")
    while at >= 0:
        match = re.match(rf"我在这里(?:[^，。；！？]{{0,6}}?)(?:当|担任|任|做)(?:[^，。；！？]{{0,10}}?)({_DEPUTY}(?:{_role_nouns()}))", text[at: at + 40])
        if match:
            return match[1]
        at = text.find("我在这里", at + 4)
    return None
