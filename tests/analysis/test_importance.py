"""Importance, against its definitions state by state and against published values."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq, fmpq_poly, fmpz_poly
from hypothesis import given, settings

from tests.oracle import Oracle, as_toml, designs
from tests.oracle.insight import Insight
from vreltui.analysis.importance_report import examine_importance
from vreltui.analysis.importance_results import ImportanceReport
from vreltui.analysis.study import Study
from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Pool, Probability
from vreltui.model.quantities import number
from vreltui.storage import parse

EXAMPLES = int(os.environ.get("VRELTUI_IMPORTANCE_EXAMPLES", "60"))

MEASURES = (
    "birnbaum",
    "criticality",
    "fussell_vesely",
    "diagnostic",
    "raw",
    "rrw",
    "structural",
    "barlow_proschan",
)


def is_near(found: float | None, expected: Fraction | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    return abs(Fraction(found) - expected) <= abs(expected) * Fraction(1, 10**12)


def report_on(design: Design, choice: str, **asked: Any) -> ImportanceReport:
    report = examine_importance(Study(design), choice, **asked)
    assert not report.undecided
    assert not report.nodes_undecided
    return report


@settings(max_examples=EXAMPLES)
@given(designs())
def test_every_measure_of_every_node_is_what_its_definition_says(design: Design) -> None:
    check_nodes(design)


@pytest.mark.parametrize("needs", ["all", "any"])
def test_what_never_works_is_in_no_minimal_cut(needs: str) -> None:
    zero = "[nodes.e0]\nreliability = 0\n"
    alone = f'vreltui = 1\n{zero}[choices.c]\nroot = "e0"\n'
    check_nodes(parse(alone).design)
    beside = f'[nodes.e1]\nreliability = 0.5\n[nodes.g]\nparts = ["e0", "e1"]\nneeds = "{needs}"\n'
    check_nodes(parse(f'vreltui = 1\n{zero}{beside}[choices.c]\nroot = "g"\n').design)


def test_a_node_beside_a_pool_of_it_is_measured_where_it_decides_most() -> None:
    text = """vreltui = 1
[nodes.e3]
reliability = 0.5
[nodes.e4]
reliability = 0.5
shared = true
[nodes.g0]
parts = ["e4", "e3"]
[nodes.g1]
of = "g0"
copies = 2
needs = "all"
[nodes.g2]
parts = ["g1", "g0", "e4", "e3"]
needs = "any"
[nodes.g4]
of = "g2"
copies = 2
needs = "all"
[choices.c0]
root = "g4"
"""
    check_nodes(parse(text).design)


@settings(max_examples=max(10, EXAMPLES // 3))
@given(designs(inverting=True))
def test_so_it_is_where_repair_can_hurt(design: Design) -> None:
    check_nodes(design)


def check_nodes(design: Design) -> None:
    choice = list(design.choices)[-1]
    insight = Insight(Oracle(design), choice)
    inverts = Study(design).evaluation(choice).program.inverts
    keys = [key for key in MEASURES if not (inverts and key == "fussell_vesely")]
    report = report_on(design, choice)
    for name, node in report.nodes.items():
        places = insight.instances_of(name)
        assert node.instances == len(places), as_toml(design)
        kinds = [place for place in places if all(copy == 0 for _, copy in place[1])]
        options = [insight.measures(place) for place in kinds]
        most = max(option["birnbaum"] for option in options)
        likely = [option for option in options if option["birnbaum"] == most]
        assert not node.importance.undecided
        assert any(
            all(is_near(node.importance.figures[key], option[key]) for key in keys)
            and node.single_point == option["single_point"]
            for option in likely
        ), (name, node, likely, as_toml(design))


@settings(max_examples=max(10, EXAMPLES // 3))
@given(designs())
def test_parameters_are_varied_as_a_whole(design: Design) -> None:
    choice = list(design.choices)[-1]
    oracle = Oracle(design)
    report = report_on(design, choice)
    q = 1 - oracle.reliability(choice)
    for name, found in report.parameters.items():
        figures = found.importance.figures
        assert not found.importance.undecided
        if design.parameters[name].is_count:
            assert set(figures) == {"birnbaum"}
            continue
        q0 = 1 - oracle.reliability(choice, {name: Fraction(0)})
        q1 = 1 - oracle.reliability(choice, {name: Fraction(1)})
        assert is_near(figures["criticality"], (q - q1) / q if q else None)
        assert is_near(figures["raw"], q0 / q if q else None)
        assert is_near(figures["rrw"], q / q1 if q and q1 else None)
        first, second = derivatives(oracle, choice, name)
        assert is_near(figures["birnbaum"], first), as_toml(design)
        assert is_near(figures["second_derivative"], second), as_toml(design)


def derivatives(oracle: Oracle, choice: str, parameter: str) -> tuple[Fraction, Fraction]:
    """The first two derivatives of a choice's reliability by a parameter, from its polynomial."""
    working, total = oracle.table(choice).polynomial(parameter, fmpz_poly([0, 1]))
    curve = fmpq_poly(working if isinstance(working, fmpz_poly) else fmpz_poly([working])) / total
    at = Fraction(oracle.values(choice)[parameter])
    place = fmpq(at.numerator, at.denominator)
    found = [curve.derivative()(place), curve.derivative().derivative()(place)]
    first, second = (Fraction(int(each.p), int(each.q)) for each in found)
    return first, second


