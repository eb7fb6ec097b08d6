"""The shapes of times, rates and plain numbers, and of the goals that are stated with them."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from vreltui.model import Path, Probability, Problem, spoken
from vreltui.model.goals import Aim, Downtime, MeanLife, read_downtime
from vreltui.model.names import is_name
from vreltui.model.numbers import LEAST_NUMBER, MOST_NUMBER, PlainNumber
from vreltui.model.times import (
    Duration,
    Rate,
    looks_like_one,
    no_duration,
    no_rate,
    read_duration,
    read_rate,
)
from vreltui.storage.number_shapes import Number, Whole
from vreltui.storage.shapes import Either, Given, Name, Schema, Shape, described


class _Quantified(Shape):
    """A text with a unit."""

    example: str
    read: Callable[[str], Any]
    wrong: Callable[[str], str]

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a text; what stands in it is for :meth:`problems`."""
        return isinstance(value, str)

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``: a number without its unit, or a text that is none."""
        if isinstance(value, str):
            if type(self).read(value) is None:
                yield Problem(
                    path, f"{spoken(path)} is {described(value)}", type(self).wrong(value)
                )
        else:
            right = f'{self.said} such as "{self.example}" is right'
            yield Problem(path, f"{spoken(path)} is {described(value)}", right)

    def build(self, raw: Any, given: Given) -> Any:
        """The quantity, exactly."""
        del given
        return type(self).read(raw)

    def plain(self, value: Any) -> Any:
        """As it was written."""
        return str(value)


@dataclass(frozen=True)
class Time(_Quantified):
    """A time: a decimal, a space and a unit."""

    said: str = "a time with its unit"
    example: str = "2654 h"
    read = staticmethod(read_duration)
    wrong = staticmethod(no_duration)

    def states(self, value: object) -> bool:
        """Whether ``value`` is a time."""
        return isinstance(value, Duration)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "string", "pattern": rf"^{_DECIMAL} (ms|s|min|h|d|w|mo|y)$"}


@dataclass(frozen=True)
class Often(_Quantified):
    """A rate: a decimal, a space and /unit, or FIT."""

    said: str = "a rate with its unit"
    example: str = "2 /y"
    read = staticmethod(read_rate)
    wrong = staticmethod(no_rate)

    def states(self, value: object) -> bool:
        """Whether ``value`` is a rate."""
        return isinstance(value, Rate)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "string", "pattern": rf"^{_DECIMAL} (/(ms|s|min|h|d|w|mo|y)|FIT)$"}


_DECIMAL = r"[+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"


@dataclass(frozen=True)
class Positive(Shape):
    """A plain positive number, such as a shape."""

    said: str = "a positive number"
    zero: bool = False
    """Whether 0 is one, too."""

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a number; true and false are none."""
        return isinstance(value, int | Decimal) and not isinstance(value, bool)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        least = 0.0 if self.zero else float(LEAST_NUMBER)
        return {"type": "number", "minimum": least, "maximum": float(MOST_NUMBER)}

    def states(self, value: object) -> bool:
        """Whether ``value`` is a plain number."""
        return isinstance(value, PlainNumber)

    def build(self, raw: Any, given: Given) -> Any:
        """The number, exactly."""
        del given
        return PlainNumber(Decimal(raw))

    def plain(self, value: Any) -> Any:
        """The number as it was written."""
        return value.written


