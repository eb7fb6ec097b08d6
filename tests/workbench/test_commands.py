"""Commands on what is selected, and the list of actions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from vreltui.analysis import examine
from vreltui.analysis.successive import answer
from vreltui.model import Component, Pool, Probability, VreltuiError
from vreltui.wording.sentences import threshold_sentence
from vreltui.workbench import (
    ACTIONS,
    Analysis,
    Position,
    Workbench,
    action,
    configuration,
    groups,
    new_design,
    open_design,
)
from vreltui.workbench.commands.actions import clash

P = Probability.of
HYPERVISOR = Position("vms", (1,))
POOL = Position("vms", (2,))


@pytest.fixture
def bench(web: Path) -> Iterator[Workbench]:
    found = open_design(web)
    found.select(HYPERVISOR)
    yield found
    found.close()


def do(bench: Workbench, name: str, text: str | None = None) -> None:
    entry = action(name)
    assert entry.unavailable(bench) is None
    if text is None:
        assert entry.change is not None
        bench.apply(entry.change(bench))
    else:
        assert entry.question is not None
        bench.apply(entry.question.change(bench, text))


def look(bench: Workbench) -> Analysis:
    report, own = answer((bench.design, bench.choice, None))
    bench.analysis = Analysis(bench.design, report, bench.choice, own)
    return bench.analysis


def test_a_nudge_changes_the_verdict(bench: Workbench) -> None:
    assert look(bench).report.choices["vms"].verdict == "meets"
    do(bench, "nudge_down")
    assert bench.undo_label == "set R_V to 0.998"
    assert look(bench).report.choices["vms"].verdict == "short"
    do(bench, "hold_threshold")
    assert bench.undo_label is not None
    assert bench.undo_label.startswith("set R_V to what is needed, 0.99813")
    assert look(bench).report.choices["vms"].verdict == "meets"


def test_a_nudge_stops_at_the_range_with_the_reason(bench: Workbench) -> None:
    do(bench, "edit_value", "0.9999")
    reason = action("nudge_up").unavailable(bench)
    assert reason == "R_V is at the upper end of its range [0.99, 0.9999]"
    bench.select(Position("vms"))
    assert "has no number of its own" in (action("nudge_up").unavailable(bench) or "")


def test_copies_are_nudged_and_held(bench: Workbench) -> None:
    bench.select(POOL)
    do(bench, "nudge_up")
    assert bench.design.value("n") == 4
    look(bench)
    do(bench, "hold_threshold")
    assert bench.design.value("n") == 3
    look(bench)
    assert "already, just what is needed" in (action("hold_threshold").unavailable(bench) or "")


def test_a_threshold_that_is_not_known_yet_is_not_held(bench: Workbench) -> None:
    assert action("hold_threshold").unavailable(bench) == "its threshold is still being computed"


def test_own_numbers_are_held_too(bench: Workbench) -> None:
    bench.select(Position("vms", (0,)))
    do(bench, "edit_value", "R_own = 0.99")
    bench.undo()
    bench.select(Position("vms"))
    do(bench, "add", "power supply 0.5")
    assert look(bench).report.choices["vms"].verdict == "hopeless"
    do(bench, "hold_threshold")
    assert look(bench).report.choices["vms"].verdict == "meets"


def test_a_value_is_typed_as_number_or_parameter(bench: Workbench) -> None:
    do(bench, "edit_value", "99.5%")
    assert bench.design.value("R_V") == P("0.995")
    do(bench, "edit_value", "R_X = 0.97")
    node = bench.design.nodes["hypervisor"]
    assert isinstance(node, Component)
    assert node.reliability == "R_X"
    assert bench.design.value("R_X") == P("0.97")
    do(bench, "edit_value", "R_V")
    question = action("edit_value").question
    assert question is not None
    assert question.initial(bench) == "0.995"
    for text, why in (
        ("R_Y", "type R_Y = 0.995 to make it"),
        ("0.5", "outside its range"),
        ("2", "must be from 0 to 1"),
        ("n", "n is a count|counts copies|a count"),
    ):
        with pytest.raises(VreltuiError, match=why):
            question.change(bench, text)
    bench.select(POOL)
    do(bench, "edit_value", "5")
    assert bench.design.value("n") == 5
    do(bench, "edit_value", "m = 2")
    pool = bench.design.nodes["replicas"]
    assert isinstance(pool, Pool)
    assert pool.copies == "m"


def test_a_value_of_one_choice_alone(bench: Workbench) -> None:
    do(bench, "edit_here", "0.995")
    assert bench.design.value("R_V", "vms") == P("0.995")
    assert bench.design.value("R_V", "voted") == P("0.999")
    do(bench, "nudge_up")
    assert bench.design.value("R_V", "vms") == P("0.996")
    do(bench, "edit_here", "")
    assert bench.design.value("R_V", "vms") == P("0.999")


def test_ranges_goal_and_limits(bench: Workbench) -> None:
    do(bench, "edit_range", "0.9 to 0.9995")
    assert bench.design.parameters["R_V"].range == (P("0.9"), P("0.9995"))
    do(bench, "edit_range", "")
    assert not bench.design.parameters["R_V"].is_open
    do(bench, "edit_goal", "99.9%")
    assert bench.design.goal == P("0.999")
    do(bench, "edit_goal", "")
    assert bench.design.goal is None
    do(bench, "edit_limit", "32")
    assert bench.design.copies_limit == 32
    do(bench, "edit_limit", "")
    assert bench.design.copies_limit is None


def test_the_n_vm_node_from_nothing() -> None:
    """What the guide walks through: build the paper's node, set a goal, read the bound."""
    bench = new_design()
    bench.select(Position("first"))
    do(bench, "add", "vm")
    assert bench.node == "vm"
    do(bench, "edit_value", "R_M = 0.95")
    do(bench, "virtualize")
    assert bench.choice == "first-virtualized"
    do(bench, "replicate")
    do(bench, "edit_value", "3")
    do(bench, "edit_goal", "0.998")
    report = examine(bench.design).choices[bench.choice]
    sentence = threshold_sentence(bench.design, report.thresholds["R_V"], bench.choice)
    assert sentence.startswith("R_V (Hypervisor) must exceed 0.998")
    assert report.verdict == "meets"
    while bench.undo():
        pass
    assert not bench.dirty
    bench.close()


