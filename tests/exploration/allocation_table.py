"""The best redundancy allocation by a table over cost and weight, written from its definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Kind = tuple[str, int, int]
"""A kind of component: its reliability, cost and weight."""


def mixes(kinds: Sequence[Kind], most: int) -> Iterator[tuple[float, int, int]]:
    """Every mix of 1 to so many components: the chance that all fail, the cost, the weight."""

    def some(left: Sequence[Kind], room: int) -> Iterator[tuple[float, int, int]]:
        if not left:
            yield 1.0, 0, 0
            return
        (r, cost, weight), *rest = left
        for count in range(room + 1):
            for q, c, w in some(rest, room - count):
                yield q * (1 - float(r)) ** count, c + count * cost, w + count * weight

    for q, c, w in some(kinds, most):
        if c:
            yield q, c, w


def optima(
    subsystems: Sequence[Sequence[Kind]], most: int, cost: int, weight: int
) -> NDArray[np.float64]:
    """The best reliability of the series for every weight up to the last, within the cost."""
    best = np.ones((cost + 1, weight + 1))
    for kinds in subsystems:
        bettered = np.zeros_like(best)
        options: dict[tuple[int, int], float] = {}
        for q, c, w in mixes(kinds, most):
            if c <= cost and w <= weight:
                options[c, w] = min(q, options.get((c, w), 1.0))
        for (c, w), q in options.items():
            part = best[: cost + 1 - c, : weight + 1 - w] * (1 - q)
            np.maximum(bettered[c:, w:], part, out=bettered[c:, w:])
        best = bettered
    found: NDArray[np.float64] = best[cost]
    return found
