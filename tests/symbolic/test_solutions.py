"""Solutions are those of probabilities, and their sympy source holds all of them."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from vreltui.cli.main import run
from vreltui.model import Design
from vreltui.storage import parse
from vreltui.symbolic.choice_expressions import formula
from vreltui.symbolic.conditions import condition

TWO_CASES = """
vreltui = 1
[parameters]
a = 0.5
b = 0.6
c = 0.7
x = 0.5
[nodes]
na = {reliability = "a"}
nb = {reliability = "b"}
nc = {reliability = "c"}
nx = {reliability = "x"}
q = {parts = ["nb", "nx"], needs = "any"}
r = {parts = ["nc", "nx"], needs = "any"}
t = {parts = ["na", "q"]}
u = {parts = ["nb", "r"]}
[choices]
one = {root = "t"}
two = {root = "u"}
"""


def design(text: str) -> Design:
    return parse(text).design


def test_a_root_that_is_no_probability_is_left_out() -> None:
    # p (0.57 + 0.43 p) > 0.7979 also holds for p below about -2.18.
    found = condition(
        design(
            """
            vreltui = 1
            [parameters]
            p = 0.5
            [nodes]
            a = {reliability = "p"}
            b = {reliability = "p"}
            x = {reliability = 0.57}
            y = {reliability = 0.53}
            ax = {parts = ["a", "x"], needs = "any"}
            one = {parts = ["ax", "b"]}
            two = {parts = ["x", "y"], needs = "any"}
            [choices]
            one = {root = "one"}
            two = {root = "two"}
            """
        ),
        "one",
        "two",
        "p",
    )
    assert [solved.text for solved in found.solved] == ["p > [sqrt(1.697288) - 0.57] / 0.86"]


@pytest.mark.parametrize(
    ("copies", "needs", "expected"),
    [
        ('"n"', '"majority"', "p"),
        ("9", '"majority"', "p"),
        ("9", "5", "p"),
        ('"n"', "4", "p (1 - 0^floor(n / 4))"),
    ],
)
def test_copies_of_what_they_share_are_written_without_sums(
    copies: str, needs: str, expected: str
) -> None:
    text = f"""
    vreltui = 1
    [parameters]
    p = 0.9
    n = {{count = 4}}
    [nodes]
    a = {{reliability = "p", shared = true}}
    pool = {{of = "a", copies = {copies}, needs = {needs}}}
    [choices]
    it = {{root = "pool"}}
    """
    assert formula(design(text), "it").value.text == expected


def test_fewer_perfect_copies_than_needed_never_work() -> None:
    text = """
    vreltui = 1
    [parameters]
    n = {count = 4}
    [nodes]
    a = {reliability = 1}
    pool = {of = "a", copies = "n", needs = 4}
    [choices]
    it = {root = "pool"}
    """
    names: dict[str, Any] = {}
    answer = formula(design(text), "it")
    exec("\n".join([*answer.declarations, f"value = {answer.value.sympy}"]), names)
    n = sympy.Symbol("n", integer=True, positive=True)
    assert [names["value"].subs(n, count) for count in (1, 3, 4, 9)] == [0, 0, 1, 1]


def test_source_with_several_cases_is_one_condition(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("cases") / "cases.toml"
    file.write_text(TWO_CASES)
    arguments = ["formula", str(file), "--choice", "one", "--against", "two"]
    assert run([*arguments, "--solve", "x", "--format", "sympy"]) == 0
    names: dict[str, object] = {}
    exec(capsys.readouterr().out, names)
    held = names["condition"]
    compared = names["comparison"]
    assert isinstance(held, sympy.Or)
    assert isinstance(compared, sympy.StrictGreaterThan)
    a, b, c, x = (names[name] for name in "abcx")
    for values in ((0.9, 0.3, 0.5, 0.2), (0.3, 0.9, 0.1, 0.8), (0.6, 0.5, 0.9, 0.4)):
        point = dict(zip((a, b, c, x), map(sympy.Rational, map(str, values)), strict=True))
        assert held.subs(point) == compared.subs(point)


def test_copies_that_are_all_shared_may_be_too_few() -> None:
    """Two of n copies that share everything do not work where n is 1: no factor to cancel."""
    of = parse(
        """
vreltui = 1
[parameters]
n = { count = 2 }
[nodes.e]
reliability = 0.5
shared = true
[nodes.f]
reliability = 0.5
[nodes.copies]
of = "e"
copies = "n"
needs = 2
[nodes.more]
parts = ["copies", "f"]
[choices.one]
root = "copies"
[choices.other]
root = "more"
"""
    ).design
    found = condition(of, "one", "other")
    assert found.outcome != "always" or found.notes
