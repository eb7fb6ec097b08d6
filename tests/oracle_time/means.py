"""The mean time to the first failure of a whole: the integral of R(t), by sums or by quadrature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from mpmath import exp, inf, ldexp, log, mp, mpf, quad

from tests.oracle_time.amounts import Real, real
from tests.oracle_time.leaves import Constant, Leaf, Living
from tests.oracle_time.lives import Exponential
from tests.oracle_time.states import Counts

Polynomial = Mapping[Counts, int]
"""R as a sum of products of powers of the components' survivals."""


def mean_life(
    polynomial: Polynomial, leaves: list[Leaf], curve: Callable[[Real], Real]
) -> Real | None:
    """The integral of R(t) in seconds; infinite where it is, None where this can't be told here.

    ``curve`` gives R(t), for the quadrature.
    """
    living: list[Living] = []
    places: list[int] = []
    fixed: dict[int, Fraction] = {}
    for place, leaf in enumerate(leaves):
        if isinstance(leaf, Constant):
            fixed[place] = leaf.reliability
        else:
            living.append(leaf)
            places.append(place)
    kept = _without(polynomial, fixed, places)
    if kept.get((0,) * len(places), Fraction(0)) != 0:
        return inf
    if not kept:
        return mpf(0)
    if all(isinstance(one.life, Exponential) and one.rejuvenate is None for one in living):
        return real(_of_exponentials(kept, living))
    if len(living) == 1 and kept == {(1,): 1}:
        return living[0].mttf
    if any(leaf.rejuvenate is not None for leaf in living):
        return _over_periods(kept, living)
    steepest = max(leaf.life.steepness for leaf in living)
    return over_logarithm(curve, steepest, [leaf.mttf for leaf in living])


def _without(
    polynomial: Polynomial, fixed: Mapping[int, Fraction], places: list[int]
) -> dict[Counts, Fraction]:
    """The polynomial with the constants put in, in the powers of the other components."""
    found: dict[Counts, Fraction] = {}
    for powers, weight in polynomial.items():
        value = Fraction(weight)
        for place, constant in fixed.items():
            value *= constant ** powers[place]
        key = tuple(powers[place] for place in places)
        found[key] = found.get(key, Fraction(0)) + value
    return {powers: weight for powers, weight in found.items() if weight}


def _of_exponentials(kept: Mapping[Counts, Fraction], living: list[Living]) -> Fraction:
    total = Fraction(0)
    for powers, weight in kept.items():
        rate = Fraction(0)
        for power, leaf in zip(powers, living, strict=True):
            assert isinstance(leaf.life, Exponential)
            rate += power * leaf.life.rate
        total += weight / rate
    return total


def _over_periods(kept: Mapping[Counts, Fraction], living: list[Living]) -> Real | None:
    """With renewals in step beside exponentials, each period is the one before times a number.

    Without renewal the other lifetimes remember how old they are, and different periods have no
    such step: None.
    """
    periods = {leaf.rejuvenate for leaf in living if leaf.rejuvenate is not None}
    others = [leaf.life for leaf in living if leaf.rejuvenate is None]
    if len(periods) > 1 or not all(isinstance(life, Exponential) for life in others):
        return None
    period = real(periods.pop())
    total = mpf(0)
    for powers, weight in kept.items():

        def product(t: Real, powers: Counts = powers) -> Real:
            found = mpf(1)
            for power, leaf in zip(powers, living, strict=True):
                if power:
                    found *= leaf.life.survival(t)[0] ** power
            return found

        with mp.workdps(30):
            points = [period * ldexp(mpf(1), -i) for i in (40, 20, 10, 5, 3, 2, 1)]
            one = quad(product, [0, *points, period])
        total += real(weight) * one / (1 - product(period))
    return total


def over_logarithm(curve: Callable[[Real], Real], steepest: float, scales: list[Real]) -> Real:
    """The integral of R(t) over all t: the trapezoidal rule over the logarithm of t.

    There the integrand is smooth and vanishes on both sides, so that the rule gains digits in
    proportion to the number of points; the step is halved until twelve digits stand still.
    """

    def term(x: Real) -> Real:
        t = exp(x)
        return t * curve(t)

    with mp.workdps(24):
        middle = log(max(scales))
        step = mpf(1) / 4 / mpf(steepest)
        total = step * _both_ways(term, middle, step)
        while True:
            halved = total / 2 + step / 2 * _both_ways(term, middle + step / 2, step)
            if abs(halved - total) <= abs(halved) * mpf(10) ** -14:
                return halved
            total, step = halved, step / 2


def _both_ways(term: Callable[[Real], Real], middle: Real, step: Real) -> Real:
    """The sum over all the points that add anything."""
    total = mpf(0)
    for direction in (1, -1):
        x = middle if direction == 1 else middle - step
        low = False
        while True:
            more = term(x)
            total += more
            small = more <= total * mpf(10) ** -20 * step
            if small and low:
                break
            # A peak may lie ahead of a point where R is all but 0, never ahead of two on the
            # falling side; below the middle the factor t falls by itself.
            low, x = small, x + direction * step
    return total
