"""Containment: an escaped failure takes all down; against every state, and in its closed form."""

from __future__ import annotations

import math
from fractions import Fraction
from math import comb
from random import Random

import pytest

from tests.analysis.test_causes import text_of
from tests.effort import cases
from tests.oracle.causes import Part, Striking, Tables, reliability
from vreltui.analysis import examine
from vreltui.analysis.results import ChoiceReport, CountThreshold
from vreltui.storage import FileError, parse

F = Fraction


def _report(text: str) -> ChoiceReport:
    return examine(parse("vreltui = 1\n" + text).design, ["c"]).choices["c"]


def _random_tables(draw: Random) -> tuple[Tables, str]:
    """Pools and groups that contain, over parts that may be shared and struck."""

    def chance() -> Fraction:
        return F(draw.randrange(1, 20), 20)

    needs: list[str | int] = ["any", "majority", 1, 2]
    nodes = {
        "a": Part(works=chance()),
        "b": Part(works=chance(), shared=draw.random() < 0.5),
        "unit": Part(parts=("a", "b"), needs="all"),
    }
    copies = draw.choice([2, 3])
    of = draw.choice(["a", "unit"])
    nodes["pool"] = Part(of=of, copies=copies, needs=draw.choice(needs[:3]), contained=chance())
    parts = draw.choice([("pool", "a"), ("pool", "b"), ("a", "b", "a")])
    nodes["top"] = Part(parts=parts, needs="any", contained=chance())
    if draw.random() < 0.3:
        nodes["top"] = Part(parts=parts, needs="all")
    causes = {}
    if draw.random() < 0.5:
        causes["x"] = Striking(("a",), "beta", (chance(),))
    return (nodes, causes), draw.choice(["top", "pool"])


def test_figures_are_those_of_every_state_added_up() -> None:
    draw, tried = Random(3), 0
    while tried < cases(30, 500):
        tables, root = _random_tables(draw)
        if any(len(set(node.parts)) < len(node.parts) for node in tables[0].values()):
            continue  # a part that is named twice is contained once
        wanted = reliability(tables, root)
        if wanted is None:
            continue
        tried += 1
        figure = _report(text_of(tables, root)).figure
        assert figure is not None
        assert figure.reliability == pytest.approx(float(wanted), rel=1e-12), text_of(tables, root)
        assert figure.unreliability == pytest.approx(float(1 - wanted), rel=1e-12)


POOL = """
[goal]
reliability = {goal}
[parameters]
r = 0.9
n = {n}
[nodes.vm]
reliability = "r"
[nodes.pool]
of = "vm"
copies = "n"
needs = {needs}
contained = {c}
[choices.c]
root = "pool"
"""


def _closed(k: int, n: int, c: Fraction, r: Fraction) -> Fraction:
    q = 1 - r
    return sum((comb(n, i) * r**i * (q * c) ** (n - i) for i in range(k, n + 1)), F(0))


@pytest.mark.parametrize(
    ("n", "c", "wanted"),
    [
        (2, "0.9", "0.972"),
        (2, "0.99", "0.9882"),
        (2, "0.9999", "0.989982"),
        (2, "1", "0.99"),
        (3, "0.9", "0.969570"),
        (3, "0.99", "0.996033"),
        (4, "0.99", "0.995910"),
    ],
)
def test_any_of_n_is_the_difference_of_two_powers(n: int, c: str, wanted: str) -> None:
    exact = (F(9, 10) + F(c) / 10) ** n - (F(c) / 10) ** n
    assert exact == _closed(1, n, F(c), F(9, 10))
    assert float(exact) == pytest.approx(float(wanted), abs=5e-7)
    figure = _report(POOL.format(goal=0.5, n=n, needs='"any"', c=c)).figure
    assert figure is not None
    assert figure.reliability == pytest.approx(float(exact), rel=1e-14)
    assert figure.unreliability == pytest.approx(float(1 - exact), rel=1e-13)


