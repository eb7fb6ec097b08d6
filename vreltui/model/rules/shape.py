"""Rules on trees: no cycles, bounded depth, and never more needed than there is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import assert_never

from vreltui.model.design import (
    Bought,
    Component,
    Design,
    Group,
    LastingComponent,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
)
from vreltui.model.errors import Path, Problem
from vreltui.model.limits import MOST_DEPTH
from vreltui.model.quantities import COUNT, quantity_of


def shape(design: Design) -> Iterator[Problem]:
    """No cycles, and no path deeper than the limit; without recursion, for any depth."""
    depth: dict[str, int] = {}
    for start in design.nodes:
        trail: dict[str, None] = {}
        stack = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            children = design.nodes[name].children
            if leaving:
                del trail[name]
                depth[name] = 1 + max((depth[child] for child in children), default=0)
                if depth[name] > MOST_DEPTH:
                    what = f"the tree at {name} is more than {MOST_DEPTH} nodes deep"
                    yield Problem(("nodes", name), what, "use wider groups")
                    return
            elif name in trail:
                yield _cycle(design, list(trail), name)
                return
            elif name not in depth:
                trail[name] = None
                stack.append((name, True))
                stack.extend((child, False) for child in reversed(children))


def _cycle(design: Design, trail: list[str], name: str) -> Problem:
    """The problem that ``name`` is reached again at the end of ``trail``."""
    cycle = [*trail[trail.index(name) :], name]
    printed = cycle if len(cycle) <= 12 else [*cycle[:8], "...", *cycle[-3:]]
    last = design.nodes[trail[-1]]
    path = last.child_path(last.children.index(name))
    what = f"nodes contain each other: {' -> '.join(printed)}"
    return Problem(path, what, "a node cannot be a part of itself")


def counts(design: Design) -> Iterator[Problem]:
    """At most as many are needed as there are parts; or copies, in every choice with the pool."""
    usage = _Usage(design)
    for node in design.nodes.values():
        match node:
            case (
                Component() | LastingComponent() | Process() | Structure() | Share() | PolicyPool()
            ):
                continue
            case Group():
                yield from _group(node)
            case Pool() | Bought():
                yield from _pool(design, node, usage)
            case unknown:
                assert_never(unknown)


def _group(group: Group) -> Iterator[Problem]:
    needs, path = group.needs, ("nodes", group.name, "needs")
    if isinstance(needs, str):
        return
    if needs < 1:
        yield _none_needed(group.name, needs)
    elif needs > len(group.parts):
        what = f"{group.name} needs {needs} of {len(group.parts)} parts"
        yield Problem(path, what, f"a number from 1 to {len(group.parts)} is right")


def _pool(design: Design, pool: Pool | Bought, usage: _Usage) -> Iterator[Problem]:
    needs, copies = pool.needs, pool.copies
    if isinstance(needs, str) or copies is None:
        return
    if needs < 1:
        yield _none_needed(pool.name, needs)
    elif isinstance(copies, str):
        first = usage.first_with_fewer(pool.name, copies, needs)
        yield from _in_choices(design, pool, copies, first)
    elif needs > copies:
        yield _too_few(pool, ("nodes", pool.name, "needs"), copies, None)


def _none_needed(node: str, needs: int) -> Problem:
    return Problem(("nodes", node, "needs"), f"{node} needs {needs}", "at least 1 is right")


def _in_choices(
    design: Design, pool: Pool | Bought, parameter: str, choice: str | int | None
) -> Iterator[Problem]:
    if choice is None:
        return
    path: Path = ("nodes", pool.name, "needs")
    if isinstance(choice, int):
        yield _too_few(pool, path, choice, None)
        return
    copies = COUNT.of(design.value(parameter, choice))
    if parameter in design.choices[choice].set:
        path = ("choices", choice, "set", parameter)
    yield _too_few(pool, path, copies, choice)


def _too_few(pool: Pool | Bought, path: Path, copies: int, choice: str | None) -> Problem:
    where = f" in choice {choice}" if choice is not None else ""
    return Problem(
        path,
        f"{pool.sort} {pool.name} needs {pool.needs} of {copies} copies{where}",
        f"at least {pool.needs} copies, or a smaller number needed, would be right",
    )


class _Usage:
    """Which choices use which nodes, one bit for each choice.

    Walking each choice's tree by itself would multiply the limits on choices and on nodes.
    """

    def __init__(self, design: Design) -> None:
        self.design = design
        self.choices = list(design.choices)
        self.fewer: dict[tuple[str, int], int] = {}

    @cached_property
    def bits(self) -> dict[str, int]:
        """The choices that use each node."""
        nodes = self.design.nodes
        bits = dict.fromkeys(nodes, 0)
        for bit, choice in enumerate(self.design.choices.values()):
            bits[choice.root] |= 1 << bit
        for name in _parents_first(self.design):
            for child in nodes[name].children:
                bits[child] |= bits[name]
        return bits

    @cached_property
    def settings(self) -> dict[str, list[tuple[int, int]]]:
        """By count: the choices that set it, and to what."""
        settings: dict[str, list[tuple[int, int]]] = {}
        for bit, choice in enumerate(self.design.choices.values()):
            for name, value in choice.set.items():
                if quantity_of(value) is COUNT:
                    settings.setdefault(name, []).append((bit, COUNT.of(value)))
        return settings

    def first_with_fewer(self, pool: str, parameter: str, needs: int) -> str | int | None:
        """The first choice that uses the pool and has fewer copies than it needs.

        A pool that no choice uses is judged by the parameter's value, which is then the answer.
        """
        users = self.bits[pool]
        given = COUNT.of(self.design.parameters[parameter].value)
        if not users:
            return given if given < needs else None
        found = users & self._with_fewer(parameter, given, needs)
        # The lowest bit that is set.
        return self.choices[(found & -found).bit_length() - 1] if found else None

    def _with_fewer(self, parameter: str, given: int, needs: int) -> int:
        key = (parameter, needs)
        if key not in self.fewer:
            mask = (1 << len(self.choices)) - 1 if given < needs else 0
            for bit, value in self.settings.get(parameter, ()):
                mask = mask | 1 << bit if value < needs else mask & ~(1 << bit)
            self.fewer[key] = mask
        return self.fewer[key]


def _parents_first(design: Design) -> list[str]:
    """Every node, after all that contain it. The design has no cycles."""
    waiting = dict.fromkeys(design.nodes, 0)
    for node in design.nodes.values():
        for child in node.children:
            waiting[child] += 1
    order = [name for name, parents in waiting.items() if parents == 0]
    for name in order:
        for child in design.nodes[name].children:
            waiting[child] -= 1
            if waiting[child] == 0:
                order.append(child)
    return order
