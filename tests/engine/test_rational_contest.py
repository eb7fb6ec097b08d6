"""Availabilities compared as a number moves in both: all values that win, and no other."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq, fmpq_poly

from vreltui.analysis import examine
from vreltui.engine.reconstruction import quotient
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

MOVES = """
vreltui = 1
baseline = "alone"
[goal]
availability = {goal}
[parameters]
T = {{ time = "{life} h" }}
c = {{ value = {covered} }}
[nodes.single]
mttf = "T"
mttr = "{repair} h"
[nodes.pair]
up = ["both", "one"]
moves = [
  {{ from = "both", to = "one", after = "T", with = "c", times = 2 }},
  {{ from = "both", to = "down", after = "T", without = "c", times = 2 }},
  {{ from = "one", to = "down", after = "T" }},
  {{ from = "one", to = "both", after = "{repair} h" }},
  {{ from = "down", to = "one", after = "{restart} h" }},
]
[choices.alone]
root = "single"
[choices.two]
root = "pair"
"""


def shares(life: Fraction, covered: Fraction, repair: int, restart: int) -> Fraction:
    """How long the pair works in the long run, by its balance equations."""
    both, one, down = Fraction(1), Fraction(0), Fraction(0)
    # Flows between {both} and the rest, and between {down} and the rest, are equal.
    leaving = 2 / life
    one = both * leaving * repair
    down = (both * leaving * (1 - covered) + one / life) * restart
    return (both + one) / (both + one + down)


def checked(**numbers: Any) -> dict[str, Any]:
    design = parse(MOVES.format(**numbers)).design
    found: dict[str, Any] = as_json("design.toml", design, examine(design))["choices"]["two"]
    return dict(found["thresholds"])


def wins(numbers: dict[str, Any], life: Fraction, covered: Fraction) -> bool:
    own = shares(life, covered, numbers["repair"], numbers["restart"])
    return own > Fraction(numbers["goal"]) and own > life / (life + numbers["repair"])


def probe(
    intervals: list[dict[str, Any]], wins_at: Callable[[Fraction], bool], far: Fraction
) -> None:
    """Just inside of each end it wins, just outside it does not."""
    hair = Fraction(1, 10**9)
    for interval in intervals:
        if interval["low"]:
            low = Fraction(interval["low"])
            assert wins_at(low * (1 + hair))
            assert not wins_at(low * (1 - hair))
        if interval["high"] is not None and Fraction(interval["high"]) < far:
            high = Fraction(interval["high"])
            assert wins_at(high * (1 - hair))
            assert not wins_at(high * (1 + hair))
    inside = any(i["low"] < 3600 and (i["high"] is None or i["high"] > 3600) for i in intervals)
    assert inside == wins_at(Fraction(3600))


@pytest.mark.parametrize("seed", range(12))
def test_a_time_and_a_share_that_move_two_chains(seed: int) -> None:
    draw = random.Random(seed)
    numbers: dict[str, Any] = {
        "goal": draw.choice(["0.5", "0.9", "0.99", "0.999"]),
        "life": draw.choice([2, 24, 1000, 20000]),
        "covered": draw.choice(["0.05", "0.5", "0.9", "0.999"]),
        "repair": draw.choice([1, 7, 24]),
        "restart": draw.choice([1, 2, 30, 100]),
    }
    found = checked(**numbers)
    life, covered = Fraction(numbers["life"]), Fraction(numbers["covered"])
    assert "undecided" not in found["T"]
    assert "undecided" not in found["c"]
    assert found["T"]["satisfied"] == wins(numbers, life, covered)
    probe(
        found["T"]["intervals"],
        lambda time: wins(numbers, time / 3600, covered),
        Fraction(10**16),
    )
    for interval in found["c"]["intervals"]:
        middle = (Fraction(interval["low"]) + Fraction(interval["high"])) / 2
        assert wins(numbers, life, middle)
    hair = Fraction(1, 10**9)
    for end in (end for i in found["c"]["intervals"] for end in (i["low"], i["high"])):
        if 0 < end < 1:
            sides = {wins(numbers, life, Fraction(end) + step) for step in (hair, -hair)}
            assert sides == {True, False}


def test_a_tie_at_every_value_is_proven() -> None:
    """Two repairmen and no failover: one of the pair is a chain of its own with the same share."""
    text = MOVES.format(goal="0.5", life=10, covered="0.5", repair=1, restart=1)
    head = text[: text.index("[nodes.pair]")]
    same = (
        head
        + """[nodes.pair]
up = ["on"]
moves = [{ from = "on", to = "off", after = "T" }, { from = "off", to = "on", after = "1 h" }]
[choices.alone]
root = "single"
[choices.two]
root = "pair"
"""
    )
    design = parse(same).design
    choice = as_json("design.toml", design, examine(design))["choices"]["two"]
    assert choice["against_baseline"] == "equal"
    assert choice["thresholds"]["T"]["intervals"] == []


def test_a_quotient_is_found_whatever_its_degree_is_said_to_be() -> None:
    top, bottom = fmpq_poly([1, 0, 3]), fmpq_poly([2, 5, 3])
    for degree in (2, 3, 7):
        found, under = quotient(lambda x: top(x) / bottom(x), degree, fmpq)
        assert found * bottom == under * top
    nothing, under = quotient(lambda _: fmpq(0), 3, fmpq)
    assert nothing == 0
    assert under.degree() == 0
