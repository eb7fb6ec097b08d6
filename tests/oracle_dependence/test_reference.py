"""The reference against closed forms, before anything is compared with it."""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import Any

import pytest
from mpmath import e, exp, mpf

from tests.oracle_dependence import DependenceOracle
from tests.oracle_time.amounts import real

HEAD = "vreltui = 1\n"


def figures(nodes: str, root: str, mission: str = "") -> Any:
    text = f"{HEAD}{mission}\n{nodes}\n[choices.it]\nroot = '{root}'\n"
    return DependenceOracle(text).figures("it")


def near(said: Any, true: Any, relative: str = "1e-40") -> bool:
    said, true = (real(x) if isinstance(x, Fraction) else mpf(x) for x in (said, true))
    return bool(abs(said - true) <= mpf(relative) * abs(true))


STRUCK = """
[nodes]
vm = {{ {keys} }}
pool = {{ of = "vm", copies = {n}, needs = {needs} }}
[causes.x]
strikes = ["vm"]
{model}
"""

TENTH = Fraction(1, 10)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_beta_over_constants(n: int) -> None:
    text = STRUCK.format(keys="reliability = 0.9", n=n, needs='"any"', model="beta = 0.05")
    b = Fraction(1, 20)
    closed = (1 - b * TENTH) * (1 - ((1 - b) * TENTH / (1 - b * TENTH)) ** n)
    found = figures(text, "pool")
    assert found.reliability == (closed, 1 - closed)
    assert figures(text, "vm").reliability == (1 - TENTH, TENTH)


@pytest.mark.parametrize(
    "model",
    ["beta = 0.2", "mgl = [0.3, 0.2]", "alpha = [0.9, 0.07, 0.03]", "phi = [0.9, 0.06, 0.04]"],
)
def test_a_member_keeps_its_own_figures(model: str) -> None:
    keys = 'mttf = "90 h", mttr = "10 h"'
    text = STRUCK.format(keys=keys, n=3, needs=2, model=model) + "[nodes.top]\nparts = ['pool']"
    found = figures(text, "top", '[mission]\ntime = "90 h"')
    one = DependenceOracle(
        f"{HEAD}[mission]\ntime = '90 h'\n{text}\n[choices.it]\nroot = 'top'\n"
    ).node_figures("it")["vm"][0]
    assert one.reliability is not None
    assert near(one.reliability[0], 1 / e)
    assert one.availability == (Fraction(9, 10), TENTH)
    assert near(one.mttf, 90 * 3600)
    assert found.reliability[0] > 0


def test_beta_over_lives_splits_hazards() -> None:
    """Any of two: e^-bLt (2 e^-(1-b)Lt - e^-2(1-b)Lt), and its integral."""
    text = STRUCK.format(keys='rate = "1 /h"', n=2, needs='"any"', model="beta = 0.2")
    found = figures(text, "pool", '[mission]\ntime = "2 h"')
    own, both = exp(-mpf("1.6")), exp(-mpf("0.4"))
    assert near(found.reliability[0], both * (2 * own - own**2))
    assert near(found.mttf, 3600 * (2 - mpf(1) / mpf("1.8")))


def test_three_trains_of_two_letters() -> None:
    """Q_2 = b(1-g)Q/2 and Q_3 = bgQ; two of three down by any of these."""
    text = STRUCK.format(keys="reliability = 0.9", n=3, needs=2, model="mgl = [0.3, 0.2]")
    q2, q3 = Fraction(3, 10) * Fraction(8, 10) / 20, Fraction(6, 1000)
    own = 1 - Fraction(9, 10) / ((1 - q2) ** 2 * (1 - q3))
    up = (1 - q3) * (1 - q2) ** 3 * ((1 - own) ** 3 + 3 * own * (1 - own) ** 2)
    assert figures(text, "pool").reliability[0] == up


def test_containment_has_its_closed_form() -> None:
    nodes = """[nodes]
a = { reliability = 0.9 }
p = { of = "a", copies = 4, needs = "any", contained = 0.8 }
"""
    c, r = Fraction(8, 10), Fraction(9, 10)
    assert figures(nodes, "p").reliability[0] == (r + c / 10) ** 4 - (c / 10) ** 4


