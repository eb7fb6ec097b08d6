"""The points of a plot as CSV."""

from __future__ import annotations

import csv
import io

from vreltui.analysis.plot_results import PlotPoints


def csv_text(points: PlotPoints) -> str:
    r"""A header ``x,<series>...`` and one row a point, empty where there is no value.

    Numbers are the shortest decimals that give back the same doubles.

    >>> from vreltui.analysis.plot_results import Series
    >>> curve = Series("n=2", (0.5, None))
    >>> csv_text(PlotPoints("fig", "", "R", "R", (0.1, 0.2), (curve,)))
    'x,n=2\n0.1,0.5\n0.2,\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["x", *(series.label for series in points.series)])
    x_whole, y_whole = points.x_quantity == "count", points.y_quantity == "count"
    for index, x in enumerate(points.x):
        values = (series.y[index] for series in points.series)
        writer.writerow([_number(x, whole=x_whole), *(_number(y, whole=y_whole) for y in values)])
    return text.getvalue()


def _number(value: float | None, *, whole: bool) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if whole else repr(value)
