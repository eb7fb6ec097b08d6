"""What is printed says what is meant: read by the usual rules, it agrees with the engine.

The readers of notation.py know nothing of the program. The text and the LaTeX of formulas and
conditions are read, evaluated at random points, and compared with exact arithmetic.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import mpmath
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.effort import cases, some_of
from tests.oracle import designs
from tests.symbolic.exactly import Duel, Point, random_point, reliability
from tests.symbolic.notation import MisreadError, read_latex, read_text
from tests.symbolic.test_random import questions
from vreltui.model import Design, Probability
from vreltui.storage import parse, read
from vreltui.storage.keep.locations import shipped_designs
from vreltui.symbolic import Condition, Formula, Writing
from vreltui.symbolic.choice_expressions import formula
from vreltui.symbolic.conditions import condition
from vreltui.symbolic.notation import name_latex, name_text
from vreltui.symbolic.results import RefusedError
from vreltui.symbolic.symbols import Meaning

POINTS = 3


def number(value: Fraction) -> Any:
    with mpmath.workdps(80):
        return mpmath.mpf(value.numerator) / value.denominator


class Read:
    """An answer as its reader sees it: values of the names, named parts worked out."""

    def __init__(self, answer: Formula | Condition, design: Design, point: Point) -> None:
        self.text: dict[str, Any] = {}
        self.latex: dict[str, Any] = {}
        for name, value in point.items():
            kind = "probability" if isinstance(value, Probability) else "count"
            exact = (
                number(value.reliability) if isinstance(value, Probability) else mpmath.mpf(value)
            )
            meaning = Meaning(kind, name)  # type: ignore[arg-type]
            self.text[name_text(meaning)] = exact
            self.latex[name_latex(meaning)] = exact
        if isinstance(answer, Condition) and answer.given:
            (given,) = answer.given
            assert design.target is not None
            exact = number(design.target.reliability)
            self.text[given.text.split(" = ")[0]] = exact
            self.latex[given.latex.split(" = ")[0]] = exact
        for part in answer.parts:
            value, again = self.values(part.value)
            assert part.name.text not in self.text
            assert part.name.latex not in self.latex
            self.text[part.name.text], self.latex[part.name.latex] = value, again

    def values(self, written: Writing) -> tuple[Any, Any]:
        by_text = read_text(written.text).value(self.text)
        return by_text, read_latex(written.latex, [*self.latex]).value(self.latex)

    def holds(self, written: Writing) -> bool | None:
        by_text = read_text(written.text).holds(self.text)
        by_latex = read_latex(written.latex, [*self.latex]).holds(self.latex)
        assert by_text is by_latex, (written.text, written.latex)
        return by_text


@pytest.mark.parametrize("start", range(3))
def test_a_printed_formula_is_the_engines_figure(start: int) -> None:
    @seed(start)
    @settings(max_examples=cases(30, 80), database=None)
    @given(designs(), st.integers(0, 1 << 30))
    def check(design: Design, dice: int) -> None:
        point = random_point(design, random.Random(dice))
        for choice in design.choices:
            seen = {**point, **design.choices[choice].set}
            answer = formula(design, choice)
            exact = number(reliability(design, choice, seen))
            for value in Read(answer, design, seen).values(answer.value):
                assert abs(value - exact) < mpmath.mpf(10) ** -45, answer.value

    check()


def compare(answer: Condition, duel: Duel, point: Point) -> int:
    """The printed answer against the exact margin at a point; how many statements were about it."""
    if answer.outcome in ("always", "never"):
        return 0
    seen = Read(answer, duel.design, point)
    wins = duel.margin(point) > 0
    assert answer.comparison is not None
    assert seen.holds(answer.comparison) in (wins, None), answer.comparison
    held = [seen.holds(statement) for statement in answer.solved]
    if held and None not in held:
        assert any(held) is wins, [statement.text for statement in answer.solved]
        return len(held)
    return 0


@pytest.mark.parametrize("start", range(3))
def test_a_printed_condition_holds_where_the_choice_wins(start: int) -> None:
    @seed(start)
    @settings(max_examples=cases(15, 25), database=None)
    @given(designs(), st.integers(0, 1 << 30))
    def check(design: Design, dice: int) -> None:
        chance = random.Random(dice)
        for choice, rival, unknown in some_of(questions(design), 5, chance):
            answer = condition(design, choice, rival, unknown)
            duel = Duel(design, choice, rival, unknown)
            for _ in range(POINTS):
                compare(answer, duel, random_point(design, chance))

    check()


# Pools of pools

COPIES = {"any": ("m", "2"), "all": ("m", "2"), "2": ("3",)}


def nested_pools(goal: str | None) -> Iterator[Design]:
    """A machine, copies of it, and copies of those, in series with or beside another part."""
    kinds = [(needs, copies) for needs, all_copies in COPIES.items() for copies in all_copies]
    for (inner, few), (outer, many), beside in product(kinds, kinds, ("all", "any", "")):
        yield nested_pool((inner, few), (outer, many.replace("m", "n")), beside, goal)


def nested_pool(
    inner: tuple[str, str], outer: tuple[str, str], beside: str, goal: str | None
) -> Design:
    def pool(of: str, needs: str, copies: str) -> str:
        needed = needs if needs.isdigit() else f'"{needs}"'
        number = copies if copies.isdigit() else f'"{copies}"'
        return f'{{of = "{of}", copies = {number}, needs = {needed}}}'

    root = "outer" if not beside else "both"
    return parse(
        f"""
