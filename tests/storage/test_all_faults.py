"""Every fault of a file is named at once, each once, and nothing that only follows from one."""

from __future__ import annotations

import pickle
import re
from collections.abc import Collection
from pathlib import Path

import pytest

from vreltui.cli.main import run
from vreltui.storage import FileError, parse
from vreltui.storage.faults import MOST

SOUND = """\
vreltui = 1
baseline = "second"
[goal]
reliability = 0.99
[limits]
copies = 20
[parameters]
R = { value = 0.9, range = [0.8, 0.95] }
n = { count = 3, range = [1, 9] }
[nodes.a]
reliability = "R"
[nodes.b]
reliability = 0.9
[nodes.pool]
of = "a"
copies = "n"
[nodes.both]
parts = ["b", "pool"]
[choices.first]
root = "both"
set = { n = 4 }
[choices.second]
root = "a"
[plots.fig]
choice = "first"
x = { parameter = "n", from = 1, to = 9 }
y = "gain"
series = { R = [0.8, 0.9] }
"""

FAULTS = {
    # What stands in the sound file, what is wrong in its place, and a word of the message.
    'baseline = "second"': ('baseline = "third"', 'baseline "third"'),
    "reliability = 0.99\n": ("reliability = 1.5\n", "1.5"),
    "copies = 20": ('copies = "20"', "copies"),
    "range = [0.8, 0.95]": ("range = [0.95, 0.8]", "range of R is empty"),
    "count = 3, range = [1, 9]": ("count = 3, rang = [1, 9]", '"rang"'),
    'reliability = "R"': ('reliability = "S"', '"S"'),
    "[nodes.b]\nreliability = 0.9": ("[nodes.b]\nreliabilty = 0.9", '"reliabilty"'),
    'of = "a"': ('of = "aa"', '"aa"'),
    'parts = ["b", "pool"]': ('parts = ["b", "both"]', "both -> both"),
    "set = { n = 4 }": ("set = { n = 0.5 }", "0.5"),
    '[choices.second]\nroot = "a"': ('[choices.second]\nroot = "x"', '"x"'),
    'y = "gain"': ('y = "gains"', '"gains"'),
    'series = { R = [0.8, 0.9] }': ("series = { R = [0.8, 7] }", "7"),
}  # fmt: skip


def refused(text: str) -> FileError:
    with pytest.raises(FileError) as caught:
        parse(text, "web.toml")
    return caught.value


def test_the_sound_file_is_sound() -> None:
    assert parse(SOUND).design.baseline == "second"


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_one_line_with_its_place(fault: str) -> None:
    wrong, word = FAULTS[fault]
    assert SOUND.count(fault) == 1
    lines = refused(SOUND.replace(fault, wrong)).lines()
    assert len(lines) == 1, lines
    assert word in lines[0]
    assert ";" in lines[0], "what would be right"
    first = SOUND[: SOUND.index(fault)].count("\n") + 1
    found = re.match(r"web\.toml:(\d+): ", lines[0])
    assert found is not None
    assert int(found[1]) in range(first, first + 2)


@pytest.mark.parametrize("one", FAULTS)
@pytest.mark.parametrize("other", FAULTS)
def test_two_faults_are_two_lines(one: str, other: str) -> None:
    """Of any two, whatever they hide from each other's rules, except what one is about."""
    if one == other:
        return
    text = SOUND
    for fault in (one, other):
        text = text.replace(fault, FAULTS[fault][0])
    lines = refused(text).lines()
    for fault in (one, other):
        named = [line for line in lines if FAULTS[fault][1] in line]
        assert named or {one, other} in HIDDEN, (FAULTS[fault][1], lines)
    assert len(lines) <= 2, lines


HIDDEN: list[set[str]] = [
    # A plot that is broken in two ways is named for one of them.
    {'y = "gain"', "series = { R = [0.8, 0.9] }"},
]


