"""Text that was read in another encoding than it was in, and written down so."""
import pytest

from flows.ingest.documents import Document
from flows.ingest.selection import judge
from flows.normalize.characters import clean
from flows.normalize.double_decoding import _pairs, plain, plain_words, undone
from flows.normalize.edits import apply
from tests.normalize.pages import page

TITLE = "在全乡春灌动员会上的讲话"
SPEECH = ("同志们：\n今天开个短会，只讲春灌这一件事。水库的水不多了，大家要算着用，先浇麦子，后浇果园。\n"
          "一、把渠道修好。各村三天之内把自己那一段清完，哪一段漏水，就由哪个村负责补上。\n"
          "二、把用水管好。由水管员统一排班，白天黑夜都不停，谁也不能抢水。\n同志们，人误地一时，地误人一年。"
          "希望大家回去就动手，把这件事办好。")

READINGS = {
    "UTF-8 as GBK": ("utf-8", "gb18030"), "UTF-8 as GBK without what GBK leaves to its users": ("utf-8", "gbk"),
    "UTF-8 as Latin-1": ("utf-8", "latin-1"), "GBK as Latin-1": ("gbk", "latin-1"), "GBK as Windows-1252": ("gbk", "cp1252"),
    "UTF-8 as Windows-1252": ("utf-8", "cp1252"),
}


def misread(text: str, was: str, read_as: str) -> str:
    return "\n".join(line.encode(was).decode(read_as, "replace") for line in text.split("\n"))


@pytest.mark.parametrize(("was", "read_as"), [READINGS[name] for name in ("UTF-8 as GBK", "UTF-8 as Latin-1", "GBK as Latin-1")])
def test_what_lost_nothing_comes_back_whole(was: str, read_as: str) -> None:
    damaged = misread(SPEECH, was, read_as)
    found = clean(damaged)
    assert found.text == SPEECH
    assert "mojibake_repaired" in {spot.defect for spot in found.spots}
    assert apply(damaged, undone(damaged)) == SPEECH


@pytest.mark.parametrize("name", READINGS)
def test_what_was_lost_is_told_by_the_language_or_told_to_be_lost(name: str) -> None:
    repaired = plain(misread(SPEECH, *READINGS[name]))
    wrong = [(one, other) for one, other in zip(SPEECH, repaired, strict=True) if one != other]
    assert {other for _, other in wrong} <= {"\ufffd"}
    assert len(wrong) <= len(SPEECH) // 8


def test_a_byte_for_which_a_program_wrote_a_question_mark():
    said = "请问大家准备好了吗?我看没有准备好。\n先查水渠，再查“两闸”，最后把结果报到乡里来。"
    for codec in ("gbk", "cp936"):
        damaged = misread(said, "utf-8", codec).replace("\ufffd", "?")
        assert "?" in damaged.replace("\n", "") and plain(damaged) == said


@pytest.mark.parametrize("was", ["utf-8", "gbk"])
@pytest.mark.parametrize("page", ["cp1251", "mac_roman", "cp437", "cp850", "cp866", "koi8_r"])
def test_code_pages_of_other_countries_and_computers(was: str, page: str) -> None:
    damaged = misread(SPEECH, was, page)
    assert damaged != SPEECH and plain(damaged) == SPEECH
    assert plain(f"{TITLE}\n{damaged}\n责任编辑：小陶") == f"{TITLE}\n{SPEECH}\n责任编辑：小陶"


def test_bytes_that_no_character_of_a_code_page_stands_for():
    assert plain(misread(SPEECH, "gbk", "cp1250")) == SPEECH
    repaired = plain(misread(SPEECH, "utf-8", "cp1250"))
    assert {other for one, other in zip(SPEECH, repaired, strict=True) if one != other} <= {"\ufffd"}


def test_a_no_break_space_that_was_a_byte_and_one_that_was_an_indent():
    said = "十里长堤，是我们一锹一锹挑起来的。\n\u00a0\u00a0守住它，就是守住四十个村子，人人有份。\n"
    first, second = said.splitlines(keepends=True)
    damaged = misread(first, "gbk", "mac_roman") + second[:2] + misread(second[2:], "gbk", "mac_roman")
    assert damaged.startswith("\u00a0") and plain(damaged) == said
    assert plain(damaged.replace("\u00a0", " ")) == said.replace("\u00a0", " ")