vreltui = 1
[limits]
copies = 8
{f"[goal]{chr(10)}reliability = {goal}" if goal else ""}
[parameters]
a = 0.9
b = 0.7
c = 0.6
m = {{count = 2}}
n = {{count = 3}}
[nodes]
machine = {{reliability = "a"}}
beside = {{reliability = "b"}}
rival = {{reliability = "c"}}
inner = {pool("machine", *inner)}
outer = {pool("inner", *outer)}
both = {{parts = ["outer", "beside"], needs = "{beside or "all"}"}}
[choices.it]
root = "{root}"
[choices.rival]
root = "rival"
"""
    ).design


@pytest.mark.parametrize("goal", ["0.6", None])
def test_pools_of_pools_are_solved_for_every_parameter(goal: str | None) -> None:
    chance = random.Random(7)
    told = 0
    for design in nested_pools(goal):
        names = design.parameters_below(design.choices["it"].root)
        for unknown in names:
            rival = None if goal else "rival"
            answer = condition(design, "it", rival, unknown)
            assert answer.outcome in ("solved", "always"), (answer.comparison, answer.reason)
            duel = Duel(design, "it", rival, unknown)
            for _ in range(cases(3, 4)):
                told += compare(answer, duel, random_point(design, chance))
    assert told > cases(400, 500)


@pytest.mark.parametrize(
    ("inner", "outer", "unknown", "solved"),
    [
        (("all", "2"), ("any", "2"), "a", "a > sqrt(1 - sqrt(1 - c))"),
        (("all", "m"), ("any", "n"), "a", "a > [1 - (1 - c)^(1/n)]^(1/m)"),
        (("all", "m"), ("any", "n"), "m", "m < log(1 - (1 - c)^(1/n)) / log(a)"),
        (("any", "m"), ("all", "n"), "n", "n < log(c) / log(1 - (1 - a)^m)"),
        (("all", "m"), ("all", "n"), "n", "n < log(c) / [m log(a)]"),
        (("2", "3"), ("any", "n"), "a", "a > 0.5 - sin(asin(2 (1 - c)^(1/n) - 1) / 3)"),
    ],
)
def test_nested_powers_read_back(
    inner: tuple[str, str], outer: tuple[str, str], unknown: str, solved: str
) -> None:
    answer = condition(nested_pool(inner, outer, "", None), "it", "rival", unknown)
    assert [writing.text for writing in answer.solved] == [solved]


def test_a_vote_against_a_goal_is_solved_by_an_angle() -> None:
    design = nested_pool(("2", "3"), ("any", "1"), "", "0.784")
    answer = condition(design, "it", None, "a")
    assert [writing.text for writing in answer.solved] == ["a > 0.5 + sin(asin(2 R - 1) / 3)"]
    end = read_text(answer.solved[0].text.removeprefix("a > ")).value({"R": mpmath.mpf("0.784")})
    assert float(end) == pytest.approx(0.7, abs=1e-12)


def test_equal_powers_of_two_pools_are_compared_without_them() -> None:
    design = parse(
        """
        vreltui = 1
        [parameters]
        a = 0.9
        b = 0.8
        c = 0.7
        n = {count = 3}
        [nodes]
        na = {reliability = "a"}
        nb = {reliability = "b"}
        nc = {reliability = "c"}
        pair = {parts = ["na", "nb"]}
        pairs = {of = "pair", copies = "n", needs = "any"}
        singles = {of = "nc", copies = "n", needs = "any"}
        [choices]
        one = {root = "pairs"}
        two = {root = "singles"}
        """
    ).design
    answer = condition(design, "one", "two", "a")
    assert answer.comparison is not None
    assert answer.comparison.text == "a b > c"
    assert [writing.text for writing in answer.solved] == ["a > c / b"]
    assert [writing.text for writing in answer.notes] == ["no a below 1 when c >= b"]


def test_names_that_could_be_misread_are_set_apart() -> None:
    """Functions, the index of a sum, and the names that the program gives to subtrees."""
    names = ("log", "C", "i", "R", "P1", "P_1", "asin", "R_")
    parameters = "\n".join(f"{name} = 0.{9 - k}" for k, name in enumerate(names))
    nodes = "\n".join(f'{name}-node = {{reliability = "{name}"}}' for name in names)
    several = ", ".join(f'"{name}-node"' for name in names)
    design = parse(
        f"""
