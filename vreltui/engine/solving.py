"""From a formula to a decision diagram, in the best of a few orders, within bounds."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, assert_never

from vreltui.engine.boolean_formula import Atom, Choose, Formula, Line, Threshold
from vreltui.engine.diagram import DiagramNodes, Diagrams, Function, Room, TooLargeError
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.orders import ORDERS, candidate_orders

if TYPE_CHECKING:
    from vreltui.engine.levelled_diagram import LevelledDiagram

SMALL = 8
"""Nodes for each atom below which a diagram is small enough to look no further."""

FEW = 1 << 12

MANY = 1 << 15
"""Nodes from which looking for a better order takes longer than it saves."""

BETWEEN = 0.0005
"""Seconds between two looks at what time is left."""

LARGE = 1 << 20
"""Nodes past which there is memory for one diagram, and not for another beside it."""

BESIDE = 1 << 16
"""Nodes that the lines beside a diagram may add to it."""


class Attempt(NamedTuple):
    """So many orders, those that got furthest before, are tried with so many nodes.

    Each for so many seconds of the processor.
    """

    nodes: int
    orders: int = ORDERS
    seconds: float = math.inf
    largest: bool = False
    """Whether no other has more nodes."""


def _attempts(most: int) -> Iterator[Attempt]:
    """Each larger than the one before, so that no order that suits is kept waiting for others.

    The smaller ones are ended by their nodes. A large one may take long for a diagram that another
    order has in no time; so they get shares of it, and at last as long as they take.
    """
    if most > FEW:
        yield Attempt(FEW)
    if most > FEW << 4:
        # Who got far before gets far again: the others have their turn when all of these fail.
        yield Attempt(FEW << 4, orders=3)
    yield Attempt(min(LARGE, most), orders=1, seconds=6.0)
    yield Attempt(most, orders=3, seconds=12.0, largest=True)
    yield Attempt(most, largest=True)


@dataclass(frozen=True, slots=True)
class Solved:
    """A formula as a diagram; ``order[level]`` is the atom that stands at a level.

    The diagram's roots are those that were asked for; then the lines beside them, all or none.
    ``found`` says how to find the first of them again.
    """

    order: tuple[int, ...]
    diagram: DiagramNodes | LevelledDiagram
    found: Found


@dataclass(frozen=True, slots=True)
class Found:
    """The order that was found for some roots, and how many nodes they have in it."""

    order: tuple[int, ...]
    nodes: int


def solve(
    formula: Formula,
    roots: Sequence[int],
    limits: Limits,
    beside: Sequence[int] = (),
    most: int | None = None,
    found: Found | None = None,
) -> Solved:
    """Diagrams of the lines ``roots``, with the best order of a small portfolio.

    No static order is good for every structure, so several are tried, each under a capacity that
    grows only when all have failed. The lines ``beside`` the roots are read too, unless that makes
    a large diagram much larger. Raises :class:`Undecided` past ``most`` nodes, which are
    ``limits.diagram_nodes`` where nothing else is said. With ``found`` no order is looked for.
    """
    most = most or limits.diagram_nodes
    if found is not None and len(found.order) == formula.atoms:
        solved = _with_those_beside(formula, roots, beside, found, limits)
        solved = solved or _again(formula, roots, found, limits)
        if solved is not None:
            return solved
    reached = dict.fromkeys(range(ORDERS), 0)
    for attempt in _attempts(most):
        best = _best(formula, roots, limits, attempt, reached, most)
        if best is not None:
            found = Found(best.order, best.count)
            return _with_those_beside(formula, roots, beside, found, limits) or best.read()
    raise Undecided(f"the shared parts need a decision diagram of more than {most} nodes")


def _best(
    formula: Formula,
    roots: Sequence[int],
    limits: Limits,
    attempt: Attempt,
    reached: dict[int, int],
    most: int,
) -> _Build | None:
    """The smallest diagram of some orders, of no more than ``most`` nodes.

    ``reached`` says how many lines of the formula each got to before, and is told how many now;
    one that needs more nodes than there may ever be is dropped from it.
    """
    # Each reserves more than a gigabyte of addresses: it goes before there is a larger one.
    room = _room(formula, attempt.nodes)
    best: _Build | None = None
    bound = attempt.nodes
    wanted = sorted(reached, key=lambda number: -reached[number])[: attempt.orders]
    for number, order in candidate_orders(formula, roots, wanted):
        # The first that is built as a whole counts, also where it is larger than was tried for.
        accepted = most if best is None else best.count
        build = _Build(formula, roots, order, bound, room, accepted)
        try:
            build.run(limits, attempt.seconds)
        except (TooLargeError, _OverdueError) as end:
            reached[number] = build.lines
            if attempt.largest and isinstance(end, TooLargeError):
                del reached[number]
            continue
        if best is None or build.count < best.count:
            best = build
        if best.count <= SMALL * formula.atoms + 128 or best.count >= MANY:
            break
        bound = min(bound, best.count)
    return best


def _with_those_beside(
    formula: Formula,
    roots: Sequence[int],
    beside: Sequence[int],
    found: Found,
    limits: Limits,
) -> Solved | None:
    """A diagram with the lines beside its roots; None where they make it much larger."""
    wanted = beside and found.nodes <= LARGE
    for bound in (FEW, found.nodes + BESIDE) if wanted else ():
        with suppress(TooLargeError):
            room = _room(formula, bound)
            build = _Build(formula, (*roots, *beside), found.order, bound, room)
            build.run(limits)
            return replace(build.read(), found=found)
    return None


def _again(formula: Formula, roots: Sequence[int], found: Found, limits: Limits) -> Solved | None:
    """A diagram that was found before; None where it took more room to be built."""
    with suppress(TooLargeError):
        bound = max(FEW, found.nodes)
        build = _Build(formula, roots, found.order, bound, _room(formula, bound))
        build.run(limits)
        return build.read()
    return None


def _with_intermediate(formula: Formula, capacity: int) -> int:
    """A library's count holds intermediate functions too; twice the nodes and a margin is fair."""
    return 2 * capacity + 4 * formula.atoms + 256


