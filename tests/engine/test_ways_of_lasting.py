"""Which way a number moves the chance to last, against random chains that are solved exactly.

What is compared is the integral of e^(-st) R(t) for several s, a fraction: where a number moves
R(t) one way at every time, it moves that the same way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from vreltui.engine.chains.ways_of_lasting import way_of_lasting
from vreltui.engine.laws import Source


@dataclass(frozen=True)
class Factor:
    key: str
    source: Source


@dataclass(frozen=True)
class Way:
    origin: int
    target: int
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Moves:
    start: int
    ways: tuple[Way, ...]


X = Source("x", is_parameter=True)
OTHERS = [Source(name, is_parameter=True) for name in ("y", "z")]
AT = {"y": Fraction(3, 4), "z": Fraction(2, 5)}


def rate(way: Way, x: Fraction) -> Fraction:
    product = Fraction(1)
    for factor in way.factors:
        value = x if factor.source == X else AT[factor.source.name]
        product *= {"after": 1 / value, "without": 1 - value}.get(factor.key, value)
    return product


def lasting(moves: Moves, up: int, x: Fraction, s: Fraction) -> Fraction | None:
    """The integral of e^(-st) R(t): the time spent in states below ``up``, discounted."""
    rows = [[Fraction(0)] * (up + 1) for _ in range(up)]
    for state in range(up):
        rows[state][state] += s
        rows[state][up] = Fraction(1)
    for way in moves.ways:
        if way.origin < up:
            rows[way.origin][way.origin] += rate(way, x)
            if way.target < up:
                rows[way.origin][way.target] -= rate(way, x)
    for pivot in range(up):
        best = next((row for row in range(pivot, up) if rows[row][pivot]), None)
        if best is None:
            return None
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for row in range(up):
            if row != pivot and rows[row][pivot]:
                by = rows[row][pivot] / rows[pivot][pivot]
                rows[row] = [a - by * b for a, b in zip(rows[row], rows[pivot], strict=True)]
    return rows[moves.start][up] / rows[moves.start][moves.start]


def drawn(random: Random, up: int) -> Moves:
    """Moves among ``up`` states that count and one that ends; a clock shared by a state's moves."""
    ways = []
    for state in range(up):
        clock = random.choice([X, X, *OTHERS])
        key = random.choice(["after", "rate"])
        targets = random.sample([each for each in range(up + 1) if each != state], k=2)
        for target in targets:
            factors = [Factor(key, clock)] if random.random() < 0.8 else []
            if random.random() < 0.5 or not factors:
                split = random.choice(["with", "without", "rate"])
                factors.append(Factor(split, random.choice([X, *OTHERS, *OTHERS])))
            ways.append(Way(state, target, tuple(factors)))
    return Moves(0, tuple(ways))


def test_a_way_that_is_told_is_the_way_of_every_chain() -> None:
    random, told = Random(7), Counter[int | None]()
    for _ in range(400):
        up = random.choice([2, 3])
        moves = drawn(random, up)
        way = way_of_lasting(moves, range(up), X)
        told[way] += 1
        if way is None:
            continue
        for s in (Fraction(1, 50), Fraction(1), Fraction(9)):
            found = [lasting(moves, up, Fraction(x, 10), s) for x in (2, 5, 9)]
            values = [value for value in found if value is not None]
            assert len(values) == 3
            ordered = sorted(values, reverse=way < 0)
            assert values == ordered, (moves, way, s)
            if way == 0:
                assert len(set(values)) == 1
    assert min(told[1], told[-1]) > 30  # it is told often enough to have been tried


def test_a_clock_of_all_moves_of_a_state_is_known_and_one_of_some_is_not() -> None:
    """An attack that is seen with a chance is survived for longer the later it comes."""
    seen = Source("c", is_parameter=True)

    def attacked(*more: Way) -> Moves:
        moved = Factor("after", X)
        return Moves(0, (
            Way(0, 1, (moved, Factor("with", seen))), Way(0, 2, (moved, Factor("without", seen))),
            Way(1, 0, (Factor("after", OTHERS[0]),)), *more,
        ))  # fmt: skip

    assert way_of_lasting(attacked(), (0, 1), X) == 1
    restarts = Way(0, 1, (Factor("after", OTHERS[1]),))
    assert way_of_lasting(attacked(Way(1, 3, (Factor("rate", seen),)), restarts), (0, 1), X) is None
