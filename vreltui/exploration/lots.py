"""Amounts by the option that is taken at an axis."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from vreltui.model.amounts import Amounts


@dataclass(frozen=True, slots=True)
class Lot:
    """An amount by the number of the option at an axis, or one for all where there is no axis."""

    axis: str | None
    amounts: tuple[Fraction, ...]


def less(one: Lot, other: Lot) -> Lot:
    """By how much one exceeds another at the same axis."""
    return Lot(one.axis, tuple(a - b for a, b in zip(one.amounts, other.amounts, strict=True)))


def lots_of(of: Any, key: str) -> Amounts:
    """What a node or an item uses, or provides."""
    lots: Amounts = of.uses if key == "uses" else of.provides
    return lots
