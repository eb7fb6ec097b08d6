"""Figures as texts that stay readable near 1."""

from __future__ import annotations

import math

from vreltui.analysis.results import Figure
from vreltui.model import Probability, Value
from vreltui.model.goals import Goal
from vreltui.model.quantities import quantity_of


def reliability_text(figure: Figure, places: int = 6) -> str:
    """R, with enough digits to tell it from 1, and never rounded up to 1.

    >>> reliability_text(Figure(0.998865145, 0.001134855))
    '0.998865'
    >>> reliability_text(Figure(0.999999998, 2e-9))
    '0.999999998'
    >>> reliability_text(Figure(1.0, 2.5e-14)), reliability_text(Figure(2.5e-9, 1.0))
    ('1 - 25.0e-15', '2.50e-9')
    """
    r, q = figure.reliability, figure.unreliability
    if q == 0 or r == 0:
        return "1" if q == 0 else "0"
    if q < 1e-12:
        return f"1 - {engineering(q)}"
    if r < 1e-4:
        return engineering(r)
    # Two digits of 1 - R at least, so that it is never rounded up to 1.
    places = max(places, 1 - math.floor(math.log10(q)))
    return f"{r:.{places}f}".rstrip("0").rstrip(".")


def engineering(number: float, digits: int = 3) -> str:
    """A small number with an exponent that is a multiple of three.

    >>> engineering(0.001134855), engineering(0.0000123), engineering(0.25), engineering(0.0)
    ('1.13e-3', '12.3e-6', '0.250', '0')
    """
    if number == 0:
        return "0"
    if 0.01 <= number <= 1:
        return f"{number:.{digits + (1 if number < 0.1 else 0) - (1 if number == 1 else 0)}f}"
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    power = int(exponent)
    shift = power % 3
    digits_after = max(0, digits - 1 - shift)
    scaled = float(mantissa) * 10**shift
    return f"{scaled:.{digits_after}f}e{power - shift}" if power != shift else f"{scaled:g}"


def signed(number: float, digits: int = 3) -> str:
    """A difference, with its sign.

    >>> signed(0.000865), signed(-0.0476), signed(0.0)
    ('+865e-6', '-0.0476', '0')
    """
    if number == 0:
        return "0"
    return f"{'+' if number > 0 else '-'}{engineering(abs(number), digits)}"


def nines(figure: Figure) -> str:
    """How many nines R has: the negative decimal logarithm of 1 - R.

    >>> nines(Figure(0.999, 0.001)), nines(Figure(1.0, 0.0)), nines(Figure(0.0, 1.0))
    ('3.0 nines', 'perfect', '0.0 nines')
    """
    if figure.unreliability == 0:
        return "perfect"
    count = max(0.0, -math.log10(figure.unreliability))
    return f"{math.floor(count * 10 + 1e-9) / 10:.1f} nines"


def goal_text(goal: Goal) -> str:
    """A goal as it was written."""
    return value_text(goal) if isinstance(goal, Probability) else str(goal)


def value_text(value: Value) -> str:
    """A value as it was written: 0.99, 1 - 0.00001, 3.

    >>> from vreltui.model import Probability
    >>> value_text(Probability.from_unreliability("1e-5")), value_text(3)
    ('1 - 0.00001', '3')
    """
    text: str = quantity_of(value).text(value)
    return text
