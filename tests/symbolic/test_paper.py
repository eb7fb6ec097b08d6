"""The paper's equations, from the shipped designs, up to symbolic equivalence and as they read."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from tests.symbolic.exactly import run
from vreltui.model import Design
from vreltui.storage import read
from vreltui.storage.keep.locations import shipped_designs
from vreltui.symbolic import Condition
from vreltui.symbolic.choice_expressions import formula
from vreltui.symbolic.conditions import condition
from vreltui.wording.conditions import condition_sentences

DESIGNS = {path.stem: path for path in shipped_designs()}


def design(name: str) -> Design:
    return read(DESIGNS[name]).design


def symbol(name: str) -> Any:
    return sympy.Symbol(name, positive=True, integer=True if name == "n" else None)


R_H, R_V, R_M, R_F, R_f = map(symbol, ("R_H", "R_V", "R_M", "R_F", "R_f"))
R_MP, R, N = map(symbol, ("R_Mprime", "R", "n"))
ANY = 1 - (1 - R_M) ** N


def reliability(name: str, choice: str) -> Any:
    answer = formula(design(name), choice)
    return run(answer.declarations, answer.parts, answer.value.sympy)[0]


@pytest.mark.parametrize(
    ("name", "choice", "expected", "text"),
    [
        ("hypervisor-vs-bare", "nv", R_H * R_M, "R_H R_M"),
        ("hypervisor-vs-bare", "vms", R_H * R_V * ANY, "R_H R_V [1 - (1 - R_M)^n]"),
        (
            "vote-2-of-3",
            "vote",
            R_H * R_V * (3 * R_M**2 - 2 * R_M**3),
            "R_H R_V (3 R_M^2 - 2 R_M^3)",
        ),
        (
            "function-in-hypervisor",
            "c1",
            R_H * R_V * (1 - (1 - R_f * R_MP) ** N),
            "R_H R_V [1 - (1 - R_Mprime R_f)^n]",
        ),
    ],
)
def test_reliability(name: str, choice: str, expected: Any, text: str) -> None:
    assert sympy.simplify(reliability(name, choice) - expected) == 0
    assert formula(design(name), choice).value.text == text


def test_machines_with_a_reliability_each() -> None:
    machines = [symbol(f"R_M{i}") for i in (1, 2, 3)]
    expected = R_H * R_V * (1 - sympy.prod([1 - machine for machine in machines]))
    assert reliability("single-node", "diverse") == expected
    text = formula(design("single-node"), "diverse").value.text
    assert text == "R_H R_V [1 - (1 - R_M1) (1 - R_M2) (1 - R_M3)]"


EQUATIONS = {
    1: ("hypervisor-vs-bare", "vms", "nv", "R_V"),
    2: ("replica-count", "vms", None, "n"),
    3: ("function-in-hypervisor", "c2", "c1", "R_F"),
    4: ("vote-2-of-3", "vote", "nv", "R_V"),
}


def equation(number: int) -> Condition:
    name, *question = EQUATIONS[number]
    assert name is not None
    return condition(design(name), *question)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "unknown", "bound"),
    [
        (1, R_V, R_M / ANY),
        (2, N, sympy.log(1 - R / (R_H * R_V)) / sympy.log(1 - R_M)),
        (3, R_F, (1 - (1 - R_f * R_MP) ** N) / (1 - (1 - R_MP) ** N)),
        (4, R_V, 1 / (3 * R_M - 2 * R_M**2)),
    ],
)
def test_the_solved_condition_is_the_papers(number: int, unknown: Any, bound: Any) -> None:
    answer = equation(number)
    assert answer.outcome == "solved"
    (solved,) = answer.solved
    said, _ = run(answer.declarations, answer.parts, solved.sympy)
    assert isinstance(said, sympy.StrictGreaterThan)
    assert said.lhs == unknown
    assert sympy.simplify(said.rhs - bound) == 0


@pytest.mark.parametrize(
    ("number", "text", "notes"),
    [
        (1, "R_V > R_M / [1 - (1 - R_M)^n]", ["no R_V below 1 when n = 1"]),
        (2, "n > log(1 - R/(R_H R_V)) / log(1 - R_M)", ["no n when R >= R_H R_V"]),
        (3, "R_F > [1 - (1 - R_Mprime R_f)^n] / [1 - (1 - R_Mprime)^n]", []),
        (4, "R_V > 1 / (3 R_M - 2 R_M^2)", ["no R_V below 1 when R_M <= 0.5"]),
    ],
)
def test_it_reads_like_the_papers(number: int, text: str, notes: list[str]) -> None:
    answer = equation(number)
    assert [solved.text for solved in answer.solved] == [text]
    assert [note.text for note in answer.notes] == notes


def test_a_hypervisor_no_better_than_one_machine_is_never_enough() -> None:
    """(1) with one machine: R_V > 1."""
    assert condition(design("hypervisor-vs-bare"), "one", "nv", "R_V").outcome == "never"
    assert condition(design("hypervisor-vs-bare"), "one", "nv").outcome == "never"


def test_common_factors_are_cancelled() -> None:
    comparison = condition(design("hypervisor-vs-bare"), "vms", "nv").comparison
    assert comparison is not None
    assert comparison.text == "R_V [1 - (1 - R_M)^n] > R_M"
    assert condition(design("hypervisor-vs-bare"), "vms", "nv", "R_H").reason.startswith(
        "it cancels"
    )


def test_the_vote_solved_for_the_machines_lies_between_two_roots() -> None:
    answer = condition(design("vote-2-of-3"), "v98", "nv", "R_M")
    (solved,) = answer.solved
    said, _ = run(answer.declarations, answer.parts, solved.sympy)
    ends = sorted(float(end) for part in said.args for end in part.args if end.is_number)
    assert ends == pytest.approx([0.5213170, 0.9786830], abs=5e-8)
    assert answer.numeric is not None
    assert [(part.low, part.high) for part in answer.numeric.intervals] == [
        ("0.521317", "0.978683")
    ]
    free = condition(design("vote-2-of-3"), "vote", "nv", "R_M")
    assert [note.text for note in free.notes] == ["no R_M when R_V <= 8/9"]


def test_shared_hosts_by_pivoting() -> None:
    hosts = design("two-hosts")
    expected = "R_P R_S R_H R_V R_M^2 (1 + 2 R_H R_V - 2 R_H R_V R_M)"
    assert formula(hosts, "two-hosts").value.text == expected
    assert condition(hosts, "two-hosts", "one-host").outcome == "never"
    assert condition(hosts, "active-active", "one-host").outcome == "always"


def test_without_a_closed_form_the_degree_and_the_numbers_are_given() -> None:
    answer = condition(design("hypervisor-vs-bare"), "vms", "nv", "R_M")
    assert (answer.outcome, answer.degree, answer.solved) == ("open", 4, ())
    assert answer.numeric is not None
    (interval,) = answer.numeric.intervals
    assert (interval.low, interval.high) == ("0", "0.120499")
    sentences = condition_sentences(design("hypervisor-vs-bare"), answer)
    assert any("no closed form" in said and "degree 4" in said for said in sentences)


def test_a_vote_of_machines_on_hosts_is_solved_for_the_machines() -> None:
    answer = condition(design("two-hosts"), "witness", None, "R_M")
    (solved,) = answer.solved
    assert solved.text == "R_M > [0.5 - sin(asin(1 - 2 R/(R_P R_S)) / 3)] / (R_H R_V)"
    assert answer.numeric is not None
    (interval,) = answer.numeric.intervals
    assert (interval.low, interval.high) == ("0.99018683", "1")


def test_a_hypervisor_no_better_than_a_machine_never_helps_whatever_either_is() -> None:
    answer = condition(design("hypervisor-vs-bare"), "equal", "nv")
    assert answer.comparison is not None
    assert (answer.outcome, answer.comparison.text) == ("never", "1 - (1 - R_M)^n > 1")


def test_the_counts_that_would_do_are_given() -> None:
    answer = equation(2)
    assert answer.numeric is not None
    assert [(part.low, part.high) for part in answer.numeric.intervals] == [("6", "100")]


def test_latex() -> None:
    answer = equation(1)
    assert answer.solved[0].latex == (r"R_{V} > \frac{R_{M}}{1 - \left(1 - R_{M}\right)^{n}}")


def test_sentences_use_the_titles_of_the_design() -> None:
    (first, *_) = condition_sentences(design("hypervisor-vs-bare"), equation(1))
    assert first == (
        '"n virtual machines" beats "Not virtualized" when R_V (Hypervisor) exceeds '
        "R_M / [1 - (1 - R_M)^n]"
    )
