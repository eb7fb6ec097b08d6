"""Parameters that a move brings along: what nobody has said of the design yet, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from vreltui.model.design import Design, Parameter, Value
from vreltui.model.edits.common import fresh_name, updated
from vreltui.model.numbers import Probability
from vreltui.model.times import Duration

ASSUMED = "assumed"
"""The source of a number that nobody has published."""

IEC_BETA = "IEC 61508-6: 0.01 to 0.1"
"""Whose the usual share of common failures is."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A parameter that a move brings along; open where it has ends."""

    value: Value
    title: str
    ends: tuple[Value, Value] | None = None
    source: str = ASSUMED


def time(number: str, unit: str) -> Duration:
    """A time, as a file would state it.

    >>> str(time("30", "min"))
    '30 min'
    """
    return Duration(Decimal(number), unit)


def share(number: str, title: str, least: str, most: str = "1", source: str = ASSUMED) -> Assumed:
    """An open number from 0 to 1."""
    ends = Probability.of(least), Probability.of(most)
    return Assumed(Probability.of(number), title, ends, source)


def with_assumed(design: Design, wanted: Mapping[str, Assumed]) -> tuple[Design, dict[str, str]]:
    """The design with new parameters, and their names by those that were wished for. Not checked.

    A name that is taken is followed by a number.
    """
    parameters, names = design.parameters, {}
    for wish, new in wanted.items():
        name = names[wish] = fresh_name(wish, parameters)
        entry = Parameter(name, new.value, new.ends, title=new.title, source=new.source)
        parameters = updated(parameters, name, entry)
    return replace(design, parameters=parameters), names
