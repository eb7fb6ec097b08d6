"""A program with values: exact figures for one choice, and what they become when a value moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache

from flint import arb, fmpq

from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import (
    WORKING_BITS,
    PairOfBalls,
    precision,
    sharpen,
)
from vreltui.engine.gradient import Slopes, gradient
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.program import (
    AllOf,
    AnyOf,
    AtLeast,
    Copies,
    Decision,
    Leaf,
    Program,
    Source,
    Step,
)
from vreltui.engine.walk import update, walk
from vreltui.model import Design, Node, Probability, Value

Values = Mapping[Source, Value]

_ARITHMETIC = BallArithmetic()

_FEW = 8
"""What part of all slots may depend on a leaf for its derivative to be found by itself."""

BALLS_BITS = 1 << 34
"""The most bits times steps that one walk may handle."""


@lru_cache(maxsize=65536)
def pair_of(value: Probability, bits: int) -> PairOfBalls:
    """The pair of balls of a probability at a precision."""
    numerator, denominator = value.written.as_integer_ratio()
    with precision(bits):
        written = arb(fmpq(numerator, denominator))
        other = arb(fmpq(denominator - numerator, denominator))
    return (other, written) if value.complemented else (written, other)


def own_number(node: Node) -> Value:
    """The number that a node is known by, where it is its own and no parameter's.

    Raises :class:`LookupError` for another node.
    """
    stated = node.stated()
    if stated is None or stated.own is None:
        raise LookupError(f"{node.sort} {node.name} has no number of its own")
    return stated.own


def values_of(design: Design, program: Program, choice: str | None) -> dict[Source, Value]:
    """The value of every source of ``program``, as the choice sees it."""
    values: dict[Source, Value] = {}
    for source in (*program.leaves, *program.pools):
        if source.is_parameter:
            values[source] = design.value(source.name, choice)
            continue
        values[source] = own_number(design.nodes[source.name])
    return values


class Evaluation:
    """The pairs of every slot of a program, for given values, as balls.

    Walks are kept, one for each precision that was asked for; a value that moves costs only what
    depends on it.
    """

    def __init__(self, program: Program, values: Values) -> None:
        self.program = program
        self.values = dict(values)
        self.touched: tuple[int, ...] | None = None
        """The slots that may differ from the evaluation of which this one was made, if it was."""
        self._walks: dict[int, tuple[list[arb], list[arb]]] = {}
        self._slopes: dict[int, list[arb]] = {}
        self._single: dict[int, Slopes] = {}
        self._places: list[int] | None = None
        self._degrees: dict[int, int] = {}

    # Walks

    def _walked(self, bits: int) -> tuple[list[arb], list[arb]]:
        walked = self._walks.get(bits)
        if walked is None:
            tick(bits * len(self.program.steps))
            if bits * len(self.program.steps) > BALLS_BITS:
                raise Undecided(f"{bits} bits for {len(self.program.steps)} steps are too many")
            with precision(bits):
                walked = walk(
                    self.program,
                    _ARITHMETIC,
                    lambda source: pair_of(self._probability(source), bits),
                    self._count,
                )
            self._walks[bits] = walked
        return walked

    def _probability(self, source: Source) -> Probability:
        value = self.values[source]
        assert isinstance(value, Probability)
        return value

    def _count(self, source: Source) -> int:
        value = self.values[source]
        assert isinstance(value, int)
        return value

    def pair(self, slot: int | None = None, bits: int = WORKING_BITS) -> PairOfBalls:
        """Reliability and unreliability of a slot, of the root when none is named."""
        r, q = self._walked(bits)
        at = self.program.root if slot is None else slot
        return r[at], q[at]

    def figures(self, slot: int | None = None) -> PairOfBalls:
        """As :meth:`pair`, accurate enough for the nearest double."""
        r, q = sharpen(lambda bits: self.pair(slot, bits))
        return r, q

    # Values that move

    def changed(self, values: Values) -> Evaluation:
        """This evaluation with other values of some sources; what they do not touch is kept."""
        moved = {
            source: value
            for source, value in values.items()
            if source in self.values and self.values[source] != value
        }
        other = Evaluation(self.program, self.values)
        other.values.update(moved)
        if not any(isinstance(value, int) for value in moved.values()):
            other._degrees = self._degrees  # they depend on counts alone
        touched = tuple(
            sorted({slot for source in moved for slot in self.program.changed_by(source)})
        )
        if not touched:
            other.touched = ()
            other._walks, other._slopes, other._places = self._walks, self._slopes, self._places
            other._single = self._single
            return other
        slots = other.touched = self.program.dependents(touched)
        if WORKING_BITS in self._walks:
            old_r, old_q = self._walks[WORKING_BITS]
            r, q = list(old_r), list(old_q)
            with precision(WORKING_BITS):
                update(
                    self.program,
                    _ARITHMETIC,
                    lambda source: pair_of(other._probability(source), WORKING_BITS),
                    other._count,
                    r,
                    q,
                    slots,
                )
            other._walks[WORKING_BITS] = (r, q)
        return other

    @contextmanager
    def varying(self, source: Source, bits: int) -> Iterator[Varying]:
        """Inside the block, the root as a function of the pair (or count) of one source."""
        r, q = self._walked(bits)
        slots = self.program.dependents(self.program.changed_by(source))
        kept = [(slot, r[slot], q[slot]) for slot in slots]
        try:
            yield Varying(self, source, slots, r, q, bits)
        finally:
            for slot, old_r, old_q in kept:
                r[slot], q[slot] = old_r, old_q

    # Derivatives and bounds

    def slopes(self, bits: int = WORKING_BITS) -> list[arb]:
        """The derivative of the root by every slot."""
        slopes = self._slopes.get(bits)
        if slopes is None:
            r, q = self._walked(bits)
            with precision(bits):
                slopes = gradient(self.program, r, q, self._counts(), self.program.root)
            self._slopes[bits] = slopes
        return slopes

    def slope(self, source: Source, bits: int = WORKING_BITS) -> arb:
        """The derivative of the root by the reliability of ``source``."""
        leaf = self.program.leaves[source]
        if bits in self._slopes or not self._read_by_few(leaf):
            return self.slopes(bits)[leaf]
        single = self._single.get(bits)
        if single is None:
            single = self._single[bits] = Slopes(self.program, *self._walked(bits), self._counts())
        with precision(bits):
            return single.of(leaf)

    def _read_by_few(self, leaf: int) -> bool:
        return len(self.program.dependents((leaf,))) * _FEW < len(self.program.steps)

    def _counts(self) -> dict[Source, int]:
        return {source: self._count(source) for source in self.program.pools}

    def degree(self, source: Source) -> int:
        """A bound on the degree of the root as a polynomial in the value of a leaf."""
        leaf = self.program.leaves.get(source)
        if leaf is None:
            return 0
        # From gateway to gateway: polynomials of polynomials, whose degrees multiply.
        path = []
        slot, degree = leaf, 1
        while slot != self.program.root and slot not in self._degrees:
            path.append(slot)
            slot = self.program.gateway(slot)
            if slot < 0:
                return 0
        if slot != self.program.root:
            degree = self._degrees[slot]
        for slot in reversed(path):
            degree = self._degrees[slot] = degree * self._degree_within(slot)
        return degree

    def _degree_within(self, slot: int) -> int:
        """The degree of the gateway of ``slot`` in the value of ``slot``."""
        gate = self.program.gateway(slot)
        degrees: dict[int, int] = {slot: 1}
        for reader in self.program.between(slot, gate):
            degrees[reader] = self._weight(self.program.steps[reader], degrees)
        return degrees[gate]

    @property
    def places(self) -> int:
        """Decimal places after which the exact reliability of the root ends.

        Every value is a decimal, and products and sums of decimals end too.
        """
        if self._places is None:
            own = {
                source: value.places
                for source, value in self.values.items()
                if isinstance(value, Probability)
            }
            self._places = self._weights(own)
        return self._places[self.program.root]

    def _weights(self, own: Mapping[Source, int]) -> list[int]:
        """Decimal places of every slot, given those of the leaves."""
        weights: dict[int, int] = {}
        for slot, step in enumerate(self.program.steps):
            if isinstance(step, Leaf):
                weights[slot] = own[step.source]
            else:
                weights[slot] = self._weight(step, weights)
        return list(weights.values())

    def _weight(self, step: Step, weights: Mapping[int, int]) -> int:
        """What adds up along products (decimal places, or a degree), of one step."""
        match step:
            case Decision(on, high, low):  # first, as by far the most frequent where parts share
                return weights.get(on, 0) + max(weights.get(high, 0), weights.get(low, 0))
            case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
                return sum([weights.get(part, 0) for part in parts])
            case Copies(part, _, source):
                return weights.get(part, 0) * self._count(source)
            case _:
                return 0


class Varying:
    """The root as a function of one source. Made by :meth:`Evaluation.varying`."""

    def __init__(
        self,
        evaluation: Evaluation,
        source: Source,
        slots: tuple[int, ...],
        r: list[arb],
        q: list[arb],
        bits: int,
    ) -> None:
        self._evaluation = evaluation
        self._source = source
        self._slots = slots
        self._r, self._q = r, q
        self._bits = bits

    def at(self, value: PairOfBalls | int) -> PairOfBalls:
        """The pair of the root where the source has this pair, or this count."""
        pair = value if isinstance(value, tuple) else None
        number = value if isinstance(value, int) else 0
        evaluation = self._evaluation

        def leaf(source: Source) -> PairOfBalls:
            if source == self._source and pair is not None:
                return pair
            return pair_of(evaluation._probability(source), self._bits)

        def count(source: Source) -> int:
            return number if source == self._source else evaluation._count(source)

        with precision(self._bits):
            update(evaluation.program, _ARITHMETIC, leaf, count, self._r, self._q, self._slots)
        root = evaluation.program.root
        return self._r[root], self._q[root]


def exact(value: Value) -> Fraction:
    """The value as an exact number: the reliability, or the count."""
    return value.reliability if isinstance(value, Probability) else Fraction(value)
