"""Edits of parameters: values, ranges, names, and numbers that become parameters."""

from __future__ import annotations

from dataclasses import replace

from vreltui.model.design import Choice, Design, Mission, Node, Parameter, Plot, Value
from vreltui.model.edits.causes import with_letters
from vreltui.model.edits.common import (
    checked,
    refuse,
    refuse_taken,
    renamed,
    the_choice,
    the_node,
    the_parameter,
    updated,
    without,
)
from vreltui.model.edits.decisions import (
    item_given,
    items_changed,
    refuse_named_in_rules,
    rule_renamed,
)
from vreltui.model.own_numbers import MAIN, name_of_number
from vreltui.model.quantities import DURATION, is_within, quantity_of


def set_value(design: Design, parameter: str, value: Value, choice: str | None = None) -> Design:
    """Give a parameter a value.

    With ``choice``, a value that this choice sets for itself is the one that changes.
    """
    entry = the_parameter(design, parameter)
    _same_sort(entry, value)
    if choice is not None and parameter in the_choice(design, choice).set:
        return set_in_choice(design, choice, parameter, value)
    return checked(_with(design, replace(entry, value=value)), design)


def set_in_choice(design: Design, choice: str, parameter: str, value: Value) -> Design:
    """Let a choice set a parameter for itself alone."""
    _same_sort(the_parameter(design, parameter), value)
    entry = the_choice(design, choice)
    changed = replace(entry, set=updated(entry.set, parameter, value))
    return checked(replace(design, choices=updated(design.choices, choice, changed)), design)


def unset_in_choice(design: Design, choice: str, parameter: str) -> Design:
    """Let a choice take a parameter as the design states it."""
    entry = the_choice(design, choice)
    if parameter not in entry.set:
        raise refuse(("choices", choice, "set"), f"choice {choice} does not set {parameter}")
    changed = replace(entry, set=without(entry.set, parameter))
    return checked(replace(design, choices=updated(design.choices, choice, changed)))


def set_range(design: Design, parameter: str, low: Value, high: Value) -> Design:
    """Open a parameter: the architect may choose from ``low`` to ``high``, both allowed."""
    entry = the_parameter(design, parameter)
    return checked(_with(design, replace(entry, range=(low, high))))


def clear_range(design: Design, parameter: str) -> Design:
    """Make a parameter given: it has its value and no other."""
    return checked(_with(design, replace(the_parameter(design, parameter), range=None)))


def add_parameter(design: Design, parameter: Parameter) -> Design:
    """Add a parameter behind the others."""
    refuse_taken("parameter", parameter.name, design.parameters)
    return checked(_with(_beside(design, parameter.name), parameter))


def rename_parameter(design: Design, old: str, new: str) -> Design:
    """Rename a parameter wherever the design names it."""
    the_parameter(design, old)
    if new == old:
        return design
    refuse_taken("parameter", new, design.parameters)
    design = items_changed(_beside(design, new), lambda item: item_given(item, old, new))
    return checked(
        replace(
            design,
            rules={name: rule_renamed(rule, old, new) for name, rule in design.rules.items()},
            parameters=renamed(design.parameters, old, new, lambda entry: replace(entry, name=new)),
            nodes={name: _with_given(node, old, new) for name, node in design.nodes.items()},
            choices={name: _sets(entry, old, new) for name, entry in design.choices.items()},
            plots={name: _draws(plot, old, new) for name, plot in design.plots.items()},
            causes=with_letters(design.causes, old, new),
            mission=_lasting(design.mission, old, new),
        )
    )


def delete_parameter(design: Design, parameter: str) -> Design:
    """Delete a parameter; the nodes that use it keep its value as a number of their own.

    Refused while a choice sets it or a plot draws it: their meaning would change.
    """
    value = the_parameter(design, parameter).value
    for choice in design.choices.values():
        if parameter in choice.set:
            raise refuse(
                ("choices", choice.name, "set"),
                f"choice {choice.name} sets {parameter}",
                "let it take the common value first",
            )
    for plot in design.plots.values():
        series = plot.series.parameter if plot.series is not None else None
        if parameter in (plot.x.parameter, plot.threshold, series):
            raise refuse(
                ("plots", plot.name), f"plot {plot.name} draws {parameter}", "delete the plot first"
            )
    refuse_named_in_rules(design, parameter, "which is a decision")
    design = items_changed(design, lambda item: item_given(item, parameter, value))
    return checked(
        replace(
            design,
            parameters=without(design.parameters, parameter),
            nodes={
                name: _with_given(node, parameter, value) for name, node in design.nodes.items()
            },
            causes=with_letters(design.causes, parameter, value),
            mission=_lasting(design.mission, parameter, value),
        )
    )


