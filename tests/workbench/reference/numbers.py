"""Numbers of the reference: what people type, and the next number up or down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

SMALLEST = Fraction(1, 10**300)


class Refused(Exception):
    """The reference finds that an edit can't be done."""


@dataclass(frozen=True, eq=False)
class Number:
    """A reliability, and whether it is written as an unreliability; None where that is open."""

    reliability: Fraction
    complemented: bool | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Number):
            return NotImplemented
        sides = {self.complemented, other.complemented}
        return self.reliability == other.reliability and (None in sides or len(sides) == 1)

    __hash__ = None  # type: ignore[assignment]

    @property
    def fault(self) -> bool:
        """Whether no design may state it."""
        r = self.reliability
        return not 0 <= r <= 1 or 0 < r < SMALLEST or 0 < 1 - r < SMALLEST


Value = Number | int


def size(value: Value) -> Fraction | int:
    """A value as a number to compare."""
    return value.reliability if isinstance(value, Number) else value


def typed_number(text: str) -> Number:
    """A reliability as typed: 0.99, 99%, 1-1e-3, q 1e-3."""
    words = text.strip().replace(",", ".").lower()
    complemented = False
    found = re.match(r"(1\s*-|q\s*=?)\s*", words)
    if found and words[found.end() : found.end() + 1] in "0123456789." and words != found[0]:
        complemented, words = True, words[found.end() :]
    percent = words.endswith("%")
    words = words.removesuffix("%").strip()
    if not re.fullmatch(r"([0-9]+\.?|[0-9]*\.[0-9]+)(e[+-]?[0-9]{1,4})?", words):
        raise Refused(f"{text!r} is no number")
    if len(words) > 340:
        raise Refused("too long")
    number = Decimal(words).scaleb(-2) if percent else Decimal(words)
    if not -400 < number.adjusted() < 400 and number != 0:
        raise Refused("too large or small")
    exact = Fraction(number)
    result = Number(1 - exact if complemented else exact, complemented)
    if result.fault or len(number.as_tuple().digits) > 320:
        raise Refused(f"{text!r} is no probability")
    return result


def typed_count(text: str) -> int:
    """A number of copies as typed."""
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()) or int(text) < 1:
        raise Refused(f"{text!r} is no count")
    return int(text)


def typed_value(text: str, like: Value) -> Value:
    """A value of the same sort."""
    return typed_count(text) if isinstance(like, int) else typed_number(text)


def typed_range(text: str, like: Value) -> tuple[Value, Value] | None:
    """Two values; None for nothing."""
    words = [w for w in re.split(r"\s+to\s+|\.\.|[;\[\]]|\s+", text.strip()) if w]
    if not words:
        return None
    if len(words) != 2:
        raise Refused(f"{text!r} is no range")
    ends = [typed_value(word, like) for word in (words[0].rstrip(","), words[1])]
    low, high = (Number(e.reliability) if isinstance(e, Number) else e for e in ends)
    return low, high


def typed_needs(text: str) -> str | int:
    """All, any, majority or a number."""
    words = text.strip().lower().split(" of ")[0].strip()
    if words in ("all", "any", "majority"):
        return words
    if re.fullmatch(r"[0-9]{1,5}", words):
        return int(words)
    raise Refused(f"{text!r} is no need")


def next_number(value: Number, *, up: bool, digits: int) -> Number:
    """The next number of one or two digits, of 1 - R from a half upwards, of R below."""
    r = value.reliability
    small = 1 - r
    if small < Fraction(1, 2) or (small == Fraction(1, 2) and up):
        return Number(1 - _next(small, grow=not up, digits=digits))
    return Number(_next(r, grow=up, digits=digits))


def _next(number: Fraction, *, grow: bool, digits: int) -> Fraction:
    """The nearest number with so many significant digits above or below."""
    if number == 0:
        return Fraction(1, 10**6) if grow else number
    with localcontext() as context:
        context.prec = 30
        power = (Decimal(number.numerator) / Decimal(number.denominator)).adjusted()
    heads = range(10 ** (digits - 1), 10**digits)
    known = sorted(
        {head * Fraction(10) ** (p - digits + 1) for p in (power - 1, power, power + 1)
         for head in heads}
    )  # fmt: skip
    found = [n for n in known if (n > number if grow else n < number)]
    best = found[0] if grow else found[-1]
    return best if grow or best >= SMALLEST * 10 else number
