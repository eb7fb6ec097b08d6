"""Figures as texts that stay readable near 0 and near 1: one spelling, wherever they stand."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

from vreltui.analysis.results import Digits, Figure
from vreltui.model import Probability, Value
from vreltui.model.goals import Goal
from vreltui.model.quantities import quantity_of

_MOST_NINES = 12
"""Nearer to 1 than 1e-12 a probability is written as one minus its complement."""

_EXACT = 5000
"""Digits enough for whatever is written out."""


def decimal_text(value: Probability) -> str:
    """A probability as the decimal that it is: 0.998134, 1.235e-6, 1 - 1.866e-15.

    >>> decimal_text(Probability.of("0.9000")), decimal_text(Probability.of("0.0000012350"))
    ('0.9000', '1.235e-6')
    >>> decimal_text(Probability.from_unreliability("1.866e-15"))
    '1 - 1.866e-15'
    """
    if not value.complemented:
        return _plain(value.written)
    if value.written.adjusted() >= -_MOST_NINES or value.written == 0:
        with localcontext() as context:
            context.prec = _EXACT
            return _plain(1 - value.written)
    return f"1 - {_plain(value.written)}"


def _plain(number: Decimal) -> str:
    """A number as people write it: 0.05213, 1.866e-15."""
    if number == 0 or number.adjusted() >= -5:
        return f"{number:f}"
    with localcontext() as context:
        context.prec = _EXACT
        return f"{number.normalize():e}".replace("e+", "e")


def figure_text(digits: Digits) -> str:
    """A reliability that was rounded to digits, without the zeros at its end.

    >>> figure_text(Probability.of("0.750000")), figure_text(Probability.of("0.998865"))
    ('0.75', '0.998865')
    """
    text = digits if isinstance(digits, str) else decimal_text(digits)
    if "e" in text or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def reliability_text(figure: Figure, places: int = 6) -> str:
    """R, with enough digits to tell it from 1, and never rounded up to 1.

    >>> reliability_text(Figure(0.998865145, 0.001134855))
    '0.998865'
    >>> reliability_text(Figure(0.999999998, 2e-9))
    '0.999999998'
    >>> reliability_text(Figure(1.0, 2.5e-14)), reliability_text(Figure(2.5e-9, 1.0))
    ('1 - 2.5e-14', '2.5e-9')
    """
    r, q = figure.reliability, figure.unreliability
    if q == 0 or r == 0:
        if figure.tiny:
            return figure.tiny if r == 0 else f"1 - {figure.tiny}"
        return "1" if q == 0 else "0"
    side = Decimal(min(r, q))
    # Two digits of the smaller side at least, so that it is never rounded up to 1.
    first = side.adjusted()
    digits = max(places + first + 1, 4 if first < -_MOST_NINES else 2)
    with localcontext() as context:
        context.prec = digits
        side = +side
    return figure_text(Probability(side, complemented=q < r))


def complement_text(figure: Figure, digits: int = 3) -> str:
    """1 - R with an exponent that is a multiple of three; never 0 unless it is."""
    if figure.tiny:
        return figure.tiny if figure.unreliability == 0 else f"1 - {figure.tiny}"
    if figure.reliability == 0:
        return "1"
    return engineering(figure.unreliability, digits)


def complement_cell(figure: Figure) -> str:
    """1 - R for a column, where every entry is written alike; never 0 unless it is."""
    if figure.tiny or figure.reliability == 0:
        return complement_text(figure)
    return power_of_ten(figure.unreliability)


def complement_words(figure: Figure, digits: Digits) -> str:
    """1 - R where R stands beside it in ``digits``: to four digits, or to as many as R has.

    >>> complement_words(Figure(0.50000009, 0.49999991), Probability.of("0.5000001"))
    '0.4999999'
    """
    if isinstance(digits, str) or figure.tiny:
        return complement_text(figure, 4)
    with localcontext() as context:
        context.prec = _EXACT
        rest = digits.written if digits.complemented else 1 - digits.written
    significant = len(rest.normalize().as_tuple().digits)
    if significant <= 4 or rest == 0:
        return complement_text(figure, 4)
    if significant > 15:
        return decimal_text(Probability(rest))
    return engineering(float(rest), significant)


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


def power_of_ten(number: float, digits: int = 3) -> str:
    """A number as all of a column are written, so that an eye compares them.

    >>> power_of_ten(0.001134855), power_of_ten(0.0496), power_of_ten(0.0), power_of_ten(1.0)
    ('1.13e-3', '4.96e-2', '0', '1')
    """
    if number in (0, 1):
        return f"{number:g}"
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def signed(number: float, digits: int = 3) -> str:
    """A difference for a column, with its sign.

    >>> signed(0.000865), signed(-0.0476), signed(0.0)
    ('+8.65e-4', '-4.76e-2', '0')
    """
    if number == 0:
        return "0"
    return f"{'+' if number > 0 else '-'}{power_of_ten(abs(number), digits)}"


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
    """A value as it was written, from the side from which it was: 0.99, 1 - 0.00001, 3.

    >>> value_text(Probability.from_unreliability("1e-5")), value_text(3)
    ('1 - 0.00001', '3')
    """
    text: str = quantity_of(value).text(value)
    return text


def value_words(value: Value) -> str:
    """A value in a sentence, exactly.

    >>> value_words(Probability.from_unreliability("5e-4")), value_words(3)
    ('0.9995', '3')
    """
    return decimal_text(value) if isinstance(value, Probability) else str(value)


def settings_words(values: dict[str, Value]) -> str:
    """Values of parameters as people list them: "R_V = 0.9991 and n = 5"."""
    parts = [f"{name} = {value_words(value)}" for name, value in values.items()]
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"
