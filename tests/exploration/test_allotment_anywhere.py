"""What values cost in any structure, beside a search over fine grids and states one by one."""

from __future__ import annotations

import itertools
import json
import math
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vreltui.analysis.study import Study
from vreltui.cli.main import run
from vreltui.engine.limits import Undecided
from vreltui.exploration.allotment_anywhere import AnyAllotment
from vreltui.exploration.allotment_in_series import SeriesAllotment
from vreltui.exploration.least_cost import Proof
from vreltui.model import Probability
from vreltui.storage import parse

HEAD = """vreltui = 1
goal = { reliability = 0.95 }
[resources]
euro = { limit = 60 }
[parameters]
"""


@pytest.fixture(autouse=True)
def few_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """A front of a few points takes as long."""
    monkeypatch.setattr("vreltui.exploration.allocating.POINTS", 5)


Works = Callable[[Sequence[bool]], bool]

SHAPES: dict[str, tuple[str, Works]] = {
    "in series": ('[nodes.all]\nparts = ["a", "b", "c"]\n', all),
    "in parallel": ('[nodes.all]\nparts = ["a", "b", "c"]\nneeds = "any"\n', any),
    "two of three": (
        '[nodes.all]\nparts = ["a", "b", "c"]\nneeds = 2\n',
        lambda up: sum(up) >= 2,
    ),
    "one beside two": (
        '[nodes.x]\nparts = ["a", "b"]\nneeds = "any"\n[nodes.all]\nparts = ["x", "c"]\n',
        lambda up: (up[0] or up[1]) and up[2],
    ),
    "a bridge of three": (
        """[nodes.x]
parts = ["a", "b"]
[nodes.y]
parts = ["b", "c"]
[nodes.all]
parts = ["x", "y"]
needs = "any"
""",
        lambda up: up[1] and (up[0] or up[2]),
    ),
}  # fmt: skip


def design(laws: Sequence[tuple[str, str, str]], shape: str) -> str:
    """A design of three components with such ranges and prices."""
    parameters = "".join(
        f"{name} = {{ value = {low}, range = [{low}, {high}], price = {{ euro = {{ {law} }} }} }}\n"
        for name, (low, high, law) in zip("ABC", laws, strict=True)
    )
    nodes = "".join(f'[nodes.{name}]\nreliability = "{name.upper()}"\n' for name in "abc")
    return HEAD + parameters + nodes + shape + '[choices.c]\nroot = "all"\n'


def anywhere(text: str) -> AnyAllotment:
    return AnyAllotment(Study(parse(text).design), "c")


def price(law: tuple[str, str, str], q: Any) -> Any:
    """What an unreliability costs, from the documentation."""
    low, high, (kind, number) = float(law[0]), float(law[1]), law[2].split(" = ")
    if kind == "per_nine":
        return float(number) * -np.log10(q)
    left = high - 1 + q
    with np.errstate(over="ignore", divide="ignore"):
        found = np.exp((1 - float(number)) * ((1 - q) - low) / left)
    return np.where(left > 0, found, np.inf)


def fails(works: Works, q: Sequence[Any]) -> Any:
    """What fails, state by state."""
    total: Any = 0.0
    for up in itertools.product((True, False), repeat=len(q)):
        if not works(up):
            chance: Any = 1.0
            for is_up, each in zip(up, q, strict=True):
                chance = chance * ((1 - each) if is_up else each)
            total = total + chance
    return total


def least_by_grid(laws: Sequence[tuple[str, str, str]], works: Works, goal: float) -> float:
    """The least cost over a grid of two unreliabilities, finer and finer; the third is halved."""
    best = math.inf
    for last in range(3):
        first, second = (place for place in range(3) if place != last)
        ends = [(math.log(max(1 - float(high), 1e-9)), math.log(1 - float(low)))
                for low, high, _ in laws]  # fmt: skip
        lows, highs = [e[0] for e in ends], [e[1] for e in ends]
        at = [np.linspace(lows[p], highs[p], 121) for p in (first, second)]
        for _ in range(9):
            q: list[Any] = [None] * 3
            q[first], q[second] = np.exp(at[0])[:, None], np.exp(at[1])[None, :]
            near, far = np.full((121, 121), lows[last]), np.full((121, 121), highs[last])
            for _ in range(52):
                q[last] = np.exp((near + far) / 2)
                keeps = fails(works, q) < goal
                near, far = np.where(keeps, q[last], near), np.where(keeps, far, q[last])
                near = np.where(keeps, (np.log(q[last])), near)
                far = np.where(keeps, far, np.log(q[last]))
            q[last] = np.exp(near)
            kept = fails(works, q) <= goal * (1 + 1e-13)
            paid = sum(price(law, each) for law, each in zip(laws, q, strict=True))
            paid = np.where(kept, paid, np.inf)
            i, j = np.unravel_index(int(np.argmin(paid)), paid.shape)
            best = min(best, float(paid[i, j]))
            at = [
                np.linspace(
                    max(lows[p], g[k] - 6 * (g[1] - g[0])),
                    min(highs[p], g[k] + 6 * (g[1] - g[0])),
                    121,
                )
                for p, g, k in ((first, at[0], i), (second, at[1], j))
            ]
    return best


def drawn(seed: int) -> tuple[list[tuple[str, str, str]], str, float]:
    """Random ranges and prices, a structure, and a goal between its ends."""
    draw = random.Random(seed)
    laws = []
    for _ in range(3):
        low = draw.choice(["0.5", "0.8", "0.9", "0.97"])
        high = draw.choice(["0.99", "0.999", "1"])
        law = draw.choice([f"mettas = 0.{draw.randint(1, 9)}", f"per_nine = {draw.randint(1, 9)}"])
        laws.append((low, high, law))
    shape = draw.choice(list(SHAPES))
    works = SHAPES[shape][1]
    worst = fails(works, [1 - float(low) for low, _, _ in laws])
    best = fails(works, [max(1 - float(high), 1e-3) for _, high, _ in laws])
    share = draw.uniform(0.1, 0.8)
    return laws, shape, float(f"{worst ** (1 - share) * best**share:.6g}")


