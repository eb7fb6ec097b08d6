"""The verdict asks for the root alone; what is inside a decision diagram is read when asked for."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from vreltui.analysis.study import Study, forget_programs
from vreltui.engine import compiler, solving
from vreltui.engine.limits import Undecided
from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Probability


def grid(size: int, dice: random.Random) -> Design:
    """Cells of a grid, each of which works with what is left of it or above it."""
    nodes: list[Node] = []
    parameters = {
        f"R{i}": Parameter(f"R{i}", Probability.of(f"0.{dice.randint(50, 99)}")) for i in range(6)
    }
    for row in range(size):
        for column in range(size):
            name = f"c{row}-{column}"
            reliability = f"R{dice.randrange(6)}"
            nodes.append(Component(name=f"{name}-own", reliability=reliability, shared=True))
            beside = [(row - 1, column), (row, column - 1)]
            known = tuple(f"c{r}-{c}" for r, c in beside if r >= 0 and c >= 0)
            parts: tuple[str, ...] = (f"{name}-own",)
            if known:
                nodes.append(Group(name=f"{name}-fed", parts=known, needs="any"))
                parts = (f"{name}-own", f"{name}-fed")
            nodes.append(Group(name=name, parts=parts, shared=True))
    return Design(
        goal=Probability.of("0.5"),
        parameters=parameters,
        nodes={node.name: node for node in nodes},
        choices={"all": Choice(name="all", root=f"c{size - 1}-{size - 1}")},
    )


def at_once(design: Design, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study of a design whose gates all get their slots when the root does."""
    with monkeypatch.context() as patch:
        patch.setattr(compiler, "FEW_LINES", 1 << 30)
        forget_programs()
        study = Study(design)
        study.figures("all")
        forget_programs()
    return study


@pytest.mark.parametrize("start", range(4))
def test_every_gate_has_the_figure_that_it_had_at_once(
    start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = grid(4 + start % 2, random.Random(start))
    expected = at_once(design, monkeypatch)
    study = Study(design)
    own = study.evaluation("all")
    assert own.program.found
    assert "c2-2" not in own.program.nodes
    assert own.program.size < study.whole("all").program.size
    assert list(study.figures("all").items()) == list(expected.figures("all").items())
    assert own.figures()[1].overlaps(study.whole("all").figures()[1])


def test_an_edit_moves_the_gates_inside_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    design = grid(4, random.Random(9))
    study = Study(design)
    study.figures("all")
    for value in ("0.7", "0.8", "0.123"):
        moved = {**design.parameters, "R1": Parameter("R1", Probability.of(value))}
        design = replace(design, parameters=moved)
        study = Study(design, study)
        assert study.evaluation("all").touched is not None
        found = study.figures("all")
        assert study.whole("all").touched is not None
        assert found == at_once(design, monkeypatch).figures("all")


def test_an_edit_before_the_gates_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    design = grid(4, random.Random(3))
    before = Study(design)
    before.evaluation("all")
    moved = {**design.parameters, "R2": Parameter("R2", Probability.of("0.6"))}
    after = replace(design, parameters=moved)
    study = Study(after, before)
    study.evaluation("all")
    assert study.figures("all") == at_once(after, monkeypatch).figures("all")


def test_gates_that_take_too_long_leave_the_root_its_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forget_programs()
    study = Study(grid(4, random.Random(5)))
    own = study.evaluation("all")

    def refuse(*_given: object, **_named: object) -> None:
        raise Undecided("building a decision diagram took more than 10 s")

    monkeypatch.setattr("vreltui.analysis.study.compile_program", refuse)
    assert study.whole("all") is own
    assert "c3-3" in study.figures("all")
    assert "c2-2" not in study.figures("all")
    forget_programs()


def test_no_order_is_looked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_programs()
    study = Study(grid(4, random.Random(5)))
    study.evaluation("all")
    monkeypatch.setattr("vreltui.engine.solving.candidate_orders", None)
    assert "c2-2" in study.figures("all")


def test_of_what_is_too_large_for_its_gates_nothing_is_built_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forget_programs()
    monkeypatch.setattr(compiler, "LARGE", 4)
    study = Study(grid(4, random.Random(5)))
    own = study.evaluation("all")
    monkeypatch.setattr("vreltui.analysis.study.compile_program", None)
    assert study.whole("all") is own
    assert "c2-2" not in study.figures("all")
    forget_programs()


def test_gates_that_do_not_fit_beside_the_root_take_no_other_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forget_programs()
    study = Study(grid(4, random.Random(5)))
    own = study.evaluation("all")
    monkeypatch.setattr(solving, "LARGE", 4)
    monkeypatch.setattr(solving, "candidate_orders", None)
    whole = study.whole("all")
    assert whole.figures()[1].overlaps(own.figures()[1])
    assert "c2-2" not in study.figures("all")
    forget_programs()
