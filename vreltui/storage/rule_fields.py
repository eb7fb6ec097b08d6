"""What a design file may say of rules, and what a choice sets: part of `storage.fields`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vreltui.model import (
    Path,
    Problem,
    Rule,
    Span,
)
from vreltui.storage.common_fields import DESCRIPTION, NOTE, SOURCE, TITLE
from vreltui.storage.exploration_fields import MIX
from vreltui.storage.shapes import (
    Either,
    Given,
    ListOf,
    Name,
    Schema,
    Shape,
    any_of,
)
from vreltui.storage.tables import Entries, Key, Plain, Table
from vreltui.storage.time_shapes import AnyNumber

_NUMBER = AnyNumber()


@dataclass(frozen=True)
class _SpanShape(Table):
    """Numbers from one end to another; either may be left out."""

    def states(self, value: object) -> bool:
        """Whether ``value`` is such a span."""
        return isinstance(value, Span)

    def build(self, raw: Any, given: Given) -> Any:
        """The span."""
        ends = {name: _NUMBER.build(end, given) for name, end in raw.items()}
        return Span(ends.get("from"), ends.get("to"))

    def plain(self, value: Any) -> Plain:
        """The ends that it has."""
        ends = {"from": value.low, "to": value.high}
        return {name: _NUMBER.plain(end) for name, end in ends.items() if end is not None}

    @property
    def bends(self) -> bool:
        """A probability that was written from the other side can't be written here."""
        return True

    def normal(self, value: Any) -> Any:
        """The span with ends that can be written."""
        low, high = (None if e is None else _NUMBER.normal(e) for e in (value.low, value.high))
        return value if (low, high) == (value.low, value.high) else Span(low, high)


_SPAN = _SpanShape(
    (
        Key("from", _NUMBER, "The lowest of them."),
        Key("to", _NUMBER, "The highest of them."),
    ),
    said="a table such as { from = 2, to = 5 }",
)

_OPTION = Either((Name("option"), _NUMBER, MIX), "an option")
_OPTIONS = ListOf(_OPTION, 'a list of options such as ["A", "B"]', 1)


@dataclass(frozen=True)
class ConditionShape(Shape):
    """The options of a decision that meet a condition: one, several, or numbers between two."""

    said: str = "an option, a list of options, or for a number { from = 2, to = 5 },"

    def _shape(self, value: object) -> Shape:
        if isinstance(value, list):
            return _OPTIONS
        if isinstance(value, dict) and value.keys() <= {"from", "to"} and value:
            return _SPAN
        return _OPTION

    def fits(self, value: object) -> bool:
        """Whether ``value`` is one of these, on the outside."""
        return self._shape(value).fits(value)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return any_of([shape.schema() for shape in (_OPTION, _OPTIONS, _SPAN)])

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``."""
        if self.fits(value):
            yield from self._shape(value).problems(path, value)
        else:
            yield from super().problems(path, value)

    def states(self, value: object) -> bool:
        """Whether ``value`` is a condition."""
        return isinstance(value, tuple | Span)

    def build(self, raw: Any, given: Given) -> Any:
        """The condition; of a mix, from and to may be items."""
        if isinstance(raw, list):
            return _OPTIONS.build(raw, given)
        if self._shape(raw) is _SPAN and given.name not in given.mixes:
            return _SPAN.build(raw, given)
        return (_OPTION.build(raw, given),)

    def plain(self, value: Any) -> Any:
        """One option by itself, several in a list."""
        if isinstance(value, Span):
            return _SPAN.plain(value)
        return _OPTION.plain(value[0]) if len(value) == 1 else _OPTIONS.plain(value)

    @property
    def bends(self) -> bool:
        """Whether numbers in it do."""
        return True

    def normal(self, value: Any) -> Any:
        """The condition with numbers that can be written."""
        return _SPAN.normal(value) if isinstance(value, Span) else _OPTIONS.normal(value)


_CONDITIONS = Entries(ConditionShape(), 'a table such as { hypervisor = "A" }')
_COMPARED = ListOf(Name("decision"), 'a list of decisions such as ["hv1", "hv2"]', 1)

RULE = Table(
    (
        TITLE,
        Key("never", _CONDITIONS, "Options that never stand together, by their decisions."),
        Key("when", _CONDITIONS, "Where all of these are taken, then has to hold."),
        Key("then", _CONDITIONS, "What has to be taken where when holds."),
        Key("same", _COMPARED, "Decisions that take the same option."),
        Key("different", _COMPARED, "Decisions that take different options, each two of them."),
        Key("by", Name("tag"), "What is compared: this tag of the items taken, not the options."),
        DESCRIPTION,
        NOTE,
        SOURCE,
    ),
    makes=Rule,
    named=True,
)
