"""What a design file may say of what is left to choose: part of the table in `storage.fields`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vreltui.model import (
    Bought,
    Mix,
    Path,
    Problem,
    Resource,
    Structure,
    spoken,
)
from vreltui.model.amounts import LARGEST_EXPONENT
from vreltui.model.rules import MOST_PARTS
from vreltui.storage.common_fields import DESCRIPTION, NOTE, SOURCE, TITLE
from vreltui.storage.number_shapes import Whole
from vreltui.storage.shapes import (
    NAME_PATTERN,
    Either,
    Flag,
    Given,
    ListOf,
    Name,
    Schema,
    Shape,
    Text,
)
from vreltui.storage.tables import Entries, Key, Table, TableShape
from vreltui.storage.time_shapes import AnyNumber
from vreltui.storage.variants import Variant

_NUMBER = AnyNumber()


@dataclass(frozen=True)
class AmountShape(Shape):
    """How much of a resource: a decimal from 0."""

    said: str = "a number from 0"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a number; true and false are none."""
        return isinstance(value, int | Decimal) and not isinstance(value, bool)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "number", "minimum": 0}

    def states(self, value: object) -> bool:
        """Whether ``value`` is an amount."""
        return isinstance(value, Decimal)

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``; a whole number too long to be meant is no amount."""
        if isinstance(value, int) and value.bit_length() > 4 * LARGEST_EXPONENT:
            right = f"a number below 1e{LARGEST_EXPONENT} is right"
            yield Problem(path, f"{spoken(path)} has too many digits", right)
        else:
            yield from super().problems(path, value)

    def build(self, raw: Any, given: Given) -> Any:
        """The amount, exactly."""
        del given
        return Decimal(raw)

    def plain(self, value: Any) -> Any:
        """A whole number where it is written as one."""
        return int(value) if value == value.to_integral_value() and abs(value) < 10**18 else value


AMOUNTS = Entries(AmountShape(), "a table such as { euro = 3500 }")

USES = Key("uses", AMOUNTS, "How much of each resource it uses, each instance of it.")
PROVIDES = Key("provides", AMOUNTS, "How much of each resource it provides, each instance of it.")
FITS = Key(
    "fits",
    ListOf(Name("resource"), 'a list of names of resources such as ["slot"]', 1),
    "Resources of which no more is used than provided below this node, in each copy of it.",
)
NODE_KEYS = (USES, PROVIDES, FITS)
"""What every node may say."""

RESOURCE = Table(
    (
        Key("unit", Text(), "What it is counted in, as words: EUR, W, VMs."),
        Key("limit", AmountShape(), "The most of it that a variant may use."),
        TITLE,
        SOURCE,
        DESCRIPTION,
        NOTE,
    ),
    makes=Resource,
    named=True,
)

VALUES = Key(
    "values",
    ListOf(_NUMBER, "a list of numbers such as [0.95, 0.99]", 1),
    "The values of which it has one: a decision. Not beside range.",
)

# Nodes


@dataclass(frozen=True)
class _MixShape(TableShape):
    """How many of each item."""

    said: str = "a table such as { D1 = 2, D2 = 1 }"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a table of whole numbers."""
        return isinstance(value, dict) and bool(value) and all(map(Whole().fits, value.values()))

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {
            "type": "object",
            "propertyNames": {"pattern": NAME_PATTERN},
            "additionalProperties": {"type": "integer", "minimum": 0},
            "minProperties": 1,
        }

    def states(self, value: object) -> bool:
        """Whether ``value`` is a mix."""
        return isinstance(value, Mix)

    def build(self, raw: Any, given: Given) -> Any:
        """The mix."""
        del given
        return Mix(raw)

    def plain(self, value: Any) -> Any:
        """How many of each item."""
        return dict(value.counts)


MIX = _MixShape()


def bought(needs: Key) -> Variant:
    """The variant of a node that is bought; ``needs`` is the key that pools have."""
    return Variant(
        "bought",
        ("from",),
        Table(
            (
                Key(
                    "from",
                    Name("catalogue"),
                    "The catalogue of which it is one item.",
                    required=True,
                    to="catalogue",
                ),
                Key(
                    "chosen",
                    Either(
                        (Name("item"), MIX),
                        "the name of an item, or of a mix a table such as { D1 = 2 },",
                    ),
                    "The item that it is now; when left out, the first. Of a mix: how many.",
                ),
                Key(
                    "copies",
                    Either(
                        (Whole(), Name("parameter")),
                        "a whole number or the name of a count parameter",
                    ),
                    "How many independent ones: a whole number, or the name of a count. When left "
                    "out, it is a single one.",
                ),
                Key(
                    "mix",
                    Flag(),
                    "true: the copies may be different items. When left out, false: all are one.",
                ),
                needs,
            ),
            makes=Bought,
            named=True,
        ),
    )


STRUCTURE = Variant(
    "structure",
    ("one_of",),
    Table(
        (
            Key(
                "one_of",
                ListOf(Name("node"), 'a list of names of nodes such as ["a", "b"]', 1, MOST_PARTS),
                "The nodes of which exactly one is there.",
                required=True,
            ),
            Key("chosen", Name("node"), "Which of them is there now; when left out, the first."),
        ),
        makes=Structure,
        named=True,
    ),
)
