"""Where a chain is after a time: the exponential of its generator, with a proven error.

Uniformization: with a rate L above all that leave a state, e^(Qt) = e^(-Lt) e^(Lt P), and P = 1 +
Q/L has no negative entry. A short time is summed up by Taylor's series, whose rest is bounded, and
then doubled by squaring as often as it takes. Nothing but non-negative numbers is added and
multiplied, so that every probability keeps its digits, however small it is; each squaring costs one
bit of all, which is known beforehand. A. Jensen, "Markoff chains as an aid in the study of Markoff
processes", Skandinavisk Aktuarietidskrift 36, 1953; C. Moler, C. Van Loan, "Nineteen dubious ways
to compute the exponential of a matrix, twenty-five years later", SIAM Review 45, 2003.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flint import arb, arb_mat, ctx

from vreltui.engine.balls import ONE, ZERO, PairOfBalls, precision
from vreltui.engine.chains.chain import END, Chain, Number, Rates
from vreltui.engine.limits import Undecided

_GUARD_BITS = 24

_BITS_PER_TERM = 6
"""About how many bits a term of the series is worth: its rest is looked at from there on."""

_NARROW_BITS = 40
"""Numbers that are known to fewer bits are intervals, over which more digits do not help."""

_WIDE_BITS = 48
"""The precision at which intervals are worked with."""

_MOST_TERMS = 4096

_MOST_SQUARINGS = 1024


def where_after(chain: Chain, time: Number) -> list[arb]:
    """The probability of each state after ``time`` seconds, at the precision that holds.

    Rates and time are exact fractions or balls.

    >>> there = where_after(Chain.of(2, [(0, 1, arb(1)), (1, 0, arb(1))], [0]), arb(1))
    >>> there[0]
    [0.567667641618306 +/- ...]
    """
    return _Generator.of(chain.rates, chain.size, time).row(chain.start)


def within_all_along(chain: Chain, going_on: Collection[int], time: Number) -> PairOfBalls:
    """The chances that it does not leave some states up to ``time``, and that it does.

    With the states that are up it is the reliability, with those that are not unsafe the safety.
    """
    if chain.start not in going_on:
        return ZERO, ONE
    end = chain.size
    rates = {
        (origin, end if target == END else target): rate
        for (origin, target), rate in chain.stopped(going_on).items()
    }
    row = _Generator.of(rates, chain.size + 1, time).row(chain.start)
    return _total(row[:end]), row[end]


def mean_share(chain: Chain, time: Number) -> PairOfBalls:
    """The mean share of the time up to ``time`` that it is up, and that it is not.

    Two more columns take up the time spent on either side.
    """
    up, down = chain.size, chain.size + 1
    gains = {
        (state, up if state in chain.up else down): 1 / _ball(time) for state in range(chain.size)
    }
    row = _Generator.of(chain.rates, chain.size + 2, time, gains).row(chain.start)
    return row[up], row[down]


def _ball(number: Number) -> arb:
    return number if isinstance(number, arb) else arb(number)


def _total(numbers: Collection[arb]) -> arb:
    return sum(numbers, ZERO)


@dataclass(slots=True)
class _Generator:
    """The rates of a chain, and entries beside them that take nothing from where they begin."""

    rates: Rates
    size: int
    time: Number
    gains: Mapping[tuple[int, int], arb]

    @staticmethod
    def of(
        rates: Rates, size: int, time: Number, gains: Mapping[tuple[int, int], arb] | None = None
    ) -> _Generator:
        return _Generator(rates, size, time, gains or {})

    def row(self, start: int) -> list[arb]:
        """One row of the exponential."""
        if _ball(self.time).is_zero():
            return [ONE if column == start else ZERO for column in range(self.size)]
        bits = _WIDE_BITS if self._is_wide() else ctx.prec
        squarings, _ = self._scale()
        with precision(bits + squarings + _GUARD_BITS):
            power = self._exponential()
            row = [power[start, column] for column in range(self.size)]
        return [+entry for entry in row]

    def _is_wide(self) -> bool:
        numbers = [self.time, *self.rates.values()]
        return any(
            isinstance(each, arb) and each.rel_accuracy_bits() < _NARROW_BITS for each in numbers
        )

    def _scale(self) -> tuple[int, arb]:
        """How often to halve the time, and a bound on how often a second anything happens."""
        with precision(64):
            most = 1 / _ball(self.time)
            for leaving in self._exits():
                most = most.max(2 * leaving)
            most = most.upper()
            happens = (most * _ball(self.time)).upper()
            if not happens.is_finite():
                raise Undecided("a chain over rates of which nothing is known")
            squarings = max(0, math.ceil(float(happens.log() / arb(2).log()))) + 1
        if squarings > _MOST_SQUARINGS:
            raise Undecided("a chain with rates that are too great for the time")
        return squarings, most

    def _exits(self) -> list[arb]:
        exits = [ZERO] * self.size
        for (origin, _), rate in self.rates.items():
            exits[origin] = exits[origin] + _ball(rate)
        return exits

    def _exponential(self) -> arb_mat:
        squarings, most = self._scale()
        steps = [[ZERO] * self.size for _ in range(self.size)]
        for state, leaving in enumerate(self._exits()):
            steps[state][state] = 1 - leaving / most
        for (origin, target), rate in self.rates.items():
            steps[origin][target] = _ball(rate) / most
        for (origin, target), gain in self.gains.items():
            steps[origin][target] = gain / most
        time = _ball(self.time) / arb(2) ** squarings * most
        power = _series(arb_mat(steps), time) * (-time).exp()
        is_wide = self._is_wide()
        for _ in range(squarings):
            power = power * power
            if is_wide:
                power = arb_mat([[_at_most_one(each) for each in row] for row in power.table()])
        return power


def _series(steps: arb_mat, time: arb) -> arb_mat:
    """The exponential of a matrix without negative entries, times at most 1/2.

    The rest of the series is added to every entry that is not 0 by its structure; terms are added
    until it makes no difference to the smallest of them.
    """
    size = steps.nrows()
    term = total = arb_mat([[ONE if i == j else ZERO for j in range(size)] for i in range(size)])
    norm = max((_total(row) for row in steps.table()), key=float).upper() * time.upper()
    for number in range(1, _MOST_TERMS):
        term = term * steps * (time / number)
        total = total + term
        if number < max(ctx.prec // _BITS_PER_TERM, size) or number % 4:
            continue
        # The terms left out fall at least as fast as a geometric series of ratio 1/2.
        rest = 2 * norm ** (number + 1) / arb(math.factorial(number + 1))
        least = min((entry.upper() for entry in total.entries() if not entry.is_zero()), key=_size)
        if rest < least * arb(2) ** -ctx.prec:
            return _widened(total, rest)
    raise Undecided("a chain whose rates differ by too much")


def _size(number: arb) -> tuple[int, int]:
    """By what exact positive numbers are sorted, also those that no double holds."""
    mantissa, exponent = number.man_exp()
    bits = int(mantissa).bit_length()
    return int(exponent) + bits, int(mantissa) << (512 - bits) if bits < 512 else int(mantissa)


def _at_most_one(entry: arb) -> arb:
    """An interval of a probability without what is none."""
    return entry if entry < 1 else entry.nonnegative_part().min(ONE)


def _widened(matrix: arb_mat, rest: arb) -> arb_mat:
    """A matrix to whose entries, where they are not 0, something from 0 to ``rest`` is added."""
    more = ZERO.union(rest.upper())
    return arb_mat(
        [[each if each.is_zero() else each + more for each in row] for row in matrix.table()]
    )
