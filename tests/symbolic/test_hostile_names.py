"""No name runs: symbols are called by the program, and names are only ever quoted."""

from __future__ import annotations

from pathlib import Path

import pytest
import sympy

from tests.symbolic.exactly import run
from vreltui.model import Choice, Component, Design, Group, Parameter, Probability
from vreltui.symbolic import Request, derive
from vreltui.symbolic.choice_expressions import formula
from vreltui.symbolic.conditions import condition

MARK = "x__mark__"


def hostile_names(mark: Path) -> list[str]:
    """Names that would create a file if any of them were evaluated; no file can hold most."""
    call = f"__import__('pathlib').Path('{mark}').touch()"
    return [
        call,
        f'") or {call} or ("',
        f"a'); {call} #",
        f"\n{call}\n",
        "lambda",
        "E",
        "S",
        "Symbol",
        "__import__",
        "1",
        "a-b",
        "i",
        "reliability",
        "\\input{/etc/passwd}",
        "\x1b]0;title\x07",
    ]


def design_with(names: list[str]) -> Design:
    """A choice that uses parameters, nodes and a choice of these names. No rule is asked."""
    parameters = {name: Parameter(name, Probability.of("0.9")) for name in names}
    nodes = {f"n{i}": Component(name=f"n{i}", reliability=name) for i, name in enumerate(names)}
    root = Group(name=names[0], parts=tuple(nodes), needs="any")
    return Design(
        goal=Probability.of("0.95"),
        parameters=parameters,
        nodes={**nodes, names[0]: root},
        choices={names[0]: Choice(name=names[0], root=names[0])},
    )


def test_nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a string reached sympy's parser")

    monkeypatch.setattr(sympy.parsing.sympy_parser, "parse_expr", never)
    mark = tmp_path / "mark"
    names = hostile_names(mark)
    design = design_with(names)
    answer = formula(design, names[0])
    # The source runs in a fresh namespace, as a user would run it, and defines symbols alone.
    result, defined = run(answer.declarations, answer.parts, answer.value.sympy)
    assert {symbol.name for symbol in result.free_symbols} == set(names)
    assert not mark.exists()
    assert defined["S"] is sympy.S
    for text in (answer.value.text, answer.value.latex):
        assert text.isprintable()
        assert "\\input" not in answer.value.latex
    solved = condition(design, names[0], None, names[1])
    run(solved.declarations, solved.parts, solved.solved[0].sympy)
    derive(Request(design, (names[0],), compare=True, unknown=names[2]))
    assert not mark.exists()


def test_names_that_mean_something_to_python_or_sympy_stay_symbols() -> None:
    names = ["lambda", "E", "S", "i", "log", "a-b", "7"]
    design = design_with([*names])
    answer = formula(design, names[0])
    assert '"a-b"' in answer.value.text
    assert '"7"' in answer.value.text
    result, _ = run(answer.declarations, answer.parts, answer.value.sympy)
    assert {symbol.name for symbol in result.free_symbols} == set(names)