def _lasting(mission: Mission, old: str, new: Value | str) -> Mission:
    """The mission where a parameter has another name, or is a time of its own."""
    if mission.time != old:
        return mission
    return replace(mission, time=new if isinstance(new, str) else DURATION.of(new))


def extract_parameter(design: Design, node: str, parameter: str) -> Design:
    """Make a parameter of a node's own number: of a reliability, or of a number of copies."""
    refuse_taken("parameter", parameter, design.parameters)
    entry = the_node(design, node)
    stated = entry.stated()
    if stated is None:
        raise refuse(("nodes", node), f"{entry.sort} {node} has no number of its own")
    if stated.own is None:
        raise refuse(("nodes", node), f"node {node} uses parameter {stated.parameter} already")
    changed = entry.with_number(stated.key, parameter)
    own = name_of_number(design, node, stated.key)
    design = _beside(design, parameter, but=own)
    parameters = updated(design.parameters, parameter, Parameter(parameter, stated.own))
    nodes = updated(design.nodes, node, changed)
    plots = {
        name: _draws_parameter(plot, node, stated.key, parameter)
        for name, plot in design.plots.items()
    }
    return checked(replace(design, parameters=parameters, nodes=nodes, plots=plots))


def _draws_parameter(plot: Plot, node: str, key: str, parameter: str) -> Plot:
    """A plot of a node's own number, which is a parameter from now on."""
    if plot.x.node == node and (plot.x.key or MAIN) == key:
        plot = replace(plot, x=replace(plot.x, parameter=parameter, node="", key=""))
    if plot.threshold in (node, f"{node}.{key}"):
        plot = replace(plot, threshold=parameter)
    return plot


def _beside(design: Design, parameter: str, but: str = "") -> Design:
    """The design with a place for a new parameter: plots of a node of that name say so.

    ``but`` is one that needs no such care.
    """
    if parameter not in design.nodes or parameter == but:
        return design
    plots = {
        name: replace(plot, threshold=f"{parameter}.{MAIN}")
        if plot.threshold == parameter
        else plot
        for name, plot in design.plots.items()
    }
    return design if plots == dict(design.plots) else replace(design, plots=plots)


def within_range(parameter: Parameter, value: Value) -> bool:
    """Whether a parameter's range allows a value; without a range every value is allowed."""
    return is_within(value, parameter.range)


def _same_sort(parameter: Parameter, value: Value) -> None:
    wanted = parameter.quantity
    if quantity_of(value) is wanted:
        return
    path = ("parameters", parameter.name)
    what = f"parameter {parameter.name} is a {wanted.kind}, and {value} is not"
    raise refuse(path, what, f"a {wanted.name} is right")


def _with(design: Design, parameter: Parameter) -> Design:
    return replace(design, parameters=updated(design.parameters, parameter.name, parameter))


def _with_given(node: Node, parameter: str, given: Value | str) -> Node:
    """The node with something else wherever it named ``parameter``."""
    for stated in node.numbers:
        if stated.given == parameter:
            node = node.with_number(stated.key, given)
    for index, stated in enumerate(node.listed):
        if stated.given == parameter:
            node = node.with_listed(index, given)
    return node


def _sets(choice: Choice, old: str, new: str) -> Choice:
    if old not in choice.set:
        return choice
    return replace(
        choice,
        set=renamed(choice.set, old, new, lambda value: value),
        uncertain=renamed(choice.uncertain, old, new, lambda value: value),
    )


def _draws(plot: Plot, old: str, new: str) -> Plot:
    if plot.x.parameter == old:
        plot = replace(plot, x=replace(plot.x, parameter=new))
    if plot.threshold == old:
        plot = replace(plot, threshold=new)
    if plot.series is not None and plot.series.parameter == old:
        plot = replace(plot, series=replace(plot.series, parameter=new))
    return plot