def _room(formula: Formula, capacity: int) -> Room:
    """A room for one diagram of so many nodes beside another that is held."""
    return Room.of(2 * _with_intermediate(formula, capacity) + capacity)


class _OverdueError(Exception):
    """An order had its time, and another may take less."""


class _Build:
    """The functions of some lines in one order, no larger than ``capacity`` nodes together.

    A function is released once nothing reads it any more, and with it the nodes that it alone has.
    """

    def __init__(
        self,
        formula: Formula,
        roots: Sequence[int],
        order: tuple[int, ...],
        capacity: int,
        room: Room,
        most: int = 0,
    ) -> None:
        self.order = order
        self.lines = 0
        """How many lines of the formula were built."""
        self.count = 0
        """The nodes of the diagram; of several roots, each is counted for each of them."""
        self._formula, self._capacity, self._most = formula, capacity, max(most, capacity)
        self._lines_of_roots = tuple(roots)
        self._roots: list[Function] = []
        self._diagrams = Diagrams(formula.atoms, _with_intermediate(formula, capacity), room)

    def run(self, limits: Limits, seconds: float = math.inf) -> None:
        """Build it. Raises :class:`TooLargeError`, or :class:`_OverdueError` after its time."""
        due = time.thread_time() + seconds
        formula = self._formula
        level = {atom: position for position, atom in enumerate(self.order)}
        readers = formula.readers(self._lines_of_roots)
        built: dict[int, Function] = {}
        asked = -math.inf
        for number, line in enumerate(formula.lines):
            self.lines = number
            if not readers[number]:
                continue
            # To ask for the time of the processor takes as long as to build a small line.
            now = time.monotonic()
            if now - asked > BETWEEN:
                asked = now
                limits.check_time("building a decision diagram")
                if time.thread_time() > due:
                    raise _OverdueError
            built[number] = self._function(line, built, level)
            for part in formula.operands(number):
                readers[part] -= 1
                if not readers[part]:
                    built.pop(part, None)
        self._roots = [built[root] for root in self._lines_of_roots]
        built.clear()
        self._diagrams.settle()
        self.count = sum(root.node_count() for root in self._roots)
        if len(self._roots) == 1 and self.count > self._most:
            raise TooLargeError

    def read(self) -> Solved:
        """The diagram as plain numbers, once."""
        read = self._diagrams.read(self._roots)
        del self._roots, self._diagrams
        diagram = read if isinstance(read, DiagramNodes) else read.read()
        return Solved(self.order, diagram, Found(self.order, self.count))

    def _function(self, line: Line, built: dict[int, Function], level: dict[int, int]) -> Function:
        diagrams = self._diagrams
        match line:
            case Atom(number):
                return diagrams.variable(level[number])
            case Threshold(k, operands):
                return diagrams.at_least(k, [built[part] for part in operands])
            case Choose(on, high, low):
                return diagrams.choose(
                    built[on],
                    diagrams.false if high is None else built[high],
                    diagrams.false if low is None else built[low],
                )
            case unknown:
                assert_never(unknown)
