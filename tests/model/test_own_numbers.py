"""Numbers of nodes' own: what they are called, and how edits keep plots of them."""

from __future__ import annotations

import pytest

from vreltui.model import (
    Choice,
    Component,
    Design,
    DesignError,
    Group,
    Parameter,
    Plot,
    PlotAxis,
    Pool,
    Probability,
    edits,
)
from vreltui.model.own_numbers import named_numbers, resolved, with_named_numbers
from vreltui.model.rules import check, problems

P = Probability.of


def design(plot: Plot | None = None, **parameters: Probability) -> Design:
    return Design(
        goal=P("0.5"),
        parameters={name: Parameter(name, value) for name, value in parameters.items()},
        nodes={
            "fan": Component(name="fan", reliability=P("0.9")),
            "disk": Component(name="disk", reliability=P("0.8")),
            "disks": Pool(name="disks", of="disk", copies=3, needs="any"),
            "top": Group(name="top", parts=("fan", "disks")),
        },
        choices={"one": Choice("one", "top")},
        plots={} if plot is None else {"p": plot},
    )


def against(node: str = "fan", threshold: str | None = None) -> Plot:
    axis = PlotAxis("", P("0.1"), P("0.9"), 5, node=node)
    if threshold is None:
        return Plot("p", "one", axis)
    return Plot("p", "one", axis, "threshold", threshold)


def test_a_component_lends_its_name_to_its_number() -> None:
    assert named_numbers(design()) == {"fan": "fan", "disk": "disk"}
    named = with_named_numbers(design())
    assert named.nodes["fan"].parameters == ("fan",)
    assert named.value("disk") == P("0.8")
    assert dict(named.own) == {"fan": "fan", "disk": "disk"}


def test_copies_stay_part_of_the_structure() -> None:
    assert with_named_numbers(design()).nodes["disks"].parameters == ()


def test_where_a_parameter_has_the_name_it_is_the_parameters() -> None:
    both = design(fan=P("0.3"))
    assert named_numbers(both) == {"fan.reliability": "fan", "disk": "disk"}
    found = resolved(both, "fan")
    assert found == (both, "fan")
    named, called = resolved(both, "fan.reliability") or (both, "")
    assert called == "fan.reliability"
    assert named.value(called) == P("0.9")


def test_the_long_name_is_the_same_number() -> None:
    _, called = resolved(design(), "fan.reliability") or (None, "")
    assert called == "fan"


@pytest.mark.parametrize("name", ["", ".", "top", "disks", "disks.copies", "fan.mttf", "no", "a.b"])
def test_what_is_no_number_has_no_name(name: str) -> None:
    assert resolved(design(), name) is None


def test_the_same_design_is_named_once() -> None:
    named = with_named_numbers(design())
    assert with_named_numbers(named) is named
    empty = Design()
    assert with_named_numbers(empty) is empty


@pytest.mark.parametrize(
    ("plot", "what"),
    [
        (against("nix"), '"nix", which is not a node'),
        (against("top"), "group top, which has no number of its own"),
        (against("disks"), "pool disks, which has no number of its own"),
        (against("fan", "fan"), "the threshold of fan against itself"),
        (against("fan", "top"), '"top", which is not a parameter'),
    ],
    ids=repr,
)
def test_a_plot_names_a_number_that_is_there(plot: Plot, what: str) -> None:
    assert any(what in problem.what for problem in problems(design(plot)))


def test_plots_of_own_numbers_keep_the_rules() -> None:
    check(design(against("fan")))
    check(design(against("fan", "disk")))


def test_a_renamed_node_is_renamed_in_plots() -> None:
    changed = edits.rename_node(design(against("fan", "disk")), "fan", "blower")
    assert changed.plots["p"].x.node == "blower"
    changed = edits.rename_node(changed, "disk", "drive")
    assert changed.plots["p"].threshold == "drive"


def test_a_number_that_becomes_a_parameter_is_drawn_as_one() -> None:
    changed = edits.extract_parameter(design(against("fan", "disk")), "fan", "R_f")
    assert (changed.plots["p"].x.parameter, changed.plots["p"].x.node) == ("R_f", "")
    changed = edits.extract_parameter(changed, "disk", "R_d")
    assert changed.plots["p"].threshold == "R_d"


def test_a_new_parameter_takes_no_plot_from_a_node() -> None:
    changed = edits.add_parameter(design(against("fan", "disk")), Parameter("disk", P("0.5")))
    assert changed.plots["p"].threshold == "disk.reliability"


def test_a_plotted_number_cannot_become_a_parameters_unseen() -> None:
    known = design(against("fan"), R=P("0.5"))
    with pytest.raises(DesignError, match="no number of its own"):
        edits.set_reliability(known, "fan", "R")
