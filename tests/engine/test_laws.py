"""Laws of several numbers, which rise, fall or turn, against exact fractions point by point."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any, TypeVar

import pytest
from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.bernstein import Box
from vreltui.engine.boxes import Duel, find_win
from vreltui.engine.contest import Contest
from vreltui.engine.crossing import winning_region
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Balls, Direction, Given, Law, Source
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Program
from vreltui.engine.regions import Region
from vreltui.engine.steps import AllOf, AnyOf, BaseStep, Constant, Decision, Leaf, Step
from vreltui.engine.subdivision import subdivide
from vreltui.engine.walk import walk
from vreltui.model import Probability, Value
from vreltui.model.quantities import PROBABILITY

E = TypeVar("E")

R = Source("R", is_parameter=True)
B = Source("b", is_parameter=True)
S = Source("S", is_parameter=False)


@dataclass(frozen=True, slots=True)
class Shock(Law):
    """What strikes all copies together: it is away with 1 - b (1 - R)."""

    reliability: Source
    share: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.reliability, self.share)

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        r: Any
        q: Any
        (r, q), (share, rest) = given(self.reliability), given(self.share)
        return r + q * rest, q * share

    def slope(self, source: Source, given: Balls) -> arb:
        return given(self.share)[0] if source == self.reliability else -given(self.reliability)[1]

    def direction(self, source: Source) -> Direction | None:
        return 1 if source == self.reliability else -1

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        other = self.share if source == self.reliability else self.reliability
        if source == self.reliability:
            share = given(other)[0]
            return (share - pair[1]) / share, pair[1] / share
        fails = given(other)[1]
        return pair[1] / fails, (fails - pair[1]) / fails

    def degree(self, source: Source) -> int | None:
        return 1

    def places(self, of: Callable[[Source], int | None]) -> int | None:
        return (of(self.reliability) or 0) + (of(self.share) or 0)

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        return ("shock", of(self.reliability), of(self.share))


@dataclass(frozen=True, slots=True)
class Twice(Law):
    """The square of a number, of which nothing is said but that it rises."""

    source: Source
    says_little: bool = True

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        return arithmetic.all_of([given(self.source), given(self.source)])

    def slope(self, source: Source, given: Balls) -> arb:
        return 2 * given(source)[0]

    def direction(self, source: Source) -> Direction | None:
        return 1

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        root = pair[0].sqrt()
        return root, pair[1] / (1 + root)

    def degree(self, source: Source) -> int | None:
        return None if self.says_little else 2

    def places(self, of: Callable[[Source], int | None]) -> int | None:
        return None if self.says_little else 2 * (of(self.source) or 0)

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        return ("twice", of(self.source))


@dataclass(frozen=True, slots=True)
class Turning(Law):
    """x^2 + (1 - x)^2: sure at both ends, and half as good in the middle."""

    source: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        x: Any
        y: Any
        x, y = given(self.source)
        return x * x + y * y, x * y + y * x

    def slope(self, source: Source, given: Balls) -> arb:
        x, y = given(source)
        return 2 * x - 2 * y

    def direction(self, source: Source) -> Direction | None:
        return None

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        raise AssertionError("asked only where the direction is known")

    def degree(self, source: Source) -> int | None:
        return 2

    def places(self, of: Callable[[Source], int | None]) -> int | None:
        return 2 * (of(self.source) or 0)

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        return ("turning", of(self.source))


CONSTANTS: tuple[Step, ...] = (Constant(works=False), Constant(works=True))


def program(*steps: Step) -> Program:
    """A program of these steps, from slot 2 on; the last is the root."""
    all_steps = CONSTANTS + steps
    leaves: dict[Source, list[int]] = {}
    for slot, step in enumerate(all_steps):
        if isinstance(step, Leaf):
            for source in step.law.sources:
                leaves.setdefault(source, []).append(slot)
    readers = {source: tuple(slots) for source, slots in leaves.items()}
    return Program(all_steps, len(all_steps) - 1, {}, readers, {})


def of(**values: str) -> dict[Source, Value]:
    named = {"R": R, "b": B, "S": S}
    return {named[name]: Probability.of(text) for name, text in values.items()}


SHOCKED = program(Leaf(Shock(R, B)), Leaf(Given(R)), AnyOf((3,)), AllOf((2, 4)))
"""One part, and a shock that b says how often it comes with: two leaves read R."""

PAIRED = program(Leaf(Shock(R, B)), Leaf(Given(S)), Decision(2, 3, 0))
TWICE = program(Leaf(Twice(R)), Leaf(Given(S)), AnyOf((2, 3)))
TURNING = program(Leaf(Turning(R)), Leaf(Given(S)), AllOf((2, 3)))
BENT = program(Leaf(Turning(R)), Leaf(Twice(R)), Leaf(Given(S)), AllOf((2, 3, 4)))
FALLING = program(Leaf(Shock(S, B)), Leaf(Twice(B)), Leaf(Given(S)), AllOf((2, 4)))

CASES: Sequence[tuple[Program, dict[Source, Value]]] = (
    (SHOCKED, of(R="0.9", b="0.3")),
    (PAIRED, of(R="0.9", b="0.3", S="0.97")),
    (TWICE, of(R="0.9", S="0.2")),
    (TURNING, of(R="0.25", S="0.9")),
    (BENT, of(R="0.7", S="0.99")),
    (FALLING, of(b="0.25", S="0.9")),
)


def exactly(
    read: Program, values: Mapping[Source, Value], other: Mapping[Source, Fraction]
) -> Fraction:
    def given(source: Source) -> tuple[Fraction, Fraction]:
        value = values[source]
        assert isinstance(value, Probability)
        x = other.get(source, value.reliability)
        return x, 1 - x

    r, _ = walk(read, Arithmetic(Fraction(0), Fraction(1)), given, lambda source: 0)
    return r[read.root]


@pytest.mark.parametrize(("read", "values"), CASES)
def test_figures_and_derivatives(read: Program, values: dict[Source, Value]) -> None:
    evaluation = Evaluation(read, values)
    with precision(128):
        assert abs(evaluation.pair()[0] - _ball(exactly(read, values, {}))) < 1e-30
    for source in read.sources:
        tiny = Fraction(1, 10**12)
        x = evaluation.probability(source).reliability
        ends = [exactly(read, values, {source: x + step}) for step in (tiny, -tiny)]
        slope = evaluation.slope(source)
        assert abs(float(slope.mid()) - float((ends[0] - ends[1]) / (2 * tiny))) < 1e-8
        with precision(128):
            over = evaluation.over({}).slope(source)
            assert abs(over - slope) < 1e-30


@pytest.mark.parametrize(("read", "values"), CASES)
def test_a_value_that_moves_touches_every_leaf_that_reads_it(
    read: Program, values: dict[Source, Value]
) -> None:
    for source in read.sources:
        moved = Evaluation(read, values)
        moved.pair()
        changed = moved.changed({source: Probability.of("0.5")})
        with precision(128):
            expected = _ball(exactly(read, values, {source: Fraction(1, 2)}))
            assert abs(changed.pair()[0] - expected) < 1e-30
            with moved.varying(source, 128) as varying:
                assert abs(varying.at((arb("0.5"), arb("0.5")))[0] - expected) < 1e-30
            assert abs(moved.pair()[0] - _ball(exactly(read, values, {}))) < 1e-30


def _ball(value: Fraction) -> arb:
    return arb(value.numerator) / value.denominator


GOALS = ("0.05", "0.31", "0.52", "0.83", "0.9", "0.961")


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize(("read", "values"), CASES)
def test_thresholds_whichever_way_a_number_works(
    read: Program, values: dict[Source, Value], goal: str
) -> None:
    rival = Probability.of(goal)
    for source in read.sources:
        try:
            region = winning_region(Contest(Evaluation(read, values), rival), source, (True, True))
        except Undecided:
            # Where it can't be told, the two meet at an end of the range or without crossing.
            assert read.direction(source) is None
            continue
        for x in (Fraction(step, 97) for step in range(1, 97)):
            wins = exactly(read, values, {source: x}) > rival.reliability
            assert _inside(region, x) is wins, (source.name, x)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_thresholds_beside_a_rival_that_moves_the_other_way(number: int) -> None:
    read, values = CASES[number]
    own = Evaluation(read, values)
    other = program(Leaf(Shock(S, R)), Leaf(Shock(S, B)), AllOf((2, 3)))
    stated = {**of(R="0.5", b="0.5", S="0.6"), **values}
    rival = Evaluation(other, {source: stated[source] for source in other.sources})
    for source in set(read.sources) & set(other.sources):
        region = winning_region(Contest(own, rival), source, (True, True))
        for x in (Fraction(step, 97) for step in range(1, 97)):
            at = {source: x}
            wins = exactly(read, values, at) > exactly(other, rival.values, at)
            assert _inside(region, x) is wins, (source.name, x)


def _inside(region: Region, x: Fraction) -> bool:
    with precision(128):
        return any(interval.contains(_ball(x), _ball(1 - x)) for interval in region)


def test_a_number_that_turns_is_divided_into_intervals() -> None:
    contest = Contest(Evaluation(TURNING, of(R="0.25", S="0.9")), Probability.of("0.54"))
    region = winning_region(contest, R, (True, True))
    ends = [(float(part.low.pair(80)[0]), float(part.high.pair(80)[0])) for part in region]
    # x^2 + (1 - x)^2 = 0.6
    turn = (1 - 0.2**0.5) / 2
    assert sum(ends, ()) == pytest.approx((0, turn, 1 - turn, 1), abs=1e-15)


def test_what_follows_on_one_side_alone_is_divided_too() -> None:
    own, rival = Evaluation(TURNING, of(R="0.25", S="0.9")), Probability.of("0.54")
    assert len(subdivide(own, rival, (R, None), Limits())) == 2


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize(("read", "values"), CASES)
def test_the_best_of_a_box_is_where_the_directions_say(
    read: Program, values: dict[Source, Value], goal: str
) -> None:
    box: Box = {source: (Decimal("0.2"), Decimal("0.8")) for source in read.sources}
    duel = Duel(Evaluation(read, values), Probability.of(goal), None, Limits())
    grid = [Fraction(2, 10) + Fraction(step, 10) for step in range(7)]
    points = product(grid, repeat=len(box))
    best = max(exactly(read, values, dict(zip(box, point, strict=True))) for point in points)
    found = find_win(duel, box)
    if found is None:
        assert best <= duel.goal.reliability  # type: ignore[union-attr]
    else:
        at = {source: PROBABILITY.of(value).reliability for source, value in found.items()}
        assert exactly(read, values, at) > duel.goal.reliability  # type: ignore[union-attr]


def test_a_number_of_the_box_may_move_one_side_alone() -> None:
    own = Evaluation(TURNING, of(R="0.5", S="0.9"))
    rival = Evaluation(TURNING, of(R="0.5", S="0.9"))
    box: Box = {R: (Decimal("0.3"), Decimal("0.6")), S: (Decimal("0.9"), Decimal("0.9"))}
    assert find_win(Duel(own, None, rival, Limits(), {R: (True, False)}), box) is not None
    limits = Limits(boxes=300)
    with pytest.raises(Undecided):  # a tie of bounds is no proof
        find_win(Duel(own, None, rival, limits, {R: (False, True), S: (True, True)}), box)


def test_what_need_not_end_is_never_called_a_tie() -> None:
    with pytest.raises(Undecided, match="equal to 1000 digits"):
        Contest(Evaluation(TWICE, of(R="0.9", S="0")), Probability.of("0.81")).sign()
    exact = program(Leaf(Twice(R, says_little=False)), Leaf(Given(S)), AnyOf((2, 3)))
    assert Contest(Evaluation(exact, of(R="0.9", S="0")), Probability.of("0.81")).sign() == 0


def test_degrees_and_directions_of_what_several_leaves_read() -> None:
    evaluation = Evaluation(SHOCKED, of(R="0.9", b="0.3"))
    assert evaluation.degree(R) == 2
    assert evaluation.degree(B) == 1
    assert evaluation.degree(S) == 0
    assert Evaluation(TWICE, of(R="0.9", S="0.2")).degree(R) is None
    assert SHOCKED.direction(R) == 1
    assert SHOCKED.direction(B) == -1
    assert SHOCKED.direction(S) == 0
    assert FALLING.direction(B) is None
    assert SHOCKED.changed_by(R) == (2, 3)


def test_a_law_or_a_step_that_leaves_a_question_open_is_not_made() -> None:
    class Silent(Law):
        """Says nothing."""

    with pytest.raises(TypeError, match=r"Silent.*abstract"):
        Silent()  # type: ignore[abstract]

    class Mute(BaseStep):
        """Says nothing."""

    with pytest.raises(TypeError, match=r"Mute.*abstract"):
        Mute()  # type: ignore[abstract]