def test_too_many_copies_let_failures_escape() -> None:
    found = _report(POOL.format(goal=0.9955, n=3, needs='"any"', c=0.99)).thresholds["n"]
    assert isinstance(found, CountThreshold)
    better = [n for n in range(1, 60) if _closed(1, n, F(99, 100), F(9, 10)) > F("0.9955")]
    assert found.ranges == ((better[0], better[-1]),)


@pytest.mark.parametrize("n", [40, 1000])
def test_many_copies_of_which_a_majority_is_needed(n: int) -> None:
    figure = _report(POOL.format(goal=0.5, n=n, needs='"majority"', c=0.9999)).figure
    wanted = _closed(n // 2 + 1, n, F("0.9999"), F(9, 10))
    assert figure is not None
    assert figure.reliability == pytest.approx(float(wanted), rel=1e-12)
    assert figure.unreliability == pytest.approx(float(1 - wanted), rel=1e-12)


@pytest.mark.parametrize("needs", ['"all"', '"none"'])
def test_where_all_are_needed_there_is_nothing_to_contain(needs: str) -> None:
    with pytest.raises(FileError, match="there is nothing to contain"):
        parse("vreltui = 1\n" + POOL.format(goal=0.5, n=2, needs=needs, c=0.9))


REPAIRED = """
[mission]
measure = "{measure}"
time = "50 d"
[nodes]
vm = {{ mttf = "100 d", mttr = "1 d" }}
pool = {{ of = "vm", copies = 3, needs = "any", contained = 0.9 }}
apart = {{ parts = ["a", "b", "c"], needs = "any", contained = 0.9 }}
{three}
[choices.c]
root = "{root}"
"""


@pytest.mark.parametrize("root", ["pool", "apart"])
def test_what_contains_a_failure_never_goes_down_and_has_no_life(root: str) -> None:
    """R = (c + (1-c) r)^3 - c^3 (1-r)^3 at any time; outages are those of the parts."""
    three = "\n".join(f'{name} = {{ mttf = "100 d", mttr = "1 d" }}' for name in "abc")
    c, r = F(9, 10), F(100, 101)
    for measure in ("availability", "mttf"):
        times = _report(REPAIRED.format(measure=measure, three=three, root=root)).times
        assert times is not None
        found = times[root]
        # The coefficients of r, r^2, r^3 are 2.43, -2.16, 0.73.
        assert found.mttf_s == pytest.approx(86400 * 100 * (2.43 - 2.16 / 2 + 0.73 / 3), rel=1e-13)
        assert found.availability is not None
        a = (c + (1 - c) * r) ** 3 - c**3 * (1 - r) ** 3
        assert found.availability.reliability == pytest.approx(float(a), rel=1e-13)
        # Each part goes down once in 101 days; all three together by the slope of A by r.
        slope = F("2.43") - 2 * F("2.16") * r + 3 * F("0.73") * r**2
        assert found.outages_per_year == pytest.approx(float(365 * slope / 101), rel=1e-13)
        moment = r + (1 - r) * F(math.exp(-0.505 * 101))
        a = (c + (1 - c) * moment) ** 3 - c**3 * (1 - moment) ** 3
        assert found.availability_at is not None
        assert found.availability_at.reliability == pytest.approx(float(a), rel=1e-13)
        assert found.availability_over is not None


def test_a_mean_life_by_the_clock_counts_what_is_contained() -> None:
    """Below a group that contains with 0 or 1, a mean life is that of the series or the pool."""
    text = """
[mission]
measure = "mttf"
[nodes]
vm = {{ median = "100 d", sigma = 0.5, rejuvenate = "30 d" }}
other = {{ mttf = "80 d" }}
pool = {{ parts = ["vm", "other"], needs = "any", contained = {c} }}
[choices.c]
root = "pool"
"""

    def mean(c: float) -> float:
        times = _report(text.format(c=c)).times
        assert times is not None
        found = times["pool"].mttf_s
        assert isinstance(found, float)
        return found

    # R = r_1 r_2 + c (r_1 q_2 + q_1 r_2) is linear in c.
    series, half, pool = mean(0), mean(0.5), mean(1)
    assert series < half < pool
    assert half == pytest.approx((series + pool) / 2, rel=1e-12)