@dataclass(frozen=True)
class OrName(Either):
    """A quantity written as text, or the name of a parameter: the space tells them apart."""

    shapes: tuple[Shape, ...]
    said: str

    @property
    def quantity(self) -> Shape:
        """The shape that is no name."""
        return self.shapes[0]

    def build(self, raw: Any, given: Given) -> Any:
        """The quantity, or the name."""
        if isinstance(raw, str) and is_name(raw):
            return raw
        return self.quantity.build(raw, given)

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value`` as a quantity, where it is no name."""
        if not (isinstance(value, str) and is_name(value)) or _meant_as_time(value):
            yield from self.quantity.problems(path, value)


def _meant_as_time(name: str) -> bool:
    """Whether a legal name is rather a time without its space, such as 5min."""
    return name[0].isdigit() and no_duration(name).endswith("before the unit, is right")


def a_time() -> OrName:
    """A time, or the name of a time parameter."""
    return OrName((Time(), Name("parameter")), 'a time such as "2654 h", or a parameter\'s name,')


def a_rate() -> OrName:
    """A rate, or the name of a rate parameter."""
    return OrName((Often(), Name("parameter")), 'a rate such as "2 /y", or a parameter\'s name,')


def a_number(*, zero: bool = False) -> OrName:
    """A plain number, or the name of a parameter; ``zero`` allows 0."""
    said = "a number of 0 or more" if zero else "a positive number"
    shape = Positive(said, zero=zero)
    return OrName((shape, Name("parameter")), f"{said}, or a parameter's name,")


@dataclass(frozen=True)
class Aimed(Shape):
    """A goal of another measure than reliability: a probability of it, from one side."""

    measure: Literal["availability", "safety"]
    inner: Number

    @property
    def said(self) -> str:  # type: ignore[override]
        """What would be right, as words."""
        return self.inner.said

    def fits(self, value: object) -> bool:
        """As the probability."""
        return self.inner.fits(value)

    def schema(self) -> Schema:
        """As the probability."""
        return self.inner.schema()

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """As the probability."""
        yield from self.inner.problems(path, value)

    def states(self, value: object) -> bool:
        """Whether ``value`` is a goal of this measure, written from this side."""
        if not isinstance(value, Aim) or value.measure != self.measure:
            return False
        return self.inner.states(value.value)

    def build(self, raw: Any, given: Given) -> Any:
        """The goal."""
        return Aim(self.measure, self.inner.build(raw, given))

    def plain(self, value: Any) -> Any:
        """The number as it was written."""
        return self.inner.plain(value.value)


@dataclass(frozen=True)
class Down(Shape):
    """A goal of less time down in each of a period: "5 min/y"."""

    said: str = 'a time in a period, such as "5 min/y",'

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a text."""
        return isinstance(value, str)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "string", "pattern": rf"^{_DECIMAL} (ms|s|min|h|d|w|mo|y) ?/ ?(d|w|mo|y)$"}

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``."""
        if not isinstance(value, str) or read_downtime(value) is None:
            right = f"{self.said} is right; per d, w, mo or y"
            yield Problem(path, f"{spoken(path)} is {described(value)}", right)

    def states(self, value: object) -> bool:
        """Whether ``value`` is such a goal."""
        return isinstance(value, Downtime)

    def build(self, raw: Any, given: Given) -> Any:
        """The goal."""
        del given
        return read_downtime(raw)

    def plain(self, value: Any) -> Any:
        """As it was written."""
        return str(value)


@dataclass(frozen=True)
class Mean(Time):
    """A goal of a mean time to failure."""

    def states(self, value: object) -> bool:
        """Whether ``value`` is such a goal."""
        return isinstance(value, MeanLife)

    def build(self, raw: Any, given: Given) -> Any:
        """The goal."""
        return MeanLife(super().build(raw, given))


@dataclass(frozen=True)
class TimeOrRate(Either):
    """A text that is a time or a rate."""

    shapes: tuple[Shape, ...] = (Time(), Often())
    said: str = 'a time such as "2654 h" or a rate such as "2 /y"'

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a text that was meant as a time or a rate."""
        return isinstance(value, str) and looks_like_one(value)

    def states(self, value: object) -> bool:
        """Whether ``value`` is one of the two."""
        return isinstance(value, Duration | Rate)

    def build(self, raw: Any, given: Given) -> Any:
        """The time, or the rate."""
        del given
        return read_duration(raw) or read_rate(raw)

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``, as a rate where it looks like one."""
        if isinstance(value, str) and not (read_duration(value) or read_rate(value)):
            rate = "/" in value or "FIT" in value
            yield from self.shapes[1 if rate else 0].problems(path, value)


@dataclass(frozen=True)
class AnyNumber(Either):
    """A number of the sort that the parameter has whose value it is; there is no complement."""

    shapes: tuple[Shape, ...] = (Number(), Whole(), Positive(), TimeOrRate())
    said: str = "a number from 0 to 1, a whole number for a count, or a time, rate or number"

    def build(self, raw: Any, given: Given) -> Any:
        """A count or a plain number where the parameter is one; 0.5 is never a count."""
        if isinstance(raw, str):
            return self.shapes[3].build(raw, given)
        if given.name in given.plain:
            return self.shapes[2].build(raw, given)
        sort = 1 if given.name in given.counts and isinstance(raw, int) else 0
        return self.shapes[sort].build(raw, given)

    @property
    def bends(self) -> bool:
        """A probability that was written from the other side can't be written here."""
        return True

    def normal(self, value: Any) -> Any:
        """A complement as the number itself."""
        if not isinstance(value, Probability) or not value.complemented:
            return value
        with decimal.localcontext() as context:
            context.prec = 1000
            return Probability(1 - value.written)
