"""Formulas of lifetimes, and their inversion: what is put back in gives the figure again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sympy

from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.laws import Source
from vreltui.engine.worked_figures import Role
from vreltui.model.lasting import Law
from vreltui.storage import parse, read
from vreltui.symbolic.answering import answer
from vreltui.symbolic.conditions import condition
from vreltui.symbolic.life_expressions import Lifetime
from vreltui.symbolic.results import Condition, Formula, Refusal, Request

TWO_HOSTS = Path(__file__).parents[2] / "designs" / "two-hosts-availability.toml"
MONITOR = TWO_HOSTS.with_name("fail-safe-monitor.toml")

NUMBERS = {
    "mttf": "1300", "rate": "0.002", "scale": "900", "shape": "1.7", "median": "700",
    "sigma": "0.6", "mttr": "5", "planned": "2", "every": "300", "mission": "400",
}  # fmt: skip

CASES: tuple[tuple[str, Law, tuple[str, ...], tuple[str, ...]], ...] = (
    ("availability", "exponential", ("mttf",), ("mttf", "mttr")),
    ("availability", "exponential", ("rate",), ("rate", "mttr")),
    ("availability", "weibull", ("mttf", "shape"), ("mttf", "mttr")),
    ("availability", "weibull", ("scale", "shape"), ("scale", "mttr")),
    ("availability", "lognormal", ("median", "sigma"), ("median", "mttr")),
    ("survival", "exponential", ("mttf",), ("mttf", "mission")),
    ("survival", "exponential", ("rate",), ("rate", "mission")),
    ("survival", "weibull", ("mttf", "shape"), ("mttf", "mission")),
    ("survival", "weibull", ("scale", "shape"), ("scale", "mission")),
    ("survival", "lognormal", ("median", "sigma"), ()),
)


def lifetime(asked: str, kind: Law, keys: tuple[str, ...]) -> tuple[Lifetime, dict[str, Any]]:
    more = ("mttr", "planned", "every") if asked == "availability" else ("mission",)
    symbols = {key: sympy.Symbol(key, positive=True) for key in (*keys, *more)}
    roles = tuple(Role(key, Source(key, is_parameter=True)) for key in symbols)
    law = LastingLaw("availability" if asked == "availability" else "survival", kind, roles)
    return Lifetime.of(law, lambda source: symbols[source.name]), symbols


@pytest.mark.parametrize(("asked", "kind", "keys", "solved"), CASES)
def test_what_is_solved_for_gives_the_figure_again(
    asked: str, kind: Law, keys: tuple[str, ...], solved: tuple[str, ...]
) -> None:
    life, symbols = lifetime(asked, kind, keys)
    wanted = sympy.Rational(4, 5)
    values = {symbol: sympy.Rational(NUMBERS[key]) for key, symbol in symbols.items()}
    found = {key: life.inverse(key, wanted) for key in symbols}
    assert {key for key, each in found.items() if each is not None} == set(solved)
    for key in solved:
        inverse = found[key]
        assert inverse is not None
        value, way = inverse
        at = sympy.N(value.subs(values), 40)
        figure = sympy.N(life.figure.subs({**values, symbols[key]: at}), 40)
        assert abs(figure - wanted) < 1e-30
        more = sympy.N(life.figure.subs({**values, symbols[key]: at * 2}), 40)
        assert (more > wanted) == (way > 0)


def test_availabilities_are_written_by_their_times() -> None:
    (found,) = answer(Request(read(str(TWO_HOSTS)).design, ("two-hosts",)))
    assert isinstance(found, Formula)
    assert found.value.text == "A(storage) [1 - (1 - A(hardware) A(hypervisor) A(vm))^2]"
    parts = {part.name.text: part.value.text for part in found.parts}
    assert parts["A(storage)"] == "T_S / (T_S + r_S)"
    assert r"A_{\text{vm}}" in {part.name.latex for part in found.parts}


def test_a_repair_is_solved_for_through_its_lifetime() -> None:
    design = read(str(TWO_HOSTS)).design
    (found,) = answer(Request(design, ("two-hosts",), compare=True, unknown="r_S"))
    assert isinstance(found, Condition)
    assert found.outcome == "solved"
    assert found.solved[0].text.startswith("r_S < T_S ")
    assert found.numeric is not None
    assert [(each.low, each.high) for each in found.numeric.intervals] == [("0", "0.179224 d")]


VOTE = """vreltui = 1
[goal]
mttf = "3 y"
[parameters]
T = "1 y"
[nodes.a]
mttf = "T"
[nodes.w]
mttf = "T"
shape = 2
[nodes.p]
of = "a"
copies = 3
needs = 2
[nodes.g]
parts = ["p", "w"]
[choices.c]
root = "p"
[choices.d]
root = "g"
"""


def test_a_mean_life_is_a_closed_sum_or_the_integral() -> None:
    closed, integral = answer(Request(parse(VOTE).design, ("c", "d"), values=True))
    assert isinstance(closed, Formula)
    assert closed.value.text == "5 T / 6"
    assert isinstance(integral, Formula)
    assert integral.value.text == "integral of R(t) from 0 to infinity"
    assert [part.name.text for part in integral.parts] == ["R(a)", "R(w)", "R(t)"]
    assert integral.parts[0].value.text == "e^(-t/T)"


def test_mean_lives_that_are_closed_are_compared_in_symbols() -> None:
    closed, integral = answer(Request(parse(VOTE).design, ("c", "d"), compare=True, unknown="T"))
    assert isinstance(closed, Condition)
    assert [each.text for each in closed.solved] == ["T > 6 * 3 y / 5"]
    assert closed.numeric is not None
    assert [(each.low, each.high) for each in closed.numeric.intervals] == [("3.6 y", "")]
    assert isinstance(integral, Refusal)
    assert "an integral" in integral.reason


SPARE = TWO_HOSTS.with_name("shared-spare.toml")
MIGRATION = TWO_HOSTS.with_name("load-migration.toml")


@pytest.mark.parametrize(
    ("path", "choices", "unknown", "outcome", "text"),
    [
        (SPARE, ("cold", "hot"), "c", "solved", "c > 2/3"),
        (SPARE, ("cold", None), "c", "solved", "c > (2 * 90 d - T) / T"),
        (SPARE, ("cold", None), "T", "solved", "T > 2 * 90 d / (1 + c)"),
        (SPARE, ("hot", "none"), None, "always", "5 > 3"),
        (MIGRATION, ("migrates", "stays"), "a", "solved", "a > 1"),
        (MIGRATION, ("migrates", "stays"), "T_c", "open", "a > 1"),
        (MIGRATION, ("stays", "migrates"), None, "compared", "1 > a"),
    ],
)
def test_spares_and_migration_win_by_what_the_paper_asks(
    path: Path, choices: tuple[str, str | None], unknown: str | None, outcome: str, text: str
) -> None:
    found = condition(read(str(path)).design, *choices, unknown)
    assert found.outcome == outcome
    written = found.solved[0] if found.solved else found.comparison
    assert written is not None
    assert written.text == text


def test_more_copies_are_not_said_to_win_for_every_number_of_them() -> None:
    text = VOTE.replace("copies = 3\nneeds = 2", 'copies = "n"\nneeds = "any"')
    design = parse(text.replace('T = "1 y"', 'T = "1 y"\nn = { count = 2 }')).design
    found = condition(design, "c", None, "n")
    assert (found.outcome, found.degree) == ("open", None)
    assert "how many copies" in found.reason


@pytest.mark.parametrize("unknown", ["c", "T_w"])
@pytest.mark.parametrize("against", [None, "unwatched"])
def test_what_acts_inside_of_a_matrix_is_open_with_its_reason(
    unknown: str, against: str | None
) -> None:
    found = condition(read(MONITOR).design, "restarted", against, unknown)
    assert found.outcome == "open"
    assert "a process that only a matrix states" in found.reason
    assert found.numeric is not None  # the number is found all the same
