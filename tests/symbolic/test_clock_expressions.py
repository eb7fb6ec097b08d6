"""Formulas of what is renewed by the clock, worked out beside the engine's figures."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from vreltui.analysis import examine
from vreltui.analysis.results import Figure
from vreltui.storage import parse, read
from vreltui.storage.keep.locations import shipped_designs
from vreltui.symbolic.choice_expressions import formula
from vreltui.symbolic.conditions import condition
from vreltui.symbolic.results import Formula

HOUR = 3600
TEXT = """vreltui = 1
{asked}
[parameters]
T = "90 h"
w = "20 h"
k = {{ number = 1.7 }}
j = "50 h"
r = "2 h"
d = "10 min"
[nodes.x]
{life}
[choices.c]
root = "x"
"""
CLOCK = '\nmttr = "r"\nrejuvenate = "j"\ntakes = "d"'
LIVES = {
    "exponential": 'mttf = "T"',
    "weibull": 'mttf = "T"\nshape = "k"',
    "lognormal": 'median = "T"\nsigma = "k"',
    "two stages": 'stages = ["T", "w"]',
    "erlang": 'stages = ["w", "w", "w"]',
    "stages of both sorts": 'stages = ["w", "T", "w"]',
}
VALUES = {"T": 90 * HOUR, "w": 20 * HOUR, "k": sympy.Rational(17, 10), "j": 50 * HOUR}
VALUES |= {"r": 2 * HOUR, "d": 600}


def worked_out(found: Formula) -> float:
    """The formula's source as a number."""
    scope: dict[str, Any] = {}
    for line in found.declarations:
        exec(line, scope)
    for part in found.parts:
        scope[part.name.sympy] = eval(part.value.sympy, scope)
    given = {sympy.Symbol(name, positive=True): value for name, value in VALUES.items()}
    return float(sympy.N(eval(found.value.sympy, scope).subs(given), 30))


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("measure", ["availability", "reliability", "mttf"])
def test_a_formula_with_a_clock_gives_the_figure(measure: str, life: str) -> None:
    asked = f'[mission]\nmeasure = "{measure}"\ntime = "120 h"'
    design = parse(TEXT.format(asked=asked, life=LIVES[life] + CLOCK)).design
    report = examine(design).choices["c"]
    assert report.times is not None
    figure = report.times["x"].mttf_s if measure == "mttf" else report.figure
    wanted = figure.reliability if isinstance(figure, Figure) else figure
    assert wanted is not None
    assert worked_out(formula(design, "c")) == pytest.approx(wanted, rel=1e-13)


@pytest.mark.parametrize("life", LIVES)
def test_a_life_by_itself_has_a_closed_mean(life: str) -> None:
    design = parse(TEXT.format(asked='[mission]\nmeasure = "mttf"', life=LIVES[life])).design
    report = examine(design).choices["c"]
    assert report.times is not None
    assert worked_out(formula(design, "c")) == pytest.approx(report.times["x"].mttf_s, rel=1e-13)


def test_the_shipped_window_is_written_and_solved_for_the_renewal() -> None:
    (path,) = (path for path in shipped_designs() if path.stem == "rejuvenation")
    design = read(str(path)).design
    parts = {part.name.text: part.value.text for part in formula(design, "in-place").parts}
    assert parts["A(renewed)"] == ("M(renewed) / [M(renewed) + r (1 - S(renewed)) + d S(renewed)]")
    assert parts["S(renewed)"].startswith("1 w e^(-T_c/1 w)/(1 w - 3 d)")
    found = condition(design, "in-place", "as-it-is", "d")
    assert found.outcome == "solved"
    assert found.solved[0].text.startswith(
        "d < [M(renewed) (1 - A(vm))/A(vm) - r (1 - S(renewed))]"
    )
    assert found.numeric is not None
    assert [each.high for each in found.numeric.intervals] == ["2.82004 min"]
    window = condition(design, "in-place", "as-it-is", "T_c")
    assert (window.outcome, window.degree) == ("open", None)
