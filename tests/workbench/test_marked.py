"""An edit of all that is marked is one change: of each number, place, cause or move."""

from __future__ import annotations

import pytest

from vreltui.model import Group, Pool, VreltuiError
from vreltui.model.rules import number
from vreltui.storage import parse
from vreltui.workbench import Position, Workbench, action
from vreltui.workbench.open.files import File

TEXT = """vreltui = 1
[goal]
reliability = 0.9
[parameters]
R_D = { value = 0.99 }
[nodes.rack-a]
reliability = 0.95
[nodes.rack-b]
reliability = 0.96
[nodes.disk-a]
reliability = "R_D"
[nodes.disk-b]
reliability = "R_D"
[nodes.pair]
parts = ["rack-a", "rack-b"]
needs = "any"
[nodes.all]
parts = ["pair", "disk-a", "disk-b"]
[choices.two]
root = "all"
"""


@pytest.fixture
def bench() -> Workbench:
    return Workbench(parse(TEXT), File(None, None))


def do(bench: Workbench, name: str, text: str | None = None) -> None:
    """What the key of an action does."""
    found = action(name)
    assert found.refused(bench) is None
    bench.apply(found.changed(bench) if text is None else found.answered(bench, text))


def numbers(bench: Workbench, *names: str) -> list[float]:
    stated = [bench.design.nodes[name].stated() for name in names]
    return [float(number(each.own)) for each in stated if each is not None and each.own is not None]


def test_a_number_is_given_to_each_and_a_common_parameter_moves_once(bench: Workbench) -> None:
    bench.mark(["rack-b", "disk-b", "rack-a", "disk-a"])
    do(bench, "nudge_up")
    assert numbers(bench, "rack-a", "rack-b") == [0.96, 0.97]
    assert str(bench.design.parameters["R_D"].value) == "0.991"
    assert bench.undo() is not None  # as one
    assert bench.document.text == TEXT
    bench.mark(["rack-b", "rack-a"])
    do(bench, "edit_value", "0.97")
    assert numbers(bench, "rack-a", "rack-b") == [0.97, 0.97]
    assert bench.marked == {"rack-a", "rack-b"}
    assert bench.undo_label == "set rack-a to 0.97, and 1 more"


def test_what_can_not_be_done_to_one_is_done_to_none(bench: Workbench) -> None:
    bench.mark(["rack-a", "pair"])
    reason = action("nudge_up").refused(bench)
    assert reason is not None
    assert "group pair has no number" in reason
    bench.mark(["rack-a", "disk-a"])
    with pytest.raises(VreltuiError):
        action("edit_value").answered(bench, "1.5")
    assert bench.document.text == TEXT


def test_places_are_edited_wherever_they_move(bench: Workbench) -> None:
    bench.mark(["disk-a", "rack-b", "rack-a"])
    do(bench, "delete")  # with both parts the pair goes as well
    assert set(bench.design.nodes) == {"all", "disk-b"}
    assert bench.marked == frozenset()
    bench.undo()
    bench.mark(["disk-a", "disk-b"])
    bench.select(Position("two", (2,)))
    do(bench, "move_up")
    assert bench.design.nodes["all"].children == ("disk-a", "disk-b", "pair")
    assert bench.node == "disk-b"
    bench.undo()
    do(bench, "wrap")
    group = bench.design.nodes["disk-a-group"]
    assert isinstance(group, Group)
    assert group.parts == ("disk-a", "disk-b")
    assert list(bench.design.nodes["all"].children) == ["pair", "disk-a-group"]
    bench.undo()
    bench.mark(["rack-a", "disk-b"])
    with pytest.raises(VreltuiError, match="not parts of one group"):
        action("wrap").changed(bench)
    do(bench, "make_pool")
    made = [bench.design.nodes[f"{name}-pool"] for name in ("rack-a", "disk-b")]
    assert all(isinstance(pool, Pool) for pool in made)


def test_a_cause_strikes_what_is_marked(bench: Workbench) -> None:
    bench.mark(["disk-b", "disk-a"])
    do(bench, "strike", "0.1")
    (cause,) = bench.design.causes.values()
    assert cause.strikes == ("disk-a", "disk-b")
    do(bench, "strike", "0.2")  # another beta of the same
    (cause,) = bench.design.causes.values()
    assert str(cause.beta) == "0.2"


def test_a_move_of_all_makes_one_choice(bench: Workbench) -> None:
    before = bench.design.choices["two"]
    bench.mark(["rack-a", "disk-a", "disk-b"])
    do(bench, "vote")
    assert list(bench.design.choices) == ["two", "two-voted"]
    assert bench.design.choices["two"] == before
    assert bench.choice == "two-voted"
    assert bench.design.choices["two-voted"].title == (
        "rack-a x 3, 2 of 3, disk-a x 3, 2 of 3, disk-b x 3, 2 of 3"
    )
    below = bench.design.below(bench.design.choices["two-voted"].root)
    assert sum(isinstance(bench.design.nodes[name], Pool) for name in below) == 3
    unused = set(bench.design.nodes) - {
        name for each in bench.design.choices.values() for name in bench.design.below(each.root)
    }
    assert not unused
    bench.undo()
    assert bench.document.text == TEXT


def test_marks_of_another_choice_are_of_no_account(bench: Workbench) -> None:
    do(bench, "add_choice", "other")
    bench.mark(["rack-a", "rack-b"])
    assert bench.choice == "other"
    bench.select(Position("other", (0,)))
    do(bench, "nudge_up")
    assert numbers(bench, "rack-a", "rack-b") == [0.95, 0.96]
    assert numbers(bench, bench.node) == [0.991]
