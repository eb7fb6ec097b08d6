"""The benchmarks run, and refuse to measure programs that disagree."""

from __future__ import annotations

from decimal import Decimal

import pytest

from benchmarks.__main__ import main
from benchmarks.contenders.ours import Vreltui
from benchmarks.measure import Timing, ratio
from benchmarks.structure import shared, tree


def test_the_short_form_asks_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--short"]) == 0
    printed = capsys.readouterr().out
    for heading in ("Loading", "First evaluation", "after one edit", "All thresholds"):
        assert heading in printed
    assert "ours / relibmss" in printed


@pytest.mark.parametrize("size", [10, 100, 1000])
def test_structures_have_the_size_they_say(size: int) -> None:
    assert len(tree(size).unreliabilities) == size
    assert len(shared(size).unreliabilities) == size


def test_an_edit_gives_what_a_fresh_start_gives() -> None:
    structure = shared(100)
    kept = Vreltui(structure, Decimal("0.9"))
    kept.evaluate()
    component = next(iter(structure.unreliabilities))
    edited = kept.edit(component, Decimal("0.01"))
    structure.unreliabilities[component] = Decimal("0.01")
    assert edited == Vreltui(structure, Decimal("0.9")).evaluate()


def test_rounds_are_compared_with_themselves() -> None:
    assert ratio(Timing((1.0, 30.0)), Timing((2.0, 60.0))) == 0.5
