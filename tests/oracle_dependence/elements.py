"""What fails by itself once the causes are written out: parts, shares of parts, and escapes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mpmath import exp, expm1, inf, log, log1p, mpf

from tests.oracle_dependence.chains import Chain, NotSaid
from tests.oracle_dependence.sums import Sum
from tests.oracle_time.amounts import Real, real
from tests.oracle_time.leaves import Constant, Leaf, Living
from tests.oracle_time.lives import Exponential, Pair, Stages

Exact = tuple[Fraction, Fraction]
"""A pair in fractions."""


@dataclass(frozen=True)
class Struck:
    """How a component's failures are divided: Q_k by Q for its own share and for each shock.

    ``shocks`` has every shock that strikes one member; ``is_split`` takes shares of the
    probability as they are.
    """

    shocks: tuple[Fraction, ...] = ()
    own: Fraction = Fraction(1)
    is_split: bool = False


@dataclass(frozen=True)
class Element:
    """A part, what is its own of a struck part, or (``shock``) what strikes several at once.

    Every figure is None where the page has none.
    """

    leaf: Leaf
    struck: Struck = Struck()
    shock: Fraction | None = None
    fails_safe: Fraction = Fraction(0)

    @property
    def _hazard(self) -> Fraction:
        return self.struck.own if self.shock is None else self.shock

    def _shared(self, r: Fraction | Real, q: Fraction | Real) -> tuple[Real, Real]:
        """A shock's, or the own part's, where probabilities are divided."""
        exact = isinstance(r, Fraction)

        def number(value: Fraction) -> Fraction | Real:
            return value if exact else real(value)

        if self.shock is not None:
            lost = number(self.shock) * q
            return 1 - lost, lost
        if self.struck.is_split:
            lost = number(self.struck.own) * q
            return 1 - lost, lost
        spared = number(Fraction(1))
        for share in self.struck.shocks:
            spared *= 1 - number(share) * q
        if not spared:
            return number(Fraction(1)), number(Fraction(0))
        return r / spared, (spared - r) / spared

    def reliability(self, t: Real | None) -> Pair | Exact | None:
        """R and Q at a time."""
        if isinstance(self.leaf, Constant):
            return self._shared(self.leaf.reliability, 1 - self.leaf.reliability)
        if t is None:
            return None
        r, q = self.leaf.reliability(t)
        if self.struck.is_split:
            return self._shared(r, q)
        if self.shock is None and not self.struck.shocks:
            return r, q
        if not self._hazard or r == 1:
            return mpf(1), mpf(0)
        if r == 0:
            return mpf(0), mpf(1)
        hazard = real(self._hazard) * (log1p(-q) if q < r else log(r))
        return exp(hazard), -expm1(hazard)

    def safety(self, t: Real | None) -> Pair | Exact | None:
        """The chance that it has not failed, or has failed safely; and that it hasn't."""
        pair = self.reliability(t)
        if pair is None:
            return None
        share = 1 - self.fails_safe
        lost = (share if isinstance(pair[1], Fraction) else real(share)) * pair[1]
        return 1 - lost, lost

    def _unplanned(self) -> tuple[Fraction | Real, Fraction | Real, Real]:
        """A, U and outages a second of the member, without its planned outages."""
        leaf = self.leaf
        assert isinstance(leaf, Living)
        assert leaf.mttr is not None
        plain = Living(leaf.life, leaf.mttr, rejuvenate=leaf.rejuvenate, takes=leaf.takes)
        if isinstance(leaf.life, Exponential) and leaf.rejuvenate is None:
            cycle = 1 / leaf.life.rate + leaf.mttr
            return 1 / leaf.life.rate / cycle, leaf.mttr / cycle, real(1 / cycle)
        a, u = plain.availability
        return a, u, plain.frequency

    @property
    def availability(self) -> Pair | Exact | None:
        """A and U in the long run."""
        if isinstance(self.leaf, Constant):
            return self._shared(self.leaf.reliability, 1 - self.leaf.reliability)
        if self.leaf.mttr is None or self.struck.is_split:
            return None
        a, u, _ = self._unplanned()
        a, u = self._shared(a, u)
        if self.shock is not None or self.leaf.planned is None:
            return a, u
        assert self.leaf.every is not None
        away = self.leaf.planned / self.leaf.every
        share = away if isinstance(a, Fraction) else real(away)
        return a * (1 - share), u + a * share

    @property
    def frequency(self) -> Real | None:
        """Outages a second in the long run: its unavailability by the member's mean outage."""
        if isinstance(self.leaf, Constant) or self.leaf.mttr is None or self.struck.is_split:
            return None
        a, u, w = self._unplanned()
        ours, theirs = self._shared(a, u)
        w = _real(theirs) / _real(u) * w if u else w * real(self._hazard)
        if self.shock is not None or self.leaf.planned is None:
            return w
        assert self.leaf.every is not None
        share = real(self.leaf.planned / self.leaf.every)
        return w * (1 - share) + _real(ours) / real(self.leaf.every)

    def availability_at(self, t: Real) -> Pair | None:
        """A(t) and U(t), all new at 0."""
        if isinstance(self.leaf, Constant) or self.struck.is_split:
            return None
        found = self.leaf.availability_at(t)
        return None if found is None else self._shared(*found)

    @property
    def course(self) -> Sum | None:
        """A(t) as a sum of exponentials, where it is one."""
        if isinstance(self.leaf, Constant) or self.struck.shocks or self.shock is not None:
            return None
        leaf = self.leaf
        plain = leaf.planned is None and leaf.rejuvenate is None and leaf.mttr is not None
        if not plain or not isinstance(leaf.life, Exponential) or leaf.mttr is None:
            return None
        if not leaf.mttr:
            return Sum.of(Fraction(1))
        fails, mends = leaf.life.rate, 1 / leaf.mttr
        both = fails + mends
        return Sum.of(mends / both) + Sum.of(fails / both) * Sum.falling(both)

    @property
    def terms(self) -> Sum | None:
        """R(t) as a sum of exponentials, where it is one."""
        if isinstance(self.leaf, Constant):
            return Sum.of(self.leaf.reliability)
        if self.leaf.rejuvenate is not None or self.struck.is_split:
            return None
        if isinstance(self.leaf.life, Exponential):
            return Sum.falling(self.leaf.life.rate * self._hazard)
        if isinstance(self.leaf.life, Stages) and not self.struck.shocks and self.shock is None:
            return Sum.powers(self.leaf.life._left)
        return None

    @property
    def mttf(self) -> Real:
        """Its mean time to the first failure by itself."""
        if isinstance(self.leaf, Constant):
            return inf if self.leaf.reliability == 1 else mpf(0)
        return self.leaf.mttf

    @property
    def steepness(self) -> float:
        """How fast survival changes over the logarithm of time."""
        return self.leaf.life.steepness if isinstance(self.leaf, Living) else 1.0


