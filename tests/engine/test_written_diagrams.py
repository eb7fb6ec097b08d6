"""Diagrams that the library writes as a text, beside the same ones asked for node by node."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from tests.engine.test_levelled_diagrams import VARIABLES, formula_of, holds
from vreltui.engine import diagram as diagrams
from vreltui.engine.diagram_nodes import DiagramNodes
from vreltui.engine.diagram_reading import _numbers
from vreltui.engine.limits import Limits
from vreltui.engine.solving import solve


@pytest.mark.parametrize("seed", range(40))
def test_a_text_says_the_same_function(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    formula, root, beside = formula_of(random.Random(seed))
    plain = solve(formula, [root], Limits(), [beside])
    monkeypatch.setattr(diagrams, "WRITTEN_NODES", 3)
    written = solve(formula, [root], Limits(), [beside])
    assert isinstance(plain.diagram, DiagramNodes)
    assert isinstance(written.diagram, DiagramNodes)
    assert written.order == plain.order
    assert len(written.diagram.nodes) == len(plain.diagram.nodes)
    for number, (_, high, low) in enumerate(written.diagram.nodes):
        assert max(high, low) < number + 2
    both = list(zip(written.diagram.roots, plain.diagram.roots, strict=True))
    for state in product((False, True), repeat=VARIABLES):
        for ours, theirs in both:
            known = holds(list(plain.diagram.nodes), theirs, state)
            assert holds(list(written.diagram.nodes), ours, state) == known


def test_numbers_are_read_from_a_text_as_python_reads_them() -> None:
    dice = random.Random(1)
    expected = [dice.randrange(10 ** dice.randint(1, 9)) for _ in range(2000)]
    text = b"".join(b"%d%s" % (number, dice.choice([b" ", b"\n", b"  "])) for number in expected)
    for piece in (text, b" " + text, text.rstrip()):
        assert _numbers(np.frombuffer(piece, dtype=np.uint8)).tolist() == expected
    assert _numbers(np.frombuffer(b"", dtype=np.uint8)).tolist() == []
