import pytest

from flows.ingest.documents import Mark
from flows.normalize.lines import Line, apply_layout, is_markdown, split, strip_comments, strip_front_matter, strip_markdown


def views(lines: list[Line]) -> list[tuple[str, str | None]]:
    return [(line.view, line.reason) for line in lines]


def test_lines_know_their_place_indent_and_the_gap_before_them():
    text = "甲\n\n　　乙  \r丙\u2028"
    lines = split(text)
    assert [(text[line.start:line.end], line.indent, line.gap) for line in lines] == [("甲", 0, 0), ("乙", 2, 1), ("丙", 0, 0)]
    assert split("\n \n") == []


def test_a_line_that_loses_its_middle_loses_the_space_left_at_its_ends():
    text = "甲 （广告） "
    line = split(text)[0]
    line.drop(text, [(2, 6, "furniture")])
    assert line.view == "甲"
    assert line.drops == [(1, 2, "whitespace"), (2, 6, "furniture")]
    assert line.pieces() == [(0, 1)]


def test_overlapping_spans_are_taken_away_once():
    text = "甲乙丙丁"
    line = split(text)[0]
    line.drop(text, [(0, 2, "furniture")])
    line.drop(text, [(1, 3, "note")])
    assert line.view == "丁"
    assert line.drops == [(0, 3, "furniture")]


def test_a_line_is_parted_at_places_of_its_view():
    text = "　开会。一、总结。二、安排。"
    parts = split(text)[0].parted(text, [3, 8])
    assert [part.view for part in parts] == ["开会。", "一、总结。", "二、安排。"]
    assert [text[part.start:part.end] for part in parts] == [part.view for part in parts]


def test_asterisks_of_an_anonymised_text_are_no_markdown():
    assert is_markdown("text/markdown", "a.txt", "")
    assert is_markdown("text/plain", "a/b.md#3", "")
    assert is_markdown("text/plain", "a.txt", "## 一、总结\n")
    assert not is_markdown("text/plain", "a.txt", "在**市召开，**同志到会。")


def test_front_matter_is_metadata_and_a_rule_alone_is_not():
    lines = split("---\ntitle: 讲话\ntags:\n  - 会议\n---\n正文")
    strip_front_matter(lines)
    assert [line.reason for line in lines] == ["metadata"] * 5 + [None]
    lines = split("---\n今天开会。\n---")
    strip_front_matter(lines)
    assert {line.reason for line in lines} == {None}


def test_links_round_pictures_and_emphasis_go_and_blanks_stay():
    picture = "[![图 1](http://a.example/s.jpg)](http://a.example/l.jpg)"
    text = picture + "\n按[《养老办法》](javascript:;)办。\n答_“满意”_的多，_很 多_。\n第_次会，第_期"
    lines = split(text)
    strip_markdown(text, lines)
    assert [line.view for line in lines] == ["", "按《养老办法》办。", "答“满意”的多，很 多。", "第_次会，第_期"]
    assert [line.reason for line in lines] == ["markup", None, None, None]


def test_prefixes_rules_and_links_go():
    text = "> * 引文\n---\n见[决定](http://a.example/b)。\n![图](a.png)"
    lines = split(text)
    strip_markdown(text, lines)
    assert views(lines) == [("引文", None), ("---", "markup"), ("见决定。", None), ("", "markup")]


def test_comments_are_furniture_whatever_became_of_their_marks():
    text = "<!-- 甲 -->\n乙\n<！——丙——>\n丁<!-- 戊 -->"
    lines = split(text)
    strip_comments(text, lines)
    assert views(lines) == [("甲", "furniture"), ("乙", None), ("丙", "furniture"), ("丁", None)]


def test_layout_marks_whole_lines_only():
    text = "题目\n小标题\n图注\n甲乙丙丁"
    lines = split(text)
    apply_layout(lines, [Mark(0, 2, "title"), Mark(3, 6, "heading"), Mark(7, 9, "caption"), Mark(10, 11, "furniture"), Mark(10, 12,
        "bold")])
    assert [(line.title, line.heading, line.reason) for line in lines] == [
        (True, True, None), (False, True, None), (False, False, "furniture"), (False, False, None)]
    assert lines[3].bold == [(10, 12)]


def test_front_matter_may_stand_between_plus_signs():
    lines = split('+++\ntitle = "讲话"\n[params]\nweight = 3\n+++\n正文')
    strip_front_matter(lines)
    assert [line.reason for line in lines] == ["metadata"] * 5 + [None]
    lines = split("+++\n今天开会。\n+++")
    strip_front_matter(lines)
    assert {line.reason for line in lines} == {None}


def test_a_note_of_the_container_is_no_part_of_the_text():
    lines = split("今天开会。\n见县志。")
    apply_layout(lines, [Mark(6, 10, "note")])
    assert [line.reason for line in lines] == [None, "note"]


def test_emphasis_of_markdown_within_a_line():
    text = "他嘴上喊*干净*，手却伸了出去。__二是管住腿。__不该去的地方不去。"
    lines = split(text)
    strip_markdown(text, lines)
    assert lines[0].view == "他嘴上喊干净，手却伸了出去。二是管住腿。不该去的地方不去。"


@pytest.mark.parametrize("text", [
    "刘*见到赵*时，天已经黑了。", "*市*区的*同志和*同志都在。", "请张*，李*两位，把__年__月的账本交来。", "__年__月__日__时，在__村开会。",
    "3*5*2米的池子", "支持入选“十*工程”、市“百*工程”的人才来县创业",
])
def test_spots_left_open_within_a_line_stay(text):
    lines = split(text)
    strip_markdown(text, lines)
    assert lines[0].view == text
