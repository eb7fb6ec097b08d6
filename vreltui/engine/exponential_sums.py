"""Sums of c t^j e^(-v t) with exact rational c and v: what trees of exponential lifetimes become.

Sums and products of such terms are such terms, so a whole tree whose leaves are exponential, or
chains of exponential stages, is read in this arithmetic like in any other. What comes out is its
survival as a formula in time; its integral, the mean time to failure, is then a fraction, and two
choices tie exactly where their fractions are equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import comb, factorial
from typing import Any

from flint import arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.limits import Undecided, tick

MOST_TERMS = 4_096
"""How many terms a sum may have; there are other ways to a mean when it would have more."""

MOST_PRODUCTS = 1 << 21
"""How many products of two terms one multiplication may take."""

Number = Any
"""A ball, real or complex."""

Term = tuple[fmpq, int]
"""The rate v and the power j of a term."""


class TooManyTermsError(Undecided):
    """The sum would have more than :data:`MOST_TERMS` terms."""


class ExponentialSum:
    """An immutable sum of terms; those with coefficient 0 are left out.

    >>> lives = ExponentialSum.survival(fmpq(1, 10))
    >>> (lives + lives * lives * -1 + lives).integral()
    Fraction(15, 1)
    """

    __slots__ = ("_by_rate", "terms")

    def __init__(self, terms: Mapping[Term, fmpq]) -> None:
        if len(terms) > MOST_TERMS:
            raise TooManyTermsError(f"a mean life would be a sum of more than {MOST_TERMS} terms")
        self.terms = terms
        self._by_rate: dict[fmpq, list[tuple[int, fmpq]]] | None = None

    @staticmethod
    def constant(value: fmpq | int) -> ExponentialSum:
        """What does not depend on time."""
        return ExponentialSum({(fmpq(0), 0): fmpq(value)} if value else {})

    @staticmethod
    def survival(rate: fmpq) -> ExponentialSum:
        """e^(-v t)."""
        return ExponentialSum({(rate, 0): fmpq(1)})

    def __add__(self, other: ExponentialSum) -> ExponentialSum:
        if not self.terms:
            return other
        terms = dict(self.terms)
        for term, coefficient in other.terms.items():
            total = terms.get(term, 0) + coefficient
            if total:
                terms[term] = total
            else:
                terms.pop(term, None)
        return ExponentialSum(terms)

    def __mul__(self, other: ExponentialSum | fmpq | int) -> ExponentialSum:
        if isinstance(other, int | fmpq):
            scaled = {term: each * other for term, each in self.terms.items()} if other else {}
            return ExponentialSum(scaled)
        work = len(self.terms) * len(other.terms)
        if work > MOST_PRODUCTS:
            raise TooManyTermsError(f"a mean life would take more than {MOST_PRODUCTS} products")
        tick(work * 64)
        terms: dict[Term, fmpq] = {}
        for (rate, power), coefficient in self.terms.items():
            for (other_rate, other_power), other_coefficient in other.terms.items():
                term = (rate + other_rate, power + other_power)
                terms[term] = terms.get(term, 0) + coefficient * other_coefficient
        return ExponentialSum({term: each for term, each in terms.items() if each})

    def __iter__(self) -> Iterator[tuple[Term, fmpq]]:
        return iter(self.terms.items())

    @property
    def at_last(self) -> Fraction:
        """What remains after an infinite time: the coefficient of the constant term."""
        return _fraction(self.terms.get((fmpq(0), 0), fmpq(0)))

    def integral(self) -> Fraction | None:
        """The integral from 0 to infinity, exactly; None where it is infinite."""
        total = fmpq(0)
        for (rate, power), coefficient in self:
            if not rate:
                return None
            total += coefficient * factorial(power) / rate ** (power + 1)
        return _fraction(total)

    def slope(self) -> ExponentialSum:
        """The derivative by the time."""
        terms: dict[Term, fmpq] = {}
        for (rate, power), coefficient in self:
            terms[rate, power] = terms.get((rate, power), fmpq(0)) - coefficient * rate
            if power:
                lower = (rate, power - 1)
                terms[lower] = terms.get(lower, fmpq(0)) + coefficient * power
        return ExponentialSum({term: each for term, each in terms.items() if each})

    def mean_until(self, time: Number) -> Number:
        """The mean over the time from 0 on; of powers of the time none is known here."""
        total: Number = arb(0)
        for (rate, power), coefficient in self:
            if power:
                raise Undecided("a mean over a mission is that of exponentials alone")
            share = -(-arb(rate) * time).expm1() / (arb(rate) * time) if rate else arb(1)
            total = total + arb(coefficient) * share
        return total

    def at(self, time: Number) -> Number:
        """The value at a time, real or complex, at the present precision; the terms may cancel."""
        if self._by_rate is None:
            self._by_rate = {}
            for (rate, power), coefficient in self:
                self._by_rate.setdefault(rate, []).append((power, coefficient))
        total: Number = arb(0)
        for rate, terms in self._by_rate.items():
            polynomial: Number = arb(0)
            for power, coefficient in terms:
                polynomial = polynomial + (time**power * coefficient if power else coefficient)
            total = total + polynomial * (time * -rate).exp()
        return total


Pair = tuple[ExponentialSum, ExponentialSum]


class ExponentialArithmetic(Arithmetic[ExponentialSum]):
    """Pairs of survival and its complement as exponential sums.

    Being exact, sums may be subtracted: one side is worked out and the other is what is left.
    """

    def __init__(self) -> None:
        super().__init__(ExponentialSum({}), ExponentialSum.constant(1))

    def all_of(self, parts: Sequence[Pair]) -> Pair:
        """Series: a product of survivals."""
        works = parts[0][0]
        for each, _ in parts[1:]:
            works = works * each
        return works, self._rest(works)

    def copies(self, k: int, n: int, part: Pair) -> Pair:
        """At least k of n: the sum over j of (-1)^(j-k) C(j-1, k-1) C(n, j) S^j.

        It takes powers of one survival alone, and of one exponential each power is one term.
        R. Barlow and F. Proschan, *Statistical Theory of Reliability and Life Testing*, 1975.
        """
        if k > n:
            return self.zero, self.one
        power = self._power(part, k)[0]
        works = self.zero
        for j in range(k, n + 1):
            works = works + power * ((-1) ** (j - k) * comb(j - 1, k - 1) * comb(n, j))
            if j < n:
                power = power * part[0]
        return works, self._rest(works)

    def _power(self, part: Pair, n: int) -> Pair:
        works = self.one
        base = part[0]
        for bit in bin(n)[2:]:
            works = works * works
            if bit == "1":
                works = works * base
        return works, self._rest(works)

    def _rest(self, value: ExponentialSum) -> ExponentialSum:
        return self.one + value * -1


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))
