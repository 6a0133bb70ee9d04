"""Readings in brackets."""
import pytest

from flows.normalize.characters import clean


@pytest.mark.parametrize(("raw", "text"), [
    ("模范機關(guān)領(lǐng)導(dǎo)講話", "模范机关领导讲话"),
    ("適應(yīng)形勢", "适应形势"),                                # the reading ignores its context
    ("常見(jiàn)問(wèn)題，試驗(yàn)，同誌們(men)好", "常见问题，试验，同志们好"),
    ("甲硝唑(dà)片和乙胺(àn)片", "甲硝唑（dà）片和乙胺片"),     # not a reading of 唑: a note, which stays
    ("产量达到三吨(dun)，长度(m)不变", "产量达到三吨（dun），长度（m）不变"),
    ("老人们叫它“埝（niàn）”，下水从底下过", "老人们叫它“埝（niàn）”，下水从底下过"),    # the writer's own
    ("全市機關（guān）工作", "全市机关工作"),
    ("耄耋(古稀)之年", "耄耋（古稀）之年"),
])
def test_glosses(raw, text):
    assert clean(raw).text == text


def test_defect():
    assert "pinyin_gloss" in clean("全市機關(guān)工作").defects
    assert "pinyin_gloss" not in clean("全市机关(关键)工作").defects


def test_readings_without_brackets():
    plain = "各位代表，我们要把机关作风建设抓紧抓好，服务群众"
    for raw in ("各位代表，我們要把機ji關guan作風feng建設抓緊jin抓好，服務群眾zhong",
                "各位代表，我們要把機jī關guān作風fēng建設抓緊jǐn抓好，服務群眾zhòng",
                "各位代表，我們要把機ㄐㄧ關ㄍㄨㄢ作風ㄈㄥ建設抓緊ㄐㄧㄣˇ抓好，服務群眾（ㄓㄨㄥˋ）"):
        found = clean(raw)
        assert found.text == plain and "pinyin_gloss" in found.defects


def test_readings_in_brackets_behind_every_character_are_no_damage():
    found = clean("各(ㄍㄜˋ)位(ㄨㄟˋ)同(ㄊㄨㄥˊ)學(ㄒㄩㄝˊ)，你(ㄋㄧˇ)們(ㄇㄣ˙)好(ㄏㄠˇ)！下(ㄒㄧㄚˋ)課(ㄎㄜˋ)別(ㄅㄧㄝˊ)跑(ㄆㄠˇ)。")
    assert found.text == "各位同学，你们好！下课别跑。" and found.defects == {"pinyin_gloss"}


@pytest.mark.parametrize("text", [
    "下载app，打开wifi，用ppt讲课，发到qq群", "注音符号ㄅㄆㄇ是怎么来的", "他把“关guan”字念错了",
    "大家da家都来，人ren人有责，app在手里，wifi在家里，用vip卡，听mp3",
])
def test_latin_words_that_are_no_habit_of_the_text_stay(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize("unknown", ["\u3402", "\ufafe", "\u9ff0"])
def test_what_has_no_reading_that_is_known_is_no_obstacle(unknown: str) -> None:
    read = zip("修路架桥通水办学种树", ("xiu", "lu", "jia", "qiao", "tong", "shui", "ban", "xue", "zhong", "shu"))
    text = "".join(map("".join, read))
    assert clean(f"{text}。{unknown}abc").text == f"修路架桥通水办学种树。{unknown}abc"
