"""A plot that nobody wrote down: what to draw, from what is selected, around the present value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vreltui.model import Design, Plot, Probability, Value
from vreltui.model.own_numbers import named_numbers, resolved
from vreltui.model.plots import ALONG_TIME, TIME, Drawn, Figured, PlotAxis, PlotSeries
from vreltui.model.rules import number
from vreltui.model.unit_like import like
from vreltui.wording.times import SYMBOLS
from vreltui.workbench.view.plot_frame import Known, axis, time_axis

GOAL = "goal"
"""The family over goals, where others are over a parameter."""

ACROSS_TIME = "time since the start"
"""What stands across where no number but the time itself runs; it is no name of a parameter."""

CLOSEST = 12
"""The steps of zoom in either direction; each halves or doubles the range."""

_FAMILY_COUNTS = (1, 2, 3, 4, 8, 16)


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


def plot_of(
    view: PlotView, design: Design, choice: str, node: str, known: Known | None = None
) -> Plot | None:
    """The plot of a view; None where there is no number to draw against.

    Where thresholds are ``known``, the present value and what it would have to be are both in the
    picture; a frame of before that holds both stays.
    """
    known = Known() if known is None else known
    if view.in_time and design.knows_time:
        return _plot(view, design, choice, time_axis(design, choice, view.zoom), TIME)
    found = None if view.across is None else resolved(design, view.across)
    if found is None:
        across = parameter_of(design, choice, node)
        found = None if across is None else resolved(design, across)
    if found is None:
        return None
    design, across = found
    x = axis(design, choice, across, view.zoom, known)
    return _plot(view, design, choice, x, across)


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


def title_of_two(design: Design, plot: Plot, choices: Sequence[str]) -> str:
    """What a picture with a curve for each of some choices is called."""
    return f"{SYMBOLS[design.measure]} of {' and '.join(choices)} against {plot.x.name}"


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
