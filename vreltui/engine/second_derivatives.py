"""Second derivatives of a root by the values of sources, a row of them in each double walk.

The walk over a program is written down as sums and products, once; a direction is carried through
them forwards, and derivatives with their changes in that direction backwards. A. Griewank and A.
Walther, "Evaluating Derivatives", 2008, section 5.1: second-order adjoints.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, ZERO, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.engine.steps import Leaf, Reading

MOST_OPERATIONS = 2_000_000
"""The most sums and products that are written down."""


class _Written:
    """A number of the walk: its place among those that were written down."""

    __slots__ = ("at", "tape")

    def __init__(self, tape: _Tape, at: int) -> None:
        self.tape, self.at = tape, at

    def __add__(self, other: _Written) -> _Written:
        zero = self.tape.zero
        if self is zero:
            return other
        return self if other is zero else self.tape.write(1, self.at, other.at)

    def __mul__(self, other: _Written | int) -> _Written:
        tape = self.tape
        if isinstance(other, int):
            other = tape.number(arb(other))
        if self is tape.zero or other is tape.zero:
            return tape.zero
        if self is tape.one:
            return other
        return self if other is tape.one else tape.write(2, self.at, other.at)

    def __pow__(self, exponent: int) -> _Written:
        found = self.tape.one
        for bit in bin(exponent)[2:]:
            found = found * found
            if bit == "1":
                found = found * self
        return found


class _Tape:
    """Sums and products in order; each value with what it was made of."""

    def __init__(self) -> None:
        self.values: list[arb] = []
        self.kinds: list[int] = []
        self.firsts: list[int] = []
        self.seconds: list[int] = []
        self.zero = self.number(ZERO)
        self.one = self.number(ONE)

    def number(self, value: arb) -> _Written:
        """A number that was not computed here."""
        return self._add(0, 0, 0, value)

    def write(self, kind: int, first: int, second: int) -> _Written:
        """A sum (1) or a product (2) of two numbers."""
        values = self.values
        value = values[first] + values[second] if kind == 1 else values[first] * values[second]
        return self._add(kind, first, second, value)

    def _add(self, kind: int, first: int, second: int, value: arb) -> _Written:
        if len(self.values) > MOST_OPERATIONS:
            raise Undecided("second derivatives would need too many sums and products")
        self.values.append(value)
        self.kinds.append(kind)
        self.firsts.append(first)
        self.seconds.append(second)
        return _Written(self, len(self.values) - 1)

    def row(self, root: int, direction: Mapping[int, arb]) -> tuple[list[arb], list[arb]]:
        """For each number, the derivative of the root by it, and its change in a direction.

        ``direction`` says how fast some of the numbers that were not computed change.
        """
        moves = self._forwards(direction)
        slope = [ZERO] * len(self.values)
        change = [ZERO] * len(self.values)
        slope[root] = ONE
        values, firsts, seconds = self.values, self.firsts, self.seconds
        for at in range(root, -1, -1):
            kind, own, turn = self.kinds[at], slope[at], change[at]
            if kind == 0 or (own is ZERO and turn is ZERO):
                continue
            a, b = firsts[at], seconds[at]
            if kind == 1:
                slope[a], change[a] = slope[a] + own, change[a] + turn
                slope[b], change[b] = slope[b] + own, change[b] + turn
                continue
            slope[a], change[a] = (
                slope[a] + own * values[b],
                change[a] + turn * values[b] + own * moves[b],
            )
            slope[b], change[b] = (
                slope[b] + own * values[a],
                change[b] + turn * values[a] + own * moves[a],
            )
        return slope, change

    def _forwards(self, direction: Mapping[int, arb]) -> list[arb]:
        moves = [ZERO] * len(self.values)
        for at, kind in enumerate(self.kinds):
            a, b = self.firsts[at], self.seconds[at]
            if kind == 0:
                moves[at] = direction.get(at, ZERO)
            elif kind == 1:
                if moves[a] is not ZERO or moves[b] is not ZERO:
                    moves[at] = moves[a] + moves[b]
            elif moves[a] is not ZERO or moves[b] is not ZERO:
                moves[at] = moves[a] * self.values[b] + self.values[a] * moves[b]
        return moves


class SecondDerivatives:
    """The second derivatives of the root of an evaluation, at one precision.

    Raises :class:`Undecided` where the figure of a component is not straight in a value that it
    reads, or where there would be too much to write down.
    """

    def __init__(self, evaluation: Evaluation, bits: int) -> None:
        self._evaluation = evaluation
        self._bits = bits
        self._tape = _Tape()
        self._leaves: dict[int, tuple[int, int]] = {}
        with precision(bits):
            self._root = self._walk()

    def row(self, source: Source) -> dict[Source, arb]:
        """The second derivatives by ``source`` and each source, itself included."""
        with precision(self._bits):
            direction: dict[int, arb] = {}
            for leaf, rate in self._rates(source).items():
                works, fails = self._leaves[leaf]
                direction[works], direction[fails] = rate, -rate
            _, change = self._tape.row(self._root, direction)
            found: dict[Source, arb] = {}
            for other in self._evaluation.program.leaves:
                total = ZERO
                for leaf, rate in self._rates(other).items():
                    works, fails = self._leaves[leaf]
                    total = total + rate * (change[works] - change[fails])
                found[other] = total
            return found

    def _rates(self, source: Source) -> dict[int, arb]:
        """How fast each leaf moves with a source."""
        program = self._evaluation.program
        given = self._evaluation.given(self._bits)
        found = {}
        for leaf in program.leaves.get(source, ()):
            law = program.law(leaf)
            if law.degree(source) not in (0, 1):
                raise Undecided("a component's figure is not straight in it")
            found[leaf] = law.slope(source, given)
        return found

    def _walk(self) -> int:
        program, tape = self._evaluation.program, self._tape
        arithmetic = Arithmetic(tape.zero, tape.one)
        given = self._evaluation.given(self._bits)

        def unread(source: Source) -> tuple[_Written, _Written]:
            raise AssertionError(f"{source.name} is read by a leaf alone")

        reading = Reading(arithmetic, unread, self._evaluation.count)
        r: list[_Written] = []
        q: list[_Written] = []
        balls = Reading(Arithmetic(ZERO, ONE), given, self._evaluation.count)
        for slot, step in enumerate(program.steps):
            if isinstance(step, Leaf):
                works, fails = (tape.number(value) for value in step.pair(balls, [], []))
                self._leaves[slot] = works.at, fails.at
            else:
                works, fails = step.pair(reading, r, q)
            r.append(works)
            q.append(fails)
        return r[program.root].at
