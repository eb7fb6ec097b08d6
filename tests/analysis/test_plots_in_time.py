"""Plots of designs with times: each figure along a parameter and along time."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from mpmath import exp, mpf, quad

from tests.oracle_time import TimeOracle
from vreltui.analysis.plots import points
from vreltui.engine.limits import Undecided
from vreltui.model import DesignError
from vreltui.plotting import csv_text
from vreltui.storage import FileError, parse
from vreltui.wording.plots import labelled

FILE = """
vreltui = 1
baseline = "one"
[mission]
time = "90 d"
measure = "{measure}"
[parameters]
T = {{ time = "2654 h", range = ["10 h", "10 y"] }}
r = "100 min"
n = 2
[nodes.vm]
mttf = "T"
mttr = "r"
[nodes.disk]
mttf = "3 y"
shape = 1.5
mttr = "3 h"
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[nodes.whole]
parts = ["pool", "disk"]
[choices.one]
root = "vm"
[choices.pair]
root = "pool"
[choices.whole]
root = "whole"
[plots.p]
choice = "{choice}"
x = {{ {x} }}
{y}
"""

ACROSS_T = 'parameter = "T", from = "10 h", to = "1000 h", points = 3, scale = "log"'
IN_TIME = 'axis = "time", from = "0 h", to = "40 d", points = 3'


def text(
    y: str = "", x: str = ACROSS_T, choice: str = "whole", measure: str = "availability"
) -> str:
    drawn = f"y = {y}" if y.startswith("{") else f'y = "{y}"' if y else ""
    return FILE.format(measure=measure, choice=choice, x=x, y=drawn)


def drawn(of: str) -> Any:
    design = parse(of).design
    return points(design, design.plots["p"])


def curve(of: str) -> list[float | None]:
    (series,) = drawn(of).series
    return list(series.y)


def near(found: float | None, wanted: Any) -> bool:
    return found is not None and abs(mpf(found) - wanted) <= mpf("1e-12") * abs(wanted)


WORDS = {
    "reliability": "reliability",
    "unreliability": "unreliability",
    "availability": "availability",
    "unavailability": "unavailability",
    "downtime": "downtime_s_per_year",
    "outages": "outages_per_year",
    "mttf": "mttf_s",
}


@pytest.mark.parametrize("measure", ["reliability", "availability", "mttf"])
def test_every_figure_along_a_life_is_that_of_the_reference(measure: str) -> None:
    """On a logarithmic axis: 10, 100 and 1000 hours."""
    oracle = TimeOracle(text(measure=measure))
    lives = [Fraction(hours * 3600) for hours in (10, 100, 1000)]
    said = [oracle.figures("whole", {"T": life}).said() for life in lives]
    for word, key in WORDS.items():
        found = curve(text(word, measure=measure))
        assert all(map(near, found, [each[key] for each in said])), word
    left_out = curve(text(measure=measure))
    word = {"reliability": "reliability", "availability": "availability", "mttf": "mttf"}[measure]
    assert left_out == curve(text(word, measure=measure))


def test_time_runs_from_when_all_is_new() -> None:
    life, repair = mpf(2654 * 3600), mpf(6000)
    days = [0, 20, 40]

    def lasts(day: float) -> Any:
        failed = 1 - exp(-mpf(day) * 86400 / life)
        return 1 - failed**2

    def up(seconds: Any) -> Any:
        rate, mended = 1 / life, 1 / repair
        down = rate / (rate + mended) * (1 - exp(-seconds * (rate + mended)))
        return 1 - down**2

    survival = curve(text("reliability", IN_TIME, "pair"))
    assert all(map(near, survival, map(lasts, days)))
    course = curve(text("", IN_TIME, "pair"))
    assert all(map(near, course, (up(mpf(day) * 86400) for day in days)))
    mean = curve(text("availability_over", IN_TIME, "pair"))
    assert mean[0] == 1.0
    end = mpf(40 * 86400)
    assert near(mean[-1], quad(up, [0, 20000, end]) / end)


def test_a_vote_of_time_wins_before_the_median_life() -> None:
    """R(t) of one of two against one alone: the gain is e^-x - e^-2x, greatest at x = ln 2."""
    gains = curve(text("gain", IN_TIME, "pair", measure="reliability"))
    assert gains[0] == 0.0
    aged = [mpf(day * 24) / 2654 for day in (20, 40)]
    assert all(map(near, gains[1:], [exp(-x) - exp(-2 * x) for x in aged]))


def test_where_the_goal_is_crossed_is_the_certified_end() -> None:
    goal = text("reliability", IN_TIME, "pair", "reliability").replace(
        '[mission]\ntime = "90 d"\nmeasure = "reliability"',
        '[mission]\ntime = "90 d"\n[goal]\nreliability = 0.96',
    )
    found = drawn(goal)
    (crossing,) = found.crossings
    end = -2654 / 24 * math.log(1 - math.sqrt(0.04))
    assert crossing.at == "24.67 d"
    assert crossing.x == pytest.approx(end * 24, rel=1e-3)
    assert found.levels[0].y == 0.96
    assert (found.x_quantity, found.x_unit, found.y_quantity) == ("time", "h", "probability")


def test_times_are_told_in_their_units() -> None:
    of = text("downtime", ACROSS_T, "pair")
    design = parse(of).design
    found = labelled(design, design.plots["p"], points(design, design.plots["p"]))
    assert (found.y_quantity, found.y_unit) == ("time", "s")
    assert (found.x_label, found.y_label) == ("T", "time down a year of pair")
    rows = csv_text(found).split("\n")
    assert [row.split(",")[0] for row in rows[:4]] == ["x", "10.0", "100.0", "1000.0"]


def test_a_number_at_a_node_runs_and_is_solved_for() -> None:
    by_shape = 'node = "disk", key = "shape", from = 0.5, to = 2.5, points = 3'
    found = curve(text("reliability", by_shape))
    oracle = TimeOracle(text())
    wanted = [
        oracle.figures("whole", {"disk.shape": Fraction(k)}).said()["reliability"]
        for k in ("0.5", "1.5", "2.5")
    ]
    assert all(map(near, found, wanted))
    bounds = curve(text('{ threshold = "disk.mttr" }', ACROSS_T))
    assert all(each is None or each > 0 for each in bounds)


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (text("downtime", IN_TIME), "downtime is one of the long run"),
        (text("gain", IN_TIME), "draws gain along time, and the design measures availability"),
        (text(x=IN_TIME.replace("}", "") + ', scale = "log"'), "from 0 h on a logarithmic scale"),
        (text(x='axis = "time", from = 1, to = 2'), "gives time the value 1"),
        (text(x='node = "disk", key = "shap", from = 1, to = 2'), 'did you mean "shape"?'),
        (text(x='parameter = "T", key = "mttf", from = "1 h", to = "2 h"'), "key without node"),
        (text(x='axis = "tme", from = "1 h", to = "2 h"'), '"time"'),
    ],
)
def test_what_makes_no_sense_is_refused(of: str, says: str) -> None:
    with pytest.raises((FileError, DesignError)) as refused:
        parse(of)
    assert says in str(refused.value)


def test_what_a_constant_does_not_say_is_undecided_with_the_reason() -> None:
    of = (
        text("outages")
        .replace('shape = 1.5\nmttr = "3 h"', "")
        .replace('mttf = "3 y"', "reliability = 0.99")
    )
    with pytest.raises(Undecided, match="disk is a constant"):
        drawn(of)
