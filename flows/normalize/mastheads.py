"""Bars and mastheads: what a page or a paper puts around a text about when, where and by whom it was put out."""
from __future__ import annotations

import re
from functools import cache

from flows.normalize import agendas, bars, dates, places, speakers, titles
from flows.normalize.evidence import Day, Surroundings
from flows.normalize.page_lines import EDGE, DatedLine, Line, closed, is_lone_date
from flows.normalize.speakers import Speaker
from schemas.lexicons import entries

_BAR = re.compile(
    r"(?:发布|更新|发表|录入|上传|添加|刊登|见报|入库|成文|创建|修改|推送|公开|生成|发文)?(?:时间|日期|于)\s*[:：|｜丨]|来源\s*[:：|｜丨]|点击|浏览|"
    r"阅读(?:量|数|次)?\s*[:：]?\s*\d|阅读时间?\s*\d+\s*分钟|约\s*\d{3,5}\s*字|字体|字号|编辑\s*[:：]|作者\s*[:：]|打印|关闭|收藏|【(?:19|20)\d\d|责编|出处\s*[:：]|稿源|发布者|发布人|阅读次数|"
    r"点击数|浏览次数|[供投]稿(?:人|者|单位)?\s*[:：]|阅[:：]\s*\d|转[:：]\s*\d|人气|评论|更新(?=$|[\s:：\d（(【\[|｜/]|于|至|时间|日期)|发信站|^(?:微信)?公众号\s*[:：]|^发布\s*[:：]|^(?:发布|公开|生成|成文|发文|印发|更新|编发|刊发|登载|刊载|上传|上载)(?:时间|日期)(?=[\s\d])|《\s?[^》]{2,10}[报刊]\s?》|\d\s?版|第[一二三四五六七八九十]{1,2}版(?=$|[\s，,：:）)])|"
    r"[+＋]\s?关注|"      # the button beside who put it up
    r"\d[万wWkK]?\+?\s*(?:人次|人|次|位)?(?:看过|看了|阅读过?|浏览过?|已读|读过|围观|观看|访问|点赞)(?=$|[\s　|｜·])|"     # 1.2万人看过
    r"(?i:\b(?:posted|published|updated) (?:on|at)\b|\b(?:post|publish|release|updated?)(?:ed)? ?(?:date|time)? ?[:：]|\bhits ?[:：])|"
    # the masthead of a paper: 2016年1月29日 星期五 A7; and what a site of files says: 上传于2021-07-02
    r"(?:星期|周)[一二三四五六日天]\s*(?:[A-Z]\d{1,2}\b|往期|返回首页|版面导航|日期检索|数字报|电子[报版]|第\d+期|今日\d)|"
    r"(?:日报|晚报|晨报|时报|商报|侨报|周报|农民报|都市报)\s*(?=(?:19|20)\d\d年)|(?:上传|发布|发表|更新)于\s*(?=\d)|"
    r"日\s*·\s*[\U0001f30d-\U0001f310\U0001f465\U0001f512]"        # what one posts for all or for friends: 2016年3月9日 · 🌐
)
_PUT_OUT = re.compile(r"(?:发布(?!机构|单位|人|者)|发稿(?=时间|日期)|公开(?=时间|日期)|发表|更新|刊登|见报)(?:时间|日期|于)?"
                      r"|^[（(\s]*时间|来源"
                      r"|(?i:\b(?:posted|published|updated) (?:on|at)\b|\b(?:post|publish|release)(?:ed)? ?(?:date|time)? ?[:：])")
