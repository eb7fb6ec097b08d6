"""Ticks of an axis of times: minutes, hours, days and years, as people count them."""

from __future__ import annotations

import math
from collections.abc import Iterator

from vreltui.model.times import SECONDS

_STEPS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("ms", (1, 2, 5, 10, 20, 50, 100, 200, 500)),
    ("s", (1, 2, 5, 10, 15, 30)),
    ("min", (1, 2, 5, 10, 15, 30)),
    ("h", (1, 2, 3, 6, 12)),
    ("d", (1, 2, 5, 10, 15)),
    ("mo", (1, 2, 3, 6)),
)
"""Which multiples of each unit people count in; of years and of parts of a millisecond, all powers
of ten and twice and five times these."""

_LANDMARKS = (
    ("ms", (1, 10, 100)),
    ("s", (1, 10)),
    ("min", (1, 10)),
    ("h", (1, 6)),
    ("d", (1, 7)),
    ("mo", (1, 4)),
)
"""The moments that divide a logarithmic axis finely; the first of each unit roughly."""

_LEAST_POWER, _MOST_POWER = -6, 10

Tick = tuple[float, str]
"""A time in seconds, and its label."""


def even_ticks(low: float, high: float, most: int) -> list[Tick]:
    """At most ``most`` times in seconds between two, evenly spaced, in one unit.

    >>> [label for _, label in even_ticks(0, 9 * 3600, 4)]
    ['0', '3 h', '6 h', '9 h']
    >>> [label for _, label in even_ticks(0, 2 * 365 * 86400, 6)]
    ['0', '6 mo', '1 y', '18 mo', '2 y']
    """
    for unit, step in _steps():
        size = step * float(SECONDS[unit])
        first, last = math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9)
        if last - first < most:
            numbers = range(first, last + 1)
            return [(n * size, _counted(n * step, unit) if n else "0") for n in numbers]
    return []


def logarithmic_ticks(low: float, high: float, most: int) -> list[Tick]:
    """At most ``most`` times between two that are above 0, so that they divide the logarithm.

    >>> [label for _, label in logarithmic_ticks(60, 400 * 86400, 6)]
    ['1 min', '1 h', '1 d', '1 mo', '1 y']
    >>> [label for _, label in logarithmic_ticks(3600, 30 * 86400, 6)]
    ['1 h', '6 h', '1 d', '7 d']
    """
    chosen: list[Tick] = []
    for found in (_units(), _landmarks(), _fine()):
        within = [tick for tick in found if low * (1 - 1e-9) <= tick[0] <= high * (1 + 1e-9)]
        if len(within) > most:
            if not chosen:
                chosen = within[:: math.ceil(len(within) / most)]
            break
        chosen = within
    return chosen


def _steps() -> Iterator[tuple[str, float]]:
    for power in range(_LEAST_POWER, 0):
        for by in (1, 2, 5):
            yield "ms", by * 10.0**power
    for unit, steps in _STEPS:
        for step in steps:
            yield unit, step
    for power in range(_MOST_POWER):
        for by in (1, 2, 5):
            yield "y", by * 10.0**power


def _units() -> list[Tick]:
    heads = [_tick(1, unit) for unit, _ in _LANDMARKS]
    return [*(_tick(10.0**p, "ms") for p in range(-3, 0)), *heads, *_years((1,))]


def _landmarks() -> list[Tick]:
    return [
        *(_tick(10.0**p, "ms") for p in range(-3, 0)),
        *(_tick(number, unit) for unit, numbers in _LANDMARKS for number in numbers),
        *_years((1, 3)),
    ]


def _fine() -> list[Tick]:
    return [
        *(_tick(by * 10.0**p, "ms") for p in range(-3, 0) for by in (1, 2, 5)),
        *(_tick(number, unit) for unit, numbers in _STEPS for number in numbers),
        *_years((1, 2, 5)),
    ]


def _years(digits: tuple[int, ...]) -> list[Tick]:
    return [_tick(by * 10.0**power, "y") for power in range(_MOST_POWER) for by in digits]


def _tick(number: float, unit: str) -> Tick:
    return number * float(SECONDS[unit]), f"{_short(number)} {unit}"


_GREATER = {"s": (60, "min"), "min": (60, "h"), "h": (24, "d"), "mo": (12, "y")}
"""How many of a unit make one of the next."""


def _counted(number: float, unit: str) -> str:
    """A number of a unit, in a greater unit where it is whole there."""
    while unit in _GREATER and number % _GREATER[unit][0] == 0:
        of_next, greater = _GREATER[unit]
        number, unit = number / of_next, greater
    return f"{_short(number)} {unit}"


def _short(number: float) -> str:
    """A number of few digits, without the signs of an exponent that say nothing.

    >>> _short(0.001), _short(12), _short(2e7)
    ('0.001', '12', '2e7')
    """
    text = f"{number:.6g}"
    return text.replace("e+0", "e").replace("e+", "e").replace("e-0", "e-")
