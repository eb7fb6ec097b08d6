"""How likely what is bought works, by the option that is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.laws import LeafFigure, Source
from vreltui.engine.points import UNIT
from vreltui.engine.stated_values import own_value
from vreltui.exploration.fingerprints import Marks, mark, marks_of_counts, salted
from vreltui.exploration.mixed_copies import k_of_n, pairs_of_mixes
from vreltui.exploration.side_amounts import BoughtPart
from vreltui.model import Component, Design, LastingComponent, Mix, Option, Probability
from vreltui.model.quantities import PROBABILITY, Value
from vreltui.model.settling import Options

Overrides: TypeAlias = Mapping[str, Value]
"""Other values of parameters, and of items by CATALOGUE.ITEM."""

Figure = Probability | LeafFigure
"""A probability as it is stated, or the figure of a lifetime under what is measured."""


def _text(figure: Figure) -> str:
    """Equal for equal figures."""
    return str(figure.reliability if isinstance(figure, Probability) else figure.identity)


def _marks_of_mixes(part: BoughtPart, texts: Mapping[str, str]) -> Marks:
    """The fingerprints of mixes: those with as many of the same figures have the same."""
    numbers: dict[str, NDArray[np.int64]] = {}
    for name, count in part.axis.counts.items():
        numbers[texts[name]] = numbers[texts[name]] + count if texts[name] in numbers else count
    total = np.zeros((len(part.axis.options), 2), dtype=np.uint64)
    for text, count in numbers.items():
        total += marks_of_counts(text, int(count.max()))[count]
    return salted(total, f"{part.node.needs} of a mix")


_ITEM = "item"
"""What an item is called where it stands alone."""


@dataclass(frozen=True)
class PartFigures:
    """The figures of bought parts: of constants, and of lifetimes under the design's measure."""

    design: Design
    options: Options
    _known: dict[object, Any] = field(default_factory=dict)

    def doubles(self, part: BoughtPart, other: Overrides) -> tuple[Any, Any]:
        """The figures of a part by the number of its option, and their complements, as doubles.

        Right to :meth:`error`, relatively.
        """
        key = ("doubles", part.node.name, tuple(other.items()))
        if key not in self._known:
            items = self._items(part, other)
            single = {
                name: (float(each.reliability), float(each.unreliability))
                for name, each in items.items()
            }
            if part.node.mix:
                axis = part.axis
                self._known[key] = pairs_of_mixes(part.node, axis.counts, axis.totals, single)
            else:
                taken = [single[str(option)] for option in part.axis.options]
                self._known[key] = tuple(np.array(side) for side in zip(*taken, strict=True))
        r, q = self._known[key]
        return r, q

    def error(self, part: BoughtPart) -> float:
        """The relative error of :meth:`doubles`."""
        return UNIT * self.roundings(part)

    def roundings(self, part: BoughtPart) -> int:
        """How many roundings they have met at most."""
        if not part.node.mix:
            return 1
        return 8 * int(part.axis.totals.max()) + 20

    def marks(self, part: BoughtPart, other: Overrides) -> Marks:
        """A fingerprint of how each figure is made: equal ones are of equal figures."""
        key = ("marks", part.node.name, tuple(other.items()))
        found: Marks | None = self._known.get(key)
        if found is None:
            texts = {name: _text(each) for name, each in self._items(part, other).items()}
            if part.node.mix:
                found = _marks_of_mixes(part, texts)
            else:
                each = {name: mark(text) for name, text in texts.items()}
                found = np.array([each[str(option)] for option in part.axis.options])
            self._known[key] = found
        return found

    def _items(self, part: BoughtPart, other: Overrides) -> dict[str, Figure]:
        """The figures of the items that may be bought."""
        catalogue = part.node.catalogue
        items = self.design.catalogues[catalogue].items
        return {name: self._of_item(catalogue, name, other) for name in items}

    def value(self, part: BoughtPart, option: Option, other: Overrides) -> Figure:
        """The figure of a part that takes an option; worked out once for each."""
        key = ("value", part.node.name, option, tuple(other.items()))
        if key not in self._known:
            self._known[key] = self._value(part, option, other)
        found: Figure = self._known[key]
        return found

    def _value(self, part: BoughtPart, option: Option, other: Overrides) -> Figure:
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
