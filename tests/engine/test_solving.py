"""Diagrams of what shares: in which order, how large, and whose figures come with them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pytest

from vreltui.analysis.study import Study
from vreltui.engine import solving
from vreltui.engine.boolean_formula import Formula, Threshold
from vreltui.engine.compiler import compile_program
from vreltui.engine.diagram import Room, TooLargeError
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.orders import candidate_orders
from vreltui.engine.stated_values import values_of
from vreltui.model import Choice, Component, Design, Group, Node, Probability


def grid(size: int) -> Design:
    """Cells that work when their own part does and the cell above or to the left of them."""
    nodes: dict[str, Node] = {}
    for i in range(size):
        for j in range(size):
            part, cell = f"p{i}-{j}", f"c{i}-{j}"
            nodes[part] = Component(name=part, reliability=Probability.of("0.9"))
            before = [f"c{a}-{b}" for a, b in ((i - 1, j), (i, j - 1)) if a >= 0 and b >= 0]
            if before:
                nodes[f"b{i}-{j}"] = Group(name=f"b{i}-{j}", parts=tuple(before), needs="any")
            parts = (part, f"b{i}-{j}") if before else (part,)
            nodes[cell] = Group(name=cell, parts=parts)
    root = f"c{size - 1}-{size - 1}"
    return Design(nodes=nodes, choices={"all": Choice("all", root)})


def figures(design: Design) -> tuple[set[str], float]:
    program = compile_program(design, design.choices["all"].root)
    evaluation = Evaluation(program, values_of(design, program, "all"))
    return set(program.nodes), float(evaluation.figures()[0])


def test_the_gates_between_are_left_out_where_they_make_a_diagram_much_larger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    design = grid(5)
    every, reliability = figures(design)
    assert every == set(design.nodes)
    monkeypatch.setattr(solving, "FEW", 8)
    assert figures(design) == (every, reliability)
    monkeypatch.setattr(solving, "_Build", AloneBuild)
    some, same = figures(design)
    assert same == reliability
    assert design.choices["all"].root in some
    assert some < every
    found = Study(design).figures("all")
    assert set(found) <= every


class AloneBuild(solving._Build):
    """A build that has no room for the lines beside its root."""

    def __init__(self, formula: Formula, roots: Sequence[int], *more: Any) -> None:
        if len(roots) > 1:
            raise TooLargeError
        super().__init__(formula, roots, *more)


def test_what_is_larger_than_the_bound_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "FEW", 8)
    with pytest.raises(Undecided, match="more than 192 nodes"):
        compile_program(grid(8), "c7-7", Limits(diagram_nodes=64))


def test_a_grid_is_solved_in_the_order_that_suits_it() -> None:
    """Depth first its diagram is a hundred times as large; one operation may meet the same pairs
    of nodes again and again where too few results are remembered."""
    assert len(compile_program(grid(10), "c9-9").steps) < 10_000
    assert figures(grid(2))[1] == pytest.approx(0.9**2 * (1 - 0.1**2), rel=1e-15)


def formula_of(size: int) -> tuple[Formula, int]:
    formula = Formula()
    cells: dict[tuple[int, int], int] = {}
    for i in range(size):
        for j in range(size):
            part, _ = formula.add_atom()
            before = [cells[at] for at in ((i - 1, j), (i, j - 1)) if at in cells]
            if before:
                path = formula.add(Threshold(1, tuple(before)))
                part = formula.add(Threshold(2, (part, path)))
            cells[i, j] = part
    return formula, cells[size - 1, size - 1]


def nodes_of(formula: Formula, root: int, order: tuple[int, ...], capacity: int, room: Room) -> int:
    build = solving._Build(formula, [root], order, capacity, room)
    build.run(Limits())
    return build.count


def test_level_by_level_suits_what_is_layered() -> None:
    formula, root = formula_of(7)
    orders = [order for _, order in candidate_orders(formula, [root])]
    assert all(sorted(order) == list(range(formula.atoms)) for order in orders)
    room = Room(1 << 17)
    counts = [nodes_of(formula, root, order, 1 << 15, room) for order in orders]
    assert min(counts) * 5 < counts[0]
    solved = solving.solve(formula, [root], Limits())
    assert len(list(solved.diagram.nodes)) <= min(counts)


def test_an_order_that_failed_leaves_its_room_to_the_next() -> None:
    """The library drops nodes in a thread of its own as well, and asked meanwhile does nothing."""
    formula, root = formula_of(8)
    (_, depth_first), (_, level_by_level) = candidate_orders(formula, [root], [0, 4])
    room = Room(1 << 14)
    count = nodes_of(formula, root, level_by_level, 1 << 12, room)
    for _ in range(20):
        with pytest.raises(TooLargeError):
            nodes_of(formula, root, depth_first, 1 << 20, room)
        assert nodes_of(formula, root, level_by_level, count, room) == count


def test_a_line_is_read_as_often_as_lines_and_roots_need_it() -> None:
    formula, root = formula_of(2)
    readers = formula.readers([root, root])
    assert readers[root] == 2
    first = 0  # the corner is read by both its neighbours
    assert readers[first] == 2
    assert formula.readers([first]) == [1] + [0] * (len(formula.lines) - 1)


def test_the_order_that_got_furthest_is_the_first_to_get_more_nodes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    formula, root = formula_of(10)
    tried: list[tuple[int, int, tuple[int, ...]]] = []

    class Watched(solving._Build):
        def run(self, limits: Limits, seconds: float = math.inf) -> None:
            try:
                super().run(limits, seconds)
            finally:
                tried.append((self._capacity, self.lines, self.order))

    monkeypatch.setattr(solving, "FEW", 2)
    monkeypatch.setattr(solving, "_Build", Watched)
    solving.solve(formula, [root], Limits())
    first = next(order for nodes, _, order in tried if nodes == 2 << 4)
    reached = {order: lines for nodes, lines, order in tried if nodes == 2}
    assert len(set(reached.values())) > 1
    assert reached[first] == max(reached.values())


def test_a_diagram_that_is_there_counts_though_it_is_larger_than_was_tried_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What may be held while it is built is more than that; another has to be smaller."""
    formula, root = formula_of(6)
    monkeypatch.setattr(solving, "FEW", 8)
    counts: list[int] = []

    class Watched(solving._Build):
        def run(self, limits: Limits, seconds: float = math.inf) -> None:
            super().run(limits, seconds)
            counts.append(self.count)

    monkeypatch.setattr(solving, "_Build", Watched)
    solved = solving.solve(formula, [root], Limits())
    assert counts[0] > 8
    assert counts == sorted(counts, reverse=True)
    assert solved.found.nodes == counts[-1]


def test_an_order_that_takes_too_long_leaves_its_time_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each has its share; those whose time was up come once more, with all that is left."""
    formula, root = formula_of(5)
    shares: list[float] = []

    class Late(solving._Build):
        def run(self, limits: Limits, seconds: float = math.inf) -> None:
            shares.append(seconds)
            super().run(limits, seconds if seconds == math.inf else -1.0)

    monkeypatch.setattr(solving, "_Build", Late)
    monkeypatch.setattr(solving, "FEW", 1 << 20)
    solved = solving.solve(formula, [root], Limits())
    assert [share for share, _ in groupby(shares)] == [6.0, 12.0, math.inf]
    assert len(list(solved.diagram.nodes)) > 0
