"""The least cost of what is in series, certified.

Reliability has to be a product of one factor for each priced parameter: a component, or so many of
a pool of it, in series with all else. Its logarithm is then a sum of concave functions and what is
paid a sum of convex ones, so that by Lagrange's multiplier the search is one over single numbers.
The values are found in doubles and only proposed: that they are feasible is shown in balls, and so
is a lower bound of what any others cost.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from vreltui.analysis.prices import BITS, rounded_up
from vreltui.engine.balls import precision
from vreltui.engine.limits import Undecided
from vreltui.engine.points import root_pairs
from vreltui.engine.program import Source
from vreltui.exploration.allotment import GAP, Allotment, Allotted, Values
from vreltui.exploration.convex_bound import decimal_below, least_of_convex
from vreltui.model import Probability
from vreltui.model.goals import Target
from vreltui.model.prices import MettasPrice, NinePrice

_DECADES, _POINTS, _ZOOMS, _HALVINGS = 15.0, 129, 6, 26
_ABOVE, _ABOVE_OF_REST = 1e-15, 1e-11
_NEAR, _MOVES = 1e-4, 45
_FIRST, _LAST, _SLACK, _ROUGH = 1e-18, 1e18, 1.05, 2.0


class SeriesAllotment(Allotment):
    """Priced parameters of which each is one factor of the reliability."""

    # In doubles

    def _points(self, name: str, places: NDArray[np.float64]) -> tuple[Any, Any, Any]:
        """Values at places from 0 to 1, as pairs, and their distance from the upper end."""
        low, high = self.ends(name)
        distance = float(high - low) * 10.0 ** (-_DECADES * places)
        q = float(1 - high) + distance
        return float(high) - distance, q, distance

    def _costs(self, name: str, resource: str, places: NDArray[np.float64]) -> Any:
        price = self.parameter(name).price.get(resource)
        if price is None:
            return np.zeros_like(places)
        _, q, distance = self._points(name, places)
        times = 1 if price.once else self.times[name]
        low, high = self.ends(name)
        match price:
            case NinePrice():
                return times * float(price.per_nine) * -np.log10(q)
            case MettasPrice():
                with np.errstate(over="ignore"):
                    rest = (float(high - low) - distance) / distance
                    return times * np.exp((1 - float(price.mettas)) * rest)
            case _table:
                raise TypeError(f"{name} is a decision: {_table}")

    def _gains(self, name: str, places: NDArray[np.float64]) -> Any:
        """The logarithm of reliability with one value moved, the others at their lowest."""
        r, q, distance = self._points(name, places)
        if self.times[name] == 1:  # it rises in a straight line
            low, high = self.ends(name)
            most, least = self._fails[name]
            return np.log1p(-(least + (most - least) * (distance / float(high - low))))
        source = Source(name, is_parameter=True)
        lowest = {Source(n, is_parameter=True): v for n, v in self.lowest().items()}
        values = {**self.evaluation.values, **lowest}
        works, fails = root_pairs(self.evaluation.program, values, {source: (r, q)})
        works, fails = np.broadcast_to(works, places.shape), np.broadcast_to(fails, places.shape)
        return np.where(fails < 0.5, np.log1p(-fails), np.log(works))

    @cached_property
    def _fails(self) -> dict[str, tuple[float, float]]:
        """Of each name, what fails with the others at their lowest and it at its two ends."""
        lowest, highest = self.lowest(), self.highest()
        start = float(self.at(lowest).figures()[1])
        return {
            name: (start, float(self.at({**lowest, name: highest[name]}).figures()[1]))
            for name in self.names
        }

    def _best(
        self, resource: str, multiplier: float, zooms: int = _ZOOMS
    ) -> tuple[dict[str, float], float, float]:
        """The places at which multiplier times gain less cost is greatest; their gain and cost."""
        places: dict[str, float] = {}
        gain = cost = 0.0
        for name in self.names:
            low, high = 0.0, 1.0
            for _ in range(zooms):
                grid = np.linspace(low, high, _POINTS)
                costs, gains = self._costs(name, resource, grid), self._gains(name, grid)
                at = int(np.nanargmax(multiplier * gains - costs))
                step = grid[1] - grid[0]
                low, high = max(0.0, grid[at] - 2 * step), min(1.0, grid[at] + 2 * step)
            places[name] = float(grid[at])
            gain += float(gains[at]) - float(self._gains(name, np.zeros(1))[0])
            cost += float(costs[at])
        return places, gain, cost

    def _multiplier(self, resource: str, is_high: Callable[[Values], bool]) -> tuple[float, float]:
        """Two multipliers next to each other, of which the second is high and the first is not.

        Roughly at first, then more and more exactly.
        """
        low, high = _FIRST, _LAST
        for zooms, halvings in ((2, 30), (3, 24), (_ZOOMS, _HALVINGS)):
            for _ in range(halvings):
                middle = math.sqrt(low * high)
                if is_high(self._values(self._best(resource, middle, zooms)[0])):
                    high = middle
                else:
                    low = middle
            if zooms < _ZOOMS:
                slack = _SLACK if zooms > 2 else _ROUGH
                low, high = max(_FIRST, low / slack), min(_LAST, high * slack)
        return low, high

    def _moved(self, values: Values, factor: float, is_right: Callable[[Values], bool]) -> Values:
        """The values with one moved as far as all is still right: doubles found them but nearly."""

        def room(name: str) -> Fraction:
            low, high = self.ends(name)
            at = values[name].reliability
            return min(at - low, high - at) / ((high - low) or 1)

        name = max(self.names, key=room)  # at an end of its range it would not be worth it
        q = float(values[name].unreliability)
        near, far = q, q * factor
        low, high = self.ends(name)
        for _ in range(_MOVES):
            middle = (near + far) / 2
            tried = {**values, name: Probability.from_unreliability(repr(middle))}
            if low <= tried[name].reliability <= high and is_right(tried):
                near = middle
            else:
                far = middle
        return {**values, name: Probability.from_unreliability(repr(near))} if near != q else values

    def _values(self, places: Mapping[str, float]) -> Values:
        found = {}
        for name, place in places.items():
            _, q, _ = self._points(name, np.array([place]))
            found[name] = Probability.from_unreliability(repr(float(q[0]))) if place else None
        lowest = self.lowest()
        return {name: value or lowest[name] for name, value in found.items()}

    # Answers

    def cheapest(self, resource: str, goal: Target) -> Allotted | None:
        """The least cost of a reliability above the goal; None where none is.

        Raises :class:`Undecided` where it can't be certified.
        """
        lowest = self.lowest()
        with precision(BITS):
            aim = (arb(goal.reliability.numerator) / goal.reliability.denominator).log()
            slack = arb(repr(min(_ABOVE, float(goal.unreliability) * _ABOVE_OF_REST)))
        if self.logarithm(lowest) > aim:
            return Allotted(lowest, rounded_up(self.paid(resource, lowest)))
        if not self.logarithm(self.highest()) > aim:
            return None
        if not self.logarithm(self.highest()) > aim + slack:
            slack = arb(0)

        def is_enough(values: Values) -> bool:
            return bool(self.logarithm(values) > aim + slack)

        high = self._multiplier(resource, is_enough)[1]
        proposed = self._values(self._best(resource, high)[0])
        values = self._moved(proposed, 1 + _NEAR, is_enough)
        paid = rounded_up(self.paid(resource, values))
        bound = self._bound(resource, high, aim, proposed)
        if Fraction(paid) - bound > GAP * max(bound, Fraction(1)):
            raise Undecided(f"what {', '.join(self.names)} cost could not be certified")
        return Allotted(values, paid)

    def best(self, resource: str, budget: Fraction) -> Allotted | None:
        """The greatest reliability within what may be paid; None where the lowest costs more."""
        lowest = self.lowest()
        if rounded_up(self.paid(resource, lowest)) > budget:
            return None

        def is_too_much(values: Values) -> bool:
            return rounded_up(self.paid(resource, values)) > budget

        low = self._multiplier(resource, is_too_much)[0]
        values = self._values(self._best(resource, low)[0])
        values = self._moved(values, 1 - _NEAR, lambda tried: not is_too_much(tried))
        return Allotted(values, rounded_up(self.paid(resource, values)))

    def _bound(self, resource: str, multiplier: float, aim: arb, values: Values) -> Fraction:
        """A certain lower bound of what a reliability from the aim on costs."""
        lowest = self.lowest()
        with precision(BITS):
            weight = arb(repr(multiplier))
            total = weight * (aim - self.logarithm(lowest))
            for name, value in values.items():
                total += self._least(name, resource, weight, value)
            found = total.lower()
            return Fraction(str(found.str(30, radius=False)).strip("[]")) - Fraction(1, 10**20)

    def _least(self, name: str, resource: str, weight: arb, near: Probability) -> arb:
        """A lower bound of cost less weighted gain over the range."""
        low, high = self.ends(name)
        lowest = self.lowest()
        base = self.logarithm(lowest)

        def at(exact: Fraction) -> arb:
            value = lowest[name] if exact == low else Probability.of(decimal_below(exact))
            gain = self.logarithm({**lowest, name: value}) - base
            return self._price(name, resource, value) - weight * gain

        return least_of_convex(at, low, high, near.reliability)
