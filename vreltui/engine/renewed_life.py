"""The mean time to the first failure of a tree in which some components are renewed by the clock.

All clocks together have a common period P. From one period to the next, the survival of a renewed
component is multiplied by a constant a, and so is that of an exponential one. With the root's
survival as a polynomial in those of its leaves, each monomial integrates to its integral over one
period, divided by one minus the product of its constants: a geometric series. Within a period the
integrand is analytic between the moments at which something is renewed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import lcm

from flint import arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, ZERO
from vreltui.engine.lifetimes import Exponential, Number
from vreltui.engine.limits import Undecided
from vreltui.engine.parts_of_lives import PartOfLife
from vreltui.engine.renewal import Upkeep

MOST_MONOMIALS = 200
"""How many products of survivals the root's survival may be a sum of."""

MOST_PIECES = 2_000
"""How many integrals between two renewals may be taken."""

Powers = tuple[tuple[int, int], ...]
"""A monomial: the leaves that are in it, in order, each with its power."""


class SurvivalPolynomial:
    """A polynomial with whole coefficients in the survivals of leaves."""

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[Powers, fmpq | int]) -> None:
        if len(terms) > MOST_MONOMIALS:
            raise Undecided(
                f"a mean life with clocks would be a sum of more than {MOST_MONOMIALS} products"
            )
        self.terms = terms

    @staticmethod
    def constant(value: int) -> SurvivalPolynomial:
        """What always or never works."""
        return SurvivalPolynomial({(): value} if value else {})

    @staticmethod
    def leaf(slot: int) -> SurvivalPolynomial:
        """The survival of one leaf."""
        return SurvivalPolynomial({((slot, 1),): 1})

    def __add__(self, other: SurvivalPolynomial) -> SurvivalPolynomial:
        terms = dict(self.terms)
        for powers, coefficient in other.terms.items():
            terms[powers] = terms.get(powers, 0) + coefficient
        return SurvivalPolynomial({powers: each for powers, each in terms.items() if each})

    def __mul__(self, other: SurvivalPolynomial | fmpq | int) -> SurvivalPolynomial:
        if isinstance(other, int | fmpq):
            return SurvivalPolynomial({p: each * other for p, each in self.terms.items() if other})
        terms: dict[Powers, fmpq | int] = {}
        for powers, coefficient in self.terms.items():
            for others, other_coefficient in other.terms.items():
                total = dict(powers)
                for slot, power in others:
                    total[slot] = total.get(slot, 0) + power
                key = tuple(sorted(total.items()))
                terms[key] = terms.get(key, 0) + coefficient * other_coefficient
        return SurvivalPolynomial({powers: each for powers, each in terms.items() if each})


def polynomial_pair(
    leaf: Callable[[int], bool | None],
) -> Callable[[int], tuple[SurvivalPolynomial, SurvivalPolynomial]]:
    """The pair of each leaf as polynomials; ``leaf`` says of one whether it is a constant."""
    one = SurvivalPolynomial.constant(1)

    def pair(slot: int) -> tuple[SurvivalPolynomial, SurvivalPolynomial]:
        constant = leaf(slot)
        works = (
            SurvivalPolynomial.leaf(slot)
            if constant is None
            else SurvivalPolynomial.constant(int(constant))
        )
        return works, one + works * -1

    return pair


ARITHMETIC: Arithmetic[SurvivalPolynomial] = Arithmetic(
    SurvivalPolynomial.constant(0), SurvivalPolynomial.constant(1)
)


@dataclass(frozen=True, slots=True)
class RenewedLife:
    """The integral of a polynomial in survivals, of which some have clocks.

    ``over`` integrates a function of (time since the start of a piece, start) over a piece: it is
    given the integrand and the length. Times are exact numbers of one unit.
    """

    lives: Mapping[int, Upkeep]
    over: Callable[[Callable[[Number], Number], fmpq], arb]

    def mean(self, survival: SurvivalPolynomial) -> arb:
        """The integral from 0 to infinity. Raises :class:`Undecided` where it can't be had so."""
        total = ZERO
        products: dict[Powers, fmpq | int] = {}
        for powers, coefficient in survival.terms.items():
            life = self.lives[powers[0][0]]
            alone = len(powers) == 1 and powers[0][1] == 1
            if alone and not isinstance(life.lifetime, PartOfLife):
                total = total + coefficient * life.mean()
            else:
                products[powers] = coefficient
        return total + self._integrated(products) if products else total

    def _integrated(self, products: Mapping[Powers, fmpq | int]) -> arb:
        period, starts = self._period()
        pieces = [*pairwise([*starts, period])]
        if len(pieces) * len(products) > MOST_PIECES:
            raise Undecided(f"a mean life with clocks would take more than {MOST_PIECES} integrals")
        total = ZERO
        for powers, coefficient in products.items():
            once = ZERO
            for start, end in pieces:
                once = once + self._piece(powers, start, end)
            _, ended = self._after_period(powers, period)
            total = total + once * coefficient / ended
        return total

    def _clocks(self) -> Iterator[fmpq]:
        for life in self.lives.values():
            if life.clock is not None:
                yield life.clock.age
            elif not isinstance(life.lifetime, Exponential):
                raise Undecided(
                    "a mean life in which some parts are renewed by the clock and others age "
                    "without is not worked out"
                )

    def _period(self) -> tuple[fmpq, list[fmpq]]:
        """The common period of all clocks, and the moments in it at which something is renewed."""
        ages = set(self._clocks())
        denominator = lcm(*(int(age.denominator) for age in ages))
        whole = [int(age * denominator) for age in ages]
        period = lcm(*whole)
        if sum(period // each for each in whole) > MOST_PIECES:
            raise Undecided(f"the clocks have no common period of less than {MOST_PIECES} renewals")
        moments = sorted({at for each in whole for at in range(0, period, each)})
        return fmpq(period, denominator), [fmpq(at, denominator) for at in moments]

    def _after_period(self, powers: Powers, period: fmpq) -> tuple[arb, arb]:
        """What a monomial is multiplied by in one period, and one minus that."""
        works, fails = ONE, ZERO
        for slot, power in powers:
            r, q = self.lives[slot].survival(period)
            for _ in range(power):
                fails = fails + works * q
                works = works * r
        return works, fails

    def _piece(self, powers: Powers, start: fmpq, end: fmpq) -> arb:
        survived = ONE
        parts = []
        for slot, power in powers:
            life = self.lives[slot]
            age = arb(start)
            if life.clock is not None:
                renewals = int((start / life.clock.age).floor())
                age = arb(start - renewals * life.clock.age)
                if renewals:
                    once = life.lifetime.survival(arb(life.clock.age))[0]
                    survived = survived * once ** (renewals * power)
            parts.append((life.lifetime, age, power))

        def product(since: Number) -> Number:
            result: Number = ONE
            for lifetime, age, power in parts:
                result = result * lifetime.survival(since + age)[0] ** power
            return result

        return self.over(product, end - start) * survived
