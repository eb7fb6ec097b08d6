"""Chains against Gaussian elimination in fractions, mpmath's exponential and published values."""

from __future__ import annotations

import random
from collections.abc import Collection
from fractions import Fraction
from math import factorial

import mpmath
import pytest
from flint import arb, fmpq

from tests.effort import cases
from vreltui.engine.balls import ONE, ZERO, precision
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.elimination import (
    frequency,
    mean_time_within,
    share_of,
    stationary,
)
from vreltui.engine.chains.transient import mean_share, where_after, within_all_along
from vreltui.engine.duals import Dual
from vreltui.engine.limits import Undecided

Moves = list[tuple[int, int, Fraction]]


def _random_moves(dice: random.Random, states: int) -> Moves:
    """Moves by which every state leads to every other, at rates of many orders."""
    pairs = [(at, (at + 1) % states) for at in range(states)]
    pairs += [(dice.randrange(states), dice.randrange(states)) for _ in range(2 * states)]
    return [
        (a, b, Fraction(dice.randint(1, 99), 10 ** dice.randint(0, 5))) for a, b in pairs if a != b
    ]


def _chain(moves: Moves, states: int, up: Collection[int]) -> Chain:
    exact = [(a, b, fmpq(rate.numerator, rate.denominator)) for a, b, rate in moves]
    return Chain.of(states, exact, up)


def _solved(rows: list[list[Fraction]]) -> list[Fraction]:
    """The solution of linear equations, each a row with its right side last."""
    rows = [list(row) for row in rows]
    for at in range(len(rows)):
        pivot = next(i for i in range(at, len(rows)) if rows[i][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [each / rows[at][at] for each in rows[at]]
        for other in range(len(rows)):
            if other != at and rows[other][at]:
                factor = rows[other][at]
                rows[other] = [x - factor * y for x, y in zip(rows[other], rows[at], strict=True)]
    return [row[-1] for row in rows]


def _generator(moves: Moves, states: int) -> list[list[Fraction]]:
    rates = [[Fraction(0)] * states for _ in range(states)]
    for a, b, rate in moves:
        rates[a][b] += rate
        rates[a][a] -= rate
    return rates


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))


@pytest.mark.parametrize("seed", range(cases(6, 200)))
def test_the_long_run_and_the_mean_solve_their_equations(seed: int) -> None:
    dice = random.Random(seed)
    states = dice.randint(2, 7)
    up = range(dice.randint(1, states - 1))
    moves = _random_moves(dice, states)
    chain, rates = _chain(moves, states, up), _generator(moves, states)

    balance = [[rates[i][j] for i in range(states)] + [Fraction(0)] for j in range(states - 1)]
    shares = _solved([*balance, [Fraction(1)] * (states + 1)])
    found = stationary(chain)
    assert [_fraction(share) for share in found] == shares
    often = sum(shares[a] * rate for a, b, rate in moves if a in up and b not in up)
    assert _fraction(frequency(chain, found)) == often
    assert _fraction(share_of(found, chain.up)) == sum(shares[state] for state in up)

    means = _solved([[-rates[i][j] for j in up] + [Fraction(1)] for i in up])
    assert _fraction(mean_time_within(chain, up)) == means[0]


@pytest.mark.parametrize("seed", range(cases(4, 60)))
def test_the_course_is_the_exponential_of_the_generator(seed: int) -> None:
    dice = random.Random(seed)
    states = dice.randint(2, 6)
    up = range(dice.randint(1, states - 1))
    moves = _random_moves(dice, states)
    time = Fraction(dice.randint(1, 50), 10 ** dice.randint(0, 3))
    exact_time = fmpq(time.numerator, time.denominator)
    chain = _chain(moves, states, up)
    with precision(128):
        there = where_after(chain, exact_time)
        lasts, ends = within_all_along(chain, up, exact_time)
        share_up, share_down = mean_share(chain, exact_time)
    with mpmath.workdps(120):
        rates = mpmath.matrix(
            [
                [mpmath.mpf(x.numerator) / x.denominator for x in row]
                for row in _generator(moves, states)
            ]
        )
        over = mpmath.mpf(time.numerator) / time.denominator
        power = mpmath.expm(rates * over, method="taylor")
        for state in range(states):
            _holds(there[state], power[0, state])
        part = mpmath.expm(rates[: len(up), : len(up)] * over, method="taylor")
        survival = mpmath.fsum(part[0, state] for state in up)
        _holds(lasts, survival)
        _holds(ends, 1 - survival)
        wider = mpmath.zeros(states + 1)
        wider[:states, :states] = rates
        for state in up:
            wider[state, states] = 1
        share = mpmath.expm(wider * over, method="taylor")[0, states] / over
        _holds(share_up, share)
        _holds(share_down, 1 - share)


def _holds(ball: arb, value: mpmath.mpf) -> None:
    with precision(400):
        exact = arb(mpmath.nstr(value, 100))
        assert ball.overlaps(exact + exact * arb(0, arb(10) ** -90))
        assert ball.rel_accuracy_bits() > 90


