"""How likely what is bought works, by the option that is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np

from vreltui.engine.laws import LeafFigure, Source
from vreltui.engine.stated_values import own_value
from vreltui.exploration.mixed_copies import k_of_n
from vreltui.exploration.side_amounts import BoughtPart
from vreltui.model import Component, Design, LastingComponent, Mix, Option, Probability
from vreltui.model.quantities import PROBABILITY, Value
from vreltui.model.settling import Options

Overrides: TypeAlias = Mapping[str, Value]
"""Other values of parameters, and of items by CATALOGUE.ITEM."""

Figure = Probability | LeafFigure
"""A probability as it is stated, or the figure of a lifetime under what is measured."""

_ITEM = "item"
"""What an item is called where it stands alone."""


@dataclass(frozen=True)
class PartFigures:
    """The figures of bought parts: of constants, and of lifetimes under the design's measure."""

    design: Design
    options: Options
    _known: dict[object, Any] = field(default_factory=dict)

    def values(self, part: BoughtPart, other: Overrides) -> list[Figure]:
        """The figure of a part by the number of its option."""
        key = (part.node.name, tuple(other.items()))
        found: list[Figure] | None = self._known.get(key)
        if found is None:
            found = [self.value(part, option, other) for option in part.axis.options]
            self._known[key] = found
        return found

    def doubles(self, part: BoughtPart, other: Overrides) -> tuple[Any, Any]:
        """The same, and the complements, as doubles."""
        key = ("doubles", part.node.name, tuple(other.items()))
        if key not in self._known:
            found = self.values(part, other)
            self._known[key] = (
                np.array([float(value.reliability) for value in found]),
                np.array([float(value.unreliability) for value in found]),
            )
        r, q = self._known[key]
        return r, q

    def value(self, part: BoughtPart, option: Option, other: Overrides) -> Figure:
        """The figure of a part that takes an option."""
        if isinstance(option, str):
            return self._of_item(part.node.catalogue, option, other)
        assert isinstance(option, Mix)
        chances = []
        for name, count in option.counts.items():
            chance = self._of_item(part.node.catalogue, name, other)
            assert isinstance(chance, Probability), "a mix of lifetimes is written out"
            chances += [chance] * count
        return k_of_n(part.node, chances)

    def _of_item(self, catalogue: str, name: str, other: Overrides) -> Figure:
        figure = self.design.catalogues[catalogue].items[name].figure
        if isinstance(figure, LastingComponent):
            return self._of_life(figure, other)
        assert isinstance(figure, Component)
        own = other.get(f"{catalogue}.{name}")
        if own is not None:
            return PROBABILITY.of(own)
        given = figure.reliability
        return PROBABILITY.of(self.stated(given, other)) if isinstance(given, str) else given

    def stated(self, name: str, other: Overrides) -> Value:
        """The value of a parameter."""
        return other[name] if name in other else self.options.value(name)

    def _of_life(self, figure: LastingComponent, other: Overrides) -> LeafFigure:
        """The figure of a lifetime under what the design measures."""
        from vreltui.engine.lasting_laws import lasting_law  # of designs with times alone

        alone = replace(figure, name=_ITEM)
        stands = replace(self.design, nodes={_ITEM: alone})
        law = lasting_law(stands, alone)
        return law.figure(
            {
                source: self.stated(source.name, other)
                if source.is_parameter
                else own_value(stands, source.name)
                for source in law.sources
            }
        )

    def sources(self, part: BoughtPart) -> frozenset[str]:
        """The parameters that the figures of a part may read."""
        found: set[str] = set()
        for item in self.design.catalogues[part.node.catalogue].items.values():
            found.update(item.figure.parameters)
            if isinstance(item.figure, LastingComponent) and isinstance(
                self.design.mission.time, str
            ):
                found.add(self.design.mission.time)
        return frozenset(found)

    def ways(self, part: BoughtPart, name: str) -> set[int | None]:
        """Which ways a parameter moves the figures of a part, as a law tells them."""
        found: set[int | None] = set()
        for item in self.design.catalogues[part.node.catalogue].items.values():
            figure = item.figure
            if isinstance(figure, LastingComponent):
                from vreltui.engine.lasting_laws import lasting_law

                law = lasting_law(self.design, figure)
                found.add(law.direction(Source(name, is_parameter=True)))
            elif name in figure.parameters:
                found.add(1)
        return found - {0}
