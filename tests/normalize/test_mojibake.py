"""GBK bytes shifted by a byte-unsafe replacement."""
import json
import random
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize import mojibake
from flows.normalize.characters import clean
from flows.normalize.counts import learn
from flows.normalize.edits import apply
from flows.normalize.language import Model
from flows.normalize.mojibake import damaged, is_suspect, masked, repaired
from flows.normalize.words import words
from tests.hostile import ends

HALF = str.maketrans("，：；（）？！", ",:;()?!")


def test_forward_model():
    assert damaged("確保活動快速高效推進(jìn)", frozenset(";")) == "確;顒涌焖俑咝七M(jìn)"
    assert damaged("我们要坚持;努力", frozenset(";")) == "我们要坚持;努力"


REGISTER = ("要加强环境保护工作，确保各项任务落到实处。要把平常活动和集中整治配合起来，常抓不懈。要健全保障机制，完善保护制度，"
            "推动生态环境保护取得新成效。经常化开展学习教育，正常换届工作有序推进。要依法保护农民合法权益，保护耕地红线。") * 30


def test_repair_by_what_the_corpus_teaches():
    model = Model(learn([REGISTER]))
    for sentence in ("今年以来,各地加强环境保护工作,成效明显。", "要依法保护农民合法权益,维护稳定。"):
        seen = damaged(sentence, frozenset(";"))
        assert seen != sentence
        edits, left = repaired(seen, "Hans", model)
        assert apply(seen, edits) == sentence and not left


def test_a_word_that_vanished_in_part_is_found_by_what_stands_around_it():
    model = Model(learn([REGISTER + "乡镇企业向规模化、多元化发展，形成新的格局。要推动多元投资发展。" * 20]))
    sentence = "近年来,乡镇企业向规模化、多元化发展,形成新的格局。"
    edits, left = repaired(damaged(sentence, frozenset(";")), "Hans", model)
    assert apply(damaged(sentence, frozenset(";")), edits) == sentence and not left


def test_what_is_not_sure_stays_and_is_noted():
    seen = damaged("会上,保邶、保鬯到场,", frozenset(";"))
    cleaned = clean(seen)
    assert "mojibake_repaired" not in cleaned.defects


@pytest.mark.parametrize("text", [
    "刮骨疗毒;但是我们知道,违纪违法没有例外", "坚持党的领导;三是投入热情", "赴湄潭、凤冈调研:莆田、濮阳、儋州等地", "他说;勐海县、亳州市、衢州市都去了",  # noqa: E501
])
def test_clean_marks_stay(text):
    assert repaired(text, "Hans") == ([], [])


def test_little_text_is_enough_for_common_wording():
    sentence = "要把平常活动和集中整治配合起来,坚持不懈抓下去。"
    seen = damaged(sentence, frozenset(";"))
    before = "会议要求,各部门要快速高效推进各项工作,把平常活动和集中整治配合好,配合起来抓,确保活动取得实效。\n" * 3
    shift = len(before)
    edits, left = repaired(before + seen, "Hans", Model(learn([before * 20])))
    assert seen != sentence and not left
    assert apply(seen, [edit._replace(start=edit.start - shift, end=edit.end - shift) for edit in edits]) == sentence


def test_words_and_their_classes():
    likelihood = words().likelihood
    assert likelihood("平常活动与专项整治") > likelihood("平常活动入专项整治")
    assert likelihood("快速高效推进。\n") > likelihood("快速高悬推进。\n")
    assert likelihood("高效推进。\n") > likelihood("高效推进\n")
    assert likelihood("") == 0


def test_suspects():
    assert is_suspect("要把平;疃图姓闻浜掀鹄,坚持不懈")
    assert not is_suspect("刮骨疗毒;但是我们知道,坚持党的领导;三是投入热情")
    # what is left of a row of entities, and a decimal point lost in a way that is not undone
    assert not is_suspect("摘自:文选第二卷;;;;出版社二〇一六年版")
    assert is_suspect("新建水厂;保低蛉耍?建成") and not is_suspect("新建水厂7?保低蛉耍?建成")
    assert repaired("新建水厂7?保低蛉耍?建成", "Hans") == ([], [(5, 10)])
    # what ends a character written by name, and names that newspapers write
    assert not is_suspect("增长率为6&permil;。全面完成任务") and not is_suspect("用amp;nbsp;,隔开") and is_suspect("增长率为6permil;。全面")
    assert not is_suspect("机场改扩建工程;做好渝贵高铁、泸遵铁路、涪柳铁路前期工作")


