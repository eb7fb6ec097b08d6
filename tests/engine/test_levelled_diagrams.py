"""Large diagrams in arrays: what is read, and how near to the truth each walk is."""

from __future__ import annotations

import pickle
import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from flint import arb, fmpq

from vreltui.engine import diagram as diagrams
from vreltui.engine import diagram_walks
from vreltui.engine.balls import PairOfBalls, ball, precision
from vreltui.engine.boolean_formula import Choose, Formula, Threshold
from vreltui.engine.levelled_diagram import LevelledDiagram
from vreltui.engine.limits import Limits
from vreltui.engine.points import ArrayArithmetic
from vreltui.engine.solving import solve

VARIABLES = 7


def formula_of(chance: random.Random) -> tuple[Formula, int, int]:
    """Gates over parts that are read again and again, some of them turned around."""
    formula = Formula()
    lines = [formula.add_atom()[0] for _ in range(VARIABLES)]
    for _ in range(12):
        some = tuple(chance.sample(lines, 3))
        if chance.random() < 0.25:
            lines.append(formula.add(Choose(some[0], None, some[1])))
        else:
            lines.append(formula.add(Threshold(chance.choice((1, 2, 3)), some)))
    return formula, lines[-1], lines[-2]


@pytest.fixture
def read_in_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagrams, "MANY_NODES", 3)


def levelled(seed: int) -> tuple[LevelledDiagram, list[tuple[int, int, int]], tuple[int, ...]]:
    """A diagram in arrays, and the nodes and roots of the same one read node by node."""
    formula, root, beside = formula_of(random.Random(seed))
    found = solve(formula, [root], Limits(), [beside]).diagram
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diagrams, "MANY_NODES", 1 << 15)
        plain = solve(formula, [root], Limits(), [beside]).diagram
    if not isinstance(found, LevelledDiagram):
        pytest.skip("the function is constant")
    return found, list(plain.nodes), plain.roots


def holds(nodes: list[tuple[int, int, int]], reference: int, state: tuple[bool, ...]) -> bool:
    while reference > 1:
        variable, high, low = nodes[reference - 2]
        reference = high if state[variable] else low
    return reference == 1


def chances(seed: int) -> list[Fraction]:
    chance = random.Random(seed)
    return [Fraction(chance.randint(1, 10**6 - 1), 10**6) for _ in range(VARIABLES)]


def exact(nodes: list[tuple[int, int, int]], root: int, works: list[Fraction]) -> Fraction:
    total = Fraction(0)
    for state in product((False, True), repeat=VARIABLES):
        if holds(nodes, root, state):
            weight = Fraction(1)
            for up, chance in zip(state, works, strict=True):
                weight *= chance if up else 1 - chance
            total += weight
    return total


def pairs(works: list[Fraction]) -> list[PairOfBalls]:
    return [(ball(chance), ball(1 - chance)) for chance in works]


def contains(found: arb, true: Fraction) -> bool:
    with precision(4000):
        return bool(found.contains(fmpq(true.numerator, true.denominator)))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.usefixtures("read_in_arrays")
def test_every_walk_contains_what_enumeration_says(seed: int) -> None:
    found, nodes, roots = levelled(seed)
    works = chances(seed)
    with precision(128):
        given = pairs(works)
        for root, plain in zip(found.roots, roots, strict=True):
            true = exact(nodes, plain, works)
            r, q = diagram_walks.pair_of(found, root, given)
            assert contains(r, true)
            assert contains(q, 1 - true)
            assert all(side.is_zero() or side.rel_accuracy_bits() > 85 for side in (r, q))
            slopes = diagram_walks.slopes_of(found, root, given)
            for variable, slope in enumerate(slopes):
                up, down = list(works), list(works)
                up[variable], down[variable] = Fraction(1), Fraction(0)
                true_slope = exact(nodes, plain, up) - exact(nodes, plain, down)
                assert contains(slope, true_slope)
                assert slope.rad() < arb(2) ** -90


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.usefixtures("read_in_arrays")
def test_more_digits_than_two_doubles_have_are_found_in_balls(seed: int) -> None:
    found, nodes, roots = levelled(seed)
    works = chances(seed)
    true = exact(nodes, roots[0], works)
    with precision(400):
        given = pairs(works)
        r, q = diagram_walks.pair_of(found, found.roots[0], given)
        assert contains(r, true)
        assert contains(q, 1 - true)
        assert min(r.rel_accuracy_bits(), q.rel_accuracy_bits()) > 350 or true in (0, 1)
        slopes = diagram_walks.slopes_of(found, found.roots[0], given)
    with precision(128):
        for one, other in zip(
            slopes, diagram_walks.slopes_of(found, found.roots[0], pairs(works)), strict=True
        ):
            assert one.overlaps(other)


