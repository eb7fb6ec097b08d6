"""A decision diagram as plain numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DiagramNodes:
    """Diagrams read out: ``nodes[i]`` is (variable, high, low), children before parents.

    References are 0 for false, 1 for true, and i + 2 for ``nodes[i]``; ``roots`` are references.
    """

    nodes: tuple[tuple[int, int, int], ...]
    roots: tuple[int, ...]
