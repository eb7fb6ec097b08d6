"""What derivatives alone tell of changes is what making each change would tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flint import fmpq
from hypothesis import given, settings

from tests.oracle import Oracle, designs
from tests.workbench.conftest import DESIGNS
from vreltui.analysis.questions.doubled import doubled, places_of
from vreltui.analysis.questions.least_changes import least_changes
from vreltui.analysis.questions.least_pair import MOST_NUMBERS, least_pair
from vreltui.analysis.questions.single_changes import saves, size_of
from vreltui.analysis.questions.thresholds import threshold_of
from vreltui.analysis.study import Study
from vreltui.engine.balls import accurate, precision
from vreltui.model import Choice, Component, Design, Group, Node, Probability, edits
from vreltui.model.edits import Position
from vreltui.model.frozen import frozen
from vreltui.storage import read


@settings(max_examples=40)
@given(designs())
def test_two_of_a_node_are_what_the_edited_design_comes_to(design: Design) -> None:
    study = Study(design)
    for choice in design.choices:
        above = places_of(design, choice)
        for at, name in _places(design, choice):
            two = doubled(study, choice, name, above)
            if two is None:
                continue
            edited = edits.second(design, at)
            oracle = Oracle(edited.design)
            if oracle.instances(edited.position.choice) > 14:
                continue
            exact = oracle.reliability(edited.position.choice)
            for pair in (two.by_slope(), two.pair()):
                for ball, number in zip(pair, (exact, 1 - exact), strict=True):
                    with precision(1000):
                        assert (ball - fmpq(number.numerator, number.denominator)).contains(0)
                    assert ball.rad() < 1e-30
            assert all(map(accurate, two.pair()))


def _places(design: Design, choice: str) -> list[tuple[Position, str]]:
    """The first dozen places of a tree."""
    found = [(Position(choice), design.choices[choice].root)]
    for at, name in found:
        if len(found) > 12:
            break
        children = enumerate(design.nodes[name].children)
        found += [(at.child(index), child) for index, child in children]
    return found


def test_a_node_that_stands_in_one_place_is_told_by_its_derivative() -> None:
    design = read(DESIGNS / "three-tier.toml").design
    found = doubled(Study(design), "both-zones", "balancer", places_of(design, "both-zones"))
    assert found is not None
    at = next(
        Position("both-zones").child(at)
        for at, name in enumerate(design.nodes[design.choices["both-zones"].root].children)
        if name == "balancer"
    )
    edited = edits.second(design, at)
    figure = Study(edited.design).evaluation(edited.position.choice).figures()
    assert float(found.by_slope()[1]) == float(found.pair()[1]) == float(figure[1])


def test_two_of_what_hardly_ever_fails_keep_their_digits() -> None:
    parts = tuple(f"c{n}" for n in range(20))
    nodes: dict[str, Node] = {"all": Group(name="all", parts=parts, needs="any")}
    for part in parts:
        nodes[part] = Component(name=part, reliability=Probability.of("0.9999"))
    choice = Choice(name="only", root="all")
    design = Design(nodes=nodes, choices={"only": choice})
    found = doubled(Study(design), "only", "all", places_of(design, "only"))
    assert found is not None
    assert not accurate(found.by_slope()[1])  # 1e-160 is a difference of two that are 1e-80
    assert float(found.pair()[1]) == pytest.approx(1e-160)


@settings(max_examples=40)
@given(designs())
def test_the_numbers_that_would_do_it_are_those_whose_thresholds_say_so(design: Design) -> None:
    # Thresholds are of all values, changes of those that may be taken.
    given = {name: replace(each, range=None) for name, each in design.parameters.items()}
    design = replace(design, parameters=frozen(given))
    for choice in design.choices:
        study, oracle = Study(design), Oracle(design)
        if not oracle.margins(choice) or oracle.meets(choice):
            continue
        sizes = []
        for source, value in study.evaluation(choice).values.items():
            found = threshold_of(study, choice, source, value, satisfied=False)
            if not found.undecided and saves(found):
                sizes.append(size_of(found))
        changes, more = least_changes(study, choice, 2)
        assert len(changes) + more == len(sizes)
        told = [size_of(change.threshold) for change in changes]
        assert told[:2] == pytest.approx(sorted(sizes)[:2], rel=1e-9)


def test_of_many_numbers_the_two_that_do_it_are_found() -> None:
    weak = {"part-7": "0.9", "part-30": "0.95"}
    names = [f"part-{number}" for number in range(MOST_NUMBERS + 5)]
    nodes: dict[str, Node] = {
        name: Component(name=name, reliability=Probability.of(weak.get(name, "0.9999")))
        for name in names
    }
    nodes["top"] = Group(name="top", parts=tuple(names))
    design = Design(
        goal=Probability.of("0.98"), nodes=nodes, choices={"c": Choice(name="c", root="top")}
    )
    found = least_pair(Study(design), "c")
    assert found is not None
    assert {name for name, _ in found.values} == set(weak)
    product = 0.9999 ** (len(names) - 2)
    for _, value in found.values:
        assert isinstance(value, Probability)
        product *= float(value.reliability)
    assert 0.98 < product < 0.9805
