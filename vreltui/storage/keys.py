"""What a design file may say: every key, the shape of its value and what it means.

The check of files, the JSON Schema and the reference in docs/design-file.md all follow this
description.
"""

from __future__ import annotations

from vreltui.model import FORMAT_VERSION, KINDS, MOST_COPIES
from vreltui.model.rules import MOST_PARTS, MOST_POINTS, MOST_SERIES
from vreltui.storage.shapes import Either, Flag, ListOf, Name, Number, Text, Whole, Word
from vreltui.storage.tables import Entries, Key, Table, Variant, Variants

DEFAULT_POINTS = 101
"""The points of a curve where the file does not say."""

TITLE = Key("title", Text(), "What it is called on the screen; one line.")
DESCRIPTION = Key("description", Text(lines=True), "What it is, at length.")
NOTE = Key("note", Text(lines=True), "Free text, shown in the detail pane.")
SOURCE = Key("source", Text(), "Where the figures come from; one line.")
TEXTS = (TITLE, DESCRIPTION, NOTE)

_RELIABILITY = Key("reliability", Number(), "The probability that it works.")
_UNRELIABILITY = Key(
    "unreliability", Number(), "The probability that it fails; instead of reliability."
)

GOAL = Table(
    (
        Key("reliability", Number(), "A choice meets the goal when it is more reliable than this."),
        Key("unreliability", Number(), "The same from the other side: 1 - reliability."),
    ),
    exactly_one=("reliability", "unreliability"),
    said="a table such as [goal] with reliability = 0.999",
)

LIMITS = Table(
    (
        Key(
            "copies",
            Whole(1, MOST_COPIES),
            f"The most copies that a host can hold, at most {MOST_COPIES}; 1000 when left out.",
        ),
    ),
    said="a table such as [limits] with copies = 64",
)

_NUMBER = Either((Number(), Whole()), "a number from 0 to 1, or a whole number for a count,")

_VALUE_KEYS = (
    Key("value", Number(), "A reliability, from 0 to 1."),
    Key("unreliability", Number(), "The same from the other side: value = 1 - unreliability."),
    Key("count", Whole(), "A whole number of copies, at least 1."),
)
_ONE_VALUE = ("value", "unreliability", "count")

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
)

_PARAMETER_SAID = "a number, or a table such as { value = 0.999, range = [0.99, 0.9999] },"

_NEEDS = Key(
    "needs",
    Either(
        (Word(("all", "any", "majority")), Whole()),
        '"all", "any", "majority" or a whole number',
    ),
    "How many must work: all (when left out), any (at least one), majority (more than half), or "
    "this many.",
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
            ("reliability", "unreliability"),
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
                    _UNRELIABILITY,
                ),
                exactly_one=("reliability", "unreliability"),
            ),
        ),
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
                )
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
                )
            ),
        ),
    ),
    said="a component (reliability or unreliability), a group (parts) or a pool (of and copies)",
)

CHOICE = Table(
    (
        *TEXTS,
        Key("root", Name("node"), "The node at the top of its tree.", required=True),
        Key(
            "set",
            Entries(
                Either(
                    (Number(), Whole(), Table(_VALUE_KEYS, _ONE_VALUE)),
                    "a number, or one of { value = }, { unreliability = } and { count = },",
                ),
                "a table such as { n = 12 }",
            ),
            "Values of parameters in this choice alone, within their ranges; there they are given, "
            "no longer open. Written as in [parameters], without a range.",
        ),
    )
)

_X = Table(
    (
        Key("parameter", Name("parameter"), "What runs along the axis.", required=True),
        Key("from", _NUMBER, "Where the axis begins.", required=True),
        Key("to", _NUMBER, "Where the axis ends, above from.", required=True),
        Key(
            "points",
            Whole(2, MOST_POINTS),
            f"How many points; {DEFAULT_POINTS} when left out. A count takes every whole number "
            "instead.",
        ),
    ),
    said='a table such as { parameter = "R_M", from = 0.1, to = 1.0 }',
)

_Y = Either(
    (
        Word(("reliability", "unreliability", "gain")),
        Table((Key("threshold", Name("parameter"), "The parameter.", required=True),)),
    ),
    '"reliability", "unreliability", "gain" or { threshold = "a parameter" }',
)

PLOT = Table(
    (
        *TEXTS,
        Key("choice", Name("choice"), "The choice that is drawn.", required=True),
        Key("x", _X, "The horizontal axis.", required=True),
        Key(
            "y",
            _Y,
            "What is drawn: reliability (when left out), unreliability, gain (reliability minus "
            "the baseline's), or the threshold of a parameter.",
        ),
        Key(
            "series",
            Entries(
                ListOf(_NUMBER, f"a list of 1 to {MOST_SERIES} numbers", 1, MOST_SERIES),
                "a table such as { n = [2, 3] } or { goal = [0.98] }",
            ),
            "One curve for each value of one parameter, or for each goal (a reliability).",
        ),
    )
)

DESIGN = Table(
    (
        Key(
            "vreltui",
            Whole(FORMAT_VERSION),
            f"The version of the format: {FORMAT_VERSION}.",
            required=True,
        ),
        *TEXTS,
        Key("baseline", Name("choice"), "The choice that the others must beat."),
        Key("goal", GOAL, "The reliability that a choice must exceed."),
        Key("limits", LIMITS, "What a host can hold."),
        Key(
            "parameters",
            Entries(
                Either((Number(), Whole(), PARAMETER), _PARAMETER_SAID),
                "a table such as [parameters] with R_H = 0.999",
            ),
            "Named numbers.",
        ),
        Key(
            "nodes",
            Entries(NODE, "tables such as [nodes.hardware]"),
            "The components, groups and pools, each by its name.",
            required=True,
        ),
        Key(
            "choices",
            Entries(CHOICE, "tables such as [choices.first]"),
            "The alternatives, each by its name.",
            required=True,
        ),
        Key(
            "plots",
            Entries(PLOT, "tables such as [plots.first]"),
            "Figures kept with the design, each by its name.",
        ),
    )
)
