"""A component that several pools copy, struck by one cause."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.analysis.test_causes import choice_of, text_of
from tests.oracle.causes import Part, Striking, reliability
from vreltui.analysis import examine
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

F = Fraction


@pytest.mark.parametrize("needs", ["any", "all"])
def test_copies_of_one_component_in_two_pools_are_told_apart(needs: str) -> None:
    nodes = {
        "vm": Part(works=F(9, 10)),
        "pair": Part(of="vm", copies=2, needs="any"),
        "single": Part(of="vm", copies=1),
        "top": Part(parts=("pair", "single"), needs=needs),
    }
    tables = nodes, {"x": Striking(("vm",), "mgl", (F(3, 10), F(1, 5)))}
    wanted, figure = reliability(tables, "top"), choice_of(text_of(tables, "top")).figure
    assert wanted is not None
    assert figure is not None
    assert figure.unreliability == pytest.approx(float(1 - wanted), rel=1e-12)


def test_chances_of_one_mission_say_no_mean_life() -> None:
    """A cause by split strikes with chances, and what lasts a mission has hazards."""
    text = """vreltui = 1
[mission]
time = "100 h"
[nodes.vm]
mttf = "1000 h"
[nodes.pool]
of = "vm"
copies = 2
[choices.a]
root = "pool"
[causes.bug]
strikes = ["vm"]
beta = 0.1
"""
    whole = as_json("f", parse(text).design, examine(parse(text).design))["choices"]["a"]
    assert whole["mttf_s"] is not None
    split = parse(text + 'split = "open-psa"\n').design
    choice = as_json("f", split, examine(split))["choices"]["a"]
    assert choice["reliability"] is not None
    assert choice["mttf_s"] is None
    assert "cause bug has split" in choice["missing"]["mttf_s"]
    assert choice["nodes"]["vm"]["mttf_s"] == 3_600_000
