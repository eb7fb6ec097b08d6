"""Which scale suits the values along an axis: evenly, in powers of ten, or in nines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from vreltui.analysis.plot_results import Quantity
from vreltui.plotting.scale import Kind, Scale, Value, coordinate

AxisChoice = Literal["auto", "linear", "nines"]
"""What a reader may ask of a vertical axis; nines also means powers of ten of an unreliability."""

_SPREAD = 30.0
"""A ratio between the least and the greatest, from which each power of ten gets its room."""

_SMALL = 0.1
"""What counts as small, and, from the other end, as near 1."""

_FINE = 1e-5
"""An axis of values near 1 that is shorter than this is labelled by the distances from 1."""


def horizontal(
    values: Sequence[Value], quantity: Quantity, *, logarithmic: bool = False, unit: float = 0.0
) -> Scale:
    """The scale of the given values from the first to the last, evenly divided or in logarithms."""
    if logarithmic:
        return replace(_ends("logarithmic", values), unit=unit)
    if quantity == "count":
        return _ends("whole", values)
    fine = values[-1][1] < values[0][1] < _SMALL and values[0][1] - values[-1][1] < _FINE
    near_one = quantity == "probability" and fine
    return replace(_ends("near one" if near_one else "linear", values), unit=unit)


def vertical(
    values: Sequence[Value], quantity: Quantity, wish: AxisChoice = "auto", unit: float = 0.0
) -> Scale:
    """The scale on which all values are seen well, with a little room above and below."""
    if quantity == "count":
        return _roomy(_ends("whole", values), probability=False)
    if quantity != "probability":
        kind: Kind = "linear"
        amounts = [value[0] for value in values if value[0] > 0]
        if quantity in ("time", "amount") and wish == "auto" and _far_apart(amounts, len(values)):
            kind = "logarithmic"
        return replace(_roomy(_ends(kind, values), probability=False), unit=unit)
    complements = [value[1] for value in values]
    fails = [complement for complement in complements if complement > 0]
    works = [value[0] for value in values if value[0] > 0]
    if wish == "nines" and (fails or works):
        nearer_one = bool(fails) and (not works or min(fails) <= min(works))
        return _roomy(_ends("nines" if nearer_one else "logarithmic", values), probability=True)
    if wish == "auto" and _spread(fails, len(values)):
        return _roomy(_ends("nines", values), probability=True)
    if wish == "auto" and _spread(works, len(values)):
        return _roomy(_ends("logarithmic", values), probability=True)
    near_one = max(complements) < _SMALL
    fine = near_one and max(complements) - min(complements) < _FINE
    return _roomy(_ends("near one" if fine else "linear", values), probability=True)


def _spread(sides: Sequence[float], values: int) -> bool:
    """Whether the distances from 0, or from 1, are better shown by their powers of ten."""
    return _far_apart(sides, values) and max(sides) <= _SMALL


def _far_apart(sides: Sequence[float], values: int) -> bool:
    """Whether most values are more than 0, and reach over more than a power of ten."""
    return len(sides) * 2 >= values and bool(sides) and max(sides) >= _SPREAD * min(sides)


def _ends(kind: Kind, values: Sequence[Value]) -> Scale:
    at = [each for each in (coordinate(kind, value) for value in values) if math.isfinite(each)]
    low, high = min(at), max(at)
    if high - low > 1e-12 * max(abs(low), abs(high)):
        return Scale(kind, low, high)
    # One value alone: an axis around it, a tenth of what it is to either side.
    around = 0.5 if kind in ("whole", "logarithmic", "nines") else abs(low) / 10 or 0.5
    return Scale(kind, low - around, high + around)


def _roomy(scale: Scale, *, probability: bool) -> Scale:
    """The same with some room, but none beyond 0 or 1 where the values are probabilities."""
    room = (scale.high - scale.low) * 0.04
    low, high = scale.low - room, scale.high + room
    if scale.kind == "linear" and probability:
        low, high = max(low, 0.0 if scale.low >= 0 else low), min(high, 1.0)
    if scale.kind == "near one":
        high = min(high, 0.0)
    if scale.kind == "whole":
        low = max(low, 0.0)
    if scale.kind == "nines":
        low = max(low, 0.0)
    return Scale(scale.kind, low, high)
