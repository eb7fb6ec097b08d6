"""Mean lives as one number moves: thresholds of trees of chains against closed forms."""

from __future__ import annotations

from math import log2
from typing import Any

import pytest

from vreltui.analysis import examine
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

DESIGN = """
vreltui = 1
baseline = "{rival}"
[mission]
measure = "mttf"
[parameters]
T = {{ time = "1000 h" }}
T_other = {{ time = "800 h" }}
c = {{ value = 0.9 }}
d = {{ value = 0.25 }}
a = {{ number = 1 }}
[nodes.machine]
mttf = "T"
[nodes.other]
mttf = "T_other"
[nodes.stages]
up = ["first", "second"]
moves = [
  {{ from = "first", to = "second", after = "T" }},
  {{ from = "second", to = "down", after = "T_other" }},
]
[nodes.cold]
of = "machine"
copies = 3
needs = 2
dormancy = 0
switch = "c"
[nodes.warm]
of = "machine"
copies = 2
needs = "any"
dormancy = "d"
[nodes.loaded]
of = "machine"
copies = 2
needs = "any"
load = "a"
[nodes.hot]
of = "machine"
copies = 3
needs = 2
[nodes.pair]
parts = ["machine", "other"]
needs = "any"
[nodes.behind]
parts = ["cold", "other"]
[choices.one]
root = "machine"
[choices.other]
root = "other"
[choices.hot]
root = "hot"
[choices.cold]
root = "cold"
[choices.warm]
root = "warm"
[choices.loaded]
root = "loaded"
[choices.pair]
root = "pair"
[choices.behind]
root = "behind"
[choices.stages]
root = "stages"
"""

HOUR = 3600.0


def threshold(choice: str, rival: str, parameter: str) -> list[tuple[float | None, float | None]]:
    design = parse(DESIGN.format(rival=rival)).design
    found: Any = as_json("f", design, examine(design, [choice]))
    told = found["choices"][choice]["thresholds"][parameter]
    assert "undecided" not in told
    return [(each["low"], each["high"]) for each in told["intervals"]]


NEVER: list[tuple[float, float | None]] = []
ALWAYS: list[tuple[float, float | None]] = [(0, None)]


@pytest.mark.parametrize(
    ("choice", "rival", "parameter", "wins"),
    [
        ("cold", "hot", "c", [(2 / 3, 1)]),  # T (1 + c) / 2 against 5 T / 6
        ("cold", "one", "c", NEVER),  # against T
        ("warm", "loaded", "d", [(0, 1)]),  # T / (1 + d) + T against T
        ("warm", "other", "T", [(800 / 1.8 * HOUR, None)]),
        ("cold", "pair", "T", NEVER),  # one of two lives longer than either
        ("pair", "cold", "T_other", ALWAYS),
        ("stages", "hot", "T", ALWAYS),  # T + T_other against 5 T / 6
        ("stages", "pair", "T_other", ALWAYS),
        ("behind", "other", "T", NEVER),  # in series with it
        ("hot", "other", "T", [(960 * HOUR, None)]),
    ],
)
def test_a_threshold_of_what_moves_chains_on_both_sides(
    choice: str, rival: str, parameter: str, wins: list[tuple[float, float | None]]
) -> None:
    found = threshold(choice, rival, parameter)
    assert [high for _, high in found] == [high for _, high in wins]
    assert [low for low, _ in found] == pytest.approx([low for low, _ in wins], rel=1e-12)


def test_the_power_of_a_load_is_searched_where_it_moves() -> None:
    """Two copies live T / 2 and then T / 2^a, together more than 0.8 T where 2^-a > 0.3."""
    ((low, high),) = threshold("loaded", "other", "a")
    assert low == 0
    assert high == pytest.approx(log2(1 / 0.3), rel=1e-12)
