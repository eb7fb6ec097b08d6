"""Designs as immutable values, and the rules that they obey. Imports nothing of the program."""

from vreltui.model.design import (
    DEFAULT_COPIES,
    FORMAT_VERSION,
    KINDS,
    MOST_COPIES,
    Choice,
    Component,
    Design,
    Group,
    LastingComponent,
    Needs,
    Node,
    Parameter,
    Plot,
    PlotAxis,
    PlotSeries,
    Pool,
    Value,
    needed,
)
from vreltui.model.errors import DesignError, Path, Problem, VreltuiError, spoken
from vreltui.model.names import shown
from vreltui.model.numbers import Probability

__all__ = [
    "DEFAULT_COPIES",
    "FORMAT_VERSION",
    "KINDS",
    "MOST_COPIES",
    "Choice",
    "Component",
    "Design",
    "DesignError",
    "Group",
    "LastingComponent",
    "Needs",
    "Node",
    "Parameter",
    "Path",
    "Plot",
    "PlotAxis",
    "PlotSeries",
    "Pool",
    "Probability",
    "Problem",
    "Value",
    "VreltuiError",
    "needed",
    "shown",
    "spoken",
]
