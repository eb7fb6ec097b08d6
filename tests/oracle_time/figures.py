"""What there is to say of one node of a choice: the figures of the JSON, by their keys."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property

from mpmath import mpf

from tests.oracle_time.amounts import YEAR, Real, real
from tests.oracle_time.causes import Portion
from tests.oracle_time.leaves import Constant, Living
from tests.oracle_time.lives import Pair
from tests.oracle_time.means import mean_life
from tests.oracle_time.states import Instance, Leaf, States, expanded


class Figures:
    """One node with one setting. A figure is None where the file doesn't say it."""

    def __init__(self, states: States, node: Instance | None = None) -> None:
        design, choice, setting = states.design, states.choice, states.setting
        self.counted = states.counted(node or states.root)
        self.sizes = states.sizes()
        used = states.leaves_below(node or states.root)
        self.leaves: list[Leaf] = [states.leaf(name) for name in states.components]
        self.own = [name in used for name in states.components]
        self.mission = design.mission_time(choice, setting)

    def _of_interest(self) -> list[Leaf]:
        return [leaf for leaf, own in zip(self.leaves, self.own, strict=True) if own]

    @property
    def living(self) -> list[Living]:
        """The components with a lifetime."""
        parts = [each.of if isinstance(each, Portion) else each for each in self._of_interest()]
        return [leaf for leaf in parts if isinstance(leaf, Living)]

    @property
    def has_constants(self) -> bool:
        """Whether a component below is one probability."""
        return len(self.living) < len(self._of_interest())

    @property
    def is_repaired(self) -> bool:
        """Whether every lifetime below has a repair."""
        return all(leaf.mttr is not None for leaf in self.living)

    def combined(self, said: Callable[[Leaf], Pair]) -> Pair:
        """The probability that the node works, and that it doesn't, of those of its parts."""
        pairs = [
            said(leaf) if own else (mpf(1), mpf(0))
            for leaf, own in zip(self.leaves, self.own, strict=True)
        ]
        works = fails = mpf(0)
        for counts, (up, down) in self.counted.items():
            weight = mpf(1)
            for (r, q), count, size in zip(pairs, counts, self.sizes, strict=True):
                weight *= r**count * q ** (size - count)
            works += up * weight
            fails += down * weight
        return works, fails

    def _slope(self, said: Callable[[Leaf], Pair], place: int) -> Real:
        """The derivative by the probability of one component, all its instances together."""
        pairs = [
            said(leaf) if own else (mpf(1), mpf(0))
            for leaf, own in zip(self.leaves, self.own, strict=True)
        ]
        total = mpf(0)
        for counts, (up, _) in self.counted.items():
            if not up:
                continue
            others = mpf(1)
            for i, (r, q) in enumerate(pairs):
                if i != place:
                    others *= r ** counts[i] * q ** (self.sizes[i] - counts[i])
            (r, q), k, m = pairs[place], counts[place], self.sizes[place] - counts[place]
            slope = (k * r ** (k - 1) * q**m if k else 0) - (m * r**k * q ** (m - 1) if m else 0)
            total += up * others * slope
        return total

    @cached_property
    def reliability(self) -> Pair | None:
        """R and Q at the mission time."""
        if self.living and self.mission is None:
            return None
        t = mpf(0) if self.mission is None else real(self.mission)
        return self.combined(lambda leaf: _reliability(leaf, t))

    def lasts(self, t: Real) -> Pair:
        """R and Q at any time."""
        return self.combined(lambda leaf: _reliability(leaf, t))

    @cached_property
    def availability(self) -> Pair | None:
        """A and U in the long run."""
        return self.combined(_availability) if self.is_repaired else None

    @cached_property
    def availability_at(self) -> Pair | None:
        """A(t) and U(t) at the mission time, where all lives and repairs are exponential."""
        if self.mission is None or self.has_constants:
            return None
        t = real(self.mission)
        if any(leaf.availability_at(t) is None for leaf in self.living):
            return None
        return self.combined(lambda leaf: _availability_at(leaf, t))

    @cached_property
    def mttf(self) -> Real | None:
        """The mean time to the first failure in seconds."""
        if any(
            (isinstance(x, Constant) and 0 < x.reliability < 1)
            or (isinstance(x, Portion) and isinstance(x.of, Constant))
            for x in self._of_interest()
        ):
            return None
        leaves = [
            _lasting(leaf) if own else Constant(Fraction(1))
            for leaf, own in zip(self.leaves, self.own, strict=True)
        ]
        return mean_life(
            expanded(self.counted, self.sizes),
            leaves,
            lambda t: self.combined(lambda leaf: _reliability(leaf, t))[0],
        )

    @cached_property
    def frequency(self) -> Real | None:
        """Outages a second in the long run."""
        if self.has_constants or not self.is_repaired:
            return None
        return sum(
            (
                self._slope(_availability, place) * leaf.frequency
                for place, leaf in enumerate(self.leaves)
                if self.own[place] and not isinstance(leaf, Constant)
            ),
            mpf(0),
        )

    def said(self) -> dict[str, Real | None]:
        """The figures by the keys that they have in the JSON."""
        reliability, availability, at = self.reliability, self.availability, self.availability_at
        w, year = self.frequency, real(YEAR)
        up = availability if w and availability else None
        return {
            "reliability": reliability and reliability[0],
            "unreliability": reliability and reliability[1],
            "availability": availability and availability[0],
            "unavailability": availability and availability[1],
            "availability_at": at and at[0],
            "unavailability_at": at and at[1],
            "mttf_s": self.mttf,
            "downtime_s_per_year": availability and availability[1] * year,
            "outages_per_year": None if w is None else w * year,
            "mean_up_s": up and up[0] / w,
            "mean_down_s": up and up[1] / w,
        }


def _lasting(leaf: Leaf) -> Constant | Living:
    """What lives, or a share that never fails."""
    if not isinstance(leaf, Portion):
        return leaf
    return leaf.lasting if leaf.part else Constant(Fraction(1))


def _reliability(leaf: Leaf, t: Real) -> Pair:
    return leaf.pair if isinstance(leaf, Constant) else leaf.reliability(t)


def _availability(leaf: Leaf) -> Pair:
    return leaf.pair if isinstance(leaf, Constant) else leaf.availability


def _availability_at(leaf: Leaf, t: Real) -> Pair:
    if isinstance(leaf, Constant):
        return leaf.pair
    found = leaf.availability_at(t)
    assert found is not None
    return found
