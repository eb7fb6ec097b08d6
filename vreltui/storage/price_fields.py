"""What a design file may say of what a reliability costs: part of the table in `fields`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vreltui.model import Path, Probability, Problem, spoken
from vreltui.model.prices import MettasPrice, NinePrice, TablePrice
from vreltui.storage.exploration_fields import AmountShape
from vreltui.storage.number_shapes import Number
from vreltui.storage.shapes import Flag, Given, Schema, Shape
from vreltui.storage.tables import Entries, Key, Table
from vreltui.storage.variants import Variant, Variants

_NUMBER, _AMOUNT = Number(), AmountShape()


@dataclass(frozen=True)
class _OffersShape(Shape):
    """Reliabilities, each with its price."""

    said: str = "a list of pairs such as [[0.99, 0], [0.999, 3500]]"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a list of pairs of numbers."""
        return isinstance(value, list) and all(
            isinstance(each, list)
            and len(each) == 2
            and _NUMBER.fits(each[0])
            and _AMOUNT.fits(each[1])
            for each in value
        )

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``."""
        if not (isinstance(value, list) and self.fits(value)):
            yield Problem(path, f"{spoken(path)} is no such list", f"{self.said} is right")
            return
        for index, (reliability, amount) in enumerate(value):
            yield from _NUMBER.problems((*path, index, 0), reliability)
            yield from _AMOUNT.problems((*path, index, 1), amount)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        pair = [_NUMBER.schema(), _AMOUNT.schema()]
        return {
            "type": "array",
            "minItems": 1,
            "items": {"type": "array", "prefixItems": pair, "minItems": 2, "maxItems": 2},
        }

    def states(self, value: object) -> bool:
        """Whether ``value`` is such a list of the model."""
        return isinstance(value, tuple)

    def build(self, raw: Any, given: Given) -> Any:
        """The offers."""
        return tuple(
            (_NUMBER.build(reliability, given), _AMOUNT.build(amount, given))
            for reliability, amount in raw
        )

    def plain(self, value: Any) -> Any:
        """The pairs as they are written."""
        return [[_NUMBER.plain(r), _AMOUNT.plain(amount)] for r, amount in value]

    @property
    def bends(self) -> bool:
        """A probability that was written from the other side can't be written here."""
        return True

    def normal(self, value: Any) -> Any:
        """The offers with reliabilities that can be written."""
        if not any(r.complemented for r, _ in value):
            return value
        return tuple((Probability(r.decimal), amount) for r, amount in value)


class _ShareShape(AmountShape):
    """A plain number from 0 to 1."""

    said = "a number from 0 to 1"

    def build(self, raw: Any, given: Given) -> Any:
        """The number."""
        del given
        return Decimal(raw)


_ONCE = Key("once", Flag(), "true: paid once, not for each instance that names the parameter.")

PRICE = Key(
    "price",
    Entries(
        Variants(
            "price",
            (_ONCE,),
            (
                Variant(
                    "table of prices",
                    ("table",),
                    Table(
                        (
                            Key(
                                "table",
                                _OffersShape(),
                                "What is on the market: reliabilities, each with its price. They "
                                "are the parameter's values: a decision.",
                                required=True,
                            ),
                        ),
                        makes=TablePrice,
                    ),
                ),
                Variant(
                    "price of nines",
                    ("per_nine",),
                    Table(
                        (
                            Key(
                                "per_nine",
                                _AMOUNT,
                                "This much times -log10(1 - R), within the range.",
                                required=True,
                            ),
                        ),
                        makes=NinePrice,
                    ),
                ),
                Variant(
                    "price by feasibility",
                    ("mettas",),
                    Table(
                        (
                            Key(
                                "mettas",
                                _ShareShape(),
                                "exp((1 - f)(R - low) / (high - R)), this the f; low and high are "
                                "the ends of the range.",
                                required=True,
                            ),
                        ),
                        makes=MettasPrice,
                    ),
                ),
            ),
            said="one of { table = }, { per_nine = } and { mettas = }",
        ),
        "a table such as { euro = { per_nine = 4000 } }",
    ),
    "By resource, what its reliability costs, for each instance that names it: explore finds its "
    "value with the variant.",
)
