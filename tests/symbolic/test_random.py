"""Random designs, sharing and pools included: symbols against exact arithmetic."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.effort import cases, some_of
from tests.oracle import designs
from tests.symbolic.exactly import Duel, Point, Run, random_point, reliability
from vreltui.model import Design
from vreltui.symbolic import Condition
from vreltui.symbolic.choice_expressions import formula
from vreltui.symbolic.conditions import condition

POINTS = 3


@pytest.mark.parametrize("start", range(5))
def test_a_formula_evaluated_exactly_is_the_engines_figure(start: int) -> None:
    """Designs in five parts, every choice of each."""

    @seed(start)
    @settings(max_examples=cases(80, 400), database=None)
    @given(designs(), st.integers(0, 1 << 30))
    def check(design: Design, number: int) -> None:
        dice = random.Random(number)
        for choice in design.choices:
            answer = formula(design, choice)
            as_it_is: Point = {name: p.value for name, p in design.parameters.items()}
            for point in (as_it_is, random_point(design, dice)):
                seen = {**point, **design.choices[choice].set}
                got = Run(answer).at(answer.value.sympy, seen)
                exact = reliability(design, choice, point=seen)
                assert Fraction(int(got.p), int(got.q)) == exact, answer.value.text

    check()


def questions(design: Design) -> Iterator[tuple[str, str | None, str | None]]:
    """Every choice against every other and the goal, for every parameter and none."""
    rivals: list[str | None] = [*design.choices]
    if design.goal is not None:
        rivals.append(None)
    for choice in design.choices:
        for rival in rivals:
            if rival != choice:
                yield choice, rival, None
                for parameter in design.parameters:
                    yield choice, rival, parameter


@pytest.mark.parametrize("start", range(4))
def test_a_condition_holds_exactly_where_the_choice_wins(start: int) -> None:
    @seed(start)
    @settings(max_examples=cases(30, 60), database=None)
    @given(designs(), st.integers(0, 1 << 30))
    def check(design: Design, number: int) -> None:
        dice = random.Random(number)
        for choice, rival, unknown in some_of(questions(design), 5, dice):
            answer = condition(design, choice, rival, unknown)
            duel = Duel(design, choice, rival, unknown)
            for _ in range(POINTS):
                point = random_point(design, dice)
                compare(answer, duel, point)

    check()


def compare(answer: Condition, duel: Duel, point: Point) -> None:
    """The answer against the exact margin at one point."""
    margin = duel.margin(point)
    if answer.outcome == "never":
        assert margin <= 0
        return
    if answer.outcome == "always":
        # Only a note can make an exception, and then for a tie.
        assert margin > 0 or (margin == 0 and answer.notes)
        return
    assert answer.comparison is not None
    assert duel.holds(answer, answer.comparison.sympy, point) is (margin > 0)
    # A solution in cases stands in the notes, each with the condition under which it applies.
    statements = answer.solved
    if answer.outcome == "solved" and not statements:
        statements = answer.notes
    if statements:
        held = [duel.holds(answer, statement.sympy, point) for statement in statements]
        # None: a logarithm or root of a negative number, where no value or every value will do.
        if None not in held:
            assert any(held) is (margin > 0), [statement.text for statement in statements]


def test_the_comparison_can_fail() -> None:
    """A wrong solution is noticed: the same answers with the sides of the inequality exchanged."""
    noticed = 0

    @seed(1)
    @settings(max_examples=60, database=None)
    @given(designs(), st.integers(0, 1 << 30))
    def check(design: Design, number: int) -> None:
        nonlocal noticed
        dice = random.Random(number)
        for choice, rival, unknown in questions(design):
            if noticed > 10:
                return
            answer = condition(design, choice, rival, unknown)
            for solved in answer.solved:
                turned = {">": "Lt", "<": "Gt"}
                operator = next((mark for mark in turned if f" {mark} " in solved.text), "")
                if not operator or solved.sympy.startswith("And"):
                    continue
                wrong = turned[operator] + solved.sympy[2:]
                duel, point = Duel(design, choice, rival, unknown), random_point(design, dice)
                held = duel.holds(answer, wrong, point)
                noticed += held is not None and held is not (duel.margin(point) > 0)

    check()
    assert noticed > 10