@pytest.mark.parametrize("sentence, after", [
    ("要落实《水库水质保护三年行动计划》,", "巩固已有成果。"),
    ("要落实“水库水质保护三年行动计划”,", "巩固“已有成果”。"),
])
def test_a_pair_of_marks_that_lost_its_end_is_not_left_open(sentence, after):
    model = Model(learn(["要落实水库水质保护三年行动计划,巩固已有成果。" * 200]))
    bare = sentence.translate({ord(mark): None for mark in "《》“”"}) + after
    edits, _ = repaired(damaged(bare, frozenset(";")), "Hans", model)
    assert apply(damaged(bare, frozenset(";")), edits) == bare
    edits, left = repaired(damaged(sentence + after, frozenset(";")), "Hans", model)
    assert not edits and left


def test_what_else_may_stand_in_a_place_is_weighed():
    """生态 leaves no trace in 保护水生态环境: who has read both repairs neither."""
    short, long = "我们要保护水环境,稳步推进。", "我们要保护水生态环境,稳步推进。"
    seen = damaged(short, frozenset(";"))
    assert seen == damaged(long, frozenset(";"))
    for taught, found in ((short, short), (short + long, seen)):
        assert apply(seen, repaired(seen, "Hans", Model(learn([taught * 400])))[0]) == found


@ends
@pytest.mark.parametrize("hostile", [";疃", ";疃\n", ",佚名", "疃", ";,"])
def test_long_hostile_text_is_given_up_soon(hostile):
    edits, left = repaired((hostile * 1_000_000)[:1_000_000], "Hans")
    assert not edits and left == sorted(left)


