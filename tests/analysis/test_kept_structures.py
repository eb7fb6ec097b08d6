"""A structure that is kept answers as one that is made anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.oracle import designs
from vreltui.analysis.kept_structures import forget_structures, kept_structure
from vreltui.analysis.questions.node_importance import node_importances
from vreltui.analysis.questions.unreliability_shares import shares
from vreltui.analysis.study import Study
from vreltui.engine.balls import ONE, PairOfBalls
from vreltui.engine.gate_graph import Gate
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.structure.measures import Reading
from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Pool, Probability
from vreltui.model.frozen import frozen


def moved(parameter: Parameter) -> Parameter:
    """A parameter with another value."""
    other = 2 if isinstance(parameter.value, int) else Probability.of("0.875")
    return replace(parameter, value=other, range=None)


@settings(max_examples=30)
@given(designs())
def test_after_an_edit_of_numbers_importances_are_those_of_the_new_numbers(design: Design) -> None:
    given_values = {name: moved(each) for name, each in design.parameters.items()}
    edited = replace(design, parameters=frozen(given_values))
    for choice in design.choices:
        before = Study(design)
        node_importances(before, choice)
        kept = node_importances(Study(edited, before), choice)
        forget_structures()
        assert kept == node_importances(Study(edited), choice)


@settings(max_examples=30)
@given(designs())
def test_what_one_number_does_not_touch_is_read_as_before(design: Design) -> None:
    choice = next(iter(design.choices))
    forget_structures()
    study = Study(design)
    node_importances(study, choice)
    for name, parameter in design.parameters.items():
        edited = replace(study.design, parameters={**design.parameters, name: moved(parameter)})
        study = Study(edited, study)
        kept = node_importances(study, choice)
        bars = shares(study, choice)
        forget_structures()
        assert bars == shares(Study(edited), choice)
        forget_structures()
        fresh = Study(edited)
        assert kept == node_importances(fresh, choice)
        forget_structures()
        node_importances(study, choice)


def test_a_reading_is_only_taken_from_one_of_the_same_structure() -> None:
    study = Study(shared_design())
    forget_structures()
    known = kept_structure(study, "c")
    forget_structures()
    other = kept_structure(study, "c")

    def even(_gate: Gate, _bits: int) -> PairOfBalls:
        return ONE / 2, ONE / 2

    with pytest.raises(ValueError, match="the same structure"):
        Reading(other.structure, other.order, even, 100, known.reading(even, 100))


def shared_design() -> Design:
    parts = {
        name: Component(name=name, reliability=Probability.of("0.9")) for name in ("a", "b", "c")
    }
    groups = (
        Group(name="left", parts=("a", "b"), needs="any"),
        Group(name="right", parts=("b", "c"), needs="any"),
        Group(name="top", parts=("left", "right")),
    )
    nodes: dict[str, Node] = {**parts, **{group.name: group for group in groups}}
    return Design(nodes=nodes, choices={"c": Choice(name="c", root="top")})


def test_who_had_no_time_does_not_leave_the_next_one_without() -> None:
    forget_structures()
    study = Study(shared_design())
    kept_structure(study, "c")
    study.start_budget(Limits(seconds=0))
    with pytest.raises(Undecided):
        node_importances(study, "c")
    study.start_budget()
    found = node_importances(study, "c")
    assert found["left"].importance.figures["birnbaum"] is not None
    assert not found["left"].importance.undecided


def test_another_number_of_copies_is_another_structure() -> None:
    pool = Pool(name="pool", of="vm", copies=3, needs="any")
    vm = Component(name="vm", reliability=Probability.of("0.9"))
    design = Design(nodes={"vm": vm, "pool": pool}, choices={"c": Choice(name="c", root="pool")})
    five = replace(design, nodes={"vm": vm, "pool": replace(pool, copies=5)})
    before = Study(design)
    assert node_importances(before, "c")["vm"].instances == 3
    assert node_importances(Study(five, before), "c")["vm"].instances == 5
