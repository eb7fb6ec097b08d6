"""Rules on plots: what is drawn exists, and makes sense to draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vreltui.model.design import Design, Plot, Value
from vreltui.model.errors import Path, Problem
from vreltui.model.goals import Measure
from vreltui.model.limits import MOST_POINTS, MOST_SERIES
from vreltui.model.names import nearest
from vreltui.model.own_numbers import resolved
from vreltui.model.plots import ALONG_TIME
from vreltui.model.quantities import DURATION, PROBABILITY, Quantity, number, quantity_of
from vreltui.model.rules.values import value_fault, value_right

_COURSES = 'y = "reliability" or "availability"'

_MEASURED: dict[Measure, str] = {
    "reliability": "reliability",
    "availability": "availability",
    "mttf": "a mean life",
    "safety": "safety",
}


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
    found = _quantity_across(design, path, plot)
    if isinstance(found, Problem):
        yield found
        return
    wrong = list(_values(design, path, plot, x.name, found, (x.start, x.stop)))
    yield from wrong
    if not wrong and number(x.start) >= number(x.stop):
        what = f"x of plot {plot.name} runs from {x.start} to {x.stop}"
        yield Problem(path, what, "from must be below to")
    elif not wrong and x.scale == "log" and number(x.start) <= 0:
        what = f"x of plot {plot.name} runs from {x.start} on a logarithmic scale"
        yield Problem((*path, "from"), what, "start above 0")
    if not 2 <= x.points <= MOST_POINTS:
        what = f"plot {plot.name} has {x.points} points"
        yield Problem((*path, "points"), what, f"from 2 to {MOST_POINTS} are right")


def _quantity_across(design: Design, path: Path, plot: Plot) -> Quantity[Any] | Problem:
    """What the numbers along the axis are numbers of, or what is wrong with what runs there."""
    x = plot.x
    if x.key and not x.node:
        what = f"x of plot {plot.name} has key without node"
        return Problem((*path, "key"), what, "a key names a number of a node's own")
    if x.axis:
        return DURATION
    if x.node:
        named = resolved(design, x.axis_name)
        if named is None:
            return _no_own_number(design, (*path, "key" if x.key else "node"), plot, x.node, x.key)
        return named[0].parameters[named[1]].quantity
    if (parameter := design.parameters.get(x.parameter)) is not None:
        return parameter.quantity
    return _no_parameter(design, (*path, "parameter"), plot, x.parameter)


def _drawn(design: Design, path: Path, plot: Plot) -> Iterator[Problem]:
    if plot.y == "gain" and design.baseline is None:
        what = f"plot {plot.name} draws the gain over a baseline, and the design has none"
        yield Problem(path, what, 'set baseline = "..." to a choice')
    if (plot.y == "threshold") != (plot.threshold is not None):
        what = f"plot {plot.name} draws a threshold, and does not say of what"
        yield Problem(path, what, 'write y = { threshold = "a parameter" }')
    yield from _in_time(design, path, plot)
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


def _in_time(design: Design, path: Path, plot: Plot) -> Iterator[Problem]:
    """What is drawn along time has a course in it."""
    y = plot.drawn_under(design.measure)
    if not plot.x.axis or y in ALONG_TIME:
        return
    what = f"plot {plot.name} draws {y} along time"
    if y not in ("gain", "threshold"):
        yield Problem(path, f"{what}, and {y} is one of the long run", f"{_COURSES} is right")
    elif design.measure != "reliability":
        what += f", and the design measures {_MEASURED[design.measure]}, in the long run"
        yield Problem(path, what, f"{_COURSES} is right")


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
    if design.measure == "mttf":
        what = f"plot {plot.name} draws several goals, and the design measures {_MEASURED['mttf']}"
        yield Problem((*path, "goal"), what, "draw a family over a parameter")
        return
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


def _no_own_number(design: Design, path: Path, plot: Plot, name: str, key: str) -> Problem:
    if name not in design.nodes:
        what = f'plot {plot.name} names "{name}", which is not a node'
        return Problem(path, what, nearest(name, design.nodes))
    node = design.nodes[name]
    what = f"plot {plot.name} draws against {node.sort} {name}, which has no number of its own"
    keys = [stated.key for stated in node.numbers if stated.own is not None]
    if key:
        what += f" called {key}"
        if keys:
            return Problem(path, what, nearest(key, keys))
    for parameter in node.parameters:
        return Problem(path, what, f'x = {{ parameter = "{parameter}", ... }} is right')
    for other in keys:
        return Problem(path, what, f'x = {{ node = "{name}", key = "{other}", ... }} is right')
    return Problem(path, what, "name a component that states its reliability itself")


def _no_parameter(design: Design, path: Path, plot: Plot, name: str, *also: str) -> Problem:
    what = f'plot {plot.name} names "{name}", which is not a parameter'
    return Problem(path, what, nearest(name, [*design.parameters, *also]))