def test_the_name_proposed_for_a_parameter_is_a_symbol() -> None:
    bench = new_design()
    for name, proposed in (("rack-a", "R_rack_a"), ("rack_a", "R_rack_a_2"), ("--", "R_x")):
        do(bench, "add", f"component {name} 0.9")
        question = action("extract").question
        assert question is not None
        assert question.initial(bench) == proposed
        do(bench, "extract", proposed)
    bench.close()


def test_the_tree_is_built_by_commands(bench: Workbench) -> None:
    do(bench, "wrap")
    do(bench, "add", "software")
    assert bench.position == Position("vms", (1, 1))
    do(bench, "move_up")
    do(bench, "move_out")
    assert bench.design.nodes["virtualized"].children[2] == "software"
    do(bench, "make_pool")
    do(bench, "edit_needs", "all")
    do(bench, "share")
    do(bench, "rename", "tools")
    do(bench, "edit_title", "Tools")
    do(bench, "edit_note", "two\nlines")
    do(bench, "edit_kind", "software")
    node = bench.design.nodes["tools"]
    assert (node.title, node.note, node.shared, node.kind) == ("Tools", "two\nlines", True,
                                                               "software")  # fmt: skip
    do(bench, "cut")
    assert "tools" not in bench.design.nodes
    do(bench, "paste")
    assert bench.node == "tools"
    bench.copy()
    do(bench, "paste")
    assert bench.node == "tools"  # shared: the same thing once more
    do(bench, "delete")
    do(bench, "dissolve") if action("dissolve").unavailable(bench) is None else None
    do(bench, "delete_unused")