def _spare(copies: int, needed: int, waiting: Fraction, rate: Fraction) -> Chain:
    """Copies that fail one after another, of which only so many run; nothing is repaired."""
    moves = []
    for failed in range(copies):
        running = min(needed, copies - failed)
        waits = copies - failed - running
        moves.append((failed, failed + 1, rate * (running + waits * waiting)))
    return _chain(moves, copies + 1, range(copies - needed + 1))


def test_published_means_come_out() -> None:
    # Storm's spare.dft: one of two, rate 1/2, dormancy 3/10.
    warm = _spare(2, 1, Fraction(3, 10), Fraction(1, 2))
    assert mean_time_within(warm, warm.up) == fmpq(46, 13)
    # Two of three: 5T/6, and two needed of three with a cold spare: T.
    hot = _spare(3, 2, Fraction(1), Fraction(1, 60))
    assert mean_time_within(hot, hot.up) == fmpq(50)
    cold = _spare(3, 2, Fraction(0), Fraction(1, 60))
    assert mean_time_within(cold, cold.up) == fmpq(60)


def test_cold_spares_and_a_shared_load_are_erlang() -> None:
    chain = _spare(4, 1, Fraction(0), Fraction(1, 100))
    with precision(200):
        lasts, ends = within_all_along(chain, chain.up, fmpq(3))
        aged = arb(fmpq(3, 100))
        erlang = (-aged).exp() * sum((aged**i / factorial(i) for i in range(4)), ZERO)
        assert lasts.overlaps(erlang)
        assert ends.overlaps(1 - erlang)


def test_next_to_nothing_keeps_its_digits() -> None:
    tiny = fmpq(1, 10**75)
    chain = Chain.of(5, [(state, state + 1, tiny) for state in range(4)], range(4))
    with precision(128):
        lasts, ends = within_all_along(chain, chain.up, fmpq(1))
        assert ends.overlaps(arb(10) ** -300 / 24)
        assert ends.rel_accuracy_bits() > 100
        assert lasts.overlaps(ONE)
        # And the other way round: what has all but surely happened.
        lasts, ends = within_all_along(Chain.of(2, [(0, 1, fmpq(700))], [0]), [0], fmpq(1))
        assert lasts.overlaps(arb(-700).exp())
        assert lasts.rel_accuracy_bits() > 100


def test_fast_moves_beside_slow_ones() -> None:
    # Microseconds beside thousands of years: the pair fails when both are down at once.
    fail, mend = fmpq(1, 10**11), fmpq(10**6)
    chain = Chain.of(3, [(0, 1, 2 * fail), (1, 0, mend), (1, 2, fail)], [0, 1])
    with precision(128):
        _, ends = within_all_along(chain, chain.up, fmpq(10**16))
        rate = 1 / arb(mean_time_within(chain, chain.up))
        assert abs(ends / (rate * 10**16) - 1) < arb(10) ** -9
        assert ends.rel_accuracy_bits() > 100


def test_slopes_come_along() -> None:
    def availability(rate: arb, slope: int) -> Dual:
        mend, fail = Dual(arb(3), ZERO), Dual(rate, arb(slope))
        chain = Chain.of(2, [(0, 1, fail), (1, 0, mend)], [0])
        share: Dual = share_of(stationary(chain), [0])
        return share

    with precision(128):
        assert availability(arb(2), 1).slope.overlaps(arb(fmpq(-3, 25)))
        chain = Chain.of(2, [(0, 1, Dual(arb(2), ONE))], [0])
        mean = mean_time_within(chain, [0])
        assert isinstance(mean, Dual)
        assert mean.slope.overlaps(arb(fmpq(-1, 4)))


def test_what_has_no_long_run_says_so() -> None:
    with pytest.raises(Undecided, match="several"):
        stationary(Chain.of(3, [(0, 1, fmpq(1)), (0, 2, fmpq(1))], [0]))
    with pytest.raises(Undecided, match="never left"):
        stationary(Chain.of(2, [(0, 1, fmpq(1))], [0]))
    # A state of no return on the way in is no hindrance, and counts for nothing.
    moves = [(0, 1, fmpq(1)), (1, 2, fmpq(2)), (2, 1, fmpq(1))]
    assert stationary(Chain.of(3, moves, [0, 1])) == [None, fmpq(1, 3), fmpq(2, 3)]
    assert mean_time_within(Chain.of(3, moves, [0, 1, 2]), [0, 1, 2]) is None
    assert mean_time_within(Chain.of(2, moves[:1], [1], start=0), [1]) == 0


def test_a_chain_of_sixty_states_is_answered() -> None:
    dice = random.Random(60)
    moves = _random_moves(dice, 60)
    chain = _chain(moves, 60, range(40))
    with precision(128):
        lasts, ends = within_all_along(chain, chain.up, fmpq(1, 10))
        assert (lasts + ends).overlaps(ONE)
        shares = stationary(chain.with_rates(arb))
        into = sum(
            (shares[a] * arb(fmpq(r.numerator, r.denominator)) for a, b, r in moves if b == 7), ZERO
        )
        out = sum(
            (shares[7] * arb(fmpq(r.numerator, r.denominator)) for a, b, r in moves if a == 7), ZERO
        )
        assert into.overlaps(out)
    assert lasts.rel_accuracy_bits() > 100
