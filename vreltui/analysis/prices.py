"""What reliabilities cost: prices at values, exactly or rounded up by a part in 1e15."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from typing import assert_never

from flint import arb

from vreltui.engine.balls import ball, precision
from vreltui.model.design import Design, Parameter
from vreltui.model.instances import Copies, instances
from vreltui.model.numbers import Probability
from vreltui.model.prices import MettasPrice, NinePrice, TablePrice
from vreltui.model.quantities import PROBABILITY, Value

BITS = 192
"""The bits of a price: many more than a double has."""

_UPWARDS = Context(prec=15, rounding=ROUND_CEILING)


def price_ball(parameter: Parameter, resource: str, value: Probability) -> arb:
    """What a reliability costs, as a ball; infinite where nobody can pay it."""
    price = parameter.price[resource]
    with precision(BITS):
        match price:
            case TablePrice():
                return arb(str(price.at(value)))
            case NinePrice():
                rest = value.unreliability
                if rest == 0:
                    return arb("inf") if price.per_nine else arb(0)
                return arb(str(price.per_nine)) * -ball(rest).log() / arb(10).log()
            case MettasPrice():
                assert parameter.range is not None
                low, high = (PROBABILITY.of(end).reliability for end in parameter.range)
                above, left = value.reliability - low, high - value.reliability
                if above == 0:
                    return arb(1)
                if left <= 0:
                    return arb("inf")
                return ((1 - arb(str(price.mettas))) * ball(above / left)).exp()
            case unknown:
                assert_never(unknown)


def price_amount(parameter: Parameter, resource: str, value: Value) -> Fraction | None:
    """What a reliability costs: a table's amount exactly, another rounded up; None for no end."""
    reliability = PROBABILITY.of(value)
    price = parameter.price[resource]
    if isinstance(price, TablePrice):
        return Fraction(price.at(reliability))
    found = price_ball(parameter, resource, reliability)
    return rounded_up(found) if found.is_finite() else None


def rounded_up(amount: arb) -> Fraction:
    """A decimal of 15 digits that is certainly no smaller than an amount."""
    with precision(BITS):
        text = str((amount.upper() * (1 + arb(2) ** -60)).str(25, radius=False))
    return Fraction(_UPWARDS.create_decimal(Decimal(text)))


def paid(
    design: Design, root: str, copies: Copies, values: Mapping[str, Value]
) -> Iterator[tuple[str, Fraction | None]]:
    """Each resource with what parameters of a tree without decisions cost of it."""
    once: set[tuple[str, str]] = set()
    for each in instances(design, root):
        for name in design.nodes[each.node].parameters:
            parameter = design.parameters[name]
            for resource, price in parameter.price.items():
                if price.once and (name, resource) in once:
                    continue
                once.add((name, resource))
                amount = price_amount(parameter, resource, values[name])
                times = 1 if price.once else each.count(copies)
                yield resource, None if amount is None else amount * times
