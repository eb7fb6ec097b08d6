"""Where a polynomial in odds is positive: its roots as certified ends of intervals."""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key

from flint import arb, arb_poly, fmpq, fmpz_poly

from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.limits import Limits
from vreltui.engine.odds import LARGEST_EXPONENT, bracket_root, pair_at
from vreltui.engine.polynomial import Isolated, isolate
from vreltui.engine.regions import GREATEST, LEAST, NOWHERE, End, Interval, Region


def polynomial_region(difference: fmpz_poly, limits: Limits) -> Region:
    """Where a polynomial in the odds is positive, for odds from 0 to infinity.

    Exact: roots are isolated whatever their multiplicity, and a root at which the sign does not
    change still divides an interval, since the choices tie there.
    """
    if difference == 0:
        return NOWHERE
    _, factors = difference.factor_squarefree()
    roots: list[tuple[End, int]] = []
    for factor, multiplicity in factors:
        if factor.degree() > 0:
            roots.extend((_end_of(factor, root), multiplicity) for root in isolate(factor, limits))
    roots.sort(key=cmp_to_key(_in_order))
    # From the right, where the leading coefficient rules, the sign flips at every odd root.
    positive = difference.leading_coefficient() > 0
    high = GREATEST
    intervals: list[Interval] = []
    for root, multiplicity in reversed(roots):
        if positive:
            intervals.append(Interval(root, high))
        high = root
        positive ^= multiplicity % 2 == 1
    if positive:
        intervals.append(Interval(LEAST, high))
    return tuple(reversed(intervals))


def _in_order(one: tuple[End, int], other: tuple[End, int]) -> int:
    return one[0].compare(other[0])


def _end_of(simple: fmpz_poly, root: Isolated) -> End:
    """The root of a square-free polynomial in an isolating interval."""
    if root.low == root.high:
        return End(lambda bits: _exact_pair(root.low, bits))
    reach = _reach(simple)
    rounded: dict[int, arb_poly] = {}

    def value(odds: arb, bits: int) -> arb:
        if bits not in rounded:
            rounded[bits] = arb_poly(simple)
        return rounded[bits](odds)

    def odds_of(x: fmpq, inward: int) -> arb:
        if x == 0 or x == 1:
            return arb(2) ** (reach if x == 1 else -reach)
        odds = x / (1 - x)
        if simple(odds) == 0:  # a neighbour's root: step inside
            odds *= 1 + fmpq(inward, 1 << 60)
        return arb(odds)

    with precision(256):
        low, high = odds_of(root.low, 1), odds_of(root.high, -1)
    return root_end(value, low.mid(), high.mid())


def _reach(polynomial: fmpz_poly) -> int:
    """An exponent e such that all positive roots lie between 2**-e and 2**e (Cauchy's bound)."""
    sizes = [int(value).bit_length() for value in polynomial.coeffs() if value != 0]
    return max(LARGEST_EXPONENT, max(sizes) - min(sizes[0], sizes[-1]) + 2)


def _exact_pair(x: fmpq, bits: int) -> PairOfBalls:
    with precision(bits + 64):
        return arb(x), arb(1 - x)


def root_end(function: Callable[[arb, int], arb], low: arb, high: arb) -> End:
    """The one sign change between two odds, as an end of an interval."""
    known: dict[int, PairOfBalls] = {}

    def pair(bits: int) -> PairOfBalls:
        if bits not in known:
            below, above = bracket_root(function, low, high, accuracy=bits + 16)
            with precision(bits + 64):
                known[bits] = pair_at(below.union(above))
        return known[bits]

    return End(pair)