@pytest.mark.usefixtures("read_in_arrays")
def test_what_is_below_the_least_double_is_found_in_balls() -> None:
    """A product of two chances of 1e-200 is no double, and no error that is absolute holds it."""
    formula = Formula()
    one, other, third = (formula.add_atom()[0] for _ in range(3))
    both = formula.add(Threshold(2, (one, other)))
    rest = formula.add(Threshold(2, (one, third)))
    root = formula.add(Threshold(1, (both, rest)))
    found = solve(formula, [root], Limits()).diagram
    assert isinstance(found, LevelledDiagram)
    tiny = Fraction(1, 10**200)
    with precision(128):
        given = pairs([tiny, tiny, tiny])
        r, q = diagram_walks.pair_of(found, found.roots[0], given)
    true = tiny * (1 - (1 - tiny) ** 2)
    assert contains(r, true)
    assert contains(q, 1 - true)
    with precision(128 * 2):
        r, _ = diagram_walks.pair_of(found, found.roots[0], pairs([tiny, tiny, tiny]))
        assert contains(r, true)
        assert r.rel_accuracy_bits() > 100


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.usefixtures("read_in_arrays")
def test_over_a_range_every_value_in_it_is_contained(seed: int) -> None:
    found, nodes, roots = levelled(seed)
    works = chances(seed)
    ends = (Fraction(1, 10), Fraction(9, 10))
    with precision(128):
        given = pairs(works)
        given[2] = (ball(ends[0]).union(ball(ends[1])), ball(ends[0]).union(ball(ends[1])))
        r, q = diagram_walks.pair_of(found, found.roots[0], given)
        slopes = diagram_walks.slopes_of(found, found.roots[0], given)
        for value in (*ends, Fraction(1, 3), Fraction(1, 2)):
            works[2] = value
            true = exact(nodes, roots[0], works)
            assert contains(r, true)
            assert contains(q, 1 - true)
            up, down = list(works), list(works)
            up[0], down[0] = Fraction(1), Fraction(0)
            assert contains(slopes[0], exact(nodes, roots[0], up) - exact(nodes, roots[0], down))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.usefixtures("read_in_arrays")
def test_other_numbers_are_read_through_it_as_well(seed: int) -> None:
    found, nodes, roots = levelled(seed)
    works = chances(seed)
    true = exact(nodes, roots[0], works)
    root = found.roots[0]
    fractions = [(chance, 1 - chance) for chance in works]
    assert found.pair(root, (Fraction(0), Fraction(1)), fractions) == (true, 1 - true)
    doubles = [(float(chance), float(1 - chance)) for chance in works]
    r, q = ArrayArithmetic().decided(found, root, doubles)  # type: ignore[arg-type]
    assert float(r) == pytest.approx(float(true), rel=1e-13)
    assert float(q) == pytest.approx(float(1 - true), rel=1e-13)


@pytest.mark.usefixtures("read_in_arrays")
def test_a_diagram_survives_the_way_to_another_process_without_its_walks() -> None:
    found, _, _ = levelled(3)
    with precision(128):
        before = diagram_walks.pair_of(found, found.roots[0], pairs(chances(3)))
        again = pickle.loads(pickle.dumps(found))
        assert again.last_walk is None
        after = diagram_walks.pair_of(again, again.roots[0], pairs(chances(3)))
    assert [str(side) for side in before] == [str(side) for side in after]
    assert again.digest == found.digest


@pytest.mark.usefixtures("read_in_arrays")
def test_the_longest_path_adds_up_what_its_variables_weigh() -> None:
    found, nodes, roots = levelled(5)
    weights = [3, 1, 4, 1, 5, 9, 2]
    longest = [0, 0]
    for variable, high, low in nodes:
        longest.append(weights[variable] + max(longest[high], longest[low]))
    assert found.longest(found.roots[0], weights) == longest[roots[0]]


@pytest.mark.usefixtures("read_in_arrays")
def test_where_there_are_no_files_in_memory_a_folder_serves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, _, _ = levelled(3)
    monkeypatch.delattr("os.memfd_create")
    again, _, _ = levelled(3)
    assert again.digest == found.digest
    assert again.roots == found.roots


@pytest.mark.usefixtures("read_in_arrays")
def test_one_walk_in_balls_serves_all_roots_and_other_digits_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, _, _ = levelled(3)
    walks = []
    whole = LevelledDiagram.pairs

    def counted(self: LevelledDiagram, ends: tuple[arb, arb], given: list[PairOfBalls]) -> Any:
        walks.append(self)
        return whole(self, ends, given)

    monkeypatch.setattr(LevelledDiagram, "pairs", counted)
    given = pairs([Fraction(1, 2)] * VARIABLES)
    for bits in (200, 400):
        with precision(bits):
            for root in found.roots:
                diagram_walks.pair_of(found, root, given)
    assert len(walks) == 2


@pytest.mark.usefixtures("read_in_arrays")
def test_a_root_that_another_reads_keeps_its_pair() -> None:
    formula = Formula()
    parts = tuple(formula.add_atom()[0] for _ in range(3))
    beside = formula.add(Threshold(2, parts[1:]))
    root = formula.add(Threshold(2, (parts[0], beside)))
    found = solve(formula, [root], Limits(), [beside]).diagram
    assert isinstance(found, LevelledDiagram)
    assert found.roots[1] in found.high
    half = Fraction(1, 2)
    both = found.pairs((Fraction(0), Fraction(1)), [(half, half)] * 3)
    assert [both[at][0] for at in found.roots] == [Fraction(1, 8), Fraction(1, 4)]
