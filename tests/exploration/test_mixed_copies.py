"""How reliable mixes are of which so many must work, beside every state of every mix."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest

from vreltui.exploration.mixed_copies import pairs_of_mixes
from vreltui.exploration.variant_blocks import axis_of_mixes
from vreltui.model import Bought, Mix


def by_states(chances: list[Fraction], needed: int) -> Fraction:
    """The chance that so many of some things work."""
    total = Fraction(0)
    for up in itertools.product((True, False), repeat=len(chances)):
        if sum(up) >= needed:
            chance = Fraction(1)
            for works, each in zip(up, chances, strict=True):
                chance *= each if works else 1 - each
            total += chance
    return total


@pytest.mark.parametrize("needs", [2, 3, "majority", "all", "any"])
@pytest.mark.parametrize("items", [("a",), ("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d")])
def test_all_mixes_of_several_numbers_of_copies(items: tuple[str, ...], needs: int | str) -> None:
    chances = {"a": 0.5, "b": 0.75, "c": 0.875, "d": 0.9375}
    axis = axis_of_mixes("disks", items, (3, 4, 5), "n")
    node = Bought(name="disks", catalogue="s", copies="n", mix=True, needs=needs)  # type: ignore[arg-type]
    single = {name: (chances[name], 1 - chances[name]) for name in items}
    r, q = pairs_of_mixes(node, axis.counts, axis.totals, single)
    assert len(axis.options) == len(np.broadcast_to(r, len(axis.options)))
    for number, option in enumerate(axis.options):
        assert isinstance(option, Mix)
        alike = [
            Fraction(chances[name]) for name, count in option.counts.items() for _ in range(count)
        ]
        total = len(alike)
        assert total == option.total == axis.totals[number]
        words = {"all": total, "any": 1, "majority": total // 2 + 1}
        needed = words[needs] if isinstance(needs, str) else needs
        right = by_states(alike, needed)
        assert r[number] == pytest.approx(float(right), rel=1e-14)
        assert q[number] == pytest.approx(float(1 - right), rel=1e-14)


def test_mixes_stand_in_the_order_of_the_file() -> None:
    axis = axis_of_mixes("disks", ("a", "b", "c"), (2, 1), "n")
    found = [tuple(option.counts.items()) for option in axis.options if isinstance(option, Mix)]
    assert found == [
        (("a", 2),), (("a", 1), ("b", 1)), (("a", 1), ("c", 1)), (("b", 2),), (("b", 1), ("c", 1)),
        (("c", 2),), (("a", 1),), (("b", 1),), (("c", 1),),
    ]  # fmt: skip
