"""The rules that make a design meaningful, each with what breaks it and what would be right."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.design import Design
from vreltui.model.errors import DesignError, Problem
from vreltui.model.rules.limits import (
    MOST_DEPTH,
    MOST_NODES,
    MOST_PARTS,
    MOST_POINTS,
    MOST_SERIES,
)
from vreltui.model.rules.names import names_and_texts, nearest, sizes
from vreltui.model.rules.plots import plots
from vreltui.model.rules.references import references
from vreltui.model.rules.shape import counts, shape
from vreltui.model.rules.values import number, value_fault, values

_STAGES = (sizes, names_and_texts, values, references, shape, counts, plots)


def check(design: Design) -> None:
    """Raise :class:`DesignError` with the first problem of ``design``, if it has one."""
    for problem in problems(design):
        raise DesignError(problem)


def problems(design: Design) -> Iterator[Problem]:
    """The problems of ``design``, as far as they can be told apart.

    Later rules assume that earlier ones hold, so only the problems of one stage are given, each in
    the order of the file.
    """
    for stage in _STAGES:
        found = False
        for problem in stage(design):
            found = True
            yield problem
        if found:
            return


__all__ = [
    "MOST_DEPTH",
    "MOST_NODES",
    "MOST_PARTS",
    "MOST_POINTS",
    "MOST_SERIES",
    "check",
    "nearest",
    "number",
    "problems",
    "value_fault",
]
