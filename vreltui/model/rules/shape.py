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
    users: dict[str, list[str | None]] | None = None
    for name, node in design.nodes.items():
        if isinstance(node, Component) or not isinstance(node.needs, int):
            continue
        path = ("nodes", name, "needs")
        if node.needs < 1:
            yield Problem(path, f"{name} needs {node.needs}", "at least 1 is right")
        elif isinstance(node, Group) and node.needs > len(node.parts):
            yield Problem(
                path,
                f"{name} needs {node.needs} of {len(node.parts)} parts",
                f"a number from 1 to {len(node.parts)} is right",
            )
        elif isinstance(node, Pool):
            if users is None:
                users = _users(design)
            yield from _enough_copies(design, node, users.get(name, [None]))


def _users(design: Design) -> dict[str, list[str | None]]:
    """The choices that use each pool of which a number of copies must work."""
    order = _parents_first(design)
    # One bit for each choice; walking each choice's tree by itself would multiply the two limits.
    names = list(design.choices)
    bits = dict.fromkeys(design.nodes, 0)
    for bit, choice in enumerate(design.choices.values()):
        bits[choice.root] |= 1 << bit
    for name in order:
        for child in design.nodes[name].children:
            bits[child] |= bits[name]
    return {
        name: [choice for bit, choice in enumerate(names) if bits[name] >> bit & 1]
        for name, node in design.nodes.items()
        if isinstance(node, Pool) and isinstance(node.needs, int) and bits[name]
    }


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


def _enough_copies(design: Design, pool: Pool, users: list[str | None]) -> Iterator[Problem]:
    """At most one problem: the first choice in which the pool has too few copies."""
    assert isinstance(pool.needs, int)
    for choice in users:
        copies = pool.copies if isinstance(pool.copies, int) else design.value(pool.copies, choice)
        assert isinstance(copies, int)
        if pool.needs <= copies:
            continue
        where = f" in choice {choice}" if choice is not None else ""
        path: Path = ("nodes", pool.name, "needs")
        if choice is not None and pool.copies in design.choices[choice].set:
            path = ("choices", choice, "set", str(pool.copies))
        yield Problem(
            path,
            f"pool {pool.name} needs {pool.needs} of {copies} copies{where}",
            f"at least {pool.needs} copies, or a smaller number needed, would be right",
        )
        return
