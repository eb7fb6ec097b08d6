"""The short form: a room of one small file, whose tests notice some changes and not others."""

from __future__ import annotations

import json
import random
from pathlib import Path
from types import FunctionType

import pytest

from tests.mutants.__main__ import HERE, ROOMS, Trial, drawn, main, trials
from tests.mutants.changes import Mutant, mutants
from tests.mutants.loaded import swapped

ROOM = '''"""A room."""


def larger(one: int, other: int) -> int:
    """The larger."""
    return one if one > other else other


def unheld(one: int) -> int:
    """Nobody looks."""
    return one + 1
'''

TESTS = """from vreltui.room.numbers import larger


def test_larger() -> None:
    assert larger(1, 2) == larger(2, 1) == 2
"""


def made(text: str) -> dict[str, str]:
    return {mutant.what: mutant.applied(text) for mutant in mutants(text)}


def test_each_decision_is_changed_in_turn() -> None:
    text = (
        "def f(a, b):\n    if not a and (b) < 2:\n        g(True)\n    tick()\n    return a + b\n"
    )
    assert made(text) == {
        "or for and": text.replace("and", "or"),
        "<= for <": text.replace("<", "<="),
        "no not": text.replace("not a", "(a)"),
        "always True": text.replace("not a and (b) < 2", "True"),
        "always False": text.replace("not a and (b) < 2", "False"),
        "the other constant": text.replace("True", "False"),
        "not called": text.replace("g(True)", "pass"),
        "- for +": text.replace("+", "-"),
    }


def test_types_are_no_decisions() -> None:
    assert not list(mutants("def f(a: int | None) -> bool | None:\n    return a\n"))


def test_what_no_change_can_show_is_left_as_it_is() -> None:
    text = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import b\n"
        "Number = int | float\n"
        "def f(a, b):\n"
        "    assert a < b\n"
        "    if a % 64 == 0:\n        tick()\n"
        "    match a:\n        case _:\n            assert_never(a)\n"
        "    return zip(a, b, strict=True)\n"
    )
    assert not list(mutants(text))


def test_a_draw_stands_after_an_edit_elsewhere() -> None:
    def trial(line: int, text: str) -> Trial:
        return Trial("room", "a.py", Mutant(0, 1, "", line, "always True"), text, "")

    def lines(every: list[Trial]) -> set[str]:
        return {each.line for each in drawn(every, 20, 1)}

    before = [trial(number, f"if a > {number}:") for number in range(40)]
    after = [trial(0, "if new:"), *(trial(each.mutant.line + 1, each.line) for each in before)]
    assert len(lines(before)) == 20
    assert len(lines(before) - lines(after)) <= 1


def twice(one: int) -> int:
    """Twice a number."""
    return one + one


def test_a_loaded_function_is_changed_in_place() -> None:
    assert isinstance(twice, FunctionType)
    old = Path(__file__).read_text("utf-8")
    new = old.replace("return one + one", "return one * one", 1)
    assert swapped(__file__, old, new, [twice])
    assert twice(3) == 9
    assert swapped(__file__, new, old, [twice])
    assert twice(3) == 6
    # What is run while loading cannot be changed so, nor what nobody has.
    assert not swapped(__file__, old, old.replace("ROOM = ", "ROOM = HERE or ", 1), [twice])
    other = old.replace("one if one > other", "one if one < other", 1)
    assert not swapped(__file__, old, other, [twice])
    assert swapped(__file__, old, new, [])


def test_there_are_enough_changes_and_each_is_python() -> None:
    found = list(trials(HERE, ROOMS))
    assert len(found) >= 500
    for trial in random.Random(1).sample(found, 100):
        compile(trial.mutant.applied((HERE / trial.file).read_text("utf-8")), trial.file, "exec")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for package in ("vreltui", "vreltui/room", "tests", "tests/room"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
    (tmp_path / "vreltui/room/numbers.py").write_text(ROOM)
    (tmp_path / "tests/room/test_numbers.py").write_text(TESTS)
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n')
    return tmp_path


def test_what_is_noticed_is_kept_and_not_tried_again(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # to start soon
    arguments = ["--rooms", "room"]
    assert main([*arguments, "--seconds", "1e-9"], root) == 0
    assert "0 of 0 changes noticed, 4 in the sample" in capsys.readouterr().out
    assert main(arguments, root) == 1
    printed = capsys.readouterr().out
    assert "numbers.py:11: - for +: return one + 1" in printed
    # Of two equal numbers either is the larger: that change is none.
    assert "numbers.py:6: >= for >" in printed
    assert "2 of 4 changes noticed" in printed
    assert (root / "vreltui/room/numbers.py").read_text() == ROOM

    record = root / ".mutants.jsonl"
    kept = [json.loads(line) for line in record.read_text().splitlines()]
    record.write_text("".join(json.dumps({**line, "noticed": True}) + "\n" for line in kept))
    assert main(arguments, root) == 0
    assert "4 of 4 changes noticed" in capsys.readouterr().out

    (root / "vreltui/room/numbers.py").write_text(ROOM + "\n")
    assert main([*arguments, "--sample", "1"], root) in (0, 1)
    assert len(record.read_text().splitlines()) == 5
