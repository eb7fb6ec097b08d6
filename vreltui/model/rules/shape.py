"""Rules on trees: no cycles, bounded depth, and never more needed than there is."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.design import Component, Design, Group, Pool
from vreltui.model.errors import Path, Problem
from vreltui.model.rules.limits import MOST_DEPTH


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
    path: Path = ("nodes", last.name, "of")
    if isinstance(last, Group):
        path = ("nodes", last.name, "parts", last.parts.index(name))
    what = f"nodes contain each other: {' -> '.join(printed)}"
    return Problem(path, what, "a node cannot be a part of itself")


def counts(design: Design) -> Iterator[Problem]:
    """At most as many are needed as there are parts; or copies, in every choice with the pool."""
    usage: _Usage | None = None
    for name, node in design.nodes.items():
        if isinstance(node, Component) or not isinstance(node.needs, int):
            continue
        path = ("nodes", name, "needs")
        if node.needs < 1:
            yield Problem(path, f"{name} needs {node.needs}", "at least 1 is right")
        elif isinstance(node, Group):
            if node.needs > len(node.parts):
                what = f"{name} needs {node.needs} of {len(node.parts)} parts"
                yield Problem(path, what, f"a number from 1 to {len(node.parts)} is right")
        elif isinstance(node.copies, int):
            if node.needs > node.copies:
                yield _too_few(node, path, node.copies, None)
        else:
            usage = usage or _Usage(design)
            yield from _in_choices(design, node, usage.first_with_fewer(node))


def _in_choices(design: Design, pool: Pool, choice: str | int | None) -> Iterator[Problem]:
    assert isinstance(pool.copies, str)
    if choice is None:
        return
    path: Path = ("nodes", pool.name, "needs")
    if isinstance(choice, int):
        yield _too_few(pool, path, choice, None)
        return
    copies = design.value(pool.copies, choice)
    if pool.copies in design.choices[choice].set:
        path = ("choices", choice, "set", pool.copies)
    assert isinstance(copies, int)
    yield _too_few(pool, path, copies, choice)


def _too_few(pool: Pool, path: Path, copies: int, choice: str | None) -> Problem:
    where = f" in choice {choice}" if choice is not None else ""
    return Problem(
        path,
        f"pool {pool.name} needs {pool.needs} of {copies} copies{where}",
        f"at least {pool.needs} copies, or a smaller number needed, would be right",
    )


class _Usage:
    """Which choices use which nodes, one bit for each choice.

    Walking each choice's tree by itself would multiply the limits on choices and on nodes.
    """

    def __init__(self, design: Design) -> None:
        self.design = design
        self.choices = list(design.choices)
        self.bits = dict.fromkeys(design.nodes, 0)
        self.settings: dict[str, list[tuple[int, int]]] = {}
        self.fewer: dict[tuple[str, int], int] = {}
        for bit, choice in enumerate(design.choices.values()):
            self.bits[choice.root] |= 1 << bit
            for name, value in choice.set.items():
                if isinstance(value, int):
                    self.settings.setdefault(name, []).append((bit, value))
        for name in _parents_first(design):
            for child in design.nodes[name].children:
                self.bits[child] |= self.bits[name]

    def first_with_fewer(self, pool: Pool) -> str | int | None:
        """The first choice that uses the pool and has fewer copies than it needs.

        A pool that no choice uses is judged by the parameter's value, which is then the answer.
        """
        assert isinstance(pool.copies, str)
        assert isinstance(pool.needs, int)
        users = self.bits[pool.name]
        given = self.design.parameters[pool.copies].value
        assert isinstance(given, int)
        if not users:
            return given if given < pool.needs else None
        found = users & self._with_fewer(pool.copies, given, pool.needs)
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
