"""The store: outputs appear whole, are found by key, and are not taken for whole when they are not."""
from pathlib import Path

import pytest

from flows.store import DONE, find, key_of, perform, sweep


def write_two(inputs, settings, out: Path):
    (out / "one.txt").write_text(inputs["text"], encoding="utf-8")
    (out / "two.txt").write_text("same", encoding="utf-8")
    return {"length": len(inputs["text"])}


def fail_half_way(inputs, settings, out: Path):
    (out / "one.txt").write_text("half", encoding="utf-8")
    raise RuntimeError("no")


def test_an_output_is_found_by_its_key_with_its_facts(tmp_path):
    perform(str(tmp_path), "step", "k1", "tests.test_store:write_two", {"text": "讲话"}, {})
    output = find(tmp_path, "step", "k1")
    assert output is not None and output.facts == {"length": 2}
    assert output.path("one.txt").read_text(encoding="utf-8") == "讲话"
    assert find(tmp_path, "step", "k2") is None
    with pytest.raises(KeyError):
        output.path("three.txt")


def test_the_digest_of_a_file_depends_on_its_content_alone(tmp_path):
    for key, text in (("a", "同"), ("b", "同"), ("c", "异")):
        perform(str(tmp_path), "step", key, "tests.test_store:write_two", {"text": text}, {})
    a, b, c = (find(tmp_path, "step", key) for key in "abc")
    assert a.digest() == b.digest() != c.digest()
    assert a.digest("two.txt") == c.digest("two.txt")


def test_a_step_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError):
        perform(str(tmp_path), "step", "k", "tests.test_store:fail_half_way", {}, {})
    assert find(tmp_path, "step", "k") is None
    assert not list((tmp_path / "step").iterdir())


@pytest.mark.parametrize("damage", ["truncate", "remove", "undone"])
def test_a_torn_output_is_not_found(tmp_path, damage):
    folder = Path(perform(str(tmp_path), "step", "k", "tests.test_store:write_two", {"text": "讲话"}, {}))
    if damage == "truncate":
        (folder / "one.txt").write_text("讲", encoding="utf-8")
    elif damage == "remove":
        (folder / "one.txt").unlink()
    else:
        (folder / DONE).write_text("{", encoding="utf-8")
    assert find(tmp_path, "step", "k") is None


def test_sweeping_keeps_what_is_used_and_removes_half_written_folders(tmp_path):
    used = Path(perform(str(tmp_path), "step", "k1", "tests.test_store:write_two", {"text": "用"}, {}))
    perform(str(tmp_path), "step", "k2", "tests.test_store:write_two", {"text": "弃"}, {})
    (tmp_path / "step" / ".k3.99999.part").mkdir()
    assert sweep(tmp_path, [used]) == 2
    assert [path.name for path in (tmp_path / "step").iterdir()] == ["k1"]


def test_keys_do_not_depend_on_the_order_of_names():
    assert key_of({"a": 1, "b": [2]}) == key_of({"b": [2], "a": 1}) != key_of({"a": 1, "b": [3]})
