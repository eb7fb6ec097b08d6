"""Decisions about single lives that larger tests pass by, each in the smallest case."""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from vreltui.engine.chains.chain_life import chain_of
from vreltui.engine.clock_slopes import turn
from vreltui.engine.lifetimes import Lognormal, Weibull
from vreltui.engine.renewal import Clock, Upkeep
from vreltui.engine.stages import Stages


def test_stages_as_a_chain_have_a_state_for_each_and_one_for_the_end() -> None:
    chain = chain_of(Upkeep(Stages((fmpq(5), fmpq(7)))))
    assert chain is not None
    assert chain.size == 3
    assert set(chain.rates) == {(0, 1), (1, 2)}


def test_a_shape_that_may_be_one_has_no_known_ageing() -> None:
    assert Weibull(fmpq(1), fmpq(1)).ageing() == 0
    assert Weibull(fmpq(1), arb(1, "0.1")).ageing() is None


def test_a_bound_on_a_hazard_is_above_the_hazard() -> None:
    of = Lognormal(fmpq(1000), fmpq(1, 10))
    for age in (2900, 4000, 9000):
        least, most = of.hazard(arb(age), arb(age))
        bound = of.hazard(arb(age), None)[1]
        assert most is not None
        assert bound is not None
        assert least.overlaps(most)
        assert most < bound < 2 * most


@pytest.mark.parametrize(("takes", "repair"), [(3, 8), (8, 3)])
def test_how_a_clock_turns_holds_for_every_age_between_two(takes: int, repair: int) -> None:
    life = Weibull(fmpq(100), fmpq(2))
    of = Upkeep(life, fmpq(repair), clock=Clock(fmpq(50), fmpq(takes)))
    found = turn(of, arb(40), arb(60))
    assert found is not None
    for age in (40, 47, 55, 60):
        # takes + (repair - takes) (F - h times what is lived until then), for t / s in the life.
        by = (arb(age) / 100) ** 2
        lived = 100 * arb.pi().sqrt() / 2 * (arb(age) / 100).erf()
        failed, hazard = -(-by).expm1(), arb(2) * age / 100**2
        assert found.overlaps(takes + (repair - takes) * (failed - lived * hazard))
        assert found.rad() < 5
