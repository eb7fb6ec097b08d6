"""Rules on plots: what is drawn exists, and makes sense to draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vreltui.model.design import Design, Plot, Value
from vreltui.model.errors import Path, Problem
from vreltui.model.limits import MOST_POINTS, MOST_SERIES
from vreltui.model.names import nearest
from vreltui.model.own_numbers import MAIN, resolved
from vreltui.model.quantities import PROBABILITY, Quantity, number, quantity_of
from vreltui.model.rules.values import value_fault, value_right


def plots(design: Design) -> Iterator[Problem]:
    """Every plot can be drawn."""
    for name, plot in design.plots.items():
        path = ("plots", name)
        if plot.choice not in design.choices:
            what = f'plot {name} names "{plot.choice}", which is not a choice'
            yield Problem((*path, "choice"), what, nearest(plot.choice, design.choices))
            continue
        yield from _axis(design, (*path, "x"), plot)
        yield from _drawn(design, (*path, "y"), plot)
        yield from _series(design, (*path, "series"), plot)


def _axis(design: Design, path: Path, plot: Plot) -> Iterator[Problem]:
    x = plot.x
    if x.node:
        quantity = _quantity_at(design, x.node)
        if quantity is None:
            yield _no_own_number(design, (*path, "node"), plot, x.node)
            return
    elif (parameter := design.parameters.get(x.parameter)) is not None:
        quantity = parameter.quantity
    else:
        yield _no_parameter(design, (*path, "parameter"), plot, x.parameter)
        return
    wrong = list(_values(design, path, plot, x.name, quantity, (x.start, x.stop)))
    yield from wrong
    if not wrong and number(x.start) >= number(x.stop):
        what = f"x of plot {plot.name} runs from {x.start} to {x.stop}"
        yield Problem(path, what, "from must be below to")
    if not 2 <= x.points <= MOST_POINTS:
        what = f"plot {plot.name} has {x.points} points"
        yield Problem((*path, "points"), what, f"from 2 to {MOST_POINTS} are right")


def _quantity_at(design: Design, node: str) -> Quantity[Any] | None:
    """What the number of a node's own that is called by its name is a number of."""
    stated = design.nodes[node].stated(MAIN) if node in design.nodes else None
    return None if stated is None or stated.own is None else stated.quantity


def _drawn(design: Design, path: Path, plot: Plot) -> Iterator[Problem]:
    if plot.y == "gain" and design.baseline is None:
        what = f"plot {plot.name} draws the gain over a baseline, and the design has none"
        yield Problem(path, what, 'set baseline = "..." to a choice')
    if (plot.y == "threshold") != (plot.threshold is not None):
        what = f"plot {plot.name} draws a threshold, and does not say of what"
        yield Problem(path, what, 'write y = { threshold = "a parameter" }')
    if plot.threshold is None:
        return
    named, across = resolved(design, plot.threshold), resolved(design, plot.x.axis_name)
    if named is None:
        yield _no_parameter(design, (*path, "threshold"), plot, plot.threshold)
    elif across is not None and named[1] == across[1]:
        what = f"plot {plot.name} draws the threshold of {plot.threshold} against itself"
        yield Problem((*path, "threshold"), what, "choose another parameter for x or y")
    goals = plot.series is not None and plot.series.parameter is None
    if design.baseline is None and design.goal is None and not goals:
        what = f"plot {plot.name} draws a threshold, and the design has neither goal nor baseline"
        yield Problem(path, what, "set a goal, a baseline, or series = { goal = [...] }")


def _series(design: Design, path: Path, plot: Plot) -> Iterator[Problem]:
    series = plot.series
    if series is None:
        return
    if not 1 <= len(series.values) <= MOST_SERIES:
        what = f"plot {plot.name} has {len(series.values)} series"
        yield Problem(path, what, f"from 1 to {MOST_SERIES} are right")
    if series.parameter is None:
        yield from _goals(design, path, plot, series.values)
        return
    if series.parameter == "goal":
        what = f"plot {plot.name} names the parameter goal, and in series goal means the goal"
        yield Problem(path, what, "give the parameter another name")
        return
    parameter = design.parameters.get(series.parameter)
    if parameter is None:
        yield _no_parameter(design, (*path, series.parameter), plot, series.parameter, "goal")
        return
    if series.parameter in (plot.x.parameter, plot.threshold):
        what = f"plot {plot.name} uses {series.parameter} twice"
        yield Problem(path, what, "x, y and series need different parameters")
    yield from _values(design, path, plot, parameter.name, parameter.quantity, series.values)


def _goals(design: Design, path: Path, plot: Plot, values: tuple[Value, ...]) -> Iterator[Problem]:
    for value in values:
        fault = value_fault(design, value)
        if quantity_of(value) is not PROBABILITY or fault:
            what = f"goal {value} of plot {plot.name} is no reliability"
            yield Problem(path, what, "a goal is a reliability from 0 to 1")


def _values(
    design: Design,
    path: Path,
    plot: Plot,
    name: str,
    quantity: Quantity[Any],
    values: tuple[Value, ...],
) -> Iterator[Problem]:
    """Values that a plot gives to a parameter or a node; at most one problem."""
    for value in values:
        if quantity_of(value) is not quantity:
            what = f"plot {plot.name} gives {name} the value {value}"
            yield Problem(path, what, f"{name} takes {quantity.plural}")
            return
        fault = value_fault(design, value)
        if fault:
            what = f"{name} of plot {plot.name} {fault}"
            yield Problem(path, what, value_right(design, value))
            return


def _no_own_number(design: Design, path: Path, plot: Plot, name: str) -> Problem:
    if name not in design.nodes:
        what = f'plot {plot.name} names "{name}", which is not a node'
        return Problem(path, what, nearest(name, design.nodes))
    node = design.nodes[name]
    what = f"plot {plot.name} draws against {node.sort} {name}, which has no number of its own"
    for parameter in node.parameters:
        return Problem(path, what, f'x = {{ parameter = "{parameter}", ... }} is right')
    return Problem(path, what, "name a component that states its reliability itself")


def _no_parameter(design: Design, path: Path, plot: Plot, name: str, *also: str) -> Problem:
    what = f'plot {plot.name} names "{name}", which is not a parameter'
    return Problem(path, what, nearest(name, [*design.parameters, *also]))