def test_all_of_them_in_the_order_of_the_file() -> None:
    text = SOUND
    for fault, (wrong, _) in FAULTS.items():
        text = text.replace(fault, wrong)
    error = refused(text)
    lines = error.lines()
    assert len(lines) >= len(FAULTS) - 1
    numbers = [int(line.split(":")[1]) for line in lines]
    assert numbers == sorted(numbers)
    again = pickle.loads(pickle.dumps(error))
    assert again.lines() == lines
    assert str(again) == str(error)


@pytest.mark.parametrize(("wrong", "told"), [(20, 20), (21, 21), (25, 21), (300, 21)])
def test_at_most_twenty_then_how_many_more(
    wrong: int, told: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.toml"
    nodes = "".join(f'n{i} = {{ reliability = "R{i}" }}\n' for i in range(wrong))
    path.write_text(f'vreltui = 1\n[choices]\nc = {{ root = "n0" }}\n[nodes]\n{nodes}')
    assert run(["check", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert len(lines) == told
    assert all('"R' in line and "not a parameter" in line for line in lines[:20])
    if wrong > 20:
        assert lines[-1] == f"vreltui: {path}: and {wrong - 20} more"


@pytest.mark.parametrize("table", ["", "[nodes.c]\n"])
def test_no_more_is_worded_than_is_counted(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hint compares a key with those that there are: hundreds of thousands take seconds."""
    worded: list[str] = []

    def counted(name: str, names: Collection[str]) -> str:
        worded.append(name)
        return ""

    monkeypatch.setattr("vreltui.storage.tables.nearest", counted)
    with pytest.raises(FileError) as caught:
        parse(SOUND + table + "\n".join(f"k{i} = 1" for i in range(5 * MOST)))
    assert len(caught.value.others) == MOST - 1
    assert len(worded) in (MOST, MOST + 1)  # one more where the reader looked for a first fault


def test_what_is_written_twice_is_named_each_time() -> None:
    lines = refused(SOUND + '[nodes.a]\nkind = "vm"\n[nodes.b]\n').lines()
    assert len(lines) == 2
    assert "node a is written twice" in lines[0]
    assert "node b is written twice" in lines[1]


def test_a_file_without_a_version_is_told_its_other_faults_too() -> None:
    text = SOUND.replace("vreltui = 1\n", "").replace('of = "a"', 'of = "aa"')
    lines = refused(text).lines()
    assert "no format version" in lines[0]
    assert '"aa"' in lines[1]


def test_per_cent_is_refused_with_the_number_that_it_is() -> None:
    text = SOUND.replace("value = 0.9,", 'value = "99.950%",').replace(
        "[nodes.b]\nreliability = 0.9", '[nodes.b]\nreliability = "5 %"'
    )
    lines = refused(text).lines()
    assert ["write 0.99950" in lines[0], "write 0.05" in lines[1]] == [True, True]
    range_ = refused(SOUND.replace("[0.8, 0.95]", '["80%", 0.95]')).lines()
    assert "write 0.80" in range_[0]
    goal = refused(SOUND.replace("reliability = 0.99\n", 'reliability = "99%"\n')).lines()
    assert "write 0.99" in goal[0]


@pytest.mark.parametrize("table", ["parameters", "nodes", "choices", "plots"])
def test_a_list_of_tables_is_told_the_table_that_was_meant(table: str) -> None:
    (line,) = refused(f"vreltui = 1\n[[{table}]]\n").lines()
    assert f"use [{table}.name]" in line


def test_a_parameter_and_a_node_that_are_no_tables_are_both_told() -> None:
    text = (
        'vreltui = 1\nparameters = { n = [] }\nchoices.c.root = "b"\n'
        "[nodes]\na = 5\nb.reliability = 0.5\n"
    )
    with pytest.raises(FileError) as caught:
        parse(text)
    told = "\n".join(caught.value.lines())
    assert "parameter n is a list" in told
    assert "node a is the number 5" in told
