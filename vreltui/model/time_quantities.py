"""Times, rates and plain numbers such as shapes: quantities of designs that know of time."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from vreltui.model.numbers import NUMBERS, PlainNumber
from vreltui.model.quantity import Quantity, decimal_of, no_value, of_another
from vreltui.model.stepping import next_preferred
from vreltui.model.times import (
    Duration,
    Rate,
    no_duration,
    no_rate,
    read_duration,
    read_rate,
    shorter_unit,
)


class _Duration(Quantity[Duration]):
    """Times, from a microsecond to a thousand million years; 0 only where a node allows it."""

    kind = "time"
    short = "time"
    name = "time"
    plural = "times"
    example = "type a time such as 100 min, 2654 h or 1.5 d"
    label = "time"

    @property
    def parameter_right(self) -> str:
        return 'a time parameter { time = "..." } is right'

    def of(self, value: object) -> Duration:
        if isinstance(value, Duration):
            return value
        raise of_another(self, value)

    def exact(self, value: Duration) -> Fraction:
        return value.seconds

    def fault(self, value: Duration, most_copies: int) -> str | None:
        del most_copies
        return value.fault(zero=True)  # where 0 makes no sense, the place says so

    def right(self, most_copies: int) -> str:
        del most_copies
        return 'a time with its unit such as "2654 h" is right'

    def typed(self, text: str) -> Duration:
        """A number and a unit; the space may be left out.

        >>> str(DURATION.typed("100min")), str(DURATION.typed("1,5 d"))
        ('100 min', '1.5 d')
        """
        words = text.strip().replace(",", ".")
        split = words.rstrip("abcdefghijklmnopqrstuvwxyz")
        found = read_duration(f"{split.strip()} {words[len(split) :]}")
        if found is None:
            raise no_value(text, f"{no_duration(words)}; {self.example}")
        return found

    def text(self, value: Duration) -> str:
        return str(value)

    def plain_text(self, value: Duration) -> str:
        return str(value)

    def parameter_name(self, letter: str) -> str:
        return f"T_{letter}"

    def stepped(
        self,
        value: Duration,
        up: bool,
        ends: tuple[Duration, Duration] | None,
        *,
        fine: bool,
        most_copies: int,
    ) -> Duration:
        """Along 1, 1.5, 2, 3, 5, 7, 10 of its unit, or below 1 of a shorter one."""
        del most_copies
        moved = Duration(next_preferred(value.written, up=up, fine=fine), value.unit)
        if moved.written < 1 and not fine:
            moved = shorter_unit(moved)
        if moved.fault():
            return value
        if ends is None:
            return moved
        if moved.seconds < ends[0].seconds:
            return ends[0]
        return ends[1] if moved.seconds > ends[1].seconds else moved


class _Rate(Quantity[Rate]):
    """How often in a time."""

    kind = "rate"
    short = "rate"
    name = "rate"
    plural = "rates"
    example = "type a rate such as 2 /y, 1e-5 /h or 500 FIT"
    label = "rate"

    @property
    def parameter_right(self) -> str:
        return 'a rate parameter { rate = "..." } is right'

    def of(self, value: object) -> Rate:
        if isinstance(value, Rate):
            return value
        raise of_another(self, value)

    def exact(self, value: Rate) -> Fraction:
        return value.per_second

    def fault(self, value: Rate, most_copies: int) -> str | None:
        del most_copies
        return value.fault()

    def right(self, most_copies: int) -> str:
        del most_copies
        return 'a rate such as "2 /y" or "500 FIT" is right'

    def typed(self, text: str) -> Rate:
        """A number and /unit, or FIT.

        >>> str(RATE.typed("2/y")), str(RATE.typed("500 FIT"))
        ('2 /y', '500 FIT')
        """
        words = text.strip().replace(",", ".")
        number, slash, unit = words.partition("/")
        spaced = f"{number.strip()} /{unit.strip()}" if slash else words
        found = read_rate(spaced)
        if found is None:
            raise no_value(text, f"{no_rate(words)}; {self.example}")
        return found

    def text(self, value: Rate) -> str:
        return str(value)

    def plain_text(self, value: Rate) -> str:
        return str(value)

    def parameter_name(self, letter: str) -> str:
        return f"L_{letter}"

    def stepped(
        self,
        value: Rate,
        up: bool,
        ends: tuple[Rate, Rate] | None,
        *,
        fine: bool,
        most_copies: int,
    ) -> Rate:
        """Along 1, 1.5, 2, 3, 5, 7, 10."""
        del most_copies
        moved = Rate(next_preferred(value.written, up=up, fine=fine), value.unit)
        if moved.fault():
            return value
        if ends is None:
            return moved
        if moved.per_second < ends[0].per_second:
            return ends[0]
        return ends[1] if moved.per_second > ends[1].per_second else moved


class _Number(Quantity[PlainNumber]):
    """Positive numbers without a unit: shapes, deviations of logarithms, exponents."""

    kind = "number"
    short = "number"
    name = "number"
    plural = "numbers"
    example = "type a number such as 1.5"
    label = "number"

    @property
    def parameter_right(self) -> str:
        return "a number parameter { number = ... } is right"

    def of(self, value: object) -> PlainNumber:
        if isinstance(value, PlainNumber):
            return value
        raise of_another(self, value)

    def exact(self, value: PlainNumber) -> Fraction:
        return Fraction(value.written)

    def fault(self, value: PlainNumber, most_copies: int) -> str | None:
        del most_copies
        return value.fault()

    def right(self, most_copies: int) -> str:
        del most_copies
        return f"a number from {NUMBERS} such as 1.5 is right"

    def typed(self, text: str) -> PlainNumber:
        """A decimal.

        >>> str(NUMBER.typed("1,5"))
        '1.5'
        """
        number = decimal_of(text.strip().replace(",", "."))
        if number is None:
            raise no_value(text, self.example)
        return PlainNumber(number)

    def text(self, value: PlainNumber) -> str:
        return str(value)

    def plain_text(self, value: PlainNumber) -> str:
        return f"{value.written:f}"

    def parameter_name(self, letter: str) -> str:
        return f"k_{letter}"

    def stepped(
        self,
        value: PlainNumber,
        up: bool,
        ends: tuple[PlainNumber, PlainNumber] | None,
        *,
        fine: bool,
        most_copies: int,
    ) -> PlainNumber:
        """By a tenth of its first digit's unit, or a hundredth."""
        del most_copies
        unit = Decimal(1).scaleb(value.written.adjusted() - (2 if fine else 1))
        whole = (value.written / unit).to_integral_value(ROUND_FLOOR if up else ROUND_CEILING)
        moved = PlainNumber((whole + (1 if up else -1)) * unit)
        if moved.fault():
            return value
        if ends is None:
            return moved
        if moved.written < ends[0].written:
            return ends[0]
        return ends[1] if moved.written > ends[1].written else moved


DURATION = _Duration()
RATE = _Rate()
NUMBER = _Number()