@pytest.mark.parametrize("text", [
    "碑上刻着“НАРОДНАЯ ДРУЖБА”几个字，翻译过来是人民友谊。", "Ў и Ј — буквы, которых нет в русском алфавите. ГМ, ВРЕМЯ ЁЛКИ.",
    "Łódź和Kraków，还有Ł¬ˇŁ这样的记号，我都不认得。",
])
def test_what_is_written_in_other_alphabets_stays(text: str) -> None:
    assert plain(text) == text


def test_short_lines_of_a_text_of_which_all_was_read_so():
    said = f"乡长 濮垚林\n2019年3月4日\n{SPEECH}\n散会！\n"
    assert plain(misread(said.replace("垚", "阎"), "gbk", "latin-1")) == said.replace("垚", "阎")
    twice = misread(misread(said, "utf-8", "latin-1"), "utf-8", "latin-1")
    assert plain(twice) == said


def test_a_short_line_beside_chinese_is_told_by_the_long_ones():
    told = misread("今天开个短会，只讲春灌这一件事。水库的水不多了，大家要算着用。", "gbk", "latin-1")
    page = f"乡长讲话\n{told}\n这一行没有坏。\n{misread('散会！', 'gbk', 'latin-1')}\nSão Paulo的Müller和café\n"
    assert plain(page) == "乡长讲话\n今天开个短会，只讲春灌这一件事。水库的水不多了，大家要算着用。\n这一行没有坏。\n散会！\n" \
                          "São Paulo的Müller和café\n"


def in_windows_936(text: str) -> str:
    """`text` in UTF-8, read as the GBK of Windows, which has € for the single byte 80 and ? for a byte that begins no pair."""
    data, read, at = text.encode(), "", 0
    while at < len(data):
        size = 1 if data[at] <= 0x80 else 2
        pair = data[at:at + size].decode("gb18030", "replace")
        read += "€" if data[at] == 0x80 else pair if len(pair) == 1 else "?"
        at += size if len(pair) == 1 else 1
    return read


def test_the_byte_80_that_windows_reads_as_the_sign_of_the_euro():
    said = "在全乡供销工作会上的报告\n供销社主任  姜禾\n（二〇〇六年二月）\n一切开支一律公开，一笔一笔写清楚。谁不同意，当面提。\n"
    seen = in_windows_936(said)
    assert seen.count("€") >= 4 and "姜" not in seen and plain(seen) == said


@pytest.mark.parametrize("text", ["门票每张5€，鐨字牌的老店不收€。", "这一笔一共是€，锛字写错了。"])
def test_a_sign_of_the_euro_that_was_meant_stays(text: str) -> None:
    assert plain(text) == text


def test_a_few_pairs_beside_chinese_are_no_damage():
    damaged = in_windows_936("一切开支一律公开，一笔一笔写清楚，送到每一户。\n")
    assert plain(f"{damaged}姓濮的瑗姐\n{SPEECH}").endswith(f"姓濮的瑗姐\n{SPEECH}")


@pytest.mark.parametrize("text", ["锛字怎么读?銆字又怎么读?鐨字呢??", "这是锛?还是銆?大家说说看?"])
def test_a_question_mark_behind_what_is_no_damage_stays(text: str) -> None:
    assert plain(text) == text


def test_a_no_break_space_that_became_a_space():
    damaged = misread("大家要加快进度，加强管理，加大力度。", "utf-8", "latin-1")
    assert "\xa0" in damaged and plain(damaged.replace("\xa0", " ")) == "大家要加快进度，加强管理，加大力度。"


@pytest.mark.parametrize("text", [
    "été à la plage, où ça? Ärger über £100 ©", "他说“好的”——然后…走了，花了£50。", "生僻字锛、銆、殑、鐨四个，字典里都有。", 
    "Ünïcödé naïve café £ ¡Hola! ã ï",
    "同志们：今天开会，请大家把手机调到静音。", "¥£€§©®±²³´µ¶·¸¹º»¼½¾", "票价£5\n————————————————\n……………………\n“”“”“”“”",
])
def test_what_was_meant_as_it_is_stays(text: str) -> None:
    assert plain(text) == text


def test_one_paragraph_among_others():
    lines = SPEECH.split("\n")
    for was, read_as in READINGS.values():
        mixed = "\n".join([*lines[:2], misread(lines[2], was, read_as), *lines[3:]])
        repaired = plain(mixed).split("\n")
        assert [*repaired[:2], *repaired[3:]] == [*lines[:2], *lines[3:]]
        assert repaired[2].lstrip("一\ufffd").startswith("、把渠道修好")


