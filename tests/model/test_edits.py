"""Edits of parameters, nodes and choices: what they change, what they keep, what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.model.examples import P, example, reliability
from vreltui.analysis import examine
from vreltui.model import Component, Design, DesignError, Parameter, Plot, PlotAxis, edits
from vreltui.model.edits import Position


def test_a_value_changes_in_the_design_or_in_the_choice_that_sets_it() -> None:
    design = edits.set_value(example(), "n", 4, "vms")
    assert design.value("n", "vms") == 4
    assert design.value("n", "five") == 5
    design = edits.set_value(design, "n", 6, "five")
    assert (design.value("n", "vms"), design.value("n", "five")) == (4, 6)
    assert reliability(design, "vms") == pytest.approx(0.9999 * 0.999 * (1 - 0.1**4), rel=1e-14)


def test_a_value_of_the_wrong_sort_or_outside_its_range_is_refused() -> None:
    with pytest.raises(DesignError, match=r"n is a count, and .* a whole number is right"):
        edits.set_value(example(), "n", P("0.5"))
    with pytest.raises(DesignError, match="outside its range"):
        edits.set_value(example(), "R_V", P("0.5"))
    with pytest.raises(DesignError, match='did you mean "R_V"'):
        edits.set_value(example(), "R_W", P("0.5"))


def test_ranges_open_and_close() -> None:
    design = edits.set_range(example(), "R_M", P("0.5"), P("0.95"))
    assert design.parameters["R_M"].is_open
    assert not edits.clear_range(design, "R_M").parameters["R_M"].is_open
    with pytest.raises(DesignError, match="range of R_M is empty"):
        edits.set_range(design, "R_M", P("0.95"), P("0.5"))


def test_a_choice_sets_and_unsets() -> None:
    design = edits.set_in_choice(example(), "vms", "R_V", P("0.95"))
    assert design.value("R_V", "vms") == P("0.95")
    assert design.value("R_V", "five") == P("0.999")
    assert edits.unset_in_choice(design, "vms", "R_V") == example()
    with pytest.raises(DesignError, match="choice vms does not set R_H"):
        edits.unset_in_choice(design, "vms", "R_H")


def test_renaming_a_parameter_follows_every_mention() -> None:
    design = edits.rename_parameter(example(), "n", "copies")
    design = edits.rename_parameter(design, "R_V", "hyper")
    design = edits.rename_parameter(design, "R_M", "machine")
    assert list(design.parameters) == ["R_H", "hyper", "machine", "copies"]
    assert design.choices["five"].set == {"copies": 5}
    plot = design.plots["p"]
    assert (plot.x.parameter, plot.threshold) == ("machine", "hyper")
    assert plot.series is not None
    assert plot.series.parameter == "copies"
    assert reliability(design, "five") == reliability(example(), "five")
    with pytest.raises(DesignError, match="there is a parameter R_H already; R_H-2 is free"):
        edits.rename_parameter(design, "hyper", "R_H")


def test_a_deleted_parameter_leaves_its_value_in_the_nodes() -> None:
    design = edits.delete_parameter(example(), "R_H")
    node = design.nodes["hardware"]
    assert isinstance(node, Component)
    assert node.reliability == P("0.9999")
    assert reliability(design, "nv") == reliability(example(), "nv")
    with pytest.raises(DesignError, match="choice five sets n"):
        edits.delete_parameter(example(), "n")
    with pytest.raises(DesignError, match="plot p draws R_M"):
        edits.delete_parameter(example(), "R_M")


def test_a_number_becomes_a_parameter() -> None:
    design = edits.delete_parameter(example(), "R_H")
    again = edits.extract_parameter(design, "hardware", "R_H")
    assert again.parameters["R_H"] == Parameter("R_H", P("0.9999"))
    assert again.nodes["hardware"] == example().nodes["hardware"]
    with pytest.raises(DesignError, match="uses parameter R_H already"):
        edits.extract_parameter(again, "hardware", "other")
    with pytest.raises(DesignError, match="no number of its own"):
        edits.extract_parameter(again, "bare", "other")
    design = edits.set_copies(example(), "pool", 4)
    design = edits.extract_parameter(design, "pool", "m")
    assert design.parameters["m"].value == 4


def test_nodes_change_in_every_place() -> None:
    design = edits.rename_node(example(), "vm", "guest")
    assert design.nodes["bare"].children == ("hardware", "guest")
    assert design.nodes["pool"].children == ("guest",)
    design = edits.rename_node(design, "bare", "naked")
    assert design.choices["nv"].root == "naked"
    assert list(design.nodes).index("naked") == 5
    with pytest.raises(DesignError, match="is not a name"):
        edits.rename_node(design, "guest", "a b")
    with pytest.raises(DesignError, match="there is a node pool already"):
        edits.rename_node(design, "guest", "pool")


def test_needs_kinds_copies_and_texts() -> None:
    design = edits.set_needs(example(), "pool", 2)
    n = Fraction(1, 10)
    two_of_three = 1 - 3 * (1 - n) * n**2 - n**3
    expected = float(Fraction("0.9999") * Fraction("0.999") * two_of_three)
    assert reliability(design, "vms") == expected
    with pytest.raises(DesignError, match="pool pool needs 4 of 3 copies"):
        edits.set_needs(design, "pool", 4)
    with pytest.raises(DesignError, match="bare needs 3 of 2 parts"):
        edits.set_needs(design, "bare", 3)
    with pytest.raises(DesignError, match="vm is a component and has no parts"):
        edits.set_needs(design, "vm", "any")
    with pytest.raises(DesignError, match='is no kind; did you mean "vm"'):
        edits.set_kind(design, "vm", "vmm")
    assert edits.set_kind(design, "vm", "os").nodes["vm"].kind == "os"
    assert edits.set_text(design, ("nodes", "vm", "note"), "a\nb").nodes["vm"].note == "a\nb"
    assert edits.set_text(design, ("title",), "T").title == "T"
    assert edits.set_text(design, ("choices", "vms", "title"), "T").choices["vms"].title == "T"
    with pytest.raises(DesignError, match="control character"):
        edits.set_text(design, ("nodes", "vm", "title"), "a\x1b[2J")
    with pytest.raises(DesignError, match="vms has no source"):
        edits.set_text(design, ("choices", "vms", "source"), "a")
    with pytest.raises(DesignError, match="bare is no component"):
        edits.set_reliability(design, "bare", P("0.5"))
    with pytest.raises(DesignError, match="vm is no pool"):
        edits.set_copies(design, "vm", 2)
    with pytest.raises(DesignError, match="at most 1000 copies"):
        edits.set_copies(design, "pool", 1001)


def test_a_shared_node_fails_once_for_all_copies() -> None:
    design = edits.set_shared(example(), "vm", True)
    assert reliability(design, "vms") == pytest.approx(0.9999 * 0.999 * 0.9, rel=1e-14)
    assert edits.set_shared(design, "vm", False) == example()


def test_goal_baseline_and_limits() -> None:
    design = edits.set_goal(example(), P("0.9985"))
    assert examine(design).choices["vms"].verdict == "short"
    assert edits.set_goal(design, None).goal is None
    assert edits.set_baseline(design, "five").baseline == "five"
    with pytest.raises(DesignError, match='"six" is not a choice'):
        edits.set_baseline(design, "six")
    with pytest.raises(DesignError, match="at most 4 copies are allowed"):
        edits.set_copies_limit(design, 4)


def test_choices_are_added_duplicated_ordered_renamed_and_deleted() -> None:
    design = edits.duplicate_choice(example(), "five", "six")
    assert design.choices["six"] == replace(design.choices["five"], name="six")
    design = edits.rename_choice(design, "vms", "many")
    assert design.plots["p"].choice == "many"
    design = edits.rename_choice(design, "nv", "bare")
    assert design.baseline == "bare"
    design = edits.move_choice(design, "six", -2)
    assert list(design.choices) == ["bare", "six", "many", "five"]
    with pytest.raises(DesignError, match="bare is the first choice"):
        edits.move_choice(design, "bare", -1)
    design = edits.delete_choice(design, "many")
    assert "p" not in design.plots
    assert "virtualized" in design.nodes
    design = edits.delete_choice(edits.delete_choice(design, "six"), "five")
    assert list(design.nodes) == ["hardware", "vm", "bare"]
    with pytest.raises(DesignError, match="bare is the only choice"):
        edits.delete_choice(design, "bare")
    with pytest.raises(DesignError, match="nv is the baseline"):
        edits.delete_choice(example(), "nv")


def test_a_branch_has_its_own_structure_over_the_same_components() -> None:
    design = edits.branch(example(), "vms", "second")
    assert list(design.choices) == ["nv", "vms", "second", "five"]
    changed = edits.delete(design, Position("second", (1,))).design
    assert reliability(changed, "second") == pytest.approx(0.9999 * (1 - 0.1**3), rel=1e-14)
    assert reliability(changed, "vms") == reliability(example(), "vms")
    varied = edits.set_value(changed, "R_M", P("0.5"))
    assert reliability(varied, "second") == pytest.approx(0.9999 * (1 - 0.5**3), rel=1e-14)


def test_plots_are_added_changed_and_deleted() -> None:
    plot = Plot("q", "vms", PlotAxis("R_V", P("0.9"), P("0.99"), 5))
    design = edits.add_plot(example(), plot)
    design = edits.change_plot(design, replace(plot, title="T"))
    assert design.plots["q"].title == "T"
    assert edits.delete_plot(design, "q") == example()
    with pytest.raises(DesignError, match="no plot z"):
        edits.delete_plot(design, "z")


def test_unused_things_are_dropped_on_demand() -> None:
    design = edits.set_root(example(), "nv", "virtualized")
    assert "bare" in design.nodes
    tidy = edits.delete_unused(design)
    assert "bare" not in tidy.nodes
    assert list(tidy.parameters) == ["R_H", "R_V", "R_M", "n"]
    design = edits.add_parameter(design, Parameter("spare", P("0.5")))
    assert "spare" not in edits.delete_unused(design).parameters


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: edits.set_value(d, "R_M", P("0.8")),
        lambda d: edits.rename_node(d, "vm", "guest"),
        lambda d: edits.wrap(d, Position("vms", (2,))).design,
        lambda d: edits.virtualize(d, Position("nv", (1,))).design,
    ],
)
def test_the_design_before_an_edit_never_changes(edit: Callable[[Design], Design]) -> None:
    design = example()
    assert edit(design) != design
    assert design == example()


def test_a_fresh_name_is_free_also_where_a_long_wish_is_cut() -> None:
    taken = {"x" * 64}
    name = edits.fresh_name("x" * 64 + "-more", taken)
    assert name not in taken
    assert len(name) <= 64
