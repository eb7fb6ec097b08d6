"""Rules on what is left to choose: catalogues, what nodes and choices take of them, mixes."""

from __future__ import annotations

from collections.abc import Iterator
from math import comb

from vreltui.model.catalogues import Item
from vreltui.model.design import Bought, Choice, Design, Structure
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.names import is_name, nearest, shown, text_fault
from vreltui.model.options import VALUE_WORDS, Mix, Taken
from vreltui.model.quantities import COUNT, number, quantity_of
from vreltui.model.rules.values import value_fault, value_right

MOST_MIXES = 1_000_000
"""The most combinations that a mix may have."""


def item_texts(design: Design) -> Iterator[Problem]:
    """Names of items and tags are plain, and what tags say is harmless."""
    for name, catalogue in design.catalogues.items():
        for item in catalogue.items.values():
            path: Path = ("catalogues", name, item.name)
            for called, at in (
                (item.name, path),
                *((tag, (*path, "tags", tag)) for tag in item.tags),
            ):
                if not is_name(called):
                    what = f'"{shown(called, most=80)}" is not a name'
                    yield Problem(at, what, "a name is 1 to 64 of A-Z a-z 0-9 _ and -")
            for tag, text in item.tags.items():
                if fault := text_fault(text, line_breaks=False):
                    at = (*path, "tags", tag)
                    yield Problem(at, f"{spoken(at)} {fault}", "use plain text on one line")


def option_values(design: Design) -> Iterator[Problem]:
    """The numbers of items, and the values of which a parameter has one."""
    for name, catalogue in design.catalogues.items():
        for item in catalogue.items.values():
            yield from _item_numbers(design, ("catalogues", name, item.name), item)
    for name, parameter in design.parameters.items():
        if parameter.values:
            yield from _values(design, ("parameters", name, "values"), name)


def _item_numbers(design: Design, path: Path, item: Item) -> Iterator[Problem]:
    for stated in (*item.figure.numbers, *item.figure.listed):
        if stated.own is not None and (fault := stated.fault(design.most_copies)):
            at = (*path, stated.quantity.written_as(stated.own, stated.key))
            right = stated.right(design.most_copies)
            yield Problem(at, f"{spoken(at)} {fault}", f"{right} is right")


def _values(design: Design, path: Path, name: str) -> Iterator[Problem]:
    parameter = design.parameters[name]
    if parameter.range is not None:
        what = f"parameter {name} has both range and values"
        yield Problem(path, what, "keep one of them")
        return
    seen = set()
    for index, value in enumerate(parameter.values):
        at = (*path, index)
        if quantity_of(value) is not parameter.quantity:
            what = f"values of {name} mixes {parameter.quantity.plural} with others"
            yield Problem(at, what, f"use {parameter.quantity.plural}")
        elif fault := value_fault(design, value):
            yield Problem(at, f"a value of {name} {fault}", value_right(design, value))
        elif number(value) in seen:
            yield Problem(at, f"values of {name} has {value} twice", "write each value once")
        else:
            seen.add(number(value))
            continue
        return
    if number(parameter.value) not in seen:
        what = f"parameter {name} is {parameter.value}, which is not one of its values"
        yield Problem(path, what, "add it to values, or change the value")


def decision_names(design: Design) -> Iterator[Problem]:
    """Catalogues have items, and nodes and choices take what there is."""
    for name, catalogue in design.catalogues.items():
        if not catalogue.items:
            what = f"catalogue {name} is empty"
            yield Problem(("catalogues", name), what, f"add an item, as [catalogues.{name}.A]")
        for item in catalogue.items.values():
            path = ("catalogues", name, item.name)
            for stated in (*item.figure.numbers, *item.figure.listed):
                if stated.parameter is not None:
                    at = (*path, stated.key)
                    yield from _parameter(design, at, stated.parameter, stated.quantity)
            for problem in item.figure.faults():
                called = f"{item.name} of catalogue {name}"
                what = problem.what.replace(f"node {item.name}", called, 1)
                yield Problem((*path, *problem.path[2:]), what, problem.right)
    for name, node in design.nodes.items():
        if isinstance(node, Bought | Structure):
            if name in design.parameters:
                what = f"node {name} has the name of a parameter, and set and rules name both"
                yield Problem(("nodes", name), what, "give one of them another name")
            yield from _chosen(design, node)
    for choice in design.choices.values():
        for name, taken in choice.options.items():
            yield from _settled(design, choice, name, taken)