# ... or says behind it: 2014-05-12 上网
_PUT_OUT_BEHIND = re.compile(r"\s*(?:上网|挂网|上线|上传|发布|发表|刊登|张贴|更新|录入|入库)(?=$|[\s】\]）)|｜])")
_FIGURES = re.compile(r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}")
_READERS = re.compile(r"\d{1,3}(?:,\d{3}){1,2}|\d{1,7}")
_WIRE = re.compile(
    r"新华社[^，。\s]{0,8}?(?=\d{4}年)|(?:电|讯)\s*$|\d日?\s*[一-龥]{0,8}(?:新华社|中新社|通讯社|新华网|人民网|日报|晚报|时报|电视台)\s*$"
)
# An ISO date at the beginning of a line of counts and buttons: 2023-07-20 1.2w 主持词
_COUNTED_BAR = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s+\d[\d.,]*\s*[wWkK万千]?(?:\s|$)")
# The bar of a public account, whoever wrote for it: 原创 教务处 某某党校 2019-06-19
_ORIGINAL = re.compile(r"原创[\s:：|｜·]+(?=\S)(?=.{4,60}$)")
_IN_FIGURES = re.compile(r"(?<=\d{4})[-/.](?=\d{1,2}[-/.]\d)")
_COLONS, _BRACKETS = (":", "："), ("(", "（")
# The label of the day on which a paper was written, which is older than that on which the page was put out.
_WRITTEN = re.compile(r"(?:成文|撰写|写作|起草|定稿|签发|制发)(?:时间|日期|于)\s*[:：]?\s*$")
# The bar that stands below a text or behind what a page says that it is about; forms and archives label days of their own.
BAR_BELOW = re.compile(r"(?:发布|更新|发表)?(?<!填表|填报|填写|登记|记录|审核|审批|存档|归档"
                       r"|形成|立卷|建档|著录|移交|开放|解密|扫描)(?:时间|日期)\s*[:：]"
                       r"|^(?:首发|发布|发表|编辑|更新)于\s*\d|来源\s*[:：]"
                       r"|《[^》]{2,10}[报刊]》|“[^”]{2,8}[报刊]”"
                       # whoever put it in, and when, as a clock writes it: 录入：小王　校对：老李　2005-4-11
                       r"|^(?=录入|责编|责任编辑|编辑|校对|发布|上传)(?:[^\s:：]{2,5}\s*[:：]\s*[^\s:：\d]{1,8}[\s|/]*){1,4}"
                       r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$")
# The masthead of a paper: 2023年5月8日 星期一, 第 1186 期
_MASTHEAD = re.compile(r"[\s（(]*(?:星期|周)[一二三四五六日天][）)]?(?:\s*第?\s*[\d一二三四五六七八九十]+\s*[期版号].{0,40}|\s*)$")
# The name of a paper and the number of its page, each on a line of its own
_PAPER_LINE = re.compile(r"[《【]?(?:[一-龥]{1,10}(?:日报|晚报|晨报|早报|时报|商报|都市报|青年报|大众报|农民报|工人报|法治报|法制报)"
                         r"|[一-龥]{2,5}(?<![通汇申上简预情警举海电填])报)[》】]?")
_LEAF_LINE = re.compile(r"第?\s?[A-Z]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?版(?:[\s:：]*[一-龥·]{2,10})?")
_COLUMN_AND_DAY = re.compile(r"[一-龥]{2,8}[\s　]+(?:19|20)\d\d-\d{1,2}-\d{1,2}|(?:19|20)\d\d-\d{1,2}-\d{1,2}[\s　]+[一-龥]{2,8}")
_PACKED = re.compile(r"(《[^》]{2,10}[报刊]》\s*)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")       # 《某阳日报》19821214第1版
_EDITED = re.compile(r"[一-龥](?:编印|编发|主办|编)\s*$")
_ISSUE = re.compile(r"(?:总?第?\s?[一二三四五六七八九十百\d]{1,5}\s?期[\s（）()·|｜，,]*){1,2}")
_CAME_OUT = re.compile(r"[\s|｜·]*(?:出版|发行|刊行|印行|出刊|刊出|刊登|刊发|刊载|登载)(?:发行)?")
_CAME_OUT_OF = re.compile(rf"[《“]?(?P<name>[一-龥]{{2,12}}?)[》”]?(?:[\s·|｜,，]*{_ISSUE.pattern})?")
_OF_OFFICE = re.compile("(?:简报|通报|快报|汇报|情况|动态|信息|纪要|内参|参考|材料)$")
_PRINTED = re.compile(r"\s*(?:印发|印制|编印|翻印|编发|印|发)$")
# 某县委办公室 2019年4月22日印发, at the foot of a paper; 某县委办公室编 2019年4月22日, in its masthead
_ISSUED_BY = re.compile(r"(?P<issuer>[一-龥]{4,30}?)(?:编印|编发|主办|编|印)?")
# A bar whose spaces were closed: 作者：总经理某某发布：安环部日期：2022-9-23
_SIGNED_BAR = re.compile(r"作者\s*[:：]\s*(\S{2,20}?(?:[ 　][一-龥·]{2,4})??)\s*"
                         r"(?=$|(?:19|20)\d\d[-/.年]\d|(?:发布|发表|更新|录入|加入|添加|上传|来源|日期|时间|编辑|点击|阅读|浏览|字号|字体|审核|人气|转贴|转载|转自|出处|文章|点击数|责编|记者|供稿|摄影|分类|栏目)[^：:]{0,4}[:：])")
# ... or the speaker stands in it behind a label of his own, and behind a day or another label: 日期：2021-12-16 报告人：院长 王某
_LABELLED_IN_BAR = re.compile(r"(?<=[\d\s日号|｜，；])(?:报告|讲话|演讲|发言|主讲|致辞|述职|汇报|授课|宣讲)人\s*[:：]\s*\S.{1,60}")
_OTHER_LABEL = re.compile(
    r"[\s|｜，；]*(?:(?:(?:信息|文稿|稿件|资料|内容|图文|文字|图片)?(?:来源|提供|报送|供稿|发布|采编|编辑|审核|审签)(?:单位|部门|者|人)?"
    r"|(?:发布|更新|上传|录入|会议|发言|讲话|文章|所属|责任)?(?:时间|日期|地点|单位|栏目|分类|点击|阅读|浏览|人气|字号|字体|作者|责编|编辑|摄影|记录|整理|校对|录入))"
    r"(?:数|量|次数)?\s*[:：]|【)")
# ... or the name alone stands before its first label: 某某某　　发布时间：2020-02-26
_NAMED_BEFORE = re.compile(r"(?P<who>[一-龥·]{2,4}?|[一-龥]\s[一-龥])(?:[\s　]+|(?=[发更刊上入]))"
                           r"(?:发布|发表|更新|发文|刊登|上传|上线|上网|入库)?(?:时间|日期)\s*[:：]\s*(?=\d)")
# ... or with the office: 校长 王某　日期：2021-06-18　点击：1024; who wrote for the paper did not speak.
_OF_THE_PAGE = re.compile("记者|编辑|通讯员|特约|评论员|摄影|主编|社长|供稿|撰稿|审核|校对|来源|作者|录入|发布")
# 发布者：校长 王某｜2022-08-30｜人气523
_POSTED_BY = re.compile(r"^(?:发布|发表|张贴|公告|刊登|上传|撰写|撰文)[者人]?\s*[:：]\s*"
                        r"(\S{2,20}?(?:\s[一-龥]{2,4})?)\s*(?:[｜|，,;；\s]|(?=[（(]?\d)|$)")
# An account is called by the office and the name of who has it: 居委会主任 王某 2023-08-21 19:20 + 关注
_FOLLOWED = re.compile(r"(?!.*(?:记者|编辑|作者|来源))(?P<who>[^\d，。：:|｜]{4,30}?)\s*"
                       r"(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
                       r"[^，。：:\d]{0,16}[+＋]\s?关注")
_BELOW_ACCOUNT = re.compile(r"[\s|｜·]*(?:(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?)?"
                            r"[^，。：:\d]{0,16}[+＋]\s?关注[\s|｜·]*")
_LONGEST_HELD = 30      # characters of an office and a name and the label behind them
# What a browser prints above a page: the day and the hour of printing, and its <title>
_PRINT = re.compile(r"(?:19|20)\d\d/\d{1,2}/\d{1,2},?\s*(?:[上下]午\s*)?\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s*[AP]M)?\s*(?P<title>[^\s\d].+)")
# The bar of a page for telephones tells no year: 某阳晚报 12-31 20:00
_WITHOUT_YEAR = re.compile(r"(?P<before>[^\d，。：:；]{0,24}?)(?P<month>1[0-2]|0?[1-9])-(?P<day>3[01]|[12]\d|0?[1-9])\s+"
                           r"(?P<time>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)")
_ANY_YEAR = 2000        # which has a 29 February
# What a bulletin board has above the day since which whoever posts has been there: 注册时间
_JOINED = re.compile("(?:注册|加入|入会|入学)(?:时间|日期|于)?[：:]?")


@cache
def _account_bar() -> re.Pattern[str]:
    """The bar of a public account whose spaces were closed, of which the first says who spoke:
    县委书记王某某某县机关党建2022-05-09 17:40."""
    return re.compile(rf"(?P<words>[一-龥、]{{6,36}}?(?:{'|'.join(entries('account_ends.txt'))}))"
                      r"\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}[:：]\d\d)?\s*(?:发表于.{0,8})?")


@cache
def _poster() -> re.Pattern[str]:
    """What a bulletin board tells of who posted a text: 主题 42 帖子 317 积分 1208."""
    return re.compile(rf"(?:{'|'.join(entries('board_counters.txt'))})(?![一-龥]{{3}})"
                      r"|[一-龥]{2,4}(?:会员|士兵|班长|排长|连长|营长|版主)$|楼主$")


def is_bar(line: str) -> bool:
    """Whether a line holds what only a bar or a masthead does: labels of times and sources, counts of readers, the name of a paper."""
    return _BAR.search(line) is not None


def is_poster(line: str) -> bool:
    """Whether a line is what a bulletin board tells of who posted a text."""
    return _poster().match(line) is not None


def is_followed(line: str) -> bool:
    """Whether a line is what stands below the name of an account: when it put the text up, and the button by which it is followed."""
    return "关注" in line and _BELOW_ACCOUNT.fullmatch(line) is not None


def posters(line: Line, page: Surroundings) -> None:
    """Read who wrote a text or put it up, as a bar names him: 作者：总经理某某发布：安环部, 发布者：校长 王某｜2022-08-30."""
    signed = _SIGNED_BAR.search(line.text)
    speaker = speakers.speaker_line(signed[1]) if signed else _held_before_labels(line.text) if line.below or page.titles else None
    if speaker and speaker.role and speaker.name:
        page.captions.append(speaker)
    elif (who := speakers.lone_name(signed[1]) if signed else _before_labels(line.text)):
        page.writers.append(who)
        if not signed and line.above[:1] in _BRACKETS and is_lone_date(line.above) and page.titles and titles.says_where(page.titles[-1]):
            page.names.append(who)      # where a speaker stands: below the title of a speech and its day in brackets
    elif (named := _LABELLED_IN_BAR.search(line.text, 1)) and (speaker := speakers.speaker_line(_value(named[0]))) and speaker.name:
        page.speakers.append(speaker)
        page.office_lines.append(_value(named[0]))
    elif (posted := _POSTED_BY.match(line.text)) and (speaker := speakers.speaker_line(posted[1])) and speaker.role and speaker.name:
        page.posters.append(speaker)


def _value(labelled: str) -> str:
    """A label and what it says, without the label that follows where the spaces between were closed: 报告人：院长王某信息提供：…"""
    begins = _OTHER_LABEL.search(labelled)
    return labelled[:begins.start()] if begins else labelled


def _before_labels(line: str) -> str | None:
    """The name with which a bar begins, before its first label."""
    named = _NAMED_BEFORE.match(line) if "时间" in line or "日期" in line else None
    return speakers.lone_name(named["who"]) if named else None


def _held_before_labels(line: str) -> Speaker | None:
    """Whom a bar names with his office before its first label."""
    label = _first_label().search(line, 4, _LONGEST_HELD) if "时间" in line or "日期" in line else None
    words = line[:label.start()].strip() if label else ""
    if not words or _OF_THE_PAGE.search(words) or ":" in words or "：" in words:
        return None
    speaker = speakers.speaker_line(words)
    return speaker if speaker and speaker.role and speaker.name else None


@cache
def _first_label() -> re.Pattern[str]:
    """The label of a day at the head of a bar, with the day behind it."""
    labels = "|".join(map(re.escape, sorted(entries("publication_labels.txt"), key=lambda label: (-len(label), label))))
    return re.compile(rf"\s*(?:{labels})?(?:时间|日期)\s*[:：]\s*(?=(?:19|20)\d)")


def member_since(line: Line, page: Surroundings) -> bool | None:
    """Pass over the day since which whoever posts has been a member of the board."""
    return True if _JOINED.fullmatch(line.above) and is_lone_date(line.text) else None


def account(line: Line, page: Surroundings) -> None:
    """Read who spoke in the bar of a public account, where his office and name stand before those of the account, or are its name."""
    own = _FOLLOWED.fullmatch(line.text) if "关注" in line.text else None
    speaker = speakers.speaker_line(own["who"]) if own else None
    if speaker is None and (bar := _account_bar().fullmatch(line.text)):
        speaker = speakers.before_account(bar["words"])
    if speaker and speaker.role and speaker.name:
        page.captions.append(speaker)


def day_of_paper(line: Line, page: Surroundings) -> bool | None:
    """Read a day that stands alone in the masthead of a paper: its name stands right above, or the number of the page right below."""
    if line.found[0].precision != "day" or not is_lone_date(line.text):
        return None
    if not _PAPER_LINE.fullmatch(line.above) and not _LEAF_LINE.fullmatch(line.following):
        return None
    page.put_out(line.found[0], line.text, 2)
    return True


def day_over_count(line: Line, page: Surroundings) -> bool | None:
    """Read a day in figures that stands alone above the bare number of those who read the page: 2022.08.20 / 5,219."""
    if not (_READERS.fullmatch(line.following) and is_lone_date(line.text) and _FIGURES.fullmatch(line.text.strip())):
        return None
    page.put_out(line.found[0], line.text, 3)
    return True


def head_of_print(line: DatedLine, page: Surroundings) -> bool | None:
    """Read what a browser printed above a page: 2020/11/2 上午9:17 在某会上的讲话-某某网. The day is that of printing."""
    printed = _PRINT.fullmatch(line.text) if "/" in line.text[:6] else None
    if printed is None or not titles.like_title(titles.cleaned(printed["title"]).clean):
        return None
    page.titles.append(printed["title"])
    return True


def named_bar(line: DatedLine, page: Surroundings) -> bool | None:
    """Read a bar that is nothing but a day and a name: 某阳日报 | 2020-12-30."""
    paper = bars.name(line.text)
    if not paper:
        return None
    page.papers += [] if bars.is_part(paper) else [paper]
    page.put_out(line.first, line.text, 1 if line.first.timed or _PUT_OUT.search(line.text) else 2)
    return True


def labelled_bar(line: DatedLine, page: Surroundings) -> bool | None:
    """Read a bar that its labels, its hour or its agency show to be one."""
    before = line.text[:line.first.start]
    labelled = before.rstrip()[-1:] in _COLONS and agendas.put_out_label().search(before) is not None      # 入库：2005-06-30
    original = _ORIGINAL.match(line.text) is not None and line.is_day and _IN_FIGURES.search(line.text, line.first.start) is not None
    behind = _PUT_OUT_BEHIND.match(line.text, line.first.end)
    if not (labelled or behind or original or line.first.timed or is_bar(line.text) or _WIRE.search(line.text)) \
            or line.first.precision == "year" or "。" in line.text[:-1]:
        return None
    day = line.first
    if len(line.found) > 1 and _WRITTEN.search(before):       # 成文日期：2021年9月23日 上网时间：2021-09-24
        day = next((one for one in line.found[1:] if agendas.put_out_label().search(line.text, 0, one.start)), day)
    page.put_out(day, line.text, 1 if _PUT_OUT.search(line.text) else 2)
    if line.first.timed and titles.like_title(title := line.text[:line.first.start].strip(EDGE)):
        page.titles.append(title)       # as blogs do: 在…上的讲话 (2014-03-05 16:20:11)
    return True


def day_of_column(line: DatedLine, page: Surroundings) -> bool | None:
    """Read the day that the name of a column bears."""
    if not line.is_day or not titles.is_day_of_column(line.text):
        return None
    page.put_out(line.first, line.text, 3)
    return True


def day_beside_column(line: DatedLine, page: Surroundings) -> bool | None:
    """Read the day that a site's program writes beside the name of a column: 文史园地　　2002-11-15."""
    if not line.is_day or not _COLUMN_AND_DAY.fullmatch(line.text):
        return None
    page.put_out(line.first, line.text, 3)
    return True


def bar_without_year(line: Line, page: Surroundings) -> bool | None:
    """Read a bar that tells the day and the hour and no year, alone or behind the name of a paper or a site: 某阳晚报 12-31 20:00."""
    bar = _WITHOUT_YEAR.fullmatch(line.text) if ":" in line.text and "-" in line.text else None
    if bar is None:
        return None
    paper = bars.name(f"{bar['before']} {_ANY_YEAR}-{bar['month']}-{bar['day']} {bar['time']}")
    if bar["before"].strip(EDGE) and not paper:
        return None
    page.papers += [paper] if paper and not bars.is_part(paper) else []
    page.put_out_on.append(Day((int(bar["month"]), int(bar["day"])), 0, line.text))
    return True


def place_of_account(line: DatedLine, page: Surroundings) -> bool | None:
    """Read the bar of an account that tells where it writes from: 某某党建 2019-07-19 江西."""
    if not line.is_day or "-" not in line.text[line.first.start:line.first.end] or not _is_province(line.text[line.first.end:]):
        return None
    page.put_out(line.first, line.text, 2)
    return True


def _is_province(words: str) -> bool:
    """Whether what follows a date, behind a space, is a province by its bare name, as public accounts tell where they write from."""
    place = places.named(words.strip()) if words[:1].isspace() and len(words.strip()) in (2, 3) else None
    return place is not None and place.level == places.PROVINCE


def masthead(line: DatedLine, page: Surroundings) -> bool | None:
    """Read the day in the masthead of a paper (2023年5月8日 星期一, above the title), or before counts and buttons."""
    behind = line.text[line.first.end:]
    if line.before or not ((_MASTHEAD.match(behind) and not page.titles and not line.bracketed) or _COUNTED_BAR.match(line.text)):
        return None
    page.put_out(line.first, line.text, 3)
    return True


def editors(line: DatedLine, page: Surroundings) -> bool | None:
    """Read a day and the office that edits the paper: 某县委办公室编 2019年4月22日, 第12期 2019年4月22日 某商会编发."""
    issuer = line.after if _ISSUE.fullmatch(line.before) else "" if line.after else line.before
    if not line.is_day or not _EDITED.search(issuer):
        return None
    page.put_out(line.first, line.text, 3)
    read_issuer(issuer, page)
    return True


def issue(line: DatedLine, page: Surroundings) -> bool | None:
    """Read what stands above the pages of a periodical: its name, the number and the day on which it came out: 某某生活 第九期 1953年8月5日
    出版. What offices number for themselves names no source."""
    of = _CAME_OUT_OF.fullmatch(line.before) if _CAME_OUT.fullmatch(line.after) else None
    if not of:
        return None
    page.papers += [] if _OF_OFFICE.search(of["name"]) or bars.is_part(of["name"]) or of["name"].endswith("版") else [of["name"]]
    page.put_out(line.first, line.text, 2)
    return True


def is_printed(line: str, day: dates.Found) -> bool:
    """Whether the day of a line is that of printing, and ends the line: 某县委办公室 2019年4月22日印发."""
    return day.precision == "day" and _PRINTED.fullmatch(line, day.end) is not None


def read_issuer(words: str, page: Surroundings) -> None:
    """Read the office that put out a paper, which stands before the day."""
    if issuer := _ISSUED_BY.fullmatch(closed(words.strip(EDGE + "\t"))):
        page.issuers.append(issuer["issuer"])


def unpacked(line: str) -> str:
    """A line with the day apart that stands behind a paper in eight digits: 《某阳日报》19821214第1版."""
    return _PACKED.sub(r"\1\2-\3-\4", line)
