"""News and press releases: what they tell of the event, its day and who speaks, before the words of the speech follow."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from flows.normalize import boundaries, occasions, places, speakers, titles
from flows.normalize.evidence import DAYS_OF_TITLE, Dated, Day, Surroundings
from flows.normalize.page_lines import Line, day_in_brackets, day_of_year
from flows.normalize.speakers import Speaker

_NEAREST_LINES = 4      # lines of the head above the speech that may lead to its words
_ABOVE = 6              # lines of a release above the words
# What stands before the date with which a sentence of news begins: 【某网】, 某某社电
_LEAD_DATE = re.compile(r"^(?:[（(\[【][^）)\]】]{1,12}[）)\]】]|[^，。\s]{2,12}[电讯])?\s*$")
# 转发一份讲话（2016年3月4日的会议）
_OF_A_MEETING = re.compile(r"(?<=日)的[^（()），。]{0,12}(?:会|会议|座谈|活动|仪式|讲话|发言|报告|演讲)[）)]")
_SENTENCE = re.compile("[^。；]+")
# 新华社某地5月20日电, 本报5月20日讯: the day on which it was sent; what it tells of was then, or the day before.
# Papers abroad leave the month out: （某城8日讯）.
_SENT = re.compile(r"^[^。，]{0,24}?(?:(?P<month>1[0-2]|0?[1-9])月)?(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])日\s*(?:电|讯|专电)")
_PAPER_SAYS = re.compile(r"^[^。，]{0,4}本[报网台]讯")
_HAPPENED = re.compile(r"(?<![\d年])(?<!为期|历时|连续)(?:(?P<month>1[0-2]|0?[1-9])月)?(?P<day>3[01]|[12]\d|0?[1-9])日"
                       r"|(?P<back>[昨今])[日天早午晚](?![^，。]{0,4}[报讯])")
_TAKES_PLACE = re.compile(r"开幕|举行|召开|举办|发表|[出列]席|报告|致[辞词]|讲话|演讲|开班|授课")
_BRACKET_BACK = re.compile(r"[今昨](?=[日天晚]?\s*[（(])")
_HELD_IN = re.compile(r"在(?P<where>[一-龥]{2,16}?)(?:隆重|盛大|胜利|成功)?(?:开幕|闭幕|举行|召开|举办|揭幕|开班|启动)")
# 某阳县召开全县农业工作会议: who calls all of a county together is that county
_CALLED_TOGETHER = re.compile(r"(?:^|[^一-龥]|[日报讯])(?P<host>[一-龥]{1,10}(?P<rank>[省市县区州旗盟]))(?:委|(?:委、.)?(?:人民)?政府)?"
                              r"(?:隆重|胜利)?(?:召开|举行|举办)(?:了)?全(?P=rank)")
# 石桥县人大常委会举行会议: the body that met is told by its place
_MET = re.compile(r"(?:^|[，。；：:、\s】\]）)日午晚间])(?:政协|中共|中国共产党)?(?P<host>[一-龥]{4,30}?)(?:隆重|胜利)?(?:召开|举行|举办)")
_BODY_OF_PLACE = re.compile("第[一二三四五六七八九十]{1,3}[届次]|人大|人民|政协|政府|[党纪工监]?委(?!托)"
                            "|[一-龥]{0,12}(?:局|委员会|总工会|联合会|法院|检察院)$")
_CLAUSE = re.compile(r"[，。；：:、！？“”\s]|\d[日号时分]?|[一二三四五六七八九十]日|[上下]午|[当今昨近]日|日前")
# What leads to the words at the end of a lead, and with what somebody puts up what he said himself
_SPEECH = "(?:讲话|致[辞词]|发言|演讲|讲稿|党课|报告|演讲词|讲课稿|发言稿|稿子|讲话稿|演讲稿)"
_WORDS_FOLLOW = re.compile(
    rf"(?:以下|下面)(?:就?[是为系]|附上?|刊[发登出]|[分共]享)[^，。；]{{0,30}}(?:{_SPEECH}|全文|摘[要编登]|节选|实录)[^，。；]{{0,8}}[。：:]?$"
    rf"|{_SPEECH}[^，。；]{{0,6}}(?:刊[发登]|附|摘登|摘编|分享|转发|推送)(?:于|在)?(?:下|后|此)[^，。；]{{0,10}}[。：:]?$"
    r"|(?<![一-龥])现(?:将|把|予|刊|发|全文)[^。；]{0,20}(?:刊[发登]|发表|发布|推送|分享|摘登|转发)[^。；]{0,14}[。：:]?$"
    r"|(?:全文|原文|摘要|择要)(?:予以)?(?:刊[发登出载]|登载|发[布表]|推送|转发|照登)(?:如下)?[。：:]?$")
_PUTS_UP = re.compile(rf"[把将][^，。；]{{0,10}}{_SPEECH}[^，。；]{{0,6}}"
                      "(?:贴|发(?:出|上|到|在|布|表|给)|放(?:出|上|到|在)|分享|上传|传上|挂[出上]|晒|登[出上]|转[到发])")
# ... or above them: 以下是他的发言, 经授权刊登现场讲话实录, 他的讲稿一字未改
_FOLLOWS_LEAD = re.compile(
    rf"{_WORDS_FOLLOW.pattern}|(?:以下|下面)就?[是为系][他她其][^，。；]{{0,8}}{_SPEECH}"
    rf"|(?:刊[登发载]|摘[登编]|发表|推出|转发|整理)(?:了|出)?[他她其]?的?[^，。；]{{0,10}}(?:{_SPEECH}[^，。；]{{0,4}}(?:实录|全文|原文|摘要|节选)|全文|实录)"
    rf"|[他她]的?(?:这[篇份段次]?)?{_SPEECH}[^。；]{{0,10}}(?:一字[未不]|原样|照登|照录|整理|刊)"
    rf"|现将[^。；]{{0,12}}{_SPEECH}[^。；]{{0,4}}(?:公示|公布|公开)")
# Who speaks, and when, in the words of whoever was there: 昨天厂里开大会，我录了音。厂长姓方，叫方大路。
_SURNAMED = re.compile(r"(?:^|[，。；])(?P<office>[一-龥]{2,12}?)姓(?P<family>[一-龥]{1,2})，?(?:名叫|大名|名|叫)"
                       r"(?P<who>(?P=family)[一-龥]{1,2})(?=[，。；])")
_HELD_BACK = re.compile(r"(?:^|[，。；])(?P<back>[今昨前])[天日晚](?![^，。]{0,4}[报讯])[^，。；]{0,10}?(?:召开|举行|举办|[开办])[了过]?"
                        r"[^，。；]{0,8}(?:会|典礼|仪式|活动)(?=[，。；])")
_KIND_LED_TO = re.compile(r"(?:以下|下面)就?[是为系][^，。；]{0,30}?(讲话|致辞|致词|发言|演讲)")
_LEAD_MOST = 300        # characters of a line of a lead
_EVENT_HELD = re.compile(r"(?:^|[，。；：）日])(?:[早上中下傍晚][^，。；]{0,6}，)?(?P<event>[一-龥“”\d]{4,30}?)"
                         r"(?:在[^，。；]{2,24}?)?(?:隆重)?(?:开幕|举行|召开|举办)")
_A_DAY = re.compile(r"(?<!\d)(?:3[01]|[12]\d|0?[1-9])日")
_EVENT_OF_DAY = re.compile(r"(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日(?!之?[前后]|以[前后]|[起止至到])[）)]?(?:[上下]午|晚上?)?"
                           r"[^。；]{0,40}(?:召开|举行|举办|[出列]席|致[辞词]|(?:讲话|演讲|发言)(?![稿材人])|开班|授课|开幕|讲了|"
                           r"述职|[开办]了?[的过]?[^，。；]{0,12}(?:[会班]|仪式|典礼|活动))")
# 4月28日，王某在决赛现场。李某 摄: who took the picture says when the speech was given where it shows the speaker as he gives it.
_TAKEN = re.compile(r"(?:[\s　。（(][一-龥·]{0,4}\s?(?:摄影?|供图|图)|^图为[^。]*|^[^。]*图为[^。]*)[）)。]*$")
_SHOWN = re.compile(r"(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日(?:[上下]午|晚上?)?[，,]?(?P<who>[^，。；]{2,20}?)(?:正?在|于)"
                    r"[^，。；]{0,30}?(?:(?:[会赛]|决赛|仪式|典礼|论坛|报告厅)(?:的)?(?:现场|上)|发言|演讲|讲话|致[辞词]|授课|作报告|讲党课)")
_EDITOR = re.compile(r"[【\[（(]?(?:编者按|编者的话|编辑导语|导语|按语|编前|写在前面|按(?=[】\]）):：]))[】\]）)]?\s*[:：]?")
# 外港码头开工典礼，今（18）日上午在西岸举行: the event before the day
_EVENT = re.compile(r"(?P<event>[一-龥“”\d]{4,40})，?(?:[于在])?[今昨](?:[日天晚]|[（(])[^，。；]{0,40}(?:举行|召开|举办|登场|揭幕|开幕)")
# Of whom a sentence of news tells what he does that day
_WHO_TODAY = re.compile(r"(?P<who>[一-龥·]{4,24}?)[今昨](?=[日天晚早]|\s*[（(])")
_WHOSE_WORDS = re.compile(r"(?:^|[，。；])(?P<who>[^，。；：]{2,24}?)(?:今[天日晚]|昨[天日晚])?(?:的)?"
                          r"(?P<kind>讲话|致辞|致词|谈话|发言|演讲|演辞|讲辞|演说|贺词|开幕词|闭幕词)[^，。；：]{0,8}[:：]$")
# The same with the day, the hour and the event between: 以下为行政长官某某今日（六月二日）傍晚在某晚宴上致辞全文：
_PRESS_OFFICE = re.compile(r"(?:以下|下文|下面)(?:是|为|系)(?P<who>[^，。；：（）“”今昨]{2,24})(?:今[天日晚]|昨[天日晚])"
                           r"(?:（[^（）]{3,9}）)?(?:凌晨|早上|上午|中午|下午|傍晚|晚上?)?(?:在|于|出席|到访|主持)[^，。；：]{2,80}?(?:上|时|的)"
                           r"(?P<kind>讲话|致辞|致词|谈话|发言|演讲|演辞|讲辞|演说|贺词|开幕词|闭幕词)[^，。；：]{0,8}[:：]")
_ENDED = re.compile(r"^[（(\s]*(?:全文)?完[）)]?\s*[／/]\s*(?=\d)")          # 完／2016年5月18日
_END = re.compile(r"[（(\s#*—－-]*(?:全文)?完[）)\s#*—－-]*")
# The hour at which a press release was put out stands below its day: 香港时间20时15分.
_ISSUED = re.compile(r"^(?:香港|澳门|台北|北京|本地)时间\s*\d{1,2}\s*[时:：点]\s*\d{1,2}")
_IS_TODAY = re.compile("今[日天晚早](?![^，。]{0,4}[报讯])")


def day_of_event(line: Line, page: Surroundings) -> None:
    """Read the day in a sentence of news (2022年10月16日，某大会在某地开幕。), or of the meeting in brackets from which a text comes. Both
    are weaker than any line that is nothing but a date."""
    first = line.found[0]
    if first.precision != "day":
        return
    before = line.text[:first.start]
    if (_LEAD_DATE.match(before) and _TAKES_PLACE.search(line.text)) \
            or (before.endswith(("（", "(")) and _OF_A_MEETING.match(line.text, first.end)):
        page.give(first, line.text, 4)


def of_press_office(line: Line, page: Surroundings) -> bool | None:
    """Read the line of a press office that tells whose words follow: 以下为行政长官某某今日（六月二日）在某会上致辞全文："""
    if _PRESS_OFFICE.fullmatch(line.text) is None:
        return None
    _read_release(line, page)
    return True


def announced(line: Line, page: Surroundings) -> bool | None:
    """Read a line that announces the words of somebody, with the release above it: 市长致词全文如下："""
    if not boundaries.announces(line.text) or titles.like_title(line.text) or speakers.lead(line.text):
        return None
    _read_release(line, page)
    return True


def _read_release(line: Line, page: Surroundings) -> None:
    """Read the line of a press release behind which the words of a speech follow (市长致词全文如下：), and what the release tells above
    it: who holds the office, the event and its day."""
    by_office = _PRESS_OFFICE.fullmatch(line.whole)
    said = _WHOSE_WORDS.search(line.whole) or by_office
    if by_office:
        page.notes.append(line.whole)           # which may say that it was today, and on which day
        page.days += [today for today in (day_in_brackets(line.whole, line.whole),) if today]
    above = [one for one in line.head[max(0, line.index - _ABOVE):line.index] if "。" in one]
    # 某局局长某某今（3）日出席某会议，发言全文如下：
    told = [*above, *([line.whole] if _WHO_TODAY.match(line.whole) or "。" in line.whole else ())]
    for one in told:
        if _TAKES_PLACE.search(one):
            page.days += _days_of_news(one)
        if (event := _EVENT.search(one)) and occasions.like_meeting(name := event["event"].rpartition("的")[2]):
            page.datelines.append(f"在{name}上")
    if said:
        page.noted = page.noted or said["kind"]
    _read_whose_words(said["who"] if said else "", above, told, page)


def _read_whose_words(who: str, above: Sequence[str], told: Sequence[str], page: Surroundings) -> None:
    """Read whose words follow, as the last line of a release names him ("" where it does not), or who else is said to speak today. Where
    it names but the office, the lines above may tell who holds it."""
    speaker, office = (speakers.person(who), speakers.office_line(who)) if who else (None, None)
    if not speaker and not office:
        subjects = (speakers.person(match["who"]) for line in told if (match := _WHO_TODAY.match(line)) and _TAKES_PLACE.search(line))
        speaker = next((one for one in subjects if one and one.name and one.role), None)
    if speaker:
        page.captions.append(speaker)
    elif office:
        holder = next((holder for line in above if (holder := speakers.holder(office, line))), None)
        if holder:
            page.captions.append(Speaker(holder, office))
        else:
            page.offices.append(office)


def lead(line: Line, page: Surroundings) -> bool | None:
    """Read a sentence of news that leads to the words of a speech: its days, where the event was held, who spoke."""
    near = line.index >= len(line.head) - _NEAREST_LINES
    speaker = speakers.lead(line.text) if not line.is_title and near else None
    tells = speaker or ((_EDITOR.match(line.text) or (near and "如下" in line.text)) and _TAKES_PLACE.search(line.text)) \
        or (near and not line.is_title and _brings_words_of_a_day(line.text))
    if tells and (all(one.precision == "year" for one in line.found) or _SENT.match(line.text)):
        page.days += _days_of_news(line.text)
        for one in line.found[:1]:
            if one.precision == "day":
                page.put_out(one, line.text, 2)
    if tells and not line.is_title:
        _read_where_held(line.text, page)
    if not speaker:
        return None
    page.captions.append(speaker)
    page.office_lines += _office_line(line.text, speaker)
    return False


def day_of_picture(line: Line, page: Surroundings) -> None:
    """Read the day, without a year, of a picture that shows the speaker as he speaks: 4月28日，王某在演讲比赛决赛现场。李某 摄."""
    shown = _SHOWN.search(line.text) if not line.found and "日" in line.text and _TAKEN.search(line.text) else None
    known = {*page.names, *(one.name for one in page.speakers if one.name)}
    if shown and len(list(_A_DAY.finditer(line.text))) == 1 and any(shown["who"].endswith(name) for name in known) \
            and (day := day_of_year(line.text, line.text)):
        page.days.append(replace(day, within=DAYS_OF_TITLE))


def read_lead(head: Sequence[str], page: Surroundings) -> None:
    """Read the lines right above a speech of which one says that its words follow (以下是他的发言, 本报刊登讲话全文): who alone is named
    with his office there, the day and the name of the event, where nothing else above the speech tells them."""
    near = head[-_NEAREST_LINES:]
    _read_told_by_poster(near[-1:], page)
    last = next((number for number in reversed(range(len(near)))
                 if len(near[number]) <= _LEAD_MOST and _FOLLOWS_LEAD.search(near[number])), -1)
    told = [line for line in near[:last + 1] if "，" in line and not titles.like_title(line)]
    if not told:
        return
    if kind := _KIND_LED_TO.search(near[last]):
        page.noted = page.noted or kind[1]
    if not (page.captions or page.speakers or page.hosts):
        named = {(one.name, one.role): one for line in told for one in speakers.led_to(line)}
        if len({name for name, _ in named}) == 1 and next(iter(named))[0]:
            page.captions.append(next(iter(named.values())))
    events = [line for line in told if len(set(_A_DAY.findall(line))) == 1 and _EVENT_OF_DAY.search(line)]
    if events and not (page.days or page.delivered):
        page.days += _days_of_news(events[0])
    for line in told:
        if (event := _EVENT_HELD.search(line)) and occasions.like_meeting(event["event"]):
            page.datelines.append(f"在{event['event']}上")
            break


def _read_told_by_poster(lines: Sequence[str], page: Surroundings) -> None:
    """Read in what somebody says right above a text that he puts up who spoke and when: 昨天厂里开大会，…厂长姓方，叫方大路。"""
    line = next((line for line in lines if len(line) <= _LEAD_MOST and "。" in line), "")
    if not (page.captions or page.speakers or page.names) and (called := _SURNAMED.search(line)) \
            and (who := speakers.name(called["who"], strict=True)):
        page.captions.append(Speaker(who, speakers.office_line(called["office"])))
    if not (page.days or page.delivered) and (held := _HELD_BACK.search(line)):
        page.days.append(Day(None, "今昨前".index(held["back"]), line))


def _brings_words_of_a_day(line: str) -> bool:
    """Whether a line says that the words of a speech follow, or that somebody puts them up, and names one day, on which the event was: 6月
    20日，某委召开座谈会。以下为讲话全文。 周五（11月9日）开的家长会，把发言贴出来。"""
    if "日" not in line or not (_WORDS_FOLLOW.search(line) or _PUTS_UP.search(line)):
        return False
    return len(list(_A_DAY.finditer(line))) == 1 and _EVENT_OF_DAY.search(line) is not None


def _read_where_held(line: str, page: Surroundings) -> None:
    """Read where an event was held, or whose government called all of a county together."""
    if held := _HELD_IN.search(line):
        page.held.append(held["where"])
    elif called := _CALLED_TOGETHER.search(line):
        page.held.append(called["host"] + "政府")        # told by it even where the name is an ordinary word
    elif "行" in line or "召开" in line or "举办" in line:
        for met in _MET.finditer(line):
            if (end := places.leading(met["host"])) and _BODY_OF_PLACE.match(met["host"], end):
                page.held.append(met["host"])
                return


def _office_line(line: str, speaker: Speaker) -> list[str]:
    """The words with which a sentence names the speaker's office and the place of it, with which they begin: 石桥县县长王某. Empty where
    they name no place."""
    if not (speaker.name and speaker.role and speaker.name in line):
        return []
    words = _CLAUSE.split(line[:line.find(speaker.name)])[-1]
    return [words + speaker.name] if places.leading(words) else []


def _days_of_news(line: str) -> list[Day]:
    """The days that a sentence of news tells, the day of the event before that of its dispatch: 某社某地5月20日电　某论坛19日在某地开幕."""
    sent = _SENT.match(line)
    opens = sent or _PAPER_SAYS.match(line)
    if not opens:
        named = day_in_brackets(line, line) or day_of_year(line, line)
        return [named] if named else []
    on = (int(sent["month"] or 0), int(sent["day"])) if sent else None
    days = [Day(on, 0, line)] if on else []
    event = next((sentence for sentence in _SENTENCE.findall(line, opens.end()) if _TAKES_PLACE.search(sentence)), "")
    happened = _HAPPENED.search(event)
    if not happened:
        return days
    if happened["back"]:
        return [Day(on, int(happened["back"] == "昨"), line), *days]
    day = int(happened["day"])
    if happened["month"]:
        return [Day((int(happened["month"]), day), 0, line), *days]
    # 30日 in what was sent on the 1st is a day of the month before.
    return [Day((on[0] if day <= on[1] or not on[0] else (on[0] - 2) % 12 + 1, day), 0, line), *days] if on else days


def date_by_news(alone: Dated, page: Surroundings) -> None:
    """A day that stands alone above news of what happened 今（15）日 is that of the news, too; of what happened 昨（14）日, that alone."""
    for one in page.days:
        back = _BRACKET_BACK.search(one.evidence)
        if back is None or not one.date or not day_in_brackets(one.evidence, one.evidence):
            continue
        told = alone.day - timedelta(days=back[0] == "昨")
        if one.date[1] == told.day and one.date[0] in (0, told.month):
            page.put_out(alone, alone.evidence, 2)
            if told != alone.day:
                page.delivered.remove(alone)
            return


def without_end(line: str) -> str:
    """A line below a release without the sign of its end before the day: 完／2016年5月18日."""
    return _ENDED.sub("", line)


def is_put_out_below(lines: Sequence[str], index: int, page: Surroundings) -> bool:
    """Whether the day in a line below a speech is also that of the release: the hour at which it was put out stands right below, or the
    day below its end (完 / 2016年5月18日), and it says of the words that they were given 今日."""
    if _ISSUED.match("".join(lines[index + 1:index + 2])):
        return True
    ended = _ENDED.match(lines[index]) or (index and _END.fullmatch(lines[index - 1]))
    return bool(ended) and any(map(_IS_TODAY.search, page.notes))
