"""Designs as immutable values, and the rules that they obey. Imports nothing of the program."""

from vreltui.model.amounts import Amount, Amounts, Resource
from vreltui.model.catalogues import Catalogue, Item
from vreltui.model.causes import Cause
from vreltui.model.design import (
    DEFAULT_COPIES,
    FORMAT_VERSION,
    KINDS,
    MOST_COPIES,
    Bought,
    Choice,
    Component,
    Counted,
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
    Share,
    Structure,
    Value,
    counted,
    needed,
)
from vreltui.model.errors import DesignError, Path, Problem, VreltuiError, spoken
from vreltui.model.names import shown
from vreltui.model.numbers import Probability
from vreltui.model.options import Mix, Option, Taken
from vreltui.model.rule import Rule, Span

__all__ = [
    "DEFAULT_COPIES",
    "FORMAT_VERSION",
    "KINDS",
    "MOST_COPIES",
    "Amount",
    "Amounts",
    "Bought",
    "Catalogue",
    "Cause",
    "Choice",
    "Component",
    "Counted",
    "Design",
    "DesignError",
    "Group",
    "Item",
    "LastingComponent",
    "Mix",
    "Needs",
    "Node",
    "Option",
    "Parameter",
    "Path",
    "Plot",
    "PlotAxis",
    "PlotSeries",
    "Pool",
    "Probability",
    "Problem",
    "Resource",
    "Rule",
    "Share",
    "Span",
    "Structure",
    "Taken",
    "Value",
    "VreltuiError",
    "counted",
    "needed",
    "shown",
    "spoken",
]
