"""Values of the model as what they mean: two that are equal here never give different figures."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any

from vreltui.model.quantities import Value, quantity_of


def exactly(value: Any) -> Hashable:
    """What a value of any field of the model means, by which values can be compared.

    Numbers are exact, whatever their spelling and from whichever side they were written.

    >>> from vreltui.model.numbers import Probability
    >>> exactly(Probability.of("0.990")) == exactly(Probability.from_unreliability("0.01"))
    True
    """
    if isinstance(value, bool | str | None):
        return value
    if isinstance(value, Value):
        quantity = quantity_of(value)
        return quantity.kind, quantity.exact(value)
    if isinstance(value, Decimal):
        return "amount", Fraction(value)
    if isinstance(value, tuple):
        return tuple(map(exactly, value))
    if isinstance(value, Mapping):
        return tuple(sorted((name, exactly(inner)) for name, inner in value.items()))
    if is_dataclass(value):
        names = [each.name for each in fields(value)]
        return type(value).__name__, *(exactly(attrgetter(name)(value)) for name in names)
    raise TypeError(f"{value!r} is no value of a design")
