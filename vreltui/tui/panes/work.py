"""What panes show that takes time: computed and drawn in processes of their own.

Nothing of it loads Textual; it is named to :class:`vreltui.workers.NewestJob`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vreltui.model import Design, Plot, VreltuiError
from vreltui.symbolic.results import Answer, Request

if TYPE_CHECKING:
    from vreltui.analysis.plot_results import Quantity
    from vreltui.analysis.plots import PlotPoints
    from vreltui.plotting import Picture


@dataclass(frozen=True, eq=False)
class PlotRequest:
    """A plot to draw at a size; with ``choices``, one curve for each of them."""

    design: Design
    plot: Plot
    width: int
    height: int
    ascii_only: bool
    nines: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlotAnswer:
    """The picture, and its points as CSV and as a table; or the reason why there is none."""

    picture: Picture | None
    csv: str
    table: tuple[tuple[str, ...], ...] = ()
    reason: str = ""


def draw_plot(request: PlotRequest) -> PlotAnswer:
    """Compute the points of a plot and draw them."""
    from vreltui.analysis.plots import points, points_of_choices
    from vreltui.engine.limits import Undecided
    from vreltui.plotting import Style, csv_text, draw
    from vreltui.wording.plots import labelled, of_choices

    try:
        if request.choices:
            found = points_of_choices(request.design, request.plot, request.choices)
            found = of_choices(request.design, request.plot, found)
        else:
            found = labelled(request.design, request.plot, points(request.design, request.plot))
    except (Undecided, VreltuiError) as reason:
        return PlotAnswer(None, "", reason=str(reason))
    style = Style(ascii_only=request.ascii_only, axis="nines" if request.nines else "auto")
    picture = draw(found, request.width, request.height, style)
    return PlotAnswer(picture, csv_text(found), _table(found))


def _table(points: PlotPoints) -> tuple[tuple[str, ...], ...]:
    """The points as texts that stay readable near 1, the headings first."""
    from vreltui.wording.numerals import power_of_ten, signed

    if points.x_complement:
        across = _texts(points.x, points.x_complement)
    else:
        across = _amounts(points.x, points.x_quantity, points.x_unit)
    columns: list[tuple[str, Sequence[str]]] = [("x", across)]
    for series in points.series:
        label = points.y_label.partition(" of ")[0] if series.label == "y" else series.label
        if series.complement:
            columns.append((label, _texts(series.y, series.complement)))
        elif points.y_quantity == "difference":
            columns.append((label, ["-" if y is None else signed(y) for y in series.y]))
        else:
            columns.append((label, _amounts(series.y, points.y_quantity, points.y_unit)))
        if len(points.series) == 1 and series.complement:
            rest = ["-" if q is None else power_of_ten(q) for q in series.complement]
            columns.append((f"1 - {label}", rest))
    heads = tuple(label for label, _ in columns)
    return (heads, *zip(*(texts for _, texts in columns), strict=True))


def _texts(values: Sequence[float | None], complements: Sequence[float | None]) -> list[str]:
    from vreltui.analysis.results import Figure
    from vreltui.wording.numerals import reliability_text

    return [
        "-" if value is None or rest is None else reliability_text(Figure(value, rest))
        for value, rest in zip(values, complements, strict=True)
    ]


def _amounts(values: Sequence[float | None], quantity: Quantity, unit: str) -> list[str]:
    """Whole numbers, times in units that people use, and other numbers to a few digits."""
    from vreltui.analysis.amount_bounds import duration_text
    from vreltui.model.times import SECONDS

    def text(value: float) -> str:
        if unit:
            seconds = duration_text(abs(value) * float(SECONDS[unit]), 4)
            return f"-{seconds}" if value < 0 else seconds
        return f"{value:.0f}" if quantity == "count" else f"{value:.4g}"

    return ["-" if value is None else text(value) for value in values]


@dataclass(frozen=True, eq=False)
class SymbolicRequest:
    """Symbolic questions, answered one after the other."""

    design: Design
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class SymbolicAnswer:
    """The answers, and for each condition its sentences."""

    answers: tuple[Answer, ...]
    sentences: tuple[tuple[str, ...], ...]


def derive_symbols(request: SymbolicRequest) -> SymbolicAnswer:
    """Derive formulas and conditions."""
    from vreltui.symbolic.answering import answer
    from vreltui.symbolic.results import Condition
    from vreltui.wording.conditions import condition_sentences

    answers = [(each.named, found) for each in request.requests for found in answer(each)]
    sentences = tuple(
        condition_sentences(named, each) if isinstance(each, Condition) else ()
        for named, each in answers
    )
    return SymbolicAnswer(tuple(found for _, found in answers), sentences)
