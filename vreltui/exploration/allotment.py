"""One variant whose priced parameters are found with it, and what is known of each of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from flint import arb

from vreltui.analysis.prices import BITS, price_amount, price_ball, rounded_up
from vreltui.analysis.study import Study
from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.program import Source
from vreltui.model import Probability
from vreltui.model.design import Parameter
from vreltui.model.goals import Target
from vreltui.model.instances import instances
from vreltui.model.quantities import COUNT, PROBABILITY

GAP = Fraction(1, 10**9)
"""How far what is paid may lie above its lower bound, of that bound or of one."""

Values = dict[str, Probability]


@dataclass(frozen=True)
class Allotted:
    """Values of the priced parameters, and what they cost of the resource that was asked about."""

    values: Values
    paid: Fraction


class Allotment(ABC):
    """The priced parameters of one choice of a design in which all else is decided."""

    def __init__(self, study: Study, choice: str) -> None:
        self.study = study
        self.choice = choice
        self.design = study.settled(choice)
        self.root = study.design.choices[choice].root
        self.evaluation = study.evaluation(choice)
        own = study.design.choices[choice].set
        below = self.design.parameters_below(self.root)
        parameters = study.design.parameters
        self.names = [n for n in below if parameters[n].is_allocated and n not in own]

    def parameter(self, name: str) -> Parameter:
        """One of them."""
        return self.study.design.parameters[name]

    @cached_property
    def times(self) -> dict[str, int]:
        """How many instances name each."""
        found = dict.fromkeys(self.names, 0)
        for each in instances(self.design, self.root):
            for name in self.design.nodes[each.node].parameters:
                if name in found:
                    found[name] += each.count(self._copies)
        return found

    def _copies(self, given: int | str) -> int:
        return COUNT.of(
            self.study.design.value(given, self.choice) if isinstance(given, str) else given
        )

    def ends(self, name: str) -> tuple[Fraction, Fraction]:
        """The ends of its range."""
        ends = self.parameter(name).range
        assert ends is not None
        return PROBABILITY.of(ends[0]).reliability, PROBABILITY.of(ends[1]).reliability

    def lowest(self) -> Values:
        """Each at the lower end of its range."""
        return {n: PROBABILITY.of(self.parameter(n).range[0]) for n in self.names}  # type: ignore[index]

    def highest(self) -> Values:
        """Each at the upper end of its range, whatever that costs."""
        return {n: PROBABILITY.of(self.parameter(n).range[1]) for n in self.names}  # type: ignore[index]

    def at(self, values: Mapping[str, Probability]) -> Evaluation:
        """The figures with these values."""
        changed = {Source(name, is_parameter=True): value for name, value in values.items()}
        return Evaluation(self.evaluation.program, {**self.evaluation.values, **changed})

    def logarithm(self, values: Mapping[str, Probability]) -> arb:
        """The logarithm of the reliability with these values."""
        pair: PairOfBalls = self.at(values).pair(bits=BITS)
        with precision(BITS):
            return pair[0].log()

    def paid(self, resource: str, values: Mapping[str, Probability]) -> arb:
        """What these values cost of a resource."""
        with precision(BITS):
            return sum(
                (self._price(name, resource, value) for name, value in values.items()), arb(0)
            )

    def _price(self, name: str, resource: str, value: Probability) -> arb:
        price = self.parameter(name).price.get(resource)
        if price is None:
            return arb(0)
        times = 1 if price.once else self.times[name]
        return times * price_ball(self.parameter(name), resource, value)

    def allotted(self, resource: str, values: Values) -> Allotted:
        """Values with what they cost."""
        return Allotted(values, rounded_up(self.paid(resource, values)))

    def is_payable(self, resource: str, values: Values) -> bool:
        """Whether values cost something finite."""
        return bool(self.paid(resource, values).is_finite())

    def paid_as_counted(self, resource: str) -> Fraction:
        """What the present values cost, rounded up one by one as uses are counted."""
        total = Fraction(0)
        for name in self.names:
            price = self.parameter(name).price.get(resource)
            if price is not None:
                amount = price_amount(self.parameter(name), resource, self.parameter(name).value)
                assert amount is not None
                total += amount * (1 if price.once else self.times[name])
        return total

    # Answers

    @abstractmethod
    def cheapest(self, resource: str, goal: Target) -> Allotted | None:
        """The least cost of a reliability above the goal; None where none is.

        Raises :class:`Undecided` where it can't be certified.
        """

    @abstractmethod
    def best(self, resource: str, budget: Fraction) -> Allotted | None:
        """The greatest reliability within what may be paid; None where the lowest costs more."""
