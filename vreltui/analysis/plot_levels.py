"""The horizontal lines of a plot: goals, and the baseline that a gain is over."""

from __future__ import annotations

from vreltui.analysis.plot_reading import Reading
from vreltui.analysis.plot_results import Level
from vreltui.model import Probability
from vreltui.model.goals import MeanLife, Target
from vreltui.model.plots import Drawn
from vreltui.model.times import SECONDS


def levels(read: Reading) -> tuple[Level, ...]:
    """The lines of a plot, without their words."""
    plot = read.plot
    if plot.y == "gain":
        return (Level("", 0.0, 1.0),)
    if plot.y in ("threshold", "outages") or not read.is_measured:
        return ()
    goals: list[Target | MeanLife] = [] if (own := goal_of(read)) is None else [own]
    if plot.series is not None and plot.series.parameter is None:
        goals = [value for value in plot.series.values if isinstance(value, Probability)]
    return tuple(level(goal, plot.y) for goal in goals)


def goal_of(read: Reading) -> Target | MeanLife | None:
    """What the design's goal asks for, as a number of what is measured."""
    design = read.study.design
    return design.goal if isinstance(design.goal, MeanLife) else design.target


def level(goal: Target | MeanLife, y: Drawn) -> Level:
    """Where a goal lies among the figures that are drawn."""
    if isinstance(goal, MeanLife):
        return Level("", float(goal.time.seconds), 0.0, goal)
    works, fails = float(goal.reliability), float(goal.unreliability)
    if y in ("unreliability", "unavailability"):
        return Level("", fails, works, goal)
    if y == "downtime":
        return Level("", float(goal.unreliability * SECONDS["y"]), 0.0, goal)
    return Level("", works, fails, goal)
