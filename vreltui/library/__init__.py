"""The library: what ``import vreltui`` gives. Its page is docs/library.md; all else is private."""

from vreltui.library.checking import Check, ChoiceCheck, Threshold, check
from vreltui.library.comparing import Comparison, compare
from vreltui.library.designs import Design, dumps, load, loads
from vreltui.library.exploring import Exploration, explore
from vreltui.library.insight import CutSets, Importance, cut_sets, importance
from vreltui.library.plots import PlotPoints, plot_points
from vreltui.library.symbols import Condition, Formula, condition, formula
from vreltui.model import VreltuiError

__all__ = [
    "Check",
    "ChoiceCheck",
    "Comparison",
    "Condition",
    "CutSets",
    "Design",
    "Exploration",
    "Formula",
    "Importance",
    "PlotPoints",
    "Threshold",
    "VreltuiError",
    "check",
    "compare",
    "condition",
    "cut_sets",
    "dumps",
    "explore",
    "formula",
    "importance",
    "load",
    "loads",
    "plot_points",
]
