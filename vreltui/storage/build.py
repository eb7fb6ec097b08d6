"""From the plain data of a file, whose shape has been checked, to a Design."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, cast

from vreltui.model import (
    Choice,
    Component,
    Design,
    Group,
    Node,
    Parameter,
    Plot,
    PlotAxis,
    PlotSeries,
    Pool,
    Probability,
    Value,
)
from vreltui.storage.keys import DEFAULT_POINTS

Data = Mapping[str, Any]

_TEXTS = ("title", "description", "note")


def build(data: Data) -> Design:
    """The design that ``data`` states.

    ``data`` has the shape that :data:`vreltui.storage.keys.DESIGN` describes; whether it keeps the
    model's rules is not checked here.
    """
    counted = used_as_copies(data)
    probable = _used_as_reliability(data) - counted
    parameters = {
        name: build_parameter(name, entry, counted, probable)
        for name, entry in data.get("parameters", {}).items()
    }
    counts = {name for name, parameter in parameters.items() if parameter.is_count}
    goal = data.get("goal")
    return Design(
        baseline=data.get("baseline"),
        goal=None if goal is None else build_goal(goal),
        copies_limit=data.get("limits", {}).get("copies"),
        parameters=parameters,
        nodes={name: build_node(name, entry) for name, entry in data.get("nodes", {}).items()},
        choices={
            name: build_choice(name, entry, counts)
            for name, entry in data.get("choices", {}).items()
        },
        plots={name: _plot(name, entry, counts) for name, entry in data.get("plots", {}).items()},
        **_texts(data),
    )


def used_as_copies(data: Data) -> set[str]:
    """The parameters that some pool names as its copies; a bare 0 or 1 among them is a count."""
    pools = (entry.get("copies") for entry in data.get("nodes", {}).values())
    return {copies for copies in pools if isinstance(copies, str)}


def _used_as_reliability(data: Data) -> set[str]:
    named = (entry.get("reliability") for entry in data.get("nodes", {}).values())
    return {name for name in named if isinstance(name, str)}


def _texts(data: Data) -> dict[str, str]:
    return {name: data[name] for name in _TEXTS if name in data}


def _probability(data: Data, key: str) -> Probability:
    if "unreliability" in data:
        return Probability(Decimal(data["unreliability"]), complemented=True)
    return Probability(Decimal(data[key]))


def build_goal(data: Data) -> Probability:
    """The goal that its table states."""
    return _probability(data, "reliability")


def _table_value(data: Data) -> Value:
    if "count" in data:
        return cast(int, data["count"])
    return _probability(data, "value")


def _number(number: int | Decimal, is_count: bool) -> Value:
    """A number where counts and probabilities are both possible; 0.5 is never a count."""
    if is_count and isinstance(number, int):
        return number
    return Probability(Decimal(number))


def build_parameter(
    name: str, entry: Any, counted: set[str], probable: Collection[str] = ()
) -> Parameter:
    """The parameter that an entry states.

    ``counted`` holds those that pools name as copies. 0 and 1 are reliabilities that people do
    write; a larger whole number is none, unless a component names it (``probable``): then it is
    one that is wrong, and is told so.
    """
    is_count = name in counted or (entry not in (0, 1) and name not in probable)
    if not isinstance(entry, dict):
        return Parameter(name, _number(entry, is_count))
    value = _table_value(entry)
    ends = entry.get("range")
    if ends is not None:
        low, high = (_number(end, isinstance(value, int)) for end in ends)
        ends = (low, high)
    return Parameter(name, value, ends, source=entry.get("source", ""), **_texts(entry))


def build_node(name: str, entry: Data) -> Node:
    """The node that an entry states."""
    common: dict[str, Any] = {
        key: entry[key] for key in (*_TEXTS, "kind", "source", "shared") if key in entry
    }
    if "parts" in entry:
        parts = tuple(entry["parts"])
        return Group(name=name, parts=parts, needs=entry.get("needs", "all"), **common)
    if "of" in entry:
        return Pool(
            name=name,
            of=entry["of"],
            copies=entry["copies"],
            needs=entry.get("needs", "all"),
            **common,
        )
    reliability = entry.get("reliability")
    if not isinstance(reliability, str):
        reliability = _probability(entry, "reliability")
    return Component(name=name, reliability=reliability, **common)


def build_choice(name: str, entry: Data, counts: set[str]) -> Choice:
    """The choice that an entry states; ``counts`` holds the parameters that are counts."""
    own = {
        parameter: _table_value(value)
        if isinstance(value, dict)
        else _number(value, parameter in counts)
        for parameter, value in entry.get("set", {}).items()
    }
    return Choice(name, entry["root"], own, **_texts(entry))


def _plot(name: str, entry: Data, counts: set[str]) -> Plot:
    x = entry["x"]
    is_count = x["parameter"] in counts
    axis = PlotAxis(
        x["parameter"],
        _number(x["from"], is_count),
        _number(x["to"], is_count),
        x.get("points", DEFAULT_POINTS),
    )
    y: Any = entry.get("y", "reliability")
    threshold = None
    if isinstance(y, dict):
        y, threshold = "threshold", y["threshold"]
    series = None
    for parameter, values in entry.get("series", {}).items():
        of_goal = parameter == "goal"
        series = PlotSeries(
            None if of_goal else parameter,
            tuple(_number(value, not of_goal and parameter in counts) for value in values),
        )
    return Plot(name, entry["choice"], axis, y, threshold, series, **_texts(entry))
