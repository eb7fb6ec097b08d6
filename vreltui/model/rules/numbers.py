"""The rules that another number can break, looked at where the numbers are."""

from __future__ import annotations

from vreltui.model.changes import Numbers
from vreltui.model.design import Design, Node
from vreltui.model.quantities import COUNT, quantity_of
from vreltui.model.rules.causes import causes
from vreltui.model.rules.decisions import option_values, outside_values
from vreltui.model.rules.references import choice_names
from vreltui.model.rules.shape import counts
from vreltui.model.rules.times import times
from vreltui.model.rules.values import own_numbers, parameter_values


def keep_the_rules(design: Design, numbers: Numbers) -> bool:
    """Whether a design keeps the rules that a sound one keeps, of which only ``numbers`` differ.

    Names, texts, structure and plots are those of the sound one, and no rule on them reads a
    number. What is wrong is for :func:`vreltui.model.rules.problems` to say.
    """
    if numbers.goal and (design.goal is None or design.goal.fault()):
        return False
    for name in numbers.parameters:
        if any(parameter_values(design, ("parameters", name), design.parameters[name])):
            return False
    for name in numbers.nodes:
        if any(own_numbers(design, design.nodes[name])):
            return False
    for name in numbers.choices:
        if any(choice_names(design, design.choices[name])):
            return False
    if any(parameter.values for parameter in design.parameters.values()) and any(
        problem for stage in (option_values, outside_values) for problem in stage(design)
    ):
        return False
    if design.causes and any(causes(design)):
        return False
    if design.knows_time and any(times(design)):
        return False
    return not _counts_changed(design, numbers) or not any(counts(design))


def _counts_changed(design: Design, numbers: Numbers) -> bool:
    return (
        any(design.parameters[name].quantity is COUNT for name in numbers.parameters)
        or any(_counts(design.nodes[name]) for name in numbers.nodes)
        or any(
            quantity_of(value) is COUNT
            for name in numbers.choices
            for value in design.choices[name].set.values()
        )
    )


def _counts(node: Node) -> bool:
    return any(stated.quantity is COUNT for stated in node.numbers)
