"""Rules on numbers: probabilities, counts, ranges and limits."""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from vreltui.model.design import MOST_COPIES, Component, Design, Parameter, Value
from vreltui.model.errors import Path, Problem
from vreltui.model.numbers import MOST_DIGITS, Probability


def number(value: Value) -> Fraction | int:
    """The value as an exact number: the reliability, or the count."""
    return value.reliability if isinstance(value, Probability) else value


def value_fault(design: Design, value: Value) -> str | None:
    """What is wrong with a value of a parameter, or None."""
    if isinstance(value, Probability):
        return value.fault()
    if value < 1:
        return f"is {_whole(value)}, and a count must be at least 1"
    most = design.most_copies
    if value > most:
        return f"is {_whole(value)}, and a host holds at most {most} copies (limits.copies)"
    return None


def value_right(design: Design, value: Value) -> str:
    """What would be right in the place of a value that has a fault."""
    if isinstance(value, Probability):
        return "a number from 0 to 1 is right"
    return f"a whole number from 1 to {design.most_copies} is right"


def is_within(value: Value, ends: tuple[Value, Value] | None) -> bool:
    """Whether a value lies in a range; both ends are in it. Everything lies in no range."""
    return ends is None or number(ends[0]) <= number(value) <= number(ends[1])


def values(design: Design) -> Iterator[Problem]:
    """Every number is one that a design may state, and lies within its range."""
    limit = design.copies_limit
    if limit is not None and not 1 <= limit <= MOST_COPIES:
        yield Problem(
            ("limits", "copies"),
            f"limits.copies is {_whole(limit)}",
            f"a whole number from 1 to {MOST_COPIES} is right",
        )
        return
    if design.goal is not None and (fault := design.goal.fault()):
        at = ("goal", "unreliability" if design.goal.complemented else "reliability")
        yield Problem(at, f"goal {fault}", "write a reliability such as 0.999")
    for name, parameter in design.parameters.items():
        yield from parameter_values(design, ("parameters", name), parameter)
    for name, node in design.nodes.items():
        if not isinstance(node, Component) or not isinstance(node.reliability, Probability):
            continue
        fault = node.reliability.fault()
        if fault:
            word = "unreliability" if node.reliability.complemented else "reliability"
            yield Problem(
                ("nodes", name, word),
                f"{word} of node {name} {fault}",
                "write a number from 0 to 1 or a parameter's name",
            )


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
        if isinstance(end, int) != parameter.is_count:
            kind = "whole numbers" if parameter.is_count else "reliabilities"
            yield Problem(at, f"range of {name} mixes counts and reliabilities", f"use {kind}")
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
            "widen the range or change the value" + _side(parameter.value),
        )


def _side(value: Value) -> str:
    """A reminder for a value that was written as an unreliability."""
    if isinstance(value, int) or not value.complemented:
        return ""
    with decimal.localcontext() as context:
        context.prec = MOST_DIGITS
        return f"; a range is in reliabilities, and here the value is {Decimal(1) - value.written}"


def _whole(count: int) -> str:
    """A count as text; one too long to be meant is not spelled out."""
    return str(count) if count.bit_length() <= 200 else "far too large"
