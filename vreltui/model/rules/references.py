"""Rules on names within a design: whatever is named exists, and is of the right kind."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.design import KINDS, Choice, Component, Design, Group, Needs, Node, Pool
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.rules.limits import MOST_PARTS
from vreltui.model.rules.names import nearest
from vreltui.model.rules.values import is_within, value_fault, value_right

_NEEDS = ("all", "any", "majority")


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
    match node:
        case Component(reliability=str(parameter)):
            yield from _parameter(design, (*path, "reliability"), parameter, want_count=False)
        case Pool():
            yield from _needs((*path, "needs"), node.needs)
            yield from _copies(design, node)
            yield from _exists(design, (*path, "of"), node.of)
        case Group():
            yield from _needs((*path, "needs"), node.needs)
            yield from _parts(design, node)
        case _:
            pass


def _needs(path: Path, needs: Needs) -> Iterator[Problem]:
    if isinstance(needs, str) and needs not in _NEEDS:
        right = '"all", "any", "majority" or a whole number is right'
        yield Problem(path, f'{spoken(path)} is "{needs}"', right)


def _copies(design: Design, pool: Pool) -> Iterator[Problem]:
    path = ("nodes", pool.name, "copies")
    if isinstance(pool.copies, str):
        yield from _parameter(design, path, pool.copies, want_count=True)
    elif fault := value_fault(design, pool.copies):
        yield Problem(path, f"{spoken(path)} {fault}", value_right(design, pool.copies))


def _parts(design: Design, group: Group) -> Iterator[Problem]:
    path = ("nodes", group.name, "parts")
    if not group.parts:
        yield Problem(path, f"group {group.name} has no parts", "name at least one node")
    if len(group.parts) > MOST_PARTS:
        what = f"group {group.name} has {len(group.parts)} parts"
        yield Problem(path, what, f"at most {MOST_PARTS} are allowed")
    for index, part in enumerate(group.parts):
        yield from _exists(design, (*path, index), part)


def _exists(design: Design, path: Path, name: str) -> Iterator[Problem]:
    if name not in design.nodes:
        what = f'{spoken(path)} names "{name}", which is not a node'
        yield Problem(path, what, nearest(name, design.nodes))


def _parameter(design: Design, path: Path, name: str, *, want_count: bool) -> Iterator[Problem]:
    parameter = design.parameters.get(name)
    if parameter is None:
        what = f'{spoken(path)} names "{name}", which is not a parameter'
        yield Problem(path, what, nearest(name, design.parameters))
    elif parameter.is_count != want_count:
        is_, want = ("count", "reliability") if parameter.is_count else ("reliability", "count")
        what = f"{spoken(path)} names {name}, which is a {is_}"
        yield Problem(path, what, f"a {want} is needed here")


def choice_names(design: Design, choice: Choice) -> Iterator[Problem]:
    """What one choice names exists, and what it sets may be set so."""
    yield from _exists(design, ("choices", choice.name, "root"), choice.root)
    for name, value in choice.set.items():
        at = ("choices", choice.name, "set", name)
        parameter = design.parameters.get(name)
        if parameter is None:
            what = f'choice {choice.name} sets "{name}", which is not a parameter'
            yield Problem(at, what, nearest(name, design.parameters))
        elif isinstance(value, int) != parameter.is_count:
            want = "whole number" if parameter.is_count else "reliability"
            what = f"choice {choice.name} sets {name} to {value}"
            yield Problem(at, what, f"{name} is a {want}")
        elif fault := value_fault(design, value):
            what = f"{name} of choice {choice.name} {fault}"
            yield Problem(at, what, value_right(design, value))
        elif parameter.range is not None and not is_within(value, parameter.range):
            low, high = parameter.range
            what = f"choice {choice.name} sets {name} to {value}, outside its range [{low}, {high}]"
            yield Problem(at, what, "choose a value within the range, or widen it")
