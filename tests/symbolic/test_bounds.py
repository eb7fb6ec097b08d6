"""Symbolic work is bounded: named subtrees, refusals with a reason, a process that is stopped."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy

from tests.symbolic.exactly import Run, random_point, reliability
from vreltui.engine.laws import Given, Source
from vreltui.engine.program import Program
from vreltui.engine.steps import Constant, Decision, Leaf, Step
from vreltui.model import (
    Choice,
    Component,
    Design,
    Group,
    Node,
    Parameter,
    Pool,
    Probability,
)
from vreltui.symbolic import Formula, Refusal, RefusedError, Request, derive
from vreltui.symbolic.choice_expressions import formula
from vreltui.symbolic.conditions import condition
from vreltui.symbolic.derivation import Reader
from vreltui.symbolic.symbols import Symbols
from vreltui.symbolic.sympy_algebra import SYMPY


def design_of(nodes: list[Node], root: str, **parameters: str | int) -> Design:
    """One choice over a list of nodes."""
    return Design(
        goal=Probability.of("0.9"),
        parameters={
            name: Parameter(name, value if isinstance(value, int) else Probability.of(value))
            for name, value in parameters.items()
        },
        nodes={node.name: node for node in nodes},
        choices={"all": Choice(name="all", root=root)},
    )


def racks(number: int, each: int) -> Design:
    """Racks in parallel, pairs of different servers in each, and one network above them all."""
    nodes: list[Node] = [Component(name="network", reliability="R_N")]
    for i in range(number):
        pairs = []
        for j in range(0, each, 2):
            for k in (j, j + 1):
                own = Probability.of(f"0.9{i:02d}{k:02d}1")
                nodes.append(Component(name=f"s{i}-{k}", reliability=own))
            pair = f"pair{i}-{j}"
            nodes.append(Group(name=pair, parts=(f"s{i}-{j}", f"s{i}-{j + 1}"), needs="any"))
            pairs.append(pair)
        nodes.append(Group(name=f"rack{i}", parts=tuple(pairs)))
    top = tuple(f"rack{i}" for i in range(number))
    nodes.append(Group(name="racks", parts=top, needs="any"))
    nodes.append(Group(name="site", parts=("network", "racks")))
    return design_of(nodes, "site", R_N="0.999")


def test_a_thousand_components_are_shown_by_named_subtrees() -> None:
    design = racks(25, 40)
    answer = formula(design, "all")
    assert answer.value.text == "R_N R(racks)"
    parts = {part.name.text: part.value.text for part in answer.parts}
    assert "[1 - R(rack7)]" in parts["R(racks)"] or "(1 - R(rack7))" in parts["R(racks)"]
    assert "R(rack7)" in parts
    got = Run(answer).at(answer.value.sympy, random_point(design, random.Random(1)))
    exact = reliability(design, "all", random_point(design, random.Random(1)))
    assert Fraction(int(got.p), int(got.q)) == exact


def test_a_subtree_that_a_formula_repeats_is_named() -> None:
    parts = tuple(f"c{i}" for i in range(8))
    nodes: list[Node] = [Component(name=name, reliability=f"R_{name}") for name in parts]
    nodes.append(Group(name="blade", parts=parts))
    nodes.append(Pool(name="blades", of="blade", copies=3, needs=2))
    answer = formula(design_of(nodes, "blades", **{f"R_{name}": "0.9" for name in parts}), "all")
    assert answer.value.text == "3 R(blade)^2 - 2 R(blade)^3"
    assert [part.name.text for part in answer.parts] == ["R(blade)"]


def test_k_out_of_many_different_parts_is_a_table_of_named_parts() -> None:
    names = [f"c{i}" for i in range(12)]
    nodes: list[Node] = [Component(name=name, reliability=f"R_{name}") for name in names]
    nodes.append(Group(name="vote", parts=tuple(names), needs=6))
    design = design_of(nodes, "vote", **{f"R_{name}": "0.9" for name in names})
    answer = formula(design, "all")
    point = random_point(design, random.Random(2))
    got = Run(answer).at(answer.value.sympy, point)
    assert Fraction(int(got.p), int(got.q)) == reliability(design, "all", point)


def test_what_is_too_long_is_refused_with_the_reason() -> None:
    names = [f"c{i}" for i in range(60)]
    nodes: list[Node] = [Component(name=name, reliability=f"R_{name}") for name in names]
    nodes.append(Group(name="vote", parts=tuple(names), needs=30))
    design = design_of(nodes, "vote", **{f"R_{name}": "0.9" for name in names})
    with pytest.raises(RefusedError, match="more than 400 named parts"):
        formula(design, "all")
    (answer,) = derive(Request(design, ("all",)))
    assert isinstance(answer, Refusal)
    assert "named parts" in answer.reason


def test_what_takes_too_many_pivots_is_refused_before_they_are_written() -> None:
    written: list[Source] = []

    def value(source: Source) -> sympy.Symbol:
        written.append(source)
        return sympy.Symbol(source.name, positive=True)

    steps: list[Step] = [Constant(works=False), Constant(works=True)]
    steps += [Leaf(Given(Source(f"R{i}", is_parameter=True))) for i in range(3)]
    steps += [Decision(2 + i % 3, slot - 1, slot - 2) for i, slot in enumerate(range(5, 1600))]
    program = Program(tuple(steps), len(steps) - 1, {}, {}, {})
    with pytest.raises(RefusedError, match="pivots"):
        Reader(program, Symbols(SYMPY), value).read()
    assert not written


def test_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(RefusedError, match="characters"):
        formula(racks(25, 40), "all", most_characters=50)


def test_the_process_is_given_up_when_the_time_is_up() -> None:
    (answer,) = derive(Request(racks(3, 4), ("all",)), seconds=0.0)
    assert answer == Refusal("all", "no symbols: it took more than 0 s")


def test_the_process_gives_the_same_answers() -> None:
    design = racks(2, 4)
    request = Request(design, ("all",), compare=True, unknown="R_N")
    own = condition(request.named, "all", None, request.solved_for)
    assert derive(request) == (own,)
    (answer,) = derive(Request(design, ("all",)))
    assert isinstance(answer, Formula)


def test_deep_trees_do_not_end_in_a_traceback() -> None:
    nodes: list[Node] = [
        Component(name="c0", reliability="R0"),
        Component(name="d", reliability="R1"),
    ]
    for depth in range(1, 400):
        needs = "any" if depth % 2 else "all"
        nodes.append(
            Group(name=f"c{depth}", parts=(f"c{depth - 1}", "d"), needs=needs)  # type: ignore[arg-type]
        )
    design = design_of(nodes, "c399", R0="0.9", R1="0.8")
    (answer,) = derive(Request(design, ("all",)))
    assert isinstance(answer, Formula | Refusal)


def test_what_stands_in_a_sum_that_is_not_carried_out_is_not_solved_for() -> None:
    """A majority of n copies that share a part: R stands in two sums, and outside of them."""
    base = design_of(
        [
            Component(name="disk", reliability="R", shared=True),
            Component(name="left", reliability="R"),
            Component(name="right", reliability="R"),
            Group(name="machine", parts=("disk", "left", "right"), needs="majority"),
            Pool(name="machines", of="machine", copies="n", needs="majority"),
        ],
        "machines",
        R="0.95",
        n=1,
    )
    answer = condition(base, "all", None, "R")
    assert answer.outcome == "open"
    assert answer.degree == 3
    assert not answer.solved
