"""The reference against closed forms and published figures, before anything is compared with it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from mpmath import e, erfc, expm1, inf, log, mp, mpf, quad, sqrt

from tests.oracle_time import TimeOracle
from tests.oracle_time.amounts import Real, real, share_of
from tests.oracle_time.lives import Exponential, Life, Lognormal, Stages, Weibull

HEAD = "vreltui = 1\n"


def figures(nodes: str, root: str, mission: str = "") -> dict[str, Any]:
    text = f"{HEAD}{mission}\n{nodes}\n[choices.it]\nroot = '{root}'\n"
    return TimeOracle(text).figures("it").said()


def near(said: Real, true: Real, relative: str = "1e-13") -> bool:
    return bool(abs(said - true) <= mpf(relative) * abs(true))


PARTS = """
[nodes.a]
rate = "1 /h"
mttr = "1 h"
[nodes.b]
rate = "2 /h"
mttr = "1 h"
[nodes.c]
rate = "3 /h"
mttr = "1 h"
[nodes.vote]
parts = ["a", "b", "c"]
needs = 2
[nodes.three]
of = "a"
copies = 3
needs = 2
"""


def test_votes_of_exponentials() -> None:
    """The integral of e^-3t + e^-4t + e^-5t - 2 e^-6t; and 5T/6 for three alike."""
    expected = (Fraction(1, 3) + Fraction(1, 4) + Fraction(1, 5) - Fraction(2, 6)) * 3600
    assert near(figures(PARTS, "vote")["mttf_s"], real(expected), "1e-45")
    assert near(figures(PARTS, "three")["mttf_s"], mpf(3000), "1e-45")


REJUVENATED = """
[nodes.vm]
stages = ["1 w", "3 d"]
mttr = "35 min"
rejuvenate = "1 d"
"""


@pytest.mark.parametrize(
    ("keys", "unavailability", "outages"),
    [
        (REJUVENATED.replace('rejuvenate = "1 d"\n', ""), 2.4247e-3, 36.4),
        (REJUVENATED + 'takes = "1 min"', 1.1822e-3, 367),
        (REJUVENATED + 'takes = "0 s"', 4.9818e-4, 7.5),
    ],
)
def test_rejuvenation(keys: str, unavailability: float, outages: float) -> None:
    said = figures(keys, "vm")
    assert float(said["unavailability"]) == pytest.approx(unavailability, rel=3e-5)
    assert float(said["outages_per_year"]) == pytest.approx(outages, rel=5e-3)


def test_rejuvenation_lengthens_the_time_to_the_first_failure() -> None:
    assert float(figures(REJUVENATED, "vm")["mttf_s"]) / 3600 == pytest.approx(1170.34, rel=1e-5)


HOUR = Fraction(3600)
LIVES: dict[str, Life] = {
    "exponential": Exponential(1 / (100 * HOUR)),
    "weibull": Weibull(Fraction(3, 2), mean=100 * HOUR),
    "wearing in": Weibull(Fraction(1, 2), scale=100 * HOUR),
    "lognormal": Lognormal(100 * HOUR, Fraction(7, 10)),
    "erlang": Stages((HOUR * 50,) * 3),
    "two stages": Stages((100 * HOUR, 7 * HOUR)),
    "mixed stages": Stages((100 * HOUR, 7 * HOUR, 100 * HOUR)),
}


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_time_lived_is_the_integral_of_survival(life: Life) -> None:
    mp.dps = 30
    end = mpf(200 * 3600)
    points = [0, *(end / 2**n for n in (30, 10, 5, 2, 1)), end]
    assert near(life.until(end), quad(lambda t: life.survival(t)[0], points))
    assert near(life.until(inf), life.until(mpf(10) ** 14), "1e-12")
    for t in (mpf(1), end):
        r, q = life.survival(t)
        assert near(r + q, mpf(1), "1e-25")


def test_lives_have_their_closed_forms() -> None:
    mp.dps = 50
    t = mpf(100 * 3600)
    assert near(LIVES["wearing in"].survival(t)[0], 1 / e, "1e-45")
    assert near(LIVES["wearing in"].until(inf), 2 * t, "1e-45")
    assert near(LIVES["lognormal"].survival(2 * t)[0], erfc(log(2) / mpf("0.7") / sqrt(2)) / 2)
    x = 2 * t / (50 * 3600)
    assert near(LIVES["erlang"].survival(2 * t)[0], e**-x * (1 + x + x**2 / 2), "1e-39")
    u, v = 1 / t, 1 / mpf(7 * 3600)
    both = (v * e ** (-u * t) - u * e ** (-v * t)) / (v - u)
    assert near(LIVES["two stages"].survival(t)[0], both, "1e-39")
    tiny = LIVES["two stages"].survival(mpf("1e-3"))[1]
    assert near(tiny, u * v * mpf("1e-6") / 2, "1e-6")


def test_minimum_of_weibulls() -> None:
    """Three in series with shape 2 are one with its scale divided by the root of three."""
    nodes = '[nodes.w]\nscale = "1 h"\nshape = 2\n[nodes.p]\nof = "w"\ncopies = 3\n'
    assert near(figures(nodes, "p")["mttf_s"], 3600 * sqrt(mp.pi / 3) / 2)


def test_frequency_of_two_in_parallel() -> None:
    """Both down together: 2 U w, each time for half a repair."""
    nodes = (
        '[nodes.a]\nmttf = "99 h"\nmttr = "1 h"\n[nodes.p]\nof = "a"\ncopies = 2\nneeds = "any"\n'
    )
    said = figures(nodes, "p")
    assert near(said["unavailability"], mpf("1e-4"), "1e-45")
    assert near(said["outages_per_year"], 8760 * 2 * mpf("0.01") / 100, "1e-45")
    assert near(said["mean_down_s"], mpf(1800), "1e-45")


def test_planned_outages_are_a_part_in_series() -> None:
    nodes = '[nodes.a]\nmttf = "99 h"\nmttr = "1 h"\nplanned = "1 h"\nevery = "10 h"\n'
    said = figures(nodes, "a", '[mission]\ntime = "99 h"')
    assert near(said["availability"], mpf("0.99") * mpf("0.9"), "1e-45")
    assert near(said["unavailability"], 1 - mpf("0.891"), "1e-45")
    assert near(said["outages_per_year"], 8760 * (mpf("0.009") + mpf("0.099")), "1e-45")
    assert near(said["reliability"], 1 / e, "1e-45")
    assert said["availability_at"] is None


def test_availability_at_a_time_begins_new_and_settles() -> None:
    nodes = '[nodes.a]\nmttf = "99 h"\nmttr = "1 h"\n'
    soon = figures(nodes, "a", '[mission]\ntime = "1 ms"')
    late = figures(nodes, "a", '[mission]\ntime = "1 y"')
    assert near(soon["unavailability_at"], mpf("1e-3") / 99 / 3600, "1e-5")
    assert near(late["unavailability_at"], mpf("0.01"), "1e-30")
    rate = (1 / mpf(99) + 1) / 3600
    assert near(soon["unavailability_at"], -mpf("0.01") * expm1(-rate / 1000), "1e-40")


def test_downtime_is_a_share() -> None:
    assert share_of("1 h/mo") == Fraction(1, 730)
