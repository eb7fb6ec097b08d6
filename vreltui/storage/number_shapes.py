"""The shapes of numbers: probabilities from either side, whole numbers, and numbers of any sort.

A further quantity (a time such as "2654 h") is a further class here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vreltui.model import Probability
from vreltui.storage.shapes import Given, Schema, Shape

_PER_CENT = re.compile(r"\s*([0-9]{1,3}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})\s*%\s*", re.ASCII)


@dataclass(frozen=True)
class Number(Shape):
    """A probability, written from the side on which it is meant: any number from 0 to 1."""

    said: str = "a number from 0 to 1"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a number; true and false are none."""
        return isinstance(value, int | Decimal) and not isinstance(value, bool)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "number", "minimum": 0, "maximum": 1}

    def hint(self, value: object) -> str:
        """Per cent as the number that it is: a file has one spelling for each number.

        >>> Number().hint("99.95%"), Number().hint("R_M")
        ('write 0.9995', '')
        """
        found = _PER_CENT.fullmatch(value) if isinstance(value, str) else None
        return f"write {Decimal(found[1]).scaleb(-2):f}" if found else ""

    def states(self, value: object) -> bool:
        """Whether ``value`` is a probability that was written from this side."""
        return isinstance(value, Probability) and not value.complemented

    def build(self, raw: Any, given: Given) -> Any:
        """The probability with that reliability."""
        del given
        return Probability(Decimal(raw))

    def plain(self, value: Any) -> Any:
        """The number as it was written."""
        return value.written


@dataclass(frozen=True)
class Complement(Number):
    """A probability that is written as that of the opposite: any number from 0 to 1."""

    def states(self, value: object) -> bool:
        """Whether ``value`` is a probability that was written from the other side."""
        return isinstance(value, Probability) and value.complemented

    def build(self, raw: Any, given: Given) -> Any:
        """The probability with that unreliability."""
        del given
        return Probability(Decimal(raw), complemented=True)


@dataclass(frozen=True)
class Whole(Shape):
    """A whole number, within limits that the model's rules hold."""

    least: int = 1
    most: int | None = None
    said: str = "a whole number"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a whole number; true and false are none."""
        return isinstance(value, int) and not isinstance(value, bool)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        limits = {"minimum": self.least} | ({} if self.most is None else {"maximum": self.most})
        return {"type": "integer"} | limits

    def states(self, value: object) -> bool:
        """Whether ``value`` is a whole number."""
        return self.fits(value)


@dataclass(frozen=True)
class Version(Whole):
    """The number of the format, which every file of this format has."""

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return super().schema() | {"const": self.least}
