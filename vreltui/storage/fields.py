"""What a design file may say: every field, its shape and meaning, and where the model has it.

From this one table come the check of files, the JSON Schema, the reference in docs/design-file.md,
the design that a file states and the data that states a design. Another field is another line here,
and the attribute of the model that it leads to.
"""

from __future__ import annotations

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
    Pool,
)
from vreltui.model.options import VALUE_WORDS
from vreltui.model.rules import MOST_PARTS
from vreltui.storage.catalogue_fields import catalogues
from vreltui.storage.cause_fields import CAUSES, a_share
from vreltui.storage.common_fields import DESCRIPTION, NOTE, SOURCE, TEXTS, TITLE
from vreltui.storage.exploration_fields import NODE_KEYS, RESOURCE, STRUCTURE, VALUES, bought
from vreltui.storage.goal_fields import GOAL, MISSION, ONE_SIDE
from vreltui.storage.lifetime_fields import FAILS_SAFE, LASTING, LIFETIMES
from vreltui.storage.number_shapes import Complement, Number, Version, Whole
from vreltui.storage.plot_fields import PLOT
from vreltui.storage.policy_fields import POLICY_KEYS
from vreltui.storage.price_fields import PRICE
from vreltui.storage.process_fields import PROCESS
from vreltui.storage.rule_fields import RULE
from vreltui.storage.set_fields import SetEntry, SetKey
from vreltui.storage.shapes import Either, Flag, Given, ListOf, Name, Word
from vreltui.storage.tables import Entries, Key, Short, Single, Table
from vreltui.storage.time_shapes import AnyNumber, Often, Positive, Time, TimeOrRate
from vreltui.storage.uncertain_fields import UNCERTAIN
from vreltui.storage.variants import Variant, Variants

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

PARAMETER = Table(
    (
        *_VALUE_KEYS,
        Key(
            "range",
            ListOf(_NUMBER, "a list of two numbers such as [0.9, 0.999]", 2, 2),
            "The lowest and the highest value that may be chosen, both allowed; of the same sort "
            "as the value, probabilities as reliabilities. With a range the parameter is open, "
            "without it is given.",
        ),
        VALUES,
        UNCERTAIN,
        PRICE,
        TITLE,
        SOURCE,
        DESCRIPTION,
        NOTE,
    ),
    exactly_one=VALUE_WORDS,
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
        (Word(("all", "any", "majority", "none")), Whole()),
        '"all", "any", "majority", "none" or a whole number',
    ),
    "How many must work: all (when left out), any (at least one), majority (more than half), or "
    "this many; none where it works when none of them does.",
)

_CONTAINED = Key(
    "contained",
    a_share(),
    "The chance that the failure of one part stays its own; an escaped failure takes all down.",
)

KIND = Key(
    "kind",
    Word(KINDS),
    "What it is; changes icon and wording only. When left out, component for a component or what "
    "is bought, and group for the others.",
)

NODE = Variants(
    "node",
    (
        KIND,
        Key(
            "shared",
            Flag(),
            "true: below a pool, one instance serves all copies. When left out, false: copied.",
        ),
        *NODE_KEYS,
        *TEXTS,
        SOURCE,
    ),
    (
        Variant(
            "component",
            ONE_SIDE,
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
                    FAILS_SAFE,
                ),
                exactly_one=ONE_SIDE,
                makes=Component,
                named=True,
            ),
        ),
        Variant("component with a lifetime", LIFETIMES, LASTING),
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
                    _CONTAINED,
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
                    _CONTAINED,
                    *POLICY_KEYS,
                ),
                makes=Pool,
                named=True,
            ),
        ),
        Variant("process", ("moves", "up"), PROCESS),
        bought(_NEEDS),
        STRUCTURE,
    ),
    said="a component (reliability, unreliability, or a lifetime such as mttf), a group (parts), a "
    "pool (of and copies), a process (moves and up), bought (from) or a structure (one_of)",
)

CATALOGUES = catalogues(
    tuple(variant for variant in NODE.variants if variant.name.startswith("component")),
    (KIND, *TEXTS, SOURCE),
)

CHOICE = Table(
    (
        *TEXTS,
        Key("root", Name("node"), "The node at the top of its tree.", required=True),
        SetKey(
            "set",
            Entries(
                SetEntry(
                    Short(
                        (Number(), Whole(), TimeOrRate(), Single(_VALUE_KEYS, VALUE_WORDS)),
                        "a number, a time, a rate, or a table such as { unreliability = 1e-5 },",
                        _value_key,
                        shortens=True,
                    ),
                ),
                "a table such as { n = 12 }",
            ),
            "Values of parameters in this choice alone, within their ranges; there they are given, "
            "no longer open. Written as in [parameters], without a range; certain, unless it says "
            "uncertain here. So is what is taken "
            "at decision nodes.",
            default={},
        ),
    ),
    makes=Choice,
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
        Key("goal", GOAL, "What a choice must exceed."),
        Key("mission", MISSION, "How long a choice must run, and what is measured."),
        Key("limits", LIMITS, "What a host can hold.", to="copies_limit"),
        Key(
            "resources",
            Entries(RESOURCE, 'tables such as euro = { unit = "EUR" }'),
            "What nodes use and may provide, each by its name.",
        ),
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
        Key("catalogues", CATALOGUES, "Kinds of thing that can be bought, by catalogue and name."),
        Key(
            "nodes",
            Entries(NODE, "tables such as [nodes.hardware]", least=1),
            "The components, groups and pools, each by its name.",
            required=True,
        ),
        Key("causes", CAUSES, "What makes several components fail at once, each by its name."),
        Key(
            "rules",
            Entries(RULE, "tables such as [rules.first]"),
            "What may not stand together, and what asks for what, each by its name.",
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

ALTERNATIVES = frozenset((*ONE_SIDE, *VALUE_WORDS))
"""Keys of which one takes the place of another when a number is written from its other side."""
