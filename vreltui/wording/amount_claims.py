"""Values of times, rates and numbers that a sentence speaks of, and what a check then gives."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext

from vreltui.analysis.results import AmountBound, AmountThreshold
from vreltui.model.numbers import PlainNumber
from vreltui.model.quantities import quantity_of
from vreltui.model.times import read_duration, read_rate


def amount_claims(threshold: AmountThreshold) -> Iterator[tuple[str, bool]]:
    """Values as they are typed, each with whether the choice meets with it.

    >>> from vreltui.analysis.results import AmountInterval
    >>> from vreltui.model.times import Duration
    >>> below = AmountInterval(None, AmountBound(15480.0, "4.3 h"))
    >>> now = Duration(Decimal(3), "d")
    >>> list(amount_claims(AmountThreshold("r", "time", now, False, (below,))))
    [('4.3 h', True), ('4.4 h', False)]
    """
    intervals = threshold.intervals
    if not intervals:
        yield quantity_of(threshold.value).text(threshold.value), False
    for number, interval in enumerate(intervals):
        if interval.low is not None:
            yield from _at_end(threshold, interval.low, -1, alone=number == 0)
        if interval.high is not None:
            yield from _at_end(threshold, interval.high, 1, alone=number + 1 == len(intervals))


def _at_end(
    threshold: AmountThreshold, end: AmountBound, outwards: int, *, alone: bool
) -> Iterator[tuple[str, bool]]:
    """The end as printed, and one unit of its last digit further where nothing else follows.

    A shape has limits of its own: what lies beyond an end of one is not tried.
    """
    yield end.text, not end.exact
    further = _moved(end.text, outwards)
    if alone and further is not None and not isinstance(threshold.value, PlainNumber):
        yield further, False


def _moved(text: str, way: int) -> str | None:
    """The same text with its last digit one up or down; None where that is no value."""
    written, space, unit = text.partition(" ")
    with localcontext() as context:
        context.prec = 60
        number = Decimal(written)
        moved = number + Decimal((0, (1,), int(number.as_tuple().exponent))) * way
    found = f"{moved}{space}{unit}".replace("E", "e")
    value = read_duration(found) or read_rate(found)
    return None if value is None or value.fault() else found
