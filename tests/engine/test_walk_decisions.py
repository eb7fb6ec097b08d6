"""Decisions of searches, walks and chains that larger tests pass by, each in its smallest case."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from flint import acb, arb, fmpq

from vreltui.analysis.study import Study
from vreltui.engine.amounts import AmountEnd, AmountInterval, AmountSearch, both
from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, ball, precision
from vreltui.engine.bernstein import Box
from vreltui.engine.boxes import Duel, _inside, find_win
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.complex_time import survival_complex
from vreltui.engine.clock_slopes import turn
from vreltui.engine.compiler import Compiler, compile_program
from vreltui.engine.contest import Contest
from vreltui.engine.crossing import winning_region
from vreltui.engine.diagram_text import scratch
from vreltui.engine.diagram_walks import pair_of, slopes_of
from vreltui.engine.double_words import LOST_BY_PRODUCT, LOST_BY_READING, LOST_BY_SUM
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.exponential_sums import ExponentialArithmetic, ExponentialSum
from vreltui.engine.gate_graph import Gates
from vreltui.engine.gradient import Slopes
from vreltui.engine.laws import Balls, Given, Source
from vreltui.engine.levelled_diagram import ALWAYS, FIRST, NEVER, LevelledDiagram
from vreltui.engine.lifetimes import Exponential, Weibull
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Program, readers
from vreltui.engine.regions import End, Interval
from vreltui.engine.renewal import Clock, Upkeep
from vreltui.engine.steps import FALSE, TRUE, AllOf, Constant, Leaf, Step
from vreltui.model import Probability
from vreltui.model.times import Duration
from vreltui.storage import parse

E = TypeVar("E")


def stand_still(_: str) -> None:
    """No clock is looked at."""


def unknown(value: arb) -> tuple[arb, arb]:
    """Bounds over an interval that is not to be asked about."""
    raise AssertionError(f"asked over {value}")


def of_margin(margin: Callable[[Fraction], Fraction]) -> Callable[[Fraction], tuple[int, arb]]:
    """What a search looks at, of a margin that is a fraction."""

    def look(value: Fraction) -> tuple[int, arb]:
        found = margin(value)
        return (found > 0) - (found < 0), ball(found)

    return look


def test_a_number_at_which_nothing_can_be_told_is_passed_by_closely() -> None:
    width = Fraction(1, 1 << 20)

    def look(value: Fraction) -> tuple[int, arb]:
        assert 1 <= value <= 4
        if 2 - width < value < 2 + 3 * width:  # about where half of the way is
            raise Undecided("too close")
        return of_margin(lambda at: at - 3)(value)

    found = AmountSearch(look, unknown, lambda _: None, stand_still, width=arb(2) ** -20)
    (interval,) = found.region(1, Fraction(1), Fraction(4))
    assert interval.high is None
    assert interval.low is not None
    assert interval.low.below <= 3 <= interval.low.above < interval.low.below + 24 * width


def test_a_zero_of_what_only_rises_is_bracketed_as_closely_as_where_the_way_is_known() -> None:
    root = Fraction(37, 10) + Fraction(1, 10**9 + 7)
    found = AmountSearch(
        of_margin(lambda at: at - root),
        lambda value: ((value - ball(root)).lower(), (value - ball(root)).upper()),
        lambda _: arb(1),
        stand_still,
    )
    (interval,) = found.region(None, Fraction(1), Fraction(10))
    assert interval.low is not None
    assert interval.high is None
    assert interval.low.below <= root <= interval.low.above
    assert interval.low.above - interval.low.below < Fraction(1, 1 << 60)


@pytest.mark.parametrize(
    ("margin", "root", "most"),
    [
        (lambda at: 1 - 7 / at, 7, 10**6),
        (lambda at: at / (at + 8) - Fraction(9, 10), 72, 10**9),
        (lambda at: at**9 - at - 510, 2, 100),
    ],
)
def test_the_zero_of_a_smooth_margin_takes_few_looks(
    margin: Callable[[Fraction], Fraction], root: int, most: int
) -> None:
    looked: list[Fraction] = []

    def look(value: Fraction) -> tuple[int, arb]:
        looked.append(value)
        return of_margin(margin)(value)

    found = AmountSearch(look, unknown, lambda _: None, stand_still)
    assert found.region(1, Fraction(1), Fraction(most)) == (
        AmountInterval(AmountEnd(Fraction(root), Fraction(root)), None),
    )
    assert len(looked) <= 20


def test_a_tie_up_to_a_number_ends_at_that_number() -> None:
    look = of_margin(lambda at: max(Fraction(0), at - 5))
    found = AmountSearch(look, unknown, lambda _: None, stand_still)
    (interval,) = found.region(1, Fraction(1), Fraction(10))
    assert interval.low is not None
    assert interval.high is None
    assert interval.low.below <= 5 <= interval.low.above
    assert interval.low.above - interval.low.below < Fraction(1, 1 << 50)


def test_what_ends_where_the_other_begins_has_nothing_in_common_with_it() -> None:
    at = AmountEnd(Fraction(5), Fraction(5))
    below, above = AmountInterval(None, at), AmountInterval(at, None)
    assert both((below,), (above,)) == both((above,), (below,)) == ()


def test_a_number_is_found_between_two_that_are_next_to_nothing() -> None:
    low, high = Decimal("1e-600"), Decimal("2e-600")
    assert low < _inside(Interval(End.at(low), End.at(high))) < high


MOVED = """
vreltui = 1
goal = { availability = 0.5 }
[parameters]
T = { time = "10 h" }
r = { time = "1 h" }
[nodes.all]
mttf = "T"
mttr = "r"
[choices.c]
root = "all"
"""
LIFE, REPAIR = Source("T", is_parameter=True), Source("r", is_parameter=True)
P, Q = Source("p", is_parameter=True), Source("q", is_parameter=True)


def test_times_within_the_double_of_each_other_are_first_tried_halfway() -> None:
    amounts = {
        LIFE: (Duration(Decimal(10), "h"), Duration(Decimal(20), "h")),
        REPAIR: (Duration(Decimal(1), "h"), Duration(Decimal(2), "h")),
    }
    box: Box = {source: (low.seconds, high.seconds) for source, (low, high) in amounts.items()}
    own = Study(parse(MOVED).design).evaluation("c")
    found = find_win(Duel(own, Probability.of("0.5"), None, Limits(), amounts=amounts), box)
    assert found is not None
    life, repair = found[LIFE], found[REPAIR]
    assert isinstance(life, Duration)
    assert isinstance(repair, Duration)
    assert life.seconds == Fraction(54_000)
    assert repair.seconds == Fraction(5_400)


def test_after_a_very_long_time_a_chain_is_known_to_as_many_digits() -> None:
    moves = [(0, 1, fmpq(1, 4)), (1, 0, fmpq(5)), (1, 2, fmpq(1, 10**18))]
    with precision(WORKING_BITS):
        works, fails = survival_complex(Chain.of(3, moves, [0, 1]), acb(10**20))
        for side in (works.real, fails.real):
            assert side.rad() < arb(2) ** -120
        assert (works + fails - 1).real.contains(0)


def test_where_a_renewal_takes_longer_a_clock_is_known_to_do_better_late() -> None:
    life = Weibull(fmpq(100), fmpq(2))
    of = Upkeep(life, fmpq(3), clock=Clock(fmpq(50), fmpq(8)))
    found = turn(of, arb(300), None)
    assert found is not None
    assert found > 0


SERIES = parse("""
vreltui = 1
goal = { reliability = 0.9 }
[nodes.one]
reliability = 0.9
[nodes.other]
reliability = 0.8
[nodes.wrapped]
parts = ["one"]
[nodes.both]
parts = ["one", "other"]
[choices.c]
root = "both"
""").design


def test_a_group_of_one_part_is_that_part() -> None:
    wrapped, alone = compile_program(SERIES, "wrapped"), compile_program(SERIES, "one")
    assert wrapped.steps == alone.steps
    assert wrapped.root == alone.root


def test_a_group_that_needs_all_of_its_parts_is_a_product() -> None:
    program = compile_program(SERIES, "both")
    assert program.steps[program.root] == AllOf((2, 3))


def test_what_never_and_what_always_works_have_slots_of_their_own() -> None:
    compiler = Compiler(Gates(SERIES, "both", Limits()))
    assert [compiler.add(Constant(each)) for each in (False, True)] == [FALSE, TRUE]


@dataclass(frozen=True, slots=True)
class Squared(Given):
    """The square of a number."""

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        return arithmetic.all_of([given(self.source), given(self.source)])

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        root = pair[0].sqrt()
        return root, pair[1] / (1 + root)

    def degree(self, source: Source) -> int | None:
        return 2 if source == self.source else 0


def of_leaf(law: Given, value: str) -> Evaluation:
    """A tree that is one leaf."""
    steps = (Constant(False), Constant(True), Leaf(law))
    program = Program(steps, root=2, nodes={}, leaves=readers(steps), pools={})
    return Evaluation(program, {law.source: Probability.of(value)})


def test_a_rival_that_alone_follows_is_beaten_up_to_where_it_is_as_good() -> None:
    contest = Contest(of_leaf(Given(Q), "0.09"), of_leaf(Squared(P), "0.5"))
    (interval,) = winning_region(contest, P, (True, True))
    ends = [float(end.pair(80)[0]) for end in (interval.low, interval.high)]
    assert ends == pytest.approx([0, 0.3], abs=1e-15)


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="there are no files in memory")
def test_a_diagram_is_written_where_no_disk_can_be_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    with scratch() as (file, path):
        Path(path).write_bytes(b"written")
        assert file.read() == b"written"


def one_variable() -> LevelledDiagram:
    """What holds where its one variable does."""
    variable, high, low = (np.array([0, 0, end], dtype=np.intp) for end in (0, ALWAYS, NEVER))
    return LevelledDiagram(variable, high, low, (FIRST, ALWAYS, NEVER))


def test_a_walk_in_double_words_says_what_each_of_its_operations_may_lose() -> None:
    with precision(WORKING_BITS):
        for side in pair_of(one_variable(), FIRST, [(arb("0.5"), arb("0.5"))]):
            assert side.contains(arb("0.5"))
            assert side.rad() * 2 >= LOST_BY_READING + LOST_BY_PRODUCT + LOST_BY_SUM


def test_what_always_and_what_never_holds_is_certain_beside_what_may() -> None:
    given = [(arb("0.5"), arb("0.5"))]
    always, never = (pair_of(one_variable(), root, given) for root in (ALWAYS, NEVER))
    assert always == (1, 0)
    assert never == (0, 1)


def test_the_last_walk_over_a_diagram_is_kept_for_what_is_asked_of_it_next() -> None:
    diagram, given = one_variable(), [(arb("0.25"), arb("0.75"))]
    with precision(WORKING_BITS):
        pair_of(diagram, FIRST, given)
        walk = diagram.last_walk
        assert walk is not None
        (slope,) = slopes_of(diagram, FIRST, given)
        assert slope.contains(1)
        assert diagram.last_walk is walk
        assert pair_of(diagram, FIRST, [(arb("0.5"), arb("0.5"))])[0].contains(arb("0.5"))
    assert diagram.last_walk is not walk


class Counting:
    """A whole number that counts how many of its like there are."""

    now = most = 0

    def __init__(self, number: int) -> None:
        self.number = number
        Counting.now += 1
        Counting.most = max(Counting.most, Counting.now)

    def __del__(self) -> None:
        Counting.now -= 1

    def __add__(self, other: Counting) -> Counting:
        return Counting(self.number + other.number)

    def __mul__(self, other: Counting) -> Counting:
        return Counting(self.number * other.number)


def test_of_a_long_diagram_only_what_is_read_later_is_held() -> None:
    count = 300
    own = np.arange(count, dtype=np.intp)
    ends = np.zeros(FIRST, dtype=np.intp)
    below = np.concatenate(([ALWAYS], own[:-1] + FIRST)).astype(np.intp)
    never = np.full(count, NEVER, dtype=np.intp)
    series = LevelledDiagram(
        np.concatenate((ends, own)),
        np.concatenate((ends, below)),
        np.concatenate((ends, never)),
        (FIRST + count - 1,),
    )
    zero, one = Counting(0), Counting(1)
    works, fails = series.pair(series.roots[0], (zero, one), [(one, zero)] * count)
    assert (works.number, fails.number) == (1, 0)
    assert Counting.most < 30


class Asked(AllOf):
    """A series that counts how often it is asked for its derivatives."""

    times = 0

    def slopes(self, *numbers: Any) -> Any:
        Asked.times += 1
        return super().slopes(*numbers)


def test_a_step_is_asked_once_for_its_derivatives_by_all_of_its_parts() -> None:
    sources = [Source(f"p{number}", is_parameter=True) for number in range(5)]
    leaves = [Leaf(Given(source)) for source in sources]
    steps: tuple[Step, ...] = (Constant(False), Constant(True), *leaves, Asked((2, 3, 4, 5, 6)))
    program = Program(steps, root=7, nodes={}, leaves=readers(steps), pools={})
    r = [arb(0), arb(1), *[arb("0.5")] * 5, arb(2) ** -5]
    slopes = Slopes(program, r, [1 - each for each in r], {})
    assert [float(slopes.of(slot)) for slot in range(2, 7)] == [2.0**-4] * 5
    assert Asked.times == 1


def test_a_longer_life_with_a_quick_renewal_is_known_to_do_no_harm() -> None:
    text = MOVED.replace('mttr = "r"', 'mttr = "r"\nrejuvenate = "1 d"\ntakes = "TAKES"')
    quick, slow = (
        Study(parse(text.replace("TAKES", takes)).design).evaluation("c")
        for takes in ("2 min", "2 h")
    )
    assert quick.direction(LIFE) == 1
    assert slow.direction(LIFE) is None


def test_more_than_there_are_never_work_however_many_are_asked_for() -> None:
    arithmetic = ExponentialArithmetic()
    works = ExponentialSum({(fmpq(rate), 0): fmpq(1, 50) for rate in range(1, 51)})
    found = arithmetic.copies(200, 2, (works, arithmetic.one + works * -1))
    assert found[0].terms == {}
    assert found[1].terms == arithmetic.one.terms


def test_a_life_that_is_only_bounded_is_no_exact_sum_of_exponentials() -> None:
    exact = Exponential(fmpq(1000)).as_exponentials()
    assert exact is not None
    assert exact.terms == {(fmpq(1, 1000), 0): 1}
    assert Exponential(arb(1000, 1)).as_exponentials() is None
