"""Probabilities as people write them: exact decimals, given directly or as their complement."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

SMALLEST = Decimal("1e-300")
"""The smallest non-zero reliability or unreliability that a design may state."""

MOST_DIGITS = 320
"""The most significant digits a number of a design may have."""


LEAST_NUMBER = Decimal("1e-15")
"""The smallest plain number, such as a shape, that a design may state."""

MOST_NUMBER = Decimal("1e15")
"""The largest."""

NUMBERS = "1e-15 to 1e15"
"""The same in words."""


@dataclass(frozen=True, slots=True)
class Probability:
    """A probability, exact, with the side from which it was written.

    ``Probability(Decimal("1e-5"), complemented=True)`` is the reliability 0.99999, written as
    ``unreliability = 1e-5``. Equality is that of the written form; compare :attr:`reliability`
    to compare values.

    >>> p = Probability.from_unreliability("1e-5")
    >>> p.reliability, p.unreliability
    (Fraction(99999, 100000), Fraction(1, 100000))
    """

    written: Decimal
    complemented: bool = False

    @classmethod
    def of(cls, reliability: str | int | Decimal) -> Probability:
        """The probability whose reliability is the decimal given.

        >>> Probability.of("0.95").reliability
        Fraction(19, 20)
        """
        return cls(Decimal(reliability))

    @classmethod
    def from_unreliability(cls, unreliability: str | int | Decimal) -> Probability:
        """The probability whose complement is the decimal given."""
        return cls(Decimal(unreliability), complemented=True)

    @property
    def reliability(self) -> Fraction:
        """R, exactly."""
        return 1 - Fraction(self.written) if self.complemented else Fraction(self.written)

    @property
    def unreliability(self) -> Fraction:
        """Q = 1 - R, exactly."""
        return Fraction(self.written) if self.complemented else 1 - Fraction(self.written)

    @property
    def decimal(self) -> Decimal:
        """R, exactly, as a decimal."""
        with localcontext() as context:
            context.prec = 2 * MOST_DIGITS + 400
            return 1 - self.written if self.complemented else self.written

    @property
    def places(self) -> int:
        """Decimal places after which the exact reliability ends.

        >>> Probability.of("0.950").places
        3
        """
        return max(0, -int(self.written.as_tuple().exponent))

    @property
    def denominator(self) -> int:
        """A denominator over which both sides are whole: 10 to the :attr:`places`."""
        return int(10**self.places)

    def fault(self) -> str | None:
        """What is wrong with this as a probability of a design, or None.

        >>> Probability.of("1.5").fault()
        'must be from 0 to 1, and 1.5 is not'
        """
        if not self.written.is_finite():
            return f"must be a finite number from 0 to 1, and {self.written} is not"
        # Checked before any arithmetic: 1e999999999 must not be expanded into a fraction.
        _, digits, exponent = self.written.as_tuple()
        if len(digits) > MOST_DIGITS:
            return f"has more than {MOST_DIGITS} digits"
        if self.written != 0 and not (-400 < self.written.adjusted() < 1):
            return f"must be from 0 to 1 and, unless 0, at least {SMALLEST}: {self.written} is not"
        if not 0 <= self.written <= 1:
            return f"must be from 0 to 1, and {self.written} is not"
        if isinstance(exponent, int) and exponent >= SMALLEST.adjusted():
            # A multiple of the smallest distance is no nearer to 0 or to 1 than that.
            return None
        for side in (self.reliability, self.unreliability):
            if 0 < side < Fraction(SMALLEST):
                return f"is nearer to 0 or to 1 than {SMALLEST}, the smallest distance kept exactly"
        return None

    def __str__(self) -> str:
        return f"1 - {self.written}" if self.complemented else str(self.written)


@dataclass(frozen=True, slots=True)
class PlainNumber:
    """A positive number that is no probability, count or time, such as a shape; exact.

    >>> str(PlainNumber(Decimal("1.5")))
    '1.5'
    """

    written: Decimal

    def fault(self, *, zero: bool = False) -> str | None:
        """What is wrong with this as a number of a design, or None; ``zero`` allows 0."""
        if zero and self.written == 0:
            return None
        if not self.written.is_finite():
            return f"must be a finite number, and {self.written} is not"
        if len(self.written.as_tuple().digits) > MOST_DIGITS:
            return f"has more than {MOST_DIGITS} digits"
        if not LEAST_NUMBER <= self.written <= MOST_NUMBER:
            return f"must be from {NUMBERS}, and {self.written} is not"
        return None

    def __str__(self) -> str:
        return str(self.written)
