"""What a design file may say: every field, its shape and meaning, and where the model has it.

From this one table come the check of files, the JSON Schema, the reference in docs/design-file.md,
the design that a file states and the data that states a design. Another field is another line here,
and the attribute of the model that it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vreltui.model import (
    FORMAT_VERSION,
    KINDS,
    MOST_COPIES,
    Choice,
    Component,
    Design,
    Group,
    Parameter,
    Path,
    Plot,
    PlotAxis,
    PlotSeries,
    Pool,
    Problem,
    spoken,
)
from vreltui.model.design import LastingComponent, Mission
from vreltui.model.goals import GOAL_KEYS, MEASURES
from vreltui.model.rules import MOST_PARTS, MOST_POINTS, MOST_SERIES
from vreltui.storage.number_shapes import (
    Aimed,
    AnyNumber,
    Complement,
    Down,
    Mean,
    Number,
    Often,
    Positive,
    Time,
    TimeOrRate,
    Version,
    Whole,
    a_number,
    a_rate,
    a_time,
)
from vreltui.storage.shapes import Either, Flag, Given, ListOf, Name, Schema, Text, Word
from vreltui.storage.tables import Entries, Key, Short, Single, Table, Variant, Variants

DEFAULT_POINTS = 101
"""The points of a curve where the file does not say."""

TITLE = Key("title", Text(), "What it is called on the screen; one line.")
DESCRIPTION = Key("description", Text(lines=True), "What it is, at length.")
NOTE = Key("note", Text(lines=True), "Free text, shown in the detail pane.")
SOURCE = Key("source", Text(), "Where the figures come from; one line.")
TEXTS = (TITLE, DESCRIPTION, NOTE)

_ONE_SIDE = ("reliability", "unreliability")

GOAL = Single(
    (
        Key("reliability", Number(), "A choice meets the goal when it is more reliable than this."),
        Key("unreliability", Complement(), "The same from the other side: 1 - reliability."),
        Key(
            "availability",
            Aimed("availability", Number()),
            "The share of time up, in the long run, that a choice must exceed.",
        ),
        Key(
            "unavailability",
            Aimed("availability", Complement()),
            "The same from the other side: 1 - availability.",
        ),
        Key(
            "downtime",
            Down(),
            'The same as a time down that a choice must stay under: "5 min/y", per d, w, mo or y.',
        ),
        Key("mttf", Mean(), "The mean time to the first failure that a choice must exceed."),
        Key(
            "safety",
            Aimed("safety", Number()),
            "The probability that nothing unsafe has happened by the mission time.",
        ),
        Key("unsafety", Aimed("safety", Complement()), "The same from the other side: 1 - safety."),
    ),
    exactly_one=tuple(GOAL_KEYS),
    said="a table such as [goal] with reliability = 0.999",
)

MISSION = Table(
    (
        Key(
            "time",
            a_time(),
            'How long a choice must run without failing: a time such as "30 d", or the name of a '
            "time parameter.",
        ),
        Key(
            "measure",
            Word(MEASURES),
            "What figures are figures of where there is no goal to say so; reliability when left "
            "out.",
        ),
    ),
    said='a table such as [mission] with time = "30 d"',
    makes=Mission,
)

LIMITS = Single(
    (
        Key(
            "copies",
            Whole(1, MOST_COPIES),
            f"The most copies that a host can hold, at most {MOST_COPIES}; 1000 when left out.",
        ),
    ),
    said="a table such as [limits] with copies = 64",
)

_NUMBER = AnyNumber()

_VALUE_KEYS = (
    Key("value", Number(), "A reliability, from 0 to 1."),
    Key(
        "unreliability",
        Complement(),
        "The same from the other side: value = 1 - unreliability.",
        to="value",
    ),
    Key("count", Whole(), "A whole number of copies, at least 1.", to="value"),
    Key("time", Time(), 'A time with its unit: "2654 h"; ms s min h d w mo y.', to="value"),
    Key("rate", Often(), 'How often in a time: "2 /y", "1e-5 /h", "500 FIT".', to="value"),
    Key("number", Positive(), "A plain positive number, such as a shape.", to="value"),
)
_ONE_VALUE = ("value", "unreliability", "count", "time", "rate", "number")

PARAMETER = Table(
    (
        *_VALUE_KEYS,
        Key(
            "range",
            ListOf(_NUMBER, "a list of two numbers such as [0.9, 0.999]", 2, 2),
            "The lowest and the highest value that may be chosen, both allowed; reliabilities or "
            "counts. With a range the parameter is open, without it is given.",
        ),
        TITLE,
        SOURCE,
        DESCRIPTION,
        NOTE,
    ),
    exactly_one=_ONE_VALUE,
    makes=Parameter,
    named=True,
)


def _value_key(raw: Any, given: Given) -> str:
    """The key that a bare number or text is short for; 0.5 is never a count."""
    if isinstance(raw, str):
        return "rate" if "/" in raw or raw.endswith("FIT") else "time"
    if given.name in given.plain:
        return "number"
    return "count" if given.name in given.counts and isinstance(raw, int) else "value"


_NEEDS = Key(
    "needs",
    Either(
        (Word(("all", "any", "majority")), Whole()),
        '"all", "any", "majority" or a whole number',
    ),
    "How many must work: all (when left out), any (at least one), majority (more than half), or "
    "this many.",
)

LIFETIMES = ("mttf", "rate", "scale", "median", "stages", "shape", "sigma")
"""The keys that make a component one with a lifetime; the rules say which go together."""

LASTING = Table(
    (
        Key("mttf", a_time(), "Its mean time to failure; alone, its life is exponential."),
        Key("rate", a_rate(), "How often it fails, at a constant rate; instead of mttf."),
        Key(
            "shape",
            a_number(),
            "The shape of a Weibull life, from 0.05 to 50: above 1 it ages, below it matures.",
        ),
        Key("scale", a_time(), "The scale of a Weibull life; instead of mttf beside a shape."),
        Key("median", a_time(), "The median of a lognormal life."),
        Key("sigma", a_number(), "The deviation of the logarithm of a lognormal life, at most 10."),
        Key(
            "stages",
            ListOf(a_time(), 'a list of 2 to 20 times such as ["1 mo", "1 w"]'),
            "A life in exponential stages, one mean each; equal ones make an Erlang law.",
        ),
        Key("mttr", a_time(), 'How long a repair takes on average, as good as new; may be "0 s".'),
        Key("planned", a_time(), "How long it is taken down on purpose, once in every ..."),
        Key("every", a_time(), "... so long. Longer than planned."),
        Key(
            "rejuvenate",
            a_time(),
            "It is renewed when it has run this long without a failure.",
        ),
        Key("takes", a_time(), 'How long a renewal takes; "0 s" where another takes over.'),
    ),
    makes=LastingComponent,
    named=True,
)

NODE = Variants(
    "node",
    (
        Key(
            "kind",
            Word(KINDS),
            "What it is; changes icon and wording only. When left out, component for a component "
            "and group for the others.",
        ),
        Key(
            "shared",
            Flag(),
            "true: below a pool, one instance serves all copies. When left out, false: copied.",
        ),
        *TEXTS,
        SOURCE,
    ),
    (
        Variant(
            "component",
            _ONE_SIDE,
            Table(
                (
                    Key(
                        "reliability",
                        Either(
                            (Number(), Name("parameter")),
                            "a number from 0 to 1 or the name of a parameter",
                        ),
                        "The probability that it works, or the name of a parameter.",
                    ),
                    Key(
                        "unreliability",
                        Complement(),
                        "The probability that it fails; instead of reliability.",
                        to="reliability",
                    ),
                ),
                exactly_one=_ONE_SIDE,
                makes=Component,
                named=True,
            ),
        ),
        Variant("lasting", LIFETIMES, LASTING),
        Variant(
            "group",
            ("parts",),
            Table(
                (
                    Key(
                        "parts",
                        ListOf(
                            Name("node"),
                            'a list of names of nodes such as ["a", "b"]',
                            1,
                            MOST_PARTS,
                        ),
                        "The nodes it consists of. A node named twice is the same thing, counted "
                        "twice; for copies use a pool.",
                        required=True,
                    ),
                    _NEEDS,
                ),
                makes=Group,
                named=True,
            ),
        ),
        Variant(
            "pool",
            ("of", "copies"),
            Table(
                (
                    Key("of", Name("node"), "The node that is copied.", required=True),
                    Key(
                        "copies",
                        Either(
                            (Whole(), Name("parameter")),
                            "a whole number or the name of a count parameter",
                        ),
                        "How many independent copies: a whole number, or the name of a parameter "
                        "that is a count.",
                        required=True,
                    ),
                    _NEEDS,
                ),
                makes=Pool,
                named=True,
            ),
        ),
    ),
    said="a component (reliability, unreliability, or a lifetime such as mttf), a group (parts) or "
    "a pool (of and copies)",
)

CHOICE = Table(
    (
        *TEXTS,
        Key("root", Name("node"), "The node at the top of its tree.", required=True),
        Key(
            "set",
            Entries(
                Short(
                    (Number(), Whole(), TimeOrRate(), Single(_VALUE_KEYS, _ONE_VALUE)),
                    "a number, a time, a rate, or a table such as { unreliability = 1e-5 },",
                    _value_key,
                    shortens=True,
                ),
                "a table such as { n = 12 }",
            ),
            "Values of parameters in this choice alone, within their ranges; there they are given, "
            "no longer open. Written as in [parameters], without a range.",
        ),
    ),
    makes=Choice,
    named=True,
)

_X = Table(
    (
        Key("parameter", Name("parameter"), "What runs along the axis.", default=""),
        Key(
            "node",
            Name("node"),
            "A component whose own number runs along the axis, instead of a parameter.",
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
    ),
    exactly_one=("parameter", "node"),
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
        Word(("reliability", "unreliability", "gain")),
        Single(
            (
                Key(
                    "threshold",
                    Name("parameter", r"^[A-Za-z0-9_-]{1,64}(\.reliability)?$"),
                    "The parameter; or a component with a number of its own, written as "
                    "COMPONENT.reliability where a parameter has its name.",
                    required=True,
                ),
            )
        ),
    ),
    '"reliability", "unreliability", "gain" or { threshold = "a parameter" }',
)

PLOT = Table(
    (
        *TEXTS,
        Key("choice", Name("choice"), "The choice that is drawn.", required=True),
        Key("x", _X, "The horizontal axis.", required=True),
        _OrdinateKey(
            "y",
            _Y,
            "What is drawn: reliability (when left out), unreliability, gain (reliability minus "
            "the baseline's), or the threshold of a parameter.",
            default=("reliability", None),
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

DESIGN = Table(
    (
        Key(
            "vreltui",
            Version(FORMAT_VERSION),
            f"The version of the format: {FORMAT_VERSION}.",
            required=True,
            constant=FORMAT_VERSION,
        ),
        *TEXTS,
        Key("baseline", Name("choice"), "The choice that the others must beat."),
        Key("goal", GOAL, "The reliability that a choice must exceed."),
        Key("mission", MISSION, "How long a choice must run, and what is measured."),
        Key("limits", LIMITS, "What a host can hold.", to="copies_limit"),
        Key(
            "parameters",
            Entries(
                Short(
                    (Number(), Whole(), TimeOrRate(), PARAMETER),
                    'a number, a time such as "2654 h", or a table such as '
                    "{ value = 0.999, range = [0.99, 0.9999] },",
                    _value_key,
                ),
                "a table such as [parameters] with R_H = 0.999",
            ),
            "Named numbers.",
        ),
        Key(
            "nodes",
            Entries(NODE, "tables such as [nodes.hardware]", least=1),
            "The components, groups and pools, each by its name.",
            required=True,
        ),
        Key(
            "choices",
            Entries(CHOICE, "tables such as [choices.first]", least=1),
            "The alternatives, each by its name.",
            required=True,
        ),
        Key(
            "plots",
            Entries(PLOT, "tables such as [plots.first]"),
            "Figures kept with the design, each by its name.",
        ),
    ),
    makes=Design,
)

ENTRIES = {key.name: key.shape for key in DESIGN.keys if isinstance(key.shape, Entries)}
"""The tables of named entries, whose order is part of the design: parameters, nodes and so on."""

TABLES = tuple(key.name for key in DESIGN.keys if isinstance(key.shape, Table | Entries))
"""Every table of a file, in the order in which a fresh file has them."""

ON_LINES = tuple(name for name, entries in ENTRIES.items() if isinstance(entries.shape, Short))
"""The tables whose entries are written on a line each, not below headers of their own."""

ALTERNATIVES = frozenset((*_ONE_SIDE, *_ONE_VALUE))
"""Keys of which one takes the place of another when a number is written from its other side."""
