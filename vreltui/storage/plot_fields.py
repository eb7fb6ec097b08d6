"""What a design file may say of a plot: part of the table in :mod:`vreltui.storage.fields`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vreltui.model import Path, Plot, PlotAxis, PlotSeries, Problem, spoken
from vreltui.model.lasting import NUMBERS
from vreltui.model.plots import READ_UNDER, TIME
from vreltui.model.quantities import NUMBER
from vreltui.model.rules import MOST_POINTS, MOST_SERIES
from vreltui.storage.common_fields import TEXTS
from vreltui.storage.number_shapes import Whole
from vreltui.storage.shapes import Either, Given, ListOf, Name, Schema, Word
from vreltui.storage.tables import Entries, Key, Single, Table
from vreltui.storage.time_shapes import AnyNumber

DEFAULT_POINTS = 101
"""The points of a curve where the file does not say."""

_NUMBER = AnyNumber()

_PLAIN = frozenset(key for key, quantity in NUMBERS.items() if quantity is NUMBER)
"""The keys of numbers that are neither probabilities nor times."""


class _Axis(Table):
    """The horizontal axis, whose ends are numbers of what runs along it."""

    def build(self, raw: Any, given: Given) -> Any:
        """The axis; a shape's ends are plain numbers though no parameter says so."""
        if raw.get("key") in _PLAIN:
            given = given._replace(plain=given.plain | {""})
        return super().build(raw, given)


_X = _Axis(
    (
        Key("parameter", Name("parameter"), "What runs along the axis.", default=""),
        Key(
            "node",
            Name("node"),
            "A component whose own number runs along the axis, instead of a parameter.",
            default="",
        ),
        Key(
            "key",
            Name("number"),
            "Which number of the node's own; its reliability when left out.",
            default="",
        ),
        Key(
            "axis",
            Word((TIME,)),
            "time: the time since all was new runs along the axis, instead of a parameter.",
            default="",
        ),
        Key("from", _NUMBER, "Where the axis begins.", required=True, to="start"),
        Key("to", _NUMBER, "Where the axis ends, above from.", required=True, to="stop"),
        Key(
            "points",
            Whole(2, MOST_POINTS),
            f"How many points; {DEFAULT_POINTS} when left out. A count takes every whole number "
            "instead.",
            default=DEFAULT_POINTS,
        ),
        Key(
            "scale",
            Word(("linear", "log")),
            "How points lie on the axis: evenly (when left out), or evenly in the logarithm.",
            default="linear",
        ),
    ),
    exactly_one=("parameter", "node", "axis"),
    said='a table such as { parameter = "R_M", from = 0.1, to = 1.0 }',
    makes=PlotAxis,
    about="parameter",
)


@dataclass(frozen=True)
class _Ordinate(Either):
    """What a plot shows: a word, or the parameter whose threshold it shows, as a pair."""

    def states(self, value: object) -> bool:
        """Every such pair can be written."""
        return isinstance(value, tuple)

    def build(self, raw: Any, given: Given) -> tuple[str, str | None]:
        """The word, and the parameter where the word is threshold."""
        stated = super().build(raw, given)
        return ("threshold", stated) if isinstance(raw, dict) else (stated, None)

    def plain(self, value: Any) -> Any:
        """The word alone, or the table with the parameter."""
        word, parameter = value
        return word if parameter is None else {"threshold": parameter}


class _OrdinateKey(Key):
    """The key that states both what a plot shows and of which parameter."""

    def give(self, found: dict[str, Any], value: Any) -> None:
        """Two attributes come from one key."""
        found["y"], found["threshold"] = value

    def held(self, record: Any) -> Any:
        """Both attributes."""
        return record.y, record.threshold


@dataclass(frozen=True)
class _Series(Entries):
    """The values of the one parameter, or of the goal, for which curves are drawn."""

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return super().schema() | {"minProperties": 1, "maxProperties": 1}

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``: it names one parameter."""
        yield from super().problems(path, value)
        if isinstance(value, dict) and len(value) != 1:
            yield Problem(
                path,
                f"{spoken(path)} names {len(value)} parameters",
                "name one, such as series = { n = [2, 3] }",
            )

    def states(self, value: object) -> bool:
        """Whether ``value`` is a series."""
        return isinstance(value, PlotSeries)

    def build(self, raw: Any, given: Given) -> PlotSeries:
        """The series of one parameter; "goal" is the goal, whatever parameters are called."""
        ((name, values),) = raw.items()
        of_goal = name == "goal"
        stated = self.shape.build(values, given.of("" if of_goal else name))
        return PlotSeries(None if of_goal else name, stated)

    def plain(self, value: Any) -> dict[str, Any]:
        """The values by what they are values of."""
        return {value.parameter or "goal": self.shape.plain(value.values)}

    def normal(self, value: Any) -> Any:
        """The same series with values that can be written."""
        values = self.shape.normal(value.values)
        return value if values is value.values else PlotSeries(value.parameter, values)


_Y = _Ordinate(
    (
        Word((*READ_UNDER, "gain")),
        Single(
            (
                Key(
                    "threshold",
                    Name("parameter", r"^[A-Za-z0-9_-]{1,64}(\.[a-z]+)?$"),
                    "The parameter; or a number that stands at a node, written as NODE.KEY.",
                    required=True,
                ),
            )
        ),
    ),
    '"reliability", "availability", "downtime", "mttf", "gain" or { threshold = "a parameter" }',
)

PLOT = Table(
    (
        *TEXTS,
        Key("choice", Name("choice"), "The choice that is drawn.", required=True),
        Key("x", _X, "The horizontal axis.", required=True),
        _OrdinateKey(
            "y",
            _Y,
            "What is drawn: what the design measures (when left out); reliability, unreliability; "
            "availability, unavailability (along time from when all is new, else in the long "
            "run), availability_over (from when all is new until then); downtime (seconds a "
            "year), outages (a year), mttf (seconds); safety, unsafety; gain (over the baseline, "
            "of what is measured); or the threshold of a parameter.",
            default=("measured", None),
        ),
        Key(
            "series",
            _Series(
                ListOf(_NUMBER, f"a list of 1 to {MOST_SERIES} numbers", 1, MOST_SERIES),
                "a table such as { n = [2, 3] } or { goal = [0.98] }",
            ),
            "One curve for each value of one parameter, or for each goal (a reliability).",
        ),
    ),
    makes=Plot,
    named=True,
)
