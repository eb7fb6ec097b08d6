"""Importance where causes strike: shocks are rows of their own, structure knows of none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from vreltui.analysis.importance_report import examine_importance
from vreltui.analysis.importance_results import ImportanceReport
from vreltui.analysis.study import Study
from vreltui.storage import parse

F = Fraction

TEXT = """vreltui = 1
[nodes.vm]
reliability = 0.9
[nodes.hw]
reliability = 0.99
[nodes.pool]
of = "vm"
copies = 3
needs = "any"
[nodes.top]
parts = ["hw", "pool"]
[choices.c]
root = "top"
[causes.os]
strikes = ["vm"]
"""


def _found(letters: str) -> ImportanceReport:
    return examine_importance(Study(parse(TEXT + letters + "\n").design), "c")


def test_a_shock_is_replaced_by_what_always_or_never_happens() -> None:
    found = _found("beta = 0.05").causes["os"]
    q, b, hw = F(1, 10), F(1, 20), F(99, 100)
    own = (1 - q) / (1 - b * q)
    without = hw * (1 - (1 - own) ** 3)
    works = (1 - b * q) * without
    figures = found.importance.figures
    assert found.instances == 1
    assert found.single_point
    assert figures["birnbaum"] == pytest.approx(float(without), rel=1e-12)
    assert figures["rrw"] == pytest.approx(float((1 - works) / (1 - without)), rel=1e-12)
    assert figures["raw"] == pytest.approx(float(1 / (1 - works)), rel=1e-12)
    assert figures["fussell_vesely"] == pytest.approx(float(b * q / (1 - works)), rel=1e-12)
    assert figures["structural"] is None


def test_a_struck_component_is_in_the_cuts_of_its_shock() -> None:
    found = _found("beta = 0.05").nodes
    q, b, hw = F(1, 10), F(1, 20), F(99, 100)
    pool = (1 - b * q) * (1 - (1 - (1 - q) / (1 - b * q)) ** 3)
    expected = (1 - pool) / (1 - hw * pool)
    figures = found["vm"].importance.figures
    assert figures["fussell_vesely"] == pytest.approx(float(expected), rel=1e-12)
    assert "fussell_vesely" not in found["vm"].importance.undecided
    assert "fussell_vesely" not in found["hw"].importance.undecided
    assert found["hw"].importance.figures["fussell_vesely"] is not None


def test_shocks_of_several_letters_are_called_by_how_many_they_strike() -> None:
    found = _found("mgl = [0.1, 0.3]")
    assert {name: each.instances for name, each in found.causes.items()} == {"os/2": 3, "os/3": 1}


@pytest.mark.parametrize("letters", ["beta = 0.05", "mgl = [0.1, 0.3]"])
def test_the_structure_is_that_without_causes(letters: str) -> None:
    found = _found(letters).nodes
    plain = examine_importance(Study(parse(TEXT.partition("[causes")[0]).design), "c").nodes
    for name, node in plain.items():
        for key in ("structural", "barlow_proschan"):
            assert found[name].importance.figures[key] == node.importance.figures[key]
    assert found["vm"].importance.figures["structural"] == 0.125
