"""Structures that every program can be given: components below k-out-of-n gates, made by rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

WIDTH = 5
"""How many parts a gate has at most, where the generators group parts."""

CLUSTER = 25
"""How many components a cluster of the shared structure has."""


@dataclass(slots=True)
class Structure:
    """Components with their unreliabilities, and gates of which at least k parts must work.

    A gate names only components and earlier gates; the last gate is the system. ``order`` is an
    order of the components that suits a decision diagram, where one was looked for.
    """

    name: str
    unreliabilities: dict[str, Decimal] = field(default_factory=dict)
    gates: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def to_plain(self, goal: Decimal) -> dict[str, Any]:
        """As data for a JSON file, with a goal."""
        values = {name: str(value) for name, value in self.unreliabilities.items()}
        return {"values": values, "gates": self.gates, "order": self.order, "goal": str(goal)}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> tuple[Structure, Decimal]:
        """The structure and the goal of :meth:`to_plain`."""
        structure = cls(
            "plain",
            {name: Decimal(value) for name, value in plain["values"].items()},
            {name: (k, tuple(parts)) for name, (k, parts) in plain["gates"].items()},
            plain["order"],
        )
        return structure, Decimal(plain["goal"])

    @property
    def top(self) -> str:
        """The gate that is the system."""
        return next(reversed(self.gates))

    def component(self, chance: random.Random) -> str:
        """A new component with a random unreliability from 1e-5 to 1e-2, of five decimals."""
        name = f"c{len(self.unreliabilities)}"
        self.unreliabilities[name] = Decimal(round(10 ** chance.uniform(0, 3))).scaleb(-5)
        return name

    def gate(self, k: int, parts: list[str]) -> str:
        """A new gate of which ``k`` parts must work."""
        name = f"g{len(self.gates)}"
        self.gates[name] = (k, tuple(parts))
        return name


def tree(size: int) -> Structure:
    """``size`` components in a tree that shares nothing: series at the bottom, all kinds above."""
    chance = random.Random(size)
    structure = Structure("tree")
    components = [structure.component(chance) for _ in range(size)]
    _gather(
        structure, chance, _grouped(components, lambda parts: structure.gate(len(parts), parts))
    )
    return structure


def shared(size: int) -> Structure:
    """``size`` components in clusters, in each of which services share hosts and power feeds.

    A service has three virtual machines on different hosts, and needs one or two of them; a host
    needs one of two feeds; so within a cluster nothing but the switch can be evaluated by itself.
    """
    chance = random.Random(size)
    structure = Structure("shared")
    clusters = []
    while len(structure.unreliabilities) < size:
        left = size - len(structure.unreliabilities)
        clusters.append(_cluster(structure, chance, min(left, CLUSTER)))
    if len(clusters) > 1:
        _gather(structure, chance, clusters)
    return structure


def _cluster(structure: Structure, chance: random.Random, size: int) -> str:
    """One cluster; components that are left over stand in series with all of it."""
    feeds = [structure.component(chance) for _ in range(2)]
    hosts = [
        structure.gate(2, [structure.component(chance), feeds[number % 2]])
        for number in range(4 if size >= CLUSTER else 3)
    ]
    services: list[str] = []
    while size - 2 - len(hosts) - 3 * len(services) > 3:
        first = 3 * len(services)
        machines = [
            structure.gate(2, [structure.component(chance), hosts[number % len(hosts)]])
            for number in range(first, first + 3)
        ]
        services.append(structure.gate(chance.choice([1, 2]), machines))
    single = [structure.component(chance) for _ in range(size - 2 - len(hosts) - 3 * len(services))]
    return structure.gate(len(services) + len(single), [*services, *single])


def _grouped(parts: list[str], make: Callable[[list[str]], str]) -> list[str]:
    """Every ``WIDTH`` neighbours as one."""
    groups = [parts[start : start + WIDTH] for start in range(0, len(parts), WIDTH)]
    return [make(group) if len(group) > 1 else group[0] for group in groups]


def _gather(structure: Structure, chance: random.Random, parts: list[str]) -> None:
    """Gates over gates until one is left. Any, all but one, or all: so no value matters nothing."""

    def make(group: list[str]) -> str:
        return structure.gate(chance.choice([1, len(group) - 1, len(group)]), group)

    while len(parts) > 1:
        parts = _grouped(parts, make)
