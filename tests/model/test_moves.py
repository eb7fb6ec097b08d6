"""The paper's moves: each a new choice beside the old one, with the paper's reliability."""

from __future__ import annotations

import pytest

from tests.model.examples import P, example, reliability
from vreltui.analysis import CountThreshold, ProbabilityThreshold, examine
from vreltui.model import (
    Choice,
    Component,
    Design,
    DesignError,
    Group,
    LastingComponent,
    Parameter,
    Pool,
    edits,
)
from vreltui.model.edits import Position, node_at
from vreltui.model.quantities import DURATION


def bare() -> Design:
    """One machine and one guest, R_M = 0.1 as in the paper's example, and nothing to meet."""
    return Design(
        parameters={"R_H": Parameter("R_H", P("0.999")), "R_M": Parameter("R_M", P("0.1"))},
        nodes={
            "h": Component(name="h", reliability="R_H", kind="hardware"),
            "m": Component(name="m", reliability="R_M", kind="vm"),
            "node": Group(name="node", parts=("h", "m")),
        },
        choices={"nv": Choice("nv", "node")},
    )


def test_virtualize_adds_a_hypervisor_and_keeps_the_old_choice() -> None:
    edited = edits.virtualize(bare(), Position("nv", (1,)))
    design, new = edited.design, edited.position.choice
    assert list(design.choices) == ["nv", "nv-virtualized"]
    assert design.choices["nv"] == bare().choices["nv"]
    assert node_at(design, edited.position) == "m"
    assert design.parameters["R_V"].is_open
    assert reliability(design, new) == pytest.approx(0.999 * 0.999 * 0.1, rel=1e-14)
    assert design.baseline == "nv"
    assert examine(design).choices[new].verdict == "hopeless"  # no gain from one guest alone


def test_the_papers_first_formula_comes_from_two_moves() -> None:
    """Formula (1): with R_M = 0.1 and R_V = 0.3, four VMs beat none; R_V bounded by R_M/(...)."""
    virtual = edits.virtualize(bare(), Position("nv", (1,)))
    moved = edits.replicate(virtual.design, virtual.position)
    design, new = moved.design, moved.position.choice
    design = edits.set_range(design, "R_V", P("0.1"), P("0.9999"))
    design = edits.set_value(design, "R_V", P("0.3"))
    threshold = examine(design).choices[new].thresholds["n"]
    assert isinstance(threshold, CountThreshold)
    assert threshold.ranges == ((4, 1000),)
    design = edits.set_value(design, "n", 8)
    bound = examine(design).choices[new].thresholds["R_V"]
    assert isinstance(bound, ProbabilityThreshold)
    assert bound.intervals[0].low.figure.reliability == pytest.approx(0.1 / (1 - 0.9**8))


def test_a_hypervisor_in_another_tree_is_used_again() -> None:
    edited = edits.virtualize(example(), Position("nv", (1,)))
    assert edited.design.parameters == example().parameters
    names = edited.design.below(edited.design.choices[edited.position.choice].root)
    assert "hypervisor" in names
    again = edits.virtualize(edited.design, edited.position)
    names = again.design.below(again.design.choices[again.position.choice].root)
    assert {"hypervisor", "hypervisor-2"} <= set(names)
    assert reliability(again.design, again.position.choice) == pytest.approx(
        0.9999 * 0.999**2 * 0.9, rel=1e-14
    )


def test_replicate_takes_the_designs_count_where_the_tree_does_not_use_it() -> None:
    edited = edits.replicate(example(), Position("nv", (1,)))
    assert edited.design.parameters == example().parameters
    assert reliability(edited.design, edited.position.choice) == pytest.approx(
        0.9999 * (1 - 0.1**3), rel=1e-14
    )
    inner = edits.replicate(example(), Position("vms", (1,)))
    assert inner.design.parameters["n-2"].range == (1, 16)
    limited = edits.set_copies_limit(bare(), 1)
    only = edits.replicate(limited, Position("nv", (1,)))
    assert only.design.parameters["n"].range == (1, 1)


def test_vote_is_two_of_three() -> None:
    edited = edits.vote(example(), Position("nv", (1,)))
    r = 0.9
    assert reliability(edited.design, edited.position.choice) == pytest.approx(
        0.9999 * (3 * r**2 - 2 * r**3), rel=1e-14
    )
    with pytest.raises(DesignError, match="at most 2 copies are allowed"):
        edits.vote(edits.set_copies_limit(bare(), 2), Position("nv", (1,)))