def _parameter(design: Design, path: Path, name: str, wanted: object) -> Iterator[Problem]:
    parameter = design.parameters.get(name)
    if parameter is None:
        what = f'{spoken(path)} names "{name}", which is not a parameter'
        yield Problem(path, what, nearest(name, design.parameters))
    elif parameter.quantity is not wanted:
        what = f"{spoken(path)} names {name}, which is a {parameter.quantity.short}"
        yield Problem(path, what, "a parameter of the right sort is needed here")


def _chosen(design: Design, node: Bought | Structure) -> Iterator[Problem]:
    path: Path = ("nodes", node.name)
    if isinstance(node, Bought) and node.catalogue not in design.catalogues:
        what = f'node {node.name} buys from "{node.catalogue}", which is not a catalogue'
        yield Problem((*path, "from"), what, nearest(node.catalogue, design.catalogues))
    elif node.chosen is not None:
        yield from option_faults(design, (*path, "chosen"), f"node {node.name}", node, node.chosen)


def option_faults(
    design: Design, path: Path, who: str, node: Bought | Structure, taken: Taken
) -> Iterator[Problem]:
    """What is wrong with what ``who`` takes at a node, whose catalogue there is."""
    if isinstance(node, Structure):
        if taken not in node.one_of:
            what = f"{who} takes {_said(taken)}, and {node.name} is one of others"
            right = nearest(taken, node.one_of) if isinstance(taken, str) else "name one node"
            yield Problem(path, what, right)
        return
    items = design.catalogues[node.catalogue].items
    if isinstance(taken, str):
        if taken not in items:
            what = f'{who} takes "{shown(taken)}", which is no item of catalogue {node.catalogue}'
            yield Problem(path, what, nearest(taken, items))
        elif node.mix:
            what = f"{who} takes {taken}, and {node.name} is a mix"
            yield Problem(path, what, f"say how many of each, as {{ {taken} = 2 }}")
    elif not node.mix:
        what = f"{who} takes a mix, and {node.name} is none"
        yield Problem(path, what, "name one item")
    else:
        for name, count in taken.counts.items():
            if name not in items:
                what = f'{who} takes "{shown(name)}", no item of catalogue {node.catalogue}'
                yield Problem((*path, name), what, nearest(name, items))
            elif count < 0:
                what = f"{who} takes {count} of {name}"
                yield Problem((*path, name), what, "a whole number from 0 is right")


def _said(taken: Taken) -> str:
    return f'"{shown(taken)}"' if isinstance(taken, str) else "a mix"


def _settled(design: Design, choice: Choice, name: str, taken: Taken) -> Iterator[Problem]:
    path: Path = ("choices", choice.name, "set", name)
    node = design.nodes.get(name)
    if isinstance(node, Bought | Structure):
        if not isinstance(node, Bought) or node.catalogue in design.catalogues:
            yield from option_faults(design, path, f"choice {choice.name}", node, taken)
    elif name in design.parameters:
        yield _no_value(design, path, name, taken)
    else:
        what = f'choice {choice.name} sets "{shown(name)}", which is no parameter and no decision'
        known = [*design.parameters, *decision_nodes(design)]
        yield Problem(path, what, nearest(name, known))


def _no_value(design: Design, path: Path, name: str, taken: Taken) -> Problem:
    """The problem that a parameter is set to what is no value."""
    if isinstance(taken, Mix):
        return _no_value_but_a_mix(path, taken)
    right = f"{name} is a {design.parameters[name].quantity.name}, and a number is right"
    return Problem(path, f'{spoken(path)} is the text "{shown(taken)}"', right)


