"""What kind of speech it is, by its title, and where there is none by what it says of itself."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from schemas.lexicons import rows

_REPORT = re.compile(
    r"(?:向大会|向各位代表|向全体代表|受.{2,20}委托|我代表.{2,30}?)[^。]{0,30}?(?:作|做|报告)[^。]{0,24}?(?:工作|报告)|请予?(?:审议|审查)"
)
_PARTY_LESSON = re.compile(r"(?:上|讲)(?:一|这|这一)?[堂次节]?[^。，]{0,8}党课|"
                           r"(?:今天|这|此次|本次|我)的?这?[堂次节场]?[^。，]{0,4}党课[，的我就是不想要主]")
_LESSON_ENDS = re.compile(r"(?:今天|这|我|本)的?这?[堂次节场]?[^。，]{0,4}党课[^。，]{0,4}(?:就|先)?(?:讲|上)?到(?:这里|这儿|此)")
_OF_ONESELF = re.compile(
    r"述职(?:述廉|述德|述学|述法|述责)*(?:报告)?如下|(?:作|进行|现)述职|述职述廉|(?:向[^。，]{2,14}|现[^。，]{0,12})述职"
)
_COMPETES = re.compile(
    r"我(?:今天|这次)?(?:所?(?:竞聘|竞选|竞争|应聘)(?:的)?(?:岗位|职位|职务|是|[^，。]{2,14}(?:长|员|主任|经理))|"
    r"[^。，]{0,6}参加[^。，]{0,14}(?:竞聘|竞选))|竞聘的(?:岗位|职位|职务)是"
)
_SPEAKS_ON = re.compile("我(?:今天|本次|这次)?(?:要|所)?演讲的?(?:题目|主题|内容)(?:是|为|叫)")
# Whoever takes the floor for a body says so: 我代表民革市委会作大会发言，发言的题目是……
_TAKES_FLOOR = re.compile("我(?:谨|受托|受)?代表[^。；]{2,24}?[作做](?:大会|交流|表态|书面|一个?)?发言(?![的时人席者后])"
                          "|(?<![的位])发言的?(?:题目|主题)(?:是|为|叫)")
_SALUTED = re.compile(
    r"^[^\n，。]{0,30}(?:同志们?|朋友们|代表|委员|来宾|领导|同事们|同学们|老师们|战友们|乡亲们|女士们|先生们|嘉宾|大家|"
    r"记者|评委|同仁|家长|校友|学员|父老|乡亲|主席|阁下|伙伴|员工)[^\n。]{0,20}[：:！!，,]"
)
# A greeting: guests are called, welcomed or congratulated at something that opens or is held, and wished well, in few words without parts.
_GREETING = 1500        # characters that a greeting has at most
_GUESTS = re.compile(r"来宾|嘉宾|女士|先生|朋友们|客商|校友|贵宾|宾客|家长|新人")
_EVENT = re.compile(r"开幕|开园|开业|开馆|开机|开工|奠基|揭牌|揭幕|剪彩|启幕|启动|落成|通车|竣工|投产|签约|首发|庆典|典礼|仪式"
                    r"|婚礼|隆重举行|隆重召开|欢聚一堂|相聚在?|齐聚|周年|闭幕|[节会]在|佳节|新春|新年")
_WELCOMED = re.compile(r"(?:表示|致以|送上|献上)[^，。；]{0,8}?(?:欢迎|祝贺|问候|祝福|敬意|谢意|感谢)|热烈欢迎|热烈祝贺|欢迎各位|欢迎大家")
_WISHED = re.compile(r"预祝|祝愿|(?<![庆])祝(?:大家|各位|愿|本[次届]|大会|活动|全[市县区省])|圆满成功|身体健康|万事如意|阖家幸福|取得圆满")
_PARTS = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．](?!\d)"
                    r"|第[一二三四五六七八九][，、部个])|[讲谈提][^，。]{0,6}[两三四五六几]点", re.MULTILINE)


# Whoever leads through a meeting calls up its items: 下面，进行会议第二项，请…宣读…
_NEXT_ITEM = re.compile(r"(?:会议|大会|仪式|活动|议程)?(?:现在)?进行(?:会议|大会|仪式|活动)?(?:的)?第[一二三四五六七八九]项")
_ITEMS_LEAST = 2
_NOTES_OF_ANY = re.compile("(?<=演讲)稿|(?<!演)讲稿")      # there are some of a lesson, too


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((genre, re.compile(pattern)) for genre, pattern in rows("genres.tsv"))


def competes(text: str) -> bool:
    """Whether who speaks says in the opening that he seeks an office."""
    return bool(_COMPETES.search(text[:600]))


def genre(title: str | None, text: str, dateline: str | None = None, filed: Sequence[str] = ()) -> str:
    """One of schemas.speeches.GENRES: what the title calls it, else what the dateline does (在第七次全国代表大会上的开幕词);
    else 主持词 where it calls up the items of a meeting; else 工作报告, 党课, 述职报告 or 演讲 where the text says so; else what it is
    filed as: by a category, a form, the name of a file, each taken at its word where it names one kind alone; else 发言 where whoever
    takes the floor says so; else 致辞 where all of a short text greets; else 讲话 where the opening addresses hearers, else 其他."""
    for said in (title, dateline):
        for name, pattern in _kinds() if said else ():
            if pattern.search(said or ""):
                return name
    opening = text[:600]
    if len(_NEXT_ITEM.findall(text)) >= _ITEMS_LEAST:
        return "主持词"
    if _OF_ONESELF.search(opening):
        return "述职报告"
    if _COMPETES.search(opening) or _SPEAKS_ON.search(opening):
        return "演讲"
    if _REPORT.search(opening):
        return "工作报告"
    if _PARTY_LESSON.search(opening) or _LESSON_ENDS.search(text[-200:]):
        return "党课"
    for said in filed:
        named = [name for name, pattern in _kinds() if pattern.search(_NOTES_OF_ANY.sub("", said))] if said else []
        if len(named) == 1 and named[0] != "工作报告":
            return named[0]
    if _TAKES_FLOOR.search(opening):
        return "发言"
    if _greets(text):
        return "致辞"
    return "讲话" if _SALUTED.match(opening) else "其他"


def filed_as_speech(category: str) -> bool:
    """Whether a catalogue's own word for what it holds is that of a kind of speech: 党课, 领导讲话."""
    return any(pattern.search(category) for _, pattern in _kinds())


def _greets(text: str) -> bool:
    """Whether a text is nothing but a greeting: short, to guests, at something that is celebrated, with a welcome and good wishes."""
    if len(text) > _GREETING or not _GUESTS.search(text, 0, 60) or _PARTS.search(text):
        return False
    return all(cue.search(text, low, high) for cue, low, high in (
        (_EVENT, 0, 300), (_WELCOMED, 0, 700), (_WISHED, max(0, len(text) - 300), len(text))))
