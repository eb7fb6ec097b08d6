"""Quotients of polynomials in one variable, exactly: what a chain answers as one number moves."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpq_poly, fmpz_poly


@dataclass(frozen=True, slots=True)
class Quotient:
    """A polynomial over another, without common factors.

    >>> t = Quotient.variable()
    >>> (1 / (1 + 1 / t)).over
    x + 1
    """

    top: fmpq_poly
    below: fmpq_poly

    @staticmethod
    def variable() -> Quotient:
        """The variable itself."""
        return Quotient(fmpq_poly([0, 1]), fmpq_poly([1]))

    @staticmethod
    def constant(value: fmpq | int) -> Quotient:
        """A number."""
        return Quotient(fmpq_poly([value]), fmpq_poly([1]))

    @property
    def over(self) -> fmpq_poly:
        """The denominator with a leading 1."""
        return self.below / self.below[self.below.degree()]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int):
            return bool(self.top == other * self.below)
        if isinstance(other, Quotient):
            return bool(self.top * other.below == other.top * self.below)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((str(self.top), str(self.below)))

    def __add__(self, other: Quotient | int) -> Quotient:
        other = _as_quotient(other)
        return _reduced(self.top * other.below + other.top * self.below, self.below * other.below)

    __radd__ = __add__

    def __rsub__(self, other: int) -> Quotient:
        return _as_quotient(other) + self * -1

    def __mul__(self, other: Quotient | int) -> Quotient:
        other = _as_quotient(other)
        return _reduced(self.top * other.top, self.below * other.below)

    __rmul__ = __mul__

    def __truediv__(self, other: Quotient | int) -> Quotient:
        other = _as_quotient(other)
        return _reduced(self.top * other.below, self.below * other.top)

    def __rtruediv__(self, other: int) -> Quotient:
        return _as_quotient(other) / self

    def exceeds(self, other: Quotient) -> fmpz_poly:
        """A polynomial that is positive, for a positive variable, where this is the greater.

        Of both the denominator has one sign there, as those of sums of positive numbers have.
        """
        at_one = self.below(fmpq(1)) * other.below(fmpq(1))
        margin = self.top * other.below - other.top * self.below
        return (margin if at_one > 0 else -margin).numer()


def _as_quotient(value: Quotient | int) -> Quotient:
    return value if isinstance(value, Quotient) else Quotient.constant(value)


def _reduced(top: fmpq_poly, below: fmpq_poly) -> Quotient:
    common = top.gcd(below)
    if common.degree() > 0:
        top, below = top // common, below // common
    return Quotient(top, below)