@pytest.mark.parametrize("seed", range(12))
def test_the_least_cost_is_that_of_a_fine_grid(seed: int) -> None:
    laws, shape, goal = drawn(seed)
    text, works = SHAPES[shape]
    found = anywhere(design(laws, text)).cheapest(
        "euro", Probability.from_unreliability(repr(goal))
    )
    assert found is not None
    q = [float(value.unreliability) for value in found.values.values()]
    assert fails(works, q) < goal * (1 + 1e-12)
    paid = sum(float(price(law, each)) for law, each in zip(laws, q, strict=True))
    assert float(found.paid) == pytest.approx(paid, rel=1e-9)
    least = least_by_grid(laws, works, goal)
    assert float(found.paid) <= least * (1 + 1e-9)
    assert float(found.paid) == pytest.approx(least, rel=1e-5)


@pytest.mark.parametrize("seed", range(20, 26))
def test_the_best_within_a_budget_can_t_be_had_for_less(seed: int) -> None:
    laws, shape, goal = drawn(seed)
    text, works = SHAPES[shape]
    allotment = anywhere(design(laws, text))
    asked = allotment.cheapest("euro", Probability.from_unreliability(repr(goal)))
    assert asked is not None
    found = allotment.best("euro", asked.paid)
    assert found is not None
    assert found.paid <= asked.paid
    q = [float(value.unreliability) for value in found.values.values()]
    assert fails(works, q) == pytest.approx(goal, rel=1e-7)


def test_in_series_both_ways_find_the_same() -> None:
    laws = [
        ("0.99", "1", "mettas = 0.5"),
        ("0.97", "1", "mettas = 0.5"),
        ("0.90", "1", "mettas = 0.5"),
    ]
    text = design(laws, SHAPES["in series"][0])
    one = SeriesAllotment(Study(parse(text).design), "c").cheapest("euro", Probability.of("0.95"))
    other = anywhere(text).cheapest("euro", Probability.of("0.95"))
    assert one is not None
    assert other is not None
    assert abs(one.paid - other.paid) < Fraction(1, 10**9)
    values = [float(value.reliability) for value in other.values.values()]
    assert values == pytest.approx([0.99352, 0.98667, 0.96911], abs=5e-6)


def test_a_parameter_of_several_nodes_and_of_copies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = """vreltui = 1
goal = { reliability = 0.999 }
[resources]
euro = { limit = 40 }
[parameters]
A = { value = 0.9, range = [0.9, 0.9999], price = { euro = { per_nine = 3 } } }
B = { value = 0.5, range = [0.5, 0.999], price = { euro = { per_nine = 1 } } }
n = { count = 2, range = [2, 3] }
[nodes.a]
reliability = "A"
[nodes.b]
reliability = "B"
[nodes.a2]
reliability = "A"
[nodes.pool]
of = "b"
copies = "n"
needs = 2
[nodes.left]
parts = ["a", "pool"]
[nodes.all]
parts = ["left", "a2"]
needs = "any"
[choices.c]
root = "all"
"""
    path = tmp_path / "design.toml"
    path.write_text(text)
    assert run(["explore", str(path), "--json", "--depth", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "complete"
    least = math.inf
    for n in (2, 3):
        a = np.exp(np.linspace(math.log(1e-4), math.log(0.1), 3001))[:, None]
        b = np.exp(np.linspace(math.log(1e-3), math.log(0.5), 3001))[None, :]
        pool = 1 - (1 - b) ** 2 if n == 2 else 3 * b**2 - 2 * b**3
        fail = a * (1 - (1 - a) * (1 - pool))
        paid = 2 * 3 * -np.log10(a) + n * -np.log10(b)
        least = min(least, float(np.where(fail < 1e-3, paid, np.inf).min()))
    cheapest = found["cheapest"]["euro"]["uses"]["euro"]
    assert cheapest <= least
    assert cheapest == pytest.approx(least, rel=2e-3)
    front = found["fronts"]["euro"]
    assert [each["uses"]["euro"] for each in front] == sorted(e["uses"]["euro"] for e in front)


TWO = """vreltui = 1
goal = { reliability = 0.95 }
[resources]
euro = { limit = 600 }
[parameters]
A = { value = 0.9, range = [0.9, 0.999], price = { euro = { mettas = 0.5 } } }
B = { value = 0.9, range = [0.9, 0.999], price = { euro = { mettas = 0.5 } } }
[nodes.a]
reliability = "A"
[nodes.b]
reliability = "B"
[nodes.series]
parts = ["a", "b"]
[nodes.three]
parts = ["a", "b", "spare"]
needs = 2
[nodes.spare]
reliability = 0.9
uses = { euro = 1 }
[nodes.all]
one_of = ["series", "three"]
[choices.c]
root = "all"
"""


def test_what_is_not_certified_of_one_variant_leaves_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(self: Proof, low: object, high: object) -> None:
        raise Undecided("not today")

    monkeypatch.setattr(Proof, "cheaper", never)
    path = tmp_path / "design.toml"
    path.write_text(TWO)
    assert run(["explore", str(path), "--json", "--depth", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["reason"] == "not today"
    assert (found["counts"]["meets"], found["counts"]["undecided"]) == (2, 0)
    assert run(["explore", str(path), "--json", "--depth", "1", "--goal", "0.98"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["counts"]["meets"], found["counts"]["undecided"]) == (1, 1)
