"""The rules that make a design meaningful, each with what breaks it and what would be right."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.changes import changed_numbers
from vreltui.model.design import Design
from vreltui.model.errors import DesignError, Problem
from vreltui.model.limits import (
    MOST_DEPTH,
    MOST_NODES,
    MOST_PARTS,
    MOST_POINTS,
    MOST_SERIES,
)
from vreltui.model.names import nearest
from vreltui.model.quantities import number
from vreltui.model.rules.amounts import amounts, resource_names
from vreltui.model.rules.causes import cause_names, causes
from vreltui.model.rules.conditions import rules
from vreltui.model.rules.decisions import (
    decision_names,
    item_texts,
    mixes,
    option_values,
    outside_values,
)
from vreltui.model.rules.every import every_problem
from vreltui.model.rules.names import names_and_texts, sizes
from vreltui.model.rules.numbers import keep_the_rules
from vreltui.model.rules.plots import plots
from vreltui.model.rules.policies import policies
from vreltui.model.rules.prices import prices
from vreltui.model.rules.references import references
from vreltui.model.rules.shape import counts, shape
from vreltui.model.rules.times import times
from vreltui.model.rules.uncertain import uncertain
from vreltui.model.rules.values import value_fault, values

_STAGES = (
    sizes,
    names_and_texts,
    item_texts,
    values,
    uncertain,
    amounts,
    option_values,
    references,
    resource_names,
    prices,
    decision_names,
    cause_names,
    outside_values,
    rules,
    shape,
    counts,
    mixes,
    policies,
    causes,
    times,
    plots,
)


def check(design: Design, before: Design | None = None) -> None:
    """Raise :class:`DesignError` with the first problem of ``design``, if it has one.

    ``before`` is the design of which it was made: where that keeps the rules and only numbers
    differ, only what these can break is looked at.
    """
    if before is not None and before.checked and not design.checked:
        numbers = changed_numbers(before, design)
        if numbers is not None and keep_the_rules(design, numbers):
            _mark(design)
    for problem in problems(design):
        raise DesignError(problem)


def problems(design: Design) -> Iterator[Problem]:
    """The problems of ``design``, as far as they can be told apart.

    Later rules assume that earlier ones hold, so only the problems of one stage are given, each in
    the order of the file.
    """
    if design.checked:
        return
    for stage in _STAGES:
        found = False
        for problem in stage(design):
            found = True
            yield problem
        if found:
            return
    _mark(design)


def all_problems(design: Design, most: int) -> Iterator[Problem]:
    """The problems of ``design`` by all rules, at least ``most`` if there are so many."""
    if not design.checked:
        yield from every_problem(design, _STAGES, most)


def _mark(design: Design) -> None:
    """A design never changes, so that it is checked once."""
    object.__setattr__(design, "checked", True)


__all__ = [
    "MOST_DEPTH",
    "MOST_NODES",
    "MOST_PARTS",
    "MOST_POINTS",
    "MOST_SERIES",
    "all_problems",
    "check",
    "nearest",
    "number",
    "problems",
    "value_fault",
]
