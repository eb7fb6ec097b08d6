"""Rules on prices: of resources that there are, for probabilities that may be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from vreltui.model.design import Design, Parameter
from vreltui.model.errors import Path, Problem
from vreltui.model.names import nearest
from vreltui.model.prices import MettasPrice, NinePrice, TablePrice
from vreltui.model.quantities import PROBABILITY, number


def prices(design: Design) -> Iterator[Problem]:
    """Each price is one of a resource, and of a probability with a market or a range."""
    for name, parameter in design.parameters.items():
        path: Path = ("parameters", name, "price")
        for resource, price in parameter.price.items():
            if resource not in design.resources:
                what = f'price of parameter {name} names "{resource}", which is not a resource'
                yield Problem((*path, resource), what, nearest(resource, design.resources))
                continue
            for what, right in price.faults():
                at = (*path, resource)
                yield Problem(at, f"price of parameter {name} in {resource}: {what}", right)
        if parameter.price:
            yield from _together(path, parameter)
    for choice in design.choices.values():
        for name, value in choice.set.items():
            entry = design.parameters.get(name)
            if entry is None or not entry.is_allocated or entry.range is None:
                continue
            ends = [_end(p, entry) for p in entry.price.values() if not isinstance(p, TablePrice)]
            if number(value) >= min(ends):
                what = f"choice {choice.name} sets {name} to {value}, which nobody can pay"
                path = ("choices", choice.name, "set", name)
                yield Problem(path, what, "a value below its price's end is right")


def _together(path: Path, parameter: Parameter) -> Iterator[Problem]:
    """What a parameter says beside its price has to go with it."""
    name = parameter.name
    if parameter.quantity is not PROBABILITY:
        what = f"parameter {name} is a {parameter.quantity.short}, and has a price"
        yield Problem(path, what, "a price is of a probability")
        return
    if parameter.uncertain is not None:
        what = f"parameter {name} has both price and uncertain"
        yield Problem(path, what, "the architect chooses, or nature does: keep one of them")
    tables = [each for each in parameter.price.values() if isinstance(each, TablePrice)]
    if tables and len(tables) < len(parameter.price):
        what = f"parameter {name} has a price with a table and one by a law"
        yield Problem(path, what, "its values are those of a table, or any of its range")
        return
    for resource, price in parameter.price.items():
        at = (*path, resource)
        match price:
            case TablePrice():
                yield from _market(at, parameter, price, tables[0])
            case NinePrice() | MettasPrice():
                if parameter.range is None:
                    what = f"price of parameter {name} is a law, and {name} has no range"
                    yield Problem(at, what, "add range = [low, high] with probabilities")
                elif parameter.values:
                    yield Problem(at, f"parameter {name} has both values and price", "keep one")
                elif number(parameter.value) >= _end(price, parameter):
                    what = f"parameter {name} is {parameter.value}, which nobody can pay"
                    yield Problem(path[:-1], what, "a value below its price's end is right")
            case unknown:
                assert_never(unknown)


def _end(price: NinePrice | MettasPrice, parameter: Parameter) -> Fraction:
    """From here on a reliability costs without bound."""
    assert parameter.range is not None
    high = Fraction(number(parameter.range[1]))
    match price:
        case NinePrice():
            return Fraction(1)
        case MettasPrice():
            return high if number(parameter.range[0]) != high else Fraction(2)
        case unknown:
            assert_never(unknown)


def _market(
    path: Path, parameter: Parameter, price: TablePrice, first: TablePrice
) -> Iterator[Problem]:
    """A table says which values there are."""
    name = parameter.name
    if parameter.values or parameter.range is not None:
        beside = "values" if parameter.values else "range"
        what = f"parameter {name} has both {beside} and a price's table"
        yield Problem(path, what, "the reliabilities of the table are its values: keep one")
    elif [number(v) for v in price.values] != [number(v) for v in first.values]:
        what = f"prices of parameter {name} have different reliabilities"
        yield Problem(path, what, "list the same in each table")
    elif number(parameter.value) not in map(number, price.values):
        what = f"parameter {name} is {parameter.value}, which is not in its price's table"
        yield Problem(path, what, "add it to the table, or change the value")
