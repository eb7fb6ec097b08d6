"""Priced parameters are found with their variants: certified, as a search by hand finds them."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from vreltui.analysis.study import Study
from vreltui.cli.main import run
from vreltui.exploration.allotment import Allotment
from vreltui.exploration.allotment_anywhere import allotment_of
from vreltui.model import Probability
from vreltui.storage import FileError, parse

SERIES = """vreltui = 1
goal = { reliability = 0.95 }
[resources]
euro = { LIMIT }
[parameters]
A = { value = 0.99, range = [0.99, 1], price = { euro = { mettas = 0.5 } } }
B = { value = 0.97, range = [0.97, 1], price = { euro = { mettas = 0.5 } } }
C = { value = 0.90, range = [0.90, 1], price = { euro = { mettas = 0.5 } } }
[nodes.a]
reliability = "A"
[nodes.b]
reliability = "B"
[nodes.c]
reliability = "C"
[nodes.all]
parts = ["a", "b", "c"]
[choices.c]
root = "all"
"""

POOL = """vreltui = 1
goal = { reliability = 0.99 }
[resources]
euro = {}
[parameters]
M = { value = 0.5, range = [0.5, 0.999], price = { euro = { per_nine = 100 } } }
H = { value = 0.9, range = [0.9, 0.99999], price = { euro = { per_nine = 4000, once = true } } }
n = { count = 2, range = [1, 3] }
[nodes.m]
reliability = "M"
[nodes.h]
reliability = "H"
[nodes.pool]
of = "m"
copies = "n"
needs = "any"
[nodes.all]
parts = ["h", "pool"]
[choices.c]
root = "all"
"""


@pytest.fixture(autouse=True)
def few_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """A front of a few points takes as long."""
    monkeypatch.setattr("vreltui.exploration.allocating.POINTS", 5)


def allotment(text: str) -> Allotment:
    return allotment_of(Study(parse(text).design), "c")


def explored(
    text: str, folder: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> dict[str, Any]:
    path = folder / "design.toml"
    path.write_text(text)
    status = run(["explore", str(path), "--json", *more])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found | {"exit": status}


def test_the_least_cost_of_a_series_is_that_of_the_literature() -> None:
    found = allotment(SERIES.replace("LIMIT", "")).cheapest("euro", Probability.of("0.95"))
    assert found is not None
    values = {name: float(value.reliability) for name, value in found.values.items()}
    assert values == {
        "A": pytest.approx(0.99352, abs=5e-6),
        "B": pytest.approx(0.98667, abs=5e-6),
        "C": pytest.approx(0.96911, abs=5e-6),
    }
    product = math.prod(value.reliability for value in found.values.values())
    assert 0 < product - Fraction(95, 100) < Fraction(1, 10**12)
    # With Lagrange's multiplier, by hand: what one more part of the logarithm costs is the same.
    lows = {"A": 0.99, "B": 0.97, "C": 0.90}
    slopes = []
    for name, low in lows.items():
        r = values[name]
        price = math.exp(0.5 * (r - low) / (1 - r))
        slopes.append(r * price * 0.5 * (1 - low) / (1 - r) ** 2)
    assert slopes == pytest.approx([slopes[0]] * 3, rel=1e-4)
    total = sum(math.exp(0.5 * (values[n] - low) / (1 - values[n])) for n, low in lows.items())
    assert float(found.paid) == pytest.approx(total, rel=1e-12)


def test_within_a_budget_it_is_the_most_reliable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = explored(SERIES.replace("LIMIT", "limit = 6"), tmp_path, capsys, "--front", "euro")
    assert (found["exit"], found["status"]) == (1, "complete")
    assert found["counts"] | {"hopeless": 1} == found["counts"]
    assert found["best"]["uses"]["euro"] == pytest.approx(6, abs=1e-8)
    assert found["best"]["uses"]["euro"] <= 6
    assert found["cheapest"]["euro"] is None
    (out,) = found["eliminations"]
    assert (out["kind"], out["family"], out["choice"]) == ("together", {}, None)
    assert out["best"] == found["best"]["reliability"]
    limit = next(each for each in out["back"] if each["what"] == "limit")
    assert limit["at_least"] == pytest.approx(6.242262275, abs=1e-8)
    front = found["fronts"]["euro"]
    assert [each["uses"]["euro"] for each in front] == sorted(e["uses"]["euro"] for e in front)
    assert front[-1]["reliability"] == pytest.approx(found["best"]["reliability"], abs=1e-9)
    assert len(front) == 5


def test_a_pool_costs_by_its_copies_and_what_is_paid_once_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = explored(POOL, tmp_path, capsys, "--depth", "1", "--top", "1")
    assert found["exit"] == 0
    best = found["cheapest"]["euro"]
    least = math.inf
    for n in (1, 2, 3):  # what the host gives has to be above 0.99 over what the pool gives
        for step in range(1, 50_000):
            q = 0.5 * (0.001 / 0.5) ** (step / 50_000)
            pool = 1 - q**n
            host = 0.99 / pool
            if 0.9 <= host < 0.99999:
                cost = n * 100 * -math.log10(q) + 4000 * -math.log10(1 - host)
                least = min(least, cost)
    assert best["uses"]["euro"] == pytest.approx(least, rel=1e-6)
    assert best["reliability"] > 0.99
    assert found["best"]["set"] == {"H": 0.99999, "M": 0.999, "n": 3}


def test_where_nothing_bounds_what_may_be_paid_the_best_is_undecided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SERIES.replace("LIMIT", "")
    found = explored(text, tmp_path, capsys, "--front", "euro", "--depth", "0")
    assert found["best"] is None
    assert found["best_undecided"] == "no limit of euro bounds what reliability may cost"
    assert found["exit"] == 0


def test_what_a_cause_strikes_is_undecided_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SERIES.replace("LIMIT", "limit = 6") + '[causes.flaw]\nstrikes = ["a"]\nbeta = 0.1\n'
    found = explored(text, tmp_path, capsys, "--depth", "1")
    assert found["exit"] == 3
    assert "a common cause strikes what has a price" in found["reason"]
    assert found["counts"]["undecided"] == 1
    assert found["best"] is None
    assert found["gap"]["best"]["bound"] == 1


TABLE = "R = { value = 0.9, price = { euro = { table = [[0.9, 1], [0.99, 5]] } } }"

WRONG = {
    "an unknown resource": (TABLE.replace("euro", "gold"), "not a resource"),
    "a value that is not offered": (TABLE.replace("value = 0.9,", "value = 0.95,"), "table"),
    "values and a table": (TABLE.replace("price", "values = [0.9], price"), "both values and"),
    "a range and a table": (TABLE.replace("price", "range = [0.5, 1], price"), "both range and"),
    "the same twice": (TABLE.replace("0.99,", "0.90,"), "twice"),
    "an empty table": (TABLE.replace("[[0.9, 1], [0.99, 5]]", "[]"), "empty table"),
    "a negative price": (TABLE.replace("5]", "-5]"), "at least 0"),
    "no pairs": (TABLE.replace("[0.9, 1]", "0.9"), "pairs"),
    "an uncertain price": (TABLE.replace("price", "uncertain = [0.8, 0.95], price"), "uncertain"),
    "a law without a range": ("R = { value = 0.9, price = { euro = { per_nine = 4 } } }", "range"),
    "a law of counts": (
        "R = { value = 0.9 }\nk = { count = 1, range = [1, 2], price = { euro = { mettas = 0.5 }}}",
        "a price is of a probability",
    ),
    "what nobody can pay": (
        "R = { value = 1, range = [0.9, 1], price = { euro = { mettas = 0.5 } } }", "pay",
    ),
    "a feasibility of 1": (
        "R = { value = 0.9, range = [0.9, 1], price = { euro = { mettas = 1 } } }", "feasibility",
    ),
    "two laws": (TABLE.replace("table =", "per_nine = 3, table ="), "per_nine"),
    "no law": ("R = { value = 0.9, price = { euro = { once = true } } }", "table"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_price_that_can_t_be_is_refused(name: str) -> None:
    parameter, said = WRONG[name]
    text = (
        f"vreltui = 1\n[resources]\neuro = {{}}\n[parameters]\n{parameter}\n[nodes.a]\n"
        'reliability = "R"\n[choices.c]\nroot = "a"\n'
    )
    with pytest.raises(FileError, match=said) as error:
        parse(text)
    assert error.value.line is not None


def test_check_counts_what_values_cost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "design.toml"
    path.write_text(POOL.replace("count = 2", "count = 3"))
    run(["check", str(path), "--json"])
    uses = json.loads(capsys.readouterr().out)["choices"]["c"]["uses"]
    assert uses["euro"] == pytest.approx(3 * 100 * math.log10(2) + 4000, rel=1e-14)


ITEMS = """vreltui = 1
goal = { reliability = 0.95 }
[resources]
euro = {}
[parameters]
D = { value = 0.97, range = [0.97, 0.999], price = { euro = { mettas = 0.5 } } }
[catalogues.s]
i1 = { reliability = 0.98, uses = { euro = 1 } }
i2 = { reliability = 0.995, uses = { euro = 2 } }
i3 = { reliability = 0.999, uses = { euro = 9 } }
i4 = { reliability = 0.9991, uses = { euro = 50 } }
[nodes.a]
from = "s"
[nodes.d]
reliability = "D"
[nodes.all]
parts = ["a", "d"]
[choices.c]
root = "all"
"""


def test_a_front_takes_of_all_variants_the_cheapest_at_each_point(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = explored(ITEMS, tmp_path, capsys, "--front", "euro", "--depth", "0")
    items = {"i1": (0.98, 1), "i2": (0.995, 2), "i3": (0.999, 9), "i4": (0.9991, 50)}

    def least(level: float) -> float:
        costs = []
        for r, used in items.values():
            needed = max(level / r, 0.97)
            if needed <= 0.999:
                costs.append(used + math.exp(0.5 * (needed - 0.97) / (0.999 - needed + 1e-300)))
        return min(costs)

    front = found["fronts"]["euro"]
    assert len(front) >= 3
    assert {each["set"]["a"] for each in front} >= {"i1", "i2"}
    for each in front:
        assert each["uses"]["euro"] == pytest.approx(least(each["reliability"]), rel=1e-6)
