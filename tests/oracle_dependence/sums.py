"""Sums of c t^p e^(-a t) times R(t) of processes, with their integrals over all times."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import factorial

from mpmath import expm1, mpf

from tests.oracle_dependence.chains import Chain
from tests.oracle_time.amounts import Real, real
from tests.oracle_time.lives import Terms

Key = tuple[Fraction, int, frozenset[Chain]]
"""A rate, a power of t, and the processes whose R(t) are factors; each is one instance."""

NONE: frozenset[Chain] = frozenset()

MOST_STATES = 150


class Sum:
    """A sum of terms, which adds and multiplies.

    >>> both = Sum.falling(Fraction(2)) * Sum.falling(Fraction(3)) + Sum.of(Fraction(1))
    >>> sorted((rate, c) for (rate, _, _), c in both.terms.items())
    [(Fraction(0, 1), Fraction(1, 1)), (Fraction(5, 1), Fraction(1, 1))]
    """

    def __init__(self, terms: Mapping[Key, Fraction]) -> None:
        self.terms = {key: value for key, value in terms.items() if value}

    @staticmethod
    def of(value: Fraction) -> Sum:
        """A number that does not change."""
        return Sum({(Fraction(0), 0, NONE): value})

    @staticmethod
    def falling(rate: Fraction) -> Sum:
        """e^(-rate t)."""
        return Sum({(rate, 0, NONE): Fraction(1)})

    @staticmethod
    def powers(terms: Terms) -> Sum:
        """A sum of c t^p e^(-a t)."""
        return Sum({(a, p, NONE): c for (a, p), c in terms.items()})

    @staticmethod
    def process(chain: Chain) -> Sum:
        """R(t) of a process."""
        return Sum({(Fraction(0), 0, frozenset({chain})): Fraction(1)})

    def __add__(self, other: Sum) -> Sum:
        found = dict(self.terms)
        for key, value in other.terms.items():
            found[key] = found.get(key, Fraction(0)) + value
        return Sum(found)

    def __sub__(self, other: Sum) -> Sum:
        return self + Sum({key: -value for key, value in other.terms.items()})

    def __mul__(self, other: Sum) -> Sum:
        found: dict[Key, Fraction] = {}
        for (a, p, these), c in self.terms.items():
            for (b, q, those), d in other.terms.items():
                key = (a + b, p + q, these | those)
                found[key] = found.get(key, Fraction(0)) + c * d
        return Sum(found)

    def mean_until(self, t: Real) -> Real:
        """The mean from 0 to a time, of exponentials alone."""
        total = mpf(0)
        for (rate, _, _), c in self.terms.items():
            share = -expm1(-real(rate) * t) / (real(rate) * t) if rate else mpf(1)
            total += real(c) * share
        return total

    def integral(self) -> Real | None:
        """From 0 to infinity; None where that is infinite, or can't be told here."""
        exact, total = Fraction(0), mpf(0)
        for (a, p, chains), c in self.terms.items():
            if not chains:
                if not a:
                    return None
                exact += c * factorial(p) / a ** (p + 1)
                continue
            found = _lived(a, p, list(chains))
            if found is None:
                return None
            total += real(c) * found
        return total + real(exact)


def _lived(rate: Fraction, power: int, chains: list[Chain]) -> Real | None:
    """The integral of t^p e^(-a t) R_1(t) R_2(t) ...: all up together, by one linear system.

    The states are all the ways to be up; no subtraction but on the diagonal.
    """
    states: list[tuple[str, ...]] = [()]
    for chain in chains:
        states = [(*s, u) for s in states for u in chain.states if u in chain.up]
        if len(states) > MOST_STATES:
            return None
    start = tuple(chain.start for chain in chains)
    if start not in states:
        return mpf(0)
    place = {s: i for i, s in enumerate(states)}
    n = len(states)
    leaves: list[list[Real]] = [[mpf(0)] * n for _ in range(n)]
    away = [real(rate)] * n
    for s, i in place.items():
        for c, chain in enumerate(chains):
            for (a, b), q in chain.rates.items():
                if a != s[c] or not q:
                    continue
                to = (*s[:c], b, *s[c + 1 :])
                if to in place:
                    leaves[i][place[to]] += real(q)
                else:
                    away[i] += real(q)
    right = [mpf(1)] * n
    for _ in range(power + 1):
        solved = _stays(leaves, away, right)
        if solved is None:
            return None
        right = solved
    return right[place[start]] * factorial(power)


def _stays(leaves: list[list[Real]], away: list[Real], right: list[Real]) -> list[Real] | None:
    """x with x_i (away_i + all that leaves i) - sum leaves_ij x_j = right_i, by elimination
    that keeps what goes away apart and so never subtracts.
    """
    rates, out, gain = [list(row) for row in leaves], list(away), list(right)
    n = len(out)
    for k in range(n - 1, -1, -1):
        total = sum(rates[k][:k], mpf(0)) + out[k]
        if not total:
            return None
        for i in range(k):
            share = rates[i][k] / total
            if share:
                for j in range(k):
                    if j != i:
                        rates[i][j] += share * rates[k][j]
                out[i] += share * out[k]
                gain[i] += share * gain[k]
    found: list[Real] = []
    for k in range(n):
        total = sum(rates[k][:k], mpf(0)) + out[k]
        found.append((gain[k] + sum(rates[k][j] * found[j] for j in range(k))) / total)
    return found
