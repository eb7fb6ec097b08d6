"""Axes: where a value lies between two ends, and which ticks are worth a label.

A value comes with its complement, so that what lies near 1 keeps its place. Positions run from 0
to 1 whatever the values are, and are always finite: the drawing library below can neither tell
apart values that agree to five digits nor survive a NaN.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from vreltui.plotting.time_ticks import even_ticks, logarithmic_ticks

Kind = Literal["linear", "near one", "logarithmic", "nines", "whole"]
"""How an axis is divided.

"linear": evenly; "near one": evenly in 1 - v, for values that agree in many digits; "logarithmic":
evenly in log v; "nines": evenly in -log(1 - v), so that each nine takes the same room; "whole":
evenly, with ticks at whole numbers.
"""

Value = tuple[float, float]
"""A value and its complement (which is not read where the axis is no probability)."""

LEAST = 5e-324
"""The least number that a double holds; all of its digits are gone, but it has a logarithm."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from one end to the other, in coordinates of its own kind.

    ``unit`` is the seconds of one, where values are times; else 0.
    """

    kind: Kind
    low: float
    high: float
    unit: float = 0.0

    def position(self, value: Value) -> float:
        """How far from the low end to the high end a value lies; outside of 0 to 1 it is not drawn.

        >>> Scale("nines", 1.0, 3.0).position((0.99, 0.01))
        0.5
        """
        at = coordinate(self.kind, value)
        if math.isinf(at):
            return 0.0 if at < 0 else 1.0
        return (at - self.low) / (self.high - self.low)

    def is_beyond(self, value: Value) -> bool:
        """Whether a value lies at no place of the axis: an exact 0 or 1 where powers of ten run.

        >>> Scale("nines", 1.0, 3.0).is_beyond((1.0, 0.0))
        True
        """
        return math.isinf(coordinate(self.kind, value))

    @property
    def beyond(self) -> tuple[bool, str]:
        """Whether what lies beyond the axis is above it (else below), and what it is called."""
        return (True, "1") if self.kind == "nines" else (False, "0")

    def is_near(self, value: Value) -> bool:
        """Whether a value lies on the axis, or beyond its ends by less than its length."""
        return -1 <= self.position(value) <= 2 and math.isfinite(coordinate(self.kind, value))

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """At most ``most`` positions with their labels, in order; at least one."""
        if self.unit and (timed := self._times(most)):
            return timed
        if self.kind in ("logarithmic", "nines"):
            found = self._powers(most)
            return found if len(found) > 1 or (found and most == 1) else self._rounded(most)
        return self._even(most)

    def _times(self, most: int) -> list[tuple[float, str]]:
        """Times as people count them; none where only one would lie on the axis."""
        low, high = self.low, self.high
        if self.kind == "logarithmic":
            low, high = 10.0**low, 10.0**high
        low, high = low * self.unit, high * self.unit
        found = []
        if self.kind == "logarithmic":
            found = logarithmic_ticks(low, high, most)
        if len(found) < 2:
            found = even_ticks(low, high, most)
        at = [coordinate(self.kind, (seconds / self.unit, 0.0)) for seconds, _ in found]
        return [(self._between(each), label) for each, (_, label) in zip(at, found, strict=True)]

    def _rounded(self, most: int) -> list[tuple[float, str]]:
        """Ticks where no power of ten lies: values of two digits, about evenly spaced."""
        sign = -1 if self.kind == "nines" else 1
        found: dict[str, float] = {}
        for number in range(1, most + 1):
            at = self.low + (self.high - self.low) * number / (most + 1)
            side = max(float(f"{10.0 ** (sign * at):.1e}"), LEAST)
            if self.kind == "nines":
                label = (
                    f"{1 - side:.{max(0, math.ceil(at)) + 1}f}" if at < 6 else f"1-{_brief(side)}"
                )
            else:
                label = _brief(side)
            found[label] = self._between(sign * math.log10(side))
        return [(position, label) for label, position in found.items()]

    def _even(self, most: int) -> list[tuple[float, str]]:
        least = 1.0 if self.kind == "whole" else 0.0
        step = _round_step((self.high - self.low) / (most + 1), least)
        while math.floor(self.high / step + 1e-9) - math.ceil(self.low / step - 1e-9) >= most:
            step = _round_step(step * 1.01, least)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [
            (self._between(number * step), self._label(number * step, step))
            for number in range(first, last + 1)
        ] or [(0.5, self._label((self.low + self.high) / 2, (self.high - self.low) / 10))]

    def _between(self, at: float) -> float:
        return min(1.0, max(0.0, (at - self.low) / (self.high - self.low)))

    def _powers(self, most: int) -> list[tuple[float, str]]:
        """Powers of ten, with twice and five times each where there is room."""
        first, last = math.ceil(self.low - 1e-9), math.floor(self.high + 1e-9)
        at = [float(power) for power in range(first, last + 1)]
        between = [
            power + sign * math.log10(by)
            for power in range(first - 1, last + 2)
            for by in (2, 5)
            for sign in (-1 if self.kind == "nines" else 1,)
        ]
        finer = sorted([*at, *(each for each in between if self.low <= each <= self.high)])
        if len(finer) <= most:
            at = finer
        step = max(1, math.ceil(len(at) / max(1, most)))
        return [(self._between(each), self._label(each, 1.0)) for each in at[::step]]

    def _label(self, at: float, step: float) -> str:
        match self.kind:
            case "whole":
                return f"{at:.0f}"
            case "near one":
                return "1" if abs(at) < step / 2 else f"1-{_plain(-at, step)}"
            case "logarithmic":
                return _power(at)
            case "nines":
                return _nines(at)
            case _:
                return _plain(at, step)


def coordinate(kind: Kind, value: Value) -> float:
    """A value on an axis of a kind, before it is placed between two ends."""
    plain, complement = value
    match kind:
        case "near one":
            return -complement
        case "logarithmic":
            return math.log10(plain) if plain > 0 else -math.inf
        case "nines":
            return -math.log10(complement) if complement > 0 else math.inf
        case _:
            return plain


def _round_step(least: float, whole: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is not below ``least``."""
    power = 10.0 ** math.floor(math.log10(max(least, 1e-320)))
    step = next((power * by for by in (1, 2, 5) if power * by >= least * (1 - 1e-9)), power * 10)
    return max(step, whole)


