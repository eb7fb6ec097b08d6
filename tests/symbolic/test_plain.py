"""Formulas that are written without sympy read as sympy's do, letter by letter."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.effort import cases
from tests.oracle import designs
from tests.symbolic.test_bounds import racks
from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Pool, Probability
from vreltui.storage import read
from vreltui.symbolic import Answer, Formula, Refusal, RefusedError, Request
from vreltui.symbolic.answering import plain_answer
from vreltui.symbolic.choice_expressions import formula
from vreltui.symbolic.plain_expressions import (
    Add,
    BeyondPlainError,
    Mul,
    Plain,
    Power,
    Symbol,
    Whole,
    product,
    total,
)

SHIPPED = sorted((Path(__file__).parents[2] / "designs").glob("*.toml"))


def by_sympy(design: Design, choice: str) -> Answer:
    """The formula that sympy writes, without its source."""
    try:
        found = formula(design, choice)
    except RefusedError as reason:
        return Refusal(choice, str(reason))
    parts = tuple(
        replace(part, name=replace(part.name, sympy=""), value=replace(part.value, sympy=""))
        for part in found.parts
    )
    return Formula(choice, replace(found.value, sympy=""), parts)


def answers_alike(design: Design) -> int:
    """How many choices are written without sympy; each has to read as sympy's does."""
    written = 0
    for choice in design.choices:
        request = Request(design, (choice,), source=False)
        answer = plain_answer(request, choice)
        if answer is not None:
            written += 1
            assert answer == by_sympy(request.named, choice)
    return written


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_design_reads_the_same(path: Path) -> None:
    answers_alike(read(path).design)


@pytest.mark.parametrize("start", range(2))
def test_random_designs_read_the_same(start: int) -> None:
    @seed(start)
    @settings(max_examples=cases(60, 600), database=None)
    @given(designs())
    def check(design: Design) -> None:
        answers_alike(design)

    check()


def random_tree(dice: random.Random) -> Design:
    """A tree without sharing: groups of all kinds, pools, set counts, equal and given numbers."""
    nodes: list[Node] = []
    parameters: dict[str, Parameter] = {}
    numbers = count()

    def number() -> str | Probability:
        chance = dice.random()
        if chance < 0.2:
            return Probability.of(dice.choice(["0.9", "0.95", "0.5"]))
        name = f"R{dice.randrange(8)}"
        parameters[name] = Parameter(name, Probability.of("0.9"))
        return name

    def made(depth: int) -> str:
        name = f"n{next(numbers)}"
        kind = "component" if depth == 0 else dice.choice(["component", "all", "any", "k", "pool"])
        if kind == "component":
            nodes.append(Component(name=name, reliability=number()))
            return name
        if kind == "pool":
            copies: int | str = dice.randint(1, 9)
            if dice.random() < 0.4:
                copies = "n"
                parameters["n"] = Parameter("n", 3)
            few: Any = dice.choice([1, "all"]) if copies == "n" else dice.randint(1, int(copies))
            part = made(depth - 1)
            nodes.append(Pool(name=name, of=part, copies=copies, needs=few))
            return name
        parts = tuple(made(depth - 1) for _ in range(dice.randint(1, 5)))
        needs: Any = dice.randint(1, len(parts)) if kind == "k" else kind
        nodes.append(Group(name=name, parts=parts, needs=needs))
        return name

    root = made(dice.randint(1, 4))
    return Design(
        parameters=parameters,
        nodes={node.name: node for node in nodes},
        choices={"all": Choice(name="all", root=root)},
    )


def test_trees_read_the_same_and_need_no_sympy() -> None:
    """What shares nothing, and asks for no sum that is not carried out, needs none."""
    tried = cases(150, 3000)
    written = sum(answers_alike(random_tree(random.Random(number))) for number in range(tried))
    assert written > 0.9 * tried


def test_a_thousand_components_are_named_alike() -> None:
    assert answers_alike(racks(25, 40)) == 1


def same(ours: Plain, theirs: Any) -> bool:
    """Whether two expressions are the same, their parts in the same order."""
    if isinstance(ours, Whole):
        return bool(theirs.is_Integer and int(theirs) == ours.p)
    if isinstance(ours, Symbol):
        return bool(theirs.is_Symbol and theirs.name == ours.name)
    kind = {Power: sympy.Pow, Mul: sympy.Mul, Add: sympy.Add}[type(ours)]
    return (
        type(theirs) is kind
        and len(ours.args) == len(theirs.args)
        and all(map(same, ours.args, theirs.args))
    )


def _grown(dice: random.Random, pool: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    """What one random operation makes of expressions of both algebras."""
    (ours, theirs), (our_other, their_other) = dice.choice(pool), dice.choice(pool)
    number = dice.choice([-3, -2, -1, 2, 3, 10])
    some = [dice.choice(pool) for _ in range(dice.randint(1, 4))]
    match dice.randrange(9):
        case 0 | 1:
            return 1 - ours, 1 - theirs
        case 2:
            return ours * our_other, theirs * their_other
        case 3:
            return ours ** abs(number), theirs ** abs(number)
        case 4:
            return ours ** pool[5][0], theirs ** pool[5][1]
        case 5:
            return ours - our_other, theirs - their_other
        case 6:
            return number * ours, number * theirs
        case 7:
            return total(*(one for one, _ in some)), sympy.Add(*(other for _, other in some))
        case _:
            return product(*(one for one, _ in some)), sympy.Mul(*(other for _, other in some))


@given(st.integers(0, 1 << 30))
@settings(max_examples=cases(150, 3000), database=None)
def test_expressions_simplify_as_sympys_do(number: int) -> None:
    dice = random.Random(number)
    pool: list[tuple[Any, Any]] = [
        (Symbol(name), sympy.Symbol(name, positive=True, integer=name == "x00006" or None))
        for name in (f"x{i:05d}" for i in range(1, 7))
    ]
    for _ in range(25):
        try:
            ours, theirs = _grown(dice, pool)
        except BeyondPlainError:
            continue
        assert same(ours, theirs), (ours, sympy.srepr(theirs))
        if sympy.count_ops(theirs) < 25:
            pool.append((ours, theirs))


_COUNTED = """
import subprocess, sys
from vreltui.cli.main import run
subprocess.Popen = None
status = run(["formula", *sys.argv[1:]])
assert "sympy" not in sys.modules
raise SystemExit(status)
"""


@pytest.mark.parametrize("notation", ["text", "latex"])
def test_the_command_neither_imports_sympy_nor_starts_a_process(notation: str) -> None:
    path = Path(__file__).parents[2] / "designs" / "single-node.toml"
    command = [sys.executable, "-c", _COUNTED, str(path), "--format", notation]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "R_" in done.stdout
