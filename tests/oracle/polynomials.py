"""Where a choice meets as one probability runs from 0 to 1: exactly, from polynomials."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import flint

from tests.oracle.questions import Oracle

PRECISION = 256
"""Bits of a root: enough to keep apart and to compare what the tests look at."""


def margin_polynomials(oracle: Oracle, choice: str, parameter: str) -> list[Any]:
    """Polynomials in the parameter, positive where the choice exceeds goal and baseline."""
    variable = flint.fmpz_poly([0, 1])
    ours, scale = oracle.table(choice).polynomial(parameter, variable)
    found = []
    if oracle.goal is not None:
        found.append(ours * oracle.goal.denominator - scale * oracle.goal.numerator)
    rival = oracle.rival(choice)
    if rival is not None:
        moves = bool(oracle.rivals_setting(choice, {parameter: 0}))
        name = parameter if moves else ""
        theirs, their_scale = oracle.table(rival).polynomial(name, variable)
        found.append(ours * their_scale - theirs * scale)
    return [variable * 0 + polynomial for polynomial in found]


def derivative(oracle: Oracle, choice: str, parameter: str) -> Fraction:
    """The derivative of a choice's reliability by a parameter, where it stands."""
    polynomial, scale = oracle.table(choice).polynomial(parameter, flint.fmpz_poly([0, 1]))
    at = oracle.values(choice)[parameter]
    slope = (flint.fmpz_poly([0, 1]) * 0 + polynomial).derivative()
    return _at(slope, Fraction(at)) / scale


def regions(polynomials: list[Any]) -> list[tuple[Fraction, bool]]:
    """One point of every stretch of (0, 1) without a root, and whether all are positive there.

    Between two of the points that differ lies exactly one change, at a root.
    """
    roots = sorted({root for polynomial in polynomials for root in _roots(polynomial)})
    ends = [Fraction(0), *roots, Fraction(1)]
    points = [(low + high) / 2 for low, high in itertools.pairwise(ends)]
    return [(point, all(_at(p, point) > 0 for p in polynomials)) for point in points]


def _roots(polynomial: Any) -> list[Fraction]:
    """The real roots in (0, 1), each to :data:`PRECISION` bits."""
    if polynomial.degree() < 1:
        return []
    before, flint.ctx.prec = flint.ctx.prec, PRECISION
    try:
        found = []
        for root, _ in polynomial.complex_roots():
            if root.imag == 0:
                mantissa, exponent = root.real.mid().man_exp()
                value = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
                if 0 < value < 1:
                    found.append(value)
        return found
    finally:
        flint.ctx.prec = before


def _at(polynomial: Any, x: Fraction) -> Fraction:
    """The value at a point, exactly."""
    value = polynomial(flint.fmpq(x.numerator, x.denominator))
    return Fraction(int(value.p), int(value.q))
