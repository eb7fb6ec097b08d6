"""The walk over arrays against exact arithmetic: right digits at both ends, one walk for all."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.questions import Oracle
from tests.oracle.strategies import designs
from vreltui.analysis.study import Study
from vreltui.engine.points import (
    UNIT,
    ArrayArithmetic,
    pair_of_doubles,
    root_pairs,
    roundings,
)
from vreltui.engine.program import Source
from vreltui.engine.stated_values import values_of
from vreltui.model import Design, Probability

ARITHMETIC = ArrayArithmetic()
LEAST = Fraction(1, 10**300)


def of_exact(value: Fraction) -> tuple[np.ndarray, np.ndarray]:
    return np.array([float(value)]), np.array([float(1 - value)])


def assert_close(said: float, exact: Fraction, relative: float = 1e-12) -> None:
    """As near as asked; numbers that no double can hold may be nothing."""
    if abs(exact) < LEAST:
        assert abs(said) <= 2 * float(LEAST)
    else:
        assert abs(Fraction(said) - exact) <= relative * abs(exact), (said, float(exact))


def exact_tail(k: int, n: int, r: Fraction) -> Fraction:
    return sum((comb(n, i) * r**i * (1 - r) ** (n - i) for i in range(k, n + 1)), Fraction(0))


@given(
    n=st.integers(1, 60),
    k=st.integers(1, 60),
    digits=st.integers(1, 15),
    leading=st.integers(1, 9),
    near_one=st.booleans(),
)
def test_equal_parts_are_right_at_both_ends(
    n: int, k: int, digits: int, leading: int, near_one: bool
) -> None:
    small = Fraction(leading, 10**digits)
    value = 1 - small if near_one else small
    works, fails = ARITHMETIC.copies(k, n, of_exact(value))
    exact = exact_tail(k, n, Fraction(value)) if k <= n else Fraction(0)
    assert_close(float(works[0]), exact)
    assert_close(float(fails[0]), 1 - exact)


def test_counts_may_differ_from_point_to_point() -> None:
    n = np.arange(1, 41)
    for k in (np.ones_like(n), n, n // 2 + 1, np.full_like(n, 3)):
        works, fails = ARITHMETIC.copies(k, n, pair_of_doubles(Probability.of("0.7")))  # type: ignore[arg-type]
        for index, (wanted, there) in enumerate(zip(k.tolist(), n.tolist(), strict=True)):
            exact = exact_tail(wanted, there, Fraction(7, 10)) if wanted <= there else Fraction(0)
            assert_close(float(works[index]), exact)
            assert_close(float(fails[index]), 1 - exact)


@pytest.mark.parametrize("n", [1000, 10_000])
def test_large_pools_neither_overflow_nor_underflow(n: int) -> None:
    half = np.array([0.5])
    works, fails = ARITHMETIC.copies(n // 2, n, (half, half))
    middle = Fraction(comb(n, n // 2), 2**n)
    assert_close(float(works[0]), (1 + middle) / 2)
    assert_close(float(fails[0]), (1 - middle) / 2)


def test_a_majority_of_thousands_keeps_its_small_end() -> None:
    _, fails = ARITHMETIC.copies(501, 1000, of_exact(Fraction(9, 10)))
    assert_close(float(fails[0]), 1 - exact_tail(501, 1000, Fraction(9, 10)), 1e-11)


def test_unequal_parts() -> None:
    values = [Fraction(i, 17) for i in range(1, 8)]
    parts = [of_exact(value) for value in values]
    for k in range(1, 8):
        works, fails = ARITHMETIC.at_least(k, parts)
        distribution = [Fraction(1)]
        for value in values:
            distribution = [
                (distribution[i] if i < len(distribution) else Fraction(0)) * (1 - value)
                + (distribution[i - 1] if i else Fraction(0)) * value
                for i in range(len(distribution) + 1)
            ]
        assert_close(float(works[0]), sum(distribution[k:], Fraction(0)))
        assert_close(float(fails[0]), sum(distribution[:k], Fraction(0)))


@given(designs())
def test_random_designs_within_the_bound_that_the_program_states(design: Design) -> None:
    study, oracle = Study(design), Oracle(design)
    tried = [Probability.of("0.3"), Probability.from_unreliability("1e-9"), Probability.of("1e-7")]
    for choice in design.choices:
        program = study.evaluation(choice).program
        values = values_of(design, program, choice)
        named = [source for source in program.leaves if source.is_parameter]
        pairs = [(float(x.reliability), float(x.unreliability)) for x in tried]
        sides = np.array(pairs).transpose()
        varied = {named[0]: (sides[0], sides[1])} if named else {}
        works, fails = (
            np.broadcast_to(side, len(tried)) for side in root_pairs(program, values, varied)
        )
        counts = {source: values[source] for source in program.pools}
        bound = roundings(program, lambda source: counts[source]) * UNIT  # type: ignore[arg-type, return-value]  # noqa: B023
        for index, value in enumerate(tried):
            setting = {named[0].name: value.reliability} if named else {}
            exact = oracle.reliability(choice, setting)
            assert_close(float(works[index]), exact, bound)
            assert_close(float(fails[index]), 1 - exact, bound)
            assert bound < 1e-12


def test_a_count_varies_as_an_array() -> None:
    from vreltui.storage import read
    from vreltui.storage.keep.locations import shipped_designs

    path = next(path for path in shipped_designs() if path.stem == "single-node")
    design = read(path).design
    evaluation = Study(design).evaluation("vms")
    counts = np.arange(1, 13)
    works, _ = root_pairs(
        evaluation.program, evaluation.values, {Source("n", is_parameter=True): counts}
    )
    for n, value in zip(counts.tolist(), works.tolist(), strict=True):
        exact = Fraction("0.999") * Fraction("0.99") * (1 - Fraction("0.1") ** n)
        assert_close(value, exact)