def c1() -> Design:
    """The paper's C1: a function f in every one of n virtual machines."""
    return Design(
        parameters={
            "R_V": Parameter("R_V", P("0.999")),
            "R_m": Parameter("R_m", P("0.75")),
            "R_f": Parameter("R_f", P("0.75")),
            "n": Parameter("n", 6),
        },
        nodes={
            "v": Component(name="v", reliability="R_V", kind="hypervisor"),
            "m": Component(name="m", reliability="R_m", kind="vm"),
            "f": Component(name="f", reliability="R_f", kind="function", title="Filter"),
            "guest": Group(name="guest", parts=("f", "m")),
            "pool": Pool(name="pool", of="guest", copies="n", needs="any"),
            "all": Group(name="all", parts=("v", "pool")),
        },
        choices={"c1": Choice("c1", "all")},
    )


@pytest.mark.parametrize(("n", "bound"), [(6, 0.9932), (9, 0.9994)])
def test_moving_a_function_into_the_hypervisor_gives_formula_3(n: int, bound: float) -> None:
    edited = edits.move_into_hypervisor(edits.set_value(c1(), "n", n), Position("c1", (1, 0, 0)))
    design, new = edited.design, edited.position.choice
    assert new == "c1-consolidated"
    assert node_at(design, edited.position) == "f-in-hypervisor"
    assert design.baseline == "c1"
    expected = 0.999 * 0.75 * (1 - 0.25**n)
    assert reliability(design, new) == pytest.approx(expected, rel=1e-14)
    threshold = examine(design).choices[new].thresholds["R_F"]
    assert isinstance(threshold, ProbabilityThreshold)
    assert threshold.intervals[0].low.figure.reliability == pytest.approx(bound, abs=5e-5)
    assert reliability(design, "c1") == reliability(edits.set_value(c1(), "n", n), "c1")


def test_a_deeper_function_leaves_the_rest_of_its_copy() -> None:
    design = edits.wrap(c1(), Position("c1", (1, 0, 0))).design
    grown = edits.add_node(
        design,
        Position("c1", (1, 0, 0)),
        Component(name="log", reliability=P("0.9"), kind="software"),
    ).design
    edited = edits.move_into_hypervisor(grown, Position("c1", (1, 0, 0, 0)))
    expected = 0.999 * 0.75 * (1 - (1 - 0.75 * 0.9) ** 6)
    assert reliability(edited.design, edited.position.choice) == pytest.approx(expected, rel=1e-14)


def test_a_move_that_makes_no_sense_says_why() -> None:
    with pytest.raises(DesignError, match="h is not inside the copies of a pool"):
        edits.move_into_hypervisor(bare(), Position("nv", (0,)))
    with pytest.raises(DesignError, match="guest is no component"):
        edits.move_into_hypervisor(c1(), Position("c1", (1, 0)))
    either = edits.set_needs(c1(), "guest", "any")
    with pytest.raises(DesignError, match="guest does not need all of its parts"):
        edits.move_into_hypervisor(either, Position("c1", (1, 0, 0)))
    with pytest.raises(DesignError, match="copies nothing but vm"):
        edits.move_into_hypervisor(example(), Position("vms", (2, 0)))
    unhosted = edits.set_kind(c1(), "v", "software")
    with pytest.raises(DesignError, match="no hypervisor is needed beside pool pool"):
        edits.move_into_hypervisor(unhosted, Position("c1", (1, 0, 0)))


def test_a_goal_alone_is_what_a_new_choice_has_to_meet() -> None:
    design = edits.set_goal(bare(), P("0.05"))
    edited = edits.vote(design, Position("nv", (1,)))
    assert edited.design.baseline is None


def test_repair_gives_a_component_a_life_and_a_repair_that_others_published() -> None:
    """The old R stays what it has to beat, read as the chance to work at any moment."""
    edited = edits.repair(bare(), Position("nv", (1,)))
    design = edited.design
    new = design.choices[edited.position.choice]
    (node,) = [n for n in design.nodes.values() if isinstance(n, LastingComponent)]
    assert (node.name, node.kind) == ("m-repaired", "vm")
    life, mended = design.parameters[str(node.mttf)], design.parameters[str(node.mttr)]
    assert (str(life.value), str(mended.value)) == ("2893 h", "30 min")
    assert life.source == mended.source == "Nguyen, Kim, Park 2014, table 3"
    assert life.is_open
    assert mended.is_open
    assert (design.measure, design.baseline, new.name) == ("availability", "nv", "nv-repaired")
    host = edits.repair(bare(), Position("nv", (0,))).design.parameters
    assert {str(p.value) for p in host.values() if p.quantity is DURATION} == {"1 y", "3 d"}


def test_a_repair_where_it_says_nothing_is_refused_with_what_to_do() -> None:
    with pytest.raises(DesignError, match="which no repair helps; set a goal such as downtime"):
        edits.repair(edits.set_goal(bare(), P("0.05")), Position("nv", (1,)))
    with pytest.raises(DesignError, match="no component; select a component below it"):
        edits.repair(bare(), Position("nv", ()))
    once = edits.repair(bare(), Position("nv", (1,)))
    with pytest.raises(DesignError, match="m-repaired is repaired already"):
        edits.repair(once.design, once.position)
