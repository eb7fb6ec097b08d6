"""What a diagram of a design shows: a box for each node, and who needs whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from vreltui.model import (
    Bought,
    Component,
    Design,
    Group,
    LastingComponent,
    Needs,
    Node,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
    counted,
    needed,
)
from vreltui.model.options import option_text
from vreltui.model.settling import options_of


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its number, its lines of text, and whether it is at the top, or a single point."""

    number: int
    lines: tuple[str, ...]
    is_choice: bool = False
    is_single_point: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """From what fails to what it fails of; ``shared`` where that serves several."""

    above: int
    below: int
    times: int = 1
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and arrows."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def drawing(
    design: Design,
    choices: Iterable[str],
    values: Mapping[str, str] | None = None,
    single_points: frozenset[str] = frozenset(),
) -> Drawing:
    """The diagram of some choices. ``values`` has a text for each node, such as its R."""
    names = list(choices)
    nodes = list(dict.fromkeys(n for c in names for n in design.below(design.choices[c].root)))
    numbers = {name: number for number, name in enumerate(nodes, len(names))}
    boxes, arrows = [], []
    for number, name in enumerate(names):
        choice = design.choices[name]
        boxes.append(Box(number, (choice.title or name,), is_choice=True))
        arrows.append(Arrow(number, numbers[choice.root]))
    only = names[0] if len(names) == 1 else None
    users = _users(design, nodes)
    for name in nodes:
        node = design.nodes[name]
        lines = [node.title or name, *([f"({name})"] if node.title else [])]
        lines += _when(design, node, only)
        if values is not None and name in values:
            lines.append(values[name])
        single = name in single_points
        if single:
            lines.append("single point of failure")
        boxes.append(Box(numbers[name], tuple(lines), is_single_point=single))
        for child in dict.fromkeys(node.children):
            below = design.nodes[child]
            shared = below.shared or users[child] > 1
            arrows.append(
                Arrow(numbers[name], numbers[child], node.children.count(child), shared=shared)
            )
    return Drawing(tuple(boxes), tuple(arrows))


def _users(design: Design, nodes: list[str]) -> dict[str, int]:
    users = dict.fromkeys(nodes, 0)
    for name in nodes:
        for child in set(design.nodes[name].children):
            users[child] += 1
    return users


def _when(design: Design, node: Node, choice: str | None) -> list[str]:
    """When a node fails, in a line or two; a component fails by itself."""
    match node:
        case Component() | LastingComponent() | Process() | Share() | PolicyPool():
            return ["shared by all copies"] if node.shared else []
        case Group(parts=parts, needs=needs):
            return [_fails(needs, len(parts))]
        case Pool(copies=copies, needs=needs):
            if isinstance(copies, str) and choice is None:
                return [f"{copies} copies", _fails_of_many(needs)]
            count = design.value(copies, choice) if isinstance(copies, str) else copies
            assert isinstance(count, int)
            return [f"{count} {'copy' if count == 1 else 'copies'}", _fails(needs, count)]
        case Structure() | Bought():
            return [f"takes {option_text(options_of(design, choice).at(design, node))}"]
        case unknown:
            assert_never(unknown)


def _fails(needs: Needs, of: int) -> str:
    enough, inverts = counted(needs)
    if inverts:
        return "fails when it works" if of == 1 else f"fails when any of {of} works"
    least = of - needed(enough, of) + 1
    if of == 1:
        return "fails when it fails"
    if least == 1:
        return f"fails when any of {of} fails"
    return f"fails when all {of} fail" if least == of else f"fails when {least} of {of} fail"


def _fails_of_many(needs: Needs) -> str:
    if needs == "all":
        return "fails when any of them fails"
    if needs == "any":
        return "fails when all of them fail"
    if needs == "none":
        return "fails when any of them works"
    return f"needs {needs}"
