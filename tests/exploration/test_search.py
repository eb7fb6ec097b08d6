"""Spaces that are searched, not listed: the answers of a list, and known optima."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from tests.effort import LONG, cases
from tests.exploration.allocation_table import optima
from tests.exploration.fyffe import MOST, PROVEN, SUBSYSTEMS, fyffe
from tests.exploration.test_random import small_space, spaces
from vreltui.engine.limits import Limits, Undecided
from vreltui.exploration.best_of_space import BestOfSpace
from vreltui.exploration.class_counts import classes
from vreltui.exploration.exploring import explore
from vreltui.exploration.proven_families import ProvenFamilies
from vreltui.exploration.question import Question, question_of
from vreltui.exploration.remaining import Remaining
from vreltui.exploration.results import Elimination, Exploration
from vreltui.exploration.search_families import proving_of
from vreltui.exploration.space import Space
from vreltui.exploration.tasks import InProcess
from vreltui.storage import parse


class Searched(BestOfSpace):
    """The answers of a search in this process."""

    def __init__(self, question: Question) -> None:
        self.proving = proving_of(question, Limits())
        super().__init__(self.proving.search, InProcess(self.proving))

    def eliminations(self, depth: int) -> tuple[Elimination, ...]:
        return ProvenFamilies(self.proving, self.work, depth).found()


@pytest.mark.parametrize("seed", spaces(cases(24, 300)))
def test_a_search_answers_as_a_list_does(seed: int) -> None:
    design = small_space(seed)
    assert design is not None
    question = question_of(design)
    listed = explore(question, Limits())
    search = Searched(question)
    if search.search.moving_both:
        with pytest.raises(Undecided, match="moves the baseline as well"):
            search.top(1)
        return
    assert tuple(search.top(10)) == listed.top
    for name in design.resources:
        assert search.cheapest(name) == listed.cheapest[name]
        assert tuple(search.front((name,))) == listed.fronts[(name,)]
    assert search.eliminations(2) == listed.eliminations
    assert_counts(search, listed)


def assert_counts(search: Searched, listed: Exploration) -> None:
    """How many are of each class lies between what the search says."""
    for name, count in classes(search.search).items():
        low, high = (count, count) if isinstance(count, int) else count
        exact = listed.classes[name]
        assert isinstance(exact, int)
        assert low <= exact <= high


def test_what_remains_is_counted_without_listing() -> None:
    design = parse(
        "vreltui = 1\n[parameters]\n"
        + "".join(f"n{i} = {{ count = 1, range = [1, 9] }}\n" for i in range(12))
        + "[nodes.a]\nreliability = 0.9\n"
        + "".join(f'[nodes.p{i}]\nof = "a"\ncopies = "n{i}"\n' for i in range(12))
        + "[nodes.all]\nparts = [" + ", ".join(f'"p{i}"' for i in range(12)) + "]\n"
        + '[choices.c]\nroot = "all"\n'
    ).design  # fmt: skip
    question = question_of(design)
    space = Space(design, question.choices, None, {})
    assert space.total == 9**12
    left = Remaining(space.blocks)
    assert left.without((("n0", 1),)) == 8 * 9**11
    assert left.without((("n1", 1), ("n2", 2))) == 8 * 9**9 * 80
    assert left.without((("n2", 2), ("n3", 3))) == 8 * 9**8 * (729 - 9 - 9 + 1)
    assert left.without(()) == 0


def test_the_proven_optima_are_those_of_a_table_over_cost_and_weight() -> None:
    found = optima(SUBSYSTEMS, MOST, cost=130, weight=191)
    assert {weight: f"{found[weight]:.6f}"[1:] for weight in PROVEN} == PROVEN


@pytest.mark.parametrize("weight", PROVEN if LONG else (191, 159))
def test_redundancy_allocation_comes_to_the_proven_optimum(weight: int) -> None:
    """Fyffe, Hines and Lee 1968, as modified by Nakagawa and Miyazaki 1981: 7.6e33 variants."""
    question = question_of(parse(fyffe(14, weight)).design)
    (best,) = Searched(question).top(1)
    assert f"{best.figure.reliability:.6f}"[1:] == PROVEN[weight]
    assert best.uses["weight"] <= weight
    assert best.uses["cost"] <= 130


def test_a_part_of_it_is_answered_at_once() -> None:
    """The first four subsystems within a part of cost and weight: 5.9e10 variants."""
    question = question_of(parse(fyffe(4, 60, cost=40)).design)
    search = Searched(question)
    assert search.search.space.total == 494 * 164 * 494 * 164
    (best,) = search.top(1)
    assert best.uses["weight"] <= 60
    front = search.front(("cost",))
    assert front[-1].figure == best.figure
    assert all(
        one.uses["cost"] < other.uses["cost"]
        and one.figure.unreliability > other.figure.unreliability
        for one, other in pairwise(front)
    )
    cheaper = question_of(parse(fyffe(4, 60, cost=int(best.uses["cost"]) - 1)).design)
    (second,) = Searched(cheaper).top(1)
    assert second.figure == max(
        (each.figure for each in front if each.uses["cost"] < best.uses["cost"]),
        key=lambda figure: figure.reliability,
    )
    assert Fraction(second.uses["cost"]) < best.uses["cost"]


_AMOUNTS = """\
vreltui = 1
[resources]
euro = {{ limit = {limit} }}
[catalogues.s]
A = {{ reliability = 0.9, uses = {{ euro = {a} }} }}
B = {{ reliability = 0.99, uses = {{ euro = {b} }} }}
[nodes.one]
from = "s"
[nodes.two]
from = "s"
[nodes.all]
parts = ["one", "two"]
[choices.c]
root = "all"
"""


def test_a_limit_may_be_beyond_all_amounts() -> None:
    question = question_of(parse(_AMOUNTS.format(limit="1e25", a="0.1", b="0.2")).design)
    (best,) = Searched(question).top(1)
    assert best.uses["euro"] == Fraction("0.4")


@pytest.mark.parametrize("amount", ["1e12", "3e9"])
def test_amounts_that_are_too_large_to_be_exact_are_said(amount: str) -> None:
    # 3e9 euro in parts of 1e-9 are below the greatest number of 64 bits, and twice that is not.
    question = question_of(parse(_AMOUNTS.format(limit="1e25", a="1e-9", b=amount)).design)
    with pytest.raises(Undecided, match="more digits than a search counts with"):
        Searched(question).top(1)
    assert explore(question, Limits()).best is not None  # a list counts without bounds


def test_a_mix_that_a_choice_sets_settles_how_many_copies_there_are() -> None:
    design = parse("""
vreltui = 1
goal = { reliability = 0.9 }
[resources]
euro = {}
[parameters]
n = { count = 3, range = [2, 4] }
[catalogues.disks]
D1 = { reliability = 0.9, uses = { euro = 1 } }
D2 = { reliability = 0.8, uses = { euro = 2 } }
[nodes.disk]
from = "disks"
copies = "n"
mix = true
needs = 2
[choices.taken]
root = "disk"
set = { disk = { D1 = 2, D2 = 1 } }
[choices.free]
root = "disk"
""").design
    found = explore(question_of(design, ("taken",)), Limits())
    assert found.total == 1
    assert found.decisions == {}
    (only,) = found.top
    # Two of three: both first ones, or one of them and the third.
    assert only.figure is not None
    assert only.figure.reliability == pytest.approx(0.81 + 2 * 0.09 * 0.8, rel=1e-14)
    # Three, four and five mixes of two, three and four disks.
    assert explore(question_of(design), Limits()).total == 1 + 3 + 4 + 5
