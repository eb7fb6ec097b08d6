"""Which component instances a choice has, and what a pool's copies share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from vreltui.model import Component, Design, Group, Node, Pool, needed

Number = Fraction | int
"""The value of a parameter: a reliability, or a count of copies."""

Values = Mapping[str, Number]
"""A value for every parameter of a design."""

Context = tuple[tuple[str, int], ...]
"""The pool copies that one stands in, outermost first."""

Instance = tuple[str, Context]
"""One thing that can work or fail: a node, in a context."""


def placed(design: Design, name: str, context: Context) -> Instance:
    """The instance that is meant by a node's name, said in a context.

    A shared node is one thing for all copies of every pool around it.
    """
    return (name, ()) if design.nodes[name].shared else (name, context)


def parts(design: Design, instance: Instance, values: Values) -> list[Instance]:
    """The instances directly below; one named twice is there twice."""
    name, context = instance
    match design.nodes[name]:
        case Group(parts=names):
            return [placed(design, part, context) for part in names]
        case Pool(of=of) as pool:
            copies = range(copies_of(pool, values))
            return [placed(design, of, (*context, (name, copy))) for copy in copies]
        case _:
            return []


def copies_of(pool: Pool, values: Values) -> int:
    """How many copies a pool has."""
    return int(values[pool.copies]) if isinstance(pool.copies, str) else pool.copies


def is_none(node: Node) -> bool:
    """Whether a node works when none of its parts does."""
    return isinstance(node, Group | Pool) and node.needs == "none"


def must_work(node: Node, of: int) -> int:
    """How many of ``of`` parts must work."""
    assert isinstance(node, Group | Pool)
    assert node.needs != "none"
    return needed(node.needs, of)


def reliability_of(component: Component, values: Values) -> Fraction:
    """The reliability of one instance of a component."""
    if isinstance(component.reliability, str):
        return Fraction(values[component.reliability])
    return component.reliability.reliability


def instances(design: Design, root: str, values: Values) -> Iterator[Instance]:
    """Every instance of a tree, each once, parents first."""
    seen: set[Instance] = set()
    waiting = [placed(design, root, ())]
    while waiting:
        instance = waiting.pop()
        if instance not in seen:
            seen.add(instance)
            yield instance
            waiting.extend(reversed(parts(design, instance, values)))


def component_instances(design: Design, root: str, values: Values) -> list[Instance]:
    """The instances that can fail by themselves."""
    return [
        instance
        for instance in instances(design, root, values)
        if isinstance(design.nodes[instance[0]], Component)
    ]