@settings(max_examples=max(10, EXAMPLES // 3))
@given(designs())
def test_pairs_gain_what_both_gain_together(design: Design) -> None:
    choice = list(design.choices)[-1]
    oracle = Oracle(design)
    now = oracle.reliability(choice)
    report = report_on(replace(design, goal=None, baseline=None), choice, pairs=True)
    gains = [pair.importance.figures["gain"] for pair in report.pairs or ()]
    assert gains == sorted(gains, key=lambda gain: -(gain or 0.0))
    for pair in report.pairs or ():
        if not set(pair.parameters) <= set(design.parameters):
            continue  # a number of a node's own, which the oracle has no name for
        to = {name: number(value) for name, value in zip(pair.parameters, pair.to, strict=True)}
        alone = [oracle.reliability(choice, {name: value}) - now for name, value in to.items()]
        both = oracle.reliability(choice, to) - now
        assert all(map(is_near, pair.gains, alone)), as_toml(design)
        figures = pair.importance.figures
        assert is_near(figures["gain"], both)
        assert is_near(figures["synergy"], both - sum(alone)), as_toml(design)
        names = pair.parameters
        if any(isinstance(value, int) for value in to.values()):
            assert figures["second_derivative"] is None
        else:
            assert is_near(figures["second_derivative"], mixed(oracle, choice, *names))


def mixed(oracle: Oracle, choice: str, one: str, other: str) -> Fraction:
    """The mixed second derivative: the slope by one number, differentiated by the other.

    As a polynomial in the other it is known from enough of its points.
    """
    table = oracle.table(choice)
    times = sum(other in table.design.nodes[name].parameters for name, _ in table.components)
    at = Fraction(oracle.values(choice)[other])
    points = [Fraction(k, times + 1) for k in range(times + 1)]
    curve = fmpq_poly([0])
    for point in points:
        value = slope(oracle, choice, one, other, point)
        basis = fmpq_poly([fmpq(value.numerator, value.denominator)])
        for another in points:
            if another != point:
                apart = point - another
                basis *= fmpq_poly([fmpq(-another.numerator, another.denominator), 1])
                basis /= fmpq(apart.numerator, apart.denominator)
        curve += basis
    found = curve.derivative()(fmpq(at.numerator, at.denominator))
    return Fraction(int(found.p), int(found.q))


def slope(oracle: Oracle, choice: str, one: str, other: str, point: Fraction) -> Fraction:
    table = oracle.table(choice, {other: point})
    working, total = table.polynomial(one, fmpz_poly([0, 1]))
    curve = fmpq_poly(working if isinstance(working, fmpz_poly) else fmpz_poly([working])) / total
    at = Fraction(oracle.values(choice)[one])
    found = curve.derivative()(fmpq(at.numerator, at.denominator))
    return Fraction(int(found.p), int(found.q))


def test_a_group_is_replaced_all_at_once() -> None:
    """Two hosts, each of a machine and a hypervisor: the price of the hypervisors' independence."""
    nodes: tuple[Node, ...] = (
        *(unit(name, "0.9") for name in ("m1", "m2")),
        *(unit(name, "0.8") for name in ("h1", "h2")),
        Group(name="a", parts=("m1", "h1")),
        Group(name="b", parts=("m2", "h2")),
        Group(name="top", parts=("a", "b"), needs="any"),
    )
    design = of(*nodes)
    report = report_on(design, "c", groups={"h1,h2": ("h1", "h2")})
    q = Fraction(28, 100) ** 2
    group = report.groups["h1,h2"].figures
    assert is_near(group["birnbaum"], 1 - Fraction(1, 100))
    assert is_near(group["raw"], 1 / q)
    assert is_near(group["rrw"], q / Fraction(1, 100))
    assert is_near(group["criticality"], (q - Fraction(1, 100)) / q)


# Published


def test_two_pairs_in_parallel_as_published() -> None:
    """SCRAM's tests: (A1 or A2) and (B1 or B2) fail, q = .6 .4 / .7 .5."""
    parts = zip(("a1", "a2", "b1", "b2"), ("0.4", "0.6", "0.3", "0.5"), strict=True)
    nodes: tuple[Node, ...] = (
        *(unit(name, r) for name, r in parts),
        Group(name="a", parts=("a1", "a2")),
        Group(name="b", parts=("b1", "b2")),
        Group(name="top", parts=("a", "b"), needs="any"),
    )
    report = report_on(of(*nodes), "c")
    assert report.figure is not None
    assert report.figure.unreliability == 0.646
    figures = report.nodes["a1"].importance.figures
    assert [round(figures[key] or 0, 4) for key in ("birnbaum", "criticality", "diagnostic")] == [
        0.51,
        0.4737,
        0.7895,
    ]
    assert [round(figures[key] or 0, 3) for key in ("raw", "rrw")] == [1.316, 1.9]


@pytest.mark.parametrize("as_pool", [True, False])
def test_two_of_four_as_published(as_pool: bool) -> None:
    """Storm: 2 of 4 at q = 1/2."""
    units = [unit(f"u{number}", "0.5") for number in range(4)]
    top: Node = (
        Pool(name="top", of="u0", copies=4, needs=3)
        if as_pool
        else Group(name="top", parts=tuple(each.name for each in units), needs=3)
    )
    report = report_on(of(*units, top), "c")
    assert report.figure is not None
    assert report.figure.unreliability == 0.6875
    node = report.nodes["u0"]
    assert node.instances == (4 if as_pool else 1)
    figures = node.importance.figures
    assert figures["birnbaum"] == 0.375
    assert is_near(figures["criticality"], Fraction(3, 11))
    assert is_near(figures["raw"], Fraction(14, 11))
    assert is_near(figures["rrw"], Fraction(11, 8))


# Ends


def test_nothing_is_lost_near_one() -> None:
    """Three copies of 1e-100: each measure to 1e-12 relative, Q = 1e-300."""
    vm = Component(name="vm", reliability=Probability.from_unreliability("1e-100"))
    report = report_on(of(vm, Pool(name="top", of="vm", copies=3, needs="any")), "c")
    figures = report.nodes["vm"].importance.figures
    assert is_near(figures["birnbaum"], Fraction(1, 10**200))
    assert is_near(figures["criticality"], Fraction(1))
    assert figures["rrw"] is None  # one that always works is enough
    assert is_near(figures["raw"], Fraction(10**100))
    assert is_near(figures["diagnostic"], Fraction(1))


def test_there_is_no_quotient_of_a_choice_that_never_fails() -> None:
    report = report_on(of(unit("a", "1"), Group(name="top", parts=("a",))), "c")
    figures = report.nodes["a"].importance.figures
    assert figures["birnbaum"] == 1
    assert report.nodes["a"].single_point is True
    keys = ("criticality", "fussell_vesely", "diagnostic", "raw", "rrw")
    assert [figures[key] for key in keys] == [None] * 5


def test_a_thousand_copies_answer() -> None:
    pools = (
        unit("vm", "0.99"),
        unit("host", "0.999", shared=True),
        Group(name="guest", parts=("vm", "host")),
        Pool(name="alone", of="vm", copies=1000, needs="majority"),
        Pool(name="hosted", of="guest", copies=1000, needs="any"),
        Group(name="top", parts=("alone", "hosted")),
    )
    report = report_on(of(*pools), "c")
    assert report.nodes["vm"].instances == 2000
    assert report.nodes["host"].single_point is True
    assert report.nodes["vm"].single_point is False


def test_shares_of_the_structure_add_up_to_one() -> None:
    pool = Pool(name="pool", of="vm", copies=30, needs=7)
    report = report_on(of(unit("vm", "0.9"), unit("host", "0.9"), pool, both("host", "pool")), "c")
    shares = [
        (node.instances, node.importance.figures["barlow_proschan"] or 0)
        for name, node in report.nodes.items()
        if name in ("vm", "host")
    ]
    assert is_near(sum(times * share for times, share in shares), Fraction(1))


def test_both_together_meet_and_neither_alone() -> None:
    nodes = (
        Component(name="a", reliability="R_A"),
        Component(name="b", reliability="R_B"),
        Group(name="top", parts=("a", "b")),
    )
    value = Probability.of
    parameters = {
        name: Parameter(name, value("0.9"), (value("0.5"), value("0.99")))
        for name in ("R_A", "R_B")
    }
    design = replace(of(*nodes), parameters=parameters, goal=value("0.95"))
    (pair,) = report_on(design, "c", pairs=True).pairs or ()
    assert pair.together
    (other,) = report_on(replace(design, goal=value("0.88")), "c", pairs=True).pairs or ()
    assert not other.together


def unit(name: str, value: str, *, shared: bool = False) -> Component:
    return Component(name=name, reliability=Probability.of(value), shared=shared)


def both(*parts: str) -> Group:
    return Group(name="both", parts=parts)


def of(*nodes: Node) -> Design:
    """A design with one choice, whose root is the last of the nodes."""
    return Design(
        nodes={node.name: node for node in nodes},
        choices={"c": Choice(name="c", root=nodes[-1].name)},
    )
