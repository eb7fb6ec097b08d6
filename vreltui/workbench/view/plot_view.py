"""A plot that nobody wrote down: what to draw, from what is selected, around the present value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from vreltui.model import Design, Plot, Probability, Value
from vreltui.model.own_numbers import MAIN, named_numbers, resolved
from vreltui.model.plots import ALONG_TIME, TIME, Drawn, Figured, PlotAxis, PlotSeries
from vreltui.model.rules import number
from vreltui.model.times import MOST_TIME, SECONDS, Duration
from vreltui.model.unit_like import like

GOAL = "goal"
"""The family over goals, where others are over a parameter."""

ACROSS_TIME = "time since the start"
"""What stands across where no number but the time itself runs; it is no name of a parameter."""

CLOSEST = 12
"""The steps of zoom in either direction; each halves or doubles the range."""

POINTS = 121
_FAMILY_COUNTS = (1, 2, 3, 4, 8, 16)
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class PlotView:
    """What is drawn: y, the parameter across (None: that of the selected node), the family, zoom.

    Across may be :data:`ACROSS_TIME`.
    Each step of ``zoom`` halves the range of x around the present value, or doubles it.
    """

    y: Drawn = "measured"
    threshold: str | None = None
    across: str | None = None
    family: str | None = None
    zoom: int = 0

    @property
    def in_time(self) -> bool:
        """Whether the time runs across."""
        return self.across == ACROSS_TIME


def view_of(settings: Mapping[str, object]) -> PlotView:
    """The view of which a pane kept the parts by their names; the usual one where it can't be."""
    y, zoom = settings.get("y"), settings.get("zoom")
    names = {name: settings.get(name) for name in ("threshold", "across", "family")}
    words: tuple[Drawn, ...] = (*_NOTES, "measured", "gain", "threshold")
    known = next((word for word in words if word == y), None)
    if known is None or type(zoom) is not int or abs(zoom) > CLOSEST:
        return PlotView()
    texts = {name: each if isinstance(each, str) else None for name, each in names.items()}
    return PlotView(known, zoom=zoom, **texts)


_NOTES: dict[Figured, str] = {
    "reliability": "the chance to get through the mission",
    "unreliability": "one minus that",
    "availability": "the share of time up",
    "unavailability": "the share of time down",
    "availability_over": "the share of time up, from when all is new",
    "downtime": "time down a year",
    "outages": "how often a year it goes down",
    "mttf": "the mean time to the first failure",
    "safety": "the chance that nothing unsafe has happened",
    "unsafety": "one minus that",
}


def drawable(view: PlotView, design: Design) -> list[tuple[Figured, str]]:
    """The figures that a view of a design may draw, each with what it is."""
    if not design.knows_time:
        return [("reliability", "R of the choice"), ("unreliability", "1 - R of the choice")]
    return [(word, note) for word, note in _NOTES.items() if not view.in_time or word in ALONG_TIME]


def parameter_of(design: Design, choice: str, node: str) -> str | None:
    """What to look at: the node's own parameter or number, else the first open parameter, or any.

    A number that stands at its node is called by :func:`name_of_number`. None where the tree
    states no number at all.
    """
    for name in (*design.nodes[node].parameters, *named_numbers(design, (node,))):
        return name
    used = design.parameters_below(node) or design.parameters_below(design.choices[choice].root)
    open_ones = [
        name
        for name in used
        if design.parameters[name].is_open and name not in design.choices[choice].set
    ]
    for name in (*open_ones, *used):
        return name
    root = design.choices[choice].root
    below = (*design.below(node), *design.below(root))
    return next((name for each in below for name in named_numbers(design, (each,))), None)


def plot_of(view: PlotView, design: Design, choice: str, node: str) -> Plot | None:
    """The plot of a view; None where there is no number to draw against."""
    if view.in_time and design.knows_time:
        return _plot(view, design, choice, _time_axis(design, choice, view.zoom), TIME)
    found = None if view.across is None else resolved(design, view.across)
    if found is None:
        across = parameter_of(design, choice, node)
        found = None if across is None else resolved(design, across)
    if found is None:
        return None
    design, across = found
    return _plot(view, design, choice, _axis(design, choice, across, view.zoom), across)


def _plot(view: PlotView, design: Design, choice: str, x: PlotAxis, across: str) -> Plot:
    threshold = view.threshold if view.threshold != across else None
    y = view.y
    if (y == "threshold" and threshold is None) or (y == "gain" and design.baseline is None):
        y = "measured"
    if y == "threshold" and design.baseline is None and design.goal is None:
        y = "measured"
    if x.axis and y not in ALONG_TIME and design.measure != "reliability":
        y = "measured"
    plot = Plot(
        name="view",
        choice=choice,
        x=x,
        y=y,
        threshold=threshold if y == "threshold" else None,
    )
    plot = replace(plot, title=_title(design, plot, across))
    family = view.family
    if family in (across, plot.threshold) or family not in (GOAL, *design.parameters):
        return plot
    values = _family(design, choice, family or "")
    if len(values) < 2:
        return plot
    return replace(plot, series=PlotSeries(None if family == GOAL else family, values))


def _title(design: Design, plot: Plot, across: str) -> str:
    return f"{_what(design, plot)} of {plot.choice} against {across}"


_SHORT: dict[Drawn, str] = {
    "reliability": "R",
    "unreliability": "1 - R",
    "availability": "A",
    "unavailability": "1 - A",
    "availability_over": "share of time up",
    "downtime": "time down a year",
    "outages": "outages a year",
    "mttf": "MTTF",
    "safety": "S",
    "unsafety": "1 - S",
}
"""What a figure is called in the title of a plot."""


