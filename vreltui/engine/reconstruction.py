"""A function that is a quotient of polynomials, from its values at enough points.

Availabilities in the long run are quotients of polynomials in each time and rate. Twice the degree
and one more values tell numerator and denominator, exactly: rational reconstruction by Euclid's
algorithm, J. von zur Gathen and J. Gerhard, *Modern Computer Algebra*, 3rd edition 2013, section
5.8.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq, fmpq_poly


def quotient(
    value: Callable[[fmpq], fmpq], degree: int, points: Callable[[int], fmpq]
) -> tuple[fmpq_poly, fmpq_poly]:
    """Numerator and denominator of a quotient of polynomials of at most this degree.

    ``points`` gives the 1st, 2nd, ... of different points at which the value is known.

    >>> numerator, denominator = quotient(lambda x: (2 * x + 2) / (x * x + x), 2, fmpq)
    >>> numerator / numerator[0], denominator / numerator[0]
    (1, 1/2*x)
    """
    places = [points(number) for number in range(1, 2 * degree + 2)]
    product, interpolant = fmpq_poly([1]), fmpq_poly([])
    for place in places:
        missing = value(place) - interpolant(place)
        interpolant = interpolant + product * (missing / product(place))
        product = product * fmpq_poly([-place, 1])
    # Euclid's algorithm, stopped halfway: remainder = factor * interpolant modulo the product.
    before, remainder = product, interpolant
    factor_before, factor = fmpq_poly([]), fmpq_poly([1])
    while remainder.degree() > degree:
        times, rest = divmod(before, remainder)
        before, remainder = remainder, rest
        factor_before, factor = factor, factor_before - times * factor
    common = remainder.gcd(factor)
    return remainder // common, factor // common
