"""Hopeless is proven, short is shown by a point, and what is neither is said to be undecided."""

from __future__ import annotations

import pytest

from vreltui.analysis import examine
from vreltui.model import (
    Choice,
    Component,
    Design,
    Group,
    Node,
    Parameter,
    Pool,
    Probability,
    Value,
)

P = Probability.of


def design(
    nodes: list[Node], open_: dict[str, tuple[str, str, str]], goal: str | None = None
) -> Design:
    """A design with a baseline "b" and a choice "c" over nodes of the same names."""
    return Design(
        baseline="b",
        goal=None if goal is None else P(goal),
        parameters={
            name: Parameter(name, P(value), (P(low), P(high)))
            for name, (value, low, high) in open_.items()
        },
        nodes={node.name: node for node in nodes},
        choices={"b": Choice("b", "b"), "c": Choice("c", "c")},
    )


def verdict(design: Design) -> tuple[str | None, dict[str, Value] | None]:
    report = examine(design).choices["c"]
    return report.verdict, None if report.witness is None else dict(report.witness)


VOTE: list[Node] = [
    Component(name="m", reliability="x"),
    Component(name="v", reliability="y"),
    Group(name="b", parts=("m",)),
    Pool(name="three", of="m", copies=3, needs=2),
    Group(name="c", parts=("v", "three")),
]


def test_a_shared_parameter_alone_is_decided_by_its_exact_region() -> None:
    perfect = [node for node in VOTE if node.name != "v"]
    perfect.append(Component(name="v", reliability=P("0.98")))
    inside = design(perfect, {"x": ("0.5", "0.3", "0.53")})
    found, witness = verdict(inside)
    assert found == "short"
    assert witness is not None
    x = witness["x"]
    assert isinstance(x, Probability)
    assert P("0.5213170").reliability < x.reliability <= P("0.53").reliability
    assert verdict(design(perfect, {"x": ("0.5", "0.3", "0.5213169")})) == ("hopeless", None)


def test_a_tie_at_the_edge_of_the_range_is_no_win() -> None:
    # 3x^2 - 2x^3 ties with x at x = 1/2 and at x = 1.
    tie = [node for node in VOTE if node.name != "v"]
    tie.append(Component(name="v", reliability=P("1")))
    assert verdict(design(tie, {"x": ("0.4", "0.1", "0.5")})) == ("hopeless", None)
    assert verdict(design(tie, {"x": ("0.4", "0.1", "0.50000001")}))[0] == "short"
    assert verdict(design(tie, {"x": ("0.4", "0.1", "1")}))[0] == "short"


def test_two_shared_parameters_whose_optimum_bound_is_not_tight() -> None:
    # xy against x + y - xy: never better, though the bound R(high) - B(low) says "perhaps".
    nodes: list[Node] = [
        Component(name="p", reliability="x"),
        Component(name="q", reliability="y"),
        Group(name="c", parts=("p", "q")),
        Group(name="b", parts=("p", "q"), needs="any"),
    ]
    open_ = {"x": ("0.5", "0.1", "0.9"), "y": ("0.5", "0.1", "0.9")}
    assert verdict(design(nodes, open_)) == ("hopeless", None)


def test_a_small_pocket_in_a_box_is_found() -> None:
    # c = 0.98 (3 x^2 - 2 x^3) y against b = x y: better only for x in (0.5213, 0.9787).
    nodes: list[Node] = [
        Component(name="m", reliability="x"),
        Component(name="v", reliability=P("0.98")),
        Component(name="h", reliability="y"),
        Group(name="b", parts=("m", "h")),
        Pool(name="three", of="m", copies=3, needs=2),
        Group(name="c", parts=("h", "v", "three")),
    ]
    pocket = {"x": ("0.2", "0.2", "0.53"), "y": ("0.2", "0.2", "0.9")}
    assert verdict(design(nodes, pocket))[0] == "short"
    outside = {"x": ("0.2", "0.2", "0.52"), "y": ("0.2", "0.2", "0.9")}
    assert verdict(design(nodes, outside)) == ("hopeless", None)


def test_goal_and_baseline_must_be_met_at_one_and_the_same_point() -> None:
    # Better than x only below 0.9787, above the goal only where x is large.
    nodes = [node for node in VOTE if node.name != "v"]
    nodes.append(Component(name="v", reliability=P("0.98")))
    whole = {"x": ("0.3", "0.3", "0.999")}
    assert verdict(design(nodes, whole, goal="0.97"))[0] == "short"
    assert verdict(design(nodes, whole, goal="0.979")) == ("hopeless", None)


def test_counts_that_both_sides_read_are_tried() -> None:
    nodes: list[Node] = [
        Component(name="m", reliability=P("0.9")),
        Component(name="v", reliability=P("0.95")),
        Pool(name="b", of="m", copies="n", needs="all"),
        Pool(name="some", of="m", copies="n", needs="majority"),
        Group(name="c", parts=("v", "some")),
    ]
    base = Design(
        baseline="b",
        parameters={"n": Parameter("n", 1, (1, 3))},
        nodes={node.name: node for node in nodes},
        choices={"b": Choice("b", "b"), "c": Choice("c", "c")},
    )
    found, witness = verdict(base)
    assert found == "short"
    assert witness is not None
    assert witness["n"] == 3


def test_a_set_parameter_is_not_open() -> None:
    nodes: list[Node] = [Component(name="b", reliability="x"), Component(name="c", reliability="x")]
    base = design(nodes, {"x": ("0.5", "0.1", "0.9")})
    lower = Choice("c", "c", {"x": P("0.4")})
    placed = Design(
        baseline="b",
        parameters=base.parameters,
        nodes=base.nodes,
        choices={"b": base.choices["b"], "c": lower},
    )
    assert verdict(placed) == ("hopeless", None)


@pytest.mark.parametrize("places", [30, 120])
def test_ranges_narrower_than_any_double(places: int) -> None:
    nines = "0." + "9" * places
    nodes: list[Node] = [Component(name="c", reliability="x"), Component(name="b", reliability="y")]
    base = Design(
        goal=Probability.from_unreliability(f"1e-{places}"),
        parameters={"x": Parameter("x", P("0.5"), (P("0.5"), P(nines + "1")))},
        nodes={"c": nodes[0]},
        choices={"c": Choice("c", "c")},
    )
    assert verdict(base)[0] == "short"
    equal = Design(
        goal=base.goal,
        parameters={"x": Parameter("x", P("0.5"), (P("0.5"), P(nines)))},
        nodes={"c": nodes[0]},
        choices={"c": Choice("c", "c")},
    )
    assert verdict(equal) == ("hopeless", None)
