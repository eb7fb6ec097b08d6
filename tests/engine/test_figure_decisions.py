"""Decisions about figures that larger tests pass by, each in the smallest case that shows it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb, fmpq

from vreltui.analysis import examine
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.boolean_formula import Formula, Threshold
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.lifetimes import Exponential, Weibull
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.mean_contest import MeanContest, MeanLives
from vreltui.engine.mean_quotients import mean_of
from vreltui.engine.odds import bracket_root
from vreltui.engine.orders import candidate_orders
from vreltui.engine.outages import Frequencies
from vreltui.engine.over_amounts import bounds_over
from vreltui.engine.polynomial import odds_polynomial
from vreltui.engine.program import Source
from vreltui.engine.regions import GREATEST, End, Interval, intersect
from vreltui.engine.renewal import Clock, Upkeep
from vreltui.engine.same_function import MOST_STEPS, Difference
from vreltui.engine.steps import Leaf
from vreltui.engine.structure.building import structure_of
from vreltui.engine.structure.reduced_diagrams import ALWAYS, NEVER, Decisions
from vreltui.engine.subdivision import subdivide
from vreltui.storage import parse
from vreltui.wording.as_json import as_json


def evaluation(text: str) -> Evaluation:
    """The one choice of a design, whose root is the node ``all``."""
    design = parse(f"vreltui = 1\n{text}\n[choices.c]\nroot = 'all'\n").design
    return Study(design).evaluation("c")


def test_a_power_of_the_age_whose_shape_is_one_is_an_exponential() -> None:
    same = Exponential(fmpq(1000)).as_exponentials()
    assert same is not None
    for by_mean in (False, True):
        found = Weibull(fmpq(1000), fmpq(1), by_mean=by_mean).as_exponentials()
        assert found is not None
        assert found.terms == same.terms
    assert Weibull(fmpq(1000), fmpq(2)).as_exponentials() is None


def test_equal_ends_are_neither_before_nor_after_each_other() -> None:
    half, other = End.at(Fraction(1, 2)), End.at(Fraction(1, 2))
    assert half is not other
    assert half.compare(other) == 0
    assert half.compare(End.at(Fraction(1, 4))) == 1
    assert half.compare(End.at(Fraction(3, 4))) == -1


def test_an_interval_that_ends_first_makes_way_for_the_next() -> None:
    def interval(low: int, high: int) -> Interval:
        return Interval(End.at(Fraction(low, 10)), End.at(Fraction(high, 10)))

    one = [interval(0, 2), interval(3, 5)]
    for sides in ((one, [interval(1, 6)]), ([interval(1, 6)], one)):
        found = intersect(*sides)
        ends = [[float(end.pair(80)[0]) for end in (each.low, each.high)] for each in found]
        assert ends == [[0.1, 0.2], [0.3, 0.5]]


def test_a_chance_over_an_interval_is_no_wider_than_between_its_ends() -> None:
    life = Weibull(fmpq(100), fmpq(3))
    with precision(WORKING_BITS):
        works, fails = Upkeep(life).survival(arb(50).union(arb(150)))
        low, high = (-((arb(age) / 100) ** 3) for age in (150, 50))
        assert works.contains(low.exp())
        assert works.contains(high.exp())
        assert works.rad() < (high.exp() - low.exp()) * 0.51
        assert fails.rad() < (high.exp() - low.exp()) * 0.51


def test_an_age_that_is_rounded_about_a_multiple_of_a_clock_keeps_its_digits() -> None:
    of = Upkeep(Exponential(fmpq(5)), clock=Clock(fmpq(1, 3), fmpq(0)))
    with precision(WORKING_BITS):
        works, fails = of.survival(arb(10) / 3)
        wanted = (-arb(2) / 3).exp()
        assert works.overlaps(wanted)
        assert works.rel_accuracy_bits() > WORKING_BITS // 2
        assert fails.rel_accuracy_bits() > WORKING_BITS // 2


@pytest.mark.parametrize("age", [1, 2, 5, 10])
def test_bounds_over_many_ages_of_a_clock_hold_the_chance_at_each(age: int) -> None:
    life = Weibull(fmpq(50), fmpq(2))
    with precision(WORKING_BITS):
        clock = Clock(arb(1).union(arb(10)), fmpq(0))
        works, fails = Upkeep(life, clock=clock).survival(arb(100))
        survived = (-(100 // age) * (arb(age) / 50) ** 2).exp()
        assert works.overlaps(survived)
        assert fails.overlaps(1 - survived)


def test_a_failure_that_may_be_certain_bounds_what_several_periods_do() -> None:
    with precision(53):
        of = Upkeep(Exponential(arb(1).union(arb(100))), clock=Clock(fmpq(100), fmpq(0)))
        works, fails = of.survival(fmpq(200))
    for mean in (1, 10, 100):
        assert works.overlaps((-arb(200) / mean).exp())
        assert fails.overlaps(1 - (-arb(200) / mean).exp())
    assert fails > 0.8  # at least 1 - e^-2


def test_bounds_of_what_rises_are_as_sharp_as_its_ends() -> None:
    of = evaluation("""
