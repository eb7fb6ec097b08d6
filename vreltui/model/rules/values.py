"""Rules on numbers: probabilities, counts, ranges and limits."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.design import MOST_COPIES, Design, Node, Parameter, Value
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.goals import goal_key, goal_right
from vreltui.model.quantities import count_text, is_within, number, quantity_of


def value_fault(design: Design, value: Value) -> str | None:
    """What is wrong with a value of a parameter, or None."""
    return quantity_of(value).fault(value, design.most_copies)


def value_right(design: Design, value: Value) -> str:
    """What would be right in the place of a value that has a fault."""
    return quantity_of(value).right(design.most_copies)


def values(design: Design) -> Iterator[Problem]:
    """Every number is one that a design may state, and lies within its range."""
    limit = design.copies_limit
    if limit is not None and not 1 <= limit <= MOST_COPIES:
        yield Problem(
            ("limits", "copies"),
            f"limits.copies is {count_text(limit)}",
            f"a whole number from 1 to {MOST_COPIES} is right",
        )
        return
    if design.goal is not None and (fault := design.goal.fault()):
        yield Problem(("goal", goal_key(design.goal)), f"goal {fault}", goal_right(design.goal))
    for name, parameter in design.parameters.items():
        yield from parameter_values(design, ("parameters", name), parameter)
    for node in design.nodes.values():
        yield from own_numbers(design, node)


def own_numbers(design: Design, node: Node) -> Iterator[Problem]:
    """The numbers that a node has of its own."""
    for stated in (*node.numbers, *node.listed):
        if stated.own is None or not (fault := stated.fault(design.most_copies)):
            continue
        *before, _ = stated.place
        last = stated.place[-1] if stated.at else stated.quantity.written_as(stated.own, stated.key)
        path = ("nodes", node.name, *before, last)
        right = stated.right(design.most_copies)
        yield Problem(path, f"{spoken(path)} {fault}", f"write {right} or a parameter's name")


def parameter_values(design: Design, path: Path, parameter: Parameter) -> Iterator[Problem]:
    """The value and the range of one parameter, which is at ``path``."""
    name = parameter.name
    fault = value_fault(design, parameter.value)
    if fault:
        yield Problem(path, f"parameter {name} {fault}", value_right(design, parameter.value))
        return
    if parameter.range is None:
        return
    at = (*path, "range")
    low, high = parameter.range
    for end in (low, high):
        if quantity_of(end) is not parameter.quantity:
            what = (
                f"range of {name} mixes {parameter.quantity.plural} and {quantity_of(end).plural}"
            )
            yield Problem(at, what, f"use {parameter.quantity.plural}")
            return
        fault = value_fault(design, end)
        if fault:
            yield Problem(at, f"an end of the range of {name} {fault}", value_right(design, end))
            return
    if number(low) > number(high):
        what = f"range of {name} is empty: {low} > {high}"
        yield Problem(at, what, "put the lower end first")
    elif not is_within(parameter.value, parameter.range):
        yield Problem(
            at,
            f"value {parameter.value} of parameter {name} is outside its range [{low}, {high}]",
            "widen the range or change the value" + parameter.quantity.reminder(parameter.value),
        )
