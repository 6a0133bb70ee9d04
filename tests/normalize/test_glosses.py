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