[goal]
availability = 0.9
[parameters]
T = { time = "1 h" }
[nodes]
all = { mttf = "T", mttr = "10 h" }
""")
    low, high = bounds_over(of, {Source("T", is_parameter=True): arb(36_000).union(arb(108_000))})
    for (works, fails), wanted in ((low, 0.5), (high, 0.75)):
        assert float(works) == pytest.approx(wanted, rel=1e-6)
        assert float(fails) == pytest.approx(1 - wanted, rel=1e-6)
        assert works.rad() < 1e-9
        assert fails.rad() < 1e-9


def test_a_polynomial_of_too_many_digits_is_not_written() -> None:
    of = evaluation("""
[goal]
reliability = 0.9
[parameters]
p = 0.999
[nodes]
one = { reliability = "p" }
all = { of = "one", copies = 1000, needs = 500 }
""")
    # 1001 coefficients, each of three places and one digit more for every copy.
    with pytest.raises(Undecided, match="degree 1000 and 4004000 digits"):
        odds_polynomial(of, Source("p", is_parameter=True), Limits())


def test_trees_that_are_too_large_to_be_written_out_tell_no_difference_of_means() -> None:
    names = [f"n{number}" for number in range(MOST_STEPS + 1)]
    text = "".join(
        f"[nodes.{name}]\nmttf = '{number + 1} h'\n" for number, name in enumerate(names)
    )
    of = evaluation(f"[mission]\nmeasure = 'mttf'\n{text}[nodes.all]\nparts = {names}\nneeds = 1\n")
    assert of.program.size > MOST_STEPS
    assert Difference(of, of).mean() is None
    assert not Difference(of, of).is_nothing


def test_a_part_that_stands_in_two_places_is_listed_once() -> None:
    design = parse("""
vreltui = 1
[nodes]
one = { reliability = 0.9 }
other = { reliability = 0.8 }
both = { parts = ["one", "other"] }
two = { of = "both", copies = 2, needs = "any" }
three = { of = "both", copies = 3, needs = "any" }
all = { parts = ["two", "three"] }
[choices]
c = { root = "all" }
""").design
    order = structure_of(design, "c", Limits()).children_first()
    assert len(order) == len({id(part) for part in order})
    for at, part in enumerate(order):
        assert all(child in order[:at] for child in part.children)


def test_an_end_is_reached_by_branches_that_may_be_taken_alone() -> None:
    table = Decisions(Limits())
    below = table.make(1, ALWAYS, NEVER)
    root = table.make(0, below, NEVER)
    either, holds, fails = (True, True), (True, False), (False, True)
    assert table.reaches_never(root, [either, either])
    assert table.reaches_never(root, [holds, either])
    assert table.reaches_never(root, [fails, holds])
    assert not table.reaches_never(root, [holds, holds])
    assert table.reaches_never(root, [holds, holds], ALWAYS)
    assert not table.reaches_never(root, [fails, either], ALWAYS)
    assert not table.reaches_never(root, [either, fails], ALWAYS)


def test_a_part_of_its_own_goes_down_by_failures_and_by_plan() -> None:
    of = evaluation("""
