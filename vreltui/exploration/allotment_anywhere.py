"""The least cost of values in any structure: proposed by Newton's method, certified by boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

import numpy as np

from vreltui.analysis.prices import BITS, rounded_up
from vreltui.analysis.study import Study
from vreltui.engine.balls import ball, precision
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.exploration.allotment import GAP, Allotment, Allotted, Values
from vreltui.exploration.allotment_in_series import SeriesAllotment
from vreltui.exploration.cost_laws import MOST, CostLaw, NineCost, cost_law
from vreltui.exploration.curved_ranges import Numbers
from vreltui.exploration.least_cost import Costs, Proof
from vreltui.exploration.local_allotment import LocalSearch
from vreltui.exploration.product_of_factors import in_parallel, is_product
from vreltui.model import Probability
from vreltui.model.goals import Target

_TRIES = 30
_SHORT, _SPARED = 1e-13, 3e-11
_LEAST, _LEAST_GOAL = 1e-250, 1e-200


def allotment_of(study: Study, choice: str) -> Allotment:
    """The priced parameters of a choice, by the way that suits its structure."""
    found = AnyAllotment(study, choice)
    if is_product(found.design, found.root, found.names):
        return SeriesAllotment(study, choice)
    return found


class AnyAllotment(Allotment):
    """Priced parameters anywhere in a tree.

    Its answers raise :class:`Undecided` where they can't be certified.
    """

    def _costs(self, resource: str) -> tuple[Costs, Values]:
        """Those parameters whose cost moves with them, and the best values of all others."""
        laws: dict[str, CostLaw] = {}
        fixed: Values = {}
        for name in self.names:
            law = cost_law(self.parameter(name), resource, self.times[name])
            if law is None:
                fixed[name] = self.highest()[name]
            else:
                laws[name] = law
        sources = {Source(name, is_parameter=True): value for name, value in fixed.items()}
        evaluation = self.evaluation.changed(sources)
        for name in laws:
            if evaluation.direction(Source(name, is_parameter=True)) != 1:
                raise Undecided(f"it is not known that {name} makes all more reliable")
        return Costs(evaluation, list(laws), list(laws.values())), fixed

    def _ends(self, costs: Costs) -> tuple[Numbers, Numbers]:
        """The least and the greatest unreliabilities, rounded outwards.

        What is less than :data:`_LEAST` fails less by no more than a goal is rounded by.
        """
        ends = [self.ends(name) for name in costs.names]
        low = [max(np.nextafter(float(1 - high), 0.0), _LEAST) for _, high in ends]
        high = [np.nextafter(float(1 - low), 2.0) for low, _ in ends]
        return np.array(low), np.minimum(np.array(high), 1.0)

    def _values(self, costs: Costs, fixed: Values, q: Numbers) -> Values:
        """Values at some unreliabilities, within their ranges."""
        found = dict(fixed)
        lowest, highest = self.lowest(), self.highest()
        for name, each in zip(costs.names, q.tolist(), strict=True):
            value = Probability.from_unreliability(repr(each))
            low, high = self.ends(name)
            if value.reliability <= low:
                value = lowest[name]
            elif value.reliability > high:
                value = highest[name]
            found[name] = value
        return {name: found[name] for name in self.names}

    def _fails_less(self, values: Values, most: Fraction) -> bool:
        fails = self.at(values).pair(bits=BITS)[1]
        with precision(BITS):
            return bool(fails < ball(most))

    # Answers

    def cheapest(self, resource: str, goal: Target) -> Allotted | None:
        """As in the base."""
        lowest, most = self.lowest(), goal.unreliability
        if self._fails_less(lowest, most):
            return self.allotted(resource, lowest)
        if not self._fails_less(self.highest(), most):
            return None
        costs, fixed = self._costs(resource)
        return self._certified(resource, costs, fixed, most, None)

    def _certified(
        self, resource: str, costs: Costs, fixed: Values, most: Fraction, start: Numbers | None
    ) -> Allotted:
        """The least cost of what fails less than so much, some values of which do."""
        search = LocalSearch(costs, *self._ends(costs))
        aim = float(most) * (1 - _SHORT)
        starts = search.starts(aim) if start is None else [start]
        if not starts:
            starts = [self._payable(costs, search)]
        for _ in range(_TRIES):
            found = [self._kept(resource, costs, fixed, search, each, most) for each in starts]
            paid, near, values = min(found, key=lambda each: each[0])
            cheaper = self._cheaper(costs, search, paid, near, most)
            if cheaper is None:
                return Allotted(values, paid)
            starts = [cheaper, near]
        raise Undecided(f"what {', '.join(self.names)} cost could not be certified")

    def _cheaper(
        self, costs: Costs, search: LocalSearch, paid: Fraction, near: Numbers, most: Fraction
    ) -> Numbers | None:
        if paid > MOST or most < _LEAST_GOAL:
            raise Undecided(f"what {', '.join(self.names)} cost is beyond what is searched")
        enough = float(paid - GAP * max(paid, Fraction(1)) * Fraction(9, 10))
        goal = float(np.nextafter(float(most), 2.0))
        proof = Proof(costs, goal, enough, near, self.study.limits())
        return proof.cheaper(*self._boxes(costs, search))

    def _alike(self, costs: Costs) -> Iterator[list[int]]:
        """Places of what is in parallel and costs the same for each nine.

        There only the sum of nines counts: the first may be taken as far as its range goes before
        the second is touched, and so on. Otherwise whole ranges of values would be the best.
        """
        places = {name: at for at, name in enumerate(costs.names)}
        for names in in_parallel(self.design, self.root, costs.names):
            by_law: dict[CostLaw, list[int]] = {}
            for name in names:
                law = costs.laws[places[name]]
                if isinstance(law, NineCost):
                    by_law.setdefault(law, []).append(places[name])
            yield from (each for each in by_law.values() if len(each) > 1)

    def _boxes(self, costs: Costs, search: LocalSearch) -> tuple[Numbers, Numbers]:
        """The boxes in one of which the least cost is."""
        boxes = [(search.low, search.high)]
        for alike in self._alike(costs):
            parted = []
            for low, high in boxes:
                most = high.copy()
                for after, at in enumerate(alike, 1):
                    least = low.copy()
                    least[alike[after:]] = high[alike[after:]]
                    parted.append((least, most.copy()))
                    most[at] = low[at]
            boxes = parted
        return np.array([low for low, _ in boxes]).T, np.array([high for _, high in boxes]).T

    def _in_order(self, costs: Costs, search: LocalSearch, q: Numbers) -> Numbers:
        """The same point with nines shifted to the first of what is alike."""
        q = q.copy()
        for alike in self._alike(costs):
            left = float(np.prod([q[at] / search.high[at] for at in alike]))
            for at in alike:
                q[at] = max(search.high[at] * left, search.low[at])
                left *= search.high[at] / q[at]
        return np.asarray(np.clip(q, search.low, search.high))

    def _near(
        self,
        costs: Costs,
        fixed: Values,
        search: LocalSearch,
        points: Sequence[Numbers],
        way: Literal[-1, 1],
    ) -> Iterator[tuple[Numbers, Values]]:
        """Points and what is stated there, each a little further one way than the last."""
        for point in points:
            for short in (0.0, *(_SHORT * 4**n for n in range(12))):
                near = self._in_order(costs, search, point * (1 + way * short))
                yield near, self._values(costs, fixed, near)

    def _kept(
        self,
        resource: str,
        costs: Costs,
        fixed: Values,
        search: LocalSearch,
        start: Numbers,
        most: Fraction,
    ) -> tuple[Fraction, Numbers, Values]:
        """What is found near a point: its price, and values that certainly keep the goal."""
        polished = search.polished(start, float(most) * (1 - _SHORT))
        for near, values in self._near(costs, fixed, search, (polished, start), -1):
            if self._fails_less(values, most) and self.is_payable(resource, values):
                return rounded_up(self.paid(resource, values)), near, values
        raise Undecided(f"no values of {', '.join(self.names)} could be found that do")

    def _payable(self, costs: Costs, search: LocalSearch) -> Numbers:
        """The most reliable that an amount beyond all searching can buy."""
        bought = [float(law.least(np.array(MOST / 10))) for law in costs.laws]
        return np.asarray(np.clip(np.array(bought), search.low, search.high))

    def best(self, resource: str, budget: Fraction) -> Allotted | None:
        """As in the base: nothing as reliable costs less than what is paid, but for the gap."""
        lowest = self.lowest()
        if rounded_up(self.paid(resource, lowest)) > budget:
            return None
        costs, fixed = self._costs(resource)
        search = LocalSearch(costs, *self._ends(costs))
        if not costs.names:
            return self.allotted(resource, fixed)
        starts = search.starts_within(float(budget))
        for _ in range(_TRIES):
            found = [self._spent(resource, costs, fixed, search, q, budget) for q in starts]
            fails, near, values = min(found, key=lambda each: each[0])
            cheaper = self._cheaper(costs, search, budget, near, fails)
            if cheaper is None:
                return self.allotted(resource, values)
            starts = [cheaper, near]
        raise Undecided(f"what {', '.join(self.names)} can give could not be certified")

    def _spent(
        self,
        resource: str,
        costs: Costs,
        fixed: Values,
        search: LocalSearch,
        start: Numbers,
        budget: Fraction,
    ) -> tuple[Fraction, Numbers, Values]:
        """What is found near a point: what fails, and values that cost no more than allowed."""
        spent = search.spending(start, float(budget) * (1 - _SPARED))
        for near, values in self._near(costs, fixed, search, (spent, start), 1):
            if rounded_up(self.paid(resource, values)) <= budget:
                fails = self.at(values).pair(bits=BITS)[1]
                return Fraction(float(fails.upper())), near, values
        raise Undecided(f"no values of {', '.join(self.names)} could be found that do")