SPARES = """[nodes]
a = {{ rate = "1 /h" {mttr} }}
p = {{ of = "a", copies = {n}, needs = "any", {keys} }}
"""


@pytest.mark.parametrize("n", [1, 2, 4])
def test_cold_spares(n: int) -> None:
    c = Fraction(7, 10)
    text = SPARES.format(mttr="", n=n, keys="dormancy = 0, switch = 0.7")
    found = figures(text, "p", '[mission]\ntime = "2 h"')
    terms = sum((2 * c) ** i / Fraction(factorial(i)) for i in range(n))
    assert near(found.reliability[0], exp(mpf(-2)) * real(terms))
    assert near(found.mttf, real(3600 * sum((c**i for i in range(n)), Fraction(0))))


def test_warm_spares_shared_loads_and_repairers() -> None:
    warm = figures(SPARES.format(mttr="", n=2, keys="dormancy = 0.3"), "p")
    assert near(warm.mttf, 3600 * (1 / mpf("1.3") + 1))
    shared = figures(SPARES.format(mttr="", n=3, keys="load = 1"), "p", '[mission]\ntime = "1 h"')
    assert near(shared.mttf, 3600)  # Erlang with rate 3
    assert near(shared.reliability[0], exp(mpf(-3)) * mpf("8.5"))
    one = SPARES.format(mttr=', mttr = "1 h"', n=2, keys="repairers = 1")
    assert figures(one, "p").availability == (Fraction(3, 5), Fraction(2, 5))  # 1, 2, 2 of 5


def test_the_default_policy_is_the_binomial() -> None:
    keys = "dormancy = 1"
    found = figures(
        SPARES.format(mttr=', mttr = "1 h"', n=3, keys=keys), "p", '[mission]\ntime = "1 h"'
    )
    assert found.availability == (Fraction(7, 8), Fraction(1, 8))
    half = (1 + exp(mpf(-2))) / 2
    assert near(found.availability_at[0], 1 - (1 - half) ** 3)


REPLAY = """
[nodes.m]
up = ["ok"]
safe = ["recovering"]
moves = [
  { from = "ok", to = "intruded", after = "60 d" },
  { from = "intruded", to = "recovering", after = "10 d" },
  { from = "recovering", to = "ok", after = "2 d" },
]
"""


def test_processes_in_the_long_run_and_at_a_time() -> None:
    found = figures(REPLAY, "m", '[mission]\ntime = "60 d"')
    assert found.availability[0] == Fraction(60, 72)
    assert found.shares()["intruded"] == Fraction(10, 72)
    assert near(found.reliability[0], 1 / e)
    assert near(found.safety[0], 1 / e)
    assert near(found.mttf, 60 * 86400)
    assert near(found.frequency, mpf(1) / 72 / 86400)
    assert near(sum(found.shares_at().values()), 1)


def test_the_mean_over_a_mission_is_the_integral() -> None:
    nodes = """[nodes.m]
up = ["a"]
moves = [ { from = "a", to = "b", rate = "1 /h" }, { from = "b", to = "a", rate = "3 /h" } ]
"""
    found = figures(nodes, "m", '[mission]\ntime = "1 h"')
    assert near(found.availability_at[0], (3 + exp(mpf(-4))) / 4)
    assert near(found.availability_over, mpf(3) / 4 + (1 - exp(mpf(-4))) / 16)


def test_a_mean_life_of_a_tree_with_a_process() -> None:
    """Any of a chain a -> b -> down (2 h, rates 1) and an exponential of rate 1: 2 + 1 - 3/4."""
    nodes = """[nodes.m]
up = ["a", "b"]
moves = [ { from = "a", to = "b", rate = "1 /h" }, { from = "b", to = "d", rate = "1 /h" } ]
[nodes.x]
rate = "1 /h"
[nodes.top]
parts = ["m", "x"]
needs = "any"
"""
    assert near(figures(nodes, "top").mttf, 3600 * mpf("2.25"))
