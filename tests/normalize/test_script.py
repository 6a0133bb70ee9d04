"""Traditional to simplified."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from flows.normalize import script
from flows.normalize.characters import clean

TRADITIONAL = sorted({char for source, _ in script.package_entries() for char in source})
PACKAGE = OpenCC("t2s")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TRADITIONAL + ["的", "是", "，"] + [source for source, _ in script.package_entries() if len(source) > 1]), max_size=30)  # noqa: E501
       .map("".join))
def test_equal_to_the_package(text):
    assert script.converter(script.package_entries()).convert(text) == PACKAGE.convert(text)


@pytest.mark.parametrize(("raw", "text"), [
    ("發揮著重要作用，著力解決，彰顯著特色", "发挥着重要作用，着力解决，彰显着特色"),
    ("成效顯著，著名專著，原著編著", "成效显著，著名专著，原著编著"),
    ("發揮著作用與著作權", "发挥着作用与著作权"),
    ("乾安縣乾部培訓，乾隆年間，乾坤", "乾安县干部培训，乾隆年间，乾坤"),
    ("上級批覆，群眾回覆答覆，森林覆蓋", "上级批复，群众回复答复，森林覆盖"),
    ("皇后與後來，裏面與公里，乾淨", "皇后与后来，里面与公里，干净"),
    ("瞭望塔與瞭解，徵求意見，特徵", "瞭望塔与了解，征求意见，特征"),
    ("舖位擺滿麵包與菓乾，姪女和女壻打毬，隣里一起修隄", "铺位摆满面包与果干，侄女和女婿打球，邻里一起修堤"),
    ("林喆與陳祐銘在濬河工地徬徨", "林喆与陈祐铭在濬河工地彷徨"),
    ("公共衞生，產業鍊，鍛鍊身體", "公共卫生，产业链，锻炼身体"),
])
def test_reviewed_exceptions(raw, text):
    assert clean(raw + "，這個國家發展進步").text == text + "，这个国家发展进步"


def test_simplified_text_is_not_touched():
    text = "著名作家乾隆年间于于是之，毕昇与於先生，朗朗乾坤，这个国家发展。"
    assert clean(text).text == text
    assert clean(text).script == "Hans"


def test_a_slip_in_a_simplified_text_is_mended():
    assert clean("我们这个国家的春季學期发展进步").text == "我们这个国家的春季学期发展进步"


def test_mixed_by_paragraph():
    raw = "这个国家发展进步，著名的乾坤。\n這個國家發展進步，乾淨。"
    assert clean(raw).text == "这个国家发展进步，著名的乾坤。\n这个国家发展进步，干净。"
    assert clean(raw).script == "mixed"


SPRINKLED = """各位村民、各位幹部，今天开個短會，把水渠的事說清楚，请大家都聽一聽。
去年这條渠漏了三處，村里借著农閒修了两處，剩下一處还没有動，后果誰都明白。
最後這一處，由王乡长领著青年突擊隊来修，他写過水利的专著，显著的成效大家看得見。
散會以後，请各组長留一下，把人數报上來，谁也别缺席。"""


def test_both_scripts_within_the_paragraphs():
    assert clean(SPRINKLED).text == """各位村民、各位干部，今天开个短会，把水渠的事说清楚，请大家都听一听。
去年这条渠漏了三处，村里借着农闲修了两处，剩下一处还没有动，后果谁都明白。
最后这一处，由王乡长领着青年突击队来修，他写过水利的专著，显著的成效大家看得见。
散会以后，请各组长留一下，把人数报上来，谁也别缺席。"""


def test_a_quotation_in_traditional_characters_leaves_the_rest_as_it_is():
    said = "\n".join(["这位著名作家与於先生的乾坤，我们还记得，发言就从这里说起。"] * 4)
    assert clean(f"{said}\n諸位鄉親，這條渠是我們的，後來的人會記得。").text.startswith(said)


def test_lexicon_is_well_formed():
    entries = script.reviewed_entries()
    assert len(entries) > 200
    assert all(source and len(source) == len(target) for source, target in entries)
