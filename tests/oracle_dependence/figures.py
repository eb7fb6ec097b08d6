"""What there is to say of one node of a choice: the figures of the JSON, by their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from mpmath import inf, isinf, mpf

from tests.oracle_dependence.chains import Chain, NotSaid
from tests.oracle_dependence.elements import Element, Escape, Exact, Part, Process
from tests.oracle_dependence.structure import Structure
from tests.oracle_dependence.sums import Sum
from tests.oracle_time.amounts import YEAR, Real, real
from tests.oracle_time.leaves import Constant, Living
from tests.oracle_time.lives import Pair
from tests.oracle_time.means import over_logarithm
from tests.oracle_time.states import Instance

Said = Callable[[Part], Pair | Exact | None]


class Figures:
    """One node with one setting. A figure is None where the page has none."""

    def __init__(self, structure: Structure, node: Instance | None = None) -> None:
        self.structure = structure
        design = structure.design
        self.node = node or structure.root
        self.states = structure.working(self.node)
        self.mission = design.mission_time(structure.choice, structure.setting)
        self.measure = design.measure
        self.below = {i for i in structure._all(self.node) if i in structure.components}
        self.leaves: list[Part] = []
        for block in structure.blocks:
            for place, variable in enumerate(block.members):
                if variable[0] == "node" and variable[1] in self.below:
                    self.leaves += [p for p, mask in block.strikes if mask == 1 << place]

    def _living(self) -> list[Living]:
        leaves = [part.leaf for part in self.leaves if isinstance(part, Element)]
        return [leaf for leaf in leaves if isinstance(leaf, Living)]

    @property
    def has_constants(self) -> bool:
        """Whether a component below is one probability."""
        return any(isinstance(p, Element) and isinstance(p.leaf, Constant) for p in self.leaves)

    @property
    def takes_time(self) -> bool:
        """Whether anything below is a matter of how long."""
        return bool(self._living()) or any(isinstance(p, Process) for p in self.leaves)

    def combined(self, said: Said, states: int | None = None) -> Pair | Exact | None:
        """The probability that the node works, and that it doesn't; exact where all parts are."""
        wanted = self.states if states is None else states
        told = self._told(said, wanted)
        if told is None:
            return None
        return self.structure.measured(wanted, told[0], told[1])

    def _told(self, said: Said, states: int) -> tuple[Callable[[Part], Any], Any] | None:
        matters = self.structure.matters(states)
        pairs = {id(part): said(part) for part in matters}
        if any(pair is None for pair in pairs.values()):
            return None
        exact = all(isinstance(x, Fraction) for pair in pairs.values() for x in pair or ())
        one: Any = Fraction(1) if exact else mpf(1)

        def number(value: Any) -> Any:
            return real(value) if isinstance(value, Fraction) and not exact else value

        def told(part: Part) -> tuple[Any, Any]:
            pair = pairs.get(id(part))
            return (one, one - one) if pair is None else (number(pair[0]), number(pair[1]))

        return told, one

    @cached_property
    def reliability(self) -> Pair | Exact | None:
        """R and Q at the mission time."""
        if self.measure == "availability" and self.mission is None:
            return None
        t = None if self.mission is None else real(self.mission)
        return self.combined(lambda part: part.reliability(t))

    @cached_property
    def safety(self) -> Pair | Exact | None:
        """The chance of nothing unsafe by the mission time."""
        t = None if self.mission is None else real(self.mission)
        return self.combined(lambda part: part.safety(t), self.structure.safe(self.node))

    @cached_property
    def availability(self) -> Pair | Exact | None:
        """A and U in the long run."""
        return self.combined(lambda part: part.availability)

    @cached_property
    def availability_at(self) -> Pair | Exact | None:
        """A(t) and U(t) at the mission time."""
        if self.mission is None or self.has_constants:
            return None
        t = real(self.mission)
        return self.combined(lambda part: part.availability_at(t))

    @cached_property
    def availability_over(self) -> Real | None:
        """The mean of A(t) over the mission: of a process alone, or of exponentials."""
        if self.mission is None or self.has_constants:
            return None
        if self.chain is not None:
            return self.chain.availability_over(real(self.mission))
        terms = {id(part): part.course for part in self.structure.matters(self.states)}
        if any(found is None for found in terms.values()):
            return None
        return self._summed(terms).mean_until(real(self.mission))

    def _summed(self, terms: Mapping[int, Sum | None]) -> Sum:
        """The chance that the node works, of what each part that matters has."""
        one = Sum.of(Fraction(1))

        def told(part: Part) -> tuple[Sum, Sum]:
            found = terms.get(id(part), one)
            assert found is not None
            return found, one - found

        works, _ = self.structure.measured(self.states, told, one)
        assert isinstance(works, Sum)
        return works

    @property
    def chain(self) -> Chain | None:
        """Its own states, of a process."""
        (alone, *more) = self.leaves
        is_own = self.node in self.structure.components and isinstance(alone, Process)
        return alone.chain if is_own and not more and isinstance(alone, Process) else None

    @cached_property
    def frequency(self) -> Real | None:
        """Outages a second in the long run: each element's, by Birnbaum's derivative."""
        if self.has_constants:
            return None
        told = self._told(lambda part: part.availability, self.states)
        if told is None:
            return None
        said, one = told
        total = mpf(0)
        matters = {id(part) for part in self.structure.matters(self.states)}
        for b, block in enumerate(self.structure.blocks):
            for place, (part, _) in enumerate(block.strikes):
                if id(part) not in matters or isinstance(part, Escape):
                    continue
                w = part.frequency
                if w is None:
                    return None
                if not w:
                    continue
                zero = one - one
                up = self.structure.measured(self.states, said, one, (b, place, (one, zero)))
                down = self.structure.measured(self.states, said, one, (b, place, (zero, one)))
                total += _real(down[1] - up[1]) * w
        return total

    @cached_property
    def mttf(self) -> Real | None:
        """The mean time to the first failure in seconds; None where it can't be told here.

        Shares of a probability taken as they are mean nothing for all times.
        """
        for part in self.leaves:
            if not isinstance(part, Element):
                continue
            leaf = part.leaf
            unsure = isinstance(leaf, Constant) and 0 < leaf.reliability < 1
            if unsure or part.struck.is_split:
                return None
        matters = self.structure.matters(self.states)
        if not matters:
            return inf if self.states else mpf(0)
        alone = self.leaves[0]
        if len(self.below) == 1 and self.node in self.below and not isinstance(alone, Escape):
            return alone.mttf
        terms = {id(part): part.terms for part in matters}
        if all(found is not None for found in terms.values()):
            works = self._summed(terms)
            if any(rate == 0 and not chains for rate, _, chains in works.terms):
                return inf
            return works.integral()
        if any(leaf.rejuvenate is not None for leaf in self._living()):
            return None
        scales = [part.mttf for part in matters if not isinstance(part, Escape)]
        scales = [scale for scale in scales if scale and not isinf(scale)]
        if any(isinstance(part, Process) for part in matters):  # it takes long
            return None

        def curve(t: Real) -> Real:
            pair = self.combined(lambda part: part.reliability(t))
            assert pair is not None
            return _real(pair[0])

        return over_logarithm(curve, max(part.steepness for part in matters), scales)

    @property
    def mttf_is_rough(self) -> bool:
        """Whether it comes from quadrature, with some 14 digits."""
        matters = self.structure.matters(self.states)
        return len(self.below) > 1 and any(part.terms is None for part in matters)

    def shares(self) -> dict[str, Fraction] | None:
        """The share of each state of a process in the long run."""
        try:
            return None if self.chain is None else self.chain.stationary()
        except NotSaid:
            return None

    def shares_at(self) -> dict[str, Real] | None:
        """How likely each state of a process is at the mission time."""
        if self.chain is None or self.mission is None:
            return None
        return self.chain.at(real(self.mission))

    def said(self, *, with_mttf: bool = True) -> dict[str, Real | None]:
        """The figures by the keys that they have in the JSON."""
        w, year = self.frequency, real(YEAR)
        pairs = {
            "reliability": self.reliability,
            "availability": self.availability,
            "availability_at": self.availability_at,
        }
        if self.measure == "safety":
            pairs["safety"] = self.safety
        found: dict[str, Real | None] = {}
        for key, pair in pairs.items():
            found[key] = None if pair is None else _real(pair[0])
            found[f"un{key}"] = None if pair is None else _real(pair[1])
        up = pairs["availability"] if w else None
        down = found["unavailability"]
        if with_mttf:
            found["mttf_s"] = self.mttf
        return found | {
            "downtime_s_per_year": None if down is None else down * year,
            "outages_per_year": None if w is None else w * year,
            "mean_up_s": None if up is None else _real(up[0]) / w,
            "mean_down_s": None if up is None else _real(up[1]) / w,
            "availability_over": self.availability_over,
        }


def _real(value: Any) -> Real:
    return real(value) if isinstance(value, Fraction) else value