@dataclass(frozen=True)
class Escape:
    """Whether the failure of one part stays its own: no component, and never out of order."""

    contained: Fraction

    def reliability(self, t: Real | None) -> Exact:
        """The chance that it does, whenever."""
        return self.contained, 1 - self.contained

    @property
    def availability(self) -> Exact:
        """The same."""
        return self.contained, 1 - self.contained

    @property
    def frequency(self) -> Real:
        """It has none."""
        return mpf(0)

    def availability_at(self, t: Real) -> Pair:
        """The same."""
        return real(self.contained), real(1 - self.contained)

    def safety(self, t: Real | None) -> Exact:
        """Nothing unsafe by itself."""
        return Fraction(1), Fraction(0)

    @property
    def terms(self) -> Sum:
        """A number."""
        return Sum.of(self.contained)

    @property
    def course(self) -> Sum:
        """The same at any time."""
        return Sum.of(self.contained)

    steepness = 1.0


@dataclass(frozen=True)
class Process:
    """A node with moves, or a pool with a policy."""

    chain: Chain

    def reliability(self, t: Real | None) -> Pair | None:
        """R and Q at a time."""
        return None if t is None else self.chain.reliability(t)

    def safety(self, t: Real | None) -> Pair | None:
        """The chance that nothing unsafe has happened."""
        return None if t is None else self.chain.safety(t)

    @property
    def availability(self) -> Exact | None:
        """A and U in the long run."""
        try:
            return self.chain.availability()
        except NotSaid:
            return None

    @property
    def frequency(self) -> Real | None:
        """Outages a second in the long run."""
        try:
            return real(self.chain.frequency())
        except NotSaid:
            return None

    def availability_at(self, t: Real) -> Pair:
        """A(t) and U(t)."""
        return self.chain.availability_at(t)

    @property
    def course(self) -> None:
        """None as a sum of exponentials."""

    @property
    def terms(self) -> Sum:
        """R(t), whatever it is."""
        return Sum.process(self.chain)

    @property
    def mttf(self) -> Real:
        """Its mean time to the first failure."""
        return self.chain.mttf()

    steepness = 1.0


Part = Element | Escape | Process


def _real(value: Fraction | Real) -> Real:
    return real(value) if isinstance(value, Fraction) else value