def _plain(number: float, step: float) -> str:
    """A number with as many digits as the step between ticks needs."""
    # Next to the least double a part of the step is 0 itself.
    if number == 0 or abs(number) < step * 1e-6:
        return "0"
    size = math.floor(math.log10(abs(number)) + 1e-12)
    digits = max(0, size - math.floor(math.log10(step) + 1e-9))
    if size < -4:
        return _short_exponent(f"{number:.{digits}e}")
    decimals = max(0, digits - size)
    return f"{number:.{decimals}f}"


def _brief(number: float) -> str:
    """Two digits.

    >>> _brief(0.0123), _brief(1.23e-8)
    ('0.012', '1.2e-8')
    """
    text = f"{number:.2g}"
    return _short_exponent(text) if "e" in text else text


def _short_exponent(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}"


def _power(at: float) -> str:
    """The number whose logarithm is given: a power of ten, or twice or five times one.

    >>> _power(-2), _power(-5), _power(math.log10(2) - 7)
    ('0.01', '1e-5', '2e-7')
    """
    power = math.floor(at + 1e-9)
    digit = round(10.0 ** (at - power))
    return f"{digit * 10.0**power:g}" if -4 < power <= 0 else f"{digit}e{power}"


def _nines(at: float) -> str:
    """The reliability with so many nines.

    >>> _nines(0), _nines(1), _nines(3), _nines(2 - math.log10(5)), _nines(9)
    ('0', '0.9', '0.999', '0.95', '1-1e-9')
    """
    power = math.floor(-at + 1e-9)
    digit = round(10.0 ** (-at - power))
    if power >= 0:
        return "0"
    if power < -6:
        return f"1-{digit}e{power}"
    return f"{1 - digit * 10.0**power:.{-power}f}"
