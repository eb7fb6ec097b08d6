"""Decisions of the storage that larger tests pass by, each in the smallest case that shows it."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vreltui.model import Probability
from vreltui.model.nodes import Component
from vreltui.model.options import Mix
from vreltui.storage import FileError, parse, read, rewrite, schema
from vreltui.storage.keep.lock import lock_keys
from vreltui.storage.keep.private import foreign
from vreltui.storage.keep.save import save
from vreltui.storage.text.toml_text import WIDTH, pair_text

CATALOGUE = """\
vreltui = 1
goal = { reliability = 0.9 }
[catalogues.hosts]
title = "Hosts"
A = { reliability = 0.99 }
[nodes.one]
from = "hosts"
[choices.c]
root = "one"
set = { one = "A" }
"""


def test_a_text_in_a_catalogue_that_is_no_word_of_it_is_no_item() -> None:
    assert parse(CATALOGUE).design.catalogues["hosts"].title == "Hosts"
    with pytest.raises(FileError, match="B"):
        parse(CATALOGUE.replace("[nodes.one]", 'B = "0.99"\n[nodes.one]'))


PROCESS = """\
vreltui = 1
goal = { availability = 0.1 }
[parameters]
n = 1
[nodes.one]
up = ["new"]
moves = [
  { from = "new", to = "old", rate = "1e-3 / h", times = "n" },
  { from = "old", to = "new", after = "1 h" },
]
[choices.c]
root = "one"
"""


def test_what_multiplies_a_move_is_a_count() -> None:
    assert parse(PROCESS).design.parameters["n"].value == 1
    assert isinstance(parse(PROCESS).design.parameters["n"].value, int)


MIXED = """\
vreltui = 1
goal = { reliability = 0.9 }
[catalogues.hosts]
count = { reliability = 0.98 }
[nodes.one]
from = "hosts"
copies = 3
mix = true
needs = 2
[choices.c]
root = "one"
set = { one = { count = 3 } }
"""


def test_an_item_of_a_mix_may_be_called_like_a_kind_of_number() -> None:
    taken = parse(MIXED).design.choices["c"].options["one"]
    assert isinstance(taken, Mix)
    assert dict(taken.counts) == {"count": 3}


@pytest.mark.parametrize("taken", ["{ count = 2, time = 1 }", "{ time = 3 }"])
def test_several_items_of_a_mix_may_be_called_so(taken: str) -> None:
    text = MIXED.replace("[nodes.one]", "time = { reliability = 0.9 }\n[nodes.one]")
    text = text.replace("{ count = 3 }", taken)
    assert parse(text).design.choices["c"].options["one"].total == 3  # type: ignore[union-attr]
    assert parse(rewrite(parse(text), parse(text).design).text).design == parse(text).design
    assert Draft202012Validator(schema()).is_valid(tomllib.loads(text))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{ count = 2, time = 1 }", "has both count and time; keep one of them"),
        ("{ time = 3 }", "time in p in set of choice c is the number 3; a time with its unit"),
        ("{ D1 = 3 }", 'has the unknown key "D1"'),
        ("{ time = 0 }", "has the unknown key"),
    ],
)
def test_where_a_parameter_is_set_such_a_table_is_refused(given: str, said: str) -> None:
    text = MIXED.replace("[nodes.one]", "[parameters]\np = 0.9\n[nodes.one]")
    with pytest.raises(FileError, match=re.escape(said)):
        parse(text.replace("{ one = { count = 3 } }", f"{{ p = {given} }}"))


def test_a_design_is_read_through_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "there.toml").write_text(CATALOGUE)
    (tmp_path / "here.toml").symlink_to("there.toml")
    assert read(tmp_path / "here.toml").design == parse(CATALOGUE).design


def test_a_number_set_back_is_written_as_it_was() -> None:
    first = parse(CATALOGUE.replace("[nodes.one]", "[parameters]\np = 9e-1\n[nodes.one]"))
    parameters = dict(first.design.parameters)
    other = replace(parameters["p"], value=Probability.of("0.8"))
    second = rewrite(first, replace(first.design, parameters={**parameters, "p": other}))
    assert "p = 0.8" in second.text
    back = replace(parameters["p"], value=Probability.of("0.9"))
    third = rewrite(second, replace(second.design, parameters={**parameters, "p": back}))
    assert third.text == first.text


def test_the_schema_wants_the_mark_of_each_kind_of_price() -> None:
    valid = Draft202012Validator(schema()).is_valid
    for price, is_one in (
        ("{ per_nine = 3, once = true }", True),
        ("{ table = [[0.9, 1]] }", True),
        ("{ once = true }", False),
    ):
        text = f"R = {{ value = 0.9, range = [0.5, 0.99], price = {{ euro = {price} }} }}"
        assert valid(tomllib.loads(f"{CATALOGUE}[parameters]\n{text}")) == is_one, price


@pytest.mark.parametrize("goal", ["reliability = 2", "mttf = 5", "availability = '1 h'"])
def test_what_else_is_wrong_is_said_beside_a_goal_that_is(goal: str) -> None:
    with pytest.raises(FileError) as caught:
        parse(CATALOGUE.replace("reliability = 0.9 ", f"{goal} ").replace('"one"', '"two"'))
    told = [caught.value.problem, *(problem for _, problem in caught.value.others)]
    assert {problem.path[0] for problem in told} >= {"goal", "choices"}


def test_a_long_list_is_broken_into_lines_that_begin_alike() -> None:
    text = pair_text("parts", [f"machine-{number}" for number in range(20)])
    first, *inside, last = text.splitlines()
    assert (first, last) == ("parts = [", "]")
    assert all(re.match(r"    \S", line) and len(line) <= 100 for line in inside)


@pytest.mark.parametrize(
    ("ends", "said"), [("0.5", "has 1 element;"), ("0.1, 0.2, 0.3", "has 3 elements;")]
)
def test_elements_are_counted_in_words(ends: str, said: str) -> None:
    with pytest.raises(FileError, match=said):
        parse(f"{CATALOGUE}[parameters]\np = {{ value = 0.5, range = [{ends}] }}\n")


def test_entries_of_a_table_keep_the_spaces_around_them() -> None:
    written = 'p = {  value = 0.9  ,   title = "P"   , note = "n" }'
    first = parse(CATALOGUE.replace("[nodes.one]", f"[parameters]\n{written}\n[nodes.one]"))
    (name, was), *_ = first.design.parameters.items()
    new = replace(was, value=Probability.of("0.8"), title="Q")
    second = rewrite(first, replace(first.design, parameters={name: new}))
    assert written.replace("0.9", "0.8").replace('"P"', '"Q"') in second.text


def test_what_others_may_write_is_named_down_to_one_folder_below(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "one", tmp_path / "one" / "two"):
        folder.mkdir(exist_ok=True)
        (folder / f"of-{folder.name}").touch()
        (folder / f"of-{folder.name}").chmod(0o666)
    named = " ".join(foreign(tmp_path))
    assert f"of-{tmp_path.name}" in named
    assert "of-one" in named
    assert "of-two" not in named


@pytest.mark.parametrize(("more", "last"), [(0, "others may write"), (2, "2 more in")])
def test_only_so_much_is_named_of_what_others_may_write(
    tmp_path: Path, more: int, last: str
) -> None:
    for number in range(3 + more):
        (tmp_path / str(number)).touch()
        (tmp_path / str(number)).chmod(0o666)
    named = foreign(tmp_path)
    assert len(named) == 3 + bool(more)
    assert named[-1].startswith(last)


def test_a_number_may_be_written_from_its_other_side_in_its_place() -> None:
    first = parse(CATALOGUE + "[nodes.two]\nunreliability = 0.1  # of last year\n")
    two = first.design.nodes["two"]
    assert isinstance(two, Component)
    nodes = {**first.design.nodes, "two": replace(two, reliability=Probability.of("0.8"))}
    second = rewrite(first, replace(first.design, nodes=nodes))
    assert second.text.endswith("[nodes.two]\nreliability = 0.8  # of last year\n")


def test_a_word_for_true_and_false_is_said_as_it_is_written() -> None:
    for word in ("true", "false"):
        with pytest.raises(FileError, match=f"is {word}"):
            parse(CATALOGUE.replace("reliability = 0.9 ", f"reliability = {word} "))


def test_a_plot_needs_its_choice() -> None:
    plot = '[plots.p]\nx = { parameter = "p", from = 0.1, to = 0.9 }\n[parameters]\np = 0.5\n'
    with pytest.raises(FileError, match="has no choice"):
        parse(CATALOGUE + plot)


@pytest.mark.parametrize("length", range(4, 34))
def test_no_line_of_a_long_list_is_wider_than_the_others_may_be(length: int) -> None:
    text = pair_text("parts", ["x" * length] * 60)
    assert all(len(line) <= WIDTH for line in text.splitlines())


@pytest.mark.skipif(not hasattr(os, "listxattr"), reason="there are no attributes here")
def test_an_attribute_of_the_system_that_cannot_be_read_does_not_keep_from_saving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "design.toml"
    path.write_text(CATALOGUE)

    def unreadable(*_: object) -> bytes:
        raise PermissionError

    monkeypatch.setattr(os, "listxattr", lambda *_: ["security.label"])
    monkeypatch.setattr(os, "getxattr", unreadable)
    save(path, CATALOGUE + "# more\n", path.read_bytes())
    assert path.read_text().endswith("# more\n")


def test_a_design_without_a_file_has_one_lock() -> None:
    assert lock_keys("k", None) == ["k"]


def test_a_whole_number_that_an_item_names_is_a_probability_that_is_wrong() -> None:
    text = CATALOGUE.replace("reliability = 0.99", 'reliability = "p"')
    with pytest.raises(FileError, match="p must be from 0 to 1, and 2 is not"):
        parse(f"{text}[parameters]\np = 2\n")


def test_what_the_parser_says_is_said_without_its_own_place() -> None:
    with pytest.raises(FileError) as caught:
        parse("vreltui = 1\na = 1979-13-45\n")
    assert caught.value.line == 2
    assert "(at line" not in caught.value.problem.what
