"""What is said to make a choice meet does, by a reading of its own; and nothing smaller is left."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from tests.oracle import Oracle, as_toml, designs
from tests.oracle.questions import exact
from tests.workbench.conftest import DESIGNS
from vreltui.analysis.questions.meeting import meets
from vreltui.analysis.study import Study
from vreltui.model import Choice, Component, Design, Group, Node, Probability
from vreltui.storage import read
from vreltui.workbench.commands.find_remedies import find
from vreltui.workbench.commands.remedies import OtherNumbers, Remedies

MOST_INSTANCES = 14
"""The most things that can fail in a choice of which every state is looked at."""


@settings(max_examples=20)
@given(designs())
def test_each_change_does_it_and_none_is_offered_to_one_that_meets(design: Design) -> None:
    assume(design.goal is not None or design.baseline is not None)
    for choice in design.choices:
        oracle = Oracle(design)
        found = find((design, choice))
        if not oracle.margins(choice) or oracle.meets(choice):
            assert found == Remedies(choice)
            continue
        assert found.found or found.why
        assert [each.nines for each in found.found] == sorted(each.nines for each in found.found)
        for remedy in found.found[:3]:
            change = remedy.change(design)
            assert change.position is not None
            made = change.position.choice
            assert made not in design.choices
            after = Oracle(change.design)
            if after.instances(made) > MOST_INSTANCES:
                continue
            assert after.meets(made), (remedy, as_toml(change.design))
            for other in design.choices:  # which stay what they are
                assert after.reliability(other) == oracle.reliability(other)


def test_numbers_and_second_ones_are_ranked_by_nines() -> None:
    found = find((read(DESIGNS / "three-tier.toml").design, "both-zones"))
    assert [each.words for each in found.found] == [
        "R_L above 0.99990438, now 0.9998",
        "a second balancer",
        "all of it twice",
    ]
    assert found.found[0].nodes == ("balancer",)


def series(*values: str, goal: str) -> Design:
    parts = [
        Component(name=f"part-{number}", reliability=Probability.of(value))
        for number, value in enumerate(values)
    ]
    top = Group(name="top", parts=tuple(part.name for part in parts))
    nodes: dict[str, Node] = {part.name: part for part in parts}
    return Design(
        goal=Probability.of(goal),
        nodes={**nodes, "top": top},
        choices={"c": Choice(name="c", root="top")},
    )


def test_where_no_single_change_does_it_the_pair_that_moves_least_does() -> None:
    # 0.9 * 0.9 * 0.99: the root itself doubled gives 0.96, one part perfect gives less than 0.9.
    design = series("0.9", "0.9", "0.99", goal="0.97")
    (pair,) = find((design, "c")).found
    assert isinstance(pair, OtherNumbers)
    assert [name for name, _ in pair.values] == ["part-0", "part-1"]
    change = pair.change(design)
    assert change.position is not None
    assert Oracle(change.design).meets(change.position.choice)
    assert pair.words == "part-0 to 0.9899 and part-1 to 0.9899 together; neither alone"
    # A little less of both does not do it: the digits are near the least that is needed.
    r = [float(Fraction(exact(value))) for _, value in pair.values]
    assert 0.97 < r[0] * r[1] * 0.99 < 0.9705


def test_where_nothing_helps_it_says_so() -> None:
    found = find((series("0.5", "0.5", "0.5", "0.5", goal="0.99"), "c"))
    assert not found.found
    assert "no single change" in found.why


@pytest.mark.parametrize("path", sorted(DESIGNS.glob("*.toml")), ids=lambda path: path.stem)
def test_each_change_of_a_shipped_design_does_it(path: Path) -> None:
    design = read(path).design
    for choice in design.choices:
        for remedy in find((design, choice)).found:
            edited = remedy.edited(design)
            made = edited.position.choice
            assert meets(Study(edited.design), made)
            assert remedy.nines > 0