def test_the_damage_of_a_real_page_is_undone_by_what_few_texts_teach(shared):
    texts = []
    for path in sorted((shared / "corpora" / "seeds").glob("*.txt")):
        data = path.read_bytes()
        try:
            texts.append(data.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(data.decode("gb18030"))
    model = Model(learn(map(masked, texts)))
    found = [repaired(text, "Hant", model) for text in texts if is_suspect(text)]
    assert [left for _, left in found if left] == [] and sum(len(edits) for edits, _ in found) == 1


def corruptions(lines: Iterable[str], count: int) -> list[tuple[str, str]]:
    """(damaged, original) where the replacement of ； hit one place, in lines whose marks are half-width."""
    found = []
    for line in lines:
        line = "我们要坚持下去," + line.translate(HALF)
        try:
            data = [char.encode("gbk") for char in line]
        except UnicodeEncodeError:
            continue
        if sum(one[-1:] + two[:1] == b"\xa3\xbb" and len(one) == 2 for one, two in pairwise(data)) == 1:
            found.append((damaged(line, frozenset(";")), line))
    random.Random(5).shuffle(found)
    return found[:count]


def clauses(texts: Iterable[str]) -> Iterable[str]:
    return (line for text in texts for line in re.split(r"(?<=。)|\n", text) if 14 < len(line) < 200)


def rates(samples: list[tuple[str, str]], model: Model) -> tuple[float, float]:
    """Shares of the published repairs that are right, and of the samples that are repaired."""
    published = right = 0
    for seen, original in samples:
        edits, _ = repaired(seen, "Hans", model)
        published += bool(edits)
        right += bool(edits) and apply(seen, edits) == original
    return right / max(published, 1), right / len(samples)


def scraped(shared: Path) -> Iterable[str]:
    paths = sorted((shared / "eval" / "gold" / "scraped").glob("*.json"))
    return (json.loads(path.read_text(encoding="utf-8")).get("text") or "" for path in paths)


def bulk(shared: Path) -> list[str]:
    texts = pl.read_parquet(shared / "corpora" / "bulk" / "speeches.parquet")["text"].to_list()
    random.Random(3).shuffle(texts)
    return texts


def test_repairs_of_unseen_prose_are_right(shared):
    precision, recall = rates(corruptions(clauses(scraped(shared)), 150), Model(learn(bulk(shared))))
    assert precision >= 0.95
    assert recall >= 0.6


@pytest.mark.soak
def test_thousands_of_repairs(shared):
    """Of 500 alone, five wrong repairs more or fewer are chance: the bounds are for four times as many, and each 500 is told."""
    texts = bulk(shared)
    samples = corruptions(clauses([*scraped(shared), *texts[-300:]]), 2000)
    model = Model(learn(texts[:-300]))
    draws = [rates(samples[start:start + 500], model) for start in range(0, 2000, 500)]
    published = right = 0.0
    for precision, recall in draws:
        print(f"{precision=:.3f} {recall=:.3f}")
        right += 500 * recall
        published += 500 * recall / precision
    assert len(samples) == 2000
    assert right / published >= 0.99
    assert right / 2000 >= 0.7


@pytest.mark.soak
def test_clean_marks_of_bulk_text_stay(shared):
    texts = bulk(shared)
    model = Model(learn(texts))
    sites = 0
    # the bulk text holds 76,250 of ;, so it is seen a second time with its full stops written as ; too
    for half in (HALF, {**HALF, ord("。"): ";"}):
        for text in texts:
            text = text.translate(half)
            sites += text.count(";")
            assert repaired(text, "Hans", model)[0] == []
            if sites > 200_000:
                return
    assert sites > 100_000


@given(st.text(st.sampled_from("国家;,:。；!锘娴鎬 \n\u3000é😀a"), max_size=40))
def test_places_that_may_be_damaged_are_found_without_reading_every_one(text):
    damage, _ = mojibake._damage()
    assert [site.span() for site in mojibake._sites(text)] == [site.span() for site in damage.finditer(text)]


def test_readings_before_a_mark_do_not_hide_what_stands_there():
    plain, annotated = "我們大家請經;仡^看一看,路是怎樣走過來的", "我們大家請經(jīng);仡^看一看,路是怎樣走過來的"
    for text in (plain, annotated):
        edits, left = repaired(text, "Hant")
        assert [text[start:end] for start, end in left] == [";仡^"] or [edit.replacement for edit in edits] == ["常回頭"]


@pytest.mark.parametrize(("original", "mark"), [
    ("今年果子豐收。很多人家蓋了新房,買了新車", ":"), ("學校和村裏的衛生室都要修,不能再拖", ":"),
    ("這條路要經常回頭看一看,哪裏壞了修哪裏", ";"),
])
def test_damage_that_ends_with_a_letter_of_ascii_is_undone_with_nothing_learned(original: str, mark: str) -> None:
    seen = damaged(original, frozenset(mark))
    edits, left = repaired(seen, "Hant")
    assert seen != original and apply(seen, edits) == original and left == []


@pytest.mark.parametrize(("original", "mark"), [("要堅持規模化種植果樹,搞好灌溉", ";"), ("山海之間的路。可見修路不易,要珍惜", "?")])
def test_damage_that_is_not_undone_is_noted(original: str, mark: str) -> None:
    edits, left = repaired(damaged(original, frozenset(mark)), "Hant")
    assert edits or left


@pytest.mark.parametrize("clean", ["創建了一家A級景區,辦好B區的學校;C區的以後再辦", "生產了N95口罩,K歌的人少了;在T字路口向左",
                                   "用好App、小程序;推廣e支付,方便羣衆"])
def test_letters_between_chinese_characters_are_no_damage(clean: str) -> None:
    assert repaired(clean, "Hant") == ([], [])


def test_a_reading_behind_a_run_is_that_of_its_last_character() -> None:
    search = mojibake.Search(Model(), mojibake.tables("Hant", frozenset("：")), frozenset("壞"))
    assert search.fits("走壞", "走▔(huài)了", 2) and not search.fits("走地", "走▔(huài)了", 2) and search.fits("走地", "走▔了", 2)
    assert not search.fits("壞路", "壞路", 2)       # elsewhere the text annotates 壞, and here it would not