[goal]
availability = 0.9
[nodes]
vm = { mttf = "1000 h", mttr = "10 h", planned = "2 h", every = "100 h" }
all = { of = "vm", copies = 2, needs = "any" }
[causes.x]
strikes = ["vm"]
beta = 0.1
""")
    fails = Fraction(1, 101)
    shock = fails / 10
    own = 1 - (1 - fails) / (1 - shock)
    # As long down as the member, 10 h at a time; and taken down 2 h in every 100 h.
    by_failures, by_plan = own / 10 * Fraction(98, 100), (1 - own) / 100
    leaves = [slot for slot, step in enumerate(of.program.steps) if isinstance(step, Leaf)]
    found = sorted(float(often) for slot in leaves if (often := Frequencies(of).of(slot)))
    assert found == pytest.approx(
        [float(shock / 36_000), float((by_failures + by_plan) / 3600)], rel=1e-12
    )


def test_means_that_differ_in_the_sixteenth_digit_are_told_apart() -> None:
    of = evaluation("""
[mission]
measure = "mttf"
[nodes]
one = { mttf = "1000 h", shape = 1.5 }
other = { mttf = "900 h", shape = 2 }
all = { parts = ["one", "other"], needs = "any" }
""")
    mean = MeanLives(of, Limits()).mean(120)
    assert isinstance(mean, arb)
    with precision(200):
        below = fmpq(int((mean * 2**200).lower().floor().unique_fmpz()), 2**200)
    near = Fraction(int(below.p), int(below.q))
    for by, sign in ((Fraction(1, 10**16), -1), (Fraction(-1, 10**16), 1)):
        assert MeanContest(MeanLives(of, Limits()), near * (1 + by), Limits()).sign() == sign


def test_a_root_where_the_function_is_all_but_flat_is_found() -> None:
    def flat(odds: arb, bits: int) -> arb:
        with precision(bits):
            by = odds - arb(fmpq(13, 10))
            return by * (-1 / abs(by)).exp()

    low, high = bracket_root(flat, arb("0.1"), arb(20))
    with precision(200):
        assert low < arb(fmpq(13, 10)) < high
        assert high - low < arb(2) ** -79


def thresholds(text: str, choice: str) -> Any:
    """What is told of the values that the parameters of a choice may have."""
    design = parse(f"vreltui = 1\n{text}").design
    return as_json("f", design, examine(design, [choice]))["choices"][choice]["thresholds"]


def test_a_time_at_which_a_figure_is_exactly_the_goal_is_told_exactly() -> None:
    found = thresholds(
        """
[goal]
availability = 0.5
[parameters]
T = { time = "9 h" }
[nodes]
vm = { mttf = "T", mttr = "5 h" }
[choices]
c = { root = "vm" }
""",
        "c",
    )
    assert found["T"]["intervals"] == [{"low": 18_000, "high": None}]
    assert found["T"]["sentence"] == "T must exceed 5 h"


SHARES = """
baseline = "moving"
[goal]
availability = 0.1
[parameters]
p = { value = 0.9 }
[nodes.process]
up = ["a"]
moves = [
  { from = "a", to = "b", after = "10 h", with = "p" },
  { from = "a", to = "c", after = "10 h", without = "p" },
  { from = "b", to = "a", after = "1 h" },
  { from = "c", to = "a", after = "10 h" },
]
[nodes]
vm = { reliability = "p" }
both = { parts = ["process", "vm"] }
[choices]
moving = { root = "process" }
given = { root = "vm" }
both = { root = "both" }
"""


def test_a_probability_on_one_side_and_a_share_of_moves_on_the_other() -> None:
    (interval,) = thresholds(SHARES, "given")["p"]["intervals"]
    # p = 10 / (20 - 9 p)
    assert interval["low"] == pytest.approx((20 - 40**0.5) / 18, rel=1e-12)
    assert interval["high"] == 1


def test_a_probability_that_is_a_share_of_moves_beside_it_is_not_decided() -> None:
    found = thresholds(SHARES, "both")["p"]
    assert found["undecided"] == "it is both a probability of its own and a share of moves"


def test_a_chance_to_contain_that_is_a_share_of_moves_as_well_gives_no_quotient() -> None:
    of = evaluation("""
