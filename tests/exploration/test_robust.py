"""What is guaranteed all over uncertain ranges, and who always beats whom."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.effort import cases
from vreltui.cli.main import run

DESIGN = """vreltui = 1
[goal]
reliability = 0.985
[resources]
euro = {{ limit = 9000 }}
[parameters]
P = {{ value = 0.99, uncertain = [0.98, 0.9999] }}
Q = {{ unreliability = 0.01, uncertain = [0.001, 0.015] }}
[catalogues.s]
{items}
[nodes.a]
from = "s"
[nodes.b]
reliability = 0.999
[nodes.all]
parts = ["a", "b"]
[choices.c]
root = "all"
"""

RANGES = {"P": (Fraction("0.98"), Fraction("0.9999")), "Q": (Fraction("0.985"), Fraction("0.999"))}


def explored(
    items: dict[str, tuple[str, int]],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    *more: str,
) -> dict[str, Any]:
    lines = [
        f"{name} = {{ reliability = {figure}, uses = {{ euro = {used} }} }}"
        for name, (figure, used) in items.items()
    ]
    path = folder / "design.toml"
    path.write_text(DESIGN.format(items="\n".join(lines)))
    run(["explore", str(path), "--robust", "--json", *more])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def drawn(dice: random.Random) -> dict[str, tuple[str, int]]:
    """Some items, each with a figure of its own or an uncertain one."""
    figures = ['"P"', '"Q"', "0.98", "0.985", "0.99", "0.995", "0.9999", "0.97"]
    return {
        f"i{n}": (dice.choice(figures), dice.choice([100, 200, 300]))
        for n in range(dice.randint(2, 6))
    }


def reliability(figure: str, point: dict[str, Fraction]) -> Fraction:
    """What an item gives at a point of the ranges."""
    name = figure.strip('"')
    return (point[name] if name in point else Fraction(name)) * Fraction("0.999")


def kept(items: dict[str, tuple[str, int]]) -> set[str]:
    """The items that none always beats, at the corners: all is straight between them."""
    corners = [dict(zip(RANGES, ends, strict=True)) for ends in product(*RANGES.values())]

    def always_beats(one: str, other: str) -> bool:
        (a, used), (b, beside) = items[one], items[other]
        gains = [reliability(a, c) - reliability(b, c) for c in corners]
        return used <= beside and min(gains) >= 0 and max(gains) > 0

    return {b for b in items if not any(always_beats(a, b) for a in items if a != b)}


@pytest.mark.parametrize("seed", range(cases(12, 300)))
def test_those_are_kept_that_none_always_beats(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = drawn(random.Random(seed))
    found = explored(items, tmp_path, capsys)
    named = {each["set"]["a"] for each in found["robust"]}
    expected = kept(items)
    assert named <= expected
    # Of those that are equal everywhere, one stands for all.
    assert {items[name] for name in named} >= {
        items[name] for name in expected if on_a_front(name, items)
    }
    for each in found["robust"]:
        ends = [
            reliability(items[each["set"]["a"]][0], {n: e[at] for n, e in RANGES.items()})
            for at in (0, 1)
        ]
        assert [each["low"], each["high"]] == [float(end) for end in ends]


def on_a_front(name: str, items: dict[str, tuple[str, int]]) -> bool:
    """Whether no other equals or beats an item, with nature at one of its ends."""
    for at in (0, 1):
        point = {n: ends[at] for n, ends in RANGES.items()}
        figures = {n: (-reliability(f, point), used) for n, (f, used) in items.items()}
        own = figures[name]
        if not any(
            other != own and other[0] <= own[0] and other[1] <= own[1] for other in figures.values()
        ):
            return True
    return False


def test_what_is_guaranteed_is_at_the_worse_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = {"p": ('"P"', 100), "q": ('"Q"', 120), "fixed": ("0.989", 150), "good": ("0.9999", 900)}
    found = explored(items, tmp_path, capsys)
    assert found["counts"]["meets"] == 4
    assert found["guaranteed"]["counts"]["meets"] == 2
    assert found["guaranteed"]["cheapest"]["euro"]["set"] == {"a": "fixed"}
    robust = {each["set"]["a"]: each for each in found["robust"]}
    assert list(robust) == ["p", "q", "fixed", "good"]
    crossing = next(each for each in robust["p"]["crosses"] if each["with"] == 2)
    assert crossing == {"with": 2, "parameter": "P", "value": 0.989}
    assert robust["good"]["crosses"] == []
    path = tmp_path / "design.toml"
    run(["explore", str(path), "--robust"])
    said = capsys.readouterr().out
    assert "what none always beats, by euro" in said
    assert "as reliable as 3 at P = 0.989" in said
    run(["explore", str(path), "--json"])
    assert "guaranteed" not in json.loads(capsys.readouterr().out)


LIVES = """vreltui = 1
[goal]
downtime = "60 h/y"
[resources]
euro = {}
[parameters]
T = { time = "400 h", uncertain = ["200 h", "900 h"] }
r = { time = "1 h", uncertain = ["30 min", "2 h"] }
[catalogues.s]
A = { mttf = "T", mttr = "r", uses = { euro = 1 } }
B = { mttf = "500 h", mttr = "r", uses = { euro = 2 } }
C = { mttf = "100 h", mttr = "r", uses = { euro = 3 } }
[nodes.a]
from = "s"
[choices.c]
root = "a"
"""


def test_times_are_at_their_worse_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "design.toml"
    path.write_text(LIVES)
    run(["explore", str(path), "--robust", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["measure"], found["goal_text"]) == ("availability", "under 60 h down a year")
    assert found["best"]["set"] == {"a": "B"}
    assert found["best"]["availability"] == 500 / 501
    # A for 200 h and down for 2 h has 2/202, which is over 60/8760; B has 2/502.
    assert found["guaranteed"]["counts"]["meets"] == 1
    assert found["guaranteed"]["best"]["unavailability"] == 2 / 502
    told = {each["set"]["a"]: each for each in found["robust"]}
    assert set(told) == {"A", "B"}
    assert (told["A"]["low"], told["A"]["high"]) == (200 / 202, 900 / 900.5)
    assert {(c["parameter"], c["value"]) for c in told["B"]["crosses"]} == {("T", 1800000.0)}


def test_what_is_uncertain_and_acts_neither_way_is_undecided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "design.toml"
    clock = 'w = { time = "2 d", uncertain = ["1 d", "9 d"] }\n[catalogues.s]'
    repaired = 'mttr = "r", uses = { euro = 3 }'
    text = LIVES.replace("[catalogues.s]", clock)
    text = text.replace(repaired, 'mttr = "r", rejuvenate = "w", takes = "1 h"')
    path.write_text(text)
    assert run(["explore", str(path), "--robust", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "stopped"
    assert found["reason"] == "no end of w, which is uncertain, is known to be the worse one"
    assert found["counts"]["total"] == 3
