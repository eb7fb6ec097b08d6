"""Decisions, resources and rules are edited on the screen like anything else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from vreltui.exploration.results import Back, Family, Variant
from vreltui.model import Component, DesignError, Mix, Probability
from vreltui.workbench import Option, Position, Workbench, action, open_design
from vreltui.workbench.commands.take_variant import beyond, lifted, made_choice, shown_as

RACK = Path(__file__).parents[2] / "designs" / "rack-of-two.toml"
HOSTS = RACK.with_name("hosts-and-hypervisors.toml")


def opened(path: Path, folder: Path) -> Workbench:
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    return open_design(copy)


@pytest.fixture
def rack(tmp_path: Path) -> Iterator[Workbench]:
    found = opened(RACK, tmp_path)
    yield found
    found.close()


def at(bench: Workbench, *steps: int) -> Workbench:
    bench.select(Position(bench.choice, steps))
    return bench


def answer(bench: Workbench, name: str, text: str) -> str:
    question = action(name).question
    assert question is not None
    change = question.change(bench, text)
    bench.apply(change)
    return change.label


def offered(bench: Workbench) -> dict[str, list[str]]:
    question = action("edit_value").question
    assert question is not None
    assert question.options is not None
    return {each.text: each.label.split() for each in question.options(bench) or ()}


HYPERVISOR = (0, 0, 1)
"""The first host's hypervisor, below the structure that takes it directly."""


def test_each_option_stands_beside_what_the_choice_comes_to_with_it(rack: Workbench) -> None:
    rack.select(Position("rack", (0, 1, 1, 1)))
    assert rack.node == "hypervisor2"
    found = offered(rack)
    assert found["C"] == ["meets", "0.999543"]
    assert [each[0] for each in found.values()] == ["rules", "rules", "meets"]
    rack.select(Position("rack", (1,)))
    assert list(offered(rack)) == ["2 D1", "1 D1 + 1 D2", "2 D2"]
    rack.select(Position("rack"))
    assert offered(rack) == {}


def test_what_is_taken_is_edited_for_all_or_for_one_choice(rack: Workbench) -> None:
    rack.select(Position("rack", (1,)))
    assert answer(rack, "edit_value", "1 D1 + 1 D2") == "let disks take 1 D1 + 1 D2"
    assert "chosen = { D1 = 1, D2 = 1 }" in rack.document.text
    answer(rack, "edit_here", "2 D2")
    assert rack.design.choices["rack"].options["disks"] == Mix({"D2": 2})
    answer(rack, "edit_value", "2 D1")
    assert rack.design.choices["rack"].options["disks"] == Mix({"D1": 2})
    answer(rack, "edit_here", "")
    assert not rack.design.choices["rack"].options
    with pytest.raises(DesignError, match="D7"):
        answer(rack, "edit_value", "2 D7")


def test_values_with_commas_are_a_set(tmp_path: Path) -> None:
    bench = opened(RACK, tmp_path)
    bench.select(Position("rack", (0, 0, 2, 0)))
    assert bench.node == "guest"
    answer(bench, "edit_range", "0.95, 0.97, 0.99")
    assert bench.design.parameters["R_G"].is_decision
    assert list(offered(bench)) == ["0.95", "0.97", "0.99"]
    question = action("edit_range").question
    assert question is not None
    assert question.initial(bench) == "0.95, 0.97, 0.99"
    answer(bench, "edit_range", "0.95 to 0.99")
    assert bench.design.parameters["R_G"].is_open
    assert not bench.design.parameters["R_G"].values
    answer(bench, "edit_range", "")
    assert not bench.design.parameters["R_G"].is_open
    bench.close()


def test_resources_and_rules_are_edited(rack: Workbench) -> None:
    rack.select(Position("rack", (0, 0, 2, 0)))
    answer(rack, "edit_uses", "slot 1, euro = 120.5")
    assert rack.design.nodes["guest"].uses == {"slot": 1, "euro": Decimal("120.5")}
    answer(rack, "edit_limits", "euro 25000, licence 4")
    limits = {name: each.limit for name, each in rack.design.resources.items()}
    assert limits == {"euro": 25000, "watt": None, "slot": None, "licence": 4}
    answer(rack, "edit_provides", "licence 9")
    assert rack.design.nodes["guest"].provides == {"licence": 9}
    answer(rack, "add_rule", "when hosts=both n=2.. then hypervisor1=A|B")
    assert rack.undo_label == "add rule when-rule"


def test_a_wrong_rule_says_what_would_be_right(rack: Workbench) -> None:
    for text, words in (
        ("forbid a=b", 'type "never'),
        ("never nothing=S1", "there is no decision nothing"),
        ("never server1=huge", "huge"),
        ("never n=two", "two"),
    ):
        with pytest.raises(DesignError, match=words):
            answer(rack, "add_rule", text)
    answer(rack, "add_rule", "never server1=entry n=3..4")
    assert [each.label for each in _rules(rack)] == [
        "different hypervisor1 hypervisor2 by vendor", "never server1=entry n=3..4",
    ]  # fmt: skip
    answer(rack, "delete_rule", "diverse")
    assert list(rack.design.rules) == ["never-rule"]


def _rules(bench: Workbench) -> list[Option]:
    question = action("delete_rule").question
    assert question is not None
    assert question.options is not None
    return list(question.options(bench) or ())


def test_a_variant_becomes_a_choice_and_a_proof_is_lifted(tmp_path: Path) -> None:
    bench = opened(HOSTS, tmp_path)
    options: dict[str, Any] = {
        "server": "medium",
        "hypervisor": "good",
        "n": 8,
        "R_M": Probability.of("0.9"),
    }
    choice = next(name for name in bench.design.choices if name == "any")
    variant = Variant(choice, options, None, {}, "meets")  # type: ignore[arg-type]
    shown = shown_as(bench.design, Family(choice, options))
    assert shown.design.choices[choice].options["server"] == "medium"
    before = bench.document.text
    bench.apply(made_choice(bench.design, variant))
    assert bench.choice == "any-2"
    assert bench.design.choices["any-2"].set["n"] == 8
    bench.undo()
    assert bench.document.text == before
    assert lifted(bench.design, Back("goal", "", 0.97)).label == "set the goal to 0.9699"
    limit = lifted(bench.design, Back("limit", "euro", 21000)).design
    assert limit.resources["euro"].limit == 21000
    number = lifted(bench.design, Back("parameter", "hypervisors.plain", 0.9812)).design
    plain = number.catalogues["hypervisors"].items["plain"].figure
    assert isinstance(plain, Component)
    assert plain.reliability == beyond(0.9812, up=True)
    bench.close()


@pytest.mark.parametrize("bound", [0.5, 0.9932, 0.99, 1 - 1e-9, 1e-7])
def test_a_number_beyond_a_bound_is_just_beyond(bound: float) -> None:
    assert beyond(bound, up=True).decimal > Decimal(repr(bound))
    assert beyond(bound, up=False).decimal < Decimal(repr(bound))
    for up in (True, False):
        assert float(beyond(bound, up=up).unreliability) == pytest.approx(1 - bound, rel=0.02)
