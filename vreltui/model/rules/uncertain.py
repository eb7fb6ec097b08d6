"""Rules on how well numbers are known."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.design import Design
from vreltui.model.errors import Path, Problem
from vreltui.model.uncertainty import uncertain_faults


def uncertain(design: Design) -> Iterator[Problem]:
    """A distribution is one, of numbers such as its own; a decision is not uncertain."""
    for name, parameter in design.parameters.items():
        if parameter.uncertain is None:
            continue
        path: Path = ("parameters", name, "uncertain")
        for what, right in uncertain_faults(parameter.uncertain, parameter.value):
            yield Problem(path, f"uncertain of parameter {name}: {what}", right)
        if parameter.is_decision:
            what = f"parameter {name} has both values and uncertain"
            yield Problem(path, what, "the architect chooses, or nature does: keep one of them")
    for choice in design.choices.values():
        for name, known in choice.uncertain.items():
            path = ("choices", choice.name, "set", name, "uncertain")
            for what, right in uncertain_faults(known, choice.set[name]):
                yield Problem(path, f"uncertain of {name} in choice {choice.name}: {what}", right)
