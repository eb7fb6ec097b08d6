"""The rules that another number can break, looked at where the numbers are."""

from __future__ import annotations

from vreltui.model.changes import Numbers
from vreltui.model.design import Component, Design, Pool
from vreltui.model.numbers import Probability
from vreltui.model.rules.references import choice_names
from vreltui.model.rules.shape import counts
from vreltui.model.rules.values import parameter_values, value_fault


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
    if any(_number_fault(design, name) for name in numbers.nodes):
        return False
    for name in numbers.choices:
        if any(choice_names(design, design.choices[name])):
            return False
    return not _counts_changed(design, numbers) or not any(counts(design))


def _number_fault(design: Design, name: str) -> str | None:
    match design.nodes[name]:
        case Component(reliability=Probability() as value):
            return value.fault()
        case Pool(copies=int(copies)):
            return value_fault(design, copies)
        case _:
            return "has no number of its own"


def _counts_changed(design: Design, numbers: Numbers) -> bool:
    return (
        any(design.parameters[name].is_count for name in numbers.parameters)
        or any(isinstance(design.nodes[name], Pool) for name in numbers.nodes)
        or any(
            isinstance(value, int)
            for name in numbers.choices
            for value in design.choices[name].set.values()
        )
    )