def _no_value_but_a_mix(path: Path, taken: Mix) -> Problem:
    """The problem of a table that may be read as a mix alone."""
    stating = [key for key in VALUE_WORDS if key in taken.counts]
    other = next((key for key in taken.counts if key not in stating), None)
    if other is not None or not stating:
        what = f'{spoken(path)} has the unknown key "{shown(other or "")}"'
        return Problem(path, what, nearest(other or "", ["value", "unreliability", "count"]))
    if len(stating) > 1:
        what = f"{spoken(path)} has both {stating[0]} and {stating[1]}"
        return Problem((*path, stating[1]), what, "keep one of them")
    at = (*path, stating[0])
    what = f"{spoken(at)} is the number {taken.counts[stating[0]]}"
    return Problem(at, what, f"a {stating[0]} with its unit is right")


def decision_nodes(design: Design) -> list[str]:
    """The nodes at which something is left to choose."""
    return [name for name, node in design.nodes.items() if isinstance(node, Bought | Structure)]


def mixes(design: Design) -> Iterator[Problem]:
    """A mix adds up to its copies in every choice, and has not too many combinations."""
    for node in design.nodes.values():
        if not isinstance(node, Bought) or not node.mix or node.copies is None:
            continue
        kinds = len(design.catalogues[node.catalogue].items)
        most = _most_copies(design, node.copies)
        if comb(most + kinds - 1, kinds - 1) > MOST_MIXES:
            what = f"node {node.name} mixes {kinds} items in up to {most} copies"
            right = f"at most {MOST_MIXES} combinations are allowed: fewer copies, or mix = false"
            yield Problem(("nodes", node.name, "mix"), what, right)
            continue
        yield from _sums(design, node, node.copies)


def _most_copies(design: Design, copies: int | str) -> int:
    if isinstance(copies, int):
        return copies
    parameter = design.parameters[copies]
    values = [parameter.value, *(parameter.range or ()), *parameter.values]
    values += [each.set[copies] for each in design.choices.values() if copies in each.set]
    return max(COUNT.of(value) for value in values)


def _sums(design: Design, node: Bought, copies: int | str) -> Iterator[Problem]:
    """Where what is taken does not add up to the copies."""

    def copies_of(choice: str | None) -> int:
        return copies if isinstance(copies, int) else COUNT.of(design.value(copies, choice))

    if isinstance(node.chosen, Mix) and node.chosen.total != copies_of(None):
        yield _off(
            ("nodes", node.name, "chosen"), f"node {node.name}", node.chosen, copies_of(None)
        )
        return
    for choice in design.choices.values():
        taken = choice.options.get(node.name, node.chosen)
        own = node.name in choice.options or copies in choice.set
        if own and isinstance(taken, Mix) and taken.total != copies_of(choice.name):
            key = node.name if node.name in choice.options else str(copies)
            path: Path = ("choices", choice.name, "set", key)
            who = f"{node.name} in choice {choice.name}"
            yield _off(path, who, taken, copies_of(choice.name))


def _off(path: Path, who: str, taken: Mix, copies: int) -> Problem:
    what = f"{who} takes {taken.total} items, and has {copies} copies"
    return Problem(path, what, f"take {copies} in all")


def outside_values(design: Design) -> Iterator[Problem]:
    """What choices set is one of the values that a parameter may have."""
    for choice in design.choices.values():
        for name, value in choice.set.items():
            parameter = design.parameters.get(name)
            if parameter is None or not parameter.market:
                continue
            if not any(number(value) == number(other) for other in parameter.market):
                what = (
                    f"choice {choice.name} sets {name} to {value}, which is not one of its values"
                )
                some = ", ".join(str(other) for other in parameter.market[:6])
                yield Problem(("choices", choice.name, "set", name), what, f"there is {some}")


__all__ = [
    "MOST_MIXES",
    "decision_names",
    "decision_nodes",
    "item_texts",
    "mixes",
    "option_faults",
    "option_values",
    "outside_values",
]
