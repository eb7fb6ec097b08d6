"""What numbers of one sort have in common; the sorts are in :mod:`vreltui.model.quantities`."""

from __future__ import annotations

import decimal
import re
from abc import ABC, abstractmethod
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Generic, TypeVar

from vreltui.model.errors import DesignError, Problem
from vreltui.model.names import shown
from vreltui.model.numbers import MOST_DIGITS, PlainNumber, Probability
from vreltui.model.times import Duration, Rate

Value = Probability | int | Duration | Rate | PlainNumber
"""The value of a parameter, or of a number at a node."""

V = TypeVar("V", Probability, int, Duration, Rate, PlainNumber)


class Quantity(ABC, Generic[V]):
    """What numbers of one sort have in common. There is one object of each subclass."""

    kind: ClassVar[str]
    """The word in JSON: "probability", "count"."""

    short: ClassVar[str]
    """What such a number is called where it stands alone: "reliability", "count"."""

    name: ClassVar[str]
    """What such a number is called in a sentence on its right sort: "whole number"."""

    plural: ClassVar[str]
    """Several of them."""

    example: ClassVar[str]
    """What to type, as words to end a sentence with."""

    label: ClassVar[str]
    """What a node's number is called beside it: "copies"."""

    @property
    def parameter_right(self) -> str:
        """What would be right where a parameter of another quantity is named."""
        return f"a {self.short} is needed here"

    @abstractmethod
    def of(self, value: object) -> V:
        """``value`` itself. Raises :class:`TypeError` by name where it is of another quantity."""

    @abstractmethod
    def exact(self, value: V) -> Fraction | int:
        """The number by which values are compared: the reliability, or the count."""

    @abstractmethod
    def fault(self, value: V, most_copies: int) -> str | None:
        """What is wrong with it as a value of a design whose hosts hold ``most_copies``."""

    @abstractmethod
    def right(self, most_copies: int) -> str:
        """What would be right in the place of a value that has a fault."""

    @abstractmethod
    def typed(self, text: str) -> V:
        """What people typed, read exactly. Raises :class:`DesignError` where it is none."""

    @abstractmethod
    def text(self, value: V) -> str:
        """A value as it was written: 0.99, 1 - 0.00001, 3."""

    @abstractmethod
    def plain_text(self, value: V) -> str:
        """The exact decimal of a value."""

    @abstractmethod
    def stepped(
        self, value: V, up: bool, ends: tuple[V, V] | None, *, fine: bool, most_copies: int
    ) -> V:
        """The next value up or down, within ``ends`` (both allowed)."""

    def written_as(self, value: V, key: str) -> str:
        """The key under which a file has a number whose key is ``key``."""
        del value
        return key

    def limit_words(self, most_copies: int) -> str:
        """Why a value cannot be higher, as words to end a sentence with."""
        del most_copies
        return ""

    @abstractmethod
    def parameter_name(self, letter: str) -> str:
        """What a parameter of such a number may be called: R_V for a letter V."""

    def reminder(self, value: V) -> str:
        """What to bear in mind of how a value was written, as words to end a sentence with."""
        del value
        return ""


_NUMBER = re.compile(r"[0-9]*\.?[0-9]+(?:e[+-]?[0-9]{1,4})?|[0-9]+\.(?:e[+-]?[0-9]{1,4})?", re.I)


def decimal_of(words: str) -> Decimal | None:
    """The decimal that people typed; None where it is none."""
    if len(words) > MOST_DIGITS + 20 or _NUMBER.fullmatch(words) is None:
        return None
    try:
        return Decimal(words)
    except decimal.InvalidOperation:
        return None


def no_value(text: str, right: str) -> DesignError:
    """What is raised where what people typed is no value."""
    return DesignError(Problem((), f'"{shown(text.strip(), most=40)}" is no value here', right))


def of_another(wanted: Quantity[Any], value: object) -> TypeError:
    """What is raised where a value is one of another quantity."""
    return TypeError(f"{value!r} is no {wanted.kind}")
