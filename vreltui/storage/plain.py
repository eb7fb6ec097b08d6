"""From a Design to the plain data that a file would hold, with nothing that goes without saying."""

from __future__ import annotations

import decimal
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any, assert_never

from vreltui.model import (
    FORMAT_VERSION,
    Choice,
    Component,
    Design,
    Group,
    Needs,
    Node,
    Parameter,
    Plot,
    Pool,
    Probability,
    Value,
)
from vreltui.storage.keys import DEFAULT_POINTS

Plain = dict[str, Any]

_TEXTS = ("title", "description", "note")


def plain(design: Design) -> Plain:
    """The data of a file that states ``design``, which has to be :func:`normal`."""
    data: Plain = {"vreltui": FORMAT_VERSION, **_texts(design)}
    if design.baseline is not None:
        data["baseline"] = design.baseline
    if design.goal is not None:
        data["goal"] = plain_goal(design.goal)
    if design.copies_limit is not None:
        data["limits"] = {"copies": design.copies_limit}
    tables: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("parameters", design.parameters),
        ("nodes", design.nodes),
        ("choices", design.choices),
        ("plots", design.plots),
    )
    for name, entries in tables:
        if entries:
            data[name] = {key: plain_entry(entry) for key, entry in entries.items()}
    return data


def plain_entry(entry: Parameter | Node | Choice | Plot) -> Plain:
    """The data of one parameter, node, choice or plot."""
    match entry:
        case Parameter():
            return _parameter(entry)
        case Choice():
            return _choice(entry)
        case Plot():
            return _plot(entry)
        case Component() | Group() | Pool():
            return _node(entry)
        case unknown:
            assert_never(unknown)


def _texts(entry: object, names: tuple[str, ...] = _TEXTS) -> Plain:
    return {name: getattr(entry, name) for name in names if getattr(entry, name)}


def plain_goal(goal: Probability) -> Plain:
    """The data of a goal."""
    return _probability(goal, "reliability")


def _probability(value: Probability, key: str) -> Plain:
    return {"unreliability" if value.complemented else key: value.written}


def _value(value: Value) -> Plain:
    return {"count": value} if isinstance(value, int) else _probability(value, "value")


def _bare(value: Value) -> int | Decimal:
    """A value where a file has no way to write a complement; :func:`normal` made it so."""
    return value if isinstance(value, int) else value.written


def _parameter(parameter: Parameter) -> Plain:
    data = _value(parameter.value)
    if parameter.range is not None:
        data["range"] = [_bare(end) for end in parameter.range]
    return data | _texts(parameter, ("title", "source", "description", "note"))


def _node(node: Node) -> Plain:
    data: Plain = {}
    if node.kind != node.plain_kind:
        data["kind"] = node.kind
    if node.shared:
        data["shared"] = True
    data |= _texts(node, (*_TEXTS, "source"))
    match node:
        case Component(reliability=reliability):
            if isinstance(reliability, str):
                return data | {"reliability": reliability}
            return data | _probability(reliability, "reliability")
        case Group():
            return data | {"parts": list(node.parts)} | _needs(node.needs)
        case Pool():
            return data | {"of": node.of, "copies": node.copies} | _needs(node.needs)
        case unknown:
            assert_never(unknown)


def _needs(needs: Needs) -> Plain:
    return {} if needs == "all" else {"needs": needs}


def _choice(choice: Choice) -> Plain:
    data = _texts(choice) | {"root": choice.root}
    if choice.set:
        data["set"] = {name: _set(value) for name, value in choice.set.items()}
    return data


def _set(value: Value) -> Any:
    if isinstance(value, Probability) and value.complemented:
        return _value(value)
    return _bare(value)


def _plot(plot: Plot) -> Plain:
    x: Plain = {
        "parameter": plot.x.parameter,
        "from": _bare(plot.x.start),
        "to": _bare(plot.x.stop),
    }
    if plot.x.points != DEFAULT_POINTS:
        x["points"] = plot.x.points
    data = _texts(plot) | {"choice": plot.choice, "x": x}
    if plot.threshold is not None:
        data["y"] = {"threshold": plot.threshold}
    elif plot.y != "reliability":
        data["y"] = plot.y
    if plot.series is not None:
        name = plot.series.parameter or "goal"
        data["series"] = {name: [_bare(value) for value in plot.series.values]}
    return data


def normal(design: Design) -> Design:
    """The same design, with reliabilities where a file has no way to write an unreliability.

    Those are the ends of ranges and axes, and the values of series. Nothing is rounded.
    """
    parameters = {
        name: parameter
        if parameter.range is None or _all_direct(parameter.range)
        else replace(parameter, range=(_direct(parameter.range[0]), _direct(parameter.range[1])))
        for name, parameter in design.parameters.items()
    }
    plots = {name: _normal_plot(plot) for name, plot in design.plots.items()}
    changed = [
        field.name
        for field in fields(Design)
        if (field.name == "parameters" and parameters != dict(design.parameters))
        or (field.name == "plots" and plots != dict(design.plots))
    ]
    return replace(design, parameters=parameters, plots=plots) if changed else design


def _normal_plot(plot: Plot) -> Plot:
    x, series = plot.x, plot.series
    if not _all_direct((x.start, x.stop)):
        x = replace(x, start=_direct(x.start), stop=_direct(x.stop))
    if series is not None and not _all_direct(series.values):
        series = replace(series, values=tuple(_direct(value) for value in series.values))
    return plot if (x, series) == (plot.x, plot.series) else replace(plot, x=x, series=series)


def _all_direct(values: tuple[Value, ...]) -> bool:
    return not any(isinstance(value, Probability) and value.complemented for value in values)


def _direct(value: Value) -> Value:
    if isinstance(value, int) or not value.complemented:
        return value
    with decimal.localcontext() as context:
        context.prec = 1000
        return Probability(1 - value.written)
