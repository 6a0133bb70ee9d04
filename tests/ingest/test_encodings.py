"""Encodings told by trial: the same words in every encoding, whole and cut short."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.encodings import Decoded, chineseness, codec_name, decode, is_binary

PROSE = (
    "同志们，今天召开全市经济工作会议，主要任务是贯彻落实上级会议精神，总结去年工作，分析当前形势，部署今年任务。"
    "过去一年，我们攻坚克难、真抓实干，生产总值增长8.5%，城镇新增就业3万人，群众的获得感明显增强。"
    "在肯定成绩的同时，也要清醒看到存在的困难和问题：一是产业层次不高；二是环境保护压力较大；三是少数干部作风不实。"
    "大家要进一步统一思想，振奋精神，以更大的决心和更实的举措，把各项工作推向前进！“三农”问题是重中之重，要常抓不懈。"
)
TRADITIONAL = (
    "各位來賓、各位鄉親，大家好！今天很高興來到這裡，與大家一同慶祝圖書館的落成。回顧過去的歲月，感謝政府與民間的支持，"
    "讓我們的學校有了新的開始。教育是國家發展的基礎，閱讀能夠開闊視野，希望同學們珍惜時光，努力學習，將來為社會貢獻力量。"
    "最後，祝福各位身體健康、萬事如意，謝謝大家！我們還要繼續推動環境保護、關懷長者，讓這塊土地更加美麗。"
)
SIMPLIFIED_CODECS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
    "gb2312",
    "gbk",
    "gb18030",
]
TRADITIONAL_CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030", "big5", "cp950", "big5hkscs"]


def family(codec: str) -> str:
    name = codecs.lookup(codec).name
    if name in ("gb2312", "gbk"):
        return "gb18030"
    return "big5" if name in ("cp950", "big5hkscs") else name


def pieces(text: str, codec: str, seed: int, count: int, size: int) -> list[tuple[bytes, str]]:
    """Pieces of some `size` bytes in an encoding, made of sentences in random order."""
    chance = random.Random(seed)
    parts = [part + "。" for part in text.replace("！", "。").split("。") if part]
    made = []
    for _ in range(count):
        chance.shuffle(parts)
        whole = "".join(parts)
        start = chance.randrange(30)
        said = whole[start : start + size * 10 // len(whole[:10].encode(codec))]
        made.append((said.encode(codec), said))
    return made


@pytest.mark.parametrize("codec", SIMPLIFIED_CODECS)
def test_simplified_prose_of_200_bytes(codec):
    wrong = [
        said
        for data, said in pieces(PROSE, codec, 1, 100, 200)
        if (found := decode(data)) is None or found.text != said or family(found.encoding) != family(codec)
    ]
    assert not wrong[1:], codec


@pytest.mark.parametrize("codec", TRADITIONAL_CODECS)
def test_traditional_prose_of_200_bytes(codec):
    wrong = [
        said
        for data, said in pieces(TRADITIONAL, codec, 2, 100, 200)
        if (found := decode(data)) is None or found.text != said or family(found.encoding) != family(codec)
    ]
    assert not wrong[1:], codec


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_encoding_of_any_sentences(data):
    text, codecs_of = data.draw(st.sampled_from([(PROSE, SIMPLIFIED_CODECS), (TRADITIONAL, TRADITIONAL_CODECS)]))
    codec = data.draw(st.sampled_from(codecs_of))
    start = data.draw(st.integers(0, len(text) - 101))
    said = text[start : start + 100]
    found = decode(said.encode(codec))
    assert found is not None and found.text == said and family(found.encoding) == family(codec) and found.confidence > 0.5


@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "big5", "x-cp20936", "iso-8859-1", "no such charset"])
def test_the_declared_charset_is_only_a_hint(declared):
    assert decode(PROSE.encode(), declared).encoding == "utf-8"
    assert decode(PROSE.encode("gbk"), declared).encoding == "gb18030"
    assert decode(TRADITIONAL.encode("big5"), declared).encoding == "big5"


def test_line_ends_and_controls_stay_as_they_are():
    text = "第一行\r\n第二行\r第三行\x85第四行\n\u202e第五行\0"
    assert decode(text.encode()).text == text
    assert decode(("讲话" * 40 + text.replace("\x85", "").replace("\u202e", "")).encode("gb18030")).text.endswith("第五行\0")


def test_byte_order_marks_are_dropped():
    for codec in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(PROSE.encode(codec)) == Decoded(PROSE, codec, 1.0)


def test_few_bad_bytes_are_kept_and_many_reject():
    data = bytearray(PROSE.encode("gb18030") * 5)
    data[101] = data[1501] = 0xFF
    found = decode(bytes(data))
    assert found.encoding == "gb18030" and 1 <= found.bad <= 6 and "\ufffd" in found.text
    assert decode(PROSE.encode()[:-1]).bad == 1
    noise = random.Random(5).randbytes(4000)
    assert decode(noise) is None or is_binary(noise)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize(("size", "bad"), [(160, 2), (480, 5), (4800, 60)])
def test_few_bad_bytes_of_a_short_text_lose_neither_it_nor_what_follows_them(codec, size, bad):
    text = (PROSE * 30)[:size]
    for seed in range(10):
        data = bytearray(text.encode(codec))
        for place in random.Random(seed).sample(range(len(data)), bad):
            data[place] = 0xFF
        found = decode(bytes(data))
        assert found is not None and found.encoding == codec and "\ufffd" in found.text
        assert sum(map(found.text.count, ("，", "。"))) >= sum(map(text.count, ("，", "。"))) - 3 * bad


def test_characters_that_eten_added_to_big5_are_read_however_long_the_page():
    said = "恒生指數在這一年裏升了一成，街坊把生銹的閘門和矮墻都修好了。"
    for declared in (None, "big5"):
        for times in (1, 60):
            page = TRADITIONAL * times + said
            found = decode(page.encode("cp950"), declared)
            assert (found.text, found.bad, family(found.encoding)) == (page, 0, "big5")
    damaged = bytearray((TRADITIONAL * 2).encode("big5"))      # what was overwritten is told, not read as what it may be in some extension
    damaged[60] = 0xFF
    assert decode(bytes(damaged), "big5").bad


def test_a_wrong_guess_is_none_however_whole():
    for seed in range(20):
        data = bytearray(PROSE.encode())
        for place in random.Random(seed).sample(range(len(data)), len(data) // 6):
            data[place] = 0xFF
        assert decode(bytes(data)) is None
    latin = "Übermäßig große Änderungen können Fußgängerüberwege über Flüsse führen. " * 20
    assert (found := decode(latin.encode("latin-1"))) is None or "\ufffd" not in found.text


def test_lines_of_two_encodings():
    data = PROSE.encode() + b"\n" + TRADITIONAL.encode("gb18030") + b"\n" + PROSE.encode()
    found = decode(data)
    assert found.text == f"{PROSE}\n{TRADITIONAL}\n{PROSE}" and found.encoding == "utf-8" and found.confidence < 0.6


def test_a_line_of_its_own_that_a_crawler_puts_above():
    data = "# 书名：江城县志\n".encode() + PROSE.encode("gb18030")
    found = decode(data)
    assert found.text == f"# 书名：江城县志\n{PROSE}" and found.encoding == "gb18030"
    assert decode(PROSE.encode("gb18030")[:-1]).text.startswith(PROSE[:-2])         # cut at the end, a text of one encoding stays one


def test_other_languages_are_not_made_chinese():
    japanese = "本日はお集まりいただき、誠にありがとうございます。これからの計画について、ひとつずつご説明いたします。" * 5
    korean = "오늘 이 자리에 모여 주신 여러분께 감사드립니다. 앞으로의 계획을 하나씩 설명하겠습니다. " * 5
    assert decode(japanese.encode("shift_jis")) is None and decode(korean.encode("euc_kr")) is None
    assert decode(japanese.encode()).text == japanese


def test_a_short_gbk_word_that_is_valid_utf8():
    assert decode("联通".encode("gbk")).text == "联通"


def test_a_short_file_that_was_read_in_another_encoding_and_written_down_so():
    text = "在全乡水利工作会议上的讲话\n同志们：\n今天把大家请来，专门研究修渠的事。"
    seen = text.encode("gbk").decode("latin-1")
    assert decode(seen.encode()).text == seen           # undone later: the raw text stays what the file holds
    assert decode("Déjà vu à la plage, où ça?".encode()).encoding == "utf-8"


def test_ascii_hz_and_nothing():
    assert decode(b"plain words") == Decoded("plain words", "utf-8", 1.0)
    assert decode("同志们，大家好".encode("hz")).text == "同志们，大家好"
    assert decode(b"").text == ""


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    found = decode(data)
    is_binary(data)
    assert found is None or (isinstance(found.text, str) and 0 <= found.confidence <= 1)


def test_names_of_charsets():
    assert codec_name("GB2312") == codec_name("x-cp20936") == codec_name(" gbk ") == "gb18030"
    assert codec_name("UTF8") == "utf-8" and codec_name("klingon") is None and codec_name(None) is None


def test_right_readings_look_more_chinese_than_wrong_ones():
    right = chineseness(PROSE)
    assert right > 1.5
    assert chineseness(PROSE.encode("gbk").decode("big5", "replace")) < 0 < right
    assert chineseness("plain words") == 0