def _what(design: Design, plot: Plot) -> str:
    drawn = plot.drawn_under(design.measure)
    if drawn == "gain":
        return f"gain over {design.baseline}"
    return _SHORT.get(drawn, f"bound on {plot.threshold}")


def _time_axis(design: Design, choice: str, zoom: int) -> PlotAxis:
    """From the start to twice the mission, or to a year; each step of zoom halves or doubles it."""
    mission = design.mission_time(choice)
    end = 2 * mission.seconds if mission is not None else SECONDS["y"]
    unit = Duration(Decimal(1), "h" if mission is None else mission.unit)
    stop = like(unit, min(end * Fraction(2) ** -zoom, MOST_TIME))
    return PlotAxis("", like(unit, Fraction(0)), stop, POINTS, axis=TIME)


def _axis(design: Design, choice: str, name: str, zoom: int) -> PlotAxis:
    parameter = design.parameters[name]
    value = design.value(name, choice)
    if isinstance(value, int):
        low, high = _count_range(design, value, parameter.range, zoom)
        return PlotAxis(name, low, high, high - low + 1)
    if not isinstance(value, Probability):
        return _amount_axis(design, name, value, parameter.range, zoom)
    start, stop = _window(value.decimal, parameter.range)
    middle = min(max(value.decimal, start), stop)
    factor = Decimal(2) ** -zoom
    start = max(Decimal(0), middle - (middle - start) * factor)
    stop = min(Decimal(1), middle + (stop - middle) * factor)
    low_end, high_end = (_rounded(end) for end in (start, stop))
    low_value, high_value = Probability.of(low_end), Probability.of(high_end)
    return _named(design, PlotAxis(name, low_value, high_value, POINTS))


def _amount_axis(
    design: Design, name: str, value: Value, given: tuple[Value, Value] | None, zoom: int
) -> PlotAxis:
    """The range of a time, rate or number, or a tenth of it to ten times as much.

    A range of more than a power of ten is drawn in logarithms.
    """
    now = Fraction(number(value))
    low, high = (now / 10, now * 10) if given is None else map(Fraction, map(number, given))
    factor = Fraction(2) ** -zoom
    low, high = now - (now - low) * factor, now + (high - now) * factor
    low = max(low, now / 1000)
    high = max(high, low * 2)
    scale: Literal["linear", "log"] = "log" if high > 10 * low else "linear"
    return _named(design, PlotAxis(name, like(value, low), like(value, high), POINTS, scale=scale))


def _named(design: Design, x: PlotAxis) -> PlotAxis:
    """The axis as the file's own design knows it: by its node where it is a number of a node's."""
    if x.parameter not in design.own:
        return x
    node = design.own[x.parameter]
    key = x.parameter.removeprefix(node).removeprefix(".")
    return replace(x, parameter="", node=node, key="" if key == MAIN else key)


def _count_range(
    design: Design, value: int, given: tuple[Value, Value] | None, zoom: int
) -> tuple[int, int]:
    low, high = (1, max(8, 2 * value))
    if given is not None:
        low, high = int(number(given[0])), int(number(given[1]))
    if zoom > 0:
        low, high = max(low, value - (high - low >> zoom)), min(high, value + (high - low >> zoom))
    elif zoom < 0:
        high <<= min(-zoom, 12)
    high = min(max(high, low + 1), design.most_copies, low + 999)
    return (low, high) if low < high else (max(1, high - 1), max(2, high))


def _window(value: Decimal, given: tuple[Value, Value] | None) -> tuple[Decimal, Decimal]:
    """The range of a parameter, or where it is given, values of like nines around its own."""
    if given is not None and isinstance(given[0], Probability):
        assert isinstance(given[1], Probability)
        if given[0].decimal < given[1].decimal:
            return given[0].decimal, given[1].decimal
    missing = 1 - value
    if missing >= _HALF or missing == 0:
        return Decimal(0), Decimal(1)
    return max(Decimal(0), 1 - 10 * missing), 1 - missing / 10


def _rounded(value: Decimal) -> Decimal:
    missing = 1 - value
    places = 6 if missing == 0 else max(6, 4 - missing.adjusted())
    return min(max(round(value, places), Decimal(0)), Decimal(1))


def _family(design: Design, choice: str, name: str) -> tuple[Value, ...]:
    """A few values of a parameter, or of the goal, its own among them."""
    if name == GOAL:
        goal = design.goal
        return _around(goal, None) if isinstance(goal, Probability) else ()
    value = design.value(name, choice)
    given = design.parameters[name].range
    if isinstance(value, int):
        low, high = (1, design.most_copies)
        if given is not None:
            low, high = int(number(given[0])), int(number(given[1]))
        return tuple(sorted({n for n in (*_FAMILY_COUNTS, value) if low <= n <= high}))
    if isinstance(value, Probability):
        return _around(value, given)
    ends = given or tuple(like(value, Fraction(number(value)) * f) for f in (Fraction(1, 2), 2))
    return tuple(sorted({ends[0], value, ends[1]}, key=number))


def _around(value: Probability, given: tuple[Value, Value] | None) -> tuple[Value, ...]:
    if given is not None:
        ends = [end for end in given if isinstance(end, Probability)]
        return _distinct([ends[0], value, ends[1]])
    missing = 1 - value.decimal
    if missing == 0:
        return (value,)
    low = 1 - min(missing * 10, (1 + missing) / 2)
    return _distinct([Probability.of(low), value, Probability.of(1 - missing / 10)])


def _distinct(values: Iterable[Probability]) -> tuple[Value, ...]:
    by_number = {value.decimal: value for value in values}
    return tuple(by_number[key] for key in sorted(by_number))
