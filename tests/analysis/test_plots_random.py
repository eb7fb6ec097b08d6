"""Points of plots of random designs, against the exact engine and the enumeration of all states."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.oracle.questions import Oracle, exact
from tests.oracle.strategies import designs, probabilities
from tests.oracle.unfolding import Number
from vreltui.analysis.plot_exact import exact_gain, exact_least_count, exact_threshold
from vreltui.analysis.plot_grid import Grid, design_at
from vreltui.analysis.plots import points
from vreltui.analysis.study import Study
from vreltui.engine.balls import nearest_double
from vreltui.engine.program import Source
from vreltui.model import Design, DesignError, Plot, PlotAxis, PlotSeries, Probability, Value
from vreltui.model.rules import check


@st.composite
def plotted(draw: st.DrawFn) -> tuple[Design, Plot]:
    of = draw(designs())
    assume(of.parameters)
    names = list(of.parameters)
    x = draw(st.sampled_from(names))
    y = draw(st.sampled_from(["reliability", "unreliability", "gain", "threshold", "threshold"]))
    others = [name for name in names if name != x]
    threshold = draw(st.sampled_from(others)) if y == "threshold" and others else None
    if y == "threshold" and threshold is None:
        y = "reliability"
    left = [name for name in others if name != threshold]
    series = None
    pick = draw(st.integers(0, 2))
    if pick == 1 and left:
        name = draw(st.sampled_from(left))
        series = PlotSeries(name, (values_for(draw, of, name), values_for(draw, of, name)))
    elif pick == 2:
        series = PlotSeries(None, (draw(probabilities()), draw(probabilities())))
    choice = draw(st.sampled_from(list(of.choices)))
    plot = Plot("p", choice, axis(draw, of, x), y, threshold, series)  # type: ignore[arg-type]
    try:
        check(replace(of, plots={"p": plot}))
    except DesignError:
        assume(False)
    return of, plot


def values_for(draw: st.DrawFn, of: Design, name: str) -> Value:
    if of.parameters[name].is_count:
        return draw(st.integers(1, of.most_copies))
    return draw(probabilities())


def axis(draw: st.DrawFn, of: Design, name: str) -> PlotAxis:
    if of.parameters[name].is_count:
        assume(of.most_copies > 1)
        return PlotAxis(name, 1, of.most_copies, of.most_copies)
    ends = draw(
        st.sampled_from(
            [("0", "1"), ("0.1", "0.9"), ("1e-12", "1e-9"), ("0.999999999", "0.999999999999")]
        )
    )
    return PlotAxis(name, Probability.of(ends[0]), Probability.of(ends[1]), 5)


def settings_of(plot: Plot) -> list[tuple[dict[str, Value], Probability | None]]:
    if plot.series is None:
        return [({}, None)]
    if plot.series.parameter is None:
        return [({}, value) for value in plot.series.values if isinstance(value, Probability)]
    return [({plot.series.parameter: value}, None) for value in plot.series.values]


@given(plotted())
def test_every_point_of_a_random_plot(both: tuple[Design, Plot]) -> None:
    of, plot = both
    found = points(of, plot)
    assert pickle.loads(pickle.dumps(found)) == found
    for (setting, goal), series in zip(settings_of(plot), found.series, strict=True):
        for x, y in zip(Grid(plot.x), series.y, strict=True):
            here = design_at(of, plot.choice, {**setting, plot.x.parameter: x})
            here = here if goal is None else replace(here, goal=goal)
            assert_point(here, plot, y)
            numbers = {
                name: exact(value) for name, value in {**setting, plot.x.parameter: x}.items()
            }
            if plot.y != "threshold" and can_be_listed(of, plot, numbers):
                assert_oracle(of, plot, numbers, y)


def assert_point(here: Design, plot: Plot, y: float | None) -> None:
    """Against the exact engine."""
    study = Study(here)
    if plot.y == "threshold":
        assert plot.threshold is not None
        source = Source(plot.threshold, is_parameter=True)
        if here.parameters[plot.threshold].is_count:
            assert y == exact_least_count(study, plot.choice, source)
            return
        bound = exact_threshold(study, plot.choice, source)
        expected = None if bound is None else bound.reliability
    elif plot.y == "gain":
        expected = exact_gain(study, plot.choice)
    else:
        own = study.evaluation(plot.choice).figures()
        expected = nearest_double(own[0 if plot.y == "reliability" else 1])
    if expected is None or y is None:
        assert y == expected
    else:
        assert math.isclose(y, expected, rel_tol=2e-12, abs_tol=1e-299), (y, expected)


def can_be_listed(of: Design, plot: Plot, numbers: dict[str, Number]) -> bool:
    """Whether the choice and its baseline have few enough states at a point."""
    oracle = Oracle(of)
    rival = oracle.rival(plot.choice)
    sizes = [oracle.instances(plot.choice, numbers)]
    if rival is not None:
        sizes.append(oracle.instances(rival, oracle.rivals_setting(plot.choice, numbers)))
    return max(sizes) <= 14


def assert_oracle(of: Design, plot: Plot, numbers: dict[str, Number], y: float | None) -> None:
    """Against the enumeration of all states."""
    oracle = Oracle(of)
    expected = Fraction(oracle.reliability(plot.choice, numbers))
    if plot.y == "unreliability":
        expected = 1 - expected
    if plot.y == "gain":
        rival = oracle.rival(plot.choice)
        if rival is None:
            expected = Fraction(0)
        else:
            theirs = oracle.rivals_setting(plot.choice, numbers)
            expected -= oracle.reliability(rival, theirs)
    assert y is not None
    assert abs(Fraction(y) - expected) <= abs(expected) * Fraction(1, 10**12) + Fraction(1, 10**299)