def test_what_is_typed_wrongly_is_refused_with_what_would_be_right(bench: Workbench) -> None:
    for name, text, why in (
        ("add", "vm guest 0.9 more words", '"more words" is too much'),
        ("add", "vm hypervisor", "there is a node hypervisor already; hypervisor-2 is free"),
        ("rename", "a b", '"a b" is not a name; a name is 1 to 64'),
        ("duplicate_choice", "a b", '"a b" is not a name'),
        ("add_choice", "a b", '"a b" is not a name'),
        ("edit_value", "\u00e9\x1b[2J", '"\u00e9\\\\x1b\\[2J" is no value here'),
        ("edit_kind", "vmm", '"vmm" is no kind; did you mean "vm"'),
        ("edit_title", "a\x1b[2J", "control character"),
    ):
        question = action(name).question
        assert question is not None
        with pytest.raises(VreltuiError, match=why):
            question.change(bench, text)


def test_choices_by_commands(bench: Workbench) -> None:
    do(bench, "duplicate_choice", "vms-2")
    assert bench.choice == "vms-2"
    do(bench, "another_setting", "vms-3")
    do(bench, "rename_choice", "third")
    do(bench, "choice_title", "The third")
    assert bench.design.choices["third"].title == "The third"
    do(bench, "choice_left")
    assert list(bench.design.choices).index("third") == 2
    do(bench, "toggle_baseline")
    assert bench.design.baseline == "third"
    assert "is the baseline" in (action("delete_choice").unavailable(bench) or "")
    do(bench, "toggle_baseline")
    assert bench.design.baseline is None
    do(bench, "delete_choice")
    assert bench.choice == "vms-2"
    do(bench, "add_choice", "fresh")
    assert bench.node == "fresh-system"
    with pytest.raises(VreltuiError, match="there is a choice nv already"):
        do(bench, "rename_choice", "nv")


def test_the_list_of_actions_is_sound() -> None:
    ids = [entry.id for entry in ACTIONS]
    assert len(set(ids)) == len(ids)
    for one, other in combinations(ACTIONS, 2):
        shared = {*one.keys} & {*other.keys}
        assert not shared or not clash(one.scope, other.scope), (one.id, other.id, shared)
    assert all(entry.title and entry.group for entry in ACTIONS)
    assert sum(map(len, groups().values())) == len(ACTIONS)
    for entry in ACTIONS:
        assert entry.change is None or entry.question is None


def test_options_are_answers(bench: Workbench) -> None:
    for entry in ACTIONS:
        if entry.question is None or entry.question.options is None:
            continue
        bench.select(POOL)
        for option in entry.question.options(bench) or ():
            if entry.id == "add_existing" and option.text in ("virtualized", "replicas"):
                continue  # would contain itself, and says so
            entry.question.change(bench, option.text)


def test_reading_only_every_edit_says_why(web: Path, bench: Workbench) -> None:
    other = open_design(web)
    for entry in ACTIONS:
        if entry.edits:
            assert "open in another vreltui" in (entry.unavailable(other) or "")
    other.close()


def test_keys_are_configured(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert configuration(file).keys["undo"] == ("u",)
    file.write_text('ascii = true\n[keys]\nundo = ["ctrl+u"]\nhelp = "x"\n')
    found = configuration(file)
    assert (found.ascii, found.mouse, found.faults) == (True, None, ())
    assert found.keys["undo"] == ("ctrl+u",)
    assert found.keys["help"] == ("x",)
    assert found.keys["delete"] == ("delete",)  # x is the person's now
    assert found.keys["redo"] == ("U", "ctrl+y")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[keys\n", "not TOML, line 1"),
        ("[keys]\nundoo = 'u'", 'keys.undoo is no action; did you mean "undo"?'),
        ("[keys]\nundo = 3", "keys.undo is no key"),
        ("[keys]\nundo = 'ctrl-u'", "is no key; write it as"),
        ("[keys]\nundo = 'k'\nredo = 'k'", "k is given to both undo and redo"),
        ("keys = 3", "keys is no table"),
        ("mouse = 'no'", "mouse is neither true nor false"),
        ("mouze = true", 'mouze is no setting; did you mean "mouse"?'),
        ("x" * 200_000, "more than 100000 bytes"),
    ],
)
def test_faults_of_the_configuration_are_told_and_not_fatal(
    text: str, fault: str, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    found = configuration(file)
    assert len(found.faults) == 1
    assert fault in found.faults[0]
    assert str(file) in found.faults[0]
    assert set(found.keys) == {entry.id for entry in ACTIONS}
