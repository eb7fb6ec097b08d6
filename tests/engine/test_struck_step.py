"""Members that a cause with several letters strikes: how many work, by all states of all events."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb
from random import Random

import pytest
from flint import arb

from vreltui.engine import members_at_once
from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import precision
from vreltui.engine.compiler import compile_program
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.stated_values import values_of
from vreltui.engine.steps import Struck
from vreltui.engine.struck_step import working
from vreltui.model import Design
from vreltui.model.struck import expanded
from vreltui.storage import parse

FRACTIONS = Arithmetic(Fraction(0), Fraction(1))


def states(fails: Sequence[Fraction]) -> dict[frozenset[int], Fraction]:
    """The chance of each set of members that fail, event by event."""
    members = len(fails)
    found = {frozenset[int](): Fraction(1)}
    for size, q in enumerate(fails, 1):
        for struck in combinations(range(members), size):
            after: dict[frozenset[int], Fraction] = {}
            for failed, chance in found.items():
                both = failed.union(struck)
                after[both] = after.get(both, Fraction(0)) + chance * q
                after[failed] = after.get(failed, Fraction(0)) + chance * (1 - q)
            found = after
    return found


@pytest.mark.parametrize("members", range(1, 6))
def test_each_state_of_the_members_has_its_chance(members: int) -> None:
    chance = Random(members)
    fails = [Fraction(chance.randint(0, 9), 10) for _ in range(members)]
    found = working(FRACTIONS, [(1 - q, q) for q in fails])
    for failed, expected in states(fails).items():
        assert found[members - len(failed)] == expected
    assert sum(ways * comb(members, j) for j, ways in enumerate(found)) == 1


def test_the_slopes_are_those_of_the_pair() -> None:
    step = Struck((2, 3, 4), (0, 1, 5), ((1, 2, 0, 0), (0, 0, 1, 1), (0, 1, 2, 0)))

    def root(fails: Sequence[Fraction]) -> Fraction:
        chances = working(FRACTIONS, [(1 - q, q) for q in fails[:3]])
        parts = (Fraction(0), Fraction(1), 1 - fails[3])
        terms = zip(step.ways, parts, strict=True)
        return sum(
            (n * chances[j] * part for ways, part in terms for j, n in enumerate(ways)), Fraction(0)
        )

    fails = [Fraction(1, 5), Fraction(1, 7), Fraction(1, 3), Fraction(1, 4)]
    with precision(128):
        q = [arb(1), arb(0), *(arb(each.numerator) / each.denominator for each in fails)]
        r = [1 - each for each in q]
        found = dict(zip(step.inputs, step.slopes(r, q, {}), strict=True))
    tiny = Fraction(1, 10**9)
    for slot, at in ((2, 0), (3, 1), (4, 2), (5, 3)):
        moved = [each + tiny * (number == at) for number, each in enumerate(fails)]
        expected = (root(fails) - root(moved)) / tiny
        assert abs(float(found[slot].mid()) - float(expected)) < 1e-7


TREE = """
vreltui = 1
[parameters]
R = 0.9
{letters}
[nodes]
{members}
left = {{ parts = ["m0", "x", "m1"], needs = 2 }}
right = {{ parts = ["m2", "x", "both", "m4"], needs = "any" }}
both = {{ parts = ["m0", "m3"] }}
x.reliability = 0.7
top.parts = ["left", "right"]
whole = {{ parts = ["top", {names}], needs = 4 }}
[causes]
bug = {{ strikes = [{names}], {model} = [{used}]{split} }}
[choices]
one.root = "whole"
"""

LETTERS = {
    "mgl": ["0.3", "0.4", "0.5", "0.2"],
    "alpha": ["0.9", "0.05", "0.03", "0.01", "0.01"],
    "phi": ["0.9", "0.05", "0.03", "0.01", "0.01"],
}


def struck_tree(model: str, split: str = "") -> Design:
    letters = LETTERS[model]
    names = ", ".join(f'"m{number}"' for number in range(5))
    text = TREE.format(
        letters="\n".join(f"l{number} = {letter}" for number, letter in enumerate(letters)),
        members="\n".join(f'm{number}.reliability = "R"' for number in range(5)),
        names=names,
        model=model,
        used=", ".join(f'"l{number}"' for number in range(len(letters))),
        split=split,
    )
    return parse(text).design


@pytest.mark.parametrize("split", ["", ', split = "open-psa"'])
@pytest.mark.parametrize("model", LETTERS)
def test_a_tree_is_the_same_as_with_each_shock_by_itself(
    model: str, split: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = struck_tree(model, split)
    figures = []
    for fewest in (2, 9):
        monkeypatch.setattr(members_at_once, "FEWEST", fewest)
        program = compile_program(expanded(design, "one"), "whole")
        assert any(isinstance(step, Struck) for step in program.steps) == (fewest == 2)
        evaluation = Evaluation(program, values_of(design, program, "one"))
        slopes = [evaluation.slope(source) for source in sorted(evaluation.program.leaves)]
        nodes = [evaluation.pair(program.nodes[name]) for name in ("m0", "both", "left", "right")]
        figures.append([*evaluation.pair(), *slopes, *(side for pair in nodes for side in pair)])
    for one, other in zip(*figures, strict=True):
        assert one.overlaps(other)
        assert one.rel_accuracy_bits() > 100
