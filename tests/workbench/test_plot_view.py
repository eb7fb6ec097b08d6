"""Plots that nobody wrote down, of designs whose numbers stand at their components."""

from __future__ import annotations

from vreltui.storage import parse
from vreltui.symbolic.results import Condition, Request
from vreltui.tui.panes.work import PlotRequest, SymbolicRequest, derive_symbols, draw_plot
from vreltui.workbench.view.plot_view import PlotView, parameter_of, plot_of

DESIGN = parse(
    """vreltui = 1
title = "Two racks"
[goal]
reliability = 0.98
[nodes.rack-a]
reliability = 0.95
[nodes.rack-b]
reliability = 0.9
[nodes.both]
parts = ["rack-a", "rack-b"]
needs = "any"
[choices.two]
root = "both"
"""
).design


def test_a_number_at_its_component_is_what_is_looked_at() -> None:
    assert parameter_of(DESIGN, "two", "rack-b") == "rack-b"
    assert parameter_of(DESIGN, "two", "both") == "rack-a"


def test_a_design_without_parameters_has_a_plot() -> None:
    for node, across in (("rack-b", "rack-b"), ("both", "rack-a")):
        plot = plot_of(PlotView(), DESIGN, "two", node)
        assert plot is not None
        assert (plot.x.node, plot.x.parameter) == (across, "")
        answer = draw_plot(PlotRequest(DESIGN, plot, 80, 20, False, False))
        assert answer.picture is not None, answer.reason
        assert across in answer.picture.text()


def test_what_was_picked_may_be_a_number_of_a_component_too() -> None:
    view = PlotView(y="threshold", threshold="rack-b", across="rack-a")
    plot = plot_of(view, DESIGN, "two", "both")
    assert plot is not None
    assert (plot.x.node, plot.threshold) == ("rack-a", "rack-b")
    answer = draw_plot(PlotRequest(DESIGN, plot, 80, 20, False, False))
    assert answer.picture is not None, answer.reason


def test_conditions_are_solved_for_it_and_put_in_words() -> None:
    request = Request(DESIGN, ("two",), True, None, parameter_of(DESIGN, "two", "rack-b"))
    answer = derive_symbols(SymbolicRequest(DESIGN, (request,)))
    (found,) = answer.answers
    assert isinstance(found, Condition)
    assert found.outcome == "solved"
    assert "rack-b" in " ".join(answer.sentences[0])
