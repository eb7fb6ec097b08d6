"""Times and rates as people write them: a decimal, a space and a unit, kept exactly.

A year is 365 days, 8760 hours, and a month its twelfth, 730 hours, so that every time is an exact
decimal of seconds. The space between number and unit tells a time from a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from vreltui.model.numbers import MOST_DIGITS

SECONDS: Final = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86_400),
    "w": Fraction(7 * 86_400),
    "mo": Fraction(730 * 3600),
    "y": Fraction(8760 * 3600),
}
"""How many seconds each unit of time has."""

UNITS: Final = tuple(SECONDS)

LEAST_TIME: Final = Fraction(1, 1_000_000)
"""The shortest time that a design may state, but for 0 where that is said: a microsecond."""

MOST_TIME: Final = 10**9 * SECONDS["y"]
"""The longest time that a design may state: a thousand million years."""

FIT: Final = Fraction(1, 10**9 * 3600)
"""One failure in 10^9 hours, per second."""

_NUMBER = r"[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?"
_TIME = re.compile(rf"({_NUMBER}) ([A-Za-z]+)")
_RATE = re.compile(rf"({_NUMBER}) (?:/ ?([A-Za-z]+)|(FIT))")
_NEARLY = re.compile(rf"({_NUMBER})\s*(/?)\s*([A-Za-zµμ]+)")

_MEANT: Final = {
    "m": "min for minutes, mo for months",
    "minute": "min", "minutes": "min", "mins": "min",
    "second": "s", "seconds": "s", "sec": "s", "secs": "s",
    "hour": "h", "hours": "h", "hr": "h", "hrs": "h", "H": "h",
    "day": "d", "days": "d", "week": "w", "weeks": "w",
    "month": "mo", "months": "mo", "M": "mo for months, min for minutes",
    "year": "y", "years": "y", "yr": "y", "yrs": "y", "a": "y",
    "fit": "FIT", "FITs": "FIT", "FITS": "FIT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duration:
    """A time, exact, with the unit in which it was written.

    Equality is that of the written form; compare :attr:`seconds` to compare values.

    >>> Duration(Decimal("1.5"), "d").seconds
    Fraction(129600, 1)
    """

    written: Decimal
    unit: str

    @property
    def seconds(self) -> Fraction:
        """The time in seconds, exactly."""
        return Fraction(self.written) * SECONDS[self.unit]

    def fault(self, *, zero: bool = False) -> str | None:
        """What is wrong with this as a time of a design, or None; ``zero`` allows 0.

        >>> Duration(Decimal("-1"), "h").fault()
        'must be more than 0, and -1 h is not'
        """
        return _fault(
            self.written, str(self), lambda: self.seconds, (LEAST_TIME, MOST_TIME),
            "1e-3 ms to 1e9 y", zero=zero,
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{_digits(self.written)} {self.unit}"


@dataclass(frozen=True, slots=True)
class Rate:
    """How often in a time, exact, with the unit in which it was written: "/y", "/h" or "FIT".

    >>> Rate(Decimal(500), "FIT").per_hour
    Fraction(1, 2000000)
    """

    written: Decimal
    unit: str

    @property
    def per_second(self) -> Fraction:
        """How often in a second, exactly."""
        if self.unit == "FIT":
            return Fraction(self.written) * FIT
        return Fraction(self.written) / SECONDS[self.unit.removeprefix("/")]

    @property
    def per_hour(self) -> Fraction:
        """How often in an hour, exactly."""
        return self.per_second * 3600

    def fault(self, *, zero: bool = False) -> str | None:
        """What is wrong with this as a rate of a design, or None."""
        return _fault(
            self.written, str(self), lambda: self.per_second, (1 / MOST_TIME, 1 / LEAST_TIME),
            "once in 1e9 y to once in 1e-3 ms", zero=zero,
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{_digits(self.written)} {self.unit}"


def read_duration(text: str) -> Duration | None:
    """The time that a text states; None where it is none. Whether it is in bounds is not asked.

    >>> str(read_duration("100 min")), read_duration("100min"), read_duration("T_r")
    ('100 min', None, None)
    """
    found = _TIME.fullmatch(text)
    if found is None or found[2] not in SECONDS or len(found[1]) > 2 * MOST_DIGITS:
        return None
    return Duration(Decimal(found[1].replace("_", "")), found[2])


def read_rate(text: str) -> Rate | None:
    """The rate that a text states; None where it is none.

    >>> str(read_rate("2 /y")), str(read_rate("500 FIT")), read_rate("2/y")
    ('2 /y', '500 FIT', None)
    """
    found = _RATE.fullmatch(text)
    if found is None or len(found[1]) > 2 * MOST_DIGITS:
        return None
    number = Decimal(found[1].replace("_", ""))
    if found[3]:
        return Rate(number, "FIT")
    return Rate(number, f"/{found[2]}") if found[2] in SECONDS else None


def shorter_unit(time: Duration) -> Duration:
    """A time of less than one of its unit in the longest unit of which it is at least one.

    >>> [str(shorter_unit(Duration(Decimal(n), "h"))) for n in ("0.7", "2")]
    ['42 min', '2 h']
    """
    for unit in reversed(UNITS):
        size = time.seconds / SECONDS[unit]
        if SECONDS[unit] < SECONDS[time.unit] and size >= 1 and 10**6 % size.denominator == 0:
            return Duration(Decimal(size.numerator) / Decimal(size.denominator), unit)
        if unit == time.unit and time.written >= 1:
            return time
    return time


def unit_of_time(unit: str) -> Fraction:
    """How many seconds, or times a second, one of a unit is.

    >>> unit_of_time("h"), unit_of_time("/min"), unit_of_time("FIT") == FIT
    (Fraction(3600, 1), Fraction(1, 60), True)
    """
    return SECONDS[unit] if unit in SECONDS else Rate(Decimal(1), unit).per_second


def looks_like_one(text: str) -> bool:
    """Whether a text that is no time, rate or name was meant as a time or a rate."""
    return _NEARLY.fullmatch(text.strip()) is not None


def no_duration(text: str) -> str:
    """What is wrong with a text that was meant as a time, and what would be right.

    >>> no_duration("5 m")
    '"5 m" has no unit of time: min for minutes, mo for months'
    >>> no_duration("5min")
    '"5min" is not a time; "5 min", with a space before the unit, is right'
    """
    found = _NEARLY.fullmatch(text.strip())
    if found is None:
        return f'"{text}" is not a time; a number, a space and a unit, such as "2654 h", is right'
    number, per, unit = found.groups()
    if per:
        return f'"{text}" is a rate; a time such as "2654 h" is right'
    if unit in SECONDS:
        return f'"{text}" is not a time; "{number} {unit}", with a space before the unit, is right'
    meant = _MEANT.get(unit)
    if meant is None:
        return f'"{text}" has no unit of time: one of {", ".join(UNITS)} is right'
    if meant in SECONDS:
        return f'"{text}" has no unit of time: "{number} {meant}" is right'
    return f'"{text}" has no unit of time: {meant}'


def no_rate(text: str) -> str:
    """The same of a text that was meant as a rate.

    >>> no_rate("2 per year")
    '"2 per year" is not a rate; a number, a space and /unit, such as "2 /y", or FIT is right'
    """
    found = _NEARLY.fullmatch(text.strip())
    if found is not None:
        number, per, unit = found.groups()
        meant = _MEANT.get(unit, unit)
        if meant == "FIT":
            return f'"{text}" is not a rate; "{number} FIT" is right'
        if meant in SECONDS:
            what = "is not a rate" if per else "is a time, not a rate"
            return f'"{text}" {what}; "{number} /{meant}" is right'
    return f'"{text}" is not a rate; a number, a space and /unit, such as "2 /y", or FIT is right'


def _digits(number: Decimal) -> str:
    """A decimal as people write it, without an exponent where that is short."""
    plain = f"{number:f}"
    return plain if len(plain) <= 24 else str(number).replace("E+", "e").replace("E", "e")


def _fault(
    written: Decimal,
    text: str,
    exact: Callable[[], Fraction],
    bounds: tuple[Fraction, Fraction],
    words: str,
    *,
    zero: bool,
) -> str | None:
    if not written.is_finite():
        return f"must be a finite number of a unit, and {text} is not"
    if len(written.as_tuple().digits) > MOST_DIGITS:
        return f"has more than {MOST_DIGITS} digits"
    if written == 0 and zero:
        return None
    if written <= 0:
        return f"must be {'0 or more' if zero else 'more than 0'}, and {text} is not"
    # Looked at before any arithmetic: 1e999999999 must not be expanded into a fraction.
    within = -400 < written.adjusted() < 400 and bounds[0] <= exact() <= bounds[1]
    return None if within else f"must be from {words}, and {text} is not"
