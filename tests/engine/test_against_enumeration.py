"""The program against every state of thousands of random designs, all numbers exact."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import given, seed, settings

from tests.effort import cases
from tests.oracle import Oracle, as_toml, designs
from tests.oracle.agreement import agrees
from tests.oracle.asking import ask
from vreltui.engine import diagram
from vreltui.engine.compiler import compile_program
from vreltui.engine.steps import SharedParts
from vreltui.model import Design

BATCHES = 10
"""Several tests, so that several processes can share the work."""

EXAMPLES = int(os.environ.get("VRELTUI_EXAMPLES", cases(80, 300)))
"""Designs in a batch. VRELTUI_EXAMPLES=1000 tries ten thousand in all."""

FIRST_SEED = int(os.environ.get("VRELTUI_SEED", "0"))
"""Another number tries other designs."""


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_answer_is_that_of_enumeration(batch: int) -> None:
    verdicts: Counter[str] = Counter()

    @seed(FIRST_SEED + batch)
    @settings(max_examples=EXAMPLES, database=None)
    @given(designs())
    def compare(design: Design) -> None:
        said = ask(design)
        verdicts.update(choice["verdict"] for choice in said["choices"].values())
        try:
            agrees(Oracle(design), said)
        except AssertionError as disagreement:
            raise AssertionError(f"{disagreement}\n\n{as_toml(design)}") from None

    compare()
    expected = {"meets", "short", "hopeless"} if EXAMPLES >= 300 else {"meets", "hopeless"}
    assert set(verdicts) >= expected, "the designs try every verdict"


def test_so_it_is_where_diagrams_are_walked_in_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """As only large ones are otherwise, which nothing could enumerate."""
    monkeypatch.setattr(diagram, "MANY_NODES", 3)
    in_arrays = 0

    @seed(FIRST_SEED + BATCHES)
    @settings(max_examples=EXAMPLES // 2, database=None)
    @given(designs())
    def compare(design: Design) -> None:
        nonlocal in_arrays
        try:
            agrees(Oracle(design), ask(design))
        except AssertionError as disagreement:
            raise AssertionError(f"{disagreement}\n\n{as_toml(design)}") from None
        for choice in design.choices.values():
            steps = compile_program(design, choice.root).steps
            in_arrays += any(isinstance(step, SharedParts) for step in steps)

    compare()
    assert in_arrays > EXAMPLES // 16


@seed(FIRST_SEED)
@settings(max_examples=EXAMPLES // 5, database=None)
@given(designs(inverting=True))
def test_so_it_is_where_a_part_that_works_can_do_harm(design: Design) -> None:
    said = ask(design)
    try:
        agrees(Oracle(design), said)
    except AssertionError as disagreement:
        raise AssertionError(f"{disagreement}\n\n{as_toml(design)}") from None
