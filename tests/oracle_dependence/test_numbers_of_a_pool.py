"""What a pool with a policy says of its own numbers, and what its mean life needs of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.oracle_dependence import DependenceOracle
from vreltui.analysis import examine
from vreltui.model.own_numbers import with_named_numbers
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

TEXT = """
vreltui = 1
[goal]
{goal}
[mission]
time = "30 d"
[nodes]
vm = {{ mttf = "100 d" }}
pool = {{ of = "vm", copies = 3, {policy} }}
other = {{ mttf = "90 d" }}
top = {{ parts = ["pool", "other"], needs = "any" }}
[choices.c]
root = "top"
"""


def answer(text: str) -> Any:
    stated = parse(text).design
    report = examine(with_named_numbers(stated))
    return as_json("design.toml", stated, report)["choices"]["c"]


def test_each_number_of_a_policy_stands_by_its_key() -> None:
    text = TEXT.format(
        goal="reliability = 0.9",
        policy='needs = "any", dormancy = 0.3, switch = 0.8',
    )
    entry = answer(text)["nodes"]["pool"]
    assert not {"threshold", "birnbaum"} & set(entry)
    assert set(entry["thresholds"]) == set(entry["importance"]) == {"dormancy", "switch"}
    (span,) = entry["thresholds"]["switch"]["intervals"]
    assert DependenceOracle(text).meets("c", {"pool.switch": Fraction(8, 10)})
    assert entry["thresholds"]["switch"]["satisfied"]
    assert span["high"] == 1


def test_a_load_with_a_broken_power_has_its_mean_life_beside_others() -> None:
    text = TEXT.format(goal='mttf = "1 d"', policy='needs = "any", load = 1.5')
    found = answer(text)["mttf_s"]
    true = DependenceOracle(text).figures("c").mttf
    assert true is not None
    assert found == pytest.approx(float(true), rel=1e-12)