[mission]
measure = "mttf"
[parameters]
T = { time = "1000 h" }
p = { value = 0.9 }
[nodes]
vm = { mttf = "T" }
pair = { of = "vm", copies = 2, needs = "any", contained = "p" }
[nodes.process]
up = ["a", "b"]
moves = [
  { from = "a", to = "b", after = "T", with = "p" },
  { from = "a", to = "c", after = "T", without = "p" },
  { from = "b", to = "c", after = "T" },
]
[nodes.all]
parts = ["process", "pair"]
""")
    assert mean_of(of, Source("p", is_parameter=True), share=True) is None
    assert mean_of(of, Source("T", is_parameter=True), share=False) is not None


def test_a_rival_alone_may_move_both_ways() -> None:
    text = """
baseline = "moving"
[goal]
reliability = 0.1
[mission]
time = "100 h"
[parameters]
T = { time = "900 h" }
[nodes]
still = { reliability = 0.2 }
one = { mttf = "T" }
other = { scale = "T", shape = 2 }
gone = { parts = ["other"], needs = "none" }
both = { parts = ["one", "gone"] }
[choices]
still = { root = "still" }
moving = { root = "both" }
"""

    def beyond(inverse: mpmath.mpf) -> mpmath.mpf:
        return mpmath.exp(-inverse) * -mpmath.expm1(-(inverse**2)) - mpmath.mpf("0.2")

    low, high = (360_000 / mpmath.findroot(beyond, start) for start in (1.5, 0.6))
    found = thresholds(text, "still")["T"]["intervals"]
    first, last = found
    assert (first["low"], last["high"]) == (0, None)
    assert first["high"] == pytest.approx(float(low), rel=1e-9)
    assert last["low"] == pytest.approx(float(high), rel=1e-9)


@pytest.mark.parametrize("least", [0.001, 0.999])
def test_tiny_chances_are_told_apart_by_themselves(least: float) -> None:
    design = parse(f"""
vreltui = 1
[parameters]
p = 0.5
[nodes]
one = {{ reliability = "p" }}
own = {{ of = "one", copies = 30, needs = "all" }}
less = {{ of = "one", copies = 29, needs = "all" }}
still = {{ reliability = {least} }}
rival = {{ parts = ["less", "still"] }}
[choices]
own = {{ root = "own" }}
rival = {{ root = "rival" }}
""").design
    own, rival = (Study(design).evaluation(choice) for choice in ("own", "rival"))
    p = Source("p", is_parameter=True)
    (interval,) = subdivide(own, rival, (p, p), Limits())
    assert float(interval.low.pair(80)[0]) == pytest.approx(least, rel=1e-15)
    assert interval.high is GREATEST


def test_an_order_has_what_is_below_before_what_stands_beside_it() -> None:
    formula = Formula()
    atoms = [formula.add_atom()[0] for _ in range(5)]
    one = formula.add(Threshold(1, (atoms[3], atoms[1])))
    other = formula.add(Threshold(1, (atoms[3], atoms[2])))
    root = formula.add(Threshold(2, (atoms[0], one, atoms[4], other)))
    # Deepest first: of each line the atom that is read most often, and the root's own last.
    assert dict(candidate_orders(formula, [root], [5])) == {5: (3, 2, 1, 4, 0)}