vreltui = 1
[goal]
reliability = 0.5
[parameters]
{parameters}
n = {{count = 9}}
[nodes]
{nodes}
vote = {{parts = [{several}], needs = 4}}
pool = {{of = "i-node", copies = "n", needs = "majority"}}
both = {{parts = ["vote", "pool"]}}
[choices.it]
root = "both"
"""
    ).design
    point = random_point(design, random.Random(3))
    answer = formula(design, "it")
    assert answer.parts
    exact = number(reliability(design, "it", point))
    for value in Read(answer, design, point).values(answer.value):
        assert abs(value - exact) < mpmath.mpf(10) ** -45


@pytest.mark.parametrize("bad", ["a ^ b) + 1", "(a + b", "a +", "log(a", "2 > "])
def test_the_readers_refuse_what_is_no_expression(bad: str) -> None:
    with pytest.raises(MisreadError):
        read_text(bad)


@pytest.mark.parametrize("bad", [r"a^{b}^{c}", r"\left(a", r"\frac{a}", r"\unknown{a}"])
def test_latex_that_does_not_compile_is_refused(bad: str) -> None:
    with pytest.raises(MisreadError):
        read_latex(bad, ["a", "b", "c"])


# A real LaTeX

NO_LATEX = "pdflatex is not installed (Debian has it in texlive-latex-base)"


def everything_written() -> Iterator[Writing]:
    """Formulas and conditions of the shipped designs and of pools of pools."""
    for path in shipped_designs():
        design = read(path).design
        for choice in design.choices:
            try:
                answer = formula(design, choice)
            except RefusedError:  # a life that is renewed by the clock
                continue
            yield answer.value
            yield from (part.value for part in answer.parts)
        for question in list(questions(design))[: cases(3, 20)]:
            with suppress(RefusedError):
                yield from statements(condition(design, *question))
    for design in list(nested_pools("0.6"))[:: cases(6, 1)]:
        for unknown in design.parameters_below(design.choices["it"].root):
            yield from statements(condition(design, "it", None, unknown))


def statements(answer: Condition) -> Iterator[Writing]:
    if answer.comparison is not None:
        yield answer.comparison
    yield from (*answer.solved, *answer.notes, *answer.given)
    yield from (part.value for part in answer.parts)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason=NO_LATEX)
def test_latex_compiles(tmp_path: Path) -> None:
    lines = [rf"\[{written.latex}\]" for written in everything_written()]
    assert len(lines) > 200
    page = "\n".join(
        [r"\documentclass{article}", r"\usepackage{amsmath}", r"\begin{document}", *lines]
    )
    (tmp_path / "page.tex").write_text(page + "\n\\end{document}\n", encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
