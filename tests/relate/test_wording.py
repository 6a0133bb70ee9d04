"""Set wording from a small corpus made here: common formulae among clauses drawn by lot."""
from __future__ import annotations

import random

import polars as pl

from flows.relate.wording import ATTRACTED, count_wording, occurrences, set_phrases
from flows.segment.texts import Texts
from flows.segment.wordlist import WordList

FORMULAE = ("坚持稳中求进工作总基调", "绿水青山就是金山银山")
SYLLABLES = "春夏秋冬东南西北山河湖海风雨雷电松竹梅兰金木水火土石田园街桥船车马牛羊"


def corpus(count: int = 60) -> pl.DataFrame:
    """Speeches of clauses drawn by lot, a formula in every third, each time among other characters."""
    lot = random.Random(7)

    def clause(size: int) -> str:
        return "".join(lot.choices(SYLLABLES, k=size))

    texts = []
    for _ in range(count):
        clauses = [clause(lot.randint(4, 9)) for _ in range(30)]
        clauses += [clause(2) + formula + clause(2) for formula in FORMULAE] + [f"{FORMULAE[0]}，{clause(3)}"]
        lot.shuffle(clauses)
        texts.append("，".join(clauses) + "。")
    return pl.DataFrame({"speech_id": [f"{number:04d}" for number in range(count)], "text": texts, "source": ["甲", "乙"] * (count // 2)})


def found(shards: list[pl.DataFrame]) -> pl.DataFrame:
    return set_phrases([count_wording(shard) for shard in shards])


def test_the_formulae_are_found_whole_and_nothing_else() -> None:
    assert sorted(found([corpus()])["phrase"]) == sorted(FORMULAE)


def test_counts_and_spread() -> None:
    row = found([corpus()]).filter(phrase=FORMULAE[0]).to_dicts()[0]
    assert (row["count"], row["speech_count"], row["source_count"]) == (120, 60, 2)


def test_no_phrase_begins_within_a_word() -> None:
    """Twenty words end with 场: what follows it is as free as a phrase, and is none."""
    lot = random.Random(3)
    places = list("农林牧渔商市广会战剧机赛操立现当磁收考官")
    more = pl.Series([f"{text}{''.join(lot.choices(SYLLABLES, k=2))}{place}场租金超过预期目标{''.join(lot.choices(SYLLABLES, k=2))}。"
                      for text, place in zip(corpus()["text"], places * 3)])
    counted = count_wording(corpus().with_columns(text=more))
    assert counted.filter(pl.col("phrase") == "场租金超过预期目标")["cut_before"][0] >= 0.5
    assert sorted(set_phrases([counted])["phrase"]) == sorted(FORMULAE)


def with_clauses(speeches: pl.DataFrame, *wordings: str) -> pl.DataFrame:
    """Each speech with some wordings, between characters drawn by lot."""
    lot = random.Random(11)

    def clause(wording: str) -> str:
        return f"{''.join(lot.choices(SYLLABLES, k=2))}{wording}{''.join(lot.choices(SYLLABLES, k=2))}。"

    return speeches.with_columns(text=pl.Series([text + "".join(map(clause, wordings)) for text in speeches["text"]]))


def test_wording_is_found_where_its_words_attract_each_other() -> None:
    """植树护林 and 修渠引水 stand in as many speeches; but 修渠 and 引水 are so frequent apart that they must meet."""
    speeches = with_clauses(corpus(300), *["修渠", "引水"] * 6)
    some = with_clauses(speeches[::3], "植树护林", "修渠引水")
    counted = count_wording(pl.concat([some, speeches[1::3], speeches[2::3]]))
    bits = dict(counted.select("phrase", "attraction").iter_rows())
    assert bits["植树护林"] > ATTRACTED > bits["修渠引水"]
    assert "植树护林" in (chosen := set_phrases([counted])["phrase"].to_list()) and "修渠引水" not in chosen


def test_function_words_and_torsos_are_no_set_wording() -> None:
    """这些水渠 goes with anything; 精神为指引 always stands behind a name in quotation marks. A listed character may begin a word: 和睦."""
    counted = found([with_clauses(corpus(), *["这些水渠", "“三棵树”精神为指引", "和睦村庄", "生产安全"] * 2)])["phrase"].to_list()
    assert sorted(counted) == sorted([*FORMULAE, "和睦村庄", "生产安全"])


def test_the_order_of_shards_and_speeches_does_not_matter() -> None:
    speeches = corpus()
    one, other = speeches[:30], speeches[30:]
    assert found([one, other]).equals(found([other.reverse(), one]))


def test_what_one_speech_repeats_is_no_set_wording() -> None:
    alone = pl.DataFrame({"speech_id": ["0"], "text": ["，".join(f"{char}{FORMULAE[0]}" for char in SYLLABLES * 4)]})
    assert found([alone]).height == 0
    assert found([]).height == 0 and found([alone.clear()]).height == 0


def test_occurrences_are_told_by_text_and_never_run_over_its_end() -> None:
    wording = WordList(["稳中求进", "坚持稳中求进工作总基调"])
    texts = Texts(["要坚持稳中求进工作总基调，稳中求进。稳中", "", "求进，稳中求进"])
    found = occurrences(texts, wording)
    assert found.select("text", "start", "end", "phrase", "surface", "kind").rows() == [
        (0, 1, 12, "坚持稳中求进工作总基调", "坚持稳中求进工作总基调", "set"), (0, 3, 7, "稳中求进", "稳中求进", "set"),
        (0, 13, 17, "稳中求进", "稳中求进", "set"), (2, 3, 7, "稳中求进", "稳中求进", "set")]
    assert [texts.joined[place:place + 4] for place in found["place"]] == ["坚持稳中", "稳中求进", "稳中求进", "稳中求进"]


def test_without_wording_nothing_occurs() -> None:
    for found in (occurrences(Texts(["稳中求进"]), WordList([])), occurrences(Texts([]), WordList(["稳中求进"]))):
        assert found.height == 0 and found.columns == ["place", "text", "start", "end", "surface", "phrase", "kind"]
