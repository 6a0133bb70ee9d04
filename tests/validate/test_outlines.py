"""What segment makes passes the rules: both read a marker's number by one function, whatever numerals it is written in."""
from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.segment.shard import segment_shard
from flows.tables import empty_frame, read_frame, write_frame
from flows.validate.rules import faults
from schemas import DOCUMENTS, EDITS, SPEECHES

NUMERALS = {
    "han": "一二三四", "formal": "壹贰叁肆", "formal, simplified": "壹贰参肆", "tens": "十 十一 十二 十三", "twenties": "廿 廿一 廿二 廿三",
    "thirties": "卅 卅一 卅二 卅三", "formal tens": "拾 拾壹 拾贰 拾叁", "digits": "1234", "wide": "１２３４", "padded": "01 02 03 04",
    "Arabic": "١٢٣٤", "years": "一〇 一一 一二 一三", "zeros": "〇一 〇二 〇三 〇四", "side by side": "壹贰 贰叁 叁肆 肆伍",
    "letters": "甲乙丙丁", "Roman": "ⅠⅡⅢⅣ", "circles": "①②③④", "brackets": "⑴⑵⑶⑷", "points": "⒈⒉⒊⒋", "Han in brackets": "㈠㈡㈢㈣",
    "Han in circles": "㊀㊁㊂㊃", "black": "❶❷❸❹", "double": "⓵⓶⓷⓸", "tens in circles": "⑪⑫⑬⑭"}
NUMERALS = {name: written.split() if " " in written else list(written) for name, written in NUMERALS.items()}
FORMS = ("{}、", "{}．", "{}.", "{}：", "{} ", "{}", "{}\n", "（{}）", "( {} )", "【{}】", "{}）", "第{}、", "第{}，", "第{}部分 ",
         "第{}章\n", "第{}个问题：", "第{}件事，", "其{}，", "{}是", "{}要", "{}方面", "■ {}、", "★（{}）")


def section_faults(texts: list[str], work: Path) -> set[tuple[str, str]]:
    """(rule, evidence) of the rows of sections that segment makes of the texts and that break a rule."""
    keys = [f"{at:020x}" for at in range(len(texts))]
    headings = empty_frame(SPEECHES).schema.get("headings", pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32})))
    speeches = pl.DataFrame({"speech_id": keys, "text": texts, "headings": [[]] * len(texts)}, schema_overrides={"headings": headings})
    write_frame(speeches, work / "speeches.arrow")
    segment_shard({"speeches": work / "speeches.arrow"}, {}, work)
    whole = pl.concat([empty_frame(SPEECHES), speeches.drop("headings")], how="diagonal_relaxed")
    sections, phrases = (read_frame(work / f"{name}.arrow") for name in ("sections", "phrases"))
    found = faults(empty_frame(DOCUMENTS), whole, empty_frame(EDITS), sections, phrases)
    return {(rule, evidence) for rule, table, _, evidence in found if table == "sections"}


@pytest.mark.parametrize("numerals", NUMERALS)
def test_a_speech_in_any_numbering_passes_the_rules(numerals, tmp_path):
    texts = []
    for form in FORMS:
        for end in ("\n", "，", "；"):
            lines = [f"{form.format(each)}抓好{thing}的事{end}汛期之前见到成效。" for each, thing in zip(NUMERALS[numerals], "水电路桥")]
            texts += ["同志们：\n今天讲四点意见。\n" + "\n".join(lines), "要抓四件事：" + "".join(lines)]
    assert section_faults(texts, tmp_path) == set()


PIECES = st.sampled_from([
    *sorted({each for numerals in NUMERALS.values() for each in numerals}), *"第第（）、、．：，；。 其是要个", "\n", "\n", "方面", "部分",
    "件事", "首先，", "其次，", "抓防汛", "管护林"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(PIECES, min_size=1, max_size=60).map("".join), min_size=1, max_size=20))
def test_any_numerals_pass_the_rules(texts, tmp_path):
    lines = ["\n".join(line.strip() for line in text.split("\n") if line.strip()) for text in texts]
    assert section_faults([text for text in lines if text] or ["好"], tmp_path) == set()