@pytest.mark.parametrize(("was", "read_as"), [READINGS["GBK as Latin-1"], READINGS["UTF-8 as GBK"]])
def test_a_misread_document_is_told_to_be_a_speech(was: str, read_as: str) -> None:
    documents: list[Document] = [page(misread(f"{TITLE}\n{SPEECH}", was, read_as))]
    assert [judgement.is_speech for judgement in judge(documents)] == [True]


def test_the_language_is_asked_so_often_and_no_more():
    paragraph = misread("我们开会，大家发言，意见一致，事情就好办。", "utf-8", "gb18030")
    lost = plain("\n".join([paragraph] * 1_500)).count("\ufffd")
    assert lost > 0 and plain(paragraph).count("\ufffd") == 0


def test_in_a_text_of_which_all_was_misread_numbers_and_dates_are_told_too():
    text = f"{TITLE}\n（2009年3月5日）\n（一）\n{SPEECH}"
    seen = misread(text, "gbk", "latin-1")
    assert plain(seen) == text
    # among other writing the same few signs say nothing
    assert "£¨2009Äê3ÔÂ5ÈÕ£©" in plain(seen.split("\n")[1] + f"\n{SPEECH}")


def in_windows_950(text: str) -> str:
    """`text` in GBK, read as the Big5 of Windows, which gives the pairs of its users private characters."""
    table = {pair: char for char, pair in _pairs("cp950").items()}
    data = text.encode("gbk")
    read, at = "", 0
    while at < len(data):
        size = 1 if data[at] < 0x80 else 2
        read += data[at:at + size].decode("ascii") if size == 1 else table[data[at:at + size]]
        at += size
    return read


def test_big5_read_as_gbk_and_gbk_read_as_big5():
    traditional = ("春灌動員會上的講話\n１９８３年３月９日\n各位代表、同志們：\n今天開會，只講春灌這一件事。"
                   "水庫的水不多了，不是沒有辦法，大家要算着用。\n我們不等不靠。")
    damaged = traditional.encode("big5hkscs").decode("gb18030")
    assert "琌" in damaged and plain(damaged) == traditional
    assert clean(damaged).text.endswith("大家要算着用。\n我们不等不靠。")
    text = SPEECH + "\n这不是3月9日1次会上讲的，前年企业其他情况也是如此，期限到了，人人都要去取票。"
    assert plain(in_windows_950(text)) == text


def test_one_paragraph_that_cannot_be_told_leaves_the_text_as_it_is():
    damaged = in_windows_950(SPEECH + "\n这件事就是这样定的。") + "\n涴岆珨ヶ鷓跺殦翩邃觿髡灴縷錧襴鷎"
    assert plain(damaged) == damaged


def as_windows(text: str) -> str:
    """UTF-8 read as Windows-1252, where bytes that it has no character for stay what they are."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("words", ["在全区消防工作会议上的讲话", "站长 马小川", "马小川"])
@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_a_field_alone_may_have_been_misread_more_than_once(words: str, rounds: int) -> None:
    damaged = words
    for _ in range(rounds):
        damaged = as_windows(damaged)
    assert plain_words(damaged) == words


def test_a_field_whose_bytes_fell_into_pairs():
    assert plain_words(misread(TITLE, "utf-8", "gb18030")) == TITLE
    assert plain_words(misread(TITLE, "gbk", "latin-1")) == TITLE


def test_a_paragraph_misread_twice_comes_back():
    assert plain(f"{TITLE}\n" + "\n".join(map(as_windows, map(as_windows, SPEECH.split("\n"))))) == f"{TITLE}\n{SPEECH}"


@pytest.mark.parametrize("words", ["Ægir Þór", "naïve “café”", "×××", "王·李", "£100 §3", "囧喆堃", "阿迪力·买买提", "Señor Muñoz à Genève",
                                   "在全區消防工作會議上的講話", "～～～～"])
def test_a_field_that_was_read_as_it_was_stays(words: str) -> None:
    assert plain_words(words) == words


@pytest.mark.parametrize("text", [
    "我（ㄨㄛˇ）和哦（ㄛ）都是注音，大家要念准。", "岆是山名，琌字少见，ぃ是假名。", "満腔の情熱、ぃぃ、それは琌ではない。",
])
def test_rare_characters_alone_are_no_damage(text: str) -> None:
    assert plain(text) == text


def test_a_document_in_the_other_encoding_of_pairs_is_told_to_be_a_speech():
    title = in_windows_950(f"{TITLE}\n{SPEECH}\n这不是小事，是大事。")
    assert [judgement.is_speech for judgement in judge([page(title)])] == [True]
