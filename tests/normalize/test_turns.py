"""A record that stamps each line with a time and whoever speaks gives the words of the one who speaks, and no other page is one."""
from flows.normalize.body import find
from flows.normalize.edits import apply
from flows.normalize.speech import normalize
from flows.normalize.turns import _turns
from tests.normalize.pages import SPEECH, TITLE, page

SAID = SPEECH.split("\n")
HEAD = ["江城县人民政府网 > 现场直播", TITLE, "时间：2012年3月5日 9:00　地点：县礼堂　主持人：赵敏"]
OTHERS = ["[08:58:10] 网站编辑：直播马上开始，欢迎大家留言。", "[08:59:30] 主持人赵敏：下面有请李县长讲话。"]
ASKED = ["[09:40:00] 主持人赵敏：谢谢李县长，现在请网友提问。", "[09:41:20] 网友“山里人”：树苗到哪里领？"]


def record(stamp, before=OTHERS, after=ASKED):
    lines = [stamp.format(minute=10 + number, words=words) for number, words in enumerate(SAID)]
    text = "\n".join([*HEAD, *before, *lines, *after, "刷新 | 自动滚屏"])
    body = find(text, page(text))
    assert apply(text, body.edits) == body.text
    return body


def test_the_words_of_the_one_who_speaks_are_left():
    for stamp in ("[09:{minute}:05] 李大山：{words}", "09:{minute}:05 李大山：{words}", "（2012-03-05 09:{minute}）李大山: {words}",
                  "李大山 [09:{minute}:05]：{words}", "【李大山】(09:{minute}:05){words}"):
        assert record(stamp).text == SPEECH


def test_a_remark_between_two_turns_is_none_of_the_speech():
    lines = [f"[09:{10 + number}:05] 李大山：{words}" for number, words in enumerate(SAID)]
    text = "\n".join([*HEAD, *OTHERS, *lines[:4], "[09:13:40] 网站编辑：（会场响起掌声）", *lines[4:], *ASKED])
    assert find(text, page(text)).text == SPEECH


def test_the_record_tells_who_spoke_and_the_line_above_it_when():
    lines = [f"[09:{10 + number}:05] 李大山：{words}" for number, words in enumerate(SAID)]
    speech = normalize(page("\n".join([*HEAD, *OTHERS, *lines, *ASKED])))
    assert speech is not None
    told = speech.metadata
    assert (told.speaker_name, str(told.delivered_date), told.published_date) == ("李大山", "2012-03-05", None)


def test_those_who_talk_to_each_other_keep_what_they_say():
    talk = [f"[09:{10 + number}:05] {'李大山' if number % 2 else '赵敏'}：{words}" for number, words in enumerate(SAID)]
    text = "\n".join([*HEAD, *talk])
    assert "赵敏" in find(text, page(text)).text


def test_an_agenda_and_comments_are_no_record():
    agenda = ["9:00 签到：请各乡镇按时到会。", "9:30 开会：先听通报。", "10:00 讨论：分三个组。", "11:30 散会：不留饭。"]
    text = "\n".join([TITLE, *SAID[:-1], *agenda, SAID[-1]])
    assert find(text, page(text)).text == "\n".join([*SAID[:-1], *agenda, SAID[-1]])
    comments = [f"[2012-03-06 20:1{number}] 山里人：讲得好，支持。" for number in range(5)]
    text = "\n".join([TITLE, SPEECH, "评论", *comments])
    assert find(text, page(text)).text == SPEECH


def test_a_ratio_or_a_label_is_no_stamp():
    from flows.normalize.lines import split

    for line in ("比分3:2，我们赢了：大家高兴。", "时间：9:00", "（一）李大山：先讲修路。", "李大山（县长）：同志们好。"):
        assert _turns(split(line)) == []
