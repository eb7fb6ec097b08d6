"""Lifetimes, their upkeep and their means against mpmath at 50 digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

import mpmath
import pytest
from flint import arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import precision
from vreltui.engine.lifetimes import (
    Exponential,
    Lifetime,
    Lognormal,
    Weibull,
    worked_out,
)
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.mean_life import mean_life
from vreltui.engine.renewal import Clock, Planned, Upkeep
from vreltui.engine.stages import Stages

E = TypeVar("E")
Survival = Callable[[mpmath.mpf], mpmath.mpf]

HOUR, DAY, WEEK = fmpq(3600), fmpq(86_400), fmpq(7 * 86_400)


@pytest.fixture(autouse=True)
def _many_digits() -> None:
    mpmath.mp.dps = 50


def _exponential(time: mpmath.mpf) -> mpmath.mpf:
    return mpmath.exp(-time / 1000)


def _weibull(time: mpmath.mpf) -> mpmath.mpf:
    scale = 1000 / mpmath.gamma(1 + mpmath.mpf(2) / 3)
    return mpmath.exp(-((time / scale) ** mpmath.mpf(1.5)))


def _infant(time: mpmath.mpf) -> mpmath.mpf:
    return mpmath.exp(-((time / 1000) ** mpmath.mpf("0.4")))


def _lognormal(time: mpmath.mpf) -> mpmath.mpf:
    if not time:
        return mpmath.mpf(1)
    return mpmath.erfc(mpmath.log(time / 100) / mpmath.mpf("1.2") / mpmath.sqrt(2)) / 2


def _stages(time: mpmath.mpf) -> mpmath.mpf:
    a, b, c = mpmath.mpf(1) / 50, mpmath.mpf(1) / 70, mpmath.mpf(3)
    # The inverse transform of (1 - a^2 b c / ((s + a)^2 (s + b) (s + c))) / s by its residues:
    # a double pole at -a, simple ones at -b and -c.
    at_b = mpmath.exp(-b * time) * -(a**2 * b * c) / ((a - b) ** 2 * (c - b)) / -b
    at_c = mpmath.exp(-c * time) * -(a**2 * b * c) / ((a - c) ** 2 * (b - c)) / -c
    inner = -(a**2 * b * c) / ((b - a) * (c - a) * -a) * mpmath.exp(-a * time)
    return at_b + at_c + inner * (time - 1 / (b - a) - 1 / (c - a) + 1 / a)


LAWS: list[tuple[Lifetime, Survival]] = [
    (Exponential(fmpq(1000)), _exponential),
    (Weibull(fmpq(1000), fmpq(3, 2), by_mean=True), _weibull),
    (Weibull(fmpq(1000), fmpq(2, 5)), _infant),
    (Lognormal(fmpq(100), fmpq(6, 5)), _lognormal),
    (Stages((fmpq(50), fmpq(70), fmpq(50), fmpq(1, 3))), _stages),
]
NAMES = ["exponential", "Weibull by mean", "Weibull by scale", "lognormal", "stages"]
law = pytest.mark.parametrize(("lifetime", "expected"), LAWS, ids=NAMES)


def close(got: arb, expected: mpmath.mpf, digits: int = 30) -> None:
    middle = mpmath.mpf(str(got.mid().str(45, radius=False)))
    assert abs(middle - expected) <= abs(expected) * mpmath.mpf(10) ** -digits


@law
@pytest.mark.parametrize("time", ["1e-3", "1", "30", "1000", "20000"])
def test_survival_and_its_complement_keep_their_digits(
    lifetime: Lifetime, expected: Survival, time: str
) -> None:
    exact = Fraction(time)
    works, fails = worked_out(
        lambda: lifetime.survival(arb(fmpq(exact.numerator, exact.denominator))), 128
    )
    # The reference subtracts, so it is worked out to many more digits than the 12 that are asked.
    mpmath.mp.dps = 120
    survived = expected(mpmath.mpf(time))
    close(works, survived)
    close(fails, 1 - survived)


@law
def test_the_mean_and_the_time_lived(lifetime: Lifetime, expected: Survival) -> None:
    with precision(160):
        until = lifetime.lived(arb(300))
        mean = lifetime.mean()
    mpmath.mp.dps = 30
    points = [0, 1e-6, 1e-3, 1, 10, 100, 300]
    close(until, mpmath.quad(expected, points), 12)
    rest = mpmath.quad(expected, [300, 1000, 5000, 30_000, 300_000, 10**7, 10**9])
    close(mean, mpmath.quad(expected, points) + rest, 10)
    with precision(160):
        assert mean - until <= lifetime.beyond(arb(300)) * (1 + arb(2) ** -80)


@pytest.mark.parametrize("fraction", ["1e-300", "1e-280", "1e-30"])
def test_next_to_nothing_is_not_nothing(fraction: str) -> None:
    exact = Fraction(fraction)
    fails = Exponential(fmpq(1)).survival(arb(fmpq(exact.numerator, exact.denominator)))[1]
    close(fails, -mpmath.expm1(-mpmath.mpf(fraction)), 12)
    rare = Stages((fmpq(1),) * 20)
    time = fmpq(1, 10**13)
    _, fails = worked_out(lambda: rare.survival(arb(time)), 64)
    close(fails, mpmath.mpf(10) ** -260 / math.factorial(20), 11)


def test_nearly_equal_stages_are_nearly_an_erlang_law() -> None:
    nearly = Stages(tuple(fmpq(10**30 + i, 10**30) for i in range(6)))
    works, fails = worked_out(lambda: nearly.survival(arb(fmpq(1, 1000))), 128)
    erlang = Stages((fmpq(1),) * 6).survival
    like_works, like_fails = worked_out(lambda: erlang(arb(fmpq(1, 1000))), 128)
    assert abs(works - like_works) < like_works * 1e-28
    assert abs(fails - like_fails) < like_fails * 1e-28


def test_what_no_precision_makes_certain_is_undecided() -> None:
    with pytest.raises(Undecided, match="not certain"):
        worked_out(lambda: (arb(1, "1e-30"), arb(1)), 128)


def test_rejuvenation_of_the_paper() -> None:
    """Two stages of a week and three days, 35 min of repair, renewed every day."""
    guest = Stages((WEEK, 3 * DAY))
    repair = 35 * fmpq(60)
    year = 8760 * HOUR
    without = Upkeep(guest, repair)
    in_place = Upkeep(guest, repair, clock=Clock(DAY, fmpq(60)))
    reincarnated = Upkeep(guest, repair, clock=Clock(DAY, fmpq(0)))
    found = [float(each.available()[1]) for each in (without, in_place, reincarnated)]
    assert found == pytest.approx([2.4247e-3, 1.1822e-3, 4.9818e-4], rel=1e-4)
    often = [float(each.outages() * year) for each in (without, in_place, reincarnated)]
    assert often == pytest.approx([36.4, 367.2, 7.481], rel=1e-3)
    assert float(reincarnated.mean() / HOUR) == pytest.approx(1170.337)


def test_planned_outages_are_a_part_in_series() -> None:
    plain = Upkeep(Exponential(1000 * HOUR), HOUR)
    kept = Upkeep(Exponential(1000 * HOUR), HOUR, Planned(HOUR / 2, 30 * DAY))
    share = Fraction(1, 1440)
    works = Fraction(1000, 1001)
    assert float(kept.available()[0]) == pytest.approx(float(works * (1 - share)), rel=1e-14)
    assert float(kept.available()[1]) == pytest.approx(float(1 - works * (1 - share)), rel=1e-14)
    expected = float(plain.outages()) * float(1 - share) + float(works) / float(30 * DAY)
    assert float(kept.outages()) == pytest.approx(expected, rel=1e-14)


def test_survival_across_renewals() -> None:
    clocked = Upkeep(Exponential(DAY), clock=Clock(DAY, fmpq(0)))
    for days in (fmpq(1, 2), fmpq(1), fmpq(7, 2), fmpq(10)):
        with precision(128):
            works, fails = clocked.survival(arb(days * DAY))
        close(works, mpmath.exp(-mpmath.mpf(int(days.numerator)) / int(days.denominator)))
        close(fails, -mpmath.expm1(-mpmath.mpf(int(days.numerator)) / int(days.denominator)))


def test_availability_at_a_time_starts_at_one_and_ends_in_the_long_run() -> None:
    upkeep = Upkeep(Exponential(1000 * HOUR), 2 * HOUR)
    at_once, later = upkeep.available_at(arb(0)), upkeep.available_at(arb(10**9) * arb(HOUR))
    assert at_once is not None
    assert later is not None
    assert (float(at_once[0]), float(at_once[1])) == (1.0, 0.0)
    assert float(later[1]) == pytest.approx(2 / 1002)
    assert Upkeep(Weibull(HOUR, fmpq(2)), HOUR).available_at(arb(1)) is None


class Copies:
    """k of n copies of one leaf, in series with another where there is one."""

    def __init__(self, k: int, n: int, series: bool = False) -> None:
        self.k, self.n = k, n
        self.leaves = (2, 3) if series else (2,)

    def read(self, arithmetic: Arithmetic[E], leaf: Callable[[int], tuple[E, E]]) -> tuple[E, E]:
        pool = arithmetic.copies(self.k, self.n, leaf(2))
        return arithmetic.all_of([pool, leaf(3)]) if len(self.leaves) == 2 else pool

    def instances(self, leaf: int) -> int:
        return self.n


def test_means_of_exponential_trees_are_fractions() -> None:
    one = Upkeep(Exponential(fmpq(6)))
    assert mean_life(Copies(2, 3), {2: one}, Limits()) == 5
    assert mean_life(Copies(1, 2), {2: one}, Limits()) == 9
    assert mean_life(Copies(500, 1000), {2: one}, Limits()) == 6 * sum(
        Fraction(1, j) for j in range(500, 1001)
    )
    assert mean_life(Copies(1, 2, series=True), {2: one, 3: False}, Limits()) == 0
    assert mean_life(Copies(1, 2), {2: True}, Limits()) is None


@law
def test_means_of_trees_are_integrals(lifetime: Lifetime, expected: Survival) -> None:
    found = mean_life(Copies(2, 3), {2: Upkeep(lifetime)}, Limits())
    mpmath.mp.dps = 25
    points = [0, 1e-6, 1e-3, 1, 10, 100, 1000, 3000, 10_000, 100_000, 10**6, 10**7]
    wanted = mpmath.quad(lambda t: 3 * expected(t) ** 2 - 2 * expected(t) ** 3, points)
    assert float(found) == pytest.approx(float(wanted), rel=1e-9)


def test_means_of_renewed_trees_are_sums_over_periods() -> None:
    aging = Upkeep(Weibull(30 * DAY, fmpq(2)), clock=Clock(DAY, fmpq(0)))
    slow = Upkeep(Stages((WEEK, 3 * DAY)), clock=Clock(WEEK, fmpq(0)))
    found = mean_life(Copies(1, 2, series=True), {2: aging, 3: slow}, Limits())
    step, total = 600.0, 0.0
    day, week = float(DAY), float(WEEK)
    u, v = 1 / week, 3 * day
    v = 1 / v

    def stages(t: float) -> float:
        return (v * math.exp(-u * t) - u * math.exp(-v * t)) / (v - u)

    for number in range(200_000):
        t = (number + 0.5) * step
        one = math.exp(-((1 / 30) ** 2) * (t // day)) * math.exp(-((t % day / (30 * day)) ** 2))
        other = stages(week) ** (t // week) * stages(t % week)
        total += step * (1 - (1 - one) ** 2) * other
    assert float(found) == pytest.approx(total, rel=1e-6)


def test_clocks_beside_other_aging_are_refused_with_the_reason() -> None:
    lives = {
        2: Upkeep(Exponential(DAY), clock=Clock(DAY, fmpq(0))),
        3: Upkeep(Weibull(DAY, fmpq(2))),
    }
    with pytest.raises(Undecided, match="age"):
        mean_life(Copies(1, 2, series=True), lives, Limits())
