"""What a number of a design may be a number of: each quantity answers for itself.

A value is an object of a type of its own (:class:`Probability`, a whole number for a count, a
:class:`~vreltui.model.times.Duration`); what it is a number of says how it is read, written,
bounded, stepped and worded. :func:`quantity_of` finds it, :meth:`Quantity.of` tells a type checker
which it is.
"""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_never

from vreltui.model import stepping
from vreltui.model.errors import DesignError, Problem
from vreltui.model.numbers import MOST_DIGITS, PlainNumber, Probability
from vreltui.model.quantity import Quantity, Value, decimal_of, no_value, of_another
from vreltui.model.time_quantities import DURATION, NUMBER, RATE
from vreltui.model.times import Duration, Rate

__all__ = [
    "COUNT",
    "DURATION",
    "NUMBER",
    "PROBABILITY",
    "QUANTITIES",
    "RATE",
    "Quantity",
    "Value",
    "count_text",
    "is_within",
    "number",
    "quantity_of",
]


class _Probability(Quantity[Probability]):
    """Probabilities of working: exact decimals from 0 to 1, from either side."""

    kind = "probability"
    short = "reliability"
    name = "reliability"
    plural = "reliabilities"
    example = "type a reliability such as 0.999, 99.9% or 1-1e-5"
    label = "reliability"

    def of(self, value: object) -> Probability:
        if isinstance(value, Probability):
            return value
        raise of_another(self, value)

    def exact(self, value: Probability) -> Fraction:
        return value.reliability

    def fault(self, value: Probability, most_copies: int) -> str | None:
        del most_copies
        return value.fault()

    def right(self, most_copies: int) -> str:
        del most_copies
        return "a number from 0 to 1 is right"

    def typed(self, text: str) -> Probability:
        """A decimal, a percentage, or one minus an unreliability.

        >>> str(PROBABILITY.typed("0.999")), str(PROBABILITY.typed("99.9%"))
        ('0.999', '0.999')
        >>> str(PROBABILITY.typed("1-1e-5")), str(PROBABILITY.typed("q 2e-3"))
        ('1 - 0.00001', '1 - 0.002')
        """
        words = text.strip().replace(",", ".").lower()
        complement = re.match(r"(?:1\s*-|q\s*=?)\s*(?=[0-9.])", words)
        if complement is not None:
            words = words[complement.end() :]
        number = decimal_of(words.removesuffix("%").strip())
        if number is None:
            raise no_value(text, self.example)
        if words.endswith("%"):
            number = number.scaleb(-2)
        value = Probability(number, complemented=complement is not None)
        fault = value.fault()
        if fault:
            raise DesignError(Problem((), f"a reliability {fault}"))
        return value

    def text(self, value: Probability) -> str:
        written = f"{value.written}".lower().replace("e+", "e")
        return f"1 - {written}" if value.complemented else written

    def plain_text(self, value: Probability) -> str:
        return f"{value.decimal:f}"

    def parameter_name(self, letter: str) -> str:
        return f"R_{letter}"

    def written_as(self, value: Probability, key: str) -> str:
        return "unreliability" if value.complemented else key

    def reminder(self, value: Probability) -> str:
        if not value.complemented:
            return ""
        with decimal.localcontext() as context:
            context.prec = MOST_DIGITS
            direct = Decimal(1) - value.written
        return f"; a range is in reliabilities, and here the value is {direct}"

    def stepped(
        self,
        value: Probability,
        up: bool,
        ends: tuple[Probability, Probability] | None,
        *,
        fine: bool,
        most_copies: int,
    ) -> Probability:
        """By the first significant digit, of 1 - R from a half on; short of 0 and of 1."""
        del most_copies
        moved = stepping.next_probability(value, up=up, fine=fine)
        if ends is None:
            return moved
        if moved.reliability < ends[0].reliability:
            return ends[0]
        return ends[1] if moved.reliability > ends[1].reliability else moved


class _Count(Quantity[int]):
    """Whole numbers of copies, from 1 to what a host holds."""

    kind = "count"
    short = "count"
    name = "whole number"
    plural = "whole numbers"
    example = "type a whole number from 1"
    label = "copies"

    def of(self, value: object) -> int:
        if isinstance(value, int):
            return value
        raise of_another(self, value)

    def exact(self, value: int) -> int:
        return value

    def fault(self, value: int, most_copies: int) -> str | None:
        if value < 1:
            return f"is {count_text(value)}, and a count must be at least 1"
        if value > most_copies:
            allowed = f"at most {most_copies} copies are allowed (limits.copies)"
            return f"is {count_text(value)}, and {allowed}"
        return None

    def right(self, most_copies: int) -> str:
        return f"a whole number from 1 to {most_copies} is right"

    def typed(self, text: str) -> int:
        words = text.strip()
        if not words.isascii() or not words.isdigit() or len(words) > 9 or int(words) < 1:
            raise no_value(text, self.example)
        return int(words)

    def text(self, value: int) -> str:
        return str(value)

    def plain_text(self, value: int) -> str:
        return str(value)

    def limit_words(self, most_copies: int) -> str:
        return f": at most {most_copies} copies are allowed (limits.copies)"

    def parameter_name(self, letter: str) -> str:
        del letter
        return "n"

    def stepped(
        self, value: int, up: bool, ends: tuple[int, int] | None, *, fine: bool, most_copies: int
    ) -> int:
        """One copy more or less."""
        del fine
        low, high = (1, most_copies) if ends is None else ends
        return max(low, min(high, most_copies, value + (1 if up else -1)))


PROBABILITY = _Probability()
COUNT = _Count()

QUANTITIES: tuple[Quantity[Any], ...] = (PROBABILITY, COUNT, DURATION, RATE, NUMBER)
"""Every quantity there is."""


def quantity_of(value: Value) -> Quantity[Any]:
    """What a value is a number of.

    >>> quantity_of(Probability.of("0.9")).kind, quantity_of(3).kind
    ('probability', 'count')
    """
    match value:
        case Probability():
            return PROBABILITY
        case int():
            return COUNT
        case Duration():
            return DURATION
        case Rate():
            return RATE
        case PlainNumber():
            return NUMBER
        case unknown:
            assert_never(unknown)


def number(value: Value) -> Fraction | int:
    """The value as an exact number: the reliability, the count, seconds, or how often a second."""
    exact: Fraction | int = quantity_of(value).exact(value)
    return exact


def is_within(value: Value, ends: tuple[Value, Value] | None) -> bool:
    """Whether a value lies in a range; both ends are in it. Everything lies in no range."""
    return ends is None or number(ends[0]) <= number(value) <= number(ends[1])


def count_text(count: int) -> str:
    """A count as text; one too long to be meant is not spelled out."""
    return str(count) if count.bit_length() <= 200 else "far too large"
