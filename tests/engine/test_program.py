"""What a program knows of its own shape: who reads what, and the degree in each value."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.oracle.strategies import designs
from vreltui.analysis.study import program_of
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits
from vreltui.engine.program import Program
from vreltui.engine.stated_values import values_of
from vreltui.engine.steps import AllOf
from vreltui.model import Choice, Component, Design, Group, Node, Probability


def _paths_avoid(program: Program, slot: int, gate: int) -> bool:
    """Whether the root is reached from ``slot`` without passing ``gate``."""
    stack, seen = [slot], {slot}
    while stack:
        reached = stack.pop()
        if reached == program.root:
            return True
        for reader, step in enumerate(program.steps):
            if reached in step.inputs and reader not in seen and reader != gate:
                seen.add(reader)
                stack.append(reader)
    return False


def _degrees(evaluation: Evaluation, leaf: int) -> int:
    """The degree of the root in a leaf, carried through every step that reads it."""
    degrees = {leaf: 1}
    for slot in evaluation.program.dependents((leaf,)):
        if slot != leaf:
            degrees[slot] = evaluation.program.steps[slot].weight(degrees, evaluation.count)
    return degrees.get(evaluation.program.root, 0)


def test_thousands_of_parts_are_not_gone_through_for_each_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nodes: dict[str, Node] = {
        f"a{i}": Component(name=f"a{i}", reliability=Probability.of("0.9")) for i in range(50)
    }
    nodes["all"] = Group(name="all", parts=(*nodes,))
    design = Design(nodes=nodes, choices={"c": Choice(name="c", root="all")})
    program = program_of(design, "all", Limits())
    evaluation = Evaluation(program, values_of(design, program, "c"))
    monkeypatch.setattr(AllOf, "weight", None)
    assert [evaluation.degree(source) for source in program.leaves] == [1] * 50


@settings(max_examples=100, deadline=None)
@given(designs())
def test_gateways_and_degrees(design: Design) -> None:
    for name, choice in design.choices.items():
        program = program_of(design, choice.root, Limits())
        evaluation = Evaluation(program, values_of(design, program, name))
        for source, (leaf,) in program.leaves.items():
            assert evaluation.degree(source) == _degrees(evaluation, leaf)
            if leaf == program.root:
                continue
            gate = program.gateway(leaf)
            assert (gate < 0) == (not _paths_avoid(program, leaf, -1))
            if gate >= 0:
                assert not _paths_avoid(program, leaf, gate)
                between = program.between(leaf, gate)[:-1]
                assert all(_paths_avoid(program, leaf, nearer) for nearer in between)
