"""Rules on names within a design: whatever is named exists, and is of the right kind."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.base_node import StatedNumber
from vreltui.model.design import KINDS, Bought, Choice, Design, Node, Structure
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.names import nearest
from vreltui.model.quantities import is_within, quantity_of
from vreltui.model.rules.values import value_fault, value_right


def references(design: Design) -> Iterator[Problem]:
    """Nodes, choices and the baseline name what there is."""
    if not design.nodes:
        yield Problem(("nodes",), "there are no nodes", "add at least one, as [nodes.hardware]")
    if not design.choices:
        yield Problem(("choices",), "there are no choices", "add at least one, as [choices.first]")
    for node in design.nodes.values():
        yield from _node(design, node)
    for choice in design.choices.values():
        yield from choice_names(design, choice)
    if isinstance(design.mission.time, str) and design.mission.time not in design.parameters:
        what = f'time in mission names "{design.mission.time}", which is not a parameter'
        yield Problem(("mission", "time"), what, nearest(design.mission.time, design.parameters))
    if design.baseline is not None and design.baseline not in design.choices:
        yield Problem(
            ("baseline",),
            f'baseline "{design.baseline}" is not a choice',
            nearest(design.baseline, design.choices),
        )


def _node(design: Design, node: Node) -> Iterator[Problem]:
    path = ("nodes", node.name)
    if node.kind not in KINDS:
        what = f'node {node.name} has unknown kind "{node.kind}"'
        yield Problem((*path, "kind"), what, nearest(node.kind, KINDS))
    yield from node.faults()
    for stated in (*node.numbers, *node.listed):
        if stated.parameter is not None:
            yield from _parameter(design, (*path, *stated.place), stated.parameter, stated)
    for index, child in enumerate(node.children):
        yield from _exists(design, node.child_path(index), child)


def _exists(design: Design, path: Path, name: str) -> Iterator[Problem]:
    if name not in design.nodes:
        what = f'{spoken(path)} names "{name}", which is not a node'
        yield Problem(path, what, nearest(name, design.nodes))


def _parameter(design: Design, path: Path, name: str, wanted: StatedNumber) -> Iterator[Problem]:
    parameter = design.parameters.get(name)
    if parameter is None:
        what = f'{spoken(path)} names "{name}", which is not a parameter'
        yield Problem(path, what, nearest(name, design.parameters))
    elif not wanted.may_be(parameter.quantity):
        what = f"{spoken(path)} names {name}, which is a {parameter.quantity.short}"
        yield Problem(path, what, wanted.quantity.parameter_right)


def choice_names(design: Design, choice: Choice) -> Iterator[Problem]:
    """What one choice names exists, and what it sets may be set so."""
    yield from _exists(design, ("choices", choice.name, "root"), choice.root)
    for name, value in choice.set.items():
        at = ("choices", choice.name, "set", name)
        parameter = design.parameters.get(name)
        if parameter is None:
            what, right = _no_parameter(design, choice, name)
            yield Problem(at, what, right)
        elif quantity_of(value) is not parameter.quantity:
            what = f"choice {choice.name} sets {name} to {value}"
            yield Problem(at, what, f"{name} is a {parameter.quantity.name}")
        elif fault := value_fault(design, value):
            what = f"{name} of choice {choice.name} {fault}"
            yield Problem(at, what, value_right(design, value))
        elif parameter.range is not None and not is_within(value, parameter.range):
            low, high = parameter.range
            what = f"choice {choice.name} sets {name} to {value}, outside its range [{low}, {high}]"
            yield Problem(at, what, "choose a value within the range, or widen it")


def _no_parameter(design: Design, choice: Choice, name: str) -> tuple[str, str]:
    """What a choice sets to a number that is no parameter; and what would be right."""
    node = design.nodes.get(name)
    if isinstance(node, Bought | Structure):
        what = f"choice {choice.name} sets {name} to {choice.set[name]}"
        return what, "name an item of its catalogue" if isinstance(node, Bought) else "name a node"
    what = f'choice {choice.name} sets "{name}", which is not a parameter'
    return what, nearest(name, design.parameters)
