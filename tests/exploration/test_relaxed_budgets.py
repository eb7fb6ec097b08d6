"""What budgets let parts in series attain, against trying every combination of their labels."""

from __future__ import annotations

import random
from itertools import product
from math import exp, prod

import numpy as np
import pytest

from vreltui.exploration.fronts import Front
from vreltui.exploration.relaxed_budgets import relaxed

TOLERANCE = 1e-9


def part_of(labels: list[tuple[float, tuple[int, ...]]]) -> Front:
    """A part with these reliabilities and uses."""
    r = np.array([each for each, _ in labels])
    return Front(
        axes=("a",),
        r=r,
        q=1 - r,
        uses=np.array([uses for _, uses in labels], dtype=np.int64),
        marks=np.zeros((len(labels), 2), dtype=np.uint64),
        picks=np.arange(len(labels), dtype=np.int32).reshape(-1, 1),
        error=1e-15,
    )


@pytest.mark.parametrize("seed", range(60))
def test_nothing_that_may_be_asked_for_is_out_of_reach(seed: int) -> None:
    dice = random.Random(seed)
    resources = dice.randint(1, 3)
    chances = [0.0, 0.5, 0.75, 0.9, 0.9, 0.99, 0.999, 1.0]
    parts = [
        [
            (dice.choice(chances), tuple(dice.randint(0, 6) for _ in range(resources)))
            for _ in range(dice.randint(1, 6))
        ]
        for _ in range(dice.randint(2, 4))
    ]
    budgets = [(column, dice.randint(2, 14)) for column in range(resources)]
    inside = [
        (prod(r for r, _ in taken), taken)
        for taken in product(*parts)
        if all(sum(uses[c] for _, uses in taken) <= most for c, most in budgets)
    ]
    fronts = [part_of(labels) for labels in parts]
    rest = relaxed(fronts, budgets)
    if rest is None:
        assert not inside
        return
    ordered = sorted((r for r, _ in inside), reverse=True)
    best = ordered[0] if ordered else 0.0
    assert exp(rest.bound) >= best * (1 - TOLERANCE)
    for most in (1, 3):
        attained = rest.attained(fronts, most)
        assert attained <= (ordered[most - 1] if len(ordered) >= most else 0.0)
    for floor in {r for r in ordered if r} | {0.6}:
        kept = rest.within_reach(fronts, floor)
        for r, taken in inside:
            if r >= floor:
                for front, label in zip(kept, taken, strict=True):
                    assert label in [
                        (float(one), tuple(map(int, uses)))
                        for one, uses in zip(front.r, front.uses, strict=True)
                    ]


def test_weights_make_bounds_tight() -> None:
    # Two of three like parts can have the better label: only weights tell that not all can.
    part = part_of([(0.9, (0,)), (0.99, (1,))])
    rest = relaxed([part] * 3, [(0, 2)])
    assert rest is not None
    best = 0.9 * 0.99**2
    assert exp(rest.bound) == pytest.approx(best, rel=3e-3)
    assert rest.attained([part] * 3, 1) == pytest.approx(best, rel=1e-9)
