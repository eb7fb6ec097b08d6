"""How functions are built: what an order of the variables may cost, and what it may not."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from vreltui.engine.diagram import Diagrams, Room

CAPACITY = 1 << 12


ORDERS = {
    "in order": list(range(12)),
    "upside down": list(range(12))[::-1],
    "shuffled": Random(1).sample(range(12), 12),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_vote_is_built_from_the_lowest_part_up(
    order: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part above all that was reached costs a node, one below it a walk through all of that."""
    diagrams = Diagrams(24, CAPACITY, Room(CAPACITY))
    pairs = [
        diagrams.at_least(2, [diagrams.variable(at), diagrams.variable(at + 1)])
        for at in range(0, 24, 2)
    ]
    choose, walked = Diagrams.choose, []

    def watched(self: Diagrams, on: Any, high: Any, low: Any) -> Any:
        tops = [each.node_var() for each in (high, low) if each.node_var() is not None]
        walked.append(any(top < on.node_var() for top in tops))
        return choose(self, on, high, low)

    monkeypatch.setattr(Diagrams, "choose", watched)
    vote = diagrams.at_least(7, [pairs[at] for at in order])
    assert walked
    assert not any(walked)
    # 7 of 12 pairs, each of two parts: 7 times 6 states between them, two nodes a state.
    assert vote.node_count() == 2 * 7 * 6 + 2
