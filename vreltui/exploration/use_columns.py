"""The columns of what labels use: whole numbers of a part of one, by resource."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from vreltui.analysis.prices import price_amount
from vreltui.model import Design


class Amounts:
    """Which columns of uses there are: all resources, then what has to fit, used less provided."""

    def __init__(self, design: Design) -> None:
        self.resources = tuple(design.resources)
        fits = dict.fromkeys(name for node in design.nodes.values() for name in node.fits)
        self.fits = tuple(fits)
        self.scales = {name: _scale(design, name) for name in self.resources}

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.resources) + len(self.fits)

    def column(self, resource: str) -> int:
        """The column of what is used of a resource."""
        return self.resources.index(resource)

    def excess(self, resource: str) -> int:
        """The column of how much more is used of it than provided."""
        return len(self.resources) + self.fits.index(resource)


def _scale(design: Design, resource: str) -> int:
    lots = [lot for node in design.nodes.values() for lot in (node.uses, node.provides)]
    for catalogue in design.catalogues.values():
        for item in catalogue.items.values():
            lots += [item.uses, item.provides]
    prices = [
        amount
        for parameter in design.parameters.values()
        for value in parameter.market or (parameter.value,)
        if resource in parameter.price
        if (amount := price_amount(parameter, resource, value)) is not None
    ]
    scale = lcm(*(amount.denominator for amount in prices))
    return lcm(scale, *(Fraction(lot[resource]).denominator for lot in lots if resource in lot))
